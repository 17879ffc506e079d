//! The public service: takes complaints in, seals them, and shows a person their own mailbox.
//!
//! It cannot open what it has sealed: it holds the committee's public recipients only, and neither
//! this crate nor any that it depends on has code that opens a complaint. It does not look at who
//! comes: no address, no user agent, no cookie, no access log (`clippy.toml` bans the calls).
//!
//! # The way of a complaint
//!
//! 1. A handler of `api` or `pages` reads the body within its limits and parses it with
//!    `domain::complaint`: the page and the API obey the same rules.
//! 2. `filing` draws a token, seals the complaint and the first entry of its mailbox, and signs a
//!    receipt of the crate `receipts`.
//! 3. `deposits` stores it together with whatever else waits at that moment, in one transaction.
//! 4. Only then is the person told the twelve words.
//!
//! `mailboxes` reads a mailbox with the words, by pages; an unknown token costs the same as a known one
//! and its answer has the same length, however much a mailbox holds.
//!
//! # What every answer keeps
//!
//! A padded length, the headers of `service::headers`, no cookie, and nothing of the token in an
//! address, a title or a header. Pages work without scripts, and there is none.
//!
//! # Roads not taken
//!
//! - *A redirect after a form* (POST, redirect, GET) would need the token in an address or a cookie.
//!   So reloading the page that shows the words sends the form again; browsers ask before they do.
//! - *Limits for each address alone*: behind Tor or the institution's proxy everybody has the same one.
//!   `abuse` says what stands against floods instead.
//! - *Waiting a moment to gather more deposits* would slow down the single complaint of a quiet
//!   day. The groups form by themselves while the one before is being written.

mod abuse;
mod api;
mod cleaner;
mod deposits;
mod evidence;
mod fallback;
mod filing;
mod form_key;
mod health;
mod held_view;
mod later;
mod legal_calendar;
mod listen;
mod lists;
mod mailboxes;
mod message_id;
mod multipart;
mod network;
mod onion;
mod options;
mod page_seal;
mod pages;
mod private_file;
mod publication;
mod receipt_file;
mod sender;
mod server;
mod shared;
mod signing;
mod start;
mod style;
mod visit;
mod wording;

#[cfg(test)]
mod checks;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod walking;

pub use self::abuse::{Budget, Budgets};
pub use self::cleaner::CleanerProgram;
pub use self::evidence::{EvidenceLimits, EvidenceOptions};
pub use self::form_key::FormKeyError;
pub use self::listen::ListenAddress;
pub use self::network::{Network, Networks};
pub use self::onion::OnionAddress;
pub use self::options::Options;
pub use self::page_seal::{NotPageKeys, PageKeys};
pub use self::server::{BindError, Intake};
pub use self::shared::Settings;
pub use self::start::{StartError, start};
