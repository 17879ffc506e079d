//! Handing a message over to a mail server.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use lettre::address::Envelope;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters, TlsVersion};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use url::{Host, Url};

use crate::address::MailAddress;
use crate::message::Written;

/// How long the server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a message may take in all; shorter than a [delivery](crate::delivery) stays in one pair of hands.
const WHOLE: Duration = Duration::from_mins(5);

/// Address of a mail server: `smtp://[USER:PASSWORD@]HOST[:PORT]`, where the connection must become a TLS one
/// (STARTTLS) before anything is said, or `smtps://…`, where it is one from the start. On the loopback alone
/// `smtp://` stays in clear, unless `?tls=required` is added. `Debug` shows neither user nor password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    url: Url,
    host: String,
    encryption: Encryption,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    None,
    StartTls,
    FromTheStart,
}

/// A text that is no address of a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a mail server's URL reads smtp://[USER:PASSWORD@]HOST[:PORT] or smtps://…")]
pub struct NotAnSmtpUrl;

/// Why nothing can be sent at all.
#[derive(Debug, thiserror::Error)]
#[error("the mail server cannot be used")]
pub struct NoTransport(#[source] SmtpError);

/// Why a message was not taken; none of it holds what the server said, which may name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// There is no connection, or it broke; the server may have taken the message all the same.
    #[error("no connection")]
    Connection,
    /// The connection is not as safe as it must be.
    #[error("no safe connection")]
    Tls,
    /// It took too long; the server may have taken the message all the same.
    #[error("time is up")]
    Time,
    /// The server asks to come back.
    #[error("the server asks to come back")]
    Deferred,
    /// The server does not take it.
    #[error("the server does not take it")]
    Refused,
    /// What the server says is no SMTP, or breaks off; it may have taken the message all the same.
    #[error("not understood")]
    Protocol,
}

/// Where messages go.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one message over to one address: when it returns `Ok`, the server is answerable for it.
    ///
    /// # Errors
    /// See [`NotTaken`].
    async fn hand_over(&self, to: &MailAddress, message: &Written) -> Result<(), NotTaken>;
}

/// A mail server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: MailAddress,
}

impl SmtpUrl {
    /// Whether what is said there is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.encryption != Encryption::None
    }
}

impl FromStr for SmtpUrl {
    type Err = NotAnSmtpUrl;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut url = Url::parse(text).map_err(|_| NotAnSmtpUrl)?;
        let (host, is_loopback) = match url.host().ok_or(NotAnSmtpUrl)? {
            // Not a special scheme for URLs, so addresses come as names.
            Host::Domain(name) => {
                let address = name.parse::<IpAddr>();
                let near = address.is_ok_and(|address| address.is_loopback());
                (
                    name.to_owned(),
                    near || name.eq_ignore_ascii_case("localhost"),
                )
            }
            Host::Ipv4(address) => (address.to_string(), address.is_loopback()),
            Host::Ipv6(address) => (address.to_string(), address.is_loopback()),
        };
        let required = match url.query() {
            None => false,
            Some("tls=required") => true,
            Some(_) => return Err(NotAnSmtpUrl),
        };
        let encryption = match url.scheme() {
            "smtps" => Encryption::FromTheStart,
            "smtp" if is_loopback && !required => Encryption::None,
            "smtp" => Encryption::StartTls,
            _ => return Err(NotAnSmtpUrl),
        };
        if host.is_empty() || !["", "/"].contains(&url.path()) || url.fragment().is_some() {
            return Err(NotAnSmtpUrl);
        }
        url.set_query(None);
        url.set_path("");
        Ok(Self {
            url,
            host,
            encryption,
        })
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({}://{}…)", self.url.scheme(), self.host)
    }
}

impl Smtp {
    /// To this server, in the name of this address; `root` is a certificate (PEM) that is trusted besides
    /// the public ones.
    ///
    /// # Errors
    /// See [`NoTransport`].
    pub fn new(url: &SmtpUrl, from: MailAddress, root: Option<&[u8]>) -> Result<Self, NoTransport> {
        let tls = match url.encryption {
            Encryption::None => Tls::None,
            Encryption::StartTls => Tls::Required(url.tls(root)?),
            Encryption::FromTheStart => Tls::Wrapper(url.tls(root)?),
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.url.as_str());
        let transport = builder
            .map_err(NoTransport)?
            .tls(tls)
            .timeout(Some(PATIENCE))
            .hello_name(ClientId::Domain(from.domain().to_owned()))
            .build();
        Ok(Self { transport, from })
    }
}

impl SmtpUrl {
    fn tls(&self, root: Option<&[u8]>) -> Result<TlsParameters, NoTransport> {
        let mut tls =
            TlsParameters::builder(self.host.clone()).set_min_tls_version(TlsVersion::Tlsv12);
        if let Some(root) = root {
            let certificate = Certificate::from_pem(root).map_err(NoTransport)?;
            tls = tls.add_root_certificate(certificate);
        }
        tls.build_rustls().map_err(NoTransport)
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn hand_over(&self, to: &MailAddress, message: &Written) -> Result<(), NotTaken> {
        let from = self.from.address().clone();
        let envelope = Envelope::new(Some(from), vec![to.address().clone()])
            .expect("an envelope with an address is one");
        let sent = self.transport.send_raw(&envelope, message.bytes());
        match tokio::time::timeout(WHOLE, sent).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(NotTaken::of(&error)),
            Err(_) => Err(NotTaken::Time),
        }
    }
}

impl NotTaken {
    /// Whether the server itself answers for other messages too, or only for this one.
    pub fn is_of_the_server(self) -> bool {
        match self {
            Self::Connection | Self::Tls | Self::Time | Self::Protocol => true,
            Self::Deferred | Self::Refused => false,
        }
    }

    fn of(error: &SmtpError) -> Self {
        if error.is_timeout() {
            Self::Time
        } else if error.is_transient() {
            Self::Deferred
        } else if error.is_permanent() {
            Self::Refused
        } else if error.is_tls() {
            Self::Tls
        } else if error.is_response() || error.is_client() {
            Self::Protocol
        } else {
            Self::Connection
        }
    }
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Smtp").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
