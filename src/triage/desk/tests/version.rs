//! The file of a case as a party may read it: nothing that is masked leaves the service.

use domain::case::Folio;
use domain::redaction::MASK;

use super::acts::Committee;
use super::papers::{bare, take, words_of};
use super::*;

const STORY: &str = "El doctor Melquiades Ucán pide dinero. Soy la única enfermera del almacén tres. \
                     ZENAIDA y Ramiro Chanona lo vieron; mi celular es 55 1234 5678. Todo pasó en farmacia \
                     y otra vez en la Farmacia.";

/// What the denounced person must not find anywhere.
const SECRETS: [&str; 12] = [
    "zenaida",
    "quijano",
    "altamirano",
    "zenaida@correo.example",
    "ramiro",
    "chanona",
    "55 1234 5678",
    "única enfermera",
    "pasillo azul",
    "bodega norte",
    "gracias por leerme",
    "acta-de-zenaida",
];

pub(super) async fn case(all: &Committee) -> Folio {
    let house = &all.service.house;
    let before = house.register().await;
    let item = house.hold("acta-de-zenaida.pdf", b"%PDF-1.4 acta").await;
    let complaint = json!({
        "narrative": STORY,
        "people": [{ "name": "Melquiades Ucán", "position": "Jefe de turno", "rank": "SUPERIOR" }],
        "witnesses": [{ "name": "Ramiro Chanona", "contact": "ramiro@correo.example" }],
        "facts": { "from": "2026-01-05", "place_detail": "Pasillo azul" },
        "workplace": { "ooad": "Yucatán", "place": "Bodega norte" },
        "reporter": { "sex": "MUJER", "age_group": "30-39" },
        "identity": { "name": "Zenaida Quijano Altamirano", "contact": "zenaida@correo.example" },
    });
    let token = house.file_with(complaint, vec![item]).await;
    house.worker().round().await.unwrap();
    house
        .write(&token, "Gracias por leerme. Tengo miedo de Melquiades.")
        .await;
    house.worker().round().await.unwrap();
    let new = house.register().await.into_iter().map(|entry| entry.folio);
    let mut new = new.filter(|folio| before.iter().all(|entry| entry.folio != *folio));
    new.next().unwrap()
}

/// Everything that a file could give away: its words, and its bytes with all streams unpacked.
async fn taken(all: &Committee, folio: Folio, party: &str) -> (String, Vec<u8>) {
    let path = format!("/casos/{folio}/version/{party}/pdf");
    let file = take(&all.service, &all.executive, &path, None).await;
    assert_eq!(file.status, 200);
    let mut open = lopdf::Document::load_mem(&file.bytes).unwrap();
    open.decompress();
    let mut bytes = file.bytes.clone();
    open.save_to(&mut bytes).unwrap();
    (words_of(&file.bytes), bytes)
}

fn has(bytes: &[u8], word: &str) -> bool {
    let wide =
        |order: fn(u16) -> [u8; 2]| -> Vec<u8> { word.encode_utf16().flat_map(order).collect() };
    [
        word.as_bytes().to_vec(),
        wide(u16::to_be_bytes),
        wide(u16::to_le_bytes),
    ]
    .iter()
    .any(|needle| bytes.windows(needle.len()).any(|part| part == &needle[..]))
}

async fn send(all: &Committee, folio: Folio, form: &str) -> Answer {
    let path = format!("/casos/{folio}/version/persona_denunciada");
    let form = format!("csrf={}&{form}", all.executive.token);
    all.service.post(&path, Some(&all.executive), &form).await
}

