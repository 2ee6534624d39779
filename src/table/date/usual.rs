//! Dates in the forms that people and programs use without saying which.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Weekday};

use super::{DateError, DateOrder, Dated, month};
use crate::figure::{Period, Version, YEARS};

/// Reads a date that was made plain; the order of day and month settles what is numbers alone.
pub(super) fn read(text: &str, order: Option<DateOrder>) -> Result<Dated, DateError> {
    let bare = text.strip_suffix(".0").unwrap_or(text);
    if let Ok(period) = bare.parse::<Period>() {
        return Ok(Dated::days(period));
    }
    if let Ok(version) = bare.parse::<Version>() {
        let dated = Dated::instant(version);
        // The day is the one that was written: midnight in Kyiv is the day before in UTC.
        let written = bare.get(..10).and_then(|day| day.parse().ok());
        return Ok(Dated {
            period: written.map_or(dated.period, Period::day),
            ..dated
        });
    }
    if let Ok(instant) = DateTime::parse_from_rfc2822(text) {
        return Dated::zoned(instant)
            .filter(|dated| dated.version().is_likely())
            .ok_or(DateError::NotADate);
    }
    let text = bare
        .to_lowercase()
        .replace(['–', '—'], "-")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match single(&text, order) {
        Err(DateError::NotADate) => {}
        read => return read,
    }
    if let Some(dated) = with_time(&text, order)? {
        return Ok(dated);
    }
    span(&text, order)
}

/// One date or the name of one period.
fn single(text: &str, order: Option<DateOrder>) -> Result<Dated, DateError> {
    let parts = parts(text);
    if let Some(period) = part_of_year(&parts) {
        return Ok(Dated::days(period));
    }
    if let Some(read) = numbers(&parts, order) {
        return read;
    }
    named(&parts).map(Dated::days).ok_or(DateError::NotADate)
}

/// A part of a date: digits, or a word; what stands before it parts it from the one before.
#[derive(Debug, Clone, Copy)]
struct Part<'t> {
    text: &'t str,
    before: &'t str,
}

impl Part<'_> {
    fn is_number(&self) -> bool {
        self.text.starts_with(|first: char| first.is_ascii_digit())
    }

    fn number(&self) -> Option<u32> {
        self.is_number().then(|| self.text.parse().ok()).flatten()
    }

    /// A year of four digits.
    fn year(&self) -> Option<i32> {
        self.number()
            .filter(|_| self.text.len() == 4)
            .map(u32::cast_signed)
            .filter(|year| YEARS.contains(year))
    }

    /// A day of the month as it is written: one or two digits.
    fn short(&self) -> Option<u32> {
        self.number().filter(|_| self.text.len() <= 2)
    }
}

fn parts(text: &str) -> Vec<Part<'_>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Kind {
        Digit,
        Letter,
        Mark,
    }
    let kind = |character: char| match character {
        _ if character.is_ascii_digit() => Kind::Digit,
        // Marks of vowels and the like belong to the letter before them.
        _ if character.is_ascii() && !character.is_ascii_alphabetic() => Kind::Mark,
        _ => Kind::Letter,
    };
    let mut found = Vec::new();
    let (mut start, mut before) = (0, 0);
    let mut characters = text.char_indices().peekable();
    while let Some((_, character)) = characters.next() {
        let own = kind(character);
        let end = characters.peek().map_or(text.len(), |(index, _)| *index);
        if characters
            .peek()
            .is_some_and(|(_, next)| kind(*next) == own)
        {
            continue;
        }
        if own != Kind::Mark {
            found.push(Part {
                text: &text[start..end],
                before: &text[before..start],
            });
            before = end;
        }
        start = end;
    }
    // What is left over at the end must be nothing but a full stop.
    if before < text.len() && text[before..].trim() != "." {
        found.push(Part {
            text: "?",
            before: "",
        });
    }
    found
}

