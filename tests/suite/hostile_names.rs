//! Names in data that would steer a terminal, run in a browser or a spreadsheet, or lead out of a folder:
//! each form shows them harmless, and the ledger keeps them as they were published.

use std::os::unix::ffi::OsStrExt as _;

use super::blog;
use super::common::{Desk, only};
use super::faults::{bounded, files};

/// Marks of HTML, XML, Markdown, LaTeX and spreadsheets.
const MARKS: &str =
    "=1+1 <script>alert(1)</script>]]>\"'& ![x](http://evil.example/p.png) `x` \\input{x} | {{x}}";
/// Commands of a terminal in both forms, a link of OSC 8, an override of the direction, a bell.
const COMMANDS: &str = "a\u{1b}[2J\u{1b}]8;;http://evil.example\u{1b}\\x\u{1b}]8;;\u{7}\u{9b}31m\u{90}q\u{202e}638\u{2066}\u{7f}\r";

/// A desk with figures whose names are hostile; those of `claimant` are as told.
fn desk(claimant: &str) -> Desk {
    let desk = Desk::new();
    for (place, day, value) in [("POL", "02", 836), ("POL", "03", 936), ("HUN", "03", 36)] {
        let mut command = desk.command("record --indicator border_crossings --channel press/a --origin UKR --measure cumulative --since 2022-02-24");
        let status = command
            .args(["--location", place, "--value", &value.to_string()])
            .args(["--period", &format!("2022-03-{day}")])
            .args(["--published", &format!("2022-03-{day}")])
            .args([
                format!("--claimant={claimant}"),
                format!("--title={claimant}"),
            ])
            .args([
                format!("--notes={claimant}"),
                format!("--relayed-by={claimant}"),
            ])
            .args(["--url", "javascript:alert(1)//{\"><script>"])
            .args(["--licence", "CC-BY-4.0"])
            .output()
            .unwrap();
        assert!(status.status.success(), "{status:?}");
        assert_harmless("record", &String::from_utf8(status.stdout).unwrap());
        assert_harmless("record", &String::from_utf8(status.stderr).unwrap());
    }
    desk
}

/// No letter steers anything.
#[track_caller]
fn assert_harmless(what: &str, text: &str) {
    for letter in text.chars() {
        let steers = (letter.is_control() && letter != '\n')
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!steers, "{what} has {letter:?} in {text:?}");
    }
}

/// What people read on a terminal or in a text.
const FOR_PEOPLE: [&str; 15] = [
    "figures --format table",
    "figures --format markdown",
    "figures --format html",
    "figures --format latex",
    "summary --format table",
    "summary --sentences",
    "summary --format html",
    "changes --since 2022-03-02 --sentences",
    "trend --location POL --format table",
    "trace f1",
    "trace 836 --format table",
    "ledger log",
    "ledger show 1",
    "cite",
    "cite --style bibtex",
];

#[test]
fn commands_of_a_terminal_are_shown_and_not_obeyed() {
    let desk = desk(COMMANDS);
    for line in FOR_PEOPLE {
        let ended = desk.run(line).succeeds();
        assert_harmless(line, &ended.stdout);
        assert_harmless(line, &ended.stderr);
        assert!(
            ended.stdout.lines().count() < 90,
            "{line}: {}",
            ended.stdout
        );
    }
    // A page about them, and its downloads; a chart of them is refused with a word.
    let page = desk.run("report --location POL").succeeds();
    assert_harmless("report", &page.stdout);
    assert_harmless("report", &page.stderr);
    let refused = desk.run("chart line --location POL").ends_with(1);
    assert_harmless("chart", &refused.says("U+001B").stderr);
    // A claimant in an error, a folder, a file.
    let mut unknown = desk.command("summary --total");
    let output = unknown.args(["--claimant", COMMANDS]).output().unwrap();
    assert_harmless("--claimant", &String::from_utf8(output.stderr).unwrap());
    let named = std::ffi::OsStr::from_bytes(b"no\x1b[2J\x9bsuch.db");
    let output = desk
        .command("figures --ledger")
        .arg(named)
        .output()
        .unwrap();
    assert_harmless(
        "--ledger",
        &String::from_utf8_lossy(&output.stderr).replace('\u{fffd}', ""),
    );
    // What is data holds what was published.
    let rows = desk.rows("figures --location HUN --quiet");
    assert_eq!(
        rows[0]["claimant"], COMMANDS,
        "CSV keeps what was published"
    );
    let json = desk.run("figures --format json --quiet").succeeds().stdout;
    assert!(
        !json.contains('\u{1b}') && json.contains("\\u001b"),
        "{json}"
    );
    for form in ["data-package", "parquet"] {
        desk.run(&format!("export {form} -o {form}")).succeeds();
        for (path, bytes) in files(&desk.path(form)) {
            let inside = path.strip_prefix(desk.folder()).unwrap();
            assert_harmless("a name", &inside.to_string_lossy());
            if path.extension().is_some_and(|ending| ending == "md") {
                assert_harmless("a readme", &String::from_utf8(bytes).unwrap());
            }
        }
    }
    super::faults::verified(&desk);
}

