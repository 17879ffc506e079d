//! What a person files: everything that the committee is told, parsed once at the edge.
//!
//! A [`ComplaintDraft`] is what came from outside; [`Complaint::parse`] makes of it a [`Complaint`]
//! or says, field by field, what is wrong. A `Complaint` serialises to the very shape that a draft
//! is read from, so what intake seals, triage parses again with the same rules: the committee's side
//! does not trust the public side.

mod codes;
mod draft;
mod fault;
pub mod form;
mod reading;
#[cfg(test)]
mod round_trip;
mod text;

pub use self::codes::{
    AgeGroup, Bond, EarlierFiling, Frequency, PlaceKind, Rank, ReferralConsent, ReporterRole, Sex,
    Support,
};
pub use self::draft::{
    ComplaintDraft, DenouncedPersonDraft, FactsDraft, IdentityDraft, ReporterDraft, WitnessDraft,
    WorkplaceDraft,
};
pub use self::fault::{FaultKind, FieldFault, FieldFaults};
pub use self::reading::{DraftError, read_json};
pub use self::text::{LongText, MessageText, NamePart, Narrative, SecretText, ShortText};

use jiff::civil::Date;
use serde::Serialize;

use self::fault::Collector;
use crate::attention::Channel;
use crate::catalogue::{CentreKind, OoadCode, Risk, UmaeCode};
use crate::privacy::Edition;

/// A complaint that satisfies every rule of the form.
///
/// Only the narrative is required: the general guidelines let a complaint be anonymous and ask for
/// neither proof nor witness (Lineamientos, arts. 57 and 58; Protocolo HSyAS, numeral 34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// What happened, in the person's own words.
    pub narrative: Narrative,
    /// The ethical risk that the person believes it to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspected_risk: Option<Risk>,
    /// Where it happened or where the people work.
    #[serde(skip_serializing_if = "Workplace::is_empty")]
    pub workplace: Workplace,
    /// Those denounced, at most [`limits::PEOPLE`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<DenouncedPerson>,
    /// When, how often and in what kind of place.
    #[serde(skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts,
    /// Who saw it, at most [`limits::WITNESSES`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Witness>,
    /// Whether somebody is in danger now; `None` when the question was left open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub immediate_danger: Option<bool>,
    /// Whether there are reprisals, or threats of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retaliation: Option<bool>,
    /// Help that the person asks for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub support_wanted: Vec<Support>,
    /// Whether protection measures are wanted (Protocolo HSyAS, numerals 41–44).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protection_wanted: Option<bool>,
    /// Who must not see it, by seat, name or description.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keep_from: Vec<ShortText>,
    /// Where else the person has already filed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub already_filed_with: Vec<EarlierFiling>,
    /// Whether the committee may hand the case over to the control body (HSyAS, numeral 29).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_consent: Option<ReferralConsent>,
    /// Which edition of the privacy notice was shown before it was sent (LGPDPPSO 20 to 22).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_notice: Option<Edition>,
    /// How it came, when a member of the committee wrote it down; through the public form it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presented_through: Option<Channel>,
    /// What the statistics ask about the person who files; always optional.
    #[serde(skip_serializing_if = "Reporter::is_empty")]
    pub reporter: Reporter,
    /// Given only by those who choose not to be anonymous.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
}

impl Complaint {
    /// Makes a complaint of what came from outside.
    ///
    /// # Errors
    /// Every fault of every field, so that a person mends them all at once.
    pub fn parse(draft: ComplaintDraft) -> Result<Self, FieldFaults> {
        draft.parse()
    }

    /// The same complaint, if it can be filed on this legal day. The committee's side does not ask
    /// again: whatever was once acknowledged is read.
    ///
    /// # Errors
    /// Facts that begin or end after that day.
    pub fn filed_on(self, day: Date) -> Result<Self, FieldFaults> {
        let mut faults = Collector::default();
        for (field, told) in [("facts.from", self.facts.from), ("facts.to", self.facts.to)] {
            if told.is_some_and(|told| told > day) {
                faults.note(field, FaultKind::InTheFuture);
            }
        }
        faults.finish().map(|()| self)
    }

    /// Whether the person left no name.
    pub fn is_anonymous(&self) -> bool {
        self.identity.is_none()
    }
}

/// Bounds of days, and of lists so that one complaint cannot outgrow the largest sealed size.
pub mod limits {
    /// Years that facts may be in; all are written with four digits.
    pub const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;
    /// Most people denounced in one complaint.
    pub const PEOPLE: usize = 10;
    /// Most witnesses named in one complaint; the guidelines prefer two for each party.
    pub const WITNESSES: usize = 10;
    /// Most entries of "who must not see it".
    pub const KEEP_FROM: usize = 10;
    /// Most codes of one list; no list that is chosen from has as many.
    pub const CODES: usize = 20;
}

/// Where the facts belong in the institution.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Workplace {
    /// Órgano de Operación Administrativa Desconcentrada.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ooad: Option<OoadCode>,
    /// Unidad Médica de Alta Especialidad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub umae: Option<UmaeCode>,
    /// Kind of centre of work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<CentreKind>,
    /// The centre or area in the person's words; never required, since a small one may identify.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<ShortText>,
}

impl Workplace {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Someone denounced, by whatever identifies them (Lineamientos, art. 57-III).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DenouncedPerson {
    /// Name, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// Post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<ShortText>,
    /// Area or service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<ShortText>,
    /// Anything else that identifies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<LongText>,
    /// Rank towards the person harmed; tells hostigamiento from acoso (HSyAS, numeral 6).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank: Option<Rank>,
}

/// Modo, tiempo y lugar, as far as they are told apart from the narrative.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// First day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, not before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Whether it still goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ongoing: Option<bool>,
    /// How often; acoso laboral is a series of events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Frequency>,
    /// Kind of place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_kind: Option<PlaceKind>,
    /// The place in the person's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_detail: Option<ShortText>,
}

impl Facts {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Someone who saw or knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// Name or description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// How the committee can reach them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ShortText>,
}

/// Statistical facts about the person who files; the norm asks for sex and age group only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Reporter {
    /// Victim, witness, third party …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<ReporterRole>,
    /// Tie to the institution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bond: Option<Bond>,
    /// Sex, or the wish not to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Age band, or the wish not to say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub age_group: Option<AgeGroup>,
}

impl Reporter {
    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Who files, when the person chose to say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Identity {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ShortText>,
    /// Address, e-mail or telephone for notices.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ShortText>,
}
