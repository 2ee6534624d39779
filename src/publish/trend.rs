//! Trends of lines as frames: the edge between the kernels and polars.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::{Columns, rounded};
use crate::analysis::change::{Against, Change};
use crate::analysis::cumulative::{Fall, NewPerDay, RevisionPolicy, difference};
use crate::analysis::share::{Rest, concentration};
use crate::analysis::{Cumulative, MeasureError, Stock, change, seven_day};
use crate::figure::{Measure, Qualifier, Series, grouped};
use crate::line::{Line, Point};
use crate::place;

mod columns;
mod fit;
mod growth;
mod kept;
mod levels;
mod outliers;
mod test;
mod weekdays;
mod words;

pub use fit::{Fit, GrowthMethod, NoGrowthError};
pub use growth::{GrowthRow, growth, growth_frame, growth_sentence};
pub use levels::{Cutting, LevelRow, level_frame, level_sentence, levels};
pub use outliers::{OutlierRow, outlier_frame, outlier_sentence, outliers};
pub use test::{TrendTest, test, test_frame, test_sentence};
pub use weekdays::{WeekdayRow, weekday_frame, weekday_sentence, weekdays};
pub(super) use words::{span, upper_first};

/// The most days between two reports that an average bridges unless it is asked for more: longer
/// is a gap, not a trend.
pub const MAX_GAP: u32 = 14;

/// The trend of one line.
#[derive(Debug)]
pub struct Trend<'l> {
    line: &'l Line,
    points: Vec<&'l Point>,
    new: Vec<NewPerDay>,
    average: Vec<Option<f64>>,
    previous: Vec<Change>,
    week: Vec<Change>,
    four_weeks: Vec<Change>,
    /// Falls of a cumulative: revisions.
    pub falls: Vec<Fall>,
    /// Points left out because the source qualified them: "at least 14" has no difference.
    pub left_out: usize,
}

impl Trend<'_> {
    /// The name of the place that it is about.
    pub fn place(&self) -> String {
        name(self.line)
    }
}

/// Reckons the trend of a line, within the channel that is drawn.
///
/// # Errors
/// When the series is none that the kernels accept.
pub fn trend(
    line: &Line,
    policy: RevisionPolicy,
    max_gap: Option<u32>,
) -> Result<Trend<'_>, MeasureError> {
    let all = line.of_one_channel().count();
    let (points, values): (Vec<&Point>, Vec<i64>) = exact(line).unzip();
    let days: Vec<NaiveDate> = points.iter().map(|point| point.period.end).collect();
    let mut trend = Trend {
        line,
        left_out: all - points.len(),
        points,
        new: Vec::new(),
        average: Vec::new(),
        previous: Vec::new(),
        week: Vec::new(),
        four_weeks: Vec::new(),
        falls: Vec::new(),
    };
    if days.is_empty() {
        return Ok(trend);
    }
    match line.series.measure {
        Measure::Cumulative => {
            let series = Cumulative::new(Measure::Cumulative, &days, &values)?;
            let differences = difference(&series, policy);
            trend.new = differences.rows;
            trend.falls = differences.falls;
            trend.average = seven_day::average(&series, seven_day::WEEK, max_gap)
                .into_iter()
                .map(|window| window.average)
                .collect();
            trend.previous = change::of_cumulative(&series, Against::PreviousReport, max_gap);
            trend.week = change::of_cumulative(&series, Against::WEEK_BEFORE, max_gap);
            trend.four_weeks = change::of_cumulative(&series, Against::FOUR_WEEKS_BEFORE, max_gap);
        }
        Measure::Stock => {
            let series = Stock::new(Measure::Stock, &days, &values)?;
            trend.previous = change::of_stock(&series, Against::PreviousReport);
            trend.week = change::of_stock(&series, Against::WEEK_BEFORE);
            trend.four_weeks = change::of_stock(&series, Against::FOUR_WEEKS_BEFORE);
        }
        // What moved in a period is new already; periods of different length are not compared.
        Measure::Flow => {}
    }
    Ok(trend)
}

