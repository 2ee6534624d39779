//! Sums over places, and what forbids them.

use std::collections::BTreeMap;

use crate::figure::{
    Breakdown, Measure, Period, PlaceId, Qualifier, Quantity, Series, Status, counted,
};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::place;
use crate::vocabulary;

use super::{By, Row, RowType, common_status, mixed_dates, mixed_note, range_in_words, unit_word};

/// A rule of the design that a total can break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalRule {
    /// A total over places with different dates.
    MixedDates,
    /// Different units.
    Units,
    /// A total beside its own parts.
    Parts,
    /// Populations that overlap.
    Overlap,
    /// Flows of different periods.
    Periods,
    /// Stocks, flows and cumulatives.
    Measures,
    /// A sum over time of what is no flow.
    OverTime,
    /// More than a whole number can hold.
    Size,
}

impl TotalRule {
    /// Its name, as messages give it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MixedDates => "mixed-dates",
            Self::Units => "units",
            Self::Parts => "parts",
            Self::Overlap => "overlap",
            Self::Periods => "periods",
            Self::Measures => "measures",
            Self::OverTime => "over-time",
            Self::Size => "size",
        }
    }
}

/// The rules that a user may overrule, who knows that the parts do not overlap, or says so beside
/// the number. A sum of different units or measures is no number of anything.
pub const OVERRULED: [TotalRule; 3] = [TotalRule::Parts, TotalRule::Overlap, TotalRule::Periods];

/// Why there is no total.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no total (rule {}): {reason}; {way_out}{}", rule.code(), overrule(*rule))]
pub struct TotalError {
    /// The rule.
    pub rule: TotalRule,
    /// What it forbids here.
    pub reason: String,
    /// What can be done instead.
    pub way_out: String,
}

fn overrule(rule: TotalRule) -> String {
    if OVERRULED.contains(&rule) {
        let rule = rule.code();
        format!(", or add --allow {rule} for a total that says what it adds")
    } else {
        String::new()
    }
}

impl TotalError {
    /// What a total that was made in spite of it says of itself.
    fn mark(&self) -> String {
        format!("{MARK} {}: {}", self.rule.code(), self.reason)
    }
}

/// How the note of a total begins that was made against a rule.
pub(super) const MARK: &str = "added against rule";

pub(super) fn refuse(
    rule: TotalRule,
    reason: impl Into<String>,
    way_out: impl Into<String>,
) -> TotalError {
    TotalError {
        rule,
        reason: reason.into(),
        way_out: way_out.into(),
    }
}

/// Passes over the rules that are allowed to be broken, and keeps what was passed over: of each rule
/// the first.
struct Leave<'a> {
    allowed: &'a [TotalRule],
    used: Vec<TotalError>,
}

impl<'a> Leave<'a> {
    const fn new(allowed: &'a [TotalRule]) -> Self {
        Self {
            allowed,
            used: Vec::new(),
        }
    }

    fn ask(&mut self, refusal: TotalError) -> Result<(), TotalError> {
        if !self.allowed.contains(&refusal.rule) {
            return Err(refusal);
        }
        if self.used.iter().all(|used| used.rule != refusal.rule) {
            self.used.push(refusal);
        }
        Ok(())
    }

    fn marks(&self) -> impl Iterator<Item = String> {
        self.used.iter().map(TotalError::mark)
    }
}

/// The words of several parts, each once, in their order: "UNHCR + UNRWA".
pub(in crate::publish) fn joined<'w>(words: impl Iterator<Item = &'w str>) -> Option<String> {
    let mut distinct: Vec<&str> = Vec::new();
    for word in words {
        if !distinct.contains(&word) {
            distinct.push(word);
        }
    }
    (!distinct.is_empty()).then(|| distinct.join(" + "))
}

