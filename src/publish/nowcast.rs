//! What is still to be reported: the revision triangles of a ledger's own versions, completed by the chain
//! ladder. They are reckoned when asked for and never recorded.

use chrono::NaiveDate;

use super::revisions::History;
use super::summary::EVENT;
use crate::analysis::growth::Interval;
use crate::analysis::nowcast::{
    ChainLadder, Fall, IntervalShape, Known, Lag, Nowcast, NowcastError, Row, Triangle,
    TriangleError, chain_ladder,
};
use crate::figure::{Measure, Period, Qualifier, Series, Status};
use crate::ledger::FigureRow;

mod table;

pub use table::{frame, in_words, triangle_frame};

/// What is wanted of nowcasts.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The step of lags; none for about the length of the periods.
    pub step: Option<Lag>,
    /// The last day on which anything could have become known.
    pub as_known_on: NaiveDate,
    /// The lag by which all is taken to be reported; none for the longest that is known.
    pub max_lag: Option<usize>,
    /// How sure the intervals are.
    pub confidence: f64,
    /// Whether counts may have been lowered.
    pub allow_falls: bool,
}

/// Why a series has no nowcast.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// People that are there are no late reports.
    #[error(
        "a stock is no count of a period: successive stocks hold the same people, so their revisions are not independent of each other; select a flow"
    )]
    Stock,
    /// Its periods contain one another.
    #[error(
        "the periods of a cumulative contain one another, so their revisions are not independent of each other; select a flow, such as the new per day that the source itself publishes"
    )]
    Cumulative,
    /// Events.
    #[error(
        "an event is no period that is reported again and again; select a series of counts, or see `humstat revisions`"
    )]
    Events,
    /// No triangle can be made.
    #[error(transparent)]
    Triangle(#[from] TriangleError),
    /// It cannot be completed.
    #[error(transparent)]
    Nowcast(#[from] NowcastError),
}

/// The triangle of a series.
#[derive(Debug)]
pub struct OfSeries<'f> {
    /// What is counted.
    pub series: &'f Series,
    /// The step of its lags.
    pub step: Lag,
    /// What was known when.
    pub triangle: Triangle,
    /// Where counts were lowered: from lag to lag, and since the last whole one.
    pub falls: Vec<Fall>,
    /// Periods left out: their numbers were qualified, taken back or expected.
    pub left_out: usize,
    /// Periods of which nothing was known at the end of a whole lag, each with its newest count.
    pub too_new: Vec<(Period, i64)>,
    histories: Vec<&'f History<'f>>,
}

/// Makes the triangle of one series from the histories of its periods.
///
/// # Errors
/// When the series is no flow, or nothing of it is known at the end of a lag.
pub fn triangle<'f>(
    histories: &'f [History<'f>],
    wanted: &Wanted,
) -> Result<OfSeries<'f>, Refused> {
    let series = histories
        .first()
        .map(|history| history.series)
        .ok_or(TriangleError::Empty)?;
    match series.measure {
        Measure::Stock => return Err(Refused::Stock),
        Measure::Cumulative => return Err(Refused::Cumulative),
        Measure::Flow if series.breakdown.get(EVENT).is_some() => return Err(Refused::Events),
        Measure::Flow => {}
    }
    let exact: Vec<&History<'_>> = histories
        .iter()
        .filter(|history| history.versions.iter().all(|row| count(row).is_some()))
        .collect();
    let versions: Vec<(Period, Vec<Known>)> = exact
        .iter()
        .map(|history| {
            let known = history.versions.iter().filter_map(|row| {
                Some(Known {
                    day: row.version.day(),
                    value: count(row)?,
                })
            });
            (history.period, known.collect())
        })
        .collect();
    let step = wanted.step.unwrap_or_else(|| usual_step(&versions));
    let triangle = Triangle::of_versions(&versions, step, wanted.as_known_on, wanted.max_lag)?;
    let (of_triangle, new): (Vec<&History<'_>>, Vec<_>) = exact
        .iter()
        .partition(|history| triangle.periods().contains(&history.period));
    let mut falls = triangle.falls();
    falls.extend((0..triangle.periods().len()).filter_map(|row| {
        let period = triangle.periods()[row];
        let history = of_triangle
            .iter()
            .find(|history| history.period == period)?;
        let (column, from) = triangle.newest(row)?;
        let to = newest(history)? as f64;
        (to < from).then_some(Fall {
            period,
            lag: triangle.first_lag() + column + 1,
            from,
            to,
        })
    }));
    Ok(OfSeries {
        series,
        step,
        falls,
        left_out: histories.len() - exact.len(),
        too_new: new
            .iter()
            .filter_map(|history| Some((history.period, newest(history)?)))
            .collect(),
        histories: of_triangle,
        triangle,
    })
}

/// The newest count of a period.
fn newest(history: &History<'_>) -> Option<i64> {
    history.versions.last().and_then(|row| count(row))
}

/// The count of a version: an exact number of what happened.
fn count(row: &FigureRow) -> Option<i64> {
    let quantity = &row.quantity;
    let is_count = quantity.qualifier == Qualifier::Exact
        && !matches!(quantity.status, Status::Projected | Status::Planned);
    quantity.value.filter(|value| is_count && *value >= 0)
}

