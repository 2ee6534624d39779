//! Administrative units below the countries, and further names of places: what gazetteers and
//! people add to the compiled-in list.

use serde::{Deserialize, Serialize};

use super::types::{Codes, Kind, Place};
use crate::figure::PlaceId;

/// The scheme before the code in the id of a unit.
pub(super) const SCHEME: &str = "pcode:";

/// An administrative unit as a gazetteer describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// `pcode:` and its P-code.
    pub id: PlaceId,
    /// Its level: admin 1 to 4.
    pub kind: Kind,
    /// The unit above it, or the country.
    pub parent: PlaceId,
    /// The name that is printed.
    pub name: String,
    /// All its names with their languages, the printed one among them.
    pub names: Vec<UnitName>,
}

/// A name in a language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitName {
    /// Code of the language, such as `ar`; none where the gazetteer does not say.
    pub language: Option<String>,
    /// The name.
    pub text: String,
}

/// A spelling that a person declared to mean a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alias {
    /// The spelling.
    pub name: String,
    /// The place.
    pub place: PlaceId,
}

/// The id of the unit with a P-code. P-codes are in capitals.
pub fn unit_id(pcode: &str) -> PlaceId {
    PlaceId::new(format!("{SCHEME}{}", pcode.trim().to_ascii_uppercase()))
}

impl Unit {
    /// The place of the register. A register lives as long as the program, and so do its texts.
    pub(super) fn into_place(self) -> Place {
        let id: &'static str = self.id.as_str().to_owned().leak();
        let name: &'static str = self.name.leak();
        let names = self.names.into_iter().map(|name| name.text);
        let names = names.filter(|text| text != name);
        Place {
            id: self.id,
            kind: self.kind,
            name,
            article: false,
            iso2: None,
            iso3: None,
            numeric: None,
            unhcr: None,
            parents: vec![self.parent],
            centroid: None,
            names: names.map(|text| &*text.leak()).collect(),
            note: None,
            codes: Codes {
                id,
                iso2: "",
                iso3: "",
                unhcr: "",
            },
            overlaps: Vec::new(),
        }
    }
}
