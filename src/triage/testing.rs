//! A whole house for tests: both stores in a folder of their own, a committee with its key, people
//! who file, and a clock that moves when it is told to.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use committee::calendar::SharedCalendar;
use committee::members::factors::FirstFactor;
use committee::members::invitation::Acceptance;
use committee::members::recovery_codes::RecoveryCode;
use committee::members::strength::StrongPassphrase;
use committee::members::totp::{Totp, TotpSecret};
use committee::members::{Halves, LoginName, MemberRecord, Versioned};
use domain::calendar::Calendar;
use domain::case::{Folio, Status};
use domain::committee::{
    MemberId, MemberProfile, PersonName, Seat, Standing as CommitteeStanding, Term, Unit,
};
use domain::complaint::{Complaint, ComplaintDraft, MessageText, NamePart, SecretText};
use domain::evidence::{FileName, MediaType, Version};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use mailbox::{Body, Entry, Mailbox, Notice, SealedEntry, Standing};
use opening::CommitteeIdentity;
use ring::rand::{SecureRandom as _, SystemRandom};
use sealing::evidence::{EvidenceItem, FileKey, FileSealer};
use sealing::{
    Content, EnvelopeId, FillerKey, FollowUp, Letter, MailboxKey, NewWords, Recipients,
    SealedEnvelope, TrackingToken,
};
use serde_json::{Value, json};
use service::clock::Clock;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use store::casefiles::{CaseFiles as _, RegisterEntry};
use store::mailroom::{
    Chosen, ChosenWords, Deposit, IntakeMailroom as _, StoredChunk, TriageMailroom as _,
};
use store_sqlite::{SqliteCaseFiles, SqliteMailroom};
use tempfile::TempDir;

use crate::worker::{Agreed, Answered, Files, HiddenShare, Worker};
use committee::keyring::Keyring;

/// Members of different seats are not taken for one another.
pub(crate) fn surname_of(seat: Seat) -> &'static str {
    match seat {
        Seat::Presidencia => "Urrutia",
        Seat::SecretariaEjecutiva => "Quintanar",
        Seat::SecretariaTecnica => "Olmedo",
        Seat::Electa => "Arizmendi",
        Seat::RepresentacionOic => "Barragán",
        Seat::Consejera => "Tamez",
        Seat::Asesora => "Ruelas",
        Seat::Invitada => "Ancona",
    }
}

/// A clock that moves when it is told to.
pub(crate) struct MovableClock(Mutex<Timestamp>);

impl MovableClock {
    pub(crate) fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Both stores, the committee's key and the time.
pub(crate) struct House {
    pub(crate) mailroom: Arc<SqliteMailroom>,
    pub(crate) cases: Arc<SqliteCaseFiles>,
    pub(crate) identity: CommitteeIdentity,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) recipients: Recipients,
    pub(crate) rng: SystemRandom,
    folder: TempDir,
}

