//! From a name to the addresses that may be asked.
//!
//! The connection is made to the very addresses that were checked here, so that a name which means
//! another address a moment later gains nothing.

use std::fmt;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs as _};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::sync::oneshot;

use super::address::Addresses;

/// Resolves names as the machine does, and refuses addresses that may not be asked.
#[derive(Debug)]
pub(super) struct Resolver {
    addresses: Addresses,
}

impl Resolver {
    /// A resolver that allows these.
    pub(super) const fn new(addresses: Addresses) -> Self {
        Self { addresses }
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.addresses.clone();
        let (sender, receiver) = oneshot::channel();
        // A thread of its own: a name server that does not answer would else hold up all other
        // requests, and the end of the program.
        let started = std::thread::Builder::new().spawn(move || {
            let found = look_up(name.as_str()).and_then(|found| checked(&allowed, found));
            // Nobody waits any more when the time limit has passed.
            drop(sender.send(found));
        });
        Box::pin(async move {
            started?;
            let addresses: Addrs = Box::new(receiver.await??.into_iter());
            Ok(addresses)
        })
    }
}

/// Why a name leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NameFault {
    /// It has no address.
    Unknown(String),
    /// It has one that may not be asked.
    Refused(IpAddr, &'static str),
}

impl fmt::Display for NameFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(reason) => f.write_str(reason),
            Self::Refused(address, what) => write!(f, "{address} is {what}"),
        }
    }
}

impl std::error::Error for NameFault {}

/// All addresses of a name.
fn look_up(name: &str) -> Result<Vec<SocketAddr>, NameFault> {
    // Port 0 stands for that of the URL.
    let found = (name, 0).to_socket_addrs();
    let found: Vec<_> = found
        .map_err(|error| NameFault::Unknown(error.to_string()))?
        .collect();
    if found.is_empty() {
        return Err(NameFault::Unknown("it has no address".to_owned()));
    }
    Ok(found)
}

/// The addresses, if each of them may be asked. A name of the public network has no others.
fn checked(allowed: &Addresses, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, NameFault> {
    for address in &found {
        if let Some(what) = allowed.refusal(address.ip()) {
            return Err(NameFault::Refused(address.ip(), what));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_inner_address_among_public_ones_is_enough_to_refuse() {
        let found = |texts: &[&str]| -> Vec<SocketAddr> {
            texts.iter().map(|text| text.parse().unwrap()).collect()
        };
        let public = found(&["1.1.1.1:0", "[2606:4700::1111]:0"]);
        assert_eq!(checked(&Addresses::Public, public.clone()), Ok(public));
        let mixed = found(&["1.1.1.1:0", "169.254.169.254:0"]);
        assert_eq!(
            checked(&Addresses::Public, mixed),
            Err(NameFault::Refused(
                "169.254.169.254".parse().unwrap(),
                "of the local link"
            ))
        );
    }
}
