//! Two moments of each place: two days, or what was known on two days.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::lines::{emphasis, label, marks, without_prose};
use super::words::{common, largest, spec as with_words, subject, value_kind};
use super::{Brief, DepictError};
use crate::chart::words::fill;
use crate::chart::{ChartKind, ChartSpec, Slope, SlopeChart, SlopeEnd, SlopeForm};
use crate::figure::grouped;
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::sentence::day;
use crate::publish::summary::{is_left_over, states_a_total};

/// How many days before a moment a number may lie and still stand for it, with a note.
pub const NEAR: u64 = 31;

/// Which two moments.
#[derive(Debug, Clone, Copy)]
pub enum Moments<'a> {
    /// Two days; where they are not given, the first and the last on which most places have a
    /// number.
    Days(Option<NaiveDate>, Option<NaiveDate>),
    /// What was known earlier, with the day on which it was, of the newest period not after `at`.
    Known {
        /// The lines as they were known.
        then: &'a [Line],
        /// The day on which they were.
        on: NaiveDate,
        /// The day on which the others are known.
        now: NaiveDate,
        /// The last day that periods may speak of.
        at: Option<NaiveDate>,
    },
}

/// What one category has at the two moments.
type Pair<'l> = [Option<&'l Point>; 2];

/// Two moments of each line.
///
/// # Errors
/// When the lines count different things, or no two moments can be found.
pub fn moments_chart(
    figures: &Figures,
    lines: &[Line],
    form: SlopeForm,
    moments: Moments<'_>,
    top: Option<usize>,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let (mut lines, mut brief) = without_prose(lines, brief);
    // A stated total is no category beside its parts.
    if lines.len() > 1 {
        lines.retain(|line| !states_a_total(line.location()));
    }
    let series = common(&lines)?.clone();
    let (names, mut pairs) = match moments {
        Moments::Days(from, to) => of_days(&lines, from, to, &mut brief)?,
        Moments::Known { then, on, now, at } => (
            [on, now].map(|moment| {
                let words = &brief.language.words().selection;
                fill(words.known_on, &[&brief.language.day(moment)])
            }),
            of_versions(&lines, then, at),
        ),
    };
    pairs.retain(|(_, pair)| pair.iter().any(Option::is_some));
    let value =
        |point: Option<&Point>| point.and_then(|point| point.quantity.value.or(point.quantity.low));
    let size = |pair: &Pair| value(pair[1]).or_else(|| value(pair[0]));
    pairs
        .sort_by_key(|(line, pair)| (is_left_over(line.location()), std::cmp::Reverse(size(pair))));
    let all = pairs.len();
    if let Some(top) = top.filter(|top| *top < all) {
        pairs.truncate(top);
        brief.notes.push(largest(top, all, brief.language));
    }
    let kept: Vec<Line> = pairs.iter().map(|(line, _)| (*line).clone()).collect();
    let strong = if brief.emphasis.is_empty() {
        (!kept.is_empty()).then_some(0)
    } else {
        emphasis(&kept, &brief)
    };
    let slopes = pairs
        .iter()
        .enumerate()
        .map(|(index, (line, pair))| Slope {
            label: label(&kept, line, brief.language),
            ends: pair.map(|point| point.map_or_else(SlopeEnd::default, end)),
            emphasis: strong == Some(index),
            is_rest: is_left_over(line.location()),
        })
        .collect();
    let points: Vec<(&Line, &Point)> = pairs
        .iter()
        .flat_map(|(line, pair)| pair.iter().flatten().map(move |point| (*line, *point)))
        .collect();
    // A number that is known otherwise now has not changed over time.
    let verb = match moments {
        Moments::Days(..) => "went",
        Moments::Known { .. } => "were revised",
    };
    let title = strong
        .and_then(|index| pairs.get(index))
        .map_or_else(String::new, |(line, pair)| title(line, pair, &names, verb));
    let kind = ChartKind::Slope(SlopeChart {
        form,
        moments: names,
        slopes,
        values: value_kind(series.unit),
    });
    // Earlier versions are of other publications, whose numbers mean nothing among these.
    let own: Vec<(&Line, &Point)> = match moments {
        Moments::Days(..) => points.clone(),
        Moments::Known { .. } => pairs
            .iter()
            .filter_map(|(line, pair)| Some((*line, pair[1]?)))
            .collect(),
    };
    let mut spec = with_words(kind, figures, &own, &brief, title, "");
    if let Some((_, ids)) = spec.metadata.iter_mut().find(|(key, _)| key == "figures") {
        *ids = crate::ledger::ids::to_text(points.iter().map(|(_, point)| point.figure));
    }
    Ok(spec)
}

