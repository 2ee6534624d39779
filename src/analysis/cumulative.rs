//! New per day from a cumulative on irregular days, with the falls that are revisions.
//!
//! A cumulative that falls was revised: the count was corrected, nothing happened backwards (truth
//! rule 9). What is then new can be said in three ways, and the answer always names which: as it
//! is, after the running maximum (`cummax` of R, pandas and polars), or after the running minimum
//! from the end. None of them sets a fall to zero and leaves the rest alone: the numbers would
//! then add up to more than ever was counted.

use chrono::NaiveDate;

use super::measure::Cumulative;
use crate::figure::{coded_enum, grouped};

coded_enum! {
    /// What becomes of a fall of a cumulative when it is differenced.
    #[derive(Default)]
    RevisionPolicy ("revision policy") {
        /// The fall stays, as a negative number of new. The sum is last minus first.
        #[default]
        Signed = "signed",
        /// The series is replaced by its running maximum: after a fall nothing is new until the
        /// old height is passed. The sum is the maximum minus the first value, so a series that
        /// ends below its maximum keeps what was taken back.
        Cummax = "cummax",
        /// The series is replaced by its reverse running minimum: what was taken back is taken
        /// from the days before. The sum is last minus the minimum over all days; that is last
        /// minus first exactly when no later value is below the first, and otherwise more by what
        /// the first value was lowered.
        Backcast = "backcast",
    }
}

/// One report of a cumulative, and what is new in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewPerDay {
    /// The day of the report.
    pub day: NaiveDate,
    /// The count so far, as reported.
    pub reported: i64,
    /// The count so far under the policy; the same as reported when signed.
    pub level: i64,
    /// Days since the last report; none for the first.
    pub days: Option<i64>,
    /// What is new since the last report; none for the first.
    pub new: Option<i64>,
    /// What is new on each day since the last report, were it spread evenly; none for the first.
    pub per_day: Option<f64>,
}

/// A fall of a cumulative as reported: a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fall {
    /// The day of the lower report.
    pub day: NaiveDate,
    /// The count before.
    pub from: i64,
    /// The count that replaced it.
    pub to: i64,
    /// By how much it fell, above zero.
    pub fall: i64,
}

/// A differenced cumulative.
#[derive(Debug, Clone, PartialEq)]
pub struct Differences {
    /// What became of falls.
    pub policy: RevisionPolicy,
    /// One row per report.
    pub rows: Vec<NewPerDay>,
    /// The falls as reported, whatever the policy.
    pub falls: Vec<Fall>,
}

impl Differences {
    /// The sum of what is new: the last level minus the first.
    pub fn sum(&self) -> i64 {
        self.rows.iter().filter_map(|row| row.new).sum()
    }

    /// What to say beside the numbers; none when nothing fell, as the policies then agree.
    pub fn note(&self) -> Option<String> {
        let count = self.falls.len();
        let falls = match count {
            0 => return None,
            1 => "the cumulative falls once, which is a revision".to_owned(),
            _ => format!("the cumulative falls {count} times, which are revisions"),
        };
        let done = match self.policy {
            RevisionPolicy::Signed => "kept as negative numbers of new",
            RevisionPolicy::Cummax => "nothing counts as new until the old height is passed",
            RevisionPolicy::Backcast => "taken from the days before",
        };
        let lowered = self.rows.first().map_or(0, |row| row.reported - row.level);
        let lowered = match lowered {
            0 => String::new(),
            by => format!("; the first value is lowered by {}", grouped(by)),
        };
        Some(format!("{falls}; {done} ({}){lowered}", self.policy))
    }
}

/// The count so far under a policy, one level per report: monotone unless signed.
pub fn levels(series: &Cumulative<'_>, policy: RevisionPolicy) -> Vec<i64> {
    let mut levels = series.dated().values().to_vec();
    match policy {
        RevisionPolicy::Signed => {}
        RevisionPolicy::Cummax => {
            for index in 1..levels.len() {
                levels[index] = levels[index].max(levels[index - 1]);
            }
        }
        RevisionPolicy::Backcast => {
            for index in (1..levels.len()).rev() {
                levels[index - 1] = levels[index - 1].min(levels[index]);
            }
        }
    }
    levels
}

/// Differences a cumulative between successive reports.
///
/// What is new between two reports is exact however far they are apart; only spreading it over
/// the days in between assumes that each saw the same.
pub fn difference(series: &Cumulative<'_>, policy: RevisionPolicy) -> Differences {
    let mut rows: Vec<NewPerDay> = Vec::with_capacity(series.dated().days().len());
    let mut falls = Vec::new();
    for ((day, reported), level) in series.dated().points().zip(levels(series, policy)) {
        let last = rows.last();
        if let Some(last) = last.filter(|last| reported < last.reported) {
            falls.push(Fall {
                day,
                from: last.reported,
                to: reported,
                fall: last.reported - reported,
            });
        }
        let days = last.map(|last| (day - last.day).num_days());
        let new = last.map(|last| level - last.level);
        rows.push(NewPerDay {
            day,
            reported,
            level,
            days,
            new,
            per_day: new.zip(days).map(|(new, days)| new as f64 / days as f64),
        });
    }
    Differences {
        policy,
        rows,
        falls,
    }
}

#[cfg(test)]
mod tests;
