//! What is refused before anything is laid out.

use std::collections::BTreeSet;

use crate::chart::spec::{ChartKind, ChartSpec};
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
    numbers(&spec.kind)
}

/// Every text that will be drawn.
pub fn drawn_texts(spec: &ChartSpec) -> Vec<&str> {
    let mut texts = vec![spec.title.as_str(), &spec.subtitle, &spec.source];
    texts.extend(spec.notes.iter().map(String::as_str));
    match &spec.kind {
        ChartKind::Line {
            lines,
            events,
            unit,
            ..
        } => {
            texts.push(unit);
            texts.extend(lines.iter().map(|line| line.label.as_str()));
            texts.extend(events.iter().map(|event| event.label.as_str()));
        }
        ChartKind::Bars { bars, .. } => {
            texts.extend(
                bars.iter()
                    .flat_map(|bar| [bar.label.as_str(), &bar.detail]),
            );
        }
        ChartKind::Flow {
            origin,
            destinations,
            unit,
        } => {
            texts.extend([origin.as_str(), unit]);
            texts.extend(
                destinations
                    .iter()
                    .flat_map(|to| [to.label.as_str(), &to.detail]),
            );
        }
    }
    texts
}

fn numbers(kind: &ChartKind) -> Result<(), ChartError> {
    match kind {
        ChartKind::Line { lines, events, .. } => {
            let mut dates = BTreeSet::new();
            let mut values = 0;
            for line in lines {
                let mut own = BTreeSet::new();
                for point in &line.points {
                    triple(&line.label, point.low, point.value, point.high)?;
                    if !own.insert(point.date) {
                        return Err(ChartError::TwoValues {
                            label: line.label.clone(),
                            date: point.date,
                        });
                    }
                    values += usize::from(point.value.is_some());
                }
                dates.append(&mut own);
            }
            let (Some(first), Some(last), true) = (dates.first(), dates.last(), values > 0) else {
                return Err(ChartError::NoValues);
            };
            match events
                .iter()
                .find(|event| event.date < *first || event.date > *last)
            {
                Some(event) => Err(ChartError::EventOutside {
                    label: event.label.clone(),
                    date: event.date,
                }),
                None => Ok(()),
            }
        }
        ChartKind::Bars { bars, .. } => {
            for bar in bars {
                triple(&bar.label, bar.low, bar.value, bar.high)?;
            }
            let any = |bar: &crate::chart::Bar| {
                [bar.value, bar.low, bar.high].iter().any(Option::is_some)
            };
            if bars.iter().any(any) {
                Ok(())
            } else {
                Err(ChartError::NoValues)
            }
        }
        ChartKind::Flow { destinations, .. } => {
            for to in destinations {
                triple(&to.label, None, Some(to.value), None)?;
                if to.value < 0.0 {
                    return Err(ChartError::NegativeFlow(to.label.clone()));
                }
            }
            if destinations.iter().any(|to| to.value > 0.0) {
                Ok(())
            } else {
                Err(ChartError::NoValues)
            }
        }
    }
}

/// Checks one number with its range.
fn triple(
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
