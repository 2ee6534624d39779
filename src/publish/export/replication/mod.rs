//! The texts of a replication: what is in the folder, how it is cited, how it is read and checked.

mod citation;
mod scripts;

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::{ExportError, ExportFile};
use crate::figure::counted;
use crate::ledger::{Entry, Figures};
use crate::publish::cite::Pin;
use crate::publish::frame::Columns;
use crate::publish::{self, Format};

pub use citation::citation;
pub use scripts::{python, r};

/// Name of the file with the sums of all others.
pub const SUMS: &str = "SHA256SUMS";

/// A capture that figures rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCapture {
    /// The entry that recorded it.
    pub entry: i64,
    /// Where it lies in the folder; none where it does not.
    pub file: Option<String>,
    /// Its name in the ledger.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// How many bytes there are.
    pub size: i64,
    /// Where it was found.
    pub url: String,
    /// The lines of publication that it holds.
    pub channel: String,
    /// The terms that it comes under, by code.
    pub licence: String,
    /// Why it is not in the folder.
    pub left_out: Option<String>,
}

/// What the text about the folder tells.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// What people call it.
    pub title: &'a str,
    /// The ledger that answered.
    pub pin: &'a Pin,
    /// The figures behind its tables.
    pub figures: &'a Figures,
    /// The tables.
    pub tables: &'a [ExportFile],
    /// The captures.
    pub captures: &'a [ListedCapture],
    /// Figures that cannot be made again.
    pub recorded_only: usize,
    /// Tables of which only the sum is checked.
    pub sums_only: &'a [String],
    /// Whether the ledger can be made again with the same hash.
    pub is_whole: bool,
}

/// All captures as CSV, also those that are not in the folder.
///
/// # Errors
/// When the table cannot be written.
pub fn capture_list(captures: &[ListedCapture]) -> Result<Vec<u8>, ExportError> {
    let all = || captures.iter();
    let mut columns = Columns::default();
    columns.whole("entry", all().map(|capture| Some(capture.entry)));
    columns.text("file", all().map(|capture| capture.file.as_ref()));
    columns.text("name", all().map(|capture| Some(&capture.name)));
    columns.text("sha256", all().map(|capture| Some(&capture.sha256)));
    columns.whole("size", all().map(|capture| Some(capture.size)));
    columns.text("url", all().map(|capture| Some(&capture.url)));
    columns.text("channel", all().map(|capture| Some(&capture.channel)));
    columns.text("licence", all().map(|capture| Some(&capture.licence)));
    columns.text("left_out", all().map(|capture| capture.left_out.as_ref()));
    Ok(publish::write(
        &columns.frame()?,
        Format::Csv,
        &publish::Along::default(),
    )?)
}

/// The entries of the ledger that the figures rest on, and the one that they are pinned to.
pub fn ledger_text(pin: &Pin, entries: &[Entry]) -> String {
    let mut text = format!(
        "program {}\nentry {}\nhash {}\n\nThe hash covers every row of every entry up to this one, and no clock.\nhumstat ledger verify --head {}\n",
        pin.program, pin.entry, pin.hash, pin.hash
    );
    for entry in entries {
        let _ = write!(
            text,
            "\nentry {}, {}\n  hash {}\n  {}\n",
            entry.id,
            entry.kind,
            entry.hash,
            entry.summary.replace('\n', " ")
        );
    }
    text
}

/// The sums of files, as `sha256sum -c` reads them.
pub fn sums(files: &[ExportFile]) -> String {
    let mut lines: Vec<(&str, String)> = files
        .iter()
        .map(|file| (file.name.as_str(), sha256(&file.bytes)))
        .collect();
    lines.sort();
    lines
        .into_iter()
        .map(|(name, sum)| format!("{sum}  {name}\n"))
        .collect()
}

/// SHA-256 in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text about the folder.
pub fn readme(about: &About<'_>) -> String {
    let mut text = format!(
        "# {}\n\nThis folder holds the numbers, what they were read from, and how. `humstat run plan.toml --verify` \
         makes all of it again from the files in the folder, asks nobody, and names each file, row and \
         column that differs. `python3 read.py` and `Rscript read.R` load the tables with their types and \
         check sums and totals without humstat; so does `sha256sum -c {SUMS}`.\n\n",
        about.title.replace(['\n', '\r'], " ")
    );
    let _ = writeln!(
        text,
        "- `plan.toml`: what was selected, drawn and written, and how each file is read again\n\
         - `ledger.txt`: entry {} of the ledger and its hash, {}\n\
         - `captures/`, `captures.csv`: the files as they were received, each with its mapping, and a list of all",
        about.pin.entry, about.pin.hash
    );
    for table in about.tables {
        let rows = table.bytes.iter().filter(|byte| **byte == b'\n').count();
        let what = match table.name.as_str() {
            "figures.csv" => "every figure behind the tables and charts, with its provenance",
            "summary.csv" => "the newest of the figures that the plan is about, by place",
            name if name.starts_with("charts/") => "exactly the numbers that a chart plots",
            _ => "a table of the plan",
        };
        let _ = writeln!(text, "- `{}`: {what}, {} lines", table.name, rows);
    }
    let _ = writeln!(
        text,
        "- `CITATION.cff`: how to cite the publications\n- `{SUMS}`: SHA-256 of every file\n\n## What can be made again\n"
    );
    text.push_str(if about.is_whole {
        "All of it: the ledger that is made from the files has the hash above, so that also the names of \
         figures are the same.\n"
    } else {
        "The files are only a part of what the ledger held, so that figures are numbered otherwise when they \
         are made again; numbers of figures and entries are not compared.\n"
    });
    if about.recorded_only > 0 {
        let _ = writeln!(
            text,
            "{} in `figures.csv` cannot be made again from the files; `plan.toml` names them.",
            counted(about.recorded_only, "figure", "figures")
        );
    }
    if !about.sums_only.is_empty() {
        let _ = writeln!(
            text,
            "Of {} only the sum is checked.",
            about.sums_only.join(", ")
        );
    }
    let missing: Vec<&ListedCapture> = about
        .captures
        .iter()
        .filter(|capture| capture.left_out.is_some())
        .collect();
    if !missing.is_empty() {
        text.push_str("\n## Captures that are not in the folder\n\n");
        for capture in missing {
            let _ = writeln!(
                text,
                "- {} (SHA-256 {}; {}): {}",
                capture.name,
                capture.sha256,
                capture.url,
                capture.left_out.as_deref().unwrap_or_default()
            );
        }
    }
    text.push_str("\n## Terms\n\n");
    for terms in super::terms::terms(about.figures) {
        let address = terms
            .url
            .map_or_else(String::new, |url| format!(", <{url}>"));
        let _ = writeln!(
            text,
            "- {} ({}){address}: {}",
            terms.name,
            terms.code,
            terms.of.join("; ")
        );
    }
    text
}
