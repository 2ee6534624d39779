//! Names of places that `ingest table` does not know: out into a file for a person, and back in.

use std::path::{Path, PathBuf};

use super::CliError;
use super::context::Context;
use super::files::write_whole;
use crate::figure::counted;
use crate::place::{self, Alias, Among, Scheme};
use crate::table::{FilledPlace, UnknownPlace, unknown_place};

/// Where the unknown places of a table are written to, unless the user says otherwise.
fn beside(table: &Path) -> PathBuf {
    let mut name = table.as_os_str().to_owned();
    name.push(".places.csv");
    PathBuf::from(name)
}

/// What a person filled in.
pub fn filled(file: &Path) -> Result<Vec<FilledPlace>, CliError> {
    let bytes = std::fs::read(file)
        .map_err(|error| CliError::data(format!("{}: {error}", file.display())))?;
    Ok(unknown_place::read(&file.display().to_string(), &bytes)?)
}

/// Writes the unknown places of a table and says what to do with them. A file that a person has
/// begun to fill in, or that is something else, is left as it is.
pub fn write(
    table: &Path,
    target: Option<&Path>,
    unknown: &[UnknownPlace],
) -> Result<String, CliError> {
    let names = counted(unknown.len(), "name of a place", "names of places");
    let file = target.map_or_else(|| beside(table), Path::to_owned);
    let shown = file.display();
    if std::fs::read(&file).is_ok_and(|bytes| !unknown_place::is_blank(&bytes)) {
        return Ok(format!(
            "{names} cannot be told; {shown} holds what a person wrote and was left as it is: give it with --places, or name another file with --unknown-places"
        ));
    }
    write_whole(&file, &unknown_place::write(unknown))?;
    Ok(format!(
        "{names} cannot be told: fill in the column `id` of {shown} and give it back with --places {shown}, or record a spelling with `humstat places alias NAME ID`"
    ))
}

/// Records as aliases what a person filled in, so that the next table needs no file. A name that
/// means something else is kept as an alias only where a parent tells the two apart.
pub fn record_aliases(
    context: &Context,
    filled: &[FilledPlace],
    file: &Path,
) -> Result<(), CliError> {
    let mut aliases = Vec::new();
    for filled in filled {
        let known = place::candidates(Scheme::Name, &filled.name, Among::default());
        if known.iter().any(|known| known.id == filled.id) {
            continue;
        }
        match known.first().filter(|_| filled.parent.is_empty()) {
            Some(other) => context.tell(&format!(
                "`{}` meant {} in this table and is no alias of it, since it means {} elsewhere",
                filled.name,
                filled.id,
                place::shown(other)
            )),
            None => aliases.push(Alias {
                name: filled.name.clone(),
                place: filled.id.clone(),
            }),
        }
    }
    let count = counted(aliases.len(), "alias", "aliases");
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let recording = context.recording(format!("{name}: {count}"));
    let entry = context
        .create()?
        .record_aliases(&aliases, true, &recording)?;
    if let Some(entry) = entry {
        context.tell(&format!("entry {entry}: {count} of places"));
    }
    Ok(())
}
