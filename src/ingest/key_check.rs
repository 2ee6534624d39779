//! Whether the key of a source is good, where the source tells it without giving data for it.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Keys, acled, dtm, hapi, ucdp};
use crate::fetch::{Fetch, FetchError, Kind, Outcome, Request};
use crate::vocabulary::AskedSource;

/// What a source says of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// It takes the key; and what it does not tell by that, if anything.
    Accepted(Option<&'static str>),
    /// It refuses the key.
    Refused,
    /// It does not tell, and why.
    NotTold(String),
}

/// A token, as it is given for a name and a password.
#[derive(Deserialize)]
struct Admission {
    #[serde(rename = "access_token")]
    _token: IgnoredAny,
}

/// Asks a source whether the key that the desk has for it is good. A source that would have to give
/// data to tell it is not asked, nor is any for a key that the desk lacks.
pub fn key_state(source: &AskedSource, keys: &Keys, fetch: &dyn Fetch) -> KeyState {
    let Some(address) = &source.key_check else {
        return KeyState::NotTold("it would have to give data for it".to_owned());
    };
    let Some(request) = request(&source.code, address, keys) else {
        return KeyState::NotTold("the key is not set".to_owned());
    };
    let asked = request.and_then(|request| fetch.get(&request.expecting(Kind::Json)));
    match state(&source.code, asked) {
        KeyState::Accepted(_) if source.code == acled::CODE => {
            KeyState::Accepted(Some(acled::access(keys)))
        }
        state => state,
    }
}

/// The request that carries the key; none where the desk lacks it, or nobody knows how it is carried.
fn request(code: &str, address: &str, keys: &Keys) -> Option<Result<Request, FetchError>> {
    match code {
        "acled" => acled::token_request(address, keys),
        "dtm" => dtm::with_key(address, keys),
        "hapi" => hapi::with_key(address, keys),
        "ucdp" => ucdp::with_key(address, keys),
        _ => None,
    }
}

fn state(code: &str, asked: Result<Outcome, FetchError>) -> KeyState {
    let is_token = code == acled::CODE;
    match asked {
        Ok(Outcome::Answer(answer)) if is_token => {
            match serde_json::from_slice::<Admission>(&answer.body) {
                Ok(_) => KeyState::Accepted(None),
                Err(_) => KeyState::NotTold("its answer holds no token".to_owned()),
            }
        }
        Ok(_) => KeyState::Accepted(None),
        Err(error) => match error.status() {
            Some(401) => KeyState::Refused,
            Some(400) if is_token => KeyState::Refused,
            // The gate before DTM's interface refuses before it looks at the key.
            Some(403) if code != dtm::CODE => KeyState::Refused,
            _ => KeyState::NotTold(error.to_string()),
        },
    }
}
