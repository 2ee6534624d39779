//! From a layout to SVG: plotters scales and draws, our backend writes.

mod bars;
mod lines;
mod shapes;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{PathElement, Rectangle};
use plotters::prelude::{DrawingArea, IntoDrawingArea, IntoTextStyle};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, RGBColor, ShapeStyle};

use super::backend::{FigureBackend, Pen, UNITS, escape, number};
use super::layout::{Axis, Body, Dash, Layout};
use super::palette::{Colour, WHITE};
use super::script;
use super::spec::{ChartSpec, Medium};
use super::text::{Anchor, Text};
use super::words::Language;
use super::{ChartError, font};

/// Namespace of the provenance entries in the SVG's metadata.
pub const NAMESPACE: &str = "urn:humstat:provenance";

type Area = DrawingArea<FigureBackend, Shift>;
type Plot = DrawingArea<FigureBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Draws a layout as one SVG document.
///
/// # Errors
/// Only when plotters fails, which it has no cause to.
pub fn svg(layout: &Layout, spec: &ChartSpec, alt: &str) -> Result<String, ChartError> {
    let backend = FigureBackend::new(layout.width, layout.height, spec.look);
    let area = backend.clone().into_drawing_area();
    let sketch = Sketch {
        backend: &backend,
        area: &area,
        scale: layout.theme.scale,
    };
    sketch.paper(layout)?;
    match &layout.body {
        Body::Lines(body) => sketch.lines(body)?,
        Body::Bars(body) => sketch.bars(body)?,
        Body::Shapes(groups) => sketch.groups(groups)?,
    }
    sketch.texts(&layout.texts)?;
    drop(area);
    let mut out = head(layout, spec, alt);
    out.push_str(&backend.into_body());
    out.push_str("</svg>\n");
    Ok(out)
}

/// Everything before the drawing: size, description and provenance.
///
fn head(layout: &Layout, spec: &ChartSpec, alt: &str) -> String {
    let (width, height) = (number(layout.width), number(layout.height));
    let title = super::text::one_line(&spec.title);
    let language = match spec.language {
        Language::English => String::new(),
        other => format!(" xml:lang=\"{other}\""),
    };
    let side = |px: f64| match spec.size.medium {
        Medium::Screen => number(px),
        // Tenths of a mm: 85 mm are no whole number of px.
        Medium::Print => {
            let millimetres = px * 25.4 / spec.size.medium.density();
            format!("{}mm", number((millimetres * 10.0).round() / 10.0))
        }
    };
    // The last tenth of a mm is filled too.
    let stretch = match spec.size.medium {
        Medium::Screen => "",
        Medium::Print => " preserveAspectRatio=\"none\"",
    };
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" \
         viewBox=\"0 0 {width} {height}\"{stretch} role=\"img\" \
         aria-labelledby=\"chart-title chart-desc\" font-family=\"{}\" \
         data-text-scale=\"{}\"{language}>\n\
         <title id=\"chart-title\">{}</title>\n<desc id=\"chart-desc\">{}</desc>\n\
         <metadata xmlns:h=\"{NAMESPACE}\">\n",
        side(layout.width),
        side(layout.height),
        font::FAMILIES,
        number(layout.theme.scale),
        escape(&title),
        escape(alt),
    );
    let source = ("Source".to_owned(), spec.source.clone());
    for (key, value) in std::iter::once(&source).chain(&spec.metadata) {
        out.push_str(&format!(
            "<h:entry key=\"{}\">{}</h:entry>\n",
            escape(key),
            escape(value)
        ));
    }
    out.push_str("</metadata>\n");
    out
}

struct Sketch<'a> {
    backend: &'a FigureBackend,
    area: &'a Area,
    scale: f64,
}

fn drawing<E: std::error::Error>(error: E) -> ChartError {
    ChartError::Drawing(error.to_string())
}

fn units(px: f64) -> i32 {
    (px * UNITS).round() as i32
}

fn place((x, y): (f64, f64)) -> (i32, i32) {
    (units(x), units(y))
}

fn rgb(colour: Colour) -> RGBColor {
    RGBColor(colour.0, colour.1, colour.2)
}

fn stroke(colour: Colour, width: f64) -> ShapeStyle {
    rgb(colour).stroke_width((width * UNITS).round().max(1.0) as u32)
}

fn classed(class: &str) -> Pen {
    Pen {
        attributes: format!(" class=\"{class}\""),
        ..Pen::default()
    }
}

impl Sketch<'_> {
    /// Paper of the theme, so that the picture reads on any page.
    fn paper(&self, layout: &Layout) -> Result<(), ChartError> {
        self.backend.pen(classed("paper"));
        let corner = place((layout.width, layout.height));
        self.area
            .draw(&Rectangle::new([(0, 0), corner], rgb(WHITE).filled()))
            .map_err(drawing)
    }

    /// An area of the sheet that counts in values.
    fn plot(&self, x: &Axis, y: &Axis) -> Plot {
        self.area.apply_coord_spec(Cartesian2d::new(
            x.domain.0..x.domain.1,
            y.domain.0..y.domain.1,
            (
                units(x.range.0)..units(x.range.1),
                units(y.range.0)..units(y.range.1),
            ),
        ))
    }

    fn dash(&self, dash: Dash, width: f64) -> Option<(f64, f64)> {
        match dash {
            Dash::Solid => None,
            Dash::Dashed => Some((5.0 * self.scale, width + 4.0 * self.scale)),
            Dash::Dotted => Some((0.1, 2.0 * width + 0.5 * self.scale)),
        }
    }

    fn path(&self, points: Vec<(f64, f64)>, style: ShapeStyle) -> Result<(), ChartError> {
        let points: Vec<(i32, i32)> = points.into_iter().map(place).collect();
        self.area
            .draw(&PathElement::new(points, style))
            .map_err(drawing)
    }

    fn texts(&self, texts: &[Text]) -> Result<(), ChartError> {
        self.backend.open("class=\"texts\"");
        for text in texts {
            let mut pen = classed(text.class);
            if let Some(date) = text.date {
                pen.attributes.push_str(&format!(" data-date=\"{date}\""));
            }
            if script::has_arabic(&text.content) {
                let families = format!(" font-family=\"{}\"", font::ARABIC_FAMILIES);
                pen.attributes.push_str(&families);
            }
            pen.halo = text.halo.then_some(3.0 * self.scale);
            self.backend.pen(pen);
            let style = if text.bold {
                FontStyle::Bold
            } else {
                FontStyle::Normal
            };
            let horizontal = match text.anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let colour = rgb(text.colour);
            let style = ("Noto Sans", text.size * UNITS, style)
                .into_text_style(self.area)
                .color(&colour)
                .pos(Pos::new(horizontal, VPos::Bottom));
            let content = script::written(&text.content, text.direction);
            self.area
                .draw_text(&content, &style, place((text.x, text.baseline)))
                .map_err(drawing)?;
        }
        self.backend.close();
        Ok(())
    }
}
