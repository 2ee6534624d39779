//! A population by age and sex, of one day.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{common, labels, places, spec as with_words, value_kind};
use super::{Brief, DepictError};
use crate::chart::number;
use crate::chart::words::fill;
use crate::chart::{AgeGroup, Amount, ChartKind, ChartSpec, Language, PyramidChart};
use crate::figure::{Breakdown, Quantity};
use crate::ledger::Figures;
use crate::line::{Line, Point};
use crate::publish::sentence::day;
use crate::publish::summary::{RowType, Wanted, summary};
use crate::vocabulary;

const AGE: &str = "age";
const SEX: &str = "sex";

/// Lines of one age and one sex.
type Cells = BTreeMap<(String, String), Vec<Line>>;

pub(super) fn spec(
    figures: &Figures,
    lines: &[Line],
    share: bool,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let day_of_all = newest_day(lines)?;
    let of_day: Vec<Line> = lines
        .iter()
        .filter_map(|line| on(line, day_of_all))
        .collect();
    let cells = cells(&of_day);
    let ages = ages(&cells)?;
    let drawn: Vec<Line> = cells
        .iter()
        .filter(|((age, sex), _)| ages.contains(age) && matches!(sex.as_str(), "m" | "f"))
        .flat_map(|(_, lines)| lines.iter().cloned())
        .collect();
    let series = common(&drawn)?.clone();
    one_population(&drawn)?;
    let mut groups = Vec::with_capacity(ages.len());
    let mut points: Vec<(&Line, &Point)> = Vec::new();
    for age in &ages {
        let amount = |sex: &str| -> Result<Amount, DepictError> {
            let cell = cells.get(&(age.clone(), sex.to_owned()));
            cell.map_or(Ok(Amount::default()), |lines| sum(figures, lines))
        };
        groups.push(AgeGroup {
            label: vocabulary::dimension(AGE)
                .map_or(age.as_str(), |known| known.label_of(age))
                .to_owned(),
            male: amount("m")?,
            female: amount("f")?,
        });
    }
    for line in &drawn {
        points.extend(line.points.first().map(|point| (line, point)));
    }
    let language = brief.language;
    let mut brief = brief.clone();
    brief
        .notes
        .extend(unknown(figures, &cells, &of_day, &groups, language));
    brief.notes.extend(uneven(&ages, language));
    let title = title(&ages, &groups, &points).unwrap_or_default();
    let unit = if share {
        "per cent of all that are shown"
    } else {
        Language::English.unit(series.unit)
    };
    let subtitle = format!(
        "{}{}, by age and sex, {unit}, {}",
        labels(&points),
        places(&points),
        day(day_of_all)
    );
    brief.subtitle.get_or_insert(subtitle);
    let kind = ChartKind::Pyramid(PyramidChart {
        groups,
        share,
        values: value_kind(series.unit),
    });
    Ok(with_words(kind, figures, &points, &brief, title, ""))
}

/// The newest day on which something is known by age and sex.
fn newest_day(lines: &[Line]) -> Result<chrono::NaiveDate, DepictError> {
    lines
        .iter()
        .filter(|line| {
            let breakdown = &line.series.breakdown;
            breakdown.get(AGE).is_some() && breakdown.get(SEX).is_some()
        })
        .filter_map(|line| Some(line.points.last()?.period.end))
        .max()
        .ok_or_else(|| {
            DepictError::Mixed(
                "a pyramid needs figures by age and sex, and none of these are; see what there is with humstat figures".to_owned(),
            )
        })
}

/// The line with its point of a day alone.
fn on(line: &Line, day: chrono::NaiveDate) -> Option<Line> {
    let point = line.points.iter().find(|point| point.period.end == day)?;
    Some(Line {
        points: vec![point.clone()],
        gaps: Vec::new(),
        ..line.clone()
    })
}

