//! The text that lies beside a table: what the file is, and what its numbers rest on.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::cite::{Pin, Reference};
use super::figures::place_name;
use super::harmless::one_line;
use crate::figure::{PlaceId, counted};
use crate::ledger::{FigureId, Figures, Selection, Versions};
use crate::line::Line;
use crate::vocabulary;

/// What a file that numbers go to is about.
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

/// What a text of sources begins with.
const HEADING: &str = "# Sources of ";

/// Whether a text is one that lies beside a table.
pub fn is_of_a_table(text: &str) -> bool {
    text.starts_with(HEADING)
}

/// The file beside a table that says its sources: `poland.sources.md` beside `poland.csv`.
pub fn beside(table: &Path) -> PathBuf {
    table.with_extension("sources.md")
}

/// What the numbers of a file rest on, in plain words, for every form of output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sources {
    /// Name of the table's file, without its folder.
    pub file: String,
    /// The command that made it: `humstat summary`.
    pub command: String,
    /// What was asked for.
    pub asked: String,
    /// How many figures of how many publications it rests on.
    pub extent: String,
    /// The ledger that answered, in words, and the hash of its entry.
    pub pin: (String, String),
    /// The publications.
    pub publications: Vec<Source>,
}

/// One publication that numbers rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: String,
    /// What there is to say about it.
    pub facts: Vec<(&'static str, Fact)>,
}

/// One thing that is said of a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// In words.
    pub words: String,
    /// A web address that belongs to it.
    pub url: Option<String>,
}

/// What a file that rests on these publications says of them.
pub fn sources(about: &About<'_>, found: &[Reference]) -> Sources {
    let count: usize = found.iter().map(|reference| reference.figures.len()).sum();
    Sources {
        file: about.file.to_owned(),
        command: about.command.to_owned(),
        asked: in_words(about.selection),
        extent: format!(
            "{} in {}",
            counted(count, "figure", "figures"),
            counted(found.len(), "publication", "publications")
        ),
        pin: (about.pin.to_string(), about.pin.hash.to_string()),
        publications: found
            .iter()
            .map(|reference| Source {
                title: reference.publication.title.clone(),
                facts: facts(reference),
            })
            .collect(),
    }
}

impl Sources {
    /// The text that lies beside a table, in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("{HEADING}{}\n\n", plain(&self.file));
        let _ = writeln!(
            text,
            "`{}` is what `{}` answered to: {}. It rests on {}.\n",
            self.file.replace('`', "'"),
            self.command,
            plain(&self.asked),
            self.extent,
        );
        let _ = writeln!(
            text,
            "{}. `humstat ledger verify --head {}` checks that a ledger still holds it.",
            self.pin.0, self.pin.1
        );
        for (index, source) in self.publications.iter().enumerate() {
            let _ = writeln!(text, "\n## {}. {}\n", index + 1, plain(&source.title));
            for (what, fact) in &source.facts {
                let _ = writeln!(text, "- {what}: {}", fact.markdown());
            }
        }
        text
    }
}

impl Fact {
    fn words(words: impl Into<String>) -> Option<Self> {
        let words = words.into();
        (!words.is_empty()).then_some(Self { words, url: None })
    }

    /// The words and the address, as plain text.
    pub fn text(&self) -> String {
        match &self.url {
            Some(url) if self.words.is_empty() => url.clone(),
            Some(url) => format!("{}, {url}", self.words),
            None => self.words.clone(),
        }
    }

    fn markdown(&self) -> String {
        match &self.url {
            Some(url) if self.words.is_empty() => format!("<{url}>"),
            Some(url) => format!("{}, <{url}>", plain(&self.words)),
            None => plain(&self.words),
        }
    }
}

/// What there is to say about one publication.
fn facts(reference: &Reference) -> Vec<(&'static str, Fact)> {
    let publication = &reference.publication;
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
        Fact {
            words,
            url: licence.and_then(|licence| licence.url.clone()),
        }
    });
    let attribution = publication
        .attribution
        .clone()
        .or_else(|| channel.ok().map(|channel| channel.attribution.clone()));
    let mut notes: Vec<&str> = publication.notes.as_deref().into_iter().collect();
    notes.extend(reference.notes.iter().map(String::as_str));
    let day =
        |when: Option<crate::figure::Version>| when.and_then(|when| Fact::words(when.to_string()));
    let address = publication.url.clone().map(|url| Fact {
        words: String::new(),
        url: Some(url),
    });
    [
        (
            "Who counted",
            Fact::words(reference.claimants_in_words().join("; ")),
        ),
        ("Published in", Fact::words(title)),
        ("Published", day(publication.published)),
        ("Retrieved", day(publication.retrieved)),
        (
            "Relayed by",
            Fact::words(publication.relayed_by.join(", then ")),
        ),
        ("Address", address),
        ("Licence", terms),
        ("Attribution", attribution.and_then(Fact::words)),
        ("Notes", Fact::words(notes.join("; "))),
        ("Figures", Fact::words(runs(&reference.figures))),
        ("Key in `humstat cite`", Fact::words(reference.key.clone())),
    ]
    .into_iter()
    .filter_map(|(what, said)| Some((what, said?)))
    .collect()
}

/// Figures by name, runs of three and more by their ends: "f3, f198–f202".
pub fn runs<'f>(figures: impl IntoIterator<Item = &'f FigureId>) -> String {
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
    for letter in one_line(text).chars() {
        match letter {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' => {
                out.push('\\');
                out.push(letter);
            }
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
        let of = |ids: &[i64]| runs(&ids.iter().map(|id| FigureId(*id)).collect::<Vec<_>>());
        assert_eq!(of(&[198, 199, 200, 201, 202]), "f198–f202");
        assert_eq!(of(&[3, 4, 7, 9, 10, 11]), "f3, f4, f7, f9–f11");
        assert_eq!(of(&[]), "");
    }

    #[test]
    fn no_limit_is_said_too() {
        assert_eq!(in_words(&Selection::default()), "all that the ledger holds");
    }
}
