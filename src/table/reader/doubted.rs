//! Cells of a sheet that a figure may not be read from, whatever their text.

use super::said::Said;
use super::{CellFault, Reader};
use crate::figure::Unit;
use crate::table::rows::doubt::Doubt;

impl Reader<'_> {
    /// Refuses what a figure of a series says where a cell that it was read from is doubtful.
    ///
    /// A merged "n/a" is of every row, but a formula without its result looks like an empty cell.
    pub(super) fn check_doubts(
        &self,
        index: usize,
        series: u32,
        record: &csv::StringRecord,
        said: &Said,
    ) -> Result<(), CellFault> {
        if self.doubts.is_empty() {
            return Ok(());
        }
        let figure = &self.columns.figures[index];
        for source in [figure.value, figure.low, figure.high] {
            let Some(meaning) = source.map(|source| &self.columns.meanings[source]) else {
                continue;
            };
            let doubts = self.doubts.iter();
            for (_, doubt) in doubts.filter(|(column, _)| meaning.column() == Some(*column)) {
                let is_refused = match doubt {
                    Doubt::Unsaved => true,
                    Doubt::Money => {
                        matches!(said, Said::Number(..))
                            && self.series[series as usize].unit != Unit::UsDollars
                    }
                    Doubt::Merged(_) | Doubt::Share | Doubt::Duration => {
                        matches!(said, Said::Number(..))
                    }
                };
                if is_refused {
                    return Err(CellFault {
                        column: meaning.name.clone(),
                        value: meaning.raw(record).to_owned(),
                        reason: doubt.reason(),
                    });
                }
            }
        }
        Ok(())
    }
}
