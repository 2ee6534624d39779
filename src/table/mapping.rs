//! A mapping: which column of a table is what, and in which scheme.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::num::NonZeroUsize;
use std::path::Path;

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::date::DateOrder;
use super::unsaid;
use crate::figure::{Absence, Decimal, coded_enum};
use crate::place::{Kind, Scheme};
use crate::toml_file::{self, TomlError};

/// How the columns of a table become figures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What is published, and where.
    pub publication: PublicationMap,
    /// The form of the file.
    #[serde(default)]
    pub table: TableForm,
    /// What holds for every figure of a row.
    #[serde(default)]
    pub figure: FigureMap,
    /// One for each figure of a row. Without any, a row holds the one figure of `[figure]`.
    #[serde(default)]
    pub value: Vec<FigureMap>,
    /// Rows that hold no figure, and why.
    #[serde(default)]
    pub ignore: Vec<IgnoreMap>,
}

/// The publication, or the columns that tell several apart.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicationMap {
    /// Line of publication, such as `unhcr/odp`.
    pub channel: Source,
    /// Title of the document or table.
    pub title: Source,
    /// Where it was published.
    pub url: Option<Source>,
    /// When; a column for an archive of vintages. `--published` says it otherwise.
    pub published: Option<Source>,
    /// Licence, by its code.
    pub licence: Option<String>,
    /// How the source asks to be named.
    pub attribution: Option<String>,
    /// Who passed it on, in order.
    #[serde(default)]
    pub relayed_by: Vec<String>,
    /// What readers should know.
    pub notes: Option<Source>,
    /// What it means that a cell of the scope is absent.
    pub absent: Option<Absence>,
}

/// The form of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TableForm {
    /// In an archive of several files: the name of the table.
    pub file: Option<String>,
    /// In a workbook: the sheet, by its name or by its number from 1. When it is not given, the first
    /// visible one with the mapping's columns.
    pub sheet: Option<SheetChoice>,
    /// In JSON: the keys that lead to the list of records, parted by points. When it is not given, the
    /// one list that there is.
    pub path: Option<String>,
    /// Encoding of the text, by its name among the encodings of the web, such as `windows-1256`; told
    /// from the bytes when it is not given.
    pub encoding: Option<String>,
    /// Character between columns; found from the first rows when it is not given.
    pub delimiter: Option<char>,
    /// Row of the header, counted from 1, or the first and the last of several: their names are joined
    /// with ` / `. Rows before it are passed over. When it is not given, the first of the rows with
    /// all columns of the mapping.
    #[serde(deserialize_with = "one_or_many")]
    pub header: Vec<u64>,
    /// Names of all columns in their order, for files of the source that come without a header.
    pub names: Vec<String>,
    /// Row of the first figure; the one after the header when it is not given.
    pub first: Option<u64>,
    /// The mark before a fraction, `,` or `.`, of all numbers. Without it `.` is taken, unless a number
    /// shows otherwise, and `1.234`, which may be both, is refused.
    pub decimal: Option<Decimal>,
    /// Whether the day or the month comes first in dates such as `08/03/2022`, which are refused
    /// without it.
    pub date_order: Option<DateOrder>,
    /// Texts that stand for "no number", and no others; the usual ones (the empty cell, `n/a`, `-`, `...`,
    /// `no data`) when it is not given.
    pub null: Option<Vec<String>>,
    /// Whether a row of HXL tags says where the header and the data begin, names columns, and says
    /// what they hold where the mapping does not.
    pub hxl: bool,
    /// Texts that stand for "does not apply, or is not collected".
    pub not_applicable: Vec<String>,
    /// Texts that hide a small number, with the least and the most that it may be.
    pub suppressed: BTreeMap<String, (i64, i64)>,
    /// Names of rows that add up others, such as `Total`: checked, not recorded.
    pub totals: Vec<String>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum SheetChoice {
    /// By its number, counted from 1.
    Number(NonZeroUsize),
    /// By its name.
    Name(String),
}

impl fmt::Display for SheetChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => write!(f, "`{name}`"),
        }
    }
}

/// A number, or a list of them.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a row such as 3, or rows such as [3, 4]")]
    enum Rows {
        One(u64),
        Many(Vec<u64>),
    }
    Ok(match Rows::deserialize(deserializer)? {
        Rows::One(row) => vec![row],
        Rows::Many(rows) => rows,
    })
}

