//! The hot paths one by one, within the process: `cargo bench`.
//!
//! Each works on data that is made here, so that it runs anywhere. What whole commands take beside
//! other programs is measured by `peers.sh` and its neighbours.

use std::fmt::Write as _;

use chrono::{Days, NaiveDate};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use humstat::analysis::growth::{self, CONFIDENCE};
use humstat::chart::{
    ChartKind, ChartSpec, Language, Line, LineChart, Look, Point, Size, render_png, render_svg,
};
use humstat::figure::Measure;
use humstat::ledger::{Capture, Ledger, Recording, Selection};
use humstat::publish::{Along, Format, figures, write};
use humstat::table::{self, Mapping, Options};

fn main() {
    divan::main();
}

const MAPPING: &str = r#"
[publication]
channel = "unhcr/odp"
title = "A table"
published = "2022-05-01"

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

/// Rows of the table that is read and recorded.
const ROWS: usize = 50_000;

fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 2, 24).unwrap_or_default()
}

/// A table of so many rows: every day of some places.
fn rows() -> String {
    let places = ["Poland", "Hungary", "Slovakia", "Romania", "Moldova"];
    let mut table = "day,place,number\n".to_owned();
    for row in 0..ROWS {
        let day = first_day() + Days::new((row / places.len()) as u64);
        let _ = writeln!(
            table,
            "{day},{},\"{}\"",
            places[row % places.len()],
            row * 7
        );
    }
    table
}

fn read(table: &str) -> table::Table {
    let mapping = Mapping::parse("map.toml".as_ref(), MAPPING).expect("a sound mapping");
    let captures = vec![Capture::new("table.csv", table.as_bytes().to_vec())];
    table::read(captures, &mapping, MAPPING, &Options::default(), |_| {}).expect("a sound table")
}

/// A ledger in a folder of its own, with the table in it.
fn recorded() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut ledger = Ledger::create(&folder.path().join("humstat.db")).expect("a ledger");
    let checked = read(&rows()).reading.check().expect("a sound reading");
    ledger
        .record(checked, &recording())
        .expect("a recorded table");
    (folder, ledger)
}

fn recording() -> Recording {
    Recording {
        now: "2022-05-02".parse().expect("a day"),
        program: "bench".to_owned(),
        summary: "{}".to_owned(),
        allow_withdrawals: true,
    }
}

fn spec() -> ChartSpec {
    let points = (0..180).map(|day| Point::new(first_day() + Days::new(day), (day * day) as f64));
    let line = Line {
        label: "Poland".to_owned(),
        points: points.collect(),
        ..Line::default()
    };
    ChartSpec {
        kind: ChartKind::Line(LineChart {
            lines: vec![line],
            unit: "crossings".to_owned(),
            ..LineChart::default()
        }),
        title: "Crossings from Ukraine into Poland".to_owned(),
        subtitle: "Cumulative since 24 February 2022".to_owned(),
        notes: Vec::new(),
        source: "UNHCR".to_owned(),
        alt: String::new(),
        size: Size::ARTICLE,
        look: Look::Light,
        language: Language::English,
        metadata: Vec::new(),
    }
}

#[divan::bench]
fn read_a_table(bencher: Bencher<'_, '_>) {
    let table = rows();
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| read(black_box(&table)));
}

#[divan::bench(sample_count = 20)]
fn record_a_table(bencher: Bencher<'_, '_>) {
    let table = rows();
    bencher
        .counter(ItemsCount::new(ROWS))
        .with_inputs(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let ledger = Ledger::create(&folder.path().join("humstat.db")).expect("a ledger");
            let checked = read(&table).reading.check().expect("a sound reading");
            (folder, ledger, checked)
        })
        .bench_local_values(|(folder, mut ledger, checked)| {
            ledger
                .record(checked, &recording())
                .expect("a recorded table");
            (folder, ledger)
        });
}

#[divan::bench]
fn select_all_figures(bencher: Bencher<'_, '_>) {
    let (_folder, ledger) = recorded();
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| ledger.figures(&Selection::default()));
}

#[divan::bench(args = [Format::Csv, Format::Json, Format::Xlsx])]
fn write_figures(bencher: Bencher<'_, '_>, format: &Format) {
    let (_folder, ledger) = recorded();
    let selected = ledger.figures(&Selection::default()).expect("figures");
    let frame = figures(&selected).expect("a frame");
    bencher
        .counter(ItemsCount::new(ROWS))
        .bench_local(|| write(&frame, *format, &Along::default()));
}

#[divan::bench]
fn find_quantities_in_text(bencher: Bencher<'_, '_>) {
    let sentence = "About 836,000 people have fled since 24 February, some 453,000 of them to \
                    Poland, and at least 14 children were killed, the agency said on 2 March 2022. ";
    let text = sentence.repeat(100);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| humstat::text::quantities(black_box(&text), None));
}

#[divan::bench]
fn fit_growth(bencher: Bencher<'_, '_>) {
    let days: Vec<NaiveDate> = (0..75).map(|day| first_day() + Days::new(day)).collect();
    let values: Vec<f64> = (0..75).map(|day| (0.05 * f64::from(day)).exp()).collect();
    bencher.bench_local(|| growth::fit(Measure::Flow, black_box(&days), &values, CONFIDENCE));
}

#[divan::bench]
fn draw_svg(bencher: Bencher<'_, '_>) {
    let spec = spec();
    bencher.bench_local(|| render_svg(black_box(&spec)));
}

#[divan::bench]
fn draw_png(bencher: Bencher<'_, '_>) {
    let svg = render_svg(&spec()).expect("a chart");
    bencher.bench_local(|| render_png(black_box(&svg), 2.0, &[]));
}
