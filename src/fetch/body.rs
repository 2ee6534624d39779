//! From the bytes on the line to those that the source meant.

use std::cell::Cell;
use std::io::{ErrorKind, Read};
use std::rc::Rc;
use std::time::Duration;

use super::clock::Clock;
use super::error::{Awaited, FetchError};

/// What a body may take, and what to call it in messages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits<'a> {
    pub(super) place: &'a str,
    /// Most bytes on the line.
    pub(super) sent: u64,
    /// Most bytes when unpacked.
    pub(super) unpacked: u64,
    /// Longest wait for a piece.
    pub(super) piece: Duration,
    /// Longest time for the whole.
    pub(super) whole: Duration,
    /// When that ends, by [`Clock::elapsed`].
    pub(super) deadline: Duration,
}

/// Takes in what is sent, to its end or to the limit. The length that was announced is only told,
/// since it may be a lie.
pub(super) fn receive(
    mut source: impl Read,
    announced: Option<u64>,
    limits: Limits<'_>,
    clock: &dyn Clock,
) -> Result<Vec<u8>, FetchError> {
    let place = || limits.place.to_owned();
    let too_large = || FetchError::TooLarge {
        place: place(),
        limit: limits.sent,
        unpacked: false,
    };
    let timed_out = |limit, awaited| FetchError::TimedOut {
        place: place(),
        limit,
        awaited,
    };
    if announced.is_some_and(|length| length > limits.sent) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    let mut piece = vec![0; 64 * 1024];
    loop {
        if clock.elapsed() > limits.deadline {
            return Err(timed_out(limits.whole, Awaited::Whole));
        }
        match source.read(&mut piece) {
            Ok(0) => return Ok(body),
            Ok(length) => body.extend_from_slice(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => {
                return Err(timed_out(limits.piece, Awaited::Piece));
            }
            Err(_) => {
                let of = match announced {
                    Some(length) => format!("{} of {length} bytes came", body.len()),
                    None => format!("the connection broke after {} bytes", body.len()),
                };
                return Err(FetchError::CutOff {
                    place: place(),
                    reason: of,
                });
            }
        }
        if u64::try_from(body.len()).unwrap_or(u64::MAX) > limits.sent {
            return Err(too_large());
        }
    }
}

/// Whether a reading failed because nothing came in time.
fn is_timeout(error: &std::io::Error) -> bool {
    error.kind() == ErrorKind::TimedOut
        || error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<reqwest::Error>())
            .is_some_and(reqwest::Error::is_timeout)
}

/// Unpacks a body by its `Content-Encoding`.
pub(super) fn unpack(
    body: Vec<u8>,
    encoding: Option<&str>,
    limits: Limits<'_>,
) -> Result<Vec<u8>, FetchError> {
    let encoding = encoding.unwrap_or_default().trim().to_ascii_lowercase();
    if body.is_empty() {
        return Ok(body);
    }
    match encoding.as_str() {
        "" | "identity" => within(body, limits),
        "gzip" | "x-gzip" => read_all(&body, "gzip", limits, |source| {
            flate2::read::MultiGzDecoder::new(source)
        }),
        "br" => read_all(&body, "brotli", limits, |source| {
            brotli_decompressor::Decompressor::new(source, 4096)
        }),
        other => Err(FetchError::Packing {
            place: limits.place.to_owned(),
            reason: format!(
                "it is packed as `{}`, which was not asked for",
                other.escape_default()
            ),
        }),
    }
}

fn within(body: Vec<u8>, limits: Limits<'_>) -> Result<Vec<u8>, FetchError> {
    if u64::try_from(body.len()).unwrap_or(u64::MAX) > limits.unpacked {
        return Err(FetchError::TooLarge {
            place: limits.place.to_owned(),
            limit: limits.unpacked,
            unpacked: true,
        });
    }
    Ok(body)
}

/// A reader that notes when it was asked for more than there is.
struct Noted<'a> {
    rest: &'a [u8],
    exhausted: Rc<Cell<bool>>,
}

impl Read for Noted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            self.exhausted.set(true);
        }
        self.rest.read(buffer)
    }
}

