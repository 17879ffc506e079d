//! How the move that a point agreed stands, as the page of a session shows it.

use domain::meeting::Meeting;
use domain::procedure::MoveKind;
use service::language::Texts;

use super::carry::{Due, Sent, Standing, Told, is_of_session};
use super::{MeetingError, SeenPoint};
use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::procedure::asked::{Asked, Inputs, LINES};
use crate::desk::procedure::refusal;

/// A move that was agreed.
pub(super) struct MoveView {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    /// How far it is.
    pub(super) words: String,
    /// Why it is not made.
    pub(super) why: Option<String>,
    pub(super) form: Option<MoveForm>,
}

/// What the move needs besides the agreement.
pub(super) struct MoveForm {
    pub(super) asked: Asked,
    pub(super) error: Option<String>,
}

/// How the move of a point stands, if it asks for one; `sent` is what somebody sent for one of the points.
pub(super) async fn of_point(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    (seen, meeting): (&SeenPoint, &Meeting),
    sent: Option<&Sent>,
) -> Result<Option<MoveView>, MeetingError> {
    let Some(due) = Due::of(seen, meeting) else {
        return Ok(None);
    };
    let (standing, course) = due.standing(desk, member, seen).await?;
    let sent = sent.filter(|sent| sent.point == seen.point.id());
    let form = course
        .filter(|_| matches!(standing, Standing::Open))
        .map(|course| {
            let inputs = Inputs {
                desk,
                texts,
                member,
                course: &course,
                prefix: format!("{}-", seen.point.id()),
                offered: &[],
            };
            let entered = sent.map_or(&[][..], |sent| &sent.entered);
            let typed = due.typed(entered, course.state());
            let lines = sent.map_or(LINES, |sent| sent.lines);
            let faults = match sent.map(|sent| &sent.told) {
                Some(Told::Fields(faults)) => Some(faults),
                Some(Told::Nothing | Told::Refused(_)) | None => None,
            };
            MoveForm {
                asked: Asked::of(&inputs, due.kind, &typed, lines, faults, is_of_session),
                error: faults.map(|_| texts.get("problem-fields")),
            }
        });
    let refused = match sent.map(|sent| &sent.told) {
        Some(Told::Refused(refused)) => Some(refusal::words(texts, refused)),
        Some(Told::Nothing | Told::Fields(_)) | None => None,
    };
    let (class, id, why) = match &standing {
        Standing::Made => ("on_time", "desk-point-moved", None),
        Standing::Open => ("overdue", "desk-point-to-move", refused),
        Standing::Waits => ("soon", "desk-point-move-waits", None),
        Standing::Stuck(refused) => {
            let why = refusal::words(texts, refused);
            ("overdue", "desk-point-not-moved", Some(why))
        }
        Standing::Damaged => {
            let why = texts.get("desk-point-case-unreadable");
            ("overdue", "desk-point-not-moved", Some(why))
        }
    };
    Ok(Some(MoveView {
        name: name(due.kind),
        class,
        words: texts.get(id),
        why,
        form,
    }))
}

fn name(kind: MoveKind) -> &'static str {
    &kind.label().name
}
