//! The segmentation of least cost, by PELT.

use super::segments::{Segmentation, Sums};
use super::{ChangePointError, FEWEST, check};
use crate::figure::coded_enum;

coded_enum! {
    /// How badly a constant level fits a segment.
    #[derive(Default)]
    Cost ("cost") {
        /// The sum of squared deviations from the mean (`l2` of ruptures): values of one variance.
        #[default]
        Squares = "l2",
        /// Minus twice the logarithm of Poisson's likelihood: counts, whose variance grows with their
        /// level.
        Poisson = "poisson",
    }
}

impl Cost {
    /// Refuses values that have no such cost.
    pub(super) fn check(self, values: &[f64]) -> Result<(), ChangePointError> {
        let no_count = |value: &f64| self == Self::Poisson && *value < 0.0;
        match values.iter().position(no_count) {
            Some(index) => Err(ChangePointError::NoCount {
                index: index + 1,
                value: values[index],
            }),
            None => Ok(()),
        }
    }
}

/// Cuts values into segments of constant level so that the sum of their costs and of a penalty for
/// each change is least: PELT of Killick, Fearnhead and Eckley (2012), as `Pelt` of ruptures with
/// `jump = 1`.
///
/// The answer is exact for any least length of a segment: a candidate is pruned only for ends that a
/// segment of that length may follow. (ruptures prunes at once, and with a least length above 1 may
/// miss the best segmentation.) Of equally good ones it is the one whose last change is earliest.
///
/// Assumes independent deviations from constant levels. Values that resemble those before look like
/// levels, and a steady rise is cut into steps.
///
/// # Errors
/// When there are fewer values than two segments take or than [`FEWEST`], or more than
/// [`MOST`](super::MOST), all are the same, one is no count where the cost is that of Poisson, the
/// penalty is not above zero, or the least length is zero.
pub fn pelt(
    values: &[f64],
    cost: Cost,
    penalty: f64,
    least: usize,
) -> Result<Segmentation, ChangePointError> {
    if least == 0 {
        return Err(ChangePointError::NoSegment);
    }
    check(values, FEWEST.max(2 * least))?;
    cost.check(values)?;
    if !(penalty > 0.0 && penalty.is_finite()) {
        return Err(ChangePointError::NoPenalty(penalty));
    }
    let sums = Sums::of(values);
    Ok(Segmentation::new(&sums, &ends(&sums, cost, penalty, least)))
}

/// A place after which the last segment may begin.
struct Candidate {
    /// How many values lie before it.
    start: usize,
    /// The first end for which it cannot be best.
    pruned_from: usize,
}

/// The ends of the segments of least cost.
fn ends(sums: &Sums<'_>, cost: Cost, penalty: f64, least: usize) -> Vec<usize> {
    let count = sums.count();
    // Of the best segmentation of the first values: its cost, and where its last segment begins.
    let mut best = vec![(f64::INFINITY, 0); count + 1];
    best[0].0 = -penalty;
    let mut candidates: Vec<Candidate> = Vec::new();
    for end in least..=count {
        candidates.push(Candidate {
            start: end - least,
            pruned_from: usize::MAX,
        });
        candidates.retain(|candidate| candidate.pruned_from > end);
        let of_start = |start: usize| -> f64 { best[start].0 + sums.cost(cost, start, end) };
        let mut found = (f64::INFINITY, 0);
        for candidate in &candidates {
            let total = of_start(candidate.start) + penalty;
            if total < found.0 {
                found = (total, candidate.start);
            }
        }
        for candidate in &mut candidates {
            if of_start(candidate.start) > found.0 {
                candidate.pruned_from = candidate.pruned_from.min(end + least);
            }
        }
        best[end] = found;
    }
    let mut ends = vec![count];
    let mut end = best[count].1;
    while end > 0 {
        ends.push(end);
        end = best[end].1;
    }
    ends.reverse();
    ends
}
