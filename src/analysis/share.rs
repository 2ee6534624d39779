//! Shares of a total, and how concentrated they are by the Herfindahl index.

/// Why parts have no shares.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// There is nothing to divide.
    #[error(
        "the total is zero, so no part has a share of it; select places or periods with figures"
    )]
    NoTotal,
    /// A part is below zero.
    #[error(
        "the part {0} is below zero and has no share; take shares of a stock or a cumulative, not of a net flow or a change"
    )]
    Negative(i64),
    /// The parts are more than the total.
    #[error(
        "the parts add up to {sum}, more than the total of {total}; truth rules 4 and 5: leave out totals and overlapping groups, or compare figures of one date and claimant"
    )]
    PartsExceedTotal {
        /// The sum of the parts.
        sum: i128,
        /// The total that was given.
        total: i64,
    },
    /// The total does not fit.
    #[error("the sum of the parts is too large to hold; check their values")]
    TooLarge,
}

/// What a row such as "other countries", which is several units in one, counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rest {
    /// There is no such row: the parts are everything.
    #[default]
    None,
    /// It counts as one unit, which makes the index an upper bound.
    OneUnit(i64),
    /// It is left out: the index is that of the named parts among themselves.
    LeftOut(i64),
}

/// How concentrated a total is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concentration {
    /// The Herfindahl index: the sum of the squared shares, from 1/units to 1.
    pub index: f64,
    /// The index rescaled so that equal shares give 0 and one unit alone gives 1; none for a
    /// single unit, of which neither can be said.
    pub normalised: Option<f64>,
    /// How many equal units would give the same index: its reciprocal.
    pub effective_units: f64,
    /// How many units have a share above zero.
    pub units: usize,
    /// What became of a row of others.
    pub rest: Rest,
}

impl Concentration {
    /// The index on the scale of 10,000 that shares in per cent give.
    pub fn points(&self) -> f64 {
        10_000.0 * self.index
    }

    /// What to say beside the index about a row of others; none when there was none.
    pub const fn note(&self) -> Option<&'static str> {
        match self.rest {
            Rest::None => None,
            Rest::OneUnit(_) => {
                Some("others count as one unit, so the concentration is an upper bound")
            }
            Rest::LeftOut(_) => {
                Some("others are left out: the concentration is among the named parts alone")
            }
        }
    }
}

/// The sum of parts that are not below zero.
fn sum_of(parts: &[i64]) -> Result<i128, ShareError> {
    match parts.iter().find(|&&part| part < 0) {
        Some(&part) => Err(ShareError::Negative(part)),
        None => Ok(parts.iter().copied().map(i128::from).sum()),
    }
}

/// The share of each part in a total, from 0 to 1, in the order of the parts.
///
/// The total may be stated and more than the parts; what is left over is then the share of those
/// who were not asked for.
///
/// # Errors
/// When the total is zero, a part is below zero, or the parts add up to more than the total.
pub fn shares(parts: &[i64], total: i64) -> Result<Vec<f64>, ShareError> {
    let sum = sum_of(parts)?;
    if total < 0 {
        return Err(ShareError::Negative(total));
    }
    if sum > i128::from(total) {
        return Err(ShareError::PartsExceedTotal { sum, total });
    }
    if total == 0 {
        return Err(ShareError::NoTotal);
    }
    Ok(parts
        .iter()
        .map(|&part| part as f64 / total as f64)
        .collect())
}

