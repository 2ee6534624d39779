//! `humstat export`: what every form has in common, and the Data Package.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::common::{Desk, column, mapping_with, rows};
use super::ukraine::desk;

/// The files below a folder, by their names with folders parted by `/`.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().unwrap().is_dir() {
            for (below, bytes) in files(&entry.path()) {
                found.insert(format!("{name}/{below}"), bytes);
            }
        } else {
            found.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// The forms that write a folder or a file, each with the name that it is given.
const FORMS: &[(&str, &str)] = &[
    ("data-package", "out"),
    ("hxl", "out.csv"),
    ("geojson", "out.geojson"),
    ("parquet", "out"),
    ("datasette", "out.db"),
];

#[test]
fn the_same_figures_give_the_same_bytes_in_every_form() {
    for (form, name) in FORMS {
        let line = format!("export {form} --origin UKR -o {name}");
        let (first, second) = (desk(), desk().with("POLARS_MAX_THREADS", "1"));
        first.run(&line).succeeds();
        // At another hour; the name that is written last stands.
        second.run(&line).succeeds();
        second.run(&line).succeeds();
        let written = |desk: &Desk| {
            let mut files = files(desk.folder());
            files.retain(|name, _| !name.starts_with("humstat.db"));
            files
        };
        let (made, again) = (written(&first), written(&second));
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            again.keys().collect::<Vec<_>>()
        );
        for (file, bytes) in &made {
            assert!(*bytes == again[file], "{form}: {file} differs");
            let folder = first.folder().to_string_lossy().into_owned();
            assert!(
                !String::from_utf8_lossy(bytes).contains(&folder),
                "{form}: {file} holds a path of the machine"
            );
        }
    }
}

#[test]
fn nothing_is_left_behind_where_nothing_matches() {
    for (form, name) in FORMS {
        let desk = desk();
        desk.run(&format!("export {form} --origin SYR -o {name}"))
            .ends_with(3)
            .says("nothing matches this selection");
        let made = files(desk.folder());
        let left = made.keys().find(|name| !name.starts_with("humstat.db"));
        assert_eq!(left, None, "only the ledger");
    }
}

#[test]
fn closed_figures_are_left_out_and_named_in_every_form() {
    for (form, name) in FORMS {
        let desk = Desk::new();
        let table = "day,place,number\n2022-03-01,Poland,5\n";
        desk.put("open.csv", table);
        desk.ingest_file("open.csv", &[], "").succeeds();
        desk.ingest(
            "closed.csv",
            "day,place,number\n2022-03-01,Poland,6\n",
            &[("test/table", "test/closed"), ("CC-BY-4.0", "CC-BY-NC-4.0")],
        )
        .succeeds();
        desk.run(&format!("export {form} -o {name}"))
            .succeeds()
            .says("left out 1 figure of test/closed: CC-BY-NC-4.0 allows no commercial use");
        desk.run(&format!(
            "export {form} --channel test/closed -o other{name}"
        ))
        .ends_with(1)
        .says("no figure is left whose licence allows commercial use");
        desk.run(&format!("export {form} --licence-ok test/closed -o {name}"))
            .succeeds();
    }
}

#[test]
fn a_folder_that_holds_something_else_is_not_replaced() {
    let desk = desk();
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.put("out/notes.txt", "mine");
    desk.run("export data-package -o out")
        .ends_with(1)
        .says("out holds notes.txt, which this export would take away");
    desk.run("export parquet -o .")
        .ends_with(2)
        .says("an export goes into a folder of its own");
    assert_eq!(files(&desk.path("out")).len(), 1);
}

#[test]
fn an_unknown_form_is_told_with_those_that_there_are() {
    desk()
        .run("export xml -o out")
        .ends_with(2)
        .says("data-package");
}

#[test]
fn an_export_can_be_noted_as_a_release() {
    let desk = desk();
    desk.run("export data-package --indicator killed -o out --release first")
        .succeeds()
        .says("noted as release first in entry 4: 51 figures in 4 files");
}

