//! A live blog of our own with the figures that a reader would find in it, for tests.

use humstat::figure::{
    Absence, Breakdown, Measure, PlaceId, Publication, Quantity, Scope, Unit, Version,
};
use humstat::ledger::{Capture, Ledger, Proposal, Proposed, Recording};
use humstat::text::{Candidate, Document, Stretch};

use crate::common::{Desk, NOW};

/// A live blog of our own.
pub const BLOG: &str = "\
About 453,000 people have crossed into Poland since 24 February, UNHCR said.
In Hungary there were 116,348 crossings. At least 14 civilians were killed.
Nobody, not 3 people, was missing. Some 20 buses came.
";

/// A candidate of a text: the words of its number, as what it was read, and where.
pub fn candidate(body: &str, number: &str, value: &str) -> Candidate {
    let characters = |byte: usize| body[..byte].chars().count();
    let begin = body.find(number).unwrap();
    let start = body[..begin].rfind(['.', '\n']).map_or(0, |at| at + 1);
    let start = start + (body[start..].len() - body[start..].trim_start().len());
    let end = body[begin..]
        .find('.')
        .map_or(body.len(), |at| begin + at + 1);
    Candidate {
        number: Stretch {
            begin: characters(begin),
            end: characters(begin + number.len()),
        },
        text: number.to_owned(),
        qualifier_text: None,
        quantity: value.parse::<Quantity>().unwrap(),
        denied: false,
        indicator: None,
        unit: Unit::Persons,
        unit_text: None,
        measure: Measure::Stock,
        breakdown: Breakdown::all(),
        origin: None,
        within: None,
        location: None,
        since: None,
        period_start: None,
        period_end: None,
        claimant: None,
        relayed_by: Vec::new(),
        sentence: Stretch {
            begin: characters(start),
            end: characters(end),
        },
        part_of: None,
        repeats: None,
        inherited: Vec::new(),
        unclear: Vec::new(),
        rules: vec!["test".to_owned()],
        confidence: 90,
    }
}

fn crossings(number: &str, value: &str, location: &str) -> Candidate {
    Candidate {
        indicator: Some("border_crossings".to_owned()),
        measure: Measure::Cumulative,
        unit: Unit::Crossings,
        origin: Some(PlaceId::new("UKR")),
        location: Some(PlaceId::new(location)),
        since: "2022-02-24".parse().ok(),
        ..candidate(BLOG, number, value)
    }
}

/// What the blog says, in its order.
pub fn candidates() -> Vec<Candidate> {
    vec![
        Candidate {
            qualifier_text: Some("About".to_owned()),
            unit_text: Some("people".to_owned()),
            claimant: Some("UNHCR".to_owned()),
            ..crossings("453,000", "about 453,000", "POL")
        },
        Candidate {
            since: None,
            ..crossings("116,348", "116,348", "HUN")
        },
        Candidate {
            qualifier_text: Some("At least".to_owned()),
            indicator: Some("killed".to_owned()),
            measure: Measure::Flow,
            location: Some(PlaceId::new("UKR")),
            period_start: "2022-03-01".parse().ok(),
            period_end: "2022-03-01".parse().ok(),
            claimant: Some("OHCHR".to_owned()),
            confidence: 60,
            ..candidate(BLOG, "14", "at least 14")
        },
        Candidate {
            denied: true,
            ..candidate(BLOG, "3 people", "3")
        },
        Candidate {
            confidence: 30,
            ..candidate(BLOG, "20", "about 20")
        },
    ]
}

/// A text of this title with candidates, as a reader would propose it.
pub fn proposal(body: &str, title: &str, published: &str, candidates: Vec<Candidate>) -> Proposal {
    let published: Version = published.parse().unwrap();
    Proposal {
        capture: Capture::new("blog.txt", format!("{title}\n\n{body}").into_bytes()),
        document: Document {
            title: Some(title.to_owned()),
            body: body.to_owned(),
            published: Some(published),
            publisher: Some("Example News".to_owned()),
            source: Some("UNHCR".to_owned()),
            url: Some("https://example.org/live".to_owned()),
            language: Some("en".to_owned()),
            about: vec![PlaceId::new("UKR")],
            entries: Vec::new(),
            ..Document::default()
        },
        publication: Publication {
            channel: "press/example-news".to_owned(),
            title: title.to_owned(),
            url: Some("https://example.org/live".to_owned()),
            published: Some(published),
            retrieved: None,
            relayed_by: vec!["Example News".to_owned()],
            licence: None,
            attribution: None,
            notes: None,
            scope: Scope::default(),
            absence: Absence::Unchanged,
        },
        reader: "text/1".to_owned(),
        options: String::new(),
        candidates,
    }
}

/// Proposes as the program does.
pub fn propose(desk: &Desk, proposal: &Proposal) -> Proposed {
    let recording = Recording {
        now: NOW.parse().unwrap(),
        program: "humstat test".to_owned(),
        summary: format!("{}: {{}}", proposal.capture.name),
        allow_withdrawals: false,
    };
    let mut ledger = Ledger::create(&desk.path("humstat.db")).unwrap();
    ledger.propose(proposal, &recording).unwrap()
}

/// The blog as a reader proposes it.
pub fn blog() -> Proposal {
    proposal(BLOG, "Live blog", "2022-03-02", candidates())
}

/// A desk on whose ledger the figures of the blog wait.
pub fn desk() -> Desk {
    let desk = Desk::new();
    propose(&desk, &blog());
    desk
}
