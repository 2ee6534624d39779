//! Which addresses may be asked.
//!
//! A source, or whoever took over its name, could send the client to the machine it runs on or to
//! its network: to a router, a database, the metadata service of a cloud. Sources are on the public
//! network, so no other is needed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which addresses may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addresses {
    /// Those of the public network alone.
    Public,
    /// Those of the public network, and these: a mirror in an own network.
    PublicAnd(Vec<IpAddr>),
    /// All, also the machine's own: for tests.
    Any,
}

impl Addresses {
    /// Why an address may not be asked; none when it may.
    pub(super) fn refusal(&self, address: IpAddr) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::PublicAnd(known) if known.contains(&address) => None,
            Self::Public | Self::PublicAnd(_) => match address {
                IpAddr::V4(address) => not_public_v4(address),
                IpAddr::V6(address) => not_public_v6(address),
            },
        }
    }

    /// The same for the host of a URL, when that is an address and not a name.
    pub(super) fn refusal_of_host(&self, host: &str) -> Option<(IpAddr, &'static str)> {
        let address = address_of(host)?;
        Some((address, self.refusal(address)?))
    }

    /// Whether the way to a host needs no encryption: it lies within an own network.
    pub(super) fn trusts(&self, host: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Public => false,
            Self::PublicAnd(known) => address_of(host).is_some_and(|host| known.contains(&host)),
        }
    }
}

/// The host of a URL as an address, when it is one.
fn address_of(host: &str) -> Option<IpAddr> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok()
}

/// What an address of version 4 is, when it is not of the public network.
fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let [first, second, third, _] = address.octets();
    Some(match (first, second, third) {
        (0, ..) => "an address of no machine",
        (127, ..) => "this machine itself",
        (10, ..) | (172, 16..=31, _) | (192, 168, _) => "in a private network",
        (100, 64..=127, _) => "in a provider's inner network",
        (169, 254, _) => "of the local link",
        (192, 0, 0) => "reserved for protocols",
        (192, 0, 2) | (198, 51, 100) | (203, 0, 113) => "reserved for documentation",
        (192, 88, 99) => "of a relay that is no longer",
        (198, 18..=19, _) => "reserved for measurements",
        (224..=239, ..) => "for many machines at once",
        (240.., ..) => "reserved",
        _ => return None,
    })
}

/// What an address of version 6 is, when it is not of the public network. One that carries an
/// address of version 4 is what that one is.
fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    let parts = address.segments();
    let carried = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        not_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    Some(match parts {
        [0, 0, 0, 0, 0, 0, 0, 0] => "an address of no machine",
        [0, 0, 0, 0, 0, 0, 0, 1] => "this machine itself",
        [0, 0, 0, 0, 0, 0xffff, high, low] => return carried(high, low),
        // How networks without version 4 reach it.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => return carried(high, low),
        [0x2002, high, low, ..] => return carried(high, low),
        [0xfc00..=0xfdff, ..] => "in a private network",
        [0xfe80..=0xfebf, ..] => "of the local link",
        [0xfec0..=0xfeff, ..] => "in a private network",
        [0xff00..=0xffff, ..] => "for many machines at once",
        [0x2001, 0xdb8, ..] | [0x3fff, 0..=0x0fff, ..] => "reserved for documentation",
        [0x2001, 0..=0x01ff, ..] => "reserved for protocols",
        [0x2000..=0x3fff, ..] => return None,
        _ => "reserved",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> bool {
        Addresses::Public
            .refusal(address.parse().unwrap())
            .is_some()
    }

    #[test]
    fn what_is_not_public_is_refused() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.8.9.10",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(refused(address), "{address}");
        }
    }

    #[test]
    fn what_is_public_is_asked() {
        for address in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            assert!(!refused(address), "{address}");
        }
    }

    #[test]
    fn an_own_mirror_is_asked_when_it_is_named_and_no_other() {
        let mirror: IpAddr = "10.1.1.1".parse().unwrap();
        let addresses = Addresses::PublicAnd(vec![mirror]);
        assert_eq!(addresses.refusal(mirror), None);
        assert!(addresses.refusal("10.1.1.2".parse().unwrap()).is_some());
    }

    #[test]
    fn every_spelling_of_an_address_in_a_url_is_read() {
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
        ] {
            let url = reqwest::Url::parse(url).unwrap();
            let host = url.host_str().unwrap();
            assert!(Addresses::Public.refusal_of_host(host).is_some(), "{url}");
        }
        assert_eq!(Addresses::Public.refusal_of_host("api.unhcr.org"), None);
    }
}
