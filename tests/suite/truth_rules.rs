//! The truth rules of the design, by number: what the program refuses or marks.

use super::common::{Desk, Row, column, mapping_with, only};

const COLUMNS: [(&str, &str); 13] = [
    ("who", "UNHCR"),
    ("what", "refugees"),
    ("measure", "stock"),
    ("since", ""),
    ("channel", "test/table"),
    ("published", "2022-08-01"),
    ("origin", "Ukraine"),
    ("place", "Poland"),
    ("day", "2022-04-01"),
    ("number", ""),
    ("low", ""),
    ("high", ""),
    ("status", ""),
];

const MAPPING: &str = r#"
[publication]
channel = { column = "channel" }
title = "A table"
published = { column = "published" }

[figure]
claimant = { column = "who" }
indicator = { column = "what" }
measure = { column = "measure" }
since = { column = "since" }
origin = { column = "origin" }
location = { column = "place" }
period = { column = "day" }
value = { column = "number" }
low = { column = "low" }
high = { column = "high" }
status = { column = "status" }
breakdown.age = { column = "age" }
"#;

/// A ledger of a few figures. Each says what differs from [`COLUMNS`]: `place=Germany number=20`;
/// `_` stands for a space.
pub fn ledger(figures: &[&str]) -> Desk {
    let mut table = String::new();
    for (name, _) in COLUMNS {
        table.push_str(name);
        table.push(',');
    }
    table.push_str("age\n");
    for figure in figures {
        let said: Vec<(&str, &str)> = figure
            .split(' ')
            .map(|part| part.split_once('=').unwrap())
            .collect();
        let of = |name: &str, usual: &str| -> String {
            said.iter()
                .find(|(said, _)| *said == name)
                .map_or(usual, |(_, text)| text)
                .replace('_', " ")
        };
        for (name, usual) in COLUMNS {
            table.push_str(&format!("\"{}\",", of(name, usual)));
        }
        table.push_str(&format!("{}\n", of("age", "")));
    }
    let desk = Desk::new();
    // Codes have underscores of their own.
    let table = table
        .replace("border crossings", "border_crossings")
        .replace("funding required", "funding_required")
        .replace("refugee returns", "refugee_returns")
        .replace("asylum applications", "asylum_applications");
    desk.put("map.toml", MAPPING).put("table.csv", table);
    desk.run("ingest table table.csv --map map.toml").succeeds();
    desk
}

/// The row of the computed total.
#[track_caller]
fn total(desk: &Desk, options: &str) -> Row {
    only(
        &desk.rows(&format!("summary --total {options}")),
        "location",
        "Total",
    )
    .clone()
}

#[track_caller]
fn refuses(desk: &Desk, options: &str, rule: &str) {
    desk.run(&format!("summary --total {options}"))
        .ends_with(1)
        .says(&format!("rule {rule}"));
}

#[test]
fn rule_1_a_stock_is_never_summed_over_time() {
    let desk = ledger(&["number=20", "day=2022-05-01 number=30"]);
    refuses(&desk, "--over-time", "over-time");
    desk.run("summary --over-time")
        .ends_with(1)
        .says("those counted on two days may be the same");
    // A cumulative holds its earlier numbers.
    let desk = ledger(&[
        "what=border_crossings measure=cumulative since=2022-02-24 number=20",
        "what=border_crossings measure=cumulative since=2022-02-24 day=2022-05-01 number=30",
    ]);
    refuses(&desk, "--over-time", "over-time");
    // A flow may be summed, and says what it passes over.
    let desk = ledger(&[
        "what=arrivals measure=flow number=20",
        "what=arrivals measure=flow day=2022-04-03 number=30",
    ]);
    let rows = desk.rows("summary --over-time");
    assert_eq!(column(&rows, "value"), ["50"]);
    assert_eq!(rows[0]["figure_id"], "", "a sum is no figure");
    assert!(
        rows[0]["notes"].contains("sum of 2 periods; 1 gap is not counted, the first 2022-04-02")
    );
    desk.run("summary --over-time --sentences")
        .succeeds()
        .answers("From 1 April to 3 April 2022, 50 ");
}

