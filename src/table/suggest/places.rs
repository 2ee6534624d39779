//! Which columns say where people come from and where they are, and in which scheme.

use super::columns::{Column, with};
use super::names::{self, Part};
use super::profile::is_unit_code;
use super::sample::Sample;
use super::toml_text::shown;
use crate::place::{self, Scheme};

/// A column of places.
#[derive(Debug, Clone)]
pub(super) struct Places<'c> {
    /// Name of the column.
    pub(super) column: &'c str,
    /// Its scheme; none where its values cannot tell.
    pub(super) scheme: Option<&'static str>,
    /// The column of the units that its own lie in, where names alone may be shared by several.
    pub(super) within: Option<&'c str>,
    /// The evidence, or what to find out.
    pub(super) why: String,
}

/// The scheme of OCHA's codes of administrative units.
const UNIT_CODES: &str = "pcode";

/// The column of origins.
pub(super) fn origin<'c>(columns: &'c [Column<'_>], sample: &Sample<'_>) -> Option<Places<'c>> {
    let candidates: Vec<&Column<'_>> = with(columns, Part::Origin).collect();
    best(&candidates, sample)
}

/// The column of locations: the finest units that are told in every row, else countries, else any
/// column whose values are places.
pub(super) fn location<'c>(columns: &'c [Column<'_>], sample: &Sample<'_>) -> Option<Places<'c>> {
    let countries: Vec<&Column<'_>> = with(columns, Part::Location)
        .chain(with(columns, Part::Admin0))
        .collect();
    // A region of the world has fewer names than the countries in it, a unit of a country more.
    let kinds = |column: &&Column<'_>| column.profile.values.len();
    let least = countries.iter().map(kinds).min().unwrap_or(0);
    for level in [Part::Admin2, Part::Admin1] {
        let units: Vec<&Column<'_>> = with(columns, level)
            .filter(|column| {
                let filled = column.profile.filled;
                filled > 0 && gaps(column, sample) * 20 <= filled && kinds(column) >= least
            })
            .collect();
        if let Some(mut found) = best(&units, sample) {
            if level == Part::Admin2 && found.scheme == Some("name") {
                let above = with(columns, Part::Admin1).find(|above| gaps(above, sample) == 0);
                found.within = above.map(|above| above.name);
            }
            return Some(found);
        }
    }
    if let Some(found) = best(&countries, sample) {
        return Some(found);
    }
    let unnamed: Vec<&Column<'_>> = columns
        .iter()
        .filter(|column| column.says.part.is_none() && !column.profile.is_numeric())
        .filter(|column| {
            let profile = &column.profile;
            let found = [Scheme::Iso3, Scheme::Name].map(|scheme| profile.places(scheme));
            profile.filled > 0 && found.iter().any(|cells| cells * 10 >= profile.filled * 9)
        })
        .collect();
    match unnamed.as_slice() {
        [one] => best(&[one], sample),
        _ => None,
    }
}

/// Rows that leave a column empty; those of totals aside, which leave out what they add up.
fn gaps(column: &Column<'_>, sample: &Sample<'_>) -> usize {
    let is_total = |row: &&Vec<String>| row.iter().any(|cell| names::is_in("totals", cell));
    let rows = sample.rows.iter().filter(|row| !is_total(row));
    rows.filter(|row| Sample::cell(row, column.index).is_empty())
        .count()
}

/// The best of several columns that speak of the same places: codes before names.
fn best<'c>(candidates: &[&'c Column<'_>], sample: &Sample<'_>) -> Option<Places<'c>> {
    let gaps = |column: &&Column<'_>| gaps(column, sample);
    let fewest = candidates.iter().map(gaps).min()?;
    candidates
        .iter()
        .filter(|column| column.profile.filled > 0 && gaps(column) == fewest)
        .filter_map(|column| {
            let (rank, scheme, why) = scheme(column, candidates, sample)?;
            Some((rank, column.name, scheme, why))
        })
        // The first of equals.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, column, scheme, why)| Places {
            column,
            scheme,
            within: None,
            why,
        })
}

