//! Forms of files that tables come in: encodings, archives, workbooks, JSON, Parquet; and where
//! their headers stand.

use humstat::publish::{Along, Format as Form};
use polars::prelude::{Column, DataFrame, NamedFrom as _, Series};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::common::{Desk, MAPPING, Outcome, column, shared, zip};

const TABLE: &str = "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Côte d'Ivoire,2500\n";

/// Ingests bytes with the usual mapping, to which a `[table]` is added.
#[track_caller]
fn ingest(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>, form: &str) -> Outcome {
    desk.put(name, bytes);
    desk.put("map.toml", format!("{MAPPING}\n[table]\n{form}\n"));
    desk.run(&format!("ingest table {name} --map map.toml"))
}

/// Expects the two figures of [`TABLE`].
#[track_caller]
fn holds_both(desk: &Desk) {
    let rows = desk.rows("figures");
    assert_eq!(column(&rows, "value"), ["2500", "1000"]);
    assert_eq!(column(&rows, "location_id"), ["CIV", "POL"]);
    assert_eq!(column(&rows, "period_end"), ["2022-03-02", "2022-03-01"]);
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn other_encodings_are_read_and_named() {
    let latin: Vec<u8> = TABLE.chars().map(|letter| letter as u8).collect();
    let marked = [&[0xff, 0xfe][..], &utf16(TABLE, u16::to_le_bytes)].concat();
    for (bytes, encoding) in [
        (latin, "windows-1252"),
        (marked, "UTF-16LE"),
        (utf16(TABLE, u16::to_le_bytes), "UTF-16LE"),
        (utf16(TABLE, u16::to_be_bytes), "UTF-16BE"),
    ] {
        let desk = Desk::new();
        ingest(&desk, "table.csv", bytes, "")
            .succeeds()
            .says(&format!("table.csv: read as {encoding}"));
        holds_both(&desk);
    }
}

#[test]
fn an_encoding_can_be_said() {
    let desk = Desk::new();
    // "Ł" of "Łódź" in windows-1250; the notes are of the row.
    let bytes = b"day;place;number\n2022-03-01;Pologne\xa3;1\n";
    ingest(&desk, "t.csv", bytes, "encoding = \"windows-1250\"")
        .ends_with(1)
        .says("PologneŁ");
    ingest(&desk, "t.csv", bytes, "encoding = \"windows-1\"")
        .ends_with(1)
        .says("`windows-1` is no encoding");
}

#[test]
fn nul_bytes_are_dropped_and_counted() {
    let desk = Desk::new();
    ingest(
        &desk,
        "table.csv",
        TABLE.replace("Poland", "Pol\0and\0"),
        "",
    )
    .succeeds()
    .says("left out 2 NUL bytes");
    holds_both(&desk);
}

#[test]
fn the_header_is_where_the_columns_of_the_mapping_are() {
    let desk = Desk::new();
    let preamble = format!(
        "Crossings of the border\n\nas of;2 March\n\n{}",
        TABLE.replace(',', ";")
    );
    ingest(&desk, "table.csv", preamble, "")
        .succeeds()
        .says("found the header in line 5");
    holds_both(&desk);
    let desk = Desk::new();
    let tagged = TABLE.replacen('\n', "\n#date,#country,#affected\n", 1);
    ingest(&desk, "table.csv", tagged, "")
        .succeeds()
        .says("line 2 holds HXL tags");
    holds_both(&desk);
}

#[test]
fn a_header_of_several_lines_is_joined() {
    let desk = Desk::new();
    let table = "where,when,People,,\nplace,day,,men,women\nPoland,2022-03-01,,1,2\n";
    desk.put("table.csv", table);
    let map = MAPPING
        .replace("{ column = \"place\" }", "{ column = \"where / place\" }")
        .replace("{ column = \"day\" }", "{ column = \"when / day\" }")
        .replace("value = { column = \"number\" }\n", "")
        + "[[value]]\ncolumn = \"People / men\"\nbreakdown.sex = \"m\"\n"
        + "[[value]]\ncolumn = \"People / women\"\nbreakdown.sex = \"f\"\n";
    desk.put("map.toml", &map);
    desk.run("ingest table table.csv --map map.toml")
        .succeeds()
        .says("found the header in lines 1 to 2");
    assert_eq!(
        column(&desk.rows("figures --breakdown sex=f"), "value"),
        ["2"]
    );
    let named = map + "[table]\nheader = [1, 2]\n";
    desk.put("named.toml", named);
    desk.run("ingest table table.csv --map named.toml --dry-run")
        .succeeds()
        .says("2 figures");
    ingest(&desk, "t.csv", TABLE, "header = 9")
        .ends_with(1)
        .says("`header` names line 9");
}

#[test]
fn an_archive_gives_its_one_table_or_the_named_one() {
    let table = TABLE.as_bytes();
    let desk = Desk::new();
    let one = zip(&[("a/table.csv", table), ("__MACOSX/a/._table.csv", b"x")]);
    ingest(&desk, "one.zip", one, "")
        .succeeds()
        .says("read a/table.csv of one.zip");
    holds_both(&desk);
    let two = zip(&[("readme.txt", b"read me"), ("table.csv", table)]);
    let desk = Desk::new();
    ingest(&desk, "two.zip", &two, "")
        .ends_with(1)
        .says("two.zip: it holds 2 files; say which with file = \"…\"")
        .says("readme.txt, table.csv");
    ingest(&desk, "two.zip", &two, "file = \"none.csv\"")
        .ends_with(1)
        .says("it holds no `none.csv`");
    ingest(&desk, "two.zip", &two, "file = \"table.csv\"").succeeds();
    holds_both(&desk);
    ingest(&desk, "nest.zip", zip(&[("two.zip", &two)]), "")
        .ends_with(1)
        .says("an archive within an archive");
    ingest(&desk, "cut.zip", &two[..two.len() / 2], "")
        .ends_with(1)
        .says("cut.zip: it cannot be unpacked");
}

/// The first sheet of a workbook as people make them: a title, then [`TABLE`] with real dates.
fn fill(sheet: &mut Worksheet, at: u32) {
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (column, name) in ["day", "place", "number"].into_iter().enumerate() {
        sheet.write(at, column as u16, name).unwrap();
    }
    for (row, (day, place, number)) in [(1, "Poland", 1000), (2, "Côte d'Ivoire", 2500)]
        .into_iter()
        .enumerate()
    {
        let row = at + 1 + row as u32;
        let day = ExcelDateTime::from_ymd(2022, 3, day).unwrap();
        sheet.write_with_format(row, 0, &day, &date).unwrap();
        sheet.write(row, 1, place).unwrap();
        sheet.write(row, 2, number).unwrap();
    }
}

#[test]
fn a_workbook_gives_the_sheet_with_the_columns() {
    let mut book = Workbook::new();
    let terms = book.add_worksheet().set_name("Terms of use").unwrap();
    terms.write(0, 0, "Use of these data is free.").unwrap();
    fill(
        book.add_worksheet()
            .set_name("Old")
            .unwrap()
            .set_hidden(true),
        0,
    );
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    sheet.write(0, 0, "Crossings of the border").unwrap();
    fill(sheet, 2);
    let bytes = book.save_to_buffer().unwrap();
    let desk = Desk::new();
    ingest(&desk, "book.xlsx", &bytes, "")
        .succeeds()
        .says("read sheet `Data`")
        .says("did not read sheet `Terms of use`: it holds no such table")
        .says("did not read sheet `Old`: it is hidden")
        .says("found the header in row 3");
    holds_both(&desk);
    // The evidence is the row as it stands in the sheet.
    let poland = desk.rows("figures --location POL");
    desk.run(&format!("trace {}", poland[0]["figure_id"]))
        .succeeds()
        .answers("book.xlsx, row 4")
        .answers("2022-03-01,Poland,1000");
    let desk = Desk::new();
    ingest(&desk, "book.xlsx", &bytes, "sheet = 4")
        .ends_with(1)
        .says("no sheet 4; it has Terms of use, Old, Data");
    ingest(&desk, "book.xlsx", &bytes, "sheet = 2")
        .succeeds()
        .says("read sheet `Old`");
    holds_both(&desk);
    ingest(&desk, "book.xlsx", &bytes[..bytes.len() / 2], "")
        .ends_with(1)
        .says("book.xlsx");
}

#[test]
fn merged_cells_are_filled_over_their_range() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    sheet.merge_range(0, 0, 1, 0, "place", &plain).unwrap();
    sheet.merge_range(0, 1, 0, 2, "2022-03-01", &plain).unwrap();
    sheet.write(1, 1, "men").unwrap();
    sheet.write(1, 2, "women").unwrap();
    sheet.merge_range(2, 0, 3, 0, "Poland", &plain).unwrap();
    for (row, number) in [(2, 10), (3, 1)] {
        sheet.write(row, 1, number).unwrap();
        sheet.write(row, 2, number + 1).unwrap();
        sheet
            .write(row, 3, ["over", "under"][usize::from(row == 3)])
            .unwrap();
    }
    sheet.merge_range(0, 3, 1, 3, "age", &plain).unwrap();
    let desk = Desk::new();
    desk.put("book.xlsx", book.save_to_buffer().unwrap());
    let map = MAPPING
        .replace("period = { column = \"day\" }", "period = \"2022-03-01\"")
        .replace(
            "value = { column = \"number\" }\n",
            "breakdown.age = { column = \"age\", codes = { over = \"60+\", under = \"0-4\" } }\n",
        )
        + "[[value]]\ncolumn = \"2022-03-01 / men\"\nbreakdown.sex = \"m\"\n"
        + "[[value]]\ncolumn = \"2022-03-01 / women\"\nbreakdown.sex = \"f\"\n";
    desk.put("map.toml", map);
    desk.run("ingest table book.xlsx --map map.toml").succeeds();
    let rows = desk.rows("figures --location POL");
    let mut values = column(&rows, "value");
    values.sort_unstable();
    assert_eq!(values, ["1", "10", "11", "2"]);
}

