//! `guiando receipt`: checks a receipt without the service. What it prints is for complainants, so it
//! is in Spanish.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use domain::complaint::{Complaint, ComplaintDraft};
use receipts::{
    Hash, NotAKey, Proof, ProofError, Receipt, ReceiptError, ReceiptPublicKey, codes, commit,
};
use ring::digest::{Context, SHA256};
use sealing::{TokenError, TrackingToken};
use zeroize::Zeroizing;

use crate::output;

/// Longest file that is read as a whole: a receipt, a proof or a complaint.
const LONGEST: u64 = 1 << 20;

/// What can be asked about receipts.
#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// Check a receipt offline: signature, proof of its day, and the content that it commits to
    Verify(Verify),
}

/// A check.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// File with the service's public key (`receipt.pub`, or from its page of daily lists)
    #[arg(long, env = "GUIANDO_RECEIPT_PUBLIC_KEY", value_name = "FILE")]
    key: PathBuf,
    /// File with the proof of the day; without it, one that stands beside the receipt counts
    #[arg(long, value_name = "FILE")]
    proof: Option<PathBuf>,
    /// The complaint as JSON, to check that the receipt is of it
    #[arg(long, value_name = "FILE", requires = "words")]
    complaint: Option<PathBuf>,
    /// A file that was handed in with the complaint; may be given several times
    #[arg(long, value_name = "FILE", requires = "complaint")]
    evidence: Vec<PathBuf>,
    /// Ask for the twelve words at the terminal, or read them from standard input
    #[arg(long, requires = "complaint")]
    words: bool,
    /// The receipt: alone, or the text or file that it was saved as; `-` for standard input
    #[arg(value_name = "FILE", default_value = "-")]
    receipt: PathBuf,
}

