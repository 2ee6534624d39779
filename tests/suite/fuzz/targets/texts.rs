//! Documents of every form, prose, quantities and drafts.

use std::sync::OnceLock;

use humstat::ledger::{Figures, Selection, Versions};
use humstat::publish::draft;
use humstat::text::{self, Candidate, Document, Given, document};

use super::ledgers;

/// Holds what is true of the candidates of a document.
fn hold(document: &Document, candidates: &[Candidate]) {
    let length = document.body.chars().count();
    for (at, candidate) in candidates.iter().enumerate() {
        for stretch in [candidate.number, candidate.sentence] {
            assert!(
                stretch.begin <= stretch.end && stretch.end <= length,
                "{candidate:?}"
            );
        }
        assert_eq!(
            candidate.number.of(&document.body),
            candidate.text,
            "{candidate:?}"
        );
        let sentence = candidate.sentence;
        assert!(
            sentence.begin <= candidate.number.begin && candidate.number.end <= sentence.end,
            "{candidate:?} stands outside its sentence"
        );
        for other in [candidate.part_of, candidate.repeats].into_iter().flatten() {
            assert!(other < candidates.len() && other != at, "{candidate:?}");
        }
        if let (Some(start), Some(end)) = (candidate.period_start, candidate.period_end) {
            assert!(start <= end, "{candidate:?}");
        }
        let quantity = candidate.quantity;
        assert!(quantity.checked().is_ok(), "{candidate:?}");
        let line = text::labelled("doc", candidate);
        assert!(line.is_object());
        let json = serde_json::to_string(candidate).unwrap();
        assert_eq!(
            serde_json::from_str::<Candidate>(&json).unwrap(),
            *candidate
        );
    }
}

/// Reads a document of some form, and its figures.
fn read(bytes: &[u8], name: &str) {
    let first = document::read_all(bytes, name);
    let Ok(documents) = first else { return };
    let again = document::read_all(bytes, name).unwrap();
    assert_eq!(documents, again);
    for document in &documents {
        for entry in &document.entries {
            assert!(
                document.body.get(entry.range.clone()).is_some(),
                "{entry:?}"
            );
        }
        figures(document);
    }
}

fn figures(document: &Document) {
    let given = Given::default();
    let candidates = text::read(document, &given);
    hold(document, &candidates);
    assert_eq!(candidates, text::read(document, &given));
    let numbers = text::numbers(document, &given);
    hold(document, &numbers);
}

/// Plain text and Markdown.
pub fn plain(bytes: &[u8]) {
    read(bytes, "release.txt");
    read(bytes, "release.md");
}

/// A web page.
pub fn html(bytes: &[u8]) {
    read(bytes, "page.html");
}

/// A PDF.
pub fn pdf(bytes: &[u8]) {
    read(bytes, "release.pdf");
}

/// A document of Word.
pub fn docx(bytes: &[u8]) {
    read(bytes, "release.docx");
}

/// An e-mail.
pub fn email(bytes: &[u8]) {
    read(bytes, "release.eml");
}

/// Reports as ReliefWeb answers them.
pub fn reliefweb(bytes: &[u8]) {
    read(bytes, "reports.json");
}

/// Quantities in every language: each stretch gives the words that it says.
pub fn quantities(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let points: Vec<char> = text.chars().collect();
    let languages = [
        None,
        Some("en"),
        Some("fr"),
        Some("es"),
        Some("ar"),
        Some("uk"),
    ];
    for language in languages {
        let found = text::quantities(&text, language);
        let mut last = 0;
        for one in &found {
            let parts = [
                Some(&one.quantity),
                one.qualifier.as_ref(),
                one.unit.as_ref(),
            ];
            for words in parts.into_iter().flatten() {
                let said: String = points[words.stretch.begin..words.stretch.end]
                    .iter()
                    .collect();
                assert_eq!(said, words.text, "{language:?}");
            }
            // A range comes before the two numbers within it.
            assert!(
                one.quantity.stretch.end >= last || one.value.is_some(),
                "{one:?}"
            );
            last = one.quantity.stretch.begin;
        }
        assert_eq!(found, text::quantities(&text, language));
    }
}

/// A draft whose numbers are held against a ledger.
pub fn drafts(bytes: &[u8]) {
    static KNOWN: OnceLock<Figures> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        ledgers::opened(ledgers::base(), |ledger| {
            let all = Selection {
                versions: Versions::All,
                ..Selection::default()
            };
            ledger.figures(&all).unwrap()
        })
        .unwrap()
    });
    let Ok(document) = document::read(bytes, "draft.md") else {
        return;
    };
    let candidates = text::numbers(&document, &Given::default());
    let drafted = draft::check(&document, &candidates, known);
    let denied = candidates
        .iter()
        .filter(|candidate| candidate.denied)
        .count();
    assert_eq!(drafted.len(), candidates.len() - denied);
    draft::frame(known, &drafted).unwrap();
    draft::overview(known, &drafted).unwrap();
}
