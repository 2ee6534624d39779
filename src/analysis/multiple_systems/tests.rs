//! Lists against Rcapture and dga, on data sets of the literature.

mod bayesian;
mod models;
mod published;
mod rules;
