//! Guessing the header among the first rows, where no mapping tells its columns: below titles and
//! notes, above a row of HXL tags.

/// Positions among the first rows, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table) struct Found {
    /// The first row of the header.
    pub(in crate::table) top: usize,
    /// Its last, or only, row.
    pub(in crate::table) header: usize,
    pub(in crate::table) tags: Option<usize>,
    /// The first row of data.
    pub(in crate::table) first: usize,
}

/// Finds the header.
///
/// With a row of tags it is the row before it. Otherwise it is the first row that is nearly as wide
/// as the widest and holds words rather than numbers; years may be names of columns. Where such a row
/// calls several columns alike, as merged cells do, and one like it follows, both are the header.
pub(in crate::table) fn find(rows: &[Vec<String>]) -> Found {
    if let Some(tags) = rows
        .iter()
        .position(|row| are_tags(row.iter().map(String::as_str)))
    {
        return Found {
            top: tags.saturating_sub(1),
            header: tags.saturating_sub(1),
            tags: Some(tags),
            first: tags + 1,
        };
    }
    let widest = rows
        .iter()
        .map(|row| filled(row).count())
        .max()
        .unwrap_or(0);
    let is_header = |row: &Vec<String>| {
        let width = filled(row).count();
        let numbers = filled(row).filter(|cell| is_number(cell)).count();
        width > 0 && width * 10 >= widest * 6 && numbers * 5 <= width
    };
    let top = rows.iter().position(is_header).unwrap_or(0);
    let mut header = top;
    if calls_columns_alike(&rows[top..]) && rows.get(top + 1).is_some_and(is_header) {
        header += 1;
    }
    Found {
        top,
        header,
        tags: None,
        first: header + 1,
    }
}

/// Whether the first row says the same of neighbours that the second tells apart.
fn calls_columns_alike(rows: &[Vec<String>]) -> bool {
    let [first, second, ..] = rows else {
        return false;
    };
    let cell =
        |row: &[String], column: usize| row.get(column).map_or("", |cell| cell.trim()).to_owned();
    (1..first.len()).any(|column| {
        let (own, before) = (cell(first, column), cell(first, column - 1));
        !before.is_empty()
            && (own.is_empty() || own == before)
            && !cell(second, column).is_empty()
            && cell(second, column) != cell(second, column - 1)
    })
}

/// The tag in a cell, where there is one.
pub(in crate::table) fn tag(cell: &str) -> Option<String> {
    let tag: String = cell.split_whitespace().collect::<String>().to_lowercase();
    let mut letters = tag.chars();
    (letters.next() == Some('#') && letters.next().is_some_and(char::is_alphabetic)).then_some(tag)
}

/// The first text above the header that reads like a title: several words in a cell of its own.
pub(in crate::table) fn title(rows: &[Vec<String>]) -> Option<String> {
    rows.iter().find_map(|row| {
        let mut cells = filled(row);
        let (first, others) = (cells.next()?, cells.count());
        (others == 0 && first.split_whitespace().count() > 1).then(|| first.to_owned())
    })
}

fn filled(row: &[String]) -> impl Iterator<Item = &str> {
    row.iter()
        .map(|cell| cell.trim())
        .filter(|cell| !cell.is_empty())
}

/// Whether at least half of what stands in a row are tags.
pub(super) fn are_tags<'r>(row: impl Iterator<Item = &'r str>) -> bool {
    let (mut tags, mut filled) = (0, 0);
    for cell in row.map(str::trim).filter(|cell| !cell.is_empty()) {
        filled += 1;
        tags += usize::from(tag(cell).is_some());
    }
    tags > 0 && tags * 2 >= filled
}

/// Whether a cell is a number that is no year.
fn is_number(cell: &str) -> bool {
    let digits: String = cell
        .chars()
        .filter(|letter| !", ".contains(*letter))
        .collect();
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    !is_year && digits.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split(',').map(ToOwned::to_owned).collect())
            .collect()
    }

    #[test]
    fn the_header_lies_below_titles_and_above_tags() {
        let found = |text: &str| {
            let found = find(&rows(text));
            (found.top, found.first)
        };
        assert_eq!(found("a,b,c\n1,2,3"), (0, 1));
        assert_eq!(found("Title,,\n,,\na,b,c\n1,2,3"), (2, 3));
        assert_eq!(found("Group,,,Other\na,b,c,d\n1,2,3,4"), (1, 2));
        assert_eq!(found("Country,2019,2020,2021\nSudan,1,2,3"), (0, 1));
        assert_eq!(
            found("place,people,people\nplace,men,women\nSudan,1,2"),
            (0, 2)
        );
        assert_eq!(found("place,people,\n,men,women\nSudan,1,2"), (0, 2));
        assert_eq!(found("a,a,b\nx,y,z\nu,v,1"), (0, 2));
        assert_eq!(found("Junk,Junk\na,b\n#org,#adm1\nx,y"), (1, 3));
        assert_eq!(found("#org,#adm1\nx,y"), (0, 1));
    }

    #[test]
    fn a_title_is_several_words_alone() {
        assert_eq!(
            title(&rows("Export\nDisplaced people in Sudan\nDate:,2 May")).as_deref(),
            Some("Displaced people in Sudan")
        );
        assert_eq!(title(&[]), None);
    }
}
