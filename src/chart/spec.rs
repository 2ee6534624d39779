//! What a chart is to show: plain data, without a decision on how it will look.

use chrono::NaiveDate;

use super::palette::Role;
use crate::figure::Qualifier;

/// A whole chart: what it shows, what it says about it, and how large it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// The data and the form in which it is drawn.
    pub kind: ChartKind,
    /// A finding in plain words. A line feed forces a new line.
    pub title: String,
    /// Measure, unit, place and period.
    pub subtitle: String,
    /// Definitions, breaks, rounding; printed after `Note:`. Marks explain themselves.
    pub notes: Vec<String>,
    /// Organisation, dataset and vintage; printed after `Source:`.
    pub source: String,
    /// Text for readers who cannot see the chart; made by formula when empty.
    pub alt: String,
    /// Width, height and size of type.
    pub size: Size,
    /// Provenance, such as the hash of a ledger entry; goes into the file, not onto the picture.
    pub metadata: Vec<(String, String)>,
}

/// The forms of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartKind {
    /// Change over time.
    Line {
        /// The lines, in the order of the data.
        lines: Vec<Line>,
        /// What happened on a day; named above the plot.
        events: Vec<Event>,
        /// What one of the number is, such as `people`; written at the top tick.
        unit: String,
        /// How numbers are written.
        values: ValueKind,
    },
    /// Sizes of categories, side by side, the largest first.
    Bars {
        /// The bars, in any order.
        bars: Vec<Bar>,
        /// How numbers are written.
        values: ValueKind,
    },
    /// From one origin to its destinations.
    Flow {
        /// Where they come from.
        origin: String,
        /// Where they are, or went, in any order.
        destinations: Vec<FlowTarget>,
        /// What one of the number is, such as `refugees`; written under the total.
        unit: String,
    },
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValueKind {
    /// Whole things: people, households, crossings, events.
    #[default]
    Count,
    /// Shares in per cent, written as `42%`.
    Percent,
    /// United States dollars, written as `$42m`.
    UsDollars,
    /// Any other number, such as a rate; it may have a fraction.
    Number,
}

/// One line over time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its name, written at its end.
    pub label: String,
    /// Whether it is what the title speaks of. The others are grey unless they have a role.
    pub emphasis: bool,
    /// A population type or a kind of casualty, which fixes the colour.
    pub role: Option<Role>,
    /// The points, in any order; no two on one date.
    pub points: Vec<Point>,
}

/// One figure of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The day it speaks of, or the last day of its period.
    pub date: NaiveDate,
    /// The value; none makes a gap, which is never bridged.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept where the number is written out.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about it.
    pub marks: Marks,
}

impl Point {
    /// A plain value.
    pub fn new(date: NaiveDate, value: f64) -> Self {
        Self {
            date,
            value: Some(value),
            low: None,
            high: None,
            qualifier: None,
            marks: Marks::default(),
        }
    }

    /// A day for which there is no value.
    pub fn gap(date: NaiveDate) -> Self {
        Self {
            value: None,
            ..Self::new(date, 0.0)
        }
    }
}

/// What a reader has to know about one number. Each is drawn and explained in the note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Said to be open to revision: hollow.
    pub provisional: bool,
    /// Reckoned, not counted: dashed.
    pub estimated: bool,
    /// For a time to come: dotted and lighter.
    pub projected: bool,
    /// A lower bound: an upward tick.
    pub at_least: bool,
    /// Read from prose, not from a dataset: hollow.
    pub prose: bool,
    /// Changed by the source since it was first published: said in the note.
    pub revised: bool,
}

/// Something that happened and that helps to understand the shape of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day; it must lie within the dates of the lines.
    pub date: NaiveDate,
    /// A few words.
    pub label: String,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// The category; long names are wrapped.
    pub label: String,
    /// The value; none is written as `no figure` and has no bar.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept in the label.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about the number.
    pub marks: Marks,
    /// Whether the source stopped this series.
    pub discontinued: bool,
    /// Small text after the value, such as `as of 6 March`.
    pub detail: String,
    /// Whether it is what the title speaks of; when no bar is, all have the main colour.
    pub emphasis: bool,
    /// Whether it gathers the rest, such as `Other European countries`; it comes last.
    pub is_rest: bool,
}

/// One destination of a flow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowTarget {
    /// Its name.
    pub label: String,
    /// How many; not below zero.
    pub value: f64,
    /// The source's word before the number.
    pub qualifier: Option<Qualifier>,
    /// Small text under the name, such as `as of 6 March`.
    pub detail: String,
    /// Whether it is what the title speaks of.
    pub emphasis: bool,
    /// Whether it gathers the rest; it comes last.
    pub is_rest: bool,
}

/// Width and height in px, and how much larger than on a page the type is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// 1 for a chart that is read at its own size; more for one that a phone shows smaller.
    pub text_scale: f64,
    /// Whether a chart of few bars or ribbons may be lower than the height.
    pub shrink: bool,
}

impl Size {
    /// For an article: 850 by 600.
    pub const ARTICLE: Self = Self::new(850, 600, 1.0).shrinking();
    /// For a newsroom's column: 640 by 450.
    pub const NEWSROOM: Self = Self::new(640, 450, 1.0).shrinking();
    /// For social media: 1080 by 1080, type of 1.6 times the size.
    pub const SQUARE: Self = Self::new(1080, 1080, 1.6);
    /// For a link preview: 1200 by 675, type of 1.4 times the size.
    pub const SOCIAL: Self = Self::new(1200, 675, 1.4);

    /// A size of one's own.
    pub const fn new(width: u32, height: u32, text_scale: f64) -> Self {
        Self {
            width,
            height,
            text_scale,
            shrink: false,
        }
    }

    /// The same size, but a chart of few bars or ribbons may be lower.
    #[must_use]
    pub const fn shrinking(mut self) -> Self {
        self.shrink = true;
        self
    }
}

impl Default for Size {
    fn default() -> Self {
        Self::ARTICLE
    }
}
