//! Text that is made to break the reading of quantities: nothing panics, and work grows with length.

use std::time::{Duration, Instant};

use humstat::text::quantities;
use proptest::prelude::*;

const LANGUAGES: [Option<&str>; 6] = [
    None,
    Some("en"),
    Some("fr"),
    Some("es"),
    Some("ar"),
    Some("uk"),
];

/// Reads a text in every language; each stretch must give the words that it says.
fn reads(text: &str) {
    let points: Vec<char> = text.chars().collect();
    for language in LANGUAGES {
        for found in quantities(text, language) {
            let parts = [
                Some(&found.quantity),
                found.qualifier.as_ref(),
                found.unit.as_ref(),
            ];
            for words in parts.into_iter().flatten() {
                let said: String = points[words.stretch.begin..words.stretch.end]
                    .iter()
                    .collect();
                assert_eq!(said, words.text);
            }
        }
    }
}

/// Words, numbers and marks that the grammar knows, beside others.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "1",
            "12",
            "007",
            "999",
            "000",
            "1,24,053",
            "12 000",
            "2.7",
            "2,7",
            "٣",
            "١٢٬٣٤٥٫٦",
            "１２",
            "9223372036854775807",
            "99999999999999999999999999999999999999999999",
            "two",
            "hundred",
            "hundred",
            "million",
            "crore",
            "half",
            "a",
            "and",
            "third",
            "dozen",
            "per",
            "of",
            "kg",
            "cases",
            "people",
            "one",
            "in",
            "out of",
            "to",
            "between",
            "from",
            "%",
            "per cent",
            "quatre",
            "vingt",
            "dix",
            "soixante",
            "mille",
            "millions",
            "demi",
            "d’",
            "l'",
            "environ",
            "mil",
            "ciento",
            "treinta",
            "y",
            "millones",
            "п'ятсот",
            "тисяч",
            "мільйона",
            "півтора",
            "ألف",
            "ألفان",
            "مليون",
            "آلاف",
            "وحوالي",
            "و",
            "شخص",
            "$",
            "€",
            "-",
            "–",
            "/",
            ":",
            ".",
            ",",
            "(",
            ")",
            "+",
            "<",
            "’",
            "\u{301}",
            "\u{200f}",
            "\u{202e}",
            "\u{640}",
            "\u{64b}",
            "\u{ad}",
            "\u{feff}",
            "🏚️",
            "İ",
            "ß",
            "ﬁ",
            "\n",
            "\n\n",
            "May",
            "2022",
            "week",
            "No",
            "aged",
            "under",
            "under five",
        ])
        .prop_map(ToOwned::to_owned),
        any::<char>().prop_map(String::from),
        "\\PC{0,6}",
    ];
    let gap = prop::sample::select(vec!["", "", " ", " ", "\u{a0}", "\n"]);
    prop::collection::vec((piece, gap), 0..40)
        .prop_map(|all| all.into_iter().map(|(piece, gap)| piece + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_of_known_words_reads(text in pieces()) {
        reads(&text);
    }

    #[test]
    fn any_text_reads(text in any::<String>()) {
        reads(&text);
    }

    #[test]
    fn digits_and_marks_read(text in "[0-9٠-٩., '’٬٫/:%–+()-]{0,80}") {
        reads(&text);
    }
}

/// Patterns whose repetition once led to recursion without end, or to work that grew with the square.
const PATTERNS: &[&str] = &[
    "7",
    "7 ",
    "7, ",
    "1,11,",
    "1 000 ",
    "1.000.",
    "7-",
    "7/",
    "7:",
    "1,",
    "(",
    "one ",
    "one two ",
    "hundred ",
    "hundred and ",
    "twenty-",
    "half a ",
    "5 of the ",
    "5 more ",
    "5 kg of ",
    "kg of ",
    "per kg ",
    "5% 5 ",
    "week 1, 2, 3 and 4, ",
    "a ",
    "and ",
    "between 1 and ",
    "5 people 5% ",
    "May 1 ",
    "2022-",
    "mille ",
    "vingt ",
    "ألف و",
    "тисяч ",
    "d’",
    "’",
    "\u{301}",
    "\u{202e}7",
    "7\u{640}",
    "a\u{301}",
    "about ",
    "more than ",
    "one in ",
    "1 out of ",
    "approx. ",
    "5\n",
    "5\n\n",
    "$",
    "US$5 ",
    "ages 6-",
];

const OTHERS: &[(&str, &str)] = &[
    ("fr", "mille "),
    ("fr", "vingt et "),
    ("fr", "quatre-vingt-"),
    ("fr", "million et demi "),
    ("fr", "5 kg de "),
    ("fr", "d’"),
    ("fr", "une centaine de "),
    ("es", "mil "),
    ("es", "mil millones "),
    ("es", "2 millones 500 mil "),
    ("es", "y "),
    ("uk", "тисяч "),
    ("uk", "тис."),
    ("uk", "п'"),
    ("uk", "півтора "),
    ("uk", "20-го "),
    ("ar", "ألف و"),
    ("ar", "ونصف "),
    ("ar", "مليون ونصف المليون "),
    ("ar", "خمسة و"),
    ("ar", "١،"),
    ("ar", "آذار/مارس "),
];

/// Eight times the text may not take forty times as long; a square would take sixty-four times. Only a run of
/// many seconds counts, so that a machine that is busy for a moment fails nothing.
#[test]
fn work_grows_with_length() {
    let all = PATTERNS.iter().map(|pattern| ("en", pattern));
    for (language, pattern) in all.chain(
        OTHERS
            .iter()
            .map(|(language, pattern)| (*language, pattern)),
    ) {
        let time = |bytes: usize| {
            let text = pattern.repeat(bytes / pattern.len());
            let start = Instant::now();
            let count = quantities(&text, Some(language)).len();
            assert!(count <= 3 * text.len());
            start.elapsed()
        };
        let long = time(400_000);
        if long > Duration::from_secs(8) {
            let short = time(50_000);
            assert!(
                long < 40 * short,
                "{pattern:?}: {short:?}, eight times as long {long:?}"
            );
        }
    }
}

/// A long first sentence is looked through once, and a long unit is not told by every number behind it.
#[test]
fn what_many_numbers_share_is_short() {
    let far = format!(
        "5 people {} . {}",
        "word ".repeat(40_000),
        "7; ".repeat(40_000)
    );
    let long = format!("5 {}s, {}", "a".repeat(100_000), "7, ".repeat(20_000));
    for text in [far, long] {
        let told: usize = quantities(&text, Some("en"))
            .iter()
            .map(|found| found.unit.as_ref().map_or(0, |unit| unit.text.len()))
            .sum();
        assert!(told < 10 * text.len());
    }
}

/// Digits and nothing else, megabytes of them.
#[test]
fn megabytes_of_digits_read() {
    assert!(quantities(&"1234567890".repeat(1_000_000), None).len() <= 1);
    let text = "12 ".repeat(100_000);
    assert_eq!(quantities(&text, None).len(), 100_000);
}
