//! Forms that tables are written in for people and their programs: workbooks, pages, LaTeX, CSV for Excel.

use calamine::{Data, Reader as _, open_workbook_from_rs};

use humstat::publish::{Along, Format, growing, write};
use polars::prelude::{Column, DataFrame, NamedFrom as _, Series};
use proptest::prelude::*;

use super::common::{Desk, column};

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

/// So many rows of a number, a text and a share, some of them empty.
fn frame(rows: usize) -> DataFrame {
    let numbers: Vec<Option<i64>> = (0..rows)
        .map(|row| (row % 7 > 0).then_some(row as i64))
        .collect();
    let texts: Vec<Option<String>> = (0..rows)
        .map(|row| {
            (row % 5 > 0).then(|| format!("\"{row}\",\n=1 and a text that is longer than twelve"))
        })
        .collect();
    let shares: Vec<f64> = (0..rows).map(|row| row as f64 / 8.0).collect();
    let columns = [
        Series::new("number".into(), numbers),
        Series::new("text".into(), texts),
        Series::new("share".into(), shares),
    ];
    DataFrame::new_infer_height(columns.into_iter().map(Column::from).collect()).unwrap()
}

/// What comes out when the rows come in parts of these lengths, and then the rest.
fn in_parts(frame: &DataFrame, format: Format, lengths: &[usize]) -> Vec<u8> {
    let along = Along {
        bom: format == Format::Csv,
        ..Along::default()
    };
    let mut written = Vec::new();
    let mut table = growing(format, &along, &mut written).unwrap();
    let mut rest = frame.clone();
    for length in lengths {
        let (part, after) = rest.split_at((*length).min(rest.height()) as i64);
        table.add(&part).unwrap();
        rest = after;
    }
    table.add(&rest).unwrap();
    table.end().unwrap();
    drop(table);
    written
}

proptest! {
    #[test]
    fn rows_that_come_in_parts_give_the_bytes_of_all_at_once(
        rows in 0usize..60,
        lengths in proptest::collection::vec(0usize..25, 0..6),
    ) {
        let frame = frame(rows);
        for format in Format::ALL.iter().copied().filter(|format| format.grows()) {
            let along = Along { bom: format == Format::Csv, ..Along::default() };
            let whole = write(&frame, format, &along).unwrap();
            prop_assert!(in_parts(&frame, format, &lengths) == whole, "{format}");
        }
    }
}

#[test]
fn a_parquet_file_of_several_groups_does_not_tell_how_its_rows_came() {
    let frame = frame(300_000);
    let whole = write(&frame, Format::Parquet, &Along::default()).unwrap();
    let parts = in_parts(&frame, Format::Parquet, &[100_000, 31_072, 150_000]);
    assert!(parts == whole);
    assert!(growing(Format::Html, &Along::default(), std::io::sink()).is_err());
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
        data.rows().next_back().unwrap()[at("row_type")].to_string(),
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
    assert!(page.contains("<td class=\"right\">1,400</td>"), "{page}");
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

/// A desk with refugees of two origins in three countries, and the inhabitants of two of these.
fn stocks() -> Desk {
    let desk = Desk::new();
    let changes = [
        ("border_crossings", "refugees"),
        ("\"cumulative\"", "\"stock\""),
        ("since = \"2022-02-24\"\n", ""),
        ("origin = \"UKR\"", "origin = { column = \"from\" }"),
    ];
    desk.ingest(
        "t.csv",
        "day,place,from,number\n2022-01-01,Poland,Syria,5\n2022-01-01,Poland,Ukraine,10\n\
         2022-01-01,Chad,Syria,50\n2022-07-01,Poland,Ukraine,30\n2022-07-01,Sweden,Ukraine,7\n",
        &changes,
    )
    .succeeds();
    let changes = [
        ("border_crossings", "population"),
        ("\"cumulative\"", "\"stock\""),
        ("since = \"2022-02-24\"\n", ""),
        ("origin = \"UKR\"\n", ""),
        ("UNHCR", "World Bank"),
        ("test/table", "test/people"),
    ];
    desk.ingest(
        "people.csv",
        "day,place,number\n2021-12-31,Poland,40000\n2022-12-31,Poland,20000\n2022-12-31,Chad,100\n",
        &changes,
    )
    .succeeds();
    desk
}

#[test]
fn rows_may_stand_for_origins_indicators_or_days() {
    let desk = stocks();
    let by = |what: &str| desk.rows(&format!("summary --indicator refugees --by {what}"));
    let origins = by("origin");
    assert_eq!(column(&origins, "origin_id"), ["SYR", "UKR"]);
    assert_eq!(column(&origins, "value"), ["55", "37"]);
    assert!(
        origins[0]["notes"].contains("sum of 2 destinations"),
        "{origins:?}"
    );
    let indicators = by("indicator");
    assert_eq!(column(&indicators, "indicator_code"), ["refugees"]);
    assert_eq!(column(&indicators, "value"), ["92"]);
    let days = by("date");
    assert_eq!(column(&days, "value"), ["50", "10", "5", "30", "7"]);
    assert_eq!(
        column(&days, "origin_id"),
        ["SYR", "UKR", "SYR", "UKR", "UKR"]
    );
    desk.run("summary --indicator refugees --by date --total")
        .ends_with(2)
        .says("--by date has no total");
}

#[test]
fn wide_tables_and_those_for_datawrapper_keep_what_is_known() {
    let desk = desk();
    let wide = desk
        .run("summary --by date --shape wide --format csv")
        .succeeds();
    assert_eq!(
        wide.stdout,
        "period_end,Poland,Hungary\n2022-03-01,1000,250\n2022-03-02,1400,\n"
    );
    let few = desk
        .run("summary --shape datawrapper --format csv")
        .succeeds();
    assert_eq!(
        few.stdout,
        "Place,ISO code,Border crossings,Change,Share in %,As of\n\
         Poland,POL,1400,400,84.85,2022-03-02\nHungary,HUN,250,,15.15,2022-03-01\n",
    );
}

#[test]
fn numbers_are_set_against_the_inhabitants_that_were_counted_last() {
    let desk = stocks();
    let rows = desk.rows("summary --indicator refugees --per-inhabitants");
    assert_eq!(column(&rows, "location_id"), ["TCD", "POL", "SWE"]);
    assert_eq!(column(&rows, "population"), ["100", "40000", ""]);
    assert_eq!(
        column(&rows, "population_period_end"),
        ["2022-12-31", "2021-12-31", ""]
    );
    assert_eq!(column(&rows, "per_1000_inhabitants"), ["500", "0.875", ""]);
    desk.run("summary --indicator refugees --per-inhabitants 100 -o t.csv")
        .succeeds();
    let sources = std::fs::read_to_string(desk.path("t.sources.md")).unwrap();
    assert!(sources.contains("World Bank"), "{sources}");
    desk.run("summary --indicator refugees --by origin --per-inhabitants")
        .ends_with(2)
        .says("--per-inhabitants is about the places");
}
