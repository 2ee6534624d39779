//! Binary workbooks, made record by record as Excel writes them.

use super::common::{Desk, MAPPING, Outcome, column, zip};

/// A record: its type and its length in groups of seven bits, then its body.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let mut bytes = match u8::try_from(kind) {
        Ok(small) if small < 0x80 => vec![small],
        _ => vec![(kind & 0x7f) as u8 | 0x80, (kind >> 7) as u8],
    };
    assert!(body.len() < 0x80, "a longer body has a longer length");
    bytes.push(body.len() as u8);
    bytes.extend(body);
    bytes
}

/// A text with its length before it.
fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u32).to_le_bytes().to_vec();
    bytes.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    bytes
}

/// Whole numbers of four bytes.
fn numbers(numbers: &[u32]) -> Vec<u8> {
    numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect()
}

/// A cell of a sheet.
enum Cell {
    /// A text among those that the sheets share, by its number.
    Shared(u32),
    /// A text of its own.
    Text(&'static str),
    /// A whole number in the short form.
    Short(i32),
    /// A number.
    Long(f64),
    /// A day, in days since 30 December 1899.
    Day(f64),
}

impl Cell {
    fn record(&self, column: u32) -> Vec<u8> {
        let (kind, style, value) = match self {
            Self::Shared(number) => (0x07, 0, number.to_le_bytes().to_vec()),
            Self::Text(own) => (0x06, 0, text(own)),
            Self::Short(number) => (0x02, 0, (number << 2 | 2).to_le_bytes().to_vec()),
            Self::Long(number) => (0x05, 0, number.to_le_bytes().to_vec()),
            Self::Day(days) => (0x05, 1, days.to_le_bytes().to_vec()),
        };
        record(kind, &[numbers(&[column, style]), value].concat())
    }
}

/// A sheet: its extent, and its rows with their cells.
fn sheet(rows: &[Vec<Cell>]) -> Vec<u8> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(1) as u32;
    let mut bytes = [
        record(0x81, &[]),
        record(0x94, &numbers(&[0, rows.len() as u32 - 1, 0, width - 1])),
        record(0x91, &[]),
    ]
    .concat();
    for (row, cells) in (0..).zip(rows) {
        bytes.extend(record(0x00, &[numbers(&[row, 0]), vec![0; 9]].concat()));
        for (column, cell) in (0..).zip(cells) {
            bytes.extend(cell.record(column));
        }
    }
    bytes.extend([record(0x92, &[]), record(0x82, &[])].concat());
    bytes
}

/// A workbook with a hidden sheet before the visible one.
fn workbook(rows: &[Vec<Cell>]) -> Vec<u8> {
    with_sheet(&sheet(rows))
}

/// The same with the bytes of the visible sheet.
fn with_sheet(second: &[u8]) -> Vec<u8> {
    let shared = ["day", "place", "number", "Poland"];
    let strings = [
        record(0x9f, &numbers(&[4, 4])),
        shared
            .iter()
            .flat_map(|shared| record(0x13, &[vec![0], text(shared)].concat()))
            .collect(),
        record(0xa0, &[]),
    ];
    // The second style shows a day: 14 is the form of dates.
    let style = |form: u8| record(0x2f, &[&[0, 0, form, 0][..], &[0; 12]].concat());
    let styles = [
        record(0x116, &[]),
        record(0x269, &numbers(&[2])),
        style(0),
        style(14),
        record(0x26a, &[]),
        record(0x117, &[]),
    ];
    let listed = |state: u32, number: u32, part: &str, name: &str| {
        let body = [numbers(&[state, number]), text(part), text(name)];
        record(0x9c, &body.concat())
    };
    let book = [
        record(0x83, &[]),
        record(0x99, &numbers(&[0, 0, 0])),
        record(0x8f, &[]),
        listed(1, 1, "rId1", "Old"),
        listed(0, 2, "rId2", "Crossings"),
        record(0x90, &[]),
        record(0x9d, &[0; 26]),
        record(0x84, &[]),
    ];
    let parts = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.bin"/>
        <Relationship Id="rId2" Type="worksheet" Target="worksheets/sheet2.bin"/></Relationships>"#;
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.bin", &book.concat()),
        ("xl/_rels/workbook.bin.rels", parts.as_bytes()),
        ("xl/sharedStrings.bin", &strings.concat()),
        ("xl/styles.bin", &styles.concat()),
        ("xl/worksheets/sheet1.bin", &sheet(&[vec![Cell::Short(1)]])),
        ("xl/worksheets/sheet2.bin", second),
    ])
}

