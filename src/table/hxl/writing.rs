//! The way back: the tag under which [`Meaning::of`] reads just what is to be written.

use super::Tag;
use super::meaning::{Meaning, Role};
use super::rules::{Adds, AttributeRule, Means, rules};
use crate::figure::{Breakdown, Measure, Unit};
use crate::vocabulary;

/// The tag of a column of numbers, which says indicator, breakdown, unit and measure; none where no
/// tag says all of them.
///
/// HXL does not tell a cumulative from a flow: a cumulative is a flow from its first day on, and its
/// row has both days.
pub fn figures_tag(
    indicator: &str,
    breakdown: &Breakdown,
    unit: Unit,
    measure: Measure,
) -> Option<Tag> {
    let known = vocabulary::indicator(indicator).ok()?;
    let rule = rules()
        .tag
        .iter()
        .find(|rule| matches!(&rule.means, Means::Figures(code) if code == indicator))?;
    let hashtag = rule.tag.hashtag();
    let mut words: Vec<String> = breakdown
        .iter()
        .map(|(dimension, code)| narrowing(hashtag, dimension, code))
        .collect::<Option<_>>()?;
    let said_unit = (unit != known.unit).then_some(unit);
    if let Some(unit) = said_unit {
        words.push(attribute(hashtag, |adds| *adds == Adds::Unit(unit))?);
    }
    let is_stock = |measure: Measure| measure == Measure::Stock;
    let said_measure = (is_stock(measure) != is_stock(known.measure)).then_some(match measure {
        Measure::Stock => Measure::Stock,
        Measure::Flow | Measure::Cumulative => Measure::Flow,
    });
    if let Some(measure) = said_measure {
        words.push(attribute(hashtag, |adds| *adds == Adds::Measure(measure))?);
    }
    let attributes: String = words.iter().map(|word| format!("+{word}")).collect();
    let tag: Tag = format!("{}{attributes}", rule.tag).parse().ok()?;
    let wanted = Meaning {
        role: Role::Figures {
            indicator: indicator.to_owned(),
            breakdown: breakdown.clone(),
            unit: said_unit,
            measure: said_measure,
        },
        unknown: Vec::new(),
    };
    (Meaning::of(&tag) == wanted).then_some(tag)
}

/// The tag of a column that narrows the figures of a row by a dimension, and what its cell says for a
/// code; none where there is no such tag, or it has no text for the code.
pub fn dimension_cell(dimension: &str, code: &str) -> Option<(&'static Tag, String)> {
    let rule = rules()
        .tag
        .iter()
        .find(|rule| matches!(&rule.means, Means::Dimension(known) if known == dimension))?;
    let Some(texts) = rules().texts.get(dimension) else {
        // The column's texts are the codes.
        return Some((&rule.tag, code.to_owned()));
    };
    // The code itself where it is among the texts, else the first that stands for it.
    let text = texts
        .iter()
        .filter(|(_, meant)| *meant == code)
        .map(|(text, _)| text)
        .min_by_key(|text| *text != code)?;
    Some((&rule.tag, text.clone()))
}

/// The attribute that narrows numbers to a code of a dimension.
fn narrowing(hashtag: &str, dimension: &str, code: &str) -> Option<String> {
    let is_pair =
        |adds: &Adds| matches!(adds, Adds::Pair(known, of) if known == dimension && of == code);
    attribute(hashtag, is_pair).or_else(|| {
        if dimension != "age" {
            return None;
        }
        // Bands have no words of their own: `age5_11`, `age60plus`.
        match code.split_once('-') {
            Some((first, last)) => Some(format!("age{first}_{last}")),
            None => Some(format!("age{}plus", code.strip_suffix('+')?)),
        }
    })
}

/// The first attribute that adds something to tags of this hashtag.
fn attribute(hashtag: &str, is_it: impl Fn(&Adds) -> bool) -> Option<String> {
    let is_on =
        |rule: &&AttributeRule| rule.on.is_empty() || rule.on.iter().any(|known| known == hashtag);
    let mut fitting = rules().attribute.iter().filter(is_on);
    fitting
        .find(|rule| is_it(&rule.adds))
        .map(|rule| rule.attribute.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(indicator: &str, breakdown: &str, unit: Unit, measure: Measure) -> Option<String> {
        let breakdown = breakdown.parse().unwrap();
        figures_tag(indicator, &breakdown, unit, measure).map(|tag| tag.to_string())
    }

    #[test]
    fn what_a_tag_can_say_is_said_by_the_one_that_is_read_so() {
        use Measure::{Cumulative, Flow, Stock};
        use Unit::{Crossings, Households, Persons};
        for (indicator, breakdown, unit, measure, written) in [
            ("refugees", "", Persons, Stock, "#affected+refugees"),
            ("refugees", "sex=f", Persons, Stock, "#affected+f+refugees"),
            (
                "idps",
                "sex=m;age=5-11",
                Persons,
                Stock,
                "#affected+age5_11+idps+m",
            ),
            (
                "idps",
                "age=60+",
                Persons,
                Stock,
                "#affected+age60plus+idps",
            ),
            ("idps", "", Households, Stock, "#affected+hh+idps"),
            ("idps", "", Persons, Flow, "#affected+flow+idps"),
            (
                "killed",
                "group=civilians",
                Persons,
                Cumulative,
                "#affected+civilians+killed",
            ),
            ("killed", "", Persons, Flow, "#affected+killed"),
            (
                "people_in_need",
                "group=idps",
                Persons,
                Stock,
                "#inneed+idps",
            ),
            ("people_reached", "", Persons, Cumulative, "#reached"),
        ] {
            let found = tag(indicator, breakdown, unit, measure);
            assert_eq!(found.as_deref(), Some(written), "{indicator} {breakdown}");
        }
        for (indicator, breakdown, unit) in [
            ("border_crossings", "", Crossings),
            ("refugees", "procedure=G", Persons),
            ("killed", "group=fighters", Persons),
            ("refugees", "", Unit::Cases),
        ] {
            assert_eq!(tag(indicator, breakdown, unit, Measure::Stock), None);
        }
    }

    #[test]
    fn a_dimension_with_a_column_has_a_text_for_its_codes() {
        let cell = |dimension, code| {
            dimension_cell(dimension, code).map(|(tag, text)| format!("{tag} {text}"))
        };
        assert_eq!(cell("sector", "PRO").as_deref(), Some("#sector PRO"));
        assert_eq!(
            cell("sector", "intersectoral").as_deref(),
            Some("#sector ALL")
        );
        assert_eq!(
            cell("group", "idps").as_deref(),
            Some("#population_group IDP")
        );
        assert_eq!(
            cell("operation", "Mali").as_deref(),
            Some("#operation Mali")
        );
        assert_eq!(cell("cause", "mines"), None);
        assert_eq!(cell("procedure", "G"), None);
    }
}
