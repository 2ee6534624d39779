//! From a number back to what it rests on: its publication, its row, and what became of it since.

use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::Columns;
use super::harmless::one_line;
use super::revisions::subject;
use super::sentence::{day, of_figure};
use crate::figure::{Quantity, coded_enum};
use crate::ledger::{FigureRow, FigureSource, Figures, ReadFrom};

coded_enum! {
    /// What became of a figure since it was put out.
    Finding ("finding") {
        /// It is the newest of its period.
        Current = "as_recorded",
        /// The source has since said something else.
        Superseded = "superseded",
        /// The source took it back, or no longer reports it.
        Withdrawn = "withdrawn",
        /// We had recorded it wrongly.
        Retracted = "retracted",
        /// The file has another number than the record.
        Altered = "altered",
        /// The ledger holds no such figure.
        Unknown = "unknown",
    }
}

/// A figure with all versions of its period.
#[derive(Debug, Clone)]
pub struct Trace<'f> {
    figures: &'f Figures,
    /// The figure.
    pub row: &'f FigureRow,
    /// The living versions of its series and period, oldest first.
    pub versions: Vec<&'f FigureRow>,
}

impl<'f> Trace<'f> {
    /// The trace of a figure among figures that were selected with all their versions.
    pub fn of(figures: &'f Figures, row: &'f FigureRow) -> Self {
        let versions = figures
            .rows
            .iter()
            .filter(|other| (other.series, other.period) == (row.series, row.period))
            .filter(|other| other.retracted.is_none())
            .collect();
        Self {
            figures,
            row,
            versions,
        }
    }

    /// The newest version, if its source still gives a number.
    pub fn newest(&self) -> Option<&'f FigureRow> {
        self.versions.last().copied()
    }

    /// What became of it.
    pub fn finding(&self) -> Finding {
        match self.newest() {
            _ if self.row.retracted.is_some() => Finding::Retracted,
            Some(newest) if newest.quantity == self.row.quantity => Finding::Current,
            Some(newest) if !newest.quantity.is_present() => Finding::Withdrawn,
            Some(_) => Finding::Superseded,
            None => Finding::Withdrawn,
        }
    }

    /// The figure and all that it rests on, a line each, for a person to read.
    pub fn card(
        &self,
        source: Option<&FigureSource>,
        evidence: Option<(String, String)>,
        read_from: &[ReadFrom],
    ) -> String {
        let series = &self.figures.series[self.row.series];
        let publication = &self.figures.publications[self.row.publication];
        let about = &publication.publication;
        let mut lines = vec![of_figure(series, self.row.period, &self.row.quantity)];
        let mut line = |name: &str, text: String| {
            if !text.is_empty() {
                lines.push(format!("{name:<13}{}", one_line(&text)));
            }
        };
        line("figure", self.row.id.to_string());
        line("finding", self.finding().code().replace('_', " "));
        if let Some(retracted) = &self.row.retracted {
            line(
                "retracted",
                format!(
                    "entry {}, our mistake: {}",
                    retracted.entry, retracted.reason
                ),
            );
        }
        line(
            "publication",
            format!("{} ({})", about.title, series.channel),
        );
        line("published", day(publication.version.day()));
        line("relayed by", about.relayed_by.join("; "));
        line("url", about.url.clone().unwrap_or_default());
        line("licence", about.licence.clone().unwrap_or_default());
        line("attribution", about.attribution.clone().unwrap_or_default());
        match source {
            Some(source) => {
                let row = source
                    .row
                    .map_or_else(String::new, |row| format!(", row {row}"));
                line("file", format!("{}{row}", source.name));
                line("sha256", source.sha256.clone());
            }
            None => line("file", "none: typed by hand".to_owned()),
        }
        if let Some((header, row)) = evidence {
            line("header", header);
            line("row", row);
        }
        for words in read_from {
            line(
                "read from",
                format!(
                    "characters {} to {} of its text: {}, decided in entry {}",
                    words.number.begin + 1,
                    words.number.end,
                    words.candidate,
                    words.entry
                ),
            );
            line("quote", format!("“{}”", words.quote));
            let corrected: Vec<String> = words
                .changes
                .iter()
                .map(|(field, text)| format!("{field}={text}"))
                .collect();
            line("corrected", corrected.join(", "));
        }
        line("entry", self.row.entry.to_string());
        if read_from.is_empty() {
            line("notes", self.row.notes.clone().unwrap_or_default());
        }
        for version in &self.versions {
            let mark = if version.id == self.row.id {
                " (this)"
            } else {
                ""
            };
            let said: &Quantity = &version.quantity;
            line(
                "version",
                format!("{}  {said}  {}{mark}", version.version, version.id),
            );
        }
        lines.join("\n") + "\n"
    }
}

