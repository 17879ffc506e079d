//! What one entry of a mailbox says.

use domain::case::{Deadline, Folio, Status};
use domain::catalogue::InstanceCode;
use domain::coded_enum;
use domain::complaint::{Complaint, ComplaintDraft, ReferralConsent, SecretText, ShortText};
use domain::evidence::{FileName, Version};
use domain::procedure::ProcedureNotice;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

/// One entry of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Day on which it was written; terms that it starts run from the day after.
    pub posted_on: Date,
    /// What it says.
    pub body: Body,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// What was filed, for the person who filed it.
    Filed(Box<Filed>),
    /// Where the case stands from now on.
    Standing(Standing),
    /// A message between the person and the committee.
    Message(Message),
    /// What became of other words that the person has chosen.
    Words(NewWords),
}

coded_enum! {
    /// What became of the words that a mailbox is found with now.
    pub enum NewWords {
        /// They were chosen in place of others, and the committee's side has not moved the mailbox yet.
        Moving = "moving",
        /// The mailbox went to yet other words before.
        TooLate = "too_late",
    }
}

/// A complaint as it was filed. Its case is received, and nothing more is known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The signed receipt.
    pub receipt: String,
    /// The complaint.
    #[serde(deserialize_with = "complaint")]
    pub complaint: Box<Complaint>,
    /// The files that were handed in with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<FiledFile>,
    /// Whether a member of the committee wrote it down for the person, and so has seen the words: before
    /// anything else the person chooses others.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assisted: bool,
}

/// A file that was handed in; the file itself is not in the mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiledFile {
    /// Its name.
    pub name: FileName,
    /// Its length.
    pub bytes: u64,
    /// As it was, or cleaned.
    pub version: Version,
}

/// A message, with what else it brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub from: Author,
    /// The text; a person may also send only files or only say whether the case may be handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<SecretText>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<FiledFile>,
    /// Whether the committee may hand the case over to the control body, from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral_consent: Option<ReferralConsent>,
    /// Where the case stands since this message: a request for information, or its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// Where the case stood all the while, of a message that changed nothing about it: so the newest
    /// entries tell it by themselves, however long ago it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<Situation>,
}

impl Message {
    /// A message that is nothing but text.
    pub fn written(from: Author, text: SecretText) -> Self {
        Self {
            from,
            text: Some(text),
            evidence: Vec::new(),
            referral_consent: None,
            standing: None,
            situation: None,
        }
    }
}

/// Where a case stands, for the person who filed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In one word.
    pub status: Status,
    /// Number of the case, once it has one.
    pub folio: Option<Folio>,
    /// Terms that run, the next one first.
    pub deadlines: Vec<Deadline>,
    /// What the service says about it, in the reader's language.
    pub notice: Notice,
    /// What the notice names, if it names something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// What a notice names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// A day to come to.
    On(Date),
    /// A number that another system gave the case.
    Reference(ShortText),
    /// Where else the person may go.
    Instances(Vec<InstanceCode>),
}

/// Where a case stands, said without a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// In one word.
    pub status: Status,
    /// Number of the case.
    pub folio: Option<Folio>,
    /// Terms that run, the next one first.
    pub deadlines: Vec<Deadline>,
}

impl From<Standing> for Situation {
    fn from(standing: Standing) -> Self {
        let Standing {
            status,
            folio,
            deadlines,
            notice: _,
            detail: _,
        } = standing;
        Self {
            status,
            folio,
            deadlines,
        }
    }
}

coded_enum! {
    /// Who wrote a message.
    pub enum Author {
        /// The committee.
        Committee = "committee",
        /// The service itself.
        System = "system",
        /// The person who filed.
        Complainant = "complainant",
    }
}

