//! Years parted over quarters and months: parts that add up, and what has none.

use insta::assert_snapshot;

use super::common::{Desk, Row, column};

const MAPPING: &str = r#"
[publication]
channel = { column = "channel" }
title = "A table"
published = "2022-05-01"
licence = "CC-BY-4.0"

[figure]
claimant = { column = "claimant" }
indicator = { column = "indicator" }
measure = { column = "measure" }
since = { column = "since" }
location = "DEU"
period = { column = "period" }
value = { column = "number" }
"#;

/// A desk with a table of `channel,claimant,indicator,measure,since,period,number`.
fn desk(rows: &[String]) -> Desk {
    let desk = Desk::new();
    let table = format!(
        "channel,claimant,indicator,measure,since,period,number\n{}\n",
        rows.join("\n")
    );
    desk.put(
        "map.toml",
        MAPPING.replace("{ column = \"channel\" }", "\"test/table\""),
    )
    .put("table.csv", table);
    desk.run("ingest table table.csv --map map.toml").succeeds();
    desk
}

/// Applications for asylum of years, from 2018 on.
fn years(numbers: &[u32]) -> Vec<String> {
    (2018..)
        .zip(numbers)
        .map(|(year, number)| format!("test/table,UNHCR,asylum_applications,flow,,{year},{number}"))
        .collect()
}

/// The quarters of the manual of the International Monetary Fund, as a file.
const QUARTERS: &str = "period,value\n2018-Q1,98.2\n2018-Q2,100.8\n2018-Q3,102.2\n2018-Q4,100.8\n2019-Q1,99.0\n\
    2019-Q2,101.6\n2019-Q3,102.7\n2019-Q4,101.5\n2020-Q1,100.5\n2020-Q2,103.0\n2020-Q3,103.5\n2020-Q4,101.5\n";

/// The estimates in thousandths.
fn thousandths(rows: &[Row]) -> Vec<i64> {
    let part = |cell: &&str| (cell.parse::<f64>().unwrap() * 1_000.0).round() as i64;
    column(rows, "estimate").iter().map(part).collect()
}

