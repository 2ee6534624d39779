//! Doing what a plan says: what to record, and then what to make of the record.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::draw::{Order, spec_of};
use super::table::MadeTable;
use super::{ChartPlan, Plan, TablePlan};
use crate::chart::{self, Break, Event};
use crate::depict::Brief;
use crate::figure::Version;
use crate::ledger::{Capture, FigureId, Figures, Ledger, Selection, Versions, ids};
use crate::publish::cite::{Pin, references};
use crate::publish::copy::{self, ChartWords, Sentences};
use crate::publish::sources;
use crate::publish::{self, Format};
use crate::table::{self, Mapping, Options, Table};

/// Where the files of a plan lie.
#[derive(Debug, Clone)]
pub enum Files {
    /// In a folder.
    Folder(PathBuf),
    /// Within the program: names and contents.
    Bundled(Bundle),
}

/// Names and contents of files within the program.
type Bundle = &'static [(&'static str, &'static [u8])];

macro_rules! bundle {
    ($folder:literal: $($file:literal),+ $(,)?) => {
        &[$((
            $file,
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/datasets/", $folder, "/", $file)),
        )),+]
    };
}

/// The situations that come with the program.
const BUNDLES: &[(&str, Bundle)] = &[
    ("ukraine-2022", UKRAINE_2022),
    ("gaza-2023", bundle!("gaza-2023": "plan.toml")),
    ("myanmar", bundle!("myanmar": "plan.toml")),
    ("sudan-2023", bundle!("sudan-2023": "plan.toml")),
    ("syria", bundle!("syria": "plan.toml")),
    ("venezuela", bundle!("venezuela": "plan.toml")),
];

const UKRAINE_2022: Bundle = bundle!("ukraine-2022":
    "plan.toml",
    "refugees.csv", "refugees.map.toml",
    "casualties.csv", "casualties.map.toml",
    "press.csv", "press.map.toml",
);

/// The files of a situation that comes with the program.
pub fn bundled(name: &str) -> Option<Files> {
    BUNDLES
        .iter()
        .find(|(bundle, _)| *bundle == name)
        .map(|(_, files)| Files::Bundled(files))
}

/// The names of the situations that come with the program.
pub fn bundled_names() -> impl Iterator<Item = &'static str> {
    BUNDLES.iter().map(|(name, _)| *name)
}

/// Why a plan could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A file that the plan names cannot be read.
    #[error("{file}: {source}")]
    File {
        /// The file.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A mapping or the plan itself has a mistake.
    #[error(transparent)]
    Toml(#[from] crate::toml_file::TomlError),
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] table::TableError),
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] crate::ledger::LedgerError),
    /// A chart or a table of the plan could not be made.
    #[error("`{name}` of the plan: {reason}")]
    Product {
        /// The chart or the table.
        name: String,
        /// Why.
        reason: String,
    },
}

impl Files {
    /// The names of the files that come with the program; none of a folder.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        let files = match self {
            Self::Folder(_) => &[],
            Self::Bundled(files) => *files,
        };
        files.iter().map(|(name, _)| *name)
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, name: &str) -> Result<Cow<'static, [u8]>, PlanError> {
        let wrong = |file: String, source| PlanError::File { file, source };
        match self {
            Self::Folder(folder) => {
                let file = folder.join(name);
                std::fs::read(&file)
                    .map(Cow::Owned)
                    .map_err(|source| wrong(file.display().to_string(), source))
            }
            Self::Bundled(files) => files
                .iter()
                .find(|(file, _)| *file == name)
                .map(|(_, bytes)| Cow::Borrowed(*bytes))
                .ok_or_else(|| wrong(name.to_owned(), std::io::ErrorKind::NotFound.into())),
        }
    }

    fn text(&self, name: &str) -> Result<String, PlanError> {
        String::from_utf8(self.read(name)?.into_owned()).map_err(|_| PlanError::File {
            file: name.to_owned(),
            source: std::io::Error::new(std::io::ErrorKind::InvalidData, "it is not UTF-8"),
        })
    }
}

