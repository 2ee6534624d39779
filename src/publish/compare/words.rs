//! A comparison as sentences, and what stands beside it in words.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::sentence::{day, day_in, lower_first, when};
use super::difference::days_in_words;
use super::{Comparison, Group, Voice, What, days};
use crate::figure::{Measure, PlaceId, Series, Unit, grouped};
use crate::ledger::Figures;
use crate::place::{self, Kind};
use crate::vocabulary::{self, Subject};

/// How many voices or indicators a message names.
const SHOWN: usize = 12;

impl Comparison<'_> {
    /// A sentence for each thing, a line each.
    pub fn sentences(&self) -> String {
        self.groups
            .iter()
            .map(|group| group.sentence(self.at) + "\n")
            .collect()
    }
}

impl Group<'_> {
    /// "For 2 March 2022, crossings from Ukraine into Poland since 24 February: UNHCR (unhcr/odp)
    /// 547,982; UNHCR through ABC News about 453,000; the second is 0.83 of the first."
    pub fn sentence(&self, at: Option<NaiveDate>) -> String {
        let Some(reference) = self.voices.first() else {
            return String::new();
        };
        let lead = match at {
            Some(at) => format!("By {}", day(at)),
            None => lead(reference),
        };
        let said: Vec<String> = self
            .voices
            .iter()
            .map(|voice| voice.said(at.is_some()))
            .collect();
        let ratios: Vec<String> = self
            .voices
            .iter()
            .enumerate()
            .skip(1)
            .filter_map(|(index, voice)| Some((ordinal(index), ratio_words(voice.ratio?))))
            .enumerate()
            .map(|(position, (which, ratio))| {
                let verb = if position == 0 { " is" } else { "" };
                format!("the {which}{verb} {ratio}")
            })
            .collect();
        let ratios = match ratios.as_slice() {
            [] => String::new(),
            [one] => format!("; {one} of the first"),
            [rest @ .., last] => format!("; {} and {last} of the first", rest.join(", ")),
        };
        let topic = topic(reference.series, reference.row.period.end);
        format!("{lead}, {topic}: {}{ratios}.", said.join("; "))
    }
}

/// The days of a thing: "For 2 March 2022", "For 2024".
fn lead(voice: &Voice<'_>) -> String {
    let words = when(voice.series.measure, voice.row.period);
    ["As of ", "On ", "In "]
        .iter()
        .find_map(|prefix| words.strip_prefix(prefix))
        .map_or_else(
            || format!("For the days {}", lower_first(&words)),
            |rest| format!("For {rest}"),
        )
}

/// What a series counts, as a noun: "crossings from Ukraine into Poland since 24 February". The year
/// of a first day is left out where it is that of the day given.
pub(in crate::publish) fn topic(series: &Series, beside: NaiveDate) -> String {
    let place = |id: Option<&PlaceId>| {
        let place = place::place(id?)?;
        (place.kind != Kind::World).then(|| place.in_text())
    };
    let (origin, location) = (
        place(series.origin.as_ref()),
        place(series.location.as_ref()),
    );
    let mut text = match vocabulary::indicator(&series.indicator) {
        Ok(indicator) => {
            let clause = indicator.clause(&Subject {
                one: false,
                measure: series.measure,
                unit: series.unit,
                breakdown: &series.breakdown,
                origin: origin.as_deref(),
                location: location.as_deref(),
            });
            // "civilians had been killed in Ukraine" is a sentence, "civilians killed …" a noun.
            let noun = [" had been ", " were ", " had "]
                .iter()
                .find(|verb| clause.text.contains(**verb))
                .map_or(clause.text.clone(), |verb| {
                    clause.text.replacen(verb, " ", 1)
                });
            let noun = noun.strip_suffix(" recorded").unwrap_or(&noun).to_owned();
            if clause.unsaid.is_empty() {
                noun
            } else {
                format!("{noun} ({})", clause.unsaid.join("; "))
            }
        }
        Err(_) => series.indicator.replace('_', " "),
    };
    if let Some(since) = series
        .since
        .filter(|_| series.measure == Measure::Cumulative)
    {
        text.push_str(&format!(" since {}", day_in(since, beside)));
    }
    text
}

