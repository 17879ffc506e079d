//! A version put together: each text with its masks, and the facts that a party may read.

use domain::complaint::{DenouncedPerson, ShortText};
use domain::redaction::{Known, MASK, Masks, Reader, Span, occurrences, suggest};
use jiff::civil::Date;
use mailbox::Author;
use papers::{PartyFile, Said, date};
use service::language::Texts;
use store::casefiles::DocumentId;

use super::decided::Decided;
use super::party::Party;
use crate::desk::dossier::{Dossier, Message};
use crate::desk::identity::Unmasked;
use crate::desk::labels::{self, Labelled as _};

/// How forms name the story; messages are named by their document.
pub(super) const NARRATIVE: &str = "relato";

/// A case for one party.
pub(in crate::desk) struct Version<'a> {
    dossier: &'a Dossier,
    pub(in crate::desk) party: Party,
    reader: Reader,
    pub(super) decided: Decided,
    /// Whether names may be shown again.
    pub(in crate::desk) names_open: bool,
    known: Vec<&'a str>,
    told: Vec<&'a str>,
    /// What others who are denounced are, if the reader is not the same: it tells who they are.
    posts: Vec<&'a str>,
}

/// A text of the case, and what of it is masked.
pub(in crate::desk) struct Field<'a> {
    pub(in crate::desk) key: String,
    pub(in crate::desk) text: &'a str,
    /// The message it is, if it is not the story.
    pub(in crate::desk) message: Option<&'a Message>,
    /// Whether the party gets it at all.
    pub(in crate::desk) shown: bool,
    pub(in crate::desk) masks: Masks,
    /// What a member may show again.
    pub(in crate::desk) liftable: Vec<Span>,
}

/// Whether a party may read of one of those who are denounced: whoever filed of all whom they named, each of
/// these of themselves.
fn is_open_to(party: Party, number: u16) -> bool {
    match party {
        Party::Complainant => true,
        Party::Denounced(own) => own == number,
    }
}

fn words(text: Option<&ShortText>) -> Option<&str> {
    text.map(ShortText::expose)
}

impl<'a> Version<'a> {
    /// For a party of this case; `None` if it has no such party.
    pub(super) fn new(
        dossier: &'a Dossier,
        party: Party,
        unmasked: Option<&Unmasked>,
    ) -> Option<Self> {
        let complaint = &dossier.complaint;
        Party::all(complaint.people.len()).find(|one| *one == party)?;
        let of_witness = complaint.witnesses.iter();
        let of_witness =
            of_witness.flat_map(|one| [words(one.name.as_ref()), words(one.contact.as_ref())]);
        let (own, others): (Vec<_>, Vec<_>) = (1_u16..)
            .zip(&complaint.people)
            .partition(|(number, _)| is_open_to(party, *number));
        let name = |(_, one): &(u16, &'a DenouncedPerson)| words(one.name.as_ref());
        let post = |(_, one): &(u16, &'a DenouncedPerson)| words(one.position.as_ref());
        let own_posts: Vec<&str> = own.iter().filter_map(post).collect();
        let is_own = |other: &&str| {
            own_posts
                .iter()
                .any(|own| !occurrences(own, other).is_empty())
        };
        Some(Self {
            dossier,
            party,
            reader: party.reader(),
            decided: Decided::of(&dossier.masks, party),
            names_open: !dossier.identity.is_told() || unmasked.is_some(),
            known: of_witness
                .flatten()
                .chain(others.iter().filter_map(name))
                .collect(),
            told: own.iter().filter_map(name).collect(),
            posts: others
                .iter()
                .filter_map(post)
                .filter(|one| !is_own(one))
                .collect(),
        })
    }

    /// The texts that a member may mask, the story first.
    pub(in crate::desk) fn fields(&self) -> Vec<Field<'a>> {
        let story = self.field(
            NARRATIVE.to_owned(),
            self.dossier.complaint.narrative.expose(),
            None,
        );
        let messages = self.dossier.messages.iter().filter_map(|message| {
            let text = message.text.as_ref()?.expose();
            let DocumentId(id) = message.id;
            let key = format!("{:032x}", u128::from_be_bytes(id));
            Some(self.field(key, text, Some(message)))
        });
        std::iter::once(story).chain(messages).collect()
    }

    fn field(&self, key: String, text: &'a str, message: Option<&'a Message>) -> Field<'a> {
        let decided = self.decided.field(&key);
        let (forced, people, traces) = self.by_default(text);
        let traces = traces.without(&decided.lifted);
        let mut liftable: Vec<Span> = decided.added.spans().to_vec();
        liftable.extend(traces.spans());
        let people = if self.names_open {
            let left = people.without(&decided.lifted);
            liftable.extend(left.spans());
            left
        } else {
            people
        };
        liftable.sort_unstable();
        liftable.dedup();
        Field {
            // What was written to and by whoever filed is theirs; the other party gets none of it unless a
            // member says so.
            shown: match (message, self.reader) {
                (None, _) | (Some(_), Reader::Complainant) => true,
                (Some(_), Reader::Denounced) => decided.shown,
            },
            masks: forced.and(&people).and(&traces).and(&decided.added),
            key,
            text,
            message,
            liftable,
        }
    }