/// One cell in the last corner of a sheet is no reason to take the memory of a whole one.
#[test]
fn a_cell_far_away_costs_nothing() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    fill(sheet, 0);
    sheet.write(1_048_575, 16_383, " ").unwrap();
    let desk = Desk::new();
    ingest(&desk, "far.xlsx", book.save_to_buffer().unwrap(), "").succeeds();
    holds_both(&desk);
}

#[test]
fn an_open_document_is_read() {
    let row = |cells: [(&str, &str); 3]| {
        let cells: String = cells
            .iter()
            .map(|(kind, text)| match *kind {
                "float" => format!("<table:table-cell office:value-type=\"float\" office:value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"),
                "date" => format!("<table:table-cell office:value-type=\"date\" office:date-value=\"{text}\"><text:p>{text}</text:p></table:table-cell>"),
                _ => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
            })
            .collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let rows = [
        row([("string", "day"), ("string", "place"), ("string", "number")]),
        row([
            ("date", "2022-03-01"),
            ("string", "Poland"),
            ("float", "1000"),
        ]),
        row([
            ("date", "2022-03-02"),
            ("string", "Côte d'Ivoire"),
            ("float", "2500"),
        ]),
    ]
    .concat();
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"Data\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    let manifest = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let desk = Desk::new();
    let bytes = zip(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", manifest.as_bytes()),
        ("content.xml", content.as_bytes()),
    ]);
    ingest(&desk, "table.ods", bytes, "").succeeds();
    holds_both(&desk);
}

