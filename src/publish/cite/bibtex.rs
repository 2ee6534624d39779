//! References as BibTeX entries.

use std::fmt::Write as _;

use chrono::Datelike as _;

use super::{Kind, Pin, Reference};

/// One entry: `@misc` for tables and pages, `@article` for news.
pub(super) fn entry(reference: &Reference, pin: &Pin) -> String {
    let (kind, publisher) = match reference.kind() {
        Kind::Article => ("article", "journal"),
        Kind::Dataset | Kind::Webpage => ("misc", "howpublished"),
    };
    let authors: Vec<String> = reference
        .authors()
        .iter()
        .map(|name| format!("{{{}}}", escaped(name)))
        .collect();
    let mut fields = vec![
        ("author", authors.join(" and ")),
        // Double braces keep capitals as the source writes them.
        (
            "title",
            format!("{{{}}}", escaped(&reference.publication.title)),
        ),
        (publisher, escaped(&reference.publisher())),
    ];
    if let Some(published) = reference.published() {
        fields.push(("year", published.year().to_string()));
        fields.push(("month", published.month().to_string()));
        fields.push(("date", published.to_string()));
    }
    if let Some(url) = &reference.publication.url {
        fields.push(("url", address(url)));
    }
    if let Some(retrieved) = reference.retrieved() {
        fields.push(("urldate", retrieved.to_string()));
    }
    fields.push(("note", escaped(&reference.note(pin))));
    let mut text = format!("@{kind}{{{},\n", reference.key);
    for (field, value) in fields {
        let _ = writeln!(text, "  {field} = {{{value}}},");
    }
    text + "}\n"
}

/// Text in which LaTeX reads every letter as itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(letter);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\n' | '\r' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// An address for the field `url`, which is read letter by letter: only what would end the field
/// early is percent-encoded.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for letter in url.chars() {
        match letter {
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '\\' => out.push_str("%5C"),
            ' ' => out.push_str("%20"),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{address, escaped};

    #[test]
    fn latex_reads_every_letter_as_itself() {
        assert_eq!(
            escaped(r"R&D 5% #1 $2 a_b {c} \d ~e ^f"),
            r"R\&D 5\% \#1 \$2 a\_b \{c\} \textbackslash{}d \textasciitilde{}e \textasciicircum{}f"
        );
    }

    #[test]
    fn an_address_stays_one() {
        assert_eq!(
            address("https://example.org/a_b?c=%20{d}"),
            "https://example.org/a_b?c=%20%7Bd%7D"
        );
    }
}