#[test]
fn rule_6_null_is_not_zero() {
    let desk = Desk::new();
    desk.ingest(
        "table.csv",
        "day,place,number\n2022-04-01,Poland,0\n2022-04-01,Hungary,-\n2022-04-01,Romania,*\n2022-04-01,Slovakia,n/a\n2022-04-01,Moldova,5\n",
        &[(
            "[figure]",
            "[table]\nnull = [\"n/a\"]\nnot_applicable = [\"-\"]\nsuppressed = { \"*\" = [1, 4] }\n\n[figure]",
        )],
    )
    .succeeds();
    let rows = desk.rows("summary --total");
    assert_eq!(rows.len(), 4, "two cells hold no number and are no rows");
    assert_eq!(only(&rows, "location", "Poland")["value"], "0");
    let hidden = only(&rows, "location", "Romania");
    assert_eq!(
        (&*hidden["value"], &*hidden["low"], &*hidden["high"]),
        ("", "1", "4")
    );
    let total = only(&rows, "location", "Total");
    assert_eq!(
        (&*total["value"], &*total["low"], &*total["high"]),
        ("", "6", "9")
    );
}

#[test]
fn rule_7_another_definition_is_another_series() {
    let desk = Desk::new();
    let table = "day,place,definition,number\n2022-04-01,Poland,crossings,100\n2022-04-08,Poland,registered,40\n";
    desk.ingest(
        "table.csv",
        table,
        &[(
            "value = { column = \"number\" }",
            "value = { column = \"number\" }\nbreakdown.definition = { column = \"definition\" }",
        )],
    )
    .succeeds();
    // Each has a trend of its own, and neither has a fall.
    let rows = desk.rows("trend");
    assert!(
        rows.iter()
            .all(|row| row["revision"].is_empty() && row["new"].is_empty())
    );
    assert!(desk.rows("revisions --falls").is_empty());
    desk.run("summary --total").ends_with(1).says("rule parts");
}

#[test]
fn rule_16_a_closed_licence_stays_out_of_files() {
    let desk = Desk::new();
    for (name, place, licence) in [
        ("open.csv", "Poland", "CC-BY-4.0"),
        ("closed.csv", "Hungary", "IOM-DTM"),
    ] {
        desk.ingest(
            name,
            &format!("day,place,number\n2022-04-01,{place},100\n"),
            &[
                ("CC-BY-4.0", licence),
                ("test/table", &format!("test/{name}")),
            ],
        )
        .succeeds();
    }
    // On the screen both are shown, and the licence is named.
    let outcome = desk
        .run("figures")
        .succeeds()
        .says("files leave out 1 figure of test/closed.csv: IOM-DTM allows no commercial use");
    assert_eq!(outcome.rows().len(), 2);
    let file = |line: &str| {
        desk.run(line).succeeds();
        super::common::rows(&std::fs::read(desk.path("out.csv")).unwrap())
    };
    for command in ["figures", "summary"] {
        let rows = file(&format!("{command} -o out.csv"));
        assert_eq!(column(&rows, "location"), ["Poland"], "{command}");
        let rows = file(&format!(
            "{command} -o out.csv --licence-ok test/closed.csv"
        ));
        assert_eq!(rows.len(), 2, "{command}");
    }
    // Every command that writes figures to a file; those that write none have no such option.
    for command in [
        "trend",
        "revisions --by period --all",
        "compare --all",
        "changes --since 2022-01-01",
    ] {
        let places = |line: &str| {
            let mut places: Vec<String> = file(line)
                .iter()
                .map(|row| row["location"].clone())
                .collect();
            places.sort();
            places
        };
        assert_eq!(
            places(&format!("{command} -o out.csv")),
            ["Poland"],
            "{command}"
        );
        let both = places(&format!(
            "{command} -o out.csv --licence-ok test/closed.csv"
        ));
        assert_eq!(both, ["Hungary", "Poland"], "{command}");
    }
    for command in ["trace f1", "audit"] {
        desk.run(&format!("{command} --licence-ok test/closed.csv"))
            .ends_with(2);
    }
    desk.run("figures --location HUN -o out.csv")
        .ends_with(1)
        .says("rule licence")
        .says("no figure is left");
    desk.put("humstat.toml", "use = \"non-commercial\"\n");
    assert_eq!(file("figures -o out.csv").len(), 2);
    desk.put("humstat.toml", "use = \"comercial\"\n");
    desk.run("figures").ends_with(1).says("commercial");
}

