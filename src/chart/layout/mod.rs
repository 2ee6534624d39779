//! From a specification to places in px: plain data that can be tested without drawing.

mod bars;
mod check;
mod events;
mod flow;
mod frame;
mod lines;
mod names;
mod notes;
mod series;
mod spread;

use chrono::NaiveDate;

use super::ChartError;
use super::palette::Colour;
use super::spec::{ChartKind, ChartSpec, Size};
pub use super::text::{Anchor, Rect, Text};

pub(super) use bars::by_size as bars_by_size;
pub(super) use flow::by_size as flows_by_size;
pub(super) use series::day;
pub use series::{Dash, Marker, Run, Series};

/// Sizes of type, strokes and margins in px, for one size of picture.
///
/// Four sizes of type are enough, and the smallest is 12 px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Theme {
    /// Factor of everything below.
    pub scale: f64,
    /// Type of the title, bold.
    pub title: f64,
    /// Type of the subtitle.
    pub subtitle: f64,
    /// Type of labels of lines, bars and ribbons.
    pub label: f64,
    /// Type of axes, events, notes and source.
    pub small: f64,
    /// Distance between the edge of the picture and everything in it.
    pub margin: f64,
}

impl Theme {
    /// The theme of a size.
    pub fn of(size: Size) -> Self {
        let scale = size.text_scale;
        Self {
            scale,
            title: 22.0 * scale,
            subtitle: 15.0 * scale,
            label: 13.0 * scale,
            small: 12.0 * scale,
            margin: 20.0 * scale,
        }
    }
}

/// A linear scale from values to px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// Lowest and highest value.
    pub domain: (f64, f64),
    /// Places of the two, in px.
    pub range: (f64, f64),
}

impl Axis {
    /// Place of a value in px.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.domain.0) / (self.domain.1 - self.domain.0);
        self.range.0 + share * (self.range.1 - self.range.0)
    }
}

/// Everything that will be drawn, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// Sizes of type and strokes.
    pub theme: Theme,
    /// All texts.
    pub texts: Vec<Text>,
    /// The notes as printed: the caller's and those that explain the marks.
    pub notes: Vec<String>,
    /// The drawing itself.
    pub body: Body,
}

/// The drawing of one form of chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Lines over time.
    Lines(LineBody),
    /// Horizontal bars.
    Bars(BarBody),
    /// Ribbons.
    Flow(FlowBody),
}

/// Lines over time.
#[derive(Debug, Clone, PartialEq)]
pub struct LineBody {
    /// Days of the common era to px.
    pub x: Axis,
    /// Values to px.
    pub y: Axis,
    /// Values of the horizontal lines, zero among them.
    pub grid: Vec<f64>,
    /// Left end of the horizontal lines in px.
    pub grid_left: f64,
    /// The labelled days.
    pub days: Vec<NaiveDate>,
    /// The lines, the most important last so that it lies on top.
    pub series: Vec<Series>,
    /// Strokes from the end of a line to a label that had to move.
    pub leaders: Vec<[(f64, f64); 2]>,
    /// Upright strokes of events: place, top and bottom.
    pub events: Vec<(f64, f64, f64)>,
}

/// Horizontal bars.
#[derive(Debug, Clone, PartialEq)]
pub struct BarBody {
    /// Values to px.
    pub x: Axis,
    /// The bars from top to bottom.
    pub bars: Vec<BarShape>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct BarShape {
    /// Top edge in px.
    pub top: f64,
    /// Bottom edge in px.
    pub bottom: f64,
    /// The value; none draws nothing.
    pub value: Option<f64>,
    /// Fill.
    pub fill: Colour,
    /// Edge of a bar that is not firm: colour and whether it is broken.
    pub edge: Option<(Colour, Dash)>,
    /// Low and high end of the range.
    pub range: Option<(f64, f64)>,
    /// Whether it is a lower bound: an arrow at its end.
    pub open: bool,
}

/// Ribbons from one origin.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowBody {
    /// The upright bar of the origin.
    pub origin: Rect,
    /// One ribbon for each destination from top to bottom.
    pub ribbons: Vec<Ribbon>,
}

/// One ribbon.
#[derive(Debug, Clone, PartialEq)]
pub struct Ribbon {
    /// Where it begins: top and bottom in px.
    pub from: (f64, f64),
    /// Where it ends: the upright bar of the destination.
    pub to: Rect,
    /// Fill of the ribbon.
    pub fill: Colour,
    /// Fill of the bar at its end.
    pub end: Colour,
}

/// What laying out a body gives besides the body.
struct Laid {
    body: Body,
    texts: Vec<Text>,
    notes: Vec<String>,
    /// Where the drawing ends when it needs less than its room.
    bottom: Option<f64>,
}

/// Finds the place of everything, or says why there is none.
///
/// # Errors
/// Anything of [`ChartError`] but the errors of drawing.
pub fn layout(spec: &ChartSpec) -> Result<Layout, ChartError> {
    check::check(spec)?;
    let theme = Theme::of(spec.size);
    let fixed: Vec<String> = spec
        .notes
        .iter()
        .cloned()
        .chain(notes::of(&spec.kind))
        .collect();
    let mut footer = frame::Footer::new(spec, &theme, &fixed);
    let header = frame::header(spec, &theme);
    // Notes that follow from the room left (names of unlabelled lines) take room themselves. The
    // footer only ever grows, so this comes to an end.
    for _ in 0..8 {
        let room = Rect {
            left: theme.margin,
            top: header.bottom,
            right: f64::from(spec.size.width) - theme.margin,
            bottom: footer.top,
        };
        if room.height() < 90.0 * theme.scale || room.width() < 200.0 * theme.scale {
            break;
        }
        let laid = match &spec.kind {
            ChartKind::Line {
                lines,
                events,
                unit,
                values,
            } => lines::lay(lines, events, unit, *values, room, &theme)?,
            ChartKind::Bars { bars, values } => bars::lay(bars, *values, room, &theme)?,
            ChartKind::Flow {
                origin,
                destinations,
                unit,
            } => flow::lay(origin, destinations, unit, room, &theme)?,
        };
        let notes: Vec<String> = fixed.iter().cloned().chain(laid.notes).collect();
        let needed = frame::Footer::new(spec, &theme, &notes);
        if needed.top < footer.top - 1e-9 {
            footer = needed;
            continue;
        }
        let spare = laid
            .bottom
            .filter(|_| spec.size.shrink)
            .map_or(0.0, |bottom| (room.bottom - bottom).floor());
        let mut texts = header.texts.clone();
        texts.extend(laid.texts);
        texts.extend(needed.texts.into_iter().map(|mut text| {
            text.baseline -= spare;
            text
        }));
        return Ok(Layout {
            width: f64::from(spec.size.width),
            height: f64::from(spec.size.height) - spare,
            theme,
            texts,
            notes,
            body: laid.body,
        });
    }
    Err(ChartError::NoRoom {
        width: spec.size.width,
        height: spec.size.height,
    })
}
