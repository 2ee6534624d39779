//! Quantities in French, Spanish, Arabic and Ukrainian, and which language a text is in.

use humstat::text::{document, language_of, quantities};

/// The quantities of a text as one reads them: qualifier, number and unit, then the value or its bounds.
fn found(text: &str, language: Option<&str>) -> Vec<String> {
    quantities(text, language)
        .iter()
        .map(|found| {
            let json = serde_json::to_value(found).unwrap();
            let stretch = &found.quantity.stretch;
            let there: String = text
                .chars()
                .skip(stretch.begin)
                .take(stretch.end - stretch.begin)
                .collect();
            assert_eq!(there, found.quantity.text, "{text}");
            let parts = ["qualifier", "quantity", "unit"];
            let said: Vec<&str> = parts
                .iter()
                .filter_map(|name| json[name]["text"].as_str())
                .collect();
            let value = match (&json["value"], &json["low"], &json["high"]) {
                (serde_json::Value::Null, low, high) => format!("{low}..{high}"),
                (value, ..) => value.to_string(),
            };
            format!("{} = {value}", said.join(" | "))
        })
        .collect()
}

fn read(language: &str, texts: &[(&str, &[&str])]) {
    for (text, expected) in texts {
        assert_eq!(found(text, Some(language)), *expected, "{text}");
    }
}

#[test]
fn all_lexicons_load() {
    // A lexicon that does not fit its form is left out, and its words say nothing.
    read(
        "en",
        &[("two million people", &["two million | people = 2000000"])],
    );
    read(
        "fr",
        &[(
            "deux millions de personnes",
            &["deux millions | personnes = 2000000"],
        )],
    );
    read(
        "es",
        &[(
            "dos millones de personas",
            &["dos millones | personas = 2000000"],
        )],
    );
    read(
        "ar",
        &[("مليونان من الأطفال", &["مليونان | الأطفال = 2000000"])],
    );
    read(
        "uk",
        &[("два мільйони осіб", &["два мільйони | осіб = 2000000"])],
    );
}

#[test]
fn french() {
    read(
        "fr",
        &[
            (
                "plus de 12 000 personnes déplacées",
                &["plus de | 12 000 | personnes déplacées = 12000"],
            ),
            ("1.234.567 habitants", &["1.234.567 | habitants = 1234567"]),
            ("12,345 personnes", &["12,345 | personnes = 12345"]),
            (
                "2,345 millions de personnes",
                &["2,345 millions | personnes = 2345000"],
            ),
            (
                "près de 2,7 millions de réfugiés",
                &["près de | 2,7 millions | réfugiés = 2700000"],
            ),
            (
                "quatre-vingt-dix-sept morts",
                &["quatre-vingt-dix-sept | morts = 97"],
            ),
            ("quatre-vingts maisons", &["quatre-vingts | maisons = 80"]),
            (
                "soixante et onze blessés",
                &["soixante et onze | blessés = 71"],
            ),
            ("dix-sept familles", &["dix-sept | familles = 17"]),
            (
                "deux cent trente-quatre familles",
                &["deux cent trente-quatre | familles = 234"],
            ),
            ("mille personnes", &["mille | personnes = 1000"]),
            (
                "un million et demi de personnes",
                &["un million et demi | personnes = 1500000"],
            ),
            (
                "environ un demi-million de déplacés",
                &["environ | demi-million | déplacés = 500000"],
            ),
            (
                "des dizaines de milliers de personnes",
                &["dizaines de milliers | personnes = 20000..99999"],
            ),
            (
                "jusqu'à 300 personnes",
                &["jusqu'à | 300 | personnes = 300"],
            ),
            (
                "d’environ 500 familles",
                &["environ | 500 | familles = 500"],
            ),
            ("au moins 40 morts", &["au moins | 40 | morts = 40"]),
            ("45 % des ménages", &["45 % | ménages = 45"]),
            (
                "vingt pour cent des femmes",
                &["vingt pour cent | femmes = 20"],
            ),
            (
                "de 2 à 3 millions de personnes",
                &[
                    "2 | personnes = 2000000",
                    "3 millions | personnes = 3000000",
                ],
            ),
            ("le 1er mars 2022, en 2021, à la page 12", &[]),
            ("la 2ème fois, l'an dernier, la COVID-19, à 15h30", &[]),
        ],
    );
}

