//! What a chart is to show: plain data, without a decision on how it will look.

use chrono::NaiveDate;

use super::kind::ChartKind;
use super::palette::Look;
use super::words::Language;
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
    /// Ground and colours.
    pub look: Look,
    /// The language of the words and numbers that the chart writes itself.
    pub language: Language,
    /// Provenance, such as the hash of a ledger entry; goes into the file, not onto the picture.
    pub metadata: Vec<(String, String)>,
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

/// One number without a place of its own: the chart says where it stands. The default is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Amount {
    /// The value; none is a gap, never zero.
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

impl Amount {
    /// A plain value.
    pub fn new(value: f64) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    /// Whether there is anything to draw: a value, or a bound.
    pub fn is_known(&self) -> bool {
        self.value.is_some() || self.low.is_some() || self.high.is_some()
    }

    /// Its numbers: low, value and high, as far as there are any.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        [self.low, self.value, self.high].into_iter().flatten()
    }
}

impl From<&Point> for Amount {
    fn from(point: &Point) -> Self {
        Self {
            value: point.value,
            low: point.low,
            high: point.high,
            qualifier: point.qualifier,
            marks: point.marks,
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

/// A day from which on a source counts otherwise, so that numbers before it and after it are not
/// compared: no line runs over it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first day that is counted otherwise; it must lie within the dates of the lines.
    pub date: NaiveDate,
    /// What changed, in a few words such as `new definition`; `break: ` is written before it.
    pub label: String,
}

/// Nested ranges of one likelihood, such as the 80 per cent interval of a forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// How likely the number is to lie within, in per cent.
    pub coverage: u8,
    /// Day, low and high end; no two on one date.
    pub ranges: Vec<(NaiveDate, f64, f64)>,
}

/// What a chart is read on, which decides on the sizes of type and on what a px is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Medium {
    /// A screen: 96 px to the inch, type of 12 to 22 px.
    #[default]
    Screen,
    /// Paper: 150 px to the inch, type of 7 to 9 pt; the SVG gives its width and height in mm.
    Print,
}

impl Medium {
    /// px to the inch.
    pub const fn density(self) -> f64 {
        match self {
            Self::Screen => 96.0,
            Self::Print => 150.0,
        }
    }
}

/// Width and height in px, and how much larger than on a page the type is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width in px.
    pub width: u32,
    /// Height in px.
    pub height: u32,
    /// What it is read on.
    pub medium: Medium,
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
    /// For a telephone held upright: 1080 by 1350, type of 1.8 times the size.
    pub const PORTRAIT: Self = Self::new(1080, 1350, 1.8);
    /// For one column of a journal: 85 mm wide, 95 mm high.
    pub const COLUMN: Self = Self::print(85, 95).shrinking();
    /// For the width of a page: 170 mm wide, 110 mm high.
    pub const PAGE: Self = Self::print(170, 110).shrinking();

    /// A size of one's own.
    pub const fn new(width: u32, height: u32, text_scale: f64) -> Self {
        Self {
            width,
            height,
            medium: Medium::Screen,
            text_scale,
            shrink: false,
        }
    }

    /// A size in print, in mm.
    pub const fn print(width: u32, height: u32) -> Self {
        // 150 px to the inch of 25.4 mm, rounded.
        const fn px(millimetres: u32) -> u32 {
            (millimetres * 1500 + 127) / 254
        }
        Self {
            width: px(width),
            height: px(height),
            medium: Medium::Print,
            text_scale: 1.0,
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
