//! The HTTP server: bound first, then run until it is asked to stop.

use std::any::Any;
use std::io;
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::rt::net::TcpStream;
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::deposits::Writer;
use crate::listen::ListenAddress;
use crate::shared::{Settings, SetupError, Shared};
use crate::{api, fallback, health, later, legal_calendar, onion, pages, publication, style};

/// Threads that serve; sealing is what costs, and two cores seal more than one store takes.
const WORKERS: usize = 2;
/// Open connections of one worker, half of the 8,192 of the process: idle ones are cut off soon, so
/// a flood of them shuts nobody out, and all of them with their buffers fit into memory.
const CONNECTIONS: usize = 8_192 / WORKERS;
/// Longest time, in milliseconds, that a connection may leave what it was sent unread.
const UNREAD_DEADLINE: u32 = 20_000;
/// Connections that wait to be accepted.
const BACKLOG: u32 = 2_048;
/// Longest time for the head of a request.
const HEAD_DEADLINE: Duration = Duration::from_secs(5);
/// How long a connection may idle between two requests.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long requests may take to finish once the service is asked to stop.
const FAREWELL_SECONDS: u64 = 10;

/// The service, bound to its address.
pub struct Intake {
    server: Server,
    address: ListenAddress,
    writer: Writer,
    shared: Data<Shared>,
}

/// Why the service cannot be bound.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// It cannot be put together.
    #[error(transparent)]
    Setup(#[from] SetupError),
    /// The address is taken or not ours.
    #[error("cannot listen at {address}")]
    Address {
        /// Which address.
        address: ListenAddress,
        /// Why.
        source: io::Error,
    },
}

impl Intake {
    /// Binds the service; port 0 lets the system choose one. Connections wait until [`Self::run`].
    ///
    /// # Errors
    /// See [`BindError`].
    pub fn bind(address: ListenAddress, settings: Settings) -> Result<Self, BindError> {
        let (shared, writer) = Shared::new(settings)?;
        let shared = Data::new(shared);
        let of_workers = shared.clone();
        let server = HttpServer::new(move || {
            App::new()
                .app_data(of_workers.clone())
                .wrap(service::headers::security(style::policy()))
                .wrap(from_fn(onion::tell))
                .wrap(from_fn(later::tell))
                .configure(api::routes)
                .configure(pages::routes)
                .configure(pages::routes_by_language)
                .configure(health::routes)
                .default_service(actix_web::web::to(fallback::no_such_page))
        })
        .workers(WORKERS)
        .worker_max_blocking_threads(1)
        .max_connections(CONNECTIONS)
        .backlog(BACKLOG)
        .client_request_timeout(HEAD_DEADLINE)
        .keep_alive(KEEP_ALIVE)
        .on_connect(|connection, _| expect_a_reader(connection))
        .shutdown_timeout(FAREWELL_SECONDS)
        .disable_signals()
        .bind(address.socket())
        .map_err(|source| BindError::Address { address, source })?;
        let bound = server
            .addrs()
            .first()
            .copied()
            .map_or(address, ListenAddress::from_socket);
        Ok(Self {
            server: server.run(),
            address: bound,
            writer,
            shared,
        })
    }

    /// What the handlers work with.
    #[cfg(test)]
    pub(crate) fn shared(&self) -> Data<Shared> {
        self.shared.clone()
    }

    /// Where it listens.
    pub fn address(&self) -> ListenAddress {
        self.address
    }

    /// Serves until `stop` resolves; then lets requests that have begun finish, and writes every
    /// deposit that waits.
    ///
    /// # Errors
    /// When the server breaks or `stop` does.
    pub async fn run(self, stop: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        let Self {
            mut server,
            writer,
            shared,
            ..
        } = self;
        shared.begin_calendar().await;
        let reader = actix_web::rt::spawn(legal_calendar::keep_up(shared.clone()));
        let publisher = actix_web::rt::spawn(publication::publish(shared));
        let outcome = tokio::select! {
            outcome = &mut server => outcome,
            asked = stop => {
                let handle = server.handle();
                let ((), outcome) = tokio::join!(handle.stop(true), &mut server);
                asked.and(outcome)
            }
        };
        // What it was about to publish is published at the next start.
        publisher.abort();
        reader.abort();
        writer.finish().await;
        outcome
    }
}

/// Has the system give a connection up whose other end takes nothing: actix has no deadline for
/// answers, and its one for hanging up begins only when everything was written.
fn expect_a_reader(connection: &dyn Any) {
    let Some(stream) = connection.downcast_ref::<TcpStream>() else {
        return;
    };
    if let Err(error) = rustix::net::sockopt::set_tcp_user_timeout(stream, UNREAD_DEADLINE) {
        tracing::debug!(cause = %error, "a connection has no deadline for its answer");
    }
}

impl std::fmt::Debug for Intake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Intake({})", self.address)
    }
}

#[cfg(test)]
mod tests {
    use actix_web::rt::net::TcpListener;

    use super::*;

    #[actix_web::test]
    async fn an_accepted_connection_is_given_up_when_nobody_reads() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap());
        let (_client, accepted) = tokio::join!(client, listener.accept());
        let (stream, _) = accepted.unwrap();
        expect_a_reader(&stream);
        assert_eq!(
            rustix::net::sockopt::tcp_user_timeout(&stream),
            Ok(UNREAD_DEADLINE)
        );
    }
}
