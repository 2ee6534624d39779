//! Estimators that need no model of lists: of two lists, and of how often members were named.

use crate::analysis::growth::Interval;

/// What an estimator says of a total.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// How many were named.
    pub observed: f64,
    /// How many there are in all.
    pub total: f64,
    /// The standard error of the total.
    pub standard_error: f64,
}

/// Why an estimator does not apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrequencyError {
    /// Nobody is on both lists.
    #[error("the two lists share nobody, so nothing tells how many they miss")]
    NoOverlap,
    /// More are on both lists than on one of them.
    #[error("{both} on both lists are more than the {first} and {second} on each")]
    Overlap {
        /// How many are on the first.
        first: u64,
        /// How many are on the second.
        second: u64,
        /// How many are on both.
        both: u64,
    },
    /// Nobody was named twice.
    #[error("nobody was named exactly twice, so nothing tells how many were never named")]
    NobodyTwice,
    /// Nobody was named once.
    #[error("nobody was named exactly once, so this estimator says that all were named")]
    NobodyOnce,
    /// More were named once and twice than at all.
    #[error("{once} named once and {twice} named twice are more than the {observed} named")]
    Frequencies {
        /// How many were named.
        observed: u64,
        /// How many exactly once.
        once: u64,
        /// How many exactly twice.
        twice: u64,
    },
}

impl Total {
    /// The interval of Chao (1987), in which the number on no list is log-normal: it never falls below
    /// the number named.
    pub fn interval(&self, quantile: f64) -> Interval {
        let missing = self.total - self.observed;
        let relative = self.standard_error / missing;
        let factor = (quantile * (relative * relative).ln_1p().sqrt()).exp();
        if missing <= 0.0 {
            let (low, high) = (self.observed, self.observed);
            return Interval { low, high };
        }
        Interval {
            low: self.observed + missing / factor,
            high: self.observed + missing * factor,
        }
    }
}

/// Two lists: `n1 n2 / m` (Petersen 1896; Lincoln 1930), the model of independence, with the standard
/// error of its log-linear form.
///
/// Assumes that being on one list makes nobody more or less likely to be on the other. Two lists
/// cannot test that: lists that name the same people make it too low, lists that avoid each other
/// too high.
///
/// # Errors
/// When nobody is on both lists, or more than on one of them.
pub fn lincoln_petersen(first: u64, second: u64, both: u64) -> Result<Total, FrequencyError> {
    checked(first, second, both)?;
    let (only_first, only_second) = ((first - both) as f64, (second - both) as f64);
    let both = both as f64;
    let missing = only_first * only_second / both;
    let observed = only_first + only_second + both;
    // The variance of the logarithm of a product of three Poisson counts; a count of zero leaves
    // nobody missing, whatever its variance.
    let variance = if missing > 0.0 {
        1.0 / only_first + 1.0 / only_second + 1.0 / both
    } else {
        0.0
    };
    Ok(Total {
        observed,
        total: observed + missing,
        standard_error: (missing + missing * missing * variance).sqrt(),
    })
}

/// Two lists: `(n1 + 1)(n2 + 1) / (m + 1) - 1` (Chapman 1951), nearly without bias in small samples,
/// with the variance of Seber (1970). It assumes what [`lincoln_petersen`] does.
///
/// # Errors
/// When nobody is on both lists, or more than on one of them.
pub fn chapman(first: u64, second: u64, both: u64) -> Result<Total, FrequencyError> {
    checked(first, second, both)?;
    let [n1, n2, m] = [first, second, both].map(|count| count as f64);
    let variance =
        (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0) * (m + 1.0) * (m + 2.0));
    Ok(Total {
        observed: n1 + n2 - m,
        total: (n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0,
        standard_error: variance.sqrt(),
    })
}

fn checked(first: u64, second: u64, both: u64) -> Result<(), FrequencyError> {
    if both > first || both > second {
        return Err(FrequencyError::Overlap {
            first,
            second,
            both,
        });
    }
    if both == 0 {
        return Err(FrequencyError::NoOverlap);
    }
    Ok(())
}

/// A lower bound from how many were named once and twice: `n + f1^2 / (2 f2)` (Chao 1987).
///
/// Assumes that each member is named at a rate of its own, any number of times, independently. It is
/// a bound that many fall short of: the more members differ, the more are missing above it.
///
/// # Errors
/// When nobody was named twice, or the numbers do not fit.
pub fn chao_lower_bound(observed: u64, once: u64, twice: u64) -> Result<Total, FrequencyError> {
    fitting(observed, once, twice)?;
    if twice == 0 {
        return Err(FrequencyError::NobodyTwice);
    }
    let [n, f1, f2] = [observed, once, twice].map(|count| count as f64);
    let ratio = f1 / f2;
    let variance = f2 * (ratio.powi(4) / 4.0 + ratio.powi(3) + ratio.powi(2) / 2.0);
    Ok(Total {
        observed: n,
        total: n + f1 * f1 / (2.0 * f2),
        standard_error: variance.sqrt(),
    })
}

/// [`chao_lower_bound`] corrected for bias, `n + f1 (f1 - 1) / (2 (f2 + 1))` (Chao 1987, 2005), which
/// also holds where nobody was named twice.
///
/// # Errors
/// When the numbers do not fit.
pub fn chao_bias_corrected(observed: u64, once: u64, twice: u64) -> Result<Total, FrequencyError> {
    fitting(observed, once, twice)?;
    let [n, f1, f2] = [observed, once, twice].map(|count| count as f64);
    let less = (f1 - 1.0).max(0.0);
    let more = f2 + 1.0;
    let missing = f1 * less / (2.0 * more);
    let variance = missing
        + f1 * (2.0 * f1 - 1.0).powi(2) / (4.0 * more * more)
        + f1 * f1 * f2 * less * less / (4.0 * more.powi(4));
    Ok(Total {
        observed: n,
        total: n + missing,
        standard_error: variance.sqrt(),
    })
}

/// `n / (1 - exp(-2 f2 / f1))` (Zelterman 1988), a Poisson count of which only ones and twos are looked
/// at, with the variance of Böhning (2008). Unlike Chao's it is no bound, and too high where members
/// stop being named once they were.
///
/// # Errors
/// When nobody was named once, or twice, or the numbers do not fit.
pub fn zelterman(observed: u64, once: u64, twice: u64) -> Result<Total, FrequencyError> {
    fitting(observed, once, twice)?;
    if twice == 0 {
        return Err(FrequencyError::NobodyTwice);
    }
    if once == 0 {
        return Err(FrequencyError::NobodyOnce);
    }
    let [n, f1, f2] = [observed, once, twice].map(|count| count as f64);
    let rate = 2.0 * f2 / f1;
    let named = -(-rate).exp_m1();
    let odds = (-rate).exp() / (named * named);
    let variance = n * odds * (1.0 + n * odds * rate * rate * (1.0 / f1 + 1.0 / f2));
    Ok(Total {
        observed: n,
        total: n / named,
        standard_error: variance.sqrt(),
    })
}

fn fitting(observed: u64, once: u64, twice: u64) -> Result<(), FrequencyError> {
    if once.checked_add(twice).is_some_and(|both| both <= observed) {
        return Ok(());
    }
    Err(FrequencyError::Frequencies {
        observed,
        once,
        twice,
    })
}
