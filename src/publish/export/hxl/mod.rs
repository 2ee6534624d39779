//! A table with HXL tags: a header for people, a row of tags for programs, then a row for each place,
//! period and claimant with a column for each thing that is counted.
//!
//! A number stands under the tag that [`crate::table::hxl`] reads as just what it is. What no tag of
//! the standard says stands under attributes of its own, which readers do not know and so do not take
//! for something else.

mod count;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use count::{Count, Facet};
use place::{PlaceCell, PlaceColumn, cells, levels};

use super::terms::licence_of;
use super::{Export, ExportError, Exported, Material, Shape};
use crate::figure::{Measure, counted};
use crate::ledger::FigureRow;
use crate::publish::cite::references;
use crate::publish::frame::Columns;
use crate::publish::sources::{About, beside, sources};
use crate::publish::{self, Format, place_name};

pub(super) struct Hxl;

impl Export for Hxl {
    fn shape(&self) -> Shape {
        Shape::File("csv")
    }

    fn make(&self, material: &Material<'_>) -> Result<Exported, ExportError> {
        let mut table = Table::default();
        // A stock is of its last day alone, and stands in a row that others may have begun.
        let is_stock =
            |row: &&FigureRow| material.figures.series[row.series].measure == Measure::Stock;
        let rows = || material.figures.rows.iter();
        for row in rows()
            .filter(|row| !is_stock(row))
            .chain(rows().filter(is_stock))
        {
            table.add(material, row);
        }
        let file = format!("{}.csv", material.name);
        let mut exported = Exported::default();
        if table.rows.is_empty() {
            return Err(ExportError::NoPlace(table.remarks().join("; ")));
        }
        exported.add(file.clone(), table.bytes(material)?);
        let about = About {
            file: &file,
            command: "humstat export hxl",
            selection: material.selection,
            pin: material.pin,
        };
        let name = beside(std::path::Path::new(&file));
        exported.add(
            name.to_string_lossy(),
            sources(&about, &references(material.figures, None)).markdown(),
        );
        exported.remarks = table.remarks();
        Ok(exported)
    }

    fn writes(&self, _: &str) -> bool {
        false
    }
}

/// What makes a row of the table, in the order of its rows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    claimant: String,
    channel: String,
    places: Vec<PlaceCell>,
    /// Tag, header and text of what narrows all numbers of the row.
    dimensions: Vec<(String, String)>,
    end: NaiveDate,
    /// Of a stock or a flow: since when those whom it counts have come.
    since: Option<NaiveDate>,
    start: NaiveDate,
    /// Counts the rows of one key, which are several where two figures would take one cell.
    turn: usize,
}

/// The table in the making.
#[derive(Debug, Default)]
struct Table<'f> {
    rows: BTreeMap<Key, BTreeMap<Count, &'f FigureRow>>,
    /// Figures by the name of the place that no tag says.
    placeless: BTreeMap<String, usize>,
}

impl<'f> Table<'f> {
    fn add(&mut self, material: &Material<'f>, row: &'f FigureRow) {
        let series = &material.figures.series[row.series];
        let mut places = Vec::new();
        for (id, is_origin) in [(&series.location, false), (&series.origin, true)] {
            let Some(id) = id else { continue };
            let Some(found) = cells(id, is_origin) else {
                *self.placeless.entry(place_name(id).to_owned()).or_default() += 1;
                return;
            };
            places.extend(found);
        }
        let (count, dimensions) = Count::of(series);
        let is_cumulative = series.measure == Measure::Cumulative;
        let mut key = Key {
            claimant: series.claimant.to_string(),
            channel: series.channel.to_string(),
            places,
            dimensions,
            // A cumulative is counted from its first day on.
            start: series
                .since
                .filter(|_| is_cumulative)
                .unwrap_or(row.period.start),
            end: row.period.end,
            since: series.since.filter(|_| !is_cumulative),
            turn: 0,
        };
        if series.measure == Measure::Stock
            && let Some(begun) = self.begun(&key)
        {
            key = begun;
        }
        while self
            .rows
            .get(&key)
            .is_some_and(|counts| counts.contains_key(&count))
        {
            key.turn += 1;
        }
        self.rows.entry(key).or_default().insert(count, row);
    }

