//! Files of rows: from the bytes of a table and a mapping to a reading.

mod built_in;
mod convention;
mod date;
mod error;
pub mod evidence;
pub mod hxl;
mod mapping;
pub mod membership;
mod number;
mod reader;
pub(crate) mod rows;
pub mod suggest;
pub mod unknown_place;
mod unsaid;

pub use built_in::built_in;
pub use date::DateOrder;
pub use error::{RowFault, TableError};
pub use mapping::{
    ColumnSource, Condition, DateAs, FigureMap, IgnoreMap, Mapping, PublicationMap, SheetChoice,
    Source, TableForm,
};
pub use reader::{Footnote, Options, ScopeAsked, Table, Told, TotalFault, TotalsFound, read};
pub use rows::{Outline, outline};
pub use unknown_place::{FilledPlace, UnknownPlace};

/// Name and version of this reader: a new version may read the same bytes otherwise.
pub const READER: &str = "table/2";
