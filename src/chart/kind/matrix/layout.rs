//! Cells of origins by destinations, tinted by how many they are.

use super::MatrixChart;
use super::header::Header;
use super::totals::Totals;
use super::{classes, legend};
use crate::chart::kind::movement::{End, Movement, Place};
use crate::chart::layout::{Body, Dash, Form, Group, Laid, Shape, Stroke, Theme, hatch};
use crate::chart::palette::{Colour, GRID, INK, MUTED_TEXT, WHITE};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Anchor, LEADING, Rect, Text, wrap_evenly};
use crate::chart::words::Language;
use crate::chart::{ChartError, font, number};

/// Gap between cells in px at scale 1.
const GAP: f64 = 2.0;
/// How far the first name of a column may reach before the cells without shifting them, in px.
const SPILL: f64 = 10.0;
/// Largest size of a cell in px at scale 1.
const LARGEST: (f64, f64) = (110.0, 40.0);

/// Where the cells are, in px.
pub struct Grid {
    /// Left edge of the first column.
    pub left: f64,
    /// Top edge of the first row.
    pub top: f64,
    /// Width of a column.
    pub column: f64,
    /// Height of a row.
    pub row: f64,
}

impl Grid {
    fn cell(&self, row: usize, column: usize, theme: &Theme) -> Rect {
        let half = GAP * theme.scale / 2.0;
        let (left, top) = (
            self.left + column as f64 * self.column,
            self.top + row as f64 * self.row,
        );
        Rect {
            left: left + half,
            top: top + half,
            right: left + self.column - half,
            bottom: top + self.row - half,
        }
    }

    /// The middle of a column.
    pub fn centre(&self, column: usize) -> f64 {
        self.left + (column as f64 + 0.5) * self.column
    }

    /// The baseline of a text in the middle of a row.
    pub fn baseline(&self, row: usize, size: f64) -> f64 {
        self.top + (row as f64 + 0.5) * self.row + 0.5 * font::CAP_HEIGHT * size
    }
}

/// How the names of rows are set, and whether sums are shown.
#[derive(Clone, Copy)]
struct Try {
    totals: bool,
    size: f64,
    share: f64,
}

/// Lays out a matrix in the room between subtitle and notes. Where the rows are too high, their
/// names get more of the width, then smaller type; then the sums are left out. The first way that
/// leaves room for all numbers is taken.
pub fn lay(chart: &MatrixChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let sums = [chart.totals, false]
        .into_iter()
        .take(1 + usize::from(chart.totals));
    let tries = sums.flat_map(|totals| {
        [theme.label, theme.small]
            .into_iter()
            .flat_map(move |size| {
                [0.2, 0.26, 0.33, 0.4].map(|share| Try {
                    totals,
                    size,
                    share,
                })
            })
    });
    let fit = |error: &ChartError| match error {
        ChartError::TooManyPlaces { fit, .. } => *fit,
        _ => 0,
    };
    let (mut refusal, mut bare): (Option<ChartError>, Option<Laid>) = (None, None);
    for one in tries {
        match lay_so(chart, one, room, theme) {
            Ok((laid, true)) => return Ok(laid),
            Ok((laid, false)) => bare = bare.or(Some(laid)),
            // The refusal that lets most places stand is the one that helps.
            Err(error) => {
                refusal = match refusal {
                    Some(known) if fit(&known) >= fit(&error) => Some(known),
                    _ => Some(error),
                };
            }
        }
    }
    // Tints alone, where there is no room for the numbers.
    bare.ok_or(refusal.unwrap_or(ChartError::NoValues))
}

