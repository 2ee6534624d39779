//! From the stocks of two days to the movements between them, by each method.

use std::collections::{BTreeMap, BTreeSet};

use super::known::{AtHome, NaturalChange, Seed};
use super::stocks::{Cell, Pair, Stocks};
use super::{FlowRow, Flows, FlowsError, Method, Step};
use crate::figure::{Period, Series, Status, counted, grouped};
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::place_name;

/// What is wanted of an estimate.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The method; one that works on stocks.
    pub method: Method,
    /// Each step in place of the first and the last day.
    pub each: bool,
    /// Whether a pair that is not reported on one of the days is taken as zero there.
    pub absent_as_zero: bool,
    /// The weight of the fewest movements in a mixture.
    pub weight: f64,
    /// Those who live where they come from.
    pub at_home: Option<&'a AtHome>,
    /// Births and deaths.
    pub natural: Option<&'a NaturalChange>,
    /// What movements are in proportion to.
    pub seed: Option<&'a Seed>,
}

/// Estimates movements from stocks.
///
/// # Errors
/// When the lines count several things, are of one day, or do not hold what the method needs.
pub fn estimate<'l>(
    figures: &Figures,
    lines: &'l [Line],
    wanted: &Wanted<'_>,
) -> Result<Flows<'l>, FlowsError> {
    let mut flows = Flows {
        method: wanted.method,
        assumption: assumption(wanted),
        absent_as_zero: wanted.absent_as_zero,
        steps: Vec::new(),
        figures: BTreeSet::new(),
        remarks: Vec::new(),
    };
    let mut told = BTreeMap::<&'static str, usize>::new();
    for (start, end) in super::steps(lines, wanted.each)? {
        let stocks = Stocks::of(lines, (start, end))?;
        for (what, count) in [
            (
                "figure with a qualifier, which has no difference, was left out|figures with a qualifier, which have no difference, were left out",
                stocks.qualified,
            ),
            (
                "figure that is projected or planned was left out|figures that are projected or planned were left out",
                stocks.expected,
            ),
            (
                "series of a region or the world states a total and was left out|series of regions or the world state totals and were left out",
                stocks.totals,
            ),
            (
                "series of people where they come from was left out|series of people where they come from were left out",
                stocks.at_home,
            ),
        ] {
            let known = told.entry(what).or_default();
            *known = count.max(*known);
        }
        let Some(series) = lines
            .iter()
            .map(|line| &line.series)
            .find(|series| series.origin.is_some())
        else {
            return Err(FlowsError::NoPairs);
        };
        let period = Period { start, end };
        let estimate = Estimate {
            figures,
            stocks: &stocks,
            series,
            period,
            wanted,
        };
        let (rows, remarks) = match wanted.method {
            method if method.needs_stayers() => estimate.accounts()?,
            method => (estimate.differences(method)?, Vec::new()),
        };
        flows.remarks.extend(remarks);
        flows.figures.extend(stocks.figures());
        let mut step = Step {
            period,
            rows,
            tally: stocks.tally(),
        };
        step.sort();
        flows.steps.push(step);
    }
    let told = told.into_iter().filter(|(_, count)| *count > 0);
    flows.remarks.extend(told.filter_map(|(what, count)| {
        let (one, many) = what.split_once('|')?;
        Some(counted(count, one, many))
    }));
    Ok(flows)
}

/// What a method assumes, with what was chosen.
fn assumption(wanted: &Wanted<'_>) -> String {
    let mut text = wanted.method.assumption().to_owned();
    if wanted.method == Method::PseudoBayesian {
        text.push_str(&format!(
            " (weights {} and {}); births and deaths {}",
            wanted.weight,
            super::frames::decimals(1.0 - wanted.weight),
            if wanted.natural.is_some() {
                "as given"
            } else {
                "taken as none"
            }
        ));
    }
    if wanted.method.needs_stayers() {
        match wanted.at_home {
            Some(AtHome::Stayers(_)) => text.push_str("; stayers as given"),
            Some(AtHome::Populations(_)) => {
                text.push_str(
                    "; all of a population whom the stocks do not count are taken as from there",
                );
            }
            None => {}
        }
        if wanted.seed.is_some() {
            text.push_str("; movements in proportion to a seed");
        }
    }
    if wanted.absent_as_zero {
        text.push_str("; a pair that is not reported is taken as zero");
    }
    text
}

