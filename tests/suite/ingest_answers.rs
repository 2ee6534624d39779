//! What sources answer, for tests: answers by address, and every address that was asked.

use std::cell::RefCell;
use std::collections::BTreeMap;

use humstat::fetch::{Answer, Fetch, FetchError, Outcome, Request};
use humstat::figure::Version;
use humstat::ingest::{self, Desk, IngestError, Keys, Source, Unfinished};
use humstat::ledger::{Capture, Ledger, Recording};
use humstat::table::{self, Mapping, Options};

/// The time at which all sources are asked.
pub fn now() -> Version {
    "2026-06-20T10:00:00Z".parse().unwrap()
}

/// Answers from a list of addresses.
#[derive(Debug, Default)]
pub struct Answers {
    bodies: BTreeMap<String, Vec<u8>>,
    refusals: BTreeMap<String, u16>,
    asked: RefCell<Vec<String>>,
}

impl Answers {
    /// With an answer to an address.
    pub fn with(mut self, url: &str, body: impl Into<Vec<u8>>) -> Self {
        self.bodies.insert(url.to_owned(), body.into());
        self
    }

    /// With a refusal of an address, by the status of HTTP.
    pub fn refusing(mut self, url: &str, status: u16) -> Self {
        self.refusals.insert(url.to_owned(), status);
        self
    }

    /// The addresses that were asked, in order.
    pub fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }

    /// Asks a source for all its pages, without keys.
    pub fn ask(&self, source: &dyn Source) -> Result<Vec<Capture>, IngestError> {
        self.ask_with(source, &Keys::default())
    }

    /// The same with keys.
    pub fn ask_with(&self, source: &dyn Source, keys: &Keys) -> Result<Vec<Capture>, IngestError> {
        self.go_on(source, keys, &Unfinished::none(now()))
    }

    /// The same, going on where an earlier ask was stopped.
    pub fn go_on(
        &self,
        source: &dyn Source,
        keys: &Keys,
        unfinished: &Unfinished,
    ) -> Result<Vec<Capture>, IngestError> {
        let desk = Desk { now: now(), keys };
        ingest::ask(source, self, &desk, unfinished, |_, _| {})
    }
}

/// A key in a variable.
pub fn key(variable: &str) -> Keys {
    let variable = variable.to_owned();
    Keys::found(move |name| (name == variable).then(|| "a-secret-key".to_owned()))
}

impl Answers {
    /// Records what a source answers, as the program does, with a key for every variable.
    pub fn record(&self, desk: &crate::common::Desk, source: &dyn Source) {
        let answers = self.ask_with(source, &all_keys()).unwrap();
        let (pages, about) = ingest::parted(source, answers).unwrap();
        let (name, text) = source.mapping_for(&pages).unwrap();
        let mapping = Mapping::parse(std::path::Path::new(&*name), &text).unwrap();
        let options = Options {
            retrieved: pages[0].received.as_ref().map(|received| received.at),
            scope: source.scope(),
            told: source.told(&about, &pages).unwrap(),
            footnotes: source.footnotes(&about, &pages).unwrap(),
            ..Options::default()
        };
        let mut read = table::read(pages, &mapping, &text, &options, |_| {}).unwrap();
        read.reading.about = about;
        read.reading.asked = source.words();
        let mut ledger = Ledger::create(&desk.path("humstat.db")).unwrap();
        let recording = Recording {
            now: now(),
            program: "test".to_owned(),
            summary: "{}".to_owned(),
            allow_withdrawals: false,
        };
        ledger
            .record(read.reading.check().unwrap(), &recording)
            .unwrap();
    }
}

impl Fetch for Answers {
    fn get(&self, request: &Request) -> Result<Outcome, FetchError> {
        let url = request.public_url();
        self.asked.borrow_mut().push(url.clone());
        if let Some(status) = self.refusals.get(&url) {
            return Err(FetchError::Status {
                place: request.place(),
                status: *status,
                excerpt: String::new(),
                hint: None,
            });
        }
        let body = self.bodies.get(&url);
        let body = body.unwrap_or_else(|| panic!("no answer was prepared for {url}"));
        Ok(Outcome::Answer(Answer {
            url,
            status: 200,
            headers: Vec::new(),
            body: body.clone(),
            received: now(),
        }))
    }
}

/// The words of a command line, as clap reads them.
#[derive(Debug, clap::Parser)]
struct Line<S: clap::Args> {
    #[command(flatten)]
    source: S,
}

/// A source by its words, or why they are refused.
pub fn parsed<S: clap::Args>(words: &[&str]) -> Result<S, String> {
    let words = std::iter::once("source").chain(words.iter().copied());
    <Line<S> as clap::Parser>::try_parse_from(words)
        .map(|line| line.source)
        .map_err(|error| error.to_string())
}

/// The first requests of a source, as they are shown, with a key for each variable.
pub fn shown(source: &dyn Source) -> String {
    let keys = all_keys();
    let desk = Desk {
        now: now(),
        keys: &keys,
    };
    format!("{:?}", source.requests(&desk).unwrap())
}

/// A key for every variable: `key-of-VARIABLE`.
pub fn all_keys() -> Keys {
    Keys::found(|variable| Some(format!("key-of-{variable}")))
}
