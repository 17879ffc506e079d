//! A case opened: the register, and everything that is sealed to the case's key.

use committee::access::{AccessError, CaseKeys, Told};
use committee::circle::Circle;
use committee::course;
use committee::log::LogError;
use domain::case::Folio;
use domain::complaint::{Complaint, ComplaintDraft, FieldFaults, ReferralConsent, SecretText};
use domain::procedure::{By, Course, Move, MoveKind};
use jiff::civil::Date;
use mailbox::Author;
use opening::OpenError;
use store::StoreError;
use store::casefiles::{CaseFiles, DocumentId, DocumentKind, RegisterEntry};

use super::Desk;
use super::copies::{self, SettleError};
use super::gate::Member;
use super::identity::ReservedIdentity;
use super::pass::CasePass;
use crate::documents::{
    EvidenceDocument, EvidenceFile, MasksDocument, MessageDocument, PaperDocument,
    ProposalDocument, ReplyDocument, ReplyKind, StepDocument, place,
};

/// A case as the committee reads it. It lives as long as the request that asked for it.
pub(super) struct Dossier {
    pub(super) entry: RegisterEntry,
    /// Without who filed it.
    pub(super) complaint: Complaint,
    /// Who filed it, which takes two to see.
    pub(super) identity: ReservedIdentity,
    /// What the person wrote after filing and what was written to them, in the order of the mailbox.
    pub(super) messages: Vec<Message>,
    /// By day.
    pub(super) files: Vec<FileOfCase>,
    /// What was proposed; only what may be seen of it, if the committee is to classify the case first.
    pub(super) proposal: Option<ProposalDocument>,
    /// How it stands in the procedure.
    pub(super) course: Course,
    /// What was done in it, in that order.
    pub(super) steps: Vec<Done>,
    /// Papers that members kept, in the order of their days.
    pub(super) papers: Vec<KeptPaper>,
    /// What the parties may not read of it, as it was last decided for each.
    pub(super) masks: Vec<MasksDocument>,
    /// Why members are kept out of it.
    pub(super) told: Vec<Told>,
    /// Who may open it.
    pub(super) circle: Circle,
}

/// A step of the procedure.
pub(super) struct Done {
    pub(super) on: Date,
    pub(super) document: StepDocument,
}

/// That whoever filed answered what they were asked for.
pub(super) struct Answered {
    /// Its place among the steps.
    pub(super) number: u32,
    pub(super) on: Date,
}

/// The number between 1 and `last` that is missing, if it is one alone.
fn only_gap(numbers: &[u32], last: u32) -> Option<u32> {
    let mut missing = (1..=last).filter(|number| !numbers.contains(number));
    missing.next().filter(|_| missing.next().is_none())
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

/// A paper that a member kept.
pub(super) struct KeptPaper {
    pub(super) id: DocumentId,
    pub(super) kept_on: Date,
    pub(super) paper: PaperDocument,
}

/// A message between the person and the committee.
pub(super) struct Message {
    pub(super) id: DocumentId,
    pub(super) from: Author,
    pub(super) written_on: Date,
    /// A person may also send only files, or only state their consent.
    pub(super) text: Option<SecretText>,
    pub(super) referral_consent: Option<ReferralConsent>,
    /// Whether it is the request for what is missing, or its answer.
    pub(super) is_request: bool,
    /// Account of the member who wrote it.
    pub(super) by: Option<String>,
    /// Messages of before it was kept have none; they come first on their day.
    position: Option<u32>,
}

impl Message {
    /// The words with which a step was told to the person, if there were any.
    fn of(id: DocumentId, done: &StepDocument, written_on: Date) -> Option<Self> {
        Some(Self {
            id,
            from: Author::Committee,
            written_on,
            text: Some(done.text.clone()?),
            referral_consent: None,
            is_request: done.step.act.kind() == MoveKind::AskForInformation,
            by: Some(done.by.clone()),
            position: done.position,
        })
    }
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
    /// The member has no copy of its key yet, or something of it does not open.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What was done when it was opened cannot be written down.
    #[error(transparent)]
    Log(#[from] LogError),
    /// It has no complaint.
    #[error("a part of the case is missing")]
    Incomplete,
}

impl From<SettleError> for DossierError {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Access(error) => Self::Access(error),
            SettleError::Log(error) => Self::Log(error),
        }
    }
}

impl Dossier {
    /// Opens a case with the member's own key, and does on that occasion what is due in it: copies for
    /// those who came meanwhile, older documents under its newest key.
    ///
    /// # Errors
    /// See [`DossierError`].
    pub(super) async fn open(
        desk: &Desk,
        member: &Member,
        pass: &CasePass,
    ) -> Result<Self, DossierError> {
        let entry = pass.entry.clone();
        let (key, circle) = copies::settled(desk, member, &entry).await?;
        let cases = &*member.access.cases;
        let case = cases.handle(entry.id).await?;
        let case = case.ok_or(AccessError::Unknown)?;
        let course = course::open(&member.keyring, &case, &entry)?;
        Self::read(cases, &key, entry, circle, course).await
    }

