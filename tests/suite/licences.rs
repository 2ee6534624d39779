//! What the program is built of: every dependency's licence is one that lets us pass it on, none is
//! known to be unsafe, and our own code has no `unsafe`.
//!
//! `.ci/licences` runs these alone. Advisories are looked up where `HUMSTAT_ADVISORIES` names a copy of
//! <https://github.com/rustsec/advisory-db>.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their text and the names of the authors.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Zlib",
];

/// Advisories that were looked at and do not touch us, each with the reason.
const LOOKED_AT: [(&str, &str); 0] = [];

/// A package that the program is built or tested with.
struct Package {
    name: String,
    version: String,
    licence: Option<String>,
    is_ours: bool,
}

/// All packages for this machine, from the lock file; nothing where cargo cannot tell without a network.
fn packages() -> Option<Vec<Package>> {
    let about = Command::new("rustc").arg("-vV").output().ok()?;
    let about = String::from_utf8(about.stdout).unwrap();
    let host = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--offline", "--locked", "--format-version", "1"])
        .args(["--all-features", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .ok()?;
    if !output.status.success() {
        eprintln!(
            "cargo knows the dependencies only with a network: this test did nothing\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        return None;
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let text = |package: &Value, key: &str| package[key].as_str().map(ToOwned::to_owned);
    Some(
        packages
            .map(|package| Package {
                name: text(package, "name").unwrap(),
                version: text(package, "version").unwrap(),
                licence: text(package, "license"),
                is_ours: package["source"].is_null(),
            })
            .collect(),
    )
}

/// Whether an expression of SPDX can be met by licences that are allowed. `/` is an old form of `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest) && rest.is_empty()
}

/// Terms parted by `OR`.
fn any(words: &mut &[&str]) -> bool {
    let mut allowed = all(words);
    while let [first, rest @ ..] = *words
        && first.eq_ignore_ascii_case("OR")
    {
        *words = rest;
        allowed |= all(words);
    }
    allowed
}

/// Terms parted by `AND`, which binds closer.
fn all(words: &mut &[&str]) -> bool {
    let mut allowed = one(words);
    while let [first, rest @ ..] = *words
        && first.eq_ignore_ascii_case("AND")
    {
        *words = rest;
        allowed &= one(words);
    }
    allowed
}

/// A licence, perhaps with an exception, or an expression in brackets.
fn one(words: &mut &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let allowed = any(words);
            let is_closed = words.first() == Some(&")");
            *words = words.get(1..).unwrap_or_default();
            allowed && is_closed
        }
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            ALLOWED.contains(&format!("{licence} WITH {exception}").as_str())
        }
        [licence, rest @ ..] => {
            *words = rest;
            ALLOWED.contains(licence)
        }
        [] => false,
    }
}

