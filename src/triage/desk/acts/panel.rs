//! What takes two, on the page of a case.

use domain::committee::{Act, Relation, Ruling, policy};
use service::language::Texts;
use zeroize::Zeroizing;

use super::OnCase;
use super::view::{code, name};
use crate::desk::dossier::Dossier;
use crate::desk::gate::Member;
use crate::desk::labels::moment;
use crate::desk::pass::CasePass;

/// What the page of a case says and offers.
pub(in crate::desk) struct Panel {
    /// Until when this member sees who filed.
    pub(in crate::desk) unmasked: Option<String>,
    /// Asking to see who filed.
    pub(in crate::desk) unmask: Option<Offer>,
    /// Until when this member may take the case out.
    pub(in crate::desk) export: Option<String>,
    /// Everything else that this member may ask for.
    pub(in crate::desk) offers: Vec<Offer>,
    /// What is under way.
    pub(in crate::desk) under_way: Vec<UnderWay>,
    /// From whom the case can be taken: id and name.
    pub(in crate::desk) members: Vec<(String, Zeroizing<String>)>,
}

/// A form that asks for an act.
pub(in crate::desk) struct Offer {
    /// The last part of its address, and what its fields are named after.
    pub(in crate::desk) path: &'static str,
    pub(in crate::desk) what: String,
    pub(in crate::desk) follows: String,
    /// Whether it is about a member.
    pub(in crate::desk) about: bool,
}

/// An act that waits, or is open.
pub(in crate::desk) struct UnderWay {
    pub(in crate::desk) id: String,
    pub(in crate::desk) what: String,
    pub(in crate::desk) until: String,
}

impl Panel {
    /// For this member.
    pub(in crate::desk) fn new(
        member: &Member,
        texts: &Texts,
        pass: &CasePass,
        dossier: &Dossier,
        acts: &OnCase,
    ) -> Self {
        let offer = |act: Act, path| {
            let may =
                policy::decide(&member.actor, act, Some(pass.relation)) == Ruling::NeedsSecond;
            // Taking the case from one member says nothing about another.
            let asked = act != Act::RotateCase && acts.has(act);
            (may && !asked).then(|| Offer {
                path,
                what: texts.get(&format!("two-{}", act.code())),
                follows: texts.get(&format!("two-{}-follows", act.code())),
                about: act == Act::RotateCase,
            })
        };
        let members: Vec<_> = pass
            .circle
            .entitled()
            .iter()
            .map(|one| one.member)
            .filter(|id| *id != member.actor.id)
            .filter(|id| pass.circle.relation_of(*id) == Relation::Entitled)
            .map(|id| (id.to_string(), name(member, texts, id)))
            .collect();
        let withdraw = offer(Act::RotateCase, "retirar").filter(|_| !members.is_empty());
        Self {
            unmasked: acts
                .unmasked
                .as_ref()
                .map(|unmasked| moment(texts, unmasked.until)),
            unmask: offer(Act::UnmaskIdentity, "identidad").filter(|_| dossier.identity.is_told()),
            export: acts.export_until.map(|until| moment(texts, until)),
            offers: [
                offer(Act::ExportCase, "exportar"),
                withdraw,
                offer(Act::DeleteCase, "borrar"),
            ]
            .into_iter()
            .flatten()
            .collect(),
            under_way: acts
                .under_way
                .iter()
                .map(|act| UnderWay {
                    id: act.id.to_string(),
                    what: texts.get(&format!("two-{}", code(&act.what))),
                    until: moment(texts, act.until),
                })
                .collect(),
            members,
        }
    }
}
