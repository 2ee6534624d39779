//! The words of the field as data: what is counted, what narrows it, who counts, where it is
//! published, and on what terms.
//!
//! The words are TOML files, compiled in and checked by tests. Each is parsed once, when its first
//! word is asked for: a command that needs no licences does not pay for them. Lists keep the order
//! of the files.

mod asked_source;
mod dimension;
mod indicator;
mod list;
mod phrase;
mod source;
#[cfg(test)]
mod tests;

pub use asked_source::{AskedSource, SourceKey};
pub use dimension::{Code, Dimension};
pub use indicator::Indicator;
pub use list::UnknownWord;
pub use phrase::{Clause, Subject};
pub use source::{Channel, ChannelKind, Licence, Organisation, first_mid_year};

use chrono::NaiveDate;

use list::{Word, compiled_in};

use crate::figure::Breakdown;

compiled_in!(indicator_list, Indicator, "indicators.toml");
compiled_in!(dimension_list, Dimension, "dimensions.toml");
compiled_in!(organisation_list, Organisation, "organisations.toml");
compiled_in!(channel_list, Channel, "channels.toml");
compiled_in!(licence_list, Licence, "licences.toml");
compiled_in!(asked_source_list, AskedSource, "sources.toml");

/// The indicator with a code.
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn indicator(code: &str) -> Result<&'static Indicator, UnknownWord> {
    indicator_list().get(code)
}

/// Every indicator.
pub fn indicators() -> impl Iterator<Item = &'static Indicator> {
    indicator_list().iter()
}

/// The dimension of a breakdown with a code.
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn dimension(code: &str) -> Result<&'static Dimension, UnknownWord> {
    dimension_list().get(code)
}

/// Every dimension.
pub fn dimensions() -> impl Iterator<Item = &'static Dimension> {
    dimension_list().iter()
}

/// The organisation with a code. Claimants need not be listed: a ministry that no one foresaw is a
/// claimant too.
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn organisation(code: &str) -> Result<&'static Organisation, UnknownWord> {
    organisation_list().get(code)
}

/// How a claimant is named in text: by its code where that is what people say (UNHCR), else by its name.
pub fn claimant_name(code: &str) -> &str {
    match organisation(code) {
        Ok(organisation) if code.contains('_') => &organisation.name,
        _ => code,
    }
}

/// Every organisation.
pub fn organisations() -> impl Iterator<Item = &'static Organisation> {
    organisation_list().iter()
}

/// The channel with a code. Channels need not be listed either; see [`channel_kind`].
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn channel(code: &str) -> Result<&'static Channel, UnknownWord> {
    channel_list().get(code)
}

/// Every channel.
pub fn channels() -> impl Iterator<Item = &'static Channel> {
    channel_list().iter()
}

/// The days on which year-end figures took the place of mid-year ones in a channel; none for one that is
/// not listed.
pub fn year_ends(code: &str) -> &'static [NaiveDate] {
    let Ok(known) = channel(code) else {
        return &[];
    };
    let releases = known.released_with.as_deref().map(channel);
    releases
        .and_then(Result::ok)
        .map_or(&known.year_ends, |other| &other.year_ends)
}

/// The licence with a code, or with one of the spellings that sources use (`CC BY-IGO`).
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn licence(code: &str) -> Result<&'static Licence, UnknownWord> {
    licence_list().get(code).or_else(|unknown| {
        let has_spelling = |licence: &&Licence| {
            let mut spellings = std::iter::once(&licence.code).chain(&licence.also);
            spellings.any(|spelling| spelling.eq_ignore_ascii_case(code.trim()))
        };
        licences().find(has_spelling).ok_or(unknown)
    })
}

/// Every licence.
pub fn licences() -> impl Iterator<Item = &'static Licence> {
    licence_list().iter()
}

