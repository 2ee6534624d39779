//! Documents that are unpacked: Word and PDF.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::documents::{published, read, refused};

/// A ZIP archive with some files.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of Word with this between the tags of its body.
pub fn word(inside: &str) -> Vec<u8> {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{inside}</w:body></w:document>"
    );
    let properties = "<cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\" xmlns:dcterms=\"t\"><dc:title>Flash &amp; update</dc:title>\
        <dcterms:created>2013-12-23T23:15:00Z</dcterms:created><dcterms:modified>2022-03-08T09:00:00Z</dcterms:modified></cp:coreProperties>";
    archive(&[
        ("word/document.xml", &text),
        ("docProps/core.xml", properties),
    ])
}

/// A paragraph of one run.
fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn word_body(inside: &str) -> String {
    read("a.docx", word(inside)).body
}

#[test]
fn a_document_of_word_has_its_title_and_the_time_it_was_saved() {
    let document = read("a.docx", word(&paragraph("Some 4,000 fled.")));
    assert_eq!(document.title.as_deref(), Some("Flash & update"));
    assert_eq!(published(&document), "2022-03-08T09:00:00Z");
    assert_eq!(
        document.notes,
        [
            "its date is that on which the file was last saved; give the day of publication where it is another"
        ]
    );
}

#[test]
fn runs_join_and_paragraphs_part() {
    assert_eq!(
        word_body(
            "<w:p><w:r><w:t xml:space=\"preserve\">Some </w:t></w:r><w:r><w:t>4,0</w:t></w:r><w:r><w:t>00 people</w:t><w:tab/><w:t>&lt;fled&#233;</w:t></w:r></w:p>\n\
             <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>One</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr><w:r><w:t>Two</w:t></w:r></w:p>\
             <w:p><w:r><w:t>A</w:t><w:br/><w:t>B</w:t></w:r></w:p>"
        ),
        "Some 4,000 people <fledé\n\nOne\nTwo\n\nA\nB"
    );
}

#[test]
fn what_was_deleted_or_hidden_is_dropped() {
    assert_eq!(
        word_body(
            "<w:p><w:r><w:t>At least </w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del><w:ins><w:r><w:t>14</w:t></w:r></w:ins>\
             <w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>3</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret 9</w:t></w:r>\
             <w:r><w:t> hurt</w:t><w:instrText>PAGE 7</w:instrText></w:r></w:p>"
        ),
        "At least 14³ hurt"
    );
}

#[test]
fn what_was_struck_out_is_dropped() {
    let run = |style: &str, text: &str| {
        format!("<w:r><w:rPr>{style}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    for (style, expected) in [
        ("<w:strike/>", "At least 5 hurt"),
        ("<w:dstrike w:val=\"true\"/>", "At least 5 hurt"),
        ("<w:vanish/><w:strike w:val=\"0\"/>", "At least 5 hurt"),
        ("<w:strike w:val=\"0\"/>", "At least 775 hurt"),
        // What it looked like before somebody changed it.
        (
            "<w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>",
            "At least 775 hurt",
        ),
        ("<w:vertAlign w:val=\"subscript\"/>", "At least ⁷⁷5 hurt"),
    ] {
        let runs = [run("", "At least "), run(style, "77"), run("", "5 hurt")].concat();
        assert_eq!(
            word_body(&format!("<w:p>{runs}</w:p>")),
            expected,
            "{style}"
        );
    }
}

#[test]
fn a_table_of_word_has_a_line_for_each_row() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let table = format!(
        "{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>{}",
        paragraph("Before"),
        cell("Country"),
        cell("People"),
        cell("Poland"),
        cell("1,204,403"),
        paragraph("After")
    );
    assert_eq!(
        word_body(&table),
        "Before\n\nCountry | People\nPoland | 1,204,403\n\nAfter"
    );
}

#[test]
fn other_archives_are_told_apart() {
    for (part, expected) in [
        ("xl/workbook.xml", "read it with `humstat ingest table`"),
        ("ppt/presentation.xml", "save it as PDF"),
        ("mimetype", "save it as .docx or PDF"),
        ("a.txt", "unpack it and give the file that holds the text"),
    ] {
        let error = refused("a.docx", archive(&[(part, "x")]));
        assert!(error.contains(expected), "{error}");
    }
    assert!(refused("a.docx", b"PK\x03\x04cut").contains("get it again"));
}

#[test]
fn an_archive_that_unpacks_to_very_much_is_refused() {
    let error = refused("a.docx", word(&" ".repeat(51 << 20)));
    assert_eq!(
        error,
        "a.docx is larger than 50 MB, or unpacks to more; give the part of it that holds the text"
    );
}

