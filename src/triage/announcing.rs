//! What intake is told of the committee's calendar, in clear and signed (`sealing::AnnouncementKey`).
//!
//! It is looked at in every round and written only where it is not as it should be: after somebody entered
//! something, here or at another process; at the start; after a rotation of the committee's key; and when
//! somebody else wrote there. The same days give the same bytes, so several processes write the same.
//! Nothing is logged of it, and nothing in it says when anything was entered. A sealed service announces
//! nothing: what stands there stays.

use committee::keyring::Keyring;
use sealing::{AnnouncedCalendar, TooLongToAnnounce};
use store::StoreError;
use store::mailroom::{Announcement, TriageMailroom};

/// Why intake is not told.
#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    /// The mailroom does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There are too many suspensions.
    #[error(transparent)]
    TooLong(#[from] TooLongToAnnounce),
}

/// Sees to it that this is announced, for every key that intake may still have, and nothing else; says whether
/// it wrote.
pub(crate) async fn announce(
    mailroom: &dyn TriageMailroom,
    keyring: &Keyring,
    calendar: &AnnouncedCalendar,
) -> Result<bool, AnnounceError> {
    let mut all = Vec::new();
    for (key, announcer) in keyring.announcers() {
        let bytes = announcer.announce(calendar)?;
        all.push(Announcement { key, bytes });
    }
    all.sort_by_key(|one| one.key);
    if mailroom.announcements().await? == all {
        return Ok(false);
    }
    mailroom.announce(&all).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use committee::calendar::CalendarBook;
    use domain::calendar::Calendar;
    use domain::committee::MemberId;
    use domain::complaint::{SecretText, ShortText};
    use jiff::civil::date;
    use sealing::KeyId;
    use service::clock::Clock as _;
    use store::mailroom::IntakeMailroom as _;

    use super::*;
    use crate::testing::House;
    use crate::upkeep::Upkeep;
    use crate::vault::{Expected, Vault};

    fn calendar(number: u64) -> AnnouncedCalendar {
        AnnouncedCalendar {
            number,
            calendar: Calendar::default(),
        }
    }

    /// What an intake with the committee's key in use reads.
    async fn told(house: &House) -> Option<AnnouncedCalendar> {
        let found = house.mailroom.announced_calendar(house.keyring.key_id());
        let found = found.await.unwrap()?;
        let key = house.identity.own().announcer().key();
        Some(key.read(&found).unwrap())
    }

    /// Somebody who may write to the mailroom puts something else there.
    async fn tamper(house: &House) {
        let key = KeyId::from([9; KeyId::LENGTH]);
        let bytes = vec![0; 64];
        house
            .mailroom
            .announce(&[Announcement { key, bytes }])
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn what_holds_is_announced_once_and_anew_where_something_else_stands() {
        let house = House::new().await;
        let wrote = async |number| {
            announce(&*house.mailroom, &house.keyring, &calendar(number))
                .await
                .unwrap()
        };
        assert!(wrote(1).await && !wrote(1).await);
        assert_eq!(told(&house).await.unwrap().number, 1);
        tamper(&house).await;
        assert!(told(&house).await.is_none());
        assert!(wrote(1).await);
        assert_eq!(told(&house).await.unwrap().number, 1);
        assert_eq!(house.mailroom.announcements().await.unwrap().len(), 1);
        assert!(wrote(2).await);
        assert_eq!(told(&house).await.unwrap().number, 2);
    }

    #[tokio::test]
    async fn after_a_rotation_whoever_has_either_key_is_told() {
        let house = House::new().await;
        let rotated = house.identity.rotated().unwrap();
        let keyring = Keyring::unseal(rotated.clone(), &*house.cases)
            .await
            .unwrap();
        announce(&*house.mailroom, &keyring, &calendar(3))
            .await
            .unwrap();
        assert_eq!(house.mailroom.announcements().await.unwrap().len(), 2);
        assert_eq!(
            told(&house).await.unwrap().number,
            3,
            "by the key of before"
        );
        let found = house.mailroom.announced_calendar(rotated.key_id());
        let found = found.await.unwrap().unwrap();
        let key = rotated.own().announcer().key();
        assert_eq!(key.read(&found).unwrap().number, 3);
    }

    #[tokio::test]
    async fn what_is_entered_reaches_intake_and_a_sealed_service_leaves_it_there() {
        let house = House::new().await;
        let expected = Expected::default();
        let vault = Vault::sealed(house.cases.clone(), expected, house.clock.clone());
        let vault = Arc::new(vault);
        let upkeep = Upkeep::new(
            house.mailroom.clone(),
            house.cases.clone(),
            Arc::clone(&vault),
            house.clock.clone(),
        );
        upkeep.announce().await.unwrap();
        assert!(told(&house).await.is_none(), "it does not know what holds");
        vault.unseal(house.identity.clone()).await.unwrap();
        upkeep.announce().await.unwrap();
        assert_eq!(told(&house).await.unwrap().number, 0);

        let day = date(2026, 3, 6);
        let book = CalendarBook::new(&*house.cases, &house.keyring);
        let words = |text: &str| ShortText::parse(SecretText::from(text.to_owned())).unwrap();
        let said = (words("Puente"), words("DOF 15-01-2026"));
        let now = (house.clock.now(), house.today());
        let drafted = book
            .draft((day, day), said, MemberId([1; 16]), now)
            .await
            .unwrap();
        book.add(&drafted).await.unwrap();
        vault.read_calendar().await.unwrap();
        upkeep.announce().await.unwrap();
        let told_now = told(&house).await.unwrap();
        assert_eq!(told_now.number, 1);
        assert!(!told_now.calendar.is_working_day(day));

        vault.seal().await;
        tamper(&house).await;
        upkeep.announce().await.unwrap();
        assert!(told(&house).await.is_none());
    }
}
