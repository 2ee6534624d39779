//! Two days, or two versions, of each category: as lines between two columns, or as two dots in a
//! row.

mod dumbbell;
mod lines;

use super::{Kind, pieces};
use crate::chart::ChartError;
use crate::chart::layout::{Axis, Dash, Laid, Theme, check};
use crate::chart::number;
use crate::chart::palette::{EMPHASIS, MUTED, Tones};
use crate::chart::rows::{PlottedRow, flags, plain};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::fill;
use crate::figure::Qualifier;

/// Two moments of each category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SlopeChart {
    /// How the two are drawn.
    pub form: SlopeForm,
    /// What the two moments are called, the earlier first, such as `1 March 2022`.
    pub moments: [String; 2],
    /// The categories, in any order.
    pub slopes: Vec<Slope>,
    /// How numbers are written.
    pub values: ValueKind,
}

/// How two moments are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SlopeForm {
    /// A line between two columns of values.
    #[default]
    Slope,
    /// Two dots in a row, the earlier hollow.
    Dumbbell,
}

/// One category.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Slope {
    /// Its name.
    pub label: String,
    /// The number at the earlier and at the later moment.
    pub ends: [SlopeEnd; 2],
    /// Whether it is what the title speaks of; when none is, all have the main colour.
    pub emphasis: bool,
    /// Whether it gathers the rest; it comes last.
    pub is_rest: bool,
}

/// A number at one of the two moments.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SlopeEnd {
    /// The value; none is said, and never drawn as zero.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept where it is written.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about it.
    pub marks: Marks,
}

impl SlopeEnd {
    /// A plain value.
    pub fn new(value: f64) -> Self {
        Self {
            value: Some(value),
            ..Self::default()
        }
    }

    /// Whether it is open to revision or only said in a text.
    fn is_loose(&self) -> bool {
        self.marks.provisional || self.marks.prose
    }

    /// The value as it is written at its dot.
    fn written(&self, values: ValueKind, theme: &Theme) -> String {
        let Some(value) = self.value else {
            return String::new();
        };
        let word = match self.qualifier {
            Some(qualifier) => number::word(qualifier, theme.language),
            None if self.marks.at_least => theme.words().numbers.at_least,
            None => "",
        };
        format!("{word}{}", number::short(value, values, theme.language))
    }
}

impl Slope {
    /// Its later value, or the earlier where there is none.
    fn size(&self) -> Option<f64> {
        self.ends[1].value.or(self.ends[0].value)
    }

    /// How the line between its ends is broken.
    fn dash(&self) -> Dash {
        let either = |test: fn(&Marks) -> bool| self.ends.iter().any(|end| test(&end.marks));
        if either(|marks| marks.projected) {
            Dash::Dotted
        } else if either(|marks| marks.estimated) {
            Dash::Dashed
        } else {
            Dash::Solid
        }
    }
}

impl SlopeChart {
    /// The largest later value first; what gathers the rest last.
    fn in_order(&self) -> Vec<&Slope> {
        let mut order: Vec<&Slope> = self
            .slopes
            .iter()
            .filter(|slope| slope.size().is_some())
            .collect();
        order.sort_by(|a, b| {
            let size = |slope: &Slope| slope.size().unwrap_or_default();
            a.is_rest.cmp(&b.is_rest).then(size(b).total_cmp(&size(a)))
        });
        order
    }

    fn tones(&self, slope: &Slope) -> Tones {
        let any = self.slopes.iter().any(|slope| slope.emphasis);
        if slope.emphasis || !any {
            EMPHASIS
        } else {
            MUTED
        }
    }

    fn numbers(&self) -> (f64, f64) {
        let ends = self.slopes.iter().flat_map(|slope| &slope.ends);
        ends.filter(|end| end.value.is_some())
            .flat_map(|end| [end.low, end.value, end.high])
            .flatten()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            })
    }

    /// Whether the scale begins at zero; not where that would press all into half of the room.
    fn begins_at_zero(&self) -> bool {
        let (low, high) = self.numbers();
        let crosses = low <= 0.0 && high >= 0.0;
        let (near, far) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
        crosses || near <= 0.5 * far || low >= high
    }

    /// The scale of values over places in px.
    fn axis(&self, range: (f64, f64)) -> Axis {
        let (low, high) = self.numbers();
        let domain = if self.begins_at_zero() {
            let (low, high) = (low.min(0.0), high.max(0.0));
            if high > low { (low, high) } else { (0.0, 1.0) }
        } else {
            (low, high)
        };
        Axis { domain, range }
    }

    /// "No figure (1 March 2022): Chad, Malta", for each moment.
    fn missing(&self, theme: &Theme) -> Vec<String> {
        const NAMED: usize = 8;
        let of = |moment: usize| {
            let missing: Vec<String> = self
                .slopes
                .iter()
                .filter(|slope| slope.ends[moment].value.is_none())
                .map(|slope| one_line(&slope.label))
                .collect();
            let named = missing.iter().take(NAMED).cloned().collect::<Vec<_>>();
            let (language, words) = (theme.language, &theme.words().slope);
            let moment = one_line(&self.moments[moment]);
            let named = named.join(language.comma());
            match (missing.len(), missing.len().saturating_sub(NAMED)) {
                (0, _) => None,
                (_, 0) => Some(fill(words.missing, &[&moment, &named])),
                (_, more) => {
                    let text = language.form(&words.missing_more, more);
                    Some(fill(text, &[&language.count(more), &moment, &named]))
                }
            }
        };
        (0..2).filter_map(of).collect()
    }
}

