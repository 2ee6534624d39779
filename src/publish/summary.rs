//! The journalist's table: one row a destination, with the change, the share and the source.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::{Columns, rounded};
use super::rhythm::{self, Lag, LastDays};
use super::sentence::{day, lower_first, statement_in, when_in};
use super::style::Style;
use crate::figure::{
    Measure, Period, PlaceId, Publication, Qualifier, Quantity, Series, Status, Unit,
};
use crate::ledger::{Figures, NotReported};
use crate::line::{Line, Point};
use crate::place::{self, Kind};

mod by;
mod inhabitants;
mod over_time;
mod shape;
mod stack;
mod total;

pub use by::By;
pub use inhabitants::{Inhabitants, Population};
pub use shape::Shape;
pub use stack::check_stack;
pub(crate) use total::add;
pub(super) use total::{EVENT, joined};
pub use total::{OVERRULED, TotalError, TotalRule};

/// How many of the newest periods of a series a summary looks at: the newest figure, the one before it,
/// and enough to tell the rhythm in which they come.
pub const LOOKS_BACK: usize = 8;

/// One row of a summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Part, other or total.
    pub row_type: RowType,
    /// Identity of what it shows; the origin is absent where several are summed.
    pub series: Series,
    /// How many figures it is made of.
    pub figures: usize,
    /// Whether it counts what happened in events, each on a day of its own.
    pub is_tally: bool,
    /// Name of the place.
    pub location: String,
    /// The number.
    pub quantity: Quantity,
    /// The days that it speaks of.
    pub period: Period,
    /// The report before, in the same channel.
    pub previous: Option<(Period, i64)>,
    /// Per cent of the total of the parts.
    pub share: Option<f64>,
    /// Web address of the publication.
    pub url: Option<String>,
    /// Licence.
    pub licence: Option<String>,
    /// What readers should know.
    pub notes: Vec<String>,
    /// What the publications behind it say of all their figures; a sum carries that of its parts.
    pub caveats: Vec<String>,
    /// The figure behind it, where there is one.
    pub figure_id: Option<String>,
}

/// What a row of a summary is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowType {
    /// One place.
    Part,
    /// What is left over beside the largest parts.
    Other,
    /// A sum of the parts, or what the source itself states for all.
    Total,
}

impl RowType {
    const fn code(self) -> &'static str {
        match self {
            Self::Part => "part",
            Self::Other => "other",
            Self::Total => "total",
        }
    }
}

/// What is wanted of a summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted<'a> {
    /// The newest figure not after this day.
    pub at: Option<NaiveDate>,
    /// A total over the places.
    pub total: bool,
    /// Refuse a total over different dates.
    pub strict_dates: bool,
    /// Only the largest.
    pub top: Option<usize>,
    /// The sum of all periods of each flow, in place of the newest.
    pub over_time: bool,
    /// What there is a row for.
    pub by: By,
    /// Rules of [`OVERRULED`] that sums may break; they say so in their notes.
    pub allowed: &'a [TotalRule],
}

/// A summary.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Its rows: parts by size, what is left over last, then totals.
    pub rows: Vec<Row>,
    /// Places whose newest number lies before what their source has covered since.
    pub not_reported: usize,
    by: By,
    with_total: bool,
}

