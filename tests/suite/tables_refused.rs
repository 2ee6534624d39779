//! Tables that are refused: every fault with its place and the way out, and nothing recorded.

use super::common::Desk;

/// Ingests on an empty desk, expects exit code 1, and that there is no ledger then.
#[track_caller]
fn refused(table: impl AsRef<[u8]>, changes: &[(&str, &str)], words: &[&str]) {
    let desk = Desk::new();
    desk.put("table.csv", table);
    let mut outcome = desk.ingest_file("table.csv", changes, "").ends_with(1);
    for words in words {
        outcome = outcome.says(words);
    }
    assert!(!desk.path("humstat.db").exists(), "a ledger was made");
}

#[test]
fn a_column_that_is_not_there_is_told_with_the_nearest() {
    refused(
        "day,plase,number\n2022-03-01,Poland,1\n",
        &[],
        &[
            "no column `place`",
            "the nearest is `plase`",
            "day, plase, number",
        ],
    );
}

/// A fraction is no count, but it shows which mark its column has.
#[test]
fn a_fraction_shows_that_the_other_commas_part_fractions_too() {
    let desk = Desk::new();
    desk.put(
        "table.csv",
        "day;place;number\n2022-03-01;Poland;1,50\n2022-03-01;Hungary;1,234\n",
    );
    desk.ingest_file("table.csv", &[], "--skip-bad-rows")
        .ends_with(1)
        .says("line 2 says `1,50`");
    assert!(!desk.path("humstat.db").exists());
}

#[test]
fn two_columns_of_one_name_are_refused() {
    refused(
        "day,place,number,number\n2022-03-01,Poland,1,2\n",
        &[],
        &["two columns are called `number`"],
    );
}

#[test]
fn an_unknown_place_is_told_with_its_line_and_the_nearest() {
    refused(
        "day,place,number\n2022-03-01,Poland,1\n2022-03-01,Polend,2\n",
        &[],
        &["line 3, column `place`, value `Polend`", "Poland (POL)"],
    );
}

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    refused(
        "day,place,number\n\n\"2022-03-01\",\"Poland\",1\n2022-03-02,\"Po\nland\",2\n2022-03-03,Poland,x\n",
        &[],
        &[
            "line 4, column `place`",
            "line 6, column `number`, value `x`",
        ],
    );
}

#[test]
fn lines_are_counted_as_an_editor_does() {
    for end in ["\n", "\r\n"] {
        let table = format!(
            "{end}day,place,number{end}{end}{end}2022-03-01,Poland,1{end}2022-03-02,Poland,x{end}{end}2022-03-03,Poland,y"
        );
        refused(
            table,
            &[],
            &[
                "line 6, column `number`, value `x`",
                "line 8, column `number`, value `y`",
            ],
        );
    }
}

#[test]
fn damaged_text_is_refused_with_its_line() {
    // Among many right letters beyond ASCII, one wrong byte is damage and no other encoding.
    refused(
        b"day,place,number\n2022-03-01,C\xc3\xb4te d'Ivoire,1\n2022-03-02,T\xc3\xbcrkiye,1\n2022-03-01,C\xf4te d'Ivoire,2\n",
        &[],
        &["table.csv is not UTF-8", "line 4", "save it as UTF-8"],
    );
}

#[test]
fn what_is_no_table_is_named() {
    for (bytes, what) in [
        (&b"%PDF-1.7\n"[..], "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\n<!DOCTYPE html><html>", "a web page"),
        (b"<?xml version=\"1.0\"?><a/>", "XML"),
    ] {
        refused(bytes, &[], &["table.csv", what, "no table"]);
    }
}

#[test]
fn a_ragged_row_is_told_with_its_line() {
    refused(
        "day,place,number\n2022-03-01,Poland,1\n2022-03-02,Poland\n2022-03-03,Poland,3,4\n",
        &[],
        &[
            "2 of 3 rows",
            "line 3: it has 2 columns, and the header has 3",
            "line 4: it has 4 columns, and the header has 3",
            "--skip-bad-rows",
        ],
    );
}

#[test]
fn numbers_that_would_have_to_be_guessed_are_refused() {
    for number in [
        "1.5",
        "-3",
        "12 km",
        "1,23",
        "12 34",
        "80%",
        "99999999999999999999",
        "many",
    ] {
        refused(
            format!("day,place,number\n2022-03-01,Poland,\"{number}\"\n"),
            &[],
            &["line 2, column `number`", number],
        );
    }
}

#[test]
fn days_that_would_have_to_be_guessed_are_refused() {
    for day in [
        "03/04/2022",
        "4.3.2022",
        "2022-02-30",
        "2022-13",
        "soon",
        "",
    ] {
        refused(
            format!("day,place,number\n{day},Poland,1\n"),
            &[],
            &["line 2, column `day`"],
        );
    }
}

#[test]
fn a_table_without_rows_is_refused() {
    refused("day,place,number\n", &[], &["no rows of data"]);
    refused("", &[], &["no rows of data"]);
}

#[test]
fn a_cumulative_needs_its_first_day() {
    refused(
        "day,place,number\n2022-03-01,Poland,1\n",
        &[("since = \"2022-02-24\"\n", "")],
        &["a cumulative needs its first day", "since = \"2022-02-24\""],
    );
}

#[test]
fn a_stock_is_of_one_day() {
    refused(
        "day,place,number\n2022,Poland,1\n",
        &[
            ("\"cumulative\"", "\"stock\""),
            ("since = \"2022-02-24\"\n", ""),
        ],
        &["line 2, column `day`", "a stock is of one day", "year_end"],
    );
}

