//! From where to where: the newest figures of pairs of places as flow, chord and matrix charts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::bars;
use super::words::{common, place_in, spec as with_words};
use super::{Brief, DepictError};
use crate::chart::words::fill;
use crate::chart::{
    ChartKind, ChartSpec, ChordChart, Exchange, FlowChart, Language, Marks, MatrixChart, Movement,
};
use crate::figure::{Measure, PlaceId, Qualifier, Quantity, Status};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::place;
use crate::publish::place_name;
use crate::publish::summary::{self, RowType, Summary, is_left_over, states_a_total};
use crate::vocabulary;

/// Which chart of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairForm {
    /// Ribbons from origins to destinations.
    Flow,
    /// Ribbons between places around a circle.
    Chord,
    /// Tinted cells.
    Matrix,
}

/// What is wanted of a chart of pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairsWanted<'a> {
    /// The form.
    pub form: PairForm,
    /// The newest figure not after this day.
    pub at: Option<NaiveDate>,
    /// Only the largest places on each side; the rest is gathered in one.
    pub top: Option<usize>,
    /// The sums over the same lines; none where they may not be added, which only a matrix bears.
    pub summary: Option<&'a Summary>,
}

/// A pair with its newest figure.
#[derive(Clone, Copy)]
struct Pair<'a> {
    from: &'a PlaceId,
    to: &'a PlaceId,
    line: &'a Line,
    point: &'a Point,
}

impl Pair<'_> {
    fn size(&self) -> i64 {
        let quantity = self.point.quantity;
        quantity.value.or(quantity.low).unwrap_or(0)
    }
}

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    wanted: &PairsWanted<'_>,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let series = common(lines)?;
    let origins: BTreeSet<Option<&PlaceId>> = lines
        .iter()
        .map(|line| line.series.origin.as_ref())
        .collect();
    if origins.contains(&None) {
        return Err(DepictError::Mixed(
            "a chart of where people went from needs figures by origin; choose with --origin or --indicator"
                .to_owned(),
        ));
    }
    if wanted.form != PairForm::Matrix {
        // Places are as large as the sum of their pairs, so there must be one.
        has_total(wanted.summary)?;
    }
    if let (PairForm::Flow, 1, Some(summary)) = (wanted.form, origins.len(), wanted.summary) {
        return Ok(fan(figures, lines, summary, brief));
    }
    for line in lines {
        let differs = |what: &str| {
            DepictError::Mixed(format!(
                "one chart of pairs shows one {what}, and there are several; choose one with --{what}"
            ))
        };
        if line.series.indicator != series.indicator {
            return Err(differs("indicator"));
        }
        if line.series.breakdown != series.breakdown {
            return Err(differs("breakdown"));
        }
    }
    let mut pairs = pairs(figures, lines, wanted.at);
    if wanted.form != PairForm::Matrix {
        // Nobody makes no ribbon.
        pairs.retain(|pair| pair.size() > 0);
    }
    let kept = Kept::new(&pairs, wanted, &brief.emphasis);
    let adds_up = has_total(wanted.summary).is_ok();
    if !adds_up {
        pairs.retain(|pair| kept.holds(pair));
    }
    let language = brief.language;
    let mut brief = brief.clone();
    if !adds_up && kept.left_out > 0 {
        let text = &language.words().movement.not_drawn;
        brief.notes.push(language.counted(text, kept.left_out));
    }
    let exchange = Exchange {
        movements: movements(&pairs, &kept, language)?,
        emphasis: names(&pairs, language, |id| {
            brief.emphasis.iter().any(|own| own == id.as_str())
        }),
        rest: std::iter::once(language.words().movement.others.to_owned())
            .chain(names(&pairs, language, |id| is_left_over(Some(id))))
            .collect(),
        unit: language.unit(series.unit).to_owned(),
    };
    let kind = match wanted.form {
        PairForm::Flow => ChartKind::Flow(FlowChart { exchange }),
        PairForm::Chord => ChartKind::Chord(ChordChart { exchange }),
        PairForm::Matrix => ChartKind::Matrix(MatrixChart {
            exchange,
            totals: adds_up,
            keeps_order: false,
        }),
    };
    let drawn: Vec<(&Line, &Point)> = pairs.iter().map(|pair| (pair.line, pair.point)).collect();
    let title = title(&pairs, &kept, adds_up, &brief);
    Ok(with_words(kind, figures, &drawn, &brief, title, ""))
}

/// Refuses sums that are none.
fn has_total(summary: Option<&Summary>) -> Result<(), DepictError> {
    let mut rows = summary.iter().flat_map(|summary| &summary.rows);
    if rows.any(|row| row.row_type == RowType::Total && row.figure_id.is_none()) {
        return Ok(());
    }
    Err(DepictError::Mixed(
        "what is known here names only some destinations, beside a total that its source states; draw them as bars".to_owned(),
    ))
}

