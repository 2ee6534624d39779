//! Rows that add up others: checked against what they add up, and not recorded.
//!
//! A total may stand below its parts or above them, and a total of totals further away. It adds up
//! when it is the sum of an unbroken run of rows between two totals, or an end of the table, that
//! begins or ends where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::columns::{Columns, FigureColumns, Meaning};
use super::condition::ColumnCondition;
use super::said::Said;
use super::{Reader, SeriesKey, columns, period};
use crate::figure::{Period, counted, grouped};
use crate::ledger::PublicationReading;
use crate::place::normalised;

/// Stands in a key for a part that a row of totals leaves open.
const OPEN: u32 = u32::MAX;

/// A stated total that is not the sum of its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalFault {
    /// What the number of a row counts.
    pub unit: &'static str,
    /// The row.
    pub line: u64,
    /// What it calls itself.
    pub label: String,
    /// The column of the number.
    pub column: String,
    /// The number that it states.
    pub stated: i64,
    /// The nearest sum of rows beside it; none where it has no parts.
    pub sum: Option<i64>,
    /// How many cells of these rows have no number.
    pub without_number: u64,
}

impl fmt::Display for TotalFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}, column `{}`: {} says {}",
            self.unit,
            self.line,
            self.column,
            self.label,
            grouped(self.stated)
        )?;
        let Some(sum) = self.sum else {
            return write!(
                f,
                ", and no row of the table is a part of it: it was not recorded"
            );
        };
        let difference = self.stated - sum;
        write!(
            f,
            ", and its parts add up to {}: {} {}",
            grouped(sum),
            grouped(difference.abs()),
            if difference > 0 { "fewer" } else { "more" }
        )?;
        if self.without_number > 0 {
            let cells = counted(self.without_number, "part has", "parts have");
            write!(f, "; {cells} no number")?;
        }
        Ok(())
    }
}

/// What the rows of totals of a table say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TotalsFound {
    /// How many numbers in such rows were checked.
    pub checked: u64,
    /// Those that are not the sum of their parts.
    pub faults: Vec<TotalFault>,
}

/// A number in a row of totals.
pub(super) struct Stated {
    pub(super) line: u64,
    pub(super) label: String,
    pub(super) column: String,
    /// Which of the figures of a row.
    pub(super) figure: usize,
    pub(super) key: SeriesKey,
    pub(super) period: Option<Period>,
    pub(super) value: i64,
}

/// The words that mark a row of totals, and the rows that were met.
pub(super) struct Totals {
    words: BTreeSet<String>,
    pub(super) stated: Vec<Stated>,
}

impl Totals {
    /// None where the mapping names no rows of totals.
    pub(super) fn new(words: &[String]) -> Option<Self> {
        (!words.is_empty()).then(|| Self {
            words: words.iter().map(|word| normalised(word)).collect(),
            stated: Vec::new(),
        })
    }

    fn is_word(&self, text: &str) -> bool {
        !text.trim().is_empty() && self.words.contains(&normalised(text))
    }

    /// What a row of totals calls itself: in its first cell that is filled, or where a figure's place
    /// or breakdown would stand.
    pub(super) fn label<'r>(
        &self,
        record: &'r csv::StringRecord,
        figures: &[FigureColumns],
        meanings: &[Meaning],
    ) -> Option<&'r str> {
        let first = record.iter().find(|cell| !cell.trim().is_empty());
        let columns = figures
            .iter()
            .flat_map(|figure| &figure.varying)
            .filter_map(|(_, source)| record.get(meanings[*source].column()?));
        first
            .into_iter()
            .chain(columns)
            .find(|cell| self.is_word(cell))
            .map(str::trim)
    }

    /// The key of a figure in a row of totals: open where the row says nothing, or "total".
    pub(super) fn key(
        &self,
        figure: &FigureColumns,
        meanings: &mut [Meaning],
        record: &csv::StringRecord,
    ) -> SeriesKey {
        let mut key: SeriesKey = [0; columns::SERIES_PARTS];
        for &(part, source) in &figure.varying {
            let meaning = &mut meanings[source];
            let text = meaning.column().and_then(|column| record.get(column));
            key[part] = match text {
                Some(text) if !text.trim().is_empty() && !self.is_word(text) => {
                    meaning.number(record).unwrap_or(OPEN)
                }
                _ => OPEN,
            };
        }
        key
    }

    /// Checks the totals against the cells that were read; `keys` are the figure and the key of each
    /// series.
    pub(super) fn check(
        self,
        unit: &'static str,
        publications: &[PublicationReading],
        keys: &[(usize, SeriesKey)],
    ) -> TotalsFound {
        let mut found = TotalsFound {
            checked: self.stated.len() as u64,
            faults: Vec::new(),
        };
        let mut by_form: BTreeMap<Open, Vec<Stated>> = BTreeMap::new();
        for stated in self.stated {
            by_form.entry(Open::of(&stated)).or_default().push(stated);
        }
        for (open, stated) in by_form {
            let mut groups: BTreeMap<Group, Vec<Stated>> = BTreeMap::new();
            for stated in stated {
                let group = open.group(stated.figure, stated.key, stated.period);
                groups.entry(group).or_default().push(stated);
            }
            let mut parts: BTreeMap<Group, Vec<Part>> = BTreeMap::new();
            let mut put = |series: u32, period: Period, part: Part| {
                let (figure, key) = keys[series as usize];
                let group = open.group(figure, key, Some(period));
                if groups.contains_key(&group) {
                    parts.entry(group).or_default().push(part);
                }
            };
            for publication in publications {
                for cell in publication.figures.iter() {
                    put(
                        cell.series,
                        cell.period,
                        (cell.row.into(), cell.quantity.value),
                    );
                }
                for cell in publication.absent.iter() {
                    put(cell.series, cell.period, (cell.row.into(), None));
                }
            }
            for (group, stated) in groups {
                let parts = parts.remove(&group).unwrap_or_default();
                found.faults.extend(faults(unit, stated, parts));
            }
        }
        found.faults.sort_by_key(|fault| fault.line);
        found
    }
}

