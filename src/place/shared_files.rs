//! The register against the names and codes in the files that the project shares, where they are.

use std::collections::BTreeSet;

use super::{Scheme, resolve};

/// Columns of the shared data that hold places, by file: column and scheme.
#[rustfmt::skip]
const COLUMNS: &[(&str, &[(&str, Scheme)])] = &[
    (
        "ukraine/refugees_by_country_daily_2022.csv",
        &[("country", Scheme::Name)],
    ),
    (
        "ukraine/odp_ukr_by_country_vintages.csv",
        &[("country", Scheme::Name)],
    ),
    ("idmc/gidd_new_displacements.csv", &[("iso3", Scheme::Iso3)]),
    ("dtm/idps_displacement_data.csv", &[("ISO3", Scheme::Iso3)]),
    (
        "hapi/hdx_hapi_idps_global.csv",
        &[("location_code", Scheme::Iso3)],
    ),
    (
        "hapi/hdx_hapi_conflict_event_global_1997.csv",
        &[("location_code", Scheme::Iso3)],
    ),
    (
        "hdx/unhcr-situations.csv",
        &[
            ("Country", Scheme::Name),
            ("Country of Origin", Scheme::Name),
        ],
    ),
    (
        "unhcr/HDX_Demographics.csv",
        &[
            ("ISO3CoO", Scheme::UnhcrIso3),
            ("ISO3CoA", Scheme::UnhcrIso3),
        ],
    ),
    (
        "unhcr/HDX_EndYearPopulationTotals.csv",
        &[
            ("ISO3CoO", Scheme::UnhcrIso3),
            ("ISO3CoA", Scheme::UnhcrIso3),
        ],
    ),
];

#[test]
fn every_place_in_the_shared_files_is_known() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let mut unknown = BTreeSet::new();
    for (file, columns) in COLUMNS {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            continue;
        };
        let mut rows = text.trim_start_matches('\u{feff}').lines();
        let header = rows.next().unwrap_or_default().replace('"', "");
        for (column, scheme) in *columns {
            let position = header.split(',').position(|name| name == *column);
            let position = position.unwrap_or_else(|| panic!("{file} has no {column}"));
            // Cells before the place columns hold no commas in these files.
            let cells = rows.clone().filter_map(|row| row.split(',').nth(position));
            let words: BTreeSet<&str> = cells.map(|cell| cell.trim_matches('"')).collect();
            for word in words {
                if !word.is_empty() && !word.starts_with('#') && resolve(*scheme, word).is_err() {
                    unknown.insert(format!("{file}: {word}"));
                }
            }
        }
    }
    assert_eq!(unknown, BTreeSet::new());
}
