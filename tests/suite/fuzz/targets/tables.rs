//! Files of rows in every form, mappings, gazetteers and files that this program wrote.

use std::path::Path;

use humstat::figure::Version;
use humstat::ledger::{Capture, Reading};
use humstat::table::{self, Mapping, Options, suggest};
use humstat::{gazetteer, publish};

/// A mapping for `day,place,number`.
pub const MAPPING: &str = r#"
[publication]
channel = "test/table"
title = "A table"
published = "2022-05-01"
licence = "CC-BY-4.0"

[figure]
claimant = "UNHCR"
indicator = "border_crossings"
measure = "cumulative"
since = "2022-02-24"
origin = "UKR"
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
"#;

/// A mapping that says only what tags cannot.
const TAGGED: &str = r#"
[publication]
channel = "test/hxl"
title = "A tagged table"
published = "2021-11-05"

[table]
hxl = true

[figure]
claimant = "IOM"
"#;

/// What a reading says, as text.
fn told(reading: &Reading) -> String {
    let mut told = format!("{} rows, {} left out\n", reading.rows, reading.skipped);
    for series in &reading.series {
        told.push_str(&format!("{series:?}\n"));
    }
    for publication in &reading.publications {
        told.push_str(&format!("{:?}\n", publication.publication));
        for cell in publication.figures.iter() {
            told.push_str(&format!("{cell:?}\n"));
        }
        for cell in publication.absent.iter() {
            told.push_str(&format!("{cell:?}\n"));
        }
    }
    told
}

/// Holds what is true of every reading.
pub fn hold(reading: &Reading) {
    for publication in &reading.publications {
        for cell in publication.figures.iter() {
            let series = &reading.series[cell.series as usize];
            assert!(cell.period.start <= cell.period.end, "{cell:?}");
            assert!(
                humstat::figure::YEARS.contains(&chrono::Datelike::year(&cell.period.start)),
                "{cell:?} of {series:?}"
            );
            let quantity = cell.quantity;
            assert!(quantity.checked().is_ok(), "{quantity:?} was not checked");
        }
    }
}

/// Reads bytes by a mapping, twice, and holds what is true of a reading.
fn read(name: &str, bytes: &[u8], mapping: &str) -> Option<Reading> {
    let parsed = Mapping::parse(Path::new("map.toml"), mapping).unwrap();
    by(name, bytes, &parsed, mapping)
}

fn by(name: &str, bytes: &[u8], mapping: &Mapping, text: &str) -> Option<Reading> {
    let options = Options {
        published: "2026-06-12".parse::<Version>().ok(),
        ..Options::default()
    };
    let read = |options: &Options| {
        let capture = Capture::new(name, bytes.to_vec());
        table::read(vec![capture], mapping, text, options, |_| {})
    };
    let first = read(&options);
    match (&first, read(&options)) {
        (Ok(first), Ok(second)) => assert_eq!(told(&first.reading), told(&second.reading)),
        // Columns of Parquet are read side by side, and either may be told to be the wrong one.
        (Err(_), Err(_)) if bytes.starts_with(b"PAR1") => {}
        (Err(first), Err(second)) => assert_eq!(first.to_string(), second.to_string()),
        (first, second) => panic!("read once as {first:?}, and once as {second:?}"),
    }
    let skipping = Options {
        skip_bad_rows: true,
        ..options
    };
    let skipped = read(&skipping);
    let Ok(table) = first else { return None };
    hold(&table.reading);
    assert_eq!(table.reading.skipped, 0);
    // Where no row is bad, leaving bad ones out changes nothing.
    assert_eq!(told(&table.reading), told(&skipped.unwrap().reading));
    let pages = [Capture::new(name, bytes.to_vec())];
    for cell in table
        .reading
        .publications
        .iter()
        .flat_map(|one| one.figures.iter())
        .take(3)
    {
        let row = table::evidence::row(&pages, text, cell.row);
        let (_, row) = row.unwrap_or_else(|| panic!("no evidence for {cell:?}"));
        if let Some(value) = cell.quantity.value {
            shows(&row, value);
        }
    }
    let _ = table.reading.clone().check();
    Some(table.reading)
}

