//! Demographic accounting: the movements that join two tables of where people of each origin live.
//!
//! For each origin, those who lived in each place at the start and those who live there at the end are
//! the row and column sums of a table of movements (Abel 2013, Demographic Research 28:505-546; Abel
//! and Sander 2014, Science 343:1520-1522). Births and deaths are taken off first, and what the two
//! tables then still differ by is either spread (closed) or moved out of the tables (open). Which of
//! the many tables with these sums is meant, an assumption about those who stay says.
//!
//! An estimate is a number of *transitions*: of people who live elsewhere at the end than at the start.
//! Who moves twice, or there and back, counts once or not at all. Every error of a stock is read as a
//! movement.

mod balance;

use super::fitting::{Stop, fit};
use super::table::check_sums;
use super::{MigrationError, Table};
use balance::{Balanced, balanced, born, died, native_balance};

/// The usual weight of the fewest movements in a mixture: that of Azose and Raftery (2019, PNAS
/// 116:116-122), fitted to reported flows between 31 European countries.
pub const WEIGHT: f64 = 0.87;

/// What is done about origins whose numbers differ between start and end when births and deaths are
/// taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Balance {
    /// Nobody comes from or leaves for places outside the tables: both tables are fitted to the mean of
    /// the two numbers of each origin, with the people of each place unchanged (Abel and Sander 2014;
    /// `rescale` of migest).
    #[default]
    Closed,
    /// The difference left for places outside or came from there. Who left is spread over places as the
    /// origin is at the start, who came as it is at the end (Abel 2013; `open-dr` of migest): no cell
    /// falls below zero.
    Open,
    /// As [`Balance::Open`], with who left spread as the origin is at the end, and who came as it is at
    /// the start (`open` of migest). A cell may fall below zero, which is refused.
    OpenCrossed,
}

/// Who of each origin is taken to have stayed in each place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stayers {
    /// As many as the stocks allow, so that as few as possible moved: a lower bound of movements.
    #[default]
    Most,
    /// As many as there would be if where people live at the end did not depend on where they lived at
    /// the start: far more movements than there are.
    Independent,
}

/// What is known of a period.
#[derive(Debug, Clone, Copy)]
pub struct Accounts<'a> {
    /// Who lives where at the start: a row for each origin, a column for each place, those who live
    /// where they come from on the diagonal.
    pub start: &'a Table,
    /// The same at the end.
    pub end: &'a Table,
    /// Births in each place within the period.
    pub births: &'a [f64],
    /// Deaths in each place within the period.
    pub deaths: &'a [f64],
    /// What movements are in proportion to, such as former flows; alike for all pairs without it.
    pub seed: Option<&'a Table>,
    /// What becomes of differences.
    pub balance: Balance,
    /// Who stays.
    pub stayers: Stayers,
    /// When fitting ends.
    pub stop: Stop,
}

/// Movements that were estimated.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// From each place (row) to each place (column), of people of all origins; zero on the diagonal.
    pub flows: Table,
    /// Who came into each place from outside the tables; only of open accounts.
    pub came: Vec<f64>,
    /// Who left each place for outside the tables; only of open accounts.
    pub left: Vec<f64>,
    /// By how much births less deaths differ from the growth of the two tables: what those at home were
    /// changed by in all so that closed accounts balance.
    pub discrepancy: f64,
    /// Places in which more were born than live there of their own, so that births were spread over all
    /// who live there.
    pub spread_births: Vec<usize>,
    /// Rounds of fitting, the most of any table.
    pub rounds: usize,
    /// By how much a sum is off at most, in any table.
    pub gap: f64,
}

