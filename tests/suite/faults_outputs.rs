//! Output and input that are no plain files: devices, pipes, links, folders, and files without an end.

use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};
use std::process::Command;

use super::common::{Desk, MAPPING};
use super::faults::{bounded, desk_of};

/// A pipe with a name on the desk.
fn pipe(desk: &Desk, name: &str) {
    let made = Command::new("mkfifo").arg(desk.path(name)).status();
    assert!(made.unwrap().success());
}

/// A character device such as `/dev/null` on the desk; nothing where this machine makes none for us, for
/// nobody should try on the one that the machine lives by.
fn device(desk: &Desk, name: &str, minor: u32) -> bool {
    let minor = minor.to_string();
    let made = Command::new("mknod")
        .arg(desk.path(name))
        .args(["c", "1", &minor])
        .output();
    let works = made.is_ok_and(|output| output.status.success())
        && std::fs::OpenOptions::new()
            .write(true)
            .open(desk.path(name))
            .is_ok();
    if !works {
        eprintln!("this machine makes no devices for us: this part of the test did nothing");
    }
    works
}

/// The output used to be renamed over the device: `-o /dev/null` as root took it from the machine.
#[test]
fn devices_and_pipes_are_written_to_and_never_replaced() {
    let desk = desk_of(2);
    let whole = desk.run("figures --format csv").succeeds().stdout;
    pipe(&desk, "pipe.csv");
    for line in ["figures -o pipe.csv", "figures -o pipe.csv --quiet"] {
        let reader = Command::new("cat")
            .arg(desk.path("pipe.csv"))
            .stdout(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        desk.run(line).succeeds();
        let read = reader.wait_with_output().unwrap().stdout;
        assert_eq!(String::from_utf8(read).unwrap(), whole);
    }
    let kind = |name: &str| {
        std::fs::symlink_metadata(desk.path(name))
            .unwrap()
            .file_type()
    };
    assert!(kind("pipe.csv").is_fifo());
    assert!(
        !desk.path("pipe.sources.md").exists(),
        "a pipe has no neighbour"
    );
    desk.run("export geojson -o pipe.csv").ends_with(2);
    if device(&desk, "null.csv", 3) && device(&desk, "full.csv", 7) {
        desk.run("figures -o null.csv").succeeds();
        desk.run("figures -o full.csv")
            .ends_with(1)
            .says("full.csv cannot be written: No space left");
        assert!(kind("null.csv").is_char_device() && kind("full.csv").is_char_device());
        assert!(!desk.path("null.sources.md").exists());
        symlink("null.csv", desk.path("out.geojson")).unwrap();
        desk.run("export geojson -o out.geojson")
            .ends_with(1)
            .says("out.geojson is no file");
        assert!(kind("null.csv").is_char_device());
    }
    // Stdout by its name is stdout, whatever a shell has put there.
    if std::path::Path::new("/dev/stdout").exists() {
        let output = desk
            .command("figures --format csv -o /dev/stdout")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), whole);
        let kept = std::fs::File::create(desk.path("kept.csv")).unwrap();
        let line = "figures --format csv -o /dev/stdout";
        assert!(desk.command(line).stdout(kept).status().unwrap().success());
        assert_eq!(
            std::fs::read_to_string(desk.path("kept.csv")).unwrap(),
            whole
        );
    }
}

/// The one slip that would lose everything: the name of the ledger as that of an output.
#[test]
fn no_output_takes_the_place_of_a_ledger_or_of_what_it_keeps_beside_itself() {
    let desk = desk_of(2);
    desk.run("ledger project").succeeds();
    symlink("humstat.db", desk.path("link.csv")).unwrap();
    let ledger = std::fs::read(desk.path("humstat.db")).unwrap();
    let projection = std::fs::read(desk.path("humstat.figures.parquet")).unwrap();
    for line in [
        "figures --format csv -o humstat.db",
        "figures --format xlsx -o humstat.db",
        "figures -o link.csv",
        "summary --format csv -o humstat.db",
        "cite -o humstat.db",
    ] {
        desk.run(line)
            .ends_with(1)
            .says("it is a ledger, and what was recorded is never overwritten");
    }
    desk.run("export datasette -o humstat.db")
        .ends_with(1)
        .says("humstat.db is there and is not of this export");
    for line in [
        "figures -o humstat.figures.parquet",
        "figures --format csv -o humstat.db-wal",
    ] {
        desk.run(line).ends_with(1).says("it belongs to the ledger");
    }
    assert!(std::fs::read(desk.path("humstat.db")).unwrap() == ledger);
    assert!(std::fs::read(desk.path("humstat.figures.parquet")).unwrap() == projection);
    desk.run("ledger verify").succeeds();
}

