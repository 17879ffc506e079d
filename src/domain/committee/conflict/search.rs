//! Going through the fields of what was filed, and weighing what points to whom.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Conflict, Doubt, Findings, Reason};
use crate::catalogue::current;
use crate::committee::names::{self, How, Kind, Sought, Sure, Text};
use crate::committee::posts::{self, Asked, Post};
use crate::committee::units::{self, Same};
use crate::committee::{Ground, MemberId, MemberProfile};
use crate::complaint::{Complaint, ReporterRole, SecretText};
use crate::traces::EXCERPT;
use crate::traces::folded::Folded;

/// What a place in the text means for the member whom it points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Excludes(Ground),
    Withholds,
    Hints,
}

pub(super) struct Search<'a> {
    members: &'a [MemberProfile],
    today: Date,
    sought: Vec<Sought>,
    found: BTreeMap<MemberId, Vec<(Weight, Reason)>>,
    unplaced: Vec<String>,
}

impl<'a> Search<'a> {
    pub(super) fn new(members: &'a [MemberProfile], today: Date) -> Self {
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

    pub(super) fn denounced(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Name, |sure, how| match (sure, how) {
            (_, How::Given) => None,
            (Sure::Certain, _) => Some(Weight::Excludes(Ground::Denounced)),
            (Sure::Possible | Sure::Slight, _) => Some(Weight::Withholds),
        });
        self.posts(field, text, Asked::Anybody, Ground::Denounced);
    }

    /// Post, area or description of somebody denounced.
    pub(super) fn described(&mut self, field: &str, text: &str, unnamed: bool) {
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
    pub(super) fn kept_from(&mut self, field: &str, text: &str) {
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

    pub(super) fn witness(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Name, |sure, how| match (sure, how) {
            (_, How::Given) => None,
            (Sure::Certain, _) => Some(Weight::Excludes(Ground::Witness)),
            (Sure::Possible, _) => Some(Weight::Withholds),
            (Sure::Slight, _) => Some(Weight::Hints),
        });
    }

    pub(super) fn story(&mut self, field: &str, text: &str) {
        self.names(field, text, Kind::Prose, |sure, _| match sure {
            Sure::Certain => Some(Weight::Excludes(Ground::Named)),
            Sure::Possible | Sure::Slight => Some(Weight::Hints),
        });
    }

    /// Whoever files with a name is no judge of it. The persons of the special protocols file for
    /// others.
    pub(super) fn reporter(&mut self, complaint: &Complaint) {
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

    pub(super) fn workplace(&mut self, complaint: &Complaint) {
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

    pub(super) fn finish(self) -> Findings {
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
