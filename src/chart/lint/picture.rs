//! A chart's SVG as the checks see it: texts and shapes with their places and colours.

use resvg::usvg::roxmltree::{Document, Node};

use crate::chart::ChartError;
use crate::chart::layout::mirror;
use crate::chart::palette::Colour;
use crate::chart::script;
use crate::chart::text::{Anchor, Rect, Text};

/// A text of the SVG.
pub struct Written {
    /// Its class.
    pub class: String,
    /// Place, size and colour, as in a layout.
    pub text: Text,
    /// Whether it is turned.
    pub turned: bool,
}

/// A path, rectangle or circle of the SVG.
pub struct Shape {
    /// Its classes.
    pub classes: Vec<String>,
    /// Classes of its group.
    pub group: Vec<String>,
    /// Name of the line that its group draws.
    pub label: Option<String>,
    /// Corners, or points of the path.
    pub points: Vec<(f64, f64)>,
    /// Fill.
    pub fill: Option<Colour>,
    /// Colour of the stroke.
    pub stroke: Option<Colour>,
    /// Width of the stroke.
    pub width: f64,
    /// Whether the stroke is broken.
    pub dashed: bool,
    /// Whether strokes meet round.
    pub round: bool,
    /// Whether nothing of it can be seen.
    pub invisible: bool,
}

/// The whole SVG.
pub struct Picture {
    /// Width in px.
    pub width: f64,
    /// Height in px.
    pub height: f64,
    /// All texts.
    pub texts: Vec<Written>,
    /// All shapes.
    pub shapes: Vec<Shape>,
    /// Font families of the root.
    pub families: String,
    /// Whether the root says that it is one image.
    pub is_image: bool,
    /// Content of `<title>` and of `<desc>`.
    pub described: [String; 2],
    /// Number of provenance entries.
    pub entries: usize,
}

impl Shape {
    /// Whether it has a class.
    pub fn is(&self, class: &str) -> bool {
        self.classes.iter().any(|own| own == class)
    }

    /// Whether its group has a class.
    pub fn in_group(&self, class: &str) -> bool {
        self.group.iter().any(|own| own == class)
    }

    /// The smallest rectangle around it.
    pub fn bounds(&self) -> Rect {
        let far = Rect {
            left: f64::INFINITY,
            top: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::NEG_INFINITY,
        };
        self.points.iter().fold(far, |rect, &(x, y)| Rect {
            left: rect.left.min(x),
            top: rect.top.min(y),
            right: rect.right.max(x),
            bottom: rect.bottom.max(y),
        })
    }
}

