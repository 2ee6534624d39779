//! Why no answer began.

use std::error::Error;
use std::io::ErrorKind;

use super::error::{Awaited, FetchError};
use super::policy::Policy;
use super::resolver::NameFault;
use super::retry::{Again, Failure};
use super::secret::Secrets;
use super::web_page;

/// What a request failed by before its answer began. What the library below says of it may show
/// the URL, so that only the deepest cause is told.
pub(super) fn failure(
    error: &reqwest::Error,
    place: String,
    policy: &Policy,
    secrets: &Secrets,
) -> Failure {
    if error.is_timeout() {
        let (limit, awaited) = if error.is_connect() {
            (policy.connect_limit, Awaited::Connection)
        } else {
            (policy.read_limit, Awaited::Beginning)
        };
        let timed_out = FetchError::TimedOut {
            place,
            limit,
            awaited,
        };
        return Failure::with(timed_out, Again::Harmless);
    }
    match causes(error).find_map(|cause| cause.downcast_ref::<NameFault>()) {
        Some(NameFault::Refused(address, what)) => {
            return Failure::last(FetchError::Refused {
                place,
                address: *address,
                what,
            });
        }
        // A machine that is not online should say so at once.
        Some(NameFault::Unknown(reason)) => {
            return Failure::last(FetchError::Unreachable {
                place,
                reason: reason.clone(),
            });
        }
        None => {}
    }
    let reason = deepest(error, secrets);
    let kinds = || causes(error).filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    if kinds().any(|cause| cause.kind() == ErrorKind::InvalidData) {
        return Failure::last(FetchError::Untrusted { place, reason });
    }
    let again = if kinds().any(|cause| cause.kind() == ErrorKind::ConnectionRefused) {
        Again::Always
    } else {
        Again::Harmless
    };
    Failure::with(FetchError::Unreachable { place, reason }, again)
}

/// An error and what caused it, from the outermost to the innermost.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        // An error of reading and writing hides the one that it wraps behind that one's own cause.
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        match wrapped {
            Some(inner) => Some(inner),
            None => (*error).source(),
        }
    })
}

/// What the innermost cause says, in one line.
pub(super) fn deepest(error: &(dyn Error + 'static), secrets: &Secrets) -> String {
    let text = causes(error).last().map(ToString::to_string);
    web_page::excerpt(text.unwrap_or_default().as_bytes(), secrets)
}
