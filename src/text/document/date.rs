//! Days and times as the metadata of documents write them.

use chrono::{DateTime, NaiveDate};

use crate::figure::Version;

/// The time that a text names: ISO 8601, as in e-mails, or a day with its month in English words. None
/// where it may be read in two ways, as `03/08/2022`.
pub(super) fn read(text: &str) -> Option<Version> {
    // Of two digits, `%Y` makes a year of antiquity.
    in_any_form(text).filter(|version| version.is_likely())
}

fn in_any_form(text: &str) -> Option<Version> {
    // Longer ones are no dates, and are not worth looking at.
    const LONGEST: usize = 64;
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    // A year alone is too little to order versions by.
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        return NaiveDate::parse_from_str(text, "%Y%m%d")
            .ok()
            .filter(|_| text.len() == 8)
            .map(Version::end_of);
    }
    if let Ok(version) = text.parse() {
        return Some(version);
    }
    if let Ok(instant) = DateTime::parse_from_rfc2822(text) {
        return Version::from_timestamp(instant.timestamp());
    }
    const INSTANTS: [&str; 3] = [
        "%Y-%m-%dT%H:%M:%S%.f%z",
        "%Y-%m-%d %H:%M:%S %z",
        "%a %b %d %H:%M:%S %z %Y",
    ];
    for form in INSTANTS {
        if let Ok(instant) = DateTime::parse_from_str(text, form) {
            return Version::from_timestamp(instant.timestamp());
        }
    }
    const DAYS: [&str; 8] = [
        "%d %B %Y",
        "%B %d %Y",
        "%B %d, %Y",
        "%A, %d %B %Y",
        "%A %d %B %Y",
        "%A, %B %d, %Y",
        "%Y/%m/%d",
        "%d-%b-%Y",
    ];
    DAYS.iter()
        .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
        .map(Version::end_of)
}

/// The time in the information of a PDF: `D:20220308143000+02'00'`.
pub(super) fn of_pdf(text: &str) -> Option<Version> {
    in_pdf(text).filter(|version| version.is_likely())
}

fn in_pdf(text: &str) -> Option<Version> {
    let text = text.trim();
    let digits = text.strip_prefix("D:").unwrap_or(text);
    let day_end = 8;
    let day = NaiveDate::parse_from_str(digits.get(..day_end)?, "%Y%m%d").ok()?;
    let rest = digits.get(day_end..)?;
    let time = rest
        .get(..6)
        .filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()));
    let Some(time) = time else {
        return Some(Version::end_of(day));
    };
    let zone: String = rest
        .get(6..)?
        .chars()
        .filter(|letter| *letter != '\'')
        .collect();
    let zone = match zone.as_str() {
        "" | "Z" | "Z0000" => "+0000",
        zone => zone,
    };
    let instant = format!("{}{time}{zone}", digits.get(..day_end)?);
    DateTime::parse_from_str(&instant, "%Y%m%d%H%M%S%z")
        .ok()
        .and_then(|instant| Version::from_timestamp(instant.timestamp()))
        .or(Some(Version::end_of(day)))
}

#[cfg(test)]
mod tests {
    use super::{of_pdf, read};

    #[test]
    fn a_year_of_two_digits_is_no_year_of_antiquity() {
        for text in [
            "08/03/22",
            "22/03/08",
            "8 March 22",
            "08-Mar-22",
            "March 8, 22",
            "22-03-08 10:00",
            "00220308",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(of_pdf("D:00220308"), None);
        let day = |text: &str| read(text).map(|version| version.to_string());
        assert_eq!(day("8 March 2022").as_deref(), Some("2022-03-08"));
        assert_eq!(day("2022/03/08").as_deref(), Some("2022-03-08"));
    }
}