    /// What is masked in any text: whoever filed, other people, and what tells who wrote.
    fn by_default(&self, text: &str) -> (Masks, Masks, Masks) {
        let known = Known {
            kept: &self.known,
            told: &self.told,
        };
        let suggested = suggest(text, known);
        match self.reader {
            Reader::Denounced => (
                self.dossier.identity.masks_in(text),
                suggested.people,
                suggested.traces.and(&self.posts_in(text)),
            ),
            // What they told of themselves is theirs.
            Reader::Complainant => (Masks::default(), suggested.people, Masks::default()),
        }
    }

    fn posts_in(&self, text: &str) -> Masks {
        let posts = self.posts.iter();
        posts.flat_map(|post| occurrences(text, post)).collect()
    }

    fn masked(&self, text: &str) -> String {
        let (forced, people, traces) = self.by_default(text);
        forced.and(&people).and(&traces).apply(text).to_string()
    }

    /// The whole, as it is handed over. Its words are Spanish.
    pub(super) fn file(&self, texts: &Texts, today: Date) -> PartyFile {
        let entry = &self.dossier.entry;
        let fact = |name: &str| texts.get(&format!("desk-fact-{name}"));
        let fields = self.fields();
        let story = fields.iter().find(|field| field.message.is_none());
        let said = fields
            .iter()
            .filter(|field| field.shown)
            .filter_map(|field| {
                let message = field.message?;
                Some(Said {
                    by: by(message.from).to_owned(),
                    on: message.written_on,
                    text: field.masks.apply(field.text).to_string(),
                })
            });
        PartyFile {
            folio: entry.folio,
            reader: self.reader,
            today,
            register: vec![
                ("Folio".to_owned(), entry.folio.to_string()),
                (fact("received"), date(entry.received_on)),
                (fact("state"), entry.state.label(texts)),
            ],
            narrative: story
                .map(|field| field.masks.apply(field.text).to_string())
                .unwrap_or_default(),
            sections: self.sections(texts),
            said: said.collect(),
        }
    }

