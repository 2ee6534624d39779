//! Archives, workbooks and XML that are made to do harm: bombs, lies about extents, entities, members
//! that lead out of their folder. Each is read or refused, in bounded time and memory.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;

use super::common::{Desk, MAPPING, zip};
use super::faults::bounded;

const INGEST: &str = "ingest table {} --map map.toml";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING);
    desk
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let desk = desk();
    let zeros = vec![b' '; 80 << 20];
    desk.put("bomb.zip", packed(&[("table.csv", &zeros)]))
        .put("bomb.csv.gz", gzip(&zeros));
    let inner = packed(&[("table.csv", b"day,place,number\n")]);
    desk.put("nested.zip", packed(&[("inner.zip", &inner)]))
        .put("nested.csv.gz", gzip(&gzip(b"day,place,number\n")))
        .put("zip.gz", gzip(&inner))
        .put("gz.zip", packed(&[("table.csv.gz", &gzip(b"day\n"))]));
    for name in ["bomb.zip", "bomb.csv.gz"] {
        bounded(&desk, &INGEST.replace("{}", name))
            .ends_with(1)
            .says("unpacks to more than 400 times its size");
    }
    for name in ["nested.zip", "nested.csv.gz", "zip.gz", "gz.zip"] {
        bounded(&desk, &INGEST.replace("{}", name))
            .ends_with(1)
            .says("an archive within an archive");
    }
    // What people do send, be it as alike as it may.
    let many: String = (0..3_000)
        .map(|row| {
            format!(
                "{},Poland,{row}\n",
                chrono::NaiveDate::from_num_days_from_ce_opt(738_300 + row).unwrap()
            )
        })
        .collect();
    let table = format!("day,place,number\n{many}");
    desk.put("fine.zip", packed(&[("table.csv", table.as_bytes())]))
        .put("fine.csv.gz", gzip(table.as_bytes()));
    for name in ["fine.zip", "fine.csv.gz"] {
        bounded(&desk, &format!("{} --dry-run", INGEST.replace("{}", name))).ends_with_data(0);
    }
}

/// A file that was too large for memory was held in it; now it waits on disk.
#[test]
fn a_large_file_of_an_archive_is_read_from_disk() {
    let desk = desk();
    let mut moments = super::faults::Moments(7);
    let mut table = b"day,place,number,note\n2022-03-01,Poland,12,\n".to_vec();
    let mut number = 0;
    while table.len() < 34 << 20 {
        // Notes that do not pack well.
        let note: String = (0..512)
            .map(|_| format!("{:016x}", moments.number()))
            .collect();
        number += 1;
        let line = format!(
            "{},Poland,{number},{note}\n",
            chrono::NaiveDate::from_num_days_from_ce_opt(738_300 + number).unwrap()
        );
        table.extend_from_slice(line.as_bytes());
    }
    desk.put("large.zip", packed(&[("table.csv", &table)]));
    bounded(&desk, "ingest table large.zip --map map.toml --dry-run")
        .ends_with_data(0)
        .says("read table.csv of large.zip");
}

