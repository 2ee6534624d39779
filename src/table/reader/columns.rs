//! A mapping bound to the header of one table: every source with its column and what its texts mean.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::super::TableError;
use super::super::convention::Evidence;
use super::super::date::{DateError, DateForm, DateOrder, Dated};
use super::super::hxl::Tag;
use super::super::mapping::{ColumnSource, Condition, DateAs, FigureMap, Mapping, Source};
use super::super::{FilledPlace, UnknownPlace};
use super::CellFault;
use super::condition::ColumnCondition;
use super::memo::Memo;
use super::place_column::PlaceColumn;
use crate::figure::{Decimal, Measure, Period, Qualifier, Status, Unit, Version, YEARS};
use crate::place::{self, Scheme};
use crate::vocabulary;

/// Parts of a series key: these, and then the dimensions of the breakdown.
pub(super) const CHANNEL: usize = 0;
pub(super) const CLAIMANT: usize = 1;
pub(super) const INDICATOR: usize = 2;
pub(super) const MEASURE: usize = 3;
pub(super) const UNIT: usize = 4;
pub(super) const ORIGIN: usize = 5;
pub(super) const LOCATION: usize = 6;
pub(super) const SINCE: usize = 7;
pub(super) const FIRST_DIMENSION: usize = 8;
pub(super) const SERIES_PARTS: usize = 14;

/// A mapping bound to a header.
pub(super) struct Columns {
    pub(super) publication: PublicationColumns,
    pub(super) figures: Vec<FigureColumns>,
    /// None for a rule about columns that the table lacks.
    pub(super) ignore: Vec<Option<Vec<ColumnCondition>>>,
    /// Every distinct source; the others refer to it by index.
    pub(super) meanings: Vec<Meaning>,
}

/// Sources of a publication.
pub(super) struct PublicationColumns {
    pub(super) channel: usize,
    pub(super) title: usize,
    pub(super) url: Option<usize>,
    pub(super) published: Option<usize>,
    pub(super) notes: Option<usize>,
}

impl PublicationColumns {
    pub(super) fn all(&self) -> [Option<usize>; 5] {
        [
            Some(self.channel),
            Some(self.title),
            self.url,
            self.published,
            self.notes,
        ]
    }
}

/// Sources of one figure of a row.
pub(super) struct FigureColumns {
    pub(super) conditions: Vec<ColumnCondition>,
    pub(super) series_parts: [Option<usize>; SERIES_PARTS],
    /// The parts that come from columns: place in the key, and source.
    pub(super) varying: Vec<(usize, usize)>,
    /// Number of the figures that vary by the same columns.
    pub(super) group: usize,
    pub(super) dimensions: Vec<Arc<str>>,
    pub(super) period: Option<usize>,
    pub(super) period_start: Option<usize>,
    pub(super) period_end: Option<usize>,
    /// Whether its year is that of mid-year until the channel has released the year's end.
    pub(super) follows_releases: bool,
    pub(super) period_name: String,
    pub(super) value: Option<usize>,
    pub(super) low: Option<usize>,
    pub(super) high: Option<usize>,
    pub(super) qualifier: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) notes: Option<usize>,
}

impl FigureColumns {
    pub(super) fn name_of(&self, source: Option<usize>, meanings: &[Meaning]) -> String {
        source.map_or_else(String::new, |source| meanings[source].name.clone())
    }
}

/// What the texts of a source are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    Text,
    Place(Scheme),
    Date,
}

/// One source, with the texts that were met and what they mean.
pub(super) struct Meaning {
    /// Name of the column, for messages.
    pub(super) name: String,
    source: Source,
    columns: Vec<usize>,
    role: Role,
    /// How a column of places is understood, and the columns that narrow it, the nearest first.
    places: Option<(PlaceColumn, Vec<usize>)>,
    /// Number of every raw text, and of every meaning.
    numbers: Memo<u32>,
    meant: HashMap<Arc<str>, u32>,
    known: Vec<Arc<str>>,
    periods: Memo<Period>,
    /// Whether a date such as 2022-03-08 is that day and nothing else.
    reads_days: bool,
    /// Order of day and month, where the mapping tells it.
    order: Option<DateOrder>,
    /// What its dates show of that order.
    pub(super) orders: Evidence<DateOrder>,
    /// What its numbers show of their decimal mark.
    pub(super) decimals: Evidence<Decimal>,
}

