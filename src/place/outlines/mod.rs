//! The outlines of countries and territories, for maps.
//!
//! They are those of Natural Earth at 1:50 million, which is in the public domain, with the
//! boundaries that `README.md` beside this file lists moved to where the United Nations draw them.
//! Neighbours share their border as one stroke (an arc), so that a map may thin it and both sides
//! still meet. A place of the register that has no outline is too small for the scale, no land, or
//! a unit within a country.

#[cfg(test)]
mod convert;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use crate::figure::PlaceId;

/// Who drew the outlines and at which scale, for the source line of a map.
pub const SOURCE: &str = "Natural Earth, 1:50 million";

/// The file that `convert.rs` makes, compressed.
const BYTES: &[u8] = include_bytes!("outlines.bin.zst");

/// The first bytes of the file: its form and version.
const MAGIC: &[u8] = b"outlines 1\n";

/// Largest size of the file when it is unpacked.
const UNPACKED: usize = 4 << 20;

/// All outlines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlines {
    /// Strokes between two meetings of borders, or whole coasts of islands, as degrees east and
    /// north. Where one crosses the antimeridian, the longitude jumps.
    pub arcs: Vec<Vec<(f64, f64)>>,
    /// The pieces of land of each place.
    pub places: Vec<Outline>,
}

/// The land of one place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outline {
    /// Id of the place; empty for land that belongs to none.
    pub id: String,
    /// Closed outer rings; each piece is an arc and whether it runs backwards. Land of others
    /// within a ring, such as Lesotho, is a ring of its own.
    pub rings: Vec<Vec<(usize, bool)>>,
}

static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| {
    zstd::bulk::decompress(BYTES, UNPACKED)
        .ok()
        .and_then(|bytes| read(&bytes))
        .unwrap_or_default()
});

/// The outlines that come with the program, read once. They are empty only if the bytes were
/// damaged, which a test excludes.
pub fn outlines() -> &'static Outlines {
    &OUTLINES
}

/// Ids of the outlines that make up the land of a place; none where it has no outline.
///
/// Palestine is the Gaza Strip and the West Bank, which are also places of their own, and what
/// UNHCR counts as Serbia and Kosovo is both.
pub fn outlines_of(place: &PlaceId) -> Vec<&str> {
    let id = place.as_str();
    let parts: &[&str] = match id {
        "PSE" => &["humstat:PSE-GZA", "humstat:PSE-WBK"],
        "group:serbia-and-kosovo" => &["SRB", "XKX"],
        _ => {
            return outlines()
                .places
                .iter()
                .map(|outline| outline.id.as_str())
                .filter(|own| *own == id)
                .collect();
        }
    };
    parts.to_vec()
}

/// Reads the unpacked file; none where its bytes are no outlines.
///
/// After the magic: scale and offset of both axes as four `f64`, the arcs as counts and differences
/// of whole numbers, then each place with its id and its rings. Whole numbers have seven bits a byte,
/// the lowest first; signed ones are folded (0, -1, 1, -2).
fn read(bytes: &[u8]) -> Option<Outlines> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let [scale_x, scale_y, left, bottom] = [
        float(&mut rest)?,
        float(&mut rest)?,
        float(&mut rest)?,
        float(&mut rest)?,
    ];
    let mut outlines = Outlines::default();
    for _ in 0..count(&mut rest)? {
        let length = count(&mut rest)?;
        let (mut x, mut y) = (0_i64, 0_i64);
        let mut arc = Vec::with_capacity(length);
        for _ in 0..length {
            x = x.checked_add(signed(&mut rest)?)?;
            y = y.checked_add(signed(&mut rest)?)?;
            arc.push((x as f64 * scale_x + left, y as f64 * scale_y + bottom));
        }
        outlines.arcs.push(arc);
    }
    for _ in 0..count(&mut rest)? {
        let length = count(&mut rest)?;
        let (id, after) = rest.split_at_checked(length)?;
        let mut outline = Outline {
            id: String::from_utf8(id.to_vec()).ok()?,
            rings: Vec::new(),
        };
        rest = after;
        for _ in 0..count(&mut rest)? {
            let mut ring = Vec::new();
            for _ in 0..count(&mut rest)? {
                let code = usize::try_from(unsigned(&mut rest)?).ok()?;
                let (arc, backwards) = (code / 2, code % 2 == 1);
                outlines.arcs.get(arc)?;
                ring.push((arc, backwards));
            }
            outline.rings.push(ring);
        }
        outlines.places.push(outline);
    }
    rest.is_empty().then_some(outlines)
}

fn float(rest: &mut &[u8]) -> Option<f64> {
    let (bytes, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(f64::from_le_bytes(*bytes))
}

fn unsigned(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..63).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn signed(rest: &mut &[u8]) -> Option<i64> {
    let folded = unsigned(rest)?;
    let half = i64::try_from(folded >> 1).ok()?;
    Some(if folded & 1 == 1 { -half - 1 } else { half })
}

/// A number of things that follow, of which each takes at least a byte.
fn count(rest: &mut &[u8]) -> Option<usize> {
    let number = usize::try_from(unsigned(rest)?).ok()?;
    (number <= rest.len()).then_some(number)
}
