//! What the vocabulary promises.

use std::collections::BTreeSet;

use super::*;
use crate::figure::{Measure, Unit};

/// Codes that files and other modules write out.
const REQUIRED: &[&str] = &[
    "refugees",
    "asylum_seekers",
    "other_in_need_of_protection",
    "refugees_and_migrants",
    "idps",
    "displaced",
    "returnees",
    "refugee_returns",
    "idp_returns",
    "arrivals",
    "border_crossings",
    "stateless",
    "others_of_concern",
    "host_community",
    "people_in_need",
    "people_targeted",
    "people_reached",
    "people_affected",
    "food_insecure",
    "malnourished",
    "killed",
    "injured",
    "casualties",
    "missing",
    "detained",
    "evacuated",
    "internal_displacements",
    "asylum_applications",
    "asylum_decisions",
    "resettlement",
    "naturalisation",
    "disease_cases",
    "disease_deaths",
    "events",
    "funding_required",
    "funding_received",
    "population",
];

#[test]
fn every_file_reads_and_points_to_what_exists() {
    for code in REQUIRED {
        indicator(code).unwrap_or_else(|error| panic!("{error}"));
    }
    for source in asked_sources() {
        for code in &source.channels {
            channel(code).unwrap_or_else(|error| panic!("{}: {error}", source.code));
        }
        for key in &source.keys {
            assert!(key.variable.starts_with("HUMSTAT_"), "{}", key.variable);
        }
    }
    for indicator in indicators() {
        for other in indicator.parts.iter().chain(&indicator.overlaps) {
            super::indicator(other).unwrap_or_else(|error| panic!("{}: {error}", indicator.code));
            assert_ne!(*other, indicator.code);
        }
        assert!(!indicator.contains(&indicator.code), "{}", indicator.code);
        assert!(indicator.definition.ends_with('.'), "{}", indicator.code);
    }
    for dimension in dimensions() {
        assert_eq!(
            dimension.dangling(),
            Vec::<&str>::new(),
            "{}",
            dimension.code
        );
        let codes: BTreeSet<&str> = dimension.codes.iter().map(|c| c.code.as_str()).collect();
        assert_eq!(codes.len(), dimension.codes.len(), "{}", dimension.code);
        assert!(dimension.open || !codes.is_empty(), "{}", dimension.code);
    }
    for channel in channels() {
        organisation(&channel.organisation).unwrap_or_else(|error| panic!("{error}"));
        licence(&channel.licence).unwrap_or_else(|error| panic!("{error}"));
        if let Some(other) = &channel.released_with {
            let other = super::channel(other).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(year_ends(&channel.code), other.year_ends);
            assert!(channel.year_ends.is_empty() && !other.year_ends.is_empty());
        }
    }
    for people in phrase::people() {
        for (code, value) in &people.when {
            let known = dimension(code).and_then(|dimension| dimension.check(value));
            known.unwrap_or_else(|error| panic!("{error}"));
        }
    }
    assert!(organisations().count() > 20);
}

#[test]
fn spellings_of_licences_belong_to_one() {
    let mut seen = BTreeSet::new();
    for licence in licences() {
        for spelling in std::iter::once(&licence.code).chain(&licence.also) {
            assert!(seen.insert(spelling.to_lowercase()), "{spelling}");
        }
    }
    let code = |text| licence(text).map(|licence| licence.code.as_str());
    assert_eq!(code("cc-by-igo"), Ok("CC-BY-IGO-3.0"));
    assert_eq!(code("CC BY 4.0"), Ok("CC-BY-4.0"));
    assert!(licence("IOM-DTM").is_ok_and(|licence| !licence.commercial));
}

#[test]
fn an_unknown_word_names_the_nearest() {
    let message = |code| indicator(code).map_or_else(|error| error.to_string(), |_| String::new());
    assert_eq!(
        message("refugee"),
        "unknown indicator `refugee`; did you mean `refugees`?"
    );
    assert_eq!(
        message("zzz"),
        "unknown indicator `zzz`; `humstat indicators` lists those that are known"
    );
}