impl Columns {
    /// `tags` are the HXL tags of the columns, by which the mapping may call them as well; `filled` the
    /// places that a person put beside names.
    pub(super) fn new(
        mapping: &Mapping,
        header: &[String],
        tags: &[Option<Tag>],
        filled: &[FilledPlace],
    ) -> Result<Self, TableError> {
        let mut binder = Binder {
            header,
            order: mapping.table.date_order,
            tags,
            filled,
            meanings: Vec::new(),
            index: BTreeMap::new(),
        };
        let map = &mapping.publication;
        let publication = PublicationColumns {
            channel: binder.bind(&map.channel, Role::Text)?,
            title: binder.bind(&map.title, Role::Text)?,
            url: binder.maybe(map.url.as_ref(), Role::Text)?,
            published: binder.maybe(map.published.as_ref(), Role::Date)?,
            notes: binder.maybe(map.notes.as_ref(), Role::Text)?,
        };
        let alone = [FigureMap::default()];
        let values = if mapping.value.is_empty() {
            &alone[..]
        } else {
            &mapping.value
        };
        let mut figures = Vec::with_capacity(values.len());
        for value in values {
            let figure = value.over(&mapping.figure);
            let conditions = binder.conditions(&value.condition)?;
            figures.push(binder.figure(&figure, publication.channel, conditions)?);
        }
        let mut ways: Vec<Vec<(usize, usize)>> = Vec::new();
        for figure in &mut figures {
            figure.group = match ways.iter().position(|way| *way == figure.varying) {
                Some(group) => group,
                None => {
                    ways.push(figure.varying.clone());
                    ways.len() - 1
                }
            };
        }
        let ignore = mapping
            .ignore
            .iter()
            .map(|ignore| match binder.conditions(&ignore.condition) {
                Ok(conditions) => Ok(Some(conditions)),
                Err(_) if ignore.optional => Ok(None),
                Err(error) => Err(error),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            publication,
            figures,
            ignore,
            meanings: binder.meanings,
        })
    }

    fn places(&self) -> impl Iterator<Item = &PlaceColumn> {
        let places = self
            .meanings
            .iter()
            .filter_map(|meaning| meaning.places.as_ref());
        places.map(|(column, _)| column)
    }

    /// The names of places that mean no one place, column by column.
    pub(super) fn unknown_places(&self) -> Vec<UnknownPlace> {
        self.places()
            .flat_map(PlaceColumn::unknown)
            .cloned()
            .collect()
    }

    /// What a reader should know of how names of places were understood.
    pub(super) fn remarks(&self) -> Result<Vec<String>, TableError> {
        let mut remarks = Vec::new();
        for column in self.places() {
            remarks.extend(column.homonyms().map_err(TableError::Misfit)?);
        }
        Ok(remarks)
    }
}

struct Binder<'h> {
    header: &'h [String],
    order: Option<DateOrder>,
    tags: &'h [Option<Tag>],
    filled: &'h [FilledPlace],
    meanings: Vec<Meaning>,
    index: BTreeMap<(Source, Role), usize>,
}

