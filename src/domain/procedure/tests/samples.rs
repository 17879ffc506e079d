//! Well-made moves for tests: what somebody would enter who knows the case.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::case::CaseState;
use crate::catalogue::{InstanceCode, Risk, TermKey};
use crate::committee::MemberId;
use crate::complaint::{LongText, MessageText, ReferralConsent, SecretText, ShortText};
use crate::procedure::*;

/// The calendar of all tests: the default one.
pub(super) fn calendar() -> Calendar {
    Calendar::new(crate::calendar::Profile::FederalDecree, Vec::new())
}

pub(super) fn long(text: &str) -> LongText {
    LongText::parse(SecretText::from(text.to_owned())).unwrap()
}

pub(super) fn short(text: &str) -> ShortText {
    ShortText::parse(SecretText::from(text.to_owned())).unwrap()
}

pub(super) fn agreement(held_on: Date) -> Agreement {
    Agreement {
        kind: SessionKind::Ordinary,
        number: 3,
        held_on,
        votes: Votes {
            favour: 4,
            against: 2,
            abstained: 1,
            casting: false,
        },
    }
}

pub(super) fn recommendation(kind: RecommendationKind) -> NewRecommendation {
    NewRecommendation {
        kind,
        unit: short("Hospital General de Zona 1"),
        extends_to_superiors: false,
        text: long("Curso de trato digno"),
    }
}

/// A case that came in on this day, with the clock that runs from then.
pub(super) fn begun(received_on: Date) -> Course {
    let clocks = [TermKey::RegistroSseccoe, TermKey::MensajeIntermedio]
        .map(|key| Clock::start(key, About::Case, received_on, &calendar()).unwrap());
    Course::begin(received_on, clocks.to_vec())
}

/// A classification of which nothing special follows.
pub(super) fn classify(main: Risk) -> Move {
    Move::Classify {
        main,
        others: BTreeSet::new(),
        urgency: None,
        reason: Some(long("Lo que narra")),
    }
}

/// Makes a move, with the documents that it needs.
pub(super) fn make(course: &Course, by: By, today: Date, act: Move) -> Result<Next, Refused> {
    let calendar = calendar();
    let rules = Rules {
        calendar: &calendar,
    };
    course.apply(&with_papers(act), by, today, &rules)
}

/// The step of a move with a document of every kind.
pub(super) fn with_papers(act: Move) -> Step {
    let papers = PaperKind::ALL.iter().map(|kind| Paper {
        kind: *kind,
        reference: Some(short("CE/12/2026")),
    });
    Step {
        act,
        papers: papers.collect(),
    }
}

/// The number of the first entry of which `which` says so, or 1.
fn first<T>(entries: &[T], which: impl Fn(&T) -> bool) -> u16 {
    let place = entries.iter().position(which).unwrap_or(0);
    u16::try_from(place + 1).unwrap()
}

fn one_of<T: Copy>(all: &[T], choice: u8) -> T {
    all[usize::from(choice) % all.len()]
}

