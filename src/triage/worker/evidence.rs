//! Moving the files that a letter names from the mailroom into their case.
//!
//! It is a step of its own, after the first reply: a case does not wait for its files. It can be
//! repeated at any point:
//!
//! 1. chunks are copied, and opened on the way to see whether the file is whole;
//! 2. the document that lists the files is written, once: its id follows from the envelope's;
//! 3. the chunks are removed from the mailroom, and after that the envelope.
//!
//! Whoever is killed before 2 leaves chunks and envelope where they are. Whoever finds the document
//! written only removes.
//!
//! Intake stores every chunk before the letter that names it, so one that is missing will not come:
//! nothing waits for it. The case goes on, and the list says which file is not whole. Bytes that do
//! not open are kept as they came.

use jiff::civil::Date;
use opening::CaseRecipient;
use opening::evidence::FileOpener;
use sealing::{ChunkId, EnvelopeId, EvidenceItem};
use store::casefiles::{CaseId, DocumentId, DocumentKind};

use super::{AdmittedCase, Worker, WorkerError};
use crate::documents::{EvidenceDocument, EvidenceFile, Wholeness};

/// Chunks that are written in one transaction: 2 MiB.
const BATCH: usize = 8;

/// After so many missing chunks of one file no further ones are asked for: a hostile letter may name
/// any number.
const MOST_MISSING: u32 = 16;

/// Most chunks that one letter is believed to name: 64 GiB. What it names beyond is listed, and not
/// looked for.
const MOST_CHUNKS: u32 = 1 << 18;

/// The files that came with one envelope, and the case they go to.
pub(super) struct Delivery<'a> {
    pub(super) envelope: EnvelopeId,
    pub(super) received_on: Date,
    pub(super) case: CaseId,
    pub(super) recipient: &'a str,
    pub(super) items: &'a [EvidenceItem],
}

impl<'a> From<&'a AdmittedCase> for Delivery<'a> {
    fn from(admitted: &'a AdmittedCase) -> Self {
        Self {
            envelope: admitted.envelope,
            received_on: admitted.received_on,
            case: admitted.case,
            recipient: &admitted.recipient,
            items: &admitted.evidence,
        }
    }
}

impl Worker {
    /// Moves the files into the case, or finds them moved.
    pub(super) async fn take_evidence(&self, delivery: Delivery<'_>) -> Result<(), WorkerError> {
        let Delivery {
            envelope,
            received_on,
            case,
            recipient,
            items,
        } = delivery;
        if items.is_empty() {
            return Ok(());
        }
        let id = DocumentId(self.keyring.evidence_list(envelope));
        let mut chunks = 0_u32;
        let believed = items.iter().take_while(|item| {
            chunks = chunks.saturating_add(item.chunk_count());
            chunks <= MOST_CHUNKS
        });
        let (believed, beyond) = items.split_at(believed.count());
        if self.cases.has_document(case, id).await? {
            for item in believed {
                self.remove_chunks(item.chunk_ids()).await?;
            }
            return Ok(());
        }
        let mut files = Vec::with_capacity(items.len());
        let mut looked_for = Vec::with_capacity(believed.len());
        for item in believed {
            let (wholeness, chunks) = self.copy(case, item).await?;
            looked_for.push(chunks);
            files.push(EvidenceFile {
                wholeness,
                item: item.clone(),
            });
        }
        files.extend(beyond.iter().map(|item| EvidenceFile {
            wholeness: Wholeness::Incomplete,
            item: item.clone(),
        }));
        let recipient: CaseRecipient = recipient.parse()?;
        let list = self.document_under(
            id,
            case,
            &recipient,
            DocumentKind::Evidence,
            received_on,
            &EvidenceDocument { files },
        )?;
        self.cases.add_document(case, &list).await?;
        for (item, chunks) in believed.iter().zip(looked_for) {
            self.remove_chunks(item.chunk_ids().take(chunks)).await?;
        }
        Ok(())
    }

    /// Copies the chunks of a file; says whether it is whole and for how many chunks it looked.
    async fn copy(
        &self,
        case: CaseId,
        item: &EvidenceItem,
    ) -> Result<(Wholeness, usize), WorkerError> {
        let mut looked_for = 0;
        let mut opener = Some(FileOpener::new(item));
        let mut missing = 0;
        let mut batch: Vec<(ChunkId, Vec<u8>)> = Vec::with_capacity(BATCH);
        for id in item.chunk_ids() {
            looked_for += 1;
            let Some(bytes) = self.find_chunk(case, id).await? else {
                missing += 1;
                opener = None;
                if missing == MOST_MISSING {
                    break;
                }
                continue;
            };
            opener = opener.and_then(|mut opener| opener.open(&bytes).is_ok().then_some(opener));
            batch.push((id, bytes));
            if batch.len() == BATCH {
                self.cases.put_case_chunks(case, &batch).await?;
                batch.clear();
            }
        }
        self.cases.put_case_chunks(case, &batch).await?;
        let opens = opener.is_some_and(|opener| opener.finish().is_ok());
        let wholeness = match (missing, opens) {
            (0, true) => Wholeness::Whole,
            (0, false) => Wholeness::Damaged,
            (_, _) => Wholeness::Incomplete,
        };
        Ok((wholeness, looked_for))
    }

    /// A chunk where it lies: in the mailroom; in the case, if another worker was faster; or in
    /// another case, to which the same file was sent.
    async fn find_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, WorkerError> {
        if let Some(chunk) = self.mailroom.chunk(id).await? {
            return Ok(Some(chunk.bytes));
        }
        Ok(self.cases.case_chunk(case, id).await?)
    }

    async fn remove_chunks(
        &self,
        mut ids: impl Iterator<Item = ChunkId> + Send,
    ) -> Result<(), WorkerError> {
        /// 16 MiB in one transaction.
        const AT_ONCE: usize = 64;
        loop {
            let batch: Vec<ChunkId> = ids.by_ref().take(AT_ONCE).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.mailroom.remove_chunks(&batch).await?;
        }
    }
}
