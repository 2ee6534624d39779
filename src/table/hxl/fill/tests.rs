use std::path::Path;

use super::super::find;
use super::*;

/// A mapping with this text after its publication, completed for a table of a header and its tags.
fn filled(more: &str, header: &str, tags: &str) -> Result<Filled, String> {
    let text = format!("[publication]\nchannel = \"test/hxl\"\ntitle = \"A table\"\n{more}");
    let mapping = Mapping::parse(Path::new("map.toml"), &text).unwrap();
    let row = |text: &str| text.split(',').map(str::to_owned).collect();
    let tagged = find(&[row(header), row(tags)]).unwrap();
    fill(&mapping, &tagged).map_err(|error| error.to_string())
}

/// The mapping that a person would have written instead.
fn written(text: &str) -> Mapping {
    let text = format!("[publication]\nchannel = \"test/hxl\"\ntitle = \"A table\"\n{text}");
    Mapping::parse(Path::new("map.toml"), &text).unwrap()
}

#[test]
fn tags_say_what_where_when_and_of_whom() {
    let found = filled(
        "[figure]\nclaimant = \"IOM\"",
        "Country,Code,Origin,Date,Sex,IDPs,Families,Round",
        "#country+name,#country+code,#country+code+origin,#date+reported,#sex,#affected+idps+ind,#affected+idps+hh,#meta+round",
    )
    .unwrap();
    let mut expected = written(
        r##"
[figure]
claimant = "IOM"
location = { column = "#country+code", scheme = "iso3" }
origin = { column = "#country+code+origin", scheme = "iso3" }
breakdown.sex = { column = "#sex" }

[[value]]
column = "#affected+idps+ind"
indicator = "idps"
unit = "persons"
period = { column = "#date+reported" }

[[value]]
column = "#affected+hh+idps"
indicator = "idps"
unit = "households"
period = { column = "#date+reported" }
"##,
    );
    let Some(Source::Column(sex)) = found.mapping.figure.breakdown.get("sex") else {
        panic!("{found:?}")
    };
    assert_eq!(
        (sex.codes["Female"].as_str(), sex.codes[""].as_str()),
        ("f", "")
    );
    expected
        .figure
        .breakdown
        .insert("sex".to_owned(), Source::Column(sex.clone()));
    assert_eq!(found.mapping, expected);
    assert_eq!(found.notes, [""; 0]);
}

#[test]
fn what_the_mapping_says_stands() {
    let figures =
        "[figure]\nclaimant = \"IOM\"\nindicator = \"idps\"\nvalue = { column = \"IDPs\" }";
    let found = filled(figures, "Place,IDPs", "#adm1+name,#affected+idps").unwrap();
    assert_eq!(found.mapping, written(figures), "figures of its own");
    let given = "[figure]\nclaimant = \"IOM\"\nlocation = \"MLI\"\nperiod = \"2021-09-30\"";
    let found = filled(given, "Place,IDPs", "#adm1+name,#affected+idps").unwrap();
    let value = "\n[[value]]\ncolumn = \"#affected+idps\"\nindicator = \"idps\"";
    assert_eq!(found.mapping, written(&format!("{given}{value}")));
}

#[test]
fn a_column_is_called_by_its_header_where_tags_are_alike() {
    let found = filled(
        "",
        "Place,Men,Women,,",
        "#country,#targeted+m,#targeted+f,#targeted+m,#date",
    )
    .unwrap();
    let names: Vec<_> = found
        .mapping
        .value
        .iter()
        .map(|value| value.column.as_deref())
        .collect();
    assert_eq!(names, [Some("Men"), Some("#targeted+f")]);
    assert_eq!(
        found.notes,
        [
            "column 4 (#targeted+m) is not read: another column has the same tag, and no header tells them apart"
        ]
    );
}

#[test]
fn what_is_not_understood_is_told() {
    let found = filled(
        "",
        "Country,Date,People,Girls,Share,Year 2013,IDPs",
        "#country,#date,#affected,#affected+f+children+pct+idps,#indicator+num,#affected+2013,#affected+idps",
    )
    .unwrap();
    assert_eq!(
        found.notes,
        [
            "column 6 is not read: `#affected+2013` is no HXL tag: the attribute `2013` does not begin with a letter",
            "column 3 `People` (#affected) is not read: it says that people are affected, and not how",
            "column 4 `Girls` (#affected+children+f+idps+pct) is not read: what +pct means is not known",
            "column 5 `Share` (#indicator+num) is not read: no tag says what it counts; name the indicator in [figure], or describe the figures in [[value]]",
        ]
    );
    assert_eq!(found.mapping.value.len(), 1);
    let error = filled("", "Country,People", "#country,#affected").unwrap_err();
    assert!(
        error.contains("describe the figures in [[value]]\n  column 2 `People`"),
        "{error}"
    );
}

