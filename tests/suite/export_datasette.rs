//! `humstat export datasette`: a SQLite file whose tables hold together, and its metadata.

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::ukraine::desk;

#[test]
fn the_tables_hold_the_same_figures_and_refer_to_each_other() {
    let desk = desk();
    desk.run("export datasette -o ukraine.db")
        .succeeds()
        .says("wrote ukraine.db and metadata.json");
    let file = desk.path("ukraine.db");
    let database = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let number = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    let text = |sql: &str| -> String { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    let asked = desk.rows("figures");
    let sum: i64 = asked
        .iter()
        .filter_map(|row| row["value"].parse::<i64>().ok())
        .sum();
    assert_eq!(number("SELECT count(*) FROM figures"), asked.len() as i64);
    assert_eq!(number("SELECT sum(value) FROM figures"), sum);
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert_eq!(
        text(
            "SELECT places.name || ' ' || value || ' ' || qualifier || ' ' || publications.licence
             FROM figures JOIN places ON places.id = location_id
             JOIN publications ON publications.id = publication WHERE figure_id = 'f198'"
        ),
        "Poland 1412503 exact CC-BY-4.0"
    );
    assert_eq!(number("SELECT count(*) FROM publications"), 52);
    assert_eq!(
        text("SELECT latitude || ' ' || longitude FROM places WHERE id = 'POL'"),
        "52.06 19.4"
    );
    assert_eq!(
        text("SELECT caveat FROM caveats WHERE figure_id = 'f763'"),
        "in need of assistance inside Ukraine"
    );
    let of_publications = "SELECT count(*) FROM caveats WHERE figure_id IS NULL";
    assert_eq!(number(of_publications), 51, "all but the live blog");
}

#[test]
fn the_metadata_name_sources_terms_and_every_column() {
    let desk = desk();
    desk.run("export datasette --indicator border_crossings --title Crossings -o ukraine.db")
        .succeeds();
    let text = std::fs::read_to_string(desk.path("metadata.json")).unwrap();
    let metadata: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(metadata["title"], "Crossings");
    let database = &metadata["databases"]["ukraine"];
    assert_eq!(
        database["license"],
        "CC-BY-4.0 (UNHCR Operational Data Portal); quotation (press/abc-news)"
    );
    assert_eq!(
        database["source_url"],
        "https://data.unhcr.org/en/situations/ukraine"
    );
    let connection = Connection::open(desk.path("ukraine.db")).unwrap();
    for table in ["figures", "publications", "places", "caveats"] {
        let described = database["tables"][table]["columns"].as_object().unwrap();
        let mut statement = connection
            .prepare("SELECT name FROM pragma_table_info(?)")
            .unwrap();
        let names = statement
            .query_map([table], |row| row.get::<_, String>(0))
            .unwrap();
        for name in names
            .map(Result::unwrap)
            .filter(|name| table != "caveats" || name != "id")
        {
            assert!(described.contains_key(&name), "{table}.{name}");
        }
    }
    let value = &database["tables"]["figures"]["columns"]["value"];
    assert!(
        value.as_str().unwrap().ends_with("(all in crossings)"),
        "{value}"
    );
}

#[test]
fn the_metadata_of_another_database_are_not_replaced() {
    let desk = desk();
    desk.put("metadata.json", r#"{"databases": {"mine": {}}}"#);
    desk.run("export datasette -o ukraine.db")
        .ends_with(1)
        .says("metadata.json is there and is not of this export");
    assert!(!desk.path("ukraine.db").exists());
    std::fs::remove_file(desk.path("metadata.json")).unwrap();
    for _ in 0..2 {
        desk.run("export datasette -o ukraine.db").succeeds();
    }
}