#[test]
fn json_of_every_shape_is_read() {
    let poland = r#"{"day": "2022-03-01", "place": "Poland", "number": 1000}"#;
    let ivory = r#"{"number": "2500", "day": "2022-03-02", "place": "Côte d'Ivoire"}"#;
    let nested = format!(r#"{{"count": 2, "data": {{"by": [{poland}, {ivory}]}}, "errors": []}}"#);
    let feature = |properties: &str| {
        format!(
            r#"{{"type": "Feature", "geometry": {{"type": "Point", "coordinates": [1.5, 2]}}, "properties": {properties}}}"#
        )
    };
    let features = format!(
        r#"{{"type": "FeatureCollection", "features": [{}, {}]}}"#,
        feature(poland),
        feature(ivory)
    );
    for (json, form, note) in [
        (format!("[{poland}, {ivory}]"), "", ""),
        (format!("{poland}\n{ivory}\n"), "", ""),
        (nested.clone(), "", "read the list `data.by`"),
        (nested.clone(), "path = \"data.by\"", ""),
        (features, "", ""),
        (
            r##"[["day", "place", "number"], ["#date", "#country", "#affected"],
                ["2022-03-01", "Poland", 1000], ["2022-03-02", "Côte d'Ivoire", 2500.0]]"##
                .to_owned(),
            "",
            "record 2 holds HXL tags",
        ),
    ] {
        let desk = Desk::new();
        ingest(&desk, "table.json", &json, form)
            .succeeds()
            .says(note);
        holds_both(&desk);
    }
    let desk = Desk::new();
    ingest(&desk, "table.json", &nested, "path = \"data.all\"")
        .ends_with(1)
        .says("it has no `data.all`; its lists are data.by");
    let two = format!(r#"{{"a": [{poland}], "b": [{ivory}]}}"#);
    ingest(&desk, "table.json", two, "")
        .ends_with(1)
        .says("it holds 2 lists; say which with path = \"…\" under [table]: a, b");
    ingest(&desk, "table.json", &nested[..60], "")
        .ends_with(1)
        .says("it is no JSON");
    ingest(&desk, "table.json", r#"{"detail": "not found"}"#, "")
        .ends_with(1)
        .says("JSON without a list of records");
    ingest(&desk, "table.json", "[".repeat(100_000), "").ends_with(1);
    let bad = format!("[{poland}, {}]", ivory.replace("2500", "many"));
    ingest(&desk, "table.json", bad, "")
        .ends_with(1)
        .says("record 2, column `number`, value `many`");
}

#[test]
fn of_sheets_that_look_alike_the_first_is_read_and_the_others_are_named() {
    let mut book = Workbook::new();
    for (name, number) in [("North", 10), ("South", 20)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, title) in (0..).zip(["day", "place", "number"]) {
            sheet.write(0, column, title).unwrap();
        }
        sheet.write(1, 0, "2022-03-01").unwrap();
        sheet.write(1, 1, "Poland").unwrap();
        sheet.write(1, 2, number).unwrap();
    }
    let book = book.save_to_buffer().unwrap();
    for (form, value) in [("", "10"), ("sheet = \"South\"", "20")] {
        let desk = Desk::new();
        let outcome = ingest(&desk, "table.xlsx", &book, form).succeeds();
        if form.is_empty() {
            outcome.says("table.xlsx: read sheet `North`").says(
                "did not read sheet `South`: it has such a table too; sheet = \"…\" under [table] chooses it",
            );
        }
        assert_eq!(column(&desk.rows("figures"), "value"), [value]);
    }
}

#[test]
fn names_within_names_have_points() {
    let desk = Desk::new();
    let json =
        r#"[{"day": {"of": "2022-03-01"}, "place": "Poland", "number": 7, "who": ["a", "b"]}]"#;
    desk.put("t.json", json);
    desk.put("map.toml", MAPPING.replace("\"day\"", "\"day.of\""));
    desk.run("ingest table t.json --map map.toml").succeeds();
    assert_eq!(column(&desk.rows("figures"), "value"), ["7"]);
}

#[test]
fn a_table_that_the_program_wrote_as_parquet_is_read() {
    let desk = Desk::new();
    desk.ingest("table.csv", TABLE, &[]).succeeds();
    desk.run("figures -o out.parquet").succeeds();
    let map = MAPPING
        .replace("\"place\"", "\"location\"")
        .replace("\"day\"", "\"period_end\"")
        .replace("\"number\"", "\"value\"");
    desk.put("map.toml", map);
    let other = Desk::new();
    other.put(
        "out.parquet",
        std::fs::read(desk.path("out.parquet")).unwrap(),
    );
    other.put("map.toml", std::fs::read(desk.path("map.toml")).unwrap());
    other
        .run("ingest table out.parquet --map map.toml")
        .succeeds();
    holds_both(&other);
    other.put("bad.parquet", b"PAR1 and no more");
    other
        .run("ingest table bad.parquet --map map.toml")
        .ends_with(1)
        .says("cannot be read as Parquet");
}

/// A Parquet file of the usual columns, its numbers as a program writes a column with gaps.
fn parquet(numbers: &[Option<f64>]) -> Vec<u8> {
    let days = vec!["2022-03-01"; numbers.len()];
    let places = ["Poland", "Hungary", "Moldova", "Romania"];
    let columns = [
        Series::new("day".into(), days),
        Series::new("place".into(), &places[..numbers.len()]),
        Series::new("number".into(), numbers),
    ];
    let frame = DataFrame::new_infer_height(columns.into_iter().map(Column::from).collect());
    humstat::publish::write(&frame.unwrap(), Form::Parquet, &Along::default()).unwrap()
}

#[test]
fn large_numbers_of_parquet_are_read_to_the_last_digit() {
    let desk = Desk::new();
    let numbers = [
        Some(12_345_678_901.0),
        Some(1_000_000_001.0),
        None,
        Some(999_999.0),
    ];
    ingest(&desk, "table.parquet", parquet(&numbers), "").succeeds();
    let rows = desk.rows("figures");
    assert_eq!(
        column(&rows, "value"),
        ["1000000001", "12345678901", "999999"]
    );
    assert!(
        rows.iter().all(|row| !row["notes"].contains("rounded")),
        "{rows:?}"
    );
}

/// Columns of the program that wrote it: an instant with a zone, a category, a decimal, a short number, a list.
#[test]
fn parquet_columns_of_other_types_keep_nobody_from_the_rest() {
    let desk = Desk::new();
    let bytes = include_bytes!("../fixtures/types.parquet");
    ingest(&desk, "table.parquet", bytes, "").succeeds();
    let rows = desk.rows("figures");
    assert_eq!(column(&rows, "value"), ["12345678901", "1234567890"]);
    for unread in ["decimal", "short", "list"] {
        let map = MAPPING.replace("column = \"number\"", &format!("column = \"{unread}\""));
        desk.put("map.toml", map);
        desk.run("ingest table table.parquet --map map.toml")
            .ends_with(1)
            .says("not read: ");
    }
    for read in ["zoned", "category"] {
        let map = MAPPING.replace("column = \"day\"", &format!("column = \"{read}\""));
        let other = Desk::new();
        other.put("table.parquet", bytes).put("map.toml", map);
        other
            .run("ingest table table.parquet --map map.toml")
            .succeeds();
        let rows = other.rows("figures");
        assert_eq!(column(&rows, "period_end"), ["2024-03-15"; 2]);
    }
}

/// The mark of a table is that of its texts: a number that knows that it is one has no mark.
#[test]
fn a_decimal_comma_makes_no_thousands_of_a_fraction() {
    let desk = Desk::new();
    let comma = "decimal = \",\"";
    ingest(&desk, "table.parquet", parquet(&[Some(12.125)]), comma)
        .ends_with(1)
        .says("value `12.1250`");
    let json = r#"[{"day": "2022-03-01", "place": "Poland", "number": 1.234}]"#;
    ingest(&desk, "table.json", json, comma)
        .ends_with(1)
        .says("value `1.2340`");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, name) in (0..).zip(["day", "place", "number"]) {
        sheet.write(0, at, name).unwrap();
    }
    sheet.write(1, 0, "2022-03-01").unwrap();
    sheet.write(1, 1, "Poland").unwrap();
    sheet.write(1, 2, 12.125).unwrap();
    ingest(&desk, "table.xlsx", book.save_to_buffer().unwrap(), comma)
        .ends_with(1)
        .says("value `12.1250`");
    let text = "day;place;number\n2022-03-01;Poland;12.125\n";
    ingest(&desk, "table.csv", text, comma).succeeds();
    assert_eq!(column(&desk.rows("figures"), "value"), ["12125"]);
}

