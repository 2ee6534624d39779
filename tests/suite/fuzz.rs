//! Every reader of the program with many inputs that are almost right: none panics, and what each
//! must hold of its answer is held.
//!
//! Some hundred executions a target by default, so that a test run stays short, of cheap ones more and of
//! dear ones fewer; `HUMSTAT_FUZZ=100000` for the full measure, which also begins at the real files of `../shared/data`, and
//! `HUMSTAT_FUZZ_SECONDS=600` for an end to it. The inputs are the same in every run: execution 17 is
//! the one that `HUMSTAT_FUZZ_FIRST=17` begins with, and `HUMSTAT_FUZZ_KEEP=1` keeps the last input of
//! each target in a file, should the whole process end. The targets are plain functions, which those of
//! the folder `fuzz` call as well.

mod mutate;
mod run;
mod seeds;
pub mod targets;

use run::Fuzzed;
use targets::{ledgers, sources, tables, texts, words};

macro_rules! fuzzed {
    ($($name:ident: $target:path, price $price:literal, words $words:expr;)+) => {
        /// Their names and what they call.
        const TARGETS: &[(&str, &str)] = &[$((stringify!($name), stringify!($target))),+];

        $(
        #[test]
        fn $name() {
            Fuzzed {
                name: stringify!($name),
                target: $target,
                seeds: seeds::of(stringify!($name)),
                words: &$words,
                price: $price,
            }
            .survives();
        }
    )+};
}

const CELLS: [&str; 22] = [
    "day",
    "place",
    "number",
    "Poland",
    "Total",
    "N/A",
    "-",
    "1,234",
    "1.234",
    "1.234,5",
    "1,234.5",
    "12/03/2022",
    "03/12/2022",
    "2022-13-01",
    "1.5 million",
    "(5)",
    "**",
    "#affected+f",
    "at least 14",
    "٣",
    "1e5",
    "World",
];

const HEADERS: [&str; 18] = [
    "day",
    "place",
    "number",
    ",",
    "Number",
    "number ",
    "numbers",
    "number (%)",
    "number / total",
    "day of",
    "place name",
    "Refugees",
    "Killed",
    "refugees (thousands)",
    "Country",
    "Date",
    "#affected",
    "2022",
];

const JSON: [&str; 16] = [
    "null",
    "true",
    "[]",
    "{}",
    "[[",
    "\"value\":",
    "\"number\":",
    "\"data\":",
    "1e999",
    "-0",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "\"size\":[0]",
    "\"id\":",
    "\"index\":{",
    "\"result\":",
];

const TOML: [&str; 24] = [
    "\"?\"",
    "[[value]]",
    "[figure]",
    "[table]",
    "header = 1",
    "header = [1, 2]",
    "sheet = 1",
    "hxl = true",
    "decimal = \",\"",
    "breakdown.sex = \"m\"",
    "{ column = \"place\" }",
    "totals = \"Total\"",
    "encoding = \"utf-16\"",
    "[[ignore]]",
    "date_order = \"dmy\"",
    "[[chart]]",
    "kind = \"columns\"",
    "kind = \"area\"",
    "kind = \"calendar\"",
    "kind = \"flow\"",
    "kind = \"table\"",
    "top = 1",
    "at = \"2022-03-08\"",
    "show = \"change\"",
];

const PROSE: [&str; 22] = [
    "million",
    "killed",
    "of them",
    "people",
    "refugees",
    "between",
    "and",
    "per cent",
    "Ukraine",
    "since 24 February",
    "at least",
    "hundred",
    "mille",
    "y",
    "тисяч",
    "ألف",
    "(",
    ")",
    "no one",
    "yesterday",
    "14",
    "1.2",
];

const MARKUP: [&str; 18] = [
    "<p>",
    "</p>",
    "<table>",
    "<tr>",
    "<td>",
    "<sup>",
    "<del>",
    "<script>",
    "<!--",
    "-->",
    "&nbsp;",
    "&#0;",
    "<w:p>",
    "</w:t>",
    "<time datetime='2022-03-08'>",
    "<article>",
    "<row r=\"1048576\">",
    "<c r=\"XFD1\" t=\"s\"><v>9</v></c>",
];

const BINARY: [&str; 12] = [
    "PK\u{3}\u{4}",
    "PAR1",
    "\u{1f}",
    "%PDF",
    "endobj",
    "stream",
    "/Length 99999999",
    "<< /Kids [2 0 R] >>",
    "BT",
    "Tj",
    "xref",
    "trailer",
];

