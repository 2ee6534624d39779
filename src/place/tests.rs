//! What the register promises, on the names that sources really write.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::figure::PlaceId;

fn id_of(scheme: Scheme, text: &str) -> String {
    match resolve(scheme, text) {
        Ok(place) => place.id.to_string(),
        Err(error) => panic!("{error}"),
    }
}

fn within(inner: &str, outer: &str) -> bool {
    is_within(&PlaceId::new(inner), &PlaceId::new(outer))
}

fn overlap(left: &str, right: &str) -> bool {
    let (left, right) = (PlaceId::new(left), PlaceId::new(right));
    let answer = contains_or_overlaps(&left, &right);
    assert_eq!(answer, contains_or_overlaps(&right, &left));
    answer
}

/// Every code or name belongs to one place.
fn assert_unique<T: Ord + std::fmt::Debug>(words: impl Iterator<Item = (T, &'static Place)>) {
    let mut owners: BTreeMap<T, &PlaceId> = BTreeMap::new();
    for (word, place) in words {
        match owners.get(&word) {
            Some(owner) => assert_eq!(*owner, &place.id, "{word:?}"),
            None => {
                owners.insert(word, &place.id);
            }
        }
    }
}

fn split(codes: &'static str) -> impl Iterator<Item = &'static str> {
    codes.split(' ').filter(|code| !code.is_empty())
}

#[test]
fn the_list_reads_and_no_word_has_two_meanings() {
    register::parsed(include_str!("places.tsv")).expect("the list reads");
    let ids: Vec<&str> = places().map(|place| place.id.as_str()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len());
    assert_unique(places().flat_map(|p| p.all_names().map(move |name| (normalised(name), p))));
    assert_unique(places().flat_map(|p| split(p.codes.iso3).map(move |code| (code, p))));
    assert_unique(places().flat_map(|p| split(p.codes.iso2).map(move |code| (code, p))));
    assert_unique(places().flat_map(|p| split(p.codes.unhcr).map(move |code| (code, p))));
    assert_unique(places().filter_map(|p| Some((p.numeric?, p))));
}

#[test]
fn names_do_not_shadow_codes_on_the_command_line() {
    for place in places() {
        for name in place.all_names() {
            let found = find(name).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(found.id, place.id, "{name}");
        }
    }
}

#[test]
fn countries_are_complete() {
    let iso: Vec<&Place> = places()
        .filter(|p| p.kind == Kind::Country && p.iso2.is_some() && p.numeric.is_some())
        .collect();
    assert_eq!(iso.len(), 249);
    for place in iso {
        let (iso2, iso3) = (place.iso2.unwrap_or(""), place.iso3.unwrap_or(""));
        assert_eq!((iso2.len(), place.id.as_str()), (2, iso3), "{}", place.name);
        let point = place
            .centroid
            .unwrap_or_else(|| panic!("{iso3} is nowhere"));
        assert!((-90.0..=90.0).contains(&point.latitude), "{iso3}");
        assert!((-180.0..=180.0).contains(&point.longitude), "{iso3}");
        assert!(
            place.parents.iter().any(|p| p.as_str().starts_with("m49:")),
            "{iso3}"
        );
    }
    let members = |group: &str| places().filter(|p| within(p.id.as_str(), group)).count();
    assert_eq!(members("group:eu27-2020"), 27);
}

#[test]
fn parents_exist_and_all_lies_in_the_world() {
    for place in places() {
        for parent in &place.parents {
            assert!(super::place(parent).is_some(), "{parent} of {}", place.id);
            assert!(!is_within(parent, &place.id), "{} in a circle", place.id);
            assert_ne!(parent, &place.id);
        }
        for other in &place.overlaps {
            assert!(super::place(&PlaceId::new(*other)).is_some(), "{other}");
        }
        let is_world = place.kind == Kind::World;
        assert_ne!(
            is_world,
            within(place.id.as_str(), "m49:001"),
            "{}",
            place.id
        );
    }
}

#[test]
fn one_code_means_different_places_in_different_schemes() {
    for (code, iso, unhcr) in [
        ("AUS", "AUS", "AUT"),
        ("ARE", "ARE", "EGY"),
        ("MAR", "MAR", "MTQ"),
        ("POL", "POL", "POL"),
        ("SRB", "SRB", "group:serbia-and-kosovo"),
    ] {
        assert_eq!(id_of(Scheme::Iso3, code), iso);
        assert_eq!(id_of(Scheme::Unhcr, code), unhcr);
    }
    assert_eq!(id_of(Scheme::UnhcrIso3, "SRB"), "group:serbia-and-kosovo");
    assert_eq!(id_of(Scheme::UnhcrIso3, "AUS"), "AUS");
    for (code, id) in [
        ("AUL", "AUS"),
        ("GFR", "DEU"),
        ("UAE", "ARE"),
        ("MOR", "MAR"),
        ("GAZ", "PSE"),
        ("TIB", "unhcr:TIB"),
        ("STA", "unhcr:STA"),
        ("UKN", "unhcr:UKN"),
        ("CRB", "unhcr:CRB"),
        ("CUR", "unhcr:CUR"),
        ("CUW", "CUW"),
    ] {
        assert_eq!(id_of(Scheme::Unhcr, code), id);
    }
}

#[test]
fn pseudo_codes_and_numbers() {
    for (code, id) in [
        ("UNK", "unhcr:UKN"),
        ("UKN", "unhcr:UKN"),
        ("XXX", "unhcr:UKN"),
        ("XXA", "unhcr:STA"),
        ("STA", "unhcr:STA"),
        ("XKX", "XKX"),
        ("AB9", "AB9"),
        ("TIB", "unhcr:TIB"),
        ("SRK", "m49:680"),
        ("bfa", "BFA"),
        ("SUN", "iso3166-3:SUHH"),
    ] {
        assert_eq!(id_of(Scheme::Iso3, code), id);
    }
    assert_eq!(id_of(Scheme::Iso2, "EL"), "GRC");
    assert_eq!(id_of(Scheme::IsoNumeric, "4"), "AFG");
    assert_eq!(id_of(Scheme::M49, "150"), "m49:150");
    assert_eq!(id_of(Scheme::M49, "616"), "POL");
    assert!(resolve(Scheme::IsoNumeric, "150").is_err());
    assert!(resolve(Scheme::Unhcr, "Poland").is_err());
}

#[test]
#[rustfmt::skip]
fn the_names_that_sources_write() {
    for (name, id) in [
        ("Republic of Moldova", "MDA"),
        ("Rep. of Moldova", "MDA"),
        ("Turkey", "TUR"),
        ("Turkiye", "TUR"),
        ("Czech Republic", "CZE"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        (
            "Serbia and Kosovo: S/RES/1244 (1999)",
            "group:serbia-and-kosovo",
        ),
        (
            "Serbia and Kosovo (S/RES/1244 (1999))",
            "group:serbia-and-kosovo",
        ),
        ("Serbia", "SRB"),
        ("Other European countries", "group:other-european-countries"),
        ("Hong Kong SAR, China", "HKG"),
        ("China, Hong Kong SAR", "HKG"),
        ("Dem. Rep. of the Congo", "COD"),
        ("Dem. Rep. Congo", "COD"),
        ("Congo", "COG"),
        ("DR Congo (Zaire)", "COD"),
        ("Myanmar (Burma)", "MMR"),
        ("Yemen (North Yemen)", "YEM"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Macedonia, FYR", "MKD"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("the Republic of North Macedonia", "MKD"),
        ("Cambodia (Kampuchea)", "KHM"),
        ("Zimbabwe (Rhodesia)", "ZWE"),
        ("Madagascar (Malagasy)", "MDG"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("eSwatini", "SWZ"),
        ("Serbia (Yugoslavia)", "SRB"),
        ("Russia (Soviet Union)", "RUS"),
        ("Russian Federation***", "RUS"),
        ("Soviet Union", "iso3166-3:SUHH"),
        ("Iran (Islamic Rep. of)", "IRN"),
        ("Lao People's Dem. Rep.", "LAO"),
        ("Dem. People's Rep. of Korea", "PRK"),
        ("Dem. People's Rep. Korea", "PRK"),
        ("Korea", "KOR"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("Curacao ", "CUW"),
        ("Wallis and Futuna Islands ", "WLF"),
        ("St. Vincent and the Grenadines", "VCT"),
        ("Holy See (the)", "VAT"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("United Rep. of Tanzania", "TZA"),
        ("Palestinian", "PSE"),
        ("State of Palestine", "PSE"),
        ("Abyei Area", "AB9"),
        ("Tibetan", "unhcr:TIB"),
        ("Stateless", "unhcr:STA"),
        ("Unknown ", "unhcr:UKN"),
        ("Various/Unknown", "unhcr:UKN"),
        ("Various", "group:various"),
        ("Others", "group:others"),
        ("Virgin Islands (U.S.)", "VIR"),
        ("Micronesia", "FSM"),
        ("Svalbard and Jan Mayen Islands", "SJM"),
        ("Taiwan, China", "TWN"),
        ("Bonaire", "BES"),
        ("Caribbean Netherlands", "BES"),
    ] {
        assert_eq!(id_of(Scheme::Name, name), id, "{name}");
    }
}

#[test]
fn an_unknown_word_names_the_nearest_and_the_way_out() {
    let message = |scheme, text| match resolve(scheme, text) {
        Ok(place) => panic!("{text} became {}", place.id),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        message(Scheme::Name, "Czeckia"),
        "`Czeckia` is no known name of a place; the nearest are Czechia (CZE): write one of these, \
         or look for the place with `humstat places`"
    );
    assert_eq!(
        message(Scheme::Iso3, "GFR"),
        "`GFR` is no known ISO alpha-3 code; it is Germany (DEU) as UNHCR code: name that scheme \
         for the column"
    );
    assert_eq!(
        message(Scheme::Iso2, "Q9"),
        "`Q9` is no known ISO alpha-2 code; look for the place with `humstat places` and write its \
         id or name"
    );
    assert_eq!(
        message(Scheme::Name, " "),
        "the place is empty; write a name, a code, or `unhcr:UKN` where it is not known"
    );
    assert!(message(Scheme::Id, "m49:151x").contains("(m49:151)"));
    assert!(find("Slovokia").is_err_and(|e| e.to_string().contains("Slovakia (SVK)")));
}

#[test]
fn find_takes_what_people_type() {
    for (text, id) in [
        ("poland", "POL"),
        ("pol", "POL"),
        ("PL", "POL"),
        ("m49:150", "m49:150"),
        ("Europe", "m49:150"),
        ("EU", "group:eu27-2020"),
        ("UK", "GBR"),
        ("gaza", "humstat:PSE-GZA"),
        ("world", "m49:001"),
    ] {
        assert_eq!(find(text).map(|place| place.id.as_str()), Ok(id), "{text}");
    }
    assert!(find("pl").is_err());
    assert!(find("").is_err());
}

#[test]
fn search_puts_the_whole_word_first() {
    let ids = |text| -> Vec<&str> { search(text).iter().map(|p| p.id.as_str()).collect() };
    assert_eq!(ids("niger"), ["NER", "NGA"]);
    assert_eq!(ids("guinea")[0], "GIN");
    assert_eq!(ids("gfr"), ["DEU"]);
    assert_eq!(ids("S/RES/1244"), ["group:serbia-and-kosovo", "XKX"]);
    assert!(ids("***").is_empty());
}

#[test]
fn places_within_places() {
    assert!(within("POL", "m49:150"));
    assert!(within("humstat:PSE-GZA", "PSE"));
    assert!(within("humstat:PSE-GZA", "m49:142"));
    assert!(within("UKR", "group:unhcr-europe"));
    assert!(within("XKX", "group:serbia-and-kosovo"));
    assert!(within("unhcr:UKN", "m49:001"));
    assert!(!within("PSE", "humstat:PSE-GZA"));
    assert!(!within("POL", "POL"));
    assert!(!within("nowhere", "m49:001"));
}

#[test]
fn a_total_and_its_parts_overlap() {
    assert!(overlap("POL", "POL"));
    assert!(overlap("SRB", "group:serbia-and-kosovo"));
    assert!(overlap("group:eu27-2020", "m49:150"));
    assert!(overlap("group:unhcr-europe", "m49:145"));
    assert!(overlap("iso3166-3:SUHH", "UKR"));
    assert!(overlap("iso3166-3:SUHH", "m49:143"));
    assert!(overlap("iso3166-3:YUCS", "iso3166-3:CSXX"));
    assert!(overlap("group:other-european-countries", "m49:150"));
    assert!(!overlap("group:other-european-countries", "POL"));
    assert!(!overlap("group:others", "group:various"));
    assert!(!overlap("humstat:PSE-GZA", "humstat:PSE-WBK"));
    assert!(!overlap("SRB", "XKX"));
    assert!(!overlap("AB9", "SDN"));
}

#[test]
fn names_in_sentences() {
    let in_text = |id: &str| place(&PlaceId::new(id)).map(Place::in_text);
    assert_eq!(in_text("RUS").as_deref(), Some("the Russian Federation"));
    assert_eq!(in_text("POL").as_deref(), Some("Poland"));
}

proptest! {
    #[test]
    fn any_text_is_resolved_or_refused(text in ".{0,40}") {
        for scheme in Scheme::ALL {
            if let Err(error) = resolve(*scheme, &text) {
                prop_assert!(!error.to_string().is_empty());
            }
        }
        let _ = find(&text);
        let _ = search(&text);
    }

    /// Whatever is done to a name, a place that comes out carries that name itself.
    #[test]
    fn a_mangled_name_is_no_other_place(
        chosen in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        letter in "[a-z .*]?",
        drop in any::<bool>(),
    ) {
        let names: Vec<&str> = places().flat_map(Place::all_names).collect();
        let mut letters: Vec<String> =
            chosen.get(&names).chars().map(String::from).collect();
        let at = at.index(letters.len());
        if drop {
            letters.remove(at);
        }
        letters.insert(at, letter);
        let mangled = letters.concat();
        if let Ok(place) = resolve(Scheme::Name, &mangled) {
            let wanted = normalised(&mangled);
            prop_assert!(place.all_names().any(|name| normalised(name) == wanted));
        }
    }
}

proptest! {
    /// One pass over several places finds what every pair of them would.
    #[test]
    fn any_overlap_equals_every_pair(
        positions in proptest::collection::vec(any::<proptest::sample::Index>(), 0..7),
        unknown in proptest::collection::vec("x[12]", 0..2),
    ) {
        let register: Vec<&PlaceId> = places().map(|place| &place.id).collect();
        let mut ids: Vec<PlaceId> = unknown.into_iter().map(PlaceId::new).collect();
        ids.extend(positions.iter().map(|position| (*position.get(&register)).clone()));
        let pairs = ids.iter().enumerate().any(|(index, left)| {
            ids[index + 1..].iter().any(|right| contains_or_overlaps(left, right))
        });
        prop_assert_eq!(any_overlap(&ids), pairs);
    }
}
