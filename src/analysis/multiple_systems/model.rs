//! One log-linear model and the total that it estimates.

use std::fmt;

use nalgebra::DVector;

use super::hierarchy::numbers;
use super::regression::{Design, Fit};
use super::{Heterogeneity, Hierarchy, Histories};

/// How lists differ and depend on one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lists {
    /// All alike and independent.
    Alike,
    /// Each with an effect of its own, and interactions.
    Different(Hierarchy),
}

/// A log-linear model of capture histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    lists: Lists,
    heterogeneity: Option<Heterogeneity>,
    without_all: bool,
}

/// Why a model gives no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoEstimate {
    /// The likelihood has no maximum.
    #[error("{}", not_finite(.0))]
    NotFinite(
        /// Interactions of the model of which nobody is on all lists.
        Vec<usize>,
    ),
    /// The model asks for more than the counts can tell.
    #[error(
        "its {parameters} parameters are more than the {cells} counts of {lists} lists tell; leave terms or heterogeneity out"
    )]
    TooManyParameters {
        /// How many it has.
        parameters: usize,
        /// How many histories are counted.
        cells: usize,
        /// How many lists there are.
        lists: usize,
    },
    /// Its terms cannot be told apart.
    #[error(
        "its terms cannot be told apart with these lists, such as heterogeneity beside all pairs of lists; leave some out"
    )]
    Collinear,
    /// The model is of another number of lists.
    #[error("the model is of {model} lists and the counts of {lists}")]
    OtherLists {
        /// How many lists the model has.
        model: usize,
        /// How many lists the counts have.
        lists: usize,
    },
}

fn not_finite(empty: &[usize]) -> String {
    let why = if empty.is_empty() {
        "its likelihood has no maximum at finite values".to_owned()
    } else {
        let empty: Vec<String> = empty.iter().map(|set| numbers(*set)).collect();
        format!(
            "nobody is on all lists of its {} {}, so the likelihood has no maximum at finite values",
            if empty.len() == 1 { "term" } else { "terms" },
            empty.join(", ")
        )
    };
    format!("{why}: no estimate, and not ranked")
}

/// The total that a model estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The model.
    pub model: Model,
    /// How many the lists name.
    pub observed: u64,
    /// How many there are in all, with those on no list: `n + exp(intercept)`.
    pub total: f64,
    /// Its standard error given the model: `sqrt(m + m^2 var(intercept))` with `m` on no list.
    pub standard_error: f64,
    /// How far the model is from the counts: twice the logarithm of the likelihood ratio.
    pub deviance: f64,
    /// Counts less parameters.
    pub degrees_of_freedom: usize,
    /// How many parameters were estimated.
    pub parameters: usize,
    /// Akaike's criterion: `2 p - 2 ln L`, of the Poisson likelihood.
    pub aic: f64,
    /// The Bayesian criterion: `p ln n - 2 ln L`, with `n` the people named.
    pub bic: f64,
    /// The count of each history that the model expects, that of no list first.
    pub expected: Vec<f64>,
    /// The columns of Chao's form that were left out one after the other, their parameters being
    /// negative.
    zeroed: Vec<usize>,
    pub(super) coefficients: DVector<f64>,
}

impl Estimate {
    /// How many parameters of Chao's form were negative and set to zero.
    pub fn set_to_zero(&self) -> usize {
        self.zeroed.len()
    }

    /// The design that was fitted.
    pub(super) fn design(&self, lists: usize) -> Design {
        let design = self.model.design(lists);
        self.zeroed
            .iter()
            .fold(design, |design, column| design.without(*column))
    }
}

impl Model {
    /// M0: all lists alike and independent of one another.
    pub const fn alike() -> Self {
        Self {
            lists: Lists::Alike,
            heterogeneity: None,
            without_all: false,
        }
    }

    /// Lists that differ, with the interactions of a hierarchical model; Mt where it has none.
    pub const fn hierarchical(hierarchy: Hierarchy) -> Self {
        Self {
            lists: Lists::Different(hierarchy),
            heterogeneity: None,
            without_all: false,
        }
    }

    /// The same model in which members differ in how easily they are listed: Mh, Mth.
    #[must_use]
    pub const fn with(self, heterogeneity: Heterogeneity) -> Self {
        Self {
            heterogeneity: Some(heterogeneity),
            ..self
        }
    }

    /// The same model without those on all lists, whose count has a parameter of its own.
    #[must_use]
    pub const fn without_all_lists(self) -> Self {
        Self {
            without_all: true,
            ..self
        }
    }

    /// The interactions of the lists, where lists differ.
    pub const fn hierarchy(&self) -> Option<Hierarchy> {
        match self.lists {
            Lists::Alike => None,
            Lists::Different(hierarchy) => Some(hierarchy),
        }
    }

    /// How members differ, where they do.
    pub const fn heterogeneity(&self) -> Option<Heterogeneity> {
        self.heterogeneity
    }

