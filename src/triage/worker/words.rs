//! Other words for a mailbox, chosen by the person: the case is found with them, and all that is in the
//! mailbox moves there.
//!
//! Intake has made a mailbox under the new words that says so, and sent a letter with what follows from
//! them, sealed like any other and under the words of before. Each step can be repeated:
//!
//! 1. the words of before are noted as former ones (`committee::former_words`), so that what was written
//!    with them finds its case;
//! 2. the case gets the new mailbox, and the notice of it for the person, in one transaction. Whoever was
//!    about to write to the old one finds its place taken and begins again, with the new one;
//! 3. what the outbox has for the old mailbox is delivered, and every entry but the first is sealed again at
//!    its place in the new one;
//! 4. the first one follows and the old mailbox goes, in one transaction. From then on the words of before
//!    lead nowhere;
//! 5. the envelope is removed.
//!
//! Whoever holds the words may change them, and of two who do the first one has the mailbox: intake names the
//! letter by the words of before alone and takes no second one, neither while the first waits nor after the
//! mailbox of before is gone, which goes before the letter does. Who comes with words of before all the same
//! (a complaint that was sent again from an old page has made their mailbox anew for a while) is told so in
//! the mailbox that was made for them: somebody else had their words. Such a letter bears the id of the one
//! that was worked off, so an id that was seen says nothing here: the former words do.

use std::collections::HashSet;

use committee::former_words::{FormerWords, FormerWordsBook, FormerWordsError};
use committee::keyring::ServiceRecord;
use domain::case::Status;
use mailbox::{Body, Entry, NewWords as Became, Notice, SealedEntry, Standing};
use sealing::{Content, EnvelopeId, Letter, LookupId, MailboxKey, NewWords};
use store::casefiles::CaseHandle;
use store::steps::{Followed, WordsChange};

use super::{NO_CASE, Round, TRIES, Worker, WorkerError, only};
use crate::standing::standing;

/// Reasons of the quarantine for letters that a sound intake does not write: their sender did not hold the
/// words, or gave others that no mailbox was made for, or those of another case.
pub(super) const MAILBOX_KEY: &str = "mailbox_key";
const NO_MAILBOX: &str = "no_mailbox";
const MAILBOX_TAKEN: &str = "mailbox_taken";

/// Entries that are read at once.
const PART: u32 = 64;
/// Where a mailbox that was made in vain says so.
const SECOND: u32 = 1;

/// Whose letter it is.
pub(super) enum Whose {
    /// That of a case, found with the words of now or with former ones.
    Case(Box<CaseHandle>, ServiceRecord),
    /// No case is found with these words, yet.
    Nobody,
    /// The sender did not hold the words.
    Forged,
}

/// What became of a letter with other words.
enum Changed {
    /// The mailbox is there, or went elsewhere before and the sender is told.
    Done,
    /// There is no case yet.
    NoCase,
    /// It is none that intake wrote, for this reason.
    Refused(&'static str),
}

impl From<FormerWordsError> for WorkerError {
    fn from(error: FormerWordsError) -> Self {
        match error {
            FormerWordsError::Store(error) => Self::Store(error),
            FormerWordsError::Seal(error) => Self::Seal(error),
            FormerWordsError::Open(error) => Self::ServiceRecord(error),
        }
    }
}

impl Worker {
    /// The case that a letter is for. Whoever can write to the mailroom knows lookup ids, and no mailbox
    /// key.
    pub(super) async fn whose(
        &self,
        lookup_id: LookupId,
        key: &MailboxKey,
    ) -> Result<Whose, WorkerError> {
        let open = |case: &CaseHandle| {
            self.keyring
                .open_service_record(case.id, &case.service_record)
                .map_err(WorkerError::ServiceRecord)
        };
        if let Some(case) = self.cases.case_of(self.keyring.hash(lookup_id)).await? {
            let record = open(&case)?;
            if record.mailbox_key != *key || record.lookup_id != lookup_id {
                return Ok(Whose::Forged);
            }
            return Ok(Whose::Case(Box::new(case), record));
        }
        let Some(former) = self.former_words().find(lookup_id).await? else {
            return Ok(Whose::Nobody);
        };
        if former.mailbox_key != *key {
            return Ok(Whose::Forged);
        }
        let Some(case) = self.cases.handle(former.case).await? else {
            return Ok(Whose::Nobody);
        };
        let record = open(&case)?;
        Ok(Whose::Case(Box::new(case), record))
    }

