//! `GET /casos/{folio}/sseccoe`: what is to be copied of a case into the Secretaría's system, and what is
//! missing. That system is another: nothing goes there from here.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::catalogue::Confidence;
use domain::complaint::{DenouncedPerson, ShortText};
use domain::procedure::MoveKind;
use papers::capture::{CaptureField, CaptureSection, entries};
use papers::date;
use service::language::{Language, Texts};

use super::acts;
use super::dossier::Dossier;
use super::gate::Member;
use super::identity::Unmasked;
use super::labels::{self, Labelled as _};
use super::pages::{self, Frame};
use super::papers::Found;
use super::pass::CasePass;
use super::unseen::visible;
use super::{Desk, case, fallback};

#[derive(Template)]
#[template(path = "capture.html")]
struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    groups: Vec<Group>,
    /// What the norm demands and is missing, in words.
    missing: Option<String>,
    /// Whether a risk is shown that nobody confirmed.
    unconfirmed: bool,
}

struct Group {
    id: &'static str,
    name: String,
    lines: Vec<Line>,
}

struct Line {
    id: &'static str,
    label: &'static str,
    value: Option<String>,
    /// Whether a norm demands it before there is a folio.
    required: bool,
    source: &'static str,
    confidence: Confidence,
    /// Lines of its field.
    rows: usize,
}

/// The page.
pub(super) async fn show(
    desk: Data<Desk>,
    request: HttpRequest,
    member: Member,
    pass: CasePass,
) -> HttpResponse {
    let texts = desk.texts(&request);
    let dossier = match case::open(&desk, &member, &pass).await {
        Ok(dossier) => dossier,
        Err(error) => return fallback::problem(&desk, &request, &error.problem(texts)),
    };
    let acts = match acts::on_case(&desk, &member, &pass).await {
        Ok(acts) => acts,
        Err(fault) => return pages::problem(texts, &fault.problem(texts), Some(&member.at_risk)),
    };
    let values = Values {
        // What is copied is Spanish, whatever the reader's language.
        texts: desk.translations.of(Language::EsMx),
        dossier: &dossier,
        unmasked: acts.unmasked.as_ref(),
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut missing = 0_usize;
    for entry in entries() {
        let value = values.of(entry.field).filter(|value| !value.is_empty());
        missing += usize::from(entry.required && value.is_none());
        let line = Line {
            id: entry.field.code(),
            label: &entry.label,
            rows: value.as_ref().map_or(1, |value| rows(value)),
            value,
            required: entry.required,
            source: &entry.source,
            confidence: entry.confidence,
        };
        match groups.last_mut() {
            Some(group) if group.id == entry.section.code() => group.lines.push(line),
            _ => groups.push(Group {
                id: entry.section.code(),
                name: texts.get(section(entry.section)),
                lines: vec![line],
            }),
        }
    }
    let page = Page {
        frame: Frame::of(texts, &member),
        folio: dossier.entry.folio.to_string(),
        groups,
        missing: (missing > 0).then(|| texts.with("desk-capture-missing", "count", missing)),
        unconfirmed: {
            let found = Found::of(&dossier);
            found.risk.is_some() && !found.confirmed
        },
    };
    pages::page(texts, StatusCode::OK, &page)
}

const fn section(section: CaptureSection) -> &'static str {
    match section {
        CaptureSection::Complaint => "desk-capture-section-denuncia",
        CaptureSection::Reporter => "desk-capture-section-denunciante",
        CaptureSection::Denounced => "desk-capture-section-denunciada",
        CaptureSection::Facts => "desk-capture-section-hechos",
        CaptureSection::Classification => "desk-capture-section-clasificacion",
        CaptureSection::Procedure => "desk-capture-section-tramite",
        CaptureSection::Outcome => "desk-capture-section-determinacion",
    }
}

fn rows(value: &str) -> usize {
    let lines = value.lines().map(|line| 1 + line.chars().count() / 60);
    lines.sum::<usize>().clamp(1, 8)
}

/// What the case says of each field.
struct Values<'a> {
    texts: &'a Texts,
    dossier: &'a Dossier,
    unmasked: Option<&'a Unmasked>,
}

