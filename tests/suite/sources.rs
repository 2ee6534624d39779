//! The real tables, where they are at hand: `../shared/data` beside the repository.

use std::path::Path;

use super::common::Desk;

#[test]
fn the_whole_table_of_unhcr_is_recorded_once() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = root.join("../shared/data/unhcr/population.csv.gz");
    if !table.exists() {
        eprintln!("{} is not here: this test did nothing", table.display());
        return;
    }
    let desk = Desk::new();
    let ingest = format!(
        "ingest table \"{}\" --map \"{}\" --published 2026-06-11",
        table.display(),
        root.join("datasets/mappings/unhcr-population.toml")
            .display()
    );
    desk.run(&format!("{ingest} --dry-run"))
        .succeeds()
        .says("138,893 rows hold 207,639 figures");
    desk.run(&ingest)
        .succeeds()
        .says("207,639 figures: 207,639 new");
    let log = desk.run("ledger log").succeeds().stdout;
    desk.run(&ingest)
        .succeeds()
        .says("recorded before, in entry 1; nothing was added");
    assert_eq!(desk.run("ledger log").succeeds().stdout, log);
    let rows = desk.rows("figures --indicator refugees --at 2025-12-31");
    assert!(rows.iter().all(|row| row["period_end"] == "2025-12-31"));
    let worldwide: i64 = rows
        .iter()
        .map(|row| row["value"].parse::<i64>().unwrap())
        .sum();
    assert_eq!(
        worldwide, 28_461_306,
        "and not what newest positive values add up to"
    );
    let summary = desk.rows("summary --indicator refugees --at 2025-12-31 --total");
    let total = super::common::only(&summary, "location", "Total");
    assert_eq!(total["value"], "28461306");
}
