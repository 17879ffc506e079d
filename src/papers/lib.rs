//! The papers of the procedure: official letters filled from a case, the version of a file that a party
//! may read, and the sheet for the Secretaría's system; as PDF and as DOCX.
//!
//! Plain data goes in and bytes come out: no clock, no store, no page. A [`Template`] is a text file with
//! [slots](template::Slot), checked when it is loaded. [`Template::fill`] makes a [`Draft`] of it, whose
//! parts a person edits as they like; [`Draft::document`] makes a [`Document`] of those, which
//! [`fn@pdf`] and [`fn@docx`] write. What a case says is put in once and never looked at again, so no word
//! of it can be taken for a slot or for markup.
//!
//! The same document gives the same bytes: there is neither day nor program nor random id in a file, only
//! its title and its language.
//!
//! # Roads not taken
//!
//! - *krilla* and *typst* set PDFs from far richer input, at the price of 19 and 177 more crates and a date
//!   or an id of their own in each file. `pdf-writer` is in the tree for the receipts; lines, pages and tags
//!   of a letter are few.
//! - *docx-rs* writes the day and the name of the program into each file, and brings an image library. A
//!   letter needs six small parts of XML.
//! - *Letters that the font has not* are not drawn as empty boxes, nor taken from other fonts: the PDF shows
//!   their number, the DOCX has them as they are.

pub mod capture;
mod document;
mod docx;
mod facts;
mod letters;
mod party;
mod pdf;
mod session;
pub mod template;
mod words;

pub use document::{Block, Document, Signature};
pub use docx::docx;
pub use facts::{Denounced, Facts, Signers};
pub use letters::visible;
pub use party::{PartyFile, Said};
pub use pdf::pdf;
pub use session::SessionFacts;
pub use template::{Draft, DraftError, DraftPart, Template, TemplateKind};
pub use words::{amount, date};