/// Makes a summary of lines.
///
/// # Errors
/// When the truth rules refuse a sum.
pub fn summary(
    figures: &Figures,
    lines: &[Line],
    wanted: Wanted<'_>,
) -> Result<Summary, TotalError> {
    let summed: Vec<Line>;
    let lines = if wanted.over_time {
        summed = lines
            .iter()
            .filter_map(|line| over_time::sum(line, wanted.at).transpose())
            .collect::<Result<_, _>>()?;
        summed.as_slice()
    } else {
        lines
    };
    let dead: BTreeMap<&Series, &NotReported> = figures
        .not_reported
        .iter()
        .map(|silent| (&figures.series[silent.series], silent))
        .collect();
    let turned = by::turned(lines, wanted.by);
    let mut groups: BTreeMap<Series, Vec<(&Line, usize)>> = BTreeMap::new();
    let mut not_reported = 0;
    // What a source states for all is no place among those that make up the row of an origin.
    let has_places = lines.iter().any(|line| !states_a_total(line.location()));
    for (line, turned) in lines.iter().zip(&*turned) {
        if wanted.by == By::Origin && has_places && states_a_total(line.location()) {
            continue;
        }
        if !wanted.over_time && dead.contains_key(&line.series) {
            not_reported += 1;
            continue;
        }
        let line = turned;
        let newest = line
            .points
            .iter()
            .rposition(|point| wanted.at.is_none_or(|at| point.period.end <= at));
        let Some(newest) = newest else { continue };
        let mut key = line.series.clone();
        key.channel = Arc::default();
        key.origin = None;
        key.breakdown = key.breakdown.without(total::EVENT);
        groups.entry(key).or_default().push((line, newest));
    }
    let last_days = LastDays::new(
        lines
            .iter()
            .filter_map(|line| Some((&line.series, line.points.last()?.period.end))),
    );
    if wanted.by == By::Date {
        return Ok(by::dates(figures, lines, wanted.at, &last_days));
    }
    let mut rows = Vec::with_capacity(groups.len());
    for members in groups.into_values() {
        rows.push(match members.as_slice() {
            [(line, newest)] => single(figures, line, *newest, wanted.at, &last_days),
            _ => total::sum_of_members(figures, &members, wanted.by, wanted.allowed)?,
        });
    }
    if wanted.over_time {
        // A sum is no figure of its own.
        for row in &mut rows {
            row.figure_id = None;
        }
    }
    // What a source states for the world or a region is no part: it stands after the parts.
    let has_parts = rows
        .iter()
        .any(|row| !states_a_total(row.series.location.as_ref()));
    let (mut rows, stated): (Vec<Row>, Vec<Row>) = rows
        .into_iter()
        .partition(|row| !has_parts || !states_a_total(row.series.location.as_ref()));
    if wanted.by == By::Indicator {
        rows = by::indicators(rows, stated, wanted.allowed)?;
        return Ok(Summary {
            rows,
            not_reported,
            by: wanted.by,
            with_total: false,
        });
    }
    let computed = match total::computed(&rows, &stated, wanted.strict_dates, wanted.allowed) {
        Err(refusal) if wanted.total => return Err(refusal),
        computed => computed.ok().flatten(),
    };
    let total = computed
        .as_ref()
        .and_then(|computed| computed.quantity.value)
        .filter(|total| *total > 0 && rows.len() > 1);
    let share = |row: &mut Row| {
        row.share = total
            .zip(row.quantity.value)
            .map(|(total, value)| 100.0 * value as f64 / total as f64);
    };
    rows.iter_mut().for_each(share);
    rows.sort_by(|a, b| {
        let left_over = |row: &Row| is_left_over(row.series.location.as_ref());
        let size = |row: &Row| {
            row.quantity
                .value
                .or(row.quantity.high)
                .or(row.quantity.low)
        };
        (
            left_over(a),
            std::cmp::Reverse(size(a)),
            &a.location,
            &a.series,
        )
            .cmp(&(
                left_over(b),
                std::cmp::Reverse(size(b)),
                &b.location,
                &b.series,
            ))
    });
    if let Some(top) = wanted.top.filter(|top| *top < rows.len()) {
        // The rest adds up with the largest, where it may be added at all.
        let rest = rows.split_off(top);
        if let Ok(Some(mut other)) = total::others(&rest, wanted.allowed) {
            share(&mut other);
            rows.push(other);
        }
    }
    if wanted.total {
        let oldest = rows.iter().map(|row| row.period.end).min();
        rows.extend(computed);
        // What was stated for an earlier day is no total of these parts.
        let of_these = |row: &Row| Some(row.period.end) >= oldest;
        rows.extend(stated.into_iter().filter(of_these).map(total::stated));
    } else {
        rows.extend(stated);
    }
    by::turned_back(&mut rows, wanted.by);
    Ok(Summary {
        rows,
        not_reported,
        by: wanted.by,
        with_total: wanted.total,
    })
}

