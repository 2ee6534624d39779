//! What is peculiar to maps: points 4, 6 to 9, 13, 14, 17 and 20.

use std::collections::BTreeSet;

use super::Case;
use super::message::squeezed;
use crate::chart::kind::{MapChart, MapPlace, MapStyle};
use crate::chart::palette::{Colour, Sight};
use crate::chart::spec::ValueKind;
use crate::chart::text::{Rect, one_line};

/// Least distance in CIELAB between neighbours of a legend.
const APART: f64 = 10.0;

pub(super) fn judge(case: &mut Case, chart: &MapChart) {
    form(case, chart);
    marks(case, chart);
    sizes(case, chart);
    words(case, chart);
    covered(case);
    classes(case, chart);
}

/// Counts are no shades.
fn form(case: &mut Case, chart: &MapChart) {
    let counts = matches!(chart.values, ValueKind::Count | ValueKind::UsDollars);
    let shaded = matches!(chart.style, MapStyle::Choropleth { .. });
    case.expect(
        4,
        !(counts && shaded),
        "counts are shaded over whole lands; draw circles",
    );
}

/// Classes of shapes with the names that their groups bear.
type Named = BTreeSet<(String, String)>;

fn named(case: &Case) -> Named {
    let shapes = case.picture.shapes.iter();
    shapes
        .filter_map(|shape| Some((shape, shape.label.clone()?)))
        .flat_map(|(shape, label)| {
            shape
                .classes
                .iter()
                .map(move |class| (class.clone(), label.clone()))
        })
        .collect()
}

/// Whether a place has a shape of one of the classes.
fn has(named: &Named, place: &MapPlace, classes: &[&str]) -> bool {
    let name = one_line(&place.label);
    classes
        .iter()
        .any(|class| named.contains(&((*class).to_owned(), name.clone())))
}

/// Places with a number whose mark is in the picture.
fn is_drawn(named: &Named, place: &MapPlace) -> bool {
    place.value.is_some() && has(named, place, &["symbol", "stream", "shade", "small-land"])
}

/// What is not firm looks different, and bounds and ranges are drawn.
fn marks(case: &mut Case, chart: &MapChart) {
    let named = named(case);
    for place in chart.places.iter().filter(|place| is_drawn(&named, place)) {
        let marks = place.marks;
        let soft = marks.estimated || marks.projected || marks.provisional || marks.prose;
        // A land that is too small for an edge has a disc.
        let is_seen = has(&named, place, &["symbol", "stream", "shade"]);
        let firm = soft && is_seen && !has(&named, place, &["edge"]);
        case.expect(
            7,
            !firm,
            format!("`{}` is not firm and looks firm", place.label),
        );
        let bound = marks.at_least && chart.style != MapStyle::Flow;
        let open = !bound || has(&named, place, &["at-least"]);
        case.expect(
            9,
            open,
            format!(
                "the lower bound of `{}` looks like a firm value",
                place.label
            ),
        );
        let ranged =
            chart.style == MapStyle::Symbols && place.low.is_some() && place.high > Some(1.0);
        let ringed = !ranged || has(&named, place, &["whisker"]);
        case.expect(
            9,
            ringed,
            format!("the range of `{}` is not drawn", place.label),
        );
    }
}

/// Areas of circles are to each other as the numbers, and the largest lie under the others.
fn sizes(case: &mut Case, chart: &MapChart) {
    let least = 1.7 * case.theme.scale;
    let mut circles: Vec<(f64, f64)> = Vec::new();
    for shape in case.picture.shapes_of("symbol") {
        let place = chart
            .places
            .iter()
            .find(|place| shape.label.as_deref() == Some(one_line(&place.label).as_str()));
        let radius = shape.bounds().width() / 2.0
            + if shape.is("uncertain") {
                0.6 * case.theme.scale
            } else {
                0.0
            };
        if let Some(value) = place.and_then(|place| place.value) {
            circles.push((value, radius));
        }
    }
    let fair = circles.iter().filter(|(_, radius)| *radius > least);
    let unit = fair
        .clone()
        .map(|(value, radius)| radius / value.sqrt())
        .fold(0.0, f64::max);
    let bent = fair
        .filter(|(value, radius)| (radius - unit * value.sqrt()).abs() > 0.3 + 0.02 * radius)
        .count();
    case.expect(
        4,
        bent == 0,
        format!("the areas of {bent} circles do not follow their numbers"),
    );
    let ordered = circles.windows(2).all(|pair| pair[0].1 >= pair[1].1 - 0.1);
    case.expect(20, ordered, "a large circle lies over a smaller one");
}

