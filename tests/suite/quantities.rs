//! Quantities in text: numbers of every way of writing, their values, and what is no quantity.

use humstat::text::quantities;

/// The quantities of a text in a language as one reads them: qualifier, number, unit, and value in brackets.
pub fn found(text: &str, language: &str) -> Vec<String> {
    quantities(text, Some(language))
        .iter()
        .map(|found| {
            let json = serde_json::to_value(found).unwrap();
            let words = |name: &str| json[name]["text"].as_str().map(ToOwned::to_owned);
            let value = match (&json["value"], &json["low"], &json["high"]) {
                (serde_json::Value::Null, serde_json::Value::Null, _) => "?".to_owned(),
                (serde_json::Value::Null, low, high) => format!("{low}..{high}"),
                (value, ..) => value.to_string(),
            };
            let parts = [words("qualifier"), words("quantity"), words("unit")];
            let said: Vec<String> = parts.into_iter().flatten().collect();
            format!("{} = {value}", said.join(" | "))
        })
        .collect()
}

/// Asserts what the quantities of texts are.
pub fn read(language: &str, texts: &[(&str, &[&str])]) {
    for (text, expected) in texts {
        assert_eq!(found(text, language), *expected, "{text}");
    }
}

#[test]
fn digits_of_every_convention() {
    read(
        "en",
        &[
            ("836,000 people", &["836,000 | people = 836000"]),
            ("12 000 people", &["12 000 | people = 12000"]),
            ("12\u{a0}000 people", &["12\u{a0}000 | people = 12000"]),
            ("12\u{202f}000 people", &["12\u{202f}000 | people = 12000"]),
            ("1.234.567 people", &["1.234.567 | people = 1234567"]),
            ("1’234’567 people", &["1’234’567 | people = 1234567"]),
            ("1,24,053 people", &["1,24,053 | people = 124053"]),
            ("1,24,053 crore", &["1,24,053 crore = 1240530000000"]),
            ("2.7 million people", &["2.7 million | people = 2700000"]),
            ("4.25 million people", &["4.25 million | people = 4250000"]),
            ("12.5 hectares", &["12.5 | hectares = 12.5"]),
            ("1,234.5 hectares", &["1,234.5 | hectares = 1234.5"]),
            ("٤٢ people", &["٤٢ | people = 42"]),
        ],
    );
}

#[test]
fn scales() {
    read(
        "en",
        &[
            ("3 hundred people", &["3 hundred | people = 300"]),
            ("40 thousand people", &["40 thousand | people = 40000"]),
            ("4 million people", &["4 million | people = 4000000"]),
            ("40-million people", &["40-million | people = 40000000"]),
            ("1.1 billion people", &["1.1 billion | people = 1100000000"]),
            (
                "2 trillion people",
                &["2 trillion | people = 2000000000000"],
            ),
            ("7 lakh people", &["7 lakh | people = 700000"]),
            ("1.5 crore people", &["1.5 crore | people = 15000000"]),
            ("120k people", &["120k | people = 120000"]),
            ("2.3m people", &["2.3m | people = 2300000"]),
            ("$54m", &["54m | $ = 54000000"]),
            ("$1.2bn", &["1.2bn | $ = 1200000000"]),
            // Metres, and no millions.
            ("500m from the border", &["500 | m = 500"]),
        ],
    );
}

#[test]
fn number_words() {
    read(
        "en",
        &[
            (
                "two hundred and thirty-four people",
                &["two hundred and thirty-four | people = 234"],
            ),
            ("twenty-five people", &["twenty-five | people = 25"]),
            (
                "six hundred and seventy-eight people",
                &["six hundred and seventy-eight | people = 678"],
            ),
            (
                "one million two hundred thousand people",
                &["one million two hundred thousand | people = 1200000"],
            ),
            (
                "half a million people",
                &["half a million | people = 500000"],
            ),
            (
                "two and a half million people",
                &["two and a half million | people = 2500000"],
            ),
            ("a dozen people", &["a dozen | people = 12"]),
            ("two dozen people", &["two dozen | people = 24"]),
            ("a million people", &["a million | people = 1000000"]),
            // A number said twice is told twice.
            (
                "thirteen (13) people",
                &["thirteen | people = 13", "13 | people = 13"],
            ),
        ],
    );
}

