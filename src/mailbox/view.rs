//! A mailbox as its owner sees it.

use domain::case::{Deadline, Folio, Status};
use domain::complaint::{ReferralConsent, SecretText};
use jiff::civil::Date;

use crate::entry::{
    Author, Body, Detail, Entry, Filed, FiledFile, Message, NewWords, Notice, Situation, Standing,
};

/// All entries of a mailbox, read together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Where the case stands.
    pub status: Status,
    /// Number of the case, once it has one.
    pub folio: Option<Folio>,
    /// Terms that run, the next one first.
    pub deadlines: Vec<Deadline>,
    /// Everything that was said, in order.
    pub messages: Vec<Posted>,
    /// What was filed; mailboxes of before it was kept have none.
    pub filed: Option<Box<Filed>>,
    /// Whether the committee may hand the case over to the control body, as last stated.
    pub referral_consent: Option<ReferralConsent>,
    /// Place among the messages of the request that waits for an answer.
    pub request: Option<usize>,
    /// What holds for the words that it was found with.
    pub found: Found,
}

/// What holds for the words that a mailbox was found with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Found {
    /// They are the person's own.
    #[default]
    Own,
    /// A member of the committee has seen them: they open nothing until the person has chosen others.
    SeenByOther,
    /// The person has chosen them in place of others, and what was in the mailbox comes later.
    Moving,
    /// They were chosen too late: the mailbox went to other words.
    TooLate,
}

/// One message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Position of the entry that it is in; a message that brings a standing is two.
    pub position: u32,
    /// Who says it.
    pub from: Author,
    /// On which day.
    pub posted_on: Date,
    /// What.
    pub words: Words,
    /// The files that came with it.
    pub evidence: Vec<FiledFile>,
    /// What it states about handing the case over.
    pub referral_consent: Option<ReferralConsent>,
    /// What a notice names.
    pub detail: Option<Detail>,
}

/// Words of a person, or of the service in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// As somebody wrote them.
    Written(SecretText),
    /// As the translation files have them.
    Notice(Notice),
    /// None: a message that brings something else.
    None,
}

impl Mailbox {
    /// Reads all entries of a mailbox in the order of their positions, from 0; the latest standing
    /// counts.
    pub fn read(entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::read_at((0..).zip(entries))
    }

    /// Reads some entries with their positions, in that order. The newest ones tell by themselves where
    /// the case stands.
    pub fn read_at(entries: impl IntoIterator<Item = (u32, Entry)>) -> Self {
        let mut mailbox = Self {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            messages: Vec::new(),
            filed: None,
            referral_consent: None,
            request: None,
            found: Found::Own,
        };
        for (position, Entry { posted_on, body }) in entries {
            let at = (position, posted_on);
            match body {
                Body::Filed(filed) => {
                    mailbox.referral_consent = filed.complaint.referral_consent;
                    if filed.assisted {
                        mailbox.found = Found::SeenByOther;
                    }
                    mailbox.filed = Some(filed);
                    mailbox.say(at, Notice::Stored, None);
                }
                Body::Standing(standing) => mailbox.stand(at, standing),
                Body::Message(message) => mailbox.add(at, message),
                Body::Words(NewWords::Moving) => {
                    mailbox.found = Found::Moving;
                    mailbox.say(at, Notice::NewWordsMoving, None);
                }
                Body::Words(NewWords::TooLate) => {
                    mailbox.found = Found::TooLate;
                    mailbox.say(at, Notice::NewWordsTooLate, None);
                }
            }
        }
        mailbox
    }

    fn add(&mut self, at: (u32, Date), message: Message) {
        let Message {
            from,
            text,
            evidence,
            referral_consent,
            standing,
            situation,
        } = message;
        let (position, posted_on) = at;
        let place = self.messages.len();
        self.messages.push(Posted {
            position,
            from,
            posted_on,
            words: text.map_or(Words::None, Words::Written),
            evidence,
            referral_consent,
            detail: None,
        });
        self.referral_consent = referral_consent.or(self.referral_consent);
        if let Some(situation) = situation {
            self.settle(situation);
        }
        if let Some(standing) = standing {
            self.stand(at, standing);
            if self.status == Status::NeedsInformation {
                self.request = Some(place);
            }
        }
    }

    fn stand(&mut self, at: (u32, Date), standing: Standing) {
        let notice = standing.notice;
        let detail = standing.detail.clone();
        self.settle(standing.into());
        self.say(at, notice, detail);
    }

    fn settle(&mut self, situation: Situation) {
        self.status = situation.status;
        self.folio = situation.folio;
        self.deadlines = situation.deadlines;
        if self.status != Status::NeedsInformation {
            self.request = None;
        }
    }

    fn say(&mut self, at: (u32, Date), notice: Notice, detail: Option<Detail>) {
        let (position, posted_on) = at;
        self.messages.push(Posted {
            position,
            from: Author::System,
            posted_on,
            words: Words::Notice(notice),
            evidence: Vec::new(),
            referral_consent: None,
            detail,
        });
    }
}

#[cfg(test)]
mod tests {
    use domain::catalogue::TermKey;
    use domain::complaint::{Complaint, ComplaintDraft};
    use jiff::civil::date;

    use super::*;

    const DAY: Date = date(2026, 3, 4);

    fn filed(consent: Option<ReferralConsent>) -> Body {
        let draft = ComplaintDraft {
            narrative: Some("Me piden dinero para darme la guardia.".to_owned().into()),
            referral_consent: consent.map(|consent| consent.code().to_owned()),
            ..ComplaintDraft::default()
        };
        Body::Filed(Box::new(Filed {
            receipt: "QUJD".to_owned(),
            complaint: Box::new(Complaint::parse(draft).unwrap()),
            evidence: Vec::new(),
            assisted: false,
        }))
    }

