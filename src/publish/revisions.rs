//! What was said of one thing over time: the versions of each figure, and how they settled.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::{Columns, rounded};
use crate::analysis::revision::{Known, Revision, analyse};
use crate::figure::{Missing, Period, PlaceId, Quantity, Series, coded_enum};
use crate::ledger::{FigureRow, Figures};

pub mod falls;

coded_enum! {
    /// What a version is to the one before it.
    Kind ("kind of version") {
        /// The first.
        First = "first",
        /// A larger number.
        Up = "revised_up",
        /// A smaller number.
        Down = "revised_down",
        /// The same number with another qualifier, status or range.
        Requalified = "requalified",
        /// The source took it back, or reported it no longer.
        Withdrawn = "withdrawn",
        /// A number again, after it was withdrawn.
        Restored = "restored",
    }
}

/// The versions of one figure, oldest first; what we retracted is not among them.
#[derive(Debug, Clone)]
pub struct History<'f> {
    /// What is counted.
    pub series: &'f Series,
    /// The days that it speaks of.
    pub period: Period,
    /// Its versions.
    pub versions: Vec<&'f FigureRow>,
}

/// The histories of figures that were selected with all their versions, in their order.
pub fn histories(figures: &Figures) -> Vec<History<'_>> {
    figures
        .rows
        .chunk_by(|a, b| (a.series, a.period) == (b.series, b.period))
        .filter_map(|rows| {
            let versions: Vec<&FigureRow> =
                rows.iter().filter(|row| row.retracted.is_none()).collect();
            let first = versions.first()?;
            Some(History {
                series: &figures.series[first.series],
                period: first.period,
                versions,
            })
        })
        .collect()
}

/// What a quantity is to the one that was known before it.
pub fn kind(before: Option<&Quantity>, now: &Quantity) -> Kind {
    let Some(before) = before else {
        return Kind::First;
    };
    match (before.is_present(), now.is_present()) {
        (_, false) => Kind::Withdrawn,
        (false, true) => Kind::Restored,
        (true, true) => match size(now).cmp(&size(before)) {
            std::cmp::Ordering::Greater => Kind::Up,
            std::cmp::Ordering::Less => Kind::Down,
            std::cmp::Ordering::Equal => Kind::Requalified,
        },
    }
}

/// The number that stands for a quantity when two are put in order.
pub fn size(quantity: &Quantity) -> Option<i64> {
    quantity.value.or(quantity.low).or(quantity.high)
}

impl History<'_> {
    /// How often a number took the place of a number; that one was withdrawn, or restored after
    /// that, is another thing.
    pub fn revisions(&self) -> usize {
        let present = |row: &FigureRow| row.quantity.is_present();
        self.versions
            .windows(2)
            .filter(|pair| present(pair[0]) && present(pair[1]))
            .count()
    }

    /// Whether its source no longer gives a number.
    pub fn is_withdrawn(&self) -> bool {
        self.versions
            .last()
            .is_some_and(|row| !row.quantity.is_present())
    }

    /// How its numbers settled; none where it never had one.
    pub fn analysis(&self) -> Option<Revision> {
        let known: Vec<Known> = self
            .versions
            .iter()
            .filter_map(|row| {
                Some(Known {
                    lag: (row.version.day() - self.period.end).num_days(),
                    value: size(&row.quantity)?,
                })
            })
            .collect();
        analyse(&known)
    }
}

/// The columns that say of what a row speaks: indicator, measure, origin, origin_id, location,
/// location_id, since (date), breakdown, claimant, channel.
pub(super) fn subject<'s>(
    columns: &mut Columns,
    series: impl Iterator<Item = Option<&'s Series>> + Clone,
) {
    fn name(id: Option<&PlaceId>) -> Option<&str> {
        id.map(place_name)
    }
    fn code(id: Option<&PlaceId>) -> Option<&str> {
        id.map(PlaceId::as_str)
    }
    let all = || series.clone();
    columns.text("indicator", all().map(|series| Some(&series?.indicator)));
    columns.text("measure", all().map(|series| Some(series?.measure.code())));
    columns.text("origin", all().map(|series| name(series?.origin.as_ref())));
    columns.text(
        "origin_id",
        all().map(|series| code(series?.origin.as_ref())),
    );
    columns.text(
        "location",
        all().map(|series| name(series?.location.as_ref())),
    );
    columns.text(
        "location_id",
        all().map(|series| code(series?.location.as_ref())),
    );
    columns.date("since", all().map(|series| series?.since));
    columns.text(
        "breakdown",
        all().map(|series| Some(series?.breakdown.to_string())),
    );
    columns.text("claimant", all().map(|series| Some(&series?.claimant)));
    columns.text("channel", all().map(|series| Some(&series?.channel)));
}

