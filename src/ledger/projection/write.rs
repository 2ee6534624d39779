//! Writing the projection: whole, under another name first, while no other process writes.

use std::path::PathBuf;

use polars::prelude::{Column, DataFrame, DataType, NamedFrom as _, PolarsError, Schema, Series};
use polars_io::parquet::write::{
    BatchedWriter, KeyValueMetadata, ParquetCompression, ParquetWriter,
};
use rusqlite::{Connection, OptionalExtension as _, Row};

use super::super::raw::Index;
use super::super::{Ledger, LedgerError, Selection, codec};
use super::column;
use super::seal::{self, FORM, Group, PIN, Pin, SEAL};
use crate::figure::Missing;

/// Rows of a row group; a series is never parted.
const GROUP: usize = 1 << 13;
/// With fewer figures than this, SQLite scans as quickly, and no projection is written unasked.
const SMALL: i64 = 50_000;
/// More figures than this after the last projected one, and it is written anew.
const TAIL: i64 = 100_000;

/// A projection that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projected {
    /// Where it lies.
    pub file: PathBuf,
    /// The last entry in it.
    pub entry: i64,
    /// How many rows of figures it holds.
    pub figures: i64,
}

impl Ledger {
    /// Where the projection lies, if there is one.
    pub fn projection_file(&self) -> PathBuf {
        self.path.with_extension("figures.parquet")
    }

    /// Writes the projection of all that is recorded, in place of an older one. A ledger without
    /// entries has none.
    ///
    /// # Errors
    /// When the ledger cannot be read or the folder cannot be written to.
    pub fn project(&self) -> Result<Option<Projected>, LedgerError> {
        // Nothing is written to the ledger: the lock lets one process at a time make the file.
        let transaction = self.begin()?;
        let sql = |error| LedgerError::from_sqlite(&self.path, error);
        let Some((pin, series)) = self.pin_now(&transaction).map_err(sql)? else {
            return Ok(None);
        };
        let file = self.projection_file();
        let broken = |source: std::io::Error| LedgerError::Io {
            path: file.clone(),
            source,
        };
        let bytes = bytes_of(&transaction, &pin, &series).map_err(|error| match error {
            Failure::Sqlite(error) => sql(error),
            Failure::Parquet(error) => broken(std::io::Error::other(error)),
        })?;
        let beside = self.path.with_extension("figures.parquet.tmp");
        std::fs::write(&beside, bytes)
            .and_then(|()| std::fs::rename(&beside, &file))
            .inspect_err(|_| {
                let _ = std::fs::remove_file(&beside);
            })
            .map_err(broken)?;
        Ok(Some(Projected {
            file,
            entry: pin.entry,
            figures: pin.last_figure,
        }))
    }

    /// Writes the projection when too much was recorded since the last one. What keeps it from
    /// being written is no error: every answer comes without it as well.
    pub(in super::super) fn project_if_due(&self) {
        if self.is_due().unwrap_or(false) {
            // How long the recording waited is what its user is told.
            let waited = self.waited.get();
            let _ = self.project();
            self.waited.set(waited);
        }
    }

    fn is_due(&self) -> rusqlite::Result<bool> {
        let all = last_figure(&self.connection)?;
        if all < SMALL {
            return Ok(false);
        }
        let projected = self
            .projection()?
            .map_or(0, |projection| projection.last_figure());
        let tail = all - projected;
        Ok(tail > TAIL || tail * 10 > all)
    }

    /// The pin of a projection of all that is recorded now, and the series in its order.
    fn pin_now(&self, connection: &Connection) -> rusqlite::Result<Option<(Pin, Vec<i64>)>> {
        let head: Option<(i64, String)> = connection
            .query_row(
                "SELECT id, lower(hex(hash)) FROM entry ORDER BY id DESC LIMIT 1",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((entry, hash)) = head else {
            return Ok(None);
        };
        let mut groups: Vec<Group> = Vec::new();
        let (series, _) = self.select_series(&Selection::default(), entry)?;
        let counts = counts(connection)?;
        for &id in &series {
            let rows = counts.get(&id).copied().unwrap_or(0);
            match groups.last_mut() {
                Some(group) if group.rows + rows <= GROUP => {
                    group.last = id;
                    group.rows += rows;
                }
                _ => groups.push(Group {
                    first: id,
                    last: id,
                    rows,
                }),
            }
        }
        let pin = Pin {
            form: FORM,
            entry,
            hash,
            last_figure: last_figure(connection)?,
            groups,
        };
        Ok(Some((pin, series)))
    }
}

/// How many rows each series has.
fn counts(connection: &Connection) -> rusqlite::Result<Index> {
    let mut statement =
        connection.prepare("SELECT series, COUNT(*) FROM figure GROUP BY series")?;
    let counts = statement.query_map([], |row| {
        let rows: u32 = row.get(1)?;
        Ok((row.get(0)?, rows as usize))
    })?;
    counts.collect()
}

fn last_figure(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT COALESCE(MAX(id), 0) FROM figure", [], |row| {
        row.get(0)
    })
}

