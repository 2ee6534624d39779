//! What a column of numbers counts, and what stands beside it.

use crate::figure::{Breakdown, Measure, Qualifier, Quantity, Series, Status};
use crate::table::hxl::{dimension_cell, figures_tag};
use crate::vocabulary;

/// What one column of numbers counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Count {
    /// Its place among the indicators, in the order of the vocabulary.
    rank: usize,
    /// Its header.
    header: String,
    /// Its tag.
    pub tag: String,
    /// Whether the tag is of the standard and says all of it.
    pub is_tagged: bool,
}

impl Count {
    /// What a series counts, and the cells that narrow its rows: tag and text.
    pub fn of(series: &Series) -> (Self, Vec<(String, String)>) {
        let indicator = vocabulary::indicator(&series.indicator).ok();
        let (of_column, of_rows) = parted(series);
        let tag = of_column.as_ref().and_then(|breakdown| {
            figures_tag(&series.indicator, breakdown, series.unit, series.measure)
        });
        // Where no tag says it, all that narrows it stands in the tag: nothing in the row may be
        // read without it.
        let (breakdown, cells) = match (&tag, of_column) {
            (Some(_), Some(breakdown)) => (breakdown, of_rows),
            _ => (series.breakdown.clone(), Vec::new()),
        };
        let label = indicator.map_or(&*series.indicator, |known| &known.label);
        let mut header = label.to_owned();
        for (dimension, code) in breakdown.iter() {
            header.push_str(&format!(", {dimension}={code}"));
        }
        if indicator.is_none_or(|known| known.unit != series.unit) {
            header.push_str(&format!(", {}", series.unit));
        }
        let is_stock = series.measure == Measure::Stock;
        if indicator.is_none_or(|known| is_stock != (known.measure == Measure::Stock)) {
            header.push_str(if is_stock {
                ", stock"
            } else {
                ", in the period"
            });
        }
        let is_tagged = tag.is_some();
        let tag = tag.map_or_else(|| own_tag(series), |tag| tag.to_string());
        let rank = vocabulary::indicators()
            .position(|known| known.code == *series.indicator)
            .unwrap_or(usize::MAX);
        let count = Self {
            rank,
            header,
            tag,
            is_tagged,
        };
        (count, cells)
    }
}

/// What narrows a series: by attributes of the column, and by cells of the row. None where neither
/// says some of it.
fn parted(series: &Series) -> (Option<Breakdown>, Vec<(String, String)>) {
    let mut of_column = Breakdown::all();
    let mut of_rows = Vec::new();
    for (dimension, code) in series.breakdown.iter() {
        let alone = Breakdown::all().with(dimension, code);
        if figures_tag(&series.indicator, &alone, series.unit, series.measure).is_some() {
            of_column = of_column.with(dimension, code);
        } else if let Some((tag, text)) = dimension_cell(dimension, code) {
            of_rows.push((tag.to_string(), text));
        } else {
            return (None, Vec::new());
        }
    }
    (Some(of_column), of_rows)
}

/// A tag of our own for what no tag of the standard says: `#indicator+num` with attributes that no
/// reader knows, so that none takes it for something else.
fn own_tag(series: &Series) -> String {
    let mut words = vec![series.indicator.to_string()];
    words.extend(
        series
            .breakdown
            .iter()
            .map(|(dimension, code)| format!("{dimension}_{code}")),
    );
    words.push(series.unit.to_string());
    let measure = match series.measure {
        Measure::Stock => "stock",
        Measure::Flow | Measure::Cumulative => "flow",
    };
    words.push(measure.to_owned());
    let mut tag = "#indicator+num".to_owned();
    for word in words {
        tag.push('+');
        // Attributes are of letters, digits and `_`.
        tag.extend(word.to_lowercase().chars().map(|letter| match letter {
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '_',
        }));
    }
    tag
}

/// What of a number stands in a column of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    /// The number itself.
    Value,
    /// The low end of its range.
    Low,
    /// The high end.
    High,
    /// How it was put, where it is not exact.
    Qualifier,
    /// What kind of knowledge it is, where it was not observed.
    Status,
}

impl Facet {
    pub const ALL: &'static [Self] = &[
        Self::Value,
        Self::Low,
        Self::High,
        Self::Qualifier,
        Self::Status,
    ];

    /// Whether its cells are numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Value | Self::Low | Self::High)
    }

    pub fn header(self, count: &Count) -> String {
        let what = match self {
            Self::Value => return count.header.clone(),
            Self::Low => "low",
            Self::High => "high",
            Self::Qualifier => "how it was put",
            Self::Status => "status",
        };
        format!("{}: {what}", count.header)
    }

    pub fn tag(self, count: &Count) -> String {
        let (hashtag, attributes) = count.tag.split_once('+').unwrap_or((&count.tag, ""));
        let beside = |before: &str| {
            let hashtag = hashtag.trim_start_matches('#');
            let attributes = if attributes.is_empty() {
                String::new()
            } else {
                format!("+{attributes}")
            };
            format!("{before}+{hashtag}{attributes}")
        };
        match self {
            Self::Value => count.tag.clone(),
            Self::Low => format!("{}+min", count.tag),
            Self::High => format!("{}+max", count.tag),
            Self::Qualifier => beside("#meta+qualifier"),
            Self::Status => beside("#status"),
        }
    }

    /// The number of a quantity; none for texts.
    pub const fn number(self, quantity: &Quantity) -> Option<i64> {
        match self {
            Self::Value => quantity.value,
            Self::Low => quantity.low,
            Self::High => quantity.high,
            Self::Qualifier | Self::Status => None,
        }
    }

    /// What it says of a quantity, where it says something.
    pub fn text(self, quantity: &Quantity) -> Option<String> {
        match self {
            Self::Value | Self::Low | Self::High => {
                self.number(quantity).map(|number| number.to_string())
            }
            Self::Qualifier => {
                (quantity.qualifier != Qualifier::Exact).then(|| quantity.qualifier.to_string())
            }
            Self::Status => {
                (quantity.status != Status::Observed).then(|| quantity.status.to_string())
            }
        }
    }
}