/// One row for several series of one destination: its origins, or the events of a source.
pub(super) fn sum_of_members(
    figures: &Figures,
    members: &[(&Line, usize)],
    by: By,
    allowed: &[TotalRule],
) -> Result<Row, TotalError> {
    let mut leave = Leave::new(allowed);
    let points: Vec<&Point> = members
        .iter()
        .map(|(line, newest)| &line.points[*newest])
        .collect();
    let series = &members[0].0.series;
    let events = members_add(members, by, &mut leave)?;
    let quantity = add(points.iter().map(|point| point.quantity))?;
    let mut period = newest(points.iter().map(|point| point.period), points[0].period);
    let what = if events == members.len() {
        "events"
    } else {
        by.members()
    };
    let mut notes: Vec<String> = leave.marks().collect();
    notes.push(format!("sum of {} {what}", members.len()));
    let mut breakdown = series.breakdown.clone();
    let mut previous = None;
    if events == members.len() {
        // A tally of events is a flow over the days that they span.
        period.start = points
            .iter()
            .map(|point| point.period.start)
            .min()
            .unwrap_or(period.start);
        notes.push(format!("from {} to {}", period.start, period.end));
        breakdown = breakdown.without(EVENT);
    } else {
        notes.extend(mixed_dates(points.iter().map(|point| point.period)).map(mixed_note));
        previous = previous_sum(members, period);
    }
    let publications = || {
        points
            .iter()
            .map(|point| &figures.publications[point.publication].publication)
    };
    let mut caveats: Vec<String> = Vec::new();
    for caveat in publications().flat_map(super::caveats) {
        if !caveats.contains(&caveat) {
            caveats.push(caveat);
        }
    }
    Ok(Row {
        row_type: RowType::Part,
        figures: members.len(),
        is_tally: events == members.len(),
        location: series
            .location
            .as_ref()
            .map_or_else(String::new, |id| super::place_name(id).to_owned()),
        quantity,
        period,
        previous,
        share: None,
        url: None,
        licence: joined(publications().filter_map(|publication| publication.licence.as_deref())),
        notes,
        caveats,
        figure_id: None,
        series: Series {
            channel: joined(members.iter().map(|(line, _)| &*line.series.channel))
                .unwrap_or_default()
                .into(),
            origin: if events == members.len() {
                series.origin.clone()
            } else {
                None
            },
            breakdown,
            ..series.clone()
        },
    })
}

/// Whether the series of one destination may be added: one channel, and origins that do not overlap.
/// Gives how many of them are events.
fn members_add(
    members: &[(&Line, usize)],
    by: By,
    leave: &mut Leave<'_>,
) -> Result<usize, TotalError> {
    let series = &members[0].0.series;
    if let Some((other, _)) = members
        .iter()
        .find(|(line, _)| line.series.channel != series.channel)
    {
        leave.ask(refuse(
            TotalRule::Overlap,
            format!(
                "{} and {} are two channels, which are compared and never added",
                series.channel, other.series.channel
            ),
            "choose one with --channel",
        ))?;
    }
    let events = members
        .iter()
        .filter(|(line, _)| line.series.breakdown.get(EVENT).is_some())
        .count();
    // Two events of one source never count the same people; two origins may.
    if events < members.len() {
        check_origins(members, by, leave)?;
    }
    Ok(events)
}

/// As [`members_add`], for what is drawn and not added.
pub(super) fn check_members(members: &[(&Line, usize)]) -> Result<(), TotalError> {
    if members.len() < 2 {
        return Ok(());
    }
    members_add(members, By::Location, &mut Leave::new(&[])).map(|_| ())
}

/// Whether rows may be parts of one whole that shows them, period by period; two indicators that
/// count different people may, though no total of them is asked for.
pub(super) fn check_parts(rows: &[Row]) -> Result<(), TotalError> {
    for (index, row) in rows.iter().enumerate() {
        for other in &rows[index + 1..] {
            let (a, b) = (&row.series.indicator, &other.series.indicator);
            let apart = a != b && vocabulary::may_overlap(a, b) == Ok(false);
            let refusal = units(row, other)
                .or_else(|| measures(row, other))
                .or_else(|| indicators(row, other).filter(|_| !apart))
                .or_else(|| claimants(row, other))
                .or_else(|| channels(row, other))
                .or_else(|| days(row, other))
                .or_else(|| places(row, other));
            if let Some(refusal) = refusal {
                return Err(refusal);
            }
        }
    }
    Ok(())
}

