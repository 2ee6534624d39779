//! Parted years as a frame, and in a sentence.

use polars::prelude::DataFrame;

use super::{Kind, Part, Parted, Wanted};
use crate::analysis::disaggregate::{DECIMALS, LARGEST_RHO, Method};
use crate::figure::{Status, counted};
use crate::ledger::Figures;
use crate::publish::PublishError;
use crate::publish::compare::topic;
use crate::publish::frame::{Columns, rounded};
use crate::publish::revisions::subject;
use crate::publish::trend::upper_first;

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
        let held = match rho {
            _ if regression.is_truncated => ", held at zero",
            LARGEST_RHO.. => ", its upper limit, so that fernandez may fit better",
            _ => "",
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

/// What was done to a line, in a sentence without a stop.
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
    let last = parted.parts.last().map(|part| part.period.end);
    format!(
        "{}, {}: {} parted into {}{outside} along {}, by {}{explained}",
        upper_first(&topic(&parted.line.series, last.unwrap_or_default())),
        parted.line.series.claimant,
        counted(parted.wholes, "number", "numbers"),
        counted(parted.parts.len(), "part", "parts"),
        parted.source,
        method(parted, wanted),
    )
}

/// What the parts are and what they suppose, the same for all lines.
pub fn caution(wanted: &Wanted) -> String {
    format!(
        "the parts are estimates that add up to what was published, and nobody counted them: {}",
        wanted.method.assumption()
    )
}
