use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::case::{CaseState, Folio};
use crate::committee::people::{committee, id};
use crate::committee::{Seat, Shortage};
use crate::complaint::SecretText;
use crate::procedure::MoveKind;

/// Wednesday.
const TODAY: Date = date(2026, 3, 4);
const TECN: MemberId = MemberId([3; 16]);

fn calendar() -> Calendar {
    Calendar::default()
}

fn short(text: &str) -> ShortText {
    ShortText::parse(SecretText::from(text.to_owned())).unwrap()
}

fn long(text: &str) -> LongText {
    LongText::parse(SecretText::from(text.to_owned())).unwrap()
}

fn call(kind: SessionKind, on: Date) -> Result<Meeting, MeetingRefused> {
    let said = Call {
        kind,
        on,
        mode: Mode::InPerson,
        place: short("Sala 2, 10:00"),
    };
    Meeting::call(MeetingId([9; 16]), said, 1, TECN, TODAY, &calendar())
}

fn called() -> Meeting {
    call(SessionKind::Ordinary, date(2026, 3, 9)).unwrap()
}

fn ids(numbers: &[u8]) -> BTreeSet<MemberId> {
    numbers.iter().map(|number| id(*number)).collect()
}

fn attend(numbers: &[u8], on: Date) -> Attendance {
    Attendance::of(&ids(numbers), &committee(), on).unwrap()
}

fn held(numbers: &[u8]) -> Meeting {
    let (meeting, point) = (called(), case_point());
    let meeting = meeting.with_point(point.id(), point.topic()).unwrap();
    let there = attend(numbers, meeting.on());
    meeting
        .hold(there, &committee(), TECN, date(2026, 3, 9))
        .unwrap()
}

fn case_topic() -> Topic {
    Topic::Case {
        folio: Folio::new(2026, 123_456).unwrap(),
        motion: Motion::Admit,
    }
}

fn case_point() -> Point {
    Point::new(
        PointId([5; 16]),
        MeetingId([9; 16]),
        case_topic(),
        TECN,
        TODAY,
    )
}

fn general() -> Topic {
    Topic::Matter {
        matter: MatterKind::General,
        title: short("Asuntos generales"),
        kept_from: BTreeSet::new(),
    }
}

fn entered(votes: &[(u8, Vote)]) -> Entered {
    Entered {
        excused: BTreeSet::new(),
        stand_ins: BTreeSet::new(),
        votes: votes
            .iter()
            .map(|(number, vote)| (id(*number), *vote))
            .collect(),
        text: long("Se admite."),
        dissent: None,
    }
}

#[test]
fn a_session_is_called_two_working_days_before() {
    // Thursday and Friday lie between; on Monday there are the weekend's days that do not count.
    assert!(call(SessionKind::Ordinary, date(2026, 3, 6)).is_ok());
    assert_eq!(
        call(SessionKind::Extraordinary, date(2026, 3, 5)),
        Err(MeetingRefused::CalledTooLate {
            latest: date(2026, 3, 3)
        })
    );
    assert_eq!(
        call(SessionKind::Ordinary, date(2026, 3, 8)),
        Err(MeetingRefused::NotWorkingDay)
    );
    assert_eq!(
        call(SessionKind::Ordinary, date(2027, 6, 1)),
        Err(MeetingRefused::TooFar)
    );
}

#[test]
fn half_of_the_seats_and_one_with_the_three_offices_make_a_session() {
    let hold = |numbers: &[u8]| {
        let meeting = called();
        let there = attend(numbers, meeting.on());
        meeting.hold(there, &committee(), TECN, meeting.on())
    };
    assert!(hold(&[1, 2, 3, 4]).is_ok());
    assert!(hold(&[101, 102, 103, 104]).is_ok(), "suplentes sit as well");
    assert_eq!(
        hold(&[1, 2, 3]),
        Err(MeetingRefused::NoQuorum {
            why: vec![Shortage::Quorum { left: 3, needed: 4 }]
        })
    );
    assert_eq!(
        hold(&[1, 2, 4, 5, 6, 7]),
        Err(MeetingRefused::NoQuorum {
            why: vec![Shortage::Seat {
                seat: Seat::SecretariaTecnica
            }]
        })
    );
    let meeting = called();
    let there = attend(&[1, 2, 3, 4], meeting.on());
    let early = meeting.hold(there, &committee(), TECN, date(2026, 3, 8));
    assert_eq!(early, Err(MeetingRefused::NotYet));
}

