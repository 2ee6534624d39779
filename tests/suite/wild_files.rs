//! Every file of `../shared/data` by every way in, and mutants of those that are read: each is read truly,
//! or refused with a reason.
//!
//! The small ones by default, so that a test run stays short; `HUMSTAT_WILD=4000000` looks at all that have
//! no more bytes than that.

mod mutants;
mod plain;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use humstat::figure::Version;
use humstat::ledger::Capture;
use humstat::table::{self, Mapping, Options, Table, suggest};
use humstat::text::{self, Given, document};

use super::common::shared;
use super::fuzz::targets::sources;
use super::real_files::{Case, Expected, cases};
use mutants::{Effect, mutants};

/// The largest file that is looked at.
fn most(usual: u64) -> u64 {
    std::env::var_os("HUMSTAT_WILD").map_or(usual, |bytes| bytes.to_string_lossy().parse().unwrap())
}

/// All files, in order.
fn files(most: u64) -> Vec<PathBuf> {
    fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, files);
            } else {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    if let Some(folder) = shared("") {
        gather(&folder, &mut files);
    }
    files.retain(|file| file.metadata().unwrap().len() <= most);
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}

/// The mapping of a table of known shape, or a reason.
fn known(name: &str, bytes: &[u8]) -> Result<String, String> {
    let capture = Capture::new(name, bytes.to_vec());
    let (sample, _) = suggest::sample(&capture, None).map_err(|error| error.to_string())?;
    match suggest::recognise(&sample) {
        Some(suggest::Known::Mapped { mapping, .. }) => Ok(mapping),
        Some(suggest::Known::Refused { because, .. }) => Err(because.to_owned()),
        None => Err("no known shape".to_owned()),
    }
}

/// Reads a table up to the ledger.
fn read(name: &str, bytes: &[u8], mapping: &str) -> Result<Table, String> {
    let parsed =
        Mapping::parse(Path::new("map.toml"), mapping).map_err(|error| error.to_string())?;
    let options = Options {
        published: "2026-06-12".parse::<Version>().ok(),
        ..Options::default()
    };
    let capture = Capture::new(name, bytes.to_vec());
    let table = table::read(vec![capture], &parsed, mapping, &options, |_| {});
    let table = table.map_err(|error| error.to_string())?;
    let checked = table.reading.clone().check();
    checked.map_err(|error| error.to_string())?;
    Ok(table)
}

/// What a table says, each figure a line.
fn figures(table: &Table) -> BTreeSet<String> {
    let reading = &table.reading;
    let publications = reading.publications.iter();
    publications
        .flat_map(|publication| {
            let known = publication.publication.version();
            publication.figures.iter().map(move |cell| {
                let series = &reading.series[cell.series as usize];
                format!("{known:?} {series:?} {} {:?}", cell.period, cell.quantity)
            })
        })
        .collect()
}

#[test]
fn every_file_is_read_or_refused_as_a_table() {
    let (mut looked, mut recorded, mut seen) = (0, 0, 0);
    for file in files(most(700)) {
        let (name, bytes) = (name(&file), std::fs::read(&file).unwrap());
        looked += 1;
        let capture = Capture::new(&*name, bytes.clone());
        if let Ok((sample, _)) = suggest::sample(&capture, None) {
            let draft = suggest::draft(&sample);
            let whole = Mapping::parse(Path::new("draft"), &draft).is_ok();
            if whole && let Ok(table) = read(&name, &bytes, &draft) {
                seen += plain::compare(&file, &bytes, &draft, &table);
            }
        }
        if let Ok(mapping) = known(&name, &bytes)
            && let Ok(table) = read(&name, &bytes, &mapping)
        {
            recorded += 1;
            seen += plain::compare(&file, &bytes, &mapping, &table);
        }
    }
    eprintln!("{looked} files, {recorded} read, {seen} figures compared with a plain reader");
}

