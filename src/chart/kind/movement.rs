//! Who went, or was counted, from where to where: what flow, chord and matrix charts draw.

use std::cmp::Ordering;

use crate::chart::ChartError;
use crate::chart::layout::{Theme, check, notes};
use crate::chart::palette::{CATEGORIES, EMPHASIS, MUTED, Tones};
use crate::chart::rows::{PlottedRow, flags, plain};
use crate::chart::spec::{Marks, ValueKind};
use crate::chart::text::one_line;
use crate::chart::words::{EdgeWords, Language, fill};
use crate::figure::Qualifier;

/// Movements between places, and what is to be known of the places.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exchange {
    /// Each pair of places once, in any order.
    pub movements: Vec<Movement>,
    /// Names of the places that the title speaks of.
    pub emphasis: Vec<String>,
    /// Names of places that gather the rest, such as `Other places`; they come last.
    pub rest: Vec<String>,
    /// What one of the number is, such as `refugees`.
    pub unit: String,
}

/// How many from one place to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Movement {
    /// Where they come from.
    pub origin: String,
    /// Where they are, or went.
    pub destination: String,
    /// How many; not below zero. None is a pair without a figure.
    pub value: Option<f64>,
    /// The source's word before the number.
    pub qualifier: Option<Qualifier>,
    /// What is to be known about the number.
    pub marks: Marks,
    /// A few words on the number, such as `as of 6 March`.
    pub detail: String,
}

/// One of the two ends of a movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Where they come from.
    Origin,
    /// Where they are, or went.
    Destination,
}

/// All movements of one place in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Place<'a> {
    /// Its name.
    pub name: &'a str,
    /// The sum of its movements; none when none of them has a figure.
    pub total: Option<f64>,
    /// The word before the sum.
    pub qualifier: Qualifier,
    /// The detail that all its movements share; else empty.
    pub detail: &'a str,
    /// Whether it gathers the rest.
    pub is_rest: bool,
}

impl Movement {
    /// The name of the place at one end.
    pub fn at(&self, end: End) -> &str {
        match end {
            End::Origin => &self.origin,
            End::Destination => &self.destination,
        }
    }

    /// Whether the number is not firm, and therefore looks different.
    pub fn is_uncertain(&self) -> bool {
        let marks = self.marks;
        marks.estimated || marks.projected || marks.provisional || marks.prose
    }

    /// `Syria to Lebanon`, or `within Sudan`.
    pub fn pair(&self, language: Language) -> String {
        let words = &language.words().movement;
        let (origin, destination) = (one_line(&self.origin), one_line(&self.destination));
        if origin == destination {
            fill(words.within, &[&origin])
        } else {
            fill(words.pair, &[&origin, &destination])
        }
    }
}

impl Exchange {
    /// The places at one end, the largest first, those without a figure after them, the rest last.
    pub fn places(&self, end: End) -> Vec<Place<'_>> {
        let mut places: Vec<(Place<'_>, Vec<&Movement>)> = Vec::new();
        for movement in &self.movements {
            let name = movement.at(end);
            match places.iter_mut().find(|(place, _)| place.name == name) {
                Some((_, members)) => members.push(movement),
                None => {
                    let place = Place {
                        name,
                        total: None,
                        qualifier: Qualifier::Exact,
                        detail: "",
                        is_rest: self.rest.iter().any(|rest| rest == name),
                    };
                    places.push((place, vec![movement]));
                }
            }
        }
        let mut places: Vec<Place<'_>> = places
            .into_iter()
            .map(|(mut place, members)| {
                let values = || members.iter().filter_map(|movement| movement.value);
                place.total = values().next().map(|_| values().sum());
                place.qualifier = sum_qualifier(&members);
                let detail = members.first().map_or("", |first| first.detail.as_str());
                if members.iter().all(|movement| movement.detail == detail) {
                    place.detail = detail;
                }
                place
            })
            .collect();
        places.sort_by(by_size);
        places
    }

