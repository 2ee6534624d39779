//! From a text to figures that wait, are accepted, and are held against a draft: the whole way, with the
//! real program.

use serde_json::Value;

use crate::common::{Desk, column};

const PAGE: &str = include_str!("../fixtures/prose/live-page.html");
const OHCHR: &str = include_str!("../fixtures/prose/casualty-update.md");

fn lines(desk: &Desk, line: &str) -> Vec<Value> {
    let outcome = desk.run(line).succeeds();
    outcome
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn text(row: &Value, field: &str) -> String {
    match &row[field] {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}

fn in_order(mut rows: Vec<Value>) -> Vec<Value> {
    rows.sort_by_key(|row| row["begin"].as_u64());
    rows
}

/// The kind of page that began the project: its six figures, and nothing else that has a number.
#[test]
fn a_live_page_gives_its_figures_and_neither_missiles_nor_miles() {
    let desk = Desk::new();
    desk.put("page.html", PAGE);
    let rows = in_order(lines(
        &desk,
        "ingest text page.html --dry-run --format jsonl",
    ));
    let found: Vec<String> = rows
        .iter()
        .map(|row| {
            let fields = [
                "text",
                "qualifier",
                "indicator",
                "origin",
                "location",
                "modality",
                "source",
                "period_start",
            ];
            fields.map(|field| text(row, field)).join(" ")
        })
        .collect();
    assert_eq!(
        found,
        [
            "836,000 exact refugees UKR - observed UN agency -",
            "836,000 about refugees UKR - observed UNHCR 2022-02-24",
            "453,000 about refugees UKR POL observed UNHCR 2022-02-24",
            "4 million more_than people_in_need - UKR projected UNHCR -",
            "12 million about people_in_need - UKR estimated - -",
            "14 at_least killed - UKR observed United Nations -",
        ]
    );
    // The headline and the text state the total twice, as one; Poland is a part of it.
    assert_eq!(rows[1]["repeats"], 0);
    assert_eq!(rows[2]["part_of"], 1);
    assert_eq!(text(&rows[5], "population"), "children");
    for row in &rows {
        assert_eq!(row["relayed_by"][0], "Example News", "{row}");
    }
}

#[test]
fn the_words_stand_where_the_offsets_say() {
    let desk = Desk::new();
    let body =
        "Süd-Kivu – “plus”: some 12 000 people fled Ukraine. Ґанок: at least 14 killed in Syria.\n";
    desk.put("page.txt", body);
    let letters: Vec<char> = body.chars().collect();
    for line in [
        "ingest text page.txt --dry-run --format jsonl",
        "ingest text page.txt --dry-run --format jsonl --quantities",
    ] {
        let rows = lines(&desk, line);
        assert_eq!(rows.len(), 2, "{rows:?}");
        for row in rows {
            let words = if row["quantity"].is_object() {
                &row["quantity"]
            } else {
                &row
            };
            let begin = usize::try_from(words["begin"].as_u64().unwrap()).unwrap();
            let end = usize::try_from(words["end"].as_u64().unwrap()).unwrap();
            let there: String = letters[begin..end].iter().collect();
            assert_eq!(words["text"], there);
        }
    }
}

/// The template of OHCHR's updates on Ukraine: cumulative since the first day, as of its last, with parts
/// that add up to their whole.
#[test]
fn ohchr_s_update_gives_totals_and_their_parts() {
    let desk = Desk::new();
    desk.put("update.md", OHCHR);
    let rows = in_order(lines(
        &desk,
        "ingest text update.md --dry-run --format jsonl",
    ));
    let value = |row: &Value| row["value"].as_i64().unwrap();
    for row in &rows[..3] {
        assert_eq!(text(row, "period_start"), "2022-02-24");
        assert_eq!(text(row, "period_end"), "2022-03-07");
        assert_eq!(text(row, "measure"), "cumulative");
        assert_eq!(text(row, "source"), "OHCHR");
        assert_eq!(text(row, "population"), "civilians");
        assert_eq!(text(row, "location"), "UKR");
    }
    let of = |indicator: &str| {
        rows.iter()
            .find(|row| row["indicator"] == indicator)
            .unwrap()
    };
    assert_eq!(
        value(of("casualties")),
        value(of("killed")) + value(of("injured"))
    );
    // The people killed, by who they were, are parts of the total of their own line.
    let whole = rows
        .iter()
        .rposition(|row| row["indicator"] == "killed" && row["value"] == 474)
        .unwrap();
    let parts: Vec<&Value> = rows.iter().filter(|row| row["part_of"] == whole).collect();
    assert_eq!(parts.iter().map(|row| value(row)).sum::<i64>(), 474);
    let whom: Vec<String> = parts.iter().map(|row| text(row, "population")).collect();
    assert_eq!(whom, ["men", "women", "boys", "girls", "children", "-"]);
}

#[test]
fn what_is_read_waits_is_accepted_and_traced_and_a_draft_is_held_against_it() {
    let desk = Desk::new();
    desk.put("page.html", PAGE);
    desk.run("ingest text page.html").succeeds();
    let waiting = desk.rows("review list");
    assert_eq!(waiting.len(), 6);
    assert_eq!(column(&waiting, "channel")[0], "press/example-news");
    desk.run("summary --indicator refugees --at 2022-03-02")
        .ends_with(3);
    // Once more adds nothing.
    desk.run("ingest text page.html")
        .succeeds()
        .says("was read before, in entry 1; 6 figures wait of it for a decision");
    desk.run("review correct c3 --set since=2022-02-24 --set period=2022-03-02")
        .succeeds();
    let figures = desk.rows("figures --indicator refugees --location POL");
    assert_eq!(column(&figures, "value"), ["453000"]);
    assert_eq!(column(&figures, "qualifier"), ["about"]);
    assert_eq!(column(&figures, "relayed_by"), ["Example News"]);
    desk.run("trace f1")
        .succeeds()
        .answers("About 453,000 of them have gone to neighbouring Poland.");
    desk.put(
        "draft.md",
        "About 453,000 people have fled Ukraine to Poland since 24 February, UNHCR says.\n",
    );
    desk.run("trace draft.md")
        .succeeds()
        .answers(",as_recorded,");
    desk.put(
        "draft.md",
        "453,000 people have fled Ukraine to Poland since 24 February, UNHCR says. Another 77,777 people have fled.\n",
    );
    desk.run("trace draft.md")
        .ends_with_data(1)
        .answers(",qualifier_lost,")
        .answers(",unknown,");
}

/// A figure for a town is none for its country.
#[test]
fn a_figure_of_a_town_is_not_recorded_for_its_country() {
    let desk = Desk::new();
    desk.put(
        "town.txt",
        "At least 14 people were killed in Kharkiv on 1 March 2022, UNHCR said.\n",
    );
    desk.run("ingest text town.txt --published 2022-03-02 --via \"Example News\"")
        .succeeds();
    desk.run("review accept c1 --set since=2022-03-01 ").fails();
    desk.run("review correct c1 --set measure=flow")
        .ends_with(1)
        .says("a part of the country only");
    desk.run("review correct c1 --set measure=flow --set location=UKR")
        .succeeds();
}

#[test]
fn a_text_without_a_date_or_a_publisher_is_refused_with_the_way_out() {
    let desk = Desk::new();
    desk.put("bare.txt", "Some 3,000 people fled Syria.\n");
    desk.run("ingest text bare.txt --via \"Example News\"")
        .ends_with(2)
        .says("--published 2022-03-02");
    desk.run("ingest text bare.txt --published 2022-03-02")
        .ends_with(2)
        .says("--via");
    desk.run("ingest text nothing.txt --dry-run")
        .ends_with(1)
        .says("nothing.txt");
}

#[test]
fn many_files_are_printed_in_their_order() {
    let desk = Desk::new();
    let names: Vec<String> = (0..40).map(|number| format!("t{number:02}.txt")).collect();
    for (number, name) in names.iter().enumerate() {
        desk.put(
            name,
            format!("{} people were killed in Syria.\n", 100 + number),
        );
    }
    let rows = lines(
        &desk,
        &format!("ingest text {} --dry-run --format jsonl", names.join(" ")),
    );
    let docs: Vec<String> = rows.iter().map(|row| text(row, "doc")).collect();
    assert_eq!(docs, names);
}

#[test]
fn an_address_is_asked_only_where_the_desk_asks() {
    let desk = Desk::new();
    desk.put("humstat.toml", "network = false\n");
    desk.run("ingest text https://news.example/page --dry-run")
        .ends_with(4)
        .says("network = false");
    desk.run("ingest text --reliefweb \"sudan displacement\" --dry-run")
        .ends_with(4);
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_printed() {
    let desk = Desk::new();
    desk.put("one.txt", "At least 14 people were killed in Syria.\n");
    desk.put("empty.txt", "");
    desk.put("two.txt", "At least 15 people were killed in Syria.\n");
    desk.run("ingest text one.txt empty.txt two.txt --dry-run --format jsonl")
        .ends_with_data(1)
        .says("empty.txt holds no text: it is empty\n1 of 3 texts could not be read; the rest was")
        .answers("\"value\":15");
}

/// The ledger holds US dollars only.
#[test]
fn money_other_than_us_dollars_is_no_figure() {
    let desk = Desk::new();
    desk.put(
        "money.txt",
        "UNHCR appealed for $445 million for Sudan. The EU provided 50 million euros. \
         Canada gave C$30 million, and the agency received US$ 12 million.\n",
    );
    let rows = in_order(lines(
        &desk,
        "ingest text money.txt --dry-run --format jsonl",
    ));
    let found: Vec<String> = rows.iter().map(|row| text(row, "value")).collect();
    assert_eq!(found, ["445000000", "12000000"]);
    assert!(rows.iter().all(|row| row["unit"] == "usd"));
}