/// A matrix set in one way, and whether all its numbers are written.
fn lay_so(
    chart: &MatrixChart,
    so: Try,
    room: Rect,
    theme: &Theme,
) -> Result<(Laid, bool), ChartError> {
    let (scale, words) = (theme.scale, &theme.words().movement);
    let exchange = &chart.exchange;
    let (rows, columns) = (chart.places(End::Origin), chart.places(End::Destination));
    let (limit, type_size) = (so.share * room.width(), so.size);
    let names: Vec<Vec<String>> = rows
        .iter()
        .map(|place| wrap_evenly(place.name, type_size, false, limit))
        .collect();
    let both = format!("{}  {}", words.from, words.to);
    let corner = font::width(&both, theme.small, false) + 12.0 * scale;
    let name_width = names
        .iter()
        .flatten()
        .map(|line| font::width(line, type_size, true))
        .fold(corner, f64::max);
    // How far the first name may reach over the names of the rows and leave the corner its words.
    let reach = name_width - corner + SPILL * scale;
    let totals = Totals::new(chart, so.totals, &rows, theme);
    let left = room.left + name_width + 10.0 * scale;
    let avail = room.right - left - totals.width;
    let (column, header) =
        headed(&columns, &exchange.emphasis, (avail, reach), theme).ok_or_else(|| {
            let fit = (1..columns.len())
                .rev()
                .find(|count| headed(&columns[..*count], &[], (avail, reach), theme).is_some());
            ChartError::TooManyPlaces {
                places: columns.len(),
                role: "columns",
                fit: fit.unwrap_or(0),
            }
        })?;
    let top = room.top + legend::height(theme) + header.height;
    let least = |lines: usize| lines.max(1) as f64 * LEADING * type_size + scale;
    let needed = names
        .iter()
        .map(|lines| least(lines.len()))
        .fold(0.0, f64::max);
    let down = room.bottom - top;
    let count = rows.len() + usize::from(so.totals);
    let row = (down / count as f64).min(LARGEST.1 * scale).max(needed);
    if row * count as f64 > down + 1e-6 {
        return Err(ChartError::TooManyPlaces {
            places: rows.len(),
            role: "rows",
            fit: ((down / needed).max(0.0) as usize).saturating_sub(usize::from(so.totals)),
        });
    }
    let grid = Grid {
        left: left + header.spill.0.min(SPILL * scale),
        top,
        column,
        row,
    };

    let mut texts = Vec::new();
    for (index, lines) in names.into_iter().enumerate() {
        let emphasis = exchange
            .emphasis
            .iter()
            .any(|name| name == rows[index].name);
        let middle = grid.baseline(index, type_size);
        let first = middle - 0.5 * (lines.len().max(1) - 1) as f64 * LEADING * type_size;
        for (line, content) in lines.into_iter().enumerate() {
            let place = (room.left, first + line as f64 * LEADING * type_size);
            let mut text = Text::new("label", content, place, type_size, INK);
            text.bold = emphasis;
            texts.push(text);
        }
    }
    let corner = header.baseline(grid.top, theme);
    let spill = header.spill.0;
    for (word, x, anchor) in [
        (words.from, room.left, Anchor::Start),
        (words.to, grid.left - spill - 8.0 * scale, Anchor::End),
    ] {
        let mut text = Text::new("side", word, (x, corner), theme.small, MUTED_TEXT);
        text.anchor = anchor;
        texts.push(text);
    }
    let centres: Vec<f64> = (0..columns.len()).map(|index| grid.centre(index)).collect();
    let (named, strokes) = header.place(&centres, grid.top, theme);
    texts.extend(named);

    let values: Vec<f64> = exchange
        .movements
        .iter()
        .filter_map(|one| one.value)
        .collect();
    let limits = classes::limits(&values);
    let cells = Cells::new(chart, &rows, &columns, &grid, &limits, theme);
    let key = legend::place(&limits, &exchange.unit, cells.missing, room, theme);
    let notes = (cells.missing && !key.says_missing).then(|| words.hatched.to_owned());
    texts.extend(key.texts);
    texts.extend(cells.texts);
    let (sums, all) = totals.place(&columns, &grid, rows.len(), room, theme);
    texts.extend(sums);
    let is_written = all && cells.written;

    let group = |class, shapes| Group {
        class,
        label: String::new(),
        shapes,
    };
    let stroke = Stroke::solid(MUTED_TEXT, 0.6 * scale);
    let leaders = strokes
        .into_iter()
        .map(|ends| Shape::stroked("leader", Form::Path(ends.to_vec()), stroke))
        .collect();
    let mut groups = vec![
        group("legend", key.shapes),
        group("cells", cells.shapes),
        group("leaders", leaders),
    ];
    groups.retain(|group| !group.shapes.is_empty());
    let laid = Laid {
        texts,
        notes: notes.into_iter().collect(),
        bottom: Some(grid.top + count as f64 * row),
        body: Body::Shapes(groups),
    };
    Ok((laid, is_written))
}

