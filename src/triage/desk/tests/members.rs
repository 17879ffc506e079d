//! Invitations, the first members, and what members change about themselves and others.

use committee::members::totp::TotpSecret;
use committee::members::{Halves, LoginName, MemberRecord, Roster, Versioned};
use domain::committee::{MemberId, Seat};
use jiff::SignedDuration;
use opening::Passphrase;
use opening::custody::{self, Quorum};
use reqwest::header::LOCATION;
use service::clock::Clock as _;

use super::second_step::hidden;
use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::House;
use crate::vault::Expected;

const GOOD: &str = "vidrio+tambor+cueva+lunar";
const GOOD_TYPED: &str = "vidrio tambor cueva lunar";

/// What somebody has who is invited.
pub(super) struct Invited {
    pub(super) path: String,
    pub(super) code: String,
}

impl Invited {
    /// As a page shows it to whoever is alone.
    fn in_page(page: &str) -> Self {
        let after = |mark: &str| {
            let (_, rest) = page.split_once(mark).unwrap();
            rest.split('<').next().unwrap().to_owned()
        };
        let link = after("data-link>");
        Self {
            path: link.replace("https://comite.example.mx", ""),
            code: after("data-code>"),
        }
    }
}

/// A service with somebody invited, and what they have.
async fn invited() -> (Service, MemberId, Invited) {
    let house = House::new().await;
    let (id, invited) = house.invite(Seat::Electa, "Inés").await;
    let service = Service::serve(house, Expected::default(), true).await;
    (service, id, invited)
}

impl House {
    pub(super) async fn invite(&self, seat: Seat, login: &str) -> (MemberId, Invited) {
        let profile = self.profile(seat, login);
        let id = profile.id;
        let halves = Halves::draw(&self.rng).unwrap();
        let login = LoginName::parse(login).unwrap();
        let invitation = halves.invitation(id, self.today());
        let record = MemberRecord::invited(profile, login, invitation);
        Versioned::add(record, &*self.cases, &self.keyring)
            .await
            .unwrap();
        let invited = Invited {
            path: halves.link.path().to_string(),
            code: halves.code.text().to_string(),
        };
        (id, invited)
    }
}

/// The page of an invitation, opened.
struct Enrolling {
    visitor: Member,
    secret: TotpSecret,
}

impl Service {
    /// Types the code on the page that the link leads to.
    pub(super) async fn type_code(&self, path: &str, code: &str) -> Answer {
        self.post(path, None, &format!("code={code}")).await
    }

    async fn open_invitation(&self, invited: &Invited) -> Enrolling {
        let asks = self.get(&invited.path, None).await;
        assert_eq!(asks.status, 200, "{}", asks.body);
        for told in ["Arizmendi", "class=\"secret\"", "csrf"] {
            assert!(!asks.body.contains(told), "the link alone tells {told}");
        }
        let page = self.type_code(&invited.path, &invited.code).await;
        assert_eq!(page.status, 200, "{}", page.body);
        let visitor = Member {
            cookie: page.cookie(),
            token: hidden(&page.body, "csrf"),
        };
        let (_, rest) = page.body.split_once("<code class=\"secret\">").unwrap();
        let typed = rest.split('<').next().unwrap();
        Enrolling {
            visitor,
            secret: TotpSecret::read(typed).unwrap(),
        }
    }

    /// Fills in the form of an invitation; `changes` replace what a careful person would write.
    async fn accept(&self, enrolling: &Enrolling, changes: &[(&str, &str)]) -> Answer {
        let code = enrolling.secret.code(self.house.clock.now());
        let mut fields = vec![
            ("csrf", enrolling.visitor.token.as_str()),
            ("agreement", "yes"),
            ("passphrase", GOOD),
            ("again", GOOD),
            ("code", code.as_str()),
        ];
        for (name, value) in changes {
            fields.retain(|(field, _)| field != name);
            fields.push((name, value));
        }
        let form: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        self.post("/invitacion", Some(&enrolling.visitor), &form.join("&"))
            .await
    }

    /// Signs in with an app whose code of now was used already.
    async fn sign_in_with(&self, login: &str, passphrase: &str, secret: &TotpSecret) -> Answer {
        self.house.clock.advance(SignedDuration::from_secs(30));
        let first = self.sign_in_as(login, passphrase, None).await;
        assert_eq!(first.status, 202, "{}", first.body);
        let code = secret.code(self.house.clock.now());
        let body = serde_json::json!({ "code": code }).to_string();
        let cookie = first.cookie();
        let headers = [
            (reqwest::header::CONTENT_TYPE, "application/json"),
            (reqwest::header::COOKIE, cookie.as_str()),
        ];
        self.send(
            reqwest::Method::POST,
            "/api/v1/session/second",
            &headers,
            &body,
        )
        .await
    }