    fn former_words(&self) -> FormerWordsBook<'_> {
        FormerWordsBook::new(&*self.cases, &self.keyring)
    }

    /// Moves every mailbox for which other words were chosen.
    pub(super) async fn change_words_all(
        &self,
        words: &HashSet<EnvelopeId>,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        let mut walk = self.walk();
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            for letter in self.open_all(only(batch, words), round).await? {
                let Content::NewWords(new) = &letter.content else {
                    continue;
                };
                let id = letter.envelope_id;
                match self.change_words(&letter, new).await {
                    Ok(Changed::Done) => {
                        self.mailroom.remove(id).await?;
                        round.moved += 1;
                    }
                    Ok(Changed::NoCase) if self.is_orphan(letter.received_on) => {
                        self.set_aside(id, NO_CASE, round).await?;
                    }
                    Ok(Changed::NoCase) => round.deferred += 1,
                    Ok(Changed::Refused(reason)) => self.set_aside(id, reason, round).await?,
                    Err(error) => round.defer(error)?,
                }
            }
        }
        Ok(())
    }

    async fn change_words(&self, letter: &Letter, new: &NewWords) -> Result<Changed, WorkerError> {
        let (old, key) = (letter.lookup_id, &letter.mailbox_key);
        let hash = self.keyring.hash(new.lookup_id);
        for _ in 0..TRIES {
            let former = self.former_words().find(old).await?;
            if former
                .as_ref()
                .is_some_and(|former| former.mailbox_key != *key)
            {
                return Ok(Changed::Refused(MAILBOX_KEY));
            }
            if let Some(case) = self.cases.case_of(hash).await? {
                // Who was killed after the second step goes on here.
                if former.is_none_or(|former| former.case != case.id) {
                    return Ok(Changed::Refused(MAILBOX_TAKEN));
                }
                self.move_mailbox(letter, new).await?;
                return Ok(Changed::Done);
            }
            if !self.waits_for_its_mailbox(new).await? {
                return Ok(Changed::Refused(NO_MAILBOX));
            }
            let Some(case) = self.cases.case_of(self.keyring.hash(old)).await? else {
                return match former {
                    Some(former) => {
                        // What they write meanwhile reaches the case all the same.
                        let late = FormerWords {
                            case: former.case,
                            mailbox_key: new.mailbox_key.clone(),
                        };
                        self.former_words().keep(new.lookup_id, &late).await?;
                        self.tell_too_late(new).await?;
                        Ok(Changed::Done)
                    }
                    None => Ok(Changed::NoCase),
                };
            };
            let record = self
                .keyring
                .open_service_record(case.id, &case.service_record)
                .map_err(WorkerError::ServiceRecord)?;
            if record.mailbox_key != *key || record.lookup_id != old {
                return Ok(Changed::Refused(MAILBOX_KEY));
            }
            if former.is_none() {
                let former = FormerWords {
                    case: case.id,
                    mailbox_key: key.clone(),
                };
                self.former_words().keep(old, &former).await?;
            }
            let Some(change) = self.words_change(letter, new, &case).await? else {
                return Ok(Changed::NoCase);
            };
            match self.cases.change_words(&change).await? {
                Followed::Now => {
                    self.move_mailbox(letter, new).await?;
                    return Ok(Changed::Done);
                }
                // Somebody else was faster: what they did is found above.
                Followed::Before | Followed::Outdated => {}
            }
        }
        Err(WorkerError::Contended)
    }

    /// What changes in a case, and what the person reads of it.
    async fn words_change(
        &self,
        letter: &Letter,
        new: &NewWords,
        case: &CaseHandle,
    ) -> Result<Option<WordsChange>, WorkerError> {
        let Some(register) = self.cases.case(case.folio).await? else {
            return Ok(None);
        };
        let told = Entry {
            posted_on: letter.received_on,
            body: Body::Standing(standing(
                case.state,
                case.folio,
                register.terms,
                Notice::NewWords,
            )),
        };
        let record = ServiceRecord {
            lookup_id: new.lookup_id,
            mailbox_key: new.mailbox_key.clone(),
        };
        Ok(Some(WordsChange {
            envelope_id: letter.envelope_id,
            seen_on: letter.received_on,
            case_id: case.id,
            expected: case.service_record.clone(),
            lookup_hash: self.keyring.hash(new.lookup_id),
            service_record: self.keyring.seal_service_record(case.id, &record)?,
            reply: self.seal_for(new, case.next_position, &told)?,
        }))
    }

    /// Whether intake has made this mailbox for words that were chosen, and the letter comes from whoever
    /// chose them: nobody moves a mailbox onto that of somebody else.
    async fn waits_for_its_mailbox(&self, new: &NewWords) -> Result<bool, WorkerError> {
        let entries = self.mailroom.mailbox_part(new.lookup_id, None, 0).await?;
        let first = entries.iter().find(|entry| entry.position == 0);
        let first = first.and_then(|first| mailbox::open(&new.mailbox_key, first).ok());
        Ok(first.is_some_and(|first| first.body == Body::Words(Became::Moving)))
    }

    /// Seals all that is in the old mailbox for the new one, and deletes the old one.
    async fn move_mailbox(&self, letter: &Letter, new: &NewWords) -> Result<(), WorkerError> {
        self.deliver_outbox().await?;
        let old = letter.lookup_id;
        let (mut before, mut first) = (None, None);
        loop {
            let mut part = self.mailroom.mailbox_part(old, before, PART).await?;
            if part.first().is_some_and(|entry| entry.position == 0) {
                first = Some(part.remove(0));
            }
            let Some(oldest) = part.first() else { break };
            before = Some(oldest.position);
            for entry in &part {
                if let Some(told) = read(&letter.mailbox_key, entry) {
                    let sealed = self.seal_for(new, entry.position, &told)?;
                    self.mailroom.post(&sealed).await?;
                }
            }
        }
        let Some(first) = first else {
            // It was ended before.
            return Ok(());
        };
        let told = read(&letter.mailbox_key, &first).map_or_else(
            || stored(letter),
            |told| Entry {
                body: their_own(told.body),
                ..told
            },
        );
        let sealed = self.seal_for(new, 0, &told)?;
        self.mailroom.end_move(old, &sealed).await?;
        Ok(())
    }

    /// Tells somebody that the words which they changed were over.
    async fn tell_too_late(&self, new: &NewWords) -> Result<(), WorkerError> {
        let told = Entry {
            posted_on: self.today(),
            body: Body::Words(Became::TooLate),
        };
        let sealed = self.seal_for(new, SECOND, &told)?;
        self.mailroom.post(&sealed).await?;
        Ok(())
    }

    fn seal_for(
        &self,
        new: &NewWords,
        position: u32,
        entry: &Entry,
    ) -> Result<SealedEntry, WorkerError> {
        let rng = self.keyring.rng();
        Ok(mailbox::seal(
            &new.mailbox_key,
            new.lookup_id,
            position,
            entry,
            rng,
        )?)
    }
}

/// An entry of the old mailbox; one that does not open was not written by this house, and stays behind.
fn read(key: &MailboxKey, entry: &SealedEntry) -> Option<Entry> {
    let opened = mailbox::open(key, entry);
    opened
        .inspect_err(
            |error| tracing::error!(cause = %error, "an entry of a mailbox is left behind"),
        )
        .ok()
}

/// The first entry under words that nobody else has seen.
fn their_own(body: Body) -> Body {
    match body {
        Body::Filed(mut filed) => {
            filed.assisted = false;
            Body::Filed(filed)
        }
        body @ (Body::Standing(_) | Body::Message(_) | Body::Words(_)) => body,
    }
}

/// What stands at the beginning of a mailbox whose first entry was altered.
fn stored(letter: &Letter) -> Entry {
    Entry {
        posted_on: letter.received_on,
        body: Body::Standing(Standing {
            status: Status::Received,
            folio: None,
            deadlines: Vec::new(),
            notice: Notice::Stored,
            detail: None,
        }),
    }
}
