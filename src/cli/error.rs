//! What the program says and with which code it ends when something is wrong.

use std::process::ExitCode;

use crate::ingest::IngestError;
use crate::ledger::LedgerError;
use crate::table::TableError;
use crate::toml_file::TomlError;

/// Why a command failed, which fixes its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The data or a file is wrong: 1.
    Data,
    /// The command line is wrong: 2.
    Usage,
    /// Nothing matched: 3.
    Nothing,
    /// A source cannot be reached, or refuses: 4.
    Source,
    /// The ledger is damaged or locked: 5.
    Ledger,
}

/// A failed command.
#[derive(Debug)]
pub struct CliError {
    /// What kind of failure.
    pub kind: Kind,
    /// What is wrong, and the way out.
    pub message: String,
}

impl CliError {
    /// The data or a file is wrong.
    pub fn data(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Data,
            message: message.into(),
        }
    }

    /// The command line is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Usage,
            message: message.into(),
        }
    }

    /// Nothing matched.
    pub fn nothing(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Nothing,
            message: message.into(),
        }
    }

    /// The code that the process ends with.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self.kind {
            Kind::Data => 1,
            Kind::Usage => 2,
            Kind::Nothing => 3,
            Kind::Source => 4,
            Kind::Ledger => 5,
        })
    }
}

impl From<LedgerError> for CliError {
    fn from(error: LedgerError) -> Self {
        let kind = match &error {
            LedgerError::Locked { .. } | LedgerError::Damaged { .. } => Kind::Ledger,
            LedgerError::NoSuchEntry(_)
            | LedgerError::NoSuchFigure(_)
            | LedgerError::NoSuchCandidate(_) => Kind::Nothing,
            _ => Kind::Data,
        };
        Self {
            kind,
            message: error.to_string(),
        }
    }
}

impl From<IngestError> for CliError {
    fn from(error: IngestError) -> Self {
        let kind = match &error {
            IngestError::Fetch(_) | IngestError::NoKey { .. } => Kind::Source,
            IngestError::Usage(_) => Kind::Usage,
            IngestError::Nothing { .. } => Kind::Nothing,
            IngestError::Unexpected { .. }
            | IngestError::NoAnswer { .. }
            | IngestError::Unreadable { .. } => Kind::Data,
        };
        Self {
            kind,
            message: error.to_string(),
        }
    }
}

macro_rules! data_errors {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for CliError {
            fn from(error: $error) -> Self {
                Self::data(error.to_string())
            }
        })+
    };
}

data_errors!(
    TableError,
    TomlError,
    crate::gazetteer::GazetteerError,
    crate::chart::ChartError,
    crate::line::LineError,
    crate::plan::PlanError,
    crate::analysis::measure::MeasureError,
);

impl From<crate::publish::PublishError> for CliError {
    fn from(error: crate::publish::PublishError) -> Self {
        match error {
            crate::publish::PublishError::UnknownEnding(_) => Self::usage(error.to_string()),
            _ => Self::data(error.to_string()),
        }
    }
}
