//! What takes two members: asking, agreeing, and what follows (`/actos`).
//!
//! Here is what pages and interface share. Asking for something on a case has an address of its own for
//! each act, so that the gate asks the policy; everything else is one address for all acts, and asks it
//! here, about the case that the act is on. An act that is not for a member is answered as one that does
//! not exist.

pub(super) mod asking;
pub(super) mod export;
pub(super) mod list;
pub(super) mod panel;
pub(super) mod view;

use actix_web::http::StatusCode;
use committee::access::AccessError;
use committee::acts::{
    ActError, ActId, Asked, Book, BookError, Draft, Effect, EffectError, Hands, Kept, PendingAct,
    Reason, Stage, Who,
};
use committee::log::LogError;
use committee::readable::Readable;
use domain::coded_enum;
use domain::committee::{Act, Actor, MemberId, Relation};
use domain::complaint::{FaultKind, FieldFaults};
use jiff::Timestamp;
use service::language::Texts;
use service::problem::Problem;
use store::casefiles::CaseId;

use super::gate::Member;
use super::identity::Unmasked;
use super::pass::CasePass;
use super::{Desk, copies, fallback};

coded_enum! {
    /// What a member says to an act that is asked for.
    pub(super) enum Answer {
        /// Agrees: it is done.
        Approve = "approve",
        /// Does not agree.
        Refuse = "refuse",
        /// Takes back what they asked for themselves.
        Withdraw = "withdraw",
    }
}

/// Why something about an act is not done.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    /// The request has not the fields that it must have.
    #[error("not a form of an act")]
    Form,
    /// The reason breaks a rule.
    #[error("the reason breaks a rule")]
    Reason(FaultKind),
    /// The member who is named cannot open the case, or is no member.
    #[error("the member who is named is none that this can be about")]
    Whom,
    /// The answer is none.
    #[error("not an answer to an act")]
    Answer,
    /// Nobody agreed, or it is too long ago.
    #[error("nobody has agreed to it")]
    NotAgreed,
    /// The policy, or how far the act is.
    #[error(transparent)]
    Act(#[from] ActError),
    /// It cannot be read or kept.
    #[error(transparent)]
    Book(BookError),
    /// Who may open its case cannot be found out.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What was agreed on could not be done, yet.
    #[error(transparent)]
    Effect(EffectError),
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Log(#[from] LogError),
}

impl From<BookError> for Fault {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Act(error) => Self::Act(error),
            error @ (BookError::Store(_)
            | BookError::Open(_)
            | BookError::Seal(_)
            | BookError::Contended) => Self::Book(error),
        }
    }
}

impl From<EffectError> for Fault {
    fn from(error: EffectError) -> Self {
        match error {
            EffectError::Log(error) => Self::Log(error),
            error @ (EffectError::Store(_)
            | EffectError::Book(_)
            | EffectError::Access(_)
            | EffectError::Open(_)
            | EffectError::Kept(_)
            | EffectError::Certificate(_)
            | EffectError::Roster(_)
            | EffectError::Change(_)
            | EffectError::Randomness(_)) => Self::Effect(error),
        }
    }
}

impl Fault {
    /// What is told.
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        let conflict = |code| Problem::new(texts, StatusCode::CONFLICT, code);
        match self {
            Self::Form => Problem::new(texts, StatusCode::BAD_REQUEST, "not-form"),
            Self::Reason(fault) => Problem::fields(texts, &FieldFaults::one("reason", *fault)),
            Self::Whom => {
                Problem::fields(texts, &FieldFaults::one("member", FaultKind::UnknownCode))
            }
            Self::Answer => {
                Problem::fields(texts, &FieldFaults::one("answer", FaultKind::UnknownCode))
            }
            Self::NotAgreed => Problem::new(texts, StatusCode::FORBIDDEN, "not-agreed"),
            Self::Act(ActError::Hidden) => Problem::new(texts, StatusCode::NOT_FOUND, "no-act"),
            Self::Act(ActError::Refused | ActError::TakesOne) => {
                Problem::new(texts, StatusCode::FORBIDDEN, "not-yours")
            }
            Self::Act(ActError::Closed) => conflict("act-closed"),
            Self::Act(ActError::Lapsed) => conflict("act-lapsed"),
            Self::Act(ActError::Outdated) => conflict("act-outdated"),
            Self::Log(error) => fallback::not_logged(texts, error),
            Self::Book(_) | Self::Access(_) | Self::Effect(_) => {
                tracing::error!(cause = %self, "an act that takes two was not carried on");
                fallback::unavailable(texts)
            }
        }
    }
}

/// Asks for an act that takes two; it waits from now on. Whoever asks again for what is under way gets
/// what is there. `relation` is what the member is to the case, if it is about one.
pub(super) async fn ask(
    desk: &Desk,
    member: &Member,
    relation: Option<Relation>,
    what: Asked,
    reason: Reason,
) -> Result<Kept, Fault> {
    let book = Book::new(&*desk.cases, &member.keyring);
    let who = Who {
        actor: &member.actor,
        relation,
    };
    match book.draft(what, who, reason, desk.clock.now()).await? {
        Draft::Before(kept) => Ok(*kept),
        Draft::New(act) => {
            let recorder = member.recorder(desk);
            recorder.act_proposed(act.what.proposed()).await?;
            Ok(book.add(*act).await?)
        }
    }
}

