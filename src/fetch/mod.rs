//! The client that asks the sources over HTTP: politely, and never in silence about what went wrong.
//!
//! One [`Request`] goes in; an [`Answer`] comes out with the bytes as the source meant them, or a
//! [`FetchError`] that names the host, what happened and the way out. What lies in between is here
//! once for all sources: waiting one's turn, trying again, following redirects, unpacking, limits of
//! time and size, and keeping keys out of everything that a person or a file may see.
//!
//! Nothing here knows of figures, the ledger or the command line, and nothing prints. The clock is
//! passed in.

mod address;
mod answer;
mod body;
mod client;
mod clock;
mod content;
mod error;
mod gate;
mod policy;
mod redirect;
mod request;
mod resolver;
mod retry;
mod secret;
mod unsent;
mod web_page;

pub use address::Addresses;
pub use answer::{Answer, HEADERS};
pub use client::Client;
pub use clock::{Clock, RealClock};
pub use content::Kind;
pub use error::{Awaited, FetchError};
pub use policy::{PROJECT_URL, Policy};
pub use request::{Body, Field, Method, Request, Validators};
pub use secret::Secret;

use crate::figure::Version;

/// What came of a request that did not fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The source answered.
    Answer(Answer),
    /// The source says that nothing changed since the answer whose validators were sent.
    NotModified {
        /// When it said so.
        received: Version,
    },
}

/// Whatever can answer a request: the network, or what was recorded of it.
pub trait Fetch {
    /// Asks once, with all the patience of the implementation.
    ///
    /// # Errors
    ///
    /// When no answer came, or one that is not what was asked for.
    fn get(&self, request: &Request) -> Result<Outcome, FetchError>;
}
