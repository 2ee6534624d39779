//! Charts in every size and theme: the truthful titles, what the desk says, and the files.

use super::common::Desk;
use super::ukraine::desk;

const CROSSINGS: &str = "--indicator border_crossings --origin UKR --channel unhcr/odp";

/// The text of a class of a drawn chart, its lines joined.
fn words(svg: &str, class: &str) -> String {
    let begin = format!("<text class=\"{class}\"");
    let lines = svg.split(&begin).skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('>')?;
        Some(rest.split_once('<')?.0)
    });
    lines.collect::<Vec<_>>().join(" ")
}

fn titles(desk: &Desk, line: &str) -> (String, String) {
    let svg = desk.run(&format!("chart {line}")).succeeds().stdout;
    (words(&svg, "title"), words(&svg, "subtitle"))
}

#[test]
fn default_titles_say_what_the_record_says_and_no_more() {
    let desk = desk();
    for (line, title) in [
        (
            format!("flow {CROSSINGS} --at 2022-03-31"),
            "Poland received 54% of crossings from Ukraine by 31 March 2022",
        ),
        (
            format!("bars {CROSSINGS} --at 2022-03-31 --emphasis HUN"),
            "Hungary received 8.5% of crossings from Ukraine by 31 March 2022",
        ),
        // What was chosen is not all.
        (
            format!("bars {CROSSINGS} --location POL --location HUN"),
            "Poland received 82% of crossings from Ukraine among the 2 places shown by 6 September 2022",
        ),
        (
            format!("line {CROSSINGS}"),
            "5.95 million crossings from Ukraine into Poland by 6 September 2022",
        ),
        (
            format!("line {CROSSINGS} --show seven_day_average"),
            "New crossings from Ukraine into Poland peaked at 136,932 a day in the week to 8 March 2022",
        ),
        (
            "line --indicator killed --indicator injured --location UKR --claimant OHCHR"
                .to_owned(),
            "2,665 civilians had been killed in Ukraine by 25 April 2022, according to OHCHR",
        ),
    ] {
        assert_eq!(titles(&desk, &line).0, title);
    }
}

#[test]
fn different_days_are_said_beside_a_share() {
    let line = format!("chart bars {CROSSINGS} --at 2022-03-31");
    let svg = desk().run(&line).succeeds().stdout;
    let note = words(&svg, "note");
    assert!(
        note.contains("newest figures, which are of 11 to 31 March 2022"),
        "{note}"
    );
    assert_eq!(
        words(&svg, "subtitle"),
        "Border crossings from Ukraine, cumulative since 24 February 2022, as of 31 March 2022 where no other day is given"
    );
}

/// The charts of the plan of Ukraine, in every size and theme.
#[test]
fn a_chart_desk_takes_every_chart_in_every_size_and_theme() {
    let desk = desk();
    for chart in [
        format!("line {CROSSINGS} --emphasis POL --event 2022-03-11=\"Last counted\""),
        format!("line {CROSSINGS} --emphasis POL --show seven_day_average"),
        format!("bars {CROSSINGS} --emphasis POL --at 2022-03-08"),
        format!("flow {CROSSINGS} --emphasis POL --at 2022-09-06 --top 4"),
        "line --indicator killed --indicator injured --location UKR --claimant OHCHR".to_owned(),
    ] {
        for theme in ["light", "dark", "grey"] {
            let line = format!(
                "chart {chart} --theme {theme} --lint --size article,newsroom,square,portrait,social,column,page"
            );
            let said = desk.run(&line);
            assert_eq!(said.stdout, "", "{line}");
            said.succeeds().says("page: 0 findings");
        }
    }
}

#[test]
fn several_sizes_are_several_files() {
    let desk = desk();
    let line = format!("chart bars {CROSSINGS} --theme dark --size newsroom,300x300mm -o bars.svg");
    desk.run(&line).succeeds();
    let dark = std::fs::read_to_string(desk.path("bars-newsroom.svg")).unwrap();
    assert!(dark.contains("class=\"paper\""), "{dark}");
    assert!(!dark.contains("#ffffff"), "white on dark paper");
    assert!(desk.path("bars-300x300mm.svg").exists());
    desk.run(&format!("chart bars {CROSSINGS} --size newsroom,square"))
        .ends_with(2)
        .says("name one with -o");
    desk.run(&format!("chart bars {CROSSINGS} --size huge"))
        .ends_with(2)
        .says("write one of article, newsroom");
    desk.run(&format!("chart bars {CROSSINGS} --scale 9"))
        .ends_with(2)
        .says("between 1 and 4");
}