/// A terminal sees no command, whatever form is asked for.
#[test]
fn even_data_are_harmless_on_a_terminal() {
    let desk = desk(COMMANDS);
    let program = env!("CARGO_BIN_EXE_humstat");
    for line in [
        "figures --format csv",
        "figures --format json",
        "figures",
        "cite --style csl-json",
    ] {
        let output = std::process::Command::new("script")
            .args([
                "-qec",
                &format!("{program} {line} --now 2022-09-10"),
                "/dev/null",
            ])
            .current_dir(desk.folder())
            .stdin(std::process::Stdio::null())
            .output();
        let Ok(output) = output else {
            eprintln!("this machine has no `script` to make a terminal: this test did nothing");
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout).replace('\r', "");
        assert!(said.contains("border") || said.contains("press"), "{said}");
        assert_harmless(line, &said);
    }
}

#[test]
fn a_card_for_review_shows_a_hostile_sentence_harmless() {
    let desk = Desk::new();
    let body = "About \u{1b}[31m453,000\u{202e} people\u{9b}2J \u{1b}]8;;http://evil.example\u{7}crossed into Poland.";
    let candidates = vec![blog::candidate(body, "453,000", "about 453,000")];
    let title = "A blog \u{1b}[2J\nc9  forged line";
    blog::propose(
        &desk,
        &blog::proposal(body, title, "2022-03-02", candidates),
    );
    for line in [
        "review show c1",
        "review list --format table",
        "review list --quiet",
        "ledger log",
    ] {
        let ended = desk.run(line).succeeds();
        if !line.ends_with("quiet") {
            assert_harmless(line, &ended.stdout);
            assert!(
                !ended.stdout.lines().any(|line| line.starts_with("c9")),
                "{}",
                ended.stdout
            );
        }
        assert_harmless(line, &ended.stderr);
    }
}

#[test]
fn marks_of_pages_and_texts_are_words() {
    let desk = desk(MARKS);
    let html = desk.run("figures --format html").succeeds().stdout;
    let report = desk.run("report --location POL").succeeds().stdout;
    for page in [&html, &report] {
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(!page.contains("href=\"javascript"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    }
    let markdown = desk.run("figures --format markdown").succeeds().stdout;
    assert!(
        !markdown.contains("<script") && !markdown.contains("![x]("),
        "{markdown}"
    );
    let latex = desk.run("figures --format latex").succeeds().stdout;
    assert!(!latex.contains("\\input"), "{latex}");
    let bibtex = desk.run("cite --style bibtex").succeeds().stdout;
    assert!(!bibtex.contains("\\input"), "{bibtex}");
    for entry in bibtex.split("\n\n") {
        let count =
            |mark: &str| entry.matches(mark).count() - entry.matches(&format!("\\{mark}")).count();
        assert_eq!(count("{"), count("}"), "{entry}");
    }
    for kind in [
        "line --location POL",
        "bars --at 2022-03-03",
        "map --at 2022-03-03",
        "table",
    ] {
        let ended = desk.run(&format!("chart {kind}"));
        if ended.stdout.is_empty() {
            // A name that is longer than the picture is wide.
            assert_harmless(kind, &ended.ends_with(1).stderr);
            continue;
        }
        well_formed(&ended.stdout);
        assert!(!ended.stdout.contains("<script"), "{kind}");
    }
    let title = "</title><script>alert(1)</script>]]>";
    let output = desk
        .command("chart line --location POL")
        .args(["--title", title, "--subtitle", title])
        .output()
        .unwrap();
    let svg = String::from_utf8(output.stdout).unwrap();
    if output.status.success() {
        well_formed(&svg);
        assert!(!svg.contains("<script"));
    }
}

/// Reads an SVG to its end as XML.
#[track_caller]
fn well_formed(svg: &str) {
    let mut reader = quick_xml::Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(_) => {}
            Err(error) => panic!("{error} at {}", reader.error_position()),
        }
    }
}

