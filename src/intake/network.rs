//! Where a request seems to come from: to warn those who come through the Institute's own network, and
//! to tell one source of a flood from everybody else.
//!
//! The one module that may see an address. What it gives is a yes or a no for the answer at hand, and a
//! [`Mark`] under a key that `crate::abuse` forgets within the hour, and `crate::evidence` once the
//! uploads that were on their way are over. The address itself is not kept or logged anywhere. With
//! `--abuse-limits off` and without `--institution-networks` it does not look at all.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place where an address is looked at: to warn who comes, and against floods"
)]

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::header::X_FORWARDED_FOR;
use ipnet::IpNet;
use ring::hmac;

/// A network in CIDR notation, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpNet);

/// A text that is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a network reads 192.0.2.0/24 or 2001:db8::/32, an address without the slash")]
pub struct NotANetwork;

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let text = text.trim();
        let network = text.parse::<IpNet>();
        let network = network.or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.map(Self).map_err(|_| NotANetwork)
    }
}

/// What the configuration says about networks.
#[derive(Debug, Clone, Default)]
pub struct Networks {
    /// Those of the Institute.
    pub institution: Vec<Network>,
    /// Our own proxies: what they say about where a request came from counts, and nobody else's word.
    pub forwarded_by: Vec<Network>,
}

impl Networks {
    /// Whether a request seems to come from the Institute's network.
    pub(crate) fn is_inside(&self, request: &HttpRequest) -> bool {
        if self.institution.is_empty() {
            return false;
        }
        let from = self.origin(request);
        from.is_some_and(|from| contains(&self.institution, from))
    }

    /// A mark of where a request came from, under this key. None for those who look like many others:
    /// through Tor or a proxy that does not tell, and from the Institute's network.
    pub(crate) fn mark(&self, request: &HttpRequest, key: &hmac::Key) -> Option<Mark> {
        let from = self.origin(request)?;
        let is_shared = from.is_loopback()
            || contains(&self.institution, from)
            || contains(&self.forwarded_by, from);
        (!is_shared).then(|| match from {
            IpAddr::V4(from) => Mark::new(&from.octets(), key),
            // One household or one rented machine has all that lies below 64 bits.
            IpAddr::V6(from) => Mark::new(&from.octets()[..8], key),
        })
    }

    fn origin(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?;
        let lines = request.headers().get_all(X_FORWARDED_FOR);
        let forwarded: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        self.behind_proxies(peer.ip(), &forwarded)
    }

    /// Goes back from the peer, over our own proxies, to the first address that is not one of them.
    fn behind_proxies(&self, peer: IpAddr, forwarded: &[&str]) -> Option<IpAddr> {
        let mut from = peer.to_canonical();
        for said in forwarded.iter().rev() {
            if !contains(&self.forwarded_by, from) {
                break;
            }
            from = address(said)?.to_canonical();
        }
        Some(from)
    }
}

/// What stands for a source while a flood is looked for; without the key, which is never stored, it
/// tells nothing.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Mark([u8; 16]);

impl Mark {
    pub(crate) fn new(octets: &[u8], key: &hmac::Key) -> Self {
        let tag = hmac::sign(key, octets);
        let (mark, _) = tag.as_ref().split_first_chunk().expect("32 bytes");
        Self(*mark)
    }
}

impl std::fmt::Debug for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mark(…)")
    }
}

fn contains(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.0.contains(&address))
}

/// An entry of `X-Forwarded-For`: an address, perhaps with brackets and a port.
fn address(said: &str) -> Option<IpAddr> {
    let said = said.trim();
    let bare = said
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(said)
        .parse()
        .or_else(|_| said.parse::<SocketAddr>().map(|socket| socket.ip()))
        .ok()
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn networks(texts: &[&str]) -> Vec<Network> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn only_the_word_of_our_own_proxies_counts() {
        let networks = Networks {
            institution: networks(&["10.0.0.0/8", "2001:db8:5::/48"]),
            forwarded_by: networks(&["127.0.0.1", "192.0.2.0/24"]),
        };
        for (peer, forwarded, inside) in [
            ("10.1.2.3", &[][..], true),
            ("198.51.100.7", &[], false),
            ("::ffff:10.1.2.3", &[], true),
            ("2001:db8:5::9", &[], true),
            // A stranger's word does not count, whatever it says.
            ("198.51.100.7", &["10.1.2.3"], false),
            ("10.1.2.3", &["198.51.100.7"], true),
            ("127.0.0.1", &["10.1.2.3"], true),
            ("127.0.0.1", &["198.51.100.7"], false),
            // What the visitor claimed stands before what the proxy has seen.
            ("127.0.0.1", &["10.1.2.3", " 198.51.100.7"], false),
            ("127.0.0.1", &["198.51.100.7", "10.1.2.3"], true),
            ("127.0.0.1", &["10.1.2.3", "192.0.2.9"], true),
            ("127.0.0.1", &["10.1.2.3:4711"], true),
            ("127.0.0.1", &["[2001:db8:5::1]:443"], true),
            ("127.0.0.1", &["[2001:db8:5::1]"], true),
            ("127.0.0.1", &["unknown"], false),
            ("127.0.0.1", &[""], false),
            ("127.0.0.1", &[], false),
        ] {
            assert_eq!(
                networks
                    .behind_proxies(peer.parse().unwrap(), forwarded)
                    .is_some_and(|from| contains(&networks.institution, from)),
                inside,
                "{peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn a_mark_tells_sources_apart_under_its_key_alone() {
        let key = |byte| hmac::Key::new(hmac::HMAC_SHA256, &[byte; 32]);
        let mark = Mark::new(&[198, 51, 100, 7], &key(1));
        assert_eq!(mark, Mark::new(&[198, 51, 100, 7], &key(1)));
        assert_ne!(mark, Mark::new(&[198, 51, 100, 8], &key(1)));
        assert_ne!(mark, Mark::new(&[198, 51, 100, 7], &key(2)));
        assert_eq!(format!("{mark:?}"), "Mark(…)");
    }

    #[test]
    fn those_who_look_like_many_others_have_no_mark() {
        let networks = Networks {
            institution: networks(&["10.0.0.0/8"]),
            forwarded_by: networks(&["127.0.0.1", "192.0.2.0/24"]),
        };
        let key = hmac::Key::new(hmac::HMAC_SHA256, &[1; 32]);
        let mark = |peer: &str, said: &str| {
            let request = TestRequest::default()
                .peer_addr(SocketAddr::new(peer.parse().unwrap(), 1))
                .insert_header((X_FORWARDED_FOR, said))
                .to_http_request();
            networks.mark(&request, &key)
        };
        for (peer, said) in [
            ("127.0.0.1", "127.0.0.1"),
            ("127.0.0.1", "unknown"),
            ("127.0.0.1", "10.1.2.3"),
            ("127.0.0.1", "192.0.2.1"),
            ("::1", ""),
            ("10.1.2.3", ""),
        ] {
            assert_eq!(mark(peer, said), None, "{peer} {said}");
        }
        assert!(mark("198.51.100.7", "").is_some());
        assert_eq!(
            mark("198.51.100.7", "203.0.113.1"),
            mark("127.0.0.1", "198.51.100.7")
        );
        assert_eq!(mark("2001:db8::1", ""), mark("2001:db8::2:3", ""));
        assert_ne!(mark("2001:db8::1", ""), mark("2001:db8:0:1::1", ""));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "10.0.0", "intranet", "10.0.0.0/8,"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
        assert_eq!("10.0.0.1".parse::<Network>(), "10.0.0.1/32".parse());
    }
}