#[test]
fn members_that_lead_out_of_their_folder_write_nothing() {
    let desk = desk();
    let table = b"day,place,number\n2022-03-01,Poland,1\n";
    for (number, name) in [
        "../out.csv",
        "/tmp/humstat-out.csv",
        "..\\out.csv",
        "a/../../out.csv",
        "out\0.csv",
    ]
    .into_iter()
    .enumerate()
    {
        let file = format!("{number}.zip");
        desk.put(&file, zip(&[(name, table)]));
        let ended = bounded(&desk, &format!("{} --dry-run", INGEST.replace("{}", &file)));
        assert!(ended.stdout.contains("1 crossing") || !ended.stderr.is_empty());
    }
    assert!(!desk.path("out.csv").exists());
    assert!(!desk.folder().join("../out.csv").exists());
    assert!(!std::path::Path::new("/tmp/humstat-out.csv").exists());
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook of one sheet, which is as told.
fn workbook(before: &str, sheet: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#
    );
    packed(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", ROOT.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", RELATIONS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

/// The header and one row, with the name of the place as told.
fn rows(place: &str) -> String {
    format!(
        r#"<row r="1">{}{}{}</row><row r="2">{}{}<c r="C2"><v>5</v></c></row>"#,
        cell("A1", "day"),
        cell("B1", "place"),
        cell("C1", "number"),
        cell("A2", "2022-03-01"),
        cell("B2", place),
    )
}

/// Ten entities, each of ten of the one before it.
fn laughs() -> String {
    let mut entities = "<!DOCTYPE l [<!ENTITY a \"lol\">".to_owned();
    for (before, name) in ('a'..='i').zip('b'..='j') {
        entities.push_str(&format!(
            "<!ENTITY {name} \"{}\">",
            format!("&{before};").repeat(10)
        ));
    }
    entities + "]>"
}

#[test]
fn what_a_sheet_says_of_its_extent_costs_nothing() {
    let desk = desk();
    let rows = rows("Poland");
    let lie = format!(r#"<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>"#);
    desk.put("lie.xlsx", workbook("", &lie));
    bounded(&desk, "ingest table lie.xlsx --map map.toml --dry-run")
        .ends_with_data(0)
        .answers("5 crossings");
    let corner = format!(
        r#"{rows}<row r="1048576">{}</row>"#,
        cell("XFD1048576", "x")
    );
    let far: String = (3..1_500)
        .map(|row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#))
        .collect();
    let wide = r#"<mergeCell ref="A2:XFD2"/>"#;
    for (name, sheet, words) in [
        ("corner", format!("<sheetData>{corner}</sheetData>"), "16384 columns"),
        ("far", format!("<sheetData>{rows}{far}</sheetData>"), "lie far apart"),
        (
            "merged",
            format!(r#"<sheetData>{corner}</sheetData><mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>"#),
            "merged",
        ),
        (
            "merges",
            format!("<sheetData>{corner}</sheetData><mergeCells>{}</mergeCells>", wide.repeat(50_000)),
            "merged",
        ),
        (
            "beyond",
            r#"<sheetData><row r="4294967295"><c r="A4294967295"><v>1</v></c></row><row r="9"><c r="ZZZZZZZZ99999999999"><v>1</v></c></row></sheetData>"#.to_owned(),
            "cannot be read",
        ),
        (
            "shared",
            r#"<sheetData><row r="1"><c r="A1" t="s"><v>4294967295</v></c></row></sheetData>"#.to_owned(),
            "cannot be read",
        ),
        ("deep", "<a>".repeat(200_000), "cannot be read"),
    ] {
        let file = format!("{name}.xlsx");
        desk.put(&file, workbook("", &sheet));
        bounded(&desk, &INGEST.replace("{}", &file)).ends_with(1).says(words);
    }
}

#[test]
fn a_workbook_that_is_a_bomb_is_refused() {
    let desk = desk();
    let blanks = " ".repeat(80 << 20);
    desk.put(
        "bomb.xlsx",
        workbook("", &format!("<sheetData>{blanks}</sheetData>")),
    );
    let bytes = std::fs::read(desk.path("bomb.xlsx")).unwrap();
    desk.put("bomb.xlsx.gz", gzip(&bytes))
        .put("bomb.xlsx.zip", packed(&[("bomb.xlsx", &bytes)]));
    for name in ["bomb.xlsx", "bomb.xlsx.gz", "bomb.xlsx.zip"] {
        bounded(&desk, &INGEST.replace("{}", name))
            .ends_with(1)
            .says("unpacks to more than 400 times its size");
    }
}

/// The parser of OpenDocument looked for the end of such a table for ever.
#[test]
fn a_spreadsheet_whose_table_does_not_end_is_refused() {
    let content = |end: &str| {
        let cell = |text: &str| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let row = |cells: [&str; 3]| {
            format!(
                "<table:table-row>{}</table:table-row>",
                cells.map(cell).concat()
            )
        };
        format!(
            r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">{}{}{end}"#,
            row(["day", "place", "number"]),
            row(["2022-03-01", "Poland", "5"]),
        )
    };
    let spreadsheet = |end: &str| {
        packed(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content(end).as_bytes()),
            ("META-INF/manifest.xml", br#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#),
        ])
    };
    const WHOLE: &str =
        "</table:table></office:spreadsheet></office:body></office:document-content>";
    let desk = desk();
    for (end, words) in [
        (
            WHOLE.replacen("table>", "tables>", 1),
            "content.xml is no XML",
        ),
        (String::new(), "content.xml ends within an element"),
    ] {
        desk.put("s.ods", spreadsheet(&end));
        bounded(&desk, &INGEST.replace("{}", "s.ods"))
            .ends_with(1)
            .says(words);
    }
    desk.put("s.ods", spreadsheet(WHOLE));
    desk.run(&INGEST.replace("{}", "s.ods")).succeeds();
}

#[test]
fn entities_are_never_spread_out() {
    let desk = desk();
    let sheet = format!("<sheetData>{}</sheetData>", rows("&j;"));
    desk.put("laughs.xlsx", workbook(&laughs(), &sheet));
    bounded(&desk, "ingest table laughs.xlsx --map map.toml")
        .ends_with(1)
        .says("cannot be read");
    let outside = r#"<!DOCTYPE l [<!ENTITY j SYSTEM "file:///etc/passwd">]>"#;
    desk.put("outside.xlsx", workbook(outside, &sheet));
    bounded(&desk, "ingest table outside.xlsx --map map.toml").ends_with(1);
    for (number, before) in [laughs(), outside.to_owned()].into_iter().enumerate() {
        let word = format!(
            r#"<?xml version="1.0"?>{before}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&j; 4,000 people fled</w:t></w:r></w:p></w:body></w:document>"#
        );
        let file = format!("{number}.docx");
        desk.put(
            &file,
            packed(&[
                ("[Content_Types].xml", TYPES.as_bytes()),
                ("word/document.xml", word.as_bytes()),
            ]),
        )
        .put(
            &format!("{number}.xml"),
            format!("<?xml version=\"1.0\"?>{before}<a>&j;</a>"),
        )
        .put(
            &format!("{number}.html"),
            format!("{before}<html><p>&j; 4,000 people fled</p>"),
        );
        for file in [file, format!("{number}.html"), format!("{number}.xml")] {
            let read = bounded(
                &desk,
                &format!("ingest text {file} --published 2022-03-01 --dry-run"),
            );
            let said = read.transcript();
            assert!(
                !said.contains("lollol") && !said.contains("root:"),
                "{said}"
            );
        }
        bounded(&desk, &format!("ingest table {number}.xml --map map.toml"))
            .ends_with(1)
            .says("it is XML");
    }
}
