//! From a selection to what a chart shows.

use super::ChartForm;
use super::run::{AnyError, Sieve, sifted};
use crate::chart::{self, Arrangement, BarStyle};
use crate::depict::{self, Brief};
use crate::ledger::{Ledger, Selection};
use crate::line;
use crate::publish;
use crate::publish::summary::{Wanted, summary};

/// Which chart is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Order {
    /// Its form.
    pub form: ChartForm,
    /// What a line shows.
    pub show: depict::Show,
    /// Only the largest places; the rest is gathered in one.
    pub top: Option<usize>,
    /// How columns or areas of several series stand.
    pub arrange: Option<Arrangement>,
}

/// The specification of a chart of selected figures.
pub(crate) fn spec_of(
    ledger: &Ledger,
    selection: &Selection,
    order: Order,
    brief: &Brief,
    sieve: &mut Sieve<'_>,
) -> Result<chart::ChartSpec, AnyError> {
    // The newest figure is chosen from lines, so that a dataset supersedes prose.
    let at = selection.at;
    let mut all = selection.clone();
    all.at = None;
    all.to = [all.to, at].into_iter().flatten().min();
    let figures = sifted(ledger, &all, sieve)?;
    let mut lines = line::lines(&figures)?;
    Ok(match order.form {
        ChartForm::Line => depict::line_chart(&figures, &lines, order.show, brief)?,
        ChartForm::Columns | ChartForm::Area => {
            let form = depict::Columns {
                area: order.form == ChartForm::Area,
                arrangement: order.arrange.unwrap_or_default(),
                top: order.top,
            };
            depict::column_chart(&figures, &lines, form, order.show, brief)?
        }
        ChartForm::Pyramid => {
            let share = order.arrange == Some(Arrangement::Share);
            depict::pyramid_chart(&figures, &lines, share, brief)?
        }
        ChartForm::Bars | ChartForm::Lollipop | ChartForm::Flow => {
            // A stated total is no bar beside its parts.
            if order.form != ChartForm::Flow && lines.len() > 1 {
                lines.retain(|line| !publish::summary::states_a_total(line.location()));
            }
            let wanted = Wanted {
                at,
                top: order.top,
                // The node of a flow's origin is a total, and obeys the rules for one.
                total: order.form == ChartForm::Flow,
                ..Wanted::default()
            };
            let summary = summary(&figures, &lines, wanted)?;
            match order.form {
                ChartForm::Flow => depict::flow_chart(&figures, &lines, &summary, brief)?,
                ChartForm::Lollipop => {
                    depict::bar_chart(&figures, &lines, &summary, BarStyle::Lollipop, brief)?
                }
                _ => depict::bar_chart(&figures, &lines, &summary, BarStyle::Bar, brief)?,
            }
        }
    })
}
