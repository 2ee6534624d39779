//! What the ledger knows on the figure that a candidate would become, in its own channel and in others.

use std::fmt;

use super::super::agreement::{Agreement, agreement};
use super::super::sentence::day;
use crate::figure::{Quantity, Version, coded_enum};
use crate::ledger::{FigureId, Figures, Selection};
use crate::text::Prospect;

coded_enum! {
    /// How a recorded figure stands to one that is proposed.
    Knowledge ("knowledge of a candidate") {
        /// No figure of this claimant, thing, place and day is recorded.
        Nothing = "nothing",
        /// The same number is recorded.
        Same = "same",
        /// Another channel has a number that agrees: the same in other words, or before it was rounded.
        Agrees = "agrees",
        /// The channel said another number before: this would be a newer version.
        NewerVersion = "newer_version",
        /// The channel said another number since: this would be an older version.
        OlderVersion = "older_version",
        /// Another number of the same claimant is recorded from another channel, or of the same time.
        Contradiction = "contradiction",
    }
}

/// A recorded figure of the same claimant, thing, place and day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// How it stands to the proposed one.
    pub what: Knowledge,
    /// Its name.
    pub figure: FigureId,
    /// Its number.
    pub quantity: Quantity,
    /// Its line of publication.
    pub channel: String,
    /// When it became known.
    pub version: Version,
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            figure,
            quantity,
            channel,
            ..
        } = self;
        let published = day(self.version.day());
        match self.what {
            Knowledge::Nothing => f.write_str("nothing"),
            Knowledge::Same => write!(f, "{figure} says the same ({channel})"),
            Knowledge::Agrees => write!(f, "{figure} says {quantity}, which agrees ({channel})"),
            Knowledge::NewerVersion => write!(
                f,
                "{figure} says {quantity}, published {published} ({channel}): this would be a newer version"
            ),
            Knowledge::OlderVersion => write!(
                f,
                "{figure} says {quantity}, published {published} ({channel}): this would be an older version"
            ),
            Knowledge::Contradiction => write!(
                f,
                "{figure} says {quantity}, published {published} ({channel}): a contradiction"
            ),
        }
    }
}

/// The selection that holds all that could be known on a figure; none where what it counts, who says so
/// its days or its place are not told.
pub fn near(prospect: &Prospect) -> Option<Selection> {
    let period = prospect.period.filter(|_| prospect.within.is_none())?;
    Some(Selection {
        indicators: vec![prospect.indicator.clone()?],
        claimants: vec![prospect.claimant.clone()?],
        origins: prospect.origin.iter().cloned().collect(),
        locations: prospect.location.iter().cloned().collect(),
        measures: vec![prospect.measure],
        from: Some(period.start),
        to: Some(period.end),
        ..Selection::default()
    })
}

/// What figures know on a proposed one that was published at a time: first what concerns it most.
pub fn known(prospect: &Prospect, published: Option<Version>, figures: &Figures) -> Vec<Known> {
    let mut found: Vec<Known> = Vec::new();
    for row in &figures.rows {
        let series = &figures.series[row.series];
        let is_of_it = Some(row.period) == prospect.period
            && Some(&*series.claimant) == prospect.claimant.as_deref()
            && Some(&*series.indicator) == prospect.indicator.as_deref()
            && series.measure == prospect.measure
            && series.origin == prospect.origin
            && series.location == prospect.location
            && series.breakdown == prospect.breakdown
            && series
                .since
                .is_none_or(|since| prospect.since.is_none_or(|own| own == since));
        if !is_of_it || !row.quantity.is_present() || row.retracted.is_some() {
            continue;
        }
        let is_own_channel = *series.channel == *prospect.channel;
        let what = if row.quantity == prospect.quantity {
            Knowledge::Same
        } else if is_own_channel {
            match published.map(|published| published.cmp(&row.version)) {
                Some(std::cmp::Ordering::Greater) => Knowledge::NewerVersion,
                Some(std::cmp::Ordering::Less) => Knowledge::OlderVersion,
                _ => Knowledge::Contradiction,
            }
        } else {
            match agreement(&prospect.quantity, &row.quantity) {
                Agreement::Different => Knowledge::Contradiction,
                Agreement::Same | Agreement::Rounded | Agreement::Unqualified => Knowledge::Agrees,
            }
        };
        found.push(Known {
            what,
            figure: row.id,
            quantity: row.quantity,
            channel: series.channel.to_string(),
            version: row.version,
        });
    }
    found.sort_by_key(|known| {
        let concern = match known.what {
            Knowledge::Contradiction => 0,
            Knowledge::NewerVersion => 1,
            Knowledge::OlderVersion => 2,
            Knowledge::Same => 3,
            Knowledge::Agrees => 4,
            Knowledge::Nothing => 5,
        };
        (concern, known.figure)
    });
    found
}
