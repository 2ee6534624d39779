//! Drafting mappings, and tables of known shape that need none: what a user sees.

use insta::assert_snapshot;

use humstat::ledger::Capture;
use humstat::table::suggest;

use super::common::Desk;

/// What `--suggest` answers for a table.
fn suggested(name: &str, table: &str) -> String {
    let desk = Desk::new();
    desk.put(name, table);
    let line = format!("ingest table {name} --suggest");
    desk.run(&line).succeeds().transcript()
}

/// A draft filled in, and the figures that it reads: indicator, place, day and value.
fn recorded(name: &str, table: &str, answers: &[(&str, &str)]) -> Vec<String> {
    let desk = Desk::new();
    desk.put(name, table);
    desk.run(&format!("ingest table {name} --suggest -o map.toml"))
        .succeeds();
    let mut map = std::fs::read_to_string(desk.path("map.toml")).unwrap();
    let usual = [
        ("channel = \"?\"", "channel = \"test/table\""),
        ("licence = \"?\"", "licence = \"CC-BY-4.0\""),
        ("claimant = \"?\"", "claimant = \"UNHCR\""),
    ];
    for (question, answer) in usual.iter().chain(answers) {
        assert!(map.contains(question), "{question} is not in\n{map}");
        map = map.replace(question, answer);
    }
    desk.put("map.toml", map);
    desk.run(&format!(
        "ingest table {name} --map map.toml --published 2024-03-01"
    ))
    .succeeds();
    desk.rows("figures")
        .iter()
        .map(|row| {
            ["indicator", "measure", "location_id", "period_end", "value"]
                .map(|column| row[column].as_str())
                .join(" ")
        })
        .collect()
}

const FRENCH: &str = "\
Tableau des personnes déplacées;;;;;
Pays;Date du rapport;Déplacés internes;Femmes;Retournés;Remarques
Mali;31/01/2024;1 250;700;90;
Niger;31/01/2024;2 400;1 300;n/d;
";

