//! The same table in other clothes, and tables of which something is lost or doubled.

use std::io::Write as _;

use super::plain::mark;

/// What a change makes of the figures.
#[derive(Debug, Clone, Copy)]
pub enum Effect {
    /// They are the same.
    None,
    /// Some may be missing, and so many may be others.
    Fewer { but_for: usize },
}

/// A changed file.
#[derive(Debug)]
pub struct Mutant {
    pub what: String,
    pub bytes: Vec<u8>,
    pub effect: Effect,
}

/// The mutants of a file: of delimited text in UTF-8 and of JSON, none of others.
pub fn mutants(bytes: &[u8], mapping: &str) -> Vec<Mutant> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut made = in_other_bytes(text);
    match text.trim_start().chars().next() {
        Some('[' | '{') => made.extend(of_json(text)),
        Some(_) => made.extend(of_delimited(text, mapping)),
        None => {}
    }
    made
}

fn mutant(what: &str, bytes: impl Into<Vec<u8>>, effect: Effect) -> Mutant {
    Mutant {
        what: what.to_owned(),
        bytes: bytes.into(),
        effect,
    }
}

/// The same text in other encodings and packings.
fn in_other_bytes(text: &str) -> Vec<Mutant> {
    let none = Effect::None;
    let utf16 =
        |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let mut made = vec![
        mutant("with a byte order mark", format!("\u{feff}{text}"), none),
        mutant(
            "in UTF-16LE with its mark",
            [&[0xff, 0xfe][..], &utf16(u16::to_le_bytes)].concat(),
            none,
        ),
        mutant(
            "in UTF-16BE with its mark",
            [&[0xfe, 0xff][..], &utf16(u16::to_be_bytes)].concat(),
            none,
        ),
        mutant("in UTF-16LE without a mark", utf16(u16::to_le_bytes), none),
        mutant("in UTF-16BE without a mark", utf16(u16::to_be_bytes), none),
    ];
    let (latin, _, is_lossy) = encoding_rs::WINDOWS_1252.encode(text);
    if !is_lossy {
        made.push(mutant("in windows-1252", latin, none));
    }
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(text.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    made.push(mutant("packed and cut", &packed[..packed.len() - 5], none));
    made.push(mutant("packed", packed, none));
    let mut damaged = text.as_bytes().to_vec();
    let middle = damaged.len() / 2;
    damaged.insert(middle, 0);
    made.push(mutant("with a NUL in the middle", damaged, none));
    let mut damaged = text.as_bytes().to_vec();
    damaged.insert(middle, 0xff);
    // In plain text it may be a letter of one name.
    made.push(mutant(
        "with a byte of no encoding",
        damaged,
        Effect::Fewer { but_for: 1 },
    ));
    made
}

fn of_json(text: &str) -> Vec<Mutant> {
    let Ok(mut value) = serde_json::from_str::<serde_json::Value>(text) else {
        return Vec::new();
    };
    let none = Effect::None;
    let mut made = vec![
        mutant(
            "laid out",
            serde_json::to_string_pretty(&value).unwrap(),
            none,
        ),
        mutant("in one line", value.to_string(), none),
        mutant("with lines of Windows", text.replace('\n', "\r\n"), none),
    ];
    for part in [2, 3, 7] {
        let cut = text.floor_char_boundary(text.len() - text.len() / part);
        made.push(mutant(
            "cut",
            &text.as_bytes()[..cut],
            Effect::Fewer { but_for: 0 },
        ));
    }
    let mut keys_turned = value.clone();
    each_list(&mut keys_turned, &mut |list| {
        for record in list {
            if let serde_json::Value::Object(object) = record {
                *object = std::mem::take(object).into_iter().rev().collect();
            }
        }
    });
    made.push(mutant(
        "with its keys turned",
        keys_turned.to_string(),
        none,
    ));
    let mut as_texts = value.clone();
    each_list(&mut as_texts, &mut |list| {
        for object in list.iter_mut().filter_map(serde_json::Value::as_object_mut) {
            for cell in object.values_mut().filter(|cell| cell.is_number()) {
                *cell = serde_json::Value::String(cell.to_string());
            }
        }
    });
    made.push(mutant("with numbers as texts", as_texts.to_string(), none));
    let mut turned = value.clone();
    each_list(&mut turned, &mut |list| list.reverse());
    made.push(mutant("with its records turned", turned.to_string(), none));
    let mut doubled = value.clone();
    each_list(&mut doubled, &mut |list| list.extend(list.clone()));
    made.push(mutant(
        "with its records doubled",
        doubled.to_string(),
        none,
    ));
    each_list(&mut value, &mut |list| {
        list.remove(list.len() / 2);
    });
    made.push(mutant(
        "without a record",
        value.to_string(),
        Effect::Fewer { but_for: 0 },
    ));
    made
}

/// Does something with each list of records.
fn each_list(value: &mut serde_json::Value, act: &mut dyn FnMut(&mut Vec<serde_json::Value>)) {
    match value {
        serde_json::Value::Array(list)
            if list.first().is_some_and(serde_json::Value::is_object) =>
        {
            act(list)
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(|value| each_list(value, act)),
        serde_json::Value::Object(object) => {
            object.values_mut().for_each(|value| each_list(value, act))
        }
        _ => {}
    }
}

type Rows = Vec<Vec<String>>;

fn of_delimited(text: &str, mapping: &str) -> Vec<Mutant> {
    let none = Effect::None;
    let comma = mark(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(comma)
        .from_reader(text.as_bytes());
    let rows: Rows = reader
        .records()
        .flatten()
        .map(|record| record.iter().map(ToOwned::to_owned).collect())
        .collect();
    let mut made = Vec::new();
    let mut put = |what: &str, rows: &Rows, mark: u8, quotes: csv::QuoteStyle, effect: Effect| {
        made.push(mutant(what, written(rows, mark, quotes), effect));
    };
    let usual = csv::QuoteStyle::Necessary;
    put("written again", &rows, comma, usual, none);
    put(
        "with all cells in quotes",
        &rows,
        comma,
        csv::QuoteStyle::Always,
        none,
    );
    for (what, mark) in [
        ("by semicolons", b';'),
        ("by tabs", b'\t'),
        ("by bars", b'|'),
    ] {
        put(what, &rows, mark, usual, none);
    }
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let full: Rows = rows
        .iter()
        .map(|row| {
            let mut row = row.clone();
            row.resize(width, String::new());
            row
        })
        .collect();
    let turned: Rows = full
        .iter()
        .map(|row| row.iter().rev().cloned().collect())
        .collect();
    put("with its columns turned", &turned, comma, usual, none);
    let more: Rows = full
        .iter()
        .map(|row| [&["".to_owned()][..], row].concat())
        .collect();
    put("with an empty column before", &more, comma, usual, none);
    let spaced: Rows = rows
        .iter()
        .map(|row| row.iter().map(|cell| format!(" {cell}\u{a0}")).collect())
        .collect();
    put("with spaces around its cells", &spaced, comma, usual, none);
    let mut before = vec![
        vec!["A table of ours".to_owned()],
        vec!["As of today".to_owned()],
    ];
    before.extend(rows.iter().cloned());
    put("with lines above it", &before, comma, usual, none);

    let columns = Columns::of(mapping);
    let Some(header) = rows
        .iter()
        .position(|row| {
            columns
                .numbers
                .iter()
                .all(|name| row.iter().any(|cell| cell.trim() == name))
        })
        .filter(|_| !columns.numbers.is_empty())
    else {
        return finished(made, text);
    };
    let change = |names: &[String], with: &dyn Fn(&str) -> String| -> Rows {
        let at: Vec<usize> = (0..rows[header].len())
            .filter(|at| names.iter().any(|name| name == rows[header][*at].trim()))
            .collect();
        let mut changed = rows.clone();
        for row in changed.iter_mut().skip(header + 1) {
            for at in &at {
                if let Some(cell) = row.get_mut(*at) {
                    *cell = with(cell);
                }
            }
        }
        changed
    };
    for (what, thousand, tail) in [
        ("with commas in its numbers", ",", ""),
        ("with points in its numbers", ".", ""),
        ("with spaces in its numbers", "\u{202f}", ""),
        ("with German numbers", ".", ",0"),
        ("with English numbers", ",", ".0"),
    ] {
        let grouped = |cell: &str| grouped(cell, thousand, tail);
        put(
            what,
            &change(&columns.numbers, &grouped),
            comma,
            usual,
            none,
        );
    }
    if !columns.days.is_empty() {
        for (what, form) in [
            ("with days first", "%d/%m/%Y"),
            ("with months first", "%m/%d/%Y"),
            ("with days by points", "%d.%m.%Y"),
            ("with short years", "%d/%m/%y"),
            ("with months in words", "%d %B %Y"),
            ("with short years first", "%y-%m-%d"),
        ] {
            let other = |cell: &str| {
                let day = chrono::NaiveDate::parse_from_str(cell.trim(), "%Y-%m-%d");
                day.map_or_else(|_| cell.to_owned(), |day| day.format(form).to_string())
            };
            put(what, &change(&columns.days, &other), comma, usual, none);
            // One row alone that is written otherwise than the others.
            let mut mixed = rows.clone();
            let changed = change(&columns.days, &other);
            let last = mixed.len() - 1;
            mixed[last].clone_from(&changed[last]);
            put(&format!("{what} in one row"), &mixed, comma, usual, none);
        }
    }
    let data = header + 2..rows.len();
    if data.len() > 2 {
        let mut turned = rows.clone();
        turned[data.clone()].reverse();
        put("with its rows turned", &turned, comma, usual, none);
        let mut doubled = rows.clone();
        doubled.extend_from_slice(&rows[data.clone()]);
        put("with its rows doubled", &doubled, comma, usual, none);
        let mut fewer = rows.clone();
        fewer.remove(data.start + data.len() / 2);
        put(
            "without a row",
            &fewer,
            comma,
            usual,
            Effect::Fewer { but_for: 0 },
        );
        let mut shifted = rows.clone();
        shifted[data.start + data.len() / 2].insert(0, String::new());
        put(
            "with a row shifted by a cell",
            &shifted,
            comma,
            usual,
            Effect::Fewer { but_for: 0 },
        );
        let mut shifted = rows.clone();
        shifted[data.start + data.len() / 2].remove(0);
        put(
            "with a row that lacks its first cell",
            &shifted,
            comma,
            usual,
            Effect::Fewer { but_for: 0 },
        );
        let mut again = rows.clone();
        again.insert(data.start + data.len() / 2, rows[header].clone());
        put("with its header again", &again, comma, usual, none);
        let mut total = rows.clone();
        total.push(sums(&rows, header, &columns));
        put("with a row of totals", &total, comma, usual, none);
    }
    finished(made, text)
}

/// What is done to the lines as they stand.
fn finished(mut made: Vec<Mutant>, text: &str) -> Vec<Mutant> {
    let lines = text.replace("\r\n", "\n");
    made.push(mutant(
        "with lines of Windows",
        lines.replace('\n', "\r\n"),
        Effect::None,
    ));
    made.push(mutant(
        "with lines of old Macs",
        lines.replace('\n', "\r"),
        Effect::None,
    ));
    made.push(mutant(
        "with empty lines",
        lines.replace('\n', "\n\n"),
        Effect::None,
    ));
    made.push(mutant(
        "without its last line end",
        lines.trim_end_matches('\n'),
        Effect::None,
    ));
    for part in [2, 3, 7, 11] {
        let cut = lines.floor_char_boundary(lines.len() - lines.len() / part);
        // The number of the last line may be cut: what is there of it is read.
        made.push(mutant(
            "cut",
            &lines.as_bytes()[..cut],
            Effect::Fewer { but_for: 2 },
        ));
    }
    made
}

/// A row of totals as people put one at the end of a table: the name in its first column that is no number.
fn sums(rows: &Rows, header: usize, columns: &Columns) -> Vec<String> {
    let mut total = vec![String::new(); rows[header].len()];
    for (at, name) in rows[header].iter().enumerate() {
        let is_number = columns.numbers.iter().any(|column| column == name.trim());
        if is_number {
            let cells = rows[header + 1..]
                .iter()
                .filter_map(|row| row.get(at)?.trim().parse::<i64>().ok());
            total[at] = cells.sum::<i64>().to_string();
        }
    }
    if let Some(first) = total.iter_mut().find(|cell| cell.is_empty()) {
        *first = "Total".to_owned();
    }
    total
}

fn written(rows: &Rows, mark: u8, quotes: csv::QuoteStyle) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .delimiter(mark)
        .quote_style(quotes)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// A whole number of four digits or more, grouped; other cells as they are.
fn grouped(cell: &str, mark: &str, tail: &str) -> String {
    let digits = cell.trim();
    if digits.len() < 4
        || digits.starts_with('0')
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
    {
        return cell.to_owned();
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(mark);
        }
        grouped.push(digit);
    }
    grouped + tail
}

/// The columns that a mapping takes numbers and days from.
struct Columns {
    numbers: Vec<String>,
    days: Vec<String>,
}

impl Columns {
    fn of(mapping: &str) -> Self {
        let mapping: toml::Table = toml::from_str(mapping).unwrap();
        let mut columns = Self {
            numbers: Vec::new(),
            days: Vec::new(),
        };
        let values = mapping.get("value").and_then(toml::Value::as_array);
        let parts = values.into_iter().flatten().chain(mapping.get("figure"));
        for part in parts.chain(mapping.get("publication")) {
            columns.numbers.extend(text(part.get("column")));
            for name in ["value", "low", "high"] {
                columns
                    .numbers
                    .extend(text(part.get(name).and_then(|source| source.get("column"))));
            }
            for name in ["period", "period_start", "period_end", "published"] {
                columns
                    .days
                    .extend(text(part.get(name).and_then(|source| source.get("column"))));
            }
        }
        columns
    }
}

fn text(value: Option<&toml::Value>) -> Option<String> {
    value.and_then(toml::Value::as_str).map(ToOwned::to_owned)
}
