//! The cells that a publication holds, with a number or without one: there may be millions.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use super::spill::{Record, Spill};
use crate::figure::{Missing, Period, Qualifier, Quantity, Status};

/// A cell with a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureCell {
    /// Index into [`Reading::series`](super::Reading::series).
    pub series: u32,
    /// The days that it speaks of.
    pub period: Period,
    /// The number.
    pub quantity: Quantity,
    /// Row of the file, counted from 1 with the header; 0 where there is none.
    pub row: u32,
    /// What the source says about this number alone.
    pub notes: Option<Arc<str>>,
}

/// A cell that is there and holds no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AbsentCell {
    /// Index into [`Reading::series`](super::Reading::series).
    pub series: u32,
    /// The days that it speaks of.
    pub period: Period,
    /// Why.
    pub missing: Missing,
    /// Row of the file, counted from 1 with the header.
    pub row: u32,
}

/// Cells with a number: in memory up to some millions, the others in temporary files.
#[derive(Debug, Clone, Default)]
pub struct FigureCells {
    cells: Spill<Slim>,
    /// What the sources say about single numbers, each text once.
    notes: Vec<Arc<str>>,
    note_numbers: HashMap<Arc<str>, u32>,
    /// How many differ, once they are in order.
    distinct: Option<usize>,
}

/// A cell in 48 bytes, ordered by series, period and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Slim {
    place: Place,
    value: i64,
    low: i64,
    high: i64,
    /// Number of its notes and one more; 0 for none.
    notes: u32,
    marks: [u8; 4],
}

/// Where a cell stands: series, last day, first day, row.
type Place = (u32, NaiveDate, NaiveDate, u32);

/// Which of value, low and high there are.
const VALUE: u8 = 1;
const LOW: u8 = 2;
const HIGH: u8 = 4;

impl Slim {
    fn new(cell: &FigureCell, notes: u32) -> Self {
        let quantity = &cell.quantity;
        let present = |number: Option<i64>, bit: u8| if number.is_some() { bit } else { 0 };
        let index = |at: Option<usize>| at.and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX);
        Self {
            place: place(cell.series, cell.period, cell.row),
            value: quantity.value.unwrap_or(0),
            low: quantity.low.unwrap_or(0),
            high: quantity.high.unwrap_or(0),
            notes,
            marks: [
                present(quantity.value, VALUE)
                    | present(quantity.low, LOW)
                    | present(quantity.high, HIGH),
                index(
                    Qualifier::ALL
                        .iter()
                        .position(|known| *known == quantity.qualifier),
                ),
                index(
                    Status::ALL
                        .iter()
                        .position(|known| *known == quantity.status),
                ),
                index(
                    quantity.missing.and_then(|missing| {
                        Missing::ALL.iter().position(|known| *known == missing)
                    }),
                ),
            ],
        }
    }

    fn quantity(&self) -> Quantity {
        let [present, qualifier, status, missing] = self.marks;
        let number = |number: i64, bit: u8| (present & bit != 0).then_some(number);
        Quantity {
            value: number(self.value, VALUE),
            low: number(self.low, LOW),
            high: number(self.high, HIGH),
            qualifier: of(Qualifier::ALL, qualifier).unwrap_or(Qualifier::Exact),
            status: of(Status::ALL, status).unwrap_or(Status::Observed),
            missing: of(Missing::ALL, missing),
        }
    }

    /// Whether another speaks of the same series and period.
    fn is_of_the_cell_of(&self, other: &Self) -> bool {
        let (series, end, start, _) = self.place;
        (series, end, start) == (other.place.0, other.place.1, other.place.2)
    }
}

fn of<T: Copy>(all: &[T], index: u8) -> Option<T> {
    all.get(usize::from(index)).copied()
}

const fn place(series: u32, period: Period, row: u32) -> Place {
    (series, period.end, period.start, row)
}

/// Days are written as their count from the year 1.
fn write_place((series, end, start, row): Place, into: &mut Vec<u8>) {
    for number in [
        series,
        end.num_days_from_ce().cast_unsigned(),
        start.num_days_from_ce().cast_unsigned(),
        row,
    ] {
        into.extend_from_slice(&number.to_le_bytes());
    }
}

