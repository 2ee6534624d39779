//! Movements as sources publish them, and pairs fitted to totals that they publish.

use std::collections::{BTreeMap, BTreeSet};

use super::accounts::named;
use super::known::Seed;
use super::{FlowRow, Flows, FlowsError, MOVEMENTS, Method, Step, Tally};
use crate::analysis::migration::Table;
use crate::analysis::migration::fitting::{Fitted, Stop, fit};
use crate::figure::{Measure, Period, PlaceId, Qualifier, Series, Status, counted};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::summary::{joined, states_a_total};

/// Whether a series is of movements.
fn moves(series: &Series) -> bool {
    series.measure == Measure::Flow && MOVEMENTS.contains(&&*series.indicator)
}

/// From where to where the people of a series went: those who returned went to where they come from.
fn ways(series: &Series) -> Option<(&PlaceId, &PlaceId)> {
    let (origin, place) = series.origin.as_ref().zip(series.location.as_ref())?;
    Some(if &*series.indicator == "refugee_returns" {
        (place, origin)
    } else {
        (origin, place)
    })
}

fn licence<'p>(figures: &Figures, points: impl Iterator<Item = &'p Point>) -> Option<String> {
    joined(points.filter_map(|point| {
        let publication = &figures.publications[point.publication].publication;
        publication.licence.as_deref()
    }))
}

/// The flows that sources publish for pairs of places, as they give them; none where they give none.
pub fn published<'l>(figures: &Figures, lines: &'l [Line]) -> Option<Flows<'l>> {
    let mut steps: BTreeMap<Period, Vec<FlowRow<'l>>> = BTreeMap::new();
    let mut behind = BTreeSet::new();
    for line in lines.iter().filter(|line| moves(&line.series)) {
        let Some((from, to)) = ways(&line.series) else {
            continue;
        };
        if from == to || states_a_total(Some(from)) || states_a_total(Some(to)) {
            continue;
        }
        for point in line.of_one_channel() {
            let Some(value) = point.quantity.value.or(point.quantity.low) else {
                continue;
            };
            behind.insert(point.figure);
            let note = point.notes.clone().unwrap_or_default();
            steps.entry(point.period).or_default().push(FlowRow {
                from,
                to,
                value: Some(value as f64),
                qualifier: Some(point.quantity.qualifier),
                status: if point.provisional {
                    Status::Provisional
                } else {
                    point.quantity.status
                },
                stock_start: None,
                stock_end: None,
                note,
                series: &line.series,
                licence: licence(figures, std::iter::once(point)),
            });
        }
    }
    (!steps.is_empty()).then(|| Flows {
        method: Method::Published,
        assumption: Method::Published.assumption().to_owned(),
        absent_as_zero: false,
        steps: steps
            .into_iter()
            .map(|(period, rows)| step(period, rows))
            .collect(),
        figures: behind,
        remarks: Vec::new(),
    })
}

fn step(period: Period, rows: Vec<FlowRow<'_>>) -> Step<'_> {
    let mut step = Step {
        period,
        rows,
        tally: Tally::default(),
    };
    step.sort();
    step
}

/// The totals of one period: by origin with any destination, and by destination with any origin.
#[derive(Default)]
struct Totals<'l> {
    from: BTreeMap<&'l PlaceId, &'l Point>,
    to: BTreeMap<&'l PlaceId, &'l Point>,
}

