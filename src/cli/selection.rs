//! The selection that every reading command takes, and how its output is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use polars::prelude::DataFrame;

use super::CliError;
use super::context::{Context, PROGRAM};
use super::files::is_stream;
use super::licence::LicenceArgs;
use crate::figure::{Measure, PlaceId, Span, Status, counted};
use crate::ledger::{FigureId, Figures, Ledger, Selection, Versions};
use crate::line::{self, Line};
use crate::place;
use crate::plan::Asked;
use crate::publish::cite::Pin;
use crate::publish::harmless::harmless;
use crate::publish::sources::{self, Sources};
use crate::publish::{self, Along, Format};

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

/// How a table is written
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// table, csv, json, jsonl, parquet, markdown, html, latex or xlsx [default: a table on a terminal,
    /// else csv]
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write to a file; its ending is the format
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV with the mark that makes Excel read it as UTF-8
    #[arg(long)]
    bom: bool,
}

/// What a table rests on.
#[derive(Debug)]
pub struct Behind<'a> {
    /// The command that made it: `humstat summary`.
    pub command: &'a str,
    /// The ledger that answered.
    pub ledger: &'a Ledger,
    /// What was asked for.
    pub selection: &'a Selection,
    /// The figures that were looked at.
    pub figures: &'a Figures,
    /// Those that the table rests on; none for all of them.
    pub only: Option<BTreeSet<FigureId>>,
    /// Figures of another selection that it rests on as well, such as populations.
    pub also: Option<(&'a Figures, BTreeSet<FigureId>)>,
}

impl OutputArgs {
    /// Writes a frame where the user wants it, and beside a file of data its sources.
    pub fn write(
        &self,
        context: &Context,
        frame: &DataFrame,
        behind: &Behind<'_>,
    ) -> Result<(), CliError> {
        let format = self.chosen_format()?;
        let pin = pin(behind.ledger, behind.selection)?;
        let name = self.output.as_deref().and_then(Path::file_name);
        let name = name.map_or_else(|| "this table".into(), |name| name.to_string_lossy());
        let sources = (format != Format::Table).then(|| behind.sources(&name, &pin));
        let along = Along {
            pin: Some(&pin),
            sources: sources.as_ref(),
            bom: self.bom,
        };
        if self.bom && format != Format::Csv {
            return Err(CliError::usage(
                "--bom is for CSV; other forms say themselves that they are UTF-8",
            ));
        }
        let bytes = publish::write(frame, format, &along)?;
        context.put(&bytes, self.output.as_deref())?;
        let file = self.output.as_deref().filter(|file| !is_stream(file));
        if let (Some(file), Some(sources)) = (file, &sources) {
            context.put(sources.markdown().as_bytes(), Some(&sources::beside(file)))?;
        }
        Ok(())
    }

    /// Writes a frame that is no data to publish, such as questions about data, without sources.
    pub fn write_alone(&self, context: &Context, frame: &DataFrame) -> Result<(), CliError> {
        let format = self.chosen_format()?;
        context.put(
            &publish::write(
                frame,
                format,
                &Along {
                    bom: self.bom,
                    ..Along::default()
                },
            )?,
            self.output.as_deref(),
        )
    }

    fn chosen_format(&self) -> Result<Format, CliError> {
        let is_terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
        let format = match (self.format, &self.output) {
            (Some(format), _) => format,
            (None, Some(file)) => Format::of_file(file)?,
            (None, None) if is_terminal => Format::Table,
            (None, None) => Format::Csv,
        };
        let is_binary = matches!(format, Format::Parquet | Format::Xlsx);
        if is_binary && self.output.is_none() && is_terminal {
            return Err(CliError::usage(format!(
                "{format} is no text for a terminal; add -o FILE.{format}"
            )));
        }
        Ok(format)
    }

    /// Whether it is written for people to read, not for programs.
    pub fn is_for_people(&self) -> Result<bool, CliError> {
        Ok(matches!(
            self.chosen_format()?,
            Format::Table | Format::Markdown | Format::Html | Format::Latex
        ))
    }

    /// Whether the user said in which form, or where to.
    pub fn is_chosen(&self) -> bool {
        self.format.is_some() || self.output.is_some()
    }

    /// The file that is written, if one is.
    pub fn file(&self) -> Option<&std::path::Path> {
        self.output.as_deref()
    }

    /// Writes text where the user wants it.
    pub fn write_text(&self, context: &Context, text: &str) -> Result<(), CliError> {
        context.put(harmless(text).as_bytes(), self.output.as_deref())
    }
}

impl Behind<'_> {
    /// What a table of a name rests on.
    fn sources(&self, name: &str, pin: &Pin) -> Sources {
        let about = sources::About {
            file: name,
            command: self.command,
            selection: self.selection,
            pin,
        };
        let mut parts = vec![(self.figures, self.only.as_ref())];
        if let Some((figures, only)) = &self.also {
            parts.push((figures, Some(only)));
        }
        sources::sources(&about, &parts)
    }
}

/// The entry and the hash that an answer is pinned to.
pub fn pin(ledger: &Ledger, selection: &Selection) -> Result<Pin, CliError> {
    let entry = match selection.as_recorded_at {
        Some(entry) => Some(ledger.entry(entry)?.entry),
        None => ledger.head()?,
    };
    entry
        .map(|entry| Pin {
            entry: entry.id,
            hash: entry.hash,
            program: PROGRAM.to_owned(),
        })
        .ok_or_else(|| CliError::nothing("the ledger is empty"))
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
