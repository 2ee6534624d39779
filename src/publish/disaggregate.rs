//! Years of a flow parted over months or quarters, as a table. They are estimates, reckoned when asked for and
//! never recorded.

use std::collections::BTreeSet;

use polars::prelude::DataFrame;

use super::PublishError;
use super::frame::{Columns, rounded};
use super::revisions::subject;
use super::summary::EVENT;
use crate::analysis::disaggregate::{
    DECIMALS, DisaggregateError, Method, Regression, Whole, add_up, disaggregate,
};
use crate::analysis::{Flow, MeasureError};
use crate::figure::{Measure, Period, Qualifier, Status, coded_enum, counted};
use crate::ledger::{FigureId, Figures};
use crate::line::{Line, Point};

mod pattern;

pub use pattern::{Pattern, PatternError, Step};

coded_enum! {
    /// What a part is.
    Kind ("kind of part") {
        /// One of the parts that add up to a published whole.
        Distributed = "distributed",
        /// Before, between or after the published wholes: no published number holds it.
        Extrapolated = "extrapolated",
    }
}

/// Why a line is not parted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refused {
    /// A stock has no parts.
    #[error(
        "a stock has no parts that add up to it; interpolate between its days, or take its newest value (truth rule 1)"
    )]
    Stock,
    /// A cumulative holds all before it.
    #[error(
        "a cumulative is not parted but differenced: `humstat trend` gives what is new between its reports (truth rule 1)"
    )]
    Cumulative,
    /// Events have days of their own.
    #[error("events have days of their own; `humstat tally --by month` adds them up")]
    Events,
    /// Nothing that can be parted.
    #[error(
        "no period of the series is made of two or more whole parts of the pattern ({0}); give a pattern that covers it, or a finer one"
    )]
    NoWhole(String),
    /// The pattern has a hole.
    #[error(
        "the pattern has nothing between {0} and {1}; parts must follow each other without a gap"
    )]
    Hole(Period, Period),
    /// The series is not what it was taken for.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// The method refuses.
    #[error("{}", in_periods(.error, .parts, .wholes))]
    Method {
        /// Why, by places.
        error: DisaggregateError,
        /// The periods of the places.
        parts: Vec<Period>,
        /// The periods of the wholes.
        wholes: Vec<Period>,
    },
    /// A number is too large.
    #[error("a number of the series is too large to be parted")]
    TooLarge,
}

/// A refusal of the kernel, its places named by their periods.
fn in_periods(error: &DisaggregateError, parts: &[Period], wholes: &[Period]) -> String {
    let text = error.to_string();
    let (word, place, periods) = match error {
        DisaggregateError::NotPositive { place, .. }
        | DisaggregateError::Negative { place, .. }
        | DisaggregateError::NotFinite(place) => ("part", place, parts),
        DisaggregateError::Uncovered(place) | DisaggregateError::OnePart(place) => {
            ("whole", place, wholes)
        }
        _ => return text,
    };
    match periods.get(*place) {
        Some(period) => text.replacen(&format!("{word} {place}"), &format!("{word} {period}"), 1),
        None => text,
    }
}

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How it is parted.
    pub method: Method,
    /// Whether a regression begins at a level of its own.
    pub intercept: bool,
    /// Whether parts that no whole holds are shown.
    pub extrapolate: bool,
}

/// One part.
#[derive(Debug, Clone)]
struct Part<'l> {
    period: Period,
    estimate: f64,
    standard_error: Option<f64>,
    pattern: f64,
    whole: Option<&'l Point>,
}

/// A line parted.
#[derive(Debug)]
pub struct Parted<'l> {
    line: &'l Line,
    source: String,
    parts: Vec<Part<'l>>,
    /// What the regression found, where there was one.
    regression: Option<Regression>,
    wholes: usize,
    /// Periods left out, which the pattern does not cover or whose number is no exact one.
    pub left_out: usize,
}

impl Parted<'_> {
    /// The figures that its wholes are.
    pub fn figures(&self) -> BTreeSet<FigureId> {
        self.parts
            .iter()
            .filter_map(|part| Some(part.whole?.figure))
            .collect()
    }
}

/// Refuses what has no parts.
///
/// # Errors
/// When the line is no flow.
pub fn check(line: &Line) -> Result<(), Refused> {
    match line.series.measure {
        Measure::Stock => Err(Refused::Stock),
        Measure::Cumulative => Err(Refused::Cumulative),
        Measure::Flow if line.series.breakdown.get(EVENT).is_some() => Err(Refused::Events),
        Measure::Flow => Ok(()),
    }
}