#[test]
fn years_are_parted_along_a_file_and_the_parts_add_up() {
    let desk = desk(&years(&[4000, 4161]));
    desk.put("quarters.csv", QUARTERS);
    let run = desk
        .run("disaggregate --indicator asylum_applications --pattern quarters.csv --format csv")
        .succeeds();
    let rows = run.rows();
    assert_eq!(rows.len(), 8);
    let parts = thousandths(&rows);
    assert_eq!(parts[..4].iter().sum::<i64>(), 4_000_000);
    assert_eq!(parts[4..].iter().sum::<i64>(), 4_161_000);
    for row in &rows {
        assert_eq!(
            (row["status"].as_str(), row["kind"].as_str()),
            ("estimated", "distributed")
        );
        assert_eq!(row["pattern_source"], "file quarters.csv");
    }
    assert_snapshot!(run.transcript(), @r#"
    indicator,measure,origin,origin_id,location,location_id,since,breakdown,claimant,channel,period_start,period_end,estimate,standard_error,kind,status,whole,whole_start,whole_end,pattern,pattern_source,method,assumption,licence,notes,figure_id
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2018-01-01,2018-03-31,969.815,,distributed,estimated,4000,2018-01-01,2018-12-31,98.2,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f1
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2018-04-01,2018-06-30,998.433,,distributed,estimated,4000,2018-01-01,2018-12-31,100.8,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f1
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2018-07-01,2018-09-30,1018.341,,distributed,estimated,4000,2018-01-01,2018-12-31,102.2,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f1
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2018-10-01,2018-12-31,1013.411,,distributed,estimated,4000,2018-01-01,2018-12-31,100.8,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f1
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2019-01-01,2019-03-31,1007.137,,distributed,estimated,4161,2019-01-01,2019-12-31,99,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f2
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2019-04-01,2019-06-30,1042.753,,distributed,estimated,4161,2019-01-01,2019-12-31,101.6,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f2
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2019-07-01,2019-09-30,1060.229,,distributed,estimated,4161,2019-01-01,2019-12-31,102.7,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f2
    asylum_applications,flow,,,Germany,DEU,,,UNHCR,test/table,2019-10-01,2019-12-31,1050.881,,distributed,estimated,4161,2019-01-01,2019-12-31,101.5,file quarters.csv,"Denton (1971), proportional first differences, first part free (Cholette)","within each whole the parts follow the pattern, and their proportion to it changes smoothly",CC-BY-4.0,,f2
    --- stderr, exit code 0
    ledger humstat.db, entry 1 (32d2bdad9121)
    Asylum applications lodged in Germany, UNHCR: 2 numbers parted into 8 parts along file quarters.csv, by Denton (1971), proportional first differences, first part free (Cholette)
    the parts are estimates that add up to what was published, and nobody counted them: within each whole the parts follow the pattern, and their proportion to it changes smoothly
    "#);
    let further = desk
        .rows("disaggregate --indicator asylum_applications --pattern quarters.csv --extrapolate");
    assert_eq!(
        column(&further, "kind")[7..9],
        ["distributed", "extrapolated"]
    );
    assert_eq!(further[8]["whole"], "");
    assert!(further[8]["notes"].contains("no published number holds this part"));
}

#[test]
fn without_a_pattern_the_days_of_each_month_are_one() {
    let desk = desk(&years(&[3650, 7300]));
    let rows = desk.rows("disaggregate --indicator asylum_applications --step month");
    assert_eq!(rows.len(), 24);
    let parts = thousandths(&rows);
    assert_eq!(parts[..12].iter().sum::<i64>(), 3_650_000);
    assert!(parts[0] < parts[11] && parts[11] < parts[23]);
    assert_eq!(
        rows[0]["pattern_source"],
        "the days of each month (no pattern)"
    );
}

/// A year that nobody published is bridged, and has no parts of its own.
#[test]
fn a_missing_year_between_others_is_no_hole_of_the_pattern() {
    let desk = desk(&[
        "test/table,UNHCR,asylum_applications,flow,,2018,3650".to_owned(),
        "test/table,UNHCR,asylum_applications,flow,,2020,7320".to_owned(),
    ]);
    let run = desk
        .run("disaggregate --indicator asylum_applications --step quarter --format csv")
        .succeeds()
        .says("Asylum applications lodged in Germany, UNHCR: 2 numbers parted into 8 parts");
    let rows = run.rows();
    assert_eq!(rows.len(), 8);
    let parts = thousandths(&rows);
    assert_eq!(parts[..4].iter().sum::<i64>(), 3_650_000);
    assert_eq!(parts[4..].iter().sum::<i64>(), 7_320_000);
    let bridged =
        desk.rows("disaggregate --indicator asylum_applications --step quarter --extrapolate");
    assert_eq!(bridged.len(), 12);
    assert_eq!(column(&bridged, "kind")[4], "extrapolated");
}

#[test]
fn another_series_of_the_place_may_be_the_pattern() {
    let mut rows = years(&[1200]);
    let months = (1..=12).map(|month| {
        format!(
            "test/table,EUROSTAT,asylum_applications,flow,,2018-{month:02},{}",
            month * 10
        )
    });
    rows.extend(months);
    let desk = desk(&rows);
    let rows = desk.rows(
        "disaggregate --indicator asylum_applications --claimant UNHCR --like asylum_applications:EUROSTAT",
    );
    // 1,200 in proportion to 10, 20, …, 120.
    assert_eq!(thousandths(&rows)[..2], [15_385, 30_769]);
    assert!(rows[0]["pattern_source"].starts_with("asylum_applications:EUROSTAT:test/table"));
    let quarters = desk.rows(
        "disaggregate --indicator asylum_applications --claimant UNHCR --like asylum_applications:EUROSTAT --step quarter",
    );
    assert_eq!(column(&quarters, "pattern"), ["60", "150", "240", "330"]);
    desk.run(
        "disaggregate --indicator asylum_applications --claimant UNHCR --like asylum_applications:EUROSTAT -o m.csv",
    )
    .succeeds();
    let sources = std::fs::read_to_string(desk.path("m.sources.md")).unwrap();
    assert!(sources.contains("It rests on 13 figures"), "{sources}");
}

#[test]
fn a_regression_says_what_it_found() {
    let values = [410, 455, 498, 561, 600, 648];
    let mut pattern = "period,value\n".to_owned();
    for (year, value) in (2016..).zip(values) {
        for quarter in 1..=4 {
            pattern.push_str(&format!(
                "{year}-Q{quarter},{}\n",
                value / 4 + quarter * 7 - 17
            ));
        }
    }
    let numbers: Vec<String> = (2016..)
        .zip(values)
        .map(|(year, value)| {
            let number = 2 * value + 100 + (value * value) % 23;
            format!("test/table,UNHCR,asylum_applications,flow,,{year},{number}")
        })
        .collect();
    let desk = desk(&numbers);
    desk.put("p.csv", pattern);
    for method in ["chow-lin", "fernandez", "litterman"] {
        let run = desk
            .run(&format!(
                "disaggregate --indicator asylum_applications --pattern p.csv --method {method}"
            ))
            .succeeds()
            .says("per cent of the variation of the wholes");
        let rows = run.rows();
        assert!(
            rows.iter()
                .all(|row| row["standard_error"].parse::<f64>().unwrap() > 0.0)
        );
        assert!(rows[0]["method"].contains("slope"), "{}", rows[0]["method"]);
    }
    desk.run("disaggregate --indicator asylum_applications --pattern p.csv --method chow-lin --period 2016..2019")
        .ends_with(1)
        .says("4 wholes are too few for a regression");
}

#[test]
fn what_has_no_parts_is_refused_with_the_way_out() {
    let desk = desk(&[
        "test/table,UNHCR,refugees,stock,,2018-12-31,10".to_owned(),
        "test/table,UNHCR,killed,cumulative,2018-01-01,2018-12-31,10".to_owned(),
        "test/table,UNHCR,asylum_applications,flow,,2018,1000".to_owned(),
        "test/table,UNHCR,asylum_applications,flow,,2019,1".to_owned(),
        "test/table,UNHCR,asylum_applications,flow,,2020,1000".to_owned(),
    ]);
    desk.put("short.csv", "period,value\n2018-Q1,1\n2018-Q2,1\n");
    for (line, code, said) in [
        (
            "--indicator refugees --step month",
            1,
            "interpolate between its days",
        ),
        (
            "--indicator killed --step month",
            1,
            "not parted but differenced",
        ),
        ("--indicator asylum_applications", 2, "along which pattern?"),
        (
            "--indicator asylum_applications --step month",
            1,
            "below zero, which no count is",
        ),
        (
            "--indicator asylum_applications --pattern short.csv",
            1,
            "give a pattern that covers it",
        ),
        (
            "--indicator asylum_applications --step month --method chow-lin",
            2,
            "regresses on a pattern",
        ),
        (
            "--indicator asylum_applications --step month --no-intercept",
            2,
            "for a regression",
        ),
        (
            "--indicator asylum_applications --like killed",
            1,
            "is a cumulative, whose height is no pattern",
        ),
        (
            "--indicator asylum_applications --like kiled",
            2,
            "did you mean `killed`",
        ),
        (
            "--indicator asylum_applications --like injured",
            3,
            "holds no injured",
        ),
    ] {
        desk.run(&format!("disaggregate {line}"))
            .ends_with(code)
            .says(said);
    }
}
