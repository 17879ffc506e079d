//! The fields of a form as a page shows them, with what can be chosen in this case.

use domain::catalogue::Risk;
use domain::procedure::{Course, Mark, MoveKind, RecommendationState, Recounted, Rules};
use jiff::civil::Date;
use service::language::Texts;
use service::wording;

use super::fields::{Codes, Entries, Field, Input};
use super::forms::Typed;
use crate::desk::Desk;
use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;

/// What forms are made with.
pub(in crate::desk) struct Inputs<'a> {
    pub(in crate::desk) desk: &'a Desk,
    pub(in crate::desk) texts: &'a Texts,
    pub(in crate::desk) member: &'a Member,
    pub(in crate::desk) course: &'a Course,
    /// What the ids of its fields begin with, on a page with several forms.
    pub(in crate::desk) prefix: String,
    /// The further risks that the machine proposed.
    pub(in crate::desk) offered: &'a [Risk],
}

/// A field as the page shows it.
pub(in crate::desk) struct View {
    /// Its id on the page.
    pub(in crate::desk) id: String,
    pub(in crate::desk) name: String,
    pub(in crate::desk) label: String,
    pub(in crate::desk) hint: Option<String>,
    /// Which element the template writes.
    pub(in crate::desk) shape: Shape,
    pub(in crate::desk) value: String,
    pub(in crate::desk) options: Vec<Choice>,
    pub(in crate::desk) needed: bool,
    pub(in crate::desk) error: Option<String>,
    /// The number of the row that begins with this field.
    pub(in crate::desk) row: Option<usize>,
}

/// The element of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::desk) enum Shape {
    Line,
    Area,
    Day,
    Number,
    Tick,
    Select,
    Ticks,
}

impl Shape {
    /// Whether the template writes this one.
    pub(in crate::desk) fn is(self, name: &str) -> bool {
        name == match self {
            Self::Line => "line",
            Self::Area => "area",
            Self::Day => "day",
            Self::Number => "number",
            Self::Tick => "tick",
            Self::Select => "select",
            Self::Ticks => "ticks",
        }
    }
}

/// Something to choose.
pub(in crate::desk) struct Choice {
    pub(in crate::desk) code: String,
    pub(in crate::desk) label: String,
    pub(in crate::desk) chosen: bool,
    /// Whether the machine proposed it, without it being chosen for that.
    pub(in crate::desk) offered: bool,
}

/// What stands in a form at first: what the machine proposed, or somebody confirmed. Nothing where the
/// committee is to classify unaided, nor where the machine asks for a person because it doubts, or because
/// the case may be outside the committee's competence.
pub(super) fn begun(dossier: &Dossier, kind: MoveKind) -> Typed {
    let mut fields = Vec::new();
    if kind == MoveKind::Classify
        && let Some(found) = &dossier.entry.classification
        && let Some(main) = found.main()
        && !found.review
    {
        let mut add = |name: &str, code: &str| {
            fields.push((name.to_owned(), code.to_owned().into()));
        };
        add("main", main.code());
        // What somebody confirmed stays chosen.
        let confirmed = dossier.course.classification();
        for risk in confirmed
            .into_iter()
            .flat_map(|confirmed| &confirmed.others)
        {
            add("others", risk.code());
        }
        add("urgency", found.urgency.code());
    }
    Typed::new(fields)
}

/// The further risks that the machine proposed. They are offered and never chosen beforehand: they are less
/// certain than the principal one, and who leaves one chosen without a look would teach it back.
pub(super) fn offered(dossier: &Dossier, kind: MoveKind) -> &[Risk] {
    let found = dossier.entry.classification.as_ref();
    let found = found.filter(|found| kind == MoveKind::Classify && !found.review);
    let is_new = dossier.course.classification().is_none();
    found.filter(|_| is_new).map_or(&[], |found| {
        let main = found.main();
        let labels = found.labels();
        labels.split_first().map_or(
            &[],
            |(first, others)| {
                if Some(*first) == main { others } else { labels }
            },
        )
    })
}

