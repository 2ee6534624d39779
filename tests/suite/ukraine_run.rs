//! Running the plan of Ukraine 2022: the same bytes every time, and few words.

use super::common::{Desk, rows};
use super::ukraine::{MADE, Made, PLAN, run_in};

/// Expects the same files with the same bytes.
#[track_caller]
fn same(made: &Made, other: &Made) {
    let names = |made: &Made| made.products.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(made), names(other));
    for (name, bytes) in &made.products {
        assert!(*bytes == other.products[name], "{name} differs");
    }
}

#[test]
fn a_run_writes_each_chart_twice_and_three_tables_with_their_sources() {
    let names: Vec<&str> = MADE.products.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "civilian-casualties.png",
            "civilian-casualties.svg",
            "copy.md",
            "crossings-by-destination.png",
            "crossings-by-destination.svg",
            "crossings-flow.png",
            "crossings-flow.svg",
            "crossings-over-time.png",
            "crossings-over-time.svg",
            "figures.csv",
            "figures.sources.md",
            "new-crossings-per-day.png",
            "new-crossings-per-day.svg",
            "summary.csv",
            "summary.sources.md",
            "trends.csv",
            "trends.sources.md",
        ]
    );
    assert_eq!(
        rows(&MADE.products["figures.csv"]).len(),
        659 + 2 * 50 + 5,
        "all points of the three tables"
    );
}

#[test]
fn a_run_says_what_it_did_in_ten_lines_or_fewer() {
    let lines = MADE.stderr.lines().count();
    assert!(lines <= 10, "{lines} lines:\n{}", MADE.stderr);
    assert!(MADE.stderr.contains("recorded"));
    assert!(MADE.stderr.contains("wrote out"));
}

#[test]
fn the_charts_say_which_vintage_they_draw() {
    for (name, vintage) in [
        (
            "crossings-over-time.svg",
            "UNHCR Operational Data Portal, published 6 September 2022",
        ),
        ("crossings-by-destination.svg", "published 6 September 2022"),
        ("crossings-flow.svg", "published 6 September 2022"),
    ] {
        let text = String::from_utf8_lossy(&MADE.products[name]);
        let source = entry(&text, "Source");
        assert!(source.contains(vintage), "{name}: {source}");
        assert_eq!(entry(&text, "ledger entry"), "3");
    }
    let then = super::ukraine::desk()
        .run("chart bars --indicator border_crossings --origin UKR --as-known-on 2022-03-02")
        .succeeds();
    let source = entry(&then.stdout, "Source");
    assert!(source.contains("2 March 2022"), "{source}");
    assert!(!source.contains("September"), "{source}");
}

/// What a picture says of itself under a key.
fn entry<'t>(svg: &'t str, key: &str) -> &'t str {
    let begin = format!("key=\"{key}\">");
    svg.split_once(&begin)
        .and_then(|(_, rest)| rest.split_once('<'))
        .unwrap_or_else(|| panic!("no {key} in the picture"))
        .0
}

#[test]
fn the_sources_beside_a_table_name_the_publications_and_the_hash() {
    let text = String::from_utf8_lossy(&MADE.products["summary.sources.md"]).into_owned();
    assert!(text.starts_with("# Sources of summary.csv"), "{text}");
    assert!(text.contains("`humstat run` answered"), "{text}");
    let chart = String::from_utf8_lossy(&MADE.products["crossings-flow.svg"]).into_owned();
    assert!(text.contains(entry(&chart, "ledger hash")), "{text}");
}

#[test]
fn a_second_run_in_the_same_ledger_adds_nothing() {
    let desk = Desk::new();
    desk.put("humstat.db", &MADE.ledger);
    let again = run_in(&desk, PLAN);
    same(&MADE, &again);
    assert!(
        again.stderr.contains("nothing was added"),
        "{}",
        again.stderr
    );
    let log = desk.run("ledger log").succeeds();
    assert_eq!(log.stdout.lines().count(), 3);
}

#[test]
fn one_thread_and_a_fresh_ledger_make_the_same_bytes() {
    let desk = Desk::new().with("POLARS_MAX_THREADS", "1");
    same(&MADE, &run_in(&desk, PLAN));
}

/// Also: the plan of the repository is found from anywhere, and the bundled one needs no file.
#[test]
fn the_bundled_plan_makes_the_same_bytes_as_its_file() {
    let desk = Desk::new();
    let made = run_in(&desk, "ukraine-2022");
    same(&MADE, &made);
    let left: Vec<_> = std::fs::read_dir(desk.folder())
        .unwrap()
        .map(|file| file.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 2, "only the ledger and the products: {left:?}");
}

#[test]
fn the_words_to_go_with_the_charts_are_written() {
    let words = String::from_utf8_lossy(&MADE.products["copy.md"]);
    for said in [
        "Source name:\n\n```text\nUNHCR Operational Data Portal, published",
        "Source link:\n\n```text\nhttps://data.unhcr.org/en/situations/ukraine\n```",
        "Alternative description:\n\n```text\nFlow chart of border crossings",
        "United Nations:\n\n```text\nAs of 6 September 2022, 5,951,510 crossings from Ukraine into Poland",
        "Associated Press:\n\n```text\nAs of Sept. 6, 2022, 5,951,510 crossings",
    ] {
        assert!(words.contains(said), "{said} is not in\n{words}");
    }
}