#[tokio::test]
async fn no_word_that_is_masked_is_in_the_file_of_the_denounced_person() {
    let all = Committee::new().await;
    let folio = case(&all).await;
    let (said, bytes) = taken(&all, folio, "persona_denunciada").await;
    for secret in SECRETS {
        assert!(
            !said.to_lowercase().contains(&bare(secret)),
            "{secret}: {said}"
        );
        assert!(!has(&bytes, secret), "{secret}");
    }
    for told in [
        "MelquiadesUcánpidedinero",
        "Jefedeturno",
        "5deenerode2026",
        "farmacia",
        MASK,
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    // Neither how they stand to the person harmed, nor who that is.
    for absent in ["30a39", "Mujer", "uperior"] {
        assert!(!said.contains(absent), "{absent}: {said}");
    }

    // A member masks words, wherever they stand.
    let answer = send(&all, folio, "do=add&field=relato&text=FARM%C3%81CIA").await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let (said, bytes) = taken(&all, folio, "persona_denunciada").await;
    assert!(!said.to_lowercase().contains("farmacia"), "{said}");
    assert!(!has(&bytes, "armacia"));
    // The member still sees what is masked.
    let path = format!("/casos/{folio}/version/persona_denunciada");
    let page = all.service.get(&path, Some(&all.executive)).await.body;
    assert!(
        page.contains("<del>farmacia</del>") && page.contains("<del>Farmacia</del>"),
        "{page}"
    );
}

#[tokio::test]
async fn one_place_is_masked_and_shown_again_and_a_message_goes_out_only_if_a_member_says_so() {
    let all = Committee::new().await;
    let folio = case(&all).await;
    let answer = send(&all, folio, "do=add&field=relato&text=farmacia&nth=2").await;
    assert_eq!(answer.status, 303);
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(
        said.contains("farmacia") && !said.contains("Farmacia"),
        "{said}"
    );

    let path = format!("/casos/{folio}/version/persona_denunciada");
    let page = all.service.get(&path, Some(&all.executive)).await.body;
    let spans = |page: &str| -> Vec<(String, String)> {
        page.split("name=\"span\" value=\"")
            .skip(1)
            .map(|rest| {
                let span = rest.split('"').next().unwrap().to_owned();
                let words = rest.split("<del dir=\"auto\">").nth(1).unwrap();
                (span, words.split('<').next().unwrap().to_owned())
            })
            .collect()
    };
    let (span, _) = (spans(&page).into_iter())
        .find(|one| one.1 == "Farmacia")
        .unwrap();
    let form = format!("do=lift&field=relato&span={span}");
    assert_eq!(send(&all, folio, &form).await.status, 303);
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(said.contains("Farmacia"), "{said}");

    // A number was masked by default, and may be shown.
    let (span, _) = (spans(&page).into_iter())
        .find(|one| one.1 == "55 1234 5678")
        .unwrap();
    let form = format!("do=lift&field=relato&span={span}");
    assert_eq!(send(&all, folio, &form).await.status, 303);
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(said.contains("5512345678"), "{said}");

    let message = page.split("id=\"campo-").nth(2).unwrap();
    let message = message.split('"').next().unwrap();
    assert_eq!(
        send(&all, folio, &format!("do=show&field={message}"))
            .await
            .status,
        303
    );
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(said.contains("TengomiedodeMelquiades"), "{said}");
    assert_eq!(
        send(&all, folio, &format!("do=hide&field={message}"))
            .await
            .status,
        303
    );
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(!said.contains("Tengomiedo"), "{said}");
}

#[tokio::test]
async fn names_stay_masked_until_two_agree_and_who_filed_is_never_shown() {
    let all = Committee::new().await;
    let folio = case(&all).await;
    let path = format!("/casos/{folio}/version/persona_denunciada");
    let find = |text: &str, words: &str| {
        let at = text.find(words).unwrap();
        let start = text[..at].chars().count();
        format!("{start}-{}", start + words.chars().count())
    };
    let story = STORY;
    for name in ["Ramiro Chanona", "Ramiro", "Chanona", "ZENAIDA"] {
        let form = format!("do=lift&field=relato&span={}", find(story, name));
        assert_eq!(send(&all, folio, &form).await.status, 422, "{name}");
    }
    let page = all.service.get(&path, Some(&all.executive)).await.body;
    assert!(page.contains("Los nombres se testan siempre"));

    let act = all.ask(&all.president, folio, "identidad").await;
    all.say(&all.executive, &act, "approve").await;
    for name in ["Ramiro", "Chanona", "Ramiro Chanona", "ZENAIDA"] {
        let form = format!("do=lift&field=relato&span={}", find(story, name));
        send(&all, folio, &form).await;
    }
    let (said, bytes) = taken(&all, folio, "persona_denunciada").await;
    assert!(said.contains("RamiroChanona"), "{said}");
    assert!(
        !said.to_lowercase().contains("zenaida") && !has(&bytes, "ZENAIDA"),
        "{said}"
    );
}

#[tokio::test]
async fn the_person_who_filed_gets_their_own_words_without_those_of_others() {
    let all = Committee::new().await;
    let folio = case(&all).await;
    let (said, bytes) = taken(&all, folio, "persona_denunciante").await;
    for told in [
        "únicaenfermeradelalmacéntres",
        "5512345678",
        "Graciasporleerme",
        "Pasilloazul",
        "30a39años",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    for secret in ["Ramiro", "ramiro@correo.example"] {
        assert!(
            !said.contains(secret) && !has(&bytes, secret),
            "{secret}: {said}"
        );
    }
}

#[tokio::test]
async fn what_cannot_be_masked_is_told_beside_the_text() {
    let all = Committee::new().await;
    let folio = case(&all).await;
    for (form, told) in [
        (
            "do=add&field=relato&text=esto+no+est%C3%A1",
            "no están en el texto",
        ),
        (
            "do=add&field=relato&text=farmacia&nth=9",
            "no están en el texto",
        ),
        (
            "do=add&field=relato&text=farmacia&nth=0",
            "no están en el texto",
        ),
        ("do=add&field=relato&text=+", "Este dato es necesario"),
    ] {
        let answer = send(&all, folio, form).await;
        assert_eq!(answer.status, 422, "{form}");
        assert!(
            answer.body.contains(told) || told.starts_with("Este"),
            "{form}: {}",
            answer.body
        );
    }
    for (form, status) in [
        ("", 400),
        ("do=nada&field=relato", 400),
        ("do=lift&field=relato&span=5-2", 400),
        ("do=lift&field=relato&span=0-1", 422),
        ("do=lift&field=relato&span=0-4294967295", 422),
    ] {
        assert_eq!(send(&all, folio, form).await.status, status, "{form}");
    }
    for path in ["version/nadie", "version/nadie/pdf"] {
        let answer = all
            .service
            .get(&format!("/casos/{folio}/{path}"), Some(&all.executive))
            .await;
        assert_eq!(answer.status, 404, "{path}");
    }
    assert_eq!(
        send(&all, folio, "do=add&field=otro&text=a").await.status,
        404
    );
}

#[tokio::test]
async fn of_several_who_are_denounced_each_reads_of_themselves_alone() {
    let all = Committee::new().await;
    let house = &all.service.house;
    let story =
        "Melquiades Ucán y la jefa de enfermeras, Tomasa Cetina, piden dinero por los turnos.";
    let folio = house
        .case(json!({
            "narrative": story,
            "people": [
                { "name": "Melquiades Ucán", "position": "Jefe de turno", "description": "Usa lentes" },
                { "name": "Tomasa Cetina", "position": "Jefa de enfermeras" },
            ],
        }))
        .await;
    let second = "persona_denunciada-2";
    for (party, told, secrets) in [
        (
            "persona_denunciada",
            ["MelquiadesUcán", "Jefedeturno", "Usalentes"].as_slice(),
            ["Tomasa", "Cetina", "enfermeras"].as_slice(),
        ),
        (
            second,
            &["TomasaCetina", "Jefadeenfermeras"],
            &["Melquiades", "Ucán", "Jefe de turno", "Usa lentes"],
        ),
        (
            "persona_denunciante",
            &["MelquiadesUcán", "TomasaCetina"],
            &[],
        ),
    ] {
        let (said, bytes) = taken(&all, folio, party).await;
        for told in told {
            assert!(said.contains(told), "{party}, {told}: {said}");
        }
        for secret in secrets {
            let found = said.contains(&bare(secret)) || has(&bytes, secret);
            assert!(!found, "{party}, {secret}: {said}");
        }
    }
    // What is decided for one is decided for nobody else.
    let path = format!("/casos/{folio}/version/{second}");
    let page = all.service.get(&path, Some(&all.executive)).await.body;
    assert!(
        page.contains("Versión para la persona denunciada 2"),
        "{page}"
    );
    assert!(page.contains("Versión para la persona denunciada 1"));
    let form = format!(
        "csrf={}&do=add&field=relato&text=turnos",
        all.executive.token
    );
    let masked = all.service.post(&path, Some(&all.executive), &form).await;
    assert_eq!(
        masked.header("location").split('?').next(),
        Some(path.as_str())
    );
    assert!(!taken(&all, folio, second).await.0.contains("losturnos"));
    let (said, _) = taken(&all, folio, "persona_denunciada").await;
    assert!(said.contains("losturnos"), "{said}");
    // Nobody filed under a name, so what is masked can be shown again.
    let start = story.chars().position(|c| c == 'M').unwrap();
    let name = format!("{start}-{}", start + "Melquiades Ucán".chars().count());
    let form = format!(
        "csrf={}&do=lift&field=relato&span={name}",
        all.executive.token
    );
    let lifted = all.service.post(&path, Some(&all.executive), &form).await;
    assert_eq!(lifted.status, 303, "{}", lifted.body);
    assert!(
        taken(&all, folio, second)
            .await
            .0
            .contains("MelquiadesUcán")
    );
    for party in ["persona_denunciada-3", "persona_denunciada-1"] {
        let path = format!("/casos/{folio}/version/{party}");
        let none = all.service.get(&path, Some(&all.executive)).await;
        assert_eq!(none.status, 404, "{party}");
    }
}
