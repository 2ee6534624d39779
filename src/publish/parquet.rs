//! Apache Parquet, for pandas, DuckDB, Spark and the like.

use polars::prelude::DataFrame;
use polars_io::parquet::write::{KeyValueMetadata, ParquetWriter};

use super::{Along, Form, PublishError};

pub(super) struct Parquet;

impl Form for Parquet {
    fn write(&self, frame: &DataFrame, along: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let mut bytes = Vec::new();
        let metadata = along.pin.map(|pin| {
            let mut pairs = pin.metadata();
            pairs.push(("program".to_owned(), pin.program.clone()));
            KeyValueMetadata::from_static(pairs)
        });
        // One thread, so that the bytes do not depend on how many there are.
        ParquetWriter::new(&mut bytes)
            .set_parallel(false)
            .with_key_value_metadata(metadata)
            .finish(&mut frame.clone())?;
        Ok(bytes)
    }
}
