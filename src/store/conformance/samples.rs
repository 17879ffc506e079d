//! What the rules write: arbitrary bytes from a fixed seed, in the sizes that the stores take.

use domain::case::{CaseState, Deadline, Folio};
use domain::catalogue::{OoadCode, Risk, TermKey, UmaeCode};
use domain::routing::{Mediation, Priority, Protocol, Urgency};
use jiff::civil::{Date, date};
use mailbox::{ENTRY_SIZES, SealedEntry};
use sealing::evidence::SEALED_CHUNK_BYTES;
use sealing::{EnvelopeId, KeyId, LookupHash, LookupId, SIZE_CLASSES, SealedEnvelope};

use crate::casefiles::{
    Admission, CaseId, Classification, DocumentId, DocumentKind, Finding, NewCase, NewDocument,
    RunningTerm, SealedDocument,
};
use crate::log::StoredEntry;
use crate::mailroom::{ChosenWords, Deposit, Leaf, PublishedTree, StoredChunk};
use crate::rings::{NewAccess, StoredRing};
use crate::steps::{CaseChange, CaseStep, FollowUp, WordsChange};

/// The day on which samples arrive.
pub const TODAY: Date = date(2026, 3, 17);

/// A source of arbitrary bytes (`SplitMix64`); the same seed gives the same bytes.
#[derive(Debug, Clone)]
pub struct Samples(u64);

impl Samples {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// That many bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.number().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }

    /// An id of any kind.
    pub fn id<T: From<[u8; N]>, const N: usize>(&mut self) -> T {
        let bytes = <[u8; N]>::try_from(self.bytes(N)).expect("as long as asked for");
        T::from(bytes)
    }

    /// An envelope of the smallest size.
    pub fn envelope(&mut self, key_id: KeyId) -> SealedEnvelope {
        let bytes = self.bytes(SIZE_CLASSES[0].bytes());
        SealedEnvelope {
            id: self.id(),
            received_on: TODAY,
            key_id,
            bytes,
        }
    }

    /// An entry of the smallest size.
    pub fn entry(&mut self, lookup_id: LookupId, position: u32) -> SealedEntry {
        SealedEntry {
            lookup_id,
            position,
            bytes: self.bytes(ENTRY_SIZES[0]),
        }
    }

    /// A complaint with its new mailbox.
    pub fn deposit(&mut self, key_id: KeyId) -> Deposit {
        let envelope = self.envelope(key_id);
        let lookup_id = self.id();
        Deposit {
            envelope,
            first_entry: Some(self.entry(lookup_id, 0)),
            leaf: Some(Leaf {
                day: TODAY,
                hash: self.id(),
            }),
        }
    }

    /// Other words for the mailbox of a deposit, and the letter of this id that says so.
    pub fn chosen_words(&mut self, key_id: KeyId, id: EnvelopeId, old: LookupId) -> ChosenWords {
        let envelope = SealedEnvelope {
            id,
            ..self.envelope(key_id)
        };
        let new = self.id();
        ChosenWords {
            envelope,
            old,
            first_entry: self.entry(new, 0),
        }
    }

    /// A document of the smallest size.
    pub fn document(&mut self, kind: DocumentKind, written_on: Date) -> SealedDocument {
        let sealed = self.bytes(SIZE_CLASSES[0].bytes());
        SealedDocument {
            id: DocumentId(self.id()),
            kind,
            written_on,
            sealed,
        }
    }

    /// A document on its way into an admitted case, sealed to the key that it was admitted with.
    pub fn new_document(&mut self, admission: &Admission, kind: DocumentKind) -> NewDocument {
        NewDocument {
            recipient: admission.case.recipient.clone(),
            document: self.document(kind, date(2026, 3, 18)),
        }
    }

    /// A folio of that year.
    pub fn folio(&mut self, year: i16) -> Folio {
        let digits = u32::try_from(self.number() % u64::from(Folio::PER_YEAR));
        Folio::new(year, digits.expect("below a million")).expect("a year of four digits")
    }

    /// A case that nothing else of these samples conflicts with.
    pub fn admission(&mut self) -> Admission {
        let lookup_id = self.id();
        let lookup_hash: LookupHash = self.id();
        Admission {
            envelope_id: self.id(),
            seen_on: TODAY,
            case: NewCase {
                id: CaseId(self.id()),
                folio: self.folio(2026),
                lookup_hash,
                received_on: TODAY,
                state: CaseState::UnderReview,
                ooad: OoadCode::all().nth(3),
                umae: None,
                recipient: self.recipient(),
                access: NewAccess::Committee {
                    wrap: self.bytes(200),
                },
                service_record: self.bytes(300),
                complaint: self.document(DocumentKind::Complaint, TODAY),
                conflict: None,
                // Of another stream, so that all the rest is as it was.
                course: Self::new(!self.0).course(),
                terms: vec![
                    term(TermKey::ALL[0], date(2026, 3, 20)),
                    term(TermKey::ALL[1], date(2026, 6, 1)),
                ],
            },
            reply: self.entry(lookup_id, 1),
        }
    }

