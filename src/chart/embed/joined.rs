//! A TrueType font of which only some glyphs are drawn, but all that joins them is there.
//!
//! Glyphs keep their numbers, so that the tables which choose and place them (`GSUB`, `GPOS`, `GDEF`)
//! stay true as they are. What is left out are outlines, and characters that nobody wrote.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::charmap::Charmap;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontRef, TableProvider};

use super::sfnt::{font as assemble, put};
use super::subset::character_map;

/// Tables that are taken as they are.
const WHOLE: [&[u8; 4]; 9] = [
    b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"hhea", b"hmtx", b"maxp", b"name", b"post",
];

/// The part of a font that draws some glyphs and knows some characters; none if it is damaged.
pub fn subset(face: &[u8], glyphs: &BTreeSet<u16>, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::new(face).ok()?;
    let charmap = Charmap::new(&font);
    let codes: BTreeMap<u16, u16> = characters
        .iter()
        .filter_map(|&character| {
            let code = u16::try_from(u32::from(character)).ok()?;
            Some((code, u16::try_from(charmap.map(character)?.to_u32()).ok()?))
        })
        .collect();
    let table = |tag: &[u8; 4]| {
        font.data_for_tag(Tag::new(tag))
            .map(|data| data.as_bytes().to_vec())
    };
    let (glyf, loca) = outlines(&font, glyphs)?;
    let mut head = table(b"head")?;
    put(&mut head, 8, &[0; 4]);
    put(&mut head, 50, &1_u16.to_be_bytes());
    let mut tables = vec![
        (*b"cmap", character_map(&codes)),
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"loca", loca),
    ];
    for tag in WHOLE {
        tables.push((*tag, table(tag)?));
    }
    Some(assemble(tables))
}

/// Outlines of the glyphs, of their parts and of the one for missing characters; no others.
fn outlines(font: &FontRef, glyphs: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u8>)> {
    let (loca, table) = (font.loca(None).ok()?, font.glyf().ok()?);
    let all = table.offset_data().as_bytes();
    let mut open: Vec<u16> = std::iter::once(0).chain(glyphs.iter().copied()).collect();
    let mut needed = BTreeSet::new();
    while let Some(glyph) = open.pop() {
        if !needed.insert(glyph) {
            continue;
        }
        if let Some(Glyph::Composite(composite)) =
            loca.get_glyf(GlyphId::from(glyph), &table).ok()?
        {
            open.extend(composite.components().map(|part| part.glyph.to_u16()));
        }
    }
    let (mut glyf, mut starts) = (Vec::new(), Vec::new());
    for glyph in 0..font.maxp().ok()?.num_glyphs() {
        starts.extend((glyf.len() as u32).to_be_bytes());
        if needed.contains(&glyph) {
            let from = loca.get_raw(usize::from(glyph))? as usize;
            let to = loca.get_raw(usize::from(glyph) + 1)? as usize;
            glyf.extend(all.get(from..to)?);
            glyf.resize(glyf.len().next_multiple_of(4), 0);
        }
    }
    starts.extend((glyf.len() as u32).to_be_bytes());
    Some((glyf, starts))
}
