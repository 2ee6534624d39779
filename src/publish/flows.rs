//! Movements between places as a table: as published, or estimated from two stocks of each pair.
//!
//! An estimate never enters the ledger. Each row says by which method it was reckoned and what that
//! assumes, beside the two stocks where it rests on them.

mod accounts;
mod days;
mod describe;
mod error;
mod estimate;
mod frames;
mod known;
mod published;
mod stocks;

use std::collections::BTreeSet;

pub use days::steps;
pub use describe::{Index, day_in_words, indices};
pub use error::FlowsError;
pub use estimate::{Wanted, estimate};
pub use frames::{frame, index_frame};
pub use known::{AtHome, Natural, NaturalChange, Seed};
pub use published::{fitted, published};

use crate::figure::{Period, PlaceId, Qualifier, Series, Status, coded_enum};
use crate::ledger::FigureId;
use crate::place;

/// Indicators whose figures of a period are of people who went from one place to another, or asked to.
pub const MOVEMENTS: [&str; 4] = [
    "arrivals",
    "asylum_applications",
    "refugee_returns",
    "resettlement",
];

coded_enum! {
    /// How movements are known or estimated.
    Method ("method of flows") {
        /// As a source gives them.
        Published = "published",
        /// The change of each stock with its sign.
        NetChange = "net-change",
        /// Growth of a stock is arrival; a fall is dropped.
        DropNegative = "drop-negative",
        /// Growth of a stock is arrival; a fall is return.
        ReverseNegative = "reverse-negative",
        /// Closed demographic accounting with births and deaths.
        Accounting = "accounting",
        /// Open demographic accounting with births and deaths.
        AccountingOpen = "accounting-open",
        /// Closed demographic accounting without births and deaths.
        Minimum = "minimum",
        /// A mixture of the fewest movements and of independent ones.
        PseudoBayesian = "pseudo-bayesian",
        /// A seed fitted to published totals.
        Fitted = "ipf",
    }
}

impl Method {
    /// What it takes for granted, in a line.
    pub const fn assumption(self) -> &'static str {
        match self {
            Self::Published => "none: as the source gives them",
            Self::NetChange => "none: the change of each stock with its sign, which is no movement",
            Self::DropNegative => {
                "as many came from the origin as a stock grew by, falls are dropped; nobody of a stock was born, died or became a citizen"
            }
            Self::ReverseNegative => {
                "as many came from the origin as a stock grew by, and as many went back as it fell by; nobody of a stock was born, died or became a citizen"
            }
            Self::Accounting => {
                "closed: nobody comes from or leaves for other places; as many stayed as the stocks allow; births and deaths as given"
            }
            Self::AccountingOpen => {
                "open: what births, deaths and stocks differ by came from or left for other places; as many stayed as the stocks allow"
            }
            Self::Minimum => {
                "closed: nobody comes from or leaves for other places; as many stayed as the stocks allow; nobody was born or died"
            }
            Self::PseudoBayesian => {
                "closed: a mixture of the fewest movements that the stocks allow and of those if nobody's place at the end depended on that at the start"
            }
            Self::Fitted => {
                "who goes where is as in the seed, scaled to the published totals by origin and by destination"
            }
        }
    }

    /// Whether it needs those who live where they come from.
    pub const fn needs_stayers(self) -> bool {
        matches!(
            self,
            Self::Accounting | Self::AccountingOpen | Self::Minimum | Self::PseudoBayesian
        )
    }

    /// Whether it needs births and deaths.
    pub const fn needs_births(self) -> bool {
        matches!(self, Self::Accounting | Self::AccountingOpen)
    }

    /// The estimates from stocks with what they assume, a line each, for who named none.
    pub fn choice() -> String {
        let lines = Self::ALL
            .iter()
            .filter(|method| **method != Self::Published);
        lines
            .map(|method| format!("\n  --method {method:<17} {}", method.assumption()))
            .collect()
    }
}

/// Movements over one or several steps of time.
#[derive(Debug)]
pub struct Flows<'l> {
    /// How they were reckoned.
    pub method: Method,
    /// What that takes for granted, with what was chosen.
    pub assumption: String,
    /// Whether a pair that is not reported on one of the days was taken as zero there.
    pub absent_as_zero: bool,
    /// The steps, by time.
    pub steps: Vec<Step<'l>>,
    /// The figures that they rest on.
    pub figures: BTreeSet<FigureId>,
    /// What a reader must know beside the table.
    pub remarks: Vec<String>,
}

/// The movements of one step.
#[derive(Debug)]
pub struct Step<'l> {
    /// The days of the two stocks, or the period of the flows.
    pub period: Period,
    /// A row for each pair, the largest first.
    pub rows: Vec<FlowRow<'l>>,
    /// How the stocks changed.
    pub tally: Tally,
}

/// Movements from one place to another.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowRow<'l> {
    /// Where people come from.
    pub from: &'l PlaceId,
    /// Where they went.
    pub to: &'l PlaceId,
    /// How many; none where nothing can be said.
    pub value: Option<f64>,
    /// The word of the source before a published number; none of an estimate.
    pub qualifier: Option<Qualifier>,
    /// What kind of knowledge it is.
    pub status: Status,
    /// Who of the origin was counted at the destination at the start.
    pub stock_start: Option<i64>,
    /// The same at the end.
    pub stock_end: Option<i64>,
    /// What is to be known about the row.
    pub note: String,
    /// What is counted, and who counts it.
    pub series: &'l Series,
    /// The licences of the figures behind it.
    pub licence: Option<String>,
}

/// How the stocks of a step changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Pairs with a stock on both days.
    pub pairs: usize,
    /// By how many people stocks grew in all.
    pub grown: i64,
    /// By how many people stocks fell in all.
    pub fallen: i64,
    /// How many of them fell.
    pub falls: usize,
    /// Pairs with a stock at the end only, and the people in them.
    pub appeared: (usize, i64),
    /// Pairs with a stock at the start only, and the people in them.
    pub vanished: (usize, i64),
}

impl Step<'_> {
    /// The sum of its rows; none where places overlap or differ in what is counted, so that it would be
    /// of nothing.
    pub fn total(&self) -> Option<f64> {
        let first = self.rows.first()?.series;
        let same = |row: &FlowRow<'_>| {
            row.series.indicator == first.indicator && row.series.breakdown == first.breakdown
        };
        let from: BTreeSet<&PlaceId> = self.rows.iter().map(|row| row.from).collect();
        let to: BTreeSet<&PlaceId> = self.rows.iter().map(|row| row.to).collect();
        let overlap = place::any_overlap(from) || place::any_overlap(to);
        (!overlap && self.rows.iter().all(same))
            .then(|| self.rows.iter().filter_map(|row| row.value).sum())
    }

    /// Puts the largest rows first, those of one size by their places.
    fn sort(&mut self) {
        let size = |row: &FlowRow<'_>| row.value.map_or(-1.0, f64::abs);
        self.rows.sort_by(|a, b| {
            let names = |row: &FlowRow<'_>| (row.from.clone(), row.to.clone());
            size(b)
                .total_cmp(&size(a))
                .then_with(|| (a.series, names(a)).cmp(&(b.series, names(b))))
        });
    }
}
