//! How houses write numbers and days in running text.
//!
//! The three agree on commas and on keeping a source's own number: none rounds, since a rounded
//! number is one that nobody published. United Nations: the United Nations Editorial Manual, on
//! numbers and dates (words below ten, "million", day before month, "per cent"). AP: the usage of
//! the Associated Press (words below ten, "million", month before day, months shortened with a day).

use chrono::{Datelike as _, NaiveDate};

use crate::figure::{Quantity, coded_enum, grouped};

coded_enum! {
    /// How numbers and days are written in sentences.
    #[derive(Default)]
    Style ("style") {
        /// Figures with commas: 12,000,000 on 8 March 2022.
        #[default]
        Plain = "plain",
        /// United Nations: 12 million on 8 March 2022; nine.
        Un = "un",
        /// Associated Press: 12 million on March 8, 2022; nine.
        Ap = "ap",
    }
}

const WORDS: [&str; 10] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
];

/// Months as AP writes them beside a day.
const SHORT: [&str; 12] = [
    "Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.",
    "Dec.",
];

impl Style {
    /// Its name for readers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "Plain",
            Self::Un => "United Nations",
            Self::Ap => "Associated Press",
        }
    }

    /// A whole number. Millions are written as such where that says the number exactly.
    pub fn number(self, number: i64) -> String {
        if self == Self::Plain {
            return grouped(number);
        }
        if let Some(word) = usize::try_from(number).ok().and_then(|n| WORDS.get(n)) {
            return (*word).to_owned();
        }
        for (unit, name) in [(1_000_000_000, "billion"), (1_000_000, "million")] {
            let tenths = unit / 10;
            if number.abs() >= unit && number % tenths == 0 {
                let (whole, tenth) = (number / unit, (number % unit / tenths).abs());
                return match tenth {
                    0 => format!("{} {name}", grouped(whole)),
                    _ => format!("{}.{tenth} {name}", grouped(whole)),
                };
            }
        }
        grouped(number)
    }

    /// A number with the word that its source put before it.
    pub fn quantity(self, quantity: &Quantity) -> String {
        quantity.in_words(|number| self.number(number))
    }

    /// A day.
    pub fn day(self, date: NaiveDate) -> String {
        match self {
            Self::Plain | Self::Un => date.format("%-d %B %Y").to_string(),
            Self::Ap => format!("{}, {}", self.day_in(date, date), date.year()),
        }
    }

    /// A day, without the year where it is that of another day in the sentence.
    pub fn day_in(self, date: NaiveDate, other: NaiveDate) -> String {
        if date.year() != other.year() {
            return self.day(date);
        }
        match self {
            Self::Plain | Self::Un => date.format("%-d %B").to_string(),
            Self::Ap => format!("{} {}", SHORT[date.month0() as usize], date.day()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_by_the_house_and_never_rounded() {
        let all = |number| [Style::Plain, Style::Un, Style::Ap].map(|style| style.number(number));
        assert_eq!(all(9), ["9", "nine", "nine"]);
        assert_eq!(all(14), ["14", "14", "14"]);
        assert_eq!(all(836_000), ["836,000", "836,000", "836,000"]);
        assert_eq!(all(12_000_000), ["12,000,000", "12 million", "12 million"]);
        assert_eq!(all(1_400_000), ["1,400,000", "1.4 million", "1.4 million"]);
        assert_eq!(all(-2_500_000)[1], "-2.5 million");
        assert_eq!(all(1_412_503)[1], "1,412,503");
        assert_eq!(all(3_000_000_000)[2], "3 billion");
        assert_eq!(all(-6)[1], "-6");
    }

    #[test]
    fn days_are_written_by_the_house() {
        let day = NaiveDate::from_ymd_opt(2022, 2, 24).unwrap();
        let later = NaiveDate::from_ymd_opt(2023, 3, 8).unwrap();
        assert_eq!(Style::Un.day(day), "24 February 2022");
        assert_eq!(Style::Ap.day(day), "Feb. 24, 2022");
        assert_eq!(Style::Ap.day_in(day, day), "Feb. 24");
        assert_eq!(Style::Ap.day_in(later, day), "March 8, 2023");
    }
}
