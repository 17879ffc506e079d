//! Everything intake needs to seal a complaint: it can close an envelope, and nothing here opens one.
//!
//! A person files; intake draws a [`TrackingToken`], derives from it the [`LookupId`] under which the
//! mailbox is found and the [`MailboxKey`] with which replies are sealed, writes a [`Letter`] and
//! [`seal`]s it to the committee's [`Recipients`]. What is stored is a [`SealedEnvelope`]: a random
//! id, a day, the id of the key, and bytes of one of the [`SIZE_CLASSES`].
//!
//! # The format, version 1
//!
//! An envelope is `u32 length (big endian) ‖ age bytes ‖ filler`, as long as a size class. The age
//! bytes hold, for the recipients, a plaintext that is padded with zeros to the one length that
//! belongs to that class, so the length field tells nothing but the class and age's own noise:
//!
//! ```text
//! plaintext = version (1 byte, 0x01) ‖ u32 length (big endian) ‖ letter, JSON in UTF-8 ‖ zeros
//! ```
//!
//! *Why a frame outside age:* the age crate adds a stanza of random length ("grease"), so equal
//! plaintexts come out at some 170 different lengths.
//!
//! *Why the filler is not plain randomness:* then its bytes could be altered unnoticed. It is the
//! keystream of ChaCha20 under a one-time key that travels inside the letter: nobody else can tell it
//! from noise, and whoever opens the envelope checks every byte of it.
//!
//! *The road not taken:* padding inside age only (`PADMÉ`), which leaves the grease visible.
//!
//! Files travel apart, in equal chunks that the letter alone joins: see [`evidence`].
//!
//! The id inside the letter equals the row's id, so a ciphertext that was moved to another row is
//! refused. `tests/vectors` holds examples that another implementation can check itself against.

mod announcement;
mod envelope;
pub mod evidence;
mod filler;
mod ids;
mod keys;
mod letter;
mod recipients;
mod size;
mod token;
mod x25519;

pub use self::announcement::{
    AnnouncedCalendar, AnnouncementError, AnnouncementKey, Announcer, LONGEST_ANNOUNCEMENT,
    NotAnAnnouncementKey, TooLongToAnnounce,
};
pub use self::envelope::{SealError, SealedEnvelope, frame, seal};
pub use self::evidence::{ChunkId, EvidenceItem, FileKey, SealedChunk};
pub use self::filler::FillerKey;
pub use self::ids::{EnvelopeId, KeyId, LookupHash, LookupId, NotAnId, ReceiptId};
pub use self::keys::{MailboxKey, ReceiptBlinding};
pub use self::letter::{
    Content, EmptyFollowUp, FollowUp, Letter, LetterError, NewWords, PLAINTEXT_VERSION,
};
pub use self::recipients::{RecipientError, Recipients};
pub use self::size::{SIZE_CLASSES, SizeClass};
pub use self::token::{TokenError, TrackingToken, WORDS};
