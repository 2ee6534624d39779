//! One series as it was known after each publication that changed it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::lines::marks;
use super::words::{spec as with_words, value_kind};
use super::{Brief, DepictError};
use crate::chart::{self, ChartKind, ChartSpec, LineChart};
use crate::figure::{Quantity, Series, counted, grouped};
use crate::ledger::{FigureRow, Figures};
use crate::line::{Line, Point};
use crate::publish::revisions::{History, histories, size};
use crate::publish::sentence::day;
use crate::vocabulary::{self, ChannelKind};

/// Most versions that are drawn; more are thinned evenly, but for the first and the newest.
const MOST: usize = 40;

/// What was known on a day: the rows that counted then, by period.
struct Vintage<'f> {
    day: NaiveDate,
    rows: BTreeMap<(NaiveDate, NaiveDate), &'f FigureRow>,
}

/// One line for each version of a series, of figures that were selected with all their versions.
///
/// # Errors
/// When the figures are of several series, or nothing was revised.
pub fn revision_chart(figures: &Figures, brief: &Brief) -> Result<ChartSpec, DepictError> {
    let all = histories(figures);
    let histories = of_one_series(&all)?;
    let Some(series) = histories.first().map(|history| history.series) else {
        return Err(DepictError::Mixed("there is nothing to draw".to_owned()));
    };
    let known = vintages(&histories);
    let count = known.len();
    let changing = changing(known);
    if changing.len() < 2 {
        return Err(DepictError::Mixed(
            "no figure of this selection was revised, so there is one version only; draw it with \
             `humstat chart line`"
                .to_owned(),
        ));
    }
    let drawn = thinned(changing);
    let newest = drawn.len() - 1;
    let lines = drawn
        .iter()
        .enumerate()
        .map(|(index, vintage)| chart::Line {
            label: brief.language.day(vintage.day),
            emphasis: index == newest,
            vintage: Some(vintage.day),
            points: points(vintage),
            ..chart::Line::default()
        })
        .collect();
    let mut brief = brief.clone();
    if count > drawn.len() {
        brief.notes.push(format!(
            "Of {}, {} are drawn: those that only added days look like the next one",
            counted(count, "publication day", "publication days"),
            drawn.len()
        ));
    }
    let title = title(&histories);
    let source_line = as_line(series, &drawn[newest]);
    let shown: Vec<(&Line, &Point)> = source_line
        .points
        .iter()
        .map(|point| (&source_line, point))
        .collect();
    let kind = ChartKind::Line(LineChart {
        lines,
        events: brief.events.clone(),
        breaks: brief.breaks.clone(),
        unit: brief.language.unit(series.unit).to_owned(),
        values: value_kind(series.unit),
    });
    let mut spec = with_words(kind, figures, &shown, &brief, title, "");
    if brief.subtitle.is_none() {
        spec.subtitle = format!("{}, in {} versions", spec.subtitle, drawn.len());
    }
    // The file names every figure that is drawn, not those of the newest version alone.
    if let Some((_, ids)) = spec.metadata.iter_mut().find(|(key, _)| key == "figures") {
        let rows = drawn.iter().flat_map(|vintage| vintage.rows.values());
        *ids = crate::ledger::ids::to_text(rows.map(|row| row.id));
    }
    Ok(spec)
}

/// The histories of the one series of a dataset.
fn of_one_series<'h, 'f>(all: &'h [History<'f>]) -> Result<Vec<&'h History<'f>>, DepictError> {
    let is_prose =
        |series: &Series| vocabulary::channel_kind(&series.channel) == ChannelKind::Prose;
    let mut series: Vec<&Series> = all.iter().map(|history| history.series).collect();
    series.dedup();
    let datasets: Vec<&Series> = series
        .iter()
        .copied()
        .filter(|series| !is_prose(series))
        .collect();
    let one = match (datasets.as_slice(), series.as_slice()) {
        ([one], _) | ([], [one]) => *one,
        ([], []) => return Ok(Vec::new()),
        (many, all) => {
            return Err(DepictError::Mixed(format!(
                "a chart of revisions shows one series, and these are {}; choose one with \
                 --location, --channel or --breakdown",
                if many.is_empty() {
                    all.len()
                } else {
                    many.len()
                }
            )));
        }
    };
    Ok(all.iter().filter(|history| history.series == one).collect())
}

