//! Points 13 to 19: whether everything can be read, by everyone.

use std::collections::BTreeSet;

use super::Case;
use super::message::squeezed;
use super::picture::Written;
use crate::chart::kind::{ChartKind, LineChart};
use crate::chart::palette::{Colour, Sight};
use crate::chart::text::Rect;
use crate::chart::words::{Language, fill};

/// Least distance in CIELAB between colours that have to be told apart.
const APART: f64 = 10.0;

pub(super) fn judge(case: &mut Case) {
    let unnamed = names(case);
    overlaps(case);
    sizes(case);
    contrast(case);
    sight(case, &unnamed);
    numbers(case);
    let turned = case.picture.texts.iter().filter(|text| text.turned).count();
    case.expect(
        19,
        turned == 0,
        format!("{turned} texts are turned; use horizontal bars or shorter names"),
    );
}

/// Every line has its name at its end or in the note; gives those without one at their end.
fn names(case: &mut Case) -> BTreeSet<String> {
    let ChartKind::Line(LineChart { lines, .. }) = &case.spec.kind else {
        return BTreeSet::new();
    };
    let labels = squeezed(&case.picture.joined("label"));
    let note = case.picture.joined("note");
    let newest = lines.iter().filter_map(|line| line.vintage).max();
    let unnamed: BTreeSet<String> = lines
        .iter()
        .filter(|line| line.points.iter().any(|point| point.value.is_some()))
        // Of several versions, the newest is named and a note says what the greys mean.
        .filter(|line| line.vintage.is_none() || line.vintage == newest)
        .filter(|line| !labels.contains(&squeezed(&line.label)))
        .map(|line| line.label.clone())
        .collect();
    let more = unnamed_more(&note, case.theme.language, lines.len());
    let lost: Vec<&String> = unnamed
        .iter()
        .filter(|label| !squeezed(&note).contains(&squeezed(label)))
        .collect();
    let message = lost
        .first()
        .map(|first| format!("`{first}` has no name, neither at its end nor in the note"));
    if let Some(message) = message.filter(|_| lost.len() > more) {
        case.object(13, message);
    }
    unnamed
}

/// How many lines the note counts without naming them.
fn unnamed_more(note: &str, language: Language, most: usize) -> usize {
    let words = &language.words().line.unnamed_more;
    (1..=most)
        .rev()
        .find(|&count| {
            let said = fill(language.form(words, count), &[&language.count(count), "\n"]);
            said.split('\n')
                .next_back()
                .is_some_and(|end| note.contains(end))
        })
        .unwrap_or(0)
}

fn overlaps(case: &mut Case) {
    let edge = 8.0 * case.theme.scale;
    let boxes: Vec<(Rect, String, bool)> = case
        .picture
        .texts
        .iter()
        .map(|one| {
            (
                one.text.bounds(),
                one.text.content.clone(),
                matches!(one.class.as_str(), "label" | "value"),
            )
        })
        .collect();
    let strokes: Vec<[(f64, f64); 2]> = case
        .picture
        .shapes_of("line")
        .flat_map(|shape| shape.points.windows(2).map(|pair| [pair[0], pair[1]]))
        .collect();
    let events: Vec<[(f64, f64); 2]> = ["event-line", "break-line"]
        .iter()
        .flat_map(|class| case.picture.shapes_of(class))
        .flat_map(|shape| shape.points.windows(2).map(|pair| [pair[0], pair[1]]))
        .collect();
    let (width, height) = (case.picture.width, case.picture.height);
    for (index, (rect, content, named)) in boxes.iter().enumerate() {
        for (other, theirs, _) in &boxes[index + 1..] {
            case.expect(
                14,
                !rect.overlaps(other),
                format!("`{content}` lies on `{theirs}`"),
            );
        }
        let inside = rect.left >= edge
            && rect.top >= edge
            && rect.right <= width - edge
            && rect.bottom <= height - edge;
        case.expect(
            14,
            inside,
            format!("`{content}` is too near the edge of the picture"),
        );
        let crossed = *named && strokes.iter().any(|[from, to]| rect.is_crossed(*from, *to))
            || events.iter().any(|[from, to]| rect.is_crossed(*from, *to));
        case.expect(14, !crossed, format!("a line runs through `{content}`"));
    }
}

fn sizes(case: &mut Case) {
    let scale = case.theme.scale;
    let sizes: BTreeSet<i64> = case
        .picture
        .texts
        .iter()
        .map(|one| (one.text.size / scale * 100.0).round() as i64)
        .collect();
    let least = sizes.first().copied().unwrap_or(1100);
    case.expect(
        15,
        least >= 1100,
        format!("the smallest type has {} px", least as f64 / 100.0),
    );
    case.expect(
        15,
        sizes.len() <= 4,
        format!("{} sizes of type; four are enough", sizes.len()),
    );
}

