//! Points 1 to 3, 5, 6 and 27: what the chart says in words.

use std::collections::BTreeSet;

use super::Case;
use crate::chart::kind::{ChartKind, LineChart};

/// Words that tell what one of a number is.
const UNITS: [&str; 26] = [
    "people",
    "persons",
    "refugee",
    "displaced",
    "idp",
    "returnee",
    "asylum",
    "stateless",
    "civilian",
    "casualt",
    "killed",
    "injured",
    "death",
    "crossing",
    "arrival",
    "household",
    "famil",
    "case",
    "event",
    "incident",
    "application",
    "decision",
    "%",
    "per cent",
    "per ",
    "us$",
];

pub(super) fn judge(case: &mut Case) {
    title(case);
    subtitle(case);
    colours(case);
    source(case);
    notes(case);
    // A stroke that makes way for the unit of the axis is drawn in two pieces.
    let mut places: Vec<i64> = case
        .picture
        .shapes_of("event-line")
        .filter_map(|shape| shape.points.first().map(|(x, _)| (x * 10.0).round() as i64))
        .collect();
    places.sort_unstable();
    places.dedup();
    let events = places.len();
    case.expect(
        27,
        events <= 3,
        format!("{events} events are named; keep the one to three that explain the shape"),
    );
}

fn title(case: &mut Case) {
    let lines = case.picture.of_class("title").count();
    let title = case.picture.joined("title");
    let words: Vec<&str> = title.split_whitespace().collect();
    case.expect(1, !words.is_empty(), "there is no title");
    case.expect(
        1,
        lines <= 2,
        format!("the title has {lines} lines; two are enough"),
    );
    case.expect(1, !title.ends_with('.'), "the title ends with a full stop");
    case.expect(
        1,
        words.is_empty() || words.len() >= 3,
        "the title is a label, not a finding",
    );
    let long: Vec<&&str> = words
        .iter()
        .skip(1)
        .filter(|word| word.chars().count() > 3)
        .collect();
    let capitals = long
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    let capitalised = long.len() >= 4 && capitals * 10 > long.len() * 7;
    case.expect(1, !capitalised, "the title is not in sentence case");
}

fn subtitle(case: &mut Case) {
    let subtitle = case.picture.joined("subtitle").to_lowercase();
    let unit = case.spec.kind.kind().unit().to_lowercase();
    let in_picture = !unit.is_empty()
        && ["tick-y", "value"]
            .iter()
            .any(|class| case.picture.joined(class).to_lowercase().contains(&unit));
    // Words change their endings.
    let stem = |word: &str| word.chars().take(5).collect::<String>();
    let own = case.theme.words().units.all().map(stem);
    let named = in_picture
        || UNITS.iter().any(|word| subtitle.contains(word))
        || own.iter().any(|word| subtitle.contains(word));
    case.expect(2, named, "neither subtitle nor axis says what is counted");
    case.expect(
        2,
        has_year(&subtitle),
        "the subtitle does not say the period",
    );
}

/// Whether a text holds a year of four digits.
fn has_year(text: &str) -> bool {
    text.split(|character: char| !character.is_ascii_digit())
        .any(|digits| digits.len() == 4 && ("1900".."2100").contains(&digits))
}

fn colours(case: &mut Case) {
    let hues: BTreeSet<_> = ["line", "bar", "node", "symbol", "stream"]
        .iter()
        .flat_map(|class| case.picture.shapes_of(class))
        // What is not firm is the paler tone of its series, no colour of its own.
        .filter(|shape| !shape.is("uncertain"))
        .filter_map(|shape| shape.stroke.or(shape.fill))
        .filter(|colour| !colour.is_grey())
        .collect();
    // A projection is the paler tone of its own line, no colour of its own.
    let pale = case.picture.shapes_of("projected").count();
    let count = hues.len().saturating_sub(pale.min(hues.len() / 2));
    case.expect(
        3,
        count <= 6,
        format!("{count} colours; more than six cannot be told apart"),
    );
    if let ChartKind::Line(LineChart { lines, .. }) = &case.spec.kind {
        let strong = lines.iter().filter(|line| line.emphasis).count();
        let all = lines.len() > 3 && strong == lines.len();
        case.expect(3, !all, "every line is emphasised, so none is");
    }
}

fn source(case: &mut Case) {
    let source = case.picture.joined("source");
    let bare = source
        .trim_start_matches(case.theme.words().source.trim_end())
        .trim()
        .to_owned();
    case.expect(5, !bare.is_empty(), "there is no source");
    let dated = bare.is_empty() || has_year(&bare);
    case.expect(
        5,
        dated,
        "the source does not say its vintage or when it was retrieved",
    );
}

fn notes(case: &mut Case) {
    let note = case.picture.joined("note").to_lowercase();
    let marks = &case.theme.words().marks;
    // Marks that must be explained, with a word of the explanation.
    let explained = [
        ("hollow", marks.hollow),
        ("estimated", marks.estimated),
        ("projected", marks.projected),
        ("at-least", marks.at_least),
        ("band", marks.range),
        ("whisker", marks.range),
        ("uncertain", ":"),
        ("edge", ":"),
    ];
    for (class, word) in explained {
        let used = case.picture.shapes_of(class).next().is_some();
        case.expect(
            6,
            !used || note.contains(word),
            format!("the note does not explain what is drawn as `{class}`"),
        );
    }
    let missing: Vec<String> = case
        .layout
        .notes
        .iter()
        .filter(|own| !squeezed(&note).contains(&squeezed(&own.to_lowercase())))
        .cloned()
        .collect();
    for own in missing {
        case.object(6, format!("the note lacks `{own}`"));
    }
}

/// A text without blanks, so that broken lines compare equal.
pub(super) fn squeezed(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .collect()
}