impl Binder<'_> {
    fn figure(
        &mut self,
        map: &FigureMap,
        channel: usize,
        conditions: Vec<ColumnCondition>,
    ) -> Result<FigureColumns, TableError> {
        let missing =
            |what: &str| TableError::Misfit(format!("[figure] or [[value]] does not say {what}"));
        check_constant(map.indicator.as_ref(), |code| {
            vocabulary::indicator(code).map(drop)
        })?;
        check_constant(map.measure.as_ref(), |code| {
            code.parse::<Measure>().map(drop)
        })?;
        check_constant(map.unit.as_ref(), |code| code.parse::<Unit>().map(drop))?;
        check_constant(map.qualifier.as_ref(), |code| {
            code.parse::<Qualifier>().map(drop)
        })?;
        check_constant(map.status.as_ref(), |code| code.parse::<Status>().map(drop))?;
        let mut series_parts = [None; SERIES_PARTS];
        series_parts[CHANNEL] = Some(channel);
        for (part, source, role, what) in [
            (
                CLAIMANT,
                &map.claimant,
                Role::Text,
                Some("who counts: claimant = \"…\""),
            ),
            (
                INDICATOR,
                &map.indicator,
                Role::Text,
                Some("what is counted: indicator = \"…\""),
            ),
            (MEASURE, &map.measure, Role::Text, None),
            (UNIT, &map.unit, Role::Text, None),
            (ORIGIN, &map.origin, Role::Place(Scheme::Name), None),
            (LOCATION, &map.location, Role::Place(Scheme::Name), None),
            (SINCE, &map.since, Role::Text, None),
        ] {
            series_parts[part] = self.maybe(source.as_ref(), role)?;
            if let (None, Some(what)) = (series_parts[part], what) {
                return Err(missing(what));
            }
        }
        if map.breakdown.len() > SERIES_PARTS - FIRST_DIMENSION {
            return Err(TableError::Misfit(format!(
                "a breakdown has {} dimensions at most",
                SERIES_PARTS - FIRST_DIMENSION
            )));
        }
        for (offset, (dimension, source)) in map.breakdown.iter().enumerate() {
            let known = vocabulary::dimension(dimension)
                .map_err(|error| TableError::Misfit(error.to_string()))?;
            check_constant(Some(source), |code| known.check(code))?;
            series_parts[FIRST_DIMENSION + offset] = Some(self.bind(source, Role::Text)?);
        }
        let period = self.maybe(map.period.as_ref(), Role::Date)?;
        let period_start = self.maybe(map.period_start.as_ref(), Role::Date)?;
        let period_end = self.maybe(map.period_end.as_ref(), Role::Date)?;
        if period.is_none() && (period_start.is_none() || period_end.is_none()) {
            return Err(missing("when: period = { column = \"…\" }"));
        }
        let value = self.maybe(map.value.as_ref(), Role::Text)?;
        let low = self.maybe(map.low.as_ref(), Role::Text)?;
        let high = self.maybe(map.high.as_ref(), Role::Text)?;
        if value.is_none() && low.is_none() && high.is_none() {
            return Err(missing("how many: value = { column = \"…\" }"));
        }
        let period_name = period
            .or(period_end)
            .map_or_else(String::new, |source| self.meanings[source].name.clone());
        let varying = series_parts
            .iter()
            .enumerate()
            .filter_map(|(part, source)| Some((part, (*source)?)))
            .filter(|(_, source)| !self.meanings[*source].columns.is_empty())
            .collect();
        Ok(FigureColumns {
            conditions,
            series_parts,
            varying,
            group: 0,
            dimensions: map
                .breakdown
                .keys()
                .map(|name| Arc::from(&**name))
                .collect(),
            period,
            period_start,
            period_end,
            follows_releases: period.is_some_and(|source| self.meanings[source].follows_releases()),
            period_name,
            value,
            low,
            high,
            qualifier: self.maybe(map.qualifier.as_ref(), Role::Text)?,
            status: self.maybe(map.status.as_ref(), Role::Text)?,
            notes: self.maybe(map.notes.as_ref(), Role::Text)?,
        })
    }

    fn maybe(&mut self, source: Option<&Source>, role: Role) -> Result<Option<usize>, TableError> {
        source.map(|source| self.bind(source, role)).transpose()
    }

    fn bind(&mut self, source: &Source, role: Role) -> Result<usize, TableError> {
        let role = match (source, role) {
            (Source::Column(column), Role::Place(_)) => {
                Role::Place(column.scheme.unwrap_or(Scheme::Name))
            }
            (Source::Column(ColumnSource { kind, within, .. }), _)
                if kind.is_some() || within.is_some() =>
            {
                return Err(TableError::Misfit(
                    "`kind` and `within` are for columns of places".to_owned(),
                ));
            }
            (_, role) => role,
        };
        let key = (source.clone(), role.clone());
        if let Some(index) = self.index.get(&key) {
            return Ok(*index);
        }
        let columns = match source {
            Source::Constant(_) => Vec::new(),
            Source::Column(source) => source
                .column
                .iter()
                .chain(&source.columns)
                .map(|name| self.column(name))
                .collect::<Result<_, _>>()?,
        };
        let mut meaning = Meaning {
            name: columns
                .iter()
                .map(|column| self.header[*column].as_str())
                .collect::<Vec<_>>()
                .join(" + "),
            source: source.clone(),
            columns,
            places: None,
            role,
            numbers: Memo::default(),
            meant: HashMap::new(),
            known: Vec::new(),
            periods: Memo::default(),
            reads_days: matches!(
                source,
                Source::Column(ColumnSource {
                    format: None,
                    date_as: None | Some(DateAs::Day),
                    ..
                })
            ),
            order: self.order,
            orders: Evidence::default(),
            decimals: Evidence::default(),
        };
        if let Source::Constant(text) = source {
            let meant = meaning.meaning_of(text).map_err(TableError::Misfit)?;
            meaning.known.push(meant.into());
        }
        if let (Source::Column(source), Role::Place(_)) = (source, &meaning.role) {
            let (column, outer) =
                PlaceColumn::new(&meaning.name, source, self.filled).map_err(TableError::Misfit)?;
            let outer = outer.iter().map(|name| self.column(name));
            meaning.places = Some((column, outer.collect::<Result<_, _>>()?));
        }
        self.meanings.push(meaning);
        let index = self.meanings.len() - 1;
        self.index.insert(key, index);
        Ok(index)
    }

    /// The column with a name of the header, else with an HXL tag.
    fn column(&self, name: &str) -> Result<usize, TableError> {
        if let Some(index) = self.tagged_column(name)? {
            return Ok(index);
        }
        let mut found = self
            .header
            .iter()
            .enumerate()
            .filter(|(_, header)| *header == name)
            .map(|(index, _)| index);
        match (found.next(), found.next()) {
            (Some(index), None) => Ok(index),
            (Some(_), Some(_)) => Err(TableError::Misfit(format!(
                "two columns are called `{name}`; rename one of them in the file"
            ))),
            (None, _) => {
                // A longer text is no name, and looking how like it is would take minutes.
                const LONGEST: usize = 200;
                let nearest = self
                    .header
                    .iter()
                    .filter(|header| header.len() <= LONGEST)
                    .min_by_key(|header| {
                        strsim::damerau_levenshtein(&header.to_lowercase(), &name.to_lowercase())
                    })
                    .map_or_else(String::new, |nearest| {
                        format!("; the nearest is `{nearest}`")
                    });
                Err(TableError::Misfit(format!(
                    "the table has no column `{name}`{nearest}. Its columns are {}",
                    self.header.join(", ")
                )))
            }
        }
    }

    /// The column with an HXL tag, where no name of the header is written like it.
    fn tagged_column(&self, name: &str) -> Result<Option<usize>, TableError> {
        let Ok(wanted) = name.parse::<Tag>() else {
            return Ok(None);
        };
        if self.header.iter().any(|header| header == name) {
            return Ok(None);
        }
        let mut found =
            (0..self.tags.len()).filter(|index| self.tags[*index].as_ref() == Some(&wanted));
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(TableError::Misfit(format!(
                "two columns have the tag {wanted}; write `{}` or `{}`",
                self.header[first], self.header[second]
            ))),
            (found, _) => Ok(found),
        }
    }

    fn conditions(
        &self,
        conditions: &BTreeMap<String, Condition>,
    ) -> Result<Vec<ColumnCondition>, TableError> {
        conditions
            .iter()
            .map(|(name, condition)| {
                Ok(ColumnCondition {
                    column: self.column(name)?,
                    condition: condition.clone(),
                })
            })
            .collect()
    }
}

