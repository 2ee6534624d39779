//! How often candidates such as one are right.

use super::Draft;
use crate::text::candidate::{Candidate, Field};
use crate::text::rules::Side;

/// Rules whose words say less of what is counted: they were wrong more often than others.
const UNSURE: [&str; 17] = [
    "fled-verb",
    "left-verb",
    "mixed-noun",
    "evacuated-verb",
    "given-to",
    "reached",
    "rescued",
    "dwellings",
    "dwellings-damaged",
    "dwellings-noun",
    "displaced-before",
    "homes-behind",
    "targeted",
    "to-assist",
    "registered",
    "funding-required",
    "funding-received",
];

/// How often such candidates are right, of a hundred.
///
/// Measured on 111 short texts (45 map captions and 66 of our own in the manner of agencies and wires), most
/// of which the rules were made on. Right is a candidate whose indicator, qualifier and status are right,
/// and its places where the text tells them:
///
/// ```text
/// told      right  of
/// 90-97       149  153   97 %
/// 80-89       115  128   90 %
/// 70-79        47   52   90 %
/// below 70      6    7
/// ```
///
/// Long reports with tables of numbers do worse, so the bands below 90 are told lower than they measure.
pub(super) fn of(draft: &Draft, candidate: &Candidate) -> u8 {
    let mut score: i32 = 97;
    score -= draft.cued.cost * 2 / 3;
    if draft.inherited_cue {
        score -= 6;
    }
    if draft.cued.side == Side::Before {
        score -= 2;
    }
    if candidate.indicator.is_none() || draft.counted.is_none() {
        score -= 6;
    }
    if draft
        .rules
        .first()
        .is_some_and(|rule| UNSURE.contains(&rule.as_str()))
    {
        score -= 9;
    }
    for field in &candidate.inherited {
        score -= match field {
            Field::Origin => 5,
            Field::Location => 3,
            Field::Indicator => 6,
            Field::Claimant | Field::Period | Field::Number => 0,
        };
    }
    // A person looks at these anyhow; the number itself is worth the least.
    for field in &candidate.unclear {
        score -= match field {
            Field::Number => 50,
            Field::Period => 20,
            Field::Origin | Field::Location | Field::Claimant | Field::Indicator => 10,
        };
    }
    if candidate.origin.is_none() && candidate.location.is_none() {
        score -= 8;
    }
    u8::try_from(score.clamp(5, 97)).unwrap_or(5)
}
