//! The newest year of a release may be of mid-year, until a later release gives the year's end.
//!
//! UNHCR's rows say only "2024": from October or November they are stocks of 30 June, and the
//! release of June after overwrites them with those of 31 December.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::figure::{Absence, Period};
use crate::ledger::{FigureCell, PublicationReading};

/// What a restated figure says of itself.
const RESTATED: &str = "unchanged since mid-year, so restated at the end of the year; a log of changes records no removals";

/// The days until 30 June of a period that ends with a year: the whole year becomes its first half,
/// 31 December becomes 30 June.
pub(super) fn mid_year(period: Period) -> Period {
    let Some(end) = NaiveDate::from_ymd_opt(period.end.year(), 6, 30) else {
        return period;
    };
    Period::new(period.start.min(end), end).map_or(period, |half| {
        if period.start == period.end {
            Period::day(end)
        } else {
            half
        }
    })
}

/// The period of the year's end that took the place of a mid-year one; none for other periods.
fn year_end(period: Period) -> Option<Period> {
    let year = period.end.year();
    let is_mid = period.end == NaiveDate::from_ymd_opt(year, 6, 30)?;
    let end = NaiveDate::from_ymd_opt(year, 12, 31)?;
    match is_mid {
        true if period.start == period.end => Some(Period::day(end)),
        true => Period::new(period.start, end),
        false => None,
    }
}

/// In a log of changes of a table, a cell that the release of the year's end did not change is not there: the
/// release says of 31 December what was said of 30 June. Adds those cells to that release, which is
/// the first that holds a year's end after its mid-year.
pub(super) fn restate(publications: &mut [PublicationReading]) {
    let mut order: Vec<usize> = (0..publications.len()).collect();
    order.sort_by_key(|&index| {
        let about = &publications[index].publication;
        (about.channel.clone(), about.version())
    });
    // The newest mid-year cell of each series, by year; none where it lost its number.
    let mut open: BTreeMap<i32, HashMap<(u32, Period), Option<FigureCell>>> = BTreeMap::new();
    let mut channel = String::new();
    let restated: Arc<str> = Arc::from(RESTATED);
    for index in order {
        let said = &mut publications[index];
        if said.publication.channel != channel {
            channel.clone_from(&said.publication.channel);
            open.clear();
        }
        if said.publication.absence != Absence::ChangeLog {
            continue;
        }
        let ended: BTreeSet<i32> = said
            .figures
            .places()
            .filter(|(_, period)| year_end(*period).is_none())
            .map(|(_, period)| period.end.year())
            .filter(|year| open.contains_key(year))
            .collect();
        for year in ended {
            let mut unchanged: Vec<FigureCell> = open
                .remove(&year)
                .into_iter()
                .flat_map(HashMap::into_values)
                .flatten()
                .collect();
            let held: HashSet<(u32, Period)> = said
                .figures
                .places()
                .chain(said.absent.iter().map(|cell| (cell.series, cell.period)))
                .collect();
            unchanged.sort_unstable_by_key(|cell| (cell.series, cell.period));
            for cell in unchanged {
                let Some(period) = year_end(cell.period) else {
                    continue;
                };
                if !held.contains(&(cell.series, period)) {
                    said.figures.push(&FigureCell {
                        period,
                        notes: Some(Arc::clone(&restated)),
                        ..cell
                    });
                }
            }
        }
        for cell in said.figures.iter() {
            if year_end(cell.period).is_some() {
                open.entry(cell.period.end.year())
                    .or_default()
                    .insert((cell.series, cell.period), Some(cell));
            }
        }
        for cell in said.absent.iter() {
            if year_end(cell.period).is_some() {
                open.entry(cell.period.end.year())
                    .or_default()
                    .insert((cell.series, cell.period), None);
            }
        }
    }
}
