//! Columns: few carry their values and have no axis, many have an axis and carry none.

use super::gaps::Gaps;
use super::slots::Slots;
use super::{Arrangement, ColumnChart, Places, ends, labels, stack};
use crate::chart::kind::Kind;
use crate::chart::layout::series_names::{self, Named, Names};
use crate::chart::layout::values::{ValueAxis, reaches, zero_line};
use crate::chart::layout::{Axis, Body, Group, Laid, Text, Theme, paint};
use crate::chart::palette::{EMPHASIS, Tones};
use crate::chart::spec::{Amount, ValueKind};
use crate::chart::text::{LEADING, Rect};
use crate::chart::{ChartError, number};

/// Most columns that carry their values.
const FEW: usize = 16;
/// Least room of a column in px, for its own width and the gap.
const LEAST: f64 = 3.0;
/// Most room of a column, so that few are no walls.
const MOST: f64 = 205.0;

/// What is known before anything is placed.
pub(super) struct Columns<'a> {
    pub chart: &'a ColumnChart,
    pub slots: Slots,
    /// The series as they are drawn, from the base of a stack upwards.
    pub order: Vec<usize>,
    pub tones: Vec<Tones>,
    /// Sums of the known parts at each place.
    pub totals: Vec<Option<f64>>,
    room: Rect,
    pub theme: &'a Theme,
}

/// Where columns stand in px.
pub(super) struct Ground {
    plot: Rect,
    /// Px of one slot.
    pitch: f64,
    /// Px of the columns of one slot together.
    pub thickness: f64,
    /// Px of one unit of the slots.
    unit: f64,
    first: f64,
    step: f64,
}

impl Ground {
    pub fn x(&self, at: f64) -> f64 {
        self.plot.left + (at - self.first + 0.5 * self.step) * self.unit
    }
}

/// Lays out columns in the room between subtitle and notes.
pub fn lay(chart: &ColumnChart, room: Rect, theme: &Theme) -> Result<Laid, ChartError> {
    let wanted: Vec<_> = chart
        .series
        .iter()
        .map(|series| (series.role, series.emphasis))
        .collect();
    let tones = match (wanted.as_slice(), chart.is_stacked()) {
        ([(None, _)], _) => vec![EMPHASIS],
        (_, stacked) if stacked || chart.has_rest => paint::stacked_tones(&wanted, chart.has_rest),
        _ => paint::tones(&wanted).into_iter().map(|(t, _)| t).collect(),
    };
    let order = if chart.is_stacked() {
        stack::order(&chart.series, chart.has_rest)
    } else {
        (0..chart.series.len()).collect()
    };
    let columns = Columns {
        chart,
        slots: Slots::new(&chart.places),
        order,
        tones,
        totals: stack::totals(&chart.series, chart.places.len()),
        room,
        theme,
    };
    if let Some(laid) = columns.with_values()? {
        return Ok(laid);
    }
    columns.with_axis()
}

