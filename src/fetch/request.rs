//! What a source is asked.

use std::fmt;

use reqwest::Url;

use super::content::Kind;
use super::error::{FetchError, place_of};
use super::secret::{Secret, Secrets};

/// Names of query parameters with which others sign links, such as those that a redirect leads to.
/// Their values open what they sign, and mean nothing a day later.
const SIGNING: [&str; 14] = [
    "access_token",
    "api_key",
    "apikey",
    "awsaccesskeyid",
    "key-pair-id",
    "policy",
    "sig",
    "signature",
    "token",
    "x-amz-credential",
    "x-amz-security-token",
    "x-amz-signature",
    "x-goog-credential",
    "x-goog-signature",
];

/// How a source is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// For what it has.
    Get,
    /// With a body, as for tokens.
    Post,
}

/// What a `POST` carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// Fields of a form, each with its name.
    Form(Vec<(String, Field)>),
    /// A JSON document without secrets.
    Json(serde_json::Value),
}

/// The value of a header, a query parameter or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Anybody may see it.
    Open(String),
    /// Nobody may.
    Hidden(Secret),
}

impl Field {
    /// The value, for the request alone.
    pub(super) fn reveal(&self) -> &str {
        match self {
            Self::Open(text) => text,
            Self::Hidden(secret) => secret.reveal(),
        }
    }

    const fn secret(&self) -> Option<&Secret> {
        match self {
            Self::Open(_) => None,
            Self::Hidden(secret) => Some(secret),
        }
    }
}

/// What a source said about the version of its answer, by which it can be asked for a newer one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag` of the earlier answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the earlier answer.
    pub last_modified: Option<String>,
}

impl Validators {
    /// Whether there is nothing to ask by.
    pub const fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// One question to one source.
///
/// What is secret is marked when it is put in, and from then on goes to the source alone.
#[derive(Clone)]
pub struct Request {
    method: Method,
    url: Url,
    query: Vec<(String, Secret)>,
    headers: Vec<(String, Field)>,
    body: Option<Body>,
    user_agent: Option<String>,
    kind: Kind,
    validators: Validators,
    hint: Option<String>,
}

impl Request {
    /// Asks for what is at a URL.
    ///
    /// # Errors
    ///
    /// When the text is no `http` or `https` URL, or holds a user name or a password.
    pub fn get(url: &str) -> Result<Self, FetchError> {
        let unusable = |reason: &str| FetchError::Unusable {
            // Without what may stand after `?` or before `@`.
            place: url
                .split(['?', '#'])
                .next()
                .and_then(|start| start.rsplit('@').next())
                .unwrap_or_default()
                .to_owned(),
            reason: reason.to_owned(),
        };
        let mut parsed = Url::parse(url).map_err(|error| unusable(&error.to_string()))?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(unusable("only http and https URLs can be asked"));
        }
        if !parsed.username().is_empty() || parsed.password().is_some() {
            return Err(unusable(
                "it holds a user name or a password; give them as a secret header",
            ));
        }
        parsed.set_fragment(None);
        Ok(Self {
            method: Method::Get,
            url: parsed,
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            user_agent: None,
            kind: Kind::Any,
            validators: Validators::default(),
            hint: None,
        })
    }

    /// Sends a body to a URL.
    ///
    /// # Errors
    ///
    /// As [`Request::get`].
    pub fn post(url: &str, body: Body) -> Result<Self, FetchError> {
        let mut request = Self::get(url)?;
        request.method = Method::Post;
        request.body = Some(body);
        Ok(request)
    }

    /// With a parameter in the query.
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// The same at another address of the source, without the parameters of the query that are open.
    ///
    /// # Errors
    ///
    /// As [`Request::get`], and when secrets would go to another host.
    pub fn at(mut self, url: &str) -> Result<Self, FetchError> {
        let other = Self::get(url)?.url;
        if other.origin() != self.url.origin() && self.has_secrets() {
            return Err(FetchError::Unusable {
                place: self.public(&other),
                reason: "a key would go to another host than the one that it is for".to_owned(),
            });
        }
        self.url = other;
        Ok(self)
    }

