//! The ledger against a reference that keeps every publication and scans all of them.

use std::collections::BTreeMap;

use humstat::figure::{
    Absence, Breakdown, Measure, Missing, Period, PlaceId, Publication, Quantity, Scope, Series,
    Unit, Version,
};
use humstat::ledger::{
    AbsentCell, Checked, FigureCell, FigureId, FigureRow, Figures, Ledger, PublicationReading,
    Reading, Recorded, Recording, Replaced, Retracted, Selection, Versions,
};
use proptest::prelude::*;

const SERIES: u32 = 3;
const DAYS: u32 = 4;

/// What one publication says of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Number(i64),
    Absent,
}

#[derive(Debug, Clone)]
pub struct Said1 {
    version: i64,
    absence: Absence,
    /// Series that the scope covers.
    scope: Vec<u32>,
    cells: BTreeMap<(u32, u32), Said>,
}

#[derive(Debug, Clone)]
pub enum Step {
    Record(Vec<Said1>),
    RetractEntry(usize),
    RetractFigure(usize),
    Replace(usize, i64),
}

fn publications() -> impl Strategy<Value = Said1> {
    let said = prop_oneof![
        4 => (1_i64..4).prop_map(Said::Number),
        1 => Just(Said::Absent)
    ];
    let absence = prop_oneof![
        2 => Just(Absence::Unchanged),
        1 => Just(Absence::Withdrawn),
        1 => Just(Absence::ZeroOrUnreported)
    ];
    (
        1_i64..9,
        absence,
        proptest::sample::subsequence(vec![0, 1, 2], 1..=3),
        proptest::collection::btree_map((0..SERIES, 0..DAYS), said, 0..8),
    )
        .prop_map(|(version, absence, scope, mut cells)| {
            // A publication speaks of what it was asked for.
            cells.retain(|(series, _), _| scope.contains(series));
            Said1 {
                version,
                absence,
                scope,
                cells,
            }
        })
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => proptest::collection::vec(publications(), 1..3).prop_map(Step::Record),
        1 => (0_usize..9).prop_map(Step::RetractEntry),
        1 => (0_usize..30).prop_map(Step::RetractFigure),
        1 => (0_usize..30, 1_i64..4).prop_map(|(figure, value)| Step::Replace(figure, value)),
    ];
    proptest::collection::vec(step, 1..9)
}

fn series(index: u32) -> Series {
    Series {
        claimant: "UNHCR".into(),
        channel: "unhcr/odp".into(),
        indicator: "refugees".into(),
        measure: Measure::Stock,
        unit: Unit::Persons,
        origin: Some(PlaceId::new("UKR")),
        location: Some(PlaceId::new(format!("L{index}"))),
        since: None,
        breakdown: Breakdown::all(),
    }
}

fn period(day: u32) -> Period {
    format!("2022-03-{:02}", day + 1).parse().unwrap()
}

pub fn version(number: i64) -> Version {
    Version::from_timestamp(number * 1000).unwrap()
}

fn reading(said: &[Said1], name: &str) -> Checked {
    let publications = said
        .iter()
        .map(|said| {
            let numbers = said.cells.iter().filter_map(|(&(series, day), said)| {
                let Said::Number(value) = said else {
                    return None;
                };
                Some(FigureCell {
                    series,
                    period: period(day),
                    quantity: Quantity::exact(*value),
                    row: 0,
                    notes: None,
                })
            });
            let absent = said.cells.iter().filter(|(_, said)| **said == Said::Absent);
            PublicationReading {
                publication: Publication {
                    channel: "unhcr/odp".into(),
                    title: name.into(),
                    url: None,
                    published: Some(version(said.version)),
                    retrieved: None,
                    relayed_by: Vec::new(),
                    licence: None,
                    attribution: None,
                    notes: None,
                    scope: Scope {
                        locations: said.scope.iter().map(|index| format!("L{index}")).collect(),
                        ..Scope::default()
                    },
                    absence: said.absence,
                },
                figures: numbers.collect(),
                absent: absent
                    .map(|(&(series, day), _)| AbsentCell {
                        series,
                        period: period(day),
                        missing: Missing::NotReported,
                        row: 0,
                    })
                    .collect(),
            }
        })
        .collect();
    Reading {
        captures: Vec::new(),
        about: Vec::new(),
        asked: Vec::new(),
        reader: "test/1".into(),
        mapping: name.into(),
        series: (0..SERIES).map(series).collect(),
        publications,
        rows: 0,
        skipped: 0,
    }
    .check()
    .unwrap()
}

