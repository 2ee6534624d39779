//! Then and now: what differs between what was known on two days, or from what was put out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::Columns;
use super::revisions::{difference, kind as version_kind, size, subject};
use super::rhythm::{self, Lag, LastDays};
use super::sentence::{day, lower_first, statement, when};
use crate::figure::{Period, Quantity, Series, coded_enum, grouped};
use crate::ledger::{FigureId, FigureRow, Figures, Release};

coded_enum! {
    /// What a change is. The order is that of importance to who must correct something.
    ChangeKind ("kind of change") {
        /// We had recorded it wrongly; the source had not said it.
        Corrected = "corrected",
        /// The source took it back, or no longer reports it.
        Withdrawn = "withdrawn",
        /// A smaller number for the same period.
        Down = "revised_down",
        /// A larger number for the same period.
        Up = "revised_up",
        /// The same number with another qualifier, status or range.
        Requalified = "requalified",
        /// The source goes on under another definition.
        Relabelled = "relabelled",
        /// Nothing newer, while the other series of its channel go on.
        Discontinued = "discontinued",
        /// A figure of a period that had none: no revision.
        New = "new",
    }
}

/// A figure on one of the two sides, with its publication.
#[derive(Debug, Clone, Copy)]
pub struct Side<'f> {
    figures: &'f Figures,
    row: &'f FigureRow,
}

/// One line of the comparison.
#[derive(Debug, Clone)]
pub struct Change<'f> {
    /// What it is.
    pub kind: ChangeKind,
    /// What is counted; of many series in one line, what they have in common.
    pub series: Series,
    /// How many figures the line speaks of.
    pub figures: usize,
    /// What was known then.
    pub then: Option<Side<'f>>,
    /// What is known now.
    pub now: Option<Side<'f>>,
    /// What there is to know beside.
    pub notes: Option<String>,
}

/// Beyond this many, the new series of one indicator are told in one line.
const ONE_BY_ONE: usize = 25;

/// Compares the newest figures of two days, most important first: by kind, then by the size of the
/// difference.
pub fn changes<'f>(then: &'f Figures, now: &'f Figures) -> Vec<Change<'f>> {
    let before = by_cell(then);
    let after = by_cell(now);
    let mut changes = Vec::new();
    let mut new: BTreeMap<&Series, Vec<&FigureRow>> = BTreeMap::new();
    for row in &now.rows {
        let series = &now.series[row.series];
        match before.get(&(series, row.period)) {
            Some(known) if known.quantity == row.quantity => {}
            Some(known) => changes.push(differing(series, side(then, known), side(now, row))),
            None => new.entry(series).or_default().push(row),
        }
    }
    for row in &then.rows {
        let series = &then.series[row.series];
        if !after.contains_key(&(series, row.period)) {
            changes.push(Change {
                kind: ChangeKind::Withdrawn,
                series: series.clone(),
                figures: 1,
                then: Some(side(then, row)),
                now: None,
                notes: None,
            });
        }
    }
    changes.extend(discontinued(then, now));
    changes.extend(new_series(then, now, &new, &after));
    sorted(changes)
}

/// Series that the source has stopped since, while the others of its channel go on.
fn discontinued<'f>(then: &'f Figures, now: &'f Figures) -> Vec<Change<'f>> {
    let had_stopped: BTreeSet<&Series> = stopped(then)
        .into_iter()
        .map(|(series, _)| series)
        .collect();
    let newest_then: HashMap<&Series, &FigureRow> = then
        .rows
        .iter()
        .map(|row| (&then.series[row.series], row))
        .collect();
    stopped(now)
        .into_iter()
        .filter(|(series, _)| !had_stopped.contains(series))
        .filter_map(|(series, last)| {
            let before = newest_then.get(series)?;
            Some(Change {
                kind: ChangeKind::Discontinued,
                series: series.clone(),
                figures: 1,
                then: Some(side(then, before)),
                now: Some(side(now, last)),
                notes: Some(format!("nothing newer than {}", last.period.end)),
            })
        })
        .collect()
}

/// The series that lag so far behind their channel that it has stopped them, with their last figure.
fn stopped(figures: &Figures) -> Vec<(&Series, &FigureRow)> {
    let by_series: Vec<&[FigureRow]> = figures.rows.chunk_by(|a, b| a.series == b.series).collect();
    let last_days = LastDays::new(by_series.iter().filter_map(|rows| {
        let last = rows.last()?;
        Some((&figures.series[last.series], last.period.end))
    }));
    by_series
        .iter()
        .filter_map(|rows| {
            let last = rows.last()?;
            let series = &figures.series[last.series];
            let days: Vec<NaiveDate> = rows.iter().map(|row| row.period.end).collect();
            let lag = rhythm::lag(&series.channel, &days, last_days.of(series), None);
            (lag == Some(Lag::Discontinued)).then_some((series, last))
        })
        .collect()
}

