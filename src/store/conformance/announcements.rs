//! Rules of what triage announces to intake.

use super::Fixture;
use super::samples::Samples;
use crate::mailroom::{Announcement, Mailroom};

fn announcement(samples: &mut Samples, length: usize) -> Announcement {
    Announcement {
        key: samples.id(),
        bytes: samples.bytes(length),
    }
}

async fn all(mailroom: &dyn Mailroom) -> Vec<Announcement> {
    mailroom.announcements().await.expect("read")
}

/// Each key finds its own, to the byte, and what is not announced any more is gone.
pub async fn what_is_announced_is_found_by_its_key(fixture: &dyn Fixture) {
    let mut samples = Samples::new(49);
    let (triage, intake) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let mut both = [
        announcement(&mut samples, 64),
        announcement(&mut samples, 65_536),
    ];
    both.sort_by_key(|one| one.key);
    let [first, second] = &both;
    assert_eq!(all(&*triage).await, []);
    let read = async |key| intake.announced_calendar(key).await.expect("read");
    assert_eq!(read(first.key).await, None);

    for _ in 0..2 {
        triage.announce(&both).await.expect("announced");
        assert_eq!(all(&*triage).await, both);
        for one in &both {
            assert_eq!(read(one.key).await.as_ref(), Some(&one.bytes));
        }
    }

    let changed = Announcement {
        bytes: samples.bytes(200),
        ..second.clone()
    };
    triage
        .announce(std::slice::from_ref(&changed))
        .await
        .expect("announced");
    assert_eq!(all(&*triage).await, std::slice::from_ref(&changed));
    assert_eq!(read(first.key).await, None);
    assert_eq!(read(second.key).await, Some(changed.bytes));
    triage.announce(&[]).await.expect("announced");
    assert_eq!(all(&*triage).await, []);
}

/// What was announced stays as it was.
pub async fn what_cannot_be_announced_changes_nothing(fixture: &dyn Fixture) {
    let mut samples = Samples::new(50);
    let mailroom = fixture.mailroom().await;
    let sound = announcement(&mut samples, 300);
    mailroom
        .announce(std::slice::from_ref(&sound))
        .await
        .expect("announced");
    for length in [63, 65_537] {
        let refused = [
            announcement(&mut samples, 300),
            announcement(&mut samples, length),
        ];
        mailroom
            .announce(&refused)
            .await
            .expect_err("no such length");
        assert_eq!(all(&*mailroom).await, std::slice::from_ref(&sound));
    }
}

/// Nobody sees a moment in which nothing is announced, and the daily rewrite keeps it.
pub async fn what_is_announced_by_two_processes_is_always_there(fixture: &dyn Fixture) {
    let mut samples = Samples::new(51);
    let (one, other) = tokio::join!(fixture.mailroom(), fixture.mailroom());
    let intake = fixture.mailroom().await;
    let sound = announcement(&mut samples, 300);
    let same = std::slice::from_ref(&sound);
    one.announce(same).await.expect("announced");
    let announce = async |mailroom: &dyn Mailroom| {
        for _ in 0..10 {
            mailroom.announce(same).await.expect("announced");
        }
    };
    let look = async {
        for _ in 0..20 {
            let found = intake.announced_calendar(sound.key).await.expect("read");
            assert_eq!(found.as_ref(), Some(&sound.bytes));
        }
    };

    tokio::join!(announce(&*one), announce(&*other), look);
    one.shuffle().await.expect("shuffled");

    assert_eq!(all(&*other).await, same);
}
