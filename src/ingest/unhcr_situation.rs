//! UNHCR's Operational Data Portal: the figures of one situation, by country or day by day.
//!
//! What its pages ask for is asked for here as well; there is no documentation. An answer by country
//! holds the newest figure of each, every one with a day of its own; a series does not say what it
//! counts. Source: `https://data.unhcr.org/`.

use std::borrow::Cow;

use serde::Deserialize;

use super::given_map::{GivenMap, given_map};
use super::words::add;
use super::{Desk, IngestError, Page, Source, lines, whole};
use crate::fetch::{Kind, Request};
use crate::figure::{Span, coded_enum};
use crate::ledger::Capture;
use crate::table::built_in;
use crate::vocabulary::UnknownWord;

/// Hosts of the portal: the second until the end of May 2022.
const HOSTS: [&str; 2] = ["data.unhcr.org", "data2.unhcr.org"];

/// Before anything that the portal holds, as its own pages ask.
const FIRST_DAY: &str = "1900-01-01";

/// Situations, by the number of their view.
const SITUATIONS: [(&str, u32); 5] = [
    ("europe-arrivals", 11),
    ("south-sudan", 5),
    ("syria", 4),
    ("ukraine", 54),
    ("venezuela", 39),
];

/// Countries by the portal's own numbers, each with its code. Russia got another number in May 2022.
const COUNTRIES: [(u32, &str); 18] = [
    (591, "BGD"),
    (616, "CYP"),
    (640, "GRC"),
    (656, "ITA"),
    (690, "MLT"),
    (729, "ESP"),
    (10781, "POL"),
    (10782, "ROU"),
    (10783, "HUN"),
    (10784, "MDA"),
    (10785, "SVK"),
    (10786, "BLR"),
    (10791, "RUS"),
    (10819, "CZE"),
    (10834, "DEU"),
    (10865, "ITA"),
    (10904, "ESP"),
    (12002, "RUS"),
];

/// UNHCR's Operational Data Portal: refugees, crossings and arrivals of one situation, by country or
/// day by day; no key needed
///
/// The group says what is counted. The figures of countries are each of a day of their own, so that a
/// sum over them is of no one day. Until 28 May 2022 the group `crossings` went by the name of
/// applications for asylum: what it held until then is a series of its own.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest unhcr-situation ukraine recorded-in-europe
  humstat ingest unhcr-situation ukraine daily-outflow --by day --period 2022
  humstat ingest unhcr-situation europe-arrivals sea-arrivals --by month --geo 656
  humstat ingest unhcr-situation ukraine crossings --file sublocation.json --retrieved 2022-08-04

Groups: crossings (5460), crossings-back (5472), daily-outflow (5457), recorded-in-europe (5478),
sea-arrivals (4797), land-arrivals (4798). Another one is given by its number, with --map.")]
pub struct UnhcrSituation {
    /// The situation: europe-arrivals, south-sudan, syria, ukraine, venezuela, or the number of its view
    #[arg(value_parser = situation)]
    situation: u32,
    /// What is counted: the name of a group of people, or its number
    #[arg(value_parser = group)]
    group: Group,
    /// By country, each with its newest figure, or a series by day or month
    #[arg(long, value_name = "WHAT", default_value = "country")]
    by: By,
    /// Only a place, by the portal's own number: 656 is Italy
    #[arg(long, value_name = "NUMBER")]
    geo: Option<u32>,
    /// The part of the page that shows the figures, by its number, which the portal changes at will
    #[arg(long, value_name = "NUMBER")]
    widget: Option<u32>,
    /// Only this time; either end may be open
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
    /// The portal that is asked
    #[arg(long, default_value = HOSTS[0], value_parser = HOSTS)]
    host: String,
    /// Ask for a series as CSV in place of JSON
    #[arg(long)]
    csv: bool,
    /// What the answer means, for a group that is given by its number
    #[arg(long, value_name = "MAP.toml", value_parser = given_map)]
    map: Option<GivenMap>,
}

coded_enum! {
    /// How figures are told apart.
    By ("way to tell figures apart") {
        /// By country, each with its newest figure.
        Country = "country",
        /// A series of days.
        Day = "day",
        /// A series of months.
        Month = "month",
    }
}

