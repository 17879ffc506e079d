use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::committee::act::Scope;
use crate::committee::conflict::assess_text;
use crate::committee::entitlement;
use crate::committee::people::{TODAY, committee, id};

fn actors() -> impl Strategy<Value = Actor> {
    (
        any::<[u8; 16]>(),
        select(Seat::ALL),
        proptest::option::of(any::<[u8; 16]>()),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(id, seat, of, in_office, acting, alone)| Actor {
            id: MemberId(id),
            seat,
            standing: of.map_or(Standing::Titular, |of| Standing::Suplente {
                of: MemberId(of),
            }),
            in_office,
            acting: of.is_none() || acting,
            alone,
        })
}

fn relations() -> impl Strategy<Value = Option<Relation>> {
    proptest::option::of(select(Relation::ALL))
}

proptest! {
    #[test]
    fn whoever_is_excluded_is_told_of_no_case(
        actor in actors(), act in select(Act::ALL), other in any::<[u8; 16]>(),
    ) {
        let excluded = Some(Relation::Excluded);
        prop_assert_eq!(decide(&actor, act, excluded), Ruling::Hidden);
        prop_assert_eq!(decide_about(&actor, act, excluded, actor.id), Ruling::Hidden);
        prop_assert_eq!(may_second(&actor, act, excluded, MemberId(other)), Ruling::Hidden);
        prop_assert_eq!(may_second(&actor, act, excluded, actor.id), Ruling::Hidden);
        prop_assert_eq!(
            may_second_about(&actor, act, excluded, MemberId(other), actor.id),
            Ruling::Hidden
        );
    }

    #[test]
    fn a_case_that_does_not_exist_is_answered_as_one_that_is_hidden(
        actor in actors(), act in select(Act::ALL),
    ) {
        if act.scope() == Scope::Case {
            prop_assert_eq!(decide(&actor, act, None), Ruling::Hidden);
        }
    }

    #[test]
    fn nobody_is_the_second_of_their_own_act(
        actor in actors(), act in select(Act::ALL), relation in relations(),
    ) {
        prop_assert_ne!(may_second(&actor, act, relation, actor.id), Ruling::Allowed);
    }

    #[test]
    fn whoever_is_not_in_office_has_an_account_and_nothing_else(
        mut actor in actors(), act in select(Act::ALL), relation in relations(),
    ) {
        actor.in_office = false;
        let allowed = decide(&actor, act, relation) == Ruling::Allowed;
        prop_assert_eq!(
            allowed,
            act == Act::OwnAccount && relation != Some(Relation::Excluded)
        );
        prop_assert_ne!(decide(&actor, act, relation), Ruling::NeedsSecond);
        prop_assert_ne!(may_second(&actor, act, relation, MemberId([0; 16])), Ruling::Allowed);
    }
}

/// Each act, asked by the holder of each seat. In each cell three answers: on a case whose key the
/// member has, on one without, and where no case is meant. `✔` allowed, `2` with a second person, `–`
/// hidden, `✘` refused.
const MATRIX: &str = "\
ACT               Pres Ejec Tecn Elec OIC  Cons Ases Invi
READ_REGISTER     ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔–✔  ✔–✔  ✔–✔
READ_CASE         ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔––  ✔––  ✔––
READ_FILE         ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔––  ✔––  ✔––
WRITE_TO_PERSON   ✔✘–  ✔✘–  ✔✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
TAKE_STEP         ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔––  ✔––  ✘––
WRITE_PAPER       ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✘✘–  ✘––  ✘––  ✘––
REDACT_FILE       ✔✘–  ✔✘–  ✔✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
CAPTURE_CASE      ✔✘–  ✔✘–  ✔✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
DECLARE_CONFLICT  ✔✔–  ✔✔–  ✔✔–  ✔✔–  ✔✔–  ✔––  ✔––  ✔––
PROPOSE_RECUSAL   ✔✔–  ✔✔–  ✔✔–  ✔✔–  ✔✔–  ✔––  ✔––  ✔––
DECIDE_RECUSAL    ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✔✘–  ✘––  ✘––  ✘––
SHARE_CASE        ✔✘–  ✔✘–  ✘✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
ROTATE_CASE       2✘–  2✘–  ✘✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
UNMASK_IDENTITY   2✘–  2✘–  ✘✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
EXPORT_CASE       2✘–  2✘–  2✘–  ✘✘–  2✘–  ✘––  ✘––  ✘––
DELETE_CASE       2✘–  2✘–  2✘–  ✘✘–  ✘✘–  ✘––  ✘––  ✘––
READ_MEMBERS      ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘
INVITE_MEMBER     222  222  222  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
END_MEMBERSHIP    222  222  222  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
READMIT_MEMBER    222  222  222  222  222  ✘✘✘  ✘✘✘  ✘✘✘
AMEND_MEMBER      222  222  222  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
SUSPEND_MEMBER    222  222  222  ✘✘✘  222  ✘✘✘  ✘✘✘  ✘✘✘
READ_LOG          ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔
OVERSEE_LOG       ✔✔✔  ✔✔✔  ✔✔✔  ✘–✘  ✔✔✔  ✘–✘  ✘–✘  ✘–✘
RECORD_INCIDENT   ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘
SET_CALENDAR      ✘✘✘  ✘✘✘  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
RECOUNT_TERMS     ✘✘✘  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
SEAL_SERVICE      ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘
OWN_ACCOUNT       ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔
SECOND_ACT        ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✘–✘  ✘–✘  ✘–✘
GIVE_COPIES       ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✔–✔  ✘–✘  ✘–✘  ✘–✘
READ_MEETINGS     ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘
CALL_MEETING      ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
HOLD_MEETING      ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
CLOSE_MEETING     ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
RECORD_ATTENTION  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘
OVERSEE_ATTENTIONS✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
KEEP_MATTERS      ✔✔✔  ✔✔✔  ✔✔✔  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘  ✘✘✘
";

