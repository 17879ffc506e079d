//! Replies to the complainant: sealed by the committee's side, opened with the tracking token.
//!
//! A mailbox is a row of entries at positions 0, 1, 2 …, each sealed by itself with the
//! [`MailboxKey`]. Intake writes position 0 when a complaint is filed, triage every other one; who
//! holds the token reads them all. An entry is a [`Standing`](Body::Standing), which says where the
//! case stands and replaces the one before, a [`Message`](Body::Message), which may bring a standing
//! of its own, or what was [`Filed`](Body::Filed): people see what they sent.
//!
//! A person may choose other words. Intake then makes a mailbox under the new ones that says so at position
//! 0 ([`Body::Words`]); triage moves the case there, seals every entry again under the new key at its old
//! position, and deletes the old mailbox.
//!
//! What was filed stands at position 0. It is there for whoever holds the twelve words and nobody
//! else: the mailroom holds no key to it, and the committee reads the complaint in its case.
//!
//! # The format, version 1
//!
//! `nonce (12 bytes, random) ‖ ciphertext ‖ tag (16)`, ChaCha20-Poly1305 (RFC 8439), as long as one
//! of the [`ENTRY_SIZES`]. Associated data: `"guiando mailbox entry, v1" ‖ lookup id (32) ‖ position
//! (u32, big endian)`, so that an entry can be neither moved within a mailbox nor to another one. The
//! plaintext is `u32 length (big endian) ‖ JSON ‖ zeros`.
//!
//! This is an authenticated cipher of another crate than the one that seals complaints, so that the
//! public service, which must show replies, holds no code that opens a complaint.

mod entry;
mod handing_in;
mod seal;
mod view;

pub use self::entry::{
    Author, Body, Detail, Entry, Filed, FiledFile, Message, NewWords, Notice, Situation, Standing,
};
pub use self::handing_in::{HandedIn, HandingIn, HandingInError};
pub use self::seal::{ENTRY_SIZES, EntrySealError, OpenError, SealedEntry, open, seal};
pub use self::view::{Found, Mailbox, Posted, Words};
pub use sealing::{LookupId, MailboxKey};

/// With so many entries, a mailbox takes no further message until the committee is heard.
pub const MOST_ENTRIES: u32 = 1_000;
