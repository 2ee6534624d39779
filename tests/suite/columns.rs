//! Columns, areas, lollipops and pyramids of what is recorded: what is drawn, and what is refused
//! because it would mislead.

use super::common::{Desk, column};
use super::truth_rules::ledger;

/// Two countries over three years.
fn stocks() -> Desk {
    ledger(&[
        "day=2020-12-31 number=100",
        "day=2021-12-31 number=150",
        "day=2022-12-31 number=120",
        "place=Germany day=2020-12-31 number=40",
        "place=Germany day=2021-12-31 number=50",
        "place=Germany day=2022-12-31 number=70",
    ])
}

#[test]
fn columns_and_areas_say_exactly_what_they_plot() {
    let desk = stocks();
    for kind in ["columns", "area"] {
        let rows = desk.rows(&format!("chart {kind} --arrange share --data"));
        assert_eq!(
            column(&rows, "series")[..4],
            ["Poland", "Poland", "Poland", "Germany"]
        );
        assert_eq!(
            column(&rows, "value"),
            ["71.43", "75", "63.16", "28.57", "25", "36.84"],
            "{kind}"
        );
        desk.run(&format!("chart {kind} --arrange share --lint"))
            .succeeds();
    }
    desk.run("chart columns --arrange share --alt")
        .succeeds()
        .answers("Column chart of shares of refugees from Ukraine");
}

#[test]
fn the_largest_are_drawn_and_the_rest_is_gathered() {
    let desk = ledger(&[
        "day=2021-12-31 number=100",
        "place=Germany day=2021-12-31 number=40",
        "place=Hungary day=2021-12-31 number=20",
        "place=Romania day=2021-12-31 number=10",
    ]);
    let rows = desk.rows("chart columns --arrange stacked --top 2 --data");
    assert_eq!(column(&rows, "series"), ["Poland", "Germany", "2 others"]);
    assert_eq!(column(&rows, "value"), ["100", "40", "30"]);
}

#[test]
fn changes_are_signed_and_left_out_over_gaps() {
    let desk = stocks();
    let rows = desk.rows("chart columns --location Poland --show change --data");
    assert_eq!(column(&rows, "value"), ["50", "-30"]);
    desk.run("chart columns --location Poland --show change")
        .succeeds()
        .answers("30 fewer refugees from Ukraine in Poland on 31 December 2022");
    let desk = ledger(&[
        "day=2016-12-31 number=10",
        "day=2017-12-31 number=20",
        "day=2018-12-31 number=30",
        "day=2019-12-31 number=40",
        "day=2022-12-31 number=90",
    ]);
    let rows = desk.rows("chart columns --show change --data");
    assert_eq!(column(&rows, "value"), ["10", "10", "10", ""]);
    desk.run("chart columns --show change")
        .succeeds()
        .answers("One report is left out");
    let desk = ledger(&["what=arrivals measure=flow number=20"]);
    desk.run("chart columns --show change")
        .ends_with(1)
        .says("leave out --show change");
}

#[test]
fn a_cumulative_is_called_one() {
    let crossings = "what=border_crossings measure=cumulative since=2022-02-24";
    let desk = ledger(&[
        &format!("{crossings} day=2022-03-01 number=20"),
        &format!("{crossings} day=2022-03-02 number=50"),
        &format!("{crossings} day=2022-03-03 number=60"),
    ]);
    desk.run("chart columns")
        .succeeds()
        .answers("cumulative since 24 February 2022");
    desk.run("chart columns --subtitle \"Crossings, March 2022\"")
        .ends_with(1)
        .says("draw what is new with --show change");
    desk.run("chart columns --show change").succeeds().answers(
        "New crossings from Ukraine into Poland peaked at 30 between 1 March and 2 March 2022",
    );
}

#[test]
fn what_is_no_part_of_one_whole_is_not_stacked() {
    let refused = |figures: &[&str], rule: &str| {
        let desk = ledger(figures);
        for chart in [
            "columns --arrange stacked",
            "columns --arrange share",
            "area",
        ] {
            desk.run(&format!("chart {chart}"))
                .ends_with(1)
                .says(&format!("rule {rule}"));
        }
        desk
    };
    // The whole of a country beside an age group of it.
    let desk = refused(&["number=20", "age=0-4 number=5"], "parts");
    desk.run("chart columns --arrange grouped").succeeds();
    // Two who count for themselves.
    refused(&["number=20", "who=IOM number=25"], "overlap");
    // Those in need of help and those displaced.
    refused(
        &["what=idps number=20", "what=displaced number=25"],
        "overlap",
    );
    // Those counted apart may be parts of one picture, though no total of them is asked for.
    let apart = ledger(&["what=refugees number=20", "what=idps number=25"]);
    apart.run("chart columns --arrange stacked").succeeds();
    // A total that a source states is no part of it.
    let desk = ledger(&[
        "number=20",
        "place=Germany number=30",
        "place=World number=60",
    ]);
    let rows = desk.rows("chart columns --arrange stacked --data");
    assert_eq!(column(&rows, "series"), ["Germany", "Poland"]);
}

#[test]
fn lollipops_are_bars_of_another_look() {
    let desk = stocks();
    let bars = desk.run("chart bars --data").succeeds().stdout;
    let lollipops = desk.run("chart lollipop --data").succeeds().stdout;
    assert_eq!(bars, lollipops);
    desk.run("chart lollipop")
        .succeeds()
        .answers("class=\"stem\"");
}

#[test]
fn a_pyramid_is_of_one_day_and_names_whom_it_lacks() {
    let desk = Desk::new();
    let table = "day,place,sex,age,number\n\
        2022-12-31,Poland,f,0-4,10\n\
        2022-12-31,Poland,m,0-4,11\n\
        2022-12-31,Poland,f,5+,40\n\
        2022-12-31,Poland,m,5+,30\n\
        2022-12-31,Poland,f,unknown,3\n\
        2022-12-31,Poland,f,,53\n\
        2022-12-31,Poland,,,100\n\
        2021-12-31,Poland,f,0-4,7\n";
    let changes = [
        (
            "indicator = \"border_crossings\"",
            "indicator = \"refugees\"",
        ),
        ("measure = \"cumulative\"", "measure = \"stock\""),
        ("since = \"2022-02-24\"\n", ""),
        (
            "value = { column = \"number\" }",
            "value = { column = \"number\" }\nbreakdown.sex = { column = \"sex\" }\nbreakdown.age = { column = \"age\" }",
        ),
    ];
    desk.ingest("table.csv", table, &changes).succeeds();
    let rows = desk.rows("chart pyramid --data");
    assert_eq!(
        column(&rows, "series"),
        ["Male", "Male", "Female", "Female"]
    );
    assert_eq!(column(&rows, "at"), ["5+", "0 to 4", "5+", "0 to 4"]);
    assert_eq!(column(&rows, "value"), ["30", "11", "40", "10"]);
    let chart = desk.run("chart pyramid").succeeds();
    for words in [
        "55% of the refugees from Ukraine in Poland are women and girls",
        "by age and sex",
        "Not drawn: 3 of unknown age or sex",
        "Age and sex are known of 91% of 100",
    ] {
        assert!(
            chart.stdout.contains(words),
            "{words} is not said in\n{}",
            chart.stdout
        );
    }
    desk.run("chart pyramid --arrange share --lint").succeeds();
    ledger(&["number=20"])
        .run("chart pyramid")
        .ends_with(1)
        .says("needs figures by age and sex");
}