/// A member who holds a seat, beside others.
fn titular(number: u8, seat: Seat) -> Actor {
    Actor {
        id: MemberId([number; 16]),
        seat,
        standing: Standing::Titular,
        in_office: true,
        acting: true,
        alone: false,
    }
}

fn mark(ruling: Ruling) -> char {
    match ruling {
        Ruling::Allowed => '✔',
        Ruling::NeedsSecond => '2',
        Ruling::Hidden => '–',
        Ruling::Refused => '✘',
    }
}

#[test]
fn every_act_has_a_rule_for_every_seat() {
    let mut matrix = String::from("ACT               Pres Ejec Tecn Elec OIC  Cons Ases Invi\n");
    for act in Act::ALL {
        let cells = Seat::ALL.iter().map(|seat| {
            let actor = titular(1, *seat);
            let asked = [Some(Relation::Entitled), Some(Relation::Outside), None];
            asked
                .map(|relation| mark(decide(&actor, *act, relation)))
                .iter()
                .collect::<String>()
        });
        let cells: Vec<_> = cells.collect();
        writeln!(matrix, "{:<18}{}", act.code(), cells.join("  ")).unwrap();
    }
    assert_eq!(matrix, MATRIX, "\n{matrix}");
}

#[test]
fn a_suplente_acts_where_the_titular_does_not_and_nowhere_else() {
    let members = committee();
    let of = |number: u8, members: &[MemberProfile]| {
        let member = members
            .iter()
            .find(|member| member.id == id(number))
            .unwrap();
        Actor::of(member, members, TODAY)
    };
    let suplente = of(101, &members);
    let entitled = Some(Relation::Entitled);
    assert_eq!(decide(&suplente, Act::ReadCase, entitled), Ruling::Allowed);
    assert_eq!(decide(&suplente, Act::ShareCase, entitled), Ruling::Allowed);
    for act in Act::ALL.iter().filter(|act| act.scope() == Scope::Case) {
        let outside = decide(&suplente, *act, Some(Relation::Outside));
        assert_eq!(outside, Ruling::Hidden, "{act}");
    }
    for act in [
        Act::InviteMember,
        Act::EndMembership,
        Act::ReadmitMember,
        Act::AmendMember,
        Act::SuspendMember,
        Act::SealService,
    ] {
        assert_eq!(decide(&suplente, act, None), Ruling::Refused, "{act}");
        assert_ne!(
            may_second(&suplente, act, None, id(2)),
            Ruling::Allowed,
            "{act}"
        );
    }
    let mut members = members;
    members[0].agreement_on = None;
    let suplente = of(101, &members);
    assert_eq!(
        decide(&suplente, Act::InviteMember, None),
        Ruling::NeedsSecond
    );
    assert_eq!(decide(&suplente, Act::SealService, None), Ruling::Allowed);
}

