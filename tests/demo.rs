//! The first of the README's two commands, as a newcomer lives it.

use std::path::PathBuf;

use journeys::{Demo, Person, Reply, token_in_page, until};
use serde_json::{Value, json};

const STORY: &str = "La jefa de turno pide dinero a cambio de no reportar faltas, cada quincena.";

/// So many complaints are not all drawn to be hidden: that is less probable than one in ten million.
const MOST: usize = 10;

/// The case of a complaint, once it is classified.
async fn classified(member: &Person, cookie: &str, folio: &str) -> Value {
    until("the case with its reasons", async || {
        let case = member
            .get(&format!("/api/v1/cases/{folio}"), Some(cookie))
            .await;
        assert_eq!(case.status, 200, "{}", case.text());
        let case = case.json();
        case["register"]["classification"]
            .is_object()
            .then_some(case)
    })
    .await
}

/// Signs in through the interface; gives the cookie of the session.
async fn sign_in(member: &Person, user: &str, passphrase: &str) -> Reply {
    let body = json!({ "user": user, "passphrase": passphrase });
    member.post_json("/api/v1/session", &body).await
}

#[tokio::test]
async fn a_newcomer_files_reads_the_status_and_sees_the_case_at_the_desk() {
    let mut demo = Demo::start().await;

    let filed = demo.person().fill_in_form(&[("narrative", STORY)]).await;
    assert_eq!(filed.status, 201, "{}", filed.text());
    let token = token_in_page(&filed.text()).expect("the page shows the twelve words");
    let folio = demo
        .person()
        .wait_for_folio(&token)
        .await
        .folio
        .expect("it was waited for");

    let member = demo.member();
    let closed = member.get("/api/v1/cases", None).await;
    assert_eq!(closed.status, 401, "nobody reads without signing in");
    assert!(!closed.text().contains(&folio));
    assert_eq!(sign_in(&member, &demo.user, "otra frase").await.status, 401);

    let begun = sign_in(&member, &demo.user, &demo.passphrase).await;
    assert!((200..300).contains(&begun.status), "{}", begun.text());
    let cookie = begun.session();
    let listed = until("the case to be classified", async || {
        let page = member.get("/", Some(&cookie)).await;
        assert_eq!(page.status, 200, "{}", page.text());
        Some(page.text()).filter(|text| text.contains(&folio))
    })
    .await;
    assert!(
        !listed.contains("pide dinero"),
        "the list shows no narrative"
    );

    let case = classified(&member, &cookie, &folio).await;
    // One in seven or so is drawn to be hidden until the committee has classified it.
    let mut next = case.clone();
    let mut hidden = 0;
    while next["register"]["classification"]["hidden"] == json!(true) {
        assert_eq!(next["register"]["classification"]["main"], json!(null));
        assert_eq!(next["proposal"]["probabilities"], json!({}));
        hidden += 1;
        assert!(hidden < MOST, "all of them are hidden");
        let filed = demo.person().fill_in_form(&[("narrative", STORY)]).await;
        let token = token_in_page(&filed.text()).expect("the page shows the twelve words");
        let other = demo.person().wait_for_folio(&token).await.folio;
        let other = other.expect("it was waited for");
        next = classified(&member, &cookie, &other).await;
    }
    assert_eq!(next["register"]["classification"]["hidden"], json!(false));
    assert_eq!(next["register"]["classification"]["main"], "corrupcion");
    assert_eq!(next["proposal"]["proposed"]["main"], "corrupcion");
    assert_eq!(
        case["complaint"]["narrative"], STORY,
        "one case opened shows what was told"
    );
    let page = member.get(&format!("/casos/{folio}"), Some(&cookie)).await;
    assert_eq!(page.status, 200);
    let plain = page.text().replace("<mark>", "").replace("</mark>", "");
    assert!(
        plain.contains("jefa de turno"),
        "the page shows what was told"
    );

    let children = demo.children();
    assert_eq!(children.len(), 2, "intake and triage");
    assert!(demo.stop().success());
    for child in children {
        let left = PathBuf::from(format!("/proc/{child}"));
        assert!(!left.exists(), "{} is still there", left.display());
    }
}
