//! The total averaged over all decomposable graphs.

use statrs::function::gamma::ln_gamma;

use super::Histories;
use super::graphs::Decomposable;

/// The most lists of which all graphs are averaged: six have 18,154 of them.
pub const MOST_LISTS: usize = 5;

/// How far out the posterior is looked at unless asked: so many times the number named.
pub const REACH: u64 = 10;

/// What was believed of the total before the lists were seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Prior {
    /// In proportion to `1 / N` up to the largest total: all orders of magnitude alike.
    Reciprocal,
    /// A Poisson count whose mean has a gamma distribution (Madigan and York 1997).
    Gamma {
        /// The shape of the gamma distribution.
        shape: f64,
        /// Its scale: the prior mean of the total is shape times scale.
        scale: f64,
    },
}

/// What is assumed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assumed {
    /// The prior observations for each history, `delta` of the hyper-Dirichlet prior.
    pub delta: f64,
    /// What was believed of the total.
    pub prior: Prior,
    /// The largest total that is looked at.
    pub most: u64,
}

/// Why there is no average.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AverageError {
    /// There are too many graphs.
    #[error(
        "{0} lists have too many graphs to average over; put similar lists together until at most {MOST_LISTS} are left"
    )]
    TooManyLists(usize),
    /// The prior weight of a history is not above zero.
    #[error("a delta of {0} is not above zero; give one such as 0.5")]
    Delta(f64),
    /// A parameter of the prior is not above zero.
    #[error(
        "a gamma prior of shape {shape} and scale {scale} has parameters that are not above zero"
    )]
    Gamma {
        /// Its shape.
        shape: f64,
        /// Its scale.
        scale: f64,
    },
    /// The largest total is below what is named.
    #[error(
        "a largest total of {most} is not above the {observed} that the lists name; give a larger --max"
    )]
    Most {
        /// The largest total.
        most: u64,
        /// How many are named.
        observed: u64,
    },
    /// The largest total is beyond what can be added up.
    #[error(
        "a largest total of {0} is beyond the 20,000,000 that are added up; give a smaller --max"
    )]
    TooFar(u64),
}

/// The fewest that are taken to be on no list.
const FEWEST: f64 = 1.0;

/// The most totals that are added up.
const MOST_TOTALS: u64 = 20_000_000;

/// The distribution of the total given the lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Posterior {
    /// What was assumed.
    pub assumed: Assumed,
    /// How many the lists name. As in the examples of dga at least one more is taken to exist.
    pub observed: u64,
    /// The probability of each total from one more than named on.
    pub probabilities: Vec<f64>,
    /// The probability of each graph, the highest first.
    pub graphs: Vec<(Decomposable, f64)>,
}

/// The default weight of a history: all histories together weigh as much as one observation.
pub fn default_delta(lists: usize) -> f64 {
    0.5_f64.powi(lists as i32)
}

/// Adds up the posterior over all decomposable graphs of the lists, each of the same prior weight
/// (Madigan and York 1997), exactly and without drawing at random, as the R package dga does.
///
/// Assumes that the dependence of the lists is that of some decomposable graph, besides what
/// [every estimate](super) assumes. With a large `delta` the prior speaks for equal counts of all
/// histories, and the graph in which all lists depend on one another, which says nothing of those on
/// no list, may take over: results for several values belong side by side.
///
/// # Errors
/// When there are more than five lists, or an assumption is out of range.
pub fn average(histories: &Histories, assumed: Assumed) -> Result<Posterior, AverageError> {
    let lists = histories.lists();
    let observed = histories.observed();
    check(lists, observed, &assumed)?;
    let totals = (assumed.most - observed) as usize;
    let parts = parts(histories, assumed.delta, totals);
    let common = common(observed as f64, assumed.prior, totals);
    let graphs = Decomposable::all(lists);
    // Sums are kept relative to the highest term met so far. What is this far below it adds nothing
    // that a sum of doubles keeps.
    const NOTHING: f64 = -60.0;
    let mut highest = f64::NEG_INFINITY;
    let mut probabilities = vec![0.0; totals];
    let mut weights: Vec<f64> = Vec::with_capacity(graphs.len());
    let mut heights = vec![0.0; totals];
    for graph in &graphs {
        heights.copy_from_slice(&common);
        for set in &graph.cliques {
            for (height, part) in heights.iter_mut().zip(&parts[*set]) {
                *height += part;
            }
        }
        for set in &graph.separators {
            for (height, part) in heights.iter_mut().zip(&parts[*set]) {
                *height -= part;
            }
        }
        let top = heights.iter().copied().fold(highest, f64::max);
        if top > highest {
            let lower = (highest - top).exp();
            let known = probabilities.iter_mut().chain(&mut weights);
            known.for_each(|mass| *mass *= lower);
            highest = top;
        }
        let mut weight = 0.0;
        for (probability, height) in probabilities.iter_mut().zip(&heights) {
            let below = height - highest;
            if below > NOTHING {
                let mass = below.exp();
                *probability += mass;
                weight += mass;
            }
        }
        weights.push(weight);
    }
    let whole: f64 = weights.iter().sum();
    for probability in &mut probabilities {
        *probability /= whole;
    }
    let weights = weights.into_iter().map(|weight| weight / whole);
    let mut graphs: Vec<_> = graphs.into_iter().zip(weights).collect();
    graphs.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    Ok(Posterior {
        assumed,
        observed,
        probabilities,
        graphs,
    })
}