    async fn roster(&self) -> Roster {
        Roster::load(&*self.house.cases, &self.house.keyring)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn a_link_makes_a_member_once() {
    let (service, id, invited) = invited().await;
    let enrolling = service.open_invitation(&invited).await;
    let done = service.accept(&enrolling, &[]).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.body.matches("<li><code>").count(), 10, "{}", done.body);
    let roster = service.roster().await;
    let profile = &roster.of(id).unwrap().record.profile;
    assert_eq!(profile.agreement_on, Some(service.house.today()));
    let entered = service
        .sign_in_with("inés", GOOD_TYPED, &enrolling.secret)
        .await;
    assert_eq!(entered.status, 201, "{}", entered.body);

    // The link is used up, for whoever has it and for whoever had opened it.
    let gone = service.get(&invited.path, None).await;
    assert_eq!(gone.status, 404);
    let again = service.accept(&enrolling, &[]).await;
    assert_eq!(again.header(LOCATION), "/entrar", "{}", again.body);
}

#[tokio::test]
async fn links_that_are_used_expired_wrong_or_withdrawn_are_answered_alike() {
    let (service, id, invited) = invited().await;
    let never = format!("/invitacion/{}", "A".repeat(43));
    let wrong = service.get(&never, None).await;
    assert_eq!(wrong.status, 404);
    assert_eq!(wrong, service.get("/invitacion/x", None).await);

    let open = service.open_invitation(&invited).await;
    service
        .house
        .clock
        .advance(SignedDuration::from_hours(24 * 7));
    let last_day = service.get(&invited.path, None).await;
    assert_eq!(last_day.status, 200);
    service.house.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(service.get(&invited.path, None).await, wrong);
    assert_eq!(service.accept(&open, &[]).await.header(LOCATION), "/entrar");

    let (_, other) = service.house.invite(Seat::Electa, "otra").await;
    service.open_invitation(&other).await;
    service.house.end(id).await;
    assert_eq!(service.get(&invited.path, None).await, wrong);
    let posted = service.type_code(&invited.path, &invited.code).await;
    assert_eq!(posted, service.type_code(&never, "AAAA-AAAA").await);
    assert_eq!(posted.status, 404);
}

#[tokio::test]
async fn five_wrong_codes_make_an_invitation_void_and_a_hundred_at_once_are_five() {
    let (service, _, invited) = invited().await;
    let void = service.get("/invitacion/x", None).await;
    for left in ["4 intentos", "3 intentos"] {
        let wrong = service.type_code(&invited.path, "0000-0000").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains(left), "{}", wrong.body);
    }
    // The right one forgives what came before it.
    let enrolling = service.open_invitation(&invited).await;
    let wrong = service.type_code(&invited.path, "").await;
    assert!(wrong.body.contains("4 intentos"), "{}", wrong.body);
    let guesses = (0..100).map(|n| {
        let guess = format!("0000-{n:04}");
        let (service, path) = (&service, invited.path.as_str());
        async move { service.type_code(path, &guess).await.status.as_u16() }
    });
    let answers = futures_util::future::join_all(guesses).await;
    let wrong = answers.iter().filter(|status| **status == 422).count();
    let gone = answers.iter().filter(|status| **status == 404).count();
    assert!(wrong <= 3, "{wrong}");
    assert_eq!(wrong + gone, 100);
    // Nobody comes in with it any more, with the right code neither, nor who had opened it before.
    let late = service.type_code(&invited.path, &invited.code).await;
    assert_eq!((late.status.as_u16(), &late.body), (404, &void.body));
    assert_eq!(service.get(&invited.path, None).await, void);
    assert_eq!(service.accept(&enrolling, &[]).await.status, 404);
    let log = committee::log::Logbook::new(service.house.cases.clone());
    let opened = log
        .read(&service.house.keyring, <[_]>::to_vec)
        .await
        .unwrap();
    let refused = opened.iter().filter(|one| {
        matches!(&one.content, committee::log::Content::Act(entry)
            if entry.event == committee::log::Event::InvitationRefused)
    });
    assert!(refused.count() >= 4, "each is in the log");
}

