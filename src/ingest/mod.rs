//! Sources that are asked over the network: what is requested, in which pages, and how answers are
//! read.
//!
//! A source is one file: its words on the command line, the requests that they mean, and what its
//! answers say of themselves. Answers are read as tables, by a mapping that comes with the program,
//! so that a saved answer is read as a fresh one.

mod amended;
mod error;
pub mod eurostat;
mod gleditsch_ward;
mod keys;
pub mod owid;
mod recorded;
pub mod ucdp;
pub mod tech_for_palestine;
pub mod unhcr;
mod words;
pub mod world_bank;

use std::borrow::Cow;
use std::collections::HashSet;

pub use error::IngestError;
pub use keys::Keys;
pub use recorded::{Offline, Remembering};

use crate::fetch::{Answer, Fetch, FetchError, Outcome, Request};
use crate::figure::Version;
use crate::ledger::{Capture, Received};
use crate::table::ScopeAsked;

/// What publishes figures and can be asked for them.
pub trait Source: std::fmt::Debug {
    /// Its code, which `humstat ingest` and the list of sources name it by.
    fn code(&self) -> &'static str;

    /// The words after `humstat ingest` that ask for the same again.
    fn words(&self) -> Vec<String>;

    /// The requests that the words on the command line mean, each for the first of its pages.
    ///
    /// # Errors
    /// When they mean nothing together, or a key is missing.
    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError>;

    /// What an answer says of itself: how many rows it holds, and what to ask after it. `asked` is
    /// none for an answer that was saved as a file.
    ///
    /// # Errors
    /// When it is no answer of this source, or not to what was asked.
    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError>;

    /// The mapping that reads the answers: its name, and its text.
    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>);

    /// The same for these answers, where the first of them tells some of it.
    ///
    /// # Errors
    /// When it cannot be told, or more than one way of reading fits.
    fn mapping_for(
        &self,
        _first: &[u8],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        Ok(self.mapping())
    }

    /// What the answers speak of, so that their silence has a meaning.
    fn scope(&self) -> ScopeAsked {
        ScopeAsked::default()
    }

    /// When what the first answer holds was published, where that can be told. A day after it was
    /// received is none, and the time of receiving takes its place.
    fn published(&self, _answer: &[u8]) -> Option<Version> {
        None
    }

    /// What a failure means at this source, with the way out.
    fn explained(&self, error: FetchError) -> IngestError {
        error.into()
    }
}

/// What requests are made with, beside the words of the command line.
#[derive(Debug)]
pub struct Desk<'k> {
    /// The time to act at.
    pub now: Version,
    /// The keys that the desk has.
    pub keys: &'k Keys,
}

/// What an answer says of itself.
#[derive(Debug)]
pub struct Page {
    /// How many rows it holds.
    pub rows: u64,
    /// How many pages there are, where the source says so.
    pub pages: Option<u64>,
    /// The request for the page after it; none at the end.
    pub next: Option<Request>,
}

impl Page {
    /// A page that nothing follows.
    pub const fn last(rows: u64) -> Self {
        Self {
            rows,
            pages: None,
            next: None,
        }
    }
}

/// Asks a source for all pages, and shows how many pages and rows have come.
///
/// # Errors
/// When a request fails, an answer is none, pages repeat, or nothing matches. Nothing is kept then.
pub fn ask(
    source: &dyn Source,
    fetch: &dyn Fetch,
    desk: &Desk<'_>,
    mut progress: impl FnMut(u64, u64),
) -> Result<Vec<Capture>, IngestError> {
    let (mut pages, mut asked, mut rows) = (Vec::new(), HashSet::new(), 0);
    for first in source.requests(desk)? {
        let mut next = Some(first);
        let mut of = None;
        while let Some(request) = next {
            let outcome = fetch
                .get(&request)
                .map_err(|error| source.explained(error))?;
            let answer = match outcome {
                Outcome::Answer(answer) => answer,
                Outcome::NotModified { .. } => {
                    return Err(IngestError::unexpected(
                        source,
                        "it says that nothing changed since an answer that was not asked about",
                    ));
                }
            };
            let page = source.page(Some(&request), &answer.body)?;
            rows += page.rows;
            if *of.get_or_insert(page.pages) != page.pages {
                return Err(IngestError::unexpected(
                    source,
                    "the number of its pages changed while they were read; ask again",
                ));
            }
            let is_repeated = pages
                .last()
                .is_some_and(|last: &Capture| last.holds(&answer.body));
            if page.rows > 0 && is_repeated {
                return Err(IngestError::unexpected(
                    source,
                    "two pages are the same, so one is missing; ask again",
                ));
            }
            if page.rows > 0 {
                pages.push(capture(&request, answer));
            }
            progress(asked.len() as u64 + 1, rows);
            if !asked.insert(request.public_url()) {
                return Err(IngestError::unexpected(
                    source,
                    "its pages lead back to one that was read",
                ));
            }
            next = page.next;
        }
    }
    if pages.is_empty() {
        return Err(IngestError::Nothing {
            source_code: source.code(),
        });
    }
    Ok(pages)
}

/// Saved answers, without those that hold no row.
///
/// # Errors
/// When one is no answer of the source, or none holds a row.
pub fn saved(source: &dyn Source, files: Vec<Capture>) -> Result<Vec<Capture>, IngestError> {
    let mut pages = Vec::with_capacity(files.len());
    for file in files {
        let bytes = file.whole().map_err(|error| IngestError::Unreadable {
            file: file.name.clone(),
            source: error,
        })?;
        let rows = source.page(None, &bytes)?.rows;
        drop(bytes);
        if rows > 0 {
            pages.push(file);
        }
    }
    if pages.is_empty() {
        return Err(IngestError::Nothing {
            source_code: source.code(),
        });
    }
    Ok(pages)
}

/// An answer as the ledger keeps it: under the address that was asked, by which it is found again.
fn capture(request: &Request, answer: Answer) -> Capture {
    let url = request.public_url();
    let path = url.split(['?', '#']).next().unwrap_or(&url);
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or(path)
        .to_owned();
    let received = Received {
        url,
        at: answer.received,
        status: answer.status,
        headers: answer.headers,
    };
    Capture::of_answer(name, answer.body, received)
}
