//! What the document says.

use zeroize::Zeroizing;

use super::parts::HEAD;
use super::xml::escaped;
use crate::document::{Block, Document, Signature};

const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The pages, of 595 by 792 points as in the PDF; lengths are in twentieths of a point.
const PAGE: &str = r#"<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11900" w:h="15840"/><w:pgMar w:top="1280" w:right="1280" w:bottom="1280" w:left="1280" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>"#;

pub(super) fn body(document: &Document) -> Zeroizing<String> {
    let mut out = Writer::default();
    out.push(HEAD);
    out.push(&format!(
        r#"<w:document xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}"><w:body>"#
    ));
    out.paragraph(r#"<w:pStyle w:val="Title"/>"#, "", &document.title);
    for block in &document.blocks {
        match block {
            Block::Heading(words) => out.paragraph(r#"<w:pStyle w:val="Heading1"/>"#, "", words),
            Block::Paragraph(words) => out.paragraph("", "", words),
            Block::List(items) => {
                for item in items {
                    let bullet = r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#;
                    out.paragraph(bullet, "", item);
                }
            }
            Block::Facts(rows) => out.table(rows),
            Block::Signatures(who) => out.signatures(who),
        }
    }
    out.push(PAGE);
    out.push("</w:body></w:document>");
    out.0
}

pub(super) fn foot(document: &Document) -> Zeroizing<String> {
    let mut out = Writer::default();
    out.push(HEAD);
    out.push(&format!(r#"<w:ftr xmlns:w="{NAMESPACE}">"#));
    out.push(r#"<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>"#);
    out.run("", &format!("{} · Página ", document.foot));
    out.push(r#"<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    out.run("", " de ");
    out.push(r#"<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    out.push("</w:p></w:ftr>");
    out.0
}

#[derive(Default)]
struct Writer(Zeroizing<String>);

impl Writer {
    fn push(&mut self, xml: &str) {
        // Grown by hand, so that no half of it is left behind in memory.
        if self.0.capacity() - self.0.len() < xml.len() {
            let mut larger = Zeroizing::new(String::with_capacity(
                (self.0.capacity() * 2)
                    .max(self.0.len() + xml.len())
                    .max(4096),
            ));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        self.0.push_str(xml);
    }

    fn paragraph(&mut self, properties: &str, look: &str, words: &str) {
        self.push("<w:p>");
        if !properties.is_empty() {
            self.push("<w:pPr>");
            self.push(properties);
            self.push("</w:pPr>");
        }
        self.run(look, words);
        self.push("</w:p>");
    }

    /// Text with its line breaks and tabs.
    fn run(&mut self, look: &str, words: &str) {
        self.push("<w:r>");
        if !look.is_empty() {
            self.push("<w:rPr>");
            self.push(look);
            self.push("</w:rPr>");
        }
        let words = Zeroizing::new(words.replace("\r\n", "\n"));
        for (number, line) in words.split(['\n', '\r']).enumerate() {
            if number > 0 {
                self.push("<w:br/>");
            }
            for (number, piece) in line.split('\t').enumerate() {
                if number > 0 {
                    self.push("<w:tab/>");
                }
                self.push(r#"<w:t xml:space="preserve">"#);
                self.push(&escaped(piece));
                self.push("</w:t>");
            }
        }
        self.push("</w:r>");
    }

    fn table(&mut self, rows: &[(String, String)]) {
        if rows.is_empty() {
            return;
        }
        self.push(r#"<w:tbl><w:tblPr><w:tblW w:w="9340" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="2900"/><w:gridCol w:w="6440"/></w:tblGrid>"#);
        for (name, value) in rows {
            self.push(r#"<w:tr><w:tc><w:tcPr><w:tcW w:w="2900" w:type="dxa"/></w:tcPr>"#);
            self.paragraph("", "<w:b/>", name);
            self.push(r#"</w:tc><w:tc><w:tcPr><w:tcW w:w="6440" w:type="dxa"/></w:tcPr>"#);
            self.paragraph("", "", value);
            self.push("</w:tc></w:tr>");
        }
        self.push("</w:tbl>");
        // What follows a table must be a paragraph.
        self.push("<w:p/>");
    }

    fn signatures(&mut self, who: &[Signature]) {
        for Signature { name, post } in who {
            let line = r#"<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="auto"/></w:pBdr><w:spacing w:before="960" w:after="0"/><w:ind w:right="4600"/>"#;
            self.paragraph(line, "<w:b/>", name);
            self.paragraph("", "", post);
        }
    }
}
