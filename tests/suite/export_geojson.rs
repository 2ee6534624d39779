//! `humstat export geojson`: points and lines of the figures, by RFC 7946.

use serde_json::Value;

use super::ukraine::desk;

/// The features of a selection of the Ukraine ledger, and what was said.
fn features(selection: &str) -> (Vec<Value>, String) {
    let desk = desk();
    let said = desk
        .run(&format!("export geojson {selection} -o map.geojson"))
        .succeeds()
        .stderr;
    let text = std::fs::read_to_string(desk.path("map.geojson")).unwrap();
    let mut collection: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    assert_eq!(collection.get("crs"), None, "RFC 7946 knows WGS 84 alone");
    let Value::Array(features) = collection["features"].take() else {
        panic!("no features in {text}");
    };
    (features, said)
}

const CROSSINGS: &str = "--indicator border_crossings --at 2022-03-08 --channel unhcr/odp";

#[test]
fn a_figure_is_a_point_and_a_move_is_a_line() {
    let (features, said) = features(CROSSINGS);
    let of = |id: &str| features.iter().find(|feature| feature["id"] == id).unwrap();
    let (point, flow) = (of("f198"), of("f198-flow"));
    assert_eq!(
        point["geometry"].to_string(),
        r#"{"type":"Point","coordinates":[19.4,52.06]}"#
    );
    let line = &flow["geometry"]["coordinates"];
    assert_eq!(flow["geometry"]["type"], "LineString");
    assert_eq!(line[1], point["geometry"]["coordinates"]);
    for (name, value) in [
        ("feature", "place"),
        ("iso3", "POL"),
        ("origin_iso3", "UKR"),
        ("qualifier", "exact"),
        ("status", "observed"),
        ("since", "2022-02-24"),
        ("period_end", "2022-03-08"),
        ("claimant", "UNHCR"),
        ("licence", "CC-BY-4.0"),
        ("figure_id", "f198"),
    ] {
        assert_eq!(point["properties"][name], value, "{name}");
    }
    assert_eq!(point["properties"]["value"], 1_412_503);
    assert_eq!(flow["properties"]["value"], 1_412_503);
    assert_eq!(flow["properties"]["feature"], "flow");
    // Seven countries and what the source leaves over, each with its way.
    assert_eq!(features.len(), 8 * 2);
    assert!(
        said.contains("no point is known of Other European countries: 2 features stand there without a geometry"),
        "{said}"
    );
    let others = features
        .iter()
        .find(|feature| feature["properties"]["location"] == "Other European countries")
        .unwrap();
    assert_eq!(others["geometry"], Value::Null);
    assert_eq!(others["properties"]["value"], 235_745);
}

#[test]
fn the_points_add_up_to_what_the_figures_do() {
    let (features, _) = features(CROSSINGS);
    let sum: i64 = features
        .iter()
        .filter(|feature| feature["properties"]["feature"] == "place")
        .filter_map(|feature| feature["properties"]["value"].as_i64())
        .sum();
    let asked = desk().rows(&format!("figures {CROSSINGS}"));
    let expected: i64 = asked
        .iter()
        .map(|row| row["value"].parse::<i64>().unwrap())
        .sum();
    assert_eq!(sum, expected);
}

#[test]
fn a_qualifier_survives() {
    let (features, _) = features("--indicator killed --claimant UN");
    let [feature] = features.as_slice() else {
        panic!("{features:?}");
    };
    assert_eq!(feature["properties"]["qualifier"], "at_least");
    assert_eq!(feature["properties"]["breakdown"], "age=children");
    assert_eq!(feature["properties"]["pcode"], Value::Null);
}
