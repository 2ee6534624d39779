//! Many figure ids in one text: runs of them, as metadata and releases hold them.

use super::FigureId;

/// Ids as text, runs of successive ones shortened: `f1-f4 f9`. They are sorted, each once.
pub fn to_text(ids: impl IntoIterator<Item = FigureId>) -> String {
    let mut ids: Vec<FigureId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.chunk_by(|a, b| a.0 + 1 == b.0)
        .map(|run| match run {
            [one] => one.to_string(),
            [first, .., last] => format!("{first}-{last}"),
            [] => String::new(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The ids that a text of [`to_text`] holds; none where it is something else.
pub fn from_text(text: &str) -> Option<Vec<FigureId>> {
    // Nobody publishes more figures at once; a text of another program could claim any number.
    const MOST: i64 = 10_000_000;
    let mut ids = Vec::new();
    for part in text.split_ascii_whitespace() {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last): (FigureId, FigureId) = (first.parse().ok()?, last.parse().ok()?);
        // Of all parts together, for a text may hold as many of them as it likes.
        let room = MOST - i64::try_from(ids.len()).ok()?;
        if last < first || last.0 - first.0 >= room {
            return None;
        }
        ids.extend((first.0..=last.0).map(FigureId));
    }
    Some(ids)
}

#[cfg(test)]
mod tests {
    use super::{FigureId, from_text, to_text};

    #[test]
    fn runs_are_shortened_and_read_back() {
        let ids: Vec<FigureId> = [9, 3, 1, 2, 4, 9].map(FigureId).to_vec();
        assert_eq!(to_text(ids), "f1-f4 f9");
        let read = from_text("f1-f4 f9").unwrap();
        assert_eq!(read, [1, 2, 3, 4, 9].map(FigureId));
        assert_eq!(to_text([]), "");
        assert_eq!(from_text("").unwrap(), []);
    }

    #[test]
    fn many_long_runs_are_no_longer_than_one() {
        assert_eq!(from_text(&"f1-f9000000 ".repeat(2)), None);
        assert_eq!(from_text("f1-f9223372036854775807"), None);
        assert_eq!(from_text(&"f7 ".repeat(2)).map(|ids| ids.len()), Some(2));
    }

    #[test]
    fn other_texts_are_no_ids() {
        for text in [
            "40 figures from f1 to f9",
            "f4-f1",
            "f1-f99999999999",
            "x1",
            "f0",
        ] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }
}
