//! A candidate as a line of JSON, by the field names in which texts are labelled.

use serde_json::{Value, json};

use super::candidate::Candidate;
use crate::figure::PlaceId;

/// The fields of a candidate; `doc` names its document. Offsets are code points of the body.
pub fn labelled(doc: &str, candidate: &Candidate) -> Value {
    let quantity = &candidate.quantity;
    let place = |place: &Option<PlaceId>| place.as_ref().map(PlaceId::as_str).map(str::to_owned);
    json!({
        "doc": doc,
        "begin": candidate.number.begin,
        "end": candidate.number.end,
        "text": candidate.text,
        "value": quantity.value,
        "low": quantity.low,
        "high": quantity.high,
        "qualifier": quantity.qualifier.code(),
        "qualifier_text": candidate.qualifier_text,
        "indicator": candidate.indicator.as_deref().unwrap_or("other"),
        "unit": candidate.unit.code(),
        "unit_text": candidate.unit_text,
        "population": population(candidate),
        "origin": place(&candidate.origin),
        "location": place(&candidate.location),
        "within": candidate.within,
        "measure": candidate.measure.code(),
        "modality": if candidate.denied { "denied" } else { quantity.status.code() },
        "source": candidate.claimant,
        "relayed_by": candidate.relayed_by,
        "period_start": candidate.since.or(candidate.period_start),
        "period_end": candidate.period_end,
        "sentence": candidate.sentence,
        "part_of": candidate.part_of,
        "repeats": candidate.repeats,
        "inherited": candidate.inherited,
        "rules": candidate.rules,
        "confidence": candidate.confidence,
    })
}

/// The one word that labels have for whom a figure speaks of.
fn population(candidate: &Candidate) -> Option<String> {
    let breakdown = &candidate.breakdown;
    let word = match (
        breakdown.get("age"),
        breakdown.get("sex"),
        breakdown.get("group"),
    ) {
        (Some("children"), Some("f"), _) => "girls",
        (Some("children"), Some("m"), _) => "boys",
        (Some("children"), _, _) => "children",
        (_, Some("f"), _) => "women",
        (_, Some("m"), _) => "men",
        (_, _, group) => group?,
    };
    Some(word.to_owned())
}
