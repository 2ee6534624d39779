//! Gazetteers and aliases: places below the countries, from a file into the ledger and into every
//! command.

use insta::assert_snapshot;
use rusqlite::Connection;

use super::common::{Desk, column};

/// Districts of Syria with English and Arabic names.
pub const SYRIA: &str = include_str!("../fixtures/syria-gazetteer.csv");

/// A desk whose ledger knows [`SYRIA`].
pub fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("syria.csv", SYRIA);
    desk.run("places add syria.csv").succeeds();
    desk
}

#[test]
fn a_gazetteer_is_recorded_once() {
    let desk = Desk::new();
    desk.put("syria.csv", SYRIA);
    assert_snapshot!(desk.run("places add syria.csv").transcript(), @r"
    --- stderr, exit code 0
    entry 1: 18 new places
    ");
    assert_snapshot!(desk.run("places add syria.csv").transcript(), @r"
    --- stderr, exit code 0
    all 18 places are known; nothing was added
    ");
    assert_snapshot!(desk.run("places homs").transcript(), @r"
    pcode:SY04                   admin1    Homs  (in Syria, حمص)
    pcode:SY0400                 admin2    Homs  (in Homs, حمص)
    --- stderr, exit code 0
    ");
    for word in ["SY0402", "sy0402", "pcode:SY0402", "tadmor", "تَدمُر"] {
        let answer = desk.run(&format!("places {word}")).succeeds();
        assert!(answer.stdout.starts_with("pcode:SY0402 "), "{word}");
    }
    assert_snapshot!(desk.run("ledger show 1").transcript(), @r"
    entry     1
    kind      places
    summary   syria.csv: 18 new places
    recorded  2022-09-10 by humstat 0.1.0
    hash      0984bc069d2ca8297d99e998406b92cd8a9a9cb950b64725aa3f5ef2a2ff2052
    file      syria.csv, 1531 bytes, sha256 8f0660c29f6fb208f5630fdb2b5cb4559ef9fb836b061afac365eef421d10f31
    rows      1 capture
    rows      18 place
    --- stderr, exit code 0
    ledger humstat.db, entry 1 (0984bc069d2c)
    ");
}

#[test]
fn a_newer_gazetteer_stands_and_its_changes_are_told() {
    let desk = desk();
    desk.put(
        "newer.csv",
        "ADM2_PCODE,ADM2_EN,ADM1_PCODE,ADM1_EN,ADM0_PCODE\n\
         SY0402,Palmyra,SY04,Homs,SY\n\
         SY0702,Harim,SY02,Aleppo,SY\n\
         SY0703,Jisr-Ash-Shugur,SY07,Idleb,SY\n",
    );
    assert_snapshot!(desk.run("places add newer.csv").transcript(), @r"
    --- stderr, exit code 0
    pcode:SY0402: named `Palmyra`, before `Tadmor`; also called `Palmyra`; no longer called `Tadmor`
    pcode:SY0702: lies in pcode:SY02, before in pcode:SY07
    entry 2: 1 new place, 2 changed, 3 known
    ");
    // The Arabic name, of which the newer file says nothing, is kept.
    assert_snapshot!(desk.run("places تدمر").stdout, @"pcode:SY0402                 admin2    Palmyra  (in Homs, تدمر)");
    desk.run("places tadmor").ends_with(3);
    desk.run("places SY0702").answers("in Aleppo");
    desk.run("ledger verify").succeeds();
}

#[test]
fn faults_of_a_gazetteer_are_told_with_their_place() {
    let desk = Desk::new();
    desk.put(
        "bad.csv",
        "adm1_pcode,adm1_name,adm2_pcode,adm2_name,adm0_pcode\n\
         SY01,Damascus,SY0101,Damascus,SY\n\
         SY02,Aleppo,SY0101,Damascus,SY\n\
         SY03,,SY0301,Duma,SY\n\
         S?04,Homs,SY0401,Homs,SY\n\
         SY05,Hama,SY0501,Hama,QX\n",
    );
    assert_snapshot!(desk.run("places add bad.csv").transcript(), @r"
    --- stderr, exit code 1
    humstat: 4 cells cannot be read of bad.csv, and nothing was recorded:
      line 3, column `adm2_pcode`, value `SY0101`: it is admin2 in pcode:SY02 here and admin2 in pcode:SY01 in line 2
      line 4, column `adm1_pcode`, value `SY03`: it has no name of level 1
      line 5, column `adm1_pcode`, value `S?04`: no P-code of an administrative unit of level 1
      line 6, column `adm0_pcode`, value `QX`: no ISO code of a country
    ");
    assert!(!desk.path("humstat.db").exists());
    desk.put("bare.csv", "ADM1_PCODE,ADM1_EN\nSY01,Damascus\n");
    desk.run("places add bare.csv")
        .ends_with(1)
        .says("line 2, column `ADM1_PCODE`, value `SY01`")
        .says("give it with --country");
    desk.run("places add bare.csv --country europe")
        .ends_with(2);
    desk.run("places add bare.csv --country SYR").succeeds();
    desk.run("places add bare.csv --country TUR")
        .succeeds()
        .says("pcode:SY01: lies in TUR, before in SYR");
    desk.put("other.csv", "place,number\nPoland,1\n");
    desk.run("places add other.csv")
        .ends_with(1)
        .says("no column of P-codes")
        .says("its columns are place, number");
}

#[test]
fn an_alias_means_its_place_until_it_is_removed() {
    let desk = desk();
    desk.run("places alias \"Reef Dimashq\" SY03")
        .succeeds()
        .says("entry 2: `Reef Dimashq` means pcode:SY03");
    desk.run("places \"reef dimashq\"").answers("pcode:SY03");
    desk.run("places alias \"REEF DIMASHQ\" SY03")
        .succeeds()
        .says("nothing was added");
    assert_snapshot!(desk.run("places alias \"reef dimashq\" SY04").transcript(), @r"
    --- stderr, exit code 1
    humstat: `reef dimashq` already means Rural Damascus (pcode:SY03, admin1 in Syria), so it cannot mean Homs (pcode:SY04, admin1 in Syria) too
    ");
    desk.run("places alias Poland SY04")
        .ends_with(1)
        .says("already means Poland (POL)");
    desk.run("places alias Elsewhere SY99").ends_with(2);
    desk.run("places alias *** SY04").ends_with(2);
    desk.run("places alias \"Rif Dimashq\" SY03 --remove")
        .ends_with(3)
        .says("its aliases are `Reef Dimashq`");
    desk.run("places alias \"Reef Dimashq\" SY03 --remove")
        .succeeds();
    desk.run("places \"reef dimashq\"").ends_with(3);
    desk.run("places alias \"Reef Dimashq\" SY04").succeeds();
    assert_snapshot!(desk.run("ledger log").stdout.lines().map(|line| format!("{} {}\n", &line[19..27], &line[43..])).collect::<String>(), @r"
    places   syria.csv: 18 new places
    alias    `Reef Dimashq` means pcode:SY03
    alias    `Reef Dimashq` no longer means pcode:SY03
    alias    `Reef Dimashq` means pcode:SY04
    ");
    desk.run("ledger retract 2 --reason wrong")
        .ends_with(1)
        .says("--remove");
    desk.run("ledger verify").succeeds();
}

#[test]
fn a_copy_of_the_ledger_has_its_places() {
    let desk = desk();
    desk.run("ledger backup copy.db --without-captures")
        .succeeds();
    desk.run("places SY04 --ledger copy.db").answers("Homs");
    desk.run("ledger verify --ledger copy.db").succeeds();
    desk.run("places SY04 --ledger none.db").ends_with(3);
    assert!(!desk.path("none.db").exists());
}

#[test]
fn a_place_that_was_changed_in_the_file_is_found_out() {
    let desk = desk();
    Connection::open(desk.path("humstat.db"))
        .unwrap()
        .execute_batch(
            "DROP TRIGGER place_refuses_update; UPDATE place SET kind = 'hamlet' WHERE id = 3",
        )
        .unwrap();
    desk.run("ledger verify")
        .ends_with(5)
        .says("entry 1: its rows are not those that were recorded");
}

#[test]
fn a_ledger_of_schema_1_gets_what_it_lacks_when_it_is_written_to() {
    let desk = Desk::new();
    let file = desk.path("humstat.db");
    Connection::open(&file)
        .unwrap()
        .execute_batch(include_str!("../fixtures/ledger-schema-1.sql"))
        .unwrap();
    let schema = || -> i64 {
        let connection = Connection::open(&file).unwrap();
        connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap()
    };
    let head = "4db61e99d3cec572359f966bb4632a4a710524c1cb2a06cea3965a69625d6b7f";
    desk.run("ledger verify").succeeds().answers(head);
    desk.run("ledger show 1").answers("rows      3 figure");
    desk.run("places poland").succeeds();
    let figures = desk.run("figures").succeeds().stdout;
    assert_eq!(schema(), 1, "reading changes nothing");
    desk.put("syria.csv", SYRIA);
    desk.run("places add syria.csv")
        .succeeds()
        .says("entry 3: 18 new places");
    assert_eq!(schema(), 4);
    desk.run(&format!("ledger verify --head {head}"))
        .answers("3 entries");
    assert_eq!(desk.run("figures").succeeds().stdout, figures);
    desk.run("places SY04").succeeds();
}

#[test]
fn a_ledger_of_schema_2_gets_what_it_lacks_when_it_is_written_to() {
    let desk = Desk::new();
    let file = desk.path("humstat.db");
    Connection::open(&file)
        .unwrap()
        .execute_batch(include_str!("../fixtures/ledger-schema-2.sql"))
        .unwrap();
    let head = "d948fdb1ec6de62aa312f75b554d845fefe1a019647e630259ed9c8d33ba59e1";
    desk.run("ledger verify").succeeds().answers(head);
    desk.run("figures --location Lwow").succeeds();
    // Tables of schema 3 are asked for and not there.
    desk.run("trace f1").succeeds();
    desk.run("update")
        .ends_with(3)
        .says("nothing in this ledger was asked of a source");
    desk.run("ingest unhcr --offline").ends_with(4);
    desk.run("places alias Lvov POL").succeeds();
    desk.run(&format!("ledger verify --head {head}"))
        .answers("4 entries");
    let schema: i64 = Connection::open(&file)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(schema, 4);
}

#[test]
fn a_ledger_of_schema_3_gets_what_it_lacks_when_it_is_written_to() {
    let desk = Desk::new();
    let file = desk.path("humstat.db");
    Connection::open(&file)
        .unwrap()
        .execute_batch(include_str!("../fixtures/ledger-schema-3.sql"))
        .unwrap();
    let head = "e3a87bd7f39bb9a0b4797daf8ac66500ec58095937a06ae55565927196f9efaf";
    desk.run("ledger verify").succeeds().answers(head);
    desk.run("ledger show 5").answers("rows      1 page");
    desk.run("figures --location Lwow").succeeds();
    // Tables of schema 4 are asked for and not there.
    desk.run("trace f1").succeeds();
    desk.run("ledger retract 5 --reason \"another release\"")
        .succeeds();
    desk.run(&format!("ledger verify --head {head}"))
        .answers("6 entries");
    let schema: i64 = Connection::open(&file)
        .unwrap()
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(schema, 4);
}

#[test]
fn sentences_and_selections_know_units() {
    let desk = desk();
    desk.run(
        "record --claimant OCHA --channel test/table --indicator idps --location SY0402 \
         --period 2022-03-01 --value 1200 --title \"A table\" --published 2022-03-02",
    )
    .succeeds()
    .answers("Tadmor");
    let rows = desk.rows("figures --location tadmor");
    assert_eq!(column(&rows, "location"), ["Tadmor"]);
    assert_eq!(column(&rows, "location_kind"), ["admin2"]);
    assert_eq!(desk.rows("figures --location SY0402").len(), 1);
    assert_eq!(desk.rows("figures --location Asia").len(), 1);
}
