//! The words that a chart says itself, and how numbers and days are written, in each language.
//!
//! A language is one table of texts: the compiler sees to it that none is missing. Texts with a
//! place for something else hold `{0}`, `{1}`, …, which [`fill`] replaces.
//!
//! # Decisions
//! - Numbers and months follow CLDR 48, but for Spanish, which parts thousands by a thin space from
//!   five digits on, as the Real Academia Española asks.
//! - A space within a number never breaks: U+202F between thousands, U+00A0 before a word or sign.
//! - Arabic has the digits 0 to 9, as the Arabic sites of the United Nations do, and months by both
//!   of their names where they are written in full: `8 آذار/مارس 2022`.
//! - What a chart finds is put in sentences that need no inflected place names: a place, a colon.

mod arabic;
mod english;
mod french;
mod kinds;
mod spanish;
mod ukrainian;

#[cfg(test)]
mod tests;

pub use kinds::{
    AreaWords, BarWords, CalendarWords, ColumnWords, EdgeWords, ForecastWords, LineWords, MapWords,
    MovementWords, PanelWords, PyramidWords, SelectionWords, SlopeWords, TableWords,
};

use chrono::{Datelike, NaiveDate};

use crate::figure::{Unit, coded_enum};

coded_enum! {
    /// The language of a chart's own words, by its code of ISO 639-1.
    #[derive(Default)]
    Language ("language") {
        /// English.
        #[default]
        English = "en",
        /// French.
        French = "fr",
        /// Spanish.
        Spanish = "es",
        /// Ukrainian.
        Ukrainian = "uk",
        /// Arabic.
        Arabic = "ar",
    }
}

/// All texts of one language.
#[derive(Debug)]
pub struct Words {
    /// The language in English.
    pub name: &'static str,
    /// Before notes, with the space after it.
    pub note: &'static str,
    /// Before the source, with the space after it.
    pub source: &'static str,
    /// How numbers are written.
    pub numbers: NumberWords,
    /// How days are written.
    pub dates: DateWords,
    /// What one of a number is.
    pub units: UnitWords,
    /// What explains marks.
    pub marks: MarkWords,
    /// Line charts.
    pub line: LineWords,
    /// Forecasts in line charts.
    pub forecast: ForecastWords,
    /// Bar charts.
    pub bars: BarWords,
    /// Flow charts, chord diagrams and matrices.
    pub movement: MovementWords,
    /// Slope and dumbbell charts.
    pub slope: SlopeWords,
    /// Small multiples.
    pub panels: PanelWords,
    /// Calendars.
    pub calendar: CalendarWords,
    /// Tables.
    pub table: TableWords,
    /// Area charts.
    pub area: AreaWords,
    /// Column charts.
    pub columns: ColumnWords,
    /// Population pyramids.
    pub pyramid: PyramidWords,
    /// Maps.
    pub map: MapWords,
    /// What of a selection is drawn.
    pub selection: SelectionWords,
    /// The text for readers who cannot see the chart.
    pub alt: AltWords,
    /// The line of the source.
    pub sources: SourceWords,
}

/// A text with a number in it, `{0}`, in the forms that numbers ask for.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// With one.
    pub one: &'static str,
    /// With two to four, where the language makes a difference.
    pub few: &'static str,
    /// With any other number.
    pub many: &'static str,
}

/// A short form of large numbers.
#[derive(Debug)]
pub struct Scale {
    /// The least number that is written so.
    pub from: f64,
    /// What the number is divided by.
    pub divisor: f64,
    /// What stands after it, with the space before.
    pub suffix: &'static str,
    /// Whether a unit after it needs [`NumberWords::link`].
    pub linked: bool,
}