    fn standing(status: Status, notice: Notice) -> Standing {
        let due = Deadline {
            key: TermKey::PrevencionDesahogo,
            due_on: date(2026, 3, 11),
        };
        Standing {
            status,
            folio: Folio::new(2026, 7),
            deadlines: (status == Status::NeedsInformation)
                .then_some(due)
                .into_iter()
                .collect(),
            notice,
            detail: None,
        }
    }

    fn message(from: Author, text: &str, standing: Option<Standing>) -> Body {
        Body::Message(Message {
            standing,
            ..Message::written(from, text.to_owned().into())
        })
    }

    fn read(bodies: Vec<Body>) -> Mailbox {
        Mailbox::read(bodies.into_iter().map(|body| Entry {
            posted_on: DAY,
            body,
        }))
    }

    #[test]
    fn what_was_filed_is_a_complaint_that_is_received() {
        let mailbox = read(vec![filed(None)]);
        assert_eq!(mailbox.status, Status::Received);
        assert_eq!(mailbox.messages.len(), 1);
        assert_eq!(mailbox.messages[0].words, Words::Notice(Notice::Stored));
        assert_eq!(mailbox.filed.unwrap().receipt, "QUJD");
    }

    #[test]
    fn a_request_stays_open_until_the_case_moves_on() {
        let asked = standing(Status::NeedsInformation, Notice::NeedsInformation);
        let answered = standing(Status::Received, Notice::Answered);
        let mut bodies = vec![
            filed(None),
            Body::Standing(standing(Status::Received, Notice::Opened)),
            message(Author::Committee, "¿Dónde fue?", Some(asked)),
            message(Author::Complainant, "Espere por favor.", None),
        ];
        let open = read(bodies.clone());
        assert_eq!(open.status, Status::NeedsInformation);
        assert_eq!(open.deadlines.len(), 1);
        let request = &open.messages[open.request.unwrap()];
        assert_eq!(
            request.words,
            Words::Written("¿Dónde fue?".to_owned().into())
        );

        bodies.push(message(
            Author::Complainant,
            "En el almacén.",
            Some(answered),
        ));
        let answered = read(bodies);
        assert_eq!(
            (answered.status, answered.request),
            (Status::Received, None)
        );
        assert_eq!(answered.deadlines, []);
    }

    #[test]
    fn the_last_consent_counts() {
        let later = Body::Message(Message {
            text: None,
            referral_consent: Some(ReferralConsent::No),
            ..Message::written(Author::Complainant, String::new().into())
        });
        let last = message(Author::Complainant, "Nada nuevo.", None);
        let mailbox = read(vec![filed(Some(ReferralConsent::Yes)), later, last]);
        assert_eq!(mailbox.referral_consent, Some(ReferralConsent::No));
        assert_eq!(mailbox.messages[1].words, Words::None);
    }

    #[test]
    fn the_newest_entries_alone_tell_where_the_case_stands() {
        let asked = standing(Status::NeedsInformation, Notice::NeedsInformation);
        let echo = |situation| {
            Body::Message(Message {
                situation: Some(situation),
                ..Message::written(Author::Complainant, "Sigo aquí.".to_owned().into())
            })
        };
        let waits = echo(asked.clone().into());
        let bodies = vec![
            filed(None),
            message(Author::Committee, "¿Dónde fue?", Some(asked)),
            waits.clone(),
        ];
        let whole = read(bodies.clone());
        let day = |body| Entry {
            posted_on: DAY,
            body,
        };
        let newest = Mailbox::read_at([(0, day(filed(None))), (2, day(waits))]);
        assert_eq!(
            (newest.status, newest.folio, &newest.deadlines),
            (whole.status, whole.folio, &whole.deadlines)
        );
        assert_eq!((whole.request, newest.request), (Some(1), None));
        let places: Vec<_> = whole.messages.iter().map(|said| said.position).collect();
        assert_eq!(places, [0, 1, 1, 2]);

        let over = echo(standing(Status::Concluded, Notice::Opened).into());
        let ended = read([bodies, vec![over]].concat());
        assert_eq!((ended.status, ended.request), (Status::Concluded, None));
        assert_eq!(ended.messages.len(), 5, "a situation says nothing");
    }

    #[test]
    fn what_holds_for_the_words_is_told_by_the_first_entries() {
        assert_eq!(read(vec![filed(None)]).found, Found::Own);
        let Body::Filed(mut assisted) = filed(None) else {
            unreachable!("it is what was filed")
        };
        assisted.assisted = true;
        let seen = read(vec![Body::Filed(assisted)]);
        assert_eq!(seen.found, Found::SeenByOther);
        let moving = read(vec![Body::Words(NewWords::Moving)]);
        assert_eq!(moving.found, Found::Moving);
        assert_eq!(
            moving.messages[0].words,
            Words::Notice(Notice::NewWordsMoving)
        );
        let late = read(vec![
            Body::Words(NewWords::Moving),
            Body::Words(NewWords::TooLate),
        ]);
        assert_eq!(late.found, Found::TooLate);
    }

    #[test]
    fn a_mailbox_of_before_filings_were_kept_is_read() {
        let mailbox = read(vec![
            Body::Standing(standing(Status::Received, Notice::Stored)),
            message(Author::Committee, "Gracias.", None),
        ]);
        assert_eq!((mailbox.filed, mailbox.messages.len()), (None, 2));
    }
}
