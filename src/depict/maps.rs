//! Places on a map.

use std::sync::{Arc, LazyLock};

use super::bars::{
    detail, drawn, is_emphasised, label, parts, row_marks, titled, usual_day, with_emphasis,
};
use super::words::{self, common, place_in, value_kind};
use super::{Brief, DepictError};
use crate::chart::words::fill;
use crate::chart::{
    Atlas, ChartKind, ChartSpec, Land, Language, MapChart, MapOrigin, MapPlace, MapStyle, MapView,
    Site, ValueKind,
};
use crate::figure::{Measure, PlaceId, Series};
use crate::ledger::{Figures, ids};
use crate::line::{self, Line, Point};
use crate::place::{self, Kind, Place, outlines};
use crate::publish::sentence::day;
use crate::publish::summary::{Inhabitants, Row, Summary};

/// How a map is to be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MapOrder {
    /// How numbers become marks.
    pub style: MapStyle,
    /// What part of the world is shown; none for as much as holds all places.
    pub region: Option<&'static Place>,
    /// Whether shares of the total stand in place of the numbers.
    pub share: bool,
}

/// The numbers that a map shows.
#[derive(Clone, Copy)]
enum Shown<'a> {
    Numbers,
    Shares,
    Rates(&'a Figures, &'a Inhabitants),
}

/// Farthest place to the north, in degrees, that a region is fitted to: few live beyond it, and
/// Svalbard would make Europe small.
const FAR_NORTH: f64 = 72.0;

/// The outlines as charts take them, made once.
static ATLAS: LazyLock<Arc<Atlas>> = LazyLock::new(|| {
    let known = outlines::outlines();
    let land = |outline: &outlines::Outline| Land {
        id: outline.id.clone(),
        rings: outline.rings.clone(),
    };
    Arc::new(Atlas {
        arcs: known.arcs.clone(),
        lands: known.places.iter().map(land).collect(),
    })
});

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    summary: &Summary,
    population: Option<(&Figures, &Inhabitants)>,
    order: MapOrder,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let series = common(lines)?.clone();
    let shown = match population {
        Some((figures, inhabitants)) => Shown::Rates(figures, inhabitants),
        None if order.share => Shown::Shares,
        None => Shown::Numbers,
    };
    if order.share && parts(summary).all(|row| row.share.is_none()) {
        return Err(DepictError::Mixed(
            "there are no shares, for the places shown have no total; `humstat summary --total` says why".to_owned(),
        ));
    }
    let usual = usual_day(summary);
    let brief = &match shown {
        Shown::Rates(_, inhabitants) => with_highest(summary, inhabitants, brief),
        Shown::Numbers | Shown::Shares => with_emphasis(summary, brief),
    };
    let places = parts(summary)
        .map(|row| map_place(summary, row, shown, usual, brief))
        .collect();
    let kind = ChartKind::Map(MapChart {
        atlas: Arc::clone(&ATLAS),
        style: order.style,
        places,
        origin: origin(lines, order.style, brief.language)?,
        view: view(order.region),
        values: match shown {
            Shown::Numbers => value_kind(series.unit),
            Shown::Shares => ValueKind::Percent,
            Shown::Rates(..) => ValueKind::Number,
        },
        unit: match shown {
            Shown::Numbers => brief.language.unit(series.unit).to_owned(),
            Shown::Shares => brief.language.words().selection.of_the_total.to_owned(),
            Shown::Rates(_, inhabitants) => per(inhabitants, brief.language),
        },
    });
    let points = drawn(lines, summary);
    let (finding, brief) = match shown {
        Shown::Rates(_, inhabitants) => (rate_title(summary, inhabitants), brief.clone()),
        Shown::Numbers | Shown::Shares => titled(summary, lines, brief),
    };
    let what = what(&series, shown);
    let mut spec = words::spec(kind, figures, &points, &brief, finding, &what);
    if let Shown::Rates(known, inhabitants) = shown {
        add_population(&mut spec, summary, (known, inhabitants))?;
    }
    let text = brief.language.words().selection.outlines;
    spec.source = fill(text, &[&spec.source, outlines::SOURCE]);
    Ok(spec)
}

