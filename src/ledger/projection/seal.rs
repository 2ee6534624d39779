//! What a projection stands for, and the seal over its bytes.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The form of the file that this program writes and reads.
pub(super) const FORM: u32 = 1;
/// Key of the pin in the file's metadata.
pub(super) const PIN: &str = "humstat.pin";
/// Key of the seal in the file's metadata.
pub(super) const SEAL: &str = "humstat.seal";
/// Stands before the hash, so that it is found without parsing the file.
const MARK: &[u8] = b"humstat-sha256:";
/// Digits of the hash.
const DIGITS: usize = 64;
/// First and last bytes of every Parquet file.
const MAGIC: &[u8] = b"PAR1";

/// What a projection holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pin {
    pub(super) form: u32,
    /// The last entry in it.
    pub(super) entry: i64,
    /// The hash of that entry, which covers all before it.
    pub(super) hash: String,
    /// The last figure in it: ids count from 1 without a gap.
    pub(super) last_figure: i64,
    pub(super) groups: Vec<Group>,
}

/// A row group: whole series, from the first to the last in the order of their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) first: i64,
    pub(super) last: i64,
    pub(super) rows: usize,
}

/// The seal of a file that is not sealed yet.
pub(super) fn blank() -> String {
    format!("{}{}", String::from_utf8_lossy(MARK), "0".repeat(DIGITS))
}

/// Seals the bytes of a file that was written with a blank seal; false when it has none.
pub(super) fn seal(bytes: &mut [u8]) -> bool {
    let Some(place) = place(bytes) else {
        return false;
    };
    let hash = hash(bytes, &place);
    bytes[place].copy_from_slice(hash.as_bytes());
    true
}

/// Whether the seal holds: no byte of the file differs from what was written.
pub(super) fn is_sealed(bytes: &[u8]) -> bool {
    place(bytes).is_some_and(|place| hash(bytes, &place).as_bytes() == &bytes[place])
}

/// Where the hash stands in the footer.
fn place(bytes: &[u8]) -> Option<Range<usize>> {
    let rest = bytes.strip_suffix(MAGIC)?;
    let (rest, length) = rest.split_last_chunk::<4>()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let footer = rest.len().checked_sub(length)?;
    let mark = rest[footer..]
        .windows(MARK.len())
        .position(|window| window == MARK)?;
    let start = footer + mark + MARK.len();
    (start + DIGITS <= rest.len()).then_some(start..start + DIGITS)
}

/// The hash of all bytes, with zeros in its own place; lower-case hexadecimal.
fn hash(bytes: &[u8], place: &Range<usize>) -> String {
    let mut hash = Sha256::new();
    hash.update(&bytes[..place.start]);
    hash.update([b'0'; DIGITS]);
    hash.update(&bytes[place.end..]);
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let footer = format!("footer {} and more", blank());
        let mut bytes = b"PAR1rows".to_vec();
        bytes.extend_from_slice(footer.as_bytes());
        bytes.extend_from_slice(&(footer.len() as u32).to_le_bytes());
        bytes.extend_from_slice(MAGIC);
        bytes
    }

    #[test]
    fn a_seal_breaks_with_any_bit_and_any_cut() {
        let mut bytes = file();
        assert!(!is_sealed(&bytes));
        assert!(seal(&mut bytes));
        assert!(is_sealed(&bytes));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(!is_sealed(&changed), "byte {at}");
            assert!(!is_sealed(&bytes[..at]), "cut at {at}");
        }
    }

    #[test]
    fn what_has_no_place_for_a_seal_has_none() {
        for bytes in [
            &b""[..],
            b"PAR1",
            b"\xff\xff\xff\xffPAR1",
            b"\0\0\0\0PAR1",
            b"humstat-sha256:\x0f\0\0\0PAR1",
        ] {
            assert!(!is_sealed(bytes));
            assert!(!seal(&mut bytes.to_vec()));
        }
    }
}
