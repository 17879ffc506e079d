//! What each move asks for, as a form shows it.

use domain::catalogue::{InstanceCode, Risk};
use domain::complaint::ReferralConsent;
use domain::procedure::{
    EarlyCause, Element, IncompetenceCause, JoinCause, Mark, MeasureKind, MoveKind,
    NoProcedureCause, PaperKind, Party, Proposal, RecommendationKind, Sense, SessionKind,
};
use domain::routing::Urgency;
use service::language::Texts;

use crate::desk::labels::Labelled as _;

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name in the form.
    pub(super) name: String,
    /// What the id of its label ends with.
    pub(super) label: &'static str,
    /// The number of the row that it is in, from 1.
    pub(super) row: Option<usize>,
    /// What is entered.
    pub(super) input: Input,
    /// Whether it cannot be left empty.
    pub(super) needed: bool,
}

/// What is entered into a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input {
    /// Up to 300 code points.
    Short,
    /// Up to 2,000 code points.
    Long,
    /// Up to 20,000 code points.
    Message,
    /// A day.
    Day,
    /// A number.
    Count,
    /// Yes, or no if it is left.
    Flag,
    /// One of a list.
    One(Codes),
    /// Some of a list.
    Many(Codes),
    /// Members of the committee.
    Members,
    /// The number of an entry of the case.
    Entry(Entries),
    /// Terms that come out otherwise now.
    Changes,
    /// The folio of another case.
    Case,
}

/// A list of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    Risk,
    Urgency,
    Element,
    NoProcedureCause,
    IncompetenceCause,
    EarlyCause,
    Proposal,
    Sense,
    Session,
    Party,
    Measure,
    JoinCause,
    Mark,
    Consent,
    Instance,
    Recommendation,
    Paper,
}

/// What a case has several of, each with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entries {
    Decision,
    Recommendation,
    Measure,
    Referral,
}

impl Codes {
    /// The codes with what they are called.
    pub(super) fn options(self, texts: &Texts) -> Vec<(&'static str, String)> {
        macro_rules! labels {
            ($codes:ident) => {
                $codes::ALL
                    .iter()
                    .map(|code| (code.code(), code.label().name.clone()))
                    .collect()
            };
        }
        match self {
            Self::Risk => Risk::ALL
                .iter()
                .map(|risk| (risk.code(), risk.label(texts)))
                .collect(),
            Self::Urgency => Urgency::ALL
                .iter()
                .map(|urgency| (urgency.code(), urgency.label(texts)))
                .collect(),
            Self::Consent => ReferralConsent::ALL
                .iter()
                .map(|consent| (consent.code(), consent.label(texts)))
                .collect(),
            Self::Instance => InstanceCode::all()
                .map(|instance| (instance.code(), instance.entry().name.clone()))
                .collect(),
            Self::Element => labels!(Element),
            Self::NoProcedureCause => labels!(NoProcedureCause),
            Self::IncompetenceCause => labels!(IncompetenceCause),
            Self::EarlyCause => labels!(EarlyCause),
            Self::Proposal => labels!(Proposal),
            Self::Sense => labels!(Sense),
            Self::Session => labels!(SessionKind),
            Self::Party => labels!(Party),
            Self::Measure => labels!(MeasureKind),
            Self::JoinCause => labels!(JoinCause),
            Self::Mark => labels!(Mark),
            Self::Recommendation => labels!(RecommendationKind),
            Self::Paper => labels!(PaperKind),
        }
    }

    /// What a code is called; the code itself if it is none of the list.
    pub(super) fn name(self, texts: &Texts, code: &str) -> String {
        let mut all = self.options(texts).into_iter();
        all.find(|(other, _)| *other == code)
            .map_or_else(|| code.to_owned(), |(_, name)| name)
    }
}

fn field(name: &'static str, input: Input, needed: bool) -> Field {
    Field {
        name: name.to_owned(),
        label: name,
        row: None,
        input,
        needed,
    }
}

fn must(name: &'static str, input: Input) -> Field {
    field(name, input, true)
}

