//! Whether lines rise or fall more than chance would have it, as a table and a sentence.

use polars::prelude::DataFrame;

use super::super::PublishError;
use super::super::frame::Columns;
use super::columns::{identity, provenance};
use super::kept::Kept;
use super::levels::{Cutting, cut};
use super::words::{number, probability, significant, subject};
use crate::analysis::change_point::{ChangePointError, Pettitt, Segmentation, pettitt};
use crate::analysis::cumulative::RevisionPolicy;
use crate::analysis::monotonic::{
    Corrected, MannKendall, Sequence, SequenceError, Tested, TheilSen, TrendError,
    benjamini_hochberg, hamed_rao, mann_kendall, pre_whitened, theil_sen,
};
use crate::figure::{Measure, counted};
use crate::ledger::Figures;
use crate::line::Line;

/// Below this a p is called small.
const SMALL: f64 = 0.05;

/// What was reckoned, and by whom it is described.
fn method(cutting: &Cutting) -> String {
    format!(
        "Mann-Kendall (variance corrected for ties; z and p with continuity correction, \
         p_no_continuity without); Hamed-Rao 1998 (significant lags at 0.05); trend-free \
         pre-whitening of Yue and others 2002; Theil-Sen slope with Sen's 95 % interval; PELT 2012 \
         ({}, penalty {} x {} variance x ln n); Pettitt 1979",
        cutting.cost, cutting.factor, cutting.spread
    )
}

const ASSUMPTIONS: &str = "without a trend the values are independent and of one distribution \
     (Mann-Kendall, Pettitt), or correlate with those before (Hamed-Rao, pre-whitening); a straight \
     line (slope); constant levels (PELT)";

/// Why a line is not tested.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum UntestedError {
    /// It makes no sequence.
    #[error(transparent)]
    Sequence(#[from] SequenceError),
    /// Its values are not such as can be tested.
    #[error(transparent)]
    Trend(#[from] TrendError),
    /// No change can be looked for.
    #[error(transparent)]
    ChangePoint(#[from] ChangePointError),
}

/// One line, tested.
#[derive(Debug)]
pub struct TrendTest<'l> {
    line: &'l Line,
    /// What was found; or why nothing was tested.
    pub found: Result<Found, UntestedError>,
    notes: Vec<String>,
}

/// What the tests of a line found.
#[derive(Debug)]
pub struct Found {
    sequence: Sequence,
    mann_kendall: MannKendall,
    theil_sen: TheilSen,
    hamed_rao: Result<Corrected, TrendError>,
    pre_whitened: Result<MannKendall, TrendError>,
    pettitt: Pettitt,
    levels: Result<Segmentation, ChangePointError>,
}

/// Tests a line: a stock and a flow by their values, a cumulative by what is new per day.
pub fn test<'l>(line: &'l Line, policy: RevisionPolicy, cutting: &Cutting) -> TrendTest<'l> {
    let kept = Kept::of(line);
    let found = kept
        .sequence(policy)
        .map_err(UntestedError::from)
        .and_then(|sequence| found(sequence, cutting));
    let mut notes = match &found {
        Ok(found) => found.notes(line),
        Err(error) => vec![error.to_string()],
    };
    notes.extend(kept.notes(policy));
    TrendTest { line, found, notes }
}

fn found(sequence: Sequence, cutting: &Cutting) -> Result<Found, UntestedError> {
    Ok(Found {
        mann_kendall: mann_kendall(&sequence)?,
        theil_sen: theil_sen(&sequence)?,
        hamed_rao: hamed_rao(&sequence),
        pre_whitened: pre_whitened(&sequence),
        pettitt: pettitt(sequence.values())?,
        levels: cut(&sequence, cutting).map(|(found, _)| found),
        sequence,
    })
}

impl Found {
    /// What a reader must know of the numbers.
    fn notes(&self, line: &Line) -> Vec<String> {
        let mut notes = Vec::new();
        match line.series.measure {
            Measure::Cumulative => notes.push(
                "a cumulative rises by construction, so what is new per day is tested".to_owned(),
            ),
            Measure::Stock => notes.push(
                "successive values of a stock speak of much the same people, so p is too small and \
                 the interval too narrow; see hamed_rao_p"
                    .to_owned(),
            ),
            Measure::Flow => {}
        }
        let steps = self.sequence.steps();
        if !steps.are_regular() {
            notes.push(format!(
                "values are {} apart: Mann-Kendall takes their order alone and the slope their \
                 days, but Hamed-Rao and pre-whitening assume equal spacing and take each value as \
                 one step",
                steps.in_words()
            ));
        }
        const FEW: usize = 20;
        if self.mann_kendall.points < FEW {
            notes.push(format!(
                "fewer than {FEW} values tell little of their serial correlation"
            ));
        }
        for (name, error) in [
            ("no hamed_rao_p", self.hamed_rao.as_ref().err()),
            ("no tfpw_p", self.pre_whitened.as_ref().err()),
        ] {
            notes.extend(error.map(|error| format!("{name}: {error}")));
        }
        if let Err(error) = &self.levels {
            notes.push(format!("no change_points: {error}"));
        }
        notes
    }