#[test]
fn what_the_desk_objects_to_has_its_point_and_its_rule_and_is_drawn_all_the_same() {
    let desk = desk();
    desk.run(&format!(
        "chart bars {CROSSINGS} --title Crossings --subtitle X --lint -o bars.svg"
    ))
    .answers("point 1: the title is a label, not a finding (rule: the title states a finding in plain words)")
    .ends_with_data(1);
    assert!(desk.path("bars.svg").exists());
}

#[test]
fn a_plan_has_sizes_and_a_theme() {
    let desk = desk();
    desk.put(
        "plan.toml",
        "title = \"t\"\noutput = \"out\"\n[[chart]]\nname = \"bars\"\nkind = \"bars\"\ntheme = \"grey\"\n\
         sizes = [\"newsroom\", \"column\"]\n[chart.select]\nindicator = \"border_crossings\"\norigin = \"UKR\"\n\
         channel = \"unhcr/odp\"\n",
    );
    desk.run("run plan.toml --lint").succeeds();
    for name in [
        "bars-newsroom.svg",
        "bars-newsroom.png",
        "bars-column.svg",
        "bars-column.png",
    ] {
        assert!(desk.path("out").join(name).exists(), "{name}");
    }
    assert!(!desk.path("out/bars.svg").exists());
}

/// A desk with refugees at the end of years, of which nobody says that they are all.
fn refugees(rows: &str) -> Desk {
    let desk = Desk::new();
    desk.ingest(
        "table.csv",
        &format!("day,place,number\n{rows}"),
        &[
            ("border_crossings", "refugees"),
            (
                "measure = \"cumulative\"\nsince = \"2022-02-24\"",
                "measure = \"stock\"",
            ),
            ("UKR", "SYR"),
        ],
    )
    .succeeds();
    desk
}

#[test]
fn lines_tell_where_they_come_from_and_a_peak_between() {
    let line = "line --indicator refugees --origin SYR";
    let rising =
        refugees("2019-12-31,Poland,900\n2020-12-31,Poland,1500000\n2021-12-31,Poland,2507000\n");
    assert_eq!(
        titles(&rising, line),
        (
            "Refugees from Syria in Poland rose from 900 at the end of 2019 to 2.51 million at the end of 2021".to_owned(),
            "Refugees from Syria in Poland, number at the end of the year, people, 2019 to 2021".to_owned(),
        )
    );
    let peak = refugees("2019-12-31,Poland,900\n2020-12-31,Poland,2000\n2021-12-31,Poland,1000\n");
    assert_eq!(
        titles(&peak, line).0,
        "Refugees from Syria in Poland fell from a peak of 2,000 at the end of 2020 to 1,000 at the end of 2021"
    );
    // A bound is no point to count from, and it is not rounded.
    let bound = refugees("2019-12-31,Poland,900\n2021-12-31,Poland,\"at least 1,234,567\"\n");
    assert_eq!(
        titles(&bound, line).0,
        "At least 1,234,567 refugees from Syria were recorded in Poland at the end of 2021"
    );
}

#[test]
fn a_share_is_of_what_is_recorded_and_the_most_is_sure() {
    let bars = "bars --indicator refugees --origin SYR";
    let some = refugees("2021-12-31,Poland,\"about 300\"\n2021-12-31,Hungary,100\n");
    assert_eq!(
        titles(&some, bars).0,
        "Poland hosted about 75% of refugees from Syria among the 2 places recorded at the end of 2021"
    );
    let even = refugees(
        "2021-12-31,Poland,300\n2021-12-31,Hungary,\"at least 200\"\n2021-12-31,Romania,0\n",
    );
    let title = titles(&even, bars).0;
    assert!(!title.contains("the most"), "{title}");
}
