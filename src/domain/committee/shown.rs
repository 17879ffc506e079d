//! What is told of why a member may not know of a case: never so much that one reader alone learns who
//! filed it, which takes two (`Act::UnmaskIdentity`).
//!
//! Of whoever filed under the own name, of a witness, and of whomever the person who files does not want
//! to read it, the same is said: that there is a conflict, and that the reason is reserved. The policy
//! and the circle of a case know the true ground; pages, the interface, what is taken out and the log
//! know only this.

use super::{Conflict, Doubt, Ground, Reason};
use crate::coded_enum;

coded_enum! {
    /// Why a member may not know of a case, as it is told.
    pub enum ShownGround {
        /// Is denounced in it.
        Denounced = "DENUNCIADA",
        /// Filed it, is a witness, or is not wanted by whoever filed: which of them is not told.
        Reserved = "RESERVADO",
        /// Works in the administrative unit that it is about (CHIS 34).
        Unit = "UNIDAD",
        /// Is named in what was written.
        Named = "MENCIONADA",
        /// The member declared a conflict (CHIS 34; LGRA 58).
        Declared = "DECLARADO",
        /// The committee decided so.
        Decided = "DECIDIDO",
    }
}

impl Ground {
    /// As it is told.
    pub const fn shown(self) -> ShownGround {
        match self {
            Self::Complainant | Self::Witness | Self::KeptFrom => ShownGround::Reserved,
            Self::Denounced => ShownGround::Denounced,
            Self::Unit => ShownGround::Unit,
            Self::Named => ShownGround::Named,
            Self::Declared => ShownGround::Declared,
            Self::Decided => ShownGround::Decided,
        }
    }
}

impl Conflict {
    /// What of the case is told to point to the member: nothing, where the ground is reserved.
    pub fn shown_reasons(&self) -> impl Iterator<Item = &Reason> {
        let told = self.ground.shown() != ShownGround::Reserved;
        shown(&self.reasons).filter(move |_| told)
    }
}

impl Doubt {
    /// What of the case is told to point to the member.
    pub fn shown_reasons(&self) -> impl Iterator<Item = &Reason> {
        shown(&self.reasons)
    }
}

/// Without what stands in the reserved identity, which may come beside graver grounds.
fn shown(reasons: &[Reason]) -> impl Iterator<Item = &Reason> {
    let told = |reason: &&Reason| !reason.field.starts_with("identity.");
    reasons.iter().filter(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::committee::{How, MemberId};
    use crate::complaint::SecretText;

    fn conflict(ground: Ground) -> Conflict {
        let reason = |field: &str| Reason {
            field: field.to_owned(),
            written: SecretText::from("Casilda".to_owned()),
            matched: How::Given,
            misspelt: false,
        };
        Conflict {
            member: MemberId([1; 16]),
            ground,
            reasons: vec![reason("people[0].name"), reason("identity.name")],
        }
    }

    #[test]
    fn whoever_filed_is_told_as_whoever_is_a_witness_or_not_wanted() {
        for ground in [Ground::Complainant, Ground::Witness, Ground::KeptFrom] {
            assert_eq!(ground.shown(), ShownGround::Reserved);
            assert_eq!(conflict(ground).shown_reasons().count(), 0);
        }
    }

    #[test]
    fn who_filed_is_no_reason_beside_others() {
        for ground in Ground::ALL {
            if ground.shown() != ShownGround::Reserved {
                let conflict = conflict(*ground);
                let fields: Vec<&str> = conflict
                    .shown_reasons()
                    .map(|reason| &*reason.field)
                    .collect();
                assert_eq!(fields, ["people[0].name"]);
            }
        }
    }
}
