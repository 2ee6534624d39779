//! The row of tags and what lies around it in libhxl's own test files, where they are at hand: the
//! same headers, tags and values as libhxl 5.2.2 prints.
//!
//! JSON objects are not among them: what makes a row of them is not for this module to say.

use std::io::{Cursor, Read as _};
use std::path::Path;

use calamine::Reader as _;

use super::{Tag, find};

/// What libhxl prints of files that hold the same; cells are parted by `|`.
struct Printed {
    files: &'static [&'static str],
    header: &'static str,
    tags: &'static str,
    rows: usize,
    first: &'static str,
    last: &'static str,
}

const PRINTED: &[Printed] = &[
    Printed {
        files: &[
            "test_io/input-valid.csv",
            "test_io/input-valid.hxl",
            "test_io/input-valid.tsv",
            "test_io/input-valid.ssv",
            "test_io/input-valid-latin1.csv",
            "test_io/input-valid-csv.zip",
            "test_io/input-valid.json",
            "test_io/input-valid-json.txt",
            "test_io/output-valid.json",
            "test_io/output-valid.csv",
            "test_io/input-valid.xlsx",
            "test_io/input-valid-xlsx.NOEXT",
            "test_io/input-valid.xls",
            "test_io/input-merged.xlsx",
        ],
        header: "Registro|Sector/Cluster|Subsector|Organización|Hombres|Mujeres|País|Departamento/Provincia/Estado|",
        tags: "|#sector+es|#subsector+es|#org+es|#targeted+f|#targeted+m|#country|#adm1|#date+reported",
        rows: 4,
        first: "001|WASH|Higiene|ACNUR|100|100|Panamá|Los Santos|1 March 2015",
        last: "004|WASH|Urbano|OMS|80|95|Venezuela|Amazonas|",
    },
    Printed {
        files: &["test_io/input-quality.xlsx", "test_io/input-quality.xls"],
        header: "Registro|Sector/Cluster|Subsector|Organización|Hombres|Mujeres|País|Departamento/Provincia/Estado|",
        tags: "|#sector+es|#subsector+es|#org+es|#targeted+f|#targeted+m|#country|#adm1|#date+reported",
        rows: 4,
        first: "001|WASH|Higiene|ACNUR|100|100|Panamá|Los Santos|1 March 2015",
        last: "004|WASH|Urbano|OMS|80|95|Venezuela|Amazonas|1 March 2015",
    },
    Printed {
        files: &["test_io/input-fuzzy.csv"],
        header: "Registro|Sector/Cluster|Subsector|Organización|Hombres|Mujeres|País|Departamento/Provincia/Estado",
        tags: "|#sector+es|#subsector+es|#org+es|#targeted+f|#targeted+f||",
        rows: 4,
        first: "001|WASH|Higiene|ACNUR|100|100|Panamá|Los Santos|1 March 2015",
        last: "004|WASH|Urbano|OMS|80|95|Venezuela|Amazonas|",
    },
    Printed {
        files: &["test_io/input-multiple-headers.csv"],
        header: "Org|No hashtag|Province|Number affected",
        tags: "#org||#adm1|#affected",
        rows: 2,
        first: "Org X|xxx|Coast| 100",
        last: "Org Y|yyy|Mountains| 200",
    },
    Printed {
        files: &["test_io/input-multiline.csv"],
        header: "",
        tags: "#description",
        rows: 1,
        first: "Line 1\nLine 2\nLine 3",
        last: "Line 1\nLine 2\nLine 3",
    },
    Printed {
        files: &["test_io/input-broken.xlsx"],
        header: "ISO3|Name|Year|Start Date|Event Name|Hazard Category|Hazard Type|New Displacements",
        tags: "#country+code|#country+name|#date+year|#date+start|#description|#crisis+category|#crisis+type|#affected+disaster+idps+ind+newdisp",
        rows: 6431,
        first: "AB9|Abyei Area|2018|2018-07-01|Abyie: Flood - 01/07/2018|Weather related|Flood|2",
        last: "ZWE|Zimbabwe|2018|2018-01-01|Zimbabwe: Hailstorm - Umguza - 01/01/2018|Weather related|Storm|80",
    },
    Printed {
        files: &["mock/append-source-1.csv"],
        header: "Org|Targeted|Sector 1|Sector 2",
        tags: "#org|#targeted|#sector+list|#sector+list",
        rows: 2,
        first: "NGO A| 200| WASH| ",
        last: "NGO C| 500| Health| Food",
    },
    Printed {
        files: &["mock/taxonomy.csv"],
        header: "|",
        tags: "#adm1+name|#adm1+code",
        rows: 3,
        first: "Coast| C001",
        last: "Mountains| C003",
    },
    Printed {
        files: &["test_scripts/clean-output-noheaders.csv"],
        header: "||||||",
        tags: "#sector|#subsector|#org|#population+sex|#targeted|#country|#adm1",
        rows: 8,
        first: "WASH|Higiene|ACNUR|Hombres|100|Panamá|Los Santos",
        last: "WASH|Urbano|OMS|Mujeres|95|Venezuela|Amazonas",
    },
    Printed {
        files: &["test_scripts/tag-output-ambiguous.csv"],
        header: "Organisation|Cluster|Country|Subdivision",
        tags: "#org|||#adm1",
        rows: 4,
        first: "ACNUR|WASH|Panamá|Los Santos",
        last: "OMS|WASH|Venezuela|Amazonas",
    },
    Printed {
        files: &["test_scripts/tag-output-default.csv"],
        header: "Organisation|Cluster|Country|Subdivision",
        tags: "#org|#meta|#meta|#meta",
        rows: 4,
        first: "ACNUR|WASH|Panamá|Los Santos",
        last: "OMS|WASH|Venezuela|Amazonas",
    },
    Printed {
        files: &["test_scripts/validation-schema-invalid.csv"],
        header: "|",
        tags: "#valid_tag|#valid_datatype",
        rows: 1,
        first: "#sector|number",
        last: "#sector|number",
    },
];

