//! That every language says the same things, and writes numbers and days as its readers do.

mod says;

use super::*;
use crate::chart::number::{full, short, tick_labels, ticks, with_unit};
use crate::chart::spec::ValueKind;

/// Every text of a language, by the way that it is printed for debugging.
fn texts(language: Language) -> Vec<String> {
    let printed = format!("{:?}", language.words());
    printed
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(index, _)| index))
        .filter(|index| index.parse::<u8>().is_ok() && index.len() == 1)
        .collect();
    places.sort_unstable();
    places
}

#[test]
fn a_text_has_the_same_places_in_every_language() {
    let printed = |language: Language| format!("{:#?}", language.words());
    let keyed = |language: Language| -> Vec<(String, Vec<String>)> {
        printed(language)
            .lines()
            .filter_map(|line| line.trim().split_once(": \""))
            .filter(|(key, _)| {
                !matches!(
                    *key,
                    "one" | "few" | "day" | "day_of_year" | "suffix" | "from"
                )
            })
            .map(|(key, text)| {
                let places = places(text).into_iter().map(str::to_owned).collect();
                (key.to_owned(), places)
            })
            .collect()
    };
    let english = keyed(Language::English);
    assert!(english.len() > 50);
    for language in Language::ALL {
        assert_eq!(keyed(*language), english, "{language}");
    }
}

#[test]
fn no_text_is_empty_or_english_where_it_is_not() {
    let english = texts(Language::English);
    for language in Language::ALL.iter().skip(1) {
        let own = texts(*language);
        let long = |text: &&String| text.chars().filter(|c| c.is_alphabetic()).count() > 6;
        // A word that two languages share.
        let shared = |text: &&String| *text != "provisional";
        for text in own.iter().filter(long).skip(1).filter(shared) {
            assert!(!english.contains(text), "{language}: {text}");
        }
    }
}

#[test]
fn notes_hold_the_word_that_the_linter_looks_for() {
    for language in Language::ALL {
        let words = language.words();
        let marks = &words.marks;
        let (line, bars) = (&words.line, &words.bars);
        for (note, word) in [
            (line.provisional, marks.hollow),
            (line.prose, marks.hollow),
            (line.provisional_or_prose, marks.hollow),
            (line.estimated, marks.estimated),
            (line.projected, marks.projected),
            (line.at_least, marks.at_least),
            (line.at_least_throughout, marks.at_least),
            (line.range, marks.range),
            (bars.estimated, marks.estimated),
            (bars.projected, marks.projected),
            (bars.at_least, marks.at_least),
            (bars.range, marks.range),
        ] {
            assert!(note.to_lowercase().contains(word), "{note}: {word}");
            assert!(note.contains(':'), "{note}");
        }
    }
}

#[test]
fn numbers_and_days_of_each_language() {
    let day = NaiveDate::from_ymd_opt(2022, 3, 1).unwrap();
    let mut rows = Vec::new();
    for &language in Language::ALL {
        let words = [
            full(1_234.0, ValueKind::Count, language),
            full(1_412_503.0, ValueKind::Count, language),
            full(12.36, ValueKind::Percent, language),
            short(5_951_510.0, ValueKind::Count, language),
            short(999_950.0, ValueKind::Count, language),
            short(-453_982.0, ValueKind::UsDollars, language),
            short(8.04e9, ValueKind::Count, language),
            language.day(day),
            language.day_beside(day, day),
            language.short_date("{1} {2}", day),
        ];
        rows.push(format!("{language}: {}", words.join(" | ")));
    }
    let rows = rows
        .join("\n")
        .replace('\u{a0}', "~")
        .replace('\u{202f}', "_");
    insta::assert_snapshot!(rows, @r"
    en: 1,234 | 1,412,503 | 12.4% | 5.95m | 1m | −$454k | 8.04bn | 1 March 2022 | 1 March | Mar 2022
    fr: 1_234 | 1_412_503 | 12,4~% | 5,95~M | 1~M | −454~k~$ | 8,04~Md | 1er mars 2022 | 1er mars | mars 2022
    es: 1234 | 1_412_503 | 12,4~% | 5,95~M | 1~M | −454~mil~$ | 8040~M | 1 de marzo de 2022 | 1 de marzo | mar 2022
    uk: 1~234 | 1~412~503 | 12,4% | 5,95~млн | 1~млн | −454~тис.~дол. | 8,04~млрд | 1 березня 2022~р. | 1 березня | бер. 2022
    ar: 1,234 | 1,412,503 | 12.4% | 5.95~مليون | 1~مليون | −454~ألف~دولار | 8.04~مليار | 1 آذار/مارس 2022 | 1 آذار/مارس | مارس 2022
    ");
}

#[test]
fn a_unit_agrees_with_its_number() {
    let top = |high: f64, language: Language| {
        let ticks = ticks(0.0, high, true);
        let labels = tick_labels(&ticks, ValueKind::Count, language);
        let unit = language.unit(Unit::Events);
        with_unit(
            &ticks,
            labels.last().unwrap(),
            unit,
            ValueKind::Count,
            language,
        )
    };
    assert_eq!(top(6e6, Language::English).as_deref(), Some("6m events"));
    assert_eq!(top(1.0, Language::English), None);
    assert_eq!(
        top(6e6, Language::French).as_deref(),
        Some("6\u{a0}M d’événements")
    );
    assert_eq!(
        top(6e5, Language::French).as_deref(),
        Some("600\u{a0}k événements")
    );
    assert_eq!(
        top(6e6, Language::Spanish).as_deref(),
        Some("6\u{a0}M de sucesos")
    );
    assert_eq!(top(4.0, Language::Ukrainian), None);
    assert_eq!(top(5.0, Language::Ukrainian).as_deref(), Some("5 подій"));
}

#[test]
fn counts_take_their_form() {
    let said = |count| Language::Ukrainian.counted(&Language::Ukrainian.words().bars.bars, count);
    let said: Vec<String> = [1, 2, 5, 11, 12, 21, 22, 112].map(said).into();
    assert_eq!(
        said.join(", "),
        "1 стовпчик, 2 стовпчики, 5 стовпчиків, 11 стовпчиків, 12 стовпчиків, 21 стовпчик, \
         22 стовпчики, 112 стовпчиків"
    );
}

#[test]
fn what_fills_a_text_is_left_alone() {
    assert_eq!(fill("{1} {0}{2} {", &["{1}", "b"]), "b {1}{2} {");
}
