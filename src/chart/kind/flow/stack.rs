//! Where the places of one side of a flow chart and their ribbons stand.

use super::label::Label;
use super::layout::Drawn;
use super::ribbon::Band;
use crate::chart::layout::Theme;
use crate::chart::text::Rect;

/// Where the places of one side stand, relative to the top of the first.
pub struct Stack {
    /// Middle and height of each place in px.
    pub nodes: Vec<(f64, f64)>,
    /// Top of each ribbon, in the order of the ribbons.
    pub tops: Vec<f64>,
    /// Height of all.
    pub used: f64,
}

impl Stack {
    /// Stacks the places of one side, with the room for their labels.
    pub fn new(
        index: usize,
        labels: &[Label],
        drawn: &[Drawn<'_>],
        room: Rect,
        theme: &Theme,
    ) -> Self {
        let mut heights = vec![0.0; labels.len()];
        for one in drawn {
            heights[one.at[index]] += one.height;
        }
        let slots: Vec<f64> = heights
            .iter()
            .zip(labels)
            .map(|(height, label)| label.height.max(*height))
            .collect();
        let sum: f64 = slots.iter().sum();
        let gaps = slots.len() - 1;
        let between = if gaps > 0 {
            ((room.height() - sum) / gaps as f64).min(36.0 * theme.scale)
        } else {
            0.0
        };
        let mut nodes = Vec::with_capacity(slots.len());
        let mut top = 0.0;
        for (slot, height) in slots.iter().zip(&heights) {
            nodes.push((top + slot / 2.0, *height));
            top += slot + between;
        }
        // At a place, ribbons lie in the order of their other ends, so that none crosses another there.
        let mut order: Vec<usize> = (0..drawn.len()).collect();
        order.sort_by_key(|one| (drawn[*one].at[index], drawn[*one].at[1 - index]));
        let mut next: Vec<f64> = nodes.iter().map(|(middle, h)| middle - h / 2.0).collect();
        let mut tops = vec![0.0; drawn.len()];
        for one in order {
            let at = drawn[one].at[index];
            tops[one] = next[at];
            next[at] += drawn[one].height;
        }
        Self {
            nodes,
            tops,
            used: sum + between * gaps as f64,
        }
    }
}

/// The ribbons between two stacks around a middle, from one px to another.
pub fn bands(
    drawn: &[Drawn<'_>],
    stacks: &[Stack; 2],
    middle: f64,
    (left, right): (f64, f64),
) -> Vec<Band> {
    let [from, to] = stacks.each_ref().map(|stack| middle - stack.used / 2.0);
    drawn
        .iter()
        .enumerate()
        .map(|(index, one)| Band {
            x: (left, right),
            tops: (from + stacks[0].tops[index], to + stacks[1].tops[index]),
            height: one.height,
        })
        .collect()
}
