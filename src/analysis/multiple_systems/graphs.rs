//! Decomposable graphs: the models of dependence whose likelihoods are products.

use super::hierarchy::{members, numbers};

/// A graph without a ring of four or more that no chord cuts, as its cliques and separators.
///
/// Both are sets of lists as in [`Histories`](super::Histories).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decomposable {
    /// The largest sets of lists that all depend on one another.
    pub cliques: Vec<usize>,
    /// What each clique but the first shares with one before it; may be empty, and may repeat.
    pub separators: Vec<usize>,
}

impl Decomposable {
    /// All decomposable graphs of some lists: 2, 8, 61 and 822 of 2 to 5 lists.
    pub fn all(lists: usize) -> Vec<Self> {
        let pairs: Vec<usize> = (1..1_usize << lists)
            .filter(|set| set.count_ones() == 2)
            .collect();
        (0..1_usize << pairs.len())
            .filter_map(|chosen| {
                let mut neighbours = vec![0; lists];
                let edges = pairs.iter().enumerate();
                for (_, pair) in edges.filter(|(at, _)| chosen >> at & 1 == 1) {
                    for list in members(*pair) {
                        neighbours[list] |= pair & !(1 << list);
                    }
                }
                Self::of(&neighbours)
            })
            .collect()
    }

    /// The graph in which each list has these neighbours; none where it is not decomposable.
    ///
    /// A graph is decomposable where its lists can be taken away one after the other so that the
    /// neighbours left of each all know one another (Rose 1970).
    fn of(neighbours: &[usize]) -> Option<Self> {
        let lists = neighbours.len();
        let mut left = (1_usize << lists) - 1;
        let mut cliques: Vec<usize> = Vec::new();
        while left != 0 {
            let near = |list: usize| neighbours[list] & left;
            let is_simplicial = |list: &usize| {
                let near = near(*list);
                members(near)
                    .into_iter()
                    .all(|other| near & !(neighbours[other] | 1 << other) == 0)
            };
            let list = members(left).into_iter().find(is_simplicial)?;
            let clique = near(list) | 1 << list;
            if !cliques.iter().any(|known| known & clique == clique) {
                cliques.push(clique);
            }
            left &= !(1 << list);
        }
        let separators = separators(&cliques);
        Some(Self {
            cliques,
            separators,
        })
    }

    /// The cliques by the numbers of their lists, as a hierarchical model is written: `[123,14]`.
    pub fn name(&self) -> String {
        let mut cliques = self.cliques.clone();
        cliques.sort_by_key(|set| (std::cmp::Reverse(set.count_ones()), members(*set)));
        let cliques: Vec<String> = cliques.into_iter().map(numbers).collect();
        format!("[{}]", cliques.join(","))
    }
}

/// The edges of a tree over the cliques that share the most: what each new clique shares with the tree.
fn separators(cliques: &[usize]) -> Vec<usize> {
    let mut inside = vec![false; cliques.len()];
    if let Some(first) = inside.first_mut() {
        *first = true;
    }
    let mut separators = Vec::new();
    for _ in 1..cliques.len() {
        let mut best: Option<(usize, usize)> = None;
        for outer in (0..cliques.len()).filter(|at| !inside[*at]) {
            for inner in (0..cliques.len()).filter(|at| inside[*at]) {
                let shared = cliques[outer] & cliques[inner];
                if best.is_none_or(|(_, known)| shared.count_ones() > known.count_ones()) {
                    best = Some((outer, shared));
                }
            }
        }
        if let Some((outer, shared)) = best {
            inside[outer] = true;
            separators.push(shared);
        }
    }
    separators
}
