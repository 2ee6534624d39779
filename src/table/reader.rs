//! Reading the rows of a table into figures, each cell once, every fault with its place.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::Datelike as _;

use super::mapping::Mapping;
use super::rows::doubt::Doubt;
use super::rows::{File, Records};
use super::{FilledPlace, READER, RowFault, TableError, UnknownPlace, hxl};
use crate::figure::{
    Absence, Measure, Missing, Period, PlaceId, Publication, Scope, Series, Version,
};
use crate::ledger::{
    AbsentCell, AbsentCells, Capture, FigureCell, FigureCells, PublicationReading, Reading,
};
use crate::vocabulary;

mod columns;
mod condition;
mod conventions;
mod doubted;
mod footnotes;
mod memo;
mod page;
mod place_column;
mod said;
mod scope;
mod series;
mod totals;
mod year_end;

use columns::{Columns, FigureColumns, Meaning};
pub use footnotes::Footnote;
use said::Said;
use scope::{named, scope};
use series::series_of;
use totals::Totals;
pub use totals::{TotalFault, TotalsFound};
use year_end::mid_year;

/// What the command line or a plan adds to a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// When the table was published, where the mapping does not say so.
    pub published: Option<Version>,
    /// When its bytes were received.
    pub retrieved: Option<Version>,
    /// What absence means, in place of what the mapping says.
    pub absent: Option<Absence>,
    /// What was asked for, where the table is a part of a larger one.
    pub scope: ScopeAsked,
    /// Leave out rows that cannot be read.
    pub skip_bad_rows: bool,
    /// What names of places mean that nothing else tells.
    pub places: Vec<FilledPlace>,
    /// What the source says of the table beside it.
    pub told: Told,
    /// What the source says of some of the figures. A figure keeps what was said when its number came
    /// first.
    pub footnotes: Vec<Footnote>,
}

/// What a source says of a table beside it, as the description of a dataset does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Told {
    /// When this version of the table was put out, where nothing else says so.
    pub published: Option<Version>,
    /// Where the table is, where the mapping does not say so.
    pub url: Option<String>,
    /// Its licence, in place of the one that the mapping names.
    pub licence: Option<String>,
    /// Its licence where the mapping names none, as for terms that stand in words alone.
    pub other_licence: Option<String>,
    /// What readers should know, after what the mapping says.
    pub notes: Option<String>,
}

/// What was asked for when a table was made. Nothing said means: the origins, locations, periods
/// and indicators that occur in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScopeAsked {
    /// All of the channel, whatever occurs in the table.
    pub whole: bool,
    /// Only these origins.
    pub origins: Vec<PlaceId>,
    /// Only these locations.
    pub locations: Vec<PlaceId>,
    /// Only these indicators.
    pub indicators: Vec<String>,
}

/// A table as it was read.
#[derive(Debug)]
pub struct Table {
    /// What can be recorded.
    pub reading: Reading,
    /// Rows that were left out, with [`Options::skip_bad_rows`].
    pub faults: Vec<RowFault>,
    /// Rows that the mapping passes over: why, and how many.
    pub ignored: Vec<(String, u64)>,
    /// What its user should know of how it was read: the encoding, the sheet, the header, columns that
    /// were not, how names were understood.
    pub notes: Vec<String>,
    /// What the rows of totals say.
    pub totals: TotalsFound,
    /// Texts that were taken as "no number" although the mapping does not tell them: which, why there is
    /// none, and in how many cells.
    pub missing: Vec<(String, Missing, u64)>,
    /// Names of places in the rows that were left out, which mean no one place.
    pub unknown_places: Vec<UnknownPlace>,
}