/// A row that a number was read from shows its digits, unless it says them in words.
fn shows(row: &str, value: i64) {
    let plain = humstat::figure::plain(row).to_lowercase();
    let marks = [' ', ',', '.', '\'', '_', '"', '\u{66b}', '\u{66c}'];
    let digits: String = plain
        .chars()
        .filter(|letter| !marks.contains(letter))
        .collect();
    let wanted = value.unsigned_abs().to_string();
    let begins = wanted.trim_end_matches('0');
    assert!(digits.contains(begins), "{value} is nowhere in\n{row}");
}

/// Drafts a mapping of a table, and knows its shape if it has a known one.
fn suggested(name: &str, bytes: &[u8]) {
    let capture = Capture::new(name, bytes.to_vec());
    let Ok((sample, _)) = suggest::sample(&capture, None) else {
        return;
    };
    let draft = suggest::draft(&sample);
    assert_eq!(draft, suggest::draft(&sample));
    toml::from_str::<toml::Table>(&draft)
        .unwrap_or_else(|error| panic!("a draft is no TOML: {error}\n{draft}"));
    if let Ok(mapping) = Mapping::parse(Path::new("draft"), &draft) {
        by(name, bytes, &mapping, &draft);
    }
    if let Some(suggest::Known::Mapped { mapping, .. }) = suggest::recognise(&sample) {
        read(name, bytes, &mapping);
    }
}

/// Delimited text. Where its lines are plain, each figure is the number of its line.
pub fn delimited(bytes: &[u8]) {
    let _ = table::outline(&Capture::new("table.csv", bytes.to_vec()));
    suggested("table.csv", bytes);
    let Some(reading) = read("table.csv", bytes, MAPPING) else {
        return;
    };
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let lines: Vec<&str> = text.split('\n').collect();
    if lines[0] != "day,place,number" || text.contains(['"', '\0', '\r', ';', '\t', '|']) {
        return;
    }
    for publication in &reading.publications {
        for cell in publication.figures.iter() {
            let line = lines[cell.row as usize - 1];
            let cells: Vec<&str> = line.split(',').collect();
            let number = cells[2].trim();
            if cells.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()) {
                assert_eq!(cell.quantity.value, number.parse().ok(), "line {line}");
                let day = cells[0].trim();
                if day.len() == 10 && day.as_bytes()[4] == b'-' {
                    assert_eq!(cell.period.end.to_string(), day, "line {line}");
                }
            }
        }
    }
}

/// A header above a row of cells that all differ: what is read stands under the very names of the mapping.
pub fn headers(bytes: &[u8]) {
    const ROW: [&str; 6] = ["2022-03-01", "Poland", "1000", "2000", "3000", "Moldova"];
    let Ok(header) = std::str::from_utf8(bytes) else {
        return;
    };
    let table = format!("{header}\n{}\n", ROW.join(","));
    suggested("table.csv", table.as_bytes());
    let Some(reading) = read("table.csv", table.as_bytes(), MAPPING) else {
        return;
    };
    if header.contains(['"', '\n', '\r', '\0', ';', '\t', '|']) {
        return;
    }
    let names: Vec<&str> = header
        .trim_start_matches('\u{feff}')
        .split(',')
        .map(str::trim)
        .collect();
    let under = |name: &str| {
        let mut found = names.iter().zip(ROW).filter(|(own, _)| **own == name);
        let (one, other) = (found.next(), found.next());
        assert!(other.is_none(), "two columns are called {name} in {header}");
        one.unwrap_or_else(|| panic!("no column is called {name} in {header}"))
            .1
    };
    for cell in reading
        .publications
        .iter()
        .flat_map(|one| one.figures.iter())
    {
        let place = reading.series[cell.series as usize].location.as_ref();
        let place = place.map(humstat::figure::PlaceId::as_str);
        assert_eq!(
            cell.quantity.value,
            under("number").parse().ok(),
            "{header}"
        );
        assert_eq!(cell.period.end.to_string(), under("day"), "{header}");
        assert_eq!(
            place,
            humstat::place::find(under("place"))
                .ok()
                .map(|place| place.id.as_str()),
            "{header}"
        );
    }
}

