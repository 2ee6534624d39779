//! One HXL tag: a hashtag and its attributes.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A hashtag with its attributes, in lower case: `#affected+f+idps`.
///
/// Two tags are equal where hashtag and attributes are; the order of attributes says nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag {
    hashtag: String,
    attributes: BTreeSet<String>,
}

/// A text that is no HXL tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no HXL tag: {reason}")]
pub struct TagError {
    /// The text as found.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Tag {
    /// The hashtag without its `#`: `affected`.
    pub fn hashtag(&self) -> &str {
        &self.hashtag
    }

    /// The attributes without their `+`, sorted.
    pub fn attributes(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(String::as_str)
    }

    /// Whether it has an attribute.
    pub fn has(&self, attribute: &str) -> bool {
        self.attributes.contains(attribute)
    }

    /// Whether it has the hashtag and every attribute of a more general tag.
    pub fn is_a(&self, general: &Self) -> bool {
        self.hashtag == general.hashtag && self.attributes.is_superset(&general.attributes)
    }
}

/// The hashtag, then the attributes in the order of the alphabet.
impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.hashtag)?;
        self.attributes
            .iter()
            .try_for_each(|attribute| write!(f, "+{attribute}"))
    }
}

/// Reads a tag by the grammar of HXL 1.1: every word begins with a letter and goes on with letters,
/// digits and `_`; blanks may stand before a `+`, and nowhere else within the tag.
///
/// As libhxl does, it reads accented and full-width letters as the plain ones, so that `#País` is
/// `#pais`.
impl FromStr for Tag {
    type Err = TagError;

    fn from_str(text: &str) -> Result<Self, TagError> {
        let wrong = |reason: String| TagError {
            text: text.trim().to_owned(),
            reason,
        };
        let plain = plain(text);
        let Some(words) = plain.trim().strip_prefix('#') else {
            return Err(wrong("it does not begin with #".to_owned()));
        };
        let mut words = words.split('+');
        // `split` yields at least one word, and the blanks before a `+` belong to the word before it.
        let hashtag = words.next().unwrap_or_default().trim_end();
        if !is_word(hashtag) {
            return Err(wrong(unlike_a_word("hashtag", hashtag)));
        }
        let attributes = words
            .map(|attribute| {
                let attribute = attribute.trim_end();
                if is_word(attribute) {
                    Ok(attribute.to_owned())
                } else {
                    Err(wrong(unlike_a_word("attribute", attribute)))
                }
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            hashtag: hashtag.to_owned(),
            attributes,
        })
    }
}

impl<'de> serde::Deserialize<'de> for Tag {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// Lower case without accents and without the invisible marks of right-to-left texts.
fn plain(text: &str) -> String {
    text.nfkd()
        .filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Marks of direction and width that spreadsheets leave in cells.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

fn is_word(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Why a text is no word of a tag.
fn unlike_a_word(what: &str, word: &str) -> String {
    match word.chars().next() {
        None => format!("the {what} is empty"),
        Some(first) if first.is_ascii_lowercase() => {
            format!("the {what} `{word}` holds more than letters, digits and _")
        }
        Some(_) => format!("the {what} `{word}` does not begin with a letter"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tag(text: &str) -> Tag {
        text.parse().unwrap()
    }

    #[test]
    fn case_blanks_and_the_order_of_attributes_say_nothing() {
        for text in [
            "#affected+idps+f",
            " #Affected +F +IDPS ",
            "#affected\n+f  +idps",
            "#affected+f+idps+f",
            "\u{feff}#affected+f\u{a0}+idps",
            "\u{200f}#affected+f+idps\u{200e}",
            "＃affected＋f＋idps",
        ] {
            assert_eq!(tag(text).to_string(), "#affected+f+idps", "{text:?}");
        }
        assert_eq!(tag("#País").to_string(), "#pais");
        assert_eq!(tag("#adm2").attributes().count(), 0);
    }

    #[test]
    fn a_text_that_is_no_tag_is_told_with_its_mistake() {
        for (text, reason) in [
            ("affected", "it does not begin with #"),
            ("", "it does not begin with #"),
            ("#", "the hashtag is empty"),
            (
                "# affected",
                "the hashtag ` affected` does not begin with a letter",
            ),
            ("#1", "the hashtag `1` does not begin with a letter"),
            ("#_id", "the hashtag `_id` does not begin with a letter"),
            (
                "#affected+2013",
                "the attribute `2013` does not begin with a letter",
            ),
            ("#affected+", "the attribute is empty"),
            ("#affected++f", "the attribute is empty"),
            (
                "#affected + f",
                "the attribute ` f` does not begin with a letter",
            ),
            (
                "#affected f",
                "the hashtag `affected f` holds more than letters, digits and _",
            ),
            (
                "#org#adm1",
                "the hashtag `org#adm1` holds more than letters, digits and _",
            ),
            (
                "#adm1+الاسم",
                "the attribute `الاسم` does not begin with a letter",
            ),
        ] {
            let error = text.parse::<Tag>().unwrap_err();
            assert_eq!((error.text.as_str(), error.reason.as_str()), (text, reason));
        }
    }

    #[test]
    fn a_tag_is_one_of_a_kind_with_fewer_attributes() {
        let girls = tag("#affected+f+children+idps");
        assert!(girls.is_a(&tag("#affected+idps")));
        assert!(girls.is_a(&tag("#affected")));
        assert!(!girls.is_a(&tag("#affected+m")));
        assert!(!girls.is_a(&tag("#inneed+idps")));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*|#[ #+_a-zA-Z0-9\u{e9}\u{627}\n]*") {
            if let Ok(tag) = text.parse::<Tag>() {
                prop_assert_eq!(tag.to_string().parse::<Tag>(), Ok(tag));
            }
        }

        #[test]
        fn what_the_grammar_allows_is_read(
            hashtag in "[A-Za-z][_0-9A-Za-z]{0,8}",
            attributes in prop::collection::vec("\\s{0,2}\\+[A-Za-z][_0-9A-Za-z]{0,8}", 0..5),
        ) {
            let text = format!(" #{hashtag}{} ", attributes.concat());
            let tag = tag(&text);
            prop_assert_eq!(tag.hashtag(), hashtag.to_lowercase());
            for attribute in &attributes {
                prop_assert!(tag.has(&attribute.trim()[1..].to_lowercase()));
            }
            prop_assert_eq!(tag.to_string().parse::<Tag>(), Ok(tag));
        }
    }
}