#[test]
fn a_number_is_dated_as_its_measure_allows() {
    let period = |more: &str, tags: &str| {
        let more = format!("[figure]\nclaimant = \"UNHCR\"\n{more}");
        let header = tags.replace('#', "");
        let found = filled(&more, &header, tags)?;
        let [value] = found.mapping.value.as_slice() else {
            return Err(format!("{:?}", found.notes));
        };
        let name = |source: &Option<Source>| match source {
            Some(Source::Column(column)) => column.column.clone().unwrap_or_default(),
            Some(Source::Constant(text)) => text.clone(),
            None => String::new(),
        };
        Ok([
            &value.period,
            &value.period_start,
            &value.period_end,
            &value.measure,
        ]
        .map(name))
    };
    let dates = "#date+year,#date+reported,#date+start,#date+end";
    for (more, tags, expected) in [
        (
            "",
            format!("#inneed,{dates},#date+occurred"),
            ["#date+occurred", "", "", ""],
        ),
        (
            "",
            format!("#inneed,{dates}"),
            ["#date+reported", "", "", ""],
        ),
        (
            "",
            format!("#affected+killed,{dates}"),
            ["", "#date+start", "#date+end", "flow"],
        ),
        (
            "since = \"2022-02-24\"",
            format!("#affected+killed,{dates}"),
            ["#date+reported", "", "", ""],
        ),
        (
            "measure = \"flow\"",
            "#affected+killed,#date".to_owned(),
            ["#date", "", "", ""],
        ),
        (
            "",
            "#affected+idps+newdisp,#date+year,#date+reported".to_owned(),
            ["#date+year", "", "", ""],
        ),
        (
            "period = \"2021\"",
            format!("#affected+idps+flow,{dates}"),
            ["", "", "", "flow"],
        ),
    ] {
        assert_eq!(
            period(more, &tags),
            Ok(expected.map(str::to_owned)),
            "{more} {tags}"
        );
    }
    for (tags, why) in [
        ("#inneed,#date+year", "`#date+year` says the year alone"),
        (
            "#inneed,#date+start,#date+end",
            "no tag says when the stock is of",
        ),
        (
            "#affected+idps+flow,#date+reported",
            "no tag says when the flow is of",
        ),
        (
            "#affected+killed,#date",
            "no tag says since when killed are counted",
        ),
    ] {
        let error = period("", tags).unwrap_err();
        assert!(error.contains(why), "{tags}: {error}");
    }
}

#[test]
fn the_finest_place_is_the_location_and_rows_of_wider_ones_are_passed_over() {
    let found = filled(
        "",
        "Country,Region,District,In need,Date",
        "#country+code,#adm1+name,#adm2+name,#inneed,#date",
    )
    .unwrap();
    let expected = written(
        r##"
[figure]
location = { column = "#adm2+name", scheme = "name" }

[[value]]
column = "#inneed"
indicator = "people_in_need"
period = { column = "#date" }

[[ignore]]
where = { "#adm2+name" = "" }
because = "`#adm2+name` is empty there, so they are of a wider place"
"##,
    );
    assert_eq!(found.mapping, expected);
    let error = filled(
        "",
        "ISO 2,ISO 3,IDPs",
        "#country+iso2,#country+iso3,#affected+idps",
    )
    .unwrap_err();
    assert!(
        error.contains("`#country+iso2` and `#country+iso3` may each be the location"),
        "{error}"
    );
}

#[test]
fn a_value_counts_what_the_mapping_names() {
    let found = filled(
        "[figure]\nindicator = \"idps\"",
        "Country,Date,Number",
        "#country,#date,#indicator+num",
    )
    .unwrap();
    assert_eq!(
        found.mapping.value[0].column.as_deref(),
        Some("#indicator+num")
    );
    assert_eq!(found.mapping.value[0].indicator, None);
}