impl Inputs<'_> {
    /// The fields of a form, with what was entered and what is wrong with it.
    pub(super) fn views(
        &self,
        kind: MoveKind,
        fields: &[Field],
        typed: &Typed,
        wrong: &dyn Fn(&str) -> Option<String>,
    ) -> Vec<View> {
        let mut row = None;
        fields
            .iter()
            .map(|field| {
                let begins = field.row.filter(|_| field.row != row);
                row = field.row;
                View {
                    row: begins,
                    error: wrong(&field.name),
                    ..self.view(kind, field, typed)
                }
            })
            .collect()
    }

    fn view(&self, kind: MoveKind, field: &Field, typed: &Typed) -> View {
        let texts = self.texts;
        let chosen = typed.all(&field.name);
        let pick = |(code, label): (String, String)| Choice {
            chosen: chosen.contains(&code.as_str()),
            offered: field.name == "others" && self.offered.iter().any(|risk| risk.code() == code),
            code,
            label,
        };
        let (shape, options) = match field.input {
            Input::Short | Input::Case => (Shape::Line, Vec::new()),
            Input::Long | Input::Message => (Shape::Area, Vec::new()),
            Input::Day => (Shape::Day, Vec::new()),
            Input::Count => (Shape::Number, Vec::new()),
            Input::Flag => (Shape::Tick, Vec::new()),
            Input::One(codes) => (Shape::Select, self.codes(kind, codes)),
            Input::Many(codes) => (Shape::Ticks, self.codes(kind, codes)),
            Input::Members => (Shape::Ticks, self.members()),
            Input::Entry(entries) => (Shape::Select, self.entries(kind, entries)),
            Input::Changes => (Shape::Ticks, self.changes()),
        };
        let hint = format!("step-field-{}-hint", field.label);
        View {
            id: format!("{}{}", self.prefix, field.name),
            name: field.name.clone(),
            label: texts.get(&format!("step-field-{}", field.label)),
            hint: texts.has(&hint).then(|| texts.get(&hint)),
            shape,
            value: chosen.first().copied().unwrap_or_default().to_owned(),
            options: options.into_iter().map(pick).collect(),
            needed: field.needed,
            error: None,
            row: None,
        }
    }

    fn codes(&self, kind: MoveKind, codes: Codes) -> Vec<(String, String)> {
        let mut all = codes.options(self.texts);
        if codes == Codes::Mark {
            // The others follow from moves of their own.
            let own = [Mark::LifeAtRisk.code(), Mark::Recusal.code()];
            let set: Vec<&str> = self.course.marks().iter().map(|mark| mark.code()).collect();
            let is_set = kind == MoveKind::ClearMark;
            all.retain(|(code, _)| own.contains(code) && set.contains(code) == is_set);
        }
        all.into_iter()
            .map(|(code, name)| (code.to_owned(), name))
            .collect()
    }

    /// The members who are in office; the procedure says who of them can be chosen.
    fn members(&self) -> Vec<(String, String)> {
        let today = self.desk.today();
        let profiles = self.member.access.people.profiles().iter();
        profiles
            .filter(|profile| profile.in_office(today))
            .map(|profile| {
                let seat = profile.seat.label(self.texts);
                let label = format!("{} · {seat}", *profile.name.full());
                (profile.id.to_string(), label)
            })
            .collect()
    }

    /// The entries of the case of which this move can be made.
    fn entries(&self, kind: MoveKind, entries: Entries) -> Vec<(String, String)> {
        let day = |on: Date| wording::date(self.texts, on);
        let course = self.course;
        let numbered = |label: Vec<Option<String>>| {
            let all = (1_u32..).zip(label);
            all.filter_map(|(number, label)| {
                let label = format!("{number}. {}", label?);
                Some((number.to_string(), label))
            })
            .collect()
        };
        match entries {
            Entries::Decision => numbered(
                course
                    .decisions()
                    .iter()
                    .map(|one| {
                        let name = &one.kind.label().name;
                        let owed = one.notified_on.is_none();
                        owed.then(|| format!("{name}, {}", day(one.on)))
                    })
                    .collect(),
            ),
            Entries::Measure => {
                use domain::procedure::MeasureState;
                let state = if kind == MoveKind::LiftMeasure {
                    MeasureState::InForce
                } else {
                    MeasureState::Proposed
                };
                let measures = course.measures().iter();
                numbered(
                    measures
                        .map(|one| (one.state == state).then(|| one.kind.label().name.clone()))
                        .collect(),
                )
            }
            Entries::Recommendation => numbered(
                course
                    .recommendations()
                    .iter()
                    .map(|one| {
                        let open = match one.state {
                            RecommendationState::Issued
                            | RecommendationState::Notified
                            | RecommendationState::Adopted
                            | RecommendationState::UnderWay => true,
                            RecommendationState::DeclinedWithReason
                            | RecommendationState::Fulfilled
                            | RecommendationState::Unfulfilled => false,
                        };
                        let (what, state) = (&one.kind.label().name, &one.state.label().name);
                        open.then(|| format!("{what} ({state})"))
                    })
                    .collect(),
            ),
            Entries::Referral => numbered(
                course
                    .referrals()
                    .iter()
                    .map(|one| one.answered_on.is_none().then(|| day(one.given_on)))
                    .collect(),
            ),
        }
    }

    /// The terms that come out otherwise now, each written so that it can be read back.
    fn changes(&self) -> Vec<(String, String)> {
        let rules = Rules {
            calendar: &self.desk.calendar(),
        };
        let all = self.course.recount(&rules).into_iter();
        all.filter_map(|change| {
            let written = serde_json::to_string(&change).ok()?;
            Some((written, change_in_words(self.texts, &change)))
        })
        .collect()
    }
}

/// A term that comes out otherwise: which, and both days.
pub(super) fn change_in_words(texts: &Texts, change: &Recounted) -> String {
    texts.fill(
        "desk-step-change",
        &[
            ("term", &texts.get(&format!("term-{}", change.key.code()))),
            ("was", &wording::date(texts, change.was)),
            ("becomes", &wording::date(texts, change.becomes)),
        ],
    )
}
