//! Parquet files parted in folders as Hive does it, `indicator=…/claimant=…/part-0.parquet`, which
//! Spark, Trino and DuckDB read as one table.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, IdxCa, IdxSize, NamedFrom as _};

use super::readme::{Described, readme};
use super::{Export, ExportError, Exported, Material, Shape};
use crate::publish::harmless::steers;
use crate::publish::{self, Format, PublishError, columns};

pub(super) struct Parquet;

/// The columns that stand in the names of folders in place of the files.
const PARTED_BY: [&str; 2] = ["indicator", "claimant"];
const FILE: &str = "part-0.parquet";
/// Files that begin with an underscore are no data to Hive and its kin.
const README: &str = "_README.md";

impl Export for Parquet {
    fn shape(&self) -> Shape {
        Shape::Folder
    }

    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError> {
        let frame = publish::figures(material.figures)?;
        let figures = material.figures;
        let mut parts: BTreeMap<[&str; 2], Vec<IdxSize>> = BTreeMap::new();
        for (index, row) in (0..).zip(&figures.rows) {
            let series = &figures.series[row.series];
            parts
                .entry([&series.indicator, &series.claimant])
                .or_default()
                .push(index);
        }
        let mut exported = Exported::default();
        for (values, rows) in parts {
            let part = part(&frame, rows)?;
            let bytes = publish::write(&part, Format::Parquet, &material.along())?;
            let folders: String = PARTED_BY
                .iter()
                .zip(values)
                .map(|(column, value)| format!("{column}={}/", escaped(value)))
                .collect();
            exported.add(folders + FILE, bytes);
        }
        let table = Described {
            file: "figures",
            rows: frame.height(),
            frame: &frame,
            columns: columns::FIGURES,
        };
        exported.add(
            README,
            readme(material, "humstat export parquet", LEAD, &[table]),
        );
        Ok(exported)
    }

    fn writes(&self, name: &str) -> bool {
        let folders: Vec<&str> = name.split('/').collect();
        match folders.as_slice() {
            [readme] => *readme == README,
            [indicator, claimant, file] => {
                indicator.starts_with("indicator=")
                    && claimant.starts_with("claimant=")
                    && *file == FILE
            }
            _ => false,
        }
    }
}

const LEAD: &str = "\
One table in Parquet files, written by `humstat export parquet`. `indicator` and `claimant` stand in the \
names of the folders, as Hive parts tables, and not in the files. DuckDB: \
`SELECT * FROM read_parquet('**/part-0.parquet', hive_partitioning = true)`. Spark: \
`spark.read.parquet(\"…\")` with this folder. Trino: a table with `external_location` and \
`partitioned_by = ARRAY['indicator', 'claimant']`, then `CALL system.sync_partition_metadata`.";

/// Some rows of a frame, without the columns that stand in the names of folders.
fn part(frame: &DataFrame, rows: Vec<IdxSize>) -> Result<DataFrame, PublishError> {
    let rows = IdxCa::new("rows".into(), rows);
    Ok(frame.take(&rows)?.drop_many(PARTED_BY))
}

/// A value as a part of a path, as Hive escapes it.
fn escaped(value: &str) -> String {
    if value.is_empty() {
        return "__HIVE_DEFAULT_PARTITION__".to_owned();
    }
    let mut path = String::with_capacity(value.len());
    for letter in value.chars() {
        if steers(letter) || "\"#%'*/:=?\\{}[]^<>|".contains(letter) {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                path.push_str(&format!("%{byte:02X}"));
            }
        } else {
            path.push(letter);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_never_leaves_its_folder() {
        assert_eq!(escaped("UNHCR"), "UNHCR");
        assert_eq!(escaped("Ministry of Health"), "Ministry of Health");
        assert_eq!(escaped("../a=b%"), "..%2Fa%3Db%25");
        assert_eq!(escaped("a\u{1b}\u{9b}\u{202e}b"), "a%1B%C2%9B%E2%80%AEb");
        assert_eq!(escaped(""), "__HIVE_DEFAULT_PARTITION__");
    }

    #[test]
    fn only_its_own_files_are_replaced() {
        for (name, own) in [
            ("_README.md", true),
            ("indicator=killed/claimant=OHCHR/part-0.parquet", true),
            ("indicator=killed/part-0.parquet", false),
            ("indicator=killed/claimant=OHCHR/notes.txt", false),
        ] {
            assert_eq!(Parquet.writes(name), own, "{name}");
        }
    }
}
