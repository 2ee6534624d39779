//! The committed outlines: that they can be read, where they lie, and that they can be made again.

use std::path::PathBuf;

use super::*;
use crate::place::{Kind, Scheme, place, places, resolve};

fn points(ring: &[(usize, bool)]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for &(arc, backwards) in ring {
        let arc = &outlines().arcs[arc];
        let after = usize::from(!points.is_empty());
        if backwards {
            points.extend(arc.iter().rev().skip(after));
        } else {
            points.extend(arc.iter().skip(after));
        }
    }
    points
}

/// Ids of the outlines that hold a place in degrees east and north.
fn at(east: f64, north: f64) -> Vec<&'static str> {
    let holds = |outline: &Outline| {
        outline.rings.iter().any(|ring| {
            let points = points(ring);
            let mut inside = false;
            for pair in points.windows(2) {
                let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
                let over = (y1 > north) != (y2 > north);
                if (x1 - x2).abs() < 180.0
                    && over
                    && east < (x2 - x1) * (north - y1) / (y2 - y1) + x1
                {
                    inside = !inside;
                }
            }
            inside
        })
    };
    outlines()
        .places
        .iter()
        .filter(|outline| holds(outline))
        .map(|outline| outline.id.as_str())
        .collect()
}

#[test]
fn every_outline_is_of_a_place_and_every_ring_is_closed() {
    assert!(outlines().places.len() > 240);
    for outline in &outlines().places {
        let known = outline.id.is_empty() || place(&PlaceId::new(outline.id.as_str())).is_some();
        assert!(known, "{}", outline.id);
        for ring in &outline.rings {
            let points = points(ring);
            assert_eq!(points.first(), points.last(), "{}", outline.id);
        }
    }
}

#[test]
fn countries_without_an_outline_are_few_and_small() {
    let without: Vec<&str> = places()
        .filter(|place| place.kind == Kind::Country && !place.id.as_str().contains(':'))
        .filter(|place| outlines_of(&place.id).is_empty())
        .map(|place| place.id.as_str())
        .collect();
    assert_eq!(without, ["ATA", "BVT", "GIB", "TUV", "UMI"]);
}

#[test]
fn borders_are_those_that_the_readme_tells() {
    for (what, east, north, holders) in [
        ("Simferopol", 34.1, 45.0, ["UKR"]),
        ("Kherson", 33.0, 46.6, ["UKR"]),
        ("Laayoune", -13.1, 27.1, ["ESH"]),
        ("Dakhla", -15.6, 23.2, ["ESH"]),
        ("Tifariti", -10.6, 26.2, ["ESH"]),
        ("Tarfaya", -12.6, 27.9, ["MAR"]),
        ("Hargeisa", 44.1, 9.6, ["SOM"]),
        ("Kyrenia", 33.3, 35.3, ["CYP"]),
        ("Limassol", 33.0, 34.8, ["CYP"]),
        ("Pristina", 21.1, 42.6, ["XKX"]),
        ("Gaza", 34.38, 31.42, ["humstat:PSE-GZA"]),
        ("Ramallah", 35.2, 31.9, ["humstat:PSE-WBK"]),
        ("Quneitra", 35.82, 33.12, ["SYR"]),
        ("Katzrin", 35.7, 33.0, ["SYR"]),
        ("Taipei", 121.5, 25.0, ["TWN"]),
        ("Cayenne", -52.6, 4.5, ["GUF"]),
        ("Longyearbyen", 16.0, 78.2, ["SJM"]),
        ("Siachen", 77.0, 35.4, [""]),
    ] {
        assert_eq!(at(east, north), holders, "{what}");
    }
}

#[test]
fn some_places_are_made_of_the_outlines_of_others() {
    assert_eq!(outlines_of(&PlaceId::new("PSE")).len(), 2);
    assert_eq!(
        outlines_of(&PlaceId::new("group:serbia-and-kosovo")),
        ["SRB", "XKX"]
    );
    assert_eq!(outlines_of(&PlaceId::new("POL")), ["POL"]);
    assert_eq!(outlines_of(&PlaceId::new("m49:150")), Vec::<&str>::new());
}

#[test]
fn damaged_bytes_are_refused() {
    let bytes = zstd::bulk::decompress(BYTES, UNPACKED).unwrap();
    assert_eq!(read(&bytes).as_ref(), Some(outlines()));
    for cut in [0, 5, 40, 1000, bytes.len() - 1] {
        assert_eq!(read(&bytes[..cut]), None);
    }
    assert_eq!(read(&[bytes.as_slice(), b"x"].concat()), None);
}

fn converted() -> Option<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("../shared/data/world/countries-50m.json");
    let Ok(text) = std::fs::read_to_string(&file) else {
        eprintln!("skipped: there is no {}", file.display());
        return None;
    };
    let iso3 = |number: &str| {
        let place = resolve(Scheme::IsoNumeric, number).ok()?;
        Some(place.id.as_str().to_owned())
    };
    Some(convert::convert(&text, iso3))
}

#[test]
fn the_committed_file_is_what_the_converter_makes() {
    if let Some(bytes) = converted() {
        assert!(zstd::bulk::decompress(BYTES, UNPACKED).unwrap() == bytes);
    }
}

#[test]
#[ignore = "writes the committed file anew"]
fn write_the_outlines() {
    let packed = zstd::bulk::compress(&converted().unwrap(), 19).unwrap();
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/place/outlines/outlines.bin.zst");
    std::fs::write(file, packed).unwrap();
}
