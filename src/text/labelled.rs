//! A candidate as a line of JSON, by the field names in which texts are labelled.

use serde_json::{Value, json};

use super::candidate::Candidate;
use crate::figure::PlaceId;

/// The fields of a candidate; `doc` names its document. Offsets are code points of the body.
pub fn labelled(doc: &str, candidate: &Candidate) -> Value {
    let quantity = &candidate.quantity;
    // Labels know countries only: Gaza is a place of ours within one.
    let place = |place: &Option<PlaceId>| {
        let id = place.as_ref().map(PlaceId::as_str)?;
        let country = id.strip_prefix("humstat:").and_then(|code| code.get(..3));
        Some(country.unwrap_or(id).to_owned())
    };
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
        "unclear": candidate.unclear,
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
        (_, _, Some(group @ ("civilians" | "aid_workers" | "students"))) => group,
        _ => return None,
    };
    Some(word.to_owned())
}
