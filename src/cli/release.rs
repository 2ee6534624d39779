//! `--release NAME`: noting in the ledger what a command puts out.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Args;
use sha2::{Digest as _, Sha256};

use super::CliError;
use super::context::Context;
use crate::figure::counted;
use crate::ledger::{FigureId, ReleasedFile};

/// What is put out
#[derive(Debug, Clone, Args)]
pub struct ReleaseArgs {
    /// Note under this name what was put out: its files and figures. `humstat changes
    /// --since-release NAME` then says what a correction must mention
    #[arg(long, value_name = "NAME", help_heading = "Output")]
    release: Option<String>,
}

impl ReleaseArgs {
    /// Whether a release is to be noted.
    pub const fn is_asked(&self) -> bool {
        self.release.is_some()
    }

    /// Checks before anything is written that the name is free and that there is a file to name.
    pub fn check(&self, context: &Context, writes_files: bool) -> Result<(), CliError> {
        let Some(name) = &self.release else {
            return Ok(());
        };
        if !writes_files {
            return Err(CliError::usage(
                "a release is of files: add -o FILE to what --release is to note",
            ));
        }
        if !context.ledger_path().exists() {
            return Ok(());
        }
        let ledger = crate::ledger::Ledger::open(context.ledger_path())?;
        match ledger.release(name) {
            Ok(release) => Err(CliError::data(format!(
                "entry {} recorded a release `{name}`; what was put out is never overwritten, so give another name",
                release.entry
            ))),
            Err(_) => Ok(()),
        }
    }

    /// Notes the files that were written, and the figures in them.
    pub fn note(
        &self,
        context: &Context,
        files: &[&Path],
        figures: &BTreeSet<FigureId>,
    ) -> Result<(), CliError> {
        let Some(name) = &self.release else {
            return Ok(());
        };
        let files = files
            .iter()
            .map(|file| {
                let bytes = std::fs::read(file)
                    .map_err(|error| CliError::data(format!("{}: {error}", file.display())))?;
                let digest: [u8; 32] = Sha256::digest(&bytes).into();
                Ok(ReleasedFile {
                    name: file
                        .file_name()
                        .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
                    sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
                })
            })
            .collect::<Result<Vec<_>, CliError>>()?;
        let recording = context.recording(String::new());
        let entry = context
            .create()?
            .record_release(name, &files, figures, &recording)?;
        context.tell(&format!(
            "noted as release {name} in entry {entry}: {} in {}",
            counted(figures.len(), "figure", "figures"),
            counted(files.len(), "file", "files")
        ));
        Ok(())
    }
}
