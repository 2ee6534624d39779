//! Pages for people, which sources send where data were asked for: what to tell of them.

use super::secret::Secrets;

/// How much of a text is looked at.
const LOOKED_AT: usize = 64 * 1024;

/// The longest text that is told.
const TOLD: usize = 200;

/// Whether bytes are a web page.
pub(super) fn is_web_page(body: &[u8]) -> bool {
    let start = start(body).trim_start().to_ascii_lowercase();
    // A comment may come first, and so may a declaration of XML.
    let page = ["<!doctype html", "<html", "<head", "<body", "<title"];
    if page.iter().any(|tag| start.starts_with(tag)) {
        return true;
    }
    (start.starts_with("<!--") || start.starts_with("<?xml"))
        && ["<!doctype html", "<html"]
            .iter()
            .any(|tag| start.contains(tag))
}

/// The title of a web page, without secrets; empty when it has none.
pub(super) fn title(body: &[u8], secrets: &Secrets) -> String {
    let text = start(body);
    // Only ASCII letters change, so that positions stay.
    let lower = text.to_ascii_lowercase();
    let inner = || {
        let tag = lower.find("<title")?;
        let from = tag + lower[tag..].find('>')? + 1;
        let to = from + lower[from..].find("</title").unwrap_or(lower.len() - from);
        text.get(from..to)
    };
    let mut title = inner().unwrap_or_default().to_owned();
    for (entity, letter) in [
        ("&nbsp;", " "),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        title = title.replace(entity, letter);
    }
    one_line(&title, secrets)
}

/// What a body says without secrets, in one line: its title, or its beginning. Empty when it says
/// nothing.
pub(super) fn excerpt(body: &[u8], secrets: &Secrets) -> String {
    if is_web_page(body) {
        return match title(body, secrets).as_str() {
            "" => "a web page".to_owned(),
            title => format!("a web page titled \"{title}\""),
        };
    }
    let text = start(body);
    if text.contains('\0') || text.matches('\u{fffd}').count() > 4 {
        // Bytes that are no text tell nobody anything.
        return String::new();
    }
    one_line(&text, secrets)
}

/// A text in one line, without secrets and letters of control, and not too long.
fn one_line(text: &str, secrets: &Secrets) -> String {
    // Before it is shortened, lest half of one remain.
    let text = secrets.hide(text);
    // Marks that turn the direction of writing could make a message say something else.
    let turns = |letter: char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|letter| !turns(*letter) && *letter != '\u{feff}')
        .collect();
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= TOLD {
        return words;
    }
    let kept: String = words.chars().take(TOLD).collect();
    format!("{kept}…")
}

/// The beginning of a body as text.
fn start(body: &[u8]) -> String {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    String::from_utf8_lossy(&body[..body.len().min(LOOKED_AT)]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_beginning() {
        for page in [
            "<!DOCTYPE html><html>",
            "\u{feff}\r\n  <HTML lang=en>",
            "<!-- served by 7 --><!doctype HTML>",
            "<?xml version='1.0'?><html xmlns='x'>",
        ] {
            assert!(is_web_page(page.as_bytes()), "{page}");
        }
        for other in [
            "{\"html\": \"<html>\"}",
            "a,b\n<html>,1\n",
            "<?xml?><rss/>",
            "",
        ] {
            assert!(!is_web_page(other.as_bytes()), "{other}");
        }
    }

    fn none() -> Secrets {
        Secrets::default()
    }

    #[test]
    fn its_title_is_told_in_one_line() {
        let page = "<html><TITLE data-x=1>\n Just a\tmoment &amp; more\u{1b}[31m </Title>";
        assert_eq!(title(page.as_bytes(), &none()), "Just a moment & more [31m");
        assert_eq!(title(b"<html><body>no title", &none()), "");
        assert_eq!(title(b"<html><title>cut o", &none()), "cut o");
        assert_eq!(title(b"<title", &none()), "");
    }

    #[test]
    fn an_excerpt_is_short_and_plain() {
        assert_eq!(
            excerpt(b"{\r\n  \"error\": \"no\x07 key\"}", &none()),
            "{ \"error\": \"no key\"}"
        );
        assert_eq!(excerpt("evil\u{202e}txt".as_bytes(), &none()), "eviltxt");
        assert_eq!(excerpt(&[0, 159, 146, 150, 0], &none()), "");
        let long = excerpt("word ".repeat(100).as_bytes(), &none());
        assert!(
            long.ends_with('…') && long.chars().count() == TOLD + 1,
            "{long}"
        );
    }

    #[test]
    fn no_half_of_a_secret_remains_where_it_is_shortened() {
        let secrets = Secrets::new([&crate::fetch::Secret::new("abcdefghij")]);
        let page = format!("{}abcdefghij", ".".repeat(195));
        let told = excerpt(page.as_bytes(), &secrets);
        assert!(!told.contains("abc"), "{told}");
    }
}
