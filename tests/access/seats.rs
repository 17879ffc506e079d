//! The committee of the journey: three titulares and a suplente.

use domain::committee::Seat;
use journeys::{Chosen, Desk, Needles, Seated, Session};

/// Everybody, titulares first.
const ALL: [Chosen<'_>; 4] = [PRESIDENCIA, EJECUTIVA, TECNICA, SUPLENTE];
const PRESIDENCIA: Chosen<'_> = Chosen {
    name: ["Juana", "Olmedo", "Peralta"],
    login: "juana.olmedo",
    seat: Seat::Presidencia,
    stands_in_for: None,
};
const EJECUTIVA: Chosen<'_> = Chosen {
    name: ["Marcela", "Quiñones", "Duarte"],
    login: "marcela.quinones",
    seat: Seat::SecretariaEjecutiva,
    stands_in_for: None,
};
const TECNICA: Chosen<'_> = Chosen {
    name: ["Ignacio", "Bermúdez", "Tovar"],
    login: "ignacio.bermudez",
    seat: Seat::SecretariaTecnica,
    stands_in_for: None,
};
const SUPLENTE: Chosen<'_> = Chosen {
    name: ["Leonor", "Zavala", "Rincón"],
    login: "leonor.zavala",
    seat: Seat::SecretariaTecnica,
    stands_in_for: Some("Ignacio Bermúdez Tovar"),
};

/// The members of a house.
pub(crate) struct Committee {
    pub(crate) presidencia: Seated,
    pub(crate) ejecutiva: Seated,
    pub(crate) tecnica: Seated,
    pub(crate) suplente: Seated,
}

impl Committee {
    /// Asks all of them in, and lets them accept.
    pub(crate) async fn found(desk: &Desk, founding: &Session) -> Self {
        let mut seated = Vec::new();
        let mut links = Vec::new();
        for chosen in ALL {
            links.push((desk.found(founding, &chosen).await, chosen.login));
        }
        for (number, (link, login)) in links.iter().enumerate() {
            let passphrase = format!("cordel {number} turquesa bajo aquel puente viejo");
            seated.push(desk.enrol(link, login, &passphrase).await);
        }
        let Ok([presidencia, ejecutiva, tecnica, suplente]) = <[Seated; 4]>::try_from(seated)
        else {
            unreachable!("four were asked in");
        };
        Self {
            presidencia,
            ejecutiva,
            tecnica,
            suplente,
        }
    }

    /// What nobody may find who holds the databases and the disk: names, and what it takes to sign in.
    pub(crate) fn needles(&self, needles: &mut Needles) {
        for chosen in ALL {
            let [given, first, second] = chosen.name;
            for (what, name) in [
                ("whole name", chosen.full()),
                ("surnames", format!("{first} {second}")),
                ("surnames first", format!("{first} {second} {given}")),
                ("name and surname", format!("{given} {first}")),
                ("login", chosen.login.to_owned()),
            ] {
                needles.add_text(&format!("{what} of {}", chosen.login), &name);
            }
        }
        for member in [
            &self.presidencia,
            &self.ejecutiva,
            &self.tecnica,
            &self.suplente,
        ] {
            let name = |what: &str| format!("{what} of {}", member.login);
            needles.add_text(&name("passphrase"), &member.passphrase);
            needles.add_text(&name("secret, typed"), &member.app.secret);
            needles.add_text(&name("secret, base32"), &member.app.secret.replace(' ', ""));
            needles.add_bytes(&name("secret"), &member.app.secret_bytes());
            for code in &member.recovery {
                needles.add_text(&name("recovery code"), code);
                needles.add_text(&name("recovery code, bare"), &code.replace(['-', ' '], ""));
            }
        }
    }
}
