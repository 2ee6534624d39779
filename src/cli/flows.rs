//! `humstat flows`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// Movements between places, as published or estimated from changes in stock
#[derive(Debug, Args)]
pub struct FlowsArgs {}

pub fn run(_context: &Context, _args: &FlowsArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
