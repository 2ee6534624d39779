//! What a chart desk would object to, as far as a program can judge it.
//!
//! The 28 points are those of [`POINTS`]. Judged are the drawn SVG and the specification together:
//! the one may have been edited, the other may be poor.

mod area;
mod columns;
mod craft;
mod forms;
mod honesty;
mod maps;
mod message;
mod movement;
mod picture;
mod pyramid;
mod reading;

#[cfg(test)]
mod tests;

use std::fmt;

use super::layout::{Layout, layout, mirror};
use super::spec::ChartSpec;
use super::{ChartError, layout::Theme};
use picture::Picture;

/// What makes a chart fit to print; the first is point 1.
pub const POINTS: [&str; 28] = [
    "the title states a finding in plain words",
    "the subtitle says measure, unit, place and period",
    "one main idea, at most six colours",
    "the form fits the question, bars start at zero",
    "the source says organisation, dataset and vintage",
    "a note explains definitions, breaks and marks",
    "values that are not firm look different",
    "missing data are a gap, never zero or a bridge",
    "uncertain counts show their range or bound",
    "a break in a series is marked at its date",
    "the time axis follows time, ticks are calendar days",
    "panels share one scale",
    "lines are named at their ends",
    "no text lies on text, on a line or at the edge",
    "the smallest type has 11 px, at most four sizes",
    "text has a contrast of 4.5:1, marks of 3:1",
    "colours can be told apart by everyone",
    "numbers have few digits, commas and one unit",
    "all text is horizontal",
    "the order has a meaning",
    "at most six grid lines, lighter than the data",
    "no boxes, no stubs, nothing twice",
    "strokes and gaps have good widths",
    "one left edge, equal margins",
    "crisp and without seams",
    "the font is ours and has every letter",
    "one to three events are named",
    "the file says what it is and where it comes from",
];

/// The points that are judged: all of them.
pub const JUDGED: [u8; 28] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28,
];

/// One objection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Number of the point, 1 to 28; [`POINTS`] says what it asks for.
    pub point: u8,
    /// What is wrong and where.
    pub message: String,
}

impl Finding {
    /// What the point asks for.
    pub fn rule(&self) -> &'static str {
        let index = usize::from(self.point).wrapping_sub(1);
        POINTS.get(index).copied().unwrap_or_default()
    }
}

/// "point 4: there is no zero line (rule: the form fits the question, bars start at zero)".
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (point, message, rule) = (self.point, &self.message, self.rule());
        write!(f, "point {point}: {message} (rule: {rule})")
    }
}

/// What the checks look at.
struct Case<'a> {
    spec: &'a ChartSpec,
    layout: Layout,
    picture: Picture,
    theme: Theme,
    findings: Vec<Finding>,
}

impl Case<'_> {
    fn object(&mut self, point: u8, message: impl Into<String>) {
        self.findings.push(Finding {
            point,
            message: message.into(),
        });
    }

    /// Objects unless something holds.
    fn expect(&mut self, point: u8, holds: bool, message: impl Into<String>) {
        if !holds {
            self.object(point, message);
        }
    }
}

/// Judges a chart's SVG by what its specification says; no findings is no proof of a good chart.
///
/// # Errors
/// When the specification cannot be laid out or the text is no SVG.
pub fn lint(spec: &ChartSpec, svg: &str) -> Result<Vec<Finding>, ChartError> {
    let (mut layout, mut picture) = (layout(spec)?, Picture::read(svg)?);
    if spec.language.is_right_to_left() {
        let mirrored = spec.kind.kind().is_mirrored();
        picture.turn(mirrored);
        if mirrored {
            mirror::body(&mut layout.body, layout.width);
        }
    }
    let mut case = Case {
        spec,
        layout,
        picture,
        theme: Theme::of_chart(spec),
        findings: Vec::new(),
    };
    message::judge(&mut case);
    honesty::judge(&mut case);
    movement::judge(&mut case);
    reading::judge(&mut case);
    craft::judge(&mut case);
    forms::judge(&mut case);
    let mut findings = case.findings;
    findings.sort();
    findings.dedup();
    Ok(findings)
}
