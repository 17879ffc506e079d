//! Who the members are, as far as entitlements and conflicts are concerned: profiles and keys.

use std::collections::{BTreeMap, BTreeSet};

use domain::committee::{MemberId, MemberProfile};
use opening::PersonRecipient;

/// Everybody who may come to a case, with their keys.
#[derive(Debug, Clone, Default)]
pub struct People {
    profiles: Vec<MemberProfile>,
    keys: BTreeMap<MemberId, PersonRecipient>,
    suspended: BTreeSet<MemberId>,
    former: BTreeMap<MemberId, Vec<MemberId>>,
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

    /// Notes that a member seems to be one of before, under another membership.
    pub fn note_former(&mut self, member: MemberId, before: MemberId) {
        self.former.entry(member).or_default().push(before);
    }

    /// Memberships of before that seem to be the same person's: what was decided about that person in a
    /// case still holds.
    pub fn former(&self, member: MemberId) -> &[MemberId] {
        self.former.get(&member).map_or(&[], Vec::as_slice)
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
