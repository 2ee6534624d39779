//! Drafting a mapping as TOML: every guess with its reason, every gap with its question.

use std::collections::{BTreeMap, BTreeSet};

use super::categories::{self, Category};
use super::columns::{self, Column, with};
use super::decimal::Marks;
use super::figures::Figures;
use super::names::{self, Part};
use super::places;
use super::sample::Sample;
use super::time;
use super::toml_text::{UNSAID, comment, inline, list, quoted, shown};
use super::values::{self, Beside};
use crate::figure::counted;
use crate::vocabulary;

/// The lines of a draft.
#[derive(Debug, Default)]
pub(super) struct Draft {
    text: String,
}

impl Draft {
    /// A line of words.
    pub(super) fn note(&mut self, text: &str) {
        self.line(&format!("# {}", comment(text)));
    }

    /// The head of a part, with an empty line before it.
    pub(super) fn part(&mut self, head: &str) {
        self.line("");
        self.line(head);
    }

    /// A key that was guessed, with the reason.
    pub(super) fn guess(&mut self, key: &str, value: &str, why: &str) {
        self.line(&format!("{key} = {value}  # guessed: {}", comment(why)));
    }

    /// A key that a person has to complete: its value holds a `"?"`.
    pub(super) fn ask(&mut self, key: &str, value: &str, question: &str) {
        self.line(&format!("{key} = {value}  # say {}", comment(question)));
    }

    /// A key that was guessed or asks, as the flag says, with the reason or the question.
    pub(super) fn say(&mut self, key: &str, value: &str, (is_open, why): (bool, String)) {
        if is_open {
            self.ask(key, value, &why);
        } else {
            self.guess(key, value, &why);
        }
    }

