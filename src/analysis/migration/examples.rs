//! The worked tables of the papers, as the reference pages of the R package migest (2.0.4) print them.

use super::accounting::{Accounts, Balance, Estimate, Stayers, account};
use super::difference::{drop_negative, net_change, reverse_negative};
use super::fitting::{Stop, fit};
use super::index::{intensity, pattern};
use super::rates::{dennett, rogers_von_rabenau};
use super::{MigrationError, Table};

/// Four places, row by row.
pub(super) fn four(cells: [f64; 16]) -> Table {
    Table::new(4, 4, cells.to_vec()).unwrap()
}

/// Expects a table to the digits that are printed.
#[track_caller]
fn assert_printed(found: &Table, printed: [f64; 16], decimals: i32) {
    let half = 0.5001 * 10_f64.powi(-decimals);
    for (at, (found, printed)) in found.cells().iter().zip(printed).enumerate() {
        assert!(
            (found - printed).abs() <= half,
            "cell {at}: {found}, printed {printed}"
        );
    }
}

const NOBODY: [f64; 4] = [0.0; 4];

fn closed<'a>(start: &'a Table, end: &'a Table) -> Accounts<'a> {
    Accounts {
        start,
        end,
        births: &NOBODY,
        deaths: &NOBODY,
        seed: None,
        balance: Balance::Closed,
        stayers: Stayers::Most,
        stop: Stop::default(),
    }
}

/// The hypothetical stocks of Abel and Sander (2014).
const SCIENCE: [f64; 16] = [
    1000.0, 100.0, 10.0, 0.0, 55.0, 555.0, 50.0, 5.0, 80.0, 40.0, 800.0, 40.0, 20.0, 25.0, 20.0,
    200.0,
];

/// The stocks at the end of Abel (2013) with births and deaths.
const WITH_BIRTHS: [f64; 16] = [
    1060.0, 60.0, 10.0, 10.0, 45.0, 540.0, 40.0, 0.0, 70.0, 75.0, 770.0, 70.0, 30.0, 30.0, 20.0,
    230.0,
];

/// The stocks at the start of Abel (2018, International Migration Review 52:809-852).
const REVIEW: [f64; 16] = [
    100.0, 10.0, 10.0, 0.0, 20.0, 55.0, 25.0, 10.0, 10.0, 40.0, 140.0, 65.0, 20.0, 25.0, 20.0,
    200.0,
];

/// Its stocks at the end, with births and deaths.
const REVIEW_END: [f64; 16] = [
    75.0, 25.0, 5.0, 0.0, 20.0, 45.0, 30.0, 15.0, 30.0, 40.0, 150.0, 60.0, 30.0, 30.0, 20.0, 230.0,
];

/// The stocks of the page on differences.
fn differenced() -> (Table, Table) {
    (
        four([
            100.0, 10.0, 10.0, 0.0, 20.0, 55.0, 25.0, 10.0, 10.0, 40.0, 140.0, 65.0, 20.0, 25.0,
            20.0, 200.0,
        ]),
        four([
            75.0, 25.0, 5.0, 15.0, 20.0, 45.0, 30.0, 15.0, 30.0, 40.0, 150.0, 35.0, 10.0, 50.0,
            5.0, 200.0,
        ]),
    )
}

#[test]
fn differences_drop_or_reverse_what_falls() {
    let (start, end) = differenced();
    let dropped = drop_negative(&start, &end).unwrap();
    assert_printed(
        &dropped,
        [
            0.0, 15.0, 0.0, 15.0, 0.0, 0.0, 5.0, 5.0, 20.0, 0.0, 0.0, 0.0, 0.0, 25.0, 0.0, 0.0,
        ],
        6,
    );
    let reversed = reverse_negative(&start, &end).unwrap();
    assert_printed(
        &reversed,
        [
            0.0, 15.0, 0.0, 25.0, 0.0, 0.0, 5.0, 5.0, 25.0, 0.0, 0.0, 15.0, 0.0, 25.0, 30.0, 0.0,
        ],
        6,
    );
    let changed = net_change(&start, &end).unwrap();
    assert_eq!((changed.at(3, 0), changed.at(0, 0)), (-10.0, -25.0));
}