/// What a reader of trends must know: the falls of cumulatives, what became of them, and what was
/// left out; the falls first.
pub fn remarks(trends: &[Trend<'_>], policy: RevisionPolicy) -> Vec<String> {
    let mut remarks: Vec<String> = trends
        .iter()
        .filter(|trend| !trend.falls.is_empty())
        .map(|trend| {
            let falls: Vec<String> = trend
                .falls
                .iter()
                .map(|fall| {
                    format!(
                        "on {} from {} to {}",
                        fall.day,
                        grouped(fall.from),
                        grouped(fall.to)
                    )
                })
                .collect();
            let word = if falls.len() == 1 {
                "a revision"
            } else {
                "revisions"
            };
            format!(
                "{} fell {}: {word} by the source",
                trend.place(),
                falls.join(" and ")
            )
        })
        .collect();
    if !remarks.is_empty() {
        remarks.push(format!(
            "new per day is {policy}: {}",
            match policy {
                RevisionPolicy::Signed => "falls stay as negative numbers, and all days add up to last minus first",
                RevisionPolicy::Cummax => "nothing is new below a former height, and all days add up to maximum minus first",
                RevisionPolicy::Backcast => "falls are taken off the days before, and all days add up to last minus first where the first is the lowest",
            }
        ));
    }
    remarks.extend(
        trends
            .iter()
            .filter(|trend| trend.left_out > 0)
            .map(|trend| {
                format!(
                    "{} in {}: figures with a qualifier are not differenced ({})",
                    trend.line.series.indicator,
                    trend.place(),
                    trend.left_out
                )
            }),
    );
    remarks
}

/// Points that can be differenced: a value without a qualifier.
fn exact(line: &Line) -> impl Iterator<Item = (&Point, i64)> {
    line.of_one_channel().filter_map(|point| {
        (point.quantity.qualifier == Qualifier::Exact)
            .then_some(point.quantity.value)
            .flatten()
            .map(|value| (point, value))
    })
}

/// Trends as a frame, a row for each report.
///
/// Columns: location, location_id, origin_id, indicator, breakdown, date, value (whole), new
/// (whole: since the report before, by the revision policy), days (whole: since the report before),
/// per_day, average_7_days, change_7_days, percent_7_days, change_28_days, percent_28_days,
/// percent_previous, share_percent, herfindahl (decimals; the last two over the lines of one
/// indicator, by their newest reports not after the date), revision (whole: how far a cumulative
/// fell), status, claimant, channel, figure_id.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(trends: &[Trend<'_>]) -> Result<DataFrame, PublishError> {
    struct Row<'t> {
        trend: &'t Trend<'t>,
        index: usize,
        point: &'t Point,
        share: Option<f64>,
        herfindahl: Option<f64>,
    }
    let mut rows: Vec<Row<'_>> = Vec::new();
    let sisters = Sisters::of(trends);
    for trend in trends {
        let mut key = trend.line.series.clone();
        key.location = None;
        for (index, point) in trend.points.iter().copied().enumerate() {
            let found = sisters.get(&key).and_then(|sisters| sisters.shares(point));
            let (share, herfindahl) = found.unzip();
            rows.push(Row {
                trend,
                index,
                point,
                share,
                herfindahl,
            });
        }
    }
    let decimals = |number: Option<f64>, places| number.map(|number| rounded(number, places));
    let mut columns = Columns::default();
    let series = |row: &Row<'_>| row.trend.line.series.clone();
    let lines: Vec<&Line> = rows.iter().map(|row| row.trend.line).collect();
    columns::identity(&mut columns, &lines);
    columns.date("date", rows.iter().map(|row| Some(row.point.period.end)));
    columns.whole("value", rows.iter().map(|row| row.point.quantity.value));
    let new = |row: &Row<'_>| row.trend.new.get(row.index).cloned();
    columns.whole("new", rows.iter().map(|row| new(row)?.new));
    columns.whole("days", rows.iter().map(|row| new(row)?.days));
    columns.decimal(
        "per_day",
        rows.iter().map(|row| decimals(new(row)?.per_day, 3)),
    );
    columns.decimal(
        "average_7_days",
        rows.iter()
            .map(|row| decimals(row.trend.average.get(row.index).copied()?, 3)),
    );
    let week = |row: &Row<'_>| {
        row.trend
            .week
            .get(row.index)
            .copied()
            .filter(|c| near(c, 7))
    };
    let four_weeks = |row: &Row<'_>| {
        row.trend
            .four_weeks
            .get(row.index)
            .copied()
            .filter(|c| near(c, 28))
    };
    let change = |of: Option<Change>| decimals(of?.change, 1);
    let percent = |of: Option<Change>| decimals(of?.percent, 2);
    columns.decimal("change_7_days", rows.iter().map(|row| change(week(row))));
    columns.decimal("percent_7_days", rows.iter().map(|row| percent(week(row))));
    columns.decimal(
        "change_28_days",
        rows.iter().map(|row| change(four_weeks(row))),
    );
    columns.decimal(
        "percent_28_days",
        rows.iter().map(|row| percent(four_weeks(row))),
    );
    columns.decimal(
        "percent_previous",
        rows.iter()
            .map(|row| decimals(row.trend.previous.get(row.index)?.percent, 2)),
    );
    columns.decimal(
        "share_percent",
        rows.iter().map(|row| decimals(row.share, 2)),
    );
    columns.decimal(
        "herfindahl",
        rows.iter().map(|row| decimals(row.herfindahl, 4)),
    );
    columns.whole(
        "revision",
        rows.iter().map(|row| {
            let day = row.point.period.end;
            let fall = row.trend.falls.iter().find(|fall| fall.day == day)?;
            Some(-fall.fall.abs())
        }),
    );
    columns.text(
        "status",
        rows.iter()
            .map(|row| Some(row.point.quantity.status.code())),
    );
    columns.text(
        "claimant",
        rows.iter().map(|row| Some(series(row).claimant)),
    );
    columns.text("channel", rows.iter().map(|row| Some(series(row).channel)));
    columns.text(
        "figure_id",
        rows.iter().map(|row| Some(row.point.figure.to_string())),
    );
    columns.frame()
}