#[test]
fn rule_2_a_total_of_different_days_says_so_or_is_refused() {
    let desk = ledger(&["number=10", "place=Germany number=20 day=2022-04-03"]);
    let row = total(&desk, "");
    assert_eq!(row["value"], "30");
    assert!(row["notes"].contains("mixed dates (2022-04-01 to 2022-04-03)"));
    refuses(&desk, "--strict-dates", "mixed-dates");
    let same = ledger(&["number=10", "place=Germany number=20"]);
    assert!(!total(&same, "--strict-dates")["notes"].contains("mixed"));
}

#[test]
fn rule_3_units_never_mix() {
    let desk = ledger(&["number=10", "what=funding_required place=Germany number=20"]);
    refuses(&desk, "", "units");
    let desk = ledger(&[
        "number=10",
        "what=border_crossings measure=cumulative since=2022-02-24 place=Germany number=20",
    ]);
    refuses(&desk, "", "units");
    assert_eq!(desk.rows("summary").len(), 2, "side by side they may stand");
}

#[test]
fn rule_4_a_total_is_never_added_to_its_parts() {
    refuses(
        &ledger(&["number=10", "number=3 age=children"]),
        "",
        "parts",
    );
    let ages = ledger(&["number=10 age=adults", "number=3 age=children"]);
    assert_eq!(total(&ages, "")["value"], "13");
    // What a source states for a region stands beside what its countries add up to.
    let desk = ledger(&[
        "number=10",
        "place=Germany number=20",
        "place=Europe number=50",
    ]);
    assert_eq!(total(&desk, "")["value"], "30");
    let rows = desk.rows("summary --total");
    let europe = only(&rows, "location", "Europe");
    assert_eq!((&*europe["row_type"], &*europe["value"]), ("total", "50"));
    assert!(europe["notes"].contains("stated by UNHCR"));
}

#[test]
fn rule_4_an_origin_and_a_region_that_contains_it_are_not_summed() {
    let desk = ledger(&["number=10", "number=30 origin=Europe"]);
    desk.run("summary").ends_with(1).says("rule parts");
    assert_eq!(desk.rows("summary --origin UKR").len(), 1);
}

#[test]
fn rule_5_populations_that_may_overlap_are_never_added() {
    for second in [
        "who=UNRWA place=Germany number=20",
        "channel=test/other place=Germany number=20",
        "what=idps place=Germany number=20",
        "since=2022-02-24 place=Germany number=20",
    ] {
        refuses(&ledger(&["number=10", second]), "", "overlap");
    }
    refuses(
        &ledger(&["number=10", "measure=flow place=Germany number=20"]),
        "",
        "measures",
    );
}

