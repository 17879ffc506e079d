//! The key under which a session keeps what it searches in. Like the member's own key it follows from the
//! cookie, so that whoever gets a copy of this memory between two requests tells no word from another.

use ring::hkdf::{HKDF_SHA256, Salt};
use ring::hmac;

use super::cookie::Id;

/// Names the product and the version of the scheme.
const SALT: &[u8] = b"guiando tu denuncia, session, v1";
/// What the key that follows from the id is for.
const LABEL: &[u8] = b"search index";

pub(super) fn of(id: &Id) -> hmac::Key {
    Salt::new(HKDF_SHA256, SALT)
        .extract(id.as_bytes())
        .expand(&[LABEL], hmac::HMAC_SHA256)
        .expect("HKDF gives as many bytes as its hash has")
        .into()
}