#[test]
fn spanish() {
    read(
        "es",
        &[
            (
                "más de 12.000 personas",
                &["más de | 12.000 | personas = 12000"],
            ),
            (
                "cerca de 1,500 familias",
                &["cerca de | 1,500 | familias = 1500"],
            ),
            ("12.345,67 toneladas", &["12.345,67 | toneladas = 12345.67"]),
            (
                "2,7 millones de personas",
                &["2,7 millones | personas = 2700000"],
            ),
            (
                "3 mil millones de dólares",
                &["3 mil millones | dólares = 3000000000"],
            ),
            (
                "2 millones 500 mil personas",
                &["2 millones 500 mil | personas = 2500000"],
            ),
            (
                "un millón y medio de personas",
                &["un millón y medio | personas = 1500000"],
            ),
            ("mil viviendas", &["mil | viviendas = 1000"]),
            ("dos mil personas", &["dos mil | personas = 2000"]),
            (
                "ciento cincuenta familias",
                &["ciento cincuenta | familias = 150"],
            ),
            (
                "treinta y cuatro heridos",
                &["treinta y cuatro | heridos = 34"],
            ),
            (
                "decenas de miles de personas",
                &["decenas de miles | personas = 20000..99999"],
            ),
            ("unos 300 heridos", &["unos | 300 | heridos = 300"]),
            ("hasta 50 viviendas", &["hasta | 50 | viviendas = 50"]),
            (
                "el 40 por ciento de los hogares",
                &["40 por ciento | hogares = 40"],
            ),
            (
                "entre 10 y 15 mil personas",
                &[
                    "entre | 10 | personas = 10000",
                    "entre | 15 mil | personas = 15000",
                ],
            ),
            ("el 4 de marzo de 2022, en 2021, la página 3, COVID-19", &[]),
        ],
    );
}

#[test]
fn arabic() {
    read(
        "ar",
        &[
            ("أكثر من ١٢٬٠٠٠ شخص", &["أكثر من | ١٢٬٠٠٠ | شخص = 12000"]),
            ("٢٫٥ مليون نازح", &["٢٫٥ مليون | نازح = 2500000"]),
            (
                "حوالي 2.7 مليون لاجئ",
                &["حوالي | 2.7 مليون | لاجئ = 2700000"],
            ),
            ("ألف شخص", &["ألف | شخص = 1000"]),
            ("ألفان ومئتا شخص", &["ألفان ومئتا | شخص = 2200"]),
            ("خمسة آلاف أسرة", &["خمسة آلاف | أسرة = 5000"]),
            ("خمسة وعشرون قتيلا", &["خمسة وعشرون | قتيلا = 25"]),
            ("ثلاثة عشر طفلا", &["ثلاثة عشر | طفلا = 13"]),
            ("خمسمئة ألف طفل", &["خمسمئة ألف | طفل = 500000"]),
            (
                "عشرات الآلاف من النازحين",
                &["عشرات الآلاف | النازحين = 20000..99999"],
            ),
            ("ما لا يقل عن 40 قتيلا", &["ما لا يقل عن | 40 | قتيلا = 40"]),
            (
                "نحو مليون ونصف المليون شخص",
                &["نحو | مليون ونصف المليون | شخص = 1500000"],
            ),
            ("45 في المئة من الأسر", &["45 في المئة | الأسر = 45"]),
            ("و300 طفل", &["300 | طفل = 300"]),
            (
                "بين 10 و15 ألف شخص",
                &["بين | 10 | شخص = 10000", "بين | 15 ألف | شخص = 15000"],
            ),
            ("في ٤ آذار/مارس ٢٠٢٢", &[]),
        ],
    );
}

