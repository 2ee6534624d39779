//! Dense tables with a row for each origin and a column for each place.

use super::MigrationError;

/// A table of numbers, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    columns: usize,
    cells: Vec<f64>,
}

impl Table {
    /// A table from its cells, row by row.
    ///
    /// # Errors
    /// When there are more or fewer cells than the table has.
    pub fn new(rows: usize, columns: usize, cells: Vec<f64>) -> Result<Self, MigrationError> {
        if rows.checked_mul(columns) != Some(cells.len()) {
            return Err(MigrationError::Cells {
                rows,
                columns,
                found: cells.len(),
            });
        }
        Ok(Self { columns, cells })
    }

    /// A square table of zeros.
    pub fn zeros(places: usize) -> Self {
        Self {
            columns: places,
            cells: vec![0.0; places * places],
        }
    }

    /// A table whose cells are what a function says of their row and column.
    pub fn of(rows: usize, columns: usize, mut cell: impl FnMut(usize, usize) -> f64) -> Self {
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            cells.extend((0..columns).map(|column| cell(row, column)));
        }
        Self { columns, cells }
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        self.cells.len().checked_div(self.columns).unwrap_or(0)
    }

    /// How many columns it has.
    pub const fn columns(&self) -> usize {
        self.columns
    }

    /// All cells, row by row.
    pub fn cells(&self) -> &[f64] {
        &self.cells
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// One row, to be changed.
    pub fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.cells[row * self.columns..(row + 1) * self.columns]
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.columns + column]
    }

    /// One cell, to be changed.
    pub fn at_mut(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.cells[row * self.columns + column]
    }

    /// The sum of each row.
    pub fn row_sums(&self) -> Vec<f64> {
        (0..self.rows())
            .map(|row| self.row(row).iter().sum())
            .collect()
    }

    /// The sum of each column.
    pub fn column_sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns];
        for row in 0..self.rows() {
            for (sum, cell) in sums.iter_mut().zip(self.row(row)) {
                *sum += cell;
            }
        }
        sums
    }

    /// The sum of all cells.
    pub fn total(&self) -> f64 {
        self.cells.iter().sum()
    }

    /// The cells where origin and place are the same.
    pub fn diagonal(&self) -> Vec<f64> {
        let shorter = self.rows().min(self.columns);
        (0..shorter).map(|place| self.at(place, place)).collect()
    }

    /// Puts one number into all cells where origin and place are the same.
    pub fn fill_diagonal(&mut self, value: f64) {
        for place in 0..self.rows().min(self.columns) {
            *self.at_mut(place, place) = value;
        }
    }

    /// The same cells with rows for columns.
    pub fn transposed(&self) -> Self {
        Self::of(self.columns, self.rows(), |row, column| {
            self.at(column, row)
        })
    }

    /// What a function makes of each pair of cells of two tables of one size.
    pub(super) fn with(
        &self,
        other: &Self,
        cell: impl Fn(f64, f64) -> f64,
    ) -> Result<Self, MigrationError> {
        if self.columns != other.columns {
            return Err(MigrationError::Unlike(self.columns, other.columns));
        }
        if self.rows() != other.rows() {
            return Err(MigrationError::Unlike(self.rows(), other.rows()));
        }
        let cells = self.cells.iter().zip(&other.cells);
        Ok(Self {
            columns: self.columns,
            cells: cells.map(|(own, its)| cell(*own, *its)).collect(),
        })
    }

    /// How many places it is about, where rows and columns are the same at least two.
    pub(super) fn places(&self) -> Result<usize, MigrationError> {
        match (self.rows(), self.columns) {
            (rows, columns) if rows != columns => Err(MigrationError::NotSquare(rows, columns)),
            (places @ 0..2, _) => Err(MigrationError::TooFew(places)),
            (places, _) => Ok(places),
        }
    }

    /// Refuses cells that are below zero or no numbers.
    pub(super) fn check_counts(&self) -> Result<(), MigrationError> {
        let no_count = |cell: &f64| !(*cell >= 0.0 && cell.is_finite());
        match self.cells.iter().position(no_count) {
            Some(at) => Err(MigrationError::NoCount {
                row: at / self.columns,
                column: at % self.columns,
                value: self.cells[at],
            }),
            None => Ok(()),
        }
    }
}

/// Refuses sums that are below zero or no numbers.
pub(super) fn check_sums(sums: &[f64]) -> Result<(), MigrationError> {
    let no_sum = |sum: &f64| !(*sum >= 0.0 && sum.is_finite());
    match sums.iter().position(no_sum) {
        Some(index) => Err(MigrationError::NoSum {
            index,
            value: sums[index],
        }),
        None => Ok(()),
    }
}
