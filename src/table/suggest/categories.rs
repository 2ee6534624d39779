//! Columns whose texts are words of our vocabulary: what is counted, and what narrows it.

use super::columns::Column;
use super::names::{self, Part};
use super::toml_text::{UNSAID, inline, quoted, shown};
use crate::figure::Measure;
use crate::vocabulary::{self, Dimension};

/// Texts that a column of categories may have; more are free text.
const MOST: usize = 40;

/// A column of categories, and the word of ours for each of its texts.
#[derive(Debug, Clone)]
pub(super) struct Category<'c> {
    /// Name of the column.
    pub(super) column: &'c str,
    /// Its texts with our words; none where no word fits.
    pub(super) codes: Vec<(&'c str, Option<String>)>,
    /// Whether the texts are the words themselves.
    is_ours: bool,
}

/// A column that narrows the figures, by its dimension.
#[derive(Debug, Clone)]
pub(super) struct Narrower<'c> {
    pub(super) dimension: &'static str,
    pub(super) category: Category<'c>,
}

impl<'c> Category<'c> {
    pub(super) fn new(column: &'c Column<'_>, word: impl Fn(&str) -> Option<String>) -> Self {
        let empty = (column.profile.empty > 0).then_some("");
        let texts = empty
            .into_iter()
            .chain(column.profile.values.keys().copied());
        let codes: Vec<(&str, Option<String>)> = texts.map(|text| (text, word(text))).collect();
        Self {
            column: column.name,
            is_ours: codes
                .iter()
                .all(|(text, word)| word.as_deref() == Some(text)),
            codes,
        }
    }

    fn known(&self) -> usize {
        self.codes.iter().filter(|(_, word)| word.is_some()).count()
    }

    /// The column as the source of a part of a figure, with the texts that are wanted.
    pub(super) fn source(&self, wanted: impl Fn(&str) -> bool) -> String {
        let column = ("column", quoted(self.column));
        if self.is_ours {
            return inline([column]);
        }
        let codes = self
            .codes
            .iter()
            .filter(|(text, _)| wanted(text))
            .map(|(text, word)| {
                (
                    *text,
                    word.as_deref().map_or_else(|| UNSAID.to_owned(), quoted),
                )
            });
        inline([column, ("codes", inline(codes))])
    }

    /// The texts that no word was found for.
    fn unknown(&self) -> Vec<String> {
        self.codes
            .iter()
            .filter(|(_, word)| word.is_none())
            .map(|(text, _)| shown(text))
            .collect()
    }

    /// The evidence, or the question where a text has no word yet; the flag tells which.
    pub(super) fn why(&self, kind: &str) -> (bool, String) {
        let unknown = self.unknown();
        if unknown.is_empty() {
            let count = self.codes.len();
            (false, format!("all {count} texts are known {kind}"))
        } else {
            (
                true,
                format!("which {kind} {} stand for", unknown.join(", ")),
            )
        }
    }
}

