//! Every page, part and state of the public service is inspected, and a bad page is told from a good one.

use journeys::{Browser, Demo, Driver, Screen, Scripts, conclude, until};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};

use crate::steps::{ADD, NEXT, Pictures, SEND, a_member_writes_it_down, the_committee_asks};
use crate::visit::{Tongue, Visit};

/// The pages that need nothing to be written first.
const PAGES: [(&str, &str); 17] = [
    ("/", "home"),
    ("/orientacion", "guidance"),
    ("/comite", "committee"),
    ("/que-sigue", "afterwards"),
    ("/anonimato", "anonymity"),
    ("/proteccion", "protection"),
    ("/apoyo", "support"),
    ("/privacidad", "privacy"),
    ("/privacidad/integral", "privacy-in-full"),
    ("/acuse/verificar", "verify"),
    ("/acuse/raices", "roots"),
    ("/acuse/raices/2026-01-31", "roots-earlier"),
    ("/denunciar", "form"),
    ("/seguimiento", "follow"),
    ("/seguimiento/mensaje", "no-such-method"),
    ("/no-existe", "not-found"),
    ("/salir", "leave"),
];

/// Twelve words with a right checksum that were never given to anyone.
const NOBODYS: &str = "zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo zurdo yodo";
/// Addresses for examples (RFC 5737): one of the Institute's own, one that floods.
const INSIDE: &str = "198.51.100.7";
const FLOODING: &str = "203.0.113.7";
/// What the person writes after the end.
const SINCE: &str = "Volvió a pasar el lunes.";
const SETTINGS: [(&str, &str); 3] = [
    ("INTAKE_INSTITUTION_NETWORKS", "198.51.100.0/24"),
    ("INTAKE_FORWARDED_BY", "127.0.0.0/8"),
    (
        "INTAKE_ONION",
        "2gzyxa5ihm7nsggfxnu52rck2vv4rvmdlkiu3zzui5du4xyclen53wid.onion",
    ),
];

async fn every_page(tongue: Tongue, screen: Screen) {
    let (demo, driver) = (Demo::start_with(&SETTINGS).await, Driver::start().await);
    let browser = driver.browser(Scripts::On, screen).await;
    let pictures = Pictures::take(&browser).await;
    let mut visit = Visit::new(browser, &demo.intake_url, tongue, screen, Scripts::On);
    for (path, name) in PAGES {
        visit.open(path).await;
        visit.look(name).await;
    }
    orientation(&mut visit).await;
    let (token, receipt) = form(&mut visit, &pictures).await;
    acknowledgement(&mut visit, &receipt).await;
    follow_up(&mut visit, &token).await;
    the_committee_asks(&demo, &driver, &token, (screen, tongue)).await;
    mailbox(&mut visit, &token, &pictures).await;
    other_words(&mut visit, &demo, &driver).await;
    long_mailbox(&mut visit, &demo, &token).await;
    over(&mut visit, &demo, &token, &pictures).await;
    store_down(&mut visit, &demo, &token).await;
    too_large(&mut visit).await;
    from_inside(&mut visit).await;
    flood(&mut visit, &demo).await;
    visit.covered.is_complete();
    visit.is_flawless();
    visit.browser.close().await;
}

async fn orientation(visit: &mut Visit) {
    visit.open("/orientacion").await;
    visit.browser.press(SEND).await;
    visit.look("guidance-missing").await;
    for answer in [
        "peligro-si",
        "asunto-acoso_sexual",
        "persona-imss",
        "trabaja-si",
    ] {
        visit.browser.choose(&format!("#{answer}")).await;
    }
    visit.browser.press(SEND).await;
    visit.look("guidance-result").await;
}