#[test]
fn a_rule_that_is_overruled_leaves_its_mark() {
    let desk = ledger(&["number=10", "who=UNRWA place=Germany number=20"]);
    desk.run("summary --total")
        .ends_with(1)
        .says("add --allow overlap for a total that says what it adds");
    let row = total(&desk, "--allow overlap");
    assert_eq!((&*row["value"], &*row["claimant"]), ("30", "UNHCR + UNRWA"));
    assert!(
        row["notes"]
            .starts_with("added against rule overlap: UNHCR and UNRWA count for themselves")
    );
    desk.run("summary --total --allow overlap --sentences")
        .succeeds()
        .answers("added against rule overlap");
    // Only that one, and only where it is needed.
    refuses(&desk, "--allow parts,periods", "overlap");
    let desk = ledger(&["number=10", "number=3 age=children"]);
    let row = total(&desk, "--allow parts");
    assert_eq!(row["value"], "13");
    assert!(row["notes"].contains("added against rule parts: "));
    let desk = ledger(&["number=10", "place=Germany number=20"]);
    assert!(!total(&desk, "--allow parts,overlap,periods")["notes"].contains("against"));
    // A row of its own sum of origins carries it, and so does what is added to it.
    let desk = ledger(&[
        "number=10",
        "number=30 origin=Europe",
        "place=Germany number=5",
    ]);
    let rows = desk.rows("summary --total --allow parts");
    for place in ["Poland", "Total"] {
        let notes = &only(&rows, "location", place)["notes"];
        assert!(notes.contains("added against rule parts: the origins"));
    }
    assert_eq!(only(&rows, "location", "Total")["value"], "45");
    assert!(!only(&rows, "location", "Germany")["notes"].contains("against"));
    // Flows of different periods.
    let desk = ledger(&[
        "what=arrivals measure=flow number=20",
        "what=arrivals measure=flow place=Germany day=2022-04-03 number=30",
    ]);
    refuses(&desk, "", "periods");
    assert_eq!(total(&desk, "--allow periods")["value"], "50");
}

#[test]
fn units_and_measures_are_never_overruled() {
    for second in [
        "what=funding_required place=Germany number=20",
        "measure=flow place=Germany number=20",
    ] {
        let desk = ledger(&["number=10", second]);
        desk.run("summary --total --allow parts,overlap,periods")
            .ends_with(1)
            .says("are never added");
    }
    for rule in ["units", "measures", "over-time", "size"] {
        ledger(&["number=10"])
            .run(&format!("summary --total --allow {rule}"))
            .ends_with(2)
            .says("only parts, overlap, periods can be overruled");
    }
}

#[test]
fn a_total_carries_what_the_publications_say_of_all_their_figures() {
    let desk = Desk::new();
    desk.ingest(
        "table.csv",
        "day,place,number\n2022-04-01,Poland,100\n2022-04-01,Hungary,40\n",
        &[("[figure]", "notes = \"refugees and others\"\n\n[figure]")],
    )
    .succeeds();
    let rows = desk.rows("summary --total");
    assert!(
        column(&rows, "notes")
            .iter()
            .all(|notes| notes.ends_with("refugees and others"))
    );
    assert_eq!(only(&rows, "location", "Total")["licence"], "CC-BY-4.0");
}

#[test]
fn rule_5_two_datasets_of_one_thing_are_not_chained() {
    let desk = ledger(&["number=10", "channel=test/other number=20 day=2022-04-02"]);
    desk.run("summary")
        .ends_with(1)
        .says("compared, never joined")
        .says("--channel");
    assert_eq!(
        desk.rows("summary --channel test/other")[0]["previous_value"],
        ""
    );
}

/// Crossings of a few days; a cumulative.
pub fn crossings(numbers: &[(&str, i64)], more: &str) -> Desk {
    let figures: Vec<String> = numbers
        .iter()
        .map(|(day, number)| {
            format!("what=border_crossings measure=cumulative since=2022-02-24 day={day} number={number} {more}")
        })
        .collect();
    ledger(
        &figures
            .iter()
            .map(|figure| figure.trim())
            .collect::<Vec<_>>(),
    )
}

