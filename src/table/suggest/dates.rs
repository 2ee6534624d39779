//! The form of the dates in a column, and whether day and month can be told apart.

use chrono::NaiveDate;

use super::names;
use super::profile::{Profile, plain};
use super::toml_text::shown;
use crate::figure::{Period, Version, counted};

/// The form that the dates of a column have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dates {
    /// How much each of them covers.
    pub(super) length: Length,
    /// The form to give in the mapping, where the reader does not know it by itself.
    pub(super) format: Format,
    /// The evidence, with figures.
    pub(super) why: String,
}

/// What one date covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    Day,
    Month,
    Year,
}

/// How a form is told to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// It needs none.
    Plain,
    /// A form as in strftime.
    Given(&'static str),
    /// Day and month cannot be told apart: one form or the other.
    Ambiguous(&'static str, &'static str),
}

/// Forms that mean one thing only.
const CLEAR: [&str; 8] = [
    "%d %B %Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d-%B-%Y",
    "%d-%b-%y",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
];

/// Forms with the day first, and the same with the month first.
const UNCLEAR: [(&str, &str); 6] = [
    ("%d/%m/%Y", "%m/%d/%Y"),
    ("%d.%m.%Y", "%m.%d.%Y"),
    ("%d-%m-%Y", "%m-%d-%Y"),
    ("%d/%m/%y", "%m/%d/%y"),
    ("%d.%m.%y", "%m.%d.%y"),
    ("%d-%m-%y", "%m-%d-%y"),
];

/// The dates of a column, where nearly all of its values are dates of one form.
pub(super) fn of(profile: &Profile<'_>) -> Option<Dates> {
    if profile.filled == 0 {
        return None;
    }
    type IsOne = fn(&str) -> bool;
    let plain_forms: [(Length, IsOne, &str); 4] = [
        (Length::Year, is_year, "a year"),
        (Length::Month, is_month, "a month"),
        (Length::Day, is_day, "a day"),
        (Length::Day, is_instant, "a day with its time"),
    ];
    for (length, is_one, what) in plain_forms {
        let cells = profile.cells(is_one);
        if is_nearly_all(profile, cells) {
            return Some(Dates {
                length,
                format: Format::Plain,
                why: told(profile, cells, what, is_one),
            });
        }
    }
    for format in CLEAR {
        let is_one = |text: &str| fits(text, format);
        let cells = profile.cells(is_one);
        if is_nearly_all(profile, cells) {
            return Some(Dates {
                length: Length::Day,
                // The reader knows digits of other scripts, and strftime does not.
                format: if profile.values.keys().any(|text| plain(text) != **text) {
                    Format::Plain
                } else {
                    Format::Given(format)
                },
                why: told(profile, cells, "a date of this form", is_one),
            });
        }
    }
    UNCLEAR
        .iter()
        .find_map(|(day_first, month_first)| unclear(profile, day_first, month_first))
}

/// A form whose order of day and month has to be found out from the values.
fn unclear(
    profile: &Profile<'_>,
    day_first: &'static str,
    month_first: &'static str,
) -> Option<Dates> {
    let is_either = |text: &str| fits(text, day_first) || fits(text, month_first);
    if !is_nearly_all(profile, profile.cells(is_either)) {
        return None;
    }
    let only = |one: &str, other: &str| {
        let is_only = |text: &str| fits(text, one) && !fits(text, other);
        let example = profile.values.keys().find(|text| is_only(text)).copied();
        (profile.cells(is_only), example)
    };
    let (days, day_example) = only(day_first, month_first);
    let (months, month_example) = only(month_first, day_first);
    let (format, why) = match (day_example, month_example) {
        (Some(example), None) => (
            Format::Given(day_first),
            format!(
                "{} can only be day first, such as {}, and none month first",
                counted(days, "value", "values"),
                shown(example)
            ),
        ),
        (None, Some(example)) => (
            Format::Given(month_first),
            format!(
                "{} can only be month first, such as {}, and none day first",
                counted(months, "value", "values"),
                shown(example)
            ),
        ),
        (Some(day), Some(month)) => (
            Format::Ambiguous(day_first, month_first),
            format!("{} is day first, {} month first", shown(day), shown(month)),
        ),
        (None, None) => (
            Format::Ambiguous(day_first, month_first),
            "no value has a day after the 12th".to_owned(),
        ),
    };
    Some(Dates {
        length: Length::Day,
        format,
        why,
    })
}