/// Every state of the form; gives the words and the acknowledgement.
async fn form(visit: &mut Visit, pictures: &Pictures) -> (String, String) {
    visit.open("/denunciar").await;
    visit.go_on_to("people").await;
    visit.browser.press("[value^=more-]").await;
    visit.look("form-people-more").await;
    visit.go_on_to("story").await;
    visit.browser.press(NEXT).await;
    visit.look("form-story-empty").await;
    visit
        .browser
        .type_into(
            "[name=narrative]",
            "Soy la única del turno. Piden dinero por los turnos.",
        )
        .await;
    visit
        .browser
        .run("document.querySelector('[name=state]').value = 'x'")
        .await;
    visit.browser.press(NEXT).await;
    visit.look("form-lapsed").await;
    visit.go_on_to("safety").await;
    visit.browser.choose("[name=immediate_danger]").await;
    visit.go_on_to("evidence").await;
    visit.look("form-evidence-danger").await;
    let files = [
        &*pictures.photograph,
        &*pictures.drawing,
        &*pictures.pretended,
    ];
    visit.browser.attach("#evidence", &files).await;
    visit.browser.press(ADD).await;
    visit.look("form-evidence-refused").await;
    visit.go_on_to("review").await;
    visit.look("form-review").await;
    visit.browser.press(".actions [value=send]").await;
    visit.look("words").await;
    let token = visit.token().await;
    let receipt = visit.receipt().await;
    visit.browser.press(".actions [value=check]").await;
    visit.look("words-wrong").await;
    visit.type_back(&token, true).await;
    visit.browser.press(".actions [value=check]").await;
    visit.look("done").await;
    // Nothing leads back to the words; so the page of those who skip is asked for from this one.
    let skipped = "window.pageBefore = true; \
                   document.querySelector('[name=step]').value = 'skipped'; \
                   document.getElementById('formulario').submit()";
    visit.browser.run(skipped).await;
    visit.browser.arrived("the last page of who skips").await;
    visit.look("done-skipped").await;
    (token, receipt)
}

async fn acknowledgement(visit: &mut Visit, receipt: &str) {
    visit.open("/acuse/verificar").await;
    visit.browser.type_into("[name=receipt]", "AAAA").await;
    visit.browser.press(SEND).await;
    visit.look("verify-not").await;
    visit.open("/acuse/verificar").await;
    visit.browser.type_into("[name=receipt]", receipt).await;
    visit.browser.type_into("[name=proof]", "AAAA").await;
    visit.browser.press(SEND).await;
    visit.look("verify-not-proof").await;
    visit.open("/acuse/verificar").await;
    visit.browser.type_into("[name=receipt]", receipt).await;
    visit.browser.press(SEND).await;
    visit.look("verify-good").await;
}

/// What leads nowhere, and a mailbox in which nothing is asked for.
async fn follow_up(visit: &mut Visit, token: &str) {
    for (words, name) in [("uno dos", "follow-wrong"), (NOBODYS, "follow-nobodys")] {
        visit.come_back(words).await;
        visit.look(name).await;
    }
    visit.come_back(token).await;
    visit.look("mailbox").await;
    visit
        .browser
        .press("[action$='/mensaje'] .actions button")
        .await;
    visit.look("mailbox-nothing").await;
}

/// A request, a file that is refused, one that is sent, and what was filed.
async fn mailbox(visit: &mut Visit, token: &str, pictures: &Pictures) {
    visit.come_back(token).await;
    visit.look("mailbox-request").await;
    visit
        .browser
        .type_into(".request [name=text]", "De noche, y lo vio mi compañera.")
        .await;
    let files = [&*pictures.photograph, &*pictures.pretended];
    visit
        .browser
        .attach(".request [name=evidence]", &files)
        .await;
    visit.browser.press(".request .actions button").await;
    visit.look("mailbox-files").await;
    visit
        .browser
        .press("form:has([name=pending]) .actions button")
        .await;
    visit.look("mailbox-sent").await;
    visit.browser.press("[action$='/enviado'] button").await;
    visit.look("mailbox-filed").await;
}

