//! The questions of a drafted mapping: values that still say `"?"`.

use std::path::Path;

use crate::toml_file::TomlError;

/// What stands where a person has to say something.
const UNSAID: &str = "\"?\"";

/// Refuses a mapping that still has questions.
///
/// # Errors
/// With the line of the first and the keys of all, each with what its comment asks for.
pub(super) fn refuse(path: &Path, text: &str) -> Result<(), TomlError> {
    let mut first = None;
    let mut questions = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let (code, comment) = parted(line);
        for (at, _) in code.match_indices(UNSAID) {
            // A quotation mark within a text is written \".
            if code[..at].ends_with('\\') {
                continue;
            }
            first = first.or(Some((index + 1, code[..at].chars().count() + 1)));
            questions.push(format!(
                "line {}, `{}`: {}",
                index + 1,
                key(&code[..at]),
                if comment.is_empty() {
                    "say what it is"
                } else {
                    comment
                }
            ));
        }
    }
    if questions.is_empty() {
        return Ok(());
    }
    let count = match questions.len() {
        1 => "a value still says".to_owned(),
        many => format!("{many} values still say"),
    };
    Err(TomlError {
        path: path.to_owned(),
        place: first,
        message: format!("{count} \"?\":\n  {}", questions.join("\n  ")),
        nearest: None,
    })
}

/// A line without its comment, and the comment.
fn parted(line: &str) -> (&str, &str) {
    let mut quote = None;
    let mut escaped = false;
    for (at, letter) in line.char_indices() {
        match (quote, letter) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), letter) if open == letter => quote = None,
            (None, '"' | '\'') => quote = Some(letter),
            (None, '#') => return (&line[..at], line[at + 1..].trim()),
            _ => {}
        }
    }
    (line, "")
}

/// The key before a value: `channel`, or `location.scheme` within a table on one line.
fn key(before: &str) -> String {
    let outer = before.split('=').next().unwrap_or(before).trim();
    let inner = before
        .trim_end()
        .trim_end_matches('=')
        .rsplit(['{', ','])
        .next()
        .unwrap_or(before)
        .trim();
    if inner == outer {
        outer.to_owned()
    } else {
        format!("{outer}.{inner}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_told_with_its_key() {
        let text = "# \"?\"\nchannel = \"?\"  # say where\ntitle = \"who \\\"?\\\" # \"\nlocation = { column = \"a\", scheme = \"?\" }\n";
        let error = refuse(Path::new("map.toml"), text).unwrap_err();
        assert_eq!(
            error.to_string(),
            "map.toml, line 2, column 11: 2 values still say \"?\":\n  line 2, `channel`: say where\n  line 4, `location.scheme`: say what it is"
        );
        assert_eq!(
            refuse(Path::new("map.toml"), "a = 'it # \"is\" so'\n"),
            Ok(())
        );
    }
}
