//! Sizes of charts as people name them.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use crate::chart::{Medium, Size};

/// A size by its name, or one of a person's own.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(try_from = "String")]
pub struct SizePlan(Size);

/// Names with their sizes.
const NAMED: [(&str, Size); 7] = [
    ("article", Size::ARTICLE),
    ("newsroom", Size::NEWSROOM),
    ("square", Size::SQUARE),
    ("portrait", Size::PORTRAIT),
    ("social", Size::SOCIAL),
    ("column", Size::COLUMN),
    ("page", Size::PAGE),
];

/// A word that is no size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no size; write one of {names}, or your own: 1200x800 in px, 1200x800@1.5 with type of 1.5 times the size, 120x80mm in print",
    names = NAMED.map(|(name, _)| name).join(", ")
)]
pub struct UnknownSize(String);

impl FromStr for SizePlan {
    type Err = UnknownSize;

    fn from_str(word: &str) -> Result<Self, UnknownSize> {
        NAMED
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, size)| *size)
            .or_else(|| own(word))
            .map(Self)
            .ok_or_else(|| UnknownSize(word.to_owned()))
    }
}

/// `1200x800`, `1200x800@1.5`, `120x80mm`.
fn own(word: &str) -> Option<Size> {
    let (sides, scale) = match word.split_once('@') {
        Some((sides, scale)) => (sides, scale.parse().ok()?),
        None => (word, 1.0),
    };
    let (sides, in_print) = match sides.strip_suffix("mm") {
        Some(sides) => (sides, true),
        None => (sides, false),
    };
    let (width, height) = sides.split_once('x')?;
    let (width, height) = (side(width)?, side(height)?);
    let mut size = if in_print {
        Size::print(width, height)
    } else {
        Size::new(width, height, 1.0)
    };
    size.text_scale = scale;
    Some(size)
}

/// A side of at most four digits; what no picture can have is refused where it is drawn.
fn side(text: &str) -> Option<u32> {
    let digits = text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

impl TryFrom<String> for SizePlan {
    type Error = UnknownSize;

    fn try_from(word: String) -> Result<Self, UnknownSize> {
        word.parse()
    }
}

/// As it can be read again, and as it stands in the name of a file.
impl fmt::Display for SizePlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0;
        let named = NAMED.iter().find(|(_, known)| *known == size);
        let side = |px: u32| match size.medium {
            Medium::Screen => px,
            Medium::Print => (f64::from(px) * 25.4 / size.medium.density()).round() as u32,
        };
        match named {
            Some((name, _)) => f.pad(name),
            None => {
                let unit = match size.medium {
                    Medium::Screen => "",
                    Medium::Print => "mm",
                };
                write!(f, "{}x{}{unit}", side(size.width), side(size.height))?;
                if size.text_scale != 1.0 {
                    write!(f, "@{}", size.text_scale)?;
                }
                Ok(())
            }
        }
    }
}

impl From<SizePlan> for Size {
    fn from(plan: SizePlan) -> Self {
        plan.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_they_are_written() {
        for word in [
            "article",
            "page",
            "1200x800",
            "640x450@1.5",
            "120x80mm",
            "85x60mm@1.2",
        ] {
            let size: SizePlan = word.parse().unwrap();
            assert_eq!(size.to_string(), word);
        }
        for word in [
            "",
            "x",
            "large",
            "12x",
            "1200×800",
            "85mm",
            "1x2@x",
            "-5x9",
            "99999x1",
        ] {
            let error = word.parse::<SizePlan>().unwrap_err().to_string();
            assert!(error.contains("article, newsroom"), "{error}");
        }
    }
}
