//! Lines, spans, numbers and probabilities as a sentence says them.

use chrono::{Datelike as _, NaiveDate};

use super::super::compare::topic;
use super::super::frame::rounded;
use super::super::sentence::{day, day_in};
use crate::analysis::monotonic::Tested;
use crate::figure::grouped;
use crate::line::Line;

/// What was looked at: "New per day of crossings from Ukraine into Poland since 24 February,
/// 2 March to 6 September 2022".
pub(super) fn subject(line: &Line, tested: Option<Tested>, days: &[NaiveDate]) -> String {
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return upper_first(&topic(&line.series, NaiveDate::default()));
    };
    let of = topic(&line.series, *last);
    let named = match tested {
        Some(Tested::NewPerDay) => format!("new per day of {of}"),
        Some(Tested::FlowPerDay) => format!("per day, {of}"),
        _ => of,
    };
    format!("{}, {}", upper_first(&named), span(*first, *last))
}

/// "2012 to 2024" between ends of years, else "2 March to 6 September 2022".
pub(in crate::publish) fn span(first: NaiveDate, last: NaiveDate) -> String {
    if ends_a_year(first) && ends_a_year(last) {
        format!("{} to {}", first.year(), last.year())
    } else {
        format!("{} to {}", day_in(first, last), day(last))
    }
}

/// A year at its end, else a day.
pub(super) fn moment(date: NaiveDate) -> String {
    if ends_a_year(date) {
        date.year().to_string()
    } else {
        day(date)
    }
}

fn ends_a_year(date: NaiveDate) -> bool {
    (date.month(), date.day()) == (12, 31)
}

/// The same text with a capital letter at its beginning.
pub(in crate::publish) fn upper_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + characters.as_str()
    })
}

/// A reckoned number: whole from 100 on, below with two digits after the point at the most.
pub(super) fn number(number: f64) -> String {
    if number.abs() >= 100.0 {
        return grouped(number.round() as i64);
    }
    format!("{}", rounded(number, 2))
}

/// A probability: "p = 0.02", "p < 0.0001".
pub(super) fn probability(p: f64) -> String {
    match p {
        p if p < 0.0001 => "p < 0.0001".to_owned(),
        p if p > 0.99 => "p > 0.99".to_owned(),
        p => format!("p = {}", significant(p, if p < 0.1 { 1 } else { 2 })),
    }
}

/// A number to some significant digits, for numbers that may be very small.
pub(super) fn significant(number: f64, digits: i32) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    format!(
        "{number:.*e}",
        usize::try_from(digits - 1).unwrap_or_default()
    )
    .parse()
    .unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_short_and_never_zero() {
        let said = [0.000_31, 0.021, 0.049, 0.0962, 0.347, 1e-9, 0.999, 1.0].map(probability);
        assert_eq!(
            said,
            [
                "p = 0.0003",
                "p = 0.02",
                "p = 0.05",
                "p = 0.1",
                "p = 0.35",
                "p < 0.0001",
                "p > 0.99",
                "p > 0.99",
            ]
        );
    }

    #[test]
    fn numbers_keep_the_digits_that_matter() {
        let said = [61_234.4, -2.6, 0.125, -1e-9, 99.999].map(number);
        assert_eq!(said, ["61,234", "-2.6", "0.13", "0", "100"]);
        assert_eq!(significant(0.000_036_582_63, 4), 0.000_036_58);
        assert_eq!(significant(-112_728.333, 6), -112_728.0);
    }

    #[test]
    fn ends_of_years_are_years() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(span(date("2012-12-31"), date("2024-12-31")), "2012 to 2024");
        assert_eq!(
            span(date("2022-03-02"), date("2022-09-06")),
            "2 March to 6 September 2022"
        );
    }
}