#[test]
fn breakdowns_are_checked() {
    let check = |text: &str| {
        let breakdown: Breakdown = text.parse().expect("a breakdown");
        check_breakdown(&breakdown).map_err(|error| error.to_string())
    };
    for text in [
        "",
        "application_type=NA;decision_level=NA",
        "age=children;group=civilians;sex=f",
        "age=0-17",
        "age=65+",
        "operation=Armed Clashes in Sudan",
        "cause=landslide",
        "phase=3+",
    ] {
        assert_eq!(check(text), Ok(()), "{text}");
    }
    for (text, message) in [
        (
            "sex=female",
            "unknown code `female` of dimension `sex`; did you mean `f`?",
        ),
        (
            "age=child",
            "unknown code `child` of dimension `age`; did you mean `children`?",
        ),
        (
            "procedure=X",
            "unknown code `X` of dimension `procedure`; write one of `G`, `J`, `U`",
        ),
    ] {
        assert_eq!(check(text), Err(message.to_owned()));
    }
    assert_eq!(
        check("ages=children"),
        Err("unknown dimension `ages`; did you mean `age`?".to_owned())
    );
    assert!(check("age=17-0").is_err());
    assert!(check("age=+").is_err());
}

#[test]
fn what_may_count_the_same_people() {
    let overlap = |left, right| {
        let answer = may_overlap(left, right);
        assert_eq!(answer, may_overlap(right, left));
        answer
    };
    assert_eq!(overlap("displaced", "idps"), Ok(true));
    assert_eq!(overlap("casualties", "killed"), Ok(true));
    assert_eq!(overlap("killed", "injured"), Ok(false));
    assert_eq!(overlap("border_crossings", "refugees"), Ok(true));
    assert_eq!(overlap("refugees", "idps"), Ok(false));
    assert!(overlap("refugees", "nothing").is_err());

    let within = |dimension_code: &str, left: &str, right: &str| {
        let dimension = dimension(dimension_code).expect("a dimension");
        let answer = dimension.may_overlap(left, right);
        assert_eq!(answer, dimension.may_overlap(right, left));
        answer
    };
    assert!(within("age", "children", "5-11"));
    assert!(within("age", "0-17", "12-17"));
    assert!(within("age", "adults", "65+"));
    assert!(!within("age", "children", "adults"));
    assert!(!within("age", "0-4", "5-11"));
    assert!(!within("age", "unknown", "5-11"));
    assert!(!within("sex", "f", "m"));
    assert!(within("sector", "HEA", "WSH"));
    assert!(within("group", "fighters", "side_a"));
    assert!(!within("group", "civilians", "side_a"));
    assert!(within("group", "civilians", "aid_workers"));
    assert!(within("application_type", "NR", "N"));
    assert!(within("application_type", "NR", "NA"));
    assert!(within("operation", "one", "two"));
}

#[test]
fn datasets_rank_above_prose() {
    let lowest_dataset = channels()
        .filter(|channel| channel.kind == ChannelKind::Dataset)
        .map(|channel| channel.priority)
        .min();
    for channel in channels() {
        let is_prose = channel.kind == ChannelKind::Prose;
        assert_eq!(
            is_prose,
            channel.priority < source::UNLISTED_PRIORITY,
            "{}",
            channel.code
        );
        assert_eq!(channel_rank(&channel.code), channel.priority);
    }
    assert!(lowest_dataset > Some(source::UNLISTED_PRIORITY));
    assert!(channel_rank("unhcr/odp") > channel_rank("table/our-own"));
    assert!(channel_rank("table/our-own") > channel_rank("ohchr/updates"));
    assert!(channel_rank("ohchr/updates") > channel_rank("press/abc-news"));
    assert_eq!(channel_kind("press/abc-news"), ChannelKind::Prose);
    assert_eq!(channel_kind("table/our-own"), ChannelKind::Dataset);
}

