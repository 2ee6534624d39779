//! Forms that tables are written in for people and their programs: workbooks, pages, LaTeX, CSV for Excel.

use calamine::{Data, Reader as _, open_workbook_from_rs};

use super::common::Desk;

/// A desk whose ledger holds places with every trap for a writer.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.ingest(
        "t.csv",
        "day,place,number\n2022-03-01,Poland,1000\n2022-03-01,Hungary,250\n2022-03-02,Poland,1400\n",
        &[(
            "[figure]",
            "notes = \"=cmd|' /C calc'!A0 & <b>50%</b> of $x_1\"\n[figure]",
        )],
    )
    .succeeds();
    desk
}

#[test]
fn a_workbook_has_typed_cells_notes_and_sources() {
    let desk = desk();
    desk.run("summary --total -o t.xlsx").succeeds();
    let bytes = std::fs::read(desk.path("t.xlsx")).unwrap();
    let mut book: calamine::Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(&bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Data", "Chart", "Notes", "Sources"]);
    let data = book.worksheet_range("Data").unwrap();
    let header: Vec<String> = data
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = |name: &str| header.iter().position(|cell| cell == name).unwrap();
    let first = data.rows().nth(1).unwrap();
    assert_eq!(first[at("location")], Data::String("Poland".to_owned()));
    assert_eq!(first[at("value")], Data::Float(1400.0));
    assert!(
        matches!(first[at("period_end")], Data::DateTime(_)),
        "{first:?}"
    );
    assert_eq!(first[at("low")], Data::Empty);
    // A total is in the table and not in the chart.
    assert_eq!(
        data.rows().last().unwrap()[at("row_type")].to_string(),
        "total"
    );
    let notes = book.worksheet_range("Notes").unwrap();
    let text: Vec<String> = notes.rows().map(|row| row[0].to_string()).collect();
    assert!(
        text.iter().any(|note| note.starts_with("=cmd|")),
        "{text:?}"
    );
    assert!(book.worksheet_formula("Notes").unwrap().is_empty());
    let sources = book.worksheet_range("Sources").unwrap();
    assert_eq!(
        sources.rows().next().unwrap()[1].to_string(),
        "humstat summary"
    );
    assert!(desk.path("t.sources.md").exists());

    desk.run("summary --total -o again.xlsx").succeeds();
    assert!(
        bytes == std::fs::read(desk.path("again.xlsx")).unwrap(),
        "other bytes"
    );
}

#[test]
fn a_page_and_latex_take_no_text_for_markup() {
    let desk = desk();
    desk.run("summary -o t.html").succeeds();
    let page = std::fs::read_to_string(desk.path("t.html")).unwrap();
    assert!(page.contains("&lt;b&gt;50%&lt;/b&gt;"), "{page}");
    assert!(
        !page.contains("<b>50%") && !page.contains("<script"),
        "{page}"
    );
    assert!(page.contains("<td class=\"number\">1,400</td>"), "{page}");
    desk.run("summary -o t.tex").succeeds();
    let latex = std::fs::read_to_string(desk.path("t.tex")).unwrap();
    assert!(
        latex.contains(r"50\%\textless{}/b\textgreater{} of \$x\_1"),
        "{latex}"
    );
    assert!(
        latex.contains("\\toprule") && latex.contains("Poland & POL & 1,400 &"),
        "{latex}"
    );
}

#[test]
fn csv_begins_with_the_mark_that_excel_needs_where_it_is_asked_for() {
    let desk = desk();
    desk.run("summary --bom -o t.csv").succeeds();
    let bytes = std::fs::read(desk.path("t.csv")).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbflocation,"));
    desk.run("summary --bom -o t.xlsx")
        .ends_with(2)
        .says("--bom is for CSV");
    desk.run("summary -o t.csv").succeeds();
    assert!(
        std::fs::read(desk.path("t.csv"))
            .unwrap()
            .starts_with(b"location,")
    );
}