/// One origin with its destinations.
fn fan(figures: &Figures, lines: &[Line], summary: &Summary, brief: &Brief) -> ChartSpec {
    let usual = bars::usual_day(summary);
    let brief = &bars::with_emphasis(summary, brief);
    let origin = lines
        .iter()
        .find_map(|line| line.series.origin.as_ref())
        .map_or("", |id| place_in(id, brief.language));
    let mut exchange = Exchange {
        unit: lines
            .first()
            .map_or("", |line| brief.language.unit(line.series.unit))
            .to_owned(),
        ..Exchange::default()
    };
    for row in bars::parts(summary) {
        let Some(value) = row.quantity.value.or(row.quantity.low) else {
            continue;
        };
        let label = bars::label(summary, row, brief.language);
        let (_, detail) = bars::detail(row, usual, brief.language);
        if bars::is_emphasised(row, brief) {
            exchange.emphasis.push(label.clone());
        }
        if bars::is_rest(row) {
            exchange.rest.push(label.clone());
        }
        exchange.movements.push(Movement {
            origin: origin.to_owned(),
            destination: label,
            value: Some(value as f64),
            qualifier: Some(row.quantity.qualifier),
            marks: bars::row_marks(row),
            detail,
        });
    }
    let kind = ChartKind::Flow(FlowChart { exchange });
    let points = bars::drawn(lines, summary);
    let (title, brief) = bars::titled(summary, lines, brief);
    with_words(kind, figures, &points, &brief, title, "")
}

/// The newest figure of each pair, without what a source states for a region or the world.
fn pairs<'a>(figures: &Figures, lines: &'a [Line], at: Option<NaiveDate>) -> Vec<Pair<'a>> {
    let silent: BTreeSet<_> = figures
        .not_reported
        .iter()
        .map(|silent| &figures.series[silent.series])
        .collect();
    let newest = |line: &'a Line| {
        let mut points = line.points.iter().rev();
        points.find(|point| at.is_none_or(|at| point.period.end <= at))
    };
    lines
        .iter()
        .filter(|line| !silent.contains(&line.series))
        .filter_map(|line| {
            let origin = line.series.origin.as_ref()?;
            let location = line.series.location.as_ref()?;
            // Of those who returned, the origin is where they went back to.
            let returns = &*line.series.indicator == "refugee_returns";
            let (from, to) = if returns {
                (location, origin)
            } else {
                (origin, location)
            };
            Some(Pair {
                from,
                to,
                line,
                point: newest(line)?,
            })
        })
        .filter(|pair| !states_a_total(Some(pair.from)) && !states_a_total(Some(pair.to)))
        .collect()
}

/// Which places are drawn by name.
struct Kept<'a> {
    from: BTreeSet<&'a PlaceId>,
    to: BTreeSet<&'a PlaceId>,
    left_out: usize,
}

