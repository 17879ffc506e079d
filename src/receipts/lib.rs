//! Receipts: signed proof that the committee's channel took a complaint in, and the daily tree that
//! keeps the channel honest about it.
//!
//! Everything here can be checked with the service's public key alone, without the service. All
//! numbers are big endian, a *day* is `year (i16) ‖ month (1) ‖ day (1)`, and everything that people
//! handle is base64url without padding, in which blanks and line breaks mean nothing.
//!
//! # Receipt
//!
//! `version (1 byte, 2) ‖ receipt id (16) ‖ day (4) ‖ number of terms (1) ‖ terms ‖ commitment (32) ‖
//! signature (64)`, where a term is `length of its code (1) ‖ code (ASCII, from the catalogue of terms) ‖
//! last day (4)`. The signature is Ed25519 over `"guiando receipt, v2" ‖ all bytes before it`.
//!
//! Version 1 is `1 ‖ receipt id (16) ‖ day (4) ‖ signature (64)`, signed after `"guiando receipt, v1"`.
//!
//! The receipt id is derived from the token, but is not what the mailroom indexes: a receipt shown to
//! somebody leads to no mailbox. It says nothing of the content either:
//!
//! # Commitment
//!
//! `HMAC-SHA-256(blinding, "guiando commitment, v1" ‖ number of files (u32) ‖ their SHA-256, sorted ‖
//! the complaint's JSON as it is sealed)`. The blinding comes from the token, so only who has the words
//! can check a content against it; and no two contents have the same one.
//!
//! # Tree of a day
//!
//! A binary tree of 4,096 leaves. A day with more receipts has the next power of two. A leaf is
//! `SHA-256(0 ‖ receipt)` or, for every place that no receipt takes, 32 random bytes. All are sorted, so
//! neither their number nor their places tell how many receipts there are, not even to who has the
//! receipt key. A node is `SHA-256(1 ‖ left ‖ right)` (the prefixes are those of RFC 6962).
//!
//! So a tree cannot be grown a second time: the one that was stored first, whole and with its signed
//! head, is the tree of its day, and every proof comes from there.
//!
//! # Head
//!
//! `version (1) ‖ day (4) ‖ log2 of the size (1) ‖ root (32) ‖ previous (32) ‖ signature (64)`, signed
//! after `"guiando tree head, v1"`. *Previous* is the SHA-256 of the whole head of the day before, zero
//! in the first one: who has one head has all before it. There is one for each day of the civil
//! calendar, also for days without receipts.
//!
//! # Proof
//!
//! `version (1) ‖ head (134) ‖ place of the leaf (u32) ‖ the log2-many hashes beside the way up`. Its
//! head must be among the published ones, which is why they are on a page that anybody may keep.
//!
//! # Roads not taken
//!
//! *A tree that grows with each receipt*, as in Certificate Transparency, shows by its size how many
//! came between two looks. *Filler derived from the receipt key* lets each process come to the same
//! root by itself, but whoever has disk and key can then tell filler from receipts, and count. *A time
//! stamp by a third party* would tell somebody that something was filed.

mod bytes;
mod commitment;
mod document;
mod head;
mod key;
mod pdf;
mod proof;
mod receipt;
mod text;
mod tree;

pub use self::commitment::{Commitment, commit};
pub use self::document::{Block, Document};
pub use self::head::{Head, HeadError, SignedHead};
pub use self::key::{NotAKey, ReceiptKey, ReceiptPublicKey};
pub use self::pdf::pdf;
pub use self::proof::{Proof, ProofError};
pub use self::receipt::{MOST_TERMS, Receipt, ReceiptError, SignedReceipt, find, verify};
pub use self::text::{codes, text};
pub use self::tree::{LEAVES, NotATree, Tree};

/// A hash of the tree.
pub type Hash = [u8; 32];
