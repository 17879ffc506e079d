//! The register in the memory of an unsealed service, so that a list of many thousand cases is there at
//! once.
//!
//! Whenever a page asks for it, the marks of its shelves are read, which is quick; only shelves whose mark
//! changed are read and opened again. So a page shows what the store holds at that moment, whoever wrote
//! it, in this process or another.
//!
//! It holds what the service itself can open with the committee's key: the register, who may open which
//! case, when something was last done. Nothing of it is for a member by itself: who may know of which case
//! is asked for each request ([`Eye`]). When the service is sealed it is forgotten.

mod circles;
mod eye;
mod standing;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::sync::{Arc, Weak};

use committee::access::open_circle;
use committee::course;
use committee::keyring::Keyring;
use domain::procedure::Clock;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jiff::civil::Date;
use store::StoreError;
use store::casefiles::{CaseFiles, CaseId, RegisterEntry};
use store::shelves::{Mark, Shelf};
use tokio::sync::Mutex;

use self::circles::Circles;
pub(super) use self::eye::{Eye, way_to};
pub(super) use self::standing::Closed;
use self::standing::Known;
use committee::circle::Circle;

/// Shelves that are read at once.
const AT_ONCE: usize = 4;

/// Why the register cannot be told.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RegisterError {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading was broken off.
    #[error("the register could not be read to its end")]
    Broken,
}

/// A case of the register.
#[derive(Debug)]
pub(crate) struct Case {
    /// What is in clear; without the circle.
    pub(crate) entry: RegisterEntry,
    /// Who may open it; `None` until it has members, and if that does not open: then it is for nobody.
    pub(crate) circle: Option<Arc<Circle>>,
    /// How it stands in the procedure.
    standing: Known,
}

impl Case {
    /// The day on which something was last done.
    pub(super) fn last_step(&self) -> Date {
        let standing = self.standing.opened();
        standing.map_or(self.entry.received_on, |standing| standing.last_entry)
    }

    /// Whether a life may be at risk, and nobody has attended to it yet, as far as that is known.
    fn may_be_at_risk(&self) -> bool {
        let standing = self.standing.opened();
        self.is_damaged() || standing.is_some_and(|standing| standing.at_risk)
    }

    /// Whether nobody can say how it stands.
    pub(crate) fn is_damaged(&self) -> bool {
        matches!(self.standing, Known::Damaged)
    }

    /// Whether it goes on though whoever filed does not answer (HSyAS 30), or nobody can say.
    pub(super) fn is_never_archived(&self) -> bool {
        match &self.standing {
            Known::Stands(standing) => standing.is_hsyas,
            Known::Nothing => false,
            Known::Damaged => true,
        }
    }

    /// Whether it cannot be found out for whom it is. Then nobody is shown that it is there.
    fn is_for_nobody(&self) -> bool {
        self.is_damaged() && self.circle.is_none()
    }

    /// The terms that run; none of a case that is damaged.
    pub(super) fn running(&self) -> Cow<'_, [Clock]> {
        match &self.standing {
            Known::Stands(standing) => Cow::Borrowed(&standing.running),
            Known::Nothing => Cow::Owned(course::clocks(&self.entry)),
            Known::Damaged => Cow::Borrowed(&[]),
        }
    }

    /// How long it is kept, once it is closed.
    pub(super) fn closed(&self) -> Option<&Closed> {
        self.standing.opened()?.closed.as_ref()
    }
}

/// The cases of a shelf as they were when it had this mark.
struct Loaded {
    mark: Mark,
    cases: Vec<Arc<Case>>,
    /// Those of them where a life may be at risk, and those of which nobody can say: every page asks for them.
    at_risk: Vec<Arc<Case>>,
}

/// The register as it was at one moment.
#[derive(Clone)]
pub(crate) struct Snapshot {
    shelves: Vec<(Shelf, Arc<Loaded>)>,
}

impl Snapshot {
    /// All cases, in an order that tells nothing.
    pub(crate) fn cases(&self) -> impl Iterator<Item = &Arc<Case>> {
        self.shelves.iter().flat_map(|(_, loaded)| &loaded.cases)
    }

    /// The cases where a life may be at risk, and nobody has attended to it yet; among them those of which nobody
    /// can say.
    pub(crate) fn at_risk(&self) -> impl Iterator<Item = &Arc<Case>> {
        self.shelves.iter().flat_map(|(_, loaded)| &loaded.at_risk)
    }

    /// Whether there are cases of which it cannot be found out for whom they are.
    pub(super) fn has_cases_for_nobody(&self) -> bool {
        self.at_risk().any(|case| case.is_for_nobody())
    }

    /// Each shelf with its mark and its cases.
    pub(super) fn shelves(&self) -> impl Iterator<Item = (Shelf, Mark, &[Arc<Case>])> {
        self.shelves
            .iter()
            .map(|(shelf, loaded)| (*shelf, loaded.mark, loaded.cases.as_slice()))
    }

    /// One case by its name.
    pub(super) fn case(&self, id: CaseId) -> Option<&Arc<Case>> {
        let (_, loaded) = self.shelves.get(usize::from(Shelf::of(id).0))?;
        loaded.cases.iter().find(|case| case.entry.id == id)
    }
}

