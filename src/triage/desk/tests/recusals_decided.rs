//! A conflict that a member points out is decided by another, once, in time, and never by whoever is
//! meant; by page and as a program.

use committee::acts::Book;
use committee::log::{Content, Event, Logbook, Opened};
use domain::case::Folio;
use domain::committee::MemberId;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use serde_json::{Value, json};
use store::casefiles::CaseFiles as _;
use store::rings::Rings as _;

use super::forgery::TOKEN;
use super::recusals::{Committee, STORY, about};
use super::{Answer, Member};
use crate::testing::story;

const NO_ACT: &str = "77777777777777777777777777777777";

impl Committee {
    /// Points a member out on the page of a case; the act that waits since.
    async fn point_out(&self, by: &Member, folio: Folio, whom: MemberId) -> String {
        // Of two acts of one moment, neither is the newest.
        let clock = &self.service.house.clock;
        clock.advance(SignedDuration::from_secs(1));
        let path = format!("/casos/{folio}/excusas/proponer");
        let form = format!("member={whom}&reason=Son+parientes");
        let asked = self.send(by, &path, &form).await;
        assert_eq!(asked.status, 303, "{}", asked.body);
        self.newest_act().await
    }

    async fn newest_act(&self) -> String {
        let house = &self.service.house;
        let book = Book::new(&*house.cases, &house.keyring);
        let acts = book.readable().await.unwrap().records;
        let newest = acts.iter().max_by_key(|kept| kept.act.asked_at).unwrap();
        newest.act.id.to_string()
    }

    async fn say(&self, member: &Member, act: &str, what: &str) -> Answer {
        let answer = format!("answer={what}");
        self.send(member, &format!("/actos/{act}"), &answer).await
    }

    /// Posts as a program.
    async fn call(&self, member: &Member, path: &str, body: &Value) -> Answer {
        let headers = [
            (COOKIE, member.cookie.as_str()),
            (TOKEN, member.token.as_str()),
            (CONTENT_TYPE, "application/json"),
        ];
        let path = format!("/api/v1/{path}");
        let body = body.to_string();
        self.service
            .send(Method::POST, &path, &headers, &body)
            .await
    }

    async fn wrote(&self, event: Event) -> bool {
        let house = &self.service.house;
        let book = Logbook::new(house.cases.clone());
        let all = book.read(&house.keyring, <[Opened]>::to_vec).await.unwrap();
        all.iter().any(|one| match &one.content {
            Content::Act(entry) => entry.event == event,
            Content::Key(_) => false,
        })
    }
}

#[tokio::test]
async fn what_one_points_out_another_decides_and_the_case_is_gone_for_the_one_meant() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await;
    let (president, executive, technical, elected) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("tecnica").await,
        committee.enter("electa").await,
    );
    let act = committee
        .point_out(&elected, folio, committee.executive)
        .await;
    let waiting = committee.service.get("/actos", Some(&president)).await;
    for text in [
        "Bonifacio Quintanar Robledo",
        "Son parientes",
        "Donato Villagrán Ochoa",
    ] {
        assert!(waiting.body.contains(text), "{text}: {}", waiting.body);
    }
    // Whoever pointed it out has no key of the case, and decides nothing on it.
    let unknown = committee.say(&elected, NO_ACT, "approve").await;
    assert_eq!(unknown.status, 404);
    assert_eq!(committee.say(&elected, &act, "approve").await, unknown);
    assert_eq!(committee.sees(&executive, folio).await, 200);
    assert!(!committee.wrote(Event::RecusalUpheld).await);

    assert_eq!(committee.say(&president, &act, "approve").await.status, 303);
    assert_eq!(committee.sees(&executive, folio).await, 404);
    assert!(committee.wrote(Event::RecusalUpheld).await);
    // At once, nothing that came before is sealed to a key that they had.
    let cases = &committee.service.house.cases;
    let case = cases.case(folio).await.unwrap().unwrap();
    let kept = cases.access(case.id).await.unwrap().unwrap();
    assert_eq!(kept.rings.len(), 1);
    for (member, what) in [
        (&president, "approve"),
        (&technical, "approve"),
        (&technical, "refuse"),
    ] {
        let again = committee.say(member, &act, what).await;
        assert_eq!(again.status, 409, "{what} a second time");
    }
    let page = committee.page(&president, folio).await;
    for text in ["Bonifacio Quintanar Robledo", "Son parientes"] {
        assert!(page.body.contains(text), "{text}: {}", page.body);
    }
    // Nobody is pointed out who is kept out already.
    let path = format!("/casos/{folio}/excusas/proponer");
    let form = format!("member={}&reason=Otra+vez", committee.executive);
    assert_eq!(committee.send(&technical, &path, &form).await.status, 422);
}