/// Estimates movements by demographic accounting (`ffs_demo` of migest).
///
/// Deaths are spread over all who live in a place alike; children are of the place in which they are
/// born, as long as that many of it live there. Unlike migest, what makes closed accounts balance is
/// spread over those at home without rounding to whole people.
///
/// # Errors
/// When the tables are not square and of one size, a number is below zero or none, a place has nobody
/// who comes from it on the diagonal, more die or are born than live in a place, an open account takes
/// a cell below zero, or the tables cannot be fitted.
pub fn account(accounts: &Accounts<'_>) -> Result<Estimate, MigrationError> {
    let places = check(accounts)?;
    let (mut start, mut end) = (accounts.start.clone(), accounts.end.clone());
    let natural: f64 = accounts.births.iter().sum::<f64>() - accounts.deaths.iter().sum::<f64>();
    let discrepancy = natural - (end.total() - start.total());
    if accounts.balance == Balance::Closed {
        native_balance(&mut start, &mut end, discrepancy)?;
    }
    let deaths = died(&start, accounts.deaths)?;
    let (births, spread_births) = born(&end, accounts.births)?;
    let start = start.with(&deaths, |people, died| people - died)?;
    let end = end.with(&births, |people, born| people - born)?;
    let Balanced {
        start,
        end,
        came,
        left,
        mut rounds,
        mut gap,
    } = balanced(start, end, accounts.balance, accounts.stop)?;

    let mut flows = Table::zeros(places);
    for origin in 0..places {
        let (mut from, mut to) = (start.row(origin).to_vec(), end.row(origin).to_vec());
        if accounts.stayers == Stayers::Most {
            for (from, to) in from.iter_mut().zip(&mut to) {
                let stayed = from.min(*to);
                *from -= stayed;
                *to -= stayed;
            }
        }
        let came: f64 = to.iter().sum();
        if came <= 0.0 {
            continue;
        }
        match accounts.seed {
            None => join_alike(&mut flows, &from, &to, came),
            Some(seed) => {
                let went: f64 = from.iter().sum();
                to.iter_mut().for_each(|to| *to *= went / came);
                let joined = fit(seed, &from, &to, accounts.stop)?;
                flows = flows.with(&joined.table, |sum, own| sum + own)?;
                rounds = rounds.max(joined.rounds);
                gap = gap.max(joined.gap);
            }
        }
    }
    flows.fill_diagonal(0.0);
    Ok(Estimate {
        flows,
        came,
        left,
        discrepancy,
        spread_births,
        rounds,
        gap,
    })
}

/// Adds the table of one origin whose rows and columns are independent: what fitting a seed of ones
/// comes to, at once. Where as many as can be stay, nobody both leaves a place and comes to it, so that
/// the diagonal needs no care.
fn join_alike(flows: &mut Table, from: &[f64], to: &[f64], came: f64) {
    for (row, from) in from.iter().enumerate().filter(|(_, from)| **from > 0.0) {
        for (sum, to) in flows.row_mut(row).iter_mut().zip(to) {
            *sum += from * to / came;
        }
    }
}

/// The mixture of the fewest movements and of those that independence gives, cell by cell: `weight *
/// fewest + (1 - weight) * independent` (Azose and Raftery 2019; Abel and Cohen 2019 call it
/// pseudo-Bayesian).
///
/// It has return and onward movements that the fewest lack. The weight was fitted to migrants between
/// European countries over five years; nothing says that it holds for refugees or for a year.
///
/// # Errors
/// When the weight is not between 0 and 1 or the tables are not of one size.
pub fn mixture(fewest: &Table, independent: &Table, weight: f64) -> Result<Table, MigrationError> {
    if !(0.0..=1.0).contains(&weight) {
        return Err(MigrationError::Weight(weight));
    }
    fewest.with(independent, |fewest, independent| {
        weight * fewest + (1.0 - weight) * independent
    })
}

/// Refuses accounts that cannot be told; the number of places.
fn check(accounts: &Accounts<'_>) -> Result<usize, MigrationError> {
    let places = accounts.start.places()?;
    for table in [accounts.start, accounts.end]
        .into_iter()
        .chain(accounts.seed)
    {
        if table.places()? != places {
            return Err(MigrationError::Unlike(places, table.rows()));
        }
        table.check_counts()?;
    }
    for sums in [accounts.births, accounts.deaths] {
        if sums.len() != places {
            return Err(MigrationError::Unlike(places, sums.len()));
        }
        check_sums(sums)?;
    }
    let stay_at_home = accounts.start.diagonal().into_iter();
    let at_home = stay_at_home.zip(accounts.end.diagonal());
    let mut alone = at_home.map(|(start, end)| start == 0.0 || end == 0.0);
    match alone.position(|alone| alone) {
        Some(place) => Err(MigrationError::NoStayers(place)),
        None => Ok(places),
    }
}
