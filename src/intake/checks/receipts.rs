//! Receipts as people and programs get and check them, and the trees of days.

use std::io::Write as _;
use std::process::{Command, Stdio};

use receipts::{Proof, SignedHead};
use reqwest::Response;
use serde_json::{Value, json};
use service::page::ANSWER_SIZES;

use crate::testing::{House, NARRATIVE};

/// Six in the morning of the day after [`crate::testing::NOON`], in Mexico City.
const CLOSED: &str = "2026-03-05T12:00:00Z";

async fn file(house: &House) -> String {
    let body = json!({ "narrative": NARRATIVE });
    let answer = house.post_json("/api/v1/complaints", &body).await;
    assert_eq!(answer.status(), 201);
    let answer: Value = answer.json().await.unwrap();
    answer["receipt"].as_str().unwrap().to_owned()
}

async fn check(house: &House, fields: &[(&str, &str)]) -> (u16, String) {
    let page = house.post_form("/acuse/verificar", fields).await;
    (page.status().as_u16(), page.text().await.unwrap())
}

/// The days and heads that programs are given, the newest first.
async fn heads(house: &House, path: &str) -> Vec<(String, SignedHead)> {
    let answer: Value = house.get(path).await.json().await.unwrap();
    let heads = answer["heads"].as_array().unwrap().iter();
    heads
        .map(|head| {
            let text = |name: &str| head[name].as_str().unwrap().to_owned();
            (text("day"), text("head").parse().unwrap())
        })
        .collect()
}

fn code(html: &str) -> &str {
    let rest = html.split("<code class=\"receipt\">").nth(1).unwrap();
    rest.split('<').next().unwrap()
}

async fn at(house: &House, now: &str) {
    house.clock.set(now);
    house.shared.publish_closed_days().await.unwrap();
}

#[actix_web::test]
async fn a_receipt_names_the_first_term_and_commits_to_the_content() {
    let house = House::open();
    let receipt = receipts::verify(&file(&house).await, &house.receipts).unwrap();
    let terms: Vec<_> = receipt
        .terms
        .iter()
        .map(|term| format!("{} {}", term.key, term.due_on))
        .collect();
    assert_eq!(terms, ["registro_sseccoe 2026-03-09"]);
    assert!(receipt.commitment.is_some());
}

#[actix_web::test]
async fn once_its_day_is_closed_a_receipt_is_proved_to_be_in_the_published_list() {
    let house = House::open();
    let text = file(&house).await;
    at(&house, "2026-03-05T11:59:59Z").await;
    let (status, html) = check(&house, &[("receipt", &text)]).await;
    assert_eq!(status, 200);
    assert!(html.contains("El acuse es auténtico"));
    assert!(html.contains("4 de marzo de 2026"));
    assert!(html.contains("9 de marzo de 2026"));
    assert!(html.contains("aún no se publica"));

    at(&house, CLOSED).await;
    let (_, html) = check(&house, &[("receipt", &text)]).await;
    assert!(html.contains("Está en la lista de ese día."));
    let proof = code(&html);
    let receipt = receipts::verify(&text, &house.receipts).unwrap();
    let proved: Proof = proof.parse().unwrap();
    assert!(proved.verify(&receipt, &house.receipts).is_ok());

    let published = heads(&house, "/api/v1/receipts/roots").await;
    assert_eq!(published[0], ("2026-03-04".to_owned(), *proved.head()));
    let page = house.get("/acuse/raices").await.text().await.unwrap();
    assert!(page.contains(&proved.head().to_string()));
    assert!(page.contains(&house.receipts.to_string()));

    let (status, html) = check(&house, &[("receipt", &text), ("proof", proof)]).await;
    assert_eq!(status, 200);
    assert!(html.contains("La prueba que pegó es correcta"));
    assert!(!html.contains("no es la que hoy está publicada"));
}

#[actix_web::test]
async fn a_complaint_that_was_left_out_is_noticed() {
    let house = House::open();
    let text = file(&house).await;
    house.mailroom.lose_leaves();
    let kept = file(&house).await;
    at(&house, CLOSED).await;
    let (_, html) = check(&house, &[("receipt", &text)]).await;
    assert!(html.contains("No está en la lista de ese día, y debería estar."));
    let (_, html) = check(&house, &[("receipt", &kept)]).await;
    assert!(html.contains("Está en la lista de ese día."));
}

