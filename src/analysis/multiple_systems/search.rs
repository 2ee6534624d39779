//! All hierarchical models of the lists, from the best on.

use super::model::NoEstimate;
use super::profile::{Profile, profile};
use super::{Estimate, Heterogeneity, Hierarchy, Histories, Model};

/// The most lists of which all models are fitted: six have 7,785,061 of them.
pub const MOST_LISTS_OF_ALL_MODELS: usize = 5;

/// How far above the lowest criterion a model is hardly supported (Raftery 1995).
pub const HARDLY_SUPPORTED: f64 = 10.0;

/// Why not all models are fitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// There are too many models.
    #[error(
        "{0} lists have too many models to fit all of them; {MOST_LISTS_OF_ALL_MODELS} lists have 6,893. Name one with --model, or put two similar lists together"
    )]
    TooManyLists(usize),
}

/// What was found among models.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The models with an estimate, the lowest Bayesian criterion first.
    pub ranked: Vec<Estimate>,
    /// Those without, and why.
    pub without: Vec<(Model, NoEstimate)>,
}

/// The lowest and the highest of some estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// How many models it is over.
    pub models: usize,
    /// The lowest estimate.
    pub low: f64,
    /// The highest estimate.
    pub high: f64,
}

/// Fits every hierarchical model of the lists and ranks them by the Bayesian criterion, as
/// `closedpMS.t` of Rcapture does: 1, 8, 113 and 6,893 models of 2 to 5 lists.
///
/// Models whose likelihood has no maximum at finite values are not ranked. A low criterion says that
/// a model describes those who are listed; whether it holds for those who are not cannot be seen.
///
/// # Errors
/// When there are more than five lists.
pub fn search(
    histories: &Histories,
    heterogeneity: Option<Heterogeneity>,
) -> Result<Found, SearchError> {
    let lists = histories.lists();
    if lists > MOST_LISTS_OF_ALL_MODELS {
        return Err(SearchError::TooManyLists(lists));
    }
    let models = Hierarchy::all(lists).into_iter().map(Model::hierarchical);
    let models = models.map(|model| match heterogeneity {
        Some(heterogeneity) => model.with(heterogeneity),
        None => model,
    });
    Ok(rank(histories, models))
}

/// Fits models and ranks them.
pub fn rank(histories: &Histories, models: impl IntoIterator<Item = Model>) -> Found {
    let mut found = Found {
        ranked: Vec::new(),
        without: Vec::new(),
    };
    for model in models {
        match model.estimate(histories) {
            Ok(estimate) => found.ranked.push(estimate),
            Err(reason) => found.without.push((model, reason)),
        }
    }
    // The sort is stable, so models of equal criteria stay in their own order.
    found.ranked.sort_by(|a, b| a.bic.total_cmp(&b.bic));
    found
}

impl Found {
    /// The lowest and highest estimate of the models that are less than a difference of criteria
    /// behind the best; none where no model has an estimate.
    pub fn range(&self, within: f64) -> Option<Range> {
        let best = self.ranked.first()?;
        let near = self
            .ranked
            .iter()
            .take_while(|model| model.bic - best.bic <= within);
        let start = Range {
            models: 0,
            low: best.total,
            high: best.total,
        };
        Some(near.fold(start, |range, model| Range {
            models: range.models + 1,
            low: range.low.min(model.total),
            high: range.high.max(model.total),
        }))
    }

    /// The model with the lowest criterion of Akaike's.
    pub fn lowest_aic(&self) -> Option<&Estimate> {
        self.ranked.iter().min_by(|a, b| a.aic.total_cmp(&b.aic))
    }

    /// The intervals of the first models.
    pub fn intervals(
        &self,
        histories: &Histories,
        first: usize,
        confidence: f64,
    ) -> Vec<Option<Profile>> {
        let first = self.ranked.iter().take(first);
        first
            .map(|estimate| profile(histories, estimate, confidence))
            .collect()
    }
}
