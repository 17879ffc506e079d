//! `POST /seguimiento/palabras`: other words in place of those that somebody else may have seen.
//!
//! The new words are shown first, and nothing is changed before two of them were typed back: whoever loses
//! the connection in between, or closes the page, comes in with the words of before as ever.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::SecretText;
use mailbox::Found;
use sealing::{TrackingToken, WORDS};
use serde::{Deserialize, Serialize};
use service::language::Texts;
use service::problem::Problem;
use store::mailroom::Chosen;

use super::super::form::Fields;
use super::super::typed_back::{self, ASKED, AskedWord};
use super::super::{render_of, unavailable};
use super::kept::delay_of;
use super::message::DELAY;
use super::room::SIZE;
use super::view::MessageForm;
use super::{
    HERE, TOKEN, find, found_or_unknown, mailbox_page, no_mailbox_page, read, words_first,
};
use crate::abuse::Wait;
use crate::mailboxes::{Door, Seen};
use crate::page_seal::{Opened, Purpose};
use crate::shared::Shared;

/// The field of what the page carries.
const STATE: &str = "state";

/// What the page with the new words carries.
#[derive(Serialize, Deserialize)]
struct Kept {
    /// The words.
    new: SecretText,
    /// Whose mailbox they are for.
    whose: SecretText,
    /// Which of them are typed back, from 0, in their order.
    asked: [usize; ASKED],
}

#[derive(Template)]
#[template(path = "new_words.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    token: &'a str,
    state: &'a str,
    delay: Option<&'a str>,
    problem: Option<Problem>,
    words: [&'static str; WORDS],
    phrase: &'a str,
    asked: Vec<AskedWord<'a>>,
    /// Whether something that was typed is not right.
    wrong: bool,
}

#[derive(Template)]
#[template(path = "new_words_done.html")]
struct DonePage<'a> {
    t: &'a Texts,
    here: &'static str,
}

pub(in crate::pages) async fn choose(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let visit = shared.visit(&request);
    let written = fields.value(TOKEN);
    let (token, seen) = match find(&shared, &request, written, None).await {
        Ok((token, reading)) => (token, reading.leave()),
        Err(error) => return no_mailbox_page(t, visit, SIZE, &error, written),
    };
    let choice = Choice {
        shared: &shared,
        t,
        request: &request,
        token: &token,
        fields: &fields,
    };
    if !seen.known && choice.was_made().await {
        return choice.done();
    }
    let found = choice.answer(&seen).await;
    found_or_unknown(t, visit, SIZE, &token, (seen.known, found))
}

/// Somebody who takes other words.
struct Choice<'a> {
    shared: &'a Shared,
    t: &'a Texts,
    request: &'a HttpRequest,
    token: &'a TrackingToken,
    fields: &'a Fields,
}

impl Choice<'_> {
    async fn answer(&self, seen: &Seen) -> HttpResponse {
        let t = self.t;
        match seen.mailbox.found {
            Found::Own | Found::SeenByOther => {}
            Found::Moving => {
                let form = MessageForm::default();
                let as_it_is = (SIZE, StatusCode::CONFLICT);
                return mailbox_page(self.shared, t, as_it_is, self.token, seen, form).await;
            }
            Found::TooLate => return self.too_late(),
        }
        let state = self.fields.value(STATE);
        if state.is_empty() {
            return self.first_page(StatusCode::OK, None);
        }
        let Some(kept) = self.kept() else {
            let lapsed = Problem::new(t, StatusCode::UNPROCESSABLE_ENTITY, "new-words-lapsed");
            return self.first_page(StatusCode::UNPROCESSABLE_ENTITY, Some(lapsed));
        };
        let new = kept.token();
        // Nothing is changed for words that lead nowhere.
        if !seen.known || !typed_back::are_right(self.fields, &new.words(), kept.asked) {
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, None);
            return self.page(wrong, (&kept, state), Some(self.fields), None);
        }
        let delay = self.fields.value(DELAY);
        let may = self
            .shared
            .may_write(self.request, self.token.lookup_id(), delay);
        if let Err(wait) = may {
            let told = (StatusCode::TOO_MANY_REQUESTS, Some(wait.problem(t)));
            let mut answer = self.page(told, (&kept, state), None, Some(&wait));
            wait.mark(&mut answer);
            return answer;
        }
        let received_on = self.shared.today();
        let chosen = self
            .shared
            .choose_words(self.token, &new, received_on)
            .await;
        match chosen {
            Ok(Chosen::Now | Chosen::Before) => self.done(),
            Ok(Chosen::TooLate) => self.too_late(),
            Err(_) => {
                let told = (StatusCode::SERVICE_UNAVAILABLE, Some(unavailable(t)));
                self.page(told, (&kept, state), None, None)
            }
        }
    }

    /// These words were changed before, or their mailbox is one that was made too late itself.
    fn too_late(&self) -> HttpResponse {
        let page = (SIZE, StatusCode::CONFLICT);
        words_first(self.t, page, self.token, Found::TooLate)
            .expect("there is a page for whoever comes too late")
    }

    /// Whether it was made before and the committee's side has worked it off, so that the words of before
    /// lead nowhere: the same page may be sent again.
    async fn was_made(&self) -> bool {
        let Some(kept) = self.kept() else {
            return false;
        };
        let lane = self.shared.lane(self.request);
        let door = self.shared.door(&kept.token(), lane).await;
        matches!(door, Ok(Door::Open | Door::Full))
    }

    /// What the page carried, if it was made for these words and not too long ago.
    fn kept(&self) -> Option<Kept> {
        let state = self.fields.value(STATE);
        let opened: Opened<Kept> = self.shared.open_page(Purpose::NewWords, state).ok()?;
        let whose = self.token.lookup_id().to_string();
        (!opened.lapsed && opened.value.whose.expose() == whose).then_some(opened.value)
    }

    /// Words that were never shown before.
    fn first_page(&self, status: StatusCode, problem: Option<Problem>) -> HttpResponse {
        let Ok(new) = TrackingToken::draw(&self.shared.rng) else {
            return super::super::problem(self.t, &unavailable(self.t));
        };
        let kept = Kept {
            new: SecretText::from(new.phrase().to_string()),
            whose: SecretText::from(self.token.lookup_id().to_string()),
            asked: typed_back::draw(&self.shared.rng),
        };
        let state = self.shared.seal_page(Purpose::NewWords, &kept);
        self.page((status, problem), (&kept, &state), None, None)
    }

    fn page(
        &self,
        (status, problem): (StatusCode, Option<Problem>),
        (kept, state): (&Kept, &str),
        wrong: Option<&Fields>,
        wait: Option<&Wait>,
    ) -> HttpResponse {
        let new = kept.token();
        let (words, phrase) = (new.words(), new.phrase());
        let page = Page {
            t: self.t,
            here: HERE,
            token: &self.token.phrase(),
            state,
            delay: delay_of(wait),
            problem,
            words,
            phrase: &phrase,
            asked: typed_back::fields(self.t, &words, kept.asked, wrong),
            wrong: wrong.is_some(),
        };
        render_of(SIZE, status, self.t, &page)
    }

    fn done(&self) -> HttpResponse {
        let page = DonePage {
            t: self.t,
            here: HERE,
        };
        render_of(SIZE, StatusCode::CREATED, self.t, &page)
    }
}

impl Kept {
    fn token(&self) -> TrackingToken {
        TrackingToken::parse(self.new.expose()).expect("what was sealed with the page is a token")
    }
}
