//! Totals from overlapping lists: the table of models, strata, the average over graphs, refusals.

use insta::assert_snapshot;

use crate::common::{Desk, column, only, rows};

/// Killings in Kosovo, March to June 1999, by four lists (Ball and others 2002).
const KOSOVO: &str = "\
EXH,ABA,OSCE,HRW,count
1,1,1,1,27
1,1,1,0,181
1,1,0,1,18
1,1,0,0,177
1,0,1,1,42
1,0,1,0,228
1,0,0,1,106
1,0,0,0,1131
0,1,1,1,32
0,1,1,0,217
0,1,0,1,31
0,1,0,0,845
0,0,1,1,123
0,0,1,0,936
0,0,0,1,306
";

/// Two lists (Seber 1982, p. 107).
const TWO: &str = "first,second,count\n1,1,167\n1,0,781\n0,1,254\n";

/// Three lists in two regions.
const REGIONS: &str = "\
region,police,hospital,press,count
north,1,0,0,20
north,0,1,0,30
north,1,1,0,6
north,0,0,1,25
north,0,1,1,7
north,1,0,1,4
north,1,1,1,3
south,1,0,0,40
south,0,1,0,35
south,1,1,0,16
south,0,0,1,35
south,0,1,1,17
south,1,0,1,8
south,1,1,1,5
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("kosovo.csv", KOSOVO)
        .put("two.csv", TWO)
        .put("regions.csv", REGIONS);
    desk
}