/// A PDF of these objects, of which the first is the catalogue.
pub fn pdf(objects: &[String], information: Option<usize>) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    let information = information.map_or(String::new(), |number| format!("/Info {number} 0 R"));
    let size = objects.len() + 1;
    bytes.extend(
        format!(
            "trailer\n<< /Size {size} /Root 1 0 R {information} >>\nstartxref\n{table}\n%%EOF\n"
        )
        .bytes(),
    );
    bytes
}

pub fn stream(dictionary: &str, content: &str) -> String {
    format!(
        "<< {dictionary} /Length {} >>\nstream\n{content}\nendstream",
        content.len()
    )
}

/// A PDF with these contents of pages, in one font.
pub fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: Vec<String> = (0..contents.len())
        .map(|page| format!("{} 0 R", 5 + 2 * page))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Kids [{}] /Count {} /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> >>",
            kids.join(" "),
            contents.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        "<< /Title (Situation report) /CreationDate (D:20220308143000+02'00') >>".to_owned(),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>",
            6 + 2 * page
        ));
        objects.push(stream("", content));
    }
    pdf(&objects, Some(4))
}

/// The content of a page with these lines from its top: how far each stands from the left and below the
/// one before it, and its text.
fn lines(lines: &[(u32, u32, &str)]) -> String {
    let mut height = 750;
    let mut content = String::from("BT /F 10 Tf ");
    for (left, below, text) in lines {
        height -= below;
        content.push_str(&format!("1 0 0 1 {left} {height} Tm ({text}) Tj "));
    }
    content + "ET"
}

const FULL: &str = "Some 1,204,403 people crossed into Poland between 24 February and 8 March, according to the border";

#[test]
fn the_lines_of_a_pdf_become_paragraphs() {
    let first = lines(&[
        (50, 0, "Situation report"),
        (50, 30, FULL),
        (50, 12, "guard; they include many inter-"),
        (50, 12, "nationally displaced persons."),
        (50, 30, "A second paragraph."),
        (300, 80, "1"),
    ]);
    let second = lines(&[(50, 0, "At least 14 people were hurt.")]);
    let document = read("a.pdf", pages(&[&first, &second]));
    assert_eq!(
        document.body,
        format!(
            "Situation report\n\n{FULL} guard; they include many internationally displaced persons.\n\n\
             A second paragraph.\n\nAt least 14 people were hurt."
        )
    );
    assert_eq!(document.title.as_deref(), Some("Situation report"));
    assert_eq!(published(&document), "2022-03-08T12:30:00Z");
}

#[test]
fn numbers_beside_each_other_in_a_pdf_do_not_join() {
    let page = lines(&[
        (50, 0, "Country"),
        (150, 0, "People"),
        (200, 0, "Share"),
        (50, 12, "Poland"),
        (150, 0, "1 204 403"),
        (200, 0, "8"),
    ]);
    assert_eq!(
        read("a.pdf", pages(&[&page])).body,
        "Country | People | Share\nPoland | 1 204 403 | 8"
    );
}

#[test]
fn a_pdf_of_pictures_is_refused() {
    let error = refused("scan.pdf", pages(&["q 600 0 0 800 0 0 cm /I Do Q"]));
    assert!(
        error.starts_with("scan.pdf holds no text: its pages are pictures"),
        "{error}"
    );
}

#[test]
fn a_page_that_cannot_be_read_is_noted() {
    let good = lines(&[(50, 0, "Some 4,000 people fled.")]);
    let document = read("a.pdf", pages(&[&good, "BT /Missing 10 Tf (Lost) Tj ET"]));
    assert_eq!(document.body, "Some 4,000 people fled.");
    assert!(
        document
            .notes
            .contains(&"not all could be read of page 2".to_owned())
    );
}

#[test]
fn widths_that_are_told_for_a_range_keep_letters_in_their_places() {
    let letters = "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfrange <0020> <007e> <0020> endbfrange";
    let wide =
        |text: &str| -> String { text.bytes().map(|byte| format!("00{byte:02x}")).collect() };
    let content = format!(
        "BT /F 10 Tf 1 0 0 1 50 700 Tm <{}> Tj 1 0 0 1 80 700 Tm <{}> Tj ET",
        wide("Some"),
        wide("4,000")
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>".to_owned(),
        stream("", &content),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /FontDescriptor << >> /W 8 0 R >>".to_owned(),
        stream("", letters),
        "[32 126 600]".to_owned(),
    ];
    assert_eq!(read("a.pdf", pdf(&objects, None)).body, "Some 4,000");
}
