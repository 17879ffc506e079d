//! A case as its page shows it: everything that was told, in the reader's language.

use std::borrow::Cow;

use askama::Template;
use domain::catalogue::{CentreKind, Confidence, OoadCode, UmaeCode};
use domain::complaint::{Complaint, DenouncedPerson, Facts, Identity, ShortText, Witness};
use domain::procedure::Element;
use mailbox::Author;
use service::language::Texts;
use service::wording;
use store::casefiles::RegisterEntry;

use super::Draft;
use super::alike::Other;
use super::involved::Involved;
use super::late::late;
use super::proposal::Shown;
use crate::desk::Desk;
use crate::desk::acts::panel::Panel;
use crate::desk::correspondence::answer_until;
use crate::desk::dossier::{self, Dossier, FileOfCase};
use crate::desk::gate::Member;
use crate::desk::highlight::segments;
use crate::desk::identity::{ReservedIdentity, Unmasked};
use crate::desk::labels::{self, Labelled};
use crate::desk::pages::Frame;
use crate::desk::recusals::view::WhoSees;
use crate::desk::signal::{self, Signals};
use crate::desk::unseen::visible;
use crate::documents::EvidenceSpan;

#[derive(Template)]
#[template(path = "case.html")]
pub(super) struct Page<'a> {
    frame: Frame<'a>,
    folio: String,
    who: WhoSees,
    danger: bool,
    retaliation: bool,
    keep_from: Vec<Cow<'a, str>>,
    register: Vec<Fact>,
    terms: Vec<Term>,
    narrative: Vec<Piece<'a>>,
    /// Whether it has characters that show nothing.
    has_unseen: bool,
    suspected: Option<String>,
    proposal: Option<Shown<'a>>,
    involved: Option<Involved<'a>>,
    /// That it came after the time to present it: to be looked at, no reason to refuse.
    late: Vec<String>,
    /// Other cases that may concern the same person or unit.
    others: Vec<Other>,
    people: Vec<Vec<Fact>>,
    facts: Vec<Fact>,
    witnesses: Vec<Vec<Fact>>,
    wishes: Vec<Fact>,
    reporter: Vec<Fact>,
    /// What takes two, and what two agreed on.
    acts: Panel,
    messages: Vec<Message<'a>>,
    files: Vec<FileLine<'a>>,
    draft: Draft<'a>,
    /// Until when a request that is sent today can be answered, if one may be sent.
    request_until: Option<String>,
    /// What may be asked for.
    elements: Vec<(&'static str, &'static str)>,
}

/// A stretch of the narrative.
struct Piece<'a> {
    text: Cow<'a, str>,
    /// Whether it spoke for a risk.
    marked: bool,
}

/// Something with a name.
struct Fact {
    name: String,
    value: String,
}

struct Term {
    what: String,
    starts: String,
    due: String,
    length: String,
    /// Class of the style sheet.
    signal: &'static str,
    signal_label: String,
    source: &'static str,
    confidence: Confidence,
    confidence_label: String,
    advisory: bool,
}

struct FileLine<'a> {
    /// As the sender called it.
    name: &'a str,
    address: String,
    day: String,
    media_type: &'static str,
    size: String,
    version: String,
    /// The first bytes of the digest.
    digest: String,
    /// Why it is not as it was sent, if it is not.
    damage: Option<String>,
}

struct Message<'a> {
    class: &'static str,
    from: String,
    day: String,
    /// The request, or its answer.
    tag: Option<String>,
    text: Cow<'a, str>,
    consent: Option<String>,
}

