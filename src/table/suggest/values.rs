//! Which columns hold figures, and of what; the others are listed, not guessed.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{self, Column};
use super::dates;
use super::decimal::Marks;
use super::names::{Count, Part};
use super::sample::Sample;
use super::toml_text::{quoted, shown};
use crate::figure::{Period, counted};
use crate::place::{self, Scheme};

/// A column of figures.
#[derive(Debug, Clone)]
pub(super) struct Value<'c> {
    /// Its name.
    pub(super) column: &'c str,
    /// Its position.
    pub(super) index: usize,
    /// What its name or tag says that it counts.
    pub(super) count: Count,
    /// Which of the two says it.
    pub(super) evidence: String,
    /// What its name says beside that, in a table with years or places as names of columns: a key
    /// of the mapping with its value, as TOML.
    pub(super) own: Option<(&'static str, String)>,
}

/// The columns of numbers of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Values<'c> {
    /// Those that are figures.
    pub(super) told: Vec<Value<'c>>,
    /// Those of which it is not told what they count: name, and what was seen.
    pub(super) silent: Vec<(&'c str, String)>,
    /// Columns with the ends of ranges.
    pub(super) low: Option<&'c str>,
    /// Likewise.
    pub(super) high: Option<&'c str>,
}

/// What else a table says that helps to understand its numbers.
pub(super) struct Beside {
    /// A column says what is counted.
    pub(super) indicator: bool,
    /// Some column says when.
    pub(super) period: bool,
    /// Some column says where.
    pub(super) location: bool,
}

