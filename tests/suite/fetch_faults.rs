//! What sources do wrong, each ending in the right data or in a clear error.

use std::time::Duration;

use humstat::fetch::{Fetch as _, FetchError, Kind, Outcome, Request, Validators};

use super::fetch_server::{Asker, Script, Server, Step, answer, json, send};

const SECOND: Duration = Duration::from_secs(1);

fn asks(server: &Server) -> Request {
    let request = Request::get(&server.url("/v1/population/?limit=100")).unwrap();
    request.expecting(Kind::Json)
}

/// What is said of scripts that end in an error at once.
fn told(scripts: Vec<Script>, kind: Kind) -> String {
    let server = Server::new(scripts);
    let told = Asker::new().told(&server, &asks(&server).expecting(kind));
    assert_eq!(server.requests().len(), 1, "{told}");
    told
}

/// What comes of scripts that end well at last, and the seconds of the pauses between.
fn mended(scripts: Vec<Script>) -> (String, Vec<f64>) {
    let (server, asker) = (Server::new(scripts), Asker::new());
    let answer = asker.answer(&asks(&server)).unwrap();
    let pauses = asker.clock.pauses();
    assert_eq!(server.requests().len(), pauses.len() + 1);
    let seconds = pauses.iter().map(Duration::as_secs_f64).collect();
    (answer.text().unwrap().to_owned(), seconds)
}

#[test]
fn a_sound_answer_comes_with_what_matters_of_its_headers() {
    let headers = "Content-Type: application/json\r\nETag: \"7\"\r\nServer: nginx\r\n\
                   Date: Thu, 26 Nov 2026 11:59:58 GMT\r\nSet-Cookie: a=b\r\n";
    let server = Server::new(vec![answer("200 OK", headers, "{\"items\":[]}")]);
    let answer = Asker::new().answer(&asks(&server)).unwrap();
    assert_eq!(answer.url, server.url("/v1/population/?limit=100"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body, b"{\"items\":[]}");
    assert_eq!(answer.received.to_string(), "2026-11-26T12:00:00Z");
    let names: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["content-type", "date", "etag"]);

    let asked = &server.requests()[0];
    assert!(
        asked.starts_with("GET /v1/population/?limit=100 HTTP/1.1\r\n"),
        "{asked}"
    );
    let agent = concat!(
        "user-agent: humstat/",
        env!("CARGO_PKG_VERSION"),
        " (+https://project.example)\r\n"
    );
    assert!(asked.contains(agent), "{asked}");
    assert!(asked.contains("accept-encoding: gzip, br\r\n"), "{asked}");
}

#[test]
fn too_many_requests_without_a_time_are_tried_again_later_and_later() {
    let busy = || answer("429 Too Many Requests", "", "slow down");
    let (text, pauses) = mended(vec![busy(), busy(), busy(), json("{}")]);
    assert_eq!(text, "{}");
    assert_eq!(pauses, [0.5, 1.0, 2.0]);
}

#[test]
fn too_many_requests_with_a_time_are_tried_again_then() {
    let seconds = answer("429 Too Many Requests", "Retry-After: 7\r\n", "");
    let moment = answer(
        "503 Service Unavailable",
        "Date: Thu, 26 Nov 2026 13:00:00 GMT\r\nRetry-After: Thu, 26 Nov 2026 13:00:20 GMT\r\n",
        "",
    );
    let (text, pauses) = mended(vec![seconds, moment, json("{}")]);
    assert_eq!(text, "{}");
    assert_eq!(pauses, [7.0, 20.0]);
}

#[test]
fn a_source_that_asks_for_an_hour_gets_it() {
    let tired = answer("429 Too Many Requests", "Retry-After: 3600\r\n", "quota");
    assert_eq!(
        told(vec![tired], Kind::Json),
        "`SERVER/v1/population/` answered 429 Too Many Requests and asks not to come again before \
         2026-11-26T13:00:00Z"
    );
}

#[test]
fn an_error_of_the_server_is_tried_again() {
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "504 Gateway Timeout",
    ] {
        let (text, pauses) = mended(vec![answer(status, "", "oops"), json("{}")]);
        assert_eq!((text.as_str(), pauses.as_slice()), ("{}", [0.5].as_slice()));
    }
}

