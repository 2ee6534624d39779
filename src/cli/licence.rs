//! What the licences of figures allow a desk to put out.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;

use super::CliError;
use super::context::{Context, Use};
use crate::figure::{Publication, counted};
use crate::ledger::{FigureId, Figures, Ledger, Selection};
use crate::vocabulary;

/// What licences allow
#[derive(Debug, Clone, Default, Args)]
pub struct LicenceArgs {
    /// Put out the figures of this channel although their licence does not allow commercial use:
    /// you have permission
    #[arg(long, value_name = "CHANNEL", help_heading = "Output")]
    licence_ok: Vec<String>,
}

/// The error where nothing may be put out.
pub const NONE_LEFT: &str = "no figure is left whose licence allows commercial use";

/// The figures that licences keep out of files, by channel and licence.
#[derive(Debug, Default)]
pub struct LeftOut(BTreeMap<(String, String), BTreeSet<FigureId>>);

impl LeftOut {
    /// Says which they are, and the way out.
    fn tell(&self, context: &Context, is_export: bool) {
        for ((channel, licence), figures) in &self.0 {
            let instead = vocabulary::channel(channel)
                .ok()
                .and_then(|channel| channel.open_instead.as_deref())
                .map_or_else(String::new, |open| format!("; {open} is open"));
            let what = if is_export {
                "left out"
            } else {
                "files leave out"
            };
            context.tell(&format!(
                "{what} {} of {channel}: {licence} allows no commercial use (rule licence); with permission add --licence-ok {channel}, or write use = \"non-commercial\" in humstat.toml{instead}",
                counted(figures.len(), "figure", "figures")
            ));
        }
    }
}

impl LicenceArgs {
    /// Permissions that were noted before.
    pub const fn of(licence_ok: Vec<String>) -> Self {
        Self { licence_ok }
    }

    /// The channels that there is permission for.
    pub fn permitted(&self) -> &[String] {
        &self.licence_ok
    }

    /// Leaves out without a word what a use does not allow.
    pub fn quietly_leave_out(&self, used_for: Use, figures: &mut Figures) {
        if used_for == Use::NonCommercial {
            return;
        }
        let closed: Vec<bool> = figures
            .publications
            .iter()
            .map(|known| self.closed(&known.publication).is_some())
            .collect();
        figures.rows.retain(|row| !closed[row.publication]);
    }

    /// Leaves out of what goes to a file the figures whose licence does not allow what the desk uses
    /// them for, and says which; on a terminal or in a pipe they stay, and it says so too.
    pub fn leave_out(&self, context: &Context, figures: &mut Figures, is_export: bool) {
        let mut left_out = LeftOut::default();
        self.sift(context, figures, is_export, &mut left_out);
        left_out.tell(context, is_export);
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
            return Err(CliError::data(NONE_LEFT));
        }
        Ok(())
    }

    /// Does `job` with a sieve for its figures, and says at the end what the sieve kept back.
    ///
    /// # Errors
    /// Those of the job.
    pub fn sifting<T, E>(
        &self,
        context: &Context,
        is_export: bool,
        job: impl FnOnce(&mut dyn FnMut(&mut Figures)) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut left_out = LeftOut::default();
        let done =
            job(&mut |figures: &mut Figures| self.sift(context, figures, is_export, &mut left_out));
        left_out.tell(context, is_export);
        done
    }

    /// Hands on what is selected part by part, as [`LicenceArgs::keep_some`] leaves it. Whether anything was
    /// selected at all.
    ///
    /// # Errors
    /// When no figure is left of those that were selected, or with the first error of `take`.
    pub fn keep_some_in_parts(
        &self,
        context: &Context,
        (ledger, selection): (&Ledger, &Selection),
        is_export: bool,
        mut take: impl FnMut(&mut Figures) -> Result<(), CliError>,
    ) -> Result<bool, CliError> {
        let (mut is_any, mut is_any_left) = (false, false);
        self.sifting(context, is_export, |sift| {
            ledger.figures_in_parts(selection, |figures| {
                is_any |= !figures.rows.is_empty();
                sift(figures);
                is_any_left |= !figures.rows.is_empty();
                take(figures)
            })
        })?;
        if is_any && !is_any_left {
            return Err(CliError::data(NONE_LEFT));
        }
        Ok(is_any)
    }

    fn sift(
        &self,
        context: &Context,
        figures: &mut Figures,
        is_export: bool,
        left_out: &mut LeftOut,
    ) {
        if context.used_for == Use::NonCommercial {
            return;
        }
        let closed: Vec<Option<&str>> = figures
            .publications
            .iter()
            .map(|known| self.closed(&known.publication))
            .collect();
        if closed.iter().all(Option::is_none) {
            return;
        }
        for row in &figures.rows {
            if let Some(licence) = closed[row.publication] {
                let channel = &figures.publications[row.publication].publication.channel;
                left_out
                    .0
                    .entry((channel.clone(), licence.to_owned()))
                    .or_default()
                    .insert(row.id);
            }
        }
        if is_export {
            figures.rows.retain(|row| closed[row.publication].is_none());
        }
    }

    /// The licence of a publication, where it allows no commercial use and nobody gave permission.
    fn closed(&self, publication: &Publication) -> Option<&'static str> {
        let channel = publication.channel.as_str();
        let listed = vocabulary::channel(channel).ok();
        let licence = publication
            .licence
            .as_deref()
            .or(listed.map(|channel| channel.licence.as_str()));
        // Of terms that nobody named, nothing can be said.
        let licence = vocabulary::licence(licence?).ok()?;
        let is_closed =
            !licence.commercial && !self.licence_ok.iter().any(|known| known == channel);
        is_closed.then_some(licence.code.as_str())
    }
}
