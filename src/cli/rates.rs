//! `humstat rates`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// Deaths, or people, per 100,000 inhabitants, with exact intervals
#[derive(Debug, Args)]
pub struct RatesArgs {}

pub fn run(_context: &Context, _args: &RatesArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