#[test]
fn five_tries_are_all() {
    let (server, asker) = (
        Server::new(vec![answer(
            "500 Oops",
            "",
            "<html><title>Down &amp; out</title>",
        )]),
        Asker::new(),
    );
    assert_eq!(
        asker.told(&server, &asks(&server)),
        "`SERVER/v1/population/` answered 500 Internal Server Error: a web page titled \"Down & \
         out\" (tried 5 times)"
    );
    assert_eq!(server.requests().len(), 5);
    assert_eq!(asker.clock.pauses().len(), 4);
}

#[test]
fn what_will_not_change_is_asked_once() {
    for (status, told_as) in [
        ("400 Bad Request", "400 Bad Request"),
        ("404 Not Found", "404 Not Found"),
        ("410 Gone", "410 Gone"),
        (
            "302 Found",
            "leads nowhere: the redirect does not say where to",
        ),
        ("206 Partial Content", "206 Partial Content"),
        ("204 No Content", "204 No Content"),
        ("202 Accepted", "still making its answer ready"),
    ] {
        let body = if status.starts_with("204") { "" } else { "[]" };
        let told = told(vec![answer(status, "", body)], Kind::Json);
        assert!(told.contains(told_as), "{told}");
    }
}

#[test]
fn who_has_no_key_is_told_how_to_come_by_one() {
    for (status, said) in [
        ("401 Unauthorized", "API token required."),
        ("403 Forbidden", "Client is not registered."),
    ] {
        let server = Server::new(vec![answer(status, "", format!("\"{said}\"\r\n\x1b[2J"))]);
        let request = asks(&server).hint("ask for a free key at https://keys.example");
        assert_eq!(
            Asker::new().told(&server, &request),
            format!(
                "`SERVER/v1/population/` answered {status}: \"{said}\" [2J; ask for a free key at \
                 https://keys.example"
            )
        );
        assert_eq!(server.requests().len(), 1);
    }
    let server = Server::new(vec![answer("404 Not Found", "", "")]);
    let told = Asker::new().told(&server, &asks(&server).hint("ask for a key"));
    assert_eq!(told, "`SERVER/v1/population/` answered 404 Not Found");
}

#[test]
fn a_packed_error_page_is_read_too() {
    let page = gzip(b"no such country");
    let told = told(
        vec![answer(
            "400 Bad Request",
            "Content-Encoding: gzip\r\n",
            page,
        )],
        Kind::Json,
    );
    assert!(told.ends_with("400 Bad Request: no such country"), "{told}");
}

#[test]
fn a_connection_that_breaks_is_tried_again() {
    let reset_at_once = vec![Step::Reset];
    let closed_at_once = vec![];
    let reset_within = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"items\":".to_vec()),
        Step::Pause(Duration::from_millis(20)),
        Step::Reset,
    ];
    let (text, pauses) = mended(vec![
        reset_at_once,
        closed_at_once,
        reset_within,
        json("{}"),
    ]);
    assert_eq!(text, "{}");
    assert_eq!(pauses, [0.5, 1.0, 2.0]);
}

/// What is said when a script is played again and again to a client of two tries.
fn told_after_two(script: Script, change: impl FnOnce(&mut humstat::fetch::Policy)) -> String {
    let server = Server::new(vec![script]);
    let asker = Asker::with(|policy| {
        policy.tries = 2;
        change(policy);
    });
    let told = asker.told(&server, &asks(&server));
    assert_eq!(server.requests().len(), 2, "{told}");
    told
}

#[test]
fn a_body_that_always_breaks_is_told() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    let reset = vec![
        Step::Send(format!("{head}Content-Length: 100\r\n\r\n{{\"items\":").into_bytes()),
        Step::Pause(Duration::from_millis(20)),
        Step::Reset,
    ];
    assert_eq!(
        told_after_two(reset, |_| {}),
        "the answer of `SERVER/v1/population/` is cut off: 9 of 100 bytes came; nothing of it is \
         used, try again (tried 2 times)"
    );
    let longer = send(format!("{head}Content-Length: 100\r\n\r\n{{\"items\":[]}}"));
    assert!(told_after_two(longer, |_| {}).contains("12 of 100 bytes came"));
    let chunked = send(format!(
        "{head}Transfer-Encoding: chunked\r\n\r\n3\r\n{{\"a\r\n"
    ));
    assert!(told_after_two(chunked, |_| {}).contains("broke after 3 bytes"));
}