#[tokio::test]
async fn whoever_is_meant_or_kept_out_finds_no_act_to_decide_on() {
    let committee = Committee::start().await;
    let folio = committee.case(about("Casilda Zúñiga Peralta")).await;
    let (president, executive, technical) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("tecnica").await,
    );
    let act = committee
        .point_out(&president, folio, committee.executive)
        .await;
    for member in [&executive, &technical] {
        for what in ["approve", "refuse", "withdraw"] {
            let unknown = committee.say(member, NO_ACT, what).await;
            assert_eq!(unknown.status, 404);
            assert_eq!(committee.say(member, &act, what).await, unknown, "{what}");
            let said = json!({ "answer": what });
            let told = committee.call(member, &format!("acts/{act}"), &said).await;
            let unknown = committee
                .call(member, &format!("acts/{NO_ACT}"), &said)
                .await;
            assert_eq!(told, unknown, "{what}");
        }
        let listed = committee.service.json("/api/v1/acts", member).await;
        assert_eq!(listed["acts"], json!([]));
    }
    // Nor does whoever asked agree with themselves.
    assert_eq!(committee.say(&president, &act, "approve").await.status, 403);
    assert_eq!(committee.sees(&executive, folio).await, 200);
    assert!(!committee.wrote(Event::RecusalUpheld).await);
}

#[tokio::test]
async fn what_is_refused_taken_back_or_too_old_keeps_nobody_out() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await;
    let (president, executive, technical, elected) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("tecnica").await,
        committee.enter("electa").await,
    );
    let act = committee
        .point_out(&elected, folio, committee.executive)
        .await;
    // It is over once nobody is left who could agree.
    for (member, what, status) in [
        (&president, "refuse", 303),
        (&president, "approve", 409),
        (&technical, "refuse", 303),
        (&technical, "approve", 409),
    ] {
        assert_eq!(committee.say(member, &act, what).await.status, status);
    }

    let act = committee
        .point_out(&technical, folio, committee.executive)
        .await;
    assert_eq!(
        committee.say(&technical, &act, "withdraw").await.status,
        303
    );
    assert_eq!(committee.say(&president, &act, "approve").await.status, 409);
    assert_eq!(committee.sees(&executive, folio).await, 200);

    let act = committee
        .point_out(&technical, folio, committee.executive)
        .await;
    let clock = &committee.service.house.clock;
    clock.advance(SignedDuration::from_hours(30 * 24));
    let (president, executive) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
    );
    assert_eq!(committee.say(&president, &act, "approve").await.status, 409);
    assert_eq!(committee.sees(&executive, folio).await, 200);
    assert!(!committee.wrote(Event::RecusalUpheld).await);
    assert!(committee.wrote(Event::ActDeclined).await);
}

#[tokio::test]
async fn whoever_is_kept_out_since_has_pointed_nobody_out() {
    let committee = Committee::start().await;
    let folio = committee.case(story(STORY)).await;
    let (president, executive, technical) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("tecnica").await,
    );
    let act = committee
        .point_out(&technical, folio, committee.executive)
        .await;
    let path = format!("/casos/{folio}/excusas/declarar");
    let declared = committee.send(&technical, &path, "reason=Es+mi+jefa").await;
    assert_eq!(declared.status, 303);
    assert_eq!(committee.say(&president, &act, "approve").await.status, 409);
    assert_eq!(committee.sees(&executive, folio).await, 200);
}

#[tokio::test]
async fn a_recusal_that_two_take_back_gives_the_case_back() {
    let committee = Committee::start().await;
    let folio = committee.case(about("Bonifacio Quintanar Robledo")).await;
    let (president, executive, technical) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
        committee.enter("tecnica").await,
    );
    let body = json!({ "member": committee.executive.to_string(), "reason": "Es un homónimo." });
    let path = format!("cases/{folio}/recusals/lift");
    let asked = committee.call(&president, &path, &body).await;
    assert_eq!(asked.status, 202, "{}", asked.body);
    let act = committee.newest_act().await;
    assert_eq!(committee.say(&president, &act, "approve").await.status, 403);
    assert_eq!(committee.sees(&executive, folio).await, 404);
    assert_eq!(committee.say(&technical, &act, "approve").await.status, 303);
    // Whoever opens it next gives a copy of the key.
    assert_eq!(committee.sees(&president, folio).await, 200);
    assert_eq!(committee.sees(&executive, folio).await, 200);
    assert!(committee.wrote(Event::RecusalRejected).await);
}

