//! The part of a draft that says what the figures are: `[figure]` and one `[[value]]` for each.

use super::categories::{self, Category, Narrower};
use super::columns::Column;
use super::decimal::Marks;
use super::draft::{Draft, claimants, names_of, unused};
use super::measure::{self, Measured, Steps, by_steps};
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
    pub(super) marks: Marks<'c>,
    pub(super) columns: &'c [Column<'c>],
    pub(super) origin: Option<Places<'c>>,
    pub(super) location: Option<Places<'c>>,
    pub(super) when: Option<When<'c>>,
    pub(super) indicator: Option<Category<'c>>,
    pub(super) narrowers: Vec<Narrower<'c>>,
    pub(super) values: Values<'c>,
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
        if !self.is_wide("location") {
            let question = self.where_question();
            self.place(draft, "location", self.location.as_ref(), Some(&question));
        }
        if !self.is_wide("period") && groups.len() < 2 {
            self.period(draft, base);
        }
        for narrower in &self.narrowers {
            let key = format!("breakdown.{}", narrower.dimension);
            let source = narrower.category.source(|_| true);
            draft.say(&key, &source, narrower.category.why("codes"));
        }
        for (key, column) in [("low", self.values.low), ("high", self.values.high)] {
            if let Some(column) = column {
                draft.guess(key, &inline([("column", quoted(column))]), "its name");
            }
        }
        self.indicator(draft);
        if told.is_empty() {
            draft.ask("value", UNSAID, &self.number_question());
        }
        if groups.len() > 1 {
            self.by_measure(draft, &groups);
        } else {
            for (value, measured) in &told {
                self.value(draft, value, measured, base);
            }
        }
        self.silent(draft);
    }

    /// Whether the names of columns say a part of the figures in them.
    fn is_wide(&self, key: &str) -> bool {
        let owns = |value: &Value<'_>| value.own.as_ref().is_some_and(|(own, _)| *own == key);
        self.values.told.iter().any(owns)
    }

    fn claimant(&self, draft: &mut Draft) {
        match claimants(self.columns) {
            Some(category) => {
                let source = category.source(|_| true);
                draft.say("claimant", &source, category.why("organisations"));
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
                let mut keys = vec![("column", quoted(places.column)), ("scheme", scheme)];
                if let Some(within) = places.within {
                    keys.push(("within", inline([("column", quoted(within))])));
                }
                let source = inline(keys);
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
            draft.say(key, value, (said.is_open, said.why.clone()));
        }
    }

    /// The question where no column of numbers is known to be the value.
    fn number_question(&self) -> String {
        let numbers: Vec<&str> = self.values.silent.iter().map(|(name, _)| *name).collect();
        match names_of(&numbers) {
            none if none.is_empty() => "which column holds the number: none was found".to_owned(),
            some => {
                format!("which column holds the number, such as {some}, as {{ column = \"…\" }}")
            }
        }
    }

    /// What is counted, where the names of the numbers do not say it.
    fn indicator(&self, draft: &mut Draft) {
        if let Some(category) = &self.indicator {
            if self.groups().len() < 2 {
                let source = category.source(|_| true);
                draft.say("indicator", &source, category.why("indicators"));
            }
            return;
        }
        let is_said = |value: &Value<'_>| value.count.indicator.is_some();
        if !self.values.told.is_empty() && self.values.told.iter().all(is_said) {
            return;
        }
        let day = if self.is_wide("period") {
            "; a stock is of one day, so write the last day of each period"
        } else {
            ""
        };
        draft.ask(
            "indicator",
            UNSAID,
            &format!("what is counted, such as \"refugees\"; `humstat indicators` lists it{day}"),
        );
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
                    draft.guess("indicator", &source, "its texts are known indicators");
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
        match &value.count.indicator {
            Some(indicator) if value.count.is_whole => {
                draft.guess("indicator", &quoted(indicator), &value.evidence);
            }
            Some(indicator) => draft.ask("indicator", UNSAID, &perhaps(indicator, value)),
            None => {}
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
                let steps = measure::steps(
                    self.sample,
                    self.marks.told(),
                    &self.apart(),
                    *index,
                    value.index,
                );
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
                draft.note(&format!("indicator = {UNSAID}"));
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

fn breakdown(draft: &mut Draft, value: &Value<'_>) {
    for (dimension, code) in &value.count.breakdown {
        let key = format!("breakdown.{dimension}");
        draft.guess(&key, &quoted(code), &value.evidence);
    }
}

/// The question for a column whose name says what is counted, and more that is not understood.
fn perhaps(indicator: &str, value: &Value<'_>) -> String {
    format!(
        "what is counted: perhaps {}, but its name also says {}; a share, thousands or households are not counted as people are",
        quoted(indicator),
        list(value.count.beside.iter().map(String::as_str))
    )
}