const PLACE: usize = 16;

fn read_place(from: &[u8]) -> Place {
    let day = |at: usize| {
        let days = whole(from, at).cast_signed();
        NaiveDate::from_num_days_from_ce_opt(days).unwrap_or_default()
    };
    (whole(from, 0), day(4), day(8), whole(from, 12))
}

/// Four bytes as a number; of a shorter slice, nought.
fn whole(from: &[u8], at: usize) -> u32 {
    let bytes = from.get(at..at + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes)
}

fn long(from: &[u8], at: usize) -> i64 {
    let bytes = from.get(at..at + 8).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, i64::from_le_bytes)
}

impl Record for Slim {
    const SIZE: usize = PLACE + 3 * 8 + 4 + 4;

    fn group(&self) -> usize {
        self.place.0 as usize
    }

    fn write(&self, into: &mut Vec<u8>) {
        write_place(self.place, into);
        for number in [self.value, self.low, self.high] {
            into.extend_from_slice(&number.to_le_bytes());
        }
        into.extend_from_slice(&self.notes.to_le_bytes());
        into.extend_from_slice(&self.marks);
    }

    fn read(from: &[u8]) -> Self {
        Self {
            place: read_place(from),
            value: long(from, PLACE),
            low: long(from, PLACE + 8),
            high: long(from, PLACE + 16),
            notes: whole(from, PLACE + 24),
            marks: whole(from, PLACE + 28).to_le_bytes(),
        }
    }
}

impl FigureCells {
    /// How many there are; once they are in order, how many that differ.
    pub fn len(&self) -> usize {
        self.distinct.unwrap_or_else(|| self.cells.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &FigureCell) {
        let notes = match &cell.notes {
            None => 0,
            Some(notes) => self.note_number(notes),
        };
        self.cells.push(Slim::new(cell, notes));
    }

    fn note_number(&mut self, notes: &Arc<str>) -> u32 {
        if let Some(number) = self.note_numbers.get(notes) {
            return *number;
        }
        self.notes.push(Arc::clone(notes));
        let number = u32::try_from(self.notes.len()).unwrap_or(0);
        self.note_numbers.insert(Arc::clone(notes), number);
        number
    }

    /// The cells, in the order of series, period and row once the reading is checked.
    pub fn iter(&self) -> impl Iterator<Item = FigureCell> {
        self.slim().map(|slim| self.cell(&slim))
    }

    /// Series and period of each cell.
    pub fn places(&self) -> impl Iterator<Item = (u32, Period)> {
        self.slim().map(|slim| {
            let (series, end, start, _) = slim.place;
            (series, Period { start, end })
        })
    }

    /// Shows the cells of each series together, once they are in order.
    pub(super) fn by_series<E>(
        &self,
        mut show: impl FnMut(u32, &[FigureCell]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut of_series: Vec<FigureCell> = Vec::new();
        for cell in self.iter() {
            if let Some(first) = of_series.first().map(|first| first.series)
                && first != cell.series
            {
                show(first, &of_series)?;
                of_series.clear();
            }
            of_series.push(cell);
        }
        match of_series.first() {
            Some(first) => show(first.series, &of_series),
            None => Ok(()),
        }
    }

    /// Puts the cells in the order of series, period and row, and drops those that say again what the
    /// one before says. Gives the first pair that says different things of the same.
    pub(super) fn settle(&mut self) -> Option<(FigureCell, FigureCell)> {
        self.cells.sort();
        let (mut distinct, mut before) = (0, None::<Slim>);
        for slim in self.cells.iter() {
            match before.filter(|before| before.is_of_the_cell_of(&slim)) {
                None => distinct += 1,
                Some(before) => {
                    let said = (before.quantity(), before.notes);
                    if said != (slim.quantity(), slim.notes) {
                        return Some((self.cell(&before), self.cell(&slim)));
                    }
                }
            }
            before = Some(slim);
        }
        if !self.cells.is_on_disk() {
            let held = self.cells.held_mut();
            held.dedup_by(|cell, before| before.is_of_the_cell_of(cell));
        }
        self.distinct = Some(distinct);
        None
    }

    /// Whether all cells could be kept and read.
    ///
    /// # Errors
    /// When a temporary file could not be written or read.
    pub fn check(&self) -> io::Result<()> {
        self.cells.check()
    }

    /// The cells; once they are in order, without those that say something again.
    fn slim(&self) -> impl Iterator<Item = Slim> {
        let is_settled = self.distinct.is_some();
        let mut before: Option<Slim> = None;
        self.cells.iter().filter(move |slim| {
            let repeats = is_settled && before.is_some_and(|before| before.is_of_the_cell_of(slim));
            before = Some(*slim);
            !repeats
        })
    }

    fn cell(&self, slim: &Slim) -> FigureCell {
        let (series, end, start, row) = slim.place;
        let notes = (slim.notes as usize).checked_sub(1);
        FigureCell {
            series,
            period: Period { start, end },
            quantity: slim.quantity(),
            row,
            notes: notes.and_then(|at| self.notes.get(at)).map(Arc::clone),
        }
    }
}

impl FromIterator<FigureCell> for FigureCells {
    fn from_iter<I: IntoIterator<Item = FigureCell>>(cells: I) -> Self {
        let mut held = Self::default();
        for cell in cells {
            held.push(&cell);
        }
        held
    }
}

/// Cells without a number: in memory up to some millions, the others in temporary files.
#[derive(Debug, Clone, Default)]
pub struct AbsentCells {
    cells: Spill<Empty>,
    /// Whether they are in order, and those that say the same again are left out.
    is_settled: bool,
}

/// A cell without a number, ordered by series, period and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Empty {
    place: Place,
    missing: Missing,
}

impl Record for Empty {
    const SIZE: usize = PLACE + 4;

