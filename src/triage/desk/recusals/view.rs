//! Who may see a case and who is kept out of it, as pages show it.

use committee::access::{ConflictDocument, Stated, Statement, Told};
use committee::circle::{Basis, Circle};
use domain::committee::{
    Act, Conflict, Doubt, MemberId, Reason, Relation, Ruling, Seat, ShownGround, policy,
};
use domain::complaint::Complaint;
use jiff::civil::Date;
use service::language::Texts;
use service::wording;
use zeroize::Zeroizing;

use super::reasons::sentence;
use super::shortage;
use crate::desk::case::proposal::Guide;
use crate::desk::gate::Member;
use crate::desk::labels::Labelled as _;
use crate::desk::unseen::visible;

/// What is said to whoever may open the case.
pub(in crate::desk) struct WhoSees {
    pub(in crate::desk) may_open: Vec<Opener>,
    pub(in crate::desk) kept_out: Vec<KeptOut>,
    /// Wishes of whoever filed that point to no member: somebody has to read them.
    pub(in crate::desk) unplaced: Vec<String>,
    /// What is missing, if too few are left.
    pub(in crate::desk) missing: Vec<String>,
    /// The way out then.
    pub(in crate::desk) control_body: Option<Guide>,
    /// The representation of the control body, if it can be let in: id and name.
    pub(in crate::desk) representation: Option<Choice>,
}

/// One who may open the case.
pub(in crate::desk) struct Opener {
    pub(in crate::desk) name: Zeroizing<String>,
    pub(in crate::desk) seat: String,
    pub(in crate::desk) by: String,
    /// Whether it is still to get a copy of the key.
    pub(in crate::desk) waits: bool,
}

/// One for whom the case does not exist.
pub(in crate::desk) struct KeptOut {
    pub(in crate::desk) name: Zeroizing<String>,
    pub(in crate::desk) seat: String,
    pub(in crate::desk) ground: String,
    pub(in crate::desk) since: Option<String>,
    pub(in crate::desk) reasons: Vec<String>,
}

/// A member to choose.
pub(in crate::desk) struct Choice {
    pub(in crate::desk) id: String,
    pub(in crate::desk) name: Zeroizing<String>,
    pub(in crate::desk) seat: String,
}

/// Whether a member may open the case, and so may know who else may.
pub(in crate::desk) fn may_know(member: &Member, relation: Relation) -> bool {
    relation == Relation::Entitled
        && policy::decide(&member.actor, Act::ReadCase, Some(relation)) == Ruling::Allowed
}

impl WhoSees {
    /// For a member who may open the case.
    pub(in crate::desk) fn new(
        member: &Member,
        texts: &Texts,
        circle: &Circle,
        told: &[Told],
        complaint: Option<&Complaint>,
    ) -> Self {
        let people = member.access.people.profiles();
        let shortage = circle.shortage(people, member.access.today);
        let excluded = circle.excluded().iter();
        let excluded = excluded.map(|one| (one.member, Some((one.ground.shown(), one.since))));
        let withheld = circle.withheld().iter().map(|member| (*member, None));
        let representation = choices(member, texts, |id, seat| {
            seat == Seat::RepresentacionOic && can_be_let_in(member, circle, id)
        });
        let away = |id| member.access.people.is_suspended(id);
        let unplaced = told.iter().flat_map(|told| &told.what.found.unplaced);
        Self {
            may_open: circle
                .entitled()
                .iter()
                .map(|one| Opener {
                    name: name(member, texts, one.member),
                    seat: seat(member, texts, one.member),
                    by: texts.get(match (away(one.member), one.by) {
                        (true, Basis::Seat | Basis::Shared) => "desk-by-suspended",
                        (false, Basis::Seat) => "desk-by-seat",
                        (false, Basis::Shared) => "desk-by-shared",
                    }),
                    waits: one.key.is_none() && !away(one.member),
                })
                .collect(),
            kept_out: excluded
                .chain(withheld)
                .map(|(id, why)| kept_out(member, texts, id, why, told))
                .collect(),
            unplaced: unplaced
                .filter_map(|field| wish(complaint?, field))
                .collect(),
            control_body: (!shortage.is_empty())
                .then(|| shortage::control_body(texts))
                .flatten(),
            representation: representation
                .into_iter()
                .next()
                .filter(|_| !shortage.is_empty() && may(member, Act::ShareCase)),
            missing: shortage::sentences(texts, &shortage),
        }
    }
}

