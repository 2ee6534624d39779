//! Between places that are origins and destinations both: a chord diagram.

mod layout;
mod names;
mod order;
mod ring;
mod values;

#[cfg(test)]
mod tests;

use super::Kind;
use super::movement::Exchange;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme};
use crate::chart::rows::PlottedRow;
use crate::chart::text::Rect;

/// Between places around a circle.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChordChart {
    /// Who moved from where to where.
    pub exchange: Exchange,
}

impl Kind for ChordChart {
    fn name(&self) -> &'static str {
        "Chord diagram"
    }

    fn texts(&self) -> Vec<&str> {
        self.exchange.texts()
    }

    fn unit(&self) -> &str {
        &self.exchange.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        self.exchange.check()?;
        let count = ring::in_order(&self.exchange).len();
        if count > ring::MOST {
            return Err(layout::too_many(count, ring::MOST));
        }
        let (total, _) = self.exchange.total();
        if total > 0.0 {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, _theme: &Theme) -> Vec<String> {
        let mut notes = vec![
            "Each ribbon begins at the arc of its origin and ends, narrower, short of that of its \
             destination"
                .to_owned(),
        ];
        notes.extend(
            self.exchange
                .notes(["Broken edges", "Dotted edges", "Pale"]),
        );
        notes
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(&self.exchange, room, theme)
    }

    fn finding(&self, _theme: &Theme) -> String {
        self.exchange.finding()
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let order = ring::in_order(&self.exchange);
        self.exchange.rows(&order, &order)
    }
}