/// What came of an answer.
pub(super) struct Answered {
    pub(super) act: PendingAct,
    /// What the service did, if both agree.
    pub(super) effect: Option<Effect>,
}

/// Answers an act that waits; when that makes two who agree, it is done before this returns. An answer
/// that is not this member's to give is in the log.
pub(super) async fn answer(
    desk: &Desk,
    member: &Member,
    id: ActId,
    answer: Answer,
) -> Result<Answered, Fault> {
    let answered = take(desk, member, id, answer).await;
    if let Err(Fault::Act(ActError::Hidden | ActError::Refused)) = &answered {
        // Of no case: whether the act was there, and on which, is not for everybody.
        member.recorder(desk).refused(Act::SecondAct, None).await?;
    }
    answered
}

async fn take(desk: &Desk, member: &Member, id: ActId, answer: Answer) -> Result<Answered, Fault> {
    let book = Book::new(&*desk.cases, &member.keyring);
    let now = desk.clock.now();
    let kept = book.find(id).await?.ok_or(ActError::Hidden)?;
    let relation = relation(member, &kept.act, member.actor.id).await?;
    let who = Who {
        actor: &member.actor,
        relation,
    };
    let recorder = member.recorder(desk);
    let hands = Hands {
        access: &member.access,
        mailroom: &*desk.mailroom,
        log: recorder,
    };
    let proposed = kept.act.what.proposed();
    let taken = match answer {
        Answer::Approve if is_mine_to_finish(&kept.act, member, now) => {
            let effect = Some(hands.carry_on(&kept).await?);
            let act = kept.act;
            return Ok(Answered { act, effect });
        }
        Answer::Approve
            if kept.act.what.is_outdated(&member.roster) && kept.act.awaits(who, now).is_ok() =>
        {
            hands.lapse(&kept.act, now).await?;
            return Err(ActError::Outdated.into());
        }
        Answer::Approve => {
            let asker = asker(desk, member, &kept.act).await?;
            let asker = asker.as_ref().map(|(actor, relation)| Who {
                actor,
                relation: *relation,
            });
            match kept.act.approve(who, asker, now) {
                Ok(_) => {}
                Err(ActError::Lapsed) => {
                    hands.lapse(&kept.act, now).await?;
                    return Err(ActError::Lapsed.into());
                }
                Err(error) => return Err(error.into()),
            }
            recorder.act_seconded(proposed).await?;
            book.step(id, |act| act.approve(who, asker, now)).await?
        }
        Answer::Refuse => {
            let all = everybody(desk, member, &kept.act).await?;
            let all: Vec<Who<'_>> = all
                .iter()
                .map(|(actor, relation)| Who {
                    actor,
                    relation: *relation,
                })
                .collect();
            kept.act.refuse(who, &all, now)?;
            recorder.act_declined(proposed).await?;
            book.step(id, |act| act.refuse(who, &all, now)).await?
        }
        Answer::Withdraw => {
            kept.act.withdraw(who, now)?;
            recorder.act_expired(proposed).await?;
            book.step(id, |act| act.withdraw(who, now)).await?
        }
    };
    let effect = if taken.act.is_agreed() {
        Some(hands.carry_out(&taken).await?)
    } else {
        None
    };
    if taken.act.what.amendment().is_some() && matches!(effect, Some(Effect::Done)) {
        // Another name or unit may be one that a case is about: at once, as far as this member can look.
        copies::look_again(desk, member).await;
    }
    if let (Some(Effect::Done), Some(case)) = (&effect, taken.act.what.takes_away()) {
        copies::take_from_whoever_lost_it(desk, member, case).await;
    }
    Ok(Answered {
        act: taken.act,
        effect,
    })
}

/// Whether a member agreed to an act that the service was broken off in doing.
fn is_mine_to_finish(act: &PendingAct, member: &Member, now: Timestamp) -> bool {
    act.stage(now) == Stage::Unfinished && act.second_person() == Some(member.actor.id)
}

/// Whoever asked, as they are now; `None` if they cannot sign in any more.
async fn asker(
    desk: &Desk,
    member: &Member,
    act: &PendingAct,
) -> Result<Option<(Actor, Option<Relation>)>, Fault> {
    let profiles = member.roster.profiles();
    let Some(profile) = profiles.iter().find(|profile| profile.id == act.by) else {
        return Ok(None);
    };
    let actor = Actor::of(profile, &profiles, desk.today());
    Ok(Some((actor, relation(member, act, act.by).await?)))
}

/// All who can sign in, as they are now, and what they are to the case of an act.
async fn everybody(
    desk: &Desk,
    member: &Member,
    act: &PendingAct,
) -> Result<Vec<(Actor, Option<Relation>)>, Fault> {
    let profiles = member.roster.profiles();
    let mut all = Vec::new();
    for profile in &profiles {
        let actor = Actor::of(profile, &profiles, desk.today());
        all.push((actor, relation(member, act, profile.id).await?));
    }
    Ok(all)
}

