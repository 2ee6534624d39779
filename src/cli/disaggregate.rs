//! `humstat disaggregate`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// Spread yearly flows over months or quarters by an indicator
#[derive(Debug, Args)]
pub struct DisaggregateArgs {}

pub fn run(_context: &Context, _args: &DisaggregateArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
