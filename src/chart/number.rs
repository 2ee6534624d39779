//! How numbers are written, and at which values an axis is labelled.

use super::spec::ValueKind;
use super::words::{Language, fill};
use crate::figure::Qualifier;

/// The true minus sign, as wide as a digit.
const MINUS: char = '\u{2212}';

/// The ends and the labelled values of a value axis.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueTicks {
    /// The labelled values, from the lowest to the highest; zero is one of them.
    pub values: Vec<f64>,
    /// Digits after the point that the labels need, before scaling to k, m or bn.
    pub step: f64,
}

/// Chooses three to six round values that hold zero, `low` and `high`.
///
/// Of all round steps the one that wastes least height wins; of equals, the one with more lines.
pub fn ticks(low: f64, high: f64, whole: bool) -> ValueTicks {
    let (low, mut high) = (low.min(0.0), high.max(0.0));
    if high - low <= 0.0 {
        high = 1.0;
    }
    let range = high - low;
    let mut decade = if whole { 1.0 } else { 1e-6 };
    let mut best: Option<(f64, ValueTicks)> = None;
    while decade <= range * 10.0 {
        for factor in [1.0, 2.0, 2.5, 5.0] {
            let step = decade * factor;
            if (whole && step.fract() != 0.0) || range / step > 6.0 {
                continue;
            }
            let (first, last) = ((low / step).floor(), (high / step).ceil());
            let lines = last - first + 1.0;
            if lines > 6.0 {
                continue;
            }
            let waste = (last - first) * step / range - 1.0;
            let few = if lines < 4.0 {
                0.12 * (4.0 - lines)
            } else {
                0.0
            };
            let odd = if factor == 2.5 { 0.04 } else { 0.0 };
            let cost = waste + few + odd;
            if best.as_ref().is_none_or(|(least, _)| cost < *least - 1e-9) {
                let count = lines as usize;
                let values = (0..count)
                    .map(|index| (first + index as f64) * step)
                    .collect();
                best = Some((cost, ValueTicks { values, step }));
            }
        }
        decade *= 10.0;
    }
    best.map_or_else(
        || ValueTicks {
            values: vec![low, high],
            step: range,
        },
        |(_, ticks)| ticks,
    )
}

/// Thousand, million or billion: divisor, suffix and whether a unit after it needs a link, for
/// numbers up to `largest`.
fn scale(largest: f64, language: Language) -> (f64, &'static str, bool) {
    let scales = language.words().numbers.scales;
    scales
        .iter()
        .find(|scale| largest >= scale.from)
        .map_or((1.0, "", false), |scale| {
            (scale.divisor, scale.suffix, scale.linked)
        })
}

/// The largest size among labelled values.
fn largest(ticks: &ValueTicks) -> f64 {
    ticks
        .values
        .iter()
        .fold(0.0_f64, |most, v| most.max(v.abs()))
}

/// The label of the highest value with its unit: `6m people`, `6 M de personnes`. None where the
/// number asks for another form of the unit, such as `1 people`.
pub fn with_unit(
    ticks: &ValueTicks,
    label: &str,
    unit: &str,
    kind: ValueKind,
    language: Language,
) -> Option<String> {
    let value = ticks.values.last().copied()?;
    let (_, suffix, _) = match kind {
        ValueKind::Percent => (1.0, "", false),
        _ => scale(largest(ticks), language),
    };
    if unit.is_empty() || (suffix.is_empty() && !language.takes_unit(value)) {
        return None;
    }
    let size = if value == 0.0 { 0.0 } else { largest(ticks) };
    Some(beside(label, size, unit, kind, language))
}

/// A short form with a unit after it; `size` is the number that decided on the form.
pub fn beside(label: &str, size: f64, unit: &str, kind: ValueKind, language: Language) -> String {
    let linked = kind != ValueKind::Percent && scale(size.abs(), language).2;
    let (link, elided) = language.words().numbers.link;
    let link = match (linked, unit.chars().next()) {
        (false, _) => "",
        (true, Some('a' | 'e' | 'i' | 'o' | 'u' | 'h' | 'é' | 'è' | 'ê' | 'à' | 'â')) => {
            elided
        }
        (true, _) => link,
    };
    format!("{label} {link}{unit}")
}

