//! That what is embedded is a font, and the same one for every letter and pair that is written.

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::*;
use crate::chart::tests::{bar, bar_spec, line, line_spec};
use crate::chart::{ChartSpec, render_png, render_svg};

const TEXT: &str = "AVATAR To. Čačak, Україна й ї, Łódź 1 412 503 « é ‘ffi’ » ≥ −5 %";

fn spec() -> ChartSpec {
    let mut spec = bar_spec(vec![bar("Łódź", 9.0), bar("Україна", 1.0)]);
    spec.title = TEXT.to_owned();
    spec.subtitle = TEXT.to_owned();
    spec
}

/// The embedded fonts, regular and bold.
fn fonts(svg: &str) -> Vec<Vec<u8>> {
    svg.split("base64,")
        .skip(1)
        .map(|rest| STANDARD.decode(rest.split(')').next().unwrap()).unwrap())
        .collect()
}

#[derive(Default)]
struct Strokes(String);

impl OutlinePen for Strokes {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push_str(&format!("M{x} {y}"));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push_str(&format!("L{x} {y}"));
    }
    fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
        self.0.push_str(&format!("Q{a} {b} {x} {y}"));
    }
    fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
        self.0.push_str(&format!("C{a} {b} {c} {d} {x} {y}"));
    }
    fn close(&mut self) {
        self.0.push('Z');
    }
}

fn outline(font: &FontRef, glyph: GlyphId) -> String {
    let mut strokes = Strokes::default();
    let size = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    let drawn = font.outline_glyphs().get(glyph).unwrap();
    drawn.draw(size, &mut strokes).unwrap();
    strokes.0
}

#[test]
fn each_character_has_the_glyph_that_it_had() {
    let svg = with_font(&render_svg(&spec()).unwrap()).unwrap();
    let fonts = fonts(&svg);
    assert_eq!(fonts.len(), 2);
    for (bytes, whole) in fonts
        .iter()
        .zip([notosans::REGULAR_TTF, notosans::BOLD_TTF])
    {
        let (font, whole) = (FontRef::new(bytes).unwrap(), FontRef::new(whole).unwrap());
        let at = (Size::unscaled(), LocationRef::default());
        let widths = [
            font.glyph_metrics(at.0, at.1),
            whole.glyph_metrics(at.0, at.1),
        ];
        for character in TEXT.chars() {
            let glyph = font.charmap().map(character).unwrap();
            let old = whole.charmap().map(character).unwrap();
            assert_ne!(glyph, GlyphId::NOTDEF, "{character}");
            assert_eq!(outline(&font, glyph), outline(&whole, old), "{character}");
            assert_eq!(widths[0].advance_width(glyph), widths[1].advance_width(old));
        }
        assert_eq!(font.charmap().map('Ж'), None);
        assert!(bytes.len() < 16_000, "{}", bytes.len());
    }
}

#[test]
fn pairs_are_kerned_as_in_the_whole_font() {
    let svg = with_font(&render_svg(&spec()).unwrap()).unwrap();
    let advance = |bytes: &[u8], text: &str| -> i32 {
        let font = harfrust::FontRef::new(bytes).unwrap();
        let data = harfrust::ShaperData::new(&font);
        let mut buffer = harfrust::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = data
            .shaper(&font)
            .build()
            .shape(buffer, harfrust::ShapeOptions::default());
        shaped
            .glyph_positions()
            .iter()
            .map(|glyph| glyph.x_advance)
            .sum()
    };
    let wholes = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    for (bytes, whole) in fonts(&svg).iter().zip(wholes) {
        for word in ["AVATAR", "To.", "Łódź", "Україна"] {
            assert_eq!(advance(bytes, word), advance(whole, word), "{word}");
        }
        let apart: i32 = "AVATAR"
            .chars()
            .map(|c| advance(whole, &c.to_string()))
            .sum();
        assert!(advance(bytes, "AVATAR") < apart);
    }
}

#[test]
fn who_has_only_the_embedded_fonts_sees_the_same_picture() {
    use resvg::tiny_skia::{Pixmap, Transform};
    use resvg::usvg::{Options, Tree, fontdb::Database};

    let svg = with_font(&render_svg(&spec()).unwrap()).unwrap();
    let picture = |fonts: Vec<Vec<u8>>| {
        let mut database = Database::new();
        fonts
            .into_iter()
            .for_each(|font| database.load_font_data(font));
        let options = Options {
            fontdb: std::sync::Arc::new(database),
            ..Options::default()
        };
        let tree = Tree::from_str(&svg, &options).unwrap();
        let mut pixmap = Pixmap::new(850, 600).unwrap();
        resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
        pixmap.data().to_vec()
    };
    let whole = [notosans::REGULAR_TTF, notosans::BOLD_TTF];
    assert_eq!(
        picture(fonts(&svg)),
        picture(whole.map(<[u8]>::to_vec).into())
    );
}

#[test]
fn the_picture_stays_the_same_and_light() {
    let plain = render_svg(&line_spec(vec![line("Poland", &[453_982.0, 547_982.0])])).unwrap();
    let with = with_font(&plain).unwrap();
    assert_eq!(with, with_font(&plain).unwrap());
    let name = with.split("font-family:").nth(1).unwrap();
    let name = name.split(';').next().unwrap();
    assert!(with.contains(&format!("font-family=\"{name}, 'Noto Sans', ")));
    assert!(with.len() - plain.len() < 40_000, "{}", with.len());
    assert_eq!(
        render_png(&with, 1.0, &[]).unwrap(),
        render_png(&plain, 1.0, &[]).unwrap()
    );
    assert!(with_font("<svg xmlns=\"http://www.w3.org/2000/svg\"/>").is_err());
}
