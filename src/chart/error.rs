//! Why a chart cannot be drawn.

use chrono::NaiveDate;

/// Why a chart cannot be drawn, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChartError {
    /// The font lacks a character.
    #[error("the chart font has no `{character}` (U+{:04X}), which stands in `{text}`; write the name in Latin, Greek or Cyrillic letters", u32::from(*.character))]
    MissingGlyph {
        /// The character.
        character: char,
        /// The text it stands in.
        text: String,
    },
    /// There is nothing to draw.
    #[error("there is no value to draw; widen the period or the selection")]
    NoValues,
    /// A number is infinite or not a number, or too large to draw.
    #[error("`{0}` has a value that is no finite number below 1e15")]
    NotFinite(String),
    /// A flow below zero.
    #[error("the flow to `{0}` is below zero; draw changes as bars or as a line")]
    NegativeFlow(String),
    /// Two points of one line on one day.
    #[error("`{label}` has two values for {date}; choose one vintage")]
    TwoValues {
        /// Name of the line.
        label: String,
        /// The day.
        date: NaiveDate,
    },
    /// Low, value and high of one number are out of order.
    #[error("`{0}` has a range that is out of order")]
    RangeOutOfOrder(String),
    /// An event outside the dates of the lines.
    #[error(
        "the event `{label}` on {date} lies outside the dates of the lines; leave it out or widen the period"
    )]
    EventOutside {
        /// What happened.
        label: String,
        /// The day.
        date: NaiveDate,
    },
    /// Events that would cover the plot.
    #[error(
        "{0} events do not fit above the plot; keep those that explain the shape, or shorten their labels"
    )]
    TooManyEvents(usize),
    /// Bars too thin to be read.
    #[error(
        "{bars} bars do not fit, {fit} do; keep the largest and gather the rest in one, or choose a taller size"
    )]
    TooManyBars {
        /// How many there are.
        bars: usize,
        /// How many can be read.
        fit: usize,
    },
    /// One pair of places with two numbers.
    #[error("{0} is given twice; choose one breakdown and one vintage")]
    PairTwice(String),
    /// Places too close to be read.
    #[error(
        "{places} {role} do not fit, {fit} do; keep the largest and gather the rest in one, or choose a larger size"
    )]
    TooManyPlaces {
        /// How many there are.
        places: usize,
        /// What they are, such as `destinations`.
        role: &'static str,
        /// How many can be read.
        fit: usize,
    },
    /// More of something than can be read.
    #[error("{count} {what} do not fit, {fit} do; {way_out}")]
    TooMany {
        /// How many there are.
        count: usize,
        /// What they are, such as `panels`.
        what: &'static str,
        /// How many can be read.
        fit: usize,
        /// What to do about it.
        way_out: &'static str,
    },
    /// Title, notes and source leave no room for the data.
    #[error(
        "the texts leave no room for the data in {width} by {height} px; shorten title and notes or choose a larger size"
    )]
    NoRoom {
        /// Width in px.
        width: u32,
        /// Height in px.
        height: u32,
    },
    /// A size that no picture can have.
    #[error(
        "{width} by {height} px at scale {scale} is no size for a picture; use 300 to 8000 px a side and a scale between 0.5 and 8"
    )]
    BadSize {
        /// Width in px.
        width: u32,
        /// Height in px.
        height: u32,
        /// Scale of the type, or of the picture.
        scale: f64,
    },
    /// A text that is no SVG of ours.
    #[error("the text is no SVG that can be read: {0}")]
    NotSvg(String),
    /// The PNG encoder or the drawing library gave up.
    #[error("the chart could not be drawn: {0}")]
    Drawing(String),
}
