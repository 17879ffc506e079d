//! Votes, determinations, recommendations, and the interviews before them.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};

use super::samples::{agreement, begun, long, make, recommendation, sample};
use crate::case::CaseState;
use crate::catalogue::TermKey;
use crate::committee::{MemberId, Seat};
use crate::procedure::reach::is_in_reach;
use crate::procedure::*;

const EJEC: By = By::Member(Seat::SecretariaEjecutiva);
const TECN: By = By::Member(Seat::SecretariaTecnica);
const PRES: By = By::Member(Seat::Presidencia);
const DAY: Date = date(2026, 3, 2);

/// A case in a state, by the straight way, all on one day.
fn in_state(state: CaseState) -> Course {
    let way = [
        (MoveKind::Register, EJEC),
        (MoveKind::Propose, EJEC),
        (MoveKind::Admit, PRES),
        (MoveKind::Inquire, PRES),
        (MoveKind::NotifyDenounced, TECN),
        (MoveKind::ReceiveAnswer, TECN),
        (MoveKind::StartDraft, EJEC),
        (MoveKind::SubmitDraft, PRES),
    ];
    let mut course = begun(DAY);
    for (kind, by) in way {
        if course.state() == state {
            break;
        }
        let act = sample(&course, kind, DAY, 0);
        course = make(&course, by, DAY, act).unwrap().course;
    }
    assert_eq!(course.state(), state);
    course
}

fn votes(favour: u16, against: u16, abstained: u16, casting: bool) -> Votes {
    Votes {
        favour,
        against,
        abstained,
        casting,
    }
}

#[test]
fn more_than_half_of_those_present_carry_or_the_casting_vote_in_a_tie() {
    for (carried, votes) in [
        (true, votes(4, 3, 0, false)),
        (true, votes(4, 0, 3, false)),
        (false, votes(3, 2, 2, false)),
        (false, votes(3, 3, 0, false)),
        (true, votes(3, 3, 0, true)),
        (false, votes(2, 3, 0, true)),
        (false, votes(0, 0, 0, true)),
    ] {
        let course = in_state(CaseState::InAnalysis);
        let mut agreement = agreement(DAY);
        agreement.votes = votes;
        let next = make(&course, TECN, DAY, Move::Admit { agreement });
        assert_eq!(next.is_ok(), carried, "{votes:?}");
        if !carried {
            assert_eq!(next, Err(Refused::NotCarried));
        }
    }
}

#[test]
fn a_session_decides_neither_before_the_proposal_nor_in_the_future_nor_at_its_installation() {
    let course = in_state(CaseState::InAnalysis);
    for held_on in [date(2026, 3, 1), date(2026, 3, 3)] {
        let agreement = agreement(held_on);
        let refused = make(&course, TECN, DAY, Move::Admit { agreement });
        assert!(matches!(refused, Err(Refused::DayOutside { .. })));
    }
    let mut agreement = agreement(DAY);
    agreement.kind = SessionKind::Installation;
    let refused = make(&course, TECN, DAY, Move::Admit { agreement });
    assert!(matches!(refused, Err(Refused::WrongCode { .. })));
}

#[test]
fn a_session_is_called_two_working_days_before() {
    let course = in_state(CaseState::InAnalysis);
    let call = |held_on| {
        let kind = SessionKind::Ordinary;
        make(&course, PRES, DAY, Move::CallSession { kind, held_on })
    };
    // Monday: Tuesday and Wednesday lie between it and Thursday.
    let next = call(date(2026, 3, 5)).unwrap();
    assert_eq!(next.course.session_on(), Some(date(2026, 3, 5)));
    assert!(matches!(
        call(date(2026, 3, 3)),
        Err(Refused::CalledTooLate { .. })
    ));
}

#[test]
fn a_commission_has_at_most_three_members() {
    let course = in_state(CaseState::Admitted);
    let appoint = |members: std::ops::RangeInclusive<u8>| {
        let members: BTreeSet<_> = members.map(|id| MemberId([id; 16])).collect();
        make(&course, PRES, DAY, Move::AppointCommission { members })
    };
    assert!(appoint(1..=3).is_ok());
    assert_eq!(appoint(1..=4), Err(Refused::TooMany { most: 3 }));
}

