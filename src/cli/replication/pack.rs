//! From readings of the ledger to files that they are made again from, as far as their terms allow.

use std::collections::BTreeSet;

use crate::cli::CliError;
use crate::figure::{Absence, PlaceId, Version};
use crate::ledger::{Ledger, RecordedCapture, RecordedReading};
use crate::plan::{Replay, ReplayFile, ReplayScope};
use crate::publish::export::ExportFile;
use crate::publish::export::replication::ListedCapture;
use crate::vocabulary;

/// What of the readings goes into the folder.
#[derive(Debug, Default)]
pub struct Packed {
    /// Captures and mappings.
    pub files: Vec<ExportFile>,
    /// How they are read again.
    pub replays: Vec<Replay>,
    /// All captures, also those that are not in the folder.
    pub listed: Vec<ListedCapture>,
    /// The entries that recorded them.
    pub entries: BTreeSet<i64>,
}

/// Packs the readings up to an entry that published in some channels.
///
/// # Errors
/// When the ledger cannot be read.
pub fn pack(ledger: &Ledger, until: i64, channels: &BTreeSet<&str>) -> Result<Packed, CliError> {
    let mut packed = Packed::default();
    let readings = ledger.recorded_readings(until)?;
    let wanted = readings.iter().filter(|reading| {
        let mut standing = reading
            .publications
            .iter()
            .filter(|known| !known.is_retracted);
        standing.any(|publication| channels.contains(publication.channel.as_str()))
    });
    for (index, reading) in wanted.enumerate() {
        packed.entries.insert(reading.entry);
        packed.add(ledger, index + 1, reading)?;
    }
    Ok(packed)
}

impl Packed {
    fn add(
        &mut self,
        ledger: &Ledger,
        number: usize,
        reading: &RecordedReading,
    ) -> Result<(), CliError> {
        let folder = format!("captures/{number}");
        let closed = closed(reading);
        let mut files = Vec::new();
        for (page, capture) in reading.captures.iter().enumerate() {
            let bytes = match &closed {
                Some(_) => None,
                None => ledger.recorded_bytes(capture)?,
            };
            let before = match reading.captures.len() {
                1 => String::new(),
                _ => format!("{}-", page + 1),
            };
            let file = format!("{folder}/{before}{}", plain_name(&capture.name));
            let left_out = match (&closed, &bytes) {
                (Some(reason), _) => Some(reason.clone()),
                (None, None) => Some("this copy of the ledger left its bytes out".to_owned()),
                (None, Some(_)) => None,
            };
            self.listed.push(listed(reading, capture, &file, left_out));
            if let Some(bytes) = bytes {
                self.files.push(ExportFile {
                    name: file.clone(),
                    bytes,
                });
                files.push(replay_file(capture, file));
            }
        }
        let is_table = reading.reader.starts_with("table/");
        if files.is_empty() || files.len() < reading.captures.len() || !is_table {
            return Ok(());
        }
        let options = Options::of(&reading.mapping);
        let mut replay = Replay {
            entry: reading.entry,
            skip_bad_rows: options.skip_bad_rows,
            file: files,
            ..Replay::default()
        };
        if reading.asked.is_empty() {
            let map = format!("{folder}/map.toml");
            self.files.push(ExportFile {
                name: map.clone(),
                bytes: options.mapping.as_bytes().to_vec(),
            });
            replay.map = Some(map);
            replay.published = options.published;
            replay.absent = options.absent;
            replay.scope = options.scope;
            let publications = reading.publications.iter();
            replay.retrieved = publications.filter_map(|known| known.retrieved).max();
        } else {
            replay.ask.clone_from(&reading.asked);
        }
        self.replays.push(replay);
        Ok(())
    }
}

fn replay_file(capture: &RecordedCapture, file: String) -> ReplayFile {
    let received = capture.received.as_ref();
    ReplayFile {
        file,
        name: capture.name.clone(),
        url: received.map(|received| received.url.clone()),
        retrieved: received.map(|received| received.at),
        status: received.map(|received| received.status),
        headers: received
            .map(|received| received.headers.iter().cloned().collect())
            .unwrap_or_default(),
    }
}

fn listed(
    reading: &RecordedReading,
    capture: &RecordedCapture,
    file: &str,
    left_out: Option<String>,
) -> ListedCapture {
    let joined = |of: &dyn Fn(&crate::ledger::RecordedPublication) -> Option<String>| {
        // Of a file that holds many publications, `figures.csv` has the addresses one by one.
        const NAMED: usize = 3;
        let texts: BTreeSet<String> = reading.publications.iter().filter_map(of).collect();
        let more = texts.len().saturating_sub(NAMED);
        let mut texts: Vec<String> = texts.into_iter().take(NAMED).collect();
        if more > 0 {
            texts.push(format!("and {more} more"));
        }
        texts.join("; ")
    };
    let asked = capture
        .received
        .as_ref()
        .map(|received| received.url.clone());
    ListedCapture {
        entry: reading.entry,
        file: left_out.is_none().then(|| file.to_owned()),
        name: capture.name.clone(),
        sha256: capture.sha256.clone(),
        size: capture.size,
        url: asked.unwrap_or_else(|| joined(&|known| known.url.clone())),
        channel: joined(&|known| Some(known.channel.clone())),
        licence: joined(&|known| licence(known)),
        left_out,
    }
}

