//! `humstat record`: one figure by hand.

use chrono::NaiveDate;
use clap::Args;

use super::CliError;
use super::context::Context;
use super::ingest::tell_recorded;
use super::selection::place_argument;
use crate::figure::{
    Absence, Breakdown, Measure, Period, Publication, Quantity, Scope, Series, Status, Unit,
    Version,
};
use crate::ledger::{AbsentCells, FigureCell, FigureId, PublicationReading, Reading, Replaced};
use crate::publish::sentence;
use crate::vocabulary;

/// Record one figure by hand
///
/// With --replaces it takes the place of one that was typed wrongly: the wrong one leaves every
/// answer, is no revision of the source, and stays in the log.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat record --indicator border_crossings --claimant UNHCR --channel press/abc-news \\
      --origin UKR --location POL --measure cumulative --since 2022-02-24 --period 2022-03-02 \\
      --value \"about 453,000\" --published 2022-03-02 --title \"Live blog\" \\
      --url https://example.org/live --relayed-by \"ABC News\"
  humstat record … --value \"about 453,000\" --replaces f1045 --reason \"digits swapped\"")]
pub struct RecordArgs {
    /// What is counted
    #[arg(long)]
    indicator: String,
    /// Who says it counted
    #[arg(long)]
    claimant: String,
    /// Line of publication: press/abc-news, ohchr/updates
    #[arg(long)]
    channel: String,
    /// How many: 836000, "about 836,000", "at least 14", "more than 4 million", "between 10 and 20"
    #[arg(long, allow_hyphen_values = true)]
    value: String,
    /// The day, month or year that it speaks of
    #[arg(long, value_name = "DAYS")]
    period: Period,
    /// Where people come from
    #[arg(long, value_name = "PLACE")]
    origin: Option<String>,
    /// Where they are, or where it happened
    #[arg(long, visible_aliases = ["destination", "asylum"], value_name = "PLACE")]
    location: Option<String>,
    /// stock, flow or cumulative [default: the indicator's own]
    #[arg(long)]
    measure: Option<Measure>,
    /// persons, households, cases, crossings, events or usd [default: the indicator's own]
    #[arg(long)]
    unit: Option<Unit>,
    /// First day of a cumulative
    #[arg(long, value_name = "DAY")]
    since: Option<NaiveDate>,
    /// What narrows it: age=children;group=civilians
    #[arg(long, default_value = "")]
    breakdown: Breakdown,
    /// observed, estimated, provisional, projected or planned [default: as the words say]
    #[arg(long)]
    status: Option<Status>,
    /// Title of the document
    #[arg(long)]
    title: String,
    /// Where it was published
    #[arg(long)]
    url: Option<String>,
    /// When it was published
    #[arg(long, value_name = "WHEN")]
    published: Option<Version>,
    /// When it was read, where nothing says when it was published
    #[arg(long, value_name = "WHEN")]
    retrieved: Option<Version>,
    /// Who passed it on; may be given several times, in order
    #[arg(long, value_name = "NAME")]
    relayed_by: Vec<String>,
    /// Licence, by its code
    #[arg(long)]
    licence: Option<String>,
    /// What readers should know
    #[arg(long)]
    notes: Option<String>,
    /// The figure of ours that it stands in for
    #[arg(long, value_name = "FIGURE", requires = "reason")]
    replaces: Option<FigureId>,
    /// Why that figure was wrong
    #[arg(long, requires = "replaces")]
    reason: Option<String>,
    /// Record nothing; read it back as a sentence
    #[arg(long)]
    dry_run: bool,
}

pub fn run(context: &Context, args: &RecordArgs) -> Result<(), CliError> {
    context.learn_places()?;
    context.tell_of_future("--published", args.published);
    context.tell_of_future("--retrieved", args.retrieved);
    let usage = |error: &dyn std::fmt::Display| CliError::usage(error.to_string());
    let indicator = vocabulary::indicator(&args.indicator).map_err(|error| usage(&error))?;
    vocabulary::check_breakdown(&args.breakdown).map_err(|error| usage(&error))?;
    let mut quantity: Quantity = args
        .value
        .parse()
        .map_err(|error: crate::figure::QuantityError| usage(&error))?;
    if let Some(status) = args.status {
        quantity.status = status;
    }
    let place = |word: &Option<String>| word.as_deref().map(place_argument).transpose();
    let measure = args.measure.unwrap_or(indicator.measure);
    if measure == Measure::Cumulative && args.since.is_none() {
        return Err(CliError::usage(
            "a cumulative needs its first day: add --since 2022-02-24",
        ));
    }
    if measure == Measure::Stock && args.period.start != args.period.end {
        return Err(CliError::usage(format!(
            "a stock is of one day, and {} is several; name the day with --period",
            args.period
        )));
    }
    let series = Series {
        claimant: args.claimant.as_str().into(),
        channel: args.channel.as_str().into(),
        indicator: args.indicator.as_str().into(),
        measure,
        unit: args.unit.unwrap_or(indicator.unit),
        origin: place(&args.origin)?,
        location: place(&args.location)?,
        since: args.since,
        breakdown: args.breakdown.clone(),
    };
    for (option, name) in [
        ("--claimant", &args.claimant),
        ("--channel", &args.channel),
        ("--title", &args.title),
    ] {
        if name.trim().is_empty() {
            return Err(CliError::usage(format!(
                "{option} is empty; a figure names its source"
            )));
        }
    }
    let text = sentence::of_figure(&series, args.period, &quantity);
    if args.dry_run {
        context.show(&format!("{text}\n"))?;
        context.tell("nothing was recorded");
        return Ok(());
    }
    let publication = Publication {
        channel: args.channel.as_str().into(),
        title: args.title.clone(),
        url: args.url.clone(),
        published: args.published,
        retrieved: args.retrieved,
        relayed_by: args.relayed_by.clone(),
        licence: args.licence.clone(),
        attribution: None,
        notes: args.notes.clone(),
        scope: Scope::default(),
        absence: Absence::Unchanged,
    };
    // The figure in words identifies the reading, so that typing it twice adds nothing.
    let mapping = format!(
        "{series:?}\n{:?}\n{quantity:?}\n{publication:?}\n",
        args.period
    );
    let reading = Reading {
        captures: Vec::new(),
        about: Vec::new(),
        asked: Vec::new(),
        reader: "record/1".to_owned(),
        mapping,
        series: vec![series],
        publications: vec![PublicationReading {
            publication,
            figures: [FigureCell {
                series: 0,
                period: args.period,
                quantity,
                row: 0,
                notes: None,
            }]
            .into_iter()
            .collect(),
            absent: AbsentCells::default(),
        }],
        rows: 1,
        skipped: 0,
    };
    let reading = reading.check()?;
    let recording = context.recording(text.clone());
    let mut ledger = context.create()?;
    let recorded = match (args.replaces, &args.reason) {
        (Some(figure), Some(reason)) => {
            let replaced = Replaced {
                figure,
                reason: reason.clone(),
            };
            ledger.record_replacing(reading, Some(&replaced), &recording)?
        }
        _ => ledger.record(reading, &recording)?,
    };
    context.show(&format!("{text}\n"))?;
    tell_recorded(context, &recorded);
    Ok(())
}
