//! The numbers of a plan without its pictures: what its charts plot and its tables hold, as CSV.

use std::path::Path;

use chrono::NaiveDate;

use super::run::{AnyError, Sieve, chart_spec};
use super::{ChartPlan, Made, Plan, Product, TablePlan};
use crate::chart;
use crate::ledger::{Ledger, ids};
use crate::publish::{self, Along, Format};

/// Makes the numbers of the charts and the tables of a plan, as `charts/NAME.csv` and `tables/FILE`, whose
/// name ends in `.csv`. What could not be made is in [`Made::failed`].
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
    let (spec, _) = chart_spec(plan, chart, ledger, now, &[], sieve)?;
    let shown = spec.metadata.iter().find(|(key, _)| key == "figures");
    let figures = shown.and_then(|(_, text)| ids::from_text(text));
    let mut made = Made::default();
    made.figures = figures.into_iter().flatten().collect();
    made.products.push(Product {
        file: format!("charts/{}.csv", chart.name),
        bytes: publish::plotted::csv(&chart::plotted_rows(&spec))?,
    });
    Ok(made)
}

fn of_table(
    plan: &Plan,
    table: &TablePlan,
    ledger: &Ledger,
    now: NaiveDate,
    sieve: &mut Sieve<'_>,
) -> Result<Made, AnyError> {
    let written = super::table::table(plan, table, ledger, now, None, sieve)?;
    // Two tables may differ in their ending only.
    let is_csv = Path::new(&table.file)
        .extension()
        .is_some_and(|ending| ending == "csv");
    let ending = if is_csv { "" } else { ".csv" };
    let mut made = Made::default();
    made.figures = written.figures;
    made.products.push(Product {
        file: format!("tables/{}{ending}", table.file),
        bytes: publish::write(&written.frame, Format::Csv, &Along::default())?,
    });
    Ok(made)
}
