//! IDMC's rules for adding up the figures of an event, by their roles.
//!
//! Of an event, its recommended figures are taken, and all of them may be added up. Where none is
//! recommended, the figures for triangulation are: of those of one place and the same days only the
//! latest, and those of different places are added. What is not taken is a cell without a number, so
//! that a figure which was taken before, while nothing was recommended, no longer counts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::Idmc;
use crate::figure::{Missing, counted};
use crate::ingest::{IngestError, whole};
use crate::ledger::{AbsentCell, AbsentCells, FigureCells, Reading};

/// The dimension that holds the number of a figure of an event.
const NUMBER: &str = "event";

/// The role of figures that check others.
const TRIANGULATION: &str = "triangulation";

/// What each figure for triangulation that counts says of itself.
const NOTE: &str = "a figure for triangulation: IDMC recommends none for this event";

/// A figure of an event, as far as the rules look at it.
#[derive(Deserialize)]
struct Figure {
    id: u64,
    role: String,
    #[serde(default)]
    iso3: String,
    /// The number of its event, which older answers lack.
    #[serde(default)]
    event_id: Option<u64>,
    #[serde(default)]
    event_name: Option<String>,
    #[serde(default)]
    centroid: Option<String>,
    #[serde(default, rename = "displacement_start_date")]
    start: Option<String>,
    #[serde(default, rename = "displacement_end_date")]
    end: Option<String>,
    #[serde(default)]
    created_at: Option<String>,
}

impl Figure {
    fn is_for_triangulation(&self) -> bool {
        self.role.trim().eq_ignore_ascii_case(TRIANGULATION)
    }

    /// What tells its event from others; an event without a name is one of its own.
    fn event(&self) -> (String, &str) {
        let name = self.event_name.as_deref().unwrap_or_default().trim();
        match (self.event_id, name) {
            (Some(number), _) => (number.to_string(), ""),
            (None, "") => (format!("figure {}", self.id), ""),
            (None, name) => (self.iso3.clone(), name),
        }
    }

    /// Where and when: figures that share both speak of the same people.
    fn place_and_days(&self) -> [&str; 3] {
        [&self.centroid, &self.start, &self.end].map(|text| text.as_deref().unwrap_or_default())
    }

    /// By which the latest is found.
    fn age(&self) -> (&str, u64) {
        (self.created_at.as_deref().unwrap_or_default(), self.id)
    }
}

/// The numbers of the figures for triangulation: those that count, and the others.
fn sorted_out(figures: &[Figure]) -> (BTreeSet<u64>, BTreeSet<u64>) {
    let recommended: BTreeSet<_> = figures
        .iter()
        .filter(|figure| !figure.is_for_triangulation())
        .map(Figure::event)
        .collect();
    let mut latest: BTreeMap<_, &Figure> = BTreeMap::new();
    let checking = || {
        figures
            .iter()
            .filter(|figure| figure.is_for_triangulation())
    };
    for figure in checking().filter(|figure| !recommended.contains(&figure.event())) {
        let known = latest
            .entry((figure.event(), figure.place_and_days()))
            .or_insert(figure);
        if known.age() < figure.age() {
            *known = figure;
        }
    }
    let counting: BTreeSet<u64> = latest.values().map(|figure| figure.id).collect();
    let others = checking().map(|figure| figure.id);
    let others = others.filter(|id| !counting.contains(id)).collect();
    (counting, others)
}

/// Applies the rules to what was read.
pub(super) fn settle(source: &Idmc, reading: &mut Reading) -> Result<(), IngestError> {
    let mut figures: Vec<Figure> = Vec::new();
    for page in &reading.captures {
        let of_page: Vec<Figure> =
            serde_json::from_slice(&whole(page)?).map_err(|error| source.unexpected(&error))?;
        figures.extend(of_page);
    }
    let (counting, others) = sorted_out(&figures);
    let numbers: Vec<Option<u64>> = reading
        .series
        .iter()
        .map(|series| series.breakdown.get(NUMBER)?.parse().ok())
        .collect();
    for publication in &mut reading.publications {
        let mut kept = FigureCells::default();
        let mut absent = AbsentCells::default();
        for cell in publication.absent.iter() {
            absent.push(cell);
        }
        for mut cell in publication.figures.iter() {
            match numbers[cell.series as usize] {
                Some(number) if others.contains(&number) => absent.push(AbsentCell {
                    series: cell.series,
                    period: cell.period,
                    missing: Missing::NotApplicable,
                    row: cell.row,
                }),
                Some(number) if counting.contains(&number) => {
                    cell.notes = Some(NOTE.into());
                    kept.push(&cell);
                }
                _ => kept.push(&cell),
            }
        }
        (publication.figures, publication.absent) = (kept, absent);
    }
    Ok(())
}

/// How many figures for triangulation were taken, and how many were passed over.
pub(super) fn remarks(reading: &Reading) -> Vec<String> {
    let publications = || reading.publications.iter();
    let taken = publications()
        .flat_map(|publication| publication.figures.iter())
        .filter(|cell| cell.notes.as_deref() == Some(NOTE));
    let passed = publications()
        .flat_map(|publication| publication.absent.iter())
        .filter(|cell| cell.missing == Missing::NotApplicable);
    let (taken, passed) = (taken.count(), passed.count());
    let mut remarks = Vec::new();
    if passed > 0 {
        remarks.push(format!(
            "passed over {}, which {} the recommended ones, or a later one of the same place and days",
            counted(passed, "figure for triangulation", "figures for triangulation"),
            if passed == 1 { "checks" } else { "check" }
        ));
    }
    if taken > 0 {
        remarks.push(format!(
            "took {} of events for which IDMC recommends none",
            counted(
                taken,
                "figure for triangulation",
                "figures for triangulation"
            )
        ));
    }
    remarks
}
