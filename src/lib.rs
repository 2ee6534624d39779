//! `humstat` records humanitarian figures as time series with their provenance, and answers with
//! tables, trends, sentences and charts.
//!
//! The way of a figure, one direction, plain functions with plain data on both sides:
//!
//! ```text
//! file -> table (capture, read, check) -> ledger (record)
//! ledger -> selection, as known on -> line -> analysis -> publish | depict -> chart
//! ```
//!
//! - [`figure`]: what a figure is; knows nobody.
//! - [`vocabulary`] and [`place`]: the words and the places that figures are made of.
//! - [`table`]: files of rows, read by a mapping; [`gazetteer`]: tables of places.
//! - [`fetch`]: the client that asks the sources, politely; knows nobody but the figure.
//! - [`ledger`]: the append-only record, and selection as known on a day.
//! - [`line`](mod@line): one claimant's series over its channels.
//! - [`analysis`]: kernels over slices, without input or output.
//! - [`publish`]: frames, tables and sentences.
//! - [`chart`]: from a plain specification to SVG and PNG; [`depict`] makes the specification.
//! - [`plan`]: a TOML file that says a whole job.
//! - [`cli`]: the program. The rest of the library prints nothing and has no clock.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod analysis;
pub mod chart;
pub mod cli;
pub mod depict;
pub mod fetch;
pub mod figure;
mod formula;
pub mod gazetteer;
pub mod ingest;
pub mod ledger;
pub mod line;
mod parquet_file;
pub mod place;
pub mod plan;
pub mod publish;
mod quiet;
pub mod table;
pub mod text;
pub mod toml_file;
pub mod vocabulary;
