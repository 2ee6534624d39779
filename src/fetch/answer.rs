//! What a source answered.

use serde::de::DeserializeOwned;

use super::content::Kind;
use super::error::FetchError;
use super::request::Validators;
use super::secret::Secrets;
use crate::figure::Version;

/// The headers that are kept, in the order of their names: what the bytes are, and which version.
pub const HEADERS: [&str; 8] = [
    "content-disposition",
    "content-language",
    "content-type",
    "date",
    "etag",
    "last-modified",
    "link",
    "retry-after",
];

/// An answer, whole and unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where it came from after all redirects, without what is secret.
    pub url: String,
    /// The status of HTTP.
    pub status: u16,
    /// Those of [`HEADERS`] that it has, sorted by name, in small letters.
    pub headers: Vec<(String, String)>,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
    /// When the last of them came.
    pub received: Version,
}

impl Answer {
    /// The value of a header; its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// By what to ask for a newer version.
    pub fn validators(&self) -> Validators {
        Validators {
            etag: self.header("etag").map(str::to_owned),
            last_modified: self.header("last-modified").map(str::to_owned),
        }
    }

    /// Host and path, as messages name where it came from.
    pub fn place(&self) -> String {
        let bare = self
            .url
            .split_once("://")
            .map_or(&*self.url, |(_, rest)| rest);
        bare.split(['?', '#']).next().unwrap_or_default().to_owned()
    }

    /// Sees whether it holds something, and that of a kind.
    ///
    /// # Errors
    ///
    /// When it is empty, or of another kind; the error tells what came instead.
    pub fn check(&self, kind: Kind) -> Result<(), FetchError> {
        self.checked(kind, &Secrets::default())
    }

    /// The same, with secrets that an error must not tell.
    pub(super) fn checked(&self, kind: Kind, secrets: &Secrets) -> Result<(), FetchError> {
        if self.body.is_empty() {
            return Err(FetchError::Empty {
                place: self.place(),
            });
        }
        let content_type = self.header("content-type");
        kind.check(content_type, &self.body, &self.place(), secrets)
    }

    /// The body as text, without a mark of its encoding.
    ///
    /// # Errors
    ///
    /// When it is not UTF-8.
    pub fn text(&self) -> Result<&str, FetchError> {
        let text = std::str::from_utf8(&self.body).map_err(|error| {
            let good = &self.body[..error.valid_up_to()];
            FetchError::Encoding {
                place: self.place(),
                byte: good.len(),
                line: 1 + good.iter().filter(|byte| **byte == b'\n').count(),
            }
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// When it is something else, which the error names; not UTF-8; cut off; or not of the shape
    /// that was asked for.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, FetchError> {
        self.check(Kind::Json)?;
        serde_json::from_str(self.text()?).map_err(|error| {
            let place = self.place();
            if error.is_eof() {
                FetchError::CutOff {
                    place,
                    reason: format!("its JSON has no end ({error})"),
                }
            } else {
                FetchError::Json {
                    place,
                    reason: error.to_string(),
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn answer(body: &[u8]) -> Answer {
        Answer {
            url: "https://a.example/x/?page=2".to_owned(),
            status: 200,
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("etag".to_owned(), "\"7\"".to_owned()),
            ],
            body: body.to_vec(),
            received: "2026-11-26T12:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn json_is_read_also_with_a_mark_of_its_encoding() {
        let read: Value = answer(b"\xef\xbb\xbf{\"items\": [1]}").json().unwrap();
        assert_eq!(read, json!({"items": [1]}));
    }

    #[test]
    fn what_is_wrong_with_json_is_told() {
        let told = |body: &[u8]| answer(body).json::<Value>().unwrap_err().to_string();
        assert_eq!(
            told(b"{\n\"a\": 1,"),
            "the answer of `a.example/x/` is cut off: its JSON has no end (EOF while parsing a \
             value at line 2 column 7); nothing of it is used, try again"
        );
        assert_eq!(
            told(b"{\n\"a\": \"\xe9\"}"),
            "the answer of `a.example/x/` is not UTF-8: byte 8 in line 2 is none of it; nothing of \
             it is used"
        );
        assert!(told(b"{a}").contains("key must be a string at line 1 column 2"));
        assert!(told(b"").contains("sent an empty answer"));
        let wrong = answer(b"{}").json::<Vec<u8>>().unwrap_err().to_string();
        assert!(
            wrong.contains("invalid type: map, expected a sequence"),
            "{wrong}"
        );
    }

    #[test]
    fn it_says_by_what_to_ask_again() {
        assert_eq!(
            answer(b"{}").validators(),
            Validators {
                etag: Some("\"7\"".to_owned()),
                last_modified: None
            }
        );
    }
}