#[test]
fn every_figure_of_a_listed_file_stands_in_its_row() {
    for (case, file) in listed(most(8_000)) {
        let bytes = std::fs::read(&file).unwrap();
        let Some(mapping) = mapping(&case, &file, &bytes) else {
            continue;
        };
        if let Ok(table) = read(&name(&file), &bytes, &mapping) {
            plain::compare(&file, &bytes, &mapping, &table);
        }
    }
}

#[test]
fn every_file_is_read_or_refused_as_a_text() {
    let (mut looked, mut documents, mut found) = (0, 0, 0);
    for file in files(most(1_100)) {
        let bytes = std::fs::read(&file).unwrap();
        looked += 1;
        for document in document::read_all(&bytes, &name(&file)).iter().flatten() {
            documents += 1;
            let length = document.body.chars().count();
            for candidate in text::numbers(document, &Given::default()) {
                found += 1;
                assert!(
                    candidate.number.end <= length,
                    "{}: {candidate:?}",
                    file.display()
                );
                assert_eq!(
                    candidate.number.of(&document.body),
                    candidate.text,
                    "{}",
                    file.display()
                );
            }
        }
    }
    eprintln!("{looked} files, {documents} texts, {found} numbers");
}

#[test]
fn every_file_is_read_or_refused_by_each_source() {
    for file in files(most(700)) {
        let is_prose = ["txt", "md"]
            .iter()
            .any(|ending| file.extension().is_some_and(|own| own == *ending));
        if is_prose {
            continue;
        }
        let bytes = std::fs::read(&file).unwrap();
        for source in sources::ALL {
            source(&bytes);
        }
    }
}

/// The files of the list that are read without a gazetteer or further options.
fn listed(most: u64) -> Vec<(Case, PathBuf)> {
    cases()
        .into_iter()
        .filter(|case| {
            case.outcome == Expected::Read && case.places.is_empty() && case.options.is_empty()
        })
        .filter_map(|case| shared(&case.file).map(|file| (case, file)))
        .filter(|(_, file)| file.metadata().unwrap().len() <= most)
        .collect()
}

/// The mapping of a file of the list.
fn mapping(case: &Case, file: &Path, bytes: &[u8]) -> Option<String> {
    if case.mapping.is_empty() {
        return known(&name(file), bytes).ok();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(&case.mapping);
    std::fs::read_to_string(path).ok()
}

#[test]
fn a_mutant_is_read_as_what_it_was_made_of_or_refused() {
    let (mut made, mut alike, mut refused) = (0, 0, 0);
    for (case, file) in listed(most(1_600)) {
        let (name, bytes) = (name(&file), std::fs::read(&file).unwrap());
        let Some(mapping) = mapping(&case, &file, &bytes) else {
            continue;
        };
        let Ok(whole) = read(&name, &bytes, &mapping) else {
            continue;
        };
        let whole = figures(&whole);
        for mutant in mutants(&bytes, &mapping) {
            made += 1;
            // By the mapping of the file, and as a table that somebody gives without one.
            let own = known(&name, &mutant.bytes);
            let by = std::iter::once(&mapping).chain(
                case.mapping
                    .is_empty()
                    .then_some(&own)
                    .into_iter()
                    .flatten(),
            );
            for mapping in by {
                let Ok(table) = read(&name, &mutant.bytes, mapping) else {
                    refused += 1;
                    continue;
                };
                let found = figures(&table);
                let what = format!("{}, {}", file.display(), mutant.what);
                match mutant.effect {
                    Effect::None => {
                        assert!(found == whole, "{what}: {}", difference(&found, &whole));
                    }
                    Effect::Fewer { but_for } => {
                        let others = found.difference(&whole).count();
                        assert!(others <= but_for, "{what}: {}", difference(&found, &whole));
                    }
                }
                alike += 1;
            }
        }
    }
    eprintln!("{made} mutants: read as they should be {alike} times, refused {refused} times");
}

/// A few of the lines that only one of two has.
fn difference(found: &BTreeSet<String>, whole: &BTreeSet<String>) -> String {
    let more: Vec<&String> = found.difference(whole).take(3).collect();
    let less: Vec<&String> = whole.difference(found).take(3).collect();
    format!("too many: {more:#?}\nmissing: {less:#?}")
}
