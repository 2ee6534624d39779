//! The words that questions share.

use crate::figure::Measure;
use crate::ledger::{FigureRow, Figures};
use crate::publish::sentence::{day_in, lower_first, statement, when};

/// The figure of a row as a sentence without its full stop.
pub(super) fn said(figures: &Figures, row: &FigureRow) -> String {
    statement(&figures.series[row.series], row.period, &row.quantity)
}

/// The days of a figure within a sentence about another: "on 2 March", "in 2019".
pub(super) fn then(figures: &Figures, row: &FigureRow, other: &FigureRow) -> String {
    match figures.series[row.series].measure {
        Measure::Flow => lower_first(&when(Measure::Flow, row.period)),
        _ => format!("on {}", day_in(row.period.end, other.period.end)),
    }
}
