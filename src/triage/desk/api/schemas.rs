//! What the interface gives, and how it is described.

use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Folio;
use domain::catalogue::{OoadCode, Risk, UmaeCode};
use domain::complaint::{Complaint, Identity, ReferralConsent, SecretText, ShortText};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use store::casefiles::{RegisterEntry, RunningTerm};
use store::mailroom::Backlog;
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::conflicts::ConflictsView;
use crate::desk::Desk;
use crate::desk::dossier::{Dossier, FileOfCase};
use crate::desk::gate::Member;
use crate::desk::identity::{ReservedIdentity, Unmasked};
use crate::desk::signal::Signals;
use crate::documents::ProposalDocument;

/// Who signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// The member's name to sign in with.
    pub(super) user: String,
    /// Its passphrase.
    #[schema(value_type = String, format = Password)]
    pub(super) passphrase: SecretText,
}

/// The second step of signing in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondStep {
    /// A code of the app, or a recovery code.
    #[schema(value_type = String, format = Password)]
    pub(super) code: SecretText,
}

/// In which ways the second step can be taken.
#[derive(Serialize, ToSchema)]
pub(super) struct SecondStepView {
    /// `totp`, `passkey` (in a browser), `recovery`.
    pub(super) second: Vec<&'static str>,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionView<'a> {
    /// Who is signed in.
    pub(super) user: &'a str,
    /// Goes into the header `X-CSRF-Token` of every call that changes something.
    pub(super) csrf: &'a str,
    /// Folios of the cases, of those that the member may open, in which a life may be at risk and nobody has
    /// attended to it. Told when the session is asked for, not when it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) life_at_risk: Option<Vec<String>>,
}

/// The register, the most pressing case first.
#[derive(Serialize, ToSchema)]
pub(super) struct CasesView {
    /// Envelopes that are not cases yet.
    pub(super) backlog: BacklogView,
    /// The cases.
    pub(super) cases: Vec<RegisterView>,
}

/// How many envelopes lie in the mailroom.
#[derive(Serialize, ToSchema)]
pub(super) struct BacklogView {
    /// Sealed to another key.
    foreign: u64,
    /// Set aside because they do not open.
    quarantined: u64,
}

/// What the register holds of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisterView {
    /// `CE-<year>-<6 digits>`.
    folio: String,
    /// Legal day of reception.
    #[schema(value_type = String, format = Date)]
    received_on: Date,
    /// Code of the state.
    state: &'static str,
    /// Code of the OOAD, if told.
    ooad: Option<&'static str>,
    /// Code of the UMAE, if told.
    umae: Option<&'static str>,
    /// What was proposed, once it was; a person decides.
    classification: Option<ClassificationView>,
    /// Terms that run, the next one first.
    terms: Vec<TermView>,
    /// How many messages came after the complaint.
    messages: u32,
}

/// What was proposed, in codes.
#[derive(Serialize, ToSchema)]
pub(super) struct ClassificationView {
    /// Whether the proposal is hidden until the committee has classified the case itself. Then there are
    /// no risks and no protocols, and mediation is closed.
    hidden: bool,
    /// Main risk; none while the proposal is hidden.
    main: Option<&'static str>,
    /// All risks, the main one first.
    labels: Vec<&'static str>,
    /// How urgent the narrative is.
    urgency: &'static str,
    /// Whether a person has to look before the proposal is followed.
    review: bool,
    /// In which order it is attended.
    priority: &'static str,
    /// Whether mediation is open.
    mediation: &'static str,
    /// Special protocols.
    protocols: Vec<&'static str>,
    /// Which classifier said so.
    model: String,
}

/// A term that runs.
#[derive(Serialize, ToSchema)]
pub(super) struct TermView {
    /// Which.
    key: &'static str,
    /// Day of the notice, itself not counted.
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    due_on: Date,
    /// `EN_TIEMPO`, `MITAD`, `POR_VENCER` (four fifths have passed), `VENCE_HOY` or `VENCIDO`.
    signal: &'static str,
}

