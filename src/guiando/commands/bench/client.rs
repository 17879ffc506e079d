//! A client that keeps its connections, asks as fast as it is answered, and takes the time of each
//! answer.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::table::Load;

/// Longest time that one answer may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// The same for an answer that comes once, and may have to read all there is.
const LONG: Duration = Duration::from_mins(3);
/// Slowest answer that the histogram tells apart, in microseconds.
const SLOWEST: u64 = 60_000_000;
/// Most requests of one point, whatever the time.
pub(crate) const MOST_REQUESTS: u64 = 1_000_000;
/// Most complaints of one point: about a gigabyte of stored envelopes.
pub(crate) const MOST_COMPLAINTS: u64 = 100_000;

/// Why a measurement was given up.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The connection failed.
    #[error("a connection to intake failed")]
    Connection(#[source] io::Error),
    /// The exchange failed.
    #[error("an exchange with intake failed")]
    Http(#[source] hyper::Error),
    /// No answer came.
    #[error("intake left a request without an answer for {} s", PATIENCE.as_secs())]
    Silent,
    /// Another answer than the one that is measured.
    #[error("intake answered {found} instead of {expected}")]
    Status {
        /// What came.
        found: StatusCode,
        /// What should have come.
        expected: StatusCode,
    },
    /// A complaint with a file was not taken.
    #[error("intake did not take a complaint with a file")]
    NotTaken,
    /// There is no first page.
    #[error("intake did not show its first page")]
    NoFirstPage,
    /// A task of the client broke.
    #[error("a task of the client broke; report this as a fault of the program")]
    Task,
}

/// How many bytes the first page has with its head. It asks for nothing more.
pub(crate) async fn first_page(address: SocketAddr) -> Result<u64, ClientError> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        let ask = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(answer)
    };
    let answer = exchange.await.map_err(ClientError::Connection)?;
    if !answer.starts_with(b"HTTP/1.1 200 ") {
        return Err(ClientError::NoFirstPage);
    }
    Ok(u64::try_from(answer.len()).unwrap_or(u64::MAX))
}

/// What is asked, over and over.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// With bodies, `POST`, one after the other; without, `GET`.
    bodies: Vec<Bytes>,
    path: &'static str,
    expected: StatusCode,
    most: u64,
    /// Of a session.
    cookie: String,
    /// Of the bodies.
    kind: &'static str,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// An answer, read to its end.
pub(crate) struct Answer {
    /// What was set, as it is sent back.
    pub(crate) cookie: Option<String>,
    pub(crate) body: String,
}

/// Asks once, on a connection of its own; a first answer may take long.
pub(crate) async fn exchange(
    address: SocketAddr,
    question: &Question,
) -> Result<Answer, ClientError> {
    let mut sender = connect(address).await?;
    let exchange = async {
        let request = question.request(&address.to_string(), 0);
        let answer = sender.send_request(request).await?;
        let (head, body) = answer.into_parts();
        Ok((head, body.collect().await?.to_bytes()))
    };
    let (head, body) = timeout(LONG, exchange)
        .await
        .map_err(|_| ClientError::Silent)?
        .map_err(ClientError::Http)?;
    if head.status != question.expected {
        return Err(ClientError::Status {
            found: head.status,
            expected: question.expected,
        });
    }
    let cookie = head.headers.get(SET_COOKIE);
    let cookie = cookie.and_then(|cookie| cookie.to_str().ok()?.split(';').next());
    Ok(Answer {
        cookie: cookie.map(str::to_owned),
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}

impl Question {
    /// Signing in at the desk.
    pub(crate) fn sign_in(body: String) -> Self {
        Self {
            bodies: vec![body.into()],
            path: "/api/v1/session",
            expected: StatusCode::CREATED,
            ..Self::empty()
        }
    }

    /// A page of the desk.
    pub(crate) fn page(path: &'static str, cookie: &str) -> Self {
        Self {
            path,
            cookie: cookie.to_owned(),
            ..Self::empty()
        }
    }

    /// A search at the desk.
    pub(crate) fn search(body: String, cookie: &str) -> Self {
        Self {
            bodies: vec![body.into()],
            kind: FORM,
            ..Self::page("/buscar", cookie)
        }
    }

    /// An answer of the server that needs nothing.
    pub(crate) fn empty() -> Self {
        let (path, expected) = ("/health/live", StatusCode::OK);
        Self {
            bodies: Vec::new(),
            path,
            expected,
            most: MOST_REQUESTS,
            cookie: String::new(),
            kind: JSON,
        }
    }

    /// A complaint, accepted when durable.
    pub(crate) fn complaint(body: Vec<u8>) -> Self {
        let (path, expected) = ("/api/v1/complaints", StatusCode::CREATED);
        Self {
            bodies: vec![body.into()],
            path,
            expected,
            most: MOST_COMPLAINTS,
            cookie: String::new(),
            kind: JSON,
        }
    }

    /// Looks into mailboxes that are there.
    pub(crate) fn mailbox(bodies: Vec<Bytes>) -> Self {
        let (path, expected) = ("/api/v1/mailbox", StatusCode::OK);
        Self {
            bodies,
            path,
            expected,
            most: MOST_REQUESTS,
            cookie: String::new(),
            kind: JSON,
        }
    }

    /// The request that comes after `turn` others.
    fn request(&self, host: &str, turn: usize) -> Request<Full<Bytes>> {
        let body = self
            .bodies
            .iter()
            .cycle()
            .nth(turn % self.bodies.len().max(1));
        let (method, body) = match body {
            Some(body) => ("POST", body.clone()),
            None => ("GET", Bytes::new()),
        };
        Request::builder()
            .method(method)
            .uri(self.path)
            .header(HOST, host)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, self.kind)
            .header(COOKIE, &self.cookie)
            .body(Full::new(body))
            .expect("method, path and headers are constants or came from a server, and an address is a host")
    }
}

/// Asks over `connections` connections at once for as long as `span`, after a fifth of it (at most a
/// second) that is not counted.
pub(crate) async fn load(
    address: SocketAddr,
    question: &Question,
    connections: u32,
    span: Duration,
) -> Result<Load, ClientError> {
    let warm = (span / 5).min(Duration::from_secs(1));
    let counted = Arc::new(AtomicU64::new(0));
    let mut clients = JoinSet::new();
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(connect(address).await?);
    }
    let from = Instant::now() + warm;
    let until = from + span;
    for sender in open {
        let (question, counted) = (question.clone(), Arc::clone(&counted));
        let host = address.to_string();
        clients.spawn(async move { ask(sender, &question, &host, from, until, &counted).await });
    }
    let mut times = histogram();
    let mut last = from;
    while let Some(client) = clients.join_next().await {
        let (client, ended) = client.map_err(|_| ClientError::Task)??;
        times
            .add(client)
            .expect("both histograms have the same bounds");
        last = last.max(ended);
    }
    Ok(Load::new(connections, &times, last - from))
}

