//! Conditions of a mapping on the cells of a row.

use super::super::mapping::Condition;
use crate::figure::Version;

/// A condition on a column of the header.
pub(super) struct ColumnCondition {
    pub(super) column: usize,
    pub(super) condition: Condition,
}

impl ColumnCondition {
    /// Whether the cell that it asks about is empty.
    pub(super) fn is_open(&self, record: &csv::StringRecord) -> bool {
        record
            .get(self.column)
            .is_none_or(|cell| cell.trim().is_empty())
    }

    pub(super) fn holds(&self, record: &csv::StringRecord) -> bool {
        let text = record.get(self.column).unwrap_or_default().trim();
        match &self.condition {
            Condition::OneOf(texts) => texts.iter().any(|wanted| wanted == text),
            Condition::NoneOf(texts) => texts.iter().all(|unwanted| unwanted != text),
            Condition::Between { from, before } => text.parse::<Version>().is_ok_and(|version| {
                // The day that was written, whatever zone its clock was in.
                let written = text.get(..10).and_then(|day| day.parse().ok());
                let day = written.unwrap_or_else(|| version.day());
                from.is_none_or(|from| day >= from) && before.is_none_or(|before| day < before)
            }),
        }
    }
}