/// Unpacks to the end or to the limit, so that a few bytes cannot become more than memory holds.
fn read_all<'a, R: Read>(
    body: &'a [u8],
    name: &str,
    limits: Limits<'_>,
    unpacker: impl FnOnce(Noted<'a>) -> R,
) -> Result<Vec<u8>, FetchError> {
    let exhausted = Rc::new(Cell::new(false));
    let noted = Noted {
        rest: body,
        exhausted: Rc::clone(&exhausted),
    };
    let mut unpacked = Vec::new();
    // One byte more than allowed tells a body at the limit from one beyond it.
    let mut reader = unpacker(noted).take(limits.unpacked.saturating_add(1));
    match reader.read_to_end(&mut unpacked) {
        Ok(_) => within(unpacked, limits),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof || exhausted.get() => {
            Err(FetchError::CutOff {
                place: limits.place.to_owned(),
                reason: format!("its {name} has no end"),
            })
        }
        Err(error) => Err(FetchError::Packing {
            place: limits.place.to_owned(),
            reason: format!("it is no sound {name} ({error})"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const LIMITS: Limits<'_> = Limits {
        place: "a.example/x",
        sent: 10_000,
        unpacked: 1000,
        piece: Duration::from_secs(1),
        whole: Duration::from_secs(1),
        deadline: Duration::from_secs(1),
    };

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    fn brotli(text: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &*text, &mut packed, &Default::default()).unwrap();
        packed
    }

    fn unpacked(body: Vec<u8>, encoding: &str) -> Result<Vec<u8>, FetchError> {
        unpack(body, Some(encoding), LIMITS)
    }

    #[test]
    fn what_was_packed_comes_out() {
        let text = "origin,refugees\n".repeat(20).into_bytes();
        for (name, packed) in [
            ("gzip", gzip(&text)),
            ("X-GZip", gzip(&text)),
            ("br", brotli(&text)),
        ] {
            assert!(packed.len() < text.len());
            assert_eq!(unpacked(packed, name), Ok(text.clone()), "{name}");
        }
        // Several members one after another are one gzip file.
        let twice = [gzip(b"a"), gzip(b"b")].concat();
        assert_eq!(unpacked(twice, "gzip"), Ok(b"ab".to_vec()));
        assert_eq!(unpacked(text.clone(), "identity"), Ok(text));
        assert_eq!(unpacked(Vec::new(), "gzip"), Ok(Vec::new()));
    }

    #[test]
    fn cut_anywhere_it_is_never_taken_for_whole() {
        let text: Vec<u8> = (0..300_u32)
            .flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes())
            .take(900)
            .collect();
        for (name, packed) in [("gzip", gzip(&text)), ("br", brotli(&text))] {
            for length in 1..packed.len() {
                let error = unpacked(packed[..length].to_vec(), name).unwrap_err();
                assert!(
                    matches!(error, FetchError::CutOff { .. }),
                    "{name} {length}: {error}"
                );
            }
        }
    }

    #[test]
    fn what_is_not_packed_as_it_says_is_told() {
        for (name, told) in [
            ("gzip", "no sound gzip"),
            ("br", "no sound brotli"),
            ("zstd", "packed as `zstd`"),
        ] {
            let error = unpacked(vec![0xff; 64], name).unwrap_err();
            assert!(matches!(error, FetchError::Packing { .. }), "{error:?}");
            assert!(error.to_string().contains(told), "{error}");
        }
    }

    #[test]
    fn a_bomb_does_not_go_off() {
        let zeros = vec![0; 2_000_000];
        for (name, bomb) in [("gzip", gzip(&zeros)), ("br", brotli(&zeros))] {
            let error = unpacked(bomb, name).unwrap_err();
            assert_eq!(
                error.to_string(),
                "`a.example/x` sends more than 1000 bytes when unpacked, which is the limit; ask for \
                 less at a time",
            );
        }
        assert_eq!(unpacked(gzip(&[0; 1000]), "gzip").unwrap().len(), 1000);
        assert!(unpacked(gzip(&[0; 1001]), "gzip").is_err());
    }
}