#[test]
fn time_lets_a_person_go_on_without_an_answer_and_no_sooner() {
    let course = in_state(CaseState::AwaitingAnswer);
    let last = date(2026, 3, 10);
    let act = Move::GoOnWithoutAnswer {};
    let key = TermKey::DescargoDenunciada;
    assert_eq!(
        make(&course, EJEC, last, act.clone()),
        Err(Refused::TermStillRuns { key, until: last })
    );
    let next = make(&course, EJEC, date(2026, 3, 20), act).unwrap();
    assert_eq!(next.course.state(), CaseState::GatheringEvidence);
    // From the end of the term, not from the day on which somebody noticed.
    assert_eq!(next.started[0].starts_on(), last);
    // The complainant learns nothing of the denounced person.
    assert_eq!(next.notice, None);
}

#[test]
fn what_follows_on_silence_is_open_to_a_person_in_the_state_in_which_the_term_runs() {
    let asked = {
        let course = begun(DAY);
        let act = sample(&course, MoveKind::AskForInformation, DAY, 0);
        make(&course, EJEC, DAY, act).unwrap().course
    };
    let waits = [asked, in_state(CaseState::AwaitingAnswer)];
    let mut found = Vec::new();
    for key in TermKey::ALL {
        let Some(kind) = when_unanswered(*key) else {
            continue;
        };
        assert_eq!(Owner::of(*key).seat(), None, "{key} is a party's");
        let mut waits = waits.iter();
        let course = waits.find(|course| course.clock(*key, About::Case).is_some());
        assert!(is_in_reach(kind, course.unwrap().state()), "{kind}");
        found.push(kind);
    }
    assert_eq!(found, [MoveKind::Archive, MoveKind::GoOnWithoutAnswer]);
}

#[test]
fn a_party_is_summoned_twice_at_most_first_within_the_term() {
    let course = in_state(CaseState::GatheringEvidence);
    let due_on = date(2026, 3, 17);
    let summon = |course: &Course, held_on| {
        let party = Party::Denounced;
        make(course, EJEC, DAY, Move::Summon { party, held_on })
    };
    assert!(matches!(
        summon(&course, date(2026, 3, 18)),
        Err(Refused::DayOutside { .. })
    ));
    let once = summon(&course, due_on).unwrap().course;
    let twice = summon(&once, date(2026, 3, 20)).unwrap().course;
    assert_eq!(
        summon(&twice, date(2026, 3, 23)),
        Err(Refused::TooMany { most: 2 })
    );
}

fn determine(sense: Sense, kinds: &[RecommendationKind]) -> Result<Next, Refused> {
    let act = Move::Determine {
        sense,
        grounds: long("Análisis"),
        recommendations: kinds.iter().map(|kind| recommendation(*kind)).collect(),
        agreement: agreement(DAY),
    };
    make(&in_state(CaseState::InDetermination), TECN, DAY, act)
}

#[test]
fn a_determination_and_its_recommendations_fit_together() {
    let training = RecommendationKind::Training;
    let sensitisation = RecommendationKind::Sensitisation;
    let what = Needed::Recommendation;
    let missing = determine(Sense::IndividualRecommendation, &[]);
    assert_eq!(missing, Err(Refused::Missing { what }));
    let no_breach = determine(Sense::NoBreach, &[sensitisation, training]);
    assert!(matches!(no_breach, Err(Refused::WrongCode { .. })));
    assert!(determine(Sense::NoBreach, &[sensitisation]).is_ok());
    assert!(determine(Sense::NoBreach, &[]).is_ok());
    assert!(determine(Sense::GeneralRecommendation, &[training]).is_ok());
    let mediated = determine(Sense::Mediated, &[]);
    assert!(matches!(mediated, Err(Refused::WrongCode { .. })));
}

