//! A line with its forecast: dotted, in a fan of its intervals, and said to be one.

use chrono::Datelike as _;

use super::words::value_kind;
use super::{Brief, DepictError, Show, lines};
use crate::analysis::forecast::steps::Step;
use crate::analysis::forecast::{COVERAGES, Method};
use crate::chart::words::fill;
use crate::chart::{self, ChartKind, ChartSpec, Fan, Language, number};
use crate::figure::Measure;
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::forecast::{NoForecast, Prediction, predict, tested};
use crate::publish::sentence::day;

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    horizon: usize,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let (lines, mut brief) = lines::drawable(lines, brief, false)?;
    let [line] = lines.as_slice() else {
        return Err(DepictError::Mixed(format!(
            "a forecast is drawn of one line, and these are {}; choose one with --location, --origin or --breakdown",
            lines.len()
        )));
    };
    let prediction = predict(line, Some(horizon), None)?;
    brief.notes.extend(notes(&prediction, brief.language));
    // What is known of later days is named in a note: a forecast does not lie over a number.
    let last = prediction.last().map(|point| point.period.end);
    let mut known = line.clone();
    known.points.retain(|point| Some(point.period.end) <= last);
    known.gaps.retain(|gap| Some(gap.end) <= last);
    let mut spec = lines::spec(figures, &[known], Show::Level, &brief)?;
    if brief.subtitle.is_none()
        && let Some(period) = prediction.periods.last()
    {
        let end = match prediction.step {
            Step::Months(12) => period.end.year().to_string(),
            _ => day(period.end),
        };
        spec.subtitle.push_str(&format!("; forecast to {end}"));
    }
    if let ChartKind::Line(chart) = &mut spec.kind
        && let Some(drawn) = chart.lines.first_mut()
    {
        add(drawn, &prediction);
    }
    Ok(spec)
}

/// Adds the forecast to a line: projected points, and a fan for each interval. All are whole numbers, as
/// in the table.
fn add(drawn: &mut chart::Line, prediction: &Prediction<'_>) {
    let steps = || prediction.periods.iter().zip(&prediction.forecast.ahead);
    drawn.points.extend(steps().map(|(period, ahead)| {
        let mut point = chart::Point::new(period.end, ahead.value.round());
        point.marks.projected = true;
        point
    }));
    let fan = |(index, &coverage): (usize, &u8)| Fan {
        coverage,
        ranges: steps()
            .map(|(period, ahead)| {
                let interval = ahead.intervals[index];
                (period.end, interval.low.round(), interval.high.round())
            })
            .collect(),
    };
    drawn.fans = COVERAGES.iter().enumerate().map(fan).collect();
}

/// How it is made and of how many figures, how its interval held in the past, what it assumes; then what is
/// known of later days and not drawn.
fn notes(prediction: &Prediction<'_>, language: Language) -> Vec<String> {
    let words = &language.words().forecast;
    let method = match prediction.forecast.method {
        Method::Naive => words.naive,
        Method::Seasonal => words.seasonal,
        Method::Drift => words.drift,
        Method::Damped => words.damped,
        Method::Ets => words.ets,
        Method::Mstl => words.mstl,
    };
    let method = match prediction.line.series.measure {
        Measure::Cumulative => fill(words.increases, &[method]),
        Measure::Stock | Measure::Flow => method.to_owned(),
    };
    let points = language.count(prediction.used.len());
    let last = prediction.last();
    let last = last.map_or_else(String::new, |last| language.day(last.period.end));
    let held = match tested(prediction) {
        Some((errors, held)) => {
            let count = language.count(errors.values);
            fill(words.held, &[&format!("{held:.0}"), &count])
        }
        None => words.untested.to_owned(),
    };
    let mut notes = vec![
        fill(words.made, &[&method, &points, &last]),
        held,
        words.assumes.to_owned(),
    ];
    notes.extend(prediction.later().map(|point| {
        let quantity = &point.quantity;
        let number = |number: Option<i64>| number.map(|number| number as f64);
        let said = number::qualified(
            number(quantity.value),
            (number(quantity.low), number(quantity.high)),
            Some(quantity.qualifier),
            value_kind(prediction.line.series.unit),
            language,
        );
        fill(words.not_drawn, &[&said, &language.day(point.period.end)])
    }));
    notes
}

impl From<NoForecast> for DepictError {
    fn from(error: NoForecast) -> Self {
        Self::NoForecast(Box::new(error))
    }
}