#[test]
fn records_that_share_no_keys_are_told_and_take_no_room() {
    let desk = Desk::new();
    let mut records = vec![r#"{"day": "2022-03-01", "place": "Poland", "number": 5}"#.to_owned()];
    records.extend((0..10_000).map(|at| format!("{{\"k{at}\": 1}}")));
    let json = format!("[{}]", records.join(","));
    ingest(&desk, "table.json", json, "")
        .ends_with(1)
        .says("10,003 different keys");
    let json = r#"[{"day": "2022-03-01", "place": "Poland", "number": 5, " number": 6},
        {"day": "2022-03-02", "place": "Poland", "number": 7, " number": 7}]"#;
    ingest(&desk, "table.json", json, "").succeeds().says(
        "several keys are `number` once they stand in one row, in 1 record; the last is read",
    );
}

/// Midnight in Kyiv is the day before in UTC; the day is the one that was written.
#[test]
fn an_instant_with_an_offset_is_of_the_day_that_was_written() {
    let desk = Desk::new();
    let table = "day,place,number\n2024-03-15T00:00:00+02:00,Poland,1\n2024-03-15T23:30:00-05:00,Hungary,2\n\
        2024-03-15T00:30:00Z,Moldova,3\n\"Fri, 15 Mar 2024 00:10:00 +0300\",Romania,4\n";
    ingest(&desk, "table.csv", table, "").succeeds();
    let rows = desk.rows("figures");
    assert_eq!(column(&rows, "period_end"), ["2024-03-15"; 4]);
    let desk = Desk::new();
    let map = MAPPING.replace(
        "column = \"day\"",
        "column = \"day\", format = \"%Y-%m-%dT%H:%M:%S%:z\"",
    );
    let table = "day,place,number\n2024-03-15T00:00:00+02:00,Poland,1\n";
    desk.put("map.toml", map).put("table.csv", table);
    desk.run("ingest table table.csv --map map.toml").succeeds();
    assert_eq!(column(&desk.rows("figures"), "period_end"), ["2024-03-15"]);
}

