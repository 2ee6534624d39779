//! The days that a date means.

use chrono::{Datelike as _, Days, Months, NaiveDate};

/// What a date says, before it is held against the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day, perhaps without its year.
    Day(Option<i32>, u32, u32),
    /// A month, perhaps without its year.
    Month(Option<i32>, u32),
    /// A year.
    Year(i32),
    /// A day of the week, Monday first.
    Weekday(u32),
    /// A year with two numbers of which either may be the month: "03/04/2024". It means no day.
    Either(i32, u32, u32),
}

impl When {
    /// A day whose month may be its day.
    pub(super) const fn either(self) -> Self {
        match self {
            Self::Day(Some(year), month, day) => Self::Either(year, day, month),
            other => other,
        }
    }

    /// Whether it may be read in two ways.
    pub const fn is_unclear(self) -> bool {
        matches!(self, Self::Either(..))
    }

    /// The first and the last day that it means, at or before the day of publication where the year is not said.
    ///
    /// A year that is not said is the newest for which the date does not lie after the publication; a
    /// weekday is the newest such day.
    pub fn resolve(self, published: Option<NaiveDate>) -> Option<(NaiveDate, NaiveDate)> {
        let day = |day: NaiveDate| Some((day, day));
        match self {
            Self::Day(Some(year), month, number) => {
                day(NaiveDate::from_ymd_opt(year, month, number)?)
            }
            Self::Day(None, month, number) => {
                let published = published?;
                let this = NaiveDate::from_ymd_opt(published.year(), month, number);
                match this {
                    // A week ahead may be announced; further ahead it is of last year.
                    Some(date) if date <= published + Days::new(7) => day(date),
                    _ => day(NaiveDate::from_ymd_opt(
                        published.year() - 1,
                        month,
                        number,
                    )?),
                }
            }
            Self::Month(Some(year), month) => month_days(year, month),
            Self::Month(None, month) => {
                let published = published?;
                let year = published.year() - i32::from(month > published.month());
                month_days(year, month)
            }
            Self::Year(year) => Some((
                NaiveDate::from_ymd_opt(year, 1, 1)?,
                NaiveDate::from_ymd_opt(year, 12, 31)?,
            )),
            Self::Weekday(weekday) => {
                let published = published?;
                let back = (published.weekday().number_from_monday() + 7 - weekday) % 7;
                day(published.checked_sub_days(Days::new(u64::from(back)))?)
            }
            Self::Either(..) => None,
        }
    }
}

impl When {
    /// The first and the last day that it means as the end of a span that begins on a day: "May" in
    /// "March to May", also where that May has not come when it is written. None where it ends before.
    pub fn resolve_after(self, start: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        (start.year()..=start.year().checked_add(1)?)
            .filter_map(|year| match self {
                Self::Day(None, month, number) => {
                    Self::Day(Some(year), month, number).resolve(None)
                }
                Self::Month(None, month) => month_days(year, month),
                Self::Weekday(_) => self.resolve(start.checked_add_days(Days::new(6))),
                dated => dated.resolve(None),
            })
            .find(|(_, last)| *last >= start)
    }
}

fn month_days(year: i32, month: u32) -> Option<(NaiveDate, NaiveDate)> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let last = first
        .checked_add_months(Months::new(1))?
        .checked_sub_days(Days::new(1))?;
    Some((first, last))
}
