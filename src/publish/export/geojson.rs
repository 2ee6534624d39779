//! GeoJSON by RFC 7946: a point where each figure is of, and a line from origin to destination where
//! people moved between two places.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::terms::licence_of;
use super::{Export, ExportError, Exported, Material, Shape};
use crate::figure::{PlaceId, counted};
use crate::ledger::FigureRow;
use crate::place::{self, Centroid};
use crate::publish::cite::references;
use crate::publish::place_name;
use crate::publish::sources::{About, beside, in_words, sources};

pub(super) struct GeoJson;

impl Export for GeoJson {
    fn shape(&self) -> Shape {
        Shape::File("geojson")
    }

    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError> {
        let mut features = Features::default();
        for row in &material.figures.rows {
            features.add(material, row);
        }
        let file = format!("{}.geojson", material.name);
        let mut exported = Exported::default();
        exported.add(file.clone(), features.text(material));
        let about = About {
            file: &file,
            command: "humstat export geojson",
            selection: material.selection,
            pin: material.pin,
        };
        let name = beside(std::path::Path::new(&file));
        exported.add(
            name.to_string_lossy(),
            sources(&about, &references(material.figures, None)).markdown(),
        );
        exported.remarks.extend(features.remark());
        Ok(exported)
    }

    fn writes(&self, _: &str) -> bool {
        false
    }
}

/// The features in the making.
#[derive(Debug, Default)]
struct Features {
    features: Vec<Value>,
    /// The places without a point, by name.
    pointless: BTreeSet<String>,
}

impl Features {
    fn add(&mut self, material: &Material<'_>, row: &FigureRow) {
        let series = &material.figures.series[row.series];
        let (origin, location) = (series.origin.as_ref(), series.location.as_ref());
        let place = self.point(location);
        let geometry =
            place.map(|point| json!({ "type": "Point", "coordinates": position(point) }));
        let id = row.id.to_string();
        self.features
            .push(feature(&id, "place", geometry, properties(material, row)));
        if origin.is_some() && location.is_some() && origin != location {
            let ends = self.point(origin).zip(place);
            let geometry = ends.map(|(from, to)| line(from, to));
            self.features.push(feature(
                &format!("{id}-flow"),
                "flow",
                geometry,
                properties(material, row),
            ));
        }
    }

    /// The point of a place; one that has none is noted.
    fn point(&mut self, id: Option<&PlaceId>) -> Option<Centroid> {
        let point = id.and_then(place::place).and_then(|place| place.centroid);
        if point.is_none() {
            let name = id.map_or("no place", place_name);
            self.pointless.insert(name.to_owned());
        }
        point
    }

    /// The collection, a feature a line, so that two versions can be compared.
    fn text(&self, material: &Material<'_>) -> String {
        let head = json!({
            "type": "FeatureCollection",
            "title": material.title,
            "description": format!(
                "What was asked for: {}. {}. A figure with an origin stands twice, as the `place` where people are and as the `flow` between the two: add up one kind only.",
                in_words(material.selection),
                material.pin
            ),
        })
        .to_string();
        let mut text = head.trim_end_matches('}').to_owned();
        text.push_str(",\"features\":[");
        for (index, feature) in self.features.iter().enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(&feature.to_string());
        }
        text.push_str("\n]}\n");
        text
    }

    fn remark(&self) -> Option<String> {
        let has_none = |feature: &&Value| feature["geometry"].is_null();
        let count = self.features.iter().filter(has_none).count();
        let names: Vec<&str> = self.pointless.iter().map(String::as_str).collect();
        (count > 0).then(|| {
            format!(
                "no point is known of {}: {} without a geometry",
                names.join(", "),
                counted(count, "feature stands there", "features stand there")
            )
        })
    }
}

fn feature(
    id: &str,
    kind: &str,
    geometry: Option<Value>,
    mut properties: Map<String, Value>,
) -> Value {
    properties.insert("feature".to_owned(), json!(kind));
    json!({
        "type": "Feature",
        "id": id,
        "geometry": geometry,
        "properties": properties,
    })
}

