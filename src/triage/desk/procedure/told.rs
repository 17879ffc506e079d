//! What whoever filed is told of a move: a notice of the service, what it names, and words of the
//! committee. Nothing of the denounced person.

use domain::catalogue::InstanceCode;
use domain::complaint::SecretText;
use domain::procedure::{Move, Party, ProcedureNotice, Step};
use mailbox::Detail;

use crate::desk::dossier::Dossier;
use crate::standing::Said;

/// What is told.
pub(super) struct Told {
    pub(super) said: Said,
    pub(super) text: Option<SecretText>,
}

/// Of a move in a case.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "of all other moves the notice says it all"
)]
pub(super) fn told(dossier: &Dossier, step: &Step, notice: ProcedureNotice) -> Told {
    let words = |text: &str| Some(SecretText::from(text.to_owned()));
    let (detail, text) = match &step.act {
        Move::AskForInformation { question, .. } => (None, words(question.expose())),
        Move::Register { folio, .. } => (Some(Detail::Reference(folio.clone())), None),
        Move::Summon {
            party: Party::Complainant,
            held_on,
        }
        | Move::OpenMediation { held_on, .. } => (Some(Detail::On(*held_on)), None),
        Move::NotifyDecision { decision, .. } => decided(dossier, *decision)
            .and_then(|step| grounds(&step.act))
            .map_or((None, None), |(reason, instances)| {
                (instances.map(Detail::Instances), words(reason))
            }),
        _ => (None, None),
    };
    Told {
        said: Said {
            notice: notice.into(),
            detail,
        },
        text,
    }
}

/// Why it was so decided, which is told with the notice of the decision; and where the person may go.
fn grounds(decided: &Move) -> Option<(&str, Option<Vec<InstanceCode>>)> {
    if let Move::Archive { reason, .. }
    | Move::NotAdmit { reason, .. }
    | Move::ConcludeEarly { reason, .. } = decided
    {
        return Some((reason.expose(), None));
    }
    let Move::Redirect {
        reason, instances, ..
    } = decided
    else {
        return None;
    };
    Some((reason.expose(), Some(instances.clone())))
}

/// The move by which a decision was taken.
fn decided(dossier: &Dossier, decision: u16) -> Option<&Step> {
    let index = usize::from(decision).checked_sub(1)?;
    let number = dossier.course.decisions().get(index)?.step;
    let mut all = dossier.steps.iter();
    let done = all.find(|done| done.document.number == number)?;
    Some(&done.document.step)
}
