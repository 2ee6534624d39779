//! `humstat estimate`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// How many there were in all, from lists that overlap
#[derive(Debug, Args)]
pub struct EstimateArgs {}

pub fn run(_context: &Context, _args: &EstimateArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
