//! What is written under columns: their days, or the names of their categories.

use chrono::{Datelike, Months, NaiveDate};

use super::slots::{Rhythm, Slots};
use crate::chart::calendar::{self, DateTick};
use crate::chart::layout::Theme;
use crate::chart::palette::INK;
use crate::chart::text::{Anchor, LEADING, Rect, Text, tidy, wrap_evenly};
use crate::chart::words::Language;
use crate::chart::{ChartError, font};

/// Most lines that a name under a column takes.
const LINES: usize = 3;

/// Names under columns of a pitch in px, broken into lines.
///
/// # Errors
/// When a name takes too many lines, or a word would be broken within itself.
pub fn names(names: &[String], pitch: f64, theme: &Theme) -> Result<Vec<Vec<String>>, ChartError> {
    let limit = pitch - 8.0 * theme.scale;
    let wrapped: Vec<Vec<String>> = names
        .iter()
        .map(|name| wrap_evenly(name, theme.small, false, limit))
        .collect();
    let fits = |(name, lines): (&String, &Vec<String>)| {
        lines.len() <= LINES
            && !is_cut(name, lines)
            && lines
                .iter()
                .all(|line| font::width(line, theme.small, false) <= limit)
    };
    if limit > 0.0 && names.iter().zip(&wrapped).all(fits) {
        Ok(wrapped)
    } else {
        Err(ChartError::NamesTooWide(names.len()))
    }
}

/// Whether lines break a word of a text within itself.
fn is_cut(text: &str, lines: &[String]) -> bool {
    let text = tidy(text);
    let mut rest = text.as_str();
    for line in lines {
        let Some(after) = rest.strip_prefix(line.as_str()) else {
            return true;
        };
        let whole =
            after.is_empty() || after.starts_with([' ', '\n']) || line.ends_with(['-', '/']);
        if !whole {
            return true;
        }
        rest = after.trim_start();
    }
    false
}

/// Texts of names under their columns; `top` is the lower edge of the plot.
pub fn name_texts(names: Vec<Vec<String>>, middles: &[f64], top: f64, theme: &Theme) -> Vec<Text> {
    names
        .into_iter()
        .zip(middles)
        .flat_map(|(lines, &middle)| {
            lines.into_iter().enumerate().map(move |(row, line)| {
                let y = top + (1.45 + row as f64 * LEADING) * theme.small;
                under(line, middle, y, theme)
            })
        })
        .collect()
}

fn under(content: String, middle: f64, baseline: f64, theme: &Theme) -> Text {
    let mut text = Text::new("tick-x", content, (middle, baseline), theme.small, INK);
    text.anchor = Anchor::Middle;
    text
}

/// Labels of days under their columns: of each column where they fit, else of calendar days.
pub fn day_texts(
    days: &[NaiveDate],
    slots: &Slots,
    x: impl Fn(f64) -> f64,
    room: &Rect,
    top: f64,
    theme: &Theme,
) -> Vec<Text> {
    let texts = |ticks: &[DateTick]| -> Vec<Text> {
        ticks
            .iter()
            .flat_map(|tick| {
                let lines = tick.label.lines();
                let widest = lines
                    .clone()
                    .map(|line| font::width(line, theme.small, false))
                    .fold(0.0, f64::max);
                let middle = x(slots.of_day(tick.date))
                    .max(room.left + widest / 2.0)
                    .min(room.right - widest / 2.0);
                lines.enumerate().map(move |(row, line)| {
                    let y = top + (1.45 + row as f64 * LEADING) * theme.small;
                    let mut text = under(line.to_owned(), middle, y, theme);
                    text.date = Some(tick.date);
                    text
                })
            })
            .collect()
    };
    let clear = |ticks: &[DateTick], gap: f64| {
        let boxes: Vec<Rect> = ticks
            .iter()
            .filter_map(|tick| {
                texts(std::slice::from_ref(tick))
                    .iter()
                    .map(Text::bounds)
                    .reduce(|a, b| Rect {
                        left: a.left.min(b.left),
                        right: a.right.max(b.right),
                        ..a
                    })
            })
            .collect();
        boxes
            .windows(2)
            .all(|pair| pair[0].right + gap * theme.scale <= pair[1].left)
    };
    let language = theme.language;
    if let [before @ .., last] = days
        && before.len() > 1
        && matches!(slots.rhythm, Rhythm::Days | Rhythm::Months)
        && let Some(ticks) = years_and_a_day(before, *last, language, |ticks| clear(ticks, 6.0))
    {
        return texts(&ticks);
    }
    let own = own(days, slots.rhythm, language);
    if days.len() <= 40 && clear(&own, 6.0) {
        return texts(&own);
    }
    // A month stands for all its days; the calendar labels months at their ends.
    let of_rhythm: Vec<NaiveDate> = match slots.rhythm {
        Rhythm::Months => days.iter().map(|day| month_end(*day)).collect(),
        _ => days.to_vec(),
    };
    texts(&calendar::ticks(&of_rhythm, language, |ticks| {
        clear(ticks, 10.0)
    }))
}

/// The label of each column.
fn own(days: &[NaiveDate], rhythm: Rhythm, language: Language) -> Vec<DateTick> {
    let mut year = None;
    days.iter()
        .map(|&date| {
            let new_year = year.replace(date.year()) != Some(date.year());
            let form = match (rhythm, new_year) {
                (Rhythm::Years, _) => "{2}",
                (Rhythm::Months, true) => "{1} {2}",
                (Rhythm::Months, false) => "{1}",
                (_, true) => "{0} {1} {2}",
                (_, false) => "{0} {1}",
            };
            DateTick {
                date,
                label: language.short_date(form, date),
            }
        })
        .collect()
}

/// Labels of years whose newest is of an earlier day than the others, such as a middle of a year
/// after ends of years.
fn years_and_a_day(
    years: &[NaiveDate],
    last: NaiveDate,
    language: Language,
    fits: impl Fn(&[DateTick]) -> bool,
) -> Option<Vec<DateTick>> {
    let first = years.first()?;
    let of_year = |day: &NaiveDate| (day.month(), day.day()) == (first.month(), first.day());
    if !years.iter().all(of_year) {
        return None;
    }
    let newest = |form: &str| DateTick {
        date: last,
        label: language.short_date(form, last),
    };
    let mut ticks = own(years, Rhythm::Years, language);
    if !fits(&ticks) {
        ticks = calendar::ticks(years, language, &fits);
    }
    // The newest is named before the one beside it.
    let all = ticks.clone();
    ticks.pop();
    [(&all, "{1} {2}"), (&all, "{1}\n{2}"), (&ticks, "{1}\n{2}")]
        .into_iter()
        .map(|(years, form)| years.iter().cloned().chain([newest(form)]).collect())
        .find(|ticks: &Vec<DateTick>| fits(ticks))
}

fn month_end(day: NaiveDate) -> NaiveDate {
    day.with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)))
        .and_then(|next| next.pred_opt())
        .unwrap_or(day)
}
