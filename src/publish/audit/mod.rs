//! What a careful editor would ask about recorded figures: findings as rows, each with its question.
//!
//! A finding is no verdict: the record stays as its sources published it. One file per family of
//! checks; each is a function from tracks, which are series as they stand now, to findings. That a
//! low lies above its best or high is not among them: the ledger takes no such figure.

mod channels;
mod falls;
mod jumps;
mod slips;
mod sums;
mod timing;
mod track;
mod words;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::PublishError;
use super::figures::place_name;
use super::frame::Columns;
use crate::figure::{PlaceId, Series, coded_enum};
use crate::ledger::{FigureId, FigureRow, Figures};
use crate::vocabulary::UnknownWord;
use track::Track;

coded_enum! {
    /// A thing that an editor asks about. The most important first.
    Check ("check") {
        /// A stock or a cumulative of a day that lay ahead when it was published.
        Future = "future",
        /// A number that is ten, a hundred or a thousand times too large or too small beside both
        /// its neighbours.
        Magnitude = "magnitude",
        /// A number that would agree with its neighbours, an earlier version or another channel if
        /// two neighbouring digits changed places.
        Transposition = "transposition",
        /// Parts that do not add up to what their source states for all.
        Sum = "sum",
        /// A cumulative that falls.
        Fall = "fall",
        /// A change, or the number of a flow, far beyond those around it.
        Jump = "jump",
        /// A series that its source stopped while it went on with others.
        Discontinued = "discontinued",
        /// Figures older than twice the cadence of their source.
        Stale = "stale",
        /// The same numbers in two channels.
        Relay = "relay",
        /// A daily series that is silent on a day of the week.
        Weekday = "weekday",
    }
}

coded_enum! {
    /// How much hangs on a question.
    Severity ("severity") {
        /// It can hardly be true as it stands.
        High = "high",
        /// It may be true, but readers would ask.
        Medium = "medium",
        /// Worth knowing before it is used.
        Low = "low",
    }
}

impl Check {
    /// How much hangs on its questions.
    pub const fn severity(self) -> Severity {
        match self {
            Self::Future | Self::Magnitude | Self::Transposition | Self::Sum => Severity::High,
            Self::Fall | Self::Jump | Self::Discontinued => Severity::Medium,
            Self::Stale | Self::Relay | Self::Weekday => Severity::Low,
        }
    }

    /// The check with a code.
    ///
    /// # Errors
    /// When there is none, with the nearest codes.
    pub fn named(code: &str) -> Result<Self, UnknownWord> {
        code.parse()
            .map_err(|_| UnknownWord::new("check", code, Self::CODES.iter().copied()))
    }
}

/// One question about one figure or one series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked for.
    pub check: Check,
    /// What it is about; without a place where several series are meant.
    pub series: Series,
    /// The last day that the figure speaks of.
    pub period_end: Option<NaiveDate>,
    /// Its number.
    pub value: Option<i64>,
    /// The number that it is held against: before it, in its stead, or what was expected.
    pub other_value: Option<i64>,
    /// What an editor would ask.
    pub question: String,
    /// The figure.
    pub figure: Option<FigureId>,
    /// The figure that it is held against.
    pub other_figure: Option<FigureId>,
    /// Web address of its publication.
    pub url: Option<String>,
}

impl Finding {
    /// A question about one figure.
    fn about(check: Check, figures: &Figures, row: &FigureRow, question: String) -> Self {
        Self {
            check,
            series: figures.series[row.series].clone(),
            period_end: Some(row.period.end),
            value: row.quantity.value,
            other_value: None,
            question,
            figure: Some(row.id),
            other_figure: None,
            url: figures.publications[row.publication]
                .publication
                .url
                .clone(),
        }
    }

    /// The same with the figure that it is held against.
    fn against(mut self, row: &FigureRow) -> Self {
        self.other_value = row.quantity.value;
        self.other_figure = Some(row.id);
        self
    }

    /// How far the two numbers lie apart.
    fn distance(&self) -> u64 {
        self.value
            .zip(self.other_value)
            .map_or(0, |(value, other)| value.abs_diff(other))
    }
}