/// How numbers are written.
#[derive(Debug)]
pub struct NumberWords {
    /// Between thousands.
    pub group: &'static str,
    /// How many digits a number has at least whose thousands are parted.
    pub grouped_from: usize,
    /// Before fractions.
    pub decimal: char,
    /// The short forms, the largest first.
    pub scales: &'static [Scale],
    /// After a share.
    pub percent: &'static str,
    /// Before and after an amount in United States dollars.
    pub dollars: (&'static str, &'static str),
    /// Between a short form and a unit: before a consonant, and before a vowel.
    pub link: (&'static str, &'static str),
    /// The source's words before a number, with the space after each.
    pub about: &'static str,
    /// A lower bound.
    pub at_least: &'static str,
    /// A lower bound that is not reached.
    pub more_than: &'static str,
    /// An upper bound.
    pub at_most: &'static str,
    /// An upper bound that is not reached.
    pub fewer_than: &'static str,
    /// A share too small to write, `{0}`.
    pub under: &'static str,
    /// Where there is no number.
    pub no_figure: &'static str,
}

/// How days are written: `{0}` is the day, `{1}` the month, `{2}` the year.
#[derive(Debug)]
pub struct DateWords {
    /// Months on an axis.
    pub short_months: [&'static str; 12],
    /// Months within a text, as they stand after a day.
    pub months: [&'static str; 12],
    /// The first day of a month.
    pub first: &'static str,
    /// A day within a text.
    pub day: &'static str,
    /// A day within a text that has said the year.
    pub day_of_year: &'static str,
    /// A day before which something holds, `{0}`: `as of {0}`.
    pub as_of: &'static str,
    /// The day until which something held, `{0}`.
    pub until: &'static str,
    /// A day after what happened on it, `{0}`.
    pub on: &'static str,
    /// The same with two days, `{0}` and `{1}`.
    pub to: &'static str,
}

/// What one of a number is, in the form that follows large numbers.
#[derive(Debug)]
pub struct UnitWords {
    /// Persons.
    pub people: &'static str,
    /// Households.
    pub households: &'static str,
    /// Cases.
    pub cases: &'static str,
    /// Crossings of a border.
    pub crossings: &'static str,
    /// Events.
    pub events: &'static str,
    /// United States dollars.
    pub us_dollars: &'static str,
}

/// What explains marks, in every kind of chart.
#[derive(Debug)]
pub struct MarkWords {
    /// Within every note on hollow points, in small letters.
    pub hollow: &'static str,
    /// Within every note on what is estimated.
    pub estimated: &'static str,
    /// Within every note on what is projected.
    pub projected: &'static str,
    /// Within every note on lower bounds.
    pub at_least: &'static str,
    /// Within every note on ranges.
    pub range: &'static str,
    /// How many figures were revised.
    pub revised: Counted,
}

/// The text for readers who cannot see the chart: the kind `{0}`, then what it shows and what it finds.
#[derive(Debug)]
pub struct AltWords {
    /// What `{1}` and the finding `{2}`.
    pub both: &'static str,
    /// Only the finding `{1}`.
    pub finding: &'static str,
    /// Only what `{1}`.
    pub what: &'static str,
    /// Neither.
    pub neither: &'static str,
    /// Whether what it shows begins with a small letter.
    pub decapitalised: bool,
}

/// The line of the source: a name `{0}` and days `{1}`, which are [`DateWords::on`] or
/// [`DateWords::to`].
#[derive(Debug)]
pub struct SourceWords {
    /// Published on those days.
    pub published: &'static str,
    /// Retrieved on those days.
    pub retrieved: &'static str,
    /// Relayed by others, `{0}`.
    pub relayed: &'static str,
    /// Between two names, with its spaces.
    pub and: &'static str,
}

impl Language {
    /// Whether it is read from right to left.
    pub const fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic)
    }

