//! The places of this process and the indexes over them: the compiled-in list, and after it the
//! units and aliases that were added to it.
//!
//! The list is lines of tab-separated cells, not TOML: three hundred rows of one shape read well as
//! a table, and cutting a static text at tabs costs a tenth of a millisecond and no copies. Codes
//! are indexed with the rows; names only when the first name is asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::name::normalised;
use super::relation::Land;
use super::types::{Centroid, Codes, Kind, Place, Scheme};
use super::unit::{Alias, Unit, unit_id};
use crate::figure::PlaceId;

/// One place a line; the first line names the columns.
const LIST: &str = include_str!("places.tsv");

/// All places with their indexes, which hold positions in the list.
pub(super) struct Register {
    pub(super) places: Vec<Place>,
    /// How many of them are compiled in; units follow.
    pub(super) built_in: usize,
    ids: HashMap<&'static str, usize>,
    iso2: HashMap<&'static str, usize>,
    iso3: HashMap<&'static str, usize>,
    numeric: HashMap<&'static str, usize>,
    unhcr: HashMap<&'static str, usize>,
    aliases: Vec<Alias>,
    names: OnceLock<Names>,
    land: OnceLock<Land>,
}

/// The places that have a name, by its normal form, each list in the order of the register.
pub(super) type Names = HashMap<String, Vec<usize>, foldhash::fast::FixedState>;

static EXTENDED: OnceLock<Register> = OnceLock::new();

/// The register of this process: the extended one, else the compiled-in list, built when first
/// asked for.
pub(super) fn register() -> &'static Register {
    static BUILT_IN: OnceLock<Register> = OnceLock::new();
    EXTENDED
        .get()
        .unwrap_or_else(|| BUILT_IN.get_or_init(|| Register::new(Vec::new(), Vec::new())))
}

/// Adds units and aliases to the register of this process, once; false when it was done before.
pub(super) fn extend(units: Vec<Unit>, aliases: Vec<Alias>) -> bool {
    let mut is_new = false;
    EXTENDED.get_or_init(|| {
        is_new = true;
        Register::new(units, aliases)
    });
    is_new
}

impl Register {
    /// The compiled-in list with what is added to it.
    pub(super) fn new(units: Vec<Unit>, aliases: Vec<Alias>) -> Self {
        let mut places = parsed(LIST).expect("a test reads places.tsv");
        let built_in = places.len();
        places.extend(units.into_iter().map(Unit::into_place));
        let index = |codes: fn(&Place) -> &'static str| -> HashMap<&'static str, usize> {
            let mut index = HashMap::with_capacity(built_in);
            for (position, place) in places[..built_in].iter().enumerate() {
                index.extend(codes(place).split(' ').map(|code| (code, position)));
            }
            index.remove("");
            index
        };
        let ids = places.iter().enumerate();
        Self {
            ids: ids
                .map(|(position, place)| (place.codes.id, position))
                .collect(),
            iso2: index(|place| place.codes.iso2),
            iso3: index(|place| place.codes.iso3),
            numeric: index(|place| place.numeric.unwrap_or_default()),
            unhcr: index(|place| place.codes.unhcr),
            aliases,
            names: OnceLock::new(),
            land: OnceLock::new(),
            places,
            built_in,
        }
    }

