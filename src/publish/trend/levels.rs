//! Where the level of lines changes, as a table and a sentence.

use chrono::NaiveDate;
use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::{Columns, rounded};
use super::columns::{identity, provenance};
use super::kept::Kept;
use super::test::UntestedError;
use super::words::{moment, number, significant, subject};
use crate::analysis::change_point::{ChangePointError, Cost, Penalty, Segmentation, Spread, pelt};
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::monotonic::{Sequence, Tested};
use crate::figure::counted;
use crate::ledger::Figures;
use crate::line::Line;

/// How a line is cut into levels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutting {
    /// How badly a level fits.
    pub cost: Cost,
    /// How the size of chance is measured.
    pub spread: Spread,
    /// How many variances, times the logarithm of the number of points, a change costs.
    pub factor: f64,
    /// The fewest values of one level.
    pub least: usize,
}

impl Default for Cutting {
    fn default() -> Self {
        Self {
            cost: Cost::Squares,
            spread: Spread::default(),
            factor: Penalty::SCHWARZ,
            least: 2,
        }
    }
}

/// One line, cut into levels.
#[derive(Debug)]
pub struct LevelRow<'l> {
    line: &'l Line,
    /// What was found; or why nothing was looked for.
    pub found: Result<Levels, UntestedError>,
    notes: Vec<String>,
}

/// The levels of a line.
#[derive(Debug)]
pub struct Levels {
    sequence: Sequence,
    segmentation: Segmentation,
    penalty: Penalty,
}

/// Cuts a sequence into levels, with the penalty that was used.
pub(super) fn cut(
    sequence: &Sequence,
    cutting: &Cutting,
) -> Result<(Segmentation, Penalty), ChangePointError> {
    let values = sequence.values();
    let penalty = Penalty::of(values, cutting.cost, cutting.spread, cutting.factor)?;
    let found = pelt(values, cutting.cost, penalty.value(), cutting.least)?;
    Ok((found, penalty))
}

/// Cuts a line into levels: a stock and a flow by their values, a cumulative by what is new per day.
pub fn levels<'l>(line: &'l Line, policy: RevisionPolicy, cutting: &Cutting) -> LevelRow<'l> {
    let kept = Kept::of(line);
    let found = kept
        .sequence(policy)
        .map_err(UntestedError::from)
        .and_then(|sequence| {
            let (segmentation, penalty) = cut(&sequence, cutting)?;
            Ok(Levels {
                sequence,
                segmentation,
                penalty,
            })
        });
    let mut notes = match &found {
        Ok(found) => found.notes(),
        Err(error) => vec![error.to_string()],
    };
    notes.extend(kept.notes(policy));
    LevelRow { line, found, notes }
}

impl Levels {
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        // Twice the standard error of a correlation of independent values.
        let bound = 2.0 / (self.penalty.points as f64).sqrt();
        let found = self.penalty.correlation;
        if found > bound && self.penalty.spread != Spread::LongRun {
            notes.push(format!(
                "values resemble those before (robust correlation {}), so that some changes may be \
                 chance; --spread long_run allows for it",
                rounded(found, 2)
            ));
        }
        if self.penalty.wanders() {
            notes.push(
                "the series wanders like a sum of chances, so that levels are hardly a description of it"
                    .to_owned(),
            );
        }
        if self.sequence.tested == Tested::NewPerDay {
            notes.push(
                "a cumulative rises by construction, so what is new per day is cut".to_owned(),
            );
        }
        notes
    }

    /// The days of the first and the last value of a segment.
    fn days(&self, start: usize, end: usize) -> Option<(NaiveDate, NaiveDate)> {
        let days = self.sequence.days().get(start..end)?;
        Some((*days.first()?, *days.last()?))
    }
}

/// How the penalty came about: "2 x variance x ln(100)".
fn penalty_in_words(penalty: &Penalty, cost: Cost) -> String {
    let variance = match cost {
        Cost::Squares => "variance",
        Cost::Poisson => "dispersion",
    };
    let measured = match penalty.spread {
        Spread::LongRun => format!(
            "long-run, correlation {}, by median absolute deviations of differences",
            number(penalty.correlation)
        ),
        Spread::FirstDifferences => "median absolute deviation of first differences".to_owned(),
        Spread::Sample => "all values".to_owned(),
    };
    format!(
        "{} x {variance} {} ({measured}) x ln {}",
        penalty.factor,
        number(penalty.variance),
        penalty.points
    )
}

const fn method(cost: Cost) -> &'static str {
    match cost {
        Cost::Squares => "PELT 2012, least squares (l2)",
        Cost::Poisson => "PELT 2012, Poisson likelihood",
    }
}

const ASSUMPTIONS: &str = "constant levels with independent deviations from them; a steady rise is cut into steps as well";