/// The licence of a publication, or of its channel.
fn licence(publication: &crate::ledger::RecordedPublication) -> Option<String> {
    publication.licence.clone().or_else(|| {
        let channel = vocabulary::channel(&publication.channel).ok()?;
        Some(channel.licence.clone())
    })
}

/// Why the bytes of a reading may not be passed on; none where they may.
fn closed(reading: &RecordedReading) -> Option<String> {
    let is_table = reading.reader.starts_with("table/");
    reading.publications.iter().find_map(|publication| {
        let Some(code) = licence(publication) else {
            return Some("nobody told its licence".to_owned());
        };
        let known = vocabulary::licence(&code).ok();
        // A table of quotations is what somebody noted; the document that is quoted is its author's.
        let may = known
            .is_some_and(|known| known.redistribution || (is_table && known.code == "quotation"));
        (!may).then(|| format!("its licence {code} does not say that its files may be passed on"))
    })
}

/// The name of a capture as a file of its own folder.
fn plain_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            letter if letter.is_ascii_alphanumeric() || "-_.".contains(letter) => letter,
            _ => '_',
        })
        .collect();
    match plain.trim_start_matches('.') {
        "" | "map.toml" => "capture".to_owned(),
        plain => plain.to_owned(),
    }
}

/// What a reading notes after its mapping.
struct Options<'t> {
    mapping: &'t str,
    published: Option<Version>,
    absent: Option<Absence>,
    scope: Option<ReplayScope>,
    skip_bad_rows: bool,
}

impl<'t> Options<'t> {
    fn of(text: &'t str) -> Self {
        let (mapping, noted) = match text.rfind("\n# published: ") {
            Some(end) => text.split_at(end),
            None => (text, ""),
        };
        let line = |key: &str| {
            let mut lines = noted.lines();
            lines.find_map(|line| {
                line.strip_prefix("# ")?
                    .strip_prefix(key)?
                    .strip_prefix(": ")
            })
        };
        let word = |key: &str| line(key).and_then(|text| quoted(text).into_iter().next());
        Self {
            mapping,
            published: word("published").and_then(|text| text.parse().ok()),
            absent: word("absent").and_then(|text| text.parse().ok()),
            scope: line("scope").and_then(scope),
            skip_bad_rows: line("skip bad rows") == Some("true"),
        }
    }
}

/// What was asked for, as a reading notes it; none where nothing was.
fn scope(text: &str) -> Option<ReplayScope> {
    let list = |key: &str| {
        let begin = text.find(&format!("{key}: ["))?;
        let rest = &text[begin..];
        let end = rest.find(']')?;
        Some(quoted(&rest[..end]))
    };
    let places = |key: &str| {
        let ids = list(key).unwrap_or_default();
        ids.into_iter().map(PlaceId::new).collect::<Vec<PlaceId>>()
    };
    let scope = ReplayScope {
        whole: text.contains("whole: true"),
        origins: places("origins"),
        locations: places("locations"),
        indicators: list("indicators").unwrap_or_default(),
    };
    (scope != ReplayScope::default()).then_some(scope)
}

/// The texts between quotation marks; none of them holds one.
fn quoted(text: &str) -> Vec<String> {
    text.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ScopeAsked;

    #[test]
    fn options_are_read_as_a_reading_notes_them() {
        let asked = ScopeAsked {
            whole: false,
            origins: vec![PlaceId::new("SYR"), PlaceId::new("m49:001")],
            locations: Vec::new(),
            indicators: vec!["idps".to_owned()],
        };
        let text = format!(
            "[publication]\n# published: no\nx = 1\n\n# published: {:?}\n# absent: {:?}\n# scope: {asked:?}\n# skip bad rows: true\n",
            Some("2022-03-08"),
            Some("withdrawn"),
        );
        let options = Options::of(&text);
        assert_eq!(options.mapping, "[publication]\n# published: no\nx = 1\n");
        assert_eq!(options.published, "2022-03-08".parse().ok());
        assert_eq!(options.absent, Some(Absence::Withdrawn));
        assert!(options.skip_bad_rows);
        assert_eq!(ScopeAsked::from(options.scope.unwrap()), asked);
        let none = Options::of(
            "x\n# published: None\n# absent: None\n# scope: ScopeAsked { whole: false, origins: [], locations: [], indicators: [] }\n# skip bad rows: false\n",
        );
        assert_eq!(
            (none.mapping, none.published, none.scope),
            ("x", None, None)
        );
    }

    #[test]
    fn a_name_stays_in_its_folder() {
        assert_eq!(plain_name("refugees.csv"), "refugees.csv");
        assert_eq!(plain_name("../a b?.csv"), "_a_b_.csv");
        assert_eq!(plain_name(".."), "capture");
        assert_eq!(plain_name("map.toml"), "capture");
    }
}
