//! What follows every reading: what was found in it is told, and it is recorded or only read back.

use std::path::Path;

use crate::cli::CliError;
use crate::cli::context::Context;
use crate::figure::counted;
use crate::ledger::{Reading, Recorded};
use crate::publish::sentence;
use crate::table::Table;

/// Records a reading and tells what became of it.
pub fn record(
    context: &Context,
    reading: Reading,
    allow_withdrawals: bool,
) -> Result<Recorded, CliError> {
    let summary = summary_line(&reading);
    let reading = reading.check()?;
    let mut recording = context.recording(summary);
    recording.allow_withdrawals = allow_withdrawals;
    let mut ledger = context.create()?;
    let recorded = ledger.record(reading, &recording)?;
    if ledger.waited().as_secs() > 0 {
        context.tell(&format!(
            "waited {} s for another process to finish writing",
            ledger.waited().as_secs()
        ));
    }
    tell_recorded(context, &recorded);
    Ok(recorded)
}

/// One line about an entry; `{}` stands for what was added.
pub fn summary_line(reading: &Reading) -> String {
    let name = reading
        .captures
        .first()
        .map_or("figures", |capture| capture.name.as_str());
    format!("{name}: {{}}")
}

/// Says what was decided about a file, and which rows were left out and why.
pub fn tell_of(context: &Context, file: &Path, table: &Table) {
    for note in &table.notes {
        context.tell(&format!("{}: {note}", file.display()));
    }
    for fault in &table.faults {
        context.tell(&format!("left out: {}: {fault}", file.display()));
    }
    if !table.faults.is_empty() {
        context.tell(&format!(
            "{} of {} rows were left out; what they hold is neither recorded nor taken as withdrawn",
            table.reading.skipped, table.reading.rows
        ));
    }
    let totals = &table.totals;
    if totals.checked > 0 {
        context.tell(&format!(
            "{} parts and not recorded: {}",
            counted(
                totals.checked,
                "stated total was checked against its",
                "stated totals were checked against their"
            ),
            match totals.faults.len() {
                0 => "all add up".to_owned(),
                count => counted(count, "does not add up", "do not add up"),
            }
        ));
    }
    for fault in &totals.faults {
        context.tell(&format!("{}: {fault}", file.display()));
    }
    for (text, missing, count) in &table.missing {
        context.tell(&format!(
            "{} said \"{text}\": taken as {}",
            counted(*count, "cell", "cells"),
            missing.code().replace('_', " ")
        ));
    }
    for (because, count) in &table.ignored {
        context.tell(&format!(
            "passed over {}: {because}",
            counted(*count, "row", "rows")
        ));
    }
}

/// Says what became of a reading.
pub fn tell_recorded(context: &Context, recorded: &Recorded) {
    context.tell(&match recorded {
        Recorded::Entry(tally) => format!("entry {}: {tally}", tally.entry),
        Recorded::Already(entry) => {
            format!("recorded before, in entry {entry}; nothing was added")
        }
        Recorded::SeenAgain { first, entry } => {
            format!(
                "recorded before, in entry {first}; entry {entry} notes that it was received again"
            )
        }
    });
}

/// Reads the first figures back as sentences, once nothing would stop them from being recorded.
pub fn dry_run(context: &Context, reading: Reading) -> Result<(), CliError> {
    const SHOWN: usize = 8;
    let mut text = String::new();
    let mut figures = 0;
    let mut absent = 0;
    for publication in &reading.publications {
        figures += publication.figures.len();
        absent += publication.absent.len();
    }
    let all = reading
        .publications
        .iter()
        .flat_map(|publication| publication.figures.iter());
    for cell in all.take(SHOWN) {
        let series = &reading.series[cell.series as usize];
        text.push_str(&sentence::of_figure(series, cell.period, &cell.quantity));
        text.push('\n');
    }
    let said = format!(
        "{} {} in {} and {}, and {}; nothing was recorded",
        counted(reading.rows, "row holds", "rows hold"),
        counted(figures, "figure", "figures"),
        counted(reading.series.len(), "series", "series"),
        counted(reading.publications.len(), "publication", "publications"),
        counted(absent, "cell without a number", "cells without a number"),
    );
    reading.check()?;
    context.show(&text)?;
    context.tell(&said);
    Ok(())
}
