//! Sizes of categories, side by side, the largest first.

mod layout;

#[cfg(test)]
mod tests;

use super::Kind;
use crate::chart::ChartError;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::rows::{PlottedRow, flags, plain};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;
use crate::figure::Qualifier;

pub use layout::{BarBody, BarShape};

/// Sizes of categories, side by side, the largest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarChart {
    /// The bars, in any order.
    pub bars: Vec<Bar>,
    /// How numbers are written.
    pub values: ValueKind,
    /// How bars look.
    pub style: BarStyle,
}

/// How bars look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BarStyle {
    /// Broad bars.
    #[default]
    Bar,
    /// A thin stem with a disc at its end: less ink where many numbers are alike.
    Lollipop,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bar {
    /// The category; long names are wrapped.
    pub label: String,
    /// The value; none is written as `no figure` and has no bar.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept in the label.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about the number.
    pub marks: Marks,
    /// Whether the source stopped this series.
    pub discontinued: bool,
    /// Small text after the value, such as `as of 6 March`.
    pub detail: String,
    /// Whether it is what the title speaks of; when no bar is, all have the main colour.
    pub emphasis: bool,
    /// Whether it gathers the rest, such as `Other European countries`; it comes last.
    pub is_rest: bool,
}

impl BarChart {
    /// The bars as they are drawn from top to bottom.
    fn in_order(&self) -> Vec<&Bar> {
        let mut order: Vec<&Bar> = self.bars.iter().collect();
        order.sort_by(|a, b| layout::by_size(a, b));
        order
    }
}

impl Kind for BarChart {
    fn name(&self, theme: &Theme) -> &'static str {
        match self.style {
            BarStyle::Bar => theme.words().bars.name,
            BarStyle::Lollipop => theme.words().bars.lollipop,
        }
    }

    fn texts(&self) -> Vec<&str> {
        self.bars
            .iter()
            .flat_map(|bar| [bar.label.as_str(), &bar.detail])
            .collect()
    }

    fn check(&self) -> Result<(), ChartError> {
        for bar in &self.bars {
            check::triple(&bar.label, bar.low, bar.value, bar.high)?;
        }
        let any = |bar: &Bar| [bar.value, bar.low, bar.high].iter().any(Option::is_some);
        if self.bars.iter().any(any) {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let mut said = Vec::new();
        let marks: Vec<Marks> = self.bars.iter().map(|bar| bar.marks).collect();
        match self.style {
            BarStyle::Bar => notes::of_areas(&mut said, &marks, theme),
            BarStyle::Lollipop => notes::of_stems(&mut said, &marks, theme),
        }
        notes::whiskers(
            &mut said,
            self.bars
                .iter()
                .any(|bar| bar.low.is_some() && bar.high.is_some()),
            theme,
        );
        notes::revised(
            &mut said,
            self.bars.iter().filter(|bar| bar.marks.revised).count(),
            theme,
        );
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let mut order = self.in_order();
        order.retain(|bar| bar.value.is_some());
        let language = theme.language;
        let words = &theme.words().bars;
        let said = |bar: &Bar| {
            let value = bar.value.unwrap_or(0.0);
            plain(value, bar.qualifier, self.values, language)
        };
        match order.as_slice() {
            [] => String::new(),
            [only] => fill(words.has, &[&one_line(&only.label), &said(only)]),
            [first, .., last] => fill(
                words.first_and_last,
                &[
                    &one_line(&first.label),
                    &said(first),
                    &one_line(&last.label),
                    &said(last),
                    &language.counted(&words.bars, self.bars.len()),
                ],
            ),
        }
    }

    fn rows(&self) -> Vec<PlottedRow> {
        self.in_order().into_iter().map(row).collect()
    }
}

fn row(bar: &Bar) -> PlottedRow {
    let mut flags = flags(bar.marks);
    if bar.discontinued {
        flags.push("discontinued".to_owned());
    }
    flags.extend(
        bar.qualifier
            .map(|qualifier| qualifier.code().to_owned())
            .filter(|code| code != "exact"),
    );
    flags.extend(Some(bar.detail.clone()).filter(|detail| !detail.is_empty()));
    flags.dedup();
    PlottedRow {
        series: String::new(),
        at: bar.label.clone(),
        value: bar.value,
        low: bar.low,
        high: bar.high,
        flags,
    }
}