/// Asks about figures, selected with all their versions, on a day.
///
/// The findings are in the order of their checks, and so of their severity; within one check by how
/// far the two numbers lie apart, then by series and day. A fall or a jump that a slip of digits
/// explains is not told twice.
pub fn audit(figures: &Figures, checks: &[Check], today: NaiveDate) -> Vec<Finding> {
    let wanted = |check: Check| checks.is_empty() || checks.contains(&check);
    let tracks = track::tracks(figures);
    let mut found = Vec::new();
    let mut ask = |check: Check, of: fn(&Figures, &[Track<'_>], NaiveDate) -> Vec<Finding>| {
        if wanted(check) {
            found.extend(of(figures, &tracks, today));
        }
    };
    ask(Check::Future, timing::future);
    ask(Check::Magnitude, slips::magnitudes);
    ask(Check::Transposition, slips::transpositions);
    ask(Check::Transposition, channels::transpositions);
    ask(Check::Sum, sums::places);
    ask(Check::Sum, sums::breakdowns);
    ask(Check::Discontinued, timing::discontinued);
    ask(Check::Stale, timing::stale);
    ask(Check::Relay, channels::relays);
    ask(Check::Weekday, timing::weekdays);
    let mut told = BTreeSet::new();
    found.retain(|finding| finding.check != Check::Transposition || told.insert(finding.figure));
    let slipped: BTreeSet<FigureId> = found
        .iter()
        .filter(|finding| matches!(finding.check, Check::Magnitude | Check::Transposition))
        // Between versions or channels it is open which of the two is the slip.
        .filter(|finding| finding.other_figure.is_none())
        .filter_map(|finding| finding.figure)
        .collect();
    if wanted(Check::Fall) {
        found.extend(falls::falls(figures, &tracks, &slipped));
    }
    if wanted(Check::Jump) {
        found.extend(jumps::jumps(figures, &tracks, &slipped));
    }
    found.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.check, std::cmp::Reverse(finding.distance()));
        key(a).cmp(&key(b)).then_with(|| {
            (&a.series, a.period_end, a.figure).cmp(&(&b.series, b.period_end, b.figure))
        })
    });
    found
}

/// How many findings each check has, in the order of the checks.
pub fn counts(findings: &[Finding]) -> Vec<(Check, usize)> {
    let of = |check: Check| findings.iter().filter(|found| found.check == check).count();
    Check::ALL
        .iter()
        .map(|check| (*check, of(*check)))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Findings as a frame, a row each.
///
/// Columns: check, severity, indicator, location, location_id, origin, origin_id, claimant, channel,
/// breakdown, period_end (date), value, other_value (whole numbers), question, figure_id,
/// other_figure_id, url; text where nothing is said. An empty cell is a missing one: a question
/// about several series names no place.
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(findings: &[Finding]) -> Result<DataFrame, PublishError> {
    let texts = |of: fn(&Finding) -> &str| findings.iter().map(move |found| Some(of(found)));
    let mut columns = Columns::default();
    columns.text("check", texts(|found| found.check.code()));
    columns.text("severity", texts(|found| found.check.severity().code()));
    columns.text("indicator", texts(|found| &found.series.indicator));
    for (name, of) in [
        (
            "location",
            (|series| series.location.as_ref()) as fn(&Series) -> Option<&PlaceId>,
        ),
        ("origin", |series| series.origin.as_ref()),
    ] {
        let places = || findings.iter().map(|found| of(&found.series));
        columns.text(name, places().map(|id| id.map(place_name)));
        columns.text(
            &format!("{name}_id"),
            places().map(|id| id.map(PlaceId::as_str)),
        );
    }
    columns.text("claimant", texts(|found| &found.series.claimant));
    columns.text("channel", texts(|found| &found.series.channel));
    columns.text(
        "breakdown",
        findings
            .iter()
            .map(|found| Some(found.series.breakdown.to_string())),
    );
    columns.date("period_end", findings.iter().map(|found| found.period_end));
    columns.whole("value", findings.iter().map(|found| found.value));
    columns.whole(
        "other_value",
        findings.iter().map(|found| found.other_value),
    );
    columns.text("question", texts(|found| &found.question));
    let id = |id: Option<FigureId>| id.map(|id| id.to_string());
    columns.text("figure_id", findings.iter().map(|found| id(found.figure)));
    columns.text(
        "other_figure_id",
        findings.iter().map(|found| id(found.other_figure)),
    );
    columns.text("url", findings.iter().map(|found| found.url.as_ref()));
    columns.frame()
}