/// The Herfindahl (Herfindahl-Hirschman) index of parts that make up a whole, its normalised form
/// `(H - 1/n) / (1 - 1/n)`, and the effective number of units `1/H` (the Hill number of order 2).
///
/// Parts of zero are no units. Squares are summed as integers, so the order of the parts does not
/// matter, to the last bit.
///
/// # Errors
/// When the parts add up to zero or to more than fits, or one is below zero.
pub fn concentration(parts: &[i64], rest: Rest) -> Result<Concentration, ShareError> {
    let mut units: Vec<i64> = parts.to_vec();
    match rest {
        Rest::OneUnit(others) => units.push(others),
        Rest::LeftOut(others) if others < 0 => return Err(ShareError::Negative(others)),
        Rest::LeftOut(_) | Rest::None => {}
    }
    units.retain(|&part| part != 0);
    let total = i64::try_from(sum_of(&units)?).map_err(|_| ShareError::TooLarge)?;
    if total == 0 {
        return Err(ShareError::NoTotal);
    }
    // At most the square of the total, which fits.
    let squares: i128 = units.iter().map(|&part| i128::from(part).pow(2)).sum();
    let whole = i128::from(total).pow(2);
    let index = squares as f64 / whole as f64;
    let count = units.len() as f64;
    Ok(Concentration {
        index,
        // Equal shares may come out a rounding below zero.
        normalised: (units.len() > 1).then(|| ((count * index - 1.0) / (count - 1.0)).max(0.0)),
        effective_units: whole as f64 / squares as f64,
        units: units.len(),
        rest,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thirty_thirty_twenty_twenty() {
        let found = concentration(&[30, 30, 20, 20], Rest::None).unwrap();
        assert_eq!(
            (found.index, found.points(), found.units),
            (0.26, 2600.0, 4)
        );
        assert_eq!(format!("{:.6}", found.normalised.unwrap()), "0.013333");
        assert_eq!(format!("{:.3}", found.effective_units), "3.846");
        assert_eq!(found.note(), None);
        assert_eq!(
            shares(&[30, 30, 20, 20], 100).unwrap(),
            [0.3, 0.3, 0.2, 0.2]
        );
    }

    #[test]
    fn others_are_one_unit_or_none_and_it_says_so() {
        let as_one = concentration(&[30, 30, 20], Rest::OneUnit(20)).unwrap();
        assert_eq!((as_one.index, as_one.units), (0.26, 4));
        assert!(as_one.note().unwrap().contains("upper bound"));
        let left_out = concentration(&[30, 30, 20], Rest::LeftOut(20)).unwrap();
        assert_eq!((left_out.index, left_out.units), (0.343_75, 3));
        assert!(left_out.note().unwrap().contains("left out"));
    }

    #[test]
    fn one_unit_alone_is_not_normalised() {
        let found = concentration(&[7, 0], Rest::None).unwrap();
        assert_eq!((found.index, found.normalised, found.units), (1.0, None, 1));
    }

    #[test]
    fn what_has_no_shares_is_refused() {
        assert_eq!(concentration(&[0, 0], Rest::None), Err(ShareError::NoTotal));
        assert_eq!(
            concentration(&[1, -1], Rest::None),
            Err(ShareError::Negative(-1))
        );
        assert_eq!(
            concentration(&[i64::MAX, 1], Rest::None),
            Err(ShareError::TooLarge)
        );
        assert_eq!(shares(&[], 0), Err(ShareError::NoTotal));
        assert_eq!(
            shares(&[60, 50], 100),
            Err(ShareError::PartsExceedTotal {
                sum: 110,
                total: 100
            })
        );
    }

    fn shuffled() -> impl Strategy<Value = (Vec<i64>, Vec<i64>)> {
        proptest::collection::vec(0..10_000_000_i64, 1..60)
            .prop_filter("a total above zero", |parts| {
                parts.iter().any(|&part| part > 0)
            })
            .prop_flat_map(|parts| (Just(parts.clone()), Just(parts).prop_shuffle()))
    }

    proptest! {
        #[test]
        fn order_does_not_matter((parts, other_order) in shuffled()) {
            let found = concentration(&parts, Rest::None).unwrap();
            prop_assert_eq!(found, concentration(&other_order, Rest::None).unwrap());
            let total: i64 = parts.iter().sum();
            let mut one = shares(&parts, total).unwrap();
            let mut other = shares(&other_order, total).unwrap();
            one.sort_by(f64::total_cmp);
            other.sort_by(f64::total_cmp);
            prop_assert!((one.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert_eq!(one, other);
        }

        #[test]
        fn the_index_lies_between_equal_shares_and_one_unit((parts, _) in shuffled()) {
            let found = concentration(&parts, Rest::None).unwrap();
            prop_assert!(found.index >= (1.0 / found.units as f64) * (1.0 - 1e-15));
            prop_assert!(found.index <= 1.0);
            prop_assert!(found.normalised.is_none_or(|share| (0.0..=1.0).contains(&share)));
        }
    }
}
