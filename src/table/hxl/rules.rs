//! The rules of `tags.toml`, compiled in and parsed when the first tag is asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::Tag;
use super::meaning::{DateColumn, End, PlaceColumn};
use crate::figure::{Measure, Unit};

/// All of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub(super) tag: Vec<TagRule>,
    pub(super) attribute: Vec<AttributeRule>,
    pub(super) idle: Idle,
    /// Codes of a dimension, by the texts that stand for them.
    pub(super) texts: BTreeMap<String, BTreeMap<String, String>>,
}

/// What a tag means, whatever attributes it has beyond.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TagRule {
    pub(super) tag: Tag,
    pub(super) means: Means,
}

/// What a rule says of a tag.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Means {
    /// Numbers of this indicator.
    Figures(String),
    /// Numbers of an indicator that another column names.
    Value,
    /// The indicator of the row.
    Indicator,
    /// Where people are, or where it happened.
    Location(PlaceColumn),
    /// When.
    Date(DateColumn),
    /// Codes of this dimension.
    Dimension(String),
    /// This, which narrows nothing.
    Aside(String),
    /// Not enough, for this reason.
    Unclear(String),
}

/// What an attribute adds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeRule {
    pub(super) attribute: String,
    /// The only hashtags that it adds it to; empty for all.
    #[serde(default)]
    pub(super) on: Vec<String>,
    pub(super) adds: Adds,
}

/// What one attribute adds.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Adds {
    /// A dimension of the breakdown and its code.
    Pair(String, String),
    /// What one of the number is.
    Unit(Unit),
    /// How the number relates to time.
    Measure(Measure),
    /// Which end of a move a place is.
    Place(End),
}

/// Attributes that add nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Idle {
    pub(super) numbers: Vec<String>,
    pub(super) texts: Vec<String>,
}

/// The rules.
pub(super) fn rules() -> &'static Rules {
    static RULES: OnceLock<Rules> = OnceLock::new();
    RULES.get_or_init(|| toml::from_str(include_str!("tags.toml")).expect("a test reads tags.toml"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::place::Scheme;
    use crate::vocabulary;

    #[test]
    fn every_word_of_the_file_is_in_the_vocabulary() {
        for rule in &rules().tag {
            match &rule.means {
                Means::Figures(code) => {
                    vocabulary::indicator(code).unwrap();
                }
                Means::Dimension(code) => {
                    vocabulary::dimension(code).unwrap();
                }
                Means::Location(place) => {
                    assert!(place.scheme.parse::<Scheme>().is_ok(), "{}", rule.tag)
                }
                Means::Aside(text) | Means::Unclear(text) => {
                    assert!(!text.is_empty() && !text.ends_with('.'), "{}", rule.tag);
                }
                Means::Value | Means::Indicator | Means::Date(_) => {}
            }
        }
        let pairs = rules()
            .attribute
            .iter()
            .filter_map(|rule| match &rule.adds {
                Adds::Pair(dimension, code) => Some((dimension, code)),
                _ => None,
            });
        let texts = rules()
            .texts
            .iter()
            .flat_map(|(dimension, texts)| texts.values().map(move |code| (dimension, code)))
            .filter(|(_, code)| !code.is_empty());
        for (dimension, code) in pairs.chain(texts) {
            vocabulary::dimension(dimension)
                .unwrap()
                .check(code)
                .unwrap();
        }
    }

    #[test]
    fn no_tag_or_attribute_stands_twice() {
        let tags: BTreeSet<_> = rules().tag.iter().map(|rule| &rule.tag).collect();
        assert_eq!(tags.len(), rules().tag.len());
        let attributes: BTreeSet<_> = rules()
            .attribute
            .iter()
            .map(|rule| &rule.attribute)
            .collect();
        assert_eq!(attributes.len(), rules().attribute.len());
    }

    #[test]
    fn every_hashtag_of_the_standard_has_a_rule() {
        let core = "access activity adm1 adm2 adm3 adm4 adm5 affected beneficiary capacity cause \
                    channel contact country crisis currency date description event frequency geo \
                    group impact indicator inneed item loc meta modality need operations org output \
                    population reached region sector service severity status subsector targeted value";
        for hashtag in core.split_whitespace() {
            let bare: Tag = format!("#{hashtag}").parse().unwrap();
            assert!(rules().tag.iter().any(|rule| rule.tag == bare), "{bare}");
        }
    }
}
