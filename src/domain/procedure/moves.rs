//! The moves of the procedure, each with what it needs, and how they are written.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::codes::{
    EarlyCause, Element, IncompetenceCause, JoinCause, Mark, MeasureKind, NoProcedureCause, Party,
    Proposal, Sense, SessionKind,
};
use super::recount::Recounted;
use super::session::Agreement;
use super::step::{NewRecommendation, Opinion};
use crate::case::Folio;
use crate::catalogue::{InstanceCode, Risk};
use crate::coded_enum;
use crate::committee::MemberId;
use crate::complaint::{LongText, MessageText, ReferralConsent, ShortText};
use crate::routing::Urgency;

/// Declares [`Move`] and [`MoveKind`] together, so that a move cannot be written otherwise than its kind.
macro_rules! moves {
    ($($(#[$meta:meta])* $name:ident = $code:literal { $($(#[$fmeta:meta])* $field:ident: $type:ty),* $(,)? })+) => {
        coded_enum! {
            /// Which move it is, in the order of the procedure.
            pub enum MoveKind { $($(#[$meta])* $name = $code),+ }
        }

        /// What somebody does in a case. Each variant carries what the procedure asks for.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "move", deny_unknown_fields)]
        pub enum Move {
            $($(#[$meta])* #[serde(rename = $code)] $name { $($(#[$fmeta])* $field: $type),* }),+
        }

        impl Move {
            /// Which move it is.
            pub const fn kind(&self) -> MoveKind {
                match self { $(Self::$name { .. } => MoveKind::$name),+ }
            }
        }
    };
}

moves! {
    /// To confirm what risks the facts are, which decides on protocols and mediation.
    Classify = "CLASIFICAR" {
        /// The principal risk.
        main: Risk,
        /// The others.
        others: BTreeSet<Risk>,
        /// How urgent it is, if the person says so. Steps of before do not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urgency: Option<Urgency>,
        /// Why it is not what was proposed, or not what was confirmed before; always needed for the latter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<LongText>,
    }
    /// To ask the complainant, once, for what is missing (CHIS 60).
    AskForInformation = "PREVENIR" {
        /// What is missing; at least one.
        missing: BTreeSet<Element>,
        /// The question as the person reads it.
        question: MessageText,
    }
    /// That the complainant has answered, in the mailbox or in another way.
    Answer = "DESAHOGAR_PREVENCION" {}
    /// To file the complaint without procedure because the request was not, or not well, answered.
    Archive = "ARCHIVAR_SIN_TRAMITE" {
        /// Which of the two.
        cause: NoProcedureCause,
        /// Why, for the person.
        reason: LongText,
    }
    /// To guide the person to the instance that is competent (CHIS 49, 66).
    Redirect = "ORIENTAR" {
        /// Why the committee is not.
        cause: IncompetenceCause,
        /// Where the person may go; at least one.
        instances: Vec<InstanceCode>,
        /// Why, for the person.
        reason: LongText,
        /// The session that decided, once the case is before one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agreement: Option<Agreement>,
    }
    /// That it was captured in the Secretaría's system, which gave it a folio (CHIS 59).
    Register = "REGISTRAR" {
        /// The folio there.
        folio: ShortText,
        /// Day of the capture: the total term runs from it.
        captured_on: Date,
    }
    /// To put the proposal before the committee (CHIS 61).
    Propose = "PROPONER_ACUERDO" {
        /// What is proposed.
        proposal: Proposal,
        /// Why.
        reason: LongText,
    }
    /// To call the session in which the case is decided (CHIS 28).
    CallSession = "CONVOCAR" {
        /// What session.
        kind: SessionKind,
        /// The day it is to be held.
        held_on: Date,
    }
    /// Not to admit it (CHIS 64).
    NotAdmit = "NO_ADMITIR" {
        /// Why.
        cause: NoProcedureCause,
        /// Why, for the person.
        reason: LongText,
        /// The session that decided.
        agreement: Agreement,
    }
    /// To admit it: from here on the procedure goes to its end (CHIS 61).
    Admit = "ADMITIR" {
        /// The session that decided.
        agreement: Agreement,
    }
    /// To entrust it to a commission (CHIS 35, 61-III).
    AppointCommission = "TURNAR_A_COMISION" {
        /// Its members.
        members: BTreeSet<MemberId>,
    }
    /// To ask units and people other than the parties (CHIS 71).
    Inquire = "INDAGAR" {
        /// Whom, and what.
        requested: LongText,
    }
    /// To end an admitted case before its determination (CHIS 65).
    ConcludeEarly = "CONCLUIR_ANTICIPADAMENTE" {
        /// Why.
        cause: EarlyCause,
        /// Why, for the person.
        reason: LongText,
        /// The session that decided.
        agreement: Agreement,
    }
    /// To tell the denounced person of the complaint, who may answer (CHIS 73).
    NotifyDenounced = "CORRER_TRASLADO" {
        /// Day of that notice.
        notified_on: Date,
    }
    /// That the denounced person has answered.
    ReceiveAnswer = "RECIBIR_DESCARGO" {
        /// Day of the answer.
        received_on: Date,
    }
    /// To go on without an answer, once the term for it is over (CHIS 80).
    GoOnWithoutAnswer = "PRECLUIR_DESCARGO" {}
    /// To summon somebody to an interview; a party at most twice (CHIS 75).
    Summon = "CITAR_A_ENTREVISTA" {
        /// Whom.
        party: Party,
        /// The day of the interview.
        held_on: Date,
    }
    /// To summon the parties to mediation (CHIS 76).
    OpenMediation = "CITAR_A_MEDIACION" {
        /// Day on which the interviews were closed.
        interviews_closed_on: Date,
        /// The day of the meeting.
        held_on: Date,
        /// Why the facts hurt the personal sphere alone and not the public service.
        personal_sphere: LongText,
        /// Why it does not revictimise.
        no_revictimisation: LongText,
    }
    /// That the parties have agreed (CHIS 76 to 78).
    SettleMediation = "CONCLUIR_POR_MEDIACION" {
        /// Day on which they signed.
        signed_on: Date,
        /// Whether the representation of the control body was there.
        oic_present: bool,
        /// What they undertake.
        commitments: LongText,
        /// When the committee looks whether that was kept.
        verify_on: Date,
    }
    /// That the parties have not agreed.
    EndMediation = "CERRAR_MEDIACION_SIN_ACUERDO" {
        /// Day on which it ended.
        ended_on: Date,
    }
    /// To open the case again because what was agreed was not kept.
    Reopen = "REABRIR" {
        /// What was not kept.
        breach: LongText,
        /// The session that decided.
        agreement: Agreement,
    }
    /// To begin the draft of the determination (CHIS 82).
    StartDraft = "ELABORAR_PROYECTO" {
        /// Day on which the interviews were closed; not needed for a case that was opened again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interviews_closed_on: Option<Date>,
    }
    /// To put the draft before the committee (CHIS 82).
    SubmitDraft = "PRESENTAR_PROYECTO" {
        /// The sense that it proposes.
        sense: Sense,
    }
    /// To determine (CHIS 83).
    Determine = "DETERMINAR" {
        /// How.
        sense: Sense,
        /// The grounds.
        grounds: LongText,
        /// What is recommended.
        recommendations: Vec<NewRecommendation>,
        /// The session that decided.
        agreement: Agreement,
    }
    /// To tell the parties and their superiors of the determination (CHIS 84).
    NotifyDetermination = "NOTIFICAR_DETERMINACION" {
        /// Day of the last of these notices.
        notified_on: Date,
    }
    /// To send the recommendations to the heads of the units (CHIS 86).
    StartFollowUp = "INICIAR_SEGUIMIENTO" {
        /// Day of the last of these notices.
        notified_on: Date,
    }
    /// That a unit adopts a recommendation (CHIS 86).
    AdoptRecommendation = "REGISTRAR_ADOPCION" {
        /// Which, from 1.
        recommendation: u16,
        /// Day on which the unit said so.
        informed_on: Date,
    }
    /// That a unit does not adopt a recommendation; it has to justify that (CHIS 86).
    DeclineRecommendation = "REGISTRAR_NEGATIVA" {
        /// Which, from 1.
        recommendation: u16,
        /// Day on which the unit said so.
        informed_on: Date,
    }
    /// That the unit has justified why it does not adopt it (CHIS 86).
    JustifyRefusal = "RECIBIR_JUSTIFICACION" {
        /// Which, from 1.
        recommendation: u16,
        /// Day of the writing.
        received_on: Date,
    }
    /// That the unit has shown progress.
    ReportProgress = "REGISTRAR_AVANCE" {
        /// Which, from 1.
        recommendation: u16,
        /// What.
        progress: LongText,
    }
    /// That the recommendation was carried out, with evidence (CHIS 86).
    FulfilRecommendation = "ACREDITAR_CUMPLIMIENTO" {
        /// Which, from 1.
        recommendation: u16,
        /// Day on which the evidence came.
        received_on: Date,
    }
    /// To flag that the recommendation was not answered for, or not carried out, in its term (CHIS 87).
    FlagUnfulfilled = "DECLARAR_INCUMPLIMIENTO" {
        /// Which, from 1.
        recommendation: u16,
        /// What is missing.
        reason: LongText,
    }
    /// To close the case.
    Conclude = "CONCLUIR" {}
    /// To tell those concerned of a decision (CHIS 63 to 65).
    NotifyDecision = "NOTIFICAR_ACUERDO" {
        /// Which decision, from 1.
        decision: u16,
        /// Day of the notice.
        notified_on: Date,
    }
    /// To extend the total term, once, for causes that are not the committee's (CHIS 56).
    Extend = "PRORROGAR" {
        /// By how many calendar days.
        days: u32,
        /// The letter by which the Secretaría grants it.
        letter: ShortText,
        /// Why.
        reason: LongText,
    }
    /// To propose a protection measure (HSyAS 41, CHIS 67).
    ProposeMeasure = "PROPONER_MEDIDA" {
        /// Which.
        kind: MeasureKind,
        /// Why.
        cause: LongText,
        /// Whom it protects.
        protects: LongText,
    }
    /// To order a proposed measure (CHIS 67 to 69).
    OrderMeasure = "ACORDAR_MEDIDA" {
        /// Which, from 1.
        measure: u16,
        /// Day on which the protected person agreed to it.
        consented_on: Date,
        /// Day on which the head of the unit agreed to it; not needed under the protocol on sexual
        /// harassment.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit_agreed_on: Option<Date>,
        /// Who is told of it.
        notified: LongText,
    }
    /// Not to order a proposed measure, because the person does not want it or for another reason.
    DropMeasure = "NO_ACORDAR_MEDIDA" {
        /// Which, from 1.
        measure: u16,
        /// Why.
        reason: LongText,
    }
    /// To lift a measure when its cause has ended (CHIS 70).
    LiftMeasure = "LEVANTAR_MEDIDA" {
        /// Which, from 1.
        measure: u16,
        /// Why.
        reason: LongText,
    }
    /// That the person was asked about measures and wants none for now (HSyAS 41).
    WaiveMeasures = "NO_SOLICITA_MEDIDAS" {
        /// Day on which the person was asked.
        consulted_on: Date,
    }
    /// To give notice to the control body (CHIS 54, 83; HSyAS 29; DISC 25).
    Refer = "DAR_VISTA_OIC" {
        /// The letter by which it was given.
        letter: ShortText,
        /// The day of that letter.
        given_on: Date,
        /// Which conducts, and what points to a fault or a danger.
        conducts: LongText,
        /// What the representation of the control body said before.
        opinion: Opinion,
        /// What the presumed victim wants, where the protocol on sexual harassment holds (HSyAS 29).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        will: Option<ReferralConsent>,
    }
    /// What the control body did with a notice (LGRA 64-II).
    RecordReferralOutcome = "REGISTRAR_RESPUESTA_OIC" {
        /// Which notice, from 1.
        referral: u16,
        /// The day it did so.
        on: Date,
        /// What.
        outcome: LongText,
    }
    /// To join the case to another, which goes on for both (CHIS 62).
    Join = "ACUMULAR" {
        /// The other case.
        into: Folio,
        /// Why.
        cause: JoinCause,
        /// In words.
        reason: LongText,
    }
    /// To set a mark that follows from no other move.
    SetMark = "MARCAR" {
        /// Which: a life at risk, or a recusal.
        mark: Mark,
        /// Why.
        reason: LongText,
    }
    /// To take such a mark off, because somebody has attended to it.
    ClearMark = "QUITAR_MARCA" {
        /// Which.
        mark: Mark,
        /// What was done.
        reason: LongText,
    }
    /// To take over last days that a new calendar or term gives.
    Recount = "RECALCULAR_PLAZOS" {
        /// Which, as [`Course::recount`](super::Course::recount) shows them; at least one.
        changes: Vec<Recounted>,
        /// What changed.
        reason: LongText,
    }
}
