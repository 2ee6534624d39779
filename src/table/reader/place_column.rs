//! Which place a cell means in a column of places: by its text, what a person filled in for it,
//! and the columns that narrow it.

use std::collections::{BTreeMap, HashMap};

use super::super::mapping::{ColumnSource, Source};
use super::super::unknown_place::{self, FilledPlace, UnknownPlace};
use crate::figure::PlaceId;
use crate::place::{self, Among, Kind, Place, Scheme};

/// Places that the file of unknown places offers for a name.
const OFFERED: usize = 2;

/// So many unknown names of a column get offers: looking for like ones takes long, and of more nobody reads them.
const MANY_UNKNOWN: usize = 500;

/// A column of places.
pub(super) struct PlaceColumn {
    name: String,
    scheme: Scheme,
    kind: Option<Kind>,
    codes: BTreeMap<String, String>,
    outer: Option<Box<Outer>>,
    /// What a person said, by name and parent in the form that spellings share.
    filled: HashMap<(String, String), PlaceId>,
    /// Names that mean no one place, by text and outer texts, with the reason.
    unknown: BTreeMap<(String, String), (UnknownPlace, String)>,
    /// Names that were taken for a place of the compiled-in list, though units share them: for
    /// each what it may also mean.
    homonyms: BTreeMap<String, String>,
    has_units: bool,
}

/// What a column of places lies within.
enum Outer {
    /// The same place for every row.
    Constant(&'static Place),
    /// The place in another column, which may be narrowed in turn.
    Column {
        scheme: Scheme,
        kind: Option<Kind>,
        codes: BTreeMap<String, String>,
        outer: Option<Box<Outer>>,
    },
}

impl PlaceColumn {
    /// Binds what a mapping says of a column, and the names of the columns that narrow it, the
    /// nearest first.
    ///
    /// # Errors
    /// When a constant is no place.
    pub(super) fn new(
        name: &str,
        source: &ColumnSource,
        filled: &[FilledPlace],
    ) -> Result<(Self, Vec<String>), String> {
        let mut columns = Vec::new();
        let outer = Outer::of(source, &mut columns)?;
        let filled = filled.iter().filter(|place| place.column == name);
        let column = Self {
            name: name.to_owned(),
            scheme: source.scheme.unwrap_or(Scheme::Name),
            kind: source.kind,
            codes: source.codes.clone(),
            outer,
            filled: filled
                .map(|place| (place.key(), place.id.clone()))
                .collect(),
            unknown: BTreeMap::new(),
            homonyms: BTreeMap::new(),
            has_units: false,
        };
        Ok((column, columns))
    }

    /// The id of the place that a text means, beside the texts of the columns that narrow it.
    ///
    /// # Errors
    /// In words, when it means no place or several.
    pub(super) fn meaning(&mut self, raw: &str, outer: &[&str]) -> Result<String, String> {
        let raw = raw.trim();
        // A word of the mapping is ours; a text of the file is in the scheme of its column. An empty
        // one is no place: the figure is of all of them, or the column is not kept.
        let ours = self.codes.get(raw);
        if ours.map_or(raw, String::as_str).is_empty() {
            return Ok(String::new());
        }
        if let Some(word) = ours {
            let found = place::find(word).map_err(|error| error.to_string())?;
            return Ok(found.id.to_string());
        }
        let parent = parent_text(outer);
        if !self.filled.is_empty()
            && let Some(id) = self.filled.get(&unknown_place::key(raw, &parent))
        {
            return Ok(id.to_string());
        }
        let key = (raw.to_owned(), parent);
        if let Some((unknown, reason)) = self.unknown.get_mut(&key) {
            unknown.rows += 1;
            return Err(reason.clone());
        }
        let without_offers = self.unknown.len() >= MANY_UNKNOWN;
        let within = match &self.outer {
            Some(bound) => bound.places(outer, without_offers),
            None => Ok(None),
        };
        let (within, of_parent) = match within {
            Ok(within) => (within, None),
            Err(reason) => (None, Some(reason)),
        };
        let among = Among {
            kind: self.kind,
            within: within.as_deref(),
            without_offers,
        };
        let reason = match (of_parent, place::resolve_among(self.scheme, raw, among)) {
            (Some(reason), _) => reason,
            (None, Err(error)) => error.to_string(),
            (None, Ok(found)) => {
                self.note_homonyms(raw, found, among);
                return Ok(found.id.to_string());
            }
        };
        if self.scheme == Scheme::Name {
            let nearest = place::offers(raw, among, OFFERED).into_iter();
            let unknown = UnknownPlace {
                name: key.0.clone(),
                column: self.name.clone(),
                parent: key.1.clone(),
                rows: 1,
                nearest: nearest
                    .map(|place| (place.name.to_owned(), place.id.to_string()))
                    .collect(),
            };
            self.unknown.insert(key, (unknown, reason.clone()));
        }
        Err(reason)
    }

