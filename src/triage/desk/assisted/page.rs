//! The form, and the page with the words.

use askama::Template;
use domain::attention::Channel;
use domain::catalogue::{CentreKind, OoadCode, Risk, UmaeCode};
use domain::complaint::form::{KEEP_FROM, KEEP_FROM_SEATS, KeptOutSeat};
use domain::complaint::{
    AgeGroup, Bond, EarlierFiling, Frequency, PlaceKind, Rank, ReferralConsent, ReporterRole, Sex,
    Support, limits,
};
use jiff::civil::Date;
use sealing::{TrackingToken, WORDS};
use service::language::Texts;
use service::problem::{Problem, fault_text};
use service::wording;

use super::form::{ANONYMOUS, CHANNEL, Filled, MORE_PEOPLE, MORE_WITNESSES, NO, PRIVACY, YES};
use crate::desk::gate::Member;
use crate::desk::labels::Labelled;
use crate::desk::pages::Frame;

/// The form with what was written in it.
#[derive(Template)]
#[template(path = "assisted.html")]
pub(super) struct FormPage<'a> {
    frame: Frame<'a>,
    problem: Option<&'a Problem>,
    /// How many answers are to be mended.
    wrong: usize,
    once: &'a str,
    people: usize,
    witnesses: usize,
    sections: Vec<Section<'a>>,
}

/// The words, once.
#[derive(Template)]
#[template(path = "assisted_words.html")]
pub(super) struct WordsPage<'a> {
    frame: Frame<'a>,
    words: [&'static str; WORDS],
    received_on: String,
}

struct Section<'a> {
    title: String,
    hint: Option<String>,
    controls: Vec<Control<'a>>,
    /// The button for another entry, and what it says.
    more: Option<(&'static str, String)>,
}

struct Control<'a> {
    name: String,
    id: String,
    label: String,
    widget: Widget,
    value: &'a str,
    error: Option<String>,
}

enum Widget {
    Line,
    Area(u8),
    Day,
    /// Codes with their labels, and which are chosen.
    Choice(Vec<(&'static str, String, bool)>),
    Ticks(Vec<(&'static str, String, bool)>),
    Tick,
}

impl<'a> FormPage<'a> {
    pub(super) fn new(
        texts: &'a Texts,
        member: &'a Member,
        filled: &'a Filled,
        problem: Option<&'a Problem>,
    ) -> Self {
        let form = Controls { texts, filled };
        Self {
            frame: Frame::of(texts, member),
            problem,
            wrong: filled
                .faults
                .as_ref()
                .map_or(0, |faults| faults.iter().count()),
            once: &filled.once,
            people: filled.people,
            witnesses: filled.witnesses,
            sections: form.sections(),
        }
    }
}

impl<'a> WordsPage<'a> {
    pub(super) fn new(
        texts: &'a Texts,
        member: &'a Member,
        token: &TrackingToken,
        received_on: Date,
    ) -> Self {
        Self {
            frame: Frame::of(texts, member),
            words: token.words(),
            received_on: wording::date(texts, received_on),
        }
    }
}

/// Makes the controls of one form.
struct Controls<'a> {
    texts: &'a Texts,
    filled: &'a Filled,
}

impl<'a> Controls<'a> {
    fn sections(&self) -> Vec<Section<'a>> {
        let mut sections = vec![self.presented(), self.story(), self.place()];
        sections.extend((0..self.filled.people).map(|index| self.person(index)));
        sections.extend((0..self.filled.witnesses).map(|index| self.witness(index)));
        sections.extend([
            self.safety(),
            self.handling(),
            self.statistics(),
            self.identity(),
        ]);
        sections
    }

    fn presented(&self) -> Section<'a> {
        let answer = |code, id| (code, self.texts.get(id), self.is(ANONYMOUS, code));
        let anonymous = vec![
            answer(YES, "desk-assisted-anonymous-yes"),
            answer(NO, "desk-assisted-anonymous-no"),
        ];
        self.section(
            "desk-assisted-presented",
            Some("desk-assisted-presented-hint"),
            vec![
                self.control(
                    CHANNEL,
                    "desk-fact-channel",
                    self.choice(CHANNEL, Channel::ALL),
                ),
                self.control(
                    ANONYMOUS,
                    "desk-assisted-anonymous",
                    Widget::Choice(anonymous),
                ),
                self.control(PRIVACY, "desk-assisted-privacy", Widget::Tick),
            ],
        )
    }

    fn story(&self) -> Section<'a> {
        let risks = self.choice("suspected_risk", Risk::ALL);
        self.section(
            "desk-assisted-story",
            Some("desk-assisted-story-hint"),
            vec![
                self.control("narrative", "desk-assisted-narrative", Widget::Area(12)),
                self.control("suspected_risk", "desk-assisted-risk", risks),
            ],
        )
    }

