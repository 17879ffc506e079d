//! The trees of closed days, and whether a receipt is in the one of its day.
//!
//! # When a day is closed
//!
//! A complaint belongs to a legal day at the latest until the offices close on it; what comes later, or
//! on a day without work, belongs to the next working day. The tree of a day is published at 06:00 of
//! the day after, in Mexico City: at least half a day after the last complaint that can belong to it was
//! begun, so that one which is still being written to the store is not left out. Days without work have
//! a tree as well, since a day without one would tell that there was nothing.
//!
//! # Several processes on one store
//!
//! Each grows a tree of its own, for what fills it is random; the one that is stored first is the tree
//! of its day and stays. A tree and its signed head are one row, and a row is only added right after
//! the newest one, so the heads form one chain whoever wrote which. Proofs are read from what is stored
//! and are checked before they are given out.

use std::time::Duration;

use actix_web::web::Data;
use domain::catalogue;
use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use receipts::{Proof, Receipt, SignedHead, Tree};
use ring::error::Unspecified;
use store::StoreError;
use store::mailroom::PublishedTree;
use tokio::time::MissedTickBehavior;

use crate::mailboxes::Seen;
use crate::shared::Shared;

/// How long after midnight a day is closed.
const MARGIN: SignedDuration = SignedDuration::from_hours(6);
/// How often it is looked whether a day has closed.
const ROUND: Duration = Duration::from_mins(10);

/// Whether a receipt is in the tree of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Inclusion {
    /// The tree of its day is not published yet.
    Pending,
    /// It is there.
    Proved(Proof),
    /// It is not there, and should be.
    Missing,
    /// It is of before there were trees.
    Older,
}

/// Why the tree of a day was not published.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PublishError {
    /// The store does not answer, or holds a head that is none.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system has no randomness to give.
    #[error("the system gives no randomness")]
    Randomness,
}

impl From<Unspecified> for PublishError {
    fn from(Unspecified: Unspecified) -> Self {
        Self::Randomness
    }
}

impl Shared {
    /// Publishes the trees of all days that are closed and have none.
    ///
    /// # Errors
    /// See [`PublishError`]; what was published stays.
    pub(crate) async fn publish_closed_days(&self) -> Result<(), PublishError> {
        let last = self.last_closed_day();
        loop {
            // Read again each time: another process may have published more.
            let previous = self.newest_head().await?;
            let next = match &previous {
                Some((day, _)) => day.tomorrow().ok(),
                // The first time there is nothing to catch up with but complaints that are there already.
                None => Some(match self.mailroom.first_leaf_day().await? {
                    Some(first) => first.min(last),
                    None => last,
                }),
            };
            let Some(day) = next.filter(|day| *day <= last) else {
                return Ok(());
            };
            let leaves = self.mailroom.leaves(day).await?;
            let tree = Tree::grow(&leaves, &self.rng)?;
            let before = previous.as_ref().map(|(_, head)| head);
            let head = self.receipts.sign_head(day, &tree, before);
            self.mailroom
                .publish_tree(&PublishedTree {
                    day,
                    leaves: tree.to_bytes(),
                    head: head.as_bytes().to_vec(),
                })
                .await?;
        }
    }

    /// Whether a receipt of ours is in the tree of its day.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn inclusion(&self, receipt: &Receipt) -> Result<Inclusion, StoreError> {
        if receipt.commitment.is_none() {
            return Ok(Inclusion::Older);
        }
        let found = self.climb(receipt, receipt.received_on).await?;
        Ok(found.unwrap_or(Inclusion::Pending))
    }

    /// The same for what was seen of a mailbox, at the same cost whatever comes of it and whether there
    /// is such a mailbox or none: one tree is read and climbed. `None` when the store does not answer: a
    /// mailbox is shown all the same.
    pub(crate) async fn listed(&self, seen: &Seen, receipt: &Receipt) -> Option<Inclusion> {
        let last = self.last_closed_day();
        let day = if seen.known {
            receipt.received_on.min(last)
        } else {
            last
        };
        let climbed = self.climb(receipt, day).await;
        let found = climbed
            .inspect_err(
                |error| tracing::error!(cause = %error, "the list of a day could not be read"),
            )
            .ok()?;
        Some(if receipt.commitment.is_none() {
            Inclusion::Older
        } else if receipt.received_on > day {
            Inclusion::Pending
        } else {
            found.unwrap_or(Inclusion::Pending)
        })
    }

    /// Whether a receipt is in the tree of a day, if that has been published. It costs as much when it
    /// is not.
    async fn climb(&self, receipt: &Receipt, day: Date) -> Result<Option<Inclusion>, StoreError> {
        let Some(published) = self.mailroom.tree(day).await? else {
            return Ok(None);
        };
        let tree = Tree::from_bytes(&published.leaves).map_err(|_| inconsistent("leaves"))?;
        let head = read_head(&published.head)?;
        let public = self.receipts.public();
        let Some(proof) = Proof::of(&receipt.leaf, &tree, head) else {
            let _ = std::hint::black_box((tree.root(), head.verify(&public)));
            return Ok(Some(Inclusion::Missing));
        };
        match proof.verify(receipt, &public) {
            Ok(_) => Ok(Some(Inclusion::Proved(proof))),
            // One that proves nothing is worse than none.
            Err(_) => Err(inconsistent("head")),
        }
    }

    /// The published heads, the newest first, from the last one before a day.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn heads(
        &self,
        before: Option<Date>,
        limit: u32,
    ) -> Result<Vec<(Date, SignedHead)>, StoreError> {
        let heads = self.mailroom.tree_heads(before, limit).await?;
        heads
            .into_iter()
            .map(|(day, head)| Ok((day, read_head(&head)?)))
            .collect()
    }

    /// The last day whose tree may be published.
    fn last_closed_day(&self) -> Date {
        let zone = catalogue::current().holidays().time_zone().clone();
        let today = (self.clock.now() - MARGIN).to_zoned(zone).date();
        today
            .checked_sub(Span::new().days(1))
            .expect("a clock of this millennium has a day before")
    }

    async fn newest_head(&self) -> Result<Option<(Date, SignedHead)>, StoreError> {
        Ok(self.heads(None, 1).await?.pop())
    }
}

fn read_head(bytes: &[u8]) -> Result<SignedHead, StoreError> {
    bytes.try_into().map_err(|_| inconsistent("head"))
}

fn inconsistent(column: &'static str) -> StoreError {
    StoreError::Inconsistent {
        table: "receipt_trees",
        column,
    }
}

/// Publishes whenever a day has closed, until it is dropped; begins with what was missed.
pub(crate) async fn publish(shared: Data<Shared>) {
    let mut rounds = tokio::time::interval(ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        if let Err(error) = shared.publish_closed_days().await {
            tracing::error!(cause = %error, "the tree of a day was not published");
        }
    }
}