/// Whether a change is over about the days that it is called after: a stock is compared with its
/// newest report not after that day, which may be much older.
fn near(change: &Change, days: i64) -> bool {
    change
        .base
        .as_ref()
        .is_ok_and(|base| (change.day - base.day).num_days() * 2 <= days * 3)
}

/// Sister lines: those whose numbers may be added, place by place.
struct Sisters<'t> {
    lines: Vec<&'t Line>,
    may_be_added: bool,
}

impl<'t> Sisters<'t> {
    /// Groups trends by all that sister lines share: everything but the place.
    fn of(trends: &'t [Trend<'t>]) -> BTreeMap<Series, Self> {
        let mut groups: BTreeMap<Series, Self> = BTreeMap::new();
        for trend in trends {
            let mut key = trend.line.series.clone();
            key.location = None;
            let group = groups.entry(key).or_insert_with(|| Self {
                lines: Vec::new(),
                may_be_added: true,
            });
            group.lines.push(trend.line);
        }
        for group in groups.values_mut() {
            let places: BTreeSet<_> = group.lines.iter().map(|line| line.location()).collect();
            group.may_be_added = places.len() == group.lines.len()
                && places.iter().enumerate().all(|(index, place)| {
                    places
                        .iter()
                        .skip(index + 1)
                        .all(|other| match (place, other) {
                            (Some(place), Some(other)) => {
                                !place::contains_or_overlaps(place, other)
                            }
                            _ => false,
                        })
                });
        }
        groups
    }

    /// The share of a point among the newest reports of its sisters, and their concentration.
    /// Nothing where they may not be added, or one of them is no plain number.
    fn shares(&self, at: &Point) -> Option<(f64, f64)> {
        if !self.may_be_added || self.lines.len() < 2 {
            return None;
        }
        let mut parts = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let newest = line
                .points
                .partition_point(|point| point.period.end <= at.period.end);
            let Some(point) = line.points[..newest].last() else {
                continue;
            };
            let is_flow = line.series.measure == Measure::Flow;
            if point.quantity.qualifier != Qualifier::Exact
                || *point.channel != *line.series.channel
                || (is_flow && point.period != at.period)
            {
                return None;
            }
            parts.push(point.quantity.value?);
        }
        let total = parts
            .iter()
            .try_fold(0_i64, |total, part| total.checked_add(*part))
            .filter(|total| *total > 0)?;
        let index = concentration(&parts, Rest::None).ok()?.index;
        Some((100.0 * at.quantity.value? as f64 / total as f64, index))
    }
}

/// The name of the place that a line is about.
fn name(line: &Line) -> String {
    line.location()
        .map_or_else(String::new, |id| place_name(id).to_owned())
}
