//! Time and chance, passed in, so that tests neither wait nor roll dice.

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, Instant};

use crate::figure::Version;

/// What a client needs of time and chance.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The time of day, with which answers are stamped.
    fn now(&self) -> Version;
    /// How long it is since some moment that stays the same; it never goes back.
    fn elapsed(&self) -> Duration;
    /// Lets time pass.
    fn sleep(&self, time: Duration);
    /// A number from 0 to below 1, another each time.
    fn chance(&self) -> f64;
}

/// The clock of the machine; only the time of day is asked of whoever made it.
pub struct RealClock {
    now: Box<dyn Fn() -> Version + Send + Sync>,
    beginning: Instant,
}

impl RealClock {
    /// A clock whose time of day is read by `now`.
    pub fn new(now: impl Fn() -> Version + Send + Sync + 'static) -> Self {
        Self {
            now: Box::new(now),
            beginning: Instant::now(),
        }
    }
}

impl fmt::Debug for RealClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RealClock").finish_non_exhaustive()
    }
}

impl Clock for RealClock {
    fn now(&self) -> Version {
        (self.now)()
    }

    fn elapsed(&self) -> Duration {
        self.beginning.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn chance(&self) -> f64 {
        // Each such hasher has other keys, which is chance enough to part clients that failed at
        // the same time.
        let bits = RandomState::new().hash_one(0_u8) >> 11;
        #[expect(
            clippy::cast_precision_loss,
            reason = "53 bits are what an f64 holds exactly"
        )]
        let part = bits as f64 / (1_u64 << 53) as f64;
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chance_lies_below_one_and_varies() {
        let clock = RealClock::new(|| Version::end_of(Default::default()));
        let first = clock.chance();
        let all: Vec<f64> = (0..50).map(|_| clock.chance()).collect();
        assert!(all.iter().all(|chance| (0.0..1.0).contains(chance)));
        assert!(all.iter().any(|chance| (chance - first).abs() > 0.01));
    }
}