fn is_nearly_all(profile: &Profile<'_>, cells: usize) -> bool {
    let missing =
        profile.cells(|text| names::is_in("missing", text) || names::is_in("totals", text));
    cells > 0 && cells * 20 >= (profile.filled - missing) * 19
}

/// "all 12 values are a year", "11 of 12 values are a year, not `Total`".
fn told(profile: &Profile<'_>, cells: usize, what: &str, is_one: impl Fn(&str) -> bool) -> String {
    let exception = profile
        .exception(is_one)
        .map_or_else(String::new, |text| format!(", not {}", shown(text)));
    format!("{} are {what}{exception}", profile.share(cells))
}

fn fits(text: &str, format: &str) -> bool {
    NaiveDate::parse_from_str(&plain(text), format)
        .is_ok_and(|day| (1800..2200).contains(&chrono::Datelike::year(&day)))
}

/// A year that tables speak of, also as a program writes it: `2022.0`.
pub(super) fn is_year(text: &str) -> bool {
    let text = plain(text);
    let bare = text.strip_suffix(".0").unwrap_or(&text);
    bare.len() == 4
        && bare
            .parse::<u16>()
            .is_ok_and(|year| (1900..=2100).contains(&year))
}

fn is_month(text: &str) -> bool {
    text.len() == 7 && text.parse::<Period>().is_ok()
}

fn is_day(text: &str) -> bool {
    text.contains('-')
        && text
            .parse::<Period>()
            .is_ok_and(|period| period.start == period.end)
}

fn is_instant(text: &str) -> bool {
    text.contains(':') && text.parse::<Version>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(cells: &[&str]) -> Option<(Length, Format)> {
        let rows: Vec<Vec<String>> = cells.iter().map(|cell| vec![(*cell).to_owned()]).collect();
        of(&Profile::of(&rows, 0, None)).map(|dates| (dates.length, dates.format))
    }

    #[test]
    fn forms_are_told_apart() {
        for (cells, length, format) in [
            (["2019", "2020.0"], Length::Year, Format::Plain),
            (["2019-01", "2020-12"], Length::Month, Format::Plain),
            (["2019-01-31", "2020-02-01"], Length::Day, Format::Plain),
            (
                ["2019-01-31T00:00:00", "2020-02-01T00:00:00Z"],
                Length::Day,
                Format::Plain,
            ),
            (
                ["5 July 2022", "12 Aug 2022"],
                Length::Day,
                Format::Given("%d %B %Y"),
            ),
            (
                ["03/04/2022", "25/04/2022"],
                Length::Day,
                Format::Given("%d/%m/%Y"),
            ),
            (
                ["03/04/2022", "04/25/2022"],
                Length::Day,
                Format::Given("%m/%d/%Y"),
            ),
            (
                ["03/04/2022", "05/06/2022"],
                Length::Day,
                Format::Ambiguous("%d/%m/%Y", "%m/%d/%Y"),
            ),
            (
                ["13/04/2022", "04/25/2022"],
                Length::Day,
                Format::Ambiguous("%d/%m/%Y", "%m/%d/%Y"),
            ),
            (
                ["03.04.22", "25.04.22"],
                Length::Day,
                Format::Given("%d.%m.%y"),
            ),
        ] {
            assert_eq!(dates(&cells), Some((length, format)), "{cells:?}");
        }
        assert_eq!(dates(&["Sudan", "Chad"]), None);
        assert_eq!(dates(&["1234", "12"]), None);
        assert_eq!(dates(&[]), None);
    }
}
