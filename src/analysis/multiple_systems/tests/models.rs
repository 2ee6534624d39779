//! Log-linear models against Rcapture.

use super::super::search::{HARDLY_SUPPORTED, search};
use super::super::{
    Estimate, Heterogeneity, Hierarchy, Histories, Model, frequencies, profile::profile,
};
use super::published::{census, counting_down, diabetes, hares, kosovo, rome};

fn hierarchical(lists: usize, text: &str) -> Model {
    let names: Vec<String> = (0..lists).map(|list| format!("list {list}")).collect();
    Model::hierarchical(Hierarchy::parse(text, &names).unwrap())
}

fn independent(lists: usize) -> Model {
    Model::hierarchical(Hierarchy::independence(lists))
}

/// Total, standard error, deviance, degrees of freedom and Akaike's criterion, to four digits.
fn numbers(estimate: &Estimate) -> [String; 5] {
    [
        format!("{:.4}", estimate.total),
        format!("{:.4}", estimate.standard_error),
        format!("{:.4}", estimate.deviance),
        estimate.degrees_of_freedom.to_string(),
        format!("{:.4}", estimate.aic),
    ]
}

#[track_caller]
fn estimated(histories: &Histories, model: Model, wanted: [&str; 5]) {
    let estimate = model.estimate(histories).unwrap();
    assert_eq!(numbers(&estimate), wanted, "{model}");
}

#[track_caller]
fn interval(histories: &Histories, model: Model, wanted: [&str; 2]) {
    let estimate = model.estimate(histories).unwrap();
    let profile = profile(histories, &estimate, 0.95).unwrap();
    let ends = [profile.low, profile.high.unwrap()].map(|end| format!("{end:.1}"));
    assert_eq!(ends, wanted, "{model}");
    assert!(profile.total <= estimate.total);
}

#[test]
fn hares_of_six_days() {
    let hares = hares();
    assert_eq!(hares.observed(), 68);
    let caught: Vec<u64> = (1..=6).map(|times| hares.named(times)).collect();
    assert_eq!(caught, [25, 22, 13, 5, 1, 2]);
    let on_day: Vec<u64> = (0..6).map(|day| hares.margin(1 << day)).collect();
    assert_eq!(on_day, [16, 28, 20, 26, 23, 32]);
    let mt = independent(6);
    estimated(
        &hares,
        Model::alike(),
        ["75.4336", "3.4550", "68.5162", "61", "154.7066"],
    );
    estimated(
        &hares,
        mt,
        ["75.0662", "3.3523", "58.3142", "56", "154.5046"],
    );
    estimated(
        &hares,
        mt.with(Heterogeneity::Poisson),
        ["81.0793", "5.5736", "48.1365", "55", "146.3269"],
    );
    estimated(
        &hares,
        mt.with(Heterogeneity::Darroch),
        ["90.4641", "11.6579", "50.7058", "55", "148.8962"],
    );
    estimated(
        &hares,
        mt.without_all_lists(),
        ["76.7776", "3.9112", "47.8942", "55", "146.0846"],
    );
    interval(&hares, mt.with(Heterogeneity::Poisson), ["71.8", "93.8"]);
    interval(&hares, mt.without_all_lists(), ["70.1", "85.4"]);
}

/// The other rows that Rcapture prints for the hares, to its digits.
#[test]
fn hares_that_differ() {
    let hares = hares();
    let (mh, mth) = (Model::alike(), independent(6));
    for (model, wanted) in [
        (mh.with(Heterogeneity::Chao), "79.8 6.4 58.023 58 150.214"),
        (
            mh.with(Heterogeneity::Poisson),
            "81.5 5.7 59.107 60 147.298",
        ),
        (
            mh.with(Heterogeneity::Darroch),
            "90.4 11.6 61.600 60 149.791",
        ),
        (
            mh.with(Heterogeneity::Gamma),
            "100.6 21.7 62.771 60 150.961",
        ),
        (mth.with(Heterogeneity::Chao), "79.6 6.3 47.115 52 151.305"),
        (
            mth.with(Heterogeneity::Gamma),
            "101.6 22.4 51.956 55 150.147",
        ),
    ] {
        let estimate = model.estimate(&hares).unwrap();
        let found = format!(
            "{:.1} {:.1} {:.3} {} {:.3}",
            estimate.total,
            estimate.standard_error,
            estimate.deviance,
            estimate.degrees_of_freedom,
            estimate.aic
        );
        assert_eq!(found, wanted, "{model}");
    }
}

