//! Charts of who went, or is counted, from where to where.

use super::common::Desk;
use super::truth_rules::ledger;

/// Refugees of three origins in three countries, two of which are origins too.
fn refugees() -> Desk {
    ledger(&[
        "origin=Sudan place=Chad number=1100",
        "origin=Sudan place=South_Sudan number=500",
        "origin=South_Sudan place=Sudan number=700",
        "origin=South_Sudan place=Chad number=12",
        "origin=Eritrea place=Sudan number=130",
        "origin=Eritrea place=Chad number=at_least_3",
    ])
}

/// The plotted numbers, one line a pair.
#[track_caller]
fn plotted(desk: &Desk, words: &str) -> Vec<String> {
    desk.rows(&format!("chart {words} --data"))
        .iter()
        .map(|row| {
            let flags = &row["flags"];
            format!("{}, {}: {} {flags}", row["series"], row["at"], row["value"])
                .trim_end()
                .to_owned()
        })
        .collect()
}

#[test]
fn each_kind_draws_every_pair_and_says_the_largest() {
    let desk = refugees();
    for kind in ["flow", "chord", "matrix"] {
        let mut pairs = plotted(&desk, kind);
        pairs.sort();
        assert_eq!(
            pairs,
            [
                "Eritrea, Chad: 3 at_least",
                "Eritrea, Sudan: 130",
                "South Sudan, Chad: 12",
                "South Sudan, Sudan: 700",
                "Sudan, Chad: 1100",
                "Sudan, South Sudan: 500",
            ],
            "{kind}"
        );
        desk.run(&format!("chart {kind}")).succeeds().answers(
            "Refugees from Sudan in Chad are the largest group: 1,100, 45% of all shown</title>",
        );
        desk.run(&format!("chart {kind} --lint"))
            .succeeds()
            .says("0 findings");
    }
}

/// What is beyond the largest is added up with its bounds, and the place that the title speaks of
/// keeps its name.
#[test]
fn the_rest_is_gathered_on_both_sides() {
    let desk = refugees();
    assert_eq!(
        plotted(&desk, "flow --top 1"),
        [
            "Sudan, Chad: 1100",
            "Sudan, Other places: 500",
            "Other places, Chad: 15 at_least",
            "Other places, Other places: 830",
        ]
    );
    let named = plotted(&desk, "flow --top 1 --emphasis ERI");
    assert!(
        named.contains(&"Eritrea, Chad: 3 at_least".to_owned()),
        "{named:?}"
    );
}

/// Places are as large as the sum of their pairs: what may not be added is not drawn as one. A
/// matrix shows the cells alone.
#[test]
fn sums_obey_the_rules_of_totals() {
    let desk = ledger(&[
        "origin=Sudan place=Germany number=10",
        "origin=Chad place=Germany number=20",
        "origin=Sudan place=European_Union number=50",
    ]);
    for kind in ["flow", "chord"] {
        desk.run(&format!("chart {kind}"))
            .fails()
            .says("rule parts");
    }
    let matrix = desk.run("chart matrix").succeeds();
    assert!(!matrix.stdout.contains(">Total<"), "{}", matrix.stdout);
    desk.run("chart matrix --top 1").succeeds();
    refugees().run("chart matrix").succeeds().answers(">Total<");
}

#[test]
fn pairs_need_an_origin_and_one_indicator() {
    let desk = ledger(&["origin= place=Germany number=10"]);
    desk.run("chart chord").fails().says("by origin");
    let desk = ledger(&[
        "origin=Sudan place=Chad number=10",
        "origin=Sudan place=Chad what=idps number=20",
        "origin=Eritrea place=Chad number=20",
    ]);
    desk.run("chart matrix")
        .fails()
        .says("choose one with --indicator");
}

/// Of those who returned, the origin is where they went to.
#[test]
fn returns_run_the_other_way() {
    let desk = ledger(&[
        "what=refugee_returns measure=flow origin=Sudan place=Chad number=10",
        "what=refugee_returns measure=flow origin=Eritrea place=Sudan number=5",
    ]);
    assert_eq!(
        plotted(&desk, "flow"),
        ["Chad, Sudan: 10", "Sudan, Eritrea: 5"]
    );
}
