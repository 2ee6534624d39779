//! A tag with very many attributes, which would take the square of their number to take apart.

/// More attributes than any tag has.
const MOST: usize = 2000;

/// Whether a tag of a page may have more than [`MOST`] attributes.
pub(super) fn are_too_many(page: &str) -> bool {
    let bytes = page.as_bytes();
    let mut at = 0;
    // Without an end, what follows a script is looked at as if it were a page.
    let mut has_ends = true;
    while let Some(found) = find(&bytes[at..], b'<') {
        at += found + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let rest = &bytes[at..];
        let (length, attributes) = tag(rest);
        if attributes > MOST {
            return true;
        }
        // What stands in a script is no tag.
        let is_script = rest
            .get(..6)
            .is_some_and(|name| name.eq_ignore_ascii_case(b"script"));
        at += length;
        if is_script && has_ends {
            match end_of_script(&bytes[at..]) {
                Some(length) => at += length,
                None => has_ends = false,
            }
        }
    }
    false
}

/// The length of a tag, and the most attributes that it may have.
fn tag(bytes: &[u8]) -> (usize, usize) {
    let mut attributes = 0;
    let mut at = 0;
    // An attribute begins after white space, a slash or a quoted value; quotes open after `=` only.
    let mut is_after = false;
    let mut is_value = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => break,
            b'"' | b'\'' if is_value => {
                let value = &bytes[at + 1..];
                at += 1 + find(value, *byte).unwrap_or(value.len());
                (is_after, is_value) = (true, false);
            }
            b'=' => is_value = true,
            byte if byte.is_ascii_whitespace() || *byte == b'/' => is_after = true,
            _ => {
                attributes += usize::from(is_after);
                (is_after, is_value) = (false, false);
            }
        }
        at += 1;
    }
    (at.min(bytes.len()), attributes)
}

/// How far it is to the end tag of a script.
fn end_of_script(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</script";
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b'<') {
        at += found;
        let here = bytes.get(at..at + END.len());
        if here.is_some_and(|here| here.eq_ignore_ascii_case(END)) {
            return Some(at);
        }
        at += 1;
    }
    None
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    bytes.iter().position(|byte| *byte == wanted)
}