/// The dimension that tells the incidents of a source apart.
pub(in crate::publish) const EVENT: &str = "event";

fn check_origins(
    members: &[(&Line, usize)],
    by: By,
    leave: &mut Leave<'_>,
) -> Result<(), TotalError> {
    let what = by.members();
    let origins: Vec<_> = members
        .iter()
        .map(|(line, _)| line.series.origin.as_ref())
        .collect();
    let named: Vec<&PlaceId> = origins.iter().copied().flatten().collect();
    if named.len() == origins.len() && !place::any_overlap(named) {
        return Ok(());
    }
    // Some do: the first pair is named.
    for (index, origin) in origins.iter().enumerate() {
        for other in &origins[index + 1..] {
            let overlap = match (origin, other) {
                (Some(origin), Some(other)) => place::contains_or_overlaps(origin, other),
                _ => true,
            };
            if overlap {
                let show = |id: Option<&PlaceId>| {
                    id.map_or_else(
                        || format!("all {what}"),
                        |id| super::place_name(id).to_owned(),
                    )
                };
                // One rule, so one mark: the other pairs add nothing to it.
                return leave.ask(refuse(
                    TotalRule::Parts,
                    format!("the {what} {} and {} overlap", show(*origin), show(*other)),
                    format!("choose with {}", by.option()),
                ));
            }
        }
    }
    Ok(())
}

/// The sum over the same lines one report before, where all of them are exact.
fn previous_sum(members: &[(&Line, usize)], now: Period) -> Option<(Period, i64)> {
    let before = members
        .iter()
        .flat_map(|(line, newest)| line.points[..*newest].iter())
        .map(|point| point.period)
        .filter(|period| period.end < now.end)
        .max_by_key(|period| period.end)?;
    let mut sum: i64 = 0;
    for (line, newest) in members {
        let point = line.points[..*newest]
            .iter()
            .rfind(|point| point.period == before);
        if let Some(point) = point {
            sum = sum.checked_add(point.quantity.value?)?;
        }
    }
    Some((before, sum))
}

/// What the rows beyond the largest add up to, as one row.
pub(super) fn others(rows: &[Row], allowed: &[TotalRule]) -> Result<Option<Row>, TotalError> {
    let Some(mut other) = computed(rows, &[], false, allowed)? else {
        return Ok(None);
    };
    other.row_type = RowType::Other;
    other.location = format!("{} other places", rows.len());
    Ok(Some(other))
}

/// What a source states for all, as a total beside the computed one.
pub(super) fn stated(mut row: Row) -> Row {
    row.row_type = RowType::Total;
    row.notes
        .insert(0, format!("stated by {}", row.series.claimant));
    row
}

