//! What can go wrong between a question and its answer.
//!
//! Each message names host and path, what happened, and what a person can do. None holds a secret:
//! they are made of places without queries, and of texts from which secrets were taken out.

use std::net::IpAddr;
use std::time::Duration;

use reqwest::Url;

use crate::figure::Version;

/// Why a source gave no answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The request cannot be sent as it is.
    #[error("`{place}` cannot be asked: {reason}")]
    Unusable {
        /// What was to be asked.
        place: String,
        /// Why not.
        reason: String,
    },
    /// The client itself cannot be set up.
    #[error("no encrypted connection can be made on this machine: {0}")]
    NoClient(String),
    /// No answer is recorded, and the network is not asked.
    #[error(
        "no answer of `{place}` to just this question is recorded in the ledger; ask once without --offline, or give a saved answer with --file"
    )]
    NotRecorded {
        /// What was to be asked.
        place: String,
    },
    /// A key would travel unencrypted.
    #[error("`{place}` would be sent a key that everybody on the way can read; ask it by https")]
    Unencrypted {
        /// What was to be asked.
        place: String,
    },
    /// The address may not be asked.
    #[error(
        "`{place}` is not asked: its address {address} is {what}, and sources are on the public network"
    )]
    Refused {
        /// What was to be asked.
        place: String,
        /// The address.
        address: IpAddr,
        /// What it is.
        what: &'static str,
    },
    /// No connection.
    #[error("`{place}` cannot be reached: {reason}; see whether this machine is online")]
    Unreachable {
        /// What was asked.
        place: String,
        /// Why.
        reason: String,
    },
    /// The other end is not who it should be.
    #[error(
        "`{place}` cannot be trusted: {reason}; see whether the clock of this machine is right and whether something reads the connection on the way"
    )]
    Untrusted {
        /// What was asked.
        place: String,
        /// Why.
        reason: String,
    },
    /// It took too long.
    #[error("`{place}` took more than {} {awaited}; try again later", seconds(*limit))]
    TimedOut {
        /// What was asked.
        place: String,
        /// How long was waited.
        limit: Duration,
        /// For what.
        awaited: Awaited,
    },
    /// A redirect that is not followed.
    #[error("`{place}` leads nowhere: {reason}")]
    Redirect {
        /// What was asked.
        place: String,
        /// Why it is not followed.
        reason: String,
    },
    /// A redirect away from encryption.
    #[error(
        "`{place}` leads from https to `{to}` by http, which anybody on the way can change; it is not followed"
    )]
    Downgrade {
        /// What was asked.
        place: String,
        /// Where it leads.
        to: String,
    },
    /// The source answered with an error.
    #[error("`{place}` answered {}{}{}", status_name(*status), quoted(excerpt), hinted(hint.as_deref()))]
    Status {
        /// What was asked.
        place: String,
        /// The status of HTTP.
        status: u16,
        /// The beginning of what it said; empty when it said nothing.
        excerpt: String,
        /// How to come by a key, when it refused access.
        hint: Option<String>,
    },
    /// The source has not got the answer ready.
    #[error("`{place}` is still making its answer ready (202); ask again in some minutes")]
    NotReady {
        /// What was asked.
        place: String,
    },
    /// The source asks for a longer wait than the client has patience for.
    #[error("`{place}` answered {} and asks not to come again before {at}", status_name(*status))]
    ComeAgain {
        /// What was asked.
        place: String,
        /// The status of HTTP.
        status: u16,
        /// When to come again.
        at: Version,
    },
    /// All tries failed.
    #[error("{last} (tried {tries} times)")]
    GaveUp {
        /// How often it was tried.
        tries: u32,
        /// What the last try failed by.
        last: Box<FetchError>,
    },
    /// A page for people where data were expected.
    #[error(
        "`{place}` sent {} where {wanted} was expected: the source may be down, or want a key; open it in a browser",
        page(title)
    )]
    WebPage {
        /// What was asked.
        place: String,
        /// Title of the page; empty when it has none.
        title: String,
        /// What was expected.
        wanted: &'static str,
    },
    /// Something else than what was expected.
    #[error("`{place}` sent {found} where {wanted} was expected: the source may have changed")]
    WrongKind {
        /// What was asked.
        place: String,
        /// What came.
        found: String,
        /// What was expected.
        wanted: &'static str,
    },
    /// The JSON cannot be read, or is not of the expected shape.
    #[error("`{place}` sent JSON that cannot be read: {reason}; the source may have changed")]
    Json {
        /// What was asked.
        place: String,
        /// Why, with line and column.
        reason: String,
    },
    /// More bytes than are taken in.
    #[error("`{place}` sends more than {limit} bytes{}, which is the limit; ask for less at a time", if *unpacked { " when unpacked" } else { "" })]
    TooLarge {
        /// What was asked.
        place: String,
        /// The limit.
        limit: u64,
        /// Whether it was passed in unpacking.
        unpacked: bool,
    },
    /// The answer is not whole.
    #[error("the answer of `{place}` is cut off: {reason}; nothing of it is used, try again")]
    CutOff {
        /// What was asked.
        place: String,
        /// How that shows.
        reason: String,
    },
    /// The answer cannot be unpacked.
    #[error("the answer of `{place}` cannot be unpacked: {reason}; try again later")]
    Packing {
        /// What was asked.
        place: String,
        /// Why.
        reason: String,
    },
    /// The text is not UTF-8.
    #[error(
        "the answer of `{place}` is not UTF-8: byte {byte} in line {line} is none of it; nothing of it is used"
    )]
    Encoding {
        /// What was asked.
        place: String,
        /// Position of the first wrong byte, counted from 0.
        byte: usize,
        /// Its line, counted from 1.
        line: usize,
    },
    /// Nothing came.
    #[error("`{place}` sent an empty answer; try again later")]
    Empty {
        /// What was asked.
        place: String,
    },
}

