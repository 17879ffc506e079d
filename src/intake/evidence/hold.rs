//! Taking one file of a form.

use std::io;

use actix_web::web::Bytes;
use cleaning::{HEAD_BYTES, NotCleaned, Outcome, Report, label, sniff};
use domain::evidence::{FileName, MediaType, Version};
use sealing::evidence::FileSealer;
use sealing::{EvidenceItem, FileKey};
use zeroize::Zeroizing;

use super::crowd::Place;
use super::writer::ChunkWriter;
use super::{Allowance, Cleaning, EvidenceError, EvidenceFault, HeldFile, Upload};
use crate::cleaner::{CleanedCopy, Inspected};
use crate::multipart::FilePart;
use crate::shared::Shared;

/// How much of a cleaned copy is read at once.
const READ: usize = 64 << 10;
/// By how much a cleaned copy may be longer than twice the file.
const SLACK: u64 = 1 << 20;

impl Shared {
    /// Seals and stores a file of a form, and a cleaned copy of it where one can be made; returns
    /// once both are durable. What it takes of the allowance is taken only then; the cleaned copy
    /// takes nothing of it.
    pub(crate) async fn hold(
        &self,
        mut part: FilePart<'_, '_>,
        upload: &mut Upload,
    ) -> Result<HeldFile, EvidenceError> {
        if upload.allowance.files == 0 {
            return Err(EvidenceFault::TooMany.into());
        }
        part.make_room_for(upload.place.wanted());
        let (head, media_type) = look(&mut part).await?;
        let mut file = Sealing::begin(self, &upload.place, upload.allowance)?;
        let stored_on = file.writer.today();
        // There is no metadata in a plain text.
        let mut inspection = (media_type != MediaType::Text)
            .then(|| self.cleaner.start(media_type, upload.place.errand()));
        let mut head = head.into_iter();
        while let Some(piece) = match head.next() {
            Some(piece) => Some(piece),
            None => part.piece().await?,
        } {
            file.take(&piece).await?;
            if let Some(inspection) = &mut inspection {
                inspection.write(&piece).await;
            }
        }
        let Inspected { report, cleaned } = match inspection {
            Some(inspection) => inspection.finish().await,
            None => Inspected {
                report: Report::without_findings(media_type, Outcome::NothingFound),
                cleaned: None,
            },
        };
        let name = part.file_name();
        if let Outcome::Refused(refusal) = report.outcome {
            return Err(EvidenceFault::from(refusal).into());
        }
        if !label::fits(name, report.media) {
            return Err(EvidenceFault::Mislabelled.into());
        }
        let original = file
            .finish(name.clone(), report.media, Version::Original)
            .await?;
        let cleaned = match cleaned {
            // The file itself is stored: without its copy it counts as one that was not cleaned now.
            Some(copy) => self.hold_copy(copy, &original, &upload.place).await.ok(),
            None => None,
        };
        upload.allowance.files -= 1;
        upload.allowance.bytes -= original.bytes;
        let cleaning = match report.outcome {
            Outcome::NothingFound => Cleaning::NothingFound,
            Outcome::NotCleaned(reason) => Cleaning::NotCleaned(reason),
            Outcome::Cleaned(_) if cleaned.is_some() => Cleaning::Done,
            Outcome::Cleaned(_) | Outcome::Refused(_) => {
                Cleaning::NotCleaned(NotCleaned::Unavailable)
            }
        };
        let kept = HeldFile {
            stored_on,
            original,
            cleaned,
            findings: report.findings,
            cleaning,
            choice: None,
        };
        Ok(HeldFile {
            choice: kept.first_choice(),
            ..kept
        })
    }

    /// Seals and stores the cleaned copy of a file.
    async fn hold_copy(
        &self,
        mut copy: CleanedCopy,
        original: &EvidenceItem,
        place: &Place,
    ) -> Result<EvidenceItem, NoCopy> {
        let allowance = Allowance {
            files: 1,
            bytes: original.bytes.saturating_mul(2).saturating_add(SLACK),
        };
        let mut file = Sealing::begin(self, place, allowance)?;
        file.file_bytes = u64::MAX;
        let mut buffer = Zeroizing::new(vec![0; READ]);
        loop {
            let read: io::Result<usize> = copy.read(&mut buffer).await;
            match read {
                Ok(0) => break,
                Ok(length) => file.take(&buffer[..length]).await?,
                Err(_) => return Err(NoCopy),
            }
        }
        // Its place among the others is known when it is handed in.
        let name = FileName::neutral(1, original.media_type);
        let stored = file.finish(name, original.media_type, Version::Cleaned);
        Ok(stored.await?)
    }
}

/// There is no cleaned copy: its process broke off, it grew too long, or it was not stored. What goes
/// wrong with the store is told where it happens.
struct NoCopy;

impl From<EvidenceError> for NoCopy {
    fn from(_: EvidenceError) -> Self {
        Self
    }
}

/// Reads the beginning of a file and tells its type by it.
async fn look(part: &mut FilePart<'_, '_>) -> Result<(Vec<Bytes>, MediaType), EvidenceError> {
    let mut pieces = Vec::new();
    let mut head = Zeroizing::new(Vec::with_capacity(HEAD_BYTES));
    while head.len() < HEAD_BYTES
        && let Some(piece) = part.piece().await?
    {
        let room = HEAD_BYTES - head.len();
        head.extend_from_slice(&piece[..piece.len().min(room)]);
        pieces.push(piece);
    }
    if head.is_empty() {
        return Err(EvidenceFault::Empty.into());
    }
    let media_type = sniff(&head);
    if media_type == MediaType::Unknown {
        return Err(EvidenceFault::Type.into());
    }
    if !label::fits(part.file_name(), media_type) {
        return Err(EvidenceFault::Mislabelled.into());
    }
    Ok((pieces, media_type))
}

/// A file that is being sealed and stored.
struct Sealing<'a> {
    sealer: FileSealer,
    writer: ChunkWriter<'a>,
    file_bytes: u64,
    all_bytes: u64,
}

impl<'a> Sealing<'a> {
    fn begin(
        shared: &'a Shared,
        place: &'a Place,
        allowance: Allowance,
    ) -> Result<Self, EvidenceError> {
        Ok(Self {
            sealer: FileSealer::new(FileKey::draw(&shared.rng)?),
            writer: ChunkWriter::new(shared, place),
            file_bytes: shared.evidence.limits.file_bytes,
            all_bytes: allowance.bytes,
        })
    }

    async fn take(&mut self, piece: &[u8]) -> Result<(), EvidenceError> {
        let bytes = self.sealer.bytes().saturating_add(piece.len() as u64);
        if bytes > self.file_bytes {
            return Err(EvidenceFault::TooLarge.into());
        }
        if bytes > self.all_bytes {
            return Err(EvidenceFault::TooLargeTogether.into());
        }
        let mut sealed = Vec::new();
        self.sealer.push(piece, &mut sealed)?;
        for chunk in sealed {
            self.writer.put(chunk).await?;
        }
        Ok(())
    }

    async fn finish(
        self,
        name: FileName,
        media_type: MediaType,
        version: Version,
    ) -> Result<EvidenceItem, EvidenceError> {
        let Self {
            sealer, mut writer, ..
        } = self;
        let whole = sealer.finish();
        writer.put(whole.last).await?;
        writer.finish().await?;
        Ok(EvidenceItem {
            name,
            media_type,
            version,
            bytes: whole.bytes,
            sha256: whole.sha256,
            key: whole.key,
        })
    }
}
