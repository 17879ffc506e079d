//! Moving the files that letters name from the mailroom into their cases.
//!
//! It is the last pass of a round, of one that leaves nothing unclassified: no reply waits for a backlog of
//! files, and a complaint goes when its files have. What one round moves is limited, so that
//! the next reply does not wait either, and a file goes on in the next round where it stopped. Each
//! step can be repeated:
//!
//! 1. chunks are copied, and opened on the way to see whether the file is whole;
//! 2. the document that lists the files is written, once: its id follows from the envelope's;
//! 3. the chunks are removed from the mailroom, and after that the envelope.
//!
//! How far a file is, is kept in memory only. Whoever is killed before 2 leaves chunks and envelope
//! where they are, and begins again. Whoever finds the document written only removes.
//!
//! Intake stores every chunk before the letter that names it, so one that is missing will not come:
//! nothing waits for it. Every other chunk is kept, wherever in the file it stands, and the list says
//! which file is not whole. Bytes that do not open are kept as they came.

use std::fmt;

use committee::access::recipient_of;
use jiff::civil::Date;
use opening::evidence::FileOpener;
use sealing::{ChunkId, Content, EnvelopeId, EvidenceItem, Letter};
use store::casefiles::{Added, CaseId, DocumentId, DocumentKind, NewDocument};
use tokio::sync::Mutex;

use super::words::Whose;
use super::{Round, TRIES, Worker, WorkerError};
use crate::documents::{EvidenceDocument, EvidenceFile, Wholeness};

/// Chunks that are written in one transaction: 2 MiB.
const BATCH: usize = 8;
/// Chunks that are removed in one transaction: 16 MiB.
const REMOVED_AT_ONCE: usize = 64;
/// What removing them costs of a round, in chunks that are looked for.
const COST_OF_REMOVING: u32 = 16;
/// Chunks that one round looks for: 32 MiB of files, or as many names of chunks that are not there.
const CHUNKS_PER_ROUND: u32 = 128;
/// Most chunks that one letter is believed to name: 64 GiB. What it names beyond is listed, and not
/// looked for.
const MOST_CHUNKS: u32 = 1 << 18;

/// What a worker keeps of the files between its rounds.
pub struct Files {
    per_round: u32,
    under_way: Mutex<Option<Transfer>>,
}

impl Files {
    /// Nothing is under way; a round looks for so many chunks.
    pub(crate) fn new(per_round: u32) -> Self {
        Self {
            per_round,
            under_way: Mutex::default(),
        }
    }
}

impl Default for Files {
    fn default() -> Self {
        Self::new(CHUNKS_PER_ROUND)
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Files").finish_non_exhaustive()
    }
}

/// The files of one envelope on their way to a case.
struct Transfer {
    envelope: EnvelopeId,
    is_complaint: bool,
    received_on: Date,
    case: CaseId,
    items: Vec<EvidenceItem>,
    /// How many of them are looked for.
    believed: usize,
    /// What was found out about the first ones.
    told: Vec<Wholeness>,
    stage: Stage,
}

enum Stage {
    Copying(Option<Box<FileCopy>>),
    Removing(ChunkIds),
}

type ChunkIds = Box<dyn Iterator<Item = ChunkId> + Send + Sync>;

/// A file that is being copied.
struct FileCopy {
    ids: ChunkIds,
    /// Whether a chunk of it was not there.
    incomplete: bool,
    /// As long as everything opens.
    opener: Option<FileOpener<EvidenceItem>>,
}

impl FileCopy {
    fn new(item: &EvidenceItem) -> Self {
        Self {
            ids: Box::new(item.chunk_ids()),
            incomplete: false,
            opener: Some(FileOpener::new(item.clone())),
        }
    }

    /// After the last chunk.
    fn wholeness(self) -> Wholeness {
        let opens = self.opener.is_some_and(|opener| opener.finish().is_ok());
        match (self.incomplete, opens) {
            (true, _) => Wholeness::Incomplete,
            (false, true) => Wholeness::Whole,
            (false, false) => Wholeness::Damaged,
        }
    }
}