/// Reads the files that a plan records, each with its name.
///
/// # Errors
/// When a file, a mapping or a row cannot be read.
pub fn readings(plan: &Plan, files: &Files) -> Result<Vec<(String, Table)>, PlanError> {
    check_names(plan)?;
    plan.ingest
        .iter()
        .map(|ingest| {
            let map_text = files.text(&ingest.map)?;
            let mapping = Mapping::parse(Path::new(&ingest.map), &map_text)?;
            let published = ingest
                .published
                .as_deref()
                .map(str::parse::<Version>)
                .transpose()
                .map_err(|error| PlanError::Product {
                    name: ingest.file.clone(),
                    reason: error.to_string(),
                })?;
            let name = Path::new(&ingest.file).file_name().unwrap_or_default();
            let bytes = files.read(&ingest.file)?.into_owned();
            let capture = Capture::new(name.to_string_lossy(), bytes);
            let options = Options {
                published,
                ..Options::default()
            };
            let table = table::read(vec![capture], &mapping, &map_text, &options, |_| {})?;
            Ok((ingest.file.clone(), table))
        })
        .collect()
}

/// The file of the words that go with charts and tables.
pub const COPY: &str = "copy.md";

/// A file that a plan makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    /// Its name within the output folder.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a plan made.
#[derive(Debug, Default)]
pub struct Made {
    /// The files.
    pub products: Vec<Product>,
    /// What a chart desk would object to: the chart, and what is wrong.
    pub findings: Vec<(String, chart::Finding)>,
    /// What readers of the trends must know, and what of a chart is not translated.
    pub remarks: Vec<String>,
    /// The figures in the products.
    pub figures: BTreeSet<FigureId>,
    /// The words of the charts.
    charts: Vec<ChartWords>,
    /// The sentences of the summaries.
    sentences: Vec<Sentences>,
    /// Charts and tables that could not be made, and why.
    pub failed: Vec<PlanError>,
}

/// Names of files are names: no folders, nothing hidden, each once.
fn check_names(plan: &Plan) -> Result<(), PlanError> {
    let charts = plan.chart.iter().map(|chart| format!("{}.svg", chart.name));
    let tables = plan.table.iter().map(|table| table.file.clone());
    let tables = tables.chain([COPY.to_owned()]);
    let mut seen = std::collections::BTreeSet::new();
    for file in charts.chain(tables) {
        let is_plain = !file.starts_with('.')
            && file
                .chars()
                .all(|character| character.is_alphanumeric() || " -_.".contains(character));
        let reason = if !is_plain {
            "a file is named by letters, digits, spaces, points and dashes, without folders"
        } else if !seen.insert(file.to_lowercase()) {
            "two products have this name"
        } else {
            continue;
        };
        return Err(PlanError::Product {
            name: file,
            reason: reason.to_owned(),
        });
    }
    Ok(())
}

/// What is taken out of selected figures before anything is made of them.
pub type Sieve<'a> = dyn FnMut(&mut Figures) + 'a;

/// Makes the charts and the tables of a plan, and beside each table its sources. `sieve` takes out
/// of the selected figures what may not be put out. What could not be made is in [`Made::failed`].
///
/// # Errors
/// When the ledger cannot be read.
pub fn make(
    plan: &Plan,
    ledger: &Ledger,
    now: NaiveDate,
    program: &str,
    sieve: &mut Sieve<'_>,
) -> Result<Made, PlanError> {
    let mut made = Made::default();
    let pinned = match plan.as_recorded_at {
        Some(entry) => Some(ledger.entry(entry)?.entry),
        None => ledger.head()?,
    };
    let pin = pinned.map(|head| Pin {
        entry: head.id,
        hash: head.hash,
        program: program.to_owned(),
    });
    let provenance = pin.as_ref().map(Pin::metadata).unwrap_or_default();
    for chart in &plan.chart {
        let drawn =
            chart_spec(plan, chart, ledger, now, &provenance, sieve).and_then(|(spec, remark)| {
                let mut products = chart_products(chart, &spec, ledger, program)?;
                products.remarks = remark
                    .map(|r| format!("`{}`: {r}", chart.name))
                    .into_iter()
                    .collect();
                Ok(products)
            });
        made.take(&chart.name, drawn);
    }
    for table in &plan.table {
        let written = super::table::table(plan, table, ledger, now, pin.as_ref(), sieve)
            .and_then(|made| table_products(table, made, pin.as_ref()));
        made.take(&table.file, written);
    }
    if !made.charts.is_empty() || !made.sentences.is_empty() {
        made.products.push(Product {
            file: COPY.to_owned(),
            bytes: copy::text(&plan.title, &made.charts, &made.sentences).into_bytes(),
        });
    }
    Ok(made)
}

