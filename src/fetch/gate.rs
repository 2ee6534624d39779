//! One's turn at a host: a few requests at a time, and a few in a second.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::clock::Clock;

/// The gate before every host, shared by all threads of a client.
#[derive(Debug)]
pub(super) struct Gate {
    at_once: usize,
    spacing: Duration,
    hosts: Mutex<HashMap<String, Host>>,
    left: Condvar,
}

/// What is going on at a host.
#[derive(Debug, Default)]
struct Host {
    /// How many requests are with it.
    inside: usize,
    /// When the next may begin, by [`Clock::elapsed`].
    next: Duration,
}

impl Gate {
    /// A gate that lets so many in at once, and so many in a second, evenly spaced.
    pub(super) fn new(at_once: usize, per_second: u32) -> Self {
        Self {
            at_once: at_once.max(1),
            spacing: Duration::from_secs(1) / per_second.max(1),
            hosts: Mutex::default(),
            left: Condvar::new(),
        }
    }

    /// Waits for one's turn. The place is given back when the pass is dropped.
    pub(super) fn enter(&self, host: &str, clock: &dyn Clock) -> Pass<'_> {
        let mut hosts = self.hosts();
        while hosts
            .get(host)
            .is_some_and(|host| host.inside >= self.at_once)
        {
            hosts = self
                .left
                .wait(hosts)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let now = clock.elapsed();
        let state = hosts.entry(host.to_owned()).or_default();
        state.inside += 1;
        let start = state.next.max(now);
        state.next = start + self.spacing;
        drop(hosts);
        let pass = Pass {
            gate: self,
            host: host.to_owned(),
        };
        if start > now {
            clock.sleep(start - now);
        }
        pass
    }

    /// Lets nobody in before a moment: what a host asked of one, all heed.
    pub(super) fn close_until(&self, host: &str, moment: Duration) {
        let mut hosts = self.hosts();
        let state = hosts.entry(host.to_owned()).or_default();
        state.next = state.next.max(moment);
    }

    /// The counts stay right when a thread panics, so that poison means nothing here.
    fn hosts(&self) -> MutexGuard<'_, HashMap<String, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The right to be with a host.
#[derive(Debug)]
pub(super) struct Pass<'gate> {
    gate: &'gate Gate,
    host: String,
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some(state) = self.gate.hosts().get_mut(&self.host) {
            state.inside -= 1;
        }
        self.gate.left.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::figure::Version;

    /// A clock on which only sleeping lets time pass.
    #[derive(Debug, Default)]
    struct Slept(Mutex<Duration>);

    impl Clock for Slept {
        fn now(&self) -> Version {
            Version::end_of(Default::default())
        }

        fn elapsed(&self) -> Duration {
            *self.0.lock().unwrap()
        }

        fn sleep(&self, time: Duration) {
            *self.0.lock().unwrap() += time;
        }

        fn chance(&self) -> f64 {
            0.0
        }
    }

    const fn millis(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    #[test]
    fn four_begin_in_a_second_at_each_host() {
        let (gate, clock) = (Gate::new(2, 4), Slept::default());
        let begins: Vec<_> = (0..9)
            .map(|_| {
                let _pass = gate.enter("a.example:443", &clock);
                clock.elapsed()
            })
            .collect();
        assert_eq!(begins[..3], [millis(0), millis(250), millis(500)]);
        for five in begins.windows(5) {
            assert!(five[4] - five[0] >= millis(1000), "{begins:?}");
        }
        let before = clock.elapsed();
        drop(gate.enter("b.example:443", &clock));
        assert_eq!(clock.elapsed(), before);
    }

    #[test]
    fn who_comes_late_does_not_wait() {
        let (gate, clock) = (Gate::new(2, 4), Slept::default());
        drop(gate.enter("a.example:443", &clock));
        clock.sleep(millis(5000));
        drop(gate.enter("a.example:443", &clock));
        assert_eq!(clock.elapsed(), millis(5000));
    }

    #[test]
    fn a_host_that_asked_one_to_wait_is_left_alone_by_all() {
        let (gate, clock) = (Gate::new(2, 4), Slept::default());
        gate.close_until("a.example:443", millis(30_000));
        drop(gate.enter("a.example:443", &clock));
        assert_eq!(clock.elapsed(), millis(30_000));
    }

    #[test]
    fn two_are_inside_at_once_and_a_third_waits() {
        let (gate, clock) = (Gate::new(2, 1000), Slept::default());
        let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    let _pass = gate.enter("a.example:443", &clock);
                    let now = inside.fetch_add(1, Ordering::SeqCst) + 1;
                    most.fetch_max(now, Ordering::SeqCst);
                    std::thread::sleep(millis(20));
                    inside.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
