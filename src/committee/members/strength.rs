//! Whether a passphrase is worth its name.

use domain::complaint::SecretText;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

use super::login::fold;

/// Fewest characters.
pub const MIN: usize = 12;
/// Most characters; more cost time and add nothing.
pub const MAX: usize = 200;

/// Characters that are looked at; the search takes longer than in proportion to them.
const LOOKED_AT: usize = 60;

/// The least score of `zxcvbn` that is taken: more than 10⁸ guesses, each of which costs Argon2 here.
const LEAST: Score = Score::Three;

/// Fewest letters and digits besides words that others know.
const OWN_LETTERS: usize = 8;

/// Words that whoever guesses tries first here; the lists of `zxcvbn` are English.
const LOCAL: &[&str] = &[
    "contraseña",
    "contrasena",
    "clave",
    "secreto",
    "frase",
    "passphrase",
    "guiando",
    "denuncia",
    "guiando tu denuncia",
    "comite",
    "etica",
    "comite de etica",
    "imss",
    "seguro social",
    "seguro",
    "social",
    "instituto",
    "mexicano",
    "mexico",
    "presidencia",
    "secretaria",
    "ejecutiva",
    "tecnica",
    "bienvenido",
    "hola",
    "teamo",
    "amor",
    "america",
    "chivas",
    "pumas",
    "guadalupe",
    "viva mexico",
    "hospital",
    "salud",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
];

/// A passphrase that was found strong enough, as the key is made from it.
pub struct StrongPassphrase(pub(super) SecretText);

/// Why a passphrase is not taken. None holds a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer than [`MIN`] characters: add words.
    #[error("a passphrase has at least {MIN} characters")]
    Short,
    /// More than [`MAX`] characters: leave some out.
    #[error("a passphrase has at most {MAX} characters")]
    Long,
    /// It would be strong but for what others know of its owner: choose words that have nothing to do
    /// with oneself.
    #[error("the passphrase is made of what others know")]
    Personal,
    /// Too few guesses find it: choose some words at random.
    #[error("the passphrase is easily guessed")]
    Guessable,
}

impl StrongPassphrase {
    /// Takes one that a machine drew, with more random bits than anybody guesses.
    pub fn drawn(passphrase: SecretText) -> Self {
        Self(passphrase)
    }

    /// Takes a passphrase for somebody of whom these texts are known.
    ///
    /// # Errors
    /// See [`Weakness`].
    pub fn choose(passphrase: SecretText, known: &[&str]) -> Result<Self, Weakness> {
        let length = passphrase.expose().nfc().count();
        if length < MIN {
            return Err(Weakness::Short);
        }
        if length > MAX {
            return Err(Weakness::Long);
        }
        let start = passphrase.expose().chars().take(LOOKED_AT);
        let raw: Zeroizing<String> = Zeroizing::new(start.collect());
        let folded = Zeroizing::new(fold(&raw));
        let takes = |inputs: &[&str]| {
            [&raw, &folded]
                .iter()
                .all(|text| zxcvbn(text, inputs).score() >= LEAST)
        };
        let local: Vec<String> = LOCAL.iter().copied().flat_map(spellings).collect();
        let mut words: Vec<&str> = local.iter().map(String::as_str).collect();
        if !takes(&words) || own_letters(&folded, &local) < OWN_LETTERS {
            return Err(Weakness::Guessable);
        }
        let known: Vec<String> = known
            .iter()
            .flat_map(|text| text.split_whitespace().chain([*text]))
            .flat_map(spellings)
            .filter(|text| text.chars().count() > 2)
            .collect();
        words.extend(known.iter().map(String::as_str));
        if takes(&words) && own_letters(&folded, &known) >= OWN_LETTERS {
            Ok(Self(passphrase))
        } else {
            Err(Weakness::Personal)
        }
    }
}

/// How many letters and digits are left without words that others know. `zxcvbn` takes a word that it
/// knows for as good as some letters, wherever it stands; whoever knows the person does not.
fn own_letters(folded: &str, words: &[String]) -> usize {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut left = Zeroizing::new(folded.to_owned());
    for word in words {
        left = Zeroizing::new(left.replace(word.as_str(), " "));
    }
    left.chars().filter(|c| c.is_alphanumeric()).count()
}

/// As it stands, without accents, and without blanks.
fn spellings(text: &str) -> [String; 3] {
    let folded = fold(text);
    let joined = folded.split_whitespace().collect();
    [text.to_owned(), folded, joined]
}

impl std::fmt::Debug for StrongPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StrongPassphrase(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<StrongPassphrase, Weakness> {
        let known = [
            "Juana Ibáñez Urrutia",
            "juana.ibanez",
            "Hospital General Regional 1",
        ];
        StrongPassphrase::choose(SecretText::from(text.to_owned()), &known)
    }

    #[test]
    fn words_at_random_are_taken() {
        for good in [
            "vidrio tambor cueva lunar",
            "Trenza·cobre-9 mástil",
            "4f9a1c77e0b2d5",
        ] {
            assert!(choose(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn what_is_guessed_soon_is_refused() {
        for (bad, why) in [
            ("", Weakness::Short),
            ("vidrio lun", Weakness::Short),
            ("ááááááááááá", Weakness::Short),
            ("aaaaaaaaaaaaaaaa", Weakness::Guessable),
            ("password1234", Weakness::Guessable),
            ("contraseña123", Weakness::Guessable),
            ("Comité de Ética 2026", Weakness::Guessable),
            ("guiandotudenuncia", Weakness::Guessable),
            ("qwertyuiop12", Weakness::Guessable),
            ("imss-denuncia-2026", Weakness::Guessable),
            ("juana.ibanez1", Weakness::Personal),
            ("JuanaIbáñez12", Weakness::Personal),
            ("urrutia.juana.88", Weakness::Personal),
            ("JuanaIbáñezUrrutia", Weakness::Personal),
        ] {
            assert_eq!(choose(bad).err(), Some(why), "{bad}");
        }
        assert_eq!(
            choose(&"vidrio tambor ".repeat(20)).err(),
            Some(Weakness::Long)
        );
    }

    #[test]
    fn no_error_and_no_debug_shows_a_passphrase() {
        let error = choose("juana.ibanez1").unwrap_err();
        assert!(!format!("{error:?} {error}").contains("juana"));
        let taken = choose("vidrio tambor cueva lunar").unwrap();
        assert!(!format!("{taken:?}").contains("vidrio"));
    }
}
