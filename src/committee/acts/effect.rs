//! Doing what two members agreed on.
//!
//! Whatever is done here can be broken off anywhere and begun again; what is done is found done. Each step
//! is in the log before it is taken.

use domain::committee::{Ground, MemberId, MemberProfile, Relation};
use domain::retention::Phase;
use jiff::Timestamp;
use jiff::civil::Date;
use store::StoreError;
use store::casefiles::CaseId;
use store::mailroom::TriageMailroom;

use super::asked::{Asked, CaseRef};
use super::book::{Book, BookError, Kept};
use super::pending::{ActError, PendingAct, Stage, State as Reached};
use crate::access::{Access, AccessError, Stated, Statement, open_circle};
use crate::alike::AlikeBook;
use crate::certificate::{Basis, Certificate, CertificateError};
use crate::circle::Circle;
use crate::former_words::FormerWordsBook;
use crate::kept::{KeptError, kept};
use crate::log::{LogError, Recorder};
use crate::members::roster::{ChangeError, RosterError};
use crate::members::{
    Amendment, Invitation, LinkHash, LoginName, MemberRecord, NoRandomness, Roster, SpokenCode,
    Versioned,
};
use opening::OpenError;

/// How often a member's record is changed while others change it.
const TRIES: usize = 8;
/// Replies that are looked through at once.
const OUTBOX: u32 = 10_000;

/// What it takes to do what was agreed on.
#[derive(Clone, Copy)]
pub struct Hands<'a> {
    /// The case files and who may open what.
    pub access: &'a Access,
    /// Where mailboxes lie.
    pub mailroom: &'a dyn TriageMailroom,
    /// The log, for whoever agreed.
    pub log: Recorder<'a>,
}

/// What came of it.
#[derive(Debug)]
pub enum Effect {
    /// It is done.
    Done,
    /// Both may do it for a while.
    Window,
    /// Somebody may come in with the link that whoever asked has, and a code, which is shown now and never
    /// again.
    Code {
        /// Who.
        member: MemberId,
        /// What is said.
        code: SpokenCode,
    },
    /// Something waits in the mailroom, and may be of the case: it is carried on when that was worked off.
    Postponed,
    /// There was nothing left to do: the member is gone, or the name to sign in with is somebody's.
    Nothing,
}

