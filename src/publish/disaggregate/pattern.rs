//! The pattern that years are parted along: another line, a file, or the days of each part.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::figure::{Measure, Period, Qualifier, Status, coded_enum};
use crate::ledger::FigureId;
use crate::line::{Line, Point};
use crate::publish::figures::place_name;

coded_enum! {
    /// How long a part is.
    Step ("length of parts") {
        /// A month of the calendar.
        Month = "month",
        /// A quarter of the calendar year.
        Quarter = "quarter",
    }
}

impl Step {
    /// The month or the quarter that a day lies in; none at the end of time.
    fn around(self, day: NaiveDate) -> Option<Period> {
        let (month, months) = match self {
            Self::Month => (day.month(), 1),
            Self::Quarter => ((day.month() - 1) / 3 * 3 + 1, 3),
        };
        let first = NaiveDate::from_ymd_opt(day.year(), month, 1)?;
        let next = first.checked_add_months(Months::new(months))?;
        Period::new(first, next.pred_opt()?)
    }

    /// The steps that lie within a period, where it is made of whole ones.
    fn within(self, period: Period) -> Vec<Period> {
        let mut found = Vec::new();
        let mut day = Some(period.start);
        while let Some(part) = day
            .filter(|day| *day <= period.end)
            .and_then(|day| self.around(day))
        {
            found.push(part);
            day = part.end.succ_opt();
        }
        found
    }
}

/// Why there is no pattern.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PatternError {
    /// A cumulative grows by construction.
    #[error(
        "{0} is a cumulative, whose height is no pattern of what happened; difference it into new per day with `humstat trend` and give that as --pattern FILE.csv"
    )]
    Cumulative(String),
    /// A pattern of expected numbers.
    #[error(
        "{0} has qualified or expected numbers within the time that is parted, such as {1}; a pattern needs exact ones"
    )]
    NotExact(String, String),
    /// No line of the same place.
    #[error(
        "no series of {0} has the origin and the location of what is parted; select one that has, or give --pattern FILE.csv"
    )]
    NoLine(String),
    /// Several lines.
    #[error(
        "{what} has several series of this origin and location: {found}; say which as INDICATOR:CLAIMANT:CHANNEL"
    )]
    Several {
        /// What was asked for.
        what: String,
        /// What there is.
        found: String,
    },
    /// A line of a file.
    #[error("line {line} of the pattern: {why}")]
    File {
        /// Its number.
        line: usize,
        /// What is wrong.
        why: String,
    },
    /// Two parts share days, or are out of order.
    #[error("the parts {0} and {1} of the pattern share days or are out of order")]
    Overlap(Period, Period),
    /// A longer step was asked for than some parts allow.
    #[error("the part {0} of the pattern lies in no one {1}; leave out --step")]
    Straddles(Period, Step),
}

/// A pattern: parts of time with a number each, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// What it is, in words.
    pub source: String,
    /// The parts.
    pub parts: Vec<(Period, f64)>,
    /// The figures that it rests on.
    pub figures: Vec<FigureId>,
    /// Whether its numbers may be added up into longer parts.
    is_flow: bool,
}

impl Pattern {
    /// The line of the same origin and location as the one that is parted.
    ///
    /// # Errors
    /// When there is none, there are several, or it is a cumulative or not exact within `during`.
    pub fn of_lines(
        lines: &[Line],
        parted: &Line,
        what: &str,
        during: Period,
    ) -> Result<Self, PatternError> {
        let like = |line: &&Line| {
            line.series.origin == parted.series.origin
                && line.series.location == parted.series.location
                && line.series != parted.series
        };
        let found: Vec<&Line> = lines.iter().filter(like).collect();
        let line = match found.as_slice() {
            [] => return Err(PatternError::NoLine(what.to_owned())),
            [line] => *line,
            several => {
                let names: Vec<String> = several.iter().map(|line| name(line)).collect();
                return Err(PatternError::Several {
                    what: what.to_owned(),
                    found: names.join(", "),
                });
            }
        };
        let words = name(line);
        if line.series.measure == Measure::Cumulative {
            return Err(PatternError::Cumulative(words));
        }
        let within =
            |point: &&Point| point.period.start >= during.start && point.period.end <= during.end;
        let points: Vec<&Point> = line.of_one_channel().filter(within).collect();
        let mut parts = Vec::with_capacity(points.len());
        for point in &points {
            let is_exact = point.quantity.qualifier == Qualifier::Exact
                && !matches!(point.quantity.status, Status::Projected | Status::Planned);
            match point.quantity.value.filter(|_| is_exact) {
                Some(value) => parts.push((point.period, value as f64)),
                None => {
                    let number = format!("{} of {}", point.quantity, point.period);
                    return Err(PatternError::NotExact(words, number));
                }
            }
        }
        Self {
            source: words,
            parts,
            figures: points.iter().map(|point| point.figure).collect(),
            is_flow: line.series.measure == Measure::Flow,
        }
        .checked()
    }

