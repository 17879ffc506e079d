//! Checking the log.

use committee::log::{Head, LogKey, Noted, Verdict, Verifier};
use store::log::Log;

use super::AuditError;
use crate::output;

/// How many entries are read at once.
pub(super) const AT_ONCE: u32 = 1_000;

/// Entries that have to be there.
pub(super) struct Heads {
    /// That somebody noted and gives now.
    pub(super) given: Option<Noted>,
    /// That the service noted itself.
    pub(super) own: Option<Head>,
}

/// Says what is wrong, or prints the head.
pub(super) async fn verify(
    log: &(impl Log + ?Sized),
    key: Option<LogKey>,
    Heads { given, own }: Heads,
) -> Result<(), AuditError> {
    let noted = given.into_iter().chain(own.map(Noted::from)).collect();
    let Verdict { faults, head, keys } = walk(log, key, noted).await?;
    if let (None, Some((_, key))) = (key, keys.last()) {
        output::tell(&format!(
            "note: the key was taken from the log itself ({key}). Whoever replaced the whole log would have \
             put their own there: compare it, or give it with --key"
        ));
    }
    if let Some(own) = own {
        output::tell(&format!(
            "note: the service noted entry {own} itself, and the log was compared with it"
        ));
    } else if given.is_none() {
        output::tell(
            "note: without --head, entries that were cut off at the end do not show. Note the head that \
             follows, and give it the next time",
        );
    }
    if !faults.is_empty() {
        return Err(AuditError::NotSound(faults));
    }
    let head = head.ok_or(AuditError::Empty)?;
    output::tell(&format!("the log is sound: {} entries", head.position + 1));
    Ok(output::to_stdout(format!("{head}\n").as_bytes())?)
}

/// The key that signs now, by the log.
pub(super) async fn key_in_use(log: &(impl Log + ?Sized)) -> Result<LogKey, AuditError> {
    let Verdict { faults, keys, .. } = walk(log, None, Vec::new()).await?;
    match keys.last() {
        Some((_, key)) if faults.is_empty() => Ok(*key),
        Some(_) | None => Err(AuditError::NotSound(faults)),
    }
}

async fn walk(
    log: &(impl Log + ?Sized),
    key: Option<LogKey>,
    noted: Vec<Noted>,
) -> Result<Verdict, AuditError> {
    let mut verifier = Verifier::new(key, noted);
    let mut from = 0;
    loop {
        let entries = log.log_entries(from, AT_ONCE).await?;
        let Some(last) = entries.last() else {
            return Ok(verifier.finish());
        };
        from = last.position.saturating_add(1);
        for entry in &entries {
            verifier.push(entry);
        }
    }
}
