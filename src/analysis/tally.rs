//! Tallies of events: which of several rows of one event counts, and the day, month or year that it
//! counts in.
//!
//! An event of several days belongs to its last day, as sources of events file it: its number is
//! known when it is over, and parting it over its days would invent how many there were on each.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::{Datelike as _, Days, Months, NaiveDate};

use crate::figure::{Period, coded_enum};

coded_enum! {
    /// How finely time is parted.
    Step ("step of time") {
        /// Each day.
        Day = "day",
        /// Each month of the calendar.
        Month = "month",
        /// Each year of the calendar.
        Year = "year",
    }
}

impl Step {
    /// The days of the shortest of its kind.
    pub const fn shortest(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Month => 28,
            Self::Year => 365,
        }
    }

    /// The day, the month or the year that a day lies in; the day alone at the end of time.
    pub fn around(self, day: NaiveDate) -> Period {
        let (first, months) = match self {
            Self::Day => return Period::day(day),
            Self::Month => (day.with_day(1), 1),
            Self::Year => (NaiveDate::from_ymd_opt(day.year(), 1, 1), 12),
        };
        first
            .and_then(|first| {
                let next = first.checked_add_months(Months::new(months))?;
                Period::new(first, next.checked_sub_days(Days::new(1))?)
            })
            .unwrap_or(Period::day(day))
    }
}

/// Of rows that each tell of an event, the places of those that count: the newest row of each event,
/// in their order. A row without an event always counts.
pub fn newest_of_each<E: Hash + Eq, V: Ord + Copy>(
    rows: impl Iterator<Item = (Option<E>, V)>,
) -> Vec<bool> {
    let most = rows.size_hint().1.unwrap_or(0);
    let mut counts: Vec<bool> = Vec::with_capacity(most);
    let mut newest: HashMap<E, (V, usize), foldhash::fast::FixedState> =
        HashMap::with_capacity_and_hasher(most, foldhash::fast::FixedState::default());
    for (at, (event, version)) in rows.enumerate() {
        counts.push(true);
        let Some(event) = event else { continue };
        let known = newest.entry(event).or_insert((version, at));
        if known.1 == at {
            continue;
        }
        if known.0 < version {
            counts[known.1] = false;
            *known = (version, at);
        } else {
            counts[at] = false;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_step_reaches_over_the_whole_of_its_month_or_year() {
        for (step, of, from, to) in [
            (Step::Day, "2024-02-29", "2024-02-29", "2024-02-29"),
            (Step::Month, "2024-02-29", "2024-02-01", "2024-02-29"),
            (Step::Month, "2023-12-31", "2023-12-01", "2023-12-31"),
            (Step::Year, "2023-12-31", "2023-01-01", "2023-12-31"),
        ] {
            let found = step.around(day(of));
            assert_eq!((found.start, found.end), (day(from), day(to)));
        }
        assert_eq!(Step::Year.around(NaiveDate::MAX).end, NaiveDate::MAX);
    }

    #[test]
    fn of_each_event_the_newest_row_counts_in_whatever_order() {
        let rows = [
            (Some("a"), 2),
            (None, 0),
            (Some("a"), 1),
            (Some("b"), 1),
            (Some("b"), 3),
            (Some("b"), 2),
            (None, 0),
        ];
        assert_eq!(
            newest_of_each(rows.into_iter()),
            [true, true, false, false, true, false, true]
        );
    }
}
