//! Apache Parquet, for pandas, DuckDB, Spark and the like.

use polars::prelude::DataFrame;
use polars_io::parquet::write::ParquetWriter;

use super::{Form, PublishError};

pub(super) struct Parquet;

impl Form for Parquet {
    fn write(&self, frame: &DataFrame) -> Result<Vec<u8>, PublishError> {
        let mut bytes = Vec::new();
        // One thread, so that the bytes do not depend on how many there are.
        ParquetWriter::new(&mut bytes)
            .set_parallel(false)
            .finish(&mut frame.clone())?;
        Ok(bytes)
    }
}
