//! Mappings that come with the program, with what only the command line or an answer tells filled in.

use std::borrow::Cow;

use toml::{Table, Value};

use crate::table::built_in;

/// What is put into a mapping: the keys that lead to it, parted by points, and what stands there.
pub(super) type Amendment<'a> = (&'a str, Value);

/// The text of a mapping that comes with the program, with some of its parts replaced or added. It is
/// the same on every machine, since the ledger keeps it with what was read by it.
pub(super) fn amended(name: &str, amendments: Vec<Amendment<'_>>) -> Cow<'static, str> {
    rearranged(name, &[], amendments)
}

/// The same, with some of its parts moved before: from where, and to where.
pub(super) fn rearranged(
    name: &str,
    moves: &[(&str, &str)],
    amendments: Vec<Amendment<'_>>,
) -> Cow<'static, str> {
    let text = built_in(name).unwrap_or_default();
    let Ok(mapping) = text.parse::<Table>() else {
        return text.into();
    };
    let mut mapping = Value::Table(mapping);
    for (from, to) in moves {
        if let Some(value) = take(&mut mapping, from) {
            put(&mut mapping, to, value);
        }
    }
    for (path, value) in amendments {
        put(&mut mapping, path, value);
    }
    toml::to_string(&mapping).unwrap_or_default().into()
}

/// The same, without one of its parts.
pub(super) fn amended_without(name: &str, part: &str) -> Cow<'static, str> {
    let text = built_in(name).unwrap_or_default();
    let Ok(mut mapping) = text.parse::<Table>() else {
        return text.into();
    };
    mapping.remove(part);
    toml::to_string(&mapping).unwrap_or_default().into()
}

/// Puts a value where the keys lead to; tables on the way that are not there are made. The key of an
/// item of a list is its number, from 0.
fn put(within: &mut Value, path: &str, value: Value) {
    let (key, rest) = match path.split_once('.') {
        Some((key, rest)) => (key, Some(rest)),
        None => (path, None),
    };
    let inner = match within {
        Value::Table(table) => table
            .entry(key)
            .or_insert_with(|| Value::Table(Table::new())),
        Value::Array(items) => {
            let Some(item) = key
                .parse()
                .ok()
                .and_then(|index: usize| items.get_mut(index))
            else {
                return;
            };
            item
        }
        _ => return,
    };
    match rest {
        Some(rest) => put(inner, rest, value),
        None => *inner = value,
    }
}

/// Takes the value out that the keys lead to.
fn take(within: &mut Value, path: &str) -> Option<Value> {
    match path.split_once('.') {
        None => within.as_table_mut()?.remove(path),
        Some((key, rest)) => match within {
            Value::Table(table) => take(table.get_mut(key)?, rest),
            Value::Array(items) => take(items.get_mut(key.parse::<usize>().ok()?)?, rest),
            _ => None,
        },
    }
}
