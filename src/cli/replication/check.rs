//! Making all of a replication again from its files, and naming what differs.

use std::collections::BTreeMap;

use super::compare::{Difference, How, differences};
use super::products::products;
use super::replay::{Files, made_again};
use crate::cli::CliError;
use crate::cli::context::{Context, Use};
use crate::cli::licence::LicenceArgs;
use crate::ledger::Figures;
use crate::plan::{Plan, Replication};

/// What came of it.
#[derive(Debug, Default)]
pub struct Checked {
    /// What differs, by file.
    pub differences: BTreeMap<String, Vec<Difference>>,
    /// Readings that could not be made again, and why.
    pub failed: Vec<String>,
    /// How many tables were compared.
    pub compared: usize,
    /// Whether the ledger that was made again has the hash of the plan: every number in it is the same.
    pub is_whole: bool,
}

/// Makes all again from the files and compares it with these tables.
///
/// # Errors
/// When nothing can be made, or a file is not there.
pub fn check(
    context: &Context,
    plan: &Plan,
    replication: &Replication,
    files: &Files<'_>,
    tables: &[String],
) -> Result<Checked, CliError> {
    let made = made_again(context, replication, files)?;
    let used_for: Use = replication
        .used_for
        .parse()
        .map_err(|error: crate::figure::UnknownCode| CliError::data(error.to_string()))?;
    let licence = LicenceArgs::of(replication.licence_ok.clone());
    let mut sieve = |figures: &mut Figures| licence.quietly_leave_out(used_for, figures);
    let head = made.ledger.head()?;
    let is_whole = head.is_some_and(|head| head.hash == replication.hash);
    let again = products(plan, &made.ledger, context.now.day(), &mut sieve)?;
    let again: BTreeMap<&str, &[u8]> = again
        .files
        .iter()
        .map(|file| (file.name.as_str(), file.bytes.as_slice()))
        .collect();
    let mut checked = Checked {
        failed: made.failed,
        is_whole,
        ..Checked::default()
    };
    let how = How {
        with_numbers: is_whole,
        excused: &replication.recorded_only,
    };
    for table in tables {
        if replication.sums_only.contains(table) {
            continue;
        }
        checked.compared += 1;
        let found = match again.get(table.as_str()) {
            Some(made) => differences(table, &files(table)?, made, how),
            None => vec![Difference {
                words: format!("{table}: it is not made again"),
                figure: None,
            }],
        };
        if !found.is_empty() {
            checked.differences.insert(table.clone(), found);
        }
    }
    for table in again
        .keys()
        .filter(|name| !tables.iter().any(|known| known == *name))
    {
        let is_sums_only = replication.sums_only.iter().any(|known| known == table);
        if !is_sums_only {
            checked.differences.insert(
                (*table).to_owned(),
                vec![Difference {
                    words: format!("{table}: it is made again, and is missing"),
                    figure: None,
                }],
            );
        }
    }
    Ok(checked)
}