/// What a member is to the case of an act, if it is on one that is there still.
async fn relation(
    member: &Member,
    act: &PendingAct,
    whom: MemberId,
) -> Result<Option<Relation>, Fault> {
    let Some(case) = act.what.case() else {
        return Ok(None);
    };
    match member.access.circle(case.id()).await {
        Ok(circle) => Ok(Some(circle.relation_of(whom))),
        Err(AccessError::Unknown) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// An act that a member may know of, and what they are to its case.
pub(super) struct Seen {
    pub(super) act: PendingAct,
    relation: Option<Relation>,
}

impl Seen {
    /// Whether the member may agree, or not agree, now.
    pub(super) fn awaits(&self, member: &Member, now: Timestamp) -> bool {
        let who = Who {
            actor: &member.actor,
            relation: self.relation,
        };
        self.act.awaits(who, now).is_ok() || is_mine_to_finish(&self.act, member, now)
    }
}

/// All acts that a member may know of, from the newest on.
pub(super) async fn seen_by(desk: &Desk, member: &Member) -> Result<Readable<Seen>, Fault> {
    let book = Book::new(&*desk.cases, &member.keyring);
    let Readable { records, damaged } = book.readable().await?;
    let mut seen = those_seen(member, records).await?;
    seen.damaged += damaged;
    Ok(seen)
}

/// Those of some acts that a member may know of. Where nobody can say for whom the case is, the act is for
/// nobody.
async fn those_seen(
    member: &Member,
    acts: impl IntoIterator<Item = Kept>,
) -> Result<Readable<Seen>, Fault> {
    let mut seen = Readable {
        records: Vec::new(),
        damaged: 0,
    };
    for Kept { act, .. } in acts {
        let relation = match relation(member, &act, member.actor.id).await {
            Ok(relation) => relation,
            Err(Fault::Access(error @ (AccessError::Open(_) | AccessError::Altered))) => {
                tracing::error!(cause = %error, "for whom the case of an act is cannot be read; it is left out");
                seen.damaged += 1;
                continue;
            }
            Err(error) => return Err(error),
        };
        let who = Who {
            actor: &member.actor,
            relation,
        };
        if act.is_seen_by(who) {
            seen.records.push(Seen { act, relation });
        }
    }
    Ok(seen)
}

/// What two members agreed on about a case, and what is asked for, as its page shows it.
#[derive(Default)]
pub(super) struct OnCase {
    /// Acts that this member may know of and that are not over.
    pub(super) under_way: Vec<PendingAct>,
    /// Whether the member may see who filed.
    pub(super) unmasked: Option<Unmasked>,
    /// Until when the member may take the whole case out.
    pub(super) export_until: Option<Timestamp>,
}

impl OnCase {
    /// Whether an act waits, or is open.
    pub(super) fn has(&self, act: Act) -> bool {
        self.under_way.iter().any(|one| one.what.act() == act)
    }
}

/// What there is about a case. If the member may see who filed, that is written down: whoever calls this
/// shows it.
pub(super) async fn on_case(
    desk: &Desk,
    member: &Member,
    pass: &CasePass,
) -> Result<OnCase, Fault> {
    let case = pass.entry.id;
    let now = desk.clock.now();
    let mut found = OnCase::default();
    let mut unmasked = None;
    let acts = Book::new(&*desk.cases, &member.keyring).readable().await?;
    let of_it = acts.records.into_iter();
    // First: what another case is like is of no account here.
    let of_it = of_it.filter(|kept| kept.act.what.case().is_some_and(|one| one.id() == case));
    for Seen { act, .. } in those_seen(member, of_it).await?.records {
        let until = |what| act.opens(what, case, member.actor.id, now);
        unmasked = unmasked.max(until(Act::UnmaskIdentity));
        found.export_until = found.export_until.max(until(Act::ExportCase));
        match act.stage(now) {
            Stage::Waiting | Stage::Unfinished | Stage::Open { .. } => found.under_way.push(act),
            Stage::Over | Stage::Refused | Stage::Withdrawn | Stage::Expired => {}
        }
    }
    if let Some(until) = unmasked {
        let recorder = member.recorder(desk);
        recorder.identity_unmasked(pass.entry.folio).await?;
        found.unmasked = Some(Unmasked::agreed(case, until));
    }
    Ok(found)
}

/// Until when a member may do an act on a case that two agreed on.
pub(super) async fn open_until(
    desk: &Desk,
    member: &Member,
    act: Act,
    case: CaseId,
) -> Result<Timestamp, Fault> {
    let now = desk.clock.now();
    let all = Book::new(&*desk.cases, &member.keyring).readable().await?;
    let open = all
        .records
        .iter()
        .filter_map(|kept| kept.act.opens(act, case, member.actor.id, now));
    open.max().ok_or(Fault::NotAgreed)
}
