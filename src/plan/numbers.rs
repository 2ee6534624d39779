//! The numbers of a plan without its pictures: what its charts plot and its tables hold, as CSV.

use std::path::Path;

use chrono::NaiveDate;

use super::run::{AnyError, Sieve, chart_spec, table_bytes};
use super::{ChartPlan, Made, Plan, PlanError, Product, TablePlan};
use crate::chart;
use crate::ledger::{Ledger, ids};

/// Makes the numbers of the charts and the tables of a plan, as `charts/NAME.csv` and
/// `tables/NAME.csv`. What could not be made is in [`Made::failed`].
pub fn numbers(plan: &Plan, ledger: &Ledger, now: NaiveDate, sieve: &mut Sieve<'_>) -> Made {
    let mut made = Made::default();
    for chart in &plan.chart {
        let plotted = of_chart(plan, chart, ledger, now, sieve);
        made.take(&chart.name, plotted);
    }
    for table in &plan.table {
        let written = of_table(plan, table, ledger, now, sieve);
        made.take(&table.file, written);
    }
    made
}

fn of_chart(
    plan: &Plan,
    chart: &ChartPlan,
    ledger: &Ledger,
    now: NaiveDate,
    sieve: &mut Sieve<'_>,
) -> Result<Made, AnyError> {
    let spec = chart_spec(plan, chart, ledger, now, &[], sieve)?;
    let shown = spec.metadata.iter().find(|(key, _)| key == "figures");
    let figures = shown.and_then(|(_, text)| ids::from_text(text));
    Ok(Made {
        figures: figures.into_iter().flatten().collect(),
        products: vec![Product {
            file: format!("charts/{}.csv", chart.name),
            bytes: plotted(&spec)?,
        }],
        ..Made::default()
    })
}

fn of_table(
    plan: &Plan,
    table: &TablePlan,
    ledger: &Ledger,
    now: NaiveDate,
    sieve: &mut Sieve<'_>,
) -> Result<Made, AnyError> {
    let file = Path::new(&table.file).with_extension("csv");
    let table = TablePlan {
        file: file.to_string_lossy().into_owned(),
        ..table.clone()
    };
    let written = table_bytes(plan, &table, ledger, now, None, sieve)?;
    Ok(Made {
        figures: written.figures,
        products: vec![Product {
            file: format!("tables/{}", table.file),
            bytes: written.bytes,
        }],
        ..Made::default()
    })
}

/// The plotted numbers of a chart as CSV.
///
/// # Errors
/// When they cannot be written.
pub(crate) fn plotted(spec: &chart::ChartSpec) -> Result<Vec<u8>, PlanError> {
    let wrong = |error: &dyn std::fmt::Display| PlanError::Product {
        name: spec.title.clone(),
        reason: error.to_string(),
    };
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["series", "at", "value", "low", "high", "flags"];
    writer.write_record(header).map_err(|error| wrong(&error))?;
    for row in chart::plotted_rows(spec) {
        let record = [
            row.series,
            row.at,
            number(row.value),
            number(row.low),
            number(row.high),
            row.flags.join(";"),
        ];
        writer.write_record(record).map_err(|error| wrong(&error))?;
    }
    writer.into_inner().map_err(|error| wrong(&error))
}