#[test]
fn rule_9_a_fall_is_a_revision_by_every_policy() {
    let desk = crossings(
        &[
            ("2022-03-01", 100),
            ("2022-03-02", 160),
            ("2022-03-03", 150),
            ("2022-03-05", 170),
        ],
        "",
    );
    for (policy, new) in [
        ("signed", ["", "60", "-10", "20"]),
        ("cummax", ["", "60", "0", "10"]),
        ("backcast", ["", "50", "0", "20"]),
    ] {
        let outcome = desk
            .run(&format!(
                "trend --indicator border_crossings --revisions {policy}"
            ))
            .succeeds()
            .says("fell on 2022-03-03 from 160 to 150")
            .says(policy);
        let rows = outcome.rows();
        assert_eq!(column(&rows, "new"), new, "{policy}");
        assert_eq!(column(&rows, "revision"), ["", "", "-10", ""], "{policy}");
        assert_eq!(
            column(&rows, "value"),
            ["100", "160", "150", "170"],
            "{policy}"
        );
    }
    desk.run("summary --at 2022-03-03 --sentences")
        .succeeds()
        .answers("10 fewer than the source had on 2 March: a revision");
}

#[test]
fn rule_10_the_newest_day_is_provisional_until_it_is_confirmed() {
    let days = [
        ("2022-03-01", 1),
        ("2022-03-02", 2),
        ("2022-03-03", 3),
        ("2022-03-04", 4),
    ];
    let desk = crossings(&days, "published=2022-03-05");
    let newest = &desk.rows("summary")[0];
    assert!(newest["notes"].contains("provisional"), "{newest:#?}");
    let late = crossings(&days, "published=2022-08-01");
    assert!(!late.rows("summary")[0]["notes"].contains("provisional"));
    let mut figures = String::new();
    for published in ["2022-03-05", "2022-03-06"] {
        for (day, number) in days {
            figures.push_str(&format!(
                "what=border_crossings measure=cumulative since=2022-02-24 day={day} number={number} published={published}\n"
            ));
        }
    }
    let confirmed = ledger(&figures.lines().collect::<Vec<_>>());
    assert!(!confirmed.rows("summary")[0]["notes"].contains("provisional"));
}

#[test]
fn rule_11_a_qualifier_of_a_part_is_one_of_the_sum() {
    for (first, second, qualifier) in [
        ("10", "20", "exact"),
        ("about_10", "20", "about"),
        ("at_least_10", "20", "at_least"),
        ("at_least_10", "more_than_20", "more_than"),
        ("about_10", "at_least_20", "vague"),
    ] {
        let second = format!("place=Germany number={second}");
        let desk = ledger(&[&format!("number={first}"), &second]);
        let row = total(&desk, "");
        assert_eq!(row["value"], "30");
        assert_eq!(row["qualifier"], qualifier, "{first} and {second}");
    }
}

/// A lower and an upper bound leave no value: what is known is the least, and here no most.
#[test]
fn rule_11_bounds_of_both_kinds_leave_bounds() {
    let desk = ledger(&["number=at_least_10", "place=Germany number=at_most_20"]);
    let row = total(&desk, "");
    assert_eq!(
        (&*row["value"], &*row["low"], &*row["high"]),
        ("", "10", "")
    );
    assert_eq!(row["qualifier"], "at_least");
}

/// A flow chart's origin is a total: what may not be added is not drawn as one.
#[test]
fn rule_4_a_flow_chart_obeys_the_rules_of_totals() {
    let desk = ledger(&["number=10 place=Germany", "number=50 place=European_Union"]);
    desk.run("chart flow --alt").ends_with(1);
}

#[test]
fn rule_11_a_bound_has_no_difference() {
    let desk = crossings(&[("2022-03-01", 100), ("2022-03-03", 150)], "");
    assert_eq!(desk.rows("summary")[0]["change"], "50");
    let desk = ledger(&["number=100", "day=2022-04-02 number=at_least_150"]);
    let row = &desk.rows("summary")[0];
    assert_eq!((&*row["change"], &*row["previous_value"]), ("", ""));
    desk.run("trend")
        .succeeds()
        .says("figures with a qualifier are not differenced");
}

