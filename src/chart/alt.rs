//! Text for readers who cannot see the chart, by the formula "form of what, where finding".
//!
//! The formula is common among those who write for screen readers: chart type of type of data where
//! reason for including the chart.

use super::layout::Theme;
use super::spec::ChartSpec;
use super::text::one_line;
use super::words::{AltWords, fill};

fn formula(words: &AltWords, form: &str, what: &str, finding: &str) -> String {
    let what = one_line(what);
    let what = what.trim_end_matches('.');
    let finding = one_line(finding);
    let finding = finding.trim_end_matches('.');
    match (what.is_empty(), finding.is_empty()) {
        (true, true) => fill(words.neither, &[form]),
        (true, false) => fill(words.finding, &[form, finding]),
        (false, true) => fill(words.what, &[form, what]),
        (false, false) => fill(words.both, &[form, what, finding]),
    }
}

/// The caller's text, or one made from the subtitle and the numbers.
pub fn alt_text(spec: &ChartSpec) -> String {
    if !spec.alt.trim().is_empty() {
        return one_line(&spec.alt);
    }
    let kind = spec.kind.kind();
    let theme = Theme::of_chart(spec);
    let words = &theme.words().alt;
    let what = if words.decapitalised {
        decapitalise(&spec.subtitle)
    } else {
        spec.subtitle.clone()
    };
    formula(words, kind.name(&theme), &what, &kind.finding(&theme))
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
    use crate::chart::Language;
    use crate::chart::tests::{bar, bar_spec, flow_spec, line, line_spec};

    #[test]
    fn each_form_says_what_and_why() {
        let alts = [
            alt_text(&line_spec(vec![line("Poland", &[453_982.0, 547_982.0])])),
            alt_text(&bar_spec(vec![bar("Poland", 9.0), bar("Chad", 1.0)])),
            alt_text(&flow_spec(&[("Poland", 9_000.0), ("Hungary", 1_000.0)])),
            formula(&Language::English.words().alt, "Line chart", "deaths.", ""),
        ];
        insta::assert_snapshot!(alts.join("\n"), @r"
        Line chart of refugees from Ukraine, people, March 2022, where Poland goes from 453,982 on 1 March 2022 to 547,982 on 2 March 2022.
        Bar chart of refugees from Ukraine, people, March 2022, where Poland comes first with 9 and Chad last with 1, of 2 bars.
        Flow chart of refugees from Ukraine, people, March 2022, where of 10,000 refugees from Ukraine, Poland has the most, 9,000.
        Line chart of deaths.
        ");
    }
}
