//! Whether to try again, and when.

use std::time::Duration;

use chrono::DateTime;

use super::error::FetchError;
use super::policy::Policy;
use super::request::Method;
use crate::figure::Version;

/// A try that failed.
#[derive(Debug)]
pub(super) struct Failure {
    /// By what.
    pub(super) error: FetchError,
    /// Whether another may go better.
    pub(super) again: Again,
    /// How long the source asked to wait.
    pub(super) after: Option<Duration>,
}

/// Whether another try may go better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// The next would fail in the same way.
    Never,
    /// It may, but the source may have acted on this one, so that a `POST` would act twice.
    Harmless,
    /// It may, and the source did nothing.
    Always,
}

impl Failure {
    /// A failure that the next try would meet again.
    pub(super) const fn last(error: FetchError) -> Self {
        Self::with(error, Again::Never)
    }

    /// A failure of this kind.
    pub(super) const fn with(error: FetchError, again: Again) -> Self {
        Self {
            error,
            again,
            after: None,
        }
    }
}

/// What a status means for another try.
pub(super) const fn by_status(status: u16) -> Again {
    match status {
        429 | 503 => Again::Always,
        500 | 502 | 504 => Again::Harmless,
        _ => Again::Never,
    }
}

/// How long to wait before another try; the error when there is none.
pub(super) fn pause(
    failure: Failure,
    method: Method,
    tries: u32,
    policy: &Policy,
) -> Result<Duration, FetchError> {
    let again = match failure.again {
        Again::Never => false,
        Again::Harmless => method == Method::Get,
        Again::Always => true,
    };
    if !again {
        return Err(gave_up(failure.error, tries));
    }
    if let FetchError::Status { place, status, .. } = &failure.error
        && let Some(after) = failure.after
        && after > policy.patience
    {
        let seconds = i64::try_from(after.as_secs()).unwrap_or(i64::MAX);
        let at = policy.clock.now().timestamp().checked_add(seconds);
        return Err(match at.and_then(Version::from_timestamp) {
            Some(at) => FetchError::ComeAgain {
                place: place.clone(),
                status: *status,
                at,
            },
            None => gave_up(failure.error, tries),
        });
    }
    if tries >= policy.tries {
        return Err(gave_up(failure.error, tries));
    }
    let doubled = 2_u32.saturating_pow(tries.saturating_sub(1));
    let longest = policy
        .first_pause
        .saturating_mul(doubled)
        .min(policy.longest_pause);
    // Half of it by chance, so that many who failed together do not come again together.
    let own = longest.mul_f64(0.5 + policy.clock.chance() / 2.0);
    Ok(own.max(failure.after.unwrap_or_default()))
}

/// The error with the number of tries, if there were several.
fn gave_up(error: FetchError, tries: u32) -> FetchError {
    match tries {
        0 | 1 => error,
        tries => FetchError::GaveUp {
            tries,
            last: Box::new(error),
        },
    }
}

/// How long a `Retry-After` asks to wait: seconds, or a moment. The moment is held against the
/// source's own `Date` where there is one, since its clock and ours may differ.
pub(super) fn retry_after(value: &str, date: Option<&str>, now: Version) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a wait without end all the same.
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let moment = |text: &str| {
        let instant = DateTime::parse_from_rfc2822(text.trim()).ok()?;
        Some(instant.timestamp())
    };
    let now = date.and_then(moment).unwrap_or_else(|| now.timestamp());
    let seconds = moment(value)?.saturating_sub(now);
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(value: &str, date: Option<&str>) -> Option<u64> {
        let now = "2026-11-26T12:00:00Z".parse().unwrap();
        retry_after(value, date, now).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_and_moments_are_read() {
        assert_eq!(after(" 120 ", None), Some(120));
        assert_eq!(after("Thu, 26 Nov 2026 12:01:30 GMT", None), Some(90));
        assert_eq!(after("Thu, 26 Nov 2026 11:00:00 GMT", None), Some(0));
        assert_eq!(after("99999999999999999999999", None), Some(u64::MAX));
        assert_eq!(after("soon", None), None);
        assert_eq!(after("-5", None), None);
        assert_eq!(after("", None), None);
    }

    #[test]
    fn a_moment_is_held_against_the_clock_of_the_source() {
        let date = Some("Thu, 26 Nov 2026 13:00:00 GMT");
        assert_eq!(after("Thu, 26 Nov 2026 13:00:10 GMT", date), Some(10));
        assert_eq!(
            after("Thu, 26 Nov 2026 12:00:10 GMT", Some("today")),
            Some(10)
        );
    }

    #[derive(Debug)]
    struct Still;

    impl crate::fetch::Clock for Still {
        fn now(&self) -> Version {
            "2026-11-26T12:00:00Z".parse().unwrap()
        }

        fn elapsed(&self) -> Duration {
            Duration::ZERO
        }

        fn sleep(&self, _: Duration) {}

        fn chance(&self) -> f64 {
            0.5
        }
    }

    fn failed(again: Again, after: Option<u64>) -> Failure {
        Failure {
            error: FetchError::Status {
                place: "a.example/x".to_owned(),
                status: 503,
                excerpt: String::new(),
                hint: None,
            },
            again,
            after: after.map(Duration::from_secs),
        }
    }

    fn paused(failure: Failure, method: Method, tries: u32) -> Result<f64, FetchError> {
        let policy = Policy::new("", std::sync::Arc::new(Still));
        let pause = pause(failure, method, tries, &policy);
        pause.map(|pause| pause.as_secs_f64())
    }

    #[test]
    fn the_pauses_double_and_the_fifth_failure_is_the_last() {
        let paused = |tries| paused(failed(Again::Harmless, None), Method::Get, tries);
        assert_eq!(paused(1), Ok(0.75));
        assert_eq!(paused(2), Ok(1.5));
        assert_eq!(paused(4), Ok(6.0));
        let error = paused(5).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`a.example/x` answered 503 Service Unavailable (tried 5 times)"
        );
    }

    #[test]
    fn what_may_have_been_done_is_not_posted_twice() {
        assert!(paused(failed(Again::Harmless, None), Method::Post, 1).is_err());
        assert!(paused(failed(Again::Always, None), Method::Post, 1).is_ok());
        assert!(paused(failed(Again::Never, None), Method::Get, 1).is_err());
    }

    #[test]
    fn what_a_source_asks_is_heeded_or_told() {
        let paused = |after| paused(failed(Again::Always, Some(after)), Method::Get, 1);
        assert_eq!(paused(0), Ok(0.75));
        assert_eq!(paused(120), Ok(120.0));
        assert_eq!(
            paused(3600).unwrap_err().to_string(),
            "`a.example/x` answered 503 Service Unavailable and asks not to come again before \
             2026-11-26T13:00:00Z"
        );
        assert!(paused(u64::MAX).is_err());
    }

    #[test]
    fn a_status_says_whether_to_come_again() {
        for status in [400, 401, 403, 404, 410, 418, 501, 505] {
            assert_eq!(by_status(status), Again::Never, "{status}");
        }
        for status in [500, 502, 504] {
            assert_eq!(by_status(status), Again::Harmless, "{status}");
        }
        for status in [429, 503] {
            assert_eq!(by_status(status), Again::Always, "{status}");
        }
    }
}
