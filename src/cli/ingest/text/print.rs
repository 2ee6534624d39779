//! What was found in texts, printed for people or as JSON lines.

use std::fmt::Write as _;
use std::path::Path;

use super::{Format, TextArgs, captures, read, receive, title};
use crate::cli::CliError;
use crate::cli::context::Context;
use crate::figure::{PlaceId, counted};
use crate::ledger::Capture;
use crate::text::{self, Candidate, Document, Given, labelled};

/// Prints what was found, file by file in their order, read on all cores.
pub(super) fn print(context: &Context, args: &TextArgs, given: &Given) -> Result<(), CliError> {
    // Standard input and the network are asked one after the other.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let is_file = |word: &String| word != "-" && !receive::is_address(word);
    let together = args.texts.len() > 1 && args.texts.iter().all(is_file);
    let mut parts: Vec<Result<String, CliError>> = Vec::new();
    if together {
        let size = args.texts.len().div_ceil(cores * 4).max(1);
        let chunks: Vec<&[String]> = args.texts.chunks(size).collect();
        let next = std::sync::atomic::AtomicUsize::new(0);
        let done = std::sync::Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..cores.min(chunks.len()) {
                scope.spawn(|| {
                    loop {
                        let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let Some(chunk) = chunks.get(index) else {
                            break;
                        };
                        let text = chunk
                            .iter()
                            .map(|word| {
                                let capture = receive::received(context, args, word)?;
                                printed(args, given, word, &capture)
                            })
                            .collect::<Result<String, CliError>>();
                        if let Ok(mut done) = done.lock() {
                            done.push((index, text));
                        }
                    }
                });
            }
        });
        let mut all = done
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        all.sort_by_key(|(index, _)| *index);
        parts.extend(all.into_iter().map(|(_, text)| text));
    } else {
        for (word, capture) in captures(context, args, given)? {
            parts.push(printed(args, given, &word, &capture));
        }
    }
    let text = parts.into_iter().collect::<Result<String, CliError>>()?;
    context.put(text.as_bytes(), args.output.as_deref())
}

/// What one file gives, printed.
fn printed(
    args: &TextArgs,
    given: &Given,
    word: &str,
    capture: &Capture,
) -> Result<String, CliError> {
    let documents = read(capture, word, args)?;
    let several = documents.len() > 1;
    let name = Path::new(word).file_name().map_or_else(
        || word.to_owned(),
        |name| name.to_string_lossy().into_owned(),
    );
    let mut out = String::new();
    for (index, one) in documents.iter().enumerate() {
        let doc = if several {
            format!("{name}#{}", index + 1)
        } else {
            name.clone()
        };
        if args.quantities {
            quantities(args, one, &doc, &mut out)?;
        } else {
            figures(args, given, one, &doc, &mut out);
        }
    }
    Ok(out)
}

fn quantities(
    args: &TextArgs,
    one: &Document,
    doc: &str,
    out: &mut String,
) -> Result<(), CliError> {
    for found in text::quantities(&one.body, one.language.as_deref()) {
        if args.format == Format::Jsonl {
            let mut line =
                serde_json::to_value(&found).map_err(|error| CliError::data(error.to_string()))?;
            line["doc"] = doc.into();
            let _ = writeln!(out, "{line}");
            continue;
        }
        let words = |words: &Option<text::Words>| {
            words
                .as_ref()
                .map_or_else(String::new, |words| words.text.clone())
        };
        let _ = writeln!(
            out,
            "{:>6} {:<18} {:<24} {}",
            found.quantity.stretch.begin,
            words(&found.qualifier),
            found.quantity.text,
            words(&found.unit)
        );
    }
    Ok(())
}

fn figures(args: &TextArgs, given: &Given, one: &Document, doc: &str, out: &mut String) {
    let mut candidates = text::read(one, given);
    if args.format == Format::Jsonl {
        candidates.sort_by_key(Candidate::order);
        for candidate in &candidates {
            let _ = writeln!(out, "{}", labelled(doc, candidate));
        }
        return;
    }
    let _ = writeln!(out, "{}", title(one, doc));
    let letters: Vec<char> = one.body.chars().collect();
    for candidate in &candidates {
        let _ = write!(out, "\n{}", overview(&letters, candidate));
    }
    let _ = writeln!(out, "\n{}", counted(candidates.len(), "figure", "figures"));
}

/// A candidate in three lines: what it says, what it was read from.
fn overview(letters: &[char], candidate: &Candidate) -> String {
    let place = |place: &Option<PlaceId>| place.as_ref().map_or("?", PlaceId::as_str).to_owned();
    let mut parts = vec![
        candidate
            .indicator
            .clone()
            .unwrap_or_else(|| "other".to_owned()),
    ];
    if candidate.origin.is_some() || candidate.location.is_some() {
        parts.push(
            format!(
                "{} in {}",
                place(&candidate.origin),
                place(&candidate.location)
            )
            .replace("? in ", "in ")
            .replace(" in ?", ""),
        );
    }
    if !candidate.breakdown.is_all() {
        parts.push(candidate.breakdown.to_string());
    }
    parts.push(candidate.measure.code().to_owned());
    parts.push(
        if candidate.denied {
            "denied"
        } else {
            candidate.quantity.status.code()
        }
        .to_owned(),
    );
    if let Some(since) = candidate.since {
        parts.push(format!("since {since}"));
    }
    if let Some(end) = candidate.period_end {
        parts.push(format!("at {end}"));
    }
    parts.push(
        candidate
            .claimant
            .clone()
            .unwrap_or_else(|| "nobody named".to_owned()),
    );
    let sentence: String = letters
        .get(candidate.sentence.begin..candidate.sentence.end)
        .unwrap_or_default()
        .iter()
        .collect();
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "{}: {}, {} in 100\n    {}\n",
        candidate.quantity,
        parts.join(", "),
        candidate.confidence,
        sentence
    )
}
