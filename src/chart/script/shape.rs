//! The face for Arabic: its letters joined to one another, and how wide that makes a text.
//!
//! Noto Sans Arabic in Regular and Bold, under the SIL Open Font License (`face/OFL.txt`), with letters
//! and figures of Noto Sans, so that one face draws a whole text. `face/README.md` says how the files
//! were made.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use unicode_bidi::{BidiInfo, Level};

/// The regular weight.
pub const REGULAR: &[u8] = include_bytes!("face/NotoSansArabic-Regular.ttf");
/// The bold weight.
pub const BOLD: &[u8] = include_bytes!("face/NotoSansArabic-Bold.ttf");

/// Texts whose widths are kept, for lines are measured word by word.
const KEPT: usize = 4096;

/// One weight of the face.
struct Face {
    font: FontRef<'static>,
    shaper: ShaperData,
    charmap: Charmap<'static>,
    units: f64,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = FontRef::new(bytes).ok()?;
        let skrifa = skrifa::FontRef::new(bytes).ok()?;
        let size = skrifa::instance::Size::unscaled();
        let metrics = skrifa.metrics(size, skrifa::instance::LocationRef::default());
        Some(Self {
            shaper: ShaperData::new(&font),
            font,
            charmap: skrifa.charmap(),
            units: f64::from(metrics.units_per_em),
        })
    }

    /// Glyphs and advances of a text, run by run, as readers of SVG take it apart.
    fn shape(&self, text: &str, mut each: impl FnMut(u32, i32)) {
        let info = BidiInfo::new(text, Some(Level::rtl()));
        let shaper = self.shaper.shaper(&self.font).build();
        for paragraph in &info.paragraphs {
            let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let mut buffer = UnicodeBuffer::new();
                buffer.push_str(&text[run.clone()]);
                buffer.set_direction(if levels[run.start].is_rtl() {
                    Direction::RightToLeft
                } else {
                    Direction::LeftToRight
                });
                buffer.guess_segment_properties();
                let shaped = shaper.shape(buffer, ShapeOptions::new());
                for (glyph, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
                    each(glyph.glyph_id, place.x_advance);
                }
            }
        }
    }
}

/// Regular and bold; none only if the embedded bytes were damaged, which a test excludes.
static FACES: LazyLock<Option<[Face; 2]>> =
    LazyLock::new(|| Some([Face::new(REGULAR)?, Face::new(BOLD)?]));

thread_local! {
    static WIDTHS: RefCell<HashMap<(String, bool), f64>> = RefCell::default();
}

fn face(bold: bool) -> Option<&'static Face> {
    FACES.as_ref().map(|faces| &faces[usize::from(bold)])
}

/// Width of a line of text in em.
pub fn width(text: &str, bold: bool) -> f64 {
    let key = (text.to_owned(), bold);
    if let Some(known) = WIDTHS.with_borrow(|widths| widths.get(&key).copied()) {
        return known;
    }
    let Some(face) = face(bold) else {
        return 0.6 * text.chars().count() as f64;
    };
    let mut units = 0_i64;
    face.shape(text, |_, advance| units += i64::from(advance));
    let width = units as f64 / face.units;
    WIDTHS.with_borrow_mut(|widths| {
        if widths.len() >= KEPT {
            widths.clear();
        }
        widths.insert(key, width);
    });
    width
}

/// Adds the glyphs that a line of text is drawn with.
pub fn glyphs(text: &str, bold: bool, found: &mut BTreeSet<u16>) {
    if let Some(face) = face(bold) {
        face.shape(text, |glyph, _| found.extend(u16::try_from(glyph).ok()));
    }
}

/// Whether both weights have a character.
pub fn covers(character: char) -> bool {
    let Some(faces) = FACES.as_ref() else {
        return true;
    };
    let has = |face: &Face| {
        face.charmap
            .map(character)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    };
    faces.iter().all(has)
}