/// Difference of two numbers, and per cent of the first.
pub(super) fn difference(before: Option<i64>, now: Option<i64>) -> (Option<i64>, Option<f64>) {
    let change = before
        .zip(now)
        .and_then(|(before, now)| now.checked_sub(before));
    let percent = change
        .zip(before.filter(|before| *before != 0))
        .map(|(change, before)| rounded(100.0 * change as f64 / before as f64, 2));
    (change, percent)
}

/// Every version of the histories as a frame, a row each.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id,
/// since (date), breakdown, claimant, channel), period_start, period_end (dates), version (text),
/// value, low, high (whole), qualifier, status, kind (see [`Kind`]), change (whole), change_percent
/// (decimal) against the version before, notes, title, url, figure_id, entry (whole).
///
/// # Errors
/// When polars cannot build the frame.
pub fn versions(figures: &Figures, histories: &[History<'_>]) -> Result<DataFrame, PublishError> {
    struct Version<'h> {
        history: &'h History<'h>,
        row: &'h FigureRow,
        before: Option<&'h FigureRow>,
    }
    let rows: Vec<Version<'_>> = histories
        .iter()
        .flat_map(|history| {
            (0..history.versions.len()).map(move |index| Version {
                history,
                row: history.versions[index],
                before: index.checked_sub(1).map(|before| history.versions[before]),
            })
        })
        .collect();
    let publication = |row: &FigureRow| &figures.publications[row.publication].publication;
    let change = |version: &Version<'_>| {
        difference(
            version.before.and_then(|before| before.quantity.value),
            version.row.quantity.value,
        )
    };
    let mut columns = Columns::default();
    subject(
        &mut columns,
        rows.iter().map(|version| Some(version.history.series)),
    );
    columns.date(
        "period_start",
        rows.iter()
            .map(|version| Some(version.history.period.start)),
    );
    columns.date(
        "period_end",
        rows.iter().map(|version| Some(version.history.period.end)),
    );
    columns.text(
        "version",
        rows.iter()
            .map(|version| Some(version.row.version.to_string())),
    );
    let quantity = |version: &Version<'_>| version.row.quantity;
    columns.quantity(rows.iter().map(quantity));
    columns.text(
        "status",
        rows.iter().map(|row| Some(quantity(row).status.code())),
    );
    columns.text(
        "kind",
        rows.iter().map(|version| {
            let before = version.before.map(|before| &before.quantity);
            Some(kind(before, &version.row.quantity).code())
        }),
    );
    columns.whole("change", rows.iter().map(|row| change(row).0));
    columns.decimal("change_percent", rows.iter().map(|row| change(row).1));
    columns.text(
        "notes",
        rows.iter().map(|version| {
            let missing = version.row.quantity.missing;
            let missing = missing.map(|missing: Missing| missing.code().replace('_', " "));
            missing.or_else(|| version.row.notes.clone())
        }),
    );
    columns.text(
        "title",
        rows.iter()
            .map(|version| Some(&publication(version.row).title)),
    );
    columns.text(
        "url",
        rows.iter()
            .map(|version| publication(version.row).url.as_ref()),
    );
    columns.text(
        "figure_id",
        rows.iter().map(|version| Some(version.row.id.to_string())),
    );
    columns.whole("entry", rows.iter().map(|version| Some(version.row.entry)));
    columns.frame()
}

/// How each figure settled, as a frame, a row a period.
///
/// Columns: those of the subject, period_start, period_end (dates), revisions (whole), first_value,
/// latest_value, change (whole), change_percent (decimal), min_value, max_value (whole),
/// median_value (decimal), spread (whole), relative_spread (decimal), min_lag_days, max_lag_days,
/// lag_near_latest_days (whole), figure_id of the latest.
///
/// # Errors
/// When polars cannot build the frame.
pub fn by_period(histories: &[History<'_>]) -> Result<DataFrame, PublishError> {
    let rows: Vec<(&History<'_>, Revision)> = histories
        .iter()
        .filter_map(|history| Some((history, history.analysis()?)))
        .collect();
    let ends = |history: &History<'_>| {
        let mut present = history
            .versions
            .iter()
            .filter_map(|row| size(&row.quantity));
        let first = present.next();
        (first, present.next_back().or(first))
    };
    let change = |history: &History<'_>| {
        let (first, latest) = ends(history);
        difference(first, latest)
    };
    let mut columns = Columns::default();
    subject(
        &mut columns,
        rows.iter().map(|(history, _)| Some(history.series)),
    );
    columns.date(
        "period_start",
        rows.iter().map(|(history, _)| Some(history.period.start)),
    );
    columns.date(
        "period_end",
        rows.iter().map(|(history, _)| Some(history.period.end)),
    );
    columns.whole(
        "revisions",
        rows.iter()
            .map(|(history, _)| Some(history.revisions() as i64)),
    );
    columns.whole(
        "first_value",
        rows.iter().map(|(history, _)| ends(history).0),
    );
    columns.whole(
        "latest_value",
        rows.iter().map(|(history, _)| ends(history).1),
    );
    columns.whole("change", rows.iter().map(|(history, _)| change(history).0));
    columns.decimal(
        "change_percent",
        rows.iter().map(|(history, _)| change(history).1),
    );
    let revision =
        |of: fn(&Revision) -> i64| rows.iter().map(move |(_, revision)| Some(of(revision)));
    columns.whole("min_value", revision(|revision| revision.min));
    columns.whole("max_value", revision(|revision| revision.max));
    columns.decimal(
        "median_value",
        rows.iter().map(|(_, revision)| Some(revision.median)),
    );
    columns.whole("spread", revision(|revision| revision.spread));
    columns.decimal(
        "relative_spread",
        rows.iter()
            .map(|(_, revision)| revision.relative_spread.map(|spread| rounded(spread, 6))),
    );
    columns.whole("min_lag_days", revision(|revision| revision.min_lag));
    columns.whole("max_lag_days", revision(|revision| revision.max_lag));
    columns.whole(
        "lag_near_latest_days",
        revision(|revision| revision.lag_near_latest),
    );
    columns.text(
        "figure_id",
        rows.iter()
            .map(|(history, _)| history.versions.last().map(|row| row.id.to_string())),
    );
    columns.frame()
}

