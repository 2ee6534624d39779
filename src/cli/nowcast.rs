//! `humstat nowcast`: what is still to be reported.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{SelectionArgs, nothing};
use crate::analysis::nowcast::Lag;
use crate::figure::{counted, grouped};
use crate::publish::nowcast::{Wanted, complete, frame, in_words, triangle, triangle_frame};
use crate::publish::revisions;

/// What is still to be reported of recent periods, judged by how earlier ones were revised
///
/// For each period of a flow the ledger knows what was said of it at each lag after its end: a triangle. The
/// chain ladder multiplies the newest count of each period by the growth that older periods showed from that
/// lag on; standard errors are those of Mack (1993), intervals lognormal. Lags count when they are whole: what
/// came since the last one stands in `known`, and nothing less is expected. It holds where counts grow by late
/// reports alone: counts that were lowered are refused and named, unless --allow-falls takes them along.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat nowcast --indicator killed --location SDN --measure flow
  humstat nowcast --indicator killed --location SDN --triangle --format table
  humstat nowcast --indicator border_crossings --measure flow --step day --max-lag 14 --total -o nowcast.csv")]
pub struct NowcastArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// The step of lags: day, week or month [default: about the length of the periods]
    #[arg(long, value_name = "STEP")]
    step: Option<Lag>,
    /// The lag by which all is taken to be reported [default: the longest that is known]
    #[arg(long, value_name = "N")]
    max_lag: Option<usize>,
    /// How sure the intervals are
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    level: f64,
    /// The triangle itself: what was known at each lag
    #[arg(long)]
    triangle: bool,
    /// Add a row of all periods together
    #[arg(long, conflicts_with = "triangle")]
    total: bool,
    /// Also where the source lowered counts: corrections and late reports are then taken together
    #[arg(long)]
    allow_falls: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &NowcastArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let (selection, figures) =
        args.selection
            .versions(context, &ledger, (&args.output, &args.licence))?;
    let histories = revisions::histories(&figures);
    // What the source said last is when it was last looked at; without a word since, nothing is known of it.
    let newest = figures.rows.iter().map(|row| row.version).max();
    let known_on = selection.as_known_on.or(newest);
    let as_known_on = known_on.ok_or_else(|| nothing(&ledger, &selection))?.day();
    if selection.as_known_on.is_none() {
        context.tell(&format!(
            "as known on {as_known_on}, the day of the newest version; --as-known-on says until when the source was watched"
        ));
    }
    let wanted = Wanted {
        step: args.step,
        as_known_on,
        max_lag: args.max_lag,
        confidence: args.level,
        allow_falls: args.allow_falls,
    };
    let by_series: Vec<_> = histories.chunk_by(|a, b| a.series == b.series).collect();
    let (mut triangles, mut completed) = (Vec::new(), Vec::new());
    for of_series in &by_series {
        let found = triangle(of_series, &wanted).and_then(|found| {
            if found.left_out > 0 {
                context.tell(&format!(
                    "{} left out: numbers that are qualified, expected or were taken back are no counts that grow",
                    counted(found.left_out, "period is", "periods are")
                ));
            }
            for (period, known) in &found.too_new {
                context.tell(&format!(
                    "{period} is left out: no whole {} since its end was there to go on from; {} by its newest version",
                    found.step,
                    grouped(*known)
                ));
            }
            if args.triangle {
                triangles.push(found);
            } else {
                completed.push(complete(found, &wanted)?);
            }
            Ok(())
        });
        if let Err(refused) = found {
            if by_series.len() == 1 {
                return Err(CliError::data(refused.to_string()));
            }
            let series = of_series[0].series.in_short();
            context.tell(&format!("{series} is left out: {refused}"));
        }
    }
    if triangles.is_empty() && completed.is_empty() {
        return Err(CliError::data(
            "no series of this selection can be nowcast; each reason stands above",
        ));
    }
    for completed in &completed {
        if let Some(words) = in_words(completed, &wanted) {
            context.tell(&words);
        }
    }
    let frame = if args.triangle {
        triangle_frame(&triangles)?
    } else {
        frame(&figures, &completed, &wanted, args.total)?
    };
    let behind = Behind {
        command: "humstat nowcast",
        ledger: &ledger,
        selection: &selection,
        figures: &figures,
        only: None,
        also: None,
    };
    args.output.write(context, &frame, &behind)
}
