//! Footnotes of a source, each beside the figures that it speaks of.

use std::ops::RangeInclusive;

use chrono::Datelike as _;

use super::Reader;
use crate::figure::{Period, PlaceId, Series};

/// What a source says of some figures of a table beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footnote {
    /// What it says.
    pub text: String,
    /// Years of the figures; none for all.
    pub years: Vec<RangeInclusive<i32>>,
    /// Indicators; none for all.
    pub indicators: Vec<String>,
    /// Where people come from; none for anywhere.
    pub origin: Option<PlaceId>,
    /// Where they are; none for anywhere.
    pub location: Option<PlaceId>,
}

impl Footnote {
    /// Whether it speaks of figures of a series, in some years.
    fn is_about(&self, series: &Series) -> bool {
        let is_place =
            |wanted: &Option<PlaceId>, place: &Option<PlaceId>| wanted.is_none() || wanted == place;
        let mut indicators = self.indicators.iter();
        (self.indicators.is_empty() || indicators.any(|code| **code == *series.indicator))
            && is_place(&self.origin, &series.origin)
            && is_place(&self.location, &series.location)
    }

    /// Whether it speaks of the year that a period ends in.
    fn is_of(&self, period: Period) -> bool {
        let year = period.end.year();
        self.years.is_empty() || self.years.iter().any(|span| span.contains(&year))
    }
}

/// The numbers of the footnotes that speak of a series in some years.
pub(super) fn about(footnotes: &[Footnote], series: &Series) -> Vec<usize> {
    let numbered = footnotes.iter().enumerate();
    numbered
        .filter(|(_, footnote)| footnote.is_about(series))
        .map(|(number, _)| number)
        .collect()
}

impl Reader<'_> {
    /// The notes of a figure with the footnotes that speak of it.
    pub(super) fn with_footnotes(
        &self,
        series: u32,
        period: Period,
        notes: Option<String>,
    ) -> Option<String> {
        let about = &self.footnotes[series as usize];
        if about.is_empty() {
            return notes;
        }
        let footnotes = about
            .iter()
            .map(|&number| &self.options.footnotes[number])
            .filter(|footnote| footnote.is_of(period))
            .map(|footnote| footnote.text.clone());
        let all: Vec<String> = notes.into_iter().chain(footnotes).collect();
        (!all.is_empty()).then(|| all.join(" "))
    }
}