/// The page of a case.
#[expect(
    clippy::too_many_arguments,
    reason = "what a case page shows, each from where it is"
)]
pub(super) fn page<'a>(
    desk: &Desk,
    frame: Frame<'a>,
    dossier: &'a Dossier,
    unmasked: Option<&Unmasked>,
    acts: Panel,
    draft: Draft<'a>,
    others: Vec<Other>,
    member: &Member,
) -> Page<'a> {
    let texts = frame.t;
    let Dossier {
        entry,
        complaint,
        identity,
        messages,
        files,
        proposal,
        course,
        steps: _,
        told,
        circle,
        papers: _,
        masks: _,
    } = dossier;
    let narrative = complaint.narrative.expose();
    let both = entry.classification.as_ref().zip(proposal.as_ref());
    // What spoke for risks that are not proposed is listed, but not marked.
    let evidence: Vec<EvidenceSpan> = both.map_or(Vec::new(), |(found, document)| {
        let proposed = |span: &&EvidenceSpan| found.labels().contains(&span.risk);
        document.evidence.iter().filter(proposed).copied().collect()
    });
    Page {
        frame,
        folio: entry.folio.to_string(),
        who: WhoSees::new(member, texts, circle, told, Some(complaint)),
        danger: complaint.immediate_danger == Some(true),
        retaliation: complaint.retaliation == Some(true),
        keep_from: complaint
            .keep_from
            .iter()
            .map(|who| visible(who.expose()))
            .collect(),
        register: register(texts, entry),
        terms: terms(desk, texts, entry),
        has_unseen: matches!(visible(narrative), Cow::Owned(_)),
        narrative: segments(narrative, &evidence)
            .into_iter()
            .map(|segment| Piece {
                text: visible(segment.text),
                marked: segment.marked,
            })
            .collect(),
        suspected: complaint.suspected_risk.map(|risk| risk.label(texts)),
        proposal: both
            .map(|(found, document)| Shown::new(texts, found, document, narrative, course)),
        involved: proposal
            .as_ref()
            .map(|document| Involved::new(desk, texts, member, (entry, circle), document)),
        late: late(desk, texts, entry, complaint),
        others,
        people: complaint
            .people
            .iter()
            .map(|person| person_facts(texts, person))
            .collect(),
        facts: circumstances(texts, &complaint.facts),
        witnesses: complaint
            .witnesses
            .iter()
            .map(|witness| witness_facts(texts, witness))
            .collect(),
        wishes: wishes(texts, dossier),
        reporter: reporter(texts, complaint, identity, unmasked),
        acts,
        files: files
            .iter()
            .map(|file| file_line(texts, entry, file))
            .collect(),
        messages: messages
            .iter()
            .map(|message| message_view(texts, message))
            .collect(),
        draft,
        elements: Element::ALL
            .iter()
            .map(|element| (element.code(), element.label().name.as_str()))
            .collect(),
        request_until: dossier
            .can_ask(member)
            .then(|| answer_until(desk))
            .flatten()
            .map(|until| wording::date(texts, until)),
    }
}

fn message_view<'a>(texts: &Texts, message: &'a dossier::Message) -> Message<'a> {
    let who = message.from.label(texts);
    let request = match message.from {
        Author::Committee => "desk-asks",
        Author::Complainant | Author::System => "desk-answers",
    };
    Message {
        class: message.from.code(),
        from: match &message.by {
            Some(by) => format!("{who} ({by})"),
            None => who,
        },
        day: wording::date(texts, message.written_on),
        tag: message.is_request.then(|| texts.get(request)),
        text: message
            .text
            .as_ref()
            .map_or(Cow::Borrowed(""), |text| visible(text.expose())),
        consent: message.referral_consent.map(|consent| consent.label(texts)),
    }
}

/// How many digits of a digest are shown: enough to tell files apart.
const DIGEST_DIGITS: usize = 16;

fn file_line<'a>(texts: &Texts, entry: &RegisterEntry, file: &'a FileOfCase) -> FileLine<'a> {
    let item = &file.file.item;
    let mut digest = item.sha256.to_string();
    digest.truncate(DIGEST_DIGITS);
    let damage = labels::damage(texts, file.file.wholeness);
    FileLine {
        name: item.name.expose(),
        address: file.address(entry.folio),
        day: wording::date(texts, file.came_on),
        media_type: item.media_type.mime(),
        size: labels::bytes(item.bytes),
        version: item.version.label(texts),
        digest,
        damage,
    }
}

/// Gathers what was told, leaving out what was not.
struct Told<'a> {
    texts: &'a Texts,
    facts: Vec<Fact>,
}

impl Told<'_> {
    fn add(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            let name = self.texts.get(&format!("desk-fact-{name}"));
            self.facts.push(Fact {
                name,
                value: value.into(),
            });
        }
    }
}

fn told(texts: &Texts) -> Told<'_> {
    Told {
        texts,
        facts: Vec::new(),
    }
}

fn words(text: Option<&ShortText>) -> Option<Cow<'_, str>> {
    text.map(|text| visible(text.expose()))
}

fn register(texts: &Texts, entry: &RegisterEntry) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("received", Some(wording::date(texts, entry.received_on)));
    told.add("state", Some(entry.state.label(texts)));
    told.add("ooad", entry.ooad.map(OoadCode::name));
    told.add("umae", entry.umae.map(UmaeCode::name));
    told.add("messages", Some(entry.messages.to_string()));
    told.facts
}

