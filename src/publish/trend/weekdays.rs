//! On which days of the week a source reports, as a table and a sentence.

use chrono::{NaiveDate, Weekday};
use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::{Columns, rounded};
use super::columns::{identity, provenance};
use super::words::subject;
use crate::analysis::weekday::{WEEKDAYS, Week, week};
use crate::figure::counted;
use crate::ledger::Figures;
use crate::line::Line;

const METHOD: &str = "weeks, Monday to Sunday, with a report of the day, among whole weeks with at \
     least four reports; silent where there is one in no more than one of ten weeks";

/// Why a line has no habit.
const NOTHING: &str =
    "fewer than four whole weeks with at least four reports each, which say nothing of a habit";

/// The habit of one line.
#[derive(Debug)]
pub struct WeekdayRow<'l> {
    line: &'l Line,
    days: Vec<NaiveDate>,
    /// How often there is a report of each day; none where it cannot be told.
    pub week: Option<Week>,
}

/// On which weekdays the reports of a line are; of points of all kinds, for a qualified one is a
/// report too.
pub fn weekdays(line: &Line) -> WeekdayRow<'_> {
    let mut days: Vec<NaiveDate> = line
        .of_one_channel()
        .map(|point| point.period.end)
        .collect();
    days.dedup();
    WeekdayRow {
        week: week(&days),
        line,
        days,
    }
}

/// Weekdays as a frame: seven rows for each line, Monday first.
///
/// Columns: location, location_id, origin_id, indicator, breakdown; weekday (by name), weeks,
/// reported (whole), reported_percent (decimal), silent (yes or no), method, notes, claimant, channel,
/// licence. A line of which nothing can be told has one row, whose notes say so.
///
/// # Errors
/// When polars cannot build the frame.
pub fn weekday_frame(
    rows: &[WeekdayRow<'_>],
    figures: &Figures,
) -> Result<DataFrame, PublishError> {
    let cells: Vec<(&Line, Option<(Week, Weekday)>)> = rows
        .iter()
        .flat_map(|row| -> Vec<_> {
            match row.week {
                Some(week) => WEEKDAYS
                    .iter()
                    .map(|day| (row.line, Some((week, *day))))
                    .collect(),
                None => vec![(row.line, None)],
            }
        })
        .collect();
    let lines: Vec<&Line> = cells.iter().map(|(line, _)| *line).collect();
    let found = || cells.iter().map(|(_, found)| *found);
    let whole = |count: usize| i64::try_from(count).ok();
    let mut columns = Columns::default();
    identity(&mut columns, &lines);
    columns.text("weekday", found().map(|found| Some(name(found?.1))));
    columns.whole("weeks", found().map(|found| whole(found?.0.weeks)));
    columns.whole(
        "reported",
        found().map(|found| {
            let (week, day) = found?;
            whole(week.reported_on(day))
        }),
    );
    columns.decimal(
        "reported_percent",
        found().map(|found| {
            let (week, day) = found?;
            let share = week.reported_on(day) as f64 / week.weeks as f64;
            Some(rounded(100.0 * share, 2))
        }),
    );
    columns.text(
        "silent",
        found().map(|found| {
            let (week, day) = found?;
            Some(if week.is_silent(day) { "yes" } else { "no" })
        }),
    );
    columns.text("method", found().map(|found| found.map(|_| METHOD)));
    columns.text(
        "notes",
        found().map(|found| found.is_none().then_some(NOTHING)),
    );
    provenance(&mut columns, &lines, figures);
    columns.frame()
}

/// The English name of a weekday.
const fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// The result in one sentence; none where nothing can be told.
pub fn weekday_sentence(rows: &[WeekdayRow<'_>]) -> Option<String> {
    let told: Vec<(&WeekdayRow<'_>, Week)> = rows
        .iter()
        .filter_map(|row| Some((row, row.week?)))
        .collect();
    let silent = |week: &Week| -> Vec<&str> {
        let days = WEEKDAYS.into_iter().filter(|day| week.is_silent(*day));
        days.map(name).collect()
    };
    match told.as_slice() {
        [] => None,
        [(row, week)] if rows.len() == 1 => {
            let days = match silent(week).as_slice() {
                [] => "there is no weekday without reports".to_owned(),
                days => format!(
                    "no reports on {} as a rule, so what is new on the day after is of more than one day",
                    days.join(" and ")
                ),
            };
            Some(format!(
                "{}: {days} ({} of daily reporting)",
                subject(row.line, None, &row.days),
                counted(week.weeks, "whole week", "whole weeks")
            ))
        }
        many => {
            let resting = many.iter().filter(|(_, week)| !silent(week).is_empty());
            Some(format!(
                "of {} with daily reporting, {} never on some weekday; what is new on the day after is \
                 of more than one day",
                counted(many.len(), "line", "lines"),
                counted(resting.count(), "reports", "report")
            ))
        }
    }
}