#[test]
fn a_seat_has_one_person() {
    let both = Attendance::of(&ids(&[1, 2, 3, 4, 104]), &committee(), TODAY);
    assert_eq!(both, Err(MeetingRefused::SeatTaken(id(4))));
    let stranger = Attendance::of(&ids(&[1, 99]), &committee(), TODAY);
    assert_eq!(stranger, Err(MeetingRefused::NotInOffice(id(99))));
}

#[test]
fn without_quorum_it_is_put_off_and_keeps_its_number() {
    let later = called().postpone(date(2026, 3, 11), TECN, date(2026, 3, 9), &calendar());
    let later = later.unwrap();
    assert_eq!((later.on(), later.number()), (date(2026, 3, 11), 1));
    assert_eq!(
        later.should_be_held_by(&calendar()),
        Some(date(2026, 3, 11))
    );
    let earlier = later.postpone(date(2026, 3, 10), TECN, date(2026, 3, 9), &calendar());
    assert_eq!(earlier, Err(MeetingRefused::Earlier));
}

#[test]
fn an_extraordinary_session_follows_nothing_up() {
    let meeting = call(SessionKind::Extraordinary, date(2026, 3, 9)).unwrap();
    let refused = meeting.with_point(PointId([6; 16]), &general());
    assert_eq!(refused, Err(MeetingRefused::NotOnAgenda));
    assert!(meeting.with_point(PointId([6; 16]), &case_topic()).is_ok());
    let installation = call(SessionKind::Installation, date(2026, 3, 9)).unwrap();
    let refused = installation.with_point(PointId([6; 16]), &case_topic());
    assert_eq!(refused, Err(MeetingRefused::NotOnAgenda));
}

#[test]
fn once_it_is_held_only_general_matters_come_up() {
    let meeting = held(&[1, 2, 3, 4]);
    let refused = meeting.with_point(PointId([6; 16]), &case_topic());
    assert_eq!(refused, Err(MeetingRefused::NotOnAgenda));
    assert!(meeting.with_point(PointId([6; 16]), &general()).is_ok());
    let refused = meeting.without_point(case_point().id());
    assert_eq!(refused, Err(MeetingRefused::NotNow));
}

#[test]
fn what_is_closed_stays_as_it_is() {
    let closed = held(&[1, 2, 3, 4])
        .close(None, TECN, date(2026, 3, 9))
        .unwrap();
    let day = date(2026, 3, 12);
    let over = Err(MeetingRefused::Over);
    assert_eq!(closed.close(None, TECN, day), over);
    assert_eq!(closed.with_point(PointId([6; 16]), &general()), over);
    assert_eq!(closed.postpone(day, TECN, TODAY, &calendar()), over);
    assert_eq!(closed.cancel(short("No"), TECN, day), over);
    let there = attend(&[1, 2, 3, 4], closed.on());
    assert_eq!(closed.hold(there, &committee(), TECN, day), over);
    let votes = entered(&[(1, Vote::Favour)]);
    let vote = case_point().vote(&closed, votes, |_| false, &committee(), TECN);
    assert_eq!(vote, Err(MeetingRefused::Over));
}

#[test]
fn whoever_may_not_know_of_the_case_is_out_and_the_suplente_votes() {
    use Vote::{Against, Favour};
    let meeting = held(&[1, 2, 3, 4, 5]);
    let knows_not = |member| member == id(4);
    let vote = |entered| case_point().vote(&meeting, entered, knows_not, &committee(), TECN);
    let all = [
        (1, Favour),
        (2, Favour),
        (3, Favour),
        (4, Favour),
        (5, Against),
    ];
    assert_eq!(vote(entered(&all)), Err(MeetingRefused::NoVote(id(4))));
    let three = [(1, Favour), (2, Favour), (3, Favour), (5, Against)];
    let decided = vote(entered(&three)).unwrap();
    let Some(Outcome::Voted { ballot, out, .. }) = decided.outcome() else {
        panic!("it was voted on");
    };
    assert_eq!(out, &ids(&[4]));
    assert_eq!((ballot.votes().favour, ballot.votes().against), (3, 1));
    let mut with_suplente = entered(&three);
    with_suplente.stand_ins = ids(&[104]);
    assert_eq!(
        vote(with_suplente.clone()),
        Err(MeetingRefused::VoteMissing(id(104)))
    );
    with_suplente.votes.insert(id(104), Against);
    let decided = vote(with_suplente).unwrap();
    let agreement = decided.agreement(&meeting).unwrap();
    assert_eq!((agreement.number, agreement.held_on), (1, date(2026, 3, 9)));
    assert_eq!((agreement.votes.favour, agreement.votes.against), (3, 2));
    // Whoever sits there already does not stand in as well.
    let mut seated = entered(&three);
    seated.stand_ins = ids(&[105]);
    assert_eq!(vote(seated), Err(MeetingRefused::CannotStandIn(id(105))));
    let again = decided.vote(&meeting, entered(&three), knows_not, &committee(), TECN);
    assert_eq!(again, Err(MeetingRefused::DecidedBefore));
}

