//! TOML that a person wrote: mistakes are told with file, line and the nearest right key.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// A mistake in a TOML file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TomlError {
    /// The file.
    pub path: PathBuf,
    /// Line and column, counted from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub message: String,
    /// The key that was probably meant.
    pub nearest: Option<String>,
}

impl fmt::Display for TomlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some((line, column)) = self.place {
            write!(f, ", line {line}, column {column}")?;
        }
        write!(f, ": {}", self.message)?;
        if let Some(nearest) = &self.nearest {
            write!(f, "; did you mean `{nearest}`?")?;
        }
        Ok(())
    }
}

impl std::error::Error for TomlError {}

/// Reads a text as TOML.
///
/// # Errors
/// With the line and, for a key that does not exist, the nearest one that does.
pub fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, TomlError> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map(|span| line_and_column(text, span.start));
        let message = error.message().trim().to_owned();
        TomlError {
            path: path.to_owned(),
            place,
            nearest: nearest_key(&message),
            message,
        }
    })
}

/// A day, with or without quotes.
///
/// # Errors
/// When it is none.
pub fn day<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<chrono::NaiveDate, D::Error> {
    use serde::Deserialize as _;
    let value = toml::Value::deserialize(deserializer)?;
    let text = match &value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.parse()
        .map_err(|_| serde::de::Error::custom(format!("`{text}` is no day such as 2022-03-08")))
}

/// Line and column of a byte, both counted from 1.
fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |line| line.chars().count())
        + 1;
    (line, column)
}

/// Finds the nearest of the names that serde lists: ``unknown field `x`, expected one of `a`, `b` ``.
fn nearest_key(message: &str) -> Option<String> {
    if !message.starts_with("unknown ") {
        return None;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    // A longer text is no key, and looking how like others it is would take minutes.
    let wrong = names.next().filter(|wrong| wrong.len() <= 200)?;
    names
        .map(|name| (strsim::damerau_levenshtein(wrong, name), name))
        .min()
        .filter(|(distance, name)| *distance <= (name.chars().count().max(3)) / 2 + 1)
        .map(|(_, name)| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its keys matter")]
    struct Example {
        title: String,
        published: Option<String>,
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line_and_the_nearest_one() {
        let text = "title = \"a\"\n\npublishd = \"2022\"\n";
        let error = parse::<Example>(Path::new("plan.toml"), text).unwrap_err();
        assert_eq!(error.place, Some((3, 1)));
        assert_eq!(error.nearest.as_deref(), Some("published"));
    }

    #[test]
    fn a_key_that_resembles_nothing_gets_no_suggestion() {
        let error =
            parse::<Example>(Path::new("x"), "title = \"a\"\nqqqqqqqqqq = 1\n").unwrap_err();
        assert_eq!(error.nearest, None);
    }
}
