//! The client: one request after another, with all that stands between a source and its answer.

use std::sync::Arc;
use std::time::Duration;

use reqwest::blocking::Response;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Url, header};

use super::answer::{Answer, HEADERS};
use super::body::{Limits, receive, unpack};
use super::error::{Awaited, FetchError, place_of};
use super::gate::Gate;
use super::policy::Policy;
use super::redirect::{Way, Wrong};
use super::request::{Body, Field, Method, Request};
use super::resolver::Resolver;
use super::retry::{self, Again, Failure};
use super::secret::Secrets;
use super::unsent;
use super::web_page;
use super::{Fetch, Outcome};

/// How much of an error page is read; its first words are enough.
const ERROR_PAGE: u64 = 64 * 1024;

/// Asks sources over the network. It may be shared between threads, which then share its gate.
#[derive(Debug)]
pub struct Client {
    http: reqwest::blocking::Client,
    gate: Gate,
    policy: Policy,
}

impl Client {
    /// A client that behaves as a policy says.
    ///
    /// # Errors
    ///
    /// When no encrypted connection can be set up on this machine.
    pub fn new(policy: Policy) -> Result<Self, FetchError> {
        let resolver = Resolver::new(policy.addresses.clone());
        let http = reqwest::blocking::Client::builder()
            .connect_timeout(policy.connect_limit)
            .timeout(policy.read_limit)
            .dns_resolver(Arc::new(resolver))
            // All that is followed or tried again goes past our own rules, gate and count.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            // A proxy would resolve names itself, past the rule of addresses.
            .no_proxy()
            .build()
            .map_err(|error| FetchError::NoClient(unsent::deepest(&error, &Secrets::default())))?;
        Ok(Self {
            http,
            gate: Gate::new(policy.at_once, policy.per_second),
            policy,
        })
    }
}

impl Fetch for Client {
    fn get(&self, request: &Request) -> Result<Outcome, FetchError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let failure = match Try::new(self, request).run() {
                Ok(outcome) => return Ok(outcome),
                Err(failure) => failure,
            };
            let method = request.method();
            let pause = retry::pause(failure, method, tries, &self.policy)?;
            self.policy.clock.sleep(pause);
        }
    }
}

/// One try of one request.
struct Try<'a> {
    client: &'a Client,
    policy: &'a Policy,
    request: &'a Request,
    secrets: Secrets,
    way: Way,
    /// When its time is over, by the clock.
    deadline: Duration,
}

impl<'a> Try<'a> {
    fn new(client: &'a Client, request: &'a Request) -> Self {
        let policy = &client.policy;
        Self {
            client,
            policy,
            request,
            secrets: request.secrets(),
            way: Way::new(request.full_url(), policy.redirects),
            deadline: policy.clock.elapsed() + policy.total_limit,
        }
    }

    /// Host and path of where the way has led to, as messages may name it.
    fn place(&self) -> String {
        self.secrets.hide(&place_of(self.way.here()))
    }

