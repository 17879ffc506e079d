//! What each seat may do: the table of DOMAIN §14.1, as far as it is about opening and changing what the
//! service keeps.

use super::Ruling;
use crate::committee::{Act, Seat};

/// What an act is to each seat, in the order of [`Seat::ALL`].
pub(super) struct Row([Ruling; 8]);

impl Row {
    pub(super) const fn of(&self, seat: Seat) -> Ruling {
        let [pres, ejec, tecn, electa, oic, consejera, asesora, invitada] = self.0;
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
}

const Y: Ruling = Ruling::Allowed;
const II: Ruling = Ruling::NeedsSecond;
const X: Ruling = Ruling::Refused;

/// What each seat may do: on a case, if entitled to it; in the service, if it acts there.
#[rustfmt::skip]
#[expect(clippy::match_same_arms, reason = "a table: a row for each act")]
pub(super) const fn rights(act: Act) -> Row {
    Row(match act {
        //                    Pres Ejec Tecn Elec OIC  Cons Ases Invi
        Act::ReadRegister   => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ReadCase       => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ReadFile       => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::WriteToPerson  => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::TakeStep       => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  X],
        Act::WritePaper     => [Y,  Y,  Y,  Y,  X,  X,  X,  X],
        Act::RedactFile     => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::CaptureCase    => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::DeclareConflict=> [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::ProposeRecusal => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::DecideRecusal  => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::ShareCase      => [Y,  Y,  X,  X,  X,  X,  X,  X],
        Act::RotateCase     => [II, II, X,  X,  X,  X,  X,  X],
        Act::UnmaskIdentity => [II, II, X,  X,  X,  X,  X,  X],
        Act::ExportCase     => [II, II, II, X,  II, X,  X,  X],
        Act::DeleteCase     => [II, II, II, X,  X,  X,  X,  X],
        Act::ReadMembers    => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  X],
        Act::InviteMember   => [II, II, II, X,  X,  X,  X,  X],
        Act::EndMembership  => [II, II, II, X,  X,  X,  X,  X],
        Act::ReadmitMember  => [II, II, II, II, II, X,  X,  X],
        Act::AmendMember    => [II, II, II, X,  X,  X,  X,  X],
        Act::SuspendMember  => [II, II, II, X,  II, X,  X,  X],
        Act::ReadLog        => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::OverseeLog     => [Y,  Y,  Y,  X,  Y,  X,  X,  X],
        Act::RecordIncident => [Y,  Y,  Y,  X,  Y,  X,  X,  X],
        Act::SetCalendar    => [X,  X,  Y,  X,  X,  X,  X,  X],
        Act::RecountTerms   => [X,  Y,  Y,  X,  X,  X,  X,  X],
        Act::SealService    => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::OwnAccount     => [Y,  Y,  Y,  Y,  Y,  Y,  Y,  Y],
        Act::SecondAct      => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::GiveCopies     => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::ReadMeetings   => [Y,  Y,  Y,  Y,  Y,  X,  X,  X],
        Act::CallMeeting    => [Y,  Y,  X,  X,  X,  X,  X,  X],
        Act::HoldMeeting    => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::CloseMeeting   => [Y,  Y,  Y,  X,  X,  X,  X,  X],
        Act::RecordAttention => [Y, Y,  Y,  Y,  Y,  Y,  Y,  X],
        Act::OverseeAttentions => [Y, Y, Y, X,  X,  X,  X,  X],
        Act::KeepMatters    => [Y,  Y,  Y,  X,  X,  X,  X,  X],
    })
}
