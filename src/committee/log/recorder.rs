//! One method for each kind of entry, so that whoever acts has a line to write and no more.

use domain::calendar::Profile;
use domain::case::Folio;
use domain::committee::{Act, Ground, MemberId};
use domain::evidence::OriginalNeed;
use domain::procedure::MoveKind;
use jiff::Timestamp;
use jiff::civil::Date;

use super::chain::Head;
use super::entry::{Actor, Amended, Entry, Event, Members};
use super::logbook::{LogError, Logbook, Pen};
use crate::keyring::Keyring;
use crate::members::Amendment;

/// Writes what somebody does, at one moment. Every method writes *before* the act: if it fails, the act
/// must not be done.
#[derive(Debug, Clone, Copy)]
pub struct Recorder<'a> {
    book: &'a Logbook,
    keyring: &'a Keyring,
    actor: Actor,
    at: Timestamp,
}

impl Logbook {
    /// Writes for whoever acts now.
    pub fn recorder<'a>(
        &'a self,
        keyring: &'a Keyring,
        actor: Actor,
        at: Timestamp,
    ) -> Recorder<'a> {
        Recorder {
            book: self,
            keyring,
            actor,
            at,
        }
    }
}

/// What is written, or why it is not.
type Written = Result<(), LogError>;

#[expect(
    clippy::missing_errors_doc,
    reason = "all fail in one way: the entry is not written; see LogError"
)]
impl Recorder<'_> {
    /// The member signed in.
    pub async fn signed_in(&self) -> Written {
        if let Some(count) = self.book.refusals.counted_sign_ins(self.actor.member()) {
            let refused = self.entry_of(Actor::Unknown, Event::SignInRefused);
            self.write(Entry {
                subject: self.actor.member(),
                count: Some(count),
                ..refused
            })
            .await?;
        }
        self.write(self.entry(Event::SignedIn)).await
    }

    /// Somebody failed to sign in; `account` is whose account it was, if there is one of that name.
    pub async fn sign_in_refused(&self, account: Option<MemberId>) -> Written {
        let Some(count) = self.book.refusals.sign_in(account, self.at) else {
            return Ok(());
        };
        let refused = self.entry_of(Actor::Unknown, Event::SignInRefused);
        self.write(Entry {
            subject: account,
            count: Some(count),
            ..refused
        })
        .await
    }

    /// A session of the member was ended.
    pub async fn session_ended(&self) -> Written {
        self.write(self.entry(Event::SessionEnded)).await
    }

    /// The member's passphrase, second factor or recovery codes are others now.
    pub async fn factor_changed(&self) -> Written {
        self.write(self.entry(Event::FactorChanged)).await
    }

    /// The member gets mail elsewhere, or no more.
    pub async fn contact_changed(&self) -> Written {
        self.write(self.entry(Event::ContactChanged)).await
    }

    /// A case is opened.
    pub async fn case_opened(&self, case: Folio) -> Written {
        self.write(self.on(Event::CaseOpened, case)).await
    }

    /// A file of a case is opened.
    pub async fn file_opened(&self, case: Folio) -> Written {
        self.write(self.on(Event::FileOpened, case)).await
    }

    /// A file of a case is taken out as it was sent.
    pub async fn original_taken(&self, case: Folio, need: OriginalNeed) -> Written {
        self.write(Entry {
            need: Some(need),
            ..self.on(Event::OriginalTaken, case)
        })
        .await
    }

    /// A letter goes to whoever filed a case.
    pub async fn letter_sent(&self, case: Folio) -> Written {
        self.write(self.on(Event::LetterSent, case)).await
    }

    /// A step of the procedure in a case, for the caller to write in one transaction with the step.
    pub fn step_made(&self, case: Folio, step: MoveKind) -> Entry {
        Entry {
            step: Some(step),
            ..self.on(Event::StepMade, case)
        }
    }

    /// The log's pen, for an entry that is written together with what it is about.
    pub async fn pen(&self) -> Pen<'_> {
        self.book.pen(self.keyring).await
    }

    /// A paper of a case is kept in it, or taken out.
    pub async fn paper_written(&self, case: Folio) -> Written {
        self.write(self.on(Event::PaperWritten, case)).await
    }

    /// What a party may not read of a case is changed.
    pub async fn version_masked(&self, case: Folio) -> Written {
        self.write(self.on(Event::VersionMasked, case)).await
    }

    /// The version of a case for a party is taken out.
    pub async fn version_taken(&self, case: Folio) -> Written {
        self.write(self.on(Event::VersionTaken, case)).await
    }

    /// An act is refused. `case` is the folio that was asked for, whether or not there is such a case:
    /// one that does not exist for the member has to cost the same as one that does not exist.
    pub async fn refused(&self, act: Act, case: Option<Folio>) -> Written {
        let Some(count) = self.book.refusals.act(self.actor, self.at) else {
            return Ok(());
        };
        self.write(Entry {
            act: Some(act),
            case,
            count: Some(count),
            ..self.entry(Event::ActRefused)
        })
        .await
    }

    /// A security incident is written down, or added to.
    pub async fn incident_recorded(&self) -> Written {
        self.write(self.entry(Event::IncidentRecorded)).await
    }

    /// Those who filed are to be told of a security incident.
    pub async fn incident_told(&self) -> Written {
        self.write(self.entry(Event::IncidentTold)).await
    }

    /// Somebody is asked in.
    pub async fn invited(&self, member: MemberId) -> Written {
        self.write(self.about(Event::MemberInvited, member)).await
    }

    /// Somebody gives a wrong code for an invitation, of which so many more are taken.
    pub async fn invitation_refused(&self, member: MemberId, left: u8) -> Written {
        self.write(Entry {
            count: Some(left.into()),
            ..self.about(Event::InvitationRefused, member)
        })
        .await
    }

    /// Whoever was asked in is a member.
    pub async fn admitted(&self, member: MemberId) -> Written {
        self.write(self.about(Event::MemberAdmitted, member)).await
    }

    /// A member is let in again.
    pub async fn readmitted(&self, member: MemberId) -> Written {
        self.write(self.about(Event::MemberReadmitted, member))
            .await
    }

    /// A membership is ended.
    pub async fn membership_ended(&self, member: MemberId) -> Written {
        self.write(self.about(Event::MembershipEnded, member)).await
    }

    /// What is known of a member is changed.
    pub async fn amended(&self, member: MemberId, amendment: &Amendment) -> Written {
        self.write(Entry {
            amended: Some(Amended::new(amendment)),
            ..self.about(Event::MemberAmended, member)
        })
        .await
    }

    /// A member is suspended.
    pub async fn suspended(&self, member: MemberId, from: Date) -> Written {
        self.write(Entry {
            from: Some(from),
            ..self.about(Event::MemberSuspended, member)
        })
        .await
    }

    /// A suspension is taken back.
    pub async fn suspension_lifted(&self, member: MemberId) -> Written {
        self.write(self.about(Event::SuspensionLifted, member))
            .await
    }

    /// The member declares a conflict.
    pub async fn conflict_declared(&self, case: Folio) -> Written {
        self.write(self.on(Event::ConflictDeclared, case)).await
    }

    /// The service found that a member has a conflict. To be written when somebody acts on the case, and
    /// never when it comes: the log would tell the order in which cases came. Of the ground it says no more
    /// than members are told.
    pub async fn conflict_found(&self, case: Folio, member: MemberId, ground: Ground) -> Written {
        self.write(Entry {
            ground: Some(ground.shown()),
            ..self.on_about(Event::ConflictFound, case, member)
        })
        .await
    }

    /// The service ruled by itself who may open a case. To be written once a day and for all such cases:
    /// see [`crate::access::rulings`].
    pub async fn case_ruled(
        &self,
        case: Folio,
        kept_out: impl IntoIterator<Item = MemberId>,
        may_open: u32,
    ) -> Written {
        self.write(Entry {
            count: Some(may_open),
            kept_from: Members::new(kept_out.into_iter().take(Members::MOST)),
            ..self.on(Event::CaseRuled, case)
        })
        .await
    }

    /// Another's conflict is pointed out.
    pub async fn recusal_proposed(&self, case: Folio, member: MemberId) -> Written {
        self.write(self.on_about(Event::RecusalProposed, case, member))
            .await
    }

    /// It is decided whether a member has a conflict.
    pub async fn recusal_decided(&self, case: Folio, member: MemberId, upheld: bool) -> Written {
        let event = if upheld {
            Event::RecusalUpheld
        } else {
            Event::RecusalRejected
        };
        self.write(self.on_about(event, case, member)).await
    }

    /// One more member may open a case.
    pub async fn case_shared(&self, case: Folio, with: MemberId) -> Written {
        self.write(self.on_about(Event::CaseShared, case, with))
            .await
    }

    /// A case gets a new key, so that a member opens it no longer.
    pub async fn case_rotated(&self, case: Folio, without: Option<MemberId>) -> Written {
        self.write(Entry {
            subject: without,
            ..self.on(Event::CaseRotated, case)
        })
        .await
    }

    /// Keys of a case are passed on to so many members who are entitled to them.
    pub async fn copies_given(&self, case: Folio, members: u32) -> Written {
        self.write(Entry {
            count: Some(members),
            ..self.on(Event::CopiesGiven, case)
        })
        .await
    }

    /// A reserved identity is shown.
    pub async fn identity_unmasked(&self, case: Folio) -> Written {
        self.write(self.on(Event::IdentityUnmasked, case)).await
    }

    /// A whole case is taken out.
    pub async fn case_exported(&self, case: Folio) -> Written {
        self.write(self.on(Event::CaseExported, case)).await
    }

    /// A case is deleted. `excluded` are those for whom it did not exist; they never learn that it did.
    pub async fn case_deleted(
        &self,
        case: Folio,
        excluded: impl IntoIterator<Item = MemberId>,
    ) -> Written {
        self.write(Entry {
            kept_from: Members::new(excluded),
            ..self.on(Event::CaseDeleted, case)
        })
        .await
    }

    /// An act that takes two is asked for.
    pub async fn act_proposed(&self, what: Proposed) -> Written {
        self.write(self.proposal(Event::ActProposed, what)).await
    }

    /// The second person agrees.
    pub async fn act_seconded(&self, what: Proposed) -> Written {
        self.write(self.proposal(Event::ActSeconded, what)).await
    }

    /// The second person does not agree.
    pub async fn act_declined(&self, what: Proposed) -> Written {
        self.write(self.proposal(Event::ActDeclined, what)).await
    }

    /// Nobody agreed in time, or it is taken back.
    pub async fn act_expired(&self, what: Proposed) -> Written {
        self.write(self.proposal(Event::ActExpired, what)).await
    }

    /// The service is opened; with shares, how many were put together and how many were not taken
    /// since it was last open.
    pub async fn service_opened(&self, shares: Option<u32>, refused: u32) -> Written {
        if refused > 0 {
            self.write(Entry {
                count: Some(refused),
                ..self.entry_of(Actor::Unknown, Event::SharesRefused)
            })
            .await?;
        }
        self.write(Entry {
            count: shares,
            ..self.entry(Event::ServiceOpened)
        })
        .await
    }

    /// The service is sealed.
    pub async fn service_sealed(&self) -> Written {
        self.write(self.entry(Event::ServiceSealed)).await
    }

    /// The committee's key is another: to be called with the keyring that holds the new key and the
    /// older ones. The log goes on under the new key from here on.
    pub async fn key_rotated(&self) -> Written {
        self.write(self.entry(Event::KeyRotated)).await
    }

    /// Older keys of the committee are given up: to be called with the keyring that still holds them,
    /// which makes sure that the log can be read and written without them.
    pub async fn key_retired(&self) -> Written {
        self.write(self.entry(Event::KeyRetired)).await
    }

    /// The committee's key has new shares.
    pub async fn shares_refreshed(&self) -> Written {
        self.write(self.entry(Event::SharesRefreshed)).await
    }

    /// A case is opened to a member from the offline pieces of its key.
    pub async fn recovery_used(&self, case: Folio) -> Written {
        self.write(self.on(Event::RecoveryUsed, case)).await
    }

    /// It is confirmed who holds pieces of each case's key: so many people.
    pub async fn recovery_confirmed(&self, holders: u32) -> Written {
        self.write(Entry {
            count: Some(holders),
            ..self.entry(Event::RecoveryConfirmed)
        })
        .await
    }

    /// The file of the holders on the server is not the list that was confirmed.
    pub async fn recovery_file_differs(&self) -> Written {
        self.write(self.entry(Event::RecoveryFileDiffers)).await
    }

    /// Nothing but how far the service's own state is.
    pub async fn state_noted(&self) -> Written {
        self.write(self.entry(Event::StateNoted)).await
    }

    /// What is left of the log, or of the members, is taken as it is.
    pub async fn state_accepted(&self) -> Written {
        self.write(self.entry(Event::StateAccepted)).await
    }

    /// A session of the committee is called for a day.
    pub async fn meeting_called(&self, on: Date) -> Written {
        self.write(self.of_day(Event::MeetingCalled, on)).await
    }

    /// It is put off to a day; called off, it keeps the one that it had.
    pub async fn meeting_moved(&self, on: Date) -> Written {
        self.write(self.of_day(Event::MeetingMoved, on)).await
    }

    /// It is held, or somebody came since: so many seats with a vote are filled.
    pub async fn meeting_held(&self, on: Date, seats: u32) -> Written {
        self.write(Entry {
            count: Some(seats),
            ..self.of_day(Event::MeetingHeld, on)
        })
        .await
    }

    /// The votes on a point are entered. With a case, only those read it who may know of that case.
    pub async fn point_decided(&self, on: Date, case: Option<Folio>) -> Written {
        self.write(Entry {
            case,
            ..self.of_day(Event::PointDecided, on)
        })
        .await
    }

    /// It is closed with its minutes.
    pub async fn meeting_closed(&self, on: Date) -> Written {
        self.write(self.of_day(Event::MeetingClosed, on)).await
    }

    /// Its call or its minutes are taken out.
    pub async fn meeting_paper(&self, on: Date) -> Written {
        self.write(self.of_day(Event::MeetingPaper, on)).await
    }

    /// An attention is entered.
    pub async fn attention_recorded(&self) -> Written {
        self.write(self.entry(Event::AttentionRecorded)).await
    }

    /// An attention is taken back.
    pub async fn attention_withdrawn(&self) -> Written {
        self.write(self.entry(Event::AttentionWithdrawn)).await
    }

    /// A consultation or petition is entered, or a step taken in one.
    pub async fn matter_changed(&self) -> Written {
        self.write(self.entry(Event::MatterChanged)).await
    }

    /// A consultation or petition is opened.
    pub async fn matter_opened(&self) -> Written {
        self.write(self.entry(Event::MatterOpened)).await
    }

    fn of_day(&self, event: Event, on: Date) -> Entry {
        Entry {
            from: Some(on),
            ..self.entry(event)
        }
    }

    fn entry(&self, event: Event) -> Entry {
        self.entry_of(self.actor, event)
    }

    fn entry_of(&self, actor: Actor, event: Event) -> Entry {
        Entry::new(self.at, actor, event)
    }

    fn on(&self, event: Event, case: Folio) -> Entry {
        Entry {
            case: Some(case),
            ..self.entry(event)
        }
    }

    fn about(&self, event: Event, member: MemberId) -> Entry {
        Entry {
            subject: Some(member),
            ..self.entry(event)
        }
    }

    fn on_about(&self, event: Event, case: Folio, member: MemberId) -> Entry {
        Entry {
            subject: Some(member),
            ..self.on(event, case)
        }
    }

    fn proposal(&self, event: Event, what: Proposed) -> Entry {
        Entry {
            act: Some(what.act),
            case: what.case,
            subject: what.about,
            ..self.entry(event)
        }
    }

    async fn write(&self, entry: Entry) -> Written {
        self.book.append(self.keyring, &entry).await.map(drop)
    }

    /// Days on which terms stand still are entered: so many, from this one on.
    pub async fn terms_suspended(&self, from: Date, days: u32) -> Written {
        self.write(self.days(Event::TermsSuspended, from, days))
            .await
    }

    /// Such days are taken back.
    pub async fn terms_resumed(&self, from: Date, days: u32) -> Written {
        self.write(self.days(Event::TermsResumed, from, days)).await
    }

    /// Terms follow another official list from now on.
    pub async fn profile_chosen(&self, profile: Profile) -> Written {
        self.write(Entry {
            profile: Some(profile),
            ..self.entry(Event::ProfileChosen)
        })
        .await
    }

    fn days(&self, event: Event, from: Date, days: u32) -> Entry {
        Entry {
            from: Some(from),
            count: Some(days),
            ..self.entry(event)
        }
    }

    /// A day begins. Gives the end of the log, to be noted.
    pub async fn day_begun(&self) -> Result<Head, LogError> {
        self.book
            .append(self.keyring, &self.entry(Event::DayBegun))
            .await
    }
}

/// An act that takes two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    /// Which.
    pub act: Act,
    /// On which case, if on one.
    pub case: Option<Folio>,
    /// About whom, if about somebody.
    pub about: Option<MemberId>,
}