#[test]
fn closed_accounts_of_demographic_research_and_science() {
    let start = four(SCIENCE);
    let end = four([
        950.0, 100.0, 60.0, 0.0, 80.0, 505.0, 75.0, 5.0, 90.0, 30.0, 800.0, 40.0, 40.0, 45.0, 0.0,
        180.0,
    ]);
    let found = account(&closed(&start, &end)).unwrap();
    assert_printed(
        &found.flows,
        [
            0.0, 0.0, 50.0, 0.0, 35.0, 0.0, 25.0, 0.0, 10.0, 10.0, 0.0, 0.0, 10.0, 10.0, 0.0, 0.0,
        ],
        6,
    );
    assert_eq!(format!("{:.4}", found.flows.total()), "150.0000");
    let round = |sums: Vec<f64>| sums.into_iter().map(f64::round).collect::<Vec<_>>();
    assert_eq!(round(found.flows.row_sums()), [50.0, 60.0, 20.0, 20.0]);
    assert_eq!(round(found.flows.column_sums()), [55.0, 20.0, 75.0, 0.0]);
    assert_eq!((found.discrepancy, found.spread_births), (0.0, vec![]));
}

#[test]
fn closed_accounts_of_the_migration_review_with_and_without_distances() {
    let start = four(REVIEW);
    let end = four([
        70.0, 30.0, 10.0, 10.0, 25.0, 60.0, 10.0, 15.0, 10.0, 55.0, 140.0, 50.0, 40.0, 45.0, 0.0,
        180.0,
    ]);
    let printed = [
        0.0, 20.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 15.0, 15.0, 0.0, 5.0, 10.0, 25.0, 0.0, 0.0,
    ];
    let found = account(&closed(&start, &end)).unwrap();
    assert_printed(&found.flows, printed, 6);
    let distances = four([
        0.0, 5.0, 50.0, 500.0, 5.0, 0.0, 45.0, 495.0, 50.0, 45.0, 0.0, 450.0, 500.0, 495.0, 450.0,
        0.0,
    ]);
    let seeded = Accounts {
        seed: Some(&distances),
        ..closed(&start, &end)
    };
    // The page prints the same table again, as if there were no seed. Only people of D have a choice:
    // 20 left C and 20 left D, and 20 came to A and 20 to B. Of them, x went from C to A, where
    // (x / (20 - x))^2 is the odds ratio of the distances, 50 * 495 / (45 * 500) = 1.1.
    let found = account(&seeded).unwrap();
    let root = 1.1_f64.sqrt();
    let chosen = 20.0 * root / (1.0 + root);
    assert!((found.flows.at(2, 0) - 5.0 - chosen).abs() < 1e-5);
    assert_eq!(format!("{:.6}", found.flows.at(2, 0)), "15.238230");
    assert_eq!(format!("{:.4}", found.flows.total()), "100.0000");
}

/// Abel and Cohen (2019), also in the paper's tables 4 and 5.
#[test]
fn closed_accounts_of_scientific_data() {
    let start = four([
        100.0, 10.0, 10.0, 0.0, 80.0, 180.0, 10.0, 90.0, 30.0, 10.0, 140.0, 40.0, 60.0, 70.0, 10.0,
        160.0,
    ]);
    let end = four([
        95.0, 5.0, 15.0, 5.0, 75.0, 225.0, 5.0, 55.0, 55.0, 0.0, 115.0, 50.0, 35.0, 25.0, 25.0,
        215.0,
    ]);
    let found = account(&closed(&start, &end)).unwrap();
    assert_printed(
        &found.flows,
        [
            0.0, 5.0, 7.857143, 22.142857, 7.142857, 0.0, 12.142857, 40.714286, 17.857143, 5.0,
            0.0, 7.142857, 0.0, 35.0, 0.0, 0.0,
        ],
        6,
    );
    assert_eq!(format!("{:.4}", found.flows.total()), "160.0000");
}

