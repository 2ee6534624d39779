//! The cells with a number that a publication holds, in little memory: there may be millions.

use std::sync::Arc;

use crate::figure::{Period, Qualifier, Quantity, Status};

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

/// Cells with a number. Most are a plain value, for which 32 bytes are enough.
#[derive(Debug, Clone, Default)]
pub struct FigureCells {
    cells: Vec<Slim>,
    /// What some cells have beside a value.
    asides: Vec<Aside>,
}

#[derive(Debug, Clone, Copy)]
struct Slim {
    series: u32,
    period: Period,
    row: u32,
    value: i64,
    qualifier: Qualifier,
    status: Status,
    /// Index into the asides; [`PLAIN`] for a cell that has none.
    aside: u32,
}

/// Stands for a cell that is a value and nothing else.
const PLAIN: u32 = u32::MAX;

#[derive(Debug, Clone)]
struct Aside {
    quantity: Quantity,
    notes: Option<Arc<str>>,
}

impl FigureCells {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: FigureCell) {
        let FigureCell {
            series,
            period,
            quantity,
            row,
            notes,
        } = cell;
        let plain = Quantity {
            value: quantity.value,
            ..Quantity::exact(0)
        }
        .with_qualifier(quantity.qualifier)
        .with_status(quantity.status);
        let aside = if quantity.value.is_some() && quantity == plain && notes.is_none() {
            PLAIN
        } else {
            self.asides.push(Aside { quantity, notes });
            u32::try_from(self.asides.len() - 1).unwrap_or(PLAIN)
        };
        self.cells.push(Slim {
            series,
            period,
            row,
            value: quantity.value.unwrap_or(0),
            qualifier: quantity.qualifier,
            status: quantity.status,
            aside,
        });
    }

    /// The cells in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = FigureCell> + Clone {
        self.cells.iter().map(|slim| self.cell(slim))
    }

    /// The cells in their order, those of one series that follow each other together.
    pub fn by_series(
        &self,
    ) -> impl Iterator<Item = (u32, impl ExactSizeIterator<Item = FigureCell> + Clone)> {
        self.cells
            .chunk_by(|a, b| a.series == b.series)
            .map(|cells| {
                let of_series = cells.iter().map(|slim| self.cell(slim));
                (cells[0].series, of_series)
            })
    }

    /// Series and period of each cell.
    pub fn places(&self) -> impl Iterator<Item = (u32, Period)> {
        self.cells.iter().map(|slim| (slim.series, slim.period))
    }

    /// Sorts by series, period and row, in their place: a sort that keeps the order of what is alike
    /// needs half as much memory again.
    pub(super) fn sort(&mut self) {
        let key = |cell: &Slim| (cell.series, cell.period.end, cell.period.start, cell.row);
        if !self.cells.is_sorted_by_key(key) {
            self.cells.sort_unstable_by_key(key);
        }
    }

    /// Of sorted cells, the first pair that speaks of the same with different content.
    pub(super) fn contradiction(&self) -> Option<(FigureCell, FigureCell)> {
        self.cells.windows(2).find_map(|pair| {
            if (pair[0].series, pair[0].period) != (pair[1].series, pair[1].period) {
                return None;
            }
            let (first, second) = (self.cell(&pair[0]), self.cell(&pair[1]));
            let same = (first.quantity, &first.notes) == (second.quantity, &second.notes);
            (!same).then_some((first, second))
        })
    }

    /// Of sorted cells, drops those that speak of the same as the one before.
    pub(super) fn dedup(&mut self) {
        self.cells.dedup_by_key(|cell| (cell.series, cell.period));
    }

    fn cell(&self, slim: &Slim) -> FigureCell {
        let aside = self.asides.get(slim.aside as usize);
        FigureCell {
            series: slim.series,
            period: slim.period,
            row: slim.row,
            quantity: aside.map_or_else(
                || {
                    Quantity::exact(slim.value)
                        .with_qualifier(slim.qualifier)
                        .with_status(slim.status)
                },
                |aside| aside.quantity,
            ),
            notes: aside.and_then(|aside| aside.notes.clone()),
        }
    }
}

impl FromIterator<FigureCell> for FigureCells {
    fn from_iter<I: IntoIterator<Item = FigureCell>>(cells: I) -> Self {
        let mut held = Self::default();
        for cell in cells {
            held.push(cell);
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::figure::Missing;

    #[test]
    fn cells_come_out_as_they_went_in() {
        let day = NaiveDate::from_ymd_opt(2022, 3, 8).unwrap();
        let bounds = Quantity {
            low: Some(1),
            high: Some(9),
            ..Quantity::exact(5)
        };
        let quantities = [
            Quantity::exact(12),
            Quantity::exact(14).with_qualifier(Qualifier::AtLeast),
            Quantity::exact(-1).with_status(Status::Estimated),
            bounds,
            Quantity::suppressed(1, 4),
            Quantity::missing(Missing::Withdrawn),
        ];
        let cells: Vec<FigureCell> = quantities
            .into_iter()
            .zip(0..)
            .flat_map(|(quantity, series)| {
                [None, Some(Arc::from("rounded"))].map(|notes| FigureCell {
                    series,
                    period: Period::day(day),
                    quantity,
                    row: 7,
                    notes,
                })
            })
            .collect();
        let held: FigureCells = cells.iter().cloned().collect();
        assert_eq!(held.iter().collect::<Vec<_>>(), cells);
        assert_eq!(held.by_series().count(), quantities.len());
    }

    #[test]
    fn a_plain_cell_takes_32_bytes() {
        assert_eq!(size_of::<Slim>(), 32);
    }
}