/// A row of the summary at its place.
fn map_place(
    summary: &Summary,
    row: &Row,
    shown: Shown<'_>,
    usual: Option<chrono::NaiveDate>,
    brief: &Brief,
) -> MapPlace {
    let number = |number: Option<i64>| number.map(|number| number as f64);
    let (_, detail) = detail(row, usual, brief.language);
    let counted = matches!(shown, Shown::Numbers);
    MapPlace {
        label: label(summary, row, brief.language),
        site: row.series.location.as_ref().map(site).unwrap_or_default(),
        value: match shown {
            Shown::Numbers => number(row.quantity.value.or(row.quantity.low)),
            Shown::Shares => row.share,
            Shown::Rates(_, inhabitants) => inhabitants.rate(row),
        },
        low: number(row.quantity.low).filter(|_| counted),
        high: number(row.quantity.high).filter(|_| counted),
        qualifier: Some(row.quantity.qualifier),
        marks: row_marks(row),
        detail,
        emphasis: is_emphasised(row, brief),
    }
}

/// Where a place is: its outlines, and the middle of its largest piece of land.
fn site(id: &PlaceId) -> Site {
    Site {
        lands: outlines::outlines_of(id)
            .into_iter()
            .map(str::to_owned)
            .collect(),
        at: place::place(id)
            .and_then(|place| place.centroid)
            .map(|centroid| (centroid.longitude, centroid.latitude)),
    }
}

/// The one origin of all lines, where they have one and it is not where all of it happened.
fn origin(
    lines: &[Line],
    style: MapStyle,
    language: Language,
) -> Result<Option<MapOrigin>, DepictError> {
    let mut origins: Vec<Option<&PlaceId>> = lines
        .iter()
        .map(|line| line.series.origin.as_ref())
        .collect();
    origins.dedup();
    let one = match origins.as_slice() {
        [Some(origin)] => Some(*origin),
        _ => None,
    };
    if style == MapStyle::Flow && one.is_none() {
        return Err(DepictError::Mixed(
            "a flow map shows one origin with its destinations; choose one with --origin"
                .to_owned(),
        ));
    }
    let elsewhere = |origin: &PlaceId| lines.iter().any(|line| line.location() != Some(origin));
    Ok(one
        .filter(|origin| elsewhere(origin))
        .map(|origin| MapOrigin {
            label: place_in(origin, language).to_owned(),
            site: site(origin),
        }))
}

/// What part of the world a place is.
fn view(region: Option<&'static Place>) -> MapView {
    match region {
        None => MapView::Fit,
        Some(region) if region.kind == Kind::World => MapView::World,
        Some(region) if matches!(region.kind, Kind::Region | Kind::Group) => {
            let within = place::places()
                .filter(|place| {
                    place.kind == Kind::Country && place::is_within(&place.id, &region.id)
                })
                .filter(|place| place.centroid.is_some_and(|at| at.latitude < FAR_NORTH));
            MapView::Around(within.map(|place| site(&place.id)).collect())
        }
        Some(place) => MapView::Around(vec![site(&place.id)]),
    }
}

fn per(inhabitants: &Inhabitants, language: Language) -> String {
    let count = language.count(inhabitants.per as usize);
    fill(language.words().selection.per_inhabitants, &[&count])
}

/// What stands in the subtitle in place of the measure alone.
fn what(series: &Series, shown: Shown<'_>) -> String {
    let what = match shown {
        Shown::Numbers => return String::new(),
        Shown::Shares => "per cent of the total".to_owned(),
        Shown::Rates(_, inhabitants) => per(inhabitants, Language::English),
    };
    match (series.measure, series.since) {
        (Measure::Cumulative, Some(since)) => format!("cumulative since {}, {what}", day(since)),
        _ => what,
    }
}