/// A quarter, a half or a week of a year: `2022-Q1`, `Q1 2022`, `2022 H1`, `2022-W10`.
fn part_of_year(parts: &[Part]) -> Option<Period> {
    let (year, letter, part) = match parts {
        [year, letter, part] if year.year().is_some() => (year, letter, part),
        [letter, part, year] if year.year().is_some() && !letter.is_number() => {
            (year, letter, part)
        }
        _ => return None,
    };
    let are_close = part.before.is_empty();
    let (year, number) = (year.year()?, part.short()?);
    let months = match (letter.text, number) {
        ("q", 1..=4) if are_close => 3,
        ("h", 1..=2) if are_close => 6,
        ("w", _) if are_close => {
            return Period::new(
                NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?,
                NaiveDate::from_isoywd_opt(year, number, Weekday::Sun)?,
            );
        }
        _ => return None,
    };
    Period::new(
        NaiveDate::from_ymd_opt(year, (number - 1) * months + 1, 1)?,
        month_of(year, number * months)?.end,
    )
}

fn month_of(year: i32, month: u32) -> Option<Period> {
    format!("{year:04}-{month:02}").parse().ok()
}

fn day_of(year: i32, month: u32, day: u32) -> Option<Period> {
    NaiveDate::from_ymd_opt(year, month, day).map(Period::day)
}

/// A date of numbers alone, parted by one kind of mark. None when it is not of this kind.
fn numbers(parts: &[Part], order: Option<DateOrder>) -> Option<Result<Dated, DateError>> {
    let (first, others) = parts.split_first()?;
    if !parts.iter().all(Part::is_number) || !first.before.is_empty() {
        return None;
    }
    let mark = others.first().map_or("", |part| part.before);
    if !matches!(mark, "" | "/" | "." | "-") || others.iter().any(|part| part.before != mark) {
        return None;
    }
    let found = |period: Option<Period>| Some(period.map(Dated::days).ok_or(DateError::NotADate));
    match parts {
        // 20220308
        [whole] if whole.text.len() == 8 => {
            let number = whole.number()?;
            let year = (number / 10_000).cast_signed();
            found(day_of(year, number / 100 % 100, number % 100).filter(|_| YEARS.contains(&year)))
        }
        // 2022/03, and 03/2022; a point there may be that of a decimal number.
        [year, month] if year.year().is_some() && month.text.len() <= 2 && mark != "." => {
            found(month_of(year.year()?, month.short()?))
        }
        [month, year] if year.year().is_some() && (mark != "." || month.text.len() == 2) => {
            found(month_of(year.year()?, month.short()?))
        }
        [year, month, day] if year.year().is_some() => {
            found(day_of(year.year()?, month.short()?, day.short()?))
        }
        [first, second, year] if year.year().is_some() => Some(day_and_month(
            first.short()?,
            second.short()?,
            year.year()?,
            order,
        )),
        [first, second, year]
            if [first, second, year]
                .iter()
                .all(|part| part.text.len() <= 2) =>
        {
            Some(Err(DateError::ShortYear))
        }
        _ => None,
    }
}

/// Tells day and month apart, by the order or because only one of them can be a month.
fn day_and_month(
    first: u32,
    second: u32,
    year: i32,
    order: Option<DateOrder>,
) -> Result<Dated, DateError> {
    let day_first = day_of(year, second, first);
    let month_first = day_of(year, first, second);
    if let Some(order) = order {
        let period = match order {
            DateOrder::Dmy => day_first,
            DateOrder::Mdy => month_first,
        };
        return period
            .map(Dated::days)
            .ok_or(DateError::AgainstOrder(order.words()));
    }
    match (day_first, month_first) {
        (Some(day), Some(same)) if day == same => Ok(Dated::days(day)),
        (Some(_), Some(_)) => Err(DateError::Ambiguous),
        (Some(period), None) => Ok(Dated {
            shows: Some(DateOrder::Dmy),
            ..Dated::days(period)
        }),
        (None, Some(period)) => Ok(Dated {
            shows: Some(DateOrder::Mdy),
            ..Dated::days(period)
        }),
        (None, None) => Err(DateError::NotADate),
    }
}

