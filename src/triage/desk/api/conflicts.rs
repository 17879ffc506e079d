//! Why members may not open a case, as it is taken out: as far as members are told.

use committee::access::{Statement, Told};
use domain::committee::{Conflict, Doubt, MemberId, Reason, ShownGround};
use jiff::civil::Date;
use serde::Serialize;

/// What was found or said about who may not know of a case.
#[derive(Serialize)]
pub(super) struct ConflictsView<'a> {
    /// Legal day.
    on: Date,
    /// Who is excluded.
    conflicts: Vec<ConflictView<'a>>,
    /// Who may be meant.
    doubts: Vec<DoubtView<'a>>,
    /// Wishes to keep somebody out that point to no member: paths of fields.
    unplaced: &'a [String],
    /// What a member said.
    said: Option<&'a Statement>,
}

#[derive(Serialize)]
struct ConflictView<'a> {
    member: MemberId,
    /// `RESERVADO` where it is not told; then there are no reasons.
    ground: ShownGround,
    reasons: Vec<&'a Reason>,
}

#[derive(Serialize)]
struct DoubtView<'a> {
    member: MemberId,
    /// Whether the member gets no key until somebody has looked.
    withheld: bool,
    reasons: Vec<&'a Reason>,
}

impl<'a> ConflictsView<'a> {
    pub(super) fn new(told: &'a Told) -> Self {
        let found = &told.what.found;
        Self {
            on: told.on,
            conflicts: found.conflicts.iter().map(ConflictView::new).collect(),
            doubts: found.doubts.iter().map(DoubtView::new).collect(),
            unplaced: &found.unplaced,
            said: told.what.said.as_ref(),
        }
    }
}

impl<'a> ConflictView<'a> {
    fn new(conflict: &'a Conflict) -> Self {
        Self {
            member: conflict.member,
            ground: conflict.ground.shown(),
            reasons: conflict.shown_reasons().collect(),
        }
    }
}

impl<'a> DoubtView<'a> {
    fn new(doubt: &'a Doubt) -> Self {
        Self {
            member: doubt.member,
            withheld: doubt.withheld,
            reasons: doubt.shown_reasons().collect(),
        }
    }
}