    fn design(&self, lists: usize) -> Design {
        let all = (1_usize << lists) - 1;
        let terms = self.hierarchy().map(|hierarchy| hierarchy.terms());
        Design::new((1..=all).map(|history| {
            let times = history.count_ones();
            let mut row = match &terms {
                None => vec![f64::from(times)],
                Some(terms) => terms
                    .iter()
                    .map(|term| f64::from(u8::from(history & term == *term)))
                    .collect(),
            };
            if self.without_all {
                row.push(f64::from(u8::from(history == all)));
            }
            if let Some(heterogeneity) = self.heterogeneity {
                row.extend(heterogeneity.columns(times, lists));
            }
            row
        }))
    }

    /// Fits the model to counts by maximum likelihood (Poisson regression), as Rcapture does.
    ///
    /// The standard error and the criteria are given the model: they do not say how wrong it is.
    ///
    /// # Errors
    /// When the likelihood has no maximum at finite values, which a count of zero brings about where
    /// a term of the model has nobody in it, or the model cannot be told from these lists.
    pub fn estimate(&self, histories: &Histories) -> Result<Estimate, NoEstimate> {
        let lists = histories.lists();
        if let Some(model) = self.hierarchy().map(|hierarchy| hierarchy.lists())
            && model != lists
        {
            return Err(NoEstimate::OtherLists { model, lists });
        }
        let empty = self.empty_terms(histories);
        if !empty.is_empty() {
            return Err(NoEstimate::NotFinite(empty));
        }
        let counts = cells(histories);
        let mut design = self.design(lists);
        let (parameters, cells) = (design.columns(), counts.len());
        if parameters > cells {
            return Err(NoEstimate::TooManyParameters {
                parameters,
                cells,
                lists,
            });
        }
        // Terms of a hierarchy alone are always told apart.
        let is_mixed = self.heterogeneity.is_some() || self.without_all;
        if is_mixed && design.is_collinear() {
            return Err(NoEstimate::Collinear);
        }
        let fitted = |design: &Design| {
            let fit = design.fit(&counts, None);
            fit.map_err(|_| NoEstimate::Collinear)
        };
        let mut fit = fitted(&design)?;
        let mut zeroed = Vec::new();
        if self.heterogeneity == Some(Heterogeneity::Chao) {
            while let Some(column) = first_negative(&fit, lists - 2 - zeroed.len()) {
                design = design.without(column);
                fit = fitted(&design)?;
                zeroed.push(column);
            }
        }
        if !fit.is_finite {
            return Err(NoEstimate::NotFinite(Vec::new()));
        }
        let observed = histories.observed();
        let missing = fit.coefficients[0].exp();
        let parameters = design.columns();
        let misfit = -2.0 * fit.log_likelihood(&counts);
        Ok(Estimate {
            model: *self,
            observed,
            total: observed as f64 + missing,
            standard_error: (missing + missing * missing * fit.variance_of_intercept).sqrt(),
            // A saturated model leaves nothing but rounding.
            deviance: fit.deviance.max(0.0),
            degrees_of_freedom: counts.len() - parameters,
            parameters,
            aic: misfit + 2.0 * parameters as f64,
            bic: misfit + (observed as f64).ln() * parameters as f64,
            expected: std::iter::once(missing).chain(fit.means).collect(),
            zeroed,
            coefficients: fit.coefficients,
        })
    }

    /// The terms of which nobody is on all lists: their coefficients would be minus infinity.
    fn empty_terms(&self, histories: &Histories) -> Vec<usize> {
        let terms = self.hierarchy().map(|hierarchy| hierarchy.terms());
        let terms = terms.unwrap_or_default().into_iter();
        terms.filter(|term| histories.margin(*term) == 0).collect()
    }
}

/// The counts of all histories but that of no list.
pub(super) fn cells(histories: &Histories) -> Vec<f64> {
    let counts = histories.counts().iter().skip(1);
    counts.map(|count| *count as f64).collect()
}

/// The first of the last columns whose coefficient is below zero.
fn first_negative(fit: &Fit, last: usize) -> Option<usize> {
    let coefficients = fit.coefficients.as_slice();
    let from = coefficients.len() - last;
    (from..coefficients.len()).find(|column| coefficients[*column] < 0.0)
}

impl fmt::Display for Model {
    /// As Rcapture writes it: `M0`, `[123,14,34]`, `[1,2,3] Darroch`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lists {
            Lists::Alike if self.heterogeneity.is_some() => f.write_str("Mh")?,
            Lists::Alike => f.write_str("M0")?,
            Lists::Different(hierarchy) => hierarchy.fmt(f)?,
        }
        if let Some(heterogeneity) = self.heterogeneity {
            write!(f, " {heterogeneity}")?;
        }
        if self.without_all {
            f.write_str(" without those on all lists")?;
        }
        Ok(())
    }
}