/// The parts of a figure; each a constant or a column. A `[[value]]` says what differs from `[figure]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureMap {
    /// In a `[[value]]`: the column of the number, short for `value = { column = "…" }`.
    pub column: Option<String>,
    /// In a `[[value]]`: only rows that have these texts in these columns.
    #[serde(default, rename = "where")]
    pub condition: BTreeMap<String, Condition>,
    /// Who says it counted.
    pub claimant: Option<Source>,
    /// What is counted.
    pub indicator: Option<Source>,
    /// Stock, flow or cumulative; the indicator's own when it is not given.
    pub measure: Option<Source>,
    /// What one of the number is; the indicator's own when it is not given.
    pub unit: Option<Source>,
    /// Where people come from.
    pub origin: Option<Source>,
    /// Where they are, or where it happened.
    pub location: Option<Source>,
    /// First day of a cumulative.
    pub since: Option<Source>,
    /// The days that it speaks of.
    pub period: Option<Source>,
    /// First day, where first and last stand in columns of their own.
    pub period_start: Option<Source>,
    /// Last day, likewise.
    pub period_end: Option<Source>,
    /// The number, also with its qualifier: `about 836,000`.
    pub value: Option<Source>,
    /// Low end of a range.
    pub low: Option<Source>,
    /// High end of a range.
    pub high: Option<Source>,
    /// How the source qualified it.
    pub qualifier: Option<Source>,
    /// Observed, estimated, …
    pub status: Option<Source>,
    /// What the source says about this number.
    pub notes: Option<Source>,
    /// What narrows it, by dimension.
    #[serde(default)]
    pub breakdown: BTreeMap<String, Source>,
}

impl FigureMap {
    /// All that says where its parts come from.
    fn sources(&self) -> Vec<Option<&Source>> {
        [
            &self.claimant,
            &self.indicator,
            &self.measure,
            &self.unit,
            &self.origin,
            &self.location,
            &self.since,
            &self.period,
            &self.period_start,
            &self.period_end,
            &self.value,
            &self.low,
            &self.high,
            &self.qualifier,
            &self.status,
            &self.notes,
        ]
        .into_iter()
        .map(Option::as_ref)
        .chain(self.breakdown.values().map(Some))
        .collect()
    }

    /// The figure that it describes, with what `[figure]` says filled in.
    pub(super) fn over(&self, base: &Self) -> Self {
        let pick =
            |own: &Option<Source>, base: &Option<Source>| own.clone().or_else(|| base.clone());
        let own_value = self
            .value
            .clone()
            .or_else(|| self.column.as_deref().map(Source::column));
        let mut breakdown = base.breakdown.clone();
        breakdown.extend(self.breakdown.clone());
        // A period of one's own replaces all that says when.
        let own_period =
            self.period.is_some() || self.period_start.is_some() || self.period_end.is_some();
        let when = |own: &Option<Source>, base: &Option<Source>| {
            if own_period {
                own.clone()
            } else {
                base.clone()
            }
        };
        Self {
            column: None,
            condition: self.condition.clone(),
            claimant: pick(&self.claimant, &base.claimant),
            indicator: pick(&self.indicator, &base.indicator),
            measure: pick(&self.measure, &base.measure),
            unit: pick(&self.unit, &base.unit),
            origin: pick(&self.origin, &base.origin),
            location: pick(&self.location, &base.location),
            since: pick(&self.since, &base.since),
            period: when(&self.period, &base.period),
            period_start: when(&self.period_start, &base.period_start),
            period_end: when(&self.period_end, &base.period_end),
            value: own_value.or_else(|| base.value.clone()),
            low: pick(&self.low, &base.low),
            high: pick(&self.high, &base.high),
            qualifier: pick(&self.qualifier, &base.qualifier),
            status: pick(&self.status, &base.status),
            notes: pick(&self.notes, &base.notes),
            breakdown,
        }
    }
}

/// Rows that hold no figure.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoreMap {
    /// Rows that have these texts in these columns.
    #[serde(rename = "where")]
    pub condition: BTreeMap<String, Condition>,
    /// Why they hold no figure.
    pub because: String,
    /// Whether a table may lack these columns; it then has no such rows.
    #[serde(default)]
    pub optional: bool,
}

/// What the text of a column must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One of these.
    OneOf(Vec<String>),
    /// None of these.
    NoneOf(Vec<String>),
    /// A date from the first day on, and before the last.
    Between {
        /// Earliest day that still counts.
        from: Option<chrono::NaiveDate>,
        /// First day that no longer counts.
        before: Option<chrono::NaiveDate>,
    },
}

coded_enum! {
    /// What the text of a date column stands for.
    DateAs ("meaning of a date column") {
        /// The day itself.
        Day = "day",
        /// All days of the month.
        Month = "month",
        /// The last day of the month.
        MonthEnd = "month_end",
        /// All days of the year.
        Year = "year",
        /// 31 December of the year.
        YearEnd = "year_end",
        /// 30 June of the year.
        MidYear = "mid_year",
        /// 31 December of the year; 30 June where the publication came before the channel's release
        /// of the year's end.
        YearEndOrMidYear = "year_end_or_mid_year",
        /// All days of the year; those to 30 June where the publication came before that release.
        YearOrHalfYear = "year_or_half_year",
    }
}

/// Where a part of a figure comes from: a constant, or a column with what its texts mean.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Source {
    /// The same for every row.
    Constant(String),
    /// From the row.
    Column(ColumnSource),
}

