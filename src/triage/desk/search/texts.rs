//! What of a case is searched: all that its page shows in words, without who filed it.

use committee::access::{Access, AccessError};
use domain::complaint::{LongText, SecretText, ShortText};
use domain::procedure::Course;
use opening::PersonIdentity;
use store::StoreError;

use super::steps;
use crate::desk::dossier::{Dossier, DossierError};
use crate::desk::register::Case;

/// The texts of a case; wiped when dropped.
pub(super) struct Texts(Vec<SecretText>);

impl Texts {
    /// Opens a case; `None` if it does not open for this member, or has something that does not: the
    /// page of the case says what.
    ///
    /// # Errors
    /// Only those of the store, after which another try makes sense.
    pub(super) async fn open(
        access: &Access,
        key: &PersonIdentity,
        case: &Case,
    ) -> Result<Option<Self>, StoreError> {
        let keys = match access.keys(case.entry.id, key).await {
            Ok(keys) => keys,
            Err(AccessError::Store(error)) => return Err(error),
            Err(_) => return Ok(None),
        };
        let circle = case.circle.as_deref().cloned().unwrap_or_default();
        let entry = case.entry.clone();
        // How it stands says nothing in words.
        let course = Course::begin(entry.received_on, Vec::new());
        match Dossier::read(&*access.cases, &keys, entry, circle, course).await {
            Ok(dossier) => Ok(Some(Self::of(&dossier))),
            Err(DossierError::Store(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(SecretText::expose)
    }

    fn of(dossier: &Dossier) -> Self {
        let mut texts = Vec::new();
        let mut add = |text: &str| texts.push(SecretText::from(text.to_owned()));
        let complaint = &dossier.complaint;
        add(&dossier.entry.folio.to_string());
        add(complaint.narrative.expose());
        let places = [&complaint.workplace.place, &complaint.facts.place_detail];
        for place in places.into_iter().flatten() {
            add(place.expose());
        }
        for person in &complaint.people {
            let short = [&person.name, &person.position, &person.area];
            short
                .into_iter()
                .flatten()
                .map(ShortText::expose)
                .chain(person.description.as_ref().map(LongText::expose))
                .for_each(&mut add);
        }
        for witness in &complaint.witnesses {
            let told = [&witness.name, &witness.contact];
            told.into_iter()
                .flatten()
                .map(ShortText::expose)
                .for_each(&mut add);
        }
        for wish in &complaint.keep_from {
            add(wish.expose());
        }
        for message in &dossier.messages {
            message.text.iter().for_each(|text| add(text.expose()));
        }
        for step in &dossier.steps {
            steps::words(&step.document.step)
                .into_iter()
                .for_each(&mut add);
        }
        for file in &dossier.files {
            add(file.file.item.name.expose());
        }
        Self(texts)
    }
}
