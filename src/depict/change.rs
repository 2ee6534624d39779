//! The difference of each report to the one before it: of stocks a change, of cumulatives what is new.

use super::DepictError;
use super::words::places;
use crate::analysis::change::{self, Against};
use crate::analysis::{Cumulative, Stock};
use crate::chart::{self, Language};
use crate::figure::{Measure, Qualifier, Status, grouped};
use crate::line::{Line, Point, median_spacing};
use crate::publish::sentence::{day, day_in};
use crate::vocabulary;

/// The changes of a line, within the channel that is drawn. A report after a longer time than usual
/// has none: its change would pass for that of one period.
///
/// # Errors
/// For a flow, whose numbers are new in each period already.
pub(super) fn points(line: &Line) -> Result<Vec<chart::Point>, DepictError> {
    let exact: Vec<(&Point, i64)> = line
        .of_one_channel()
        .filter(|point| point.quantity.qualifier == Qualifier::Exact)
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let days: Vec<_> = exact.iter().map(|(point, _)| point.period.end).collect();
    let values: Vec<i64> = exact.iter().map(|(_, value)| *value).collect();
    let measure = line.series.measure;
    let changes = match measure {
        Measure::Flow => {
            return Err(DepictError::Mixed(
                "what moved in a period is new already; leave out --show change".to_owned(),
            ));
        }
        _ if days.is_empty() => return Ok(Vec::new()),
        Measure::Stock => {
            let series = Stock::new(measure, &days, &values)?;
            change::of_stock(&series, Against::PreviousReport)
        }
        Measure::Cumulative => {
            let series = Cumulative::new(measure, &days, &values)?;
            change::of_cumulative(&series, Against::PreviousReport, None)
        }
    };
    let usual = median_spacing(&days);
    Ok(exact
        .windows(2)
        .zip(changes.into_iter().skip(1))
        .map(|(pair, change)| {
            let [(before, _), (point, _)] = pair else {
                return chart::Point::gap(change.day);
            };
            let spacing = (point.period.end - before.period.end).num_days();
            let long = usual.is_some_and(|usual| 2 * spacing > 3 * usual);
            let Some(difference) = change.change.filter(|_| !long) else {
                return chart::Point::gap(change.day);
            };
            let either = |test: fn(&Point) -> bool| test(before) || test(point);
            let mut drawn = chart::Point::new(change.day, difference);
            drawn.marks.provisional = either(|point| point.provisional);
            drawn.marks.prose = either(|point| point.prose);
            drawn.marks.estimated = either(|point| point.quantity.status == Status::Estimated);
            drawn.marks.projected = either(|point| {
                matches!(point.quantity.status, Status::Projected | Status::Planned)
            });
            drawn
        })
        .collect())
}

/// What the subtitle says of the numbers.
pub(super) fn what(lines: &[Line]) -> &'static str {
    match lines.first().map(|line| line.series.measure) {
        Some(Measure::Cumulative) => "new since the report before",
        _ => "change since the report before",
    }
}

/// Says how many reports have no change, because more than one period lies before them or because
/// their source qualified them.
pub(super) fn left_out(
    lines: &[Line],
    drawn: &[chart::Line],
    language: Language,
) -> Option<String> {
    let reports: usize = lines
        .iter()
        .map(|line| line.points.len().saturating_sub(1))
        .sum();
    let changes = drawn.iter().flat_map(|line| &line.points);
    let known = changes.filter(|point| point.value.is_some()).count();
    let count = reports.saturating_sub(known);
    let text = &language.words().selection.reports_left_out;
    (count > 0).then(|| language.counted(text, count))
}

/// "12,345 fewer refugees from Syria in Germany on 31 December 2024 than on 31 December 2023"; of a
/// cumulative, when most were new.
pub(super) fn title(lines: &[Line], drawn: &[chart::Line], emphasised: Option<usize>) -> String {
    let found = emphasised.and_then(|index| {
        let (line, drawn) = (lines.get(index)?, drawn.get(index)?);
        let mut known = drawn
            .points
            .iter()
            .filter_map(|point| Some((point.date, point.value?)));
        let (date, change) = match line.series.measure {
            Measure::Cumulative => known.max_by(|a, b| a.1.total_cmp(&b.1))?,
            _ => known.next_back()?,
        };
        let mut reports = line.of_one_channel();
        let point = reports.find(|point| point.period.end == date)?;
        let earlier = line
            .of_one_channel()
            .filter(|point| point.period.end < date);
        Some((line, point, earlier.last()?, change))
    });
    let Some((line, point, before, change)) = found else {
        return String::new();
    };
    let code = &*line.series.indicator;
    let many = vocabulary::indicator(code).map_or(code, |indicator| indicator.many.as_str());
    let what = format!("{many}{}", places(&[(line, point)]));
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a difference of whole numbers"
    )]
    let number = grouped(change.abs() as i64);
    let (from, to) = (before.period.end, point.period.end);
    match (line.series.measure, change) {
        (Measure::Cumulative, fall) if fall < 0.0 => format!(
            "{number} fewer {what} on {} than the source had on {}: a revision",
            day(to),
            day_in(from, to)
        ),
        (Measure::Cumulative, _) => format!(
            "New {what} peaked at {number} between {} and {}",
            day_in(from, to),
            day(to)
        ),
        (_, 0.0) => format!("As many {what} on {} as on {}", day(to), day_in(from, to)),
        (_, change) => {
            let word = if change < 0.0 { "fewer" } else { "more" };
            format!(
                "{number} {word} {what} on {} than on {}",
                day(to),
                day_in(from, to)
            )
        }
    }
}