#[test]
fn rule_12_a_range_stays_a_range() {
    let desk = ledger(&[
        "what=killed measure=flow number=5 low=3 high=9",
        "what=killed measure=flow place=Germany number=2 low=1 high=4",
    ]);
    let row = total(&desk, "");
    let bounds = ["low", "value", "high"].map(|name| &*row[name]);
    assert_eq!(bounds, ["4", "7", "13"]);
    desk.run("summary --location POL --sentences")
        .succeeds()
        .answers("5 (between 3 and 9)");
    // Without a best value there is none, also in the sum.
    let desk = ledger(&["low=3 high=9", "place=Germany number=2"]);
    let row = total(&desk, "");
    let bounds = ["low", "value", "high", "qualifier"].map(|name| &*row[name]);
    assert_eq!(bounds, ["5", "", "11", "between"]);
}

#[test]
fn rule_13_a_projection_is_marked_wherever_it_stands() {
    let desk = ledger(&[
        "number=10",
        "day=2022-05-01 number=12",
        "day=2022-12-31 number=40 status=projected",
    ]);
    assert_eq!(
        column(&desk.rows("trend"), "status"),
        ["observed", "observed", "projected"]
    );
    assert_eq!(desk.rows("summary")[0]["status"], "projected");
    let plotted = desk.rows("chart line --indicator refugees --data");
    let flags = column(&plotted, "flags");
    assert_eq!(flags.len(), 3);
    assert!(flags[2].contains("projected"), "{flags:?}");
    assert!(!flags[1].contains("projected"), "{flags:?}");
    desk.run("summary --sentences")
        .succeeds()
        .answers("projected");
}

#[test]
fn rule_14_a_missing_day_is_a_gap() {
    let days = [
        ("2022-03-01", 100),
        ("2022-03-02", 110),
        ("2022-03-05", 170),
    ];
    let rows = crossings(&days, "").rows("trend --indicator border_crossings");
    assert_eq!(
        column(&rows, "date"),
        ["2022-03-01", "2022-03-02", "2022-03-05"]
    );
    assert_eq!(column(&rows, "days"), ["", "1", "3"]);
    assert_eq!(column(&rows, "new"), ["", "10", "60"]);
    assert_eq!(column(&rows, "per_day"), ["", "10", "20"]);
}

/// A picture and the products of a plan are files like any other.
#[test]
fn rule_16_a_closed_licence_stays_out_of_charts_and_plans() {
    let desk = Desk::new();
    let plan = "title = \"Test\"\noutput = \"out\"\n
[[ingest]]\nfile = \"closed.csv\"\nmap = \"closed.map.toml\"\n
[[ingest]]\nfile = \"open.csv\"\nmap = \"open.map.toml\"\n
[[chart]]\nname = \"bars\"\nkind = \"bars\"\nselect = { indicator = [\"border_crossings\"] }\n
[[table]]\nfile = \"summary.csv\"\nkind = \"summary\"\nselect = { indicator = [\"border_crossings\"] }\n";
    desk.put("plan.toml", plan);
    for (name, place, licence) in [
        ("open", "Poland", "CC-BY-4.0"),
        ("closed", "Hungary", "IOM-DTM"),
    ] {
        desk.put(
            &format!("{name}.csv"),
            format!("day,place,number\n2022-04-01,{place},100\n"),
        );
        let channel = format!("test/{name}");
        let map = mapping_with(&[("CC-BY-4.0", licence), ("test/table", &channel)]);
        desk.put(&format!("{name}.map.toml"), map);
    }
    let places = |line: &str| {
        let outcome = desk.run(line).succeeds();
        let table = std::fs::read(desk.path("out/summary.csv")).unwrap();
        let picture = std::fs::read_to_string(desk.path("out/bars.svg")).unwrap();
        let drawn = ["Hungary", "Poland"].map(|place| picture.contains(&format!(">{place}<")));
        (
            outcome,
            column(&super::common::rows(&table), "location").join(" "),
            drawn,
        )
    };
    let (outcome, table, drawn) = places("run plan.toml");
    outcome.says("left out 1 figure of test/closed: IOM-DTM allows no commercial use");
    assert_eq!((&*table, drawn), ("Poland", [false, true]));
    let (_, table, drawn) = places("run plan.toml --licence-ok test/closed");
    assert_eq!((&*table, drawn), ("Hungary Poland", [true, true]));
    desk.run("chart bars --indicator border_crossings -o bars.svg")
        .succeeds()
        .says("left out 1 figure of test/closed");
    desk.run("chart bars --indicator border_crossings --channel test/closed -o bars.svg")
        .ends_with(1)
        .says("licence");
}

