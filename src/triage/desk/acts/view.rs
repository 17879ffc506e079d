//! An act in words.

use committee::acts::{Asked, Stage};
use domain::committee::{Act, MemberId, Ruling, policy};
use jiff::Timestamp;
use service::language::Texts;
use service::wording;
use zeroize::Zeroizing;

use super::Seen;
use crate::desk::gate::Member;
use crate::desk::labels::moment;
use crate::desk::members;
use crate::desk::register::way_to;
use crate::desk::unseen::visible;

/// An act as its page shows it.
pub(in crate::desk) struct Line {
    pub(in crate::desk) id: String,
    /// What is asked for.
    pub(in crate::desk) what: String,
    /// What a member is now, and is to be.
    pub(in crate::desk) changes: Vec<String>,
    /// What follows if both agree.
    pub(in crate::desk) follows: String,
    /// The case that it is on.
    pub(in crate::desk) folio: Option<String>,
    /// Where that leads, if it is there still.
    pub(in crate::desk) way: Option<String>,
    /// The member whom it is about.
    pub(in crate::desk) about: Option<Zeroizing<String>>,
    pub(in crate::desk) by: Zeroizing<String>,
    pub(in crate::desk) asked: String,
    pub(in crate::desk) reason: String,
    /// How far it is, in words.
    pub(in crate::desk) stage: String,
    /// Who does not agree, while it waits for the others.
    pub(in crate::desk) refused: Vec<String>,
    pub(in crate::desk) class: &'static str,
    /// Whether this member may agree now.
    pub(in crate::desk) awaits: bool,
    /// Whether this member asked for it and may take it back.
    pub(in crate::desk) own: bool,
}

/// To whom an act is to be shown, in the order of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::desk) enum Group {
    /// It waits for this member.
    Awaits,
    /// This member asked for it.
    Own,
    /// It is under way without this member.
    Others,
    /// It is over.
    Over,
}

impl Seen {
    /// Where it stands for a member.
    pub(in crate::desk) fn group(&self, member: &Member, now: Timestamp) -> Group {
        match self.act.stage(now) {
            Stage::Over | Stage::Refused | Stage::Withdrawn | Stage::Expired => Group::Over,
            Stage::Waiting | Stage::Unfinished | Stage::Open { .. } => {
                if self.awaits(member, now) {
                    Group::Awaits
                } else if self.act.by == member.actor.id {
                    Group::Own
                } else {
                    Group::Others
                }
            }
        }
    }

    /// In words.
    pub(in crate::desk) fn line(&self, member: &Member, texts: &Texts, now: Timestamp) -> Line {
        let act = &self.act;
        let stage = act.stage(now);
        let second = || {
            let second = act.second_person().map(|id| name(member, texts, id));
            second.unwrap_or_default()
        };
        let (class, words) = match stage {
            Stage::Waiting => (
                "soon",
                texts.with("desk-act-waits", "until", moment(texts, act.until)),
            ),
            Stage::Unfinished => ("soon", texts.get("desk-act-unfinished")),
            Stage::Open { until } => (
                "on_time",
                texts.fill(
                    "desk-act-open",
                    &[("until", &moment(texts, until)), ("name", &second())],
                ),
            ),
            Stage::Over => ("", texts.with("desk-act-over", "name", second().as_str())),
            Stage::Refused => (
                "",
                texts.with("desk-act-refused", "name", second().as_str()),
            ),
            Stage::Withdrawn => ("", texts.get("desk-act-withdrawn")),
            Stage::Expired => ("", texts.get("desk-act-expired")),
        };
        Line {
            id: act.id.to_string(),
            what: texts.get(&format!("two-{}", code(&act.what))),
            changes: act
                .what
                .amendment()
                .map(|amendment| members::wording::changes(texts, &member.roster, amendment))
                .unwrap_or_default(),
            follows: follows(texts, &act.what),
            folio: act.what.case().map(|case| case.folio.to_string()),
            way: act.what.case().and_then(|case| {
                let relation = self.relation?;
                let reads = policy::decide(&member.actor, Act::ReadCase, Some(relation));
                Some(way_to(case.folio, reads == Ruling::Allowed))
            }),
            about: match &act.what {
                Asked::InviteMember { profile, .. } => Some(profile.name.full()),
                Asked::RotateCase { without: whom, .. }
                | Asked::Recuse { member: whom, .. }
                | Asked::LiftRecusal { member: whom, .. }
                | Asked::EndMembership { member: whom }
                | Asked::ReadmitMember { member: whom, .. }
                | Asked::AmendMember { member: whom, .. }
                | Asked::SuspendMember { member: whom, .. }
                | Asked::LiftSuspension { member: whom } => Some(name(member, texts, *whom)),
                Asked::UnmaskIdentity { .. }
                | Asked::ExportCase { .. }
                | Asked::DeleteCase { .. } => None,
            },
            by: name(member, texts, act.by),
            asked: moment(texts, act.asked_at),
            reason: visible(act.reason.expose()).into_owned(),
            stage: words,
            refused: act
                .refused_by
                .iter()
                .filter(|_| stage == Stage::Waiting)
                .map(|id| texts.with("desk-act-no", "name", name(member, texts, *id).as_str()))
                .collect(),
            class,
            awaits: self.awaits(member, now),
            own: act.by == member.actor.id && stage == Stage::Waiting,
        }
    }
}

/// What follows if both agree.
fn follows(texts: &Texts, what: &Asked) -> String {
    let id = format!("two-{}-follows", code(what));
    match what.first_day() {
        Some(from) => texts.fill(&id, &[("from", &wording::date(texts, from))]),
        None => texts.get(&id),
    }
}

/// The name of a member, of before too.
pub(in crate::desk) fn name(member: &Member, texts: &Texts, id: MemberId) -> Zeroizing<String> {
    member.roster.of(id).map_or_else(
        || Zeroizing::new(texts.get("desk-act-somebody")),
        |found| found.record.profile.name.full(),
    )
}

/// What the texts about what is asked for are named after.
pub(in crate::desk) fn code(what: &Asked) -> &'static str {
    match what {
        Asked::Recuse { .. } => RECUSE,
        Asked::LiftRecusal { .. } => LIFT,
        Asked::LiftSuspension { .. } => LIFT_SUSPENSION,
        Asked::UnmaskIdentity { .. }
        | Asked::ExportCase { .. }
        | Asked::DeleteCase { .. }
        | Asked::RotateCase { .. }
        | Asked::InviteMember { .. }
        | Asked::EndMembership { .. }
        | Asked::ReadmitMember { .. }
        | Asked::AmendMember { .. }
        | Asked::SuspendMember { .. } => what.act().code(),
    }
}

const RECUSE: &str = "RECUSE";
const LIFT: &str = "LIFT_RECUSAL";
const LIFT_SUSPENSION: &str = "LIFT_SUSPENSION";

/// Every one of them, for the test of the texts.
#[cfg(test)]
pub(in crate::desk) const SHOWN: [&str; 12] = [
    RECUSE,
    LIFT,
    LIFT_SUSPENSION,
    Act::UnmaskIdentity.code(),
    Act::ExportCase.code(),
    Act::DeleteCase.code(),
    Act::RotateCase.code(),
    Act::InviteMember.code(),
    Act::EndMembership.code(),
    Act::ReadmitMember.code(),
    Act::AmendMember.code(),
    Act::SuspendMember.code(),
];