fn histogram() -> Histogram<u64> {
    Histogram::new_with_max(SLOWEST, 3).expect("the bounds are constants that the crate takes")
}

async fn connect(address: SocketAddr) -> Result<SendRequest<Full<Bytes>>, ClientError> {
    let stream = TcpStream::connect(address)
        .await
        .map_err(ClientError::Connection)?;
    stream.set_nodelay(true).map_err(ClientError::Connection)?;
    let (sender, connection) = handshake(TokioIo::new(stream))
        .await
        .map_err(ClientError::Http)?;
    // It ends with its sender; what breaks it, the sender is told.
    tokio::spawn(connection);
    Ok(sender)
}

/// One connection's share: its times, and when its last counted answer came.
async fn ask(
    mut sender: SendRequest<Full<Bytes>>,
    question: &Question,
    host: &str,
    from: Instant,
    until: Instant,
    counted: &AtomicU64,
) -> Result<(Histogram<u64>, Instant), ClientError> {
    let mut times = histogram();
    let mut last = from;
    let mut turn = 0;
    loop {
        let begun = Instant::now();
        if begun >= until || counted.load(Ordering::Relaxed) >= question.most {
            return Ok((times, last));
        }
        let exchange = async {
            sender.ready().await?;
            let answer = sender.send_request(question.request(host, turn)).await?;
            let status = answer.status();
            answer.into_body().collect().await?;
            Ok(status)
        };
        let found = timeout(PATIENCE, exchange)
            .await
            .map_err(|_| ClientError::Silent)?
            .map_err(ClientError::Http)?;
        if found != question.expected {
            return Err(ClientError::Status {
                found,
                expected: question.expected,
            });
        }
        turn += 1;
        let ended = Instant::now();
        if begun >= from {
            let micros = u64::try_from((ended - begun).as_micros()).unwrap_or(SLOWEST);
            times.saturating_record(micros);
            counted.fetch_add(1, Ordering::Relaxed);
            last = ended;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers every request with `answer`, however it reads.
    async fn server(answer: &'static str) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let mut buffer = [0; 8192];
                    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {
                        if stream.write_all(answer.as_bytes()).await.is_err() {
                            break;
                        }
                    }
                });
            }
        });
        address
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_answer_in_time_is_counted() {
        let address = server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nlive\n").await;
        let load = load(address, &Question::empty(), 3, Duration::from_millis(200))
            .await
            .unwrap();
        assert!(load.answers > 0 && load.per_second > 0.0);
        assert!(load.p50_ms <= load.p99_ms);
        assert_eq!(load.connections, 3);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn another_answer_gives_the_run_up() {
        let busy = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
        let address = server(busy).await;
        let error = load(address, &Question::empty(), 2, Duration::from_millis(200)).await;
        assert!(matches!(error, Err(ClientError::Status { .. })));
    }
}