impl Made {
    /// Draws a chart in one size, judges it, and keeps the words that go with it.
    fn draw(
        &mut self,
        name: &str,
        spec: &chart::ChartSpec,
        links: &[String],
        program: &str,
    ) -> Result<(), AnyError> {
        let notes = chart::layout::layout(spec)?.notes;
        let words = ChartWords::new(name, spec, &notes, links.to_vec());
        self.charts.push(words);
        let svg = chart::render_svg(spec)?;
        let png = chart::render_png(&svg, PNG_SCALE, &png_metadata(spec, program))?;
        let findings = chart::lint(spec, &svg)?
            .into_iter()
            .map(|finding| (name.to_owned(), finding));
        self.findings.extend(findings);
        for (ending, bytes) in [("svg", chart::with_font(&svg)?.into_bytes()), ("png", png)] {
            self.products.push(Product {
                file: format!("{name}.{ending}"),
                bytes,
            });
        }
        Ok(())
    }

    /// Adds what was made of one chart or table, or why it was not.
    pub(super) fn take(&mut self, name: &str, part: Result<Self, AnyError>) {
        match part {
            Ok(part) => {
                self.products.extend(part.products);
                self.findings.extend(part.findings);
                self.remarks.extend(part.remarks);
                self.figures.extend(part.figures);
                self.charts.extend(part.charts);
                self.sentences.extend(part.sentences);
            }
            Err(error) => self.failed.push(PlanError::Product {
                name: name.to_owned(),
                reason: error.to_string(),
            }),
        }
    }
}

/// SVG and PNG of a chart, and of each of its sizes where it has several, with its words.
fn chart_products(
    chart: &ChartPlan,
    spec: &chart::ChartSpec,
    ledger: &Ledger,
    program: &str,
) -> Result<Made, AnyError> {
    let shown = spec.metadata.iter().find(|(key, _)| key == "figures");
    let figures: BTreeSet<FigureId> = shown
        .and_then(|(_, text)| ids::from_text(text))
        .into_iter()
        .flatten()
        .collect();
    let links = links(ledger, &figures)?;
    let mut made = Made {
        figures,
        ..Made::default()
    };
    if chart.sizes.is_empty() {
        made.draw(&chart.name, spec, &links, program)?;
    }
    for &size in &chart.sizes {
        let mut spec = spec.clone();
        spec.size = size.into();
        let name = format!("{}-{size}", chart.name);
        made.draw(&name, &spec, &links, program)?;
    }
    Ok(made)
}

/// The web addresses of the publications behind figures, each once.
fn links(ledger: &Ledger, shown: &BTreeSet<FigureId>) -> Result<Vec<String>, AnyError> {
    if shown.is_empty() {
        return Ok(Vec::new());
    }
    let figures = ledger.figures(&Selection {
        figures: shown.iter().copied().collect(),
        versions: Versions::All,
        ..Selection::default()
    })?;
    let mut links: Vec<String> = references(&figures, Some(shown))
        .iter()
        .filter_map(|reference| reference.publication.url.clone())
        .collect();
    links.sort();
    links.dedup();
    Ok(links)
}

fn table_products(table: &TablePlan, made: MadeTable, pin: Option<&Pin>) -> Result<Made, AnyError> {
    let format = Format::of_file(Path::new(&table.file))?;
    let along = publish::Along {
        pin,
        sources: made.sources.as_ref(),
        bom: false,
    };
    let mut products = vec![Product {
        file: table.file.clone(),
        bytes: publish::write(&made.frame, format, &along)?,
    }];
    // Beside a table for people to read lie no sources.
    if let Some(sources) = made.sources.filter(|_| format != Format::Table) {
        let beside = sources::beside(Path::new(&table.file));
        products.push(Product {
            file: beside.to_string_lossy().into_owned(),
            bytes: sources.markdown().into_bytes(),
        });
    }
    Ok(Made {
        products,
        remarks: made.remarks,
        figures: made.figures,
        sentences: made
            .summary
            .iter()
            .map(|summary| Sentences::new(&table.file, summary))
            .collect(),
        ..Made::default()
    })
}

