//! Where the service itself listens: the one network address that this crate knows.

use std::fmt;
use std::str::FromStr;

#[expect(
    clippy::disallowed_types,
    reason = "our own address, and nobody else's"
)]
type OwnAddress = std::net::SocketAddr;

/// An address to listen at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListenAddress(OwnAddress);

/// A text that is not an address to listen at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an address reads IP:PORT, such as 127.0.0.1:8080")]
pub struct NotAnAddress;

impl ListenAddress {
    /// A port of this machine alone that the system chooses; for tests.
    #[cfg(test)]
    pub(crate) fn any_local() -> Self {
        "127.0.0.1:0".parse().expect("an address")
    }

    pub(crate) fn socket(self) -> OwnAddress {
        self.0
    }

    pub(crate) fn from_socket(address: OwnAddress) -> Self {
        Self(address)
    }
}

impl FromStr for ListenAddress {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        text.parse().map(Self).map_err(|_| NotAnAddress)
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
