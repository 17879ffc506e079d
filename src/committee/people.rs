//! Who the members are, as far as entitlements and conflicts are concerned: profiles and keys.

use std::collections::BTreeMap;

use domain::committee::{MemberId, MemberProfile};
use opening::PersonRecipient;

/// Everybody who may come to a case, with their keys.
#[derive(Debug, Clone, Default)]
pub struct People {
    profiles: Vec<MemberProfile>,
    keys: BTreeMap<MemberId, PersonRecipient>,
}

impl People {
    /// Adds a member; one who was invited and has not come yet has no key.
    pub fn add(&mut self, profile: MemberProfile, key: Option<PersonRecipient>) {
        if let Some(key) = key {
            self.keys.insert(profile.id, key);
        }
        self.profiles.push(profile);
    }

    /// All of them.
    pub fn profiles(&self) -> &[MemberProfile] {
        &self.profiles
    }

    /// One of them.
    pub fn profile(&self, member: MemberId) -> Option<&MemberProfile> {
        self.profiles.iter().find(|profile| profile.id == member)
    }

    /// A member's key.
    pub fn key(&self, member: MemberId) -> Option<PersonRecipient> {
        self.keys.get(&member).cloned()
    }

    /// Whether anybody can open anything.
    pub fn any_key(&self) -> bool {
        !self.keys.is_empty()
    }

    /// Whether this is one of them.
    pub fn has(&self, member: MemberId) -> bool {
        self.profile(member).is_some()
    }
}