    /// A case that the members of its circle open, with a reason why another may not.
    pub fn member_admission(&mut self) -> Admission {
        let mut admission = self.admission();
        admission.case.access = NewAccess::Members {
            circle: self.circle(),
            ring: self.bytes(SIZE_CLASSES[0].bytes()),
            recovery: Some(self.bytes(SIZE_CLASSES[1].bytes())),
        };
        admission.case.conflict = Some(self.document(DocumentKind::Conflict, TODAY));
        admission
    }

    /// The public half of a key.
    pub fn recipient(&mut self) -> String {
        format!("age1{:016x}", self.number())
    }

    /// A circle of the smallest size.
    pub fn circle(&mut self) -> Vec<u8> {
        self.bytes(1024)
    }

    /// A course of the smallest size.
    pub fn course(&mut self) -> Vec<u8> {
        self.bytes(4096)
    }

    /// A ring of a new key.
    pub fn ring(&mut self) -> StoredRing {
        StoredRing {
            recipient: self.recipient(),
            ring: self.bytes(SIZE_CLASSES[0].bytes()),
            recovery: None,
        }
    }

    /// An entry of the log.
    pub fn log_entry(&mut self, position: u64) -> StoredEntry {
        StoredEntry {
            position,
            sealed: self.bytes(1024),
            hash: self.id(),
            signature: *self.bytes(64).first_chunk().expect("as long as asked for"),
        }
    }

    /// A case at a UMAE instead of an OOAD, without terms.
    pub fn bare_admission(&mut self) -> Admission {
        let mut admission = self.admission();
        admission.case.ooad = None;
        admission.case.umae = UmaeCode::all().next();
        admission.case.terms.clear();
        admission
    }

    /// A further message to an admitted case.
    pub fn follow_up(&mut self, admission: &Admission, position: u32) -> FollowUp {
        FollowUp {
            envelope_id: self.id(),
            seen_on: TODAY,
            case_id: admission.case.id,
            document: self.new_document(admission, DocumentKind::Message),
            reply: self.entry(admission.reply.lookup_id, position),
            change: CaseChange::default(),
        }
    }

    /// Another mailbox for an admitted case.
    pub fn words_change(&mut self, admission: &Admission, position: u32) -> WordsChange {
        let lookup_id = self.id();
        WordsChange {
            envelope_id: self.id(),
            seen_on: TODAY,
            case_id: admission.case.id,
            expected: admission.case.service_record.clone(),
            lookup_hash: self.id(),
            service_record: self.bytes(300),
            reply: self.entry(lookup_id, position),
        }
    }

    /// A message of the committee that changes nothing else.
    pub fn step(&mut self, admission: &Admission, position: u32) -> CaseStep {
        CaseStep {
            document: Some(self.new_document(admission, DocumentKind::Reply)),
            entry: Some(self.entry(admission.reply.lookup_id, position)),
            ..CaseStep::on(admission.case.id)
        }
    }

    /// A sealed piece of a file.
    pub fn chunk(&mut self) -> StoredChunk {
        StoredChunk {
            id: self.id(),
            received_on: TODAY,
            bytes: self.bytes(SEALED_CHUNK_BYTES),
        }
    }

    /// The tree of a day, with two leaves.
    pub fn tree(&mut self, day: Date) -> PublishedTree {
        PublishedTree {
            day,
            leaves: self.bytes(64),
            head: self.bytes(120),
        }
    }
}

/// A term from [`TODAY`] to a day.
pub fn term(key: TermKey, due_on: Date) -> RunningTerm {
    RunningTerm {
        deadline: Deadline { key, due_on },
        starts_on: TODAY,
    }
}

/// What the register has of a proposal that is kept from the committee.
pub fn hidden() -> Classification {
    Classification {
        finding: None,
        mediation: Mediation::BlockedByDefault,
        ..classification()
    }
}

/// What triage may propose.
pub fn classification() -> Classification {
    Classification {
        finding: Some(Finding {
            main: Risk::AcosoLaboral,
            labels: vec![Risk::AcosoLaboral, Risk::Discriminacion],
            protocols: vec![Protocol::Disc, Protocol::Hsyas],
        }),
        urgency: Urgency::Media,
        review: true,
        priority: Priority::Alta,
        mediation: Mediation::CaseByCase,
        model: "conformance 1".to_owned(),
    }
}
