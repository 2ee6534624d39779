//! Whether a key is good: what is asked, of whom, and what the answers mean.

use humstat::ingest::{KeyState, Keys, key_state};
use humstat::vocabulary::{AskedSource, asked_source, asked_sources};

use crate::common::Desk;
use crate::fetch_server::{Asker, Server, answer, json};
use crate::ingest_answers::{Answers, all_keys};

/// A source whose key is checked at a server of ours.
fn source(code: &str, server: &Server) -> AskedSource {
    AskedSource {
        key_check: Some(server.url("/check?limit=1")),
        ..asked_source(code).unwrap().clone()
    }
}

fn state(code: &str, script: Vec<crate::fetch_server::Step>) -> (KeyState, String) {
    let server = Server::new(vec![script]);
    let state = key_state(&source(code, &server), &all_keys(), &Asker::new().client);
    (state, server.requests().remove(0))
}

const TOKEN: &str = r#"{"token_type":"Bearer","expires_in":86400,"access_token":"t0ken"}"#;

#[test]
fn each_key_goes_where_its_source_wants_it() {
    for (code, parts) in [
        (
            "acled",
            vec![
                "POST /check",
                "username=key-of-HUMSTAT_ACLED_EMAIL",
                "password=key-of-HUMSTAT_ACLED_PASSWORD",
            ],
        ),
        (
            "dtm",
            vec![
                "GET /check?limit=1 ",
                "ocp-apim-subscription-key: key-of-HUMSTAT_DTM_KEY",
                "Mozilla/5.0",
            ],
        ),
        (
            "hapi",
            vec!["GET /check?limit=1 ", "x-hdx-hapi-app-identifier: "],
        ),
        (
            "ucdp",
            vec![
                "GET /check?limit=1 ",
                "x-ucdp-access-token: key-of-HUMSTAT_UCDP_TOKEN",
            ],
        ),
    ] {
        let (state, asked) = state(code, json(TOKEN));
        assert!(matches!(state, KeyState::Accepted(_)), "{code}: {state:?}");
        for part in parts {
            assert!(asked.contains(part), "{code} lacks {part}: {asked}");
        }
    }
}

#[test]
fn a_refused_key_is_told_from_a_source_that_does_not_tell() {
    let refusal = |status: &str| answer(status, "", "no");
    for (code, status) in [
        ("acled", "400 Bad Request"),
        ("acled", "401 Unauthorized"),
        ("dtm", "401 Unauthorized"),
        ("hapi", "403 Forbidden"),
        ("ucdp", "401 Unauthorized"),
    ] {
        assert_eq!(state(code, refusal(status)).0, KeyState::Refused, "{code}");
    }
    // DTM's gate refuses before it looks at the key, and UCDP answers 400 when asked too often.
    for (code, status) in [
        ("dtm", "403 Forbidden"),
        ("ucdp", "400 Bad Request"),
        ("ucdp", "404 Not Found"),
    ] {
        let (state, _) = state(code, refusal(status));
        assert!(matches!(state, KeyState::NotTold(_)), "{code}: {state:?}");
    }
    let page = answer(
        "200 OK",
        "Content-Type: text/html\r\n",
        "<html>sign in</html>",
    );
    let (state, _) = state("hapi", page);
    assert!(matches!(state, KeyState::NotTold(_)), "{state:?}");
}

#[test]
fn neither_a_token_nor_a_key_shows_anywhere() {
    let (found, _) = state("acled", json(r#"{"other":"t0ken"}"#));
    let said = format!("{found:?}");
    assert!(
        said.contains("no token") && !said.contains("t0ken"),
        "{said}"
    );
    let (found, _) = state("ucdp", answer("500 Oops", "", "key-of-HUMSTAT_UCDP_TOKEN"));
    let said = format!("{found:?}");
    assert!(!said.contains("key-of"), "{said}");
}

/// Whoever would have to give data, and whoever has no key from the desk, is not asked.
#[test]
fn no_source_is_asked_for_data_or_without_a_key() {
    let answers = Answers::default();
    for source in asked_sources() {
        let state = key_state(source, &Keys::default(), &answers);
        assert!(matches!(state, KeyState::NotTold(_)), "{}", source.code);
    }
    let idmc = asked_source("idmc").unwrap();
    let state = key_state(idmc, &all_keys(), &answers);
    assert_eq!(
        state,
        KeyState::NotTold("it would have to give data for it".to_owned())
    );
    assert!(answers.asked().is_empty());
}

/// Each goes to the host that the source itself asks, encrypted.
#[test]
fn keys_are_checked_where_they_are_used() {
    for (code, host) in [
        ("acled", "https://acleddata.com/oauth/token"),
        ("dtm", "https://dtmapi.iom.int/v3/displacement/"),
        ("hapi", "https://hapi.humdata.org/api/v2/metadata/"),
        ("ucdp", "https://ucdpapi.pcr.uu.se/api/gedevents/"),
    ] {
        let address = asked_source(code).unwrap().key_check.as_ref();
        assert!(
            address.is_some_and(|address| address.starts_with(host)),
            "{code}"
        );
    }
}

#[test]
fn a_desk_without_a_network_checks_nothing() {
    let desk = Desk::new();
    desk.put("humstat.toml", "network = false\n");
    desk.run("sources --check")
        .ends_with(4)
        .says("network = false");
}

/// ACLED gives a token to accounts that may not read events, and refuses only when they are asked for.
#[test]
fn what_an_account_of_acled_sees_is_told_by_its_address() {
    for (email, says) in [
        ("desk@gmail.com", "aggregated data only"),
        ("desk@news.example", "may see events"),
    ] {
        let server = Server::new(vec![json(TOKEN)]);
        let keys = Keys::found(|variable| {
            let is_email = variable == "HUMSTAT_ACLED_EMAIL";
            Some(if is_email {
                email.to_owned()
            } else {
                "a-password".to_owned()
            })
        });
        let state = key_state(&source("acled", &server), &keys, &Asker::new().client);
        let KeyState::Accepted(Some(access)) = state else {
            panic!("{state:?}");
        };
        assert!(access.contains(says), "{access}");
    }
}
