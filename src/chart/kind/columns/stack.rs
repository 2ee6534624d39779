//! Parts that stand on one another.

use super::ColumnSeries;
use crate::chart::ChartError;
use crate::chart::spec::Amount;

/// Refuses numbers that are no parts of a whole: below zero, or with a range.
///
/// # Errors
/// Names the series.
pub fn check(label: &str, amounts: &[Amount]) -> Result<(), ChartError> {
    if amounts
        .iter()
        .any(|amount| amount.value < Some(0.0) && amount.value.is_some())
    {
        return Err(ChartError::BelowZero(label.to_owned()));
    }
    if amounts
        .iter()
        .any(|amount| amount.low.is_some() && amount.high.is_some() && amount.low != amount.high)
    {
        return Err(ChartError::RangeInStack(label.to_owned()));
    }
    Ok(())
}

/// The order from the base upwards: what is emphasised, then the largest in sum, so that what
/// matters stands on a straight line. What gathers the rest comes last.
pub fn order(series: &[ColumnSeries], has_rest: bool) -> Vec<usize> {
    let sum = |series: &ColumnSeries| -> f64 {
        series
            .amounts
            .iter()
            .filter_map(|amount| amount.value)
            .sum()
    };
    let is_rest = |index: usize| has_rest && index + 1 == series.len();
    let mut order: Vec<usize> = (0..series.len()).collect();
    order.sort_by(|&a, &b| {
        (is_rest(a).cmp(&is_rest(b)))
            .then(series[b].emphasis.cmp(&series[a].emphasis))
            .then(sum(&series[b]).total_cmp(&sum(&series[a])))
    });
    order
}

/// The sum of the known parts at each place; none where no part is known.
pub fn totals(series: &[ColumnSeries], places: usize) -> Vec<Option<f64>> {
    (0..places)
        .map(|index| {
            let known: Vec<f64> = series
                .iter()
                .filter_map(|series| series.amounts.get(index)?.value)
                .collect();
            (!known.is_empty()).then(|| known.iter().sum())
        })
        .collect()
}

/// A part in per cent of its whole; none when the whole is unknown or zero.
pub fn share(part: Option<f64>, total: Option<f64>) -> Option<f64> {
    let total = total.filter(|total| *total > 0.0)?;
    Some(100.0 * part? / total)
}