#[test]
fn a_french_sheet_with_a_title() {
    assert_snapshot!(suggested("deplaces.csv", FRENCH), @r#"
    # A draft for deplaces.csv: 2 rows, 6 columns. A line that was guessed gives its reason; check it.
    # A value "?" is for you to say: the mapping is refused until none is left.

    [publication]
    channel = "?"  # say in which line of publication: who, a slash and what, such as "unhcr/odp"
    title = "Tableau des personnes déplacées"  # guessed: the words above the header
    # published = "2022-03-08"  # say when here, or with --published
    licence = "?"  # say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them

    [table]
    header = 2  # guessed: the first row that is as wide as the table and holds words
    null = ["", "n/d"]  # guessed: what stands where a number is missing

    [figure]
    claimant = "?"  # say who counted, such as "UNHCR"
    location = { column = "Pays", scheme = "name" }  # guessed: all 2 values are names in the register
    period = { column = "Date du rapport", format = "%d/%m/%Y" }  # guessed: 2 values can only be day first, such as `31/01/2024`, and none month first

    [[value]]
    column = "Déplacés internes"
    indicator = "idps"  # guessed: its name

    [[value]]
    column = "Retournés"
    indicator = "returnees"  # guessed: its name

    # Columns of numbers that do not say what they count. Uncomment those that are figures.
    # [[value]]
    # column = "Femmes"  # 2 whole numbers, such as `700`
    # indicator = "?"
    --- stderr, exit code 0
    the draft, line 5, column 11: 3 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 15, `claimant`: say who counted, such as "UNHCR"
    "#);
    assert_eq!(
        recorded("deplaces.csv", FRENCH, &[]),
        [
            "idps stock MLI 2024-01-31 1250",
            "idps stock NER 2024-01-31 2400",
            "returnees stock MLI 2024-01-31 90",
        ]
    );
}

const ARABIC: &str = "\
البلد,التاريخ,عدد النازحين,القتلى
سوريا,2024-01-31,١٬٢٥٠,٣
العراق,2024-01-31,١٬٣٠٠,٤
المجموع,2024-01-31,٢٬٥٥٠,٧
";

#[test]
fn an_arabic_sheet_with_totals() {
    assert_snapshot!(suggested("nazihun.csv", ARABIC), @r#"
    # A draft for nazihun.csv: 3 rows, 4 columns. A line that was guessed gives its reason; check it.
    # A value "?" is for you to say: the mapping is refused until none is left.

    [publication]
    channel = "?"  # say in which line of publication: who, a slash and what, such as "unhcr/odp"
    title = "nazihun.csv"  # guessed: the name of the file
    # published = "2022-03-08"  # say when here, or with --published
    licence = "?"  # say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them

    [table]
    totals = ["المجموع"]  # guessed: in 1 row

    [figure]
    claimant = "?"  # say who counted, such as "UNHCR"
    location = { column = "البلد", scheme = "name" }  # guessed: its name; none of its values are in the register of places
    period = { column = "التاريخ" }  # guessed: all 3 values are a day

    [[value]]
    column = "عدد النازحين"
    indicator = "idps"  # guessed: its name

    [[value]]
    column = "القتلى"
    indicator = "killed"  # guessed: its name
    measure = "?"  # say "cumulative" for a total so far, "flow" for those of each day alone
    --- stderr, exit code 0
    the draft, line 5, column 11: 4 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 14, `claimant`: say who counted, such as "UNHCR"
      line 25, `measure`: say "cumulative" for a total so far, "flow" for those of each day alone
    "#);
}

const WIDE: &str = "\
Country,ISO3,2019,2020
Sudan,SDN,1055489,1040026
Chad,TCD,442672,478664
";

#[test]
fn a_wide_table_of_years() {
    assert_snapshot!(suggested("wide.csv", WIDE), @r#"
    # A draft for wide.csv: 2 rows, 4 columns. A line that was guessed gives its reason; check it.
    # A value "?" is for you to say: the mapping is refused until none is left.

    [publication]
    channel = "?"  # say in which line of publication: who, a slash and what, such as "unhcr/odp"
    title = "wide.csv"  # guessed: the name of the file
    # published = "2022-03-08"  # say when here, or with --published
    licence = "?"  # say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them

    [figure]
    claimant = "?"  # say who counted, such as "UNHCR"
    location = { column = "ISO3", scheme = "iso3" }  # guessed: as ISO3 codes 2 agree with the names in `Country`, as the others 0
    indicator = "?"  # say what is counted, such as "refugees"; `humstat indicators` lists it; a stock is of one day, so write the last day of each period

    [[value]]
    column = "2019"
    period = "2019"  # guessed: its name

    [[value]]
    column = "2020"
    period = "2020"  # guessed: its name
    --- stderr, exit code 0
    the draft, line 5, column 11: 4 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 11, `claimant`: say who counted, such as "UNHCR"
      line 13, `indicator`: say what is counted, such as "refugees"; `humstat indicators` lists it; a stock is of one day, so write the last day of each period
    "#);
    assert_eq!(
        recorded(
            "wide.csv",
            WIDE,
            &[("indicator = \"?\"", "indicator = \"arrivals\"")]
        ),
        [
            "arrivals flow SDN 2019-12-31 1055489",
            "arrivals flow SDN 2020-12-31 1040026",
            "arrivals flow TCD 2019-12-31 442672",
            "arrivals flow TCD 2020-12-31 478664",
        ]
    );
}

/// Crossings that rise day by day in two countries.
fn rising() -> String {
    let mut table =
        "Date,Country,Border crossings from Ukraine,Children killed to date\n".to_owned();
    for day in 1..=6 {
        for (country, step) in [("Poland", 300), ("Romania", 100)] {
            table.push_str(&format!(
                "2022-03-{day:02},{country},{},{day}\n",
                day * step
            ));
        }
    }
    table
}

#[test]
fn a_series_that_only_rises_is_cumulative() {
    assert_snapshot!(suggested("rising.csv", &rising()), @r#"
    # A draft for rising.csv: 12 rows, 4 columns. A line that was guessed gives its reason; check it.
    # A value "?" is for you to say: the mapping is refused until none is left.

    [publication]
    channel = "?"  # say in which line of publication: who, a slash and what, such as "unhcr/odp"
    title = "rising.csv"  # guessed: the name of the file
    # published = "2022-03-08"  # say when here, or with --published
    licence = "?"  # say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them

    [figure]
    claimant = "?"  # say who counted, such as "UNHCR"
    location = { column = "Country", scheme = "name" }  # guessed: all 12 values are names in the register
    period = { column = "Date" }  # guessed: all 12 values are a day

    [[value]]
    column = "Border crossings from Ukraine"
    indicator = "border_crossings"  # guessed: its name
    measure = "cumulative"  # guessed: no number is below the one before it, in 10 steps
    since = "?"  # say from which day on, such as "2022-02-24"
    origin = "UKR"  # guessed: its name

    [[value]]
    column = "Children killed to date"
    indicator = "killed"  # guessed: its name
    measure = "cumulative"  # guessed: its name says "to date"
    since = "?"  # say from which day on, such as "2022-02-24"
    breakdown.age = "children"  # guessed: its name
    --- stderr, exit code 0
    the draft, line 5, column 11: 5 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 11, `claimant`: say who counted, such as "UNHCR"
      line 19, `since`: say from which day on, such as "2022-02-24"
      line 26, `since`: say from which day on, such as "2022-02-24"
    "#);
    let figures = recorded(
        "rising.csv",
        &rising(),
        &[("since = \"?\"", "since = \"2022-02-24\"")],
    );
    assert_eq!(figures.len(), 24);
    assert!(figures.contains(&"border_crossings cumulative POL 2022-03-06 1800".to_owned()));
    assert!(figures.contains(&"killed cumulative ROU 2022-03-06 6".to_owned()));
}

#[test]
fn days_and_months_that_cannot_be_told_apart_are_asked_for() {
    let table = |day: &str| {
        format!("Date,Country,Refugees\n03/04/2022,Poland,1000\n{day}/04/2022,Poland,1200\n")
    };
    assert_snapshot!(suggested("days.csv", &table("05")), @r#"
    # A draft for days.csv: 2 rows, 3 columns. A line that was guessed gives its reason; check it.
    # A value "?" is for you to say: the mapping is refused until none is left.

    [publication]
    channel = "?"  # say in which line of publication: who, a slash and what, such as "unhcr/odp"
    title = "days.csv"  # guessed: the name of the file
    # published = "2022-03-08"  # say when here, or with --published
    licence = "?"  # say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them

    [figure]
    claimant = "?"  # say who counted, such as "UNHCR"
    location = { column = "Country", scheme = "name" }  # guessed: all 2 values are names in the register
    period = { column = "Date", format = "?" }  # say whether the day comes first, "%d/%m/%Y", or the month, "%m/%d/%Y": no value has a day after the 12th

    [[value]]
    column = "Refugees"
    indicator = "refugees"  # guessed: its name
    --- stderr, exit code 0
    the draft, line 5, column 11: 4 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 11, `claimant`: say who counted, such as "UNHCR"
      line 13, `period.format`: say whether the day comes first, "%d/%m/%Y", or the month, "%m/%d/%Y": no value has a day after the 12th
    "#);
    // One day after the 12th tells all.
    assert_eq!(
        recorded("days.csv", &table("25"), &[]),
        [
            "refugees stock POL 2022-04-03 1000",
            "refugees stock POL 2022-04-25 1200",
        ]
    );
}

#[test]
fn a_draft_is_no_mapping_until_its_questions_are_answered() {
    let desk = Desk::new();
    desk.put(
        "days.csv",
        "Date,Country,Refugees\n2022-03-01,Poland,1000\n",
    );
    desk.run("ingest table days.csv --suggest -o map.toml")
        .succeeds();
    assert_snapshot!(
        desk.run("ingest table days.csv --map map.toml --published 2022-03-02")
            .ends_with(1)
            .transcript(),
        @r#"
    --- stderr, exit code 1
    humstat: map.toml, line 5, column 11: 3 values still say "?":
      line 5, `channel`: say in which line of publication: who, a slash and what, such as "unhcr/odp"
      line 8, `licence`: say on what terms, such as "CC-BY-4.0"; `humstat sources` lists them
      line 11, `claimant`: say who counted, such as "UNHCR"
    "#
    );
}

#[test]
fn a_table_of_known_shape_needs_no_mapping() {
    let desk = Desk::new();
    desk.put(
        "solutions.csv",
        "Year,ISO3CoO,ISO3CoA,RST,NAT,RET,RDP\n2021,SYR,DEU,10,20,0,0\n2021,SDN,SDN,0,0,0,5\n",
    );
    assert_snapshot!(
        desk.run("ingest table solutions.csv --published 2022-06-16 --dry-run")
            .succeeds()
            .transcript(),
        @r#"
    In 2021, 10 refugees from Syria were resettled in Germany (UNHCR).
    In 2021, 20 refugees from Syria were naturalised in Germany (UNHCR).
    In 2021, 5 internally displaced people returned home in Sudan (UNHCR; from Sudan).
    --- stderr, exit code 0
    solutions.csv: UNHCR on HDX: solutions
    2 rows hold 3 figures in 8 series and 1 publication, and 5 cells without a number; nothing was recorded
    "#
    );
}

#[test]
fn a_known_shape_that_cannot_be_told_apart_says_what_to_do() {
    let desk = Desk::new();
    desk.put(
        "chart.csv",
        "Entity,Code,Year,Refugees\nSudan,SDN,2021,10\nWorld,,2021,20\n",
    )
    .put("other.csv", "a,b\n1,2\n");
    assert_snapshot!(desk.run("ingest table chart.csv").ends_with(1).transcript(), @r#"
    --- stderr, exit code 1
    humstat: chart.csv is a chart of Our World in Data: its header does not say who counted and what; draft a mapping with --suggest, and leave out the rows of world regions, which have no code
    "#);
    assert_snapshot!(desk.run("ingest table other.csv").ends_with(2).transcript(), @r#"
    --- stderr, exit code 2
    humstat: other.csv is of no known shape and needs a mapping; draft one with `humstat ingest table other.csv --suggest -o MAP.toml`
    "#);
}

#[test]
fn the_header_of_a_known_shape_may_lie_below_notes() {
    let desk = Desk::new();
    desk.put(
        "wdi.csv",
        "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-06-28\",\n\n\
         \"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2021\",\"2022\",\n\
         \"Chad\",\"TCD\",\"Refugees\",\"SM.POP.REFG\",\"555782\",\"\",\n\
         \"World\",\"WLD\",\"Refugees\",\"SM.POP.REFG\",\"21300000\",\"29400000\",\n",
    );
    desk.run("ingest table wdi.csv --published 2024-06-28")
        .succeeds()
        .says("passed over 1 row");
    let rows = desk.rows("figures");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["value"], "555782");
    assert_eq!(rows[0]["period_end"], "2021-12-31");
}

#[test]
fn the_mark_before_a_fraction_is_told_or_asked_for() {
    let table = |number: &str| {
        format!("Land;Datum;Refugees\nPoland;2022-03-01;{number}\nHungary;2022-03-01;1.234\n")
    };
    let told = table("1.234.567");
    assert!(
        suggested("told.csv", &told).contains(
            "[table]\ndecimal = \",\"  # guessed: `1.234.567` in `Refugees` can be read in no other way\n"
        )
    );
    assert_eq!(
        recorded("told.csv", &told, &[]),
        [
            "refugees stock HUN 2022-03-01 1234",
            "refugees stock POL 2022-03-01 1234567",
        ]
    );
    let open = table("567");
    let answer = |decimal: &str| format!("decimal = \"{decimal}\"");
    assert!(suggested("open.csv", &open).contains(
        "decimal = \"?\"  # say \",\" where `1.234` in `Refugees` is a thousand and more, \".\" where it has a fraction\n"
    ));
    assert_eq!(
        recorded("open.csv", &open, &[(&answer("?"), &answer(","))]),
        [
            "refugees stock HUN 2022-03-01 1234",
            "refugees stock POL 2022-03-01 567",
        ]
    );
}

/// JSON with two lists, of which the second may hold numbers or not.
fn two_lists(second: &str) -> String {
    format!(
        r#"{{"notes": [{{"text": "see the annex"}}],
             "data": {{"arrivals": [{{"day": "2022-03-01", "place": "Poland", "refugees": {second}}}]}}}}"#
    )
}

#[test]
fn of_several_lists_the_one_with_numbers_is_drafted() {
    let desk = Desk::new();
    desk.put("two.json", two_lists("1000"));
    desk.run("ingest table two.json --suggest -o map.toml")
        .succeeds()
        .says("two.json: read the list `data.arrivals`, which of 2 alone holds numbers");
    let draft = std::fs::read_to_string(desk.path("map.toml")).unwrap();
    assert!(draft.contains(
        "[table]\npath = \"data.arrivals\"  # guessed: the list that was read; the file holds others"
    ));
    assert_eq!(
        recorded("two.json", &two_lists("1000"), &[]),
        ["refugees stock POL 2022-03-01 1000"]
    );
}

#[test]
fn of_several_lists_that_may_be_meant_one_is_asked_for() {
    let desk = Desk::new();
    desk.put("two.json", two_lists("\"few\""));
    let told = desk
        .run("ingest table two.json --suggest")
        .ends_with(1)
        .transcript();
    assert_snapshot!(told, @r"
    --- stderr, exit code 1
    humstat: two.json: it holds 2 lists, and none has rows with numbers; choose one with --suggest --path PATH:
      notes: 1 row with `text`
      data.arrivals: 1 row with `day`, `place`, `refugees`
    ");
    desk.run("ingest table two.json")
        .ends_with(1)
        .says("--path");
    desk.run("ingest table two.json --suggest --path data.arrivals")
        .succeeds()
        .answers("path = \"data.arrivals\"");
    desk.run("ingest table two.json --suggest --path data.departures")
        .ends_with(1)
        .says("it has no `data.departures`; its lists are notes, data.arrivals");
    let both = two_lists("1000").replace("\"see the annex\"", "12");
    desk.put("two.json", both);
    desk.run("ingest table two.json --suggest")
        .ends_with(1)
        .says("more than one has rows with numbers");
}

#[test]
fn a_known_shape_is_known_among_several_lists() {
    let desk = Desk::new();
    desk.put(
        "solutions.json",
        r#"{"notes": [{"text": "see the annex"}],
            "rows": [{"Year": 2021, "ISO3CoO": "SYR", "ISO3CoA": "DEU", "RST": 10, "NAT": 20, "RET": 0, "RDP": 0}]}"#,
    );
    desk.run("ingest table solutions.json --published 2022-06-16")
        .succeeds()
        .says("UNHCR on HDX: solutions");
    assert_eq!(desk.rows("figures").len(), 2);
}

/// Small tables of known shape, each with its traps, and the figures in them: indicator, measure, place,
/// first and last day, value and breakdown.
const KNOWN: [(&str, &str, &[&str]); 13] = [
    (
        "acled.csv",
        "event_id_cnty,event_date,year,event_type,sub_event_type,country,iso,fatalities,timestamp\n\
         AAA1,2024-03-05,2024,Battles,Armed clash,Democratic Republic of Congo,180,2,1700000000\n\
         AAA2,2024-03-05,2024,Battles,Armed clash,Democratic Republic of Congo,180,0,1700000000\n",
        &[
            "killed flow COD 2024-03-05 2024-03-05 2 event=AAA1",
            "killed flow COD 2024-03-05 2024-03-05 0 event=AAA2",
        ],
    ),
    (
        "emdat.csv",
        "DisNo.,Disaster Group,ISO,Country,Start Year,Start Month,Start Day,Total Deaths,No. Injured,No. Affected,No. Homeless,Total Affected\n\
         2021-0001-AAA,Natural,PHL,Philippines,2021,3,,12,,400,5,405\n",
        &[
            "people_affected flow PHL 2021-01-01 2021-12-31 400 definition=without_injured_and_homeless;event=2021-0001-AAA",
            "killed flow PHL 2021-01-01 2021-12-31 12 definition=dead_or_missing;event=2021-0001-AAA",
        ],
    ),
    (
        "idu.csv",
        "id,country,iso3,role,displacement_type,qualifier,figure,displacement_date,displacement_start_date,displacement_end_date\n\
         7,India,IND,Recommended figure,Disaster,more than,120,2023-11-07,2023-11-07,2023-11-09\n\
         8,India,IND,Triangulation,Disaster,total,90,2023-11-07,2023-11-07,2023-11-09\n",
        &["internal_displacements flow IND 2023-11-07 2023-11-09 120 cause=disaster;event=7"],
    ),
    (
        "aid-workers.csv",
        "Date,Country,Country ISO,Admin 1,Aid Workers Killed,Aid Workers Injured,Aid Workers Kidnapped,Aid Workers Arrested,SiND Event ID\n\
         2024-05-01,South Sudan,SSD,Jonglei,1,0,2,0,555\n",
        &[
            "killed flow SSD 2024-05-01 2024-05-01 1 event=555;group=aid_workers",
            "injured flow SSD 2024-05-01 2024-05-01 0 event=555;group=aid_workers",
            "detained flow SSD 2024-05-01 2024-05-01 0 definition=arrested;event=555;group=aid_workers",
            "detained flow SSD 2024-05-01 2024-05-01 2 definition=kidnapped;event=555;group=aid_workers",
        ],
    ),
    (
        "missing-migrants.csv",
        "Main ID,Incident ID,Incident Date,Country of Incident,Number of Dead,Minimum Estimated Number of Missing,Total Number of Dead and Missing\n\
         2024.MMP1,2024.MMP1,2024-01-03,Tunisia,3,,3\n",
        &["killed flow TUN 2024-01-03 2024-01-03 3 event=2024.MMP1;group=migrants"],
    ),
    (
        "hapi.csv",
        "origin_location_code,asylum_location_code,population_group,gender,age_range,min_age,max_age,population,reference_period_start,reference_period_end\n\
         SDN,TCD,REF,all,all,,,900,2023-01-01,2023-12-31\n\
         SDN,TCD,REF,f,60+,60,,30,2023-01-01,2023-12-31\n\
         SDN,SDN,RDP,all,all,,,40,2023-01-01,2023-12-31\n",
        &[
            "refugees stock TCD 2023-12-31 2023-12-31 900 ",
            "refugees stock TCD 2023-12-31 2023-12-31 30 age=60+;sex=f",
            "idp_returns flow SDN 2023-01-01 2023-12-31 40 ",
        ],
    ),
    (
        "gidd.csv",
        "iso3,country_name,year,conflict_new_displacement,conflict_total_displacement,disaster_new_displacement,disaster_total_displacement\n\
         SDN,Sudan,2023,6000000,9000000,,null\n",
        &[
            "idps stock SDN 2023-12-31 2023-12-31 9000000 cause=conflict",
            "internal_displacements flow SDN 2023-01-01 2023-12-31 6000000 cause=conflict",
        ],
    ),
    (
        "ged.csv",
        "id,type_of_violence,country,date_start,date_end,date_prec,deaths_civilians,low,best,high\n\
         #x,,#country+name,#date+start,#date+end,,,,#affected+killed,\n\
         9,3,Russia (Soviet Union),2014-01-22 00:00:00.000,2014-01-23 00:00:00.000,2,5,4,5,8\n",
        &["killed flow RUS 2014-01-22 2014-01-23 5 event=9;violence=one_sided"],
    ),
    (
        "dtm.csv",
        "operation,admin0Name,admin0Pcode,numPresentIdpInd,reportingDate,displacementReason,numberMales,numberFemales,idpOriginAdmin1Name,idpOriginAdmin1Pcode,assessmentType\n\
         Haiti Earthquake,Haiti,HTI,700,2011-09-30T00:00:00,Natural disaster,nan,nan,Not available,Not available,SA\n",
        &[
            "idps stock HTI 2011-09-30 2011-09-30 700 assessment=SA;cause=disaster;operation=Haiti Earthquake",
        ],
    ),
    (
        "sublocation.csv",
        "geomaster_name,admin_level,date,population_group_id,individuals,population_groups_concat\n\
         Serbia and Kosovo: S/RES/1244 (1999),Country,2022-08-03,5478,14366,recorded (cumulative)\n\
         Türkiye,Country,2022-05-19,5478,145000,recorded (cumulative)\n",
        &[
            "refugees stock TUR 2022-05-19 2022-05-19 145000 ",
            "refugees stock group:serbia-and-kosovo 2022-08-03 2022-08-03 14366 ",
        ],
    ),
    (
        "hcr_data.csv",
        "iso_code,Country,Data Date,Individual refugees from Ukraine recorded across Europe,\
         Refugees from Ukraine registered for Temporary Protection or similar national protection schemes,\
         Border crossings from Ukraine*,Border crossings to Ukraine**\n\
         POL,Poland,5 July 2022,1207650,1207640,4472349,2385120\n\
         MDA,Republic of Moldova,5 July 2022,83832,Not applicable,523707,Data not available\n",
        &[
            "border_crossings cumulative MDA 2022-07-05 2022-07-05 523707 ",
            "border_crossings cumulative POL 2022-07-05 2022-07-05 4472349 ",
            "border_crossings cumulative UKR 2022-07-05 2022-07-05 2385120 ",
            "refugees stock MDA 2022-07-05 2022-07-05 83832 ",
            "refugees stock POL 2022-07-05 2022-07-05 1207640 definition=temporary_protection",
            "refugees stock POL 2022-07-05 2022-07-05 1207650 ",
        ],
    ),
    (
        "disasters.csv",
        "iso3,country_name,year,start_date,end_date,event_name,new_displacement,total_displacement,hazard_category_name\n\
         AFG,Afghanistan,2017,2018-03-29,2018-03-30,Landslide 29/03/2017,22,,Geophysical\n\
         GTM,Guatemala,2022,2022-10-01,2022-10-31,Hurricane,5909,434,Weather related\n",
        &[
            "idps stock GTM 2022-12-31 2022-12-31 434 cause=disaster;event=Hurricane",
            "internal_displacements flow AFG 2017-01-01 2017-12-31 22 cause=disaster;event=Landslide 29/03/2017",
            "internal_displacements flow GTM 2022-01-01 2022-12-31 5909 cause=disaster;event=Hurricane",
        ],
    ),
    (
        "west-bank.json",
        r#"[{"report_date": "2023-12-16", "killed_cum": 278, "injured_cum": 3710, "killed_children_cum": 70,
              "injured_children_cum": 500, "settler_attacks_cum": 344, "flash_source": "un",
              "verified": {"killed_cum": 280, "injured_cum": 3770, "killed_children_cum": 73, "injured_children_cum": 570}},
             {"report_date": "2023-12-17", "killed_cum": 290, "flash_source": "fill"}]"#,
        &[
            "events cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 344 definition=settler_attacks",
            "injured cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 3710 ",
            "injured cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 3770 confirmation=verified",
            "injured cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 500 age=children",
            "injured cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 570 age=children;confirmation=verified",
            "killed cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 278 ",
            "killed cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 280 confirmation=verified",
            "killed cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 70 age=children",
            "killed cumulative humstat:PSE-WBK 2023-12-16 2023-12-16 73 age=children;confirmation=verified",
            "killed cumulative humstat:PSE-WBK 2023-12-17 2023-12-17 290 definition=extended",
        ],
    ),
];

#[test]
fn small_tables_of_known_shape_are_read_with_their_traps() {
    for (name, table, expected) in KNOWN {
        let desk = Desk::new();
        desk.put(name, table);
        desk.run(&format!("ingest table {name} --published 2024-06-30"))
            .succeeds();
        let rows = desk.rows("figures");
        let mut seen: Vec<String> = rows
            .iter()
            .map(|row| {
                [
                    "indicator",
                    "measure",
                    "location_id",
                    "period_start",
                    "period_end",
                    "value",
                    "breakdown",
                ]
                .map(|column| row[column].as_str())
                .join(" ")
            })
            .collect();
        let mut expected = expected.to_vec();
        seen.sort_unstable();
        expected.sort_unstable();
        assert_eq!(seen, expected, "{name}");
    }
}

/// The draft of a table of three places with these columns of numbers.
fn drafted(columns: &[&str]) -> String {
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record([&["Country", "Date"], columns].concat())
        .unwrap();
    for (at, place) in ["POL", "HUN", "MDA"].iter().enumerate() {
        let numbers = (0..columns.len()).map(|column| format!("{}", 1250 + at * 400 + column));
        let row = [(*place).to_owned(), "2022-03-01".to_owned()];
        table.write_record(row.into_iter().chain(numbers)).unwrap();
    }
    let capture = Capture::new("t.csv", table.into_inner().unwrap());
    suggest::draft(&suggest::sample(&capture, None).unwrap().0)
}

/// What a draft says is counted in a column, where it takes that column.
fn counted_in(draft: &str, column: &str) -> Option<String> {
    let draft: toml::Table = toml::from_str(draft).unwrap();
    let values = draft.get("value")?.as_array()?;
    let value = values
        .iter()
        .find(|value| value.get("column").and_then(toml::Value::as_str) == Some(column))?;
    let own = value.get("indicator");
    let indicator = own.or_else(|| draft.get("figure")?.get("indicator"))?;
    Some(indicator.as_str()?.to_owned())
}

/// What makes of a count of people another number.
const OTHERWISE: [&str; 34] = [
    "%",
    "(%)",
    "pct",
    "percent",
    "share",
    "rate",
    "(thousands)",
    "('000)",
    "in millions",
    "x 1000",
    "per 1000",
    "households",
    "families",
    "change in",
    "difference",
    "growth",
    "non",
    "not",
    "former",
    "camps",
    "sites",
    "budget",
    "USD",
    "$",
    "(€)",
    "rank",
    "index",
    "target",
    "planned",
    "projected",
    "needing",
    "average",
    "capacity",
    "previous year",
];

#[test]
fn a_word_that_is_not_understood_makes_a_question_of_the_column() {
    for (name, indicator) in [
        ("Refugees", "refugees"),
        ("IDPs", "idps"),
        ("Killed", "killed"),
        ("Personnes déplacées", "idps"),
    ] {
        assert_eq!(
            counted_in(&drafted(&[name]), name).as_deref(),
            Some(indicator)
        );
        for word in OTHERWISE {
            let spellings = [
                format!("{word} {name}"),
                format!("{name} {word}"),
                format!("{name}_{word}"),
            ];
            let few = if indicator == "refugees" { 3 } else { 1 };
            for other in spellings.into_iter().take(few) {
                let draft = drafted(&[&other]);
                let counted = counted_in(&draft, &other);
                assert_ne!(counted.as_deref(), Some(indicator), "{other}:\n{draft}");
                if other.contains('_') || few == 1 {
                    continue;
                }
                // Beside the plain name, that one is taken, whichever comes first.
                for columns in [[name, &*other], [&*other, name]] {
                    let draft = drafted(&columns);
                    assert_eq!(
                        counted_in(&draft, name).as_deref(),
                        Some(indicator),
                        "{columns:?}:\n{draft}"
                    );
                    assert_ne!(
                        counted_in(&draft, &other).as_deref(),
                        Some(indicator),
                        "{columns:?}:\n{draft}"
                    );
                }
            }
        }
    }
    let draft = drafted(&["Refugees and IDPs"]);
    assert_eq!(
        counted_in(&draft, "Refugees and IDPs").as_deref(),
        Some("?")
    );
    assert!(draft.contains("but its name also says"), "{draft}");
}

#[test]
fn a_number_with_the_mark_of_a_share_is_no_number_of_people() {
    for name in ["Number (%)", "% of total", "Total $"] {
        assert_ne!(
            counted_in(&drafted(&[name, "Refugees"]), name).as_deref(),
            Some("refugees")
        );
        let draft = drafted(&[name]);
        assert!(
            counted_in(&draft, name).is_none_or(|said| said == "?"),
            "{draft}"
        );
    }
}
