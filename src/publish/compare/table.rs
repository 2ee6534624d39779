//! A comparison as a frame.

use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::figures::{notes, place_name};
use super::super::frame::{Columns, rounded};
use super::{Comparison, Group, Voice};
use crate::figure::PlaceId;
use crate::vocabulary;

impl Comparison<'_> {
    /// The comparison as a frame, a row a figure; no row is made of several.
    ///
    /// Columns: indicator, origin, origin_id, location, location_id, breakdown, period_start,
    /// period_end (dates), claimant, channel, measure, unit, since (date), value, low, high (whole
    /// numbers), qualifier, status, published_at, version, reference, ratio (decimal), range_low,
    /// range_high, days_old (whole numbers), freshness, difference, relayed_by, url, licence, notes,
    /// figure_id; text where nothing is said. An empty cell is a missing one.
    ///
    /// `reference` names the claimant and the channel that `ratio` and `difference` are reckoned
    /// against. The range is over the figures of a group that count in the same way for the same
    /// days. `freshness` is current or stale on the day of `--at`, empty without it or where the
    /// source keeps no rhythm.
    ///
    /// # Errors
    /// When polars cannot build the frame.
    pub fn frame(&self) -> Result<DataFrame, PublishError> {
        let rows: Vec<(&Group<'_>, &Voice<'_>)> = self
            .groups
            .iter()
            .flat_map(|group| group.voices.iter().map(move |voice| (group, voice)))
            .collect();
        let mut columns = Columns::default();
        let mut text = |name: &str, of: &dyn Fn(&Group<'_>, &Voice<'_>) -> Option<String>| {
            columns.text(name, rows.iter().map(|(group, voice)| of(group, voice)));
        };
        let name = |id: Option<&PlaceId>| id.map(|id| place_name(id).to_owned());
        let code = |id: Option<&PlaceId>| id.map(ToString::to_string);
        text("indicator", &|group, _| Some(group.thing.indicator.clone()));
        text("origin", &|group, _| name(group.thing.origin.as_ref()));
        text("origin_id", &|group, _| code(group.thing.origin.as_ref()));
        text("location", &|group, _| name(group.thing.location.as_ref()));
        text("location_id", &|group, _| {
            code(group.thing.location.as_ref())
        });
        text("breakdown", &|_, voice| {
            Some(voice.series.breakdown.to_string())
        });
        columns.date(
            "period_start",
            rows.iter().map(|(_, voice)| Some(voice.row.period.start)),
        );
        columns.date(
            "period_end",
            rows.iter().map(|(_, voice)| Some(voice.row.period.end)),
        );
        let mut text = |name: &str, of: &dyn Fn(&Voice<'_>) -> Option<String>| {
            columns.text(name, rows.iter().map(|(_, voice)| of(voice)));
        };
        text("claimant", &|voice| Some(voice.series.claimant.to_string()));
        text("channel", &|voice| Some(voice.series.channel.to_string()));
        text("measure", &|voice| {
            Some(voice.series.measure.code().to_owned())
        });
        text("unit", &|voice| Some(voice.series.unit.code().to_owned()));
        columns.date("since", rows.iter().map(|(_, voice)| voice.series.since));
        let mut whole = |name: &str, of: &dyn Fn(&Voice<'_>) -> Option<i64>| {
            columns.whole(name, rows.iter().map(|(_, voice)| of(voice)));
        };
        whole("value", &|voice| voice.row.quantity.value);
        whole("low", &|voice| voice.row.quantity.low);
        whole("high", &|voice| voice.row.quantity.high);
        let mut text = |name: &str, of: &dyn Fn(&Group<'_>, &Voice<'_>) -> Option<String>| {
            columns.text(name, rows.iter().map(|(group, voice)| of(group, voice)));
        };
        text("qualifier", &|_, voice| {
            Some(voice.row.quantity.qualifier.code().to_owned())
        });
        text("status", &|_, voice| {
            Some(voice.row.quantity.status.code().to_owned())
        });
        text("published_at", &|_, voice| {
            voice.publication.published.map(|when| when.to_string())
        });
        text("version", &|_, voice| Some(voice.row.version.to_string()));
        text("reference", &|group, _| group.reference());
        columns.decimal(
            "ratio",
            rows.iter()
                .map(|(_, voice)| voice.ratio.map(|ratio| rounded(ratio, 4))),
        );
        let mut whole = |name: &str, of: &dyn Fn(&Voice<'_>) -> Option<i64>| {
            columns.whole(name, rows.iter().map(|(_, voice)| of(voice)));
        };
        whole("range_low", &|voice| voice.range.map(|(low, _)| low));
        whole("range_high", &|voice| voice.range.map(|(_, high)| high));
        whole("days_old", &|voice| Some(voice.days_old()));
        let mut text = |name: &str, of: &dyn Fn(&Voice<'_>) -> Option<String>| {
            columns.text(name, rows.iter().map(|(_, voice)| of(voice)));
        };
        text("freshness", &|voice| {
            let word = |stale| if stale { "stale" } else { "current" };
            voice.stale.map(|stale| word(stale).to_owned())
        });
        text("difference", &|voice| {
            let words: Vec<&str> = voice
                .differences
                .iter()
                .map(|found| found.text.as_str())
                .collect();
            Some(words.join("; "))
        });
        text("relayed_by", &|voice| {
            Some(voice.publication.relayed_by.join("; "))
        });
        text("url", &|voice| voice.publication.url.clone());
        text("licence", &|voice| voice.publication.licence.clone());
        text("notes", &|voice| {
            notes(voice.row, voice.publication.notes.as_deref())
        });
        text("figure_id", &|voice| Some(voice.row.id.to_string()));
        columns.frame()
    }
}

impl Group<'_> {
    /// Whom the others are held against, and how firmly the vocabulary says so; none for a thing
    /// with one figure.
    fn reference(&self) -> Option<String> {
        let [first, second, ..] = self.voices.as_slice() else {
            return None;
        };
        let rank = |voice: &Voice<'_>| vocabulary::channel_rank(&voice.series.channel);
        let tie = if rank(first) == rank(second) && first.series.channel != second.series.channel {
            " (of equal priority, first by its code)"
        } else {
            ""
        };
        Some(format!(
            "{}, {}{tie}",
            first.series.claimant, first.series.channel
        ))
    }
}
