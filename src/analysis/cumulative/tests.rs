//! Differences of the worked series, of real ones that fell, and of any.

use proptest::prelude::*;

use super::*;
use crate::analysis::fixture::{WORKED, day, irregular, split, ukraine_by_country};
use crate::figure::Measure;

fn worked(policy: RevisionPolicy) -> Differences {
    let (days, values) = split(&WORKED);
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    difference(&series, policy)
}

fn new(differences: &Differences) -> Vec<i64> {
    differences.rows.iter().filter_map(|row| row.new).collect()
}

#[test]
fn signed_keeps_the_fall() {
    let signed = worked(RevisionPolicy::default());
    assert_eq!(new(&signed), [60, 90, 150, -10, 210, 300, 100]);
    let days: Vec<_> = signed.rows.iter().filter_map(|row| row.days).collect();
    assert_eq!(days, [1, 1, 3, 1, 3, 5, 1]);
    let per_day: Vec<_> = signed.rows.iter().filter_map(|row| row.per_day).collect();
    assert_eq!(per_day, [60.0, 90.0, 50.0, -10.0, 70.0, 60.0, 100.0]);
    assert_eq!(signed.rows[0].new, None);
    let fall = Fall {
        day: day("2022-03-07"),
        from: 400,
        to: 390,
        fall: 10,
    };
    assert_eq!(signed.falls, [fall]);
    assert_eq!(
        signed.note().unwrap(),
        "the cumulative falls once, which is a revision; kept as negative numbers of new (signed)"
    );
}

#[test]
fn the_other_policies_move_the_fall() {
    let cummax = worked(RevisionPolicy::Cummax);
    assert_eq!(new(&cummax), [60, 90, 150, 0, 200, 300, 100]);
    let backcast = worked(RevisionPolicy::Backcast);
    assert_eq!(new(&backcast), [60, 90, 140, 0, 210, 300, 100]);
    for &policy in RevisionPolicy::ALL {
        assert_eq!(worked(policy).sum(), 900);
        assert_eq!(worked(policy).falls.len(), 1);
    }
}

#[test]
fn backcast_lowers_a_first_value_that_was_taken_back() {
    let (days, values) = split(&[("2022-03-01", 50), ("2022-03-02", 30), ("2022-03-03", 70)]);
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    let backcast = difference(&series, RevisionPolicy::Backcast);
    assert_eq!((backcast.rows[0].level, backcast.sum()), (30, 40));
    assert!(
        backcast
            .note()
            .unwrap()
            .ends_with("the first value is lowered by 20")
    );
}

#[test]
fn a_series_that_never_falls_needs_no_note() {
    let (days, values) = split(&WORKED[..4]);
    let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
    assert_eq!(difference(&series, RevisionPolicy::Cummax).note(), None);
}

#[test]
fn the_falls_of_march_to_september_2022_are_found() {
    let Some(countries) = ukraine_by_country() else {
        return;
    };
    let mut found = Vec::new();
    for (country, days, values) in &countries {
        let series = Cumulative::new(Measure::Cumulative, days, values).unwrap();
        let signed = difference(&series, RevisionPolicy::Signed);
        assert_eq!(signed.sum(), values[values.len() - 1] - values[0]);
        found.extend(
            signed
                .falls
                .iter()
                .map(|fall| (country.as_str(), fall.from, fall.to)),
        );
    }
    let expected = [
        ("Belarus", 27_308, 16_547),
        ("Republic of Moldova", 103_254, 84_067),
        ("Republic of Moldova", 84_067, 82_762),
        ("Russian Federation", 99_300, 97_098),
    ];
    assert_eq!(found, expected);
}

proptest! {
    #[test]
    fn differences_telescope((days, values) in irregular()) {
        let series = Cumulative::new(Measure::Cumulative, &days, &values).unwrap();
        let (first, last) = (values[0], values[values.len() - 1]);
        let lowest = values.iter().copied().min().unwrap();
        let highest = values.iter().copied().max().unwrap();
        let signed = difference(&series, RevisionPolicy::Signed);
        prop_assert_eq!(signed.sum(), last - first);
        let cummax = difference(&series, RevisionPolicy::Cummax);
        prop_assert_eq!(cummax.sum(), highest - first);
        let backcast = difference(&series, RevisionPolicy::Backcast);
        prop_assert_eq!(backcast.sum(), last - lowest);
        prop_assert_eq!(backcast.sum() == last - first, first == lowest);
        prop_assert_eq!(backcast.rows[0].level, lowest);
        for monotone in [&cummax, &backcast] {
            prop_assert!(monotone.rows.iter().filter_map(|row| row.new).all(|new| new >= 0));
        }
        for row in &cummax.rows { prop_assert!(row.level >= row.reported); }
        for row in &backcast.rows { prop_assert!(row.level <= row.reported); }
        if signed.falls.is_empty() {
            prop_assert_eq!(&cummax.rows, &signed.rows);
            prop_assert_eq!(&backcast.rows, &signed.rows);
        }
    }
}
