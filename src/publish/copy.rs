//! The words to go with charts and tables: what a page's charting tool asks for beside each picture,
//! and sentences in the styles of houses.

use std::fmt::Write as _;

use super::Style;
use super::summary::Summary;
use crate::chart::{ChartSpec, alt_text};

/// The words of one chart, by the fields that Datawrapper's Annotate step has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartWords {
    /// Name of its files, without ending.
    pub name: String,
    /// The finding.
    pub title: String,
    /// Measure, unit, place and period.
    pub description: String,
    /// What readers should know, with what the marks mean.
    pub notes: String,
    /// Organisation, dataset and vintage.
    pub source_name: String,
    /// Web addresses of the publications, each once.
    pub source_links: Vec<String>,
    /// Text for readers who cannot see the chart.
    pub alternative: String,
}

impl ChartWords {
    /// The words of a chart. `notes` are those that are printed under it.
    pub fn new(name: &str, spec: &ChartSpec, notes: &[String], links: Vec<String>) -> Self {
        Self {
            name: name.to_owned(),
            title: one_line(&spec.title),
            description: one_line(&spec.subtitle),
            notes: notes
                .iter()
                .map(|note| format!("{}.", one_line(note).trim_end_matches('.')))
                .collect::<Vec<_>>()
                .join(" "),
            source_name: one_line(&spec.source),
            source_links: links,
            alternative: alt_text(spec),
        }
    }
}

/// The sentences of one table, in every style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// The file of the table.
    pub file: String,
    /// Each style with its sentences; styles that say the same are one.
    pub texts: Vec<(Vec<Style>, String)>,
}

impl Sentences {
    /// What a summary says.
    pub fn new(file: &str, summary: &Summary) -> Self {
        let mut texts: Vec<(Vec<Style>, String)> = Vec::new();
        for style in [Style::Plain, Style::Un, Style::Ap] {
            let text = summary.sentences(style);
            match texts.iter_mut().find(|(_, known)| *known == text) {
                Some((styles, _)) => styles.push(style),
                None => texts.push((vec![style], text)),
            }
        }
        Self {
            file: file.to_owned(),
            texts,
        }
    }
}

/// The text of `copy.md`. Its words are to be copied, so nothing in them is escaped: each stands in a
/// block of its own.
pub fn text(title: &str, charts: &[ChartWords], tables: &[Sentences]) -> String {
    let mut out = format!("# Words to go with {}\n", one_line(title));
    for chart in charts {
        let _ = writeln!(out, "\n## {}", chart.name);
        let links = chart.source_links.join("\n");
        for (field, words) in [
            ("Title", &chart.title),
            ("Description", &chart.description),
            ("Notes", &chart.notes),
            ("Source name", &chart.source_name),
            ("Source link", &links),
            ("Alternative description", &chart.alternative),
        ] {
            if !words.is_empty() {
                block(&mut out, field, words);
            }
        }
    }
    for table in tables {
        let _ = writeln!(out, "\n## Sentences of {}", table.file);
        for (styles, text) in &table.texts {
            let names: Vec<&str> = styles.iter().map(|style| style.name()).collect();
            block(&mut out, &names.join(", "), text.trim_end());
        }
    }
    out
}

/// A heading and words in a block that Markdown leaves alone.
fn block(out: &mut String, field: &str, words: &str) {
    let mut fence = "```".to_owned();
    while words.contains(&fence) {
        fence.push('`');
    }
    let _ = writeln!(out, "\n{field}:\n\n{fence}text\n{words}\n{fence}");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
