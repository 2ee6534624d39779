//! Pages that have come of an ask that is not finished, so that it goes on where it stopped.
//!
//! Each page lies in a file of its own beside the ledger until the ask is recorded. One that is older
//! than an hour is asked for again: pages of different days do not make one table.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::fetch::{Answer, Request};
use crate::figure::Version;

/// How many seconds a page is good for.
const GOOD_FOR: i64 = 3_600;

/// The pages of asks that are not finished.
#[derive(Debug)]
pub struct Unfinished {
    /// None where nothing is kept.
    folder: Option<PathBuf>,
    now: Version,
}

/// What stands before the bytes of a page, in one line.
#[derive(Serialize, Deserialize)]
struct About {
    asked: String,
    url: String,
    status: u16,
    headers: Vec<(String, String)>,
    received: i64,
    sha256: String,
}

impl Unfinished {
    /// Keeps pages in a folder, which is made for the first of them.
    pub const fn within(folder: PathBuf, now: Version) -> Self {
        Self {
            folder: Some(folder),
            now,
        }
    }

    /// Keeps nothing.
    pub const fn none(now: Version) -> Self {
        Self { folder: None, now }
    }

    /// The page that came for this request before, if it is whole and fresh.
    pub fn find(&self, request: &Request) -> Option<Answer> {
        let asked = request.public_url();
        let bytes = fs::read(self.file(&asked)?).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let about: About = serde_json::from_slice(&bytes[..end]).ok()?;
        let body = bytes[end + 1..].to_vec();
        let age = self.now.timestamp() - about.received;
        let is_good =
            about.asked == asked && about.sha256 == hash(&body) && (0..=GOOD_FOR).contains(&age);
        is_good.then_some(Answer {
            url: about.url,
            status: about.status,
            headers: about.headers,
            body,
            received: Version::from_timestamp(about.received)?,
        })
    }

    /// Keeps a page. That it cannot be kept is no error: it is then asked for again.
    pub fn keep(&self, request: &Request, answer: &Answer) {
        let asked = request.public_url();
        if let Some(file) = self.file(&asked) {
            let _ = write(&file, asked, answer);
        }
    }

    /// Forgets all pages, once what they hold is recorded.
    pub fn finish(&self) {
        if let Some(folder) = &self.folder {
            // What cannot be removed is too old in an hour.
            let _ = fs::remove_dir_all(folder);
        }
    }

    fn file(&self, asked: &str) -> Option<PathBuf> {
        let folder = self.folder.as_ref()?;
        Some(folder.join(format!("{}.page", &hash(asked.as_bytes())[..32])))
    }
}

fn write(file: &Path, asked: String, answer: &Answer) -> io::Result<()> {
    let about = About {
        asked,
        url: answer.url.clone(),
        status: answer.status,
        headers: answer.headers.clone(),
        received: answer.received.timestamp(),
        sha256: hash(&answer.body),
    };
    let mut bytes = serde_json::to_vec(&about)?;
    bytes.push(b'\n');
    bytes.extend_from_slice(&answer.body);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    // Under another name first, so that nobody meets half of it.
    let part = file.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(&part, file)
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
