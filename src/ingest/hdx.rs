//! The Humanitarian Data Exchange: a file of any dataset, with the licence and the caveats that the
//! dataset comes with.
//!
//! Its description is asked for first and says where the file is. What it says of the whole dataset is
//! kept with the figures. Source: `https://data.humdata.org/`, by CKAN's `package_show`.

use std::borrow::Cow;

use serde::Deserialize;

use super::given_map::{GivenMap, given_map};
use super::words::add;
use super::{Desk, IngestError, Page, Source, lines, whole};
use crate::fetch::{Kind, Request};
use crate::figure::Version;
use crate::ledger::Capture;
use crate::table::Told;
use crate::table::suggest::{Known, recognise, sample};
use crate::vocabulary::{self, UnknownWord};

/// Where datasets are described, and where they are shown.
const BASE: &str = "https://data.humdata.org";

/// Licences of HDX that name no terms: these stand in words beside them.
const IN_WORDS: [&str; 2] = ["hdx-other", "hdx-multi"];

/// The Humanitarian Data Exchange: a file of any dataset, with the dataset's licence and caveats; no
/// key needed
///
/// The mapping says what the file holds; a table of known shape needs none. Where the licence of the
/// dataset is another than the one that the mapping names, that of the dataset is recorded.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest hdx unhcr-situations --resource unhcr-situations.csv
  humstat ingest hdx ukraine-key-figures-2022 --resource \"Key figures\" --map key-figures.toml
  humstat ingest hdx unhcr-situations --resource unhcr-situations.csv --file package.json unhcr-situations.csv

Among the files may be the dataset's description, as package_show answers.")]
pub struct Hdx {
    /// The dataset, by the name at the end of its address
    #[arg(value_parser = dataset)]
    dataset: String,
    /// The file, by its name or its id
    #[arg(long, value_name = "NAME")]
    resource: String,
    /// The mapping; a table of known shape needs none
    #[arg(long, value_name = "MAP.toml", value_parser = given_map)]
    map: Option<GivenMap>,
}

/// The name of a dataset, also out of its address.
fn dataset(word: &str) -> Result<String, String> {
    let name = word
        .trim_end_matches('/')
        .strip_prefix(BASE)
        .and_then(|path| path.strip_prefix("/dataset/"))
        .unwrap_or(word);
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    if !name.is_empty()
        && name
            .chars()
            .all(|letter| is_name(letter) || "-_".contains(letter))
    {
        return Ok(name.to_owned());
    }
    Err(format!(
        "it is no name of a dataset: take the end of its address, as in {BASE}/dataset/unhcr-situations"
    ))
}

/// What `package_show` answers, or its result alone, as it is saved.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Whole { result: Dataset },
    Result(Dataset),
}

/// What a dataset says of itself.
#[derive(Deserialize)]
struct Dataset {
    name: String,
    title: String,
    license_id: Option<String>,
    license_other: Option<String>,
    dataset_source: Option<String>,
    caveats: Option<String>,
    resources: Vec<Resource>,
}

/// A file of a dataset.
#[derive(Deserialize)]
struct Resource {
    id: String,
    name: String,
    download_url: Option<String>,
    url: Option<String>,
    last_modified: Option<String>,
}

/// The description of a dataset, if an answer is one.
fn described(answer: &[u8]) -> Option<Dataset> {
    if !answer.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    match serde_json::from_slice(answer).ok()? {
        Answer::Whole { result } | Answer::Result(result) => Some(result),
    }
}

impl Hdx {
    /// The file that is asked for.
    fn resource<'d>(&self, dataset: &'d Dataset) -> Result<&'d Resource, IngestError> {
        if dataset.name != self.dataset {
            return Err(IngestError::unexpected(
                self,
                format!("it describes the dataset {}", dataset.name),
            ));
        }
        let wanted = &self.resource;
        let is_meant = |resource: &&Resource| resource.name == *wanted || resource.id == *wanted;
        let mut found = dataset.resources.iter().filter(is_meant);
        match (found.next(), found.next()) {
            (Some(resource), None) => Ok(resource),
            (Some(first), Some(second)) => Err(IngestError::Usage(format!(
                "two files of {} have the name `{wanted}`: give --resource {} or {}",
                self.dataset, first.id, second.id
            ))),
            (None, _) => {
                let names = dataset.resources.iter().map(|known| known.name.as_str());
                let error = UnknownWord::new("file of the dataset", wanted, names);
                Err(IngestError::Usage(error.to_string()))
            }
        }
    }
}