/// Why it is not done. The act stays agreed on, and can be carried on.
#[derive(Debug, thiserror::Error)]
pub enum EffectError {
    /// A store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The act cannot be read or kept.
    #[error(transparent)]
    Book(#[from] BookError),
    /// It could not be written down, so it was not done.
    #[error(transparent)]
    Log(#[from] LogError),
    /// Who may open the case could not be changed.
    #[error(transparent)]
    Access(#[from] AccessError),
    /// What the service keeps of the case does not open.
    #[error("what the service keeps of a case does not open")]
    Open(#[from] OpenError),
    /// How long the case is kept cannot be found out.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// What is left of the case could not be kept, so it was not deleted.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The members cannot be read.
    #[error(transparent)]
    Roster(#[from] RosterError),
    /// The member could not be changed.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The system has no randomness to give.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl Hands<'_> {
    /// Does what both agreed on, and notes that it is done; an act that is not at that stage is left as
    /// it is.
    ///
    /// # Errors
    /// See [`EffectError`].
    pub async fn carry_out(&self, kept: &Kept) -> Result<Effect, EffectError> {
        self.run(kept, false).await
    }

    /// Does what was agreed on before and broken off. A link that was made then, and that nobody saw, is
    /// made anew; whoever came in since stays in.
    ///
    /// # Errors
    /// See [`EffectError`].
    pub async fn carry_on(&self, kept: &Kept) -> Result<Effect, EffectError> {
        self.run(kept, true).await
    }

    async fn run(&self, kept: &Kept, again: bool) -> Result<Effect, EffectError> {
        let act = &kept.act;
        if !act.is_agreed() {
            return Ok(Effect::Nothing);
        }
        let effect = match &act.what {
            Asked::UnmaskIdentity { .. } | Asked::ExportCase { .. } => return Ok(Effect::Window),
            Asked::DeleteCase { case } => self.delete(act, *case).await?,
            Asked::RotateCase { case, without } => self.withdraw(*case, *without).await?,
            Asked::Recuse { case, member } => self.recuse(act, *case, *member).await?,
            Asked::LiftRecusal { case, member } => self.lift(act, *case, *member).await?,
            Asked::InviteMember {
                profile,
                login,
                link,
            } => self.invite(profile, login, *link).await?,
            Asked::EndMembership { member } => self.end(*member).await?,
            Asked::ReadmitMember { member, link } if again => {
                self.readmit_again(*member, *link).await?
            }
            Asked::ReadmitMember { member, link } => self.readmit(*member, *link).await?,
            Asked::AmendMember { member, amendment } => self.amend(*member, amendment).await?,
            Asked::SuspendMember { member, from } => self.suspend(*member, *from).await?,
            Asked::LiftSuspension { member } => self.lift_suspension(*member).await?,
        };
        if let Effect::Postponed = effect {
            return Ok(effect);
        }
        let noted = self
            .book()
            .step(act.id, |act| act.done().ok_or(ActError::Closed))
            .await;
        match noted {
            // Another did the same meanwhile.
            Ok(_) | Err(BookError::Act(ActError::Closed)) => Ok(effect),
            Err(error) => Err(error.into()),
        }
    }

    /// Closes acts that nobody agreed to in time, and carries on what was broken off.
    ///
    /// # Errors
    /// See [`EffectError`].
    pub async fn sweep(&self, now: Timestamp) -> Result<(), EffectError> {
        for kept in self.book().readable().await?.records {
            let act = &kept.act;
            if act.state == Reached::Waiting && act.stage(now) == Stage::Expired {
                self.lapse(act, now).await?;
            } else if act.is_left_unfinished(now)
                && let Err(error) = self.carry_on(&kept).await
            {
                // The others do not wait for it.
                tracing::error!(cause = %error, "an act that two agreed on could not be done");
            }
        }
        Ok(())
    }

    /// Closes an act that waits and must not be agreed to any more.
    ///
    /// # Errors
    /// See [`EffectError`].
    pub async fn lapse(&self, act: &PendingAct, now: Timestamp) -> Result<(), EffectError> {
        self.log.act_expired(act.what.proposed()).await?;
        let closed = self
            .book()
            .step(act.id, |act| act.lapse(now).ok_or(ActError::Closed))
            .await;
        match closed {
            Ok(_) | Err(BookError::Act(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The certificate and then the mailbox first: whatever comes between, the token leads nowhere before the
    /// case is gone, and no case is gone without a certificate.
    async fn delete(&self, act: &PendingAct, case: CaseRef) -> Result<Effect, EffectError> {
        let Access {
            cases,
            keyring,
            people,
            ..
        } = self.access;
        if let Some(handle) = cases.handle(case.id()).await? {
            // A message that waits is sealed: of which case it is shows only when it is worked off.
            for key in keyring.key_ids() {
                if self.mailroom.backlog(key).await?.ours > 0 {
                    return Ok(Effect::Postponed);
                }
            }
            let found = kept(&handle, self.access.today, &**cases, keyring).await?;
            let basis = match found {
                // Whoever filed has something to say still.
                Some((_, Phase::Fresh)) => return Ok(Effect::Nothing),
                Some((kept, Phase::Blocked)) => Basis::TermOver { kept },
                Some((kept, Phase::Kept)) => Basis::BeforeTime { kept: Some(kept) },
                None => Basis::BeforeTime { kept: None },
            };
            let circle = match &handle.circle {
                Some(sealed) => open_circle(keyring, case.id(), sealed)?,
                None => Circle::default(),
            };
            let unaware = people
                .profiles()
                .iter()
                .map(|profile| profile.id)
                .filter(|member| circle.relation_of(*member) == Relation::Excluded);
            let kept_out = circle.excluded().iter().map(|one| one.member);
            let unaware: std::collections::BTreeSet<MemberId> = unaware.chain(kept_out).collect();
            let received_on = match cases.case(case.folio).await? {
                Some(entry) => entry.received_on,
                None => self.access.today,
            };
            let certificate = Certificate {
                act: act.id,
                folio: case.folio,
                received_on,
                basis,
                deleted_on: self.access.today,
                asked_by: act.by,
                agreed_by: act.second_person(),
                documents: cases.documents(case.id()).await?.len(),
                kept_from: unaware.iter().copied().collect(),
            };
            self.log.case_deleted(case.folio, unaware).await?;
            certificate.keep(&**cases, keyring).await?;
            let mailbox = keyring
                .open_service_record(case.id(), &handle.service_record)?
                .lookup_id;
            self.mailroom.purge_mailbox(mailbox).await?;
            cases.delete_case(case.id()).await?;
            // A reply that was on its way would make a mailbox of its own.
            for reply in cases.outbox(OUTBOX).await? {
                if reply.lookup_id == mailbox {
                    cases.delivered(&[(mailbox, reply.position)]).await?;
                }
            }
            self.mailroom.purge_mailbox(mailbox).await?;
        }
        AlikeBook::new(&**cases, keyring).forget(case.id()).await?;
        FormerWordsBook::new(&**cases, keyring)
            .forget(case.id())
            .await?;
        self.forget_others(act, case.id()).await?;
        Ok(Effect::Done)
    }

    /// What else was asked for on a case says why, and that is of the case. One that does not open says
    /// nothing to anybody, and does not keep the deletion from being done.
    async fn forget_others(&self, act: &PendingAct, case: CaseId) -> Result<(), EffectError> {
        for other in self.book().readable().await?.records {
            let same = other.act.what.case().is_some_and(|one| one.id() == case);
            if same && other.act.id != act.id {
                self.book().forget(&other).await?;
            }
        }
        Ok(())
    }

    async fn withdraw(&self, case: CaseRef, without: MemberId) -> Result<Effect, EffectError> {
        let Some(circle) = self.circle(case).await? else {
            return Ok(Effect::Nothing);
        };
        if circle.relation_of(without) != Relation::Entitled {
            return Ok(Effect::Nothing);
        }
        self.log.case_rotated(case.folio, Some(without)).await?;
        effect(self.access.withdraw(case.id(), without).await)
    }

    async fn recuse(
        &self,
        act: &PendingAct,
        case: CaseRef,
        member: MemberId,
    ) -> Result<Effect, EffectError> {
        let whom = [(member, Ground::Decided)];
        if !self.access.could_exclude(case.id(), &whom).await? {
            // Nobody would be left to open it; the pages say so where it is asked for.
            return Ok(Effect::Nothing);
        }
        self.log.recusal_decided(case.folio, member, true).await?;
        let told = stated(act, Stated::Recused, member);
        effect(self.access.exclude(case.id(), &whom, told).await)
    }

    async fn lift(
        &self,
        act: &PendingAct,
        case: CaseRef,
        member: MemberId,
    ) -> Result<Effect, EffectError> {
        let Some(circle) = self.circle(case).await? else {
            return Ok(Effect::Nothing);
        };
        if circle.is_kept_out(member) {
            self.log.recusal_decided(case.folio, member, false).await?;
        } else if circle.is_withdrawn(member) {
            self.log.case_shared(case.folio, member).await?;
        } else {
            return Ok(Effect::Nothing);
        }
        let told = stated(act, Stated::Lifted, member);
        effect(self.access.lift(case.id(), member, told).await)
    }

    async fn invite(
        &self,
        profile: &MemberProfile,
        login: &LoginName,
        link: LinkHash,
    ) -> Result<Effect, EffectError> {
        let (cases, keyring) = (&*self.access.cases, &*self.access.keyring);
        let roster = Roster::load(cases, keyring).await?;
        let member = profile.id;
        if roster.of(member).is_some() {
            return self.readmit_again(member, link).await;
        }
        if roster.has_login(login) {
            return Ok(Effect::Nothing);
        }
        let code = SpokenCode::draw(keyring.rng())?;
        self.log.invited(member).await?;
        let invitation = Invitation::new(link, &code, member, self.access.today);
        let record = MemberRecord::invited(profile.clone(), login.clone(), invitation);
        Versioned::add(record, cases, keyring).await?;
        Ok(Effect::Code { member, code })
    }

    async fn end(&self, member: MemberId) -> Result<Effect, EffectError> {
        let today = self.access.today;
        let ended = |record: &MemberRecord| Some(record.ended(today));
        if !self.would_change(member, ended).await? {
            return Ok(Effect::Nothing);
        }
        self.log.membership_ended(member).await?;
        Ok(done(self.change(member, ended).await?))
    }

    /// Who may open the cases follows when each is opened.
    async fn amend(&self, member: MemberId, amendment: &Amendment) -> Result<Effect, EffectError> {
        let (cases, keyring) = (&*self.access.cases, &*self.access.keyring);
        let roster = Roster::load(cases, keyring).await?;
        if !amendment.is_possible(member, &roster) {
            return Ok(Effect::Nothing);
        }
        self.log.amended(member, amendment).await?;
        let changed = self
            .change(member, |record| amendment.apply(record))
            .await?;
        Ok(done(changed))
    }

    /// The cases follow when the worker next looks at who the members are.
    async fn suspend(&self, member: MemberId, from: Date) -> Result<Effect, EffectError> {
        let suspended = |record: &MemberRecord| record.suspended(from);
        if !self.would_change(member, suspended).await? {
            return Ok(Effect::Nothing);
        }
        self.log.suspended(member, from).await?;
        Ok(done(self.change(member, suspended).await?))
    }

    /// Whoever opens a case next gives the member the copies that are theirs.
    async fn lift_suspension(&self, member: MemberId) -> Result<Effect, EffectError> {
        if !self.would_change(member, MemberRecord::reinstated).await? {
            return Ok(Effect::Nothing);
        }
        self.log.suspension_lifted(member).await?;
        let changed = self.change(member, MemberRecord::reinstated).await?;
        Ok(done(changed))
    }

    /// A code in place of the one that this act made and nobody saw, for the same link. Whoever used it, or
    /// was invited anew by others since, is left alone.
    async fn readmit_again(&self, member: MemberId, link: LinkHash) -> Result<Effect, EffectError> {
        let (cases, keyring) = (&*self.access.cases, &*self.access.keyring);
        let found = Versioned::load(member, cases, keyring).await?;
        let invitation = found.as_ref().and_then(|kept| kept.record.invitation());
        if invitation.is_some_and(|invitation| invitation.is_of(link)) {
            self.readmit(member, link).await
        } else {
            Ok(Effect::Nothing)
        }
    }

    async fn readmit(&self, member: MemberId, link: LinkHash) -> Result<Effect, EffectError> {
        let code = SpokenCode::draw(self.access.keyring.rng())?;
        let invitation = Invitation::new(link, &code, member, self.access.today);
        let invited = |record: &MemberRecord| Some(record.invited_again(invitation.clone()));
        if !self.would_change(member, invited).await? {
            return Ok(Effect::Nothing);
        }
        self.log.readmitted(member).await?;
        let changed = self.change(member, invited).await?;
        Ok(if changed {
            Effect::Code { member, code }
        } else {
            Effect::Nothing
        })
    }

    /// Whether [`Self::change`] would change anything: what the log says must have happened.
    async fn would_change(
        &self,
        member: MemberId,
        change: impl Fn(&MemberRecord) -> Option<MemberRecord>,
    ) -> Result<bool, EffectError> {
        let (cases, keyring) = (&*self.access.cases, &*self.access.keyring);
        let found = Versioned::load(member, cases, keyring).await?;
        let kept = found.filter(|kept| !kept.record.has_ended());
        Ok(kept.and_then(|kept| change(&kept.record)).is_some())
    }

    /// The circle of a case, if it is there still.
    async fn circle(&self, case: CaseRef) -> Result<Option<Circle>, EffectError> {
        match self.access.circle(case.id()).await {
            Ok(circle) => Ok(Some(circle)),
            Err(AccessError::Unknown) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Changes a member, unless there is none, the membership is over, or there is nothing to change.
    async fn change(
        &self,
        member: MemberId,
        change: impl Fn(&MemberRecord) -> Option<MemberRecord>,
    ) -> Result<bool, EffectError> {
        let (cases, keyring) = (&*self.access.cases, &*self.access.keyring);
        for _ in 0..TRIES {
            let found = Versioned::load(member, cases, keyring).await?;
            let Some(kept) = found.filter(|kept| !kept.record.has_ended()) else {
                return Ok(false);
            };
            let Some(changed) = change(&kept.record) else {
                return Ok(false);
            };
            match kept.replace(changed, cases, keyring).await {
                Ok(_) => return Ok(true),
                Err(ChangeError::Contended) => {}
                Err(
                    error @ (ChangeError::Store(_) | ChangeError::Seal(_) | ChangeError::Anchor(_)),
                ) => {
                    return Err(error.into());
                }
            }
        }
        Err(ChangeError::Contended.into())
    }

    fn book(&self) -> Book<'_> {
        Book::new(&*self.access.cases, &self.access.keyring)
    }
}

fn done(changed: bool) -> Effect {
    if changed {
        Effect::Done
    } else {
        Effect::Nothing
    }
}

/// What came of a change of who may open a case; one that is gone has nothing to change.
fn effect(changed: Result<bool, AccessError>) -> Result<Effect, EffectError> {
    match changed {
        Ok(true) => Ok(Effect::Done),
        Ok(false) | Err(AccessError::Unknown) => Ok(Effect::Nothing),
        Err(error) => Err(error.into()),
    }
}

/// What the case keeps of an act about who may know of it.
fn stated(act: &PendingAct, what: Stated, about: MemberId) -> Statement {
    Statement {
        what,
        about,
        by: act.by,
        decided_by: act.second_person(),
        reason: act.reason.clone(),
    }
}

impl std::fmt::Debug for Hands<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hands").finish_non_exhaustive()
    }
}
