//! Whether series may be drawn on one another: the rules of a total, whatever the days of its parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::total::{self, EVENT, TotalError};
use super::{Row, RowType, place_name};
use crate::figure::Series;
use crate::line::Line;

/// Refuses lines that would not make a total: a total beside its parts, populations that overlap,
/// different claimants, units or measures. Indicators that count different people are allowed, since
/// a stack shows and names its parts.
///
/// # Errors
/// Names the first two lines that may not stand on one another, and the rule.
pub fn check_stack(lines: &[Line]) -> Result<(), TotalError> {
    let mut groups: BTreeMap<Series, Vec<(&Line, usize)>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.points.is_empty()) {
        let mut key = line.series.clone();
        key.channel = Arc::default();
        key.origin = None;
        key.breakdown = key.breakdown.without(EVENT);
        groups
            .entry(key)
            .or_default()
            .push((line, line.points.len() - 1));
    }
    let mut rows: Vec<Row> = Vec::with_capacity(groups.len());
    for members in groups.values() {
        total::check_members(members)?;
        let (line, newest) = members[0];
        rows.push(bare(line, newest));
    }
    total::check_parts(&rows)
}

/// A row that says whose and what the numbers of a line are.
fn bare(line: &Line, newest: usize) -> Row {
    let point = &line.points[newest];
    Row {
        row_type: RowType::Part,
        figures: 1,
        is_tally: line.series.breakdown.get(EVENT).is_some(),
        location: line
            .location()
            .map_or_else(String::new, |id| place_name(id).to_owned()),
        quantity: point.quantity,
        period: point.period,
        previous: None,
        share: None,
        url: None,
        licence: None,
        notes: Vec::new(),
        caveats: Vec::new(),
        figure_id: None,
        series: line.series.clone(),
    }
}
