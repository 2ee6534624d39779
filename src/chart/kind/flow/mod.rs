//! From one origin to its destinations.

mod layout;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check};
use crate::chart::rows::{PlottedRow, plain};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;
use crate::figure::Qualifier;

pub use layout::FlowBody;

/// From one origin to its destinations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowChart {
    /// Where they come from.
    pub origin: String,
    /// Where they are, or went, in any order.
    pub destinations: Vec<FlowTarget>,
    /// What one of the number is, such as `refugees`; written under the total.
    pub unit: String,
}

/// One destination of a flow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FlowTarget {
    /// Its name.
    pub label: String,
    /// How many; not below zero.
    pub value: f64,
    /// The source's word before the number.
    pub qualifier: Option<Qualifier>,
    /// Small text under the name, such as `as of 6 March`.
    pub detail: String,
    /// Whether it is what the title speaks of.
    pub emphasis: bool,
    /// Whether it gathers the rest; it comes last.
    pub is_rest: bool,
}

impl FlowChart {
    /// The destinations as they are drawn from top to bottom.
    fn in_order(&self) -> Vec<&FlowTarget> {
        let mut order: Vec<&FlowTarget> = self.destinations.iter().collect();
        order.sort_by(|a, b| layout::by_size(a, b));
        order
    }
}

impl Kind for FlowChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().flow.name
    }

    fn texts(&self) -> Vec<&str> {
        let destinations = self.destinations.iter();
        [self.origin.as_str(), &self.unit]
            .into_iter()
            .chain(destinations.flat_map(|to| [to.label.as_str(), &to.detail]))
            .collect()
    }

    fn unit(&self) -> &str {
        &self.unit
    }

    fn check(&self) -> Result<(), ChartError> {
        for to in &self.destinations {
            check::triple(&to.label, None, Some(to.value), None)?;
            if to.value < 0.0 {
                return Err(ChartError::NegativeFlow(to.label.clone()));
            }
        }
        if self.destinations.iter().any(|to| to.value > 0.0) {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, _theme: &Theme) -> Vec<String> {
        Vec::new()
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let total: f64 = self.destinations.iter().map(|to| to.value).sum();
        let said = |value, qualifier| plain(value, qualifier, ValueKind::Count, theme.language);
        self.in_order().first().map_or_else(String::new, |first| {
            fill(
                theme.words().flow.most,
                &[
                    &said(total, None),
                    &self.unit,
                    &one_line(&self.origin),
                    &one_line(&first.label),
                    &said(first.value, first.qualifier),
                ],
            )
        })
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let row = |to: &FlowTarget| {
            let qualifier = to.qualifier.map(|qualifier| qualifier.code().to_owned());
            PlottedRow {
                series: self.origin.clone(),
                at: to.label.clone(),
                value: Some(to.value),
                low: None,
                high: None,
                flags: qualifier
                    .filter(|code| code != "exact")
                    .into_iter()
                    .chain(Some(to.detail.clone()).filter(|detail| !detail.is_empty()))
                    .collect(),
            }
        };
        self.in_order().into_iter().map(row).collect()
    }
}
