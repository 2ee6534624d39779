//! What a forecast says of itself: the sentence, and what was set aside.

use chrono::Datelike as _;

use super::frame::{overall, people};
use super::{Aside, Prediction};
use crate::analysis::forecast::backtest::{Backtest, Errors};
use crate::analysis::forecast::{Choice, Method};
use crate::figure::{Measure, Period, Status, counted, grouped};
use crate::line::{Line, Point};
use crate::publish::place_name;
use crate::vocabulary;

/// The result in one sentence: "refugees from Syria in Türkiye: drift expects 2,900,000 on 2027-12-31, 95 %
/// interval …", with the number of points, how its interval held in the past, and what it does not know.
pub fn sentence(prediction: &Prediction<'_>) -> String {
    let forecast = &prediction.forecast;
    let (Some(ahead), Some(period)) = (forecast.ahead.last(), prediction.periods.last()) else {
        return String::new();
    };
    let wide = ahead.intervals[ahead.intervals.len() - 1];
    let in_the_past = match tested(prediction) {
        Some((errors, held)) => format!(
            "over {} of the backtest its error was {:.2} times the one-step error of the naive method{} and the \
             95 % interval held {held:.0} %",
            counted(errors.values, "value", "values"),
            errors.scaled,
            beside(prediction),
        ),
        None => {
            "there are too few points for a backtest, so nothing tells how often the interval holds"
                .to_owned()
        }
    };
    format!(
        "{}: the method {} expects {} {}, 95 % interval {} to {}, from {} up to {}; {in_the_past}; it assumes that \
         what moved the series goes on and knows nothing of ceasefires, borders or funding",
        subject(prediction.line),
        forecast.method,
        grouped(people(ahead.value)),
        moment(prediction.line.series.measure, period),
        grouped(people(wide.low)),
        grouped(people(wide.high)),
        prediction.step.counted(prediction.used.len()),
        prediction
            .last()
            .map_or_else(String::new, |last| last.period.end.to_string()),
    )
}

/// The error of the naive method, for comparison with that of another.
fn beside(prediction: &Prediction<'_>) -> String {
    let naive = overall(prediction, Method::Naive);
    let naive = naive.filter(|_| prediction.forecast.method != Method::Naive);
    naive.map_or_else(String::new, |naive| {
        format!(" ({:.2} by the naive method itself)", naive.scaled)
    })
}

/// The errors of the method over all steps, and how often its widest interval held, in per cent.
pub fn tested(prediction: &Prediction<'_>) -> Option<(Errors, f64)> {
    let errors = overall(prediction, prediction.forecast.method)?;
    let held = *errors.coverage()?.last()?;
    Some((errors, held))
}

fn moment(measure: Measure, period: &Period) -> String {
    match measure {
        Measure::Stock => format!("on {}", period.end),
        Measure::Cumulative => format!("in total by {}", period.end),
        Measure::Flow => format!("in {period}"),
    }
}

/// What a line counts: "refugees from Syria in Türkiye".
pub fn subject(line: &Line) -> String {
    let series = &line.series;
    let code = &*series.indicator;
    let label = vocabulary::indicator(code).map_or(code, |indicator| indicator.label.as_str());
    let mut words = label.to_lowercase();
    for (preposition, place) in [("from", &series.origin), ("in", &series.location)] {
        if let Some(id) = place {
            words.push_str(&format!(" {preposition} {}", place_name(id)));
        }
    }
    if series.breakdown.iter().next().is_some() {
        words.push_str(&format!(" ({})", series.breakdown));
    }
    words
}

/// What is no news to the person who asked.
const ASKED: &str = "the method was asked for";

/// Why a method was taken, in a word.
pub(super) const fn choice_words(choice: Choice) -> &'static str {
    match choice {
        Choice::Asked => "asked",
        Choice::Best => "best",
        Choice::Unbeaten | Choice::TooFewOrigins => "naive",
    }
}

/// What a backtested method is.
pub(super) fn method_in_words(prediction: &Prediction<'_>, method: Method) -> String {
    let of_cumulative = match prediction.line.series.measure {
        Measure::Cumulative => ", of the increase in each step",
        Measure::Stock | Measure::Flow => "",
    };
    format!("{}{of_cumulative}", method.reference())
}

