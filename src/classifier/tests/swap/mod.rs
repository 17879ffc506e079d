//! Changes a text in what must not matter: who is named, of which gender, and where.

/// Words that come in pairs, each for the other.
const PAIRS: &[(&str, &str)] = &[
    ("él", "ella"),
    ("ellos", "ellas"),
    ("jefe", "jefa"),
    ("jefes", "jefas"),
    ("doctor", "doctora"),
    ("doctores", "doctoras"),
    ("compañero", "compañera"),
    ("compañeros", "compañeras"),
    ("enfermero", "enfermera"),
    ("enfermeros", "enfermeras"),
    ("director", "directora"),
    ("subdirector", "subdirectora"),
    ("coordinador", "coordinadora"),
    ("supervisor", "supervisora"),
    ("licenciado", "licenciada"),
    ("ingeniero", "ingeniera"),
    ("químico", "química"),
    ("trabajador", "trabajadora"),
    ("trabajadores", "trabajadoras"),
    ("camillero", "camillera"),
    ("médico", "médica"),
    ("señor", "señora"),
    ("maestro", "maestra"),
    ("administrador", "administradora"),
    ("encargado", "encargada"),
    ("secretario", "secretaria"),
    ("cocinero", "cocinera"),
    // Names of persons; each for one of the other gender.
    ("Juan", "María"),
    ("José", "Guadalupe"),
    ("Luis", "Patricia"),
    ("Carlos", "Verónica"),
    ("Miguel", "Leticia"),
    ("Jorge", "Alejandra"),
    ("Pedro", "Rosa"),
    ("Roberto", "Gabriela"),
    ("Ricardo", "Laura"),
    ("Fernando", "Claudia"),
    ("Raúl", "Silvia"),
    ("Arturo", "Norma"),
    ("Sergio", "Teresa"),
    ("Héctor", "Martha"),
    ("Ramírez", "Hernández"),
    ("López", "Martínez"),
    ("García", "Rodríguez"),
    ("Pérez", "González"),
    ("Sánchez", "Flores"),
    ("Torres", "Domínguez"),
    ("Vázquez", "Mendoza"),
    ("Morales", "Ortega"),
    // Places.
    ("Monterrey", "Oaxaca"),
    ("Guadalajara", "Mérida"),
    ("Tijuana", "Veracruz"),
    ("Puebla", "Chihuahua"),
    ("Toluca", "Culiacán"),
    ("Querétaro", "Hermosillo"),
    ("Saltillo", "Morelia"),
    ("Chiapas", "Sonora"),
    ("Jalisco", "Yucatán"),
];
/// Before a word that changed its gender; with "de" and "a" the masculine one is one word.
const ARTICLES: &[(&str, &str)] = &[
    ("el", "la"),
    ("los", "las"),
    ("un", "una"),
    ("este", "esta"),
    ("ese", "esa"),
    ("otro", "otra"),
    ("nuestro", "nuestra"),
];

/// The text with every such word replaced.
pub(crate) fn swapped(text: &str) -> String {
    let text = text.replace(" del ", " de el ").replace(" al ", " a el ");
    let words = parts(&text);
    let mut out = String::with_capacity(text.len());
    for (at, (word, gap)) in words.iter().enumerate() {
        // "la jefa", and not "la Jefa de Servicio" nor "ella, la Rosa": names carry no article.
        let before_person = || {
            let next = words.get(at + 1).map_or("", |(next, _)| next);
            *gap == " " && next.starts_with(char::is_lowercase) && partner(PAIRS, next).is_some()
        };
        let other =
            partner(PAIRS, word).or_else(|| partner(ARTICLES, word).filter(|_| before_person()));
        out.push_str(other.as_deref().unwrap_or(word));
        out.push_str(gap);
    }
    out.replace(" de el ", " del ").replace(" a el ", " al ")
}

/// The text in words, each with what stands after it.
fn parts(text: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let next = after.find(char::is_alphanumeric).unwrap_or(after.len());
        let (gap, left) = after.split_at(next);
        out.push((word, gap));
        rest = left;
    }
    out
}

/// The other of a pair, written as the word is.
fn partner(pairs: &[(&str, &str)], word: &str) -> Option<String> {
    let plain = word.to_lowercase();
    let shout = word.chars().count() > 1 && word == word.to_uppercase();
    let capital = word.starts_with(char::is_uppercase);
    let other = pairs.iter().find_map(|(one, other)| {
        // "daños morales" is nobody's name.
        if one.starts_with(char::is_uppercase) && !capital {
            None
        } else if plain == one.to_lowercase() {
            Some(*other)
        } else if plain == other.to_lowercase() {
            Some(*one)
        } else {
            None
        }
    })?;
    Some(if shout {
        other.to_uppercase()
    } else if capital {
        let mut letters = other.chars();
        letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect()
    } else {
        other.to_lowercase()
    })
}

pub(crate) fn without_accents(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            other => other,
        })
        .collect()
}

/// Two letters of every seventh longer word change places, as they do in a hurry.
pub(crate) fn with_slips(text: &str) -> String {
    let mut longer = 0;
    parts(text)
        .into_iter()
        .map(|(word, gap)| {
            let mut letters: Vec<char> = word.chars().collect();
            if letters.len() > 5 {
                longer += 1;
                if longer % 7 == 0 {
                    letters.swap(2, 3);
                }
            }
            letters.into_iter().collect::<String>() + gap
        })
        .collect()
}