impl Source for Hdx {
    fn code(&self) -> &'static str {
        "hdx"
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned(), self.dataset.clone()];
        add(&mut words, "--resource", Some(&self.resource));
        add(&mut words, "--map", self.map.as_ref().map(GivenMap::path));
        words
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        let request = Request::get(&format!("{BASE}/api/3/action/package_show"))?
            .expecting(Kind::Json)
            .query("id", &self.dataset);
        Ok(vec![request])
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let is_description = asked.is_none_or(|asked| asked.parameter("id").is_some());
        let dataset = described(answer).filter(|_| is_description);
        let Some(dataset) = dataset else {
            if asked.is_some_and(|asked| asked.public_url().contains("/package_show?")) {
                return Err(IngestError::unexpected(
                    self,
                    "it is no description of a dataset",
                ));
            }
            // Of a workbook or an archive only the reader knows the rows.
            return Ok(Page::last(lines(answer)));
        };
        let resource = self.resource(&dataset)?;
        let Some(asked) = asked else {
            return Ok(Page::last(0));
        };
        let url = resource.download_url.as_ref().or(resource.url.as_ref());
        let url = url.map_or("", String::as_str);
        if !url.starts_with("https://") {
            return Err(IngestError::unexpected(
                self,
                format!("the file would come from `{url}`, and only https is asked"),
            ));
        }
        Ok(Page {
            next: Some(asked.clone().at(url)?.expecting(Kind::Any)),
            ..Page::last(0)
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let none = || (Cow::default(), Cow::default());
        self.map.as_ref().map_or_else(none, GivenMap::named)
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let (None, Some(page)) = (&self.map, pages.first()) else {
            return Ok(self.mapping());
        };
        let (sample, _) =
            sample(page, None).map_err(|error| IngestError::unexpected(self, error.to_string()))?;
        match recognise(&sample) {
            Some(Known::Mapped { name, mapping }) => Ok((name.into(), mapping.into())),
            Some(Known::Refused { name, because }) => {
                Err(IngestError::Usage(format!("it is {name}: {because}")))
            }
            None => Err(IngestError::Usage(format!(
                "{} is of no known shape and needs a mapping: save it, draft one with `humstat ingest table FILE --suggest -o MAP.toml`, and give it with --map",
                self.resource
            ))),
        }
    }

    fn describes(&self, answer: &[u8]) -> bool {
        described(answer).is_some()
    }

    fn told(&self, about: &[Capture], _pages: &[Capture]) -> Result<Told, IngestError> {
        let Some(about) = about.first() else {
            return Ok(Told::default());
        };
        let Some(dataset) = described(&whole(about)?) else {
            return Ok(Told::default());
        };
        let resource = self.resource(&dataset)?;
        let licence = dataset.license_id.as_deref().unwrap_or_default();
        let is_in_words = licence.is_empty() || IN_WORDS.contains(&licence);
        let text = |text: &Option<String>| {
            let text = text.as_deref().unwrap_or_default();
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ")
        };
        let mut notes = format!(
            "{} ({}), through HDX.",
            dataset.title,
            text(&dataset.dataset_source)
        );
        for (what, text) in [
            ("Caveats", text(&dataset.caveats)),
            ("Terms", text(&dataset.license_other)),
        ] {
            if !text.is_empty() {
                notes.push_str(&format!(" {what}: {text}"));
            }
        }
        Ok(Told {
            published: resource.last_modified.as_deref().and_then(day_or_time),
            url: Some(format!("{BASE}/dataset/{}", dataset.name)),
            licence: (!is_in_words).then(|| {
                vocabulary::licence(licence)
                    .map_or_else(|_| licence.to_owned(), |known| known.code.clone())
            }),
            other_licence: is_in_words.then(|| "custom".to_owned()),
            notes: Some(notes),
        })
    }
}

/// A time as CKAN writes it, in UTC and without saying so.
fn day_or_time(text: &str) -> Option<Version> {
    let to_the_second = text.split('.').next().unwrap_or(text);
    format!("{to_the_second}Z")
        .parse()
        .or_else(|_| text.get(..10).unwrap_or(text).parse())
        .ok()
}