    /// The sum of all movements, and the word before it.
    pub fn total(&self) -> (f64, Qualifier) {
        let members: Vec<&Movement> = self.movements.iter().collect();
        let sum = members.iter().filter_map(|movement| movement.value).sum();
        (sum, sum_qualifier(&members))
    }

    /// Refuses numbers below zero or too large, and pairs that are given twice.
    pub fn check(&self) -> Result<(), ChartError> {
        for (index, movement) in self.movements.iter().enumerate() {
            check::triple(
                &movement.pair(Language::English),
                None,
                movement.value,
                None,
            )?;
            if movement.value.is_some_and(|value| value < 0.0) {
                return Err(ChartError::NegativeFlow(movement.destination.clone()));
            }
            let is_same = |other: &Movement| {
                other.origin == movement.origin && other.destination == movement.destination
            };
            if self.movements[..index].iter().any(is_same) {
                return Err(ChartError::PairTwice(movement.pair(Language::English)));
            }
        }
        Ok(())
    }

    /// Every text of the data.
    pub fn texts(&self) -> Vec<&str> {
        let texts = self
            .movements
            .iter()
            .flat_map(|movement| [&movement.origin, &movement.destination, &movement.detail]);
        std::iter::once(&self.unit)
            .chain(texts)
            .map(String::as_str)
            .collect()
    }

    /// Sentences for the marks of movements, of which some look different in ribbons and in cells.
    pub fn notes(&self, words: &EdgeWords, theme: &Theme) -> Vec<String> {
        let any = |test: fn(&Marks) -> bool| {
            let mut shown = self.movements.iter().filter(|one| one.value.is_some());
            shown.any(|one| test(&one.marks))
        };
        let mut said = Vec::new();
        let mut say = |needed: bool, note: &str| notes::push(&mut said, needed, note);
        say(any(|m| m.estimated), words.estimated);
        say(any(|m| m.projected), words.projected);
        say(any(|m| m.provisional), words.provisional);
        say(any(|m| m.prose), words.prose);
        say(any(|m| m.at_least), theme.words().movement.at_least);
        let revised = self.movements.iter().filter(|one| one.marks.revised);
        notes::revised(&mut said, revised.count(), theme);
        said
    }

    /// The largest movement as the end of a sentence.
    pub fn finding(&self, language: Language) -> String {
        let gathers = |one: &Movement| {
            self.rest.contains(&one.origin) || self.rest.contains(&one.destination)
        };
        let largest = self
            .movements
            .iter()
            .filter_map(|one| Some((one, one.value?)))
            // A named pair before one that gathers the rest, and the first of equals.
            .reduce(|most, one| {
                let (named, known) = (!gathers(one.0), !gathers(most.0));
                if (named, one.1) > (known, most.1) {
                    one
                } else {
                    most
                }
            });
        let Some((one, value)) = largest else {
            return String::new();
        };
        let (total, word) = self.total();
        let words = &language.words().movement;
        let text = if one.origin == one.destination {
            words.most_within
        } else {
            words.most_of_pair
        };
        let said = |value, word| plain(value, word, ValueKind::Count, language);
        fill(
            text,
            &[
                &said(total, Some(word)),
                &self.unit,
                &one.pair(language),
                &said(value, one.qualifier),
            ],
        )
    }

    /// The numbers, by origin and destination in the given orders.
    pub fn rows(&self, origins: &[&str], destinations: &[&str]) -> Vec<PlottedRow> {
        let place = |names: &[&str], name: &str| names.iter().position(|own| *own == name);
        let mut movements: Vec<&Movement> = self.movements.iter().collect();
        movements.sort_by_key(|one| {
            (
                place(origins, &one.origin),
                place(destinations, &one.destination),
            )
        });
        movements.into_iter().map(row).collect()
    }
}

