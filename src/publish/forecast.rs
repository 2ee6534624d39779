//! Forecasts of lines: which figures they are made of, and forecasts and backtests as frames.

mod frame;
mod words;

use chrono::NaiveDate;

pub use frame::{backtest_frame, frame};
pub use words::{remarks, sentence, subject, tested};

use crate::analysis::forecast::steps::{self, Regular, Step, StepError};
use crate::analysis::forecast::{
    Forecast, ForecastError, History, Method, forecast, sensible_horizon,
};
use crate::analysis::{Cumulative, Flow, MeasureError, Stock};
use crate::figure::{Measure, Period, Qualifier, Quantity, Status};
use crate::line::{Line, Point};

/// The forecast of one line.
#[derive(Debug)]
pub struct Prediction<'l> {
    /// The line.
    pub line: &'l Line,
    /// The figures that it is made of, in order.
    pub used: Vec<&'l Point>,
    /// The step from one to the next.
    pub step: Step,
    /// The periods that are forecast.
    pub periods: Vec<Period>,
    /// The forecast.
    pub forecast: Forecast,
    /// Figures that were set aside.
    pub aside: Aside<'l>,
}

/// Figures of a line that a forecast is not made of.
#[derive(Debug, Default)]
pub struct Aside<'l> {
    /// The newest, which no later version has confirmed (truth rule 10).
    pub provisional: Option<&'l Point>,
    /// Projections and plans: what nobody counted is no past to learn from (truth rule 13).
    pub projected: Vec<&'l Point>,
    /// The newest, which came before a whole step was over.
    pub early: Option<&'l Point>,
    /// Mid-year stocks between year-end ones (truth rule 8).
    pub mid_years: Vec<&'l Point>,
    /// How many figures of other channels the line has.
    pub other_channels: usize,
}

/// Why a line has no forecast.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoForecast {
    /// It is none that the kernels accept.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// It goes by no equal steps.
    #[error(transparent)]
    Steps(#[from] StepError),
    /// It is too short, too still, or the horizon too long.
    #[error(transparent)]
    Forecast(#[from] ForecastError),
    /// One of its figures is a bound, a range or rounded.
    #[error(
        "the figure of {period} is `{quantity}`, and a word before a number is no number to learn from (truth rule 11); select a period without it"
    )]
    Qualified {
        /// What it speaks of.
        period: Period,
        /// What it says.
        quantity: Quantity,
    },
    /// Its calendar ends.
    #[error("the calendar has no day that many steps ahead; ask for fewer")]
    EndOfCalendar,
}

/// Forecasts a line from the figures of its channel: by so many steps, or by a sensible number of them;
/// by a method, or by the best in the backtest.
///
/// # Errors
/// When a figure is qualified, the figures go by no equal steps, there are too few, or the method does not
/// fit them; see [`forecast`].
pub fn predict(
    line: &Line,
    horizon: Option<usize>,
    method: Option<Method>,
) -> Result<Prediction<'_>, NoForecast> {
    let measure = line.series.measure;
    let (observed, mut aside) = observed(line);
    if let Some(point) = observed.iter().find(|point| {
        point.quantity.qualifier != Qualifier::Exact || point.quantity.value.is_none()
    }) {
        return Err(NoForecast::Qualified {
            period: point.period,
            quantity: point.quantity,
        });
    }
    let periods: Vec<Period> = observed.iter().map(|point| point.period).collect();
    let values: Vec<i64> = observed
        .iter()
        .filter_map(|point| point.quantity.value)
        .collect();
    check(measure, &periods, &values)?;
    let Regular {
        step,
        kept,
        mid_years,
        early,
    } = match steps::find(measure, &periods) {
        // A lone figure is above all too few.
        Err(StepError::OneValue) => return Err(ForecastError::TooFew(periods.len()).into()),
        found => found?,
    };
    let pick = |places: &[usize]| -> Vec<&Point> {
        let places = places.iter();
        places.map(|place| observed[*place]).collect()
    };
    aside.mid_years = pick(&mid_years);
    aside.early = early.map(|place| observed[place]);
    let used = pick(&kept);
    let values: Vec<f64> = kept.iter().map(|place| values[*place] as f64).collect();
    let history = History {
        measure,
        values: &values,
        season: step.season(),
    };
    let horizon = horizon.unwrap_or_else(|| sensible_horizon(values.len(), step.usual_horizon()));
    let forecast = forecast(&history, horizon, method)?;
    let last = periods[kept[kept.len() - 1]];
    let periods = (1..=forecast.ahead.len())
        .map(|steps| step.after(measure, last, u32::try_from(steps).ok()?))
        .collect::<Option<Vec<Period>>>()
        .ok_or(NoForecast::EndOfCalendar)?;
    Ok(Prediction {
        line,
        used,
        step,
        periods,
        forecast,
        aside,
    })
}

/// The figures of the channel that is drawn which somebody counted, and those that are set aside.
fn observed(line: &Line) -> (Vec<&Point>, Aside<'_>) {
    let is_ahead =
        |point: &&Point| matches!(point.quantity.status, Status::Projected | Status::Planned);
    let (projected, mut observed): (Vec<&Point>, Vec<&Point>) =
        line.of_one_channel().partition(is_ahead);
    let mut aside = Aside {
        projected,
        other_channels: line.points.len() - line.of_one_channel().count(),
        ..Aside::default()
    };
    // Where all are provisional, the newest is not more so than the others.
    let all = observed.iter().all(|point| point.provisional);
    if !all && observed.last().is_some_and(|newest| newest.provisional) {
        aside.provisional = observed.pop();
    }
    (observed, aside)
}

/// Checks that the figures are a series of their measure.
fn check(measure: Measure, periods: &[Period], values: &[i64]) -> Result<(), MeasureError> {
    let days: Vec<NaiveDate> = periods.iter().map(|period| period.end).collect();
    match measure {
        Measure::Stock => Stock::new(measure, &days, values).map(|_| ()),
        Measure::Cumulative => Cumulative::new(measure, &days, values).map(|_| ()),
        Measure::Flow => Flow::new(measure, periods, values).map(|_| ()),
    }
}

impl<'l> Prediction<'l> {
    /// The newest figure that it is made of.
    pub fn last(&self) -> Option<&'l Point> {
        self.used.last().copied()
    }

    /// Figures of the line that speak of a later day than the newest that it is made of. A chart leaves
    /// them out, so that the forecast begins where what it knows ends.
    pub fn later(&self) -> impl Iterator<Item = &'l Point> + '_ {
        let last = self.last().map(|point| point.period.end);
        let points = self.line.points.iter();
        points.filter(move |point| last.is_some_and(|last| point.period.end > last))
    }
}
