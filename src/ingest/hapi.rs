//! HDX HAPI: figures of several organisations in one form, as OCHA's data exchange passes them on.
//!
//! Pages are asked for until one has fewer rows than it may have. The bulk files beside the API have
//! columns `warning` and `error` and can be given as files; rows with an error are not in the API.
//! Source: `https://hdx-hapi.readthedocs.io/`.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::words::{Level, add, add_places, country};
use super::{Desk, IngestError, Keys, Page, Source, lines};
use crate::fetch::{FetchError, Kind, Request};
use crate::figure::{PlaceId, Span, coded_enum};
use crate::table::{ScopeAsked, built_in};

const BASE: &str = "https://hapi.humdata.org/api/v2";

/// The variable that holds the address of e-mail that HAPI wants to know.
const KEY: &str = "HUMSTAT_HAPI_EMAIL";

/// The header that the identifier stands in.
const HEADER: &str = "X-HDX-HAPI-APP-IDENTIFIER";

/// The name that the program is told by.
const APP: &str = "humstat";

/// Rows of a page, the most that there may be.
const ROWS: u64 = 10_000;

/// HDX HAPI: displaced people, refugees, returnees, conflict events and humanitarian needs, in one form
///
/// Totals stand beside their parts and are recorded as such; kinds of events and sectors overlap and
/// are never added. Places below the country are P-codes: add the gazetteer that has them with
/// `humstat places add` before.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  humstat ingest hapi idps --location Sudan,TCD
  humstat ingest hapi refugees --origin SYR --location TUR --period 2015..
  humstat ingest hapi humanitarian-needs --location AFG --period 2024
  humstat ingest hapi conflict-events --location UKR --level admin2 --period 2024
  humstat ingest hapi conflict-events --file hdx_hapi_conflict_event_global_2024.csv --retrieved 2026-06-20

HAPI wants to know an address of e-mail, in HUMSTAT_HAPI_EMAIL; there is nothing to apply for.")]
pub struct Hapi {
    /// The theme: idps, refugees, returnees, conflict-events or humanitarian-needs
    theme: Theme,
    /// Only people from these countries; for refugees and returnees
    #[arg(long, value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    origin: Vec<PlaceId>,
    /// Only these countries
    #[arg(long, visible_aliases = ["asylum", "destination"], value_name = "PLACE", value_delimiter = ',', value_parser = country)]
    location: Vec<PlaceId>,
    /// Whole countries, or units of the first or second level: country, admin1 or admin2. Of many
    /// countries HAPI has conflict events of the second level only
    #[arg(long, value_name = "LEVEL", default_value = "country")]
    level: Level,
    /// Only this time; either end may be open: 2020..2024
    #[arg(long, value_name = "FROM..TO")]
    period: Option<Span>,
}

/// How mappings of HAPI name the place of a row.
const COUNTRY: &str = "{ column = \"location_code\", scheme = \"iso3\" }";

/// How mappings of HAPI pass over rows of units.
const UNITS: &str = "where = { admin_level = [\"1\", \"2\"] }
because = \"administrative units, which need a gazetteer and a mapping of their own\"";

coded_enum! {
    /// A theme of HAPI.
    Theme ("theme of HAPI") {
        /// The internally displaced, after IOM.
        Idps = "idps",
        /// Refugees and others, after UNHCR.
        Refugees = "refugees",
        /// People who came back in a year, after UNHCR.
        Returnees = "returnees",
        /// Events and deaths, after ACLED.
        ConflictEvents = "conflict-events",
        /// People in need, targeted and reached, after OCHA.
        Needs = "humanitarian-needs",
    }
}

/// What stands around the rows of a page.
#[derive(Deserialize)]
struct Envelope {
    data: Vec<IgnoredAny>,
}

impl Theme {
    const fn path(self) -> &'static str {
        match self {
            Self::Idps => "affected-people/idps",
            Self::Refugees => "affected-people/refugees-persons-of-concern",
            Self::Returnees => "affected-people/returnees",
            Self::ConflictEvents => "coordination-context/conflict-events",
            Self::Needs => "affected-people/humanitarian-needs",
        }
    }

    /// Whether its rows lead from one country to another.
    const fn has_origins(self) -> bool {
        matches!(self, Self::Refugees | Self::Returnees)
    }
}

/// The places to ask for one at a time, or none once, for all.
fn each(places: &[PlaceId]) -> Vec<Option<&PlaceId>> {
    if places.is_empty() {
        return vec![None];
    }
    places.iter().map(Some).collect()
}

/// A request with the identifier that is made of the address; none where the desk lacks one.
pub(super) fn with_key(address: &str, keys: &Keys) -> Option<Result<Request, FetchError>> {
    let identifier = keys.find(KEY)?.base64(&format!("{APP}:"));
    Some(Request::get(address).map(|request| request.secret_header(HEADER, identifier)))
}