fn may(name: &'static str, input: Input) -> Field {
    field(name, input, false)
}

/// The field `label` of the row `row`, from 1.
pub(super) fn in_row(prefix: &str, row: usize, label: &'static str) -> String {
    format!("{prefix}{row}_{label}")
}

fn rows(
    prefix: &'static str,
    count: usize,
    of: &[(&'static str, &'static str, Input)],
) -> Vec<Field> {
    (1..=count)
        .flat_map(|row| {
            of.iter().map(move |(part, label, input)| Field {
                name: in_row(prefix, row, part),
                label,
                row: Some(row),
                input: *input,
                needed: false,
            })
        })
        .collect()
}

/// The session that decided.
fn agreement(needed: bool) -> Vec<Field> {
    vec![
        field("agreement_kind", Input::One(Codes::Session), needed),
        field("agreement_number", Input::Count, needed),
        field("agreement_held_on", Input::Day, needed),
        field("agreement_favour", Input::Count, needed),
        field("agreement_against", Input::Count, needed),
        field("agreement_abstained", Input::Count, needed),
        may("agreement_casting", Input::Flag),
    ]
}

/// The documents that a move goes with.
pub(super) fn papers(count: usize) -> Vec<Field> {
    rows(
        "paper",
        count,
        &[
            ("kind", "paper_kind", Input::One(Codes::Paper)),
            ("reference", "paper_reference", Input::Short),
        ],
    )
}

