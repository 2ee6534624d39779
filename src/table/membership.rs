//! Tables that say who is on which lists: counts by history, records with a column a list, or pairs of
//! a person and a list.

use std::collections::{BTreeMap, BTreeSet};

use super::TableError;
use super::rows::{self, NumberedCells};
use crate::ledger::Capture;

/// The most lists that are told apart while reading.
const MOST_LISTS: usize = 64;

/// The column that says how many have a history.
const COUNT: &str = "count";

/// The column that names a list.
const LIST: &str = "list";

/// Columns that name a person.
const PERSON: [&str; 3] = ["person_id", "person", "id"];

/// Why a table does not say who is on which lists.
#[derive(Debug, thiserror::Error)]
pub enum MembershipError {
    /// The file cannot be read as a table.
    #[error(transparent)]
    Table(#[from] TableError),
    /// There are no rows.
    #[error("{0} has no rows below its header")]
    Empty(String),
    /// A column is not there.
    #[error("{file} has no column `{column}`; it has {known}")]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// Those that it has.
        known: String,
    },
    /// A list that was asked for names nobody.
    #[error("{file} names no list `{list}` in its column {column}; it names {known}")]
    NoList {
        /// The file.
        file: String,
        /// The list.
        list: String,
        /// The column of lists.
        column: String,
        /// Those of the lists asked for that it names.
        known: String,
    },
    /// Two columns have one name, or a column has none.
    #[error("{file}, column {number}: `{name}` {wrong}")]
    Header {
        /// The file.
        file: String,
        /// The number of the column, from 1.
        number: usize,
        /// What stands there.
        name: String,
        /// What is wrong with it.
        wrong: &'static str,
    },
    /// There are no columns left that could be lists.
    #[error(
        "{file} has {found} that could be a list; give a column of 0 and 1 for each list and `{COUNT}`, or `person_id,{LIST}`"
    )]
    FewLists {
        /// The file.
        file: String,
        /// How many there are, in words.
        found: String,
    },
    /// There are more lists than can be told apart.
    #[error("{file} names {lists} lists; is `{column}` the column of lists?")]
    ManyLists {
        /// The file.
        file: String,
        /// How many.
        lists: usize,
        /// The column that names them.
        column: String,
    },
    /// A cell is wrong.
    #[error("{file}, row {row}, column {column}: {wrong}")]
    Cell {
        /// The file.
        file: String,
        /// The row in the file.
        row: u64,
        /// The column.
        column: String,
        /// What is wrong, and the way out.
        wrong: String,
    },
}

/// The people of one stratum by the lists that they are on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stratum {
    /// Its name; none where people are not parted.
    pub name: Option<String>,
    /// How many are on exactly each set of lists; bit `i` of a set stands for list `i`.
    pub histories: BTreeMap<u64, u64>,
}

/// Who is on which lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The names of the lists.
    pub lists: Vec<String>,
    /// The strata, by name; one without a name where there are none.
    pub strata: Vec<Stratum>,
    /// How often a person is on one list again; each counts once.
    pub repeated: usize,
    /// How many people are on none of the lists that were asked for.
    pub left_out: u64,
}

/// What is said of a table on the command line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The columns that are lists, or the lists of the column `list`; all when it is empty.
    pub lists: &'a [String],
    /// The column whose words part people.
    pub strata: Option<&'a str>,
}

