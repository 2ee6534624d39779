//! Numbers and dates are read in the one convention of their column, or refused with the way out.

use insta::assert_snapshot;

use super::common::Desk;

const HEADER: &str = "day,place,number\n";

/// What a dry run of a small table says, with what is told in `[table]`.
fn told(rows: &str, table: &str, day: &str) -> String {
    let desk = Desk::new();
    desk.put("table.csv", format!("{HEADER}{rows}"));
    let table = format!("[table]\n{table}\n\n[figure]");
    desk.ingest_file(
        "table.csv",
        &[("[figure]", &table), ("{ column = \"day\" }", day)],
        "--dry-run",
    )
    .transcript()
}

fn numbers(rows: &str, table: &str) -> String {
    told(rows, table, "{ column = \"day\" }")
}

#[test]
fn days_and_months_that_may_be_exchanged_are_refused() {
    let rows = "08/03/2022,Poland,5\n25/03/2022,Poland,6\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: 1 of 2 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `day`, value `08/03/2022`: day and month may stand in either order; line 3 says `25/03/2022`, so the column is day first: add date_order = "dmy" to [table]
    "#);
    let rows = "08/03/2022,Poland,5\n09/03/2022,Poland,6\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: 2 of 2 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `day`, value `08/03/2022`: day and month may stand in either order; add date_order = "dmy" (day first) or "mdy" to [table]
      line 3, column `day`, value `09/03/2022`: day and month may stand in either order; add date_order = "dmy" (day first) or "mdy" to [table]
    "#);
}

