//! Keeping who may open the cases in step with who is a member.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use committee::access::Access;
use committee::members::Roster;
use domain::committee::MemberId;

use super::{Round, Worker, WorkerError};

/// Members who may have copies, each with whether there is a key to give one to.
type Holders = BTreeSet<(MemberId, bool)>;

/// The members with whom every circle was last compared; in memory only, so that each start looks once.
///
/// Whoever came in addition, or has made a key since, is a reason to look again: a case that only somebody
/// could open who may not any more keeps its key until there is another.
#[derive(Debug, Default)]
pub struct Agreed(Mutex<Option<Holders>>);

impl Agreed {
    fn with(&self, members: &Holders) -> bool {
        let agreed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        agreed.as_ref() == Some(members)
    }

    fn note(&self, members: Holders) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(members);
    }
}

impl Worker {
    /// The members as they are now, and how cases are opened for them.
    pub(super) async fn access(&self) -> Result<Access, WorkerError> {
        let roster = Roster::load(&*self.cases, &self.keyring).await?;
        Ok(Access {
            cases: Arc::clone(&self.cases),
            keyring: Arc::clone(&self.keyring),
            recovery: self.keyring.holders(),
            people: Arc::new(roster.people(self.today())),
            today: self.today(),
        })
    }

    /// Gives cases that the committee's key holds to the members, once there are any; and takes cases
    /// from those who are no members any more, or are suspended.
    pub(super) async fn follow_members(
        &self,
        access: &Access,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        if access.people.any_key() {
            let mut after = None;
            loop {
                let cases = self.cases.wrapped_for_committee(after, self.batch).await?;
                let Some(last) = cases.last() else { break };
                after = Some(*last);
                for case in cases {
                    match access.hand_over(case).await {
                        Ok(done) => round.unheld += u64::from(!done),
                        Err(error) => round.defer(error.into())?,
                    }
                }
            }
        }
        let people = &access.people;
        let members: Holders = people
            .profiles()
            .iter()
            .map(|profile| profile.id)
            .filter(|member| !people.is_suspended(*member))
            .map(|member| (member, people.key(member).is_some()))
            .collect();
        if self.agreed.with(&members) {
            return Ok(());
        }
        let mut after = None;
        let mut all = true;
        loop {
            let cases = self.cases.case_ids(after, self.batch).await?;
            let Some(last) = cases.last() else { break };
            after = Some(*last);
            for case in cases {
                if let Err(error) = access.forget_gone(case).await {
                    all = false;
                    round.defer(error.into())?;
                }
            }
        }
        if all {
            self.agreed.note(members);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::committee::Seat;
    use serde_json::json;
    use store::rings::Rings as _;

    use crate::testing::{House, story, surname_of};

    const PASSPHRASE: &str = "cuatro palabras de demostración";

    #[test]
    fn whoever_comes_or_makes_a_key_has_every_case_looked_at_again() {
        let [one, other] = [1, 2].map(|n| domain::committee::MemberId([n; 16]));
        let agreed = super::Agreed::default();
        assert!(!agreed.with(&[].into()), "each start looks once");
        agreed.note([(one, true), (other, false)].into());
        assert!(agreed.with(&[(one, true), (other, false)].into()));
        for changed in [
            [(one, true), (other, true)].into(),
            [(one, true)].into(),
            [(one, false), (other, false)].into(),
        ] {
            assert!(!agreed.with(&changed));
        }
    }

    #[tokio::test]
    async fn a_case_about_the_only_member_waits_is_counted_and_goes_to_the_next_who_comes() {
        let house = House::new().await;
        let worker = house.worker();
        house
            .member(Seat::Presidencia, "eduviges", PASSPHRASE)
            .await;
        let mut complaint = story("Cobra por las guardias de fin de semana desde enero.");
        let name = format!("Eduviges {} Xicoténcatl", surname_of(Seat::Presidencia));
        complaint["people"] = json!([{ "name": name }]);
        house.file(complaint).await;
        assert_eq!(worker.round().await.unwrap().unheld, 1);
        assert!(house.register().await[0].circle.is_none());

        house
            .member(Seat::RepresentacionOic, "casimira", PASSPHRASE)
            .await;
        assert_eq!(worker.round().await.unwrap().unheld, 0);
        let case = house.register().await.remove(0);
        let stored = house.cases.access(case.id).await.unwrap().unwrap();
        assert!(stored.committee_wrap.is_none());
        assert_eq!(stored.rings.len(), 1);
    }

    #[tokio::test]
    async fn a_membership_that_ended_takes_the_cases_from_whoever_had_them() {
        let house = House::new().await;
        let worker = house.worker();
        house
            .member(Seat::Presidencia, "eduviges", PASSPHRASE)
            .await;
        let gone = house
            .member(Seat::SecretariaTecnica, "casimira", PASSPHRASE)
            .await;
        house
            .file(story(
                "Cobra por las guardias de fin de semana desde enero.",
            ))
            .await;
        worker.round().await.unwrap();
        let before = house.register().await.remove(0);
        house.end(gone).await;
        worker.round().await.unwrap();
        let after = house.cases.access(before.id).await.unwrap().unwrap();
        assert_eq!(
            after.rings.len(),
            2,
            "a new key, and the old one until somebody opens"
        );
        worker.round().await.unwrap();
        let again = house.cases.access(before.id).await.unwrap().unwrap();
        assert_eq!(again.rings, after.rings, "once");
    }
}
