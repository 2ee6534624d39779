//! In which ways a figure is not quite what the reference is.

use super::super::sentence::day;
use super::{DEFINITION, Voice, days, is_ahead, point};
use crate::figure::{Period, Qualifier, Series};
use crate::vocabulary::{self, ChannelKind};

/// One way in which a figure is not quite what the reference is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub what: What,
    /// How, in words.
    pub text: String,
}

/// What differs between two figures of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Stock, flow or cumulative.
    Measure,
    /// What one of the number is.
    Unit,
    /// The first day.
    Since,
    /// The definition, as the breakdown names it.
    Definition,
    /// The days that they speak of.
    Days,
    /// A number of what is to come beside one of what was.
    Ahead,
    /// A bound or a range beside a number.
    Bound,
    /// How certain they are.
    Status,
    /// Who counted.
    Claimant,
    /// Prose or a dataset.
    Form,
    /// A rounded number beside an exact one.
    Rounded,
}

impl Difference {
    /// Whether it leaves no meaning to a ratio.
    pub const fn forbids_ratio(&self) -> bool {
        !matches!(
            self.what,
            What::Status | What::Claimant | What::Form | What::Rounded
        )
    }
}

/// What is different from the reference: first what forbids a ratio, then what readers weigh.
pub(super) fn differences(voice: &Voice<'_>, reference: &Voice<'_>) -> Vec<Difference> {
    let (ours, theirs) = (voice.series, reference.series);
    let (own, other) = (&voice.row.quantity, &reference.row.quantity);
    let mut found = Vec::new();
    let mut add = |what: What, text: String| found.push(Difference { what, text });
    if ours.measure != theirs.measure {
        add(
            What::Measure,
            format!("{}, the reference is {}", ours.measure, theirs.measure),
        );
    }
    if ours.unit != theirs.unit {
        add(
            What::Unit,
            format!("in {}, the reference is in {}", ours.unit, theirs.unit),
        );
    }
    if ours.since != theirs.since {
        add(
            What::Since,
            format!("counted {}, the reference {}", since(ours), since(theirs)),
        );
    }
    if ours.breakdown.get(DEFINITION) != theirs.breakdown.get(DEFINITION) {
        add(
            What::Definition,
            format!(
                "another definition: {}, that of the reference is {}",
                definition(ours),
                definition(theirs)
            ),
        );
    }
    let (when, reference_when) = (days(ours, voice.row), days(theirs, reference.row));
    if when != reference_when {
        add(What::Days, apart(when, reference_when));
    }
    if own.status != other.status {
        let what = if is_ahead(own.status) == is_ahead(other.status) {
            What::Status
        } else {
            What::Ahead
        };
        add(
            what,
            format!("{}, the reference is {}", own.status, other.status),
        );
    }
    if point(own).is_none() {
        add(What::Bound, "a bound or a range, not a number".to_owned());
    } else if point(other).is_none() {
        add(
            What::Bound,
            "the reference is a bound or a range, not a number".to_owned(),
        );
    }
    if ours.claimant != theirs.claimant {
        add(
            What::Claimant,
            format!("{} counts, not {}", ours.claimant, theirs.claimant),
        );
    }
    match (is_prose(ours), is_prose(theirs)) {
        (true, false) => add(What::Form, "prose, the reference is a dataset".to_owned()),
        (false, true) => add(What::Form, "a dataset, the reference is prose".to_owned()),
        _ => {}
    }
    if own.qualifier == Qualifier::About && other.qualifier == Qualifier::Exact {
        add(What::Rounded, "rounded, as its source says".to_owned());
    }
    found
}

fn is_prose(series: &Series) -> bool {
    vocabulary::channel_kind(&series.channel) == ChannelKind::Prose
}

fn since(series: &Series) -> String {
    series.since.map_or_else(
        || "from no day that is named".to_owned(),
        |since| format!("since {}", day(since)),
    )
}

fn definition(series: &Series) -> &str {
    match series.breakdown.get(DEFINITION) {
        Some(code) => {
            vocabulary::dimension(DEFINITION).map_or(code, |dimension| dimension.label_of(code))
        }
        None => "not named",
    }
}

/// "of 2 March 2022, 3 days before the reference".
fn apart(own: Period, of: Period) -> String {
    let count = (own.end - of.end).num_days();
    let own = days_in_words(own);
    let plural = if count.abs() == 1 { "day" } else { "days" };
    match count {
        0 => format!("of {own}, the reference is of {}", days_in_words(of)),
        later if later > 0 => format!("of {own}, {later} {plural} after the reference"),
        earlier => format!("of {own}, {} {plural} before the reference", -earlier),
    }
}

/// A day, or the first and the last, in words.
pub(super) fn days_in_words(period: Period) -> String {
    if period.start == period.end {
        day(period.end)
    } else {
        format!("{} to {}", day(period.start), day(period.end))
    }
}