/// A figure of a file, or of a question, and what became of it.
#[derive(Debug, Clone)]
pub struct Traced<'f> {
    /// Its name, as it was asked for.
    pub figure_id: String,
    /// The number that the file has for it, where it has one.
    pub stated: Option<i64>,
    /// The figure; none where the ledger holds none of this name.
    pub trace: Option<Trace<'f>>,
}

impl Traced<'_> {
    /// What became of it, also whether the file still says what was recorded.
    pub fn finding(&self) -> Finding {
        let Some(trace) = &self.trace else {
            return Finding::Unknown;
        };
        match (self.stated, trace.row.quantity.value) {
            (Some(stated), Some(value)) if stated != value => Finding::Altered,
            _ => trace.finding(),
        }
    }
}

/// Traced figures as a frame, a row each.
///
/// Columns: figure_id, finding (see [`Finding`]), those of the subject (see
/// [`super::revisions::versions`]), period_end (date), stated_value (whole, what the file says),
/// value, low, high (whole), qualifier, version, newest_value (whole), newest_qualifier,
/// newest_version, newest_figure_id, relayed_by, title, url, notes, entry (whole).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(traced: &[Traced<'_>]) -> Result<DataFrame, PublishError> {
    let known: Vec<(&Traced<'_>, Option<&Trace<'_>>)> = traced
        .iter()
        .map(|traced| (traced, traced.trace.as_ref()))
        .collect();
    let row = |trace: Option<&Trace<'_>>| trace.map(|trace| trace.row.quantity);
    let newest = |trace: Option<&Trace<'_>>| trace.and_then(|trace| trace.newest().cloned());
    let publication = |trace: Option<&Trace<'_>>| {
        trace.map(|trace| {
            trace.figures.publications[trace.row.publication]
                .publication
                .clone()
        })
    };
    let mut columns = Columns::default();
    columns.text(
        "figure_id",
        known.iter().map(|(traced, _)| Some(&traced.figure_id)),
    );
    columns.text(
        "finding",
        known
            .iter()
            .map(|(traced, _)| Some(traced.finding().code())),
    );
    subject(
        &mut columns,
        known
            .iter()
            .map(|(_, trace)| trace.map(|trace| &trace.figures.series[trace.row.series])),
    );
    columns.date(
        "period_end",
        known
            .iter()
            .map(|(_, trace)| trace.map(|trace| trace.row.period.end)),
    );
    columns.whole(
        "stated_value",
        known.iter().map(|(traced, _)| traced.stated),
    );
    columns.whole("value", known.iter().map(|(_, trace)| row(*trace)?.value));
    columns.whole("low", known.iter().map(|(_, trace)| row(*trace)?.low));
    columns.whole("high", known.iter().map(|(_, trace)| row(*trace)?.high));
    columns.text(
        "qualifier",
        known
            .iter()
            .map(|(_, trace)| Some(row(*trace)?.qualifier.code())),
    );
    columns.text(
        "version",
        known
            .iter()
            .map(|(_, trace)| Some(trace.as_ref()?.row.version.to_string())),
    );
    columns.whole(
        "newest_value",
        known
            .iter()
            .map(|(_, trace)| newest(*trace)?.quantity.value),
    );
    columns.text(
        "newest_qualifier",
        known
            .iter()
            .map(|(_, trace)| Some(newest(*trace)?.quantity.qualifier.code())),
    );
    columns.text(
        "newest_version",
        known
            .iter()
            .map(|(_, trace)| Some(newest(*trace)?.version.to_string())),
    );
    columns.text(
        "newest_figure_id",
        known
            .iter()
            .map(|(_, trace)| Some(newest(*trace)?.id.to_string())),
    );
    columns.text(
        "relayed_by",
        known
            .iter()
            .map(|(_, trace)| Some(publication(*trace)?.relayed_by.join("; "))),
    );
    columns.text(
        "title",
        known
            .iter()
            .map(|(_, trace)| Some(publication(*trace)?.title)),
    );
    columns.text(
        "url",
        known.iter().map(|(_, trace)| publication(*trace)?.url),
    );
    columns.text(
        "notes",
        known
            .iter()
            .map(|(_, trace)| trace.as_ref()?.row.notes.clone()),
    );
    columns.whole(
        "entry",
        known
            .iter()
            .map(|(_, trace)| Some(trace.as_ref()?.row.entry)),
    );
    columns.frame()
}