#[test]
fn expressions_of_licences_are_read_as_they_are_meant() {
    for (expression, allowed) in [
        ("MIT", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0 AND MIT", false),
        ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
        ("MIT OR GPL-3.0 AND AGPL-3.0", true),
        ("(MIT OR GPL-3.0) AND AGPL-3.0", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("GPL-3.0 WITH Classpath-exception-2.0", false),
        ("MIT OR", true),
        ("(MIT", false),
        ("MIT)", false),
        ("MIT Apache-2.0", false),
        ("", false),
    ] {
        assert_eq!(is_allowed(expression), allowed, "{expression}");
    }
}

#[test]
fn every_dependency_may_be_passed_on() {
    let Some(packages) = packages() else {
        return;
    };
    let denied: Vec<String> = packages
        .iter()
        .filter(|package| !package.licence.as_deref().is_some_and(is_allowed))
        .map(|package| {
            let licence = package.licence.as_deref().unwrap_or("none");
            format!("{} {}: {licence}", package.name, package.version)
        })
        .collect();
    assert!(packages.len() > 100, "cargo told of {}", packages.len());
    eprintln!("{} packages, all under allowed licences", packages.len());
    assert!(
        denied.is_empty(),
        "not on the list of allowed licences:\n{}",
        denied.join("\n")
    );
}

/// A version as numbers; what comes before a release counts as the release, and so as mended.
fn numbers(version: &str) -> [u64; 3] {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = [0; 3];
    for (number, text) in numbers.iter_mut().zip(core.split('.')) {
        *number = text.trim().parse().unwrap_or(0);
    }
    numbers
}

/// Whether a version meets all of a list such as `>= 1.2.3, < 2`.
fn meets(version: &str, wanted: &str) -> bool {
    let found = numbers(version);
    wanted.split(',').map(str::trim).all(|one| {
        let bare = one.trim_start_matches(['<', '>', '=', '^', '~']);
        let limit = numbers(bare.trim());
        match &one[..one.len() - bare.len()] {
            ">=" => found >= limit,
            ">" => found > limit,
            "<=" => found <= limit,
            "<" => found < limit,
            "=" => found == limit,
            "~" => found >= limit && found[..2] == limit[..2],
            // A caret, or nothing: up to the next version that may break.
            _ => {
                let fixed = limit.iter().position(|number| *number > 0).unwrap_or(2);
                found >= limit && found[..=fixed] == limit[..=fixed]
            }
        }
    })
}

#[test]
fn versions_are_held_against_what_advisories_say() {
    for (version, wanted, met) in [
        ("1.2.3", ">= 1.2.3", true),
        ("1.2.2", ">= 1.2.3", false),
        ("1.10.0", ">= 1.9.0", true),
        ("0.4.5", "^0.4.3", true),
        ("0.5.0", "^0.4.3", false),
        ("1.9.0", "^1.2", true),
        ("2.0.0", "^1.2", false),
        ("1.2.9", ">= 1.2.3, < 1.3.0", true),
        ("1.3.0", ">= 1.2.3, < 1.3.0", false),
        ("1.2.9", "~1.2.3", true),
        ("0.21.1", "< 0.20.0", false),
    ] {
        assert_eq!(meets(version, wanted), met, "{version} {wanted}");
    }
}

/// Advisories on a package that its version is not free of.
fn advisories(folder: &Path, package: &Package) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(files) = std::fs::read_dir(folder.join("crates").join(&package.name)) else {
        return found;
    };
    for file in files {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let Some(about) = text
            .split("```toml")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
        else {
            continue;
        };
        let about: toml::Value = toml::from_str(about).unwrap();
        let advisory = &about["advisory"];
        let id = advisory["id"].as_str().unwrap_or_default().to_owned();
        let list = |key: &str| -> Vec<String> {
            let versions = about.get("versions").and_then(|versions| versions.get(key));
            let versions = versions
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten();
            versions
                .filter_map(|one| one.as_str().map(ToOwned::to_owned))
                .collect()
        };
        let is_free = list("patched")
            .iter()
            .chain(&list("unaffected"))
            .any(|wanted| meets(&package.version, wanted));
        let is_withdrawn = advisory.get("withdrawn").is_some();
        let is_looked_at = LOOKED_AT.iter().any(|(known, _)| *known == id);
        // That nobody keeps a crate any more, and the like, is told and fails nothing.
        if is_free || is_withdrawn || is_looked_at {
            continue;
        }
        if let Some(kind) = advisory.get("informational").and_then(toml::Value::as_str) {
            eprintln!("{} {}: {id}, {kind}", package.name, package.version);
            continue;
        }
        found.push(format!("{} {}: {id}", package.name, package.version));
    }
    found
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "where the advisories lie is told through the environment"
)]
fn no_dependency_is_known_to_be_unsafe() {
    let Ok(folder) = std::env::var("HUMSTAT_ADVISORIES") else {
        eprintln!(
            "HUMSTAT_ADVISORIES names no copy of RustSec's advisory-db: this test did nothing"
        );
        return;
    };
    let folder = Path::new(&folder);
    assert!(
        folder.join("crates").is_dir(),
        "{} holds no advisories",
        folder.display()
    );
    let found: Vec<String> = packages()
        .expect("cargo tells the dependencies")
        .iter()
        .filter(|package| !package.is_ours)
        .flat_map(|package| advisories(folder, package))
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_advisory_names_the_versions_that_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let crates = folder.path().join("crates/example");
    std::fs::create_dir_all(&crates).unwrap();
    let advisory = "```toml\n[advisory]\nid = \"RUSTSEC-2022-0001\"\npackage = \"example\"\n\n[versions]\npatched = [\">= 1.4.0\", \"^1.2.7\"]\nunaffected = [\"< 1.0.0\"]\n```\n\n# What it is\n";
    std::fs::write(crates.join("RUSTSEC-2022-0001.md"), advisory).unwrap();
    let found: BTreeMap<&str, usize> = ["0.9.0", "1.0.0", "1.2.6", "1.2.7", "1.4.0"]
        .into_iter()
        .map(|version| {
            let package = Package {
                name: "example".to_owned(),
                version: version.to_owned(),
                licence: None,
                is_ours: false,
            };
            (version, advisories(folder.path(), &package).len())
        })
        .collect();
    let expected = [
        ("0.9.0", 0),
        ("1.0.0", 1),
        ("1.2.6", 1),
        ("1.2.7", 0),
        ("1.4.0", 0),
    ];
    assert_eq!(found, BTreeMap::from(expected));
}

#[test]
fn our_own_code_has_nothing_unsafe() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for root in ["lib.rs", "main.rs"] {
        let text = std::fs::read_to_string(folder.join(root)).unwrap();
        assert!(text.contains("#![forbid(unsafe_code)]"), "src/{root}");
    }
}
