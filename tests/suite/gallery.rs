//! The gallery: a chart of each kind, the same bytes as committed, and nothing for the linter to say.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::common::Desk;

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/gallery/plan.toml");
const CHARTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/charts");

/// The files of a folder by name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            (name, std::fs::read(file.path()).unwrap())
        })
        .collect()
}

/// One line a picture: its hash and its name.
fn hashes(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut text = String::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".png")) {
        for byte in Sha256::digest(bytes) {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = writeln!(text, "  {name}");
    }
    text
}

/// A page with all pictures, to be looked at after a change: the failure of the test says where.
fn contact_sheet(made: &BTreeMap<String, Vec<u8>>, golden: &BTreeMap<String, Vec<u8>>) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("gallery");
    std::fs::create_dir_all(&folder).unwrap();
    let mut page = "<!doctype html><meta charset=\"utf-8\"><title>Contact sheet</title>\n\
                    <style>img{width:30rem;border:1px solid #ccc}td{vertical-align:top}</style>\n\
                    <table><tr><th>name<th>now<th>committed\n"
        .to_owned();
    for (name, svg) in made.iter().filter(|(name, _)| name.ends_with(".svg")) {
        std::fs::write(folder.join(name), svg).unwrap();
        let same = if golden.get(name) == Some(svg) {
            "same"
        } else {
            "differs"
        };
        let _ = writeln!(
            page,
            "<tr><td>{name}<br>{same}<td><img src=\"{name}\" alt=\"\"><td><img src=\"{CHARTS}/gallery/{name}\" alt=\"\">"
        );
    }
    page.push_str("</table>\n");
    let sheet = folder.join("contact-sheet.html");
    std::fs::write(&sheet, page).unwrap();
    sheet.display().to_string()
}

#[test]
fn each_kind_is_drawn_as_committed_and_the_linter_finds_nothing() {
    let desk = Desk::new();
    let run = desk
        .run(&format!("run \"{PLAN}\" --out out --lint"))
        .succeeds();
    assert!(!run.stderr.contains("point "), "{}", run.stderr);
    let made = files(&desk.path("out"));
    let golden = files(&Path::new(CHARTS).join("gallery"));
    let sheet = contact_sheet(&made, &golden);
    let names = |files: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let drawn = files.keys().filter(|name| name.ends_with(".svg"));
        drawn.cloned().collect()
    };
    assert_eq!(names(&made), names(&golden), "look at {sheet}");
    for name in names(&made) {
        assert!(
            made[&name] == golden[&name],
            "{name} differs; look at {sheet}"
        );
    }
    let committed = String::from_utf8_lossy(&golden["png.sha256"]);
    assert_eq!(hashes(&made), committed, "look at {sheet}");
    assert!(made["copy.md"] == golden["copy.md"], "copy.md differs");
}

#[test]
fn the_gallery_page_shows_every_chart() {
    let page = std::fs::read_to_string(Path::new(CHARTS).join("README.md")).unwrap();
    for name in files(&Path::new(CHARTS).join("gallery")).keys() {
        if name.ends_with(".svg") {
            assert!(
                page.contains(&format!("(gallery/{name})")),
                "{name} has no line"
            );
        }
    }
}
