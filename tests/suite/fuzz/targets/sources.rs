//! Answers of sources that were saved as files: each reader of `src/ingest` by several questions.

use std::path::Path;

use clap::{Args, FromArgMatches};
use humstat::figure::Version;
use humstat::ingest::{self, Source};
use humstat::ledger::Capture;
use humstat::table::{self, Mapping, Options};

use super::tables::hold;

/// What parts several answers in one input.
pub const PARTED: &[u8] = b"\n----\n";

/// A source by the words after its name.
fn asked<S: Args + FromArgMatches>(words: &str) -> S {
    let command = S::augment_args(clap::Command::new("source"));
    let all = std::iter::once("source").chain(words.split_whitespace());
    let matches = command.try_get_matches_from(all);
    let matches = matches.unwrap_or_else(|error| panic!("{words}: {error}"));
    S::from_arg_matches(&matches).unwrap_or_else(|error| panic!("{words}: {error}"))
}

/// The inputs as captures.
fn captures(bytes: &[u8]) -> Vec<Capture> {
    let (mut files, mut rest) = (Vec::new(), bytes);
    while let Some(at) = rest
        .windows(PARTED.len())
        .position(|window| window == PARTED)
    {
        files.push(&rest[..at]);
        rest = &rest[at + PARTED.len()..];
    }
    files.push(rest);
    files
        .into_iter()
        .map(|file| Capture::new("answer", file.to_vec()))
        .collect()
}

/// Reads saved answers as the program does, up to the ledger. Whether a figure came of them is told.
fn read(source: &dyn Source, bytes: &[u8]) -> bool {
    let Ok(pages) = ingest::saved(source, captures(bytes)) else {
        return false;
    };
    if !matches!(source.deleted(&pages), Ok(None)) {
        return false;
    }
    let Ok((pages, about)) = ingest::parted(source, pages) else {
        return false;
    };
    let Ok((name, text)) = source.mapping_for(&pages) else {
        return false;
    };
    let mapping = Mapping::parse(Path::new(&*name), &text)
        .unwrap_or_else(|error| panic!("{source:?} makes a mapping that is none: {error}\n{text}"));
    let (Ok(told), Ok(footnotes)) = (
        source.told(&about, &pages),
        source.footnotes(&about, &pages),
    ) else {
        return false;
    };
    let options = Options {
        retrieved: "2026-06-20T10:00:00Z".parse::<Version>().ok(),
        scope: source.scope(),
        told,
        footnotes,
        ..Options::default()
    };
    let Ok(mut table) = table::read(pages, &mapping, &text, &options, |_| {}) else {
        return false;
    };
    if source.settle(&mut table.reading).is_err() || ingest::check(source, &table.reading).is_err()
    {
        return false;
    }
    let _ = source.remarks(&table.reading);
    hold(&table.reading);
    let figures = table
        .reading
        .publications
        .iter()
        .map(|one| one.figures.len());
    let is_read = figures.sum::<usize>() > 0;
    table.reading.check().is_ok() && is_read
}

macro_rules! sources {
    ($($(#[$about:meta])* $name:ident: $source:ty = [$($words:literal),+ $(,)?];)+) => {
        $(
            $(#[$about])*
            pub fn $name(bytes: &[u8]) {
                for words in [$($words),+] {
                    read(&asked::<$source>(words), bytes);
                }
            }
        )+

        /// All of them.
        pub const ALL: &[fn(&[u8])] = &[$($name),+];

        /// The questions of the source that a target is named after by which no figure is read from any of
        /// some inputs.
        pub fn unread(name: &str, inputs: &[Vec<u8>]) -> Vec<&'static str> {
            match name {
                $(stringify!($name) => [$($words),+]
                    .into_iter()
                    .filter(|words| {
                        let source = asked::<$source>(words);
                        !inputs.iter().any(|bytes| read(&source, bytes))
                    })
                    .collect(),)+
                other => panic!("{other} is no source"),
            }
        }
    };
}

sources! {
    /// Events of ACLED.
    acled: ingest::acled::Acled = ["", "--country AFG --period 2024-05"];
    /// Rounds of DTM.
    dtm: ingest::dtm::Dtm = ["--country Sudan", "--country Sudan --all-rounds", "--country Sudan --level admin1"];
    /// Cubes of Eurostat.
    eurostat: ingest::eurostat::Eurostat = ["migr_asytpsm", "migr_asytpfq --by sex,age", "migr_asyappctzm --applicants first"];
    /// HDX HAPI.
    hapi: ingest::hapi::Hapi = ["idps", "refugees", "returnees", "humanitarian-needs", "conflict-events"];
    /// A file on HDX.
    hdx: ingest::hdx::Hdx = ["unhcr-situations --resource unhcr-situations.csv"];
    /// IDMC.
    idmc: ingest::idmc::Idmc = ["gidd", "gidd-disasters", "idu", "idu-all"];
    /// Missing Migrants.
    missing_migrants: ingest::missing_migrants::MissingMigrants = [""];
    /// OHCHR's casualties in Ukraine.
    ohchr: ingest::ohchr::Ohchr = [""];
    /// A chart of Our World in Data.
    owid: ingest::owid::Owid = ["deaths --indicator killed --measure flow", "deaths --indicator refugees --measure stock --day year-end --entities origin"];
    /// Disasters of ReliefWeb.
    reliefweb: ingest::reliefweb::ReliefWeb = ["", "--country Chad,SDN --period 2020.."];
    /// Tallies of Gaza and the West Bank.
    tech_for_palestine: ingest::tech_for_palestine::TechForPalestine = ["gaza", "west-bank"];
    /// Events of UCDP.
    ucdp: ingest::ucdp::Ucdp = ["--release 25.1", "--release 26.0.8", "--release 25.1 --api"];
    /// UNHCR's database.
    unhcr: ingest::unhcr::Unhcr = [
        "population", "demographics", "asylum-applications", "asylum-decisions", "solutions", "unrwa", "idmc",
        "nowcasting", "flows", "population --footnotes", "population --origin SYR --period 2023..2024",
    ];
    /// UNHCR's portal of situations.
    unhcr_situation: ingest::unhcr_situation::UnhcrSituation = [
        "ukraine crossings", "ukraine crossings --by day", "ukraine recorded-in-europe", "ukraine daily-outflow --by day",
        "ukraine crossings --by day --csv", "europe-arrivals sea-arrivals --by month --geo 656",
    ];
    /// Indicators of the World Bank.
    world_bank: ingest::world_bank::WorldBank = ["SM.POP.REFG", "SM.POP.REFG --country UKR --version 2018-01"];
}
