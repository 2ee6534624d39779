//! What prose leaves open, or says of a change: it is not read as if it were sure.

use humstat::text::{Candidate, Document, Field, Given, Lack, Prospect, Setting, read};

/// The candidates of a text of 5 March 2024, in order.
fn of(language: &str, body: &str) -> Vec<Candidate> {
    let document = Document {
        body: body.to_owned(),
        published: "2024-03-05".parse().ok(),
        language: Some(language.to_owned()),
        ..Document::default()
    };
    let mut out = read(&document, &Given::default());
    out.sort_by_key(|candidate| candidate.number);
    out
}

fn prospect(candidate: &Candidate) -> Prospect {
    let setting = Setting {
        channel: "press/x",
        source: Some("UNHCR"),
        relayed_by: &[],
        published: "2024-03-05".parse().ok(),
    };
    Prospect::of(candidate, &setting)
}

/// What a candidate needs, its claimant being given.
fn lacks(candidate: &Candidate) -> Vec<Lack> {
    prospect(candidate).lacks()
}

fn number(candidate: &Candidate) -> String {
    candidate.quantity.to_string()
}

fn numbers(language: &str, body: &str) -> Vec<String> {
    of(language, body).iter().map(number).collect()
}

#[test]
fn the_day_that_a_total_counts_from_is_not_that_of_what_was_added() {
    for body in [
        "12 people were killed in Gaza, bringing the total to 30,534 since 7 October 2023.",
        "12 people were killed in Gaza, UNHCR said, bringing the number of people killed to 30,534 since 7 October 2023.",
        "12 people were killed in Gaza on Monday, bringing the death toll since 7 October 2023 to 30,534.",
        "12 people were killed in Gaza on Monday, and 30,534 people have been killed there since 7 October 2023.",
    ] {
        let found = of("en", body);
        let told: Vec<_> = found
            .iter()
            .map(|candidate| {
                let since = candidate.since.map(|since| since.to_string());
                (number(candidate), candidate.measure.code(), since)
            })
            .collect();
        let since = Some("2023-10-07".to_owned());
        let expected = [
            ("12".to_owned(), "flow", None),
            ("30,534".to_owned(), "cumulative", since),
        ];
        assert_eq!(told, expected, "{body}");
        assert!(found[1].confidence >= 85, "{} {body}", found[1].confidence);
        assert_eq!(lacks(&found[1]), [], "{body}");
    }
    // Of two counts of one list, the day is of both.
    for body in [
        "30,534 people were killed and 71,920 injured in Gaza since 7 October 2023.",
        "In Gaza, 90 women and 40 men were killed since 7 October 2023.",
        "90 people were killed in Mali and 40 in Niger since 7 October 2023.",
    ] {
        for candidate in of("en", body) {
            assert!(candidate.since.is_some(), "{} {body}", candidate.text);
        }
    }
}

#[test]
fn what_was_added_to_a_total_is_no_stock() {
    let found = of(
        "en",
        "5,000 refugees came to Chad, bringing the total to 50,000.",
    );
    let told: Vec<_> = found
        .iter()
        .map(|candidate| (number(candidate), candidate.measure.code()))
        .collect();
    assert_eq!(
        told,
        [("5,000".to_owned(), "flow"), ("50,000".to_owned(), "stock")]
    );
}

#[test]
fn a_low_end_that_may_be_in_thousands_is_unclear() {
    for body in [
        "Between 10 and 12,000 people were displaced in Mali.",
        "Some 10 to 12,000 people were displaced in Mali.",
        "10-12,000 people were displaced in Mali.",
    ] {
        let found = of("en", body);
        assert_eq!(found.len(), 1, "{body}");
        assert_eq!(found[0].unclear, [Field::Number], "{body}");
        assert!(found[0].confidence < 60, "{body}");
        assert_eq!(lacks(&found[0]), [Lack::LowEnd], "{body}");
        let mut told = prospect(&found[0]);
        let value = ("value".to_owned(), "between 10,000 and 12,000".to_owned());
        told.set(&[value]).expect("a number");
        assert_eq!(told.lacks(), [], "{body}");
    }
    for (body, expected) in [
        (
            "2 to 3 thousand people were displaced in Mali.",
            "between 2,000 and 3,000",
        ),
        (
            "Two to three thousand people were displaced in Mali.",
            "between 2,000 and 3,000",
        ),
        (
            "Between 500 and 2,000 people were displaced in Mali.",
            "between 500 and 2,000",
        ),
        (
            "Between 10,000 and 12,000 people were displaced in Mali.",
            "between 10,000 and 12,000",
        ),
    ] {
        let found = of("en", body);
        assert_eq!(
            found.iter().map(number).collect::<Vec<_>>(),
            [expected],
            "{body}"
        );
        assert_eq!(found[0].unclear, [], "{body}");
    }
}

