//! Numbers of drafts against a small record.

use std::sync::Arc;

use super::*;
use crate::figure::{Absence, Breakdown, PlaceId, Publication, Quantity, Scope, Unit, Version};
use crate::ledger::{FigureId, PublicationRecord};
use crate::text::Stretch;

fn series(indicator: &str, location: &str, measure: Measure) -> Series {
    Series {
        claimant: "UNHCR".into(),
        channel: "unhcr/odp".into(),
        indicator: indicator.into(),
        measure,
        unit: Unit::Persons,
        origin: Some(PlaceId::new("UKR")),
        location: Some(PlaceId::new(location)),
        since: None,
        breakdown: Breakdown::all(),
    }
}

fn row(id: i64, series: usize, day: &str, published: &str, quantity: &str) -> FigureRow {
    FigureRow {
        id: FigureId(id),
        series,
        publication: 0,
        entry: 1,
        period: day.parse().unwrap(),
        version: published.parse().unwrap(),
        quantity: quantity.parse().unwrap(),
        source_row: None,
        notes: None,
        revises: false,
        confirmed: false,
        retracted: None,
    }
}

/// Two days of refugees in Poland, the second revised; deaths as a flow, of which at least 14 are known.
fn figures() -> Figures {
    let published: Version = "2022-03-09".parse().unwrap();
    Figures {
        series: Arc::new(vec![
            series("refugees", "POL", Measure::Stock),
            series("killed", "UKR", Measure::Flow),
        ]),
        publications: Arc::new(vec![PublicationRecord {
            id: 1,
            entry: 1,
            publication: Publication {
                channel: "unhcr/odp".to_owned(),
                title: "A table".to_owned(),
                url: None,
                published: Some(published),
                retrieved: None,
                relayed_by: Vec::new(),
                licence: None,
                attribution: None,
                notes: None,
                scope: Scope::default(),
                absence: Absence::Unchanged,
            },
            version: published,
        }]),
        rows: vec![
            row(1, 0, "2022-03-02", "2022-03-03", "453,000"),
            row(2, 0, "2022-03-08", "2022-03-09", "1,204,403"),
            row(3, 0, "2022-03-08", "2022-03-12", "1,210,118"),
            row(4, 1, "2022-03-01", "2022-03-03", "at least 14"),
        ],
        ..Figures::default()
    }
}

/// What a draft says: words of the number, what is counted where, and of which day.
fn judged(
    said: &str,
    indicator: Option<&str>,
    place: Option<&str>,
    day: Option<&str>,
) -> (DraftFinding, Option<i64>, Option<i64>) {
    let candidate = Candidate {
        number: Stretch { begin: 0, end: 0 },
        text: said.to_owned(),
        qualifier_text: None,
        quantity: said.parse::<Quantity>().unwrap(),
        denied: false,
        indicator: indicator.map(ToOwned::to_owned),
        unit: Unit::Persons,
        unit_text: None,
        measure: if indicator == Some("killed") {
            Measure::Flow
        } else {
            Measure::Stock
        },
        breakdown: Breakdown::all(),
        origin: place.map(|_| PlaceId::new("UKR")),
        within: None,
        location: place.map(PlaceId::new),
        since: None,
        period_start: day.map(|day| day.parse().unwrap()),
        period_end: day.map(|day| day.parse().unwrap()),
        claimant: None,
        relayed_by: Vec::new(),
        sentence: Stretch { begin: 0, end: 0 },
        part_of: None,
        repeats: None,
        inherited: Vec::new(),
        unclear: Vec::new(),
        rules: Vec::new(),
        confidence: 90,
    };
    let (document, figures) = (Document::default(), figures());
    let candidates = [candidate];
    let found = check(&document, &candidates, &figures);
    let [one] = found.as_slice() else {
        panic!("{} findings", found.len());
    };
    (
        one.finding,
        one.figure.map(|row| row.id.0),
        one.newest.map(|row| row.id.0),
    )
}

#[test]
fn a_number_is_found_as_it_was_recorded_or_rightly_rounded() {
    use DraftFinding::{AsRecorded, QualifierLost};
    let refugees = |said| judged(said, Some("refugees"), Some("POL"), None);
    assert_eq!(refugees("1,210,118"), (AsRecorded, Some(3), Some(3)));
    assert_eq!(
        refugees("about 1.2 million"),
        (AsRecorded, Some(3), Some(3))
    );
    assert_eq!(
        refugees("more than 1.2 million"),
        (AsRecorded, Some(3), Some(3))
    );
    assert_eq!(refugees("1.2 million"), (QualifierLost, Some(3), Some(3)));
    assert_eq!(judged("1,210,118", None, None, None).0, AsRecorded);
}

#[test]
fn a_number_with_a_newer_version_or_a_later_day_is_superseded() {
    use DraftFinding::{AsRecorded, Superseded};
    let refugees = |said, day| judged(said, Some("refugees"), Some("POL"), day);
    assert_eq!(refugees("1,204,403", None), (Superseded, Some(2), Some(3)));
    assert_eq!(
        refugees("1,204,403", Some("2022-03-08")),
        (Superseded, Some(2), Some(3))
    );
    assert_eq!(refugees("453,000", None), (Superseded, Some(1), Some(3)));
    assert_eq!(
        refugees("453,000", Some("2022-03-02")),
        (AsRecorded, Some(1), Some(1))
    );
}

#[test]
fn a_number_that_loses_its_qualifier_is_told() {
    use DraftFinding::{AsRecorded, Contradicted, QualifierLost};
    let killed = |said| judged(said, Some("killed"), Some("UKR"), Some("2022-03-01"));
    assert_eq!(killed("14"), (QualifierLost, Some(4), Some(4)));
    assert_eq!(killed("at least 14"), (AsRecorded, Some(4), Some(4)));
    assert_eq!(killed("15"), (Contradicted, Some(4), Some(4)));
}

#[test]
fn another_number_of_the_same_thing_contradicts_and_one_of_another_thing_does_not() {
    use DraftFinding::{Contradicted, Unknown};
    let found = judged("950,000", Some("refugees"), Some("POL"), None);
    assert_eq!(found, (Contradicted, Some(3), Some(3)));
    for (said, indicator, place, day) in [
        ("950,000", Some("refugees"), Some("HUN"), None),
        ("950,000", Some("refugees"), None, None),
        ("950,000", Some("refugees"), Some("POL"), Some("2022-05-01")),
        ("950,000", Some("idps"), Some("POL"), None),
        ("950,000", None, None, None),
        // A small number alone could be anything.
        ("14", None, None, None),
    ] {
        assert_eq!(judged(said, indicator, place, day).0, Unknown, "{said}");
    }
}
