//! Charts fit for print: a plain specification becomes one SVG, and the SVG a PNG.
//!
//! The way is `ChartSpec` → `layout` (places in px, plain data) → `draw` (plotters, through a
//! backend that writes SVG) → `raster` (resvg). Everything is decided in the layout, so it can be
//! tested without drawing, and every format shows the same picture. There is no clock, no
//! environment, no file and no font of the machine in it: the same specification gives the same
//! bytes everywhere.

pub mod alt;
mod backend;
mod calendar;
mod draw;
mod embed;
mod error;
mod font;
pub mod kind;
pub mod layout;
pub mod lint;
pub(crate) mod number;
mod outline;
pub mod palette;
#[cfg(feature = "pdf")]
mod pdf;
mod provenance;
mod raster;
mod rows;
mod script;
mod spec;
mod text;
pub mod words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use alt::alt_text;
pub use embed::with_font;
pub use error::ChartError;
pub use kind::{
    AgeGroup, AreaChart, Arrangement, Atlas, Bar, BarChart, BarStyle, CalendarChart, ChartKind,
    ChordChart, ColumnChart, ColumnSeries, Exchange, FlowChart, Land, Line, LineChart, MapChart,
    MapOrigin, MapPlace, MapStyle, MapView, MatrixChart, Movement, Panel, PanelChart, Places,
    PyramidChart, Site, Slope, SlopeChart, SlopeEnd, SlopeForm, TableChart, TableRow,
};
pub use lint::{Finding, lint};
pub use outline::outlined;
pub use palette::{Look, Role};
#[cfg(feature = "pdf")]
pub use pdf::render_pdf;
pub use provenance::provenance;
pub use raster::render_png;
pub use rows::{PlottedRow, plotted_rows};
pub use spec::{Amount, Break, ChartSpec, Event, Fan, Marks, Medium, Point, Size, ValueKind};
pub use words::Language;

/// Draws a chart as one SVG document, its text live and without the font: [`with_font`] adds it,
/// [`outlined`] does without.
///
/// # Errors
/// When the specification cannot be drawn truly and legibly; the error says why and what to do.
pub fn render_svg(spec: &ChartSpec) -> Result<String, ChartError> {
    let layout = layout::layout(spec)?;
    draw::svg(&layout, spec, &alt_text(spec))
}