fn cells(lines: &[Line]) -> Cells {
    let mut cells = Cells::new();
    for line in lines {
        let breakdown = &line.series.breakdown;
        if let (Some(age), Some(sex)) = (breakdown.get(AGE), breakdown.get(SEX)) {
            cells
                .entry((age.to_owned(), sex.to_owned()))
                .or_default()
                .push(line.clone());
        }
    }
    cells
}

/// The ages that are drawn, the youngest first: the narrowest that do not overlap.
fn ages(cells: &Cells) -> Result<Vec<String>, DepictError> {
    let codes: BTreeSet<&str> = cells.keys().map(|(age, _)| age.as_str()).collect();
    let dimension =
        vocabulary::dimension(AGE).map_err(|error| DepictError::Mixed(error.to_string()))?;
    let mut known: Vec<(u8, u8, &str)> = codes
        .into_iter()
        .filter_map(|code| {
            let (first, last) = dimension.ages(code)?;
            Some((first, last, code))
        })
        .collect();
    known.sort_by_key(|(first, last, _)| (last - first, *first));
    let mut kept: Vec<(u8, u8, &str)> = Vec::new();
    for age in known {
        if kept
            .iter()
            .all(|(first, last, _)| age.1 < *first || age.0 > *last)
        {
            kept.push(age);
        }
    }
    kept.sort_unstable();
    if kept.is_empty() {
        return Err(DepictError::Mixed(
            "a pyramid needs age groups with limits, such as 5-11, and these have none".to_owned(),
        ));
    }
    Ok(kept.into_iter().map(|(.., code)| code.to_owned()).collect())
}

/// Refuses lines that differ in more than age, sex and what a total may add up.
fn one_population(lines: &[Line]) -> Result<(), DepictError> {
    let other = |breakdown: &Breakdown| breakdown.clone().without(AGE).without(SEX);
    for line in lines {
        let (a, b) = (&lines[0].series, &line.series);
        if a.indicator != b.indicator {
            return Err(DepictError::Mixed(format!(
                "a pyramid shows one population, and these are {} and {}; choose one with --indicator",
                a.indicator, b.indicator
            )));
        }
        if other(&a.breakdown) != other(&b.breakdown) {
            return Err(DepictError::Mixed(format!(
                "a pyramid shows one population, and these differ by {} and {}; choose one with --breakdown",
                show(&other(&a.breakdown)),
                show(&other(&b.breakdown))
            )));
        }
    }
    Ok(())
}

fn show(breakdown: &Breakdown) -> String {
    if breakdown.iter().next().is_none() {
        "all".to_owned()
    } else {
        breakdown.to_string()
    }
}

/// What the lines of one age and sex add up to, by the rules of a total.
fn sum(figures: &Figures, lines: &[Line]) -> Result<Amount, DepictError> {
    if let [line] = lines {
        return Ok(line
            .points
            .first()
            .map(|point| Amount {
                marks: super::lines::marks(point),
                ..amount(&point.quantity)
            })
            .unwrap_or_default());
    }
    let wanted = Wanted {
        total: true,
        ..Wanted::default()
    };
    let summary = summary(figures, lines, wanted).map_err(DepictError::NoWhole)?;
    let total = summary
        .rows
        .iter()
        .find(|row| row.row_type == RowType::Total && row.figure_id.is_none())
        .or_else(|| summary.rows.first());
    let mut sum = total.map_or_else(Amount::default, |row| amount(&row.quantity));
    for point in lines.iter().flat_map(|line| &line.points) {
        let marks = super::lines::marks(point);
        sum.marks.provisional |= marks.provisional;
        sum.marks.estimated |= marks.estimated;
        sum.marks.projected |= marks.projected;
        sum.marks.at_least |= marks.at_least;
        sum.marks.prose |= marks.prose;
    }
    Ok(sum)
}

fn amount(quantity: &Quantity) -> Amount {
    let number = |number: Option<i64>| number.map(|number| number as f64);
    Amount {
        value: number(quantity.value.or(quantity.low)),
        low: number(quantity.low),
        high: number(quantity.high),
        qualifier: Some(quantity.qualifier),
        ..Amount::default()
    }
}