/// One step in the making.
pub(super) struct Estimate<'a, 'l> {
    figures: &'a Figures,
    pub(super) stocks: &'a Stocks<'l>,
    series: &'l Series,
    pub(super) period: Period,
    pub(super) wanted: &'a Wanted<'a>,
}

impl<'l> Estimate<'_, 'l> {
    /// The row of a pair whose stocks are known.
    pub(super) fn row(&self, (from, to): Pair<'l>, cell: Option<&Cell<'l>>) -> FlowRow<'l> {
        let provisional = cell.is_some_and(|cell| cell.points().any(|point| point.provisional));
        FlowRow {
            from,
            to,
            value: None,
            qualifier: None,
            status: Status::Estimated,
            stock_start: cell.and_then(Cell::at_start),
            stock_end: cell.and_then(Cell::at_end),
            note: if provisional {
                "a stock is provisional".to_owned()
            } else {
                String::new()
            },
            series: self.series,
            licence: cell.and_then(|cell| cell.licence(self.figures)),
        }
    }

    /// What is said of a pair that is reported on one day only.
    pub(super) fn come_and_gone(&self, cell: &Cell<'_>) -> Option<&'static str> {
        match (cell.at_start(), cell.at_end()) {
            (None, Some(_)) => Some("appeared"),
            (Some(_), None) => Some("vanished"),
            _ => None,
        }
    }

    /// Flows from differences of stocks, pair by pair: the table is not needed whole.
    fn differences(&self, method: Method) -> Result<Vec<FlowRow<'l>>, FlowsError> {
        let mut rows: BTreeMap<Pair<'l>, FlowRow<'l>> = BTreeMap::new();
        let mut compared = false;
        for (&(origin, place), cell) in &self.stocks.cells {
            let mut row = self.row((origin, place), Some(cell));
            if let Some(word) = self.come_and_gone(cell) {
                note(&mut row, word);
            }
            if let Some((start, end)) = cell.both(self.wanted.absent_as_zero) {
                compared = true;
                let change = end - start;
                let value = if method == Method::NetChange {
                    change
                } else {
                    change.max(0)
                };
                row.value = Some(value as f64);
                if change < 0 && method == Method::DropNegative {
                    note(
                        &mut row,
                        &format!("a fall of {} was dropped", grouped(-change)),
                    );
                }
            }
            rows.insert((origin, place), row);
        }
        if !compared {
            return Err(FlowsError::NothingInCommon(
                self.period.start,
                self.period.end,
            ));
        }
        if method == Method::ReverseNegative {
            for (&(origin, place), cell) in &self.stocks.cells {
                let Some((start, end)) = cell.both(self.wanted.absent_as_zero) else {
                    continue;
                };
                if end >= start {
                    continue;
                }
                let back = (place, origin);
                let returned = start - end;
                let row = rows.entry(back).or_insert_with(|| {
                    let mut row = self.row(back, None);
                    row.licence = cell.licence(self.figures);
                    row
                });
                row.value = Some(row.value.unwrap_or(0.0) + returned as f64);
                let (of, fell_in) = (place_name(origin), place_name(place));
                let words = format!(
                    "{} by a fall of the stock from {of} in {fell_in}",
                    grouped(returned)
                );
                note(row, &words);
            }
        }
        Ok(rows.into_values().collect())
    }
}

/// Adds to the note of a row.
pub(super) fn note(row: &mut FlowRow<'_>, words: &str) {
    if !row.note.is_empty() {
        row.note.push_str("; ");
    }
    row.note.push_str(words);
}