/// What the parts add up to; nothing where there are none, or where prose names a few of them
/// beside a total that its source states.
pub(super) fn computed(
    rows: &[Row],
    stated: &[Row],
    strict_dates: bool,
    allowed: &[TotalRule],
) -> Result<Option<Row>, TotalError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut leave = Leave::new(allowed);
    check_pairs(rows, &mut leave)?;
    // Prose names a few places; what they add up to is no total, least of all beside a stated one.
    let is_prose = rows
        .iter()
        .all(|row| vocabulary::channel_kind(&row.series.channel) == vocabulary::ChannelKind::Prose);
    if is_prose && !stated.is_empty() {
        return Ok(None);
    }
    let quantity = add(rows.iter().map(|row| row.quantity))?;
    let dates = mixed_dates(rows.iter().map(|row| row.period));
    if let (Some(range), true) = (dates, strict_dates) {
        return Err(refuse(
            TotalRule::MixedDates,
            format!(
                "the newest figures are of different days, {}",
                range_in_words(range)
            ),
            "leave out --strict-dates for a total that says so, or choose a day that all have with --at",
        ));
    }
    let mut notes: Vec<String> = leave.marks().collect();
    notes.push(format!(
        "computed from {}",
        counted(rows.len(), "row", "rows")
    ));
    notes.extend(dates.map(mixed_note));
    for row in rows {
        let status = row.quantity.status;
        if matches!(status, Status::Projected | Status::Planned) {
            notes.push(format!(
                "includes a figure that is {status}: {}",
                row.location
            ));
        }
    }
    for row in rows {
        let stopped = row
            .notes
            .iter()
            .filter(|note| note.starts_with("discontinued"));
        notes.extend(stopped.map(|note| format!("{} {note}", row.location)));
    }
    // What a part was made against, the total is made against too.
    let mut carried: Vec<String> = Vec::new();
    let mut caveats: Vec<String> = Vec::new();
    for row in rows {
        let marks = row.notes.iter().filter(|note| note.starts_with(MARK));
        for (note, kept) in marks
            .map(|note| (note, true))
            .chain(row.caveats.iter().map(|caveat| (caveat, false)))
        {
            let list = if kept { &mut carried } else { &mut caveats };
            if !list.contains(note) {
                list.push(note.clone());
            }
        }
    }
    carried.extend(notes);
    let notes = carried;
    let of_all = |of: fn(&Row) -> &str| joined(rows.iter().map(of)).unwrap_or_default();
    Ok(Some(Row {
        row_type: RowType::Total,
        figures: rows.iter().map(|row| row.figures).sum(),
        is_tally: rows.iter().all(|row| row.is_tally),
        location: "Total".to_owned(),
        quantity,
        period: newest(rows.iter().map(|row| row.period), first.period),
        previous: None,
        share: None,
        url: None,
        licence: joined(rows.iter().filter_map(|row| row.licence.as_deref())),
        notes,
        caveats,
        figure_id: None,
        series: Series {
            claimant: of_all(|row| &row.series.claimant).into(),
            channel: of_all(|row| &row.series.channel).into(),
            indicator: of_all(|row| &row.series.indicator).into(),
            since: first
                .series
                .since
                .filter(|since| rows.iter().all(|row| row.series.since == Some(*since))),
            location: None,
            breakdown: if rows
                .iter()
                .all(|row| row.series.breakdown == first.series.breakdown)
            {
                first.series.breakdown.clone()
            } else {
                Breakdown::all()
            },
            ..first.series.clone()
        },
    }))
}

/// Whether all rows may stand in one sum. The first pair that may not is named; that there is none
/// is found without looking at every pair.
fn check_pairs(rows: &[Row], leave: &mut Leave<'_>) -> Result<(), TotalError> {
    if all_add(rows) {
        return Ok(());
    }
    for check in CHECKS {
        for (index, row) in rows.iter().enumerate() {
            let later = rows[index + 1..].iter();
            for refusal in later.filter_map(|other| check(row, other)) {
                leave.ask(refusal)?;
            }
        }
    }
    Ok(())
}

/// Whether every pair of rows surely passes [`CHECKS`]; when not, the pairs have to be tried.
fn all_add(rows: &[Row]) -> bool {
    let same =
        |agree: fn(&Row, &Row) -> bool| rows.windows(2).all(|pair| agree(&pair[0], &pair[1]));
    let is_like = same(|row, other| {
        let (a, b) = (&row.series, &other.series);
        (a.unit, a.measure, a.since) == (b.unit, b.measure, b.since)
            && (&a.indicator, &a.claimant, &a.channel) == (&b.indicator, &b.claimant, &b.channel)
    });
    let is_of_one_time =
        same(|row, other| row.series.measure != Measure::Flow || row.period == other.period)
            || rows.iter().all(|row| row.is_tally);
    if !is_like || !is_of_one_time {
        return false;
    }
    let mut places: BTreeMap<&Breakdown, Vec<Option<&PlaceId>>> = BTreeMap::new();
    for row in rows {
        let of_these = places.entry(&row.series.breakdown).or_default();
        of_these.push(row.series.location.as_ref());
    }
    let breakdowns: Vec<&Breakdown> = places.keys().copied().collect();
    let are_parted = breakdowns.iter().enumerate().all(|(index, a)| {
        let mut later = breakdowns[index + 1..].iter();
        later.all(|b| are_disjoint(a, b))
    });
    are_parted
        && places.values().all(|places| {
            let named: Vec<&PlaceId> = places.iter().copied().flatten().collect();
            places.len() < 2 || (named.len() == places.len() && !place::any_overlap(named))
        })
}

