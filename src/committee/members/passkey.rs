//! Passkeys (`WebAuthn`): a device proves itself with a key that it never shows.
//!
//! The device has to make sure of its owner each time (user verification), so a device that was taken
//! away does not help. What is under way is kept in memory alone; only the finished credential is
//! written, in the member's record.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use domain::committee::MemberId;
use serde::{Deserialize, Serialize};
use webauthn_rs::WebauthnBuilder;
use webauthn_rs::prelude::{
    Passkey, PasskeyAuthentication, PasskeyRegistration, Url, Uuid, Webauthn, WebauthnError,
};

/// Shown by the browser.
const NAME: &str = "Guiando tu Denuncia";
/// How long a browser waits for the device.
const PATIENCE: Duration = Duration::from_mins(2);

/// Where the committee's pages are served: `https://` and a name, or `http://localhost` for trying out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    url: Url,
    host: String,
}

/// A text that names no such place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the address of a site, such as https://comite.example.mx")]
pub struct NotAnOrigin;

/// Makes and answers challenges.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

/// A passkey of a member.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PasskeyFactor {
    label: Label,
    credential: Passkey,
}

/// What a member calls a device; up to [`Label::MAX`] characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Label(String);

/// A challenge for the browser, and what its answer is checked against.
#[derive(Debug, Clone)]
pub struct Registering {
    /// For `navigator.credentials.create`, as JSON.
    pub options: String,
    state: PasskeyRegistration,
}

/// The same for a device that is known.
#[derive(Debug, Clone)]
pub struct Proving {
    /// For `navigator.credentials.get`, as JSON.
    pub options: String,
    state: PasskeyAuthentication,
}

/// Why a device is not taken. What it said stays out of it.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// What came is no answer of a browser.
    #[error("not an answer of a browser")]
    Form,
    /// The answer is not to this challenge, not of this site, not of a known device, unverified, or the
    /// device was copied.
    #[error("the device did not prove itself")]
    Refused(#[source] WebauthnError),
    /// No challenge could be made.
    #[error("no challenge could be made")]
    Challenge(#[source] WebauthnError),
    /// There is no device to ask.
    #[error("the member has no device")]
    NoDevice,
}

impl Passkeys {
    /// For one site.
    pub fn at(origin: &Origin) -> Self {
        let builder = WebauthnBuilder::new(&origin.host, &origin.url)
            .expect("an origin has a host, which is its own domain");
        let built = builder.rp_name(NAME).timeout(PATIENCE).build();
        Self(built.expect("the settings are complete"))
    }

    /// Begins to take up a new device.
    ///
    /// # Errors
    /// [`PasskeyError::Challenge`].
    pub fn register(
        &self,
        member: MemberId,
        login: &str,
        name: &str,
        known: &[PasskeyFactor],
    ) -> Result<Registering, PasskeyError> {
        let known = known
            .iter()
            .map(|factor| factor.credential.cred_id().clone())
            .collect();
        let (options, state) = self
            .0
            .start_passkey_registration(Uuid::from_bytes(member.0), login, name, Some(known))
            .map_err(PasskeyError::Challenge)?;
        Ok(Registering {
            options: json(&options),
            state,
        })
    }

    /// Takes the new device up.
    ///
    /// # Errors
    /// [`PasskeyError::Form`], [`PasskeyError::Refused`].
    pub fn registered(
        &self,
        begun: &Registering,
        answer: &str,
        label: Label,
    ) -> Result<PasskeyFactor, PasskeyError> {
        let answer = serde_json::from_str(answer).map_err(|_| PasskeyError::Form)?;
        let credential = self
            .0
            .finish_passkey_registration(&answer, &begun.state)
            .map_err(PasskeyError::Refused)?;
        Ok(PasskeyFactor { label, credential })
    }

    /// Asks known devices to prove themselves.
    ///
    /// # Errors
    /// [`PasskeyError::NoDevice`], [`PasskeyError::Challenge`].
    pub fn challenge(&self, known: &[PasskeyFactor]) -> Result<Proving, PasskeyError> {
        // A challenge to nobody in particular would be one to every device.
        if known.is_empty() {
            return Err(PasskeyError::NoDevice);
        }
        let known: Vec<Passkey> = known
            .iter()
            .map(|factor| factor.credential.clone())
            .collect();
        let (options, state) = self
            .0
            .start_passkey_authentication(&known)
            .map_err(PasskeyError::Challenge)?;
        Ok(Proving {
            options: json(&options),
            state,
        })
    }

    /// Whether one of them did. Its counter moves on: what changed has to be kept before anybody is let
    /// in.
    ///
    /// # Errors
    /// [`PasskeyError::Form`], [`PasskeyError::Refused`].
    pub fn proven(
        &self,
        begun: &Proving,
        answer: &str,
        known: &mut [PasskeyFactor],
    ) -> Result<(), PasskeyError> {
        let answer = serde_json::from_str(answer).map_err(|_| PasskeyError::Form)?;
        let result = self
            .0
            .finish_passkey_authentication(&answer, &begun.state)
            .map_err(PasskeyError::Refused)?;
        // The device may have been removed meanwhile.
        let updated = known
            .iter_mut()
            .find_map(|factor| factor.credential.update_credential(&result));
        match updated {
            // A counter that stands still since it was read is one that was used by another sign-in.
            Some(false) if result.counter() > 0 => Err(PasskeyError::Refused(
                WebauthnError::CredentialPossibleCompromise,
            )),
            Some(_) => Ok(()),
            None => Err(PasskeyError::Refused(WebauthnError::CredentialNotFound)),
        }
    }
}

impl PasskeyFactor {
    /// What the member calls it.
    pub fn label(&self) -> &str {
        &self.label.0
    }

    /// Tells it from the others, in addresses and forms.
    pub fn id(&self) -> String {
        hex::encode(self.credential.cred_id())
    }
}

impl Default for Label {
    fn default() -> Self {
        Self("Llave de acceso".to_owned())
    }
}

impl Label {
    /// Most characters.
    pub const MAX: usize = 40;

    /// Reads one; what is empty or too long is none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=Self::MAX).contains(&text.chars().count());
        (fits && !text.chars().any(char::is_control)).then(|| Self(text.to_owned()))
    }
}

