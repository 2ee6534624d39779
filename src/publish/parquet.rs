//! Apache Parquet, for pandas, DuckDB, Spark and the like.

use std::io::Write;

use polars::prelude::DataFrame;
use polars_io::parquet::write::{BatchedWriter, KeyValueMetadata, ParquetWriter};

use super::{Along, Growing, PublishError};

/// Rows of a row group. Where groups end depends on nothing but the number of rows, however they come.
const GROUP: usize = 1 << 17;

/// A file in the making.
pub(super) struct Parquet<W: Write> {
    /// Until the columns are known.
    begun: Option<ParquetWriter<W>>,
    writer: Option<BatchedWriter<W>>,
    /// Rows that wait until they fill a group.
    waiting: Option<DataFrame>,
}

impl<W: Write> Parquet<W> {
    pub(super) fn new(out: W, along: &Along<'_>) -> Self {
        let metadata = along.pin.map(|pin| {
            let mut pairs = pin.metadata();
            pairs.push(("program".to_owned(), pin.program.clone()));
            KeyValueMetadata::from_static(pairs)
        });
        // One thread, so that the bytes do not depend on how many there are.
        let begun = ParquetWriter::new(out)
            .set_parallel(false)
            .with_key_value_metadata(metadata);
        Self {
            begun: Some(begun),
            writer: None,
            waiting: None,
        }
    }

    fn write_group(&mut self, mut group: DataFrame) -> Result<(), PublishError> {
        group.rechunk_mut();
        if let Some(writer) = &mut self.writer {
            writer.write_batch(&group)?;
        }
        Ok(())
    }
}

impl<W: Write> Growing for Parquet<W> {
    fn add(&mut self, frame: &DataFrame) -> Result<(), PublishError> {
        if let Some(begun) = self.begun.take() {
            self.writer = Some(begun.batched(frame.schema())?);
        }
        let mut waiting = match self.waiting.take() {
            Some(waiting) => waiting.vstack(frame)?,
            None => frame.clone(),
        };
        while waiting.height() > GROUP {
            let (group, rest) = waiting.split_at(GROUP as i64);
            self.write_group(group)?;
            waiting = rest;
        }
        self.waiting = Some(waiting);
        Ok(())
    }

    fn end(&mut self) -> Result<(), PublishError> {
        if let Some(last) = self.waiting.take() {
            self.write_group(last)?;
        }
        if let Some(writer) = &mut self.writer {
            writer.finish()?;
        }
        Ok(())
    }
}
