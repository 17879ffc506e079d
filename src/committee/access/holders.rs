//! Holders of pieces whom a case is about get none of it, whether they are members or not.
//!
//! A holder is found by the name in the list of holders, as members are by theirs. The circle keeps
//! who was looked at, and who is out, by key: later rings need not know what was written. A holder whom
//! nobody has looked at may be the one whom the case is about, so they get a piece only after a look.
//! An institution that holds pieces, such as a notary's office, is nobody whom a text could name.

use domain::committee::conflict::{self, Findings};
use domain::committee::{
    Ground, How, MemberId, MemberProfile, PersonName, Seat, Standing, Term, Unit,
};
use domain::complaint::{NamePart, SecretText};
use opening::recovery::Holder;
use sealing::KeyId;
use store::casefiles::CaseId;

use super::{Access, AccessError, ConflictDocument};
use crate::circle::Circle;

/// Words of offices and institutions, which are part of nobody's name.
const OFFICE: [&str; 24] = [
    "organo",
    "órgano",
    "interno",
    "control",
    "oic",
    "notaria",
    "notaría",
    "notario",
    "dirección",
    "publica",
    "pública",
    "publico",
    "público",
    "unidad",
    "oficina",
    "titular",
    "secretaria",
    "secretaría",
    "comite",
    "comité",
    "caja",
    "imss",
    "instituto",
    "direccion",
];

/// Words between the parts of a name, which go with the one after them.
const PARTICLES: [&str; 9] = ["de", "del", "la", "las", "los", "y", "e", "da", "von"];

/// What in a text is a name, and not a seat or a place of work.
const BY_NAME: [How; 6] = [
    How::FullName,
    How::Name,
    How::Surnames,
    How::Initial,
    How::Surname,
    How::Given,
];

impl Access {
    /// Notes the holders whom nobody has looked at, and of them and the others those whom this finds.
    /// `look` finds profiles in what was written.
    pub(super) fn look_for_holders(
        &self,
        circle: &mut Circle,
        look: impl Fn(&[MemberProfile]) -> Findings,
    ) {
        let named = self.holders_found(look);
        for holder in self.holders() {
            circle.note_holder(holder.recipient.key_id(), false);
        }
        for holder in named {
            circle.note_holder(holder, true);
        }
    }

    /// Whether there are holders whom nobody has looked at.
    pub(super) fn has_new_holders(&self, circle: &Circle) -> bool {
        let mut holders = self.holders().iter();
        holders.any(|holder| !circle.knows_holder(&holder.recipient.key_id()))
    }

    /// Keeps out of a case whom a further message names, members and holders. Says whether the case has
    /// a new key since.
    ///
    /// # Errors
    /// See [`Access::exclude`].
    pub async fn keep_out_named(
        &self,
        case: CaseId,
        circle: &Circle,
        text: &str,
    ) -> Result<bool, AccessError> {
        let look = |profiles: &[MemberProfile]| conflict::assess_text(text, profiles, self.today);
        let mut found = look(self.people.profiles());
        let known = |member| circle.excluded().iter().any(|known| known.member == member);
        found.conflicts.retain(|one| !known(one.member));
        let whom: Vec<(MemberId, Ground)> = found
            .conflicts
            .iter()
            .map(|one| (one.member, one.ground))
            .collect();
        let mut holders = self.holders_found(look);
        holders.retain(|holder| !circle.is_holder_out(holder));
        if whom.is_empty() && holders.is_empty() {
            return Ok(false);
        }
        let told = if whom.is_empty() {
            ConflictDocument::default()
        } else {
            found.into()
        };
        self.exclude_with(case, &whom, &holders, told).await
    }

    fn holders(&self) -> &[Holder] {
        self.recovery
            .as_ref()
            .map_or(&[], |recovery| recovery.holders())
    }

    fn holders_found(&self, look: impl Fn(&[MemberProfile]) -> Findings) -> Vec<KeyId> {
        let is_named = |holder: &&Holder| {
            let profiles: Vec<MemberProfile> = readings(&holder.name)
                .into_iter()
                .map(|name| self.as_profile(name))
                .collect();
            let found = look(&profiles);
            let certain = found.conflicts.iter().flat_map(|one| &one.reasons);
            let withheld = found.doubts.iter().filter(|doubt| doubt.withheld);
            certain
                .chain(withheld.flat_map(|doubt| &doubt.reasons))
                .any(|reason| BY_NAME.contains(&reason.matched))
        };
        self.holders()
            .iter()
            .filter(is_named)
            .map(|holder| holder.recipient.key_id())
            .collect()
    }

    /// As a member who has no unit and was never in office: nothing but the name points to them.
    fn as_profile(&self, name: PersonName) -> MemberProfile {
        MemberProfile {
            id: MemberId([0; 16]),
            name,
            seat: Seat::Invitada,
            standing: Standing::Titular,
            unit: Unit::default(),
            term: Term {
                from: self.today,
                until: None,
            },
            agreement_on: None,
            suspended_from: None,
            edition: 0,
        }
    }
}

/// Whether a holder gets a piece of a case: whoever was looked at and not found.
pub(super) fn counts(holder: &Holder, circle: &Circle, members: &[&str]) -> bool {
    let key = holder.recipient.key_id();
    let looked_at = circle.knows_holder(&key) || readings(&holder.name).is_empty();
    looked_at && !circle.is_holder_out(&key) && !members.contains(&holder.name.as_str())
}

/// What a name in one line may mean: with two surnames, and with one. None for an institution.
fn readings(name: &str) -> Vec<PersonName> {
    let mut words: Vec<String> = Vec::new();
    let mut particles = String::new();
    let letters = |c: char| !c.is_alphabetic();
    for word in name.split(letters).filter(|word| !word.is_empty()) {
        let small = word.to_lowercase();
        if PARTICLES.contains(&small.as_str()) {
            particles.push_str(word);
            particles.push(' ');
        } else if OFFICE.contains(&small.as_str()) {
            particles.clear();
        } else {
            words.push(format!("{particles}{word}"));
            particles.clear();
        }
    }
    let reading = |surnames: usize| {
        let at = words.len().checked_sub(surnames).filter(|at| *at > 0)?;
        let (given, rest) = words.split_at(at);
        let part = |text: String| NamePart::parse(SecretText::from(text)).ok();
        let second = match rest.get(1) {
            Some(second) => Some(part(second.clone())?),
            None => None,
        };
        let first = part(rest.first()?.clone())?;
        PersonName::new(part(given.join(" "))?, first, second).ok()
    };
    [2, 1].into_iter().filter_map(reading).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_one_line_is_read_with_two_surnames_and_with_one() {
        let read = |name: &str| -> Vec<[String; 3]> {
            readings(name)
                .iter()
                .map(|name| {
                    let second = name.second_surname().unwrap_or_default();
                    [name.given(), name.first_surname(), second].map(str::to_owned)
                })
                .collect()
        };
        assert_eq!(read("Ana Ruiz"), [["Ana", "Ruiz", ""]]);
        assert_eq!(
            read("Gema de la Cruz Ancona"),
            [
                ["Gema", "de la Cruz", "Ancona"],
                ["Gema de la Cruz", "Ancona", ""]
            ]
        );
        for office in ["Órgano Interno de Control", "Notaría 12", "OIC", ""] {
            assert!(read(office).is_empty(), "{office}");
        }
    }
}
