//! A case opened: the register, and everything that is sealed to the case's key.

use domain::case::Folio;
use domain::complaint::{Complaint, ComplaintDraft, FieldFaults, SecretText};
use jiff::civil::Date;
use opening::OpenError;
use store::StoreError;
use store::casefiles::{CaseFiles, DocumentId, DocumentKind, RegisterEntry};

use crate::documents::{EvidenceDocument, EvidenceFile, MessageDocument, ProposalDocument, place};
use crate::keyring::Keyring;

/// A case as the committee reads it. It lives as long as the request that asked for it.
pub(super) struct Dossier {
    pub(super) entry: RegisterEntry,
    pub(super) complaint: Complaint,
    /// By day; the order within a day is not kept anywhere.
    pub(super) messages: Vec<Message>,
    /// By day.
    pub(super) files: Vec<FileOfCase>,
    pub(super) proposal: Option<ProposalDocument>,
}

/// A file that was handed in.
pub(super) struct FileOfCase {
    /// The list that names it.
    list: DocumentId,
    /// Its place in that list.
    index: u32,
    /// Day on which it came.
    pub(super) came_on: Date,
    /// What is known of it.
    pub(super) file: EvidenceFile,
}

impl FileOfCase {
    /// How an address names it; stays the same whatever else comes.
    pub(super) fn name(&self) -> String {
        let DocumentId(list) = self.list;
        format!("{:032x}-{}", u128::from_be_bytes(list), self.index)
    }

    /// Where it is fetched.
    pub(super) fn address(&self, folio: Folio) -> String {
        format!("/casos/{folio}/evidencia/{}", self.name())
    }
}

/// A further message of the complainant.
pub(super) struct Message {
    pub(super) written_on: Date,
    pub(super) text: SecretText,
}

/// Why a case cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(super) enum DossierError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its key or a document does not open.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The complaint breaks the rules of the form.
    #[error(transparent)]
    Complaint(#[from] FieldFaults),
    /// It has no key for the committee, or no complaint.
    #[error("a part of the case is missing")]
    Incomplete,
}

impl Dossier {
    /// Opens a case, if there is one of that number.
    ///
    /// # Errors
    /// See [`DossierError`].
    pub(super) async fn open(
        cases: &dyn CaseFiles,
        keyring: &Keyring,
        folio: Folio,
    ) -> Result<Option<Self>, DossierError> {
        let Some(entry) = cases.case(folio).await? else {
            return Ok(None);
        };
        let wrap = cases
            .committee_wrap(entry.id)
            .await?
            .ok_or(DossierError::Incomplete)?;
        let key = keyring.case_key(entry.id, &wrap)?;
        let mut complaint = None;
        let mut proposal = None;
        let mut messages = Vec::new();
        let mut files = Vec::new();
        for document in cases.documents(entry.id).await? {
            let place = place(entry.id, document.id, document.kind, document.written_on);
            match document.kind {
                DocumentKind::Complaint => {
                    let draft: ComplaintDraft = key.open(&place, &document.sealed)?;
                    complaint = Some(Complaint::parse(draft)?);
                }
                DocumentKind::Evidence => {
                    let list: EvidenceDocument = key.open(&place, &document.sealed)?;
                    files.extend(
                        list.files
                            .into_iter()
                            .zip(0..)
                            .map(|(file, index)| FileOfCase {
                                list: document.id,
                                index,
                                came_on: document.written_on,
                                file,
                            }),
                    );
                }
                DocumentKind::Reply => {}
                DocumentKind::Proposal => proposal = Some(key.open(&place, &document.sealed)?),
                DocumentKind::Message => {
                    let MessageDocument { text } = key.open(&place, &document.sealed)?;
                    messages.push(Message {
                        written_on: document.written_on,
                        text,
                    });
                }
            }
        }
        let complaint = complaint.ok_or(DossierError::Incomplete)?;
        Ok(Some(Self {
            entry,
            complaint,
            messages,
            files,
            proposal,
        }))
    }
}
