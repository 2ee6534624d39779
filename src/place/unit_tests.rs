//! A register with units: what their names and codes mean, and what they lie in.

use proptest::prelude::*;

use super::register::Register;
use super::*;

fn unit(code: &str, kind: Kind, parent: &str, names: &[&str]) -> Unit {
    let names = names.iter().map(|text| UnitName {
        language: None,
        text: (*text).to_owned(),
    });
    let names: Vec<UnitName> = names.collect();
    Unit {
        id: unit_id(code),
        kind,
        parent: PlaceId::new(parent),
        name: names[0].text.clone(),
        names,
    }
}

fn register() -> Register {
    let alias = |name: &str, place: &str| Alias {
        name: name.to_owned(),
        place: PlaceId::new(place),
    };
    Register::new(
        vec![
            unit("SY04", Kind::Admin1, "SYR", &["Homs", "حمص"]),
            unit("SY0400", Kind::Admin2, "pcode:SY04", &["Homs", "حمص"]),
            unit("SY0402", Kind::Admin2, "pcode:SY04", &["Tadmor"]),
            unit("SY040201", Kind::Admin3, "pcode:SY0402", &["Sokhneh"]),
            unit("SY07", Kind::Admin1, "SYR", &["Idleb", "إدلب"]),
            unit("PS02", Kind::Admin1, "PSE", &["Gaza Strip"]),
            unit("UA05", Kind::Admin1, "UKR", &["Vinnytska"]),
            unit("XX01", Kind::Admin1, "nowhere", &["Adrift"]),
        ],
        vec![
            alias("Palmyra", "pcode:SY0402"),
            alias("Lost", "pcode:SY99"),
        ],
    )
}

fn at(register: &Register, id: &str) -> usize {
    register.position(id).unwrap_or_else(|| panic!("no {id}"))
}

#[test]
fn names_of_units_are_found_in_every_spelling() {
    let register = register();
    let ids = |name: &str| -> Vec<&str> {
        let named = register.named(name).iter();
        named
            .map(|place| register.places[*place].id.as_str())
            .collect()
    };
    assert_eq!(ids("homs"), ["pcode:SY04", "pcode:SY0400"]);
    assert_eq!(ids("حِمْص"), ["pcode:SY04", "pcode:SY0400"]);
    assert_eq!(ids("ادلب"), ["pcode:SY07"]);
    assert_eq!(ids("PALMYRA"), ["pcode:SY0402"]);
    assert_eq!(ids("Gaza Strip"), ["humstat:PSE-GZA", "pcode:PS02"]);
    assert!(ids("Lost").is_empty());
    assert!(ids("Adleb").is_empty());
}

#[test]
fn p_codes_are_found_and_countries_by_their_iso_codes() {
    let register = register();
    let id = |text: &str| {
        let found = register.look_up(Scheme::Pcode, text);
        found.map(|place| place.id.as_str())
    };
    assert_eq!(id(" sy0402 "), Some("pcode:SY0402"));
    assert_eq!(id("SY"), Some("SYR"));
    assert_eq!(id("SYR"), Some("SYR"));
    assert_eq!(id("SY99"), None);
}

#[test]
fn units_lie_in_units_countries_and_regions() {
    let register = register();
    let lies =
        |inner: &str, outer: &str| register.lies_in(at(&register, inner), at(&register, outer));
    for outer in [
        "pcode:SY0402",
        "pcode:SY04",
        "SYR",
        "m49:145",
        "m49:142",
        "m49:001",
    ] {
        assert!(lies("pcode:SY040201", outer), "{outer}");
        assert!(!lies(outer, "pcode:SY040201"), "{outer}");
    }
    assert!(!lies("pcode:SY0402", "pcode:SY07"));
    assert!(!lies("pcode:SY0402", "pcode:SY0402"));
    assert!(!lies("pcode:SY0402", "TUR"));
    assert!(!lies("pcode:XX01", "m49:001"));
}

#[test]
fn units_share_land_with_what_they_lie_in_or_might() {
    let register = register();
    let share = |left: &str, right: &str| {
        let (left, right) = (at(&register, left), at(&register, right));
        let answer = register.share_land(left, right);
        assert_eq!(answer, register.share_land(right, left));
        answer
    };
    assert!(share("pcode:SY04", "pcode:SY040201"));
    assert!(share("pcode:SY04", "SYR"));
    assert!(share("pcode:SY04", "m49:142"));
    assert!(share("pcode:UA05", "iso3166-3:SUHH"));
    // Which area of the country a unit is in is not known.
    assert!(share("pcode:PS02", "humstat:PSE-GZA"));
    assert!(share("pcode:PS02", "humstat:PSE-WBK"));
    assert!(!share("pcode:SY04", "pcode:SY07"));
    assert!(!share("pcode:SY04", "TUR"));
    assert!(!share("pcode:SY04", "humstat:PSE-GZA"));
    assert!(!share("pcode:XX01", "m49:001"));
}

proptest! {
    /// One pass over several places finds what every pair of them would.
    #[test]
    fn any_shared_land_equals_every_pair(
        few in proptest::collection::vec(0_usize..14, 0..6),
    ) {
        let register = register();
        let built_in = ["SYR", "m49:142", "PSE", "humstat:PSE-GZA", "iso3166-3:SUHH", "TUR"];
        let ids: Vec<PlaceId> = few
            .iter()
            .map(|&index| match index.checked_sub(built_in.len()) {
                None => PlaceId::new(built_in[index]),
                Some(index) => register.places[register.built_in + index].id.clone(),
            })
            .collect();
        let pairs = ids.iter().enumerate().any(|(index, left)| {
            ids[index + 1..].iter().any(|right| {
                left == right
                    || register.share_land(at(&register, left.as_str()), at(&register, right.as_str()))
            })
        });
        prop_assert_eq!(register.any_share_land(&ids), pairs);
    }
}
