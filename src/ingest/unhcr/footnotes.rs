//! UNHCR's footnotes: of which years, population types and countries each speaks.

use std::ops::RangeInclusive;

use serde::Deserialize;

use crate::figure::PlaceId;
use crate::place::{self, PlaceError, Scheme};
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

impl Item {
    /// The indicators of its population types: none at all where it names no types, and nothing where
    /// those that it names are of other tables.
    fn indicators(&self) -> Option<Vec<String>> {
        let text = self.population_type.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return Some(Vec::new());
        }
        let known = |code: &str| {
            let found = POPULATION_TYPES.iter().find(|(known, _)| *known == code);
            found.map(|(_, indicator)| (*indicator).to_owned())
        };
        let indicators: Vec<String> = text.split(',').map(str::trim).filter_map(known).collect();
        (!indicators.is_empty()).then_some(indicators)
    }

    /// The footnote; none where no figure can be what it speaks of.
    fn footnote(&self) -> Option<Footnote> {
        let words: Vec<&str> = self.footnote.split_whitespace().collect();
        Some(Footnote {
            text: words.join(" "),
            years: self.year.spans(),
            indicators: self.indicators()?,
            origin: country(self.coo_iso.as_deref()).ok()?,
            location: country(self.coa_iso.as_deref()).ok()?,
        })
    }
}

/// The country of a code; none where any is meant.
///
/// # Errors
/// When the code is of no place, so that no figure is of it.
fn country(code: Option<&str>) -> Result<Option<PlaceId>, PlaceError> {
    let code = code.unwrap_or_default().trim();
    if matches!(code, "" | "-") {
        return Ok(None);
    }
    place::resolve(Scheme::UnhcrIso3, code).map(|place| Some(place.id.clone()))
}

/// The footnotes of an answer; none where it is another one.
pub(super) fn read(answer: &[u8]) -> Option<Vec<Footnote>> {
    let Envelope { items } = serde_json::from_slice(answer).ok()?;
    if items.is_empty() {
        return None;
    }
    Some(items.iter().filter_map(Item::footnote).collect())
}

/// The columns of footnotes in a file of the download page.
const COLUMNS: [&str; 5] = [
    "Footnote",
    "Year",
    "Country of origin (ISO)",
    "Country of asylum (ISO)",
    "Population type",
];

/// The footnotes of a file of the download page; none where it is another one.
pub(super) fn read_csv(text: &str) -> Option<Vec<Footnote>> {
    let text = text.trim_start_matches('\u{feff}');
    if !text.starts_with(COLUMNS[0]) && !text.starts_with("\"Footnote") {
        return None;
    }
    let mut rows = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = rows.headers().ok()?.clone();
    let place = |name: &str| header.iter().position(|cell| cell.trim() == name);
    let [note, year, origin, location, types] = COLUMNS.map(place);
    let (note, year) = (note?, year?);
    let mut footnotes = Vec::new();
    for row in rows.records().filter_map(Result::ok) {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(ToOwned::to_owned);
        let item = Item {
            footnote: cell(Some(note)).unwrap_or_default(),
            year: Year::Text(cell(Some(year)).unwrap_or_default()),
            population_type: cell(types),
            coo_iso: cell(origin),
            coa_iso: cell(location),
        };
        footnotes.extend(item.footnote());
    }
    Some(footnotes)
}
