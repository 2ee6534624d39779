//! Documents that are meant to do harm, or are damaged: nothing panics, and nothing takes long.

use std::io::Write as _;
use std::time::{Duration, Instant};

use humstat::text::document;
use proptest::prelude::*;

use super::documents::{read, refused};
use super::documents_packed::{pages, pdf, stream, word};

/// What a reading may take, without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(20);

#[track_caller]
fn quickly<T>(act: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = act();
    assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
    result
}

const MANY: usize = 100_000;

#[test]
fn elements_nest_as_deep_as_they_like() {
    for tag in [
        "div",
        "p",
        "b",
        "table",
        "li",
        "ul",
        "span",
        "article",
        "svg",
        "td",
        "blockquote",
    ] {
        let page = format!(
            "<html>{}4,000 fled{}",
            format!("<{tag}>").repeat(MANY / 4),
            format!("</{tag}>").repeat(MANY / 4)
        );
        quickly(|| document::read(page.as_bytes(), "page.html").ok());
    }
    let page = format!("<html>{}4,000 fled", "<div>".repeat(MANY));
    assert_eq!(quickly(|| read("page.html", &page)).body, "4,000 fled");
    let page = format!(
        "<html>{}4,000{}",
        "<div><b><p>".repeat(MANY / 4),
        "</i></div></p>".repeat(MANY / 4)
    );
    quickly(|| document::read(page.as_bytes(), "page.html").ok());
}

#[test]
fn a_tag_with_very_many_attributes_is_refused() {
    let attributes: String = (0..MANY).map(|number| format!(" a{number}=1")).collect();
    let error = quickly(|| refused("page.html", format!("<html><p{attributes}>4,000")));
    assert!(error.contains("thousands of attributes"), "{error}");
    let quoted: String = (0..MANY).map(|number| format!("a{number}=\"\"")).collect();
    let error = quickly(|| refused("page.html", format!("<html><p {quoted}>4,000")));
    assert!(error.contains("thousands of attributes"), "{error}");
    // The path of a drawing is long, and is one attribute.
    let path = "M 10 20 ".repeat(MANY);
    let page = format!("<html><svg><path d=\"{path}\"/></svg><p>4,000</p>");
    assert_eq!(quickly(|| read("page.html", &page)).body, "4,000");
}

#[test]
fn entries_headings_and_times_without_number_are_read() {
    let entry = "<article><h2>A</h2><time datetime='2022-03-08'></time><p>Some 4,000 people fled from here to there.</p></article>";
    let document = quickly(|| {
        read(
            "page.html",
            format!("<main>{}</main>", entry.repeat(20_000)),
        )
    });
    assert_eq!(document.entries.len(), 20_000);
    quickly(|| {
        document::read(
            format!("<html>{}", "<table><tr><td>4<".repeat(MANY)).as_bytes(),
            "a.html",
        )
        .ok()
    });
    quickly(|| {
        document::read(
            format!("<html>{}", "&amp".repeat(MANY)).as_bytes(),
            "a.html",
        )
        .ok()
    });
    quickly(|| {
        document::read(
            format!("<html>{}", "<!--".repeat(MANY)).as_bytes(),
            "a.html",
        )
        .ok()
    });
    quickly(|| {
        document::read(
            format!("<html>{}", "<script>".repeat(MANY)).as_bytes(),
            "a.html",
        )
        .ok()
    });
}

#[test]
fn json_in_a_page_nests_as_deep_as_it_likes() {
    let json = format!("{}1{}", "[".repeat(MANY), "]".repeat(MANY));
    let page = format!("<script type='application/ld+json'>{json}</script><p>4,000 fled");
    assert_eq!(quickly(|| read("page.html", &page)).body, "4,000 fled");
    quickly(|| document::read(format!("{{\"fields\": {json}}}").as_bytes(), "a.json").ok());
}

#[test]
fn messages_in_messages_end() {
    let message = "Content-Type: message/rfc822\r\n\r\n".repeat(MANY);
    let message = format!("MIME-Version: 1.0\r\n{message}Subject: A\r\n\r\n4,000 fled");
    quickly(|| document::read(message.as_bytes(), "a.eml").ok());
    let parts = "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n".repeat(MANY);
    let message = format!("MIME-Version: 1.0\r\n{parts}\r\n\r\n4,000 fled");
    quickly(|| document::read(message.as_bytes(), "a.eml").ok());
    // The parser of e-mails stops in a panic at this.
    let _ = document::read(
        b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n\r\n----\r\n",
        "a.eml",
    );
}

#[test]
fn word_nests_as_deep_as_it_likes() {
    let inside = format!(
        "{}<w:t>4,000 fled</w:t>",
        "<w:tbl><w:tr><w:tc><w:p>".repeat(MANY)
    );
    assert_eq!(quickly(|| read("a.docx", word(&inside))).body, "4,000 fled");
    quickly(|| document::read(&word(&"</w:p>".repeat(MANY)), "a.docx").ok());
}

/// A PDF whose page shows a form, with the objects after the first four.
fn with_forms(forms: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
            .to_owned(),
        stream("", "/X Do"),
    ];
    objects.extend_from_slice(forms);
    pdf(&objects, None)
}

