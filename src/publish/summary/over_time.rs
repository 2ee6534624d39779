//! Sums over time: what happened in all the periods of a flow together.

use chrono::NaiveDate;

use super::total::{TotalError, TotalRule, add, refuse};
use crate::analysis::Flow;
use crate::figure::{Measure, Period, counted};
use crate::line::{Line, Point};

/// A line whose one point is the sum of its periods up to a day, with a note on its gaps; none
/// where no period ends by that day.
///
/// # Errors
/// When the line is a stock or a cumulative, or two of its periods overlap.
pub(super) fn sum(line: &Line, at: Option<NaiveDate>) -> Result<Option<Line>, TotalError> {
    let points: Vec<&Point> = line
        .of_one_channel()
        .filter(|point| at.is_none_or(|at| point.period.end <= at))
        .collect();
    let Some(last) = points.last() else {
        return Ok(None);
    };
    let indicator = &line.series.indicator;
    let wrong = |reason: String, way_out: &str| refuse(TotalRule::OverTime, reason, way_out);
    match line.series.measure {
        Measure::Flow => {}
        Measure::Stock => {
            return Err(wrong(
                format!("{indicator} is a stock: those counted on two days may be the same"),
                "leave out --over-time for the newest number, or see `humstat trend` for the change",
            ));
        }
        Measure::Cumulative => {
            return Err(wrong(
                format!(
                    "{indicator} is counted so far since a first day, so its newest number holds the earlier ones"
                ),
                "`humstat trend` gives what is new between two days",
            ));
        }
    }
    let periods: Vec<Period> = points.iter().map(|point| point.period).collect();
    // Only whether the periods may be added is asked here; the numbers keep their qualifiers below.
    let sum = Flow::new(line.series.measure, &periods, &vec![0; periods.len()])
        .and_then(|flow| flow.sum())
        .map_err(|error| wrong(error.to_string(), "choose with --period"))?;
    let mut notes = vec![format!(
        "sum of {}",
        counted(points.len(), "period", "periods")
    )];
    if let Some(first) = sum.gaps.first() {
        notes.push(format!(
            "{} not counted, the first {first}",
            counted(sum.gaps.len(), "gap is", "gaps are")
        ));
    }
    let point = Point {
        period: sum.period,
        quantity: add(points.iter().map(|point| point.quantity))?,
        notes: Some(notes.join("; ")),
        ..(*last).clone()
    };
    Ok(Some(Line {
        points: vec![point],
        gaps: Vec::new(),
        set_aside: Vec::new(),
        series: line.series.clone(),
    }))
}
