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

/// Breaks ASCII letters into lines of a length.
pub(crate) fn chunks(letters: &str, length: usize) -> impl Iterator<Item = &str> {
    letters
        .as_bytes()
        .chunks(length)
        .map(|line| std::str::from_utf8(line).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let words = "ñandú ".repeat(100);
        let code = "x".repeat(200);
        let document = Document {
            language: "es-MX",
            title: "Comprobante".to_owned(),
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
        assert!(text.starts_with("Comprobante\n===========\n"));
    }
}
