//! `/acuse/verificar`: whether a receipt is ours, and in the list of its day.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use receipts::{Proof, Receipt, ReceiptError};
use service::language::Texts;
use service::wording;
use store::StoreError;

use super::form::Fields;
use super::receipt::RECEIPT;
use super::{FORM, Unreadable, echo};
use crate::publication::Inclusion;
use crate::shared::Shared;

const HERE: &str = "/acuse/verificar";
/// The field of the proof.
const PROOF: &str = "proof";
/// How much of what was written in place of a receipt or a proof is shown again.
const SHOWN: usize = 1_000;

#[derive(Template)]
#[template(path = "verify.html")]
struct Page<'a> {
    t: &'a Texts,
    here: &'static str,
    written: &'a str,
    error: Option<String>,
    proof_written: &'a str,
    proof_error: Option<String>,
    found: Option<Found>,
}

/// What a receipt of ours says.
struct Found {
    receipt: String,
    day: String,
    deadlines: Vec<String>,
    /// Whether something is as it must not be.
    alarming: bool,
    /// What is known of the list of its day.
    tree: Vec<String>,
    proof: Option<String>,
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    super::render(StatusCode::OK, t, &empty(t))
}

pub(super) async fn check(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    let (text, proof) = (fields.value(RECEIPT), fields.value(PROOF));
    let (code, receipt) = match receipts::find(text, &shared.receipts.public()) {
        Ok(found) => found,
        Err(error) => return refused(t, text, error),
    };
    let outcome = match shared.inclusion(&receipt).await {
        Ok(inclusion) => found(&shared, t, code, &receipt, proof, &inclusion),
        Err(error) => {
            tell(&error);
            return super::problem(t, &super::unavailable(t));
        }
    };
    match outcome {
        Ok(found) => {
            let found = Some(found);
            super::render(StatusCode::OK, t, &Page { found, ..empty(t) })
        }
        Err(proof_error) => {
            let page = Page {
                written: echo::cut(text, SHOWN).0,
                proof_written: echo::cut(proof, SHOWN).0,
                proof_error: Some(proof_error),
                ..empty(t)
            };
            super::render(StatusCode::UNPROCESSABLE_ENTITY, t, &page)
        }
    }
}

async fn read(
    shared: &Shared,
    request: &HttpRequest,
    payload: Payload,
) -> Result<Fields, Unreadable> {
    let body = shared.limits.read(request, payload, FORM).await?;
    Ok(Fields::parse(&body)?)
}

/// The page for a receipt that is none of ours, with what was written.
pub(super) fn refused(t: &Texts, written: &str, error: ReceiptError) -> HttpResponse {
    let told = match error {
        ReceiptError::Format => "verify-not-receipt",
        ReceiptError::Version(_) => "verify-version",
        ReceiptError::Signature => "verify-forged",
    };
    let page = Page {
        written: echo::cut(written, SHOWN).0,
        error: Some(t.get(told)),
        ..empty(t)
    };
    super::render(StatusCode::UNPROCESSABLE_ENTITY, t, &page)
}

/// What the store refused.
pub(super) fn tell(error: &StoreError) {
    tracing::error!(cause = %error, "the list of a day could not be read");
}

/// What is told of a receipt; or what is wrong with the proof that came with it.
fn found(
    shared: &Shared,
    t: &Texts,
    code: String,
    receipt: &Receipt,
    proof: &str,
    inclusion: &Inclusion,
) -> Result<Found, String> {
    let day = wording::date(t, receipt.received_on);
    let mut tree = Vec::new();
    let mut alarming = false;
    if !proof.trim().is_empty() {
        let given: Proof = proof.parse().map_err(|_| t.get("verify-not-proof"))?;
        given
            .verify(receipt, &shared.receipts.public())
            .map_err(|_| t.get("verify-proof-wrong"))?;
        tree.push(t.get("verify-proof-good"));
        // A head that is signed but not the one shown to everybody is what the list is there to find.
        let published = match inclusion {
            Inclusion::Proved(ours) => ours.head() == given.head(),
            Inclusion::Pending | Inclusion::Missing | Inclusion::Older => false,
        };
        if !published {
            alarming = true;
            tree.push(t.get("verify-proof-unpublished"));
        }
    }
    let proof = match inclusion {
        Inclusion::Proved(proof) => {
            tree.push(t.get("verify-list-there"));
            Some(proof.to_string())
        }
        Inclusion::Pending => {
            tree.push(t.get("verify-list-pending"));
            None
        }
        Inclusion::Missing => {
            alarming = true;
            tree.push(t.get("verify-list-missing"));
            None
        }
        Inclusion::Older => {
            tree.push(t.get("verify-list-older"));
            None
        }
    };
    Ok(Found {
        receipt: code,
        day: t.fill("receipt-received", &[("date", &day)]),
        deadlines: receipt
            .terms
            .iter()
            .map(|term| wording::deadline(t, term))
            .collect(),
        alarming,
        tree,
        proof,
    })
}

fn empty(t: &Texts) -> Page<'_> {
    Page {
        t,
        here: HERE,
        written: "",
        error: None,
        proof_written: "",
        proof_error: None,
        found: None,
    }
}
