//! Days as steps of one length: years, months or days, whichever they keep.

use chrono::{Datelike as _, NaiveDate};

use crate::figure::coded_enum;

coded_enum! {
    /// What a slope is per.
    TimeUnit ("unit of time") {
        /// A year.
        Year = "year",
        /// A month.
        Month = "month",
        /// A day.
        Day = "day",
    }
}

/// The mean length of a year in days, where days are irregular.
const DAYS_OF_A_YEAR: f64 = 365.25;

/// Where days that keep no months are this far apart, in the middle, a slope is per year.
const FAR_APART: i64 = 60;

/// Increasing days, counted in the largest step that all of their distances are multiples of.
///
/// Days that are whole years or months apart are counted in those, so that a leap year is no
/// longer than another and a yearly series is regular.
#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    /// What slopes are given per.
    pub unit: TimeUnit,
    /// Steps since the first day.
    positions: Vec<i64>,
    /// How long a step is, in the unit that the days keep.
    length: i64,
    /// The unit that the days keep.
    kept: TimeUnit,
    /// The shortest and the longest distance between neighbours, in steps.
    gaps: (i64, i64),
}

impl Steps {
    /// The steps of increasing days.
    pub fn of(days: &[NaiveDate]) -> Self {
        let are_ends = days.iter().all(|day| {
            day.succ_opt()
                .is_some_and(|next| next.month() != day.month())
        });
        let one_number = days.windows(2).all(|pair| pair[0].day() == pair[1].day());
        let months = |day: &NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month0());
        let count = |of: &dyn Fn(&NaiveDate) -> i64| -> Vec<i64> {
            let first = days.first().map_or(0, of);
            days.iter().map(|day| of(day) - first).collect()
        };
        let (mut positions, mut kept) = if are_ends || one_number {
            (count(&months), TimeUnit::Month)
        } else {
            (count(&|day| day.num_days_from_ce().into()), TimeUnit::Day)
        };
        let mut length = positions.iter().fold(0, |gcd, at| common(gcd, *at)).max(1);
        positions.iter_mut().for_each(|at| *at /= length);
        if kept == TimeUnit::Month && length % 12 == 0 {
            (length, kept) = (length / 12, TimeUnit::Year);
        }
        let mut gaps: Vec<i64> = positions.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let middle = gaps.get(gaps.len() / 2).map_or(0, |gap| gap * length);
        let unit = match kept {
            TimeUnit::Day if middle >= FAR_APART => TimeUnit::Year,
            TimeUnit::Month if middle >= 12 => TimeUnit::Year,
            other => other,
        };
        let ends = gaps.first().copied().zip(gaps.last().copied());
        Self {
            unit,
            positions,
            length,
            kept,
            gaps: ends.unwrap_or((1, 1)),
        }
    }

    /// Steps from the first day to each, in increasing order.
    pub fn positions(&self) -> &[i64] {
        &self.positions
    }

    /// How many steps there are in the unit of slopes.
    pub fn per_unit(&self) -> f64 {
        let length = self.length as f64;
        match (self.unit, self.kept) {
            (TimeUnit::Year, TimeUnit::Day) => DAYS_OF_A_YEAR / length,
            (TimeUnit::Year, TimeUnit::Month) => 12.0 / length,
            _ => 1.0 / length,
        }
    }

    /// Whether all neighbours are equally far apart.
    pub const fn are_regular(&self) -> bool {
        self.gaps.0 == self.gaps.1
    }

    /// How far neighbours are apart: "1 year", "7 days", "1 to 5 days".
    pub fn in_words(&self) -> String {
        let (shortest, longest) = (self.gaps.0 * self.length, self.gaps.1 * self.length);
        let plural = if longest == 1 { "" } else { "s" };
        if shortest == longest {
            format!("{longest} {}{plural}", self.kept)
        } else {
            format!("{shortest} to {longest} {}{plural}", self.kept)
        }
    }
}

/// The greatest common divisor.
fn common(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
