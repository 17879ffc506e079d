//! Text broken into lines.

use super::font::{Font, Letter};

/// Breaks a text into lines of at most `measure` points in a font of `size` points. What is too long for a
/// line is broken anywhere; an empty line of the text is an empty line.
pub(super) fn lines(font: &Font, text: &str, size: f32, measure: f32) -> Vec<Vec<Letter>> {
    let mut lines = Vec::new();
    let normal = text.replace("\r\n", "\n");
    for written in normal.split(['\n', '\r']) {
        let mut filling = Filling {
            lines: &mut lines,
            line: Vec::new(),
            width: 0.0,
            measure: measure / size,
        };
        for word in written.split([' ', '\t']).filter(|word| !word.is_empty()) {
            filling.word(&font.letters(word), font);
        }
        let Filling { line, .. } = filling;
        lines.push(line);
    }
    lines
}

struct Filling<'a> {
    lines: &'a mut Vec<Vec<Letter>>,
    line: Vec<Letter>,
    width: f32,
    measure: f32,
}

impl Filling<'_> {
    fn word(&mut self, word: &[Letter], font: &Font) {
        let space = font.letters(" ");
        let blank = super::font::width(&space);
        let width = super::font::width(word);
        if !self.line.is_empty() {
            if self.width + blank + width <= self.measure {
                self.line.extend(&space);
                self.width += blank;
            } else {
                self.finish();
            }
        }
        if width <= self.measure {
            self.line.extend(word);
            self.width += width;
            return;
        }
        for letter in word {
            if self.width + letter.width > self.measure && !self.line.is_empty() {
                self.finish();
            }
            self.line.push(*letter);
            self.width += letter.width;
        }
    }

    fn finish(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.width = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::font::width;
    use super::*;

    fn text(lines: &[Vec<Letter>]) -> String {
        let line = |line: &Vec<Letter>| line.iter().map(|letter| letter.c).collect::<String>();
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn words_stay_whole_and_line_breaks_stay() {
        let font = Font::regular();
        let broken = lines(&font, "uno dos\r\n\ntres", 10.0, 400.0);
        assert_eq!(text(&broken), "uno dos\n\ntres");
        let narrow = lines(&font, "Año ñandú", 10.0, 40.0);
        assert_eq!(text(&narrow), "Año\nñandú");
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_letter_is_lost(words in "[a-zñáé]{1,90}( [a-z]{1,12}){0,30}") {
            let font = Font::regular();
            let broken = lines(&font, &words, 10.0, 200.0);
            for line in &broken {
                prop_assert!(width(line) * 10.0 <= 200.01);
            }
            let bare = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(bare(&text(&broken)), bare(&words));
        }
    }
}