/// A case, opened.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseView<'a> {
    /// What the register holds.
    register: RegisterView,
    /// The complaint as it was filed, without who filed it.
    #[schema(value_type = Object)]
    complaint: &'a Complaint,
    /// Who filed it.
    identity: IdentityView<'a>,
    /// What the person wrote after filing and what was written to them, in the order of the mailbox.
    messages: Vec<MessageView<'a>>,
    /// Files that were handed in, by day.
    files: Vec<FileView<'a>>,
    /// What was proposed, with its reasons: `model`, `hidden`, `proposed`, `probabilities`, and the phrases of
    /// the narrative, as ranges of code points, that spoke for it (`evidence`) and against it
    /// (`counter_evidence`). If it is hidden and the committee has not classified the case yet, only what
    /// protects people.
    #[schema(value_type = Option<Object>)]
    proposal: Option<&'a ProposalDocument>,
    /// Whether the case may be handed over to the control body, as last stated: `SI`, `NO` or
    /// `QUIERO_ORIENTACION`.
    referral_consent: Option<&'static str>,
}

/// Who filed a case, as far as this member may see it.
#[derive(Serialize, ToSchema)]
pub(super) struct IdentityView<'a> {
    /// `anonymous`, `reserved` until two members agree on seeing it, or `shown`.
    state: &'static str,
    /// The name, if it is shown and was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    /// How to reach the person, if it is shown and was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
    /// Until when it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
}

impl<'a> IdentityView<'a> {
    fn new(identity: &'a ReservedIdentity, unmasked: Option<&Unmasked>) -> Self {
        let open = unmasked.and_then(|unmasked| Some((identity.open(unmasked)?, unmasked.until)));
        match open {
            Some((Identity { name, contact }, until)) => Self {
                state: "shown",
                name: name.as_ref().map(ShortText::expose),
                contact: contact.as_ref().map(ShortText::expose),
                until: Some(until),
            },
            None => Self {
                state: if identity.is_told() {
                    "reserved"
                } else {
                    "anonymous"
                },
                name: None,
                contact: None,
                until: None,
            },
        }
    }
}

/// A whole case, as it is taken out.
#[derive(Serialize)]
pub(in crate::desk) struct ArchiveView<'a> {
    /// Day on which it is taken out.
    taken_on: Date,
    /// By whom.
    taken_by: Zeroizing<String>,
    #[serde(flatten)]
    case: CaseView<'a>,
    /// Why members may not open it, as it was found or said each time, and as far as it is told.
    conflicts: Vec<ConflictsView<'a>>,
}

impl<'a> ArchiveView<'a> {
    pub(in crate::desk) fn new(
        desk: &Desk,
        member: &Member,
        dossier: &'a Dossier,
        unmasked: Option<&Unmasked>,
    ) -> Self {
        Self {
            taken_on: desk.today(),
            taken_by: member.profile().name.full(),
            case: CaseView::new(dossier, unmasked, desk.calendar(), desk.today()),
            conflicts: dossier.told.iter().map(ConflictsView::new).collect(),
        }
    }
}

/// A message between the person and the committee.
#[derive(Serialize, ToSchema)]
pub(super) struct MessageView<'a> {
    /// `complainant` or `committee`.
    from: &'static str,
    /// Day on which it came.
    #[schema(value_type = String, format = Date)]
    written_on: Date,
    /// The text; none when only files or a consent were sent.
    text: Option<&'a str>,
    /// Whether it is the request for what is missing, or its answer.
    is_request: bool,
    /// What it states about handing the case over.
    referral_consent: Option<&'static str>,
    /// Account of the member who wrote it.
    by: Option<&'a str>,
}