fn with_births(balance: Balance, births: [f64; 4], stop: Stop) -> Estimate {
    let (start, end) = (four(SCIENCE), four(WITH_BIRTHS));
    account(&Accounts {
        births: &births,
        deaths: &[70.0, 30.0, 50.0, 10.0],
        balance,
        stop,
        ..closed(&start, &end)
    })
    .unwrap()
}

#[test]
fn open_accounts_of_demographic_research() {
    let births = [80.0, 20.0, 40.0, 60.0];
    let found = with_births(Balance::Open, births, Stop::default());
    assert_printed(
        &found.flows,
        [
            0.0, 8.502866, 0.0, 3.695332, 26.42296, 0.0, 0.4234563, 9.855274, 0.0, 34.183358, 0.0,
            25.077888, 11.46761, 10.933241, 1.3928875, 0.0,
        ],
        5,
    );
    assert_eq!(format!("{:.5}", found.flows.total()), "131.95487");
    // What came and left makes up for what births, deaths and stocks do not.
    let (came, left): (f64, f64) = (found.came.iter().sum(), found.left.iter().sum());
    assert!((came - left + found.discrepancy).abs() < 1e-9);

    let found = with_births(Balance::OpenCrossed, births, Stop::default());
    assert_printed(
        &found.flows,
        [
            0.0, 8.897732, 0.0, 3.852711, 26.81098, 0.0, 0.4296748, 10.0, 0.0, 35.677466, 0.0,
            26.145924, 11.62571, 11.251175, 1.4120903, 0.0,
        ],
        5,
    );
    assert_eq!(format!("{:.5}", found.flows.total()), "136.10346");
}

/// The page was made with a change of 0.001 as the end of fitting, which shows in its fourth digit.
#[test]
fn closed_accounts_of_science_with_births_and_deaths() {
    let births = [80.0, 20.0, 60.0, 60.0];
    let as_printed = Stop {
        change: 1e-3,
        ..Stop::default()
    };
    let found = with_births(Balance::Closed, births, as_printed);
    assert_printed(
        &found.flows,
        [
            0.0,
            3.328563,
            0.0,
            3.242990,
            34.120952437,
            0.0,
            0.5838738,
            9.809336,
            0.004365738,
            27.127753,
            0.0,
            25.711331,
            12.446119999,
            9.058478,
            2.2595262,
            0.0,
        ],
        6,
    );
    assert_eq!(format!("{:.6}", found.flows.total()), "127.693289");
    assert_eq!(found.rounds, 20);
    let found = with_births(Balance::Closed, births, Stop::default());
    assert_eq!(format!("{:.4}", found.flows.total()), "127.6937");
}

#[test]
fn more_births_than_natives_are_spread_over_all_who_live_there() {
    let (start, end) = (four(REVIEW), four(REVIEW_END));
    let found = account(&Accounts {
        births: &[10.0, 50.0, 25.0, 60.0],
        deaths: &[30.0, 10.0, 40.0, 10.0],
        stop: Stop {
            change: 1e-3,
            ..Stop::default()
        },
        ..closed(&start, &end)
    })
    .unwrap();
    assert_eq!(found.spread_births, [1]);
    assert_printed(
        &found.flows,
        [
            0.0, 8.126216, 0.0, 0.0, 15.45535, 0.0, 18.081832, 5.712864, 0.0, 1.125679, 0.0, 0.0,
            17.66941, 0.0, 8.043363, 0.0,
        ],
        5,
    );
    assert_eq!(format!("{:.6}", found.flows.total()), "74.214715");
}