    /// A key that needs no words.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// Drafts a mapping for a table.
///
/// It is valid TOML. As long as a value in it says `"?"`, [`Mapping::parse`](crate::table::Mapping::parse)
/// refuses it and names the key.
pub fn draft(sample: &Sample<'_>) -> String {
    let marks = Marks::of(sample);
    let columns = columns::of(sample, marks.told());
    let location = places::location(&columns, sample);
    let when = time::of(&columns);
    let mut narrowers = categories::narrowers(&columns);
    let mut indicator = categories::indicator(&columns);
    if values::say_what_they_count(&columns) {
        // The numbers say what they count, so the groups of people narrow them.
        narrowers.extend(indicator.take().and_then(|_| categories::groups(&columns)));
    }
    let values = values::of(
        &columns,
        &Beside {
            indicator: indicator.is_some(),
            period: when.is_some(),
            location: location.is_some(),
        },
    );
    let figures = Figures {
        sample,
        marks,
        columns: &columns,
        origin: places::origin(&columns, sample),
        location,
        when,
        indicator,
        narrowers,
        values,
    };
    let mut draft = Draft::default();
    head(&mut draft, sample);
    publication(&mut draft, sample, &figures);
    table(&mut draft, sample, &figures);
    figures.draft(&mut draft);
    draft.text
}

fn head(draft: &mut Draft, sample: &Sample<'_>) {
    draft.note(&format!(
        "A draft for {}: {}, {}. A line that was guessed gives its reason; check it.",
        sample.file,
        counted(sample.form.rows, "row", "rows"),
        counted(sample.header.len(), "column", "columns"),
    ));
    draft.note("A value \"?\" is for you to say: the mapping is refused until none is left.");
}

fn publication(draft: &mut Draft, sample: &Sample<'_>, figures: &Figures<'_>) {
    draft.part("[publication]");
    draft.ask(
        "channel",
        UNSAID,
        "in which line of publication: who, a slash and what, such as \"unhcr/odp\"",
    );
    match &sample.form.title {
        Some(title) => draft.guess("title", &quoted(title), "the words above the header"),
        None => draft.guess("title", &quoted(sample.file), "the name of the file"),
    }
    let published = with(figures.columns, Part::Published).find(|column| {
        let is_period = figures
            .when
            .as_ref()
            .is_some_and(|when| when.uses(column.name));
        !is_period && super::dates::of(&column.profile).is_some()
    });
    match published {
        Some(column) => draft.guess(
            "published",
            &inline([("column", quoted(column.name))]),
            "its name; each date is a publication of its own",
        ),
        None => draft.note("published = \"2022-03-08\"  # say when here, or with --published"),
    }
    draft.ask(
        "licence",
        UNSAID,
        "on what terms, such as \"CC-BY-4.0\"; `humstat sources` lists them",
    );
    if let Some(column) = with(figures.columns, Part::Url).next() {
        draft.note(&format!(
            "url = {}  # its name; every address would be a publication of its own, here {}",
            inline([("column", quoted(column.name))]),
            column.profile.values.len()
        ));
    }
}

fn table(draft: &mut Draft, sample: &Sample<'_>, figures: &Figures<'_>) {
    let form = &sample.form;
    let mut lines = Vec::new();
    if let Some(path) = &form.path {
        let why = "the list that was read; the file holds others".to_owned();
        lines.push(("path", quoted(path), why));
    }
    if let Some(rows) = form.header_value() {
        let why = match form.header.len() {
            1 => "the first row that is as wide as the table and holds words",
            _ => "the first row calls columns alike that the second tells apart",
        };
        lines.push(("header", rows, why.to_owned()));
    }
    if let Some(first) = form.first {
        let why = "a row of HXL tags lies between".to_owned();
        lines.push(("first", first.to_string(), why));
    }
    let (does_not_apply, missing): (Vec<&str>, Vec<&str>) =
        values::missing(figures.columns, &figures.values)
            .into_iter()
            .partition(|text| names::is_in("not_applicable", text));
    if !missing.is_empty() {
        let texts = std::iter::once("").chain(missing);
        let why = "what stands where a number is missing".to_owned();
        lines.push(("null", list(texts), why));
    }
    if !does_not_apply.is_empty() {
        let why = "what stands where no number can be".to_owned();
        lines.push(("not_applicable", list(does_not_apply), why));
    }
    let totals = totals(figures.columns);
    if !totals.is_empty() {
        let rows: usize = totals.values().sum();
        let why = format!("in {}", counted(rows, "row", "rows"));
        lines.push(("totals", list(totals.into_keys()), why));
    }
    let decimal = figures.marks.said();
    if lines.is_empty() && decimal.is_none() {
        return;
    }
    draft.part("[table]");
    for (key, value, why) in lines {
        draft.guess(key, &value, &why);
    }
    if let Some((value, words)) = decimal {
        draft.say("decimal", &value, words);
    }
}

/// Names of rows that add up others, with how many rows they have.
fn totals<'c>(columns: &'c [Column<'_>]) -> BTreeMap<&'c str, usize> {
    let mut totals = BTreeMap::new();
    let is_category = |column: &&Column<'_>| {
        matches!(
            column.says.part,
            Some(Part::Sex | Part::Age | Part::Indicator)
        )
    };
    for column in columns.iter().filter(|column| !is_category(column)) {
        for (text, count) in &column.profile.values {
            if names::is_in("totals", text) {
                *totals.entry(*text).or_default() += count;
            }
        }
    }
    totals
}

/// Who counts, where a column of sources names organisations.
pub(super) fn claimants<'c>(columns: &'c [Column<'_>]) -> Option<Category<'c>> {
    const MOST: usize = 8;
    let column = with(columns, Part::Claimant).next()?;
    let category = Category::new(column, |text| organisation(text).map(ToOwned::to_owned));
    let known: BTreeSet<_> = category
        .codes
        .iter()
        .filter(|(_, word)| word.is_some())
        .collect();
    (!known.is_empty() && category.codes.len() <= MOST).then_some(category)
}

/// The organisation that a text names, or names first: "UNHCR, Government".
fn organisation(text: &str) -> Option<&'static str> {
    let first = text.split([',', ';', '/']).next().unwrap_or(text).trim();
    vocabulary::organisations()
        .find(|organisation| {
            [&organisation.code, &organisation.name]
                .into_iter()
                .chain(&organisation.also)
                .any(|name| name.eq_ignore_ascii_case(first))
        })
        .map(|organisation| organisation.code.as_str())
}

/// Columns that no line of the draft speaks of, for the last words.
pub(super) fn unused<'c>(columns: &'c [Column<'_>], text: &Draft) -> Vec<&'c str> {
    columns
        .iter()
        .filter(|column| {
            let is_category = (2..=12).contains(&column.profile.values.len());
            let is_text = !column.profile.is_numeric() && column.says.part.is_none();
            is_category && is_text && !text.text.contains(&quoted(column.name))
        })
        .map(|column| column.name)
        .collect()
}

/// Names in a row of words: "`a`, `b`".
pub(super) fn names_of(columns: &[&str]) -> String {
    let names: Vec<String> = columns.iter().map(|name| shown(name)).collect();
    names.join(", ")
}
