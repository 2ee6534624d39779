//! The row of tags of a table, and the header above it.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use super::{Tag, TagError};

/// Rows of a table among which the tags are looked for, as libhxl does.
pub const SEARCHED_ROWS: usize = 25;

/// A table whose row of tags was found. Rows are counted from 1, as in a mapping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// A text for every column, trimmed; empty where it has none.
    pub header: Vec<String>,
    /// A tag for every column that has one.
    pub tags: Vec<Option<Tag>>,
    /// The rows that the header was taken from; empty where the tags stand in the first row.
    pub header_rows: Range<usize>,
    /// The row of the tags.
    pub tag_row: usize,
    /// The first row of data.
    pub first_data_row: usize,
    /// What stands among the tags and is none, with its column, counted from 0.
    pub malformed: Vec<(usize, TagError)>,
}

/// No row of tags was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoTags {
    /// How many rows were looked at.
    pub looked_at: usize,
    /// The row with the most cells that begin with `#` and are no tags: its number, and the cells.
    pub nearest: Option<(usize, Vec<TagError>)>,
}

impl fmt::Display for NoTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "none of the first {} rows is a row of HXL tags",
            self.looked_at
        )?;
        if let Some((row, errors)) = &self.nearest {
            write!(f, "; row {row} looks like one, but ")?;
            for (index, error) in errors.iter().enumerate() {
                let separator = if index == 0 { "" } else { ", and " };
                write!(f, "{separator}{error}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for NoTags {}

impl Tagged {
    /// What columns are called: by the header, and by the tag where the header is silent.
    pub fn names(&self) -> Vec<String> {
        self.header
            .iter()
            .zip(&self.tags)
            .map(|(name, tag)| match tag {
                Some(tag) if name.is_empty() => tag.to_string(),
                _ => name.clone(),
            })
            .collect()
    }
}

/// Finds the row of tags among the first [`SEARCHED_ROWS`] rows of a table.
///
/// As in libhxl, it is the first row where at least half of the cells that are not empty are tags,
/// and the header is the row before it. Only columns that this row calls alike are told apart by
/// the rows above, joined with ` / `.
///
/// # Errors
/// When there is no such row, with the one that comes nearest.
pub fn find(rows: &[Vec<String>]) -> Result<Tagged, NoTags> {
    let searched = &rows[..rows.len().min(SEARCHED_ROWS)];
    let mut nearest: Option<(usize, Vec<TagError>)> = None;
    for (index, row) in searched.iter().enumerate() {
        let mut tags = Vec::with_capacity(row.len());
        let mut malformed = Vec::new();
        for (column, cell) in row.iter().enumerate() {
            let read = (!cell.trim().is_empty()).then(|| cell.parse::<Tag>());
            match read {
                Some(Err(error)) => {
                    malformed.push((column, error));
                    tags.push(None);
                }
                Some(Ok(tag)) => tags.push(Some(tag)),
                None => tags.push(None),
            }
        }
        let found = tags.iter().flatten().count();
        if found > 0 && found >= malformed.len() {
            return Ok(tagged(searched, index, tags, malformed));
        }
        let hashes: Vec<TagError> = malformed
            .into_iter()
            .map(|(_, error)| error)
            .filter(|error| error.text.starts_with('#'))
            .collect();
        if hashes.len() > nearest.as_ref().map_or(0, |(_, errors)| errors.len()) {
            nearest = Some((index + 1, hashes));
        }
    }
    Err(NoTags {
        looked_at: searched.len(),
        nearest,
    })
}

/// The table around its row of tags, which has this index.
fn tagged(
    rows: &[Vec<String>],
    index: usize,
    mut tags: Vec<Option<Tag>>,
    malformed: Vec<(usize, TagError)>,
) -> Tagged {
    let above = &rows[..index];
    let width = tags.len().max(above.last().map_or(0, Vec::len));
    tags.resize(width, None);
    let (header, taken) = header(above, width);
    Tagged {
        header,
        tags,
        header_rows: index + 1 - taken..index + 1,
        tag_row: index + 1,
        first_data_row: index + 2,
        malformed,
    }
}

/// The header from the rows above the tags, and how many of them were taken.
fn header(above: &[Vec<String>], width: usize) -> (Vec<String>, usize) {
    let mut above = above.iter().rev();
    let Some(last) = above.next() else {
        return (vec![String::new(); width], 0);
    };
    let cell = |row: &[String], column: usize| {
        let text = row.get(column).map_or("", |text| text.trim());
        text.to_owned()
    };
    let mut header: Vec<String> = (0..width).map(|column| cell(last, column)).collect();
    let mut taken = 1;
    for row in above {
        let shared = shared_names(&header);
        // A title over the whole table tells no columns apart.
        let filled = row.iter().filter(|text| !text.trim().is_empty()).count();
        if shared.is_empty() || filled < 2 {
            break;
        }
        let mut over = String::new();
        for (column, name) in header.iter_mut().enumerate() {
            // A merged cell stands in the first of its columns only.
            let text = cell(row, column);
            if !text.is_empty() {
                over = text;
            }
            if shared.contains(&column) && !over.is_empty() {
                *name = format!("{over} / {name}");
            }
        }
        taken += 1;
    }
    (header, taken)
}

/// The columns whose name another column has as well.
fn shared_names(header: &[String]) -> Vec<usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in header {
        *counts.entry(name).or_default() += 1;
    }
    (0..header.len())
        .filter(|column| !header[*column].is_empty() && counts[header[*column].as_str()] > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    }

    fn shown(tagged: &Tagged) -> Vec<String> {
        let tag = |tag: &Option<Tag>| tag.as_ref().map_or_else(String::new, Tag::to_string);
        tagged.tags.iter().map(tag).collect()
    }

    #[test]
    fn the_header_is_the_row_before_the_tags() {
        let found = find(&rows(
            "A title,,\n Place ,People,Note\n#adm1, #Affected +IDPS,\nX,1,2",
        ))
        .unwrap();
        assert_eq!(found.header, ["Place", "People", "Note"]);
        assert_eq!(shown(&found), ["#adm1", "#affected+idps", ""]);
        assert_eq!(
            (found.header_rows, found.tag_row, found.first_data_row),
            (2..3, 3, 4)
        );
        assert_eq!(found.malformed, []);
    }

    #[test]
    fn tags_in_the_first_row_have_no_header() {
        let found = find(&rows("#adm1+name,#adm1+code\nCoast,C001")).unwrap();
        assert_eq!(found.header, ["", ""]);
        assert_eq!(found.header_rows, 1..1);
        assert_eq!(found.names(), ["#adm1+name", "#adm1+code"]);
    }

    #[test]
    fn half_of_the_cells_are_enough_and_the_others_are_named() {
        let found = find(&rows("A,B,C,D\n#adm1,,#affected+2013,\n1,2,3,4")).unwrap();
        assert_eq!(shown(&found), ["#adm1", "", "", ""]);
        let [(column, error)] = found.malformed.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((*column, error.text.as_str()), (2, "#affected+2013"));
        let error = find(&rows("A,B,C\n#adm1,#affected+2013,#affected+2014\n1,2,3")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "none of the first 3 rows is a row of HXL tags; row 2 looks like one, but \
             `#affected+2013` is no HXL tag: the attribute `2013` does not begin with a letter, and \
             `#affected+2014` is no HXL tag: the attribute `2014` does not begin with a letter"
        );
    }

    #[test]
    fn twenty_five_rows_are_looked_at() {
        let mut table = vec![vec!["text".to_owned()]; SEARCHED_ROWS - 1];
        table.push(vec!["#org".to_owned()]);
        assert_eq!(find(&table).unwrap().tag_row, SEARCHED_ROWS);
        table.insert(0, vec!["text".to_owned()]);
        let error = find(&table).unwrap_err();
        assert_eq!((error.looked_at, error.nearest), (SEARCHED_ROWS, None));
        assert!(find(&[]).is_err());
        assert!(find(&[vec![], vec![String::new()]]).is_err());
    }

    #[test]
    fn columns_that_share_a_name_are_told_apart_by_the_rows_above() {
        let table = "Returns of Yemen,,,,\nWhere,2021,,2022,\nPlace,Men,Women,Men,Women\n#adm1,#affected+m,#affected+f,#affected+m,#affected+f";
        let found = find(&rows(table)).unwrap();
        assert_eq!(
            found.header,
            [
                "Place",
                "2021 / Men",
                "2021 / Women",
                "2022 / Men",
                "2022 / Women"
            ]
        );
        assert_eq!(found.header_rows, 2..4);
    }

    #[test]
    fn a_header_wider_than_the_tags_keeps_its_columns() {
        let found = find(&rows("A,B,C\n#org,#adm1\n1,2,3")).unwrap();
        assert_eq!(found.header, ["A", "B", "C"]);
        assert_eq!(shown(&found), ["#org", "#adm1", ""]);
    }
}
