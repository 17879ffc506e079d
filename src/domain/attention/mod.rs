//! What the committee does for people besides complaints: calls, orientations, writings (DOMAIN §6.3).
//!
//! They are counted apart: 1,461 attentions beside 561 registered complaints in a year. An
//! [`Attention`] names nobody and no case; what it is for are the [counts](Counts).

mod counts;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::{OoadCode, Risk, UmaeCode};
use crate::coded_enum;
use crate::committee::MemberId;
use crate::complaint::ShortText;
use crate::ids::hex_id;

pub use counts::{Counts, Month};

hex_id!(
    /// Which attention.
    AttentionId
);

/// Days back for which one may be entered: a limit against slips of the pen, not a norm.
const BACK: i64 = 366;

coded_enum! {
    /// How somebody came to the committee: the ways of DOMAIN §2.4 that lead to the desk.
    pub enum Channel {
        /// By phone.
        Phone = "TELEFONO",
        /// In person.
        InPerson = "PRESENCIAL",
        /// Told, and written down by the committee (CHIS 57).
        Dictated = "VERBAL_ASISTIDA",
        /// On paper.
        Paper = "ESCRITO_FISICO",
        /// By e-mail.
        Email = "CORREO",
        /// Through the persona consejera.
        Counsellor = "PERSONA_CONSEJERA",
        /// Through the persona asesora.
        Adviser = "PERSONA_ASESORA",
        /// Passed on by another instance.
        OtherInstance = "TURNO_OTRA_INSTANCIA",
    }
}

coded_enum! {
    /// Under which of the three parts of the yearly figure an attention is counted (IAA 3.1.2).
    pub enum AttentionKind {
        /// A phone call.
        Call = "LLAMADA",
        /// An orientation in person.
        Orientation = "ORIENTACION_PERSONAL",
        /// A written complaint.
        Writing = "ESCRITO_DENUNCIA",
    }
}

impl Channel {
    /// The part of the yearly figure that it is counted under.
    pub const fn kind(self) -> AttentionKind {
        match self {
            Self::Phone => AttentionKind::Call,
            Self::InPerson | Self::Dictated | Self::Counsellor | Self::Adviser => {
                AttentionKind::Orientation
            }
            Self::Paper | Self::Email | Self::OtherInstance => AttentionKind::Writing,
        }
    }
}

coded_enum! {
    /// What somebody came for (DOMAIN §2.4).
    pub enum Subject {
        /// A complaint.
        Complaint = "DENUNCIA",
        /// A question on a conflict of interest.
        Consultation = "CONSULTA_CONFLICTO_INTERES",
        /// A citizen petition.
        Petition = "PETICION_CIUDADANA",
        /// Orientation.
        Orientation = "ORIENTACION",
    }
}

coded_enum! {
    /// What was done.
    pub enum Done {
        /// It was explained how to file.
        Explained = "SE_EXPLICO_COMO_DENUNCIAR",
        /// The person filed, or was helped to.
        Filed = "SE_PRESENTO_DENUNCIA",
        /// The person was guided to another instance.
        Redirected = "SE_ORIENTO_A_OTRA_INSTANCIA",
        /// The person was put in touch with the persona consejera or asesora.
        Accompanied = "SE_ENLAZO_CON_CONSEJERA_O_ASESORA",
        /// Where a complaint stands was explained, or how to follow it up.
        FollowUp = "SE_EXPLICO_EL_SEGUIMIENTO",
        /// A consultation or petition was taken.
        Taken = "SE_RECIBIO_CONSULTA_O_PETICION",
        /// Something else.
        Other = "OTRA",
    }
}

/// What a member enters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entered {
    /// The day.
    pub on: Date,
    /// How the person came.
    pub channel: Channel,
    /// For what.
    pub subject: Subject,
    /// What was done.
    pub done: Done,
    /// OOAD that it was about, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ooad: Option<OoadCode>,
    /// UMAE that it was about, if told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub umae: Option<UmaeCode>,
    /// The ethical risk that it seems to be about, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk: Option<Risk>,
    /// What else is to be remembered; names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<ShortText>,
}

/// Why an attention is not entered or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AttentionRefused {
    /// The day is to come, or too long ago.
    #[error("the day is to come, or too long ago")]
    Day,
    /// It was taken back before.
    #[error("it was taken back before")]
    Withdrawn,
}

/// A call, an orientation or a writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attention {
    /// Which.
    pub id: AttentionId,
    /// What it was.
    pub what: Entered,
    /// Who entered it.
    pub by: MemberId,
    /// When that was.
    pub entered_on: Date,
    /// When it was taken back, as entered by mistake; then it counts nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_on: Option<Date>,
}

impl Attention {
    /// Enters one.
    ///
    /// # Errors
    /// [`AttentionRefused::Day`].
    pub fn enter(
        id: AttentionId,
        what: Entered,
        by: MemberId,
        today: Date,
    ) -> Result<Self, AttentionRefused> {
        let first = today.checked_sub(Span::new().days(BACK));
        if what.on > today || first.is_ok_and(|first| what.on < first) {
            return Err(AttentionRefused::Day);
        }
        Ok(Self {
            id,
            what,
            by,
            entered_on: today,
            withdrawn_on: None,
        })
    }

    /// Takes it back.
    ///
    /// # Errors
    /// [`AttentionRefused::Withdrawn`].
    pub fn withdraw(&self, today: Date) -> Result<Self, AttentionRefused> {
        if self.withdrawn_on.is_some() {
            return Err(AttentionRefused::Withdrawn);
        }
        Ok(Self {
            withdrawn_on: Some(today),
            ..self.clone()
        })
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.withdrawn_on.is_none()
    }
}

#[cfg(test)]
mod tests;
