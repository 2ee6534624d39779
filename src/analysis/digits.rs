//! What the fingers do to a number: two digits exchanged, a zero too many or too few.

/// Every number that comes of exchanging two neighbouring digits that differ, from the left. A
/// number does not begin with a zero.
pub fn exchanged(number: i64) -> Vec<i64> {
    let digits = number.unsigned_abs().to_string().into_bytes();
    (1..digits.len())
        .filter(|&at| digits[at - 1] != digits[at] && !(at == 1 && digits[1] == b'0'))
        .filter_map(|at| {
            let mut other = digits.clone();
            other.swap(at - 1, at);
            let value: i64 = String::from_utf8(other).ok()?.parse().ok()?;
            Some(if number < 0 { -value } else { value })
        })
        .collect()
}

/// Whether two numbers differ by two neighbouring digits that changed places.
pub fn is_exchange(number: i64, other: i64) -> bool {
    number != other && exchanged(number).contains(&other)
}

/// The one number between two bounds that two exchanged digits make of this one; none where there
/// are several.
pub fn exchanged_between(number: i64, low: i64, high: i64) -> Option<i64> {
    let mut within = exchanged(number)
        .into_iter()
        .filter(|other| (low..=high).contains(other));
    within.next().filter(|_| within.next().is_none())
}

/// A number that is wrong by a power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// What it would be without the slip.
    pub right: i64,
    /// How many times too large it is: 10, 100 or 1,000.
    pub factor: i64,
    /// Whether it is too small by this factor instead.
    pub too_small: bool,
}

/// The slip that puts a number between two bounds, a tenth of leeway on either side: one digit, two
/// or three too many or too few. None for a number that already lies there.
pub fn slip(number: i64, low: i64, high: i64) -> Option<Slip> {
    let fits = |value: i64| {
        let value = i128::from(value) * 10;
        (i128::from(low) * 9..=i128::from(high) * 11).contains(&value)
    };
    if number <= 0 || fits(number) {
        return None;
    }
    [10, 100, 1_000].into_iter().find_map(|factor| {
        let larger = number.checked_mul(factor).filter(|value| fits(*value));
        let smaller = Some(number / factor).filter(|value| *value > 0 && fits(*value));
        smaller
            .map(|right| (right, false))
            .or(larger.map(|right| (right, true)))
            .map(|(right, too_small)| Slip {
                right,
                factor,
                too_small,
            })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_neighbouring_digits_change_places() {
        assert_eq!(exchanged(4_350), [3_450, 4_530, 4_305]);
        assert_eq!(exchanged(1_001), [1_010], "no number begins with a zero");
        assert_eq!(exchanged(77), [0; 0]);
        assert_eq!(exchanged(-12), [-21]);
        assert_eq!(exchanged(i64::MAX).len(), 7, "what is too large is none");
    }

    #[test]
    fn an_exchange_is_known_from_both_sides() {
        assert!(is_exchange(435_000, 453_000));
        assert!(is_exchange(453_000, 435_000));
        assert!(!is_exchange(453_000, 453_000));
        assert!(!is_exchange(453_000, 354_000), "these digits are apart");
    }

    #[test]
    fn an_exchange_that_fits_is_the_only_one() {
        assert_eq!(exchanged_between(435_000, 440_000, 460_000), Some(453_000));
        assert_eq!(exchanged_between(435_000, 460_000, 470_000), None);
        assert_eq!(exchanged_between(4_321, 3_000, 4_400), None, "three fit");
    }

    #[test]
    fn a_zero_too_many_or_too_few() {
        let slipped = |number| slip(number, 452_000, 471_000);
        let of = |right, factor, too_small| {
            Some(Slip {
                right,
                factor,
                too_small,
            })
        };
        assert_eq!(slipped(4_600_000), of(460_000, 10, false));
        assert_eq!(slipped(460), of(460_000, 1_000, true));
        assert_eq!(slipped(46_000), of(460_000, 10, true));
        assert_eq!(slipped(510_000), None, "within a tenth of the bounds");
        assert_eq!(slipped(900_000), None);
        assert_eq!(slipped(0), None);
        assert_eq!(
            slip(i64::MAX, 1, i64::MAX / 100).map(|slip| slip.factor),
            Some(100)
        );
    }

    proptest! {
        #[test]
        fn exchanging_twice_is_nothing(number in 1_000..999_999_999_i64) {
            for other in exchanged(number) {
                prop_assert!(exchanged(other).contains(&number) || number.to_string().starts_with('0'));
                prop_assert_eq!((other - number) % 9, 0, "an old bookkeeper's test");
            }
        }
    }
}
