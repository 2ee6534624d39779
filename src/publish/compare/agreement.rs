//! How far voices agree over the days that they share.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::figures::place_name;
use super::super::frame::{Columns, rounded};
use super::super::summary::joined;
use super::super::trend::{MAX_GAP, span, upper_first};
use super::words::topic;
use super::{days, is_ahead, point};
use crate::analysis::agreement::{
    AgreementError, Lag, Limits, REACH, RatioLimits, lag, limits, ratio_limits,
};
use crate::analysis::{Cumulative, MeasureError};
use crate::figure::{Measure, Period, PlaceId, Qualifier, Series, Unit, counted, grouped};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::vocabulary;

/// How far two voices agree on one thing.
#[derive(Debug)]
pub struct Agreement<'f> {
    first: &'f Series,
    second: &'f Series,
    /// The first and the last day that both speak of.
    span: (NaiveDate, NaiveDate),
    /// In numbers; or why there is none.
    pub limits: Result<Limits, AgreementError>,
    ratios: Result<RatioLimits, AgreementError>,
    lag: Option<Result<Lag, NoLagError>>,
    licence: Option<String>,
    notes: Vec<String>,
    /// The figures that were held against each other.
    pub figures: BTreeSet<FigureId>,
}

/// Why no lag is told.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
enum NoLagError {
    #[error(transparent)]
    Measure(#[from] MeasureError),
    #[error(transparent)]
    Agreement(#[from] AgreementError),
}

const METHOD: &str = "limits of agreement (Bland and Altman 1986): mean difference, second less first, \
     less and plus 1.96 standard deviations; ratios by logarithms; lag by the largest Pearson \
     correlation of new per day, interpolated linearly to every day, within 14 days";
const ASSUMPTIONS: &str =
    "differences are about normal, do not depend on the level, and are independent";

/// The pairs of voices that count one thing in the same way, over the days that both speak of. The
/// first of a pair is that of the higher declared priority.
pub fn agreements(figures: &Figures) -> Vec<Agreement<'_>> {
    let mut things: BTreeMap<Key<'_>, BTreeMap<usize, Vec<&FigureRow>>> = BTreeMap::new();
    for row in &figures.rows {
        let series = &figures.series[row.series];
        if is_ahead(row.quantity.status) || point(&row.quantity).is_none() {
            continue;
        }
        let rows = things.entry(Key::of(series)).or_default();
        rows.entry(row.series).or_default().push(row);
    }
    let mut found = Vec::new();
    for voices in things.into_values() {
        let mut voices: Vec<(&Series, Vec<&FigureRow>)> = voices
            .into_iter()
            .map(|(index, rows)| (&figures.series[index], rows))
            .collect();
        voices.sort_by_key(|(series, _)| {
            let rank = vocabulary::channel_rank(&series.channel);
            (std::cmp::Reverse(rank), &series.channel, *series)
        });
        for (index, first) in voices.iter().enumerate() {
            let others = &voices[index + 1..];
            found.extend(
                others
                    .iter()
                    .filter_map(|second| agreement(figures, first, second)),
            );
        }
    }
    found
}

/// What two voices must have in common to be held against each other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'f> {
    indicator: &'f str,
    origin: Option<&'f PlaceId>,
    location: Option<&'f PlaceId>,
    breakdown: String,
    measure: Measure,
    unit: Unit,
    since: Option<NaiveDate>,
}

impl<'f> Key<'f> {
    fn of(series: &'f Series) -> Self {
        Self {
            indicator: &series.indicator,
            origin: super::told_origin(series),
            location: series.location.as_ref(),
            // The definition is part of it: numbers of two definitions are held against nothing.
            breakdown: series.breakdown.to_string(),
            measure: series.measure,
            unit: series.unit,
            since: series.since,
        }
    }
}

/// The agreement of two voices; none where they share no day.
fn agreement<'f>(
    figures: &Figures,
    (first, first_rows): &(&'f Series, Vec<&FigureRow>),
    (second, second_rows): &(&'f Series, Vec<&FigureRow>),
) -> Option<Agreement<'f>> {
    let others: BTreeMap<Period, &FigureRow> = second_rows
        .iter()
        .map(|row| (days(second, row), *row))
        .collect();
    let shared: Vec<(Period, &FigureRow, &FigureRow)> = first_rows
        .iter()
        .filter_map(|row| {
            let period = days(first, row);
            Some((period, *row, *others.get(&period)?))
        })
        .collect();
    let span = (shared.first()?.0.end, shared.last()?.0.end);
    let numbers = shared.iter().filter_map(|(_, a, b)| {
        let (a, b) = (point(&a.quantity)?, point(&b.quantity)?);
        Some((a as f64, b as f64))
    });
    let (ours, theirs): (Vec<f64>, Vec<f64>) = numbers.unzip();
    let lag = (first.measure == Measure::Cumulative)
        .then(|| lag_of((first, first_rows), (second, second_rows)));
    let publications = shared
        .iter()
        .flat_map(|(_, a, b)| [a.publication, b.publication]);
    let licences =
        publications.filter_map(|index| figures.publications[index].publication.licence.as_deref());
    let licence = joined(licences);
    let limits = limits(&ours, &theirs);
    let ratios = ratio_limits(&ours, &theirs);
    let rounded = shared
        .iter()
        .flat_map(|(_, a, b)| [a, b])
        .filter(|row| row.quantity.qualifier == Qualifier::About);
    let mut notes = notes(first, &limits, &ratios, lag.as_ref());
    match rounded.count() {
        0 => {}
        count => notes.push(format!(
            "{} rounded, as the source says",
            counted(count, "number is", "numbers are")
        )),
    }
    let all = first_rows.iter().chain(second_rows);
    Some(Agreement {
        figures: all.map(|row| row.id).collect(),
        first,
        second,
        span,
        limits,
        ratios,
        lag,
        licence,
        notes,
    })
}

