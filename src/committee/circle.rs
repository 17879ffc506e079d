//! The circle of a case: who may open it, who may know of it, and for whom it does not exist.
//!
//! A circle is sealed under the service's own key, and of one size for all cases: at rest nobody sees
//! who was kept out of one, and nobody can let themselves in by writing to the database. What the circle
//! says is what the policy is asked with; the [ring](opening::case_ring) beside it sees to it that it is
//! not only said.
//!
//! Whoever became a member after a case was looked at is in none of its lists, and for them it does not
//! exist: they may be the one whom it is about. The next member who opens the case looks it through for
//! them.

use std::collections::BTreeMap;

use domain::committee::{
    Findings, Ground, MemberId, MemberProfile, Relation, Shortage, Sufficiency, entitlement, quorum,
};
use jiff::civil::Date;
use opening::PersonRecipient;
use sealing::KeyId;
use serde::{Deserialize, Serialize};

/// Least bytes of a sealed circle: room for some thirty members, so that nearly all are of one size.
pub const LEAST: usize = 4 << 10;

/// Who may open a case, and who may not know of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Circle {
    /// The public halves of the case's keys, the newest first. Of them and no others the case has rings:
    /// a circle of before, or a key of somebody else, put in its place, does not fit.
    #[serde(default)]
    keys: Vec<String>,
    /// Those who may open it.
    entitled: Vec<Entitled>,
    /// Those for whom it does not exist.
    excluded: Vec<Excluded>,
    /// Those who may be the ones whom it is about: for them it does not exist until another member has
    /// looked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withheld: Vec<MemberId>,
    /// Those who may know that it exists, and no more: looked at, and neither of the above.
    outside: Vec<MemberId>,
    /// Those of them from whom two took it: neither the seat nor one who shares brings it back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<MemberId>,
    /// In which edition members were looked at who are not in their first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    looked: BTreeMap<MemberId, u32>,
    /// Holders of pieces who were looked at, by their key, and whether they are kept out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    holders: BTreeMap<KeyId, bool>,
    /// Whether the service changed it by itself, and the log does not say so yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    unwritten: bool,
}

/// One who may open a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entitled {
    /// Which member.
    pub member: MemberId,
    /// By what.
    pub by: Basis,
    /// The key to which the newest ring has a copy; `None` while it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
}

/// Why somebody may open a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The seat, or standing in for whoever holds it.
    Seat,
    /// Another who may open it shared it.
    Shared,
}

/// One for whom a case does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// Which member.
    pub member: MemberId,
    /// Why.
    pub ground: Ground,
    /// Since when.
    pub since: Date,
}

impl Circle {
    /// What a member is to the case.
    pub fn relation_of(&self, member: MemberId) -> Relation {
        if self.entitled.iter().any(|one| one.member == member) {
            Relation::Entitled
        } else if self.outside.contains(&member) {
            Relation::Outside
        } else {
            // Excluded, withheld, or nobody has looked yet.
            Relation::Excluded
        }
    }

    /// The same without the names of the case's keys: who may open what is alike in most cases, so that
    /// many can share it. It is for reading; what is sealed again is the whole.
    #[must_use]
    pub fn without_keys(mut self) -> Self {
        self.keys = Vec::new();
        self
    }

    /// The public half of the newest of the case's keys.
    pub fn newest_key(&self) -> Option<&str> {
        self.keys.first().map(String::as_str)
    }

