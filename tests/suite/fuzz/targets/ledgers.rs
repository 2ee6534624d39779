//! The ledger's file, its projection, answers to `review` and replications, with bytes changed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use humstat::cli;
use humstat::figure::{Absence, Publication, Scope};
use humstat::ledger::{
    CandidateFilter, Capture, Figures, Ledger, Proposal, Recording, Selection, Versions,
};
use humstat::table::{self, Mapping, Options};
use humstat::text::{self, Given, document};

use super::tables::MAPPING;

/// A table of five places on twelve days.
fn table() -> String {
    let mut table = "day,place,number\n".to_owned();
    for day in 1..=12 {
        for (at, place) in ["Poland", "Hungary", "Slovakia", "Romania", "Moldova"]
            .iter()
            .enumerate()
        {
            table.push_str(&format!(
                "2022-03-{day:02},{place},{}\n",
                day * 1000 * (at + 1)
            ));
        }
    }
    table
}

/// A text of our own, of which two figures wait.
const BLOG: &str = "---\ntitle: Update\ndate: 2022-03-08\nsource: UNHCR\n---\nAbout 453,000 refugees have crossed from Ukraine into Poland since 24 February, UNHCR said. \
    At least 14 civilians were killed in Kharkiv, Ukraine, on 1 March 2022, OHCHR said.\n";

fn recording() -> Recording {
    Recording {
        now: "2022-09-10".parse().unwrap(),
        program: "fuzz".to_owned(),
        summary: "{}".to_owned(),
        allow_withdrawals: false,
    }
}

/// Records a table.
fn record(ledger: &mut Ledger, table: &str) -> Result<(), String> {
    let mapping = Mapping::parse(Path::new("map.toml"), MAPPING).unwrap();
    let capture = Capture::new("table.csv", table.as_bytes().to_vec());
    let table = table::read(
        vec![capture],
        &mapping,
        MAPPING,
        &Options::default(),
        |_| {},
    );
    let reading = table.unwrap().reading.check().unwrap();
    let recorded = ledger.record(reading, &recording());
    recorded.map(drop).map_err(|error| error.to_string())
}

fn proposal() -> Proposal {
    let document = document::read(BLOG.as_bytes(), "blog.md").unwrap();
    let candidates = text::read(&document, &Given::default());
    assert!(!candidates.is_empty());
    Proposal {
        capture: Capture::new("blog.md", BLOG.as_bytes().to_vec()),
        publication: Publication {
            channel: "press/example-news".to_owned(),
            title: "Update".to_owned(),
            url: None,
            published: document.published,
            retrieved: None,
            relayed_by: Vec::new(),
            licence: None,
            attribution: None,
            notes: None,
            scope: Scope::default(),
            absence: Absence::Unchanged,
        },
        document,
        reader: "text/1".to_owned(),
        options: String::new(),
        candidates,
    }
}

/// A small ledger and its projection, as bytes.
struct Base {
    ledger: Vec<u8>,
    projection: Vec<u8>,
    head: String,
    figures: Figures,
}

fn all() -> Selection {
    Selection {
        versions: Versions::All,
        ..Selection::default()
    }
}

fn made() -> &'static Base {
    static BASE: OnceLock<Base> = OnceLock::new();
    BASE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("humstat.db");
        let mut ledger = Ledger::create(&file).unwrap();
        record(&mut ledger, &table()).unwrap();
        let later = table().replace("2022-03-03,Poland,3000", "2022-03-03,Poland,3001");
        record(&mut ledger, &later).unwrap_or_default();
        ledger.propose(&proposal(), &recording()).unwrap();
        ledger.project().unwrap().unwrap();
        let projection = std::fs::read(ledger.projection_file()).unwrap();
        let (figures, verified) = (
            ledger.figures(&all()).unwrap(),
            ledger.verify(None).unwrap(),
        );
        assert_eq!(verified.faults, []);
        drop(ledger);
        Base {
            ledger: std::fs::read(&file).unwrap(),
            projection,
            head: verified.head,
            figures,
        }
    })
}

/// The bytes of a small ledger with figures and with candidates that wait.
pub fn base() -> &'static [u8] {
    &made().ledger
}

/// Works on a folder that holds a ledger, which is gone afterwards.
pub fn on_desk<T>(ledger: &[u8], work: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("humstat.db"), ledger).unwrap();
    work(folder.path())
}

/// Works on a ledger that is open for reading; none where it cannot be opened.
pub fn opened<T>(ledger: &[u8], work: impl FnOnce(&Ledger) -> T) -> Option<T> {
    on_desk(ledger, |folder| {
        Ledger::open(&folder.join("humstat.db"))
            .ok()
            .map(|ledger| work(&ledger))
    })
}

/// A file with changes that an input tells: seven bytes each say where, what and how long. Only places that
/// hold something are changed, for most of a small ledger is empty pages.
fn patched(whole: &[u8], told: &[u8]) -> Vec<u8> {
    let held: Vec<usize> = whole
        .iter()
        .enumerate()
        .filter_map(|(at, byte)| (*byte != 0).then_some(at))
        .collect();
    let place = |bytes: &[u8]| {
        let at = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]) as usize;
        held[at % held.len()]
    };
    let mut bytes = whole.to_vec();
    for patch in told.chunks_exact(7).take(16) {
        let (at, value) = (place(patch), patch[4]);
        if at >= bytes.len() {
            continue;
        }
        let long = usize::from(patch[5]).max(1).min(bytes.len() - at);
        match patch[3] % 8 {
            0..=2 => bytes[at] = value,
            3 => bytes[at] ^= 1 << (value % 8),
            4 => bytes[at] = bytes[at].wrapping_add(1),
            5 => bytes[at..at + long].fill(value),
            6 => {
                let from = held[(at * 31 + usize::from(value)) % held.len()];
                let from = from.min(bytes.len() - long);
                bytes.copy_within(from..from + long, at);
            }
            // Rarely, for little is left then.
            _ if patch[6] < 32 => bytes.truncate(at),
            _ => {
                bytes.remove(at);
            }
        }
    }
    bytes
}

