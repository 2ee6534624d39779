//! What a user sees, whole: stdout, then stderr and the exit code.

use insta::assert_snapshot;

use super::common::{Desk, MAPPING};

/// A desk with one small table in its ledger.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("map.toml", MAPPING).put(
        "table.csv",
        "day,place,number\n2022-03-01,Poland,1000\n2022-03-04,Poland,1600\n2022-03-04,Hungary,\"about 900\"\n",
    );
    desk.run("ingest table table.csv --map map.toml").succeeds();
    desk
}

#[test]
fn help() {
    assert_snapshot!(Desk::new().run("--help").transcript(), @r#"
Humanitarian figures as time series with their provenance

Records what UNHCR, OHCHR and others publish, keeps every revision, and answers with tables, trends,
sentences and charts that name their source.

Usage: humstat [OPTIONS] <COMMAND>

Commands:
  run           Do the whole job of a plan: record, analyse, draw, write
  init          Make a folder for a desk: its settings, a plan, and a folder for its tables
  ingest        Record the figures of a file, or of a source that is asked for them
  update        Ask again what the ledger's entries came from, and tell what changed
  record        Record one figure by hand
  review        Decide on figures that were read from prose
  figures       Select figures, each with its publication
  summary       The newest figures by place, with change, share and source
  tally         Add up events by time, place and kind with best, low and high, and flows over time
  changes       What changed since a day, between two days, or since something was put out
  revisions     How figures were revised: every version, or how they settled
  trace         Where a number comes from, and whether it still stands
  trend         New per day, averages, changes, shares and growth
  forecast      Where a series may go, with intervals and how far off such forecasts were
  rates         Deaths, or people, per 100,000 inhabitants, with exact intervals
  flows         Movements between places, as published or estimated from changes in stock
  estimate      How many there were in all, from lists that overlap
  nowcast       What is still to be reported of recent periods, judged by how earlier ones were
                revised
  disaggregate  Yearly flows parted over months or quarters, along a pattern
  compare       Where claimants and channels differ on the same thing
  chart         Draw a chart: line, columns, area, bars, pyramid, slope, panels, flow, chord,
                matrix, map and others
  export        Write figures in a form that other programs and archives take
  report        Write one page with figures, charts, tables, changes and sources
  serve         Show a report in a browser on this machine, made anew when the ledger changes
  audit         What a careful editor would ask about the figures
  cite          References to the publications that a selection rests on
  ledger        The record's own books: log, show, verify, backup, retract, project
  places        Search the places: names, codes, regions; add gazetteers and aliases
  indicators    Search the indicators: what can be counted
  sources       Search the sources that can be asked, the channels with their licences, and the
                claimants
  completions   Write completions for a shell
  man           Write the man pages into a folder
  help          Print this message or the help of the given subcommand(s)

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Everywhere:
      --ledger <FILE>
          The ledger [default: that of humstat.toml here or above, else ./humstat.db]
          
          [env: HUMSTAT_LEDGER=]

      --now <WHEN>
          The time to act at, in place of the clock's

  -q, --quiet
          Say nothing but errors

Examples:
  humstat run ukraine-2022
  humstat summary --indicator border_crossings --origin UKR --at 2022-03-08 --total
  humstat chart line --indicator border_crossings --origin UKR --location POL -o poland.svg

Exit codes: 0 done; 1 the data or a file is wrong; 2 the command line is wrong; 3 nothing
matched; 4 a source could not be reached; 5 the ledger is damaged or locked.
--- stderr, exit code 0
"#);
}

#[test]
fn help_of_summary() {
    assert_snapshot!(Desk::new().run("summary --help").transcript(), @r#"
The newest figures by place, with change, share and source

A total obeys the truth rules: it says when its dates differ, and is refused where it would mislead.
What a source states as its own total stands beside what its parts add up to.

Usage: humstat summary [OPTIONS]

Options:
  -h, --help
          Print help (see a summary with '-h')

  -V, --version
          Print version

Which figures:
      --situation <NAME>
          What a situation is about, such as syria, or a plan of your own; what else is said takes
          the place of what it says

      --indicator <CODE>
          What is counted, by code; `humstat indicators` lists them

      --origin <PLACE>
          Where people come from: a name, a code, or a region

      --location <PLACE>
          Where they are, or where it happened
          
          [aliases: --destination, --asylum]

      --claimant <CODE>
          Who says it counted

      --channel <CODE>
          Line of publication, such as unhcr/odp

      --measure <MEASURE>
          stock, flow or cumulative

      --status <STATUS>
          observed, estimated, provisional, projected or planned

      --breakdown <DIMENSION=CODE>
          What narrows it: group=civilians, age=children; age=all for figures that are not narrowed

      --group <CODE>
          Short for --breakdown group=CODE

      --period <FROM..TO>
          Days that figures speak of: 2022-03, 2010..2024, 2022-03-01..

      --at <DAY>
          The newest figure of each series that is not after this day

      --as-known-on <WHEN>
          Only what was public by then

      --as-recorded-at <ENTRY|WHEN>
          Only what this ledger held after an entry, or at a time

      --total
          Add a total over the places

      --strict-dates
          Refuse a total over different dates

      --allow <RULE>
          Add up in spite of a truth rule: parts (what may hold the same people), overlap (several
          sources or indicators), periods (flows of different times); the sum says so in its notes

      --over-time
          Add up all periods of each flow, in place of the newest; stocks and cumulatives are
          refused

      --by <WHAT>
          What there is a row for: location, origin, indicator, or date (every figure, not only the
          newest)
          
          [default: location]

      --shape <SHAPE>
          long (all that is known), wide (a column for each place or thing counted), or datawrapper
          (few columns, with names for readers)
          
          [default: long]

      --per-inhabitants [<N>]
          Add the inhabitants of each place that the ledger knows, and the number for each 1,000 of
          them, or each N

      --top <N>
          Only the largest places

      --sentences
          Sentences in place of a table

      --style <STYLE>
          How sentences write numbers and days: plain (12,000,000; 8 March 2022), un (12 million;
          nine), or ap (12 million; nine; March 8, 2022); none rounds
          
          [default: plain]

Output:
      --format <FORMAT>
          table, csv, json, jsonl, parquet, markdown, html, latex or xlsx [default: a table on a
          terminal, else csv]

  -o, --output <FILE>
          Write to a file; its ending is the format

      --bom
          Begin CSV with the mark that makes Excel read it as UTF-8

      --licence-ok <CHANNEL>
          Put out the figures of this channel although their licence does not allow commercial use:
          you have permission

      --release <NAME>
          Note under this name what was put out: its files and figures. `humstat changes
          --since-release NAME` then says what a correction must mention

Everywhere:
      --ledger <FILE>
          The ledger [default: that of humstat.toml here or above, else ./humstat.db]
          
          [env: HUMSTAT_LEDGER=]

      --now <WHEN>
          The time to act at, in place of the clock's

  -q, --quiet
          Say nothing but errors

Examples:
  humstat summary --indicator border_crossings --origin UKR --at 2022-03-08 --total
  humstat summary --indicator border_crossings --origin UKR --as-known-on 2022-03-02 --total
  humstat summary --indicator killed --location UKR --sentences
  humstat summary --indicator refugees --by origin --top 10 -o origins.xlsx
  humstat summary --indicator border_crossings --origin UKR --by date --shape wide -o lines.csv
  humstat summary --indicator refugees --origin SYR --per-inhabitants --shape datawrapper -o map.csv
--- stderr, exit code 0
"#);
}

#[test]
fn an_unknown_indicator() {
    assert_snapshot!(desk().run("figures --indicator refuges").transcript(), @r#"
--- stderr, exit code 2
ledger humstat.db, entry 1 (c223e461bf59)
humstat: unknown indicator `refuges`; did you mean `refugees`?
"#);
}

#[test]
fn a_date_that_could_mean_two_things() {
    assert_snapshot!(desk().run("figures --as-of 2022-03-02").transcript(), @r#"
--- stderr, exit code 2
ledger humstat.db, entry 1 (c223e461bf59)
humstat: there is no --as-of; write --as-known-on for what was public by then, or --at for the newest figure by a day
"#);
}

#[test]
fn nothing_matches() {
    assert_snapshot!(desk().run("figures --location Slovakia").transcript(), @r#"
--- stderr, exit code 3
ledger humstat.db, entry 1 (c223e461bf59)
humstat: nothing matches this selection. The ledger holds indicators border_crossings; claimants UNHCR; channels test/table; origins UKR; locations HUN, POL; days 2022-03-01 to 2022-03-04
"#);
}

#[test]
fn nothing_was_known_yet() {
    assert_snapshot!(desk().run("figures --as-known-on 2022-03-15").transcript(), @r#"
--- stderr, exit code 3
ledger humstat.db, entry 1 (c223e461bf59)
humstat: nothing matches this selection as known on 2022-03-15; the earliest version that does became known on 2022-05-01
"#);
}

#[test]
fn a_summary() {
    assert_snapshot!(desk().run("summary --total --format csv").transcript(), @r#"
location,location_id,value,low,high,qualifier,period_end,previous_value,previous_period_end,change,change_percent,change_per_day,share_percent,status,claimant,channel,url,licence,notes,figure_id,row_type
Poland,POL,1600,,,exact,2022-03-04,1000,2022-03-01,600,60,200,64,observed,UNHCR,test/table,,CC-BY-4.0,,f2,part
Hungary,HUN,900,,,about,2022-03-04,,,,,,36,observed,UNHCR,test/table,,CC-BY-4.0,,f3,part
Total,,2500,,,about,2022-03-04,,,,,,,observed,UNHCR,test/table,,CC-BY-4.0,computed from 2 rows,,total
--- stderr, exit code 0
ledger humstat.db, entry 1 (c223e461bf59)
"#);
}

#[test]
fn sentences() {
    assert_snapshot!(desk().run("summary --sentences").transcript(), @r#"
As of 4 March 2022, 1,600 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR), 600 more than on 1 March.
As of 4 March 2022, about 900 crossings from Ukraine into Hungary had been recorded since 24 February (UNHCR).
--- stderr, exit code 0
ledger humstat.db, entry 1 (c223e461bf59)
"#);
}

#[test]
fn the_log() {
    let desk = desk();
    desk.run("ledger retract f2 --reason \"read from the wrong row\"")
        .succeeds();
    assert_snapshot!(desk.run("ledger log").transcript(), @r#"
    1  2022-09-10  ingest    c223e461bf59  table.csv: 3 figures: 3 new
    2  2022-09-10  retract   8ac6dd8c1033  took back figure f2: read from the wrong row
--- stderr, exit code 0
ledger humstat.db, entry 2 (8ac6dd8c1033)
"#);
}

/// Every command shows how it is used.
#[test]
fn every_help_has_an_example() {
    fn check(command: &clap::Command, path: &str) {
        let help = command.get_after_help().map(ToString::to_string);
        assert!(
            help.is_some_and(|help| help.contains("humstat ")),
            "`{path} --help` has no example"
        );
        for below in command.get_subcommands() {
            check(below, &format!("{path} {}", below.get_name()));
        }
    }
    check(&humstat::cli::command(), "humstat");
}