fn recording() -> Recording {
    Recording {
        now: "2022-09-06".parse().unwrap(),
        program: "test".into(),
        summary: "{}".into(),
        allow_withdrawals: true,
    }
}

/// The reference: all publications with the entries that recorded and retracted them.
#[derive(Debug, Default)]
pub struct Reference {
    publications: Vec<(i64, Said1, Option<i64>)>,
    /// Cells taken back one by one: publication, cell, entry.
    cells: Vec<(usize, (u32, u32), i64)>,
}

/// Number of each cell; for the newest of a series also whether it was said again since.
type Answer = BTreeMap<(u32, u32), (i64, bool)>;

impl Reference {
    fn answer(&self, known_on: i64, entry: i64) -> Answer {
        let mut order: Vec<usize> = (0..self.publications.len()).collect();
        order.sort_by_key(|&index| (self.publications[index].1.version, index));
        let mut answer = BTreeMap::new();
        for series in 0..SERIES {
            for day in 0..DAYS {
                let cell = (series, day);
                let mut state = None;
                for &index in &order {
                    let (recorded, said, retracted) = &self.publications[index];
                    if *recorded > entry
                        || said.version > known_on
                        || retracted.is_some_and(|retracted| retracted <= entry)
                    {
                        continue;
                    }
                    if self
                        .cells
                        .iter()
                        .any(|(of, wrong, at)| (*of, *wrong) == (index, cell) && *at <= entry)
                    {
                        continue;
                    }
                    state = match said.cells.get(&cell) {
                        Some(Said::Number(value)) => match state {
                            Some((known, since, again)) if known == *value => {
                                Some((known, since, again || said.version > since))
                            }
                            _ => Some((*value, said.version, false)),
                        },
                        Some(Said::Absent) => None,
                        None if said.absence != Absence::Unchanged
                            && said.scope.contains(&series) =>
                        {
                            None
                        }
                        None => state,
                    };
                }
                if let Some((value, _, again)) = state {
                    answer.insert(cell, (value, again));
                }
            }
        }
        only_newest_unconfirmed(answer)
    }
}

/// The ledger tells for the newest cell of a series only whether it was confirmed.
fn only_newest_unconfirmed(mut answer: Answer) -> Answer {
    let newest: BTreeMap<u32, u32> = answer.keys().copied().collect();
    for ((series, day), (_, confirmed)) in &mut answer {
        *confirmed |= newest[series] != *day;
    }
    answer
}

/// The cell of a row: number of its series, and day.
fn cell_of(figures: &Figures, row: &FigureRow) -> (u32, u32) {
    let location = figures.series[row.series].location.as_ref().unwrap();
    let day = row
        .period
        .end
        .format("%d")
        .to_string()
        .parse::<u32>()
        .unwrap();
    (location.as_str()[1..].parse().unwrap(), day - 1)
}

/// What is known; what is known of recent periods must be the end of it.
fn answer(ledger: &Ledger, known_on: i64, entry: i64) -> Answer {
    let all = Selection {
        as_known_on: Some(version(known_on)),
        as_recorded_at: Some(entry),
        ..Selection::default()
    };
    let figures = ledger.figures(&all).unwrap();
    let recent = Selection {
        recent: Some(2),
        ..all
    };
    let ends: Vec<FigureRow> = figures
        .rows
        .chunk_by(|a, b| a.series == b.series)
        .flat_map(|rows| rows[rows.len().saturating_sub(2)..].to_vec())
        .collect();
    assert_eq!(ledger.figures(&recent).unwrap().rows, ends);
    figures
        .rows
        .iter()
        .map(|row| {
            let said = (row.quantity.value.unwrap(), row.confirmed);
            (cell_of(&figures, row), said)
        })
        .collect()
}

