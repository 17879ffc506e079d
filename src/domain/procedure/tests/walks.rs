//! What holds however a case goes: random people make random moves on random days.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::select;

use super::samples::{begun, make, sample};
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::committee::Seat;
use crate::procedure::*;
use crate::routing::Mediation;

/// One thing that somebody tries.
#[derive(Debug, Clone, Copy)]
struct Try {
    by: By,
    /// Among the open moves, if some are open and `wild` is not set; else among all.
    which: usize,
    wild: bool,
    days: i64,
    choice: u8,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let by = prop_oneof![
        20 => select(Seat::ALL).prop_map(By::Member),
        1 => Just(By::Complainant),
    ];
    let one = (
        by,
        any::<usize>(),
        prop::bool::weighted(0.1),
        0_i64..12,
        any::<u8>(),
    )
        .prop_map(|(by, which, wild, days, choice)| Try {
            by,
            which,
            wild,
            days,
            choice,
        });
    prop::collection::vec(one, 1..90)
}

fn starts() -> impl Strategy<Value = Date> {
    (0_i64..1500).prop_map(|days| date(2026, 1, 1) + days.days())
}

/// The terms that may run in each state, by DOMAIN §4.3.
fn of_state(state: CaseState) -> &'static [TermKey] {
    match state {
        // The second after an answer.
        CaseState::UnderReview => &[TermKey::RegistroSseccoe, TermKey::PropuestaAcuerdo],
        // The second under the protocol on sexual harassment.
        CaseState::NeedsInformation => &[TermKey::PrevencionDesahogo, TermKey::RegistroSseccoe],
        CaseState::Registered => &[TermKey::PropuestaAcuerdo],
        CaseState::AwaitingAnswer => &[TermKey::DescargoDenunciada],
        CaseState::GatheringEvidence => &[TermKey::Entrevistas],
        CaseState::InMediation => &[TermKey::MediacionCita],
        CaseState::Drafting => &[TermKey::Proyecto],
        CaseState::InDetermination => &[TermKey::Determinacion],
        CaseState::Determined => &[TermKey::NotificarDeterminacion],
        CaseState::InFollowUp => &[
            TermKey::RecomendacionAdopcion,
            TermKey::RecomendacionNegativa,
            TermKey::RecomendacionImplementacion,
        ],
        CaseState::Received
        | CaseState::InAnalysis
        | CaseState::Admitted
        | CaseState::UnderInquiry
        | CaseState::Reopened
        | CaseState::ArchivedWithoutProcedure
        | CaseState::NotAdmitted
        | CaseState::Redirected
        | CaseState::ConcludedByMediation
        | CaseState::ConcludedEarly
        | CaseState::Concluded => &[],
    }
}

/// Terms that run beside the state: of the whole case, or owed to people.
const BESIDE: [TermKey; 2] = [TermKey::ConclusionTotal, TermKey::MensajeIntermedio];
const OWED: [TermKey; 3] = [
    TermKey::NotificarAcuerdo,
    TermKey::VistaFaltaGrave,
    TermKey::MedidasProteccionHsas,
];

/// The seats that decide, of those that must act for the case to go on.
pub(super) fn the_way_on(course: &Course) -> Option<(MoveKind, By)> {
    let ways = [
        (MoveKind::Register, Seat::SecretariaEjecutiva),
        (MoveKind::Answer, Seat::SecretariaTecnica),
        (MoveKind::Propose, Seat::SecretariaEjecutiva),
        (MoveKind::Admit, Seat::SecretariaTecnica),
        (MoveKind::NotifyDenounced, Seat::SecretariaTecnica),
        (MoveKind::Inquire, Seat::Electa),
        (MoveKind::ReceiveAnswer, Seat::SecretariaTecnica),
        (MoveKind::StartDraft, Seat::Electa),
        (MoveKind::EndMediation, Seat::SecretariaEjecutiva),
        (MoveKind::SubmitDraft, Seat::Presidencia),
        (MoveKind::Determine, Seat::SecretariaTecnica),
        (MoveKind::NotifyDetermination, Seat::SecretariaTecnica),
        (MoveKind::StartFollowUp, Seat::Presidencia),
        (MoveKind::JustifyRefusal, Seat::Presidencia),
        (MoveKind::AdoptRecommendation, Seat::Electa),
        (MoveKind::FulfilRecommendation, Seat::Electa),
        (MoveKind::Conclude, Seat::Presidencia),
    ];
    let open = |(kind, seat): &(MoveKind, Seat)| course.open_moves(*seat).contains(kind);
    ways.into_iter()
        .find(open)
        .map(|(kind, seat)| (kind, By::Member(seat)))
}

