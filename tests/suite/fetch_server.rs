//! A server on this machine that plays what it is told, byte for byte, also what no server should.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use humstat::fetch::{
    Addresses, Answer, Client, Clock, Fetch as _, FetchError, Outcome, Policy, Request,
};
use humstat::figure::Version;

/// One thing that the server does with a connection. After the last it closes it.
#[derive(Debug, Clone)]
pub enum Step {
    /// Sends bytes.
    Send(Vec<u8>),
    /// Waits.
    Pause(Duration),
    /// Breaks the connection off, so that the other end is told of an error.
    Reset,
    /// Sends the same bytes until the other end has had enough, waiting after each time.
    Forever(Vec<u8>, Duration),
}

/// What is done with one connection.
pub type Script = Vec<Step>;

/// A script that sends bytes.
pub fn send(bytes: impl AsRef<[u8]>) -> Script {
    vec![Step::Send(bytes.as_ref().to_vec())]
}

/// A script that answers soundly, with a status, further headers and a body.
pub fn answer(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Script {
    let body = body.as_ref();
    let length = body.len();
    // Said before it is done, lest the next request be sent into a connection that is closing.
    let rest = format!("Connection: close\r\nContent-Length: {length}\r\n\r\n");
    let head = format!("HTTP/1.1 {status}\r\n{headers}{rest}");
    send([head.as_bytes(), body].concat())
}

/// A script that answers with JSON.
pub fn json(body: &str) -> Script {
    answer("200 OK", "Content-Type: application/json\r\n", body)
}

/// A script that sends elsewhere.
pub fn redirect(to: &str) -> Script {
    answer("302 Found", &format!("Location: {to}\r\n"), "moved")
}

/// What a server saw.
#[derive(Debug, Default)]
struct Seen {
    requests: Mutex<Vec<String>>,
    inside: AtomicUsize,
    most: AtomicUsize,
    begun: AtomicUsize,
}

/// The server. It listens until the tests are over.
#[derive(Debug)]
pub struct Server {
    address: String,
    seen: Arc<Seen>,
}

impl Server {
    /// Plays a script to each connection in turn, and the last to all that follow.
    pub fn new(scripts: Vec<Script>) -> Self {
        Self::at(IpAddr::V4(Ipv4Addr::LOCALHOST), scripts)
    }

    /// The same at an address of this machine.
    pub fn at(address: IpAddr, scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind((address, 0)).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Seen::default());
        let for_all = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), seen) = (stream, Arc::clone(&for_all)) else {
                    return;
                };
                let turn = seen.begun.fetch_add(1, Ordering::SeqCst);
                let script = scripts[turn.min(scripts.len() - 1)].clone();
                std::thread::spawn(move || {
                    play(stream, script, &seen);
                });
            }
        });
        Self { address, seen }
    }

    /// A URL of it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Address and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The port.
    pub fn port(&self) -> &str {
        self.address.rsplit(':').next().unwrap()
    }

    /// The requests that it got, head and body.
    pub fn requests(&self) -> Vec<String> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// How many connections it had at once that waited for the last step of their script.
    pub fn most_at_once(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

/// Reads a request and plays a script. The request is left in the line until the end, since closing
/// over unread bytes is what breaks a connection off.
fn play(mut stream: TcpStream, script: Script, seen: &Seen) {
    let request = request_of(&stream);
    let length = request.len();
    if script.len() > 1 {
        let inside = seen.inside.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most.fetch_max(inside, Ordering::SeqCst);
    }
    seen.requests.lock().unwrap().push(request);
    let mut reset = false;
    let last = script.len().saturating_sub(1);
    for (turn, step) in script.into_iter().enumerate() {
        if turn == last && last > 0 {
            // Before the other end sees the end and asks again.
            seen.inside.fetch_sub(1, Ordering::SeqCst);
        }
        let done = match step {
            Step::Send(bytes) => stream.write_all(&bytes).is_ok(),
            Step::Pause(time) => {
                std::thread::sleep(time);
                true
            }
            Step::Reset => {
                reset = true;
                false
            }
            Step::Forever(bytes, time) => {
                while stream.write_all(&bytes).is_ok() {
                    std::thread::sleep(time);
                }
                false
            }
        };
        if !done {
            break;
        }
    }
    if !reset {
        let _rest = stream.read_exact(&mut vec![0; length]);
    }
}

/// The request that lies in the line, when it is whole.
fn request_of(stream: &TcpStream) -> String {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = stream.peek(&mut buffer).unwrap_or(0);
        let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
        let body = text.to_lowercase().lines().find_map(|line| {
            let length = line.strip_prefix("content-length: ")?;
            length.trim().parse::<usize>().ok()
        });
        let whole = text
            .split_once("\r\n\r\n")
            .is_some_and(|(_, rest)| rest.len() >= body.unwrap_or(0));
        // A hello of TLS has no such end.
        if whole || length == 0 || buffer[0] == 0x16 {
            return text;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A clock on which sleeping takes no time, though time passes.
#[derive(Debug)]
pub struct QuickClock {
    beginning: Instant,
    slept: Mutex<Vec<Duration>>,
}

impl QuickClock {
    /// The pauses of a length that only retries have.
    pub fn pauses(&self) -> Vec<Duration> {
        let slept = self.slept.lock().unwrap();
        let long = slept.iter().filter(|time| time.as_millis() >= 100);
        long.copied().collect()
    }
}

impl Clock for QuickClock {
    fn now(&self) -> Version {
        "2026-11-26T12:00:00Z".parse().unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.beginning.elapsed() + self.slept.lock().unwrap().iter().sum()
    }

    fn sleep(&self, time: Duration) {
        self.slept.lock().unwrap().push(time);
    }

    fn chance(&self) -> f64 {
        0.0
    }
}

/// A client with a quick clock, and the clock.
pub struct Asker {
    pub client: Client,
    pub clock: Arc<QuickClock>,
}

impl Asker {
    /// One that asks this machine, with a policy changed for the test.
    pub fn with(change: impl FnOnce(&mut Policy)) -> Self {
        let clock = Arc::new(QuickClock {
            beginning: Instant::now(),
            slept: Mutex::default(),
        });
        let mut policy = Policy::new("https://project.example", clock.clone());
        policy.addresses = Addresses::Any;
        policy.per_second = 1000;
        policy.sent_limit = 200_000;
        policy.body_limit = 500_000;
        change(&mut policy);
        let client = Client::new(policy).unwrap();
        Self { client, clock }
    }

    /// The usual one.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The answer to a request.
    pub fn answer(&self, request: &Request) -> Result<Answer, FetchError> {
        match self.client.get(request)? {
            Outcome::Answer(answer) => Ok(answer),
            Outcome::NotModified { .. } => panic!("nothing was modified"),
        }
    }

    /// What is said of a request that must fail, with the server's address made the same each time.
    pub fn told(&self, server: &Server, request: &Request) -> String {
        let error = self.client.get(request).unwrap_err();
        error.to_string().replace(server.address(), "SERVER")
    }
}