/// What is kept between two requests.
struct Kept {
    /// Whose it is: with another keyring it begins anew.
    keyring: Weak<Keyring>,
    snapshot: Snapshot,
    circles: Circles,
}

/// The register of this process.
#[derive(Default)]
pub(crate) struct Register {
    kept: Mutex<Option<Kept>>,
}

impl Register {
    /// The register as the store has it now.
    ///
    /// # Errors
    /// See [`RegisterError`].
    pub(crate) async fn now(
        &self,
        cases: &dyn CaseFiles,
        keyring: &Arc<Keyring>,
    ) -> Result<Snapshot, RegisterError> {
        // Whoever comes while it is read for the first time waits for that, and reads nothing twice.
        let mut kept = self.kept.lock().await;
        let mine = Arc::downgrade(keyring);
        let (mut snapshot, mut circles) = match kept.take() {
            Some(kept) if kept.keyring.ptr_eq(&mine) => (kept.snapshot, kept.circles),
            Some(_) | None => (
                Snapshot {
                    shelves: Vec::new(),
                },
                Circles::default(),
            ),
        };
        let outcome = refresh(cases, keyring, &mut snapshot, &mut circles).await;
        // What was read before an error is good all the same.
        *kept = Some(Kept {
            keyring: mine,
            snapshot: snapshot.clone(),
            circles,
        });
        outcome.map(|()| snapshot)
    }

    /// Forgets everything.
    pub(super) async fn forget(&self) {
        *self.kept.lock().await = None;
    }
}

async fn refresh(
    cases: &dyn CaseFiles,
    keyring: &Arc<Keyring>,
    snapshot: &mut Snapshot,
    circles: &mut Circles,
) -> Result<(), RegisterError> {
    // The marks first: what changes after they were read is read again the next time.
    let marks = cases.marks().await?;
    if snapshot.shelves.is_empty() {
        snapshot.shelves = marks
            .iter()
            .map(|(shelf, _)| {
                // No shelf has this mark: each is random.
                let nothing = Loaded {
                    mark: Mark([0; 16]),
                    cases: Vec::new(),
                    at_risk: Vec::new(),
                };
                (*shelf, Arc::new(nothing))
            })
            .collect();
    }
    let changed: Vec<(usize, Shelf, Mark)> = marks
        .into_iter()
        .enumerate()
        .filter(|(place, (shelf, mark))| {
            let known = snapshot.shelves.get(*place);
            known.is_none_or(|(known, loaded)| known != shelf || loaded.mark != *mark)
        })
        .map(|(place, (shelf, mark))| (place, shelf, mark))
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    let mut read = stream::iter(changed.into_iter().map(|(place, shelf, mark)| async move {
        let opened = open(cases, keyring, shelf).await?;
        Ok::<_, RegisterError>((place, shelf, mark, opened))
    }))
    .buffer_unordered(AT_ONCE);
    while let Some((place, shelf, mark, opened)) = read.try_next().await? {
        let cases: Vec<Arc<Case>> = opened
            .into_iter()
            .map(|(entry, circle, standing)| {
                Arc::new(Case {
                    entry,
                    circle: circle.map(|circle| circles.one(circle)),
                    standing,
                })
            })
            .collect();
        if let Some(place) = snapshot.shelves.get_mut(place) {
            let at_risk = cases.iter().filter(|case| case.may_be_at_risk());
            let at_risk = at_risk.map(Arc::clone).collect();
            let loaded = Loaded {
                mark,
                cases,
                at_risk,
            };
            *place = (shelf, Arc::new(loaded));
        }
    }
    drop(read);
    circles.forget_unused();
    Ok(())
}

type Opened = (RegisterEntry, Option<Circle>, Known);

/// Reads a shelf, and opens it where it keeps nobody waiting.
async fn open(
    cases: &dyn CaseFiles,
    keyring: &Arc<Keyring>,
    shelf: Shelf,
) -> Result<Vec<Opened>, RegisterError> {
    let entries = cases.shelf(shelf).await?;
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let courses = cases.shelf_courses(shelf).await?;
    let keyring = Arc::clone(keyring);
    tokio::task::spawn_blocking(move || opened(&keyring, entries, &courses))
        .await
        .map_err(|_| RegisterError::Broken)
}

/// Both lists come by the id of the case.
fn opened(
    keyring: &Keyring,
    entries: Vec<RegisterEntry>,
    courses: &[(CaseId, Vec<u8>)],
) -> Vec<Opened> {
    entries
        .into_iter()
        .map(|mut entry| {
            let id = entry.id;
            let sealed = entry.circle.take();
            let circle = sealed
                .map(|sealed| open_circle(keyring, id, &sealed))
                .transpose();
            let Ok(circle) = circle.inspect_err(|error| {
                tracing::error!(cause = %error, "who may know of a case does not open");
            }) else {
                return (entry, None, Known::Damaged);
            };
            let course = courses.binary_search_by_key(&id, |(case, _)| *case);
            let course = course.ok().and_then(|place| courses.get(place));
            let standing = course.map_or(Known::Nothing, |(_, sealed)| {
                Known::open(keyring, id, sealed)
            });
            (entry, circle, standing)
        })
        .collect()
}
