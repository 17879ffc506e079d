//! Who of the committee may not know of a case, found in what was filed (CHIS 34 and 39; LGRA 58).
//!
//! Two degrees. A [`Conflict`] excludes: for that member the case does not exist. A [`Doubt`] may be a
//! namesake; where the text was about who is accused, or about who must not see it, the member gets no
//! key until another member has looked ([`Doubt::withheld`]), and can be let in with one act.
//!
//! A full name in the story excludes as well. Nobody may read what others tell of them before it is
//! looked into; and whoever is named as accomplice, as the one who did nothing, or as a friend of the
//! accused is rarely written into the field for the accused.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::names::{self, How, Kind, Sought, Sure, Text};
use super::posts::{self, Asked, Post};
use super::units::{self, Same};
use super::{Ground, MemberId, MemberProfile};
use crate::catalogue::current;
use crate::complaint::{Complaint, LongText, ReporterRole, SecretText, ShortText};
use crate::traces::EXCERPT;
use crate::traces::folded::Folded;

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

/// What a place in the text means for the member whom it points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Excludes(Ground),
    Withholds,
    Hints,
}

struct Search<'a> {
    members: &'a [MemberProfile],
    today: Date,
    sought: Vec<Sought>,
    found: BTreeMap<MemberId, Vec<(Weight, Reason)>>,
    unplaced: Vec<String>,
}

impl<'a> Search<'a> {
    fn new(members: &'a [MemberProfile], today: Date) -> Self {
        Self {
            members,
            today,
            sought: members
                .iter()
                .map(|member| Sought::new(&member.name))
                .collect(),
            found: BTreeMap::new(),
            unplaced: Vec::new(),
        }
    }

