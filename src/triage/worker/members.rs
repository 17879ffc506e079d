//! Keeping who may open the cases in step with who is a member.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use committee::access::Access;
use committee::members::Roster;
use domain::committee::MemberId;

use super::{BATCH, Round, Worker, WorkerError};

/// The members that every circle is known to agree with; in memory only, so that each start looks once.
#[derive(Debug, Default)]
pub struct Agreed(Mutex<Option<BTreeSet<MemberId>>>);

impl Agreed {
    fn with(&self, members: &BTreeSet<MemberId>) -> bool {
        let agreed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever came in addition is let in by those who can open a case, not by us.
        agreed
            .as_ref()
            .is_some_and(|agreed| agreed.is_subset(members))
    }

    fn note(&self, members: BTreeSet<MemberId>) {
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
            recovery: self.recovery.clone(),
            people: Arc::new(roster.people(self.today())),
            today: self.today(),
        })
    }

    /// Gives cases that the committee's key holds to the members, once there are any; and takes cases
    /// from those who are no members any more.
    pub(super) async fn follow_members(
        &self,
        access: &Access,
        round: &mut Round,
    ) -> Result<(), WorkerError> {
        if access.people.any_key() {
            let mut after = None;
            loop {
                let cases = self.cases.wrapped_for_committee(after, BATCH).await?;
                let Some(last) = cases.last() else { break };
                after = Some(*last);
                for case in cases {
                    if let Err(error) = access.hand_over(case).await {
                        round.defer(error.into())?;
                    }
                }
            }
        }
        let members: BTreeSet<MemberId> = access
            .people
            .profiles()
            .iter()
            .map(|profile| profile.id)
            .collect();
        if self.agreed.with(&members) {
            self.agreed.note(members);
            return Ok(());
        }
        let mut after = None;
        let mut all = true;
        loop {
            let cases = self.cases.case_ids(after, BATCH).await?;
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
