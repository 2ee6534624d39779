//! `humstat trend`: change over time.

use std::num::NonZeroU32;

use clap::Args;
use polars::prelude::DataFrame;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{History, SelectionArgs};
use crate::analysis::change_point::{Cost, Penalty, Spread};
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::growth::relative::BANDWIDTH;
use crate::ledger::Figures;
use crate::line::Line;
use crate::publish::trend::{self, Cutting, GrowthMethod};
use crate::publish::{PublishError, sources};

/// The heading of what a trend reckons, in the help.
const RECKONED: &str = "What to reckon";

/// New per day, averages, changes, shares and growth
///
/// A cumulative is differenced on its own, irregular dates. Where it falls, the source revised it:
/// `signed` keeps the fall as a negative number, so that all days add up to last minus first;
/// `cummax` counts nothing until the former height is passed; `backcast` takes the fall off the
/// days before. The average is (C(t) - C(t-7)) / 7 on the interpolated cumulative.
///
/// `--test` tells a trend from chance: Mann-Kendall, with what serial correlation leaves of it, and the
/// slope of Theil and Sen. `--change-points` cuts a line into levels by PELT. Of a cumulative both take
/// what is new per day, for it rises by construction. Both say what was reckoned and what it supposes;
/// neither says why something changed, or that it goes on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat trend --indicator border_crossings --origin UKR --location POL
  humstat trend --indicator border_crossings --origin UKR --revisions backcast -o trends.csv
  humstat trend --growth --indicator border_crossings --origin UKR --location POL \\
      --period 2022-03-01..2022-03-08
  humstat trend --growth=poisson,rel_change --indicator border_crossings --origin UKR --location POL
  humstat trend --test --indicator refugees --origin SSD --location UGA --period 2012..2024
  humstat trend --change-points --indicator border_crossings --origin UKR --location POL --min-segment 7")]
pub struct TrendArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// What a fall of a cumulative means for the days: signed, cummax or backcast
    #[arg(long, help_heading = RECKONED, value_name = "POLICY", default_value_t = RevisionPolicy::Signed)]
    revisions: RevisionPolicy,
    /// The most days between two reports that an average may bridge
    #[arg(long, help_heading = RECKONED, value_name = "DAYS", default_value_t = trend::MAX_GAP)]
    max_gap: u32,
    /// The growth rate and the doubling time over the selected days; ols unless another method is
    /// said: poisson, or about each day rel_change, linear_reg, rel_change_log, linear_reg_log
    #[arg(
        long,
        help_heading = RECKONED, value_name = "METHOD", group = "instead", num_args = 0.., require_equals = true,
        value_delimiter = ',', default_missing_value = "ols"
    )]
    growth: Option<Vec<GrowthMethod>>,
    /// For growth about each day, how many days to either side it looks
    #[arg(long, help_heading = RECKONED, value_name = "DAYS", default_value_t = BANDWIDTH)]
    bandwidth: NonZeroU32,
    /// Whether each line rises or falls more than chance would have it, and by how much a year or a day
    #[arg(long, help_heading = RECKONED, group = "instead")]
    test: bool,
    /// The levels of each line, and how they change
    #[arg(long, help_heading = RECKONED, group = "instead")]
    change_points: bool,
    /// What stands far out among the reports around it
    #[arg(long, help_heading = RECKONED, group = "instead")]
    outliers: bool,
    /// On which days of the week there are reports
    #[arg(long, help_heading = RECKONED, group = "instead")]
    weekdays: bool,
    /// How badly a level fits: l2, or poisson for counts
    #[arg(long, help_heading = RECKONED, value_name = "COST", default_value_t = Cost::Squares)]
    cost: Cost,
    /// What a change of level costs: so many variances x ln(points)
    #[arg(long, help_heading = RECKONED, value_name = "FACTOR", default_value_t = Penalty::SCHWARZ)]
    penalty: f64,
    /// What the variance is of: long_run, first_differences for independent values, or sample for all values
    #[arg(long, help_heading = RECKONED, value_name = "SPREAD", default_value_t = Spread::default())]
    spread: Spread,
    /// The fewest values of one level
    #[arg(long, help_heading = RECKONED, value_name = "COUNT", default_value_t = 2)]
    min_segment: usize,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &TrendArgs) -> Result<(), CliError> {
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        asked,
        ..
    } = args
        .selection
        .history(context, &ledger, None, (&args.output, &args.licence))?;
    let behind = Behind {
        command: "humstat trend",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(sources::behind_trends(&lines)),
        also: None,
    };
    if let Some(analysed) = args.analysed(&lines, &figures) {
        let Analysed { frame, sentence } = analysed?;
        if let Some(sentence) = sentence {
            context.tell(&sentence);
        }
        return args.output.write(context, &frame?, &behind);
    }
    let trends = lines
        .iter()
        .map(|line| trend::trend(line, args.revisions, Some(args.max_gap)))
        .collect::<Result<Vec<_>, _>>()?;
    for remark in trend::remarks(&trends, args.revisions) {
        context.tell(&remark);
    }
    args.output.write(context, &trend::frame(&trends)?, &behind)
}

