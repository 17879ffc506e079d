use proptest::prelude::*;
use proptest::sample::select;

use super::*;

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
