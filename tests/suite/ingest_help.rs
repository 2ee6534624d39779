//! What every source that can be asked has: help with an example, files, captures, a dry run.

use humstat::vocabulary;

use crate::common::Desk;

#[test]
fn every_source_says_how_it_is_asked() {
    let desk = Desk::new();
    for source in vocabulary::asked_sources() {
        let code = &source.code;
        let help = desk.run(&format!("ingest {code} --help")).succeeds();
        assert!(!help.stdout.starts_with("What every source"), "{code}");
        assert!(
            help.stdout.split("Usage:").next().unwrap().len() > 40,
            "{code}"
        );
        for part in [
            "Examples:",
            &format!("humstat ingest {code} "),
            "--file",
            "--offline",
            "--dry-run",
        ] {
            assert!(help.stdout.contains(part), "{code}: {part}");
        }
        let shown = desk.run(&format!("sources {code}")).succeeds();
        assert!(shown.stdout.contains("name it as: "), "{code}");
        for key in &source.keys {
            assert!(
                help.stdout.contains(&key.variable),
                "{code}: {}",
                key.variable
            );
        }
    }
}
