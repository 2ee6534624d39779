//! The text that lies beside a table: what the file is, and what its numbers rest on.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::cite::{Pin, Reference, references};
use super::figures::place_name;
use crate::figure::{PlaceId, counted};
use crate::ledger::{FigureId, Figures, Selection, Versions};
use crate::line::Line;
use crate::vocabulary;

/// What a file of sources is about.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Name of the table's file, without its folder.
    pub file: &'a str,
    /// The command that made it: `humstat summary`.
    pub command: &'a str,
    /// What was asked for.
    pub selection: &'a Selection,
    /// The ledger that answered.
    pub pin: &'a Pin,
}

/// The file beside a table that says its sources: `poland.sources.md` beside `poland.csv`.
pub fn beside(table: &Path) -> PathBuf {
    table.with_extension("sources.md")
}

/// Makes the text, in Markdown. `only` limits it to what some figures rest on.
pub fn sources(about: &About<'_>, figures: &Figures, only: Option<&BTreeSet<FigureId>>) -> String {
    let found = references(figures, only);
    let count: usize = found.iter().map(|reference| reference.figures.len()).sum();
    let mut text = format!("# Sources of {}\n\n", plain(about.file));
    let _ = writeln!(
        text,
        "`{}` is what `{}` answered to: {}. It rests on {} in {}.\n",
        about.file.replace('`', "'"),
        about.command,
        plain(&in_words(about.selection)),
        counted(count, "figure", "figures"),
        counted(found.len(), "publication", "publications"),
    );
    let _ = writeln!(
        text,
        "{}. `humstat ledger verify --head {}` checks that a ledger still holds it.",
        about.pin, about.pin.hash
    );
    for (index, reference) in found.iter().enumerate() {
        let _ = writeln!(
            text,
            "\n## {}. {}\n",
            index + 1,
            plain(&reference.publication.title)
        );
        for (what, said) in lines(reference) {
            let _ = writeln!(text, "- {what}: {said}");
        }
    }
    text
}

/// What there is to say about one publication.
fn lines(reference: &Reference<'_>) -> Vec<(&'static str, String)> {
    let publication = reference.publication;
    let channel = vocabulary::channel(&publication.channel);
    let licence = publication
        .licence
        .as_deref()
        .and_then(|code| vocabulary::licence(code).ok());
    let title = channel.as_ref().map_or_else(
        |_| publication.channel.clone(),
        |channel| format!("{} ({})", channel.title, channel.code),
    );
    let terms = reference.licence().map(|mut words| {
        if licence.is_some_and(|licence| !licence.commercial) {
            words.push_str("; commercial use needs permission");
        }
        match licence.and_then(|licence| licence.url.as_ref()) {
            Some(url) => format!("{}, <{url}>", plain(&words)),
            None => plain(&words),
        }
    });
    let attribution = publication
        .attribution
        .clone()
        .or_else(|| channel.ok().map(|channel| channel.attribution.clone()));
    let mut notes: Vec<&str> = publication.notes.as_deref().into_iter().collect();
    notes.extend(&reference.notes);
    let text = |words: String| Some(plain(&words)).filter(|words| !words.is_empty());
    [
        (
            "Who counted",
            text(reference.claimants_in_words().join("; ")),
        ),
        ("Published in", text(title)),
        (
            "Published",
            publication.published.map(|when| when.to_string()),
        ),
        (
            "Retrieved",
            publication.retrieved.map(|when| when.to_string()),
        ),
        ("Relayed by", text(publication.relayed_by.join(", then "))),
        (
            "Address",
            publication.url.as_ref().map(|url| format!("<{url}>")),
        ),
        ("Licence", terms),
        ("Attribution", attribution.and_then(text)),
        ("Notes", text(notes.join("; "))),
        ("Figures", Some(runs(&reference.figures))),
        ("Key in `humstat cite`", Some(reference.key.clone())),
    ]
    .into_iter()
    .filter_map(|(what, said)| Some((what, said?)))
    .collect()
}

