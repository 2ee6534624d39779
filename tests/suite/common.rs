//! A desk: a temporary folder in which the real program runs with a scrubbed environment.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The time that every test acts at.
pub const NOW: &str = "2022-09-10";

/// A row of a table, by the names of its columns.
pub type Row = BTreeMap<String, String>;

/// A temporary folder with what a test puts into it, gone with the test.
pub struct Desk {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// The folder of the desk.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where a file of the desk lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Puts a file on the desk.
    pub fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), content).unwrap();
        self
    }

    /// The desk with an environment variable set.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The program, ready to run in this folder at [`NOW`].
    ///
    /// Nothing of the environment gets in but `PATH`, and no terminal, whose width help would take.
    pub fn command(&self, line: &str) -> Command {
        self.command_at(line, NOW)
    }

    /// The program as [`Desk::command`] runs it, at another time.
    pub fn command_at(&self, line: &str, now: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_humstat"));
        command
            .args(words(line))
            .args(["--now", now])
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.variables.iter().cloned())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program with the arguments of a line; `"…"` keeps words together.
    pub fn run(&self, line: &str) -> Outcome {
        let output = self.command(line).output().unwrap();
        self.outcome(line, output)
    }

    /// What a run of the program gave.
    pub fn outcome(&self, line: &str, output: Output) -> Outcome {
        Outcome {
            line: line.to_owned(),
            code: output.status.code(),
            stdout: self.normal(&String::from_utf8(output.stdout).unwrap()),
            stderr: self.normal(&String::from_utf8(output.stderr).unwrap()),
        }
    }

    /// The rows that a reading command answers with.
    pub fn rows(&self, line: &str) -> Vec<Row> {
        self.run(line).succeeds().rows()
    }

    /// The same text on every machine.
    pub fn normal(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let folder = self.folder();
        // Where temporary folders are links, the program may see either name.
        for folder in [folder.canonicalize().unwrap(), folder.to_owned()] {
            text = text.replace(&*folder.to_string_lossy(), "[DESK]");
        }
        text.replace(env!("CARGO_MANIFEST_DIR"), "[REPOSITORY]")
    }
}

/// What the program answered.
#[derive(Debug)]
pub struct Outcome {
    line: String,
    code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    /// Expects exit code 0.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        self.ends_with(0)
    }

    /// Expects an exit code, and nothing but talk where it is not 0.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Self {
        let ended = self.ends_with_data(code);
        if code != 0 {
            assert_eq!(ended.stdout, "", "humstat {} failed with data", ended.line);
        }
        ended
    }

    /// Expects an exit code of a command that made what it could.
    #[track_caller]
    pub fn ends_with_data(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "humstat {} ended otherwise\nstdout:\n{}\nstderr:\n{}",
            self.line,
            self.stdout,
            self.stderr
        );
        self
    }

    /// Expects an exit code other than 0, and nothing but talk.
    #[track_caller]
    pub fn fails(self) -> Self {
        assert_ne!(
            self.code,
            Some(0),
            "humstat {} succeeded\n{}",
            self.line,
            self.stderr
        );
        assert_eq!(self.stdout, "", "humstat {} failed with data", self.line);
        self
    }

    /// Expects words on stderr.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(
            self.stderr.contains(words),
            "humstat {} does not say `{words}` but\n{}",
            self.line,
            self.stderr
        );
        self
    }

    /// Expects words on stdout.
    #[track_caller]
    pub fn answers(self, words: &str) -> Self {
        assert!(
            self.stdout.contains(words),
            "humstat {} does not answer `{words}` but\n{}",
            self.line,
            self.stdout
        );
        self
    }

    /// Stdout as the rows of a CSV table.
    #[track_caller]
    pub fn rows(&self) -> Vec<Row> {
        rows(self.stdout.as_bytes())
    }

    /// All that a user sees, for snapshots.
    pub fn transcript(&self) -> String {
        format!(
            "{}--- stderr, exit code {}\n{}",
            self.stdout,
            self.code.map_or(-1, |code| code),
            self.stderr
        )
    }
}

/// The rows of a CSV table, by the names of its columns.
#[track_caller]
pub fn rows(bytes: &[u8]) -> Vec<Row> {
    csv::Reader::from_reader(bytes)
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The only row with this text in this column.
#[track_caller]
pub fn only<'r>(rows: &'r [Row], column: &str, text: &str) -> &'r Row {
    let found: Vec<&Row> = rows.iter().filter(|row| row[column] == text).collect();
    let [row] = found.as_slice() else {
        panic!("{} rows have {column} = {text}: {rows:#?}", found.len());
    };
    row
}

/// The texts of one column.
pub fn column<'r>(rows: &'r [Row], name: &str) -> Vec<&'r str> {
    rows.iter().map(|row| row[name].as_str()).collect()
}

/// The words of a line, as a shell would part them; only double quotes are known.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for letter in line.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            letter if letter.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            letter => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    words
}

/// A mapping for small tables: `day,place,number`, or with more columns that a test adds.
///
/// Cumulative crossings from Ukraine, published on 1 May 2022 in the channel `test/table`.
pub const MAPPING: &str = r#"
[publication]
channel = "test/table"
title = "A table"
published = "2022-05-01"
licence = "CC-BY-4.0"

[figure]
claimant = "UNHCR"
indicator = "border_crossings"
measure = "cumulative"
since = "2022-02-24"
origin = "UKR"
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
"#;

/// [`MAPPING`], changed as told: each pair is a text and its stead.
#[track_caller]
pub fn mapping_with(changes: &[(&str, &str)]) -> String {
    let mut mapping = MAPPING.to_owned();
    for (text, stead) in changes {
        assert!(mapping.contains(text), "the mapping has no `{text}`");
        mapping = mapping.replace(text, stead);
    }
    mapping
}

impl Desk {
    /// Ingests a small table with [`MAPPING`], changed as told: each pair is a text and its stead.
    pub fn ingest(&self, name: &str, table: &str, changes: &[(&str, &str)]) -> Outcome {
        self.put(name, table);
        self.ingest_file(name, changes, "")
    }

    /// Ingests a file of the desk with a changed [`MAPPING`] and further options.
    #[track_caller]
    pub fn ingest_file(&self, name: &str, changes: &[(&str, &str)], options: &str) -> Outcome {
        self.put("map.toml", mapping_with(changes));
        self.run(&format!("ingest table {name} --map map.toml {options}"))
    }
}

/// A mapping that comes with the project.
pub fn mapping(name: &str) -> String {
    format!(
        "{}/datasets/mappings/{name}.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// A file of `../shared/data`, where it is at hand.
pub fn shared(name: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data")
        .join(name);
    if !file.exists() {
        eprintln!("{} is not here: this test did nothing", file.display());
        return None;
    }
    Some(file)
}

/// Ingests a file with a mapping that comes with the project.
#[track_caller]
pub fn ingest_mapped(desk: &Desk, file: &Path, map: &str) {
    desk.run(&format!(
        "ingest table \"{}\" --map \"{}\"",
        file.display(),
        mapping(map)
    ))
    .succeeds();
}

/// An archive of files, each by its name.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
