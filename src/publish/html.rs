//! A page with one table: it opens in a browser, pastes into a story, and asks nothing of anyone.

use maud::{DOCTYPE, Markup, html};
use polars::prelude::DataFrame;

use super::harmless::harmless;
use super::sources::{Fact, Sources};
use super::view::View;
use super::{Along, Form, PublishError};

pub(super) struct Html;

/// Sober, and legible on paper and in the dark.
const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:16px/1.45 'Noto Sans','Segoe UI',Arial,sans-serif;margin:1.5rem auto;max-width:72rem;padding:0 1rem}\
.wide{overflow-x:auto}\
table{border-collapse:collapse;font-variant-numeric:lining-nums tabular-nums}\
th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}\
th{border-bottom:1px solid;font-weight:600}\
td.right,th.right{text-align:right;white-space:nowrap}\
tbody tr+tr td{border-top:1px solid #8884}\
footer,.same{font-size:.9rem}";

impl Form for Html {
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let view = View::new(frame);
        let title = along
            .sources
            .map_or_else(|| "Table".to_owned(), |sources| sources.asked.clone());
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    style { (STYLE) }
                }
                body {
                    main { (arranged(&view, &title)) }
                    footer {
                        @if let Some(sources) = along.sources { (said(sources)) }
                    }
                }
            }
        };
        let page = page.into_string() + "\n";
        Ok(harmless(&page).into_owned().into_bytes())
    }
}

/// A table as it is arranged for people: what is the same in every row above it, remarks below.
pub(super) fn arranged(view: &View, caption: &str) -> Markup {
    html! {
        @if !view.same.is_empty() {
            p.same {
                @for (index, (name, cell)) in view.same.iter().enumerate() {
                    @if index > 0 { "; " }
                    (name.replace('_', " ")) ": " (cell)
                }
                "."
            }
        }
        div.wide tabindex="0" role="region" aria-label=(caption) { (table(view, caption)) }
        @if !view.remarks.is_empty() {
            p.same { "Remarks:" }
            ol.same { @for remark in &view.remarks { li { (remark) } } }
        }
    }
}

fn table(view: &View, caption: &str) -> Markup {
    let class = |right: bool| right.then_some("right");
    html! {
        table.sortable {
            caption { (caption) }
            thead {
                tr {
                    @for (name, right) in view.header.iter().zip(&view.right) {
                        th scope="col" class=[class(*right)] { (name.replace('_', " ")) }
                    }
                }
            }
            tbody {
                @for row in &view.rows {
                    tr {
                        @for (cell, right) in row.iter().zip(&view.right) {
                            td class=[class(*right)] { (cell) }
                        }
                    }
                }
            }
        }
    }
}

/// What the numbers rest on.
pub(super) fn said(sources: &Sources) -> Markup {
    html! {
        h2 { "Sources" }
        p {
            "What " code { (sources.command) } " answered to: " (sources.asked) ". It rests on "
            (sources.extent) ". " (sources.pin.0) "."
        }
        ol {
            @for source in &sources.publications {
                li {
                    (source.title)
                    ul { @for (what, fact) in &source.facts { li { (what) ": " (fact_in(fact)) } } }
                }
            }
        }
    }
}

fn fact_in(fact: &Fact) -> Markup {
    // Only web addresses become links: a script in a publication's address must stay text.
    let web = fact
        .url
        .as_deref()
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    html! {
        (fact.words)
        @if let Some(url) = &fact.url {
            @if !fact.words.is_empty() { ", " }
            @if web.is_some() { a href=(url) { (url) } } @else { (url) }
        }
    }
}
