//! `humstat flows`: movements as published, or estimated from stocks by a method that is named.

use super::common::{Desk, Outcome, Row, column, only};

/// A mapping for stocks of refugees: `day,origin,place,number`.
const STOCKS: &str = r#"
[publication]
channel = "test/stocks"
title = "Stocks"
published = "2022-05-01"
licence = "CC-BY-4.0"

[figure]
claimant = "UNHCR"
indicator = "refugees"
measure = "stock"
origin = { column = "origin" }
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
"#;

/// Refugees of three origins on two days. One pair appears, one vanishes, one is a bound.
const REFUGEES: &str = "\
day,origin,place,number
2020-12-31,Sudan,Chad,1000
2021-12-31,Sudan,Chad,1600
2020-12-31,Sudan,Uganda,500
2021-12-31,Sudan,Uganda,400
2020-12-31,Chad,Sudan,70
2021-12-31,Chad,Sudan,50
2021-12-31,Eritrea,Sudan,130
2020-12-31,Eritrea,Chad,30
2020-12-31,Eritrea,Uganda,20
2021-12-31,Eritrea,Uganda,at least 40
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("stocks.csv", REFUGEES).put("stocks.toml", STOCKS);
    desk.run("ingest table stocks.csv --map stocks.toml")
        .succeeds();
    desk
}

/// Each row as `Sudan>Chad 600 note`.
fn said(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| {
            let text = format!(
                "{}>{} {} {}",
                row["origin"], row["destination"], row["value"], row["note"]
            );
            text.trim_end().to_owned()
        })
        .collect()
}

fn method(desk: &Desk, words: &str) -> Outcome {
    desk.run(&format!("flows --method {words}"))
}

