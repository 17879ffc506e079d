//! The body of a form, read before any handler.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::error::ErrorInternalServerError;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use domain::complaint::SecretText;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// The body of a form that the gate has read.
pub(in crate::desk) struct Form(pub(super) Zeroizing<Vec<u8>>);

impl Form {
    /// What came, whole.
    pub(in crate::desk) fn into_bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }

    pub(super) fn token(&self) -> Option<SecretText> {
        self.parse::<TokenField>()?.csrf
    }

    /// Its fields, if they are all there, and once each.
    pub(in crate::desk) fn parse<T: DeserializeOwned>(&self) -> Option<T> {
        let text = std::str::from_utf8(&self.0).ok()?;
        web::Query::<T>::from_query(text)
            .ok()
            .map(web::Query::into_inner)
    }
}

impl FromRequest for Form {
    type Error = Error;
    type Future = Ready<Result<Self, Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let form = request.extensions_mut().remove::<Self>();
        ready(form.ok_or_else(|| ErrorInternalServerError("a form was left outside the gate")))
    }
}

#[derive(Deserialize)]
struct TokenField {
    csrf: Option<SecretText>,
}