/// Files that have the names of an export are not one for that.
#[test]
fn what_somebody_else_wrote_makes_no_room_for_an_export() {
    let desk = desk_of(2);
    std::fs::create_dir(desk.path("q3")).unwrap();
    desk.put("q3/README.md", "my own notes")
        .put("q3/figures.csv", "mine");
    desk.run("export data-package -o q3")
        .ends_with(1)
        .says("q3 holds");
    assert_eq!(
        std::fs::read_to_string(desk.path("q3/README.md")).unwrap(),
        "my own notes"
    );
    desk.put("other.db", "mine");
    desk.run("export datasette -o other.db")
        .ends_with(1)
        .says("other.db is there and is not of this export");
    desk.put("d.sources.md", "my own notes");
    desk.run("figures -o d.csv")
        .ends_with(1)
        .says("d.sources.md is there and is not of an earlier table");
    assert!(!desk.path("d.csv").exists());
    for line in [
        "export data-package -o new",
        "export datasette -o new.db",
        "export parquet -o parts",
        "figures -o new.csv",
    ] {
        desk.run(line).succeeds();
        desk.run(line).succeeds();
    }
}

#[test]
fn stdout_that_is_full_or_closed_is_told_or_silent() {
    let desk = desk_of(2);
    if let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") {
        let output = desk.command("figures").stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("stdout cannot be written"));
    }
    let closed = super::faults::under(&desk, "exec >&-", "figures");
    assert!(!String::from_utf8_lossy(&closed.stderr).contains("panicked"));
    let deaf = super::faults::under(&desk, "exec 2>&-", "figures --ledger none.db");
    assert_eq!(deaf.status.code(), Some(1));
}

#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    let desk = desk_of(2);
    let whole = desk.run("figures --format csv").succeeds().stdout;
    std::fs::create_dir(desk.path("there")).unwrap();
    for (link, target, there) in [
        ("new.csv", "there/new.csv", false),
        ("old.csv", "there/old.csv", true),
    ] {
        symlink(target, desk.path(link)).unwrap();
        if there {
            desk.put(target, "old");
            let owner = std::fs::Permissions::from_mode(0o600);
            std::fs::set_permissions(desk.path(target), owner).unwrap();
        }
        desk.run(&format!("figures -o {link}")).succeeds();
        assert!(desk.path(link).is_symlink());
        assert_eq!(std::fs::read_to_string(desk.path(target)).unwrap(), whole);
    }
    let mode = std::fs::metadata(desk.path("there/old.csv"))
        .unwrap()
        .mode();
    assert_eq!(mode & 0o777, 0o600, "what was for its owner alone stays so");
    symlink("round.csv", desk.path("round.csv")).unwrap();
    desk.run("figures -o round.csv")
        .ends_with(1)
        .says("a link that leads back to itself");
    std::fs::create_dir(desk.path("folder.csv")).unwrap();
    desk.run("figures -o folder.csv")
        .ends_with(1)
        .says("folder.csv cannot be written");
    desk.run("figures -o none/out.csv")
        .ends_with(1)
        .says("none/out.csv cannot be written");
    desk.run("figures --format csv -o ..")
        .ends_with(2)
        .says("names no file");
}

#[test]
fn a_ledger_behind_a_link_is_the_same_ledger() {
    let desk = desk_of(2);
    symlink("humstat.db", desk.path("link.db")).unwrap();
    desk.put("more.csv", super::faults::table(2, 500));
    let before = desk.run("figures").succeeds().stdout;
    assert_eq!(
        desk.run("figures --ledger link.db").succeeds().stdout,
        before
    );
    desk.run("ingest table more.csv --map map.toml --ledger link.db")
        .succeeds();
    assert!(desk.path("link.db").is_symlink());
    assert_eq!(super::faults::verified(&desk), 2);
    desk.run("ledger project --ledger link.db").succeeds();
    assert_eq!(
        desk.run("figures --ledger link.db").succeeds().stdout,
        desk.run("figures").succeeds().stdout
    );
}