/// Labels of an axis: one suffix and one number of decimals for all, and a bare `0`.
pub fn tick_labels(ticks: &ValueTicks, kind: ValueKind, language: Language) -> Vec<String> {
    let (divisor, suffix, _) = match kind {
        ValueKind::Percent => (1.0, "", false),
        _ => scale(largest(ticks), language),
    };
    let decimals = decimals_of(ticks.step / divisor);
    ticks
        .values
        .iter()
        .map(|&value| {
            if value == 0.0 {
                dress("0", "", kind, language)
            } else {
                dress(
                    &decimal(value / divisor, decimals, language),
                    suffix,
                    kind,
                    language,
                )
            }
        })
        .collect()
}

/// How many digits after the point a round step needs.
fn decimals_of(step: f64) -> usize {
    (0..6)
        .find(|&decimals| {
            let shifted = step * 10_f64.powi(decimals);
            (shifted - shifted.round()).abs() < 1e-6 * shifted.max(1e-3)
        })
        .unwrap_or(6) as usize
}

/// A number with its thousands parted and a true minus.
pub fn decimal(value: f64, decimals: usize, language: Language) -> String {
    let words = &language.words().numbers;
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain.as_str(), ""));
    let mut out = String::with_capacity(plain.len() + 6);
    if value < 0.0
        && plain
            .bytes()
            .any(|byte| byte.is_ascii_digit() && byte != b'0')
    {
        out.push(MINUS);
    }
    for (index, digit) in whole.chars().enumerate() {
        let parted = whole.len() >= words.grouped_from;
        if index > 0 && parted && (whole.len() - index).is_multiple_of(3) {
            out.push_str(words.group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(words.decimal);
        out.push_str(fraction);
    }
    out
}

/// The number as it is: `1,412,503`; counts are whole, shares keep one decimal, other numbers two.
pub fn full(value: f64, kind: ValueKind, language: Language) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let decimals = match kind {
        ValueKind::Count | ValueKind::UsDollars => 0,
        ValueKind::Percent => decimals_of(rounded.fract().abs()).min(1),
        ValueKind::Number => decimals_of(rounded.fract().abs()).min(2),
    };
    dress(&decimal(value, decimals, language), "", kind, language)
}

/// The number with three significant digits: `5.95m`, `454k`, `1,234`.
pub fn short(value: f64, kind: ValueKind, language: Language) -> String {
    let (divisor, suffix, _) = match kind {
        ValueKind::Percent => (1.0, "", false),
        _ => scale(value.abs(), language),
    };
    if divisor == 1.0 {
        return full(value, kind, language);
    }
    let scaled = value / divisor;
    let decimals = match scaled.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    let power = 10_f64.powi(decimals as i32);
    if (scaled.abs() * power).round() / power >= 1000.0
        && scale(divisor * 1000.0, language).0 > divisor
    {
        // 999,950 rounds up to the next suffix.
        return short(value.signum() * divisor * 1000.0, kind, language);
    }
    let mut text = decimal(scaled, decimals, language);
    let point = language.words().numbers.decimal;
    while text.contains(point) && text.ends_with(['0', point]) {
        text.pop();
    }
    dress(&text, suffix, kind, language)
}

/// Adds the sign of the kind and the suffix of the scale.
fn dress(number: &str, suffix: &str, kind: ValueKind, language: Language) -> String {
    let words = &language.words().numbers;
    match kind {
        ValueKind::Count | ValueKind::Number => format!("{number}{suffix}"),
        ValueKind::Percent => format!("{number}{}", words.percent),
        ValueKind::UsDollars => {
            let (before, after) = words.dollars;
            match number.strip_prefix(MINUS) {
                Some(digits) => format!("{MINUS}{before}{digits}{suffix}{after}"),
                None => format!("{before}{number}{suffix}{after}"),
            }
        }
    }
}

/// A share of a total: `64%`, `4.4%`, `under 0.1%`.
pub fn share(part: f64, total: f64, language: Language) -> String {
    let percent = if total > 0.0 {
        100.0 * part / total
    } else {
        0.0
    };
    let written = |size: f64, decimals: usize| {
        let number = decimal(size, decimals, language);
        dress(&number, "", ValueKind::Percent, language)
    };
    match percent {
        0.0 => written(0.0, 0),
        size if size < 0.1 => fill(language.words().numbers.under, &[&written(0.1, 1)]),
        size if size < 9.95 => written(size, 1),
        size => written(size, 0),
    }
}

