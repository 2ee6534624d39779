//! What a ledger's file is made of besides rows: tables, indices, views, and the guards against change.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Ledger;
use super::open::statements_between;

/// What the file has, by kind and name, with its text.
type Made = BTreeMap<(String, String), String>;

impl Ledger {
    /// What differs from what this program makes. A view that says something else answers wrongly to
    /// those who read the ledger with other programs, and a table without its guards can be changed.
    /// What others have added, such as an index, is theirs, unless it acts by itself.
    pub(super) fn made_otherwise(&self) -> rusqlite::Result<Vec<String>> {
        let model = Connection::open_in_memory()?;
        model.execute_batch(&statements_between(0, self.schema))?;
        let (wanted, found) = (made(&model)?, made(&self.connection)?);
        let mut faults = Vec::new();
        for ((kind, name), text) in &wanted {
            match found.get(&(kind.clone(), name.clone())) {
                None => faults.push(format!("the {kind} {name} is missing from the file")),
                Some(other) if other != text => {
                    faults.push(format!("the {kind} {name} is not as this program makes it"));
                }
                Some(_) => {}
            }
        }
        let added = found.keys().filter(|known| !wanted.contains_key(*known));
        faults.extend(
            added
                .filter(|(kind, _)| kind == "trigger")
                .map(|(_, name)| format!("the trigger {name} is none of this program's")),
        );
        Ok(faults)
    }
}

/// All that a file is made of, but for what SQLite makes by itself.
fn made(connection: &Connection) -> rusqlite::Result<Made> {
    connection
        .prepare("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?
        .query_map([], |row| {
            let text: String = row.get(2)?;
            // Blanks say nothing, and a copy without captures makes one guard anew.
            let words: Vec<&str> = text.split_whitespace().collect();
            Ok(((row.get(0)?, row.get(1)?), words.join(" ")))
        })?
        .collect()
}