impl Transfer {
    /// The next file that is looked for, from its first chunk.
    fn next_file(&self) -> Option<Box<FileCopy>> {
        let believed = &self.items[..self.believed];
        let item = believed.get(self.told.len())?;
        Some(Box::new(FileCopy::new(item)))
    }

    /// Every chunk that was looked for.
    fn chunk_ids(&self) -> ChunkIds {
        let believed = self.items[..self.believed].iter();
        let ids: Vec<_> = believed.map(EvidenceItem::chunk_ids).collect();
        Box::new(ids.into_iter().flatten())
    }

    /// What the list says of the files; those that were not looked for are not whole.
    fn files(&self) -> Vec<EvidenceFile> {
        let unknown = std::iter::repeat(Wholeness::Incomplete);
        let told = self.told.iter().copied().chain(unknown);
        let files = self.items.iter().cloned().zip(told);
        files
            .map(|(item, wholeness)| EvidenceFile { item, wholeness })
            .collect()
    }
}

/// How many of the files, from the first on, a letter is believed to bring.
fn believed(items: &[EvidenceItem]) -> usize {
    let mut chunks = 0_u32;
    let believed = items.iter().take_while(|item| {
        chunks = chunks.saturating_add(item.chunk_count());
        chunks <= MOST_CHUNKS
    });
    believed.count()
}

impl Worker {
    /// Moves files into their cases, as much as a round may: first what is under way.
    pub(super) async fn move_files(&self, round: &mut Round) -> Result<(), WorkerError> {
        let mut under_way = self.files.under_way.lock().await;
        let mut left = self.files.per_round;
        if let Some(transfer) = under_way.take() {
            *under_way = self.go_on(transfer, &mut left, round).await?;
        }
        let mut walk = self.walk();
        while let Some(batch) = walk.next(&*self.mailroom).await? {
            for envelope in batch {
                if left == 0 || under_way.is_some() {
                    round.more_waits = true;
                    return Ok(());
                }
                let Some(letter) = self.open(envelope, round).await? else {
                    continue;
                };
                match self.transfer(letter).await {
                    Ok(Some(transfer)) => {
                        *under_way = self.go_on(transfer, &mut left, round).await?;
                    }
                    Ok(None) => {}
                    Err(error) => round.defer(error)?,
                }
            }
        }
        round.more_waits |= under_way.is_some();
        Ok(())
    }

    /// The files of a letter, if it has any and the steps before are done.
    async fn transfer(&self, letter: Letter) -> Result<Option<Transfer>, WorkerError> {
        let (is_complaint, items) = match letter.content {
            Content::Complaint { evidence, .. } => (true, evidence),
            Content::FollowUp(told) => (false, told.evidence),
            Content::NewWords(_) => return Ok(None),
        };
        if items.is_empty() || !self.cases.has_seen(letter.envelope_id).await? {
            return Ok(None);
        }
        // The person may have chosen other words since.
        let case = match self.whose(letter.lookup_id, &letter.mailbox_key).await? {
            Whose::Case(case, _) => case,
            Whose::Nobody | Whose::Forged => return Ok(None),
        };
        if is_complaint && !case.classified {
            return Ok(None);
        }
        let mut transfer = Transfer {
            envelope: letter.envelope_id,
            is_complaint,
            received_on: letter.received_on,
            case: case.id,
            believed: believed(&items),
            items,
            told: Vec::new(),
            stage: Stage::Copying(None),
        };
        let list = DocumentId(self.keyring.evidence_list(transfer.envelope));
        transfer.stage = if self.cases.has_document(transfer.case, list).await? {
            Stage::Removing(transfer.chunk_ids())
        } else {
            Stage::Copying(transfer.next_file())
        };
        Ok(Some(transfer))
    }

    /// Goes on with the files of one letter. Gives them back when the round may do no more; a fault
    /// of this case alone lets the letter wait, and the next time it begins again.
    async fn go_on(
        &self,
        mut transfer: Transfer,
        left: &mut u32,
        round: &mut Round,
    ) -> Result<Option<Transfer>, WorkerError> {
        match self.advance(&mut transfer, left).await {
            Ok(false) => return Ok(Some(transfer)),
            Ok(true) => {
                self.mailroom.remove(transfer.envelope).await?;
                if transfer.is_complaint {
                    round.admitted += 1;
                } else {
                    round.followed += 1;
                }
            }
            Err(error) => round.defer(error)?,
        }
        Ok(None)
    }