fn row(movement: &Movement) -> PlottedRow {
    let mut flags = flags(movement.marks);
    let qualifier = movement
        .qualifier
        .map(|qualifier| qualifier.code().to_owned());
    flags.extend(qualifier.filter(|code| code != "exact"));
    flags.extend(Some(movement.detail.clone()).filter(|detail| !detail.is_empty()));
    flags.dedup();
    PlottedRow {
        series: movement.origin.clone(),
        at: movement.destination.clone(),
        value: movement.value,
        low: None,
        high: None,
        flags,
    }
}

/// The largest first, those without a figure after them, the rest that gathers others last.
fn by_size(a: &Place<'_>, b: &Place<'_>) -> Ordering {
    let size = |place: &Place<'_>| place.total.unwrap_or(-1.0);
    a.is_rest.cmp(&b.is_rest).then(size(b).total_cmp(&size(a)))
}

/// The word before a sum: one bound makes the sum a bound, anything else uncertain makes it about.
fn sum_qualifier(members: &[&Movement]) -> Qualifier {
    use Qualifier::{About, AtLeast, Exact, MoreThan};
    let words = || {
        members
            .iter()
            .filter_map(|to| to.qualifier)
            .filter(|word| *word != Exact)
    };
    if let [only] = members {
        return only.qualifier.unwrap_or(Exact);
    }
    if words().next().is_none() {
        Exact
    } else if words().all(|word| matches!(word, AtLeast | MoreThan)) {
        AtLeast
    } else {
        About
    }
}

/// Least share of all for which an origin has a colour of its own.
const COLOURED: f64 = 0.05;
/// Most origins with a colour of their own; with grey, they make six.
const MOST_COLOURED: usize = 5;

/// Which movement has which colour.
#[derive(Debug, Clone)]
pub enum Paint<'a> {
    /// All have the main colour.
    Plain,
    /// Those that the title speaks of have the main colour, the others are grey.
    Emphasis(&'a [String]),
    /// The largest origins have a colour each, the others are grey.
    Origins(Vec<&'a str>),
}

impl<'a> Paint<'a> {
    /// The colours of an exchange.
    pub fn new(exchange: &'a Exchange) -> Self {
        let named = |one: &Movement| {
            let wanted = |name: &String| exchange.emphasis.contains(name);
            wanted(&one.origin) || wanted(&one.destination)
        };
        if exchange.movements.iter().any(named) {
            return Self::Emphasis(&exchange.emphasis);
        }
        let origins = exchange.places(End::Origin);
        if origins.len() == 1 || exchange.places(End::Destination).len() == 1 {
            return Self::Plain;
        }
        let (total, _) = exchange.total();
        let largest = origins
            .iter()
            .filter(|place| !place.is_rest && place.total.unwrap_or(0.0) >= COLOURED * total)
            .take(MOST_COLOURED)
            .map(|place| place.name);
        Self::Origins(largest.collect())
    }

    /// The tones of a movement; grey for those of no account.
    pub fn of(&self, movement: &Movement) -> Tones {
        match self {
            Self::Plain => EMPHASIS,
            Self::Emphasis(names) => {
                let named = |name: &String| names.contains(name);
                if named(&movement.origin) || named(&movement.destination) {
                    EMPHASIS
                } else {
                    MUTED
                }
            }
            Self::Origins(_) => self.of_origin(&movement.origin),
        }
    }

    /// The tones of an origin as such; none where it has no colour of its own.
    pub fn of_origin(&self, name: &str) -> Tones {
        match self {
            Self::Origins(names) => names
                .iter()
                .position(|own| *own == name)
                .map_or(MUTED, |index| CATEGORIES[index]),
            Self::Emphasis(names) if names.iter().any(|own| own == name) => EMPHASIS,
            Self::Plain | Self::Emphasis(_) => MUTED,
        }
    }
}

/// How dark the area of a ribbon is in its colour.
pub fn ribbon_fill(tones: Tones, is_uncertain: bool) -> crate::chart::palette::Colour {
    let share = if tones == MUTED { 0.35 } else { 0.45 };
    tones
        .fill
        .tint(if is_uncertain { 0.6 * share } else { share })
}
