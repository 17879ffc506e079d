//! The banner on every page: cases in which a life may be at risk, until a person has attended to it.
//!
//! The gate asks for them with each page, so that no handler can forget them. A case that is not for the
//! member is neither named nor counted.

use std::sync::Arc;

use domain::case::Folio;
use domain::retention::Phase;

use super::Desk;
use super::gate::Member;
use super::register::{Case, Eye};

/// Most cases that the banner names; the list has all of them.
const NAMED: usize = 10;

/// The cases that this member may open in which a life may be at risk; none where it was not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct AtRisk {
    /// By folio; most often none.
    folios: Arc<[Folio]>,
    /// Whether it cannot be found out now, of a case or of all. That must not look like there are none.
    is_unknown: bool,
}

impl AtRisk {
    /// As the register is now.
    pub(super) async fn now(desk: &Desk, member: &Member) -> Self {
        match desk.register.now(&*desk.cases, &member.keyring).await {
            Ok(register) => {
                let eye = Eye::of(member);
                let today = desk.today();
                // A case that is blocked is opened by nobody alone any more.
                let is_blocked = |case: &Case| {
                    case.closed().is_some_and(|closed| {
                        closed.kept(|_| true).phase(today, None) == Phase::Blocked
                    })
                };
                let (known, unknown): (Vec<_>, Vec<_>) = register
                    .at_risk()
                    .filter(|case| eye.reads(case) && !is_blocked(case))
                    .partition(|case| !case.is_damaged());
                let mut folios: Vec<Folio> =
                    known.into_iter().map(|case| case.entry.folio).collect();
                folios.sort_unstable();
                Self {
                    folios: folios.into(),
                    is_unknown: !unknown.is_empty() || register.has_cases_for_nobody(),
                }
            }
            Err(error) => {
                tracing::error!(cause = %error, "it cannot be found out where a life may be at risk");
                Self {
                    is_unknown: true,
                    ..Self::default()
                }
            }
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Folio] {
        &self.folios
    }

    /// Those that the banner names.
    pub(super) fn named(&self) -> &[Folio] {
        let all = self.all();
        all.get(..NAMED).unwrap_or(all)
    }

    /// How many there are besides.
    pub(super) fn others(&self) -> usize {
        self.all().len().saturating_sub(NAMED)
    }

    /// Whether it cannot be found out now.
    pub(super) fn is_unknown(&self) -> bool {
        self.is_unknown
    }
}
