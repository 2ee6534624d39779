//! What figures are read from prose: whole texts with all their figures, and each trap of numbers alone.

use humstat::text::{Candidate, Document, Field, Given, read};

const TEXTS: &str = include_str!("../fixtures/prose/figures.txt");

/// The candidates of a text, in the order of its words.
fn figures(day: &str, headline: &str, body: &str) -> Vec<Candidate> {
    let document = Document {
        title: Some(headline.to_owned()).filter(|text| !text.is_empty()),
        body: body.to_owned(),
        published: day.parse().ok(),
        ..Document::default()
    };
    let mut out = read(&document, &Given::default());
    out.sort_by_key(|candidate| candidate.number);
    out
}

/// The candidates of a sentence without a headline.
fn of(body: &str) -> Vec<Candidate> {
    figures("2024-03-20", "", body)
}

/// The words of all numbers that are read as figures.
fn words(body: &str) -> Vec<String> {
    of(body)
        .into_iter()
        .map(|candidate| candidate.text)
        .collect()
}

fn number(candidate: &Candidate) -> String {
    let quantity = &candidate.quantity;
    match (quantity.value, quantity.low, quantity.high) {
        (Some(value), _, _) => value.to_string(),
        (None, Some(low), Some(high)) => format!("{low}..{high}"),
        _ => "-".to_owned(),
    }
}

fn status(candidate: &Candidate) -> &'static str {
    if candidate.denied {
        "denied"
    } else {
        candidate.quantity.status.code()
    }
}

/// A candidate as `figures.txt` writes it.
fn line(candidate: &Candidate) -> String {
    let place = |place: &Option<humstat::figure::PlaceId>| {
        place
            .as_ref()
            .map_or_else(|| "-".to_owned(), |place| place.as_str().to_owned())
    };
    [
        candidate.text.clone(),
        number(candidate),
        candidate.quantity.qualifier.code().to_owned(),
        candidate
            .indicator
            .clone()
            .unwrap_or_else(|| "other".to_owned()),
        place(&candidate.origin),
        place(&candidate.location),
        status(candidate).to_owned(),
        candidate.claimant.clone().unwrap_or_else(|| "-".to_owned()),
    ]
    .join(" | ")
}

#[test]
fn whole_texts_give_their_figures() {
    let mut texts = 0;
    for text in TEXTS.split("\n== ").skip(1) {
        let (head, rest) = text.split_once('\n').expect("a headline and a body");
        let (day, headline) = head.split_once(" | ").expect("a day and a headline");
        let (expected, body): (Vec<&str>, Vec<&str>) =
            rest.lines().partition(|line| line.starts_with("-- "));
        let expected: Vec<&str> = expected.iter().map(|line| &line[3..]).collect();
        let found: Vec<String> = figures(day, headline, body.join("\n").trim_end())
            .iter()
            .map(line)
            .collect();
        assert_eq!(found, expected, "{headline}");
        texts += 1;
    }
    assert_eq!(texts, 15);
}

