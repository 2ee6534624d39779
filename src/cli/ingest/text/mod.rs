//! `humstat ingest text`: from prose to figures that wait for a decision.

mod print;
mod receive;

use std::io::Read as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::CliError;
use crate::cli::context::Context;
use crate::cli::review;
use crate::cli::selection::place_argument;
use crate::figure::{Absence, PlaceId, Publication, Scope, Span, Version, counted};
use crate::ledger::{CandidateId, Capture, Proposal, Proposed};
use crate::text::{self, Document, Given, document};
use crate::vocabulary;

/// The reader and its version: a new version may read the same text otherwise.
const READER: &str = "text/1";

/// Read figures from prose: each waits, with the words that it was read from, until somebody accepts it
///
/// Reads plain text, Markdown, web pages, PDF, Word, e-mail and reports of ReliefWeb; of a live blog, each
/// entry by its own time. `-` is standard input; an address is fetched. Dates, places and the organisation
/// that speaks are taken from the document where it tells them, and from the options where it does not.
/// English is read; Spanish and French by fewer rules; of Arabic and Ukrainian only the quantities.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat ingest text release.html --dry-run
  humstat ingest text live-blog.html --via \"Example News\" --about UKR
  humstat ingest text briefing.txt --published 2022-03-02 --claimant UNHCR --channel unhcr/briefings
  pbpaste | humstat ingest text - --published 2022-03-02 --via \"Example News\" --dry-run
  humstat ingest text --reliefweb \"sudan displacement\" --about SDN --source UNHCR --most 5
  humstat ingest text *.txt --dry-run --quantities --format jsonl

What was found waits: `humstat review` decides on it, and nothing is drawn or summed before.")]
pub struct TextArgs {
    /// Files, addresses, or - for standard input
    #[arg(required_unless_present = "reliefweb", value_name = "TEXT")]
    texts: Vec<String>,
    /// Read the newest reports of ReliefWeb that have these words; --about and --source narrow them
    #[arg(long, value_name = "WORDS", conflicts_with = "texts")]
    reliefweb: Option<String>,
    /// Only reports of this organisation: UNHCR, OCHA
    #[arg(
        long,
        value_name = "NAME",
        value_delimiter = ',',
        requires = "reliefweb"
    )]
    source: Vec<String>,
    /// Only reports of these days: 2026-11.. or 2026-11-01..2026-11-20
    #[arg(long, value_name = "FROM..TO", requires = "reliefweb")]
    period: Option<Span>,
    /// How many reports at the most
    #[arg(long, value_name = "N", default_value_t = 10, requires = "reliefweb")]
    most: u64,
    /// Ask nobody: read again what the ledger recorded of these addresses
    #[arg(long)]
    offline: bool,
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
        return print::print(context, args, &given);
    }
    let mut waiting = Vec::new();
    let mut unread = Unread::default();
    let captures = captures(context, args, &given)?;
    for (word, capture) in &captures {
        let Some(texts) = unread.kept(read(capture, word, args)) else {
            continue;
        };
        for (index, one) in texts.into_iter().enumerate() {
            waiting.extend(propose(context, args, &given, capture, one, index)?);
        }
    }
    review::after_ingest(context, &waiting)?;
    unread.outcome(captures.len())
}

/// Files that could not be read, while others were.
#[derive(Debug, Default)]
struct Unread(Vec<CliError>);

impl Unread {
    /// What was read; what was not is kept for the end.
    fn kept<T>(&mut self, outcome: Result<T, CliError>) -> Option<T> {
        match outcome {
            Ok(read) => Some(read),
            Err(error) => {
                self.0.push(error);
                None
            }
        }
    }

    /// The error to end with, if there is one.
    fn outcome(mut self, all: usize) -> Result<(), CliError> {
        if all == 1 {
            return self.0.pop().map_or(Ok(()), Err);
        }
        let Some(kind) = self.0.first().map(|error| error.kind) else {
            return Ok(());
        };
        let unread = self.0.len();
        let mut message = String::new();
        for error in &self.0 {
            message.push_str(&error.message);
            message.push('\n');
        }
        message.push_str(&format!(
            "{unread} of {all} texts could not be read; the rest was"
        ));
        Err(CliError { kind, message })
    }
}

/// All that is to be read, with the word that it is named by.
fn captures(
    context: &Context,
    args: &TextArgs,
    given: &Given,
) -> Result<Vec<(String, Capture)>, CliError> {
    if let Some(words) = &args.reliefweb {
        let reports = receive::reports(context, args, words, &given.about)?;
        return Ok(reports
            .into_iter()
            .map(|report| ("reports.json".to_owned(), report))
            .collect());
    }
    args.texts
        .iter()
        .map(|word| Ok((word.clone(), receive::received(context, args, word)?)))
        .collect()
}

/// The documents that some bytes hold.
fn read(capture: &Capture, word: &str, args: &TextArgs) -> Result<Vec<Document>, CliError> {
    let unread = |error| CliError::data(format!("{word}: {error}"));
    let mut start = Vec::new();
    let from = capture.open().map_err(unread)?;
    from.take(1024).read_to_end(&mut start).map_err(unread)?;
    document::check_size(capture.size(), &start, word)
        .map_err(|error| CliError::data(error.to_string()))?;
    let bytes = capture.whole().map_err(unread)?;
    let mut documents =
        document::read_all(&bytes, word).map_err(|error| CliError::data(error.to_string()))?;
    for one in &mut documents {
        if one.title.is_none() {
            one.title.clone_from(&args.title);
        }
        if let Some(url) = &args.url {
            one.url = Some(url.clone());
        } else if one.url.is_none() && receive::is_address(word) {
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
