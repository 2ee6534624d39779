//! Cells of workbooks that show another thing than the number that they hold: merged ones, formulas without
//! their results, raised digits, shares and money; and spreadsheets of OpenDocument that say more than they write.

use std::io::{Cursor, Read as _};

use rust_xlsxwriter::{Format, FormatScript, Workbook, Worksheet};

use super::common::{Desk, MAPPING, Outcome, column, zip};
use super::faults::bounded;

/// Ingests bytes with the usual mapping.
#[track_caller]
fn ingest(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) -> Outcome {
    desk.put(name, bytes).put("map.toml", MAPPING);
    bounded(desk, &format!("ingest table {name} --map map.toml"))
}

/// The header, and rows of places on one day.
fn table<'b>(book: &'b mut Workbook, places: &[&str]) -> &'b mut Worksheet {
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["day", "place", "number"]) {
        sheet.write(0, column, name).unwrap();
    }
    for (row, place) in (1..).zip(places) {
        sheet.write(row, 0, "2022-03-01").unwrap();
        sheet.write(row, 1, *place).unwrap();
    }
    sheet
}

/// A workbook with a change in the text of each of its parts.
fn changed(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = String::new();
        part.read_to_string(&mut content).unwrap();
        parts.push((part.name().unwrap().into_owned(), change(content)));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, content)| (&**name, content.as_bytes()))
        .collect();
    zip(&parts)
}

#[test]
fn a_number_that_is_merged_over_rows_is_recorded_for_none() {
    let mut book = Workbook::new();
    let sheet = table(&mut book, &["Poland", "Hungary", "Romania", "Moldova"]);
    sheet.merge_range(1, 2, 3, 2, "", &Format::new()).unwrap();
    sheet.write(1, 2, 1200).unwrap();
    sheet.write(4, 2, 5).unwrap();
    let desk = Desk::new();
    ingest(&desk, "merged.xlsx", book.save_to_buffer().unwrap())
        .ends_with(1)
        .says("3 of 4 rows")
        .says("row 2, column `number`, value `1200`: C2:C4 is one merged cell")
        .says("the same in 2 more rows");
    bounded(
        &desk,
        "ingest table merged.xlsx --map map.toml --skip-bad-rows",
    )
    .succeeds();
    assert_eq!(column(&desk.rows("figures"), "value"), ["5"]);
}

#[test]
fn what_says_that_there_is_no_number_may_be_merged() {
    let mut book = Workbook::new();
    let sheet = table(&mut book, &["Poland", "Hungary", "Romania"]);
    sheet
        .merge_range(1, 2, 2, 2, "n/a", &Format::new())
        .unwrap();
    sheet.write(3, 2, 5).unwrap();
    // Of the last row alone: what lies below is no part of the table.
    sheet.merge_range(3, 2, 9, 2, "5", &Format::new()).unwrap();
    let desk = Desk::new();
    ingest(&desk, "merged.xlsx", book.save_to_buffer().unwrap()).succeeds();
    assert_eq!(column(&desk.rows("figures"), "value"), ["5"]);
}