    fn place(&self) -> Section<'a> {
        let ooads = OoadCode::all().map(|one| (one.code(), one.name().to_owned()));
        let umaes = UmaeCode::all().map(|one| (one.code(), one.name().to_owned()));
        let kinds = CentreKind::all().map(|one| (one.code(), one.name().to_owned()));
        let frequency = self.choice("facts.frequency", Frequency::ALL);
        let place_kind = self.choice("facts.place_kind", PlaceKind::ALL);
        self.section(
            "desk-assisted-place",
            None,
            vec![
                self.control(
                    "workplace.ooad",
                    "desk-fact-ooad",
                    self.named("workplace.ooad", ooads),
                ),
                self.control(
                    "workplace.umae",
                    "desk-fact-umae",
                    self.named("workplace.umae", umaes),
                ),
                self.control(
                    "workplace.kind",
                    "desk-fact-workplace-kind",
                    self.named("workplace.kind", kinds),
                ),
                self.control("workplace.place", "desk-fact-workplace-place", Widget::Line),
                self.control("facts.from", "desk-fact-from", Widget::Day),
                self.control("facts.to", "desk-fact-to", Widget::Day),
                self.control("facts.ongoing", "desk-fact-ongoing", Widget::Tick),
                self.control("facts.frequency", "desk-fact-frequency", frequency),
                self.control("facts.place_kind", "desk-fact-place-kind", place_kind),
                self.control("facts.place_detail", "desk-fact-place-detail", Widget::Line),
            ],
        )
    }

    fn person(&self, index: usize) -> Section<'a> {
        let of = |field: &str| format!("people[{index}].{field}");
        let rank = self.choice(&of("rank"), Rank::ALL);
        let mut section = self.section(
            "desk-assisted-person",
            None,
            vec![
                self.control(of("name"), "desk-fact-name", Widget::Line),
                self.control(of("position"), "desk-fact-position", Widget::Line),
                self.control(of("area"), "desk-fact-area", Widget::Line),
                self.control(of("rank"), "desk-fact-rank", rank),
                self.control(of("description"), "desk-fact-description", Widget::Area(3)),
            ],
        );
        let is_last = index + 1 == self.filled.people;
        section.more = (is_last && self.filled.people < limits::PEOPLE)
            .then(|| (MORE_PEOPLE, self.texts.get("desk-assisted-more-people")));
        section
    }

    fn witness(&self, index: usize) -> Section<'a> {
        let of = |field: &str| format!("witnesses[{index}].{field}");
        let mut section = self.section(
            "desk-assisted-witness",
            None,
            vec![
                self.control(of("name"), "desk-fact-name", Widget::Line),
                self.control(of("contact"), "desk-fact-contact", Widget::Line),
            ],
        );
        let is_last = index + 1 == self.filled.witnesses;
        section.more = (is_last && self.filled.witnesses < limits::WITNESSES).then(|| {
            (
                MORE_WITNESSES,
                self.texts.get("desk-assisted-more-witnesses"),
            )
        });
        section
    }

    fn safety(&self) -> Section<'a> {
        let support = self.ticks("support_wanted", Support::ALL);
        self.section(
            "desk-assisted-safety",
            None,
            vec![
                self.control("immediate_danger", "desk-fact-danger", Widget::Tick),
                self.control("retaliation", "desk-fact-retaliation", Widget::Tick),
                self.control("protection_wanted", "desk-fact-protection", Widget::Tick),
                self.control("support_wanted", "desk-fact-support", support),
            ],
        )
    }

    fn handling(&self) -> Section<'a> {
        let seats = self.ticks(KEEP_FROM_SEATS, KeptOutSeat::ALL);
        let filed = self.ticks("already_filed_with", EarlierFiling::ALL);
        let consent = self.choice("referral_consent", ReferralConsent::ALL);
        self.section(
            "desk-assisted-handling",
            Some("desk-assisted-handling-hint"),
            vec![
                self.control(KEEP_FROM_SEATS, "desk-assisted-keep-from-seats", seats),
                self.control(KEEP_FROM, "desk-assisted-keep-from", Widget::Area(3)),
                self.control("already_filed_with", "desk-fact-filed-with", filed),
                self.control("referral_consent", "desk-fact-consent", consent),
            ],
        )
    }

    fn statistics(&self) -> Section<'a> {
        let role = self.choice("reporter.role", ReporterRole::ALL);
        let bond = self.choice("reporter.bond", Bond::ALL);
        let sex = self.choice("reporter.sex", Sex::ALL);
        let age = self.choice("reporter.age_group", AgeGroup::ALL);
        self.section(
            "desk-assisted-statistics",
            Some("desk-assisted-statistics-hint"),
            vec![
                self.control("reporter.role", "desk-fact-role", role),
                self.control("reporter.bond", "desk-fact-bond", bond),
                self.control("reporter.sex", "desk-fact-sex", sex),
                self.control("reporter.age_group", "desk-fact-age-group", age),
            ],
        )
    }

    fn identity(&self) -> Section<'a> {
        self.section(
            "desk-assisted-identity",
            Some("desk-assisted-identity-hint"),
            vec![
                self.control("identity.name", "desk-fact-name", Widget::Line),
                self.control("identity.contact", "desk-fact-contact", Widget::Line),
            ],
        )
    }

    fn section(&self, title: &str, hint: Option<&str>, controls: Vec<Control<'a>>) -> Section<'a> {
        Section {
            title: self.texts.get(title),
            hint: hint.map(|id| self.texts.get(id)),
            controls,
            more: None,
        }
    }

    fn control(&self, name: impl Into<String>, label: &str, widget: Widget) -> Control<'a> {
        let name = name.into();
        let fault = self
            .filled
            .faults
            .as_ref()
            .and_then(|faults| faults.of(&name));
        Control {
            id: name.replace(['[', ']', '.'], "-"),
            label: self.texts.get(label),
            widget,
            value: self.filled.fields.first(&name).unwrap_or_default(),
            error: fault.map(|kind| fault_text(self.texts, kind)),
            name,
        }
    }

    fn is(&self, name: &str, code: &str) -> bool {
        self.filled.fields.all(name).any(|chosen| chosen == code)
    }

    fn choice<T: Labelled>(&self, name: &str, all: &[T]) -> Widget {
        Widget::Choice(self.labelled(name, all))
    }

    fn ticks<T: Labelled>(&self, name: &str, all: &[T]) -> Widget {
        Widget::Ticks(self.labelled(name, all))
    }

    fn labelled<T: Labelled>(&self, name: &str, all: &[T]) -> Vec<(&'static str, String, bool)> {
        let option = |one: &T| (one.code(), one.label(self.texts), self.is(name, one.code()));
        all.iter().map(option).collect()
    }

    fn named(&self, name: &str, all: impl Iterator<Item = (&'static str, String)>) -> Widget {
        let option = |(code, label)| (code, label, self.is(name, code));
        Widget::Choice(all.map(option).collect())
    }
}