impl Kind for SlopeChart {
    fn name(&self, theme: &Theme) -> &'static str {
        let words = &theme.words().slope;
        match self.form {
            SlopeForm::Slope => words.slope,
            SlopeForm::Dumbbell => words.dumbbell,
        }
    }

    fn texts(&self) -> Vec<&str> {
        let labels = self.slopes.iter().map(|slope| slope.label.as_str());
        let moments = self.moments.iter().map(String::as_str);
        labels.chain(moments).collect()
    }

    fn check(&self) -> Result<(), ChartError> {
        for slope in &self.slopes {
            for end in &slope.ends {
                check::triple(&slope.label, end.low, end.value, end.high)?;
            }
        }
        if self.in_order().is_empty() {
            return Err(ChartError::NoValues);
        }
        Ok(())
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let drawn = || {
            let ends = self.slopes.iter().flat_map(|slope| &slope.ends);
            ends.filter(|end| end.value.is_some())
        };
        let (line, words) = (&theme.words().line, &theme.words().slope);
        let not_firm = match self.form {
            SlopeForm::Slope => [line.provisional, line.prose, line.provisional_or_prose],
            SlopeForm::Dumbbell => [words.provisional, words.prose, words.provisional_or_prose],
        };
        let ranges = drawn().any(|end| end.low.is_some() && end.high.is_some());
        let marks: Vec<Marks> = drawn().map(|end| end.marks).collect();
        let mut said = pieces::explain(marks.iter(), not_firm, ranges, theme);
        if !self.begins_at_zero() {
            said.push(words.not_from_zero.to_owned());
        }
        said.extend(self.missing(theme));
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        match self.form {
            SlopeForm::Slope => lines::lay(self, room, theme),
            SlopeForm::Dumbbell => dumbbell::lay(self, room, theme),
        }
    }

    fn is_mirrored(&self) -> bool {
        self.form != SlopeForm::Slope
    }

    fn finding(&self, theme: &Theme) -> String {
        let order = self.in_order();
        let Some(first) = order
            .iter()
            .find(|slope| slope.emphasis)
            .or_else(|| order.first())
        else {
            return String::new();
        };
        let (language, words) = (theme.language, &theme.words().slope);
        let said = |end: &SlopeEnd, moment: &str| match end.value {
            Some(value) => {
                let value = plain(value, end.qualifier, self.values, language);
                format!("{value} ({})", one_line(moment))
            }
            None => fill(words.no_figure_at, &[&one_line(moment)]),
        };
        let of = match order.len() {
            1 => String::new(),
            many => language.counted(&words.one_of, many),
        };
        fill(
            theme.words().line.goes,
            &[
                &one_line(&first.label),
                &said(&first.ends[0], &self.moments[0]),
                &said(&first.ends[1], &self.moments[1]),
                &of,
            ],
        )
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let row = |slope: &Slope, moment: usize| {
            let end = slope.ends[moment];
            let mut flags = flags(end.marks);
            let code = end.qualifier.map(Qualifier::code);
            if let Some(code) = code.filter(|code| *code != "exact")
                && !flags.iter().any(|flag| flag == code)
            {
                flags.push(code.to_owned());
            }
            PlottedRow {
                series: slope.label.clone(),
                at: self.moments[moment].clone(),
                value: end.value,
                low: end.low.filter(|_| end.value.is_some()),
                high: end.high.filter(|_| end.value.is_some()),
                flags,
            }
        };
        self.in_order()
            .into_iter()
            .flat_map(|slope| [row(slope, 0), row(slope, 1)])
            .collect()
    }
}

#[cfg(test)]
mod tests;
