//! How fast evidence comes in, against the same chunks written straight to the same store.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::date;
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::evidence::FileSealer;
use sealing::{FileKey, SealedChunk};
use service::settings::StoreUrl;
use store::StoredChunk;
use store::mailroom::Mailroom;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

use super::client::ClientError;
use super::sample;
use super::{BenchError, table::Rate};

/// What is sent at a time.
const PIECE: usize = 1 << 20;
/// Chunks of one transaction, as intake writes them.
const BATCH: usize = 8;
const BOUNDARY: &str = "guiando-bench";
/// The beginning of a recording, whose type is then known.
const HEAD: &[u8] = b"RIFF\xff\xff\xff\x7fWAVEfmt ";

/// A piece of a file, the same each time, of which no program could save a byte.
fn piece() -> Result<Vec<u8>, BenchError> {
    let mut piece = vec![0; PIECE];
    SystemRandom::new()
        .fill(&mut piece)
        .map_err(|_| BenchError::Sample("no randomness"))?;
    Ok(piece)
}

/// Seals so many MiB and writes them straight to a store, the next batch being sealed while the last
/// one is written.
pub(crate) async fn straight(store: &StoreUrl, mib: u32) -> Result<Rate, BenchError> {
    let store = service::stores::mailroom(store).await?;
    let piece = piece()?;
    let key =
        FileKey::draw(&SystemRandom::new()).map_err(|_| BenchError::Sample("no randomness"))?;
    let mut sealer = FileSealer::new(key);
    let mut ready = Vec::new();
    let mut writing = None;
    let begun = Instant::now();
    for _ in 0..mib {
        // In parts as a socket gives them.
        for part in piece.chunks(64 << 10) {
            sealer
                .push(part, &mut ready)
                .map_err(|_| BenchError::Sample("too long"))?;
            if ready.len() >= BATCH {
                settle(writing.take()).await?;
                writing = Some(write(&store, std::mem::take(&mut ready)));
            }
        }
    }
    ready.push(sealer.finish().last);
    settle(writing.take()).await?;
    settle(Some(write(&store, ready))).await?;
    Ok(Rate::of(f64::from(mib), begun.elapsed()))
}

type Writing = JoinHandle<Result<(), store::StoreError>>;

fn write(store: &Arc<dyn Mailroom>, chunks: Vec<SealedChunk>) -> Writing {
    let store = Arc::clone(store);
    tokio::spawn(async move {
        let chunks: Vec<_> = chunks
            .into_iter()
            .map(|chunk| StoredChunk {
                id: chunk.id,
                received_on: date(2026, 3, 4),
                bytes: chunk.bytes,
            })
            .collect();
        store.put_chunks(&chunks).await
    })
}

async fn settle(writing: Option<Writing>) -> Result<(), BenchError> {
    match writing {
        Some(writing) => Ok(writing.await.map_err(|_| ClientError::Task)??),
        None => Ok(()),
    }
}

/// Files a complaint with one recording of so many MiB.
pub(crate) async fn upload(address: SocketAddr, mib: u32) -> Result<Rate, BenchError> {
    let piece = piece()?;
    let start = start();
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    let file = u64::from(mib) * PIECE as u64;
    // The beginning of the recording is part of it.
    let length = file + (start.len() - HEAD.len() + end.len()) as u64;
    let head = format!(
        "POST /api/v1/complaints HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {length}\r\n\r\n"
    );
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        stream.write_all(head.as_bytes()).await?;
        stream.write_all(&start).await?;
        stream.write_all(&piece[HEAD.len()..]).await?;
        for _ in 1..mib {
            stream.write_all(&piece).await?;
        }
        stream.write_all(end.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(answer)
    };
    let begun = Instant::now();
    let answer = exchange.await.map_err(ClientError::Connection)?;
    let taken = begun.elapsed();
    if !answer.starts_with(b"HTTP/1.1 201 ") {
        return Err(ClientError::NotTaken.into());
    }
    Ok(Rate::of(f64::from(mib), taken))
}

/// The form up to the first byte of the recording.
fn start() -> Vec<u8> {
    let disposition = "Content-Disposition: form-data";
    [
        format!("--{BOUNDARY}\r\n{disposition}; name=\"complaint\"\r\n\r\n").as_bytes(),
        &sample::body(),
        format!("\r\n--{BOUNDARY}\r\n{disposition}; name=\"evidence\"; filename=\"a.wav\"\r\n\r\n")
            .as_bytes(),
        HEAD,
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_written_straight_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("m.db").display());
        let rate = straight(&url.parse().unwrap(), 3).await.unwrap();
        assert!(rate.per_second > 0.0);
    }

    #[test]
    fn the_form_begins_with_a_complaint_and_a_recording() {
        let start = String::from_utf8_lossy(&start()).into_owned();
        assert!(start.contains("\"narrative\""));
        assert!(start.ends_with("WAVEfmt "));
    }
}
