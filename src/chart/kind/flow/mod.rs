//! From origins to destinations: a Sankey diagram.

mod label;
mod layout;
mod order;
mod ribbon;
mod stack;

#[cfg(test)]
mod tests;

use super::Kind;
use super::movement::{End, Exchange};
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme};
use crate::chart::rows::{PlottedRow, plain};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

/// From origins on the left to destinations on the right.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowChart {
    /// Who moved from where to where.
    pub exchange: Exchange,
}

impl Kind for FlowChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().movement.flow
    }

    fn texts(&self) -> Vec<&str> {
        self.exchange.texts()
    }

    fn unit(&self) -> &str {
        &self.exchange.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        self.exchange.check()?;
        let (total, _) = self.exchange.total();
        if total > 0.0 {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let words = &theme.words().movement.ribbons;
        self.exchange.notes(words, theme)
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(&self.exchange, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let origins = self.exchange.places(End::Origin);
        let destinations = self.exchange.places(End::Destination);
        let ([origin], Some(first)) = (origins.as_slice(), destinations.first()) else {
            return self.exchange.finding(theme.language);
        };
        let said = |total: Option<f64>, qualifier| {
            let total = total.unwrap_or(0.0);
            plain(total, Some(qualifier), ValueKind::Count, theme.language)
        };
        fill(
            theme.words().movement.most,
            &[
                &said(origin.total, origin.qualifier),
                &self.exchange.unit,
                &one_line(origin.name),
                &one_line(first.name),
                &said(first.total, first.qualifier),
            ],
        )
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let [origins, destinations] = layout::in_order(&self.exchange);
        self.exchange.rows(&origins, &destinations)
    }
}
