//! The words that a step of the procedure carries: reasons, grounds, whom and what it names.

use domain::complaint::{LongText, MessageText, ShortText};
use domain::procedure::{Move, Step};

/// All of them. Days, codes and numbers are no words.
pub(super) fn words(step: &Step) -> Vec<&str> {
    let mut found = of_move(&step.act);
    let references = step
        .papers
        .iter()
        .filter_map(|paper| paper.reference.as_ref());
    found.extend(references.map(ShortText::expose));
    found
}

fn of_move(act: &Move) -> Vec<&str> {
    match act {
        Move::Classify { reason, .. } => reason.iter().map(LongText::expose).collect(),
        Move::AskForInformation { question, .. } => vec![MessageText::expose(question)],
        Move::Archive { reason, .. }
        | Move::Redirect { reason, .. }
        | Move::Propose { reason, .. }
        | Move::NotAdmit { reason, .. }
        | Move::ConcludeEarly { reason, .. }
        | Move::FlagUnfulfilled { reason, .. }
        | Move::DropMeasure { reason, .. }
        | Move::LiftMeasure { reason, .. }
        | Move::Join { reason, .. }
        | Move::SetMark { reason, .. }
        | Move::ClearMark { reason, .. }
        | Move::Recount { reason, .. } => vec![reason.expose()],
        Move::Register { folio, .. } => vec![folio.expose()],
        Move::Inquire { requested } => vec![requested.expose()],
        Move::OpenMediation {
            personal_sphere,
            no_revictimisation,
            ..
        } => vec![personal_sphere.expose(), no_revictimisation.expose()],
        Move::SettleMediation { commitments, .. } => vec![commitments.expose()],
        Move::Reopen { breach, .. } => vec![breach.expose()],
        Move::Determine {
            grounds,
            recommendations,
            ..
        } => {
            let asked = recommendations
                .iter()
                .flat_map(|one| [one.unit.expose(), one.text.expose()]);
            std::iter::once(grounds.expose()).chain(asked).collect()
        }
        Move::ReportProgress { progress, .. } => vec![progress.expose()],
        Move::Extend { letter, reason, .. } => vec![letter.expose(), reason.expose()],
        Move::ProposeMeasure {
            cause, protects, ..
        } => vec![cause.expose(), protects.expose()],
        Move::OrderMeasure { notified, .. } => vec![notified.expose()],
        Move::Refer {
            letter,
            conducts,
            opinion,
            ..
        } => vec![letter.expose(), conducts.expose(), opinion.text.expose()],
        Move::RecordReferralOutcome { outcome, .. } => vec![outcome.expose()],
        Move::Answer {}
        | Move::CallSession { .. }
        | Move::Admit { .. }
        | Move::AppointCommission { .. }
        | Move::NotifyDenounced { .. }
        | Move::ReceiveAnswer { .. }
        | Move::GoOnWithoutAnswer {}
        | Move::Summon { .. }
        | Move::EndMediation { .. }
        | Move::StartDraft { .. }
        | Move::SubmitDraft { .. }
        | Move::NotifyDetermination { .. }
        | Move::StartFollowUp { .. }
        | Move::AdoptRecommendation { .. }
        | Move::DeclineRecommendation { .. }
        | Move::JustifyRefusal { .. }
        | Move::FulfilRecommendation { .. }
        | Move::Conclude {}
        | Move::NotifyDecision { .. }
        | Move::WaiveMeasures { .. } => Vec::new(),
    }
}
