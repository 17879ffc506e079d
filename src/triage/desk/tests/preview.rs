use super::Service;
use crate::testing::story;
use serde_json::json;
#[tokio::test]
async fn preview() {
    let service = Service::start().await;
    let text = std::fs::read_to_string("../../tests/data/complaints-dev.jsonl").unwrap();
    for line in text.lines().step_by(29) {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut s = story(v["text"].as_str().unwrap());
        s["workplace"] = json!({"ooad":"Jalisco"});
        service.house.file(s).await;
        service
            .house
            .clock
            .advance(jiff::SignedDuration::from_hours(5));
    }
    service.house.worker().round().await.unwrap();
    service
        .house
        .clock
        .advance(jiff::SignedDuration::from_hours(20));
    let t = service.house.file(json!({
      "narrative": "😡 Mi jefe de turno me toca sin permiso en el almacén, me acosa sexualmente y me pide favores sexuales a cambio de no reportar mis faltas.\n\nCuando me negué, me cambió de horario y dice a todos que estoy loca. Ayer me esperó en el estacionamiento y me siguió hasta la parada. Tengo miedo de volver.\n\n<script>alert(1)</script>",
      "suspected_risk":"acoso_sexual","immediate_danger":true,"retaliation":true,"protection_wanted":true,
      "keep_from":["La jefa de Enseñanza, que es su esposa","El representante sindical del turno"],
      "support_wanted":["PSICOLOGICO","PERSONA_CONSEJERA"],"referral_consent":"QUIERO_ORIENTACION","already_filed_with":["SINDICATO"],
      "workplace":{"ooad":"D.F. Norte","umae":"he_siglo_xxi","kind":"HGZ","place":"Hospital General de Zona 24, almacén de ropería"},
      "people":[{"name":"Fulano de Tal","position":"Jefe de turno","area":"Ropería","rank":"SUPERIOR","description":"Alto, lentes, siempre con una mochila verde"},{"name":"Mengana","area":"Recursos humanos"}],
      "facts":{"from":"2026-01-10","to":"2026-03-02","ongoing":true,"frequency":"VARIAS","place_kind":"INSTALACION","place_detail":"Almacén del sótano"},
      "witnesses":[{"name":"Compañera del turno nocturno","contact":"en la guardia de los martes"}],
      "reporter":{"role":"PRESUNTA_VICTIMA","bond":"PERSONA_SERVIDORA_PUBLICA","sex":"MUJER","age_group":"30-39"}
    })).await;
    service
        .house
        .write(&t, "Hoy volvió a pasar. Ya no quiero entrar al almacén.")
        .await;
    service.house.worker().round().await.unwrap();
    service
        .house
        .file(story("Otra más que todavía espera su turno."))
        .await;
    let m = service.sign_in().await;
    let d = "/tmp/desk-shots";
    std::fs::create_dir_all(d).unwrap();
    let save = |name: &str, body: String| {
        std::fs::write(format!("{d}/{name}.html"), body.replace("/static/", "")).unwrap()
    };
    let list = service.get("/", Some(&m)).await.body;
    let mut folio = String::new();
    for e in service.house.register().await {
        if e.messages > 0 {
            folio = e.folio.to_string();
        }
    }
    save("list", list);
    save(
        "case",
        service.get(&format!("/casos/{folio}"), Some(&m)).await.body,
    );
    save(
        "signin",
        service
            .post("/entrar", None, "user=a&passphrase=b")
            .await
            .body,
    );
    save(
        "filter",
        service
            .get("/?risk=corrupcion&state=CONCLUIDA", Some(&m))
            .await
            .body,
    );
    save("missing", service.get("/casos/x", Some(&m)).await.body);
    save("bad", service.get("/?risk=x", Some(&m)).await.body);
    for (n, c) in super::super::assets::FILES {
        std::fs::write(format!("{d}/{n}"), c).unwrap();
    }
    let s = Service::sealed().await;
    save("sealed", s.get("/", None).await.body);
    let e = Service::start().await;
    let m = e.sign_in().await;
    save("empty", e.get("/", Some(&m)).await.body);
    std::fs::write(format!("{d}/url"), format!("{} {folio}", service.base)).unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(45)).await;
}
