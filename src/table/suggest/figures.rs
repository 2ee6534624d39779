//! The part of a draft that says what the figures are: `[figure]` and one `[[value]]` for each.

use super::categories::{self, Category, Narrower};
use super::columns::Column;
use super::draft::{Draft, claimants, names_of, unused};
use super::measure::{self, Steps};
use super::names::Part;
use super::places::Places;
use super::sample::Sample;
use super::time::When;
use super::toml_text::{UNSAID, comment, inline, list, quoted};
use super::values::{Value, Values};
use crate::figure::Measure;
use crate::vocabulary;

/// What was found out about the figures of a table.
pub(super) struct Figures<'c> {
    pub(super) sample: &'c Sample<'c>,
    pub(super) columns: &'c [Column<'c>],
    pub(super) origin: Option<Places<'c>>,
    pub(super) location: Option<Places<'c>>,
    pub(super) when: Option<When<'c>>,
    pub(super) indicator: Option<Category<'c>>,
    pub(super) narrowers: Vec<Narrower<'c>>,
    pub(super) values: Values<'c>,
}

/// How the numbers of a column relate to time, with the reason where it is not the usual way.
#[derive(Clone)]
enum Measured {
    /// As the indicator most often is.
    Usual(Measure),
    /// Otherwise, and why.
    Told(Measure, String),
    /// It cannot be told; the question.
    Open(String),
}

impl Measured {
    const fn known(&self) -> Option<Measure> {
        match self {
            Self::Usual(measure) | Self::Told(measure, _) => Some(*measure),
            Self::Open(_) => None,
        }
    }
}

