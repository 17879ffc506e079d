//! A member who files under the own name: no view tells one reader alone that it was this member.

use std::io::{Cursor, Read as _};

use domain::case::Folio;
use domain::committee::Seat;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION};
use serde_json::{Value, json};

use super::recusals::{Committee, STORY};
use super::{Member, PASSPHRASE};

/// As the member is called, and as whoever writes the complaint writes it.
const CALLED: [&str; 3] = ["Gervasio", "Nájera", "Prado"];
const TYPED: &str = "GERVASIO NAJERA PRADO";

/// Everything that is told of one case.
#[derive(Debug, PartialEq)]
struct Told {
    kept_out: Value,
    conflicts: Vec<Value>,
    log: Vec<Value>,
}

impl Committee {
    /// Takes a case out, as two agreed; its document.
    async fn document(&self, folio: Folio, by: &Member, other: &Member) -> Value {
        let path = format!("/casos/{folio}/actos/exportar");
        let asked = self.send(by, &path, "reason=Lo+pide+la+autoridad").await;
        let act = asked.header(LOCATION).rsplit('-').next().unwrap();
        let path = format!("/actos/{act}");
        assert_eq!(self.send(other, &path, "answer=approve").await.status, 303);
        let (client, base) = (&self.service.client, &self.service.base);
        let answer = client
            .post(format!("{base}/casos/{folio}/expediente"))
            .header(COOKIE, &by.cookie)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(format!("csrf={}", by.token))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        let bytes = answer.bytes().await.unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut document = String::new();
        let mut file = archive
            .by_name(&format!("{folio}/expediente.json"))
            .unwrap();
        file.read_to_string(&mut document).unwrap();
        serde_json::from_str(&document).unwrap()
    }
}

#[tokio::test]
async fn whoever_filed_is_told_as_whoever_is_a_witness_or_not_wanted() {
    let committee = Committee::start().await;
    let filed = [
        json!({ "narrative": STORY, "identity": { "name": TYPED } }),
        json!({ "narrative": STORY, "keep_from": [TYPED] }),
        json!({ "narrative": STORY, "witnesses": [{ "name": TYPED }] }),
    ];
    let mut cases = Vec::new();
    for complaint in filed {
        cases.push(committee.case(complaint).await);
    }
    // A member who comes later, so that the log says what was found too.
    let house = &committee.service.house;
    let came = house
        .member_called(Seat::Electa, "gervasio", PASSPHRASE, CALLED)
        .await;
    let (president, executive) = (
        committee.enter("presidencia").await,
        committee.enter("ejecutiva").await,
    );
    let mut all = Vec::new();
    for folio in &cases {
        assert_eq!(committee.sees(&president, *folio).await, 200);
        for path in [format!("/casos/{folio}"), format!("/casos/{folio}/excusas")] {
            let page = committee.service.get(&path, Some(&executive)).await;
            let told = "Conflicto de interés; el motivo está reservado.";
            assert!(page.body.contains("Gervasio Nájera Prado"), "{path}");
            assert_eq!(page.body.matches(told).count(), 1, "{path}: {}", page.body);
            assert!(!page.body.contains("nombre completo"), "{path}");
        }
        let recusals = format!("/api/v1/cases/{folio}/recusals");
        let listed = committee.service.json(&recusals, &executive).await;
        let log = committee.service.json("/api/v1/log", &executive).await;
        let lines = log["lines"].as_array().unwrap().iter();
        let found = lines
            .filter(|line| line["event"] == "CONFLICT_FOUND" && line["case"] == folio.to_string());
        let log = found
            .map(|line| json!([line["subject"], line["ground"]]))
            .collect();
        let document = committee.document(*folio, &president, &executive).await;
        let found = document["conflicts"].as_array().unwrap().iter();
        let conflicts = found.flat_map(|one| one["conflicts"].as_array().unwrap());
        all.push(Told {
            kept_out: listed["kept_out"].clone(),
            conflicts: conflicts.cloned().collect(),
            log,
        });
        if *folio == cases[0] {
            let path = format!("/api/v1/cases/{folio}");
            let shown = committee.service.json(&path, &executive).await;
            for told in [&document, &listed, &shown] {
                assert!(!told.to_string().contains(TYPED), "{told}");
                assert!(!told.to_string().contains("identity.name"), "{told}");
            }
        }
    }
    let page = committee.service.get("/bitacora", Some(&executive)).await;
    let told = |folio: &Folio| {
        format!(
            "conflicto de interés de Gervasio Nájera Prado en el asunto {folio}: el motivo está reservado."
        )
    };
    for folio in &cases {
        assert!(page.body.contains(&told(folio)), "{}", page.body);
    }
    assert_eq!(all[0].log, [json!([came.to_string(), "RESERVADO"])]);
    assert_eq!(all[0].kept_out[0]["ground"], "RESERVADO");
    assert_eq!(all[0].kept_out[0]["reasons"], json!([]));
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}
