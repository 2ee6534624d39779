//! Documents: plain texts, Markdown, e-mails and answers of ReliefWeb.

use humstat::figure::PlaceId;
use humstat::text::document::{self, Document, DocumentError};

pub fn read(name: &str, bytes: impl AsRef<[u8]>) -> Document {
    document::read(bytes.as_ref(), name).unwrap()
}

pub fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    document::read(bytes.as_ref(), name)
        .unwrap_err()
        .to_string()
}

/// The time of publication as it is written.
pub fn published(document: &Document) -> String {
    document.published.unwrap().to_string()
}

fn places(document: &Document) -> Vec<&str> {
    document.about.iter().map(PlaceId::as_str).collect()
}

#[test]
fn a_plain_text_stays_as_it_is() {
    let text = "  At least 14\r\npeople\twere hurt.\n\n";
    assert_eq!(read("note.txt", text).body, text);
    assert_eq!(read("note.txt", format!("\u{feff}{text}")).body, text);
    assert_eq!(read("note", text).title, None);
}

#[test]
fn encodings_are_told_apart() {
    let text = "Près de 2 000 réfugiés ont été enregistrés à N’Djaména.";
    for little in [true, false] {
        let wide: Vec<u8> = text
            .encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect();
        let mark: &[u8] = if little { b"\xff\xfe" } else { b"\xfe\xff" };
        assert_eq!(read("note.txt", [mark, &wide].concat()).body, text);
        assert_eq!(read("note.txt", &wide).body, text);
    }
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let document = read("note.txt", windows);
    assert_eq!(document.body, text);
    assert_eq!(document.notes, ["read as windows-1252"]);
}

#[test]
fn a_stray_byte_is_noted_and_costs_no_accent() {
    let mut bytes = "Zürich, Genève, Malmö: 300 arrivées ".as_bytes().to_vec();
    bytes.push(0xff);
    let document = read("note.txt", bytes);
    assert_eq!(
        document.body,
        "Zürich, Genève, Malmö: 300 arrivées \u{fffd}"
    );
    assert_eq!(
        document.notes,
        ["1 place with bytes that are not UTF-8 stand as \u{fffd}"]
    );
}

#[test]
fn front_matter_tells_and_the_body_follows_unchanged() {
    let document = read(
        "brief.md",
        "---\ntitle: \"Chad: new arrivals\"\ndate_published: 2023-06-15 # a Thursday\nlink: https://example.org/chad\n\
         publisher: Example Desk\nsource: UNHCR\ncountries:\n  - Chad\n  - SDN\n  - Atlantis\nlang: en-GB\nkeywords:\n  - refugees\n---\n\n  Some 4,000 people.\n---\n",
    );
    assert_eq!(document.body, "\n  Some 4,000 people.\n---\n");
    assert_eq!(document.title.as_deref(), Some("Chad: new arrivals"));
    assert_eq!(published(&document), "2023-06-15");
    assert_eq!(document.url.as_deref(), Some("https://example.org/chad"));
    assert_eq!(document.publisher.as_deref(), Some("Example Desk"));
    assert_eq!(document.source.as_deref(), Some("UNHCR"));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(places(&document), ["TCD", "SDN"]);
    assert_eq!(
        document.notes,
        ["it says to be about `Atlantis`, which is no place known"]
    );
}

#[test]
fn front_matter_has_lists_in_brackets_and_folded_texts() {
    let document = read(
        "brief.md",
        "---\ntitle: >\n  Floods in\n  Pakistan\nabout: [PAK, 'India']\ndate: 3 March 2022\n---\nText.",
    );
    assert_eq!(document.title.as_deref(), Some("Floods in Pakistan"));
    assert_eq!(places(&document), ["PAK", "IND"]);
    assert_eq!(published(&document), "2022-03-03");
}

#[test]
fn a_date_that_can_be_read_in_two_ways_is_none() {
    let document = read("brief.md", "---\ndate: 03/08/2022\n---\nText.");
    assert_eq!(document.published, None);
    assert_eq!(
        document.notes,
        ["its `date` is `03/08/2022`, which is no date; write 2022-03-08"]
    );
}

#[test]
fn a_fence_that_is_never_closed_is_a_rule() {
    let text = "---\nNote: 12 people fled.\n";
    assert_eq!(read("brief.md", text).body, text);
    let heading = read("brief.md", "# Sudan ##\n\nText.");
    assert_eq!(heading.title.as_deref(), Some("Sudan"));
}

#[test]
fn what_is_no_text_is_refused_with_the_way_out() {
    for (name, bytes, expected) in [
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0".as_slice(),
            "save it as .docx or PDF",
        ),
        ("a.rtf", b"{\\rtf1 text}", "save it as .docx or .txt"),
        ("a.png", b"\x89PNG\r\n", "type its words into a text file"),
        (
            "a.pdf",
            b"nothing",
            "its name ends in .pdf, but its bytes are none",
        ),
        ("a.txt", b"", "it is empty"),
        ("a.txt", b" \n", "it is empty"),
        (
            "a.bin",
            &[1, 2, 3, 4, 5, 6, 7, 0, 1],
            "its bytes are no text",
        ),
        (
            "a.xml",
            b"<?xml version=\"1.0\"?><rss></rss>",
            "give the page of one of its entries",
        ),
        (
            "a.json",
            b"{\"a\": 1}",
            "give a table to `humstat ingest table`",
        ),
        ("a.json", b"{\"data\": [", "is cut off"),
    ] {
        let error = refused(name, bytes);
        assert!(
            error.starts_with(name) && error.contains(expected),
            "{error}"
        );
    }
}

