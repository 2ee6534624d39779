//! Temporal disaggregation: the years of a flow parted over their months or quarters along a pattern, so
//! that the parts add up to the years as published.
//!
//! Only a flow has parts. A stock is interpolated between its days, and a cumulative is differenced. What
//! comes out is an estimate of how a year was spread, and no number that anybody published.

mod deviation;
mod regression;
mod rho;
mod rounding;

use std::ops::Range;

use self::deviation::Deviation;
use self::regression::Fit;
pub use self::rho::LARGEST as LARGEST_RHO;
pub use self::rounding::{DECIMALS, add_up};
use crate::figure::coded_enum;

coded_enum! {
    /// How the years of a flow are parted.
    #[derive(Default)]
    Method ("method of disaggregation") {
        /// The pattern, bent so that its proportion to the parts changes as little as can be from each part
        /// to the next: the proportional first differences of Denton (1971), JASA 66, with the first
        /// part free as Cholette (1984) has it; `dentonm` of statsmodels, and the recommended method of the
        /// Quarterly National Accounts Manual of the International Monetary Fund (2017), chapter 6.
        #[default]
        Denton = "denton",
        /// A regression of the years on the pattern, whose deviations fade by a share (rho) from part to part
        /// (Chow and Lin 1971, Review of Economics and Statistics 53), rho by maximum likelihood and never
        /// below zero; `chow-lin-maxlog` of the R package tempdisagg.
        ChowLin = "chow-lin",
        /// The same with deviations that wander without end (Fernandez 1981, Review of Economics and Statistics 63).
        Fernandez = "fernandez",
        /// The same with deviations whose steps fade by a share (Litterman 1983, Journal of Business and
        /// Economic Statistics 1), rho as for Chow and Lin.
        Litterman = "litterman",
    }
}

impl Method {
    /// Whether it is a regression of the years on the pattern, which needs several of them.
    pub fn is_regression(self) -> bool {
        self != Self::Denton
    }

    /// What it assumes, in a few words for readers of a table.
    pub const fn assumption(self) -> &'static str {
        match self {
            Self::Denton => {
                "within each whole the parts follow the pattern, and their proportion to it changes smoothly"
            }
            Self::ChowLin => {
                "one linear relation to the pattern holds throughout, and what departs from it fades from part to part"
            }
            Self::Fernandez | Self::Litterman => {
                "one linear relation to the pattern holds throughout, and what departs from it wanders from part to part"
            }
        }
    }
}

/// One published number, and which parts make it up.
#[derive(Debug, Clone, PartialEq)]
pub struct Whole {
    /// The places of its parts in the pattern.
    pub parts: Range<usize>,
    /// The number.
    pub value: f64,
}

/// Why a series cannot be parted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DisaggregateError {
    /// There is nothing to part.
    #[error("there is no number to part; widen the selection")]
    Empty,
    /// Wholes share parts, are out of order, or reach beyond the pattern.
    #[error(
        "whole {0} has no part in the pattern, or shares one with another; give a pattern that covers each whole once"
    )]
    Uncovered(usize),
    /// One part is the whole.
    #[error("whole {0} has one part, which is the whole itself; give a finer pattern")]
    OnePart(usize),
    /// A pattern that no proportion to it is known of.
    #[error(
        "part {place} of the pattern is {value}; a proportion needs a pattern above zero throughout: take another, or a method of regression (chow-lin)"
    )]
    NotPositive {
        /// Its place, from zero.
        place: usize,
        /// What it is.
        value: f64,
    },
    /// A part of the pattern is no number.
    #[error("part {0} of the pattern is no finite number")]
    NotFinite(usize),
    /// Too few wholes for a regression.
    #[error("{found} wholes are too few for a regression with {coefficients} coefficients, which needs {}; take the method denton", .coefficients + MORE_THAN_COEFFICIENTS)]
    TooFew {
        /// How many there are.
        found: usize,
        /// How many coefficients there are.
        coefficients: usize,
    },
    /// Nothing varies that something could be explained by.
    #[error(
        "the sums of the pattern are the same in every whole, so they explain nothing; take another pattern, or the method denton"
    )]
    Constant,
    /// More parts than are reckoned with.
    #[error("{0} parts are more than {MOST_PARTS}; take a longer step, or a shorter period")]
    TooMany(usize),
    /// The numbers do not allow an answer.
    #[error(
        "the equations of this method have no sound solution for these numbers; take the method denton, or another pattern"
    )]
    Unsolvable,
    /// The smaller parts of a count came out below zero.
    #[error(
        "part {place} would be {value:.3}, below zero, which no count is: the pattern does not fit these numbers; take another pattern or method"
    )]
    Negative {
        /// Its place, from zero.
        place: usize,
        /// What it would be.
        value: f64,
    },
}

/// The fewest wholes of a regression are so many more than its coefficients.
const MORE_THAN_COEFFICIENTS: usize = 3;