#[test]
fn counts_that_a_workbook_cannot_hold_are_refused_before_room_is_made_for_them() {
    let desk = Desk::new();
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "day").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut part, &mut content).unwrap();
        parts.push((
            part.name().unwrap().into_owned(),
            content.replace("uniqueCount=\"1\"", "uniqueCount=\"4294967296\""),
        ));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, content)| (&**name, content.as_bytes()))
        .collect();
    ingest(&desk, "table.xlsx", zip(&parts), "")
        .ends_with(1)
        .says("it says that it holds 4294967296 shared texts");
    let Some(file) = shared("hxl/libhxl/test_io/input-valid.xls") else {
        return;
    };
    let mut old = std::fs::read(file).unwrap();
    let at = old
        .windows(4)
        .position(|record| record == [0, 2, 14, 0])
        .unwrap();
    old[at + 8..at + 12].copy_from_slice(&u32::MAX.to_le_bytes());
    ingest(&desk, "table.xls", old, "")
        .ends_with(1)
        .says("a sheet of 4294967295 rows");
}

#[test]
fn a_parquet_file_that_its_reader_stumbles_over_is_refused() {
    let desk = Desk::new();
    desk.ingest("table.csv", TABLE, &[]).succeeds();
    desk.run("figures -o out.parquet").succeeds();
    let whole = std::fs::read(desk.path("out.parquet")).unwrap();
    let (end, mut stumbled) = (whole.len(), 0);
    // The description at the end of the file, a byte of it changed.
    for at in (end - 400..end - 8).step_by(13) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x11;
        let outcome = ingest(&desk, "bad.parquet", bytes, "").fails();
        assert!(
            !outcome.stderr.contains("panicked"),
            "byte {at}: {}",
            outcome.stderr
        );
        stumbled += 1;
    }
    assert!(stumbled > 20);
}

/// The old binary form, which nothing here can write.
#[test]
fn an_old_workbook_is_read() {
    let Some(file) = shared("hxl/libhxl/test_io/input-valid.xls") else {
        return;
    };
    let desk = Desk::new();
    desk.put("old.xls", std::fs::read(file).unwrap());
    desk.put(
        "map.toml",
        MAPPING
            .replace("{ column = \"day\" }", "\"2022-03-01\"")
            .replace("{ column = \"place\" }", "\"POL\"")
            .replace("\"number\"", "\"Targeted\""),
    );
    let outcome = desk.run("ingest table old.xls --map map.toml --dry-run");
    assert!(
        !outcome.stderr.contains("cannot be opened"),
        "{}",
        outcome.stderr
    );
}
