//! What kinds of chart need that show two moments, several versions, or one panel beside the other.

use chrono::{Days, NaiveDate};

use super::ChartForm;
use super::draw::Order;
use super::run::{AnyError, Sieve, sifted};
use crate::chart::{ChartSpec, SlopeForm};
use crate::depict::{self, Brief, Moments};
use crate::ledger::{Ledger, Selection, Versions};
use crate::line;
use crate::publish::summary::states_a_total;

/// The specification of such a chart; none for the other kinds.
pub(super) fn spec_of(
    ledger: &Ledger,
    all: &Selection,
    order: Order,
    at: Option<NaiveDate>,
    brief: &Brief,
    sieve: &mut Sieve<'_>,
) -> Result<Option<ChartSpec>, AnyError> {
    Ok(Some(match order.form {
        ChartForm::Slope => moments(ledger, all, order, at, brief, sieve, SlopeForm::Slope)?,
        ChartForm::Dumbbell => moments(ledger, all, order, at, brief, sieve, SlopeForm::Dumbbell)?,
        ChartForm::Panels => {
            let figures = sifted(ledger, all, sieve)?;
            let mut lines = line::lines(&figures)?;
            // A stated total is no panel beside its parts.
            if lines.iter().any(|line| !states_a_total(line.location())) {
                lines.retain(|line| !states_a_total(line.location()));
            }
            let (show, top) = (order.show, order.top);
            depict::panel_chart(&figures, &lines, show, top, order.scales_differ, brief)?
        }
        ChartForm::Revisions => {
            let mut versions = all.clone();
            versions.versions = Versions::All;
            depict::revision_chart(&sifted(ledger, &versions, sieve)?, brief)?
        }
        ChartForm::Calendar => {
            let figures = sifted(ledger, all, sieve)?;
            depict::calendar_chart(&figures, &line::lines(&figures)?, brief)?
        }
        _ => return Ok(None),
    }))
}

/// Two days, or two versions of one.
fn moments(
    ledger: &Ledger,
    all: &Selection,
    order: Order,
    at: Option<NaiveDate>,
    brief: &Brief,
    sieve: &mut Sieve<'_>,
    form: SlopeForm,
) -> Result<ChartSpec, AnyError> {
    let Some(then) = order.against else {
        // A number a little before the first day may stand for it.
        let mut wider = all.clone();
        wider.from = all
            .from
            .and_then(|from| from.checked_sub_days(Days::new(depict::NEAR)));
        let figures = sifted(ledger, &wider, sieve)?;
        let lines = line::lines(&figures)?;
        let moments = Moments::Days(all.from, all.to);
        return Ok(depict::moments_chart(
            &figures, &lines, form, moments, order.top, brief,
        )?);
    };
    let figures = sifted(ledger, all, sieve)?;
    let lines = line::lines(&figures)?;
    let mut earlier = all.clone();
    earlier.as_known_on = Some(then);
    let known = sifted(ledger, &earlier, sieve)?;
    let before = line::lines(&known)?;
    let newest = figures.rows.iter().map(|row| row.version).max();
    let now = all.as_known_on.or(newest).unwrap_or(then);
    if now <= then {
        return Err(format!(
            "nothing of this selection became known after {}; name an earlier day with --against",
            crate::publish::sentence::day(then.day())
        )
        .into());
    }
    let moments = Moments::Known {
        then: &before,
        on: then.day(),
        now: now.day(),
        at,
    };
    Ok(depict::moments_chart(
        &figures, &lines, form, moments, order.top, brief,
    )?)
}
