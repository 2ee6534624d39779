//! The kinds of chart: one folder each, with everything that is peculiar to it.

mod area;
mod bars;
mod calendar;
mod chord;
mod columns;
mod flow;
#[cfg(test)]
mod hard;
mod line;
pub(super) mod map;
mod matrix;
mod movement;
mod panels;
mod pieces;
mod pyramid;
mod slope;
mod table;

use super::ChartError;
use super::layout::{Laid, Theme};
use super::rows::PlottedRow;
use super::text::Rect;

pub use area::AreaChart;
pub use bars::{Bar, BarBody, BarChart, BarShape, BarStyle};
pub use calendar::CalendarChart;
pub use chord::ChordChart;
pub use columns::{Arrangement, ColumnChart, ColumnSeries, Places};
pub use flow::FlowChart;
pub(super) use line::day;
pub use line::{Line, LineBody, LineChart, Series};
pub use map::{Atlas, Land, MapChart, MapOrigin, MapPlace, MapStyle, MapView, Site};
pub use matrix::MatrixChart;
pub(super) use movement::End;
pub use movement::{Exchange, Movement};
pub use panels::{Panel, PanelChart};
pub use pyramid::{AgeGroup, PyramidChart};
pub use slope::{Slope, SlopeChart, SlopeEnd, SlopeForm};
pub use table::{TableChart, TableRow};

/// What is drawn and in which form.
#[derive(Debug, Clone, PartialEq)]
pub enum ChartKind {
    /// Change over time.
    Line(LineChart),
    /// Sizes of categories, side by side, the largest first.
    Bars(BarChart),
    /// From origins to destinations.
    Flow(FlowChart),
    /// Two moments of each category.
    Slope(SlopeChart),
    /// Small multiples over time.
    Panels(PanelChart),
    /// Daily figures by weeks.
    Calendar(CalendarChart),
    /// A few numbers as a table.
    Table(TableChart),
    /// Places on a map.
    Map(MapChart),
    /// Between places that are origins and destinations both.
    Chord(ChordChart),
    /// Origins by destinations, as a table of tinted cells.
    Matrix(MatrixChart),
    /// Columns over time, or over categories in their own order.
    Columns(ColumnChart),
    /// Areas over time: one, or several on one another.
    Area(AreaChart),
    /// A population by age and sex.
    Pyramid(PyramidChart),
}

/// What each kind of chart has to say about itself. Nothing else needs to know the kinds, but the
/// linter, which judges what is peculiar to some.
pub(super) trait Kind {
    /// What the text for those who cannot see it calls it: `Line chart`.
    fn name(&self, theme: &Theme) -> &'static str;

    /// Every text of the data that will be drawn, to see whether the font has its letters.
    fn texts(&self) -> Vec<&str>;

    /// What one of the number is, such as `people`; empty where the chart does not write it.
    fn unit(&self) -> &str {
        ""
    }

    /// Refuses numbers that cannot be drawn truly.
    fn check(&self) -> Result<(), ChartError>;

    /// Sentences for every mark that the chart uses.
    fn notes(&self, theme: &Theme) -> Vec<String>;

    /// Places everything in the room between subtitle and notes.
    fn lay(&self, room: Rect, theme: &Theme) -> Result<Laid, ChartError>;

    /// Whether its drawing changes sides where people read from right to left. Maps do not, nor does
    /// time, which most Arabic charts show from left to right.
    fn is_mirrored(&self) -> bool {
        true
    }

    /// What the chart shows, as the end of a sentence: `Poland has the most, 5.9 million`.
    fn finding(&self, theme: &Theme) -> String;

    /// Exactly the numbers that are drawn, in the order in which they are.
    fn rows(&self) -> Vec<PlottedRow>;
}

impl ChartKind {
    /// The kind behind the name.
    pub(super) fn kind(&self) -> &dyn Kind {
        match self {
            Self::Line(chart) => chart,
            Self::Bars(chart) => chart,
            Self::Flow(chart) => chart,
            Self::Slope(chart) => chart,
            Self::Panels(chart) => chart,
            Self::Calendar(chart) => chart,
            Self::Table(chart) => chart,
            Self::Map(chart) => chart,
            Self::Chord(chart) => chart,
            Self::Matrix(chart) => chart,
            Self::Columns(chart) => chart,
            Self::Area(chart) => chart,
            Self::Pyramid(chart) => chart,
        }
    }
}
