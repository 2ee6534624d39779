//! `humstat forecast`.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{History, SelectionArgs};
use crate::analysis::forecast::Method;
use crate::publish::forecast::{backtest_frame, frame, predict, remarks, sentence, subject};

/// Where a series may go, with intervals and how far off such forecasts were
///
/// The figures of each line must go by equal steps of a calendar (days, weeks, months, years), at least
/// ten, without a gap, each a plain number that somebody counted. A cumulative is forecast by its
/// increases. Every method forecasts the later half of the series from what was known before (a
/// backtest with a rolling origin): `mase` is its error in proportion to the one-step error of the naive
/// method, `coverage` says how often its 80 and 95 % intervals held there. `auto` takes the method with
/// the smallest error, and the naive one (the last value, or the last increase) unless another was better by 5 %.
///
/// A forecast is what the numbers alone suggest if what moved them goes on. It knows nothing of
/// ceasefires, borders, funding or changes of definition, and is never the claimant's.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat forecast --indicator refugees --origin SYR --location TUR --horizon 3
  humstat forecast --indicator refugees --origin SYR --location TUR --backtest
  humstat forecast --indicator border_crossings --location POL --period 2022-03-01..2022-05-31 \\
      --method seasonal -o forecast.csv")]
pub struct ForecastArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// How many steps ahead: at most half of the points [default: a quarter of them, and no more than
    /// 14 days, 8 weeks, 6 months or 3 years]
    #[arg(long, value_name = "STEPS")]
    horizon: Option<std::num::NonZeroUsize>,
    /// auto, naive, seasonal, drift, damped, ets or mstl
    #[arg(long, value_name = "METHOD", default_value = "auto", value_parser = wanted)]
    method: Wanted,
    /// The errors of all methods by steps ahead, in place of the forecast
    #[arg(long)]
    backtest: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// The method that was asked for; none for the best in the backtest.
#[derive(Debug, Clone, Copy)]
struct Wanted(Option<Method>);

fn wanted(word: &str) -> Result<Wanted, String> {
    if word == "auto" {
        return Ok(Wanted(None));
    }
    let method = word.parse();
    method
        .map(|method| Wanted(Some(method)))
        .map_err(|error: crate::figure::UnknownCode| format!("{error}, or auto"))
}

/// The most lines whose results and refusals are said one by one.
const SAID: usize = 5;

pub fn run(context: &Context, args: &ForecastArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        asked,
        ..
    } = args
        .selection
        .history(context, &ledger, None, (&args.output, &args.licence))?;
    let horizon = args.horizon.map(std::num::NonZeroUsize::get);
    let mut predictions = Vec::new();
    let mut refused = Vec::new();
    for line in &lines {
        match predict(line, horizon, args.method.0) {
            Ok(prediction) => predictions.push(prediction),
            Err(error) => refused.push((line, error)),
        }
    }
    if predictions.is_empty() {
        let Some((line, error)) = refused.first() else {
            return Err(CliError::nothing("there is no line to forecast"));
        };
        return Err(CliError::data(match refused.len() {
            1 => error.to_string(),
            several => format!(
                "none of {several} lines can be forecast; the first, {}: {error}",
                subject(line)
            ),
        }));
    }
    for (line, error) in refused.iter().take(SAID) {
        context.tell(&format!("no forecast of {}: {error}", subject(line)));
    }
    if let Some(more) = refused.len().checked_sub(SAID).filter(|more| *more > 0) {
        context.tell(&format!("no forecast of {more} more lines"));
    }
    for prediction in predictions.iter().take(SAID) {
        context.tell(&sentence(prediction));
        for remark in remarks(prediction) {
            context.tell(&remark);
        }
    }
    if let Some(more) = predictions.len().checked_sub(SAID).filter(|more| *more > 0) {
        context.tell(&format!(
            "{more} more forecasts are in the table, with their notes"
        ));
    }
    let used = predictions.iter().flat_map(|prediction| &prediction.used);
    let behind = Behind {
        command: "humstat forecast",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(used.map(|point| point.figure).collect()),
        also: None,
    };
    let table = if args.backtest {
        backtest_frame(&predictions)?
    } else {
        frame(&figures, &predictions)?
    };
    args.output.write(context, &table, &behind)
}
