//! What a column shows as a whole: one decimal mark, one order of day and month.

use super::super::date::{DateError, DateOrder};
use super::super::{RowFault, TableError};
use super::Reader;
use super::columns::Meaning;

/// Stands in a fault until the whole column has been seen.
pub(super) const DECIMAL_DOUBT: &str = "its point may part thousands or a fraction";

impl Reader<'_> {
    /// Refuses columns that contradict themselves, and adds to each doubt the way out.
    ///
    /// # Errors
    /// When a column shows two conventions, also where rows may be left out: one of its readings
    /// is wrong.
    pub(super) fn settle_conventions(&mut self) -> Result<(), TableError> {
        let order_doubt = DateError::Ambiguous.to_string();
        for meaning in &self.columns.meanings {
            let misfit = |lines: String, way_out: &str| {
                let name = &meaning.name;
                TableError::Misfit(format!("column `{name}`: {lines}; {way_out}"))
            };
            if let Some(lines) = meaning.decimals.conflict() {
                return Err(misfit(
                    lines,
                    "a column has one decimal mark: write decimal = \",\" or decimal = \".\" into [table], and mend the others",
                ));
            }
            if let Some(lines) = meaning.orders.conflict() {
                return Err(misfit(
                    lines,
                    "a column has one order of day and month: write date_order = \"dmy\" or \"mdy\" into [table], and mend the others",
                ));
            }
            for fault in &mut self.faults {
                if fault.column != meaning.name {
                    continue;
                }
                if fault.reason == DECIMAL_DOUBT {
                    advise_decimal(fault, meaning);
                } else if fault.reason == order_doubt {
                    advise_order(fault, meaning);
                }
            }
        }
        Ok(())
    }
}

fn advise_decimal(fault: &mut RowFault, meaning: &Meaning) {
    fault.reason.push_str(&match meaning.decimals.first() {
        Some(seen) => format!(
            "; line {} says `{}`, so that it should be decimal = \"{}\" in [table]",
            seen.line, seen.text, seen.convention
        ),
        None => "; add decimal = \",\" (it is thousands) or decimal = \".\" (it is a fraction) to [table]".to_owned(),
    });
}

fn advise_order(fault: &mut RowFault, meaning: &Meaning) {
    fault.reason.push_str(&match meaning.orders.first() {
        Some(seen) => format!(
            "; line {} says `{}`, so the column is {}: add date_order = \"{}\" to [table]",
            seen.line,
            seen.text,
            seen.convention.words(),
            seen.convention
        ),
        None => format!(
            "; add date_order = \"{}\" ({}) or \"{}\" to [table]",
            DateOrder::Dmy,
            DateOrder::Dmy.words(),
            DateOrder::Mdy
        ),
    });
}