/// Reads a table: one capture, or the pages that it came in, whose rows are counted on from page to
/// page.
///
/// `mapping_text` is the text that `mapping` was parsed from: it identifies the reading.
///
/// # Errors
/// When a page cannot be decoded, the mapping does not fit its header, or rows cannot be read.
pub fn read(
    captures: Vec<Capture>,
    mapping: &Mapping,
    mapping_text: &str,
    options: &Options,
    mut progress: impl FnMut(u64),
) -> Result<Table, TableError> {
    let Some((first, others)) = captures.split_first() else {
        return Err(TableError::Empty("what was given".to_owned()));
    };
    let name = first.name.clone();
    let wanted = mapping.columns();
    let file = File::open(first, &mapping.table, &wanted)?;
    let mut records = file.records(&mapping.table, &wanted)?;
    let mut notes = [file.notes(), &records.notes].concat();
    let tagged = records.tagged.take();
    let mapping = match &tagged {
        Some(tagged) => {
            let filled = hxl::fill(mapping, tagged)?;
            notes.extend(filled.notes);
            Cow::Owned(filled.mapping)
        }
        None => Cow::Borrowed(mapping),
    };
    let tags = tagged.as_ref().map_or(&[][..], |tagged| &tagged.tags);
    let columns = Columns::new(&mapping, &records.header, tags, &options.places)?;
    let mut reader = Reader::new(&mapping, columns, options, records.unit);
    let header = records.header.clone();
    reader.page(&file, records, None, &mut progress)?;
    drop(file);
    for page in others {
        let file = File::open(page, &mapping.table, &wanted)?;
        let records = file.records(&mapping.table, &wanted)?;
        let order = page::order(&header, &records, &page.name)?;
        reader.page(&file, records, order.as_deref(), &mut progress)?;
    }
    reader.settle_conventions()?;
    if reader.rows == 0 {
        return Err(TableError::Empty(name));
    }
    if !reader.faults.is_empty() && !options.skip_bad_rows {
        return Err(TableError::Rows {
            file: name,
            rows: reader.rows,
            places: reader.columns.unknown_places(),
            faults: reader.faults,
        });
    }
    // A publication of which no row could be read says nothing.
    reader
        .publications
        .retain(|publication| !publication.figures.is_empty() || !publication.absent.is_empty());
    if reader.publications.is_empty() && reader.faults.is_empty() {
        return Err(reader.passed_over(name));
    }
    if reader.publications.is_empty() {
        return Err(TableError::Rows {
            file: name,
            rows: reader.rows,
            places: reader.columns.unknown_places(),
            faults: reader.faults,
        });
    }
    notes.extend(reader.columns.remarks()?);
    Ok(reader.finish(captures, mapping_text, notes))
}

/// The parts of a series that vary by row, each as the number of its text.
type SeriesKey = [u32; columns::SERIES_PARTS];

/// The parts of a publication that vary by row, likewise.
type PublicationKey = [u32; 5];

struct Reader<'m> {
    mapping: &'m Mapping,
    options: &'m Options,
    columns: Columns,
    /// What the number of a row counts.
    unit: &'static str,
    rows: u64,
    /// Number of the last row, counted on over the pages.
    last_line: u64,
    faults: Vec<RowFault>,
    ignored: Vec<u64>,
    missing: BTreeMap<(String, Missing), u64>,
    skipped: BTreeSet<u64>,
    series: Vec<Series>,
    /// Measure of each series, close together, because every cell asks for it.
    measures: Vec<Measure>,
    /// For each series the numbers of the footnotes that speak of it.
    footnotes: Vec<Vec<usize>>,
    /// Series by key, one index for all figures of a row that vary by the same columns.
    groups: Vec<SeriesGroup>,
    publications: Vec<PublicationReading>,
    /// For each publication the first year that it gives as of mid-year.
    mid_years: Vec<Option<i32>>,
    /// Publications by the numbers of what tells them apart.
    publication_index: HashMap<PublicationKey, usize, foldhash::fast::FixedState>,
    absence: Absence,
    /// Rows that add up others; none where the mapping names no such rows.
    totals: Option<Totals>,
    /// For each series the figure of a row that it is of and its key, kept where totals are checked.
    keys: Vec<(usize, SeriesKey)>,
    /// The cells of one row, kept for the next.
    cells: Vec<ReadCell>,
    /// The cells of the row whose text is no number to record, each by its column.
    doubts: Vec<(usize, Doubt)>,
}

/// The series of figures that vary by the same columns.
#[derive(Default)]
struct SeriesGroup {
    /// Slot of each key.
    slots: HashMap<SeriesKey, u32, foldhash::fast::FixedState>,
    /// The key of the last row, and its slot.
    last: Option<(SeriesKey, u32)>,
    /// For each slot, the series of every figure of a row; [`NO_SERIES`] where none was met yet.
    series: Vec<u32>,
}

/// Stands for a series that no row has needed yet.
const NO_SERIES: u32 = u32::MAX;

/// A fault within a row; the line is added later.
pub(super) struct CellFault {
    column: String,
    value: String,
    reason: String,
}

impl CellFault {
    /// A fault of the whole row.
    fn of_row(reason: String) -> Self {
        Self {
            column: String::new(),
            value: String::new(),
            reason,
        }
    }
}

