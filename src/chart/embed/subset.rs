//! A TrueType font with only some of the glyphs of another.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::charmap::Charmap;
use skrifa::raw::tables::glyf::Glyph;
use skrifa::raw::types::{GlyphId, Tag};
use skrifa::raw::{FontRef, TableProvider};

use super::sfnt::{font as assemble, put, search_range};
use super::{Written, kerning};

/// Tables that are taken as they are: the licence and the names among them.
const WHOLE: [&[u8; 4]; 3] = [b"OS/2", b"name", b"post"];

/// The part of a font that a text is written with; none if the font is damaged.
pub fn subset(face: &[u8], written: &Written) -> Option<Vec<u8>> {
    let font = FontRef::new(face).ok()?;
    let charmap = Charmap::new(&font);
    let code = |character: char| u16::try_from(u32::from(character)).ok();
    let glyph = |character: char| u16::try_from(charmap.map(character)?.to_u32()).ok();
    let characters: BTreeMap<u16, u16> = written
        .characters
        .iter()
        .filter_map(|&character| Some((code(character)?, glyph(character)?)))
        .collect();
    let numbers = numbered(&font, characters.values().copied())?;
    let number = |glyph: u16| numbers.get(&glyph).copied();

    let moves = kerning::moves(face, &written.pairs)?;
    let pairs: BTreeMap<(u16, u16), i16> = moves
        .into_iter()
        .filter_map(|((first, second), moved)| {
            Some(((number(glyph(first)?)?, number(glyph(second)?)?), moved))
        })
        .collect();
    let codes: BTreeMap<u16, u16> = characters
        .into_iter()
        .filter_map(|(code, glyph)| Some((code, number(glyph)?)))
        .collect();

    let table = |tag: &[u8; 4]| {
        font.data_for_tag(Tag::new(tag))
            .map(|data| data.as_bytes().to_vec())
    };
    let count = numbers.len() as u16;
    let (glyf, loca) = outlines(&font, &numbers)?;
    let mut head = table(b"head")?;
    put(&mut head, 8, &[0; 4]);
    put(&mut head, 50, &1_u16.to_be_bytes());
    let mut hhea = table(b"hhea")?;
    put(&mut hhea, 34, &count.to_be_bytes());
    let mut maxp = table(b"maxp")?;
    put(&mut maxp, 4, &count.to_be_bytes());
    let mut tables = vec![
        (*b"cmap", character_map(&codes)),
        (*b"glyf", glyf),
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", widths(&font, &numbers)?),
        (*b"loca", loca),
        (*b"maxp", maxp),
    ];
    for tag in WHOLE {
        tables.push((*tag, table(tag)?));
    }
    if !pairs.is_empty() {
        tables.push((*b"kern", kerning::table(&pairs)));
    }
    Some(assemble(tables))
}

/// New numbers of the glyphs that are needed: the one for missing characters first, and the parts
/// that others are put together from.
fn numbered(font: &FontRef, glyphs: impl Iterator<Item = u16>) -> Option<BTreeMap<u16, u16>> {
    let (loca, glyf) = (font.loca(None).ok()?, font.glyf().ok()?);
    let mut open: Vec<u16> = std::iter::once(0).chain(glyphs).collect();
    let mut needed = BTreeSet::new();
    while let Some(glyph) = open.pop() {
        if !needed.insert(glyph) {
            continue;
        }
        if let Some(Glyph::Composite(composite)) =
            loca.get_glyf(GlyphId::from(glyph), &glyf).ok()?
        {
            open.extend(composite.components().map(|part| part.glyph.to_u16()));
        }
    }
    Some(needed.into_iter().zip(0..).collect())
}

/// Outlines, and where each begins.
fn outlines(font: &FontRef, numbers: &BTreeMap<u16, u16>) -> Option<(Vec<u8>, Vec<u8>)> {
    let loca = font.loca(None).ok()?;
    let all = font.glyf().ok()?.offset_data().as_bytes();
    let (mut glyf, mut starts) = (Vec::new(), Vec::new());
    for &glyph in numbers.keys() {
        starts.extend((glyf.len() as u32).to_be_bytes());
        let from = loca.get_raw(usize::from(glyph))? as usize;
        let to = loca.get_raw(usize::from(glyph) + 1)? as usize;
        let mut outline = all.get(from..to)?.to_vec();
        renumber(&mut outline, numbers)?;
        outline.resize(outline.len().next_multiple_of(4), 0);
        glyf.extend(outline);
    }
    starts.extend((glyf.len() as u32).to_be_bytes());
    Some((glyf, starts))
}

/// Gives the parts of a glyph that is put together their new numbers.
fn renumber(outline: &mut [u8], numbers: &BTreeMap<u16, u16>) -> Option<()> {
    const HEADER: usize = 10;
    let word = |outline: &[u8], at: usize| {
        Some(u16::from_be_bytes([
            *outline.get(at)?,
            *outline.get(at + 1)?,
        ]))
    };
    // A number of contours below zero: put together.
    if outline.first().is_none_or(|first| *first < 0x80) {
        return Some(());
    }
    let mut at = HEADER;
    loop {
        let flags = word(outline, at)?;
        let glyph = *numbers.get(&word(outline, at + 2)?)?;
        put(outline, at + 2, &glyph.to_be_bytes());
        let has = |flag: u16| flags & flag != 0;
        let arguments = if has(0x0001) { 4 } else { 2 };
        let scales = match (has(0x0008), has(0x0040), has(0x0080)) {
            (true, ..) => 2,
            (_, true, _) => 4,
            (.., true) => 8,
            _ => 0,
        };
        at += 4 + arguments + scales;
        if !has(0x0020) {
            return Some(());
        }
    }
}

/// Widths and left bearings.
fn widths(font: &FontRef, numbers: &BTreeMap<u16, u16>) -> Option<Vec<u8>> {
    let metrics = font.hmtx().ok()?;
    let mut table = Vec::new();
    for &glyph in numbers.keys() {
        let glyph = GlyphId::from(glyph);
        table.extend(metrics.advance(glyph)?.to_be_bytes());
        table.extend(metrics.side_bearing(glyph)?.to_be_bytes());
    }
    Some(table)
}

/// The table from characters to glyphs, in the form that every reader of fonts knows (format 4).
pub(super) fn character_map(codes: &BTreeMap<u16, u16>) -> Vec<u8> {
    // Stretches of characters whose glyphs follow one another as well: first, last, difference.
    let mut stretches: Vec<(u16, u16, u16)> = Vec::new();
    for (&code, &glyph) in codes.iter().filter(|(code, _)| **code != u16::MAX) {
        let difference = glyph.wrapping_sub(code);
        match stretches.last_mut() {
            Some((_, last, same)) if *last + 1 == code && *same == difference => *last = code,
            _ => stretches.push((code, code, difference)),
        }
    }
    stretches.push((u16::MAX, u16::MAX, 1));
    let count = stretches.len() as u16;
    let (search, selector) = search_range(count);
    let mut words = vec![
        0,
        1, // version, number of subtables
        3,
        1,
        0,
        12, // Windows, Unicode, place of the subtable in two words
        4,
        16 + 8 * count,
        0, // format, length, language
        2 * count,
        2 * search,
        selector,
        2 * count - 2 * search,
    ];
    words.extend(stretches.iter().map(|(_, last, _)| *last));
    words.push(0);
    words.extend(stretches.iter().map(|(first, ..)| *first));
    words.extend(stretches.iter().map(|(.., difference)| *difference));
    words.extend(stretches.iter().map(|_| 0));
    words.into_iter().flat_map(u16::to_be_bytes).collect()
}