/// What was known at the end of each day on which something became known.
fn vintages<'f>(histories: &[&History<'f>]) -> Vec<Vintage<'f>> {
    let mut by_day: BTreeMap<NaiveDate, Vec<&'f FigureRow>> = BTreeMap::new();
    for row in histories.iter().flat_map(|history| &history.versions) {
        by_day.entry(row.version.day()).or_default().push(*row);
    }
    let mut known: BTreeMap<(NaiveDate, NaiveDate), &'f FigureRow> = BTreeMap::new();
    by_day
        .into_iter()
        .map(|(day, mut rows)| {
            rows.sort_by_key(|row| (row.version, row.id));
            for row in rows {
                known.insert((row.period.end, row.period.start), row);
            }
            Vintage {
                day,
                rows: known.clone(),
            }
        })
        .collect()
}

/// The versions that differ from the next in a period that both have, and the newest: what was
/// only added to lies under the next and is no version to be seen.
fn changing(known: Vec<Vintage<'_>>) -> Vec<Vintage<'_>> {
    let told = |quantity: &Quantity| (size(quantity), quantity.is_present());
    let differs: Vec<bool> = known
        .windows(2)
        .map(|pair| {
            let same = |(period, row): (&(NaiveDate, NaiveDate), &&FigureRow)| {
                let next = pair[1].rows.get(period);
                next.is_some_and(|next| told(&next.quantity) == told(&row.quantity))
            };
            !pair[0].rows.iter().all(same)
        })
        .chain([true])
        .collect();
    known
        .into_iter()
        .zip(differs)
        .filter_map(|(vintage, differs)| differs.then_some(vintage))
        .collect()
}

fn thinned(known: Vec<Vintage<'_>>) -> Vec<Vintage<'_>> {
    let count = known.len();
    if count <= MOST {
        return known;
    }
    let kept: std::collections::BTreeSet<usize> = (0..MOST)
        .map(|step| step * (count - 1) / (MOST - 1))
        .collect();
    known
        .into_iter()
        .enumerate()
        .filter_map(|(index, vintage)| kept.contains(&index).then_some(vintage))
        .collect()
}

fn points(vintage: &Vintage) -> Vec<chart::Point> {
    let point = |row: &&FigureRow| {
        let quantity = &row.quantity;
        let number = |number: Option<i64>| number.map(|number| number as f64);
        chart::Point {
            date: row.period.end,
            value: number(size(quantity)),
            // Ranges of many versions would hide one another.
            low: None,
            high: None,
            qualifier: Some(quantity.qualifier),
            marks: chart::Marks {
                revised: false,
                ..marks(&plain_point(row))
            },
        }
    };
    let mut points: Vec<chart::Point> = vintage.rows.values().map(point).collect();
    points.dedup_by_key(|point| point.date);
    points
}

fn plain_point(row: &FigureRow) -> Point {
    Point {
        period: row.period,
        quantity: row.quantity,
        figure: row.id,
        publication: row.publication,
        version: row.version,
        channel: std::sync::Arc::default(),
        prose: false,
        provisional: row.quantity.status == crate::figure::Status::Provisional,
        revised: row.revises,
        notes: row.notes.clone(),
    }
}

/// The newest version as a line, for the words around the chart.
fn as_line(series: &Series, vintage: &Vintage) -> Line {
    Line {
        series: series.clone(),
        points: vintage
            .rows
            .values()
            .filter(|row| row.quantity.is_present())
            .map(|row| plain_point(row))
            .collect(),
        gaps: Vec::new(),
        set_aside: Vec::new(),
    }
}

/// "The number for 8 March 2022 was first 1,204,403 and is now 1,412,503": of all periods the one
/// whose number changed most.
fn title(histories: &[&History<'_>]) -> String {
    let change = |history: &&&History<'_>| {
        let mut known = history
            .versions
            .iter()
            .filter_map(|row| size(&row.quantity));
        let first = known.next()?;
        let last = known.next_back()?;
        Some((first, last, last.abs_diff(first)))
    };
    // What was withdrawn has no number now.
    let most = histories
        .iter()
        .filter(|history| !history.is_withdrawn())
        .filter_map(|history| Some((history, change(&history)?)))
        .max_by_key(|(_, (.., by))| *by);
    match most {
        Some((history, (first, last, by))) if by > 0 => format!(
            "The number for {} was first {} and is now {}",
            day(history.period.end),
            grouped(first),
            grouped(last)
        ),
        _ => {
            let revised = histories
                .iter()
                .filter(|history| history.revisions() > 0)
                .count();
            format!(
                "{} since first published",
                counted(revised, "number was revised", "numbers were revised")
            )
        }
    }
}
