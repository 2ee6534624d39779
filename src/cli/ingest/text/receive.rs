//! Where texts come from: files, standard input, addresses, and ReliefWeb's library of reports.

use std::path::Path;

use super::TextArgs;
use crate::cli::CliError;
use crate::cli::context::Context;
use crate::cli::files::capture;
use crate::fetch::{Fetch, Outcome, Request};
use crate::figure::PlaceId;
use crate::ingest::reliefweb::{ReportsWanted, request_for_report, requests_for_reports};
use crate::ingest::{Desk, IngestError, Keys, Offline};
use crate::ledger::{Capture, Received, piped};

/// The bytes of a text: of a file, an address, or standard input.
pub(super) fn received(
    context: &Context,
    args: &TextArgs,
    word: &str,
) -> Result<Capture, CliError> {
    if word == "-" {
        let bytes = piped(std::io::stdin().lock())
            .map_err(|error| CliError::data(format!("standard input: {error}")))?;
        return Ok(Capture::new("standard input", bytes));
    }
    if !is_address(word) {
        return capture(Path::new(word));
    }
    let keys = keys(context, args);
    let desk = Desk {
        now: context.now,
        keys: &keys,
    };
    // A page of ReliefWeb is asked for as its record, which says more and holds no frame.
    let request = match request_for_report(word, &desk)? {
        Some(request) => request,
        None => Request::get(word).map_err(IngestError::from)?,
    };
    ask(context, args, &request)
}

/// Whether a word is an address and no file.
pub(super) fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

/// The newest reports of ReliefWeb with these words in them.
pub(super) fn reports(
    context: &Context,
    args: &TextArgs,
    words: &str,
    about: &[PlaceId],
) -> Result<Vec<Capture>, CliError> {
    let keys = keys(context, args);
    let desk = Desk {
        now: context.now,
        keys: &keys,
    };
    let wanted = ReportsWanted {
        words: words.to_owned(),
        countries: about.to_vec(),
        sources: args.source.clone(),
        period: args.period,
        most: args.most,
    };
    requests_for_reports(&wanted, &desk)?
        .iter()
        .map(|request| ask(context, args, request))
        .collect()
}

fn keys(context: &Context, args: &TextArgs) -> Keys {
    if args.offline {
        Keys::stand_ins()
    } else {
        context.keys()
    }
}

/// The answer to a request: of the network, or as it was recorded.
fn ask(context: &Context, args: &TextArgs, request: &Request) -> Result<Capture, CliError> {
    let url = request.public_url();
    let outcome = if args.offline {
        let Some(ledger) = context.ledger_if_any()? else {
            return Err(CliError::nothing(format!(
                "there is no ledger at {}, so nothing is recorded that --offline could read",
                context.ledger_path().display()
            )));
        };
        Offline(&ledger).get(request)
    } else {
        context.client()?.get(request)
    };
    let Outcome::Answer(answer) = outcome.map_err(IngestError::from)? else {
        return Err(CliError::data(format!("{url} gave no text")));
    };
    let received = Received {
        url: url.clone(),
        at: answer.received,
        status: answer.status,
        headers: answer.headers,
    };
    Ok(Capture::of_answer(url, answer.body, received))
}
