//! Why there are no flows.

use chrono::NaiveDate;

use crate::analysis::migration::MigrationError;
use crate::publish::sentence::day;

/// Why there are no flows, and the way out.
#[derive(Debug, thiserror::Error)]
pub enum FlowsError {
    /// Several things are counted.
    #[error("flows are reckoned from one {what} at a time, and these are {found}; {way_out}")]
    Mixed {
        /// What differs.
        what: &'static str,
        /// What there is of it.
        found: String,
        /// What to do.
        way_out: &'static str,
    },
    /// No stock has an origin and a place.
    #[error(
        "no stock here says both where people come from and where they are; movements are reckoned from pairs, such as those of `--indicator refugees`"
    )]
    NoPairs,
    /// The stocks are of one day.
    #[error(
        "the stocks of this selection are all of {}; a change needs two days: write a longer --period, such as 2022..2023", day(*.0)
    )]
    OneDay(NaiveDate),
    /// Nothing can be compared between two days.
    #[error(
        "no pair has a stock on both {} and {}; choose days that the ledger holds with --period", day(*.0), day(*.1)
    )]
    NothingInCommon(NaiveDate, NaiveDate),
    /// Demographic accounting of one origin.
    #[error(
        "the stocks are of people from {0} alone, a list and no table: who moved on from one country of asylum to another cannot be told from who came anew, as nobody else's moves are known; take --method drop-negative or reverse-negative, or widen --origin"
    )]
    OneOrigin(String),
    /// Those at home are not known.
    #[error(
        "--method {0} needs those who live where they come from, which stocks of refugees do not hold: without them everybody who left home would have come from nowhere. Give --stayers FILE (columns place, year, stayers), or --stayers population where the ledger holds populations"
    )]
    NoStayers(super::Method),
    /// Those at home are known of too few places.
    #[error(
        "of the places of these stocks only {known} {have} stayers on both {} and {}; {lacking} lack them, {first} among them", day(*.start), day(*.end), have = if *.known == 1 { "has" } else { "have" }
    )]
    FewStayers {
        /// How many are known.
        known: usize,
        /// How many are not.
        lacking: usize,
        /// One of those.
        first: String,
        /// The day of the start.
        start: NaiveDate,
        /// The day of the end.
        end: NaiveDate,
    },
    /// Births and deaths are not known.
    #[error(
        "--method {0} needs births and deaths of the period: without them children would be read as arrivals, and the dead as departures. Give --births-deaths FILE (columns place, year, births, deaths); --method minimum reckons as if there were none"
    )]
    NoBirths(super::Method),
    /// Births and deaths do not cover the period.
    #[error(
        "births and deaths of {place} are known for {known} of the {all} days between the two stocks; add the years that lack to the file"
    )]
    FewBirths {
        /// The place.
        place: String,
        /// How many days are covered.
        known: i64,
        /// How many there are.
        all: i64,
    },
    /// Closed accounts cannot be balanced.
    #[error(
        "the two tables cannot be made to hold the same people of {0}: too few of them live elsewhere, or of others there, to make up for what births, deaths and stocks differ by. Closed accounts are of whole populations by origin; take --method accounting-open, check stayers, births and deaths, or leave places out"
    )]
    NotClosed(String),
    /// Places share people.
    #[error(
        "{0} and {1} may hold the same people, whom a table of movements would hold twice (rule parts); choose places that do not overlap"
    )]
    Overlap(String, String),
    /// There are no totals to fit to.
    #[error(
        "--method ipf fits a seed to totals of a period that are published by origin alone and by destination alone, and the ledger holds {0}; of pairs that are published themselves nothing is to be estimated"
    )]
    NoTotals(String),
    /// There is no seed.
    #[error(
        "--method ipf needs --seed FILE (columns origin, destination, weight): what pairs are like before they are fitted, such as the flows of another year"
    )]
    NoSeed,
    /// A kernel refused.
    #[error("{error}{}", .places.as_deref().map_or_else(String::new, |places| format!(" ({places})")))]
    Kernel {
        /// What it said.
        error: MigrationError,
        /// Which places it speaks of.
        places: Option<String>,
    },
    /// A licence or a sum that does not fit.
    #[error("{0}")]
    Other(String),
}