    /// The first row that differs from a key only in its first day.
    fn begun(&self, key: &Key) -> Option<Key> {
        let from = Key {
            start: NaiveDate::MIN,
            ..key.clone()
        };
        let (first, _) = self.rows.range(from..).next()?;
        let same = Key {
            start: first.start,
            ..key.clone()
        };
        (*first == same).then_some(same)
    }

    /// What its user should know.
    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if !self.placeless.is_empty() {
            let count = self.placeless.values().sum::<usize>();
            let names: Vec<&str> = self.placeless.keys().map(String::as_str).collect();
            remarks.push(format!(
                "left out {}: HXL tags name countries and their units, and not {}",
                counted(count, "figure", "figures"),
                names.join(", ")
            ));
        }
        let untagged: BTreeSet<&str> = self
            .counts()
            .into_iter()
            .filter(|count| !count.is_tagged)
            .map(|count| count.tag.as_str())
            .collect();
        if !untagged.is_empty() {
            const NAMED: usize = 3;
            let more = untagged.len().saturating_sub(NAMED);
            let mut tags: Vec<String> = untagged
                .into_iter()
                .take(NAMED)
                .map(str::to_owned)
                .collect();
            if more > 0 {
                tags.push(format!("and {more} more"));
            }
            remarks.push(format!(
                "HXL has no tag for some of what is counted; programs that do not know the attributes of {} pass over it",
                tags.join(", ")
            ));
        }
        if self
            .facets()
            .iter()
            .any(|(_, facet)| *facet == Facet::Qualifier)
        {
            remarks.push(
                "some numbers are not exact: how they were put stands under #meta+qualifier"
                    .to_owned(),
            );
        }
        let places = self.rows.keys().map(|key| key.places.as_slice());
        if levels(places, false).len() > 1 {
            remarks.push(
                "rows of countries and of their units stand in one table; programs that read the finest level pass over the wider places"
                    .to_owned(),
            );
        }
        remarks
    }

    /// What is counted, a column each.
    fn counts(&self) -> BTreeSet<&Count> {
        self.rows.values().flat_map(BTreeMap::keys).collect()
    }

    /// The columns of numbers and of what stands beside them, where it says something.
    fn facets(&self) -> Vec<(&Count, Facet)> {
        let all = self.counts();
        let says = |count: &Count, facet: Facet| {
            let figures = self.rows.values().filter_map(|row| row.get(count));
            let mut texts = figures.map(|figure| facet.text(&figure.quantity));
            facet == Facet::Value || texts.any(|text| text.is_some())
        };
        all.into_iter()
            .flat_map(|count| Facet::ALL.iter().map(move |facet| (count, *facet)))
            .filter(|(count, facet)| says(count, *facet))
            .collect()
    }

    /// The table as CSV.
    fn bytes(&self, material: &Material<'_>) -> Result<Vec<u8>, ExportError> {
        let keys = || self.rows.keys();
        let mut written = Written::default();
        written.text(
            "Claimant",
            "#org+claimant",
            keys().map(|key| Some(key.claimant.clone())),
        );
        let places: BTreeSet<PlaceColumn> = keys()
            .flat_map(|key| key.places.iter().map(|(column, _)| *column))
            .collect();
        for column in places {
            let cell = |key: &Key| {
                let mut cells = key.places.iter();
                cells
                    .find(|(known, _)| *known == column)
                    .map(|(_, text)| text.clone())
            };
            written.text(&column.header(), &column.tag(), keys().map(cell));
        }
        let dimensions: BTreeSet<&str> = keys()
            .flat_map(|key| key.dimensions.iter().map(|(tag, _)| tag.as_str()))
            .collect();
        for tag in dimensions {
            let cell = |key: &Key| {
                let mut cells = key.dimensions.iter();
                cells
                    .find(|(known, _)| known == tag)
                    .map(|(_, text)| text.clone())
            };
            written.text(tag.trim_start_matches('#'), tag, keys().map(cell));
        }
        written.date("Date", "#date", keys().map(|key| Some(key.end)));
        if keys().any(|key| key.start != key.end) {
            written.date("From", "#date+start", keys().map(|key| Some(key.start)));
            written.date("To", "#date+end", keys().map(|key| Some(key.end)));
        }
        if keys().any(|key| key.since.is_some()) {
            written.date("Since", "#date+since", keys().map(|key| key.since));
        }
        for (count, facet) in self.facets() {
            let quantity =
                |row: &BTreeMap<Count, &FigureRow>| row.get(count).map(|row| row.quantity);
            let (header, tag) = (facet.header(count), facet.tag(count));
            if facet.is_number() {
                let numbers = self.rows.values().map(|row| facet.number(&quantity(row)?));
                written.whole(&header, &tag, numbers);
            } else {
                let texts = self.rows.values().map(|row| facet.text(&quantity(row)?));
                written.text(&header, &tag, texts);
            }
        }
        let publication =
            |figure: &FigureRow| &material.figures.publications[figure.publication].publication;
        written.text(
            "Channel",
            "#meta+source",
            keys().map(|key| Some(key.channel.clone())),
        );
        let mut joined = |header: &str, tag: &str, of: &dyn Fn(&FigureRow) -> Option<String>| {
            let texts = self.rows.values().map(|row| {
                let mut texts: Vec<String> = Vec::new();
                for text in row.values().filter_map(|figure| of(figure)) {
                    if !texts.contains(&text) {
                        texts.push(text);
                    }
                }
                Some(texts.join("; "))
            });
            written.text(header, tag, texts);
        };
        joined("Title", "#meta+title", &|figure| {
            Some(publication(figure).title.clone())
        });
        joined("Address", "#meta+url", &|figure| {
            publication(figure).url.clone()
        });
        joined("Known on", "#meta+version", &|figure| {
            Some(figure.version.to_string())
        });
        joined("Licence", "#meta+licence", &|figure| {
            licence_of(publication(figure)).map(str::to_owned)
        });
        joined("Attribution", "#meta+attribution", &|figure| {
            publication(figure).attribution.clone()
        });
        joined("Notes", "#description+notes", &|figure| {
            publish::figures::notes(figure, publication(figure).notes.as_deref())
        });
        joined("Figures", "#meta+id", &|figure| Some(figure.id.to_string()));
        written.bytes(material)
    }
}

/// The columns with their tags.
#[derive(Default)]
struct Written {
    columns: Columns,
    tags: Vec<String>,
}

impl Written {
    fn text(&mut self, header: &str, tag: &str, cells: impl Iterator<Item = Option<String>>) {
        self.columns.text(header, cells);
        self.tags.push(tag.to_owned());
    }

    fn whole(&mut self, header: &str, tag: &str, cells: impl Iterator<Item = Option<i64>>) {
        self.columns.whole(header, cells);
        self.tags.push(tag.to_owned());
    }

    fn date(&mut self, header: &str, tag: &str, cells: impl Iterator<Item = Option<NaiveDate>>) {
        self.columns.date(header, cells);
        self.tags.push(tag.to_owned());
    }

    /// The header, the tags, the rows.
    fn bytes(self, material: &Material<'_>) -> Result<Vec<u8>, ExportError> {
        let frame = self.columns.frame()?;
        let mut bytes = publish::write(&frame, Format::Csv, &material.along())?;
        // No header of ours has a line break, and no tag a comma.
        let end_of_header = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0);
        let tags = format!("\n{}", self.tags.join(","));
        bytes.splice(end_of_header..end_of_header, tags.into_bytes());
        Ok(bytes)
    }
}
