//! Sources that are asked over the network: what is requested, in which pages, and how answers are
//! read.
//!
//! A source is one file: its words on the command line, the requests that they mean, and what its
//! answers say of themselves. Answers are read as tables, by a mapping that comes with the program,
//! so that a saved answer is read as a fresh one.

pub mod acled;
mod amended;
mod deleted;
pub mod dtm;
mod error;
pub mod eurostat;
mod given_map;
mod gleditsch_ward;
pub mod hapi;
pub mod hdx;
pub mod idmc;
mod key_check;
mod keys;
pub mod missing_migrants;
pub mod ohchr;
pub mod owid;
mod recorded;
pub mod reliefweb;
pub mod tech_for_palestine;
pub mod ucdp;
mod unfinished;
pub mod unhcr;
pub mod unhcr_situation;
mod words;
pub mod world_bank;

use std::borrow::Cow;
use std::collections::HashSet;

pub use deleted::{Deleted, Withdrawal};
pub use error::IngestError;
pub use key_check::{KeyState, key_state};
pub use keys::Keys;
pub use recorded::{Offline, Remembering};
pub use unfinished::Unfinished;

use crate::fetch::{Answer, Fetch, FetchError, Outcome, Request};
use crate::figure::{PlaceId, Version};
use crate::ledger::{Capture, Reading, Received};
use crate::table::{Footnote, ScopeAsked, Told};

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

    /// What is sent before the requests by a source that exchanges a name and a password for a token.
    ///
    /// # Errors
    /// When a key is missing.
    fn entry(&self, _desk: &Desk<'_>) -> Result<Option<Request>, IngestError> {
        Ok(None)
    }

    /// The requests with the token that was answered.
    ///
    /// # Errors
    /// When the answer holds none.
    fn admitted(
        &self,
        requests: Vec<Request>,
        _answer: &[u8],
    ) -> Result<Vec<Request>, IngestError> {
        Ok(requests)
    }

    /// What an answer says of itself: how many rows it holds, and what to ask after it. `asked` is
    /// none for an answer that was saved as a file.
    ///
    /// # Errors
    /// When it is no answer of this source, or not to what was asked.
    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError>;

    /// The mapping that reads the answers: its name, and its text.
    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>);

    /// The mapping that reads these answers, where it depends on what they are: on their form, or on
    /// which round is the latest.
    ///
    /// # Errors
    /// When the answers do not tell how they are to be read.
    fn mapping_for(
        &self,
        _pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        Ok(self.mapping())
    }

    /// Whether an answer tells about the table and is no page of it, as the description of a dataset.
    fn describes(&self, _answer: &[u8]) -> bool {
        false
    }

    /// What such answers say of the table that the pages hold.
    ///
    /// # Errors
    /// When they say nothing of it.
    fn told(&self, _about: &[Capture], _pages: &[Capture]) -> Result<Told, IngestError> {
        Ok(Told::default())
    }

    /// What such answers, or the pages themselves, say of some figures of the table.
    ///
    /// # Errors
    /// When a saved answer cannot be read.
    fn footnotes(
        &self,
        _about: &[Capture],
        _pages: &[Capture],
    ) -> Result<Vec<Footnote>, IngestError> {
        Ok(Vec::new())
    }

    /// The events that the answers say were deleted, where they say nothing else. They are read by no
    /// mapping then.
    ///
    /// # Errors
    /// When a saved answer cannot be read, or is another list.
    fn deleted(&self, _pages: &[Capture]) -> Result<Option<Deleted>, IngestError> {
        Ok(None)
    }

    /// What the answers speak of, so that their silence has a meaning.
    fn scope(&self) -> ScopeAsked {
        ScopeAsked::default()
    }

    /// Applies the source's own rules for its rows to a table that was read: which of them stand for
    /// others, and what a round speaks of.
    ///
    /// # Errors
    /// When the answers do not tell what the rules need.
    fn settle(&self, _reading: &mut Reading) -> Result<(), IngestError> {
        Ok(())
    }

    /// What is odd about a table that was read, for people.
    fn remarks(&self, _reading: &Reading) -> Vec<String> {
        Vec::new()
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
    /// How many pages there are, where the source says so; or how many rows in all of them. It must not
    /// change while they are read.
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

    /// The same, of so many pages or rows in all.
    #[must_use]
    pub const fn of(mut self, pages: u64) -> Self {
        self.pages = Some(pages);
        self
    }
}

/// Sees whether a table is what was asked for, whoever gave the answers: a source may pass over what it
/// does not understand, and a file may be another.
///
/// # Errors
/// When a figure is of an origin, a location or an indicator that was not asked for.
pub fn check(source: &dyn Source, reading: &Reading) -> Result<(), IngestError> {
    let scope = source.scope();
    let is_asked = |wanted: &[PlaceId], place: Option<&PlaceId>| {
        wanted.is_empty() || place.is_none_or(|place| wanted.contains(place))
    };
    let other = reading.series.iter().find(|series| {
        !is_asked(&scope.origins, series.origin.as_ref())
            || !is_asked(&scope.locations, series.location.as_ref())
            || !(scope.indicators.is_empty()
                || scope
                    .indicators
                    .iter()
                    .any(|code| **code == *series.indicator))
    });
    let Some(series) = other else { return Ok(()) };
    let place = |place: Option<&PlaceId>| place.map_or("anywhere".to_owned(), ToString::to_string);
    Err(IngestError::unexpected(
        source,
        format!(
            "it holds {} from {} in {}, which was not asked for",
            series.indicator,
            place(series.origin.as_ref()),
            place(series.location.as_ref())
        ),
    ))
}