/// The widest columns for which all names and the cells fit into the width that there is, with the
/// first name reaching no further than it may.
fn headed(
    columns: &[Place<'_>],
    emphasis: &[String],
    (avail, reach): (f64, f64),
    theme: &Theme,
) -> Option<(f64, Header)> {
    let names: Vec<(&str, bool)> = columns
        .iter()
        .map(|place| (place.name, emphasis.iter().any(|name| name == place.name)))
        .collect();
    let count = columns.len() as f64;
    let most = (avail / count).min(LARGEST.0 * theme.scale);
    // What the outermost names reach beyond the cells is taken from the cells.
    [1.0, 0.97, 0.94, 0.9, 0.85, 0.8]
        .into_iter()
        .map(|share| share * most)
        .filter(|column| *column >= 24.0 * theme.scale)
        .find_map(|column| {
            let header = Header::new(&names, column, theme)?;
            let spill = header.spill.0.min(SPILL * theme.scale) + header.spill.1;
            let fits = column * count + spill <= avail + 1e-6 && header.spill.0 <= reach;
            fits.then_some((column, header))
        })
}

/// The cells with what stands in them.
struct Cells {
    shapes: Vec<Shape>,
    texts: Vec<Text>,
    /// Whether a pair has no figure.
    missing: bool,
    /// Whether the numbers stand in the cells.
    written: bool,
}

impl Cells {
    fn new(
        chart: &MatrixChart,
        rows: &[Place<'_>],
        columns: &[Place<'_>],
        grid: &Grid,
        limits: &[f64],
        theme: &Theme,
    ) -> Self {
        let mut cells = Self {
            shapes: Vec::new(),
            texts: Vec::new(),
            missing: false,
            written: false,
        };
        let words = written(chart, grid, theme);
        cells.written = words.is_some();
        let (mut hatched, mut framed) = (Vec::new(), Vec::new());
        for (row, origin) in rows.iter().enumerate() {
            for (column, destination) in columns.iter().enumerate() {
                let rect = grid.cell(row, column, theme);
                let movement = chart.movement(origin.name, destination.name);
                let is_same = origin.name == destination.name && !origin.is_rest;
                let Some((one, value)) = movement.and_then(|one| Some((one, one.value?))) else {
                    if is_same && movement.is_none() {
                        let form = Form::Rect(rect);
                        cells.shapes.push(Shape::filled("diagonal", form, GRID));
                    } else {
                        hatched.extend(hatch(rect, theme));
                        cells.missing = true;
                    }
                    continue;
                };
                let fill = legend::tint(classes::class(value, limits), limits.len() + 1);
                let form = Form::Rect(rect);
                cells.shapes.push(Shape::filled("cell", form, fill));
                framed.extend(frame(one, is_same, rect, theme));
                if one.marks.at_least {
                    framed.extend(corner(rect, theme));
                }
                if let Some(write) = words {
                    let word = write(value, ValueKind::Count, theme.language);
                    let baseline = grid.baseline(row, theme.small);
                    let place = (grid.centre(column), baseline);
                    let ink = readable(fill);
                    let mut text = Text::new("cell-value", word, place, theme.small, ink);
                    text.anchor = Anchor::Middle;
                    cells.texts.push(text);
                }
            }
        }
        cells.shapes.extend(hatched);
        cells.shapes.extend(framed);
        cells
    }
}

type Writer = fn(f64, ValueKind, Language) -> String;

/// How numbers are written in the cells: in full, short, or, where they do not fit, not at all.
fn written(chart: &MatrixChart, grid: &Grid, theme: &Theme) -> Option<Writer> {
    let room = grid.column - (GAP + 3.0) * theme.scale;
    let high = grid.row >= LEADING * theme.small;
    let fits = |write: &Writer| {
        let movements = chart.exchange.movements.iter();
        let mut words =
            movements.filter_map(|one| Some(write(one.value?, ValueKind::Count, theme.language)));
        words.all(|word| font::width(&word, theme.small, false) <= room)
    };
    let writers: [Writer; 2] = [number::full, number::short];
    writers.into_iter().find(|write| high && fits(write))
}

/// Ink on light cells, white on dark ones.
fn readable(fill: Colour) -> Colour {
    if INK.contrast(fill) >= 4.5 {
        INK
    } else {
        WHITE
    }
}

/// The edge of a cell whose number is not firm, or that stands for one place with itself.
fn frame(movement: &Movement, is_same: bool, cell: Rect, theme: &Theme) -> Option<Shape> {
    let marks = movement.marks;
    let dash = if marks.projected {
        Dash::Dotted
    } else if marks.estimated {
        Dash::Dashed
    } else {
        Dash::Solid
    };
    if !movement.is_uncertain() && !is_same {
        return None;
    }
    let width = if movement.is_uncertain() { 1.0 } else { 2.0 } * theme.scale;
    let stroke = Stroke {
        colour: INK,
        width,
        dash,
    };
    let Rect {
        left,
        top,
        right,
        bottom,
    } = cell;
    let corners = vec![
        (left, top),
        (right, top),
        (right, bottom),
        (left, bottom),
        (left, top),
    ];
    Some(Shape::stroked("edge", Form::Path(corners), stroke))
}

/// A small arrow up in the corner of a cell that is a lower bound, with a light edge.
fn corner(cell: Rect, theme: &Theme) -> [Shape; 2] {
    let arrow = |grow: f64| {
        let (half, high) = (4.0 * theme.scale + grow, 6.0 * theme.scale + grow);
        let (x, y) = (cell.right - 7.0 * theme.scale, cell.top + 9.0 * theme.scale);
        Form::Polygon(vec![
            (x - half, y + 0.5 * grow),
            (x, y - high),
            (x + half, y + 0.5 * grow),
        ])
    };
    [
        Shape::filled("outline", arrow(1.5 * theme.scale), WHITE),
        Shape::filled("at-least", arrow(0.0), INK),
    ]
}