/// The row with the highest rate.
fn highest<'s>(summary: &'s Summary, inhabitants: &Inhabitants) -> Option<(&'s Row, f64)> {
    parts(summary)
        .filter_map(|row| Some((row, inhabitants.rate(row)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))
}

/// The brief with the place of the highest rate, of which the title speaks.
fn with_highest(summary: &Summary, inhabitants: &Inhabitants, brief: &Brief) -> Brief {
    let mut brief = brief.clone();
    if brief.title.is_none() && brief.emphasis.is_empty() {
        let place = highest(summary, inhabitants).and_then(|(row, _)| row.series.location.clone());
        brief.emphasis.extend(place.map(|id| id.to_string()));
    }
    brief
}

/// The place with the highest rate.
fn rate_title(summary: &Summary, inhabitants: &Inhabitants) -> String {
    highest(summary, inhabitants).map_or_else(String::new, |(row, rate)| {
        let rate = if rate >= 10.0 {
            format!("{rate:.0}")
        } else {
            format!("{rate:.1}")
        };
        format!(
            "{} has the most for its size: {rate} {}, as of {}",
            row.location,
            per(inhabitants, Language::English),
            day(row.period.end)
        )
    })
}

/// Says where the inhabitants come from, and which places have none.
fn add_population(
    spec: &mut ChartSpec,
    summary: &Summary,
    (known, inhabitants): (&Figures, &Inhabitants),
) -> Result<(), DepictError> {
    let lines = line::lines(known).map_err(|error| DepictError::Mixed(error.to_string()))?;
    let behind = inhabitants.behind(&summary.rows);
    let points: Vec<(&Line, &Point)> = lines
        .iter()
        .flat_map(|line| line.points.iter().map(move |point| (line, point)))
        .filter(|(_, point)| behind.contains(&point.figure))
        .collect();
    let unknown =
        parts(summary).any(|row| row.quantity.value.is_some() && inhabitants.of(row).is_none());
    if unknown {
        spec.notes
            .push(spec.language.words().selection.no_inhabitants.to_owned());
    }
    if !points.is_empty() {
        let days = words::days_in_words(&points, spec.language);
        let source = words::source(known, &points, spec.language);
        let text = spec.language.words().selection.inhabitants;
        spec.source = fill(text, &[&spec.source, &days, &source]);
        spec.metadata
            .push(("population".to_owned(), ids::to_text(behind)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Look, Size, lint, render_svg};

    fn map(places: &[(&str, f64)], style: MapStyle, region: Option<&str>) -> ChartSpec {
        let place_of = |id: &str| place::place(&PlaceId::new(id)).unwrap();
        let places = places.iter().map(|(id, value)| MapPlace {
            label: place_of(id).name.to_owned(),
            site: site(&PlaceId::new(*id)),
            value: Some(*value),
            ..MapPlace::default()
        });
        let origin = MapOrigin {
            label: "Ukraine".to_owned(),
            site: site(&PlaceId::new("UKR")),
        };
        ChartSpec {
            kind: ChartKind::Map(MapChart {
                atlas: Arc::clone(&ATLAS),
                style,
                places: places.collect(),
                origin: Some(origin),
                view: view(region.map(place_of)),
                values: ValueKind::Count,
                unit: "crossings".to_owned(),
            }),
            title: "Most of those who fled went to Poland".to_owned(),
            subtitle: "Border crossings from Ukraine, crossings, 8 March 2022".to_owned(),
            notes: Vec::new(),
            source: "UNHCR, 9 March 2022".to_owned(),
            alt: String::new(),
            size: Size::ARTICLE,
            look: Look::Light,
            language: Language::English,
            metadata: vec![("entry".to_owned(), "1".to_owned())],
        }
    }

    /// UNHCR Operational Data Portal, 8 March 2022.
    const MARCH: [(&str, f64); 8] = [
        ("POL", 1_412_503.0),
        ("group:other-european-countries", 258_844.0),
        ("HUN", 214_160.0),
        ("SVK", 165_199.0),
        ("RUS", 97_098.0),
        ("ROU", 84_671.0),
        ("MDA", 82_762.0),
        ("BLR", 765.0),
    ];

    #[test]
    fn real_lands_are_mapped_without_findings() {
        for style in [MapStyle::Symbols, MapStyle::Flow] {
            for region in [
                None,
                Some("m49:150"),
                Some("m49:001"),
                Some("m49:142"),
                Some("UKR"),
            ] {
                let spec = map(&MARCH, style, region);
                let svg = render_svg(&spec).unwrap();
                assert_eq!(lint(&spec, &svg).unwrap(), [], "{style:?} {region:?}");
                assert!(svg.contains("Other European"), "{region:?}");
                assert!(svg.len() < 400_000, "{} {region:?}", svg.len());
            }
        }
    }

    #[test]
    fn the_pacific_and_the_far_east_are_whole() {
        for places in [
            [("FJI", 3.0), ("TON", 2.0), ("RUS", 1.0)],
            [("USA", 3.0), ("RUS", 2.0), ("NZL", 1.0)],
        ] {
            let spec = map(&places, MapStyle::Symbols, Some("m49:001"));
            let svg = render_svg(&spec).unwrap();
            assert_eq!(lint(&spec, &svg).unwrap(), []);
        }
    }
}