/// Figures that are rows of a publication of their own, oldest id first.
fn living_rows(ledger: &Ledger) -> Vec<(FigureId, i64, (u32, u32), i64)> {
    let figures = ledger
        .figures(&Selection {
            versions: Versions::All,
            ..Selection::default()
        })
        .unwrap();
    let mut rows: Vec<_> = figures
        .rows
        .iter()
        .filter(|row| row.retracted.is_none() && row.quantity.is_present())
        .map(|row| {
            (
                row.id,
                figures.publications[row.publication].id,
                cell_of(&figures, row),
                row.version.timestamp() / 1000,
            )
        })
        .collect();
    rows.sort();
    rows
}

pub fn play(ledger: &mut Ledger, reference: &mut Reference, steps: &[Step]) {
    // A ledger is played on: no reading has the name of an earlier one.
    let played = ledger.head().unwrap().map_or(0, |entry| entry.id);
    for (number, step) in steps.iter().enumerate() {
        let number = format!("{played}.{number}");
        match step {
            Step::Record(said) => {
                let recorded = ledger
                    .record(reading(said, &format!("step {number}")), &recording())
                    .unwrap();
                let Recorded::Entry(tally) = recorded else {
                    panic!("{recorded:?}")
                };
                let mut said = said.clone();
                said.sort_by_key(|said| said.version);
                reference
                    .publications
                    .extend(said.into_iter().map(|said| (tally.entry, said, None)));
            }
            Step::RetractEntry(which) => {
                let mut entries: Vec<i64> = reference
                    .publications
                    .iter()
                    .filter(|(_, _, retracted)| retracted.is_none())
                    .map(|(entry, ..)| *entry)
                    .collect();
                entries.dedup();
                let Some(&entry) = entries.get(which % entries.len().max(1)) else {
                    continue;
                };
                let by = ledger
                    .retract(Retracted::Entry(entry), "wrong", &recording())
                    .unwrap();
                for publication in &mut reference.publications {
                    if publication.0 == entry {
                        publication.2 = Some(by);
                    }
                }
            }
            Step::RetractFigure(which) => {
                let rows = living_rows(ledger);
                let Some(&(id, publication, cell, _)) = rows.get(which % rows.len().max(1)) else {
                    continue;
                };
                let by = ledger
                    .retract(Retracted::Figure(id), "wrong", &recording())
                    .unwrap();
                reference.cells.push((publication as usize - 1, cell, by));
            }
            Step::Replace(which, value) => {
                let rows = living_rows(ledger);
                let Some(&(figure, publication, cell, version)) =
                    rows.get(which % rows.len().max(1))
                else {
                    continue;
                };
                let said = Said1 {
                    version,
                    absence: Absence::Unchanged,
                    scope: vec![cell.0],
                    cells: BTreeMap::from([(cell, Said::Number(*value))]),
                };
                let replaced = Replaced {
                    figure,
                    reason: "typed wrongly".into(),
                };
                let recorded = ledger
                    .record_replacing(
                        reading(std::slice::from_ref(&said), &format!("step {number}")),
                        Some(&replaced),
                        &recording(),
                    )
                    .unwrap();
                let Recorded::Entry(tally) = recorded else {
                    panic!("{recorded:?}")
                };
                reference
                    .cells
                    .push((publication as usize - 1, cell, tally.entry));
                reference.publications.push((tally.entry, said, None));
            }
        }
    }
}

