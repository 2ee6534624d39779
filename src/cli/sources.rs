//! `humstat sources`: what can be asked, who counts, where it is published, and on what terms.

use clap::Args;

use super::CliError;
use super::context::Context;
use super::error::Kind;
use crate::fetch::{Fetch as _, Request};
use crate::ingest::{self, KeyState, Keys};
use crate::vocabulary::{self, AskedSource, Channel, Organisation};

/// Search the sources that can be asked, the channels with their licences, and the claimants
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat sources
  humstat sources unhcr
  humstat sources --check")]
pub struct SourcesArgs {
    /// A part of a code or a name; all of them when it is left out
    search: Option<String>,
    /// See of each source that can be asked whether it can be reached, its keys are set and, where it
    /// tells that without giving data, whether they are good
    #[arg(long)]
    check: bool,
}

pub fn run(context: &Context, args: &SourcesArgs) -> Result<(), CliError> {
    let wanted = args.search.as_deref().unwrap_or_default().to_lowercase();
    let matches = |words: &[&str]| {
        words
            .iter()
            .any(|word| word.to_lowercase().contains(&wanted))
    };
    let keys = context.keys();
    let asked = vocabulary::asked_sources()
        .filter(|source| matches(&[&source.code, &source.title, &source.holds]));
    if args.check {
        return check(context, asked, &keys);
    }
    let asked = asked.map(|source| of_source(source, &keys));
    let channels = vocabulary::channels()
        .filter(|channel| matches(&[&channel.code, &channel.title, &channel.organisation]))
        .map(of_channel);
    let organisations = vocabulary::organisations()
        .filter(|organisation| matches(&[&organisation.code, &organisation.name]))
        .map(of_organisation);
    let mut text = String::new();
    for (title, part) in [
        (
            "Can be asked with `humstat ingest`:",
            asked.collect::<String>(),
        ),
        ("Channels:", channels.collect()),
        ("Who counts:", organisations.collect()),
    ] {
        if !part.is_empty() {
            let gap = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{gap}{title}\n\n{part}"));
        }
    }
    if text.is_empty() {
        return Err(CliError::nothing(format!(
            "no source has `{wanted}` in its code or name; `humstat sources` lists them all"
        )));
    }
    context.show(&text)
}

fn of_source(source: &AskedSource, keys: &Keys) -> String {
    let mut text = format!(
        "{:<18} {}\n    {}; {}\n",
        source.code, source.title, source.holds, source.rhythm
    );
    for channel in source
        .channels
        .iter()
        .filter_map(|code| vocabulary::channel(code).ok())
    {
        text.push_str(&format!(
            "    {}: {}; name it as: {}\n",
            channel.code, channel.licence, channel.attribution
        ));
    }
    for key in &source.keys {
        let state = match (keys.find(&key.variable), key.optional) {
            (Some(_), _) => "set",
            (None, true) => "not set, and not needed for all of it",
            (None, false) => "not set",
        };
        text.push_str(&format!(
            "    key in {} ({state}): {}\n",
            key.variable, key.way
        ));
    }
    text
}

fn of_channel(channel: &Channel) -> String {
    let cadence = channel
        .cadence
        .map_or_else(String::new, |days| format!(", every {days} days"));
    format!(
        "{:<28} {} ({}{cadence})\n    {}; name it as: {}\n",
        channel.code, channel.title, channel.kind, channel.licence, channel.attribution
    )
}

fn of_organisation(organisation: &Organisation) -> String {
    let url = organisation.url.as_deref().unwrap_or_default();
    format!("{:<28} {}  {url}\n", organisation.code, organisation.name)
}

/// Asks each source whether it is there, with the usual patience, and prints a line each.
fn check<'s>(
    context: &Context,
    sources: impl Iterator<Item = &'s AskedSource>,
    keys: &Keys,
) -> Result<(), CliError> {
    let client = context.client()?;
    let (mut text, mut unreached, mut refused) = (String::new(), Vec::new(), Vec::new());
    for source in sources {
        let asked = Request::get(&source.check).and_then(|request| client.get(&request));
        let reached = match asked {
            Ok(_) => "reached".to_owned(),
            // Who is refused without a key has reached it.
            Err(error) if matches!(error.status(), Some(401 | 403)) => "reached".to_owned(),
            Err(error) => {
                unreached.push(source.code.as_str());
                error.to_string()
            }
        };
        let missing: Vec<&str> = source
            .keys
            .iter()
            .filter(|key| keys.find(&key.variable).is_none())
            .map(|key| key.variable.as_str())
            .collect();
        let key = match (source.keys.as_slice(), missing.as_slice()) {
            ([], _) => "needs no key".to_owned(),
            (_, []) => {
                let state = ingest::key_state(source, keys, &client);
                if state == KeyState::Refused {
                    refused.push(source.code.as_str());
                }
                format!("key set, {}", in_words(&state))
            }
            (_, missing) => format!("key not set: {}", missing.join(", ")),
        };
        text.push_str(&format!("{:<18} {reached}; {key}\n", source.code));
    }
    if text.is_empty() {
        return Err(CliError::nothing(
            "no source that can be asked has this in its code or name; `humstat sources` lists them all",
        ));
    }
    context.show(&text)?;
    let faults = [("not reached", unreached), ("key refused", refused)];
    let faults = faults.iter().filter(|(_, codes)| !codes.is_empty());
    let faults: Vec<String> = faults
        .map(|(what, codes)| format!("{what}: {}", codes.join(", ")))
        .collect();
    if faults.is_empty() {
        return Ok(());
    }
    Err(CliError {
        kind: Kind::Source,
        message: faults.join("; "),
    })
}

fn in_words(state: &KeyState) -> String {
    match state {
        KeyState::Accepted(None) => "and accepted".to_owned(),
        KeyState::Accepted(Some(but)) => format!("and accepted; {but}"),
        KeyState::Refused => "but refused".to_owned(),
        KeyState::NotTold(why) => format!("and whether it is good is not told: {why}"),
    }
}