impl Picture {
    /// Reads an SVG of ours.
    pub fn read(svg: &str) -> Result<Self, ChartError> {
        let document =
            Document::parse(svg).map_err(|error| ChartError::NotSvg(error.to_string()))?;
        let root = document.root_element();
        let content = |name: &str| {
            let found = root
                .children()
                .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
            found
                .and_then(|node| node.text())
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        // Width and height may be in mm; the box is always in px.
        let sides: Vec<f64> = words(&root, "viewBox")
            .iter()
            .filter_map(|side| side.parse().ok())
            .collect();
        let mut picture = Self {
            width: sides.get(2).copied().unwrap_or(0.0),
            height: sides.get(3).copied().unwrap_or(0.0),
            texts: Vec::new(),
            shapes: Vec::new(),
            families: root.attribute("font-family").unwrap_or_default().to_owned(),
            is_image: root.attribute("role") == Some("img"),
            described: [content("title"), content("desc")],
            entries: 0,
        };
        for node in root.descendants().filter(Node::is_element) {
            match node.tag_name().name() {
                "text" => picture.texts.push(written(&node)),
                "path" | "rect" | "circle" => picture.shapes.push(shape(&node)),
                "entry" => picture.entries += 1,
                _ => {}
            }
        }
        Ok(picture)
    }

    /// Turns the picture round, so that one which is read from right to left is judged as any other:
    /// what stands around the drawing, and with `all` the drawing too.
    pub fn turn(&mut self, all: bool) {
        const AROUND: [&str; 4] = ["title", "subtitle", "note", "source"];
        for one in &mut self.texts {
            if all || AROUND.contains(&one.class.as_str()) {
                mirror::texts(std::slice::from_mut(&mut one.text), self.width);
            }
        }
        let points = self.shapes.iter_mut().flat_map(|shape| &mut shape.points);
        points
            .filter(|_| all)
            .for_each(|point| point.0 = self.width - point.0);
    }

    /// Texts of a class.
    pub fn of_class<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Written> {
        self.texts.iter().filter(move |text| text.class == class)
    }

    /// All lines of texts of a class, joined by blanks.
    pub fn joined(&self, class: &str) -> String {
        self.of_class(class)
            .map(|one| one.text.content.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Shapes of a class.
    pub fn shapes_of<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Shape> {
        self.shapes.iter().filter(move |shape| shape.is(class))
    }
}

fn number(node: &Node, name: &str) -> f64 {
    node.attribute(name)
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0)
}

fn words(node: &Node, name: &str) -> Vec<String> {
    node.attribute(name)
        .unwrap_or_default()
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

fn colour(node: &Node, name: &str) -> Option<Colour> {
    node.attribute(name).and_then(Colour::parse)
}

fn written(node: &Node) -> Written {
    let mut text = Text::new(
        "",
        script::bare(node.text().unwrap_or_default()),
        (number(node, "x"), number(node, "y")),
        number(node, "font-size"),
        colour(node, "fill").unwrap_or(Colour(0, 0, 0)),
    );
    text.bold = node.attribute("font-weight") == Some("700");
    text.anchor = match node.attribute("text-anchor") {
        Some("middle") => Anchor::Middle,
        Some("end") => Anchor::End,
        _ => Anchor::Start,
    };
    text.date = node
        .attribute("data-date")
        .and_then(|date| date.parse().ok());
    Written {
        class: node.attribute("class").unwrap_or_default().to_owned(),
        text,
        turned: node.ancestors().any(|node| {
            node.attribute("transform")
                .is_some_and(|way| way.contains("rotate") || way.contains("matrix"))
                || node.attribute("writing-mode").is_some()
        }),
    }
}

fn shape(node: &Node) -> Shape {
    let group = node
        .parent()
        .filter(|parent| parent.has_tag_name(("http://www.w3.org/2000/svg", "g")));
    let (x, y) = (number(node, "x"), number(node, "y"));
    let (cx, cy, r) = (number(node, "cx"), number(node, "cy"), number(node, "r"));
    let points = match node.tag_name().name() {
        "rect" => vec![
            (x, y),
            (x + number(node, "width"), y + number(node, "height")),
        ],
        "circle" => vec![(cx - r, cy - r), (cx + r, cy + r)],
        _ => path_points(node.attribute("d").unwrap_or_default()),
    };
    let (fill, stroke) = (colour(node, "fill"), colour(node, "stroke"));
    let zero = |name: &str| {
        node.attribute(name)
            .and_then(|text| text.parse::<f64>().ok())
            == Some(0.0)
    };
    let unpainted = |paint: Option<Colour>, opacity: &str| paint.is_none() || zero(opacity);
    Shape {
        classes: words(node, "class"),
        group: group
            .map(|group| words(&group, "class"))
            .unwrap_or_default(),
        label: group.and_then(|group| group.attribute("data-label").map(str::to_owned)),
        points,
        fill,
        stroke,
        width: number(node, "stroke-width"),
        dashed: node.attribute("stroke-dasharray").is_some(),
        round: node.attribute("stroke-linejoin") == Some("round"),
        invisible: zero("opacity")
            || (unpainted(fill, "fill-opacity") && unpainted(stroke, "stroke-opacity")),
    }
}

/// Points of path data of straight strokes.
fn path_points(data: &str) -> Vec<(f64, f64)> {
    data.split(['M', 'L', 'Z'])
        .filter_map(|pair| {
            let (x, y) = pair.trim().split_once(' ')?;
            Some((x.parse().ok()?, y.trim().parse().ok()?))
        })
        .collect()
}
