//! `/denunciar`: the form, and the words that lead back to what was filed.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::complaint::{Complaint, FieldFaults};
use service::language::Texts;
use service::problem::Problem;
use service::wording;

use super::form::{Fields, FormView, Widget, to_draft};
use super::{FORM, Unreadable};
use crate::filing::{Filed, FilingError};
use crate::shared::Shared;

const HERE: &str = "/denunciar";

#[derive(Template)]
#[template(path = "file.html")]
struct FormPage<'a> {
    t: &'a Texts,
    here: &'static str,
    form: FormView<'a>,
    problem: Option<Problem>,
}

#[derive(Template)]
#[template(path = "filed.html")]
struct FiledPage<'a> {
    t: &'a Texts,
    here: &'static str,
    words: [&'static str; sealing::WORDS],
    received_on: String,
    receipt: &'a str,
}

/// Why a complaint was not filed.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error(transparent)]
    Fields(#[from] FieldFaults),
    #[error(transparent)]
    Filing(#[from] FilingError),
}

pub(super) async fn show(shared: Data<Shared>, request: HttpRequest) -> HttpResponse {
    let t = shared.texts(&request);
    form_page(t, StatusCode::OK, &Fields::default(), None, None)
}

pub(super) async fn send(
    shared: Data<Shared>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let t = shared.texts(&request);
    let fields = match read(&shared, &request, payload).await {
        Ok(fields) => fields,
        Err(unreadable) => return unreadable.answer(t),
    };
    match take(&shared, &fields).await {
        Ok(filed) => filed_page(t, &filed),
        Err(Refusal::Fields(faults)) => form_page(
            t,
            StatusCode::UNPROCESSABLE_ENTITY,
            &fields,
            Some(&faults),
            None,
        ),
        Err(Refusal::Filing(_)) => {
            let problem = super::unavailable(t);
            form_page(
                t,
                StatusCode::SERVICE_UNAVAILABLE,
                &fields,
                None,
                Some(problem),
            )
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

async fn take(shared: &Shared, fields: &Fields) -> Result<Filed, Refusal> {
    let complaint = Complaint::parse(to_draft(fields)?)?.filed_on(shared.today())?;
    Ok(shared.file(complaint, Vec::new()).await?)
}

fn form_page(
    t: &Texts,
    status: StatusCode,
    fields: &Fields,
    faults: Option<&FieldFaults>,
    problem: Option<Problem>,
) -> HttpResponse {
    let form = FormView::new(t, fields, faults);
    super::render(
        status,
        t,
        &FormPage {
            t,
            here: HERE,
            form,
            problem,
        },
    )
}

fn filed_page(t: &Texts, filed: &Filed) -> HttpResponse {
    let page = FiledPage {
        t,
        here: HERE,
        words: filed.token.words(),
        received_on: wording::date(t, filed.received_on),
        receipt: &filed.receipt,
    };
    super::render(StatusCode::CREATED, t, &page)
}