/// Whether a place is what a source leaves over: "other European countries".
pub fn is_left_over(location: Option<&PlaceId>) -> bool {
    location.is_some_and(|id| id.as_str().starts_with("group:other"))
}

fn single(
    figures: &Figures,
    line: &Line,
    newest: usize,
    at: Option<NaiveDate>,
    last_days: &LastDays<'_>,
) -> Row {
    let point = &line.points[newest];
    let publication = &figures.publications[point.publication].publication;
    let previous = line.points[..newest]
        .iter()
        .rev()
        .find(|earlier| earlier.channel == point.channel);
    let mut notes = notes_of(line, point, newest, at, last_days);
    notes.extend(point.notes.clone());
    let comparable = |point: &Point| {
        (point.quantity.qualifier == Qualifier::Exact)
            .then_some(point.quantity.value)
            .flatten()
    };
    Row {
        row_type: RowType::Part,
        figures: 1,
        is_tally: line.series.breakdown.get(total::EVENT).is_some(),
        location: line
            .series
            .location
            .as_ref()
            .map_or_else(String::new, |id| place_name(id).to_owned()),
        quantity: point.quantity,
        period: point.period,
        previous: previous.and_then(|previous| {
            comparable(point)?;
            Some((previous.period, comparable(previous)?))
        }),
        share: None,
        url: publication.url.clone(),
        licence: publication.licence.clone(),
        notes,
        caveats: caveats(publication).collect(),
        figure_id: Some(point.figure.to_string()),
        series: Series {
            channel: Arc::clone(&point.channel),
            breakdown: line.series.breakdown.clone().without(total::EVENT),
            ..line.series.clone()
        },
    }
}

/// What a publication says of all its figures.
pub(super) fn caveats(publication: &Publication) -> impl Iterator<Item = String> {
    let relayer = publication.relayed_by.last();
    let relayed = relayer.map(|relayer| format!("as relayed by {relayer}"));
    publication.notes.clone().into_iter().chain(relayed)
}

/// What there is to know about the newest point of a line.
fn notes_of(
    line: &Line,
    point: &Point,
    newest: usize,
    at: Option<NaiveDate>,
    last_days: &LastDays<'_>,
) -> Vec<String> {
    let mut notes = Vec::new();
    let is_last = newest + 1 == line.points.len();
    let lag = is_last
        .then(|| {
            let of_channel = last_days.of(&line.series);
            rhythm::lag(&line.series.channel, &line.days(), of_channel, at)
        })
        .flatten();
    notes.extend(lag.map(|lag| match lag {
        Lag::Discontinued => format!("discontinued on {}", point.period.end),
        Lag::Stale => format!("stale: the newest figure is of {}", point.period.end),
    }));
    if point.prose {
        notes.push("read from prose".to_owned());
    }
    if point.provisional {
        notes.push("newest day, provisional".to_owned());
    }
    if let Some(other) = line
        .set_aside
        .iter()
        .find(|other| other.period == point.period)
    {
        notes.push(format!("{} says {}", other.channel, other.quantity));
    }
    notes
}

impl Row {
    /// The difference from the report before.
    pub fn change(&self) -> Option<i64> {
        let (_, before) = self.previous?;
        self.quantity.value?.checked_sub(before)
    }

    fn change_percent(&self) -> Option<f64> {
        let (_, before) = self.previous.filter(|(_, before)| *before != 0)?;
        Some(100.0 * self.change()? as f64 / before as f64)
    }