/// Compares what a release held with what is known now; new data is no matter of a correction.
///
/// `all` holds every version of the released series, with what was retracted.
pub fn since_release<'f>(release: &Release, all: &'f Figures, now: &'f Figures) -> Vec<Change<'f>> {
    let released: BTreeSet<_> = release.figures.iter().copied().collect();
    let after = by_cell(now);
    let mut changes = Vec::new();
    for row in all.rows.iter().filter(|row| released.contains(&row.id)) {
        let series = &all.series[row.series];
        let known = after.get(&(series, row.period)).copied();
        let then = side(all, row);
        let change = match (&row.retracted, known) {
            (Some(retracted), known) => Change {
                kind: ChangeKind::Corrected,
                series: series.clone(),
                figures: 1,
                then: Some(then),
                now: known.map(|known| side(now, known)),
                notes: Some(format!("our mistake: {}", retracted.reason)),
            },
            (None, Some(known)) if known.quantity == row.quantity => continue,
            (None, Some(known)) => differing(series, then, side(now, known)),
            (None, None) => Change {
                kind: ChangeKind::Withdrawn,
                series: series.clone(),
                figures: 1,
                then: Some(then),
                now: None,
                notes: None,
            },
        };
        changes.push(change);
    }
    sorted(changes)
}

fn by_cell(figures: &Figures) -> HashMap<(&Series, Period), &FigureRow> {
    figures
        .rows
        .iter()
        .map(|row| ((&figures.series[row.series], row.period), row))
        .collect()
}

const fn side<'f>(figures: &'f Figures, row: &'f FigureRow) -> Side<'f> {
    Side { figures, row }
}

fn differing<'f>(series: &Series, then: Side<'f>, now: Side<'f>) -> Change<'f> {
    use super::revisions::Kind;
    let kind = match version_kind(Some(&then.row.quantity), &now.row.quantity) {
        Kind::Up => ChangeKind::Up,
        Kind::Down => ChangeKind::Down,
        _ => ChangeKind::Requalified,
    };
    Change {
        kind,
        series: series.clone(),
        figures: 1,
        then: Some(then),
        now: Some(now),
        notes: None,
    }
}

/// Lines for what is new: one a series, with its newest figure then and now; one for all where an
/// indicator of a channel has many new series, and one for many zeros where there was no number.
fn new_series<'f>(
    then: &'f Figures,
    now: &'f Figures,
    new: &BTreeMap<&Series, Vec<&'f FigureRow>>,
    after: &HashMap<(&Series, Period), &'f FigureRow>,
) -> Vec<Change<'f>> {
    let newest_then: HashMap<&Series, &FigureRow> = then
        .rows
        .iter()
        .map(|row| (&then.series[row.series], row))
        .collect();
    let mut groups: BTreeMap<Series, Vec<(&Series, Vec<&FigureRow>)>> = BTreeMap::new();
    for (series, rows) in new {
        let common = Series {
            origin: None,
            location: None,
            since: None,
            breakdown: crate::figure::Breakdown::all(),
            ..(*series).clone()
        };
        groups
            .entry(common)
            .or_default()
            .push((series, rows.clone()));
    }
    let is_zero = |row: &&FigureRow| row.quantity.value == Some(0);
    let mut lines = Vec::new();
    for (common, mut members) in groups {
        let together = |members: &[(&Series, Vec<&FigureRow>)], what: &str| Change {
            kind: ChangeKind::New,
            series: common.clone(),
            figures: members.iter().map(|(_, rows)| rows.len()).sum(),
            then: None,
            now: None,
            notes: Some(format!("{} series: {what}", grouped(members.len() as i64))),
        };
        let zeros: Vec<(&Series, Vec<&FigureRow>)> = members
            .iter()
            .map(|(series, rows)| {
                let zeros = rows.iter().copied().filter(is_zero).collect::<Vec<_>>();
                (*series, zeros)
            })
            .filter(|(_, zeros)| !zeros.is_empty())
            .collect();
        if zeros.len() > ONE_BY_ONE {
            for (_, rows) in &mut members {
                rows.retain(|row| !is_zero(row));
            }
            members.retain(|(_, rows)| !rows.is_empty());
            lines.push(together(
                &zeros,
                "zero, where there was no number; a first zero is no revision",
            ));
        }
        let mut news = Vec::new();
        for (series, rows) in &members {
            let Some(last) = rows.last() else { continue };
            let before = newest_then.get(series).copied();
            let former = match before {
                Some(_) => None,
                None => former_definition(series, &newest_then, new),
            };
            news.push(Change {
                kind: former.map_or(ChangeKind::New, |_| ChangeKind::Relabelled),
                series: (*series).clone(),
                figures: rows.len(),
                then: before.or(former).map(|row| side(then, row)),
                now: Some(side(now, last)),
                notes: match (before, former) {
                    (Some(row), _) => revised_since(row, after.get(&(*series, row.period))),
                    (None, Some(row)) => {
                        let former = &then.series[row.series];
                        Some(format!("before: {}", shown(&former.breakdown.to_string())))
                    }
                    (None, None) => None,
                },
            });
        }
        if news.len() > ONE_BY_ONE {
            news.retain(|change| change.kind == ChangeKind::Relabelled);
            lines.push(together(&members, "new figures"));
        }
        lines.extend(news);
    }
    lines
}

