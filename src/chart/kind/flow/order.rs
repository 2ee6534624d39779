//! The order of places on both sides of a flow chart in which few ribbons cross.

/// A ribbon between the place with one index on the left and one on the right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strand {
    /// Index of the place on the left.
    pub from: usize,
    /// Index of the place on the right.
    pub to: usize,
    /// Its size.
    pub weight: f64,
}

/// The places of both sides from top to bottom, as indices.
pub type Order = [Vec<usize>; 2];

/// How often the middles of each side are put in order by those of the other.
const SWEEPS: usize = 12;

/// Orders both sides so that what crosses is small. Places from `fixed` on stay where they are:
/// they gather the rest. The order is that given, `0..n`, unless another has neither more crossings
/// nor larger ones.
pub fn untangle(counts: [usize; 2], fixed: [usize; 2], strands: &[Strand]) -> Order {
    let given = counts.map(|count| (0..count).collect::<Vec<usize>>());
    let (least, mut best_cost) = crossings(&given, strands);
    let mut best = given.clone();
    let mut order = given;
    for sweep in 0..SWEEPS {
        // The right side first: the largest origins stay on top where they can.
        let side = 1 - sweep % 2;
        sort_by_middles(&mut order, side, fixed[side], strands);
        swap_neighbours(&mut order, fixed, strands);
        let (count, cost) = crossings(&order, strands);
        if count <= least && cost < best_cost * (1.0 - 1e-9) {
            best_cost = cost;
            best.clone_from(&order);
        }
    }
    best
}

/// How many pairs of strands cross, and how much of them.
pub fn crossings(order: &Order, strands: &[Strand]) -> (usize, f64) {
    let [left, right] = places(order);
    let mut count = 0;
    let mut size = 0.0;
    for (index, a) in strands.iter().enumerate() {
        for b in &strands[index + 1..] {
            let above = left[a.from].cmp(&left[b.from]);
            if above != std::cmp::Ordering::Equal && above == right[b.to].cmp(&right[a.to]) {
                count += 1;
                size += a.weight * b.weight;
            }
        }
    }
    (count, size)
}

/// At which place from the top each index is.
fn places(order: &Order) -> [Vec<usize>; 2] {
    [0, 1].map(|side| {
        let mut places = vec![0; order[side].len()];
        for (place, index) in order[side].iter().enumerate() {
            places[*index] = place;
        }
        places
    })
}

const fn ends(strand: &Strand, side: usize) -> (usize, usize) {
    if side == 0 {
        (strand.from, strand.to)
    } else {
        (strand.to, strand.from)
    }
}

/// Sorts one side by the weighted middle of where its strands end on the other.
fn sort_by_middles(order: &mut Order, side: usize, fixed: usize, strands: &[Strand]) {
    let other = &places(order)[1 - side];
    let mut sums = vec![(0.0, 0.0); order[side].len()];
    for strand in strands {
        let (own, far) = ends(strand, side);
        sums[own].0 += strand.weight * other[far] as f64;
        sums[own].1 += strand.weight;
    }
    let middle = |index: &usize| {
        let (sum, weight) = sums[*index];
        if weight > 0.0 { sum / weight } else { f64::MAX }
    };
    order[side][..fixed].sort_by(|a, b| middle(a).total_cmp(&middle(b)));
}

/// Swaps neighbours as long as that lessens what crosses.
fn swap_neighbours(order: &mut Order, fixed: [usize; 2], strands: &[Strand]) {
    let by_place = [0, 1].map(|side| {
        let mut lists = vec![Vec::new(); order[side].len()];
        for strand in strands {
            let (own, far) = ends(strand, side);
            lists[own].push((far, strand.weight));
        }
        lists
    });
    for _ in 0..SWEEPS {
        let mut changed = false;
        for side in [0, 1] {
            let other = places(order)[1 - side].clone();
            for place in 1..fixed[side] {
                let (upper, lower) = (order[side][place - 1], order[side][place]);
                let (mut now, mut then) = (0.0, 0.0);
                for (a, weight) in &by_place[side][upper] {
                    for (b, other_weight) in &by_place[side][lower] {
                        let (a, b) = (other[*a], other[*b]);
                        if a > b {
                            now += weight * other_weight;
                        } else if a < b {
                            then += weight * other_weight;
                        }
                    }
                }
                if then < now * (1.0 - 1e-9) {
                    order[side].swap(place - 1, place);
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strand(from: usize, to: usize, weight: f64) -> Strand {
        Strand { from, to, weight }
    }

    #[test]
    fn crossed_pairs_are_uncrossed_and_ties_stay() {
        let crossed = [strand(0, 1, 5.0), strand(1, 0, 4.0)];
        let order = untangle([2, 2], [2, 2], &crossed);
        assert_eq!(crossings(&order, &crossed).0, 0);
        let fan = [strand(0, 0, 5.0), strand(0, 1, 9.0)];
        assert_eq!(untangle([1, 2], [1, 2], &fan), [vec![0], vec![0, 1]]);
        // What gathers the rest stays last, even where that crosses.
        let order = untangle([2, 2], [1, 1], &crossed);
        assert_eq!(order, [vec![0, 1], vec![0, 1]]);
    }

    proptest! {
        #[test]
        fn there_are_never_more_crossings_than_given(
            strands in prop::collection::vec((0..7_usize, 0..9_usize, 1.0..1e6_f64), 1..50),
            fixed in (1..8_usize, 1..10_usize),
        ) {
            let strands: Vec<Strand> = strands.into_iter().map(|(a, b, w)| strand(a, b, w)).collect();
            let given = [(0..7).collect::<Vec<_>>(), (0..9).collect::<Vec<_>>()];
            let fixed = [fixed.0.min(7), fixed.1.min(9)];
            let order = untangle([7, 9], fixed, &strands);
            let (before, after) = (crossings(&given, &strands), crossings(&order, &strands));
            prop_assert!(after.0 <= before.0 && after.1 <= before.1);
            for side in [0, 1] {
                prop_assert_eq!(&order[side][fixed[side]..], &given[side][fixed[side]..]);
                let mut all = order[side].clone();
                all.sort_unstable();
                prop_assert_eq!(&all, &given[side]);
            }
        }
    }
}
