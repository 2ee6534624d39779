//! Pairs of letters that stand closer or wider than their widths say.

use std::collections::{BTreeMap, BTreeSet};

use harfrust::{FontRef, ShaperData, UnicodeBuffer};

use super::sfnt::search_range;

/// How far each pair moves together or apart, in units of the font; pairs that do not are left out.
pub fn moves(face: &[u8], pairs: &BTreeSet<(char, char)>) -> Option<BTreeMap<(char, char), i16>> {
    let font = FontRef::new(face).ok()?;
    let data = ShaperData::new(&font);
    let shaper = data.shaper(&font).build();
    let advance = |text: &str| {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, harfrust::ShapeOptions::default());
        let glyphs = shaped.glyph_positions();
        glyphs
            .first()
            .map(|glyph| glyph.x_advance)
            .filter(|_| glyphs.len() == text.chars().count())
    };
    let moves = pairs.iter().filter_map(|&(first, second)| {
        let together = advance(&format!("{first}{second}"))?;
        let alone = advance(&first.to_string())?;
        let moved = i16::try_from(together - alone).ok()?;
        (moved != 0).then_some(((first, second), moved))
    });
    Some(moves.collect())
}

/// The table `kern` of pairs of glyphs, which browsers read where a font has no other kerning.
pub fn table(pairs: &BTreeMap<(u16, u16), i16>) -> Vec<u8> {
    let count = pairs.len() as u16;
    let (search, selector) = search_range(count);
    let mut table = Vec::new();
    let header = [
        0,
        1, // version, number of subtables
        0,
        14 + 6 * count,
        1, // version, length and kind of the subtable: horizontal
        count,
        6 * search,
        selector,
        6 * count - 6 * search,
    ];
    table.extend(header.into_iter().flat_map(u16::to_be_bytes));
    for ((first, second), moved) in pairs {
        table.extend(first.to_be_bytes());
        table.extend(second.to_be_bytes());
        table.extend(moved.to_be_bytes());
    }
    table
}
