//! Drafts as a whole: what they promise for any table.

use std::path::Path;

use proptest::prelude::*;

use super::{Form, Sample, draft, recognise, sample};
use crate::ledger::Capture;
use crate::table::Mapping;

/// A draft with every question answered in some way that its key allows.
fn answered(draft: &str) -> String {
    draft
        .replace("scheme = \"?\"", "scheme = \"iso3\"")
        .replace("as = \"?\"", "as = \"year_end\"")
        .replace("decimal = \"?\"", "decimal = \",\"")
        .replace("\"?\"", "\"said\"")
}

fn drafted(table: &str) -> String {
    draft(
        &sample(&Capture::new("table.csv", table.as_bytes().to_vec()), None)
            .unwrap()
            .0,
    )
}

#[test]
fn a_draft_with_nothing_left_to_say_is_a_mapping() {
    let text = drafted("Country,Date,Refugees\nPOL,2022-03-01,10\nHUN,2022-03-01,20\n");
    let error = Mapping::parse(Path::new("draft.toml"), &text).unwrap_err();
    assert!(error.message.contains("`channel`"), "{error}");
    assert!(error.message.contains("`claimant`"), "{error}");
    Mapping::parse(Path::new("draft.toml"), &answered(&text)).unwrap();
}

#[test]
fn the_scheme_of_codes_is_asked_for_where_the_codes_do_not_tell() {
    let text = drafted("coa,year,refugees\nAUS,2020,10\nGEO,2020,20\n");
    assert!(
        text.contains("scheme = \"?\" }  # say in which codes: `AUS` is Australia in ISO's codes"),
        "{text}"
    );
    let text = drafted("coa,coa_name,year,refugees\nAUS,Austria,2020,10\nGFR,Germany,2020,20\n");
    assert!(text.contains("scheme = \"unhcr\" }"), "{text}");
}

#[test]
fn a_tag_beats_a_name() {
    let text = drafted(
        "Land,Wann,Zahl\n#country+code,#date+reported,#affected+idps+f\nSDN,2024-01-31,5\n",
    );
    assert!(
        text.contains("indicator = \"idps\"  # guessed: its tag `#affected+idps+f`"),
        "{text}"
    );
    assert!(text.contains("breakdown.sex = \"f\""), "{text}");
}

#[test]
fn women_are_adults_only_beside_children() {
    let with_girls = drafted("Country,Date,Women displaced,Girls displaced\nSDN,2024-01-31,5,6\n");
    assert!(
        with_girls.contains("breakdown.age = \"adults\""),
        "{with_girls}"
    );
    let alone = drafted("Country,Date,Women displaced,Men displaced\nSDN,2024-01-31,5,6\n");
    assert!(!alone.contains("breakdown.age"), "{alone}");
}

#[test]
fn the_only_column_that_is_called_a_number_is_the_value() {
    let text = drafted("Country,Date,Key,Individuals\nSDN,2024-01-31,77,5\n");
    assert!(text.contains("column = \"Individuals\"\n"), "{text}");
    assert!(
        text.contains("indicator = \"?\"  # say what is counted"),
        "{text}"
    );
    assert!(text.contains("# column = \"Key\""), "{text}");
}

#[test]
fn stocks_and_flows_of_one_column_get_a_period_each() {
    let text =
        drafted("Year,ISO3,Type,Number\n2020,DEU,REF,10\n2020,DEU,RET,20\n2021,DEU,REF,30\n");
    assert!(text.contains("as = \"year_end\""), "{text}");
    assert!(text.contains("as = \"year\" }"), "{text}");
    Mapping::parse(Path::new("draft.toml"), &answered(&text)).unwrap();
}

/// Words that steer a draft, between words that say nothing.
fn word() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "Country",
        "coo",
        "coa_iso",
        "Date",
        "Year",
        "Month",
        "Start date",
        "End date",
        "Refugees",
        "IDPs killed",
        "Female_0_4",
        "Type",
        "Sex",
        "Total",
        "Value",
        "2019",
        "2020",
        "Poland",
        "AUS",
        "GFR",
        "SY01",
        "SRB",
        "03/04/2022",
        "25/04/2022",
        "2022-03-08",
        "5 July 2022",
        "1,234",
        "1.5",
        "-",
        "n/a",
        "المجموع",
        "التاريخ",
        "١٢",
        "REF",
        "RET",
        "#affected+f",
        "low",
        "high",
        "as of",
        "Source",
        "UNHCR, Government",
        "?",
        "\"?\"",
        "since",
        "",
    ])
    .prop_map(ToOwned::to_owned);
    prop_oneof![4 => known, 1 => any::<String>(), 1 => "[a-z\"\\\\#=\n\r{}]{0,6}"]
}

proptest! {
    #[test]
    fn any_table_gets_a_draft_that_is_a_mapping_but_for_its_questions(
        header in prop::collection::vec(word(), 0..7),
        tags in prop::collection::vec(prop::option::of(word()), 0..7),
        rows in prop::collection::vec(prop::collection::vec(word(), 0..7), 0..12),
        first in prop::option::of(2_u64..9),
    ) {
        let sample = Sample {
            file: "any \"table\".csv",
            header,
            tags,
            rows,
            form: Form { header: vec![1], first, title: Some("a\ntitle".to_owned()), ..Form::default() },
        };
        recognise(&sample);
        let text = draft(&sample);
        prop_assert!(toml::from_str::<toml::Table>(&text).is_ok(), "{text}");
        let parsed = Mapping::parse(Path::new("draft.toml"), &answered(&text));
        prop_assert!(parsed.is_ok(), "{}\n{text}", parsed.unwrap_err());
    }

    #[test]
    fn any_bytes_get_a_sample_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(sample) = sample(&Capture::new("any.csv", bytes), None) {
            draft(&sample.0);
        }
    }
}
