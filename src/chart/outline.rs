//! A chart's SVG with its text as shapes, for printers and programs that must not need the font.
//!
//! Everything else stays as it is: groups, classes, description and provenance. The text can no
//! longer be searched or edited; readers who cannot see it still have the description.

use std::fmt::Write as _;

use resvg::usvg::roxmltree::{Document, Node as Element};
use resvg::usvg::tiny_skia_path::{Path, PathSegment, Point};
use resvg::usvg::{Group, Node, Text};

use super::ChartError;
use super::backend::{escape, number};
use super::raster;

/// Attributes of a text that mean nothing to a shape.
const OF_TEXT: [&str; 6] = [
    "x",
    "y",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];

/// Turns the text of a chart's SVG into shapes.
///
/// # Errors
/// When the text is no SVG of ours.
pub fn outlined(svg: &str) -> Result<String, ChartError> {
    let document = Document::parse(svg).map_err(|error| ChartError::NotSvg(error.to_string()))?;
    let in_px = in_px(svg, &document);
    let laid_out =
        Document::parse(&in_px).map_err(|error| ChartError::NotSvg(error.to_string()))?;
    let tree = raster::tree(&laid_out)?;
    let mut drawn = Vec::new();
    texts(tree.root(), &mut drawn);
    let written: Vec<Element> = document
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        .filter(|node| node.text().is_some_and(|text| !text.trim().is_empty()))
        .collect();
    if written.len() != drawn.len() {
        return Err(ChartError::NotSvg(
            "it has text that is not drawn".to_owned(),
        ));
    }
    let (mut out, mut from) = (String::with_capacity(4 * svg.len()), 0);
    for (element, text) in written.iter().zip(drawn) {
        out.push_str(&svg[from..element.range().start]);
        out.push_str(&shape(element, text));
        from = element.range().end;
    }
    out.push_str(&svg[from..]);
    Ok(out)
}

/// The SVG without the size on paper of its root, so that its shapes have the places of the view box.
fn in_px(svg: &str, document: &Document) -> String {
    let root = document.root_element();
    let mut sides: Vec<_> = root
        .attributes()
        .filter(|attribute| matches!(attribute.name(), "width" | "height"))
        .map(|attribute| attribute.range())
        .collect();
    sides.sort_by_key(|range| std::cmp::Reverse(range.start));
    let mut out = svg.to_owned();
    for range in sides {
        out.replace_range(range, "");
    }
    out
}

/// The texts of a tree in the order in which they are drawn.
fn texts<'t>(group: &'t Group, found: &mut Vec<&'t Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => texts(group, found),
            Node::Text(text) => found.push(text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// One text as a shape with the same class and paint.
fn shape(element: &Element, text: &Text) -> String {
    let mut data = String::new();
    strokes(text.flattened(), &mut data);
    let mut out = "<path".to_owned();
    for attribute in element.attributes() {
        if !OF_TEXT.contains(&attribute.name()) {
            let _ = write!(
                out,
                " {}=\"{}\"",
                attribute.name(),
                escape(attribute.value())
            );
        }
    }
    let _ = write!(out, " d=\"{data}\"/>");
    out
}

fn strokes(group: &Group, data: &mut String) {
    for node in group.children() {
        match node {
            Node::Group(group) => strokes(group, data),
            Node::Path(path) => {
                if let Some(placed) = path.data().clone().transform(path.abs_transform()) {
                    write_path(&placed, data);
                }
            }
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

fn write_path(path: &Path, data: &mut String) {
    let mut put = |letter: char, points: &[Point]| {
        data.push(letter);
        for (index, point) in points.iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            let (x, y) = (number(f64::from(point.x)), number(f64::from(point.y)));
            let _ = write!(data, "{gap}{x} {y}");
        }
    };
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(to) => put('M', &[to]),
            PathSegment::LineTo(to) => put('L', &[to]),
            PathSegment::QuadTo(bend, to) => put('Q', &[bend, to]),
            PathSegment::CubicTo(out, back, to) => put('C', &[out, back, to]),
            PathSegment::Close => put('Z', &[]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{bar, bar_spec, flow_spec, line, line_spec};
    use crate::chart::{provenance, render_png, render_svg};

    #[test]
    fn shapes_look_like_the_text_and_all_else_stays() {
        let long = line("Łódź & « Україна »", &[453_982.0, 547_982.0]);
        let mut print = bar_spec(vec![bar("Poland", 9.0), bar("Chad", 1.0)]);
        print.size = crate::chart::Size::COLUMN;
        for spec in [
            print,
            line_spec(vec![long, line("Chad", &[1.0])]),
            bar_spec(vec![bar("Poland", 9.0), bar("Chad", 1.0)]),
            flow_spec(&[("Poland", 9_000.0), ("Chad", 1.0)]),
        ] {
            let svg = render_svg(&spec).unwrap();
            let shapes = outlined(&svg).unwrap();
            assert!(!shapes.contains("<text") && !shapes.contains("font-size"));
            assert!(shapes.contains("<title") && shapes.contains("<desc"));
            assert_eq!(provenance(shapes.as_bytes()), provenance(svg.as_bytes()));
            assert!(shapes.len() < 200_000, "{}", shapes.len());
            let [text, shape] = [&svg, &shapes].map(|svg| pixels(svg));
            assert_eq!(text.len(), shape.len());
            let apart = text
                .iter()
                .zip(&shape)
                .filter(|(a, b)| a.abs_diff(**b) > 24)
                .count();
            assert!(apart * 2_000 < text.len(), "{apart} of {}", text.len());
        }
    }

    fn pixels(svg: &str) -> Vec<u8> {
        let png = render_png(svg, 1.0, &[]).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(png))
            .read_info()
            .unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        pixels
    }
}
