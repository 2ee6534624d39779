//! Rates of published numbers: how many for each so many inhabitants, with the interval of chance where the
//! number is a count. They are reckoned when asked for and never recorded.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use self::number::has_length;
use super::summary::{Inhabitants, Population};
use crate::analysis::rate::{Chance, Exposure, IntervalMethod, RateError, chance};
use crate::figure::{PlaceId, Series, Status, coded_enum};
use crate::ledger::FigureId;

mod number;
mod ratio;
mod table;

pub use number::{Counted, is_event, of_lines, of_tally, over_time};
pub use ratio::{Compared, RatioRow, Sides, compare, ratio_frame, ratio_in_words};
pub use table::{frame, in_words};

/// Decimals of rates and their intervals.
const DECIMALS: i32 = 6;

coded_enum! {
    /// Whose inhabitants a number is set against.
    #[derive(Default)]
    Whose ("place of inhabitants") {
        /// Those of the place where people are, or where it happened.
        #[default]
        Location = "location",
        /// Those of the place that people come from.
        Origin = "origin",
    }
}

/// What is wanted of rates.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// For how many inhabitants a rate is given.
    pub per: u32,
    /// How intervals are reckoned.
    pub method: IntervalMethod,
    /// How sure they are.
    pub confidence: f64,
    /// Whether rates are for a year.
    pub annual: bool,
    /// Whose inhabitants.
    pub whose: Whose,
}

/// Who lives there, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum People {
    /// As the ledger knows.
    Known(Population),
    /// As whoever asks says.
    Given(i64),
}

impl People {
    /// How many.
    pub const fn number(&self) -> i64 {
        match self {
            Self::Known(known) => known.people,
            Self::Given(people) => *people,
        }
    }

    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Known(known) => Some(known.day),
            Self::Given(_) => None,
        }
    }

    fn source(&self) -> &str {
        match self {
            Self::Known(known) => &known.claimant,
            Self::Given(_) => "as given",
        }
    }
}

/// A number and its rate.
#[derive(Debug, Clone)]
pub struct Rate {
    counted: Counted,
    people: People,
    rate: Option<f64>,
    of_bounds: (Option<f64>, Option<f64>),
    chance: Chance,
    interval: (Option<f64>, Option<f64>),
    notes: Vec<String>,
}

impl Whose {
    /// The place of a series whose inhabitants are meant.
    pub fn place(self, series: &Series) -> Option<&PlaceId> {
        match self {
            Self::Location => series.location.as_ref(),
            Self::Origin => series.origin.as_ref(),
        }
    }
}

/// Reckons the rates of numbers; beside them how many have no place whose inhabitants are known.
///
/// # Errors
/// When the confidence is no share.
pub fn rates(
    numbers: Vec<Counted>,
    wanted: &Wanted,
    people: impl Fn(&Counted) -> Option<People>,
) -> Result<(Vec<Rate>, usize), RateError> {
    let mut rates = Vec::with_capacity(numbers.len());
    let mut unknown = 0;
    for counted in numbers {
        let Some(people) = people(&counted) else {
            unknown += 1;
            continue;
        };
        rates.push(rate_of(counted, people, wanted)?);
    }
    rates.sort_by(|a, b| {
        (&a.counted.series, a.counted.period).cmp(&(&b.counted.series, b.counted.period))
    });
    Ok((rates, unknown))
}

fn rate_of(counted: Counted, people: People, wanted: &Wanted) -> Result<Rate, RateError> {
    let Counted {
        series,
        quantity,
        period,
        ..
    } = &counted;
    let chance = chance(
        series.measure,
        series.unit,
        quantity,
        wanted.method,
        wanted.confidence,
    )?;
    let annual = wanted.annual && has_length(series);
    let exposure = if annual {
        Exposure::person_years(people.number(), *period)?
    } else {
        Exposure::people(people.number())?
    };
    let rate = |number: f64| exposure.rate(number, wanted.per);
    let of = |number: Option<i64>| number.map(|number| rate(number as f64));
    let mut notes = Vec::new();
    notes.extend(chance.note());
    if quantity.low.is_some() || quantity.high.is_some() {
        notes.push(
            "rates of low and high are those of published bounds, not an interval".to_owned(),
        );
    }
    if quantity.status == Status::Provisional {
        notes.push("provisional: the count may still rise".to_owned());
    }
    if annual && period.days() != 365 && period.days() != 366 {
        notes.push(format!(
            "{} brought to a year, as if the rest of it were the same",
            crate::figure::counted(period.days(), "day", "days")
        ));
    } else if wanted.annual && !annual {
        notes.push("not brought to a year, for it speaks of no known number of days".to_owned());
    }
    const FAR: i64 = 548;
    if let Some(day) = people.day()
        && (period.end - day).num_days().abs() > FAR
    {
        notes.push(format!("the population is of {day}, far from the number"));
    }
    notes.extend(counted.notes.iter().cloned());
    Ok(Rate {
        rate: of(quantity.value),
        of_bounds: (of(quantity.low), of(quantity.high)),
        interval: (chance.low().map(rate), chance.high().map(rate)),
        chance,
        notes,
        people,
        counted,
    })
}

/// The figures of populations that rates rest on.
pub fn populations(rates: &[Rate]) -> BTreeSet<FigureId> {
    rates
        .iter()
        .filter_map(|rate| match &rate.people {
            People::Known(known) => Some(known.figure),
            People::Given(_) => None,
        })
        .collect()
}

/// The people of a number's place, as a ledger knows them.
pub fn known_people(counted: &Counted, whose: Whose, known: &Inhabitants) -> Option<People> {
    let place = whose.place(&counted.series)?;
    let population = known.of_place(place, counted.period.end)?;
    Some(People::Known(population.clone()))
}
