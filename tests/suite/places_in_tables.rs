//! Tables of places below the countries: by P-code or by name, with homonyms, unknown names and
//! totals.

use insta::assert_snapshot;

use super::common::{Desk, MAPPING, column, rows as rows_of};
use super::places::desk;

/// The mapping of tables with the columns day, governorate, district and number.
fn idps(location: &str) -> String {
    MAPPING
        .replace("border_crossings", "idps")
        .replace(
            "measure = \"cumulative\"\nsince = \"2022-02-24\"\norigin = \"UKR\"\n",
            "",
        )
        .replace("{ column = \"place\" }", location)
}

/// The locations that a table of governorates and districts gives, in its order.
#[track_caller]
fn located(desk: &Desk, location: &str, rows: &[(&str, &str)]) -> Vec<String> {
    let mut table = "day,governorate,district,number\n".to_owned();
    for (index, (governorate, district)) in rows.iter().enumerate() {
        table.push_str(&format!(
            "2022-03-01,{governorate},{district},{}\n",
            index + 1
        ));
    }
    desk.put("table.csv", table).put("map.toml", idps(location));
    desk.run("ingest table table.csv --map map.toml").succeeds();
    let mut rows = desk.rows("figures --format csv");
    rows.sort_by_key(|row| row["value"].parse::<u32>().unwrap());
    column(&rows, "location_id")
        .into_iter()
        .map(ToOwned::to_owned)
        .collect()
}

#[test]
fn columns_of_p_codes_are_read() {
    assert_eq!(
        located(
            &desk(),
            r#"{ column = "district", scheme = "pcode" }"#,
            &[("", "SY0402"), ("", "sy0202 "), ("", "SY"), ("", "SY07")],
        ),
        ["pcode:SY0402", "pcode:SY0202", "SYR", "pcode:SY07"],
    );
}

#[test]
fn a_parent_tells_homonyms_apart() {
    assert_eq!(
        located(
            &desk(),
            r#"{ column = "district", within = { column = "governorate" } }"#,
            &[
                ("Homs", "Homs"),
                ("حماه", "HAMA"),
                ("ادلب", "حارم"),
                ("الرقه", "تل ابيض")
            ],
        ),
        [
            "pcode:SY0400",
            "pcode:SY0500",
            "pcode:SY0702",
            "pcode:SY1101"
        ],
    );
}

#[test]
fn so_do_a_country_and_a_level() {
    assert_eq!(
        located(
            &desk(),
            r#"{ column = "governorate", within = "SYR", kind = "admin1" }"#,
            &[("Homs", ""), ("دمشق", ""), ("Ar Raqqa", "")],
        ),
        ["pcode:SY04", "pcode:SY01", "pcode:SY11"],
    );
}

#[test]
fn a_code_of_the_mapping_comes_first_even_for_an_empty_cell() {
    assert_eq!(
        located(
            &desk(),
            r#"{ column = "district", codes = { "" = "SYR", "Homs" = "SY0400", "all" = "" } }"#,
            &[("", ""), ("", "Homs"), ("", "Tadmor"), ("", "all")],
        ),
        ["SYR", "pcode:SY0400", "pcode:SY0402", ""],
    );
}