#[test]
fn too_few_in_the_room_decide_nothing() {
    let meeting = held(&[1, 2, 3, 4]);
    let votes = entered(&[(1, Vote::Favour), (2, Vote::Favour), (3, Vote::Favour)]);
    let vote = case_point().vote(&meeting, votes, |one| one == id(4), &committee(), TECN);
    assert_eq!(
        vote,
        Err(MeetingRefused::NoQuorum {
            why: vec![Shortage::Quorum { left: 3, needed: 4 }]
        })
    );
}

#[test]
fn in_a_tie_the_presidencia_decides() {
    use Vote::{Abstain, Against, Favour};
    let meeting = held(&[1, 2, 3, 4]);
    let carried = |votes: [Vote; 4]| {
        let votes: Vec<_> = [1, 2, 3, 4].into_iter().zip(votes).collect();
        let point = case_point().vote(&meeting, entered(&votes), |_| false, &committee(), TECN);
        let point = point.unwrap();
        point
            .agreement(&meeting)
            .map(|agreement| agreement.votes.casting)
    };
    assert_eq!(carried([Favour, Favour, Against, Against]), Some(true));
    assert_eq!(carried([Against, Against, Favour, Favour]), None);
    assert_eq!(carried([Favour, Favour, Favour, Against]), Some(false));
    assert_eq!(carried([Favour, Against, Abstain, Abstain]), None);
    assert_eq!(carried([Favour, Favour, Abstain, Against]), Some(true));
}

#[test]
fn a_point_on_a_case_takes_a_vote() {
    let meeting = held(&[1, 2, 3, 4]);
    let noted = case_point().note(&meeting, long("Se informa."), TECN);
    assert_eq!(noted, Err(MeetingRefused::TakesVote));
}

#[test]
fn what_may_be_decided_follows_from_the_state() {
    let on = |state| Motion::on(state).collect::<Vec<_>>();
    assert_eq!(
        on(CaseState::InDetermination),
        [Motion::Determine, Motion::Other]
    );
    assert_eq!(
        on(CaseState::InAnalysis)[..3],
        [Motion::Admit, Motion::NotAdmit, Motion::Redirect]
    );
    assert!(on(CaseState::ConcludedByMediation).contains(&Motion::Reopen));
    assert_eq!(Motion::Determine.moves(), Some(MoveKind::Determine));
}

/// Something that somebody tries.
#[derive(Debug, Clone)]
enum Try {
    Add(u8, bool),
    Remove(u8),
    Postpone(i64),
    Cancel,
    Hold(Vec<u8>),
    Close,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let everybody: Vec<u8> = (1..=7).chain(101..=107).collect();
    let one = prop_oneof![
        4 => (any::<u8>(), any::<bool>()).prop_map(|(number, case)| Try::Add(number, case)),
        1 => any::<u8>().prop_map(Try::Remove),
        2 => (-3_i64..9).prop_map(Try::Postpone),
        1 => Just(Try::Cancel),
        4 => subsequence(everybody, 0..=9).prop_map(Try::Hold),
        2 => Just(Try::Close),
    ];
    prop::collection::vec((one, 0_i64..4), 1..25)
        .prop_map(|all| all.into_iter().map(|(one, _)| one).collect())
}

fn rank(meeting: &Meeting) -> u8 {
    match meeting.stage() {
        Stage::Called => 0,
        Stage::Held { .. } => 1,
        Stage::Closed { .. } | Stage::Cancelled { .. } => 2,
    }
}