/// Every number is on the map, or named in the note; boundaries are not endorsed.
fn words(case: &mut Case, chart: &MapChart) {
    let note = case.picture.joined("note");
    let words = &case.theme.words().map;
    let more = &words.more;
    case.expect(
        6,
        squeezed(&note).contains(&squeezed(case.theme.words().map.boundaries)),
        "the note says nothing of the boundaries shown",
    );
    let named = named(case);
    let flat = squeezed(&note);
    let lost = chart
        .places
        .iter()
        .filter(|place| !is_drawn(&named, place))
        .find(|place| !flat.contains(&squeezed(&one_line(&place.label))));
    let message =
        lost.map(|place| format!("`{}` is neither on the map nor in the note", place.label));
    // A note that names many counts those after the first.
    if let Some(message) = message.filter(|_| {
        ![more.one, more.many]
            .iter()
            .any(|text| note.contains(last_words(text)))
    }) {
        case.object(8, message);
    }
    let labels = squeezed(&case.picture.joined("label"));
    let unnamed = chart
        .places
        .iter()
        .filter(|place| is_drawn(&named, place))
        .filter(|place| !labels.contains(&squeezed(&one_line(&place.label))))
        .count();
    let shaded = matches!(chart.style, MapStyle::Choropleth { .. });
    let told = shaded || unnamed == 0 || {
        let (circles, streams) = (&words.unnamed_circles, &words.unnamed_streams);
        let texts = [
            words.unnamed,
            circles.one,
            circles.few,
            circles.many,
            streams.one,
            streams.few,
            streams.many,
        ];
        let mut said = texts.iter().map(|text| squeezed(longest_words(text)));
        said.any(|said| flat.contains(&said))
    };
    let message = format!("{unnamed} marks have no name, and the note does not say so");
    case.expect(13, told, message);
}

/// What stands last in a text beside the places for something else.
fn last_words(text: &str) -> &str {
    let mut words = text.split(['{', '}']).rev();
    words.find(|words| words.len() > 1).unwrap_or_default()
}

/// The longest piece of a text beside the places for something else.
fn longest_words(text: &str) -> &str {
    text.split(['{', '}'])
        .max_by_key(|words| words.len())
        .unwrap_or_default()
}

/// No name lies on a circle.
fn covered(case: &mut Case) {
    let discs: Vec<Rect> = case
        .picture
        .shapes_of("symbol")
        .map(|shape| shape.bounds())
        .collect();
    let names: Vec<(String, Rect)> = case
        .picture
        .texts
        .iter()
        .filter(|one| matches!(one.class.as_str(), "label" | "value" | "key"))
        .map(|one| (one.text.content.clone(), one.text.bounds()))
        .collect();
    for (content, rect) in names {
        let on = discs.iter().any(|disc| {
            let (x, y) = (
                f64::midpoint(disc.left, disc.right),
                f64::midpoint(disc.top, disc.bottom),
            );
            let (dx, dy) = (
                x - x.clamp(rect.left, rect.right),
                y - y.clamp(rect.top, rect.bottom),
            );
            dx.hypot(dy) < disc.width() / 2.0 - 0.3
        });
        case.expect(14, !on, format!("`{content}` lies on a circle"));
    }
}

/// Neighbours of a legend can be told apart, and each colour of the map is in it.
fn classes(case: &mut Case, chart: &MapChart) {
    let keys: Vec<Colour> = case
        .picture
        .shapes_of("key-class")
        .filter_map(|shape| shape.fill)
        .collect();
    let hatched = case.picture.shapes_of("hatch").next().is_some();
    for pair in keys.windows(2) {
        let alike = Sight::ALL
            .iter()
            .find(|sight| sight.distance(pair[0], pair[1]) < APART);
        // Falls are hatched, rises are not.
        if let Some(sight) = alike.filter(|_| !hatched) {
            case.object(
                17,
                format!(
                    "{} and {} look alike in {sight:?}",
                    pair[0].hex(),
                    pair[1].hex()
                ),
            );
        }
    }
    let mut foreign: Vec<Colour> = case
        .picture
        .shapes_of("shade")
        .chain(case.picture.shapes_of("small-land"))
        .filter_map(|shape| shape.fill)
        .filter(|fill| !keys.contains(fill))
        .collect();
    foreign.dedup();
    let shaded = matches!(chart.style, MapStyle::Choropleth { .. });
    case.expect(
        17,
        !shaded || foreign.is_empty(),
        "a shade is not in the legend",
    );
}
