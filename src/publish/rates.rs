//! Rates of published numbers: how many for each so many inhabitants, with the interval of chance where the
//! number is a count. They are reckoned when asked for and never recorded.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::{Columns, rounded};
use super::revisions::subject;
use super::summary::{EVENT, Inhabitants, Population};
use super::tally::TallyRow;
use crate::analysis::growth::Interval;
use crate::analysis::rate::{self, CAVEAT, Chance, Exposure, IntervalMethod, RateError, chance};
use crate::analysis::{Flow, MeasureError};
use crate::figure::{
    Breakdown, Measure, Period, PlaceId, Quantity, Series, Status, coded_enum, counted, grouped,
};
use crate::ledger::{FigureId, Figures, Selection};
use crate::line::{Line, Point};

mod ratio;

pub use ratio::{Compared, RatioRow, Sides, compare, ratio_frame, ratio_in_words};

/// Decimals of rates and their intervals.
const DECIMALS: i32 = 6;

coded_enum! {
    /// Whose inhabitants a number is set against.
    #[derive(Default)]
    Whose ("place of inhabitants") {
        /// Those of the place where people are, or where it happened.
        #[default]
        Location = "location",
        /// Those of the place that people come from.
        Origin = "origin",
    }
}

/// What is wanted of rates.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// For how many inhabitants a rate is given.
    pub per: u32,
    /// How intervals are reckoned.
    pub method: IntervalMethod,
    /// How sure they are.
    pub confidence: f64,
    /// Whether rates are for a year.
    pub annual: bool,
    /// Whose inhabitants.
    pub whose: Whose,
}

/// A number that a rate is made of: a published one, a sum of several, or a tally of events.
#[derive(Debug, Clone)]
pub struct Counted {
    /// What is counted.
    pub series: Series,
    /// The days that it speaks of: of a cumulative, from its first day on.
    pub period: Period,
    /// The number.
    pub quantity: Quantity,
    /// How many figures or events it is made of.
    pub figures: usize,
    /// The figure, where it is one.
    pub figure: Option<FigureId>,
    /// Licences of its publications.
    pub licence: Option<String>,
    /// What readers should know.
    pub notes: Vec<String>,
}

/// Who lives there, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum People {
    /// As the ledger knows.
    Known(Population),
    /// As whoever asks says.
    Given(i64),
}

impl People {
    /// How many.
    pub const fn number(&self) -> i64 {
        match self {
            Self::Known(known) => known.people,
            Self::Given(people) => *people,
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Known(known) => Some(known.day),
            Self::Given(_) => None,
        }
    }

    fn source(&self) -> &str {
        match self {
            Self::Known(known) => &known.claimant,
            Self::Given(_) => "as given",
        }
    }
}

/// A number and its rate.
#[derive(Debug, Clone)]
pub struct Rate {
    counted: Counted,
    people: People,
    rate: Option<f64>,
    of_bounds: (Option<f64>, Option<f64>),
    chance: Chance,
    interval: (Option<f64>, Option<f64>),
    notes: Vec<String>,
}

/// The numbers of lines that have rates: the newest of each, or those of every period.
pub fn of_lines(figures: &Figures, lines: &[Line], every_period: bool) -> Vec<Counted> {
    let mut found = Vec::new();
    for line in lines {
        let may = |point: &&Point| !is_expected(point.quantity.status);
        let points: Vec<&Point> = line.of_one_channel().filter(may).collect();
        let newest = points.len().saturating_sub(1);
        let shown = points.get(if every_period { 0 } else { newest }..);
        for point in shown.unwrap_or_default() {
            let publication = &figures.publications[point.publication].publication;
            let provisional = point.provisional && point.quantity.status == Status::Observed;
            let notes = point.notes.iter().cloned();
            found.push(Counted {
                series: line.series.clone(),
                period: spoken_of(&line.series, point.period),
                quantity: if provisional {
                    point.quantity.with_status(Status::Provisional)
                } else {
                    point.quantity
                },
                figures: 1,
                figure: Some(point.figure),
                licence: publication.licence.clone(),
                notes: notes.chain(publication.notes.clone()).collect(),
            });
        }
    }
    found
}

