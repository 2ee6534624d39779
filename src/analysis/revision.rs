//! How a figure settled: its values in the order in which they became known.
//!
//! The measures are those of `revision_analysis` in Delphi's epiprocess (version 0.12): a value is
//! near the latest when it lies within a fifth of it, and has settled when it stays there.

/// One version of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Days from the period's last day to the day on which it became known.
    pub lag: i64,
    /// The number.
    pub value: i64,
}

/// How one figure was revised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Revision {
    /// How often the value changed after it first became known.
    pub revisions: usize,
    /// Lag of the first version, in days.
    pub min_lag: i64,
    /// Lag of the last version that changed it, in days.
    pub max_lag: i64,
    /// The least value.
    pub min: i64,
    /// The greatest value.
    pub max: i64,
    /// The median of the values.
    pub median: f64,
    /// Greatest minus least.
    pub spread: i64,
    /// Spread over the greatest value; none when nothing was revised.
    pub relative_spread: Option<f64>,
    /// The first lag from which on the value stays near the latest.
    pub lag_near_latest: i64,
}

/// A value is near the latest within this part of it.
pub const NEAR: f64 = 0.2;

/// Analyses the versions of one figure, oldest first; none when there is none. A version that
/// repeats the one before it is no revision.
pub fn analyse(versions: &[Known]) -> Option<Revision> {
    let mut changes: Vec<Known> = versions.to_vec();
    changes.dedup_by_key(|known| known.value);
    let (first, last) = (*changes.first()?, *changes.last()?);
    let mut values: Vec<i64> = changes.iter().map(|known| known.value).collect();
    values.sort_unstable();
    let (min, max) = (values[0], values[values.len() - 1]);
    let middle = values.len() / 2;
    let median = if values.len().is_multiple_of(2) {
        (values[middle - 1] as f64 + values[middle] as f64) / 2.0
    } else {
        values[middle] as f64
    };
    let spread = max.saturating_sub(min);
    let near = |known: &&Known| {
        let latest = last.value as f64;
        (known.value as f64 - latest).abs() <= NEAR * latest.abs()
    };
    let settled = changes
        .iter()
        .rev()
        .take_while(near)
        .last()
        .unwrap_or(&last);
    Some(Revision {
        revisions: changes.len() - 1,
        min_lag: first.lag,
        max_lag: last.lag,
        min,
        max,
        median,
        spread,
        relative_spread: (spread != 0 && max != 0).then(|| spread as f64 / max as f64),
        lag_near_latest: settled.lag,
    })
}

#[cfg(test)]
mod tests {
    use super::{Known, analyse};

    fn versions(values: &[i64]) -> Vec<Known> {
        (1..)
            .zip(values)
            .map(|(lag, &value)| Known { lag, value })
            .collect()
    }

    /// The worked case of epiprocess: 99 lies near 100, but 150 leaves it again.
    #[test]
    fn a_value_has_settled_when_it_stays_near_the_latest() {
        let revision = analyse(&versions(&[0, 20, 99, 150, 102, 100])).unwrap();
        assert_eq!(revision.lag_near_latest, 5);
        assert_eq!(revision.spread, 150);
        assert_eq!(revision.relative_spread, Some(1.0));
        assert_eq!(revision.revisions, 5);
        assert_eq!((revision.min_lag, revision.max_lag), (1, 6));
        assert_eq!(
            (revision.min, revision.max, revision.median),
            (0, 150, 99.5)
        );
    }

    #[test]
    fn a_figure_that_was_never_revised_has_no_relative_spread() {
        let revision = analyse(&versions(&[7, 7, 7])).unwrap();
        assert_eq!(revision.revisions, 0);
        assert_eq!((revision.min_lag, revision.max_lag), (1, 1));
        assert_eq!(revision.relative_spread, None);
        assert_eq!(revision.lag_near_latest, 1);
        assert_eq!(analyse(&[]), None);
    }

    #[test]
    fn negative_and_zero_values_have_a_nearness_too() {
        assert_eq!(analyse(&versions(&[-100, -90])).unwrap().lag_near_latest, 1);
        assert_eq!(analyse(&versions(&[5, 0])).unwrap().lag_near_latest, 2);
    }
}