/// What is to be known of a forecast beside its assumption.
pub(super) fn notes(prediction: &Prediction<'_>) -> Vec<String> {
    let forecast = &prediction.forecast;
    let mut notes = vec![chosen(prediction)];
    notes.extend(too_narrow(prediction));
    notes.extend(thinned(&forecast.backtest));
    if prediction.line.series.measure == Measure::Cumulative {
        notes.push(
            "made of the increases of equal steps and summed; an increase below zero, which is a revision, \
             counts as it is in what is learnt, and as zero in what is expected"
                .to_owned(),
        );
    }
    if forecast.raised_values > 0 {
        notes.push(format!(
            "{} below zero and stand at zero",
            counted(
                forecast.raised_values,
                "expected value was",
                "expected values were"
            )
        ));
    }
    if forecast.raised_lows > 0 {
        let least = match prediction.line.series.measure {
            Measure::Cumulative => "the last value, below which a cumulative does not fall",
            Measure::Stock | Measure::Flow => "zero, below which there is no count",
        };
        notes.push(format!(
            "{} of the 95 % interval cut at {least}",
            counted(forecast.raised_lows, "lower end", "lower ends"),
        ));
    }
    notes.extend(set_aside(&prediction.aside, prediction.line.series.measure));
    notes.extend(of_their_status(&prediction.used));
    notes
}

fn chosen(prediction: &Prediction<'_>) -> String {
    let forecast = &prediction.forecast;
    let naive = overall(prediction, Method::Naive);
    match forecast.choice {
        Choice::Best => format!(
            "the smallest error of {} in the backtest; since the method was chosen by these errors, they flatter it a little",
            counted(forecast.backtest.tested.len(), "method", "methods")
        ),
        Choice::Unbeaten => format!(
            "no other of {} had an error smaller by 5 % than the naive one in the backtest",
            counted(forecast.backtest.tested.len(), "method", "methods")
        ),
        Choice::TooFewOrigins => {
            "too few points for a backtest that could choose a method, so the naive one stands"
                .to_owned()
        }
        Choice::Asked => match (overall(prediction, forecast.method), naive) {
            (Some(own), Some(naive))
                if forecast.method != Method::Naive && own.scaled >= naive.scaled =>
            {
                "the method was asked for; in the backtest the naive one did as well or better"
                    .to_owned()
            }
            _ => ASKED.to_owned(),
        },
    }
}

/// Says where the widest interval held far less often than it promises.
fn too_narrow(prediction: &Prediction<'_>) -> Option<String> {
    const PROMISED: f64 = 95.0;
    const FAR_LESS: f64 = 85.0;
    let (_, held) = tested(prediction).filter(|(_, held)| *held < FAR_LESS)?;
    Some(format!(
        "its intervals were too narrow in the past: that of {PROMISED} % held {held:.0} %"
    ))
}

fn thinned(backtest: &Backtest) -> Option<String> {
    let (taken, all) = (backtest.origins.len(), backtest.all_origins);
    (taken < all).then(|| format!("backtested from {taken} of {all} possible days, evenly spread"))
}

fn set_aside(aside: &Aside<'_>, measure: Measure) -> Vec<String> {
    let said = |point: &Point| format!("{} on {}", point.quantity, point.period.end);
    let mut notes = Vec::new();
    if let Some(point) = aside.provisional {
        notes.push(format!("not used: {}, which is provisional", said(point)));
    }
    if let Some(point) = aside.early {
        let is_mid_year = (point.period.end.month(), point.period.end.day()) == (6, 30);
        let why = if measure == Measure::Stock && is_mid_year {
            "a mid-year figure, which is no whole year after the one before"
        } else {
            "which came before a whole step was over"
        };
        notes.push(format!("not used: {}, {why}", said(point)));
    }
    if let (Some(first), Some(last)) = (aside.mid_years.first(), aside.mid_years.last()) {
        notes.push(format!(
            "not used: {} of {} to {} between those of year-ends",
            counted(aside.mid_years.len(), "mid-year figure", "mid-year figures"),
            first.period.end,
            last.period.end
        ));
    }
    if !aside.projected.is_empty() {
        notes.push(format!(
            "not used: {}, which nobody counted",
            counted(
                aside.projected.len(),
                "projected or planned figure",
                "projected or planned figures"
            )
        ));
    }
    if aside.other_channels > 0 {
        notes.push(format!(
            "not used: {}",
            counted(
                aside.other_channels,
                "figure of another channel",
                "figures of other channels"
            )
        ));
    }
    notes
}

fn of_their_status(used: &[&Point]) -> Vec<String> {
    let provisional = used.iter().filter(|point| point.provisional).count();
    let estimated = used.iter();
    let estimated = estimated
        .filter(|point| point.quantity.status == Status::Estimated)
        .count();
    [(provisional, "provisional"), (estimated, "estimates")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} of {} figures are {what}", used.len()))
        .collect()
}

/// What a person who reads a table of forecasts must know: how the method was chosen, what was set aside and
/// what was cut, place by place.
pub fn remarks(prediction: &Prediction<'_>) -> Vec<String> {
    let subject = subject(prediction.line);
    let notes = notes(prediction).into_iter();
    let notes = notes.filter(|note| note != ASKED);
    notes.map(|note| format!("{subject}: {note}")).collect()
}
