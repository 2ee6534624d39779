//! How a table is written: in which form, where to, and what it says of its sources.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;
use polars::prelude::DataFrame;

use super::CliError;
use super::context::{Context, PROGRAM};
use super::files::{Sink, is_stream, text_of};
use crate::ledger::{FigureId, Figures, Ledger, Selection};
use crate::publish::cite::{Pin, Reference, references};
use crate::publish::harmless::harmless;
use crate::publish::sources::{self, About, Sources};
use crate::publish::{self, Along, Format, PublishError};

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

/// What takes the parts of a table.
pub type Take<'t> = dyn FnMut(DataFrame) -> Result<(), CliError> + 't;

/// What a table answers to.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The command that made it: `humstat summary`.
    pub command: &'a str,
    /// The ledger that answered.
    pub ledger: &'a Ledger,
    /// What was asked for.
    pub selection: &'a Selection,
}

/// What a table answers to and rests on.
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
        self.write_resting_on(context, frame, behind.question(), || behind.references())
    }

    /// As [`OutputArgs::write`], with the references for those outputs that say them.
    pub fn write_resting_on(
        &self,
        context: &Context,
        frame: &DataFrame,
        question: Question<'_>,
        references: impl FnOnce() -> Vec<Reference>,
    ) -> Result<(), CliError> {
        let format = self.chosen_format()?;
        self.check_beside()?;
        let pin = question.pin()?;
        let sources = self
            .says_sources()?
            .then(|| self.sources(question, &pin, &references()));
        let along = Along {
            pin: Some(&pin),
            sources: sources.as_ref(),
            bom: self.bom,
        };
        let bytes = publish::write(frame, format, &along)?;
        context.put(&bytes, self.output.as_deref())?;
        self.put_beside(context, sources.as_ref())
    }

    /// Writes a table as its rows come, where its form and its place allow that, otherwise all at once. `each`
    /// hands its parts to what it is given, and returns the references of all of them.
    pub fn write_in_parts(
        &self,
        context: &Context,
        question: Question<'_>,
        each: impl FnOnce(&mut Take<'_>) -> Result<Vec<Reference>, CliError>,
    ) -> Result<(), CliError> {
        let format = self.chosen_format()?;
        // What a terminal shows is made harmless first, and nobody reads a million rows there.
        let is_shown = self.output.is_none() && std::io::stdout().is_terminal();
        if is_shown || !format.grows() {
            let mut whole: Option<DataFrame> = None;
            let references = each(&mut |part| {
                match &mut whole {
                    Some(whole) => {
                        whole.vstack_mut(&part).map_err(PublishError::from)?;
                    }
                    None => whole = Some(part),
                }
                Ok(())
            })?;
            let mut whole = whole.unwrap_or_default();
            whole.rechunk_mut();
            return self.write_resting_on(context, &whole, question, || references);
        }
        self.check_beside()?;
        let pin = question.pin()?;
        let along = Along {
            pin: Some(&pin),
            sources: None,
            bom: self.bom,
        };
        let mut sink = Sink::to(self.output.as_deref())?;
        let written = grown(format, &along, &mut sink, each);
        let Some(references) = sink.end(written)? else {
            return Ok(());
        };
        if let Some(file) = &self.output {
            context.tell(&format!("wrote {}", file.display()));
        }
        let sources = self
            .says_sources()?
            .then(|| self.sources(question, &pin, &references));
        self.put_beside(context, sources.as_ref())
    }

    /// What an output says of its sources.
    fn sources(&self, question: Question<'_>, pin: &Pin, references: &[Reference]) -> Sources {
        let name = self.output.as_deref().and_then(Path::file_name);
        let name = name.map_or_else(|| "this table".into(), |name| name.to_string_lossy());
        let about = About {
            file: &name,
            command: question.command,
            selection: question.selection,
            pin,
        };
        sources::sources(&about, references)
    }

    /// Whether the output says its sources, within or in a file beside it.
    pub fn says_sources(&self) -> Result<bool, CliError> {
        let format = self.chosen_format()?;
        let is_file = self.output.as_deref().is_some_and(|file| !is_stream(file));
        Ok(format.holds_sources() || (is_file && format != Format::Table))
    }

    /// Checks before anything is written that what lies in the place of the sources is of an earlier table.
    fn check_beside(&self) -> Result<(), CliError> {
        let Some(file) = self.output.as_deref().filter(|file| !is_stream(file)) else {
            return Ok(());
        };
        let beside = sources::beside(file);
        let is_there = self.says_sources()? && beside.is_file();
        if is_there && !text_of(&beside).is_ok_and(|text| sources::is_of_a_table(&text)) {
            return Err(CliError::data(format!(
                "{} is there and is not of an earlier table; move it away, or give the table another name",
                beside.display()
            )));
        }
        Ok(())
    }

    /// Writes the sources beside a file of data.
    fn put_beside(&self, context: &Context, sources: Option<&Sources>) -> Result<(), CliError> {
        let file = self.output.as_deref().filter(|file| !is_stream(file));
        if let (Some(file), Some(sources)) = (file, sources) {
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
        let is_terminal = std::io::stdout().is_terminal();
        let format = match (self.format, &self.output) {
            (Some(format), _) => format,
            (None, Some(file)) => Format::of_file(file)?,
            (None, None) if is_terminal => Format::Table,
            (None, None) => Format::Csv,
        };
        if self.bom && format != Format::Csv {
            return Err(CliError::usage(
                "--bom is for CSV; other forms say themselves that they are UTF-8",
            ));
        }
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

/// Writes a table as its rows come, each part while the next is made, and returns what `each` does.
fn grown<T>(
    format: Format,
    along: &Along<'_>,
    sink: &mut Sink,
    each: impl FnOnce(&mut Take<'_>) -> Result<T, CliError>,
) -> Result<T, CliError> {
    /// So many parts wait to be written while the next is made.
    const WAITING: usize = 2;
    let mut table = publish::growing(format, along, sink)?;
    std::thread::scope(|scope| {
        let (send, parts) = std::sync::mpsc::sync_channel(WAITING);
        let writer = scope.spawn(move || {
            for part in parts {
                match part {
                    Some(part) => table.add(&part)?,
                    None => return table.end(),
                }
            }
            // What made the parts failed: a table without its rows has no end.
            Ok(())
        });
        let put = |part| {
            let closed = |_| CliError::data("the table is not written any further");
            send.send(part).map_err(closed)
        };
        let done = each(&mut |part| put(Some(part)));
        let done = done.and_then(|done| put(None).map(|()| done));
        drop(send);
        // Why nothing more was taken is told by who took it.
        writer
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        done
    })
}

impl<'a> Behind<'a> {
    const fn question(&self) -> Question<'a> {
        Question {
            command: self.command,
            ledger: self.ledger,
            selection: self.selection,
        }
    }

    fn references(&self) -> Vec<Reference> {
        let mut found = references(self.figures, self.only.as_ref());
        if let Some((figures, only)) = &self.also {
            found.extend(references(figures, Some(only)));
        }
        found
    }
}

impl Question<'_> {
    /// The entry and the hash that the answer is pinned to.
    fn pin(&self) -> Result<Pin, CliError> {
        pin(self.ledger, self.selection)
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
