//! How many requests a host gets at a time, and in a second.

use std::time::Duration;

use humstat::fetch::{Addresses, Body, Clock as _, Fetch as _, PROJECT_URL, Policy, Request};

use super::fetch_server::{Asker, Server, Step, answer, json};

#[test]
fn two_at_once_also_with_many_threads() {
    let mut script = vec![Step::Pause(Duration::from_millis(15))];
    script.extend(json("{}"));
    let (server, asker) = (Server::new(vec![script]), Asker::new());
    let request = Request::get(&server.url("/x")).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| asker.client.get(&request).unwrap());
        }
    });
    assert_eq!(server.requests().len(), 6);
    assert_eq!(server.most_at_once(), 2);
}

#[test]
fn four_in_a_second() {
    let (server, asker) = (
        Server::new(vec![json("{}")]),
        Asker::with(|policy| policy.per_second = 4),
    );
    let request = Request::get(&server.url("/x")).unwrap();
    for _ in 0..9 {
        asker.client.get(&request).unwrap();
    }
    // Nine begin within eight spaces of a quarter of a second.
    assert!(asker.clock.elapsed() >= Duration::from_secs(2));
}

#[test]
fn each_redirect_takes_its_turn() {
    let server = Server::new(vec![super::fetch_server::redirect("/y"), json("{}")]);
    let asker = Asker::with(|policy| policy.per_second = 4);
    asker
        .client
        .get(&Request::get(&server.url("/x")).unwrap())
        .unwrap();
    assert!(asker.clock.elapsed() >= Duration::from_millis(250));
}

#[test]
fn what_a_source_may_have_done_is_not_posted_again() {
    let form = || Body::Form(Vec::new());
    for (first, times) in [
        (answer("500 Oops", "", ""), 1),
        (vec![Step::Reset], 1),
        (answer("503 Busy", "Retry-After: 1\r\n", ""), 2),
        (answer("429 Busy", "", ""), 2),
    ] {
        let (server, asker) = (Server::new(vec![first, json("{}")]), Asker::new());
        let request = Request::post(&server.url("/token"), form()).unwrap();
        let outcome = asker.client.get(&request);
        assert_eq!(server.requests().len(), times);
        assert_eq!(outcome.is_ok(), times == 2, "{outcome:?}");
    }
}

#[test]
fn the_policy_towards_real_sources_is_polite() {
    let policy = Policy::new(PROJECT_URL, Asker::new().clock);
    assert_eq!((policy.at_once, policy.per_second, policy.tries), (2, 4, 5));
    assert_eq!(policy.addresses, Addresses::Public);
    assert!(policy.user_agent.starts_with("humstat/"));
    assert!(
        policy
            .user_agent
            .ends_with(" (+https://github.com/humstat/humstat)")
    );
}