impl FromStr for Origin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let url = Url::parse(text).map_err(|_| NotAnOrigin)?;
        let host = url.domain().ok_or(NotAnOrigin)?.to_owned();
        let secure = url.scheme() == "https" || (url.scheme() == "http" && host == "localhost");
        let bare = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        if secure && bare {
            Ok(Self { url, host })
        } else {
            Err(NotAnOrigin)
        }
    }
}

impl fmt::Display for Origin {
    /// Without a slash at its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

fn json(options: &impl Serialize) -> String {
    serde_json::to_string(options).expect("challenges have only text keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_of_a_site_is_an_origin() {
        for good in [
            "https://comite.example.mx",
            "https://comite.example.mx:8443/",
            "http://localhost:8081",
        ] {
            let origin: Origin = good.parse().unwrap();
            assert_eq!(origin.to_string(), good.trim_end_matches('/'));
            Passkeys::at(&origin);
        }
        for bad in [
            "",
            "comite.example.mx",
            "http://comite.example.mx",
            "https://127.0.0.1",
            "https://comite.example.mx/desk",
            "https://comite.example.mx/?a",
            "https://ana@comite.example.mx",
            "ftp://comite.example.mx",
        ] {
            assert_eq!(bad.parse::<Origin>(), Err(NotAnOrigin), "{bad}");
        }
    }

    #[test]
    fn a_challenge_asks_the_device_to_make_sure_of_its_owner() {
        let passkeys = Passkeys::at(&"https://comite.example.mx".parse().unwrap());
        let begun = passkeys
            .register(MemberId([1; 16]), "ana", "Ana", &[])
            .unwrap();
        let options: serde_json::Value = serde_json::from_str(&begun.options).unwrap();
        let options = &options["publicKey"];
        assert_eq!(options["rp"]["id"], "comite.example.mx");
        assert_eq!(
            options["authenticatorSelection"]["userVerification"],
            "required"
        );
        for answer in ["", "{}", "null", r#"{"id":"a"}"#] {
            let label = Label::parse("x").unwrap();
            let refused = passkeys.registered(&begun, answer, label);
            assert!(matches!(refused, Err(PasskeyError::Form)), "{answer}");
        }
        assert!(matches!(
            passkeys.challenge(&[]),
            Err(PasskeyError::NoDevice)
        ));
    }

    #[test]
    fn a_device_has_a_name_that_fits_a_line() {
        assert_eq!(Label::parse("  Llave azul ").unwrap().0, "Llave azul");
        for bad in ["", "  ", "a\nb", &"x".repeat(41)] {
            assert!(Label::parse(bad).is_none(), "{bad:?}");
        }
    }
}