/// Parts a line along a pattern.
///
/// # Errors
/// When it is no flow, the pattern covers none of its periods, or the method refuses.
pub fn parted<'l>(
    line: &'l Line,
    pattern: &Pattern,
    wanted: &Wanted,
) -> Result<Parted<'l>, Refused> {
    check(line)?;
    let exact: Vec<(&Point, i64)> = line
        .of_one_channel()
        .filter(|point| {
            point.quantity.qualifier == Qualifier::Exact
                && !matches!(point.quantity.status, Status::Projected | Status::Planned)
        })
        .filter_map(|point| Some((point, point.quantity.value?)))
        .collect();
    let (periods, values): (Vec<Period>, Vec<i64>) = exact
        .iter()
        .map(|(point, value)| (point.period, *value))
        .unzip();
    Flow::new(line.series.measure, &periods, &values)?;

    let all = &pattern.parts;
    let covered: Vec<(&Point, i64, std::ops::Range<usize>)> = exact
        .iter()
        .filter_map(|(point, value)| Some((*point, *value, places(all, point.period)?)))
        .collect();
    let (Some(first), Some(last)) = (covered.first(), covered.last()) else {
        return Err(Refused::NoWhole(pattern.source.clone()));
    };
    // Without extrapolation the pattern counts only as far as there are wholes.
    let used = if wanted.extrapolate {
        0..all.len()
    } else {
        first.2.start..last.2.end
    };
    let offset = used.start;
    let all = &all[used];
    if let Some(pair) = all
        .windows(2)
        .find(|pair| pair[0].0.end.succ_opt() != Some(pair[1].0.start))
    {
        return Err(Refused::Hole(pair[0].0, pair[1].0));
    }
    let wholes: Vec<Whole> = covered
        .iter()
        .map(|(_, value, places)| Whole {
            parts: places.start - offset..places.end - offset,
            value: *value as f64,
        })
        .collect();
    let numbers: Vec<f64> = all.iter().map(|(_, number)| *number).collect();
    let refused = |error| Refused::Method {
        error,
        parts: all.iter().map(|(period, _)| *period).collect(),
        wholes: covered.iter().map(|(point, ..)| point.period).collect(),
    };
    let found =
        disaggregate(wanted.method, &wholes, &numbers, wanted.intercept).map_err(refused)?;
    found.none_below_zero(&wholes).map_err(refused)?;

    let mut parts: Vec<Part<'l>> = all
        .iter()
        .enumerate()
        .map(|(place, (period, number))| Part {
            period: *period,
            estimate: found.parts[place],
            standard_error: found.standard_errors.get(place).copied(),
            pattern: *number,
            whole: None,
        })
        .collect();
    for (whole, (point, value, _)) in wholes.iter().zip(&covered) {
        let thousandths =
            add_up(&found.parts[whole.parts.clone()], *value).ok_or(Refused::TooLarge)?;
        for (part, thousandths) in parts[whole.parts.clone()].iter_mut().zip(thousandths) {
            part.estimate = thousandths as f64 / 10_f64.powi(DECIMALS.cast_signed());
            part.whole = Some(point);
        }
    }
    if !wanted.extrapolate {
        parts.retain(|part| part.whole.is_some());
    }
    Ok(Parted {
        line,
        source: pattern.source.clone(),
        parts,
        regression: found.regression,
        wholes: wholes.len(),
        left_out: line.of_one_channel().count() - wholes.len(),
    })
}

/// The places of the parts that a period is made of; none where it is not made of two or more whole ones.
fn places(parts: &[(Period, f64)], period: Period) -> Option<std::ops::Range<usize>> {
    let start = parts
        .iter()
        .position(|(part, _)| part.start == period.start)?;
    let length = parts[start..]
        .iter()
        .position(|(part, _)| part.end == period.end)?
        + 1;
    let within = &parts[start..start + length];
    let follow = |pair: &[(Period, f64)]| pair[0].0.end.succ_opt() == Some(pair[1].0.start);
    (length > 1 && within.windows(2).all(follow)).then_some(start..start + length)
}

/// What was done, for readers of a table.
fn method(parted: &Parted<'_>, wanted: &Wanted) -> String {
    let name = match wanted.method {
        Method::Denton => {
            return "Denton (1971), proportional first differences, first part free (Cholette)"
                .to_owned();
        }
        Method::ChowLin => "Chow and Lin (1971), maximum likelihood",
        Method::Fernandez => "Fernandez (1981)",
        Method::Litterman => "Litterman (1983), maximum likelihood",
    };
    let Some(regression) = &parted.regression else {
        return name.to_owned();
    };
    let rho = regression.rho.map_or_else(String::new, |rho| {
        let held = if regression.is_truncated {
            ", held at zero"
        } else {
            ""
        };
        format!("; rho {}{held}", rounded(rho, 4))
    });
    let intercept = regression.intercept.map_or_else(
        || "no intercept".to_owned(),
        |intercept| format!("intercept {}", rounded(intercept, 4)),
    );
    format!(
        "{name}; {intercept}, slope {}{rho}",
        rounded(regression.slope, 8)
    )
}

