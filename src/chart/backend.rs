//! A drawing backend of plotters that writes SVG.
//!
//! Plotters counts in whole px. Here its px are tenths of ours, so strokes and places are exact to
//! 0.1 px. Groups, dashes and outlines, which plotters has no words for, are set on the [`Sheet`]
//! that the backend writes to.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};

use super::font;
use super::palette::{Colour, Look, WHITE};

/// Plotters' px in one of ours.
pub const UNITS: f64 = 10.0;

/// How the next elements are drawn, beyond what plotters can say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pen {
    /// Attributes of the element, such as a class, ready to be written.
    pub attributes: String,
    /// Lengths of strokes and breaks in px.
    pub dash: Option<(f64, f64)>,
    /// Width of an outline of the colour of the paper around text in px.
    pub halo: Option<f64>,
    /// Whether circles are filled with the colour of the paper inside their stroke.
    pub hollow: bool,
    /// Whether an area is also stroked thinly in its own colour, so that neighbours show no seam.
    pub seamless: bool,
}

/// The SVG elements written so far.
#[derive(Debug, Default)]
pub struct Sheet {
    body: String,
    pen: Pen,
}

/// Writes what plotters draws onto a [`Sheet`]; clones share the sheet.
#[derive(Clone)]
pub struct FigureBackend {
    sheet: Rc<RefCell<Sheet>>,
    size: (u32, u32),
    look: Look,
}

impl FigureBackend {
    /// An empty sheet of a size in px, on which colours of the light theme become those of a theme.
    pub fn new(width: f64, height: f64, look: Look) -> Self {
        Self {
            sheet: Rc::default(),
            size: ((width * UNITS) as u32, (height * UNITS) as u32),
            look,
        }
    }

    /// Opens a group.
    pub fn open(&self, attributes: &str) {
        let mut sheet = self.sheet.borrow_mut();
        let _ = writeln!(sheet.body, "<g {attributes}>");
    }

    /// Closes the last group.
    pub fn close(&self) {
        self.sheet.borrow_mut().body.push_str("</g>\n");
    }

    /// Takes another pen for what follows.
    pub fn pen(&self, pen: Pen) {
        self.sheet.borrow_mut().pen = pen;
    }

    /// Everything that was written.
    pub fn into_body(self) -> String {
        std::mem::take(&mut self.sheet.borrow_mut().body)
    }

    /// `#rrggbb` of a colour as the theme shows it.
    fn hex(&self, colour: BackendColor) -> String {
        let (red, green, blue) = colour.rgb;
        self.look.show(Colour(red, green, blue)).hex()
    }

    /// Writes one element unless it would be invisible.
    fn element(&self, name: &str, shape: &str, colour: BackendColor, paint: Paint) {
        if colour.alpha <= 0.0 {
            return;
        }
        let mut sheet = self.sheet.borrow_mut();
        let hex = self.hex(colour);
        let mut out = format!("<{name}{} {shape}", sheet.pen.attributes);
        match paint {
            Paint::Fill if sheet.pen.seamless => {
                let _ = write!(out, " fill=\"{hex}\" stroke=\"{hex}\" stroke-width=\"0.5\"");
            }
            Paint::Fill => {
                let _ = write!(out, " fill=\"{hex}\"");
            }
            Paint::Stroke(width) => {
                let inside = if sheet.pen.hollow {
                    self.look.show(WHITE).hex()
                } else {
                    "none".to_owned()
                };
                let _ = write!(
                    out,
                    " fill=\"{inside}\" stroke=\"{hex}\" stroke-width=\"{}\"",
                    tenths(width as i32)
                );
                if name == "path" {
                    out.push_str(" stroke-linejoin=\"round\"");
                }
                // Dots are strokes of hardly any length, and only their round ends can be seen.
                let dotted = sheet.pen.dash.is_some_and(|(stroke, _)| stroke < 0.5);
                if name == "path" || dotted {
                    out.push_str(" stroke-linecap=\"round\"");
                }
                if let Some((stroke, gap)) = sheet.pen.dash {
                    let _ = write!(
                        out,
                        " stroke-dasharray=\"{} {}\"",
                        number(stroke),
                        number(gap)
                    );
                }
            }
        }
        if colour.alpha < 1.0 {
            let _ = write!(out, " opacity=\"{}\"", number(colour.alpha));
        }
        out.push_str("/>\n");
        sheet.body.push_str(&out);
    }
}

