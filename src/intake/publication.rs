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
//! Several processes on one store come to the same tree and the same head, so it does not matter which
//! of them is first.

use std::time::Duration;

use actix_web::web::Data;
use domain::catalogue;
use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use receipts::{Proof, Receipt, SignedHead, Tree};
use store::StoreError;
use store::mailroom::PublishedTree;
use tokio::time::MissedTickBehavior;

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

impl Shared {
    /// Publishes the trees of all days that are closed and have none.
    ///
    /// # Errors
    /// When the store does not answer, or holds a head that is none; what was published stays.
    pub(crate) async fn publish_closed_days(&self) -> Result<(), StoreError> {
        let last = self.last_closed_day();
        let mut previous = self.newest_head(None).await?;
        let mut next = match &previous {
            Some((day, _)) => day.tomorrow().ok(),
            // The first time there is nothing to catch up with but complaints that are there already.
            None => Some(match self.mailroom.first_leaf_day().await? {
                Some(first) => first.min(last),
                None => last,
            }),
        };
        while let Some(day) = next.filter(|day| *day <= last) {
            let leaves = self.mailroom.leaves(day).await?;
            let tree = Tree::grow(&self.receipts, day, &leaves);
            let before = previous.as_ref().map(|(_, head)| head);
            let head = self.receipts.sign_head(day, &tree, before);
            self.mailroom
                .publish_tree(&PublishedTree {
                    day,
                    leaves: tree.to_bytes(),
                    head: head.as_bytes().to_vec(),
                })
                .await?;
            next = day.tomorrow().ok();
            // The one that stands counts, whoever was first.
            previous = self.newest_head(next).await?;
        }
        Ok(())
    }

    /// Whether a receipt of ours is in the tree of its day.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub(crate) async fn inclusion(&self, receipt: &Receipt) -> Result<Inclusion, StoreError> {
        if receipt.commitment.is_none() {
            return Ok(Inclusion::Older);
        }
        let Some(published) = self.mailroom.tree(receipt.received_on).await? else {
            return Ok(Inclusion::Pending);
        };
        let tree = Tree::from_bytes(&published.leaves).map_err(|_| inconsistent("leaves"))?;
        let head = read_head(&published.head)?;
        Ok(match Proof::of(&receipt.leaf, &tree, head) {
            Some(proof) => Inclusion::Proved(proof),
            None => Inclusion::Missing,
        })
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

    async fn newest_head(
        &self,
        before: Option<Date>,
    ) -> Result<Option<(Date, SignedHead)>, StoreError> {
        Ok(self.heads(before, 1).await?.pop())
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