/// Longitude before latitude, as the standard has it.
fn position(point: Centroid) -> [f64; 2] {
    [point.longitude, point.latitude]
}

/// A line, cut where it crosses the antimeridian.
fn line(from: Centroid, to: Centroid) -> Value {
    let (start, end) = (position(from), position(to));
    let way = end[0] - start[0];
    if way.abs() <= 180.0 {
        return json!({ "type": "LineString", "coordinates": [start, end] });
    }
    // The short way round leaves the map on one side and comes back on the other.
    let side = if start[0] > 0.0 { 180.0 } else { -180.0 };
    let short = way + 2.0 * side;
    let share = (side - start[0]) / short;
    let latitude = start[1] + share * (end[1] - start[1]);
    let latitude = crate::publish::rounded(latitude, 2);
    json!({
        "type": "MultiLineString",
        "coordinates": [
            [start, [side, latitude]],
            [[-side, latitude], end],
        ],
    })
}

/// What a feature says of its figure.
fn properties(material: &Material<'_>, row: &FigureRow) -> Map<String, Value> {
    let series = &material.figures.series[row.series];
    let publication = &material.figures.publications[row.publication].publication;
    let of = |id: Option<&PlaceId>| id.and_then(place::place);
    let location = of(series.location.as_ref());
    let origin = of(series.origin.as_ref());
    let name = |id: Option<&PlaceId>| id.map(place_name).map(str::to_owned);
    let pairs = [
        ("figure_id", json!(row.id.to_string())),
        ("indicator", json!(*series.indicator)),
        ("measure", json!(series.measure.code())),
        ("unit", json!(series.unit.code())),
        ("breakdown", json!(series.breakdown.to_string())),
        ("location", json!(name(series.location.as_ref()))),
        ("iso3", json!(location.and_then(|place| place.iso3))),
        ("pcode", json!(location.and_then(|place| place.pcode()))),
        ("origin", json!(name(series.origin.as_ref()))),
        ("origin_iso3", json!(origin.and_then(|place| place.iso3))),
        (
            "origin_pcode",
            json!(origin.and_then(|place| place.pcode())),
        ),
        ("value", json!(row.quantity.value)),
        ("low", json!(row.quantity.low)),
        ("high", json!(row.quantity.high)),
        ("qualifier", json!(row.quantity.qualifier.code())),
        ("status", json!(row.quantity.status.code())),
        ("since", json!(series.since.map(|day| day.to_string()))),
        ("period_start", json!(row.period.start.to_string())),
        ("period_end", json!(row.period.end.to_string())),
        ("claimant", json!(*series.claimant)),
        ("source", json!(publication.title)),
        ("channel", json!(*series.channel)),
        ("version", json!(row.version.to_string())),
        ("url", json!(publication.url)),
        ("licence", json!(licence_of(publication))),
        ("attribution", json!(publication.attribution)),
        (
            "notes",
            json!(crate::publish::figures::notes(
                row,
                publication.notes.as_deref()
            )),
        ),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: (f64, f64), to: (f64, f64)) -> String {
        let point = |(longitude, latitude)| Centroid {
            latitude,
            longitude,
        };
        line(point(from), point(to)).to_string()
    }

    #[test]
    fn a_line_over_the_antimeridian_is_cut_there() {
        assert_eq!(
            between((31.0, 49.0), (19.4, 52.06)),
            r#"{"type":"LineString","coordinates":[[31.0,49.0],[19.4,52.06]]}"#
        );
        assert_eq!(
            between((170.0, 0.0), (-170.0, 10.0)),
            r#"{"type":"MultiLineString","coordinates":[[[170.0,0.0],[180.0,5.0]],[[-180.0,5.0],[-170.0,10.0]]]}"#
        );
        assert_eq!(
            between((-170.0, 10.0), (160.0, 40.0)),
            r#"{"type":"MultiLineString","coordinates":[[[-170.0,10.0],[-180.0,20.0]],[[180.0,20.0],[160.0,40.0]]]}"#
        );
    }
}