/// A date with the name of its month: `8 March 2022`, `March 8, 2022`, `8-Mar-22`, `March 2022`.
fn named(parts: &[Part]) -> Option<Period> {
    // Words that say nothing: articles, endings of ordinals, the word for year.
    const SMALL: [&str; 12] = [
        "st", "nd", "rd", "th", "er", "of", "de", "del", "г", "года", "р", "року",
    ];
    let kept: Vec<Part> = parts
        .iter()
        .filter(|part| !SMALL.contains(&part.text))
        .copied()
        .collect();
    let mut numbers: Vec<Part> = Vec::with_capacity(2);
    let mut words: Vec<&str> = Vec::with_capacity(2);
    let mut word_at = None;
    for (index, part) in kept.iter().enumerate() {
        if part.is_number() {
            numbers.push(*part);
        } else if words.is_empty() || (word_at == Some(index - 1) && part.before == " ") {
            words.push(part.text);
            word_at = Some(index);
        } else {
            return None;
        }
    }
    let month = month::number(&words.join(" "))?;
    let is_month_first = !kept.first()?.is_number();
    match numbers.as_slice() {
        [year] if year.year().is_some() => month_of(year.year()?, month),
        // Mar-22 is how spreadsheets show a month; March 22 may be a day.
        [year] if is_month_first && year.text.len() == 2 && year.before != " " => {
            month_of(2000 + year.short()?.cast_signed(), month)
        }
        [year, day] if year.year().is_some() && !is_month_first => {
            day_of(year.year()?, month, day.short()?)
        }
        [day, year] if year.year().is_some() => day_of(year.year()?, month, day.short()?),
        [day, year] if !is_month_first && year.text.len() == 2 => {
            day_of(2000 + year.short()?.cast_signed(), month, day.short()?)
        }
        _ => None,
    }
}

/// A date and a time of day, taken as UTC.
fn with_time(text: &str, order: Option<DateOrder>) -> Result<Option<Dated>, DateError> {
    const TIMES: [&str; 4] = ["%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p"];
    let read = |time: &str| {
        TIMES
            .iter()
            .find_map(|form| NaiveTime::parse_from_str(time, form).ok())
    };
    let found = text.match_indices(' ').find_map(|(index, _)| {
        let (date, time) = (&text[..index], &text[index + 1..]);
        Some((date.trim_end_matches(','), read(time)?))
    });
    let Some((date, time)) = found else {
        return Ok(None);
    };
    let dated = single(date, order)?;
    if dated.period.start != dated.period.end {
        return Err(DateError::NotADate);
    }
    let instant = dated.period.start.and_time(time).and_utc().timestamp();
    Ok(Some(Dated {
        instant: Version::from_timestamp(instant),
        ..dated
    }))
}

/// The days between two dates; the first may leave out what the second says.
fn span(text: &str, order: Option<DateOrder>) -> Result<Dated, DateError> {
    for mark in [" to ", " until ", " - "] {
        if let Some((start, end)) = text.split_once(mark) {
            return between(start, end, order);
        }
    }
    let mut found = Vec::new();
    for (index, _) in text.match_indices(['-', '/']) {
        match between(&text[..index], &text[index + 1..], order) {
            Ok(dated) => found.push(dated),
            Err(DateError::Ambiguous) => return Err(DateError::Ambiguous),
            Err(_) => {}
        }
    }
    match found.as_slice() {
        [dated] => Ok(*dated),
        _ => Err(DateError::NotADate),
    }
}