#[test]
fn a_raised_digit_is_the_mark_of_a_footnote() {
    let raised = Format::new().set_font_script(FormatScript::Superscript);
    let plain = Format::new();
    let mut book = Workbook::new();
    let sheet = table(&mut book, &["Poland", "Hungary"]);
    sheet
        .write_rich_string(1, 2, &[(&plain, "234"), (&raised, "1")])
        .unwrap();
    sheet
        .write_rich_string(2, 2, &[(&plain, "1,234"), (&raised, "(2)"), (&plain, " ")])
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    // As some programs write it: in the cell, and not among the shared texts.
    let mut runs = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut shared = archive.by_name("xl/sharedStrings.xml").unwrap();
    shared.read_to_string(&mut runs).unwrap();
    drop(shared);
    let run = runs
        .split("<si>")
        .find(|text| text.contains(">234<"))
        .unwrap();
    let run = run.split("</si>").next().unwrap();
    let inline = changed(&bytes, |part| {
        let Some((before, cell)) = part.split_once(r#"<c r="C2" t="s">"#) else {
            return part;
        };
        let (_, after) = cell.split_once("</c>").unwrap();
        format!(r#"{before}<c r="C2" t="inlineStr"><is>{run}</is></c>{after}"#)
    });
    assert_ne!(inline, bytes);
    for bytes in [bytes, inline] {
        let desk = Desk::new();
        ingest(&desk, "raised.xlsx", bytes).succeeds();
        let rows = desk.rows("figures");
        assert_eq!(column(&rows, "value"), ["1234", "234"]);
        let notes = column(&rows, "notes");
        assert!(
            notes[0].contains("(²)") && notes[1].contains('¹'),
            "{notes:?}"
        );
    }
}

#[test]
fn a_formula_without_its_result_is_refused() {
    let mut book = Workbook::new();
    let sheet = table(&mut book, &["Poland", "Hungary", "Romania"]);
    sheet.write(1, 2, 7).unwrap();
    sheet.write_formula(2, 2, "=100+23").unwrap();
    sheet.write_formula(3, 2, "=100+24").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let saved = changed(&bytes, |part| {
        part.replace("</f><v>0</v>", "</f><v>123</v>")
    });
    let empty = changed(&bytes, |part| part.replace("</f><v>0</v>", "</f><v></v>"));
    let none = changed(&bytes, |part| part.replace("</f><v>0</v>", "</f>"));
    for bytes in [empty, none] {
        let desk = Desk::new();
        ingest(&desk, "formula.xlsx", bytes)
            .ends_with(1)
            .says("row 3, column `number`, value ``: it holds a formula whose result was not saved")
            .says("the same in 1 more row");
    }
    let desk = Desk::new();
    ingest(&desk, "formula.xlsx", saved).succeeds();
    let mut values = column(&desk.rows("figures"), "value").join(" ");
    values.make_ascii_lowercase();
    assert_eq!(values, "123 7 123");
}

#[test]
fn shares_and_money_of_a_workbook_are_no_people() {
    for (format, words) in [
        ("0%", "as a percentage"),
        ("0\"%\"", "as a percentage"),
        ("\"USD \"0", "as an amount of money"),
        ("[$€-407]#,##0", "as an amount of money"),
        ("[h]:mm", "as a length of time"),
    ] {
        let mut book = Workbook::new();
        let format = Format::new().set_num_format(format);
        let sheet = table(&mut book, &["Poland"]);
        sheet.write_with_format(1, 2, 5, &format).unwrap();
        let bytes = book.save_to_buffer().unwrap();
        let desk = Desk::new();
        ingest(&desk, "format.xlsx", &bytes)
            .ends_with(1)
            .says("row 2, column `number`, value `5`")
            .says(words);
    }
    let mut book = Workbook::new();
    let format = Format::new().set_num_format("$#,##0");
    let sheet = table(&mut book, &["Poland"]);
    sheet.write_with_format(1, 2, 5, &format).unwrap();
    let desk = Desk::new();
    desk.put("money.xlsx", book.save_to_buffer().unwrap()).put(
        "map.toml",
        MAPPING.replace("\"border_crossings\"", "\"requirements\"\nunit = \"usd\""),
    );
    let outcome = desk.run("ingest table money.xlsx --map map.toml");
    assert!(!outcome.stderr.contains("money, not"), "{}", outcome.stderr);
}

#[test]
fn hidden_rows_are_read_and_told() {
    let mut book = Workbook::new();
    let sheet = table(&mut book, &["Poland", "Hungary", "Romania"]);
    for row in 1..=3 {
        sheet.write(row, 2, row).unwrap();
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_name("A & B").unwrap();
    let desk = Desk::new();
    ingest(&desk, "hidden.xlsx", book.save_to_buffer().unwrap())
        .succeeds()
        .says("1 row is hidden in sheet `A & B`, and read like the others");
    assert_eq!(column(&desk.rows("figures"), "value"), ["2", "1", "3"]);
}

/// A cell of OpenDocument with a text.
fn text(text: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
    )
}

/// A cell with a number, of a kind and with further attributes.
fn number(kind: &str, value: &str, more: &str) -> String {
    format!(
        r#"<table:table-cell office:value-type="{kind}" office:value="{value}" {more}><text:p>{value}</text:p></table:table-cell>"#
    )
}

/// A row of a place on a day.
fn row(place: &str, cell: &str, attributes: &str) -> String {
    format!(
        "<table:table-row {attributes}>{}{}{cell}</table:table-row>",
        text("2022-03-01"),
        text(place)
    )
}

/// A spreadsheet of one sheet, with these rows under the header.
fn spreadsheet(rows: &[String]) -> Vec<u8> {
    let header = ["day", "place", "number"].map(text).concat();
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A &amp; B"><table:table-row>{header}</table:table-row>{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        rows.concat()
    );
    with_content(content.as_bytes(), "")
}

fn with_content(content: &[u8], manifest: &str) -> Vec<u8> {
    let manifest = format!(
        r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{manifest}</manifest:manifest>"#
    );
    zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content),
    ])
}