/// What is told beside a new number whose former one was revised too: the difference of the two is of
/// two vintages, and neither an increase nor a fall.
fn revised_since(before: &FigureRow, after: Option<&&FigureRow>) -> Option<String> {
    let now = after.filter(|now| now.quantity != before.quantity)?;
    Some(format!(
        "the number then has since been revised to {}",
        now.quantity
    ))
}

/// The series that a new one goes on from under another definition, if it has ended.
fn former_definition<'f>(
    series: &Series,
    then: &HashMap<&Series, &'f FigureRow>,
    new: &BTreeMap<&Series, Vec<&FigureRow>>,
) -> Option<&'f FigureRow> {
    const DEFINITION: &str = "definition";
    let undefined = |series: &Series| Series {
        breakdown: series.breakdown.clone().without(DEFINITION),
        ..series.clone()
    };
    series.breakdown.get(DEFINITION)?;
    let wanted = undefined(series);
    then.iter()
        .filter(|(former, _)| !new.contains_key(**former) && undefined(former) == wanted)
        .max_by_key(|(_, row)| (row.period.end, row.id))
        .map(|(_, row)| *row)
}

fn shown(breakdown: &str) -> &str {
    if breakdown.is_empty() {
        "no definition named"
    } else {
        breakdown
    }
}

fn sorted(mut changes: Vec<Change<'_>>) -> Vec<Change<'_>> {
    changes.sort_by(|a, b| {
        let weight = |change: &Change<'_>| std::cmp::Reverse(change.weight());
        let newest = |change: &Change<'_>| std::cmp::Reverse(change.period().map(|day| day.end));
        (a.kind, weight(a), newest(a), &a.series).cmp(&(b.kind, weight(b), newest(b), &b.series))
    });
    changes
}

impl<'f> Side<'f> {
    /// The figure.
    pub const fn row(&self) -> &'f FigureRow {
        self.row
    }

    fn quantity(&self) -> Quantity {
        self.row.quantity
    }

    fn title(&self) -> &'f str {
        &self.figures.publications[self.row.publication]
            .publication
            .title
    }

    fn url(&self) -> Option<&'f str> {
        self.figures.publications[self.row.publication]
            .publication
            .url
            .as_deref()
    }
}

impl Change<'_> {
    /// The figures of both sides.
    pub fn figure_ids(&self) -> impl Iterator<Item = FigureId> {
        [self.then, self.now]
            .into_iter()
            .flatten()
            .map(|side| side.row.id)
    }

    /// Now minus then, and per cent of then.
    fn difference(&self) -> (Option<i64>, Option<f64>) {
        let number = |side: Option<Side<'_>>| side.and_then(|side| size(&side.quantity()));
        difference(number(self.then), number(self.now))
    }

    fn weight(&self) -> i64 {
        let lost = |side: Option<Side<'_>>| side.and_then(|side| size(&side.quantity()));
        match self.difference().0 {
            Some(change) => change.saturating_abs(),
            None => lost(self.then.or(self.now)).unwrap_or(0).saturating_abs(),
        }
    }

    fn period(&self) -> Option<Period> {
        self.now.or(self.then).map(|side| side.row.period)
    }

    /// The change as a sentence, fit for a changelog.
    pub fn sentence(&self) -> String {
        let said = |side: &Side<'_>| statement(&self.series, side.row.period, &side.quantity());
        let known = |side: &Side<'_>| day(side.row.version.day());
        let by = || {
            let (change, percent) = self.difference();
            let Some(change) = change.filter(|change| *change != 0) else {
                return String::new();
            };
            let word = if change > 0 { "more" } else { "fewer" };
            let percent = percent.map_or_else(String::new, |percent| {
                format!(", {:.1} per cent", percent.abs())
            });
            format!(": {} {word}{percent}", grouped(change.saturating_abs()))
        };
        let indicator = self.series.indicator.replace('_', " ");
        match (self.kind, &self.then, &self.now) {
            (ChangeKind::Corrected, Some(then), Some(now)) => format!(
                "Our mistake: {}; we had recorded {}.",
                said(now),
                then.quantity()
            ),
            (ChangeKind::Corrected, Some(then), None) => format!(
                "Our mistake: the source did not say {} {indicator} for {}.",
                then.quantity(),
                then.row.period
            ),
            (ChangeKind::Withdrawn, Some(then), _) => format!(
                "No longer given by {}: {}, published {}.",
                self.series.claimant,
                lower_first(&said(then)),
                known(then)
            ),
            (
                ChangeKind::Up | ChangeKind::Down | ChangeKind::Requalified,
                Some(then),
                Some(now),
            ) => {
                format!(
                    "Revised: {}; it was {} as published {}{}.",
                    lower_first(&said(now)),
                    then.quantity(),
                    known(then),
                    by()
                )
            }
            (ChangeKind::Relabelled, Some(then), Some(now)) => format!(
                "Another definition: {}; under the one before it was {} for {}, and the two are not compared.",
                lower_first(&said(now)),
                then.quantity(),
                then.row.period
            ),
            (ChangeKind::Discontinued, _, Some(now)) => format!(
                "Discontinued by {}: the last is {}.",
                self.series.claimant,
                lower_first(&said(now))
            ),
            (_, Some(then), Some(now)) => {
                let by = match &self.notes {
                    Some(notes) => format!("; {notes}"),
                    None => by(),
                };
                format!(
                    "New: {}; {} it was {}{by}.",
                    lower_first(&said(now)),
                    lower_first(&when(self.series.measure, then.row.period)),
                    then.quantity(),
                )
            }
            (_, _, Some(now)) => format!("New: {}.", lower_first(&said(now))),
            _ => format!(
                "New: {} figures on {indicator} ({}), {}.",
                grouped(self.figures as i64),
                self.series.claimant,
                self.notes.as_deref().unwrap_or_default()
            ),
        }
    }
}