impl Hapi {
    fn request(&self, desk: &Desk<'_>) -> Result<Request, IngestError> {
        let address = format!("{BASE}/{}", self.theme.path());
        let request = with_key(&address, desk.keys).ok_or_else(|| IngestError::no_key(KEY))?;
        let mut request = request?
            .expecting(Kind::Json)
            .hint("HAPI wants a valid address of e-mail in HUMSTAT_HAPI_EMAIL")
            .query("output_format", "json");
        if !self.theme.has_origins() {
            request = request.query("admin_level", self.level.number());
        }
        let span = self.period.unwrap_or_default();
        for (name, day) in [("start_date", span.from), ("end_date", span.to)] {
            if let Some(day) = day {
                request = request.query(name, &day.to_string());
            }
        }
        Ok(request)
    }
}

impl Source for Hapi {
    fn code(&self) -> &'static str {
        "hapi"
    }

    fn words(&self) -> Vec<String> {
        let mut words = vec![self.code().to_owned(), self.theme.code().to_owned()];
        add_places(&mut words, "--origin", &self.origin);
        add_places(&mut words, "--location", &self.location);
        if self.level != Level::Country {
            add(&mut words, "--level", Some(self.level));
        }
        add(&mut words, "--period", self.period);
        words
    }

    fn requests(&self, desk: &Desk<'_>) -> Result<Vec<Request>, IngestError> {
        if !self.origin.is_empty() && !self.theme.has_origins() {
            return Err(IngestError::Usage(format!(
                "{} are told by where they are and not by origin: leave --origin out, or ask for refugees or returnees",
                self.theme
            )));
        }
        if self.level != Level::Country && self.theme.has_origins() {
            return Err(IngestError::Usage(format!(
                "{} are of whole countries: leave --level out",
                self.theme
            )));
        }
        let (origin, location) = if self.theme.has_origins() {
            ("origin_location_code", "asylum_location_code")
        } else {
            ("", "location_code")
        };
        let base = self.request(desk)?;
        let mut requests = Vec::new();
        for from in each(&self.origin) {
            for to in each(&self.location) {
                let mut request = base.clone();
                for (name, place) in [(origin, from), (location, to)] {
                    if let Some(place) = place {
                        request = request.query(name, place.as_str());
                    }
                }
                requests.push(
                    request
                        .query("limit", &ROWS.to_string())
                        .query("offset", "0"),
                );
            }
        }
        Ok(requests)
    }

    fn page(&self, asked: Option<&Request>, answer: &[u8]) -> Result<Page, IngestError> {
        let Some(asked) = asked else {
            // A saved page, or a bulk file.
            return Ok(Page::last(
                match serde_json::from_slice::<Envelope>(answer) {
                    Ok(page) => page.data.len() as u64,
                    Err(_) => lines(answer).saturating_sub(1),
                },
            ));
        };
        let Envelope { data } = serde_json::from_slice(answer).map_err(|error| {
            IngestError::unexpected(self, format!("it is no page of a theme: {error}"))
        })?;
        let rows = data.len() as u64;
        let offset = asked.parameter("offset").and_then(|text| text.parse().ok());
        let read = offset.unwrap_or(0) + rows;
        Ok(Page {
            next: (rows >= ROWS).then(|| asked.clone().replacing("offset", &read.to_string())),
            ..Page::last(rows)
        })
    }

    fn mapping(&self) -> (Cow<'static, str>, Cow<'static, str>) {
        let name = match self.theme {
            Theme::Idps => "hapi-idps",
            Theme::Refugees => "hapi-refugees",
            Theme::Returnees => "hapi-returnees",
            Theme::ConflictEvents => "hapi-conflict-events",
            Theme::Needs => "hapi-needs",
        };
        let text = built_in(name).unwrap_or_default();
        if self.level == Level::Country {
            return (name.into(), text.into());
        }
        let level = self.level.number();
        let column = format!("admin{level}_code");
        let place = format!("{{ column = \"{column}\", scheme = \"pcode\" }}");
        let others = format!(
            "where = {{ admin_level = {{ not = \"{level}\" }} }}
because = \"places of another level\"

[[ignore]]
where = {{ {column} = \"\" }}
because = \"units without a P-code\""
        );
        let text = text.replace(COUNTRY, &place).replace(UNITS, &others);
        (name.into(), text.into())
    }

    fn scope(&self) -> ScopeAsked {
        ScopeAsked {
            origins: self.origin.clone(),
            locations: self.location.clone(),
            ..ScopeAsked::default()
        }
    }
}