/// Of whom a row speaks.
fn group(breakdown: &Breakdown) -> String {
    if breakdown.iter().next().is_none() {
        "all".to_owned()
    } else {
        format!("[{breakdown}]")
    }
}

/// Whether nobody is counted under both of two breakdowns.
fn are_disjoint(a: &Breakdown, b: &Breakdown) -> bool {
    a != b
        && a.iter().any(|(dimension, code)| {
            b.get(dimension).is_some_and(|other| {
                vocabulary::dimension(dimension)
                    .is_ok_and(|dimension| !dimension.may_overlap(code, other))
            })
        })
}

/// What two rows in one sum may break, the gravest first.
const CHECKS: [fn(&Row, &Row) -> Option<TotalError>; 8] = [
    units, measures, indicators, claimants, channels, days, periods, places,
];

fn units(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (row.series.unit, other.series.unit);
    (a != b).then(|| {
        refuse(
            TotalRule::Units,
            format!("{} and {} are never added", unit_word(a), unit_word(b)),
            "choose one with --indicator",
        )
    })
}

fn measures(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (row.series.measure, other.series.measure);
    (a != b).then(|| {
        refuse(
            TotalRule::Measures,
            format!("a {a} and a {b} are never added"),
            "choose one with --measure",
        )
    })
}

fn indicators(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (&row.series.indicator, &other.series.indicator);
    (a != b).then(|| {
        let why = match vocabulary::may_overlap(a, b) {
            Ok(false) => "are two things, and no total of them was asked for",
            _ => "may count the same people",
        };
        refuse(
            TotalRule::Overlap,
            format!("{a} and {b} {why}"),
            "choose one with --indicator",
        )
    })
}

fn claimants(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (&row.series.claimant, &other.series.claimant);
    (a != b).then(|| {
        refuse(
            TotalRule::Overlap,
            format!(
                "{a} and {b} count for themselves, and their figures are compared, never added"
            ),
            "choose one with --claimant",
        )
    })
}

fn channels(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (&row.series.channel, &other.series.channel);
    (a != b && row.figures == 1 && other.figures == 1).then(|| {
        refuse(
            TotalRule::Overlap,
            format!("{a} and {b} are two channels, which are compared and never added"),
            "choose one with --channel",
        )
    })
}

fn days(row: &Row, other: &Row) -> Option<TotalError> {
    (row.series.since != other.series.since).then(|| {
        refuse(
            TotalRule::Overlap,
            "the figures count from different days",
            "choose with --channel or --location",
        )
    })
}

fn periods(row: &Row, other: &Row) -> Option<TotalError> {
    let is_apart = row.series.measure == Measure::Flow
        && row.period != other.period
        && !(row.is_tally && other.is_tally);
    is_apart.then(|| {
        refuse(
            TotalRule::Periods,
            format!(
                "{} is of {} and {} of {}, and what moved in different periods makes no total",
                row.location, row.period, other.location, other.period
            ),
            "choose one with --period",
        )
    })
}