/// The source with a code that `humstat ingest` asks over the network.
///
/// # Errors
/// When there is none, with the nearest codes.
pub fn asked_source(code: &str) -> Result<&'static AskedSource, UnknownWord> {
    asked_source_list().get(code)
}

/// Every source that `humstat ingest` asks over the network.
pub fn asked_sources() -> impl Iterator<Item = &'static AskedSource> {
    asked_source_list().iter()
}

/// The key that stands in an environment variable.
///
/// # Errors
/// When no source asks for a key in it, with the nearest variables.
pub fn key_variable(variable: &str) -> Result<&'static SourceKey, UnknownWord> {
    let keys = || asked_sources().flat_map(|source| &source.keys);
    let found = keys().find(|key| key.variable == variable);
    found.ok_or_else(|| {
        let known = keys().map(|key| key.variable.as_str());
        UnknownWord::new("key", variable, known)
    })
}

/// Whether a channel publishes tables or prose. A channel that is not listed is a dataset, unless
/// it starts with `press/`.
pub fn channel_kind(code: &str) -> ChannelKind {
    match channel(code) {
        Ok(channel) => channel.kind,
        Err(_) if source::is_press(code) => ChannelKind::Prose,
        Err(_) => ChannelKind::Dataset,
    }
}

/// Which of two channels is shown where both speak of one thing: the higher rank. Every dataset
/// ranks above all prose; among equals the caller keeps the order of their codes.
pub fn channel_rank(code: &str) -> u8 {
    match channel(code) {
        Ok(channel) => channel.priority,
        Err(_) if source::is_press(code) => source::PRESS_PRIORITY,
        Err(_) => source::UNLISTED_PRIORITY,
    }
}

/// Whether two indicators may count the same people, so that they are never added without a reason:
/// they are the same, one is made up of the other, or they are said to overlap.
///
/// # Errors
/// When one of them is not known.
pub fn may_overlap(left: &str, right: &str) -> Result<bool, UnknownWord> {
    let (left, right) = (indicator(left)?, indicator(right)?);
    Ok(left.code == right.code
        || left.contains(&right.code)
        || right.contains(&left.code)
        || left.overlaps.contains(&right.code)
        || right.overlaps.contains(&left.code))
}

/// Checks that every dimension of a breakdown is known, and every code of a closed dimension.
///
/// # Errors
/// The first word that is not known, with the nearest ones.
pub fn check_breakdown(breakdown: &Breakdown) -> Result<(), UnknownWord> {
    breakdown
        .iter()
        .try_for_each(|(code, value)| dimension(code)?.check(value))
}

/// A word of any list that matches a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which list it is in: `indicator`, `dimension`, `organisation`, `channel` or `licence`.
    pub kind: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Its label, name or title.
    pub label: &'static str,
}

/// Words with the text in a code, label, definition or other spelling, in any case: whole codes
/// and spellings first, then in the order of lists and files.
pub fn search(text: &str) -> Vec<Found> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    collect(indicators(), &wanted, &mut found);
    collect(dimensions(), &wanted, &mut found);
    collect(organisations(), &wanted, &mut found);
    collect(channels(), &wanted, &mut found);
    collect(licences(), &wanted, &mut found);
    found.sort_by_key(|&(is_whole, _)| !is_whole);
    found.into_iter().map(|(_, found)| found).collect()
}

/// Adds what matches, and whether it matches as a whole.
fn collect<T: Word + 'static>(
    words: impl Iterator<Item = &'static T>,
    wanted: &str,
    found: &mut Vec<(bool, Found)>,
) {
    for word in words {
        let mut texts = word.texts();
        texts.push(word.code());
        texts.push(word.label());
        let lower: Vec<String> = texts.into_iter().map(str::to_lowercase).collect();
        if lower.iter().any(|text| text.contains(wanted)) {
            let entry = Found {
                kind: T::KIND,
                code: word.code(),
                label: word.label(),
            };
            found.push((lower.iter().any(|text| text == wanted), entry));
        }
    }
}