#[test]
fn a_form_that_shows_itself_ends() {
    let itself = stream(
        "/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>",
        "/X Do",
    );
    let error = quickly(|| refused("a.pdf", with_forms(&[itself])));
    assert!(error.contains("it is damaged"), "{error}");
    // Ten forms, each of which shows the next one a hundred times.
    let forms: Vec<String> = (0..10)
        .map(|number| {
            let next = number + 6;
            stream(
                &format!(
                    "/Type /XObject /Subtype /Form /Resources << /XObject << /X {next} 0 R >> >>"
                ),
                &"/X Do ".repeat(100),
            )
        })
        .chain([stream("/Type /XObject /Subtype /Form", "q Q")])
        .collect();
    let error = quickly(|| refused("a.pdf", with_forms(&forms)));
    assert!(error.contains("larger than 50 MB"), "{error}");
}

#[test]
fn folders_of_pages_that_lie_in_themselves_end() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 2 0 R /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 3 0 R >>",
    ];
    let bytes = pdf(&objects.map(str::to_owned), None);
    quickly(|| document::read(&bytes, "a.pdf").ok());
}

#[test]
fn letters_without_an_end_are_left_out() {
    let table = "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <00000041> endbfrange";
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        stream("", "BT /F 10 Tf (4) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>".to_owned(),
        stream("", table),
    ];
    quickly(|| document::read(&pdf(&objects, None), "a.pdf").ok());
    let nested = format!("begincmap {} endcmap", "[".repeat(MANY));
    let mut objects = objects.to_vec();
    objects[5] = stream("", &nested);
    quickly(|| document::read(&pdf(&objects, None), "a.pdf").ok());
    let nested = "[".repeat(MANY) + "BT (4) Tj ET";
    quickly(|| document::read(&pages(&[&nested]), "a.pdf").ok());
    let nested = "<<".repeat(MANY);
    quickly(|| document::read(&pages(&[&nested]), "a.pdf").ok());
}

#[test]
fn a_pdf_that_unpacks_to_very_much_is_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&vec![b' '; 60 << 20]).unwrap();
    let packed = packed.finish().unwrap();
    let mut bytes = format!(
        "%PDF-1.4\n1 0 obj\n<< /Filter /FlateDecode /Length {} >>\nstream\n",
        packed.len()
    )
    .into_bytes();
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\n");
    let error = quickly(|| refused("a.pdf", bytes));
    assert!(error.contains("unpacks to more"), "{error}");
}

#[test]
fn a_text_of_more_than_50_mb_is_refused() {
    let error = quickly(|| refused("a.txt", vec![b'a'; (50 << 20) + 1]));
    assert!(error.contains("larger than 50 MB"), "{error}");
}

/// Names by which each form is chosen.
const NAMES: [&str; 8] = [
    "a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.eml", "a.json", "a",
];

/// Beginnings by which each form is told.
const BEGINNINGS: [&str; 6] = [
    "",
    "---\ntitle: x\n",
    "<!doctype html>",
    "%PDF-1.4\n",
    "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n",
    "{\"data\": [{\"fields\": {",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in proptest::sample::select(&NAMES[..]),
        beginning in proptest::sample::select(&BEGINNINGS[..]),
    ) {
        let _ = document::read_all(&[beginning.as_bytes(), &bytes].concat(), name);
    }

    #[test]
    fn any_tags_are_read_or_refused(pieces in proptest::collection::vec(proptest::sample::select(vec![
        "<p>", "</p>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<li>", "<ul>", "</ul>", "<br>", "<sup>", "</sup>", "<pre>", "</div>",
        "<div class='related ad'>", "<article>", "</article>", "<time datetime='2022-03-08'>", "<h2>", "<svg>", "<script>", "</script>",
        "<title>", "<a href=x>", " 1,234 ", "\n", "é", "&nbsp;", "&#x110000;", "<!--", "-->", "<", "<main>", "<form>", "<header>", "text of some length here",
    ]), 0..60)) {
        if let Ok(document) = document::read(format!("<html>{}", pieces.concat()).as_bytes(), "a.html") {
            for entry in document.entries {
                prop_assert!(document.body.get(entry.range).is_some());
            }
            prop_assert!(!document.body.trim().is_empty());
            prop_assert_eq!(document.body.trim_matches([' ', '\n']), &document.body);
        }
    }

    #[test]
    fn damaged_files_are_read_or_refused(at in any::<proptest::sample::Index>(), byte in any::<u8>(), cut in any::<proptest::sample::Index>()) {
        let page = "BT /F 10 Tf 1 0 0 1 50 700 Tm [(Some ) -300 (4,000)] TJ T* (fled.) ' ET";
        let word = word("<w:p><w:r><w:t>Some 4,000</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl>");
        let message = b"MIME-Version: 1.0\r\nSubject: =?utf-8?q?a?=\r\nContent-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+\r\n--x--\r\n";
        for (name, mut bytes) in [("a.pdf", pages(&[page, page])), ("a.docx", word), ("a.eml", message.to_vec())] {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = document::read_all(&bytes, name);
            bytes.truncate(cut.index(bytes.len()));
            let _ = document::read_all(&bytes, name);
        }
    }
}
