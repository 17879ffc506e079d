//! Messages to a real mail server: aiosmtpd, of Debian.

use std::io::{BufRead as _, BufReader, Lines};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use domain::committee::MemberId;
use tempfile::TempDir;

use super::*;
use crate::message::{Sender, Words};
use crate::slot::Slots;

/// Debian's own, for which the package is.
const PYTHON: &str = "/usr/bin/python3";

struct Server {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl Server {
    fn start(mode: &str, certificate: Option<&Certificate>) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/smtp/server.py");
        let mut command = Command::new(PYTHON);
        command.args([script, mode]);
        if let Some(certificate) = certificate {
            command.args([&certificate.chain, &certificate.key]);
        }
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines
            .next()
            .expect("python3-aiosmtpd is installed")
            .unwrap();
        Self {
            child,
            lines,
            port: port.parse().unwrap(),
        }
    }

    /// What it took next.
    fn took(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.lines.next().unwrap().unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    pem: String,
    _folder: TempDir,
}

impl Certificate {
    fn of(name: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let file = |file: &str, text: &str| {
            let path = folder.path().join(file);
            std::fs::write(&path, text).unwrap();
            path
        };
        let pem = made.cert.pem();
        Self {
            chain: file("certificate.pem", &pem),
            key: file("key.pem", &made.signing_key.serialize_pem()),
            pem,
            _folder: folder,
        }
    }
}

fn address(text: &str) -> MailAddress {
    text.parse().unwrap()
}

fn message() -> Written {
    let sender = Sender {
        from: address("avisos@comite.example.mx"),
        words: Words {
            subject: "Aviso".to_owned(),
            // A line that is only a dot ends a message where nobody doubles it.
            text: "Primera línea.\n.\nÚltima línea.\n".to_owned(),
        },
    };
    let slot = Slots::every(Duration::from_hours(1)).at("2026-03-04T16:00:00Z".parse().unwrap());
    let to = address("ana@example.mx");
    sender.plain(slot, MemberId([7; 16]), &to).unwrap()
}

async fn send(url: &str, root: Option<&str>) -> Result<(), NotTaken> {
    let from = address("avisos@comite.example.mx");
    let smtp = Smtp::new(&url.parse().unwrap(), from, root.map(str::as_bytes)).unwrap();
    smtp.hand_over(&address("ana@example.mx"), &message()).await
}

fn assert_took(server: &mut Server, encrypted: bool) {
    let took = server.took();
    assert_eq!(took["to"], serde_json::json!(["ana@example.mx"]));
    assert_eq!(took["from"], "avisos@comite.example.mx");
    assert_eq!(took["helo"], "comite.example.mx", "not the machine's name");
    assert_eq!(took["encrypted"], encrypted);
    let came = took["message"].as_str().unwrap();
    let sent = message();
    // The client ends the message with one more line.
    assert_eq!(
        came.trim_end(),
        str::from_utf8(sent.bytes()).unwrap().trim_end()
    );
}

#[tokio::test]
async fn a_server_on_the_loopback_takes_a_message_in_clear() {
    let mut server = Server::start("take", None);
    send(&format!("smtp://127.0.0.1:{}", server.port), None)
        .await
        .unwrap();
    assert_took(&mut server, false);
}

#[tokio::test]
async fn a_connection_becomes_a_safe_one_before_anything_is_said() {
    let certificate = Certificate::of("localhost");
    let mut server = Server::start("starttls", Some(&certificate));
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    assert_eq!(
        send(&url, None).await,
        Err(NotTaken::Connection),
        "a stranger's certificate"
    );
    send(&url, Some(&certificate.pem)).await.unwrap();
    assert_took(&mut server, true);

    let mut server = Server::start("smtps", Some(&certificate));
    let url = format!("smtps://localhost:{}", server.port);
    send(&url, Some(&certificate.pem)).await.unwrap();
    assert_took(&mut server, true);
}

#[tokio::test]
async fn a_certificate_for_another_name_or_no_safe_connection_at_all_gets_nothing() {
    let certificate = Certificate::of("correo.example.mx");
    let server = Server::start("starttls", Some(&certificate));
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    let refused = send(&url, Some(&certificate.pem)).await;
    assert_eq!(refused, Err(NotTaken::Connection));

    let server = Server::start("take", None);
    let url = format!("smtp://localhost:{}?tls=required", server.port);
    assert_eq!(send(&url, None).await, Err(NotTaken::Protocol));
}

#[tokio::test]
async fn each_way_not_to_take_a_message_is_told() {
    for (mode, refused) in [("refuse", NotTaken::Refused), ("defer", NotTaken::Deferred)] {
        let server = Server::start(mode, None);
        let url = format!("smtp://127.0.0.1:{}", server.port);
        assert_eq!(send(&url, None).await, Err(refused), "{mode}");
    }
    for mode in ["die", "lose"] {
        let server = Server::start(mode, None);
        let broken = send(&format!("smtp://127.0.0.1:{}", server.port), None).await;
        assert!(broken.unwrap_err().is_of_the_server(), "{mode}");
    }
    // Nobody listens there any more.
    let port = TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap();
    let dead = send(&format!("smtp://{port}"), None).await;
    assert_eq!(dead, Err(NotTaken::Connection));
}

#[test]
fn only_the_loopback_is_spoken_to_in_clear() {
    for (text, encryption) in [
        ("smtp://127.0.0.1:2525", Encryption::None),
        ("smtp://localhost", Encryption::None),
        ("smtp://[::1]:25", Encryption::None),
        ("smtp://localhost:2525?tls=required", Encryption::StartTls),
        ("smtp://correo.example.mx", Encryption::StartTls),
        ("smtp://localhost.example.mx", Encryption::StartTls),
        ("smtp://10.0.0.7:25", Encryption::StartTls),
        (
            "smtps://ana:p%40ss@correo.example.mx:465",
            Encryption::FromTheStart,
        ),
        ("smtps://localhost/", Encryption::FromTheStart),
    ] {
        let url: SmtpUrl = text.parse().unwrap();
        assert_eq!(url.encryption, encryption, "{text}");
        assert!(!format!("{url:?}").contains("p%40ss"));
    }
    for bad in [
        "",
        "correo.example.mx",
        "http://correo.example.mx",
        "smtp://",
        "smtp:correo.example.mx",
        "smtp://correo.example.mx?tls=opportunistic",
        "smtp://correo.example.mx?tls=none",
        "smtp://correo.example.mx/this-machine",
    ] {
        assert_eq!(bad.parse::<SmtpUrl>(), Err(NotAnSmtpUrl), "{bad}");
    }
}