/// Each flow of lines added up over its periods. Lines whose numbers are not all exact have a lower bound
/// or a range, and are left out with those that are no flows.
///
/// # Errors
/// When periods overlap, or a sum is too large.
pub fn over_time(figures: &Figures, lines: &[Line]) -> Result<(Vec<Counted>, usize), MeasureError> {
    let mut found = Vec::new();
    let mut left_out = 0;
    for line in lines {
        let exact = ratio::exact_points(line);
        if line.series.measure != Measure::Flow || exact.len() < line.of_one_channel().count() {
            left_out += 1;
            continue;
        }
        if exact.is_empty() {
            continue;
        }
        let (periods, values): (Vec<Period>, Vec<i64>) = exact
            .iter()
            .map(|(point, value)| (point.period, *value))
            .unzip();
        let sum = Flow::new(Measure::Flow, &periods, &values)?.sum()?;
        let status = |status| {
            exact
                .iter()
                .any(|(point, _)| point.quantity.status == status)
        };
        let status = [Status::Estimated, Status::Provisional]
            .into_iter()
            .find(|known| status(*known))
            .unwrap_or(Status::Observed);
        found.push(Counted {
            series: line.series.clone(),
            period: sum.period,
            quantity: Quantity::exact(sum.total).with_status(status),
            figures: exact.len(),
            figure: None,
            licence: ratio::licences(figures, line),
            notes: ratio::gaps_in_words(&sum.gaps).into_iter().collect(),
        });
    }
    Ok((found, left_out))
}

