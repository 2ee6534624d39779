//! From a plan to a report: its charts and tables, the figures that come first, and what changed.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::run::{AnyError, Sieve, chart_spec, selection, sifted};
use super::table::table;
use super::{Asked, Plan, TableForm};
use crate::chart;
use crate::figure::Version;
use crate::ledger::{FigureId, Figures, Ledger, Selection, Versions, ids};
use crate::line;
use crate::publish::changes;
use crate::publish::cite::{Pin, references};
use crate::publish::report::{ChangesPart, ChartPart, Headline, Report, TablePart};
use crate::publish::sentence::day;
use crate::publish::sources;
use crate::publish::summary::{By, Wanted, summary};

/// Headlines beyond these are no headlines.
const MOST_HEADLINES: usize = 6;

/// Tables of more rows are for the download only.
const MOST_ROWS: usize = 400;

/// Changes beyond these are for `humstat changes`.
const MOST_CHANGES: usize = 40;

/// Days that changes are told over where nothing was put out before.
const WEEK: Days = Days::new(7);

/// Gathers a report. `since` is the day that changes are told from; without it, what was put out
/// last, else the week before the newest figure.
///
/// # Errors
/// When the ledger is empty or cannot be read, or nothing of the plan can be shown.
pub(crate) fn report(
    plan: &Plan,
    ledger: &Ledger,
    now: NaiveDate,
    program: &str,
    since: Option<Version>,
    sieve: &mut Sieve<'_>,
) -> Result<(Report, Vec<String>), AnyError> {
    let head = ledger.head()?.ok_or("the ledger is empty")?;
    let pin = Pin {
        entry: head.id,
        hash: head.hash,
        program: program.to_owned(),
    };
    let (mut charts, mut tables, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut shown: BTreeSet<FigureId> = BTreeSet::new();
    let mut remarks: Vec<String> = Vec::new();
    for chart in &plan.chart {
        let part = chart_spec(plan, chart, ledger, now, &pin.metadata(), sieve).and_then(
            |(spec, remark)| {
                let svg = chart::with_font(&chart::render_svg(&spec)?)?;
                Ok((svg, spec, remark))
            },
        );
        match part {
            Ok((svg, spec, remark)) => {
                remarks.extend(remark.map(|remark| format!("`{}`: {remark}", chart.name)));
                let figures = spec.metadata.iter().find(|(key, _)| key == "figures");
                shown.extend(
                    figures
                        .and_then(|(_, text)| ids::from_text(text))
                        .into_iter()
                        .flatten(),
                );
                charts.push(ChartPart {
                    name: chart.name.clone(),
                    title: spec.title.clone(),
                    svg,
                    rows: chart::plotted_rows(&spec),
                });
            }
            Err(error) => failed.push(format!("{}: {error}", chart.name)),
        }
    }
    for asked in &plan.table {
        match table(plan, asked, ledger, now, Some(&pin), sieve) {
            Ok(made) => {
                shown.extend(made.figures);
                remarks.extend(made.remarks);
                tables.push(TablePart {
                    title: title_of(asked.kind, &selection(plan, &asked.select, now)?),
                    file: asked.file.clone(),
                    is_shown: made.frame.height() <= MOST_ROWS,
                    frame: made.frame,
                });
            }
            Err(error) => failed.push(format!("{}: {error}", asked.file)),
        }
    }
    let first = headline_selection(plan);
    let (headlines, notes) = match first {
        Some(asked) => headlines(ledger, &selection(plan, asked, now)?, sieve)?,
        None => Default::default(),
    };
    remarks.extend(notes);
    let changes = match first {
        Some(asked) => changed(ledger, &selection(plan, asked, now)?, since, sieve)?,
        None => None,
    };
    if charts.is_empty() && tables.is_empty() && headlines.is_empty() {
        return Err(format!("nothing can be shown: {}", failed.join("; ")).into());
    }
    let figures = ledger.figures(&Selection {
        figures: shown.iter().copied().collect(),
        versions: Versions::All,
        ..Selection::default()
    })?;
    for publication in figures.publications.iter() {
        remarks.extend(publication.publication.notes.clone());
    }
    let mut seen = BTreeSet::new();
    remarks.retain(|remark| seen.insert(remark.clone()));
    let everything = Selection::default();
    let about = sources::About {
        file: &plan.title,
        command: "humstat report",
        selection: &everything,
        pin: &pin,
    };
    let mut sources = sources::sources(&about, &references(&figures, Some(&shown)));
    sources.asked.clone_from(&plan.title);
    let report = Report {
        title: plan.title.clone(),
        pin,
        headlines,
        charts,
        tables,
        changes,
        remarks,
        sources,
    };
    Ok((report, failed))
}

/// What the headlines and the changes are of: the plan's own headline, else its first summary, else its
/// first chart.
fn headline_selection(plan: &Plan) -> Option<&Asked> {
    let summary = plan
        .table
        .iter()
        .find(|table| table.kind == TableForm::Summary);
    plan.select
        .as_ref()
        .or(summary.map(|table| &table.select))
        .or(plan.chart.first().map(|chart| &chart.select))
}

/// A row for each thing counted, the largest sums first, and what the rules of totals say instead of a
/// sum where there is none.
fn headlines(
    ledger: &Ledger,
    asked: &Selection,
    sieve: &mut Sieve<'_>,
) -> Result<(Vec<Headline>, Vec<String>), AnyError> {
    let mut wide = asked.clone();
    wide.at = None;
    wide.to = [wide.to, asked.at].into_iter().flatten().min();
    let figures = sifted(ledger, &wide, sieve)?;
    let lines = line::lines(&figures)?;
    let wanted = |by| Wanted {
        at: asked.at,
        by,
        ..Wanted::default()
    };
    // Where the things counted may not be summed, the largest places speak for themselves.
    let (summary, notes) = match summary(&figures, &lines, wanted(By::Indicator)) {
        Ok(summary) => (summary, Vec::new()),
        Err(refusal) => (
            summary(&figures, &lines, wanted(By::Location))?,
            vec![format!(
                "The headline figures are of single places: {}",
                refusal.reason
            )],
        ),
    };
    let rows = summary.rows.iter().take(MOST_HEADLINES);
    Ok((rows.map(Headline::of).collect(), notes))
}

/// What changed since a day, or since what was put out last, or in the week before the newest figure;
/// nothing where nothing was known before.
fn changed(
    ledger: &Ledger,
    asked: &Selection,
    since: Option<Version>,
    sieve: &mut Sieve<'_>,
) -> Result<Option<ChangesPart>, AnyError> {
    // Nothing was known on some days, which is no error here.
    let mut known = |selection: &Selection| -> Result<Figures, AnyError> {
        let mut figures = ledger.figures(selection)?;
        sieve(&mut figures);
        Ok(figures)
    };
    let now = known(asked)?;
    let told = |since: String, changes: Vec<changes::Change<'_>>| {
        let mut sentences: Vec<String> = changes.iter().map(changes::Change::sentence).collect();
        if sentences.len() > MOST_CHANGES {
            let more = sentences.split_off(MOST_CHANGES).len();
            sentences.push(format!("{more} more; `humstat changes` lists them."));
        }
        ChangesPart { since, sentences }
    };
    if since.is_none()
        && let Some(release) = ledger.releases()?.pop()
    {
        let all = Selection {
            versions: Versions::All,
            ..asked.clone()
        };
        let all = known(&all)?;
        let words = format!(
            "since {}, put out on {}",
            release.name,
            day(release.recorded_at.day())
        );
        return Ok(Some(told(
            words,
            changes::since_release(&release, &all, &now),
        )));
    }
    let newest = now.rows.iter().map(|row| row.version.day()).max();
    let since = since.or_else(|| {
        newest
            .and_then(|newest| newest.checked_sub_days(WEEK))
            .map(Version::end_of)
    });
    let Some(since) = since else {
        return Ok(None);
    };
    let before = Selection {
        as_known_on: Some(since),
        ..asked.clone()
    };
    let then = known(&before)?;
    let words = format!("since {}", day(since.day()));
    Ok((!then.rows.is_empty()).then(|| told(words, changes::changes(&then, &now))))
}

fn title_of(kind: TableForm, asked: &Selection) -> String {
    let what = match kind {
        TableForm::Figures => "All figures",
        TableForm::Summary => "The newest figures by place",
        TableForm::Trends => "Change over time",
    };
    format!("{what}: {}", sources::in_words(asked))
}