impl Values<'_> {
    fn of(&self, field: CaptureField) -> Option<String> {
        use CaptureField as F;
        let Dossier {
            entry,
            complaint,
            identity,
            ..
        } = self.dossier;
        let found = Found::of(self.dossier);
        let course = &self.dossier.course;
        let registration = course.registration();
        let reporter = &complaint.reporter;
        let texts = self.texts;
        match field {
            F::Committee => Some(texts.get("desk-capture-committee")),
            F::Folio => Some(entry.folio.to_string()),
            F::Year => Some(entry.folio.year().to_string()),
            F::ReceivedOn => Some(date(entry.received_on)),
            F::Channel => Some(complaint.presented_through.map_or_else(
                || texts.get("desk-capture-channel"),
                |channel| channel.label(texts),
            )),
            F::Anonymous => Some(labels::yes_no(texts, !identity.is_told())),
            F::ReporterName => Some(match self.unmasked {
                _ if !identity.is_told() => texts.get("desk-capture-anonymous"),
                Some(unmasked) => {
                    let name = identity.open(unmasked)?.name.as_ref();
                    match name {
                        Some(name) => visible(name.expose()).into_owned(),
                        // A contact without a name is no name.
                        None => texts.get("desk-capture-anonymous"),
                    }
                }
                None => texts.get("desk-capture-reserved"),
            }),
            F::ReporterSex => reporter.sex.map(|sex| sex.label(texts)),
            F::ReporterAge => reporter.age_group.map(|group| group.label(texts)),
            F::ReporterRole => reporter.role.map(|role| role.label(texts)),
            F::ReporterBond => reporter.bond.map(|bond| bond.label(texts)),
            F::DenouncedName => Some(self.people(|person| words(person.name.as_ref()))),
            F::DenouncedPost => Some(self.people(|person| words(person.position.as_ref()))),
            F::DenouncedUnit => Some(self.people(|person| words(person.area.as_ref()))),
            F::DenouncedRank => {
                Some(self.people(|person| person.rank.map(|rank| rank.label(texts))))
            }
            F::FactsOn => {
                let facts = &complaint.facts;
                let days: Vec<String> = [facts.from, facts.to]
                    .into_iter()
                    .flatten()
                    .map(date)
                    .collect();
                Some(days.join(" a "))
            }
            F::Place => labels::place(entry.ooad, entry.umae),
            F::Centre => {
                let kind = complaint.workplace.kind.map(|kind| kind.name().to_owned());
                let place = words(complaint.workplace.place.as_ref());
                Some(kind.into_iter().chain(place).collect::<Vec<_>>().join(", "))
            }
            F::Risk => found.risk.map(|risk| risk.name().to_owned()),
            F::OtherRisks => Some(lines(found.others.iter().map(|risk| risk.name()))),
            F::Norms => {
                let risks = found.risk.iter().chain(&found.others);
                Some(lines(risks.map(|risk| risk.entry().source.as_str())))
            }
            F::Protocol => {
                let labels: Vec<String> =
                    found.protocols.iter().map(|one| one.label(texts)).collect();
                Some(labels.join("\n"))
            }
            F::Request => Some(labels::yes_no(texts, course.prevention().is_some())),
            F::Mediation => found.mediation.map(|mediation| mediation.label(texts)),
            F::ExternalFolio => registration.map(|one| visible(one.folio.expose()).into_owned()),
            F::RegisteredOn => registration.map(|one| date(one.captured_on)),
            F::Measures => Some(lines(course.measures().iter().map(|measure| {
                let (kind, state) = (measure.kind.label(), measure.state.label());
                format!("{} ({})", kind.name, state.name)
            }))),
            F::Referral => Some(lines(
                course.referrals().iter().map(|one| date(one.given_on)),
            )),
            F::Sense => course.sense().map(|sense| sense.label().name.clone()),
            F::DeterminedOn => {
                let decided = course.decisions().iter();
                let mut decided = decided.filter(|one| one.kind == MoveKind::Determine);
                decided.next().map(|one| date(one.on))
            }
            F::Recommendations => {
                Some(lines((course.recommendations().iter()).map(|one| {
                    format!("{} ({})", one.kind.label().name, one.state.label().name)
                })))
            }
            F::State => Some(entry.state.label(texts)),
            // Nobody is asked for these, so the case says nothing of them.
            F::ReporterPost | F::DenouncedSex | F::DenouncedAge => None,
        }
    }

    /// Something of each person denounced, one on each line.
    fn people(&self, of: impl Fn(&DenouncedPerson) -> Option<String>) -> String {
        let people = self.dossier.complaint.people.iter();
        people.filter_map(of).collect::<Vec<_>>().join("\n")
    }
}

fn lines<T: AsRef<str>>(all: impl Iterator<Item = T>) -> String {
    let mut written = String::new();
    for one in all {
        if !written.is_empty() {
            written.push('\n');
        }
        written.push_str(one.as_ref());
    }
    written
}

fn words(text: Option<&ShortText>) -> Option<String> {
    text.map(|text| visible(text.expose()).into_owned())
}