/// Checks a word that holds for every row before the first row is read.
fn check_constant<E: std::fmt::Display>(
    source: Option<&Source>,
    check: impl Fn(&str) -> Result<(), E>,
) -> Result<(), TableError> {
    match source {
        Some(Source::Constant(text)) => {
            check(text).map_err(|error| TableError::Misfit(error.to_string()))
        }
        _ => Ok(()),
    }
}

/// The day of the form 2022-03-08, the most common by far: read at once, it needs no memory of what
/// was read before.
fn iso_day(text: &str) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_u32, |number, digit| {
            let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
            Some(number * 10 + digit)
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    YEARS
        .contains(&year)
        .then(|| NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?))
        .flatten()
}

impl Meaning {
    /// The first column that it reads.
    pub(super) fn column(&self) -> Option<usize> {
        self.columns.first().copied()
    }

    /// The text of the cell.
    pub(super) fn raw<'a>(&'a self, record: &'a csv::StringRecord) -> &'a str {
        match (&self.source, self.columns.first()) {
            (Source::Constant(text), _) => text,
            (_, Some(column)) => record.get(*column).unwrap_or_default(),
            (_, None) => "",
        }
    }

    /// What a number given out by [`Meaning::number`] stands for.
    pub(super) fn known(&self, number: u32) -> &str {
        self.known.get(number as usize).map_or("", |text| text)
    }