/// Words that a member of the committee has seen, and the others that the person takes.
async fn other_words(visit: &mut Visit, demo: &Demo, driver: &Driver) {
    let seen = a_member_writes_it_down(demo, driver).await;
    visit.come_back(&seen).await;
    visit.look("words-first").await;
    visit
        .browser
        .press("form[action$='/palabras'] button")
        .await;
    visit.look("new-words").await;
    let own = visit.token().await;
    assert_ne!(own, seen);
    visit.type_back(&own, false).await;
    visit
        .browser
        .press("form[action$='/palabras'] button")
        .await;
    visit.look("new-words-wrong").await;
    visit.type_back(&own, true).await;
    visit
        .browser
        .press("form[action$='/palabras'] button")
        .await;
    visit.look("new-words-done").await;
    visit.come_back(&own).await;
    visit.look("mailbox-new-words").await;
}

/// More messages than one page holds.
async fn long_mailbox(visit: &mut Visit, demo: &Demo, token: &str) {
    for _ in 0..3 {
        let text = "Pasó otra vez, como las veces de antes. ".repeat(400);
        demo.person().write(token, &text).await;
    }
    until("the messages in the mailbox", async || {
        let mailbox = demo.person().look(token).await;
        let long = mailbox
            .messages
            .iter()
            .filter(|one| one.text.len() > 10_000);
        (long.count() == 3).then_some(())
    })
    .await;
    visit.come_back(token).await;
    assert!(
        visit.browser.has("[action$='/mensajes']").await,
        "there is a second page"
    );
    visit.look("mailbox-long").await;
    visit.browser.press("[action$='/mensajes'] button").await;
    visit.look("mailbox-earlier").await;
}

/// A case that the committee has ended, to which a fact and a picture are added.
async fn over(visit: &mut Visit, demo: &Demo, token: &str, pictures: &Pictures) {
    let folio = demo.person().look(token).await.folio;
    let folio = folio.expect("the case was opened");
    let cases = demo.folder().join("data/casefiles.db");
    let cases = format!("sqlite://{}", cases.display());
    conclude(&cases, &folio, token, "Terminamos de atender su denuncia.").await;
    until("the mailbox to say that it is over", async || {
        let mailbox = demo.person().look(token).await;
        (mailbox.status == "concluded").then_some(())
    })
    .await;
    visit.come_back(token).await;
    visit.look("mailbox-over").await;
    let form = "section:has(#terminada) form";
    visit
        .browser
        .type_into(&format!("{form} [name=text]"), SINCE)
        .await;
    visit
        .browser
        .attach(&format!("{form} [name=evidence]"), &[&*pictures.photograph])
        .await;
    visit.browser.press(&format!("{form} button")).await;
    visit.look("mailbox-over-files").await;
    visit
        .browser
        .press("form:has([name=pending]) .actions button")
        .await;
    visit.look("mailbox-over-sent").await;
    until("the message in the case", async || {
        let mailbox = demo.person().look(token).await;
        let mut texts = mailbox.messages.iter().map(|one| &one.text);
        texts.any(|text| text.contains(SINCE)).then_some(())
    })
    .await;
    visit.come_back(token).await;
    for part in [".messages .newest ul li", "#terminada"] {
        assert!(visit.browser.has(part).await, "{part} is there");
    }
    visit.look("mailbox-over-told").await;
}

/// What was written comes back while the store does not answer, and is sent once it does.
async fn store_down(visit: &mut Visit, demo: &Demo, token: &str) {
    let mailroom = demo.folder().join("data/mailroom.db");
    let mailroom = SqliteConnectOptions::new().filename(mailroom);
    let mut mailroom = SqliteConnection::connect_with(&mailroom)
        .await
        .expect("the mailroom is a file");
    visit.come_back(token).await;
    visit
        .browser
        .type_into("section:has(#terminada) [name=text]", "Fue el martes.")
        .await;
    sqlx::raw_sql("ALTER TABLE mailbox_entries RENAME TO away")
        .execute(&mut mailroom)
        .await
        .expect("the table goes away");
    visit
        .browser
        .press("section:has(#terminada) form button")
        .await;
    visit.look("mailbox-kept").await;
    sqlx::raw_sql("ALTER TABLE away RENAME TO mailbox_entries")
        .execute(&mut mailroom)
        .await
        .expect("the table comes back");
    visit.browser.press(SEND).await;
    visit.look("mailbox-kept-sent").await;
    assert!(
        visit.browser.has(".alert.good").await,
        "what was given back is sent"
    );
}

