//! What was found in texts, printed for people or as JSON lines.

use std::fmt::Write as _;
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Format, TextArgs, Unread, captures, publication, read, receive, title};
use crate::cli::CliError;
use crate::cli::context::Context;
use crate::figure::{PlaceId, counted};
use crate::ledger::Capture;
use crate::text::{self, Candidate, Document, Given, labelled};

/// Prints what was found, file by file in their order, read on all cores. A file that cannot be read is told,
/// and the others are printed all the same.
pub(super) fn print(context: &Context, args: &TextArgs, given: &Given) -> Result<(), CliError> {
    // Standard input and the network are asked one after the other.
    let is_file = |word: &String| word != "-" && !receive::is_address(word);
    let parts = if args.texts.len() > 1 && args.texts.iter().all(is_file) {
        together(context, args, given)
    } else {
        let captures = captures(context, args, given)?;
        if let [(word, capture)] = captures.as_slice() {
            tell_lack(context, args, given, word, capture);
        }
        captures
            .iter()
            .map(|(word, capture)| printed(args, given, word, capture))
            .collect()
    };
    let count = parts.len();
    let mut unread = Unread::default();
    let texts = parts.into_iter().filter_map(|part| unread.kept(part));
    let text: String = texts.collect();
    context.put(text.as_bytes(), args.output.as_deref())?;
    unread.outcome(count)
}

/// Tells, of a single file, what it will take to record what is printed.
fn tell_lack(context: &Context, args: &TextArgs, given: &Given, word: &str, capture: &Capture) {
    if args.quantities {
        return;
    }
    // What cannot be read is told where it is printed.
    for one in read(capture, word, args).unwrap_or_default() {
        let title = title(&one, &capture.name);
        if let Err(error) = publication(args, capture, &one, title)
            && !text::read(&one, given).is_empty()
        {
            context.tell(&format!("before it can be recorded: {}", error.message));
        }
    }
}

/// Reads all files, each core taking the next that nobody has.
fn together(context: &Context, args: &TextArgs, given: &Given) -> Vec<Result<String, CliError>> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(args.texts.len()));
    std::thread::scope(|scope| {
        for _ in 0..cores.min(args.texts.len()) {
            scope.spawn(|| {
                while let Some(word) = args.texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let text = receive::received(context, args, word)
                        .and_then(|capture| printed(args, given, word, &capture));
                    if let Ok(mut done) = done.lock() {
                        done.push((word, text));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    // Words lie in the order in which they were given.
    done.sort_by_key(|(word, _)| std::ptr::from_ref::<String>(word));
    done.into_iter().map(|(_, text)| text).collect()
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
