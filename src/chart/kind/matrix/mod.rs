//! Origins by destinations: a table whose cells are tinted by how many they are.

mod classes;
mod header;
mod layout;
mod legend;
mod totals;

#[cfg(test)]
mod tests;

use super::Kind;
use super::movement::{End, Exchange, Movement, Place};
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, notes};
use crate::chart::rows::PlottedRow;
use crate::chart::text::Rect;

/// Origins by destinations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MatrixChart {
    /// Who moved from where to where. Pairs that are not among them have no figure.
    pub exchange: Exchange,
    /// Whether the sums of rows and columns are shown. They must be true sums: nobody is counted in
    /// two of the cells.
    pub totals: bool,
    /// Whether places stand in the order in which the movements name them, not by size.
    pub keeps_order: bool,
}

impl MatrixChart {
    /// Rows or columns in the order in which they are drawn.
    pub(in crate::chart) fn places(&self, end: End) -> Vec<Place<'_>> {
        let mut places = self.exchange.places(end);
        if self.keeps_order {
            let first = |place: &Place<'_>| {
                let mut movements = self.exchange.movements.iter();
                movements.position(|one| one.at(end) == place.name)
            };
            places.sort_by_key(|place| (place.is_rest, first(place)));
        }
        places
    }

    fn movement(&self, origin: &str, destination: &str) -> Option<&Movement> {
        let mut movements = self.exchange.movements.iter();
        movements.find(|one| one.origin == origin && one.destination == destination)
    }
}

impl Kind for MatrixChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().movement.matrix
    }

    fn texts(&self) -> Vec<&str> {
        self.exchange.texts()
    }

    fn unit(&self) -> &str {
        &self.exchange.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        self.exchange.check()?;
        if self
            .exchange
            .movements
            .iter()
            .any(|one| one.value.is_some())
        {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let words = &theme.words().movement;
        let mut said = self.exchange.notes(&words.cells, theme);
        let (rows, columns) = (self.places(End::Origin), self.places(End::Destination));
        let pairs = || {
            rows.iter()
                .flat_map(|row| columns.iter().map(move |column| (row, column)))
        };
        let same = |row: &Place<'_>, column: &Place<'_>| row.name == column.name && !row.is_rest;
        let has_value = |row: &Place<'_>, column: &Place<'_>| {
            self.movement(row.name, column.name)
                .is_some_and(|one| one.value.is_some())
        };
        let within = pairs().any(|(row, column)| same(row, column) && has_value(row, column));
        notes::push(&mut said, within, words.thick);
        let bare = pairs().any(|(row, column)| {
            same(row, column) && self.movement(row.name, column.name).is_none()
        });
        notes::push(&mut said, bare, words.grey);
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        self.exchange.finding(theme.language)
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let [origins, destinations] = [End::Origin, End::Destination].map(|end| self.places(end));
        let origins: Vec<&str> = origins.iter().map(|place| place.name).collect();
        let destinations: Vec<&str> = destinations.iter().map(|place| place.name).collect();
        self.exchange.rows(&origins, &destinations)
    }
}