    /// A file with the columns `period` (2014-03, 2014-Q1, 2014-03-08) and `value`.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn of_file(name: &str, text: &str) -> Result<Self, PatternError> {
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let wrong = |line: usize, why: String| PatternError::File { line, why };
        let headers = reader
            .headers()
            .map_err(|error| wrong(1, error.to_string()))?;
        let headers = headers.clone();
        let column = |wanted: &str| {
            let found = headers
                .iter()
                .position(|name| name.trim_start_matches('\u{feff}') == wanted);
            found.ok_or_else(|| {
                wrong(
                    1,
                    format!(
                        "there is no column `{wanted}`; a pattern has the columns period and value"
                    ),
                )
            })
        };
        let (period, value) = (column("period")?, column("value")?);
        let mut parts = Vec::new();
        for (index, record) in reader.records().enumerate() {
            let line = index + 2;
            let record = record.map_err(|error| wrong(line, error.to_string()))?;
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let part = part(cell(period)).ok_or_else(|| {
                wrong(
                    line,
                    format!(
                        "`{}` is no period; write 2014-03, 2014-Q1 or 2014-03-08",
                        cell(period)
                    ),
                )
            })?;
            let number: Option<f64> = cell(value)
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite());
            let number = number.ok_or_else(|| {
                wrong(
                    line,
                    format!(
                        "`{}` is no number; write digits with a point, such as 1250.5",
                        cell(value)
                    ),
                )
            })?;
            parts.push((part, number));
        }
        Self {
            source: format!("file {name}"),
            parts,
            figures: Vec::new(),
            is_flow: true,
        }
        .checked()
    }

    /// No pattern: the days of each part from the first period to the last, also of those between that nothing
    /// was published of.
    pub fn of_days(step: Step, periods: &[Period]) -> Self {
        let start = periods.iter().map(|period| period.start).min();
        let end = periods.iter().map(|period| period.end).max();
        let whole = start.zip(end).map(|(start, end)| Period { start, end });
        Self {
            source: format!("the days of each {step} (no pattern)"),
            parts: whole
                .map_or_else(Vec::new, |whole| step.within(whole))
                .into_iter()
                .map(|part| (part, part.days() as f64))
                .collect(),
            figures: Vec::new(),
            is_flow: true,
        }
    }

    fn checked(self) -> Result<Self, PatternError> {
        let overlap = |pair: &&[(Period, f64)]| pair[0].0.end >= pair[1].0.start;
        match self.parts.windows(2).find(overlap) {
            Some(pair) => Err(PatternError::Overlap(pair[0].0, pair[1].0)),
            None => Ok(self),
        }
    }

    /// The pattern in longer parts: flows are added up, of a stock the last of each part is taken. A part
    /// that is not covered day by day is left out where it is of a flow.
    ///
    /// # Errors
    /// When a part lies in two of the longer ones.
    pub fn in_steps(self, step: Step) -> Result<Self, PatternError> {
        let mut longer: BTreeMap<Period, (i64, f64)> = BTreeMap::new();
        for (part, value) in &self.parts {
            let around = step
                .around(part.end)
                .filter(|around| around.start <= part.start);
            let around = around.ok_or(PatternError::Straddles(*part, step))?;
            let sum = longer.entry(around).or_default();
            sum.0 += part.days();
            sum.1 = if self.is_flow { sum.1 + value } else { *value };
        }
        let parts = longer
            .into_iter()
            .filter(|(part, (days, _))| !self.is_flow || *days == part.days())
            .map(|(part, (_, value))| (part, value))
            .collect();
        Ok(Self { parts, ..self })
    }

    /// The pattern with each number of a single day standing for the month that it lies in, as stocks at the
    /// end of months do; any other is kept as it is.
    #[must_use]
    pub fn of_months(self) -> Self {
        if self.is_flow {
            return self;
        }
        let month = |part: Period| Step::Month.around(part.end).unwrap_or(part);
        let parts: BTreeMap<Period, f64> = self
            .parts
            .iter()
            .map(|(part, value)| (month(*part), *value))
            .collect();
        Self {
            parts: parts.into_iter().collect(),
            ..self
        }
    }
}

