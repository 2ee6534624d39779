//! Movements between places, as published or estimated, as flow, chord and matrix charts.

use std::collections::{BTreeMap, BTreeSet};

use super::pairs::PairForm;
use super::words::{place_in, sentence_case, spec as with_words};
use super::{Brief, DepictError};
use crate::chart::{
    ChartKind, ChartSpec, ChordChart, Exchange, FlowChart, Marks, MatrixChart, Movement,
};
use crate::figure::{PlaceId, Qualifier, Status, grouped};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::place;
use crate::publish::flows::{FlowRow, Flows, Method, Step};
use crate::publish::place_name;
use crate::publish::summary::is_left_over;
use crate::vocabulary;

/// One step of flows, with the method in its subtitle and what it assumes in its notes.
pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    flows: &Flows<'_>,
    (form, top): (PairForm, usize),
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let mixed = |what: &str| Err(DepictError::Mixed(what.to_owned()));
    if flows.method == Method::NetChange {
        return mixed(
            "a change of a stock with its sign is no ribbon from place to place; draw `humstat chart slope` or columns with --show change, or name another --method",
        );
    }
    let [step] = flows.steps.as_slice() else {
        return mixed(
            "one picture shows one step of time, and there are several; narrow --period, or leave out --each",
        );
    };
    let Some(total) = step.total() else {
        return mixed(
            "these flows have no sum: they count several things, or their places overlap; choose with --indicator, --breakdown or --origin",
        );
    };
    let mut rows: Vec<&FlowRow<'_>> = step.rows.iter().collect();
    // Nobody makes no ribbon; a matrix says that it was nobody.
    rows.retain(|row| {
        row.value
            .is_some_and(|value| value > 0.0 || form == PairForm::Matrix)
    });
    let Some(largest) = rows.first().copied().filter(|_| total > 0.0) else {
        return mixed("nobody moved, so there is nothing to draw");
    };
    let kept = [kept(&rows, top, form, true), kept(&rows, top, form, false)];
    let language = brief.language;
    let others = language.words().movement.others;
    let name = |side: usize, id: &PlaceId| {
        let named = kept[side].contains(id);
        if named {
            place_in(id, language)
        } else {
            others
        }
        .to_owned()
    };
    let mut cells: BTreeMap<(String, String), Vec<&FlowRow<'_>>> = BTreeMap::new();
    for row in rows {
        cells
            .entry((name(0, row.from), name(1, row.to)))
            .or_default()
            .push(row);
    }
    let exchange = Exchange {
        movements: cells.into_iter().map(movement).collect(),
        emphasis: Vec::new(),
        rest: vec![others.to_owned()],
        unit: language.unit(largest.series.unit).to_owned(),
    };
    let kind = match form {
        PairForm::Flow => ChartKind::Flow(FlowChart { exchange }),
        PairForm::Chord => ChartKind::Chord(ChordChart { exchange }),
        PairForm::Matrix => ChartKind::Matrix(MatrixChart {
            exchange,
            totals: true,
            keeps_order: false,
        }),
    };
    let drawn: Vec<(&Line, &Point)> = lines
        .iter()
        .flat_map(|line| line.points.iter().map(move |point| (line, point)))
        .filter(|(_, point)| flows.figures.contains(&point.figure))
        .collect();
    let mut brief = brief.clone();
    brief.subtitle = Some(
        brief
            .subtitle
            .unwrap_or_else(|| subtitle(flows, step, largest)),
    );
    if flows.method != Method::Published {
        brief
            .notes
            .push(format!("Assumption: {}", flows.assumption));
        brief
            .notes
            .extend(flows.come_and_gone().map(|text| sentence_case(&text)));
    }
    let title = title(flows, largest, total);
    Ok(with_words(kind, figures, &drawn, &brief, title, ""))
}