fn terms(desk: &Desk, texts: &Texts, entry: &RegisterEntry) -> Vec<Term> {
    let signals = Signals::on(desk.calendar(), desk.today());
    entry
        .terms
        .iter()
        .map(|running| {
            let term = running.deadline.key.term();
            let signal = signals.of(running);
            Term {
                what: texts.get(&format!("term-{}", running.deadline.key.code())),
                starts: wording::date(texts, running.starts_on),
                due: wording::date(texts, running.deadline.due_on),
                length: labels::amount(texts, term.amount()),
                signal: signal::class(signal),
                signal_label: Labelled::label(signal, texts),
                source: &term.source,
                confidence: term.confidence,
                confidence_label: term.confidence.label(texts),
                advisory: term.advisory,
            }
        })
        .collect()
}

fn person_facts(texts: &Texts, person: &DenouncedPerson) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("name", words(person.name.as_ref()));
    told.add("position", words(person.position.as_ref()));
    told.add("area", words(person.area.as_ref()));
    told.add("rank", person.rank.map(|rank| rank.label(texts)));
    told.add(
        "description",
        person
            .description
            .as_ref()
            .map(|text| visible(text.expose())),
    );
    told.facts
}

fn circumstances(texts: &Texts, facts: &Facts) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("from", facts.from.map(|day| wording::date(texts, day)));
    told.add("to", facts.to.map(|day| wording::date(texts, day)));
    told.add(
        "ongoing",
        facts.ongoing.map(|ongoing| labels::yes_no(texts, ongoing)),
    );
    told.add(
        "frequency",
        facts.frequency.map(|frequency| frequency.label(texts)),
    );
    told.add("place-kind", facts.place_kind.map(|kind| kind.label(texts)));
    told.add("place-detail", words(facts.place_detail.as_ref()));
    told.facts
}

fn witness_facts(texts: &Texts, witness: &Witness) -> Vec<Fact> {
    let mut told = told(texts);
    told.add("name", words(witness.name.as_ref()));
    told.add("contact", words(witness.contact.as_ref()));
    told.facts
}

fn wishes(texts: &Texts, dossier: &Dossier) -> Vec<Fact> {
    let complaint = &dossier.complaint;
    let list = |labels: Vec<String>| (!labels.is_empty()).then(|| labels.join("; "));
    let yes_no = |answer: Option<bool>| answer.map(|answer| labels::yes_no(texts, answer));
    let mut told = told(texts);
    told.add("danger", yes_no(complaint.immediate_danger));
    told.add("retaliation", yes_no(complaint.retaliation));
    told.add("protection", yes_no(complaint.protection_wanted));
    told.add(
        "support",
        list(
            complaint
                .support_wanted
                .iter()
                .map(|support| support.label(texts))
                .collect(),
        ),
    );
    told.add(
        "consent",
        dossier.referral_consent().map(|(consent, since)| {
            let label = consent.label(texts);
            match since {
                Some(day) => format!("{label} ({})", wording::date(texts, day)),
                None => label,
            }
        }),
    );
    told.add(
        "filed-with",
        list(
            complaint
                .already_filed_with
                .iter()
                .map(|filing| filing.label(texts))
                .collect(),
        ),
    );
    told.add(
        "channel",
        complaint
            .presented_through
            .map(|channel| channel.label(texts)),
    );
    told.add(
        "notice",
        complaint
            .privacy_notice
            .map(|edition| format!("{edition} ({})", wording::date(texts, edition.since()))),
    );
    told.facts
}

fn reporter(
    texts: &Texts,
    complaint: &Complaint,
    identity: &ReservedIdentity,
    unmasked: Option<&Unmasked>,
) -> Vec<Fact> {
    let reporter = &complaint.reporter;
    let mut told = told(texts);
    match unmasked.and_then(|unmasked| identity.open(unmasked)) {
        Some(Identity { name, contact }) => {
            told.add("name", words(name.as_ref()));
            told.add("contact", words(contact.as_ref()));
        }
        None if identity.is_told() => told.add("identity", Some(texts.get("desk-reserved"))),
        None => told.add("identity", Some(texts.get("desk-anonymous"))),
    }
    told.add("role", reporter.role.map(|role| role.label(texts)));
    told.add("bond", reporter.bond.map(|bond| bond.label(texts)));
    told.add("sex", reporter.sex.map(|sex| sex.label(texts)));
    told.add(
        "age-group",
        reporter.age_group.map(|group| group.label(texts)),
    );
    told.add(
        "workplace-kind",
        complaint.workplace.kind.map(CentreKind::name),
    );
    told.add("workplace-place", words(complaint.workplace.place.as_ref()));
    told.facts
}
