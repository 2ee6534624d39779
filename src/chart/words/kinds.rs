//! What single kinds of chart say.

use super::Counted;

/// Forecasts.
#[derive(Debug)]
pub struct ForecastWords {
    /// `{0}`: how it is made, `{1}`: of how many figures, `{2}`: the last day.
    pub made: &'static str,
    /// The last value.
    pub naive: &'static str,
    /// The value of one season ago.
    pub seasonal: &'static str,
    /// The average change.
    pub drift: &'static str,
    /// A damped trend.
    pub damped: &'static str,
    /// Exponential smoothing.
    pub ets: &'static str,
    /// A seasonal pattern and exponential smoothing.
    pub mstl: &'static str,
    /// The method `{0}` is applied to the increases of a cumulative.
    pub increases: &'static str,
    /// `{0}`: how many per cent of `{1}` values the interval held.
    pub held: &'static str,
    /// There was nothing to test it on.
    pub untested: &'static str,
    /// What it assumes.
    pub assumes: &'static str,
    /// `{0}` on the day `{1}`.
    pub not_drawn: &'static str,
}

/// Line charts.
#[derive(Debug)]
pub struct LineWords {
    /// What the chart is.
    pub name: &'static str,
    /// Hollow points.
    pub provisional: &'static str,
    /// Hollow points from text.
    pub prose: &'static str,
    /// Hollow points of both.
    pub provisional_or_prose: &'static str,
    /// Dashed.
    pub estimated: &'static str,
    /// Dotted.
    pub projected: &'static str,
    /// Arrows on points.
    pub at_least: &'static str,
    /// One arrow for a whole line.
    pub at_least_throughout: &'static str,
    /// Shaded areas.
    pub range: &'static str,
    /// Gaps.
    pub gap: &'static str,
    /// Lines without a name, `{0}`.
    pub unnamed: &'static str,
    /// The same, `{1}`, where there are more, `{0}`.
    pub unnamed_more: Counted,
    /// A number `{0}` of a day `{1}` that is in no dataset.
    pub not_drawn: &'static str,
    /// The same for a place `{2}`.
    pub not_drawn_for: &'static str,
    /// A value `{0}` on a day `{1}`.
    pub on: &'static str,
    /// A line `{0}` with one value `{1}`; `{2}` is [`Self::one_of`] or nothing.
    pub has: &'static str,
    /// A line `{0}` from `{1}` to `{2}`; `{3}` is [`Self::one_of`] or nothing.
    pub goes: &'static str,
    /// One of several lines.
    pub one_of: Counted,
    /// One of several versions.
    pub one_of_versions: Counted,
    /// An interval of a forecast that holds the number with a likelihood of `{0}` per cent.
    pub fan: &'static str,
    /// Several intervals, `{0}` and `{1}`.
    pub fans: &'static str,
    /// Versions, from a day `{1}` to a day `{2}`.
    pub versions: Counted,
    /// A break in a series, `{0}`.
    pub breaks: &'static str,
}

/// Bar charts.
#[derive(Debug)]
pub struct BarWords {
    /// What the chart is.
    pub name: &'static str,
    /// Broken edge.
    pub estimated: &'static str,
    /// Dotted edge.
    pub projected: &'static str,
    /// Pale.
    pub provisional: &'static str,
    /// Pale, from text.
    pub prose: &'static str,
    /// Arrow.
    pub at_least: &'static str,
    /// Whiskers.
    pub range: &'static str,
    /// What a lollipop chart is.
    pub lollipop: &'static str,
    /// Points on dashed stems.
    pub stem_estimated: &'static str,
    /// Points on dotted stems.
    pub stem_projected: &'static str,
    /// A series that its source stopped.
    pub discontinued: &'static str,
    /// One bar `{0}` with its value `{1}`.
    pub has: &'static str,
    /// First bar `{0}` with `{1}`, last `{2}` with `{3}`, of `{4}`, which is [`Self::bars`].
    pub first_and_last: &'static str,
    /// How many bars.
    pub bars: Counted,
}

/// What explains marks of ribbons or of cells.
#[derive(Debug)]
pub struct EdgeWords {
    /// Broken edges.
    pub estimated: &'static str,
    /// Dotted edges.
    pub projected: &'static str,
    /// Pale, or thin edges.
    pub provisional: &'static str,
    /// The same, from text.
    pub prose: &'static str,
}

