//! Values that stand far out among those around them, by the median and the median absolute deviation.

/// What one median absolute deviation of a normal distribution counts as in standard deviations:
/// 1 / Φ⁻¹(3/4).
pub(super) const CONSISTENT: f64 = 1.482_602_218_505_602;

/// How far a value stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlying {
    /// The median of the others.
    pub median: f64,
    /// The distance from it in robust standard deviations, with its sign.
    pub z: f64,
}

/// The median: the mean of the two in the middle where their number is even; none of nothing.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(sorted[middle - 1], upper))
}

/// How far a value stands out among others. There is no answer where half of the others are the
/// same: then every other value would be infinitely far away.
pub fn outlying(value: f64, others: &[f64]) -> Option<Outlying> {
    let middle = median(others)?;
    let distances: Vec<f64> = others.iter().map(|other| (other - middle).abs()).collect();
    let deviation = median(&distances).filter(|deviation| *deviation > 0.0)?;
    Some(Outlying {
        median: middle,
        z: (value - middle) / (CONSISTENT * deviation),
    })
}

/// How far each value stands out among its nearest neighbours, `reach` on either side or as many
/// more on the other side at an end. None for all where the values are fewer than `2 * reach + 1`.
///
/// A course that rises and calms down has no one median; the neighbours have.
pub fn among_neighbours(values: &[f64], reach: usize) -> Vec<Option<Outlying>> {
    let width = 2 * reach + 1;
    (0..values.len())
        .map(|index| {
            let last_start = values.len().checked_sub(width)?;
            let start = index.saturating_sub(reach).min(last_start);
            let mut others = values[start..start + width].to_vec();
            others.remove(index - start);
            outlying(values[index], &others)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), Some(2.5));
    }

    /// Median 4 and median absolute deviation 1.5 by hand; 0.6745 × (20 - 4) / 1.5 = 7.1947.
    #[test]
    fn a_value_far_out_has_a_high_z() {
        let found = outlying(20.0, &[2.0, 3.0, 3.0, 5.0, 6.0, 9.0]).unwrap();
        assert_eq!(found.median, 4.0);
        assert_eq!(format!("{:.4}", found.z), "7.1946");
        let below = outlying(-12.0, &[2.0, 3.0, 3.0, 5.0, 6.0, 9.0]).unwrap();
        assert_eq!(format!("{:.4}", below.z), "-7.1946");
    }

    /// The consistency constant makes the z of a normal sample that of its standard deviation: the
    /// nine deciles of the standard normal distribution have the median absolute deviation 0.5244.
    #[test]
    fn the_z_of_normal_deciles_is_near_their_own() {
        const DECILES: [f64; 9] = [
            -1.281_552, -0.841_621, -0.524_401, -0.253_347, 0.0, 0.253_347, 0.524_401, 0.841_621,
            1.281_552,
        ];
        let found = outlying(3.0, &DECILES).unwrap();
        assert_eq!(format!("{:.4}", found.z), "3.8586");
    }

    #[test]
    fn where_half_are_the_same_nothing_stands_out() {
        assert_eq!(outlying(90.0, &[5.0, 5.0, 5.0, 7.0]), None);
        assert_eq!(outlying(90.0, &[]), None);
    }

    #[test]
    fn neighbours_are_those_nearest_also_at_the_ends() {
        let values = [1.0, 2.0, 4.0, 90.0, 5.0, 7.0, 8.0];
        let found = among_neighbours(&values, 2);
        assert_eq!(found.len(), 7);
        // Beside 90 stand 2, 4, 5 and 7; before 1 stand 2, 4, 90 and 5.
        assert_eq!(found[3].unwrap().median, 4.5);
        assert_eq!(format!("{:.3}", found[3].unwrap().z), "38.446");
        assert_eq!(found[0].unwrap().median, 4.5);
        assert!(among_neighbours(&values, 4).iter().all(Option::is_none));
    }

    proptest! {
        #[test]
        fn the_z_does_not_depend_on_level_or_scale(
            others in proptest::collection::vec(-1_000..1_000_i32, 5..30),
            value in -9_000..9_000_i32,
        ) {
            let others: Vec<f64> = others.into_iter().map(f64::from).collect();
            let moved: Vec<f64> = others.iter().map(|other| 4.0 * other + 16.0).collect();
            let value = f64::from(value);
            let (z, moved_z) = (outlying(value, &others), outlying(4.0 * value + 16.0, &moved));
            prop_assert_eq!(z.map(|found| found.z), moved_z.map(|found| found.z));
        }
    }
}