/// The scheme of a column with its rank and the evidence.
fn scheme(
    column: &Column<'_>,
    candidates: &[&Column<'_>],
    sample: &Sample<'_>,
) -> Option<(u8, Option<&'static str>, String)> {
    let profile = &column.profile;
    let totals = profile.cells(|text| names::is_in("totals", text));
    let fits = |cells: usize| cells > 0 && cells * 20 >= (profile.filled - totals) * 19;
    let told = |cells: usize, what: &str, scheme: Option<Scheme>| {
        let is_one = |text: &str| match scheme {
            Some(scheme) => place::resolve(scheme, text).is_ok(),
            None => is_unit_code(text),
        };
        let exception = profile
            .exception(is_one)
            .map_or_else(String::new, |text| format!(", not {}", shown(text)));
        format!("{} are {what}{exception}", profile.share(cells))
    };
    let units = profile.unit_codes();
    if fits(units) {
        let why = told(units, "codes of administrative units", None);
        return Some(if UNIT_CODES.parse::<Scheme>().is_ok() {
            (5, Some(UNIT_CODES), why)
        } else {
            (0, None, format!("{why}, which the register does not know"))
        });
    }
    let [iso3, unhcr, iso2, names] = [Scheme::Iso3, Scheme::Unhcr, Scheme::Iso2, Scheme::Name]
        .map(|scheme| profile.places(scheme));
    let are_letters = |count: usize| {
        profile
            .values
            .keys()
            .any(|text| text.len() == count && text.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    if are_letters(3) && (fits(iso3) || fits(unhcr)) {
        let name = candidates.iter().find(|other| {
            let profile = &other.profile;
            other.index != column.index && profile.places(Scheme::Name) * 2 > profile.filled
        });
        return Some(code_scheme(
            column,
            name.copied(),
            sample,
            (iso3, unhcr),
            told,
        ));
    }
    if are_letters(2) && fits(iso2) {
        return Some((
            3,
            Some("iso2"),
            told(iso2, "ISO2 codes", Some(Scheme::Iso2)),
        ));
    }
    if profile.is_numeric() {
        let cells = profile.places(Scheme::M49);
        return fits(cells).then(|| (2, Some("m49"), told(cells, "M49 codes", Some(Scheme::M49))));
    }
    let why = match names {
        0 => "its name; none of its values are in the register of places".to_owned(),
        some if fits(some) => told(some, "names in the register", Some(Scheme::Name)),
        some => format!(
            "its name; {}",
            told(some, "in the register of places", Some(Scheme::Name))
        ),
    };
    Some((1, Some("name"), why))
}

/// ISO's codes or UNHCR's, which differ: `AUS` is Australia in the one and Austria in the other.
fn code_scheme(
    column: &Column<'_>,
    name: Option<&Column<'_>>,
    sample: &Sample<'_>,
    (iso3, unhcr): (usize, usize),
    told: impl Fn(usize, &str, Option<Scheme>) -> String,
) -> (u8, Option<&'static str>, String) {
    let iso = |why| (4, Some("iso3"), why);
    let as_iso = || told(iso3, "ISO3 codes", Some(Scheme::Iso3));
    if let Some(name) = name {
        let agree = |scheme: Scheme| {
            let rows = sample.rows.iter();
            rows.filter(|row| {
                let cell = |index: usize| Sample::cell(row, index);
                let code = place::resolve(scheme, cell(column.index));
                let named = place::resolve(Scheme::Name, cell(name.index));
                matches!((code, named), (Ok(code), Ok(named)) if code.id == named.id)
            })
            .count()
        };
        let (as_iso3, as_unhcr) = (agree(Scheme::Iso3), agree(Scheme::Unhcr));
        let with_names = |cells: usize, whose: &str, other: usize| {
            format!(
                "as {whose} codes {cells} agree with the names in {}, as the others {other}",
                shown(name.name)
            )
        };
        if as_unhcr > as_iso3 {
            return (3, Some("unhcr"), with_names(as_unhcr, "UNHCR's", as_iso3));
        }
        if as_iso3 > as_unhcr {
            return iso(with_names(as_iso3, "ISO3", as_unhcr));
        }
    }
    if column.says.says_iso || iso3 > unhcr {
        return iso(as_iso());
    }
    if unhcr > iso3 {
        return (
            3,
            Some("unhcr"),
            told(unhcr, "UNHCR's codes", Some(Scheme::Unhcr)),
        );
    }
    let meant = |scheme: Scheme, code: &str| place::resolve(scheme, code).ok();
    let differing = column.profile.values.keys().find_map(|code| {
        let (iso, unhcr) = (meant(Scheme::Iso3, code)?, meant(Scheme::Unhcr, code)?);
        (iso.id != unhcr.id).then(|| {
            format!(
                "{} is {} in ISO's codes (\"iso3\") and {} in UNHCR's (\"unhcr\")",
                shown(code),
                iso.name,
                unhcr.name
            )
        })
    });
    match differing {
        Some(question) => (3, None, question),
        None => iso(as_iso()),
    }
}
