//! Growth about each day: the two local rates of the R package epiprocess.

use std::num::NonZeroU32;

use chrono::NaiveDate;

use super::GrowthError;
use crate::figure::coded_enum;

/// The usual number of days on either side.
pub const BANDWIDTH: NonZeroU32 = NonZeroU32::new(7).unwrap();

coded_enum! {
    /// How the growth about a day is reckoned.
    Local ("local rate") {
        /// The mean of the days after over the mean of the days up to it, less one, over the days
        /// between their middles.
        RelativeChange = "rel_change",
        /// The slope of the least-squares line over its height on the day.
        LinearRegression = "linear_reg",
    }
}

/// The growth about a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalRate {
    /// The day.
    pub day: NaiveDate,
    /// The first day with a value in the window.
    pub first_day: NaiveDate,
    /// The last day with a value in the window.
    pub last_day: NaiveDate,
    /// How many values are in the window.
    pub points: usize,
    /// The growth rate per day; none where one side of the window is empty, all of it is one value,
    /// or what it is divided by is not above zero.
    pub rate: Option<f64>,
}

/// Growth about each of some increasing days, as `growth_rate` of epiprocess with the methods
/// `rel_change` and `linear_reg`: over the values after `day - bandwidth` and up to
/// `day + bandwidth`. With `log_scale` the logarithms are compared, and the difference or the slope
/// is the rate as it is.
///
/// At the ends of a series the window is cut off, and its rates rest on fewer values; the newest of
/// them change with the next reports. They have no interval.
///
/// # Errors
/// When days and values do not pair up, or with `log_scale` a value is not above zero.
pub fn rates(
    method: Local,
    log_scale: bool,
    bandwidth: NonZeroU32,
    days: &[NaiveDate],
    values: &[f64],
) -> Result<Vec<LocalRate>, GrowthError> {
    if days.len() != values.len() {
        return Err(GrowthError::Unpaired {
            days: days.len(),
            values: values.len(),
        });
    }
    let mut heights = values.to_vec();
    if log_scale {
        let mut points = days.iter().zip(values);
        if let Some((&day, &value)) = points.find(|&(_, &y)| !(y > 0.0 && y.is_finite())) {
            return Err(GrowthError::NotPositive { day, value });
        }
        heights = values.iter().map(|value| value.ln()).collect();
    }
    let reach = i64::from(bandwidth.get());
    let rate = |day: &NaiveDate| {
        let since = |other: &NaiveDate| (*other - *day).num_days();
        let from = days.partition_point(|other| since(other) <= -reach);
        let to = days.partition_point(|other| since(other) <= reach);
        let times: Vec<f64> = days[from..to]
            .iter()
            .map(|other| since(other) as f64)
            .collect();
        let heights = &heights[from..to];
        let found = match method {
            Local::RelativeChange => change(&times, heights, log_scale),
            Local::LinearRegression => slope(&times, heights, log_scale),
        };
        LocalRate {
            day: *day,
            first_day: days[from],
            last_day: days[to - 1],
            points: to - from,
            rate: found.filter(|rate| rate.is_finite()),
        }
    };
    Ok(days.iter().map(rate).collect())
}

/// The change from the mean up to the day to the mean after it, over the time between.
fn change(times: &[f64], heights: &[f64], log_scale: bool) -> Option<f64> {
    let split = times.partition_point(|time| *time <= 0.0);
    let apart = mean(&times[split..])? - mean(&times[..split])?;
    let (before, after) = (mean(&heights[..split])?, mean(&heights[split..])?);
    if log_scale {
        Some((after - before) / apart)
    } else {
        (before > 0.0).then(|| (after / before - 1.0) / apart)
    }
}

