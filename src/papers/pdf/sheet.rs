//! The pages as they fill up.

use pdf_writer::types::{ArtifactType, StructRole};
use pdf_writer::{Content, Finish as _, Name, Str};

use super::font::{Font, Letter, width};
use super::lines::lines;
use super::tags::{Element, Tags};
use crate::document::{Block, Document, Signature};

/// A4 is taller than letter and letter wider than A4: what fits into both prints on either.
pub(super) const WIDTH: f32 = 595.0;
pub(super) const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 64.0;
/// Lines end here; the foot stands below.
const BOTTOM: f32 = 76.0;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Width of the names of facts, and where what they are begins.
const NAMES: f32 = 140.0;
const VALUES: f32 = 152.0;
const INDENT: f32 = 16.0;

const SIZE: f32 = 10.5;
const LEADING: f32 = 15.0;

pub(super) const BODY: Name<'static> = Name(b"F1");
pub(super) const BOLD: Name<'static> = Name(b"F2");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Body,
    Bold,
}

/// What is drawn so far.
pub(super) struct Pages {
    pub(super) contents: Vec<Content>,
    pub(super) tags: Tags,
    pub(super) body: Font,
    pub(super) bold: Font,
    /// Height of the last line on the last page.
    y: f32,
}

impl Pages {
    /// Draws a whole document.
    pub(super) fn draw(document: &Document) -> Self {
        let mut pages = Self {
            contents: vec![Content::new()],
            tags: Tags::default(),
            body: Font::regular(),
            bold: Font::bold(),
            y: HEIGHT - MARGIN,
        };
        pages.heading(StructRole::H1, &document.title, 16.0);
        for block in &document.blocks {
            match block {
                Block::Heading(words) => pages.heading(StructRole::H2, words, 12.0),
                Block::Paragraph(words) => pages.paragraph(words),
                Block::List(items) => pages.list(items),
                Block::Facts(rows) => pages.facts(rows),
                Block::Signatures(who) => pages.signatures(who),
            }
        }
        pages.feet(&document.foot);
        pages
    }

    fn page(&self) -> usize {
        self.contents.len() - 1
    }

    /// How many lines fit on what is left of the page.
    fn lines_left(&self, leading: f32) -> usize {
        let mut left = 0;
        let mut y = self.y - leading;
        while y >= BOTTOM {
            left += 1;
            y -= leading;
        }
        left
    }

    fn next_page(&mut self) {
        self.contents.push(Content::new());
        self.y = HEIGHT - MARGIN;
    }

    /// Goes to the next page unless so many lines fit here.
    fn keep(&mut self, lines: usize, leading: f32) {
        if self.lines_left(leading) < lines {
            self.next_page();
        }
    }

    fn heading(&mut self, role: StructRole, words: &str, size: f32) {
        let leading = size * 1.3;
        let broken = lines(&self.bold, words, size, MEASURE);
        self.y -= size * 0.8;
        // Together with two lines of what it announces.
        self.keep(broken.len().min(4) + 2, leading);
        let element = self.tags.add(role, None);
        self.flow(element, Weight::Bold, &broken, (MARGIN, size, leading));
    }

    fn paragraph(&mut self, words: &str) {
        self.y -= 6.0;
        let broken = lines(&self.body, words, SIZE, MEASURE);
        let element = self.tags.add(StructRole::P, None);
        self.flow(element, Weight::Body, &broken, (MARGIN, SIZE, LEADING));
    }

    fn list(&mut self, items: &[String]) {
        self.y -= 4.0;
        let list = self.tags.add(StructRole::L, None);
        for item in items {
            self.y -= 2.0;
            self.keep(1, LEADING);
            let item_of = self.tags.add(StructRole::LI, Some(list));
            let label = self.tags.add(StructRole::Lbl, Some(item_of));
            let dot = lines(&self.body, "•", SIZE, MEASURE);
            let y = self.y;
            self.flow(label, Weight::Body, &dot, (MARGIN, SIZE, LEADING));
            self.y = y;
            let body = self.tags.add(StructRole::LBody, Some(item_of));
            let broken = lines(&self.body, item, SIZE, MEASURE - INDENT);
            self.flow(
                body,
                Weight::Body,
                &broken,
                (MARGIN + INDENT, SIZE, LEADING),
            );
        }
    }

