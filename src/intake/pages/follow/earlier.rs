//! `POST /seguimiento/mensajes`: the messages of a mailbox that its page had no room for.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use service::language::Texts;

use super::room::SIZE;
use super::sheet::{MessageView, Place, Sheet};
use super::{HERE, TOKEN, find, found_or_unknown, no_mailbox_page, read, words_first};
use crate::mailboxes::Seen;
use crate::shared::Shared;

/// The field of where the page begins.
const FROM: &str = "from";

#[derive(Template)]
#[template(path = "mailbox_earlier.html")]
struct EarlierPage<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    messages: Vec<MessageView>,
    older: Option<Place>,
}

pub(in crate::pages) async fn show(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    // Whoever alters the place begins with the newest.
    let begin: Option<Place> = fields.value(FROM).parse().ok();
    let before = begin.and_then(Place::before);
    let visit = shared.visit(&request);
    match find(&shared, &request, fields.value(TOKEN), before).await {
        Ok((token, reading)) => {
            let phrase = token.phrase();
            let page = EarlierPage::new(t, &phrase, &reading.seen, begin);
            let found = super::super::render_of(SIZE, StatusCode::OK, t, &page);
            let words = reading.seen.mailbox.found;
            let found = words_first(t, (SIZE, StatusCode::OK), &token, words).unwrap_or(found);
            found_or_unknown(t, visit, SIZE, &token, (reading.seen.known, found))
        }
        Err(error) => no_mailbox_page(t, visit, SIZE, &error, fields.value(TOKEN)),
    }
}

impl<'a> EarlierPage<'a> {
    fn new(t: &'a Texts, token: &'a str, seen: &Seen, begin: Option<Place>) -> Self {
        let Sheet { messages, older } = Sheet::new(t, seen, begin);
        Self {
            t,
            here: HERE,
            token,
            messages,
            older,
        }
    }
}