    /// The same, to be kept without a copy.
    pub(super) fn shared(&self, number: u32) -> Arc<str> {
        let known = self.known.get(number as usize);
        known.map_or_else(|| Arc::from(""), Arc::clone)
    }

    /// A small number for what the cell means: equal meanings of one source, equal numbers.
    pub(super) fn number(&mut self, record: &csv::StringRecord) -> Result<u32, CellFault> {
        if matches!(self.source, Source::Constant(_)) {
            return Ok(0);
        }
        let raw = self
            .columns
            .first()
            .and_then(|column| record.get(*column))
            .unwrap_or_default();
        let outer: Vec<&str> = match &self.places {
            Some((_, outer)) => outer
                .iter()
                .map(|column| record.get(*column).unwrap_or_default())
                .collect(),
            None => Vec::new(),
        };
        // What narrows a name is a part of what is remembered.
        let joined;
        let text = if outer.is_empty() {
            raw
        } else {
            joined = format!("{raw}\u{1f}{}", outer.join("\u{1f}"));
            &joined
        };
        if let Some(number) = self.numbers.get(text) {
            return Ok(number);
        }
        let meant = match &mut self.places {
            Some((column, _)) => column.meaning(raw, &outer),
            None => self.meaning_of(raw),
        }
        .map_err(|reason| self.fault(raw, reason))?;
        let next = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        // Events have a text each: what is kept of it is kept once.
        let meant: Arc<str> = meant.into();
        let number = *self.meant.entry(Arc::clone(&meant)).or_insert_with(|| {
            self.known.push(Arc::clone(&meant));
            next
        });
        let text = if *meant == *text {
            meant
        } else {
            Arc::from(text)
        };
        self.numbers.put(text, number);
        Ok(number)
    }

    /// What the cell means, as text.
    pub(super) fn text(&self, record: &csv::StringRecord) -> Result<String, CellFault> {
        if matches!(self.source, Source::Constant(_)) {
            return Ok(self.known(0).to_owned());
        }
        let raw = self.raw(record);
        self.meaning_of(raw)
            .map_err(|reason| self.fault(raw, reason))
    }

    /// Whether its year is that of mid-year until its channel has released the year's end.
    pub(super) fn follows_releases(&self) -> bool {
        let date_as = match &self.source {
            Source::Column(column) => column.date_as,
            Source::Constant(_) => None,
        };
        matches!(
            date_as,
            Some(DateAs::YearEndOrMidYear | DateAs::YearOrHalfYear)
        )
    }

    fn fault(&self, raw: &str, reason: String) -> CellFault {
        CellFault {
            column: self.name.clone(),
            value: raw.to_owned(),
            reason,
        }
    }

