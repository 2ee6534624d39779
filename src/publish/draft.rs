//! A draft article held against the record: each of its numbers as recorded, superseded, contradicted,
//! without its qualifier, or unknown.

use std::collections::HashMap;

use polars::prelude::DataFrame;

use super::PublishError;
use super::agreement::{Agreement, agreement, reach};
use super::frame::Columns;
use super::place_name;
use super::revisions::subject;
use crate::figure::{Measure, Period, Series, coded_enum};
use crate::ledger::{FigureRow, Figures, Selection};
use crate::text::{Candidate, Document, Field, claimant_code, located};

coded_enum! {
    /// How a number of a draft stands to the record.
    DraftFinding ("finding of a draft") {
        /// The newest figure says it, or is rightly rounded to it.
        AsRecorded = "as_recorded",
        /// The newest figure says it with words that the draft lost or changed: "at least 14" as "14".
        QualifierLost = "qualifier_lost",
        /// It was said once; there is a newer number.
        Superseded = "superseded",
        /// The record has other numbers of the same thing, and not this one.
        Contradicted = "contradicted",
        /// Nothing in the record tells.
        Unknown = "unknown",
    }
}

/// A number below which words alone, without what is counted and where, could mean any figure.
const TELLING: i64 = 1_000;

/// A number of a draft with what the record says of it.
#[derive(Debug, Clone)]
pub struct Drafted<'a> {
    /// The number as it was read.
    pub candidate: &'a Candidate,
    /// Its sentence.
    pub quote: &'a str,
    /// How it stands.
    pub finding: DraftFinding,
    /// The figure that it was found as, or that contradicts it.
    pub figure: Option<&'a FigureRow>,
    /// What stands now in its place.
    pub newest: Option<&'a FigureRow>,
}

/// What must be known to check numbers: spans of values (both ends included) that are sought whatever they
/// count, and selections of what the draft says that it counts.
#[derive(Debug, Default)]
pub struct Needed {
    /// Smallest and largest value.
    pub values: Vec<(i64, i64)>,
    /// What is counted where.
    pub selections: Vec<Selection>,
}

impl Needed {
    /// What is needed for these numbers.
    pub fn of(candidates: &[Candidate]) -> Self {
        let mut needed = Self::default();
        for candidate in candidates.iter().filter(|candidate| !candidate.denied) {
            if let Some(indicator) = &candidate.indicator {
                let selection = Selection {
                    indicators: vec![indicator.clone()],
                    origins: candidate.origin.iter().cloned().collect(),
                    locations: located(candidate).0.into_iter().collect(),
                    ..Selection::default()
                };
                if !needed.selections.contains(&selection) {
                    needed.selections.push(selection);
                }
            } else if is_telling(candidate) {
                needed.values.extend(reach(&candidate.quantity));
            }
        }
        needed
    }
}

/// Whether a number without its indicator says enough to be found.
fn is_telling(candidate: &Candidate) -> bool {
    let number = candidate.quantity.value.or(candidate.quantity.low);
    candidate.origin.is_some()
        || candidate.location.is_some()
        || number.is_some_and(|number| number >= TELLING)
}

/// Holds the numbers of a draft against figures, which were selected with all their versions.
pub fn check<'a>(
    document: &'a Document,
    candidates: &'a [Candidate],
    figures: &'a Figures,
) -> Vec<Drafted<'a>> {
    let record = Record::of(figures);
    candidates
        .iter()
        .filter(|candidate| !candidate.denied)
        .map(|candidate| {
            let (finding, figure, newest) = record.judge(candidate);
            Drafted {
                candidate,
                quote: candidate.sentence.of(&document.body),
                finding,
                figure,
                newest,
            }
        })
        .collect()
}

/// Figures with what is newest of each.
struct Record<'a> {
    figures: &'a Figures,
    /// The newest living row of each cell.
    cells: HashMap<(usize, Period), &'a FigureRow>,
    /// The newest day of each series that has a number.
    series: HashMap<usize, &'a FigureRow>,
}

