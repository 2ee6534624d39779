//! A plan: a TOML file that says the whole job, from the files to record to the charts to draw.

mod asked;
mod draw;
mod forms;
mod map;
mod numbers;
mod replication;
mod report;
mod run;
mod size;
mod table;

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

pub(crate) use asked::instant;
pub use asked::{Asked, AskedError};
pub(crate) use draw::{Order, spec_of};
pub use map::{MapPlan, MapStylePlan};
pub use numbers::numbers;
pub use replication::{Replay, ReplayFile, ReplayScope, Replication, TakenBack, asked_as_toml};
pub(crate) use report::report;
pub(crate) use run::png_metadata;
pub use run::{
    COPY, Files, Made, PlanError, Product, Sieve, bundled, bundled_names, make, readings,
};
pub use size::{SizePlan, UnknownSize};

use crate::chart::{Arrangement, Language, Look};
use crate::depict::Show;
use crate::figure::coded_enum;
use crate::toml_file::{self, TomlError};

/// A whole job.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// What it is about.
    pub title: String,
    /// Folder that the products go to, relative to the plan.
    pub output: String,
    /// Only what was public by then; in every product that does not say otherwise.
    pub as_known_on: Option<String>,
    /// Only what the ledger held after this entry; likewise.
    pub as_recorded_at: Option<i64>,
    /// How its products are made again from the files beside it; see `humstat export replication`.
    pub replication: Option<Replication>,
    /// Its headline: what the name of the situation stands for in a selection.
    pub select: Option<Asked>,
    /// Files to record.
    #[serde(default)]
    pub ingest: Vec<IngestPlan>,
    /// What to ask sources for: the words after `humstat ingest`.
    #[serde(default)]
    pub ask: Vec<String>,
    /// Charts to draw, each as SVG and PNG.
    #[serde(default)]
    pub chart: Vec<ChartPlan>,
    /// Tables to write.
    #[serde(default)]
    pub table: Vec<TablePlan>,
}

/// A file to record.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IngestPlan {
    /// The file, relative to the plan.
    pub file: String,
    /// The mapping, relative to the plan.
    pub map: String,
    /// When it was published, where the mapping does not say.
    pub published: Option<String>,
}

coded_enum! {
    /// A form of chart.
    ChartForm ("kind of chart") {
        /// Change over time.
        Line = "line",
        /// Places by size.
        Bars = "bars",
        /// From origins to destinations.
        Flow = "flow",
        /// Columns over time.
        Columns = "columns",
        /// Areas over time.
        Area = "area",
        /// Places by size, as discs on stems.
        Lollipop = "lollipop",
        /// A population by age and sex.
        Pyramid = "pyramid",
        /// Places on a map.
        Map = "map",
        /// Between places around a circle.
        Chord = "chord",
        /// Origins by destinations.
        Matrix = "matrix",
        /// Two moments as lines between two columns.
        Slope = "slope",
        /// Two moments as two dots in a row.
        Dumbbell = "dumbbell",
        /// Small multiples over time.
        Panels = "panels",
        /// One series as it was known on different days.
        Revisions = "revisions",
        /// Daily figures by weeks.
        Calendar = "calendar",
        /// A few numbers as a table.
        Table = "table",
    }
}

coded_enum! {
    /// How columns or areas of several series stand.
    ArrangePlan ("arrangement") {
        /// Side by side.
        Grouped = "grouped",
        /// On one another.
        Stacked = "stacked",
        /// On one another, each a whole of 100%.
        Share = "share",
    }
}

impl From<ArrangePlan> for Arrangement {
    fn from(arrange: ArrangePlan) -> Self {
        match arrange {
            ArrangePlan::Grouped => Self::Grouped,
            ArrangePlan::Stacked => Self::Stacked,
            ArrangePlan::Share => Self::Share,
        }
    }
}