/// Whether a member who is entitled may do this.
pub(super) fn may(member: &Member, act: Act) -> bool {
    policy::decide(&member.actor, act, Some(Relation::Entitled)) == Ruling::Allowed
}

/// Whether one can share the case with a member: has a key, no conflict, and had it not taken by two.
pub(super) fn can_be_let_in(member: &Member, circle: &Circle, id: MemberId) -> bool {
    let entitled = circle.entitled().iter().any(|one| one.member == id);
    let barred = circle.is_kept_out(id) || circle.is_withdrawn(id);
    !entitled && !barred && member.access.people.key(id).is_some()
}

/// The members of whom something is so, by name.
pub(super) fn choices(
    member: &Member,
    texts: &Texts,
    is_one: impl Fn(MemberId, Seat) -> bool,
) -> Vec<Choice> {
    let people = member.access.people.profiles().iter();
    let mut chosen: Vec<Choice> = people
        .filter(|profile| is_one(profile.id, profile.seat))
        .map(|profile| Choice {
            id: profile.id.to_string(),
            name: profile.name.full(),
            seat: profile.seat.label(texts),
        })
        .collect();
    chosen.sort_by(|one, other| one.name.cmp(&other.name));
    chosen
}

/// What of a finding is told to point to a member, who is kept out on this ground.
pub(in crate::desk) fn shown_reasons(
    what: &ConflictDocument,
    id: MemberId,
    ground: Option<ShownGround>,
) -> impl Iterator<Item = &Reason> {
    let found = &what.found;
    let conflicts = found.conflicts.iter().filter(move |one| one.member == id);
    let doubts = found.doubts.iter().filter(move |one| one.member == id);
    conflicts
        .flat_map(Conflict::shown_reasons)
        .chain(doubts.flat_map(Doubt::shown_reasons))
        .filter(move |_| ground != Some(ShownGround::Reserved))
}

fn kept_out(
    member: &Member,
    texts: &Texts,
    id: MemberId,
    why: Option<(ShownGround, Date)>,
    told: &[Told],
) -> KeptOut {
    let mut reasons: Vec<String> = Vec::new();
    for told in told {
        let pointing = shown_reasons(&told.what, id, why.map(|(ground, _)| ground));
        reasons.extend(pointing.map(|reason| sentence(texts, reason)));
        let said = told.what.said.as_ref().filter(|said| said.about == id);
        reasons.extend(said.map(|said| statement(member, texts, said)));
    }
    reasons.dedup();
    KeptOut {
        name: name(member, texts, id),
        seat: seat(member, texts, id),
        ground: why.map_or_else(
            || texts.get("desk-withheld"),
            |(ground, _)| texts.get(&ground_id(ground)),
        ),
        since: why.map(|(_, since)| wording::date(texts, since)),
        reasons,
    }
}

fn statement(member: &Member, texts: &Texts, said: &Statement) -> String {
    let reason = visible(said.reason.expose());
    let by = name(member, texts, said.by);
    match said.what {
        Stated::Declared => texts.fill("desk-said-declared", &[("reason", &reason)]),
        Stated::Recused => texts.fill("desk-said-recused", &[("by", &by), ("reason", &reason)]),
        Stated::Lifted => texts.fill("desk-said-lifted", &[("by", &by), ("reason", &reason)]),
    }
}

/// A wish of whoever filed, by its field.
fn wish(complaint: &Complaint, field: &str) -> Option<String> {
    let index = field.strip_prefix("keep_from[")?.strip_suffix(']')?;
    let written = complaint.keep_from.get(index.parse::<usize>().ok()?)?;
    Some(visible(written.expose()).into_owned())
}

fn name(member: &Member, texts: &Texts, id: MemberId) -> Zeroizing<String> {
    member.roster.of(id).map_or_else(
        || Zeroizing::new(texts.get("desk-no-member-any-more")),
        |found| found.record.profile.name.full(),
    )
}

fn seat(member: &Member, texts: &Texts, id: MemberId) -> String {
    let found = member.roster.of(id);
    found.map_or_else(String::new, |found| found.record.profile.seat.label(texts))
}

fn ground_id(ground: ShownGround) -> String {
    format!("kept-out-{}", ground.code())
}

#[cfg(test)]
mod tests {
    use service::language::Language;

    use super::*;

    #[test]
    fn every_ground_has_its_words() {
        let translations = crate::desk::translations().unwrap();
        for ground in ShownGround::ALL {
            for language in Language::ALL {
                let id = ground_id(*ground);
                assert!(translations.of(language).has(&id), "{id} in {language:?}");
            }
        }
    }
}