/// The slope of the least-squares line, over its height at time 0.
fn slope(times: &[f64], heights: &[f64], log_scale: bool) -> Option<f64> {
    let (middle, level) = (mean(times)?, mean(heights)?);
    let spread: f64 = times.iter().map(|time| (time - middle).powi(2)).sum();
    let points = times.iter().zip(heights);
    let products: f64 = points.map(|(time, y)| (time - middle) * (y - level)).sum();
    let slope = products / spread;
    let height = level - slope * middle;
    match log_scale {
        _ if spread <= 0.0 => None,
        true => Some(slope),
        false => (height > 0.0).then(|| slope / height),
    }
}

fn mean(of: &[f64]) -> Option<f64> {
    (!of.is_empty()).then(|| of.iter().sum::<f64>() / of.len() as f64)
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::fixture::day;

    const HALF: NonZeroU32 = NonZeroU32::new(2).unwrap();

    fn daily(count: usize) -> Vec<NaiveDate> {
        let days = (0..count as u64).map(|t| day("2022-03-01") + Days::new(t));
        days.collect()
    }

    fn of(method: Local, log_scale: bool, values: &[f64]) -> Vec<Option<f64>> {
        let days = daily(values.len());
        let rates = rates(method, log_scale, HALF, &days, values).unwrap();
        rates.into_iter().map(|rate| rate.rate).collect()
    }

    /// By hand: about the third day the window is 4, 6 | 9, 13, its halves two days apart.
    #[test]
    fn the_change_between_the_halves_of_a_window() {
        let values = [2.0, 4.0, 6.0, 9.0, 13.0];
        let rates = of(Local::RelativeChange, false, &values);
        assert_eq!(rates[2], Some((11.0 / 5.0 - 1.0) / 2.0));
        // The first day alone is before; 4 and 6 come after it, 1.5 days away.
        assert_eq!(rates[0], Some((5.0 / 2.0 - 1.0) / 1.5));
        assert_eq!(rates[4], None, "nothing comes after the last day");
        let logs = of(Local::RelativeChange, true, &values);
        let change = ((9.0_f64 * 13.0).ln() - (4.0_f64 * 6.0).ln()) / 2.0 / 2.0;
        assert!((logs[2].unwrap() - change).abs() < 1e-12);
    }

    /// By hand: over 4, 6, 9, 13 at times -1 to 2 the slope is 3 and the height at 0 is 6.5.
    #[test]
    fn the_slope_of_a_window_over_its_height() {
        let rates = of(Local::LinearRegression, false, &[2.0, 4.0, 6.0, 9.0, 13.0]);
        assert!((rates[2].unwrap() - 3.0 / 6.5).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_rate_is_left_open_or_refused() {
        assert_eq!(of(Local::RelativeChange, false, &[0.0, 0.0, 5.0])[1], None);
        assert_eq!(of(Local::LinearRegression, false, &[5.0]), [None]);
        let days = daily(2);
        let refused = rates(Local::LinearRegression, true, HALF, &days, &[1.0, 0.0]);
        assert!(matches!(refused, Err(GrowthError::NotPositive { .. })));
        let unpaired = rates(Local::LinearRegression, true, HALF, &days, &[1.0]);
        assert!(matches!(unpaired, Err(GrowthError::Unpaired { .. })));
    }

    proptest! {
        #[test]
        fn an_exact_exponential_gives_back_its_rate(
            rate in -0.3..0.3_f64,
            gaps in proptest::collection::vec(1..4_u64, 3..30),
        ) {
            let mut days = daily(1);
            for gap in gaps { days.push(days[days.len() - 1] + Days::new(gap)); }
            let values: Vec<f64> = days
                .iter()
                .map(|day| 50.0 * (rate * (*day - days[0]).num_days() as f64).exp())
                .collect();
            for method in [Local::RelativeChange, Local::LinearRegression] {
                let found = rates(method, true, BANDWIDTH, &days, &values).unwrap();
                for local in found.iter().filter_map(|local| local.rate) {
                    prop_assert!((local - rate).abs() < 1e-9, "{local} for {rate}");
                }
            }
        }
    }
}