#[test]
fn homonyms_that_nothing_tells_apart_are_refused_with_all_of_them() {
    let desk = desk();
    desk.put(
        "table.csv",
        "day,governorate,district,number\n2022-03-01,Homs,,5\n",
    )
    .put(
        "map.toml",
        idps(r#"{ column = "governorate", within = "SYR" }"#),
    );
    assert_snapshot!(desk.run("ingest table table.csv --map map.toml --dry-run").transcript(), @r"
    --- stderr, exit code 1
    humstat: 1 of 1 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `governorate`, value `Homs`: `Homs` is the name of 2 places: Homs (pcode:SY04, admin1 in Syria), Homs (pcode:SY0400, admin2 in Homs); write the id, or let the mapping say `within` or `kind`
    1 name of a place cannot be told: fill in the column `id` of table.csv.places.csv and give it back with --places table.csv.places.csv, or record a spelling with `humstat places alias NAME ID`
    ");
    desk.run("figures --location homs")
        .ends_with(2)
        .says("is the name of 2 places");
    desk.put(
        "map.toml",
        idps(r#"{ column = "governorate", kind = "admin7" }"#),
    );
    desk.run("ingest table table.csv --map map.toml")
        .ends_with(1)
        .says("admin1");
    let claimant = idps(r#"{ column = "governorate" }"#).replace(
        "claimant = \"UNHCR\"",
        "claimant = { column = \"governorate\", within = \"SYR\" }",
    );
    desk.put("map.toml", claimant);
    desk.run("ingest table table.csv --map map.toml")
        .ends_with(1)
        .says("`kind` and `within` are for columns of places");
}

/// Nigeria has a state of the name of another country, and two districts of one name.
const NIGERIA: &str = "\
ADM2_PCODE,ADM2_EN,ADM1_PCODE,ADM1_EN,ADM0_PCODE
NG027024,Suleja,NG027,Niger,NG
NG023005,Bassa,NG023,Kogi,NG
NG032003,Bassa,NG032,Plateau,NG
";

#[test]
fn a_country_is_not_taken_for_a_state_nor_a_state_for_a_country() {
    let desk = Desk::new();
    desk.put("nigeria.csv", NIGERIA);
    desk.run("places add nigeria.csv").succeeds();
    let refused = |location: &str, rows: &str, words: &[&str]| {
        desk.put("table.csv", format!("day,state,lga,number\n{rows}"))
            .put("map.toml", idps(location));
        let mut outcome = desk
            .run("ingest table table.csv --map map.toml")
            .ends_with(1);
        for words in words {
            outcome = outcome.says(words);
        }
    };
    refused(
        r#"{ column = "state" }"#,
        "2022-03-01,Niger,,1\n2022-03-01,Kogi,,2\n",
        &[
            "column `state` holds administrative units",
            "`Niger` is Niger (NER), not Niger (pcode:NG027, admin1 in Nigeria)",
            "say `kind` or `within`",
        ],
    );
    refused(
        r#"{ column = "lga", within = { column = "state" } }"#,
        "2022-03-01,Oyo,Bassa,1\n2022-03-01,,Bassa,1\n",
        &[
            "line 2, column `lga`, value `Bassa`: of its parent: `Oyo` is no known name",
            "line 3, column `lga`, value `Bassa`: `Bassa` is the name of 2 places",
        ],
    );
    let gathered = std::fs::read_to_string(desk.path("table.csv.places.csv")).unwrap();
    assert!(gathered.contains("Bassa,lga,Oyo,1,Bassa,pcode:NG023005,Bassa,pcode:NG032003,\n"));
    // A table of countries means countries, as before the gazetteer was added, and that is told.
    desk.put(
        "table.csv",
        "day,state,lga,number\n2022-03-01,Niger,,1\n2022-03-01,Chad,,2\n",
    )
    .put("map.toml", idps(r#"{ column = "state" }"#));
    desk.run("ingest table table.csv --map map.toml --dry-run")
        .succeeds()
        .says(
            "in column `state`, `Niger` is Niger (NER), not Niger (pcode:NG027, admin1 in Nigeria)",
        );
    desk.put(
        "table.csv",
        "day,state,lga,number\n2022-03-01,Niger,Suleja,1\n2022-03-01,Plateau,Bassa,2\n",
    )
    .put(
        "map.toml",
        idps(r#"{ column = "lga", within = { column = "state", within = "NGA" } }"#),
    );
    desk.run("ingest table table.csv --map map.toml").succeeds();
    let mut found = desk.rows("figures");
    found.sort_by(|a, b| a["value"].cmp(&b["value"]));
    assert_eq!(
        column(&found, "location_id"),
        ["pcode:NG027024", "pcode:NG032003"]
    );
}

/// Looking for like names takes long, and of the thousandth nobody reads them.
#[test]
fn of_many_unknown_names_the_first_alone_get_offers() {
    let desk = Desk::new();
    let rows: String = (1..=600)
        .map(|at| format!("2022-03-01,Polland {at:03},5\n"))
        .collect();
    desk.put("table.csv", format!("day,place,number\n{rows}"));
    desk.ingest_file("table.csv", &[], "")
        .ends_with(1)
        .says("600 names of places");
    let asked = rows_of(&std::fs::read(desk.path("table.csv.places.csv")).unwrap()[3..]);
    let offered = asked
        .iter()
        .take_while(|row| row["nearest_1"] == "Poland")
        .count();
    assert_eq!((asked.len(), offered), (600, 500));
}

#[test]
fn unknown_names_are_gathered_filled_in_and_remembered() {
    let desk = desk();
    let table = "day,governorate,district,number\n\
                 2022-03-01,Idleb,Harem,5\n2022-03-02,Idleb,Harem,6\n\
                 2022-03-01,Homs,Palmyra,7\n2022-03-01,Homs,Homs,8\n";
    desk.put("table.csv", table).put(
        "map.toml",
        idps(r#"{ column = "district", within = { column = "governorate" } }"#),
    );
    assert_snapshot!(desk.run("ingest table table.csv --map map.toml --dry-run").transcript(), @r"
    --- stderr, exit code 1
    humstat: 3 of 4 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `district`, value `Harem`: `Harem` is no known name of a place; the nearest are Harim (pcode:SY0702, admin2 in Idleb): write one of these, or look for the place with `humstat places` (the same in 1 more row)
      line 4, column `district`, value `Palmyra`: `Palmyra` is no known name of a place; look for the place with `humstat places` and write its id or name
    2 names of places cannot be told: fill in the column `id` of table.csv.places.csv and give it back with --places table.csv.places.csv, or record a spelling with `humstat places alias NAME ID`
    ");
    let file = desk.path("table.csv.places.csv");
    let asked = std::fs::read_to_string(&file).unwrap();
    assert_eq!(
        asked,
        "\u{feff}name,column,parent,rows,nearest_1,nearest_1_id,nearest_2,nearest_2_id,id\n\
         Harem,district,Idleb,2,Harim,pcode:SY0702,,,\n\
         Palmyra,district,Homs,1,,,,,\n"
    );

    // Filled in by half, it is left alone, and the rest still fails.
    let half = asked.replace("SY0702,,,", "SY0702,,,SY0702");
    std::fs::write(&file, &half).unwrap();
    desk.run("ingest table table.csv --map map.toml --places table.csv.places.csv")
        .ends_with(1)
        .says("1 of 4 rows")
        .says("value `Palmyra`")
        .says("table.csv.places.csv holds what a person wrote and was left as it is");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), half);
    desk.run("ingest table table.csv --map map.toml --unknown-places other.csv")
        .ends_with(1)
        .says("other.csv");
    assert!(desk.path("other.csv").exists());

    // With a mistake, it is told where.
    std::fs::write(&file, asked.replace("1,,,,,", "1,,,,,SY9999")).unwrap();
    desk.run("ingest table table.csv --map map.toml --places table.csv.places.csv")
        .ends_with(1)
        .says("table.csv.places.csv")
        .says("line 3, column `id`, value `SY9999`");
    assert_eq!(
        desk.run("ledger log").stdout.lines().count(),
        1,
        "nothing was recorded"
    );

    std::fs::write(&file, half.replace("1,,,,,", "1,,,,,SY0402")).unwrap();
    desk.run("ingest table table.csv --map map.toml --places table.csv.places.csv")
        .succeeds()
        .says("entry 2: 4 figures: 4 new")
        .says("entry 3: 2 aliases of places");
    let ids = desk.rows("figures --all-versions");
    assert!(column(&ids, "location_id").contains(&"pcode:SY0402"));
    // The same again is known; the aliases serve the next table.
    desk.run("ingest table table.csv --map map.toml --places table.csv.places.csv")
        .succeeds()
        .says("recorded before, in entry 2");
    desk.put(
        "next.csv",
        "day,governorate,district,number\n2022-03-03,Homs,palmyra,9\n",
    );
    desk.run("ingest table next.csv --map map.toml").succeeds();
    desk.run("ledger verify").succeeds();
    desk.run("places palmyra").answers("pcode:SY0402");
}

#[test]
fn rows_left_out_leave_their_places_to_fill_in() {
    let desk = desk();
    desk.put(
        "table.csv",
        "day,governorate,district,number\n2022-03-01,,Tadmor,5\n2022-03-01,,Nowhere,6\n",
    )
    .put("map.toml", idps(r#"{ column = "district" }"#));
    desk.run("ingest table table.csv --map map.toml --skip-bad-rows")
        .succeeds()
        .says("1 of 2 rows were left out")
        .says("fill in the column `id` of table.csv.places.csv");
    assert!(desk.path("table.csv.places.csv").exists());
}

#[test]
fn a_unit_is_never_added_to_what_it_lies_in() {
    let total = |rows: &[&str]| {
        let desk = desk();
        let mut table = "day,governorate,district,number\n".to_owned();
        for row in rows {
            table.push_str(&format!("2022-03-01,,{row},10\n"));
        }
        desk.put("table.csv", table).put(
            "map.toml",
            idps(r#"{ column = "district", scheme = "pcode" }"#),
        );
        desk.run("ingest table table.csv --map map.toml").succeeds();
        desk.run("summary --indicator idps --total")
    };
    for rows in [["SY", "SY0402"], ["SY04", "SY0402"], ["SY", "SY04"]] {
        total(&rows)
            .ends_with(1)
            .says("overlap, and a total is never added to its own parts");
    }
    total(&["SY04", "SY0202", "SY0203"])
        .succeeds()
        .answers("30");
}