#[test]
fn nothing_in_a_cell_is_a_formula() {
    for claimant in [
        MARKS,
        "+1",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "=cmd|' /C calc'!A0",
    ] {
        let desk = desk(claimant);
        for line in [
            "figures --format csv",
            "summary --format csv",
            "changes --since 2022-03-02 --format csv",
        ] {
            for row in desk.rows(line) {
                for (column, cell) in row {
                    let is_number = cell.parse::<f64>().is_ok();
                    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    assert!(!runs || is_number, "{line}, {column}: {cell:?}");
                }
            }
        }
        desk.run("figures -o out.xlsx").succeeds();
        let bytes = std::fs::read(desk.path("out.xlsx")).unwrap();
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for index in 0..book.len() {
            let mut part = book.by_index(index).unwrap();
            let mut text = String::new();
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
            assert!(
                !text.contains("<f>"),
                "{claimant}: {} has a formula",
                part.name().unwrap()
            );
        }
    }
}

#[test]
fn names_lead_out_of_no_folder() {
    let long = "x".repeat(300);
    for claimant in [
        "../../../out",
        "..",
        "/etc/out",
        "a/../../b",
        "CON",
        ".",
        "~",
        long.as_str(),
    ] {
        let desk = desk(claimant);
        std::fs::create_dir(desk.path("in")).unwrap();
        let outside = || {
            let mut found = files(desk.folder());
            found.retain(|(path, _)| !path.starts_with(desk.path("in")));
            found.into_iter().map(|(path, _)| path).collect::<Vec<_>>()
        };
        desk.run("ledger log").succeeds();
        let before = outside();
        for form in ["data-package", "parquet"] {
            let ended = bounded(&desk, &format!("export {form} -o in/{form}"));
            let wrote = ended.stderr.contains("wrote");
            assert!(
                wrote || (claimant == long && form == "parquet"),
                "{claimant}, {form}: {}",
                ended.stderr
            );
        }
        bounded(&desk, "export datasette -o in/out.db").succeeds();
        bounded(&desk, "export geojson -o in/out.geojson").succeeds();
        assert_eq!(outside(), before, "{claimant}");
    }
    let desk = desk("UNHCR");
    for line in [
        "run ../../etc/passwd",
        "run ..",
        "summary --situation ../../etc/passwd",
        "report ../x",
    ] {
        let ended = bounded(&desk, line);
        assert!(!ended.stderr.contains("root:"));
        ended.fails();
    }
}

#[test]
fn an_alias_that_is_hostile_is_a_name_like_others() {
    let desk = desk("UNHCR");
    let name = "Pol\u{1b}[2Jska <script>\u{202e}";
    let output = desk
        .command("places alias")
        .args([name, "POL"])
        .output()
        .unwrap();
    assert_harmless("alias", &String::from_utf8(output.stderr).unwrap());
    for line in ["places Polska", "places POL", "ledger log", "ledger show 4"] {
        let ended = desk.run(line);
        assert_harmless(line, &ended.stdout);
        assert_harmless(line, &ended.stderr);
    }
    let empty = Desk::new();
    empty.put(
        "table.csv",
        "day,place,number\n2022-03-01,\u{1b}[2J\u{202e}land\0,1\n2022-03-01,Poland,\u{9b}1\n",
    );
    let refused = empty.ingest_file("table.csv", &[], "");
    assert_harmless("ingest", &refused.ends_with(1).stderr);
    let rows = desk.rows("figures --location POL --at 2022-03-03");
    only(&rows, "value", "936");
}
