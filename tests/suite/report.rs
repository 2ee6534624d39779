//! The report: one page that needs nothing but itself, and the server that shows it.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use super::common::Desk;
use super::ukraine;

/// A program that runs until the test ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn page(desk: &Desk, line: &str) -> String {
    desk.run(&format!("report {line} -o page.html")).succeeds();
    std::fs::read_to_string(desk.path("page.html")).unwrap()
}

#[test]
fn the_page_of_a_plan_has_all_parts_and_asks_nothing_of_anyone() {
    let desk = ukraine::desk();
    let page = page(&desk, "ukraine-2022");
    for said in [
        "<html lang=\"en\">",
        "<h2 id=\"figures\">",
        "12,628,586",
        "<h2 id=\"charts\">",
        "<caption>Numbers of: ",
        "<h2 id=\"tables\">",
        "The newest figures by place: indicator border_crossings; origin Ukraine",
        ", too many for a page, whole in the download figures.csv",
        "Crossings are not people",
        "download=\"summary.csv\" href=\"data:text/csv;charset=utf-8;base64,",
        "<footer id=\"sources\">",
        "UNHCR Operational Data Portal",
    ] {
        assert!(page.contains(said), "{said} is not on the page");
    }
    // A browser that keeps the policy could not ask; nothing makes it try either.
    assert!(page.contains("default-src 'none'"));
    for asks in [
        "src=\"http",
        "<link",
        "@import",
        "url(http",
        "<iframe",
        "fetch(",
    ] {
        assert!(!page.contains(asks), "{asks} is on the page");
    }
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let once: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), once.len(), "an id stands twice: {ids:?}");
    for anchor in page.split("href=\"#").skip(1) {
        let id = anchor.split('"').next().unwrap();
        assert!(once.contains(id), "{id} leads nowhere");
    }
    let again = self::page(&desk, "ukraine-2022");
    assert!(page == again, "two pages of one ledger differ");
}

#[test]
fn a_selection_makes_a_page_and_no_markup_of_a_source_gets_onto_it() {
    let desk = Desk::new();
    let table = "day,place,number\n2022-03-01,Poland,1000\n2022-03-02,Poland,1400\n";
    let changes = [(
        "title = \"A table\"",
        "title = \"<script>alert(1)</script>\"\nurl = \"javascript:alert(2)\"",
    )];
    desk.ingest("t.csv", table, &changes).succeeds();
    let page = page(
        &desk,
        "--indicator border_crossings --title \"A <b>page</b>\"",
    );
    assert!(
        page.contains("<h1>A &lt;b&gt;page&lt;/b&gt;</h1>"),
        "{page}"
    );
    assert!(!page.contains("<script>alert") && !page.contains("href=\"javascript"));
    desk.run("report -o page.html")
        .ends_with(2)
        .says("say what the page is about");
}

#[test]
fn changes_are_told_since_a_day_or_since_what_was_put_out_last() {
    let desk = Desk::new();
    let published = |day: &str| format!("published = \"{day}\"");
    let ingest = |name: &str, number: u32, day: &str| {
        let table = format!("day,place,number\n2022-03-01,Poland,{number}\n");
        let published = published(day);
        desk.ingest(name, &table, &[("published = \"2022-05-01\"", &published)])
            .succeeds();
    };
    ingest("a.csv", 1000, "2022-03-02");
    let select = "--indicator border_crossings";
    // Nothing to compare with: no such part.
    assert!(!page(&desk, select).contains("What changed"));
    ingest("b.csv", 1400, "2022-03-20");
    let since_week = page(&desk, select);
    assert!(
        since_week.contains("What changed since 13 March 2022"),
        "{since_week}"
    );
    assert!(since_week.contains("1,400") && since_week.contains("1,000"));
    let since = page(&desk, &format!("{select} --since 2022-03-25"));
    assert!(since.contains("Nothing has changed."), "{since}");
    desk.run(&format!("summary {select} -o s.csv --release morning"))
        .succeeds();
    let since_release = page(&desk, select);
    assert!(
        since_release.contains("What changed since morning, put out on"),
        "{since_release}"
    );
}

/// Asks the server for its page.
fn get(port: u16, host: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(30)))
        .unwrap();
    write!(
        stream,
        "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_server_shows_the_page_to_this_machine_and_makes_it_anew() {
    let desk = Desk::new();
    desk.ingest("t.csv", "day,place,number\n2022-03-01,Poland,1000\n", &[])
        .succeeds();
    let mut child = desk
        .command("serve --indicator border_crossings --port 0")
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let _running = Running(child);
    let port: u16 = said
        .find_map(|line| {
            let line = line.unwrap();
            line.strip_prefix("http://127.0.0.1:")?
                .split('/')
                .next()?
                .parse()
                .ok()
        })
        .unwrap();
    let ours = format!("127.0.0.1:{port}");
    let first = get(port, &ours);
    assert!(
        first.starts_with("HTTP/1.1 200") && first.contains("1,000"),
        "{first}"
    );
    // One that says it will send much, and sends nothing, keeps nobody waiting.
    let mut slow = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(
        slow,
        "POST / HTTP/1.1\r\nHost: {ours}\r\nContent-Length: 1000000000\r\n\r\n"
    )
    .unwrap();
    let other = get(port, "evil.example");
    assert!(other.starts_with("HTTP/1.1 403"), "{other}");
    desk.ingest("u.csv", "day,place,number\n2022-03-02,Poland,1777\n", &[])
        .succeeds();
    assert!(get(port, &ours).contains("1,777"));
}

#[test]
fn a_watched_plan_is_made_again_when_one_of_its_files_changes() {
    let desk = Desk::new();
    desk.put("map.toml", super::common::MAPPING);
    let table = |number: u32| format!("day,place,number\n2022-03-01,Poland,{number}\n");
    desk.put("t.csv", table(1000));
    desk.put(
        "plan.toml",
        "title = \"A plan\"\noutput = \"made\"\n[[ingest]]\nfile = \"t.csv\"\nmap = \"map.toml\"\n\
         published = \"2022-05-02\"\n\
         [[table]]\nfile = \"s.csv\"\nkind = \"summary\"\n[table.select]\nindicator = \"border_crossings\"\n",
    );
    let child = desk
        .command("run plan.toml --watch")
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _running = Running(child);
    let wait_for = |number: &str| {
        let start = Instant::now();
        loop {
            let made = std::fs::read_to_string(desk.path("made/s.csv")).unwrap_or_default();
            if made.contains(number) {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(60),
                "no {number} in {made}"
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    wait_for("1000");
    // The next look at the files must find another time.
    std::thread::sleep(Duration::from_millis(1100));
    let plan = std::fs::read_to_string(desk.path("plan.toml")).unwrap();
    desk.put("t.csv", table(1500));
    desk.put("plan.toml", plan.replace("2022-05-02", "2022-05-03"));
    wait_for("1500");
}