/// A column, or several that together hold one date.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnSource {
    /// Name of the column.
    pub column: Option<String>,
    /// Names of columns that hold year, month and day.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Scheme of places; names when it is not given.
    pub scheme: Option<Scheme>,
    /// Level of places, where those of several levels share a name.
    pub kind: Option<Kind>,
    /// Place that those of the column lie in, or the column that holds it: tells homonyms apart.
    pub within: Option<Box<Source>>,
    /// Form of dates, as in strftime, or `excel`, `excel1904`, `unix`, `unix_ms`; any usual form when it is not
    /// given.
    pub format: Option<String>,
    /// What a date stands for.
    #[serde(rename = "as")]
    pub date_as: Option<DateAs>,
    /// What the column's texts mean in our words.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
}

impl Source {
    /// The columns that it reads.
    fn names(&self) -> Vec<&str> {
        let Self::Column(source) = self else {
            return Vec::new();
        };
        let own = source.column.iter().chain(&source.columns);
        let within = source.within.iter().flat_map(|within| within.names());
        own.map(String::as_str).chain(within).collect()
    }

    fn column(name: &str) -> Self {
        Self::Column(ColumnSource {
            column: Some(name.to_owned()),
            ..ColumnSource::default()
        })
    }
}

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceVisitor;

        impl<'de> Visitor<'de> for SourceVisitor {
            type Value = Source;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text that holds for every row, or { column = \"…\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Source, E> {
                Ok(Source::Constant(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Source, A::Error> {
                let source = ColumnSource::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match (&source.column, source.columns.is_empty()) {
                    (Some(_), true) | (None, false) => Ok(Source::Column(source)),
                    (None, true) => Err(de::Error::missing_field("column")),
                    (Some(_), false) => Err(de::Error::custom(
                        "`column` and `columns` both name the source; keep one",
                    )),
                }
            }
        }

        deserializer.deserialize_any(SourceVisitor)
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ConditionVisitor;

        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a text or a list of texts")]
        enum Texts {
            One(String),
            Many(Vec<String>),
        }

        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Limits {
            from: Option<chrono::NaiveDate>,
            before: Option<chrono::NaiveDate>,
            not: Option<Texts>,
        }

        impl<'de> Visitor<'de> for ConditionVisitor {
            type Value = Condition;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a list of texts, { not = \"…\" }, or { from = \"2022-02-24\", before = \"2023-01-01\" }")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Condition, E> {
                Ok(Condition::OneOf(vec![text.to_owned()]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, sequence: A) -> Result<Condition, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(sequence))
                    .map(Condition::OneOf)
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
                let Limits { from, before, not } =
                    Limits::deserialize(de::value::MapAccessDeserializer::new(map))?;
                match not {
                    None => Ok(Condition::Between { from, before }),
                    Some(_) if from.is_some() || before.is_some() => Err(de::Error::custom(
                        "`not` is about texts, `from` and `before` about days; keep one",
                    )),
                    Some(Texts::One(text)) => Ok(Condition::NoneOf(vec![text])),
                    Some(Texts::Many(texts)) => Ok(Condition::NoneOf(texts)),
                }
            }
        }

        deserializer.deserialize_any(ConditionVisitor)
    }
}

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// With the line of the mistake and the nearest right key, or with every key that a draft leaves
    /// for its user to say.
    pub fn parse(path: &Path, text: &str) -> Result<Self, TomlError> {
        unsaid::refuse(path, text)?;
        let mapping: Self = toml_file::parse(path, text)?;
        if mapping.figure.column.is_some() || !mapping.figure.condition.is_empty() {
            return Err(TomlError {
                path: path.to_owned(),
                place: None,
                message: "`column` and `where` tell the figures of one row apart: they belong into a [[value]]; in [figure] write value = { column = \"…\" }".to_owned(),
                nearest: None,
            });
        }
        Ok(mapping)
    }

    /// The columns that it names, by which the header of a table is found.
    pub(super) fn columns(&self) -> BTreeSet<&str> {
        let map = &self.publication;
        let of_publication = [Some(&map.channel), Some(&map.title)].into_iter().chain([
            map.url.as_ref(),
            map.published.as_ref(),
            map.notes.as_ref(),
        ]);
        let figures = std::iter::once(&self.figure).chain(&self.value);
        let conditions = figures
            .clone()
            .map(|figure| &figure.condition)
            .chain(
                self.ignore
                    .iter()
                    .filter(|ignore| !ignore.optional)
                    .map(|ignore| &ignore.condition),
            )
            .flat_map(BTreeMap::keys)
            .map(String::as_str);
        figures
            .clone()
            .flat_map(|figure| figure.sources().into_iter().flatten())
            .chain(of_publication.flatten())
            .flat_map(Source::names)
            .chain(figures.filter_map(|figure| figure.column.as_deref()))
            .chain(conditions)
            .collect()
    }
}