#[test]
fn rates_of_dennett_and_of_rogers_and_von_rabenau() {
    let (start, end) = differenced();
    let net = end.column_sums().into_iter().zip(start.column_sums());
    let movements = net.map(|(end, start)| (end - start).abs()).sum();
    assert_printed(
        &dennett(&start, movements).unwrap(),
        [
            0.0, 2.352941, 2.352941, 0.0, 4.705882, 0.0, 5.882353, 2.352941, 2.352941, 9.411765,
            0.0, 15.294118, 4.705882, 5.882353, 4.705882, 0.0,
        ],
        6,
    );
    assert_printed(
        &rogers_von_rabenau(&start, &end).unwrap(),
        [
            0.0, 26.584620, -10.22741, 24.16653, 3.474032, 0.0, 11.71799, 20.12425, 34.097610,
            -0.125662, 0.0, -51.85130, -12.047899, 38.857311, -24.36993, 0.0,
        ],
        5,
    );
    let alike = four([1.0; 16]);
    assert_eq!(
        rogers_von_rabenau(&alike, &end),
        Err(MigrationError::Singular)
    );
}

/// Willekens (1999); the page was fitted to 0.00001 only.
#[test]
fn fitting_of_willekens() {
    let seed = Table::new(2, 2, vec![5.0, 2.0, 1.0, 7.0]).unwrap();
    let (rows, columns) = ([18.0, 20.0], [16.0, 22.0]);
    let found = fit(&seed, &rows, &columns, Stop::default()).unwrap();
    for (found, printed) in found
        .table
        .cells()
        .iter()
        .zip([13.250194, 4.749808, 2.749806, 17.250192])
    {
        assert!((found - printed).abs() < 2e-6, "{found}, printed {printed}");
    }
    // It keeps the odds ratio of the seed.
    let cell = |row, column| found.table.at(row, column);
    let odds = cell(0, 0) * cell(1, 1) / (cell(0, 1) * cell(1, 0));
    assert!((odds - 17.5).abs() < 1e-5);
    let even = Table::new(2, 2, vec![1.0; 4]).unwrap();
    let found = fit(&even, &rows, &columns, Stop::default()).unwrap();
    let printed: Vec<String> = found
        .table
        .cells()
        .iter()
        .map(|cell| format!("{cell:.6}"))
        .collect();
    assert_eq!(printed, ["7.578947", "10.421053", "8.421053", "11.578947"]);
}

/// Korea's 17 regions, 2012 to 2020: movers, inhabitants, probability and Courgeau's k.
#[test]
fn intensity_in_korea() {
    for (movers, people, crude, courgeau) in [
        (2_512_740, 50_948_272, "4.93", "0.870"),
        (2_423_429, 51_141_463, "4.74", "0.836"),
        (2_507_796, 51_327_916, "4.89", "0.862"),
        (2_551_424, 51_529_338, "4.95", "0.874"),
        (2_453_342, 51_696_216, "4.75", "0.838"),
        (2_410_930, 51_778_544, "4.66", "0.822"),
        (2_429_184, 51_826_059, "4.69", "0.827"),
        (2_384_948, 51_849_861, "4.60", "0.812"),
        (2_534_114, 51_829_023, "4.89", "0.863"),
    ] {
        let found = intensity(f64::from(movers), f64::from(people), 17).unwrap();
        assert_eq!(format!("{:.2}", found.crude), crude);
        assert_eq!(format!("{:.3}", found.courgeau), courgeau);
    }
}

/// The made-up tables of Plane and Mulligan (1997), with the Gini indices of the R package
/// migration.indices.
#[test]
fn pattern_of_plane_and_mulligan() {
    let flows = |cells: [f64; 9]| Table::new(3, 3, cells.to_vec()).unwrap();
    let one = pattern(&flows([0.0, 10.0, 10.0, 20.0, 0.0, 20.0, 30.0, 30.0, 0.0])).unwrap();
    assert_eq!(format!("{:.7}", one.gini), "0.2666667");
    assert_eq!((one.connectivity, one.movements), (1.0, 120.0));
    let other = pattern(&flows([0.0, 20.0, 20.0, 30.0, 0.0, 50.0, 20.0, 20.0, 0.0])).unwrap();
    assert_eq!(format!("{:.3}", other.gini), "0.225");
    // By hand: places gain 30, 0 and -30 of 120, and 20 of 120 are too many on two ways.
    assert_eq!(format!("{:.6}", one.effectiveness), "25.000000");
    assert_eq!(format!("{:.6}", one.inequality), "0.166667");
}