/// How the figures of each series settled, as a frame, a row a series.
///
/// Columns: those of the subject, periods, revised_periods, revisions, withdrawn (whole),
/// median_revisions (decimal), max_spread (whole), max_relative_spread, median_relative_spread
/// (decimals, of what was revised), median_lag_near_latest_days (decimal), max_lag_days (whole).
///
/// # Errors
/// When polars cannot build the frame.
pub fn by_series(histories: &[History<'_>]) -> Result<DataFrame, PublishError> {
    let mut by_series: BTreeMap<&Series, Vec<&History<'_>>> = BTreeMap::new();
    for history in histories {
        by_series.entry(history.series).or_default().push(history);
    }
    let rows: Vec<(&Series, Vec<&History<'_>>, Vec<Revision>)> = by_series
        .into_iter()
        .map(|(series, histories)| {
            let revisions = histories
                .iter()
                .filter_map(|history| history.analysis())
                .collect();
            (series, histories, revisions)
        })
        .collect();
    let spreads = |revisions: &[Revision]| -> Vec<f64> {
        revisions
            .iter()
            .filter_map(|revision| revision.relative_spread)
            .collect()
    };
    let whole = |number: usize| Some(number as i64);
    let mut columns = Columns::default();
    subject(&mut columns, rows.iter().map(|(series, ..)| Some(*series)));
    columns.whole(
        "periods",
        rows.iter().map(|(_, histories, _)| whole(histories.len())),
    );
    columns.whole(
        "revised_periods",
        rows.iter().map(|(_, histories, _)| {
            whole(
                histories
                    .iter()
                    .filter(|history| history.revisions() > 0)
                    .count(),
            )
        }),
    );
    columns.whole(
        "revisions",
        rows.iter().map(|(_, histories, _)| {
            whole(histories.iter().map(|history| history.revisions()).sum())
        }),
    );
    columns.whole(
        "withdrawn",
        rows.iter().map(|(_, histories, _)| {
            whole(
                histories
                    .iter()
                    .filter(|history| history.is_withdrawn())
                    .count(),
            )
        }),
    );
    columns.decimal(
        "median_revisions",
        rows.iter().map(|(_, histories, _)| {
            median(
                histories
                    .iter()
                    .map(|history| history.revisions() as f64)
                    .collect(),
            )
        }),
    );
    columns.whole(
        "max_spread",
        rows.iter()
            .map(|(.., revisions)| revisions.iter().map(|revision| revision.spread).max()),
    );
    columns.decimal(
        "max_relative_spread",
        rows.iter().map(|(.., revisions)| {
            spreads(revisions)
                .into_iter()
                .max_by(f64::total_cmp)
                .map(|spread| rounded(spread, 6))
        }),
    );
    columns.decimal(
        "median_relative_spread",
        rows.iter()
            .map(|(.., revisions)| median(spreads(revisions)).map(|spread| rounded(spread, 6))),
    );
    columns.decimal(
        "median_lag_near_latest_days",
        rows.iter().map(|(.., revisions)| {
            median(
                revisions
                    .iter()
                    .map(|revision| revision.lag_near_latest as f64)
                    .collect(),
            )
        }),
    );
    columns.whole(
        "max_lag_days",
        rows.iter()
            .map(|(.., revisions)| revisions.iter().map(|revision| revision.max_lag).max()),
    );
    columns.frame()
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => None,
        length if length.is_multiple_of(2) => Some((numbers[middle - 1] + numbers[middle]) / 2.0),
        _ => Some(numbers[middle]),
    }
}
