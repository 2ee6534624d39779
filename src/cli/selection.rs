//! The selection that every reading command takes.

use std::collections::BTreeMap;

use clap::Args;

use super::CliError;
use super::context::Context;
use super::licence::LicenceArgs;
use super::output::OutputArgs;
use crate::figure::{Measure, PlaceId, Span, Status, counted};
use crate::ledger::{Figures, Ledger, Selection, Versions};
use crate::line::{self, Line};
use crate::place;
use crate::plan::Asked;

/// Which figures
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Which figures")]
pub struct SelectionArgs {
    /// What a situation is about, such as syria, or a plan of your own; what else is said takes the place of
    /// what it says
    #[arg(long, value_name = "NAME")]
    situation: Option<String>,
    /// What is counted, by code; `humstat indicators` lists them
    #[arg(long, value_name = "CODE")]
    indicator: Vec<String>,
    /// Where people come from: a name, a code, or a region
    #[arg(long, value_name = "PLACE")]
    origin: Vec<String>,
    /// Where they are, or where it happened
    #[arg(long, visible_aliases = ["destination", "asylum"], value_name = "PLACE")]
    location: Vec<String>,
    /// Who says it counted
    #[arg(long, value_name = "CODE")]
    claimant: Vec<String>,
    /// Line of publication, such as unhcr/odp
    #[arg(long, value_name = "CODE")]
    channel: Vec<String>,
    /// stock, flow or cumulative
    #[arg(long, value_name = "MEASURE")]
    measure: Vec<Measure>,
    /// observed, estimated, provisional, projected or planned
    #[arg(long, value_name = "STATUS")]
    status: Vec<Status>,
    /// What narrows it: group=civilians, age=children; age=all for figures that are not narrowed
    #[arg(long, value_name = "DIMENSION=CODE")]
    breakdown: Vec<String>,
    /// Short for --breakdown group=CODE
    #[arg(long, value_name = "CODE")]
    group: Option<String>,
    /// Days that figures speak of: 2022-03, 2010..2024, 2022-03-01..
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
    /// The newest figure of each series that is not after this day
    #[arg(long, value_name = "DAY")]
    at: Option<String>,
    /// Only what was public by then
    #[arg(long, value_name = "WHEN")]
    as_known_on: Option<String>,
    /// Only what this ledger held after an entry, or at a time
    #[arg(long, value_name = "ENTRY|WHEN")]
    as_recorded_at: Option<String>,
    #[arg(long, hide = true)]
    as_of: Option<String>,
    #[arg(long, hide = true)]
    from: Option<String>,
    #[arg(long, hide = true)]
    to: Option<String>,
    #[arg(long, hide = true)]
    years: Option<String>,
}

/// Figures up to a day, as lines.
#[derive(Debug)]
pub struct History {
    /// The figures.
    pub figures: Figures,
    /// Their lines.
    pub lines: Vec<Line>,
    /// The day of `--at`.
    pub at: Option<chrono::NaiveDate>,
    /// What was asked for.
    pub asked: Selection,
}

impl SelectionArgs {
    /// The selection in words, as a plan would say it.
    pub fn asked(&self) -> Result<Asked, CliError> {
        for (given, wrong, right) in [
            (
                &self.as_of,
                "--as-of",
                "--as-known-on for what was public by then, or --at for the newest figure by a day",
            ),
            (&self.from, "--from", "--period FROM.."),
            (&self.to, "--to", "--period ..TO"),
            (&self.years, "--years", "--period 2010..2024"),
        ] {
            if given.is_some() {
                return Err(CliError::usage(format!(
                    "there is no {wrong}; write {right}"
                )));
            }
        }
        let mut breakdown = BTreeMap::new();
        for part in &self.breakdown {
            let (dimension, code) = part.split_once('=').ok_or_else(|| {
                CliError::usage(format!("`{part}` is no breakdown; write age=children"))
            })?;
            breakdown.insert(dimension.to_owned(), code.to_owned());
        }
        if let Some(group) = &self.group {
            breakdown.insert("group".to_owned(), group.clone());
        }
        let asked = Asked {
            indicator: self.indicator.clone(),
            origin: self.origin.clone(),
            location: self.location.clone(),
            claimant: self.claimant.clone(),
            channel: self.channel.clone(),
            measure: self.measure.clone(),
            status: self.status.clone(),
            breakdown,
            period: self.period,
            at: self.at.clone(),
            as_known_on: self.as_known_on.clone(),
        };
        Ok(match &self.situation {
            Some(name) => asked.or(&headline(name)?),
            None => asked,
        })
    }

