//! Files of rows: from the bytes of a table and a mapping to a reading.

mod error;
pub mod evidence;
mod file;
mod mapping;
mod reader;
pub mod unknown_place;

pub use error::{RowFault, TableError};
pub use mapping::{
    ColumnSource, Condition, DateAs, FigureMap, IgnoreMap, Mapping, PublicationMap, Source,
    TableForm,
};
pub use reader::{Options, ScopeAsked, Table, read};
pub use unknown_place::{FilledPlace, UnknownPlace};

/// Name and version of this reader: a new version may read the same bytes otherwise.
pub const READER: &str = "table/1";