    fn facts(&mut self, rows: &[(String, String)]) {
        self.y -= 4.0;
        let table = self.tags.add(StructRole::Table, None);
        for (name, value) in rows {
            self.y -= 3.0;
            let row = self.tags.add(StructRole::TR, Some(table));
            let head = self.tags.add(StructRole::TH, Some(row));
            let cell = self.tags.add(StructRole::TD, Some(row));
            let names = lines(&self.bold, name, SIZE, NAMES);
            let values = lines(&self.body, value, SIZE, MEASURE - VALUES);
            let (mut names, mut values) = (&names[..], &values[..]);
            while !names.is_empty() || !values.is_empty() {
                self.keep(1, LEADING);
                let left = self.lines_left(LEADING);
                let (name, names_after) = names.split_at(left.min(names.len()));
                let (value, values_after) = values.split_at(left.min(values.len()));
                let top = self.y;
                self.flow(head, Weight::Bold, name, (MARGIN, SIZE, LEADING));
                let below = std::mem::replace(&mut self.y, top);
                self.flow(cell, Weight::Body, value, (MARGIN + VALUES, SIZE, LEADING));
                self.y = self.y.min(below);
                (names, values) = (names_after, values_after);
            }
        }
    }

    fn signatures(&mut self, who: &[Signature]) {
        for Signature { name, post } in who {
            let names = lines(&self.bold, name, SIZE, MEASURE);
            let posts = lines(&self.body, post, SIZE, MEASURE);
            self.keep((names.len() + posts.len()).min(30) + 3, LEADING);
            self.y -= 3.0 * LEADING;
            let y = self.y;
            let line = self.contents.last_mut().expect("there is a page");
            line.begin_marked_content_with_properties(Name(b"Artifact"))
                .properties()
                .artifact()
                .kind(ArtifactType::Layout);
            line.set_line_width(0.5);
            line.move_to(MARGIN, y);
            line.line_to(MARGIN + MEASURE / 2.0, y);
            line.stroke();
            line.end_marked_content();
            let element = self.tags.add(StructRole::P, None);
            self.flow(element, Weight::Bold, &names, (MARGIN, SIZE, LEADING));
            let element = self.tags.add(StructRole::P, None);
            self.flow(element, Weight::Body, &posts, (MARGIN, SIZE, LEADING));
        }
    }

    /// Lines of one element, over as many pages as they need: where they begin on the left, the size and
    /// the leading.
    fn flow(
        &mut self,
        element: Element,
        weight: Weight,
        lines: &[Vec<Letter>],
        (x, size, leading): (f32, f32, f32),
    ) {
        let mut rest = lines;
        while !rest.is_empty() {
            self.keep(1, leading);
            let (here, after) = rest.split_at(self.lines_left(leading).min(rest.len()));
            let mark = self.tags.mark(element, self.page());
            let content = self.contents.last_mut().expect("there is a page");
            content
                .begin_marked_content_with_properties(Name(b"Span"))
                .properties()
                .identify(mark);
            let (name, font) = match weight {
                Weight::Body => (BODY, &mut self.body),
                Weight::Bold => (BOLD, &mut self.bold),
            };
            content.begin_text();
            content.set_font(name, size);
            let mut from = (0.0, 0.0);
            for line in here {
                self.y -= leading;
                if line.is_empty() {
                    continue;
                }
                content.next_line(x - from.0, self.y - from.1);
                from = (x, self.y);
                content.show(Str(&font.show(line)));
            }
            content.end_text();
            content.end_marked_content();
            rest = after;
        }
    }

    /// Which paper it is and which page, at the foot of each.
    fn feet(&mut self, foot: &str) {
        let total = self.contents.len();
        for (content, number) in self.contents.iter_mut().zip(1..) {
            let words = format!("{foot} · Página {number} de {total}");
            let letters = lines(&self.body, &words, 8.5, MEASURE);
            let Some(line) = letters.first() else {
                continue;
            };
            let x = (WIDTH - width(line) * 8.5) / 2.0;
            let mut marked = content.begin_marked_content_with_properties(Name(b"Artifact"));
            marked
                .properties()
                .artifact()
                .kind(ArtifactType::Pagination);
            marked.finish();
            content.begin_text();
            content.set_font(BODY, 8.5);
            content.next_line(x, MARGIN - 16.0);
            content.show(Str(&self.body.show(line)));
            content.end_text();
            content.end_marked_content();
        }
    }
}
