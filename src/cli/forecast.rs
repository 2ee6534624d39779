//! `humstat forecast`.

use clap::Args;

use super::CliError;
use super::context::Context;

/// Where a series may go, with intervals and how far off such forecasts were
#[derive(Debug, Args)]
pub struct ForecastArgs {}

pub fn run(_context: &Context, _args: &ForecastArgs) -> Result<(), CliError> {
    Err(CliError::usage("not yet"))
}
