//! A call whose body comes in parts: a few fields, and files that are sealed while they arrive.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use domain::complaint::{FaultKind, FieldFaults, SecretText};
use jiff::civil::Date;
use sealing::EvidenceItem;
use service::language::Texts;
use service::problem::{FieldError, Problem};

use super::Unreadable;
use crate::evidence::{Choice, EvidenceError, EvidenceFault, HeldFile, items};
use crate::multipart::{MultipartError, MultipartForm, Part};
use crate::sender::Sender;
use crate::shared::Shared;

/// The name of the parts that are files.
const FILE: &str = "evidence";
/// The name of the part that says which version of them is handed in.
const VERSION: &str = "evidence_version";

/// Why a file was not taken; then nothing was.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadFile {
    /// The file of this number, from 0, is at fault.
    #[error("file {index} is at fault")]
    File {
        index: usize,
        #[source]
        fault: EvidenceFault,
    },
    /// It could not be stored.
    #[error("the files were not stored")]
    NotStored,
}

impl BadFile {
    pub(super) fn problem(&self, texts: &Texts) -> Problem {
        match self {
            Self::File { index, fault } => {
                let problem = fault.problem(texts);
                let error = FieldError {
                    field: format!("{FILE}[{index}]"),
                    code: fault.code(),
                    message: problem.title.clone(),
                };
                Problem {
                    errors: vec![error],
                    ..problem
                }
            }
            Self::NotStored => super::unavailable(texts),
        }
    }
}

/// The parts of a call.
#[derive(Debug)]
pub(super) struct Parts {
    fields: Vec<(String, SecretText)>,
    files: Vec<HeldFile>,
    received_on: Date,
}

impl Parts {
    /// Reads every part; files are durable when it returns. `known` are the names of fields that the
    /// call takes; `check` is asked before the first file is stored, with the fields so far, and tells
    /// whose files they are.
    ///
    /// What is wrong is answered when the rest of the body has been passed over: a browser or a
    /// library that is still sending would not read the answer before.
    pub(super) async fn read<'s, E: From<Unreadable>>(
        shared: &Shared,
        request: &HttpRequest,
        payload: Payload,
        known: &[&str],
        check: impl AsyncFn(&Parts) -> Result<Sender<'s>, E>,
    ) -> Result<Self, E> {
        let mut form = MultipartForm::open(shared, request, payload).map_err(Unreadable::from)?;
        let mut parts = Self {
            fields: Vec::new(),
            files: Vec::new(),
            received_on: shared.today(),
        };
        match parts.fill(shared, &mut form, known, check).await {
            Ok(()) => Ok(parts),
            Err(error) => {
                form.drain().await;
                Err(error)
            }
        }
    }

    async fn fill<'s, E: From<Unreadable>>(
        &mut self,
        shared: &Shared,
        form: &mut MultipartForm<'_>,
        known: &[&str],
        check: impl AsyncFn(&Parts) -> Result<Sender<'s>, E>,
    ) -> Result<(), E> {
        let mut upload = None;
        while let Some(part) = form.next().await.map_err(Unreadable::from)? {
            match part {
                Part::Text { name, value } => self.add(known, name, value)?,
                // Some programs send what they read from a file as a file.
                Part::File(file) if known.contains(&file.name()) => {
                    let name = file.name().to_owned();
                    let value = file.into_text().await.map_err(Unreadable::from)?;
                    self.add(known, name, value)?;
                }
                Part::File(file) if file.name() == FILE => {
                    let upload = if let Some(upload) = &mut upload {
                        upload
                    } else {
                        let sender = check(self).await?;
                        let found = shared.upload(sender, &[]).await;
                        upload.insert(found.map_err(Unreadable::from)?)
                    };
                    let held = shared.hold(*file, upload).await;
                    let held = held.map_err(|error| self.told(&error))?;
                    self.files.push(held);
                }
                Part::File(file) => return Err(unknown(file.name()).into()),
            }
        }
        self.received_on = shared.today();
        if let Some(index) = shared.first_aged(&self.files) {
            let fault = EvidenceFault::Aged;
            return Err(Unreadable::from(BadFile::File { index, fault }).into());
        }
        let choice = self.choice()?;
        for (index, file) in self.files.iter_mut().enumerate() {
            let wants_cleaned = choice.is_none_or(|choice| choice == Choice::Cleaned);
            if wants_cleaned && file.has_missed_cleaning() {
                let fault = EvidenceFault::Uncleaned;
                return Err(Unreadable::from(BadFile::File { index, fault }).into());
            }
            file.choice = choice.or(file.choice);
        }
        Ok(())
    }

    fn add(&mut self, known: &[&str], name: String, value: SecretText) -> Result<(), Unreadable> {
        if name != VERSION && !known.contains(&name.as_str()) {
            return Err(unknown(&name));
        }
        if self.field(&name).is_some() {
            return Err(FieldFaults::one(name, FaultKind::DuplicateField).into());
        }
        self.fields.push((name, value));
        Ok(())
    }

    fn choice(&self) -> Result<Option<Choice>, Unreadable> {
        let parse = |given: &SecretText| {
            let unknown = |_| FieldFaults::one(VERSION, FaultKind::UnknownCode).into();
            given.expose().parse().map_err(unknown)
        };
        self.field(VERSION).map(parse).transpose()
    }

    fn told(&self, error: &EvidenceError) -> Unreadable {
        match *error {
            EvidenceError::File(fault) => BadFile::File {
                index: self.files.len(),
                fault,
            }
            .into(),
            EvidenceError::Form(error) => error.into(),
            EvidenceError::NotStored | EvidenceError::Randomness => BadFile::NotStored.into(),
        }
    }

    /// A field that came.
    pub(super) fn field(&self, name: &str) -> Option<&SecretText> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// The legal day on which all of it was there, and that its letter bears: it may name the files.
    pub(super) fn received_on(&self) -> Date {
        self.received_on
    }

    /// What the letter names of the files.
    ///
    /// # Panics
    /// Never: parts are read to their end with a choice for every file.
    pub(super) fn evidence(&self) -> Vec<EvidenceItem> {
        items(&self.files).expect("every file was decided on when the parts were read")
    }
}

fn unknown(name: &str) -> Unreadable {
    FieldFaults::one(name, FaultKind::UnknownField).into()
}

/// The problem of a body whose parts cannot be read.
pub(super) fn problem(texts: &Texts, error: MultipartError) -> Problem {
    match error {
        MultipartError::Body(error) => Problem::body(texts, error),
        MultipartError::Malformed => Problem::new(texts, StatusCode::BAD_REQUEST, "not-multipart"),
    }
}
