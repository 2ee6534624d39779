//! JSON, as one array or a line for each row.

use polars::prelude::{AnyValue, DataFrame};
use serde_json::{Map, Value};

use super::frame::{plain, rows};
use super::{Along, Form, PublishError};

pub(super) struct Json;
pub(super) struct Jsonl;

impl Form for Json {
    fn write(&self, frame: &DataFrame, _: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let mut text = String::from("[");
        for (index, object) in objects(frame).enumerate() {
            text.push_str(if index == 0 { "\n" } else { ",\n" });
            text.push_str(&object.to_string());
        }
        text.push_str("\n]\n");
        Ok(text.into_bytes())
    }
}

impl Form for Jsonl {
    fn write(&self, frame: &DataFrame, _: &Along<'_>) -> Result<Vec<u8>, PublishError> {
        let mut text = String::new();
        for object in objects(frame) {
            text.push_str(&object.to_string());
            text.push('\n');
        }
        Ok(text.into_bytes())
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
