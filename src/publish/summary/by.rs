//! What a summary has a row for: places, origins, indicators, or days.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{LastDays, Row, RowType, Summary, TotalError, TotalRule, single, total};
use crate::figure::coded_enum;
use crate::ledger::Figures;
use crate::line::Line;
use crate::vocabulary;

coded_enum! {
    /// What a summary has a row for.
    #[derive(Default)]
    By ("thing to sum up by") {
        /// A place where people are, or where it happened.
        #[default]
        Location = "location",
        /// A place that people come from.
        Origin = "origin",
        /// What is counted.
        Indicator = "indicator",
        /// A place and a day: every figure, not only the newest.
        Date = "date",
    }
}

impl By {
    /// What the members of one row differ by, in the plural.
    pub(super) const fn members(self) -> &'static str {
        match self {
            Self::Origin => "destinations",
            _ => "origins",
        }
    }

    /// The option that chooses among the members of one row.
    pub(super) const fn option(self) -> &'static str {
        match self {
            Self::Origin => "--location",
            _ => "--origin",
        }
    }
}

/// The lines with origin and location in each other's place, where rows are to stand for origins:
/// what adds up over origins at a place adds up by the same rules over the places of an origin.
pub(super) fn turned(lines: &[Line], by: By) -> Cow<'_, [Line]> {
    if by != By::Origin {
        return Cow::Borrowed(lines);
    }
    let turn = |line: &Line| {
        let mut line = line.clone();
        std::mem::swap(&mut line.series.origin, &mut line.series.location);
        line
    };
    Cow::Owned(lines.iter().map(turn).collect())
}

/// Turns the rows back again.
pub(super) fn turned_back(rows: &mut [Row], by: By) {
    if by == By::Origin {
        for row in rows {
            std::mem::swap(&mut row.series.origin, &mut row.series.location);
        }
    }
}

/// One row for each indicator out of the rows of its places: what they add up to, else what their
/// source states for all.
///
/// # Errors
/// When the truth rules refuse a sum.
pub(super) fn indicators(
    rows: Vec<Row>,
    stated: Vec<Row>,
    allowed: &[TotalRule],
) -> Result<Vec<Row>, TotalError> {
    let mut groups: Vec<(Vec<Row>, Vec<Row>)> = Vec::new();
    let parts = rows.into_iter().map(|row| (row, false));
    for (row, is_stated) in parts.chain(stated.into_iter().map(|row| (row, true))) {
        let alike = |group: &(Vec<Row>, Vec<Row>)| {
            let first = group.0.first().or(group.1.first());
            first.is_some_and(|first| {
                first.series.indicator == row.series.indicator
                    && first.series.breakdown == row.series.breakdown
                    && first.series.claimant == row.series.claimant
                    && first.series.measure == row.series.measure
            })
        };
        let index = groups.iter().position(alike).unwrap_or_else(|| {
            groups.push((Vec::new(), Vec::new()));
            groups.len() - 1
        });
        if is_stated {
            groups[index].1.push(row);
        } else {
            groups[index].0.push(row);
        }
    }
    let mut out = Vec::new();
    for (mut rows, stated) in groups {
        let sum = match rows.len() {
            1 => rows.pop(),
            _ => total::computed(&rows, &stated, false, allowed)?,
        };
        for mut row in sum.into_iter().chain(stated) {
            let code = row.series.indicator.to_string();
            row.row_type = RowType::Part;
            row.location =
                vocabulary::indicator(&code).map_or(code, |indicator| indicator.label.clone());
            out.push(row);
        }
    }
    Ok(out)
}

/// Every figure up to a day, by day and then by size: no sums, since days differ between places.
pub(super) fn dates(
    figures: &Figures,
    lines: &[Line],
    at: Option<NaiveDate>,
    last_days: &LastDays<'_>,
) -> Summary {
    let mut rows: Vec<Row> = lines
        .iter()
        .flat_map(|line| {
            let until = line
                .points
                .iter()
                .take_while(move |point| at.is_none_or(|at| point.period.end <= at));
            (0..until.count()).map(move |index| single(figures, line, index, at, last_days))
        })
        .collect();
    rows.sort_by(|a, b| {
        let size = |row: &Row| {
            row.quantity
                .value
                .or(row.quantity.high)
                .or(row.quantity.low)
        };
        (
            a.period.end,
            std::cmp::Reverse(size(a)),
            &a.location,
            &a.series,
        )
            .cmp(&(
                b.period.end,
                std::cmp::Reverse(size(b)),
                &b.location,
                &b.series,
            ))
    });
    Summary {
        rows,
        not_reported: 0,
        by: By::Date,
        with_total: false,
    }
}