    /// Follows the way to its answer.
    fn run(mut self) -> Result<Outcome, Failure> {
        loop {
            let url = self.way.here().clone();
            self.allowed(&url).map_err(Failure::last)?;
            let host = host_and_port(&url);
            let pass = self.client.gate.enter(&host, &*self.policy.clock);
            // Waiting for one's turn is not the source's slowness.
            self.deadline = self.policy.clock.elapsed() + self.policy.total_limit;
            let response = self.send(&url)?;
            let status = response.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                let outcome = self.outcome(response, &host);
                drop(pass);
                return outcome;
            }
            let location = text_of(response.headers(), header::LOCATION.as_str());
            drop(response);
            drop(pass);
            self.redirected(location.as_deref())
                .map_err(Failure::last)?;
        }
    }

    /// Sees whether a URL may be asked at all.
    fn allowed(&self, url: &Url) -> Result<(), FetchError> {
        let host = url.host_str().unwrap_or_default();
        if let Some((address, what)) = self.policy.addresses.refusal_of_host(host) {
            return Err(FetchError::Refused {
                place: self.place(),
                address,
                what,
            });
        }
        let readable = url.scheme() == "http" && !self.policy.addresses.trusts(host);
        if readable && self.request.has_secrets() && self.way.stayed() {
            return Err(FetchError::Unencrypted {
                place: self.place(),
            });
        }
        Ok(())
    }

    /// Goes on to where a redirect leads.
    fn redirected(&mut self, location: Option<&str>) -> Result<(), FetchError> {
        let place = self.place();
        if self.request.method() == Method::Post {
            // What was posted is meant for whom it was posted to.
            return Err(FetchError::Redirect {
                place,
                reason: "what is posted is not sent on to another URL".to_owned(),
            });
        }
        self.way.follow(location).map_err(|wrong| match wrong {
            Wrong::Nowhere(reason) => FetchError::Redirect {
                place,
                reason: self.secrets.hide(&reason),
            },
            Wrong::Downgrade(to) => FetchError::Downgrade {
                place,
                to: self.secrets.hide(&to),
            },
        })
    }

    /// Sends the request to a URL of its way.
    fn send(&self, url: &Url) -> Result<Response, Failure> {
        let headers = self.headers().map_err(Failure::last)?;
        let http = &self.client.http;
        let built = match self.request.method() {
            Method::Get => http.get(url.clone()),
            Method::Post => http.post(url.clone()),
        };
        let built = built.headers(headers);
        let built = match self.request.body() {
            None => built,
            Some(Body::Json(value)) => built
                .header(header::CONTENT_TYPE, "application/json")
                .body(value.to_string()),
            Some(Body::Form(fields)) => {
                let fields = fields.iter().map(|(name, value)| (name, value.reveal()));
                built.form(&fields.collect::<Vec<_>>())
            }
        };
        built
            .send()
            .map_err(|error| unsent::failure(&error, self.place(), self.policy, &self.secrets))
    }

    /// The headers of the request. Those that are secret stay with the host that they are for.
    fn headers(&self) -> Result<HeaderMap, FetchError> {
        let agent = self.request.agent().unwrap_or(&self.policy.user_agent);
        let mut headers = HeaderMap::new();
        let mut put = |name: &str, value: &str| {
            let unusable = |what: &str| FetchError::Unusable {
                place: self.place(),
                reason: format!(
                    "the {what} of its header `{}` has a letter that headers may not have",
                    name.escape_default()
                ),
            };
            let known: HeaderName = name.parse().map_err(|_| unusable("name"))?;
            let mut value = HeaderValue::from_str(value).map_err(|_| unusable("value"))?;
            // The libraries below then keep it out of what they show.
            value.set_sensitive(true);
            headers.insert(known, value);
            Ok::<(), FetchError>(())
        };
        put("user-agent", agent)?;
        put("accept", "*/*")?;
        put("accept-encoding", "gzip, br")?;
        let validators = self.request.validators();
        if let Some(etag) = &validators.etag {
            put("if-none-match", etag)?;
        }
        if let Some(moment) = &validators.last_modified {
            put("if-modified-since", moment)?;
        }
        for (name, value) in self.request.headers() {
            if matches!(value, Field::Open(_)) || self.way.stayed() {
                put(name, value.reveal())?;
            }
        }
        Ok(headers)
    }

    /// What an answer that is no redirect comes to.
    fn outcome(&self, response: Response, host: &str) -> Result<Outcome, Failure> {
        let status = response.status().as_u16();
        match status {
            200 | 203 => self.answer(response).map(Outcome::Answer),
            202 => Err(Failure::last(FetchError::NotReady {
                place: self.place(),
            })),
            304 if !self.request.validators().is_empty() => Ok(Outcome::NotModified {
                received: self.policy.clock.now(),
            }),
            _ => Err(self.refused(response, host)),
        }
    }

    /// The answer, whole, unpacked and of the kind that was asked for.
    fn answer(&self, response: Response) -> Result<Answer, Failure> {
        let place = self.place();
        let limits = self.limits(&place);
        let headers = self.kept(response.headers());
        let encoding = text_of(response.headers(), header::CONTENT_ENCODING.as_str());
        let status = response.status().as_u16();
        let body = self
            .body(response, encoding.as_deref(), limits)
            .map_err(|error| {
                let again = match &error {
                    FetchError::CutOff { .. } => Again::Harmless,
                    // What took the whole time would take it again.
                    FetchError::TimedOut { awaited, .. } if *awaited != Awaited::Whole => {
                        Again::Harmless
                    }
                    _ => Again::Never,
                };
                Failure::with(error, again)
            })?;
        let answer = Answer {
            url: self.request.public(self.way.here()),
            status,
            headers,
            body,
            received: self.policy.clock.now(),
        };
        answer
            .checked(self.request.kind(), &self.secrets)
            .map_err(Failure::last)?;
        Ok(answer)
    }

    fn body(
        &self,
        response: Response,
        encoding: Option<&str>,
        limits: Limits<'_>,
    ) -> Result<Vec<u8>, FetchError> {
        let announced = announced(response.headers());
        let packed = receive(response, announced, limits, &*self.policy.clock)?;
        unpack(packed, encoding, limits)
    }

    /// The error that a status means, with the first words of what the source says.
    fn refused(&self, response: Response, host: &str) -> Failure {
        let status = response.status().as_u16();
        let after = text_of(response.headers(), header::RETRY_AFTER.as_str()).and_then(|value| {
            let date = text_of(response.headers(), header::DATE.as_str());
            retry::retry_after(&value, date.as_deref(), self.policy.clock.now())
        });
        if let Some(wait) = after.filter(|wait| *wait <= self.policy.patience)
            && matches!(status, 429 | 503)
        {
            let until = self.policy.clock.elapsed() + wait;
            self.client.gate.close_until(host, until);
        }
        let place = self.place();
        let limits = Limits {
            sent: ERROR_PAGE,
            unpacked: ERROR_PAGE,
            ..self.limits(&place)
        };
        let encoding = text_of(response.headers(), header::CONTENT_ENCODING.as_str());
        // A page that cannot be read whole says nothing; the status says enough.
        let page = self.body(response, encoding.as_deref(), limits);
        let excerpt = page.map_or_else(
            |_| String::new(),
            |page| web_page::excerpt(&page, &self.secrets),
        );
        let hint = self
            .request
            .key_hint()
            .filter(|_| matches!(status, 401 | 403));
        Failure {
            error: FetchError::Status {
                place,
                status,
                excerpt,
                hint: hint.map(str::to_owned),
            },
            again: retry::by_status(status),
            after,
        }
    }

    /// The headers that are kept, in order.
    fn kept(&self, headers: &HeaderMap) -> Vec<(String, String)> {
        let kept = HEADERS.iter().filter_map(|name| {
            let value = self.secrets.hide(&text_of(headers, name)?);
            Some(((*name).to_owned(), value))
        });
        kept.collect()
    }

    const fn limits<'b>(&self, place: &'b str) -> Limits<'b> {
        Limits {
            place,
            sent: self.policy.sent_limit,
            unpacked: self.policy.body_limit,
            piece: self.policy.read_limit,
            whole: self.policy.total_limit,
            deadline: self.deadline,
        }
    }
}

/// Host and port, before which requests take turns.
fn host_and_port(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    format!("{host}:{}", url.port_or_known_default().unwrap_or_default())
}

/// The value of a header as text.
fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// The length that was announced.
fn announced(headers: &HeaderMap) -> Option<u64> {
    text_of(headers, header::CONTENT_LENGTH.as_str())?
        .parse()
        .ok()
}
