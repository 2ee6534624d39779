//! What a table of flows says, in a sentence and in a few numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::{FlowRow, Flows, FlowsError, Method, Step};
use crate::analysis::migration::Table;
use crate::analysis::migration::index::{intensity, pattern};
use crate::analysis::share::{Rest, concentration};
use crate::chart::Language;
use crate::figure::{Period, PlaceId, Series, Unit, counted, grouped};
use crate::publish::sentence::day;
use crate::vocabulary;

/// One number about a table of flows.
#[derive(Debug, Clone, PartialEq)]
pub struct Index<'l> {
    /// The step.
    pub period: Period,
    /// Its name.
    pub index: &'static str,
    /// The number.
    pub value: f64,
    /// What it may be.
    pub range: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// How many moved between different places.
    pub movements: f64,
    /// How many places the table has.
    pub places: usize,
    /// What is counted, and who counts it.
    pub series: &'l Series,
}

/// The indices of Bell et al. (2002), for each step and each thing that is counted. With the people of
/// all places on a day, also how many of them moved.
///
/// # Errors
/// When the flows are changes with a sign, or nobody moved.
pub fn indices<'l>(
    flows: &Flows<'l>,
    population: &dyn Fn(&BTreeSet<&PlaceId>, NaiveDate) -> Option<i64>,
) -> Result<Vec<Index<'l>>, FlowsError> {
    if flows.method == Method::NetChange {
        return Err(FlowsError::Other(
            "indices describe movements, and a change of a stock with its sign is none; name another --method".to_owned(),
        ));
    }
    let mut found = Vec::new();
    for step in &flows.steps {
        let mut groups: BTreeMap<_, Vec<&FlowRow<'l>>> = BTreeMap::new();
        // Of a pair that is not counted nothing is known, also not that nobody moved.
        for row in step.rows.iter().filter(|row| row.value.is_some()) {
            let series = row.series;
            let key = (
                &series.claimant,
                &series.channel,
                &series.indicator,
                &series.breakdown,
            );
            groups.entry(key).or_default().push(row);
        }
        for rows in groups.into_values() {
            of_group(step.period, &rows, population, &mut found)?;
        }
    }
    Ok(found)
}

/// The indices of one step and one thing.
fn of_group<'l>(
    period: Period,
    rows: &[&FlowRow<'l>],
    population: &dyn Fn(&BTreeSet<&PlaceId>, NaiveDate) -> Option<i64>,
    found: &mut Vec<Index<'l>>,
) -> Result<(), FlowsError> {
    let kernel = |error| FlowsError::Kernel {
        error,
        places: None,
    };
    let places: BTreeSet<&PlaceId> = rows.iter().flat_map(|row| [row.from, row.to]).collect();
    let at: BTreeMap<&PlaceId, usize> = places
        .iter()
        .enumerate()
        .map(|(at, id)| (*id, at))
        .collect();
    let mut table = Table::zeros(places.len());
    for row in rows {
        if let (Some(value), Some(from), Some(to)) = (row.value, at.get(row.from), at.get(row.to)) {
            *table.at_mut(*from, *to) += value;
        }
    }
    let pattern = pattern(&table).map_err(kernel)?;
    let Some(series) = rows.first().map(|row| row.series) else {
        return Ok(());
    };
    let mut add = |index, value, range, meaning| {
        found.push(Index {
            period,
            index,
            value,
            range,
            meaning,
            movements: pattern.movements,
            places: pattern.places,
            series,
        });
    };
    if let Some(people) = population(&places, period.end) {
        let moved = intensity(pattern.movements, people as f64, pattern.places).map_err(kernel)?;
        add(
            "crude_migration_probability",
            moved.crude,
            "per cent of the people of these places",
            "who moved among 100 people of these places",
        );
        add(
            "courgeau_k",
            moved.courgeau,
            "from 0 on",
            "the same over the logarithm of the squared number of places, to compare tables with more or fewer places",
        );
    }
    add(
        "effectiveness",
        pattern.effectiveness,
        "0 to 100",
        "what places gain or lose over what comes and leaves: 100 when nobody comes where others leave",
    );
    add(
        "connectivity",
        pattern.connectivity,
        "0 to 1",
        "the part of all pairs of these places between which anybody moved",
    );
    add(
        "inequality",
        pattern.inequality,
        "0 to 1",
        "the part of movements that would have to take another way for all pairs to have as many",
    );
    add(
        "gini",
        pattern.gini,
        "0 to 1",
        "how unevenly movements are spread over pairs: 1 when all take one way",
    );
    let concentrated = |sums: Vec<f64>| {
        let whole: Vec<i64> = sums.into_iter().map(|sum| sum.round() as i64).collect();
        concentration(&whole, Rest::None).ok()
    };
    for (index, effective, sums) in [
        ("herfindahl_origins", "effective_origins", table.row_sums()),
        (
            "herfindahl_destinations",
            "effective_destinations",
            table.column_sums(),
        ),
    ] {
        if let Some(shares) = concentrated(sums) {
            add(
                index,
                shares.points(),
                "0 to 10,000",
                "the sum of the squared shares in per cent: 10,000 when there is one place alone",
            );
            add(
                effective,
                shares.effective_units,
                "from 1 on",
                "how many places with equal shares would be as concentrated",
            );
        }
    }
    Ok(())
}

