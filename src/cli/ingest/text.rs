//! `humstat ingest text`: from prose to figures that wait for a decision.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::CliError;
use crate::cli::context::{Context, capture};
use crate::cli::review;
use crate::cli::selection::place_argument;
use crate::fetch::{Fetch as _, Outcome, Request};
use crate::figure::{Absence, PlaceId, Publication, Scope, Version, counted};
use crate::ingest::IngestError;
use crate::ledger::{CandidateId, Capture, Proposal, Proposed, Received};
use crate::text::{self, Candidate, Document, Given, document, labelled};
use crate::vocabulary;

/// The reader and its version: a new version may read the same text otherwise.
const READER: &str = "text/1";

/// Read figures from prose: each waits, with the words that it was read from, until somebody accepts it
///
/// Reads plain text, Markdown, web pages, PDF, Word, e-mail and reports of ReliefWeb; of a live blog, each
/// entry by its own time. `-` is standard input; an address is fetched. Dates, places and the organisation
/// that speaks are taken from the document where it tells them, and from the options where it does not.
/// English is read; of French, Spanish, Arabic and Ukrainian only the quantities.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ingest text release.html --dry-run
  humstat ingest text live-blog.html --via \"Example News\" --about UKR
  humstat ingest text briefing.txt --published 2022-03-02 --claimant UNHCR --channel unhcr/briefings
  pbpaste | humstat ingest text - --published 2022-03-02 --via \"Example News\" --dry-run
  humstat ingest text *.txt --dry-run --quantities --format jsonl

What was found waits: `humstat review` decides on it, and nothing is drawn or summed before.")]
pub struct TextArgs {
    /// Files, addresses, or - for standard input
    #[arg(required = true, value_name = "TEXT")]
    texts: Vec<String>,
    /// When it was published, where it does not say; it goes before what it says
    #[arg(long, value_name = "WHEN")]
    published: Option<Version>,
    /// When it was received, where nothing tells when it was published
    #[arg(long, value_name = "WHEN")]
    retrieved: Option<Version>,
    /// Who says it counted, where the text names nobody
    #[arg(long, value_name = "NAME")]
    claimant: Option<String>,
    /// Who passed it on; may be given several times, in order
    #[arg(long, value_name = "NAME")]
    via: Vec<String>,
    /// A country that it is about
    #[arg(long, value_name = "PLACE")]
    about: Vec<String>,
    /// Line of publication [default: press/ and the publisher's name]
    #[arg(long)]
    channel: Option<String>,
    /// Title, where it has none
    #[arg(long)]
    title: Option<String>,
    /// Where it was published
    #[arg(long)]
    url: Option<String>,
    /// Licence, by its code
    #[arg(long)]
    licence: Option<String>,
    /// Language, where it does not say
    #[arg(long, value_parser = ["en", "fr", "es", "ar", "uk"])]
    language: Option<String>,
    /// Print every quantity with its qualifier and its unit, also of what is no people
    #[arg(long, requires = "dry_run")]
    quantities: bool,
    /// Record nothing; print what was found
    #[arg(long)]
    dry_run: bool,
    /// How to print it: table for people, jsonl with all fields [default: table]
    #[arg(long, value_enum, requires = "dry_run", default_value_t = Format::Table, hide_default_value = true)]
    format: Format,
    /// Where it goes, in place of stdout
    #[arg(short, long, value_name = "FILE", requires = "dry_run")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Jsonl,
}

pub fn run(context: &Context, args: &TextArgs) -> Result<(), CliError> {
    context.learn_places()?;
    context.tell_of_future("--published", args.published);
    context.tell_of_future("--retrieved", args.retrieved);
    if let Some(licence) = &args.licence {
        vocabulary::licence(licence).map_err(|error| CliError::usage(error.to_string()))?;
    }
    let about: Vec<PlaceId> = args
        .about
        .iter()
        .map(|word| place_argument(word))
        .collect::<Result<_, _>>()?;
    let given = Given {
        published: args.published.map(Version::day),
        claimant: args.claimant.clone(),
        relayed_by: args.via.clone(),
        about,
    };
    if args.dry_run {
        return print(context, args, &given);
    }
    let mut waiting = Vec::new();
    for word in &args.texts {
        let capture = received(context, word)?;
        let texts = read(&capture, word, args)?;
        for (index, one) in texts.into_iter().enumerate() {
            waiting.extend(propose(context, args, &given, &capture, one, index)?);
        }
    }
    review::after_ingest(context, &waiting)
}

/// The bytes of a text: of a file, an address, or standard input.
fn received(context: &Context, word: &str) -> Result<Capture, CliError> {
    if word == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| CliError::data(format!("standard input: {error}")))?;
        return Ok(Capture::new("standard input", bytes));
    }
    if !(word.starts_with("https://") || word.starts_with("http://")) {
        return capture(Path::new(word));
    }
    let request = Request::get(word).map_err(IngestError::from)?;
    let url = request.public_url();
    let client = context.client()?;
    let Outcome::Answer(answer) = client.get(&request).map_err(IngestError::from)? else {
        return Err(CliError::data(format!("{url} gave no text")));
    };
    let headers = answer.headers.clone();
    Ok(Capture::of_answer(
        url.clone(),
        answer.body,
        Received {
            url,
            at: answer.received,
            status: answer.status,
            headers,
        },
    ))
}

