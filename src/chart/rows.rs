//! Exactly the numbers that a chart shows, as rows for a table beside it.

use super::layout::{bars_by_size, flows_by_size};
use super::number::qualified;
use crate::figure::Qualifier;

use super::spec::{ChartKind, ChartSpec, Marks, ValueKind};

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
    match &spec.kind {
        ChartKind::Line { lines, .. } => lines
            .iter()
            .flat_map(|line| {
                let mut points = line.points.clone();
                points.sort_by_key(|point| point.date);
                points.into_iter().map(|point| PlottedRow {
                    series: line.label.clone(),
                    at: point.date.to_string(),
                    value: point.value,
                    low: point.low,
                    high: point.high,
                    flags: {
                        let mut flags = flags(point.marks);
                        let code = point.qualifier.map(Qualifier::code);
                        if let Some(code) = code.filter(|code| *code != "exact")
                            && !flags.iter().any(|flag| flag == code)
                        {
                            flags.push(code.to_owned());
                        }
                        flags
                    },
                })
            })
            .collect(),
        ChartKind::Bars { bars, .. } => {
            let mut order: Vec<_> = bars.iter().collect();
            order.sort_by(|a, b| bars_by_size(a, b));
            order
                .into_iter()
                .map(|bar| {
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
                })
                .collect()
        }
        ChartKind::Flow {
            origin,
            destinations,
            ..
        } => {
            let mut order: Vec<_> = destinations.iter().collect();
            order.sort_by(|a, b| flows_by_size(a, b));
            order
                .into_iter()
                .map(|to| PlottedRow {
                    series: origin.clone(),
                    at: to.label.clone(),
                    value: Some(to.value),
                    low: None,
                    high: None,
                    flags: to
                        .qualifier
                        .map(|qualifier| qualifier.code().to_owned())
                        .filter(|code| code != "exact")
                        .into_iter()
                        .chain(Some(to.detail.clone()).filter(|detail| !detail.is_empty()))
                        .collect(),
                })
                .collect()
        }
    }
}

fn flags(marks: Marks) -> Vec<String> {
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
pub(super) fn plain(value: f64, qualifier: Option<Qualifier>, kind: ValueKind) -> String {
    qualified(Some(value), (None, None), qualifier, kind)
}