/// What kept the file from being made.
enum Failure {
    Sqlite(rusqlite::Error),
    Parquet(PolarsError),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<PolarsError> for Failure {
    fn from(error: PolarsError) -> Self {
        Self::Parquet(error)
    }
}

/// The sealed bytes of the file.
fn bytes_of(connection: &Connection, pin: &Pin, series: &[i64]) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    {
        let schema = Rows::default().frame()?.schema().as_ref().clone();
        let mut writer = writer(&mut bytes, pin, &schema)?;
        let mut statement = connection.prepare(
            "SELECT id, entry, publication, series, period_start, period_end, version,
                    value, low, high, qualifier, status, missing, restates, source_row, notes
             FROM figure WHERE series = ?
             ORDER BY period_end, period_start, version, publication, id",
        )?;
        let mut groups = pin.groups.iter();
        let mut rows = Rows::default();
        let mut until = groups.next();
        for &id in series {
            let mut found = statement.query([id])?;
            while let Some(row) = found.next()? {
                rows.push(row)?;
            }
            if until.is_some_and(|group| group.last == id) {
                until = groups.next();
                let full = std::mem::take(&mut rows);
                if !full.figure.is_empty() {
                    writer.write_batch(&full.frame()?)?;
                }
            }
        }
        writer.finish()?;
    }
    if !seal::seal(&mut bytes) {
        return Err(PolarsError::ComputeError("the seal found no place".into()).into());
    }
    Ok(bytes)
}

fn writer<'b>(
    bytes: &'b mut Vec<u8>,
    pin: &Pin,
    schema: &Schema,
) -> Result<BatchedWriter<&'b mut Vec<u8>>, PolarsError> {
    let pin = serde_json::to_string(pin)
        .map_err(|error| PolarsError::ComputeError(error.to_string().into()))?;
    // One thread, so that the bytes do not depend on how many there are. What is read far more often than it
    // is written is packed so that it is unpacked quickly.
    ParquetWriter::new(bytes)
        .with_compression(ParquetCompression::Lz4Raw)
        .set_parallel(false)
        .with_key_value_metadata(Some(KeyValueMetadata::from_static(vec![
            (PIN.to_owned(), pin),
            (SEAL.to_owned(), seal::blank()),
        ])))
        .batched(schema)
}

/// Rows of the figure table, column by column.
#[derive(Default)]
struct Rows {
    figure: Vec<i64>,
    entry: Vec<i64>,
    publication: Vec<i64>,
    series: Vec<i64>,
    period_start: Vec<i32>,
    period_end: Vec<i32>,
    version: Vec<i64>,
    value: Vec<Option<i64>>,
    low: Vec<Option<i64>>,
    high: Vec<Option<i64>>,
    qualifier: Vec<&'static str>,
    status: Vec<&'static str>,
    missing: Vec<Option<&'static str>>,
    restates: Vec<Option<i64>>,
    source_row: Vec<Option<i64>>,
    notes: Vec<Option<String>>,
}

impl Rows {
    fn push(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        self.figure.push(row.get(0)?);
        self.entry.push(row.get(1)?);
        self.publication.push(row.get(2)?);
        self.series.push(row.get(3)?);
        self.period_start.push(row.get(4)?);
        self.period_end.push(row.get(5)?);
        self.version.push(row.get(6)?);
        let quantity = codec::quantity(row, 7)?;
        self.value.push(quantity.value);
        self.low.push(quantity.low);
        self.high.push(quantity.high);
        self.qualifier.push(quantity.qualifier.code());
        self.status.push(quantity.status.code());
        self.missing.push(quantity.missing.map(Missing::code));
        self.restates.push(row.get(13)?);
        self.source_row.push(row.get(14)?);
        self.notes.push(row.get(15)?);
        Ok(())
    }

    fn frame(self) -> Result<DataFrame, PolarsError> {
        let whole = |name: &str, values: Vec<i64>| Series::new(name.into(), values);
        let optional = |name: &str, values: Vec<Option<i64>>| Series::new(name.into(), values);
        let code = |name: &str, values: Vec<&'static str>| Series::new(name.into(), values);
        let missing = Series::new(column::MISSING.into(), self.missing);
        let notes = Series::new(column::NOTES.into(), self.notes);
        let day =
            |name: &str, values: Vec<i32>| Series::new(name.into(), values).cast(&DataType::Date);
        let columns = [
            whole(column::FIGURE, self.figure),
            whole(column::ENTRY, self.entry),
            whole(column::PUBLICATION, self.publication),
            whole(column::SERIES, self.series),
            day(column::PERIOD_START, self.period_start)?,
            day(column::PERIOD_END, self.period_end)?,
            whole(column::VERSION, self.version),
            optional(column::VALUE, self.value),
            optional(column::LOW, self.low),
            optional(column::HIGH, self.high),
            code(column::QUALIFIER, self.qualifier),
            code(column::STATUS, self.status),
            missing,
            optional(column::RESTATES, self.restates),
            optional(column::SOURCE_ROW, self.source_row),
            notes,
        ];
        DataFrame::new_infer_height(columns.into_iter().map(Column::from).collect())
    }
}
