//! Charts of Our World in Data: what the command line has to say, and what the archive tells.

use clap::Parser;
use humstat::ingest::owid::Owid;
use humstat::ingest::{IngestError, Source};

use crate::common::{Desk, zip};
use crate::ingest_answers::Answers;

/// The words of a command line.
#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Owid,
}

fn parse(words: &str) -> Result<Owid, clap::Error> {
    Line::try_parse_from(std::iter::once("owid").chain(words.split_whitespace()))
        .map(|line| line.source)
}

fn source(words: &str) -> Owid {
    parse(words).unwrap()
}

/// A chart as it is downloaded: its table, what is said of it, and a text for people.
fn chart(table: &str) -> Vec<u8> {
    let metadata = r#"{"chart":{"title":"Deaths in armed conflicts","citation":"UCDP"},"columns":{"Deaths":{"titleShort":"Deaths","descriptionShort":"Deaths of combatants and civilians due to fighting.","unit":"deaths","shortName":"deaths","lastUpdated":"2026-05-01","citationShort":"Uppsala Conflict Data Program (2026) - with major processing by Our World in Data","fullMetadata":"https://api.ourworldindata.org/v1/indicators/1.metadata.json"}},"dateDownloaded":"2026-06-01"}"#;
    zip(&[
        ("deaths.csv", table.as_bytes()),
        ("deaths.metadata.json", metadata.as_bytes()),
        ("readme.md", b"# Deaths"),
    ])
}

const TABLE: &str = "Entity,Code,Year,deaths\nUkraine,UKR,2024,76000\nUkraine,UKR,2023,\nKosovo,OWID_KOS,2024,3\nAfrica,,2024,9000\nWorld,OWID_WRL,2024,160000\nEurope,OWID_EUR,2024,77000\n";

const URL: &str =
    "https://ourworldindata.org/grapher/deaths.zip?useColumnShortNames=true&csvType=full";

#[test]
fn a_chart_is_asked_for_with_its_metadata() {
    let source = source("deaths --indicator killed --measure flow");
    let answers = Answers::default().with(URL, chart(TABLE));
    assert_eq!(answers.ask(&source).unwrap().len(), 1);
    assert_eq!(
        source.words().join(" "),
        "owid deaths --indicator killed --measure flow"
    );
}

#[test]
fn what_the_slug_does_not_say_must_be_said() {
    for (words, said) in [
        ("deaths --measure flow", "--indicator"),
        ("deaths --indicator killed", "--measure"),
        ("deaths --indicator kiled --measure flow", "killed"),
        ("deaths --indicator killed --measure flows", "flow"),
        (
            "https://ourworldindata.org/grapher/deaths?tab=map --indicator killed --measure flow",
            "did you mean deaths?",
        ),
        (
            "deaths --indicator killed --measure flow --claimant UCPD",
            "UCDP",
        ),
    ] {
        let error = parse(words).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let answers = Answers::default();
    for words in [
        "deaths --indicator killed --measure cumulative",
        "deaths --indicator killed --measure flow --since 2022-02-24",
    ] {
        let error = answers.ask(&source(words)).unwrap_err().to_string();
        assert!(error.contains("--since"), "{error}");
    }
    assert_eq!(answers.asked(), Vec::<String>::new());
}

#[test]
fn a_chart_that_does_not_exist_says_what_a_slug_is() {
    let error = Answers::default()
        .refusing(URL, 404)
        .ask(&source("deaths --indicator killed --measure flow"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("no chart deaths"), "{error}");
}

#[test]
fn a_chart_without_rows_is_an_error_and_no_empty_table() {
    let error = Answers::default()
        .with(URL, chart("Entity,Code,Year,deaths\n"))
        .ask(&source("deaths --indicator killed --measure flow"))
        .unwrap_err();
    assert!(matches!(error, IngestError::Nothing { .. }), "{error}");
}

/// Charts write Entity, Code and Year with capitals or without.
#[test]
fn groups_are_left_out_and_provider_and_definition_are_kept() {
    for table in [
        TABLE.to_owned(),
        TABLE.replace("Entity,Code,Year", "entity,code,year"),
    ] {
        let desk = Desk::new();
        desk.put("deaths.zip", chart(&table));
        desk.run("ingest owid deaths --indicator killed --measure flow --claimant UCDP --file deaths.zip --retrieved 2026-06-20")
            .succeeds()
            .says("2 rows");
        let rows = desk.rows("figures --indicator killed");
        let shown: Vec<_> = rows
            .iter()
            .map(|row| {
                ["location_id", "period_start", "period_end", "value"]
                    .map(|name| row[name].as_str())
            })
            .collect();
        assert_eq!(
            shown,
            [
                ["UKR", "2024-01-01", "2024-12-31", "76000"],
                ["XKX", "2024-01-01", "2024-12-31", "3"],
                ["m49:001", "2024-01-01", "2024-12-31", "160000"],
            ]
        );
        let row = &rows[0];
        assert_eq!(row["claimant"], "UCDP");
        assert_eq!(row["title"], "Deaths in armed conflicts");
        assert_eq!(row["published_at"], "2026-05-01");
        assert!(row["attribution"].starts_with("Uppsala Conflict Data Program"));
        assert!(row["notes"].contains("due to fighting"));
        assert!(row["notes"].contains("indicators/1.metadata.json"));
    }
}

#[test]
fn a_yearly_stock_needs_its_day_and_a_daily_one_has_it() {
    let desk = Desk::new();
    desk.put("deaths.zip", chart(TABLE));
    desk.put(
        "daily.zip",
        chart("Entity,Code,Day,deaths\nUkraine,UKR,2024-03-05,76000\n"),
    );
    let words = |rest: &str| {
        format!(
            "ingest owid deaths --indicator refugees --measure stock {rest} --retrieved 2026-06-20"
        )
    };
    desk.run(&words("--file deaths.zip"))
        .fails()
        .says("--day year-end");
    desk.run(&words("--entities origin --day mid-year --file deaths.zip"))
        .succeeds();
    desk.run(&words("--file daily.zip")).succeeds();
    let rows = desk.rows("figures --indicator refugees --at 2024-06-30");
    let shown: Vec<_> = rows
        .iter()
        .map(|row| ["origin_id", "location_id", "period_end"].map(|name| row[name].as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ["", "UKR", "2024-03-05"],
            ["UKR", "m49:001", "2024-06-30"],
            ["XKX", "m49:001", "2024-06-30"],
            ["m49:001", "m49:001", "2024-06-30"],
        ]
    );
}

#[test]
fn several_columns_are_listed_to_choose_from() {
    let desk = Desk::new();
    desk.put(
        "deaths.zip",
        chart("Entity,Code,Year,low,deaths\nUkraine,UKR,2024,1,2\n"),
    );
    let words = |rest: &str| {
        format!(
            "ingest owid deaths --indicator killed --measure flow {rest} --file deaths.zip --retrieved 2026-06-20"
        )
    };
    desk.run(&words("")).fails().says("--column: low, deaths");
    desk.run(&words("--column high"))
        .fails()
        .says("low, deaths");
    desk.run(&words("--column deaths")).succeeds();
    assert_eq!(desk.rows("figures --indicator killed")[0]["value"], "2");
}

#[test]
fn a_table_without_its_metadata_is_refused_with_the_address_of_both() {
    let desk = Desk::new();
    desk.put("deaths.csv", TABLE);
    desk.run("ingest owid deaths --indicator killed --measure flow --file deaths.csv --retrieved 2026-06-20")
        .fails()
        .says("grapher/deaths.zip");
}
