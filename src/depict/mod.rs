//! What of the record a chart depicts: from lines and summaries to chart specifications, with the
//! words that stand around the numbers.

mod bars;
mod breaks;
mod change;
mod columns;
mod days;
mod flows;
mod forecast;
mod lines;
mod maps;
mod moments;
mod pairs;
mod panels;
mod pyramid;
mod revisions;
mod rows;
mod titles;
mod words;

pub use days::calendar_chart;
pub use moments::{Moments, NEAR, moments_chart};
pub use panels::panel_chart;
pub use revisions::revision_chart;
pub use rows::table_chart;

use crate::chart::{Arrangement, BarStyle, Break, ChartSpec, Event, Language, Look, Size};
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::summary::{Inhabitants, Summary};

pub use maps::MapOrder;

/// The words and the form that a person chose; what is empty is written from the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Brief {
    /// The finding.
    pub title: Option<String>,
    /// Measure, unit, place and period.
    pub subtitle: Option<String>,
    /// What readers should know, beside what the publications say themselves.
    pub notes: Vec<String>,
    /// Text for readers who cannot see the chart.
    pub alt: Option<String>,
    /// Width and height.
    pub size: Size,
    /// The language of what the chart says itself.
    pub language: Language,
    /// Ground and colours.
    pub look: Look,
    /// Places that the title speaks of, by id.
    pub emphasis: Vec<String>,
    /// Whether places were chosen, so that what is drawn is not all of its kind.
    pub places_chosen: bool,
    /// What happened.
    pub events: Vec<Event>,
    /// Days from which on a source counts otherwise, beside those that the record knows of.
    pub breaks: Vec<Break>,
    /// The number and the hash of the ledger entry that it stands on.
    pub provenance: Vec<(String, String)>,
}

impl Brief {
    /// What of a chart in another language stays English.
    pub fn untranslated(&self) -> Option<String> {
        if self.language == Language::English {
            return None;
        }
        let words = [
            self.title.is_none().then_some("the title"),
            self.subtitle.is_none().then_some("the subtitle"),
            Some("names of indicators and sources, and the notes of publications"),
        ];
        let words: Vec<&str> = words.into_iter().flatten().collect();
        let way_out = match (&self.title, &self.subtitle) {
            (Some(_), Some(_)) => "",
            (None, Some(_)) => "; give the title yourself",
            (Some(_), None) => "; give the subtitle yourself",
            (None, None) => "; give title and subtitle yourself",
        };
        Some(format!(
            "not translated into {}: {}{way_out}",
            self.language.words().name,
            words.join(", ")
        ))
    }
}

/// What of a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// The numbers as published.
    #[default]
    Level,
    /// New per day, averaged over seven days; of cumulatives only.
    SevenDayAverage,
    /// The difference to the report before, signed: of stocks the change, of cumulatives what is new.
    Change,
}

/// Why something cannot be depicted.
#[derive(Debug, thiserror::Error)]
pub enum DepictError {
    /// Lines that do not belong into one chart.
    #[error("{0}")]
    Mixed(String),
    /// A trend that cannot be reckoned.
    #[error(transparent)]
    Measure(#[from] crate::analysis::MeasureError),
    /// Series that are no parts of one whole.
    #[error("these are no parts of one whole (rule {}): {}; {}, or draw them side by side with --arrange grouped", .0.rule.code(), .0.reason, .0.way_out)]
    NoWhole(crate::publish::summary::TotalError),
    /// A line that cannot be forecast.
    #[error(transparent)]
    NoForecast(Box<crate::publish::forecast::NoForecast>),
    /// A chart that cannot be made of the numbers.
    #[error(transparent)]
    Chart(#[from] crate::chart::ChartError),
}

/// Lines over time.
///
/// # Errors
/// When the lines count different things, or the average is asked of something else than a cumulative.
pub fn line_chart(
    figures: &Figures,
    lines: &[Line],
    show: Show,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    lines::spec(figures, lines, show, brief)
}

/// One line over time with its forecast, so many steps ahead.
///
/// # Errors
/// When there are several lines, or the one cannot be forecast.
pub fn forecast_chart(
    figures: &Figures,
    lines: &[Line],
    horizon: usize,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    forecast::spec(figures, lines, horizon, brief)
}

/// Places by size.
///
/// # Errors
/// When the rows count different things.
pub fn bar_chart(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    style: BarStyle,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    bars::bar_spec(figures, lines, summary, style, brief)
}

/// Columns, or areas on one another, over time.
///
/// # Errors
/// When the lines count different things; when they would stand on one another and are no parts of
/// one whole; and when a cumulative is not called one.
pub fn column_chart(
    figures: &Figures,
    lines: &[Line],
    form: Columns,
    show: Show,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    columns::spec(figures, lines, form, show, brief)
}

/// A population by age and sex, of one day.
///
/// # Errors
/// When what is known is not by age and sex, or is of different things.
pub fn pyramid_chart(
    figures: &Figures,
    lines: &[Line],
    share: bool,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    pyramid::spec(figures, lines, share, brief)
}

/// How several lines are drawn as columns or areas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// Areas in place of columns.
    pub area: bool,
    /// How several stand.
    pub arrangement: Arrangement,
    /// Only the largest; the rest is gathered in one.
    pub top: Option<usize>,
}

pub use pairs::{PairForm, PairsWanted};

/// From where to where: the newest figures of pairs of places.
///
/// # Errors
/// When the lines count different things or have no origin, or when the chart shows sums and there
/// is no total that holds them.
pub fn pair_chart(
    figures: &Figures,
    lines: &[Line],
    wanted: &PairsWanted<'_>,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    pairs::spec(figures, lines, wanted, brief)
}

/// Movements between places in one step of time; the largest so many places of each side by name.
///
/// # Errors
/// When there are several steps, nobody moved, or the flows are changes with a sign or have no sum.
pub fn flow_chart(
    figures: &Figures,
    lines: &[Line],
    flows: &crate::publish::flows::Flows<'_>,
    form: (PairForm, usize),
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    flows::spec(figures, lines, flows, form, brief)
}

/// Places on a map; with populations, their numbers for so many inhabitants.
///
/// # Errors
/// When the rows count different things, have no shares where these are asked for, or streams have not
/// one origin.
pub fn map_chart(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    population: Option<(&Figures, &Inhabitants)>,
    order: MapOrder,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    maps::spec(figures, lines, summary, population, order, brief)
}
