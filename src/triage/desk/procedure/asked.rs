//! What a move asks for, as a part of a page.

use domain::complaint::FieldFaults;
use domain::procedure::MoveKind;
use service::problem::fault_text;

use super::fields::{fields, papers};
pub(in crate::desk) use super::forms::Typed;
pub(in crate::desk) use super::inputs::{Inputs, View};

/// Rows of a list in a form at first, and how many more are added at a time.
pub(in crate::desk) const LINES: usize = 3;

/// Most rows of a list in a form.
pub(in crate::desk) const MOST_LINES: usize = 48;

/// The fields of a move.
pub(in crate::desk) struct Asked {
    pub(in crate::desk) fields: Vec<View>,
    pub(in crate::desk) papers: Vec<View>,
    /// Whether a document was entered.
    pub(in crate::desk) has_papers: bool,
    /// Rows of its list.
    pub(in crate::desk) lines: usize,
    /// Whether it has a list that can have more rows.
    pub(in crate::desk) grows: bool,
}

impl Asked {
    /// What a move asks for, with what was entered and what is wrong with it; without what `known` says is
    /// known anyhow, by the names of the fields.
    pub(in crate::desk) fn of(
        inputs: &Inputs<'_>,
        kind: MoveKind,
        typed: &Typed,
        lines: usize,
        faults: Option<&FieldFaults>,
        known: fn(&str) -> bool,
    ) -> Self {
        let wrong = |name: &str| {
            let mut all = faults.into_iter().flat_map(FieldFaults::iter);
            let fault = all.find(|fault| fault.field == name)?;
            Some(fault_text(inputs.texts, fault.kind))
        };
        let mut all = fields(kind, lines);
        all.retain(|field| !known(&field.name));
        let papers = inputs.views(kind, &papers(lines), typed, &wrong);
        Self {
            grows: all.iter().any(|field| field.row.is_some()),
            fields: inputs.views(kind, &all, typed, &wrong),
            has_papers: papers.iter().any(|paper| !paper.value.is_empty()),
            papers,
            lines,
        }
    }
}
