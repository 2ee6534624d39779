//! The terms that exported figures come under.

use std::collections::BTreeMap;

use crate::figure::Publication;
use crate::ledger::Figures;
use crate::vocabulary;

/// One licence, with whose figures come under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    /// Its code, or what a source calls terms that nobody listed.
    pub code: String,
    /// Its name in full.
    pub name: String,
    /// Where it can be read.
    pub url: Option<String>,
    /// The publications that it is of, as source lines call them.
    pub of: Vec<String>,
}

/// The licence of a publication, by code. What it does not say itself, its channel may.
pub(super) fn licence_of(publication: &Publication) -> Option<&str> {
    publication.licence.as_deref().or_else(|| {
        let channel = vocabulary::channel(&publication.channel).ok()?;
        Some(channel.licence.as_str())
    })
}

/// What source lines call the channel of a publication.
pub(super) fn channel_title(publication: &Publication) -> &str {
    vocabulary::channel(&publication.channel).map_or(publication.channel.as_str(), |channel| {
        channel.title.as_str()
    })
}

/// The licences of figures, by code.
pub(super) fn terms(figures: &Figures) -> Vec<Terms> {
    let mut found: BTreeMap<String, Terms> = BTreeMap::new();
    for row in &figures.rows {
        let publication = &figures.publications[row.publication].publication;
        let Some(said) = licence_of(publication) else {
            continue;
        };
        let listed = vocabulary::licence(said).ok();
        let code = listed.map_or(said, |licence| licence.code.as_str());
        let terms = found.entry(code.to_owned()).or_insert_with(|| Terms {
            code: code.to_owned(),
            name: listed.map_or_else(|| said.to_owned(), |licence| licence.name.clone()),
            url: listed.and_then(|licence| licence.url.clone()),
            of: Vec::new(),
        });
        let title = channel_title(publication);
        if !terms.of.iter().any(|known| known == title) {
            terms.of.push(title.to_owned());
        }
    }
    found.into_values().collect()
}

/// Whether an address is one that a reader can follow.
pub(super) fn is_web_address(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
