//! Pages after the first, whose columns may stand in another order.

use crate::table::TableError;
use crate::table::rows::Records;
use crate::table::rows::doubt::Doubt;

/// For each column of the first page its place in another; nothing where they stand alike.
///
/// A list of records names only the columns that some record has, so one that is missing there is
/// empty; a page of text has them all.
///
/// # Errors
/// When a page of text lacks a column.
pub(super) fn order(
    header: &[String],
    records: &Records<'_>,
    page: &str,
) -> Result<Option<Vec<Option<usize>>>, TableError> {
    if header == records.header {
        return Ok(None);
    }
    header
        .iter()
        .map(|name| {
            let place = records.header.iter().position(|other| other == name);
            if place.is_none() && records.unit != "record" {
                return Err(TableError::Misfit(format!(
                    "{page} has no column `{name}`, which the first page has"
                )));
            }
            Ok(place)
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

/// A row with its cells in the order of the first page.
pub(super) fn arranged(record: &csv::StringRecord, order: &[Option<usize>]) -> csv::StringRecord {
    order
        .iter()
        .map(|place| place.and_then(|at| record.get(at)).unwrap_or_default())
        .collect()
}

/// The doubtful cells of a row with the columns of the first page.
pub(super) fn doubts(
    cells: &[(usize, Doubt)],
    order: Option<&[Option<usize>]>,
) -> impl Iterator<Item = (usize, Doubt)> {
    cells.iter().filter_map(move |&(column, doubt)| {
        let column = match order {
            None => column,
            Some(order) => order.iter().position(|place| *place == Some(column))?,
        };
        Some((column, doubt))
    })
}