/// The fields of a move, in the order of the form; `lines` is how many rows a list has.
#[expect(clippy::too_many_lines, reason = "a table: an entry for each move")]
pub(super) fn fields(kind: MoveKind, lines: usize) -> Vec<Field> {
    let with = |fields: Vec<Field>, more: Vec<Field>| [fields, more].concat();
    match kind {
        MoveKind::Classify => vec![
            must("main", Input::One(Codes::Risk)),
            may("others", Input::Many(Codes::Risk)),
            may("urgency", Input::One(Codes::Urgency)),
            may("reason", Input::Long),
        ],
        MoveKind::AskForInformation => vec![
            must("missing", Input::Many(Codes::Element)),
            must("question", Input::Message),
        ],
        MoveKind::Answer | MoveKind::GoOnWithoutAnswer | MoveKind::Conclude => vec![],
        MoveKind::Archive => vec![
            must("cause", Input::One(Codes::NoProcedureCause)),
            must("reason", Input::Long),
        ],
        MoveKind::Redirect => with(
            vec![
                must("cause", Input::One(Codes::IncompetenceCause)),
                must("instances", Input::Many(Codes::Instance)),
                must("reason", Input::Long),
            ],
            agreement(false),
        ),
        MoveKind::Register => vec![must("folio", Input::Short), must("captured_on", Input::Day)],
        MoveKind::Propose => vec![
            must("proposal", Input::One(Codes::Proposal)),
            must("reason", Input::Long),
        ],
        MoveKind::CallSession => vec![
            must("session", Input::One(Codes::Session)),
            must("held_on", Input::Day),
        ],
        MoveKind::NotAdmit => with(
            vec![
                must("cause", Input::One(Codes::NoProcedureCause)),
                must("reason", Input::Long),
            ],
            agreement(true),
        ),
        MoveKind::Admit => agreement(true),
        MoveKind::AppointCommission => vec![must("members", Input::Members)],
        MoveKind::Inquire => vec![must("requested", Input::Long)],
        MoveKind::ConcludeEarly => with(
            vec![
                must("cause", Input::One(Codes::EarlyCause)),
                must("reason", Input::Long),
            ],
            agreement(true),
        ),
        MoveKind::NotifyDenounced | MoveKind::NotifyDetermination | MoveKind::StartFollowUp => {
            vec![must("notified_on", Input::Day)]
        }
        MoveKind::ReceiveAnswer => vec![must("received_on", Input::Day)],
        MoveKind::Summon => vec![
            must("party", Input::One(Codes::Party)),
            must("held_on", Input::Day),
        ],
        MoveKind::OpenMediation => vec![
            must("interviews_closed_on", Input::Day),
            must("held_on", Input::Day),
            must("personal_sphere", Input::Long),
            must("no_revictimisation", Input::Long),
        ],
        MoveKind::SettleMediation => vec![
            must("signed_on", Input::Day),
            may("oic_present", Input::Flag),
            must("commitments", Input::Long),
            must("verify_on", Input::Day),
        ],
        MoveKind::EndMediation => vec![must("ended_on", Input::Day)],
        MoveKind::Reopen => with(vec![must("breach", Input::Long)], agreement(true)),
        MoveKind::StartDraft => vec![may("interviews_closed_on", Input::Day)],
        MoveKind::SubmitDraft => vec![must("sense", Input::One(Codes::Sense))],
        MoveKind::Determine => with(
            vec![
                must("sense", Input::One(Codes::Sense)),
                must("grounds", Input::Long),
            ],
            with(
                rows(
                    "recommendation",
                    lines,
                    &[
                        (
                            "kind",
                            "recommendation_kind",
                            Input::One(Codes::Recommendation),
                        ),
                        ("unit", "recommendation_unit", Input::Short),
                        ("extends", "recommendation_extends", Input::Flag),
                        ("text", "recommendation_text", Input::Long),
                    ],
                ),
                agreement(true),
            ),
        ),
        MoveKind::AdoptRecommendation | MoveKind::DeclineRecommendation => vec![
            must("recommendation", Input::Entry(Entries::Recommendation)),
            must("informed_on", Input::Day),
        ],
        MoveKind::JustifyRefusal | MoveKind::FulfilRecommendation => vec![
            must("recommendation", Input::Entry(Entries::Recommendation)),
            must("received_on", Input::Day),
        ],
        MoveKind::ReportProgress => vec![
            must("recommendation", Input::Entry(Entries::Recommendation)),
            must("progress", Input::Long),
        ],
        MoveKind::FlagUnfulfilled => vec![
            must("recommendation", Input::Entry(Entries::Recommendation)),
            must("reason", Input::Long),
        ],
        MoveKind::NotifyDecision => vec![
            must("decision", Input::Entry(Entries::Decision)),
            must("notified_on", Input::Day),
        ],
        MoveKind::Extend => vec![
            must("days", Input::Count),
            must("letter", Input::Short),
            must("reason", Input::Long),
        ],
        MoveKind::ProposeMeasure => vec![
            must("protection", Input::One(Codes::Measure)),
            must("cause_text", Input::Long),
            must("protects", Input::Long),
        ],
        MoveKind::OrderMeasure => vec![
            must("measure", Input::Entry(Entries::Measure)),
            must("consented_on", Input::Day),
            may("unit_agreed_on", Input::Day),
            must("notified", Input::Long),
        ],
        MoveKind::DropMeasure | MoveKind::LiftMeasure => vec![
            must("measure", Input::Entry(Entries::Measure)),
            must("reason", Input::Long),
        ],
        MoveKind::WaiveMeasures => vec![must("consulted_on", Input::Day)],
        MoveKind::Refer => vec![
            must("letter", Input::Short),
            must("given_on", Input::Day),
            must("conducts", Input::Long),
            must("opinion_heard_on", Input::Day),
            may("opinion_favours", Input::Flag),
            must("opinion_text", Input::Long),
            may("will", Input::One(Codes::Consent)),
        ],
        MoveKind::RecordReferralOutcome => vec![
            must("referral", Input::Entry(Entries::Referral)),
            must("on", Input::Day),
            must("outcome", Input::Long),
        ],
        MoveKind::Join => vec![
            must("into", Input::Case),
            must("cause", Input::One(Codes::JoinCause)),
            must("reason", Input::Long),
        ],
        MoveKind::SetMark | MoveKind::ClearMark => vec![
            must("mark", Input::One(Codes::Mark)),
            must("reason", Input::Long),
        ],
        MoveKind::Recount => vec![must("changes", Input::Changes), must("reason", Input::Long)],
    }
}