type Found<'l> = ([String; 2], Vec<(&'l Line, Pair<'l>)>);

/// The numbers of two days.
fn of_days<'l>(
    lines: &'l [Line],
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    brief: &mut Brief,
) -> Result<Found<'l>, DepictError> {
    let (first, last) = usual_days(lines, from, to);
    let (Some(first), Some(last)) = (from.or(first), to.or(last)) else {
        return Err(DepictError::Mixed("there is nothing to draw".to_owned()));
    };
    if first >= last {
        return Err(DepictError::Mixed(format!(
            "two days are needed, and most numbers are of {} alone; name both with --period \
             FROM..TO",
            day(last)
        )));
    }
    let pairs: Vec<(&Line, Pair)> = lines
        .iter()
        .map(|line| {
            (
                line,
                [near(line, first, None), near(line, last, Some(first))],
            )
        })
        .collect();
    let language = brief.language;
    for (line, pair) in &pairs {
        for (point, moment) in pair.iter().zip([first, last]) {
            let Some(point) = point.filter(|point| point.period.end != moment) else {
                continue;
            };
            let own = language.day_beside(point.period.end, moment);
            brief.notes.push(fill(
                language.words().selection.in_place_of,
                &[&label(lines, line, language), &own, &language.day(moment)],
            ));
        }
    }
    Ok(([language.day(first), language.day(last)], pairs))
}

/// The first and the last day on which as many lines as on any day have a number.
fn usual_days(
    lines: &[Line],
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let mut counts: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for point in lines.iter().flat_map(|line| &line.points) {
        *counts.entry(point.period.end).or_default() += 1;
    }
    counts.retain(|day, _| from.is_none_or(|from| *day >= from) && to.is_none_or(|to| *day <= to));
    let most = counts.values().copied().max().unwrap_or(0);
    let full: Vec<NaiveDate> = counts
        .into_iter()
        .filter_map(|(day, count)| (count == most).then_some(day))
        .collect();
    (full.first().copied(), full.last().copied())
}

/// The newest number that is not after a day, nor long before it, nor before another day.
fn near(line: &Line, moment: NaiveDate, after: Option<NaiveDate>) -> Option<&Point> {
    let oldest = moment.checked_sub_days(Days::new(NEAR)).unwrap_or(moment);
    line.points
        .iter()
        .rev()
        .find(|point| point.period.end <= moment)
        .filter(|point| point.period.end >= oldest)
        .filter(|point| after.is_none_or(|after| point.period.end > after))
}

/// The numbers of one period as they were known, and as they are.
fn of_versions<'l>(
    lines: &'l [Line],
    then: &'l [Line],
    at: Option<NaiveDate>,
) -> Vec<(&'l Line, Pair<'l>)> {
    let newest = |line: &'l Line| {
        let mut points = line.points.iter().rev();
        points.find(|point| at.is_none_or(|at| point.period.end <= at))
    };
    lines
        .iter()
        .map(|line| {
            let before = then
                .iter()
                .find(|other| other.series == line.series)
                .and_then(newest);
            let now = match before {
                Some(before) => line
                    .points
                    .iter()
                    .find(|point| point.period == before.period),
                None => newest(line),
            };
            (line, [before, now])
        })
        .collect()
}

fn end(point: &Point) -> SlopeEnd {
    let quantity = &point.quantity;
    let number = |number: Option<i64>| number.map(|number| number as f64);
    SlopeEnd {
        // A bound alone is drawn where it stands, with its mark.
        value: number(quantity.value.or(quantity.low).or(quantity.high)),
        low: number(quantity.low),
        high: number(quantity.high),
        qualifier: Some(quantity.qualifier),
        marks: marks(point),
    }
}

/// "Border crossings from Ukraine to Poland went from 453,982 to 1,412,503".
fn title(line: &Line, pair: &Pair, moments: &[String; 2], verb: &str) -> String {
    let value = |point: Option<&Point>| point.and_then(|point| point.quantity.value);
    let drawn: Vec<(&Line, &Point)> = pair.iter().flatten().map(|point| (line, *point)).collect();
    let what = subject(&drawn);
    match (value(pair[0]), value(pair[1])) {
        (Some(from), Some(to)) if from == to => format!("{what} stayed at {}", grouped(to)),
        (Some(from), Some(to)) => {
            format!("{what} {verb} from {} to {}", grouped(from), grouped(to))
        }
        (None, Some(to)) => format!("{what}: {}, {}", grouped(to), moments[1]),
        (Some(from), None) => format!("{what}: {}, {}", grouped(from), moments[0]),
        (None, None) => String::new(),
    }
}
