//! Stores chunks while the next ones are being sealed.

use std::sync::Arc;

use jiff::civil::Date;
use sealing::SealedChunk;
use store::{StoreError, StoredChunk};
use tokio::task::JoinHandle;

use super::EvidenceError;
use super::crowd::Place;
use crate::shared::Shared;

/// Chunks of one transaction: 2 MiB share a sync.
const BATCH: usize = 8;

/// Writes the chunks of one file. Dropped early, it leaves what it has begun to be written; nobody
/// has the key.
pub(super) struct ChunkWriter<'a> {
    shared: &'a Shared,
    place: &'a Place,
    today: Date,
    /// Bytes that are given back unless the file is stored whole.
    counted: u64,
    batch: Vec<StoredChunk>,
    writing: Option<JoinHandle<Result<(), StoreError>>>,
}

impl<'a> ChunkWriter<'a> {
    pub(super) fn new(shared: &'a Shared, place: &'a Place) -> Self {
        Self {
            shared,
            place,
            counted: 0,
            today: shared.house_day(),
            batch: Vec::new(),
            writing: None,
        }
    }

    /// The day that its chunks bear.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// Takes a chunk; returns once there is room for the next.
    pub(super) async fn put(&mut self, chunk: SealedChunk) -> Result<(), EvidenceError> {
        let bytes = chunk.bytes.len() as u64;
        let now = self.shared.clock.now();
        self.shared.evidence.count(self.place, bytes, now)?;
        self.counted += bytes;
        self.batch.push(StoredChunk {
            id: chunk.id,
            received_on: self.today,
            bytes: chunk.bytes,
        });
        if self.batch.len() == BATCH {
            self.write().await?;
        }
        Ok(())
    }

    /// Returns once every chunk is durable.
    pub(super) async fn finish(mut self) -> Result<(), EvidenceError> {
        self.write().await?;
        self.settle().await?;
        self.counted = 0;
        Ok(())
    }

    /// Begins to write what has gathered, once what was begun before is durable.
    async fn write(&mut self) -> Result<(), EvidenceError> {
        if self.batch.is_empty() {
            return Ok(());
        }
        self.settle().await?;
        let batch = std::mem::take(&mut self.batch);
        // Taken for what is being written alone, which the store ends soon: a sender who falls silent
        // in the middle of a batch holds no room, and the number of uploads bounds what they hold.
        let chunks = u32::try_from(batch.len()).expect("a batch has a few chunks");
        let room = Arc::clone(&self.shared.evidence.room)
            .acquire_many_owned(chunks)
            .await
            .expect("it is never closed");
        let mailroom = Arc::clone(&self.shared.mailroom);
        self.writing = Some(tokio::spawn(async move {
            let stored = mailroom.put_chunks(&batch).await;
            drop((batch, room));
            stored
        }));
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), EvidenceError> {
        let Some(writing) = self.writing.take() else {
            return Ok(());
        };
        match writing.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => {
                tracing::error!(cause = %error, "chunks of a file were not stored");
                Err(EvidenceError::NotStored)
            }
            Err(_) => {
                tracing::error!("the writer of chunks broke off");
                Err(EvidenceError::NotStored)
            }
        }
    }
}

impl Drop for ChunkWriter<'_> {
    fn drop(&mut self) {
        if self.counted > 0 {
            let now = self.shared.clock.now();
            self.shared
                .evidence
                .give_back(self.place, self.counted, now);
        }
    }
}
