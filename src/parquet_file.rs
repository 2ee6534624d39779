//! Reading Parquet files that come from anywhere.
//!
//! The reader makes room for as many rows as a file and its pages say that they have, and a process that
//! asks for more memory than there is ends without a word; so what they say of themselves is looked at
//! before. At other lies the reader stops in a panic.

use std::io::Cursor;
use std::sync::Arc;

use polars::prelude::DataFrame;
use polars_io::SerReader as _;
use polars_io::parquet::read::{FileMetadata, ParquetReader};
use polars_parquet_format::PageHeader;
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;

use crate::quiet::quietly;

/// More cells than are held in memory at once.
const CELLS: u64 = 200_000_000;

/// More bytes of pages than are held in memory at once.
const UNPACKED: u64 = 4 << 30;

/// The rows of a file.
pub(crate) struct Read {
    /// The columns that can be read.
    pub(crate) frame: DataFrame,
    /// The others, with their types.
    pub(crate) unread: Vec<(String, String)>,
}

/// All rows of a file.
///
/// # Errors
/// When it is damaged, or holds more than is held in memory.
pub(crate) fn read(bytes: &[u8]) -> Result<Read, String> {
    let read = quietly(|| -> Result<Read, String> {
        let mut reader = ParquetReader::new(Cursor::new(bytes));
        let metadata = reader.get_metadata().map_err(|error| error.to_string())?;
        check(metadata, bytes)?;
        // What a program wrote about its own types beside those of Parquet is not needed, and may be unknown here.
        let mut metadata = FileMetadata::clone(metadata);
        metadata.key_value_metadata = None;
        let (unread, columns) = columns(&metadata);
        reader.set_metadata(Arc::new(metadata));
        let frame = reader
            .with_columns(Some(columns))
            .finish()
            .map_err(|error| error.to_string())?;
        Ok(Read { frame, unread })
    });
    match read {
        Some(Ok(read)) => Ok(read),
        Some(Err(error)) => Err(format!("it cannot be read as Parquet: {error}")),
        None => Err("it cannot be read as Parquet: it is damaged".to_owned()),
    }
}

/// The columns that are not read, with their types, and the names of the others.
fn columns(metadata: &FileMetadata) -> (Vec<(String, String)>, Vec<String>) {
    let (mut unread, mut names): (Vec<(String, String)>, Vec<String>) = Default::default();
    for column in metadata.schema_descr.columns() {
        let Some(name) = column.path_in_schema.first().map(ToString::to_string) else {
            continue;
        };
        let is_nested = column.path_in_schema.len() > 1;
        let kind = &column.descriptor.primitive_type.logical_type;
        let kind = kind.map_or_else(String::new, |kind| format!("{kind:?}"));
        // Types that the reader is built without.
        let is_unknown = ["Decimal", "Int8", "Int16", "Float16", "Time {"]
            .iter()
            .any(|unknown| kind.contains(unknown));
        if is_nested && unread.iter().all(|(known, _)| *known != name) {
            unread.push((name, "nested".to_owned()));
        } else if is_unknown && !is_nested {
            unread.push((name, kind));
        } else if !is_nested {
            names.push(name);
        }
    }
    (unread, names)
}

/// Sees whether the counts in a file's metadata fit each other, its size, and memory.
fn check(metadata: &FileMetadata, bytes: &[u8]) -> Result<(), String> {
    let lies = |what: &str| Err(format!("what it says of its {what} cannot be true"));
    let (mut rows, mut cells, mut unpacked) = (0_u64, 0_u64, 0_u64);
    for group in &metadata.row_groups {
        let height = group.num_rows() as u64;
        rows = rows.saturating_add(height);
        for column in group.parquet_columns() {
            let Ok(values) = u64::try_from(column.num_values()) else {
                return lies("values");
            };
            let range = column.byte_range();
            let (start, end) = (range.start as usize, range.end as usize);
            let Some(size) = bytes.get(start..end).and_then(|of| pages(of, values)) else {
                return lies("pages");
            };
            cells = cells.saturating_add(values.max(height));
            unpacked = unpacked.saturating_add(size);
        }
    }
    if rows != metadata.num_rows as u64 {
        return lies("rows");
    }
    if unpacked > UNPACKED {
        return Err(format!(
            "it unpacks to more than {} GiB; save it in parts",
            UNPACKED >> 30
        ));
    }
    if cells > CELLS || rows > CELLS {
        return Err(format!(
            "it says that it holds {} cells, more than are held in memory at once; save it in parts",
            crate::figure::grouped(i64::try_from(cells.max(rows)).unwrap_or(i64::MAX))
        ));
    }
    Ok(())
}

/// How many bytes the pages of a column unpack to; none where their heads do not fit its bytes and the
/// number of its values.
fn pages(column: &[u8], values: u64) -> Option<u64> {
    let mut from = Cursor::new(column);
    let (mut seen, mut unpacked) = (0_u64, 0_u64);
    while seen < values && from.position() < column.len() as u64 {
        let mut protocol = TCompactInputProtocol::new(&mut from, column.len());
        let head = PageHeader::read_from_in_protocol(&mut protocol).ok()?;
        let count = |number: i32| u64::try_from(number).ok();
        let size = count(head.uncompressed_page_size)?;
        unpacked = unpacked.checked_add(size)?;
        if let Some(data) = &head.data_page_header {
            seen = seen.checked_add(count(data.num_values)?)?;
        }
        if let Some(data) = &head.data_page_header_v2 {
            seen = seen.checked_add(count(data.num_values)?)?;
            let levels = count(data.definition_levels_byte_length)?
                + count(data.repetition_levels_byte_length)?;
            (levels <= size).then_some(())?;
            (count(data.num_nulls)? <= values).then_some(())?;
        }
        if let Some(words) = &head.dictionary_page_header {
            // Each word takes a bit at the least.
            (count(words.num_values)? <= size.saturating_mul(8)).then_some(())?;
        }
        let next = from.position() + count(head.compressed_page_size)?;
        (next <= column.len() as u64).then_some(())?;
        from.set_position(next);
    }
    (seen <= values).then_some(unpacked)
}
