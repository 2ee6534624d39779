//! `humstat nowcast`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// What the newest periods will come to once all reports are in
#[derive(Debug, Args)]
pub struct NowcastArgs {}

pub fn run(_context: &Context, _args: &NowcastArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
