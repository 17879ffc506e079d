//! What waits in the mailroom for the committee, whichever of its keys it was sealed to: after a
//! rotation some intake may still seal to the key of before.

use sealing::{EnvelopeId, KeyId};
use store::StoreError;
use store::mailroom::{Backlog, TriageMailroom, WaitingEnvelope};

/// How far a walk through the envelopes of several keys is.
#[derive(Debug, Clone)]
pub struct Walk {
    /// Those that are still to be walked through, the one at hand last.
    keys: Vec<KeyId>,
    after: Option<EnvelopeId>,
    /// Most envelopes of one step.
    limit: u32,
}

impl Walk {
    /// From the start, one key after the other, so many envelopes a step.
    pub fn through(mut keys: Vec<KeyId>, limit: u32) -> Self {
        keys.reverse();
        Self {
            keys,
            after: None,
            limit,
        }
    }

    /// The next envelopes, all of one key, in the order of their random ids; `None` after the last.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn next(
        &mut self,
        mailroom: &dyn TriageMailroom,
    ) -> Result<Option<Vec<WaitingEnvelope>>, StoreError> {
        while let Some(key) = self.keys.last() {
            let batch = mailroom.waiting(*key, self.after, self.limit).await?;
            if let Some(last) = batch.last() {
                self.after = Some(last.id());
                return Ok(Some(batch));
            }
            self.keys.pop();
            self.after = None;
        }
        Ok(None)
    }
}

/// How many envelopes wait for any of these keys, for others, and in quarantine.
///
/// # Errors
/// See [`StoreError`].
pub async fn backlog(mailroom: &dyn TriageMailroom, keys: &[KeyId]) -> Result<Backlog, StoreError> {
    let mut sum = Backlog::default();
    for key in keys {
        let one = mailroom.backlog(*key).await?;
        // Those of the other keys are among the foreign ones of each.
        let all = one.ours + one.foreign;
        sum.ours += one.ours;
        sum.foreign = all.saturating_sub(sum.ours);
        sum.quarantined = one.quarantined;
    }
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use sealing::SealedEnvelope;
    use store::mailroom::{Deposit, IntakeMailroom as _};
    use store_sqlite::SqliteMailroom;

    use super::*;

    fn deposit(id: u8, key: KeyId) -> Deposit {
        Deposit {
            envelope: SealedEnvelope {
                id: EnvelopeId::from([id; 16]),
                received_on: date(2026, 3, 4),
                key_id: key,
                bytes: vec![id; 4096],
            },
            first_entry: None,
            leaf: None,
        }
    }

    #[tokio::test]
    async fn what_waits_for_any_key_is_walked_through_and_counted_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mailroom.db");
        let mailroom = SqliteMailroom::open(path.to_str().unwrap()).await.unwrap();
        let key = |n: u8| KeyId::from([n; 8]);
        let deposits: Vec<_> = (0..9).map(|n| deposit(n, key(n % 3))).collect();
        mailroom.deposit(&deposits).await.unwrap();
        mailroom
            .quarantine(EnvelopeId::from([8; 16]), "damaged")
            .await
            .unwrap();

        // Key 3 has none, and key 1 is not ours.
        let ours = [key(2), key(3), key(0)];
        let mut walk = Walk::through(ours.to_vec(), 2);
        let mut steps = Vec::new();
        while let Some(batch) = walk.next(&mailroom).await.unwrap() {
            let ids: Vec<u8> = batch.iter().map(|one| one.id().as_bytes()[0]).collect();
            steps.push(ids);
        }
        assert_eq!(steps, [vec![2, 5], vec![0, 3], vec![6]]);
        let counted = backlog(&mailroom, &ours).await.unwrap();
        let expected = Backlog {
            ours: 5,
            foreign: 3,
            quarantined: 1,
        };
        assert_eq!(counted, expected);
    }
}
