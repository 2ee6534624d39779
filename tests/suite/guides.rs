//! The guides under `docs/`: every command that they show is run, and answers as they show.
//!
//! A guide is a transcript in its order: blocks of `console` are run, blocks of `toml` whose first line
//! is `# NAME` are put on the desk under that name, and `<!-- today: DAY -->` is the day from then on.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::common::Desk;

/// How long a command that stays may take to say what the guide shows.
const PATIENCE: Duration = Duration::from_secs(120);

/// A step of a guide.
enum Step {
    /// The day that the commands act on.
    Today(String),
    /// A file that the reader writes.
    Write { name: String, text: String },
    /// A command, with the lines below it.
    Run { line: String, shown: Vec<String> },
}

/// The steps of a guide, in its order.
fn steps(guide: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut lines = guide.lines();
    while let Some(line) = lines.next() {
        if let Some(day) = line.strip_prefix("<!-- today: ") {
            steps.push(Step::Today(day.trim_end_matches(" -->").to_owned()));
        } else if let Some(language) = line.strip_prefix("```").filter(|word| !word.is_empty()) {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match language {
                "console" => steps.extend(commands(&block)),
                "toml" => {
                    if let Some(name) = block.first().and_then(|line| line.strip_prefix("# ")) {
                        let (name, text) = (name.to_owned(), format!("{}\n", block.join("\n")));
                        steps.push(Step::Write { name, text });
                    }
                }
                _ => {}
            }
        }
    }
    steps
}

/// The commands of one block. A backslash at the end of a line carries it on.
fn commands(block: &[&str]) -> Vec<Step> {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    let mut goes_on = false;
    for line in block {
        let begins = line.strip_prefix("$ ");
        let text = begins.unwrap_or(line);
        let carried = text.strip_suffix('\\');
        match (begins, found.last_mut()) {
            (Some(_), _) => found.push((carried.unwrap_or(text).to_owned(), Vec::new())),
            (None, Some((command, _))) if goes_on => command.push_str(carried.unwrap_or(text)),
            (None, Some((_, shown))) => shown.push((*line).to_owned()),
            (None, None) => panic!("a block of a console begins with an answer: {line}"),
        }
        goes_on = carried.is_some() && (begins.is_some() || goes_on);
    }
    found
        .into_iter()
        .map(|(command, shown)| Step::Run {
            line: command.split(" # ").next().unwrap().trim().to_owned(),
            shown,
        })
        .collect()
}

/// A reader who does what a guide says.
struct Reader {
    desk: Desk,
    folder: PathBuf,
    today: String,
    /// The code that the last command ended with, where the guide has not told it yet.
    code: Option<i32>,
}

impl Reader {
    fn new() -> Self {
        let desk = Desk::new();
        let files = repository("docs/files");
        for file in fs::read_dir(files).unwrap() {
            let file = file.unwrap();
            fs::copy(file.path(), desk.path(&file.file_name().to_string_lossy())).unwrap();
        }
        let folder = desk.folder().to_owned();
        Self {
            desk,
            folder,
            today: super::common::NOW.to_owned(),
            code: None,
        }
    }

    fn follow(&mut self, step: &Step) {
        match step {
            Step::Today(day) => self.today.clone_from(day),
            Step::Write { name, text } => fs::write(self.folder.join(name), text).unwrap(),
            Step::Run { line, shown } => {
                if line == "echo $?" {
                    let code = self.code.take().unwrap().to_string();
                    assert_eq!(shown.as_slice(), [code], "the exit code");
                    return;
                }
                self.expect_success();
                self.run(line, shown);
            }
        }
    }

    /// A command that failed is followed by its exit code, or shows why.
    fn expect_success(&mut self) {
        if let Some(code) = self.code.take() {
            assert_eq!(code, 0, "the guide does not tell that the command fails");
        }
    }

    fn run(&mut self, line: &str, shown: &[String]) {
        let mut words = line.split_whitespace();
        match words.next().unwrap() {
            "humstat" => {
                let stays = line.contains("humstat serve") || line.contains("--watch");
                let said = if stays {
                    self.stay(line, shown)
                } else {
                    self.answer(line)
                };
                compare(line, shown, &said);
            }
            "cd" => self.folder.push(words.next().unwrap()),
            "cp" => {
                let names: Vec<&str> = words.collect();
                let (to, from) = names.split_last().unwrap();
                for name in from {
                    let mut to = self.folder.join(to);
                    if to.is_dir() {
                        to.push(Path::new(name).file_name().unwrap());
                    }
                    fs::copy(self.folder.join(name), to).unwrap();
                }
            }
            "cat" => {
                let text = fs::read_to_string(self.folder.join(words.next().unwrap())).unwrap();
                compare(line, shown, &text);
            }
            other => panic!("no guide may use `{other}`: {line}"),
        }
    }

    /// The program, with both its streams in one file, as a terminal shows them.
    fn command(&self, line: &str) -> (Command, PathBuf) {
        let mut line = line.strip_prefix("humstat ").unwrap().to_owned();
        if shows_a_table(&line) {
            // What a terminal gets.
            line.push_str(" --format table");
        }
        let said = self.desk.path(".said");
        let file = File::create(&said).unwrap();
        let same = || {
            let file = OpenOptions::new().append(true).open(&said).unwrap();
            Stdio::from(file)
        };
        drop(file);
        let mut command = self.desk.command_at(&line, &self.today);
        command
            .current_dir(&self.folder)
            .stdout(same())
            .stderr(same());
        (command, said)
    }

