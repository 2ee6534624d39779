//! What is refused before anything is laid out.

use crate::chart::spec::ChartSpec;
use crate::chart::{ChartError, font};

/// Largest number that a chart takes, so that sums and differences stay exact enough.
const LARGEST: f64 = 1e15;

/// Refuses characters without a glyph, numbers that cannot be drawn and impossible sizes.
pub fn check(spec: &ChartSpec) -> Result<(), ChartError> {
    let size = spec.size;
    let possible = (300..=8000).contains(&size.width)
        && (300..=8000).contains(&size.height)
        && (0.5..=8.0).contains(&size.text_scale);
    if !possible {
        return Err(ChartError::BadSize {
            width: size.width,
            height: size.height,
            scale: size.text_scale,
        });
    }
    for text in drawn_texts(spec) {
        font::check(text)?;
    }
    spec.kind.kind().check()
}

/// Every text that will be drawn.
pub fn drawn_texts(spec: &ChartSpec) -> Vec<&str> {
    let mut texts = vec![spec.title.as_str(), &spec.subtitle, &spec.source];
    texts.extend(spec.notes.iter().map(String::as_str));
    texts.extend(spec.kind.kind().texts());
    texts
}

/// Checks one number with its range.
pub fn triple(
    label: &str,
    low: Option<f64>,
    value: Option<f64>,
    high: Option<f64>,
) -> Result<(), ChartError> {
    let present: Vec<f64> = [low, value, high].into_iter().flatten().collect();
    if present
        .iter()
        .any(|number| !number.is_finite() || number.abs() > LARGEST)
    {
        return Err(ChartError::NotFinite(label.to_owned()));
    }
    if !present.is_sorted() {
        return Err(ChartError::RangeOutOfOrder(label.to_owned()));
    }
    Ok(())
}