#[test]
fn people_with_hiv_in_rome() {
    let rome = rome();
    let mt = independent(4).estimate(&rome).unwrap();
    assert_eq!(mt.observed, 1896);
    assert_eq!(format!("{:.2}", mt.total), "11124.58");
    assert_eq!(format!("{:.2}", mt.standard_error), "904.75");
    assert_eq!(numbers(&mt)[2..], ["13.0261", "10", "90.0620"]);
    let with_12 = hierarchical(4, "[12,3,4]");
    estimated(
        &rome,
        with_12,
        ["12318.4677", "1188.7227", "7.6138", "9", "86.6496"],
    );
    interval(&rome, with_12, ["10266.0", "14992.3"]);
    // Two interactions of each pair, as the manual of Rcapture prints them.
    let pairs = hierarchical(4, "[12,13,14,23,24,34]");
    let estimate = pairs.estimate(&rome).unwrap();
    assert_eq!(format!("{:.1}", estimate.total), "23443.5");
    assert_eq!(format!("{:.1}", estimate.standard_error), "9594.9");
    interval(&rome, pairs, ["10027.6", "50046.3"]);
}

#[test]
fn killings_in_kosovo() {
    let kosovo = kosovo();
    assert_eq!(kosovo.observed(), 4400);
    let totals: Vec<u64> = (0..4).map(|list| kosovo.margin(1 << list)).collect();
    assert_eq!(totals, [1910, 1528, 1786, 685]);
    let independence = independent(4).estimate(&kosovo).unwrap();
    assert_eq!(format!("{:.4}", independence.total), "7394.5867");
    assert_eq!(format!("{:.2}", independence.standard_error), "129.63");
    assert_eq!(format!("{:.2}", independence.deviance), "245.94");
    assert_eq!(format!("{:.2}", independence.aic), "357.36");
    let pairs = hierarchical(4, "[12,13,14,23,24,34]")
        .estimate(&kosovo)
        .unwrap();
    assert_eq!(format!("{:.2}", pairs.total), "14402.49");
    assert_eq!(format!("{:.2}", pairs.standard_error), "1050.90");
    assert_eq!(format!("{:.3}", pairs.deviance), "39.832");
    assert_eq!(format!("{:.2}", pairs.aic), "163.26");
    assert_eq!(pairs.degrees_of_freedom, 4);
    let best = hierarchical(4, "[123,14,34]");
    estimated(
        &kosovo,
        best,
        ["10356.5190", "785.9022", "9.3227", "4", "132.7467"],
    );
    interval(&kosovo, best, ["8994.3", "12110.4"]);
    let akaike = hierarchical(4, "[123,134]");
    estimated(
        &kosovo,
        akaike,
        ["12740.9677", "1600.7132", "1.0171", "3", "126.4411"],
    );
}

#[test]
fn all_models_of_kosovo() {
    let kosovo = kosovo();
    let found = search(&kosovo, None).unwrap();
    assert_eq!((found.ranked.len(), found.without.len()), (113, 0));
    assert_eq!(found.ranked[0].model.to_string(), "[123,14,34]");
    assert_eq!(found.lowest_aic().unwrap().model.to_string(), "[123,134]");
    let five = &found.ranked[..5];
    let low = five
        .iter()
        .map(|model| model.total)
        .fold(f64::INFINITY, f64::min);
    let high = five.iter().map(|model| model.total).fold(0.0, f64::max);
    assert_eq!(format!("{low:.0} {high:.0}"), "9824 19233");
    let range = found.range(HARDLY_SUPPORTED).unwrap();
    assert!(
        range.models >= 5 && range.low <= low && range.high >= high,
        "{range:?}"
    );
    let intervals = found.intervals(&kosovo, 2, 0.95);
    assert_eq!(format!("{:.1}", intervals[0].unwrap().low), "8994.3");
}

