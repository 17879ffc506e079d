//! Files through the door: whole for the committee, sealed in the store, and at constant memory.

use std::fs;
use std::net::SocketAddr;

use domain::complaint::Complaint;
use domain::evidence::{MediaType, Version};
use domain::privacy::Edition;
use journeys::{Engine, House, hidden};
use opening::evidence::FileOpener;
use sealing::{Content, EvidenceItem};
use serde_json::{Value, json};
use store::mailroom::{TriageMailroom, WaitingEnvelope};
use store_sqlite::SqliteMailroom;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const NARRATIVE: &str = "Adjunto la foto del rol de guardias que cambiaron después.";
/// Any picture.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshot.png");
const BOUNDARY: &str = "una-frontera";
/// The beginning of a recording, whose type is then known.
const HEAD: &[u8] = b"RIFF\xff\xff\xff\x7fWAVEfmt ";
/// Length of the large upload: 1 GiB, the most that is taken, for which the bound on memory is demanded.
const LARGE: usize = 1 << 30;
/// By how much intake may grow, in KiB.
const GROWTH: u64 = 16 << 10;

/// A form with parts, as a browser writes it, but for its end.
fn form(parts: &[(&str, Option<&str>, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file_name, content) in parts {
        let file_name = file_name.map_or(String::new(), |name| format!("; filename=\"{name}\""));
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body
}

fn end() -> String {
    format!("--{BOUNDARY}--\r\n")
}

/// CRC-32 of ISO 3309, as PNG has it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

/// A picture that says who made it.
fn signed_picture() -> Vec<u8> {
    let picture = fs::read(PICTURE).expect("it is in the tree");
    let text = b"tEXtAuthor\0Zoraida Ejemplo";
    let length = u32::try_from(text.len() - 4).expect("short");
    // After the signature and the first chunk.
    let (start, rest) = picture.split_at(33);
    [
        start,
        &length.to_be_bytes(),
        text,
        &crc32(text).to_be_bytes(),
        rest,
    ]
    .concat()
}

/// The complaint of the only waiting letter and the files that it names, as the committee's side opens
/// them.
async fn opened(house: &House) -> (Complaint, Vec<(EvidenceItem, Vec<u8>)>) {
    let mailroom = SqliteMailroom::open(house.mailroom())
        .await
        .expect("it opens");
    let identity = house.identity();
    let waiting = mailroom.waiting(identity.key_id(), None, 10).await;
    let [WaitingEnvelope::Sound(envelope)] = &waiting.expect("it answers")[..] else {
        panic!("one envelope waits");
    };
    let letter = identity.open(envelope).expect("it is for this committee");
    let Content::Complaint {
        complaint,
        evidence,
    } = letter.content
    else {
        panic!("it is a complaint");
    };
    let mut files = Vec::new();
    for item in evidence {
        let mut opener = FileOpener::new(&item);
        let mut file = Vec::new();
        for id in item.chunk_ids() {
            let chunk = mailroom.chunk(id).await.expect("it answers");
            let chunk = chunk.expect("every chunk of an acknowledged file is there");
            file.extend_from_slice(&opener.open(&chunk.bytes).expect("it opens"));
        }
        opener.finish().expect("the digest is that of the file");
        files.push((item, file));
    }
    (*complaint, files)
}

/// What the files are called, in which version.
fn told(files: &[(EvidenceItem, Vec<u8>)]) -> Vec<(&str, MediaType, Version)> {
    files
        .iter()
        .map(|(item, _)| (item.name.expose(), item.media_type, item.version))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_come_out_whole_for_the_committee_with_what_the_sender_chose() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let picture = signed_picture();
    let notes = "Turno de la noche; nadie más lo vio.\n".repeat(20_000);
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let mut body = form(&[
        ("complaint", None, complaint.as_bytes()),
        ("evidence", Some("..\\rol de guardias.png"), &picture),
        ("evidence", Some("notas.txt"), notes.as_bytes()),
        ("evidence_version", None, b"both"),
    ]);
    body.extend_from_slice(end().as_bytes());
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let person = house.person();
    let reply = person
        .post_raw("/api/v1/complaints", &media_type, body)
        .await;
    assert_eq!(reply.status, 201, "{}", reply.text());

    let (_, files) = opened(&house).await;
    assert_eq!(
        told(&files),
        [
            ("rol de guardias.png", MediaType::Png, Version::Original),
            ("archivo-1.png", MediaType::Png, Version::Cleaned),
            ("notas.txt", MediaType::Text, Version::Original),
        ]
    );
    assert_eq!(files[0].1, picture);
    assert_eq!(files[2].1, notes.as_bytes());
    let cleaned = &files[1].1;
    assert!(cleaned.starts_with(b"\x89PNG\r\n"));
    let author = b"Zoraida";
    assert!(picture.windows(author.len()).any(|part| part == author));
    assert!(!cleaned.windows(author.len()).any(|part| part == author));
}

/// Fills in the form with two files and a choice for the first, and sends it.
async fn fill_in_with_files(house: &House, choice: &str, files: [(&str, &[u8]); 2]) {
    let person = house.person();
    let press = async |page: &str, button: &str, written: &[(&str, &str)]| {
        let (state, step) = (hidden(page, "state"), hidden(page, "step"));
        let mut fields = vec![("state", state), ("step", step), ("go", button)];
        fields.extend(written);
        person.post_form("/denunciar", &fields).await
    };
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let first = person.visit("/denunciar").await.text();
    let story = press(&first, "story", &[]).await.text();
    let page = press(&story, "evidence", &[("narrative", NARRATIVE)]).await;
    let mut page = page.text();
    for (button, files) in [("stay", &files[..]), ("review", &[])] {
        let mut parts = vec![
            ("state", None, hidden(&page, "state").as_bytes()),
            ("step", None, &b"evidence"[..]),
            ("choice-0", None, choice.as_bytes()),
        ];
        parts.extend(
            files
                .iter()
                .map(|(name, file)| ("evidence", Some(*name), *file)),
        );
        parts.push(("go", None, button.as_bytes()));
        let mut body = form(&parts);
        body.extend_from_slice(end().as_bytes());
        let reply = person.post_raw("/denunciar", &media_type, body).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        page = reply.text();
    }
    let sent = press(&page, "send", &[]).await;
    assert_eq!(sent.status, 201, "{}", sent.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_chosen_in_the_form_is_what_the_committee_opens() {
    let picture = signed_picture();
    let notes = b"Turno de la noche.\n";
    let original = ("Zoraida.png", MediaType::Png, Version::Original);
    let cleaned = ("archivo-1.png", MediaType::Png, Version::Cleaned);
    for (choice, expected) in [
        ("original", vec![original]),
        ("cleaned", vec![cleaned]),
        ("both", vec![original, cleaned]),
    ] {
        let mut house = House::build(Engine::Sqlite);
        house.start_intake().await;
        let files = [("Zoraida.png", &picture[..]), ("notas.txt", notes)];
        fill_in_with_files(&house, choice, files).await;
        let (complaint, files) = opened(&house).await;
        assert_eq!(complaint.privacy_notice, Some(Edition::CURRENT));
        let beside = ("notas.txt", MediaType::Text, Version::Original);
        assert_eq!(told(&files), [expected, vec![beside]].concat(), "{choice}");
        for (item, file) in &files {
            let is_original = item.version == Version::Original;
            let is_whole = file == &picture || file == notes;
            assert_eq!(is_whole, is_original, "{choice}");
        }
    }
}

/// Sends a complaint with one recording of that length, and gives the status of the answer.
async fn upload(address: SocketAddr, length: usize) -> String {
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let start = form(&[("complaint", None, complaint.as_bytes())]);
    let file = form(&[("evidence", Some("grabación.wav"), HEAD)]);
    let file = &file[..file.len() - 2];
    let end = format!("\r\n{}", end());
    let all = start.len() + file.len() - HEAD.len() + length + end.len();
    let head = format!(
        "POST /api/v1/complaints HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {all}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    for part in [head.as_bytes(), &start, file] {
        stream.write_all(part).await.expect("it reads");
    }
    let piece: Vec<u8> = (0..=255_u8).cycle().take(1 << 20).collect();
    stream
        .write_all(&piece[HEAD.len()..])
        .await
        .expect("it reads");
    for _ in 1..length / piece.len() {
        stream.write_all(&piece).await.expect("it reads");
    }
    stream.write_all(end.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("it answers");
    answer.lines().next().unwrap_or_default().to_owned()
}

/// The most memory that a process has had in use, in KiB.
fn peak(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("it runs");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("the system tells");
    let kib = line.trim().trim_end_matches("kB").trim();
    kib.parse().expect("a number")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_upload_takes_little_memory() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let address = house.intake_url();
    let address = address
        .trim_start_matches("http://")
        .parse()
        .expect("an address");
    let process = house.intake().expect("it runs").id();
    let before = peak(process);
    assert_eq!(upload(address, LARGE).await, "HTTP/1.1 201 Created");
    let grown = peak(process).saturating_sub(before);
    assert!(grown < GROWTH, "intake grew by {grown} KiB");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_upload_that_breaks_off_files_nothing() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let body = form(&[
        ("complaint", None, complaint.as_bytes()),
        (
            "evidence",
            Some("notas.txt"),
            "a".repeat(3 << 20).as_bytes(),
        ),
    ]);
    let media_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let person = house.person();
    let reply = person
        .post_raw("/api/v1/complaints", &media_type, body)
        .await;
    assert_eq!(reply.status, 400, "the form has no end");
    let problem: Value = reply.json();
    assert_eq!(problem["type"], "urn:guiando:problem:broken");
    let mailroom = SqliteMailroom::open(house.mailroom())
        .await
        .expect("it opens");
    let key = house.identity().key_id();
    assert_eq!(mailroom.backlog(key).await.expect("it answers").ours, 0);
}