#[test]
fn a_body_longer_than_announced_is_no_json() {
    // The rest belongs to no answer by the rules of HTTP; what is read is without its end.
    let script = send(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"items\":[1,2]}",
    );
    let server = Server::new(vec![script]);
    let answer = Asker::new().answer(&asks(&server)).unwrap();
    let error = answer.json::<serde_json::Value>().unwrap_err();
    assert!(matches!(error, FetchError::CutOff { .. }), "{error}");
}

fn gzip(text: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(text).unwrap();
    packer.finish().unwrap()
}

fn brotli(text: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 5,
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*text, &mut packed, &settings).unwrap();
    packed
}

fn packed(encoding: &str, body: &[u8]) -> Script {
    let headers = format!("Content-Type: application/json\r\nContent-Encoding: {encoding}\r\n");
    answer("200 OK", &headers, body)
}

#[test]
fn packed_answers_are_unpacked_and_cut_ones_tried_again() {
    let text = format!("[{}0]", "1234567,".repeat(200));
    for (encoding, body) in [
        ("gzip", gzip(text.as_bytes())),
        ("br", brotli(text.as_bytes())),
    ] {
        let cut = &body[..body.len() - 3];
        let (read, pauses) = mended(vec![packed(encoding, cut), packed(encoding, &body)]);
        assert_eq!(read, text);
        assert_eq!(pauses.len(), 1);
        let told = told_after_two(packed(encoding, cut), |_| {});
        assert!(
            told.contains("is cut off: its") && told.contains("has no end"),
            "{told}"
        );
    }
    let told = told(vec![packed("gzip", b"{\"not\": \"packed\"}")], Kind::Json);
    assert!(
        told.contains("cannot be unpacked: it is no sound gzip"),
        "{told}"
    );
}

#[test]
fn bombs_and_endless_bodies_stop_at_the_limit() {
    let zeros = vec![b' '; 2_000_000];
    for (encoding, body) in [("gzip", gzip(&zeros)), ("br", brotli(&zeros))] {
        let told = told(vec![packed(encoding, &body)], Kind::Json);
        assert!(
            told.contains("sends more than 500000 bytes when unpacked"),
            "{told}"
        );
    }
    let chunk = [b"1000\r\n".as_slice(), &[b' '; 0x1000], b"\r\n"].concat();
    let endless = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec()),
        Step::Forever(chunk, Duration::ZERO),
    ];
    let until_closed = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()),
        Step::Forever(vec![b' '; 4096], Duration::ZERO),
    ];
    let announced = send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n[");
    for script in [endless, until_closed, announced] {
        let told = told(vec![script], Kind::Json);
        assert_eq!(
            told,
            "`SERVER/v1/population/` sends more than 200000 bytes, which is the limit; ask for less \
             at a time"
        );
    }
}

#[test]
fn an_endless_error_page_is_not_waited_for() {
    let endless = vec![
        Step::Send(b"HTTP/1.1 404 Not Found\r\n\r\n".to_vec()),
        Step::Forever(vec![b'x'; 4096], Duration::ZERO),
    ];
    assert_eq!(
        told(vec![endless], Kind::Json),
        "`SERVER/v1/population/` answered 404 Not Found"
    );
}

#[test]
fn a_page_or_another_kind_is_told_by_what_it_is() {
    let page = |mime: &str| {
        let headers = format!("Content-Type: {mime}\r\n");
        answer(
            "200 OK",
            &headers,
            "<!DOCTYPE html><html><title>Maintenance</title>",
        )
    };
    for kind in [Kind::Json, Kind::Csv, Kind::Zip] {
        let told = told(vec![page("application/json")], kind);
        assert!(
            told.contains("sent a web page titled \"Maintenance\" where"),
            "{told}"
        );
    }
    let server = Server::new(vec![page("text/html")]);
    let any = asks(&server).expecting(Kind::Any);
    assert!(Asker::new().answer(&any).is_ok());

    let pdf = answer(
        "200 OK",
        "Content-Type: application/pdf\r\n",
        "%PDF-1.7 ...",
    );
    assert_eq!(
        told(vec![pdf], Kind::Csv),
        "`SERVER/v1/population/` sent a PDF where CSV was expected: the source may have changed"
    );
    let xml = answer("200 OK", "Content-Type: text/xml\r\n", "<error code='7'/>");
    assert!(told(vec![xml], Kind::Json).contains("`text/xml` (<error code='7'/>)"));
}