#[actix_web::test]
async fn a_list_that_was_changed_afterwards_is_noticed_by_who_kept_the_proof() {
    let house = House::open();
    let text = file(&house).await;
    let receipt = receipts::verify(&text, &house.receipts).unwrap();
    at(&house, CLOSED).await;
    let key = &house.shared.receipts;
    let tree = receipts::Tree::grow(&[receipt.leaf], &house.shared.rng).unwrap();
    let other = key.sign_head(receipt.received_on, &tree, None);
    let proof = Proof::of(&receipt.leaf, &tree, other).unwrap().to_string();
    let (status, html) = check(&house, &[("receipt", &text), ("proof", &proof)]).await;
    assert_eq!(status, 200);
    assert!(html.contains("no es la que hoy está publicada"));
}

#[actix_web::test]
async fn every_day_has_a_list_in_one_chain_whatever_came_and_however_long_nobody_published() {
    let house = House::open();
    at(&house, crate::testing::NOON).await;
    // Friday evening: the legal day is Monday.
    house.clock.set("2026-03-07T03:00:00Z");
    let text = file(&house).await;
    let receipt = receipts::verify(&text, &house.receipts).unwrap();
    assert_eq!(receipt.received_on.to_string(), "2026-03-09");
    at(&house, "2026-03-10T18:00:00Z").await;
    let heads = heads(&house, "/api/v1/receipts/roots").await;
    let days: Vec<_> = heads.iter().map(|(day, _)| &day[8..]).collect();
    assert_eq!(days, ["09", "08", "07", "06", "05", "04", "03"]);
    for pair in heads.windows(2) {
        let [(_, later), (_, before)] = pair else {
            panic!("windows of two")
        };
        let day_before = before.verify(&house.receipts).unwrap().day;
        let later = later.verify(&house.receipts).unwrap();
        assert!(later.follows(before, day_before));
        assert_eq!(later.levels, 12);
    }
    let (_, html) = check(&house, &[("receipt", &text)]).await;
    assert!(html.contains("Está en la lista de ese día."));
}

#[actix_web::test]
async fn processes_that_publish_at_once_make_one_chain_and_give_the_same_proofs() {
    let house = House::open();
    let twin = house.twin(crate::testing::NOON);
    at(&house, crate::testing::NOON).await;
    let mut texts = Vec::new();
    for day in ["2026-03-04T18:00:00Z", "2026-03-05T18:00:00Z"] {
        house.clock.set(day);
        for _ in 0..3 {
            texts.push(file(&house).await);
        }
    }
    // One of them sees a day more that has closed.
    house.clock.set("2026-03-09T13:00:00Z");
    twin.clock.set("2026-03-08T13:00:00Z");
    let (one, other) = tokio::join!(
        house.shared.publish_closed_days(),
        twin.shared.publish_closed_days()
    );
    one.unwrap();
    other.unwrap();

    let published = heads(&house, "/api/v1/receipts/roots").await;
    assert_eq!(published, heads(&twin, "/api/v1/receipts/roots").await);
    let days: Vec<_> = published.iter().map(|(day, _)| &day[8..]).collect();
    assert_eq!(days, ["08", "07", "06", "05", "04", "03"]);
    for pair in published.windows(2) {
        let [(_, later), (_, before)] = pair else {
            panic!("windows of two")
        };
        let day_before = before.verify(&house.receipts).unwrap().day;
        let later = later.verify(&house.receipts).unwrap();
        assert!(later.follows(before, day_before));
    }
    for text in &texts {
        let receipt = receipts::verify(text, &house.receipts).unwrap();
        let (_, html) = check(&house, &[("receipt", text)]).await;
        let proof: Proof = code(&html).parse().unwrap();
        assert!(proof.verify(&receipt, &house.receipts).is_ok());
        assert!(published.iter().any(|(_, head)| head == proof.head()));
        let (_, html) = check(&twin, &[("receipt", text)]).await;
        assert_eq!(code(&html), proof.to_string());
    }
}

#[actix_web::test]
async fn earlier_lists_are_reached_by_the_day_in_the_address() {
    let house = House::open();
    at(&house, crate::testing::NOON).await;
    at(&house, "2026-04-20T18:00:00Z").await;
    let page = house.get("/acuse/raices").await.text().await.unwrap();
    assert!(page.contains("href=\"/acuse/raices/2026-03-20\""));
    let earlier = house.get("/acuse/raices/2026-03-20").await.text().await;
    let earlier = earlier.unwrap();
    assert!(earlier.contains("19 de marzo de 2026"));
    assert!(!earlier.contains("20 de marzo de 2026"));
    let answer = heads(&house, "/api/v1/receipts/roots/2026-03-05").await;
    let days: Vec<_> = answer.iter().map(|(day, _)| day.as_str()).collect();
    assert_eq!(days, ["2026-03-04", "2026-03-03"]);
    for path in ["/acuse/raices/ayer", "/api/v1/receipts/roots/ayer"] {
        assert_eq!(house.get(path).await.status(), 404);
    }
}

