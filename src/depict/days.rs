//! A calendar of daily figures: flows of single days, or what is new each day in a cumulative.

use super::lines::marks;
use super::words::{sentence_case, spec as with_words, subject, value_kind};
use super::{Brief, DepictError};
use crate::analysis::Cumulative;
use crate::analysis::cumulative::{RevisionPolicy, difference};
use crate::chart::{self, CalendarChart, ChartKind, ChartSpec};
use crate::figure::{Measure, Qualifier, grouped};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::sentence::day;

/// Daily figures of one series.
///
/// # Errors
/// When there are several series, when it is a stock, or when no figure is of a single day.
pub fn calendar_chart(
    figures: &Figures,
    lines: &[Line],
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let (lines, mut brief) = super::lines::without_prose(lines, brief);
    let [line] = lines.as_slice() else {
        return Err(DepictError::Mixed(format!(
            "a calendar shows one series, and these are {}; choose one with --location, --origin, \
             --measure or --breakdown",
            lines.len()
        )));
    };
    let (days, what) = match line.series.measure {
        Measure::Stock => {
            return Err(DepictError::Mixed(
                "these are numbers on a day, not numbers of a day: in a calendar the same people \
                 would be seen again each day; draw them with `humstat chart line`"
                    .to_owned(),
            ));
        }
        Measure::Flow => (of_flow(line), ""),
        Measure::Cumulative => (of_cumulative(line, &mut brief)?, "new each day"),
    };
    if days.is_empty() {
        return Err(DepictError::Mixed(
            "no figure of this selection is of a single day; draw it with `humstat chart line`"
                .to_owned(),
        ));
    }
    let points: Vec<(&Line, &Point)> = line.points.iter().map(|point| (line, point)).collect();
    let title = title(&points, &days);
    let kind = ChartKind::Calendar(CalendarChart {
        days,
        unit: brief.language.unit(line.series.unit).to_owned(),
        values: value_kind(line.series.unit),
    });
    Ok(with_words(kind, figures, &points, &brief, title, what))
}

/// The figures of single days, and the days that the source covered without one.
fn of_flow(line: &Line) -> Vec<chart::Point> {
    let one_day = |point: &&Point| point.period.start == point.period.end;
    let days: Vec<chart::Point> = line
        .points
        .iter()
        .filter(one_day)
        .map(super::lines::level)
        .collect();
    if days.is_empty() {
        return days;
    }
    let gaps = line.gaps.iter().map(|gap| chart::Point::gap(gap.end));
    days.into_iter().chain(gaps).collect()
}

/// What is new since the day before; nothing where there was no figure for the day before.
fn of_cumulative(line: &Line, brief: &mut Brief) -> Result<Vec<chart::Point>, DepictError> {
    let exact: Vec<(&Point, i64)> = line
        .of_one_channel()
        .filter(|point| point.quantity.qualifier == Qualifier::Exact)
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let days: Vec<_> = exact.iter().map(|(point, _)| point.period.end).collect();
    let values: Vec<i64> = exact.iter().map(|(_, value)| *value).collect();
    if days.is_empty() {
        return Ok(Vec::new());
    }
    let series = Cumulative::new(line.series.measure, &days, &values)?;
    let new = difference(&series, RevisionPolicy::Signed);
    brief
        .notes
        .extend(new.note().map(|note| sentence_case(&note)));
    let drawn: Vec<chart::Point> = new
        .rows
        .iter()
        .zip(&exact)
        .filter(|(row, _)| row.days == Some(1))
        .filter_map(|(row, (point, _))| {
            let mut drawn = chart::Point::new(row.day, row.new? as f64);
            drawn.marks = chart::Marks {
                at_least: false,
                ..marks(point)
            };
            Some(drawn)
        })
        .collect();
    if new.rows.len() > drawn.len() + 1 {
        brief
            .notes
            .push(brief.language.words().selection.left_out.to_owned());
    }
    Ok(drawn)
}

/// "Border crossings from Ukraine to Poland: 142,300 on the peak day, 6 March 2022".
fn title(points: &[(&Line, &Point)], days: &[chart::Point]) -> String {
    let value = |day: &chart::Point| day.value.unwrap_or(f64::MIN);
    let Some(most) = days.iter().max_by(|a, b| value(a).total_cmp(&value(b))) else {
        return String::new();
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "figures are whole numbers before they are drawn"
    )]
    let number = grouped(value(most) as i64);
    format!(
        "{}: {number} on the peak day, {}",
        subject(points),
        day(most.date)
    )
}