/// The numbers of a tally of events by place.
pub fn of_tally(rows: &[TallyRow<'_>], asked: &Selection) -> Vec<Counted> {
    let narrowed = asked.breakdown.iter().filter(|(_, code)| !code.is_empty());
    let breakdown = narrowed.fold(Breakdown::all(), |breakdown, (dimension, code)| {
        breakdown.with(dimension.as_str(), code.as_str())
    });
    rows.iter()
        .map(|row| Counted {
            series: Series {
                location: row.place.cloned(),
                breakdown: breakdown.clone(),
                ..row.series.clone()
            },
            period: row.period,
            quantity: row.quantity,
            figures: row.events,
            figure: None,
            licence: row.licence.clone(),
            notes: std::iter::once(format!(
                "{}; people in one of them were not killed or hurt independently of each other",
                counted(row.events, "event", "events")
            ))
            .chain(row.notes.clone())
            .collect(),
        })
        .collect()
}

/// Whether a line is of an event.
pub fn is_event(line: &Line) -> bool {
    line.series.breakdown.get(EVENT).is_some()
}

/// Whether a number is expected or intended, and so counts nothing yet (truth rule 13).
fn is_expected(status: Status) -> bool {
    matches!(status, Status::Projected | Status::Planned)
}

/// The days that a number speaks of: of a cumulative from its first day on, where that is known.
fn spoken_of(series: &Series, period: Period) -> Period {
    let first = series
        .since
        .filter(|_| series.measure == Measure::Cumulative);
    first
        .and_then(|first| Period::new(first, period.end))
        .unwrap_or(period)
}

/// Whether the length of the period of a number is known, so that it may be said for a year.
fn has_length(series: &Series) -> bool {
    match series.measure {
        Measure::Flow => true,
        Measure::Cumulative => series.since.is_some(),
        Measure::Stock => false,
    }
}

impl Whose {
    /// The place of a series whose inhabitants are meant.
    pub fn place(self, series: &Series) -> Option<&PlaceId> {
        match self {
            Self::Location => series.location.as_ref(),
            Self::Origin => series.origin.as_ref(),
        }
    }
}

/// Reckons the rates of numbers; beside them how many have no place whose inhabitants are known.
///
/// # Errors
/// When the confidence is no share.
pub fn rates(
    numbers: Vec<Counted>,
    wanted: &Wanted,
    people: impl Fn(&Counted) -> Option<People>,
) -> Result<(Vec<Rate>, usize), RateError> {
    let mut rates = Vec::with_capacity(numbers.len());
    let mut unknown = 0;
    for counted in numbers {
        let Some(people) = people(&counted) else {
            unknown += 1;
            continue;
        };
        rates.push(rate_of(counted, people, wanted)?);
    }
    rates.sort_by(|a, b| {
        (&a.counted.series, a.counted.period).cmp(&(&b.counted.series, b.counted.period))
    });
    Ok((rates, unknown))
}

fn rate_of(counted: Counted, people: People, wanted: &Wanted) -> Result<Rate, RateError> {
    let Counted {
        series,
        quantity,
        period,
        ..
    } = &counted;
    let chance = chance(
        series.measure,
        series.unit,
        quantity,
        wanted.method,
        wanted.confidence,
    )?;
    let annual = wanted.annual && has_length(series);
    let exposure = if annual {
        Exposure::person_years(people.number(), *period)?
    } else {
        Exposure::people(people.number())?
    };
    let rate = |number: f64| exposure.rate(number, wanted.per);
    let of = |number: Option<i64>| number.map(|number| rate(number as f64));
    let mut notes = Vec::new();
    notes.extend(chance.note());
    if quantity.low.is_some() || quantity.high.is_some() {
        notes.push(
            "rates of low and high are those of published bounds, not an interval".to_owned(),
        );
    }
    if quantity.status == Status::Provisional {
        notes.push("provisional: the count may still rise".to_owned());
    }
    if annual && rate::days(*period) != 365 && rate::days(*period) != 366 {
        notes.push(format!(
            "{} brought to a year, as if the rest of it were the same",
            crate::figure::counted(rate::days(*period), "day", "days")
        ));
    } else if wanted.annual && !annual {
        notes.push("not brought to a year, for it speaks of no known number of days".to_owned());
    }
    const FAR: i64 = 548;
    if let Some(day) = people.day()
        && (period.end - day).num_days().abs() > FAR
    {
        notes.push(format!("the population is of {day}, far from the number"));
    }
    notes.extend(counted.notes.iter().cloned());
    Ok(Rate {
        rate: of(quantity.value),
        of_bounds: (of(quantity.low), of(quantity.high)),
        interval: (chance.low().map(rate), chance.high().map(rate)),
        chance,
        notes,
        people,
        counted,
    })
}

/// The figures of populations that rates rest on.
pub fn populations(rates: &[Rate]) -> BTreeSet<FigureId> {
    rates
        .iter()
        .filter_map(|rate| match &rate.people {
            People::Known(known) => Some(known.figure),
            People::Given(_) => None,
        })
        .collect()
}

/// The people of a number's place, as a ledger knows them.
pub fn known_people(counted: &Counted, whose: Whose, known: &Inhabitants) -> Option<People> {
    let place = whose.place(&counted.series)?;
    let population = known.of_place(place, counted.period.end)?;
    Some(People::Known(population.clone()))
}

/// What was done, for readers of a table.
fn method(rate: &Rate, wanted: &Wanted) -> String {
    let per = grouped(wanted.per.into());
    let year = if wanted.annual && has_length(&rate.counted.series) {
        " and year"
    } else {
        ""
    };
    match rate.chance {
        Chance::None(_) => format!("number for each {per} inhabitants{year}"),
        _ => format!(
            "number for each {per} inhabitants{year}; {} interval of a Poisson count",
            wanted.method
        ),
    }
}

/// Rates as a frame, a row a number.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id, since
/// (date), breakdown, claimant, channel), period_start, period_end (dates; of a cumulative from its first
/// day on), days, figures (whole: how many figures or events), value, low, high (whole), qualifier, status,
/// population (whole), population_period_end (date), population_source, per (whole: inhabitants), rate,
/// rate_of_low, rate_of_high (decimals: of the published bounds), interval_low, interval_high, level
/// (decimals: of chance alone; empty where there is none), method, assumption, licence, notes, figure_id.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(rates: &[Rate], wanted: &Wanted) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let each = || rates.iter();
    let number = |number: Option<f64>| number.map(|number| rounded(number, DECIMALS));
    let whole = |number: usize| i64::try_from(number).ok();
    let quantity = |rate: &Rate| rate.counted.quantity;
    let has_interval = |rate: &Rate| !matches!(rate.chance, Chance::None(_));
    subject(&mut columns, each().map(|rate| Some(&rate.counted.series)));
    columns.date(
        "period_start",
        each().map(|rate| Some(rate.counted.period.start)),
    );
    columns.date(
        "period_end",
        each().map(|rate| Some(rate.counted.period.end)),
    );
    columns.whole(
        "days",
        each()
            .map(|rate| has_length(&rate.counted.series).then(|| rate::days(rate.counted.period))),
    );
    columns.whole("figures", each().map(|rate| whole(rate.counted.figures)));
    columns.whole("value", each().map(|rate| quantity(rate).value));
    columns.whole("low", each().map(|rate| quantity(rate).low));
    columns.whole("high", each().map(|rate| quantity(rate).high));
    columns.text(
        "qualifier",
        each().map(|rate| Some(quantity(rate).qualifier.code())),
    );
    columns.text(
        "status",
        each().map(|rate| Some(quantity(rate).status.code())),
    );
    columns.whole("population", each().map(|rate| Some(rate.people.number())));
    columns.date(
        "population_period_end",
        each().map(|rate| rate.people.day()),
    );
    columns.text(
        "population_source",
        each().map(|rate| Some(rate.people.source())),
    );
    columns.whole("per", each().map(|_| Some(wanted.per.into())));
    columns.decimal("rate", each().map(|rate| number(rate.rate)));
    columns.decimal("rate_of_low", each().map(|rate| number(rate.of_bounds.0)));
    columns.decimal("rate_of_high", each().map(|rate| number(rate.of_bounds.1)));
    columns.decimal("interval_low", each().map(|rate| number(rate.interval.0)));
    columns.decimal("interval_high", each().map(|rate| number(rate.interval.1)));
    columns.decimal(
        "level",
        each().map(|rate| has_interval(rate).then_some(wanted.confidence)),
    );
    columns.text("method", each().map(|rate| Some(method(rate, wanted))));
    columns.text(
        "assumption",
        each().map(|rate| {
            Some(if has_interval(rate) {
                CAVEAT
            } else {
                "the published number and the population are taken as they stand"
            })
        }),
    );
    columns.text("licence", each().map(|rate| rate.counted.licence.as_ref()));
    columns.text("notes", each().map(|rate| Some(rate.notes.join("; "))));
    columns.text(
        "figure_id",
        each().map(|rate| rate.counted.figure.map(|id| id.to_string())),
    );
    columns.frame()
}

