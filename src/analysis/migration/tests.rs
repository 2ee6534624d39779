//! What all tables must keep to, and what is refused.

use proptest::prelude::*;

use super::accounting::{Accounts, Balance, Stayers, WEIGHT, account, mixture};
use super::difference::{drop_negative, net_change, reverse_negative};
use super::fitting::{Stop, fit};
use super::index::{intensity, pattern};
use super::rates::dennett;
use super::{MigrationError, Table};

fn closed<'a>(start: &'a Table, end: &'a Table, none: &'a [f64]) -> Accounts<'a> {
    Accounts {
        start,
        end,
        births: none,
        deaths: none,
        seed: None,
        balance: Balance::Closed,
        stayers: Stayers::Most,
        stop: Stop::default(),
    }
}

#[test]
fn what_no_table_can_have_is_refused() {
    let seed = Table::new(2, 2, vec![1.0, 1.0, 0.0, 1.0]).unwrap();
    let fitted = |rows: [f64; 2], columns: [f64; 2]| fit(&seed, &rows, &columns, Stop::default());
    let error = fitted([18.0, 20.0], [16.0, 21.0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the rows add up to 38 and the columns to 37; no table has both, so make the totals agree first"
    );
    // The second row must hold 20, all of them in the second column, which holds 10.
    let error = fitted([5.0, 20.0], [15.0, 10.0]).unwrap_err();
    assert!(
        matches!(error, MigrationError::NotConverged { .. }),
        "{error}"
    );
    let empty = Table::new(2, 2, vec![1.0, 1.0, 0.0, 0.0]).unwrap();
    assert_eq!(
        fit(&empty, &[1.0, 1.0], &[1.0, 1.0], Stop::default()),
        Err(MigrationError::EmptyRow {
            row: 1,
            wanted: 1.0
        })
    );
    assert_eq!(
        fit(
            &empty.transposed(),
            &[1.0, 1.0],
            &[1.0, 1.0],
            Stop::default()
        ),
        Err(MigrationError::EmptyColumn {
            column: 1,
            wanted: 1.0
        })
    );
    // A sum of zero needs nobody.
    assert!(fit(&empty, &[2.0, 0.0], &[1.0, 1.0], Stop::default()).is_ok());
    assert_eq!(
        fit(&seed, &[1.0, f64::NAN], &[1.0, 1.0], Stop::default())
            .unwrap_err()
            .to_string(),
        "number 1 is NaN; sums, births and deaths are numbers not below zero"
    );
    assert_eq!(
        fit(&seed, &[1.0], &[1.0], Stop::default()),
        Err(MigrationError::Unlike(2, 1))
    );
}

#[test]
fn a_table_has_its_cells_and_two_places_at_least() {
    assert_eq!(
        Table::new(2, 2, vec![1.0]),
        Err(MigrationError::Cells {
            rows: 2,
            columns: 2,
            found: 1
        })
    );
    let wide = Table::new(1, 2, vec![1.0, 2.0]).unwrap();
    assert_eq!(
        drop_negative(&wide, &wide),
        Err(MigrationError::NotSquare(1, 2))
    );
    let one = Table::new(1, 1, vec![1.0]).unwrap();
    assert_eq!(drop_negative(&one, &one), Err(MigrationError::TooFew(1)));
    assert_eq!(
        net_change(&wide, &one),
        Err(MigrationError::Unlike(1, 2)),
        "tables of unlike size"
    );
}

#[test]
fn accounts_need_those_who_stayed() {
    let start = Table::new(2, 2, vec![0.0, 10.0, 5.0, 90.0]).unwrap();
    let error = account(&closed(&start, &start, &[0.0; 2])).unwrap_err();
    assert_eq!(error, MigrationError::NoStayers(0));
    assert!(error.to_string().contains("on the diagonal"), "{error}");
}

#[test]
fn more_deaths_and_births_than_people_are_refused() {
    let table = Table::new(2, 2, vec![80.0, 10.0, 5.0, 90.0]).unwrap();
    let many = [0.0, 101.0];
    let none = [0.0; 2];
    let deaths = Accounts {
        deaths: &many,
        balance: Balance::Open,
        ..closed(&table, &table, &none)
    };
    assert_eq!(
        account(&deaths).unwrap_err().to_string(),
        "101 deaths in column 1 are more than the 100 who lived there"
    );
    let births = Accounts {
        births: &many,
        balance: Balance::Open,
        ..closed(&table, &table, &none)
    };
    assert!(matches!(
        account(&births),
        Err(MigrationError::TooManyBirths { column: 1, .. })
    ));
    let huge = [0.0, 1e9];
    let unbalanced = Accounts {
        births: &huge,
        ..closed(&table, &table, &none)
    };
    assert!(matches!(
        account(&unbalanced),
        Err(MigrationError::Unbalanced(_))
    ));
}

/// Crossed weights may take away more than there are; the others cannot.
#[test]
fn a_cell_that_would_fall_below_zero_is_refused() {
    let start = Table::new(2, 2, vec![80.0, 20.0, 5.0, 90.0]).unwrap();
    let end = Table::new(2, 2, vec![200.0, 0.0, 5.0, 90.0]).unwrap();
    let none = [0.0; 2];
    let with = |balance| {
        account(&Accounts {
            balance,
            ..closed(&start, &end, &none)
        })
    };
    let error = with(Balance::OpenCrossed).unwrap_err();
    assert!(
        matches!(error, MigrationError::BelowZero { row: 0, column: 1, value } if value == -20.0)
    );
    let open = with(Balance::Open).unwrap();
    assert_eq!(open.came, [100.0, 0.0]);
    // 80 and 20 at the start, 100 and 0 at the end: 20 came back.
    assert_eq!(open.flows.cells(), [0.0, 0.0, 20.0, 0.0]);
}

#[test]
fn a_mixture_lies_between_its_two_tables() {
    let one = Table::new(2, 2, vec![0.0, 10.0, 0.0, 0.0]).unwrap();
    let other = Table::new(2, 2, vec![0.0, 30.0, 40.0, 0.0]).unwrap();
    let mixed = mixture(&one, &other, WEIGHT).unwrap();
    let rounded: Vec<String> = mixed
        .cells()
        .iter()
        .map(|cell| format!("{cell:.4}"))
        .collect();
    assert_eq!(rounded, ["0.0000", "12.6000", "5.2000", "0.0000"]);
    assert_eq!(
        mixture(&one, &other, 1.2).unwrap_err().to_string(),
        "a weight of 1.2 is not between 0 and 1; give one such as 0.87"
    );
}

#[test]
fn no_flow_has_no_pattern_and_no_rate() {
    let none = Table::zeros(3);
    assert_eq!(pattern(&none), Err(MigrationError::NoFlow));
    assert_eq!(dennett(&none, 10.0), Err(MigrationError::NoFlow));
    assert_eq!(
        intensity(5.0, 0.0, 3),
        Err(MigrationError::NoPopulation(0.0))
    );
    assert_eq!(intensity(5.0, 10.0, 1), Err(MigrationError::TooFew(1)));
    let signed = Table::new(2, 2, vec![0.0, -1.0, 2.0, 0.0]).unwrap();
    assert!(matches!(
        pattern(&signed),
        Err(MigrationError::NoCount {
            row: 0,
            column: 1,
            ..
        })
    ));
}

/// One way takes all: the indices are at their ends.
#[test]
fn all_on_one_way_is_the_utmost() {
    let mut flows = Table::zeros(4);
    *flows.at_mut(1, 2) = 70.0;
    let found = pattern(&flows).unwrap();
    assert_eq!((found.effectiveness, found.gini), (100.0, 1.0));
    assert_eq!(found.connectivity, 1.0 / 12.0);
    assert!((found.inequality - 11.0 / 12.0).abs() < 1e-12);
    let even = Table::of(4, 4, |_, _| 5.0);
    let found = pattern(&even).unwrap();
    assert_eq!(found.movements, 60.0);
    assert!(found.gini.abs() < 1e-12 && found.inequality == 0.0 && found.effectiveness == 0.0);
}

/// Two tables of the same people by origin, all with somebody at home.
fn same_people() -> impl Strategy<Value = (Table, Table)> {
    (2..7_usize)
        .prop_flat_map(|places| {
            let counts = proptest::collection::vec(0..1000_u32, places * places);
            (Just(places), counts.clone(), counts)
        })
        .prop_map(|(places, start, end)| {
            let table = |cells: Vec<u32>| {
                let mut table =
                    Table::new(places, places, cells.into_iter().map(f64::from).collect()).unwrap();
                for place in 0..places {
                    *table.at_mut(place, place) += 500.0;
                }
                table
            };
            let (mut start, mut end) = (table(start), table(end));
            for place in 0..places {
                let sum = |table: &Table| table.row(place).iter().sum::<f64>();
                let lacking = sum(&start) - sum(&end);
                if lacking > 0.0 {
                    *end.at_mut(place, place) += lacking;
                } else {
                    *start.at_mut(place, place) -= lacking;
                }
            }
            (start, end)
        })
}

proptest! {
    /// Whatever the assumption, places gain what the tables say.
    #[test]
    fn accounts_keep_the_net_of_every_place((start, end) in same_people()) {
        let none = vec![0.0; start.rows()];
        let mut totals = Vec::new();
        for stayers in [Stayers::Most, Stayers::Independent] {
            let found = account(&Accounts { stayers, ..closed(&start, &end, &none) }).unwrap();
            let came = found.flows.column_sums();
            let left = found.flows.row_sums();
            for (place, (before, after)) in
                start.column_sums().iter().zip(end.column_sums()).enumerate()
            {
                let net = came[place] - left[place];
                prop_assert!((net - (after - before)).abs() < 1e-3, "{net}");
            }
            prop_assert!(found.flows.cells().iter().all(|cell| *cell >= 0.0));
            totals.push(found.flows.total());
        }
        prop_assert!(totals[0] <= totals[1] + 1e-6, "the fewest are {} and not {}", totals[0], totals[1]);
    }

    /// A fitted table has the sums of the table that it was fitted to.
    #[test]
    fn fitting_meets_its_sums((seed, wanted) in same_people()) {
        let stop = Stop::default();
        let found = fit(&seed, &wanted.row_sums(), &wanted.column_sums(), stop);
        // A zero of the seed stays zero, so that some sums cannot be met; then it is refused.
        prop_assume!(!matches!(found, Err(MigrationError::NotConverged { .. })));
        let found = found.unwrap();
        let total = wanted.total();
        prop_assert!(found.gap <= 1e-6 * total);
        prop_assert!((found.table.total() - total).abs() <= 1e-9 * total);
        // What is fitted already stays as it is.
        let again = fit(&found.table, &wanted.row_sums(), &wanted.column_sums(), stop).unwrap();
        let apart = found.table.with(&again.table, |a, b| (a - b).abs()).unwrap();
        prop_assert!(apart.cells().iter().all(|apart| *apart < 1e-3));
    }

    /// The seed of ones, fitted, is what accounts without a seed reckon at once.
    #[test]
    fn a_seed_of_ones_is_no_seed((start, end) in same_people()) {
        let none = vec![0.0; start.rows()];
        let ones = Table::of(start.rows(), start.rows(), |_, _| 1.0);
        let plain = account(&closed(&start, &end, &none)).unwrap();
        let seeded = account(&Accounts { seed: Some(&ones), ..closed(&start, &end, &none) }).unwrap();
        let apart = plain.flows.with(&seeded.flows, |a, b| (a - b).abs()).unwrap();
        prop_assert!(apart.cells().iter().all(|apart| *apart < 1e-3));
    }

    /// Reversed, both ways together are as much as stocks changed away from home.
    #[test]
    fn reversing_keeps_what_dropping_loses((start, end) in same_people()) {
        let dropped = drop_negative(&start, &end).unwrap();
        let reversed = reverse_negative(&start, &end).unwrap();
        let mut change = net_change(&start, &end).unwrap();
        change.fill_diagonal(0.0);
        let all: f64 = change.cells().iter().map(|cell| cell.abs()).sum();
        prop_assert!((reversed.total() - all).abs() < 1e-9);
        prop_assert!(dropped.total() <= reversed.total());
        let found = pattern(&reversed);
        if let Ok(found) = found {
            for share in [found.connectivity, found.inequality, found.gini, found.effectiveness / 100.0] {
                prop_assert!((-1e-9..=1.0 + 1e-9).contains(&share));
            }
        }
    }
}
