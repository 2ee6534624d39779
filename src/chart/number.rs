//! How numbers are written, and at which values an axis is labelled.

use super::spec::ValueKind;
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

/// Thousand, million or billion: divisor and suffix for numbers up to `largest`.
fn scale(largest: f64) -> (f64, &'static str) {
    match largest {
        size if size >= 1e9 => (1e9, "bn"),
        size if size >= 1e6 => (1e6, "m"),
        size if size >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    }
}

/// Labels of an axis: one suffix and one number of decimals for all, and a bare `0`.
pub fn tick_labels(ticks: &ValueTicks, kind: ValueKind) -> Vec<String> {
    let largest = ticks
        .values
        .iter()
        .fold(0.0_f64, |most, v| most.max(v.abs()));
    let (divisor, suffix) = match kind {
        ValueKind::Percent => (1.0, ""),
        _ => scale(largest),
    };
    let decimals = decimals_of(ticks.step / divisor);
    ticks
        .values
        .iter()
        .map(|&value| {
            if value == 0.0 {
                dress("0", "", kind)
            } else {
                dress(&decimal(value / divisor, decimals), suffix, kind)
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

/// A number with commas between its thousands and a true minus.
pub fn decimal(value: f64, decimals: usize) -> String {
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
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// The number as it is: `1,412,503`; counts are whole, shares keep one decimal, other numbers two.
pub fn full(value: f64, kind: ValueKind) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    let decimals = match kind {
        ValueKind::Count | ValueKind::UsDollars => 0,
        ValueKind::Percent => decimals_of(rounded.fract().abs()).min(1),
        ValueKind::Number => decimals_of(rounded.fract().abs()).min(2),
    };
    dress(&decimal(value, decimals), "", kind)
}

/// The number with three significant digits: `5.95m`, `454k`, `1,234`.
pub fn short(value: f64, kind: ValueKind) -> String {
    let (divisor, suffix) = match kind {
        ValueKind::Percent => (1.0, ""),
        _ => scale(value.abs()),
    };
    if divisor == 1.0 {
        return full(value, kind);
    }
    let scaled = value / divisor;
    let decimals = match scaled.abs() {
        size if size >= 99.95 => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    let mut text = decimal(scaled, decimals);
    if text.trim_start_matches(MINUS) == "1,000" {
        // 999,950 rounds up to the next suffix.
        return short(value.signum() * divisor * 1000.0, kind);
    }
    while text.contains('.') && text.ends_with(['0', '.']) {
        text.pop();
    }
    dress(&text, suffix, kind)
}

/// Adds the sign of the kind and the suffix of the scale.
fn dress(number: &str, suffix: &str, kind: ValueKind) -> String {
    match kind {
        ValueKind::Count | ValueKind::Number => format!("{number}{suffix}"),
        ValueKind::Percent => format!("{number}%"),
        ValueKind::UsDollars => match number.strip_prefix(MINUS) {
            Some(digits) => format!("{MINUS}${digits}{suffix}"),
            None => format!("${number}{suffix}"),
        },
    }
}

/// A share of a total: `64%`, `4.4%`, `under 0.1%`.
pub fn share(part: f64, total: f64) -> String {
    let percent = if total > 0.0 {
        100.0 * part / total
    } else {
        0.0
    };
    match percent {
        0.0 => "0%".to_owned(),
        size if size < 0.1 => "under 0.1%".to_owned(),
        size if size < 9.95 => format!("{size:.1}%"),
        size => format!("{size:.0}%"),
    }
}

/// The source's word before a number, with a space after it; empty where there is none.
pub fn word(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exact | Qualifier::Between | Qualifier::Vague => "",
        Qualifier::About => "about ",
        Qualifier::AtLeast => "at least ",
        Qualifier::MoreThan => "more than ",
        Qualifier::AtMost => "at most ",
        Qualifier::FewerThan => "fewer than ",
    }
}

/// A value or a range with the source's word before it: `about 453,000`, `14–22`.
pub fn qualified(
    value: Option<f64>,
    range: (Option<f64>, Option<f64>),
    qualifier: Option<Qualifier>,
    kind: ValueKind,
) -> String {
    let Some(value) = value else {
        return match range {
            (Some(low), Some(high)) => format!("{}–{}", full(low, kind), full(high, kind)),
            (Some(low), None) => format!("at least {}", full(low, kind)),
            (None, Some(high)) => format!("at most {}", full(high, kind)),
            (None, None) => "no figure".to_owned(),
        };
    };
    let number = full(value, kind);
    let number = match range {
        (Some(low), Some(high)) => format!("{number} ({}–{})", full(low, kind), full(high, kind)),
        _ => number,
    };
    format!("{}{number}", word(qualifier.unwrap_or(Qualifier::Exact)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64) -> Vec<String> {
        tick_labels(&ticks(low, high, true), ValueKind::Count)
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
        assert_eq!(short(5_951_510.0, ValueKind::Count), "5.95m");
        assert_eq!(short(999_950.0, ValueKind::Count), "1m");
        assert_eq!(short(453_982.0, ValueKind::Count), "454k");
        assert_eq!(short(-6_640.0, ValueKind::Count), "−6,640");
        assert_eq!(short(1.5e9, ValueKind::UsDollars), "$1.5bn");
        assert_eq!(full(1_412_503.0, ValueKind::Count), "1,412,503");
        assert_eq!(full(12.36, ValueKind::Percent), "12.4%");
        assert_eq!(full(40.0, ValueKind::Percent), "40%");
        assert_eq!(full(-0.001, ValueKind::Number), "0");
        assert_eq!(share(592.0, 2_209_931.0), "under 0.1%");
        assert_eq!(
            qualified(
                Some(453_000.0),
                (None, None),
                Some(Qualifier::About),
                ValueKind::Count
            ),
            "about 453,000"
        );
    }
}