/// The result in a sentence: the one rate, or how many there are, and what the intervals cover.
pub fn in_words(rates: &[Rate], wanted: &Wanted) -> Option<String> {
    let first = rates.first()?;
    let per = grouped(wanted.per.into());
    let year = if wanted.annual { " a year" } else { "" };
    let digits = |number: f64| significant(number);
    let level = rounded(wanted.confidence * 100.0, 4);
    let head = match rates {
        [only] => {
            let series = &only.counted.series;
            let place = wanted
                .whose
                .place(series)
                .map_or("the place", |id| place_name(id));
            let value = only.rate.map_or_else(
                || "no single number".to_owned(),
                |rate| format!("{} for each {per} inhabitants{year}", digits(rate)),
            );
            let of = format!(
                "{} of {}",
                only.counted.quantity,
                grouped(only.people.number())
            );
            let interval = match only.interval {
                (Some(low), Some(high)) => {
                    format!(
                        ", {level} per cent interval {} to {}",
                        digits(low),
                        digits(high)
                    )
                }
                (Some(low), None) => format!(", at least {} at {level} per cent", digits(low)),
                (None, Some(high)) => format!(", at most {} at {level} per cent", digits(high)),
                (None, None) => String::new(),
            };
            format!(
                "{} in {place}, {}: {value} ({of}){interval}",
                series.indicator, only.counted.period
            )
        }
        many => format!(
            "{} for each {per} inhabitants{year}",
            counted(many.len(), "rate", "rates")
        ),
    };
    let with = rates
        .iter()
        .filter(|rate| !matches!(rate.chance, Chance::None(_)))
        .count();
    let tail = match with {
        0 => first
            .chance
            .note()
            .unwrap_or_else(|| "no interval".to_owned()),
        _ if with == rates.len() => CAVEAT.to_owned(),
        _ => format!("{with} of them are counts with an interval; {CAVEAT}"),
    };
    Some(format!("{head}; {tail}"))
}

/// A number to three significant digits, never in powers of ten.
fn significant(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return format!("{number}");
    }
    let magnitude = number.abs().log10().floor();
    let decimals = (2.0 - magnitude).clamp(0.0, 12.0) as usize;
    format!("{number:.decimals$}")
}

/// Both ends of an interval, where both are known.
impl Rate {
    /// The interval of chance, where it has both ends.
    pub fn interval(&self) -> Option<Interval> {
        let (low, high) = (self.interval.0?, self.interval.1?);
        Some(Interval { low, high })
    }
}