fuzzed! {
    delimited: tables::delimited, price 30, words CELLS;
    headers: tables::headers, price 30, words HEADERS;
    workbook: tables::workbook, price 30, words MARKUP;
    json: tables::json, price 10, words JSON;
    parquet: tables::parquet, price 30, words BINARY;
    packed: tables::packed, price 10, words BINARY;
    hxl: tables::hxl, price 30, words CELLS;
    mapping: tables::mapping, price 6, words TOML;
    cells: tables::cells, price 30, words CELLS;
    gazetteer: tables::gazetteer, price 30, words CELLS;
    filled_places: tables::filled_places, price 5, words CELLS;
    written: tables::written, price 30, words JSON;
    plain: texts::plain, price 60, words PROSE;
    html: texts::html, price 20, words MARKUP;
    pdf: texts::pdf, price 20, words BINARY;
    docx: texts::docx, price 20, words MARKUP;
    email: texts::email, price 20, words MARKUP;
    reliefweb_reports: texts::reliefweb, price 20, words JSON;
    quantities: texts::quantities, price 30, words PROSE;
    drafts: texts::drafts, price 150, words PROSE;
    plans: words::plans, price 300, words TOML;
    plan_files: words::plan_files, price 200, words TOML;
    settings: words::settings, price 1, words TOML;
    periods: words::periods, price 1, words CELLS;
    by_hand: words::by_hand, price 1, words CELLS;
    names: words::names, price 10, words CELLS;
    selection: words::selection, price 200, words CELLS;
    ledger: ledgers::ledger, price 200, words [];
    projection: ledgers::projection, price 100, words [];
    answers: ledgers::answers, price 300, words CELLS;
    replication: ledgers::replication, price 300, words [];
    acled: sources::acled, price 30, words JSON;
    dtm: sources::dtm, price 30, words JSON;
    eurostat: sources::eurostat, price 30, words JSON;
    hapi: sources::hapi, price 30, words JSON;
    hdx: sources::hdx, price 30, words JSON;
    idmc: sources::idmc, price 10, words JSON;
    missing_migrants: sources::missing_migrants, price 30, words CELLS;
    ohchr: sources::ohchr, price 30, words CELLS;
    owid: sources::owid, price 30, words CELLS;
    reliefweb: sources::reliefweb, price 10, words JSON;
    tech_for_palestine: sources::tech_for_palestine, price 10, words JSON;
    ucdp: sources::ucdp, price 30, words CELLS;
    unhcr: sources::unhcr, price 50, words JSON;
    unhcr_situation: sources::unhcr_situation, price 30, words JSON;
    world_bank: sources::world_bank, price 10, words JSON;
}

#[test]
fn each_target_has_a_file_for_cargo_fuzz() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let listed = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, target) in TARGETS {
        let file = folder.join(format!("fuzz_targets/{name}.rs"));
        let call = target
            .split("::")
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("::");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            text.contains(&format!("targets::{call}(bytes)")),
            "{} does not call {call}",
            file.display()
        );
        assert!(
            listed.contains(&format!("name = \"{name}\"")),
            "fuzz/Cargo.toml lacks {name}"
        );
    }
}

#[test]
fn each_question_to_a_source_reads_figures_from_a_seed() {
    let sources = [
        "acled",
        "dtm",
        "eurostat",
        "hapi",
        "hdx",
        "idmc",
        "missing_migrants",
        "ohchr",
        "owid",
        "reliefweb",
        "tech_for_palestine",
        "ucdp",
        "unhcr",
        "unhcr_situation",
        "world_bank",
    ];
    let unread = sources.map(|name| (name, sources::unread(name, &seeds::of(name))));
    let unread: Vec<_> = unread
        .iter()
        .filter(|(_, words)| !words.is_empty())
        .collect();
    // A gazetteer, a workbook, sixty columns and forms of their own, which other tests read.
    let known = [
        ("dtm", vec!["--country Sudan --level admin1"]),
        ("unhcr", vec!["demographics", "flows"]),
        (
            "unhcr_situation",
            vec!["europe-arrivals sea-arrivals --by month --geo 656"],
        ),
        (
            "world_bank",
            vec!["SM.POP.REFG --country UKR --version 2018-01"],
        ),
    ];
    assert_eq!(unread, known.iter().collect::<Vec<_>>());
}
