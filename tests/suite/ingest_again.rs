//! Asking again: from captures alone, by `update`, and by plans, also when a source does not answer.

use clap::Parser;
use humstat::fetch::{Fetch, Outcome};
use humstat::figure::Version;
use humstat::ingest::unhcr::Unhcr;
use humstat::ingest::{Offline, Source};
use humstat::ledger::Ledger;

use crate::common::Desk;
use crate::ingest_answers::{Answers, now};

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    source: Unhcr,
}

const ASKED: [&str; 6] = [
    "unhcr",
    "population",
    "--origin",
    "SDN",
    "--period",
    "2023-01-01..2024-12-31",
];

const ADDRESS: &str = "https://api.unhcr.org/population/v1/population/?cf_type=ISO&yearFrom=2023&yearTo=2024&limit=10000&coo=SDN&coa_all=true&page=1";

fn answer(refugees: u32) -> String {
    format!(
        r#"{{"page":1,"maxPages":1,"total":[],"items":[
        {{"year":2023,"coo":"SUD","coo_iso":"SDN","coa":"CHD","coa_iso":"TCD","refugees":{refugees},"asylum_seekers":"0","returned_refugees":"0","idps":"0","returned_idps":"0","stateless":"0","ooc":"0","oip":"-","hst":"0"}}]}}"#
    )
}

/// Records what the source answers, as the program does.
fn record(desk: &Desk, answers: &Answers) {
    let source = Line::try_parse_from(ASKED).unwrap().source;
    answers.record(desk, &source);
}

fn asked_once(refugees: u32) -> Desk {
    let desk = Desk::new();
    desk.put("humstat.toml", "network = false\n");
    record(&desk, &Answers::default().with(ADDRESS, answer(refugees)));
    desk
}

#[test]
fn what_was_recorded_answers_in_place_of_the_network() {
    let desk = asked_once(1_100_000);
    let ask = "ingest unhcr --origin Sudan --period 2023..2024";
    desk.run(&format!("{ask} --offline"))
        .succeeds()
        .says("recorded before, in entry 1; nothing was added");
    desk.run(&format!("{ask} --offline --dry-run"))
        .succeeds()
        .says("nothing was recorded");
    // Another question is another answer.
    desk.run("ingest unhcr --origin Sudan --period 2022..2024 --offline")
        .ends_with(4)
        .says("no answer of `api.unhcr.org/population/v1/population/` to just this question is recorded");
    Desk::new()
        .run(&format!("{ask} --offline"))
        .ends_with(3)
        .says("there is no ledger");
}

#[test]
fn where_an_answer_came_from_is_part_of_the_record() {
    let desk = asked_once(1_100_000);
    let ledger = Ledger::open(&desk.path("humstat.db")).unwrap();
    let capture = ledger.answer_to(ADDRESS).unwrap().unwrap();
    let received = capture.received.as_ref().unwrap();
    assert_eq!((received.status, received.at), (200, now()));
    assert_eq!(capture.whole().unwrap(), answer(1_100_000).as_bytes());
    assert_eq!(ledger.asks().unwrap(), [ASKED]);
    let request = Line::try_parse_from(ASKED)
        .unwrap()
        .source
        .requests(&humstat::ingest::Desk {
            now: "2026-12-01".parse::<Version>().unwrap(),
            keys: &humstat::ingest::Keys::default(),
        })
        .unwrap()
        .remove(0);
    assert!(matches!(
        Offline(&ledger).get(&request),
        Ok(Outcome::Answer(_))
    ));
    desk.run("ledger verify").succeeds();
    desk.run("ledger show 1").succeeds();
}

#[test]
fn an_update_names_what_did_not_answer_and_tells_the_rest() {
    let desk = asked_once(1_100_000);
    desk.run("update")
        .ends_with_data(4)
        .says("asking unhcr population --origin SDN --period 2023-01-01..2024-12-31")
        .says("no source is asked, because humstat.toml says network = false")
        .says("nothing has changed")
        .says("1 of 1 did not answer or could not be read");
    desk.run("update ucdp")
        .ends_with(3)
        .says("this ledger never asked `ucdp`; it asked unhcr");
    let other = Desk::new();
    other.ingest("table.csv", "day,place,number\n2022-03-01,Poland,10\n", &[]);
    other
        .run("update")
        .ends_with(3)
        .says("nothing in this ledger was asked of a source");
}

#[test]
fn a_plan_makes_what_it_can_when_a_source_does_not_answer() {
    let desk = asked_once(1_100_000);
    let plan = |ask: &str| {
        format!(
            "title = \"Sudan\"\noutput = \"out\"\nask = [\"{ask}\"]\n\n\
             [[table]]\nfile = \"summary.csv\"\nkind = \"summary\"\n[table.select]\nindicator = \"refugees\"\n\n\
             [[chart]]\nname = \"never\"\nkind = \"line\"\n[chart.select]\nindicator = \"idps\"\n"
        )
    };
    desk.put("plan.toml", plan(&ASKED.join(" ")));
    desk.run("run plan.toml")
        .ends_with(4)
        .says("`never` of the plan")
        .says("the rest was done");
    assert!(desk.path("out/summary.csv").exists());
    // With an answer, what cannot be made is an error, and nothing is written.
    std::fs::remove_dir_all(desk.path("out")).unwrap();
    desk.run("run plan.toml --offline")
        .ends_with(1)
        .says("`never` of the plan");
    assert!(!desk.path("out").exists());
    desk.put("plan.toml", plan("unhcr populaton --origin SDN"));
    desk.run("run plan.toml")
        .ends_with(2)
        .says("plan.toml, ask:")
        .says("populaton");
    // What somebody must mend does not end as what another time would mend.
    let missing =
        "title = \"x\"\noutput = \"out\"\nask = [\"unhcr --file x.json --retrieved 2022-01-01\"]\n";
    desk.put("plan.toml", missing);
    desk.run("run plan.toml")
        .ends_with(1)
        .says("x.json")
        .says("the plan draws no chart and writes no table");
    desk.put("plan.toml", plan("table x.csv"));
    desk.run("run plan.toml")
        .ends_with(2)
        .says("name a source, such as `unhcr`");
}

#[test]
fn every_situation_that_comes_with_the_program_asks_what_can_be_asked() {
    for situation in humstat::plan::bundled_names() {
        let files = humstat::plan::bundled(situation).unwrap();
        let text = files.read("plan.toml").unwrap();
        let text = String::from_utf8(text.into_owned()).unwrap();
        let plan = humstat::plan::Plan::parse(std::path::Path::new("plan.toml"), &text).unwrap();
        assert!(
            !plan.ask.is_empty() || !plan.ingest.is_empty(),
            "{situation}"
        );
        for chart in &plan.chart {
            let now = chrono::NaiveDate::from_ymd_opt(2026, 11, 26).unwrap();
            chart.select.selection(now).unwrap();
        }
    }
    let desk = Desk::new();
    desk.run("run myanmar --offline").ends_with(4);
}

#[test]
fn sources_say_what_they_need_and_whether_they_answer() {
    let desk = asked_once(1_100_000);
    desk.run("sources unhcr")
        .succeeds()
        .answers("UNHCR Refugee Statistics API")
        .answers("twice a year");
    desk.run("sources unhcr --check")
        .ends_with(4)
        .says("network = false");
    desk.run("sources nothing-of-this-name --check").fails();
}
