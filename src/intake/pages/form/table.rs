//! Every control of the form, in its order. Names are the paths of the complaint's fields, so that a
//! fault finds its control.

use domain::complaint::{LongText, Narrative, ShortText, limits};

use crate::lists::List;

/// A group of controls; its words are `section-ID…`.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) id: &'static str,
    /// Shown folded, for what most people leave out.
    pub(crate) folded: bool,
    pub(crate) controls: &'static [Control],
}

/// One control; its words are `field-…`.
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
    Ticks(List),
    Tick,
}

/// Longest code or date that is shown again.
const LONGEST_CODE: usize = 100;

impl Control {
    /// How many code points of what was written are shown again: no more than could be right.
    pub(crate) fn most_shown(&self) -> usize {
        match (self.name, self.widget) {
            (REQUIRED, _) => most(Narrative::MAX),
            // One entry a line.
            ("keep_from", _) => limits::KEEP_FROM * (most(ShortText::MAX) + 1),
            (_, Widget::Area { .. }) => most(LongText::MAX),
            (_, Widget::Line) => most(ShortText::MAX),
            (_, Widget::Day | Widget::Choice(_) | Widget::Ticks(_) | Widget::Tick) => LONGEST_CODE,
        }
    }
}

fn most(limit: u64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// The one question that has to be answered.
pub(crate) const REQUIRED: &str = "narrative";

const fn control(name: &'static str, widget: Widget) -> Control {
    Control { name, widget }
}

const fn section(id: &'static str, controls: &'static [Control]) -> Section {
    Section {
        id,
        folded: false,
        controls,
    }
}

/// The whole form.
pub(crate) const SECTIONS: &[Section] = &[
    section(
        "story",
        &[
            control("narrative", Widget::Area { rows: 12 }),
            control("suspected_risk", Widget::Choice(List::Risk)),
        ],
    ),
    section(
        "safety",
        &[
            control("immediate_danger", Widget::Tick),
            control("retaliation", Widget::Tick),
            control("protection_wanted", Widget::Tick),
            control("support_wanted", Widget::Ticks(List::Support)),
        ],
    ),
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
        "person",
        &[
            control("people[0].name", Widget::Line),
            control("people[0].position", Widget::Line),
            control("people[0].area", Widget::Line),
            control("people[0].rank", Widget::Choice(List::Rank)),
            control("people[0].description", Widget::Area { rows: 3 }),
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
    section(
        "witness",
        &[
            control("witnesses[0].name", Widget::Line),
            control("witnesses[0].contact", Widget::Line),
        ],
    ),
    section(
        "handling",
        &[
            control("keep_from", Widget::Area { rows: 3 }),
            control("already_filed_with", Widget::Ticks(List::EarlierFiling)),
            control("referral_consent", Widget::Choice(List::ReferralConsent)),
        ],
    ),
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
        controls: &[
            control("identity.name", Widget::Line),
            control("identity.contact", Widget::Line),
        ],
    },
];

/// The control that a fault belongs to; entries of a list belong to the list's one control.
pub(crate) fn control_of(field: &str) -> Option<&'static Control> {
    SECTIONS
        .iter()
        .flat_map(|section| section.controls)
        .find(|control| {
            field
                .strip_prefix(control.name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
        })
}

/// A name as an element's id and as part of a text's id.
pub(crate) fn id(name: &str) -> String {
    name.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_an_entry_belongs_to_the_control_of_its_list() {
        for (field, name) in [
            ("narrative", Some("narrative")),
            ("keep_from[3]", Some("keep_from")),
            ("people[0].name", Some("people[0].name")),
            ("people[1].name", None),
            ("narratives", None),
        ] {
            assert_eq!(
                control_of(field).map(|control| control.name),
                name,
                "{field}"
            );
        }
    }

    #[test]
    fn ids_are_plain() {
        assert_eq!(id("people[0].name"), "people-0-name");
    }
}