type Judgement<'a> = (DraftFinding, Option<&'a FigureRow>, Option<&'a FigureRow>);

impl<'a> Record<'a> {
    fn of(figures: &'a Figures) -> Self {
        let mut cells = HashMap::new();
        for row in figures.rows.iter().filter(|row| row.retracted.is_none()) {
            cells.insert((row.series, row.period), row);
        }
        let mut series: HashMap<usize, &FigureRow> = HashMap::new();
        for row in cells.values().filter(|row| row.quantity.is_present()) {
            let newest = series.entry(row.series).or_insert(row);
            if (newest.period.end, newest.version) < (row.period.end, row.version) {
                *newest = row;
            }
        }
        Self {
            figures,
            cells,
            series,
        }
    }

    fn judge(&self, candidate: &Candidate) -> Judgement<'a> {
        if candidate.indicator.is_none() && !is_telling(candidate) {
            return (DraftFinding::Unknown, None, None);
        }
        let of_it = || {
            self.figures.rows.iter().filter(|row| {
                row.retracted.is_none()
                    && row.quantity.is_present()
                    && may_mean(candidate, &self.figures.series[row.series])
                    && is_of_its_days(candidate, &self.figures.series[row.series], row.period)
            })
        };
        let said = of_it().filter_map(|row| self.as_said(candidate, row));
        let best = said.min_by_key(|(finding, row, _)| {
            // Of equals the newest.
            (
                *finding,
                std::cmp::Reverse((row.version, row.period.end, row.id)),
            )
        });
        if let Some((finding, row, newest)) = best {
            return (finding, Some(row), Some(newest));
        }
        let others = of_it().filter(|row| self.contradicts(candidate, row));
        match others.max_by_key(|row| (row.version, row.period.end, row.id)) {
            Some(row) => (DraftFinding::Contradicted, Some(row), Some(row)),
            None => (DraftFinding::Unknown, None, None),
        }
    }

    /// How a number stands to a row that says it; none where the row says another.
    fn as_said(
        &self,
        candidate: &Candidate,
        row: &'a FigureRow,
    ) -> Option<(DraftFinding, &'a FigureRow, &'a FigureRow)> {
        let agreement = agreement(&candidate.quantity, &row.quantity);
        let is_the_number = candidate.quantity.value == row.quantity.value;
        // Where nothing tells what is counted, only the number itself is believed.
        if agreement == Agreement::Different || (candidate.indicator.is_none() && !is_the_number) {
            return None;
        }
        let newest = *self.cells.get(&(row.series, row.period))?;
        if newest.quantity != row.quantity {
            return Some((DraftFinding::Superseded, row, newest));
        }
        if let Some(later) = self.overtakes(candidate, row) {
            return Some((DraftFinding::Superseded, row, later));
        }
        let finding = if agreement == Agreement::Unqualified {
            DraftFinding::QualifierLost
        } else {
            DraftFinding::AsRecorded
        };
        Some((finding, row, newest))
    }

    /// The number of a later day, where a draft gives one that grows or shrinks without a day.
    fn overtakes(&self, candidate: &Candidate, row: &FigureRow) -> Option<&'a FigureRow> {
        let series = &self.figures.series[row.series];
        if has_days(candidate) || series.measure == Measure::Flow {
            return None;
        }
        let later = *self.series.get(&row.series)?;
        let is_other = agreement(&candidate.quantity, &later.quantity) == Agreement::Different;
        (later.period.end > row.period.end && is_other).then_some(later)
    }

    /// Whether a row gives another number of just what the draft speaks of.
    fn contradicts(&self, candidate: &Candidate, row: &FigureRow) -> bool {
        let series = &self.figures.series[row.series];
        let is_newest = self
            .cells
            .get(&(row.series, row.period))
            .is_some_and(|newest| newest.id == row.id);
        let is_of_a_day = has_days(candidate)
            || self
                .series
                .get(&row.series)
                .is_some_and(|newest| newest.id == row.id);
        candidate.indicator.is_some()
            && (candidate.location.is_some() || candidate.origin.is_some())
            && candidate.origin == series.origin
            && located(candidate).0 == series.location
            && candidate.breakdown == series.breakdown
            && candidate.measure == series.measure
            && candidate.unit == series.unit
            && is_newest
            && is_of_a_day
    }
}