#[test]
fn a_range_out_of_order_is_told_with_its_line() {
    refused(
        "day,place,number,low,high\n2022-03-01,Poland,5,6,7\n",
        &[(
            "value = { column = \"number\" }",
            "value = { column = \"number\" }\nlow = { column = \"low\" }\nhigh = { column = \"high\" }",
        )],
        &[
            "line 2, column `number`, value `5`",
            "low 6, value 5, high 7",
        ],
    );
}

#[test]
fn a_row_that_no_value_is_about_is_told() {
    refused(
        "day,place,number,kind\n2022-03-01,Poland,5,a\n2022-03-01,Hungary,5,b\n",
        &[(
            "value = { column = \"number\" }",
            "\n[[value]]\ncolumn = \"number\"\nwhere = { kind = \"a\" }",
        )],
        &[
            "line 3",
            "no [[value]] of the mapping is about this row",
            "[[ignore]]",
        ],
    );
}

#[test]
fn words_of_the_mapping_are_checked_before_the_first_row() {
    let table = "day,place,number\n2022-03-01,Poland,1\n";
    refused(
        table,
        &[("\"border_crossings\"", "\"border_crosings\"")],
        &["`border_crosings`", "border_crossings"],
    );
    refused(
        table,
        &[("\"UKR\"", "\"Ukrane\"")],
        &["`Ukrane`", "Ukraine"],
    );
    refused(
        table,
        &[("\"cumulative\"", "\"cumulativ\"")],
        &["cumulativ", "cumulative"],
    );
}

#[test]
fn a_wrong_key_of_a_mapping_is_told_with_line_and_nearest() {
    refused(
        "day,place,number\n2022-03-01,Poland,1\n",
        &[("licence =", "licnce =")],
        &["map.toml, line 6", "`licnce`", "did you mean `licence`?"],
    );
    refused(
        "day,place,number\n2022-03-01,Poland,1\n",
        &[("{ column = \"place\" }", "{ colum = \"place\" }")],
        &["map.toml, line 14", "did you mean `column`?"],
    );
}

#[test]
fn a_wrong_key_of_a_plan_is_told_with_line_and_nearest() {
    for (plan, line, nearest) in [
        (
            "title = \"x\"\noutput = \"out\"\n\n[[ingest]]\nfle = \"t.csv\"\n",
            5,
            "file",
        ),
        ("title = \"x\"\noutptu = \"out\"\n", 2, "output"),
        (
            "title = \"x\"\noutput = \"out\"\n[[chart]]\nname = \"a\"\nkind = \"line\"\n[chart.select]\nindicatr = \"idps\"\n",
            7,
            "indicator",
        ),
    ] {
        let desk = Desk::new();
        desk.put("plan.toml", plan);
        desk.run("run plan.toml")
            .ends_with(1)
            .says(&format!("plan.toml, line {line}"))
            .says(&format!("did you mean `{nearest}`?"));
        assert!(!desk.path("humstat.db").exists());
        assert!(!desk.path("out").exists());
    }
}

#[test]
fn a_contradiction_names_both_rows_and_changes_nothing() {
    let desk = Desk::new();
    desk.ingest("good.csv", "day,place,number\n2022-03-01,Hungary,1\n", &[])
        .succeeds();
    let before = std::fs::read(desk.path("humstat.db")).unwrap();
    desk.ingest(
        "table.csv",
        "day,place,number\n2022-03-01,Moldova,10\n2022-03-02,Moldova,11\n2022-03-01,Republic of Moldova,20\n",
        &[],
    )
    .ends_with(1)
    .says("rows 2 and 4 give different figures")
    .says("10 and 20");
    assert!(std::fs::read(desk.path("humstat.db")).unwrap() == before);
    // The same twice is no contradiction.
    desk.ingest(
        "same.csv",
        "day,place,number\n2022-03-01,Moldova,10\n2022-03-01,Republic of Moldova,10\n",
        &[],
    )
    .succeeds();
}

#[test]
fn nothing_of_several_files_is_taken_from_the_bad_one() {
    let desk = Desk::new();
    desk.put("good.csv", "day,place,number\n2022-03-01,Poland,1\n");
    desk.put("bad.csv", "day,place,number\n2022-03-02,Poland,x\n");
    desk.ingest_file("good.csv bad.csv", &[], "").ends_with(1);
    assert_eq!(
        desk.rows("figures").len(),
        1,
        "each file is an entry of its own"
    );
}

#[test]
fn a_file_without_any_date_of_publication_is_refused() {
    let desk = Desk::new();
    desk.ingest("good.csv", "day,place,number\n2022-03-01,Hungary,1\n", &[])
        .succeeds();
    let undated = [("published = \"2022-05-01\"\n", "")];
    desk.ingest(
        "table.csv",
        "day,place,number\n2022-03-01,Poland,1\n",
        &undated,
    )
    .ends_with(1)
    .says("--published WHEN")
    .says("time of a file is never used");
    assert_eq!(desk.rows("figures").len(), 1);
    desk.ingest_file("table.csv", &undated, "--published 2022-03-02")
        .succeeds();
    assert_eq!(
        desk.rows("figures --location POL")[0]["version"],
        "2022-03-02"
    );
}

#[test]
fn files_that_are_not_there_are_named() {
    let desk = Desk::new();
    desk.put("table.csv", "day,place,number\n");
    desk.run("ingest table table.csv --map nowhere.toml")
        .ends_with(1)
        .says("nowhere.toml");
    desk.ingest_file("nowhere.csv", &[], "")
        .ends_with(1)
        .says("nowhere.csv");
    desk.ingest_file("-", &[], "")
        .ends_with(1)
        .says("- is no file; give the name of one, or /dev/stdin");
    desk.run("run nowhere").ends_with(2).says("ukraine-2022");
    desk.ingest_file("table.csv", &[], "--scope land=POL")
        .ends_with(2)
        .says("origin, location and indicator");
}
