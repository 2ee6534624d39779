//! Which columns of places say where people are, and where they come from.

use std::collections::BTreeMap;

use super::super::{End, Role};
use super::{Column, ambiguous, joined};
use crate::place::Scheme;
use crate::table::TableError;
use crate::table::mapping::{ColumnSource, Condition, IgnoreMap, Source};

/// The column of the finest administrative level.
pub(super) struct Finest<'c> {
    column: &'c Column<'c>,
    scheme: Scheme,
    /// Whether other columns hold the wider places.
    has_wider: bool,
}

impl Finest<'_> {
    pub(super) fn source(&self) -> Source {
        Source::Column(ColumnSource {
            scheme: Some(self.scheme),
            ..self.column.source()
        })
    }

    /// Passes over the rows of wider places: without a place, they would seem to be of everywhere.
    pub(super) fn wider_rows(&self) -> Option<IgnoreMap> {
        let name = &self.column.name;
        let is_empty = Condition::OneOf(vec![String::new()]);
        self.has_wider.then(|| IgnoreMap {
            condition: BTreeMap::from([(name.clone(), is_empty)]),
            because: format!("`{name}` is empty there, so they are of a wider place"),
            optional: false,
        })
    }
}

/// The column of the finest level at one end of a move, by codes rather than by names; none where
/// no column is of that end. A coarser column would give rows of several places the same one.
///
/// # Errors
/// When two columns serve alike, or no place is known in the schemes of the level.
pub(super) fn finest<'c>(
    columns: &'c [Column<'c>],
    end: End,
) -> Result<Option<Finest<'c>>, TableError> {
    let part = match end {
        End::Origin => "origin",
        End::Location => "location",
    };
    let places: Vec<_> = columns
        .iter()
        .filter_map(|column| match &column.role {
            Role::Place(at, place) if *at == end => Some((column, place)),
            _ => None,
        })
        .collect();
    let Some(level) = places.iter().map(|(_, place)| place.level).max() else {
        return Ok(None);
    };
    let has_wider = places.iter().any(|(_, place)| place.level < level);
    let (names, codes): (Vec<_>, Vec<_>) = places
        .iter()
        .filter(|(_, place)| place.level == level)
        .filter_map(|(column, place)| Some((*column, place.scheme.parse::<Scheme>().ok()?)))
        .partition(|(_, scheme)| *scheme == Scheme::Name);
    let candidates = if codes.is_empty() { names } else { codes };
    match candidates.as_slice() {
        [(column, scheme)] => Ok(Some(Finest {
            column,
            scheme: *scheme,
            has_wider,
        })),
        [] => {
            let of_level = places.iter().filter(|(_, place)| place.level == level);
            Err(TableError::Misfit(format!(
                "no place is known by the codes of {}; say the {part} in [figure]",
                joined(of_level.map(|(column, _)| format!("`{}`", column.name)))
            )))
        }
        several => {
            let columns: Vec<&Column> = several.iter().map(|(column, _)| *column).collect();
            Err(ambiguous(part, &columns))
        }
    }
}
