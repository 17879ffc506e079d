//! Files through the door: whole for the committee, sealed in the store, and at constant memory.

use std::fs;
use std::net::SocketAddr;
use std::sync::Arc;

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
use tokio::task::JoinSet;

const NARRATIVE: &str = "Adjunto la foto del rol de guardias que cambiaron después.";
/// Any picture.
const PICTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshot.png");
const BOUNDARY: &str = "una-frontera";
/// The beginning of a recording, whose type is then known.
const HEAD: &[u8] = b"RIFF\xff\xff\xff\x7fWAVEfmt ";
/// Length of the large upload: 1 GiB, the most that is taken, for which the bound on memory is demanded.
const LARGE: usize = 1 << 30;
/// The same in the form, where each byte goes the same way.
const LARGE_IN_THE_FORM: usize = 256 << 20;
/// Those who hand in a picture at once.
const PEOPLE: u64 = 8;
/// How large about; its copy is as large.
const PICTURE_OF_MANY: usize = 12 << 20;
/// By how much intake may grow for each of them, in KiB: 2 MiB that gather, 2 MiB that are written, and
/// what the connection, the sealing and the store's driver have in hand. No picture fits in it.
const GROWTH_OF_EACH: u64 = 8 << 10;
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

/// Sends a form with one file, piece by piece, and gives the whole answer.
async fn upload(
    address: SocketAddr,
    path: &str,
    fields: &[(&str, Option<&str>, &[u8])],
    name: &str,
    pieces: &[&[u8]],
) -> String {
    let mut start = form(fields);
    let file = form(&[("evidence", Some(name), b"")]);
    start.extend_from_slice(&file[..file.len() - 2]);
    let end = format!("\r\n{}", end());
    let length: usize = pieces.iter().map(|piece| piece.len()).sum();
    let all = start.len() + length + end.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {all}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let around = [head.as_bytes(), &start];
    for part in around.iter().chain(pieces).chain([&end.as_bytes()]) {
        stream.write_all(part).await.expect("it reads");
    }
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("it answers");
    answer
}

/// A recording of that length, in pieces.
fn recording(piece: &[u8], length: usize) -> Vec<&[u8]> {
    let rest = std::iter::repeat_n(piece, length / piece.len() - 1);
    [HEAD, &piece[HEAD.len()..]]
        .into_iter()
        .chain(rest)
        .collect()
}

fn piece() -> Vec<u8> {
    (0..=255_u8).cycle().take(1 << 20).collect()
}

/// Where intake listens.
fn address(house: &House) -> SocketAddr {
    let address = house.intake_url();
    let address = address.trim_start_matches("http://").parse();
    address.expect("an address")
}

/// Fills in the form up to the step for files, and gives the sealed state.
async fn up_to_evidence(house: &House) -> String {
    let person = house.person();
    let mut page = person.visit("/denunciar").await.text();
    for (button, written) in [("story", None), ("evidence", Some(NARRATIVE))] {
        let (state, step) = (hidden(&page, "state"), hidden(&page, "step"));
        let mut fields = vec![("state", state), ("step", step), ("go", button)];
        fields.extend(written.map(|text| ("narrative", text)));
        page = person.post_form("/denunciar", &fields).await.text();
    }
    assert_eq!(hidden(&page, "step"), "evidence");
    hidden(&page, "state").to_owned()
}

/// The fields of the step for files, which come before the files.
fn step(state: &str) -> [(&'static str, Option<&'static str>, &[u8]); 3] {
    [
        ("state", None, state.as_bytes()),
        ("step", None, b"evidence"),
        ("go", None, b"stay"),
    ]
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
    let process = house.intake().expect("it runs").id();
    let before = peak(process);
    let complaint = json!({ "narrative": NARRATIVE }).to_string();
    let fields = [("complaint", None, complaint.as_bytes())];
    let piece = piece();
    let answer = upload(
        address(&house),
        "/api/v1/complaints",
        &fields,
        "grabación.wav",
        &recording(&piece, LARGE),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 201 Created"), "{answer}");
    let grown = peak(process).saturating_sub(before);
    assert!(grown < GROWTH, "intake grew by {grown} KiB");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_in_the_form_takes_little_memory() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let process = house.intake().expect("it runs").id();
    let state = up_to_evidence(&house).await;
    let before = peak(process);
    let piece = piece();
    let answer = upload(
        address(&house),
        "/denunciar",
        &step(&state),
        "grabación.wav",
        &recording(&piece, LARGE_IN_THE_FORM),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(answer.contains("grabación.wav"), "it is in the form");
    let grown = peak(process).saturating_sub(before);
    assert!(grown < GROWTH, "intake grew by {grown} KiB");
}

/// A picture of about so many bytes that says who made it.
fn large_picture(length: usize) -> Vec<u8> {
    let mut picture = signed_picture();
    // Before the last chunk, which is empty.
    let end = picture.split_off(picture.len() - 12);
    let more = [&b"IDAT"[..], &vec![0x5a; length]].concat();
    let length = u32::try_from(length).expect("it is short");
    picture.extend(length.to_be_bytes());
    picture.extend_from_slice(&more);
    picture.extend(crc32(&more).to_be_bytes());
    picture.extend(end);
    picture
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_files_that_are_cleaned_at_once_take_little_memory() {
    let mut house = House::build(Engine::Sqlite);
    house.start_intake().await;
    let process = house.intake().expect("it runs").id();
    let picture = Arc::new(large_picture(PICTURE_OF_MANY));
    let mut states = Vec::new();
    for _ in 0..PEOPLE {
        states.push(up_to_evidence(&house).await);
    }
    let before = peak(process);
    let address = address(&house);
    let mut uploads = JoinSet::new();
    for state in states {
        let picture = Arc::clone(&picture);
        uploads.spawn(async move {
            let file = [&picture[..]];
            upload(address, "/denunciar", &step(&state), "foto.png", &file).await
        });
    }
    for answer in uploads.join_all().await {
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("Zoraida Ejemplo"), "what was found is told");
        assert!(answer.contains("choice-0"), "there is a cleaned copy");
    }
    let grown = peak(process).saturating_sub(before);
    assert!(
        grown < PEOPLE * GROWTH_OF_EACH,
        "intake grew by {grown} KiB"
    );
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
