//! JSON that holds several lists: which of them is the table.

use super::sample::{self, Sample};
use super::toml_text::shown;
use super::values;
use crate::figure::counted;
use crate::ledger::Capture;
use crate::table::TableError;

/// The most lists that are looked into.
const LOOKED_INTO: usize = 20;

/// The most columns that are named of a list.
const NAMED: usize = 6;

/// A list: its path, and a sample of it where it has rows.
type Listed<'p, 'c> = (&'p str, Option<Sample<'c>>);

/// Takes a sample of the one list whose rows hold numbers.
///
/// # Errors
/// When no list or more than one holds numbers.
pub(super) fn choose<'c>(
    capture: &'c Capture,
    paths: &[String],
) -> Result<(Sample<'c>, Vec<String>), TableError> {
    let unsaid = |reason: String| TableError::Form {
        file: capture.name.clone(),
        reason,
    };
    if paths.len() > LOOKED_INTO {
        return Err(unsaid(format!(
            "it holds {} lists; choose one with --suggest --path PATH, such as {}",
            paths.len(),
            paths[..LOOKED_INTO].join(", ")
        )));
    }
    let lists: Vec<Listed<'_, 'c>> = paths
        .iter()
        .map(|path| {
            let sampled = sample::of_list(capture, Some(path)).ok();
            (path.as_str(), sampled.map(|(sample, _)| sample))
        })
        .collect();
    let described = described(&lists);
    let count = lists.len();
    let holds_numbers =
        |(_, sample): &Listed<'_, '_>| sample.as_ref().is_some_and(values::hold_numbers);
    let mut numeric = lists.into_iter().filter(holds_numbers);
    match (numeric.next(), numeric.next()) {
        (Some((path, Some(sample))), None) => {
            let note = format!("read the list `{path}`, which of {count} alone holds numbers");
            Ok((sample, vec![note]))
        }
        (first, _) => Err(unsaid(format!(
            "it holds {count} lists, and {} rows with numbers; choose one with --suggest --path PATH:{described}",
            if first.is_some() {
                "more than one has"
            } else {
                "none has"
            },
        ))),
    }
}

/// The lists with their sizes and columns, a line each.
fn described(lists: &[Listed<'_, '_>]) -> String {
    lists
        .iter()
        .map(|(path, sample)| match sample {
            Some(sample) => format!(
                "\n  {path}: {} with {}",
                counted(sample.form.rows, "row", "rows"),
                columns(&sample.header)
            ),
            None => format!("\n  {path}: no rows"),
        })
        .collect()
}

/// The first names of columns.
fn columns(header: &[String]) -> String {
    let names: Vec<String> = header.iter().take(NAMED).map(|name| shown(name)).collect();
    let more = header.len().saturating_sub(NAMED);
    match more {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
