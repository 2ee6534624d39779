//! JSON, as one array or a line for each row.

use std::io::Write;

use polars::prelude::{AnyValue, DataFrame};
use serde_json::{Map, Value};

use super::frame::{plain, rows};
use super::{Growing, PublishError};

/// One array in the making.
pub(super) struct Json<W> {
    out: W,
    has_rows: bool,
}

/// Lines in the making.
pub(super) struct Jsonl<W>(pub(super) W);

impl<W> Json<W> {
    pub(super) const fn new(out: W) -> Self {
        Self {
            out,
            has_rows: false,
        }
    }
}

impl<W: Write> Growing for Json<W> {
    fn add(&mut self, frame: &DataFrame) -> Result<(), PublishError> {
        let mut text = String::new();
        for object in objects(frame) {
            let is_first = !std::mem::replace(&mut self.has_rows, true);
            text.push_str(if is_first { "[\n" } else { ",\n" });
            text.push_str(&object.to_string());
        }
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn end(&mut self) -> Result<(), PublishError> {
        let end = if self.has_rows { "\n]\n" } else { "[\n]\n" };
        self.out.write_all(end.as_bytes())?;
        Ok(self.out.flush()?)
    }
}

impl<W: Write> Growing for Jsonl<W> {
    fn add(&mut self, frame: &DataFrame) -> Result<(), PublishError> {
        let mut text = String::new();
        for object in objects(frame) {
            text.push_str(&object.to_string());
            text.push('\n');
        }
        Ok(self.0.write_all(text.as_bytes())?)
    }

    fn end(&mut self) -> Result<(), PublishError> {
        Ok(self.0.flush()?)
    }
}

fn objects(frame: &DataFrame) -> impl Iterator<Item = Value> {
    let names: Vec<String> = frame
        .get_column_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    rows(frame).map(move |row| {
        let pairs = names.iter().cloned().zip(row.iter().map(value));
        Value::Object(pairs.collect::<Map<_, _>>())
    })
}

fn value(cell: &AnyValue<'_>) -> Value {
    match cell {
        AnyValue::Null => Value::Null,
        AnyValue::Int64(number) => Value::from(*number),
        AnyValue::Float64(number) => Value::from(*number),
        AnyValue::Boolean(truth) => Value::from(*truth),
        other => Value::from(plain(other)),
    }
}
