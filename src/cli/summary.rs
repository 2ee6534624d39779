//! `humstat summary`: the journalist's table.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::{Behind, OutputArgs};
use super::release::ReleaseArgs;
use super::selection::{History, SelectionArgs};
use crate::ledger::{Figures, Ledger, Selection};
use crate::publish::summary::{
    By, Inhabitants, LOOKS_BACK, OVERRULED, Row, Shape, TotalRule, Wanted, summary,
};
use crate::publish::{Style, sources};

/// The newest figures by place, with change, share and source
///
/// A total obeys the truth rules: it says when its dates differ, and is refused where it would
/// mislead. What a source states as its own total stands beside what its parts add up to.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat summary --indicator border_crossings --origin UKR --at 2022-03-08 --total
  humstat summary --indicator border_crossings --origin UKR --as-known-on 2022-03-02 --total
  humstat summary --indicator killed --location UKR --sentences
  humstat summary --indicator refugees --by origin --top 10 -o origins.xlsx
  humstat summary --indicator border_crossings --origin UKR --by date --shape wide -o lines.csv
  humstat summary --indicator refugees --origin SYR --per-inhabitants --shape datawrapper -o map.csv")]
pub struct SummaryArgs {
    #[command(flatten)]
    selection: SelectionArgs,
    /// Add a total over the places
    #[arg(long)]
    total: bool,
    /// Refuse a total over different dates
    #[arg(long, requires = "total")]
    strict_dates: bool,
    /// Add up in spite of a truth rule: parts (what may hold the same people), overlap (several
    /// sources or indicators), periods (flows of different times); the sum says so in its notes
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = allowed)]
    allow: Vec<TotalRule>,
    /// Add up all periods of each flow, in place of the newest; stocks and cumulatives are refused
    #[arg(long)]
    over_time: bool,
    /// What there is a row for: location, origin, indicator, or date (every figure, not only the newest)
    #[arg(long, value_name = "WHAT", default_value_t = By::Location)]
    by: By,
    /// long (all that is known), wide (a column for each place or thing counted), or datawrapper (few
    /// columns, with names for readers)
    #[arg(long, value_name = "SHAPE", default_value_t = Shape::Long, conflicts_with = "sentences")]
    shape: Shape,
    /// Add the inhabitants of each place that the ledger knows, and the number for each 1,000 of them,
    /// or each N
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        default_missing_value = "1000",
        value_parser = clap::value_parser!(u32).range(1..=1_000_000)
    )]
    per_inhabitants: Option<u32>,
    /// Only the largest places
    #[arg(long, value_name = "N")]
    top: Option<std::num::NonZeroUsize>,
    /// Sentences in place of a table
    #[arg(long)]
    sentences: bool,
    /// How sentences write numbers and days: plain (12,000,000; 8 March 2022), un (12 million; nine),
    /// or ap (12 million; nine; March 8, 2022); none rounds
    #[arg(long, value_name = "STYLE", requires = "sentences", default_value_t = Style::Plain)]
    style: Style,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    licence: LicenceArgs,
    #[command(flatten)]
    release: ReleaseArgs,
}

impl SummaryArgs {
    /// Refuses what does not go together, before anything is read.
    fn check(&self) -> Result<(), CliError> {
        let wrong = |what: &str, why: &str| Err(CliError::usage(format!("{what}: {why}")));
        match self.by {
            _ if self.total && self.shape != Shape::Long => wrong(
                "a wide table, and one for Datawrapper, has no total",
                "a map or a chart would draw it as a place; leave out --total, or --shape",
            ),
            By::Date if self.total => wrong(
                "--by date has no total",
                "places report on different days; leave out --by for the newest of each",
            ),
            By::Date if self.over_time || self.top.is_some() => wrong(
                "--by date shows every figure",
                "leave out --over-time and --top",
            ),
            By::Indicator if self.total || self.top.is_some() => wrong(
                "--by indicator has no total and no --top",
                "things that are counted apart are not added; leave out --by for their places",
            ),
            By::Origin | By::Indicator if self.per_inhabitants.is_some() => wrong(
                "--per-inhabitants is about the places where people are",
                "leave out --by",
            ),
            _ => Ok(()),
        }
    }

    /// The populations that the ledger knows of the places of rows, as public and as recorded as the rows.
    fn population(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
        rows: &[Row],
        per: u32,
    ) -> Result<(Figures, Inhabitants), CliError> {
        let selection = Inhabitants::selection(rows, asked);
        let mut figures = ledger.figures(&selection)?;
        if figures.rows.is_empty() {
            return Err(CliError::nothing(Inhabitants::UNKNOWN));
        }
        self.licence
            .keep_some(context, &mut figures, self.output.file().is_some())?;
        let known = Inhabitants::new(&figures, per);
        Ok((figures, known))
    }
}

/// A rule that may be overruled, by its name.
fn allowed(text: &str) -> Result<TotalRule, String> {
    let mut rules = OVERRULED.iter();
    rules
        .find(|rule| rule.code() == text)
        .copied()
        .ok_or_else(|| {
            let names: Vec<&str> = OVERRULED.iter().map(|rule| rule.code()).collect();
            format!("only {} can be overruled", names.join(", "))
        })
}

pub fn run(context: &Context, args: &SummaryArgs) -> Result<(), CliError> {
    args.check()?;
    args.release.check(context, args.output.file().is_some())?;
    let ledger = context.open()?;
    let History {
        figures,
        lines,
        at,
        asked,
    } = args.selection.history(
        context,
        &ledger,
        (!args.over_time && args.by != By::Date).then_some(LOOKS_BACK),
        (&args.output, &args.licence),
    )?;
    let wanted = Wanted {
        at,
        total: args.total,
        strict_dates: args.strict_dates,
        over_time: args.over_time,
        by: args.by,
        allowed: &args.allow,
        top: args.top.map(std::num::NonZeroUsize::get),
    };
    let summary =
        summary(&figures, &lines, wanted).map_err(|refusal| CliError::data(refusal.to_string()))?;
    context.tell_unreported(summary.not_reported);
    if summary.rows.is_empty() {
        return Err(CliError::nothing(
            "every series of this selection ends before the period that its source covered last",
        ));
    }
    let mut shown = if args.over_time || args.by == By::Date {
        figures.rows.iter().map(|row| row.id).collect()
    } else {
        sources::behind_a_summary(&figures, &lines, at)
    };
    let population = args
        .per_inhabitants
        .map(|per| args.population(context, &ledger, &asked, &summary.rows, per))
        .transpose()?;
    if args.sentences {
        args.output
            .write_text(context, &summary.sentences(args.style))?;
    } else {
        let behind = Behind {
            command: "humstat summary",
            ledger: &ledger,
            selection: &asked,
            figures: &figures,
            only: Some(shown.clone()),
            also: population
                .as_ref()
                .map(|(figures, known)| (figures, known.behind(&summary.rows))),
        };
        let inhabitants = population.as_ref().map(|(_, known)| known);
        let frame = summary.shaped(args.shape, inhabitants)?;
        args.output.write(context, &frame, &behind)?;
    }
    shown.extend(
        population
            .iter()
            .flat_map(|(_, known)| known.behind(&summary.rows)),
    );
    drop(ledger);
    let files: Vec<_> = args.output.file().into_iter().collect();
    args.release.note(context, &files, &shown)
}
