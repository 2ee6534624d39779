//! Which waiting candidates a selection would hold if they were accepted.

use super::candidate::{LIVING_DOCUMENT, STANDING_DECISION};
use super::row::Table;
use super::{Ledger, LedgerError, Selection, codec};
use crate::figure::Version;
use crate::text::{Candidate, Prospect, Setting};

impl Ledger {
    /// How many candidates wait for a decision whose figures, as they were read, this selection would
    /// hold. A selection of what was recorded by then holds none of them.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn waiting(&self, selection: &Selection) -> Result<usize, LedgerError> {
        if !self.has(Table::Candidate) || selection.as_recorded_at.is_some() {
            return Ok(0);
        }
        self.count_waiting(selection)
            .map_err(|error| LedgerError::from_sqlite(&self.path, error))
    }

    fn count_waiting(&self, selection: &Selection) -> rusqlite::Result<usize> {
        let any: bool =
            self.connection
                .query_row("SELECT EXISTS (SELECT 1 FROM candidate)", [], |row| {
                    row.get(0)
                })?;
        if !any {
            return Ok(0);
        }
        let indicators = &selection.indicators;
        let counted = match indicators.len() {
            0 => String::new(),
            count => format!(
                "AND candidate.indicator IN (?{})",
                ", ?".repeat(count.saturating_sub(1))
            ),
        };
        let mut statement = self.connection.prepare(&format!(
            "SELECT read_as, channel, source, relayed_by, COALESCE(candidate.published, publication.published), version
             FROM candidate JOIN document ON document.id = candidate.document
             JOIN publication ON publication.id = document.publication
             WHERE {LIVING_DOCUMENT} AND ({STANDING_DECISION}) IS NULL {counted}"
        ))?;
        let mut rows = statement.query(rusqlite::params_from_iter(indicators))?;
        let mut found = 0;
        while let Some(row) = rows.next()? {
            let candidate: Candidate = codec::json(row, 0)?;
            let channel: String = row.get(1)?;
            let source: Option<String> = row.get(2)?;
            let relayed_by: Vec<String> = codec::json(row, 3)?;
            let published = match row.get(4)? {
                Some(seconds) => Version::from_timestamp(seconds),
                None => None,
            };
            let known = published.unwrap_or(codec::version(row, 5)?);
            let prospect = Prospect::of(
                &candidate,
                &Setting {
                    channel: &channel,
                    source: source.as_deref(),
                    relayed_by: &relayed_by,
                    published,
                },
            );
            found += usize::from(!prospect.denied && selection.would_hold(&prospect, known));
        }
        Ok(found)
    }
}

impl Selection {
    /// Whether it would hold the figure that a candidate would become, known from a time on. What the
    /// text does not tell is held by no limit.
    pub fn would_hold(&self, prospect: &Prospect, known: Version) -> bool {
        let any_of = |wanted: &[String], code: Option<&str>| {
            wanted.is_empty() || code.is_some_and(|code| wanted.iter().any(|one| one == code))
        };
        let within = |wanted: &[crate::figure::PlaceId], place: Option<&crate::figure::PlaceId>| {
            wanted.is_empty() || place.is_some_and(|place| wanted.contains(place))
        };
        let days = prospect.period;
        any_of(&self.indicators, prospect.indicator.as_deref())
            && within(&self.origins, prospect.origin.as_ref())
            && within(&self.locations, prospect.location.as_ref())
            && any_of(&self.claimants, prospect.claimant.as_deref())
            && any_of(&self.channels, Some(&prospect.channel))
            && (self.measures.is_empty() || self.measures.contains(&prospect.measure))
            && (self.statuses.is_empty() || self.statuses.contains(&prospect.quantity.status))
            && self.breakdown.iter().all(|(dimension, code)| {
                prospect.breakdown.get(dimension).unwrap_or_default() == code
            })
            && self
                .from
                .is_none_or(|from| days.is_none_or(|days| days.start >= from))
            && [self.to, self.at]
                .into_iter()
                .flatten()
                .all(|last| days.is_none_or(|days| days.end <= last))
            && self.as_known_on.is_none_or(|by| known <= by)
            && self.figures.is_empty()
    }
}
