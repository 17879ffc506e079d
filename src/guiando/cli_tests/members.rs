//! Links for those who come in.

use committee::keyring::Keyring;
use committee::members::{InvitationCode, Roster};
use domain::calendar::Calendar;
use opening::{CommitteeIdentity, Passphrase};
use service::clock::{Clock as _, SystemClock};
use tempfile::{TempDir, tempdir};

use super::{Output, guiando};

const PHRASE: &str = "la frase de la llave del comité";

struct Installation {
    folder: TempDir,
    url: String,
    identity: CommitteeIdentity,
}

impl Installation {
    async fn new() -> Self {
        let folder = tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("cases.db").display());
        let store = url.parse().unwrap();
        service::stores::case_files(&store).await.unwrap();
        let identity = CommitteeIdentity::generate();
        let file = identity.to_protected(Passphrase::from(PHRASE.to_owned()));
        std::fs::write(folder.path().join("committee.key"), file.unwrap()).unwrap();
        Self {
            folder,
            url,
            identity,
        }
    }

    fn members(&self, arguments: &[&str]) -> Output {
        let key = self.folder.path().join("committee.key");
        guiando(&["members"])
            .args(arguments)
            .args(["--cases", &self.url, "--identity"])
            .arg(key)
            .env("GUIANDO_PASSPHRASE", PHRASE)
            .output()
            .unwrap()
    }

    fn invite(&self, login: &str) -> Output {
        self.members(&[
            "invite",
            "--given",
            "Eva",
            "--surname",
            "Cruz",
            "--seat",
            "PRESIDENCIA",
            "--login",
            login,
            "--origin",
            "https://comite.example.mx",
        ])
    }

    async fn roster(&self) -> Roster {
        let store = self.url.parse().unwrap();
        let cases = service::stores::case_files(&store).await.unwrap();
        let keyring = Keyring::unseal(self.identity.clone(), &*cases)
            .await
            .unwrap();
        Roster::load(&*cases, &keyring).await.unwrap()
    }
}

fn code(output: &Output) -> InvitationCode {
    let printed = String::from_utf8(output.stdout.clone()).unwrap();
    let lines: Vec<&str> = printed.lines().collect();
    let [link, spoken] = lines.as_slice() else {
        panic!("{printed}");
    };
    assert_eq!((spoken.len(), spoken.matches('-').count()), (9, 1));
    let code = link.strip_prefix("https://comite.example.mx/invitacion/");
    InvitationCode::parse(code.unwrap_or(link.trim().trim_start_matches("/invitacion/"))).unwrap()
}

#[tokio::test]
async fn a_printed_link_is_that_of_somebody_invited() {
    let there = Installation::new().await;
    let printed = there.invite("eva");
    assert!(printed.status.success(), "{printed:?}");
    let today = Calendar::default().legal_day(SystemClock.now());
    let roster = there.roster().await;
    let eva = roster.invited_with(&code(&printed), today).unwrap();
    assert_eq!(eva.record.login.as_str(), "eva");
    assert_eq!(*eva.record.profile.name.full(), "Eva Cruz");

    let again = there.invite("Éva");
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    assert!(again.stdout.is_empty());

    let renewed = there.members(&["readmit", "--login", "EVA"]);
    assert!(renewed.status.success(), "{renewed:?}");
    let roster = there.roster().await;
    assert!(roster.invited_with(&code(&printed), today).is_none());
    assert!(roster.invited_with(&code(&renewed), today).is_some());
    assert_eq!(roster.all().len(), 1);
    let nobody = there.members(&["readmit", "--login", "leo"]);
    assert_eq!(nobody.status.code(), Some(1), "{nobody:?}");
}
