//! Small multiples: a panel for each place, or for what else tells the lines apart.

use super::lines::{emphasis, label, role, shown, without_prose, words_of};
use super::words::{common, largest, place_in, spec as with_words, value_kind};
use super::{Brief, DepictError, Show};
use crate::chart::{self, ChartKind, ChartSpec, Language, Panel, PanelChart};
use crate::figure::Series;
use crate::line::{Line, Point};
use crate::publish::summary::is_left_over;

/// What panels are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Location,
    Origin,
    Anything,
}

impl By {
    /// The first of what differs.
    fn of(lines: &[Line]) -> Self {
        let differs = |same: fn(&Series, &Series) -> bool| {
            let pairs = lines.windows(2);
            pairs
                .clone()
                .any(|pair| !same(&pair[0].series, &pair[1].series))
        };
        if differs(|a, b| a.location == b.location) {
            Self::Location
        } else if differs(|a, b| a.origin == b.origin) {
            Self::Origin
        } else {
            Self::Anything
        }
    }

    /// A line without that, so that it is told from others by the rest.
    fn rest(self, line: &Line) -> Line {
        let mut rest = line.clone();
        match self {
            Self::Location => rest.series.location = None,
            Self::Origin => rest.series.origin = None,
            Self::Anything => {}
        }
        rest
    }

    fn is_one_panel(self, a: &Series, b: &Series) -> bool {
        match self {
            Self::Location => a.location == b.location,
            Self::Origin => a.origin == b.origin,
            Self::Anything => false,
        }
    }

    /// The name of a panel.
    fn title(self, lines: &[Line], line: &Line, language: Language) -> String {
        let place = match self {
            Self::Location => line.series.location.as_ref(),
            Self::Origin => line.series.origin.as_ref(),
            Self::Anything => return label(lines, line, language),
        };
        place.map_or_else(
            || language.words().selection.place_not_named.to_owned(),
            |id| place_in(id, language).to_owned(),
        )
    }
}

/// Small multiples of lines over time.
///
/// # Errors
/// When the lines count different things, or the average is asked of something else than a cumulative.
pub fn panel_chart(
    figures: &crate::ledger::Figures,
    lines: &[Line],
    show: Show,
    top: Option<usize>,
    scales_differ: bool,
    brief: &Brief,
) -> Result<ChartSpec, DepictError> {
    let (lines, mut brief) = without_prose(lines, brief);
    let series = common(&lines)?.clone();
    let by = By::of(&lines);
    let rest: Vec<Line> = lines.iter().map(|line| by.rest(line)).collect();
    let mut panels: Vec<(&Line, Panel)> = Vec::new();
    for (line, rest_of_line) in lines.iter().zip(&rest) {
        let drawn = chart::Line {
            label: label(&rest, rest_of_line, brief.language),
            role: role(&line.series, &lines),
            points: shown(line, show)?,
            ..chart::Line::default()
        };
        let known = panels
            .iter_mut()
            .find(|(first, _)| by.is_one_panel(&first.series, &line.series));
        match known {
            Some((_, panel)) => panel.lines.push(drawn),
            None => panels.push((
                line,
                Panel {
                    title: by.title(&lines, line, brief.language),
                    lines: vec![drawn],
                    is_rest: by == By::Location && is_left_over(line.location()),
                },
            )),
        }
    }
    let size = |panel: &Panel| {
        let last = |line: &chart::Line| {
            let present = line.points.iter().filter(|point| point.value.is_some());
            present.max_by_key(|point| point.date)?.value
        };
        panel.lines.iter().filter_map(last).fold(f64::MIN, f64::max)
    };
    panels.sort_by(|(_, a), (_, b)| {
        let rest = a.is_rest.cmp(&b.is_rest);
        rest.then(size(b).total_cmp(&size(a)))
    });
    let all = panels.len();
    if let Some(top) = top.filter(|top| *top < all) {
        panels.truncate(top);
        brief.notes.push(largest(top, all, brief.language));
    }
    let kept: Vec<&Line> = lines
        .iter()
        .filter(|line| {
            let own = |(first, _): &(&Line, Panel)| {
                std::ptr::eq(*first, *line) || by.is_one_panel(&first.series, &line.series)
            };
            panels.iter().any(own)
        })
        .collect();
    let points: Vec<(&Line, &Point)> = kept
        .iter()
        .flat_map(|line| line.points.iter().map(|point| (*line, point)))
        .collect();
    let owned: Vec<Line> = kept.iter().map(|line| (*line).clone()).collect();
    let emphasised = emphasis(&owned, &brief);
    let drawn = owned
        .iter()
        .map(|line| {
            Ok(chart::Line {
                points: shown(line, show)?,
                ..chart::Line::default()
            })
        })
        .collect::<Result<Vec<_>, DepictError>>()?;
    let (what, title) = words_of(&owned, &drawn, show, emphasised, &brief);
    if show == Show::Change {
        brief
            .notes
            .extend(super::change::left_out(&owned, &drawn, brief.language));
    }
    let kind = ChartKind::Panels(PanelChart {
        panels: panels.into_iter().map(|(_, panel)| panel).collect(),
        values: value_kind(series.unit),
        scales_differ,
    });
    Ok(with_words(kind, figures, &points, &brief, title, what))
}
