//! From a number back to its document, and what became of it since.

use super::common::{Desk, column, only};

/// A desk with the figures of Ukraine in 2022 and what their plan makes of them.
fn ukraine() -> Desk {
    let desk = Desk::new();
    desk.run("run ukraine-2022 --out out").succeeds();
    desk
}

#[test]
fn a_figure_is_traced_to_its_row() {
    let desk = ukraine();
    let rows = desk.rows("figures --indicator border_crossings --location POL --period 2022-03-08");
    let id = &rows[0]["figure_id"];
    desk.run(&format!("trace {id}"))
        .succeeds()
        .answers("As of 8 March 2022, 1,412,503 crossings from Ukraine into Poland")
        .answers("finding      as recorded")
        .answers("file         refugees.csv, row 51")
        .answers("row          2022-03-08,Poland,1412503")
        .answers("(this)");
    desk.run("trace f99999")
        .ends_with(3)
        .says("holds no figure f99999");
}

#[test]
fn a_number_is_traced_to_every_figure_that_has_it() {
    let desk = ukraine();
    let rows = desk.rows("trace 453,000");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["qualifier"], "about");
    assert_eq!(rows[0]["relayed_by"], "ABC News");
    assert_eq!(rows[0]["location"], "Poland");
    desk.run("trace 453,001")
        .ends_with(3)
        .says("no figure of this ledger is, or is bounded by, 453,001");
    desk.run("trace Poland")
        .ends_with(2)
        .says("no figure id such as f198");
}

#[test]
fn every_product_of_a_plan_is_traced() {
    let desk = ukraine();
    for (file, figures) in [
        ("figures.csv", 764),
        ("summary.csv", 8),
        ("crossings-flow.svg", 8),
        ("crossings-flow.png", 8),
        ("crossings-over-time.png", 659),
    ] {
        desk.run(&format!("trace out/{file}"))
            .succeeds()
            .says(&format!("{figures} figures: {figures} as recorded"));
    }
}

#[test]
fn every_form_of_a_table_is_traced() {
    let desk = ukraine();
    for ending in ["csv", "json", "jsonl", "parquet", "md"] {
        desk.run(&format!("figures --indicator killed -o out.{ending}"))
            .succeeds();
        let outcome = desk.run(&format!("trace out.{ending}")).succeeds();
        assert!(
            outcome.stderr.contains("51 figures: 51 as recorded"),
            "{ending}: {}",
            outcome.stderr
        );
    }
}

#[test]
fn a_parquet_file_carries_the_hash_of_its_ledger() {
    let desk = ukraine();
    desk.run("figures --indicator killed -o out.parquet")
        .succeeds();
    let beside = std::fs::read_to_string(desk.path("out.sources.md")).unwrap();
    let hash = beside.split("--head ").nth(1).unwrap();
    let hash = hash.split('`').next().unwrap();
    assert_eq!(hash.len(), 64);
    let bytes = std::fs::read(desk.path("out.parquet")).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains(hash));
}

#[test]
fn a_file_is_told_what_became_of_its_figures() {
    let desk = Desk::new();
    desk.ingest(
        "a.csv",
        "day,place,number\n2022-04-01,Poland,100\n2022-04-01,Hungary,50\n2022-04-01,Romania,70\n2022-04-01,Slovakia,9\n",
        &[("2022-05-01", "2022-04-02")],
    )
    .succeeds();
    desk.run("summary -o out.csv --release friday").succeeds();
    desk.run("trace out.csv")
        .succeeds()
        .says("byte for byte out.csv of release friday, entry 2")
        .says("4 figures: 4 as recorded");
    desk.ingest(
        "b.csv",
        "day,place,number\n2022-04-01,Poland,120\n",
        &[("2022-05-01", "2022-04-09")],
    )
    .succeeds();
    let figures = desk.rows("figures --location ROU");
    desk.run(&format!(
        "ledger retract {} --reason \"another row\"",
        figures[0]["figure_id"]
    ))
    .succeeds();
    // Somebody changed a number in the file.
    let table = std::fs::read_to_string(desk.path("out.csv")).unwrap();
    desk.put("changed.csv", table.replace("HUN,50,", "HUN,55,"));
    let rows = desk.rows("trace changed.csv");
    for (place, finding) in [
        ("Poland", "superseded"),
        ("Hungary", "altered"),
        ("Romania", "retracted"),
        ("Slovakia", "as_recorded"),
    ] {
        assert_eq!(
            only(&rows, "location", place)["finding"],
            finding,
            "{place}"
        );
    }
    let poland = only(&rows, "location", "Poland");
    assert_eq!(
        (&*poland["value"], &*poland["newest_value"]),
        ("100", "120")
    );
    assert_eq!(poland["newest_qualifier"], "exact");
}

/// Tables for charts and maps have no column of ids, and are known by their bytes.
#[test]
fn a_released_table_that_names_no_figures_is_known_by_its_release() {
    let desk = Desk::new();
    desk.ingest("a.csv", "day,place,number\n2022-04-01,Poland,100\n", &[])
        .succeeds();
    desk.run("summary --shape datawrapper -o map.csv --release friday")
        .succeeds()
        .says("noted as release friday in entry 2: 1 figure in 1 file");
    let rows = desk.rows("trace map.csv");
    assert_eq!(column(&rows, "finding"), ["as_recorded"]);
    desk.run("trace map.csv")
        .says("map.csv names no figures; those of release friday are shown")
        .says("byte for byte map.csv of release friday, entry 2");
    let table = std::fs::read_to_string(desk.path("map.csv")).unwrap();
    desk.put("map.csv", table.replace("100", "101"));
    desk.run("trace map.csv")
        .ends_with(1)
        .says("`NAME.sources.md` or the chart beside them does");
}

#[test]
fn a_file_of_another_ledger_is_not_taken_for_one_of_this() {
    let desk = ukraine();
    let other = Desk::new();
    other
        .ingest("a.csv", "day,place,number\n2022-04-01,Poland,100\n", &[])
        .succeeds();
    for file in ["crossings-flow.svg", "crossings-flow.png", "summary.csv"] {
        let bytes = std::fs::read(desk.path("out").join(file)).unwrap();
        other.put(file, bytes);
    }
    for chart in ["crossings-flow.svg", "crossings-flow.png"] {
        other
            .run(&format!("trace {chart}"))
            .ends_with(3)
            .says("was made from another ledger");
    }
    let rows = other.rows("trace summary.csv");
    assert!(
        column(&rows, "finding")
            .iter()
            .all(|finding| *finding == "unknown")
    );
    other.put("a.png", b"\x89PNG\r\n\x1a\nbroken");
    other.run("trace a.png").ends_with(1).says("a.png");
    other.run("trace humstat.db").ends_with(1);
}