impl<'m> Reader<'m> {
    fn new(
        mapping: &'m Mapping,
        columns: Columns,
        options: &'m Options,
        unit: &'static str,
    ) -> Self {
        let absence = options
            .absent
            .or(mapping.publication.absent)
            .unwrap_or(Absence::Unchanged);
        let groups = columns.figures.iter().map(|figure| figure.group).max();
        let groups = (0..=groups.unwrap_or(0))
            .map(|_| SeriesGroup::default())
            .collect();
        Self {
            mapping,
            options,
            ignored: vec![0; mapping.ignore.len()],
            missing: BTreeMap::new(),
            columns,
            unit,
            rows: 0,
            last_line: 0,
            faults: Vec::new(),
            skipped: BTreeSet::new(),
            series: Vec::new(),
            measures: Vec::new(),
            footnotes: Vec::new(),
            groups,
            publications: Vec::new(),
            mid_years: Vec::new(),
            publication_index: HashMap::default(),
            absence,
            totals: Totals::new(&mapping.table.totals),
            keys: Vec::new(),
            cells: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Reads the rows of one page, whose cells stand in another order than those of the first where
    /// one is given.
    fn page(
        &mut self,
        file: &File<'_>,
        mut records: Records<'_>,
        order: Option<&[Option<usize>]>,
        progress: &mut impl FnMut(u64),
    ) -> Result<(), TableError> {
        let width = order.map_or(records.header.len(), <[_]>::len);
        let before = self.last_line;
        let mut record = csv::StringRecord::new();
        let mut holds_break = false;
        loop {
            match records.read(&mut record) {
                Ok(None) => break,
                Ok(Some(line)) => {
                    self.last_line = before + line;
                    holds_break = record.as_slice().contains('\n');
                    self.doubts.clear();
                    self.doubts
                        .extend(page::doubts(records.doubts(line), order));
                    match order {
                        None => self.row(self.last_line, &record, width),
                        Some(order) => {
                            let arranged = page::arranged(&record, order);
                            self.row(self.last_line, &arranged, width);
                        }
                    }
                    if self.rows.is_multiple_of(4096) {
                        progress(self.rows);
                    }
                }
                Err(error) if error.is_io_error() => return Err(file.unreadable(error.into())),
                Err(error) => {
                    self.fault(self.last_line + 1, CellFault::of_row(error.to_string()));
                }
            }
        }
        // A quotation mark that is never closed swallows the rows after it without an error.
        if holds_break && file.has_open_quotation()? {
            let reason = "a quotation mark that opens in this row is never closed";
            self.fault(self.last_line, CellFault::of_row(reason.to_owned()));
        }
        Ok(())
    }

    fn row(&mut self, line: u64, record: &csv::StringRecord, width: usize) {
        if record.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        self.rows += 1;
        // Cells beyond the header that are empty say nothing.
        if record.len() < width
            || record
                .iter()
                .skip(width)
                .any(|cell| !cell.trim().is_empty())
        {
            let reason = format!(
                "it has {} columns, and the header has {width}",
                record.len()
            );
            self.fault(line, CellFault::of_row(reason));
            return;
        }
        for (index, conditions) in self.columns.ignore.iter().enumerate() {
            let Some(conditions) = conditions else {
                continue;
            };
            if conditions.iter().all(|condition| condition.holds(record)) {
                self.ignored[index] += 1;
                return;
            }
        }
        if self.is_total(line, record) {
            return;
        }
        let publication = match self.publication(record, line) {
            Ok(publication) => publication,
            Err(fault) => {
                self.fault(line, fault);
                return;
            }
        };
        // Cells of a row are kept only when all of them can be read.
        let mut cells = std::mem::take(&mut self.cells);
        cells.clear();
        let mut matched = false;
        for index in 0..self.columns.figures.len() {
            let conditions = &self.columns.figures[index].conditions;
            if !conditions.iter().all(|condition| condition.holds(record)) {
                continue;
            }
            matched = true;
            match self.cell(index, record, line, publication) {
                Ok(cell) => cells.push(cell),
                Err(fault) => {
                    self.fault(line, fault);
                    return;
                }
            }
        }
        if !matched {
            let reason = "no [[value]] of the mapping is about this row; add one, or an [[ignore]] that says why it holds no figure";
            self.fault(line, CellFault::of_row(reason.to_owned()));
            return;
        }
        let publication = &mut self.publications[publication];
        for cell in cells.drain(..) {
            match cell {
                ReadCell::Figure(cell) => publication.figures.push(&cell),
                ReadCell::Absent(cell) => publication.absent.push(cell),
            }
        }
        self.cells = cells;
    }

    fn fault(&mut self, line: u64, fault: CellFault) {
        self.skipped.insert(line);
        self.faults.push(RowFault {
            unit: self.unit,
            line,
            column: fault.column,
            value: fault.value,
            reason: fault.reason,
        });
    }

    /// One figure of a row.
    fn cell(
        &mut self,
        index: usize,
        record: &csv::StringRecord,
        line: u64,
        publication: usize,
    ) -> Result<ReadCell, CellFault> {
        let said = self.said(index, record, line)?;
        let columns = &mut self.columns;
        let figure = &columns.figures[index];
        let mut period = period(figure, &mut columns.meanings, record, line)?;
        if figure.follows_releases
            && self.mid_years[publication].is_some_and(|first| period.end.year() >= first)
        {
            period = mid_year(period);
        }
        let mut key: SeriesKey = [0; columns::SERIES_PARTS];
        for &(part, source) in &figure.varying {
            key[part] = columns.meanings[source].number(record)?;
        }
        let series = self.series_number(index, &key)?;
        self.check_doubts(index, series, record, &said)?;
        if self.measures[series as usize] == Measure::Stock && period.start != period.end {
            return Err(CellFault {
                column: self.columns.figures[index].period_name.clone(),
                value: period.to_string(),
                reason: "a stock is of one day; say which with as = \"year_end\" or \"month_end\", or that the figures are flows with measure = \"flow\"".to_owned(),
            });
        }
        let row = u32::try_from(line).unwrap_or(u32::MAX);
        Ok(match said {
            Said::Number(quantity, notes) => ReadCell::Figure(FigureCell {
                series,
                period,
                quantity,
                row,
                notes: self.with_footnotes(series, period, notes).map(Arc::from),
            }),
            Said::Nothing(missing) => ReadCell::Absent(AbsentCell {
                series,
                period,
                missing,
                row,
            }),
        })
    }

    /// The index of the series of a key, which is made when it is met first.
    fn series_number(&mut self, index: usize, key: &SeriesKey) -> Result<u32, CellFault> {
        let figure = &self.columns.figures[index];
        let width = self.columns.figures.len();
        let group = &mut self.groups[figure.group];
        let slot = match &group.last {
            Some((last, slot)) if last == key => *slot,
            _ => {
                let next = u32::try_from(group.slots.len()).unwrap_or(u32::MAX);
                let slot = *group.slots.entry(*key).or_insert(next);
                if slot == next {
                    group.series.resize(group.series.len() + width, NO_SERIES);
                }
                group.last = Some((*key, slot));
                slot
            }
        };
        let known = &mut group.series[slot as usize * width + index];
        if *known == NO_SERIES {
            let series = series_of(figure, &self.columns.meanings, key)?;
            *known = u32::try_from(self.series.len()).unwrap_or(u32::MAX);
            self.measures.push(series.measure);
            self.footnotes
                .push(footnotes::about(&self.options.footnotes, &series));
            if self.totals.is_some() {
                self.keys.push((index, *key));
            }
            self.series.push(series);
        }
        Ok(*known)
    }

    /// The publication of a row: a new one for every combination of channel, title, URL, notes and date.
    fn publication(&mut self, record: &csv::StringRecord, line: u64) -> Result<usize, CellFault> {
        let Columns {
            publication,
            meanings,
            ..
        } = &mut self.columns;
        let mut key = PublicationKey::default();
        for (part, source) in key.iter_mut().zip(publication.all()) {
            if let Some(source) = source {
                *part = meanings[source].number(record)?;
            }
        }
        if let Some(index) = self.publication_index.get(&key) {
            return Ok(*index);
        }
        let published = match publication.published {
            Some(source) => meanings[source].version(record, line)?,
            None => None,
        };
        let text = |source: Option<usize>| -> Result<Option<String>, CellFault> {
            let text = source
                .map(|source| meanings[source].text(record))
                .transpose()?;
            Ok(text.filter(|text| !text.is_empty()))
        };
        let map = &self.mapping.publication;
        let index = self.publications.len();
        let channel = text(Some(publication.channel))?.unwrap_or_default();
        let told = &self.options.told;
        let published = published.or(self.options.published).or(told.published);
        let notes = [text(publication.notes)?, told.notes.clone()];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        self.mid_years
            .push(published.or(self.options.retrieved).map(|version| {
                vocabulary::first_mid_year(vocabulary::year_ends(&channel), version.day())
            }));
        self.publications.push(PublicationReading {
            publication: Publication {
                channel,
                title: text(Some(publication.title))?.unwrap_or_default(),
                url: text(publication.url)?.or_else(|| told.url.clone()),
                published,
                retrieved: self.options.retrieved,
                relayed_by: map.relayed_by.clone(),
                licence: [&told.licence, &map.licence, &told.other_licence]
                    .into_iter()
                    .find_map(Clone::clone),
                attribution: map.attribution.clone(),
                notes: (!notes.is_empty()).then(|| notes.join(" ")),
                scope: Scope::default(),
                absence: self.absence,
            },
            figures: FigureCells::default(),
            absent: AbsentCells::default(),
        });
        self.publication_index.insert(key, index);
        Ok(index)
    }

    /// Why none of the rows, all of which can be read, holds a figure.
    fn passed_over(self, file: String) -> TableError {
        let ignored = self.mapping.ignore.iter().zip(&self.ignored);
        let mut because: Vec<String> = ignored
            .filter(|(_, count)| **count > 0)
            .map(|(ignore, _)| ignore.because.clone())
            .collect();
        if self.ignored.iter().sum::<u64>() < self.rows {
            because.push("they add up others".to_owned());
        }
        TableError::PassedOver { file, because }
    }

    fn finish(mut self, captures: Vec<Capture>, mapping_text: &str, notes: Vec<String>) -> Table {
        if self
            .columns
            .figures
            .iter()
            .any(|figure| figure.follows_releases)
        {
            year_end::restate(&mut self.publications);
        }
        let indicators: BTreeSet<String> = self
            .series
            .iter()
            .map(|series| series.indicator.to_string())
            .collect();
        for publication in &mut self.publications {
            if !self.skipped.is_empty() {
                // A row that was left out may have held any cell, so silence means nothing.
                publication.publication.absence = Absence::Unchanged;
            }
            if publication.publication.absence != Absence::Unchanged {
                publication.publication.scope =
                    scope(publication, &self.series, &self.options.scope);
            }
            if publication.publication.absence == Absence::ChangeLog {
                // Each release speaks of the whole table, whatever had changed in it.
                let scope = &mut publication.publication.scope;
                scope.origins = named(&self.options.scope.origins);
                scope.locations = named(&self.options.scope.locations);
                scope.indicators.clone_from(&indicators);
            }
        }
        let totals = self.totals.map_or_else(TotalsFound::default, |totals| {
            totals.check(self.unit, &self.publications, &self.keys)
        });
        let options = self.options;
        let show = |version: Option<Version>| version.map(|version| version.to_string());
        let mut mapping = format!(
            "{mapping_text}\n# published: {:?}\n# absent: {:?}\n# scope: {:?}\n# skip bad rows: {}\n",
            show(options.published),
            options.absent.map(Absence::code),
            options.scope,
            options.skip_bad_rows,
        );
        if options.told != Told::default() {
            mapping.push_str(&format!("# told: {:?}\n", options.told));
        }
        for place in &options.places {
            let FilledPlace {
                name,
                column,
                parent,
                id,
            } = place;
            mapping.push_str(&format!(
                "# place: {name:?} in {column:?} within {parent:?} is {id}\n"
            ));
        }
        let ignored = self
            .mapping
            .ignore
            .iter()
            .zip(&self.ignored)
            .filter(|(_, count)| **count > 0)
            .map(|(ignore, count)| (ignore.because.clone(), *count))
            .collect();
        Table {
            reading: Reading {
                captures,
                about: Vec::new(),
                asked: Vec::new(),
                reader: READER.to_owned(),
                mapping,
                series: self.series,
                publications: self.publications,
                rows: self.rows,
                skipped: self.skipped.len() as u64,
            },
            faults: self.faults,
            ignored,
            notes,
            totals,
            missing: self
                .missing
                .into_iter()
                .map(|((text, missing), count)| (text, missing, count))
                .collect(),
            unknown_places: self.columns.unknown_places(),
        }
    }
}

enum ReadCell {
    Figure(FigureCell),
    Absent(AbsentCell),
}

/// The days that a figure speaks of.
fn period(
    figure: &FigureColumns,
    meanings: &mut [Meaning],
    record: &csv::StringRecord,
    line: u64,
) -> Result<Period, CellFault> {
    if let Some(source) = figure.period {
        return meanings[source].period(record, line);
    }
    let (Some(start), Some(end)) = (figure.period_start, figure.period_end) else {
        return Err(CellFault::of_row(
            "the mapping does not say when".to_owned(),
        ));
    };
    let (first, last) = (
        meanings[start].period(record, line)?.start,
        meanings[end].period(record, line)?.end,
    );
    Period::new(first, last).ok_or_else(|| CellFault {
        column: meanings[end].name.clone(),
        value: meanings[end].raw(record).to_owned(),
        reason: format!("the period ends before it starts on {first}"),
    })
}
