//! Days from which on a source counts otherwise: those that a person named, and those that the
//! record knows because the definition is part of what is counted.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Brief;
use crate::chart::{Break, Language};
use crate::figure::Series;
use crate::line::Line;
use crate::vocabulary;

/// The dimension that tells definitions apart.
const DEFINITION: &str = "definition";

/// The breaks of a chart of lines. Of those that the record knows, only what holds for all lines is
/// drawn, as a break runs through all of them.
pub(super) fn of(lines: &[Line], brief: &Brief) -> Vec<Break> {
    let mut breaks = brief.breaks.clone();
    for one in known(lines, brief.language) {
        if breaks.iter().all(|other| other.date != one.date) {
            breaks.push(one);
        }
    }
    breaks.sort_by_key(|one| one.date);
    breaks
}

fn known(lines: &[Line], language: Language) -> Vec<Break> {
    let mut groups: BTreeMap<Series, Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| !line.points.is_empty()) {
        let mut key = line.series.clone();
        key.breakdown = key.breakdown.without(DEFINITION);
        groups.entry(key).or_default().push(line);
    }
    let mut of_groups = groups.into_values().map(|lines| changes(lines, language));
    let Some(first) = of_groups.next() else {
        return Vec::new();
    };
    let shared = of_groups.fold(first, |shared, own| {
        shared.intersection(&own).cloned().collect()
    });
    let as_break = |(date, label): (NaiveDate, String)| Break { date, label };
    shared.into_iter().map(as_break).collect()
}

/// Where one definition ends and the next begins, with the name of the new one.
fn changes(mut lines: Vec<&Line>, language: Language) -> BTreeSet<(NaiveDate, String)> {
    lines.sort_by_key(|line| line.points[0].period.end);
    let change = |pair: &[&Line]| {
        let (before, after) = (pair[0], pair[1]);
        let first = after.points.first()?.period.end;
        let ended = before.points.last()?.period.end < first;
        let code = after.series.breakdown.get(DEFINITION);
        let label = match code {
            Some(code) => vocabulary::dimension(DEFINITION)
                .map_or(code, |known| known.label_of(code))
                .to_lowercase(),
            None => language.words().selection.new_definition.to_owned(),
        };
        ended.then_some((first, label))
    };
    lines.windows(2).filter_map(change).collect()
}
