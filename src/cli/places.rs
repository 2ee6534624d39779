//! `humstat places`: the places that the other commands understand, and how to add to them.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::CliError;
use super::context::Context;
use super::files::capture;
use crate::gazetteer;
use crate::place::{self, Alias, Among, Kind, Place, Scheme};

/// Search the places: names, codes, regions; add gazetteers and aliases
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  humstat places moldova
  humstat places AUS
  humstat places SY02
  humstat places
  humstat places add syr_adminboundaries_tabulardata.xlsx
  humstat places alias \"Rural Damascus\" SY03")]
pub struct PlacesArgs {
    #[command(subcommand)]
    command: Option<PlacesCommand>,
    /// A part of a name, an id or a code; all places when it is left out
    search: Option<String>,
}

#[derive(Debug, Subcommand)]
enum PlacesCommand {
    Add(AddArgs),
    Alias(AliasArgs),
}

/// Add the units of a gazetteer: provinces, districts, with P-codes and names in several languages
///
/// Reads the tables that OCHA publishes with its administrative boundaries, as CSV or as a
/// workbook: ADM2_PCODE, ADM2_EN, ADM2_AR, ADM1_PCODE, …, the newer adm2_pcode, adm2_name, …, or HXL
/// tags. The ledger records them, so that it travels with its places. What is known already adds
/// nothing; where a unit is known otherwise, the newer description stands and the change is told.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat places add syr_adminboundaries_tabulardata.xlsx
  humstat places add districts.csv --country SYR")]
struct AddArgs {
    /// The gazetteer
    file: PathBuf,
    /// The country, where the table does not name it
    #[arg(long, value_name = "COUNTRY")]
    country: Option<String>,
}

/// Record that a spelling means a place
///
/// A name that already means another place is refused; say which is meant where it stands, with
/// `within` in the mapping.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat places alias \"Rural Damascus\" SY03
  humstat places alias \"Rural Damascus\" SY03 --remove")]
struct AliasArgs {
    /// The spelling
    name: String,
    /// Id, code or name of the place
    place: String,
    /// The spelling no longer means the place
    #[arg(long)]
    remove: bool,
}

pub fn run(context: &Context, args: &PlacesArgs) -> Result<(), CliError> {
    context.learn_places()?;
    match &args.command {
        Some(PlacesCommand::Add(args)) => add(context, args),
        Some(PlacesCommand::Alias(args)) => alias(context, args),
        None => list(context, args.search.as_deref()),
    }
}

fn list(context: &Context, search: Option<&str>) -> Result<(), CliError> {
    let found: Vec<_> = match search {
        Some(text) => place::search(text),
        None => place::places().collect(),
    };
    if found.is_empty() {
        let word = search.unwrap_or_default();
        return Err(CliError::nothing(match place::find(word) {
            Err(error) => error.to_string(),
            Ok(place) => place.name.to_owned(),
        }));
    }
    let lines: String = found.into_iter().map(line).collect();
    context.show(&lines)
}

/// One line about a place: id, level, name, codes, the place that a unit lies in, other names.
fn line(place: &Place) -> String {
    let mut details: Vec<String> = [
        place.iso2.map(|code| format!("ISO {code}")),
        place.numeric.map(|code| format!("M49 {code}")),
        place.unhcr.map(|code| format!("UNHCR {code}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if place.pcode().is_some() {
        let parents = place.parents.iter().filter_map(place::place);
        details.extend(parents.map(|parent| format!("in {}", parent.name)));
        details.extend(place.names.iter().map(|name| (*name).to_owned()));
    }
    let mut line = format!("{:<28} {:<9} {}", place.id, place.kind, place.name);
    if !details.is_empty() {
        line.push_str(&format!("  ({})", details.join(", ")));
    }
    if let Some(note) = place.note {
        line.push_str(&format!("  {note}"));
    }
    line.push('\n');
    line
}

fn add(context: &Context, args: &AddArgs) -> Result<(), CliError> {
    let country = args.country.as_deref().map(country).transpose()?;
    let capture = capture(&args.file)?;
    let gazetteer = gazetteer::read(&capture, country)?;
    for sheet in &gazetteer.passed_over {
        context.tell(&format!("passed over sheet `{sheet}`: it has no P-codes"));
    }
    let recording = context.recording(format!("{}: {{}}", capture.name));
    let mut ledger = context.create()?;
    let tally = ledger.record_units(gazetteer.units, &capture, &recording)?;
    const TOLD: usize = 10;
    for change in tally.changed.iter().take(TOLD) {
        context.tell(&change.to_string());
    }
    if tally.changed.len() > TOLD {
        context.tell(&format!(
            "… and {} more changes",
            tally.changed.len() - TOLD
        ));
    }
    context.tell(&match tally.entry {
        Some(entry) => format!("entry {entry}: {tally}"),
        None => format!("all {} places are known; nothing was added", tally.known),
    });
    Ok(())
}

fn country(word: &str) -> Result<&'static Place, CliError> {
    let found = place::find(word).map_err(|error| CliError::usage(error.to_string()))?;
    if found.kind != Kind::Country {
        return Err(CliError::usage(format!(
            "{} is no country; name one, such as SYR",
            place::shown(found)
        )));
    }
    Ok(found)
}

fn alias(context: &Context, args: &AliasArgs) -> Result<(), CliError> {
    let place = place::find(&args.place).map_err(|error| CliError::usage(error.to_string()))?;
    let name = args.name.trim();
    if place::normalised(name).is_empty() {
        return Err(CliError::usage(format!("`{name}` is no name")));
    }
    let alias = Alias {
        name: name.to_owned(),
        place: place.id.clone(),
    };
    if args.remove {
        return remove_alias(context, alias);
    }
    let known = place::candidates(Scheme::Name, name, Among::default());
    if known.iter().any(|known| known.id == place.id) {
        context.tell(&format!(
            "`{name}` means {} already; nothing was added",
            place::shown(place)
        ));
        return Ok(());
    }
    if let Some(other) = known.first() {
        return Err(CliError::data(format!(
            "`{name}` already means {}, so it cannot mean {} too",
            place::shown(other),
            place::shown(place)
        )));
    }
    let summary = format!("`{name}` means {}", place.id);
    let recording = context.recording(summary.clone());
    let entry = context
        .create()?
        .record_aliases(&[alias], true, &recording)?;
    if let Some(entry) = entry {
        context.tell(&format!("entry {entry}: {summary}"));
    }
    Ok(())
}

fn remove_alias(context: &Context, alias: Alias) -> Result<(), CliError> {
    let standing: Vec<Alias> = context.open()?.aliases()?;
    if !standing.contains(&alias) {
        let others = standing.iter().filter(|other| other.place == alias.place);
        let others: Vec<String> = others.map(|other| format!("`{}`", other.name)).collect();
        return Err(CliError::nothing(format!(
            "`{}` is no alias of {}; {}",
            alias.name,
            alias.place,
            if others.is_empty() {
                "it has none".to_owned()
            } else {
                format!("its aliases are {}", others.join(", "))
            }
        )));
    }
    let summary = format!("`{}` no longer means {}", alias.name, alias.place);
    let recording = context.recording(summary.clone());
    let entry = context
        .create()?
        .record_aliases(&[alias], false, &recording)?;
    if let Some(entry) = entry {
        context.tell(&format!("entry {entry}: {summary}"));
    }
    Ok(())
}
