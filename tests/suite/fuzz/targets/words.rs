//! What people write: plans, settings, days, numbers by hand, words of a selection, names of places.

use std::path::Path;

use humstat::cli;
use humstat::figure::{Breakdown, Period, Quantity, Span, Version, grouped};
use humstat::ledger::{FigureId, ids};
use humstat::place;
use humstat::plan::{self, Files, Plan};

use super::ledgers;

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A plan, and what it makes of a ledger: pictures, tables, words.
pub fn plans(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let Ok(plan) = Plan::parse(Path::new("plan.toml"), text) else {
        return;
    };
    let now = "2022-09-10".parse().unwrap();
    let _ = plan.select.as_ref().map(|asked| asked.selection(now));
    let made = ledgers::opened(ledgers::base(), |ledger| {
        plan::make(&plan, ledger, now, "fuzz", &mut |_| {})
    });
    let Some(Ok(made)) = made else { return };
    for product in &made.products {
        assert!(!product.file.contains('/'), "{}", product.file);
        if product.file.ends_with(".svg") {
            let svg = std::str::from_utf8(&product.bytes).unwrap();
            resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default())
                .unwrap_or_else(|error| panic!("{} is no SVG: {error}", product.file));
            for wrong in ["NaN", "inf\"", "inf "] {
                assert!(!svg.contains(wrong), "{} has {wrong}", product.file);
            }
        }
    }
}

/// The files that a plan reads, of those that come with the program.
pub fn plan_files(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (Ok(plan), Some(files)) = (
        Plan::parse(Path::new("plan.toml"), text),
        plan::bundled("ukraine-2022"),
    ) else {
        return;
    };
    // Only those of the program: a plan on disk may name any file.
    if matches!(files, Files::Bundled(_)) {
        for (_, table) in plan::readings(&plan, &files).unwrap_or_default() {
            super::tables::hold(&table.reading);
        }
    }
}

/// Settings of a desk.
pub fn settings(bytes: &[u8]) {
    if let Some(text) = text(bytes) {
        let _ = cli::check_settings(Path::new("humstat.toml"), text);
    }
}

/// Days, months, years, instants and ranges: what is shown is read again as the same.
pub fn periods(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(period) = text.parse::<Period>() {
        assert!(period.start <= period.end);
        if period.start == period.end {
            assert_eq!(period.to_string().parse(), Ok(period));
        }
    }
    if let Ok(version) = text.parse::<Version>() {
        let shown = version.to_string();
        let again = shown.parse::<Version>();
        assert_eq!(
            again.map(|again| again.timestamp()),
            Ok(version.timestamp()),
            "{shown}"
        );
    }
    if let Ok(span) = text.parse::<Span>() {
        assert_eq!(span.to_string().parse::<Span>(), Ok(span));
    }
}

/// A number by hand, with the words before it: what is said of it in words is read again as the same.
pub fn by_hand(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(quantity) = text.parse::<Quantity>() {
        let said = quantity.in_words(grouped);
        let again = said.parse::<Quantity>();
        let again = again.unwrap_or_else(|error| panic!("`{said}` is not read again: {error}"));
        assert_eq!(
            (again.value, again.low, again.high, again.qualifier),
            (
                quantity.value,
                quantity.low,
                quantity.high,
                quantity.qualifier
            ),
            "{said}"
        );
    }
    if let Ok(number) = humstat::figure::whole_number(text) {
        assert_eq!(humstat::figure::whole_number(&grouped(number)), Ok(number));
        assert_eq!(
            humstat::figure::whole_number(&number.to_string()),
            Ok(number)
        );
    }
}

/// Names and ids of places, figures, breakdowns.
pub fn names(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(found) = place::find(text) {
        assert_eq!(
            place::place(&found.id).map(|place| &place.id),
            Some(&found.id)
        );
    }
    let _ = place::search(text);
    let _ = humstat::vocabulary::search(text);
    if let Ok(id) = text.parse::<FigureId>() {
        assert_eq!(id.to_string().parse::<FigureId>().unwrap(), id);
    }
    if let Some(mut list) = ids::from_text(text) {
        let written = ids::to_text(list.iter().copied());
        list.sort_unstable();
        list.dedup();
        assert_eq!(ids::from_text(&written), Some(list));
    }
    if let Ok(breakdown) = text.parse::<Breakdown>() {
        assert_eq!(
            breakdown.to_string().parse::<Breakdown>().ok(),
            Some(breakdown)
        );
    }
}

/// The words of a selection, a line each: an option and its value.
pub fn selection(bytes: &[u8]) {
    const OPTIONS: [&str; 13] = [
        "indicator",
        "origin",
        "location",
        "claimant",
        "channel",
        "measure",
        "status",
        "breakdown",
        "group",
        "period",
        "at",
        "as-known-on",
        "as-recorded-at",
    ];
    let Some(text) = text(bytes) else { return };
    let words = text.lines().take(8).filter_map(|line| {
        let (option, value) = line.split_once(' ')?;
        OPTIONS
            .contains(&option)
            .then(|| format!("--{option}={value}"))
    });
    let words: Vec<String> = words.collect();
    ledgers::on_desk(ledgers::base(), |folder| {
        for command in ["figures", "summary"] {
            let (ledger, out) = (folder.join("humstat.db"), folder.join("out.csv"));
            let mut line = vec![command.to_owned(), "--quiet".to_owned()];
            line.extend(["--now", "2022-09-10"].map(ToOwned::to_owned));
            line.push(format!("--ledger={}", ledger.display()));
            line.push(format!("--output={}", out.display()));
            line.extend(words.iter().cloned());
            if cli::perform(line).is_ok() {
                let table = std::fs::read(&out).unwrap();
                let mut rows = csv::Reader::from_reader(table.as_slice());
                assert!(rows.records().all(|row| row.is_ok()));
            }
        }
    });
}