/// The places of one side that are drawn by name: the largest, what a source leaves over last.
fn kept<'r>(
    rows: &[&FlowRow<'r>],
    top: usize,
    form: PairForm,
    origins: bool,
) -> BTreeSet<&'r PlaceId> {
    let mut sums: BTreeMap<&PlaceId, f64> = BTreeMap::new();
    for row in rows {
        let value = row.value.unwrap_or(0.0);
        // Around a circle, both sides are one.
        for (end, wanted) in [(row.from, origins), (row.to, !origins)] {
            if wanted || form == PairForm::Chord {
                *sums.entry(end).or_default() += value;
            }
        }
    }
    let mut order: Vec<(&PlaceId, f64)> = sums.into_iter().collect();
    order.sort_by(|(a, of_a), (b, of_b)| {
        let rest = |id: &PlaceId| is_left_over(Some(id));
        (rest(a).cmp(&rest(b)))
            .then_with(|| of_b.total_cmp(of_a))
            .then_with(|| a.cmp(b))
    });
    // One place alone is named as well as gathered.
    let shown = if top + 1 < order.len() {
        top
    } else {
        order.len()
    };
    order.into_iter().take(shown).map(|(id, _)| id).collect()
}

fn movement(((origin, destination), rows): ((String, String), Vec<&FlowRow<'_>>)) -> Movement {
    let value = rows.iter().filter_map(|row| row.value).sum();
    let qualified: BTreeSet<Qualifier> = rows
        .iter()
        .filter_map(|row| row.qualifier)
        .filter(|qualifier| *qualifier != Qualifier::Exact)
        .collect();
    // A sum of a lower and an upper bound is neither.
    let qualifier = match qualified.len() {
        0 | 1 => qualified.first().copied(),
        _ => Some(Qualifier::About),
    };
    Movement {
        origin,
        destination,
        value: Some(value),
        qualifier: Some(qualifier.unwrap_or(Qualifier::Exact)),
        marks: Marks {
            estimated: rows.iter().any(|row| row.status == Status::Estimated),
            provisional: rows.iter().any(|row| row.status == Status::Provisional),
            at_least: matches!(qualifier, Some(Qualifier::AtLeast | Qualifier::MoreThan)),
            ..Marks::default()
        },
        detail: String::new(),
    }
}

/// "Refugees, estimated from the change of stocks between 31 December 2022 and 31 December 2023, by drop
/// negative".
fn subtitle(flows: &Flows<'_>, step: &Step<'_>, row: &FlowRow<'_>) -> String {
    let code = &*row.series.indicator;
    let label = vocabulary::indicator(code).map_or(code, |indicator| indicator.label.as_str());
    match flows.method {
        Method::Published => {
            let when = crate::publish::sentence::when(row.series.measure, step.period);
            format!(
                "{label}, as published, {}",
                crate::publish::sentence::lower_first(&when)
            )
        }
        method => format!(
            "{label}, estimated from the change of stocks between {} and {}, by {}",
            crate::publish::flows::day_in_words(step.period.start),
            crate::publish::flows::day_in_words(step.period.end),
            method.code().replace('-', " ")
        ),
    }
}

/// The largest flow and its share.
fn title(flows: &Flows<'_>, largest: &FlowRow<'_>, total: f64) -> String {
    let within = |id: &PlaceId| {
        place::place(id).map_or_else(|| place_name(id).to_owned(), |place| place.in_text())
    };
    let value = largest.value.unwrap_or(0.0);
    let share = 100.0 * value / total.max(1.0);
    let share = if share < 99.95 {
        format!(", {share:.0}% of all shown")
    } else {
        String::new()
    };
    let number = grouped(value.round() as i64);
    let number = match largest.qualifier {
        Some(qualifier) if qualifier != Qualifier::Exact => {
            format!("{} {number}", qualifier.code().replace('_', " "))
        }
        _ => number,
    };
    let what = if flows.method == Method::Published {
        "The largest flow"
    } else {
        "The largest estimated flow"
    };
    sentence_case(&format!(
        "{what} is from {} to {}: {number}{share}",
        within(largest.from),
        within(largest.to)
    ))
}