#[tokio::test]
async fn whoever_asks_has_the_link_whoever_agrees_the_code_and_neither_is_enough() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "presidenta", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let asker = service.sign_in().await;
    let invite = format!(
        "csrf={}&given=Leo&first_surname=Sol&login=leo&seat=ELECTA&from=2026-03-01&reason=Electo",
        asker.token
    );
    let answer = service.post("/integrantes", Some(&asker), &invite).await;
    let (_, rest) = answer.body.split_once("data-link>").unwrap();
    let link = rest.split('<').next().unwrap();
    let path = link.replace("https://comite.example.mx", "");
    let other = service.sign_in_as("presidenta", PASSPHRASE, None).await;
    let other = Member::of(&other);
    let acts = service.json("/api/v1/acts", &other).await;
    let act = acts["acts"][0]["id"].as_str().unwrap().to_owned();
    let form = format!("csrf={}&answer=approve", other.token);
    let agreed = service
        .post(&format!("/actos/{act}"), Some(&other), &form)
        .await;
    assert_eq!(agreed.status, 200, "{}", agreed.body);
    assert!(!agreed.body.contains("/invitacion/"), "{}", agreed.body);
    let (_, rest) = agreed.body.split_once("data-code>").unwrap();
    let code = rest.split('<').next().unwrap().to_owned();
    let wrong = service.type_code(&path, "0000-0000").await;
    assert_eq!(wrong.status, 422);
    let enrolling = service.open_invitation(&Invited { path, code }).await;
    assert_eq!(service.accept(&enrolling, &[]).await.status, 200);
    let entered = service.sign_in_with("leo", GOOD_TYPED, &enrolling.secret);
    assert_eq!(entered.await.status, 201);
}

#[tokio::test]
async fn whoever_accepts_is_told_what_is_missing_and_stays_on_the_page() {
    let (service, id, invited) = invited().await;
    let enrolling = service.open_invitation(&invited).await;
    for (changes, told) in [
        (
            &[("passphrase", "corta"), ("again", "corta")][..],
            "La frase es muy corta.",
        ),
        (
            &[
                ("passphrase", "In%C3%A9sArizmendi12"),
                ("again", "In%C3%A9sArizmendi12"),
            ][..],
            "otras personas saben",
        ),
        (
            &[("passphrase", "aaaaaaaaaaaaa"), ("again", "aaaaaaaaaaaaa")][..],
            "se adivina",
        ),
        (&[("again", "otra")][..], "no son iguales"),
        (&[("code", "000000")][..], "El código no es válido"),
        (&[("code", "")][..], "El código no es válido"),
    ] {
        let answer = service.accept(&enrolling, changes).await;
        assert_eq!(answer.status, 422, "{changes:?}");
        assert!(answer.body.contains(told), "{changes:?}: {}", answer.body);
        assert!(
            !answer.body.contains("cueva"),
            "what was typed is not given back"
        );
        assert_eq!(hidden(&answer.body, "csrf"), enrolling.visitor.token);
    }
    let form = format!(
        "csrf={}&passphrase={GOOD}&again={GOOD}",
        enrolling.visitor.token
    );
    let answer = service
        .post("/invitacion", Some(&enrolling.visitor), &form)
        .await;
    assert!(answer.body.contains("acuerdo de confidencialidad"));
    assert!(
        service
            .roster()
            .await
            .of(id)
            .unwrap()
            .record
            .credentials()
            .is_none()
    );
    // Nobody accepts in another's name.
    let forged = service
        .post("/invitacion", Some(&enrolling.visitor), "agreement=yes")
        .await;
    assert_eq!(forged.status, 403);
    assert_eq!(service.accept(&enrolling, &[]).await.status, 200);
}

