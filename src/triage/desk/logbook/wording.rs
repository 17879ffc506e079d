//! Entries of the log as sentences.

use std::fmt::Write as _;

use committee::log::view::Line;
use committee::log::{Actor, Entry, Event};
use committee::members::Roster;
use domain::committee::MemberId;
use service::language::Texts;
use service::wording;

use crate::desk::labels::{self, Labelled as _};
use crate::desk::members::wording::amendment;

/// What sentences are made with.
pub(super) struct Words<'a> {
    pub(super) texts: &'a Texts,
    pub(super) roster: &'a Roster,
}

/// A line as the page shows it.
pub(super) struct Row {
    pub(super) number: u64,
    pub(super) at: String,
    pub(super) when: String,
    pub(super) what: String,
    /// Where the case is, for those who can go there.
    pub(super) case: Option<String>,
}

impl Words<'_> {
    pub(super) fn row(&self, line: &Line) -> Row {
        Row {
            number: line.number,
            at: line.entry.at.to_string(),
            when: labels::moment(self.texts, line.entry.at),
            what: self.sentence(&line.entry),
            case: line.entry.case.map(|case| case.to_string()),
        }
    }

    fn sentence(&self, entry: &Entry) -> String {
        let text = |text: Option<String>| text.unwrap_or_default();
        let about: Vec<String> = [
            entry.case.map(|case| case.to_string()),
            entry.subject.map(|member| self.name(member)),
        ]
        .into_iter()
        .flatten()
        .collect();
        let act = entry.act.map(|act| act.label(self.texts));
        let act = act.map(|act| {
            if about.is_empty() {
                act
            } else {
                let about = about.join(", ");
                self.texts
                    .fill("desk-log-about", &[("act", &act), ("about", &about)])
            }
        });
        self.texts.fill(
            &id(entry),
            &[
                ("who", &self.who(entry.actor)),
                ("whom", &text(entry.subject.map(|member| self.name(member)))),
                ("case", &text(entry.case.map(|case| case.to_string()))),
                ("act", &text(act)),
                (
                    "step",
                    &text(entry.step.map(|step| step.label().name.clone())),
                ),
                (
                    "ground",
                    &text(entry.ground.map(|ground| ground.label(self.texts))),
                ),
                (
                    "profile",
                    &text(entry.profile.map(|profile| profile.rules().name.clone())),
                ),
                ("need", &text(entry.need.map(|need| need.label(self.texts)))),
                ("count", &text(entry.count.map(|count| count.to_string()))),
                (
                    "changes",
                    &text(
                        entry
                            .amended
                            .as_ref()
                            .map(|amended| amendment(self.texts, self.roster, amended)),
                    ),
                ),
                (
                    "from",
                    &text(entry.from.map(|from| wording::date(self.texts, from))),
                ),
            ],
        )
    }

    fn who(&self, actor: Actor) -> String {
        let id = match actor {
            Actor::Member(id) => return self.name(id),
            Actor::Service => "desk-log-service",
            Actor::Founders => "desk-log-founders",
            Actor::Operator => "desk-log-operator",
            Actor::Unknown => "desk-log-unknown",
        };
        self.texts.get(id)
    }

    fn name(&self, member: MemberId) -> String {
        self.roster.of(member).map_or_else(
            || self.texts.get("desk-log-someone"),
            |kept| kept.record.profile.name.full().to_string(),
        )
    }
}

/// The text of an entry; some say more when there is more to say.
fn id(entry: &Entry) -> String {
    let more = match entry.event {
        Event::SignInRefused | Event::CaseRotated if entry.subject.is_some() => "-whom",
        Event::PointDecided if entry.case.is_some() => "-case",
        Event::ServiceOpened if entry.count.is_some() => "-shares",
        Event::SignInRefused
        | Event::CaseRotated
        | Event::ServiceOpened
        | Event::SignedIn
        | Event::SessionEnded
        | Event::FactorChanged
        | Event::ContactChanged
        | Event::CaseOpened
        | Event::FileOpened
        | Event::OriginalTaken
        | Event::LetterSent
        | Event::StepMade
        | Event::PaperWritten
        | Event::VersionMasked
        | Event::VersionTaken
        | Event::ActRefused
        | Event::IncidentRecorded
        | Event::IncidentTold
        | Event::MemberInvited
        | Event::InvitationRefused
        | Event::MemberAdmitted
        | Event::MemberReadmitted
        | Event::MembershipEnded
        | Event::MemberAmended
        | Event::MemberSuspended
        | Event::SuspensionLifted
        | Event::ConflictDeclared
        | Event::ConflictFound
        | Event::CaseRuled
        | Event::RecusalProposed
        | Event::RecusalUpheld
        | Event::RecusalRejected
        | Event::CaseShared
        | Event::CopiesGiven
        | Event::IdentityUnmasked
        | Event::CaseExported
        | Event::CaseDeleted
        | Event::ActProposed
        | Event::ActSeconded
        | Event::ActDeclined
        | Event::ActExpired
        | Event::MeetingCalled
        | Event::MeetingMoved
        | Event::MeetingHeld
        | Event::PointDecided
        | Event::MeetingClosed
        | Event::MeetingPaper
        | Event::AttentionRecorded
        | Event::AttentionWithdrawn
        | Event::MatterChanged
        | Event::MatterOpened
        | Event::ServiceSealed
        | Event::SharesRefused
        | Event::KeyRotated
        | Event::KeyRetired
        | Event::SharesRefreshed
        | Event::RecoveryUsed
        | Event::RecoveryConfirmed
        | Event::RecoveryFileDiffers
        | Event::StateAccepted
        | Event::TermsSuspended
        | Event::TermsResumed
        | Event::ProfileChosen
        | Event::StateNoted
        | Event::DayBegun => "",
    };
    format!("{}{more}", entry.event.id())
}

/// Bytes as people copy them.
pub(in crate::desk) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
