//! Refugees by origin as known on a day: `vintages IN.parquet 2025-06-30 2024`, over what `humstat
//! figures --all-versions -o IN.parquet` wrote, sorted by series, period and version.

use std::fs::File;
use std::io::Write as _;

use polars::prelude::*;
use polars_io::SerReader;
use polars_io::parquet::read::ParquetReader;

const COLUMNS: [&str; 6] = [
    "indicator",
    "origin_id",
    "location_id",
    "period_end",
    "version",
    "value",
];

/// The newest version of each cell up to the day; of these the newest period of each pair of places
/// up to the end of the year; and their sums by origin and in all.
fn main() -> PolarsResult<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(file), Some(day), Some(year)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        panic!("vintages IN.parquet DAY YEAR");
    };
    let frame = ParquetReader::new(File::open(file)?)
        .with_columns(Some(COLUMNS.map(str::to_owned).to_vec()))
        .finish()?;
    let until: i32 = year.parse().expect("a year");
    // Days from 1970 to the first of January after the year.
    let after = (until + 1 - 1970) * 365 + (until - 1968) / 4;
    let last = |name: &str| col(name).last();
    let known = frame
        .lazy()
        .filter(
            col("indicator")
                .eq(lit("refugees"))
                .and(col("version").lt_eq(lit(format!("{day}T99"))))
                .and(col("period_end").lt(lit(after).cast(DataType::Date))),
        )
        .group_by([col("origin_id"), col("location_id"), col("period_end")])
        .agg([last("value")])
        .filter(col("value").is_not_null())
        .sort(["period_end"], SortMultipleOptions::default())
        .group_by([col("origin_id"), col("location_id")])
        .agg([last("value")])
        .group_by([col("origin_id")])
        .agg([col("value").sum()])
        .sort(["origin_id"], SortMultipleOptions::default())
        .collect()?;
    let mut out = std::io::stdout().lock();
    let origins = known.column("origin_id")?.str()?;
    let sums = known.column("value")?.i64()?;
    for (origin, sum) in origins.iter().zip(sums.iter()) {
        writeln!(out, "{},{}", origin.unwrap_or_default(), sum.unwrap_or(0))?;
    }
    writeln!(out, "Total,{}", sums.sum().unwrap_or(0))?;
    Ok(())
}