/// Charts of who moved from where to where: flow charts, chord diagrams and matrices.
#[derive(Debug)]
pub struct MovementWords {
    /// What a flow chart is.
    pub flow: &'static str,
    /// What a chord diagram is.
    pub chord: &'static str,
    /// What a matrix is.
    pub matrix: &'static str,
    /// Above origins.
    pub from: &'static str,
    /// Above destinations.
    pub to: &'static str,
    /// A place `{0}` to a place `{1}`.
    pub pair: &'static str,
    /// How many, `{0}`, are from a place that stands above.
    pub out: &'static str,
    /// How many, `{0}`, are in a place that stands above.
    pub into: &'static str,
    /// From a place `{0}` to itself.
    pub within: &'static str,
    /// Marks of ribbons.
    pub ribbons: EdgeWords,
    /// Marks of cells.
    pub cells: EdgeWords,
    /// Arrow.
    pub at_least: &'static str,
    /// How a chord diagram is read.
    pub reading: &'static str,
    /// Ribbons drawn wider than they should be, `{0}`.
    pub widened: &'static str,
    /// How many ribbons.
    pub ribbon_count: Counted,
    /// Pairs without a figure, `{0}`.
    pub missing: &'static str,
    /// How many pairs.
    pub pair_count: Counted,
    /// Sums beside rows and below columns.
    pub total: &'static str,
    /// Cells without a figure.
    pub hatched: &'static str,
    /// Cells of a place with itself that have a figure.
    pub thick: &'static str,
    /// Cells of a place with itself that have none.
    pub grey: &'static str,
    /// What gathers the smaller places.
    pub others: &'static str,
    /// Smaller places that have no sum.
    pub not_drawn: Counted,
    /// Of `{0}` units `{1}` from `{2}`, `{3}` has the most, `{4}`.
    pub most: &'static str,
    /// Of `{0}` units `{1}`, the most are from the pair `{2}`, `{3}`.
    pub most_of_pair: &'static str,
    /// Of `{0}` units `{1}`, the most are `{2}`, which is [`Self::within`], `{3}`.
    pub most_within: &'static str,
}

/// Slope and dumbbell charts.
#[derive(Debug)]
pub struct SlopeWords {
    /// What a slope chart is.
    pub slope: &'static str,
    /// What a dumbbell chart is.
    pub dumbbell: &'static str,
    /// Pale points.
    pub provisional: &'static str,
    /// Pale points from text.
    pub prose: &'static str,
    /// Pale points of both.
    pub provisional_or_prose: &'static str,
    /// Arrows.
    pub at_least: &'static str,
    /// A scale that begins elsewhere than at zero.
    pub not_from_zero: &'static str,
    /// Places `{1}` without a figure at a moment `{0}`.
    pub missing: &'static str,
    /// Places `{2}` and more, `{0}`, without a figure at a moment `{1}`.
    pub missing_more: Counted,
    /// No figure at a moment `{0}`, beside a name.
    pub no_figure_at: &'static str,
    /// One of so many.
    pub one_of: Counted,
}

/// Small multiples.
#[derive(Debug)]
pub struct PanelWords {
    /// What the chart is.
    pub name: &'static str,
    /// Scales that differ.
    pub scales_differ: &'static str,
    /// How many panels.
    pub panels: Counted,
}

