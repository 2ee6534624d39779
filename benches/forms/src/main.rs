//! `forms FILE.parquet`: writes a table that humstat wrote as Parquet again, as CSV and as a workbook,
//! by humstat and by the bare writers; the medians of nine turns, turn about.

use std::time::Instant;

use humstat::publish::{Along, Format, write};
use polars::prelude::{AnyValue, DataFrame};
use polars_io::prelude::{CsvWriter, ParquetReader, SerReader, SerWriter};

fn main() {
    let path = std::env::args().nth(1).expect("usage: forms FILE.parquet");
    let file = std::fs::File::open(path).expect("the file can be opened");
    let frame = ParquetReader::new(file)
        .finish()
        .expect("the file is Parquet");
    println!("{} rows of {} columns", frame.height(), frame.width());
    compare(
        "CSV",
        &frame,
        &|frame| humstat(frame, Format::Csv),
        &polars_csv,
    );
    compare(
        "XLSX",
        &frame,
        &|frame| humstat(frame, Format::Xlsx),
        &bare_workbook,
    );
}

type Writer<'w> = &'w dyn Fn(&DataFrame) -> usize;

fn compare(name: &str, frame: &DataFrame, ours: Writer<'_>, theirs: Writer<'_>) {
    let timed = |writer: Writer<'_>| {
        let start = Instant::now();
        let bytes = writer(frame);
        (start.elapsed().as_secs_f64(), bytes)
    };
    let mut turns: Vec<_> = (0..9).map(|_| (timed(ours), timed(theirs))).collect();
    turns.sort_by(|a, b| a.0.0.total_cmp(&b.0.0));
    let (our_time, our_bytes) = turns[4].0;
    turns.sort_by(|a, b| a.1.0.total_cmp(&b.1.0));
    let (their_time, their_bytes) = turns[4].1;
    println!(
        "{name}: humstat {our_time:.3} s ({our_bytes} bytes), bare {their_time:.3} s ({their_bytes} bytes), ratio {:.2}",
        our_time / their_time
    );
}

fn humstat(frame: &DataFrame, format: Format) -> usize {
    write(frame, format, &Along::default())
        .expect("it can be written")
        .len()
}

fn polars_csv(frame: &DataFrame) -> usize {
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes)
        .finish(&mut frame.clone())
        .expect("it can be written");
    bytes.len()
}

fn bare_workbook(frame: &DataFrame) -> usize {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook
        .add_worksheet_with_constant_memory()
        .expect("a sheet");
    for row in 0..frame.height() {
        for (index, column) in frame.columns().iter().enumerate() {
            let (row, index) = (row as u32, index as u16);
            match column.get(row as usize).expect("a cell") {
                AnyValue::Null => {}
                AnyValue::Int64(number) => {
                    sheet
                        .write_number(row, index, number as f64)
                        .expect("a number");
                }
                AnyValue::Float64(number) => {
                    sheet.write_number(row, index, number).expect("a number");
                }
                AnyValue::String(text) => {
                    sheet.write_string(row, index, text).expect("a text");
                }
                AnyValue::Date(day) => {
                    sheet
                        .write_number(row, index, f64::from(day) + 25_569.0)
                        .expect("a day");
                }
                other => {
                    sheet
                        .write_string(row, index, other.to_string())
                        .expect("a text");
                }
            }
        }
    }
    workbook.save_to_buffer().expect("it can be written").len()
}