/// Parted lines as a frame, a row a part.
///
/// Columns: those of the subject (indicator, measure, origin, origin_id, location, location_id, since
/// (date), breakdown, claimant, channel), period_start, period_end (dates), estimate (decimal, of thousandths,
/// which add up to the whole exactly), standard_error (decimal; none for the method of Denton), kind
/// (distributed or extrapolated), status (estimated), whole (whole number), whole_start, whole_end (dates;
/// empty where no published number holds the part), pattern (decimal), pattern_source, method, assumption,
/// licence, notes, figure_id (of the whole).
///
/// # Errors
/// When polars cannot build the frame.
pub fn frame(
    figures: &Figures,
    lines: &[Parted<'_>],
    wanted: &Wanted,
) -> Result<DataFrame, PublishError> {
    let rows: Vec<(&Parted<'_>, &Part<'_>)> = lines
        .iter()
        .flat_map(|parted| parted.parts.iter().map(move |part| (parted, part)))
        .collect();
    let decimals = DECIMALS.cast_signed();
    let mut columns = Columns::default();
    let each = || rows.iter();
    let kind = |part: &Part<'_>| match part.whole {
        Some(_) => Kind::Distributed,
        None => Kind::Extrapolated,
    };
    subject(
        &mut columns,
        each().map(|(parted, _)| Some(&parted.line.series)),
    );
    columns.date(
        "period_start",
        each().map(|(_, part)| Some(part.period.start)),
    );
    columns.date("period_end", each().map(|(_, part)| Some(part.period.end)));
    columns.decimal(
        "estimate",
        each().map(|(_, part)| Some(rounded(part.estimate, decimals))),
    );
    columns.decimal(
        "standard_error",
        each().map(|(_, part)| part.standard_error.map(|error| rounded(error, decimals))),
    );
    columns.text("kind", each().map(|(_, part)| Some(kind(part).code())));
    columns.text("status", each().map(|_| Some(Status::Estimated.code())));
    columns.whole("whole", each().map(|(_, part)| part.whole?.quantity.value));
    columns.date(
        "whole_start",
        each().map(|(_, part)| Some(part.whole?.period.start)),
    );
    columns.date(
        "whole_end",
        each().map(|(_, part)| Some(part.whole?.period.end)),
    );
    columns.decimal("pattern", each().map(|(_, part)| Some(part.pattern)));
    columns.text(
        "pattern_source",
        each().map(|(parted, _)| Some(&parted.source)),
    );
    columns.text(
        "method",
        each().map(|(parted, _)| Some(method(parted, wanted))),
    );
    columns.text(
        "assumption",
        each().map(|_| Some(wanted.method.assumption())),
    );
    columns.text(
        "licence",
        each().map(|(_, part)| {
            let publication = &figures.publications[part.whole?.publication].publication;
            publication.licence.as_ref()
        }),
    );
    columns.text(
        "notes",
        each().map(|(_, part)| {
            Some(match part.whole {
                None => "no published number holds this part".to_owned(),
                Some(point) if point.provisional => "the whole is provisional".to_owned(),
                Some(point) => point.notes.clone().unwrap_or_default(),
            })
        }),
    );
    columns.text(
        "figure_id",
        each().map(|(_, part)| Some(part.whole?.figure.to_string())),
    );
    columns.frame()
}

/// The result of one line in a sentence.
pub fn in_words(parted: &Parted<'_>, wanted: &Wanted) -> String {
    let outside = parted
        .parts
        .iter()
        .filter(|part| part.whole.is_none())
        .count();
    let outside = if outside > 0 {
        format!(" ({outside} of them beyond the published numbers)")
    } else {
        String::new()
    };
    let explained = parted
        .regression
        .as_ref()
        .map_or_else(String::new, |regression| {
            format!(
                "; the pattern explains {} per cent of the variation of the wholes (adjusted)",
                rounded(100.0 * regression.adjusted_r_squared, 1)
            )
        });
    format!(
        "{} of {}: {} parted into {}{outside} along {}, by {}{explained}; the parts are estimates that add up to what was published, and nobody counted them: {}",
        parted.line.series.indicator,
        parted.line.series.claimant,
        counted(parted.wholes, "number", "numbers"),
        counted(parted.parts.len(), "part", "parts"),
        parted.source,
        method(parted, wanted),
        wanted.method.assumption(),
    )
}