impl Columns<'_> {
    /// Columns of one slot that stand side by side.
    pub fn abreast(&self) -> usize {
        if self.chart.is_stacked() {
            1
        } else {
            self.chart.series.len().max(1)
        }
    }

    /// The ground of a plot, narrower than its room where columns would be walls.
    fn ground(&self, mut plot: Rect) -> Result<Ground, ChartError> {
        let scale = self.theme.scale;
        let length = self.slots.length();
        let abreast = self.abreast() as f64;
        // Three columns or fewer would be walls at a width that suits four.
        let few = if length < 3.5 { 0.65 } else { 1.0 };
        let most = few * MOST * scale * (0.5 + 0.5 * abreast);
        let pitch = (plot.width() / length).min(most);
        if pitch < LEAST * scale * abreast.max(1.0) {
            return Err(ChartError::TooManyColumns(
                self.chart.places.len() * self.abreast(),
            ));
        }
        plot.right = plot.left + pitch * length;
        Ok(Ground {
            plot,
            pitch,
            thickness: self.slots.filled * pitch,
            unit: pitch / self.slots.step,
            first: self.slots.at.first().copied().unwrap_or(0.0),
            step: self.slots.step,
        })
    }

    /// What is written under the columns, and its height.
    fn under(&self, ground: &Ground) -> Result<(Vec<Text>, f64), ChartError> {
        let theme = self.theme;
        match &self.chart.places {
            Places::Days(days) => {
                let texts =
                    labels::day_texts(days, &self.slots, |at| ground.x(at), &self.room, 0.0, theme);
                let lowest = texts.iter().map(|text| text.baseline).fold(0.0, f64::max);
                Ok((texts, (lowest + 0.25 * theme.small).max(1.7 * theme.small)))
            }
            Places::Names(names) => {
                let names = labels::names(names, ground.pitch, theme)?;
                let lines = names.iter().map(Vec::len).max().unwrap_or(1).max(1);
                let middles: Vec<f64> = self.slots.at.iter().map(|at| ground.x(*at)).collect();
                let height = (1.7 + (lines - 1) as f64 * LEADING) * theme.small;
                Ok((labels::name_texts(names, &middles, 0.0, theme), height))
            }
        }
    }

    fn named(&self) -> Vec<Named<'_>> {
        let all = self.chart.series.iter().zip(&self.tones);
        all.map(|(series, tones)| Named {
            label: &series.label,
            tones: *tones,
            bold: true,
        })
        .collect()
    }

    /// A row of names above the plot; empty for a series that is alone.
    fn row(&self) -> Result<Names, ChartError> {
        if self.chart.series.len() < 2 {
            return Ok(Names::default());
        }
        let named = self.named();
        let too_many = ChartError::TooManySeries {
            series: named.len(),
            fit: named.len() - 1,
        };
        let mut row = series_names::row(&named, &self.room, self.theme).ok_or(too_many)?;
        if self.theme.language.is_right_to_left() && !self.chart.is_mirrored() {
            row.turn(&self.room);
        }
        Ok(row)
    }

    /// Lowest and highest number.
    fn reach(&self) -> (f64, f64) {
        let fold = |numbers: &mut dyn Iterator<Item = f64>| {
            numbers.fold((0.0_f64, 0.0_f64), |(low, high), number| {
                (low.min(number), high.max(number))
            })
        };
        match (self.chart.is_stacked(), self.chart.arrangement) {
            (_, Arrangement::Share) => (0.0, 100.0),
            (true, _) => fold(&mut self.totals.iter().copied().flatten()),
            (false, _) => fold(&mut self.chart.amounts().flat_map(|amount| {
                // Collected, since the iterator borrows the amount.
                amount.numbers().collect::<Vec<_>>()
            })),
        }
    }

    /// Few columns with their values and without an axis; none when they are too many, or the
    /// numbers do not fit.
    fn with_values(&self) -> Result<Option<Laid>, ChartError> {
        let (theme, scale) = (self.theme, self.theme.scale);
        let columns = self.chart.places.len() * self.abreast();
        let ranged = self
            .chart
            .amounts()
            .any(|amount| amount.low.is_some() && amount.high.is_some());
        if self.chart.is_stacked() || columns > FEW || ranged {
            return Ok(None);
        }
        let row = self.row()?;
        let ground = self.ground(Rect {
            top: self.room.top + row.height,
            ..self.room
        });
        let Ok(mut ground) = ground else {
            return Ok(None);
        };
        let (under, height) = self.under(&ground)?;
        let own = ground.pitch / self.abreast() as f64;
        let limit = if self.abreast() == 1 {
            ground.pitch - 6.0 * scale
        } else {
            ground.thickness / self.abreast() as f64 - 5.0 * scale
        };
        let amounts: Vec<&Amount> = self.chart.amounts().collect();
        let written = [number::full, number::short].into_iter().find_map(|write| {
            amounts
                .iter()
                .map(|amount| {
                    ends::written(amount, self.chart.values, write, limit.min(own), theme)
                })
                .collect::<Option<Vec<_>>>()
        });
        let Some(written) = written else {
            return Ok(None);
        };
        ground.plot.bottom -= height;
        let above = |end: &ends::End, amount: &Amount| {
            let arrow = if amount.marks.at_least { 8.0 } else { 0.0 };
            end.lines.len() as f64 * LEADING * theme.label + (4.0 + arrow) * scale
        };
        let sides = |negative: bool| {
            amounts
                .iter()
                .zip(&written)
                .filter(|(amount, _)| ends::is_negative(amount) == negative)
                .map(|(amount, end)| above(end, amount))
                .fold(0.0, f64::max)
        };
        let (low, high) = self.reach();
        let below = if low < 0.0 {
            sides(true) + 2.0 * scale
        } else {
            0.0
        };
        let domain = if high > low { (low, high) } else { (0.0, 1.0) };
        let y = Axis {
            domain,
            range: (ground.plot.bottom - below, ground.plot.top + sides(false)),
        };
        if y.range.0 - y.range.1 < 40.0 * scale {
            return Ok(None);
        }
        let mut texts = row.texts;
        for (index, (amount, end)) in amounts.iter().zip(written).enumerate() {
            let places = self.chart.places.len();
            let column = self.column(&ground, index % places, index / places);
            texts.extend(ends::texts(amount, end, &column, &y, theme));
        }
        let plot = ground.plot;
        texts.extend(lowered(under, plot.bottom));
        let mut groups: Vec<Group> = row.shapes.into_iter().collect();
        groups.extend(self.groups(&ground, &y));
        groups.push(zero_line((plot.left, plot.right), y.at(0.0), theme));
        Ok(Some(Laid {
            texts,
            notes: Vec::new(),
            bottom: None,
            body: Body::Shapes(groups),
        }))
    }

    /// Columns with an axis of values, and names at the right or above.
    fn with_axis(&self) -> Result<Laid, ChartError> {
        let (theme, scale, room) = (self.theme, self.theme.scale, self.room);
        let values = match self.chart.arrangement {
            Arrangement::Share => ValueKind::Percent,
            _ => self.chart.values,
        };
        let unit = match self.chart.arrangement {
            Arrangement::Share => "",
            _ => &self.chart.unit,
        };
        let limit = 0.24 * room.width();
        let named = self.named();
        let beside = self.chart.is_stacked() && self.chart.series.len() > 1;
        // First names at the right, close by; then with strokes to them; then a row above.
        let mut attempts = vec![None];
        if beside {
            attempts.splice(0..0, [Some(10.0), Some(26.0)]);
        }
        for gap in attempts {
            let row = match gap {
                None => self.row()?,
                Some(_) => Names::default(),
            };
            let column = gap.map_or(0.0, |gap| {
                series_names::width(&named, limit, theme) + gap * scale
            });
            for trim in [true, false] {
                let axis = ValueAxis::new(self.reach(), values, unit, trim, room.width(), theme);
                let plot = Rect {
                    left: room.left + axis.gutter + 10.0 * scale,
                    top: room.top + row.height + LEADING * theme.small,
                    right: room.right - column,
                    bottom: room.bottom,
                };
                if plot.width() < 120.0 * scale {
                    break;
                }
                let mut ground = self.ground(plot)?;
                let (under, height) = self.under(&ground)?;
                ground.plot.bottom -= height;
                if ground.plot.height() < 40.0 * scale {
                    break;
                }
                let y = Axis {
                    domain: axis.domain,
                    range: (ground.plot.bottom, ground.plot.top),
                };
                let groups = self.groups(&ground, &y);
                let top = axis.top_label(room.left, &y, theme);
                if trim && top.is_some_and(|top| reaches(&groups, &top)) {
                    continue;
                }
                let names = match gap {
                    None => Some(row.clone()),
                    Some(gap) => self.beside(&named, &ground, &y, gap),
                };
                let Some(names) = names else { break };
                let right = ground.plot.right;
                let mut texts = names.texts;
                texts.extend(axis.texts(room.left, &y, theme));
                texts.extend(lowered(under, ground.plot.bottom));
                let mut all = vec![axis.grid((room.left, right), &y, theme)];
                all.extend(names.shapes);
                all.extend(groups);
                all.push(zero_line((room.left, right), y.at(0.0), theme));
                return Ok(Laid {
                    texts,
                    notes: Gaps {
                        chart: self.chart,
                        slots: &self.slots,
                        language: self.theme.language,
                    }
                    .notes(),
                    bottom: None,
                    body: Body::Shapes(all),
                });
            }
        }
        Err(ChartError::NoRoom {
            width: (room.right + theme.margin).round() as u32,
            height: (room.bottom + theme.margin).round() as u32,
        })
    }

    /// Names at the right of the last column; none when a series has no part of it, or strokes are
    /// needed and have no room.
    fn beside(&self, named: &[Named], ground: &Ground, y: &Axis, gap: f64) -> Option<Names> {
        let scale = self.theme.scale;
        let last = self.chart.places.len().checked_sub(1)?;
        let segments = self.segments(last);
        let mut ends = vec![None; named.len()];
        for (series, from, to) in segments {
            ends[series] = Some(y.at(f64::midpoint(from, to)));
        }
        let ends: Vec<f64> = ends.into_iter().collect::<Option<_>>()?;
        let column = self.column(ground, last, 0);
        let left = ground.plot.right + (gap - 4.0) * scale;
        let edges = (
            ground.plot.top - LEADING * self.theme.small,
            ground.plot.bottom + 4.0 * scale,
        );
        let places = (column.right, left, self.room.right);
        let names = series_names::beside(named, &ends, places, edges, self.theme)?;
        (gap > 20.0 || names.shapes.is_none()).then_some(names)
    }
}

fn lowered(texts: Vec<Text>, by: f64) -> impl Iterator<Item = Text> {
    texts.into_iter().map(move |mut text| {
        text.baseline += by;
        text
    })
}
