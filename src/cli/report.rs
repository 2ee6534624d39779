//! `humstat report`: one page with figures, charts, tables, changes and sources.

use std::path::PathBuf;

use clap::Args;

use super::CliError;
use super::context::{Context, PROGRAM};
use super::licence::LicenceArgs;
use super::selection::SelectionArgs;
use crate::plan::{self, ChartForm, ChartPlan, Plan, TableForm, TablePlan};
use crate::publish::report;

/// Write one page with figures, charts, tables, changes and sources
///
/// The page stands alone: it asks nothing of the network, works without script, prints on A4, and
/// holds its tables as downloads. It shows what a plan makes, or a line chart, bars and a table of
/// a selection. What the ledger holds is shown; nothing is recorded.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat report ukraine-2022 -o ukraine.html
  humstat report plan.toml --since yesterday -o morning.html
  humstat report --indicator border_crossings --origin UKR -o crossings.html")]
pub struct ReportArgs {
    #[command(flatten)]
    what: WhatArgs,
    /// The page
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What a report is about.
#[derive(Debug, Args)]
pub struct WhatArgs {
    /// A plan, or the name of a situation that comes with the program; without it, a selection
    plan: Option<String>,
    #[command(flatten)]
    selection: SelectionArgs,
    /// The title of the page
    #[arg(long)]
    title: Option<String>,
    /// Tell what changed since then; otherwise since the last release, or in the last week
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    #[command(flatten)]
    licence: LicenceArgs,
}

pub fn run(context: &Context, args: &ReportArgs) -> Result<(), CliError> {
    let page = args.what.page(context)?;
    context.put(page.as_bytes(), args.output.as_deref())
}

impl WhatArgs {
    /// The page as it is now.
    pub fn page(&self, context: &Context) -> Result<String, CliError> {
        let ledger = context.open()?;
        let mut plan = match &self.plan {
            Some(name) => super::run::open(name)?.0,
            None => self.plan_of_selection()?,
        };
        if let Some(title) = &self.title {
            plan.title.clone_from(title);
        }
        let since = self
            .since
            .as_deref()
            .map(|text| plan::instant(text, context.now.day()))
            .transpose()
            .map_err(|error| CliError::usage(error.to_string()))?;
        let (report, failed) = self
            .licence
            .sifting(context, true, |sieve| {
                plan::report(&plan, &ledger, context.now.day(), PROGRAM, since, sieve)
            })
            .map_err(|error| CliError::data(error.to_string()))?;
        for one in failed {
            context.tell(&format!("not shown: {one}"));
        }
        Ok(report::page(&report)?)
    }

    /// A line chart, bars and a table of what was selected.
    fn plan_of_selection(&self) -> Result<Plan, CliError> {
        let asked = self.selection.asked()?;
        if asked == crate::plan::Asked::default() {
            return Err(CliError::usage(
                "say what the page is about: a plan, a situation, or a selection such as --indicator refugees --origin SYR",
            ));
        }
        let chart = |name: &str, kind| ChartPlan {
            select: asked.clone(),
            ..ChartPlan::new(name, kind)
        };
        let words: Vec<String> = asked
            .indicator
            .iter()
            .chain(&asked.origin)
            .chain(&asked.location)
            .map(|word| word.replace('_', " "))
            .collect();
        Ok(Plan {
            title: words.join(", "),
            output: String::new(),
            as_known_on: None,
            as_recorded_at: None,
            replication: None,
            select: Some(asked.clone()),
            ingest: Vec::new(),
            ask: Vec::new(),
            chart: vec![
                chart("over-time", ChartForm::Line),
                chart("by-place", ChartForm::Bars),
            ],
            table: vec![TablePlan {
                file: "summary.csv".to_owned(),
                kind: TableForm::Summary,
                select: asked,
                total: false,
                revisions: None,
            }],
        })
    }
}