#[tokio::test]
async fn a_program_reads_who_may_see_a_case_points_out_and_decides() {
    let committee = Committee::start().await;
    let mut complaint = about("Bonifacio Quintanar Robledo");
    complaint["identity"] = json!({ "name": "Casilda Zúñiga Peralta" });
    let folio = committee.case(complaint).await;
    let (president, elected, control) = (
        committee.enter("presidencia").await,
        committee.enter("electa").await,
        committee.enter("control").await,
    );
    let recusals = format!("/api/v1/cases/{folio}/recusals");
    let listed = committee.service.json(&recusals, &president).await;
    assert_eq!(listed["opens"], true);
    let openers: Vec<&str> = listed["may_open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["member"].as_str().unwrap())
        .collect();
    assert!(openers.contains(&committee.president.to_string().as_str()));
    let out = listed["kept_out"].as_array().unwrap();
    let of = |ground: &str| out.iter().find(|one| one["ground"] == ground).unwrap();
    let denounced = of("DENUNCIADA");
    assert_eq!(denounced["member"], committee.executive.to_string());
    let reason = &denounced["reasons"][0];
    assert_eq!(reason["field"], "people[0].name");
    assert_eq!(reason["written"], "Bonifacio Quintanar Robledo");
    assert_eq!(reason["matched"], "NOMBRE_COMPLETO");
    // Who filed takes two to see.
    assert_eq!(of("RESERVADO")["reasons"], json!([]));
    assert!(!listed.to_string().contains("Casilda"), "{listed}");
    let missing = listed["missing"].as_array().unwrap();
    assert!(missing.contains(&json!("SECRETARIA_EJECUTIVA")), "{listed}");

    let blind = committee.service.json(&recusals, &elected).await;
    let nothing = json!({ "opens": false, "may_open": [], "kept_out": [], "missing": [] });
    assert_eq!(blind, nothing);

    let body = json!({ "member": committee.president.to_string(), "reason": "Son socios." });
    let path = format!("cases/{folio}/recusals/propose");
    for _ in 0..2 {
        let asked = committee.call(&elected, &path, &body).await;
        assert_eq!((asked.status.as_u16(), asked.body.as_str()), (202, ""));
    }
    let act = committee.newest_act().await;
    let seen = committee.service.json("/api/v1/acts", &control).await;
    assert_eq!(seen["acts"].as_array().unwrap().len(), 1, "{seen}");
    assert_eq!(seen["acts"][0]["act"], "DECIDE_RECUSAL");
    assert_eq!(seen["acts"][0]["about"], committee.president.to_string());
    assert_eq!(seen["acts"][0]["awaits"], true);
    let answer = json!({ "answer": "approve" });
    let agreed = committee
        .call(&control, &format!("acts/{act}"), &answer)
        .await;
    assert_eq!(agreed.status, 200, "{}", agreed.body);
    assert_eq!(committee.sees(&president, folio).await, 404);
    let gone = committee.service.get(&recusals, Some(&president)).await;
    let unknown = "/api/v1/cases/CE-2026-000000/recusals";
    let unknown = committee.service.get(unknown, Some(&president)).await;
    assert_eq!((gone.status.as_u16(), gone.body), (404, unknown.body));

    for body in [
        json!({}),
        json!({ "reason": "" }),
        json!({ "reason": "x", "member": "y" }),
    ] {
        let path = format!("cases/{folio}/recusals/declare");
        let refused = committee.call(&elected, &path, &body).await;
        assert!(
            [400, 422].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
        assert_eq!(
            committee
                .service
                .get(&recusals, Some(&elected))
                .await
                .status,
            200
        );
    }
    let path = format!("cases/{folio}/recusals/declare");
    let declared = committee
        .call(&elected, &path, &json!({ "reason": "Es mi primo." }))
        .await;
    assert_eq!(declared.status, 204, "{}", declared.body);
    assert_eq!(
        committee
            .service
            .get(&recusals, Some(&elected))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn a_program_shares_a_case_with_whoever_has_no_conflict() {
    let committee = Committee::start().await;
    let folio = committee.case(about("Bonifacio Quintanar Robledo")).await;
    let (president, elected) = (
        committee.enter("presidencia").await,
        committee.enter("electa").await,
    );
    let path = format!("cases/{folio}/recusals/share");
    let with = |whom: MemberId| json!({ "member": whom.to_string() });
    let refused = committee
        .call(&president, &path, &with(committee.executive))
        .await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    let refused = committee
        .call(&elected, &path, &with(committee.elected))
        .await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let shared = committee
        .call(&president, &path, &with(committee.elected))
        .await;
    assert_eq!(shared.status, 204, "{}", shared.body);
    assert_eq!(committee.sees(&elected, folio).await, 200);
}
