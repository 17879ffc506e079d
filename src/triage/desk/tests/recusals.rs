//! Who may see a case, by page: declared, pointed out, found, taken back, shared.

use committee::log::Event;
use domain::case::Folio;
use domain::committee::{MemberId, Seat};
use reqwest::header::LOCATION;
use serde_json::{Value, json};

use super::{Answer, Member, PASSPHRASE, Service};
use crate::testing::{House, story};
use crate::vault::Expected;

pub(super) const STORY: &str = "El supervisor cambia los turnos a cambio de dinero desde enero.";

/// A committee with names of their own.
pub(super) struct Committee {
    pub(super) service: Service,
    pub(super) president: MemberId,
    pub(super) executive: MemberId,
    pub(super) elected: MemberId,
}

impl Committee {
    pub(super) async fn start() -> Self {
        let house = House::new().await;
        let called =
            async |seat, login, name| house.member_called(seat, login, PASSPHRASE, name).await;
        let president = ["Aurelia", "Montejano", "Islas"];
        let president = called(Seat::Presidencia, "presidencia", president).await;
        let executive = ["Bonifacio", "Quintanar", "Robledo"];
        let executive = called(Seat::SecretariaEjecutiva, "ejecutiva", executive).await;
        let technical = ["Casilda", "Zúñiga", "Peralta"];
        called(Seat::SecretariaTecnica, "tecnica", technical).await;
        let elected = ["Donato", "Villagrán", "Ochoa"];
        let elected = called(Seat::Electa, "electa", elected).await;
        let control = ["Fabricio", "Olmedo", "Barragán"];
        called(Seat::RepresentacionOic, "control", control).await;
        let service = Service::serve_members(house, Expected::default(), true).await;
        Self {
            service,
            president,
            executive,
            elected,
        }
    }

    pub(super) async fn enter(&self, login: &str) -> Member {
        let answer = self.service.sign_in_as(login, PASSPHRASE, None).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        Member::of(&answer)
    }

    pub(super) async fn case(&self, complaint: Value) -> Folio {
        self.service.house.case(complaint).await
    }

    pub(super) async fn send(&self, member: &Member, path: &str, form: &str) -> Answer {
        let form = format!("csrf={}&{form}", member.token);
        self.service.post(path, Some(member), &form).await
    }

    pub(super) async fn page(&self, member: &Member, folio: Folio) -> Answer {
        let path = format!("/casos/{folio}/excusas");
        self.service.get(&path, Some(member)).await
    }

    pub(super) async fn sees(&self, member: &Member, folio: Folio) -> u16 {
        let path = format!("/casos/{folio}");
        self.service.get(&path, Some(member)).await.status.as_u16()
    }
}

pub(super) fn about(name: &str) -> Value {
    json!({ "narrative": STORY, "people": [{ "name": name }] })
}