impl Voice<'_> {
    /// Who says how many: "UNHCR through ABC News about 453,000".
    fn said(&self, with_day: bool) -> String {
        let claimant = &self.series.claimant;
        let who = match self.publication.relayed_by.as_slice() {
            [] => format!("{claimant} ({})", self.series.channel),
            relayers => format!("{claimant} through {}", relayers.join(" and ")),
        };
        let quantity = &self.row.quantity;
        let money = if self.series.unit == Unit::UsDollars {
            "US$"
        } else {
            ""
        };
        let mut asides: Vec<String> = Vec::new();
        if let (Some(_), Some(low), Some(high)) = (quantity.value, quantity.low, quantity.high) {
            asides.push(format!("between {} and {}", grouped(low), grouped(high)));
        }
        let differs = self
            .differences
            .iter()
            .any(|found| found.what == What::Days);
        if with_day && !differs {
            asides.push(format!("of {}", days_in_words(days(self.series, self.row))));
        }
        asides.extend(
            self.differences
                .iter()
                .filter(|found| found.forbids_ratio() && found.what != What::Bound)
                .map(|found| found.text.clone()),
        );
        if self.stale == Some(true) {
            asides.push("stale".to_owned());
        }
        let asides = if asides.is_empty() {
            String::new()
        } else {
            format!(" ({})", asides.join("; "))
        };
        format!("{who} {money}{quantity}{asides}")
    }
}

/// A ratio as a sentence says it.
fn ratio_words(ratio: f64) -> String {
    if ratio < 0.01 {
        "less than 0.01".to_owned()
    } else {
        format!("{ratio:.2}")
    }
}

/// The place in a list: "second".
fn ordinal(index: usize) -> String {
    const WORDS: [&str; 8] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth",
    ];
    WORDS.get(index).map_or_else(
        || format!("one in place {}", index + 1),
        |word| (*word).to_owned(),
    )
}

/// The voices of figures, for a message that nothing can be compared: "UNHCR (unhcr/odp) on
/// border_crossings, 2022-03-01 to 2022-09-06".
pub fn voices(figures: &Figures) -> String {
    let mut found: BTreeMap<(&str, &str, &str), (NaiveDate, NaiveDate)> = BTreeMap::new();
    for row in &figures.rows {
        let series = &figures.series[row.series];
        let (first, last) = found
            .entry((&series.claimant, &series.channel, &series.indicator))
            .or_insert((row.period.end, row.period.end));
        *first = (*first).min(row.period.end);
        *last = (*last).max(row.period.end);
    }
    let mut words: Vec<String> = found
        .iter()
        .map(|((claimant, channel, indicator), (first, last))| {
            let days = if first == last {
                first.to_string()
            } else {
                format!("{first} to {last}")
            };
            format!("{claimant} ({channel}) on {indicator}, {days}")
        })
        .collect();
    let more = words.len().saturating_sub(SHOWN);
    words.truncate(SHOWN);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    words.join("; ")
}

/// Indicators beside those that are compared which may count the same people in the same places,
/// with their voices: named, not compared.
pub fn overlapping(comparison: &Comparison<'_>, all: &Figures) -> Vec<String> {
    type Places<'p> = (Option<&'p PlaceId>, Option<&'p PlaceId>);
    let mut compared: BTreeMap<Places<'_>, BTreeSet<&str>> = BTreeMap::new();
    for Group { thing, .. } in &comparison.groups {
        compared
            .entry((thing.origin.as_ref(), thing.location.as_ref()))
            .or_default()
            .insert(&thing.indicator);
    }
    let mut found: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    let with_rows: BTreeSet<usize> = all.rows.iter().map(|row| row.series).collect();
    for series in with_rows.into_iter().map(|index| &all.series[index]) {
        let places = (series.origin.as_ref(), series.location.as_ref());
        for thing in compared.get(&places).into_iter().flatten() {
            if *series.indicator != **thing
                && vocabulary::may_overlap(&series.indicator, thing).unwrap_or(false)
            {
                found
                    .entry((thing, &series.indicator))
                    .or_default()
                    .insert(format!("{}, {}", series.claimant, series.channel));
            }
        }
    }
    found
        .into_iter()
        .take(SHOWN)
        .map(|((compared, other), voices)| {
            let voices: Vec<String> = voices.into_iter().take(SHOWN).collect();
            format!(
                "{other} ({}) may count the same people as {compared}; another indicator, so it is not compared",
                voices.join("; ")
            )
        })
        .collect()
}