#[actix_web::test]
async fn what_is_no_receipt_or_no_proof_of_it_is_told_beside_its_field() {
    let house = House::open();
    let text = file(&house).await;
    let other = file(&house).await;
    at(&house, CLOSED).await;
    let (_, html) = check(&house, &[("receipt", &other)]).await;
    let of_other = code(&html).to_owned();
    let forged = file(&House::open()).await;
    for (fields, told) in [
        (vec![("receipt", "")], "Esto no es un acuse"),
        (vec![("receipt", &text[..50])], "Esto no es un acuse"),
        (vec![("receipt", "Awf")], "Esto no es un acuse"),
        (vec![("receipt", &forged)], "no lo firmó este sitio"),
        (
            vec![("receipt", &text), ("proof", "hola")],
            "Esto no es una prueba",
        ),
        (
            vec![("receipt", &text), ("proof", &of_other)],
            "Esta prueba no corresponde",
        ),
    ] {
        let (status, html) = check(&house, &fields).await;
        assert_eq!(status, 422, "{told}");
        assert!(html.contains(told), "{told}");
        assert!(html.contains("aria-invalid=\"true\""), "{told}");
        assert!(!html.contains("El acuse es auténtico"), "{told}");
    }
    let hostile = "</textarea><script>alert(1)</script>";
    let (_, html) = check(&house, &[("receipt", hostile)]).await;
    assert!(!html.contains("<script"));
    let page = house.post_form("/acuse", &[("receipt", &forged)]).await;
    assert_eq!(page.status(), 422);
}

async fn give(house: &House, text: &str, format: &str) -> Response {
    let fields = [("receipt", text), ("format", format)];
    let answer = house.post_form("/acuse", &fields).await;
    assert_eq!(answer.status(), 200);
    answer
}

#[actix_web::test]
async fn a_receipt_is_given_as_text_that_holds_all_that_is_needed_to_check_it() {
    let house = House::open();
    let receipt = file(&house).await;
    at(&house, CLOSED).await;
    let answer = give(&house, &receipt, "txt").await;
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename=\"acuse.txt\""
    );
    let text = answer.text().await.unwrap();
    assert_eq!(text.len(), ANSWER_SIZES[0]);
    let (_, html) = check(&house, &[("receipt", &receipt)]).await;
    let joined: String = text.split_whitespace().collect();
    for held in [&receipt, code(&html), &house.receipts.to_string()] {
        assert!(joined.contains(held));
    }
    assert!(!text.contains("Comité"));
    // What was saved may be pasted whole.
    let (status, html) = check(&house, &[("receipt", &text)]).await;
    assert_eq!(status, 200);
    assert!(html.contains("El acuse es auténtico"));
}

/// What another program reads in a PDF.
fn read(pdf: &[u8], program: &str, arguments: &[&str]) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("poppler-utils is installed");
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

#[actix_web::test]
async fn a_receipt_is_given_as_one_page_of_pdf_that_another_program_reads() {
    let house = House::open();
    let receipt = file(&house).await;
    at(&house, CLOSED).await;
    let answer = give(&house, &receipt, "pdf").await;
    assert_eq!(answer.headers()["content-type"], "application/pdf");
    assert_eq!(
        answer.headers()["content-disposition"],
        "attachment; filename=\"acuse.pdf\""
    );
    let pdf = answer.bytes().await.unwrap();
    assert_eq!(pdf.len(), ANSWER_SIZES[0]);
    let facts = read(&pdf, "pdfinfo", &["-"]);
    for fact in [
        "Title:           Acuse",
        "Tagged:          yes",
        "Pages:           1",
    ] {
        assert!(facts.contains(fact), "{facts}");
    }
    for absent in ["Creator", "Producer", "CreationDate", "ModDate", "Author"] {
        assert!(!facts.contains(absent), "{facts}");
    }
    let text = read(&pdf, "pdftotext", &["-enc", "UTF-8", "-", "-"]);
    assert!(text.contains("Cuenta como recibido el 4 de marzo de 2026."));
    assert!(text.contains("a más tardar el 9 de marzo de 2026"));
    let joined: String = text.split_whitespace().collect();
    assert!(joined.contains(&receipt));
    assert!(joined.contains(&house.receipts.to_string()));
    let order = read(&pdf, "pdfinfo", &["-struct-text", "-"]);
    assert!(order.trim_start().starts_with("Document"), "{order}");
    assert!(order.contains("H1"), "{order}");
}