    fn group(&self) -> usize {
        self.place.0 as usize
    }

    fn write(&self, into: &mut Vec<u8>) {
        write_place(self.place, into);
        let index = Missing::ALL.iter().position(|known| *known == self.missing);
        let index = index.and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        into.extend_from_slice(&index.to_le_bytes());
    }

    fn read(from: &[u8]) -> Self {
        let missing = Missing::ALL.get(whole(from, PLACE) as usize).copied();
        Self {
            place: read_place(from),
            missing: missing.unwrap_or(Missing::NotReported),
        }
    }
}

impl AbsentCells {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: AbsentCell) {
        self.cells.push(Empty {
            place: place(cell.series, cell.period, cell.row),
            missing: cell.missing,
        });
    }

    /// The cells, in the order of series, period and row once the reading is checked.
    pub fn iter(&self) -> impl Iterator<Item = AbsentCell> {
        let is_settled = self.is_settled;
        let mut before: Option<AbsentCell> = None;
        self.cells
            .iter()
            .map(|empty| {
                let (series, end, start, row) = empty.place;
                AbsentCell {
                    series,
                    period: Period { start, end },
                    missing: empty.missing,
                    row,
                }
            })
            .filter(move |cell| {
                let says = |cell: &AbsentCell| (cell.series, cell.period, cell.missing);
                let repeats =
                    is_settled && before.is_some_and(|before| says(&before) == says(cell));
                before = Some(*cell);
                !repeats
            })
    }

    /// Shows the cells of one series and one reason that follow each other together.
    pub(super) fn by_reason<E>(
        &self,
        mut show: impl FnMut(&[AbsentCell]) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut alike: Vec<AbsentCell> = Vec::new();
        for cell in self.iter() {
            if let Some(first) = alike.first()
                && (first.series, first.missing) != (cell.series, cell.missing)
            {
                show(&alike)?;
                alike.clear();
            }
            alike.push(cell);
        }
        if alike.is_empty() {
            Ok(())
        } else {
            show(&alike)
        }
    }

    /// Puts the cells in the order of series, period and row; those that say the same again are left out
    /// from then on.
    pub(super) fn settle(&mut self) {
        self.cells.sort();
        self.is_settled = true;
    }