#[test]
fn a_difference_is_no_figure() {
    for (language, body) in [
        (
            "en",
            "In Mali there were 20,000 fewer refugees than a year before.",
        ),
        (
            "en",
            "Some 20,000 more refugees live in Mali than a year before.",
        ),
        ("en", "The number of refugees in Mali is up by 20,000."),
        (
            "en",
            "The number of refugees in Mali rose again by more than 20,000.",
        ),
        (
            "en",
            "The number of refugees in Mali fell some 20,000 in a year.",
        ),
        (
            "en",
            "The number of refugees in Mali, down 20,000 from May, is not known.",
        ),
        (
            "en",
            "An increase of about 20,000 refugees was seen in Mali.",
        ),
        (
            "en",
            "Refugees in Mali decreased by between 20,000 and 25,000.",
        ),
        ("es", "La cifra de refugiados en Malí aumentó en 20.000."),
        ("es", "Hay 20.000 refugiados menos en Malí."),
        ("fr", "Le nombre de réfugiés au Mali a augmenté de 20 000."),
        ("fr", "On compte 20 000 réfugiés de moins au Mali."),
    ] {
        assert_eq!(numbers(language, body), Vec::<String>::new(), "{body}");
    }
    for (body, expected) in [
        (
            "The number of refugees in Mali rose by 20,000 to 50,000.",
            "50,000",
        ),
        ("Another 12 people were killed in Mali.", "12"),
        (
            "12 more people were killed in Mali and no fewer than 300 fled.",
            "12",
        ),
        ("Up to 20,000 refugees live in Mali.", "at most 20,000"),
        (
            "The number of refugees in Mali rose 20,000 to 50,000.",
            "50,000",
        ),
        ("The number of refugees in Mali rose to 50,000.", "50,000"),
    ] {
        let found = numbers("en", body);
        assert_eq!(found.first().map(String::as_str), Some(expected), "{body}");
    }
}

#[test]
fn a_date_that_may_be_read_in_two_ways_is_none() {
    for body in [
        "On 03/04/2024, 12 people were killed in Mali.",
        "On 02-03-2024, 12 people were killed in Mali.",
        "12 people were killed in Mali on 02/03/24.",
    ] {
        let found = of("en", body);
        assert_eq!(found[0].unclear, [Field::Period], "{body}");
        assert_eq!(
            (found[0].period_start, found[0].period_end),
            (None, None),
            "{body}"
        );
        assert!(lacks(&found[0]).contains(&Lack::Date), "{body}");
    }
    let found = of("en", "Since 02/03/2024, 12 people were killed in Mali.");
    assert_eq!(lacks(&found[0]), [Lack::Since]);
    let found = of("en", "As of 02/03/2024, there are 5,000 refugees in Mali.");
    assert_eq!(
        lacks(&found[0]),
        [Lack::Date],
        "no stock of the day of publication"
    );
    for (language, body, day) in [
        (
            "en",
            "On 02/02/2024, 12 people were killed in Mali.",
            "2024-02-02",
        ),
        (
            "en",
            "On 13/02/2024, 12 people were killed in Mali.",
            "2024-02-13",
        ),
        (
            "en",
            "On 02.03.2024, 12 people were killed in Mali.",
            "2024-03-02",
        ),
        (
            "fr",
            "Le 02/03/2024, 12 personnes ont été évacuées au Mali.",
            "2024-03-02",
        ),
        // Another date of the text shows which comes first.
        (
            "en",
            "On 02/03/2024, 12 people were killed in Mali.\n\nThe camp was closed on 13/02/2024.",
            "2024-03-02",
        ),
        (
            "en",
            "On 02/03/2024, 12 people were killed in Mali.\n\nThe camp was closed on 02/13/2024.",
            "2024-02-03",
        ),
    ] {
        let found = of(language, body);
        assert_eq!(found[0].unclear, [], "{body}");
        let end = found[0].period_end.map(|end| end.to_string());
        assert_eq!(end.as_deref(), Some(day), "{body}");
    }
}

#[test]
fn a_date_behind_the_publication_is_doubtful() {
    for body in [
        "On 3 April 2024, 12 people were killed in Mali.",
        "On 2024-04-03, 12 people were killed in Mali.",
        "On 7 March, 12 people were killed in Mali.",
    ] {
        let found = of("en", body);
        assert_eq!(found[0].unclear, [Field::Period], "{body}");
        assert!(lacks(&found[0]).contains(&Lack::Date), "{body}");
        assert!(found[0].confidence < 80, "{body}");
    }
    let found = of("en", "Since 3 April 2024, 12 people were killed in Mali.");
    assert_eq!(lacks(&found[0]), [Lack::Since]);
    // What is expected may well come later, and of a month that is not over only the days until then are told.
    let found = of(
        "en",
        "By 31 December 2024, 12,000 people may be displaced in Mali.",
    );
    assert_eq!(found[0].unclear, []);
    let found = of("en", "12 people were killed in Mali in March 2024.");
    let days =
        [found[0].period_start, found[0].period_end].map(|day| day.map(|day| day.to_string()));
    assert_eq!(
        days,
        [Some("2024-03-01".to_owned()), Some("2024-03-05".to_owned())]
    );
}

