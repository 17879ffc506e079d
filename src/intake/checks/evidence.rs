//! Files in the interface for programs: what is taken, what is refused, and that nothing is half
//! stored as if it were whole.

use std::sync::Arc;

use sealing::evidence::{CHUNK_BYTES, SEALED_CHUNK_BYTES};
use serde_json::{Value, json};

use crate::evidence::EvidenceLimits;
use crate::shared::{Settings, body_limits};
use crate::testing::{Form, House, NARRATIVE, unused_token};

const COMPLAINTS: &str = "/api/v1/complaints";
const MESSAGES: &str = "/api/v1/mailbox/messages";

/// A text file of that many bytes.
fn text(bytes: usize) -> Vec<u8> {
    "El turno de la noche, otra vez.\n"
        .bytes()
        .cycle()
        .take(bytes)
        .collect()
}

fn complaint() -> Form {
    Form::default().field("complaint", &json!({ "narrative": NARRATIVE }).to_string())
}

fn limited(evidence: EvidenceLimits) -> House {
    House::built(Arc::default(), body_limits(true), |settings| Settings {
        evidence,
        ..settings
    })
}

async fn refused(house: &House, path: &str, form: Form) -> (u16, String, Value) {
    let answer = house.post_parts(path, form).await;
    let status = answer.status().as_u16();
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let problem: Value = answer.json().await.unwrap();
    let kind = problem["type"].as_str().unwrap();
    let kind = kind.trim_start_matches("urn:guiando:problem:").to_owned();
    (status, kind, problem)
}

#[actix_web::test]
async fn a_complaint_with_files_is_acknowledged_once_all_of_it_is_stored() {
    let house = House::open();
    let form = complaint()
        .file("evidence", "notas.txt", &text(3 * CHUNK_BYTES + 1))
        .file("evidence", "más.txt", &text(10));
    let answer = house.post_parts(COMPLAINTS, form).await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    assert!(answer["tracking_token"].is_string());
    assert_eq!(house.mailroom.stored(), 1);
    let chunks = house.mailroom.chunks();
    assert_eq!(chunks.len(), 4 + 1);
    for chunk in chunks {
        assert_eq!(chunk.bytes.len(), SEALED_CHUNK_BYTES);
        assert_eq!(chunk.received_on.to_string(), "2026-03-04");
    }
}

#[actix_web::test]
async fn the_complaint_may_also_come_as_a_file_but_not_after_the_others() {
    let house = House::open();
    let json = json!({ "narrative": NARRATIVE }).to_string();
    let after = Form::default()
        .file("evidence", "notas.txt", &text(10))
        .field("complaint", &json);
    let (status, _, problem) = refused(&house, COMPLAINTS, after).await;
    assert_eq!(status, 422);
    assert_eq!(problem["errors"][0]["field"], "complaint");
    assert_eq!(problem["errors"][0]["code"], "required");
    assert!(house.mailroom.chunks().is_empty());
    let as_file = Form::default()
        .file("complaint", "denuncia.json", json.as_bytes())
        .file("evidence", "notas.txt", &text(10))
        .field("evidence_version", "original");
    assert_eq!(house.post_parts(COMPLAINTS, as_file).await.status(), 201);
    assert_eq!(house.mailroom.stored(), 1);
}

#[actix_web::test]
async fn without_a_cleaner_a_file_goes_out_as_it_is_only_if_the_sender_says_so() {
    let house = House::open();
    let picture = [&b"\xff\xd8\xff\xe0\0\x10JFIF\0"[..], &text(CHUNK_BYTES)].concat();
    let form = complaint().file("evidence", "foto.jpg", &picture);
    for silent in [
        form.clone(),
        form.clone().field("evidence_version", "cleaned"),
    ] {
        let (status, kind, problem) = refused(&house, COMPLAINTS, silent).await;
        assert_eq!((status, kind.as_str()), (503, "evidence-uncleaned"));
        assert_eq!(problem["errors"][0]["field"], "evidence[0]");
    }
    assert_eq!(house.mailroom.stored(), 0);
    for version in ["original", "both"] {
        let form = form.clone().field("evidence_version", version);
        assert_eq!(house.post_parts(COMPLAINTS, form).await.status(), 201);
    }
    assert_eq!(house.mailroom.stored(), 2);
}

