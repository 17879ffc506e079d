//! What one member may know of the register, now.
//!
//! Many cases have the same circle, so each circle is looked at once a request, and not once a case.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use committee::circle::Circle;
use domain::case::Folio;
use domain::committee::{Act, Relation, Ruling, policy};

use super::Case;
use crate::desk::copies;
use crate::desk::gate::Member;

/// Looks at cases for one member; made for each request.
pub(in crate::desk) struct Eye<'a> {
    member: &'a Member,
    /// By the place of a circle in memory, which its cases hold in place.
    seen: RefCell<HashMap<*const Circle, Rc<Seen>>>,
}

/// What a member may know of cases with one circle.
struct Seen {
    knows: bool,
    reads: bool,
    too_few: OnceCell<bool>,
    owes: OnceCell<bool>,
}

/// See [`Eye::way_to`].
pub(in crate::desk) fn way_to(folio: Folio, reads: bool) -> String {
    let page = if reads { "" } else { "/excusas" };
    format!("/casos/{folio}{page}")
}

impl<'a> Eye<'a> {
    pub(in crate::desk) fn of(member: &'a Member) -> Self {
        Self {
            member,
            seen: RefCell::default(),
        }
    }

    /// Whether the member may know that there is such a case. All that is listed, counted, exported or
    /// found has to be asked for here.
    pub(in crate::desk) fn knows(&self, case: &Case) -> bool {
        self.seen(case).is_some_and(|(_, seen)| seen.knows)
    }

    /// Whether the member may open it.
    pub(in crate::desk) fn reads(&self, case: &Case) -> bool {
        self.seen(case).is_some_and(|(_, seen)| seen.reads)
    }

    /// Where a case leads from a list: to its page, or, for whoever may only know of it, to the one on which
    /// a conflict is declared.
    pub(in crate::desk) fn way_to(&self, case: &Case) -> String {
        way_to(case.entry.folio, self.reads(case))
    }

    /// Whether too few are left to act on it, as far as this member may know.
    pub(in crate::desk) fn too_few(&self, case: &Case) -> bool {
        self.seen(case).is_some_and(|(circle, seen)| {
            *seen.too_few.get_or_init(|| {
                let access = &self.member.access;
                let people = access.people.profiles();
                seen.reads && !circle.shortage(people, access.today).is_empty()
            })
        })
    }

    /// Whether others wait for this member to give them copies of its key.
    pub(in crate::desk) fn owes_copies(&self, case: &Case) -> bool {
        self.seen(case).is_some_and(|(circle, seen)| {
            *seen.owes.get_or_init(|| copies::waits(self.member, circle))
        })
    }

    fn seen<'c>(&self, case: &'c Case) -> Option<(&'c Circle, Rc<Seen>)> {
        let circle = case.circle.as_ref()?;
        let mut all = self.seen.borrow_mut();
        let seen = all.entry(Arc::as_ptr(circle)).or_insert_with(|| {
            let actor = &self.member.actor;
            let relation = circle.relation_of(actor.id);
            let may = |act| policy::decide(actor, act, Some(relation)) == Ruling::Allowed;
            Rc::new(Seen {
                knows: may(Act::ReadRegister),
                reads: relation == Relation::Entitled && may(Act::ReadCase),
                too_few: OnceCell::new(),
                owes: OnceCell::new(),
            })
        });
        Some((circle, Rc::clone(seen)))
    }
}