#[tokio::test]
async fn whoever_opens_a_service_without_members_invites_the_first_one() {
    let house = House::new().await;
    let shares = custody::split(&house.identity, Quorum::new(2, 2).unwrap());
    let expected = Expected {
        recipients: Some(house.recipients.clone()),
        shares: Some(shares[0].splitting().id()),
        recovery: None,
    };
    let service = Service::serve_members(house, expected, false).await;
    let phrase = "la frase de quien guarda la parte";
    let mut answer = None;
    for share in &shares {
        let file = share.to_protected(Passphrase::from(phrase.to_owned()));
        let file = String::from_utf8(file.unwrap()).unwrap();
        answer = Some(service.hand_in(&file, phrase).await);
    }
    let opened = answer.unwrap();
    assert_eq!(opened.header(LOCATION), "/fundar");
    let mut founder = Member {
        cookie: opened.cookie(),
        token: String::new(),
    };
    let page = service.get("/fundar", Some(&founder)).await;
    assert_eq!(page.status, 200, "{}", page.body);
    founder.token = hidden(&page.body, "csrf");
    let form = |csrf: &str| {
        format!(
            "csrf={csrf}&given=Eva&first_surname=Cruz&login=eva&seat=PRESIDENCIA&from=2026-03-01"
        )
    };
    assert_eq!(
        service
            .post("/fundar", Some(&founder), &form("x"))
            .await
            .status,
        403
    );
    for (bad, told) in [
        ("seat=PRESIDENCIA", "Falta elegir el lugar"),
        ("login=eva", "Ese usuario no se puede usar"),
        ("first_surname=Cruz", "Falta el nombre"),
        ("from=2026-03-01", "El periodo no está bien"),
    ] {
        let wrong = form(&founder.token).replace(bad, bad.split('=').next().unwrap());
        let answer = service.post("/fundar", Some(&founder), &wrong).await;
        assert_eq!(answer.status, 422, "{bad}");
        assert!(answer.body.contains(told), "{bad}: {}", answer.body);
    }
    let answer = service
        .post("/fundar", Some(&founder), &form(&founder.token))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let invited = Invited::in_page(&answer.body);
    let again = service
        .post("/fundar", Some(&founder), &form(&founder.token))
        .await;
    assert!(again.body.contains("Otra persona ya tiene ese usuario"));

    let enrolling = service.open_invitation(&invited).await;
    assert_eq!(service.accept(&enrolling, &[]).await.status, 200);
    // With the first member the founding is over.
    let over = service.get("/fundar", Some(&founder)).await;
    assert_eq!(over.header(LOCATION), "/entrar");
    let entered = service
        .sign_in_with("eva", GOOD_TYPED, &enrolling.secret)
        .await;
    let eva = Member::of(&entered);
    // Alone, she asks the next ones in by herself.
    let page = service.get("/integrantes", Some(&eva)).await;
    assert!(page.body.contains("Eva Cruz"), "{}", page.body);
    let next = format!(
        "csrf={}&given=Leo&first_surname=Sol&login=leo&seat=SECRETARIA_TECNICA&from=2026-03-01",
        eva.token
    );
    let answer = service.post("/integrantes", Some(&eva), &next).await;
    assert!(answer.body.contains("/invitacion/"), "{}", answer.body);
}

#[tokio::test]
async fn with_two_members_a_change_waits_for_the_second() {
    let house = House::new().await;
    house
        .member(Seat::Presidencia, "presidenta", PASSPHRASE)
        .await;
    let service = Service::serve(house, Expected::default(), true).await;
    let member = service.sign_in().await;
    let roster = service.roster().await;
    let other = roster
        .signing_in_as("presidenta")
        .unwrap()
        .record
        .profile
        .id;
    let token = &member.token;
    let invite = format!(
        "csrf={token}&given=Leo&first_surname=Sol&login=leo&seat=ELECTA&from=2026-03-01&reason=Fue+electo"
    );
    let answer = service.post("/integrantes", Some(&member), &invite).await;
    let (_, rest) = answer.body.split_once("/invitacion/").unwrap();
    let link = format!("/invitacion/{}", rest.split('<').next().unwrap());
    assert!(!answer.body.contains("data-code"), "{}", answer.body);
    assert_eq!(service.get(&link, None).await.status, 404, "not yet");
    let again = service.post("/integrantes", Some(&member), &invite).await;
    assert_eq!(again.header(LOCATION), "/actos", "{}", again.body);
    let end = format!("csrf={token}&member={other}&reason=Cambio+de+adscripci%C3%B3n");
    let answer = service.post("/integrantes/baja", Some(&member), &end).await;
    assert_eq!(answer.header(LOCATION), "/actos", "{}", answer.body);
    let readmit = format!("csrf={token}&member={other}&reason=");
    let answer = service
        .post("/integrantes/readmision", Some(&member), &readmit)
        .await;
    assert_eq!(answer.status, 422);
    let roster = service.roster().await;
    assert_eq!(roster.all().len(), 2, "nobody was added");
    assert!(roster.of(other).unwrap().record.credentials().is_some());
}

/// A member with an app, signed in.
async fn with_app() -> (Service, Member, TotpSecret) {
    let house = House::new().await;
    let (_, secret, _) = house
        .member_with_app(Seat::SecretariaTecnica, "ana", PASSPHRASE)
        .await;
    let service = Service::serve_members(house, Expected::default(), true).await;
    let member = Member::of(&service.sign_in_with("ana", PASSPHRASE, &secret).await);
    (service, member, secret)
}

