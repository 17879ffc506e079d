//! The address of this service inside the Tor network, where no network can see who visits it.

use std::fmt;
use std::str::FromStr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use sha3::{Digest as _, Sha3_256};

use crate::shared::Shared;

/// Tor Browser offers the address in this header by itself.
const ONION_LOCATION: HeaderName = HeaderName::from_static("onion-location");
/// Letters of an address before `.onion`: 35 bytes in base 32.
const LETTERS: usize = 56;

/// An onion address of version 3 (Tor's `rend-spec-v3`, section 6), whose checksum is right: a
/// mistyped one could be somebody else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnionAddress(String);

/// A text that is no onion address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an onion address has 56 letters and digits before `.onion`, and a checksum in them")]
pub struct NotAnOnionAddress;

impl FromStr for OnionAddress {
    type Err = NotAnOnionAddress;

    fn from_str(text: &str) -> Result<Self, NotAnOnionAddress> {
        let text = text.trim().to_ascii_lowercase();
        let host = text.strip_prefix("http://").unwrap_or(&text);
        let host = host.strip_suffix('/').unwrap_or(host);
        let letters = host.strip_suffix(".onion").ok_or(NotAnOnionAddress)?;
        let bytes = from_base32(letters).ok_or(NotAnOnionAddress)?;
        let (key, checksum, version) = match bytes.as_slice() {
            [key @ .., one, other, version] if letters.len() == LETTERS => {
                (key, [*one, *other], *version)
            }
            _ => return Err(NotAnOnionAddress),
        };
        let expected = Sha3_256::new()
            .chain_update(b".onion checksum")
            .chain_update(key)
            .chain_update([version])
            .finalize();
        if version == 3 && expected.starts_with(&checksum) {
            Ok(Self(host.to_owned()))
        } else {
            Err(NotAnOnionAddress)
        }
    }
}

impl fmt::Display for OnionAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// RFC 4648, section 6, in small letters and without padding.
fn from_base32(letters: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(letters.len() * 5 / 8);
    let (mut held, mut bits) = (0_u32, 0);
    for letter in letters.bytes() {
        let value = match letter {
            b'a'..=b'z' => letter - b'a',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        held = (held << 5 | u32::from(value)) & 0xFFF;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xFF).expect("masked to a byte"));
        }
    }
    Some(bytes)
}

/// Adds the header `Onion-Location` to every page that was read.
pub(crate) async fn tell(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let location = (request.method() == Method::GET)
        .then(|| {
            let shared = request.app_data::<Data<Shared>>()?;
            let onion = shared.onion.as_ref()?;
            HeaderValue::try_from(format!("http://{onion}{}", request.path())).ok()
        })
        .flatten();
    let mut answer = next.call(request).await?;
    if let Some(location) = location
        && answer.status() == StatusCode::OK
        && is_a_page(answer.headers().get(CONTENT_TYPE))
    {
        answer.headers_mut().insert(ONION_LOCATION, location);
    }
    Ok(answer)
}

fn is_a_page(content_type: Option<&HeaderValue>) -> bool {
    content_type.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The address of the Tor Project's own site.
    const ADDRESS: &str = "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion";

    #[test]
    fn an_address_is_read_with_and_without_its_scheme() {
        for text in [
            ADDRESS.to_owned(),
            format!("http://{ADDRESS}/"),
            format!(" {} ", ADDRESS.to_uppercase()),
        ] {
            assert_eq!(text.parse::<OnionAddress>().unwrap().to_string(), ADDRESS);
        }
    }

    #[test]
    fn an_address_with_any_letter_wrong_is_refused() {
        for position in 0..LETTERS {
            let mut wrong = ADDRESS.to_owned();
            let letter = if wrong.as_bytes()[position] == b'a' {
                "b"
            } else {
                "a"
            };
            wrong.replace_range(position..=position, letter);
            assert_eq!(
                wrong.parse::<OnionAddress>(),
                Err(NotAnOnionAddress),
                "{wrong}"
            );
        }
    }

    #[test]
    fn what_is_no_onion_address_is_refused() {
        for text in [
            "",
            ".onion",
            "guiando.example",
            "expyuzz4wqqyqhjn.onion",
            "á.onion",
        ] {
            assert_eq!(
                text.parse::<OnionAddress>(),
                Err(NotAnOnionAddress),
                "{text}"
            );
        }
    }
}