/// By how many days the second comes behind the first.
fn lag_of(
    (first, first_rows): (&Series, &[&FigureRow]),
    (second, second_rows): (&Series, &[&FigureRow]),
) -> Result<Lag, NoLagError> {
    let points = |rows: &[&FigureRow]| -> (Vec<NaiveDate>, Vec<i64>) {
        let exact = rows
            .iter()
            .filter_map(|row| Some((row.period.end, point(&row.quantity)?)));
        exact.unzip()
    };
    let (ours, theirs) = (points(first_rows), points(second_rows));
    let ours = Cumulative::new(first.measure, &ours.0, &ours.1)?;
    let theirs = Cumulative::new(second.measure, &theirs.0, &theirs.1)?;
    Ok(lag(&ours, &theirs, Some(MAX_GAP))?)
}

fn notes(
    series: &Series,
    limits: &Result<Limits, AgreementError>,
    ratios: &Result<RatioLimits, AgreementError>,
    lag: Option<&Result<Lag, NoLagError>>,
) -> Vec<String> {
    let mut notes = Vec::new();
    if let Err(error) = limits {
        return vec![error.to_string()];
    }
    match series.measure {
        Measure::Cumulative => notes.push(
            "successive values of a cumulative contain one another, so the limits describe these days \
             and the intervals are too narrow"
                .to_owned(),
        ),
        Measure::Stock => notes.push(
            "successive values of a stock speak of much the same people, so the limits describe these \
             days and the intervals are too narrow"
                .to_owned(),
        ),
        Measure::Flow => {}
    }
    if let Err(error) = ratios {
        notes.push(format!("no ratios: {error}"));
    }
    match lag {
        Some(Ok(lag)) if lag.days.unsigned_abs() == REACH as u64 => notes.push(
            "the lag lies at the end of what was looked at, so that a longer one may fit better"
                .to_owned(),
        ),
        Some(Err(error)) => notes.push(format!("no lag: {error}")),
        Some(Ok(_)) => {}
        None => notes.push(format!(
            "no lag: it is told of cumulatives alone, and this is a {}",
            series.measure
        )),
    }
    notes
}

impl Agreement<'_> {
    /// The agreement in a sentence: "Crossings from Ukraine into Poland, 1 March to 6 September 2022:
    /// B (b/c) lies 1,200 above A (a/b) on average …".
    pub fn sentence(&self) -> String {
        let voice = |series: &Series| format!("{} ({})", series.claimant, series.channel);
        let (first, last) = self.span;
        let head = upper_first(&format!(
            "{}, {}",
            topic(self.first, last),
            span(first, last)
        ));
        let Ok(limits) = &self.limits else {
            return format!(
                "{head}: how far {} and {} agree cannot be told",
                voice(self.first),
                voice(self.second)
            );
        };
        if limits.deviation == 0.0 && limits.bias == 0.0 {
            return format!(
                "{head}: {} and {} say the same on all of {}; agreement does not say that either is right",
                voice(self.first),
                voice(self.second),
                counted(limits.points, "shared day", "shared days")
            );
        }
        let number = |value: f64| grouped(value.round() as i64);
        let ratio = match &self.ratios {
            Ok(ratios) => format!(
                "; as ratios {:.3}, {:.3} to {:.3}",
                ratios.bias, ratios.limits.low, ratios.limits.high
            ),
            Err(_) => String::new(),
        };
        let lag = match &self.lag {
            Some(Ok(lag)) => {
                let days = counted(lag.days.unsigned_abs(), "day", "days");
                let which = match lag.days.signum() {
                    0 => "on the same day".to_owned(),
                    1 => format!("with the second {days} behind"),
                    _ => format!("with the second {days} ahead"),
                };
                format!(
                    "; what is new per day, interpolated, correlates most {which} ({:.2})",
                    lag.correlation
                )
            }
            _ => String::new(),
        };
        format!(
            "{head}: {} lies {} {} {} on average over {}, and 95 % of the differences are expected \
             between {} and {} (Bland-Altman){ratio}{lag}; agreement does not say that either is right",
            voice(self.second),
            number(limits.bias.abs()),
            if limits.bias < 0.0 { "below" } else { "above" },
            voice(self.first),
            counted(limits.points, "shared day", "shared days"),
            number(limits.limits.low),
            number(limits.limits.high)
        )
    }
}