#[test]
fn searches_find_codes_of_sources_and_words() {
    let codes = |text| -> Vec<&str> { search(text).iter().map(|found| found.code).collect() };
    assert_eq!(codes("ROC")[0], "refugees");
    assert_eq!(codes("PIN")[0], "people_in_need");
    assert!(codes("wounded").contains(&"injured"));
    assert!(codes("uppsala").contains(&"UCDP"));
    assert!(codes("").is_empty());
}

fn clause(code: &str, subject: &Subject<'_>) -> Clause {
    indicator(code).expect("an indicator").clause(subject)
}

#[test]
fn sentences_can_be_built() {
    let all = Breakdown::all();
    let cumulative = Subject {
        one: false,
        measure: Measure::Cumulative,
        unit: Unit::Persons,
        breakdown: &all,
        origin: Some("Ukraine"),
        location: Some("Poland"),
    };
    let crossings = Subject {
        unit: Unit::Crossings,
        ..cumulative
    };
    assert_eq!(
        clause("border_crossings", &crossings).text,
        "crossings from Ukraine into Poland had been recorded"
    );
    let children = Breakdown::all().with("age", "children");
    let killed = Subject {
        breakdown: &children,
        origin: None,
        location: Some("Ukraine"),
        ..cumulative
    };
    assert_eq!(
        clause("killed", &killed),
        Clause {
            text: "children had been killed in Ukraine".to_owned(),
            unsaid: vec![]
        }
    );
    let one = Subject {
        one: true,
        measure: Measure::Flow,
        ..killed
    };
    assert_eq!(clause("killed", &one).text, "child was killed in Ukraine");
    let stock = Subject {
        measure: Measure::Stock,
        ..cumulative
    };
    assert_eq!(
        clause("refugees", &stock).text,
        "refugees from Ukraine were recorded in Poland"
    );
    let girls = Breakdown::all().with("age", "children").with("sex", "f");
    let idps = Subject {
        breakdown: &girls,
        ..stock
    };
    assert_eq!(
        clause("idps", &idps),
        Clause {
            text: "internally displaced girls were recorded in Poland".to_owned(),
            unsaid: vec!["from Ukraine".to_owned()]
        }
    );
    let households = Subject {
        unit: Unit::Households,
        origin: None,
        ..stock
    };
    assert_eq!(
        clause("idps", &households).text,
        "internally displaced households were recorded in Poland"
    );
    let appeal = Breakdown::all().with("application_type", "A");
    let cases = Subject {
        measure: Measure::Flow,
        unit: Unit::Cases,
        breakdown: &appeal,
        ..stock
    };
    assert_eq!(
        clause("asylum_applications", &cases),
        Clause {
            text: "asylum applications by people from Ukraine were lodged in Poland".to_owned(),
            unsaid: vec!["Appeal".to_owned(), "cases".to_owned()]
        }
    );
    let money = Subject {
        unit: Unit::UsDollars,
        origin: None,
        ..cumulative
    };
    assert_eq!(
        clause("funding_received", &money).text,
        "had been received for Poland"
    );
    let returns = Subject {
        measure: Measure::Flow,
        ..cumulative
    };
    assert_eq!(
        clause("refugee_returns", &returns).text,
        "refugees returned to Ukraine from Poland"
    );
}

#[test]
fn every_clause_reads_without_places() {
    let all = Breakdown::all();
    for indicator in indicators() {
        for &measure in Measure::ALL {
            let subject = Subject {
                one: false,
                measure,
                unit: indicator.unit,
                breakdown: &all,
                origin: None,
                location: None,
            };
            let clause = indicator.clause(&subject);
            let expected = format!("{} {}", indicator.many, indicator.verb(measure, false));
            assert_eq!(clause.text, expected.trim());
            assert!(clause.unsaid.is_empty());
        }
    }
}