/// What was waited for when the time ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// A connection.
    Connection,
    /// The beginning of the answer.
    Beginning,
    /// The next piece of the answer.
    Piece,
    /// All of the answer.
    Whole,
}

impl std::fmt::Display for Awaited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Connection => "to take the connection",
            Self::Beginning => "to begin its answer",
            Self::Piece => "to send the next piece of its answer",
            Self::Whole => "to send its answer",
        })
    }
}

impl FetchError {
    /// What the failure was, however often it was tried.
    pub fn root(&self) -> &Self {
        match self {
            Self::GaveUp { last, .. } => last.root(),
            other => other,
        }
    }

    /// The status that the source answered with, when it answered with an error.
    pub fn status(&self) -> Option<u16> {
        match self.root() {
            Self::Status { status, .. } | Self::ComeAgain { status, .. } => Some(*status),
            _ => None,
        }
    }
}

/// Host and path of a URL.
pub(super) fn place_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    format!("{host}{port}{}", url.path())
}

/// Number and name of a status.
fn status_name(status: u16) -> String {
    let known = reqwest::StatusCode::from_u16(status).ok();
    match known.and_then(|status| status.canonical_reason()) {
        Some(name) => format!("{status} {name}"),
        None => status.to_string(),
    }
}

fn quoted(excerpt: &str) -> String {
    match excerpt {
        "" => String::new(),
        text => format!(": {text}"),
    }
}

fn hinted(hint: Option<&str>) -> String {
    hint.map(|hint| format!("; {hint}")).unwrap_or_default()
}

fn page(title: &str) -> String {
    match title {
        "" => "a web page".to_owned(),
        title => format!("a web page titled \"{title}\""),
    }
}

fn seconds(limit: Duration) -> String {
    match limit.as_secs_f64() {
        1.0 => "a second".to_owned(),
        seconds => format!("{seconds} seconds"),
    }
}