/// Whether a draft says of which days its number is.
fn has_days(candidate: &Candidate) -> bool {
    candidate.period_end.or(candidate.period_start).is_some()
        && !candidate.inherited.contains(&Field::Period)
}

/// Whether nothing that a draft says of a number speaks against a series.
fn may_mean(candidate: &Candidate, series: &Series) -> bool {
    let claimant = candidate
        .claimant
        .as_deref()
        .filter(|_| !candidate.inherited.contains(&Field::Claimant));
    let (location, within) = located(candidate);
    // A number of a town that is not known here is none of its country.
    within.is_none()
        // Nor is one of several countries together of one of them.
        && ![Field::Origin, Field::Location]
            .iter()
            .any(|place| candidate.unclear.contains(place))
        && candidate
            .indicator
            .as_deref()
            .is_none_or(|indicator| *series.indicator == *indicator)
        && (candidate.origin.is_none() || candidate.origin == series.origin)
        && (location.is_none() || location == series.location)
        && claimant.is_none_or(|name| *series.claimant == *claimant_code(name))
        && candidate
            .breakdown
            .iter()
            .all(|(dimension, code)| series.breakdown.get(dimension) == Some(code))
}

/// Whether a row is of the days that a draft gives for its number, if it gives any.
fn is_of_its_days(candidate: &Candidate, series: &Series, period: Period) -> bool {
    let Some(end) = candidate
        .period_end
        .or(candidate.period_start)
        .filter(|_| has_days(candidate))
    else {
        return true;
    };
    let start = candidate.period_start.unwrap_or(end);
    match series.measure {
        Measure::Flow => (period.start, period.end) == (start, end),
        // "In March" a stock is of one of its days.
        Measure::Stock => start <= period.end && period.end <= end,
        Measure::Cumulative => period.end == end,
    }
}

/// The numbers of a draft as a frame, a row each.
///
/// Columns: text (the number with its words), finding (see [`DraftFinding`]), those of the subject of the
/// figure (see [`super::revisions::versions`]), period_end (date), value, low, high (whole), qualifier,
/// figure_id, newest_value (whole), newest_qualifier, newest_period_end (date), newest_version,
/// newest_figure_id, title, url, quote, first, after_last (whole: the number in the text of the draft, in code points).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(figures: &Figures, drafted: &[Drafted<'_>]) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    let row = |one: &Drafted<'_>| one.figure.map(|row| row.quantity);
    columns.text("text", drafted.iter().map(|one| Some(words(one))));
    columns.text(
        "finding",
        drafted.iter().map(|one| Some(one.finding.code())),
    );
    subject(
        &mut columns,
        drafted
            .iter()
            .map(|one| one.figure.map(|row| &figures.series[row.series])),
    );
    columns.date(
        "period_end",
        drafted.iter().map(|one| Some(one.figure?.period.end)),
    );
    columns.whole("value", drafted.iter().map(|one| row(one)?.value));
    columns.whole("low", drafted.iter().map(|one| row(one)?.low));
    columns.whole("high", drafted.iter().map(|one| row(one)?.high));
    columns.text(
        "qualifier",
        drafted.iter().map(|one| Some(row(one)?.qualifier.code())),
    );
    columns.text(
        "figure_id",
        drafted.iter().map(|one| Some(one.figure?.id.to_string())),
    );
    columns.whole(
        "newest_value",
        drafted.iter().map(|one| one.newest?.quantity.value),
    );
    columns.text(
        "newest_qualifier",
        drafted
            .iter()
            .map(|one| Some(one.newest?.quantity.qualifier.code())),
    );
    columns.date(
        "newest_period_end",
        drafted.iter().map(|one| Some(one.newest?.period.end)),
    );
    columns.text(
        "newest_version",
        drafted
            .iter()
            .map(|one| Some(one.newest?.version.to_string())),
    );
    columns.text(
        "newest_figure_id",
        drafted.iter().map(|one| Some(one.newest?.id.to_string())),
    );
    let publication = |one: &Drafted<'_>| {
        let shown = one.newest.or(one.figure)?;
        Some(&figures.publications[shown.publication].publication)
    };
    columns.text(
        "title",
        drafted
            .iter()
            .map(|one| Some(publication(one)?.title.as_str())),
    );
    columns.text(
        "url",
        drafted.iter().map(|one| publication(one)?.url.as_deref()),
    );
    columns.text("quote", drafted.iter().map(|one| Some(one.quote)));
    let place = |at: usize| i64::try_from(at).ok();
    columns.whole(
        "first",
        drafted.iter().map(|one| place(one.candidate.number.begin)),
    );
    columns.whole(
        "after_last",
        drafted.iter().map(|one| place(one.candidate.number.end)),
    );
    columns.frame()
}

