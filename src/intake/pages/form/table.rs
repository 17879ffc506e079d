//! Every step of the form, with its controls in their order. Names are the paths of the complaint's
//! fields, so that a fault finds its control.

pub(crate) use domain::complaint::form::{KEEP_FROM, KEEP_FROM_SEATS};
use domain::complaint::{LongText, Narrative, ShortText, limits};

use crate::lists::List;

domain::coded_enum! {
    /// One step of the form; all but the narrative can be left blank.
    pub(crate) enum Step {
        /// What happened, in a few words of everyday life.
        What = "what",
        /// Where and when.
        Place = "place",
        /// Those denounced, and who saw it.
        People = "people",
        /// The narrative.
        Story = "story",
        /// Danger, reprisals, help.
        Safety = "safety",
        /// Files; it has a page of its own.
        Evidence = "evidence",
        /// Who files.
        Reporter = "reporter",
        /// Who must not see it, and where else it was filed.
        Handling = "handling",
    }
}

/// How many steps a person is told there are: those of the table and the review.
pub(crate) const STEPS: usize = Step::ALL.len() + 1;

/// A group of controls; its words are `section-ID…`.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: &'static str,
    /// Shown folded, for what most people leave out.
    pub(crate) folded: bool,
    /// Shown once for each entry of a list.
    pub(crate) each: Option<Group>,
    pub(crate) controls: &'static [Control],
}

/// What there may be several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    People,
    Witnesses,
}

/// One control. The name of one that is there for each entry of a list lacks what comes before.
#[derive(Debug)]
pub(crate) struct Control {
    pub(crate) name: &'static str,
    pub(crate) widget: Widget,
}

/// How a control looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Widget {
    Line,
    Area { rows: u8 },
    Day,
    Choice(List),
    Radios(List),
    Ticks(List),
    Tick,
}

/// A control at its place in the form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) step: Step,
    pub(crate) control: &'static Control,
    /// Of which list, and which entry of it.
    pub(crate) entry: Option<(Group, usize)>,
}

/// Longest code or date that is shown again.
const LONGEST_CODE: usize = 100;

/// The one question that has to be answered.
pub(crate) const REQUIRED: &str = "narrative";

impl Step {
    /// Its sections.
    pub(crate) const fn sections(self) -> &'static [Section] {
        match self {
            Self::What => WHAT,
            Self::Place => PLACE,
            Self::People => PEOPLE,
            Self::Story => STORY,
            Self::Safety => SAFETY,
            Self::Evidence => &[],
            Self::Reporter => REPORTER,
            Self::Handling => HANDLING,
        }
    }

    fn index(self) -> usize {
        Self::ALL
            .iter()
            .position(|step| *step == self)
            .expect("every step is in the list of all")
    }

    /// Which step it is, from 1.
    pub(crate) fn number(self) -> usize {
        self.index() + 1
    }

    /// The step after it; after the last one comes the review.
    pub(crate) fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before it.
    pub(crate) fn previous(self) -> Option<Self> {
        self.index()
            .checked_sub(1)
            .and_then(|before| Self::ALL.get(before).copied())
    }

    /// The control that a field, or an entry of it, belongs to.
    pub(crate) fn place_of(field: &str) -> Option<Place> {
        let steps = Self::ALL.iter().copied();
        let mut sections = steps.flat_map(|step| step.sections().iter().map(move |of| (step, of)));
        sections.find_map(|(step, section)| {
            let (entry, rest) = match section.each {
                None => (None, field),
                Some(group) => {
                    let (index, rest) = group.entry_of(field)?;
                    (Some((group, index)), rest)
                }
            };
            let control = section.controls.iter().find(|control| {
                rest.strip_prefix(control.name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            })?;
            Some(Place {
                step,
                control,
                entry,
            })
        })
    }
}

impl Group {
    /// The field that holds the list.
    pub(crate) const fn field(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Witnesses => "witnesses",
        }
    }

    /// Most entries.
    pub(crate) const fn limit(self) -> usize {
        match self {
            Self::People => limits::PEOPLE,
            Self::Witnesses => limits::WITNESSES,
        }
    }

    /// The entry that a field belongs to, and the field within it: `people[2].name` is `name` of 2.
    fn entry_of(self, field: &str) -> Option<(usize, &str)> {
        let rest = field.strip_prefix(self.field())?.strip_prefix('[')?;
        let (digits, rest) = rest.split_once("].")?;
        let index: usize = digits.parse().ok().filter(|index| *index < self.limit())?;
        // One way to write it, so that no entry has two names.
        (index.to_string() == digits).then_some((index, rest))
    }
}

impl Control {
    /// Its name in the form.
    pub(crate) fn full_name(&self, entry: Option<(Group, usize)>) -> String {
        match entry {
            None => self.name.to_owned(),
            Some((group, index)) => format!("{}[{index}].{}", group.field(), self.name),
        }
    }

    /// What the ids of its texts end in.
    pub(crate) fn text(&self, group: Option<Group>) -> String {
        match group {
            None => id(self.name),
            Some(group) => format!("{}-{}", group.field(), id(self.name)),
        }
    }

