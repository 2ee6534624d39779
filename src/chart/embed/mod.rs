//! The letters of a chart within its SVG, so that every browser shows the font that was measured.
//!
//! Only the glyphs that are used go in, as one small TrueType font for each weight; the text stays
//! text. Kerning goes along for the pairs that occur, and for Arabic all that joins its letters. Programs
//! that edit SVG ignore embedded fonts and take the installed one.

mod joined;
mod kerning;
mod sfnt;
mod subset;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use resvg::usvg::roxmltree::{Document, Node};

use super::ChartError;
use super::font::{ARABIC_FACES, ARABIC_FAMILIES, FAMILIES};
use super::script::shape;

/// What is written with one weight.
#[derive(Debug, Default)]
struct Written {
    characters: BTreeSet<char>,
    /// Characters that follow one another.
    pairs: BTreeSet<(char, char)>,
    /// Glyphs of the face for Arabic.
    glyphs: BTreeSet<u16>,
}

impl Written {
    fn add(&mut self, text: &str) {
        self.characters.extend(text.chars());
        self.pairs.extend(text.chars().zip(text.chars().skip(1)));
    }
}

/// Puts the used part of the font into a chart's SVG, between its metadata and its drawing.
///
/// # Errors
/// When the text is no SVG of ours.
pub fn with_font(svg: &str) -> Result<String, ChartError> {
    let document = Document::parse(svg).map_err(|error| ChartError::NotSvg(error.to_string()))?;
    let root = document.root_element();
    let metadata = root.children().find(|node| is(node, "metadata"));
    let Some(metadata) = metadata else {
        return Err(ChartError::NotSvg("it has no metadata".to_owned()));
    };
    let texts: Vec<Node> = root.descendants().filter(|n| is(n, "text")).collect();
    let [latin, arabic] = [false, true].map(|arabic| written(&texts, arabic));
    let fonts = [
        (
            "Noto Sans",
            FAMILIES,
            latin,
            [notosans::REGULAR_TTF, notosans::BOLD_TTF],
        ),
        ("Noto Sans Arabic", ARABIC_FAMILIES, arabic, ARABIC_FACES),
    ];
    let (before, after) = svg.split_at(metadata.range().end);
    let (mut before, mut after) = (before.to_owned(), after.to_owned());
    let mut style = String::new();
    for (family, families, written, faces) in fonts {
        let (mut cut, mut sum) = (Vec::new(), 0_u32);
        for ((weight, face), written) in WEIGHTS.into_iter().zip(faces).zip(written) {
            if written.characters.is_empty() {
                continue;
            }
            let font = if written.glyphs.is_empty() {
                subset::subset(face, &written)
            } else {
                joined::subset(face, &written.glyphs, &written.characters)
            };
            let font =
                font.ok_or_else(|| ChartError::Drawing("the chart font is damaged".to_owned()))?;
            sum = sum.wrapping_mul(31).wrapping_add(sfnt::checksum(&font));
            cut.push((weight, font));
        }
        // A name of its own: on a page with other charts, a font of theirs lacks some of the letters.
        let name = format!("{family} {sum:08x}");
        for (weight, font) in &cut {
            style.push_str(&format!(
                "@font-face{{font-family:'{name}';font-weight:{weight};\
                 src:url(data:font/ttf;base64,{}) format('truetype')}}\n",
                STANDARD.encode(font)
            ));
        }
        let (old, new) = (quoted(families), quoted(&format!("'{name}', {families}")));
        before = before.replacen(&old, &new, 1);
        after = after.replace(&old, &new);
    }
    Ok(format!("{before}\n<style>\n{style}</style>{after}"))
}

/// The weights of both faces, as SVG writes them.
const WEIGHTS: [&str; 2] = ["400", "700"];

/// What is written with each weight of the one face or the other.
fn written(texts: &[Node], arabic: bool) -> [Written; 2] {
    let mut written = [Written::default(), Written::default()];
    for node in texts {
        if node.attribute("font-family").is_some() != arabic {
            continue;
        }
        let bold = node.attribute("font-weight") == Some(WEIGHTS[1]);
        let (own, text) = (
            &mut written[usize::from(bold)],
            node.text().unwrap_or_default(),
        );
        own.add(text);
        if arabic {
            shape::glyphs(text, bold, &mut own.glyphs);
        }
    }
    written
}

fn quoted(families: &str) -> String {
    format!("font-family=\"{families}\"")
}

fn is(node: &Node, name: &str) -> bool {
    node.has_tag_name(("http://www.w3.org/2000/svg", name))
}
