//! What the columns of published tables hold, in one place: the schemas, the metadata and the help
//! that go out beside the tables are written from here.

/// A column of a published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Whether every row has it.
    pub always: bool,
    /// What it says, as a sentence without its full stop.
    pub meaning: &'static str,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with decimals.
    Decimal,
    /// Days.
    Date,
}

use ColumnKind::{Date, Decimal, Text, Whole};

/// A column of which cells may be empty.
const fn column(name: &'static str, kind: ColumnKind, meaning: &'static str) -> Column {
    Column {
        name,
        kind,
        always: false,
        meaning,
    }
}

/// A column that every row has.
const fn always(name: &'static str, kind: ColumnKind, meaning: &'static str) -> Column {
    Column {
        always: true,
        ..column(name, kind, meaning)
    }
}

/// The columns of [`super::figures()`], in their order.
pub const FIGURES: &[Column] = &[
    always(
        "figure_id",
        Text,
        "Name of the figure in the ledger; `humstat trace` takes it",
    ),
    always("claimant", Text, "Who says that it counted"),
    always(
        "channel",
        Text,
        "Line of publication, whose successive values are versions of each other",
    ),
    always(
        "indicator",
        Text,
        "What is counted; `humstat indicators` defines the codes",
    ),
    always(
        "measure",
        Text,
        "stock: how many there are; flow: how many in the period; cumulative: how many so far since `since`",
    ),
    always(
        "unit",
        Text,
        "What one of the number is; units are never added to each other",
    ),
    column(
        "origin_id",
        Text,
        "Where people come from, by the id of the place",
    ),
    column("origin", Text, "Where people come from, by name"),
    column(
        "location_id",
        Text,
        "Where people are, or where it happened, by the id of the place: ISO 3166 alpha-3 for countries",
    ),
    column(
        "location",
        Text,
        "Where people are, or where it happened, by name",
    ),
    column(
        "location_kind",
        Text,
        "Level of the location, such as country or admin1",
    ),
    column(
        "since",
        Date,
        "First day of a cumulative, or of the event that a stock counts from",
    ),
    column(
        "breakdown",
        Text,
        "What narrows the figure, as dimension=code parted by semicolons; empty where it is of all",
    ),
    always("period_start", Date, "First day that the figure speaks of"),
    always(
        "period_end",
        Date,
        "Last day that the figure speaks of; of a stock the same as the first",
    ),
    column(
        "value",
        Whole,
        "The number, in the unit of `unit`; empty is missing, never zero",
    ),
    column(
        "low",
        Whole,
        "Low end of what was published, in the same unit",
    ),
    column(
        "high",
        Whole,
        "High end of what was published, in the same unit",
    ),
    always(
        "qualifier",
        Text,
        "How the number was put: exact, about, at_least, more_than, …",
    ),
    always(
        "status",
        Text,
        "observed, estimated, provisional, projected or planned",
    ),
    column(
        "published_at",
        Text,
        "When it was published: a day, or an instant of UTC",
    ),
    column(
        "retrieved_at",
        Text,
        "When it was received: a day, or an instant of UTC",
    ),
    always(
        "version",
        Text,
        "When it became known: when it was published, else received",
    ),
    column(
        "relayed_by",
        Text,
        "Who passed it on, in their order, parted by semicolons",
    ),
    always("title", Text, "Title of the publication"),
    column("url", Text, "Web address of the publication"),
    column(
        "licence",
        Text,
        "Terms that the figure comes under, by code",
    ),
    column("attribution", Text, "How the source asks to be named"),
    column(
        "notes",
        Text,
        "What readers should know, as the source says it",
    ),
    always(
        "entry",
        Whole,
        "Entry of the ledger that recorded the figure",
    ),
];

/// The columns of [`super::summary::Summary::frame`] by place and without inhabitants, in their order; the
/// last three only where they say something.
pub const SUMMARY: &[Column] = &[
    column("location", Text, "The place, by name"),
    column("location_id", Text, "The place, by its id"),
    column(
        "value",
        Whole,
        "The newest number; empty is missing, never zero",
    ),
    column(
        "low",
        Whole,
        "Low end of what was published; of a sum, a bound",
    ),
    column(
        "high",
        Whole,
        "High end of what was published; of a sum, a bound",
    ),
    always(
        "qualifier",
        Text,
        "How the number was put: exact, about, at_least, more_than, …",
    ),
    always("period_end", Date, "Last day that the number speaks of"),
    column(
        "previous_value",
        Whole,
        "The number before it in the same channel",
    ),
    column(
        "previous_period_end",
        Date,
        "Last day that the number before it speaks of",
    ),
    column("change", Whole, "The number less the one before it"),
    column(
        "change_percent",
        Decimal,
        "The change in per cent of the number before",
    ),
    column(
        "change_per_day",
        Decimal,
        "The change by the days between; none for flows",
    ),
    column(
        "share_percent",
        Decimal,
        "Per cent of the total of the parts",
    ),
    always(
        "status",
        Text,
        "observed, estimated, provisional, projected or planned",
    ),
    always("claimant", Text, "Who says that it counted"),
    always("channel", Text, "Line of publication"),
    column("url", Text, "Web address of the publication"),
    column(
        "licence",
        Text,
        "Terms that the figure comes under, by code",
    ),
    column("notes", Text, "What readers should know"),
    column(
        "figure_id",
        Text,
        "The figure behind the row; empty for a sum",
    ),
    column(
        "indicator",
        Text,
        "What is counted, where it differs between rows",
    ),
    column(
        "breakdown",
        Text,
        "What narrows the figure, where it differs between rows",
    ),
    column("row_type", Text, "part, other or total"),
];

/// The column of a table that has a name.
pub fn named<'t>(table: &'t [Column], name: &str) -> Option<&'t Column> {
    table.iter().find(|column| column.name == name)
}

#[cfg(test)]
mod tests {
    use polars::prelude::{DataFrame, DataType};

    use super::*;
    use crate::ledger::Figures;
    use crate::publish::summary::{Wanted, summary};

    fn written(frame: &DataFrame) -> Vec<(String, ColumnKind)> {
        let kind = |kind: &DataType| match kind {
            DataType::String => Text,
            DataType::Int64 => Whole,
            DataType::Float64 => Decimal,
            DataType::Date => Date,
            other => panic!("{other} is no kind of column"),
        };
        frame
            .columns()
            .iter()
            .map(|column| (column.name().to_string(), kind(column.dtype())))
            .collect()
    }

    fn described(table: &[Column]) -> Vec<(String, ColumnKind)> {
        let column = |column: &Column| (column.name.to_owned(), column.kind);
        table.iter().map(column).collect()
    }

    #[test]
    fn every_column_that_is_written_is_described_in_its_order() {
        let none = Figures::default();
        let figures = crate::publish::figures(&none).unwrap();
        assert_eq!(written(&figures), described(FIGURES));
        let newest = summary(&none, &[], Wanted::default()).unwrap();
        let always = &SUMMARY[..SUMMARY.len() - 3];
        assert_eq!(written(&newest.frame(None).unwrap()), described(always));
    }

    #[test]
    fn a_meaning_is_a_sentence_without_its_full_stop() {
        for column in FIGURES.iter().chain(SUMMARY) {
            assert!(!column.meaning.ends_with('.'), "{}", column.name);
        }
    }
}