/// Levels as a frame, a row for each segment of each line.
///
/// Columns: location, location_id, origin_id, indicator, breakdown; from, to (dates: of the first and
/// last value of the segment), points (whole), mean, change, change_percent (decimals: against the
/// segment before), tested, penalty (decimal, in squares of the values; of Poisson's likelihood in
/// units of the deviance), penalty_scale (how it came about), squares_before, squares_after (sums of
/// squared deviations from one level and from those found), method, assumptions, notes, claimant,
/// channel, licence. A line that is not cut has one row, whose notes say why.
///
/// # Errors
/// When polars cannot build the frame.
pub fn level_frame(
    rows: &[LevelRow<'_>],
    cutting: &Cutting,
    figures: &Figures,
) -> Result<DataFrame, PublishError> {
    struct Cell<'r> {
        row: &'r LevelRow<'r>,
        found: Option<(&'r Levels, usize)>,
    }
    const DIGITS: i32 = 9;
    let cells: Vec<Cell<'_>> = rows
        .iter()
        .flat_map(|row| {
            let found = row.found.as_ref().ok();
            let count = found.map_or(1, |found| found.segmentation.segments.len());
            (0..count).map(move |index| Cell {
                row,
                found: found.map(|found| (found, index)),
            })
        })
        .collect();
    let lines: Vec<&Line> = cells.iter().map(|cell| cell.row.line).collect();
    let found = || cells.iter().map(|cell| cell.found);
    let mean = |levels: &Levels, index: usize| levels.segmentation.segments[index].mean;
    let days = |levels: &Levels, index: usize| {
        let segment = &levels.segmentation.segments[index];
        levels.days(segment.start, segment.end)
    };
    let mut columns = Columns::default();
    identity(&mut columns, &lines);
    columns.date(
        "from",
        found().map(|found| found.and_then(|(of, index)| days(of, index)).map(|of| of.0)),
    );
    columns.date(
        "to",
        found().map(|found| found.and_then(|(of, index)| days(of, index)).map(|of| of.1)),
    );
    columns.whole(
        "points",
        found().map(|found| {
            let (of, index) = found?;
            i64::try_from(of.segmentation.segments[index].points()).ok()
        }),
    );
    let mut decimal = |name: &str, of: &dyn Fn(&Levels, usize) -> Option<f64>| {
        let values = found().map(|found| {
            let (levels, index) = found?;
            of(levels, index).map(|value| significant(value, DIGITS))
        });
        columns.decimal(name, values);
    };
    decimal("mean", &|of, index| Some(mean(of, index)));
    decimal("change", &|of, index| {
        Some(mean(of, index) - mean(of, index.checked_sub(1)?))
    });
    decimal("change_percent", &|of, index| {
        let before = mean(of, index.checked_sub(1)?);
        (before > 0.0).then(|| rounded(100.0 * (mean(of, index) / before - 1.0), 2))
    });
    columns.text(
        "tested",
        found().map(|found| Some(found?.0.sequence.tested.code())),
    );
    columns.decimal(
        "penalty",
        found().map(|found| Some(significant(found?.0.penalty.value(), DIGITS))),
    );
    columns.text(
        "penalty_scale",
        found().map(|found| Some(penalty_in_words(&found?.0.penalty, cutting.cost))),
    );
    columns.decimal(
        "squares_before",
        found().map(|found| Some(significant(found?.0.segmentation.squares_before, DIGITS))),
    );
    columns.decimal(
        "squares_after",
        found().map(|found| Some(significant(found?.0.segmentation.squares_after, DIGITS))),
    );
    columns.text(
        "method",
        found().map(|found| found.map(|_| method(cutting.cost))),
    );
    columns.text(
        "assumptions",
        found().map(|found| found.map(|_| ASSUMPTIONS)),
    );
    columns.text(
        "notes",
        cells.iter().map(|cell| Some(cell.row.notes.join("; "))),
    );
    provenance(&mut columns, &lines, figures);
    columns.frame()
}

/// The result in one sentence; none where nothing was cut.
pub fn level_sentence(rows: &[LevelRow<'_>], cutting: &Cutting) -> Option<String> {
    let found: Vec<(&Line, &Levels)> = rows
        .iter()
        .filter_map(|row| Some((row.line, row.found.as_ref().ok()?)))
        .collect();
    const CAVEAT: &str = "a change of level says neither what changed nor that it was sudden";
    let method = method(cutting.cost);
    match found.as_slice() {
        [] => None,
        [(line, levels)] if rows.len() == 1 => {
            let segments = &levels.segmentation.segments;
            let days = levels.sequence.days();
            let changes: Vec<String> = segments
                .windows(2)
                .map(|pair| {
                    format!(
                        "from {} to {} from {} on",
                        number(pair[0].mean),
                        number(pair[1].mean),
                        moment(days[pair[1].start])
                    )
                })
                .collect();
            let changes = match changes.as_slice() {
                [] => "no change of level can be told from chance".to_owned(),
                [one] => format!("the mean changed {one}"),
                many => format!("the mean changed {} times: {}", many.len(), many.join(", ")),
            };
            Some(format!(
                "{}: {changes} ({method}, {}, penalty {}); {CAVEAT}",
                subject(line, Some(levels.sequence.tested), days),
                counted(days.len(), "point", "points"),
                penalty_in_words(&levels.penalty, cutting.cost)
            ))
        }
        many => {
            let changed = many
                .iter()
                .filter(|(_, levels)| levels.segmentation.segments.len() > 1);
            Some(format!(
                "of {} cut, the level of {} changed ({method}, penalty {} x variance x ln n); {CAVEAT}",
                counted(many.len(), "line", "lines"),
                changed.count(),
                cutting.factor
            ))
        }
    }
}
