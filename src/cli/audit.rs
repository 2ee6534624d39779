//! `humstat audit`: what a careful editor would ask about a ledger.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::output::OutputArgs;
use super::selection::{SelectionArgs, nothing};
use crate::ledger::Versions;
use crate::publish::audit::{self, Check};

/// What a careful editor would ask about the figures
///
/// Each row is a question about one figure or one series, with the numbers and days that it is
/// about. The most important come first: high is what can hardly be true (future, magnitude,
/// transposition, sum), medium what readers would ask about (fall, jump, discontinued), low what is
/// worth knowing (stale, relay, weekday); within one check the largest differences come first.
/// Nothing is changed by it: the record stays as it was published.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat audit
  humstat audit --indicator border_crossings --origin UKR --check fall --check jump
  humstat audit --as-known-on 2022-03-15 --format json
  humstat audit --channel ministry/border --fail -o questions.csv")]
pub struct AuditArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Only this check, by its code; may be given several times
    #[arg(long, value_name = "CODE")]
    check: Vec<String>,
    /// End with exit code 1 when there is a question
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(context: &Context, args: &AuditArgs) -> Result<(), CliError> {
    let checks = args
        .check
        .iter()
        .map(|code| Check::named(code))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| CliError::usage(error.to_string()))?;
    let ledger = context.open()?;
    let mut selection = args.selection.selection(context, &ledger)?;
    // What is asked of the newest figure, is asked by looking at those before and their versions.
    let at = selection.at.take();
    selection.to = [selection.to, at].into_iter().flatten().min();
    selection.versions = Versions::All;
    let figures = ledger.figures(&selection)?;
    if figures.rows.is_empty() {
        return Err(nothing(&ledger, &selection));
    }
    let known_on = selection.as_known_on.map(|version| version.day());
    let today = [at, known_on]
        .into_iter()
        .flatten()
        .fold(context.now.day(), Ord::min);
    let findings = audit::audit(&figures, &checks, today);
    args.output
        .write_alone(context, &audit::frame(&findings)?)?;
    if findings.is_empty() {
        context.tell("nothing was found that an editor would ask about");
        return Ok(());
    }
    let counts: Vec<String> = audit::counts(&findings)
        .into_iter()
        .map(|(check, count)| format!("{count} {check}"))
        .collect();
    let questions = match findings.len() {
        1 => "1 question".to_owned(),
        count => format!("{count} questions"),
    };
    let said = format!("{questions}: {}", counts.join(", "));
    if args.fail {
        return Err(CliError::data(said));
    }
    context.tell(&said);
    Ok(())
}
