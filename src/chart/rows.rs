//! Exactly the numbers that a chart shows, as rows for a table beside it.

use super::number::qualified;
use crate::figure::Qualifier;

use super::spec::{Amount, ChartSpec, Marks, ValueKind};
use super::words::Language;

/// One plotted number.
#[derive(Debug, Clone, PartialEq)]
pub struct PlottedRow {
    /// Name of the line, the origin of a flow, or empty for bars.
    pub series: String,
    /// The day as `2022-03-08`, or the name of the bar or the destination.
    pub at: String,
    /// The value; none is a gap.
    pub value: Option<f64>,
    /// Low end of the range.
    pub low: Option<f64>,
    /// High end of the range.
    pub high: Option<f64>,
    /// What is to be known about it, in a fixed order: `provisional`, `at_least`, …
    pub flags: Vec<String>,
}

/// The plotted numbers: lines by day, bars and flows in the order drawn.
pub fn plotted_rows(spec: &ChartSpec) -> Vec<PlottedRow> {
    spec.kind.kind().rows()
}

/// The codes of marks, in a fixed order.
pub(super) fn flags(marks: Marks) -> Vec<String> {
    [
        (marks.provisional, "provisional"),
        (marks.estimated, "estimated"),
        (marks.projected, "projected"),
        (marks.at_least, "at_least"),
        (marks.prose, "prose"),
        (marks.revised, "revised"),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .map(|(_, name)| name.to_owned())
    .collect()
}

/// A number of a spec in words: `about 5,951,510`.
pub(super) fn plain(
    value: f64,
    qualifier: Option<Qualifier>,
    kind: ValueKind,
    language: Language,
) -> String {
    qualified(Some(value), (None, None), qualifier, kind, language)
}

/// The row of an amount; the source's word is one of its flags.
pub(super) fn of_amount(series: &str, at: String, amount: &Amount) -> PlottedRow {
    let mut flags = flags(amount.marks);
    let code = amount.qualifier.map(Qualifier::code);
    if let Some(code) = code.filter(|code| *code != "exact")
        && !flags.iter().any(|flag| flag == code)
    {
        flags.push(code.to_owned());
    }
    PlottedRow {
        series: series.to_owned(),
        at,
        value: amount.value,
        low: amount.low,
        high: amount.high,
        flags,
    }
}