impl<'a> Kept<'a> {
    fn new(pairs: &[Pair<'a>], wanted: &PairsWanted<'_>, emphasis: &[String]) -> Self {
        let mut sides: [BTreeMap<&PlaceId, i64>; 2] = [BTreeMap::new(), BTreeMap::new()];
        for pair in pairs {
            // Around a circle, both sides are one.
            let circle = wanted.form == PairForm::Chord;
            let ends = [(0, pair.from), (usize::from(!circle), pair.to)];
            for (side, place) in ends {
                let sum = sides[side].entry(place).or_default();
                *sum = sum.saturating_add(pair.size());
            }
        }
        let mut left_out = 0;
        let mut keep = |sums: &BTreeMap<&'a PlaceId, i64>| -> BTreeSet<&'a PlaceId> {
            let mut order: Vec<(&'a PlaceId, i64)> =
                sums.iter().map(|(id, sum)| (*id, *sum)).collect();
            order.sort_by_key(|(id, sum)| {
                (
                    is_left_over(Some(id)),
                    std::cmp::Reverse(*sum),
                    id.as_str().to_owned(),
                )
            });
            // One place alone is named as well as gathered.
            let top = wanted
                .top
                .filter(|top| top + 1 < order.len())
                .unwrap_or(order.len());
            let named = |id: &PlaceId| emphasis.iter().any(|own| own == id.as_str());
            let kept: BTreeSet<&PlaceId> = order
                .iter()
                .enumerate()
                .filter(|(index, (id, _))| *index < top || named(id))
                .map(|(_, (id, _))| *id)
                .collect();
            left_out += order.len() - kept.len();
            kept
        };
        let from = keep(&sides[0]);
        let to = if wanted.form == PairForm::Chord {
            from.clone()
        } else {
            keep(&sides[1])
        };
        Self { from, to, left_out }
    }

    fn holds(&self, pair: &Pair<'_>) -> bool {
        self.from.contains(pair.from) && self.to.contains(pair.to)
    }
}

/// Pairs by name, those of places that are not kept added up.
fn movements(
    pairs: &[Pair<'_>],
    kept: &Kept<'_>,
    language: Language,
) -> Result<Vec<Movement>, DepictError> {
    let words = language.words();
    let name = |places: &BTreeSet<&PlaceId>, id: &PlaceId| {
        if places.contains(id) {
            place_in(id, language).to_owned()
        } else {
            words.movement.others.to_owned()
        }
    };
    let mut cells: BTreeMap<(String, String), Vec<&Pair<'_>>> = BTreeMap::new();
    for pair in pairs {
        let key = (name(&kept.from, pair.from), name(&kept.to, pair.to));
        cells.entry(key).or_default().push(pair);
    }
    let usual = usual_day(pairs);
    cells
        .into_iter()
        .map(|((origin, destination), members)| {
            let quantity = match members.as_slice() {
                [only] => only.point.quantity,
                _ => summary::add(members.iter().map(|pair| pair.point.quantity))
                    .map_err(|refusal| DepictError::Mixed(refusal.to_string()))?,
            };
            let value = quantity.value.or(quantity.low);
            let detail = match (members.as_slice(), usual) {
                ([only], Some(usual)) if only.point.period.end != usual => {
                    let day = language.day_beside(only.point.period.end, usual);
                    fill(words.dates.as_of, &[&day])
                }
                _ => String::new(),
            };
            Ok(Movement {
                origin,
                destination,
                value: value.map(|value| value as f64),
                qualifier: Some(quantity.qualifier),
                marks: marks(&members, quantity),
                detail,
            })
        })
        .collect()
}

fn marks(members: &[&Pair<'_>], quantity: Quantity) -> Marks {
    let any = |test: fn(&Point) -> bool| members.iter().any(|pair| test(pair.point));
    Marks {
        provisional: any(|point| point.provisional || point.quantity.status == Status::Provisional),
        estimated: any(|point| point.quantity.status == Status::Estimated),
        projected: any(|point| {
            matches!(point.quantity.status, Status::Projected | Status::Planned)
        }),
        at_least: matches!(quantity.qualifier, Qualifier::AtLeast | Qualifier::MoreThan),
        prose: any(|point| point.prose),
        revised: false,
    }
}

/// The day of most pairs.
fn usual_day(pairs: &[Pair<'_>]) -> Option<NaiveDate> {
    let mut days: Vec<NaiveDate> = pairs.iter().map(|pair| pair.point.period.end).collect();
    days.sort_unstable();
    days.chunk_by(|a, b| a == b)
        .max_by_key(|run| (run.len(), run[0]))
        .map(|run| run[0])
}

/// The names of those places of pairs that pass a test.
fn names(pairs: &[Pair<'_>], language: Language, test: impl Fn(&PlaceId) -> bool) -> Vec<String> {
    let ids: BTreeSet<&PlaceId> = pairs.iter().flat_map(|pair| [pair.from, pair.to]).collect();
    ids.into_iter()
        .filter(|id| test(id))
        .map(|id| place_in(id, language).to_owned())
        .collect()
}

/// The largest pair, its number and, where there is a total, its share; of the places that the
/// title is to speak of, where there are some.
fn title(pairs: &[Pair<'_>], kept: &Kept<'_>, adds_up: bool, brief: &Brief) -> String {
    let is_named = |pair: &Pair<'_>| {
        let ids = [pair.from.as_str(), pair.to.as_str()];
        brief.emphasis.iter().any(|own| ids.contains(&own.as_str()))
    };
    let largest = pairs
        .iter()
        .filter(|pair| kept.holds(pair))
        .reduce(|most, pair| {
            let rank = |pair: &Pair<'_>| (is_named(pair), pair.size());
            if rank(pair) > rank(most) { pair } else { most }
        });
    let Some(largest) = largest else {
        return String::new();
    };
    let within = |id: &PlaceId| {
        place::place(id).map_or_else(|| place_name(id).to_owned(), |place| place.in_text())
    };
    let (from, to) = (within(largest.from), within(largest.to));
    let series = &largest.line.series;
    let label = vocabulary::indicator(&series.indicator)
        .map_or(&*series.indicator, |indicator| indicator.label.as_str());
    let stock = series.measure == Measure::Stock;
    let (course, what) = match (largest.from == largest.to, stock) {
        (true, _) => (format!("in {to}"), "the largest group"),
        (false, true) => (format!("from {from} in {to}"), "the largest group"),
        (false, false) => (format!("from {from} to {to}"), "the most"),
    };
    let named = [largest.from, largest.to]
        .into_iter()
        .find(|id| brief.emphasis.iter().any(|own| own == id.as_str()));
    // Of the places that the title speaks of, the largest need not be the largest of all.
    let of = named.map_or_else(String::new, |id| format!(" from or in {}", within(id)));
    let total: i64 = pairs.iter().map(Pair::size).fold(0, i64::saturating_add);
    let share = 100.0 * largest.size() as f64 / total.max(1) as f64;
    let share = if adds_up && share < 99.95 {
        format!(", {share:.0}% of all shown")
    } else {
        String::new()
    };
    format!(
        "{label} {course} are {what}{of}: {}{share}",
        largest.point.quantity
    )
}
