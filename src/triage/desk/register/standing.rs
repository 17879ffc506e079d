//! What the register keeps of how a case stands in the procedure.

use committee::keyring::Keyring;
use committee::places;
use domain::case::Folio;
use domain::procedure::{Clock, Course, Mark};
use domain::retention::Kept;
use jiff::civil::Date;
use opening::OpenError;
use store::casefiles::CaseId;

/// As much of a course as lists and banners ask for.
#[derive(Debug)]
pub(super) struct Standing {
    /// The day of the last entry.
    pub(super) last_entry: Date,
    /// Whether a life may be at risk, and nobody has attended to it yet.
    pub(super) at_risk: bool,
    /// Whether it is under the protocol on sexual harassment.
    pub(super) is_hsyas: bool,
    /// The terms that run.
    pub(super) running: Box<[Clock]>,
    /// How long it is kept, once it is closed.
    pub(super) closed: Option<Closed>,
}

/// What is known of how a case stands.
#[derive(Debug)]
pub(super) enum Known {
    /// Nothing: the case is of before it was kept.
    Nothing,
    /// This.
    Stands(Standing),
    /// What is kept does not open.
    Damaged,
}

/// How long a closed case is kept.
#[derive(Debug)]
pub(in crate::desk) struct Closed {
    /// By itself.
    alone: Kept,
    /// The case that goes on for it, and how long it is kept while that one is there.
    joined: Option<(Folio, Kept)>,
}

impl Closed {
    fn of(course: &Course) -> Option<Self> {
        let joined = course.joined_into();
        Some(Self {
            alone: Kept::of(course, false)?,
            joined: joined.and_then(|folio| Some((folio, Kept::of(course, true)?))),
        })
    }

    /// The case that goes on for it.
    pub(in crate::desk) fn joined_into(&self) -> Option<Folio> {
        self.joined.as_ref().map(|(folio, _)| *folio)
    }

    /// How long it is kept, where `is_there` says which cases there are.
    pub(in crate::desk) fn kept(&self, is_there: impl FnOnce(Folio) -> bool) -> Kept {
        match &self.joined {
            Some((folio, kept)) if is_there(*folio) => *kept,
            Some(_) | None => self.alone,
        }
    }
}

impl Known {
    /// A course that does not open hides no case from the list: whoever opens the case is told.
    pub(super) fn open(keyring: &Keyring, case: CaseId, sealed: &[u8]) -> Self {
        let course: Result<Course, OpenError> = keyring.open_record(&places::course(case), sealed);
        match course {
            Ok(course) => Self::Stands(Standing {
                last_entry: course.last_entry(),
                at_risk: course.marks().contains(&Mark::LifeAtRisk),
                is_hsyas: course.marks().contains(&Mark::Hsyas),
                running: course.running().cloned().collect(),
                closed: Closed::of(&course),
            }),
            Err(error) => {
                tracing::error!(cause = %error, "how a case stands in the procedure does not open");
                Self::Damaged
            }
        }
    }

    /// How it stands, where that is known.
    pub(super) fn opened(&self) -> Option<&Standing> {
        match self {
            Self::Stands(standing) => Some(standing),
            Self::Nothing | Self::Damaged => None,
        }
    }
}
