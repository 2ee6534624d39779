//! Says in a note what columns and parts are missing.

use super::slots::{Rhythm, Slots};
use super::{Arrangement, ColumnChart, ColumnSeries, Places};
use crate::chart::text::one_line;

/// A chart and where its columns stand.
pub struct Gaps<'a> {
    /// The chart.
    pub chart: &'a ColumnChart,
    /// Where its columns stand.
    pub slots: &'a Slots,
}

impl Gaps<'_> {
    /// Says what columns and parts are missing.
    pub fn notes(&self) -> Vec<String> {
        let series = &self.chart.series;
        let places = self.chart.places.len();
        let known = |slot: usize| {
            let of_slot = series.iter().map(move |series| &series.amounts[slot]);
            of_slot.filter(|amount| amount.is_known()).count()
        };
        let mut notes = Vec::new();
        if self.slots.has_holes() || (0..places).any(|slot| known(slot) == 0) {
            notes.push("Where a column is missing there is no figure".to_owned());
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
            Arrangement::Stacked => "; the column is of the other parts",
            Arrangement::Share => "; shares are of the other parts",
        };
        if lacking.len() > 2 {
            notes.push(format!(
                "In some columns not all series have a figure{rest}"
            ));
        } else {
            notes.extend(lacking.iter().map(|(own, slots)| {
                format!(
                    "No figure for {} in {}{rest}",
                    one_line(&own.label),
                    self.in_words(slots)
                )
            }));
        }
        notes
    }

    /// Places in words: `2014 to 2017 and 2019`; their number where they are many.
    fn in_words(&self, slots: &[usize]) -> String {
        let runs: Vec<String> = slots
            .chunk_by(|a, b| a + 1 == *b)
            .map(|run| match run {
                [one] => self.short(*one),
                [first, .., last] => {
                    let word = if run.len() == 2 { "and" } else { "to" };
                    format!("{} {word} {}", self.short(*first), self.short(*last))
                }
                [] => String::new(),
            })
            .collect();
        match runs.as_slice() {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            _ => format!("{} of {} columns", slots.len(), self.chart.places.len()),
        }
    }

    fn short(&self, slot: usize) -> String {
        match (&self.chart.places, self.slots.rhythm) {
            (Places::Days(days), Rhythm::Years) => days[slot].format("%Y").to_string(),
            (Places::Days(days), Rhythm::Months) => days[slot].format("%B %Y").to_string(),
            _ => self.chart.places.code(slot),
        }
    }
}