/// Workbooks of every kind, told by their bytes.
pub fn workbook(bytes: &[u8]) {
    read("table.xlsx", bytes, MAPPING);
    suggested("table.xlsx", bytes);
}

/// Lists of records, columns, and cubes.
pub fn json(bytes: &[u8]) {
    let _ = table::outline(&Capture::new("table.json", bytes.to_vec()));
    read("table.json", bytes, MAPPING);
    suggested("table.json", bytes);
}

/// Parquet.
pub fn parquet(bytes: &[u8]) {
    read("table.parquet", bytes, MAPPING);
    suggested("table.parquet", bytes);
}

/// Archives around delimited text.
pub fn packed(bytes: &[u8]) {
    let _ = table::outline(&Capture::new("table.csv.gz", bytes.to_vec()));
    read("table.csv.gz", bytes, MAPPING);
}

/// Tables with HXL tags.
pub fn hxl(bytes: &[u8]) {
    read("table.csv", bytes, TAGGED);
    suggested("table.csv", bytes);
}

/// A mapping, and what it makes of a table.
pub fn mapping(bytes: &[u8]) {
    const TABLE: &str = "day,place,number,men\n2022-03-01,Poland,1000,3\n2022-03-02,Moldova,2500,4\n2022-03-02,Total,2500,4\n";
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(mapping) = Mapping::parse(Path::new("map.toml"), text) {
        by("table.csv", TABLE.as_bytes(), &mapping, text);
    }
}

/// One cell of a day and one of a number: a line of the bytes each, under four mappings.
pub fn cells(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (day, number) = text.split_once('\n').unwrap_or((&text, "1000"));
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["day", "place", "number"]).unwrap();
    table.write_record([day, "Poland", number]).unwrap();
    table.write_record(["2022-03-01", "Hungary", "7"]).unwrap();
    let table = table.into_inner().unwrap();
    for form in [
        "",
        "decimal = \",\"\n",
        "decimal = \".\"\ndate_order = \"dmy\"\n",
        "date_order = \"mdy\"\n",
    ] {
        let mapping = format!("{MAPPING}[table]\n{form}");
        let Some(reading) = read("table.csv", &table, &mapping) else {
            continue;
        };
        let figures: Vec<_> = reading.publications[0].figures.iter().collect();
        let Some(found) = figures.iter().find(|cell| cell.row == 2) else {
            continue;
        };
        let digits = number.trim();
        if digits.len() < 19 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            assert_eq!(found.quantity.value, digits.parse().ok(), "{digits}");
        }
    }
}

/// A gazetteer.
pub fn gazetteer(bytes: &[u8]) {
    let capture = Capture::new("places.csv", bytes.to_vec());
    for country in [None, humstat::place::find("SYR").ok()] {
        let first = gazetteer::read(&capture, country);
        let Ok(first) = first else { continue };
        assert_eq!(
            Some(&first),
            gazetteer::read(&capture, country).ok().as_ref()
        );
        let mut seen = std::collections::BTreeSet::new();
        for unit in &first.units {
            assert!(
                seen.insert(format!("{:?}", unit.id)),
                "{unit:?} is there twice"
            );
        }
    }
}

/// A file of unknown places that a person filled in.
pub fn filled_places(bytes: &[u8]) {
    let _ = table::unknown_place::is_blank(bytes);
    if let Ok(filled) = table::unknown_place::read("places.csv", bytes) {
        for place in filled {
            assert!(humstat::place::place(&place.id).is_some(), "{place:?}");
        }
    }
}

/// Files that the program wrote: tables and charts, by the figures that they name.
pub fn written(bytes: &[u8]) {
    if let Ok(named) = publish::recognise::figures_of(bytes) {
        assert!(!named.is_empty());
    }
}