/// Asks a source for all pages, and shows how many pages and rows have come. Pages that came before an
/// earlier ask was stopped are not asked for again.
///
/// # Errors
/// When a request fails, an answer is none, pages repeat, or nothing matches. Nothing is kept then.
pub fn ask(
    source: &dyn Source,
    fetch: &dyn Fetch,
    desk: &Desk<'_>,
    unfinished: &Unfinished,
    mut progress: impl FnMut(u64, u64),
) -> Result<Vec<Capture>, IngestError> {
    let (mut pages, mut asked, mut rows) = (Vec::new(), HashSet::new(), 0);
    let mut holds_rows = false;
    for first in admitted_requests(source, fetch, desk)? {
        let mut next = Some(first);
        let mut of = None;
        while let Some(request) = next {
            let known = unfinished.find(&request);
            let is_new = known.is_none();
            let answer = known.map_or_else(|| fresh(source, fetch, &request), Ok)?;
            let page = source.page(Some(&request), &answer.body)?;
            let is_kept = page.rows > 0 || source.describes(&answer.body);
            // Links to other pages hold the key that they were asked with, which is not to be kept.
            let body = request.without_secrets(answer.body);
            let answer = Answer { body, ..answer };
            if is_new {
                unfinished.keep(&request, &answer);
            }
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
            holds_rows |= page.rows > 0;
            if is_kept {
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
    if !holds_rows {
        return Err(IngestError::Nothing {
            source_code: source.code(),
        });
    }
    Ok(pages)
}

fn fresh(source: &dyn Source, fetch: &dyn Fetch, request: &Request) -> Result<Answer, IngestError> {
    let answered = fetch.get(request).map_err(|error| source.explained(error));
    match answered? {
        Outcome::Answer(answer) => Ok(answer),
        Outcome::NotModified { .. } => Err(IngestError::unexpected(
            source,
            "it says that nothing changed since an answer that was not asked about",
        )),
    }
}

/// The first requests of a source, with its token where it gives one. Answers that a ledger holds need
/// none.
fn admitted_requests(
    source: &dyn Source,
    fetch: &dyn Fetch,
    desk: &Desk<'_>,
) -> Result<Vec<Request>, IngestError> {
    let requests = source.requests(desk)?;
    let Some(entry) = source.entry(desk)? else {
        return Ok(requests);
    };
    match fetch.get(&entry) {
        Ok(Outcome::Answer(answer)) => source.admitted(requests, &answer.body),
        Ok(Outcome::NotModified { .. }) => Err(IngestError::unexpected(
            source,
            "it says that its token did not change",
        )),
        Err(FetchError::NotRecorded { .. }) => Ok(requests),
        Err(error) => Err(source.explained(error)),
    }
}

/// Parts answers into the pages of the table and those that tell about it.
///
/// # Errors
/// When a saved answer cannot be read.
pub fn parted(
    source: &dyn Source,
    answers: Vec<Capture>,
) -> Result<(Vec<Capture>, Vec<Capture>), IngestError> {
    let (mut pages, mut about) = (Vec::new(), Vec::new());
    for answer in answers {
        let describes = source.describes(&whole(&answer)?);
        let part = if describes { &mut about } else { &mut pages };
        part.push(answer);
    }
    Ok((pages, about))
}

/// All bytes of an answer.
fn whole(answer: &Capture) -> Result<Cow<'_, [u8]>, IngestError> {
    answer.whole().map_err(|error| IngestError::Unreadable {
        file: answer.name.clone(),
        source: error,
    })
}

/// All bytes of the first answer.
fn first<'c>(source: &dyn Source, pages: &'c [Capture]) -> Result<Cow<'c, [u8]>, IngestError> {
    let nothing = IngestError::Nothing {
        source_code: source.code(),
    };
    whole(pages.first().ok_or(nothing)?)
}

/// How many lines of a text hold something.
fn lines(text: &[u8]) -> u64 {
    let lines = text.split(|byte| matches!(byte, b'\n' | b'\r'));
    let hold = |line: &&[u8]| line.iter().any(|byte| !matches!(byte, 0 | b' ' | b'\t'));
    lines.filter(hold).count() as u64
}

/// Saved answers, without those that hold no row.
///
/// # Errors
/// When one is no answer of the source, or none holds a row.
pub fn saved(source: &dyn Source, files: Vec<Capture>) -> Result<Vec<Capture>, IngestError> {
    let mut pages = Vec::with_capacity(files.len());
    let (mut rows_in_all, mut with_rows, mut of) = (0, 0, None);
    for file in files {
        let bytes = whole(&file)?;
        let Page {
            rows, pages: found, ..
        } = source.page(None, &bytes).map_err(|error| match error {
            IngestError::Unexpected {
                source_code,
                reason,
            } => IngestError::NoAnswer {
                file: file.name.clone(),
                source_code,
                reason,
            },
            other => other,
        })?;
        let is_kept = rows > 0 || source.describes(&bytes);
        drop(bytes);
        if rows > 0 {
            rows_in_all += rows;
            with_rows += 1;
            of = of.max(found);
        }
        if is_kept {
            pages.push(file);
        }
    }
    if with_rows == 0 {
        return Err(IngestError::Nothing {
            source_code: source.code(),
        });
    }
    // A part of a table would be taken for the whole.
    match of.filter(|of| ![with_rows, rows_in_all].contains(of)) {
        None => Ok(pages),
        Some(of) => Err(IngestError::unexpected(
            source,
            format!(
                "the files are not all of it: it has {of} in all; give every page to one --file"
            ),
        )),
    }
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