#[tokio::test]
async fn whoever_declares_a_conflict_sees_the_case_no_more_and_the_others_read_why() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await;
    let (executive, president) = (
        committee.enter("ejecutiva").await,
        committee.enter("presidencia").await,
    );
    assert_eq!(committee.sees(&executive, folio).await, 200);
    let path = format!("/casos/{folio}/excusas/declarar");
    let empty = committee.send(&executive, &path, "reason=").await;
    assert_eq!(empty.status, 422, "{}", empty.body);
    let done = committee
        .send(&executive, &path, "reason=Es+mi+concu%C3%B1o+%3Cb%3E")
        .await;
    assert_eq!(
        (done.status.as_u16(), done.header(LOCATION)),
        (303, "/?excusa")
    );
    let list = committee.service.get("/?excusa", Some(&executive)).await;
    assert!(
        list.body.contains("Su declaración quedó registrada"),
        "{}",
        list.body
    );
    assert!(!list.body.contains(&folio.to_string()), "{}", list.body);
    assert_eq!(committee.sees(&executive, folio).await, 404);
    assert_eq!(committee.page(&executive, folio).await.status, 404);

    for path in [format!("/casos/{folio}"), format!("/casos/{folio}/excusas")] {
        let page = committee.service.get(&path, Some(&president)).await;
        assert_eq!(page.status, 200);
        for text in [
            "Bonifacio Quintanar Robledo",
            "Declaró un conflicto (LGRA 58; CHIS 34).",
            "Lo que dijo: Es mi concuño &#60;b&#62;",
            "el 4 de marzo de 2026",
        ] {
            assert!(page.body.contains(text), "{text}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn the_last_who_can_open_a_case_declares_nothing_and_the_log_says_nothing() {
    let committee = Committee::start().await;
    let folio = committee.case(about("Bonifacio Quintanar Robledo")).await;
    let path = format!("/casos/{folio}/excusas/declarar");
    for (login, status) in [("tecnica", 303), ("control", 303), ("presidencia", 409)] {
        let member = committee.enter(login).await;
        let told = committee.send(&member, &path, "reason=Es+mi+prima").await;
        assert_eq!(told.status, status, "{}", told.body);
    }
    let log = committee.log().await;
    let declared = log
        .iter()
        .filter(|entry| entry.event == Event::ConflictDeclared);
    assert_eq!(declared.count(), 2);
}

#[tokio::test]
async fn what_was_found_is_told_in_words_to_those_who_may_open_the_case() {
    let committee = Committee::start().await;
    let folio = committee
        .case(about("Lic. QUINTANAR ROBLEDO, Bonifacio"))
        .await;
    let (president, executive, elected) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("electa").await,
    );
    assert_eq!(committee.sees(&executive, folio).await, 404);
    let page = committee.page(&president, folio).await;
    for text in [
        "Aparece como persona denunciada.",
        "QUINTANAR ROBLEDO, Bonifacio (entre las personas denunciadas): es su nombre completo.",
        "Casilda Zúñiga Peralta",
        "Por su cargo en el Comité.",
    ] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    // Whoever cannot open the case may declare and point out, and learns nothing about the others.
    let page = committee.page(&elected, folio).await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Declarar un conflicto"));
    assert!(page.body.contains("Proponer la excusa"));
    for text in ["denunciada", "Quién puede ver", "Compartir", "Levantar"] {
        assert!(!page.body.contains(text), "{text}: {}", page.body);
    }
    let executive_may_be_proposed = format!("value=\"{}\"", committee.executive);
    assert!(page.body.contains(&executive_may_be_proposed));
}

#[tokio::test]
async fn a_case_is_shared_with_whoever_has_no_conflict() {
    let committee = Committee::start().await;
    let folio = committee.case(about("Bonifacio Quintanar Robledo")).await;
    let (president, technical, elected) = (
        committee.enter("presidencia").await,
        committee.enter("tecnica").await,
        committee.enter("electa").await,
    );
    let path = format!("/casos/{folio}/excusas/compartir");
    let with = |id: MemberId| format!("member={id}");
    assert_eq!(committee.sees(&elected, folio).await, 403);
    let not_theirs = committee
        .send(&technical, &path, &with(committee.elected))
        .await;
    assert_eq!(not_theirs.status, 403);
    let conflict = committee
        .send(&president, &path, &with(committee.executive))
        .await;
    assert_eq!(conflict.status, 409);
    assert!(
        conflict.body.contains("tiene un conflicto"),
        "{}",
        conflict.body
    );
    let nobody = committee
        .send(&president, &path, &with(MemberId([9; 16])))
        .await;
    assert_eq!(nobody.status, 422);
    let shared = committee
        .send(&president, &path, &with(committee.elected))
        .await;
    assert_eq!(shared.status, 303, "{}", shared.body);
    assert_eq!(committee.sees(&elected, folio).await, 200);
    let page = committee.page(&president, folio).await;
    assert!(page.body.contains("Se le compartió."), "{}", page.body);
}

#[tokio::test]
async fn whoever_is_meant_hears_nothing_of_a_proposal() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await;
    let (president, executive, elected) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("electa").await,
    );
    let before = committee.page(&executive, folio).await;
    let path = format!("/casos/{folio}/excusas/proponer");
    let form = format!("member={}&reason=Son+parientes", committee.executive);
    for _ in 0..2 {
        let done = committee.send(&elected, &path, &form).await;
        assert_eq!(
            (done.status.as_u16(), done.header(LOCATION)),
            (303, format!("/casos/{folio}/excusas?propuesta").as_str())
        );
    }
    let seen = committee.page(&president, folio).await;
    for text in ["Excusa de Bonifacio Quintanar Robledo", "Son parientes"] {
        assert!(seen.body.contains(text), "{text}: {}", seen.body);
    }
    assert_eq!(seen.body.matches("Son parientes").count(), 1);
    assert_eq!(committee.page(&executive, folio).await, before);
    let oneself = format!("member={}&reason=Yo", committee.elected);
    let refused = committee.send(&elected, &path, &oneself).await;
    assert_eq!(refused.status, 422);
    let lift = format!("/casos/{folio}/excusas/levantar");
    let nothing = committee.send(&president, &lift, &form).await;
    assert_eq!(nothing.status, 422, "nobody is kept out");
    let outside = committee.send(&elected, &lift, &form).await;
    assert_eq!(outside.status, 403);
}

#[tokio::test]
async fn when_too_few_are_left_it_is_said_by_which_norm_and_where_the_way_goes_on() {
    let committee = Committee::start().await;
    let other = committee.case(story(STORY)).await;
    let folio = committee.case(about("Aurelia Montejano Islas")).await;
    let (executive, elected) = (
        committee.enter("ejecutiva").await,
        committee.enter("electa").await,
    );
    let page = |folio| {
        let path = format!("/casos/{folio}");
        let (service, executive) = (&committee.service, &executive);
        async move { service.get(&path, Some(executive)).await.body }
    };
    let told = page(folio).await;
    for text in [
        "Quedan muy pocas personas para actuar",
        "Nadie puede actuar por este cargo: Presidencia (CHIS",
        "Órgano Interno de Control Específico en el IMSS",
        "55 2000 3000",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    assert!(!page(other).await.contains("Quedan muy pocas"));
    let list = |member| committee.service.get("/", Some(member));
    let tags = list(&executive)
        .await
        .body
        .matches("Faltan integrantes")
        .count();
    assert_eq!(tags, 1);
    assert!(!list(&elected).await.body.contains("Faltan integrantes"));
    assert_ne!(committee.president, committee.executive);
}
