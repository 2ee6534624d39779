//! What the cells of one figure say: a number with its qualifier, or why there is none.

use super::super::number;
use super::columns::Meaning;
use super::conventions::DECIMAL_DOUBT;
use super::{CellFault, Reader};
use crate::figure::{
    Absence, Decimal, Missing, Qualifier, Quantity, QuantityError, Status, whole_number,
};

pub(super) enum Said {
    Number(Quantity, Option<String>),
    Nothing(Missing),
}

/// Why a cell is refused. Where its marks are wrong only by the decimal that the mapping told, it says so.
fn reason(error: &QuantityError, raw: &str, told: Option<Decimal>) -> String {
    match (error, told) {
        (QuantityError::Ambiguous(_), _) => DECIMAL_DOUBT.to_owned(),
        (QuantityError::NotANumber(_), Some(told))
            if !matches!(
                number::read(raw, Some(told.other())),
                Err(QuantityError::NotANumber(_))
            ) =>
        {
            format!(
                "`{raw}` is no number with decimal = \"{}\", as the mapping says; see whether a digit is missing, or the mark is the other one",
                told.code()
            )
        }
        _ => error.to_string(),
    }
}

impl Reader<'_> {
    /// The number of one figure of a row, or why there is none.
    pub(super) fn said(
        &mut self,
        index: usize,
        record: &csv::StringRecord,
        line: u64,
    ) -> Result<Said, CellFault> {
        let meanings = &mut self.columns.meanings;
        let figure = &self.columns.figures[index];
        let form = &self.mapping.table;
        let mut numbers = [None; 3];
        let mut quantity = Quantity::exact(0);
        let mut absent = None;
        let mut marks = Vec::new();
        for (slot, source) in numbers
            .iter_mut()
            .zip([figure.value, figure.low, figure.high])
        {
            let Some(source) = source else { continue };
            let raw = meanings[source].raw(record).trim();
            if let Some((low, high)) = form.suppressed.get(raw) {
                return Ok(Said::Number(Quantity::suppressed(*low, *high), None));
            }
            let nulls = form.null.as_deref().unwrap_or_default();
            if nulls.iter().any(|null| null == raw) {
                absent = absent.or(Some(Missing::NotReported));
                continue;
            }
            if form.not_applicable.iter().any(|null| null == raw) {
                absent = absent.or(Some(Missing::NotApplicable));
                continue;
            }
            if form.null.is_none()
                && let Some(missing) = number::nothing_said(raw)
            {
                absent = absent.or(Some(missing));
                if !raw.is_empty() {
                    *self.missing.entry((raw.to_owned(), missing)).or_default() += 1;
                }
                continue;
            }
            let fault = |reason: String| CellFault {
                column: meanings[source].name.clone(),
                value: raw.to_owned(),
                reason,
            };
            match plain_number(raw) {
                Some(value) => *slot = Some(value),
                None => {
                    let cell = match number::read(raw, form.decimal) {
                        Ok(cell) => cell,
                        Err(error) => {
                            let fault = fault(reason(&error, raw, form.decimal));
                            // What is no count tells nevertheless how its column is written.
                            if let Some(decimal) = number::mark_of_fraction(raw) {
                                let text = raw.to_owned();
                                meanings[source].decimals.see(decimal, line, &text);
                            }
                            return Err(fault);
                        }
                    };
                    if let Some(decimal) = cell.shows {
                        let text = raw.to_owned();
                        meanings[source].decimals.see(decimal, line, &text);
                    }
                    marks.extend(cell.note);
                    let read = cell.quantity;
                    (quantity.qualifier, quantity.status) = (read.qualifier, read.status);
                    match (read.value, read.low, read.high) {
                        (Some(value), ..) => *slot = Some(value),
                        (None, low, high) => {
                            (quantity.low, quantity.high) = (low, high);
                        }
                    }
                }
            }
        }
        quantity.value = numbers[0];
        quantity.low = numbers[1].or(quantity.low);
        quantity.high = numbers[2].or(quantity.high);
        if !quantity.is_present() {
            return Ok(Said::Nothing(absent.unwrap_or(Missing::NotReported)));
        }
        if self.absence == Absence::ZeroOrUnreported
            && quantity.value == Some(0)
            && quantity.high.unwrap_or(0) == 0
        {
            return Ok(Said::Nothing(Missing::ZeroOrUnreported));
        }
        if quantity.value.is_none() && quantity.qualifier == Qualifier::Exact {
            quantity.qualifier = Qualifier::Between;
        }
        let coded = |source: Option<usize>, meanings: &[Meaning]| {
            source
                .map(|source| meanings[source].text(record))
                .transpose()
        };
        if let Some(text) = coded(figure.qualifier, meanings)?.filter(|text| !text.is_empty()) {
            quantity.qualifier = text.parse::<Qualifier>().map_err(|error| CellFault {
                column: figure.name_of(figure.qualifier, meanings),
                value: text.clone(),
                reason: error.to_string(),
            })?;
        }
        if let Some(text) = coded(figure.status, meanings)?.filter(|text| !text.is_empty()) {
            quantity.status = text.parse::<Status>().map_err(|error| CellFault {
                column: figure.name_of(figure.status, meanings),
                value: text.clone(),
                reason: error.to_string(),
            })?;
        }
        let quantity = quantity.checked().map_err(|error| CellFault {
            column: figure.name_of(figure.value.or(figure.low).or(figure.high), meanings),
            value: figure
                .value
                .or(figure.low)
                .or(figure.high)
                .map_or_else(String::new, |source| {
                    meanings[source].raw(record).to_owned()
                }),
            reason: error.to_string(),
        })?;
        let notes = coded(figure.notes, meanings)?.filter(|notes| !notes.is_empty());
        if marks.is_empty() {
            return Ok(Said::Number(quantity, notes));
        }
        marks.splice(0..0, notes);
        Ok(Said::Number(quantity, Some(marks.join("; "))))
    }
}

/// The forms of most numbers in tables, without an allocation: `123`, `123.0`.
fn plain_number(raw: &str) -> Option<i64> {
    let digits = raw.strip_suffix(".0").unwrap_or(raw);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    whole_number(digits).ok()
}
