//! How the client behaves.

use std::sync::Arc;
use std::time::Duration;

use super::address::Addresses;
use super::clock::Clock;

/// Where a source can read who asks it.
pub const PROJECT_URL: &str = "https://github.com/humstat/humstat";

/// How the client behaves towards sources, and what it puts up with.
#[derive(Debug, Clone)]
pub struct Policy {
    /// How it names itself.
    pub user_agent: String,
    /// How many requests may be with a host at a time.
    pub at_once: usize,
    /// How many requests may begin at a host in a second.
    pub per_second: u32,
    /// How long a connection may take.
    pub connect_limit: Duration,
    /// How long the answer may take to begin, and each of its pieces to come.
    pub read_limit: Duration,
    /// How long one try may take altogether, against sources that send a byte now and then.
    pub total_limit: Duration,
    /// How many bytes may be sent as a body.
    pub sent_limit: u64,
    /// How many bytes a body may be when it is unpacked.
    pub body_limit: u64,
    /// How often a request is tried, the first time included.
    pub tries: u32,
    /// How many redirects are followed.
    pub redirects: usize,
    /// The wait before the second try; it doubles from try to try.
    pub first_pause: Duration,
    /// The longest wait of the client's own choice.
    pub longest_pause: Duration,
    /// The longest wait that a source may ask for; when it asks for more, the user is told.
    pub patience: Duration,
    /// Which addresses may be asked.
    pub addresses: Addresses,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
}

impl Policy {
    /// The policy towards real sources.
    pub fn new(project_url: &str, clock: Arc<dyn Clock>) -> Self {
        const MEBIBYTE: u64 = 1024 * 1024;
        Self {
            user_agent: format!("humstat/{} (+{project_url})", env!("CARGO_PKG_VERSION")),
            at_once: 2,
            per_second: 4,
            connect_limit: Duration::from_secs(10),
            read_limit: Duration::from_secs(60),
            total_limit: Duration::from_secs(15 * 60),
            sent_limit: 256 * MEBIBYTE,
            body_limit: 512 * MEBIBYTE,
            tries: 5,
            redirects: 5,
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(30),
            patience: Duration::from_secs(120),
            addresses: Addresses::Public,
            clock,
        }
    }
}
