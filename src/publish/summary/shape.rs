//! The shapes that a summary is written in: long with all that is known, wide, or as Datawrapper reads it.

use std::collections::BTreeMap;

use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::{Columns, rounded};
use super::{By, Inhabitants, Row, RowType, Summary};
use crate::figure::{Qualifier, Quantity, coded_enum};
use crate::vocabulary;

coded_enum! {
    /// The shape of a summary as a table.
    #[derive(Default)]
    Shape ("shape") {
        /// One row for each figure, with its source and its notes.
        #[default]
        Long = "long",
        /// One row for each place or day, one column for each thing counted or place.
        Wide = "wide",
        /// Few columns with names for readers, as Datawrapper and its like take them.
        Datawrapper = "datawrapper",
    }
}

impl Summary {
    /// The summary as a frame of a shape.
    ///
    /// `Wide`: what rows stand for (`period_end`, or `location` and `location_id`), then for each
    /// thing counted, or each place where rows are days, its value; where a source said more than
    /// a plain number, columns `… low`, `… high` and `… qualifier` follow it.
    /// `Datawrapper`: names for readers; no total, no ids but the ISO code that its maps need.
    ///
    /// # Errors
    /// When polars cannot build the frame.
    pub fn shaped(
        &self,
        shape: Shape,
        inhabitants: Option<&Inhabitants>,
    ) -> Result<DataFrame, PublishError> {
        match shape {
            Shape::Long => self.frame(inhabitants),
            Shape::Wide => self.wide(false),
            Shape::Datawrapper if self.by == By::Date => self.wide(true),
            Shape::Datawrapper => self.for_datawrapper(inhabitants),
        }
    }

    fn parts(&self) -> impl Iterator<Item = &Row> {
        let is_part = |row: &&Row| row.row_type != RowType::Total;
        self.rows.iter().filter(is_part)
    }

    /// The name of a column for a row: what tells it apart within its own row.
    fn column_of(&self, row: &Row, for_readers: bool) -> String {
        let code = &*row.series.indicator;
        let indicator = match vocabulary::indicator(code) {
            Ok(known) if for_readers => known.label.clone(),
            _ => code.to_owned(),
        };
        let of = |of: fn(&Row) -> String| {
            let differs = self.parts().any(|other| of(other) != of(row));
            differs.then(|| of(row)).filter(|word| !word.is_empty())
        };
        let mut words = Vec::new();
        if self.by == By::Date {
            words.push(row.location.clone());
            words.extend(of(|row| row.series.indicator.to_string()).map(|_| indicator));
            words.extend(of(|row| {
                let origin = row.series.origin.as_ref();
                origin.map_or_else(String::new, |id| format!("from {}", super::place_name(id)))
            }));
        } else {
            words.push(indicator);
        }
        words.extend(of(|row| row.series.breakdown.to_string()));
        words.extend(of(|row| row.series.claimant.to_string()));
        words.join(", ")
    }

    fn wide(&self, for_readers: bool) -> Result<DataFrame, PublishError> {
        // Rows and columns in the order in which they come; a day, and then the days by time.
        let mut keys: Vec<String> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut cells: BTreeMap<(usize, usize), Quantity> = BTreeMap::new();
        let mut heads: Vec<&Row> = Vec::new();
        let index_of = |list: &mut Vec<String>, word: String| {
            list.iter()
                .position(|known| *known == word)
                .unwrap_or_else(|| {
                    list.push(word);
                    list.len() - 1
                })
        };
        for row in self.parts() {
            let key = match self.by {
                By::Date => row.period.end.to_string(),
                _ => row.location.clone(),
            };
            let at = index_of(&mut keys, key);
            if at == heads.len() {
                heads.push(row);
            }
            let name = index_of(&mut names, self.column_of(row, for_readers));
            cells.insert((at, name), row.quantity);
        }
        let mut columns = Columns::default();
        match self.by {
            By::Date => {
                let name = if for_readers { "Date" } else { "period_end" };
                columns.date(name, heads.iter().map(|row| Some(row.period.end)));
            }
            _ => {
                let [label, id] = self.key_names();
                columns.text(label, heads.iter().map(|row| Some(&row.location)));
                columns.text(id, heads.iter().map(|row| self.key_of(row)));
            }
        }
        for (index, name) in names.iter().enumerate() {
            let column = || (0..keys.len()).map(|row| cells.get(&(row, index)));
            columns.whole(name, column().map(|cell| cell.and_then(|cell| cell.value)));
            let says_more = |cell: &Quantity| {
                cell.low.is_some() || cell.high.is_some() || cell.qualifier != Qualifier::Exact
            };
            if column().flatten().any(says_more) {
                let bound = |of: fn(&Quantity) -> Option<i64>| column().map(move |cell| of(cell?));
                columns.whole(&format!("{name} low"), bound(|cell| cell.low));
                columns.whole(&format!("{name} high"), bound(|cell| cell.high));
                let words = column().map(|cell| cell.map(|cell| cell.qualifier.code()));
                columns.text(&format!("{name} qualifier"), words);
            }
        }
        columns.frame()
    }