#[test]
fn a_data_package_describes_every_column_and_names_its_terms() {
    let desk = desk();
    desk.run(
        "export data-package --origin UKR --at 2022-03-08 --title \"Ukraine, 8 March\" -o out",
    )
    .succeeds()
    .says("wrote out with 4 files");
    let made = files(&desk.path("out"));
    let package: Value = serde_json::from_slice(&made["datapackage.json"]).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    assert_eq!(package["name"], "ukraine-8-march");
    assert_eq!(package["title"], "Ukraine, 8 March");
    // When the newest figure became known, which is no clock.
    assert_eq!(package["created"], "2022-09-06T23:59:59Z");
    let licences: Vec<&Value> = package["licenses"].as_array().unwrap().iter().collect();
    assert_eq!(licences[0]["name"], "CC-BY-4.0");
    assert_eq!(licences[1]["name"], "quotation");
    assert_eq!(package["contributors"], Value::Null);
    for resource in package["resources"].as_array().unwrap() {
        let bytes = &made[resource["path"].as_str().unwrap()];
        let digest = Sha256::digest(bytes);
        let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, header);
        assert!(fields.iter().all(|field| field["description"].is_string()));
    }
    let schema = &package["resources"][0]["schema"];
    assert_eq!(schema["primaryKey"], "figure_id");
    assert_eq!(schema["missingValues"], serde_json::json!([""]));
    let figures = rows(&made["figures.csv"]);
    let asked = desk.rows("figures --origin UKR --at 2022-03-08 --format csv");
    assert_eq!(
        figures, asked,
        "the same figures as the program answers with"
    );
    let readme = String::from_utf8_lossy(&made["README.md"]).into_owned();
    assert!(readme.contains("UNHCR Operational Data Portal"), "{readme}");
}

#[test]
fn a_summary_that_the_rules_refuse_is_left_out_and_the_rest_is_written() {
    let desk = Desk::new();
    for (file, channel) in [("a.csv", "test/a"), ("b.csv", "test/b")] {
        // Its own bytes, for one file is read in one way.
        desk.put(
            file,
            format!("day,place,number,{file}\n2022-03-01,Poland,5,\n"),
        );
        let mapping = mapping_with(&[("test/table", channel)]);
        desk.put("map.toml", mapping);
        desk.run(&format!("ingest table {file} --map map.toml"))
            .succeeds();
    }
    desk.run("export data-package -o out")
        .succeeds()
        .says("without a summary: the channels test/a and test/b both publish border_crossings");
    let made = files(&desk.path("out"));
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        ["README.md", "datapackage.json", "figures.csv"]
    );
}

#[test]
fn parquet_is_parted_by_indicator_and_claimant_and_holds_the_same_figures() {
    let desk = desk();
    desk.run("export parquet -o out").succeeds();
    let made = files(&desk.path("out"));
    let names: Vec<&str> = made.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "_README.md",
            "indicator=border_crossings/claimant=UNHCR/part-0.parquet",
            "indicator=injured/claimant=OHCHR/part-0.parquet",
            "indicator=killed/claimant=OHCHR/part-0.parquet",
            "indicator=killed/claimant=UN/part-0.parquet",
            "indicator=people_in_need/claimant=UN/part-0.parquet",
        ]
    );
    let mut count = 0;
    for (name, bytes) in made.iter().filter(|(name, _)| name.ends_with(".parquet")) {
        use polars::prelude::SerReader as _;
        let reader = polars_io::parquet::read::ParquetReader::new(std::io::Cursor::new(bytes));
        let frame = reader.finish().unwrap();
        assert!(frame.column("indicator").is_err(), "{name}");
        assert!(frame.column("claimant").is_err(), "{name}");
        assert_eq!(frame.width(), 28, "{name}");
        count += frame.height();
    }
    assert_eq!(count, column(&desk.rows("figures"), "figure_id").len());
}
