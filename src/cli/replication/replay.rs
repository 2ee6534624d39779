//! From the files of a replication to a ledger that holds what was read from them.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::taken_back;
use crate::cli::context::Context;
use crate::cli::{CliError, ingest};
use crate::figure::PlaceId;
use crate::ledger::{Capture, Ledger, Reading, Received};
use crate::place::{self, Alias, Unit, UnitName};
use crate::plan::{Replay, ReplayFile, Replication};
use crate::table::{self, Mapping, Options};

/// The bytes of a file of the replication, by its name.
pub type Files<'a> = dyn Fn(&str) -> Result<Vec<u8>, CliError> + 'a;

/// A ledger in a temporary folder, which goes with it.
pub struct MadeAgain {
    /// The ledger.
    pub ledger: Ledger,
    /// Readings that could not be made again, and why.
    pub failed: Vec<String>,
    _folder: tempfile::TempDir,
}

/// Reads all again, in the order of the ledger.
///
/// # Errors
/// When no temporary ledger can be written.
pub fn made_again(
    context: &Context,
    replication: &Replication,
    files: &Files<'_>,
) -> Result<MadeAgain, CliError> {
    let temporary = |error: std::io::Error| CliError::data(format!("a temporary folder: {error}"));
    let folder = tempfile::tempdir().map_err(temporary)?;
    if let Some(places) = &replication.places {
        learn(&files(places)?)?;
    }
    let mut ledger = Ledger::create(&folder.path().join("again.db"))?;
    let mut failed = Vec::new();
    for replay in &replication.reading {
        let recorded = reading(replay, files).and_then(|reading| {
            let mut recording = context.recording(ingest::summary_line(&reading));
            // Whoever recorded it allowed it.
            recording.allow_withdrawals = true;
            Ok(ledger.record(reading.check()?, &recording)?)
        });
        if let Err(error) = recorded {
            let names: Vec<&str> = replay.file.iter().map(|file| file.file.as_str()).collect();
            failed.push(format!(
                "{} cannot be read again: {}",
                names.join(", "),
                error.message
            ));
        }
    }
    taken_back::repeat(context, &mut ledger, &replication.taken_back)?;
    Ok(MadeAgain {
        ledger,
        failed,
        _folder: folder,
    })
}

fn reading(replay: &Replay, files: &Files<'_>) -> Result<Reading, CliError> {
    let captures = replay
        .file
        .iter()
        .map(|file| Ok(capture(file, files(&file.file)?)))
        .collect::<Result<Vec<_>, CliError>>()?;
    if !replay.ask.is_empty() {
        return ingest::replayed(&replay.ask, captures, replay.skip_bad_rows);
    }
    let Some(map) = &replay.map else {
        return Err(CliError::data(
            "neither a mapping nor what was asked is told",
        ));
    };
    let text = String::from_utf8(files(map)?)
        .map_err(|_| CliError::data(format!("{map} is not UTF-8")))?;
    let mapping = Mapping::parse(Path::new(map), &text)?;
    let options = Options {
        published: replay.published,
        retrieved: replay.retrieved,
        absent: replay.absent,
        scope: replay.scope.clone().unwrap_or_default().into(),
        skip_bad_rows: replay.skip_bad_rows,
        ..Options::default()
    };
    Ok(table::read(captures, &mapping, &text, &options, |_| {})?.reading)
}

fn capture(file: &ReplayFile, bytes: Vec<u8>) -> Capture {
    let received = file.url.clone().zip(file.retrieved).zip(file.status);
    match received {
        Some(((url, at), status)) => Capture::of_answer(
            file.name.clone(),
            bytes,
            Received {
                url,
                at,
                status,
                headers: file.headers.clone().into_iter().collect(),
            },
        ),
        None => Capture::new(file.name.clone(), bytes),
    }
}

/// The places that a ledger knows beside the compiled-in list, as JSON; none where there are none.
pub fn places(ledger: &Ledger) -> Result<Option<Vec<u8>>, CliError> {
    let (units, aliases) = (ledger.units()?, ledger.aliases()?);
    if units.is_empty() && aliases.is_empty() {
        return Ok(None);
    }
    let units: Vec<Value> = units
        .iter()
        .map(|unit| {
            json!({
                "id": unit.id,
                "kind": unit.kind.code(),
                "parent": unit.parent,
                "name": unit.name,
                "names": unit.names,
            })
        })
        .collect();
    let aliases: BTreeMap<&str, &str> = aliases
        .iter()
        .map(|alias| (alias.name.as_str(), alias.place.as_str()))
        .collect();
    let text = format!("{:#}\n", json!({ "units": units, "aliases": aliases }));
    Ok(Some(text.into_bytes()))
}

/// Adds such places to the register of this process.
fn learn(bytes: &[u8]) -> Result<(), CliError> {
    #[derive(serde::Deserialize)]
    struct Places {
        units: Vec<WrittenUnit>,
        aliases: BTreeMap<String, PlaceId>,
    }
    #[derive(serde::Deserialize)]
    struct WrittenUnit {
        id: PlaceId,
        kind: String,
        parent: PlaceId,
        name: String,
        names: Vec<UnitName>,
    }
    let wrong = |error: &dyn std::fmt::Display| CliError::data(format!("the places: {error}"));
    let Places { units, aliases } = serde_json::from_slice(bytes).map_err(|error| wrong(&error))?;
    let units = units
        .into_iter()
        .map(|unit| {
            Ok(Unit {
                id: unit.id,
                kind: unit.kind.parse().map_err(|error| wrong(&error))?,
                parent: unit.parent,
                name: unit.name,
                names: unit.names,
            })
        })
        .collect::<Result<_, CliError>>()?;
    let aliases = aliases.into_iter();
    let aliases = aliases.map(|(name, place)| Alias { name, place });
    place::extend(units, aliases.collect());
    Ok(())
}
