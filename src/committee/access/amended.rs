//! Looking a case through again for members who were changed since: another name or unit may be one that
//! the case is about.

use domain::committee::conflict::Findings;
use domain::committee::{MemberProfile, Relation, entitlement};

use super::Access;
use crate::circle::Circle;

impl Access {
    /// Those who were looked at as they are no more.
    pub(super) fn amended_since(&self, circle: &Circle) -> Vec<MemberProfile> {
        let people = self.people.profiles().iter();
        people
            .filter(|profile| circle.knows(profile.id) && !circle.has_looked_at(profile))
            .cloned()
            .collect()
    }

    /// Notes what was found of them. What was taken from them before stays taken: another name or unit
    /// gives nothing back. Says whether one of them had a copy of the key and is to have none any more.
    pub(super) fn note_amended(
        &self,
        circle: &mut Circle,
        amended: &[MemberProfile],
        found: &Findings,
    ) -> bool {
        let mut lost = false;
        for profile in amended {
            let id = profile.id;
            let had = circle.has_copy(id);
            if let Some(conflict) = found.conflict(id) {
                circle.exclude(id, conflict.ground, self.today);
            } else if found.is_withheld(id) {
                circle.withhold_again(id);
            } else if !entitlement::gives_cases(profile.seat) {
                circle.leave_seat(id);
            }
            circle.note_look(profile);
            lost |= had && circle.relation_of(id) != Relation::Entitled;
        }
        lost
    }
}
