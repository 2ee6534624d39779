//! UNHCR's footnotes: of which years, population types and countries each speaks.

use std::ops::RangeInclusive;

use serde::Deserialize;

use crate::figure::PlaceId;
use crate::place::{self, Scheme};
use crate::table::Footnote;

/// UNHCR's codes of population types, with what each counts. Footnotes on others speak of other tables.
const POPULATION_TYPES: [(&str, &str); 11] = [
    ("REF", "refugees"),
    ("ROC", "refugees"),
    ("ASY", "asylum_seekers"),
    ("OIP", "other_in_need_of_protection"),
    ("IDP", "idps"),
    ("IOC", "idps"),
    ("STA", "stateless"),
    ("OOC", "others_of_concern"),
    ("HST", "host_community"),
    ("RET", "refugee_returns"),
    ("RDP", "idp_returns"),
];

/// What stands around footnotes.
#[derive(Deserialize)]
struct Envelope {
    items: Vec<Item>,
}

/// A footnote as the API sends it.
#[derive(Deserialize)]
struct Item {
    footnote: String,
    /// Years and spans of years in words: `2021, 2023 - 2025`.
    year: Year,
    /// Codes of population types, parted by commas.
    population_type: Option<String>,
    coo_iso: Option<String>,
    coa_iso: Option<String>,
}

/// Years in words, or one as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Year {
    Number(i32),
    Text(String),
}

impl Year {
    /// The spans of years. Where they cannot be told there are none, which stands for all years: a
    /// caveat too many is better than one too few.
    fn spans(&self) -> Vec<RangeInclusive<i32>> {
        match self {
            Self::Number(year) => vec![*year..=*year],
            Self::Text(text) => {
                let spans: Option<Vec<_>> = text.split(',').map(span).collect();
                spans.unwrap_or_default()
            }
        }
    }
}

/// A year, or the first and the last of a span.
fn span(text: &str) -> Option<RangeInclusive<i32>> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let year = |text: &str| text.trim().parse::<i32>().ok();
    Some(year(first)?..=year(last)?)
}

/// A part of what a footnote speaks of.
enum Told<T> {
    /// It is not narrowed by it.
    All,
    /// It speaks of this alone.
    Of(T),
    /// It speaks of what no figure can have.
    Unknown,
}

impl Item {
    /// The indicators of its population types.
    fn indicators(&self) -> Told<Vec<String>> {
        let text = self.population_type.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return Told::All;
        }
        let known = |code: &str| {
            let found = POPULATION_TYPES.iter().find(|(known, _)| *known == code);
            found.map(|(_, indicator)| (*indicator).to_owned())
        };
        let indicators: Vec<String> = text.split(',').map(str::trim).filter_map(known).collect();
        if indicators.is_empty() {
            Told::Unknown
        } else {
            Told::Of(indicators)
        }
    }

    /// The footnote; none where no figure can be what it speaks of.
    fn footnote(&self) -> Option<Footnote> {
        let words: Vec<&str> = self.footnote.split_whitespace().collect();
        Some(Footnote {
            text: words.join(" "),
            years: self.year.spans(),
            indicators: narrowed(self.indicators())?.unwrap_or_default(),
            origin: narrowed(country(self.coo_iso.as_deref()))?,
            location: narrowed(country(self.coa_iso.as_deref()))?,
        })
    }
}

/// What a footnote is narrowed to, if it is; nothing at all where that is unknown.
fn narrowed<T>(told: Told<T>) -> Option<Option<T>> {
    match told {
        Told::All => Some(None),
        Told::Of(what) => Some(Some(what)),
        Told::Unknown => None,
    }
}

/// The country of a code.
fn country(code: Option<&str>) -> Told<PlaceId> {
    let code = code.unwrap_or_default().trim();
    if matches!(code, "" | "-") {
        return Told::All;
    }
    place::resolve(Scheme::UnhcrIso3, code)
        .map_or(Told::Unknown, |place| Told::Of(place.id.clone()))
}

/// The footnotes of an answer; none where it is another one.
pub(super) fn read(answer: &[u8]) -> Option<Vec<Footnote>> {
    let Envelope { items } = serde_json::from_slice(answer).ok()?;
    if items.is_empty() {
        return None;
    }
    Some(items.iter().filter_map(Item::footnote).collect())
}
