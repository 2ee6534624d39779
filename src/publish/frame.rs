//! Building frames column by column, and reading their cells back as text.

use chrono::NaiveDate;
use polars::prelude::{AnyValue, Column, DataFrame, DataType, NamedFrom as _, Series};

use super::PublishError;
use crate::figure::{Quantity, grouped};

/// Columns in the making; every column has as many rows as the first.
#[derive(Debug, Default)]
pub(crate) struct Columns(Vec<Column>);

impl Columns {
    pub(crate) fn text<T: AsRef<str>>(
        &mut self,
        name: &str,
        values: impl IntoIterator<Item = Option<T>>,
    ) {
        let values: Vec<Option<T>> = values.into_iter().collect();
        let texts: Vec<Option<&str>> = values
            .iter()
            .map(|value| {
                value
                    .as_ref()
                    .map(AsRef::as_ref)
                    .filter(|text| !text.is_empty())
            })
            .collect();
        self.0.push(Series::new(name.into(), texts).into());
    }

    pub(crate) fn whole(&mut self, name: &str, values: impl IntoIterator<Item = Option<i64>>) {
        let values: Vec<Option<i64>> = values.into_iter().collect();
        self.0.push(Series::new(name.into(), values).into());
    }

    pub(crate) fn decimal(&mut self, name: &str, values: impl IntoIterator<Item = Option<f64>>) {
        let values: Vec<Option<f64>> = values.into_iter().collect();
        self.0.push(Series::new(name.into(), values).into());
    }

    pub(crate) fn date(&mut self, name: &str, values: impl IntoIterator<Item = Option<NaiveDate>>) {
        let values: Vec<Option<NaiveDate>> = values.into_iter().collect();
        self.0.push(Series::new(name.into(), values).into());
    }

    /// The columns of a number: value, low, high (whole), qualifier.
    pub(crate) fn quantity(&mut self, each: impl Iterator<Item = Quantity> + Clone) {
        self.whole("value", each.clone().map(|quantity| quantity.value));
        self.whole("low", each.clone().map(|quantity| quantity.low));
        self.whole("high", each.clone().map(|quantity| quantity.high));
        self.text(
            "qualifier",
            each.map(|quantity| Some(quantity.qualifier.code())),
        );
    }

    pub(crate) fn frame(self) -> Result<DataFrame, PublishError> {
        Ok(DataFrame::new_infer_height(self.0)?)
    }
}

/// A number to some decimals, without a negative zero.
pub fn rounded(number: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    let rounded = (number * scale).round() / scale;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// One cell as a program reads it: plain digits, ISO dates; empty for missing.
pub(super) fn plain(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::Date(_) => value.to_string(),
        AnyValue::Float64(number) => format!("{number}"),
        other => other.str_value().into_owned(),
    }
}

/// One cell as a person reads it: thousands parted by commas.
pub(super) fn readable(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Int64(number) => grouped(*number),
        AnyValue::Float64(number) if number.is_finite() => {
            let text = format!("{number}");
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
            let sign = if whole == "-0" { "-" } else { "" };
            let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
            match fraction {
                "" => whole,
                fraction => format!("{sign}{whole}.{fraction}"),
            }
        }
        other => plain(other),
    }
}

/// Whether a column holds text, which a spreadsheet could take for a formula.
pub(super) fn is_text(column: &Column) -> bool {
    *column.dtype() == DataType::String
}

/// The values of a frame, row by row.
pub(super) fn rows(frame: &DataFrame) -> impl Iterator<Item = Vec<AnyValue<'_>>> {
    (0..frame.height()).map(|row| {
        frame
            .columns()
            .iter()
            .map(|column| column.get(row).unwrap_or(AnyValue::Null))
            .collect()
    })
}