coded_enum! {
    /// Messages of the service itself; their wording is in the translation files.
    pub enum Notice {
        /// The complaint is stored, sealed, and waits to be opened.
        Stored = "stored",
        /// The committee's service has opened it and given it a folio.
        Opened = "opened",
        /// Something is missing, and the committee asks for it once.
        NeedsInformation = "needs_information",
        /// What was asked for has been answered in time.
        Answered = "answered",
        /// The case is still being attended to, ninety days after it was filed.
        Interim = "interim",
        /// Registered; the folio comes with it.
        Registered = "registered",
        /// The committee decides in a session whether to admit it.
        InAnalysis = "in_analysis",
        /// Admitted.
        Admitted = "admitted",
        /// Not admitted; the reason comes with it.
        NotAdmitted = "not_admitted",
        /// Filed because of what was missing; it may be presented again.
        Archived = "archived",
        /// Guided to another instance; which, comes with it.
        Redirected = "redirected",
        /// The committee attends to it.
        InProgress = "in_progress",
        /// Summoned to an interview.
        Summoned = "summoned",
        /// Invited to mediation.
        InvitedToMediation = "invited_to_mediation",
        /// The committee goes on after a mediation without agreement.
        MediationEnded = "mediation_ended",
        /// Closed by what the parties agreed.
        Mediated = "mediated",
        /// Ended early; the reason comes with it.
        ConcludedEarly = "concluded_early",
        /// Opened again.
        Reopened = "reopened",
        /// The committee takes longer; the new last day comes with it.
        Extended = "extended",
        /// Determined.
        Determined = "determined",
        /// Closed.
        Concluded = "concluded",
        /// What the committee does about protection.
        Protection = "protection",
        /// The control body was given notice.
        Referred = "referred",
        /// Attended to together with another case.
        Joined = "joined",
        /// The mailbox is found with the words that the person has chosen.
        NewWords = "new_words",
        /// The same, and the committee's service has still to move it there.
        NewWordsMoving = "new_words_moving",
        /// The mailbox went to other words, chosen before.
        NewWordsTooLate = "new_words_too_late",
    }
}

impl From<ProcedureNotice> for Notice {
    fn from(notice: ProcedureNotice) -> Self {
        match notice {
            ProcedureNotice::NeedsInformation => Self::NeedsInformation,
            ProcedureNotice::Answered => Self::Answered,
            ProcedureNotice::Registered => Self::Registered,
            ProcedureNotice::InAnalysis => Self::InAnalysis,
            ProcedureNotice::Admitted => Self::Admitted,
            ProcedureNotice::NotAdmitted => Self::NotAdmitted,
            ProcedureNotice::Archived => Self::Archived,
            ProcedureNotice::Redirected => Self::Redirected,
            ProcedureNotice::InProgress => Self::InProgress,
            ProcedureNotice::Summoned => Self::Summoned,
            ProcedureNotice::InvitedToMediation => Self::InvitedToMediation,
            ProcedureNotice::MediationEnded => Self::MediationEnded,
            ProcedureNotice::Mediated => Self::Mediated,
            ProcedureNotice::ConcludedEarly => Self::ConcludedEarly,
            ProcedureNotice::Reopened => Self::Reopened,
            ProcedureNotice::Extended => Self::Extended,
            ProcedureNotice::Determined => Self::Determined,
            ProcedureNotice::Concluded => Self::Concluded,
            ProcedureNotice::Protection => Self::Protection,
            ProcedureNotice::Referred => Self::Referred,
            ProcedureNotice::Joined => Self::Joined,
        }
    }
}

/// The rules of the form hold here too; which one is broken is not told, since it may quote.
fn complaint<'de, D: Deserializer<'de>>(from: D) -> Result<Box<Complaint>, D::Error> {
    let draft = ComplaintDraft::deserialize(from)?;
    Complaint::parse(draft)
        .map(Box::new)
        .map_err(|_| serde::de::Error::custom("not a complaint"))
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use sealing::{LookupId, MailboxKey};
    use serde_json::json;

    use super::*;

    /// The longest that each text can be: four bytes for each code point.
    fn text(code_points: usize) -> String {
        "\u{1f642}".repeat(code_points)
    }

    #[test]
    fn the_longest_complaint_with_all_its_files_fits_and_reads_back() {
        let (short, long) = (text(300), text(2_000));
        let person = json!({ "name": short, "position": short, "area": short,
            "description": long, "rank": "SUPERIOR" });
        let witness = json!({ "name": short, "contact": short });
        let complaint = json!({
            "narrative": text(20_000),
            "workplace": { "place": short },
            "people": vec![person; 10],
            "facts": { "place_detail": short },
            "witnesses": vec![witness; 10],
            "keep_from": vec![short.clone(); 10],
            "identity": { "name": short, "contact": short },
        });
        let draft: ComplaintDraft = serde_json::from_value(complaint).unwrap();
        let file = FiledFile {
            name: FileName::parse(&text(120)),
            bytes: u64::MAX,
            version: Version::Original,
        };
        let entry = Entry {
            posted_on: jiff::civil::date(2026, 3, 4),
            body: Body::Filed(Box::new(Filed {
                receipt: "A".repeat(1_000),
                complaint: Box::new(Complaint::parse(draft).unwrap()),
                evidence: vec![file; 40],
                assisted: true,
            })),
        };
        let key = MailboxKey::from([7; 32]);
        let id = LookupId::from([8; 32]);
        let sealed = crate::seal(&key, id, 0, &entry, &SystemRandom::new()).unwrap();
        assert_eq!(crate::open(&key, &sealed), Ok(entry));
    }
}
