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
