//! Keys go to the source and nowhere else.

use humstat::fetch::{Addresses, Body, Field, Kind, Request, Secret};

use super::fetch_server::{Asker, Server, answer, json};

const KEY: &str = "k3y/of+mine";
const TOKEN: &str = "t0ken-of-mine";
const PASSWORD: &str = "pa55 w0rd&more";

/// None of the secrets, in any spelling, stands in a text.
fn assert_hidden(text: &str) {
    for trace in ["k3y", "of+mine", "of%2Bmine", "t0ken", "pa55", "w0rd"] {
        assert!(!text.contains(trace), "`{trace}` shows in: {text}");
    }
}

fn asks(server: &Server) -> Request {
    Request::get(&server.url("/read?limit=5"))
        .unwrap()
        .expecting(Kind::Json)
        .secret_query("key", Secret::new(KEY))
        .secret_header("Authorization", Secret::new(format!("Bearer {TOKEN}")))
}

#[test]
fn a_source_that_sends_keys_back_does_not_make_them_show() {
    let echo = format!("<no> such key {KEY} nor k3y%2Fof%2Bmine nor k3y\\/of+mine, token {TOKEN}");
    let page = format!("<!DOCTYPE html><title>Bad token {TOKEN}</title>");
    for script in [
        answer("403 Forbidden", "", &echo),
        answer("200 OK", "Content-Type: text/xml\r\n", &echo),
        answer("200 OK", "Content-Type: text/html\r\n", &page),
        answer("302 Found", &format!("Location: /read/{TOKEN}\r\n"), ""),
        answer("302 Found", &format!("Location: {TOKEN}:x\r\n"), ""),
        answer(
            "302 Found",
            "Location: http://10.0.0.1/?key=k3y/of%2Bmine\r\n",
            "",
        ),
    ] {
        let server = Server::new(vec![script, answer("404 Not Found", "", TOKEN)]);
        let asker = Asker::with(|policy| {
            policy.addresses = Addresses::PublicAnd(vec!["127.0.0.1".parse().unwrap()]);
        });
        let error = asker.answer(&asks(&server)).unwrap_err();
        assert_hidden(&error.to_string());
        assert_hidden(&format!("{error:?}"));
        let asked = &server.requests()[0];
        assert!(
            asked.starts_with("GET /read?limit=5&key=k3y%2Fof%2Bmine "),
            "{asked}"
        );
        assert!(
            asked.contains("authorization: Bearer t0ken-of-mine\r\n"),
            "{asked}"
        );
    }
}

#[test]
fn connections_that_fail_do_not_show_keys() {
    for script in [
        vec![],
        answer("200 OK", "Content-Encoding: zstd\r\n", TOKEN),
    ] {
        let server = Server::new(vec![script]);
        let error = Asker::new().answer(&asks(&server)).unwrap_err();
        assert_hidden(&format!("{error} {error:?}"));
    }
    let url = Request::get("http://nowhere.invalid/read").unwrap();
    let error = Asker::new()
        .answer(&url.secret_query("key", Secret::new(KEY)))
        .unwrap_err();
    assert_hidden(&format!("{error} {error:?}"));
}

#[test]
fn an_answer_and_a_request_do_not_show_keys() {
    let headers = format!("Content-Type: application/json\r\nETag: \"{TOKEN}\"\r\n");
    let server = Server::new(vec![answer("200 OK", &headers, "{}")]);
    let request = asks(&server);
    assert_eq!(request.public_url(), server.url("/read?limit=5"));
    assert_hidden(&format!("{request:?}"));
    let answer = Asker::new().answer(&request).unwrap();
    assert_eq!(answer.url, server.url("/read?limit=5"));
    assert_hidden(&format!("{answer:?}"));
}

#[test]
fn a_password_is_posted_and_does_not_show() {
    let server = Server::new(vec![json("{\"access_token\":\"x\"}")]);
    let form = Body::Form(vec![
        ("grant_type".to_owned(), Field::Open("password".to_owned())),
        ("password".to_owned(), Field::Hidden(Secret::new(PASSWORD))),
    ]);
    let request = Request::post(&server.url("/oauth/token"), form).unwrap();
    assert_hidden(&format!("{request:?}"));
    Asker::new().answer(&request.expecting(Kind::Json)).unwrap();
    let asked = &server.requests()[0];
    assert!(asked.starts_with("POST /oauth/token "), "{asked}");
    assert!(
        asked.contains("content-type: application/x-www-form-urlencoded\r\n"),
        "{asked}"
    );
    assert!(
        asked.ends_with("\r\n\r\ngrant_type=password&password=pa55+w0rd%26more"),
        "{asked}"
    );
}

#[test]
fn a_question_is_posted_as_json() {
    let server = Server::new(vec![json("{}")]);
    let question = serde_json::json!({"limit": 5});
    let request = Request::post(&server.url("/v2/reports"), Body::Json(question)).unwrap();
    Asker::new().answer(&request).unwrap();
    let asked = &server.requests()[0];
    assert!(
        asked.contains("content-type: application/json\r\n"),
        "{asked}"
    );
    assert!(asked.ends_with("\r\n\r\n{\"limit\":5}"), "{asked}");
}

#[test]
fn a_key_with_a_line_end_within_is_refused_and_not_shown() {
    let server = Server::new(vec![json("{}")]);
    let request = Request::get(&server.url("/x"))
        .unwrap()
        .secret_header("X-Key", Secret::new("t0ken\r\nHost: evil.example"));
    let error = Asker::new().answer(&request).unwrap_err();
    assert_hidden(&format!("{error:?}"));
    assert!(error.to_string().contains("header `X-Key`"), "{error}");
    assert!(server.requests().is_empty());
}

#[test]
fn a_key_is_not_sent_where_anybody_can_read_it() {
    let request = Request::get("http://sources.example/read")
        .unwrap()
        .secret_query("key", Secret::new(KEY));
    let asker = Asker::with(|policy| policy.addresses = Addresses::Public);
    let error = asker.answer(&request).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`sources.example/read` would be sent a key that everybody on the way can read; ask it by https"
    );
}

#[test]
fn a_source_that_refuses_programs_is_asked_under_another_name() {
    let server = Server::new(vec![json("{}")]);
    let request = Request::get(&server.url("/x"))
        .unwrap()
        .user_agent("Mozilla/5.0");
    Asker::new().answer(&request).unwrap();
    assert!(server.requests()[0].contains("user-agent: Mozilla/5.0\r\n"));
}