/// The numbers of a draft as a frame for people: what an editor must know, and the sentence last.
///
/// Columns: text, finding, claimant, location, period_end (date), recorded (the number with its words),
/// newest and newest_period_end (of what is superseded), newest_version, figure_id, quote.
///
/// # Errors
/// When polars cannot build the frame.
pub fn overview(figures: &Figures, drafted: &[Drafted<'_>]) -> Result<DataFrame, PublishError> {
    let series = |one: &Drafted<'_>| one.figure.map(|row| &figures.series[row.series]);
    let mut columns = Columns::default();
    columns.text("text", drafted.iter().map(|one| Some(words(one))));
    columns.text(
        "finding",
        drafted.iter().map(|one| Some(one.finding.code())),
    );
    columns.text(
        "claimant",
        drafted.iter().map(|one| Some(&series(one)?.claimant)),
    );
    columns.text(
        "location",
        drafted
            .iter()
            .map(|one| series(one)?.location.as_ref().map(place_name)),
    );
    columns.date(
        "period_end",
        drafted.iter().map(|one| Some(one.figure?.period.end)),
    );
    columns.text(
        "recorded",
        drafted
            .iter()
            .map(|one| Some(one.figure?.quantity.to_string())),
    );
    columns.text(
        "newest",
        drafted
            .iter()
            .map(|one| Some(newer(one)?.quantity.to_string())),
    );
    columns.date(
        "newest_period_end",
        drafted.iter().map(|one| Some(newer(one)?.period.end)),
    );
    columns.text(
        "newest_version",
        drafted
            .iter()
            .map(|one| Some(newer(one)?.version.to_string())),
    );
    columns.text(
        "figure_id",
        drafted
            .iter()
            .map(|one| Some(newer(one).or(one.figure)?.id.to_string())),
    );
    columns.text("quote", drafted.iter().map(|one| Some(one.quote)));
    columns.frame()
}

/// What stands now in the place of a superseded number.
fn newer<'a>(one: &Drafted<'a>) -> Option<&'a FigureRow> {
    one.newest
        .filter(|_| one.finding == DraftFinding::Superseded)
}

/// The number with its words, as the draft has it.
fn words(one: &Drafted<'_>) -> String {
    match &one.candidate.qualifier_text {
        Some(qualifier) => format!("{qualifier} {}", one.candidate.text),
        None => one.candidate.text.clone(),
    }
}

#[cfg(test)]
mod tests;