/// Figures by name, runs of three and more by their ends: "f3, f198–f202".
pub fn runs(figures: &BTreeSet<FigureId>) -> String {
    let mut runs: Vec<(FigureId, FigureId)> = Vec::new();
    for id in figures {
        match runs.last_mut() {
            Some((_, last)) if last.0 + 1 == id.0 => *last = *id,
            _ => runs.push((*id, *id)),
        }
    }
    let words: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match last.0 - first.0 {
            0 => first.to_string(),
            1 => format!("{first}, {last}"),
            _ => format!("{first}–{last}"),
        })
        .collect();
    words.join(", ")
}

/// The figures that a summary rests on: the newest of each line, the one before it, and what other
/// channels say of the same days.
pub fn behind_a_summary(
    figures: &Figures,
    lines: &[Line],
    at: Option<NaiveDate>,
) -> BTreeSet<FigureId> {
    let silent: BTreeSet<_> = figures
        .not_reported
        .iter()
        .map(|silent| &figures.series[silent.series])
        .collect();
    let mut found = BTreeSet::new();
    for line in lines.iter().filter(|line| !silent.contains(&line.series)) {
        let mut until = line
            .points
            .iter()
            .rev()
            .skip_while(|point| at.is_some_and(|at| point.period.end > at));
        let Some(newest) = until.next() else { continue };
        found.insert(newest.figure);
        found.extend(
            until
                .find(|point| point.channel == newest.channel)
                .map(|point| point.figure),
        );
        found.extend(
            line.set_aside
                .iter()
                .filter(|point| point.period == newest.period)
                .map(|point| point.figure),
        );
    }
    found
}

/// The figures that trends rest on: those of the channel that is drawn.
pub fn behind_trends(lines: &[Line]) -> BTreeSet<FigureId> {
    lines
        .iter()
        .flat_map(Line::of_one_channel)
        .map(|point| point.figure)
        .collect()
}

/// A selection in words: "indicator border_crossings; origin Ukraine; newest not after 2022-03-08".
pub fn in_words(selection: &Selection) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |what: &str, words: Vec<String>| {
        if !words.is_empty() {
            parts.push(format!("{what} {}", words.join(", ")));
        }
    };
    let places = |ids: &[PlaceId]| {
        ids.iter()
            .map(|id| place_name(id).to_owned())
            .collect::<Vec<_>>()
    };
    let breakdown = |(dimension, code): (&String, &String)| {
        let code = if code.is_empty() { "all" } else { code };
        format!("{dimension}={code}")
    };
    add("indicator", selection.indicators.clone());
    add("origin", places(&selection.origins));
    add("location", places(&selection.locations));
    add("claimant", selection.claimants.clone());
    add("channel", selection.channels.clone());
    add(
        "measure",
        selection.measures.iter().map(ToString::to_string).collect(),
    );
    add(
        "status",
        selection.statuses.iter().map(ToString::to_string).collect(),
    );
    add(
        "breakdown",
        selection.breakdown.iter().map(breakdown).collect(),
    );
    if selection.from.is_some() || selection.to.is_some() {
        let show = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
        parts.push(format!(
            "period {}..{}",
            show(selection.from),
            show(selection.to)
        ));
    }
    parts.extend(
        selection
            .at
            .map(|day| format!("newest figure not after {day}")),
    );
    parts.extend(
        selection
            .as_known_on
            .map(|when| format!("as known on {when}")),
    );
    parts.extend(
        selection
            .as_recorded_at
            .map(|entry| format!("as recorded at entry {entry}")),
    );
    if selection.versions == Versions::All {
        parts.push("all versions".to_owned());
    }
    if parts.is_empty() {
        return "all that the ledger holds".to_owned();
    }
    parts.join("; ")
}

/// Text without meaning to Markdown, on one line.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' => {
                out.push('\\');
                out.push(letter);
            }
            other if other.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_told_by_their_ends() {
        let of = |ids: &[i64]| runs(&ids.iter().map(|id| FigureId(*id)).collect());
        assert_eq!(of(&[198, 199, 200, 201, 202]), "f198–f202");
        assert_eq!(of(&[3, 4, 7, 9, 10, 11]), "f3, f4, f7, f9–f11");
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn no_limit_is_said_too() {
        assert_eq!(in_words(&Selection::default()), "all that the ledger holds");
    }
}