/// The column whose texts say what is counted.
pub(super) fn indicator<'c>(columns: &'c [Column<'_>]) -> Option<Category<'c>> {
    let word = |text: &str| {
        let count = names::read(text).count;
        let is_plain = count.is_whole && count.breakdown.is_empty() && count.cumulative.is_none();
        count.indicator.filter(|_| is_plain)
    };
    let of = |column: &'c Column<'_>| {
        let category = may_be_category(column).then(|| Category::new(column, word))?;
        // A column that is not called so has to consist of such words.
        let enough = match column.says.part {
            Some(Part::Indicator) => 1,
            None => category.codes.len(),
            _ => return None,
        };
        (category.known() >= enough.max(1) && category.known() * 2 >= category.codes.len())
            .then_some(category)
    };
    let named = |wanted: bool| {
        columns
            .iter()
            .filter(move |column| (column.says.part == Some(Part::Indicator)) == wanted)
            .find_map(of)
    };
    named(true).or_else(|| named(false))
}

/// The column of population groups, where it does not say what is counted but of whom.
pub(super) fn groups<'c>(columns: &'c [Column<'_>]) -> Option<Narrower<'c>> {
    let dimension = vocabulary::dimension("group").ok()?;
    let word = |text: &str| {
        let counted = names::read(text).count.indicator;
        let known = counted.filter(|code| dimension.get(code).is_some());
        known.or_else(|| code(dimension, text))
    };
    columns
        .iter()
        .filter(|column| column.says.part == Some(Part::Indicator) && may_be_category(column))
        .map(|column| Category::new(column, word))
        .find(|category| category.known() * 2 >= category.codes.len())
        .map(|category| Narrower {
            dimension: &dimension.code,
            category,
        })
}

/// The columns that narrow the figures: sex, age, and dimensions that a column is called by.
pub(super) fn narrowers<'c>(columns: &'c [Column<'_>]) -> Vec<Narrower<'c>> {
    let mut found: Vec<Narrower<'c>> = Vec::new();
    for column in columns {
        let Some(dimension) = dimension_of(column).filter(|_| may_be_category(column)) else {
            continue;
        };
        let category = Category::new(column, |text| code(dimension, text));
        let is_taken = found.iter().any(|other| other.dimension == dimension.code);
        if !is_taken && category.known() * 2 >= category.codes.len() {
            found.push(Narrower {
                dimension: &dimension.code,
                category,
            });
        }
    }
    found
}

fn may_be_category(column: &Column<'_>) -> bool {
    let profile = &column.profile;
    (1..=MOST).contains(&profile.values.len()) && !profile.is_numeric()
}

/// The dimension that a column is called by.
fn dimension_of(column: &Column<'_>) -> Option<&'static Dimension> {
    let code = match column.says.part {
        Some(Part::Sex) => "sex".to_owned(),
        Some(Part::Age) => "age".to_owned(),
        None => crate::place::normalised(column.name).replace(' ', "_"),
        Some(_) => return None,
    };
    let without_kind = code
        .strip_suffix("_code")
        .or_else(|| code.strip_suffix("_type"))
        .unwrap_or(&code);
    vocabulary::dimension(&code)
        .or_else(|_| vocabulary::dimension(without_kind))
        .ok()
        // A key that stands in one row only narrows nothing that a table can tell.
        .filter(|dimension| dimension.code != "event")
}

/// The code for a text in a dimension; empty for "all" and for an empty cell, which narrow nothing.
fn code(dimension: &Dimension, text: &str) -> Option<String> {
    if text.is_empty() {
        return Some(String::new());
    }
    if dimension.get(text).is_some() {
        return Some(text.to_owned());
    }
    if names::is_in("all", text) {
        return Some(String::new());
    }
    let listed = dimension.codes.iter().find(|listed| {
        listed.label.eq_ignore_ascii_case(text) || listed.code.eq_ignore_ascii_case(text)
    });
    if let Some(listed) = listed {
        return Some(listed.code.clone());
    }
    let count = names::read(text).count;
    if let Some(code) = count
        .breakdown
        .get(&dimension.code)
        .filter(|_| count.is_whole)
    {
        return Some(code.clone());
    }
    dimension.check(text).is_ok().then(|| text.to_owned())
}

/// Texts of a column of indicators, parted by the measure that each most often has.
pub(super) fn by_measure<'c>(category: &Category<'c>) -> Vec<(Measure, Vec<&'c str>)> {
    let mut parts: Vec<(Measure, Vec<&str>)> = Vec::new();
    for (text, word) in &category.codes {
        let measure = word
            .as_deref()
            .and_then(|code| vocabulary::indicator(code).ok())
            .map_or(Measure::Stock, |indicator| indicator.measure);
        match parts.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, texts)) => texts.push(text),
            None => parts.push((measure, vec![text])),
        }
    }
    parts
}
