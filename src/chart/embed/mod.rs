//! The letters of a chart within its SVG, so that every browser shows the font that was measured.
//!
//! Only the glyphs that are used go in, as one small TrueType font for each weight; the text stays
//! text. Kerning goes along for the pairs that occur. Programs that edit SVG ignore embedded fonts
//! and take the installed one.

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
use super::font::FAMILIES;
use subset::subset;

/// What is written with one weight.
#[derive(Debug, Default)]
struct Written {
    characters: BTreeSet<char>,
    /// Characters that follow one another.
    pairs: BTreeSet<(char, char)>,
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
    let (mut fonts, mut sum) = (Vec::new(), 0_u32);
    for (weight, face) in [("400", notosans::REGULAR_TTF), ("700", notosans::BOLD_TTF)] {
        let mut written = Written::default();
        root.descendants()
            .filter(|node| is(node, "text"))
            .filter(|node| node.attribute("font-weight").unwrap_or("400") == weight)
            .for_each(|node| written.add(node.text().unwrap_or_default()));
        if written.characters.is_empty() {
            continue;
        }
        let font = subset(face, &written)
            .ok_or_else(|| ChartError::Drawing("the chart font is damaged".to_owned()))?;
        sum = sum.wrapping_mul(31).wrapping_add(sfnt::checksum(&font));
        fonts.push((weight, font));
    }
    // A name of its own: on a page with other charts, a font of theirs lacks some of the letters.
    let name = format!("Noto Sans {sum:08x}");
    let style: String = fonts
        .iter()
        .map(|(weight, font)| {
            format!(
                "@font-face{{font-family:'{name}';font-weight:{weight};\
                 src:url(data:font/ttf;base64,{}) format('truetype')}}\n",
                STANDARD.encode(font)
            )
        })
        .collect();
    let (before, after) = svg.split_at(metadata.range().end);
    let before = before.replacen(FAMILIES, &format!("'{name}', {FAMILIES}"), 1);
    Ok(format!("{before}\n<style>\n{style}</style>{after}"))
}

fn is(node: &Node, name: &str) -> bool {
    node.has_tag_name(("http://www.w3.org/2000/svg", name))
}
