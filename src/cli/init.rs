//! `humstat init`: a folder for a desk, with its settings and a plan.

use std::path::{Path, PathBuf};

use clap::Args;

use super::CliError;
use super::context::Context;
use super::files::write_whole;
use crate::plan;

/// Make a folder for a desk: its settings, a plan, and a folder for its tables
///
/// Nothing that is there is overwritten.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat init desk
  humstat init desk --situation sudan-2023")]
pub struct InitArgs {
    /// The folder
    folder: PathBuf,
    /// Begin with the plan of a situation that comes with the program, to be changed
    #[arg(long, value_name = "NAME")]
    situation: Option<String>,
}

const SETTINGS: &str = "\
# The settings of this desk; humstat finds them in this folder and in all below it.

ledger = \"humstat.db\"

# What the figures are used for: what a licence does not allow is left out of files.
use = \"commercial\"        # or \"non-commercial\"

# Keys stand in the environment variables that `humstat sources` names, or in others:
# [keys]
# HUMSTAT_IDMC_CLIENT_ID = \"OUR_IDMC_CLIENT_ID\"
";

const PLAN: &str = "\
# The whole job: humstat run plan.toml

title = \"Our crisis\"
output = \"charts\"

# What to ask sources for: the words after `humstat ingest`.
ask = [
    # \"unhcr population --origin SDN --period 2015..\",
]

# Tables in the folder `data`, each with a mapping: humstat ingest table data/FILE --suggest -o data/FILE.toml
# [[ingest]]
# file = \"data/arrivals.csv\"
# map = \"data/arrivals.toml\"

# [[chart]]
# name = \"arrivals\"
# kind = \"line\"              # line, bars, flow, slope, panels, calendar, table …
# [chart.select]
# indicator = \"arrivals\"

# [[table]]
# file = \"summary.csv\"
# kind = \"summary\"
# [table.select]
# indicator = \"arrivals\"
";

pub fn run(context: &Context, args: &InitArgs) -> Result<(), CliError> {
    let files = match &args.situation {
        None => vec![("plan.toml".to_owned(), PLAN.as_bytes().to_vec())],
        Some(name) => situation(name)?,
    };
    let settings = ("humstat.toml".to_owned(), SETTINGS.as_bytes().to_vec());
    let all: Vec<_> = std::iter::once(settings).chain(files).collect();
    if let Some((name, _)) = all.iter().find(|(name, _)| args.folder.join(name).exists()) {
        return Err(CliError::data(format!(
            "{} is there already, and nothing is overwritten; name another folder",
            args.folder.join(name).display()
        )));
    }
    make_folder(&args.folder.join("data"))?;
    for (name, bytes) in &all {
        write_whole(&args.folder.join(name), bytes)?;
    }
    context.tell(&format!(
        "made {}: humstat.toml, plan.toml and data; go there and run `humstat run plan.toml`",
        args.folder.display()
    ));
    Ok(())
}

/// The files of a situation. Its products go into a folder of the desk.
fn situation(name: &str) -> Result<Vec<(String, Vec<u8>)>, CliError> {
    let Some(files) = plan::bundled(name) else {
        let known: Vec<&str> = plan::bundled_names().collect();
        return Err(CliError::usage(format!(
            "no situation `{name}` comes with the program; it has {}",
            known.join(", ")
        )));
    };
    let mut copied = Vec::new();
    for file in files.names() {
        let mut bytes = files.read(file)?.into_owned();
        if file == "plan.toml" {
            let text = String::from_utf8_lossy(&bytes);
            let elsewhere = format!("output = \"../../charts/{name}\"");
            bytes = text.replace(&elsewhere, "output = \"charts\"").into_bytes();
        }
        copied.push((file.to_owned(), bytes));
    }
    Ok(copied)
}

fn make_folder(folder: &Path) -> Result<(), CliError> {
    std::fs::create_dir_all(folder)
        .map_err(|error| CliError::data(format!("{}: {error}", folder.display())))
}