#[test]
fn rule_16_a_figure_names_its_claimant() {
    let desk = ledger(&["what=killed measure=flow number=5"]);
    desk.run("summary --sentences").succeeds().answers("(UNHCR");
    desk.run(
        "record --indicator killed --channel test/table --value 5 --period 2022-04-01 --title x",
    )
    .ends_with(2)
    .says("--claimant");
    desk.put("nobody.csv", "who,what,measure,since,channel,published,origin,place,day,number,low,high,status,age\n,killed,flow,,test/table,2022-08-01,,Poland,2022-04-02,5,,,,\n");
    desk.run("ingest table nobody.csv --map map.toml")
        .ends_with(1)
        .says("line 2, column `who`")
        .says("needs a claimant");
}

#[test]
fn rule_18_an_old_figure_is_stale_and_a_stopped_series_discontinued() {
    let mut figures: Vec<String> = Vec::new();
    for day in 1..=28 {
        figures.push(format!("day=2022-04-{day:02} number={day}"));
        if day <= 6 {
            figures.push(format!("place=Germany day=2022-04-{day:02} number={day}"));
        }
    }
    let desk = ledger(&figures.iter().map(String::as_str).collect::<Vec<_>>());
    let notes = |at: &str, place: &str| {
        only(&desk.rows(&format!("summary --at {at}")), "location", place)["notes"].clone()
    };
    assert!(notes("2022-04-28", "Germany").contains("discontinued on 2022-04-06"));
    assert_eq!(notes("2022-04-28", "Poland"), "");
    assert!(notes("2022-05-15", "Poland").contains("stale: the newest figure is of 2022-04-28"));
    assert_eq!(notes("2022-04-06", "Germany"), "");
}

#[test]
fn rule_19_a_computed_total_never_enters_the_ledger() {
    let desk = ledger(&["number=10", "place=Germany number=20"]);
    let log = desk.run("ledger log").succeeds().stdout;
    let row = total(&desk, "");
    assert_eq!((&*row["value"], &*row["figure_id"]), ("30", ""));
    assert_eq!(desk.run("ledger log").succeeds().stdout, log);
    assert_eq!(
        column(&desk.rows("figures --all-versions"), "value").len(),
        2
    );
}

#[test]
fn rule_14_the_silence_of_one_channel_says_nothing_of_another() {
    let desk = Desk::new();
    for (name, day, place, absent) in [
        ("register.csv", "2022-04-01", "Poland", "unchanged"),
        ("survey.csv", "2022-05-01", "Hungary", "zero_or_unreported"),
    ] {
        desk.put(name, format!("day,place,number\n{day},{place},100\n"));
        desk.ingest_file(
            name,
            &[("test/table", &format!("test/{name}"))],
            &format!("--absent {absent} --scope whole"),
        )
        .succeeds();
    }
    // The survey covers May without a number for Poland; the register counts on its own days.
    let rows = desk.rows("summary");
    assert_eq!(column(&rows, "location"), ["Hungary", "Poland"]);
}
