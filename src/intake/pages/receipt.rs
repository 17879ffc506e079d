//! `POST /acuse`: a receipt as a file to keep.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use receipts::{Block, Document, Receipt, ReceiptError};
use service::language::Texts;
use service::page::{self, ANSWER_SIZES};
use service::wording;
use store::StoreError;

use super::form::Fields;
use super::verify;
use super::{FORM, Unreadable};
use crate::publication::Inclusion;
use crate::shared::Shared;

/// The field of the receipt.
pub(super) const RECEIPT: &str = "receipt";
/// The field that says as what.
const FORMAT: &str = "format";

/// As what a receipt is handed out.
#[derive(Debug, Clone, Copy)]
enum Format {
    Pdf,
    Text,
}

impl Format {
    /// Text, unless the other one is asked for by name: every reader opens it.
    fn named(name: &str) -> Self {
        if name == "pdf" { Self::Pdf } else { Self::Text }
    }
}

#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The names of the files are those of any purchase.
pub(super) async fn give(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    match make(&shared, t, &request, payload).await {
        Ok((Format::Pdf, document)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/pdf"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"acuse.pdf\""))
            .body(receipts::pdf(&document, ANSWER_SIZES[0])),
        Ok((Format::Text, document)) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/plain; charset=utf-8"))
            .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"acuse.txt\""))
            .body(page::pad(receipts::text(&document))),
        Err(Refusal::Unreadable(unreadable)) => unreadable.answer(t),
        Err(Refusal::Receipt(error)) => verify::refused(t, "", error),
        Err(Refusal::Store(error)) => {
            verify::tell(&error);
            super::problem(t, &super::unavailable(t))
        }
    }
}

async fn make(
    shared: &Shared,
    t: &Texts,
    request: &HttpRequest,
    payload: Payload,
) -> Result<(Format, Document), Refusal> {
    let body = shared
        .limits
        .read(request, payload, FORM)
        .await
        .map_err(Unreadable::from)?;
    let fields = Fields::parse(&body).map_err(Unreadable::from)?;
    let text = fields.value(RECEIPT);
    let (text, receipt) = receipts::find(text, &shared.receipts.public())?;
    let inclusion = shared.inclusion(&receipt).await?;
    let key = shared.receipts.public().to_string();
    let document = document(t, &receipt, text, &inclusion, key);
    Ok((Format::named(fields.value(FORMAT)), document))
}

/// It does not name the institution, and tells whoever holds it what holding it tells.
fn document(
    t: &Texts,
    receipt: &Receipt,
    text: String,
    inclusion: &Inclusion,
    key: String,
) -> Document {
    let day = wording::date(t, receipt.received_on);
    let mut blocks = vec![
        Block::Paragraph(t.fill("receipt-received", &[("date", &day)])),
        Block::Paragraph(t.get("receipt-silent")),
        Block::Paragraph(t.get("receipt-shows")),
    ];
    if !receipt.terms.is_empty() {
        blocks.push(Block::Heading(t.get("receipt-terms")));
        let deadlines = receipt.terms.iter();
        blocks.extend(deadlines.map(|term| Block::Paragraph(wording::deadline(t, term))));
    }
    blocks.push(Block::Heading(t.get("receipt-itself")));
    blocks.push(Block::Code(text));
    blocks.push(Block::Heading(t.get("receipt-proof")));
    match inclusion {
        Inclusion::Proved(proof) => blocks.push(Block::Code(proof.to_string())),
        Inclusion::Pending => blocks.push(Block::Paragraph(t.get("verify-list-pending"))),
        Inclusion::Missing => blocks.push(Block::Paragraph(t.get("verify-list-missing"))),
        Inclusion::Older => blocks.push(Block::Paragraph(t.get("verify-list-older"))),
    }
    blocks.push(Block::Heading(t.get("receipt-key")));
    blocks.push(Block::Code(key));
    blocks.push(Block::Heading(t.get("receipt-how")));
    blocks.push(Block::Paragraph(t.get("receipt-how-here")));
    blocks.push(Block::Paragraph(t.get("receipt-how-alone")));
    blocks.push(Block::Code(
        "guiando receipt verify --key clave.txt acuse.txt".to_owned(),
    ));
    Document {
        language: t.language().tag(),
        title: t.get("receipt-title"),
        blocks,
    }
}