/// A file that was handed in.
#[derive(Serialize, ToSchema)]
pub(super) struct FileView<'a> {
    /// As the sender called it. Never a name to save it under.
    name: &'a str,
    /// The page with what there is to look at in place of it.
    address: String,
    /// Where it is asked for as it was sent, always as plain bytes.
    original: String,
    /// Day on which it came.
    #[schema(value_type = String, format = Date)]
    came_on: Date,
    /// What its content says it is.
    media_type: &'static str,
    /// Length.
    bytes: u64,
    /// `original` as it was sent, or `cleaned` of metadata.
    version: &'static str,
    /// Digest in hexadecimal form.
    sha256: String,
    /// `whole`, or why it is not as it was sent: `incomplete`, `damaged`.
    wholeness: &'static str,
}

impl<'a> FileView<'a> {
    fn new(folio: Folio, file: &'a FileOfCase) -> Self {
        let item = &file.file.item;
        Self {
            name: item.name.expose(),
            address: file.address(folio),
            original: format!("/api/v1/cases/{folio}/files/{}/original", file.name()),
            came_on: file.came_on,
            media_type: item.media_type.mime(),
            bytes: item.bytes,
            version: item.version.code(),
            sha256: item.sha256.to_string(),
            wholeness: file.file.wholeness.code(),
        }
    }
}

/// What is wrong (RFC 9457).
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(in crate::desk) struct ProblemView {
    /// Stable name.
    #[serde(rename = "type")]
    kind: String,
    /// What is wrong, in the language asked for.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What to do next.
    detail: Option<String>,
}

impl From<Backlog> for BacklogView {
    fn from(
        Backlog {
            ours: _,
            foreign,
            quarantined,
        }: Backlog,
    ) -> Self {
        Self {
            foreign,
            quarantined,
        }
    }
}

impl RegisterView {
    pub(super) fn new(entry: &RegisterEntry, signals: &Signals) -> Self {
        Self {
            folio: entry.folio.to_string(),
            received_on: entry.received_on,
            state: entry.state.code(),
            ooad: entry.ooad.map(OoadCode::code),
            umae: entry.umae.map(UmaeCode::code),
            classification: entry
                .classification
                .as_ref()
                .map(|found| ClassificationView {
                    hidden: found.is_hidden(),
                    main: found.main().map(Risk::code),
                    labels: found.labels().iter().map(|risk| risk.code()).collect(),
                    urgency: found.urgency.code(),
                    review: found.review,
                    priority: found.priority.code(),
                    mediation: found.mediation.code(),
                    protocols: found
                        .protocols()
                        .iter()
                        .map(|protocol| protocol.code())
                        .collect(),
                    model: found.model.clone(),
                }),
            terms: entry
                .terms
                .iter()
                .map(|term| TermView::new(term, signals))
                .collect(),
            messages: entry.messages,
        }
    }
}

impl TermView {
    fn new(term: &RunningTerm, signals: &Signals) -> Self {
        let RunningTerm {
            deadline,
            starts_on,
        } = *term;
        Self {
            key: deadline.key.code(),
            starts_on,
            due_on: deadline.due_on,
            signal: signals.of(term).code(),
        }
    }
}

impl<'a> CaseView<'a> {
    pub(super) fn new(
        dossier: &'a Dossier,
        unmasked: Option<&Unmasked>,
        calendar: Arc<Calendar>,
        today: Date,
    ) -> Self {
        Self {
            register: RegisterView::new(&dossier.entry, &Signals::on(calendar, today)),
            complaint: &dossier.complaint,
            identity: IdentityView::new(&dossier.identity, unmasked),
            messages: dossier
                .messages
                .iter()
                .map(|message| MessageView {
                    from: message.from.code(),
                    written_on: message.written_on,
                    text: message.text.as_ref().map(SecretText::expose),
                    is_request: message.is_request,
                    referral_consent: message.referral_consent.map(ReferralConsent::code),
                    by: message.by.as_deref(),
                })
                .collect(),
            files: dossier
                .files
                .iter()
                .map(|file| FileView::new(dossier.entry.folio, file))
                .collect(),
            proposal: dossier.proposal.as_ref(),
            referral_consent: dossier
                .referral_consent()
                .map(|(consent, _)| consent.code()),
        }
    }
}