    /// The same with keys that were opened before; nothing is done in the case.
    ///
    /// # Errors
    /// See [`DossierError`].
    #[expect(
        clippy::too_many_lines,
        reason = "a table: an entry for each kind of document"
    )]
    pub(super) async fn read(
        cases: &dyn CaseFiles,
        key: &CaseKeys,
        entry: RegisterEntry,
        circle: Circle,
        course: Course,
    ) -> Result<Self, DossierError> {
        let mut complaint = None;
        let mut proposal = None;
        let mut messages = Vec::new();
        let mut files = Vec::new();
        let mut told = Vec::new();
        let mut steps = Vec::new();
        let mut papers = Vec::new();
        let mut masks = Vec::new();
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
                DocumentKind::Reply => {
                    let reply: ReplyDocument = key.open(&place, &document.sealed)?;
                    messages.push(Message {
                        id: document.id,
                        from: Author::Committee,
                        written_on: document.written_on,
                        text: Some(reply.text),
                        referral_consent: None,
                        is_request: reply.kind == ReplyKind::Request,
                        by: Some(reply.by),
                        position: Some(reply.position),
                    });
                }
                DocumentKind::Conflict => told.push(Told {
                    on: document.written_on,
                    what: key.open(&place, &document.sealed)?,
                }),
                DocumentKind::Step => {
                    let done: StepDocument = key.open(&place, &document.sealed)?;
                    messages.extend(Message::of(document.id, &done, document.written_on));
                    steps.push(Done {
                        on: document.written_on,
                        document: done,
                    });
                }
                DocumentKind::Paper => papers.push(KeptPaper {
                    id: document.id,
                    kept_on: document.written_on,
                    paper: key.open(&place, &document.sealed)?,
                }),
                DocumentKind::Masks => masks.push(key.open(&place, &document.sealed)?),
                DocumentKind::Proposal => {
                    let made: ProposalDocument = key.open(&place, &document.sealed)?;
                    // From here on nothing of the desk has what the committee is not to see yet.
                    let conceals = made.hidden && course.classification().is_none();
                    proposal = Some(if conceals { made.concealed() } else { made });
                }
                DocumentKind::Message => {
                    let message: MessageDocument = key.open(&place, &document.sealed)?;
                    messages.push(Message {
                        id: document.id,
                        from: Author::Complainant,
                        written_on: document.written_on,
                        text: message.text,
                        referral_consent: message.referral_consent,
                        is_request: message.answers_request,
                        by: None,
                        position: message.position,
                    });
                }
            }
        }
        let mut complaint = complaint.ok_or(DossierError::Incomplete)?;
        let identity = ReservedIdentity::of(entry.id, &mut complaint);
        steps.sort_by_key(|done| done.document.number);
        messages.sort_by_key(|message| {
            (
                message.position.is_some(),
                message.position,
                message.written_on,
            )
        });
        Ok(Self {
            entry,
            complaint,
            identity,
            messages,
            files,
            proposal,
            course,
            steps,
            papers,
            masks,
            told,
            circle,
        })
    }

    /// Whether a member may ask now for what is missing.
    pub(super) fn can_ask(&self, member: &Member) -> bool {
        let by = By::Member(member.actor.seat);
        self.course.admits(MoveKind::AskForInformation, by).is_ok()
    }

    /// The answer of whoever filed to what they were asked for, on the day that the course has for it. It came
    /// as a message, so it is the one step of which no member made a document, and its number the one that the
    /// documents leave out; where they leave out more, nobody can say which, and none is named.
    pub(super) fn answer(&self) -> Option<Answered> {
        let on = self.course.prevention()?.answered_on?;
        let mut steps = self.steps.iter();
        if steps.any(|done| matches!(done.document.step.act, Move::Answer {})) {
            return None;
        }
        let made: Vec<u32> = self.steps.iter().map(|done| done.document.number).collect();
        let number = only_gap(&made, self.course.steps())?;
        Some(Answered { number, on })
    }

    /// Whether the case may be handed over to the control body, as the person last stated, and on
    /// which day if it was after filing.
    pub(super) fn referral_consent(&self) -> Option<(ReferralConsent, Option<Date>)> {
        let later = self.messages.iter().rev().find_map(|message| {
            let consent = message.referral_consent?;
            Some((consent, Some(message.written_on)))
        });
        later.or_else(|| Some((self.complaint.referral_consent?, None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_only_where_one_alone_is_missing() {
        assert_eq!(only_gap(&[1, 3], 3), Some(2));
        assert_eq!(only_gap(&[1, 2], 3), Some(3));
        assert_eq!(only_gap(&[1, 2, 3], 3), None);
        assert_eq!(only_gap(&[2], 3), None, "a document may be missing too");
    }
}