    /// Says whether all is done.
    async fn advance(&self, transfer: &mut Transfer, left: &mut u32) -> Result<bool, WorkerError> {
        loop {
            match &mut transfer.stage {
                Stage::Removing(ids) => return self.remove_chunks(ids, left).await,
                Stage::Copying(Some(copy)) => {
                    if !self.copy(transfer.case, copy, left).await? {
                        return Ok(false);
                    }
                }
                Stage::Copying(None) => {
                    self.write_list(transfer).await?;
                    transfer.stage = Stage::Removing(transfer.chunk_ids());
                    continue;
                }
            }
            if let Stage::Copying(copy) = &mut transfer.stage {
                transfer
                    .told
                    .extend(copy.take().map(|copy| copy.wholeness()));
                transfer.stage = Stage::Copying(transfer.next_file());
            }
        }
    }

    /// Writes the list of the files, unless it is written or the case is gone.
    async fn write_list(&self, transfer: &Transfer) -> Result<(), WorkerError> {
        let files = transfer.files();
        let content = EvidenceDocument { files };
        for _ in 0..TRIES {
            let Some(case) = self.cases.handle(transfer.case).await? else {
                return Ok(());
            };
            let recipient = recipient_of(&*self.cases, &self.keyring, &case).await?;
            let document = self.document_under(
                DocumentId(self.keyring.evidence_list(transfer.envelope)),
                transfer.case,
                &recipient,
                DocumentKind::Evidence,
                transfer.received_on,
                &content,
            )?;
            let list = NewDocument {
                recipient: case.recipient,
                document,
            };
            match self.cases.add_document(transfer.case, &list).await? {
                Added::Now | Added::Before => return Ok(()),
                Added::Outdated => {}
            }
        }
        Err(WorkerError::Contended)
    }

    /// Copies chunks of a file; says whether it came to the end.
    async fn copy(
        &self,
        case: CaseId,
        copy: &mut FileCopy,
        left: &mut u32,
    ) -> Result<bool, WorkerError> {
        let mut batch: Vec<(ChunkId, Vec<u8>)> = Vec::with_capacity(BATCH);
        let mut ended = false;
        while *left > 0 {
            let Some(id) = copy.ids.next() else {
                ended = true;
                break;
            };
            *left -= 1;
            let Some(bytes) = self.find_chunk(case, id).await? else {
                copy.incomplete = true;
                copy.opener = None;
                continue;
            };
            let opener = copy.opener.take();
            copy.opener =
                opener.and_then(|mut opener| opener.open(&bytes).is_ok().then_some(opener));
            batch.push((id, bytes));
            if batch.len() == BATCH {
                self.cases.put_case_chunks(case, &batch).await?;
                batch.clear();
            }
        }
        if !batch.is_empty() {
            self.cases.put_case_chunks(case, &batch).await?;
        }
        Ok(ended)
    }

    /// A chunk where it lies: in the mailroom; in the case, if another worker was faster; or in
    /// another case, to which the same file was sent.
    async fn find_chunk(&self, case: CaseId, id: ChunkId) -> Result<Option<Vec<u8>>, WorkerError> {
        if let Some(chunk) = self.mailroom.chunk(id).await? {
            return Ok(Some(chunk.bytes));
        }
        Ok(self.cases.case_chunk(case, id).await?)
    }

    /// Removes chunks from the mailroom; says whether all are.
    async fn remove_chunks(&self, ids: &mut ChunkIds, left: &mut u32) -> Result<bool, WorkerError> {
        while *left > 0 {
            let batch: Vec<ChunkId> = ids.take(REMOVED_AT_ONCE).collect();
            if batch.is_empty() {
                return Ok(true);
            }
            self.mailroom.remove_chunks(&batch).await?;
            *left = left.saturating_sub(COST_OF_REMOVING);
        }
        Ok(false)
    }
}
