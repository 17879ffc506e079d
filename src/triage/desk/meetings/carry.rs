//! What a session agreed on a case moves it: at once if the agreement says all that the move needs, and
//! otherwise by `POST /sesiones/{meeting}/puntos/{point}/tramite`, whose form beside the point asks for the
//! rest.
//!
//! Whether the move was made, the case itself says, which keeps each decision with its session. So an
//! agreement is carried out once, however often somebody closes the session or sends the form, and whatever
//! broke in between. One that the procedure does not take any more stays beside its point, with the reason.

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use committee::course;
use domain::case::{CaseState, Folio};
use domain::committee::{Act, Relation, Ruling, policy};
use domain::complaint::{FieldFaults, SecretText};
use domain::meeting::{Meeting, Outcome, PointId, Topic};
use domain::procedure::{Agreement, By, Course, MoveKind, Refused};
use service::language::Texts;
use service::problem::Problem;

use super::show::again;
use super::{MeetingError, SeenPoint, find, place, point, points};
use crate::desk::case::{self, CaseError};
use crate::desk::gate::{Form, Member};
use crate::desk::pass::{self, NoPass};
use crate::desk::procedure::asked::{LINES, MOST_LINES, Typed};
use crate::desk::procedure::make::{StepError, make};
use crate::desk::{Desk, fallback};

/// What a point asks of its case: it was carried, and moves it.
pub(in crate::desk) struct Due {
    pub(super) folio: Folio,
    pub(in crate::desk) kind: MoveKind,
    agreement: Agreement,
    /// The words of the agreement.
    text: SecretText,
}

/// How far that is.
pub(in crate::desk) enum Standing {
    /// The case has moved.
    Made,
    /// The reader can move it now.
    Open,
    /// It waits for others than the reader.
    Waits,
    /// The procedure does not let this reader, or nobody; it says why.
    Stuck(Refused),
    /// How the case stands cannot be read.
    Damaged,
}

