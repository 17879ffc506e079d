//! Who the members are, and how each of them proves it.
//!
//! A member is one [`MemberRecord`], sealed under the service's own key: whoever holds the database reads
//! neither how many can sign in today nor what they sign in with. A record is *invited* (it waits for
//! whoever has the link), *active* (it holds [`Credentials`]) or *ended*.
//!
//! The passphrase has no verifier of its own. It opens the member's private key, and that is the check:
//! whoever cannot give it cannot open a case either, whatever the service says.
//!
//! - [`login`], [`passphrase`], [`strength`]: name and passphrase.
//! - [`totp`], [`passkey`], [`recovery_codes`]: the second factor; [`factors`] holds those of a member.
//! - [`invitation`], [`spoken_code`]: from a link and a code to an active member.
//! - [`amendment`]: changing what is known of a member.
//! - [`record`], [`roster`]: what is kept, and all of it.

pub mod amendment;
pub(crate) mod encoded;
pub mod factors;
pub mod invitation;
mod letters;
pub mod login;
pub mod passkey;
pub mod passphrase;
pub mod record;
pub mod recovery_codes;
pub mod roster;
pub mod spoken_code;
pub mod strength;
#[cfg(test)]
mod tests;
pub mod totp;

pub use self::amendment::{Amendment, Detail, Details, Misfit};
pub use self::factors::{Factors, LastFactor, SecondFactor};
pub use self::invitation::{Checked, Halves, Invitation, InvitationCode, LinkHash};
pub use self::login::LoginName;
pub use self::record::{Credentials, MemberRecord, State};
pub use self::roster::{ChangeError, Roster, RosterError, Versioned};
pub use self::spoken_code::SpokenCode;

/// The system gives no randomness; nothing was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no randomness")]
pub struct NoRandomness;

/// Random bytes.
pub(crate) fn draw<const N: usize>(
    rng: &dyn ring::rand::SecureRandom,
) -> Result<zeroize::Zeroizing<[u8; N]>, NoRandomness> {
    let mut bytes = zeroize::Zeroizing::new([0; N]);
    rng.fill(bytes.as_mut_slice()).map_err(|_| NoRandomness)?;
    Ok(bytes)
}
