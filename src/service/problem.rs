//! Problem details (RFC 9457): what a program is told when something is wrong, in the language it
//! asked for, with nothing internal.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use actix_web::{HttpResponse, HttpResponseBuilder};
use domain::complaint::{DraftError, FaultKind, FieldFault, FieldFaults};
use serde::Serialize;

use crate::body::BodyError;
use crate::language::Texts;
use crate::page::{AnswerSize, pad_to};

/// Most fields that one problem names; a body of nothing but faults must not be answered with many
/// times its own length.
const MOST_ERRORS: usize = 50;

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable name, as a URN.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is wrong, in the reader's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Fields that are at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// Path of the field.
    pub field: String,
    /// Stable name of the fault.
    pub code: &'static str,
    /// The fault, in the reader's language.
    pub message: String,
}

impl Problem {
    /// A problem whose texts are `problem-CODE` and, if there is one, `problem-CODE-next`.
    pub fn new(texts: &Texts, status: StatusCode, code: &str) -> Self {
        let next = format!("problem-{code}-next");
        Self {
            kind: format!("urn:guiando:problem:{code}"),
            title: texts.get(&format!("problem-{code}")),
            status: status.as_u16(),
            detail: texts.has(&next).then(|| texts.get(&next)),
            errors: Vec::new(),
        }
    }

    /// The problem of fields that are not as they must be.
    pub fn fields(texts: &Texts, faults: &FieldFaults) -> Self {
        let errors = faults
            .iter()
            .take(MOST_ERRORS)
            .map(|fault| FieldError::new(texts, fault))
            .collect();
        Self {
            errors,
            ..Self::new(texts, StatusCode::UNPROCESSABLE_ENTITY, "fields")
        }
    }

    /// The problem of one field, with a fault that only this kind of field has, told in words of its own.
    pub fn field(texts: &Texts, field: &str, code: &'static str, message: String) -> Self {
        Self {
            errors: vec![FieldError {
                field: field.to_owned(),
                code,
                message,
            }],
            ..Self::new(texts, StatusCode::UNPROCESSABLE_ENTITY, "fields")
        }
    }

    /// The problem of a JSON body that is not what the call takes.
    pub fn json(texts: &Texts, error: &DraftError) -> Self {
        match error {
            DraftError::NotUtf8 => Self::new(texts, StatusCode::BAD_REQUEST, "not-utf8"),
            DraftError::NotJson => Self::new(texts, StatusCode::BAD_REQUEST, "not-json"),
            DraftError::Fields(faults) => Self::fields(texts, faults),
        }
    }

    /// The problem of a body that was not read.
    pub fn body(texts: &Texts, error: BodyError) -> Self {
        let (status, code) = match error {
            BodyError::Encoded => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "encoding"),
            BodyError::MediaType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type"),
            BodyError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            BodyError::TooSlow => (StatusCode::REQUEST_TIMEOUT, "too-slow"),
            BodyError::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            BodyError::Broken => (StatusCode::BAD_REQUEST, "broken"),
        };
        Self::new(texts, status, code)
    }

    /// The answer, padded like every other.
    ///
    /// # Panics
    /// Never: the status comes from one of the constructors.
    pub fn respond(&self, texts: &Texts) -> HttpResponse {
        self.respond_of(AnswerSize::Small, texts)
    }

    /// The same, padded to a size at least.
    ///
    /// # Panics
    /// Never, as [`Self::respond`].
    pub fn respond_of(&self, least: AnswerSize, texts: &Texts) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).expect("made from a status");
        let body = serde_json::to_string(self).expect("a problem has only text keys");
        HttpResponseBuilder::new(status)
            .insert_header((CONTENT_TYPE, "application/problem+json"))
            .insert_header((CONTENT_LANGUAGE, texts.language().tag()))
            .body(pad_to(least, body))
    }
}

impl FieldError {
    fn new(texts: &Texts, fault: &FieldFault) -> Self {
        Self {
            field: fault.field.clone(),
            code: fault.kind.code(),
            message: fault_text(texts, fault.kind),
        }
    }
}

/// A fault in the reader's language.
pub fn fault_text(texts: &Texts, kind: FaultKind) -> String {
    let id = format!("fault-{}", kind.code().replace('_', "-"));
    match kind.limit() {
        Some(limit) => texts.with(&id, "limit", limit),
        None => texts.get(&id),
    }
}