#[test]
fn what_takes_two_can_be_done_by_two_of_the_offices() {
    let members = [
        titular(1, Seat::Presidencia),
        titular(2, Seat::SecretariaEjecutiva),
        titular(3, Seat::SecretariaTecnica),
    ];
    for act in Act::ALL.iter().copied().filter(|act| act.takes_two()) {
        let relation = (act.scope() == Scope::Case).then_some(Relation::Entitled);
        let pairs = members
            .iter()
            .flat_map(|one| members.iter().map(move |other| (one, other)));
        let able = pairs.filter(|(one, other)| {
            let begins = decide(one, act, relation);
            matches!(begins, Ruling::NeedsSecond | Ruling::Allowed)
                && may_second(other, act, relation, one.id) == Ruling::Allowed
        });
        assert!(able.count() >= 4, "{act}");
    }
}

#[test]
fn nobody_points_at_decides_on_or_readmits_themselves() {
    let actor = titular(1, Seat::Presidencia);
    for (act, relation) in [
        (Act::ProposeRecusal, Some(Relation::Entitled)),
        (Act::DecideRecusal, Some(Relation::Entitled)),
        (Act::RotateCase, Some(Relation::Entitled)),
        (Act::EndMembership, None),
        (Act::ReadmitMember, None),
        (Act::SuspendMember, None),
    ] {
        assert_ne!(
            decide_about(&actor, act, relation, id(2)),
            Ruling::Refused,
            "{act}"
        );
        assert_eq!(
            decide_about(&actor, act, relation, id(1)),
            Ruling::Refused,
            "{act}"
        );
        let second = may_second_about(&actor, act, relation, id(2), id(1));
        assert_eq!(second, Ruling::Refused, "{act}");
    }
}

#[test]
fn whoever_asks_to_change_the_own_details_needs_another_and_is_not_that_other() {
    let actor = titular(1, Seat::Presidencia);
    let asks = decide_about(&actor, Act::AmendMember, None, id(1));
    assert_eq!(asks, Ruling::NeedsSecond);
    let second = may_second_about(&actor, Act::AmendMember, None, id(2), id(1));
    assert_eq!(second, Ruling::Refused);
    let mut alone = actor;
    alone.alone = true;
    assert_eq!(decide(&alone, Act::AmendMember, None), Ruling::NeedsSecond);
}

#[test]
fn the_first_member_invites_alone_and_then_nobody_does() {
    let mut first = titular(1, Seat::SecretariaEjecutiva);
    assert_eq!(decide(&first, Act::InviteMember, None), Ruling::NeedsSecond);
    first.alone = true;
    assert_eq!(decide(&first, Act::InviteMember, None), Ruling::Allowed);
    assert_eq!(
        decide(&first, Act::EndMembership, None),
        Ruling::NeedsSecond
    );
    let only = &committee()[..1];
    assert!(Actor::of(&only[0], only, TODAY).alone);
    // A suplente could not second it while the titular is there.
    let with_suplente = &committee()[..2];
    assert!(Actor::of(&with_suplente[0], with_suplente, TODAY).alone);
    let with_another = &committee()[..3];
    assert!(!Actor::of(&with_another[0], with_another, TODAY).alone);
}

proptest! {
    #[test]
    fn in_any_committee_whoever_is_named_is_told_of_no_case(
        denounced in 0..14_usize,
        act in select(Act::ALL),
        unsigned in proptest::collection::btree_set(0..14_usize, 0..10),
    ) {
        let mut members = committee();
        for number in unsigned {
            members[number].agreement_on = None;
        }
        let found = assess_text(
            &format!("Todo lo hizo {} con sus amistades.", *members[denounced].name.full()),
            &members,
            TODAY,
        );
        let ruled = entitlement::first(&members, &found, TODAY);
        for (at, member) in members.iter().enumerate() {
            let actor = Actor::of(member, &members, TODAY);
            let relation = Some(ruled.relation(member.id));
            let ruling = decide(&actor, act, relation);
            if at == denounced {
                prop_assert_eq!(ruling, Ruling::Hidden);
                let mut others = members.iter().filter(|other| other.id != member.id);
                let hidden = others
                    .all(|other| may_second(&actor, act, relation, other.id) == Ruling::Hidden);
                prop_assert!(hidden);
            } else if ruling == Ruling::Allowed && act == Act::ReadCase {
                prop_assert!(ruled.entitled.contains(&member.id) && member.in_office(TODAY));
            }
        }
    }
}
