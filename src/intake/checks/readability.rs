//! Whether the guide can be read by somebody tired and frightened: the measure of Fernández Huerta
//! (1959), for Spanish what Flesch's is for English; 65 is the border of normal prose.

use crate::testing::House;

/// The least that a page may have.
const LEAST: f64 = 65.0;

const PAGES: [&str; 9] = [
    "/",
    "/comite",
    "/que-sigue",
    "/anonimato",
    "/proteccion",
    "/apoyo",
    "/orientacion",
    "/privacidad",
    "/privacidad/integral",
];

/// Elements that end a sentence even without a full stop.
const BLOCKS: [&str; 4] = ["</p>", "</li>", "</legend>", "</label>"];

/// What is no prose: headings, names of instances among them; sources of norms, for lawyers, in small
/// print; telephone numbers and addresses; buttons.
const LEFT_OUT: [(&str, &str); 7] = [
    ("<h1", "</h1>"),
    ("<h2", "</h2>"),
    ("<h3", "</h3>"),
    ("<summary", "</summary>"),
    ("<p class=\"source\">", "</p>"),
    ("<ul class=\"contacts\">", "</ul>"),
    ("<p class=\"actions\">", "</p>"),
];

/// What a page says between the navigation and the foot, a sentence per line.
fn sentences(html: &str) -> Vec<String> {
    let main = html
        .split("<main")
        .nth(1)
        .unwrap()
        .split("</main>")
        .next()
        .unwrap();
    let mut main = format!("<main{main}");
    for (opening, closing) in LEFT_OUT {
        while let Some(start) = main.find(opening) {
            let end = start + main[start..].find(closing).unwrap();
            main.replace_range(start..end, "\n");
        }
    }
    for block in BLOCKS {
        main = main.replace(block, "\n");
    }
    let mut text = String::new();
    let mut inside = false;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&#39;", "'").replace("&#34;", "\"");
    // The article of a norm ends no sentence; what comes after a colon belongs to it.
    let text = text.replace("art. ", "art ").replace("arts. ", "arts ");
    let text = text.replace(". ", "\n").replace("? ", "\n");
    let sentences = text
        .lines()
        .filter(|line| line.chars().any(char::is_alphanumeric));
    sentences.map(|line| line.trim().to_owned()).collect()
}

fn words(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn is_strong(c: char) -> bool {
    "aeoáéó".contains(c)
}

fn is_accented_weak(c: char) -> bool {
    "íú".contains(c)
}

fn is_vowel(c: char) -> bool {
    is_strong(c) || is_accented_weak(c) || "iuü".contains(c)
}

/// Syllables of a Spanish word; a number counts two for each digit.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    if word.chars().all(|c| c.is_ascii_digit()) {
        return 2 * word.len();
    }
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut before: Option<char> = None;
    for (at, &letter) in letters.iter().enumerate() {
        let silent = letter == 'u'
            && at
                .checked_sub(1)
                .is_some_and(|one| "qg".contains(letters[one]))
            && letters
                .get(at + 1)
                .is_some_and(|next| "eiéí".contains(*next));
        let vowel = !silent && (is_vowel(letter) || letter == 'y' && at + 1 == letters.len());
        if vowel {
            let apart = before.is_none_or(|before| {
                is_strong(before) && is_strong(letter)
                    || is_accented_weak(before)
                    || is_accented_weak(letter)
            });
            count += usize::from(apart);
        }
        before = vowel.then_some(letter);
    }
    count.max(1)
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

fn readability(sentences: &[String]) -> f64 {
    let all: Vec<&str> = sentences
        .iter()
        .flat_map(|sentence| words(sentence))
        .collect();
    let syllables: usize = all.iter().map(|word| syllables(word)).sum();
    let per_word = float(syllables) / float(all.len());
    let per_sentence = float(all.len()) / float(sentences.len());
    206.84 - 60.0 * per_word - 1.02 * per_sentence
}

#[test]
fn syllables_are_counted_as_spanish_has_them() {
    for (word, count) in [
        ("sol", 1),
        ("denuncia", 3),
        ("comité", 3),
        ("guiando", 2),
        ("queja", 2),
        ("guerra", 2),
        ("pingüino", 3),
        ("aquí", 2),
        ("día", 2),
        ("días", 2),
        ("caer", 2),
        ("aéreo", 4),
        ("país", 2),
        ("oír", 2),
        ("ciudad", 2),
        ("Instituto", 4),
        ("muy", 1),
        ("y", 1),
        ("ayuda", 3),
        ("prohibido", 4),
        ("averiguáis", 4),
        ("construir", 2),
        ("leer", 2),
        ("911", 6),
        ("12", 4),
        ("xyz", 1),
    ] {
        assert_eq!(syllables(word), count, "{word}");
    }
}

#[test]
fn a_legal_text_scores_worse_than_a_plain_one() {
    let plain = [
        "Usted puede volver.".to_owned(),
        "No hace falta su nombre.".to_owned(),
    ];
    let legal = [
        "La determinación correspondiente será notificada a las personas interesadas \
        conforme a las disposiciones administrativas aplicables en materia de responsabilidades"
            .to_owned(),
    ];
    assert!(readability(&plain) > 90.0);
    assert!(readability(&legal) < 20.0);
}

#[actix_web::test]
async fn every_page_of_the_guide_is_plain() {
    let house = House::open();
    let mut hard = Vec::new();
    for path in PAGES {
        let html = house.get(path).await.text().await.unwrap();
        let sentences = sentences(&html);
        assert!(sentences.len() > 10, "{path}");
        let measured = readability(&sentences);
        if measured < LEAST {
            hard.push(format!("{path} {measured:.1}\n{}", sentences.join("\n")));
        }
    }
    assert!(hard.is_empty(), "{}", hard.join("\n\n"));
}