coded_enum! {
    /// A group of people whose meaning is known.
    KnownGroup ("group of the portal") {
        /// Crossings of Ukraine's border on the way out, since 24 February 2022.
        Crossings = "crossings",
        /// Crossings of Ukraine's border on the way in, since 28 February 2022.
        CrossingsBack = "crossings-back",
        /// Crossings of Ukraine's border on the way out, each day.
        DailyOutflow = "daily-outflow",
        /// Arrivals by land in Europe.
        LandArrivals = "land-arrivals",
        /// Refugees from Ukraine who were recorded in a country.
        RecordedInEurope = "recorded-in-europe",
        /// Arrivals by sea in Europe.
        SeaArrivals = "sea-arrivals",
    }
}

/// A group of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// One whose meaning is known.
    Known(KnownGroup),
    /// Another one, by its number.
    Number(u32),
}

impl KnownGroup {
    /// Its number at the portal.
    const fn number(self) -> u32 {
        match self {
            Self::Crossings => 5460,
            Self::CrossingsBack => 5472,
            Self::DailyOutflow => 5457,
            Self::LandArrivals => 4798,
            Self::RecordedInEurope => 5478,
            Self::SeaArrivals => 4797,
        }
    }

    /// The number of the view of the situation that it belongs to.
    const fn situation(self) -> &'static str {
        match self {
            Self::LandArrivals | Self::SeaArrivals => "europe-arrivals",
            _ => "ukraine",
        }
    }
}

impl Group {
    const fn number(self) -> u32 {
        match self {
            Self::Known(group) => group.number(),
            Self::Number(number) => number,
        }
    }
}

/// The number of the view of a situation.
fn situation(word: &str) -> Result<u32, String> {
    if let Ok(number) = word.parse() {
        return Ok(number);
    }
    let known = SITUATIONS.iter().find(|(name, _)| *name == word);
    known.map(|(_, number)| *number).ok_or_else(|| {
        let names = SITUATIONS.iter().map(|(name, _)| *name);
        UnknownWord::new("situation", word, names).to_string()
    })
}

/// A group of people, by its name or its number.
fn group(word: &str) -> Result<Group, String> {
    if let Ok(number) = word.parse() {
        let known = KnownGroup::ALL
            .iter()
            .find(|known| known.number() == number);
        return Ok(known.map_or(Group::Number(number), |known| Group::Known(*known)));
    }
    let names = KnownGroup::CODES.iter().copied();
    word.parse()
        .map(Group::Known)
        .map_err(|_| UnknownWord::new("group of the portal", word, names).to_string())
}

/// The code of a country that the portal has a number for.
fn country(geo: u32) -> Option<&'static str> {
    let known = COUNTRIES.iter().find(|(number, _)| *number == geo);
    known.map(|(_, code)| *code)
}

/// What stands around the rows of an answer.
#[derive(Deserialize)]
struct Envelope {
    situation_view_id: Option<serde_json::Value>,
    data: Data,
}

/// The rows: of places, or of days.
#[derive(Deserialize)]
#[serde(untagged)]
enum Data {
    Places(Vec<PlaceRow>),
    Series {
        timeseries: Vec<serde::de::IgnoredAny>,
    },
}

/// What a place says of what it counts.
#[derive(Deserialize)]
struct PlaceRow {
    population_group_id: serde_json::Value,
}

