//! Many tests at once.

/// The p-values of tests, adjusted so that of those below a level no more than that share is
/// expected to be by chance: the procedure of Benjamini and Hochberg (1995), as `p.adjust` of R with
/// `BH` and `false_discovery_control` of scipy. They stand in the order that they were given in.
///
/// Assumes that the tests are independent or depend on each other positively, as those of places
/// that one crisis moves together do.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (rank, index) in order.iter().enumerate().rev() {
        least = least.min(p[*index] * (p.len() as f64 / (rank + 1) as f64));
        adjusted[*index] = least;
    }
    adjusted
}
