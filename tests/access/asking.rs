//! What members ask of the desk, and get.

use journeys::{Desk, Reply, Session, hidden};
use serde_json::json;

/// A folio that nobody has.
fn nobodys(folio: &str) -> String {
    let (start, _) = folio.rsplit_once('-').expect("a folio has three parts");
    format!("{start}-987654")
}

/// What a member can ask about a case, and gets.
async fn asked(desk: &Desk, member: &Session, folio: &str, file: &str) -> Vec<Reply> {
    let message = json!({ "kind": "message", "text": "¿Quién lo dice?" });
    vec![
        desk.get(&format!("/casos/{folio}"), member).await,
        desk.get(&format!("/casos/{folio}{file}"), member).await,
        desk.get(&format!("/casos/{folio}/excusas"), member).await,
        desk.get(&format!("/api/v1/cases/{folio}"), member).await,
        desk.post(
            &format!("/casos/{folio}/mensajes"),
            member,
            &[("kind", "message"), ("text", "Hola.")],
        )
        .await,
        desk.call(&format!("/api/v1/cases/{folio}/messages"), member, &message)
            .await,
    ]
}

/// Everything that is no case, as a member sees it.
pub(crate) async fn around(desk: &Desk, member: &Session) -> Vec<Reply> {
    let mut seen = Vec::new();
    for path in [
        "/",
        "/?year=2026",
        "/api/v1/cases",
        "/integrantes",
        "/actos",
    ] {
        seen.push(desk.get(path, member).await);
    }
    seen
}

/// All of an answer, without the blanks that pad it. Whether the connection stays open depends on how much
/// of a body has come when the answer goes out, on whatever case.
fn shown(reply: &Reply) -> (u16, Vec<&String>, String) {
    let headers = reply.headers.iter();
    let headers = headers.filter(|header| !header.starts_with("connection: "));
    let text = reply.text().trim_end().to_owned();
    (reply.status, headers.collect(), text)
}

/// For this member, no answer tells the case from one that does not exist, and no list has it.
pub(crate) async fn is_hidden(desk: &Desk, member: &Session, folio: &str, file: &str) {
    let about_it = asked(desk, member, folio, file).await;
    let about_none = asked(desk, member, &nobodys(folio), file).await;
    for (at, (it, none)) in about_it.iter().zip(&about_none).enumerate() {
        assert_eq!(shown(it), shown(none), "question {at}");
    }
    for path in ["/", "/api/v1/cases", "/bitacora", "/api/v1/log", "/actos"] {
        let page = desk.get(path, member).await.text();
        assert!(!page.contains(folio), "{path}");
    }
}

pub(crate) fn is_the_same(before: &[Reply], now: &[Reply]) {
    for (before, now) in before.iter().zip(now) {
        assert_eq!(shown(now), shown(before));
    }
}

/// A member opens a case, with the page and as a program.
pub(crate) async fn reads(desk: &Desk, member: &Session, folio: &str, narrative: &str) {
    let page = desk.get(&format!("/casos/{folio}"), member).await;
    assert_eq!(page.status, 200, "{folio}");
    let case = desk.get(&format!("/api/v1/cases/{folio}"), member).await;
    assert_eq!(case.status, 200, "{}", case.text());
    assert_eq!(case.json()["complaint"]["narrative"], narrative);
}

/// The address of the first file of a case, after that of the case.
pub(crate) async fn file_of(desk: &Desk, member: &Session, folio: &str) -> String {
    let page = desk.get(&format!("/casos/{folio}"), member).await.text();
    let start = format!("href=\"/casos/{folio}/evidencia/");
    let (_, rest) = page.split_once(&start).expect("the case has a file");
    let id = rest.split('"').next().expect("an address ends");
    format!("/evidencia/{id}")
}

/// The one act that waits for this member's answer.
pub(crate) async fn act_in(desk: &Desk, member: &Session) -> String {
    let page = desk.get("/actos", member).await.text();
    let form = page.split("action=\"/actos/").nth(1);
    let act = form.and_then(|form| form.split('"').next());
    act.expect("an act waits").to_owned()
}

/// The id of a member, as the list has it for others to act on.
pub(crate) async fn id_of(desk: &Desk, member: &Session, name: &str) -> String {
    let page = desk.get("/integrantes", member).await.text();
    let mut rows = page.split("<tr>");
    let row = rows.find(|row| row.contains(name)).expect("it is a member");
    hidden(row, "member").to_owned()
}