impl Reader<'_> {
    /// Whether a row adds up others; what it says is kept for the check at the end.
    pub(super) fn is_total(&mut self, line: u64, record: &csv::StringRecord) -> bool {
        let Some(mut totals) = self.totals.take() else {
            return false;
        };
        let Columns {
            figures, meanings, ..
        } = &self.columns;
        let label = totals
            .label(record, figures, meanings)
            .map(ToOwned::to_owned);
        if let Some(label) = &label {
            for index in 0..self.columns.figures.len() {
                let figure = &self.columns.figures[index];
                let holds = |condition: &ColumnCondition| condition.holds(record);
                // A condition on a cell that the row leaves empty says nothing of it.
                if !figure
                    .conditions
                    .iter()
                    .all(|known| known.is_open(record) || holds(known))
                {
                    continue;
                }
                let Ok(Said::Number(quantity, _)) = self.said(index, record, line) else {
                    continue;
                };
                let Some(value) = quantity.value else {
                    continue;
                };
                let Columns {
                    figures, meanings, ..
                } = &mut self.columns;
                let figure = &figures[index];
                totals.stated.push(Stated {
                    line,
                    label: label.clone(),
                    column: figure.name_of(figure.value, meanings),
                    figure: index,
                    key: totals.key(figure, meanings, record),
                    period: period(figure, meanings, record, line).ok(),
                    value,
                });
            }
        }
        self.totals = Some(totals);
        label.is_some()
    }
}

/// Row and number of a part.
type Part = (u64, Option<i64>);

/// What the parts of a total have in common.
type Group = (usize, SeriesKey, Option<Period>);

/// What a row of totals leaves open.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    parts: [bool; columns::SERIES_PARTS],
    period: bool,
}

impl Open {
    fn of(stated: &Stated) -> Self {
        Self {
            parts: stated.key.map(|part| part == OPEN),
            period: stated.period.is_none(),
        }
    }

    fn group(&self, figure: usize, mut key: SeriesKey, period: Option<Period>) -> Group {
        for (part, open) in key.iter_mut().zip(self.parts) {
            if open {
                *part = OPEN;
            }
        }
        (figure, key, period.filter(|_| !self.period))
    }
}

/// The totals of one group that are no sum of rows beside them.
fn faults(unit: &'static str, mut stated: Vec<Stated>, mut parts: Vec<Part>) -> Vec<TotalFault> {
    stated.sort_by_key(|stated| stated.line);
    parts.sort_unstable();
    // What stands before each total, and at last before the end: sum, rows, cells without a number.
    let mut before = vec![(0_i64, 0_u64, 0_u64)];
    for line in stated.iter().map(|stated| stated.line).chain([u64::MAX]) {
        let from = before.last().map_or(0, |(_, rows, _)| *rows as usize);
        let mut reached = *before.last().unwrap_or(&(0, 0, 0));
        for (_, value) in parts[from..].iter().take_while(|(row, _)| *row < line) {
            reached.0 = reached.0.saturating_add(value.unwrap_or(0));
            reached.1 += 1;
            reached.2 += u64::from(value.is_none());
        }
        before.push(reached);
    }
    let mut faults = Vec::new();
    for (index, stated) in stated.into_iter().enumerate() {
        let here = index + 1;
        let runs = (0..before.len())
            .filter(|other| *other != here)
            .map(|other| {
                let (first, last) = (before[here.min(other)], before[here.max(other)]);
                (last.0 - first.0, last.1 - first.1, last.2 - first.2)
            });
        let nearest = runs
            .filter(|(_, rows, _)| *rows > 0)
            .min_by_key(|(sum, ..)| stated.value.abs_diff(*sum));
        if nearest.is_some_and(|(sum, ..)| sum == stated.value) {
            continue;
        }
        faults.push(TotalFault {
            unit,
            line: stated.line,
            label: stated.label,
            column: stated.column,
            stated: stated.value,
            sum: nearest.map(|(sum, ..)| sum),
            without_number: nearest.map_or(0, |(_, _, without)| without),
        });
    }
    faults
}
