//! The stocks of pairs of places on two days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{FlowsError, Tally};
use crate::figure::{PlaceId, Qualifier, Status};
use crate::ledger::{FigureId, Figures};
use crate::line::{Line, Point};
use crate::publish::summary::{joined, states_a_total};

/// The stock of one pair on both days.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell<'l> {
    pub(super) start: Option<&'l Point>,
    pub(super) end: Option<&'l Point>,
}

impl Cell<'_> {
    /// The number on one of the days.
    fn people(point: Option<&Point>) -> Option<i64> {
        point.and_then(|point| point.quantity.value)
    }

    pub(super) fn at_start(&self) -> Option<i64> {
        Self::people(self.start)
    }

    pub(super) fn at_end(&self) -> Option<i64> {
        Self::people(self.end)
    }

    /// Both numbers; with `absent_as_zero`, zero for one that is not there.
    pub(super) fn both(&self, absent_as_zero: bool) -> Option<(i64, i64)> {
        match (self.at_start(), self.at_end()) {
            (Some(start), Some(end)) => Some((start, end)),
            (Some(start), None) if absent_as_zero => Some((start, 0)),
            (None, Some(end)) if absent_as_zero => Some((0, end)),
            _ => None,
        }
    }

    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.start.into_iter().chain(self.end)
    }

    /// The licences of the figures.
    pub(super) fn licence(&self, figures: &Figures) -> Option<String> {
        joined(self.points().filter_map(|point| {
            let publication = &figures.publications[point.publication].publication;
            publication.licence.as_deref()
        }))
    }
}

/// A place of origin and one of residence.
pub(super) type Pair<'l> = (&'l PlaceId, &'l PlaceId);

/// The stocks of all pairs on two days.
#[derive(Debug, Default)]
pub(super) struct Stocks<'l> {
    pub(super) cells: BTreeMap<Pair<'l>, Cell<'l>>,
    /// Figures that were left out because they are bounds or otherwise qualified.
    pub(super) qualified: usize,
    /// Figures that were left out because nobody counted them yet.
    pub(super) expected: usize,
    /// Series of a region or the world, which state totals.
    pub(super) totals: usize,
    /// Series of people who are where they come from.
    pub(super) at_home: usize,
}

impl<'l> Stocks<'l> {
    /// Gathers what lines say of two days.
    ///
    /// # Errors
    /// When the lines count several things, or no line is of a pair.
    pub(super) fn of(
        lines: &'l [Line],
        (start, end): (NaiveDate, NaiveDate),
    ) -> Result<Self, FlowsError> {
        one_of_each(lines)?;
        let mut stocks = Self::default();
        let mut any = false;
        for line in lines {
            let (Some(origin), Some(place)) = (&line.series.origin, &line.series.location) else {
                continue;
            };
            any = true;
            if states_a_total(Some(origin)) || states_a_total(Some(place)) {
                stocks.totals += 1;
                continue;
            }
            if origin == place {
                stocks.at_home += 1;
                continue;
            }
            let cell = Cell {
                start: stocks.on(line, start),
                end: stocks.on(line, end),
            };
            if cell.points().next().is_some() {
                stocks.cells.insert((origin, place), cell);
            }
        }
        if any {
            Ok(stocks)
        } else {
            Err(FlowsError::NoPairs)
        }
    }

    /// What a line says of a day, if that is a number that can be reckoned with.
    fn on(&mut self, line: &'l Line, day: NaiveDate) -> Option<&'l Point> {
        let point = line
            .of_one_channel()
            .find(|point| point.period.end == day)?;
        if matches!(point.quantity.status, Status::Projected | Status::Planned) {
            self.expected += 1;
            return None;
        }
        if point.quantity.qualifier != Qualifier::Exact {
            self.qualified += 1;
            return None;
        }
        point.quantity.value.map(|_| point)
    }

    /// How the stocks changed.
    pub(super) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for cell in self.cells.values() {
            match (cell.at_start(), cell.at_end()) {
                (Some(start), Some(end)) => {
                    tally.pairs += 1;
                    tally.grown = tally.grown.saturating_add((end - start).max(0));
                    tally.fallen = tally.fallen.saturating_add((start - end).max(0));
                    tally.falls += usize::from(end < start);
                }
                (None, Some(end)) => {
                    tally.appeared.0 += 1;
                    tally.appeared.1 = tally.appeared.1.saturating_add(end);
                }
                (Some(start), None) => {
                    tally.vanished.0 += 1;
                    tally.vanished.1 = tally.vanished.1.saturating_add(start);
                }
                (None, None) => {}
            }
        }
        tally
    }

    /// The figures of all cells.
    pub(super) fn figures(&self) -> BTreeSet<FigureId> {
        let points = self.cells.values().flat_map(Cell::points);
        points.map(|point| point.figure).collect()
    }
}

/// Refuses lines that count several things, or that several count.
fn one_of_each(lines: &[Line]) -> Result<(), FlowsError> {
    let check = |what, way_out, of: &dyn Fn(&Line) -> String| {
        let mut found: Vec<String> = lines.iter().map(of).collect();
        found.sort();
        found.dedup();
        match found.as_slice() {
            [_] | [] => Ok(()),
            found => Err(FlowsError::Mixed {
                what,
                found: found.join(", "),
                way_out,
            }),
        }
    };
    check(
        "indicator",
        "they count different people: choose one with --indicator",
        &|line| line.series.indicator.to_string(),
    )?;
    check("claimant", "choose one with --claimant", &|line| {
        line.series.claimant.to_string()
    })?;
    check("unit", "choose one with --indicator", &|line| {
        line.series.unit.to_string()
    })?;
    check(
        "breakdown",
        "choose one with --breakdown, such as age=all, or one --channel",
        &|line| match line.series.breakdown.to_string() {
            all if all.is_empty() => "all people".to_owned(),
            narrowed => narrowed,
        },
    )?;
    check("channel", "choose one with --channel", &|line| {
        line.series.channel.to_string()
    })?;
    check(
        "first day that people are displaced since",
        "choose one with --indicator or --channel",
        &|line| {
            line.series
                .since
                .map_or_else(|| "any".to_owned(), |since| since.to_string())
        },
    )
}