coded_enum! {
    /// What a line or a column shows.
    ShowPlan ("thing to show") {
        /// The numbers as published.
        Level = "level",
        /// New per day, averaged over seven days.
        SevenDayAverage = "seven_day_average",
        /// The difference to the report before.
        Change = "change",
    }
}

impl From<ShowPlan> for Show {
    fn from(show: ShowPlan) -> Self {
        match show {
            ShowPlan::Level => Self::Level,
            ShowPlan::SevenDayAverage => Self::SevenDayAverage,
            ShowPlan::Change => Self::Change,
        }
    }
}

/// A chart to draw.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChartPlan {
    /// Name of its files, without ending.
    pub name: String,
    /// Its form.
    pub kind: ChartForm,
    /// The figures.
    pub select: Asked,
    /// What a line shows.
    pub show: Option<ShowPlan>,
    /// How columns or areas of several series stand.
    pub arrange: Option<ArrangePlan>,
    /// In a line chart of one line: how many steps ahead it is forecast.
    pub forecast: Option<std::num::NonZeroUsize>,
    /// Only the largest places or series; the rest is gathered in one.
    pub top: Option<std::num::NonZeroUsize>,
    /// The finding; written from the record when it is not given.
    pub title: Option<String>,
    /// Measure, unit, place and period; likewise.
    pub subtitle: Option<String>,
    /// What readers should know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Text for readers who cannot see the chart.
    pub alt: Option<String>,
    /// Width and height.
    pub size: Option<SizePlan>,
    /// The language of what the chart says itself.
    pub lang: Option<Language>,
    /// How a map is drawn.
    pub map: Option<MapPlan>,
    /// Several sizes, each in files of its own: `name-square.svg`.
    #[serde(default)]
    pub sizes: Vec<SizePlan>,
    /// Ground and colours.
    pub theme: Option<Look>,
    /// The place that the title speaks of.
    pub emphasis: Option<String>,
    /// What happened.
    #[serde(default)]
    pub event: Vec<EventPlan>,
    /// Days from which on a source counts otherwise.
    #[serde(default, rename = "break")]
    pub breaks: Vec<EventPlan>,
    /// In slopes and dumbbells: what was known on a day, in place of another day's figures.
    pub against: Option<String>,
    /// In panels: each has a scale of its own.
    #[serde(default)]
    pub scales_differ: bool,
}

impl ChartPlan {
    /// A chart of everything, with words from the record.
    pub(crate) fn new(name: &str, kind: ChartForm) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            select: Asked::default(),
            show: None,
            forecast: None,
            arrange: None,
            top: None,
            title: None,
            subtitle: None,
            notes: Vec::new(),
            alt: None,
            size: None,
            lang: None,
            map: None,
            sizes: Vec::new(),
            theme: None,
            emphasis: None,
            event: Vec::new(),
            breaks: Vec::new(),
            against: None,
            scales_differ: false,
        }
    }
}

/// Something that happened, or that changed in how a source counts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventPlan {
    /// The day.
    #[serde(deserialize_with = "toml_file::day")]
    pub date: NaiveDate,
    /// A few words.
    pub label: String,
}

coded_enum! {
    /// What a table holds.
    TableForm ("kind of table") {
        /// Figures with their provenance.
        Figures = "figures",
        /// The newest by place.
        Summary = "summary",
        /// Change over time.
        Trends = "trends",
    }
}

/// A table to write.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TablePlan {
    /// Name of the file; its ending is the format.
    pub file: String,
    /// What it holds.
    pub kind: TableForm,
    /// The figures.
    pub select: Asked,
    /// A total over the places of a summary.
    #[serde(default)]
    pub total: bool,
    /// How falls of a cumulative are dealt with: signed, cummax or backcast.
    pub revisions: Option<crate::analysis::cumulative::RevisionPolicy>,
}

impl Plan {
    /// Reads a plan.
    ///
    /// # Errors
    /// With the line of the mistake and the nearest right key.
    pub fn parse(path: &Path, text: &str) -> Result<Self, TomlError> {
        toml_file::parse(path, text)
    }
}