#[test]
fn ukrainian() {
    read(
        "uk",
        &[
            ("понад 12 тис. осіб", &["понад | 12 тис. | осіб = 12000"]),
            ("2,7 млн біженців", &["2,7 млн | біженців = 2700000"]),
            (
                "майже 1 234 567 дітей",
                &["майже | 1 234 567 | дітей = 1234567"],
            ),
            ("п'ятсот людей", &["п'ятсот | людей = 500"]),
            ("п’ятсот людей", &["п’ятсот | людей = 500"]),
            (
                "дві тисячі триста п'ятдесят осіб",
                &["дві тисячі триста п'ятдесят | осіб = 2350"],
            ),
            (
                "півтора мільйона біженців",
                &["півтора мільйона | біженців = 1500000"],
            ),
            (
                "десятки тисяч людей",
                &["десятки тисяч | людей = 20000..99999"],
            ),
            (
                "щонайменше 30 поранених",
                &["щонайменше | 30 | поранених = 30"],
            ),
            ("до 100 будинків", &["до | 100 | будинків = 100"]),
            ("40 відсотків дітей", &["40 відсотків | дітей = 40"]),
            (
                "від 10 до 15 тисяч осіб",
                &["10 | осіб = 10000", "15 тисяч | осіб = 15000"],
            ),
            ("24 лютого 2022 року, у 2021 році, 20-го березня", &[]),
        ],
    );
}

#[test]
fn accents_of_their_own_are_read_alike() {
    read(
        "fr",
        &[(
            "15 re\u{301}fugie\u{301}s au camp",
            &["15 | re\u{301}fugie\u{301}s = 15"],
        )],
    );
    read("ar", &[("أَلْف شخص", &["أَلْف | شخص = 1000"])]);
}

#[test]
fn the_language_of_a_text() {
    for (text, expected) in [
        (
            "More than 12,000 people have been displaced by the fighting in the east.",
            Some("en"),
        ),
        (
            "Plus de 12 000 personnes ont fui les combats dans l'est du pays.",
            Some("fr"),
        ),
        (
            "Más de 12.000 personas fueron evacuadas por las inundaciones en el sur.",
            Some("es"),
        ),
        ("نزح أكثر من 12 ألف شخص من المدينة", Some("ar")),
        ("Понад 12 тис. осіб було евакуйовано", Some("uk")),
        // Languages of the same scripts that have no lexicon.
        ("Более 12 тыс. человек были эвакуированы из города", None),
        ("بیش از ۱۲ هزار نفر از شهر گریختند و پناه گرفتند", None),
        ("", None),
        ("1 2 3 4 5", None),
        ("((((", None),
    ] {
        assert_eq!(language_of(text), expected, "{text}");
    }
    // Where nobody tells it, the text does.
    let text = "Près de 2,345 millions de personnes ont fui les combats dans le pays.";
    assert_eq!(
        found(text, None),
        ["Près de | 2,345 millions | personnes = 2345000"]
    );
}

#[test]
fn figures_are_read_in_languages_with_rules() {
    for (body, expected) in [
        (
            "Plus de 25 000 personnes déplacées sont sans abri au Niger. Les inondations ont fait 12 morts et 300 blessés.",
            [("displaced", 25000), ("injured", 300), ("killed", 12)],
        ),
        (
            "Las lluvias dejaron 12 muertos y 300 heridos en Colombia. Más de 25.000 personas fueron evacuadas por las autoridades.",
            [("evacuated", 25000), ("injured", 300), ("killed", 12)],
        ),
    ] {
        let document = document::Document {
            body: body.to_owned(),
            ..Default::default()
        };
        let mut read: Vec<(String, i64)> =
            humstat::text::read(&document, &humstat::text::Given::default())
                .iter()
                .map(|candidate| {
                    let json = humstat::text::labelled("", candidate);
                    (
                        json["indicator"].as_str().unwrap_or_default().to_owned(),
                        json["value"].as_i64().unwrap_or_default(),
                    )
                })
                .collect();
        read.sort();
        let expected = expected.map(|(indicator, value)| (indicator.to_owned(), value));
        assert_eq!(read, expected, "{body}");
    }
    // Arabic and Ukrainian have no rules yet.
    let document = document::Document {
        body: "Понад 12 тис. осіб було евакуйовано з міста.".to_owned(),
        ..Default::default()
    };
    assert!(humstat::text::read(&document, &humstat::text::Given::default()).is_empty());
}
