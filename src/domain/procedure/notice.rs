//! What the complainant is told of a move: which message, and nothing of the denounced person.

use crate::coded_enum;

coded_enum! {
    /// Which message the complainant gets.
    pub enum ProcedureNotice {
        /// Something is missing; the question comes with it.
        NeedsInformation = "needs_information",
        /// The answer to it has arrived.
        Answered = "answered",
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
    }
}