/// The step that is about as long as the periods are.
fn usual_step(versions: &[(Period, Vec<Known>)]) -> Lag {
    let mut days: Vec<i64> = versions.iter().map(|(period, _)| period.days()).collect();
    days.sort_unstable();
    match days.get(days.len() / 2) {
        Some(..=2) | None => Lag::Day,
        Some(..=13) => Lag::Week,
        Some(_) => Lag::Month,
    }
}

/// A completed triangle.
#[derive(Debug)]
pub struct Completed<'f> {
    /// The triangle.
    pub of: OfSeries<'f>,
    /// What is to be expected, from the last whole lags on.
    pub found: ChainLadder,
    rows: Vec<Expected>,
}

/// Completes a triangle.
///
/// # Errors
/// When it has fewer than three periods or lags, or counts were lowered and that is not allowed.
pub fn complete<'f>(of: OfSeries<'f>, wanted: &Wanted) -> Result<Completed<'f>, Refused> {
    let checked = Nowcast::with_falls(&of.triangle)?;
    let are_lowered = !of.falls.is_empty();
    if are_lowered && !wanted.allow_falls {
        return Err(Refused::Nowcast(NowcastError::Falls(of.falls)));
    }
    // Where counts were lowered, what is known is no floor of what will be.
    let shape = if are_lowered {
        IntervalShape::Normal
    } else {
        IntervalShape::Lognormal
    };
    let found = chain_ladder(checked, shape, wanted.confidence)?;
    let newest = |row: &Row| {
        let history = of
            .histories
            .iter()
            .find(|history| history.period == row.period)?;
        newest(history)
    };
    let last = found.factors.last().map_or(0, |factor| factor.lag + 1);
    let rows = found
        .rows
        .iter()
        .map(|row| {
            let known = newest(row).unwrap_or(row.known as i64);
            if row.lag == last {
                Expected::of_last_lag(row, known)
            } else {
                Expected::of(row, known, are_lowered)
            }
        })
        .collect();
    Ok(Completed { of, found, rows })
}

impl Completed<'_> {
    /// All periods together; none without periods.
    fn total(&self) -> Option<Expected> {
        let (first, last) = self.found.rows.first().zip(self.found.rows.last())?;
        let period = Period {
            start: first.period.start,
            end: last.period.end,
        };
        let reckoned = self.found.known + self.found.still_to_come;
        let ultimate: f64 = self.rows.iter().map(|row| row.row.ultimate).sum();
        // What came after the last whole lags moves the whole interval.
        let interval = self.found.interval.map(|interval| Interval {
            low: interval.low + (ultimate - reckoned),
            high: interval.high + (ultimate - reckoned),
        });
        let whole = Row {
            period,
            lag: 0,
            known: self.found.known,
            factor: if self.found.known > 0.0 {
                reckoned / self.found.known
            } else {
                1.0
            },
            ultimate,
            standard_error: self.found.standard_error,
            interval,
        };
        let known = self.rows.iter().map(|row| row.known).sum();
        let since = self.rows.iter().find_map(|row| row.since);
        Some(Expected {
            since,
            ..Expected::of(&whole, known, !self.of.falls.is_empty())
        })
    }
}

/// What is expected of a period, and what its newest version says by now.
///
/// The chain ladder goes on from the last whole lag, so that what came since is not in it. Where counts
/// only grow, it is the least that will be: an expectation or the end of an interval below it is raised to it.
/// A count at the last lag is expected to stay.
#[derive(Debug, Clone, Copy)]
struct Expected {
    row: Row,
    known: i64,
    /// What is to be said of the count since the last whole lag.
    since: Option<&'static str>,
}

impl Expected {
    fn of(row: &Row, known: i64, lowered: bool) -> Self {
        const RAISED: &str =
            "more is known by now than the last whole lag led to expect: raised to it";
        let mut row = *row;
        let least = known as f64;
        let is_raised = !lowered && row.ultimate < least;
        if !lowered {
            row.ultimate = row.ultimate.max(least);
            row.interval = row.interval.map(|interval| Interval {
                low: interval.low.max(least),
                high: interval.high.max(least),
            });
        }
        Self {
            row,
            known,
            since: is_raised.then_some(RAISED),
        }
    }

    /// By the last lag all is taken to be reported: the newest count stands.
    fn of_last_lag(row: &Row, known: i64) -> Self {
        const CHANGED: &str = "the count changed after the last lag, by which all is taken to be reported: a larger \
             --max-lag would take that along";
        let is_changed = known as f64 != row.known;
        let known_now = known as f64;
        Self {
            row: Row {
                ultimate: known_now,
                interval: Some(Interval {
                    low: known_now,
                    high: known_now,
                }),
                ..*row
            },
            known,
            since: is_changed.then_some(CHANGED),
        }
    }

    fn still_to_come(&self) -> f64 {
        self.row.ultimate - self.known as f64
    }
}

impl OfSeries<'_> {
    /// What was done, for readers of a table.
    const fn method(&self) -> &'static str {
        if !self.falls.is_empty() {
            "chain ladder; standard error of Mack (1993); normal interval, since counts were also lowered"
        } else {
            "chain ladder; standard error of Mack (1993); lognormal interval of what is still to come"
        }
    }
}