/// How a shape is painted.
#[derive(Clone, Copy)]
enum Paint {
    Fill,
    Stroke(u32),
}

/// Tenths as a decimal number without a superfluous `.0`.
fn tenths(units: i32) -> String {
    number(f64::from(units) / UNITS)
}

/// A number with at most two digits after the point.
pub fn number(value: f64) -> String {
    let mut text = format!("{value:.2}");
    while text.contains('.') && text.ends_with(['0', '.']) {
        text.pop();
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// Escapes text for use in an element or a quoted attribute; control characters, which XML cannot
/// hold, become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Path data; points that fall on the tenth of a px of the one before are left out.
fn path_data(points: impl IntoIterator<Item = BackendCoord>, closed: bool) -> Option<String> {
    let mut data = String::new();
    let mut last = None;
    let mut count = 0;
    for point in points {
        if last == Some(point) {
            continue;
        }
        data.push(if last.is_none() { 'M' } else { 'L' });
        let _ = write!(data, "{} {}", tenths(point.0), tenths(point.1));
        last = Some(point);
        count += 1;
    }
    if closed {
        data.push('Z');
    }
    (count > 1).then(|| format!("d=\"{data}\""))
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for FigureBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect(point, (point.0 + 1, point.1 + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (left, right) = (
            upper_left.0.min(bottom_right.0),
            upper_left.0.max(bottom_right.0),
        );
        let (top, bottom) = (
            upper_left.1.min(bottom_right.1),
            upper_left.1.max(bottom_right.1),
        );
        if right > left && bottom > top {
            let shape = format!(
                "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
                tenths(left),
                tenths(top),
                tenths(right - left),
                tenths(bottom - top)
            );
            let paint = if fill {
                Paint::Fill
            } else {
                Paint::Stroke(style.stroke_width())
            };
            self.element("rect", &shape, style.color(), paint);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if let Some(data) = path_data(path, false) {
            self.element(
                "path",
                &data,
                style.color(),
                Paint::Stroke(style.stroke_width()),
            );
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let shape = format!(
            "cx=\"{}\" cy=\"{}\" r=\"{}\"",
            tenths(centre.0),
            tenths(centre.1),
            tenths(radius as i32)
        );
        let paint = if fill {
            Paint::Fill
        } else {
            Paint::Stroke(style.stroke_width())
        };
        self.element("circle", &shape, style.color(), paint);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vertices: I,
        style: &S,
    ) -> Drawn {
        if let Some(data) = path_data(vertices, true) {
            self.element("path", &data, style.color(), Paint::Fill);
        }
        Ok(())
    }

    /// The vertical anchor is that of the capitals: their top, their middle, or the baseline.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let colour = style.color();
        if colour.alpha <= 0.0 || text.is_empty() {
            return Ok(());
        }
        let size = style.size() / UNITS;
        let capitals = font::CAP_HEIGHT * size;
        let baseline = f64::from(at.1) / UNITS
            + match style.anchor().v_pos {
                VPos::Top => capitals,
                VPos::Center => capitals / 2.0,
                VPos::Bottom => 0.0,
            };
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        let weight = if matches!(style.style(), FontStyle::Bold) {
            " font-weight=\"700\""
        } else {
            ""
        };
        let mut sheet = self.sheet.borrow_mut();
        let mut out = format!(
            "<text{} x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\"",
            sheet.pen.attributes,
            tenths(at.0),
            number(baseline),
            number(size),
            self.hex(colour)
        );
        if let Some(width) = sheet.pen.halo {
            let _ = write!(
                out,
                " stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                self.look.show(WHITE).hex(),
                number(width)
            );
        }
        let _ = writeln!(out, ">{}</text>", escape(text));
        sheet.body.push_str(&out);
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let bold = matches!(style.style(), FontStyle::Bold);
        let width = font::width(text, style.size(), bold);
        Ok((
            width.ceil() as u32,
            (style.size() * font::CAP_HEIGHT).ceil() as u32,
        ))
    }
}