/// Files in which libhxl finds no tags.
const UNTAGGED: &[&str] = &[
    "test_io/input-invalid.csv",
    "test_io/input-untagged.csv",
    "test_io/input-untagged-csv.zip",
    "test_io/input-untagged.json",
    "test_io/input-notag1.html",
    "test_io/input-notag2.html",
    "test_scripts/input-untagged.csv",
    "test_converters/wide-tagging-test.csv",
];

#[test]
fn tables_are_as_libhxl_prints_them() {
    for printed in PRINTED {
        for file in printed.files {
            let Some(rows) = rows(file) else { return };
            let found = find(&rows).unwrap_or_else(|error| panic!("{file}: {error}"));
            let tag = |tag: &Option<Tag>| tag.as_ref().map_or_else(String::new, Tag::to_string);
            let tags: Vec<String> = found.tags.iter().map(tag).collect();
            let data = &rows[found.first_data_row - 1..];
            assert_eq!(found.header.join("|"), printed.header, "{file}");
            assert_eq!(tags.join("|"), printed.tags, "{file}");
            assert_eq!(data.len(), printed.rows, "{file}");
            assert_eq!(data[0].join("|"), printed.first, "{file}");
            assert_eq!(data[data.len() - 1].join("|"), printed.last, "{file}");
        }
    }
}

#[test]
fn tables_without_tags_are_as_libhxl_has_them() {
    for file in UNTAGGED {
        let Some(rows) = rows(file) else { return };
        assert!(find(&rows).is_err(), "{file}");
    }
}

/// The rows of a file; none where it is not here.
fn rows(file: &str) -> Option<Vec<Vec<String>>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/hxl/libhxl")
        .join(file);
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    };
    Some(
        match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "xlsx" | "xls" | "NOEXT" => sheet(bytes),
            "json" | "txt" => arrays(&bytes),
            "zip" => {
                let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
                let mut text = Vec::new();
                archive.by_index(0).unwrap().read_to_end(&mut text).unwrap();
                delimited(&text, b',')
            }
            "tsv" => delimited(&bytes, b'\t'),
            "ssv" => delimited(&bytes, b';'),
            _ => delimited(&bytes, b','),
        },
    )
}

fn delimited(bytes: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
    };
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// The first sheet with tags, which is the one that libhxl takes, else the first.
fn sheet(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).unwrap();
    let cell = |cell: &calamine::Data| match cell {
        calamine::Data::DateTime(moment) => moment.as_datetime().unwrap().date().to_string(),
        other => other.to_string(),
    };
    let row = |row: &[calamine::Data]| row.iter().map(cell).collect();
    let mut sheets: Vec<Vec<Vec<String>>> = book
        .worksheets()
        .iter()
        .map(|(_, range)| range.rows().map(row).collect())
        .collect();
    let tagged = sheets.iter().position(|rows| find(rows).is_ok());
    sheets.swap_remove(tagged.unwrap_or_default())
}

fn arrays(bytes: &[u8]) -> Vec<Vec<String>> {
    let rows: Vec<Vec<Option<String>>> = serde_json::from_slice(bytes).unwrap();
    let texts = |row: Vec<Option<String>>| row.into_iter().map(Option::unwrap_or_default).collect();
    rows.into_iter().map(texts).collect()
}