fn between(start: &str, end: &str, order: Option<DateOrder>) -> Result<Dated, DateError> {
    let whole = |text: &str| match text.trim().parse::<Period>() {
        Ok(period) => Ok(Dated::days(period)),
        Err(_) => single(text.trim(), order),
    };
    let last = whole(end)?;
    let day = last.period.end;
    let first = match whole(start) {
        // 24 Feb - 8 Mar 2022; 1-15 March 2022
        Err(DateError::NotADate) => single(&format!("{} {}", start.trim(), day.year()), order)
            .or_else(|_| match start.trim().parse::<u32>() {
                Ok(number) if end.contains(char::is_alphabetic) => {
                    day_of(day.year(), day.month(), number)
                        .map(Dated::days)
                        .ok_or(DateError::NotADate)
                }
                _ => Err(DateError::NotADate),
            })?,
        read => read?,
    };
    if first.shows.zip(last.shows).is_some_and(|(a, b)| a != b) {
        return Err(DateError::Ambiguous);
    }
    Period::new(first.period.start, day)
        .map(|period| Dated {
            shows: first.shows.or(last.shows),
            ..Dated::days(period)
        })
        .ok_or(DateError::NotADate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::date::DateForm;
    use proptest::prelude::*;

    fn shown(raw: &str, order: Option<DateOrder>) -> String {
        match DateForm::Usual(order).read(raw) {
            Ok(dated) => match dated.instant {
                Some(instant) => instant.to_string(),
                None => dated.period.to_string(),
            },
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn dates_as_people_write_them() {
        for (raw, expected) in [
            ("2022-03-08", "2022-03-08"),
            ("2022-03", "2022-03-01 to 2022-03-31"),
            ("2022", "2022-01-01 to 2022-12-31"),
            ("2022.0", "2022-01-01 to 2022-12-31"),
            ("2022-03-08T14:00:00Z", "2022-03-08T14:00:00Z"),
            ("2022-03-08T14:00:00+02:00", "2022-03-08T12:00:00Z"),
            ("2022-W10", "2022-03-07 to 2022-03-13"),
            ("8 March 2022", "2022-03-08"),
            ("8th of March, 2022", "2022-03-08"),
            ("March 8, 2022", "2022-03-08"),
            ("8 Mar 2022", "2022-03-08"),
            ("8-Mar-22", "2022-03-08"),
            ("2022-Mar-08", "2022-03-08"),
            ("Mar-22", "2022-03-01 to 2022-03-31"),
            ("March 2022", "2022-03-01 to 2022-03-31"),
            ("2022/03/08", "2022-03-08"),
            ("2022.03.08", "2022-03-08"),
            ("20220308", "2022-03-08"),
            ("03/2022", "2022-03-01 to 2022-03-31"),
            ("25/03/2022", "2022-03-25"),
            ("03/25/2022", "2022-03-25"),
            ("25.03.2022", "2022-03-25"),
            ("08/08/2022", "2022-08-08"),
            ("25/03/2022 14:30", "2022-03-25T14:30:00Z"),
            ("3/25/2022 2:30:00 PM", "2022-03-25T14:30:00Z"),
            ("2022-Q1", "2022-01-01 to 2022-03-31"),
            ("Q4 2022", "2022-10-01 to 2022-12-31"),
            ("2022 H1", "2022-01-01 to 2022-06-30"),
            ("2022H2", "2022-07-01 to 2022-12-31"),
            ("1-15 March 2022", "2022-03-01 to 2022-03-15"),
            ("1 – 15 March 2022", "2022-03-01 to 2022-03-15"),
            ("24 Feb - 8 Mar 2022", "2022-02-24 to 2022-03-08"),
            ("24 Feb–8 Mar 2022", "2022-02-24 to 2022-03-08"),
            ("2022-02-24/2022-03-08", "2022-02-24 to 2022-03-08"),
            ("2022-02-24 to 2022-03-08", "2022-02-24 to 2022-03-08"),
            ("January to March 2022", "2022-01-01 to 2022-03-31"),
            ("8 mars 2022", "2022-03-08"),
            ("1er août 2022", "2022-08-01"),
            ("8 de marzo de 2022", "2022-03-08"),
            ("8 березня 2022 р.", "2022-03-08"),
            ("8 марта 2022 г.", "2022-03-08"),
            ("8 آذار 2022", "2022-03-08"),
            ("٨ مارس ٢٠٢٢", "2022-03-08"),
            ("٣١ كانون الثاني ٢٠٢٢", "2022-01-31"),
            ("\u{200f}٢٠٢٢-٠٣-٠٨", "2022-03-08"),
        ] {
            assert_eq!(shown(raw, None), expected, "{raw}");
        }
    }

    #[test]
    fn a_short_year_before_a_time_is_no_year_of_antiquity() {
        for raw in ["22-03-08 10:00", "08-03-20 22:10", "22-3-8T10:00:00Z"] {
            assert!(
                !shown(raw, None).starts_with('0'),
                "{raw}: {}",
                shown(raw, None)
            );
        }
        assert_eq!(shown("22-03-08 10:00", None), "ShortYear");
        assert_eq!(shown("22-03-08T10:00", None), "NotADate");
        assert_eq!(shown("Tue, 08 Mar 0022 10:00:00 +0000", None), "NotADate");
    }

    #[test]
    fn what_would_have_to_be_guessed_is_refused() {
        for (raw, expected) in [
            ("08/03/2022", "Ambiguous"),
            ("08.03.2022", "Ambiguous"),
            ("8-3-2022", "Ambiguous"),
            ("08/03/2022 14:00", "Ambiguous"),
            ("08/03/2022 - 25/03/2022", "Ambiguous"),
            ("08/03/22", "ShortYear"),
            ("March 22", "NotADate"),
            ("30 February 2022", "NotADate"),
            ("30/02/2022", "NotADate"),
            ("2022-13", "NotADate"),
            ("2022.05", "NotADate"),
            ("2022.5", "NotADate"),
            ("8 March", "NotADate"),
            ("24 Dec - 8 Jan 2022", "NotADate"),
            ("2021-22", "NotADate"),
            ("2022-Q5", "NotADate"),
            ("8 March 2022?", "NotADate"),
            ("8 March 9999", "NotADate"),
            ("44628", "NotADate"),
            ("12345678", "NotADate"),
            ("Wave 3", "NotADate"),
            ("", "NotADate"),
        ] {
            assert_eq!(shown(raw, None), expected, "{raw}");
        }
    }

    #[test]
    fn an_order_that_is_told_settles_it() {
        let (dmy, mdy) = (Some(DateOrder::Dmy), Some(DateOrder::Mdy));
        assert_eq!(shown("08/03/2022", dmy), "2022-03-08");
        assert_eq!(shown("08/03/2022", mdy), "2022-08-03");
        assert_eq!(shown("1/3/2022-5/3/2022", dmy), "2022-03-01 to 2022-03-05");
        assert_eq!(shown("25/03/2022", mdy), "AgainstOrder(\"month first\")");
    }

    proptest! {
        #[test]
        fn every_day_is_read_back(days in 0_u64..120_000) {
            let first = NaiveDate::from_ymd_opt(1850, 1, 1).expect("a day");
            let day = first + chrono::Days::new(days);
            for form in ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y/%m/%d", "%Y%m%d"] {
                prop_assert_eq!(shown(&day.format(form).to_string(), None), day.to_string());
            }
            for form in ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"] {
                prop_assert_eq!(shown(&day.format(form).to_string(), Some(DateOrder::Dmy)), day.to_string());
            }
            prop_assert_eq!(shown(&day.format("%m/%d/%Y").to_string(), Some(DateOrder::Mdy)), day.to_string());
            let unsaid = shown(&day.format("%d/%m/%Y").to_string(), None);
            prop_assert!(unsaid == day.to_string() || unsaid == "Ambiguous");
        }

        #[test]
        fn no_text_makes_it_panic(raw in "\\PC{0,16}", dated in "[0-9]{0,5}[-/. ](mar|q|w|h|to)?[-/. ]{0,2}[0-9]{0,5}[-/. :]?[0-9٠-٩]{0,9}") {
            for format in [None, Some("%d/%m/%Y"), Some("excel"), Some("excel1904"), Some("unix"), Some("unix_ms")] {
                let _ = DateForm::new(format, None).read(&raw);
                let _ = DateForm::new(format, None).read(&dated);
            }
        }
    }
}