/// The sheet of [`table`].
fn whole_sheet() -> Vec<u8> {
    sheet(&rows())
}

/// The table of two days that the tests read.
pub fn table() -> Vec<u8> {
    workbook(&rows())
}

fn rows() -> Vec<Vec<Cell>> {
    vec![
        vec![Cell::Shared(0), Cell::Shared(1), Cell::Shared(2)],
        vec![Cell::Day(44621.0), Cell::Shared(3), Cell::Short(1000)],
        vec![
            Cell::Day(44622.0),
            Cell::Text("Côte d'Ivoire"),
            Cell::Long(1_234_567_890.0),
        ],
    ]
}

fn ingest(desk: &Desk, bytes: &[u8]) -> Outcome {
    desk.put("table.xlsb", bytes).put("map.toml", MAPPING);
    desk.run("ingest table table.xlsb --map map.toml")
}

#[test]
fn the_visible_sheet_is_read() {
    let desk = Desk::new();
    ingest(&desk, &table())
        .succeeds()
        .says("read sheet `Crossings`")
        .says("did not read sheet `Old`: it is hidden");
    let rows = desk.rows("figures");
    assert_eq!(column(&rows, "value"), ["1234567890", "1000"]);
    assert_eq!(column(&rows, "location_id"), ["CIV", "POL"]);
    assert_eq!(column(&rows, "period_end"), ["2022-03-02", "2022-03-01"]);
}

#[test]
fn a_damaged_one_is_refused() {
    let whole = table();
    for length in [100, whole.len() / 2, whole.len() - 1] {
        ingest(&Desk::new(), &whole[..length])
            .ends_with(1)
            .says("table.xlsb");
    }
    // The second cell of the header in column 2147483650.
    let far = [numbers(&[1, 0, 1]), vec![]].concat();
    let mut parts = whole_sheet();
    let at = parts.windows(far.len()).position(|part| part == far);
    parts[at.unwrap()..][..4].copy_from_slice(&0x8000_0001_u32.to_le_bytes());
    ingest(&Desk::new(), &with_sheet(&parts))
        .ends_with(1)
        .says("in a column that no sheet has");
    let shared_beyond_the_list = workbook(&[
        vec![Cell::Shared(0), Cell::Shared(1), Cell::Shared(2)],
        vec![Cell::Day(44621.0), Cell::Shared(9), Cell::Short(1000)],
    ]);
    let refused = ingest(&Desk::new(), &shared_beyond_the_list).ends_with(1);
    assert!(!refused.stderr.contains("panicked"), "{}", refused.stderr);
    refused.says("table.xlsb: sheet `Crossings` cannot be read: it is damaged");
}

/// The binary form has room for column numbers that no sheet has: as rows of cells they took gigabytes.
#[test]
fn a_cell_beyond_all_columns_is_refused() {
    let far = Cell::Short(1).record(16_384);
    let whole = whole_sheet();
    let end = record(0x92, &[]);
    let at = whole
        .windows(end.len())
        .rposition(|window| window == end)
        .unwrap();
    let sheet = [&whole[..at], &far, &whole[at..]].concat();
    let desk = Desk::new();
    ingest(&desk, &with_sheet(&sheet))
        .ends_with(1)
        .says("in a column that no sheet has");
}