/// A table in place of the trends, and what it says in words.
struct Analysed {
    frame: Result<DataFrame, PublishError>,
    sentence: Option<String>,
}

impl TrendArgs {
    /// The analysis that was asked for, if one was.
    fn analysed(&self, lines: &[Line], figures: &Figures) -> Option<Result<Analysed, CliError>> {
        let policy = self.revisions;
        let cutting = Cutting {
            cost: self.cost,
            spread: self.spread,
            factor: self.penalty,
            least: self.min_segment,
        };
        Some(if let Some(methods) = &self.growth {
            let each = lines
                .iter()
                .flat_map(|line| methods.iter().map(move |method| (line, *method)));
            let rows: Vec<_> = each
                .map(|(line, method)| trend::growth(line, method, policy, self.bandwidth))
                .collect();
            refuse_none(rows.iter().map(|row| row.fits.as_ref().err())).map(|()| Analysed {
                frame: trend::growth_frame(&rows, figures),
                sentence: trend::growth_sentence(&rows),
            })
        } else if self.test {
            let of = |line| trend::test(line, policy, &cutting);
            let rows: Vec<_> = lines.iter().map(of).collect();
            refuse_none(rows.iter().map(|row| row.found.as_ref().err())).map(|()| Analysed {
                frame: trend::test_frame(&rows, &cutting, figures),
                sentence: trend::test_sentence(&rows),
            })
        } else if self.change_points {
            let of = |line| trend::levels(line, policy, &cutting);
            let rows: Vec<_> = lines.iter().map(of).collect();
            refuse_none(rows.iter().map(|row| row.found.as_ref().err())).map(|()| Analysed {
                frame: trend::level_frame(&rows, &cutting, figures),
                sentence: trend::level_sentence(&rows, &cutting),
            })
        } else if self.outliers {
            let of = |line| trend::outliers(line, policy);
            let rows: Vec<_> = lines.iter().map(of).collect();
            refuse_none(rows.iter().map(|row| row.found.as_ref().err())).map(|()| Analysed {
                frame: trend::outlier_frame(&rows, figures),
                sentence: trend::outlier_sentence(&rows),
            })
        } else if self.weekdays {
            let rows: Vec<_> = lines.iter().map(trend::weekdays).collect();
            let nothing = "fewer than four whole weeks with four reports or more in each, which say \
                           nothing of a habit; widen the period";
            let told = rows.iter().map(|row| match row.week {
                Some(_) => None,
                None => Some(nothing),
            });
            refuse_none(told).map(|()| Analysed {
                frame: trend::weekday_frame(&rows, figures),
                sentence: trend::weekday_sentence(&rows),
            })
        } else {
            return None;
        })
    }
}

/// Refuses a table in which nothing was reckoned, with the reason of the first line.
fn refuse_none<E: ToString>(errors: impl Iterator<Item = Option<E>>) -> Result<(), CliError> {
    let mut first = None;
    let mut count = 0;
    for error in errors {
        let Some(error) = error else {
            return Ok(());
        };
        first.get_or_insert_with(|| error.to_string());
        count += 1;
    }
    match first {
        None => Ok(()),
        Some(error) if count == 1 => Err(CliError::data(error)),
        Some(error) => Err(CliError::data(format!(
            "nothing can be reckoned of {count} lines; of the first: {error}"
        ))),
    }
}
