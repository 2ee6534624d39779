//! What can go wrong with a ledger.

use std::path::{Path, PathBuf};

use super::CandidateId;

/// Why a ledger could not be opened, read or written. Nothing was changed by what failed.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The bytes to be recorded cannot be read any more.
    #[error("{0}; nothing was recorded")]
    Capture(#[source] std::io::Error),
    /// No file at the place that was named.
    #[error("there is no ledger at {}; `humstat run`, `ingest` and `record` make one, `--ledger FILE` names another", .0.display())]
    NotFound(PathBuf),
    /// The file belongs to something else.
    #[error("{} is no humstat ledger ({detail}); name another file with --ledger", path.display())]
    NotALedger {
        /// The file.
        path: PathBuf,
        /// What was found instead.
        detail: String,
    },
    /// The file was written by a later version of the program.
    #[error("{} has schema {found}, and this program knows schemas up to {known}; update humstat to read it", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// Another process kept writing for too long.
    #[error("another process is writing {}; waited {seconds} seconds for it to finish, and nothing was changed", path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// How long the program waited.
        seconds: u64,
    },
    /// The place cannot be written to.
    #[error("{} cannot be written: the file or its folder is read-only; nothing was changed. Name another ledger with --ledger", .0.display())]
    ReadOnly(PathBuf),
    /// No room left on the disk.
    #[error("the disk that holds {} is full; nothing was changed", .0.display())]
    DiskFull(PathBuf),
    /// The bytes are damaged.
    #[error("{} is damaged: {detail}. Restore a backup; `humstat ledger verify` names the entry where it can be told", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        detail: String,
    },
    /// An entry number that the ledger does not hold.
    #[error("the ledger has no entry {0}; `humstat ledger log` lists them")]
    NoSuchEntry(i64),
    /// A figure id that the ledger does not hold.
    #[error(
        "the ledger has no figure `{0}`; figure ids look like f1045 and stand in the column figure_id"
    )]
    NoSuchFigure(String),
    /// What was retracted cannot be retracted again.
    #[error("{0} was retracted before, in entry {1}")]
    AlreadyRetracted(String, i64),
    /// An entry that holds no publication cannot be retracted.
    #[error("entry {0} records no figures, so there is nothing to retract in it")]
    NothingToRetract(i64),
    /// Places and aliases are not retracted.
    #[error(
        "entry {0} records places or aliases, and figures may stand at them; add a corrected gazetteer with `humstat places add`, or remove an alias with `humstat places alias NAME ID --remove`"
    )]
    PlacesStay(i64),
    /// A release of this name was put out before.
    #[error(
        "entry {entry} recorded a release `{name}`; what was put out is never overwritten, so give another name"
    )]
    ReleaseExists {
        /// The name.
        name: String,
        /// The entry that has it.
        entry: i64,
    },
    /// There is no release of this name.
    #[error("there is no release `{name}`; {}", known_releases(known))]
    NoSuchRelease {
        /// The name.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Two rows of one publication contradict each other.
    #[error(
        "rows {first} and {second} give different figures for the same series and period ({series}, {period}): {first_value} and {second_value}; a publication says one thing about one cell. Map the column that tells them apart, or mend the file"
    )]
    Contradiction {
        /// Row of the first figure.
        first: u32,
        /// Row of the second figure.
        second: u32,
        /// The series, in words.
        series: String,
        /// The period.
        period: String,
        /// The first figure.
        first_value: String,
        /// The second figure.
        second_value: String,
    },
    /// The same bytes were read before with another mapping, and speak of the same series.
    #[error(
        "entry {entry} read the same file with another mapping or reader, and both speak of {series}; if that reading was wrong, `humstat ledger retract {entry} --reason \"…\"` and ingest again"
    )]
    ReadBefore {
        /// The entry of the earlier reading.
        entry: i64,
        /// A series of both.
        series: String,
    },
    /// A candidate that the ledger does not hold, or whose document was taken back.
    #[error(
        "the ledger has no candidate `{0}`; their names look like c12, and `humstat review list --all` shows them"
    )]
    NoSuchCandidate(String),
    /// A decision stands already.
    #[error("{candidate} was {answer} in entry {entry}{}; {}", figure_words(figure.as_deref()), undo_words(figure.as_deref()))]
    Decided {
        /// The candidate.
        candidate: String,
        /// The decision.
        answer: &'static str,
        /// Its entry.
        entry: i64,
        /// The figure that says it, if one was recorded.
        figure: Option<String>,
    },
    /// What a text denies is no figure.
    #[error(
        "the text denies {0}, and what is denied is never recorded; `humstat review reject {0}` puts it away"
    )]
    Denied(String),
    /// Two candidates of one document give different numbers for the same thing.
    #[error(
        "{first} and {second} give different numbers for the same thing in one document ({first_value} and {second_value}: {what}); accept one of them, or set what tells them apart"
    )]
    CandidatesDiffer {
        /// The first candidate.
        first: CandidateId,
        /// The second.
        second: CandidateId,
        /// What the first says.
        first_value: String,
        /// What the second says.
        second_value: String,
        /// The series and the days, in words.
        what: String,
    },
    /// The same text was read before in another way.
    #[error(
        "entry {entry} read {file} with another reader or other options; if that reading was wrong, `humstat ledger retract {entry} --reason \"…\"` and ingest again: figures that were accepted stay"
    )]
    TextReadBefore {
        /// The entry of the earlier reading.
        entry: i64,
        /// Name of the file.
        file: String,
    },
    /// A covering publication would take back much of what is known.
    #[error(
        "this publication lacks {lost} of the {known} figures that are known of its scope, and says that what it lacks is {absence}; if it is a part of a larger table, say which with --scope (or --absent unchanged), if the source really took them back, add --allow withdrawals"
    )]
    WouldWithdraw {
        /// How many cells would go.
        lost: usize,
        /// How many cells are known within the scope.
        known: usize,
        /// The rule.
        absence: &'static str,
    },
    /// A publication without any date.
    #[error(
        "nothing says when `{0}` was published or retrieved; give --published WHEN, or a date in the mapping. The time of a file is never used"
    )]
    NoVersion(String),
    /// A figure of nobody, or of a document without a name.
    #[error(
        "the {0} is empty; a figure says who counted, in which line of publication, and in which document"
    )]
    NoName(&'static str),
    /// SQLite refused.
    #[error("{}: {source}", path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// Reading or writing a file failed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

fn known_releases(known: &[String]) -> String {
    if known.is_empty() {
        "none was recorded: add --release NAME to the command that writes the files".to_owned()
    } else {
        format!("there are {}", known.join(", "))
    }
}

fn figure_words(figure: Option<&str>) -> String {
    figure.map_or_else(String::new, |figure| format!(" as {figure}"))
}

fn undo_words(figure: Option<&str>) -> String {
    match figure {
        Some(figure) => format!(
            "if that was wrong, `humstat ledger retract {figure} --reason \"…\"` and decide again"
        ),
        None => "accept or correct it if that was wrong".to_owned(),
    }
}

impl LedgerError {
    /// Sorts an error of SQLite by what a person can do about it.
    pub(super) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        use rusqlite::{Error, ErrorCode};
        let path = path.to_owned();
        // A cell that holds what this program never writes was changed by something else.
        if let Error::FromSqlConversionFailure(..)
        | Error::InvalidColumnType(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::Utf8Error(..) = &source
        {
            return Self::Damaged {
                path,
                detail: source.to_string(),
            };
        }
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly(path),
            Some(ErrorCode::NotADatabase) => Self::NotALedger {
                path,
                detail: "it is no SQLite file".to_owned(),
            },
            Some(ErrorCode::SystemIoFailure) => Self::Io {
                path,
                source: std::io::Error::other(format!(
                    "it cannot be read or written, as on a disk that is full or failing ({source}); nothing was changed"
                )),
            },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged {
                path,
                detail: source.to_string(),
            },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Locked { path, seconds: 0 }
            }
            _ => Self::Sqlite { path, source },
        }
    }
}
