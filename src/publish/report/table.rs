//! The table beside a chart of a report.

use crate::chart::PlottedRow;
use crate::figure::grouped;
use maud::{Markup, html};

/// The numbers of a chart.
pub(super) fn of_chart(plotted: &[PlottedRow], caption: &str) -> Markup {
    let has = |of: fn(&PlottedRow) -> bool| plotted.iter().any(of);
    let series = has(|row| !row.series.is_empty());
    let range = has(|row| row.low.is_some() || row.high.is_some());
    let flags = has(|row| !row.flags.is_empty());
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table.sortable {
                caption { (caption) }
                thead {
                    tr {
                        @if series { th scope="col" { "series" } }
                        th scope="col" { "at" }
                        th.right scope="col" { "value" }
                        @if range {
                            th.right scope="col" { "low" }
                            th.right scope="col" { "high" }
                        }
                        @if flags { th scope="col" { "remarks" } }
                    }
                }
                tbody {
                    @for row in plotted {
                        tr {
                            @if series { td { (row.series) } }
                            td { (row.at) }
                            (number(row.value))
                            @if range { (number(row.low)) (number(row.high)) }
                            @if flags { td { (row.flags.join(", ").replace('_', " ")) } }
                        }
                    }
                }
            }
        }
    }
}

fn number(value: Option<f64>) -> Markup {
    html! {
        td.right {
            @match value {
                Some(value) if value.fract() == 0.0 && value.abs() < 1e15 => (grouped(value as i64)),
                Some(value) => (format!("{value:.1}")),
                None => "",
            }
        }
    }
}