    /// The position of an id in the list.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.ids.get(id).copied()
    }

    /// The place with an id.
    pub(super) fn by_id(&self, id: &str) -> Option<&Place> {
        self.position(id).map(|position| &self.places[position])
    }

    /// The place that a code means in a scheme, or the first that has a name.
    pub(super) fn look_up(&self, scheme: Scheme, text: &str) -> Option<&Place> {
        let position = match scheme {
            Scheme::Name => self.named(text).first().copied(),
            Scheme::Iso3 => code(&self.iso3, text),
            Scheme::Iso2 => code(&self.iso2, text),
            Scheme::M49 => number(&self.numeric, text),
            Scheme::IsoNumeric => number(&self.numeric, text)
                .filter(|&position| self.places[position].kind == Kind::Country),
            Scheme::Unhcr => code(&self.unhcr, text),
            // UNHCR writes the ISO code of Serbia for Serbia and Kosovo together.
            Scheme::UnhcrIso3 if text.trim().eq_ignore_ascii_case("SRB") => {
                code(&self.unhcr, "SRB")
            }
            Scheme::UnhcrIso3 => code(&self.iso3, text),
            // Gazetteers give a country the ISO code that the codes of its units begin with.
            Scheme::Pcode => self
                .position(unit_id(text).as_str())
                .or_else(|| code(&self.iso2, text))
                .or_else(|| code(&self.iso3, text)),
            Scheme::Id => self.position(text.trim()),
        }?;
        Some(&self.places[position])
    }

    /// The positions of all places with a name.
    pub(super) fn named(&self, text: &str) -> &[usize] {
        self.names()
            .get(&normalised(text))
            .map_or(&[], Vec::as_slice)
    }

    /// Every name with its places.
    pub(super) fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            let mut add = |name: &str, position: usize| {
                let positions = names.entry(normalised(name)).or_default();
                if !positions.contains(&position) {
                    positions.push(position);
                }
            };
            for (position, place) in self.places.iter().enumerate() {
                for name in place.all_names() {
                    add(name, position);
                }
            }
            for alias in &self.aliases {
                if let Some(position) = self.position(alias.place.as_str()) {
                    add(&alias.name, position);
                }
            }
            names.remove("");
            names
        })
    }

    /// Which place lies in which.
    pub(super) fn land(&self) -> &Land {
        self.land.get_or_init(|| Land::new(self))
    }
}

/// A code in capitals, or in any case when that is not found.
fn code(index: &HashMap<&'static str, usize>, text: &str) -> Option<usize> {
    index
        .get(text)
        .or_else(|| index.get(text.trim().to_ascii_uppercase().as_str()))
        .copied()
}

/// A number of up to three digits; spreadsheets drop the leading zeros.
fn number(index: &HashMap<&'static str, usize>, text: &str) -> Option<usize> {
    let text = text.trim();
    let is_number = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        .then(|| index.get(format!("{text:0>3}").as_str()).copied())
        .flatten()
}

/// Reads the list.
///
/// # Errors
/// The line that does not read, with its number. The compiled-in list is read by a test.
pub(super) fn parsed(list: &'static str) -> Result<Vec<Place>, String> {
    list.lines()
        .enumerate()
        .filter(|(_, line)| !line.starts_with('#') && !line.is_empty())
        .map(|(index, line)| parsed_line(line).ok_or_else(|| format!("line {}: {line}", index + 1)))
        .collect()
}

/// Reads one line: cells in the order of the columns, empty cells at the end left out.
fn parsed_line(line: &'static str) -> Option<Place> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let id = cell();
    let kind = cell().parse().ok()?;
    let name = cell();
    let article = match cell() {
        "the" => true,
        "" => false,
        _ => return None,
    };
    let codes_of = |cell: &'static str| cell.split(' ').find(|code| !code.is_empty());
    let (iso2, iso3) = (cell(), cell());
    let numeric = Some(cell()).filter(|number| !number.is_empty());
    let unhcr = cell();
    let parents = cell().split_ascii_whitespace().map(PlaceId::new).collect();
    let overlaps = cell().split_ascii_whitespace().collect();
    let centroid = match (cell(), cell()) {
        ("", "") => None,
        (latitude, longitude) => Some(Centroid {
            latitude: latitude.parse().ok()?,
            longitude: longitude.parse().ok()?,
        }),
    };
    let names = cell().split(';').filter(|name| !name.is_empty()).collect();
    let note = Some(cell()).filter(|note| !note.is_empty());
    let complete = !id.is_empty() && !name.is_empty() && cells.next().is_none();
    complete.then(|| Place {
        id: PlaceId::new(id),
        kind,
        name,
        article,
        iso2: codes_of(iso2),
        iso3: codes_of(iso3),
        numeric,
        unhcr: codes_of(unhcr),
        parents,
        centroid,
        names,
        note,
        codes: Codes {
            id,
            iso2,
            iso3,
            unhcr,
        },
        overlaps,
    })
}
