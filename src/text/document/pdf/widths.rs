//! Widths of letters in a form that the reader of PDFs understands: it passes over those that are told for
//! a range of letters, takes each for as wide as its height, and so loses their places.

use pdf_extract::{Document, Object, ObjectId};

/// Widths in all fonts of a document; what is beyond stays as it is.
const MOST: i64 = 1 << 20;

/// Writes ranges of letters of one width as lists, in all fonts.
pub(super) fn list(document: &mut Document) {
    let fonts: Vec<ObjectId> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_dict().is_ok_and(|font| font.has(b"W")))
        .map(|(id, _)| *id)
        .collect();
    let mut left = MOST;
    for id in fonts {
        if let Some(widths) = listed(document, id, &mut left)
            && let Ok(font) = document.get_dictionary_mut(id)
        {
            font.set("W", Object::Array(widths));
        }
    }
}

/// The widths of a font: `first [width, …]` as they are, `first last width` as such.
fn listed(document: &Document, font: ObjectId, left: &mut i64) -> Option<Vec<Object>> {
    let followed = |object: &Object| {
        document
            .dereference(object)
            .ok()
            .map(|(_, object)| object.clone())
    };
    if *left < 0 {
        return None;
    }
    let widths = followed(document.get_dictionary(font).ok()?.get(b"W").ok()?)?;
    let mut rest = widths.as_array().ok()?.iter();
    let mut listed = Vec::new();
    while let (Some(first), Some(second)) = (rest.next(), rest.next()) {
        let (first, second) = (followed(first)?, followed(second)?);
        let list = match second {
            Object::Array(ref widths) => {
                *left = left.checked_sub(i64::try_from(widths.len()).ok()?)?;
                second
            }
            last => {
                let count = last
                    .as_i64()
                    .ok()?
                    .checked_sub(first.as_i64().ok()?)?
                    .checked_add(1)?;
                let width = followed(rest.next()?)?;
                *left = left.checked_sub(count.max(0))?;
                if *left < 0 {
                    return None;
                }
                Object::Array(vec![width; usize::try_from(count).ok()?])
            }
        };
        listed.extend([first, list]);
    }
    Some(listed)
}