    /// The facts that stand beside the story.
    pub(in crate::desk) fn sections(&self, texts: &Texts) -> Vec<(String, Vec<(String, String)>)> {
        let complaint = &self.dossier.complaint;
        let people = (1_u16..).zip(&complaint.people);
        let people = people
            .flat_map(|(number, person)| {
                if is_open_to(self.party, number) {
                    self.person(texts, person)
                } else {
                    vec![(texts.get("desk-version-co-denounced"), MASK.to_owned())]
                }
            })
            .collect();
        let mut sections = vec![
            (texts.get("desk-people"), people),
            (texts.get("desk-facts"), self.facts(texts)),
        ];
        let witnesses = complaint.witnesses.iter().zip(1..);
        let witnesses: Vec<(String, String)> = witnesses
            .map(|(_, number)| (number.to_string(), MASK.to_owned()))
            .collect();
        sections.push((texts.get("desk-witnesses"), witnesses));
        sections.push((texts.get("desk-reporter"), self.reporter(texts)));
        let files = self.dossier.files.iter().zip(1..);
        let files = files.map(|(file, number): (_, u32)| {
            let item = &file.file.item;
            let name = match self.reader {
                Reader::Denounced => MASK.to_owned(),
                Reader::Complainant => self.masked(item.name.expose()),
            };
            let told = [date(file.came_on), item.media_type.mime().to_owned(), name];
            (number.to_string(), told.join(" · "))
        });
        sections.push((texts.get("desk-files"), files.collect()));
        sections
    }

    fn person(&self, texts: &Texts, person: &DenouncedPerson) -> Vec<(String, String)> {
        let mut told = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            told.extend(value.map(|value| (texts.get(&format!("desk-fact-{name}")), value)));
        };
        add("name", words(person.name.as_ref()).map(ToOwned::to_owned));
        add(
            "position",
            words(person.position.as_ref()).map(|text| self.masked(text)),
        );
        add(
            "area",
            words(person.area.as_ref()).map(|text| self.masked(text)),
        );
        let description = person.description.as_ref();
        add(
            "description",
            description.map(|text| self.masked(text.expose())),
        );
        // How they stand to the person harmed tells something of that person.
        if self.reader == Reader::Complainant {
            add("rank", person.rank.map(|rank| rank.label(texts)));
        }
        told
    }

    fn facts(&self, texts: &Texts) -> Vec<(String, String)> {
        let complaint = &self.dossier.complaint;
        let (facts, place) = (&complaint.facts, &complaint.workplace);
        let mut told = Vec::new();
        let mut add = |name: &str, value: Option<String>| {
            told.extend(value.map(|value| (texts.get(&format!("desk-fact-{name}")), value)));
        };
        add("from", facts.from.map(date));
        add("to", facts.to.map(date));
        add(
            "ongoing",
            facts.ongoing.map(|ongoing| labels::yes_no(texts, ongoing)),
        );
        add("frequency", facts.frequency.map(|one| one.label(texts)));
        add("place-kind", facts.place_kind.map(|kind| kind.label(texts)));
        // Places are told in the person's own words, and a small one tells who they are.
        let placed = |text: Option<&str>| {
            text.map(|text| match self.reader {
                Reader::Denounced => MASK.to_owned(),
                Reader::Complainant => self.masked(text),
            })
        };
        add("place-detail", placed(words(facts.place_detail.as_ref())));
        add(
            "workplace-kind",
            placed(place.kind.map(domain::catalogue::CentreKind::name)),
        );
        add("workplace-place", placed(words(place.place.as_ref())));
        told
    }

    /// Of whoever filed, the other party gets nothing, not even whether they said who they are.
    fn reporter(&self, texts: &Texts) -> Vec<(String, String)> {
        let reporter = &self.dossier.complaint.reporter;
        let fact = |name: &str| texts.get(&format!("desk-fact-{name}"));
        match self.reader {
            Reader::Denounced => vec![(fact("identity"), MASK.to_owned())],
            Reader::Complainant => [
                ("role", reporter.role.map(|role| role.label(texts))),
                ("bond", reporter.bond.map(|bond| bond.label(texts))),
                ("sex", reporter.sex.map(|sex| sex.label(texts))),
                (
                    "age-group",
                    reporter.age_group.map(|group| group.label(texts)),
                ),
            ]
            .into_iter()
            .filter_map(|(name, value)| Some((fact(name), value?)))
            .collect(),
        }
    }
}

/// Who wrote, without telling which member did.
const fn by(author: Author) -> &'static str {
    match author {
        Author::Committee | Author::System => "Comité de Ética",
        Author::Complainant => "Persona denunciante",
    }
}