/// Origin, location, and the narrower place of the first figure of a text.
fn place(body: &str) -> (String, String, Option<String>) {
    let found = of("en", body);
    let first = found.first().expect("a figure");
    let told = |place: &Option<humstat::figure::PlaceId>, field| {
        let id = place.as_ref().map(|place| place.as_str().to_owned());
        assert!(id.is_none() || !first.unclear.contains(&field), "{body}");
        let unclear = if first.unclear.contains(&field) {
            "several"
        } else {
            "-"
        };
        id.unwrap_or_else(|| unclear.to_owned())
    };
    let (origin, location) = (
        told(&first.origin, Field::Origin),
        told(&first.location, Field::Location),
    );
    (origin, location, first.within.clone())
}

#[test]
fn two_places_together_are_not_the_first_of_them() {
    for (body, origin, location, within) in [
        (
            "There are 5,000 refugees in Niger and Chad.",
            "-",
            "several",
            None,
        ),
        (
            "There are 5,000 refugees in Niger and in eastern Chad.",
            "-",
            "several",
            None,
        ),
        (
            "5,000 refugees from Syria and Iraq arrived in Greece.",
            "several",
            "GRC",
            None,
        ),
        (
            "5,000 Syrian and Iraqi refugees arrived in Greece.",
            "several",
            "GRC",
            None,
        ),
        (
            "5,000 people were displaced in Niger, Chad and Mali.",
            "several",
            "several",
            None,
        ),
        (
            "Floods in Niger and Chad killed 90 people.",
            "-",
            "several",
            None,
        ),
        (
            "Floods in Sindh and Balochistan displaced 900 people in Pakistan.",
            "PAK",
            "PAK",
            None,
        ),
        (
            "900 people were displaced in Sindh and Balochistan.",
            "PAK",
            "PAK",
            Some("Sindh and Balochistan"),
        ),
        (
            "The 5,000 refugees in Niger and Chad have received food.",
            "-",
            "several",
            None,
        ),
        // No lists.
        (
            "12 people were killed in Niger and 14 in Chad.",
            "-",
            "NER",
            None,
        ),
        (
            "5,000 refugees fled from Sudan and arrived in Chad.",
            "SDN",
            "TCD",
            None,
        ),
        (
            "900 people were displaced in Sindh, Pakistan.",
            "PAK",
            "PAK",
            Some("Sindh"),
        ),
        (
            "90 people were killed in Niger, and Chad sent aid.",
            "-",
            "NER",
            None,
        ),
    ] {
        let expected = (
            origin.to_owned(),
            location.to_owned(),
            within.map(ToOwned::to_owned),
        );
        assert_eq!(place(body), expected, "{body}");
    }
    let found = of("en", "There are 5,000 refugees in Niger and Chad.");
    assert_eq!(lacks(&found[0]), [Lack::Location]);
    let mut told = prospect(&found[0]);
    told.set(&[("location".to_owned(), "NER".to_owned())])
        .expect("a place");
    assert_eq!(told.lacks(), []);
    // What its document is about does not fill the gap.
    let document = Document {
        title: Some("Niger: update".to_owned()),
        body: "5,000 people were displaced in Niger and Chad.".to_owned(),
        ..Document::default()
    };
    let found = read(&document, &Given::default());
    assert_eq!((&found[0].location, &found[0].origin), (&None, &None));
}

#[test]
fn millions_and_thousands_are_one_number_and_a_comparison_bounds_none() {
    for (body, expected) in [
        (
            "1 million 200 thousand people were displaced in Mali.",
            "1,200,000",
        ),
        (
            "1 billion 200 million people were displaced.",
            "1,200,000,000",
        ),
        (
            "There were twice as many as the 5,000 people displaced in Mali.",
            "5,000",
        ),
        (
            "That is three times as many as 5,000 people displaced in Mali.",
            "5,000",
        ),
        (
            "As many as 5,000 people were displaced in Mali.",
            "at most 5,000",
        ),
    ] {
        assert_eq!(numbers("en", body), [expected], "{body}");
    }
}

#[test]
fn words_that_are_turned_around_name_who_speaks() {
    for (language, body, claimant) in [
        (
            "es",
            "Hay 5.000 refugiados en Jordania, dijo ACNUR.",
            "UNHCR",
        ),
        (
            "es",
            "Unos 5.000 refugiados viven en Jordania, informó la agencia ACNUR.",
            "UNHCR",
        ),
        (
            "en",
            "There are 5,000 refugees in Jordan, said UNHCR on Monday.",
            "UNHCR",
        ),
        (
            "en",
            "There are 5,000 refugees in Jordan, the ministry of health said.",
            "ministry of health",
        ),
        (
            "en",
            "The health ministry, run by rebels, said Monday 5,000 refugees were in Jordan.",
            "UNHCR",
        ),
    ] {
        let found = of(language, body);
        assert_eq!(found.len(), 1, "{body}");
        let location = found[0]
            .location
            .as_ref()
            .map(humstat::figure::PlaceId::as_str);
        assert_eq!(location, Some("JOR"), "{body}");
        let told = prospect(&found[0]).claimant;
        assert_eq!(told.as_deref(), Some(claimant), "{body}");
    }
}