impl House {
    /// Wednesday, 4 March 2026, ten in the morning in Mexico City.
    pub(crate) async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let address = |name| format!("sqlite://{}", folder.path().join(name).display());
        let mailroom = Arc::new(SqliteMailroom::open(&address("mailroom.db")).await.unwrap());
        let cases = Arc::new(SqliteCaseFiles::open(&address("cases.db")).await.unwrap());
        let identity = CommitteeIdentity::generate();
        let recipients = identity.recipients().clone();
        let keyring = Arc::new(Keyring::unseal(identity.clone(), &*cases).await.unwrap());
        let now = "2026-03-04T16:00:00Z".parse().unwrap();
        Self {
            mailroom,
            cases,
            identity,
            keyring,
            clock: Arc::new(MovableClock(Mutex::new(now))),
            recipients,
            rng: SystemRandom::new(),
            folder,
        }
    }

    /// Where another process finds the mailroom.
    pub(crate) fn mailroom_address(&self) -> String {
        format!(
            "sqlite://{}",
            self.folder.path().join("mailroom.db").display()
        )
    }

    /// Does to the case files what nothing in the service does, as whoever has the database can.
    pub(crate) async fn tamper(&self, statements: &[&'static str]) {
        let path = self.folder.path().join("cases.db");
        let options = SqliteConnectOptions::new().filename(path);
        let mut connection = options.connect().await.unwrap();
        for statement in statements {
            sqlx::query(*statement)
                .execute(&mut connection)
                .await
                .unwrap();
        }
        connection.close().await.unwrap();
    }

    /// Lets somebody sign in with this passphrase and nothing else, as the demonstration does.
    pub(crate) async fn member(&self, seat: Seat, login: &str, passphrase: &str) -> MemberId {
        self.member_with(self.profile(seat, login), login, passphrase)
            .await
    }

    /// The same for somebody with a name of their own.
    pub(crate) async fn member_called(
        &self,
        seat: Seat,
        login: &str,
        passphrase: &str,
        [given, first, second]: [&str; 3],
    ) -> MemberId {
        let part = |text: &str| NamePart::parse(SecretText::from(text.to_owned())).unwrap();
        let mut profile = self.profile(seat, login);
        profile.name = PersonName::new(part(given), part(first), Some(part(second))).unwrap();
        self.member_with(profile, login, passphrase).await
    }

    /// The same for the suplente of another member.
    pub(crate) async fn suplente(
        &self,
        of: (Seat, MemberId),
        login: &str,
        passphrase: &str,
    ) -> MemberId {
        let mut profile = self.profile(of.0, login);
        profile.standing = CommitteeStanding::Suplente { of: of.1 };
        self.member_with(profile, login, passphrase).await
    }

    async fn member_with(&self, profile: MemberProfile, login: &str, passphrase: &str) -> MemberId {
        let (id, login) = (profile.id, LoginName::parse(login).unwrap());
        let passphrase = StrongPassphrase::drawn(SecretText::from(passphrase.to_owned()));
        let (record, _) =
            MemberRecord::of_demonstration(profile, login, &passphrase, self.today(), &self.rng)
                .unwrap();
        Versioned::add(record, &*self.cases, &self.keyring)
            .await
            .unwrap();
        id
    }

    /// Lets somebody sign in with passphrase and app: the app's secret, and the recovery codes.
    pub(crate) async fn member_with_app(
        &self,
        seat: Seat,
        login: &str,
        passphrase: &str,
    ) -> (MemberId, TotpSecret, Vec<RecoveryCode>) {
        let profile = self.profile(seat, login);
        let id = profile.id;
        let halves = Halves::draw(&self.rng).unwrap();
        let login = LoginName::parse(login).unwrap();
        let invitation = halves.invitation(id, self.today());
        let invited = MemberRecord::invited(profile, login, invitation);
        let secret = TotpSecret::draw(&self.rng).unwrap();
        // Of the step before, so that the code of now is still to be used.
        let before = self.clock.now() - SignedDuration::from_secs(30);
        let totp = Totp::confirm(secret.clone(), &secret.code(before), self.clock.now());
        let acceptance = Acceptance {
            agreement_on: self.today(),
            passphrase: StrongPassphrase::drawn(SecretText::from(passphrase.to_owned())),
            first: FirstFactor::Totp(totp.unwrap()),
        };
        let accepted = invited.accept(acceptance, &self.rng).unwrap();
        Versioned::add(accepted.record, &*self.cases, &self.keyring)
            .await
            .unwrap();
        (id, secret, accepted.recovery)
    }

    /// Ends a membership.
    pub(crate) async fn end(&self, id: MemberId) {
        let member = Versioned::load(id, &*self.cases, &self.keyring).await;
        let member = member.unwrap().unwrap();
        let ended = member.record.ended(self.today());
        member
            .replace(ended, &*self.cases, &self.keyring)
            .await
            .unwrap();
    }

    /// Somebody whose given name is the name to sign in with, and whose surname is that of the seat.
    pub(crate) fn profile(&self, seat: Seat, login: &str) -> MemberProfile {
        let mut id = [0; 16];
        self.rng.fill(&mut id).unwrap();
        let part = |text: &str| NamePart::parse(SecretText::from(text.to_owned())).unwrap();
        MemberProfile {
            id: MemberId(id),
            name: PersonName::new(
                part(login),
                part(surname_of(seat)),
                Some(part("Xicoténcatl")),
            )
            .unwrap(),
            seat,
            standing: CommitteeStanding::Titular,
            unit: Unit::default(),
            term: Term {
                from: self.today(),
                until: None,
            },
            agreement_on: None,
            suspended_from: None,
            edition: 0,
        }
    }

    /// The legal day of what comes now.
    pub(crate) fn today(&self) -> Date {
        Calendar::default().legal_day(self.clock.now())
    }

    /// A worker on the plain stores.
    pub(crate) fn worker(&self) -> Worker {
        Worker {
            mailroom: self.mailroom.clone(),
            cases: self.cases.clone(),
            keyring: self.keyring.clone(),
            classifier: classifier::standard(),
            // A test that is about it hides all of them.
            hidden: HiddenShare::NONE,
            calendar: SharedCalendar::default(),
            clock: self.clock.clone(),
            files: Files::default(),
            agreed: Agreed::default(),
            // So few that a handful of envelopes is several batches.
            batch: 2,
            // Enough for whatever a test files.
            proposing: Duration::from_mins(10),
            answered: Answered::default(),
        }
    }

    /// Files a complaint as intake does.
    pub(crate) async fn file(&self, complaint: Value) -> TrackingToken {
        let token = TrackingToken::draw(&self.rng).unwrap();
        self.file_under(&token, complaint).await;
        token
    }

    /// The same with the day that intake gave to it.
    pub(crate) async fn file_on(&self, complaint: Value, on: Date) -> TrackingToken {
        let token = TrackingToken::draw(&self.rng).unwrap();
        self.file_letter(&token, complaint, Vec::new(), on).await;
        token
    }

    /// Seals a file and stores its chunks, as intake does before a letter names it.
    pub(crate) async fn hold(&self, name: &str, content: &[u8]) -> EvidenceItem {
        let mut file = FileSealer::new(FileKey::draw(&self.rng).unwrap());
        let mut chunks = Vec::new();
        file.push(content, &mut chunks).unwrap();
        let sealed = file.finish();
        chunks.push(sealed.last);
        let chunks: Vec<StoredChunk> = chunks
            .into_iter()
            .map(|chunk| StoredChunk {
                id: chunk.id,
                received_on: self.today(),
                bytes: chunk.bytes,
            })
            .collect();
        self.mailroom.put_chunks(&chunks).await.unwrap();
        EvidenceItem {
            name: FileName::parse(name),
            media_type: MediaType::Pdf,
            version: Version::Original,
            bytes: sealed.bytes,
            sha256: sealed.sha256,
            key: sealed.key,
        }
    }

    /// Files a complaint with files that are held.
    pub(crate) async fn file_with(
        &self,
        complaint: Value,
        evidence: Vec<EvidenceItem>,
    ) -> TrackingToken {
        let token = TrackingToken::draw(&self.rng).unwrap();
        self.file_letter(&token, complaint, evidence, self.today())
            .await;
        token
    }

    /// Sends a further message with files that are held.
    pub(crate) async fn write_with(
        &self,
        token: &TrackingToken,
        text: &str,
        evidence: Vec<EvidenceItem>,
    ) {
        let text = MessageText::parse(SecretText::from(text.to_owned())).unwrap();
        let told = FollowUp::new(Some(text), None, false, evidence).unwrap();
        let content = Content::FollowUp(Box::new(told));
        let envelope = self.seal(token, content, &self.recipients);
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// Files a complaint under a token that was drawn before.
    pub(crate) async fn file_under(&self, token: &TrackingToken, complaint: Value) {
        self.file_letter(token, complaint, Vec::new(), self.today())
            .await;
    }

    async fn file_letter(
        &self,
        token: &TrackingToken,
        complaint: Value,
        evidence: Vec<EvidenceItem>,
        on: Date,
    ) {
        let draft: ComplaintDraft = serde_json::from_value(complaint).unwrap();
        let complaint = Complaint::parse(draft).unwrap();
        let content = Content::Complaint {
            complaint: Box::new(complaint),
            evidence,
        };
        let envelope = self.seal_on(token, content, &self.recipients, on);
        let first = Entry {
            posted_on: on,
            body: Body::Standing(Standing {
                status: Status::Received,
                folio: None,
                deadlines: Vec::new(),
                notice: Notice::Stored,
                detail: None,
            }),
        };
        let first = mailbox::seal(
            &token.mailbox_key(),
            token.lookup_id(),
            0,
            &first,
            &self.rng,
        )
        .unwrap();
        self.deposit(Deposit {
            envelope,
            first_entry: Some(first),
            leaf: None,
        })
        .await;
    }

    /// Sends a further message.
    pub(crate) async fn write(&self, token: &TrackingToken, text: &str) {
        let text = MessageText::parse(SecretText::from(text.to_owned())).unwrap();
        let envelope = self.seal(token, Content::from(text), &self.recipients);
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// Sends something further that is more than a text.
    pub(crate) async fn tell(&self, token: &TrackingToken, told: FollowUp) {
        let envelope = self.seal(token, Content::FollowUp(Box::new(told)), &self.recipients);
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// The same with the day that intake gave to it.
    pub(crate) async fn tell_on(&self, token: &TrackingToken, told: FollowUp, on: Date) {
        let content = Content::FollowUp(Box::new(told));
        let envelope = self.seal_on(token, content, &self.recipients, on);
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// Takes another token, as intake does for a person who chose other words.
    pub(crate) async fn choose_words(&self, token: &TrackingToken) -> TrackingToken {
        let new = TrackingToken::draw(&self.rng).unwrap();
        let outcome = self.choose_these_words(token, &new).await;
        assert_eq!(outcome, Chosen::Now);
        new
    }

    /// The same with words that were drawn already; says what intake tells.
    pub(crate) async fn choose_these_words(
        &self,
        token: &TrackingToken,
        new: &TrackingToken,
    ) -> Chosen {
        let words = ChosenWords {
            envelope: self.letter_of_words(token, &NewWords::of(new)),
            old: token.lookup_id(),
            first_entry: self.room_for(new),
        };
        self.mailroom.choose_words(&words).await.unwrap()
    }

    fn room_for(&self, new: &TrackingToken) -> SealedEntry {
        let entry = Entry {
            posted_on: self.today(),
            body: Body::Words(mailbox::NewWords::Moving),
        };
        let (key, id) = (new.mailbox_key(), new.lookup_id());
        mailbox::seal(&key, id, 0, &entry, &self.rng).unwrap()
    }

    /// As intake names it: by the words of before alone.
    fn letter_of_words(&self, token: &TrackingToken, new: &NewWords) -> SealedEnvelope {
        let lookup_id = token.lookup_id();
        let (id, _) = lookup_id.as_bytes().split_first_chunk().unwrap();
        let letter = Letter {
            envelope_id: EnvelopeId::from(*id),
            lookup_id,
            mailbox_key: token.mailbox_key(),
            received_on: self.today(),
            filler_key: FillerKey::draw(&self.rng).unwrap(),
            content: Content::NewWords(new.clone()),
        };
        sealing::seal(&letter, &self.recipients).unwrap()
    }

    /// Makes the mailbox under words that were chosen.
    pub(crate) async fn make_room(&self, new: &TrackingToken) {
        self.mailroom.post(&self.room_for(new)).await.unwrap();
    }

    /// Takes another token with words of before, past intake, which would not let anybody: the letter bears
    /// the id of the one by which the mailbox moved.
    pub(crate) async fn choose_words_late(&self, token: &TrackingToken) -> TrackingToken {
        let new = TrackingToken::draw(&self.rng).unwrap();
        self.make_room(&new).await;
        self.deposit(Deposit {
            envelope: self.letter_of_words(token, &NewWords::of(&new)),
            first_entry: None,
            leaf: None,
        })
        .await;
        new
    }

    /// Sends the letter that goes with it.
    pub(crate) async fn send_words(&self, token: &TrackingToken, new: &NewWords) {
        let envelope = self.seal(token, Content::NewWords(new.clone()), &self.recipients);
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// The same from somebody who knows where a mailbox is and does not hold its words.
    pub(crate) async fn send_words_with(
        &self,
        of: &TrackingToken,
        key: MailboxKey,
        new: &TrackingToken,
    ) {
        let letter = Letter {
            envelope_id: EnvelopeId::draw(&self.rng).unwrap(),
            lookup_id: of.lookup_id(),
            mailbox_key: key,
            received_on: self.today(),
            filler_key: FillerKey::draw(&self.rng).unwrap(),
            content: Content::NewWords(NewWords::of(new)),
        };
        let envelope = sealing::seal(&letter, &self.recipients).unwrap();
        self.deposit(Deposit {
            envelope,
            first_entry: None,
            leaf: None,
        })
        .await;
    }

    /// The mailbox as the complainant reads it.
    pub(crate) async fn read(&self, token: &TrackingToken) -> Mailbox {
        let entries = self.mailbox(token).await;
        Mailbox::read(entries.into_iter().map(|(_, entry)| entry))
    }

    pub(crate) async fn deposit(&self, deposit: Deposit) {
        self.mailroom.deposit(&[deposit]).await.unwrap();
    }

    /// Seals a letter.
    pub(crate) fn seal(
        &self,
        token: &TrackingToken,
        content: Content,
        recipients: &Recipients,
    ) -> SealedEnvelope {
        self.seal_on(token, content, recipients, self.today())
    }

    fn seal_on(
        &self,
        token: &TrackingToken,
        content: Content,
        recipients: &Recipients,
        received_on: Date,
    ) -> SealedEnvelope {
        let letter = Letter {
            envelope_id: EnvelopeId::draw(&self.rng).unwrap(),
            lookup_id: token.lookup_id(),
            mailbox_key: token.mailbox_key(),
            received_on,
            filler_key: FillerKey::draw(&self.rng).unwrap(),
            content,
        };
        sealing::seal(&letter, recipients).unwrap()
    }

    /// The program that shows files: this test program once more, locked in, as [`cleaner`] makes it.
    pub(crate) fn cleaner(&self) -> PathBuf {
        let path = self.folder.path().join("cleaner");
        let this = std::env::current_exe().unwrap();
        // What the test harness itself writes goes nowhere; the answer goes where it is waited for.
        let script = format!(
            "#!/bin/sh\nexec 3>&1 >/dev/null\n{CLEANER}=1\nexport {CLEANER}\n\
             exec '{}' --exact testing::cleaner --nocapture --test-threads=1\n",
            this.display()
        );
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    /// Bytes of the mailroom's write-ahead log.
    pub(crate) fn log_length(&self) -> u64 {
        std::fs::metadata(self.folder.path().join("mailroom.db-wal"))
            .unwrap()
            .len()
    }

    /// What the complainant finds in the mailbox, by position.
    pub(crate) async fn mailbox(&self, token: &TrackingToken) -> Vec<(u32, Entry)> {
        let entries = self.mailroom.mailbox(token.lookup_id()).await.unwrap();
        entries
            .iter()
            .map(|entry| {
                (
                    entry.position,
                    mailbox::open(&token.mailbox_key(), entry).unwrap(),
                )
            })
            .collect()
    }

    /// Sets everything that waits aside, as the worker does with what does not open.
    pub(crate) async fn set_all_aside(&self) {
        for envelope in self
            .mailroom
            .waiting(self.keyring.key_id(), None, 99)
            .await
            .unwrap()
        {
            self.mailroom
                .quarantine(envelope.id(), "damaged")
                .await
                .unwrap();
        }
    }

    /// The whole register.
    pub(crate) async fn register(&self) -> Vec<RegisterEntry> {
        self.cases.register(None).await.unwrap()
    }

    /// Files a complaint and works it off; gives its folio.
    pub(crate) async fn case(&self, complaint: Value) -> Folio {
        let before: Vec<Folio> = self
            .register()
            .await
            .into_iter()
            .map(|entry| entry.folio)
            .collect();
        self.file(complaint).await;
        self.worker().round().await.unwrap();
        let register = self.register().await;
        let new = register
            .iter()
            .map(|entry| entry.folio)
            .find(|folio| !before.contains(folio));
        new.expect("there is a new case")
    }
}

/// A complaint that only tells a story.
pub(crate) fn story(narrative: &str) -> Value {
    json!({ "narrative": narrative })
}

/// Says that this program is to be the cleaner.
const CLEANER: &str = "TRIAGE_TESTS_AS_CLEANER";

/// Does nothing unless the program of [`House::cleaner`] started it.
#[test]
fn cleaner() {
    if std::env::var_os(CLEANER).is_none() {
        return;
    }
    let to = std::fs::File::options();
    let to = to.clone().write(true).open("/proc/self/fd/3").unwrap();
    rustix::stdio::dup2_stdout(&to).unwrap();
    // To close it is a call that the sandbox does not let.
    std::mem::forget(to);
    cleaner::sandbox::enter().unwrap();
    let answered = cleaner::answer(std::io::stdin(), std::io::stdout());
    std::process::exit(i32::from(answered.is_err()));
}
