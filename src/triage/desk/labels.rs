//! Codes in words. Every code that a page shows has a text in every language; a test sees to it.

use committee::incidents::Nature;
use committee::log::Event;
use committee::members::Detail;
use domain::attention::{AttentionKind, Channel, Done, Subject as AttentionSubject};
use domain::calendar::{Amount, Unit};
use domain::case::CaseState;
use domain::catalogue::{self, Confidence, OoadCode, Risk, Series, UmaeCode};
use domain::committee::alike::Alike;
use domain::committee::{Act, How, Seat, ShownGround};
use domain::complaint::form::KeptOutSeat;
use domain::complaint::{
    AgeGroup, Bond, EarlierFiling, Frequency, PlaceKind, Rank, ReferralConsent, ReporterRole, Sex,
    Support,
};
use domain::evidence::{OriginalNeed, Version};
use domain::matter::{Kind as WrittenKind, State as WrittenState, StepKind, Verdict};
use domain::meeting::{MatterKind, Mode, Motion, Vote};
use domain::procedure::Owner;
use domain::procedure::SessionKind;
use domain::retention::Phase;
use domain::routing::{Mediation, Priority, Protocol, Referral, Urgency};
use jiff::Timestamp;
use mailbox::Author;
use service::language::Texts;
use service::wording;

use super::list::{Alert, By, Stuck};
use super::signal::Signal;
use crate::documents::{Subject, Wholeness};

/// A day and the time of day, where the committee is.
pub(super) fn moment(texts: &Texts, at: Timestamp) -> String {
    let there = at.to_zoned(catalogue::current().holidays().time_zone().clone());
    let day = wording::date(texts, there.date());
    let time = there.strftime("%H:%M").to_string();
    texts.fill("desk-moment", &[("date", &day), ("time", &time)])
}

/// Why a rule applied, in a sentence; a rule that the catalogue has no more is named by its id.
pub(super) fn rule(texts: &Texts, id: &str) -> String {
    let sentence = format!("rule-{id}");
    if texts.has(&sentence) {
        return texts.get(&sentence);
    }
    let risk = Risk::ALL.iter().find(|risk| risk.entry().id == id);
    risk.map_or_else(
        || id.to_owned(),
        |risk| texts.fill("desk-rule-risk", &[("risk", &risk.label(texts))]),
    )
}

/// A code that has a label.
pub(super) trait Labelled: Copy + 'static {
    /// What its texts' ids begin with.
    const PREFIX: &'static str;

    /// The code.
    fn code(self) -> &'static str;

    /// Every code of the list.
    #[cfg(test)]
    fn all() -> &'static [Self];

    /// The label.
    fn label(self, texts: &Texts) -> String {
        texts.get(&self.id())
    }

    /// The id of the text.
    fn id(self) -> String {
        format!("{}-{}", Self::PREFIX, self.code())
    }
}

macro_rules! labelled {
    ($($name:ident = $prefix:literal),+ $(,)?) => {
        $(impl Labelled for $name {
            const PREFIX: &'static str = $prefix;

            fn code(self) -> &'static str {
                Self::code(self)
            }

            #[cfg(test)]
            fn all() -> &'static [Self] {
                Self::ALL
            }
        })+

        /// The id of every label.
        #[cfg(test)]
        pub(super) fn ids() -> Vec<String> {
            let mut ids = Vec::new();
            $(ids.extend($name::all().iter().map(|code| code.id()));)+
            ids
        }
    };
}

// Where the form speaks to the complainant (“A mí me pasó”), the desk has words of its own.
labelled! {
    Act = "act",
    Nature = "incident",
    Phase = "phase",
    Series = "series",
    AgeGroup = "desk-age-group",
    AttentionKind = "attention-kind",
    AttentionSubject = "attention-subject",
    Alike = "alike",
    Alert = "alert",
    Author = "desk-from",
    Bond = "desk-bond",
    By = "sort",
    CaseState = "state",
    Channel = "channel",
    Confidence = "confidence",
    Detail = "desk-detail",
    Done = "attention-done",
    EarlierFiling = "earlier-filing",
    Event = "log",
    Frequency = "frequency",
    How = "desk-how",
    KeptOutSeat = "keep-out-seat",
    MatterKind = "meeting-matter",
    Mediation = "mediation",
    Mode = "meeting-mode",
    Motion = "motion",
    OriginalNeed = "original-need",
    Owner = "owner",
    PlaceKind = "place-kind",
    Priority = "priority",
    Protocol = "protocol",
    Rank = "desk-rank",
    Referral = "referral",
    ReferralConsent = "desk-referral-consent",
    ReporterRole = "desk-reporter-role",
    Risk = "risk",
    SessionKind = "session-kind",
    Sex = "desk-sex",
    ShownGround = "ground",
    Signal = "signal",
    Stuck = "stuck",
    Subject = "subject",
    Support = "support",
    StepKind = "matter-step",
    Unit = "unit",
    Urgency = "urgency",
    Seat = "desk-seat",
    Verdict = "verdict",
    Version = "desk-version",
    Vote = "vote",
    WrittenKind = "matter",
    WrittenState = "matter-state",
    Wholeness = "desk-wholeness",
}

/// The length of a term, such as “3 días hábiles”.
pub(super) fn amount(texts: &Texts, amount: Amount) -> String {
    texts.with(&amount.unit.id(), "count", amount.value)
}

/// Where it happened, as far as the register tells.
pub(super) fn place(ooad: Option<OoadCode>, umae: Option<UmaeCode>) -> Option<String> {
    match (ooad, umae) {
        (Some(ooad), Some(umae)) => Some(format!("{} · {}", ooad.name(), umae.name())),
        (Some(ooad), None) => Some(ooad.name().to_owned()),
        (None, Some(umae)) => Some(umae.name().to_owned()),
        (None, None) => None,
    }
}

/// A length of a file, such as “3.4 MB”.
pub(super) fn bytes(count: u64) -> String {
    for (unit, name) in [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")] {
        if count >= unit {
            return format!("{}.{} {name}", count / unit, count % unit / (unit / 10));
        }
    }
    format!("{count} B")
}

/// What is wrong with a file, if something is.
pub(super) fn damage(texts: &Texts, wholeness: Wholeness) -> Option<String> {
    match wholeness {
        Wholeness::Whole => None,
        Wholeness::Incomplete | Wholeness::Damaged => Some(wholeness.label(texts)),
    }
}

/// “Sí” or “No”.
pub(super) fn yes_no(texts: &Texts, answer: bool) -> String {
    texts.get(if answer { "desk-yes" } else { "desk-no" })
}

/// What a rule decided, in words; `None` where the rule only says why something is looked at.
pub(super) fn decided(texts: &Texts, subject: Subject, text: &str) -> Option<String> {
    fn label<T: Labelled + std::str::FromStr>(texts: &Texts, text: &str) -> Option<String> {
        text.parse::<T>().ok().map(|code| code.label(texts))
    }
    match subject {
        Subject::Priority => label::<Priority>(texts, text),
        Subject::Mediation => label::<Mediation>(texts, text),
        Subject::Protocol => label::<Protocol>(texts, text),
        Subject::Escalation => return None,
    }
    .or_else(|| Some(text.to_owned()))
}
