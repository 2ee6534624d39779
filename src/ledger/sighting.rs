//! Which publications said again what was known: the runs of sightings of a selection.

use std::collections::HashMap;

use super::codec;
use super::{Figures, Ledger, LedgerError, Selection};
use crate::figure::{Period, Series, Version};

/// A run of periods of one series in which a publication says what was known before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sighting {
    /// Index of the series.
    pub series: usize,
    /// Index of the publication.
    pub publication: usize,
    /// The last period of the run.
    pub last: Period,
}

impl Ledger {
    /// The sightings of selected figures, by series and publication; those of publications that
    /// were retracted are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn sightings(
        &self,
        figures: &Figures,
        selection: &Selection,
    ) -> Result<Vec<Sighting>, LedgerError> {
        self.select_sightings(figures, selection)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn select_sightings(
        &self,
        figures: &Figures,
        selection: &Selection,
    ) -> rusqlite::Result<Vec<Sighting>> {
        let series: HashMap<&Series, usize> = figures
            .series
            .iter()
            .enumerate()
            .map(|(index, series)| (series, index))
            .collect();
        let publications: HashMap<i64, usize> = figures
            .publications
            .iter()
            .enumerate()
            .map(|(index, publication)| (publication.id, index))
            .collect();
        let mut statement = self.connection.prepare(
            "SELECT publication.id, last_start, last_end,
                    claimant, series.channel, indicator, measure, unit, origin, location, since, breakdown
             FROM sighting
             JOIN publication ON publication.id = sighting.publication
             JOIN series ON series.id = sighting.series
             WHERE publication.id NOT IN
                 (SELECT publication FROM retraction WHERE publication IS NOT NULL AND entry <= ?1)
               AND sighting.entry <= ?1 AND publication.version <= ?2",
        )?;
        let mut rows = statement.query([
            selection.as_recorded_at.unwrap_or(i64::MAX),
            selection.as_known_on.map_or(i64::MAX, Version::timestamp),
        ])?;
        let mut sightings = Vec::new();
        let mut texts = codec::Texts::default();
        while let Some(row) = rows.next()? {
            let (Some(&publication), Some(&series)) = (
                publications.get(&row.get(0)?),
                series.get(&codec::series(row, 3, &mut texts)?),
            ) else {
                continue;
            };
            sightings.push(Sighting {
                series,
                publication,
                last: codec::period_at(row, 1)?,
            });
        }
        sightings.sort_unstable_by_key(|sighting| {
            (sighting.series, sighting.publication, sighting.last)
        });
        Ok(sightings)
    }
}
