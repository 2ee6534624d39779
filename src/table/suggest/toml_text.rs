//! Writing TOML by hand, because every guess has its reason at the end of its line.

/// The value that a person has to replace.
pub(super) const UNSAID: &str = "\"?\"";

/// A text as TOML writes it, in quotation marks; a question mark of the file is not the value that is
/// to be replaced.
pub(super) fn quoted(text: &str) -> String {
    if text == "?" {
        return "\"\\u003f\"".to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => out.push_str(&format!("\\u{:04x}", other as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// A list of texts.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(quoted).collect();
    format!("[{}]", texts.join(", "))
}

/// A table on one line; values are TOML already.
pub(super) fn inline<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let pairs: Vec<String> = pairs
        .into_iter()
        .map(|(key, value)| format!("{} = {value}", key_of(key)))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// A key, in quotation marks where it has to be.
fn key_of(key: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !key.is_empty() && key.bytes().all(is_bare) {
        key.to_owned()
    } else {
        quoted(key)
    }
}

/// A text as the words of a comment: one line, without control characters.
pub(super) fn comment(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect()
}

/// A text of the file within a comment, shortened.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("`{short}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were() {
        for text in [
            "?",
            "",
            "a\"b\\c",
            "two\nlines\r\t",
            "\u{0}\u{1b}\u{7f}\u{85}",
            "المجموع",
            "'''",
        ] {
            let read: toml::Table = toml::from_str(&format!(
                "{} = {}\nlist = {}\n",
                key_of(text),
                inline([(text, quoted(text))]),
                list([text])
            ))
            .unwrap();
            assert_eq!(read[text][text].as_str(), Some(text));
            assert_eq!(read["list"][0].as_str(), Some(text));
        }
    }
}
