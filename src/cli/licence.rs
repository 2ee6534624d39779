//! What the licences of figures allow a desk to put out.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::CliError;
use super::context::{Context, Use};
use crate::figure::counted;
use crate::ledger::Figures;
use crate::vocabulary;

/// What licences allow
#[derive(Debug, Clone, Default, Args)]
pub struct LicenceArgs {
    /// Put out the figures of this channel although their licence does not allow commercial use:
    /// you have permission
    #[arg(long, value_name = "CHANNEL", help_heading = "Output")]
    licence_ok: Vec<String>,
}

impl LicenceArgs {
    /// Leaves out of what goes to a file the figures whose licence does not allow what the desk uses
    /// them for, and says which; on a terminal or in a pipe they stay, and it says so too.
    pub fn leave_out(&self, context: &Context, figures: &mut Figures, is_export: bool) {
        if context.used_for == Use::NonCommercial {
            return;
        }
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut closed: BTreeSet<usize> = BTreeSet::new();
        for row in &figures.rows {
            let publication = &figures.publications[row.publication].publication;
            let channel = publication.channel.as_str();
            let listed = vocabulary::channel(channel).ok();
            let licence = publication
                .licence
                .as_deref()
                .or(listed.map(|channel| channel.licence.as_str()));
            // Of terms that nobody named, nothing can be said.
            let Some(Ok(licence)) = licence.map(vocabulary::licence) else {
                continue;
            };
            if !licence.commercial && !self.licence_ok.iter().any(|known| known == channel) {
                *counts.entry((channel, licence.code.as_str())).or_default() += 1;
                closed.insert(row.publication);
            }
        }
        for ((channel, licence), count) in &counts {
            let instead = vocabulary::channel(channel)
                .ok()
                .and_then(|channel| channel.open_instead.as_deref())
                .map_or_else(String::new, |open| format!("; {open} is open"));
            let what = if is_export {
                format!(
                    "left out {} of {channel}",
                    counted(*count, "figure", "figures")
                )
            } else {
                format!(
                    "files leave out {} of {channel}",
                    counted(*count, "figure", "figures")
                )
            };
            context.tell(&format!(
                "{what}: {licence} allows no commercial use (rule licence); with permission add --licence-ok {channel}, or write use = \"non-commercial\" in humstat.toml{instead}"
            ));
        }
        if is_export {
            figures
                .rows
                .retain(|row| !closed.contains(&row.publication));
        }
    }

    /// As [`LicenceArgs::leave_out`], for an output that would be empty without any figure.
    ///
    /// # Errors
    /// When no figure is left.
    pub fn keep_some(
        &self,
        context: &Context,
        figures: &mut Figures,
        is_export: bool,
    ) -> Result<(), CliError> {
        let had_some = !figures.rows.is_empty();
        self.leave_out(context, figures, is_export);
        if had_some && figures.rows.is_empty() {
            return Err(CliError::data(
                "no figure is left whose licence allows commercial use",
            ));
        }
        Ok(())
    }
}