/// Whether a column of numbers is called by what it counts.
pub(super) fn say_what_they_count(columns: &[Column<'_>]) -> bool {
    columns.iter().any(|column| {
        let count = &column.says.count;
        let is_told = count.is_whole && count.indicator.is_some();
        column.says.part.is_none() && is_told && holds_counts(column)
    })
}

/// Whether a table has columns of numbers.
pub(super) fn hold_numbers(sample: &Sample<'_>) -> bool {
    columns::of(sample, Marks::of(sample).told())
        .iter()
        .any(holds_counts)
}

/// Sorts the columns of numbers.
pub(super) fn of<'c>(columns: &'c [Column<'_>], beside: &Beside) -> Values<'c> {
    let numbers: Vec<&Column<'_>> = columns
        .iter()
        .filter(|column| holds_counts(column))
        .collect();
    let mut values = Values::default();
    let end = |part: Part| {
        let mut ends = numbers
            .iter()
            .filter(|column| column.says.part == Some(part));
        ends.next().map(|column| column.name)
    };
    (values.low, values.high) = (end(Part::Low), end(Part::High));
    let wide = wide(&numbers, beside);
    if !wide.is_empty() {
        values.told = wide;
        return values;
    }
    let is_all_narrower = !numbers
        .iter()
        .any(|column| column.says.count.indicator.is_some());
    let mut generic = Vec::new();
    let mut seen = BTreeMap::new();
    for column in &numbers {
        let count = &column.says.count;
        match column.says.part {
            Some(Part::Value) => generic.push(*column),
            None if count.is_whole && (count.indicator.is_some() || beside.indicator) => {
                values.tell(column, &mut seen);
            }
            // Women, men and the like, in a table that does not say what they are.
            None if count.is_whole && is_all_narrower && !count.breakdown.is_empty() => {
                values.tell(column, &mut seen);
            }
            None if count.is_whole && count.breakdown.is_empty() && count.cumulative.is_none() => {
                generic.push(*column);
            }
            None => values.silent.push((column.name, seen_in(column))),
            Some(_) => {}
        }
    }
    let is_only = values.told.is_empty() && generic.len() == 1;
    for column in generic {
        if beside.indicator || is_only {
            values.tell(column, &mut seen);
        } else {
            values.silent.push((column.name, seen_in(column)));
        }
    }
    values.only_one(&numbers);
    values.adults_or_all();
    values.silent.extend(shares(columns));
    values
}

impl<'c> Values<'c> {
    /// Adds a column of figures, unless another one is known to hold the same.
    fn tell(&mut self, column: &'c Column<'_>, seen: &mut BTreeMap<String, &'c str>) {
        let count = column.says.count.clone();
        let key = format!(
            "{:?} {:?} {:?}",
            count.indicator, count.breakdown, count.origin
        );
        if let Some(first) = seen.get(&key) {
            let why = format!("counts the same as {}?", shown(first));
            self.silent.push((column.name, why));
            return;
        }
        seen.insert(key, column.name);
        self.told.push(Value {
            column: column.name,
            index: column.index,
            count,
            evidence: column.evidence(),
            own: None,
        });
    }

    /// "Women" are adults beside girls or children, and all of their sex where nobody is younger.
    fn adults_or_all(&mut self) {
        let age = |value: &Value<'_>| value.count.breakdown.get("age").cloned();
        let are_children = |value: &Value<'_>| age(value).is_some_and(|age| age != "adults");
        if self.told.iter().any(are_children) {
            return;
        }
        for value in &mut self.told {
            if value.count.breakdown.contains_key("sex") {
                value.count.breakdown.remove("age");
            }
        }
    }

    /// Where nothing else is told, the only column of numbers is the one that is meant.
    fn only_one(&mut self, numbers: &[&'c Column<'_>]) {
        if let ([], [(name, _)]) = (self.told.as_slice(), self.silent.as_slice())
            && let Some(column) = numbers.iter().find(|column| column.name == *name)
        {
            self.silent.clear();
            self.tell(column, &mut BTreeMap::new());
        }
    }
}

/// Columns named by years, months, days or places, in a table that says them nowhere else.
fn wide<'c>(numbers: &[&'c Column<'_>], beside: &Beside) -> Vec<Value<'c>> {
    const ENOUGH: usize = 2;
    type Own = fn(&str) -> Option<(&'static str, String)>;
    let ways: [(bool, Own); 2] = [(beside.period, of_period), (beside.location, of_place)];
    for (is_told, own) in ways {
        let named: Vec<Value<'_>> = numbers
            .iter()
            .filter_map(|column| {
                Some(Value {
                    column: column.name,
                    index: column.index,
                    count: Count::default(),
                    evidence: column.evidence(),
                    own: Some(own(column.name)?),
                })
            })
            .collect();
        if !is_told && named.len() >= ENOUGH {
            return named;
        }
    }
    Vec::new()
}

fn of_period(name: &str) -> Option<(&'static str, String)> {
    let is_period = dates::is_year(name) || (name.len() > 4 && name.parse::<Period>().is_ok());
    let bare = name.strip_suffix(".0").unwrap_or(name);
    is_period.then(|| ("period", quoted(bare)))
}

fn of_place(name: &str) -> Option<(&'static str, String)> {
    let place = place::resolve(Scheme::Name, name)
        .or_else(|_| place::resolve(Scheme::Iso3, name))
        .ok()?;
    Some(("location", quoted(place.id.as_str())))
}

/// Whether a column holds whole numbers in most of its cells, and no shares or coordinates.
fn holds_counts(column: &Column<'_>) -> bool {
    let profile = &column.profile;
    let missing = profile
        .missing
        .iter()
        .map(|text| profile.values[text])
        .sum::<usize>();
    profile.whole > 0
        && profile.decimals == 0
        && profile.whole * 5 >= (profile.filled - missing) * 4
        && !matches!(
            column.says.part,
            Some(Part::Other | Part::Year | Part::Month | Part::Date)
        )
}

/// Columns that are called by what is counted and hold numbers that are not whole.
fn shares<'c>(columns: &'c [Column<'_>]) -> impl Iterator<Item = (&'c str, String)> {
    columns
        .iter()
        .filter(|column| column.profile.decimals > 0 && column.says.count.indicator.is_some())
        .map(|column| {
            let profile = &column.profile;
            let why = format!(
                "{} of {} values are not whole",
                profile.decimals, profile.filled
            );
            (column.name, why)
        })
}

/// "212 whole numbers, such as 1,234; perhaps `refugees`".
fn seen_in(column: &Column<'_>) -> String {
    let profile = &column.profile;
    let example = profile.example.unwrap_or_default();
    let perhaps = match &column.says.count.indicator {
        Some(code) => format!("; perhaps {}", quoted(code)),
        None => String::new(),
    };
    format!(
        "{}, such as {}{perhaps}",
        counted(profile.whole, "whole number", "whole numbers"),
        shown(example)
    )
}

/// Texts that stand for "no number" in columns of figures.
pub(super) fn missing<'c>(columns: &'c [Column<'_>], values: &Values<'_>) -> BTreeSet<&'c str> {
    let is_used = |name: &str| {
        values.told.iter().any(|value| value.column == name)
            || values.silent.iter().any(|(silent, _)| *silent == name)
            || [values.low, values.high].contains(&Some(name))
    };
    columns
        .iter()
        .filter(|column| is_used(column.name))
        .flat_map(|column| column.profile.missing.iter().copied())
        .collect()
}