#[test]
fn text_of_another_encoding_is_told_with_its_place() {
    let latin = answer(
        "200 OK",
        "Content-Type: application/json\r\n",
        b"{\n\"name\": \"T\xfcrkiye\"}",
    );
    let server = Server::new(vec![latin]);
    let answer = Asker::new().answer(&asks(&server)).unwrap();
    let error = answer.json::<serde_json::Value>().unwrap_err();
    assert!(
        matches!(
            error,
            FetchError::Encoding {
                byte: 12,
                line: 2,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn an_empty_answer_is_no_answer() {
    for script in [
        json(""),
        packed("gzip", &gzip(b"")),
        send("HTTP/1.0 200 OK\r\n\r\n"),
    ] {
        assert!(told(vec![script], Kind::Any).contains("sent an empty answer"));
    }
}

#[test]
fn an_unchanged_source_says_so_and_nothing_more() {
    let validators = Validators {
        etag: Some("W/\"abc\"".to_owned()),
        last_modified: Some("Wed, 25 Nov 2026 08:00:00 GMT".to_owned()),
    };
    let unchanged = || send("HTTP/1.1 304 Not Modified\r\nETag: W/\"abc\"\r\n\r\n");
    let server = Server::new(vec![unchanged()]);
    let request = asks(&server).unless_unchanged(validators);
    let outcome = Asker::new().client.get(&request).unwrap();
    let received = "2026-11-26T12:00:00Z".parse().unwrap();
    assert_eq!(outcome, Outcome::NotModified { received });
    let asked = &server.requests()[0];
    assert!(asked.contains("if-none-match: W/\"abc\"\r\n"), "{asked}");
    assert!(
        asked.contains("if-modified-since: Wed, 25 Nov 2026 08:00:00 GMT\r\n"),
        "{asked}"
    );
    // Who did not ask so has nothing that could be unchanged.
    assert!(told(vec![unchanged()], Kind::Json).contains("answered 304 Not Modified"));
}

#[test]
fn who_does_not_begin_or_go_on_is_left() {
    let silent = vec![Step::Pause(Duration::from_millis(150))];
    let limit = Duration::from_millis(40);
    assert_eq!(
        told_after_two(silent, |policy| policy.read_limit = limit),
        "`SERVER/v1/population/` took more than 0.04 seconds to begin its answer; try again later \
         (tried 2 times)"
    );
    let stalls = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[".to_vec()),
        Step::Pause(Duration::from_millis(300)),
    ];
    let told = told_after_two(stalls, |policy| policy.read_limit = 3 * limit);
    assert!(
        told.contains("to send the next piece of its answer"),
        "{told}"
    );
}

#[test]
fn a_slow_drip_ends_with_the_time_for_the_whole() {
    let drip = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[".to_vec()),
        Step::Forever(b" ".to_vec(), Duration::from_millis(5)),
    ];
    let server = Server::new(vec![drip]);
    let asker = Asker::with(|policy| policy.total_limit = Duration::from_millis(60));
    assert_eq!(
        asker.told(&server, &asks(&server)),
        "`SERVER/v1/population/` took more than 0.06 seconds to send its answer; try again later"
    );
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn who_does_not_listen_cannot_be_reached() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let asker = Asker::new();
    let error = asker
        .answer(&Request::get(&format!("http://{address}/x")).unwrap())
        .unwrap_err();
    let told = error.to_string();
    assert!(
        told.starts_with(&format!("`{address}/x` cannot be reached: ")),
        "{told}"
    );
    assert!(
        told.contains("refused") && told.ends_with("(tried 5 times)"),
        "{told}"
    );
    assert_eq!(
        asker.clock.pauses().iter().sum::<Duration>(),
        SECOND * 15 / 2
    );

    // A name that no name server knows.
    let unknown = Request::get("http://nowhere.invalid/x").unwrap();
    let told = asker.answer(&unknown).unwrap_err().to_string();
    assert!(
        told.starts_with("`nowhere.invalid/x` cannot be reached: "),
        "{told}"
    );
    assert!(!told.contains("tried"), "{told}");
}

#[test]
fn what_speaks_no_http_is_told() {
    let told = told_after_two(send("220 mail.example ESMTP\r\n"), |_| {});
    assert!(told.contains("cannot be reached: invalid HTTP"), "{told}");
    // And who speaks without encryption where it should be.
    let server = Server::new(vec![send("HTTP/1.1 400 Bad Request\r\n\r\n")]);
    let request = Request::get(&format!("https://{}/x", server.address())).unwrap();
    let told = Asker::new().told(&server, &request);
    assert!(told.starts_with("`SERVER/x` cannot be trusted: "), "{told}");
}
