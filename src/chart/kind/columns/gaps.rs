//! Says in a note what columns and parts are missing.

use super::slots::{Rhythm, Slots};
use super::{Arrangement, ColumnChart, ColumnSeries, Places};
use crate::chart::text::one_line;
use crate::chart::words::{Language, fill};

/// A chart and where its columns stand.
pub struct Gaps<'a> {
    /// The chart.
    pub chart: &'a ColumnChart,
    /// Where its columns stand.
    pub slots: &'a Slots,
    /// The language.
    pub language: Language,
}

impl Gaps<'_> {
    /// Says what columns and parts are missing.
    pub fn notes(&self) -> Vec<String> {
        let words = &self.language.words().columns;
        let series = &self.chart.series;
        let places = self.chart.places.len();
        let known = |slot: usize| {
            let of_slot = series.iter().map(move |series| &series.amounts[slot]);
            of_slot.filter(|amount| amount.is_known()).count()
        };
        let mut notes = Vec::new();
        if self.slots.has_holes() || (0..places).any(|slot| known(slot) == 0) {
            notes.push(words.missing.to_owned());
        }
        let lacking: Vec<(&ColumnSeries, Vec<usize>)> = series
            .iter()
            .map(|own| {
                let missing = |slot: &usize| known(*slot) > 0 && !own.amounts[*slot].is_known();
                (own, (0..places).filter(missing).collect())
            })
            .filter(|(_, slots): &(_, Vec<usize>)| !slots.is_empty())
            .collect();
        let rest = match self.chart.arrangement {
            Arrangement::Grouped => "",
            Arrangement::Stacked => words.other_parts,
            Arrangement::Share => words.other_shares,
        };
        if lacking.len() > 2 {
            notes.push(fill(words.missing_parts, &[rest]));
        } else {
            notes.extend(lacking.iter().map(|(own, slots)| {
                let label = one_line(&own.label);
                fill(words.missing_part, &[&label, &self.in_words(slots), rest])
            }));
        }
        notes
    }

    /// Places in words: `2014 to 2017 and 2019`; their number where they are many.
    fn in_words(&self, slots: &[usize]) -> String {
        let words = &self.language.words().columns;
        let runs: Vec<String> = slots
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| match run {
                [one] => self.short(*one),
                [first, .., last] => {
                    let text = if run.len() == 2 { words.and } else { words.to };
                    fill(text, &[&self.short(*first), &self.short(*last)])
                }
                [] => String::new(),
            })
            .collect();
        match runs.as_slice() {
            [one] => one.clone(),
            [one, two] => fill(words.and, &[one, two]),
            _ => {
                let count = |count: usize| self.language.count(count);
                let (some, all) = (count(slots.len()), count(self.chart.places.len()));
                fill(words.of_columns, &[&some, &all])
            }
        }
    }

    fn short(&self, slot: usize) -> String {
        match (&self.chart.places, self.slots.rhythm) {
            (Places::Days(days), Rhythm::Years) => days[slot].format("%Y").to_string(),
            (Places::Days(days), Rhythm::Months) => self.language.month(days[slot]),
            _ => self.chart.places.code(slot),
        }
    }
}
