//! Unpivots UNHCR's wide population table and writes it as zstd Parquet: `unpivot IN.csv.gz OUT.parquet`.

use std::fs::File;

use polars::prelude::*;
use polars_io::SerReader;
use polars_io::csv::read::CsvReadOptions;
use polars_io::parquet::write::{ParquetCompression, ParquetWriter};

fn main() -> PolarsResult<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        panic!("unpivot IN.csv.gz OUT.parquet");
    };
    let frame = CsvReadOptions::default()
        .with_has_header(true)
        .with_infer_schema_length(None)
        .try_into_reader_with_file_path(Some(input.into()))?
        .finish()?;
    let values = [
        "refugees",
        "asylum_seekers",
        "returned_refugees",
        "idps",
        "returned_idps",
        "stateless",
        "ooc",
        "oip",
        "hst",
    ];
    let mut long = frame.unpivot(Some(values), ["year", "coo", "coa"])?;
    let rows = ParquetWriter::new(File::create(output)?)
        .with_compression(ParquetCompression::Zstd(None))
        .finish(&mut long)?;
    eprintln!("{} rows, {rows} bytes", long.height());
    Ok(())
}