/// Two recommendations sent to their units.
fn followed_up() -> Course {
    let kinds = [
        RecommendationKind::Training,
        RecommendationKind::BetterProcesses,
    ];
    let course = determine(Sense::GeneralRecommendation, &kinds)
        .unwrap()
        .course;
    let notified_on = DAY;
    let told = make(
        &course,
        TECN,
        DAY,
        Move::NotifyDetermination { notified_on },
    );
    let told = told.unwrap();
    assert_eq!(told.notice, Some(ProcedureNotice::Determined));
    let total = TermKey::ConclusionTotal;
    assert!(told.course.clock(total, About::Case).is_none());
    let next = make(&told.course, PRES, DAY, Move::StartFollowUp { notified_on });
    next.unwrap().course
}

fn due(course: &Course) -> Vec<(TermKey, About, Date)> {
    let running = course.running();
    running
        .filter(|clock| matches!(clock.about(), About::Recommendation(_)))
        .map(|clock| (clock.key(), clock.about(), clock.due_on()))
        .collect()
}

#[test]
fn each_recommendation_has_its_own_clocks() {
    let course = followed_up();
    let adoption = TermKey::RecomendacionAdopcion;
    assert_eq!(
        due(&course),
        [
            (adoption, About::Recommendation(1), date(2026, 3, 9)),
            (adoption, About::Recommendation(2), date(2026, 3, 9))
        ]
    );
    let informed_on = date(2026, 3, 5);
    let adopt = Move::AdoptRecommendation {
        recommendation: 1,
        informed_on,
    };
    let course = make(&course, PRES, informed_on, adopt).unwrap().course;
    let decline = Move::DeclineRecommendation {
        recommendation: 2,
        informed_on,
    };
    let course = make(&course, PRES, informed_on, decline).unwrap().course;
    assert_eq!(
        due(&course),
        [
            (
                TermKey::RecomendacionImplementacion,
                About::Recommendation(1),
                // 4 April is a Saturday.
                date(2026, 4, 6)
            ),
            (
                TermKey::RecomendacionNegativa,
                About::Recommendation(2),
                date(2026, 3, 20)
            )
        ]
    );
    let number = 2;
    let fulfil = |recommendation| Move::FulfilRecommendation {
        recommendation,
        received_on: date(2026, 4, 1),
    };
    let april = date(2026, 4, 1);
    assert_eq!(
        make(&course, PRES, april, fulfil(number)),
        Err(Refused::NoSuchEntry { number })
    );
    let course = make(&course, PRES, april, fulfil(1)).unwrap().course;
    let kind = MoveKind::Conclude;
    let state = CaseState::InFollowUp;
    assert_eq!(
        make(&course, EJEC, april, Move::Conclude {}),
        Err(Refused::NotNow { kind, state })
    );
    let justify = Move::JustifyRefusal {
        recommendation: 2,
        received_on: april,
    };
    let course = make(&course, PRES, april, justify).unwrap().course;
    assert_eq!(due(&course), []);
    assert!(!course.has_unfulfilled());
    let course = make(&course, EJEC, april, Move::Conclude {})
        .unwrap()
        .course;
    assert_eq!(course.state(), CaseState::Concluded);
}

#[test]
fn silence_is_flagged_after_the_last_day() {
    let course = followed_up();
    let flag = |course: &Course, today| {
        let act = Move::FlagUnfulfilled {
            recommendation: 1,
            reason: long("No contestó"),
        };
        make(course, EJEC, today, act)
    };
    let until = date(2026, 3, 9);
    let key = TermKey::RecomendacionAdopcion;
    assert_eq!(
        flag(&course, until),
        Err(Refused::TermStillRuns { key, until })
    );
    let course = flag(&course, date(2026, 3, 10)).unwrap().course;
    assert!(course.has_unfulfilled());
    let running = due(&course);
    assert_eq!(running.len(), 1, "{running:?}");
}

#[test]
fn no_notice_is_owed_of_the_end_after_the_death_of_the_complainant() {
    for cause in EarlyCause::ALL {
        let course = in_state(CaseState::UnderInquiry);
        let act = Move::ConcludeEarly {
            cause: *cause,
            reason: long("Artículo 65"),
            agreement: agreement(DAY),
        };
        let next = make(&course, TECN, DAY, act).unwrap().course;
        let owed = next.clock(TermKey::NotificarAcuerdo, About::Decision(2));
        assert_eq!(owed.is_none(), *cause == EarlyCause::ComplainantDied);
        assert_eq!(next.early_cause(), Some(*cause));
    }
}
