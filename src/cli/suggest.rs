//! Tables without a mapping: drafting one, or knowing the shape of the table.

use std::path::Path;

use super::CliError;
use super::context::Context;
use super::files::capture;
use crate::ledger::Capture;
use crate::table::Mapping;
use crate::table::suggest::{Known, draft, recognise, sample};

/// Writes a draft of a mapping, or the mapping of a known shape.
///
/// `path` leads to the list that is meant, where JSON holds several.
pub fn suggest(
    context: &Context,
    file: &Path,
    path: Option<&str>,
    output: Option<&Path>,
) -> Result<(), CliError> {
    let capture = capture(file)?;
    let (sample, notes) = sample(&capture, path)?;
    for note in notes {
        context.tell(&format!("{}: {note}", file.display()));
    }
    let known = recognise(&sample);
    let (text, said) = match known {
        Some(Known::Mapped { name, mapping }) => (
            mapping,
            format!("known shape: {name}; the table can be recorded without --map"),
        ),
        Some(Known::Refused { name, because }) => {
            (draft(&sample), format!("known shape: {name}; {because}"))
        }
        None => {
            let text = draft(&sample);
            let said = match Mapping::parse(output.unwrap_or(Path::new("the draft")), &text) {
                Ok(_) => "the draft is whole: read it over, then try it with --map and --dry-run"
                    .to_owned(),
                Err(error) => error.to_string(),
            };
            (text, said)
        }
    };
    context.put(text.as_bytes(), output)?;
    context.tell(&said);
    Ok(())
}

/// The mapping of a table of known shape, with its text.
pub fn known(
    context: &Context,
    file: &Path,
    capture: &Capture,
) -> Result<(Mapping, String), CliError> {
    let (sample, _) = sample(capture, None)?;
    match recognise(&sample) {
        Some(Known::Mapped { name, mapping }) => {
            context.tell(&format!("{}: {name}", file.display()));
            Ok((Mapping::parse(Path::new(name), &mapping)?, mapping))
        }
        Some(Known::Refused { name, because }) => Err(CliError::data(format!(
            "{} is {name}: {because}",
            file.display()
        ))),
        None => Err(CliError::usage(format!(
            "{} is of no known shape and needs a mapping; draft one with `humstat ingest table {} --suggest -o MAP.toml`",
            file.display(),
            file.display()
        ))),
    }
}