#[test]
fn what_counts_nobody_is_no_figure() {
    for text in [
        "In 2019 the camp was opened, on 14 March 2020 it was closed.",
        "A 14-year-old boy and a three-year-old girl were hurt.",
        "The doctor, 34, said that the wounded had been hurt at night.",
        "Children between the ages of 6 and 14 are in need.",
        "Some 40 per cent of the displaced are children; 12% are older.",
        "Two-thirds of the injured are women.",
        "This is one of the worst crises, and no one was spared.",
        "The third attack killed nobody.",
        "Resolution No. 1 of the council condemned the killing.",
        "The blast killed livestock 12 kilometres away.",
        "Prices of food for the displaced rose by five and seven per cent.",
        "There are two doctors per 1,000 people in need.",
        "The survey asked 15,000 respondents about the displaced.",
        "A family in need pays US$ 64 for water.",
        "Some 2,000 schools and 12 villages were affected.",
        "Health workers need 10 million doses.",
    ] {
        assert_eq!(words(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn numbers_are_read_as_they_are_written() {
    for (text, expected) in [
        ("Some 12 000 people were displaced in Mali.", "12000"),
        ("7 lakh people were displaced in India.", "700000"),
        (
            "2.1 to 3 million people are displaced in Yemen.",
            "2100000..3000000",
        ),
        (
            "Between 900,000 and 1 million people are displaced in Yemen.",
            "900000..1000000",
        ),
        (
            "One hundred and thirty-five people were killed in Mali.",
            "135",
        ),
        ("Half a million people fled Mali.", "500000"),
        (
            "Tens of thousands of people were displaced in Mali.",
            "20000..99999",
        ),
        ("One woman was killed in Mali.", "1"),
        ("The authorities report 1,343 deaths in Mali.", "1343"),
    ] {
        let found: Vec<String> = of(text).iter().map(number).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn qualifiers_stay_as_they_are_said() {
    for (text, expected) in [
        ("At least 12 people were killed in Mali.", "at_least"),
        ("More than 12 people were killed in Mali.", "more_than"),
        ("The death toll in Mali passed 41,000.", "more_than"),
        ("As many as 12 people were killed in Mali.", "at_most"),
        ("Fewer than 12 people were killed in Mali.", "fewer_than"),
        ("Nearly 1,200 people were killed in Mali.", "about"),
        ("12 people were killed in Mali.", "exact"),
    ] {
        let found: Vec<&str> = of(text)
            .iter()
            .map(|candidate| candidate.quantity.qualifier.code())
            .collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn money_is_asked_for_or_received() {
    let found = of("The agency requires $214.8 million and has received $21.5 million.");
    let indicators: Vec<_> = found
        .iter()
        .map(|candidate| candidate.indicator.as_deref())
        .collect();
    assert_eq!(
        indicators,
        [Some("funding_required"), Some("funding_received")]
    );
    assert_eq!(found[0].unit.code(), "usd");
}

#[test]
fn a_predicate_may_hold_two_counts() {
    let found =
        of("The shelling killed 12 people and injured 30 in Mali, and 14 were wounded in Niger.");
    let pairs: Vec<_> = found
        .iter()
        .map(|candidate| (number(candidate), candidate.indicator.as_deref()))
        .collect();
    assert_eq!(
        pairs,
        [
            ("12".to_owned(), Some("killed")),
            ("30".to_owned(), Some("injured")),
            ("14".to_owned(), Some("injured")),
        ]
    );
}

#[test]
fn since_a_day_and_in_the_past_day_differ() {
    let found = of(
        "Since 1 January, 1,200 people have been killed in Mali, where 300 were killed in the past 24 hours.",
    );
    let measures: Vec<_> = found
        .iter()
        .map(|candidate| candidate.measure.code())
        .collect();
    assert_eq!(measures, ["cumulative", "flow"]);
}

#[test]
fn what_is_denied_or_expected_is_no_observation() {
    for (text, expected) in [
        (
            "The army denied that 1,100 people had been killed in Mali.",
            "denied",
        ),
        (
            "Up to 1,100 people could be displaced in Mali.",
            "projected",
        ),
        (
            "UNHCR fears that 650,000 people will be displaced in Mali.",
            "projected",
        ),
        (
            "The plan aims to reach 1.2 million people in Mali.",
            "planned",
        ),
        (
            "An estimated 1,100 people were displaced in Mali.",
            "estimated",
        ),
        ("In Mali 1,100 people were displaced.", "observed"),
    ] {
        let found: Vec<&str> = of(text).iter().map(status).collect();
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn parts_know_their_whole_and_repeats_what_they_repeat() {
    let found = of(
        "The attack in Mali killed 86 people, including 30 children.\n\nThe attack in Mali has displaced 4,300 people. Some 4,300 people were displaced in Mali, the mayor said.",
    );
    let links: Vec<_> = found
        .iter()
        .map(|candidate| (number(candidate), candidate.part_of, candidate.repeats))
        .collect();
    assert_eq!(
        links,
        [
            ("86".to_owned(), None, None),
            ("30".to_owned(), Some(0), None),
            ("4300".to_owned(), None, None),
            ("4300".to_owned(), None, Some(2)),
        ]
    );
}

#[test]
fn what_is_inherited_is_marked() {
    let found = figures(
        "2024-03-20",
        "Mali: floods",
        "The floods have killed 86 people.",
    );
    assert_eq!(found[0].inherited, [Field::Location]);
    let found = figures(
        "2024-03-20",
        "",
        "The floods in Mali have killed 86 people.",
    );
    assert_eq!(found[0].inherited, []);
}

/// Where a text's candidates are: the country and the narrower name.
fn places(body: &str) -> Vec<(String, Option<String>)> {
    of(body)
        .into_iter()
        .map(|candidate| {
            let place = candidate.location.or(candidate.origin);
            let country = place.map_or_else(|| "-".to_owned(), |place| place.as_str().to_owned());
            (country, candidate.within)
        })
        .collect()
}

#[test]
fn an_area_means_its_country_where_no_other_has_its_name() {
    for (text, country, within) in [
        (
            "Some 900 people were evacuated in West Java.",
            "IDN",
            Some("West Java"),
        ),
        (
            "In Sindh, Pakistan, 900 people were displaced.",
            "PAK",
            Some("Sindh"),
        ),
        (
            "Niger State: 900 people displaced.",
            "NGA",
            Some("Niger State"),
        ),
        ("In the Sahel, 900 people are displaced.", "m49:002", None),
        // Names that several countries have.
        ("Floods in Punjab displaced 900 people.", "-", None),
        (
            "Floods in Punjab province displaced 900 people.",
            "PAK",
            Some("Punjab"),
        ),
        (
            "Floods in Punjab displaced 900 people. India sent tents.",
            "IND",
            Some("Punjab"),
        ),
        (
            "India and Pakistan sent tents. In Punjab, 900 people were displaced.",
            "-",
            None,
        ),
        (
            "Fires in the state of Victoria destroyed 90 homes.",
            "AUS",
            Some("Victoria"),
        ),
        (
            "Some 900 people were displaced around Lake Victoria.",
            "-",
            None,
        ),
        ("In Beni, 900 people were displaced.", "COD", Some("Beni")),
        (
            "Unas 900 personas fueron evacuadas en el departamento del Huila.",
            "COL",
            Some("Huila"),
        ),
        (
            "Unas 900 personas fueron evacuadas de un puerto chileno.",
            "CHL",
            None,
        ),
        (
            "Environ 900 personnes ont été évacuées dans un village tchadien.",
            "TCD",
            None,
        ),
    ] {
        let expected = (country.to_owned(), within.map(ToOwned::to_owned));
        assert_eq!(places(text), [expected], "{text}");
    }
}

#[test]
fn a_label_says_what_its_number_counts() {
    let text = "Houses destroyed: 310\nDisplaced families: 45\nVillages affected: 12\nPopulation evacuated 900\n";
    let found: Vec<_> = of(text)
        .iter()
        .map(|candidate| {
            (
                number(candidate),
                candidate.indicator.clone(),
                candidate.unit.code(),
            )
        })
        .collect();
    let counted = |number: &str, indicator: Option<&str>, unit| {
        (number.to_owned(), indicator.map(ToOwned::to_owned), unit)
    };
    assert_eq!(
        found,
        [
            counted("310", None, "households"),
            counted("45", Some("displaced"), "households"),
            counted("900", Some("evacuated"), "persons"),
        ]
    );
    assert_eq!(words("310\nhouses\ndestroyed\n"), ["310"]);
}

#[test]
fn words_that_lost_an_accent_are_known() {
    let found = of(
        "En la regi\u{fffd}n de Tarapac\u{fffd}, m\u{fffd}s de 2 mil viviendas tienen da\u{fffd}os y 40 fueron destruidas.",
    );
    let found: Vec<_> = found.iter().map(number).collect();
    assert_eq!(found, ["40"]);
    let found = of("En Tarapac\u{fffd} hay m\u{fffd}s de 2 mil viviendas con da\u{fffd}os.");
    assert_eq!(found[0].quantity.qualifier.code(), "more_than");
    assert_eq!(
        found[0]
            .location
            .as_ref()
            .map(humstat::figure::PlaceId::as_str),
        Some("CHL")
    );
    // An apostrophe may be lost as well.
    let found = of("The camp\u{fffd}s 900 refugees were evacuated in Cote d\u{fffd}Ivoire.");
    assert_eq!(
        found[0]
            .location
            .as_ref()
            .map(humstat::figure::PlaceId::as_str),
        Some("CIV")
    );
}

#[test]
fn who_may_be_evacuated_is_planned_to_be() {
    for text in [
        "Some 900 families who live near the volcano, in the west, may be evacuated.",
        "Unas 900 familias que viven cerca del volcán, en el oeste, pueden ser evacuadas.",
    ] {
        let found: Vec<&str> = of(text).iter().map(status).collect();
        assert_eq!(found, ["planned"], "{text}");
    }
}

#[test]
fn the_weightiest_comes_first() {
    let mut found = of(
        "In Mali, 15 people were injured, 91 homes damaged and six homes destroyed. Some 700 people were affected, and of 300 displaced, 120 were children.",
    );
    found.sort_by_key(Candidate::order);
    let found: Vec<_> = found.iter().map(number).collect();
    assert_eq!(found, ["300", "120", "6", "91", "700", "15"]);
}

#[test]
fn a_span_of_months_ends_after_it_begins_also_where_its_end_has_not_come() {
    for (day, words, expected) in [
        ("2003-03-31", "from March to May", "2003-03-01 2003-05-31"),
        (
            "2003-01-20",
            "from November to February",
            "2002-11-01 2003-02-28",
        ),
        ("2003-06-20", "from March to May", "2003-03-01 2003-05-31"),
    ] {
        let body = format!("Some 4,000 people were killed in Sudan {words}, UNHCR said.");
        let found = figures(day, "Sudan", &body);
        assert_eq!(found.len(), 1, "{words} on {day}");
        for candidate in found {
            let days = [candidate.period_start, candidate.period_end];
            let days = days.map(|day| day.map_or_else(String::new, |day| day.to_string()));
            assert_eq!(days.join(" "), expected, "{words} on {day}");
        }
    }
}

#[test]
fn a_sentence_that_is_cut_in_the_midst_of_a_number_holds_all_of_it() {
    for words in 280..300 {
        let body = format!(
            "{} between 10 and 72 people were killed in Sudan",
            "and so on, ".repeat(words / 4) + &"so ".repeat(words % 4)
        );
        for candidate in figures("2024-03-20", "", &body) {
            let (number, sentence) = (candidate.number, candidate.sentence);
            assert!(
                sentence.begin <= number.begin && number.end <= sentence.end,
                "{candidate:?}"
            );
        }
    }
}

/// A date that is used as the end of another's time and lies before it.
#[test]
fn days_that_contradict_each_other_say_nothing() {
    let body = "2022-3-8 to midnight on 7 March 2022 4 killed";
    let found = figures("2022-03-09", "Ukraine", body);
    assert!(!found.is_empty());
    for candidate in found {
        assert_eq!(
            (candidate.period_start, candidate.period_end),
            (None, None),
            "{candidate:?}"
        );
    }
    let body = "From 7 March 2022 to midnight on 8 March 2022, 4 people were killed.";
    let found = figures("2022-03-09", "Ukraine", body);
    assert_eq!(found[0].period_end.unwrap().to_string(), "2022-03-08");
}
