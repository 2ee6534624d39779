//! A few numbers as a table, from the rows of a summary.

use super::bars::{drawn, label, row_marks, titled};
use super::words::{common, sentence_case, spec as with_words, value_kind};
use super::{Brief, DepictError};
use crate::chart::words::fill;
use crate::chart::{ChartKind, ChartSpec, Language, TableChart, TableRow};
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::summary::{Row, RowType, Summary};

/// Places by size as a table: name, value, change since the report before, and day.
///
/// # Errors
/// When the rows count different things.
pub fn table_chart(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let series = common(lines)?.clone();
    let rows: Vec<TableRow> = summary
        .rows
        .iter()
        .map(|row| table_row(summary, row, brief.language))
        .collect();
    let mut before: Vec<_> = summary
        .rows
        .iter()
        .filter_map(|row| Some(row.previous.as_ref()?.0.end))
        .collect();
    before.sort_unstable();
    before.dedup();
    let words = &brief.language.words().table;
    let change = match before.as_slice() {
        [one] => fill(words.change_since, &[&brief.language.day(*one)]),
        _ => words.change.to_owned(),
    };
    let kind = ChartKind::Table(TableChart {
        names: String::new(),
        heading: sentence_case(brief.language.unit(series.unit)),
        change,
        rows,
        values: value_kind(series.unit),
    });
    let points = drawn(lines, summary);
    let (title, brief) = titled(summary, lines, brief);
    Ok(with_words(kind, figures, &points, &brief, title, ""))
}

fn table_row(summary: &Summary, row: &Row, language: Language) -> TableRow {
    let number = |number: Option<i64>| number.map(|number| number as f64);
    let is_total = row.row_type == RowType::Total;
    TableRow {
        label: if is_total {
            match (row.series.location.as_ref(), language) {
                (None, _) if row.location == "Total" => language.words().movement.total.to_owned(),
                _ => row.location.clone(),
            }
        } else {
            label(summary, row, language)
        },
        value: number(row.quantity.value),
        low: number(row.quantity.low),
        high: number(row.quantity.high),
        qualifier: Some(row.quantity.qualifier),
        marks: row_marks(row),
        change: number(row.change()),
        day: language.day(row.period.end),
        emphasis: is_total,
    }
}
