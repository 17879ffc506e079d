//! Cases that may concern the same person or unit are shown to whoever may open them, and to nobody else.

use domain::case::Folio;
use serde_json::{Value, json};

use super::Member;
use super::acts::Committee;

const SAME: &str = "Parece ser la misma persona denunciada";

fn complaint(name: &str, place: &str) -> Value {
    json!({
        "narrative": "Cobra por cada guardia y amenaza a quien no paga.",
        "people": [{ "name": name, "position": "Jefe de turno" }],
        "workplace": { "ooad": "jalisco", "place": place },
    })
}

/// What the page says of other cases.
async fn others(all: &Committee, member: &Member, folio: Folio) -> String {
    let page = all
        .service
        .get(&format!("/casos/{folio}"), Some(member))
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    let section = page.body.split("id=\"parecidos\"").nth(1).unwrap_or("");
    section.split("</section>").next().unwrap().to_owned()
}

#[tokio::test]
async fn the_same_person_and_the_same_unit_are_found_again_however_they_are_written() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let first = house
        .case(complaint("Rubén Ordaz Ceballos", "HGZ 45"))
        .await;
    let again = house
        .case(complaint("Dr. RUBEN ORDAS CEBALLOS", "UMF 3"))
        .await;
    let unit = house
        .case(complaint(
            "Inés Robles Gil",
            "Hospital General de Zona No. 45",
        ))
        .await;
    let other = house.case(complaint("Tomás Lara Soto", "UMF 8")).await;
    let seen = others(&all, &all.president, first).await;
    for told in [
        &again.to_string(),
        SAME,
        &unit.to_string(),
        "La misma unidad",
    ] {
        assert!(seen.contains(told), "{told}: {seen}");
    }
    assert!(!seen.contains(&other.to_string()), "{seen}");
    let order = |folio: Folio| seen.find(&folio.to_string());
    assert!(order(again) < order(unit), "the most alike first");
    assert!(
        others(&all, &all.president, again)
            .await
            .contains(&first.to_string())
    );
    assert_eq!(others(&all, &all.president, other).await, "");
}

#[tokio::test]
async fn whoever_may_not_open_the_other_case_does_not_learn_that_it_is_alike() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (name, place) = ("Rubén Ordaz Ceballos", "HGZ 45");
    let open = house.case(complaint(name, place)).await;
    let mut about_her = complaint(name, place);
    about_her["people"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "name": "Casilda Zúñiga Peralta" }));
    let kept = house.case(about_her).await;
    assert!(
        others(&all, &all.president, open)
            .await
            .contains(&kept.to_string())
    );
    let seen = others(&all, &all.technical, open).await;
    assert_eq!(seen, "", "as if there were no other");
}

#[tokio::test]
async fn a_case_of_before_is_found_once_somebody_opened_it_and_a_deleted_one_is_not() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let (first, _) = all.case(Some("Rubén Ordaz Ceballos")).await;
    let (second, _) = all.case(Some("Rubén Ordaz Ceballos")).await;
    house
        .tamper(&["DELETE FROM records WHERE kind = 'alike'"])
        .await;
    assert_eq!(others(&all, &all.president, first).await, "");
    assert!(
        others(&all, &all.president, second)
            .await
            .contains(&first.to_string())
    );
    assert!(
        others(&all, &all.president, first)
            .await
            .contains(&second.to_string())
    );

    let act = all.ask(&all.president, second, "borrar").await;
    all.say(&all.executive, &act, "approve").await;
    assert_eq!(others(&all, &all.president, first).await, "");
    let kind = store::records::RecordKind::Alike;
    let left = store::records::Records::records(&*house.cases, kind)
        .await
        .unwrap();
    assert_eq!(left.len(), 1, "nothing of it is kept");
}
