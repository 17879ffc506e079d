//! Who the members are, as far as entitlements and conflicts are concerned: profiles and keys.

use std::collections::{BTreeMap, BTreeSet};

use domain::committee::{MemberId, MemberProfile, conflict};
use jiff::civil::Date;
use opening::PersonRecipient;

/// Everybody who may come to a case, with their keys.
#[derive(Debug, Clone, Default)]
pub struct People {
    profiles: Vec<MemberProfile>,
    keys: BTreeMap<MemberId, PersonRecipient>,
    suspended: BTreeSet<MemberId>,
    ended: Vec<MemberProfile>,
}

impl People {
    /// Adds a member; one who was invited and has not come yet has no key.
    pub fn add(&mut self, profile: MemberProfile, key: Option<PersonRecipient>) {
        if let Some(key) = key {
            self.keys.insert(profile.id, key);
        }
        self.profiles.push(profile);
    }

    /// Notes that a member is suspended: as long as that lasts, nothing is wrapped to their key.
    pub fn suspend(&mut self, member: MemberId) {
        self.suspended.insert(member);
    }

    /// Notes a membership that has ended.
    pub fn note_ended(&mut self, profile: MemberProfile) {
        self.ended.push(profile);
    }

    /// Ended memberships of somebody who has the whole name of a member, and so seems to be the same
    /// person: what was decided about that person in a case still holds.
    pub fn former<'a>(
        &'a self,
        member: &'a MemberProfile,
        today: Date,
    ) -> impl Iterator<Item = MemberId> + 'a {
        self.ended
            .iter()
            .filter(move |before| {
                let name = before.name.full();
                let found = conflict::assess_text(&name, std::slice::from_ref(member), today);
                found.conflict(member.id).is_some()
            })
            .map(|before| before.id)
    }

    /// All of them.
    pub fn profiles(&self) -> &[MemberProfile] {
        &self.profiles
    }

    /// One of them.
    pub fn profile(&self, member: MemberId) -> Option<&MemberProfile> {
        self.profiles.iter().find(|profile| profile.id == member)
    }

    /// A member's key, to which keys of cases may be wrapped.
    pub fn key(&self, member: MemberId) -> Option<PersonRecipient> {
        let key = self.keys.get(&member);
        key.filter(|_| !self.is_suspended(member)).cloned()
    }

    /// Whether anybody can open anything.
    pub fn any_key(&self) -> bool {
        let mut holders = self.keys.keys();
        holders.any(|member| !self.is_suspended(*member))
    }

    /// Whether a member is suspended, and may have no copy of any key.
    pub fn is_suspended(&self, member: MemberId) -> bool {
        self.suspended.contains(&member)
    }

    /// Whether this is one of them.
    pub fn has(&self, member: MemberId) -> bool {
        self.profile(member).is_some()
    }
}