impl Flows<'_> {
    /// What was reckoned, from what, and what it does not mean.
    pub fn sentence(&self) -> String {
        let (Some(first), Some(last)) = (self.steps.first(), self.steps.last()) else {
            return "there are no flows".to_owned();
        };
        let Some(series) = self
            .steps
            .iter()
            .flat_map(|step| &step.rows)
            .map(|row| row.series)
            .next()
        else {
            return "there are no flows".to_owned();
        };
        let claimant = vocabulary::claimant_name(&series.claimant);
        if self.method == Method::Published {
            let rows: usize = self.steps.iter().map(|step| step.rows.len()).sum();
            return format!(
                "{} as {claimant} publishes them, in {}; figures of different kinds (recognised as a group, applications) are of different people or of the same, and are not added",
                counted(rows, "flow", "flows"),
                counted(self.steps.len(), "period", "periods"),
            );
        }
        if self.method == Method::Fitted {
            return format!(
                "Fitted to totals of {claimant} by origin and by destination by iterative proportional fitting, {} to {}: who went where is as in the seed, and no pair was observed; there is no interval for that",
                day(first.period.start),
                day(last.period.end)
            );
        }
        let many = vocabulary::indicator(&series.indicator).map_or_else(
            |_| series.indicator.replace('_', " "),
            |known| known.many.clone(),
        );
        let between = format!(
            "between {} and {}",
            day_in_words(first.period.start),
            day_in_words(last.period.end)
        );
        let steps = match self.steps.len() {
            1 => String::new(),
            steps => format!(" in {steps} steps"),
        };
        let what = match self.method {
            Method::NetChange => {
                format!("Change of {claimant}'s stocks of {many} {between}{steps}")
            }
            method => format!(
                "Estimated from the change of {claimant}'s stocks of {many} {between}{steps} by {}",
                method.code().replace('-', " ")
            ),
        };
        format!("{what}: {}; {}", self.sizes(), self.limits())
    }

    /// How many moved, or by how much stocks changed.
    fn sizes(&self) -> String {
        let pairs: usize = self.steps.iter().map(|step| step.tally.pairs).sum();
        let sum = |of: fn(&Step<'_>) -> i64| self.steps.iter().map(of).fold(0, i64::saturating_add);
        let pairs = counted(pairs, "pair of places", "pairs of places");
        if self.method == Method::NetChange {
            return format!(
                "{pairs}, +{} where they grew and -{} where they fell",
                grouped(sum(|step| step.tally.grown)),
                grouped(sum(|step| step.tally.fallen))
            );
        }
        let totals: Option<f64> = self.steps.iter().map(Step::total).sum();
        totals.map_or_else(
            || format!("{pairs}; places overlap, so that there is no total"),
            |total| {
                let rows = self.steps.iter().flat_map(|step| &step.rows);
                let unit = rows.map(|row| row.series.unit).next();
                format!(
                    "{} {} from {pairs}",
                    grouped(total.round() as i64),
                    Language::English.unit(unit.unwrap_or(Unit::Persons))
                )
            },
        )
    }

    /// What the estimate does not mean.
    fn limits(&self) -> String {
        let falls: i64 = self.steps.iter().map(|step| step.tally.fallen).sum();
        let falls = grouped(falls);
        let meaning = match self.method {
            Method::NetChange => {
                "a change of a stock (arrivals, births, returns, naturalisation, deaths, corrections) is not a movement".to_owned()
            }
            Method::DropNegative => format!(
                "a fall of a stock (returns, naturalisation, deaths, corrections) is not a movement, and {falls} in falls were dropped"
            ),
            Method::ReverseNegative => format!(
                "a fall of a stock is also naturalisation, death and correction, and all {falls} in falls are taken as returns"
            ),
            _ => "these are people who live elsewhere at the end than at the start, not moves, and every error of a stock is read as a movement".to_owned(),
        };
        match self.method {
            Method::NetChange => meaning,
            _ => format!("{meaning}; how wrong the assumption is, no interval says"),
        }
    }

    /// What became of pairs that are reported on one of the days only; none where there are none.
    pub fn come_and_gone(&self) -> Option<String> {
        let add = |of: fn(&Step<'_>) -> (usize, i64)| {
            self.steps.iter().map(of).fold((0, 0_i64), |sum, own| {
                (sum.0 + own.0, sum.1.saturating_add(own.1))
            })
        };
        let (appeared, arrived) = add(|step| step.tally.appeared);
        let (vanished, gone) = add(|step| step.tally.vanished);
        if appeared + vanished == 0 {
            return None;
        }
        let pairs = |count| counted(count, "pair", "pairs");
        let came = format!(
            "{} appeared (with {} at the end)",
            pairs(appeared),
            grouped(arrived)
        );
        let went = format!(
            "{} vanished (with {} at the start)",
            pairs(vanished),
            grouped(gone)
        );
        let what = match (appeared, vanished) {
            (_, 0) => came,
            (0, _) => went,
            _ => format!("{came} and {went}"),
        };
        Some(if self.absent_as_zero {
            format!(
                "{what}, counted from and to zero, though the source may not have reported them"
            )
        } else {
            format!("{what}: not counted, since what a source does not report is not zero")
        })
    }
}

/// A day in words, the last of a year by its year: "the end of 2022", "30 June 2025".
pub fn day_in_words(date: NaiveDate) -> String {
    if (date.month(), date.day()) == (12, 31) {
        format!("the end of {}", date.year())
    } else {
        day(date)
    }
}