impl<'c> Figures<'c> {
    /// Writes `[figure]`, every `[[value]]`, and what was left out.
    pub(super) fn draft(&self, draft: &mut Draft) {
        let told: Vec<(&Value<'_>, Measured)> = self
            .values
            .told
            .iter()
            .map(|value| (value, self.measured(value)))
            .collect();
        // The measure that the period of [figure] is written for.
        let base = told.first().and_then(|(_, measured)| measured.known());
        let groups = self.groups();
        draft.part("[figure]");
        self.claimant(draft);
        self.place(draft, "origin", self.origin.as_ref(), None);
        let is_wide = |key: &str| {
            let owns = |value: &Value<'_>| value.own.as_ref().is_some_and(|(own, _)| *own == key);
            self.values.told.iter().any(owns)
        };
        if !is_wide("location") {
            let question = self.where_question();
            self.place(draft, "location", self.location.as_ref(), Some(&question));
        }
        if !is_wide("period") && groups.len() < 2 {
            self.period(draft, base);
        }
        for narrower in &self.narrowers {
            let (is_open, why) = narrower.category.why("codes");
            let key = format!("breakdown.{}", narrower.dimension);
            let source = narrower.category.source(|_| true);
            if is_open {
                draft.ask(&key, &source, &why);
            } else {
                draft.guess(&key, &source, &why);
            }
        }
        for (key, column) in [("low", self.values.low), ("high", self.values.high)] {
            if let Some(column) = column {
                draft.guess(key, &inline([("column", quoted(column))]), "its name");
            }
        }
        if self.values.told.is_empty() {
            let numbers: Vec<&str> = self.values.silent.iter().map(|(name, _)| *name).collect();
            let question = match names_of(&numbers) {
                none if none.is_empty() => {
                    "which column holds the number: none was found".to_owned()
                }
                some => format!(
                    "which column holds the number, such as {some}, as {{ column = \"…\" }}"
                ),
            };
            if self.indicator.is_none() {
                let question = "what is counted; `humstat indicators` lists it";
                draft.ask("indicator", UNSAID, question);
            }
            draft.ask("value", UNSAID, &question);
        }
        self.unsaid_indicator(draft, is_wide("period"));
        if groups.len() > 1 {
            self.by_measure(draft, &groups);
        } else {
            for (value, measured) in &told {
                self.value(draft, value, measured, base);
            }
        }
        self.silent(draft);
    }

    fn claimant(&self, draft: &mut Draft) {
        match claimants(self.columns) {
            Some(category) => {
                let (is_open, why) = category.why("organisations");
                let source = category.source(|_| true);
                if is_open {
                    draft.ask("claimant", &source, &why);
                } else {
                    draft.guess("claimant", &source, &why);
                }
            }
            None => draft.ask("claimant", UNSAID, "who counted, such as \"UNHCR\""),
        }
    }

    fn place(
        &self,
        draft: &mut Draft,
        key: &str,
        places: Option<&Places<'_>>,
        question: Option<&str>,
    ) {
        match (places, question) {
            (Some(places), _) => {
                let scheme = places.scheme.map_or_else(|| UNSAID.to_owned(), quoted);
                let source = inline([("column", quoted(places.column)), ("scheme", scheme)]);
                if places.scheme.is_some() {
                    draft.guess(key, &source, &places.why);
                } else {
                    draft.ask(key, &source, &format!("in which codes: {}", places.why));
                }
            }
            (None, Some(question)) => draft.ask(key, UNSAID, question),
            (None, None) => {}
        }
    }

    /// The question where no column says the location, with the columns that say it in part.
    fn where_question(&self) -> String {
        let is_unit =
            |column: &&Column<'_>| matches!(column.says.part, Some(Part::Admin1 | Part::Admin2));
        let units = self.columns.iter().filter(is_unit);
        let units: Vec<&str> = units.map(|column| column.name).collect();
        let gaps = match names_of(&units) {
            none if none.is_empty() => none,
            some => format!("; not every row says it in {some}"),
        };
        format!("where, such as \"SDN\" or \"m49:001\" for the world{gaps}")
    }

    fn period(&self, draft: &mut Draft, measure: Option<Measure>) {
        let Some(when) = &self.when else {
            draft.ask(
                "period",
                UNSAID,
                "when, such as \"2022-03-08\", or { column = \"…\" }",
            );
            return;
        };
        let said = when.said(measure);
        for (key, value) in &said.keys {
            if said.is_open {
                draft.ask(key, value, &said.why);
            } else {
                draft.guess(key, value, &said.why);
            }
        }
    }

    /// What is counted, where neither a column nor the names of the numbers say it.
    fn unsaid_indicator(&self, draft: &mut Draft, is_wide: bool) {
        let is_said = |value: &Value<'_>| value.count.indicator.is_some();
        if let Some(category) = &self.indicator {
            if self.groups().len() < 2 {
                let (is_open, why) = category.why("indicators");
                let source = category.source(|_| true);
                if is_open {
                    draft.ask("indicator", &source, &why);
                } else {
                    draft.guess("indicator", &source, &why);
                }
            }
        } else if !self.values.told.is_empty() && !self.values.told.iter().all(is_said) {
            let day = if is_wide {
                "; a stock is of one day, so write the last day of each period"
            } else {
                ""
            };
            draft.ask(
                "indicator",
                UNSAID,
                &format!(
                    "what is counted, such as \"refugees\"; `humstat indicators` lists it{day}"
                ),
            );
        }
    }

    /// The texts of the column of indicators by measure, where a date means another thing for each.
    fn groups(&self) -> Vec<(Measure, Vec<&'c str>)> {
        match (&self.indicator, &self.when) {
            (Some(category), Some(when)) if when.is_long() => categories::by_measure(category),
            _ => Vec::new(),
        }
    }

    /// One `[[value]]` for the stocks in a column of indicators, one for the flows.
    fn by_measure(&self, draft: &mut Draft, groups: &[(Measure, Vec<&'c str>)]) {
        let Some(category) = &self.indicator else {
            return;
        };
        for value in &self.values.told {
            for (measure, texts) in groups {
                draft.part("[[value]]");
                draft.set("column", &quoted(value.column));
                draft.set(
                    "where",
                    &inline([(category.column, list(texts.iter().copied()))]),
                );
                let source = category.source(|text| texts.contains(&text));
                let (is_open, why) = category.why("indicators");
                if is_open && source.contains(UNSAID) {
                    draft.ask("indicator", &source, &why);
                } else {
                    draft.guess("indicator", &source, "all texts are known indicators");
                }
                // A number of a whole month or year does not count on from a first day.
                let measure = match measure {
                    Measure::Stock => Measure::Stock,
                    Measure::Flow | Measure::Cumulative => Measure::Flow,
                };
                draft.set("measure", &quoted(measure.code()));
                self.period(draft, Some(measure));
                breakdown(draft, value);
            }
        }
    }

    fn value(
        &self,
        draft: &mut Draft,
        value: &Value<'_>,
        measured: &Measured,
        base: Option<Measure>,
    ) {
        draft.part("[[value]]");
        draft.set("column", &quoted(value.column));
        if let Some(indicator) = &value.count.indicator {
            draft.guess("indicator", &quoted(indicator), &value.evidence);
        }
        match measured {
            Measured::Usual(_) => {}
            Measured::Told(measure, why) => draft.guess("measure", &quoted(measure.code()), why),
            Measured::Open(question) => draft.ask("measure", UNSAID, question),
        }
        if measured.known() == Some(Measure::Cumulative) {
            draft.ask("since", UNSAID, "from which day on, such as \"2022-02-24\"");
        }
        if let Some(origin) = &value.count.origin {
            draft.guess("origin", &quoted(origin), &value.evidence);
        }
        match &value.own {
            Some((key, own)) => draft.guess(key, own, &value.evidence),
            None if measured.known() != base => self.period_of_own(draft, measured.known()),
            None => {}
        }
        breakdown(draft, value);
    }

    /// The period of a value whose measure gives dates another meaning than `[figure]` does.
    fn period_of_own(&self, draft: &mut Draft, measure: Option<Measure>) {
        if self.is_long() {
            self.period(draft, measure);
        }
    }

    /// How the numbers of a column relate to time.
    fn measured(&self, value: &Value<'_>) -> Measured {
        if let Some(word) = &value.count.cumulative {
            return Measured::Told(
                Measure::Cumulative,
                format!("its name says {}", quoted(word)),
            );
        }
        let usual = value
            .count
            .indicator
            .as_deref()
            .and_then(|code| vocabulary::indicator(code).ok())
            .map(|indicator| indicator.measure);
        if usual.is_none() {
            if let Some(category) = &self.indicator {
                // The column of indicators says it row by row.
                let parts = categories::by_measure(category);
                let first = parts.first().map(|(measure, _)| *measure);
                return Measured::Usual(first.unwrap_or(Measure::Stock));
            }
            if value.own.is_some() {
                return Measured::Usual(Measure::Stock);
            }
        }
        match (&self.when, usual) {
            (Some(When::Dates { index, .. }), _) if !self.is_long() => {
                let steps = measure::steps(self.sample, &self.apart(), *index, value.index);
                by_steps(usual, steps)
            }
            (Some(_), Some(Measure::Cumulative)) => Measured::Told(
                Measure::Flow,
                "each row is of a period, not of all days since a first one".to_owned(),
            ),
            (None, Some(Measure::Cumulative)) | (_, None) => by_steps(usual, Steps::default()),
            (_, Some(usual)) => Measured::Usual(usual),
        }
    }

    /// Whether one date of the table covers more than a day.
    fn is_long(&self) -> bool {
        self.when.as_ref().is_some_and(When::is_long)
    }

    /// The columns that tell series apart: all texts but dates.
    fn apart(&self) -> Vec<usize> {
        let is_date = |name: &str| self.when.as_ref().is_some_and(|when| when.uses(name));
        let is_series = |column: &&Column<'_>| {
            let values = column.profile.values.len();
            let is_key = values * 2 > self.sample.rows.len();
            !column.profile.is_numeric() && !is_date(column.name) && !is_key
        };
        self.columns
            .iter()
            .filter(is_series)
            .map(|column| column.index)
            .collect()
    }

    /// What was left out, ready to be taken in.
    fn silent(&self, draft: &mut Draft) {
        if !self.values.silent.is_empty() {
            draft.part("# Columns of numbers that do not say what they count. Uncomment those that are figures.");
            for (name, seen) in &self.values.silent {
                draft.note("[[value]]");
                draft.note(&format!("column = {}  # {}", quoted(name), comment(seen)));
                draft.note("indicator = \"\"");
            }
        }
        let unused = unused(self.columns, draft);
        if !unused.is_empty() {
            draft.part("# Columns that may tell figures apart and are not used. Of two rows that differ in them alone,");
            draft.note(&format!(
                "the second is refused until they are under breakdown: {}",
                names_of(&unused)
            ));
        }
    }
}

/// The measure of numbers of single days, by how they go on from day to day.
fn by_steps(usual: Option<Measure>, steps: Steps) -> Measured {
    let rise = || {
        format!(
            "no number is below the one before it, in {} steps",
            steps.all
        )
    };
    match usual {
        None | Some(Measure::Cumulative) if steps.only_rise() => {
            Measured::Told(Measure::Cumulative, rise())
        }
        Some(Measure::Cumulative) if steps.fall() => Measured::Told(
            Measure::Flow,
            format!(
                "{} of {} steps from day to day go down",
                steps.down, steps.all
            ),
        ),
        Some(Measure::Cumulative) => Measured::Open(format!(
            "\"cumulative\" for a total so far, \"flow\" for those of each day alone{}",
            mostly(steps)
        )),
        Some(Measure::Flow) if steps.only_rise() => {
            Measured::Open(format!("\"cumulative\" or \"flow\": {}", rise()))
        }
        Some(usual) => Measured::Usual(usual),
        None => Measured::Open(format!(
            "\"stock\" for how many there are, \"flow\" for how many in the period, \"cumulative\" since a first day{}",
            mostly(steps)
        )),
    }
}

/// "; 95 of 100 steps from day to day go up", where there are enough of them.
fn mostly(steps: Steps) -> String {
    const ENOUGH: usize = 8;
    if steps.all < ENOUGH {
        return String::new();
    }
    format!(
        "; {} of {} steps from day to day go up, {} down",
        steps.up, steps.all, steps.down
    )
}

fn breakdown(draft: &mut Draft, value: &Value<'_>) {
    for (dimension, code) in &value.count.breakdown {
        let key = format!("breakdown.{dimension}");
        draft.guess(&key, &quoted(code), &value.evidence);
    }
}
