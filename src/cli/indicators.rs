//! `humstat indicators`: the words that say what is counted.

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

pub fn run(context: &Context, args: &IndicatorsArgs) -> Result<(), CliError> {
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
    context.show(&text)
}