#[test]
fn all_models_of_four_lists_with_their_intervals() {
    let run = desk().run("estimate kosovo.csv").succeeds();
    let rows = run.rows();
    assert_eq!(rows.len(), 114);
    let best = only(&rows, "model", "[123,14,34]");
    let cells = [
        "rank",
        "model_lists",
        "observed",
        "estimate",
        "standard_error",
        "low",
        "high",
        "deviance",
        "df",
        "aic",
    ];
    assert_eq!(
        cells.map(|name| best[name].as_str()),
        [
            "1",
            "EXH*ABA*OSCE, EXH*HRW, OSCE*HRW",
            "4400",
            "10356.5",
            "785.9",
            "8994.3",
            "12110.4",
            "9.3227",
            "4",
            "132.7467"
        ]
    );
    let ranks = column(&rows[..113], "rank");
    assert!((1..=113).map(|rank| rank.to_string()).eq(ranks));
    assert_snapshot!(run.stderr, @r#"
    lists: 1 EXH, 2 ABA, 3 OSCE, 4 HRW
    The lists name 4,400 people; the 6 of 113 models within 10 BIC of the best put the total between 9,824 and 19,233. The best BIC says 10,357 (95 % profile interval 8,994 to 12,110 if the model holds), model [123,14,34]: EXH*ABA*OSCE, EXH*HRW, OSCE*HRW; the lowest AIC, of [123,134], says 12,741
    If people differ in how easily they are listed, and for each of them the lists are independent, 8,591 is a lower bound (its own 95 % interval begins at 8,189); but the lists are not independent even so (the model is far from the counts), so the bound is doubtful
    All of this assumes that the same people were recognised on all lists, that nobody entered or left, that nobody was certain to be on no list, and that what a model says of those listed holds for those on none. The lists cannot test any of these
    "#);
}

#[test]
fn a_table_for_people() {
    let run = desk().run("estimate kosovo.csv --top 3 --format markdown");
    assert_snapshot!(run.transcript(), @r#"
    - interval: 95 % profile likelihood, given the model
    - assumption: the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none
    - source: kosovo.csv
    - source sha256: a96b0078f7d7261b070c6311879153624a938a63a9664a525a1bcbb396298026

    | rank | method | model | model lists | observed | estimate | standard error | low | high | deviance | df | deviance p | parameters | aic | bic | delta bic | remarks |
    | ---: | :--- | :--- | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :--- |
    | 1 | log-linear | \[123,14,34\] | EXH\*ABA\*OSCE, EXH\*HRW, OSCE\*HRW | 4,400 | 10,356.5 | 785.9 | 8,994.3 | 12,110.4 | 9.3227 | 4 | 0.053521 | 11 | 132.7467 | 203.0296 | 0 |  |
    | 2 | log-linear | \[123,134\] | EXH\*ABA\*OSCE, EXH\*OSCE\*HRW | 4,400 | 12,741 | 1,600.7 | 10,184.3 | 16,703.4 | 1.0171 | 3 | 0.797125 | 12 | 126.4411 | 203.1134 | 0.0837 |  |
    | 3 | log-linear | \[134,12,23\] | EXH\*OSCE\*HRW, EXH\*ABA, ABA\*OSCE | 4,400 | 18,393.3 | 1,738.8 | 15,369.5 | 22,259.3 | 10.2503 | 4 | 0.036416 | 11 | 133.6743 | 203.9573 | 0.9276 |  |
    |  | lower bound | \[1,2,3,4\] chao | EXH, ABA, OSCE, HRW | 4,400 | 8,591.2 | 213.5 | 8,188.8 | 9,026.9 | 105.4968 | 9 | 0 | 6 | 218.9208 | 257.257 |  | 1, 2, 3 |

    1. 1 parameter of Chao's form was below zero and set to it
    2. a lower bound where people differ in how easily they are listed and the lists are independent for each of them (Chao 1987, Rivest 2011)
    3. the lists are not independent even so (the model is far from the counts), so the bound is doubtful
    --- stderr, exit code 0
    lists: 1 EXH, 2 ABA, 3 OSCE, 4 HRW
    The lists name 4,400 people; the 6 of 113 models within 10 BIC of the best put the total between 9,824 and 19,233. The best BIC says 10,357 (95 % profile interval 8,994 to 12,110 if the model holds), model [123,14,34]: EXH*ABA*OSCE, EXH*HRW, OSCE*HRW; the lowest AIC, of [123,134], says 12,741
    If people differ in how easily they are listed, and for each of them the lists are independent, 8,591 is a lower bound (its own 95 % interval begins at 8,189); but the lists are not independent even so (the model is far from the counts), so the bound is doubtful
    of 113 models the best 3 are shown; --top 113 shows all
    All of this assumes that the same people were recognised on all lists, that nobody entered or left, that nobody was certain to be on no list, and that what a model says of those listed holds for those on none. The lists cannot test any of these
    "#);
}

#[test]
fn two_lists_cannot_test_themselves() {
    let desk = desk();
    assert_snapshot!(desk.run("estimate two.csv").transcript(), @r#"
    rank,method,model,model_lists,observed,estimate,standard_error,low,high,interval,deviance,df,deviance_p,parameters,aic,bic,delta_bic,notes,assumption,source,source_sha256
    ,Lincoln-Petersen,"[1,2]","first, second",1202,2389.9,130.4,2156,2670.3,"95 % profile likelihood, given the model",0,0,,3,28.8314,44.1066,,"assumes that the two lists are independent and all people alike on each, which two lists cannot test",the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,two.csv,c864cb5b314d309ba88884456dcdb12d833c1223af1d60fa76d304ebbd101665
    ,Chapman,,,1202,2382.8,129.1,2155.7,2663.9,95 % log-normal,,,,,,,,"assumes that the two lists are independent and all people alike on each, which two lists cannot test",the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,two.csv,c864cb5b314d309ba88884456dcdb12d833c1223af1d60fa76d304ebbd101665
    --- stderr, exit code 0
    lists: 1 first, 2 second
    The lists name 1,202 people; if the two lists are independent, there were 2,390 (95 % profile interval 2,156 to 2,670 if the model holds); Chapman's estimator says 2,383. Two lists cannot test that: lists that name the same people make it too low, lists that avoid each other too high; a third list would tell
    All of this assumes that the same people were recognised on all lists, that nobody entered or left, that nobody was certain to be on no list, and that what a model says of those listed holds for those on none. The lists cannot test any of these
    "#);
    for option in ["--bayes", "--model 12", "--heterogeneity darroch"] {
        desk.run(&format!("estimate two.csv {option}"))
            .ends_with(2)
            .says("is for three lists or more");
    }
}

#[test]
fn the_average_over_graphs_shows_what_its_prior_does() {
    let run = desk()
        .run("estimate kosovo.csv --bayes --max 24400 --top 1")
        .succeeds();
    let rows = run.rows();
    let averages: Vec<String> = rows
        .iter()
        .filter(|row| row["method"] == "average over graphs")
        .map(|row| {
            ["delta", "estimate", "low", "high"]
                .map(|name| row[name].as_str())
                .join(" ")
        })
        .collect();
    assert_eq!(
        averages,
        [
            "0.0625 12595 9827 16543",
            "0.5 11323 4500 14486",
            "1 4617 4408 6860"
        ]
    );
    let graph = only(&rows, "model", "[123,34]");
    assert_eq!(
        (&*graph["method"], &*graph["rank"]),
        ("graph of the average", "")
    );
    assert!(run.stderr.contains(
        "The average over 61 decomposable graphs has its median at 12,595 (95 % posterior interval 9,827 to 16,543) with delta 0.0625, but at 11,323 with delta 0.5 and 4,617 with delta 1"
    ));
    let short = desk()
        .run("estimate kosovo.csv --bayes --max 12000 --top 1")
        .succeeds();
    short.says("totals beyond 12,000 are still probable, so give a larger --max");
    let prior = desk()
        .run("estimate kosovo.csv --bayes --prior 4,3000 --delta 0.1 --max 14400 --top 1")
        .succeeds();
    assert_eq!(
        prior
            .rows()
            .iter()
            .filter(|row| row["method"] == "average over graphs")
            .count(),
        4
    );
}

#[test]
fn a_model_is_singled_out_by_names_or_numbers() {
    let desk = desk();
    for text in ["[EXH*ABA*OSCE,EXH*OSCE*HRW]", "\"123, 134\""] {
        let run = desk.run(&format!("estimate kosovo.csv --top 1 --model {text}"));
        let run = run.succeeds().says(
            "The model asked for says 12,741 (95 % profile interval 10,184 to 16,703 if the model holds), model [123,134]",
        );
        let rows = run.rows();
        let asked = only(&rows, "notes", "the model asked for");
        assert_eq!((&*asked["rank"], &*asked["delta_bic"]), ("2", "0.0837"));
    }
    let differ = desk
        .run("estimate kosovo.csv --heterogeneity darroch --top 1")
        .succeeds();
    assert_eq!(differ.rows()[0]["model"], "[123,24] darroch");
    desk.run("estimate kosovo.csv --model [12,15]").ends_with(2).says(
        "`15` names no lists; write a model as [123,14] by the numbers of the lists, or as [EXH*ABA] by their names: 1 EXH, 2 ABA, 3 OSCE, 4 HRW",
    );
    desk.run("estimate kosovo.csv --model 1234")
        .ends_with(2)
        .says("the interaction of all 4 lists cannot be estimated");
}

#[test]
fn strata_are_estimated_apart_and_their_sum_is_bounded() {
    let desk = desk();
    let run = desk.run("estimate regions.csv --strata region --top 1");
    assert_snapshot!(run.transcript(), @r#"
    stratum,rank,method,model,model_lists,observed,estimate,standard_error,low,high,interval,deviance,df,deviance_p,parameters,aic,bic,delta_bic,notes,assumption,source,source_sha256
    north,1,log-linear,"[1,2,3]","police, hospital, press",95,186.1,28.2,142,257.8,"95 % profile likelihood, given the model",1.2794,3,0.734039,4,38.1519,48.3674,0,,the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,regions.csv,29a84724dcbfef43f656d9a6ce41b13dfe110fc738d092b4d58689ee380e2a1c
    north,,lower bound,"[1,2,3] chao","police, hospital, press",95,203.6,37.9,146.9,305.5,"95 % profile likelihood, given the model",0.1054,2,0.948666,5,38.978,51.7473,,"a lower bound where people differ in how easily they are listed and the lists are independent for each of them (Chao 1987, Rivest 2011)",the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,regions.csv,29a84724dcbfef43f656d9a6ce41b13dfe110fc738d092b4d58689ee380e2a1c
    south,1,log-linear,"[1,2,3]","police, hospital, press",156,254.5,23.4,215.2,308.4,"95 % profile likelihood, given the model",3.7093,3,0.294615,4,44.7567,56.9561,0,,the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,regions.csv,29a84724dcbfef43f656d9a6ce41b13dfe110fc738d092b4d58689ee380e2a1c
    south,,lower bound,"[1,2,3] chao","police, hospital, press",156,254.5,23.4,215.2,308.4,"95 % profile likelihood, given the model",3.7093,3,0.294615,4,44.7567,56.9561,,"1 parameter of Chao's form was below zero and set to it; a lower bound where people differ in how easily they are listed and the lists are independent for each of them (Chao 1987, Rivest 2011)",the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,regions.csv,29a84724dcbfef43f656d9a6ce41b13dfe110fc738d092b4d58689ee380e2a1c
    all strata,,sum of strata,,,251,440.6,,357.2,566.3,"sums of the ends: bounds, no interval",,,,,,,,"the best model of each stratum, each person being of one stratum on all lists; the strata are not independent of one another: the same lists, the same matching",the same people were recognised on all lists; nobody entered or left; nobody was certain to be on no list; what a model says of those listed holds for those on none,regions.csv,29a84724dcbfef43f656d9a6ce41b13dfe110fc738d092b4d58689ee380e2a1c
    --- stderr, exit code 0
    lists: 1 police, 2 hospital, 3 press
    Stratum north: the lists name 95 people; the 7 of 8 models within 10 BIC of the best put the total between 186 and 220. The best BIC says 186 (95 % profile interval 142 to 258 if the model holds), model [1,2,3]: police, hospital, press
    Stratum north: if people differ in how easily they are listed, and for each of them the lists are independent, 204 is a lower bound (its own 95 % interval begins at 147)
    Stratum south: the lists name 156 people; the 7 of 8 models within 10 BIC of the best put the total between 228 and 331. The best BIC says 255 (95 % profile interval 215 to 308 if the model holds), model [1,2,3]: police, hospital, press; the lowest AIC, of [13,2], says 232
    Stratum south: if people differ in how easily they are listed, and for each of them the lists are independent, 255 is a lower bound (its own 95 % interval begins at 215)
    of 8 models the best 1 are shown of each stratum; --top 8 shows all
    All of this assumes that the same people were recognised on all lists, that nobody entered or left, that nobody was certain to be on no list, and that what a model says of those listed holds for those on none. The lists cannot test any of these
    "#);
    // A region whose lists share nobody tells nothing, so that there is no sum.
    desk.put(
        "three.csv",
        format!("{REGIONS}west,1,0,0,9\nwest,0,1,0,8\nwest,0,0,1,7\n"),
    );
    let run = desk
        .run("estimate three.csv --strata region --top 1")
        .succeeds();
    let run = run
        .says("Stratum west has no estimate: three.csv: the lists share nobody, so nothing tells how many they miss")
        .says("there is no sum of the strata, because one of them has no estimate");
    let rows = run.rows();
    let west = only(&rows, "stratum", "west");
    assert_eq!(
        (&*west["method"], &*west["observed"], &*west["estimate"]),
        ("none", "24", "")
    );
    assert!(rows.iter().all(|row| row["method"] != "sum of strata"));
}

/// Nobody is on A and C, so no model in which they depend on each other has an estimate.
#[test]
fn models_without_a_maximum_are_shown_and_not_ranked() {
    let desk = Desk::new();
    desk.put(
        "gap.csv",
        "A,B,C,count\n1,0,0,20\n0,1,0,30\n1,1,0,6\n0,0,1,25\n0,1,1,7\n",
    );
    let run = desk.run("estimate gap.csv").succeeds();
    let run = run
        .says("A and C share nobody: models in which they depend on each other have no finite estimate")
        .says("5 models of 8 are without an estimate and not ranked");
    let rows = run.rows();
    let gap = only(&rows, "model", "[13,2]");
    assert_eq!(
        (&*gap["rank"], &*gap["estimate"], &*gap["bic"]),
        ("", "", "")
    );
    assert!(gap["notes"].starts_with("nobody is on all lists of its term 13"));
    desk.run("estimate gap.csv --model 13").ends_with(1).says(
        "model [13,2]: nobody is on all lists of its term 13, so the likelihood has no maximum at finite values",
    );
}

#[test]
fn records_and_pairs_say_the_same_as_counts() {
    let desk = Desk::new();
    desk.put(
        "counts.csv",
        "A,B,C,count\n1,1,0,2\n1,0,1,1\n0,1,1,1\n1,0,0,2\n0,1,0,1\n0,0,1,2\n1,1,1,1\n",
    );
    desk.put(
        "records.csv",
        "person_id;A;B;C\np;1;1;0\nq;1;1;0\nr;1;0;1\ns;0;1;1\nt;1;0;0\nu;1;0;0\nv;0;1;0\nw;0;0;1\nx;0;0;1\ny;1;1;1\n",
    );
    let mut pairs = "person_id,list\n".to_owned();
    for (person, lists) in [
        ("p", "AB"),
        ("q", "AB"),
        ("r", "AC"),
        ("s", "BC"),
        ("t", "A"),
        ("u", "A"),
        ("v", "B"),
        ("w", "C"),
        ("x", "C"),
        ("y", "ABC"),
        ("y", "A"),
    ] {
        for list in lists.chars() {
            pairs.push_str(&format!("{person},{list}\n"));
        }
    }
    desk.put("pairs.csv", pairs);
    let table = |file: &str| {
        let run = desk.run(&format!("estimate {file}")).succeeds();
        let rows = run.rows();
        let cells = ["model", "estimate", "low", "high", "bic"];
        let cells = |row: &crate::common::Row| cells.map(|name| row[name].clone());
        (rows.iter().map(cells).collect::<Vec<_>>(), run.stderr)
    };
    let (counts, _) = table("counts.csv");
    assert_eq!(counts.len(), 9);
    assert_eq!(table("records.csv").0, counts);
    let (pairs, talk) = table("pairs.csv");
    assert_eq!(pairs, counts);
    assert!(talk.contains("1 person stands again on the same list and counts once"));
    let chosen = desk.run("estimate pairs.csv --lists A,B").succeeds();
    chosen.says("2 people are on none of the lists asked for and left out");
}

#[test]
fn tables_that_tell_nothing_are_refused() {
    let desk = Desk::new();
    for (table, code, message) in [
        (
            "A,count\n1,4\n",
            1,
            "t.csv has only the column `A` that could be a list",
        ),
        (
            "A,B,count\n1,0,4\n0,1,5\n",
            1,
            "t.csv: the lists share nobody",
        ),
        (
            "A,B,count\n1,1,-4\n",
            1,
            "t.csv, row 2, column count: a count of -4 is below zero",
        ),
        (
            "A,B,count\n1,1,4\n0,0,9\n",
            1,
            "t.csv, row 3, column count: 9 are counted as on no list; how many those are is what is estimated",
        ),
        (
            "A,B,count\n1,1,4\n1,x,9\n",
            1,
            "t.csv, row 3, column B: `x` is neither 0 nor 1",
        ),
        (
            "A,B,C,count\n1,1,0,4\n1,0,0,9\n",
            1,
            "t.csv: list C names nobody; leave it out with --lists",
        ),
    ] {
        desk.put("t.csv", table);
        desk.run("estimate t.csv").ends_with(code).says(message);
    }
    // Six lists: too many models for all, but one by its name.
    let mut six = "a,b,c,d,e,f,count\n".to_owned();
    for set in 1..64_u32 {
        let digits: Vec<String> = (0..6).map(|list| (set >> list & 1).to_string()).collect();
        six.push_str(&format!(
            "{},{}\n",
            digits.join(","),
            1 + 400 / (1 << (2 * set.count_ones()))
        ));
    }
    desk.put("six.csv", six);
    desk.run("estimate six.csv").ends_with(2).says(
        "6 lists have too many models to fit all of them; 5 lists have 6,893. Name one with --model",
    );
    let run = desk.run("estimate six.csv --model [a*b,c*d]").succeeds();
    assert_eq!(
        column(&run.rows(), "method"),
        ["log-linear", "log-linear", "lower bound"]
    );
    desk.run("estimate six.csv --model ab --bayes")
        .ends_with(2)
        .says("`ab` names no lists");
    desk.run("estimate six.csv --model 12 --bayes")
        .ends_with(2)
        .says("6 lists have too many graphs to average over");
    desk.put("seven.csv", "a,b,c,d,e,f,g,count\n1,1,1,1,1,1,1,5\n");
    desk.run("estimate seven.csv")
        .ends_with(1)
        .says("7 lists are too many; give at most 6");
    desk.run("estimate six.csv --top 0")
        .ends_with(2)
        .says("--top 0 shows nothing");
    desk.run("estimate none.csv").ends_with(1).says("none.csv");
}

#[test]
fn a_file_repeats_byte_for_byte_and_needs_no_ledger() {
    let desk = desk();
    let written = |name: &str| {
        desk.run(&format!("estimate kosovo.csv --top 20 -o {name}"))
            .succeeds();
        std::fs::read(desk.path(name)).unwrap()
    };
    let first = written("a.csv");
    assert_eq!(first, written("b.csv"));
    assert!(!desk.path("humstat.db").exists());
    let first = rows(&first);
    assert_eq!(first[0]["source"], "kosovo.csv");
    assert_eq!(first[0]["source_sha256"].len(), 64);
    for name in ["a.json", "a.parquet", "a.xlsx", "a.md"] {
        assert!(!written(name).is_empty());
    }
}