/// Calendars.
#[derive(Debug)]
pub struct CalendarWords {
    /// What the chart is.
    pub name: &'static str,
    /// Hollow days.
    pub provisional: &'static str,
    /// Hollow days from text.
    pub prose: &'static str,
    /// Hollow days of both.
    pub provisional_or_prose: &'static str,
    /// Triangles.
    pub at_least: &'static str,
    /// Days with a range.
    pub ranges: Counted,
    /// Days that are zero.
    pub zero: &'static str,
    /// Days below zero.
    pub below_zero: &'static str,
    /// Days of the week from Monday on.
    pub weekdays: [&'static str; 7],
    /// A day `{0}` with the largest number `{1}`, of `{2}`, which is [`Self::days`].
    pub most: &'static str,
    /// How many days.
    pub days: Counted,
}

/// Tables.
#[derive(Debug)]
pub struct TableWords {
    /// What the chart is.
    pub name: &'static str,
    /// What `from text` means.
    pub prose_note: &'static str,
    /// Head of ranges.
    pub range: &'static str,
    /// Head of days.
    pub as_of: &'static str,
    /// Head of remarks.
    pub remarks: &'static str,
    /// A remark: open to revision.
    pub provisional: &'static str,
    /// A remark: reckoned.
    pub estimated: &'static str,
    /// A remark: of a time to come.
    pub projected: &'static str,
    /// A remark: read from text.
    pub prose: &'static str,
    /// A remark: changed since.
    pub revised: &'static str,
    /// In the first of so many rows.
    pub first_of: Counted,
    /// Head of changes since a day `{0}`.
    pub change_since: &'static str,
    /// Head of changes since days that differ.
    pub change: &'static str,
}

/// What of a selection is drawn.
#[derive(Debug)]
pub struct SelectionWords {
    /// The largest `{0}` of `{1}`.
    pub largest: &'static str,
    /// The place that a source does not name.
    pub place_not_named: &'static str,
    /// What was known on a day `{0}`.
    pub known_on: &'static str,
    /// Of a place `{0}`, a day `{1}` stands for a day `{2}`.
    pub in_place_of: &'static str,
    /// A break whose new definition has no name.
    pub new_definition: &'static str,
    /// A cumulative whose days are not all told.
    pub left_out: &'static str,
    /// Reports without a change.
    pub reports_left_out: Counted,
    /// What gathers so many others.
    pub others: Counted,
    /// That so many others are added up.
    pub added_up: Counted,
    /// A share as a unit.
    pub of_the_total: &'static str,
    /// A rate as a unit, of so many `{0}`.
    pub per_inhabitants: &'static str,
    /// Places without a rate.
    pub no_inhabitants: &'static str,
    /// A source `{0}` and that of the outlines `{1}`.
    pub outlines: &'static str,
    /// A source `{0}` and that of inhabitants `{2}` of days `{1}`.
    pub inhabitants: &'static str,
    /// So many, `{0}`, of unknown age or sex.
    pub unknown_age_or_sex: &'static str,
    /// So many, `{0}`, of another sex.
    pub another_sex: &'static str,
    /// The share `{0}` of all, `{1}`, whose age and sex are known.
    pub age_and_sex_known: &'static str,
    /// Age groups of several widths.
    pub uneven_ages: &'static str,
}

/// Area charts.
#[derive(Debug)]
pub struct AreaWords {
    /// What the chart is, of one line.
    pub area: &'static str,
    /// What it is, of several.
    pub stacked: &'static str,
    /// What it is, of shares.
    pub shares: &'static str,
    /// One arrow for a whole part.
    pub at_least_throughout: &'static str,
    /// Gaps.
    pub gap: &'static str,
    /// Where a part is missing.
    pub part_gap: &'static str,
}

/// Column charts.
#[derive(Debug)]
pub struct ColumnWords {
    /// What the chart is.
    pub columns: &'static str,
    /// What it is, of stacked parts.
    pub stacked: &'static str,
    /// What it is, of shares.
    pub shares: &'static str,
    /// Missing columns.
    pub missing: &'static str,
    /// Missing parts of several series; `{0}` is [`Self::other_parts`] or the like.
    pub missing_parts: &'static str,
    /// Missing parts of a series `{0}` in columns `{1}`; `{2}` as above.
    pub missing_part: &'static str,
    /// What a column without a part stands for.
    pub other_parts: &'static str,
    /// What shares without a part stand for.
    pub other_shares: &'static str,
    /// Two columns.
    pub and: &'static str,
    /// A run of columns.
    pub to: &'static str,
    /// So many of all columns.
    pub of_columns: &'static str,
    /// A number `{0}` of a category `{1}`.
    pub at: &'static str,
    /// A series `{0}` with one number `{1}`; `{2}` is [`Self::one_of`] or nothing.
    pub is: &'static str,
    /// The largest number `{0}`.
    pub highest: &'static str,
    /// The number, where a series has no name.
    pub number: &'static str,
    /// One of several series.
    pub one_of: Counted,
}

/// Population pyramids.
#[derive(Debug)]
pub struct PyramidWords {
    /// What the chart is.
    pub name: &'static str,
    /// The left and the right side.
    pub sides: [&'static str; 2],
    /// The largest group, of a side `{0}` and an age `{1}`, with `{2}`, of `{3}`.
    pub largest: &'static str,
    /// How many groups.
    pub groups: Counted,
}

/// Maps.
#[derive(Debug)]
pub struct MapWords {
    /// What a map with circles is.
    pub symbols: &'static str,
    /// What a shaded map is.
    pub shaded: &'static str,
    /// What a flow map is.
    pub flow: &'static str,
    /// Dark edges.
    pub provisional: &'static str,
    /// Dark edges of what is read from text.
    pub prose: &'static str,
    /// Lower bounds, `{0}`.
    pub at_least: &'static str,
    /// Rings.
    pub range: &'static str,
    /// Ranges that are not drawn.
    pub no_range: &'static str,
    /// That shades show counts.
    pub counts: &'static str,
    /// Places with zero, `{0}`.
    pub zero: &'static str,
    /// Places without a place on the map, `{0}`.
    pub off: &'static str,
    /// The same with their share of all, `{1}`.
    pub off_share: &'static str,
    /// Names `{1}` and more of them, `{0}`.
    pub more: Counted,
    /// First place `{0}` with `{1}`, last `{2}` with `{3}`, of `{4}`, which is [`Self::places`].
    pub most_and_least: &'static str,
    /// How many places.
    pub places: Counted,
    /// Large marks without a name, `{0}`.
    pub unnamed: &'static str,
    /// Small circles without a name.
    pub unnamed_circles: Counted,
    /// Small streams without a name.
    pub unnamed_streams: Counted,
    /// What every map says of its boundaries.
    pub boundaries: &'static str,
    /// Discs for small lands.
    pub small_lands: &'static str,
    /// Places too near for a stream, `{0}`.
    pub too_near: &'static str,
    /// Streams wider than to scale.
    pub wide_streams: Counted,
    /// Circles larger than to scale.
    pub large_circles: Counted,
    /// Land without a number, in the legend.
    pub no_figure: &'static str,
    /// The lowest class.
    pub under: &'static str,
    /// A class.
    pub between: &'static str,
    /// The highest class.
    pub and_more: &'static str,
    /// The only class.
    pub only: &'static str,
}