/// Agreements as a frame, a row for each pair of voices of one thing.
///
/// Columns: indicator, origin, origin_id, location, location_id, breakdown, measure, unit; first, second
/// (claimant and channel, by declared priority); from, to (dates: the first and last that both speak
/// of), points (whole); bias, bias_low, bias_high (the mean of second less first, with its 95 %
/// interval), standard_deviation (of the differences), limit_low, limit_high (the limits of agreement), limit_margin
/// (half the 95 % interval of each limit), ratio, ratio_limit_low, ratio_limit_high (second over
/// first, by logarithms), lag_days (by how many days the second comes behind), lag_correlation,
/// correlation_at_zero (decimals; lag_days whole), method, assumptions, licence, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn agreement_frame(pairs: &[Agreement<'_>]) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let name = |id: Option<&PlaceId>| id.map(|id| place_name(id).to_owned());
    let code = |id: Option<&PlaceId>| id.map(ToString::to_string);
    let voice = |series: &Series| format!("{}, {}", series.claimant, series.channel);
    let mut text = |name: &str, of: &dyn Fn(&Agreement<'_>) -> Option<String>| {
        columns.text(name, pairs.iter().map(of));
    };
    text("indicator", &|pair| Some(pair.first.indicator.to_string()));
    text("origin", &|pair| name(pair.first.origin.as_ref()));
    text("origin_id", &|pair| code(pair.first.origin.as_ref()));
    text("location", &|pair| name(pair.first.location.as_ref()));
    text("location_id", &|pair| code(pair.first.location.as_ref()));
    text("breakdown", &|pair| Some(pair.first.breakdown.to_string()));
    text("measure", &|pair| {
        Some(pair.first.measure.code().to_owned())
    });
    text("unit", &|pair| Some(pair.first.unit.code().to_owned()));
    text("first", &|pair| Some(voice(pair.first)));
    text("second", &|pair| Some(voice(pair.second)));
    columns.date("from", pairs.iter().map(|pair| Some(pair.span.0)));
    columns.date("to", pairs.iter().map(|pair| Some(pair.span.1)));
    let limits = || pairs.iter().map(|pair| pair.limits.as_ref().ok());
    columns.whole("points", limits().map(|of| i64::try_from(of?.points).ok()));
    let mut decimal = |name: &str, places: i32, of: &dyn Fn(&Agreement<'_>) -> Option<f64>| {
        let values = pairs.iter().map(of);
        columns.decimal(
            name,
            values.map(|value| value.map(|value| rounded(value, places))),
        );
    };
    let numbers = |pair: &Agreement<'_>| pair.limits.as_ref().ok().copied();
    let ratios = |pair: &Agreement<'_>| pair.ratios.as_ref().ok().copied();
    decimal("bias", 3, &|pair| Some(numbers(pair)?.bias));
    decimal("bias_low", 3, &|pair| {
        Some(numbers(pair)?.bias_interval.low)
    });
    decimal("bias_high", 3, &|pair| {
        Some(numbers(pair)?.bias_interval.high)
    });
    decimal("standard_deviation", 3, &|pair| {
        Some(numbers(pair)?.deviation)
    });
    decimal("limit_low", 3, &|pair| Some(numbers(pair)?.limits.low));
    decimal("limit_high", 3, &|pair| Some(numbers(pair)?.limits.high));
    decimal("limit_margin", 3, &|pair| Some(numbers(pair)?.limit_margin));
    decimal("ratio", 6, &|pair| Some(ratios(pair)?.bias));
    decimal("ratio_limit_low", 6, &|pair| Some(ratios(pair)?.limits.low));
    decimal("ratio_limit_high", 6, &|pair| {
        Some(ratios(pair)?.limits.high)
    });
    let lags = || pairs.iter().map(|pair| pair.lag.as_ref()?.as_ref().ok());
    columns.whole("lag_days", lags().map(|lag| Some(lag?.days)));
    columns.decimal(
        "lag_correlation",
        lags().map(|lag| Some(rounded(lag?.correlation, 4))),
    );
    columns.decimal(
        "correlation_at_zero",
        lags().map(|lag| Some(rounded(lag?.correlation_at_zero, 4))),
    );
    columns.text("method", pairs.iter().map(|_| Some(METHOD)));
    columns.text("assumptions", pairs.iter().map(|_| Some(ASSUMPTIONS)));
    columns.text("licence", pairs.iter().map(|pair| pair.licence.as_ref()));
    columns.text(
        "notes",
        pairs.iter().map(|pair| Some(pair.notes.join("; "))),
    );
    columns.frame()
}
