//! Columns as wide as they need to be, numbers to the right, thin rules between the rows.

use super::{TableChart, TableRow};
use crate::chart::layout::{Body, Form, Group, Laid, Shape, Stroke, Theme};
use crate::chart::palette::{GRID, INK, MUTED_TEXT};
use crate::chart::text::{Anchor, LEADING, Rect, Text, one_line, wrap_evenly};
use crate::chart::{ChartError, font};

/// One column beside that of the names.
struct Column {
    heading: Vec<String>,
    cells: Vec<Vec<String>>,
    class: &'static str,
    /// Numbers stand at the right end.
    right: bool,
    width: f64,
}

/// Distances between two columns and widths of remarks, in px at scale 1, the roomiest first.
const FORMS: [(f64, f64); 3] = [(24.0, f64::INFINITY), (14.0, f64::INFINITY), (14.0, 80.0)];
/// Least room for the names.
const NAMES: f64 = 90.0;

/// Lays out a table in the room between subtitle and notes.
pub fn lay(chart: &TableChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let scale = theme.scale;
    let form = FORMS.into_iter().find_map(|(gutter, remarks)| {
        let columns = columns(chart, remarks * scale, theme);
        let others: f64 = columns
            .iter()
            .map(|column| column.width + gutter * scale)
            .sum();
        let left = room.width() - others;
        (left >= NAMES * scale).then_some((columns, gutter * scale, left))
    });
    let Some((columns, gutter, name_room)) = form else {
        return Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        });
    };
    let names: Vec<Vec<String>> = chart
        .rows
        .iter()
        .map(|row| wrap_evenly(&row.label, theme.label, row.emphasis, name_room))
        .collect();
    let head_lines = columns
        .iter()
        .map(|column| column.heading.len())
        .chain([usize::from(!chart.names.is_empty())])
        .max()
        .unwrap_or(0);
    let small_step = LEADING * theme.small;
    let step = LEADING * theme.label;
    let head = head_lines as f64 * small_step + 6.0 * scale;
    let heights: Vec<f64> = names
        .iter()
        .enumerate()
        .map(|(index, lines)| {
            let cells = columns.iter().map(|column| column.cells[index].len());
            let most = cells.chain([lines.len(), 1]).max().unwrap_or(1);
            most as f64 * step + 4.0 * scale
        })
        .collect();
    let needed: f64 = heights.iter().sum();
    let available = room.height() - head;
    if needed > available {
        let fit = heights
            .iter()
            .scan(0.0, |sum, height| {
                *sum += height;
                Some(*sum)
            })
            .take_while(|sum| *sum <= available)
            .count();
        return Err(ChartError::TooMany {
            count: names.len(),
            what: "rows",
            fit,
            way_out: "keep the largest, or choose a taller size",
        });
    }
    let spare = ((available - needed) / names.len() as f64).min(18.0 * scale);

    // A table of few columns need not be as wide as the picture: eyes lose the row.
    let name_width = names
        .iter()
        .zip(&chart.rows)
        .flat_map(|(lines, row)| {
            lines
                .iter()
                .map(|line| font::width(line, theme.label, row.emphasis))
        })
        .chain([font::width(&chart.names, theme.small, false)])
        .fold(0.0, f64::max);
    let extra = (name_room - name_width).max(0.0) / columns.len().max(1) as f64;
    let extra = extra.min(70.0 * scale);
    let mut left = room.left + name_width;
    let mut texts = Vec::new();
    let mut lefts = Vec::new();
    for column in &columns {
        left += gutter + extra;
        lefts.push(left);
        left += column.width;
    }
    let end = left;

    let head_bottom = room.top + head_lines as f64 * small_step;
    let mut heading = |lines: &[String], x: f64, anchor: Anchor| {
        let first = head_lines - lines.len();
        for (index, line) in lines.iter().enumerate() {
            let y = room.top + ((first + index) as f64 + 0.8) * small_step;
            let mut text = Text::new("heading", line.clone(), (x, y), theme.small, MUTED_TEXT);
            text.anchor = anchor;
            texts.push(text);
        }
    };
    if !chart.names.is_empty() {
        heading(&[one_line(&chart.names)], room.left, Anchor::Start);
    }
    for (column, left) in columns.iter().zip(&lefts) {
        let (x, anchor) = place(column, *left);
        heading(&column.heading, x, anchor);
    }
    let rule = |class, y: f64, colour| {
        Shape::stroked(
            class,
            Form::Path(vec![(room.left, y), (end, y)]),
            Stroke::solid(colour, scale),
        )
    };
    let mut rules = vec![rule("rule head", head_bottom + 3.0 * scale, INK)];
    let mut top = room.top + head;
    for (index, (row, lines)) in chart.rows.iter().zip(&names).enumerate() {
        let height = heights[index] + spare;
        let middle = top + height / 2.0;
        let baseline = middle + 0.5 * font::CAP_HEIGHT * theme.label;
        let first = baseline - 0.5 * (lines.len().max(1) - 1) as f64 * step;
        for (line_index, line) in lines.iter().enumerate() {
            let at = (room.left, first + line_index as f64 * step);
            let mut text = Text::new("label", line.clone(), at, theme.label, INK);
            text.bold = row.emphasis;
            texts.push(text);
        }
        for (column, left) in columns.iter().zip(&lefts) {
            texts.extend(cell(column, index, row, (*left, middle), theme));
        }
        top += height;
        if index + 1 < names.len() {
            rules.push(rule("rule", top, GRID));
        }
    }
    Ok(Laid {
        body: Body::Shapes(vec![Group {
            class: "table",
            shapes: rules,
            ..Group::default()
        }]),
        texts,
        notes: Vec::new(),
        bottom: Some(top),
    })
}

