//! From a selection to what a chart shows.

use chrono::NaiveDate;

use super::run::{AnyError, Sieve, sifted};
use super::{ChartForm, forms};
use crate::chart::{self, Arrangement, BarStyle};
use crate::depict::{self, Brief, PairForm, PairsWanted};
use crate::figure::Version;
use crate::ledger::{Figures, Ledger, Selection};
use crate::line::{self, Line};
use crate::publish;
use crate::publish::summary::{Wanted, summary};

/// Which chart is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Order {
    /// Its form.
    pub form: ChartForm,
    /// What a line shows.
    pub show: depict::Show,
    /// Only the largest places; the rest is gathered in one.
    pub top: Option<usize>,
    /// In slopes and dumbbells: what was known then, in place of another day's figures.
    pub against: Option<Version>,
    /// In panels: each has a scale of its own.
    pub scales_differ: bool,
    /// How columns or areas of several series stand.
    pub arrange: Option<Arrangement>,
    /// How many steps ahead a line is forecast.
    pub forecast: Option<usize>,
    /// How a map is drawn.
    pub map: depict::MapOrder,
    /// For how many inhabitants a map gives numbers.
    pub per_inhabitants: Option<u32>,
}

/// The specification of a chart of selected figures.
pub(crate) fn spec_of(
    ledger: &Ledger,
    selection: &Selection,
    order: Order,
    brief: &Brief,
    sieve: &mut Sieve<'_>,
) -> Result<chart::ChartSpec, AnyError> {
    if order.forecast.is_some()
        && (order.form != ChartForm::Line || order.show != depict::Show::Level)
    {
        return Err("a forecast is drawn in a line chart of the numbers as they were published; leave out the forecast, or choose kind line and show level".into());
    }
    // The newest figure is chosen from lines, so that a dataset supersedes prose.
    let at = selection.at;
    let brief = &Brief {
        places_chosen: !selection.locations.is_empty(),
        ..brief.clone()
    };
    let mut all = selection.clone();
    all.at = None;
    all.to = [all.to, at].into_iter().flatten().min();
    if let Some(spec) = forms::spec_of(ledger, &all, order, at, brief, sieve)? {
        return Ok(spec);
    }
    let figures = sifted(ledger, &all, sieve)?;
    let mut lines = line::lines(&figures)?;
    Ok(match order.form {
        ChartForm::Line => match order.forecast {
            Some(horizon) => depict::forecast_chart(&figures, &lines, horizon, brief)?,
            None => depict::line_chart(&figures, &lines, order.show, brief)?,
        },
        ChartForm::Map => {
            if lines.len() > 1 {
                lines.retain(|line| !publish::summary::states_a_total(line.location()));
            }
            let wanted = Wanted {
                at,
                top: order.top,
                ..Wanted::default()
            };
            let summary = summary(&figures, &lines, wanted)?;
            let population = match order.per_inhabitants {
                Some(per) => Some(super::map::population(
                    ledger, selection, &summary, per, sieve,
                )?),
                None => None,
            };
            let population = population.as_ref().map(|(figures, known)| (figures, known));
            depict::map_chart(&figures, &lines, &summary, population, order.map, brief)?
        }
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
        ChartForm::Flow => pairs(&figures, &lines, PairForm::Flow, at, order.top, brief)?,
        ChartForm::Chord => pairs(&figures, &lines, PairForm::Chord, at, order.top, brief)?,
        ChartForm::Matrix => pairs(&figures, &lines, PairForm::Matrix, at, order.top, brief)?,
        // Bars, or a table of the same rows; the other kinds are drawn above.
        _ => {
            // A stated total is no bar beside its parts.
            if order.form == ChartForm::Bars && lines.len() > 1 {
                lines.retain(|line| !publish::summary::states_a_total(line.location()));
            }
            let wanted = Wanted {
                at,
                top: order.top,
                ..Wanted::default()
            };
            let summary = summary(&figures, &lines, wanted)?;
            let style = match order.form {
                ChartForm::Lollipop => BarStyle::Lollipop,
                _ => BarStyle::Bar,
            };
            if order.form == ChartForm::Table {
                depict::table_chart(&figures, &lines, &summary, brief)?
            } else {
                depict::bar_chart(&figures, &lines, &summary, style, brief)?
            }
        }
    })
}

/// A chart of pairs. What it shows of a place is a total, and obeys the rules for one; a matrix
/// whose cells may not be added shows the cells alone.
fn pairs(
    figures: &Figures,
    lines: &[Line],
    form: PairForm,
    at: Option<NaiveDate>,
    top: Option<usize>,
    brief: &Brief,
) -> Result<chart::ChartSpec, AnyError> {
    let wanted = Wanted {
        at,
        top,
        total: true,
        ..Wanted::default()
    };
    let sums = match (summary(figures, lines, wanted), form) {
        (Err(_), PairForm::Matrix) => None,
        (sums, _) => Some(sums?),
    };
    let wanted = PairsWanted {
        form,
        at,
        top,
        summary: sums.as_ref(),
    };
    Ok(depict::pair_chart(figures, lines, &wanted, brief)?)
}
