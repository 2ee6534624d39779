//! The test of Pettitt for one change.

use super::{ChangePointError, FEWEST, check};

/// The test of Pettitt for one change of level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pettitt {
    /// The largest difference between what comes before and after, by ranks.
    pub u: i64,
    /// How many values lie before the change; the first such place where several are as good.
    pub after: usize,
    /// The approximate two-sided probability of as large a U by chance.
    pub p: f64,
}

/// Tests for one change of level at an unknown place, as Pettitt (1979) and R's `pettitt.test` of
/// `trend`: `U = max |2 R(t) - t (n + 1)|` over the sums R of the first t ranks, and
/// `p = 2 exp(-6 U^2 / (n^3 + n^2))`, at most 1.
///
/// Assumes independent values. A trend is as significant as a change, and serial correlation makes p
/// too small. The approximation of p is good up to about 0.5.
///
/// # Errors
/// When there are fewer than [`FEWEST`] values or more than [`MOST`](super::MOST), or all are the
/// same.
pub fn pettitt(values: &[f64]) -> Result<Pettitt, ChangePointError> {
    check(values, FEWEST)?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    // Twice the ranks: those that are tied share the mean of theirs.
    let mut doubled = vec![0_i64; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|a, b| values[*a] == values[*b]) {
        for index in tied {
            doubled[*index] = 2 * before + tied.len() as i64 + 1;
        }
        before += tied.len() as i64;
    }
    let n = values.len() as i64;
    let (mut u, mut after, mut sum) = (0, 1, 0);
    for (index, rank) in doubled.iter().enumerate() {
        sum += rank;
        let found = (sum - (index as i64 + 1) * (n + 1)).abs();
        if found > u {
            (u, after) = (found, index + 1);
        }
    }
    let (size, n) = (u as f64, n as f64);
    let p = 2.0 * (-6.0 * size * size / (n.powi(3) + n.powi(2))).exp();
    Ok(Pettitt {
        u,
        after,
        p: p.min(1.0),
    })
}
