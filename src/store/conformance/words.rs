//! Rules of other words for a mailbox: whoever is written down first has it.

use sealing::{EnvelopeId, KeyId, LookupId};

use super::Fixture;
use super::mailroom::{all_waiting, ids, mailbox_of};
use super::samples::Samples;
use crate::mailroom::{Chosen, ChosenWords, Mailroom};

/// A mailbox, and two who choose other words for it.
struct Rivals {
    key: KeyId,
    /// Of the letter of either.
    id: EnvelopeId,
    old: LookupId,
    first: ChosenWords,
    second: ChosenWords,
}

impl Rivals {
    async fn over(mailroom: &dyn Mailroom, samples: &mut Samples) -> Self {
        let key = samples.id();
        let filed = samples.deposit(key);
        mailroom
            .deposit(std::slice::from_ref(&filed))
            .await
            .expect("deposited");
        mailroom.remove(filed.envelope.id).await.expect("removed");
        let (id, old) = (samples.id(), mailbox_of(&filed));
        Self {
            key,
            id,
            old,
            first: samples.chosen_words(key, id, old),
            second: samples.chosen_words(key, id, old),
        }
    }

    /// That the first one is there to the byte, and nothing of the second.
    async fn assert_first_alone(&self, mailroom: &dyn Mailroom) {
        let waiting = all_waiting(mailroom, self.key).await;
        assert_eq!(waiting, std::slice::from_ref(&self.first.envelope));
        let entry = &self.first.first_entry;
        let mailbox = mailroom.mailbox(entry.lookup_id).await.expect("read");
        assert_eq!(mailbox, std::slice::from_ref(entry));
        let lost = self.second.first_entry.lookup_id;
        assert_eq!(mailroom.mailbox(lost).await.expect("read"), []);
        assert_eq!(mailroom.mailbox(self.old).await.expect("read").len(), 1);
    }
}

async fn choose(mailroom: &dyn Mailroom, words: &ChosenWords) -> Chosen {
    mailroom.choose_words(words).await.expect("no error")
}

/// However often either comes again, and whatever a repeated letter is sealed to now.
pub async fn the_first_words_have_the_mailbox_and_the_second_leave_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(44);
    let mailroom = fixture.mailroom().await;
    let rivals = Rivals::over(&*mailroom, &mut samples).await;

    assert_eq!(choose(&*mailroom, &rivals.first).await, Chosen::Now);
    for _ in 0..2 {
        assert_eq!(choose(&*mailroom, &rivals.second).await, Chosen::TooLate);
        rivals.assert_first_alone(&*mailroom).await;
    }
    // Sent again, a letter is sealed anew: the bytes are others.
    let mut again = rivals.first.clone();
    again.envelope.bytes.reverse();
    again.first_entry.bytes.reverse();
    for words in [&rivals.first, &again] {
        assert_eq!(choose(&*mailroom, words).await, Chosen::Before);
        rivals.assert_first_alone(&*mailroom).await;
    }
}

/// From before the letter is removed until after it, there is no moment at which others could come: the
/// mailbox of before goes first.
pub async fn words_that_were_changed_cannot_be_changed_again(fixture: &dyn Fixture) {
    let mut samples = Samples::new(45);
    let mailroom = fixture.mailroom().await;
    let rivals = Rivals::over(&*mailroom, &mut samples).await;
    assert_eq!(choose(&*mailroom, &rivals.first).await, Chosen::Now);
    let new = rivals.first.first_entry.lookup_id;
    let moved = samples.entry(new, 0);

    assert!(mailroom.end_move(rivals.old, &moved).await.expect("moved"));
    assert_eq!(choose(&*mailroom, &rivals.second).await, Chosen::TooLate);
    mailroom.remove(rivals.id).await.expect("removed");
    assert_eq!(choose(&*mailroom, &rivals.second).await, Chosen::TooLate);
    assert_eq!(choose(&*mailroom, &rivals.first).await, Chosen::Before);

    assert_eq!(all_waiting(&*mailroom, rivals.key).await, []);
    assert_eq!(mailroom.mailbox(new).await.expect("read"), [moved]);
    let lost = rivals.second.first_entry.lookup_id;
    assert_eq!(mailroom.mailbox(lost).await.expect("read"), []);
}

/// The words of a mailbox that never was lead nowhere, and take nothing from others.
pub async fn words_of_no_mailbox_are_not_changed(fixture: &dyn Fixture) {
    let mut samples = Samples::new(46);
    let mailroom = fixture.mailroom().await;
    let rivals = Rivals::over(&*mailroom, &mut samples).await;
    let (id, unknown) = (samples.id(), samples.id());
    let nowhere = samples.chosen_words(rivals.key, id, unknown);

    assert_eq!(choose(&*mailroom, &nowhere).await, Chosen::TooLate);
    assert_eq!(choose(&*mailroom, &rivals.first).await, Chosen::Now);

    rivals.assert_first_alone(&*mailroom).await;
}

/// A letter that is refused leaves no mailbox.
pub async fn words_are_changed_whole_or_not_at_all(fixture: &dyn Fixture) {
    let mut samples = Samples::new(47);
    let mailroom = fixture.mailroom().await;
    let rivals = Rivals::over(&*mailroom, &mut samples).await;
    let mut no_size = rivals.second.clone();
    no_size.envelope.bytes.pop();
    let mut no_entry = rivals.second.clone();
    no_entry.first_entry.bytes.pop();

    for refused in [&no_size, &no_entry] {
        mailroom
            .choose_words(refused)
            .await
            .expect_err("no such size");
    }

    assert_eq!(choose(&*mailroom, &rivals.first).await, Chosen::Now);
    rivals.assert_first_alone(&*mailroom).await;
}

/// Two processes, and copies of either request: one of the two wins, all of its copies are told so, and none
/// of the others.
pub async fn of_many_who_come_at_once_one_has_the_mailbox(fixture: &dyn Fixture) {
    let mut samples = Samples::new(48);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    for _ in 0..5 {
        let rivals = Rivals::over(&*one, &mut samples).await;
        let told = tokio::join!(
            choose(&*one, &rivals.first),
            choose(&*other, &rivals.second),
            choose(&*other, &rivals.first),
            choose(&*one, &rivals.second),
        );
        let (first, second) = ([told.0, told.2], [told.1, told.3]);

        let (won, lost) = if first.contains(&Chosen::Now) {
            (first, second)
        } else {
            (second, first)
        };
        assert!(
            won.contains(&Chosen::Now) && won.contains(&Chosen::Before),
            "{told:?}"
        );
        assert_eq!(lost, [Chosen::TooLate; 2], "{told:?}");
        let waiting = all_waiting(&*one, rivals.key).await;
        assert_eq!(ids(&waiting), [rivals.id]);
        let mut mailboxes = 0;
        for words in [&rivals.first, &rivals.second] {
            let new = words.first_entry.lookup_id;
            mailboxes += one.mailbox(new).await.expect("read").len();
        }
        assert_eq!(mailboxes, 1);
    }
}
