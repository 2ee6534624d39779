//! Two tables as CSV, held against each other cell by cell.

use std::collections::BTreeMap;

/// Columns that number the figures of one ledger; another that holds only a part of it counts otherwise.
const OF_THE_LEDGER: [&str; 2] = ["figure_id", "entry"];
/// Columns that say what a row is of; the others say what there is to know of it.
const KEY: [&str; 16] = [
    "claimant",
    "channel",
    "indicator",
    "measure",
    "unit",
    "origin_id",
    "location_id",
    "location",
    "since",
    "breakdown",
    "period_start",
    "period_end",
    "date",
    "version",
    "series",
    "at",
];

/// How two tables are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct How<'a> {
    /// Whether the numbers of figures and entries are the same too.
    pub with_numbers: bool,
    /// Rows that cannot be made again, by their figure.
    pub excused: &'a [String],
}

/// One difference, in words, with the figure of its row where it is in the table as written only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub words: String,
    /// The figure of the row.
    pub figure: Option<String>,
}

/// A table as rows of text.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
        let header = reader.headers().map(cells);
        let rows = reader
            .records()
            .map(|record| record.map(|record| cells(&record)));
        Ok(Self {
            header: header.map_err(|error| error.to_string())?,
            rows: rows
                .collect::<Result<_, _>>()
                .map_err(|error| error.to_string())?,
        })
    }

    fn cell<'t>(&self, row: &'t [String], column: &str) -> Option<&'t str> {
        let at = self.header.iter().position(|name| name == column)?;
        row.get(at).map(String::as_str)
    }

    /// What rows are known again by: what they are of, and which of several such rows they are.
    fn keyed(&self) -> BTreeMap<(Vec<&str>, usize), usize> {
        let columns: Vec<usize> = (0..self.header.len())
            .filter(|at| KEY.contains(&self.header[*at].as_str()))
            .collect();
        let mut turns: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        let mut keyed = BTreeMap::new();
        for (index, row) in self.rows.iter().enumerate() {
            let cells = columns.iter().map(|at| row.get(*at));
            let key: Vec<&str> = cells.map(|cell| cell.map_or("", String::as_str)).collect();
            let turn = turns.entry(key.clone()).or_default();
            *turn += 1;
            keyed.insert((key, *turn), index);
        }
        keyed
    }
}

/// Where `written` differs from `made`, row by row and column by column.
pub fn differences(file: &str, written: &[u8], made: &[u8], how: How<'_>) -> Vec<Difference> {
    if written == made {
        return Vec::new();
    }
    let whole = |words: String| {
        vec![Difference {
            words,
            figure: None,
        }]
    };
    let (written, made) = match (Table::read(written), Table::read(made)) {
        (Ok(written), Ok(made)) => (written, made),
        (Err(error), _) | (_, Err(error)) => {
            return whole(format!("{file} cannot be read as CSV: {error}"));
        }
    };
    if written.header != made.header {
        return whole(format!(
            "{file}, row 1: the columns are {}, made again {}",
            written.header.join(","),
            made.header.join(",")
        ));
    }
    let (keyed, again) = (written.keyed(), made.keyed());
    let mut found = Vec::new();
    let figure_of = |row: &[String]| written.cell(row, "figure_id").map(str::to_owned);
    let is_excused = |row: &[String]| {
        let figure = written.cell(row, "figure_id");
        figure.is_some_and(|figure| how.excused.iter().any(|known| known == figure))
    };
    let mut by_row: Vec<_> = keyed.iter().map(|(key, index)| (key, *index)).collect();
    by_row.sort_by_key(|(_, index)| *index);
    for (key, index) in by_row {
        let row = &written.rows[index];
        if is_excused(row) {
            continue;
        }
        let place = format!("{file}, row {}{}", index + 2, named(&written, row));
        let Some(other) = again.get(key).map(|index| &made.rows[*index]) else {
            found.push(Difference {
                words: format!("{place}: it is not made again"),
                figure: figure_of(row),
            });
            continue;
        };
        for (column, name) in written.header.iter().enumerate() {
            if !how.with_numbers && OF_THE_LEDGER.contains(&name.as_str()) {
                continue;
            }
            let (said, made) = (row.get(column), other.get(column));
            if said != made {
                let show = |cell: Option<&String>| match cell.map(String::as_str) {
                    None | Some("") => "nothing".to_owned(),
                    Some(text) => format!("`{text}`"),
                };
                found.push(Difference {
                    words: format!(
                        "{place}, column {name}: the file says {}, made again it is {}",
                        show(said),
                        show(made)
                    ),
                    figure: figure_of(row),
                });
            }
        }
    }
    for (key, index) in &again {
        if !keyed.contains_key(key) {
            let row = &made.rows[*index];
            found.push(Difference {
                words: format!(
                    "{file}: a row is missing that is made again{}",
                    named(&made, row)
                ),
                figure: None,
            });
        }
    }
    found
}

/// A row in a few words.
fn named(table: &Table, row: &[String]) -> String {
    let words: Vec<&str> = [
        "figure_id",
        "claimant",
        "indicator",
        "location",
        "series",
        "at",
        "date",
        "period_end",
    ]
    .iter()
    .filter_map(|column| table.cell(row, column))
    .filter(|cell| !cell.is_empty())
    .collect();
    if words.is_empty() {
        return String::new();
    }
    format!(" ({})", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(written: &str, made: &str) -> Vec<String> {
        let how = How::default();
        let found = differences("t.csv", written.as_bytes(), made.as_bytes(), how);
        found
            .into_iter()
            .map(|difference| difference.words)
            .collect()
    }

    #[test]
    fn one_digit_is_named() {
        assert_eq!(
            words(
                "at,value\nPoland,12\nHungary,7\n",
                "at,value\nPoland,13\nHungary,7\n"
            ),
            ["t.csv, row 2 (Poland), column value: the file says `12`, made again it is `13`"]
        );
    }

    #[test]
    fn a_row_more_and_a_row_less_are_named() {
        assert_eq!(
            words("at,value\nPoland,12\nHungary,7\n", "at,value\nPoland,12\n"),
            ["t.csv, row 3 (Hungary): it is not made again"]
        );
        assert_eq!(
            words("at,value\nPoland,12\n", "at,value\nPoland,12\nHungary,7\n"),
            ["t.csv: a row is missing that is made again (Hungary)"]
        );
    }

    #[test]
    fn numbers_of_another_ledger_are_not_compared() {
        assert!(words("figure_id,value\nf1,12\n", "figure_id,value\nf2,12\n").is_empty());
        let how = How {
            with_numbers: true,
            excused: &[],
        };
        let found = differences(
            "t.csv",
            b"figure_id,value\nf1,12\n",
            b"figure_id,value\nf2,12\n",
            how,
        );
        assert_eq!(found.len(), 1);
    }
}