/// The documents that some bytes hold.
fn read(capture: &Capture, word: &str, args: &TextArgs) -> Result<Vec<Document>, CliError> {
    let bytes = capture
        .whole()
        .map_err(|error| CliError::data(format!("{word}: {error}")))?;
    let mut documents =
        document::read_all(&bytes, word).map_err(|error| CliError::data(error.to_string()))?;
    for one in &mut documents {
        if one.title.is_none() {
            one.title.clone_from(&args.title);
        }
        if let Some(url) = &args.url {
            one.url = Some(url.clone());
        } else if one.url.is_none() && word.starts_with("http") {
            one.url = Some(word.to_owned());
        }
        if let Some(language) = &args.language {
            one.language = Some(language.clone());
        }
    }
    Ok(documents)
}

/// Records the figures of a document as candidates.
fn propose(
    context: &Context,
    args: &TextArgs,
    given: &Given,
    capture: &Capture,
    one: Document,
    index: usize,
) -> Result<Vec<CandidateId>, CliError> {
    for note in &one.notes {
        context.tell(note);
    }
    let title = title(&one, &capture.name);
    let candidates = text::read(&one, given);
    if candidates.is_empty() {
        context.tell(&format!("{title}: no figure was found"));
        return Ok(Vec::new());
    }
    let publication = publication(args, capture, &one, title.clone())?;
    let found = counted(candidates.len(), "figure", "figures");
    let options = format!(
        "document = {index}\npublished = {:?}\nclaimant = {:?}\nvia = {:?}\nabout = {:?}\nlanguage = {:?}\nchannel = {}\n",
        given.published,
        given.claimant,
        given.relayed_by,
        given.about,
        one.language,
        publication.channel
    );
    let mut ledger = context.create()?;
    let proposal = Proposal {
        capture: capture.clone(),
        document: one,
        publication,
        reader: READER.to_owned(),
        options,
        candidates,
    };
    let recording = context.recording(format!("{found} read from \"{title}\""));
    let proposed = ledger.propose(&proposal, &recording)?;
    Ok(match proposed {
        Proposed::Entry { entry, candidates } => {
            context.tell(&format!("entry {entry}: {found} read from \"{title}\""));
            candidates
        }
        Proposed::Already { entry, waiting } => {
            context.tell(&format!(
                "\"{title}\" was read before, in entry {entry}; {} of it for a decision",
                counted(waiting.len(), "figure waits", "figures wait")
            ));
            waiting
        }
    })
}

/// The headline, or the first words.
fn title(one: &Document, name: &str) -> String {
    let first = || {
        let words: Vec<&str> = one.body.split_whitespace().take(8).collect();
        words.join(" ")
    };
    let title = one.title.clone().unwrap_or_else(first);
    if title.trim().is_empty() {
        name.to_owned()
    } else {
        title
    }
}

/// How a document is named where its figures are recorded.
fn publication(
    args: &TextArgs,
    capture: &Capture,
    one: &Document,
    title: String,
) -> Result<Publication, CliError> {
    let relayed_by = if args.via.is_empty() {
        one.publisher.iter().cloned().collect()
    } else {
        args.via.clone()
    };
    let speaker = args.claimant.as_deref().or(one.source.as_deref());
    let channel = match (&args.channel, relayed_by.first(), speaker) {
        (Some(channel), ..) => channel.clone(),
        (None, Some(relayer), _) => format!("press/{}", slug(relayer)),
        (None, None, Some(speaker)) => format!("{}/texts", slug(speaker)),
        (None, None, None) => {
            return Err(CliError::usage(format!(
                "\"{title}\" does not say who put it out: --via \"Example News\" for a paper or a broadcaster, \
                 --claimant UNHCR for an organisation that speaks for itself, or --channel press/example-news"
            )));
        }
    };
    let published = args.published.or(one.published);
    let retrieved = args
        .retrieved
        .or_else(|| capture.received.as_ref().map(|received| received.at));
    if published.or(retrieved).is_none() {
        return Err(CliError::usage(format!(
            "\"{title}\" does not say when it was published: --published 2022-03-02, or --retrieved WHEN"
        )));
    }
    Ok(Publication {
        channel,
        title,
        url: one.url.clone(),
        published,
        retrieved,
        relayed_by,
        licence: args.licence.clone(),
        attribution: None,
        notes: None,
        scope: Scope::default(),
        absence: Absence::Unchanged,
    })
}

/// A name as the second half of a channel: "ABC News" is `abc-news`.
fn slug(name: &str) -> String {
    let words: Vec<String> = crate::place::normalised(name)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    words.join("-")
}

/// Prints what was found, file by file in their order, read on all cores.
fn print(context: &Context, args: &TextArgs, given: &Given) -> Result<(), CliError> {
    // Standard input and the network are asked one after the other.
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let is_file = |word: &String| word != "-" && !word.starts_with("http");
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
                            .map(|word| printed(context, args, given, word))
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
        for word in &args.texts {
            parts.push(printed(context, args, given, word));
        }
    }
    let text = parts.into_iter().collect::<Result<String, CliError>>()?;
    context.put(text.as_bytes(), args.output.as_deref())
}

/// What one file gives, printed.
fn printed(
    context: &Context,
    args: &TextArgs,
    given: &Given,
    word: &str,
) -> Result<String, CliError> {
    let capture = received(context, word)?;
    let documents = read(&capture, word, args)?;
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
    use std::fmt::Write as _;
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
    use std::fmt::Write as _;
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