    /// With a parameter in the query in place of the one of that name, as for another page.
    #[must_use]
    pub fn replacing(mut self, name: &str, value: &str) -> Self {
        keep_parameters(&mut self.url, |known, _| known != name);
        self.query(name, value)
    }

    /// The value of a parameter in the query that is not secret.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut pairs = self.url.query_pairs();
        let found = pairs.find(|(known, _)| known == name);
        found.map(|(_, value)| value.into_owned())
    }

    /// With a secret parameter in the query. It replaces one of that name that the URL has, as the
    /// links to next pages of some sources do.
    #[must_use]
    pub fn secret_query(mut self, name: &str, value: Secret) -> Self {
        keep_parameters(&mut self.url, |known, _| known != name);
        self.query.push((name.to_owned(), value));
        self
    }

    /// With a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let value = Field::Open(value.to_owned());
        self.headers.push((name.to_owned(), value));
        self
    }

    /// With a secret header. It is not sent on when the source leads to another host.
    #[must_use]
    pub fn secret_header(mut self, name: &str, value: Secret) -> Self {
        self.headers.push((name.to_owned(), Field::Hidden(value)));
        self
    }

    /// Under another name than the program's: only for sources that refuse all programs.
    #[must_use]
    pub fn user_agent(mut self, name: &str) -> Self {
        self.user_agent = Some(name.to_owned());
        self
    }

    /// For an answer of this kind; any other is an error.
    #[must_use]
    pub const fn expecting(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Only if the source has something else than before.
    #[must_use]
    pub fn unless_unchanged(mut self, validators: Validators) -> Self {
        self.validators = validators;
        self
    }

    /// What a person can do when the source refuses access: how to come by a key.
    #[must_use]
    pub fn hint(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// How the source is asked.
    pub const fn method(&self) -> Method {
        self.method
    }

    /// What is sent along.
    pub const fn body(&self) -> Option<&Body> {
        self.body.as_ref()
    }

    /// What kind of answer is expected.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The validators of the earlier answer.
    pub const fn validators(&self) -> &Validators {
        &self.validators
    }

    /// The URL as anybody may see it: without secret parameters.
    pub fn public_url(&self) -> String {
        self.public(&self.url)
    }

    /// Host and path, as messages name what was asked.
    pub fn place(&self) -> String {
        self.secrets().hide(&place_of(&self.url))
    }

    /// An answer without the secrets of this request, should it send them back.
    pub fn without_secrets(&self, answer: Vec<u8>) -> Vec<u8> {
        self.secrets().hide_bytes(answer)
    }

    /// Any URL, such as one a redirect led to, without the parameters that are secret or sign.
    pub(super) fn public(&self, url: &Url) -> String {
        let secrets = self.secrets();
        let mut url = url.clone();
        url.set_fragment(None);
        keep_parameters(&mut url, |name, value| {
            !SIGNING.contains(&name.to_ascii_lowercase().as_str())
                && !self.query.iter().any(|(secret, _)| secret == name)
                && !secrets.stands_in(value)
        });
        secrets.hide(url.as_str())
    }

    /// The URL as it is sent.
    pub(super) fn full_url(&self) -> Url {
        let mut url = self.url.clone();
        for (name, value) in &self.query {
            url.query_pairs_mut().append_pair(name, value.reveal());
        }
        url
    }

    /// All headers that were given.
    pub(super) fn headers(&self) -> &[(String, Field)] {
        &self.headers
    }

    /// The name to ask under, if it is not the program's.
    pub(super) fn agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }

    /// The hint for a source that refuses access.
    pub(super) fn key_hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Whether anything of it must be read by nobody on the way.
    pub(super) fn has_secrets(&self) -> bool {
        self.all_secrets().next().is_some()
    }

    /// All its secrets, to hide them wherever a source sends them back.
    pub(super) fn secrets(&self) -> Secrets {
        Secrets::new(self.all_secrets())
    }

    fn all_secrets(&self) -> impl Iterator<Item = &Secret> {
        let fields = match &self.body {
            Some(Body::Form(fields)) => fields.as_slice(),
            Some(Body::Json(_)) | None => &[],
        };
        let named = self.headers.iter().chain(fields);
        named
            .filter_map(|(_, value)| value.secret())
            .chain(self.query.iter().map(|(_, value)| value))
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.public_url())
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("user_agent", &self.user_agent)
            .field("kind", &self.kind)
            .field("validators", &self.validators)
            .field("hint", &self.hint)
            .finish()
    }
}