async fn too_large(visit: &mut Visit) {
    visit.open("/orientacion").await;
    visit
        .browser
        .run("document.querySelector('#peligro-si').value = 'x'.repeat(1 << 20)")
        .await;
    visit.browser.choose("#peligro-si").await;
    visit.browser.press(SEND).await;
    visit.look("too-large").await;
}

async fn from_inside(visit: &mut Visit) {
    visit.browser.come_from(INSIDE).await;
    for (path, name) in [("/", "home-inside"), ("/denunciar", "form-inside")] {
        visit.open(path).await;
        visit.look(name).await;
    }
}

/// A complaint that meets a flood of its own source.
async fn flood(visit: &mut Visit, demo: &Demo) {
    visit.browser.come_from(FLOODING).await;
    visit.open("/denunciar").await;
    visit.go_on_to("story").await;
    visit
        .browser
        .type_into("[name=narrative]", "Piden dinero por los cambios de turno.")
        .await;
    visit.go_on_to("review").await;
    let person = demo.person();
    let post = async move || {
        let headers = [
            ("x-forwarded-for", FLOODING),
            ("content-type", "application/json"),
        ];
        let sent = person.post_with("/api/v1/complaints", &headers, b"{}".to_vec());
        sent.await.map(|reply| reply.status)
    };
    until("a flood", async || {
        (post().await == Some(429)).then_some(())
    })
    .await;
    // It goes on, so that no place becomes free in between.
    let more = tokio::spawn(async move {
        loop {
            post().await;
        }
    });
    visit.browser.press(".actions [value=send]").await;
    more.abort();
    visit.look("form-review-wait").await;
}

#[tokio::test]
async fn no_page_has_a_barrier_on_a_telephone_in_spanish() {
    every_page(Tongue::Spanish, Screen::TELEPHONE).await;
}

#[tokio::test]
async fn no_page_has_a_barrier_on_a_desk_in_english() {
    every_page(Tongue::English, Screen::DESK).await;
}

/// A check that finds nothing in a bad page would say nothing of a good one.
#[tokio::test]
async fn a_bad_page_is_called_bad() {
    let driver = Driver::start().await;
    let browser = driver.browser(Scripts::On, Screen::NARROW).await;
    browser
        .go(
            "data:text/html,<p style='color:silver;background:white;transition:all 1s'>pale</p>\
             <img src='data:,'><div style='width:900px'>wide</div>\
             <a href='/' style='outline:none'>unmarked</a>\
             <a href='/' style='outline:3px solid %23ddd'>faint</a>",
        )
        .await;
    let found = browser.barriers().await.join("\n");
    for rule in ["color-contrast", "image-alt", "document-title"] {
        assert!(found.contains(rule), "{rule} in: {found}");
    }
    assert_ne!(browser.overflow(Screen::NARROW).await, None);
    assert_eq!(browser.moving().await, ["P."]);
    assert_eq!(browser.unmarked().await.len(), 1);
    let faint = browser.faint().await.join("\n");
    assert!(
        faint.contains("faint") && !faint.contains("unmarked"),
        "{faint}"
    );
    what_shifts_is_seen(&browser).await;
    browser.close().await;
}

async fn what_shifts_is_seen(browser: &Browser) {
    browser
        .go(
            "data:text/html,<p>It was here.</p><script>const next = requestAnimationFrame;\
             next(() => next(() => next(() => document.body.style.paddingTop = '99px')))</script>",
        )
        .await;
    until("the page to shift", async || {
        (browser.shifts().await > 0.0).then_some(())
    })
    .await;
}
