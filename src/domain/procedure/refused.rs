//! Why a move is not made, and what the caller can do.

use jiff::civil::Date;

use super::codes::{Mark, PaperKind};
use super::moves::MoveKind;
use crate::calendar::CalendarError;
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::coded_enum;
use crate::committee::Seat;

coded_enum! {
    /// What a move needs and does not have.
    pub enum Needed {
        /// A session that decided.
        Agreement = "ACUERDO_DE_SESION",
        /// At least one of the elements that are missing.
        Element = "ELEMENTO",
        /// At least one instance.
        Instance = "INSTANCIA",
        /// Why.
        Reason = "MOTIVO",
        /// That the risks are confirmed.
        Classification = "CLASIFICACION",
        /// The answer to what was asked for.
        RequestAnswered = "DESAHOGO",
        /// The day on which the interviews were closed.
        InterviewsClosed = "CIERRE_DE_ENTREVISTAS",
        /// The representation of the control body at the meeting.
        OicPresent = "REPRESENTACION_OIC_PRESENTE",
        /// At least one recommendation.
        Recommendation = "RECOMENDACION",
        /// A member of the commission.
        CommissionMember = "INTEGRANTE_DE_COMISION",
        /// What the presumed victim wants.
        WillOfVictim = "VOLUNTAD_DE_LA_VICTIMA",
        /// That the head of the unit agrees.
        UnitAgrees = "CONFORMIDAD_DE_LA_UNIDAD",
        /// At least one day.
        Days = "DIAS",
    }
}

coded_enum! {
    /// A day or entry of a move that does not fit.
    pub enum Field {
        /// Day of the capture.
        CapturedOn = "captured_on",
        /// Day of a session, meeting or interview.
        HeldOn = "held_on",
        /// Day of a notice.
        NotifiedOn = "notified_on",
        /// Day on which something came in.
        ReceivedOn = "received_on",
        /// Day on which the interviews were closed.
        InterviewsClosedOn = "interviews_closed_on",
        /// Day of a signature.
        SignedOn = "signed_on",
        /// Day on which a promise is looked at.
        VerifyOn = "verify_on",
        /// Day on which something ended.
        EndedOn = "ended_on",
        /// Day on which a unit gave word.
        InformedOn = "informed_on",
        /// Day on which somebody agreed.
        ConsentedOn = "consented_on",
        /// Day on which the head of a unit agreed.
        UnitAgreedOn = "unit_agreed_on",
        /// Day on which somebody was asked.
        ConsultedOn = "consulted_on",
        /// Day of a letter.
        GivenOn = "given_on",
        /// Day on which an opinion was heard.
        HeardOn = "heard_on",
        /// Day of what another did.
        On = "on",
    }
}

/// Why a move is not made. Nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The case does not stand where this can be done; read it again and choose among its open moves.
    #[error("{kind} is not possible in the state {state}")]
    NotNow {
        /// The move.
        kind: MoveKind,
        /// Where the case stands.
        state: CaseState,
    },
    /// Another seat does this; ask it to.
    #[error("this is done by {needs:?}")]
    NotYours {
        /// The seats that may.
        needs: Vec<Seat>,
    },
    /// It was done before and cannot be done again.
    #[error("{kind} is done only once in a case")]
    OnlyOnce {
        /// The move.
        kind: MoveKind,
    },
    /// The parties of this case are never brought together; go on to the draft.
    #[error("mediation is forbidden by {rule}")]
    MediationForbidden {
        /// Id of the rule, such as `RE01`.
        rule: String,
    },
    /// In this protocol the procedure goes on without waiting; register the case.
    #[error("the protocol {protocol} does not let the case end for what is missing in it")]
    ProtocolForbids {
        /// Which protocol.
        protocol: Mark,
    },
    /// The case was joined to another; act there.
    #[error("the case was joined to another")]
    Joined,
    /// Whoever has the term may still keep it; wait.
    #[error("the term {key} runs until {until}")]
    TermStillRuns {
        /// Which.
        key: TermKey,
        /// Its last day.
        until: Date,
    },
    /// It had to be asked for before the term ended.
    #[error("the term {key} ended on {since}")]
    TermIsOver {
        /// Which.
        key: TermKey,
        /// Its last day.
        since: Date,
    },
    /// Something is missing; add it.
    #[error("{what} is missing")]
    Missing {
        /// What.
        what: Needed,
    },
    /// A document is missing; name it.
    #[error("a document of the kind {kind} is missing")]
    MissingPaper {
        /// Of what kind.
        kind: PaperKind,
    },
    /// A day cannot be right; correct it.
    #[error("{field} has to lie between {from} and {to}")]
    DayOutside {
        /// Which.
        field: Field,
        /// The first possible day.
        from: Date,
        /// The last possible day.
        to: Date,
    },
    /// A session is called earlier than that; choose a later day.
    #[error("for a session on that day the call was due on {called_by}")]
    CalledTooLate {
        /// Last day of the call.
        called_by: Date,
    },
    /// The votes do not carry it.
    #[error("more than half of those present have to vote for it")]
    NotCarried,
    /// This code does not go with this move here; choose another.
    #[error("`{code}` does not go with {kind} here")]
    WrongCode {
        /// The move.
        kind: MoveKind,
        /// The code that was given.
        code: &'static str,
    },
    /// There is no such entry, or it does not stand where this can be done.
    #[error("entry {number} is not one of which this can be said")]
    NoSuchEntry {
        /// Its number, from 1.
        number: u16,
    },
    /// The terms do not come out as the caller was shown; show them again.
    #[error("the terms come out otherwise now")]
    CountedOtherwise,
    /// Too many entries; leave some out.
    #[error("at most {most} entries")]
    TooMany {
        /// As many as may be.
        most: usize,
    },
    /// The day given lies before the last entry of the case: the clock of the service is wrong.
    #[error("the last entry of the case is of {last}")]
    BeforeLastEntry {
        /// Day of the last entry.
        last: Date,
    },
    /// No calendar holds the last day of a term.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}
