//! Mail that tells members to look at the desk, and tells whoever sees the mail nothing.
//!
//! A message goes to each member who wants one at fixed [slots](slot), whether or not anything waits: its
//! bytes are the same, so neither that a message comes nor what stands in it shows that somebody filed. Only
//! to whoever gave a key of age or `OpenPGP` it says more, in numbers, sealed to that key and as long whatever they
//! are.
//!
//! What is here knows no store and no case: when ([`slot`]), what ([`message`]), how far each message is
//! ([`delivery`]), and the way out ([`smtp`]). The committee's service keeps what waits.
//!
//! # Roads not taken
//!
//! - *A message when something comes* tells the network, the mail server and whoever sees the member's
//!   screen that something came.
//! - *sequoia-openpgp* is LGPL, which the licences of this tree leave out. `pgp` brings curves and ciphers of
//!   its own into the committee's program; it is asked for nothing but reading a public key and sealing.
//! - *PGP/MIME* (RFC 3156): a block of text in the message is opened by the same programs, and the message is
//!   built like any other.
//! - *A pool of connections*: one message an hour to a dozen people needs none, and without it nothing is
//!   asked of the server after it took the message, so an answer that is lost there repeats nothing.

pub mod address;
pub mod delivery;
pub mod key;
pub mod message;
pub mod slot;
pub mod smtp;
