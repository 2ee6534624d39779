//! Text for readers who cannot see the chart, by the formula "form of what, where finding".
//!
//! The formula is common among those who write for screen readers: chart type of type of data where
//! reason for including the chart.

use super::layout::{bars_by_size, flows_by_size};
use super::rows::plain;
use super::spec::{ChartKind, ChartSpec, Line, Point, ValueKind};
use super::text::one_line;

/// A line chart's text: `Line chart of refugees, 2012–2024, where …`.
pub fn line_alt(what: &str, finding: &str) -> String {
    formula("Line chart", what, finding)
}

/// A bar chart's text.
pub fn bars_alt(what: &str, finding: &str) -> String {
    formula("Bar chart", what, finding)
}

/// A flow chart's text.
pub fn flow_alt(what: &str, finding: &str) -> String {
    formula("Flow chart", what, finding)
}

fn formula(form: &str, what: &str, finding: &str) -> String {
    let what = one_line(what);
    let what = what.trim_end_matches('.');
    let finding = one_line(finding);
    let finding = finding.trim_end_matches('.');
    match (what.is_empty(), finding.is_empty()) {
        (true, true) => format!("{form}."),
        (true, false) => format!("{form} where {finding}."),
        (false, true) => format!("{form} of {what}."),
        (false, false) => format!("{form} of {what}, where {finding}."),
    }
}

/// The caller's text, or one made from the subtitle and the numbers.
pub fn alt_text(spec: &ChartSpec) -> String {
    if !spec.alt.trim().is_empty() {
        return one_line(&spec.alt);
    }
    match &spec.kind {
        ChartKind::Line { lines, values, .. } => {
            line_alt(&decapitalise(&spec.subtitle), &line_finding(lines, *values))
        }
        ChartKind::Bars { bars, values } => {
            let mut order: Vec<_> = bars.iter().filter(|bar| bar.value.is_some()).collect();
            order.sort_by(|a, b| bars_by_size(a, b));
            let finding = match order.as_slice() {
                [] => String::new(),
                [only] => format!(
                    "{} has {}",
                    only.label,
                    plain(only.value.unwrap_or(0.0), only.qualifier, *values)
                ),
                [first, .., last] => format!(
                    "{} comes first with {} and {} last with {}, of {} bars",
                    one_line(&first.label),
                    plain(first.value.unwrap_or(0.0), first.qualifier, *values),
                    one_line(&last.label),
                    plain(last.value.unwrap_or(0.0), last.qualifier, *values),
                    bars.len()
                ),
            };
            bars_alt(&decapitalise(&spec.subtitle), &finding)
        }
        ChartKind::Flow {
            origin,
            destinations,
            unit,
        } => {
            let total: f64 = destinations.iter().map(|to| to.value).sum();
            let mut order: Vec<_> = destinations.iter().collect();
            order.sort_by(|a, b| flows_by_size(a, b));
            let finding = order.first().map_or_else(String::new, |first| {
                format!(
                    "of {} {unit} from {}, {} has the most, {}",
                    plain(total, None, ValueKind::Count),
                    one_line(origin),
                    one_line(&first.label),
                    plain(first.value, first.qualifier, ValueKind::Count)
                )
            });
            flow_alt(&decapitalise(&spec.subtitle), &finding)
        }
    }
}

/// First and last value of the emphasised line, else of the one that ends highest.
fn line_finding(lines: &[Line], kind: ValueKind) -> String {
    let ends = |line: &Line| -> Option<(Point, Point)> {
        let present = || line.points.iter().filter(|point| point.value.is_some());
        let first = present().min_by_key(|point| point.date)?;
        let last = present().max_by_key(|point| point.date)?;
        Some((*first, *last))
    };
    let chosen = lines
        .iter()
        .filter_map(|line| Some((line, ends(line)?)))
        .max_by(|(a, (_, x)), (b, (_, y))| {
            let value = |point: &Point| point.value.unwrap_or(0.0);
            a.emphasis
                .cmp(&b.emphasis)
                .then(value(x).total_cmp(&value(y)))
        });
    let Some((line, (first, last))) = chosen else {
        return String::new();
    };
    let said = |point: &Point| {
        format!(
            "{} on {}",
            plain(point.value.unwrap_or(0.0), point.qualifier, kind),
            point.date.format("%-d %B %Y")
        )
    };
    let of = if lines.len() > 1 {
        format!(", one of {} lines", lines.len())
    } else {
        String::new()
    };
    let label = one_line(&line.label);
    if first.date == last.date {
        format!("{label} has {}{of}", said(&last))
    } else {
        format!("{label} goes from {} to {}{of}", said(&first), said(&last))
    }
}

/// The subtitle inside a sentence; a word of capitals stays as it is.
fn decapitalise(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::tests::{bar, bar_spec, flow_spec, line, line_spec};

    #[test]
    fn each_form_says_what_and_why() {
        let alts = [
            alt_text(&line_spec(vec![line("Poland", &[453_982.0, 547_982.0])])),
            alt_text(&bar_spec(vec![bar("Poland", 9.0), bar("Chad", 1.0)])),
            alt_text(&flow_spec(&[("Poland", 9_000.0), ("Hungary", 1_000.0)])),
            line_alt("deaths.", ""),
        ];
        insta::assert_snapshot!(alts.join("\n"), @r"
        Line chart of refugees from Ukraine, people, March 2022, where Poland goes from 453,982 on 1 March 2022 to 547,982 on 2 March 2022.
        Bar chart of refugees from Ukraine, people, March 2022, where Poland comes first with 9 and Chad last with 1, of 2 bars.
        Flow chart of refugees from Ukraine, people, March 2022, where of 10,000 refugees from Ukraine, Poland has the most, 9,000.
        Line chart of deaths.
        ");
    }
}
