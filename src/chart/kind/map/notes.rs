//! Sentences under a map.

use super::anchors::Scene;
use super::{MapChart, MapPlace, MapStyle};
use crate::chart::layout::notes;
use crate::chart::number;
use crate::chart::spec::Marks;
use crate::chart::text::one_line;

/// Most places that a note names before it counts the rest.
const NAMED: usize = 8;

/// What every map says of its boundaries.
pub const BOUNDARIES: &str = "The boundaries and names shown do not imply official endorsement";

/// Sentences for the marks that the chart uses.
pub fn of_marks(chart: &MapChart) -> Vec<String> {
    let drawn = || chart.places.iter().filter(|place| place.value.is_some());
    let any = |test: fn(&Marks) -> bool| drawn().any(|place| test(&place.marks));
    let mut said = Vec::new();
    let edge = |broken: &str, what: &str| format!("{broken} edge: {what}");
    notes::push(
        &mut said,
        any(|m| m.estimated && !m.projected),
        &edge("Broken", "estimated"),
    );
    notes::push(
        &mut said,
        any(|m| m.projected),
        &edge("Dotted", "projected"),
    );
    let firm = |m: &Marks| m.estimated || m.projected;
    let solid = if chart.is_shaded() {
        "Dark edge"
    } else {
        "Pale"
    };
    let provisional = drawn().any(|place| place.marks.provisional && !firm(&place.marks));
    let prose = drawn().any(|place| place.marks.prose && !firm(&place.marks));
    notes::push(&mut said, provisional, &format!("{solid}: provisional"));
    notes::push(
        &mut said,
        prose,
        &format!("{solid}: read from text, not from a dataset"),
    );
    let bounds: Vec<String> = drawn()
        .filter(|place| place.marks.at_least)
        .map(|place| one_line(&place.label))
        .collect();
    match chart.style {
        MapStyle::Flow => notes::push(
            &mut said,
            !bounds.is_empty(),
            &format!("At least this many: {}", listed(&bounds)),
        ),
        _ => notes::push(&mut said, !bounds.is_empty(), "Arrow: at least this many"),
    }
    let ranged = drawn()
        .filter(|place| place.low.is_some() && place.high.is_some())
        .count();
    match chart.style {
        MapStyle::Symbols => {
            notes::push(&mut said, ranged > 0, "Thin rings: range from low to high")
        }
        _ => notes::push(
            &mut said,
            ranged > 0,
            "Ranges from low to high are not drawn; the data beside the map have them",
        ),
    }
    notes::revised(
        &mut said,
        drawn().filter(|place| place.marks.revised).count(),
    );
    if let MapStyle::Choropleth { allow_counts: true } = chart.style {
        use crate::chart::spec::ValueKind::{Count, UsDollars};
        let counts = matches!(chart.values, Count | UsDollars);
        notes::push(
            &mut said,
            counts,
            "Shades show counts, not rates: a large land looks like more than it is",
        );
    }
    let zero: Vec<String> = drawn()
        .filter(|place| place.value == Some(0.0))
        .map(|place| one_line(&place.label))
        .collect();
    notes::push(
        &mut said,
        !zero.is_empty() && !chart.is_shaded(),
        &format!("Zero: {}", listed(&zero)),
    );
    let none: Vec<String> = chart
        .places
        .iter()
        .filter(|place| place.value.is_none())
        .map(|place| match (place.low, place.high) {
            (None, None) => one_line(&place.label),
            range => format!(
                "{} ({})",
                one_line(&place.label),
                number::qualified(None, range, None, chart.values)
            ),
        })
        .collect();
    notes::push(
        &mut said,
        !none.is_empty(),
        &format!("No figure: {}", listed(&none)),
    );
    said
}

/// Places that have a number and no place on the map, and how much of all they are.
pub fn off_the_map(chart: &MapChart, scene: &Scene) -> Vec<String> {
    let off = || {
        let spots = scene.spots.iter().filter(|spot| spot.at.is_none());
        spots.filter(|spot| spot.place.value.is_some())
    };
    let names: Vec<String> = off().map(|spot| with_number(chart, spot.place)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut said = format!("Not on the map: {}", listed(&names));
    if names.len() > NAMED && !chart.is_shaded() {
        let sum = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>();
        let all = sum(&mut chart.places.iter().filter_map(|place| place.value));
        let these = sum(&mut off().filter_map(|spot| spot.place.value));
        said.push_str(&format!(
            " ({} of all numbers shown)",
            number::share(these, all)
        ));
    }
    vec![said]
}

/// A place and its number.
pub fn with_number(chart: &MapChart, place: &MapPlace) -> String {
    let number = number::qualified(
        place.value,
        (place.low, place.high),
        place.qualifier,
        chart.values,
    );
    format!("{} {number}", one_line(&place.label))
}

/// The first few, and how many more there are.
pub fn listed(names: &[String]) -> String {
    match names.len().checked_sub(NAMED) {
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..NAMED].join(", ")),
    }
}