/// The most parts; the work grows with their square.
const MOST_PARTS: usize = 5_000;

/// What a regression found.
#[derive(Debug, Clone, PartialEq)]
pub struct Regression {
    /// How much of each part does not depend on the pattern, where that was asked for.
    pub intercept: Option<f64>,
    /// How much each unit of the pattern adds.
    pub slope: f64,
    /// The standard error of the slope, as if rho were known.
    pub slope_error: f64,
    /// The share of a deviation, or of its step, that lasts to the next part; none for a method without.
    pub rho: Option<f64>,
    /// Whether the likelihood would have rho at or below zero, and it was held there.
    pub is_truncated: bool,
    /// The share of the variation of the wholes that the pattern explains, adjusted for the coefficients,
    /// weighted as the regression is.
    pub adjusted_r_squared: f64,
}

/// A series parted.
#[derive(Debug, Clone, PartialEq)]
pub struct Disaggregated {
    /// One number for each part of the pattern; those of a whole add up to it.
    pub parts: Vec<f64>,
    /// The standard error of each, as if rho were known; empty for the method of Denton, which has none.
    pub standard_errors: Vec<f64>,
    /// What the regression found, where there was one.
    pub regression: Option<Regression>,
}

impl Disaggregated {
    /// Refuses parts below zero of wholes that are not: no count is negative. Only the places of the
    /// ranges are looked at.
    ///
    /// # Errors
    /// When one is.
    pub fn none_below_zero(&self, wholes: &[Whole]) -> Result<(), DisaggregateError> {
        let counts = wholes.iter().filter(|whole| whole.value >= 0.0);
        for place in counts.flat_map(|whole| whole.parts.clone()) {
            // A hair below zero is the arithmetic's.
            let scale = wholes
                .iter()
                .map(|whole| whole.value.abs())
                .fold(0.0, f64::max);
            if let Some(&value) = self.parts.get(place)
                && value < -1e-9 * scale
            {
                return Err(DisaggregateError::Negative { place, value });
            }
        }
        Ok(())
    }
}

/// Parts wholes along a pattern. Parts of the pattern that belong to no whole are carried on by the same
/// method: they are an extrapolation, which nothing published holds.
///
/// `intercept` lets a regression begin at another level than zero; the method of Denton has none. A
/// regression reckons with deviations of one size throughout; it takes the numbers for exact, and the
/// pattern for free of error.
///
/// # Errors
/// When there is nothing to part, the pattern does not cover each whole with two parts or more, is not
/// above zero (Denton), or explains nothing; or when wholes are too few for a regression.
pub fn disaggregate(
    method: Method,
    wholes: &[Whole],
    pattern: &[f64],
    intercept: bool,
) -> Result<Disaggregated, DisaggregateError> {
    check(method, wholes, pattern)?;
    let is_regression = method.is_regression();
    let fit = Fit::new(wholes, pattern, is_regression && intercept, is_regression)?;
    let of = |rho: f64| Deviation::new(method, rho, wholes, pattern);
    let (rho, is_truncated) = match method {
        Method::ChowLin | Method::Litterman if fit.is_exact(&of(0.0)) => (Some(0.0), false),
        Method::ChowLin | Method::Litterman => {
            let (rho, is_truncated) = rho::most_likely(|rho| fit.likelihood(&of(rho)))?;
            (Some(rho), is_truncated)
        }
        Method::Denton | Method::Fernandez => (None, false),
    };
    let solved = fit.solve(&of(rho.unwrap_or(0.0)))?;
    if method == Method::Denton {
        return Ok(Disaggregated {
            parts: solved.parts,
            standard_errors: Vec::new(),
            regression: None,
        });
    }
    Ok(Disaggregated {
        regression: Some(Regression {
            rho,
            is_truncated,
            ..solved.regression
        }),
        parts: solved.parts,
        standard_errors: solved.standard_errors,
    })
}

fn check(method: Method, wholes: &[Whole], pattern: &[f64]) -> Result<(), DisaggregateError> {
    if wholes.is_empty() {
        return Err(DisaggregateError::Empty);
    }
    if pattern.len() > MOST_PARTS {
        return Err(DisaggregateError::TooMany(pattern.len()));
    }
    let mut end = 0;
    for (index, whole) in wholes.iter().enumerate() {
        let Range { start, end: last } = whole.parts;
        if start < end || last > pattern.len() || start >= last || !whole.value.is_finite() {
            return Err(DisaggregateError::Uncovered(index));
        }
        if last - start == 1 {
            return Err(DisaggregateError::OnePart(index));
        }
        end = last;
    }
    if let Some(place) = pattern.iter().position(|part| !part.is_finite()) {
        return Err(DisaggregateError::NotFinite(place));
    }
    let not_positive = pattern.iter().position(|part| *part <= 0.0);
    if let Some(place) = not_positive.filter(|_| method == Method::Denton) {
        return Err(DisaggregateError::NotPositive {
            place,
            value: pattern[place],
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
