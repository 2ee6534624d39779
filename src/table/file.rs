//! From the bytes of a delimited file to its header and records.

use std::borrow::Cow;
use std::io::Read as _;

use super::TableError;
use super::hxl::{self, Tagged};
use super::mapping::TableForm;

/// The text of a file, decompressed and without a byte-order mark.
pub(super) fn text<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, str>, TableError> {
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    const BOM: [u8; 3] = [0xef, 0xbb, 0xbf];
    let plain: Cow<'b, [u8]> = if bytes.starts_with(&GZIP) {
        let mut out = Vec::new();
        flate2::read::MultiGzDecoder::new(bytes)
            .read_to_end(&mut out)
            .map_err(|source| TableError::Compression {
                file: name.to_owned(),
                source,
            })?;
        Cow::Owned(out)
    } else {
        Cow::Borrowed(bytes)
    };
    let skip = if plain.starts_with(&BOM) {
        BOM.len()
    } else {
        0
    };
    let wrong = |error: std::str::Utf8Error, bytes: &[u8]| {
        let byte = error.valid_up_to();
        TableError::Encoding {
            file: name.to_owned(),
            byte: byte + skip + 1,
            line: bytes[..byte].iter().filter(|byte| **byte == b'\n').count() + 1,
        }
    };
    match plain {
        Cow::Borrowed(bytes) => std::str::from_utf8(&bytes[skip..])
            .map(Cow::Borrowed)
            .map_err(|error| wrong(error, &bytes[skip..])),
        Cow::Owned(mut bytes) => {
            bytes.drain(..skip);
            String::from_utf8(bytes)
                .map(Cow::Owned)
                .map_err(|error| wrong(error.utf8_error(), error.as_bytes()))
        }
    }
}

/// The header of a table and a reader that stands at its first row of data.
pub(super) struct Records<'t> {
    /// Names of the columns, trimmed.
    pub(super) header: Vec<String>,
    /// The rows of data.
    pub(super) rows: csv::Reader<&'t [u8]>,
    /// A row that was read already, when the data begins later than the row after the header.
    pub(super) skip: usize,
    /// The HXL tags, where the mapping says that there are some.
    pub(super) tagged: Option<Tagged>,
}

/// Reads the header.
pub(super) fn records<'t>(
    name: &str,
    text: &'t str,
    form: &TableForm,
) -> Result<Records<'t>, TableError> {
    if form.header == 0 {
        return Err(TableError::Misfit("`header` counts rows from 1".to_owned()));
    }
    let delimiter = match form.delimiter {
        Some(delimiter) => u8::try_from(delimiter).map_err(|_| {
            TableError::Misfit(format!("the delimiter `{delimiter}` is not a single byte"))
        })?,
        None => find_delimiter(header_line(text, form)),
    };
    let reader = || {
        csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
    };
    if form.hxl {
        return tagged_records(name, form, reader);
    }
    let mut rows = reader();
    let mut record = csv::StringRecord::new();
    for _ in 0..form.header {
        let found = rows
            .read_record(&mut record)
            .map_err(|error| TableError::Misfit(error.to_string()))?;
        if !found {
            return Err(TableError::Empty(name.to_owned()));
        }
    }
    let header: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    let first = form.first.unwrap_or(form.header + 1);
    let Some(skip) = first.checked_sub(form.header + 1) else {
        return Err(TableError::Misfit(
            "`first` is a row before the data; rows are counted from 1 with the header".to_owned(),
        ));
    };
    Ok(Records {
        header,
        rows,
        skip,
        tagged: None,
    })
}

/// Reads the header of a table with HXL tags.
fn tagged_records<'t>(
    name: &str,
    form: &TableForm,
    reader: impl Fn() -> csv::Reader<&'t [u8]>,
) -> Result<Records<'t>, TableError> {
    if form.header != 1 || form.first.is_some() {
        return Err(TableError::Misfit(
            "the row of HXL tags says where the header and the data are; remove `header` and `first`, or `hxl`".to_owned(),
        ));
    }
    let mut searched = Vec::new();
    for record in reader().into_records().take(hxl::SEARCHED_ROWS) {
        let record = record.map_err(|error| TableError::Misfit(error.to_string()))?;
        searched.push(record.iter().map(ToOwned::to_owned).collect());
    }
    if searched.is_empty() {
        return Err(TableError::Empty(name.to_owned()));
    }
    let tagged = hxl::find(&searched).map_err(|error| TableError::Misfit(error.to_string()))?;
    Ok(Records {
        header: tagged.names(),
        rows: reader(),
        skip: tagged.first_data_row - 1,
        tagged: Some(tagged),
    })
}

/// The line that names the columns: that of the header, or the one with the most tags.
fn header_line<'t>(text: &'t str, form: &TableForm) -> &'t str {
    let mut lines = text.lines();
    let line = if form.hxl {
        lines
            .take(hxl::SEARCHED_ROWS)
            .max_by_key(|line| line.matches('#').count())
    } else {
        lines.nth(form.header - 1)
    };
    line.unwrap_or_default()
}

/// The character that parts most columns of the header, quoted text aside.
fn find_delimiter(line: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in line.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        }
        if !quoted && let Some((_, count)) = counts.iter_mut().find(|(mark, _)| *mark == byte) {
            *count += 1;
        }
    }
    counts
        .iter()
        .rev()
        .max_by_key(|(_, count)| *count)
        .map_or(b',', |(mark, _)| *mark)
}
