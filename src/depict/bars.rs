//! Places by size.

use super::words::{common, spec as with_words, value_kind};
use super::{Brief, DepictError, titles};
use crate::chart::words::fill;
use crate::chart::{Bar, BarChart, BarStyle, ChartKind, ChartSpec, Language, Marks, Role};
use crate::figure::{Qualifier, Status};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::place;
use crate::publish::summary::{Row, RowType, Summary, is_left_over};
use crate::vocabulary;

/// The meaning of an indicator that fixes its colour.
pub(super) fn role_of(indicator: &str) -> Option<Role> {
    Some(match indicator {
        "refugees" | "refugee_returns" => Role::Refugees,
        "asylum_seekers" | "asylum_applications" => Role::AsylumSeekers,
        "idps" | "internal_displacements" => Role::InternallyDisplaced,
        "stateless" => Role::Stateless,
        "returnees" | "idp_returns" => Role::Returned,
        "other_in_need_of_protection" => Role::OtherInNeed,
        "others_of_concern" | "host_community" => Role::OthersOfConcern,
        "killed" | "disease_deaths" => Role::Killed,
        "injured" => Role::Injured,
        _ => return None,
    })
}

pub(super) fn parts(summary: &Summary) -> impl Iterator<Item = &Row> {
    summary
        .rows
        .iter()
        .filter(|row| matches!(row.row_type, RowType::Part | RowType::Other))
}

/// Whether a row gathers what is left over.
pub(super) fn is_rest(row: &Row) -> bool {
    row.row_type == RowType::Other || is_left_over(row.series.location.as_ref())
}

/// The name of a row: its place, and what else tells it apart from the others.
pub(super) fn label(summary: &Summary, row: &Row, language: Language) -> String {
    let place = row.series.location.as_ref();
    let translated = place.and_then(|id| place::name_in(id, language.code()));
    let mut parts_of_label = vec![translated.map_or_else(|| row.location.clone(), str::to_owned)];
    if parts(summary).any(|other| other.series.indicator != row.series.indicator) {
        let code = &*row.series.indicator;
        parts_of_label.push(vocabulary::indicator(code).map_or_else(
            |_| code.to_owned(),
            |indicator| indicator.label.to_lowercase(),
        ));
    }
    if row.row_type == RowType::Part
        && parts(summary).any(|other| other.series.breakdown != row.series.breakdown)
    {
        let codes: Vec<String> = row
            .series
            .breakdown
            .iter()
            .map(|(dimension, code)| {
                vocabulary::dimension(dimension)
                    .map_or(code, |known| known.label_of(code))
                    .to_lowercase()
            })
            .collect();
        parts_of_label.push(if codes.is_empty() {
            "all".to_owned()
        } else {
            codes.join(", ")
        });
    }
    parts_of_label.join(", ")
}

/// The points that the rows of a summary stand on.
pub(super) fn drawn<'l>(lines: &'l [Line], summary: &Summary) -> Vec<(&'l Line, &'l Point)> {
    parts(summary)
        .flat_map(|row| {
            lines.iter().filter_map(move |line| {
                let of_row = line.series.location == row.series.location
                    && line.series.indicator == row.series.indicator
                    && line.series.breakdown == row.series.breakdown
                    && (row.series.origin.is_none() || line.series.origin == row.series.origin);
                let newest = line
                    .points
                    .iter()
                    .rev()
                    .find(|point| point.period.end <= row.period.end)?;
                of_row.then_some((line, newest))
            })
        })
        .collect()
}

/// The day of most rows, and the detail of a row that is of another day.
pub(super) fn usual_day(summary: &Summary) -> Option<chrono::NaiveDate> {
    let mut days: Vec<chrono::NaiveDate> = parts(summary).map(|row| row.period.end).collect();
    days.sort_unstable();
    days.chunk_by(|a, b| a == b)
        .max_by_key(|run| (run.len(), run[0]))
        .map(|run| run[0])
}

pub(super) fn detail(
    row: &Row,
    usual: Option<chrono::NaiveDate>,
    language: Language,
) -> (bool, String) {
    let words = &language.words().dates;
    let discontinued = row
        .notes
        .iter()
        .any(|note| note.starts_with("discontinued"));
    let day = row.period.end;
    let text = match usual {
        Some(usual) if usual != day && !discontinued => {
            fill(words.as_of, &[&language.day_beside(day, usual)])
        }
        _ if discontinued => {
            let day = language.day_beside(day, usual.unwrap_or(day));
            fill(words.until, &[&day])
        }
        _ => String::new(),
    };
    (discontinued, text)
}

pub(super) fn bar_spec(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    style: BarStyle,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let series = common(lines)?.clone();
    let usual = usual_day(summary);
    let brief = &with_emphasis(summary, brief);
    let number = |number: Option<i64>| number.map(|number| number as f64);
    let bars = parts(summary)
        .map(|row| {
            let (discontinued, detail) = detail(row, usual, brief.language);
            Bar {
                label: label(summary, row, brief.language),
                value: number(row.quantity.value.or(row.quantity.low)),
                low: number(row.quantity.low),
                high: number(row.quantity.high),
                qualifier: Some(row.quantity.qualifier),
                marks: row_marks(row),
                discontinued,
                detail,
                emphasis: is_emphasised(row, brief),
                is_rest: is_rest(row),
            }
        })
        .collect();
    let kind = ChartKind::Bars(BarChart {
        bars,
        values: value_kind(series.unit),
        style,
    });
    let points = drawn(lines, summary);
    let (title, brief) = titled(summary, lines, brief);
    Ok(with_words(kind, figures, &points, &brief, title, ""))
}

pub(super) fn row_marks(row: &Row) -> Marks {
    Marks {
        provisional: row.notes.iter().any(|note| note.contains("provisional")),
        estimated: row.quantity.status == Status::Estimated,
        projected: matches!(row.quantity.status, Status::Projected | Status::Planned),
        at_least: matches!(
            row.quantity.qualifier,
            Qualifier::AtLeast | Qualifier::MoreThan
        ),
        prose: row.notes.iter().any(|note| note == "read from prose"),
        revised: false,
    }
}

pub(super) fn is_emphasised(row: &Row, brief: &Brief) -> bool {
    row.series
        .location
        .as_ref()
        .is_some_and(|id| brief.emphasis.iter().any(|wanted| wanted == id.as_str()))
}

/// The brief with the place that the title speaks of.
pub(super) fn with_emphasis(summary: &Summary, brief: &Brief) -> Brief {
    let mut brief = brief.clone();
    brief.emphasis.extend(titles::emphasis(summary, &brief));
    brief
}

/// The title that the record gives, and the brief with the note that it needs.
pub(super) fn titled(summary: &Summary, lines: &[Line], brief: &Brief) -> (String, Brief) {
    let mut brief = brief.clone();
    let title = titles::of_places(summary, lines, &brief);
    if brief.title.is_none() {
        brief.notes.extend(title.note);
    }
    (title.text, brief)
}