#[test]
fn stocks_alone_say_no_movement_and_the_methods_are_listed() {
    insta::assert_snapshot!(desk().run("flows").ends_with(2).transcript(), @"
    --- stderr, exit code 2
    ledger humstat.db, entry 1 (1929013527c0)
    humstat: the ledger holds no published flows of this selection, only stocks, which do not say who moved; name how to estimate them, and what is taken for granted:
      --method net-change        none: the change of each stock with its sign, which is no movement
      --method drop-negative     as many came from the origin as a stock grew by, falls are dropped; nobody of a stock was born, died or became a citizen
      --method reverse-negative  as many came from the origin as a stock grew by, and as many went back as it fell by; nobody of a stock was born, died or became a citizen
      --method accounting        closed: nobody comes from or leaves for other places; as many stayed as the stocks allow; births and deaths as given
      --method accounting-open   open: what births, deaths and stocks differ by came from or left for other places; as many stayed as the stocks allow
      --method minimum           closed: nobody comes from or leaves for other places; as many stayed as the stocks allow; nobody was born or died
      --method pseudo-bayesian   closed: a mixture of the fewest movements that the stocks allow and of those if nobody's place at the end depended on that at the start
      --method ipf               who goes where is as in the seed, scaled to the published totals by origin and by destination
    ");
}

#[test]
fn a_change_of_a_stock_keeps_its_sign_and_what_appears_is_marked() {
    let outcome = method(&desk(), "net-change").succeeds();
    let rows = outcome.rows();
    assert_eq!(
        said(&rows),
        [
            "Sudan>Chad 600",
            "Sudan>Uganda -100",
            "Chad>Sudan -20",
            "Eritrea>Sudan  appeared",
            "Eritrea>Chad  vanished",
            "Eritrea>Uganda  vanished",
        ]
    );
    let first = &rows[0];
    for (name, expected) in [
        ("origin_id", "SDN"),
        ("destination_id", "TCD"),
        ("period_start", "2020-12-31"),
        ("period_end", "2021-12-31"),
        ("stock_start", "1000"),
        ("stock_end", "1600"),
        ("method", "net-change"),
        ("status", "estimated"),
        ("claimant", "UNHCR"),
        ("channel", "test/stocks"),
        ("licence", "CC-BY-4.0"),
    ] {
        assert_eq!(first[name], expected, "{name}");
    }
    outcome
        .says("1 figure with a qualifier, which has no difference, was left out")
        .says("1 pair appeared (with 130 at the end) and 2 pairs vanished (with 50 at the start): not counted")
        .says("Change of UNHCR's stocks of refugees between the end of 2020 and the end of 2021: 3 pairs of places, +600 where they grew and -120 where they fell; a change of a stock (arrivals, births, returns, naturalisation, deaths, corrections) is not a movement");
}

#[test]
fn falls_are_dropped_or_read_as_returns_and_it_says_so() {
    let desk = desk();
    let dropped = method(&desk, "drop-negative").succeeds();
    assert_eq!(
        said(&dropped.rows())[..3],
        [
            "Sudan>Chad 600",
            "Sudan>Uganda 0 a fall of 100 was dropped",
            "Chad>Sudan 0 a fall of 20 was dropped",
        ]
    );
    dropped
        .says("by drop negative: 600 people from 3 pairs of places; a fall of a stock (returns, naturalisation, deaths, corrections) is not a movement, and 120 in falls were dropped; how wrong the assumption is, no interval says");
    let reversed = method(&desk, "reverse-negative").succeeds();
    assert_eq!(
        said(&reversed.rows())[..4],
        [
            "Sudan>Chad 620 20 by a fall of the stock from Chad in Sudan",
            "Uganda>Sudan 100 100 by a fall of the stock from Sudan in Uganda",
            "Sudan>Uganda 0",
            "Chad>Sudan 0",
        ]
    );
    let zero = method(&desk, "drop-negative --absent-as-zero").succeeds();
    let rows = zero.rows();
    assert_eq!(only(&rows, "note", "appeared")["value"], "130");
    assert!(rows[0]["assumption"].contains("a pair that is not reported is taken as zero"));
    zero.says("counted from and to zero");
}

#[test]
fn accounts_need_those_at_home_births_deaths_and_several_origins() {
    let desk = desk();
    insta::assert_snapshot!(method(&desk, "accounting").ends_with(2).stderr, @"
    ledger humstat.db, entry 1 (1929013527c0)
    humstat: --method accounting needs those who live where they come from, which stocks of refugees do not hold: without them everybody who left home would have come from nowhere. Give --stayers FILE (columns place, year, stayers), or --stayers population where the ledger holds populations
    ");
    desk.put("stayers.csv", STAYERS);
    insta::assert_snapshot!(
        method(&desk, "accounting-open --stayers stayers.csv").ends_with(2).stderr, @"
    ledger humstat.db, entry 1 (1929013527c0)
    humstat: --method accounting-open needs births and deaths of the period: without them children would be read as arrivals, and the dead as departures. Give --births-deaths FILE (columns place, year, births, deaths); --method minimum reckons as if there were none
    ");
    insta::assert_snapshot!(
        method(&desk, "minimum --stayers stayers.csv --origin Sudan").ends_with(1).stderr, @"
    ledger humstat.db, entry 1 (1929013527c0)
    humstat: the stocks are of people from Sudan alone, a list and no table: who moved on from one country of asylum to another cannot be told from who came anew, as nobody else's moves are known; take --method drop-negative or reverse-negative, or widen --origin
    ");
    method(&desk, "drop-negative --stayers stayers.csv")
        .ends_with(2)
        .says("--stayers is for --method accounting, accounting-open, minimum, pseudo-bayesian");
    method(&desk, "pseudo-bayesian --weight 1.5 --stayers stayers.csv")
        .ends_with(1)
        .says("a weight of 1.5 is not between 0 and 1");
}

const STAYERS: &str = "\
place,year,stayers
SDN,2020,40000
SDN,2021,39500
TCD,2020,16000
TCD,2021,16020
UGA,2020,45000
UGA,2021,45000
";

/// Sudan's people are 41,500 on both days, and Chad's 16,070. Of Sudan's, 500 less are at home, 100 less in
/// Uganda and 600 more in Chad; of Chad's, 20 less in Sudan and 20 more at home.
#[test]
fn the_fewest_movements_join_the_two_tables() {
    let desk = desk();
    desk.put("stayers.csv", STAYERS);
    let found = method(&desk, "minimum --stayers stayers.csv").succeeds();
    let rows = found.rows();
    assert_eq!(
        said(&rows),
        [
            "Sudan>Chad 520",
            "Uganda>Chad 100",
            "Eritrea>Sudan  appeared",
            "Eritrea>Chad  vanished",
            "Eritrea>Uganda  vanished",
        ]
    );
    assert!(rows[0]["assumption"].ends_with("nobody was born or died; stayers as given"));
    found.says("by minimum: 620 people from 3 pairs of places; these are people who live elsewhere at the end than at the start, not moves, and every error of a stock is read as a movement");
    // Among independent movements are those of people who would have changed places at home.
    let mixed = method(&desk, "pseudo-bayesian --stayers stayers.csv").succeeds();
    let rows = mixed.rows();
    let value = |row: &Row| row["value"].parse::<f64>().unwrap();
    assert!(value(&rows[0]) > 520.0, "{rows:?}");
    assert!(
        rows[0]["assumption"].contains("(weights 0.87 and 0.13); births and deaths taken as none")
    );
    let all = method(&desk, "pseudo-bayesian --weight 1 --stayers stayers.csv").succeeds();
    assert_eq!(
        said(&all.rows())[..2],
        ["Sudan>Chad 520", "Uganda>Chad 100"]
    );
}

/// Births and deaths of Sudan, 500 more of the one: its people grew by 1,000.
#[test]
fn open_accounts_say_who_came_from_elsewhere() {
    let desk = desk();
    desk.put(
        "stayers.csv",
        STAYERS.replace("SDN,2021,39500", "SDN,2021,40500"),
    );
    let births = "place,year,births,deaths\nSDN,2021,800,300\nTCD,2021,0,0\n";
    desk.put("births.csv", births);
    let open = "accounting-open --stayers stayers.csv --births-deaths births.csv";
    method(&desk, open)
        .ends_with(1)
        .says("births and deaths of Uganda are known for 0 of the 365 days between the two stocks");
    desk.put("births.csv", format!("{births}UGA,2021,0,0\n"));
    method(&desk, open)
        .succeeds()
        .says("500 came from places outside these and 0 left for them: they are in no row")
        .says("by accounting open: 600 people from 3 pairs");
    // Closed, the 500 are made up for by those at home.
    method(&desk, &open.replace("-open", ""))
        .succeeds()
        .says("births less deaths and the growth of the stocks differ by 500: those at home were changed by as many in all, half on each day")
        .says("no sum is off by more than");
}

/// Those at home are the population less those whom the stocks count there.
#[test]
fn populations_of_the_ledger_say_who_is_at_home_and_how_many_moved() {
    let desk = desk();
    let map = STOCKS
        .replace("test/stocks", "test/people")
        .replace("\"refugees\"", "\"population\"")
        .replace("origin = { column = \"origin\" }\n", "");
    desk.put("people.toml", map).put(
        "people.csv",
        "day,place,number\n\
         2020-07-01,Sudan,40070\n2021-07-01,Sudan,39550\n\
         2020-07-01,Chad,17000\n2021-07-01,Chad,17620\n\
         2020-07-01,Uganda,45500\n2021-07-01,Uganda,45400\n",
    );
    method(&desk, "minimum --stayers population")
        .ends_with(3)
        .says("the ledger holds no populations");
    desk.run("ingest table people.csv --map people.toml")
        .succeeds();
    let least = "minimum --indicator refugees --stayers population";
    let found = method(&desk, least).succeeds();
    let rows = found.rows();
    assert_eq!(said(&rows)[..2], ["Sudan>Chad 520", "Uganda>Chad 100"]);
    assert!(rows[0]["assumption"].contains("whom the stocks do not count are taken as from there"));
    let indices = method(&desk, &format!("{least} --indices")).succeeds();
    let rows = indices.rows();
    // 620 of 102,570 people in three places.
    let crude = only(&rows, "index", "crude_migration_probability");
    assert_eq!(crude["value"], "0.6045");
    assert_eq!(only(&rows, "index", "courgeau_k")["value"], "0.2751");
    method(&desk, &format!("{least} -o moved.csv")).succeeds();
    let sources = std::fs::read_to_string(desk.path("moved.sources.md")).unwrap();
    assert!(
        sources.contains("15 figures in 2 publications"),
        "{sources}"
    );
}

#[test]
fn files_beside_the_ledger_are_read_with_care() {
    let desk = desk();
    for (table, said) in [
        (
            "country,year,stayers\n",
            "stayers.csv: there is no column `place`; its columns are country, year, stayers, and it needs place, year, stayers",
        ),
        (
            "place,year,stayers\nSudan,2020,about 5\n",
            "stayers.csv, row 2: `about 5` is no number from zero on, in plain digits",
        ),
        (
            "place,year,stayers\nSudan,2020,5\nSDN,2020,6\n",
            "stayers.csv, row 3: an earlier row is about the same; leave one of them",
        ),
        (
            "place,year,stayers\nSudam,2020,5\n",
            "`Sudam` is no known place; the nearest are Sudan (SDN)",
        ),
        (
            "place,year,stayers\nSudan,2020,5\n",
            "of the places of these stocks only 0 have stayers on both 31 December 2020 and 31 December 2021",
        ),
    ] {
        desk.put("stayers.csv", table);
        method(&desk, "minimum --stayers stayers.csv")
            .ends_with(1)
            .says(said);
    }
}

/// As published: nothing is estimated, and returns go to where people come from.
#[test]
fn published_flows_are_printed_as_they_are() {
    let desk = desk();
    let map = STOCKS
        .replace("test/stocks", "test/flows")
        .replace("\"stock\"", "\"flow\"")
        .replace("column = \"day\"", "column = \"year\"")
        .replace(
            "indicator = \"refugees\"",
            "indicator = { column = \"what\" }",
        );
    desk.put("flows.toml", map).put(
        "flows.csv",
        "what,year,origin,place,number\n\
         arrivals,2021,Sudan,Chad,700\n\
         arrivals,2021,Eritrea,Sudan,at least 90\n\
         refugee_returns,2021,Sudan,Uganda,15\n",
    );
    desk.run("ingest table flows.csv --map flows.toml")
        .succeeds();
    let found = desk.run("flows").succeeds();
    let rows = found.rows();
    assert_eq!(
        said(&rows),
        ["Sudan>Chad 700", "Eritrea>Sudan 90", "Uganda>Sudan 15"]
    );
    assert_eq!(column(&rows, "qualifier"), ["exact", "at_least", "exact"]);
    assert_eq!(column(&rows, "method"), ["published"; 3]);
    assert_eq!(rows[0]["period_start"], "2021-01-01");
    found.says("3 flows as UNHCR publishes them, in 1 period");
    method(&desk, "ipf").ends_with(2).says("needs --seed FILE");
    desk.put("seed.csv", "origin,destination,weight\nSDN,TCD,1\n");
    method(&desk, "ipf --seed seed.csv")
        .ends_with(3)
        .says("and the ledger holds neither");
}

/// Willekens (1999), as totals of a source and a seed.
#[test]
fn a_seed_is_fitted_to_published_totals() {
    let desk = Desk::new();
    let map = STOCKS
        .replace("\"stock\"", "\"flow\"")
        .replace("\"refugees\"", "\"arrivals\"");
    for (file, map, table) in [
        (
            "from.csv",
            map.replace("location = { column = \"place\" }\n", ""),
            "day,origin,number\n2021,Sudan,18\n2021,Eritrea,20\n",
        ),
        (
            "to.csv",
            map.replace("origin = { column = \"origin\" }\n", ""),
            "day,place,number\n2021,Chad,16\n2021,Uganda,22\n",
        ),
    ] {
        desk.put("map.toml", map).put(file, table);
        desk.run(&format!("ingest table {file} --map map.toml"))
            .succeeds();
    }
    let seed = "origin,destination,weight\nSDN,TCD,5\nSDN,UGA,2\nERI,TCD,1\nERI,UGA,7\n";
    desk.put("seed.csv", seed);
    let found = method(&desk, "ipf --seed seed.csv").succeeds();
    assert_eq!(
        said(&found.rows()),
        [
            "Eritrea>Uganda 17.25",
            "Sudan>Chad 13.25",
            "Sudan>Uganda 4.75",
            "Eritrea>Chad 2.75",
        ]
    );
    found
        .says("fitted to 2 origins and 2 destinations in")
        .says("who went where is as in the seed, and no pair was observed");
    desk.put("seed.csv", seed.replace("SDN,TCD,5\nSDN,UGA,2\n", ""));
    method(&desk, "ipf --seed seed.csv")
        .ends_with(1)
        .says("row 1 must add up to 18 and its seed is zero in every column")
        .says("(row 1 is Sudan)");
}

#[test]
fn indices_say_what_they_mean() {
    let found = method(&desk(), "reverse-negative --indices").succeeds();
    let rows = found.rows();
    assert_eq!(
        column(&rows, "index"),
        [
            "effectiveness",
            "connectivity",
            "inequality",
            "gini",
            "herfindahl_origins",
            "effective_origins",
            "herfindahl_destinations",
            "effective_destinations",
        ]
    );
    // 620 from Sudan to Chad and 100 from Uganda to Sudan: two of six ways between three places.
    assert_eq!(only(&rows, "index", "connectivity")["value"], "0.3333");
    assert_eq!(only(&rows, "index", "effectiveness")["value"], "86.1111");
    assert!(rows.iter().all(|row| !row["meaning"].is_empty()));
    assert_eq!(rows[0]["movements"], "720");
    method(&desk(), "net-change --indices")
        .ends_with(1)
        .says("a change of a stock with its sign is none");
}

#[test]
fn a_picture_says_its_method_and_what_it_assumes() {
    let desk = desk();
    for kind in ["flow", "chord", "matrix"] {
        method(
            &desk,
            &format!("drop-negative --chart {kind} -o {kind}.svg"),
        )
        .succeeds();
        let svg = std::fs::read_to_string(desk.path(&format!("{kind}.svg"))).unwrap();
        for words in [
            "The largest estimated flow is from Sudan to Chad: 600</title>",
            "by drop negative",
            "falls are dropped",
        ] {
            assert!(svg.contains(words), "{kind} without {words}");
        }
    }
    method(&desk, "net-change -o no.svg")
        .ends_with(1)
        .says("no ribbon from place to place");
    method(&desk, "drop-negative --chart chord")
        .ends_with(2)
        .says("name its file with -o");
}

#[test]
fn a_step_is_two_days_of_one_thing() {
    let desk = desk();
    method(&desk, "drop-negative --period 2021")
        .ends_with(2)
        .says("the stocks of this selection are all of 31 December 2021");
    desk.run("flows --at 2021-12-31")
        .ends_with(2)
        .says("write --period");
    desk.put(
        "more.toml",
        STOCKS.replace("\"refugees\"", "\"asylum_seekers\""),
    )
    .put(
        "more.csv",
        "day,origin,place,number\n2022-06-30,Sudan,Chad,9\n",
    );
    desk.run("ingest table more.csv --map more.toml").succeeds();
    method(&desk, "drop-negative")
        .ends_with(2)
        .says("these are asylum_seekers, refugees; they count different people: choose one with --indicator");
}