    /// What stands between the things of a list, with the space after it.
    pub const fn comma(self) -> &'static str {
        match self {
            Self::Arabic => "، ",
            _ => ", ",
        }
    }

    /// What stands between longer things of a list, with the space after it.
    pub const fn semicolon(self) -> &'static str {
        match self {
            Self::Arabic => "؛ ",
            _ => "; ",
        }
    }

    /// Its texts.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::English => &english::WORDS,
            Self::French => &french::WORDS,
            Self::Spanish => &spanish::WORDS,
            Self::Ukrainian => &ukrainian::WORDS,
            Self::Arabic => &arabic::WORDS,
        }
    }

    /// A text in the form that a number asks for, with the number in it.
    pub fn counted(self, text: &Counted, count: usize) -> String {
        fill(self.form(text, count), &[&self.count(count)])
    }

    /// The form that a number asks for.
    pub fn form(self, text: &Counted, count: usize) -> &'static str {
        match (self, count % 10, count % 100) {
            (Self::Ukrainian, 1, ten) if ten != 11 => text.one,
            (Self::Ukrainian, 2..=4, ten) if !(12..=14).contains(&ten) => text.few,
            (Self::Ukrainian, ..) => text.many,
            (Self::French, ..) if count == 0 => text.one,
            _ if count == 1 => text.one,
            _ => text.many,
        }
    }

    /// A whole number with its thousands parted.
    pub fn count(self, count: usize) -> String {
        super::number::decimal(count as f64, 0, self)
    }

    /// Whether a unit in the form of [`UnitWords`] may follow this number.
    pub fn takes_unit(self, value: f64) -> bool {
        let (ones, tens) = (value.abs() % 10.0, value.abs() % 100.0);
        match self {
            Self::English | Self::Spanish => value != 1.0,
            Self::French => value.abs() >= 2.0,
            Self::Ukrainian => !(1.0..5.0).contains(&ones) || (11.0..15.0).contains(&tens),
            Self::Arabic => value.abs() >= 100.0,
        }
    }

    /// A day within a text: `1 March 2022`.
    pub fn day(self, date: NaiveDate) -> String {
        let dates = &self.words().dates;
        self.date(dates.day, &dates.months, date)
    }

    /// A day within a text that speaks of another one; the year is said only where it differs.
    pub fn day_beside(self, date: NaiveDate, other: NaiveDate) -> String {
        let dates = &self.words().dates;
        if date.year() == other.year() {
            self.date(dates.day_of_year, &dates.months, date)
        } else {
            self.day(date)
        }
    }

    /// A day with a short month in a form: `{0}` the day, `{1}` the month, `{2}` the year.
    pub fn short_date(self, form: &str, date: NaiveDate) -> String {
        self.date(form, &self.words().dates.short_months, date)
    }

    /// A month with its year, as they stand without a day.
    pub fn month(self, date: NaiveDate) -> String {
        match self {
            // Months within a text are in the genitive.
            Self::Ukrainian => self.short_date("{1} {2}", date),
            _ => self.date("{1} {2}", &self.words().dates.months, date),
        }
    }

    fn date(self, form: &str, months: &[&str; 12], date: NaiveDate) -> String {
        let day = match date.day() {
            1 => self.words().dates.first.to_owned(),
            day => day.to_string(),
        };
        let month = months.get(date.month0() as usize).copied();
        fill(
            form,
            &[&day, month.unwrap_or_default(), &date.year().to_string()],
        )
    }

    /// What one of a unit is called after large numbers.
    pub const fn unit(self, unit: Unit) -> &'static str {
        let units = &self.words().units;
        match unit {
            Unit::Persons => units.people,
            Unit::Households => units.households,
            Unit::Cases => units.cases,
            Unit::Crossings => units.crossings,
            Unit::Events => units.events,
            Unit::UsDollars => units.us_dollars,
        }
    }
}

impl UnitWords {
    /// All of them.
    pub const fn all(&self) -> [&'static str; 6] {
        [
            self.people,
            self.households,
            self.cases,
            self.crossings,
            self.events,
            self.us_dollars,
        ]
    }
}

/// A text with `{0}`, `{1}`, … replaced by the parts; what the parts hold is left alone.
pub fn fill(text: &str, parts: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, place)) = rest.split_once('{') {
        out.push_str(before);
        let part = place
            .split_once('}')
            .and_then(|(index, after)| Some((*parts.get(index.parse::<usize>().ok()?)?, after)));
        match part {
            Some((part, after)) => {
                out.push_str(part);
                rest = after;
            }
            None => {
                out.push('{');
                rest = place;
            }
        }
    }
    out + rest
}
