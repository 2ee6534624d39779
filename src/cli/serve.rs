//! `humstat serve`: the report in a browser on this machine.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use clap::Args;
use tiny_http::{Header, Method, Request, Response, Server};

use super::CliError;
use super::context::Context;
use super::report::WhatArgs;

/// Show a report in a browser on this machine, made anew when the ledger changes
///
/// Only this machine can see it. Press Ctrl-C to stop.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  humstat serve ukraine-2022
  humstat serve --indicator refugees --origin SYR --port 8123")]
pub struct ServeArgs {
    #[command(flatten)]
    what: WhatArgs,
    /// The port; 0 for any that is free
    #[arg(long, value_name = "N", default_value_t = 8022)]
    port: u16,
}

pub fn run(context: &Context, args: &ServeArgs) -> Result<(), CliError> {
    // Before a port is taken, so that a wrong word is told at once.
    let mut page: Arc<str> = args.what.page(context)?.into();
    let mut made_of = state(context.ledger_path());
    let server = Server::http(("127.0.0.1", args.port)).map_err(|error| {
        CliError::data(format!(
            "port {} cannot be opened: {error}; choose another with --port",
            args.port
        ))
    })?;
    let port = server
        .server_addr()
        .to_ip()
        .map_or(args.port, |address| address.port());
    context.tell(&format!("http://127.0.0.1:{port}/ (Ctrl-C to stop)"));
    for request in server.incoming_requests() {
        let now = state(context.ledger_path());
        if now != made_of {
            match args.what.page(context) {
                Ok(anew) => (page, made_of) = (anew.into(), now),
                Err(error) => context.tell(&format!("the page is as before: {}", error.message)),
            }
        }
        // Who is slow, or sends what nobody reads, keeps nobody else waiting; a browser that has gone away is
        // no fault of ours.
        let page = Arc::clone(&page);
        std::thread::spawn(move || request_answered(request, &page, port));
    }
    Ok(())
}

/// What tells one state of a ledger from the next: times and sizes of its files.
fn state(ledger: &Path) -> Vec<Option<(SystemTime, u64)>> {
    let mut log = ledger.as_os_str().to_owned();
    log.push("-wal");
    [ledger, Path::new(&log)]
        .into_iter()
        .map(|file| {
            let metadata = std::fs::metadata(file).ok()?;
            Some((metadata.modified().ok()?, metadata.len()))
        })
        .collect()
}

fn request_answered(request: Request, page: &str, port: u16) -> std::io::Result<()> {
    let refuse = |status: u16, words: &str| Response::from_string(words).with_status_code(status);
    // Another site's name that leads to this machine must not read the page.
    let host = request
        .headers()
        .iter()
        .find(|header| header.field.equiv("Host"))
        .map(|header| header.value.as_str().to_owned())
        .unwrap_or_default();
    let is_ours = ["127.0.0.1", "localhost"]
        .iter()
        .any(|name| host == format!("{name}:{port}") || (port == 80 && host == *name));
    if !is_ours {
        return request.respond(refuse(403, "only for this machine\n"));
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return request.respond(refuse(405, "only to be read\n"));
    }
    if request.url() != "/" {
        return request.respond(refuse(404, "there is only one page, at /\n"));
    }
    let mut response = Response::from_string(page);
    for (name, value) in [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ] {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response)
}
