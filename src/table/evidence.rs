//! One row of a table as it stands in the file, as evidence for a figure.

use std::path::Path;

use super::Mapping;
use super::rows::File;
use crate::ledger::Capture;

/// The header of a table and its row with this number, counted on over its pages, each as a line of CSV; none where the file
/// can no longer be read with its mapping, or is shorter.
pub fn row(pages: &[Capture], mapping: &str, number: u32) -> Option<(String, String)> {
    let mapping = Mapping::parse(Path::new("mapping"), mapping).ok()?;
    let wanted = mapping.columns();
    let (mut before, mut record) = (0, csv::StringRecord::new());
    for page in pages {
        let file = File::open(page, &mapping.table, &wanted).ok()?;
        let mut records = file.records(&mapping.table, &wanted).ok()?;
        let mut last = 0;
        while let Some(at) = records.read(&mut record).ok()? {
            last = at;
            if before + at == u64::from(number) {
                let header = csv::StringRecord::from(records.header);
                return Some((as_csv(&header)?, as_csv(&record)?));
            }
        }
        before += last;
    }
    None
}

fn as_csv(record: &csv::StringRecord) -> Option<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(record).ok()?;
    let line = String::from_utf8(writer.into_inner().ok()?).ok()?;
    Some(line.trim_end().to_owned())
}
