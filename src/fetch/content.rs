//! What kind of thing an answer is, by what it says of itself and by what it begins with.

use super::error::FetchError;
use super::secret::Secrets;
use super::web_page;

/// What kind of answer is expected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// A JSON document.
    Json,
    /// Delimited text.
    Csv,
    /// An archive.
    Zip,
    /// Whatever comes, also a web page.
    #[default]
    Any,
}

/// Types of content under which sources send delimited text.
const DELIMITED: [&str; 13] = [
    "application/csv",
    "application/download",
    "application/force-download",
    "application/octet-stream",
    "application/vnd.ms-excel",
    "application/x-csv",
    "application/x-download",
    "binary/octet-stream",
    "text/comma-separated-values",
    "text/csv",
    "text/plain",
    "text/tab-separated-values",
    "text/x-csv",
];

/// How kinds of files begin, with what to call them.
const BEGINNINGS: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "a ZIP archive or workbook"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old workbook or document"),
    (b"PAR1", "a Parquet file"),
];

impl Kind {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Zip => "a ZIP archive",
            Self::Any => "anything",
        }
    }

    /// Sees whether an answer is of this kind. Secrets are not told, should it hold them.
    pub(super) fn check(
        self,
        content_type: Option<&str>,
        body: &[u8],
        place: &str,
        secrets: &Secrets,
    ) -> Result<(), FetchError> {
        if self == Self::Any {
            return Ok(());
        }
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if web_page::is_web_page(body) {
            return Err(FetchError::WebPage {
                place: place.to_owned(),
                title: web_page::title(body, secrets),
                wanted: self.name(),
            });
        }
        let mime = content_type.map(bare_type).unwrap_or_default();
        let fits = match self {
            Self::Json => known_beginning(body).is_none() && (is_json(&mime) || looks_json(body)),
            Self::Csv => {
                known_beginning(body).is_none()
                    && !looks_json(body)
                    && !body.starts_with(b"<")
                    && (mime.is_empty() || DELIMITED.contains(&mime.as_str()))
            }
            Self::Zip => body.starts_with(b"PK\x03\x04") || body.starts_with(b"PK\x05\x06"),
            Self::Any => true,
        };
        if !fits {
            return Err(FetchError::WrongKind {
                place: place.to_owned(),
                found: describe(&mime, body, secrets),
                wanted: self.name(),
            });
        }
        if self == Self::Zip && !has_directory(body) {
            // An archive ends in its list of contents.
            return Err(FetchError::CutOff {
                place: place.to_owned(),
                reason: "the ZIP archive has no end".to_owned(),
            });
        }
        Ok(())
    }
}

/// The type without its parameters, in small letters.
fn bare_type(content_type: &str) -> String {
    let bare = content_type.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

fn is_json(mime: &str) -> bool {
    mime == "application/json" || mime == "text/json" || mime.ends_with("+json")
}

fn looks_json(body: &[u8]) -> bool {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

fn known_beginning(body: &[u8]) -> Option<&'static str> {
    let known = BEGINNINGS.iter().find(|(start, _)| body.starts_with(start));
    known.map(|(_, name)| *name)
}

/// What came instead, in words.
fn describe(mime: &str, body: &[u8], secrets: &Secrets) -> String {
    if let Some(known) = known_beginning(body) {
        return known.to_owned();
    }
    let said = match web_page::excerpt(body, secrets).as_str() {
        "" => String::new(),
        text => format!(" ({text})"),
    };
    match mime {
        _ if looks_json(body) => format!("JSON{said}"),
        "" => format!("something that does not say what it is{said}"),
        mime => format!("`{}`{said}", mime.escape_default()),
    }
}

/// Whether the end of an archive is there. It is its last part, before a comment of any length.
fn has_directory(body: &[u8]) -> bool {
    const LONGEST: usize = 22 + 65_535;
    let tail = &body[body.len().saturating_sub(LONGEST)..];
    tail.windows(4).any(|four| four == b"PK\x05\x06")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, content_type: &str, body: &[u8]) -> String {
        let content_type = Some(content_type).filter(|text| !text.is_empty());
        match kind.check(content_type, body, "a.example/x", &Secrets::default()) {
            Ok(()) => "fits".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn json_is_known_by_its_type_or_its_beginning() {
        assert_eq!(check(Kind::Json, "application/json", b"3"), "fits");
        assert_eq!(
            check(Kind::Json, "application/geo+json; charset=utf-8", b"{}"),
            "fits"
        );
        assert_eq!(check(Kind::Json, "text/html", b" [1]"), "fits");
        assert_eq!(check(Kind::Json, "", b"\xef\xbb\xbf{}"), "fits");
        assert_eq!(
            check(Kind::Json, "application/pdf", b"%PDF-1.7"),
            "`a.example/x` sent a PDF where JSON was expected: the source may have changed"
        );
        assert_eq!(
            check(Kind::Json, "text/plain", b"busy"),
            "`a.example/x` sent `text/plain` (busy) where JSON was expected: the source may have changed"
        );
    }

    #[test]
    fn csv_is_not_json_nor_a_page() {
        assert_eq!(
            check(Kind::Csv, "text/csv; charset=utf-8", b"a,b\n"),
            "fits"
        );
        assert_eq!(check(Kind::Csv, "", b"a;b\n"), "fits");
        assert_eq!(
            check(Kind::Csv, "application/octet-stream", b"a;b\n"),
            "fits"
        );
        assert!(check(Kind::Csv, "text/csv", b"{\"error\":1}").contains("JSON ({\"error\":1})"));
        assert!(check(Kind::Csv, "text/html", b"Sorry").contains("`text/html` (Sorry)"));
        assert!(check(Kind::Csv, "text/csv", b"PK\x03\x04xx").contains("ZIP archive or workbook"));
        assert!(check(Kind::Csv, "text/csv", b"<Error/>").contains("<Error/>"));
    }

    #[test]
    fn an_archive_has_an_end() {
        let whole = b"PK\x03\x04....PK\x05\x06..................";
        assert_eq!(check(Kind::Zip, "text/plain", whole), "fits");
        assert!(check(Kind::Zip, "", &whole[..8]).contains("has no end"));
        assert!(check(Kind::Zip, "", b"a,b").contains("does not say what it is (a,b)"));
    }

    #[test]
    fn a_page_is_told_by_its_title() {
        let page = b"<!DOCTYPE html><title>Just a moment...</title>";
        for kind in [Kind::Json, Kind::Csv, Kind::Zip] {
            let told = check(kind, "application/json", page);
            assert!(
                told.contains("a web page titled \"Just a moment...\""),
                "{told}"
            );
        }
        assert_eq!(check(Kind::Any, "text/html", page), "fits");
    }
}