    fn denounced(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Name, |sure, how| match (sure, how) {
            (_, How::Given) => None,
            (Sure::Certain, _) => Some(Weight::Excludes(Ground::Denounced)),
            (Sure::Possible | Sure::Slight, _) => Some(Weight::Withholds),
        });
        self.posts(field, text, Asked::Anybody, Ground::Denounced);
    }

    /// Post, area or description of somebody denounced.
    fn described(&mut self, field: &str, text: &str, unnamed: bool) {
        let ground = if unnamed {
            Ground::Denounced
        } else {
            Ground::Named
        };
        self.names(field, text, Kind::Prose, |sure, _| match sure {
            Sure::Certain => Some(Weight::Excludes(ground)),
            Sure::Possible | Sure::Slight if unnamed => Some(Weight::Withholds),
            Sure::Possible | Sure::Slight => Some(Weight::Hints),
        });
        self.posts(field, text, Asked::Anybody, Ground::Denounced);
    }

    /// Whoever names somebody here means somebody of the committee, so that a surname will do.
    fn kept_from(&mut self, field: &str, text: &str) {
        let before = self.count();
        self.names(field, text, Kind::Name, |sure, how| match (sure, how) {
            (_, How::Given) => Some(Weight::Withholds),
            (Sure::Certain | Sure::Possible | Sure::Slight, _) => {
                Some(Weight::Excludes(Ground::KeptFrom))
            }
        });
        self.posts(field, text, Asked::Committee, Ground::KeptFrom);
        if self.count() == before {
            self.unplaced.push(field.to_owned());
        }
    }

    fn witness(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Name, |sure, how| match (sure, how) {
            (_, How::Given) => None,
            (Sure::Certain, _) => Some(Weight::Excludes(Ground::Witness)),
            (Sure::Possible, _) => Some(Weight::Withholds),
            (Sure::Slight, _) => Some(Weight::Hints),
        });
    }

    fn story(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Prose, |sure, _| match sure {
            Sure::Certain => Some(Weight::Excludes(Ground::Named)),
            Sure::Possible | Sure::Slight => Some(Weight::Hints),
        });
    }

    /// Whoever files with a name is no judge of it. The persons of the special protocols file for
    /// others, and read what they brought.
    fn reporter(&mut self, complaint: &Complaint) {
        let name = complaint
            .identity
            .as_ref()
            .and_then(|identity| identity.name.as_ref());
        let Some(name) = name else { return };
        let brings = complaint.reporter.role == Some(ReporterRole::Counsellor);
        self.names(
            "identity.name",
            name.expose(),
            Kind::Name,
            |sure, _| match sure {
                Sure::Certain if !brings => Some(Weight::Excludes(Ground::Complainant)),
                Sure::Certain | Sure::Possible | Sure::Slight => None,
            },
        );
    }

    fn workplace(&mut self, complaint: &Complaint) {
        let spared = &current().committee().own_unit_spared.seats;
        let told = &complaint.workplace;
        let place = told
            .place
            .as_ref()
            .map(|text| ("workplace.place", text.expose()));
        let region = told.umae.map(|umae| ("workplace.umae", umae.name()));
        let region = region.or(told.ooad.map(|ooad| ("workplace.ooad", ooad.name())));
        for member in self
            .members
            .iter()
            .filter(|member| !spared.contains(&member.seat))
        {
            let (weight, how) = match units::compare(&member.unit, told) {
                Some(Same::Surely) => (Weight::Excludes(Ground::Unit), How::Workplace),
                Some(Same::Perhaps) => (Weight::Withholds, How::Region),
                None => continue,
            };
            let shown = match weight {
                Weight::Withholds => region.or(place),
                Weight::Excludes(_) | Weight::Hints => place.or(region),
            };
            if let Some((field, written)) = shown {
                let reason = reason(field, written, how, false);
                self.found
                    .entry(member.id)
                    .or_default()
                    .push((weight, reason));
            }
        }
    }

    fn names(
        &mut self,
        field: &str,
        text: &str,
        kind: Kind,
        weigh: impl Fn(Sure, How) -> Option<Weight>,
    ) {
        let folded = Folded::new(text);
        let ready = Text::new(&folded, kind);
        for (member, sought) in self.members.iter().zip(&self.sought) {
            let Some(hit) = names::find(sought, &ready) else {
                continue;
            };
            if let Some(weight) = weigh(hit.sure, hit.how) {
                let written = text.get(hit.span).unwrap_or_default();
                let reason = reason(field, written, hit.how, hit.misspelt);
                self.found
                    .entry(member.id)
                    .or_default()
                    .push((weight, reason));
            }
        }
    }

    fn posts(&mut self, field: &str, text: &str, asked: Asked, ground: Ground) {
        let folded = Folded::new(text);
        for post in posts::find(&folded, asked) {
            let how = match post {
                Post::Seat(..) => How::Seat,
                Post::AnyMember => How::Committee,
            };
            for (member, surely) in post.meant(self.members, self.today) {
                let weight = if surely {
                    Weight::Excludes(ground)
                } else {
                    Weight::Withholds
                };
                let reason = reason(field, text, how, false);
                self.found.entry(member).or_default().push((weight, reason));
            }
        }
    }

    fn count(&self) -> usize {
        self.found.values().map(Vec::len).sum()
    }

    fn finish(self) -> Findings {
        let mut findings = Findings {
            unplaced: self.unplaced,
            ..Findings::default()
        };
        for (member, found) in self.found {
            let ground = found.iter().filter_map(|(weight, _)| match weight {
                Weight::Excludes(ground) => Some(*ground),
                Weight::Withholds | Weight::Hints => None,
            });
            let ground = ground.min();
            let withheld = found.iter().any(|(weight, _)| *weight == Weight::Withholds);
            let reasons = found.into_iter().map(|(_, reason)| reason).collect();
            match ground {
                Some(ground) => findings.conflicts.push(Conflict {
                    member,
                    ground,
                    reasons,
                }),
                None => findings.doubts.push(Doubt {
                    member,
                    withheld,
                    reasons,
                }),
            }
        }
        findings
    }
}

fn reason(field: &str, written: &str, matched: How, misspelt: bool) -> Reason {
    let written: String = written.chars().take(EXCERPT).collect();
    Reason {
        field: field.to_owned(),
        written: SecretText::from(written),
        matched,
        misspelt,
    }
}

#[cfg(test)]
mod tests;
