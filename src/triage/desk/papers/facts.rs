//! What a paper is filled with.

use domain::calendar::Calendar;
use domain::catalogue::Risk;
use domain::committee::Seat;
use domain::procedure::{Element, Mark};
use domain::routing::{Mediation, Protocol};
use papers::{Denounced, Facts, Signers};

use crate::desk::Desk;
use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;

/// What the case says; nobody who filed it.
pub(super) fn facts<'a>(
    desk: &Desk,
    calendar: &'a Calendar,
    member: &Member,
    dossier: &Dossier,
) -> Facts<'a> {
    let Dossier {
        entry,
        complaint,
        course,
        ..
    } = dossier;
    let words = |text: &Option<domain::complaint::ShortText>| {
        text.as_ref().map(|text| text.expose().to_owned())
    };
    let found = Found::of(dossier);
    let registration = course.registration();
    Facts {
        folio: entry.folio,
        external_folio: registration.map(|one| one.folio.expose().to_owned()),
        registered_on: registration.map(|one| one.captured_on),
        received_on: entry.received_on,
        today: desk.today(),
        calendar,
        risk: found.risk,
        confirmed: found.confirmed,
        other_risks: found.others,
        protocols: found.protocols,
        mediation: found.mediation,
        denounced: complaint
            .people
            .iter()
            .map(|person| Denounced {
                name: words(&person.name),
                post: words(&person.position),
                area: words(&person.area),
                description: person
                    .description
                    .as_ref()
                    .map(|text| text.expose().to_owned()),
            })
            .collect(),
        narrative: complaint.narrative.expose().to_owned(),
        period: (complaint.facts.from, complaint.facts.to),
        ongoing: complaint.facts.ongoing,
        ooad: entry.ooad,
        umae: entry.umae,
        missing: missing(dossier),
        files: dossier.files.len(),
        signers: signers(desk, member),
    }
}

/// What the facts are: as a person confirmed it, or else as it was proposed. Nothing where a person is to
/// classify the case first, since what was proposed is hidden, or the machine asks for one.
#[derive(Default)]
pub(in crate::desk) struct Found {
    pub(in crate::desk) risk: Option<Risk>,
    pub(in crate::desk) confirmed: bool,
    pub(in crate::desk) others: Vec<Risk>,
    pub(in crate::desk) protocols: Vec<Protocol>,
    pub(in crate::desk) mediation: Option<Mediation>,
}

impl Found {
    pub(in crate::desk) fn of(dossier: &Dossier) -> Self {
        if let Some(confirmed) = dossier.course.classification() {
            let marks = dossier.course.marks();
            let protocols = [(Mark::Hsyas, Protocol::Hsyas), (Mark::Disc, Protocol::Disc)];
            let holds = |(mark, protocol)| marks.contains(&mark).then_some(protocol);
            return Self {
                risk: Some(confirmed.main),
                confirmed: true,
                others: confirmed.others.iter().copied().collect(),
                protocols: protocols.into_iter().filter_map(holds).collect(),
                mediation: Some(confirmed.mediation),
            };
        }
        let proposed = dossier.entry.classification.as_ref();
        let Some(proposed) = proposed.filter(|found| !found.is_hidden() && !found.review) else {
            return Self::default();
        };
        let main = proposed.main();
        let labels = proposed.labels().iter().copied();
        Self {
            risk: main,
            confirmed: false,
            others: labels.filter(|risk| Some(*risk) != main).collect(),
            protocols: proposed.protocols().to_vec(),
            mediation: Some(proposed.mediation),
        }
    }
}

/// What was asked for; before it is, what of CHIS 57 nothing was told of. Whether the story is enough, a
/// person judges.
fn missing(dossier: &Dossier) -> Vec<Element> {
    if let Some(asked) = dossier.course.prevention()
        && !asked.missing.is_empty()
    {
        return asked.missing.iter().copied().collect();
    }
    let complaint = &dossier.complaint;
    let undated = complaint.facts.from.is_none() && complaint.facts.to.is_none();
    let unplaced = complaint.workplace.is_empty() && complaint.facts.place_detail.is_none();
    let mut missing = Vec::new();
    if complaint.people.is_empty() {
        missing.push(Element::DenouncedPerson);
    }
    if undated || unplaced {
        missing.push(Element::Facts);
    }
    missing
}

/// Who has the seats that sign, and may act today.
fn signers(desk: &Desk, member: &Member) -> Signers {
    let today = desk.today();
    let profiles = member.roster.profiles();
    let holder = |seat: Seat| {
        let of_seat = || {
            let of = profiles.iter().filter(|profile| profile.seat == seat);
            of.filter(|profile| profile.in_office(today))
        };
        let titular = of_seat().find(|profile| profile.stands_in_for().is_none());
        let who = titular.or_else(|| of_seat().next())?;
        Some(who.name.full().to_string())
    };
    Signers {
        presidencia: holder(Seat::Presidencia),
        secretaria_ejecutiva: holder(Seat::SecretariaEjecutiva),
        secretaria_tecnica: holder(Seat::SecretariaTecnica),
    }
}