    fn for_datawrapper(
        &self,
        inhabitants: Option<&Inhabitants>,
    ) -> Result<DataFrame, PublishError> {
        // What a source states for all would be drawn beside its own parts.
        let is_place = |row: &&Row| !super::states_a_total(row.series.location.as_ref());
        let mut rows: Vec<&Row> = self.parts().filter(is_place).collect();
        if rows.is_empty() || self.by == By::Indicator {
            rows = self.parts().collect();
        }
        let all = |of: fn(&Row) -> bool| rows.iter().any(|row| of(row));
        let mut columns = Columns::default();
        let key = match self.by {
            By::Origin => "Origin",
            By::Indicator => "What is counted",
            By::Location | By::Date => "Place",
        };
        columns.text(key, rows.iter().map(|row| Some(&row.location)));
        let is_country =
            |id: &str| id.len() == 3 && id.bytes().all(|byte| byte.is_ascii_uppercase());
        if self.by != By::Indicator {
            let codes = rows.iter().map(|row| self.key_of(row));
            columns.text("ISO code", codes.map(|id| id.filter(|id| is_country(id))));
        }
        let mut names: Vec<String> = Vec::new();
        for row in &rows {
            let name = self.column_of(row, true);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [one] if self.by != By::Indicator => {
                columns.whole(one, rows.iter().map(|row| row.quantity.value));
            }
            _ => {
                columns.whole("Number", rows.iter().map(|row| row.quantity.value));
                if self.by != By::Indicator {
                    let what = rows.iter().map(|row| Some(self.column_of(row, true)));
                    columns.text("What is counted", what);
                }
            }
        }
        if all(|row| row.quantity.low.is_some() || row.quantity.high.is_some()) {
            columns.whole("Low", rows.iter().map(|row| row.quantity.low));
            columns.whole("High", rows.iter().map(|row| row.quantity.high));
        }
        if all(|row| row.quantity.qualifier != Qualifier::Exact) {
            let words = rows.iter().map(|row| row.quantity.qualifier);
            columns.text(
                "Qualifier",
                words.map(|word| Some(word.code().replace('_', " "))),
            );
        }
        if all(|row| row.change().is_some()) {
            columns.whole("Change", rows.iter().map(|row| row.change()));
        }
        if all(|row| row.share.is_some()) {
            let shares = rows
                .iter()
                .map(|row| row.share.map(|share| rounded(share, 2)));
            columns.decimal("Share in %", shares);
        }
        if let Some(inhabitants) = inhabitants {
            let rates = rows.iter().map(|row| inhabitants.rate(row));
            columns.decimal(
                &format!(
                    "Per {} inhabitants",
                    crate::figure::grouped(i64::from(inhabitants.per))
                ),
                rates.map(|rate| rate.map(|rate| rounded(rate, 2))),
            );
        }
        columns.date("As of", rows.iter().map(|row| Some(row.period.end)));
        columns.frame()
    }
}