/// Seber (1982), p. 107.
#[test]
fn two_lists() {
    let histories = counting_down(2, &[167, 781, 254]);
    assert_eq!(histories.observed(), 1202);
    let model = independent(2);
    let estimate = model.estimate(&histories).unwrap();
    assert_eq!(format!("{:.4}", estimate.total), "2389.8683");
    assert_eq!(format!("{:.4}", estimate.standard_error), "130.3806");
    assert_eq!(
        (estimate.degrees_of_freedom, estimate.deviance < 1e-9),
        (0, true)
    );
    interval(&histories, model, ["2156.0", "2670.3"]);
    let (first, second, both) = (948, 421, 167);
    let petersen = frequencies::lincoln_petersen(first, second, both).unwrap();
    assert_eq!(format!("{:.4}", petersen.total), "2389.8683");
    assert_eq!(format!("{:.4}", petersen.standard_error), "130.3806");
    let chapman = frequencies::chapman(first, second, both).unwrap();
    assert_eq!(format!("{:.4}", chapman.total), "2382.7976");
    assert_eq!(format!("{:.4}", chapman.standard_error), "129.0563");
    let alike = Model::alike().estimate(&histories).unwrap();
    assert_eq!(
        format!("{:.1} {:.1}", alike.total, alike.standard_error),
        "2805.6 164.1"
    );
}

/// People apprehended without papers in four Dutch cities in 1995, by how often (van der Heijden and
/// others 2003): 1645 once, 183 twice, 37, 13, 1 and 1 more often.
#[test]
fn people_apprehended_once_and_twice() {
    let (observed, once, twice) = (1645 + 183 + 37 + 13 + 1 + 1, 1645, 183);
    assert_eq!(observed, 1880);
    let chao = frequencies::chao_lower_bound(observed, once, twice).unwrap();
    assert_eq!(
        format!("{:.4} {:.1}", chao.total, chao.standard_error),
        "9273.5109 662.6"
    );
    let corrected = frequencies::chao_bias_corrected(observed, once, twice).unwrap();
    assert_eq!(format!("{:.4}", corrected.total), "9228.8587");
    let zelterman = frequencies::zelterman(observed, once, twice).unwrap();
    assert_eq!(format!("{:.4}", zelterman.total), "9424.5552");
}

/// Rivest (2011), as the tests of Rcapture have it.
#[test]
fn a_census_and_its_coverage() {
    let census = census();
    for (text, heterogeneity, wanted) in [
        ("[12,13,23]", None, "1240 451 0.00 0"),
        ("[12,23]", None, "850 186 3.80 1"),
        ("[12,3]", Some(Heterogeneity::Chao), "681 78 3.45 1"),
    ] {
        let model = hierarchical(3, text);
        let model = heterogeneity.map_or(model, |form| model.with(form));
        let estimate = model.estimate(&census).unwrap();
        let deviance = match heterogeneity {
            None => (estimate.deviance * 10.0).round() / 10.0,
            Some(_) => estimate.deviance,
        };
        let found = format!(
            "{:.0} {:.0} {deviance:.2} {}",
            estimate.total, estimate.standard_error, estimate.degrees_of_freedom
        );
        assert_eq!(found, wanted, "{model}");
    }
    let darroch = hierarchical(3, "[12,3]").with(Heterogeneity::Darroch);
    let darroch = darroch.estimate(&census).unwrap();
    assert_eq!(
        format!("{:.1} {:.1}", darroch.total, darroch.standard_error),
        "1181.8 404.2"
    );
}

/// Rivest (2011), as the tests of Rcapture have it.
#[test]
fn people_with_diabetes() {
    let diabetes = diabetes();
    assert_eq!(diabetes.observed(), 2069);
    for (text, heterogeneity, wanted) in [
        ("[12,13,23,24,34]", None, "2771 145 7.62 5"),
        ("[13,24,34]", None, "2472 53 21.97 7"),
        ("[13,24,34]", Some(Heterogeneity::Chao), "2588 75 3.13 6"),
        (
            "[13,24,34]",
            Some(Heterogeneity::Poisson),
            "2573 76 12.88 6",
        ),
        (
            "[13,24,34]",
            Some(Heterogeneity::Darroch),
            "2752 133 8.32 6",
        ),
        ("[13,24,34]", Some(Heterogeneity::Gamma), "2964 219 6.74 6"),
    ] {
        let model = hierarchical(4, text);
        let model = heterogeneity.map_or(model, |form| model.with(form));
        let estimate = model.estimate(&diabetes).unwrap();
        let found = format!(
            "{:.0} {:.0} {:.2} {}",
            estimate.total, estimate.standard_error, estimate.deviance, estimate.degrees_of_freedom
        );
        assert_eq!(found, wanted, "{model}");
    }
}
