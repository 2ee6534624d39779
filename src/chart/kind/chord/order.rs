//! The order of places around a circle in which few ribbons cross.

/// How much two places exchange in both directions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tie {
    /// Indices of the two places.
    pub between: (usize, usize),
    /// Its size.
    pub weight: f64,
}

/// How often every place is tried elsewhere.
const ROUNDS: usize = 8;

/// Orders places around the circle so that what crosses is small. Places from `fixed` on stay last:
/// they gather the rest. The order is that given, `0..count`, unless another has neither more
/// crossings nor larger ones.
pub fn untangle(count: usize, fixed: usize, ties: &[Tie]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let (least, mut cost) = crossings(&order, ties);
    for _ in 0..ROUNDS {
        let mut changed = false;
        for from in 0..fixed {
            let mut best: Option<(f64, Vec<usize>)> = None;
            for to in (0..fixed).filter(|to| *to != from) {
                let mut moved = order.clone();
                let place = moved.remove(from);
                moved.insert(to, place);
                let (count, other) = crossings(&moved, ties);
                let bar = best.as_ref().map_or(cost, |(least, _)| *least);
                if count <= least && other < bar * (1.0 - 1e-9) {
                    best = Some((other, moved));
                }
            }
            if let Some((least, moved)) = best {
                (cost, order, changed) = (least, moved, true);
            }
        }
        if !changed {
            break;
        }
    }
    order
}

/// How many pairs of ties cross, and how much of them.
pub fn crossings(order: &[usize], ties: &[Tie]) -> (usize, f64) {
    let mut places = vec![0; order.len()];
    for (place, index) in order.iter().enumerate() {
        places[*index] = place;
    }
    let ends: Vec<(usize, usize)> = ties
        .iter()
        .map(|tie| {
            let (a, b) = (places[tie.between.0], places[tie.between.1]);
            (a.min(b), a.max(b))
        })
        .collect();
    let (mut count, mut size) = (0, 0.0);
    for (index, (low, high)) in ends.iter().enumerate() {
        for (other, (a, b)) in ends.iter().enumerate().skip(index + 1) {
            let within = |place: &usize| low < place && place < high;
            let outside = |place: &usize| place < low || high < place;
            if (within(a) && outside(b)) || (outside(a) && within(b)) {
                count += 1;
                size += ties[index].weight * ties[other].weight;
            }
        }
    }
    (count, size)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tie(a: usize, b: usize, weight: f64) -> Tie {
        Tie {
            between: (a, b),
            weight,
        }
    }

    #[test]
    fn a_cross_is_undone() {
        let ties = [tie(0, 2, 1.0), tie(1, 3, 1.0)];
        assert_eq!(crossings(&[0, 1, 2, 3], &ties).0, 1);
        assert_eq!(crossings(&untangle(4, 4, &ties), &ties).0, 0);
        assert_eq!(untangle(4, 0, &ties), [0, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn there_are_never_more_crossings_than_given(
            ties in prop::collection::vec((0..8_usize, 0..8_usize, 1.0..1e6_f64), 1..20),
            fixed in 1..9_usize,
        ) {
            let ties: Vec<Tie> = ties.into_iter().map(|(a, b, w)| tie(a, b, w)).collect();
            let given: Vec<usize> = (0..8).collect();
            let order = untangle(8, fixed, &ties);
            let (before, after) = (crossings(&given, &ties), crossings(&order, &ties));
            prop_assert!(after.0 <= before.0 && after.1 <= before.1);
            prop_assert_eq!(&order[fixed..], &given[fixed..]);
        }
    }
}
