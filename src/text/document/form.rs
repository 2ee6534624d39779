//! Which form a file has: by how it begins, then by how its name ends.

use super::DocumentError;
use super::email;

/// A form of files that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Letters and nothing else.
    Plain,
    /// Letters after front matter.
    Markdown,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// Word since 2007.
    Docx,
    /// A message with its headers; a web page that a browser saved in one file is one too.
    Email,
    /// An answer of ReliefWeb.
    Json,
}

/// Bytes that are looked at.
const LOOKED_AT: usize = 4096;

/// Forms that are known and not read, with what to do instead.
const OTHERS: [(&[u8], &str); 12] = [
    (
        b"\xd0\xcf\x11\xe0",
        "it is a document of Word or Excel before 2007; save it as .docx or PDF",
    ),
    (b"{\\rtf", "it is rich text; save it as .docx or .txt"),
    (
        b"\x89PNG",
        "it is a picture; type its words into a text file",
    ),
    (
        b"\xff\xd8\xff",
        "it is a picture; type its words into a text file",
    ),
    (b"GIF8", "it is a picture; type its words into a text file"),
    (
        b"RIFF",
        "it is a picture or a sound; type its words into a text file",
    ),
    (b"\x1f\x8b", "it is packed with gzip; unpack it first"),
    (b"BZh", "it is packed with bzip2; unpack it first"),
    (b"7z\xbc\xaf", "it is an archive; unpack it first"),
    (b"Rar!", "it is an archive; unpack it first"),
    (b"SQLite format 3\0", "it is a database"),
    (
        b"PAR1",
        "it is a table; read it with `humstat ingest table`",
    ),
];

/// The form of a file.
///
/// # Errors
/// When it is of a form that is known and not read.
pub(super) fn of(bytes: &[u8], name: &str) -> Result<Form, DocumentError> {
    if let Some((_, reason)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(DocumentError::form(name, *reason));
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    if start.windows(5).take(1024).any(|window| window == b"%PDF-") {
        return Ok(Form::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Form::Docx);
    }
    // Marks and UTF-16 aside, what tells a form is ASCII.
    let start: String = start
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| char::from(*byte))
        .collect();
    let words = start.trim_start().to_ascii_lowercase();
    let ending = ending(name);
    if is_fenced(&words) {
        return Ok(Form::Markdown);
    }
    if words.starts_with('<') && is_page(&words) {
        return Ok(Form::Html);
    }
    if words.starts_with("<?xml") && (words.contains("<rss") || words.contains("<feed")) {
        let reason = "it is a feed; give the page of one of its entries";
        return Err(DocumentError::form(name, reason));
    }
    if email::begins_as_one(&words) {
        return Ok(Form::Email);
    }
    if words.starts_with('{') && (ending == "json" || words.contains("\"fields\"")) {
        return Ok(Form::Json);
    }
    Ok(match ending.as_str() {
        "html" | "htm" | "xhtml" => Form::Html,
        "md" | "markdown" => Form::Markdown,
        "eml" | "mht" | "mhtml" => Form::Email,
        "json" => Form::Json,
        "pdf" | "docx" => {
            let reason =
                format!("its name ends in .{ending}, but its bytes are none; get it again");
            return Err(DocumentError::form(name, reason));
        }
        _ => Form::Plain,
    })
}

/// The letters after the last dot of a name, or of the path of an address.
fn ending(name: &str) -> String {
    let path = name.split(['?', '#']).next().unwrap_or(name);
    let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.to_ascii_lowercase()
}

/// Whether a text begins with a line of `---`, and a line that names a value.
fn is_fenced(words: &str) -> bool {
    let mut lines = words.lines();
    lines.next().is_some_and(|line| line.trim_end() == "---")
        && lines.any(|line| {
            line.split_once(':')
                .is_some_and(|(key, _)| !key.contains(' '))
        })
}

/// Whether a text that begins with `<` is a web page or a part of one.
fn is_page(words: &str) -> bool {
    const TAGS: [&str; 18] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<div",
        "<p>",
        "<p ",
        "<article",
        "<main",
        "<section",
        "<h1",
        "<h2",
        "<table",
        "<span",
        "<ul",
        "<br",
    ];
    TAGS.iter().any(|tag| words.contains(tag))
}