/// The source's word before a number, with a space after it; empty where there is none.
pub fn word(qualifier: Qualifier, language: Language) -> &'static str {
    let words = &language.words().numbers;
    match qualifier {
        Qualifier::Exact | Qualifier::Between | Qualifier::Vague => "",
        Qualifier::About => words.about,
        Qualifier::AtLeast => words.at_least,
        Qualifier::MoreThan => words.more_than,
        Qualifier::AtMost => words.at_most,
        Qualifier::FewerThan => words.fewer_than,
    }
}

/// A value or a range with the source's word before it: `about 453,000`, `14–22`.
pub fn qualified(
    value: Option<f64>,
    range: (Option<f64>, Option<f64>),
    qualifier: Option<Qualifier>,
    kind: ValueKind,
    language: Language,
) -> String {
    let words = &language.words().numbers;
    let full = |value: f64| full(value, kind, language);
    let Some(value) = value else {
        return match range {
            (Some(low), Some(high)) => format!("{}–{}", full(low), full(high)),
            (Some(low), None) => format!("{}{}", words.at_least, full(low)),
            (None, Some(high)) => format!("{}{}", words.at_most, full(high)),
            (None, None) => words.no_figure.to_owned(),
        };
    };
    let number = full(value);
    let number = match range {
        (Some(low), Some(high)) => format!("{number} ({}–{})", full(low), full(high)),
        _ => number,
    };
    let word = word(qualifier.unwrap_or(Qualifier::Exact), language);
    format!("{word}{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Language = Language::English;

    fn labels(low: f64, high: f64) -> Vec<String> {
        tick_labels(&ticks(low, high, true), ValueKind::Count, EN)
    }

    #[test]
    fn axes_have_round_labels_with_one_suffix() {
        assert_eq!(labels(0.0, 5_951_510.0), ["0", "2m", "4m", "6m"]);
        assert_eq!(labels(0.0, 8e9), ["0", "2bn", "4bn", "6bn", "8bn"]);
        assert_eq!(labels(0.0, 1.0), ["0", "1"]);
        assert_eq!(labels(0.0, 0.0), ["0", "1"]);
        assert_eq!(
            labels(0.0, 3_053.0),
            ["0", "1,000", "2,000", "3,000", "4,000"]
        );
        assert_eq!(
            labels(-6_640.0, 14_000.0),
            ["−10k", "−5k", "0", "5k", "10k", "15k"]
        );
    }

    #[test]
    fn no_axis_has_more_than_six_lines_and_all_hold_the_data() {
        for exponent in 0..13 {
            for digit in 1..100 {
                let high = f64::from(digit) * 10_f64.powi(exponent) / 7.0;
                let axis = ticks(0.0, high, false);
                assert!(axis.values.len() <= 6, "{high}");
                assert!(axis.values.len() >= 2, "{high}");
                assert!(axis.values.last().is_some_and(|top| *top >= high), "{high}");
            }
        }
    }

    #[test]
    fn numbers_in_labels() {
        assert_eq!(short(5_951_510.0, ValueKind::Count, EN), "5.95m");
        assert_eq!(short(999_950.0, ValueKind::Count, EN), "1m");
        assert_eq!(short(453_982.0, ValueKind::Count, EN), "454k");
        assert_eq!(short(-6_640.0, ValueKind::Count, EN), "−6,640");
        assert_eq!(short(1.5e9, ValueKind::UsDollars, EN), "$1.5bn");
        assert_eq!(full(1_412_503.0, ValueKind::Count, EN), "1,412,503");
        assert_eq!(full(12.36, ValueKind::Percent, EN), "12.4%");
        assert_eq!(full(40.0, ValueKind::Percent, EN), "40%");
        assert_eq!(full(-0.001, ValueKind::Number, EN), "0");
        assert_eq!(share(592.0, 2_209_931.0, EN), "under 0.1%");
        assert_eq!(
            qualified(
                Some(453_000.0),
                (None, None),
                Some(Qualifier::About),
                ValueKind::Count,
                EN
            ),
            "about 453,000"
        );
    }
}
