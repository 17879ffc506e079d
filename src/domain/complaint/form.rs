//! A complaint as a form sends it: its fields are named as in the JSON that programs send, `people[0].name`.

use super::draft::{
    ComplaintDraft, DenouncedPersonDraft, FactsDraft, IdentityDraft, ReporterDraft, WitnessDraft,
    WorkplaceDraft,
};
use super::text::SecretText;
use crate::coded_enum;

/// Who must not see it, one entry a line.
pub const KEEP_FROM: &str = "keep_from";
/// Seats of the committee that must not see it; together with [`KEEP_FROM`] one field of the complaint.
pub const KEEP_FROM_SEATS: &str = "keep_from_seats";

coded_enum! {
    /// A seat of the committee that a person may want kept out.
    pub enum KeptOutSeat {
        /// Presidencia.
        President = "PRESIDENCIA",
        /// Secretaría Ejecutiva.
        ExecutiveSecretary = "SECRETARIA_EJECUTIVA",
        /// Secretaría Técnica.
        TechnicalSecretary = "SECRETARIA_TECNICA",
        /// Elected members.
        Elected = "INTEGRANTES_ELECTAS",
        /// Who represents the control body.
        ControlBody = "REPRESENTACION_OIC",
        /// Advisers.
        Adviser = "ASESORIA",
        /// Personas consejeras.
        Counsellor = "PERSONAS_CONSEJERAS",
    }
}

impl KeptOutSeat {
    /// How the committee reads it, whatever the language of the person.
    pub const fn name(self) -> &'static str {
        match self {
            Self::President => "Presidencia del Comité",
            Self::ExecutiveSecretary => "Secretaría Ejecutiva",
            Self::TechnicalSecretary => "Secretaría Técnica",
            Self::Elected => "Personas integrantes electas",
            Self::ControlBody => "Representación del Órgano Interno de Control",
            Self::Adviser => "Personas asesoras",
            Self::Counsellor => "Personas consejeras",
        }
    }
}

/// The fields of a form.
pub trait FormFields {
    /// What a field says, unless it is empty.
    fn one(&self, name: &str) -> Option<&str>;

    /// All that a field says that may come several times.
    fn all(&self, name: &str) -> Vec<&str>;
}

/// The draft of a form that shows so many people and witnesses. It says neither how the complaint was presented nor
/// which privacy notice was shown.
pub fn draft_of(fields: &impl FormFields, people: usize, witnesses: usize) -> ComplaintDraft {
    let text = |name: &str| fields.one(name).map(secret);
    let code = |name: &str| fields.one(name).map(str::to_owned);
    let tick = |name: &str| fields.one(name).map(|_| true);
    let codes = |name: &str| Some(fields.all(name).into_iter().map(str::to_owned).collect());
    let person = |index| DenouncedPersonDraft {
        name: text(&format!("people[{index}].name")),
        position: text(&format!("people[{index}].position")),
        area: text(&format!("people[{index}].area")),
        description: text(&format!("people[{index}].description")),
        rank: code(&format!("people[{index}].rank")),
    };
    let witness = |index| WitnessDraft {
        name: text(&format!("witnesses[{index}].name")),
        contact: text(&format!("witnesses[{index}].contact")),
    };
    ComplaintDraft {
        narrative: text("narrative"),
        suspected_risk: code("suspected_risk"),
        workplace: Some(WorkplaceDraft {
            ooad: code("workplace.ooad"),
            umae: code("workplace.umae"),
            kind: code("workplace.kind"),
            place: text("workplace.place"),
        }),
        people: Some((0..people).map(person).collect()),
        facts: Some(FactsDraft {
            from: code("facts.from"),
            to: code("facts.to"),
            ongoing: tick("facts.ongoing"),
            frequency: code("facts.frequency"),
            place_kind: code("facts.place_kind"),
            place_detail: text("facts.place_detail"),
        }),
        witnesses: Some((0..witnesses).map(witness).collect()),
        immediate_danger: tick("immediate_danger"),
        retaliation: tick("retaliation"),
        support_wanted: codes("support_wanted"),
        protection_wanted: tick("protection_wanted"),
        keep_from: Some(keep_from(fields)),
        already_filed_with: codes("already_filed_with"),
        referral_consent: code("referral_consent"),
        privacy_notice: None,
        presented_through: None,
        reporter: Some(ReporterDraft {
            role: code("reporter.role"),
            bond: code("reporter.bond"),
            sex: code("reporter.sex"),
            age_group: code("reporter.age_group"),
        }),
        identity: Some(IdentityDraft {
            name: text("identity.name"),
            contact: text("identity.contact"),
        }),
    }
}

fn secret(text: &str) -> SecretText {
    SecretText::from(text.to_owned())
}

/// The seats by their names, then one entry a line.
fn keep_from(fields: &impl FormFields) -> Vec<SecretText> {
    let seats = fields.all(KEEP_FROM_SEATS).into_iter();
    let seats = seats.map(|code| {
        let seat = code.parse::<KeptOutSeat>();
        seat.map_or(code, |seat| seat.name())
    });
    let lines = fields.one(KEEP_FROM).unwrap_or_default();
    let lines = lines.lines().map(str::trim);
    seats
        .chain(lines.filter(|line| !line.is_empty()))
        .map(secret)
        .collect()
}