    /// How many code points of what was written are kept and shown again: no more than could be
    /// right.
    pub(crate) fn most_kept(&self) -> usize {
        match (self.name, self.widget) {
            (REQUIRED, _) => most(Narrative::MAX),
            // One entry a line.
            (KEEP_FROM, _) => limits::KEEP_FROM * (most(ShortText::MAX) + 1),
            (_, Widget::Area { .. }) => most(LongText::MAX),
            (_, Widget::Line) => most(ShortText::MAX),
            (
                _,
                Widget::Day
                | Widget::Tick
                | Widget::Choice(_)
                | Widget::Radios(_)
                | Widget::Ticks(_),
            ) => LONGEST_CODE,
        }
    }
}

fn most(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// A name as an element's id and as part of a text's id.
pub(crate) fn id(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

const fn control(name: &'static str, widget: Widget) -> Control {
    Control { name, widget }
}

const fn section(id: &'static str, controls: &'static [Control]) -> Section {
    Section {
        id,
        folded: false,
        each: None,
        controls,
    }
}

const WHAT: &[Section] = &[section(
    "conduct",
    &[control("suspected_risk", Widget::Radios(List::Conduct))],
)];

const PLACE: &[Section] = &[
    section(
        "workplace",
        &[
            control("workplace.ooad", Widget::Choice(List::Ooad)),
            control("workplace.umae", Widget::Choice(List::Umae)),
            control("workplace.kind", Widget::Choice(List::Centre)),
            control("workplace.place", Widget::Line),
        ],
    ),
    section(
        "facts",
        &[
            control("facts.from", Widget::Day),
            control("facts.to", Widget::Day),
            control("facts.ongoing", Widget::Tick),
            control("facts.frequency", Widget::Choice(List::Frequency)),
            control("facts.place_kind", Widget::Choice(List::PlaceKind)),
            control("facts.place_detail", Widget::Line),
        ],
    ),
];

const PEOPLE: &[Section] = &[
    Section {
        id: "person",
        folded: false,
        each: Some(Group::People),
        controls: &[
            control("name", Widget::Line),
            control("position", Widget::Line),
            control("area", Widget::Line),
            control("rank", Widget::Choice(List::Rank)),
            control("description", Widget::Area { rows: 3 }),
        ],
    },
    Section {
        id: "witness",
        folded: true,
        each: Some(Group::Witnesses),
        controls: &[
            control("name", Widget::Line),
            control("contact", Widget::Line),
        ],
    },
];

const STORY: &[Section] = &[section(
    "story",
    &[control(REQUIRED, Widget::Area { rows: 12 })],
)];

const SAFETY: &[Section] = &[
    section(
        "danger",
        &[
            control("immediate_danger", Widget::Tick),
            control("retaliation", Widget::Tick),
        ],
    ),
    section(
        "help",
        &[
            control("protection_wanted", Widget::Tick),
            control("support_wanted", Widget::Ticks(List::Support)),
        ],
    ),
];

const REPORTER: &[Section] = &[
    section(
        "reporter",
        &[
            control("reporter.role", Widget::Choice(List::ReporterRole)),
            control("reporter.bond", Widget::Choice(List::Bond)),
            control("reporter.sex", Widget::Choice(List::Sex)),
            control("reporter.age_group", Widget::Choice(List::AgeGroup)),
        ],
    ),
    Section {
        id: "identity",
        folded: true,
        each: None,
        controls: &[
            control("identity.name", Widget::Line),
            control("identity.contact", Widget::Line),
        ],
    },
];

const HANDLING: &[Section] = &[
    section(
        "keep",
        &[
            control(KEEP_FROM_SEATS, Widget::Ticks(List::Seat)),
            control(KEEP_FROM, Widget::Area { rows: 3 }),
        ],
    ),
    section(
        "elsewhere",
        &[
            control("already_filed_with", Widget::Ticks(List::EarlierFiling)),
            control("referral_consent", Widget::Choice(List::ReferralConsent)),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_an_entry_belongs_to_the_control_of_its_list() {
        for (field, expected) in [
            ("narrative", Some((Step::Story, "narrative"))),
            ("keep_from[3]", Some((Step::Handling, "keep_from"))),
            ("people[0].name", Some((Step::People, "people[0].name"))),
            ("people[9].rank", Some((Step::People, "people[9].rank"))),
            ("people[10].name", None),
            ("people[01].name", None),
            ("people[0].alias", None),
            ("name", None),
            ("narratives", None),
        ] {
            let found = Step::place_of(field)
                .map(|place| (place.step, place.control.full_name(place.entry)));
            let expected = expected.map(|(step, name)| (step, name.to_owned()));
            assert_eq!(found, expected, "{field}");
        }
    }

    #[test]
    fn steps_follow_each_other_both_ways() {
        assert_eq!(Step::What.previous(), None);
        assert_eq!(Step::Handling.next(), None);
        for pair in Step::ALL.windows(2) {
            assert_eq!(pair[0].next(), Some(pair[1]));
            assert_eq!(pair[1].previous(), Some(pair[0]));
            assert_eq!(pair[0].number() + 1, pair[1].number());
        }
    }

    #[test]
    fn ids_are_plain() {
        assert_eq!(id("people[0].name"), "people-0-name");
    }
}