/// Fits a seed to totals that are published by origin alone and by destination alone.
///
/// # Errors
/// When there are no such totals, they are of several things, or nothing fits them.
pub fn fitted<'l>(
    figures: &Figures,
    lines: &'l [Line],
    seed: &Seed,
) -> Result<Flows<'l>, FlowsError> {
    let whole = |id: &Option<PlaceId>| id.is_none() || states_a_total(id.as_ref());
    let one_sided: Vec<&'l Line> = lines
        .iter()
        .filter(|line| moves(&line.series))
        .filter(|line| whole(&line.series.origin) != whole(&line.series.location))
        .collect();
    let Some(series) = one_sided.first().map(|line| &line.series) else {
        return Err(FlowsError::NoTotals("neither".to_owned()));
    };
    let differs = |line: &Line| {
        let other = &line.series;
        (&other.indicator, &other.claimant, &other.breakdown)
            != (&series.indicator, &series.claimant, &series.breakdown)
    };
    if let Some(other) = one_sided.iter().find(|line| differs(line)) {
        let said = |series: &Series| {
            format!(
                "{} of {} ({})",
                series.indicator, series.claimant, series.breakdown
            )
        };
        return Err(FlowsError::Mixed {
            what: "thing",
            found: format!("{} and {}", said(series), said(&other.series)),
            way_out: "choose with --indicator, --claimant or --breakdown",
        });
    }
    let mut periods: BTreeMap<Period, Totals<'l>> = BTreeMap::new();
    let mut qualified = 0;
    for line in one_sided {
        for point in line.of_one_channel() {
            if point.quantity.qualifier != Qualifier::Exact || point.quantity.value.is_none() {
                qualified += 1;
                continue;
            }
            let totals = periods.entry(point.period).or_default();
            if whole(&line.series.location) {
                totals
                    .from
                    .extend(line.series.origin.as_ref().map(|id| (id, point)));
            } else {
                totals
                    .to
                    .extend(line.series.location.as_ref().map(|id| (id, point)));
            }
        }
    }
    periods.retain(|_, totals| !totals.from.is_empty() && !totals.to.is_empty());
    if periods.is_empty() {
        return Err(FlowsError::NoTotals(
            "only one of them for any period".to_owned(),
        ));
    }
    let mut flows = Flows {
        method: Method::Fitted,
        assumption: Method::Fitted.assumption().to_owned(),
        absent_as_zero: false,
        steps: Vec::new(),
        figures: BTreeSet::new(),
        remarks: Vec::new(),
    };
    for (period, totals) in periods {
        let points = || totals.from.values().chain(totals.to.values()).copied();
        flows.figures.extend(points().map(|point| point.figure));
        let (rows, fit) = fitted_rows(&totals, seed, series, licence(figures, points()))?;
        flows.remarks.push(format!(
            "fitted to {} and {} in {} until no cell changed by more than {} of a person; no sum is off by more than {:.1e}",
            counted(totals.from.len(), "origin", "origins"),
            counted(totals.to.len(), "destination", "destinations"),
            counted(fit.rounds, "round", "rounds"),
            Stop::default().change,
            fit.gap
        ));
        flows.steps.push(step(period, rows));
    }
    if qualified > 0 {
        flows.remarks.push(counted(
            qualified,
            "total without an exact number was left out",
            "totals without an exact number were left out",
        ));
    }
    Ok(flows)
}

fn fitted_rows<'l>(
    totals: &Totals<'l>,
    seed: &Seed,
    series: &'l Series,
    licence: Option<String>,
) -> Result<(Vec<FlowRow<'l>>, Fitted), FlowsError> {
    let from: Vec<&'l PlaceId> = totals.from.keys().copied().collect();
    let to: Vec<&'l PlaceId> = totals.to.keys().copied().collect();
    let sums = |of: &BTreeMap<&PlaceId, &Point>| -> Vec<f64> {
        let values = of.values().map(|point| point.quantity.value.unwrap_or(0));
        values.map(|value| value as f64).collect()
    };
    let table = Table::of(from.len(), to.len(), |row, column| {
        seed.of(from[row], to[column])
    });
    let fit = fit(
        &table,
        &sums(&totals.from),
        &sums(&totals.to),
        Stop::default(),
    )
    .map_err(|error| {
        use crate::analysis::migration::MigrationError::EmptyColumn;
        let places = if matches!(error, EmptyColumn { .. }) {
            &to
        } else {
            &from
        };
        named(error, places)
    })?;
    let mut rows = Vec::new();
    for (row, from) in from.iter().enumerate() {
        for (to, value) in to.iter().zip(fit.table.row(row)) {
            if *value > 0.0 {
                rows.push(FlowRow {
                    from,
                    to,
                    value: Some(*value),
                    qualifier: None,
                    status: Status::Estimated,
                    stock_start: None,
                    stock_end: None,
                    note: String::new(),
                    series,
                    licence: licence.clone(),
                });
            }
        }
    }
    Ok((rows, fit))
}
