//! Asking a service over the wire whether it is ready.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::ServiceError;

/// How long a service may take to start. Opening the identity takes a second, a schema less.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long one answer may take.
const ANSWER: Duration = Duration::from_secs(2);
/// Pause between two questions.
const PAUSE: Duration = Duration::from_millis(50);

const REQUEST: &[u8] =
    b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
const READY: &[u8; 12] = b"HTTP/1.1 200";

/// Resolves when the service `name` at `address` says that it is ready. Whether it ends instead is
/// for [`Service::ended`](super::Service::ended) to tell.
///
/// # Errors
/// When it says nothing for too long.
pub(crate) async fn ready(name: &'static str, address: SocketAddr) -> Result<(), ServiceError> {
    timeout(PATIENCE, asked(reachable(address)))
        .await
        .map_err(|_| ServiceError::Silent { name })
}

async fn asked(address: SocketAddr) {
    while !timeout(ANSWER, says_ready(address))
        .await
        .is_ok_and(|said| said.unwrap_or(false))
    {
        sleep(PAUSE).await;
    }
}

async fn says_ready(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(REQUEST).await?;
    let mut head = [0; READY.len()];
    stream.read_exact(&mut head).await?;
    Ok(&head == READY)
}

/// Where a service that listens at `address` can be reached from here.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let host = match address.ip() {
        IpAddr::V4(_) => IpAddr::from(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::from(Ipv6Addr::LOCALHOST),
    };
    SocketAddr::new(host, address.port())
}

/// Finds out whether an address is free, and which port the system gives for port 0.
///
/// Somebody may take it before the service does; then the service says so itself.
pub(crate) fn free(address: SocketAddr) -> io::Result<SocketAddr> {
    TcpListener::bind(address)?.local_addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_listens_everywhere_is_reached_over_loopback() {
        let reached = |text: &str| reachable(text.parse().unwrap()).to_string();
        assert_eq!(reached("0.0.0.0:8080"), "127.0.0.1:8080");
        assert_eq!(reached("[::]:8080"), "[::1]:8080");
        assert_eq!(reached("192.0.2.1:8080"), "192.0.2.1:8080");
    }

    #[test]
    fn a_taken_address_is_not_free() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = free(taken.local_addr().unwrap()).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
        assert_ne!(free("127.0.0.1:0".parse().unwrap()).unwrap().port(), 0);
    }
}