    fn answer(&mut self, line: &str) -> String {
        let (mut command, file) = self.command(line);
        self.code = command.status().unwrap().code();
        let said = self.desk.normal(&fs::read_to_string(file).unwrap());
        if said.lines().any(|line| line.starts_with("humstat: ")) && self.code != Some(0) {
            self.code = None;
        }
        assert!(self.code.is_some() || said.contains("humstat: "), "{said}");
        said
    }

    /// What a command says that stays until it is stopped; a server must also show its page.
    fn stay(&self, line: &str, shown: &[String]) -> String {
        let serves = line.contains("humstat serve");
        let line = if serves {
            format!("{line} --port 0")
        } else {
            line.to_owned()
        };
        let (mut command, file) = self.command(&line);
        let mut child = command.spawn().unwrap();
        let start = Instant::now();
        let said = loop {
            std::thread::sleep(Duration::from_millis(50));
            let said = self.desk.normal(&fs::read_to_string(&file).unwrap());
            let said = if serves { with_usual_port(&said) } else { said };
            let whole = said.ends_with('\n') && matches(shown, &said);
            let ended = child.try_wait().unwrap().is_some();
            if whole || ended || start.elapsed() > PATIENCE {
                break said;
            }
        };
        if serves {
            assert_page(&fs::read_to_string(&file).unwrap());
        }
        let _ = child.kill();
        let _ = child.wait();
        said
    }
}

/// Whether a terminal would get a table: the command has forms, and no other is asked for.
fn shows_a_table(line: &str) -> bool {
    let asked = ["--format", " -o ", "--sentences", "--suggest", "--help"];
    // What a text holds, and where one figure comes from, is printed in lines everywhere.
    let is_of_one = line
        .strip_prefix("trace f")
        .is_some_and(|id| id.parse::<u32>().is_ok());
    if asked.iter().any(|word| line.contains(word)) || is_of_one || line.starts_with("ingest ") {
        return false;
    }
    let mut command = &humstat::cli::command();
    let mut depth = 0;
    for word in line.split_whitespace() {
        let Some(below) = command.find_subcommand(word) else {
            break;
        };
        (command, depth) = (below, depth + 1);
    }
    depth > 0
        && command
            .get_arguments()
            .any(|argument| argument.get_id() == "format")
}

/// The address of a server, as it is where the port is not taken.
fn with_usual_port(said: &str) -> String {
    said.lines()
        .map(|line| match line.strip_prefix("http://127.0.0.1:") {
            Some(rest) => {
                let rest = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
                format!("http://127.0.0.1:8022{rest}\n")
            }
            None => format!("{line}\n"),
        })
        .collect()
}

/// Expects a page at the address that a server has told.
fn assert_page(said: &str) {
    let port = said
        .split("http://127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .unwrap_or_else(|| panic!("no address: {said}"));
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}")).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let request = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

/// Expects what a guide shows, where it shows anything.
fn compare(line: &str, shown: &[String], said: &str) {
    assert!(
        shown.is_empty() || matches(shown, said),
        "$ {line}\n--- the guide shows\n{}\n--- the program says\n{said}",
        shown.join("\n")
    );
}

/// Whether an answer is as shown. `…` alone on a line stands for lines that are left out, within a
/// line for words; the line that names the ledger is shown or not.
fn matches(shown: &[String], said: &str) -> bool {
    let names_ledger = |line: &str| line.starts_with("ledger ") && line.contains(", entry ");
    let shows_ledger = shown.iter().any(|line| names_ledger(line));
    let said: Vec<&str> = said
        .lines()
        .map(str::trim_end)
        .filter(|line| shows_ledger || !names_ledger(line))
        .collect();
    let shown: Vec<&str> = shown.iter().map(|line| line.trim_end()).collect();
    lines_match(&shown, &said)
}

fn lines_match(shown: &[&str], said: &[&str]) -> bool {
    match shown {
        [] => said.is_empty(),
        [first, rest @ ..] if first.trim() == "…" => {
            (0..=said.len()).any(|skipped| lines_match(rest, &said[skipped..]))
        }
        [first, rest @ ..] => {
            said.first().is_some_and(|line| line_matches(first, line))
                && lines_match(rest, &said[1..])
        }
    }
}

fn line_matches(shown: &str, said: &str) -> bool {
    if shown == said {
        return true;
    }
    let parts: Vec<&str> = shown.split('…').collect();
    let [first, middle @ .., last] = parts.as_slice() else {
        return false;
    };
    let Some(mut rest) = said.strip_prefix(first) else {
        return false;
    };
    for part in middle {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn repository(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Does all that a guide says, on a desk of its own.
#[track_caller]
fn follow(guide: &str) {
    let text = fs::read_to_string(repository("docs").join(guide)).unwrap();
    let steps = steps(&text);
    assert!(!steps.is_empty(), "{guide} shows no command");
    let mut reader = Reader::new();
    for step in &steps {
        reader.follow(step);
    }
    reader.expect_success();
}

#[test]
fn the_morning_update_of_a_desk() {
    follow("morning-update.md");
}

#[test]
fn reading_a_press_release() {
    follow("press-release.md");
}

#[test]
fn mapping_a_messy_spreadsheet() {
    follow("messy-spreadsheet.md");
}

#[test]
fn a_figure_that_others_can_make_again() {
    follow("reproducible-figure.md");
}

/// A guide that nobody follows may say anything.
#[test]
fn every_guide_is_followed_and_linked() {
    let this = fs::read_to_string(repository("tests/suite/guides.rs")).unwrap();
    let readme = fs::read_to_string(repository("README.md")).unwrap();
    for file in fs::read_dir(repository("docs")).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            assert!(
                this.contains(&format!("follow(\"{name}\")")),
                "nobody follows {name}"
            );
            assert!(
                readme.contains(&format!("(docs/{name})")),
                "README.md does not link {name}"
            );
        }
    }
}
