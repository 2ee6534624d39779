//! `humstat disaggregate`: years of a flow parted over months or quarters.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::files::read_text;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::selection::{History, SelectionArgs};
use crate::analysis::disaggregate::Method;
use crate::figure::{Period, counted};
use crate::ledger::{FigureId, Figures, Ledger, Selection};
use crate::line::{self, Line};
use crate::publish::disaggregate::{
    Parted, Pattern, PatternError, Refused, Step, Wanted, caution, check, frame, in_words, parted,
};
use crate::vocabulary;

/// Yearly flows parted over months or quarters, along a pattern
///
/// The pattern is another series of the same origin and location (--like), a file (--pattern) or the days of
/// each part (--step alone). `denton` bends the pattern as smoothly as can be until the parts add up to the
/// published years; `chow-lin`, `fernandez` and `litterman` regress the years on the pattern, and give standard
/// errors. The parts are estimates: nobody counted them. Only flows have parts; a stock is refused, and so is
/// a cumulative.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat disaggregate --indicator asylum_applications --claimant UNHCR --location DEU --like asylum_applications:EUROSTAT
  humstat disaggregate --indicator killed --location SDN --pattern monthly.csv --method chow-lin -o months.csv
  humstat disaggregate --indicator refugee_returns --origin AFG --step quarter")]
pub struct DisaggregateArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// The pattern: a series of the ledger with the same origin and location
    #[arg(
        long,
        value_name = "INDICATOR[:CLAIMANT[:CHANNEL]]",
        conflicts_with = "pattern"
    )]
    like: Option<String>,
    /// The pattern: a CSV file with the columns period (2014-03, 2014-Q1) and value
    #[arg(long, value_name = "FILE.csv")]
    pattern: Option<PathBuf>,
    /// Months or quarters: those of the calendar where there is no pattern, else what a finer pattern is added up to
    #[arg(long, value_name = "month|quarter")]
    step: Option<Step>,
    /// denton, chow-lin, fernandez or litterman
    #[arg(long, value_name = "METHOD", default_value_t = Method::Denton)]
    method: Method,
    /// A regression in proportion to the pattern, without a level of its own
    #[arg(long)]
    no_intercept: bool,
    /// Also parts of the pattern that no published number holds, marked
    #[arg(long)]
    extrapolate: bool,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
}

/// The lines that `--like` names, and their figures.
type Like = Option<(String, Figures, Vec<Line>)>;

impl DisaggregateArgs {
    /// The lines of the ledger that patterns are sought among.
    fn like(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
    ) -> Result<Like, CliError> {
        let Some(words) = &self.like else {
            return Ok(None);
        };
        let mut parts = words.split(':');
        let indicator = parts.next().unwrap_or_default();
        vocabulary::indicator(indicator).map_err(|error| CliError::usage(error.to_string()))?;
        let list = |word: Option<&str>| word.map(str::to_owned).into_iter().collect();
        let selection = Selection {
            indicators: vec![indicator.to_owned()],
            claimants: list(parts.next()),
            channels: list(parts.next()),
            measures: Vec::new(),
            statuses: Vec::new(),
            breakdown: BTreeMap::new(),
            from: None,
            to: None,
            at: None,
            ..asked.clone()
        };
        let mut figures = ledger.figures(&selection)?;
        if figures.rows.is_empty() {
            return Err(CliError::nothing(format!(
                "the ledger holds no {words} of this origin and location; give --pattern FILE.csv, or --step for no pattern"
            )));
        }
        self.licence
            .keep_some(context, &mut figures, self.output.file().is_some())?;
        let lines = line::lines(&figures)?;
        Ok(Some((words.clone(), figures, lines)))
    }

