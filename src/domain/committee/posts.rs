//! Whether a text speaks of a member by the place held in the committee: "la titular de la Secretaría
//! Técnica", "el presidente del comité".

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::{MemberId, MemberProfile, Seat, Standing};
use crate::traces::folded::Folded;

/// What a text says of the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Post {
    /// Whoever holds a seat, or whoever stands in for it.
    Seat(Seat, Held),
    /// Somebody of the committee, or all of it.
    AnyMember,
}

/// Who of a seat is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Titular,
    Suplente,
}

/// Where a text was written: the word "presidenta" alone means the committee's only where the
/// question was who of the committee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Who of the committee must not see it.
    Committee,
    /// Who is denounced, and what for.
    Anybody,
}

struct Pattern {
    seat: Seat,
    regex: Regex,
    /// Whether other bodies have the like, so that the committee has to be named.
    common: bool,
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a constant pattern, run by the tests")
}

/// Patterns are sought in text without accents and capitals.
static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let seat = |seat, common, pattern| Pattern {
        seat,
        regex: regex(pattern),
        common,
    };
    vec![
        seat(Seat::Presidencia, true, r"\bpresiden(?:te|ta|cia)\b"),
        seat(
            Seat::SecretariaEjecutiva,
            false,
            r"\b(?:secretari[oa]|sria?\.?|srio\.?) ejecutiv[oa]\b",
        ),
        seat(
            Seat::SecretariaTecnica,
            false,
            r"\b(?:secretari[oa]|sria?\.?|srio\.?) tecnic[oa]\b",
        ),
        seat(
            Seat::Electa,
            false,
            r"\b(?:integrantes?|miembros?|vocal(?:es)?|personas?|representantes?) (?:integrantes? )?elect[oa]s?\b",
        ),
        seat(
            Seat::RepresentacionOic,
            false,
            r"\b(?:representa(?:nte|cion)|titular|persona) (?:del |de la |de |en el )?(?:oic|organo interno de control)\b",
        ),
        seat(Seat::Consejera, false, r"\bpersonas? consejeras?\b"),
        seat(Seat::Consejera, true, r"\bconsejer[oa]s?\b"),
        seat(Seat::Asesora, false, r"\bpersonas? asesoras?\b"),
        seat(Seat::Asesora, true, r"\basesor(?:a|es|as)?\b"),
        seat(Seat::Invitada, true, r"\b(?:personas? )?invitad[oa]s?\b"),
    ]
});
static COMMITTEE: LazyLock<Regex> = LazyLock::new(|| regex(r"\bcomite\b"));
static SUPLENTE: LazyLock<Regex> = LazyLock::new(|| regex(r"\bsuplen(?:te|cia)s?\b"));
static ANY_MEMBER: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\b(?:integrantes?|miembr[oa]s?|personas?|personal|alguien|alguno|alguna|parte|quienes|tod[oa]s?|",
        r"nadie|ningun[oa]?|cualquiera?|pertenece|forma parte) (?:\w+ ){0,3}comite\b",
    ))
});

/// The places of the committee that a text speaks of.
pub(super) fn find(folded: &Folded<'_>, asked: Asked) -> Vec<Post> {
    let text = folded.text();
    let committee = asked == Asked::Committee || COMMITTEE.is_match(text);
    let held = if SUPLENTE.is_match(text) {
        Held::Suplente
    } else {
        Held::Titular
    };
    let mut posts: Vec<Post> = Vec::new();
    for pattern in PATTERNS.iter() {
        let post = Post::Seat(pattern.seat, held);
        if (committee || !pattern.common) && pattern.regex.is_match(text) && !posts.contains(&post)
        {
            posts.push(post);
        }
    }
    if posts.is_empty() && ANY_MEMBER.is_match(text) {
        posts.push(Post::AnyMember);
    }
    posts
}

impl Post {
    /// Which members may be meant, and whether each surely is. Who stands in is meant only while nobody
    /// holds the seat: else nobody would be left to act for a titular who is accused.
    pub(super) fn meant(self, members: &[MemberProfile], today: Date) -> Vec<(MemberId, bool)> {
        let of = |seat| members.iter().filter(move |member| member.seat == seat);
        let candidates: Vec<&MemberProfile> = match self {
            Self::Seat(seat, Held::Suplente) => {
                of(seat).filter(|member| !is_titular(member)).collect()
            }
            Self::Seat(seat, Held::Titular) => {
                let held = of(seat).any(|member| is_titular(member) && member.holds_office(today));
                of(seat)
                    .filter(|member| is_titular(member) || !held)
                    .collect()
            }
            Self::AnyMember => members
                .iter()
                .filter(|member| is_inner(member.seat))
                .collect(),
        };
        // Whoever is suspended is meant as before.
        let holding = candidates
            .iter()
            .filter(|member| member.holds_office(today));
        let sole = match self {
            Self::Seat(..) => holding.count() == 1,
            Self::AnyMember => false,
        };
        let surely = |member: &MemberProfile| sole && member.holds_office(today);
        candidates
            .into_iter()
            .map(|member| (member.id, surely(member)))
            .collect()
    }
}

fn is_titular(member: &MemberProfile) -> bool {
    member.standing == Standing::Titular
}

/// Whether "somebody of the committee" may be the holder of a seat. The representation of the control
/// body is not meant: it is the way out when nobody of the committee may act.
const fn is_inner(seat: Seat) -> bool {
    match seat {
        Seat::Presidencia | Seat::SecretariaEjecutiva | Seat::SecretariaTecnica | Seat::Electa => {
            true
        }
        Seat::RepresentacionOic | Seat::Consejera | Seat::Asesora | Seat::Invitada => false,
    }
}

#[cfg(test)]
mod tests;
