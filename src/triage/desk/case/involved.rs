//! Who of the committee is to be told of a case, and who may be proposed for its commission, in words.

use committee::circle::Circle;
use domain::catalogue;
use domain::committee::{MemberId, Relation, Seat};
use domain::routing::propose_commission;
use service::language::Texts;
use store::casefiles::RegisterEntry;
use zeroize::Zeroizing;

use crate::desk::Desk;
use crate::desk::gate::Member;
use crate::desk::labels::{Labelled as _, rule};
use crate::documents::ProposalDocument;

/// What is proposed.
pub(super) struct Involved<'a> {
    pub(super) tell: Vec<Told<'a>>,
    pub(super) commission: Vec<Zeroizing<String>>,
    /// Why these, with the rules.
    pub(super) because: Vec<Because>,
    /// How many there may be at most.
    pub(super) places: String,
}

/// A seat that is to be told.
pub(super) struct Told<'a> {
    pub(super) seat: String,
    /// Who holds it and may open the case.
    pub(super) names: Vec<Zeroizing<String>>,
    /// Whether somebody would have to share the case first.
    pub(super) needs_share: bool,
    pub(super) what: &'a str,
    /// Why they are told.
    pub(super) why: String,
    /// Which rule says so.
    pub(super) rule: &'a str,
    pub(super) source: &'a str,
}

/// A rule that made the proposal.
pub(super) struct Because {
    pub(super) why: String,
    pub(super) rule: &'static str,
    pub(super) source: &'static str,
}

impl<'a> Involved<'a> {
    /// As things are today: members, and who may know of the case, may have changed since the proposal
    /// was made.
    pub(super) fn new(
        desk: &Desk,
        texts: &Texts,
        member: &Member,
        (entry, circle): (&RegisterEntry, &Circle),
        proposal: &'a ProposalDocument,
    ) -> Self {
        let today = desk.today();
        let members = member.roster.profiles();
        let may_know = |id| match circle.relation_of(id) {
            Relation::Entitled | Relation::Outside => true,
            Relation::Excluded => false,
        };
        let opens = |id| circle.relation_of(id) == Relation::Entitled;
        let name = |id: MemberId| {
            let kept = member.roster.of(id);
            kept.map(|kept| kept.record.profile.name.full())
        };
        let of_seat = |seat: Seat| {
            let held = members.iter().filter(move |one| one.seat == seat);
            held.filter(|one| one.in_office(today) && opens(one.id))
                .filter_map(|one| name(one.id))
                .collect::<Vec<_>>()
        };
        let proposed = propose_commission(&members, may_know, entry.folio.digits(), today);
        let rules = catalogue::current().involved();
        let seats = Because {
            why: rule(texts, &rules.commission.rule),
            rule: &rules.commission.rule,
            source: &rules.commission.source,
        };
        let turn = proposed.by_turn.then(|| Because {
            why: rule(texts, &rules.turn.rule),
            rule: &rules.turn.rule,
            source: &rules.turn.source,
        });
        Self {
            tell: proposal
                .tell
                .iter()
                .map(|note| {
                    let names = of_seat(note.seat);
                    Told {
                        seat: note.seat.label(texts),
                        needs_share: names.is_empty(),
                        names,
                        what: &note.what,
                        why: rule(texts, &note.rule),
                        rule: &note.rule,
                        source: &note.source,
                    }
                })
                .collect(),
            commission: proposed.members.into_iter().filter_map(name).collect(),
            because: std::iter::once(seats).chain(turn).collect(),
            places: proposed.places.to_string(),
        }
    }
}
