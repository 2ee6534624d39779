//! Flows as a picture, where the file that they go to is one.

use std::path::Path;

use clap::Args;

use crate::chart::Look;
use crate::cli::CliError;
use crate::cli::context::Context;
use crate::cli::output::pin;
use crate::cli::picture::{self, Wanted};
use crate::depict::{Brief, PairForm, flow_chart};
use crate::figure::coded_enum;
use crate::ledger::{Figures, Ledger, Selection};
use crate::line::Line;
use crate::plan::SizePlan;
use crate::publish::flows::Flows;

coded_enum! {
    /// How flows are drawn.
    Form ("chart of flows") {
        /// Ribbons from origins to destinations.
        Flow = "flow",
        /// Ribbons between places around a circle.
        Chord = "chord",
        /// Tinted cells.
        Matrix = "matrix",
    }
}

/// A picture
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Picture, with -o FILE.svg or .png")]
pub struct PictureArgs {
    /// flow, chord or matrix
    #[arg(long, value_name = "KIND")]
    chart: Option<Form>,
    /// How many places are drawn by name on each side; the rest is gathered in one
    #[arg(long, value_name = "N", default_value = "10")]
    top: std::num::NonZeroUsize,
    /// The finding, in plain words
    #[arg(long)]
    title: Option<String>,
    /// article, newsroom, square, portrait, social, column or page, or your own
    #[arg(long, value_delimiter = ',', default_value = "article")]
    size: Vec<SizePlan>,
    /// light, dark or grey
    #[arg(long, default_value_t = Look::Light)]
    theme: Look,
}

impl PictureArgs {
    /// Whether the output is a picture.
    pub fn is_wanted(&self, output: Option<&Path>) -> Result<bool, CliError> {
        let ending = output.and_then(|file| file.extension()?.to_str());
        let is_picture = matches!(ending, Some("svg" | "png" | "pdf"));
        if self.chart.is_some() && !is_picture {
            return Err(CliError::usage(
                "--chart draws a picture: name its file with -o, such as -o flows.svg",
            ));
        }
        Ok(is_picture)
    }

    /// Draws the flows.
    pub fn put(
        &self,
        context: &Context,
        ledger: &Ledger,
        asked: &Selection,
        (figures, lines): (&Figures, &[Line]),
        flows: &Flows<'_>,
        output: Option<&Path>,
    ) -> Result<(), CliError> {
        let brief = Brief {
            title: self.title.clone(),
            size: self
                .size
                .first()
                .map(|&size| size.into())
                .unwrap_or_default(),
            look: self.theme,
            provenance: pin(ledger, asked)?.metadata(),
            ..Brief::default()
        };
        let form = match self.chart.unwrap_or(Form::Flow) {
            Form::Flow => PairForm::Flow,
            Form::Chord => PairForm::Chord,
            Form::Matrix => PairForm::Matrix,
        };
        let spec = flow_chart(figures, lines, flows, (form, self.top.get()), &brief)
            .map_err(|error| CliError::data(error.to_string()))?;
        let wanted = Wanted {
            sizes: &self.size,
            output,
            scale: 2.0,
            outline: false,
            lint: false,
        };
        picture::put(context, &spec, &wanted)
    }
}