/// Changes as a frame, a row each, then and now side by side.
///
/// Columns: kind, figures (whole), those of the subject (see [`super::revisions::versions`]),
/// then_period_end (date), then_value, then_low, then_high (whole), then_qualifier, then_version,
/// period_end (date), now_value, now_low, now_high (whole), now_qualifier, now_version, change
/// (whole), change_percent (decimal), then_title, then_url, now_title, now_url, then_figure_id,
/// now_figure_id, notes.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(changes: &[Change<'_>]) -> Result<DataFrame, PublishError> {
    let mut columns = Columns::default();
    columns.text(
        "kind",
        changes.iter().map(|change| Some(change.kind.code())),
    );
    columns.whole(
        "figures",
        changes.iter().map(|change| Some(change.figures as i64)),
    );
    subject(
        &mut columns,
        changes.iter().map(|change| Some(&change.series)),
    );
    type Pick = for<'c, 'f> fn(&'c Change<'f>) -> Option<&'c Side<'f>>;
    let sides: [(&str, &str, Pick); 2] = [
        ("then", "then_period_end", |change| change.then.as_ref()),
        ("now", "period_end", |change| change.now.as_ref()),
    ];
    for (when, period, pick) in sides {
        let quantity = |change: &Change<'_>| pick(change).map(Side::quantity);
        columns.date(
            period,
            changes
                .iter()
                .map(|change| Some(pick(change)?.row.period.end)),
        );
        columns.whole(
            &format!("{when}_value"),
            changes.iter().map(|change| quantity(change)?.value),
        );
        columns.whole(
            &format!("{when}_low"),
            changes.iter().map(|change| quantity(change)?.low),
        );
        columns.whole(
            &format!("{when}_high"),
            changes.iter().map(|change| quantity(change)?.high),
        );
        columns.text(
            &format!("{when}_qualifier"),
            changes
                .iter()
                .map(|change| Some(quantity(change)?.qualifier.code())),
        );
        columns.text(
            &format!("{when}_version"),
            changes
                .iter()
                .map(|change| Some(pick(change)?.row.version.to_string())),
        );
    }
    columns.whole("change", changes.iter().map(|change| change.difference().0));
    columns.decimal(
        "change_percent",
        changes.iter().map(|change| change.difference().1),
    );
    for (when, _, pick) in sides {
        columns.text(
            &format!("{when}_title"),
            changes.iter().map(|change| Some(pick(change)?.title())),
        );
        columns.text(
            &format!("{when}_url"),
            changes.iter().map(|change| pick(change)?.url()),
        );
    }
    for (when, _, pick) in sides {
        columns.text(
            &format!("{when}_figure_id"),
            changes
                .iter()
                .map(|change| Some(pick(change)?.row.id.to_string())),
        );
    }
    columns.text("notes", changes.iter().map(|change| change.notes.as_ref()));
    columns.frame()
}

/// Changes as sentences, a line each.
pub fn sentences(changes: &[Change<'_>]) -> String {
    changes
        .iter()
        .map(|change| change.sentence() + "\n")
        .collect()
}
