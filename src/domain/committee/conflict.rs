//! Who of the committee may not know of a case, found in what was filed (CHIS 34 and 39; LGRA 58).
//!
//! Two degrees. A [`Conflict`] excludes: for that member the case does not exist. A [`Doubt`] may be a
//! namesake; where the text was about who is accused, or about who must not see it, the member gets no
//! key until another member has looked ([`Doubt::withheld`]), and can be let in with one act.
//!
//! A full name in the story excludes as well. Nobody may read what others tell of them before it is
//! looked into; and whoever is named as accomplice, as the one who did nothing, or as a friend of the
//! accused is rarely written into the field for the accused.

mod search;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::search::Search;
use super::{Ground, How, MemberId, MemberProfile};
use crate::complaint::{Complaint, LongText, SecretText, ShortText};

/// The field of a reason that lies in the text of a further message.
pub const TEXT: &str = "text";

/// One place in what was filed that points to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Where: the path of the field, as in the form and in the API: `people[0].name`.
    pub field: String,
    /// What was written there, at most 80 code points.
    pub written: SecretText,
    /// How it points to the member.
    pub matched: How,
    /// Whether a letter of the name was wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub misspelt: bool,
}

/// A member who may not know of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Who.
    pub member: MemberId,
    /// The gravest ground, in the order of [`Ground::ALL`].
    pub ground: Ground,
    /// All that points to the member, also on other grounds.
    pub reasons: Vec<Reason>,
}

/// A member who may be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubt {
    /// Who.
    pub member: MemberId,
    /// Whether the member gets no key until somebody has looked.
    pub withheld: bool,
    /// All that points to the member.
    pub reasons: Vec<Reason>,
}

/// All that was found in a text. Every member is in one of the lists at most.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Findings {
    /// Who is excluded.
    pub conflicts: Vec<Conflict>,
    /// Who may be meant.
    pub doubts: Vec<Doubt>,
    /// Wishes to keep somebody out that point to no member: fields of [`Complaint::keep_from`]. A
    /// member has to read them.
    pub unplaced: Vec<String>,
}

impl Findings {
    /// The conflict of a member.
    pub fn conflict(&self, member: MemberId) -> Option<&Conflict> {
        self.conflicts.iter().find(|one| one.member == member)
    }

    /// Whether a member gets no key until somebody has looked.
    pub fn is_withheld(&self, member: MemberId) -> bool {
        let mut doubts = self.doubts.iter();
        doubts.any(|doubt| doubt.member == member && doubt.withheld)
    }
}

/// Looks in a complaint for members who may not know of it. All members that are or were known should
/// be given, whether in office or not.
pub fn assess(complaint: &Complaint, members: &[MemberProfile], today: Date) -> Findings {
    let mut search = Search::new(members, today);
    for (index, person) in complaint.people.iter().enumerate() {
        let at = |field: &str| format!("people[{index}].{field}");
        if let Some(name) = &person.name {
            search.denounced(&at("name"), name.expose());
        }
        let unnamed = person.name.is_none();
        let rest = [
            ("position", person.position.as_ref().map(ShortText::expose)),
            ("area", person.area.as_ref().map(ShortText::expose)),
            (
                "description",
                person.description.as_ref().map(LongText::expose),
            ),
        ];
        for (field, text) in rest {
            if let Some(text) = text {
                search.described(&at(field), text, unnamed);
            }
        }
    }
    for (index, text) in complaint.keep_from.iter().enumerate() {
        search.kept_from(&format!("keep_from[{index}]"), text.expose());
    }
    for (index, witness) in complaint.witnesses.iter().enumerate() {
        if let Some(name) = &witness.name {
            search.witness(&format!("witnesses[{index}].name"), name.expose());
        }
        if let Some(contact) = &witness.contact {
            search.story(&format!("witnesses[{index}].contact"), contact.expose());
        }
    }
    search.story("narrative", complaint.narrative.expose());
    for (field, text) in [
        ("workplace.place", &complaint.workplace.place),
        ("facts.place_detail", &complaint.facts.place_detail),
    ] {
        if let Some(text) = text {
            search.story(field, text.expose());
        }
    }
    search.workplace(complaint);
    search.reporter(complaint);
    search.finish()
}

/// Looks in a further message for members named in it.
pub fn assess_text(text: &str, members: &[MemberProfile], today: Date) -> Findings {
    let mut search = Search::new(members, today);
    search.story(TEXT, text);
    search.finish()
}

#[cfg(test)]
mod tests;
