//! What of the record a chart depicts: from lines and summaries to chart specifications, with the
//! words that stand around the numbers.

mod bars;
mod breaks;
mod days;
mod lines;
mod moments;
mod pairs;
mod panels;
mod revisions;
mod rows;
mod titles;
mod words;

pub use days::calendar_chart;
pub use moments::{Moments, NEAR, moments_chart};
pub use panels::panel_chart;
pub use revisions::revision_chart;
pub use rows::table_chart;

use crate::chart::{Break, ChartSpec, Event, Look, Size};
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::summary::Summary;

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

/// What of a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Show {
    /// The numbers as published.
    #[default]
    Level,
    /// New per day, averaged over seven days; of cumulatives only.
    SevenDayAverage,
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

/// Places by size.
///
/// # Errors
/// When the rows count different things.
pub fn bar_chart(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    bars::bar_spec(figures, lines, summary, brief)
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