#[tokio::test]
async fn a_member_ends_own_sessions_and_nobody_elses() {
    let (service, member, secret) = with_app().await;
    let other = Member::of(&service.sign_in_with("ana", PASSPHRASE, &secret).await);
    service
        .house
        .member(Seat::Presidencia, "presidenta", PASSPHRASE)
        .await;
    let stranger = service.sign_in_as("presidenta", PASSPHRASE, None).await;
    let stranger = Member::of(&stranger);
    let page = service.get("/mi-cuenta", Some(&other)).await;
    let handle = hidden(&page.body, "session");
    let end =
        |member: &Member| format!("csrf={}&action=end-session&session={handle}", member.token);
    service
        .post("/mi-cuenta", Some(&stranger), &end(&stranger))
        .await;
    assert!(
        service.is_signed_in(&member).await,
        "not the stranger's to end"
    );
    let done = service.post("/mi-cuenta", Some(&other), &end(&other)).await;
    assert_eq!(done.header(LOCATION), "/mi-cuenta");
    assert!(!service.is_signed_in(&member).await);
    assert!(service.is_signed_in(&other).await && service.is_signed_in(&stranger).await);
}

#[tokio::test]
async fn changing_what_one_signs_in_with_takes_the_passphrase() {
    let (service, member, secret) = with_app().await;
    let phrase = PASSPHRASE.replace(' ', "+").replace('ó', "%C3%B3");
    let other = Member::of(&service.sign_in_with("ana", PASSPHRASE, &secret).await);
    let token = &member.token;
    for body in ["action=new-codes", "action=new-codes&current=otra"] {
        let answer = service
            .post("/mi-cuenta", Some(&member), &format!("csrf={token}&{body}"))
            .await;
        assert_eq!(answer.status, 401, "{body}");
        assert!(!answer.body.contains("<li><code>"), "{body}");
    }
    let forged = service
        .post(
            "/mi-cuenta",
            Some(&member),
            &format!("action=new-codes&current={phrase}"),
        )
        .await;
    assert_eq!(forged.status, 403);
    let codes = format!("csrf={token}&action=new-codes&current={phrase}");
    let answer = service.post("/mi-cuenta", Some(&member), &codes).await;
    assert_eq!(
        answer.body.matches("<li><code>").count(),
        10,
        "{}",
        answer.body
    );
    assert!(
        !service.is_signed_in(&other).await,
        "other sessions end with the change"
    );

    let last = format!("csrf={token}&action=remove-app&current={phrase}");
    let answer = service.post("/mi-cuenta", Some(&member), &last).await;
    assert!(
        answer.body.contains("único segundo paso"),
        "{}",
        answer.body
    );

    let change =
        format!("csrf={token}&action=new-phrase&current={phrase}&passphrase={GOOD}&again={GOOD}");
    let answer = service.post("/mi-cuenta", Some(&member), &change).await;
    assert_eq!(answer.header(LOCATION), "/mi-cuenta", "{}", answer.body);
    assert!(service.is_signed_in(&member).await);
    assert_eq!(
        service.sign_in_as("ana", PASSPHRASE, None).await.status,
        401
    );
    assert_eq!(
        service.sign_in_as("ana", GOOD_TYPED, None).await.status,
        202
    );
}

#[tokio::test]
async fn a_new_app_takes_the_place_of_the_old_one_once_it_shows_a_code() {
    let (service, member, old) = with_app().await;
    let phrase = PASSPHRASE.replace(' ', "+").replace('ó', "%C3%B3");
    let page = service.get("/mi-cuenta", Some(&member)).await;
    let (_, rest) = page.body.split_once("<code class=\"secret\">").unwrap();
    let secret = TotpSecret::read(rest.split('<').next().unwrap()).unwrap();
    let set = |code: &str| {
        format!(
            "csrf={}&action=set-app&current={phrase}&code={code}",
            member.token
        )
    };
    let now = service.house.clock.now();
    let wrong = service
        .post("/mi-cuenta", Some(&member), &set(&old.code(now)))
        .await;
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let right = service
        .post("/mi-cuenta", Some(&member), &set(&secret.code(now)))
        .await;
    assert_eq!(right.header(LOCATION), "/mi-cuenta", "{}", right.body);
    assert_eq!(
        service.sign_in_with("ana", PASSPHRASE, &old).await.status,
        401
    );
    assert_eq!(
        service
            .sign_in_with("ana", PASSPHRASE, &secret)
            .await
            .status,
        201
    );
}
