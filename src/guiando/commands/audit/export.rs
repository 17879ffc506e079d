//! Writing the log for another system.

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use committee::keyring::Keyring;
use committee::log::{Actor, Content, Entry, Event, LogKey, Logbook, Opened};
use serde::Serialize;
use store::casefiles::CaseFiles;
use store::log::StoredEntry;

use super::verify::AT_ONCE;
use super::{AuditError, Format};
use crate::output;

/// Facility "log audit" of RFC 5424, 6.2.1, times eight.
const LOG_AUDIT: u8 = 13 * 8;
/// Severity: somebody was refused something.
const WARNING: u8 = LOG_AUDIT + 4;
/// Severity: what the committee does every day.
const INFORMATIONAL: u8 = LOG_AUDIT + 6;
/// The enterprise number that is for documentation (RFC 5612): the committee has none of its own.
const STRUCTURE: &str = "guiando@32473";

/// A line.
#[derive(Serialize)]
struct Line<'a> {
    position: u64,
    hash: String,
    signature: String,
    /// From here on this key signs.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<LogKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a Entry>,
}

/// Writes the entries from a position on.
pub(super) async fn export(
    cases: Arc<dyn CaseFiles>,
    format: Format,
    mut from: u64,
    keyring: Option<&Keyring>,
) -> Result<(), AuditError> {
    let opened = match keyring {
        Some(keyring) => {
            let book = Logbook::new(cases.clone());
            book.read(keyring, <[Opened]>::to_vec).await?
        }
        None => Vec::new(),
    };
    loop {
        let entries = cases.log_entries(from, AT_ONCE).await?;
        let Some(last) = entries.last() else {
            return Ok(());
        };
        from = last.position.saturating_add(1);
        let mut lines = String::new();
        for stored in &entries {
            let found = opened
                .binary_search_by_key(&stored.position, |opened| opened.position)
                .ok()
                .and_then(|index| opened.get(index));
            let line = Line::new(stored, found);
            match format {
                Format::Json => {
                    let json = serde_json::to_string(&line)
                        .expect("entries have only text keys, and memory takes them");
                    lines.push_str(&json);
                }
                Format::Syslog => line.to_syslog(&mut lines),
            }
            lines.push('\n');
        }
        output::to_stdout(lines.as_bytes())?;
    }
}

impl<'a> Line<'a> {
    fn new(stored: &StoredEntry, opened: Option<&'a Opened>) -> Self {
        let entry = match opened.map(|opened| &opened.content) {
            Some(Content::Act(entry)) => Some(entry),
            Some(Content::Key(_)) | None => None,
        };
        let StoredEntry {
            position,
            hash,
            signature,
            sealed: _,
        } = stored;
        Self {
            position: *position,
            hash: hash.iter().fold(String::new(), |mut text, byte| {
                // Writing to a text cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            }),
            signature: STANDARD.encode(signature),
            key: LogKey::named_by(stored),
            entry,
        }
    }

    /// The header of RFC 5424, 6.2, and what there is to say as structured data (6.3); a message for
    /// people is not part of it. None of the values has a character that would have to be escaped.
    fn to_syslog(&self, out: &mut String) {
        let (severity, at, event) = match self.entry {
            Some(entry) => (
                severity(entry.event),
                entry.at.to_string(),
                entry.event.code(),
            ),
            None => (INFORMATIONAL, "-".to_owned(), "-"),
        };
        let mut data = vec![
            ("position", self.position.to_string()),
            ("hash", self.hash.clone()),
            ("signature", self.signature.clone()),
        ];
        data.extend(self.key.map(|key| ("key", key.to_string())));
        if let Some(entry) = self.entry {
            data.push(("actor", actor(entry.actor)));
            data.extend(entry.case.map(|case| ("case", case.to_string())));
            data.extend(entry.subject.map(|id| ("subject", id.to_string())));
            data.extend(entry.act.map(|act| ("act", act.to_string())));
            data.extend(entry.step.map(|step| ("step", step.to_string())));
            data.extend(entry.ground.map(|ground| ("ground", ground.to_string())));
            data.extend(entry.need.map(|need| ("need", need.to_string())));
            data.extend(
                entry
                    .profile
                    .map(|profile| ("profile", profile.to_string())),
            );
            data.extend(entry.count.map(|count| ("count", count.to_string())));
            data.extend(entry.amended.as_ref().map(|amended| {
                let details = amended.details();
                let codes: Vec<&str> = details.iter().map(|detail| detail.code()).collect();
                ("amended", codes.join(","))
            }));
            data.extend(entry.from.map(|from| ("from", from.to_string())));
        }
        // Writing to a text cannot fail.
        let _ = write!(out, "<{severity}>1 {at} - guiando - {event} [{STRUCTURE}");
        for (name, value) in data {
            let _ = write!(out, " {name}=\"{value}\"");
        }
        out.push(']');
    }
}

fn actor(actor: Actor) -> String {
    match actor {
        Actor::Member(id) => format!("member:{id}"),
        Actor::Service => "service".to_owned(),
        Actor::Founders => "founders".to_owned(),
        Actor::Operator => "operator".to_owned(),
        Actor::Unknown => "unknown".to_owned(),
    }
}

fn severity(event: Event) -> u8 {
    match event {
        Event::SignInRefused
        | Event::ActRefused
        | Event::InvitationRefused
        | Event::SharesRefused
        | Event::RecoveryFileDiffers
        | Event::StateAccepted => WARNING,
        Event::SignedIn
        | Event::SessionEnded
        | Event::FactorChanged
        | Event::ContactChanged
        | Event::CaseOpened
        | Event::FileOpened
        | Event::OriginalTaken
        | Event::LetterSent
        | Event::StepMade
        | Event::PaperWritten
        | Event::VersionMasked
        | Event::VersionTaken
        | Event::IncidentRecorded
        | Event::IncidentTold
        | Event::MemberInvited
        | Event::MemberAdmitted
        | Event::MemberReadmitted
        | Event::MembershipEnded
        | Event::MemberAmended
        | Event::MemberSuspended
        | Event::SuspensionLifted
        | Event::ConflictDeclared
        | Event::ConflictFound
        | Event::CaseRuled
        | Event::RecusalProposed
        | Event::RecusalUpheld
        | Event::RecusalRejected
        | Event::CaseShared
        | Event::CaseRotated
        | Event::CopiesGiven
        | Event::IdentityUnmasked
        | Event::CaseExported
        | Event::CaseDeleted
        | Event::ActProposed
        | Event::ActSeconded
        | Event::ActDeclined
        | Event::ActExpired
        | Event::MeetingCalled
        | Event::MeetingMoved
        | Event::MeetingHeld
        | Event::PointDecided
        | Event::MeetingClosed
        | Event::MeetingPaper
        | Event::AttentionRecorded
        | Event::AttentionWithdrawn
        | Event::MatterChanged
        | Event::MatterOpened
        | Event::ServiceOpened
        | Event::ServiceSealed
        | Event::KeyRotated
        | Event::KeyRetired
        | Event::SharesRefreshed
        | Event::RecoveryUsed
        | Event::RecoveryConfirmed
        | Event::TermsSuspended
        | Event::TermsResumed
        | Event::ProfileChosen
        | Event::StateNoted
        | Event::DayBegun => INFORMATIONAL,
    }
}