    fn change_per_day(&self) -> Option<f64> {
        let (period, _) = self.previous?;
        let days = (self.period.end - period.end).num_days();
        (days > 0 && self.series.measure != Measure::Flow)
            .then(|| self.change().map(|change| change as f64 / days as f64))
            .flatten()
    }

    /// The row as a sentence, with the change since the report before.
    pub fn sentence(&self, style: Style) -> String {
        let mut text = statement_in(style, &self.series, self.period, &self.quantity);
        if let (Some(change), Some((period, _))) = (self.change(), self.previous) {
            let before = match self.series.measure {
                Measure::Flow => lower_first(&when_in(style, Measure::Flow, period)),
                _ => format!("on {}", style.day_in(period.end, self.period.end)),
            };
            let number = style.number(change.saturating_abs());
            text.push_str(&match change {
                0 => format!(", the same as {before}"),
                more if more > 0 => format!(", {number} more than {before}"),
                _ if self.series.measure == Measure::Cumulative => {
                    format!(", {number} fewer than the source had {before}: a revision")
                }
                _ => format!(", {number} fewer than {before}"),
            });
        }
        let notes: Vec<&str> = self
            .notes
            .iter()
            .map(String::as_str)
            .filter(|note| {
                ["discontinued", "mixed dates", total::MARK]
                    .iter()
                    .any(|start| note.starts_with(start))
            })
            .collect();
        if !notes.is_empty() {
            text.push_str(&format!("; {}", notes.join("; ")));
        }
        text.push('.');
        text
    }
}

impl Summary {
    /// The summary as a frame.
    ///
    /// Columns: location, location_id, value, low, high (whole numbers), qualifier, period_end
    /// (date), previous_value (whole), previous_period_end (date), change (whole), change_percent,
    /// change_per_day, share_percent (decimals), status, claimant, channel, url, licence, notes,
    /// figure_id; then, where they differ between rows, indicator and breakdown; population,
    /// population_period_end and per_N_inhabitants where they were asked for; then row_type
    /// (part, total) if a total was asked for. Where rows stand for origins or indicators, the
    /// first two columns are origin and origin_id, or indicator and indicator_code.
    ///
    /// # Errors
    /// When polars cannot build the frame.
    pub fn frame(&self, inhabitants: Option<&Inhabitants>) -> Result<DataFrame, PublishError> {
        let rows = &self.rows;
        let mut columns = Columns::default();
        let [label, id] = self.key_names();
        columns.text(label, rows.iter().map(|row| Some(&row.location)));
        columns.text(id, rows.iter().map(|row| self.key_of(row)));
        columns.quantity(rows.iter().map(|row| row.quantity));
        columns.date("period_end", rows.iter().map(|row| Some(row.period.end)));
        columns.whole(
            "previous_value",
            rows.iter().map(|row| row.previous.map(|(_, value)| value)),
        );
        columns.date(
            "previous_period_end",
            rows.iter()
                .map(|row| row.previous.map(|(period, _)| period.end)),
        );
        columns.whole("change", rows.iter().map(Row::change));
        let decimals = |number: Option<f64>, places| number.map(|number| rounded(number, places));
        columns.decimal(
            "change_percent",
            rows.iter().map(|row| decimals(row.change_percent(), 2)),
        );
        columns.decimal(
            "change_per_day",
            rows.iter().map(|row| decimals(row.change_per_day(), 1)),
        );
        columns.decimal(
            "share_percent",
            rows.iter().map(|row| decimals(row.share, 2)),
        );
        columns.text(
            "status",
            rows.iter().map(|row| Some(row.quantity.status.code())),
        );
        columns.text(
            "claimant",
            rows.iter().map(|row| Some(&row.series.claimant)),
        );
        columns.text("channel", rows.iter().map(|row| Some(&row.series.channel)));
        columns.text("url", rows.iter().map(|row| row.url.as_ref()));
        columns.text("licence", rows.iter().map(|row| row.licence.as_ref()));
        columns.text(
            "notes",
            rows.iter()
                .map(|row| Some([row.notes.as_slice(), &row.caveats].concat().join("; "))),
        );
        columns.text("figure_id", rows.iter().map(|row| row.figure_id.as_ref()));
        let differs =
            |of: fn(&Row) -> String| rows.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
        let origin = |row: &Row| row.series.origin.as_ref().map(ToString::to_string);
        if self.by == By::Date
            && rows
                .windows(2)
                .any(|pair| origin(&pair[0]) != origin(&pair[1]))
        {
            columns.text("origin_id", rows.iter().map(origin));
        }
        if self.by != By::Indicator && differs(|row| row.series.indicator.to_string()) {
            columns.text(
                "indicator",
                rows.iter().map(|row| Some(&row.series.indicator)),
            );
        }
        if differs(|row| row.series.breakdown.to_string()) {
            columns.text(
                "breakdown",
                rows.iter()
                    .map(|row| Some(row.series.breakdown.to_string())),
            );
        }
        if let Some(inhabitants) = inhabitants {
            let known = || rows.iter().map(|row| inhabitants.of(row));
            columns.whole(
                "population",
                known().map(|known| known.map(|known| known.people)),
            );
            columns.date(
                "population_period_end",
                known().map(|known| known.map(|known| known.day)),
            );
            let rates = rows.iter().map(|row| inhabitants.rate(row));
            columns.decimal(
                &format!("per_{}_inhabitants", inhabitants.per),
                rates.map(|rate| decimals(rate, 3)),
            );
        }
        if self.with_total {
            columns.text("row_type", rows.iter().map(|row| Some(row.row_type.code())));
        }
        columns.frame()
    }