    /// The entry of `--as-recorded-at`.
    pub fn recorded_at(&self, context: &Context, ledger: &Ledger) -> Result<Option<i64>, CliError> {
        let when = self.as_recorded_at.as_deref();
        when.map(|when| entry_of(context, ledger, when)).transpose()
    }

    /// The selection; says on stderr which dates are meant where the words left it open.
    pub fn selection(&self, context: &Context, ledger: &Ledger) -> Result<Selection, CliError> {
        let asked = self.asked()?;
        let mut selection = asked
            .selection(context.now.day())
            .map_err(|error| CliError::usage(error.to_string()))?;
        self.tell_dates(context, &selection);
        selection.as_recorded_at = self.recorded_at(context, ledger)?;
        if let Some(words) = waiting_words(ledger, &asked, &selection)? {
            context.tell(&words);
        }
        Ok(selection)
    }

    /// The selected figures in all their versions, and the selection that they are of. What goes to a file leaves
    /// out what its licence does not allow.
    pub fn versions(
        &self,
        context: &Context,
        ledger: &Ledger,
        (output, licence): (&OutputArgs, &LicenceArgs),
    ) -> Result<(Selection, Figures), CliError> {
        let selection = Selection {
            versions: Versions::All,
            ..self.selection(context, ledger)?
        };
        let mut figures = ledger.figures(&selection)?;
        if figures.rows.is_empty() {
            return Err(nothing(ledger, &selection));
        }
        licence.keep_some(context, &mut figures, output.file().is_some())?;
        Ok((selection, figures))
    }

    /// The selected figures up to the day of `--at`, put together into lines, and that day. What a
    /// summary or a trend says of the newest figure, it says by looking at those before: all of them,
    /// or as many as `recent` says.
    /// What goes to a file leaves out what its licence does not allow.
    pub fn history(
        &self,
        context: &Context,
        ledger: &Ledger,
        recent: Option<usize>,
        (output, licence): (&OutputArgs, &LicenceArgs),
    ) -> Result<History, CliError> {
        let asked = self.selection(context, ledger)?;
        let mut selection = asked.clone();
        let at = selection.at.take();
        selection.to = [selection.to, at].into_iter().flatten().min();
        selection.recent = recent;
        let mut figures = ledger.figures(&selection)?;
        if figures.rows.is_empty() {
            return Err(nothing(ledger, &selection));
        }
        licence.keep_some(context, &mut figures, output.file().is_some())?;
        let lines = line::lines(&figures)?;
        Ok(History {
            figures,
            lines,
            at,
            asked,
        })
    }

    fn tell_dates(&self, context: &Context, selection: &Selection) {
        if let (Some(text), Some(day)) = (&self.at, selection.at)
            && *text != day.to_string()
        {
            context.tell(&format!("--at {text} is {day}"));
        }
        if let (Some(text), Some(version)) = (&self.as_known_on, selection.as_known_on)
            && *text != version.to_string()
        {
            context.tell(&format!("--as-known-on {text} is {version}, by its end"));
        }
        if let Some(period) = self.period {
            let whole = period.to_string();
            context.tell(&format!("--period is {whole}"));
        }
    }
}

