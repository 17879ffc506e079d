//! `/atenciones/denuncia`: a member writes a complaint down for a person on the phone or at the desk.
//!
//! It takes the way of every other: it is sealed to the committee as the public service seals it and left
//! in the mailroom, where nothing tells it from the others, and the worker makes the case. So whom the
//! complaint names is kept out of it as ever, the member who wrote it down included.
//!
//! The member sees the twelve words once, to hand them over. The mailbox says, to whoever opens it with
//! them, that somebody else has seen them: they open nothing before the person has chosen others.
//!
//! Words and ids follow from what was written and from what the form drew, under a key of the service: the
//! same form sent twice is one complaint, and nothing of the words is kept.

mod form;
mod page;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use committee::log::LogError;
use committee::shelf::{Shelf, ShelfError};
use domain::attention::{
    Attention, AttentionId, AttentionRefused, Channel, Done, Entered, Subject,
};
use domain::committee::MemberId;
use domain::complaint::Complaint;
use mailbox::{HandedIn, HandingIn, HandingInError};
use ring::hmac;
use ring::rand::SecureRandom as _;
use sealing::{EnvelopeId, TrackingToken};
use service::problem::Problem;
use store::StoreError;
use store::mailroom::{Deposit, Leaf};
use store::records::RecordId;
use zeroize::Zeroizing;

use self::form::{Filled, Told};
use self::page::{FormPage, WordsPage};
use super::fields::Fields;
use super::gate::{Form, Member};
use super::{Desk, fallback, pages};

/// Names the use of the key.
const KEY: &str = "assisted filing, v1";

/// Why a complaint that is right was not left in the mailroom.
#[derive(Debug, thiserror::Error)]
enum NotFiled {
    #[error("the system gives no randomness")]
    Randomness,
    #[error(transparent)]
    Seal(#[from] HandingInError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error(transparent)]
    Attention(#[from] AttentionRefused),
}

/// The empty form.
pub(super) async fn show(desk: Data<Desk>, request: HttpRequest, member: Member) -> HttpResponse {
    let filled = Filled::empty(&member);
    form_page(&desk, &request, &member, &filled, StatusCode::OK, None)
}

/// Takes it, or gives it back with what is wrong.
pub(super) async fn file(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    form: Form,
) -> HttpResponse {
    let mut filled = Filled::of(Fields::of(&form), &member);
    if filled.asks_for_more() {
        return form_page(&desk, &request, &member, &filled, StatusCode::OK, None);
    }
    let told = match filled.told(desk.today()) {
        Ok(told) => told,
        Err(faults) => {
            filled.faults = Some(faults);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return form_page(&desk, &request, &member, &filled, status, None);
        }
    };
    match leave(&desk, &member, &filled.once, told).await {
        Ok(token) => {
            let texts = desk.texts(&request);
            let page = WordsPage::new(texts, &member, &token, desk.today());
            pages::page(texts, StatusCode::CREATED, &page)
        }
        Err(error) => {
            let texts = desk.texts(&request);
            tracing::error!(cause = %error, "a complaint that was written down was not stored");
            let problem = match &error {
                NotFiled::Log(error) => fallback::not_logged(texts, error),
                NotFiled::Randomness
                | NotFiled::Seal(_)
                | NotFiled::Store(_)
                | NotFiled::Shelf(_)
                | NotFiled::Attention(_) => fallback::unavailable(texts),
            };
            let status = StatusCode::SERVICE_UNAVAILABLE;
            form_page(&desk, &request, &member, &filled, status, Some(&problem))
        }
    }
}

fn form_page(
    desk: &Desk,
    request: &HttpRequest,
    member: &Member,
    filled: &Filled,
    status: StatusCode,
    problem: Option<&Problem>,
) -> HttpResponse {
    let texts = desk.texts(request);
    let page = FormPage::new(texts, member, filled, problem);
    pages::page(texts, status, &page)
}

/// Counts the attention and leaves the complaint in the mailroom; each is done once, however often it is
/// asked for.
async fn leave(
    desk: &Desk,
    member: &Member,
    once: &str,
    told: Told,
) -> Result<TrackingToken, NotFiled> {
    let Told { complaint, channel } = told;
    let drawn = Drawn::of(member, once, &complaint);
    count(desk, member, drawn.attention, channel).await?;
    let rng = member.keyring.rng();
    let received_on = desk.today();
    let handing_in = HandingIn {
        token: &drawn.token,
        envelope_id: drawn.envelope,
        received_on,
        complaint,
        evidence: Vec::new(),
        receipt: String::new(),
        assisted: true,
    };
    let HandedIn {
        envelope,
        first_entry,
    } = handing_in.seal(member.keyring.recipients(), rng)?;
    // As many leaves as complaints: nobody has the receipt of this one.
    let mut hash = [0; 32];
    rng.fill(&mut hash).map_err(|_| NotFiled::Randomness)?;
    let deposit = Deposit {
        envelope,
        first_entry: Some(first_entry),
        leaf: Some(Leaf {
            day: received_on,
            hash,
        }),
    };
    desk.mailroom.deposit(&[deposit]).await?;
    Ok(drawn.token)
}

/// Enters the attention, which names no case, unless that is done.
async fn count(
    desk: &Desk,
    member: &Member,
    id: AttentionId,
    channel: Channel,
) -> Result<(), NotFiled> {
    let shelf = Shelf::new(&*desk.cases, &member.keyring);
    if shelf.find::<Attention>(RecordId(id.0)).await?.is_some() {
        return Ok(());
    }
    let what = Entered {
        on: desk.today(),
        channel,
        subject: Subject::Complaint,
        done: Done::Filed,
        ooad: None,
        umae: None,
        risk: None,
        note: None,
    };
    let one = Attention::enter(id, what, member.actor.id, desk.today())?;
    member.recorder(desk).attention_recorded().await?;
    shelf.add(&one).await?;
    Ok(())
}

/// What follows from a form and what is written in it.
struct Drawn {
    token: TrackingToken,
    envelope: EnvelopeId,
    attention: AttentionId,
}

impl Drawn {
    fn of(member: &Member, once: &str, complaint: &Complaint) -> Self {
        let key = member.keyring.own().derive(KEY);
        let key = hmac::Key::new(hmac::HMAC_SHA256, key.as_slice());
        let MemberId(by) = member.actor.id;
        let written =
            Zeroizing::new(serde_json::to_vec(complaint).expect("a complaint has only text keys"));
        let draw = |what: &str| {
            let mut mac = hmac::Context::with_key(&key);
            for part in [what.as_bytes(), &by, once.as_bytes(), &written] {
                mac.update(&(part.len() as u64).to_be_bytes());
                mac.update(part);
            }
            let tag = mac.sign();
            let mut first = [0; 16];
            first.copy_from_slice(&tag.as_ref()[..16]);
            first
        };
        Self {
            token: TrackingToken::from(draw("token")),
            envelope: EnvelopeId::from(draw("envelope")),
            attention: AttentionId(draw("attention")),
        }
    }
}
