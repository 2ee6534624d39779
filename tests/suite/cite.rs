//! References and the sources beside tables.

use std::collections::BTreeSet;

use super::common::Desk;
use super::ukraine;

const CROSSINGS: &str = "--indicator border_crossings --origin UKR";

/// A desk with a source whose names hold what LaTeX and Markdown would take for themselves.
fn awkward() -> Desk {
    let desk = Desk::new();
    desk.put(
        "a.csv",
        "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1600\n2022-03-04,Hungary,900\n",
    );
    desk.ingest_file(
        "a.csv",
        &[
            ("A table", "R&D: 100% of {all} in table_1"),
            ("claimant = \"UNHCR\"", "claimant = \"Smith & Sons_{Ltd}\""),
            (
                "licence =",
                "url = \"https://example.org/a_b?c=%20&d={e}\"\nlicence =",
            ),
        ],
        "--retrieved 2022-05-03",
    )
    .succeeds();
    desk
}

#[test]
fn a_publication_is_cited_once() {
    let outcome = ukraine::desk().run(&format!("cite {CROSSINGS}")).succeeds();
    let references: Vec<&str> = outcome.stdout.trim().split("\n\n").collect();
    let [press, table] = references.as_slice() else {
        panic!("{}", outcome.stdout);
    };
    assert!(
        press.starts_with("ABC News (2022, March 2). ABC News live blog, 2 March 2022. [Figures of UN Refugee Agency (UNHCR). Relayed by ABC News."),
        "{press}"
    );
    assert!(
        table.starts_with("UN Refugee Agency (UNHCR) (2022, September 6). Ukraine Refugee Situation: refugee influx from Ukraine by country [Data set]. UNHCR Operational Data Portal. https://data.unhcr.org/en/situations/ukraine "),
        "{table}"
    );
    assert!(table.contains("CC-BY-4.0"));
    assert!(table.contains("ledger entry 3, hash e0de8d69ed23"));
}

#[test]
fn csl_json_can_be_read() {
    let text = ukraine::desk()
        .run("cite --style csl-json")
        .succeeds()
        .stdout;
    let items: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let keys: BTreeSet<&str> = items
        .iter()
        .map(|item| item["id"].as_str().unwrap())
        .collect();
    assert_eq!(keys.len(), items.len(), "keys are unique");
    let of = |kind: &str| items.iter().find(|item| item["type"] == kind).unwrap();
    let table = items
        .iter()
        .find(|item| item["URL"] == "https://data.unhcr.org/en/situations/ukraine")
        .unwrap();
    assert_eq!(table["type"], "dataset");
    assert_eq!(table["issued"]["date-parts"][0][0], 2022);
    assert_eq!(table["issued"]["date-parts"][0][1], 9);
    assert_eq!(table["issued"]["date-parts"][0][2], 6);
    assert_eq!(table["author"][0]["literal"], "UN Refugee Agency (UNHCR)");
    let press = of("article-newspaper");
    assert_eq!(press["author"][0]["literal"], "ABC News");
    assert_eq!(press["container-title"], "ABC News");
    assert!(press["note"].as_str().unwrap().contains("(UNHCR)"));
    assert!(press.get("URL").is_none());
}

#[test]
fn a_key_does_not_depend_on_what_else_is_cited() {
    let keys = |selection: &str| -> BTreeSet<String> {
        let text = ukraine::desk()
            .run(&format!("cite {selection} --style csl-json"))
            .succeeds()
            .stdout;
        let items: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = keys("");
    assert!(keys(CROSSINGS).is_subset(&all));
    assert!(keys("--indicator killed").is_subset(&all));
}

#[test]
fn bibtex_is_escaped() {
    let desk = awkward();
    desk.run("cite -o refs.bib").succeeds();
    let text = std::fs::read_to_string(desk.path("refs.bib")).unwrap();
    for field in [
        r"  author = {{Smith \& Sons\_\{Ltd\}}},",
        r"  title = {{R\&D: 100\% of \{all\} in table\_1}},",
        r"  url = {https://example.org/a_b?c=%20&d=%7Be%7D},",
        "  urldate = {2022-05-03},",
        "  year = {2022},",
    ] {
        assert!(text.lines().any(|line| line == field), "{field}\n{text}");
    }
    let open = text.matches('{').count() - text.matches(r"\{").count();
    let close = text.matches('}').count() - text.matches(r"\}").count();
    assert_eq!(open, close, "{text}");
    desk.run("cite --style csl-json")
        .succeeds()
        .answers(r#""literal": "Smith & Sons_{Ltd}""#)
        .answers(r#""accessed""#);
    desk.run("cite --style mla").ends_with(2);
    desk.run("cite --location Slovakia").ends_with(3);
}

#[test]
fn beside_a_table_lie_its_sources() {
    let desk = awkward();
    desk.run("figures --location Poland -o poland.csv")
        .succeeds()
        .says("wrote poland.sources.md");
    let text = std::fs::read_to_string(desk.path("poland.sources.md")).unwrap();
    for line in [
        "# Sources of poland.csv",
        "`poland.csv` is what `humstat figures` answered to: location Poland. It rests on 2 figures in 1 publication.",
        r"## 1. R&D: 100% of {all} in table\_1",
        r"- Who counted: Smith & Sons\_{Ltd}",
        "- Published: 2022-05-01",
        "- Retrieved: 2022-05-03",
        "- Address: <https://example.org/a_b?c=%20&d={e}>",
        "- Figures: f1, f2",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(text.contains("CC-BY-4.0"));
    assert!(text.contains("ledger entry 1, hash "));
}

#[test]
fn every_table_of_data_has_them_and_nothing_else() {
    let desk = awkward();
    for (line, name) in [
        ("summary --total -o summary.json", "summary"),
        ("trend --location Poland -o trend.jsonl", "trend"),
        ("figures -o figures.parquet", "figures"),
        ("compare --all -o compare.md", "compare"),
    ] {
        desk.run(line).succeeds();
        let text = std::fs::read_to_string(desk.path(&format!("{name}.sources.md"))).unwrap();
        assert!(text.contains(&format!("`humstat {name}`")), "{text}");
    }
    desk.run("summary --sentences -o said.txt").succeeds();
    desk.run("figures -o readable.txt").succeeds();
    let outcome = desk.run("figures").succeeds();
    assert!(!outcome.stderr.contains("sources"));
    assert!(!desk.path("said.sources.md").exists());
    assert!(!desk.path("readable.sources.md").exists());
}

#[test]
fn a_summary_names_the_figures_that_it_shows_and_those_before() {
    let desk = ukraine::desk();
    desk.run(&format!(
        "summary {CROSSINGS} --location POL --at 2022-03-02 -o poland.csv"
    ))
    .succeeds();
    let text = std::fs::read_to_string(desk.path("poland.sources.md")).unwrap();
    assert!(
        text.contains("It rests on 3 figures in 2 publications."),
        "newest, the day before, and what the press said of it:\n{text}"
    );
    assert!(text.contains("Crossings are not people"));
    assert!(text.contains("- Relayed by: ABC News"));
}

#[test]
fn an_earlier_entry_is_what_is_pinned() {
    let desk = ukraine::desk();
    let text = desk
        .run(&format!("cite {CROSSINGS} --as-recorded-at 1"))
        .succeeds()
        .stdout;
    assert!(text.contains("ledger entry 1, hash "), "{text}");
    assert!(!text.contains("ABC News"), "{text}");
}