/// Takes the other parameters out of a URL. One that has none to take out stays as it was written.
fn keep_parameters(url: &mut Url, keep: impl Fn(&str, &str) -> bool) {
    let all: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let kept: Vec<_> = all
        .iter()
        .filter(|(name, value)| keep(name, value))
        .collect();
    if kept.len() == all.len() {
        return;
    }
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_secret_is_sent_and_not_shown() {
        let request = Request::get("https://helix.example/idus/?limit=10#top")
            .unwrap()
            .query("iso3__in", "UKR,SYR")
            .secret_query("client_id", Secret::new("s3cret-id"))
            .secret_header("Authorization", Secret::new("Bearer t0ken-9"));
        assert_eq!(
            request.public_url(),
            "https://helix.example/idus/?limit=10&iso3__in=UKR%2CSYR"
        );
        assert!(
            request
                .full_url()
                .as_str()
                .ends_with("&client_id=s3cret-id")
        );
        let shown = format!("{request:?}");
        assert!(
            !shown.contains("s3cret-id") && !shown.contains("t0ken-9"),
            "{shown}"
        );
        assert!(shown.contains("client_id"), "{shown}");
    }

    #[test]
    fn a_key_goes_to_another_address_of_its_host_alone() {
        let request = Request::get("https://a.example/list?page=1")
            .unwrap()
            .secret_query("key", Secret::new("k3y-k3y"));
        let next = request.clone().at("https://a.example/rows").unwrap();
        assert_eq!(
            next.full_url().as_str(),
            "https://a.example/rows?key=k3y-k3y"
        );
        for other in ["https://b.example/rows", "http://a.example/rows"] {
            assert!(request.clone().at(other).is_err());
        }
        let open = Request::get("https://a.example/list").unwrap();
        assert!(open.at("https://b.example/rows").is_ok());
    }

    #[test]
    fn a_key_in_the_link_to_the_next_page_is_taken_over() {
        let request = Request::get("https://ucdp.example/api?key=0ld-key&page=2")
            .unwrap()
            .secret_query("key", Secret::new("0ld-key"));
        assert_eq!(request.public_url(), "https://ucdp.example/api?page=2");
        assert_eq!(
            request.full_url().as_str(),
            "https://ucdp.example/api?page=2&key=0ld-key"
        );
    }

    #[test]
    fn links_that_others_signed_are_published_without_the_signature() {
        let request = Request::get("https://a.example/x").unwrap();
        let signed = "https://s3.example/dump.json?X-Amz-Signature=abc&versionId=7&Expires=1";
        assert_eq!(
            request.public(&Url::parse(signed).unwrap()),
            "https://s3.example/dump.json?versionId=7&Expires=1"
        );
    }

    #[test]
    fn a_secret_in_a_path_or_under_another_name_is_hidden() {
        let request = Request::get("https://a.example/x")
            .unwrap()
            .secret_header("X-Key", Secret::new("abc/def"));
        let echo = "https://a.example/abc%2Fdef/?from=abc%2Fdef&page=1";
        assert_eq!(
            request.public(&Url::parse(echo).unwrap()),
            "https://a.example/[hidden]/?page=1"
        );
    }

    #[test]
    fn a_url_with_a_password_is_refused_without_showing_it() {
        let error = Request::get("https://me:pa55word@a.example/x?key=k3y-k3y").unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("a.example/x"), "{shown}");
        assert!(
            !shown.contains("pa55word") && !shown.contains("k3y-k3y"),
            "{shown}"
        );
    }

    #[test]
    fn only_the_web_is_asked() {
        let error = Request::get("file:///etc/passwd").unwrap_err();
        assert!(error.to_string().contains("only http and https"), "{error}");
        assert!(Request::get("data.unhcr.org").is_err());
    }
}
