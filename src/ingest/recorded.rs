//! Answers that the ledger holds: in place of the network, or to ask only for what is newer.

use crate::fetch::{Answer, Fetch, FetchError, Outcome, Request, Validators};
use crate::ledger::{Capture, Ledger};

/// Answers from what a ledger recorded, and never asks the network.
#[derive(Debug)]
pub struct Offline<'l>(pub &'l Ledger);

/// Asks another, and where the source can tell that nothing changed since the answer that a ledger
/// holds, answers with that.
#[derive(Debug)]
pub struct Remembering<'l, F> {
    /// The ledger.
    pub ledger: &'l Ledger,
    /// Who is asked.
    pub ask: F,
}

impl Fetch for Offline<'_> {
    fn get(&self, request: &Request) -> Result<Outcome, FetchError> {
        recorded(self.0, request)?.map_or_else(
            || {
                Err(FetchError::NotRecorded {
                    place: request.place(),
                })
            },
            |answer| Ok(Outcome::Answer(answer)),
        )
    }
}

impl<F: Fetch> Fetch for Remembering<'_, F> {
    fn get(&self, request: &Request) -> Result<Outcome, FetchError> {
        let Some(known) = recorded(self.ledger, request)? else {
            return self.ask.get(request);
        };
        let since = known.validators();
        if since == Validators::default() {
            return self.ask.get(request);
        }
        match self.ask.get(&request.clone().unless_unchanged(since))? {
            Outcome::NotModified { received } => Ok(Outcome::Answer(Answer { received, ..known })),
            answer @ Outcome::Answer(_) => Ok(answer),
        }
    }
}

/// The newest answer to a request that a ledger holds.
fn recorded(ledger: &Ledger, request: &Request) -> Result<Option<Answer>, FetchError> {
    let unreadable = |error: String| FetchError::Unusable {
        place: request.place(),
        reason: error,
    };
    let capture = ledger
        .answer_to(&request.public_url())
        .map_err(|error| unreadable(error.to_string()))?;
    let Some(Capture {
        received: Some(received),
        ..
    }) = &capture
    else {
        return Ok(None);
    };
    let received = received.clone();
    let body = capture.map(Capture::into_whole).transpose();
    let body = body.map_err(|error| unreadable(error.to_string()))?;
    Ok(Some(Answer {
        url: received.url,
        status: received.status,
        headers: received.headers,
        body: body.unwrap_or_default(),
        received: received.at,
    }))
}
