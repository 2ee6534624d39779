//! Series that several tests share: the worked one of the methods, and Poland's in 2022.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

/// A day, from its text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Days and values apart.
pub fn split(points: &[(&str, i64)]) -> (Vec<NaiveDate>, Vec<i64>) {
    points
        .iter()
        .map(|&(text, value)| (day(text), value))
        .unzip()
}

/// A made-up cumulative on irregular days, which falls once.
pub const WORKED: [(&str, i64); 8] = [
    ("2022-03-01", 100),
    ("2022-03-02", 160),
    ("2022-03-03", 250),
    ("2022-03-06", 400),
    ("2022-03-07", 390),
    ("2022-03-10", 600),
    ("2022-03-15", 900),
    ("2022-03-16", 1000),
];

/// Crossings from Ukraine into Poland so far since 24 February 2022, on days around those that
/// the tests ask for. Source: UNHCR and the government, as published in September 2022.
pub const POLAND: [(&str, i64); 15] = [
    ("2022-03-01", 453_982),
    ("2022-03-02", 547_982),
    ("2022-03-03", 649_903),
    ("2022-03-04", 756_303),
    ("2022-03-05", 885_303),
    ("2022-03-06", 1_027_603),
    ("2022-03-08", 1_412_503),
    ("2022-03-11", 1_575_703),
    ("2022-03-15", 1_857_045),
    ("2022-03-16", 1_916_445),
    ("2022-03-24", 2_206_119),
    ("2022-03-31", 2_384_814),
    ("2022-08-23", 5_625_142),
    ("2022-08-30", 5_796_748),
    ("2022-09-06", 5_951_510),
];

/// A country's name, its days and the values on them.
pub type Country = (String, Vec<NaiveDate>, Vec<i64>);

/// The whole file of daily figures per country where the shared test data are at hand: each
/// country with its days and values, in the order of the names.
pub fn ukraine_by_country() -> Option<Vec<Country>> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/ukraine/refugees_by_country_daily_2022.csv");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: there is no {}", path.display());
        return None;
    };
    let mut countries = std::collections::BTreeMap::<String, Vec<(NaiveDate, i64)>>::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let point = (day(cells[3]), cells[4].parse().unwrap());
        countries
            .entry(cells[2].to_owned())
            .or_default()
            .push(point);
    }
    let apart = |(country, mut points): (String, Vec<_>)| {
        points.sort_unstable();
        let (days, values) = points.into_iter().unzip();
        (country, days, values)
    };
    Some(countries.into_iter().map(apart).collect())
}

/// A cumulative on irregular days that falls now and then, for properties.
pub fn irregular() -> impl Strategy<Value = (Vec<NaiveDate>, Vec<i64>)> {
    let steps = proptest::collection::vec((1..12_u64, -400..1_000_i64), 1..40);
    (0..5_000_i64, steps).prop_map(|(first, steps)| {
        let mut point = (day("2022-02-24"), first);
        let mut points = vec![point];
        for (gap, rise) in steps {
            point = (point.0 + Days::new(gap), (point.1 + rise).max(0));
            points.push(point);
        }
        points.into_iter().unzip()
    })
}
