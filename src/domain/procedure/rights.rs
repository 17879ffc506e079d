//! Which seat makes which move: DOMAIN §14.1 and the column *responsible* of §4.3.

use super::moves::MoveKind;
use crate::catalogue::TermKey;
use crate::committee::Seat;

/// Whether each seat makes a move, in the order of [`Seat::ALL`].
struct Row([bool; 8]);

const Y: bool = true;
const X: bool = false;

/// The seats that make a move; whoever stands in for a titular has the titular's seat.
///
/// What a session decides is entered by the Presidencia or a Secretaría, who are there or there is no
/// session (CHIS 33). Where §14.1 says *help*, the Secretaría Técnica may do it. A commission acts
/// through its elected members.
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "a table: a row for each move")]
const fn row(kind: MoveKind) -> Row {
    Row(match kind {
        //                               Pres Ejec Tecn Elec OIC  Cons Ases Invi
        MoveKind::Classify              => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::AskForInformation     => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Answer                => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Archive               => [X,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::Redirect              => [X,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::Register              => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Propose               => [X,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::CallSession           => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::NotAdmit              => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Admit                 => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::AppointCommission     => [Y,  X,  X,  X,  X,  X,  X,  X],
        MoveKind::Inquire               => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::ConcludeEarly         => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::NotifyDenounced       => [X,  X,  Y,  X,  X,  X,  X,  X],
        MoveKind::ReceiveAnswer         => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::GoOnWithoutAnswer     => [X,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Summon                => [X,  Y,  Y,  Y,  X,  X,  X,  X],
        MoveKind::OpenMediation         => [Y,  X,  X,  X,  X,  X,  X,  X],
        MoveKind::SettleMediation       => [X,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::EndMediation          => [X,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::Reopen                => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::StartDraft            => [X,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::SubmitDraft           => [Y,  X,  X,  X,  X,  X,  X,  X],
        MoveKind::Determine             => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::NotifyDetermination   => [X,  X,  Y,  X,  X,  X,  X,  X],
        MoveKind::StartFollowUp         => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::AdoptRecommendation   => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::DeclineRecommendation => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::JustifyRefusal        => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::ReportProgress        => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::FulfilRecommendation  => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::FlagUnfulfilled       => [Y,  Y,  X,  Y,  X,  X,  X,  X],
        MoveKind::Conclude              => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::NotifyDecision        => [X,  X,  Y,  X,  X,  X,  X,  X],
        MoveKind::Extend                => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::ProposeMeasure        => [Y,  Y,  X,  Y,  Y,  Y,  Y,  X],
        MoveKind::OrderMeasure          => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::DropMeasure           => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::LiftMeasure           => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::WaiveMeasures         => [Y,  Y,  X,  X,  X,  Y,  Y,  X],
        MoveKind::Refer                 => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::RecordReferralOutcome => [Y,  Y,  X,  X,  Y,  X,  X,  X],
        MoveKind::Join                  => [Y,  Y,  X,  X,  X,  X,  X,  X],
        MoveKind::SetMark               => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  X],
        MoveKind::ClearMark             => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        MoveKind::Recount               => [X,  Y,  Y,  X,  X,  X,  X,  X],
    })
}

/// Whether a seat makes a move.
pub const fn makes(seat: Seat, kind: MoveKind) -> bool {
    let Row([pres, ejec, tecn, electa, oic, consejera, asesora, invitada]) = row(kind);
    match seat {
        Seat::Presidencia => pres,
        Seat::SecretariaEjecutiva => ejec,
        Seat::SecretariaTecnica => tecn,
        Seat::Electa => electa,
        Seat::RepresentacionOic => oic,
        Seat::Consejera => consejera,
        Seat::Asesora => asesora,
        Seat::Invitada => invitada,
    }
}

/// The seats that make a move.
pub(super) fn seats_of(kind: MoveKind) -> Vec<Seat> {
    let all = Seat::ALL.iter().copied();
    all.filter(|seat| makes(*seat, kind)).collect()
}

/// Whether the complainant makes a move, by what they write.
pub(super) const fn is_complainants(kind: MoveKind) -> bool {
    matches!(kind, MoveKind::Answer | MoveKind::SetMark)
}

/// What a person may do once a party let this term pass without a word: file the complaint that nobody completed,
/// go on without the answer of who is denounced. Until a person does, the case stays where it is.
pub fn when_unanswered(term: TermKey) -> Option<MoveKind> {
    let moves = [
        (TermKey::PrevencionDesahogo, MoveKind::Archive),
        (TermKey::DescargoDenunciada, MoveKind::GoOnWithoutAnswer),
    ];
    let found = moves.into_iter().find(|(key, _)| *key == term);
    found.map(|(_, kind)| kind)
}