/// How many walks, or as many as `WALKS` says.
pub(super) fn config() -> ProptestConfig {
    let walks = std::env::var("WALKS").ok();
    ProptestConfig {
        cases: walks.map_or(64, |walks| walks.parse().unwrap()),
        // A directory beside the crates would be taken for one.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_people_try_the_rules_hold(received in starts(), tries in tries()) {
        let mut course = begun(received);
        let mut today = received;
        let mut asked = 0;
        let mut forbidden = false;
        for attempt in tries {
            today += attempt.days.days();
            let open: Vec<MoveKind> = MoveKind::ALL
                .iter()
                .copied()
                .filter(|kind| course.admits(*kind, attempt.by).is_ok())
                .collect();
            if let By::Member(seat) = attempt.by {
                prop_assert_eq!(&course.open_moves(seat), &open);
            }
            let among = if attempt.wild || open.is_empty() { MoveKind::ALL } else { &open };
            let kind = among[attempt.which % among.len()];
            // Joining ends the walk; so it is rare.
            if kind == MoveKind::Join && attempt.choice > 10 {
                continue;
            }
            let act = sample(&course, kind, today, attempt.choice);

            let before = course.clone();
            match make(&course, attempt.by, today, act) {
                Ok(next) => {
                    prop_assert!(open.contains(&kind), "{kind} was not open");
                    asked += usize::from(kind == MoveKind::AskForInformation);
                    let to_mediation =
                        [MoveKind::OpenMediation, MoveKind::SettleMediation].contains(&kind);
                    prop_assert!(!(forbidden && to_mediation));
                    let left = before.state() != next.course.state();
                    if is_final(before.state()) && left {
                        prop_assert_eq!(before.state(), CaseState::ConcludedByMediation);
                        prop_assert_eq!(next.course.state(), CaseState::Reopened);
                    }
                    for clock in &next.started {
                        prop_assert!(next.course.running().any(|running| running == clock));
                    }
                    for (key, stop) in &next.stopped {
                        let stands = |clock: &Clock| {
                            clock.key() == *key && clock.stopped() == Some(*stop)
                        };
                        prop_assert!(next.course.over().any(stands));
                    }
                    course = next.course;
                }
                Err(
                    Refused::TermStillRuns { .. }
                    | Refused::TermIsOver { .. }
                    | Refused::TooMany { .. }
                    | Refused::CountedOtherwise,
                ) => {}
                Err(refused) => {
                    let complainants = attempt.by == By::Complainant && kind == MoveKind::SetMark;
                    prop_assert!(
                        !open.contains(&kind) || complainants,
                        "{kind} in {}: {refused}", course.state()
                    );
                    prop_assert_eq!(&course, &before);
                }
            }
            forbidden |= course
                .classification()
                .is_some_and(|found| found.mediation == Mediation::Forbidden);

            prop_assert!(asked <= 1);
            prop_assert!(course.last_entry() >= before.last_entry());
            prop_assert!(course.since <= course.last_entry());
            let over = is_final(course.state()) || course.joined_into().is_some();
            for clock in course.running() {
                let key = clock.key();
                prop_assert!(clock.starts_on() <= clock.due_on());
                prop_assert!(clock.starts_on() <= course.last_entry());
                prop_assert_eq!(clock.owner(), Owner::of(key));
                let known = OWED.contains(&key)
                    || (!over && (BESIDE.contains(&key) || of_state(course.state()).contains(&key)));
                prop_assert!(known, "{key} in {}", course.state());
                let same = course.clock(key, clock.about());
                prop_assert_eq!(same, Some(clock), "two clocks of one term");
            }
            for clock in course.over() {
                let stop = clock.stopped().unwrap();
                prop_assert!(stop.on >= clock.starts_on());
                prop_assert_eq!(stop.about, clock.about());
                match stop.how {
                    Ending::Kept => prop_assert!(stop.on <= clock.due_on()),
                    Ending::Late => prop_assert!(stop.on > clock.due_on()),
                    Ending::Lapsed | Ending::Dropped => {}
                }
            }
            let owed = course.decisions().iter().filter(|one| one.notified_on.is_none()).count();
            let notices = course.running().filter(|one| one.key() == TermKey::NotificarAcuerdo);
            prop_assert_eq!(notices.count(), owed);
            let in_force = course.measures().iter().any(|one| one.state == MeasureState::InForce);
            prop_assert_eq!(course.marks().contains(&Mark::ProtectionMeasures), in_force);
        }

        let written = serde_json::to_string(&course).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Course>(&written).unwrap(), &course);

        // From wherever it got to, the case can be brought to its end.
        let mut moves = 0;
        while !is_final(course.state()) && course.joined_into().is_none() {
            today += 1.days();
            let way = the_way_on(&course);
            prop_assert!(way.is_some(), "stuck in {}", course.state());
            let (kind, by) = way.unwrap();
            let next = make(&course, by, today, sample(&course, kind, today, 0));
            prop_assert!(next.is_ok(), "{kind} in {}: {:?}", course.state(), next.err());
            course = next.unwrap().course;
            moves += 1;
            prop_assert!(moves < 40, "no end");
        }
    }
}