    /// Names of the columns that say what a row stands for.
    const fn key_names(&self) -> [&'static str; 2] {
        match self.by {
            By::Location | By::Date => ["location", "location_id"],
            By::Origin => ["origin", "origin_id"],
            By::Indicator => ["indicator", "indicator_code"],
        }
    }

    /// The id of what a row stands for.
    fn key_of<'r>(&self, row: &'r Row) -> Option<&'r str> {
        match self.by {
            By::Location | By::Date => row.series.location.as_ref().map(PlaceId::as_str),
            By::Origin => row.series.origin.as_ref().map(PlaceId::as_str),
            By::Indicator => Some(&row.series.indicator),
        }
    }

    /// The rows as sentences, a line each.
    pub fn sentences(&self, style: Style) -> String {
        let sentence = |row: &Row| row.sentence(style) + "\n";
        self.rows.iter().map(sentence).collect()
    }
}

/// Whether a place stands for several: its figure is a stated total, not a part.
pub fn states_a_total(location: Option<&PlaceId>) -> bool {
    location
        .and_then(place::place)
        .is_some_and(|place| matches!(place.kind, Kind::World | Kind::Region))
}

/// The dates of a sum, where they differ.
fn mixed_dates(periods: impl Iterator<Item = Period> + Clone) -> Option<(NaiveDate, NaiveDate)> {
    let first = periods.clone().map(|period| period.end).min()?;
    let last = periods.map(|period| period.end).max()?;
    (first != last).then_some((first, last))
}

/// A day range as notes say it.
fn mixed_note((first, last): (NaiveDate, NaiveDate)) -> String {
    format!("mixed dates ({first} to {last})")
}

/// Words for the dates of a refused total.
fn range_in_words((first, last): (NaiveDate, NaiveDate)) -> String {
    format!("from {} to {}", day(first), day(last))
}

/// The unit in words.
fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::UsDollars => "US dollars",
        other => other.code(),
    }
}

/// The status of a sum: the least certain of its parts.
fn common_status(statuses: impl Iterator<Item = Status>) -> Status {
    let certainty = |status: &Status| match status {
        Status::Observed => 0,
        Status::Provisional => 1,
        Status::Estimated => 2,
        Status::Projected => 3,
        Status::Planned => 4,
    };
    statuses.max_by_key(certainty).unwrap_or(Status::Observed)
}
