//! Movements between places, estimated from tables of stocks: who of each origin lives where at two
//! times, a row for each origin and a column for each place of residence.
//!
//! Stocks do not say who moved. Each method adds an assumption that does, and each answers another
//! number: [`difference`] takes changes as they stand, [`accounting`] asks which movements join two
//! tables of whole populations, [`rates`] takes flows in proportion to stocks, [`fitting`] fills a
//! table whose sums are known, and [`index`] says in a few numbers what a table of flows is like.
//!
//! The methods are those that Abel and Cohen (2019, Scientific Data 6:82) compare; their numbers are
//! those of the R package migest. Against reported flows, they found closed demographic accounting
//! nearest and differences of stocks farther off.

pub mod accounting;
pub mod difference;
pub mod fitting;
pub mod index;
pub mod rates;
mod table;

#[cfg(test)]
mod examples;
#[cfg(test)]
mod tests;

pub use table::Table;

/// Why flows cannot be estimated. Rows and columns are counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum MigrationError {
    /// A table has another size than it must have.
    #[error("a table of {rows} by {columns} needs {wanted} cells, and there are {found}", wanted = rows * columns)]
    Cells {
        /// Rows of the table.
        rows: usize,
        /// Columns of the table.
        columns: usize,
        /// How many cells were given.
        found: usize,
    },
    /// Two tables, or a table and its margins, do not fit one another.
    #[error(
        "one has {0} places and the other {1}; give both for the same places in the same order"
    )]
    Unlike(usize, usize),
    /// A table has more rows than columns, or the other way.
    #[error(
        "a table of {0} by {1} is not square: origins and places of residence must be the same places"
    )]
    NotSquare(usize, usize),
    /// There is nothing between which somebody could move.
    #[error("{0} places leave nowhere to move to; select at least 2")]
    TooFew(usize),
    /// A cell is below zero, infinite or no number.
    #[error(
        "the cell of row {row} and column {column} is {value}; a stock or a seed is a number not below zero"
    )]
    NoCount {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// The value.
        value: f64,
    },
    /// A sum, or a number of births or deaths, is below zero, infinite or no number.
    #[error("number {index} is {value}; sums, births and deaths are numbers not below zero")]
    NoSum {
        /// Its place in the list.
        index: usize,
        /// The value.
        value: f64,
    },
    /// The sums of rows and of columns are of different totals.
    #[error(
        "the rows add up to {rows} and the columns to {columns}; no table has both, so make the totals agree first"
    )]
    MarginsDisagree {
        /// The sum of the wanted rows.
        rows: f64,
        /// The sum of the wanted columns.
        columns: f64,
    },
    /// A row that must hold somebody has no cell that may.
    #[error(
        "row {row} must add up to {wanted} and its seed is zero in every column; give it a cell above zero or a sum of zero"
    )]
    EmptyRow {
        /// The row.
        row: usize,
        /// What it must add up to.
        wanted: f64,
    },
    /// A column that must hold somebody has no cell that may.
    #[error(
        "column {column} must add up to {wanted} and its seed is zero in every row; give it a cell above zero or a sum of zero"
    )]
    EmptyColumn {
        /// The column.
        column: usize,
        /// What it must add up to.
        wanted: f64,
    },
    /// Proportional fitting came to no end, or to none with these sums.
    #[error(
        "after {rounds} rounds sums are still off by up to {gap:.3}, those of rows most in row {row}, and come no nearer or too slowly: no table that is zero where the seed is has these sums, or none that is anything like it"
    )]
    NotConverged {
        /// How many rounds were made.
        rounds: usize,
        /// By how much the worst sum is off.
        gap: f64,
        /// The row whose sum is off most.
        row: usize,
    },
    /// An origin has people abroad, and nobody at home.
    #[error(
        "nobody of row {0} is said to live where they come from; demographic accounting needs those who stayed, on the diagonal of both tables"
    )]
    NoStayers(usize),
    /// More died in a place than lived there.
    #[error("{deaths} deaths in column {column} are more than the {people} who lived there")]
    TooManyDeaths {
        /// The column.
        column: usize,
        /// The deaths.
        deaths: f64,
        /// Who lived there.
        people: f64,
    },
    /// More were born in a place than live there.
    #[error(
        "{births} births in column {column} are more than the {people} who live there at the end"
    )]
    TooManyBirths {
        /// The column.
        column: usize,
        /// The births.
        births: f64,
        /// Who lives there.
        people: f64,
    },
    /// The balance of the whole would take away more of those at home than there are.
    #[error(
        "births, deaths and the two tables differ by {0}, more than those at home can make up for; check that all are of the same places and period"
    )]
    Unbalanced(f64),
    /// More of an origin left for outside, or came from there, than live in a place.
    #[error(
        "the cell of row {row} and column {column} would be {value} once those are taken off who left for elsewhere or came from there; take the closed form, or add the places that lack"
    )]
    BelowZero {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
        /// What would be left.
        value: f64,
    },
    /// The table of the start cannot be inverted.
    #[error(
        "the stocks of the start have no inverse (two origins are spread over the places alike), so there are no rates of this kind; use another method"
    )]
    Singular,
    /// The weight of a mixture is no share.
    #[error("a weight of {0} is not between 0 and 1; give one such as 0.87")]
    Weight(f64),
    /// Nobody moved.
    #[error("nobody moved, so there is nothing that an index could describe")]
    NoFlow,
    /// A population is not above zero.
    #[error("a population of {0} is not above zero")]
    NoPopulation(f64),
}
