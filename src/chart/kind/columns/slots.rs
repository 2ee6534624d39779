//! Where columns stand along the axis: years and months side by side, days in real time.

use chrono::{Datelike, NaiveDate};

use super::Places;

/// What the places count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// One day of each year: bands of one year.
    Years,
    /// Last or first days of months: bands of one month.
    Months,
    /// Days at their time.
    Days,
    /// Categories.
    Names,
}

/// Places on an axis, in units of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Slots {
    /// What the units are.
    pub rhythm: Rhythm,
    /// The middle of each column.
    pub at: Vec<f64>,
    /// The room that one column or group has, in the same units.
    pub step: f64,
    /// Share of that room which is filled.
    pub filled: f64,
}

/// Share of a slot that is filled where slots follow one another: the gap is 28 per cent.
const FILLED: f64 = 0.72;

/// Whether a day is the last of its month.
pub fn is_month_end(day: &NaiveDate) -> bool {
    day.succ_opt().is_some_and(|next| next.day() == 1)
}

impl Slots {
    /// Slots of some places.
    pub fn new(places: &Places) -> Self {
        match places {
            Places::Names(names) => Self {
                rhythm: Rhythm::Names,
                at: (0..names.len()).map(|index| index as f64).collect(),
                step: 1.0,
                filled: FILLED,
            },
            Places::Days(days) => Self::of_days(days),
        }
    }

    fn of_days(days: &[NaiveDate]) -> Self {
        let rhythm = rhythm(days);
        let at: Vec<f64> = days
            .iter()
            .map(|day| match rhythm {
                Rhythm::Years => f64::from(day.year()),
                Rhythm::Months => f64::from(day.year() * 12 + day.month0() as i32),
                Rhythm::Days | Rhythm::Names => f64::from(day.num_days_from_ce()),
            })
            .collect();
        let mut steps: Vec<f64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_by(f64::total_cmp);
        let least = steps.first().copied().unwrap_or(1.0);
        let usual = steps.get(steps.len() / 2).copied().unwrap_or(1.0);
        // Two days that lie closer than usual make all columns thin; they may then be fuller.
        let filled = (FILLED * usual / least).min(if usual > 1.2 * least { 0.86 } else { FILLED });
        Self {
            rhythm,
            at,
            step: least,
            filled,
        }
    }

    /// How many steps the axis is long.
    pub fn length(&self) -> f64 {
        match (self.at.first(), self.at.last()) {
            (Some(first), Some(last)) => (last - first) / self.step + 1.0,
            _ => 1.0,
        }
    }

    /// Whether there are places between the first and the last where something usually stands and
    /// nothing does.
    pub fn has_holes(&self) -> bool {
        let mut steps: Vec<f64> = self.at.windows(2).map(|pair| pair[1] - pair[0]).collect();
        steps.sort_by(f64::total_cmp);
        let usual = steps[steps.len().saturating_sub(1) / 2..].first();
        let usual = usual.copied().unwrap_or(1.0);
        let regular = steps.iter().filter(|step| **step == usual).count();
        // Days without a rhythm have no place where something is missing.
        let has_rhythm = self.rhythm != Rhythm::Days || 2 * regular > steps.len();
        has_rhythm && steps.last().is_some_and(|most| *most > 1.5 * usual)
    }

    /// The place of a day on the axis.
    pub fn of_day(&self, day: NaiveDate) -> f64 {
        match self.rhythm {
            Rhythm::Years => f64::from(day.year()),
            Rhythm::Months => f64::from(day.year() * 12 + day.month0() as i32),
            Rhythm::Days | Rhythm::Names => f64::from(day.num_days_from_ce()),
        }
    }
}

fn rhythm(days: &[NaiveDate]) -> Rhythm {
    let Some(first) = days.first().filter(|_| days.len() > 1) else {
        return Rhythm::Days;
    };
    let of_year = |day: &NaiveDate| (day.month(), day.day()) == (first.month(), first.day());
    let same_month = days.iter().all(|day| day.month() == first.month());
    if days.iter().all(of_year) || (same_month && days.iter().all(is_month_end)) {
        Rhythm::Years
    } else if days.iter().all(is_month_end) || days.iter().all(|day| day.day() == 1) {
        Rhythm::Months
    } else {
        Rhythm::Days
    }
}
