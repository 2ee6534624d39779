//! Where a redirect may lead.

use reqwest::Url;

use super::error::place_of;

/// Why a redirect is not followed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// It leads to nothing that can be asked.
    Nowhere(String),
    /// It leads away from encryption, to this place.
    Downgrade(String),
}

/// The way from the first URL to the one that answers.
#[derive(Debug)]
pub(super) struct Way {
    seen: Vec<Url>,
    most: usize,
}

impl Way {
    /// Begins at a URL.
    pub(super) fn new(first: Url, most: usize) -> Self {
        Self {
            seen: vec![first],
            most,
        }
    }

    /// Where it has led to.
    pub(super) fn here(&self) -> &Url {
        // It begins with one, and none is taken away.
        &self.seen[self.seen.len() - 1]
    }

    /// Whether it never left the host that was asked. A secret is for that host alone; what came
    /// back from another may have been led there by it.
    pub(super) fn stayed(&self) -> bool {
        let first = &self.seen[0];
        self.seen.iter().all(|url| {
            url.host_str() == first.host_str()
                && url.port_or_known_default() == first.port_or_known_default()
                && url.scheme() == first.scheme()
        })
    }

    /// Goes on to where an answer's `Location` points.
    pub(super) fn follow(&mut self, location: Option<&str>) -> Result<(), Wrong> {
        let here = self.here();
        let stop = |reason: &str| Wrong::Nowhere(reason.to_owned());
        let location = location
            .filter(|text| !text.is_empty())
            .ok_or_else(|| stop("the redirect does not say where to"))?;
        let mut next = here
            .join(location)
            .map_err(|_| stop("the redirect leads to something that is no URL"))?;
        next.set_fragment(None);
        let insecure = match (here.scheme(), next.scheme()) {
            (_, "https") | ("http", "http") => false,
            ("https", "http") => true,
            (_, other) => return Err(stop(&format!("the redirect leads to a URL of `{other}`"))),
        };
        if insecure {
            return Err(Wrong::Downgrade(place_of(&next)));
        }
        if !next.username().is_empty() || next.password().is_some() {
            return Err(stop("the redirect leads to a URL with a password"));
        }
        if self.seen.contains(&next) {
            return Err(stop("its redirects go round in a circle"));
        }
        if self.seen.len() > self.most {
            return Err(stop(&format!("more than {} redirects", self.most)));
        }
        self.seen.push(next);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(first: &str) -> Way {
        Way::new(Url::parse(first).unwrap(), 3)
    }

    #[test]
    fn encryption_is_never_given_up() {
        let mut way = way("https://a.example/x?key=k3y");
        let error = way.follow(Some("http://a.example/x?key=k3y")).unwrap_err();
        assert_eq!(error, Wrong::Downgrade("a.example/x".to_owned()));
        assert!(way.follow(Some("//b.example/y")).is_ok());
        assert_eq!(way.here().as_str(), "https://b.example/y");
    }

    #[test]
    fn encryption_may_be_taken_up_but_secrets_stay_with_the_first_origin() {
        let mut way = way("http://a.example/x");
        assert!(way.stayed());
        way.follow(Some("/y")).unwrap();
        assert!(way.stayed());
        way.follow(Some("https://a.example/y")).unwrap();
        assert!(!way.stayed());
    }

    #[test]
    fn who_left_does_not_come_back_with_secrets() {
        let mut way = way("https://a.example/x");
        way.follow(Some("https://b.example/")).unwrap();
        way.follow(Some("https://a.example/y")).unwrap();
        assert!(!way.stayed());
    }

    #[test]
    fn another_port_is_another_host() {
        let mut way = way("https://a.example/x");
        way.follow(Some("https://a.example:443/y")).unwrap();
        assert!(way.stayed());
        way.follow(Some("https://a.example:8443/y")).unwrap();
        assert!(!way.stayed());
    }

    #[test]
    fn circles_and_long_ways_end() {
        let mut circle = way("https://a.example/1");
        circle.follow(Some("/2")).unwrap();
        let error = circle.follow(Some("/1#again")).unwrap_err();
        assert!(format!("{error:?}").contains("in a circle"), "{error:?}");

        let mut long = way("https://a.example/0");
        for step in 1..=3 {
            long.follow(Some(&format!("/{step}"))).unwrap();
        }
        let error = long.follow(Some("/4")).unwrap_err();
        assert!(
            format!("{error:?}").contains("more than 3 redirects"),
            "{error:?}"
        );
    }

    #[test]
    fn only_the_web_is_followed() {
        for odd in ["file:///etc/passwd", "ftp://a.example/", "data:,x"] {
            let error = way("https://a.example/").follow(Some(odd)).unwrap_err();
            assert!(
                format!("{error:?}").contains("leads to a URL of"),
                "{error:?}"
            );
        }
        assert!(way("https://a.example/").follow(None).is_err());
        assert!(
            way("https://a.example/")
                .follow(Some("https://u:p@b.example/"))
                .is_err()
        );
    }
}
