//! From the tags of a table to the figures of a mapping that does not describe them itself.

mod dates;
mod figures;
mod places;

use std::collections::BTreeMap;

use super::{End, Meaning, Role, Tag, Tagged};
use crate::table::TableError;
use crate::table::mapping::{ColumnSource, FigureMap, Mapping, Source};

use dates::Dates;

/// A mapping with what the tags say, and what its user should know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The mapping.
    pub mapping: Mapping,
    /// The columns that are not read, each with the reason.
    pub notes: Vec<String>,
}

/// Completes a mapping by the tags of its table.
///
/// A mapping that describes figures itself, by a `[[value]]` or by the number of `[figure]`, stays
/// as it is. Otherwise every column whose tag says what it counts becomes a `[[value]]`, and what
/// `[figure]` leaves open comes from the other tags: where, from where, when, and what narrows. What
/// no tag can say stays with `[figure]`: the claimant, and the first day of a cumulative.
///
/// # Errors
/// When two columns may be the same part of a figure, or no column says what it counts.
pub fn fill(mapping: &Mapping, tagged: &Tagged) -> Result<Filled, TableError> {
    let mut notes = Vec::new();
    let mut mapping = mapping.clone();
    if describes_figures(&mapping) {
        return Ok(Filled { mapping, notes });
    }
    let columns = columns(tagged, &mut notes);
    let figure = &mut mapping.figure;
    if figure.location.is_none()
        && let Some(finest) = places::finest(&columns, End::Location)?
    {
        figure.location = Some(finest.source());
        mapping.ignore.extend(finest.wider_rows());
    }
    if figure.origin.is_none()
        && let Some(finest) = places::finest(&columns, End::Origin)?
    {
        figure.origin = Some(finest.source());
    }
    fill_breakdown(&mut figure.breakdown, &columns)?;
    let dates = Dates::among(&columns, figure)?;
    for column in &columns {
        match figures::of(column, figure, &dates) {
            Some(Ok(value)) => mapping.value.push(value),
            Some(Err(why)) => notes.push(column.unread(&why)),
            None => {}
        }
    }
    if mapping.value.is_empty() {
        return Err(TableError::Misfit(format!(
            "no HXL tag of the table says enough of what its column counts; describe the figures in [[value]]{}",
            notes
                .iter()
                .map(|note| format!("\n  {note}"))
                .collect::<String>()
        )));
    }
    Ok(Filled { mapping, notes })
}

fn describes_figures(mapping: &Mapping) -> bool {
    let FigureMap {
        value, low, high, ..
    } = &mapping.figure;
    !mapping.value.is_empty() || value.is_some() || low.is_some() || high.is_some()
}

/// A column whose tag is understood as a whole.
struct Column<'t> {
    /// What the mapping calls it: its tag, or its header where another column has the same tag.
    name: String,
    /// What messages call it.
    label: String,
    tag: &'t Tag,
    role: Role,
}

impl Column<'_> {
    fn source(&self) -> ColumnSource {
        ColumnSource {
            column: Some(self.name.clone()),
            ..ColumnSource::default()
        }
    }

    fn unread(&self, why: &str) -> String {
        format!("{} is not read: {why}", self.label)
    }
}

/// The columns that are understood as a whole; each of the others that might count gets a note.
fn columns<'t>(tagged: &'t Tagged, notes: &mut Vec<String>) -> Vec<Column<'t>> {
    for (index, error) in &tagged.malformed {
        notes.push(format!("column {} is not read: {error}", index + 1));
    }
    let mut columns = Vec::new();
    for (index, tag) in tagged.tags.iter().enumerate() {
        let Some(tag) = tag else { continue };
        let header = &tagged.header[index];
        let is_tag_unique = tagged
            .tags
            .iter()
            .flatten()
            .filter(|other| *other == tag)
            .count()
            == 1;
        let is_header_unique = !header.is_empty()
            && tagged
                .header
                .iter()
                .filter(|other| *other == header)
                .count()
                == 1;
        let Meaning { role, unknown } = Meaning::of(tag);
        let why = match &role {
            Role::Aside(_) => continue,
            Role::NotUnderstood(why) => Some(why.clone()),
            _ if !unknown.is_empty() => Some(format!(
                "what {} means is not known",
                joined(unknown.iter().map(|attribute| format!("+{attribute}")))
            )),
            _ if !is_tag_unique && !is_header_unique => {
                Some("another column has the same tag, and no header tells them apart".to_owned())
            }
            _ => None,
        };
        let column = Column {
            name: if is_tag_unique {
                tag.to_string()
            } else {
                header.clone()
            },
            label: match header.as_str() {
                "" => format!("column {} ({tag})", index + 1),
                header => format!("column {} `{header}` ({tag})", index + 1),
            },
            tag,
            role,
        };
        match why {
            Some(why) => notes.push(column.unread(&why)),
            None => columns.push(column),
        }
    }
    columns
}

/// Adds the columns that narrow the figures of a row, where the mapping does not say them itself.
fn fill_breakdown(
    breakdown: &mut BTreeMap<String, Source>,
    columns: &[Column],
) -> Result<(), TableError> {
    let mut found: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
    for column in columns {
        if let Role::Dimension { dimension, .. } = &column.role
            && !breakdown.contains_key(dimension)
        {
            found.entry(dimension).or_default().push(column);
        }
    }
    for (dimension, columns) in found {
        let column = one_of(&format!("breakdown.{dimension}"), &columns)?;
        let mut source = column.source();
        if let Role::Dimension { texts, .. } = &column.role
            && !texts.is_empty()
        {
            source.codes.clone_from(texts);
            // An empty cell narrows nothing.
            source.codes.insert(String::new(), String::new());
        }
        breakdown.insert(dimension.to_owned(), Source::Column(source));
    }
    Ok(())
}

/// The only column for a part of a figure, or the only one with codes beside names.
fn one_of<'c>(part: &str, columns: &[&'c Column<'c>]) -> Result<&'c Column<'c>, TableError> {
    if let [only] = columns {
        return Ok(only);
    }
    let coded: Vec<&Column> = columns
        .iter()
        .copied()
        .filter(|column| column.tag.has("code"))
        .collect();
    match coded.as_slice() {
        [only] => Ok(only),
        _ => Err(ambiguous(part, columns)),
    }
}

fn ambiguous(part: &str, columns: &[&Column]) -> TableError {
    TableError::Misfit(format!(
        "{} may each be the {part}; say which in [figure], with {part} = {{ column = \"…\" }}",
        joined(columns.iter().map(|column| format!("`{}`", column.name)))
    ))
}

/// Words with "and" before the last.
fn joined(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    match words.pop() {
        Some(last) if !words.is_empty() => format!("{} and {last}", words.join(", ")),
        Some(only) => only,
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