    /// Whether all cells could be kept and read.
    ///
    /// # Errors
    /// When a temporary file could not be written or read.
    pub fn check(&self) -> io::Result<()> {
        self.cells.check()
    }
}

impl FromIterator<AbsentCell> for AbsentCells {
    fn from_iter<I: IntoIterator<Item = AbsentCell>>(cells: I) -> Self {
        let mut held = Self::default();
        for cell in cells {
            held.push(cell);
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> Period {
        Period::day(NaiveDate::from_ymd_opt(2022, 3, day).unwrap())
    }

    /// Cells of every kind of content.
    fn cells() -> Vec<FigureCell> {
        let bounds = Quantity {
            low: Some(1),
            high: Some(9),
            ..Quantity::exact(5)
        };
        let quantities = [
            Quantity::exact(12),
            Quantity::exact(i64::MIN).with_qualifier(Qualifier::AtLeast),
            Quantity::exact(-1).with_status(Status::Estimated),
            bounds,
            Quantity::suppressed(1, 4),
            Quantity::missing(Missing::Withdrawn),
        ];
        let notes = [None, Some(Arc::from("rounded")), Some(Arc::from(""))];
        quantities
            .into_iter()
            .zip(0..)
            .flat_map(|(quantity, series)| {
                notes
                    .clone()
                    .into_iter()
                    .zip(1..)
                    .map(move |(notes, number)| FigureCell {
                        series,
                        period: day(number),
                        quantity,
                        row: 7,
                        notes,
                    })
            })
            .collect()
    }

    #[test]
    fn cells_come_out_as_they_went_in_also_from_disk() {
        for limit in [1, 5, 100] {
            let mut held = FigureCells {
                cells: Spill::holding(limit),
                ..FigureCells::default()
            };
            // Backwards, and each twice.
            for cell in cells().iter().rev().chain(&cells()) {
                held.push(cell);
            }
            assert_eq!(held.len(), 2 * cells().len());
            assert_eq!(held.settle(), None);
            assert_eq!(held.len(), cells().len());
            assert_eq!(held.iter().collect::<Vec<_>>(), cells());
            let mut series = Vec::new();
            held.by_series(|number, cells| {
                assert_eq!(cells.len(), 3);
                series.push(number);
                Ok::<_, ()>(())
            })
            .unwrap();
            assert_eq!(series, [0, 1, 2, 3, 4, 5]);
            held.check().unwrap();
        }
    }

    #[test]
    fn what_contradicts_is_found_also_on_disk() {
        for limit in [1, 100] {
            let mut held = FigureCells {
                cells: Spill::holding(limit),
                ..FigureCells::default()
            };
            let mut other = cells()[4].clone();
            other.quantity = Quantity::exact(8);
            other.row = 9;
            for cell in cells().iter().chain([&other]) {
                held.push(cell);
            }
            assert_eq!(held.settle(), Some((cells()[4].clone(), other)));
        }
    }

    #[test]
    fn empty_cells_are_in_order_and_say_a_thing_once() {
        for limit in [1, 100] {
            let mut held = AbsentCells {
                cells: Spill::holding(limit),
                is_settled: false,
            };
            let cell = |series, number, missing, row| AbsentCell {
                series,
                period: day(number),
                missing,
                row,
            };
            let cells = [
                cell(0, 1, Missing::NotReported, 4),
                cell(0, 2, Missing::NotReported, 3),
                cell(1, 1, Missing::NotApplicable, 2),
            ];
            for cell in cells.iter().rev().chain(&cells[..1]) {
                held.push(*cell);
            }
            held.settle();
            assert_eq!(held.iter().collect::<Vec<_>>(), cells);
            let mut runs = Vec::new();
            held.by_reason(|alike| {
                runs.push(alike.len());
                Ok::<_, ()>(())
            })
            .unwrap();
            assert_eq!(runs, [2, 1]);
        }
    }

    #[test]
    fn a_cell_takes_48_bytes_and_an_empty_one_20() {
        assert_eq!((size_of::<Slim>(), size_of::<Empty>()), (48, 20));
    }
}
