//! A document as plain text.

use crate::document::{Block, Document};

/// Letters of a line.
const WIDTH: usize = 76;

/// Writes a document as plain text, in lines that fit on paper.
pub fn text(document: &Document) -> String {
    let mut out = String::new();
    underlined(&document.title, '=', &mut out);
    for block in &document.blocks {
        out.push('\n');
        match block {
            Block::Heading(words) => underlined(words, '-', &mut out),
            Block::Paragraph(words) => {
                for line in wrap(words, |line| line.chars().count() <= WIDTH) {
                    out.push_str(line.trim());
                    out.push('\n');
                }
            }
            Block::Code(letters) => {
                for line in chunks(letters, WIDTH) {
                    out.push_str(line);
                    out.push('\n');
                }
            }
        }
    }
    out
}

/// Fewest letters of a code that is looked for: a receipt of the first version has 114.
const CODE: usize = 100;

/// The long codes in a text that a document was saved as: lines of nothing but their letters, joined.
pub fn codes(text: &str) -> Vec<String> {
    let is_code = |line: &str| {
        line.chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_')
    };
    let mut codes = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match codes.last_mut() {
            Some(code) if !line.is_empty() && is_code(line) => code.push_str(line),
            _ => codes.push(String::new()),
        }
    }
    codes.retain(|code| code.len() >= CODE);
    codes
}

fn underlined(words: &str, with: char, out: &mut String) {
    out.push_str(words);
    out.push('\n');
    out.extend(std::iter::repeat_n(with, words.chars().count()));
    out.push('\n');
}

/// Breaks words into lines of which each fits, or is one long word.
pub(crate) fn wrap(words: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        if let Some(line) = lines.last_mut() {
            let longer = format!("{line} {word}");
            if fits(&longer) {
                *line = longer;
                continue;
            }
        }
        lines.push(word.to_owned());
    }
    lines
}

/// Breaks ASCII letters into lines of at most a length, none of which ends in a hyphen: programs that
/// copy from paper or from a PDF take one for a divided word and drop it.
pub(crate) fn chunks(letters: &str, length: usize) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = letters;
    while let Some((line, _)) = rest.split_at_checked(length.min(rest.len())) {
        let kept = line.trim_end_matches('-').len();
        let end = if line.len() == rest.len() || kept == 0 {
            line.len()
        } else {
            kept
        };
        let (line, after) = rest.split_at(end);
        if line.is_empty() {
            break;
        }
        lines.push(line);
        rest = after;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_code_ends_in_a_hyphen_but_the_last() {
        let code = "ab-cd--ef-".repeat(20) + "-";
        for length in 3..40 {
            let lines = chunks(&code, length);
            assert_eq!(lines.concat(), code);
            let (_, all_but_last) = lines.split_last().unwrap();
            assert!(all_but_last.iter().all(|line| !line.ends_with('-')));
            assert!(lines.iter().all(|line| line.len() <= length));
        }
        assert_eq!(chunks("------", 2), ["--", "--", "--"]);
        assert!(chunks("", 2).is_empty());
    }

    #[test]
    fn codes_are_found_in_a_document_again() {
        let (one, two) = ("aB3_-".repeat(40), "x".repeat(101));
        let document = Document {
            language: "es-MX",
            title: "Acuse".to_owned(),
            blocks: vec![
                Block::Code(one.clone()),
                Block::Paragraph("palabra ".repeat(50)),
                Block::Heading("Prueba".to_owned()),
                Block::Code(two.clone()),
                Block::Code("corto".to_owned()),
            ],
        };
        assert_eq!(codes(&text(&document)), [one, two]);
    }

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let words = "ñandú ".repeat(100);
        let code = "x".repeat(200);
        let document = Document {
            language: "es-MX",
            title: "Acuse".to_owned(),
            blocks: vec![
                Block::Heading("Qué es".to_owned()),
                Block::Paragraph(words),
                Block::Code(code.clone()),
            ],
        };
        let text = text(&document);
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(text.matches("ñandú").count(), 100);
        assert_eq!(text.matches('x').count(), 200);
        assert!(text.starts_with("Acuse\n=====\n"));
    }
}