    fn note_homonyms(&mut self, raw: &str, found: &Place, among: Among<'_>) {
        if found.pcode().is_some() {
            self.has_units = true;
        } else if self.scheme == Scheme::Name && among.kind.is_none() && among.within.is_none() {
            let others: Vec<String> = place::homonyms(found, raw)
                .into_iter()
                .map(place::shown)
                .collect();
            if !others.is_empty() {
                let others = others.join(", ");
                let said = format!("`{raw}` is {}, not {others}", place::shown(found));
                self.homonyms.insert(raw.to_owned(), said);
            }
        }
    }

    /// Names that were taken for countries though units share them.
    ///
    /// # Errors
    /// When the column holds units too, so that nobody can tell which is meant.
    pub(super) fn homonyms(&self) -> Result<impl Iterator<Item = String>, String> {
        let way_out = "say `kind` or `within` in the mapping of the column";
        if self.has_units
            && let Some(said) = self.homonyms.values().next()
        {
            return Err(format!(
                "column `{}` holds administrative units, so it cannot be told whether {said}; {way_out}",
                self.name
            ));
        }
        let name = &self.name;
        let said = self.homonyms.values();
        Ok(said.map(move |said| {
            format!("in column `{name}`, {said}; where the other is meant, {way_out}")
        }))
    }

    /// The names that mean no one place.
    pub(super) fn unknown(&self) -> impl Iterator<Item = &UnknownPlace> {
        self.unknown.values().map(|(unknown, _)| unknown)
    }
}

/// The texts that narrow a name, as the file of unknown places holds them.
fn parent_text(outer: &[&str]) -> String {
    let texts: Vec<&str> = outer.iter().map(|text| text.trim()).collect();
    texts.join(" / ").trim_matches([' ', '/']).to_owned()
}

impl Outer {
    fn of(source: &ColumnSource, columns: &mut Vec<String>) -> Result<Option<Box<Self>>, String> {
        Ok(match source.within.as_deref() {
            None => None,
            Some(Source::Constant(word)) => {
                let found = place::find(word).map_err(|error| error.to_string())?;
                Some(Box::new(Self::Constant(found)))
            }
            Some(Source::Column(source)) => {
                columns.extend(source.column.clone());
                Some(Box::new(Self::Column {
                    scheme: source.scheme.unwrap_or(Scheme::Name),
                    kind: source.kind,
                    codes: source.codes.clone(),
                    outer: Self::of(source, columns)?,
                }))
            }
        })
    }

    /// The places that the texts of the columns may mean, the nearest column first; none where the
    /// cell is empty. Homonyms stay: what lies in them may decide.
    fn places(
        &self,
        texts: &[&str],
        without_offers: bool,
    ) -> Result<Option<Vec<&'static Place>>, String> {
        let (scheme, kind, codes, outer) = match self {
            Self::Constant(place) => return Ok(Some(vec![place])),
            Self::Column {
                scheme,
                kind,
                codes,
                outer,
            } => (*scheme, *kind, codes, outer),
        };
        let (raw, rest) = texts
            .split_first()
            .map_or(("", texts), |(raw, rest)| (*raw, rest));
        let within = match outer {
            Some(outer) => outer.places(rest, without_offers)?,
            None => None,
        };
        let raw = raw.trim();
        let ours = codes.get(raw);
        if ours.map_or(raw, String::as_str).is_empty() {
            return Ok(within);
        }
        if let Some(word) = ours {
            let found = place::find(word).map_err(|error| error.to_string())?;
            return Ok(Some(vec![found]));
        }
        let among = Among {
            kind,
            within: within.as_deref(),
            without_offers,
        };
        let found = place::candidates(scheme, raw, among);
        if found.is_empty() {
            let error = place::resolve_among(scheme, raw, among).err();
            return Err(error.map_or_else(String::new, |error| format!("of its parent: {error}")));
        }
        Ok(Some(found))
    }
}
