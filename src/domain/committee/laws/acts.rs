//! Who may do what.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::committee::act::Scope;
use crate::committee::entitlement::first;
use crate::committee::people::TODAY;
use crate::committee::policy::{decide, decide_about, may_second, may_second_about};
use crate::committee::random::{Case, cases};
use crate::committee::{Act, Actor, MemberProfile, Relation, Ruling, Standing};

/// A case and every member as who acts, with what the case is to each.
fn actors(case: &Case) -> Vec<(&MemberProfile, Actor, Relation)> {
    let ruled = first(&case.members, &case.findings, TODAY);
    let actor = |member| Actor::of(member, &case.members, TODAY);
    let members = case.members.iter();
    members
        .map(|member| (member, actor(member), ruled.relation(member.id)))
        .collect()
}

fn is_on_case(act: Act) -> bool {
    act.scope() != Scope::Service
}

proptest! {
    #[test]
    fn for_whoever_is_excluded_nothing_of_the_case_exists(case in cases()) {
        let all = actors(&case);
        let excluded = all.iter().filter(|(_, _, relation)| *relation == Relation::Excluded);
        for (member, actor, relation) in excluded {
            let relation = Some(*relation);
            for act in Act::ALL.iter().copied() {
                prop_assert_eq!(decide(actor, act, relation), Ruling::Hidden, "{}", act);
                for other in &case.members {
                    let about = decide_about(actor, act, relation, other.id);
                    let second = may_second(actor, act, relation, other.id);
                    let second_about = may_second_about(actor, act, relation, other.id, member.id);
                    prop_assert_eq!([about, second, second_about], [Ruling::Hidden; 3], "{}", act);
                }
            }
        }
    }

    /// Whatever a case holds of them: a suspension is of no one case.
    #[test]
    fn for_whoever_is_suspended_no_case_exists(
        case in cases(),
        relation in select(Relation::ALL),
    ) {
        for (_, actor, _) in actors(&case).iter().filter(|one| one.0.is_suspended(TODAY)) {
            for act in Act::ALL.iter().copied().filter(|act| is_on_case(*act)) {
                prop_assert_eq!(decide(actor, act, Some(relation)), Ruling::Hidden, "{}", act);
            }
        }
    }

    /// Whoever has no vote knows of the cases that were shared with them, and of no other; neither does
    /// a suplente while the titular is there.
    #[test]
    fn whoever_has_no_vote_does_not_see_that_a_case_exists(case in cases()) {
        for (member, actor, relation) in actors(&case) {
            let stands_by = member.stands_in_for().is_some_and(|titular| {
                case.members.iter().any(|other| other.id == titular && other.in_office(TODAY))
            });
            let blind = !member.seat.votes() || stands_by || !member.in_office(TODAY);
            if relation == Relation::Outside && blind {
                for act in Act::ALL.iter().copied().filter(|act| is_on_case(*act)) {
                    prop_assert_eq!(decide(&actor, act, Some(relation)), Ruling::Hidden, "{}", act);
                    prop_assert_eq!(
                        may_second(&actor, act, Some(relation), crate::committee::MemberId([0; 16])),
                        Ruling::Hidden,
                        "{}",
                        act
                    );
                }
            }
        }
    }

    /// A case without its key shows that it is there, and takes what speaks against somebody; no more.
    #[test]
    fn nobody_without_the_key_reads_or_changes_a_case(case in cases()) {
        for (_, actor, relation) in actors(&case) {
            if relation == Relation::Outside {
                for act in Act::ALL.iter().copied().filter(|act| is_on_case(*act)) {
                    let may = matches!(
                        decide(&actor, act, Some(relation)),
                        Ruling::Allowed | Ruling::NeedsSecond
                    );
                    let harmless = matches!(
                        act,
                        Act::ReadRegister
                            | Act::DeclareConflict
                            | Act::ProposeRecusal
                            | Act::OverseeLog
                    );
                    prop_assert!(!may || harmless, "{}", act);
                }
            }
        }
    }

    /// The one who invites while nobody else is in is the only exception. What another proposed is
    /// decided by somebody else.
    #[test]
    fn what_takes_two_is_never_done_by_one(case in cases(), about in any::<Index>()) {
        for (member, actor, relation) in actors(&case) {
            let others = || case.members.iter().filter(|other| other.id != member.id);
            let about = others().nth(about.index(case.members.len().max(1)));
            for act in Act::ALL.iter().copied().filter(|act| act.takes_two()) {
                for relation in [None, Some(relation)] {
                    let begins = decide(&actor, act, relation);
                    if act == Act::InviteMember {
                        let nobody_else = others().all(|other| {
                            let other = Actor::of(other, &case.members, TODAY);
                            may_second(&other, act, None, member.id) != Ruling::Allowed
                        });
                        // Somebody who is suspended seconds nothing, and leaves nobody alone.
                        let suspended = others()
                            .any(|other| other.seat.votes() && other.is_suspended(TODAY));
                        prop_assert!(!actor.alone || nobody_else);
                        prop_assert!(actor.alone || !nobody_else || suspended);
                        prop_assert!(begins != Ruling::Allowed || nobody_else);
                    } else if act != Act::DecideRecusal {
                        // To decide is the second step: the first is to propose it.
                        prop_assert_ne!(begins, Ruling::Allowed, "{}", act);
                    }
                    prop_assert_ne!(may_second(&actor, act, relation, member.id), Ruling::Allowed);
                    if let Some(about) = about {
                        prop_assert_ne!(
                            may_second_about(&actor, act, relation, member.id, about.id),
                            Ruling::Allowed
                        );
                    }
                }
            }
        }
    }

    /// Nor by one and the member whom it is about.
    #[test]
    fn nobody_is_the_second_of_what_is_about_them(case in cases(), act in select(Act::ALL)) {
        for (member, actor, relation) in actors(&case) {
            for first in &case.members {
                for relation in [None, Some(relation)] {
                    let ruling = may_second_about(&actor, act, relation, first.id, member.id);
                    prop_assert_ne!(ruling, Ruling::Allowed);
                }
            }
        }
    }

    /// Beyond single cases: the members, the seal, the log of others.
    #[test]
    fn a_suplente_acts_for_the_committee_only_while_the_titular_is_away(case in cases()) {
        for (member, actor, _) in actors(&case) {
            let Standing::Suplente { of } = member.standing else { continue };
            let there = case.members.iter().any(|other| other.id == of && other.in_office(TODAY));
            prop_assert_eq!(actor.acting, !there);
            for act in [
                Act::InviteMember,
                Act::EndMembership,
                Act::ReadmitMember,
                Act::SuspendMember,
                Act::OverseeLog,
                Act::SetCalendar,
                Act::RecountTerms,
                Act::SealService,
            ] {
                let may = decide(&actor, act, None) != Ruling::Refused;
                prop_assert!(!(there && may), "{}", act);
            }
        }
    }

    #[test]
    fn what_a_member_may_does_not_depend_on_the_order_of_the_members(
        (case, members) in cases().prop_flat_map(|case| {
            let members = Just(case.members.clone()).prop_shuffle();
            (Just(case), members)
        }),
    ) {
        for (member, actor, _) in actors(&case) {
            prop_assert_eq!(actor, Actor::of(member, &members, TODAY));
        }
    }
}
