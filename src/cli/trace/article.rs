//! Articles in files: what is read of a draft.

use std::path::Path;

use super::super::CliError;
use crate::figure::{Breakdown, Measure, Quantity, Unit};
use crate::text::{Candidate, Document, Stretch};

/// Whether a file may be an article, by its ending.
pub fn may_be_one(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_string_lossy();
    const ENDINGS: [&str; 9] = [
        "txt", "text", "md", "markdown", "html", "htm", "docx", "pdf", "eml",
    ];
    ENDINGS.contains(&ending.to_lowercase().as_str())
}

/// The text of an article and the numbers in it.
pub fn read(file: &Path, bytes: &[u8]) -> Result<(Document, Vec<Candidate>), CliError> {
    let body = String::from_utf8(bytes.to_vec())
        .map_err(|_| CliError::data(format!("{}: it is no plain text in UTF-8", file.display())))?;
    let candidates = candidates(&body);
    let document = Document {
        body,
        ..Document::default()
    };
    Ok((document, candidates))
}

/// The numbers in digits of a plain text, with up to two words before them where those qualify them.
fn candidates(body: &str) -> Vec<Candidate> {
    let letters: Vec<char> = body.chars().collect();
    let is_part = |at: usize| {
        let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
        digit(at) || (letters.get(at) == Some(&',') && at > 0 && digit(at - 1) && digit(at + 1))
    };
    let (mut found, mut at) = (Vec::new(), 0);
    while at < letters.len() {
        let begin = at;
        while is_part(at) {
            at += 1;
        }
        if begin == at {
            at += 1;
            continue;
        }
        let text: String = letters[begin..at].iter().collect();
        let is_year = text.len() == 4 && text.starts_with(['1', '2']);
        let after: String = letters[at..].iter().take(4).collect();
        let is_day = after.starts_with(' ') && after[1..].starts_with(char::is_uppercase);
        if is_year || is_day {
            continue;
        }
        let before: String = letters[..begin].iter().collect();
        let words: Vec<&str> = before.split_whitespace().rev().take(2).collect();
        let qualified = (1..=words.len()).rev().find_map(|count| {
            let mut words = words[..count].to_vec();
            words.reverse();
            let words = words.join(" ");
            let quantity: Quantity = format!("{words} {text}").parse().ok()?;
            Some((words, quantity))
        });
        let (qualifier_text, quantity) = match (qualified, text.parse()) {
            (Some((words, quantity)), _) => (Some(words), quantity),
            (None, Ok(quantity)) => (None, quantity),
            (None, Err(_)) => continue,
        };
        let is_end = |letter: &char| matches!(letter, '.' | '\n');
        let start = letters[..begin].iter().rposition(is_end);
        let start = start.map_or(0, |end| end + 1);
        let start = start
            + letters[start..begin]
                .iter()
                .take_while(|letter| letter.is_whitespace())
                .count();
        let end = letters[at..].iter().position(is_end);
        found.push(Candidate {
            number: Stretch { begin, end: at },
            text,
            qualifier_text,
            quantity,
            denied: false,
            indicator: None,
            unit: Unit::Persons,
            unit_text: None,
            measure: Measure::Stock,
            breakdown: Breakdown::all(),
            origin: None,
            location: None,
            since: None,
            period_start: None,
            period_end: None,
            claimant: None,
            relayed_by: Vec::new(),
            sentence: Stretch {
                begin: start,
                end: end.map_or(letters.len(), |end| at + end + 1),
            },
            part_of: None,
            repeats: None,
            inherited: Vec::new(),
            rules: Vec::new(),
            confidence: 0,
        });
    }
    found
}
