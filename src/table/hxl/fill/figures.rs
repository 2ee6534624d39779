//! The figures that one column of numbers holds.

use super::super::Role;
use super::{Column, Dates};
use crate::figure::Measure;
use crate::table::mapping::{FigureMap, Source};
use crate::vocabulary;

/// The `[[value]]` of a column; none where it holds no numbers.
///
/// # Errors
/// Why its tag and those of the dates do not say enough.
pub(super) fn of(
    column: &Column,
    base: &FigureMap,
    dates: &Dates,
) -> Option<Result<FigureMap, String>> {
    let mut value = FigureMap {
        column: Some(column.name.clone()),
        ..FigureMap::default()
    };
    let indicator = match &column.role {
        Role::Figures {
            indicator,
            breakdown,
            unit,
            measure,
        } => {
            value.indicator = Some(constant(indicator));
            value.unit = unit.map(|unit| constant(unit.code()));
            value.measure = measure.map(|measure| constant(measure.code()));
            let pairs = breakdown.iter();
            value.breakdown = pairs
                .map(|(dimension, code)| (dimension.to_owned(), constant(code)))
                .collect();
            indicator
        }
        Role::Value => match &base.indicator {
            Some(Source::Constant(indicator)) => indicator,
            _ => {
                return Some(Err("no tag says what it counts; name the indicator in [figure], or describe the figures in [[value]]".to_owned()));
            }
        },
        _ => return None,
    };
    Some(dated(indicator, base, dates, value))
}

/// The `[[value]]` with its measure and when it is of.
fn dated(
    indicator: &str,
    base: &FigureMap,
    dates: &Dates,
    mut value: FigureMap,
) -> Result<FigureMap, String> {
    let mut measure: Measure = match value.measure.as_ref().or(base.measure.as_ref()) {
        Some(Source::Constant(code)) => code.parse().map_err(|error| format!("{error}"))?,
        Some(Source::Column(_)) => {
            return Err("its measure varies by row; describe the figures in [[value]]".to_owned());
        }
        None => {
            let known = vocabulary::indicator(indicator).map_err(|error| error.to_string())?;
            known.measure
        }
    };
    if measure == Measure::Cumulative && base.since.is_none() {
        if !dates.have_ends() {
            return Err(format!(
                "no tag says since when {indicator} are counted; add `since`, or measure = \"flow\", to [figure]"
            ));
        }
        // From the first day of the row to its last, both measures are the same number.
        measure = Measure::Flow;
        value.measure = Some(constant(measure.code()));
    }
    dates.fill(&mut value, measure)?;
    Ok(value)
}

fn constant(text: &str) -> Source {
    Source::Constant(text.to_owned())
}
