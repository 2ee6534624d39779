//! What a place is, its level, and the schemes that sources write places in.

use crate::figure::{PlaceId, coded_enum};

coded_enum! {
    /// The level of a place in tables. It says nothing of a place's legal status.
    Kind ("kind of place") {
        /// The whole world.
        World = "world",
        /// A region of the United Nations' M49 standard.
        Region = "region",
        /// A named group of places, or what a source leaves over.
        Group = "group",
        /// A country or territory.
        Country = "country",
        /// A land that is neither a country nor one of its administrative units.
        Area = "area",
        /// A first-level administrative unit.
        Admin1 = "admin1",
        /// A second-level administrative unit.
        Admin2 = "admin2",
        /// A third-level administrative unit.
        Admin3 = "admin3",
        /// A fourth-level administrative unit.
        Admin4 = "admin4",
        /// No place: not known, or people without a nationality.
        Unknown = "unknown",
    }
}

impl Kind {
    /// Whether it is a level of administrative units.
    pub const fn is_unit(self) -> bool {
        matches!(
            self,
            Self::Admin1 | Self::Admin2 | Self::Admin3 | Self::Admin4
        )
    }
}

coded_enum! {
    /// The scheme that a column of places is written in.
    Scheme ("scheme of places") {
        /// Names: in English, in the languages of gazetteers, and in the spellings of the sources.
        Name = "name",
        /// ISO 3166-1 alpha-3, with the pseudo codes that sources add: `XKX`, `XXA`, `UNK`, `AB9`.
        Iso3 = "iso3",
        /// ISO 3166-1 alpha-2.
        Iso2 = "iso2",
        /// ISO 3166-1 numeric, with or without leading zeros: countries only.
        IsoNumeric = "iso_numeric",
        /// UN M49: the numeric codes of countries and of regions.
        M49 = "m49",
        /// UNHCR's own three-letter codes: `GFR` is Germany, `AUS` Austria.
        Unhcr = "unhcr",
        /// The ISO columns of UNHCR's tables: alpha-3, but `SRB` is Serbia and Kosovo together.
        UnhcrIso3 = "unhcr_iso3",
        /// OCHA's P-codes of administrative units; for a whole country its ISO code.
        Pcode = "pcode",
        /// Ids of this register: `POL`, `m49:150`, `humstat:PSE-GZA`, `pcode:SY02`.
        Id = "id",
    }
}

impl Scheme {
    /// How an error names a word of this scheme.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Name => "name of a place",
            Self::Iso3 => "ISO alpha-3 code",
            Self::Iso2 => "ISO alpha-2 code",
            Self::IsoNumeric => "ISO numeric code",
            Self::M49 => "M49 code",
            Self::Unhcr => "UNHCR code",
            Self::UnhcrIso3 => "code of UNHCR's ISO columns",
            Self::Pcode => "P-code",
            Self::Id => "id of a place",
        }
    }
}

/// A point on the map in degrees, to two decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Centroid {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// One place of the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its name in the ledger.
    pub id: PlaceId,
    /// Its level.
    pub kind: Kind,
    /// The name that is printed in tables and charts.
    pub name: &'static str,
    /// Whether the name takes "the" within a sentence.
    pub article: bool,
    /// ISO 3166-1 alpha-2 code.
    pub iso2: Option<&'static str>,
    /// Alpha-3 code of ISO 3166, or the one that sources write in its place.
    pub iso3: Option<&'static str>,
    /// Numeric code of ISO 3166 and M49, three digits.
    pub numeric: Option<&'static str>,
    /// UNHCR's own code.
    pub unhcr: Option<&'static str>,
    /// The places that it lies in directly.
    pub parents: Vec<PlaceId>,
    /// The middle of its largest piece of land.
    pub centroid: Option<Centroid>,
    /// Other names that sources use.
    pub names: Vec<&'static str>,
    /// What readers should know.
    pub note: Option<&'static str>,
    /// Every code as the register's file lists them, the printed one first.
    pub(super) codes: Codes,
    /// Places that it shares land with although neither lies in the other.
    pub(super) overlaps: Vec<&'static str>,
}

/// Lists of codes, parted by spaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Codes {
    pub(super) id: &'static str,
    pub(super) iso2: &'static str,
    pub(super) iso3: &'static str,
    pub(super) unhcr: &'static str,
}

impl Place {
    /// The name within a sentence: "the Russian Federation", "Poland", "other European countries".
    pub fn in_text(&self) -> String {
        if let Some(rest) = self
            .name
            .strip_prefix("Other ")
            .filter(|_| self.kind == Kind::Group)
        {
            return format!("other {rest}");
        }
        let article = if self.article { "the " } else { "" };
        format!("{article}{}", self.name)
    }

    /// Its P-code, if it is a unit of a gazetteer.
    pub fn pcode(&self) -> Option<&str> {
        self.id.as_str().strip_prefix(super::unit::SCHEME)
    }

    /// The printed name, then the others.
    pub fn all_names(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.name).chain(self.names.iter().copied())
    }
}
