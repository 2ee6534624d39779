//! Small multiples: lines over time, one panel beside the other.

mod layout;
mod shapes;

use std::collections::BTreeSet;

use super::{Kind, Line, LineChart};
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme};
use crate::chart::palette::{EMPHASIS, Tones};
use crate::chart::rows::{PlottedRow, plain};
use crate::chart::spec::{Point, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;

/// Small multiples of lines over time, the largest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PanelChart {
    /// The panels, in any order.
    pub panels: Vec<Panel>,
    /// How numbers are written.
    pub values: ValueKind,
    /// Whether each panel has a scale of its own; said in a note.
    pub scales_differ: bool,
}

/// One panel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    /// What stands above it.
    pub title: String,
    /// Its lines; lines of one name have one colour in all panels.
    pub lines: Vec<Line>,
    /// Whether it gathers the rest; it comes last.
    pub is_rest: bool,
}

impl Panel {
    /// The newest value of its largest line.
    fn size(&self) -> Option<f64> {
        let newest = self.lines.iter().filter_map(newest);
        newest.filter_map(|point| point.value).reduce(f64::max)
    }
}

/// The last point with a value.
fn newest(line: &Line) -> Option<&Point> {
    let present = line.points.iter().filter(|point| point.value.is_some());
    present.max_by_key(|point| point.date)
}

impl PanelChart {
    /// The panels that have a value, the largest first.
    fn in_order(&self) -> Vec<&Panel> {
        let mut order: Vec<&Panel> = self
            .panels
            .iter()
            .filter(|panel| panel.size().is_some())
            .collect();
        let size = |panel: &Panel| panel.size().unwrap_or_default();
        order.sort_by(|a, b| {
            let rest = a.is_rest.cmp(&b.is_rest);
            rest.then(size(b).total_cmp(&size(a)))
        });
        order
    }

    /// One line for each name, where a panel holds more than one.
    fn names(&self) -> Vec<&Line> {
        if self.panels.iter().all(|panel| panel.lines.len() < 2) {
            return Vec::new();
        }
        let mut seen = BTreeSet::new();
        self.in_order()
            .into_iter()
            .flat_map(|panel| &panel.lines)
            .filter(|line| newest(line).is_some() && seen.insert(line.label.as_str()))
            .collect()
    }

    /// Tones of each name, and whether it is context; of all lines when there are no names.
    fn tones(&self) -> Vec<(&str, (Tones, bool))> {
        let names = self.names();
        let lines: Vec<Line> = names.iter().map(|line| (*line).clone()).collect();
        let tones = super::line::tones(&lines);
        names
            .into_iter()
            .map(|line| line.label.as_str())
            .zip(tones)
            .collect()
    }

    /// All lines as one chart of lines, which knows the marks.
    fn as_lines(&self) -> LineChart {
        let lines = self.in_order().into_iter().flat_map(|panel| {
            panel.lines.iter().map(|line| Line {
                label: series_name(panel, line),
                ..line.clone()
            })
        });
        LineChart {
            lines: lines.collect(),
            values: self.values,
            ..LineChart::default()
        }
    }
}

/// The name of a line outside its panel.
fn series_name(panel: &Panel, line: &Line) -> String {
    let title = one_line(&panel.title);
    if line.label.is_empty() || panel.lines.len() < 2 {
        title
    } else {
        format!("{title}, {}", one_line(&line.label))
    }
}

/// Tones of a line by its name.
fn tones_of(tones: &[(&str, (Tones, bool))], line: &Line) -> (Tones, bool) {
    let own = tones.iter().find(|(name, _)| *name == line.label);
    own.map_or((EMPHASIS, false), |(_, tones)| *tones)
}

impl Kind for PanelChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().panels.name
    }

    fn texts(&self) -> Vec<&str> {
        let panels = self.panels.iter().flat_map(|panel| {
            let labels = panel.lines.iter().map(|line| line.label.as_str());
            labels.chain([panel.title.as_str()])
        });
        panels.collect()
    }

    fn check(&self) -> Result<(), ChartError> {
        for panel in &self.panels {
            for line in &panel.lines {
                line.check().map_err(|error| match error {
                    // The panel says which line it is.
                    ChartError::TwoValues { date, .. } => ChartError::TwoValues {
                        label: series_name(panel, line),
                        date,
                    },
                    ChartError::NotFinite(_) => ChartError::NotFinite(series_name(panel, line)),
                    ChartError::RangeOutOfOrder(_) => {
                        ChartError::RangeOutOfOrder(series_name(panel, line))
                    }
                    other => other,
                })?;
            }
        }
        if self.in_order().is_empty() {
            return Err(ChartError::NoValues);
        }
        Ok(())
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let mut said = self.as_lines().notes(theme);
        if self.scales_differ {
            said.insert(0, theme.words().panels.scales_differ.to_owned());
        }
        let empty: Vec<String> = self
            .panels
            .iter()
            .filter(|panel| panel.size().is_none())
            .map(|panel| one_line(&panel.title))
            .collect();
        if !empty.is_empty() {
            let empty = empty.join(theme.language.comma());
            said.push(fill(theme.words().movement.missing, &[&empty]));
        }
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let (language, words) = (theme.language, theme.words());
        let order = self.in_order();
        let said = |panel: &Panel| {
            let line = panel.lines.iter().filter_map(newest);
            let point = line.max_by(|a, b| {
                let value = |point: &Point| point.value.unwrap_or_default();
                value(a).total_cmp(&value(b))
            });
            point.map_or_else(String::new, |point| {
                let value = point.value.unwrap_or_default();
                let value = plain(value, point.qualifier, self.values, language);
                fill(words.line.on, &[&value, &language.day(point.date)])
            })
        };
        match order.as_slice() {
            [] => String::new(),
            [only] => fill(words.bars.has, &[&one_line(&only.title), &said(only)]),
            [first, .., last] => fill(
                words.bars.first_and_last,
                &[
                    &one_line(&first.title),
                    &said(first),
                    &one_line(&last.title),
                    &said(last),
                    &language.counted(&words.panels.panels, order.len()),
                ],
            ),
        }
    }

    fn rows(&self) -> Vec<PlottedRow> {
        self.as_lines().rows()
    }
}

#[cfg(test)]
mod tests;