/// Reads who is on which lists.
///
/// # Errors
/// When the file is no table, or a cell is not what its column asks for; the row and the column are
/// named.
pub fn read(capture: &Capture, asked: Asked<'_>) -> Result<Membership, MembershipError> {
    let tables = rows::tables(capture)?;
    let filled = |rows: Vec<NumberedCells>| -> Vec<NumberedCells> {
        let is_filled =
            |(_, cells): &NumberedCells| cells.iter().any(|cell| !cell.trim().is_empty());
        rows.into_iter().filter(is_filled).collect()
    };
    let mut tables = tables.into_iter().map(|(_, rows)| filled(rows));
    let rows = tables.find(|rows| !rows.is_empty()).unwrap_or_default();
    let Some(((_, header), rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else {
        return Err(MembershipError::Empty(capture.name.clone()));
    };
    let sheet = Sheet {
        file: &capture.name,
        header: header.iter().map(|name| name.trim()).collect(),
        rows,
    };
    sheet.check_header()?;
    let stratum = asked.strata.map(|name| sheet.column(name)).transpose()?;
    let mut tally = Tally::default();
    let lists = if let Some(list) = sheet.find(LIST) {
        sheet.pairs(list, stratum, asked.lists, &mut tally)?
    } else {
        sheet.wide(stratum, asked.lists, &mut tally)?
    };
    Ok(Membership {
        lists,
        strata: tally.strata(),
        repeated: tally.repeated,
        left_out: tally.left_out,
    })
}

/// People counted so far.
#[derive(Debug, Default)]
struct Tally {
    strata: BTreeMap<Option<String>, BTreeMap<u64, u64>>,
    repeated: usize,
    left_out: u64,
}

impl Tally {
    fn add(&mut self, stratum: Option<String>, set: u64, people: u64) {
        *self
            .strata
            .entry(stratum)
            .or_default()
            .entry(set)
            .or_default() += people;
    }

    fn strata(&mut self) -> Vec<Stratum> {
        let strata = std::mem::take(&mut self.strata).into_iter();
        strata
            .map(|(name, histories)| Stratum { name, histories })
            .collect()
    }
}

/// A header and the rows below it.
struct Sheet<'s> {
    file: &'s str,
    header: Vec<&'s str>,
    rows: &'s [NumberedCells],
}

impl Sheet<'_> {
    fn check_header(&self) -> Result<(), MembershipError> {
        let mut known = BTreeSet::new();
        for (at, name) in self.header.iter().enumerate() {
            let wrong = if name.is_empty() {
                "has no name; name every column"
            } else if known.insert(name.to_lowercase()) {
                continue;
            } else {
                "stands in the header twice"
            };
            return Err(MembershipError::Header {
                file: self.file.to_owned(),
                number: at + 1,
                name: (*name).to_owned(),
                wrong,
            });
        }
        Ok(())
    }

    /// Where a column is; its letters may be of either case.
    fn find(&self, name: &str) -> Option<usize> {
        let mut names = self.header.iter();
        names.position(|known| known.eq_ignore_ascii_case(name))
    }

    fn column(&self, name: &str) -> Result<usize, MembershipError> {
        let known = || self.header.join(", ");
        self.find(name).ok_or_else(|| MembershipError::NoColumn {
            file: self.file.to_owned(),
            column: name.to_owned(),
            known: known(),
        })
    }

    fn wrong(&self, row: u64, column: usize, wrong: impl Into<String>) -> MembershipError {
        MembershipError::Cell {
            file: self.file.to_owned(),
            row,
            column: self
                .header
                .get(column)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            wrong: wrong.into(),
        }
    }

    /// A cell that must be filled.
    fn filled<'c>(
        &self,
        row: &'c NumberedCells,
        column: usize,
    ) -> Result<&'c str, MembershipError> {
        let cell = row.1.get(column).map_or("", |cell| cell.trim());
        if cell.is_empty() {
            return Err(self.wrong(row.0, column, "the cell is empty; missing is not 0"));
        }
        Ok(cell)
    }

    fn stratum(
        &self,
        row: &NumberedCells,
        column: Option<usize>,
    ) -> Result<Option<String>, MembershipError> {
        let cell = column.map(|column| self.filled(row, column));
        Ok(cell.transpose()?.map(str::to_owned))
    }

    /// The column of persons.
    fn person(&self) -> Option<usize> {
        PERSON.iter().find_map(|name| self.find(name))
    }

    /// Rows of a person and a list.
    fn pairs(
        &self,
        list: usize,
        stratum: Option<usize>,
        wanted: &[String],
        tally: &mut Tally,
    ) -> Result<Vec<String>, MembershipError> {
        let columns = 0..self.header.len();
        let mut others = columns.filter(|column| *column != list && Some(*column) != stratum);
        let person = match (self.person(), others.next(), others.next()) {
            (Some(person), ..) | (None, Some(person), None) => person,
            _ => self.column(PERSON[0])?,
        };
        let mut lists: Vec<String> = wanted.to_vec();
        let mut people: BTreeMap<&str, (Option<String>, u64)> = BTreeMap::new();
        let mut elsewhere = BTreeSet::new();
        for row in self.rows {
            let name = self.filled(row, list)?;
            let found = lists.iter().position(|known| known == name);
            let at = match found {
                Some(at) => at,
                None if !wanted.is_empty() => {
                    elsewhere.insert(self.filled(row, person)?);
                    continue;
                }
                None => {
                    lists.push(name.to_owned());
                    lists.len() - 1
                }
            };
            if at >= MOST_LISTS {
                return Err(self.too_many(lists.len(), list));
            }
            let stratum_of_row = self.stratum(row, stratum)?;
            let id = self.filled(row, person)?;
            let known = people
                .entry(id)
                .or_insert_with(|| (stratum_of_row.clone(), 0));
            if let (Some(column), true) = (stratum, known.0 != stratum_of_row) {
                let other = known.0.as_deref().unwrap_or_default();
                return Err(self.wrong(
                    row.0,
                    column,
                    format!(
                        "person {id} was of `{other}` in a row above; a person is of one stratum"
                    ),
                ));
            }
            tally.repeated += usize::from(known.1 >> at & 1 == 1);
            known.1 |= 1 << at;
        }
        elsewhere.retain(|id| !people.contains_key(id));
        tally.left_out += elsewhere.len() as u64;
        for (stratum, set) in people.into_values() {
            tally.add(stratum, set, 1);
        }
        let named = tally.strata.values().flat_map(BTreeMap::keys);
        let named = named.fold(0, |named, set| named | set);
        let is_named = |at: &usize| named >> at & 1 == 1;
        if let Some(unknown) = (0..lists.len()).find(|at| !is_named(at)) {
            let known = (0..lists.len()).filter(is_named);
            let known: Vec<&str> = known.map(|at| lists[at].as_str()).collect();
            return Err(MembershipError::NoList {
                file: self.file.to_owned(),
                list: lists[unknown].clone(),
                column: self.header[list].to_owned(),
                known: known.join(", "),
            });
        }
        Ok(lists)
    }

    /// Rows with a column a list, each of one person, or of as many as are counted.
    fn wide(
        &self,
        stratum: Option<usize>,
        wanted: &[String],
        tally: &mut Tally,
    ) -> Result<Vec<String>, MembershipError> {
        let count = self.find(COUNT);
        let person = self.person().filter(|_| count.is_none());
        let lists: Vec<usize> = if wanted.is_empty() {
            let special = [count, person, stratum];
            let columns = 0..self.header.len();
            columns
                .filter(|column| !special.contains(&Some(*column)))
                .collect()
        } else {
            let columns = wanted.iter().map(|name| self.column(name));
            columns.collect::<Result<_, _>>()?
        };
        if lists.len() < 2 {
            return Err(MembershipError::FewLists {
                file: self.file.to_owned(),
                found: match lists.first() {
                    None => "no column".to_owned(),
                    Some(only) => format!("only the column `{}`", self.header[*only]),
                },
            });
        }
        if lists.len() > MOST_LISTS {
            return Err(self.too_many(lists.len(), lists[0]));
        }
        let mut known: BTreeMap<(Option<String>, u64), u64> = BTreeMap::new();
        let mut people: BTreeMap<&str, u64> = BTreeMap::new();
        for row in self.rows {
            let set = self.set(row, &lists)?;
            let stratum = self.stratum(row, stratum)?;
            let Some(count) = count else {
                if let Some(person) = person
                    && let Some(first) = people.insert(self.filled(row, person)?, row.0)
                {
                    let wrong = format!(
                        "the same person stands in row {first}; link the records so that each person has one row, or give `person_id,{LIST}`"
                    );
                    return Err(self.wrong(row.0, person, wrong));
                }
                if set == 0 && !wanted.is_empty() {
                    tally.left_out += 1;
                    continue;
                }
                if set == 0 {
                    let wrong = "this person is on no list; who is on none cannot be in the table";
                    return Err(self.wrong(row.0, lists[0], wrong));
                }
                tally.add(stratum, set, 1);
                continue;
            };
            if let Some(first) = known.insert((stratum.clone(), set), row.0)
                && wanted.is_empty()
            {
                let wrong = format!("those on the same lists are counted in row {first} too");
                return Err(self.wrong(row.0, count, wrong));
            }
            let people = self.count(row, count)?;
            if set == 0 && !wanted.is_empty() {
                tally.left_out += people;
                continue;
            }
            if set == 0 && people > 0 {
                let wrong = format!(
                    "{people} are counted as on no list; how many those are is what is estimated, so leave that row out"
                );
                return Err(self.wrong(row.0, count, wrong));
            }
            if set != 0 {
                tally.add(stratum, set, people);
            }
        }
        let names = lists
            .into_iter()
            .map(|column| self.header[column].to_owned());
        Ok(names.collect())
    }

    /// The set of lists of a row.
    fn set(&self, row: &NumberedCells, lists: &[usize]) -> Result<u64, MembershipError> {
        let mut set = 0;
        for (at, column) in lists.iter().enumerate() {
            match self.filled(row, *column)? {
                "0" => {}
                "1" => set |= 1 << at,
                other => {
                    let wrong = format!(
                        "`{other}` is neither 0 nor 1; a list has 1 for those on it. If this column is no list, say which are with --lists, or part people by it with --strata"
                    );
                    return Err(self.wrong(row.0, *column, wrong));
                }
            }
        }
        Ok(set)
    }

    fn count(&self, row: &NumberedCells, column: usize) -> Result<u64, MembershipError> {
        let cell = self.filled(row, column)?;
        cell.parse().map_err(|_| {
            let wrong = if cell.starts_with('-') {
                format!("a count of {cell} is below zero")
            } else {
                format!("`{cell}` is no whole number; write digits alone, such as 1131")
            };
            self.wrong(row.0, column, wrong)
        })
    }

    fn too_many(&self, lists: usize, column: usize) -> MembershipError {
        MembershipError::ManyLists {
            file: self.file.to_owned(),
            lists,
            column: self.header[column].to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