/// Where the texts of a column stand.
fn place(column: &Column, left: f64) -> (f64, Anchor) {
    if column.right {
        (left + column.width, Anchor::End)
    } else {
        (left, Anchor::Start)
    }
}

/// The texts of a cell whose middle is at a place.
fn cell<'c>(
    column: &'c Column,
    index: usize,
    row: &TableRow,
    (left, middle): (f64, f64),
    theme: &'c Theme,
) -> impl Iterator<Item = Text> + 'c {
    let (x, anchor) = place(column, left);
    let is_value = column.class == "value";
    let bold = is_value && row.value.is_some();
    let lines = &column.cells[index];
    let step = LEADING * theme.label;
    let first = middle + 0.5 * font::CAP_HEIGHT * theme.label
        - 0.5 * lines.len().saturating_sub(1) as f64 * step;
    lines.iter().enumerate().map(move |(line, content)| {
        let at = (x, first + line as f64 * step);
        let colour = if is_value { INK } else { MUTED_TEXT };
        let mut text = Text::new(column.class, content.clone(), at, theme.label, colour);
        text.bold = bold;
        text.anchor = anchor;
        text
    })
}

/// The columns that have something to show; remarks are broken into lines of a width.
fn columns(chart: &TableChart, remarks: f64, theme: &Theme) -> Vec<Column> {
    let (values, language, words) = (chart.values, theme.language, &theme.words().table);
    let of = |write: &dyn Fn(&TableRow) -> String| chart.rows.iter().map(write).collect();
    let all: [(&str, Vec<String>, &'static str, bool); 5] = [
        (
            &chart.heading,
            of(&|row| row.written(values, language)),
            "value",
            true,
        ),
        (
            words.range,
            of(&|row| row.range(values, language)),
            "range",
            true,
        ),
        (
            &chart.change,
            of(&|row| row.difference(values, language)),
            "change",
            true,
        ),
        (words.as_of, of(&|row| one_line(&row.day)), "day", true),
        (
            words.remarks,
            of(&|row| row.remarks(words, theme.language)),
            "remark",
            false,
        ),
    ];
    all.into_iter()
        .filter(|(_, cells, ..)| cells.iter().any(|cell| !cell.is_empty()))
        .map(|(heading, cells, class, right)| {
            let bold = class == "value";
            let limit = if class == "remark" {
                remarks
            } else {
                f64::INFINITY
            };
            let cells: Vec<Vec<String>> = cells
                .iter()
                .map(|cell| wrap_evenly(cell, theme.label, bold, limit))
                .collect();
            let widest = cells
                .iter()
                .flatten()
                .map(|cell| font::width(cell, theme.label, bold))
                .fold(0.0, f64::max);
            let limit = widest.max(110.0 * theme.scale);
            let heading = wrap_evenly(heading, theme.small, false, limit);
            let width = heading
                .iter()
                .map(|line| font::width(line, theme.small, false))
                .fold(widest, f64::max);
            Column {
                heading,
                cells,
                class,
                // Where the table changes sides, what stands at the left comes to stand at the right.
                right: right && !language.is_right_to_left(),
                width,
            }
        })
        .collect()
}
