//! Who is on which lists: three forms of tables, and what is refused.

use super::*;

fn table(text: &str) -> Capture {
    Capture::new("lists.csv", text.as_bytes().to_vec())
}

fn all(text: &str) -> Membership {
    read(&table(text), Asked::default()).unwrap()
}

#[track_caller]
fn refused(text: &str, message: &str) {
    let error = read(&table(text), Asked::default()).unwrap_err();
    assert_eq!(error.to_string(), message);
}

#[test]
fn three_forms_say_the_same() {
    let counts = all("A,B,count\n1,1,1\n1,0,2\n0,1,1\n0,0,0\n");
    let records = all("person_id,A,B\np,1,1\nq,1,0\nr,1,0\ns,0,1\n");
    let pairs = all("person,list\np,A\nq,A\np,B\nr,A\ns,B\np,B\n");
    assert_eq!(counts.lists, ["A", "B"]);
    assert_eq!(
        counts.strata[0].histories,
        BTreeMap::from([(0b01, 2), (0b10, 1), (0b11, 1)])
    );
    assert_eq!(counts, records);
    assert_eq!(pairs.repeated, 1);
    assert_eq!((pairs.lists, pairs.strata), (counts.lists, counts.strata));
}

#[test]
fn strata_and_lists_are_chosen() {
    let text = "A,B,sex,age,count\n1,1,f,3,1\n1,0,m,4,2\n0,1,f,5,1\n";
    let lists = ["B".to_owned(), "A".to_owned()];
    let asked = Asked {
        lists: &lists,
        strata: Some("sex"),
    };
    let found = read(&table(text), asked).unwrap();
    assert_eq!(found.lists, lists);
    let names: Vec<_> = found
        .strata
        .iter()
        .map(|stratum| stratum.name.as_deref())
        .collect();
    assert_eq!(names, [Some("f"), Some("m")]);
    assert_eq!(found.strata[1].histories, BTreeMap::from([(0b10, 2)]));
}

#[test]
fn who_is_on_other_lists_only_is_left_out() {
    let lists = ["A".to_owned(), "B".to_owned()];
    let asked = Asked {
        lists: &lists,
        strata: None,
    };
    let wide = "A,B,C,count\n1,1,0,3\n1,1,1,4\n1,0,0,2\n0,1,0,1\n0,0,1,7\n";
    let wide = read(&table(wide), asked).unwrap();
    assert_eq!(wide.left_out, 7);
    assert_eq!(
        wide.strata[0].histories,
        BTreeMap::from([(0b01, 2), (0b10, 1), (0b11, 7)])
    );
    let pairs = read(&table("person,list\np,A\np,C\nq,C\nr,B\n"), asked).unwrap();
    assert_eq!(pairs.left_out, 1);
    let missing = read(&table("person,list\np,A\n"), asked).unwrap_err();
    assert_eq!(
        missing.to_string(),
        "lists.csv names no list `B` in its column list; it names A"
    );
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    refused("A,B,count\n", "lists.csv has no rows below its header");
    refused(
        "A,B,count\n1,0,3\n1,2,4\n",
        "lists.csv, row 3, column B: `2` is neither 0 nor 1; a list has 1 for those on it. If this column is no list, say which are with --lists, or part people by it with --strata",
    );
    refused(
        "A,B,count\n1,0,-3\n",
        "lists.csv, row 2, column count: a count of -3 is below zero",
    );
    refused(
        "A,B,count\n1,0,\"1,131\"\n",
        "lists.csv, row 2, column count: `1,131` is no whole number; write digits alone, such as 1131",
    );
    refused(
        "A,B,count\n1,,3\n",
        "lists.csv, row 2, column B: the cell is empty; missing is not 0",
    );
    refused(
        "A,B,count\n1,0,3\n0,0,9\n",
        "lists.csv, row 3, column count: 9 are counted as on no list; how many those are is what is estimated, so leave that row out",
    );
    refused(
        "A,B,count\n1,0,3\n1,0,9\n",
        "lists.csv, row 3, column count: those on the same lists are counted in row 2 too",
    );
    refused(
        "id,A,B\np,1,0\nq,0,0\n",
        "lists.csv, row 3, column A: this person is on no list; who is on none cannot be in the table",
    );
    refused(
        "id,A,B\np,1,0\np,0,1\n",
        "lists.csv, row 3, column id: the same person stands in row 2; link the records so that each person has one row, or give `person_id,list`",
    );
    refused(
        "A,count\n1,3\n",
        "lists.csv has only the column `A` that could be a list; give a column of 0 and 1 for each list and `count`, or `person_id,list`",
    );
    refused(
        "A,a,count\n1,0,3\n",
        "lists.csv, column 2: `a` stands in the header twice",
    );
    refused(
        "person,list\np,\n",
        "lists.csv, row 2, column list: the cell is empty; missing is not 0",
    );
    let asked = Asked {
        strata: Some("sex"),
        ..Asked::default()
    };
    let error = read(&table("A,B,count\n1,0,3\n"), asked).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lists.csv has no column `sex`; it has A, B, count"
    );
    let error = read(&table("person,list,sex\np,A,f\np,B,m\n"), asked).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lists.csv, row 3, column sex: person p was of `f` in a row above; a person is of one stratum"
    );
}
