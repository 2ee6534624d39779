//! `humstat indicators` and `sources`: the words that the other commands understand.

use clap::Args;

use super::CliError;
use super::context::Context;
use crate::vocabulary;

/// Search the indicators: what can be counted
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  humstat indicators\n  humstat indicators displaced")]
pub struct IndicatorsArgs {
    /// A part of a code, a label or a definition; all indicators when it is left out
    search: Option<String>,
}

/// Search the claimants, the channels and their licences
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  humstat sources\n  humstat sources unhcr")]
pub struct SourcesArgs {
    /// A part of a code or a name; all of them when it is left out
    search: Option<String>,
}

pub fn indicators(context: &Context, args: &IndicatorsArgs) -> Result<(), CliError> {
    let wanted = args.search.as_deref().unwrap_or_default().to_lowercase();
    let mut text = String::new();
    for indicator in vocabulary::indicators() {
        let words = [&indicator.code, &indicator.label, &indicator.definition];
        let also = indicator.also.iter();
        if !words
            .into_iter()
            .chain(also)
            .any(|word| word.to_lowercase().contains(&wanted))
        {
            continue;
        }
        text.push_str(&format!(
            "{:<28} {}, {} ({})\n    {}\n",
            indicator.code,
            indicator.label,
            indicator.measure,
            indicator.unit,
            indicator.definition
        ));
    }
    if text.is_empty() {
        let error = vocabulary::indicator(&wanted).err();
        return Err(CliError::nothing(
            error.map_or_else(String::new, |error| error.to_string()),
        ));
    }
    context.put(text.as_bytes(), None)
}

pub fn sources(context: &Context, args: &SourcesArgs) -> Result<(), CliError> {
    let wanted = args.search.as_deref().unwrap_or_default().to_lowercase();
    let mut text = String::new();
    for channel in vocabulary::channels() {
        let words = [&channel.code, &channel.title, &channel.organisation];
        if !words
            .into_iter()
            .any(|word| word.to_lowercase().contains(&wanted))
        {
            continue;
        }
        let cadence = channel
            .cadence
            .map_or_else(String::new, |days| format!(", every {days} days"));
        text.push_str(&format!(
            "{:<28} {} ({}{cadence})\n    {}; name it as: {}\n",
            channel.code, channel.title, channel.kind, channel.licence, channel.attribution
        ));
    }
    for organisation in vocabulary::organisations() {
        let words = [&organisation.code, &organisation.name];
        if words
            .into_iter()
            .any(|word| word.to_lowercase().contains(&wanted))
        {
            let url = organisation.url.as_deref().unwrap_or_default();
            text.push_str(&format!(
                "{:<28} {}  {url}\n",
                organisation.code, organisation.name
            ));
        }
    }
    if text.is_empty() {
        return Err(CliError::nothing(format!(
            "no source has `{wanted}` in its code or name; `humstat sources` lists them all"
        )));
    }
    context.put(text.as_bytes(), None)
}