/// Why an agreement did not move its case.
#[derive(Debug, thiserror::Error)]
pub(super) enum CarryError {
    /// See there.
    #[error(transparent)]
    Meeting(#[from] MeetingError),
    /// The case is none of this member's.
    #[error(transparent)]
    Pass(#[from] NoPass),
    /// See there.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The move needs more than was entered.
    #[error("the move needs more than was entered")]
    Fields(#[from] FieldFaults),
    /// See there.
    #[error(transparent)]
    Step(#[from] StepError),
}

impl CarryError {
    fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::Meeting(error) => error.problem(texts),
            Self::Pass(NoPass::Hidden) => MeetingError::None.problem(texts),
            Self::Pass(NoPass::Refused) => Problem::new(texts, StatusCode::FORBIDDEN, "not-yours"),
            Self::Pass(NoPass::Blocked) => Problem::new(texts, StatusCode::CONFLICT, "blocked"),
            Self::Pass(NoPass::Kept(_) | NoPass::Store(_) | NoPass::Circle(_)) => {
                tracing::error!(cause = %self, "an agreement cannot be carried out");
                fallback::unavailable(texts)
            }
            Self::Case(error) => error.problem(texts),
            Self::Fields(faults) => Problem::fields(texts, faults),
            Self::Step(error) => error.problem(texts),
        }
    }
}

/// What is wrong with a form that is given back beside its point.
pub(super) enum Told {
    /// Nothing: it has more rows now.
    Nothing,
    /// A field.
    Fields(FieldFaults),
    /// The procedure says no.
    Refused(Refused),
}

/// What was sent for a point.
pub(super) struct Sent {
    pub(super) point: PointId,
    pub(super) entered: Vec<(String, SecretText)>,
    pub(super) lines: usize,
    pub(super) told: Told,
}

impl Due {
    /// What a point asks for; `None` unless it was carried and moves a case.
    pub(in crate::desk) fn of(seen: &SeenPoint, meeting: &Meeting) -> Option<Self> {
        let agreement = seen.point.agreement(meeting)?;
        let Topic::Case { folio, motion } = seen.point.topic() else {
            return None;
        };
        let Some(Outcome::Voted { text, .. }) = seen.point.outcome() else {
            return None;
        };
        Some(Self {
            folio: *folio,
            kind: motion.moves()?,
            agreement,
            text: SecretText::from(text.expose().to_owned()),
        })
    }

    /// How far it is, for this reader.
    ///
    /// # Errors
    /// Those of the store. A case that does not open is told as such: the others of the session are not its
    /// fault.
    pub(in crate::desk) async fn standing(
        &self,
        desk: &Desk,
        member: &Member,
        seen: &SeenPoint,
    ) -> Result<(Standing, Option<Course>), MeetingError> {
        let Some((entry, circle)) = &seen.case else {
            return Ok((Standing::Waits, None));
        };
        let handle = desk.cases.handle(entry.id).await?;
        let handle = handle.ok_or(MeetingError::None)?;
        let course = match course::open(&member.keyring, &handle, entry) {
            Ok(course) => course,
            Err(error) => {
                tracing::error!(cause = %error, "how a case stands in the procedure does not open");
                return Ok((Standing::Damaged, None));
            }
        };
        let relation = circle.relation_of(member.actor.id);
        let may = |act| policy::decide(&member.actor, act, Some(relation)) == Ruling::Allowed;
        let standing = if self.is_made(&course) {
            Standing::Made
        } else if relation != Relation::Entitled || !may(Act::TakeStep) {
            Standing::Waits
        } else {
            match course.admits(self.kind, By::Member(member.actor.seat)) {
                Ok(()) => Standing::Open,
                Err(refused) => Standing::Stuck(refused),
            }
        };
        Ok((standing, Some(course)))
    }

    /// Whether the case has moved as was agreed.
    fn is_made(&self, course: &Course) -> bool {
        let ours = &self.agreement;
        course.decisions().iter().any(|one| {
            let agreed = match &one.agreement {
                Some(kept) => {
                    (kept.kind, kept.number, kept.held_on) == (ours.kind, ours.number, ours.held_on)
                }
                // From the review it takes no session: whoever did it since did what was agreed.
                None => one.on >= ours.held_on,
            };
            one.kind == self.kind && agreed
        })
    }

    /// What was entered, with what the session has said already; of the session only that counts.
    pub(super) fn typed(&self, entered: &[(String, SecretText)], state: CaseState) -> Typed {
        let own = entered.iter();
        let own = own.filter(|(name, _)| !is_of_session(name)).cloned();
        let mut fields: Vec<(String, SecretText)> = own.collect();
        let mut add = |name: &str, value: String| fields.push((name.to_owned(), value.into()));
        // Whoever guides from the review needs no session, and so names none.
        if self.kind != MoveKind::Redirect || state == CaseState::InAnalysis {
            let Agreement {
                kind,
                number,
                held_on,
                votes,
            } = self.agreement;
            add("agreement_kind", kind.code().to_owned());
            add("agreement_number", number.to_string());
            add("agreement_held_on", held_on.to_string());
            add("agreement_favour", votes.favour.to_string());
            add("agreement_against", votes.against.to_string());
            add("agreement_abstained", votes.abstained.to_string());
            if votes.casting {
                add("agreement_casting", "1".to_owned());
            }
        }
        for name in ["reason", "grounds", "breach"] {
            add(name, self.text.expose().to_owned());
        }
        Typed::new(fields)
    }

    /// Moves the case, unless that was done before.
    async fn carry_out(
        &self,
        desk: &Desk,
        member: &Member,
        entered: &[(String, SecretText)],
        lines: usize,
    ) -> Result<(), CarryError> {
        let pass = pass::to_case(desk, member, Act::TakeStep, self.folio).await?;
        let dossier = case::find(desk, member, &pass).await?;
        if self.is_made(&dossier.course) {
            return Ok(());
        }
        let typed = self.typed(entered, dossier.course.state());
        let step = typed.step(self.kind, lines)?;
        match make(desk, member, &dossier, &step).await {
            Ok(_) => Ok(()),
            Err(refused @ StepError::Refused(_)) => {
                // Somebody may have sent the same at the same moment.
                let since = case::find(desk, member, &pass).await?;
                if self.is_made(&since.course) {
                    Ok(())
                } else {
                    Err(refused.into())
                }
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Whether a field says what the session says.
pub(super) fn is_of_session(name: &str) -> bool {
    name.starts_with("agreement_")
}

/// Carries out what a point agreed, if it says all that the move needs. Otherwise the page says beside the
/// point what is missing or in the way; the votes stand all the same.
pub(super) async fn at_once(desk: &Desk, member: &Member, meeting: &Meeting, seen: &SeenPoint) {
    let Some(due) = Due::of(seen, meeting) else {
        return;
    };
    match due.carry_out(desk, member, &[], 0).await {
        Ok(())
        | Err(
            CarryError::Fields(_)
            | CarryError::Step(StepError::Refused(_))
            | CarryError::Pass(NoPass::Hidden | NoPass::Refused | NoPass::Blocked),
        ) => {}
        Err(error) => tracing::error!(cause = %error, "an agreement was not carried out"),
    }
}

/// The same for all points of a session that the member sees.
pub(super) async fn all_at_once(
    desk: &Desk,
    member: &Member,
    meeting: &Meeting,
) -> Result<(), MeetingError> {
    for seen in points(desk, member, meeting).await?.records {
        at_once(desk, member, meeting, &seen).await;
    }
    Ok(())
}

/// Carries out what a point agreed, with what else the move needs.
pub(in crate::desk) async fn take(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    path: Path<(String, String)>,
    form: Form,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let told = |problem: &Problem| fallback::problem(&desk, &request, problem);
    let Some(entered) = form.parse() else {
        return told(&Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"));
    };
    let (meeting, id) = path.into_inner();
    match answer(&desk, texts, &member, (&meeting, &id), entered).await {
        Ok(answer) => answer,
        Err(error) => told(&error.problem(texts)),
    }
}

async fn answer(
    desk: &Desk,
    texts: &Texts,
    member: &Member,
    (meeting, id): (&str, &str),
    entered: Vec<(String, SecretText)>,
) -> Result<HttpResponse, CarryError> {
    let meeting = find(desk, member, meeting).await?;
    let seen = point(desk, member, &meeting, id).await?;
    let due = Due::of(&seen, &meeting).ok_or(MeetingError::None)?;
    let asked = |name: &str| {
        let mut all = entered.iter().filter(|(field, _)| field == name);
        all.next().map(|(_, value)| value.expose())
    };
    let lines = asked("lines").and_then(|lines| lines.parse().ok());
    let lines = lines.unwrap_or(LINES).min(MOST_LINES);
    let point = seen.point.id();
    let given_back = |lines, told| Sent {
        point,
        entered: entered.clone(),
        lines,
        told,
    };
    let (status, sent) = if asked("more").is_some() {
        let more = (lines + LINES).min(MOST_LINES);
        (StatusCode::OK, given_back(more, Told::Nothing))
    } else {
        match due.carry_out(desk, member, &entered, lines).await {
            Ok(()) => {
                let place = format!("{}#punto-{point}", place(meeting.id()));
                return Ok(HttpResponse::SeeOther()
                    .insert_header((LOCATION, place))
                    .finish());
            }
            Err(CarryError::Fields(faults)) => {
                let sent = given_back(lines, Told::Fields(faults));
                (StatusCode::UNPROCESSABLE_ENTITY, sent)
            }
            Err(CarryError::Step(StepError::Refused(refused))) => {
                let sent = given_back(lines, Told::Refused(refused));
                (StatusCode::CONFLICT, sent)
            }
            Err(error) => return Err(error),
        }
    };
    let again = again(desk, texts, member, &meeting, status, &sent).await;
    Ok(again?)
}
