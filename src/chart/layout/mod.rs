//! From a specification to places in px: plain data that can be tested without drawing.

pub(super) mod check;
mod frame;
pub(super) mod mirror;
pub(super) mod notes;
pub(super) mod paint;
pub(super) mod series_names;
mod shape;
pub(super) mod spread;
pub(super) mod time_axis;
pub(super) mod values;

use super::kind::{BarBody, LineBody};
use super::script::Direction;
use super::spec::{ChartSpec, Medium, Size};
pub use super::text::{Anchor, Rect, Text};
use super::words::{Language, Words};
use super::{ChartError, font};
pub use shape::{Dash, Form, Group, Shape, Stroke, hatch};

/// Sizes of type, strokes and margins in px, for one size of picture.
///
/// Four sizes of type are enough, and the smallest is 12 px, or 7 pt in print.
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
    /// The language of what the chart says itself.
    pub language: Language,
}

impl Theme {
    /// The theme of a chart.
    pub fn of_chart(spec: &ChartSpec) -> Self {
        Self {
            language: spec.language,
            ..Self::of(spec.size)
        }
    }

    /// The words of its language.
    pub const fn words(&self) -> &'static Words {
        self.language.words()
    }

    /// The theme of a size, in English.
    pub fn of(size: Size) -> Self {
        let of = |scale: f64, title: f64, subtitle: f64, label: f64| Self {
            scale,
            title: title * scale,
            subtitle: subtitle * scale,
            label: label * scale,
            small: 12.0 * scale,
            margin: 20.0 * scale,
            language: Language::English,
        };
        match size.medium {
            Medium::Screen => of(size.text_scale, 22.0, 15.0, 13.0),
            // The smallest type has 7 pt, labels 7.5, the subtitle 8, the title 9. Strokes are in
            // proportion to the smallest: the strongest line has 1.5 pt, the grid 0.6.
            Medium::Print => {
                let point = size.medium.density() / 72.0;
                let small = 7.0 * point / 12.0 * size.text_scale;
                let print = of(small, 12.0 * 9.0 / 7.0, 12.0 * 8.0 / 7.0, 12.0 * 7.5 / 7.0);
                Self {
                    // 3 mm are enough where the page has margins of its own.
                    margin: 17.0 * small,
                    ..print
                }
            }
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
    /// Shapes with their places, from back to front.
    Shapes(Vec<Group>),
}

/// What laying out a body gives besides the body.
pub(super) struct Laid {
    /// The drawing.
    pub body: Body,
    /// Its texts.
    pub texts: Vec<Text>,
    /// Notes that follow from the room there was, such as names that found no place.
    pub notes: Vec<String>,
    /// Where the drawing ends when it needs less than its room.
    pub bottom: Option<f64>,
}

/// Finds the place of everything, or says why there is none.
///
/// # Errors
/// Anything of [`ChartError`] but the errors of drawing.
pub fn layout(spec: &ChartSpec) -> Result<Layout, ChartError> {
    check::check(spec)?;
    let kind = spec.kind.kind();
    let theme = Theme::of_chart(spec);
    let fixed: Vec<String> = spec
        .notes
        .iter()
        .cloned()
        .chain(kind.notes(&theme))
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
        let laid = kind.lay(room, &theme)?;
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
        let width = f64::from(spec.size.width);
        let (mut above, mut below) = (header.texts.clone(), needed.texts);
        below.iter_mut().for_each(|text| text.baseline -= spare);
        let (mut texts, mut body) = (laid.texts, laid.body);
        if spec.language.is_right_to_left() {
            for text in &mut texts {
                text.direction = Direction::of(&text.content, spec.language);
            }
            mirror::texts(&mut above, width);
            mirror::texts(&mut below, width);
            if kind.is_mirrored() {
                mirror::texts(&mut texts, width);
                mirror::body(&mut body, width);
            }
        }
        let texts = [above, texts, below].concat();
        // A word that one face has may stand beside those of the chart, which take the other.
        if spec.language.is_right_to_left() {
            texts
                .iter()
                .try_for_each(|text| font::check(&text.content))?;
        }
        return Ok(Layout {
            width,
            height: f64::from(spec.size.height) - spare,
            theme,
            texts,
            notes,
            body,
        });
    }
    Err(ChartError::NoRoom {
        width: spec.size.width,
        height: spec.size.height,
    })
}
