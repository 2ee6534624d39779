//! Where redirects may lead, and which addresses are asked at all.

use std::net::IpAddr;

use humstat::fetch::{Addresses, Body, FetchError, Kind, Request, Secret};

use super::fetch_server::{Asker, Server, json, redirect};

fn asks(server: &Server) -> Request {
    let request = Request::get(&server.url("/idus/last-180-days/")).unwrap();
    request.expecting(Kind::Json)
}

#[test]
fn a_redirect_is_followed_to_where_the_data_are() {
    let dump = Server::new(vec![json("[]")]);
    let server = Server::new(vec![redirect(
        &dump.url("/dump.json?v=7&X-Amz-Signature=abc"),
    )]);
    let answer = Asker::new().answer(&asks(&server)).unwrap();
    assert_eq!(answer.body, b"[]");
    assert_eq!(answer.url, dump.url("/dump.json?v=7"));
    assert!(dump.requests()[0].starts_with("GET /dump.json?v=7&X-Amz-Signature=abc "));
}

#[test]
fn a_redirect_is_read_against_the_url_that_it_came_from() {
    let server = Server::new(vec![redirect("../all/?page=1"), json("[]")]);
    let answer = Asker::new().answer(&asks(&server)).unwrap();
    assert_eq!(answer.url, server.url("/idus/all/?page=1"));
}

#[test]
fn circles_and_long_ways_are_not_followed() {
    let circle = Server::new(vec![redirect("/other"), redirect("/idus/last-180-days/")]);
    assert_eq!(
        Asker::new().told(&circle, &asks(&circle)),
        "`SERVER/other` leads nowhere: its redirects go round in a circle"
    );
    assert_eq!(circle.requests().len(), 2);

    let steps = (0..10)
        .map(|step| redirect(&format!("/step/{step}")))
        .collect();
    let long = Server::new(steps);
    assert_eq!(
        Asker::new().told(&long, &asks(&long)),
        "`SERVER/step/4` leads nowhere: more than 5 redirects"
    );
    assert_eq!(long.requests().len(), 6);
}

#[test]
fn a_key_is_not_sent_on_to_another_host() {
    let other = Server::new(vec![json("[]")]);
    let server = Server::new(vec![redirect("/again"), redirect(&other.url("/dump"))]);
    let request = asks(&server)
        .header("X-Client", "open")
        .secret_header("X-Access-Token", Secret::new("t0ken-of-mine"))
        .secret_query("client_id", Secret::new("cl1ent-of-mine"));
    Asker::new().answer(&request).unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!("asked {} times", server.requests().len())
    };
    assert!(
        first.starts_with("GET /idus/last-180-days/?client_id=cl1ent-of-mine "),
        "{first}"
    );
    assert!(
        first.contains("x-access-token: t0ken-of-mine\r\n"),
        "{first}"
    );
    assert!(
        second.contains("x-access-token: t0ken-of-mine\r\n"),
        "{second}"
    );
    let last = &other.requests()[0];
    assert!(!last.contains("of-mine"), "{last}");
    assert!(!last.to_lowercase().contains("referer"), "{last}");
    assert!(last.contains("x-client: open\r\n"), "{last}");
}

#[test]
fn what_is_posted_is_not_sent_on() {
    let server = Server::new(vec![redirect("/elsewhere")]);
    let request = Request::post(&server.url("/token"), Body::Form(Vec::new())).unwrap();
    assert_eq!(
        Asker::new().told(&server, &request),
        "`SERVER/token` leads nowhere: what is posted is not sent on to another URL"
    );
    assert_eq!(server.requests().len(), 1);
}

fn public() -> Asker {
    Asker::with(|policy| policy.addresses = Addresses::Public)
}

#[test]
fn this_machine_is_not_asked_by_its_address_or_its_name() {
    let server = Server::new(vec![json("{}")]);
    assert_eq!(
        public().told(&server, &asks(&server)),
        "`SERVER/idus/last-180-days/` is not asked: its address 127.0.0.1 is this machine itself, \
         and sources are on the public network"
    );
    for host in [
        "localhost",
        "LOCALHOST",
        "127.1",
        "0x7f000001",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ] {
        let url = format!("http://{host}:{}/x", server.port());
        let error = public().answer(&Request::get(&url).unwrap()).unwrap_err();
        assert!(
            matches!(error, FetchError::Refused { .. }),
            "{host}: {error}"
        );
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_redirect_into_an_own_network_is_not_followed() {
    let this: IpAddr = "127.0.0.1".parse().unwrap();
    for (to, what) in [
        (
            "http://169.254.169.254/latest/meta-data/",
            "of the local link",
        ),
        ("http://10.0.0.1/admin", "in a private network"),
        ("http://[fd00::1]/", "in a private network"),
        ("http://127.0.0.2:9/", "this machine itself"),
    ] {
        let server = Server::new(vec![redirect(to)]);
        let asker = Asker::with(|policy| policy.addresses = Addresses::PublicAnd(vec![this]));
        let told = asker.told(&server, &asks(&server));
        assert!(
            told.contains("is not asked: its address") && told.contains(what),
            "{told}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

/// All of 127.0.0.0/8 is this machine only on Linux.
#[cfg(target_os = "linux")]
#[test]
fn a_redirect_to_a_name_of_an_own_network_is_not_followed() {
    let second: IpAddr = "127.0.0.2".parse().unwrap();
    let inner = Server::new(vec![json("{}")]);
    let to = format!("http://localhost:{}/", inner.port());
    let server = Server::at(second, vec![redirect(&to)]);
    let asker = Asker::with(|policy| policy.addresses = Addresses::PublicAnd(vec![second]));
    let told = asker.told(&server, &asks(&server));
    assert!(
        told.starts_with("`localhost:") && told.contains("is not asked"),
        "{told}"
    );
    assert!(inner.requests().is_empty());
}