#[actix_web::test]
async fn a_file_field_that_was_left_empty_is_no_file() {
    let house = House::open();
    let form = complaint().file("evidence", "", b"");
    assert_eq!(house.post_parts(COMPLAINTS, form).await.status(), 201);
    assert!(house.mailroom.chunks().is_empty());
}

#[actix_web::test]
async fn a_file_at_fault_is_named_and_nothing_is_filed() {
    let house = House::open();
    for (name, content, status, kind) in [
        ("vacío.txt", Vec::new(), 422, "evidence-empty"),
        (
            "programa",
            b"MZ\x90\0\x03\0\0\0".to_vec(),
            415,
            "evidence-type",
        ),
        ("foto.jpg", text(100), 422, "evidence-mislabelled"),
        ("notas.exe", text(100), 422, "evidence-mislabelled"),
    ] {
        let form = complaint()
            .file("evidence", "bien.txt", &text(10))
            .file("evidence", name, &content);
        let (answered, told, problem) = refused(&house, COMPLAINTS, form).await;
        assert_eq!((answered, told.as_str()), (status, kind), "{name}");
        assert_eq!(problem["errors"][0]["field"], "evidence[1]");
        assert_eq!(problem["errors"][0]["code"], kind);
    }
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn more_than_is_allowed_is_refused_by_what_is_too_much() {
    let mib = 1 << 20;
    let limits = EvidenceLimits {
        total_bytes: 2 * mib,
        file_bytes: mib + mib / 2,
        files: 3,
        daily_bytes: 16 * mib,
    };
    let one = usize::try_from(mib).unwrap();
    for (sizes, kind) in [
        (vec![one + one / 2 + 1], "evidence-too-large"),
        (vec![one, one + 1], "evidence-too-large-together"),
        (vec![1, 1, 1, 1], "evidence-too-many"),
        (vec![4 * one], "evidence-too-large"),
    ] {
        let house = limited(limits);
        let form = sizes.iter().fold(complaint(), |form, size| {
            form.file("evidence", "a.txt", &text(*size))
        });
        let (status, told, _) = refused(&house, COMPLAINTS, form).await;
        assert_eq!((status, told.as_str()), (413, kind), "{sizes:?}");
        assert_eq!(house.mailroom.stored(), 0);
    }
    let house = limited(limits);
    let form = [one, one - 1, 1].iter().fold(complaint(), |form, size| {
        form.file("evidence", "a.txt", &text(*size))
    });
    assert_eq!(house.post_parts(COMPLAINTS, form).await.status(), 201);
}

#[actix_web::test]
async fn when_the_day_is_used_up_files_are_refused_and_complaints_are_not() {
    let house = limited(EvidenceLimits {
        daily_bytes: 16 * SEALED_CHUNK_BYTES as u64,
        ..EvidenceLimits::default()
    });
    let form = || complaint().file("evidence", "a.txt", &text(CHUNK_BYTES + 1));
    let token = house.file().await;
    for _ in 0..3 {
        assert_eq!(house.post_parts(COMPLAINTS, form()).await.status(), 201);
    }
    let (status, kind, _) = refused(&house, COMPLAINTS, form()).await;
    assert_eq!((status, kind.as_str()), (503, "evidence-full"));
    assert_eq!(
        house.post_parts(COMPLAINTS, complaint()).await.status(),
        201
    );
    // Those who have filed already can still send theirs.
    let message =
        Form::default()
            .field("tracking_token", &token)
            .file("evidence", "a.txt", &text(10));
    assert_eq!(house.post_parts(MESSAGES, message).await.status(), 201);
    // It comes back by itself, long before the next working day.
    house.clock.forward(4 * 60 * 60);
    let (status, ..) = refused(&house, COMPLAINTS, form()).await;
    assert_eq!(status, 503);
    house.clock.forward(4 * 60 * 60);
    assert_eq!(house.post_parts(COMPLAINTS, form()).await.status(), 201);
}

#[actix_web::test]
async fn a_file_that_is_refused_or_breaks_off_does_not_use_up_the_day() {
    // Those who are not told apart may use 24 chunks of it, and 8 are for what comes to nothing.
    let house = limited(EvidenceLimits {
        daily_bytes: 64 * SEALED_CHUNK_BYTES as u64,
        file_bytes: 4 * CHUNK_BYTES as u64,
        ..EvidenceLimits::default()
    });
    let form = |bytes: usize| complaint().file("evidence", "a.txt", &text(bytes));
    let four = 4 * CHUNK_BYTES;
    for _ in 0..5 {
        assert_eq!(house.post_parts(COMPLAINTS, form(four)).await.status(), 201);
    }
    let (status, kind, _) = refused(&house, COMPLAINTS, form(four + 1)).await;
    assert_eq!((status, kind.as_str()), (413, "evidence-too-large"));
    let (media_type, mut body) = form(four).finish();
    body.truncate(body.len() - 20);
    let request = house.client.post(house.url(COMPLAINTS)).body(body);
    let request = request.header("content-type", media_type);
    assert_eq!(request.send().await.unwrap().status(), 400);
    assert_eq!(house.post_parts(COMPLAINTS, form(four)).await.status(), 201);
    let (status, kind, _) = refused(&house, COMPLAINTS, form(four)).await;
    assert_eq!((status, kind.as_str()), (503, "evidence-full"));
}

#[actix_web::test]
async fn a_store_that_is_down_acknowledges_no_file() {
    let house = House::open();
    house.mailroom.go_down();
    let form = complaint().file("evidence", "a.txt", &text(10));
    let (status, kind, _) = refused(&house, COMPLAINTS, form).await;
    assert_eq!((status, kind.as_str()), (503, "unavailable"));
    house.mailroom.come_back();
    assert_eq!(house.mailroom.stored(), 0);
    assert!(house.mailroom.chunks().is_empty());
}

#[actix_web::test]
async fn a_complaint_at_fault_is_refused_before_a_file_is_stored() {
    let house = House::open();
    let form = Form::default()
        .field("complaint", r#"{"narrative":"corta"}"#)
        .file("evidence", "a.txt", &text(10));
    let (status, _, problem) = refused(&house, COMPLAINTS, form).await;
    assert_eq!(status, 422);
    assert_eq!(problem["errors"][0]["field"], "narrative");
    for (form, field, code) in [
        (Form::default(), "complaint", "required"),
        (complaint().field("ip", "x"), "ip", "unknown_field"),
        (
            complaint().field("complaint", "{}"),
            "complaint",
            "duplicate_field",
        ),
        (
            complaint().field("evidence_version", "la mejor"),
            "evidence_version",
            "unknown_code",
        ),
        (
            complaint().file("foto", "a.txt", &text(10)),
            "foto",
            "unknown_field",
        ),
    ] {
        let (status, _, problem) = refused(&house, COMPLAINTS, form).await;
        assert_eq!(status, 422, "{field}");
        assert_eq!(problem["errors"][0]["field"], field);
        assert_eq!(problem["errors"][0]["code"], code);
    }
    assert!(house.mailroom.chunks().is_empty());
    assert_eq!(house.mailroom.stored(), 0);
}

#[actix_web::test]
async fn a_message_may_bring_files_with_or_without_a_text() {
    let house = House::open();
    let token = house.file().await;
    let fields = Form::default().field("tracking_token", &token);
    let forms = [
        Form::default()
            .field(
                "message",
                &json!({ "tracking_token": token, "text": "Va la foto." }).to_string(),
            )
            .file("evidence", "a.txt", &text(10)),
        Form::default()
            .field("tracking_token", &token)
            .field("text", "Va la foto.")
            .file("evidence", "a.txt", &text(10)),
        fields.file("evidence", "a.txt", &text(10)),
    ];
    for form in forms {
        assert_eq!(house.post_parts(MESSAGES, form).await.status(), 201);
    }
    assert_eq!(house.mailroom.stored(), 4);
    assert_eq!(house.mailroom.chunks().len(), 3);
}

#[actix_web::test]
async fn a_message_that_no_mailbox_takes_brings_no_file() {
    let house = House::open();
    let unknown = || Form::default().field("tracking_token", &unused_token());
    let with_file = || unknown().file("evidence", "a.txt", &text(10));
    let (status, kind, _) = refused(&house, MESSAGES, with_file()).await;
    assert_eq!((status, kind.as_str()), (404, "unknown-mailbox"));
    let (status, _, problem) = refused(&house, MESSAGES, unknown()).await;
    assert_eq!(
        (status, &problem["errors"][0]["field"]),
        (422, &json!("text"))
    );
    let nobody = Form::default().file("evidence", "a.txt", &text(10));
    let (status, _, problem) = refused(&house, MESSAGES, nobody).await;
    assert_eq!(status, 422);
    assert_eq!(problem["errors"][0]["field"], "tracking_token");
    assert!(house.mailroom.chunks().is_empty());
}

/// Bodies that are no form, each with the status of its answer.
#[actix_web::test]
async fn what_is_no_form_is_refused_and_stores_nothing() {
    let house = House::open();
    let plain = "multipart/form-data; boundary=x";
    let good = format!(
        "--x\r\nContent-Disposition: form-data; name=\"complaint\"\r\n\r\n{}\r\n--x--\r\n",
        json!({ "narrative": NARRATIVE })
    );
    let head = |head: &str| format!("--x\r\n{head}\r\n\r\n{{}}\r\n--x--\r\n").into_bytes();
    let disposition = "Content-Disposition: form-data; name=\"complaint\"";
    let long = "a".repeat(71);
    let mut bodies: Vec<(&str, String, Vec<u8>)> = Vec::new();
    for (name, media_type) in [
        ("no boundary", "multipart/form-data".to_owned()),
        ("an empty one", "multipart/form-data; boundary=".to_owned()),
        (
            "an empty quoted one",
            "multipart/form-data; boundary=\"\"".to_owned(),
        ),
        (
            "a long one",
            format!("multipart/form-data; boundary={long}"),
        ),
        (
            "two",
            "multipart/form-data; boundary=x; boundary=y".to_owned(),
        ),
        ("another one", "multipart/form-data; boundary=y".to_owned()),
        (
            "with a blank end",
            "multipart/form-data; boundary=\"x \"".to_owned(),
        ),
    ] {
        bodies.push((name, media_type, good.clone().into_bytes()));
    }
    let many = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n".repeat(300);
    for (name, body) in [
        ("an empty body", Vec::new()),
        ("no part", b"--x--\r\n".to_vec()),
        ("only a beginning", b"--x\r\n".to_vec()),
        ("cut in a part", good.as_bytes()[..90].to_vec()),
        ("cut before the end", good.as_bytes()[..good.len() - 6].to_vec()),
        ("no disposition", head("Content-Type: text/plain")),
        ("another disposition", head("Content-Disposition: attachment; name=\"complaint\"")),
        ("no name", head("Content-Disposition: form-data")),
        ("an empty name", head("Content-Disposition: form-data; name=\"\"")),
        ("a blank in the name", head("Content-Disposition: form-data; name=\"a b\"")),
        ("a name not in ASCII", head("Content-Disposition: form-data; name=\"ñ\"")),
        ("a long name", head(&format!("Content-Disposition: form-data; name=\"{}\"", "a".repeat(65)))),
        ("two dispositions", head(&format!("{disposition}\r\n{disposition}"))),
        ("an encoding", head(&format!("{disposition}\r\nContent-Transfer-Encoding: base64"))),
        ("a foreign header", head(&format!("{disposition}\r\nX-Forwarded-For: 203.0.113.9"))),
        ("a long head", head(&format!("{disposition}\r\nContent-Type: text/{}", "a".repeat(5_000)))),
        ("an endless head", head(&format!("{disposition}\r\nContent-Type: text/{}", "a".repeat(70_000)))),
        ("many headers", head(&format!("{disposition}{}", "\r\nContent-Type: a/b".repeat(40)))),
        ("a nested form", head(&format!("{disposition}\r\nContent-Type: multipart/mixed; boundary=z"))),
        ("a false length", head(&format!("{disposition}\r\nContent-Length: 90000"))),
        ("a length that is none", head(&format!("{disposition}\r\nContent-Length: x"))),
        ("no line end in the head", b"--x\nContent-Disposition: form-data; name=\"complaint\"\n\n{}\n--x--\n".to_vec()),
        ("a name that is no UTF-8", b"--x\r\nContent-Disposition: form-data; name=\"a\xff\"\r\n\r\n{}\r\n--x--\r\n".to_vec()),
        ("a file name that is no UTF-8", b"--x\r\nContent-Disposition: form-data; name=\"evidence\"; filename=\"a\xff\"\r\n\r\n{}\r\n--x--\r\n".to_vec()),
        ("a field that is no UTF-8", b"--x\r\nContent-Disposition: form-data; name=\"complaint\"\r\n\r\n\xff\xfe\r\n--x--\r\n".to_vec()),
        ("a NUL in the head", b"--x\r\nContent-Disposition: form-data; name=\"a\0\"\r\n\r\n{}\r\n--x--\r\n".to_vec()),
        ("many parts", format!("{many}--x--\r\n").into_bytes()),
        ("a long preamble", format!("{}\r\n{good}", "a".repeat(200_000)).into_bytes()),
    ] {
        bodies.push((name, plain.to_owned(), body));
    }
    for (name, media_type, body) in bodies {
        let request = house.client.post(house.url(COMPLAINTS)).body(body);
        let request = request.header("content-type", media_type);
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        assert!(matches!(status, 400 | 413 | 422), "{name}: {status}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
    let request = house.client.post(house.url(COMPLAINTS)).body(good.clone());
    let request = request.header("content-type", plain);
    let compressed = request.header("content-encoding", "gzip").send().await;
    assert_eq!(compressed.unwrap().status(), 415);
    assert_eq!(house.mailroom.stored(), 0);
    assert!(house.mailroom.chunks().is_empty());
    let request = house.client.post(house.url(COMPLAINTS)).body(good);
    let taken = request.header("content-type", plain).send().await.unwrap();
    assert_eq!(taken.status(), 201, "the form that they were made of");
}

#[actix_web::test]
async fn a_field_that_is_longer_than_a_body_may_be_is_refused() {
    let house = House::open();
    let form = Form::default().field("complaint", &"a".repeat(1_100_000));
    let (status, kind, _) = refused(&house, COMPLAINTS, form).await;
    assert_eq!((status, kind.as_str()), (413, "too-large"));
}

#[actix_web::test]
async fn files_sent_at_the_same_time_do_not_mix() {
    let house = House::open();
    let sends = (0..6_usize).map(|n| {
        let form = complaint().file("evidence", "a.txt", &text(n * CHUNK_BYTES + 1));
        house.post_parts(COMPLAINTS, form)
    });
    for answer in futures_util::future::join_all(sends).await {
        assert_eq!(answer.status(), 201);
    }
    assert_eq!(house.mailroom.chunks().len(), 1 + 2 + 3 + 4 + 5 + 6);
}
