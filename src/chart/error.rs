//! Why a chart cannot be drawn.

use chrono::NaiveDate;

/// Why a chart cannot be drawn, and what to do about it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChartError {
    /// The font lacks a character.
    #[error("the chart font has no `{character}` (U+{:04X}), which stands in `{text}`; write the name in Latin, Greek, Cyrillic or Arabic letters", u32::from(*.character))]
    MissingGlyph {
        /// The character.
        character: char,
        /// The text it stands in.
        text: String,
    },
    /// The face for Arabic lacks a character that the other one has.
    #[error("the chart font has no `{character}` (U+{:04X}) beside Arabic letters, which stands in `{text}`; write it otherwise", u32::from(*.character))]
    MissingBesideArabic {
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
    /// A number below zero where it would be an area or a width.
    #[error(
        "the number of `{0}` is below zero, which neither a circle nor a stream can show; draw changes as a choropleth or as bars"
    )]
    NegativeOnMap(String),
    /// Counts as shades of whole lands.
    #[error(
        "shades of whole lands make counts of large lands look large; draw circles (symbols), or shares or rates, or allow counts with --allow-counts"
    )]
    ShadedCounts,
    /// A place with two numbers on one map.
    #[error("`{0}` is on the map twice; choose one series for each place")]
    PlaceTwice(String),
    /// A flow map without an origin on it.
    #[error(
        "streams need an origin that is on the map; name one that has an outline, or show a larger part of the world"
    )]
    NoOrigin,
    /// All values are zero.
    #[error("every value is zero, so there is nothing to draw; say it in a sentence")]
    AllZero,
    /// No place with a number is on the map.
    #[error(
        "no place with a number is on the map; show another part of the world, or draw bars where places have no outline"
    )]
    NothingOnMap,
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
    /// Columns too thin to be seen.
    #[error(
        "{0} columns do not stand clear of one another at their places on the axis; draw a line, narrow the period, or choose a wider size"
    )]
    TooManyColumns(usize),
    /// Names of columns that would run into one another.
    #[error(
        "the names of {0} columns do not fit side by side; draw bars, which have their names on the left, or shorten them"
    )]
    NamesTooWide(usize),
    /// More series than colours that can be told apart, or names without room.
    #[error(
        "{series} series do not fit into one chart, {fit} can be told apart; keep the largest and gather the rest, or draw one chart each"
    )]
    TooManySeries {
        /// How many there are.
        series: usize,
        /// How many can be told apart.
        fit: usize,
    },
    /// A number below zero where parts are put on one another.
    #[error(
        "`{0}` has a number below zero, which is no part of a whole; draw grouped columns or lines"
    )]
    BelowZero(String),
    /// A range where parts are put on one another.
    #[error(
        "`{0}` has a range from low to high, which has no place in a stack or an area; draw grouped columns or a line"
    )]
    RangeInStack(String),
    /// Parts that are known on different days.
    #[error(
        "on {common} of {days} days all parts have a figure, which is too few for areas on one another; draw lines, or choose days that they share"
    )]
    FewCommonDays {
        /// Days on which all parts have a figure.
        common: usize,
        /// All days.
        days: usize,
    },
    /// More numbers than places to draw them at.
    #[error(
        "`{label}` has a number for {numbers} of {places} columns; give one for each, if only that there is none"
    )]
    Uneven {
        /// Name of the series.
        label: String,
        /// How many numbers it has.
        numbers: usize,
        /// How many columns there are.
        places: usize,
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
