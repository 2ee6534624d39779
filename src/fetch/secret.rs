//! What nobody may read: keys, passwords, tokens.

use std::fmt;

/// What stands where a secret was.
const HIDDEN: &str = "[hidden]";

/// Shorter texts are no secrets, and hiding them would blot out innocent words.
const SHORTEST: usize = 4;

/// A text that is shown to nobody: it has no `Display`, and its `Debug` says nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text in, without the blanks and line ends that files of keys have around it.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(text.as_ref().trim().to_owned())
    }

    /// What the secret is within, in Base64: `Secret::new("b").base64("a:")` is `a:b` encoded.
    #[must_use]
    pub fn base64(&self, before: &str) -> Self {
        Self(base64(format!("{before}{}", self.0).as_bytes()))
    }

    /// Whether it ends with one of these texts in small letters, such as the domain of an address.
    pub fn ends_with_any(&self, endings: &[&str]) -> bool {
        let text = self.0.to_lowercase();
        endings.iter().any(|ending| text.ends_with(ending))
    }

    /// The text itself, for the request alone.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HIDDEN)
    }
}

/// Bytes in Base64, by RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |index: usize| u32::from(three.get(index).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for index in 0..4 {
            text.push(if index <= three.len() {
                char::from(LETTERS[(bits >> (18 - 6 * index)) as usize & 63])
            } else {
                '='
            });
        }
    }
    text
}

/// The secrets of a request, in every spelling in which a source may send them back.
#[derive(Clone, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// Collects the spellings of each.
    pub(super) fn new<'a>(secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        let mut spellings = Vec::new();
        for secret in secrets {
            let text = secret.reveal();
            spellings.extend(spelled(text));
            // The scheme of an `Authorization` header is no part of what is secret.
            if let Some((_, token)) = text.split_once(' ') {
                spellings.extend(spelled(token.trim()));
            }
        }
        spellings.retain(|spelling| spelling.len() >= SHORTEST);
        // Longest first, so that none is left over in part.
        spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.len()));
        spellings.dedup();
        Self(spellings)
    }

    /// The text with every secret in it hidden.
    pub(super) fn hide(&self, text: &str) -> String {
        self.0
            .iter()
            .fold(text.to_owned(), |text, secret| text.replace(secret, HIDDEN))
    }

    /// Bytes, which need be no text, with every secret in them hidden.
    pub(super) fn hide_bytes(&self, bytes: Vec<u8>) -> Vec<u8> {
        self.0.iter().fold(bytes, |bytes, secret| {
            let secret = secret.as_bytes();
            let mut hidden = Vec::with_capacity(bytes.len());
            let mut rest = bytes.as_slice();
            while let Some(at) = rest
                .windows(secret.len())
                .position(|window| window == secret)
            {
                hidden.extend_from_slice(&rest[..at]);
                hidden.extend_from_slice(HIDDEN.as_bytes());
                rest = &rest[at + secret.len()..];
            }
            if hidden.is_empty() {
                return bytes;
            }
            hidden.extend_from_slice(rest);
            hidden
        })
    }

    /// Whether a text holds one of them.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret))
    }
}

/// A text as it is, as a part of a URL, as a field of a form, and within JSON.
fn spelled(text: &str) -> Vec<String> {
    let percent = |byte: u8| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    let encoded: String = text.bytes().map(percent).collect();
    let json = serde_json::Value::from(text).to_string();
    let json = json.trim_matches('"').to_owned();
    vec![
        text.to_owned(),
        encoded.replace("%20", "+"),
        encoded.to_lowercase(),
        json.replace('/', "\\/"),
        json,
        encoded,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_nothing() {
        let secret = Secret::new("  k3y-of-mine\n");
        assert_eq!(format!("{secret:?}"), "[hidden]");
        assert_eq!(secret.reveal(), "k3y-of-mine");
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        for (text, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            (
                "humstat:desk@example.org",
                "aHVtc3RhdDpkZXNrQGV4YW1wbGUub3Jn",
            ),
        ] {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_secret_within_bytes_is_hidden() {
        let secrets = Secrets::new([&Secret::new("k3y-of-mine")]);
        assert_eq!(
            secrets.hide_bytes(b"\xff?id=k3y-of-mine&id=k3y-of-mine\0".to_vec()),
            b"\xff?id=[hidden]&id=[hidden]\0"
        );
        assert_eq!(secrets.hide_bytes(b"\xffno key".to_vec()), b"\xffno key");
    }

    #[test]
    fn every_spelling_is_hidden() {
        let secrets = Secrets::new([&Secret::new("a/b c+d"), &Secret::new("Bearer t0ken-1")]);
        for echo in [
            "a/b c+d",
            "a%2Fb%20c%2Bd",
            "a%2fb%20c%2bd",
            "a%2Fb+c%2Bd",
            r"a\/b c+d",
        ] {
            let text = format!("no such key: {echo}.");
            assert!(secrets.stands_in(&text), "{echo}");
            assert_eq!(secrets.hide(&text), "no such key: [hidden].");
        }
        assert_eq!(
            secrets.hide("token t0ken-1 expired"),
            "token [hidden] expired"
        );
    }

    #[test]
    fn a_text_of_three_letters_blots_out_nothing() {
        let secrets = Secrets::new([&Secret::new(""), &Secret::new("key")]);
        assert_eq!(secrets.hide("the key is missing"), "the key is missing");
    }
}
