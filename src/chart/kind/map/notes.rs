//! Sentences under a map.

use super::anchors::Scene;
use super::{MapChart, MapPlace, MapStyle};
use crate::chart::layout::{Theme, notes};
use crate::chart::number;
use crate::chart::spec::Marks;
use crate::chart::text::one_line;
use crate::chart::words::fill;

/// Most places that a note names before it counts the rest.
const NAMED: usize = 8;

/// Sentences for the marks that the chart uses.
pub fn of_marks(chart: &MapChart, theme: &Theme) -> Vec<String> {
    let (words, bars) = (&theme.words().map, &theme.words().bars);
    let listed = |names: &[String]| listed(names, theme);
    let drawn = || chart.places.iter().filter(|place| place.value.is_some());
    let any = |test: fn(&Marks) -> bool| drawn().any(|place| test(&place.marks));
    let mut said = Vec::new();
    notes::push(
        &mut said,
        any(|m| m.estimated && !m.projected),
        bars.estimated,
    );
    notes::push(&mut said, any(|m| m.projected), bars.projected);
    let firm = |m: &Marks| m.estimated || m.projected;
    let solid = if chart.is_shaded() {
        [words.provisional, words.prose]
    } else {
        [bars.provisional, bars.prose]
    };
    let provisional = drawn().any(|place| place.marks.provisional && !firm(&place.marks));
    let prose = drawn().any(|place| place.marks.prose && !firm(&place.marks));
    notes::push(&mut said, provisional, solid[0]);
    notes::push(&mut said, prose, solid[1]);
    let bounds: Vec<String> = drawn()
        .filter(|place| place.marks.at_least)
        .map(|place| one_line(&place.label))
        .collect();
    match chart.style {
        MapStyle::Flow => notes::push(
            &mut said,
            !bounds.is_empty(),
            &fill(words.at_least, &[&listed(&bounds)]),
        ),
        _ => notes::push(&mut said, !bounds.is_empty(), bars.at_least),
    }
    let ranged = drawn()
        .filter(|place| place.low.is_some() && place.high.is_some())
        .count();
    match chart.style {
        MapStyle::Symbols => notes::push(&mut said, ranged > 0, words.range),
        _ => notes::push(&mut said, ranged > 0, words.no_range),
    }
    notes::revised(
        &mut said,
        drawn().filter(|place| place.marks.revised).count(),
        theme,
    );
    if let MapStyle::Choropleth { allow_counts: true } = chart.style {
        use crate::chart::spec::ValueKind::{Count, UsDollars};
        let counts = matches!(chart.values, Count | UsDollars);
        notes::push(&mut said, counts, words.counts);
    }
    let zero: Vec<String> = drawn()
        .filter(|place| place.value == Some(0.0))
        .map(|place| one_line(&place.label))
        .collect();
    notes::push(
        &mut said,
        !zero.is_empty() && !chart.is_shaded(),
        &fill(words.zero, &[&listed(&zero)]),
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
                number::qualified(None, range, None, chart.values, theme.language)
            ),
        })
        .collect();
    notes::push(
        &mut said,
        !none.is_empty(),
        &fill(theme.words().movement.missing, &[&listed(&none)]),
    );
    said
}

/// Places that have a number and no place on the map, and how much of all they are.
pub fn off_the_map(chart: &MapChart, scene: &Scene, theme: &Theme) -> Vec<String> {
    let shown = || {
        let spots = scene.spots.iter().filter(|spot| spot.at.is_none());
        spots.filter(|spot| spot.place.value.is_some())
    };
    let names: Vec<String> = shown()
        .map(|spot| with_number(chart, spot.place, theme))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let words = &theme.words().map;
    let off = fill(words.off, &[&listed(&names, theme)]);
    if names.len() > NAMED && !chart.is_shaded() {
        let sum = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>();
        let all = sum(&mut chart.places.iter().filter_map(|place| place.value));
        let these = sum(&mut shown().filter_map(|spot| spot.place.value));
        let share = number::share(these, all, theme.language);
        return vec![fill(words.off_share, &[&listed(&names, theme), &share])];
    }
    vec![off]
}

/// A place and its number.
pub fn with_number(chart: &MapChart, place: &MapPlace, theme: &Theme) -> String {
    let number = number::qualified(
        place.value,
        (place.low, place.high),
        place.qualifier,
        chart.values,
        theme.language,
    );
    format!("{} {number}", one_line(&place.label))
}

/// The first few, and how many more there are.
pub fn listed(names: &[String], theme: &Theme) -> String {
    let comma = theme.language.comma();
    match names.len().checked_sub(NAMED) {
        None | Some(0) => names.join(comma),
        Some(more) => {
            let text = theme.language.form(&theme.words().map.more, more);
            fill(
                text,
                &[&theme.language.count(more), &names[..NAMED].join(comma)],
            )
        }
    }
}
