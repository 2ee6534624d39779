//! The embedded font: which characters it has, and how wide a text is.
//!
//! Noto Sans in Regular and Bold, under the SIL Open Font License, from the `notosans` crate. Its
//! figures are tabular. A text with Arabic letters is drawn with its sister face, Noto Sans Arabic. No
//! font of the machine is ever asked, so every machine draws the same.

use std::sync::LazyLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::{ChartError, script};

/// Families to fall back on where the reader's machine lacks the font.
pub const FAMILIES: &str =
    "'Noto Sans', 'Open Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
/// The same for texts with Arabic letters.
pub const ARABIC_FAMILIES: &str =
    "'Noto Sans Arabic', 'Segoe UI', 'Geeza Pro', Tahoma, Arial, sans-serif";

/// Height of a capital, in em, of Noto Sans in both weights.
pub const CAP_HEIGHT: f64 = 0.714;
/// Height above the baseline that letters with accents stay within, in em.
pub const ASCENT: f64 = 0.8;
/// Depth below the baseline that letters stay within, in em.
const DESCENT: f64 = 0.24;
/// The same for Arabic letters.
const ARABIC_DESCENT: f64 = 0.44;

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

/// Both weights of the face for Arabic.
pub const ARABIC_FACES: [&[u8]; 2] = [script::shape::REGULAR, script::shape::BOLD];

/// Depth below the baseline that the letters of a text stay within, in em.
pub fn descent(text: &str) -> f64 {
    if script::has_arabic(text) {
        ARABIC_DESCENT
    } else {
        DESCENT
    }
}

/// Width of one line of text in px: without kerning, which would only narrow it, but with Arabic
/// letters joined.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    if script::has_arabic(text) {
        return size * script::shape::width(text, bold);
    }
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

/// Refuses a text with a character that one of the weights of its face lacks. Line feeds are no
/// characters.
///
/// # Errors
/// Names the first missing character, its code point and the text.
pub fn check(text: &str) -> Result<(), ChartError> {
    let Some(faces) = FACES.as_ref() else {
        return Ok(());
    };
    let latin = |character: char| faces.iter().all(|face| face.advance(character).is_some());
    let arabic = script::has_arabic(text);
    let has = |character: char| {
        if arabic {
            script::shape::covers(character)
        } else {
            latin(character)
        }
    };
    let missing = text
        .chars()
        .filter(|&character| !character.is_whitespace() && !script::is_mark(character))
        .find(|&character| !has(character));
    match missing {
        Some(character) if latin(character) => Err(ChartError::MissingBesideArabic {
            character,
            text: text.to_owned(),
        }),
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
    fn other_scripts_are_refused_by_name() {
        let error = check("Gaza (ガザ)").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the chart font has no `ガ` (U+30AC), which stands in `Gaza (ガザ)`; write the name in \
             Latin, Greek, Cyrillic or Arabic letters"
        );
        let error = check("كييف ≥ 5").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the chart font has no `≥` (U+2265) beside Arabic letters, which stands in \
             `كييف ≥ 5`; write it otherwise"
        );
        assert!(check("غزة\u{202e}").is_err());
    }

    #[test]
    fn arabic_is_covered_and_joined() {
        for text in [
            "غزة (Gaza)",
            "كييف (Київ), −5 ½",
            "سابقاً، ٪٤٢ «حمص»؟",
            "پاکستان، گیلان، ئەربیل",
        ] {
            assert_eq!(check(text), Ok(()));
        }
        let apart: f64 = "سوريا"
            .chars()
            .map(|c| width(&c.to_string(), 13.0, false))
            .sum();
        assert!(width("سوريا", 13.0, false) < apart);
        assert!(width("سوريا", 13.0, true) > width("سوريا", 13.0, false));
        let of_words = width("سوريا", 13.0, false) + width("العراق", 13.0, false);
        let space = width("سوريا العراق", 13.0, false) - of_words;
        assert!((space - width(" ", 13.0, false)).abs() < 0.1, "{space}");
    }

    #[test]
    fn figures_are_tabular_and_bold_is_wider() {
        assert!((width("1111", 13.0, false) - width("8888", 13.0, false)).abs() < 1e-9);
        assert!(width("Poland", 13.0, true) > width("Poland", 13.0, false));
        assert!((width("0", 1000.0, false) - 572.0).abs() < 1.0);
    }
}
