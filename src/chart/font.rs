//! The embedded font: which characters it has, and how wide a text is.
//!
//! Noto Sans in Regular and Bold, under the SIL Open Font License, from the `notosans` crate. Its
//! figures are tabular. No font of the machine is ever asked, so every machine draws the same.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::ChartError;

/// Families to fall back on where the reader's machine lacks the font.
pub const FAMILIES: &str =
    "'Noto Sans', 'Open Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// Height of a capital, in em, of Noto Sans in both weights.
pub const CAP_HEIGHT: f64 = 0.714;
/// Height above the baseline that letters with accents stay within, in em.
pub const ASCENT: f64 = 0.8;
/// Depth below the baseline that letters stay within, in em.
pub const DESCENT: f64 = 0.24;

/// Letters outside these widths are looked up; nearly all text is inside.
const CACHED: usize = 0x250;

/// One weight of the font.
struct Face {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f64,
    cached: Vec<Option<f32>>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let mut face = Self {
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            units: f64::from(
                font.metrics(Size::unscaled(), LocationRef::default())
                    .units_per_em,
            ),
            cached: Vec::new(),
        };
        face.cached = (0..CACHED as u32)
            .map(|code| face.look_up(char::from_u32(code)?))
            .collect();
        Some(face)
    }

    fn look_up(&self, character: char) -> Option<f32> {
        let glyph = self
            .charmap
            .map(character)
            .filter(|glyph| glyph.to_u32() != 0)?;
        self.metrics.advance_width(glyph)
    }

    fn advance(&self, character: char) -> Option<f32> {
        match self.cached.get(character as usize) {
            Some(known) => *known,
            None => self.look_up(character),
        }
    }
}

/// Regular and bold; none only if the embedded bytes were damaged, which a test excludes.
static FACES: LazyLock<Option<[Face; 2]>> = LazyLock::new(|| {
    Some([
        Face::new(notosans::REGULAR_TTF)?,
        Face::new(notosans::BOLD_TTF)?,
    ])
});

/// Width of one line of text in px, without kerning, which would only narrow it.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    let Some(faces) = FACES.as_ref() else {
        return 0.6 * size * text.chars().count() as f64;
    };
    let face = &faces[usize::from(bold)];
    let units: f64 = text
        .chars()
        .filter_map(|character| face.advance(character))
        .map(f64::from)
        .sum();
    units * size / face.units
}

/// Refuses a text with a character that one of the weights lacks. Line feeds are no characters.
///
/// # Errors
/// Names the first missing character, its code point and the text.
pub fn check(text: &str) -> Result<(), ChartError> {
    let Some(faces) = FACES.as_ref() else {
        return Ok(());
    };
    let missing = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .find(|&character| faces.iter().any(|face| face.advance(character).is_none()));
    match missing {
        Some(character) => Err(ChartError::MissingGlyph {
            character,
            text: text.to_owned(),
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_less_ordinary_letters_are_covered() {
        for text in [
            "Čačak, Diyarbakır, Muğla, Đà Nẵng, Ștefan, Łódź, Türkiye, Côte d’Ivoire",
            "Україна, Ελλάδα, ≥ 1,000 × 2 – 3 − 4 … “quoted” † ½ ° €",
            "one\ntwo\u{a0}three",
        ] {
            assert_eq!(check(text), Ok(()));
        }
    }

    #[test]
    fn arabic_is_refused_by_name() {
        let error = check("Gaza (غزة)").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the chart font has no `غ` (U+063A), which stands in `Gaza (غزة)`; write the name in \
             Latin, Greek or Cyrillic letters"
        );
    }

    #[test]
    fn figures_are_tabular_and_bold_is_wider() {
        assert!((width("1111", 13.0, false) - width("8888", 13.0, false)).abs() < 1e-9);
        assert!(width("Poland", 13.0, true) > width("Poland", 13.0, false));
        assert!((width("0", 1000.0, false) - 572.0).abs() < 1.0);
    }
}