/// A move of this kind as it would be made in this case today; `choice` varies what may vary.
#[expect(clippy::too_many_lines, reason = "a table: an entry for each move")]
pub(super) fn sample(course: &Course, kind: MoveKind, today: Date, choice: u8) -> Move {
    let today = today.max(course.received_on());
    // As late or as early as can be.
    let on = if choice.is_multiple_of(2) {
        today
    } else {
        course.since.min(today)
    };
    let count = u16::try_from(course.recommendations().len()).unwrap();
    let number = (1..=count)
        .find(|number| course.stands_for(kind, *number))
        .unwrap_or(1);
    let told_on = course
        .recommendations()
        .get(usize::from(number) - 1)
        .map_or(today, |one| one.since.min(today));
    let measure = |state| first(course.measures(), |measure| measure.state == state);
    let cause = |all: &[NoProcedureCause]| one_of(all, choice);
    match kind {
        MoveKind::Classify => classify(one_of(Risk::ALL, choice)),
        MoveKind::AskForInformation => Move::AskForInformation {
            missing: BTreeSet::from([one_of(Element::ALL, choice)]),
            question: MessageText::parse(SecretText::from("¿Cuándo fue?".to_owned())).unwrap(),
        },
        MoveKind::Answer => Move::Answer {},
        MoveKind::Archive => Move::Archive {
            cause: if course.is_answered() {
                NoProcedureCause::AnswerInsufficient
            } else {
                NoProcedureCause::RequestUnanswered
            },
            reason: long("No se completó"),
        },
        MoveKind::Redirect => Move::Redirect {
            cause: one_of(IncompetenceCause::ALL, choice),
            instances: InstanceCode::all().take(2).collect(),
            reason: long("Otra instancia conoce de esto"),
            agreement: (course.state() == CaseState::InAnalysis).then(|| agreement(on)),
        },
        MoveKind::Register => Move::Register {
            folio: short("SSECCOE-2026-1"),
            captured_on: on,
        },
        MoveKind::Propose => Move::Propose {
            proposal: one_of(Proposal::ALL, choice),
            reason: long("Cumple los requisitos"),
        },
        MoveKind::CallSession => Move::CallSession {
            kind: SessionKind::Extraordinary,
            held_on: today + 20.days(),
        },
        MoveKind::NotAdmit => Move::NotAdmit {
            cause: cause(&[NoProcedureCause::OutsideScope, NoProcedureCause::TooLate]),
            reason: long("No es de su competencia"),
            agreement: agreement(on),
        },
        MoveKind::Admit => Move::Admit {
            agreement: agreement(on),
        },
        MoveKind::AppointCommission => Move::AppointCommission {
            members: (1..=choice % 3 + 1).map(|id| MemberId([id; 16])).collect(),
        },
        MoveKind::Inquire => Move::Inquire {
            requested: long("Registros de asistencia"),
        },
        MoveKind::ConcludeEarly => Move::ConcludeEarly {
            cause: one_of(EarlyCause::ALL, choice),
            reason: long("Sin elementos"),
            agreement: agreement(on),
        },
        MoveKind::NotifyDenounced => Move::NotifyDenounced { notified_on: on },
        MoveKind::ReceiveAnswer => Move::ReceiveAnswer { received_on: on },
        MoveKind::GoOnWithoutAnswer => Move::GoOnWithoutAnswer {},
        MoveKind::Summon => Move::Summon {
            party: one_of(Party::ALL, choice),
            held_on: course
                .clock(TermKey::Entrevistas, About::Case)
                .map_or(today, |clock| clock.due_on().max(today)),
        },
        MoveKind::OpenMediation => Move::OpenMediation {
            interviews_closed_on: on,
            held_on: on,
            personal_sphere: long("Un desencuentro personal"),
            no_revictimisation: long("Entre iguales, y ambas personas lo piden"),
        },
        MoveKind::SettleMediation => Move::SettleMediation {
            signed_on: on,
            oic_present: true,
            commitments: long("Disculpa por escrito"),
            verify_on: today + 60.days(),
        },
        MoveKind::EndMediation => Move::EndMediation { ended_on: on },
        MoveKind::Reopen => Move::Reopen {
            breach: long("No hubo disculpa"),
            agreement: agreement(on),
        },
        MoveKind::StartDraft => Move::StartDraft {
            interviews_closed_on: (course.state() != CaseState::Reopened).then_some(on),
        },
        MoveKind::SubmitDraft => Move::SubmitDraft {
            sense: Sense::NoBreach,
        },
        MoveKind::Determine => {
            let several = usize::from(choice % 4);
            Move::Determine {
                sense: if several == 0 {
                    Sense::NoBreach
                } else {
                    Sense::GeneralRecommendation
                },
                grounds: long("Análisis de hechos y pruebas"),
                recommendations: RecommendationKind::ALL[..several]
                    .iter()
                    .map(|kind| recommendation(*kind))
                    .collect(),
                agreement: agreement(on),
            }
        }
        MoveKind::NotifyDetermination => Move::NotifyDetermination { notified_on: on },
        MoveKind::StartFollowUp => Move::StartFollowUp { notified_on: on },
        MoveKind::AdoptRecommendation => Move::AdoptRecommendation {
            recommendation: number,
            informed_on: told_on,
        },
        MoveKind::DeclineRecommendation => Move::DeclineRecommendation {
            recommendation: number,
            informed_on: today,
        },
        MoveKind::JustifyRefusal => Move::JustifyRefusal {
            recommendation: number,
            received_on: told_on,
        },
        MoveKind::ReportProgress => Move::ReportProgress {
            recommendation: number,
            progress: long("Curso programado"),
        },
        MoveKind::FulfilRecommendation => Move::FulfilRecommendation {
            recommendation: number,
            received_on: today,
        },
        MoveKind::FlagUnfulfilled => Move::FlagUnfulfilled {
            recommendation: number,
            reason: long("No contestó"),
        },
        MoveKind::Conclude => Move::Conclude {},
        MoveKind::NotifyDecision => Move::NotifyDecision {
            decision: first(course.decisions(), |decision| {
                decision.notified_on.is_none()
            }),
            notified_on: today,
        },
        MoveKind::Extend => Move::Extend {
            days: u32::from(choice) % 45 + 1,
            letter: short("SABG/UEEPPCI/1/2026"),
            reason: long("La unidad tardó en contestar"),
        },
        MoveKind::ProposeMeasure => Move::ProposeMeasure {
            kind: one_of(MeasureKind::ALL, choice),
            cause: long("Trabajan en el mismo servicio"),
            protects: long("La persona denunciante"),
        },
        MoveKind::OrderMeasure => Move::OrderMeasure {
            measure: measure(MeasureState::Proposed),
            consented_on: today,
            unit_agreed_on: Some(today),
            notified: long("La unidad"),
        },
        MoveKind::DropMeasure => Move::DropMeasure {
            measure: measure(MeasureState::Proposed),
            reason: long("No la quiere"),
        },
        MoveKind::LiftMeasure => Move::LiftMeasure {
            measure: measure(MeasureState::InForce),
            reason: long("Cambió de unidad"),
        },
        MoveKind::WaiveMeasures => Move::WaiveMeasures {
            consulted_on: today,
        },
        MoveKind::Refer => Move::Refer {
            letter: short("CE/OIC/1/2026"),
            given_on: today,
            conducts: long("Cobro por un trámite"),
            opinion: Opinion {
                heard_on: today,
                favours: choice.is_multiple_of(2),
                text: long("Hay elementos"),
            },
            will: Some(ReferralConsent::Yes),
        },
        MoveKind::RecordReferralOutcome => Move::RecordReferralOutcome {
            referral: first(course.referrals(), |referral| {
                referral.answered_on.is_none()
            }),
            on: today,
            outcome: long("Abrió investigación"),
        },
        MoveKind::Join => Move::Join {
            into: "CE-2026-000001".parse().unwrap(),
            cause: one_of(JoinCause::ALL, choice),
            reason: long("La misma persona denunciada"),
        },
        MoveKind::SetMark => Move::SetMark {
            mark: if choice.is_multiple_of(2) {
                Mark::LifeAtRisk
            } else {
                Mark::Recusal
            },
            reason: long("Así lo dice"),
        },
        MoveKind::ClearMark => Move::ClearMark {
            mark: if course.marks().contains(&Mark::LifeAtRisk) {
                Mark::LifeAtRisk
            } else {
                Mark::Recusal
            },
            reason: long("Se atendió"),
        },
        MoveKind::Recount => {
            let calendar = calendar();
            Move::Recount {
                changes: course.recount(&Rules {
                    calendar: &calendar,
                }),
                reason: long("Se publicó otro calendario"),
            }
        }
    }
}