proptest! {
    // PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(300)))]

    /// Every selection equals a scan over all that was ever said, for every date and both clocks.
    #[test]
    fn selections_equal_a_scan_of_everything(steps in steps()) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(&folder.path().join("humstat.db")).unwrap();
        let mut reference = Reference::default();
        play(&mut ledger, &mut reference, &steps);
        let last = ledger.head().unwrap().map_or(0, |entry| entry.id);
        for known_on in 0..10 {
            for entry in 0..=last {
                prop_assert_eq!(
                    answer(&ledger, known_on, entry),
                    reference.answer(known_on, entry),
                    "as known on {}, as recorded at {}", known_on, entry
                );
            }
        }
        let verified = ledger.verify(None).unwrap();
        prop_assert_eq!(verified.faults, vec![]);
    }

    /// Vintages in any order and any partition into entries answer alike.
    #[test]
    fn the_order_of_loading_does_not_matter(
        mut said in proptest::collection::vec(publications(), 1..7),
        order in Just((0..7).collect::<Vec<usize>>()).prop_shuffle(),
        cuts in proptest::collection::vec(any::<bool>(), 7),
    ) {
        // Versions differ: the later entry wins a tie, whatever the order.
        for (index, said) in said.iter_mut().enumerate() {
            said.version = index as i64 + 1;
        }
        let folder = tempfile::tempdir().unwrap();
        let mut sorted = Ledger::create(&folder.path().join("sorted.db")).unwrap();
        sorted.record(reading(&said, "all"), &recording()).unwrap();
        let mut shuffled = Ledger::create(&folder.path().join("shuffled.db")).unwrap();
        let mut batch = Vec::new();
        for (step, &index) in order.iter().filter(|index| **index < said.len()).enumerate() {
            batch.push(said[index].clone());
            if cuts[step] {
                shuffled.record(reading(&batch, &format!("{step}")), &recording()).unwrap();
                batch.clear();
            }
        }
        if !batch.is_empty() {
            shuffled.record(reading(&batch, "rest"), &recording()).unwrap();
        }
        for known_on in 0..9 {
            prop_assert_eq!(
                answer(&sorted, known_on, i64::MAX),
                answer(&shuffled, known_on, i64::MAX),
                "as known on {}", known_on
            );
        }
        prop_assert_eq!(histories(&sorted), histories(&shuffled));
    }

    /// Retracting a wrong reading and reading again gives the answers of a fresh ledger.
    #[test]
    fn retract_and_ingest_again_is_like_a_fresh_ledger(
        before in proptest::collection::vec(publications(), 0..3),
        wrong in publications(),
        after in proptest::collection::vec(publications(), 0..3),
        right in publications(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut mended = Ledger::create(&folder.path().join("mended.db")).unwrap();
        let mut fresh = Ledger::create(&folder.path().join("fresh.db")).unwrap();
        let record = |ledger: &mut Ledger, said: &Said1, name: &str| {
            match ledger.record(reading(std::slice::from_ref(said), name), &recording()).unwrap() {
                Recorded::Entry(tally) => tally.entry,
                other => panic!("{other:?}"),
            }
        };
        for (number, said) in before.iter().enumerate() {
            record(&mut mended, said, &format!("before {number}"));
            record(&mut fresh, said, &format!("before {number}"));
        }
        let entry = record(&mut mended, &wrong, "wrong");
        for (number, said) in after.iter().enumerate() {
            record(&mut mended, said, &format!("after {number}"));
            record(&mut fresh, said, &format!("after {number}"));
        }
        mended.retract(Retracted::Entry(entry), "wrong column", &recording()).unwrap();
        record(&mut mended, &right, "right");
        record(&mut fresh, &right, "right");
        for known_on in 0..10 {
            prop_assert_eq!(
                answer(&mended, known_on, i64::MAX),
                answer(&fresh, known_on, i64::MAX)
            );
        }
        prop_assert_eq!(histories(&mended), histories(&fresh));
    }
}

/// Versions and numbers of each cell.
type Histories = BTreeMap<(u32, u32), Vec<(i64, Option<i64>)>>;

/// The living versions of every cell: version and number, in order.
fn histories(ledger: &Ledger) -> Histories {
    let figures = ledger
        .figures(&Selection {
            versions: Versions::All,
            ..Selection::default()
        })
        .unwrap();
    let mut histories: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in figures.rows.iter().filter(|row| row.retracted.is_none()) {
        histories
            .entry(cell_of(&figures, row))
            .or_default()
            .push((row.version.timestamp() / 1000, row.quantity.value));
    }
    histories
}
