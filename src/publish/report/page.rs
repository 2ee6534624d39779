//! The page of a report.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::super::html::{arranged, said};
use super::super::view::View;
use super::{Report, table};
use crate::figure::counted;

const STYLE: &str = include_str!("page.css");
const SORT: &str = include_str!("sort.js");

/// Numbers of a chart beyond these are not printed with the page; the download has them.
const MOST_PRINTED: usize = 40;

/// A page without a request: everything that it shows is in it.
pub(super) fn html(report: &Report, downloads: &[(String, Vec<u8>)]) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // The browser itself keeps the promise that nothing is asked of anyone.
                meta http-equiv="Content-Security-Policy"
                    content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:";
                meta name="generator" content=(report.pin.program);
                title { (report.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#figures" { "Skip to the figures" }
                header {
                    h1 { (report.title) }
                    p.pin { (report.pin.to_string()) "." }
                }
                nav aria-label="Contents" {
                    ul {
                        @for (id, name) in contents(report) { li { a href=(format!("#{id}")) { (name) } } }
                    }
                }
                main {
                    (headlines(report))
                    (changes(report))
                    (charts(report))
                    (tables(report))
                    (remarks(report))
                    (links(downloads))
                }
                footer id="sources" { (said(&report.sources)) }
                script { (PreEscaped(SORT)) }
            }
        }
    }
}

/// The parts that the page has, with their anchors.
fn contents(report: &Report) -> Vec<(&'static str, &'static str)> {
    let parts = [
        (true, "figures", "Figures"),
        (report.changes.is_some(), "changes", "What changed"),
        (!report.charts.is_empty(), "charts", "Charts"),
        (!report.tables.is_empty(), "tables", "Tables"),
        (!report.remarks.is_empty(), "remarks", "Methods and caveats"),
        (true, "downloads", "Downloads"),
        (true, "sources", "Sources"),
    ];
    let present = parts.into_iter().filter(|(present, ..)| *present);
    present.map(|(_, id, name)| (id, name)).collect()
}

fn headlines(report: &Report) -> Markup {
    html! {
        section aria-labelledby="figures" {
            h2 id="figures" { "Figures" }
            @if report.headlines.is_empty() {
                p { "No figure of this selection may be shown as a headline." }
            } @else {
                ul.headlines {
                    @for headline in &report.headlines {
                        li {
                            span.number { (headline.number) }
                            (headline.sentence)
                            @if !headline.notes.is_empty() {
                                p.quiet { (headline.notes.join("; ")) "." }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(report: &Report) -> Markup {
    html! {
        @if let Some(changes) = &report.changes {
            section aria-labelledby="changes" {
                h2 id="changes" { "What changed " (changes.since) }
                @if changes.sentences.is_empty() {
                    p { "Nothing has changed." }
                } @else {
                    ul { @for sentence in &changes.sentences { li { (sentence) } } }
                }
            }
        }
    }
}

fn charts(report: &Report) -> Markup {
    html! {
        @if !report.charts.is_empty() {
            section aria-labelledby="charts" {
                h2 id="charts" { "Charts" }
                @for (index, chart) in report.charts.iter().enumerate() {
                    h3.unseen { (chart.title) }
                    figure { (PreEscaped(with_own_ids(&chart.svg, index + 1))) }
                    details.long[chart.rows.len() > MOST_PRINTED] {
                        summary { "The numbers of this chart" }
                        (table::of_chart(&chart.rows, &format!("Numbers of: {}", chart.title)))
                    }
                }
            }
        }
    }
}

/// The ids of a picture are its own within the page.
fn with_own_ids(svg: &str, number: usize) -> String {
    svg.replace("chart-title", &format!("chart-title-{number}"))
        .replace("chart-desc", &format!("chart-desc-{number}"))
}

fn tables(report: &Report) -> Markup {
    html! {
        @if !report.tables.is_empty() {
            section aria-labelledby="tables" {
                h2 id="tables" { "Tables" }
                @for part in &report.tables {
                    @if part.is_shown {
                        (arranged(&View::new(&part.frame), &part.title))
                    } @else {
                        p {
                            (part.title) ": " (counted(part.frame.height(), "row", "rows"))
                            ", too many for a page, whole in the download " (part.csv_name()) "."
                        }
                    }
                }
            }
        }
    }
}

fn remarks(report: &Report) -> Markup {
    html! {
        @if !report.remarks.is_empty() {
            section aria-labelledby="remarks" {
                h2 id="remarks" { "Methods and caveats" }
                ul { @for remark in &report.remarks { li { (remark) } } }
            }
        }
    }
}

fn links(downloads: &[(String, Vec<u8>)]) -> Markup {
    html! {
        section aria-labelledby="downloads" {
            h2 id="downloads" { "Downloads" }
            p { "The numbers of this page, as comma-separated values within it." }
            ul {
                @for (name, bytes) in downloads {
                    li {
                        a download=(name) href=(format!("data:text/csv;charset=utf-8;base64,{}", STANDARD.encode(bytes))) {
                            (name)
                        }
                    }
                }
            }
        }
    }
}