#[test]
fn ranges_and_lists_share_a_scale() {
    read(
        "en",
        &[
            (
                "2.1 to 3 million people",
                &["2.1 | people = 2100000", "3 million | people = 3000000"],
            ),
            (
                "between 2 and 3 million people",
                &[
                    "between | 2 | people = 2000000",
                    "between | 3 million | people = 3000000",
                ],
            ),
            (
                "2-3 million people",
                &[
                    "2-3 million | people = 2000000..3000000",
                    "2 | people = 2000000",
                    "3 million | people = 3000000",
                ],
            ),
            (
                "20–40 people",
                &[
                    "20–40 | people = 20..40",
                    "20 | people = 20",
                    "40 | people = 40",
                ],
            ),
            // A change is no range.
            (
                "from 39 to 12 people",
                &["39 | people = 39", "12 | people = 12"],
            ),
        ],
    );
}

#[test]
fn fractions_shares_ratios_and_multiples() {
    read(
        "en",
        &[
            (
                "one-quarter of households",
                &["one-quarter | households = 0.25"],
            ),
            ("half of the households", &["half | households = 0.5"]),
            ("a third of households", &["third | households = ?"]),
            ("40 per cent of children", &["40 per cent | children = 40"]),
            ("7.5% of children", &["7.5% | children = 7.5"]),
            (
                "six out of 15 districts",
                &[
                    "six out of 15 | districts = 6..15",
                    "six | districts = 6",
                    "15 | districts = 15",
                ],
            ),
            ("a ratio of 2.6:1", &["2.6:1 = 2.6..1"]),
            ("a share of 50:50", &["50:50 = 50..50"]),
        ],
    );
}

#[test]
fn vague_sizes_have_bounds() {
    read(
        "en",
        &[
            (
                "tens of thousands of people",
                &["tens of thousands | people = 20000..99999"],
            ),
            ("hundreds of people", &["hundreds | people = 200..999"]),
            ("dozens of people", &["dozens | people = 24..99"]),
            (
                "several thousand people",
                &["several thousand | people = 3000..9999"],
            ),
        ],
    );
}

#[test]
fn qualifiers() {
    read(
        "en",
        &[
            ("about 500 people", &["about | 500 | people = 500"]),
            ("approx. 500 people", &["approx. | 500 | people = 500"]),
            ("around G$63,033", &["around | 63,033 | $ = 63033"]),
            (
                "more than a third of homes",
                &["more than | third | homes = ?"],
            ),
            ("up to 500 people", &["up to | 500 | people = 500"]),
            ("500 people or more", &["500 | people = 500"]),
            ("60+ people", &["60+ | people = 60"]),
            // What is below is the average.
            ("below the five-year average", &["five | year = 5"]),
        ],
    );
}

#[test]
fn what_is_no_quantity() {
    let none: &[&str] = &[];
    for text in [
        "in 2022 there was war",
        "on 24 February 2022",
        "on 10-23 may, 2021",
        "2022-03-04",
        "from 2015-2019",
        "an attack at 8:30 and at 9am",
        "see No. 1 and page 12",
        "COVID-19 and COVID- 19",
        "see section 4.2",
        "on the 25th day",
        "call +41 22 739 8111 or 0227398111",
        "children under five were vaccinated",
        "children under the age of 10",
        "children aged 6-59 months",
        "children of 6-59 months were screened",
        "phases 3, 4 and 5",
        "grades 9 and 12 certificates",
        "one of the main reasons",
        "one to one interviews",
        "one or more reasons",
        "the areas are: 1. Surgery; 2. Drugs; 3. Tests",
        "the donor and Organization 2 was selected",
        "CHIEF 24/7 on duty",
    ] {
        assert_eq!(found(text, "en"), none, "{text}");
    }
}

#[test]
fn stretches_count_code_points() {
    let text = "Ça — «дім» 🏚️ : plus ’️\u{301} around 1\u{202f}200 naïve people, ٣٤٥ homes";
    let all = quantities(text, Some("en"));
    let texts: Vec<&str> = all
        .iter()
        .map(|found| found.quantity.text.as_str())
        .collect();
    assert_eq!(texts, ["1\u{202f}200", "٣٤٥"]);
    for found in &all {
        let parts = [
            Some(&found.quantity),
            found.qualifier.as_ref(),
            found.unit.as_ref(),
        ];
        for words in parts.into_iter().flatten() {
            assert_eq!(words.stretch.of(text), words.text);
        }
    }
}