/// Says how many figures that were read from prose a selection would hold if they were accepted, and how
/// to list them; nothing where there are none.
pub fn waiting_words(
    ledger: &Ledger,
    asked: &Asked,
    selection: &Selection,
) -> Result<Option<String>, CliError> {
    let count = ledger.waiting(selection)?;
    if count == 0 {
        return Ok(None);
    }
    let mut command = "humstat review list".to_owned();
    for (option, words) in [
        ("indicator", &asked.indicator),
        ("origin", &asked.origin),
        ("location", &asked.location),
        ("claimant", &asked.claimant),
    ] {
        for word in words {
            let quote = if word.contains(' ') { "\"" } else { "" };
            command.push_str(&format!(" --{option} {quote}{word}{quote}"));
        }
    }
    Ok(Some(format!(
        "{} read from prose {} for a decision: {command}",
        counted(count, "figure", "figures"),
        if count == 1 { "waits" } else { "wait" }
    )))
}

/// The entry that a number or a time means.
fn entry_of(context: &Context, ledger: &Ledger, text: &str) -> Result<i64, CliError> {
    let newest = ledger.head()?.map_or(0, |head| head.id);
    if let Ok(entry) = text.parse::<i64>()
        && (entry <= newest || text.len() < 4)
    {
        return Ok(ledger.entry(entry)?.entry.id);
    }
    let when = crate::plan::instant(text, context.now.day())
        .map_err(|error| CliError::usage(error.to_string()))?;
    let entry = ledger
        .entry_at(when)?
        .ok_or_else(|| CliError::nothing(format!("this ledger held nothing by {when}")))?;
    if let Some((other, at)) = ledger.recorded_after(entry, when)? {
        context.tell(&format!(
            "by {when} is taken as entry {entry}, but entry {other} before it says it was recorded {at}: a clock went back; name an entry instead of a time"
        ));
    }
    Ok(entry)
}

/// The headline of a situation.
fn headline(name: &str) -> Result<Asked, CliError> {
    let (plan, ..) = super::run::open(name)?;
    plan.select.ok_or_else(|| {
        CliError::usage(format!(
            "the plan {name} has no headline; add a [select] to it, such as indicator = \"refugees\" and origin = \"SYR\""
        ))
    })
}

/// The place that a word on the command line means.
pub fn place_argument(word: &str) -> Result<PlaceId, CliError> {
    place::find(word)
        .map(|place| place.id.clone())
        .map_err(|error| CliError::usage(error.to_string()))
}

/// The error for a selection that matches nothing: it says what exists instead.
pub fn nothing(ledger: &Ledger, selection: &Selection) -> CliError {
    let mut message = "nothing matches this selection".to_owned();
    // What was not yet public has an earliest version to name.
    if let Some(known_on) = selection.as_known_on {
        let mut later = selection.clone();
        later.as_known_on = None;
        later.at = None;
        later.versions = Versions::All;
        if let Ok(found) = ledger.figures(&later)
            && let Some(earliest) = found
                .rows
                .iter()
                .filter(|row| row.retracted.is_none())
                .map(|row| row.version)
                .min()
        {
            message.push_str(&format!(
                " as known on {known_on}; the earliest version that does became known on {earliest}"
            ));
            return CliError::nothing(message);
        }
    }
    if let Ok(held) = ledger.held(selection.as_recorded_at)
        && !held.indicators.is_empty()
    {
        let list = |words: &[String]| {
            const SHOWN: usize = 12;
            let rest = match words.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("{}{rest}", words[..words.len().min(SHOWN)].join(", "))
        };
        message.push_str(&format!(
            ". The ledger holds indicators {}; claimants {}; channels {}; origins {}; locations {}",
            list(&held.indicators),
            list(&held.claimants),
            list(&held.channels),
            list(&held.origins),
            list(&held.locations),
        ));
        if let Some((first, last)) = held.days {
            message.push_str(&format!("; days {first} to {last}"));
        }
    }
    CliError::nothing(message)
}
