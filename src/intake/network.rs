//! Whether somebody seems to come from the Institute's own network, so that a page can warn them.
//!
//! The one module that may see an address. It compares it with the networks of the configuration and
//! gives a yes or a no for the answer at hand; nothing is kept, counted or logged. Without
//! `--institution-networks` it does not look at all.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the one place where an address is looked at: to warn the very person who comes"
)]

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use actix_web::HttpRequest;
use actix_web::http::header::X_FORWARDED_FOR;
use ipnet::IpNet;

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
        let Some(peer) = request.peer_addr() else {
            return false;
        };
        let lines = request.headers().get_all(X_FORWARDED_FOR);
        let forwarded: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        self.is_from_inside(peer.ip(), &forwarded)
    }

    /// Goes back from the peer, over our own proxies, to the first address that is not one of them.
    fn is_from_inside(&self, peer: IpAddr, forwarded: &[&str]) -> bool {
        let mut from = peer.to_canonical();
        for said in forwarded.iter().rev() {
            if !contains(&self.forwarded_by, from) {
                break;
            }
            let Some(address) = address(said) else {
                return false;
            };
            from = address.to_canonical();
        }
        contains(&self.institution, from)
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
                networks.is_from_inside(peer.parse().unwrap(), forwarded),
                inside,
                "{peer} {forwarded:?}"
            );
        }
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in ["", "10.0.0.0/33", "10.0.0", "intranet", "10.0.0.0/8,"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
        assert_eq!("10.0.0.1".parse::<Network>(), "10.0.0.1/32".parse());
    }
}