fn places(row: &Row, other: &Row) -> Option<TotalError> {
    let (a, b) = (&row.series, &other.series);
    if (&a.indicator, &a.claimant, &a.channel) != (&b.indicator, &b.claimant, &b.channel) {
        // No parts of one another; that they may overlap is asked above.
        return None;
    }
    let disjoint = are_disjoint(&a.breakdown, &b.breakdown);
    if a.breakdown != b.breakdown && !disjoint {
        return Some(refuse(
            TotalRule::Parts,
            format!(
                "{} and {} may speak of the same people",
                group(&a.breakdown),
                group(&b.breakdown)
            ),
            "choose with --breakdown",
        ));
    }
    let overlap = match (&a.location, &b.location) {
        (Some(place), Some(other)) => place::contains_or_overlaps(place, other),
        _ => true,
    };
    (overlap && !disjoint).then(|| {
        refuse(
            TotalRule::Parts,
            format!(
                "{} and {} overlap, and a total is never added to its own parts",
                row.location, other.location
            ),
            "choose with --location",
        )
    })
}

/// The least that a number may be, as its source said it.
fn lower(quantity: &Quantity) -> Option<i64> {
    match quantity.qualifier {
        Qualifier::AtMost | Qualifier::FewerThan => quantity.low.or(Some(0)),
        _ => quantity.low.or(quantity.value),
    }
}

/// The most that a number may be; nothing where its source set no upper bound.
fn upper(quantity: &Quantity) -> Option<i64> {
    match quantity.qualifier {
        Qualifier::AtLeast | Qualifier::MoreThan => quantity.high,
        _ => quantity.high.or(quantity.value),
    }
}

/// Adds numbers. Bounds add to bounds, and a qualifier of one part is one of the sum; a lower bound
/// and an upper bound leave no value, only bounds.
pub(crate) fn add(parts: impl Iterator<Item = Quantity> + Clone) -> Result<Quantity, TotalError> {
    let sum = |of: fn(&Quantity) -> Option<i64>| -> Result<Option<i64>, TotalError> {
        let mut total: i64 = 0;
        for part in parts.clone() {
            let Some(number) = of(&part) else {
                return Ok(None);
            };
            total = total.checked_add(number).ok_or_else(|| {
                refuse(
                    TotalRule::Size,
                    "the sum is too large to be held",
                    "choose with --location",
                )
            })?;
        }
        Ok(Some(total))
    };
    let has_bounds = parts
        .clone()
        .any(|part| part.low.is_some() || part.high.is_some());
    let mut qualifier = Qualifier::Exact;
    for part in parts.clone() {
        qualifier = both(qualifier, part.qualifier);
    }
    let mut value = sum(|part| part.value)?;
    if qualifier == Qualifier::Between {
        value = None;
    }
    let (low, high) = if has_bounds || value.is_none() {
        (sum(lower)?, sum(upper)?)
    } else {
        (None, None)
    };
    if value.is_none() {
        qualifier = match (low, high) {
            (Some(_), Some(_)) => Qualifier::Between,
            (Some(_), None) => Qualifier::AtLeast,
            (None, Some(_)) => Qualifier::AtMost,
            (None, None) => Qualifier::Vague,
        };
    }
    Ok(Quantity {
        value,
        low,
        high,
        qualifier,
        status: common_status(parts.map(|part| part.status)),
        missing: None,
    })
}

/// The qualifier of a sum of two: bounds on both sides leave only bounds, and a bound beside an
/// "about" is neither.
const fn both(a: Qualifier, b: Qualifier) -> Qualifier {
    use Qualifier::{About, AtLeast, AtMost, Between, Exact, FewerThan, MoreThan, Vague};
    match (a, b) {
        (Exact, other) | (other, Exact) => other,
        (About, About) => About,
        (AtLeast, AtLeast) => AtLeast,
        (AtLeast | MoreThan, AtLeast | MoreThan) => MoreThan,
        (AtMost, AtMost) => AtMost,
        (AtMost | FewerThan, AtMost | FewerThan) => FewerThan,
        (Between, _)
        | (_, Between)
        | (AtLeast | MoreThan, AtMost | FewerThan)
        | (AtMost | FewerThan, AtLeast | MoreThan) => Between,
        (Vague | About, _) | (_, Vague | About) => Vague,
    }
}

fn newest(periods: impl Iterator<Item = Period>, first: Period) -> Period {
    periods.max_by_key(|period| period.end).unwrap_or(first)
}
