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
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().movement.chord
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

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let words = &theme.words().movement;
        let mut notes = vec![words.reading.to_owned()];
        notes.extend(self.exchange.notes(&words.ribbons, theme));
        notes
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(&self.exchange, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        self.exchange.finding(theme.language)
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let order = ring::in_order(&self.exchange);
        self.exchange.rows(&order, &order)
    }
}