/// `/dev/zero` took all memory, and a sparse file of 4 GB minutes, or 29 GB as a plan.
#[test]
fn files_without_an_end_are_refused_quickly() {
    let desk = desk_of(1);
    let large = std::fs::File::create(desk.path("large")).unwrap();
    large.set_len(4 << 30).unwrap();
    std::fs::copy(desk.path("humstat.db"), desk.path("grown.db")).unwrap();
    let grown = std::fs::OpenOptions::new()
        .write(true)
        .open(desk.path("grown.db"))
        .unwrap();
    grown.set_len(4 << 30).unwrap();
    for (line, words) in [
        (
            "ingest table large --map map.toml",
            "begins with zero bytes alone",
        ),
        ("ingest table table.csv --map large", "larger than 16 MB"),
        (
            "ingest text large --published 2022-03-01",
            "larger than 50 MB",
        ),
        ("ingest text large --dry-run", "larger than 50 MB"),
        ("run ./large", "larger than 16 MB"),
        ("report ./large", "larger than 16 MB"),
        ("trace large", "larger than 1024 MB"),
        ("review apply large", "larger than 16 MB"),
        ("places add large", "begins with zero bytes alone"),
        ("figures --ledger large", "no humstat ledger"),
        (
            "ingest table table.csv --map map.toml --ledger large",
            "no humstat ledger",
        ),
    ] {
        bounded(&desk, line).ends_with(1).says(words);
    }
    // Pages behind the last one that the ledger counts are none of its own.
    let before = desk.run("figures").succeeds().stdout;
    assert_eq!(bounded(&desk, "figures --ledger grown.db").stdout, before);
    bounded(&desk, "ledger verify --ledger grown.db");
    std::fs::remove_file(desk.path("large")).unwrap();
    std::fs::remove_file(desk.path("grown.db")).unwrap();
    symlink("/dev/zero", desk.path("zero.csv")).unwrap();
    for (line, words) in [
        (
            "ingest table zero.csv --map map.toml",
            "more than 512 MB come from it",
        ),
        (
            "ingest text zero.csv --dry-run",
            "more than 512 MB come from it",
        ),
        ("ingest table table.csv --map zero.csv", "larger than 16 MB"),
        ("run ./zero.csv", "larger than 16 MB"),
        ("figures --ledger zero.csv", "no ledger at"),
    ] {
        bounded(&desk, line).ends_with(1).says(words);
    }
    for (line, words) in [
        ("ingest table . --map map.toml", "directory"),
        ("ingest table table.csv --map .", "directory"),
        ("ingest text . --dry-run", "directory"),
        ("figures --ledger .", "it is a folder"),
        (
            "ingest table table.csv --map map.toml --ledger .",
            "it is a folder",
        ),
    ] {
        desk.run(line).ends_with(1).says(words);
    }
}

#[test]
fn a_table_that_comes_through_a_pipe_is_read() {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING);
    pipe(&desk, "pipe");
    let path = desk.path("pipe");
    let writer = std::thread::spawn(move || {
        std::fs::write(path, super::faults::table(2, 0)).unwrap();
    });
    desk.run("ingest table pipe --map map.toml").succeeds();
    writer.join().unwrap();
    assert_eq!(desk.rows("figures").len(), 10);
}

/// Settings that could not be read were passed over, and another ledger was taken.
#[test]
fn settings_that_cannot_be_read_are_not_passed_over() {
    let desk = desk_of(1);
    desk.put("humstat.toml", b"ledger = \"\xff.db\"\n");
    desk.run("figures")
        .ends_with(1)
        .says("humstat.toml: line 1: it is no text in UTF-8");
    std::fs::remove_file(desk.path("humstat.toml")).unwrap();
    std::fs::create_dir(desk.path("humstat.toml")).unwrap();
    desk.run("figures").ends_with(1).says("humstat.toml");
}
