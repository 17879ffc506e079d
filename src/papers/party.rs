//! The file of a case as one of its parties may read it, without third parties' data (CHIS 53).
//!
//! What comes in here is masked already: this only puts it in order.

use domain::case::Folio;
use domain::redaction::{MASK, Reader};
use jiff::civil::Date;

use crate::document::{Block, Document};
use crate::words::date;

/// Something that was written in the case.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// By whom, in words that every party may read.
    pub by: String,
    /// When.
    pub on: Date,
    /// What, masked.
    pub text: String,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Said({})", self.on)
    }
}

/// A file of a case for one reader, masked.
#[derive(Clone, PartialEq, Eq)]
pub struct PartyFile {
    /// Number of the case.
    pub folio: Folio,
    /// For whom.
    pub reader: Reader,
    /// The day of the version.
    pub today: Date,
    /// What the register says.
    pub register: Vec<(String, String)>,
    /// The story, masked.
    pub narrative: String,
    /// Groups of facts with their names.
    pub sections: Vec<(String, Vec<(String, String)>)>,
    /// What was written after filing.
    pub said: Vec<Said>,
}

impl std::fmt::Debug for PartyFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartyFile({})", self.folio)
    }
}

impl PartyFile {
    /// As it is drawn.
    pub fn document(&self) -> Document {
        let who = match self.reader {
            Reader::Complainant => "persona denunciante",
            Reader::Denounced => "persona denunciada",
        };
        let mut blocks = vec![
            Block::Paragraph(format!(
                "Versión del expediente {} para consulta de la {who}, elaborada el {}. Donde dice {MASK} se \
                 suprimieron datos personales de otras personas, o datos que permiten identificar a quien \
                 denunció, a testigos o a terceras personas.",
                self.folio,
                date(self.today)
            )),
            Block::Facts(self.register.clone()),
            Block::Heading("Relato de los hechos".to_owned()),
            Block::Paragraph(self.narrative.clone()),
        ];
        for (name, rows) in &self.sections {
            if !rows.is_empty() {
                blocks.push(Block::Heading(name.clone()));
                blocks.push(Block::Facts(rows.clone()));
            }
        }
        if !self.said.is_empty() {
            blocks.push(Block::Heading("Escritos posteriores".to_owned()));
            for Said { by, on, text } in &self.said {
                blocks.push(Block::Facts(vec![(date(*on), by.clone())]));
                blocks.push(Block::Paragraph(text.clone()));
            }
        }
        blocks.push(Block::Paragraph(
            "Fundamento de la supresión: Lineamientos de los comités de ética sobre confidencialidad y consulta \
             del expediente (CHIS 51 y 53, texto estatal que sigue al federal); LGTAIP 115; LGRA 91; HSyAS 5. \
             Quien recibe esta versión debe guardar confidencialidad. Están prohibidas las represalias."
                .to_owned(),
        ));
        Document {
            language: "es-MX",
            title: "Versión del expediente".to_owned(),
            blocks,
            foot: self.folio.to_string(),
        }
    }
}
