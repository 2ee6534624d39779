//! The columns of a sample, each with what its name or tag says and what its values are.

use std::collections::BTreeSet;

use super::names::{self, Name, Part};
use super::profile::Profile;
use super::sample::Sample;
use super::toml_text::shown;
use crate::figure::Decimal;

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Column<'a> {
    /// Its position.
    pub(super) index: usize,
    /// Its name, by which a mapping calls it.
    pub(super) name: &'a str,
    /// What its tag says, else what its name says.
    pub(super) says: Name,
    /// The tag, where it is what says it.
    tag: Option<&'a str>,
    /// What its values are.
    pub(super) profile: Profile<'a>,
}

impl Column<'_> {
    /// Where its meaning comes from, as the reason of a guess.
    pub(super) fn evidence(&self) -> String {
        match self.tag {
            Some(tag) => format!("its tag {}", shown(tag)),
            None => "its name".to_owned(),
        }
    }
}

/// The columns that a mapping can call by name: those with a name that no other has.
pub(super) fn of<'a>(sample: &'a Sample<'_>, decimal: Option<Decimal>) -> Vec<Column<'a>> {
    let mut seen = BTreeSet::new();
    let twice: BTreeSet<&str> = sample
        .header
        .iter()
        .map(String::as_str)
        .filter(|name| !seen.insert(*name))
        .collect();
    sample
        .header
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty() && !twice.contains(name.as_str()))
        .map(|(index, name)| {
            let tag = sample.tags.get(index).and_then(Option::as_deref);
            let (says, tag) = says(name, tag);
            Column {
                index,
                name,
                says,
                tag,
                profile: Profile::of(&sample.rows, index, decimal),
            }
        })
        .collect()
}

/// The meaning of a column: a tag that says something beats the name.
fn says<'t>(name: &str, tag: Option<&'t str>) -> (Name, Option<&'t str>) {
    let by_name = names::read(name);
    match tag.map(names::read) {
        Some(by_tag) if by_tag.part.is_some() || by_tag.count.indicator.is_some() => {
            let says_iso = by_tag.says_iso || by_name.says_iso;
            (Name { says_iso, ..by_tag }, tag)
        }
        _ => (by_name, None),
    }
}

/// The columns of a part, in the order of the table.
pub(super) fn with<'c, 'a>(
    columns: &'c [Column<'a>],
    part: Part,
) -> impl Iterator<Item = &'c Column<'a>> {
    columns
        .iter()
        .filter(move |column| column.says.part == Some(part))
}