/// Why a receipt was not found to be good.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptCommandError {
    /// A file cannot be read.
    #[error("no se puede leer {}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file of the key holds none.
    #[error("{} no contiene una clave pública", path.display())]
    Key {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: NotAKey,
    },
    /// The receipt is not good.
    #[error("el acuse no es válido")]
    Receipt(#[source] ReceiptError),
    /// The proof is not good.
    #[error("la prueba no es válida para este acuse")]
    Proof(#[source] ProofError),
    /// The file is not a complaint.
    #[error("{} no es una denuncia en JSON", path.display())]
    Complaint {
        /// Which file.
        path: PathBuf,
    },
    /// The words are not those of any token.
    #[error("las doce palabras no son correctas")]
    Words(#[source] TokenError),
    /// The words are of another complaint.
    #[error("las doce palabras son de otro acuse")]
    OtherWords,
    /// The receipt is of before receipts committed to their content.
    #[error("este acuse es de una versión que no se liga al contenido")]
    NoCommitment,
    /// The content is another one.
    #[error("el acuse no es de esta denuncia con estos archivos")]
    OtherContent,
    /// Standard input is asked for twice.
    #[error("las palabras y el acuse no pueden venir ambos de la entrada estándar")]
    StandardInputTwice,
    /// The result could not be written.
    #[error("no se puede escribir el resultado")]
    Output(#[from] io::Error),
}

impl ReceiptCommand {
    pub(crate) fn run(self) -> Result<(), ReceiptCommandError> {
        let Self::Verify(verify) = self;
        let told = verify.run()?;
        Ok(output::to_stdout(told.as_bytes())?)
    }
}

impl Verify {
    fn run(self) -> Result<String, ReceiptCommandError> {
        let key: ReceiptPublicKey =
            read(&self.key)?
                .parse()
                .map_err(|source| ReceiptCommandError::Key {
                    path: self.key.clone(),
                    source,
                })?;
        let text = read(&self.receipt)?;
        let (_, receipt) = receipts::find(&text, &key).map_err(ReceiptCommandError::Receipt)?;
        let mut told = format!("Acuse auténtico.\nRecibido: {}\n", receipt.received_on);
        for term in &receipt.terms {
            let meaning = &term.key.term().meaning;
            tell(
                &mut told,
                &format!("Plazo: {meaning}: a más tardar el {}", term.due_on),
            );
        }
        let proof = match &self.proof {
            Some(path) => {
                let text = read(path)?;
                Some(text.parse().map_err(ReceiptCommandError::Proof)?)
            }
            None => codes(&text).iter().find_map(|code| code.parse().ok()),
        };
        tell_proof(&mut told, proof.as_ref(), &receipt, &key)?;
        if let Some(path) = &self.complaint {
            self.check_content(path, &receipt)?;
            tell(
                &mut told,
                "Contenido: el acuse es de esta denuncia con estos archivos.",
            );
        }
        Ok(told)
    }

    fn check_content(&self, path: &Path, receipt: &Receipt) -> Result<(), ReceiptCommandError> {
        let json = Zeroizing::new(read(path)?);
        let complaint = ComplaintDraft::from_json(json.as_bytes())
            .ok()
            .and_then(|draft| Complaint::parse(draft).ok())
            .ok_or_else(|| ReceiptCommandError::Complaint {
                path: path.to_owned(),
            })?;
        let files = self
            .evidence
            .iter()
            .map(|path| hash(path))
            .collect::<Result<Vec<_>, _>>()?;
        let words = self.ask_for_words()?;
        let token = TrackingToken::parse(&words).map_err(ReceiptCommandError::Words)?;
        if token.receipt_id() != receipt.id {
            return Err(ReceiptCommandError::OtherWords);
        }
        let commitment = receipt
            .commitment
            .ok_or(ReceiptCommandError::NoCommitment)?;
        if commit(&token.receipt_blinding(), &complaint, &files) != commitment {
            return Err(ReceiptCommandError::OtherContent);
        }
        Ok(())
    }

    /// Never from the command line, which other users of the machine can read.
    fn ask_for_words(&self) -> Result<Zeroizing<String>, ReceiptCommandError> {
        if io::stdin().is_terminal() {
            return Ok(Zeroizing::new(rpassword::prompt_password(
                "Las doce palabras: ",
            )?));
        }
        if self.receipt == Path::new("-") {
            return Err(ReceiptCommandError::StandardInputTwice);
        }
        read(Path::new("-")).map(Zeroizing::new)
    }
}

fn tell_proof(
    told: &mut String,
    proof: Option<&Proof>,
    receipt: &Receipt,
    key: &ReceiptPublicKey,
) -> Result<(), ReceiptCommandError> {
    let Some(proof) = proof else {
        tell(told, "Prueba del día: no se dio ninguna.");
        return Ok(());
    };
    let head = proof
        .verify(receipt, key)
        .map_err(ReceiptCommandError::Proof)?;
    tell(
        told,
        &format!(
            "Prueba del día: está en la lista firmada del {}. Compare su firma con la publicada:",
            head.day
        ),
    );
    tell(told, &proof.head().to_string());
    Ok(())
}

fn tell(told: &mut String, line: &str) {
    writeln!(told, "{line}").expect("writing to memory does not fail");
}

fn read(path: &Path) -> Result<String, ReceiptCommandError> {
    let mut text = String::new();
    let outcome = if path == Path::new("-") {
        io::stdin().lock().take(LONGEST).read_to_string(&mut text)
    } else {
        fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text))
    };
    match outcome {
        Ok(_) => Ok(text),
        Err(source) => Err(ReceiptCommandError::File {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The SHA-256 of a file of any size.
fn hash(path: &Path) -> Result<Hash, ReceiptCommandError> {
    let fault = |source| ReceiptCommandError::File {
        path: path.to_owned(),
        source,
    };
    let mut file = fs::File::open(path).map_err(fault)?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = file.read(&mut buffer).map_err(fault)?;
        if count == 0 {
            break;
        }
        context.update(&buffer[..count]);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    Ok(hash)
}
