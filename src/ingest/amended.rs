//! Mappings that come with the program, with what only the command line tells filled in.

use std::borrow::Cow;

use crate::table::built_in;

/// What is put into a mapping: the keys that lead to it, parted by points, and what stands there.
pub(super) type Amendment<'a> = (&'a str, toml::Value);

/// The text of a mapping that comes with the program, with some of its parts replaced or added. It is
/// the same on every machine, since the ledger keeps it with what was read by it.
pub(super) fn amended(name: &str, amendments: Vec<Amendment<'_>>) -> Cow<'static, str> {
    let text = built_in(name).unwrap_or_default();
    let Ok(mut mapping) = text.parse::<toml::Table>() else {
        return text.into();
    };
    for (path, value) in amendments {
        put(&mut mapping, path, value);
    }
    toml::to_string(&mapping).unwrap_or_default().into()
}

/// Puts a value where the keys lead to; tables on the way that are not there are made.
fn put(table: &mut toml::Table, path: &str, value: toml::Value) {
    let Some((key, rest)) = path.split_once('.') else {
        table.insert(path.to_owned(), value);
        return;
    };
    let inner = table
        .entry(key)
        .or_insert_with(|| toml::Table::new().into());
    if let toml::Value::Table(inner) = inner {
        put(inner, rest, value);
    }
}