/// A ledger with bytes changed: it is refused or found faulty, or it answers as before.
pub fn ledger(bytes: &[u8]) {
    let base = made();
    let is_file = bytes.starts_with(b"SQLite format 3");
    let file = if is_file {
        bytes.to_vec()
    } else {
        patched(&base.ledger, bytes)
    };
    on_desk(&file, |folder| {
        let path = folder.join("humstat.db");
        if let Ok(ledger) = Ledger::open(&path) {
            let _ = (
                ledger.log(),
                ledger.head(),
                ledger.units(),
                ledger.aliases(),
            );
            let _ = (ledger.releases(), ledger.asks(), ledger.entry(1));
            let _ = ledger.candidates(&CandidateFilter::default());
            let figures = ledger.figures(&all());
            let newest = ledger.figures(&Selection::default());
            for row in newest.iter().flat_map(|newest| newest.rows.iter().take(2)) {
                let _ = ledger.source_of(row.id);
            }
            if let (Ok(verified), Ok(figures)) = (ledger.verify(None), figures)
                && verified.faults.is_empty()
                && verified.head == base.head
            {
                assert_eq!(figures.rows, base.figures.rows);
                assert_eq!(figures.series, base.figures.series);
            }
        }
        if let Ok(mut ledger) = Ledger::create(&path) {
            let _ = record(&mut ledger, "day,place,number\n2022-04-01,Poland,5\n");
            let _ = ledger.propose(&proposal(), &recording());
        }
    });
}

/// A projection with bytes changed is not believed: the ledger answers as without it.
pub fn projection(bytes: &[u8]) {
    let base = made();
    let is_file = bytes.starts_with(b"PAR1");
    let file = if is_file {
        bytes.to_vec()
    } else {
        patched(&base.projection, bytes)
    };
    on_desk(&base.ledger, |folder| {
        let ledger = Ledger::open(&folder.join("humstat.db")).unwrap();
        std::fs::write(ledger.projection_file(), file).unwrap();
        assert_eq!(ledger.figures(&all()).unwrap(), base.figures);
    });
}

/// Answers to figures that wait, as a spreadsheet gives them back: a ledger stays whole.
pub fn answers(bytes: &[u8]) {
    on_desk(base(), |folder| {
        let (ledger, file) = (folder.join("humstat.db"), folder.join("answers.csv"));
        std::fs::write(&file, bytes).unwrap();
        let at = format!("--ledger={}", ledger.display());
        let file = file.display().to_string();
        let words = [
            "review",
            "apply",
            &file,
            &at,
            "--quiet",
            "--now",
            "2022-09-10",
        ];
        let _ = cli::perform(words);
        let ledger = Ledger::open(&ledger).unwrap();
        assert_eq!(ledger.verify(None).unwrap().faults, []);
    });
}

/// The files of a replication of a small plan.
fn replication_files() -> &'static BTreeMap<String, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        const PLAN: &str = "title = \"Crossings\"\noutput = \"out\"\n[[ingest]]\nfile = \"table.csv\"\nmap = \"map.toml\"\n\
            [[table]]\nfile = \"figures.csv\"\nkind = \"figures\"\nselect = { indicator = \"border_crossings\" }\n";
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for (name, text) in [("table.csv", &*table()), ("map.toml", MAPPING), ("plan.toml", PLAN)] {
            std::fs::write(at(name), text).unwrap();
        }
        let plan = at("plan.toml").display().to_string();
        let ledger = format!("--ledger={}", at("humstat.db").display());
        let out = format!("--output={}", at("packed").display());
        let last = [&*ledger, "--quiet", "--now", "2022-09-10"];
        cli::perform([&["run", &*plan][..], &last].concat()).unwrap();
        cli::perform([&["export", "replication", "--plan", &*plan, &*out][..], &last].concat()).unwrap();
        let mut files = BTreeMap::new();
        gather(&at("packed"), &at("packed"), &mut files);
        files
    })
}

fn gather(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string();
            files.insert(name, std::fs::read(path).unwrap());
        }
    }
}

/// A replication in which one file was changed: the check names it.
pub fn replication(bytes: &[u8]) {
    let files = replication_files();
    let Some((which, told)) = bytes.split_first() else {
        return;
    };
    let at = usize::from(*which) % files.len();
    let folder = tempfile::tempdir().unwrap();
    let mut changed = None;
    for (number, (name, whole)) in files.iter().enumerate() {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let content = if number == at {
            patched(whole, told)
        } else {
            whole.clone()
        };
        if content != *whole {
            changed = Some(name.as_str());
        }
        std::fs::write(file, content).unwrap();
    }
    let plan = folder.path().join("plan.toml").display().to_string();
    let checked = cli::perform(["run", &*plan, "--verify", "--quiet", "--now", "2022-09-10"]);
    match changed {
        None => assert!(checked.is_ok(), "{checked:?}"),
        // Of the list itself, a line may lack that speaks of no table.
        Some("SHA256SUMS") => {}
        Some(name) => assert!(checked.is_err(), "{name} was changed, and nothing is said"),
    }
}