/// A text as the portal writes numbers: with or without quotation marks.
fn bare(value: &serde_json::Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

impl UnhcrSituation {
    /// Refuses what no answer of the portal would tell truly.
    fn check(&self) -> Result<(), IngestError> {
        let refuse = |reason: String| Err(IngestError::Usage(reason));
        let Group::Known(group) = self.group else {
            return match &self.map {
                Some(_) => Ok(()),
                None => refuse(format!(
                    "what group {} counts is not known: write a mapping after datasets/mappings/odp-sublocation.toml and give it with --map",
                    self.group.number()
                )),
            };
        };
        let of = situation(group.situation()).map_err(IngestError::Usage)?;
        // The view of arrivals has had two numbers.
        if self.situation != of && !(of == 11 && self.situation == 100) {
            return refuse(format!(
                "{group} is a group of the situation {}",
                group.situation()
            ));
        }
        if self.map.is_some() {
            return Ok(());
        }
        match (group, self.by) {
            (KnownGroup::DailyOutflow, By::Country) => refuse(
                "daily-outflow is not told by country: add --by day".to_owned(),
            ),
            (KnownGroup::CrossingsBack, By::Day | By::Month) => refuse(
                "a series of crossings-back does not say whether its days add up or are already added up: ask --by country, or give a mapping with --map".to_owned(),
            ),
            (KnownGroup::SeaArrivals | KnownGroup::LandArrivals, By::Country) => refuse(format!(
                "{group} by country do not say since when they count: add --by month and --geo"
            )),
            (KnownGroup::SeaArrivals | KnownGroup::LandArrivals, _)
                if self.geo.and_then(country).is_none() =>
            {
                refuse("the series does not say where people arrived: add --geo, 656 for Italy, 640 for Greece, 729 for Spain, 616 for Cyprus or 690 for Malta".to_owned())
            }
            (KnownGroup::SeaArrivals | KnownGroup::LandArrivals, _) => Ok(()),
            (_, By::Month) => refuse(format!(
                "{group} by month would not say of which day each figure is: ask --by day"
            )),
            (_, By::Day) if self.geo.is_some_and(|geo| country(geo).is_none()) => refuse(
                "the series does not name its place, and this number is not known: ask --by country, or give a mapping with --map".to_owned(),
            ),
            (_, By::Country) if self.csv => refuse(
                "only a series comes as CSV: add --by day, or leave --csv out".to_owned(),
            ),
            _ => Ok(()),
        }
    }

    fn is_series(&self) -> bool {
        self.by != By::Country
    }

    /// The mapping of a series, at its place. What a mapping says of sums over countries is not said of
    /// one.
    fn at_place(&self, text: Cow<'static, str>) -> Cow<'static, str> {
        let Some(code) = self.geo.and_then(country).filter(|_| self.is_series()) else {
            return text;
        };
        let of_any = text.split("\n[[ignore]]").next().unwrap_or_default();
        let said = of_any.lines().filter(|line| !line.starts_with("notes = "));
        let lines = said.map(|line| {
            if line.starts_with("location = ") {
                format!("location = \"{code}\"\n")
            } else {
                format!("{line}\n")
            }
        });
        Cow::Owned(lines.collect())
    }

    /// The mapping with the names that the two columns of a CSV have, which stand below its title.
    fn of_csv(&self, text: &str, page: &[u8]) -> Result<String, IngestError> {
        let text_of_page: Vec<u8> = page.iter().copied().filter(|byte| *byte != 0).collect();
        let text_of_page = String::from_utf8_lossy(&text_of_page);
        let mut lines = text_of_page
            .lines()
            .map(|line| line.trim_start_matches('\u{feff}').trim())
            .filter(|line| !line.is_empty());
        let header = lines.find(|line| line.contains(';'));
        let names: Vec<&str> = header
            .unwrap_or_default()
            .split(';')
            .map(|name| name.trim().trim_matches('"'))
            .filter(|name| !name.is_empty())
            .collect();
        let [day, number] = names.as_slice() else {
            return Err(IngestError::unexpected(
                self,
                format!(
                    "a CSV of the portal has a title, and below it two columns, a day and a number; this one has {}",
                    names.len()
                ),
            ));
        };
        let quoted = |name: &str| toml::Value::from(name).to_string();
        Ok(text
            .replace(
                "column = \"data_date\"",
                &format!("column = {}", quoted(day)),
            )
            .replace(
                "column = \"individuals\"",
                &format!("column = {}", quoted(number)),
            )
            .replace("{ data_date = ", &format!("{{ {} = ", quoted(day))))
    }
}

/// Whether an answer is JSON.
fn is_json(answer: &[u8]) -> bool {
    answer.trim_ascii_start().starts_with(b"{")
}

impl Source for UnhcrSituation {
    fn code(&self) -> &'static str {
        "unhcr-situation"
    }

    fn words(&self) -> Vec<String> {
        let known = SITUATIONS
            .iter()
            .find(|(_, number)| *number == self.situation);
        let situation = known.map_or_else(
            || self.situation.to_string(),
            |(name, _)| (*name).to_owned(),
        );
        let group = match self.group {
            Group::Known(group) => group.to_string(),
            Group::Number(number) => number.to_string(),
        };
        let mut words = vec![self.code().to_owned(), situation, group];
        add(&mut words, "--by", Some(self.by));
        add(&mut words, "--geo", self.geo);
        add(&mut words, "--widget", self.widget);
        add(&mut words, "--period", self.period);
        add(&mut words, "--host", Some(&self.host));
        if self.csv {
            words.push("--csv".to_owned());
        }
        add(&mut words, "--map", self.map.as_ref().map(GivenMap::path));
        words
    }

    fn requests(&self, _desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        self.check()?;
        let what = if self.is_series() {
            "timeseries"
        } else {
            "sublocation"
        };
        let mut request = Request::get(&format!("https://{}/population/get/{what}", self.host))?
            .expecting(if self.csv { Kind::Csv } else { Kind::Json });
        if self.csv {
            request = request.query("export", "csv");
        }
        for (name, number) in [("widget_id", self.widget), ("geo_id", self.geo)] {
            if let Some(number) = number {
                request = request.query(name, &number.to_string());
            }
        }
        request = request
            .query("sv_id", &self.situation.to_string())
            .query("population_group", &self.group.number().to_string());
        request = if self.is_series() {
            request.query("frequency", self.by.code())
        } else {
            request.query("forcesublocation", "0")
        };
        let span = self.period.unwrap_or_default();
        let from = span.from.map(|day| day.to_string());
        request = request.query("fromDate", from.as_deref().unwrap_or(FIRST_DAY));
        if let Some(day) = span.to {
            request = request.query("toDate", &day.to_string());
        }
        Ok(vec![request])
    }

    fn page(&self, _asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        self.check()?;
        if self.is_series() && !is_json(answer) {
            // A title, and the names of the columns.
            return Ok(Page::last(lines(answer).saturating_sub(2)));
        }
        let unexpected = |reason: String| IngestError::unexpected(self, reason);
        let Envelope {
            situation_view_id: view,
            data,
        } = serde_json::from_slice(answer)
            .map_err(|error| unexpected(format!("it is no list of figures: {error}")))?;
        let view = view.as_ref().map(bare);
        if view.is_some_and(|view| view != self.situation.to_string()) {
            return Err(unexpected(
                "it is of another situation than the one that was asked for".to_owned(),
            ));
        }
        match data {
            Data::Series { timeseries } if self.is_series() => {
                Ok(Page::last(timeseries.len() as u64))
            }
            Data::Places(places) if !self.is_series() || places.is_empty() => {
                let group = self.group.number().to_string();
                let mut groups = places.iter().map(|row| bare(&row.population_group_id));
                if let Some(other) = groups.find(|other| *other != group) {
                    return Err(unexpected(format!(
                        "it is of group {other} and not of {group}"
                    )));
                }
                Ok(Page::last(places.len() as u64))
            }
            Data::Series { .. } => Err(unexpected(
                "it is a series and not by country; give --by day for one".to_owned(),
            )),
            Data::Places(_) => Err(unexpected(
                "it is by country and no series; give --by country for one".to_owned(),
            )),
        }
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        if let Some(map) = &self.map {
            return map.named();
        }
        let name = match (self.group, self.by) {
            (Group::Known(KnownGroup::SeaArrivals | KnownGroup::LandArrivals), _) => {
                "odp-timeseries-arrivals"
            }
            (_, By::Country) => "odp-sublocation",
            (Group::Known(KnownGroup::Crossings), _) => "odp-timeseries-crossings-in-all",
            (Group::Known(KnownGroup::RecordedInEurope), _) => "odp-timeseries-recorded",
            _ => "odp-timeseries-crossings",
        };
        let mut text = self.at_place(built_in(name).unwrap_or_default().into());
        if self.group == Group::Known(KnownGroup::LandArrivals) {
            text = text.replace("route = \"sea\"", "route = \"land\"").into();
        }
        if name == "odp-timeseries-arrivals" && self.by == By::Month {
            text = text
                .replace(
                    "{ column = \"data_date\" }",
                    "{ columns = [\"year\", \"month\"], as = \"month\" }",
                )
                .into();
        }
        (name.into(), text)
    }

    fn mapping_for(
        &self,
        pages: &[Capture],
    ) -> Result<(Cow<'static, str>, Cow<'static, str>), IngestError> {
        let (name, text) = self.mapping();
        let Some(page) = pages
            .first()
            .filter(|_| self.is_series() && self.map.is_none())
        else {
            return Ok((name, text));
        };
        let page = whole(page)?;
        if is_json(&page) {
            return Ok((name, text));
        }
        Ok((name, self.of_csv(&text, &page)?.into()))
    }
}