    fn is_small(&self) -> bool {
        self.mann_kendall.p < SMALL
    }

    fn is_small_corrected(&self) -> bool {
        self.hamed_rao.as_ref().is_ok_and(|test| test.p < SMALL)
    }
}

/// Tests as a frame, a row for each line.
///
/// Columns: location, location_id, origin_id, indicator, breakdown; from, to (dates: of the first and
/// last value that was tested); points (whole); step (how far values are apart); tested (stock, flow
/// per period, flow per day, new per day); s (whole), variance, z, p (decimals: Mann-Kendall with the
/// continuity correction), p_no_continuity, p_adjusted (p by Benjamini and Hochberg over the rows),
/// tau_b, hamed_rao_p, tfpw_p, sen_slope, sen_slope_low, sen_slope_high (decimals), sen_unit (per
/// year, per month, per day), sen_first (decimal: the height of the line on the first day),
/// change_points (the day of the first value at each new level, parted by semicolons), pettitt_date
/// (date: likewise), pettitt_p (decimal), method, assumptions, notes, claimant, channel, licence.
/// Where a line is not tested, its notes say why and its numbers are empty.
///
/// # Errors
/// When polars cannot build the frame.
pub fn test_frame(
    tests: &[TrendTest<'_>],
    cutting: &Cutting,
    figures: &Figures,
) -> Result<DataFrame, PublishError> {
    // Probabilities this far out are those of a normal curve, not of the data.
    const OF_PROBABILITIES: i32 = 4;
    const DIGITS: i32 = 9;
    let lines: Vec<&Line> = tests.iter().map(|test| test.line).collect();
    let found = || tests.iter().map(|test| test.found.as_ref().ok());
    let mut columns = Columns::default();
    identity(&mut columns, &lines);
    columns.date(
        "from",
        found().map(|found| found?.sequence.days().first().copied()),
    );
    columns.date(
        "to",
        found().map(|found| found?.sequence.days().last().copied()),
    );
    columns.whole(
        "points",
        found().map(|found| i64::try_from(found?.mann_kendall.points).ok()),
    );
    columns.text(
        "step",
        found().map(|found| Some(found?.sequence.steps().in_words())),
    );
    columns.text(
        "tested",
        found().map(|found| Some(found?.sequence.tested.code())),
    );
    columns.whole("s", found().map(|found| Some(found?.mann_kendall.s)));
    let mut decimal = |name: &str, digits: i32, of: &dyn Fn(&Found) -> Option<f64>| {
        let values = found().map(|found| of(found?).map(|value| significant(value, digits)));
        columns.decimal(name, values);
    };
    decimal("variance", DIGITS, &|found| {
        Some(found.mann_kendall.variance)
    });
    decimal("z", DIGITS, &|found| Some(found.mann_kendall.z));
    decimal("p", OF_PROBABILITIES, &|found| Some(found.mann_kendall.p));
    decimal("p_no_continuity", OF_PROBABILITIES, &|found| {
        Some(found.mann_kendall.p_uncorrected)
    });
    let p: Vec<f64> = found()
        .flatten()
        .map(|found| found.mann_kendall.p)
        .collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    columns.decimal(
        "p_adjusted",
        found().map(|found| {
            found?;
            adjusted.next().map(|p| significant(p, OF_PROBABILITIES))
        }),
    );
    let mut decimal = |name: &str, digits: i32, of: &dyn Fn(&Found) -> Option<f64>| {
        let values = found().map(|found| of(found?).map(|value| significant(value, digits)));
        columns.decimal(name, values);
    };
    decimal("tau_b", DIGITS, &|found| Some(found.mann_kendall.tau_b));
    decimal("hamed_rao_p", OF_PROBABILITIES, &|found| {
        Some(found.hamed_rao.as_ref().ok()?.p)
    });
    decimal("tfpw_p", OF_PROBABILITIES, &|found| {
        Some(found.pre_whitened.as_ref().ok()?.p)
    });
    decimal("sen_slope", DIGITS, &|found| Some(found.theil_sen.slope));
    decimal("sen_slope_low", DIGITS, &|found| {
        Some(found.theil_sen.interval.low)
    });
    decimal("sen_slope_high", DIGITS, &|found| {
        Some(found.theil_sen.interval.high)
    });
    columns.text(
        "sen_unit",
        found().map(|found| Some(format!("per {}", found?.theil_sen.unit))),
    );
    columns.decimal(
        "sen_first",
        found().map(|found| Some(significant(found?.theil_sen.intercept, DIGITS))),
    );
    columns.text(
        "change_points",
        found().map(|found| {
            let found = found?;
            let days = found.sequence.days();
            let changes = found.levels.as_ref().ok()?.changes();
            let changes: Vec<String> = changes.map(|index| days[index].to_string()).collect();
            Some(changes.join(";"))
        }),
    );
    columns.date(
        "pettitt_date",
        found().map(|found| {
            let found = found?;
            found.sequence.days().get(found.pettitt.after).copied()
        }),
    );
    columns.decimal(
        "pettitt_p",
        found().map(|found| Some(significant(found?.pettitt.p, OF_PROBABILITIES))),
    );
    let method = method(cutting);
    columns.text("method", found().map(|found| found.map(|_| &method)));
    columns.text(
        "assumptions",
        found().map(|found| found.map(|_| ASSUMPTIONS)),
    );
    columns.text(
        "notes",
        tests.iter().map(|test| Some(test.notes.join("; "))),
    );
    provenance(&mut columns, &lines, figures);
    columns.frame()
}

/// The result in one sentence; none where nothing was tested.
pub fn test_sentence(tests: &[TrendTest<'_>]) -> Option<String> {
    let tested: Vec<(&Line, &Found)> = tests
        .iter()
        .filter_map(|test| Some((test.line, test.found.as_ref().ok()?)))
        .collect();
    match tested.as_slice() {
        [] => None,
        [(line, found)] if tests.len() == 1 => Some(of_one(line, found)),
        _ => Some(of_many(&tested, tests.len())),
    }
}

fn of_one(line: &Line, found: &Found) -> String {
    let (test, slope) = (&found.mann_kendall, &found.theil_sen);
    let subject = subject(line, Some(found.sequence.tested), found.sequence.days());
    let per = match found.sequence.tested {
        Tested::Stock | Tested::FlowPerPeriod => format!("a {}", slope.unit),
        Tested::FlowPerDay | Tested::NewPerDay => format!("per day with each {}", slope.unit),
    };
    let (p, points) = (probability(test.p), counted(test.points, "point", "points"));
    let (low, high) = (slope.interval.low, slope.interval.high);
    if !found.is_small() {
        return format!(
            "{subject}: no trend can be told from chance (Mann-Kendall {p}, {points}; Theil-Sen {} \
             {per}, 95 % interval {} to {}), which does not say that nothing changed",
            number(slope.slope),
            number(low),
            number(high)
        );
    }
    let corrected = found.hamed_rao.as_ref().ok().map(|test| test.p);
    let steps = if found.sequence.steps().are_regular() {
        ""
    } else {
        ", each value taken as one step"
    };
    if let Some(corrected) = corrected.filter(|corrected| *corrected >= SMALL) {
        return format!(
            "{subject}: no trend can be told from chance once {} (Hamed-Rao {}{steps}, {points}; \
             Mann-Kendall {p} takes them as independent; Theil-Sen {} {per}, 95 % interval {} to \
             {}), which does not say that nothing changed",
            match line.series.measure {
                Measure::Stock =>
                    "it is allowed for that successive stocks speak of much the same people",
                _ => "it is allowed for that values resemble those before",
            },
            probability(corrected),
            number(slope.slope),
            number(low),
            number(high)
        );
    }
    let (verb, ends) = if test.s > 0 {
        ("rose", (low, high))
    } else {
        ("fell", (-high, -low))
    };
    let serial = match (line.series.measure, corrected) {
        (_, None) => {
            "p takes the values as independent, and their serial correlation could not be \
             reckoned"
                .to_owned()
        }
        (Measure::Stock, Some(corrected)) => format!(
            "successive stocks speak of much the same people, so p is too small: Hamed-Rao {}{steps}",
            probability(corrected)
        ),
        (_, Some(corrected)) => format!(
            "with their serial correlation Hamed-Rao {}{steps}",
            probability(corrected)
        ),
    };
    format!(
        "{subject}: {verb} by {} {per} (Theil-Sen, 95 % interval {} to {}; Mann-Kendall {p}, \
         {points}); {serial}; this says neither why nor that it goes on",
        number(slope.slope.abs()),
        number(ends.0),
        number(ends.1)
    )
}

fn of_many(tested: &[(&Line, &Found)], lines: usize) -> String {
    let count = |of: &dyn Fn(&Found) -> bool| tested.iter().filter(|(_, found)| of(found)).count();
    let rising = count(&|found| found.is_small() && found.mann_kendall.s > 0);
    let falling = count(&|found| found.is_small() && found.mann_kendall.s < 0);
    let corrected = count(&Found::is_small_corrected);
    let p: Vec<f64> = tested
        .iter()
        .map(|(_, found)| found.mann_kendall.p)
        .collect();
    let adjusted = benjamini_hochberg(&p);
    let adjusted = adjusted.iter().filter(|p| **p < SMALL).count();
    let untested = match lines - tested.len() {
        0 => String::new(),
        count => format!(
            "; {} not tested, for the reasons in their notes",
            counted(count, "line was", "lines were")
        ),
    };
    format!(
        "of {} tested, {rising} rose and {falling} fell with p < 0.05 (Mann-Kendall), where chance \
         alone gives {} on average; of all, {corrected} have p < 0.05 with Hamed-Rao's correction for \
         serial correlation, and {adjusted} with Benjamini-Hochberg's for the number of tests{untested}",
        counted(tested.len(), "line", "lines"),
        number(SMALL * tested.len() as f64),
    )
}