    /// The pattern of one line.
    fn pattern(&self, line: &Line, like: &Like, file: Option<&Pattern>) -> Result<Pattern, String> {
        let words = |error: PatternError| error.to_string();
        let periods: Vec<Period> = line.points.iter().map(|point| point.period).collect();
        let pattern = match (like, file, self.step) {
            (Some((name, _, lines)), ..) => {
                let mut during = periods.iter().copied().reduce(|a, b| Period {
                    start: a.start.min(b.start),
                    end: a.end.max(b.end),
                });
                if self.extrapolate {
                    let days = lines.iter().flat_map(Line::days);
                    if let (Some(all), Some(last)) = (&mut during, days.max()) {
                        all.end = all.end.max(last);
                    }
                }
                let during = during.ok_or_else(|| words(PatternError::NoLine(name.clone())))?;
                Pattern::of_lines(lines, line, name, during)
                    .map_err(words)?
                    .of_months()
            }
            (None, Some(pattern), _) => pattern.clone(),
            (None, None, Some(step)) => return Ok(Pattern::of_days(step, &periods)),
            (None, None, None) => return Err(NO_PATTERN.to_owned()),
        };
        match self.step {
            Some(step) => pattern.in_steps(step).map_err(words),
            None => Ok(pattern),
        }
    }
}

const NO_PATTERN: &str = "along which pattern? say --like INDICATOR (a series of the ledger), --pattern FILE.csv, or --step month for none";

pub fn run(context: &Context, args: &DisaggregateArgs) -> Result<(), CliError> {
    if args.like.is_none() && args.pattern.is_none() && args.step.is_none() {
        return Err(CliError::usage(NO_PATTERN));
    }
    let is_regression = args.method.is_regression();
    if args.no_intercept && !is_regression {
        return Err(CliError::usage(
            "--no-intercept is for a regression: chow-lin, fernandez or litterman",
        ));
    }
    if is_regression && args.like.is_none() && args.pattern.is_none() {
        return Err(CliError::usage(format!(
            "{} regresses on a pattern; say --like INDICATOR or --pattern FILE.csv",
            args.method
        )));
    }
    let file = args
        .pattern
        .as_deref()
        .map(|path| {
            let name = path
                .file_name()
                .map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
            let text = read_text(path)?;
            Pattern::of_file(&name, &text)
                .map_err(|error| CliError::data(format!("{}: {error}", path.display())))
        })
        .transpose()?;
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        asked,
        ..
    } = args
        .selection
        .history(context, &ledger, None, (&args.output, &args.licence))?;
    // What cannot be parted is said before a pattern is looked for.
    if let [only] = lines.as_slice() {
        check(only).map_err(|refused| CliError::data(refused.to_string()))?;
    }
    let like = args.like(context, &ledger, &asked)?;
    let wanted = Wanted {
        method: args.method,
        intercept: !args.no_intercept,
        extrapolate: args.extrapolate,
    };
    let mut found: Vec<Parted<'_>> = Vec::new();
    let mut patterns: BTreeSet<FigureId> = BTreeSet::new();
    for line in &lines {
        let one = check(line)
            .map_err(|refused: Refused| refused.to_string())
            .and_then(|()| args.pattern(line, &like, file.as_ref()))
            .and_then(|pattern| {
                let one = parted(line, &pattern, &wanted).map_err(|refused| refused.to_string())?;
                patterns.extend(pattern.figures);
                Ok(one)
            });
        match one {
            Ok(one) => found.push(one),
            Err(why) if lines.len() == 1 => return Err(CliError::data(why)),
            Err(why) => context.tell(&format!("{} is left out: {why}", line.series.in_short())),
        }
    }
    if found.is_empty() {
        return Err(CliError::data(
            "no series of this selection can be parted; each reason stands above",
        ));
    }
    for one in &found {
        if one.left_out > 0 {
            context.tell(&format!(
                "{} not parted: the pattern does not cover them, or they are no exact numbers",
                counted(one.left_out, "number is", "numbers are")
            ));
        }
        context.tell(&in_words(one, &wanted));
    }
    context.tell(&caution(&wanted));
    let behind = Behind {
        command: "humstat disaggregate",
        ledger: &ledger,
        selection: &asked,
        figures: &figures,
        only: Some(found.iter().flat_map(Parted::figures).collect()),
        also: like.as_ref().map(|(_, figures, _)| (figures, patterns)),
    };
    args.output
        .write(context, &frame(&figures, &found, &wanted)?, &behind)
}
