//! Putting several files in their place at once: all of them, or none.

use std::path::{Path, PathBuf};

use super::{CliError, files};
use crate::publish::export::ExportFile;

fn wrong(path: &Path, error: &std::io::Error) -> CliError {
    CliError::data(format!("{} cannot be written: {error}", path.display()))
}

/// A hidden name beside a path, which no other process uses.
fn beside(path: &Path, what: &str) -> Result<PathBuf, CliError> {
    files::beside(path, what)
        .map_err(|_| CliError::usage(format!("{} names no file or folder", path.display())))
}

/// Writes a folder with these files. One that exists must be empty, or hold only files that `may_go`,
/// which are replaced.
///
/// # Errors
/// When the folder holds something else, or cannot be written; it is then as it was.
pub fn folder(
    folder: &Path,
    files: &[ExportFile],
    may_go: impl Fn(&str) -> bool,
) -> Result<(), CliError> {
    let exists = folder.exists();
    // A link stays what it is, and what it leads to is replaced.
    let place = if exists {
        folder
            .canonicalize()
            .map_err(|error| wrong(folder, &error))?
    } else {
        folder.to_owned()
    };
    if exists {
        check_replaceable(folder, &place, may_go)?;
    } else if let Some(parent) = place.parent() {
        std::fs::create_dir_all(parent).map_err(|error| wrong(folder, &error))?;
    }
    let new = beside(&place, "part")?;
    let old = beside(&place, "old")?;
    let outcome = write_all(&new, files).and_then(|()| {
        if exists {
            std::fs::rename(&place, &old)?;
        }
        std::fs::rename(&new, &place).inspect_err(|_| {
            if exists {
                let _ = std::fs::rename(&old, &place);
            }
        })
    });
    if let Err(error) = outcome {
        let _ = std::fs::remove_dir_all(&new);
        return Err(wrong(folder, &error));
    }
    if exists {
        std::fs::remove_dir_all(&old).map_err(|error| wrong(&old, &error))?;
    }
    Ok(())
}

fn write_all(folder: &Path, files: &[ExportFile]) -> std::io::Result<()> {
    std::fs::create_dir(folder)?;
    for file in files {
        let path = folder.join(&file.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    Ok(())
}

fn check_replaceable(
    said: &Path,
    folder: &Path,
    may_go: impl Fn(&str) -> bool,
) -> Result<(), CliError> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    if here.is_ok_and(|here| here.starts_with(folder)) {
        return Err(CliError::usage(
            "an export goes into a folder of its own, not the current one or one around it; name a new one",
        ));
    }
    if !folder.is_dir() {
        return Err(CliError::data(format!(
            "{} is a file, and this export is a folder; name a new one",
            said.display()
        )));
    }
    let names = names_in(folder).map_err(|error| wrong(said, &error))?;
    match names.iter().find(|name| !may_go(name)) {
        Some(name) => Err(CliError::data(format!(
            "{} holds {name}, which this export would take away; name a new or an empty folder",
            said.display()
        ))),
        None => Ok(()),
    }
}

/// The files below a folder, with folders parted by `/`, sorted.
pub fn names_in(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, before)) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = format!("{before}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), format!("{name}/")));
            } else {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

/// Writes files into a folder that may hold others.
///
/// # Errors
/// When one of them cannot be written; none is there then.
pub fn files(folder: &Path, exported: &[ExportFile]) -> Result<(), CliError> {
    let mut waiting = Vec::new();
    let outcome = exported.iter().try_for_each(|file| {
        let named = folder.join(&file.name);
        if files::is_stream(&named) {
            return Err(CliError::data(format!(
                "{} is no file, and this export is one; name a new one",
                named.display()
            )));
        }
        // A link stays what it is, and what it leads to is replaced.
        let path = files::behind_links(&named).map_err(|error| wrong(&named, &error))?;
        files::refuse_what_is_kept(&path).map_err(|error| wrong(&named, &error))?;
        let part = beside(&path, "part")?;
        std::fs::write(&part, &file.bytes).map_err(|error| wrong(&path, &error))?;
        waiting.push((part, path));
        Ok(())
    });
    let outcome = outcome.and_then(|()| {
        waiting.iter().try_for_each(|(part, path)| {
            std::fs::rename(part, path).map_err(|error| wrong(path, &error))
        })
    });
    if outcome.is_err() {
        for (part, _) in &waiting {
            let _ = std::fs::remove_file(part);
        }
    }
    outcome
}