    /// What a text means; places in columns are understood by [`PlaceColumn`].
    fn meaning_of(&self, raw: &str) -> Result<String, String> {
        let raw = raw.trim();
        let word = match &self.source {
            Source::Column(ColumnSource { codes, .. }) if !codes.is_empty() => {
                codes.get(raw).ok_or_else(|| {
                    let known: Vec<&str> = codes.keys().map(String::as_str).collect();
                    format!(
                        "the mapping gives this text no meaning; it knows {}",
                        known.join(", ")
                    )
                })?
            }
            _ => raw,
        };
        match &self.role {
            // A key that a program wrote as a decimal number, such as an event's 102.0, is whole.
            Role::Text => Ok(match word.strip_suffix(".0") {
                Some(whole) if whole.bytes().all(|byte| byte.is_ascii_digit()) => whole.to_owned(),
                _ => word.to_owned(),
            }),
            Role::Date => Ok(word.to_owned()),
            Role::Place(_) if word.is_empty() => Ok(String::new()),
            // A word of the mapping is ours.
            Role::Place(_) => place::find(word)
                .map(|place| place.id.to_string())
                .map_err(|error| error.to_string()),
        }
    }

    /// The days that the cell stands for.
    pub(super) fn period(
        &mut self,
        record: &csv::StringRecord,
        line: u64,
    ) -> Result<Period, CellFault> {
        let joined;
        let raw = if self.columns.len() > 1 {
            joined = self
                .columns
                .iter()
                .map(|column| {
                    let part = record.get(*column).unwrap_or_default().trim();
                    part.strip_suffix(".0").unwrap_or(part)
                })
                .collect::<Vec<_>>()
                .join("-");
            joined.as_str()
        } else {
            match (&self.source, self.columns.first()) {
                (_, Some(column)) => record.get(*column).unwrap_or_default(),
                (Source::Constant(text), None) => text,
                _ => "",
            }
        };
        if let Some(day) = self.reads_days.then(|| iso_day(raw)).flatten() {
            return Ok(Period::day(day));
        }
        if let Some(period) = self.periods.get(raw) {
            return Ok(period);
        }
        let raw = raw.to_owned();
        let period = self
            .dated(&raw, line)
            .and_then(|dated| self.as_said(dated.period))
            .map_err(|reason| self.fault(&raw, reason))?;
        self.periods.put(raw.as_str(), period);
        Ok(period)
    }

    /// The instant that the cell stands for; none where it is empty.
    pub(super) fn version(
        &mut self,
        record: &csv::StringRecord,
        line: u64,
    ) -> Result<Option<Version>, CellFault> {
        let raw = self.text(record)?;
        if raw.is_empty() {
            return Ok(None);
        }
        self.dated(&raw, line)
            .map(|dated| Some(dated.version()))
            .map_err(|reason| self.fault(&raw, reason))
    }

    /// Reads a date in the form of the column.
    fn dated(&mut self, raw: &str, line: u64) -> Result<Dated, String> {
        let format = match &self.source {
            Source::Column(column) => column.format.as_deref(),
            Source::Constant(_) => None,
        };
        let dated = DateForm::new(format, self.order)
            .read(raw)
            .map_err(|error: DateError| error.to_string())?;
        if let Some(order) = dated.shows {
            self.orders.see(order, line, raw);
        }
        Ok(dated)
    }

    /// The days that a date of the column stands for.
    fn as_said(&self, read: Period) -> Result<Period, String> {
        let date_as = match &self.source {
            Source::Column(column) => column.date_as,
            Source::Constant(_) => None,
        };
        let whole = |text: String| text.parse::<Period>().map_err(|error| error.to_string());
        Ok(match date_as {
            None => read,
            Some(DateAs::Day) if read.start == read.end => read,
            Some(DateAs::Day) => return Err("a day was expected".to_owned()),
            Some(DateAs::Month) => whole(read.end.format("%Y-%m").to_string())?,
            Some(DateAs::MonthEnd) => Period::day(whole(read.end.format("%Y-%m").to_string())?.end),
            Some(DateAs::Year | DateAs::YearOrHalfYear) => {
                whole(read.end.format("%Y").to_string())?
            }
            Some(DateAs::MidYear) => Period::day(whole(read.end.format("%Y-06").to_string())?.end),
            Some(DateAs::YearEnd | DateAs::YearEndOrMidYear) => {
                Period::day(whole(read.end.format("%Y").to_string())?.end)
            }
        })
    }
}