/// The period of a part: as dates are written, or a quarter.
fn part(text: &str) -> Option<Period> {
    if let Ok(period) = text.parse() {
        return Some(period);
    }
    let (year, quarter) = text.split_once(['Q', 'q'])?;
    let year = year.trim_end_matches(['-', ' ']).parse().ok()?;
    let quarter: u32 = quarter
        .trim()
        .parse()
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))?;
    Step::Quarter.around(NaiveDate::from_ymd_opt(year, quarter * 3, 1)?)
}

/// A line in words: what, of whom, in which channel.
fn name(line: &Line) -> String {
    let series = &line.series;
    let place = series
        .location
        .as_ref()
        .map_or_else(String::new, |id| format!(" in {}", place_name(id)));
    format!(
        "{}:{}:{}{place}",
        series.indicator, series.claimant, series.channel
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> Result<Pattern, String> {
        Pattern::of_file("p.csv", text).map_err(|error| error.to_string())
    }

    fn starts(pattern: &Pattern) -> Vec<String> {
        let part = |(period, value): &(Period, f64)| format!("{} {value}", period.start);
        pattern.parts.iter().map(part).collect()
    }

    #[test]
    fn a_file_is_read_by_quarters_months_and_days() {
        let quarters = file("period,value\n2014-Q1, 5\n2014Q2,6.5\n2014 q3,7\n").unwrap();
        assert_eq!(
            starts(&quarters),
            ["2014-01-01 5", "2014-04-01 6.5", "2014-07-01 7"]
        );
        let bom = file("\u{feff}value,period\n1,2014-01\n2,2014-02\n").unwrap();
        assert_eq!(starts(&bom), ["2014-01-01 1", "2014-02-01 2"]);
    }

    #[test]
    fn what_cannot_be_read_is_named_with_its_line() {
        for (text, said) in [
            (
                "period,number\n2014-01,1\n",
                "line 1 of the pattern: there is no column `value`",
            ),
            (
                "period,value\n2014-01,1\nQ5,1\n",
                "line 3 of the pattern: `Q5` is no period",
            ),
            (
                "period,value\n2014-01,\"1,000\"\n",
                "line 2 of the pattern: `1,000` is no number",
            ),
            (
                "period,value\n2014-02,1\n2014-01,1\n",
                "share days or are out of order",
            ),
            ("period,value\n2014-Q5,1\n", "`2014-Q5` is no period"),
        ] {
            let refused = file(text).unwrap_err();
            assert!(refused.contains(said), "{refused}");
        }
    }

    #[test]
    fn months_add_up_to_quarters_where_all_are_there() {
        let months =
            file("period,value\n2014-02,9\n2014-04,1\n2014-05,2\n2014-06,3\n2014-07,9\n").unwrap();
        let quarters = months.in_steps(Step::Quarter).unwrap();
        assert_eq!(starts(&quarters), ["2014-04-01 6"]);
        let years = file("period,value\n2014,9\n").unwrap();
        assert!(matches!(
            years.in_steps(Step::Month),
            Err(PatternError::Straddles(..))
        ));
    }

    #[test]
    fn days_of_months_are_a_pattern_of_their_own() {
        let year: Period = "2024".parse().unwrap();
        let months = Pattern::of_days(Step::Month, &[year]);
        let days: Vec<f64> = months.parts.iter().map(|(_, days)| *days).collect();
        assert_eq!(days[..3], [31.0, 29.0, 31.0]);
        assert_eq!(days.iter().sum::<f64>(), 366.0);
    }
}