#[test]
fn an_order_that_is_told_reads_them() {
    let rows = "08/03/2022,Poland,5\n25/03/2022,Poland,6\n";
    assert_snapshot!(numbers(rows, "date_order = \"dmy\""), @r#"
    As of 8 March 2022, 5 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    As of 25 March 2022, 6 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    --- stderr, exit code 0
    2 rows hold 2 figures in 1 series and 1 publication, and 0 cells without a number; nothing was recorded
    "#);
    assert_snapshot!(numbers(rows, "date_order = \"mdy\""), @r#"
    --- stderr, exit code 1
    humstat: 1 of 2 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 3, column `day`, value `25/03/2022`: no date with the month first, as date_order says
    "#);
}

#[test]
fn a_column_of_both_orders_is_refused() {
    let rows = "13/02/2022,Poland,5\n02/13/2022,Hungary,6\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: the mapping does not fit the table: column `day`: line 2 says `13/02/2022`, and line 3 says `02/13/2022`; a column has one order of day and month: write date_order = "dmy" or "mdy" into [table], and mend the others
    "#);
}

#[test]
fn a_spreadsheet_counts_days() {
    let day = "{ column = \"day\", format = \"excel\" }";
    assert_snapshot!(told("44628,Poland,5\n", "", day), @r#"
    As of 8 March 2022, 5 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    --- stderr, exit code 0
    1 row holds 1 figure in 1 series and 1 publication, and 0 cells without a number; nothing was recorded
    "#);
}

#[test]
fn a_point_before_three_digits_is_refused() {
    assert_snapshot!(numbers("2022-03-08,Poland,1.234\n", ""), @r#"
    --- stderr, exit code 1
    humstat: 1 of 1 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `number`, value `1.234`: its point may part thousands or a fraction; add decimal = "," (it is thousands) or decimal = "." (it is a fraction) to [table]
    "#);
    let rows = "2022-03-08,Poland,1.234\n2022-03-09,Poland,1.234.567\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: 1 of 2 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `number`, value `1.234`: its point may part thousands or a fraction; line 3 says `1.234.567`, so that it should be decimal = "," in [table]
    "#);
    assert_snapshot!(numbers(rows, "decimal = \",\""), @r#"
    As of 8 March 2022, 1,234 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    As of 9 March 2022, 1,234,567 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    --- stderr, exit code 0
    2 rows hold 2 figures in 1 series and 1 publication, and 0 cells without a number; nothing was recorded
    "#);
    assert_snapshot!(numbers(rows, "decimal = \".\""), @r#"
    --- stderr, exit code 1
    humstat: 2 of 2 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `number`, value `1.234`: `1.234` is not whole; figures are counted in whole numbers
      line 3, column `number`, value `1.234.567`: `1.234.567` is no number with decimal = ".", as the mapping says; see whether a digit is missing, or the mark is the other one
    "#);
}

#[test]
fn a_column_of_both_decimal_marks_is_refused() {
    let rows = "2022-03-08,Poland,\"1,234\"\n2022-03-09,Poland,1.234.567\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: the mapping does not fit the table: column `number`: line 2 says `1,234`, and line 3 says `1.234.567`; a column has one decimal mark: write decimal = "," or decimal = "." into [table], and mend the others
    "#);
}

#[test]
fn what_is_no_count_is_refused_by_name() {
    let rows = "2022-03-08,Poland,80%\n2022-03-09,Poland,$4m\n2022-03-10,Poland,12 km\n2022-03-11,Poland,\"(1,234)\"\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    --- stderr, exit code 1
    humstat: 4 of 4 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 2, column `number`, value `80%`: `80%` is a share, not a count
      line 3, column `number`, value `$4m`: `$4m` is an amount of money, not a count
      line 4, column `number`, value `12 km`: `12 km` is a number of `km`, not a count
      line 5, column `number`, value `(1,234)`: `-1234` is below zero; a count of people, cases, crossings, events or money asked for is not
    "#);
}

#[test]
fn texts_for_no_number_are_told_with_their_count() {
    let rows = "2022-03-08,Poland,5\n2022-03-09,Poland,n/a\n2022-03-10,Poland,n/a\n2022-03-11,Poland,Data not available\n2022-03-12,Poland,\n";
    assert_snapshot!(numbers(rows, ""), @r#"
    As of 8 March 2022, 5 crossings from Ukraine into Poland had been recorded since 24 February (UNHCR).
    --- stderr, exit code 0
    1 cell said "Data not available": taken as not reported
    2 cells said "n/a": taken as not reported
    5 rows hold 1 figure in 1 series and 1 publication, and 4 cells without a number; nothing was recorded
    "#);
    assert_snapshot!(numbers(rows, "null = [\"n/a\"]"), @r#"
    --- stderr, exit code 1
    humstat: 2 of 5 rows of table.csv cannot be read, and nothing was recorded; mend them, or record the others with --skip-bad-rows
      line 5, column `number`, value `Data not available`: `Data not available` is no number; write digits such as 836,000 or 836000, with a qualifier such as "about" or "at least" before it
      line 6, column `number`, value ``: `` is no number; write digits such as 836,000 or 836000, with a qualifier such as "about" or "at least" before it
    "#);
}

#[test]
fn footnotes_stay_with_their_figures() {
    let desk = Desk::new();
    let rows = "2022-03-08,Poland,\"1,234*\"\n2022-03-09,Poland,1 300 (a)\n2022-03-10,Poland,12k\n";
    desk.ingest("table.csv", &format!("{HEADER}{rows}"), &[])
        .succeeds();
    let found: Vec<(String, String)> = desk
        .rows("figures --format csv")
        .iter()
        .map(|row| (row["value"].clone(), row["notes"].clone()))
        .collect();
    let expected = [
        ("1234", "marked * in the source"),
        ("1300", "marked (a) in the source"),
        ("12000", ""),
    ];
    assert_eq!(found.len(), expected.len());
    for ((value, notes), (wanted, note)) in found.iter().zip(expected) {
        assert_eq!(value, wanted);
        assert!(notes.contains(note), "{notes}");
        assert_eq!(notes.contains("marked"), !note.is_empty(), "{notes}");
    }
}

#[test]
fn a_date_of_publication_has_a_form_too() {
    let desk = Desk::new();
    desk.put(
        "table.csv",
        "day,place,number,out\n2022-03-08,Poland,5,09/03/2022\n",
    );
    let published = "{ column = \"out\", format = \"%d/%m/%Y\" }";
    desk.ingest_file("table.csv", &[("\"2022-05-01\"", published)], "")
        .succeeds();
    let rows = desk.rows("figures --format csv");
    assert_eq!(rows[0]["version"], "2022-03-09");
}