    /// Whether this is the newest of the case's keys, and these are all of them.
    pub fn fits<'k>(&self, newest: &str, mut all: impl Iterator<Item = &'k str>) -> bool {
        self.newest_key() == Some(newest)
            && all.all(|key| self.keys.iter().any(|known| known == key))
    }

    /// Notes that the case has a ring of this key, the newest from now on.
    pub fn note_key(&mut self, public: &str) {
        self.keys.retain(|known| known != public);
        self.keys.insert(0, public.to_owned());
    }

    /// Forgets the keys of before: nothing is sealed to them any more.
    pub fn forget_older_keys(&mut self) {
        self.keys.truncate(1);
    }

    /// Whether anybody has looked whether this holder of pieces may know of the case.
    pub fn knows_holder(&self, holder: &KeyId) -> bool {
        self.holders.contains_key(holder)
    }

    /// Whether this holder gets no piece of the case's key.
    pub fn is_holder_out(&self, holder: &KeyId) -> bool {
        self.holders.get(holder).is_some_and(|out| *out)
    }

    /// Notes that a holder of pieces was looked at; whoever is out stays so. Says whether that keeps one
    /// out who was not.
    pub fn note_holder(&mut self, holder: KeyId, out: bool) -> bool {
        let noted = self.holders.entry(holder).or_default();
        let new = out && !*noted;
        *noted |= out;
        new
    }

    /// Notes that the service changes it by itself, of which the log learns
    /// [later](crate::access::rulings).
    pub fn ruled_by_service(&mut self) {
        self.unwritten = true;
    }

    /// Whether the log has to learn of it.
    pub fn is_unwritten(&self) -> bool {
        self.unwritten
    }

    /// Notes that the log says so.
    pub fn note_written(&mut self) {
        self.unwritten = false;
    }

    /// Those who may open it.
    pub fn entitled(&self) -> &[Entitled] {
        &self.entitled
    }

    /// Those for whom it does not exist.
    pub fn excluded(&self) -> &[Excluded] {
        &self.excluded
    }

    /// Those who may be the ones whom it is about.
    pub fn withheld(&self) -> &[MemberId] {
        &self.withheld
    }

    /// What is missing to act on the case because somebody is kept out of it; what is missing anyhow is
    /// the committee's to mend, not the case's.
    pub fn shortage(&self, members: &[MemberProfile], today: Date) -> Vec<Shortage> {
        let all = entitlement::first(members, &Findings::default(), today);
        match (self.sufficiency(members, today), all.sufficiency) {
            (Sufficiency::Enough, _) => Vec::new(),
            (Sufficiency::TooFew { why }, Sufficiency::Enough) => why,
            (Sufficiency::TooFew { mut why }, Sufficiency::TooFew { why: anyhow }) => {
                why.retain(|missing| !anyhow.contains(missing));
                why
            }
        }
    }

    fn sufficiency(&self, members: &[MemberProfile], today: Date) -> Sufficiency {
        let now = |entitled: MemberId| {
            let mut members = members.iter();
            members.any(|member| member.id == entitled && member.in_office(today))
        };
        let entitled = self.entitled.iter().filter(|one| now(one.member)).count();
        let may_act = |member| !self.excluded.iter().any(|one| one.member == member);
        quorum::sufficiency(members, may_act, entitled, today)
    }

    /// Whether anybody has looked whether this member may know of the case.
    pub fn knows(&self, member: MemberId) -> bool {
        self.relation_of(member) != Relation::Excluded || self.is_kept_out(member)
    }

    /// Whether a member was last looked at as they are now; of one whom nobody has looked at at all it says
    /// nothing.
    pub fn has_looked_at(&self, member: &MemberProfile) -> bool {
        let looked = self.looked.get(&member.id).copied().unwrap_or_default();
        looked >= member.edition
    }

    /// Notes that a member was looked at as they are now.
    pub fn note_look(&mut self, member: &MemberProfile) {
        if member.edition > 0 {
            self.looked.insert(member.id, member.edition);
        }
    }

    /// Whether the newest ring has a copy for a member.
    pub fn has_copy(&self, member: MemberId) -> bool {
        let mut entitled = self.entitled.iter();
        entitled.any(|one| one.member == member && one.key.is_some())
    }

    /// Whether a member is excluded, or withheld.
    pub fn is_kept_out(&self, member: MemberId) -> bool {
        self.withheld.contains(&member) || self.excluded.iter().any(|one| one.member == member)
    }

    /// Whether two took the case from a member, without a conflict.
    pub fn is_withdrawn(&self, member: MemberId) -> bool {
        self.withdrawn.contains(&member)
    }

    /// Lets a member open it; one who is kept out, or from whom it was taken, stays so. Says whether
    /// anything changed.
    pub fn entitle(&mut self, member: MemberId, by: Basis) -> bool {
        if self.is_kept_out(member)
            || self.entitled.iter().any(|one| one.member == member)
            || self.is_withdrawn(member)
        {
            return false;
        }
        self.outside.retain(|one| *one != member);
        self.entitled.push(Entitled {
            member,
            by,
            key: None,
        });
        true
    }

    /// Keeps a member out, from now on. Says whether anything changed.
    pub fn exclude(&mut self, member: MemberId, ground: Ground, since: Date) -> bool {
        if self.excluded.iter().any(|one| one.member == member) {
            return false;
        }
        self.entitled.retain(|one| one.member != member);
        self.outside.retain(|one| *one != member);
        self.withdrawn.retain(|one| *one != member);
        self.withheld.retain(|one| *one != member);
        self.excluded.push(Excluded {
            member,
            ground,
            since,
        });
        true
    }

    /// Withholds the case from a member who may be the one whom it is about, unless it is known that
    /// they are, or are not. Says whether anything changed.
    pub fn withhold(&mut self, member: MemberId) -> bool {
        let new = !self.knows(member);
        if new {
            self.withheld.push(member);
        }
        new
    }

    /// [`Self::withhold`] for a member who was looked at before, as somebody else; one who is kept out
    /// stays so.
    pub fn withhold_again(&mut self, member: MemberId) {
        if !self.is_kept_out(member) {
            self.entitled.retain(|one| one.member != member);
            self.outside.retain(|one| *one != member);
            self.withdrawn.retain(|one| *one != member);
            self.withheld.push(member);
        }
    }

    /// Takes away what a member had by a seat of before that gives no case; what was shared stays.
    pub fn leave_seat(&mut self, member: MemberId) {
        let before = self.entitled.len();
        self.entitled
            .retain(|one| one.member != member || one.by != Basis::Seat);
        if self.entitled.len() < before {
            self.outside.push(member);
        }
    }

    /// Takes the entitlement away without a conflict: the member may still know of the case.
    pub fn withdraw(&mut self, member: MemberId) -> bool {
        let before = self.entitled.len();
        self.entitled.retain(|one| one.member != member);
        let was_entitled = self.entitled.len() < before;
        if was_entitled {
            self.outside.push(member);
            self.withdrawn.push(member);
        }
        was_entitled
    }

    /// Notes that a member may know of the case, unless more or less is known already.
    pub fn note_outside(&mut self, member: MemberId) -> bool {
        let new = !self.knows(member);
        if new {
            self.outside.push(member);
        }
        new
    }

    /// Takes back that a member was kept out, for somebody of the same name or a mistake, or that the case
    /// was taken from them: they may know of it again, and open it if the seat entitles them. Says
    /// whether anything changed.
    pub fn lift(&mut self, member: MemberId) -> bool {
        let was_kept_out = self.is_kept_out(member);
        self.excluded.retain(|one| one.member != member);
        self.withheld.retain(|one| *one != member);
        if was_kept_out {
            self.outside.push(member);
        }
        let was_withdrawn = self.is_withdrawn(member);
        self.withdrawn.retain(|one| *one != member);
        was_kept_out || was_withdrawn
    }

    /// Gives a member, whom nobody has looked at, what was decided about the same person under a
    /// membership of before. Says whether anything was.
    pub fn take_after(&mut self, before: MemberId, member: MemberId, today: Date) -> bool {
        let excluded = self.excluded.iter().find(|one| one.member == before);
        if let Some(ground) = excluded.map(|one| one.ground) {
            return self.exclude(member, ground, today);
        }
        if self.withheld.contains(&before) {
            return self.withhold(member);
        }
        if self.withdrawn.contains(&before) {
            self.withdrawn.push(member);
            return self.note_outside(member);
        }
        false
    }

    /// Forgets a member who is none any more, but not what was decided about the person, who may come
    /// back. Says whether they could open it.
    pub fn forget(&mut self, member: MemberId) -> bool {
        self.outside.retain(|one| *one != member);
        self.looked.remove(&member);
        let before = self.entitled.len();
        self.entitled.retain(|one| one.member != member);
        self.entitled.len() < before
    }

    /// Notes for whom a ring has a copy, and gives their keys: everybody entitled whose key is known.
    pub fn copied_to(
        &mut self,
        key_of: impl Fn(MemberId) -> Option<PersonRecipient>,
    ) -> Vec<PersonRecipient> {
        let mut people = Vec::new();
        for one in &mut self.entitled {
            let key = key_of(one.member);
            one.key = key.as_ref().map(PersonRecipient::key_id);
            people.extend(key);
        }
        people
    }

    /// Whether somebody has a copy of the newest key who may have none.
    pub fn has_stale_copies(&self, key_of: impl Fn(MemberId) -> Option<PersonRecipient>) -> bool {
        let mut entitled = self.entitled.iter();
        entitled.any(|one| one.key.is_some() && key_of(one.member).is_none())
    }

    /// Whether somebody entitled waits for a copy, or has one under a key of before.
    pub fn owes_copies(&self, key_of: impl Fn(MemberId) -> Option<PersonRecipient>) -> bool {
        self.entitled.iter().any(|one| {
            let key = key_of(one.member).map(|key| key.key_id());
            key.is_some() && key != one.key
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use opening::PersonIdentity;
    use proptest::prelude::*;

    use super::*;

    fn member(n: u8) -> MemberId {
        MemberId([n; 16])
    }

    const DAY: Date = Date::constant(2026, 3, 4);

    #[test]
    fn whoever_nobody_has_looked_at_does_not_know_of_the_case() {
        let circle = Circle::default();
        assert_eq!(circle.relation_of(member(1)), Relation::Excluded);
        assert!(!circle.knows(member(1)));
    }

    #[test]
    fn copies_are_owed_until_the_ring_has_the_newest_key() {
        let mut circle = Circle::default();
        let (old, new) = (
            PersonIdentity::generate().recipient(),
            PersonIdentity::generate().recipient(),
        );
        circle.entitle(member(1), Basis::Seat);
        // Somebody invited who has no key yet is owed nothing.
        assert!(!circle.owes_copies(|_| None));
        assert!(circle.owes_copies(|_| Some(old.clone())));
        let copied = circle.copied_to(|_| Some(old.clone()));
        assert_eq!(copied.as_slice(), std::slice::from_ref(&old));
        assert!(!circle.owes_copies(|_| Some(old.clone())));
        assert!(circle.owes_copies(|_| Some(new.clone())));
    }

    #[derive(Debug, Clone)]
    enum Step {
        Entitle(u8),
        Exclude(u8),
        Withdraw(u8),
        Outside(u8),
        Forget(u8),
        Withhold(u8),
        WithholdAgain(u8),
        LeaveSeat(u8),
    }

    fn step() -> impl Strategy<Value = Step> {
        let who = 0_u8..4;
        prop_oneof![
            who.clone().prop_map(Step::Entitle),
            who.clone().prop_map(Step::Exclude),
            who.clone().prop_map(Step::Withdraw),
            who.clone().prop_map(Step::Outside),
            who.clone().prop_map(Step::Forget),
            who.clone().prop_map(Step::Withhold),
            who.clone().prop_map(Step::WithholdAgain),
            who.prop_map(Step::LeaveSeat),
        ]
    }

    #[test]
    fn what_two_took_away_neither_the_seat_nor_one_who_shares_brings_back() {
        let mut circle = Circle::default();
        circle.entitle(member(1), Basis::Seat);
        assert!(circle.withdraw(member(1)));
        assert!(!circle.entitle(member(1), Basis::Seat));
        assert!(!circle.entitle(member(1), Basis::Shared));
        assert_eq!(circle.relation_of(member(1)), Relation::Outside);
        assert!(circle.lift(member(1)));
        assert!(circle.entitle(member(1), Basis::Shared));
    }

    #[test]
    fn what_was_decided_about_somebody_holds_in_their_next_membership() {
        let mut circle = Circle::default();
        circle.exclude(member(1), Ground::Declared, DAY);
        circle.withhold(member(2));
        circle.entitle(member(3), Basis::Seat);
        circle.withdraw(member(3));
        circle.entitle(member(4), Basis::Seat);
        for n in 1..=4 {
            circle.forget(member(n));
        }
        for (n, decided) in [(1, true), (2, true), (3, true), (4, false)] {
            assert_eq!(
                circle.take_after(member(n), member(n + 10), DAY),
                decided,
                "{n}"
            );
        }
        assert_eq!(circle.relation_of(member(11)), Relation::Excluded);
        assert_eq!(circle.relation_of(member(12)), Relation::Excluded);
        assert!(!circle.entitle(member(13), Basis::Seat));
        assert_eq!(circle.relation_of(member(13)), Relation::Outside);
        assert!(circle.entitle(member(14), Basis::Seat));
    }

    #[test]
    fn a_namesake_is_let_back_in() {
        let mut circle = Circle::default();
        circle.exclude(member(1), Ground::Named, DAY);
        assert!(circle.lift(member(1)));
        assert_eq!(circle.relation_of(member(1)), Relation::Outside);
        assert!(circle.entitle(member(1), Basis::Seat));
        assert!(!circle.lift(member(1)));
    }

    proptest! {
        #[test]
        fn whoever_was_excluded_stays_so_whatever_comes(steps in prop::collection::vec(step(), 0..40)) {
            let mut circle = Circle::default();
            let mut excluded = BTreeSet::new();
            for step in steps {
                match step {
                    Step::Entitle(n) => { circle.entitle(member(n), Basis::Shared); }
                    Step::Exclude(n) => {
                        circle.exclude(member(n), Ground::Declared, DAY);
                        excluded.insert(n);
                    }
                    Step::Withdraw(n) => { circle.withdraw(member(n)); }
                    Step::Outside(n) => { circle.note_outside(member(n)); }
                    Step::Forget(n) => { circle.forget(member(n)); }
                    Step::Withhold(n) => { circle.withhold(member(n)); }
                    Step::WithholdAgain(n) => circle.withhold_again(member(n)),
                    Step::LeaveSeat(n) => circle.leave_seat(member(n)),
                }
                for n in 0..4 {
                    let lists = usize::from(circle.entitled.iter().any(|one| one.member == member(n)))
                        + usize::from(circle.outside.contains(&member(n)))
                        + usize::from(circle.withheld.contains(&member(n)))
                        + usize::from(circle.excluded.iter().any(|one| one.member == member(n)));
                    prop_assert!(lists <= 1, "in one list at most");
                }
                for n in &excluded {
                    prop_assert_eq!(circle.relation_of(member(*n)), Relation::Excluded);
                }
            }
        }
    }
}
