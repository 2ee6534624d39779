//! Labels side by side in a column: each as near as can be to where it belongs, none on another.

/// Tops of blocks of the given heights, in the given order, whose middles are as near as possible
/// (in the sense of least squares) to those wanted, within `low..high`. None when they do not fit.
pub fn spread(middles: &[f64], heights: &[f64], low: f64, high: f64) -> Option<Vec<f64>> {
    let total: f64 = heights.iter().sum();
    if total > high - low + 1e-9 {
        return None;
    }
    // With the heights above each block taken off, "no overlap" is "in order", and the answer is
    // the isotonic regression of the tops: neighbours out of order pool to their mean.
    let mut above = 0.0;
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(middles.len());
    for (middle, height) in middles.iter().zip(heights) {
        let mut pool = (middle - height / 2.0 - above, 1);
        above += height;
        while let Some(&(mean, count)) = pools.last() {
            if mean <= pool.0 {
                break;
            }
            pools.pop();
            let sum = mean * count as f64 + pool.0 * pool.1 as f64;
            pool = (sum / (count + pool.1) as f64, count + pool.1);
        }
        pools.push(pool);
    }
    let mut above = 0.0;
    let mut tops = Vec::with_capacity(middles.len());
    for (mean, count) in pools {
        for _ in 0..count {
            tops.push(mean.clamp(low, high - total) + above);
            above += heights[tops.len() - 1];
        }
    }
    Some(tops)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn free_labels_stay_and_crowded_ones_share() {
        assert_eq!(
            spread(&[10.0, 50.0], &[10.0, 10.0], 0.0, 100.0),
            Some(vec![5.0, 45.0])
        );
        assert_eq!(
            spread(&[50.0, 50.0], &[10.0, 10.0], 0.0, 100.0),
            Some(vec![40.0, 50.0])
        );
        assert_eq!(
            spread(&[99.0, 99.0], &[10.0, 10.0], 0.0, 100.0),
            Some(vec![80.0, 90.0])
        );
        assert_eq!(spread(&[1.0; 3], &[10.0; 3], 0.0, 20.0), None);
    }

    proptest! {
        #[test]
        fn blocks_never_overlap_nor_leave(
            mut blocks in prop::collection::vec((0.0..400.0_f64, 5.0..30.0_f64), 1..20),
        ) {
            blocks.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (middles, heights): (Vec<f64>, Vec<f64>) = blocks.into_iter().unzip();
            match spread(&middles, &heights, 0.0, 400.0) {
                None => prop_assert!(heights.iter().sum::<f64>() > 400.0),
                Some(tops) => {
                    prop_assert!(tops[0] >= -1e-6);
                    for index in 1..tops.len() {
                        prop_assert!(tops[index - 1] + heights[index - 1] <= tops[index] + 1e-6);
                    }
                    let last = tops.len() - 1;
                    prop_assert!(tops[last] + heights[last] <= 400.0 + 1e-6);
                }
            }
        }
    }
}