proptest! {
    /// Whatever is tried: the stage never goes back, what is over stays, the number stays, and nobody
    /// sits in a session without a quorum.
    #[test]
    fn a_session_only_goes_on(kind in select(SessionKind::ALL), tries in tries()) {
        let mut now = call(kind, date(2026, 3, 9)).unwrap();
        let number = (now.kind(), now.year(), now.number());
        let today = date(2026, 3, 20);
        for one in tries {
            let next = match &one {
                Try::Add(point, true) => now.with_point(PointId([*point; 16]), &case_topic()),
                Try::Add(point, false) => now.with_point(PointId([*point; 16]), &general()),
                Try::Remove(point) => now.without_point(PointId([*point; 16])),
                Try::Postpone(days) => {
                    let to = now.on() + days.days();
                    now.postpone(to, TECN, TODAY, &calendar())
                }
                Try::Cancel => now.cancel(short("Sin materia"), TECN, today),
                Try::Hold(numbers) => Attendance::of(&ids(numbers), &committee(), now.on())
                    .and_then(|there| now.hold(there, &committee(), TECN, today)),
                Try::Close => now.close(None, TECN, today),
            };
            let Ok(next) = next else { continue };
            prop_assert!(rank(&now) < 2, "{one:?}");
            prop_assert!(rank(&now) <= rank(&next));
            prop_assert_eq!((next.kind(), next.year(), next.number()), number);
            prop_assert!(next.on() >= now.on());
            let once: BTreeSet<_> = next.points().iter().collect();
            prop_assert_eq!(once.len(), next.points().len());
            if let Some(there) = next.attendance() {
                prop_assert!(there.seated().len() >= 4);
                let holders: BTreeSet<_> = there.seated().iter().map(|one| one.holder).collect();
                prop_assert_eq!(holders.len(), there.seated().len());
                for office in [1, 2, 3] {
                    prop_assert!(there.is_seated(id(office)) || there.is_seated(id(office + 100)));
                }
            }
            let kept = serde_json::to_string(&next).unwrap();
            prop_assert_eq!(serde_json::from_str::<Meeting>(&kept).unwrap(), next.clone());
            now = next;
        }
    }

    /// Whoever is left out of a point has no vote on it, everybody else has one, and what is carried has
    /// more than half of them, or half with the Presidencia.
    #[test]
    fn votes_are_of_those_in_the_room(
        there in subsequence(vec![1_u8, 2, 3, 4, 5, 6, 7], 4..=7),
        out in subsequence(vec![1_u8, 2, 3, 4, 5, 6, 7], 0..=3),
        excused in subsequence(vec![1_u8, 2, 3, 4, 5, 6, 7], 0..=1),
        stand_ins in subsequence(vec![101_u8, 102, 103, 104, 105, 106, 107], 0..=2),
        votes in prop::collection::vec(select(Vote::ALL), 14),
    ) {
        let meeting = called().with_point(case_point().id(), &case_topic()).unwrap();
        let seated = attend(&there, meeting.on());
        let held = meeting.hold(seated, &committee(), TECN, meeting.on());
        prop_assume!(held.is_ok());
        let meeting = held.unwrap();
        let gone: BTreeSet<u8> = out.iter().chain(&excused).copied().collect();
        let stays = there.iter().filter(|number| !gone.contains(number));
        let room: Vec<u8> = stays.chain(&stand_ins).copied().collect();
        let cast: BTreeMap<_, _> = room.iter().map(|number| id(*number)).zip(votes).collect();
        let entered = Entered {
            excused: ids(&excused),
            stand_ins: ids(&stand_ins),
            votes: cast.clone(),
            text: long("Se admite."),
            dissent: None,
        };
        let out = ids(&out);
        let voted = case_point().vote(&meeting, entered, |one| out.contains(&one), &committee(), TECN);
        let Ok(point) = voted else { return Ok(()) };
        let Some(Outcome::Voted { ballot, out: noted, .. }) = point.outcome() else {
            panic!("it was voted on");
        };
        let counted = ballot.votes();
        let sum = counted.favour + counted.against + counted.abstained;
        prop_assert_eq!(usize::from(sum), room.len());
        prop_assert!(room.len() >= 4);
        for one in ballot.cast() {
            prop_assert_eq!(cast.get(&one.who.member), Some(&one.vote));
            prop_assert!(!gone.iter().any(|number| id(*number) == one.who.member));
        }
        let left: BTreeSet<_> = there.iter().filter(|number| gone.contains(number)).map(|number| id(*number)).collect();
        prop_assert_eq!(noted, &left);
        let president = ballot.cast().iter().find(|one| one.who.seat == Seat::Presidencia).unwrap();
        let twice = u16::from(president.vote == Vote::Favour);
        let others = counted.against + counted.abstained;
        prop_assert_eq!(
            point.agreement(&meeting).is_some(),
            counted.favour > others || (counted.favour == others && twice == 1)
        );
        let kept = serde_json::to_string(&point).unwrap();
        prop_assert_eq!(serde_json::from_str::<Point>(&kept).unwrap(), point.clone());
    }
}