/// How many are of unknown age or sex, and of how many of all both are known.
fn unknown(
    figures: &Figures,
    cells: &Cells,
    of_day: &[Line],
    groups: &[AgeGroup],
    language: Language,
) -> Vec<String> {
    let words = &language.words().selection;
    let count = |count: i64| language.count(usize::try_from(count).unwrap_or(0));
    let mut notes = Vec::new();
    let value = |lines: &[Line]| -> Option<i64> {
        let value = sum(figures, lines).ok()?.value?;
        #[expect(clippy::cast_possible_truncation, reason = "a sum of whole numbers")]
        Some(value as i64)
    };
    let unknown: i64 = cells
        .iter()
        .filter(|((age, sex), _)| age == "unknown" || sex == "unknown")
        .filter_map(|(_, lines)| value(lines))
        .sum();
    if unknown > 0 {
        notes.push(fill(words.unknown_age_or_sex, &[&count(unknown)]));
    }
    let other: i64 = cells
        .iter()
        .filter(|((age, sex), _)| age != "unknown" && sex == "other")
        .filter_map(|(_, lines)| value(lines))
        .sum();
    if other > 0 {
        notes.push(fill(words.another_sex, &[&count(other)]));
    }
    let all: Vec<Line> = of_day
        .iter()
        .filter(|line| line.series.breakdown.iter().next().is_none())
        .cloned()
        .collect();
    let drawn: f64 = groups
        .iter()
        .flat_map(|group| [group.male.value, group.female.value])
        .flatten()
        .sum();
    if let Some(all) = value(&all).filter(|all| *all as f64 > drawn) {
        let share = number::share(drawn, all as f64, language);
        notes.push(fill(words.age_and_sex_known, &[&share, &count(all)]));
    }
    notes
}

/// Says that broad age groups are no larger for being broad.
fn uneven(ages: &[String], language: Language) -> Option<String> {
    let dimension = vocabulary::dimension(AGE).ok()?;
    let spans: Vec<u8> = ages
        .iter()
        .filter_map(|age| dimension.ages(age))
        .filter(|(_, last)| *last < u8::MAX)
        .map(|(first, last)| last - first)
        .collect();
    let (least, most) = (spans.iter().min()?, spans.iter().max()?);
    (most > least).then(|| language.words().selection.uneven_ages.to_owned())
}

/// "52% of refugees from Ukraine in Moldova are under 18, as of 31 December 2023".
fn title(ages: &[String], groups: &[AgeGroup], points: &[(&Line, &Point)]) -> Option<String> {
    let dimension = vocabulary::dimension(AGE).ok()?;
    let both = |group: &AgeGroup| Some(group.male.value? + group.female.value?);
    let total: f64 = groups.iter().map(both).sum::<Option<f64>>()?;
    if total <= 0.0 {
        return None;
    }
    let (line, point) = points.first()?;
    let code = &*line.series.indicator;
    let many = vocabulary::indicator(code).map_or(code, |indicator| indicator.many.as_str());
    let whose = format!("{many}{}", places(points));
    let spans: Vec<(u8, u8)> = ages.iter().filter_map(|age| dimension.ages(age)).collect();
    let divides = spans.iter().all(|(first, last)| *last < 18 || *first >= 18);
    let (part, what) = if divides && spans.iter().any(|(first, _)| *first < 18) {
        let young = groups
            .iter()
            .zip(&spans)
            .filter(|(_, (_, last))| *last < 18);
        let sum: f64 = young.filter_map(|(group, _)| both(group)).sum();
        (sum, "under 18")
    } else {
        let sum: f64 = groups.iter().filter_map(|group| group.female.value).sum();
        (sum, "women and girls")
    };
    Some(format!(
        "{:.0}% of the {whose} are {what}, as of {}",
        100.0 * part / total,
        day(point.period.end)
    ))
}