fn contrast(case: &mut Case) {
    let paper = case.spec.look.paper();
    let faint: Vec<String> = case
        .picture
        .texts
        .iter()
        .filter(|one| one.text.colour.contrast(ground(case, one)) < 4.5)
        .map(|one| format!("the colour of `{}` is too faint for text", one.text.content))
        .collect();
    let marks = [
        "line", "marker", "node", "edge", "contour", "whisker", "at-least", "stem", "disc",
        "origin",
    ]
    .iter()
    .flat_map(|class| case.picture.shapes_of(class))
    .filter_map(|shape| shape.stroke.or(shape.fill));
    // A bar with an edge or an outline is seen by that.
    let bars = ["bar", "symbol", "stream"]
        .iter()
        .flat_map(|class| case.picture.shapes_of(class))
        .filter(|bar| !bar.is("uncertain") && !bar.is("outlined"))
        .filter_map(|bar| bar.fill);
    let pale: BTreeSet<Colour> = marks
        .chain(bars)
        .filter(|colour| colour.contrast(paper) < 3.0)
        .collect();
    for message in faint {
        case.object(16, message);
    }
    for colour in pale {
        case.object(
            16,
            format!("{} is too faint for a line or a bar", colour.hex()),
        );
    }
}

/// What a text stands on: the cell under it, else the paper.
fn ground(case: &Case, one: &Written) -> Colour {
    let place = one.text.bounds();
    let under = |rect: Rect| {
        let (x, y) = (
            f64::midpoint(place.left, place.right),
            f64::midpoint(place.top, place.bottom),
        );
        rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom
    };
    let mut cells = case.picture.shapes_of("cell");
    cells
        .find(|cell| under(cell.bounds()))
        .and_then(|cell| cell.fill)
        .unwrap_or(case.spec.look.paper())
}

/// Lines whose colours pass for one must have their names at their ends.
fn sight(case: &mut Case, unnamed: &BTreeSet<String>) {
    let mut colours: Vec<(Colour, String)> = case
        .picture
        .shapes_of("line")
        .filter(|shape| !shape.in_group("muted"))
        .filter_map(|shape| Some((shape.stroke?, shape.label.clone()?)))
        .collect();
    colours.dedup_by(|a, b| a.1 == b.1);
    for (index, (a, first)) in colours.iter().enumerate() {
        for (b, second) in &colours[index + 1..] {
            let by_colour_alone = unnamed.contains(first) || unnamed.contains(second);
            let blind = Sight::ALL
                .iter()
                .find(|sight| sight.distance(*a, *b) < APART);
            if let Some(sight) = blind.filter(|_| by_colour_alone) {
                case.object(
                    17,
                    format!("`{first}` and `{second}` look alike in {sight:?}"),
                );
            }
        }
    }
}

fn numbers(case: &mut Case) {
    let ticks: Vec<String> = case
        .picture
        .of_class("tick-y")
        .map(|one| one.text.content.clone())
        .collect();
    let values: Vec<String> = case
        .picture
        .of_class("value")
        .map(|one| one.text.content.clone())
        .collect();
    let scales = case.theme.words().numbers.scales;
    let on_zero = |word: &str| {
        let bare = |suffix| word.strip_suffix(suffix).unwrap_or_default();
        scales
            .iter()
            .any(|scale| matches!(bare(scale.suffix), "0" | "$0" | "0.0" | "0,0"))
    };
    for text in ticks.iter().chain(&values) {
        let zero = text.split(' ').any(on_zero);
        case.expect(18, !zero, format!("`{text}` has a unit on zero"));
        let ungrouped = text
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() > 4);
        case.expect(
            18,
            !ungrouped,
            format!("`{text}` does not part its thousands"),
        );
        let hyphen = text
            .as_bytes()
            .windows(2)
            .any(|pair| pair[0] == b'-' && pair[1].is_ascii_digit());
        case.expect(18, !hyphen, format!("`{text}` has a hyphen for a minus"));
    }
    let suffix = |text: &String| -> Option<String> {
        let number = text.split(' ').next()?;
        let suffix = number.trim_start_matches(|c: char| !c.is_alphabetic());
        (number != "0").then(|| suffix.to_owned())
    };
    let suffixes: BTreeSet<String> = ticks.iter().filter_map(suffix).collect();
    case.expect(
        18,
        suffixes.len() <= 1,
        "the labels of the axis mix thousands, millions and billions",
    );
    let with_unit = ticks.iter().filter(|text| text.contains(' ')).count();
    case.expect(18, with_unit <= 1, "the unit stands at more than one tick");
}