/// Pixels for each px of a chart.
const PNG_SCALE: f64 = 2.0;

/// What a PNG says of itself.
pub(crate) fn png_metadata(spec: &chart::ChartSpec, program: &str) -> Vec<(String, String)> {
    let mut metadata = vec![
        ("Title".to_owned(), spec.title.clone()),
        ("Description".to_owned(), chart::alt_text(spec)),
        ("Source".to_owned(), spec.source.clone()),
        ("Software".to_owned(), program.to_owned()),
    ];
    metadata.extend(spec.metadata.iter().cloned());
    metadata
}

pub(super) type AnyError = Box<dyn std::error::Error>;

/// The selection of a chart or table, as known on the day of the plan where it names none itself.
pub(super) fn selection(
    plan: &Plan,
    asked: &super::Asked,
    now: NaiveDate,
) -> Result<Selection, AnyError> {
    let mut selection = asked.selection(now)?;
    if let (None, Some(known_on)) = (selection.as_known_on, &plan.as_known_on) {
        selection.as_known_on = Some(super::asked::instant(known_on, now)?);
    }
    selection.as_recorded_at = plan.as_recorded_at;
    Ok(selection)
}

/// What a chart of the plan shows, and what of it is not translated.
pub(super) fn chart_spec(
    plan: &Plan,
    chart: &ChartPlan,
    ledger: &Ledger,
    now: NaiveDate,
    provenance: &[(String, String)],
    sieve: &mut Sieve<'_>,
) -> Result<(chart::ChartSpec, Option<String>), AnyError> {
    let selection = selection(plan, &chart.select, now)?;
    let emphasis = match &chart.emphasis {
        Some(word) => vec![crate::place::find(word)?.id.to_string()],
        None => Vec::new(),
    };
    let brief = Brief {
        title: chart.title.clone(),
        subtitle: chart.subtitle.clone(),
        notes: chart.notes.clone(),
        alt: chart.alt.clone(),
        size: chart.size.map(Into::into).unwrap_or_default(),
        language: chart.lang.unwrap_or_default(),
        look: chart.theme.unwrap_or_default(),
        emphasis,
        places_chosen: false,
        events: chart
            .event
            .iter()
            .map(|event| Event {
                date: event.date,
                label: event.label.clone(),
            })
            .collect(),
        breaks: chart
            .breaks
            .iter()
            .map(|one| Break {
                date: one.date,
                label: one.label.clone(),
            })
            .collect(),
        provenance: provenance.to_vec(),
    };
    let map = chart.map.clone().unwrap_or_default();
    let order = Order {
        form: chart.kind,
        show: chart.show.map(Into::into).unwrap_or_default(),
        forecast: chart.forecast.map(std::num::NonZeroUsize::get),
        top: chart.top.map(std::num::NonZeroUsize::get),
        against: chart
            .against
            .as_deref()
            .map(|then| super::asked::instant(then, now))
            .transpose()?,
        scales_differ: chart.scales_differ,
        arrange: chart.arrange.map(Into::into),
        map: map.order()?,
        per_inhabitants: map.per_inhabitants,
    };
    let spec = spec_of(ledger, &selection, order, &brief, sieve)?;
    Ok((spec, brief.untranslated()))
}

/// Why something of a plan is not made.
pub(super) const NO_FIGURE: &str = "no figure matches its selection";

/// The figures of a selection that may be put out.
pub(super) fn sifted(
    ledger: &Ledger,
    selection: &Selection,
    sieve: &mut Sieve<'_>,
) -> Result<Figures, AnyError> {
    let mut figures = ledger.figures(selection)?;
    if figures.rows.is_empty() {
        return Err(NO_FIGURE.into());
    }
    sieve(&mut figures);
    if figures.rows.is_empty() {
        return Err(
            "no figure of its selection has a licence that allows what they are used for".into(),
        );
    }
    Ok(figures)
}
