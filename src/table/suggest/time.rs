//! Which columns say when, and what one of their dates covers for a stock and for a flow.

use super::columns::{Column, with};
use super::dates::{self, Dates, Format, Length};
use super::names::Part;
use super::profile::whole;
use super::toml_text::{UNSAID, inline, list, quoted};
use crate::figure::Measure;

/// The columns that say when.
#[derive(Debug, Clone)]
pub(super) enum When<'c> {
    /// One column of dates.
    Dates {
        /// Its name.
        column: &'c str,
        /// Its position.
        index: usize,
        /// The form of its dates.
        dates: Dates,
    },
    /// The year in one column and the number of the month in another.
    YearAndMonth(&'c str, &'c str),
    /// The first and the last day in columns of their own.
    Span([(&'c str, Dates); 2]),
}

/// What a mapping says of a period: keys with their values, as TOML, and the reason.
pub(super) struct Said {
    pub(super) keys: Vec<(&'static str, String)>,
    pub(super) why: String,
    /// Whether a person has to decide something; the reason is the question then.
    pub(super) is_open: bool,
}

/// Finds the columns that say when.
pub(super) fn of<'c>(columns: &'c [Column<'_>]) -> Option<When<'c>> {
    let dated = |part: Part| {
        with(columns, part).find_map(|column| Some((column, dates::of(&column.profile)?)))
    };
    if let Some((column, dates)) = dated(Part::Date) {
        return Some(one(column, dates));
    }
    if let (Some((start, first)), Some((end, last))) = (dated(Part::Start), dated(Part::End)) {
        return Some(When::Span([(start.name, first), (end.name, last)]));
    }
    let year = dated(Part::Year).filter(|(_, dates)| dates.length == Length::Year);
    let month = with(columns, Part::Month).find(|column| {
        let values = &column.profile.values;
        !values.is_empty()
            && values
                .keys()
                .all(|text| whole(text, None).is_some_and(|month| (1..=12).contains(&month)))
    });
    match (year, month) {
        (Some((year, _)), Some(month)) => return Some(When::YearAndMonth(year.name, month.name)),
        (Some((year, dates)), None) => return Some(one(year, dates)),
        _ => {}
    }
    // A column that is called otherwise is one of days only if its values can be nothing else.
    let mut unnamed = columns
        .iter()
        .filter(|column| column.says.part.is_none() && !column.profile.is_count())
        .filter_map(|column| Some((column, dates::of(&column.profile)?)));
    match (unnamed.next(), unnamed.next()) {
        (Some((column, dates)), None) => Some(one(column, dates)),
        (None, _) => [Part::Published, Part::End, Part::Start]
            .into_iter()
            .find_map(dated)
            .map(|(column, dates)| one(column, dates)),
        _ => None,
    }
}

fn one<'c>(column: &'c Column<'_>, dates: Dates) -> When<'c> {
    When::Dates {
        column: column.name,
        index: column.index,
        dates,
    }
}

impl When<'_> {
    /// Whether a column is among those that say when.
    pub(super) fn uses(&self, name: &str) -> bool {
        match self {
            When::Dates { column, .. } => *column == name,
            When::YearAndMonth(year, month) => *year == name || *month == name,
            When::Span(ends) => ends.iter().any(|(column, _)| *column == name),
        }
    }

    /// Whether one date covers more than a day, so that a number of it is not a running total.
    pub(super) const fn is_long(&self) -> bool {
        match self {
            When::Dates { dates, .. } => !matches!(dates.length, Length::Day),
            When::YearAndMonth(..) | When::Span(_) => true,
        }
    }

    /// The period of a figure of this measure; without one, the measure is not known yet.
    pub(super) fn said(&self, measure: Option<Measure>) -> Said {
        match self {
            When::Dates { column, dates, .. } => of_dates(column, dates, measure),
            When::YearAndMonth(year, month) => {
                let (pairs, question) = covering(measure, Length::Month);
                let pairs = [("columns", list([*year, *month]))]
                    .into_iter()
                    .chain(pairs);
                Said {
                    keys: vec![("period", inline(pairs))],
                    is_open: question.is_some(),
                    why: question.unwrap_or_else(|| "a year and the number of a month".to_owned()),
                }
            }
            When::Span([start, end]) => {
                let of =
                    |(column, dates): &(&str, Dates)| of_dates(column, dates, Some(Measure::Flow));
                let (start, end) = (of(start), of(end));
                let is_flow = matches!(measure, None | Some(Measure::Flow));
                let mut keys = Vec::new();
                for (key, said) in [("period_start", &start), ("period_end", &end)] {
                    keys.extend(said.keys.iter().map(|(_, value)| (key, value.clone())));
                }
                if !is_flow {
                    keys = end.keys.clone();
                }
                Said {
                    keys,
                    is_open: start.is_open || end.is_open,
                    why: if start.is_open || end.is_open {
                        start.why
                    } else if is_flow {
                        "the first and the last day".to_owned()
                    } else {
                        "what is counted at one time is of the last day".to_owned()
                    },
                }
            }
        }
    }
}

/// One column of dates.
fn of_dates(column: &str, dates: &Dates, measure: Option<Measure>) -> Said {
    let mut pairs = vec![("column", quoted(column))];
    let mut question = None;
    match dates.format {
        Format::Plain => {}
        Format::Given(format) => pairs.push(("format", quoted(format))),
        Format::Ambiguous(day_first, month_first) => {
            pairs.push(("format", UNSAID.to_owned()));
            question = Some(format!(
                "whether the day comes first, {}, or the month, {}: {}",
                quoted(day_first),
                quoted(month_first),
                dates.why
            ));
        }
    }
    let (covers, open) = covering(measure, dates.length);
    pairs.extend(covers);
    question = question.or(open);
    Said {
        keys: vec![("period", inline(pairs))],
        is_open: question.is_some(),
        why: question.unwrap_or_else(|| match (dates.length, measure) {
            (Length::Day, _) | (_, None | Some(Measure::Flow)) => dates.why.clone(),
            (Length::Month, _) => format!("{}; a stock is of its last day", dates.why),
            (Length::Year, _) => format!("{}; a stock is of 31 December", dates.why),
        }),
    }
}

/// What a date covers: the `as` of a mapping, or the question that it takes.
fn covering(
    measure: Option<Measure>,
    length: Length,
) -> (Option<(&'static str, String)>, Option<String>) {
    let (whole, end) = match length {
        Length::Day => return (None, None),
        Length::Month => ("month", "month_end"),
        Length::Year => ("year", "year_end"),
    };
    match measure {
        Some(Measure::Flow) => (Some(("as", quoted(whole))), None),
        Some(Measure::Stock | Measure::Cumulative) => (Some(("as", quoted(end))), None),
        None => (
            Some(("as", UNSAID.to_owned())),
            Some(format!(
                "what it covers: {} for a stock, {} for a flow",
                quoted(end),
                quoted(whole)
            )),
        ),
    }
}