fn check(lists: usize, observed: u64, assumed: &Assumed) -> Result<(), AverageError> {
    if lists > MOST_LISTS {
        return Err(AverageError::TooManyLists(lists));
    }
    if !(assumed.delta > 0.0 && assumed.delta.is_finite()) {
        return Err(AverageError::Delta(assumed.delta));
    }
    if let Prior::Gamma { shape, scale } = assumed.prior
        && !(shape > 0.0 && scale > 0.0 && shape.is_finite() && scale.is_finite())
    {
        return Err(AverageError::Gamma { shape, scale });
    }
    if assumed.most <= observed {
        let most = assumed.most;
        return Err(AverageError::Most { most, observed });
    }
    if assumed.most > MOST_TOTALS {
        return Err(AverageError::TooFar(assumed.most));
    }
    Ok(())
}

/// How many are on no list, for each total.
fn missing(totals: usize) -> impl Iterator<Item = f64> {
    (0..totals).map(|at| FEWEST + at as f64)
}

/// For each set of lists and each total, the logarithm of the marginal likelihood of the counts of
/// that set alone under its Dirichlet prior. That of no list is zero.
fn parts(histories: &Histories, delta: f64, totals: usize) -> Vec<Vec<f64>> {
    let lists = histories.lists();
    let observed = histories.observed() as f64;
    let prior = delta * f64::from(1_u32 << lists);
    // The likelihood of the whole, that all sets share.
    let wholes: Vec<f64> = missing(totals)
        .map(|missing| ln_gamma(prior) - ln_gamma(observed + missing + prior))
        .collect();
    let part = |set: usize| {
        if set == 0 {
            return vec![0.0; totals];
        }
        let cells = 1_usize << set.count_ones();
        let weight = prior / cells as f64;
        let mut counts = vec![0_u64; 1 << lists];
        for (history, count) in histories.counts().iter().enumerate() {
            counts[history & set] += count;
        }
        let within = (1..counts.len()).filter(|cell| cell & set == *cell);
        let others: f64 = within
            .map(|cell| ln_gamma(counts[cell] as f64 + weight))
            .sum();
        let fixed = others - cells as f64 * ln_gamma(weight);
        let none = counts[0] as f64 + weight;
        let wholes = wholes.iter().zip(missing(totals));
        wholes
            .map(|(whole, missing)| whole + fixed + ln_gamma(missing + none))
            .collect()
    };
    (0..1 << lists).map(part).collect()
}

/// What all graphs share: the prior of each total, and in how many ways its members may be those
/// named.
fn common(observed: f64, prior: Prior, totals: usize) -> Vec<f64> {
    let each = |missing: f64| {
        let total = observed + missing;
        let ways = ln_gamma(total + 1.0) - ln_gamma(missing + 1.0);
        let believed = match prior {
            Prior::Reciprocal => -total.ln(),
            Prior::Gamma { shape, scale } => {
                total * scale.ln() - (total + shape) * scale.ln_1p() + ln_gamma(total + shape)
                    - ln_gamma(total + 1.0)
            }
        };
        ways + believed
    };
    missing(totals).map(each).collect()
}

impl Posterior {
    /// The mean of the total.
    pub fn mean(&self) -> f64 {
        let totals = missing(self.probabilities.len()).zip(&self.probabilities);
        let above: f64 = totals.map(|(missing, mass)| missing * mass).sum();
        self.observed as f64 + above
    }

    /// The most probable total.
    pub fn mode(&self) -> u64 {
        let masses = self.probabilities.iter().enumerate();
        let (at, _) = masses.fold((0, f64::NEG_INFINITY), |best, (at, mass)| {
            if *mass > best.1 { (at, *mass) } else { best }
        });
        self.total(at)
    }

    /// The smallest total that is not exceeded with this probability.
    pub fn quantile(&self, probability: f64) -> u64 {
        let mut sum = 0.0;
        let at = self.probabilities.iter().position(|mass| {
            sum += mass;
            sum >= probability
        });
        self.total(at.unwrap_or(self.probabilities.len().saturating_sub(1)))
    }

    /// The probability of the last tenth of the numbers on no list: where it is not near zero, the
    /// largest total cuts the posterior off.
    pub fn tail(&self) -> f64 {
        let from = self.probabilities.len() - self.probabilities.len() / 10;
        self.probabilities[from..].iter().sum()
    }

    fn total(&self, at: usize) -> u64 {
        self.observed + FEWEST as u64 + at as u64
    }
}