const MESSAGE: &str = "Received: from mail.example.org\r\nFrom: =?UTF-8?Q?Bureau_des_r=C3=A9fugi=C3=A9s?= <press@example.org>\r\n\
    To: desk@example.com\r\nSubject: =?UTF-8?B?MiAwMDAgcsOpZnVnacOpcw==?=\r\nDate: Tue, 8 Mar 2022 14:30:00 +0200\r\nMIME-Version: 1.0\r\n";

#[test]
fn an_e_mail_has_its_subject_date_and_sender() {
    let document = read(
        "release.eml",
        format!(
            "{MESSAGE}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             Pr=E8s de 2 000 personnes ont =\r\nfui.\r\n\r\nFin\r\n"
        ),
    );
    assert_eq!(document.body, "Près de 2 000 personnes ont fui.\n\nFin");
    assert_eq!(document.title.as_deref(), Some("2 000 réfugiés"));
    assert_eq!(document.publisher.as_deref(), Some("Bureau des réfugiés"));
    assert_eq!(published(&document), "2022-03-08T12:30:00Z");
}

#[test]
fn an_e_mail_is_read_from_its_page_where_its_text_says_nothing() {
    let document = read(
        "release.eml",
        format!(
            "{MESSAGE}Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nView online\r\n\
             --x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n\
             PGgxPk5ldyBhcnJpdmFsczwvaDE+PHA+U29tZSA0LDAwMCBwZW9wbGUgY3Jvc3NlZCBpbnRvIENoYWQgYmV0d2VlbiBGcmlkYXkgYW5kIFN1bmRheS48L3A+\r\n--x--\r\n"
        ),
    );
    assert_eq!(
        document.body,
        "New arrivals\n\nSome 4,000 people crossed into Chad between Friday and Sunday."
    );
}

#[test]
fn a_page_that_a_browser_saved_has_no_date_of_an_e_mail() {
    let document = read(
        "page.mhtml",
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/story\r\nSubject: A story\r\n\
         Date: Tue, 8 Mar 2022 14:30:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=x\r\n\r\n\
         --x\r\nContent-Type: text/html\r\n\r\n<html><head><meta property=\"article:published_time\" content=\"2022-03-01T10:00:00Z\"></head>\
         <body><p>Some 4,000 people fled.</p></body></html>\r\n--x--\r\n",
    );
    assert_eq!(published(&document), "2022-03-01T10:00:00Z");
    assert_eq!(document.url.as_deref(), Some("https://example.org/story"));
    assert_eq!(document.body, "Some 4,000 people fled.");
}

#[test]
fn a_text_with_lines_of_a_memo_is_no_e_mail() {
    let text = "From: the field\nDate: 3 March 2022\n\nSome 4,000 people fled.";
    assert_eq!(read("memo.txt", text).body, text);
}

const REPORTS: &str = r#"{"data": [
    {"id": "1", "fields": {"title": "Situation report", "body-html": "<p>Some 4,000<sup>1</sup> fled.</p><ul><li>One</li><li>Two</li></ul>",
      "date": {"original": "2022-03-08T00:00:00+00:00", "created": "2022-03-09T08:12:00+00:00", "changed": "2022-03-10T08:12:00+00:00"},
      "source": [{"shortname": "UNHCR", "name": "UN High Commissioner for Refugees"}, {"name": "Government of Chad"}],
      "country": [{"iso3": "tcd"}, {"iso3": "sdn"}], "url_alias": "https://reliefweb.int/report/chad/situation", "language": [{"code": "en"}]}},
    {"id": "2", "fields": {"title": "A picture", "file": [{"url": "https://reliefweb.int/files/2.pdf"}]}}]}"#;

#[test]
fn reports_of_reliefweb_are_read_each() {
    let reports = document::read_all(REPORTS.as_bytes(), "reports.json").unwrap();
    let [first, second] = reports.as_slice() else {
        panic!("{reports:?}");
    };
    assert_eq!(first.body, "Some 4,000¹ fled.\n\nOne\nTwo");
    assert_eq!(first.source.as_deref(), Some("UNHCR, Government of Chad"));
    assert_eq!(first.publisher.as_deref(), Some("ReliefWeb"));
    assert_eq!(first.language.as_deref(), Some("en"));
    assert_eq!(places(first), ["TCD", "SDN"]);
    assert_eq!(first.modified.unwrap().to_string(), "2022-03-10T08:12:00Z");
    assert_eq!(second.body, "");
    assert_eq!(
        second.notes,
        ["its text is in https://reliefweb.int/files/2.pdf; give that file"]
    );
    let error = document::read(REPORTS.as_bytes(), "reports.json").unwrap_err();
    assert!(
        matches!(error, DocumentError::Several { count: 2, .. }),
        "{error}"
    );
}

#[test]
fn the_day_of_a_report_is_not_its_first_minute() {
    let reports = document::read_all(REPORTS.as_bytes(), "reports.json").unwrap();
    assert_eq!(published(&reports[0]), "2022-03-08");
}

#[test]
fn a_refusal_of_reliefweb_is_told() {
    let error = refused(
        "answer.json",
        r#"{"status": 403, "error": {"message": "You are not using an approved appname."}}"#,
    );
    assert!(
        error.contains("ReliefWeb refused: You are not using"),
        "{error}"
    );
    let error = refused("answer.json", r#"{"data": [{"fields": {"title": "A"}}]}"#);
    assert!(
        error.contains("ask for the fields title, body-html"),
        "{error}"
    );
}
