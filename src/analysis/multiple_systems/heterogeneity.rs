//! What members differ in: some are easier to list than others.

use crate::figure::coded_enum;

coded_enum! {
    /// How members are supposed to differ in how easily any list names them: what is added to the
    /// logarithm of the count of those on `k` lists (Rivest and Baillargeon 2007).
    Heterogeneity ("heterogeneity") {
        /// A free, convex form above two lists: its estimate is a lower bound of the total under any
        /// such difference (Chao 1987; Rivest 2011).
        Chao = "chao",
        /// `2^k - 1`: members differ mildly.
        Poisson = "poisson",
        /// `k^2 / 2`: they differ as a normal distribution does (Darroch and others 1993).
        Darroch = "darroch",
        /// `-ln(3.5 + k) + ln 3.5`: many are very hard to list.
        Gamma = "gamma",
    }
}

/// The parameter of the gamma form, as Rcapture has it.
const GAMMA: f64 = 3.5;

impl Heterogeneity {
    /// What the columns of the design hold for a member on `times` of `lists` lists.
    pub(super) fn columns(self, times: u32, lists: usize) -> Vec<f64> {
        let k = f64::from(times);
        match self {
            // One for each number of lists from three on.
            Self::Chao => (3..=lists)
                .map(|from| (k - from as f64 + 1.0).max(0.0))
                .collect(),
            Self::Poisson => vec![2_f64.powf(k) - 1.0],
            Self::Darroch => vec![k * k / 2.0],
            Self::Gamma => vec![GAMMA.ln() - (GAMMA + k).ln()],
        }
    }
}