#[test]
fn doubtful_cells_of_an_open_document_are_refused() {
    let hungary = row("Hungary", &number("float", "5", ""), "");
    let formula = r#"<table:table-cell table:formula="of:=100+23"/>"#;
    let merged = number("float", "300", r#"table:number-rows-spanned="2""#);
    for (rows, words) in [
        (
            [
                row("Poland", &number("percentage", "2", ""), ""),
                hungary.clone(),
            ],
            "as a percentage",
        ),
        (
            [
                row("Poland", &number("currency", "7", ""), ""),
                hungary.clone(),
            ],
            "as an amount of money",
        ),
        (
            [row("Poland", formula, ""), hungary.clone()],
            "whose result was not saved",
        ),
        (
            [
                row("Poland", &merged, ""),
                row("Hungary", "<table:covered-table-cell/>", ""),
            ],
            "C2:C3 is one merged cell",
        ),
    ] {
        let desk = Desk::new();
        ingest(&desk, "cells.ods", spreadsheet(&rows))
            .ends_with(1)
            .says("row 2, column `number`")
            .says(words);
    }
}

#[test]
fn labels_of_an_open_document_are_filled_and_hidden_rows_told() {
    let rows = [
        format!(
            r#"<table:table-row><table:table-cell office:value-type="string" table:number-rows-spanned="2"><text:p>2022-03-01</text:p></table:table-cell>{}{}</table:table-row>"#,
            text("Poland"),
            number("float", "1000", "")
        ),
        format!(
            "<table:table-row><table:covered-table-cell/>{}{}</table:table-row>",
            text("Hungary"),
            number("float", "5", "")
        ),
        row(
            "Romania",
            &number("float", "6", ""),
            r#"table:visibility="collapse""#,
        ),
        row(
            "Moldova",
            &number("float", "7", ""),
            r#"table:visibility="filter""#,
        ),
    ];
    let desk = Desk::new();
    ingest(&desk, "labels.ods", spreadsheet(&rows))
        .succeeds()
        .says("2 rows are hidden in sheet `A & B`, and read like the others");
    assert_eq!(
        column(&desk.rows("figures"), "value"),
        ["5", "7", "1000", "6"]
    );
}

#[test]
fn a_spreadsheet_costs_what_it_writes() {
    let poland = |cell: &str| row("Poland", cell, "");
    let repeated = |cell: &str, times: u64| {
        row(
            "Poland",
            cell,
            &format!(r#"table:number-rows-repeated="{times}""#),
        )
    };
    let wide = |times: &str| {
        number(
            "float",
            "5",
            &format!(r#"table:number-columns-repeated="{times}""#),
        )
    };
    let far = r#"<table:table-row table:number-rows-repeated="1000000"/>"#.to_owned();
    let long = text(&"x".repeat(100_000));
    let blanks = text(r#"<text:s text:c="100000000"/>"#);
    for (rows, words) in [
        (
            vec![repeated(&wide("20"), 1_000_000)],
            "repetitions of a few",
        ),
        (
            vec![repeated(&wide("20"), u64::MAX)],
            "repetitions of a few",
        ),
        (
            vec![row(
                "Poland",
                &wide("20"),
                r#"table:number-rows-repeated="&#49;000000""#,
            )],
            "repetitions of a few",
        ),
        (vec![poland(&wide("4000000000"))], "repetitions of a few"),
        (vec![repeated(&long, 100_000)], "repetitions of a few"),
        (vec![far.clone(), poland(&wide("20"))], "lie far apart"),
        (
            vec![far.clone(), far.clone(), poland("")],
            "beyond row 1048576",
        ),
        (vec![poland(&blanks)], "C2: more than 1000 blanks"),
    ] {
        let desk = Desk::new();
        ingest(&desk, "large.ods", spreadsheet(&rows))
            .ends_with(1)
            .says(words);
    }
    // What people leave behind: formats down to the last row.
    let rows = [poland(&number("float", "5", "")), far];
    let desk = Desk::new();
    ingest(&desk, "fine.ods", spreadsheet(&rows)).succeeds();
}

#[test]
fn what_is_wrong_with_a_workbook_is_said() {
    let wrong = row("Poland", &number("float", "0x10", ""), "");
    let nested = "<table:table-row>\n</table:table-row>".to_owned();
    let locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>";
    for (bytes, words) in [
        (
            spreadsheet(&[wrong]),
            "sheet `A & B`, C2: the cell says that `0x10` is a number, and it is none",
        ),
        (spreadsheet(&[nested]), "Expecting 'table-cell'"),
        (with_content(b"\x80\x01\x02", locked), "asks for a password"),
        (
            zip(&[
                (
                    "mimetype",
                    b"application/vnd.oasis.opendocument.spreadsheet",
                ),
                ("encrypted-package", b"\x80"),
            ]),
            "asks for a password",
        ),
        (
            zip(&[("mimetype", b"x"), ("content.xml", b"<a/>")]),
            "cannot be opened as a workbook",
        ),
        (
            zip(&[("[Content_Types].xml", b"<a/>")]),
            "cannot be opened as a workbook",
        ),
    ] {
        let desk = Desk::new();
        let outcome = ingest(&desk, "book.ods", bytes).ends_with(1).says(words);
        assert!(
            !outcome.stderr.contains("detect file format"),
            "{}",
            outcome.stderr
        );
    }
}
