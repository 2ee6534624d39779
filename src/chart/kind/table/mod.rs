//! A few numbers as a table: name, value, change and day.

mod layout;

use super::Kind;
use crate::chart::layout::{Laid, Theme, check, notes};
use crate::chart::rows::{PlottedRow, flags, plain};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::{Rect, one_line};
use crate::chart::words::{Language, TableWords, fill};
use crate::chart::{ChartError, number};
use crate::figure::Qualifier;

/// A few numbers as a table, in the order given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableChart {
    /// What the first column holds, such as `Country`; may be empty.
    pub names: String,
    /// What the values are, such as `People`.
    pub heading: String,
    /// What the change is against, such as `Change since 1 March`.
    pub change: String,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// How numbers are written.
    pub values: ValueKind,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TableRow {
    /// What it speaks of; long names are wrapped.
    pub label: String,
    /// The value; none is written as `no figure`.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// The source's word before the number, kept where it is written.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about it, written out.
    pub marks: Marks,
    /// The difference from an earlier number.
    pub change: Option<f64>,
    /// The day, such as `8 March 2022`.
    pub day: String,
    /// Whether it is what the title speaks of, or a total: bold.
    pub emphasis: bool,
}

impl TableRow {
    /// The value with the source's word; a range alone is a value of two ends.
    fn written(&self, values: ValueKind, language: Language) -> String {
        let alone = (self.low, self.high);
        let range = if self.value.is_some() {
            (None, None)
        } else {
            alone
        };
        let qualifier = match self.qualifier {
            None if self.marks.at_least => Some(Qualifier::AtLeast),
            known => known,
        };
        number::qualified(self.value, range, qualifier, values, language)
    }

    /// The range beside a value.
    fn range(&self, values: ValueKind, language: Language) -> String {
        match (self.value, self.low, self.high) {
            (Some(_), Some(low), Some(high)) => {
                format!(
                    "{}–{}",
                    number::full(low, values, language),
                    number::full(high, values, language)
                )
            }
            _ => String::new(),
        }
    }

    /// The change with its sign.
    fn difference(&self, values: ValueKind, language: Language) -> String {
        match self.change {
            None => String::new(),
            Some(change) if change > 0.0 => format!("+{}", number::full(change, values, language)),
            Some(change) => number::full(change, values, language),
        }
    }

    /// What is to be known about the number, in words.
    fn remarks(&self, words: &TableWords, language: Language) -> String {
        let marks = self.marks;
        let said = [
            (marks.provisional, words.provisional),
            (marks.estimated, words.estimated),
            (marks.projected, words.projected),
            (marks.prose, words.prose),
            (marks.revised, words.revised),
        ];
        let said: Vec<&str> = said
            .into_iter()
            .filter_map(|(set, word)| set.then_some(word))
            .collect();
        said.join(language.comma())
    }
}

impl Kind for TableChart {
    fn name(&self, theme: &Theme) -> &'static str {
        theme.words().table.name
    }

    fn texts(&self) -> Vec<&str> {
        let rows = self
            .rows
            .iter()
            .flat_map(|row| [row.label.as_str(), &row.day]);
        let heads = [self.names.as_str(), &self.heading, &self.change];
        heads.into_iter().chain(rows).collect()
    }

    fn unit(&self) -> &str {
        &self.heading
    }

    fn check(&self) -> Result<(), ChartError> {
        for row in &self.rows {
            check::triple(&row.label, row.low, row.value, row.high)?;
            check::triple(&row.label, None, row.change, None)?;
        }
        let any = |row: &TableRow| [row.value, row.low, row.high].iter().any(Option::is_some);
        if self.rows.iter().any(any) {
            Ok(())
        } else {
            Err(ChartError::NoValues)
        }
    }

    fn notes(&self, theme: &Theme) -> Vec<String> {
        let mut said = Vec::new();
        let prose = self.rows.iter().any(|row| row.marks.prose);
        notes::push(&mut said, prose, theme.words().table.prose_note);
        notes::revised(
            &mut said,
            self.rows.iter().filter(|row| row.marks.revised).count(),
            theme,
        );
        said
    }

    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
        layout::lay(self, room, theme)
    }

    fn finding(&self, theme: &Theme) -> String {
        let mut known = self.rows.iter().filter(|row| row.value.is_some());
        let Some(first) = known.next() else {
            return String::new();
        };
        let said = plain(
            first.value.unwrap_or_default(),
            first.qualifier,
            self.values,
            theme.language,
        );
        let of = match self.rows.len() {
            1 => String::new(),
            many => theme.language.counted(&theme.words().table.first_of, many),
        };
        fill(
            theme.words().line.has,
            &[&one_line(&first.label), &said, &of],
        )
    }

    fn rows(&self) -> Vec<PlottedRow> {
        let mut rows = Vec::new();
        for row in &self.rows {
            let mut flags = flags(row.marks);
            let code = row.qualifier.map(Qualifier::code);
            if let Some(code) = code.filter(|code| *code != "exact")
                && !flags.iter().any(|flag| flag == code)
            {
                flags.push(code.to_owned());
            }
            flags.extend(Some(row.day.clone()).filter(|day| !day.is_empty()));
            rows.push(PlottedRow {
                series: String::new(),
                at: row.label.clone(),
                value: row.value,
                low: row.low,
                high: row.high,
                flags,
            });
            if let Some(change) = row.change {
                rows.push(PlottedRow {
                    series: one_line(&self.change),
                    at: row.label.clone(),
                    value: Some(change),
                    low: None,
                    high: None,
                    flags: Vec::new(),
                });
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests;
