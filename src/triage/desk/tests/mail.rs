//! Where a member gets mail: set, looked at and taken back in the own account.

use committee::log::{Content, Event, Opened};

use super::{Member, PASSPHRASE, Service};

/// A public key, as `GnuPG` exports it.
const OPENPGP: &str = include_str!("member-openpgp.asc");

async fn change(service: &Service, member: &Member, fields: &str) -> super::Answer {
    let token = &member.token;
    let passphrase = PASSPHRASE.replace(' ', "+");
    let form = format!("csrf={token}&current={passphrase}&{fields}");
    service.post("/mi-cuenta", Some(member), &form).await
}

#[tokio::test]
async fn a_member_says_where_mail_goes_with_the_passphrase_and_takes_it_back() {
    let service = Service::start().await;
    let member = service.sign_in().await;
    let page = async || service.get("/mi-cuenta", Some(&member)).await.body;
    assert!(page().await.contains("Cada hora sale un correo igual"));
    assert!(page().await.contains("Usted no recibe avisos por correo."));

    let set = "action=set-mail&address=ana%40example.mx&mail_key=";
    let token = &member.token;
    let wrong = format!("csrf={token}&current=otra+frase+que+no+es&{set}");
    assert_eq!(
        service
            .post("/mi-cuenta", Some(&member), &wrong)
            .await
            .status,
        401
    );
    let private = "action=set-mail&address=ana%40example.mx\
        &mail_key=-----BEGIN+PGP+PRIVATE+KEY+BLOCK-----";
    let told = change(&service, &member, private).await;
    assert_eq!(told.status, 422);
    assert!(
        told.body.contains("Ésa es una llave privada."),
        "{}",
        told.body
    );
    for bad in [
        "action=set-mail&address=ana&mail_key=",
        "action=set-mail&address=ana%40example.mx%0D%0ABcc:%20x%40example.mx&mail_key=",
        "action=set-mail&address=ana%40example.mx&mail_key=-----BEGIN+PGP+PUBLIC+KEY+BLOCK-----",
    ] {
        assert_eq!(change(&service, &member, bad).await.status, 422, "{bad}");
    }
    assert!(!page().await.contains("example.mx"));

    assert_eq!(change(&service, &member, set).await.status, 303);
    assert!(page().await.contains("value=\"ana@example.mx\""));
    let key = opening::PersonIdentity::generate().recipient().to_string();
    let sealed = format!("{set}{key}");
    assert_eq!(change(&service, &member, &sealed).await.status, 303);
    assert!(page().await.contains(&key));
    let block = OPENPGP
        .replace('+', "%2B")
        .replace(' ', "+")
        .replace('=', "%3D")
        .replace('\n', "%0A");
    let sealed = format!("{set}{block}");
    assert_eq!(change(&service, &member, &sealed).await.status, 303);
    // What it takes to seal is kept, and no name.
    let kept = page().await;
    assert!(kept.contains("-----BEGIN PGP PUBLIC KEY BLOCK-----"));
    assert!(!kept.contains(&key));
    assert!(OPENPGP.lines().any(|line| !kept.contains(line)));
    assert_eq!(
        change(&service, &member, "action=no-mail").await.status,
        303
    );
    assert!(!page().await.contains("ana@example.mx"));
    assert!(service.is_signed_in(&member).await);

    let log = service.desk.vault.log();
    let noted = |entries: &[Opened]| {
        let is_it = |opened: &&Opened| match &opened.content {
            Content::Act(entry) => entry.event == Event::ContactChanged,
            Content::Key(_) => false,
        };
        entries.iter().filter(is_it).count()
    };
    assert_eq!(log.read(&service.house.keyring, noted).await.unwrap(), 4);
}
